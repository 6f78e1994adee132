"""The printed booklet: which sheets there are, in which order, and so on which page everything stands.

A sheet is one side of A4, and its page is its place in the order. The page numbers of the contents, the indexes
and the table are therefore known before anything is set; :mod:`hayami.printing` proves them on the finished
pages. Smaller forms let a sheet run over several pages and count anew.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from hayami import pages
from hayami.columns import width
from hayami.model import Item, Site, Tongue, plain_name
from hayami.pages import Page
from hayami.schema.booklet import DENSITIES, SECTIONS, Density, Section, SheetSettings
from hayami.schema.record import Event
from hayami.schema.scalars import Ref
from hayami.schema.words import COLLECTIONS

KEY = "booklet"
"""Key of the page that holds the booklet of a language."""

DOWNLOADS = "booklet/download"
"""Key of the page that lists its printed forms."""

T = TypeVar("T")


@dataclass(frozen=True)
class Sheet:
    """One side of A4."""

    kind: str
    """Part of the book, which names its template: ``cover``, ``record``, ``venues``, ``matrix`` …"""
    id: str
    title: str
    category: str | None = None
    """Category whose thumb tab it bears."""
    item: Item | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    number: int = 0
    """Its page, from 1."""


@dataclass(frozen=True)
class Booklet:
    """The booklet of one language."""

    site: Site
    tongue: Tongue
    sheets: tuple[Sheet, ...]
    openings: tuple[Sheet, ...] = ()
    """First sheets of the small booklets, of which there is one for each purpose; they are set behind the last."""

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """Anchor → page."""
        found: dict[str, int] = {}
        for sheet in self.sheets:
            found.setdefault(sheet.id, sheet.number)
            for one in sheet.data.get("items", ()):
                if sheet.kind in ENTRIES:
                    found[anchor(one.ref)] = sheet.number
                elif sheet.kind == "purposes":
                    found[f"purpose-{one}"] = sheet.number
                elif sheet.kind == "sources":
                    found[f"reading-{anchor(one.ref)}"] = sheet.number
        return found

    @cached_property
    def excerpts(self) -> Mapping[str, tuple[Sheet, ...]]:
        """Small booklets by purpose: the opening, the sheets of its records as they are, and the back cover."""
        found: dict[str, list[Sheet]] = {}
        for opening in self.openings:
            found.setdefault(opening.data["purpose"], []).append(opening)
        for openings in found.values():
            members = {item.ref for opening in openings for item in opening.data["rows"]}
            openings += (one for one in self.sheets if one.item is not None and one.item.ref in members)
            openings.append(self.first("back"))
        return {purpose: tuple(sheets) for purpose, sheets in found.items()}

    def page(self, ref: Ref) -> int:
        """Page on which a record stands."""
        return self.numbers[anchor(ref)]

    def first(self, kind: str) -> Sheet:
        """First sheet of a part of the book."""
        return next(sheet for sheet in self.sheets if sheet.kind == kind)

    @cached_property
    def parts(self) -> tuple[Sheet, ...]:
        """First sheet of each part behind the programmes, for the contents."""
        firsts: dict[str, Sheet] = {}
        for sheet in self.sheets:
            if sheet.kind not in ("cover", "howto", "contents", "record", "more", "back"):
                firsts.setdefault(sheet.kind, sheet)
        return tuple(firsts.values())

    @cached_property
    def by_category(self) -> tuple[tuple[str, tuple[Sheet, ...]], ...]:
        """Sheets of records under their categories."""
        groups: dict[str, list[Sheet]] = {}
        for sheet in self.sheets:
            if sheet.kind == "record" and sheet.category:
                groups.setdefault(sheet.category, []).append(sheet)
        return tuple((category, tuple(members)) for category, members in groups.items())

    @cached_property
    def edition(self) -> date:
        """Day of the edition."""
        return edition(self.site)

    def settings(self, ref: Ref) -> SheetSettings:
        """How the sheet of a record is set."""
        return sheet_settings(self.site, ref)

    def density(self, ref: Ref) -> Density:
        """How close the sheet of a record is set in this language."""
        return self.settings(ref).density.get(self.tongue.code, DENSITIES[0])

    def continued(self, ref: Ref) -> tuple[Section, ...]:
        """Parts of a record that stand on a second sheet."""
        return self.settings(ref).continued.get(self.tongue.code, ())

    def sections(self, sheet: Sheet) -> tuple[Section, ...]:
        """Parts of a record that stand on one of its sheets, in their order."""
        assert sheet.item is not None
        ref = sheet.item.ref
        order = dict.fromkeys((*self.site.booklet.sections, *SECTIONS))
        left_out, second = self.settings(ref).without, self.continued(ref)
        return tuple(
            one for one in order if one not in left_out and (one in second) == (sheet.kind == "more")
        )


ENTRIES = ("venues", "entries")
"""Parts of the book in which several records share a sheet."""


def anchor(ref: Ref) -> str:
    """Where a record stands in the booklet, as a fragment of its address."""
    return f"{ref.kind}-{ref.slug}"


def sheet_settings(site: Site, ref: Ref) -> SheetSettings:
    """What ``booklet.yaml`` says of a record."""
    return next((one for one in site.booklet.sheets if one.record == ref), SheetSettings(record=ref))


def code(site: Site, ref: Ref) -> str:
    """Short name of a record in printed addresses."""
    return sheet_settings(site, ref).code or ref.slug


def edition(site: Site) -> date:
    """Day of the edition that this build prints: that of the material, or of the newest change."""
    return max([site.settings.as_of, *(one.date for one in site.changes)])


def token(day: date) -> str:
    """A day as printed addresses carry it.

    >>> token(date(2024, 3, 19))
    '240319'
    """
    return f"{day:%y%m%d}"


def has_sheet(item: Item) -> bool:
    """Whether a record has a sheet of its own: rows of the table, and parts with terms of their own."""
    record = item.record
    if item.ref.kind == "facilities" or record.category is None:
        return False
    fees = record.fees if isinstance(record, Event) else ()
    return bool(record.main or item.money or record.eligibility or record.requires or record.steps or fees)


def plan(site: Site, tongue: Tongue) -> Booklet:
    """All sheets of one language in order."""
    sheets = [*_front(site, tongue), *_records(site, tongue), *_back(site, tongue)]
    numbered = [
        replace(one, number=number) for number, one in enumerate((*sheets, *_openings(site, tongue)), start=1)
    ]
    return Booklet(site, tongue, tuple(numbered[: len(sheets)]), tuple(numbered[len(sheets) :]))


def _openings(site: Site, tongue: Tongue) -> Iterator[Sheet]:
    """Those of each purpose of which some record has a sheet: a row for each record, and a text where it has none."""
    for purpose in site.vocabulary.purposes:
        items = pages.for_purpose(site, purpose.id)
        if not any(map(has_sheet, items)):
            continue
        others = tuple(one for one in items if not has_sheet(one))
        rows = [((one, True), 11.0) for one in items]
        texts = [((one, False), 5.0 * _lines(_told(one, tongue), 42)) for one in others]
        chunks = packed([*rows, *texts], 168)
        for number, chunk in enumerate(chunks):
            data = {
                "purpose": purpose.id,
                "count": len(items),
                "rows": tuple(item for item, row in chunk if row),
                "others": tuple(item for item, row in chunk if not row),
                "part": number,
                "of": len(chunks),
            }
            title = tongue.short_of("purposes", purpose.id)
            yield Sheet("opening", _id(f"opening-{purpose.id}", number), title, data=data)


def _told(item: Item, tongue: Tongue) -> str:
    words = item.words[tongue.code]
    phones = (phone.number for contact in item.record.contacts for phone in contact.phones)
    return " ".join((words.short_name, words.summary, *phones))


def _said(tongue: Tongue, name: str) -> str:
    return tongue.interface["booklet"][name]


def _front(site: Site, tongue: Tongue) -> Iterator[Sheet]:
    yield Sheet("cover", "cover", site.settings.title[tongue.code])
    yield Sheet("howto", "howto", _said(tongue, "howto"))
    groups = pages.by_category(site, filter(has_sheet, site.items.values()))
    # A name without an amount beside it has the room of both.
    sized = [
        (
            (category, items),
            4.5
            + 5.0 * _lines(tongue.name_of("categories", category), 20)
            + sum(
                1.0 + 4.2 * _lines(one.words[tongue.code].short_name, 14.6 if one.cap else 20.6)
                for one in items
            ),
        )
        for category, items in groups
    ]
    # Behind the categories come the parts at the end of the book.
    columns = packed([*sized, (("", ()), 47.0)], 244, 2)
    for number, at in enumerate(range(0, len(columns), 2)):
        title = _said(tongue, "contents")
        yield Sheet("contents", _id("contents", number), title, data={"columns": columns[at : at + 2]})


def _records(site: Site, tongue: Tongue) -> Iterator[Sheet]:
    for category, items in pages.by_category(site, filter(has_sheet, site.items.values())):
        for item in items:
            title = item.words[tongue.code].short_name
            yield Sheet("record", anchor(item.ref), title, category, item)
            if sheet_settings(site, item.ref).continued.get(tongue.code):
                yield Sheet("more", f"{anchor(item.ref)}-more", title, category, item)


def _back(site: Site, tongue: Tongue) -> Iterator[Sheet]:
    """Shared sheets. Heights are reckoned in millimetres; the build says if a sheet cannot hold its share."""
    code = tongue.code
    venues = [(item, _entry(item, tongue)) for item in site.of_kind("facilities")]
    yield from _chunked("venues", tongue, packed(venues, 228))
    entries = [
        (item, _entry(item, tongue))
        for item in site.items.values()
        if not has_sheet(item) and item.ref.kind != "facilities"
    ]
    yield from _chunked("entries", tongue, packed(entries, 222))
    purposes = [
        (one.id, 12.0 + 5.3 * math.ceil(len(pages.for_purpose(site, one.id)) / 2))
        for one in site.vocabulary.purposes
    ]
    yield from _chunked("purposes", tongue, packed(purposes, 245))
    index = [
        (group, 9.5 + sum(0.9 + 4.7 * _lines(plain_name(one, code), 20) for one in group[1]))
        for group in letters(site, tongue)
    ]
    yield from _chunked("index", tongue, _paired(packed(index, 238, 2)), "columns")
    yield from _chunked("matrix", tongue, [pages.by_category(site, site.main())], "rows")
    terms = [(term, 6.6 + 5.2 * _lines(term.bodies[code], 23)) for term in pages.sorted_terms(site, tongue)]
    yield from _chunked("glossary", tongue, _paired(packed(terms, 240, 2)), "columns")
    read = [item for item in site.items.values() if item.record.notes or item.record.errata]
    # Both columns of a sheet; the first sheet has less room.
    sized = [(one, _readings(one, tongue)) for one in read]
    yield from _chunked("sources", tongue, packed(sized, 400))
    yield Sheet("back", "back", _said(tongue, "back"))


def _paired(columns: Sequence[T]) -> list[tuple[T, ...]]:
    return [tuple(columns[at : at + 2]) for at in range(0, len(columns), 2)]


def _chunked(kind: str, tongue: Tongue, chunks: Sequence[Any], name: str = "items") -> Iterator[Sheet]:
    for number, chunk in enumerate(chunks):
        yield Sheet(
            kind,
            _id(kind, number),
            _said(tongue, kind),
            data={name: chunk, "part": number, "of": len(chunks)},
        )


def _id(kind: str, number: int) -> str:
    return kind if number == 0 else f"{kind}-{number + 1}"


def packed(sized: Sequence[tuple[T, float]], room: float, columns: int = 1) -> list[tuple[T, ...]]:
    """Things in order, in as few chunks as there is room for, and these about equally full.

    Where a sheet has several ``columns``, all of those of the last sheet are chunks as well.

    >>> packed([("a", 2), ("b", 2), ("c", 3)], 4)
    [('a', 'b'), ('c',)]
    >>> packed([("a", 1), ("b", 1), ("c", 1), ("d", 1)], 3)
    [('a', 'b'), ('c', 'd')]
    """
    chunks = _filled(sized, room)
    most = math.ceil(len(chunks) / columns) * columns
    low, high = 0.0, room
    while high - low > _CLOSE:
        middle = (low + high) / 2
        closer = _filled(sized, middle)
        if len(closer) > most:
            low = middle
        else:
            chunks, high = closer, middle
    return chunks


_CLOSE = 0.5
"""Millimetres by which chunks may be less even than they could be."""


def _filled(sized: Sequence[tuple[T, float]], room: float) -> list[tuple[T, ...]]:
    """Things in order, each in the chunk before as long as there is room."""
    chunks: list[list[T]] = []
    left = 0.0
    for thing, size in sized:
        if not chunks or size > left:
            chunks.append([])
            left = room
        chunks[-1].append(thing)
        left -= size
    return [tuple(chunk) for chunk in chunks]


def _lines(text: str, room: float) -> int:
    """Lines of a text, ``room`` full-width letters to a line; words do not fill lines to their ends."""
    return sum(max(1, math.ceil(width(line) * 1.05 / room)) for line in text.split("\n") if line.strip())


def _entry(item: Item, tongue: Tongue) -> float:
    """Millimetres that a record takes among others on a shared sheet, about."""
    record, words = item.record, item.words[tongue.code]
    lines = 3 + _lines(words.summary, 47) + _lines(item.bodies[tongue.code], 47)
    for collection in COLLECTIONS:
        if collection in ("notes", "errata", "groups"):
            continue
        for label in getattr(words, collection).values():
            lines += _lines(label.label, 40) + (_lines(label.note, 47) if label.note else 0)
    lines += len(record.bodies) + len(record.relations) + len(item.related_from)
    return 13.0 + 4.4 * (lines + math.ceil(len(record.unstated) / 4))


def _readings(item: Item, tongue: Tongue) -> float:
    """Millimetres of a column that the readings of a record take, about."""
    words = item.words[tongue.code]
    lines = sum(_lines(f"{one.label} {one.note or ''}", 21) for one in words.notes.values())
    lines += sum(_lines(one.label, 22) + 2 for one in words.errata.values())
    return 9.5 + 4.8 * lines


def letters(site: Site, tongue: Tongue) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    """Every record under its initial."""
    found: dict[str, list[Item]] = {}
    for item in sorted(site.items.values(), key=lambda one: pages.sort_key(one, tongue)):
        found.setdefault(pages.initial(pages.sort_key(item, tongue)), []).append(item)
    return tuple((letter, tuple(items)) for letter, items in found.items())


def pages_of(site: Site, printed: bool) -> Iterator[Page]:
    """Pages of the site that have to do with the booklet; those of downloads where there is something to take."""
    for tongue in site.tongues.values():
        yield page(site, tongue)
        if printed:
            yield downloads(site, tongue)


def downloads(site: Site, tongue: Tongue) -> Page:
    """The page that lists the printed forms."""
    said = tongue.interface["download"]
    area = site.settings.area[tongue.code]
    titles = {anchor(item.ref): item.words[tongue.code].short_name for item in site.items.values()}
    titles |= {f"opening-{one.id}": tongue.short_of("purposes", one.id) for one in site.vocabulary.purposes}
    return Page(
        DOWNLOADS,
        tongue.code,
        "pages/download.html",
        said["title"],
        said["description"].format(area=area),
        ((KEY, tongue.interface["booklet"]["title"].format(title=site.settings.title[tongue.code])),),
        {"sheet_titles": titles, "edition_token": token(edition(site))},
        nav=KEY,
    )


def page(site: Site, tongue: Tongue) -> Page:
    """The page of the site that holds the booklet, to be read and to be printed from a browser."""
    book = plan(site, tongue)
    said: Callable[[str], str] = lambda name: _said(tongue, name).format(  # noqa: E731
        title=site.settings.title[tongue.code], area=site.settings.area[tongue.code]
    )
    return Page(
        KEY,
        tongue.code,
        "pages/booklet.html",
        said("title"),
        said("description"),
        data={"book": book},
        nav=KEY,
    )
