"""Step 4, plan: which pages there are, in which language, at which address, from which template.

This is the only place that decides an address. A page kind is a template, one function here, and its
words in the strings.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from hayami import accessibility, comparison, differences, facets, wcag
from hayami.model import Item, Prose, Site, Tongue, body_name, plain_name, said
from hayami.schema.record import Offer
from hayami.schema.scalars import PartialDate, Ref
from hayami.schema.words import PageWords, TermText


@dataclass(frozen=True)
class Page:
    """One page in one language; ``data`` is what its template sees besides site and language."""

    key: str
    language: str
    template: str
    title: str
    description: str
    above: tuple[tuple[str, str], ...] = ()
    """Pages above it for the trail: (key, title), without home."""
    data: Mapping[str, Any] = field(default_factory=dict)
    item: Item | None = None
    nav: str = ""
    """Key of the entry of the main menu to which it belongs."""
    listed: bool = True
    """Whether search engines are told of it."""


@dataclass(frozen=True)
class Redirect:
    """A page that only leads on: a former address."""

    key: str
    language: str
    target: str


def plan(site: Site) -> tuple[tuple[Page, ...], tuple[Redirect, ...]]:
    """All pages and redirects in a fixed order. Every page exists in every language."""
    pages: list[Page] = []
    redirects: list[Redirect] = []
    for tongue in site.tongues.values():
        pages += _plans(site, tongue)
        redirects += _redirects(site, tongue)
    return tuple(pages), tuple(redirects)


def _plans(site: Site, tongue: Tongue) -> Iterator[Page]:
    yield home(site, tongue)
    for item in site.items.values():
        yield record(site, tongue, item)
    yield from kind_lists(site, tongue)
    yield from purposes(site, tongue)
    yield from categories(site, tongue)
    yield from bodies(site, tongue)
    yield from grants(site, tongue)
    yield loans(site, tongue)
    yield from compare(site, tongue)
    if site.vocabulary.stages:
        yield stages(site, tongue)
    yield notices(site, tongue)
    yield glossary(site, tongue)
    yield search(site, tongue)
    yield from facet_pages(site, tongue)
    yield contents(site, tongue)
    yield about(site, tongue)
    yield data(site, tongue)
    if site.changes:
        yield changes(site, tongue)
    if site.past:
        yield from year_changes(site, tongue)
    yield from accessibility_pages(site, tongue)
    if site.settings.offline:
        yield _page(site, tongue, "offline", "offline", "offline")
    yield from prose_pages(site, tongue)


def _text(tongue: Tongue, part: str, name: str, **values: str) -> str:
    return tongue.interface[part][name].format(**values)


def _page(site: Site, tongue: Tongue, key: str, template: str, part: str, **data: Any) -> Page:
    """A page whose title and description are words of the interface."""
    area = site.settings.area[tongue.code]
    return Page(
        key,
        tongue.code,
        f"pages/{template}.html",
        _text(tongue, part, "title", area=area),
        _text(tongue, part, "description", area=area),
        data={**data, "intro": intro(site, key)},
        nav=key.split("/")[0],
    )


def intro(site: Site, key: str) -> Prose | None:
    """Prose of the content for a generated page (``content/pages/<key>/``), shown above its lists."""
    return site.prose.get(("pages", key))


def home(site: Site, tongue: Tongue) -> Page:
    """The quick-reference table: programmes by category, against the purposes."""
    return Page(
        "",
        tongue.code,
        "pages/home.html",
        site.settings.title[tongue.code],
        site.settings.description[tongue.code],
        data={"rows": by_category(site, site.main())},
    )


def by_category(site: Site, items: Iterable[Item]) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    """Items under their categories, empty categories left out."""
    chosen = tuple(items)
    groups = (
        (category.id, tuple(item for item in chosen if item.record.category == category.id))
        for category in site.vocabulary.categories
    )
    return tuple((category, members) for category, members in groups if members)


def record(site: Site, tongue: Tongue, item: Item) -> Page:
    """The page of one record."""
    words = item.words[tongue.code]
    above: list[tuple[str, str]] = []
    if item.record.category is not None:
        name = tongue.name_of("categories", item.record.category)
        above.append((f"categories/{item.record.category}", name))
    parent = item.record.parent
    if parent is not None:
        above.append((key_of(parent), site.items[parent].words[tongue.code].short_name))
    return Page(
        key_of(item.ref),
        tongue.code,
        "pages/record.html",
        plain_name(item, tongue.code),
        said(item, tongue, words.summary),
        tuple(above),
        item=item,
        nav=item.ref.kind,
    )


def key_of(ref: Ref) -> str:
    """Key of a record's page."""
    return f"{ref.kind}/{ref.slug}"


def kind_lists(site: Site, tongue: Tongue) -> Iterator[Page]:
    """One list for each kind of record, so that every address has a page above it."""
    for kind in ("programmes", "organisations", "facilities", "events"):
        groups = by_category(site, site.of_kind(kind))
        yield _page(site, tongue, kind, "kind", kind, groups=groups, kind=kind)


def purposes(site: Site, tongue: Tongue) -> Iterator[Page]:
    """The list of purposes, and for each of them its programmes."""
    numbered = tuple(enumerate((entry.id for entry in site.vocabulary.purposes), start=1))
    counts = {one: len(for_purpose(site, one)) for _, one in numbered}
    yield _page(site, tongue, "purposes", "purposes", "purposes", numbered=numbered, counts=counts)
    above = (("purposes", _text(tongue, "purposes", "title")),)
    for number, purpose in numbered:
        term = tongue.term("purposes", purpose)
        items = for_purpose(site, purpose)
        yield Page(
            f"purposes/{purpose}",
            tongue.code,
            "pages/purpose.html",
            term.name,
            _text(tongue, "purpose", "description", purpose=term.name, count=str(len(items))),
            above,
            {
                "purpose": purpose,
                "number": number,
                "rows": by_category(site, items),
                "numbered": numbered,
                "intro": intro(site, f"purposes-{purpose}"),
            },
            nav="purposes",
        )


def for_purpose(site: Site, purpose: str) -> tuple[Item, ...]:
    """Records that the editor assigns to a purpose."""
    return site.select(lambda item: purpose in item.record.purposes and not item.ended)


def categories(site: Site, tongue: Tongue) -> Iterator[Page]:
    """The list of categories, and for each of them its records."""
    groups = by_category(site, site.items.values())
    yield _page(site, tongue, "categories", "categories", "categories", groups=groups)
    above = (("categories", _text(tongue, "categories", "title")),)
    for category, items in groups:
        name = tongue.name_of("categories", category)
        yield Page(
            f"categories/{category}",
            tongue.code,
            "pages/category.html",
            name,
            _text(tongue, "category", "description", category=name, count=str(len(items))),
            above,
            {"category": category, "items": items},
            nav="categories",
        )


def bodies(site: Site, tongue: Tongue) -> Iterator[Page]:
    """The list of bodies, and for each of them the records in which it has a part."""
    named = tuple((body, body_name(site, tongue, body), site.by_body(body)) for body in site.bodies())
    unnamed = site.select(lambda item: any(one.what == "body" for one in item.record.unstated))
    yield _page(site, tongue, "bodies", "bodies", "bodies", named=named, unnamed=unnamed)
    above = (("bodies", _text(tongue, "bodies", "title")),)
    for body, name, items in named:
        yield Page(
            f"bodies/{body}",
            tongue.code,
            "pages/body.html",
            name,
            _text(tongue, "body", "description", body=name, count=str(len(items))),
            above,
            {"body": body, "items": items},
            nav="organisations",
        )


@dataclass(frozen=True)
class MoneyRow:
    """One offer of money for the lists of grants."""

    item: Item
    offer: Offer

    @property
    def top(self) -> int:
        """The largest sum it names, in yen; 0 when the source states none."""
        return max((money.yen for money in self.offer.amounts), default=0)


def money_rows(site: Site) -> tuple[MoneyRow, ...]:
    """Every offer of money in the order of the source."""
    return tuple(
        MoneyRow(item, offer) for item in site.items.values() for offer in item.money if not item.ended
    )


def grants(site: Site, tongue: Tongue) -> Iterator[Page]:
    """All offers of money in three orders, each a page of its own, so that no script is needed."""
    rows = money_rows(site)
    by_name = sorted(rows, key=lambda row: (sort_key(row.item, tongue), -row.top))
    index = alphabetical(by_name, lambda row: sort_key(row.item, tongue))
    by_cap = tuple(sorted(rows, key=lambda row: (-row.top, sort_key(row.item, tongue))))
    above = (("grants", _text(tongue, "grants", "title")),)
    yield _page(site, tongue, "grants", "grants", "grants", rows=by_cap, order="cap")
    grouped = tuple(
        (category, tuple(row for row in by_cap if row.item.record.category == category))
        for category, _ in by_category(site, (row.item for row in rows))
    )
    for order, part, data in (
        ("by-category", "grants_by_category", {"rows": rows, "groups": grouped, "order": "category"}),
        ("by-name", "grants_by_name", {"rows": rows, "index": index, "order": "name"}),
    ):
        title = _text(tongue, part, "title")
        description = _text(tongue, part, "description")
        yield Page(
            f"grants/{order}", tongue.code, "pages/grants.html", title, description, above, data, nav="grants"
        )


def sort_key(item: Item, tongue: Tongue) -> str:
    """By what an item sorts: its reading where the language has one, else its name."""
    words = item.words[tongue.code]
    return _folded((words.reading or words.name).replace("|", ""))


def _folded(text: str) -> str:
    """Without differences of width, case and kana."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in folded)


_ROWS = (
    "あいうえお",
    "かきくけこ",
    "さしすせそ",
    "たちつてと",
    "なにぬねの",
    "はひふへほ",
    "まみむめも",
    "やゆよ",
    "らりるれろ",
    "わをん",
)


def initial(key: str) -> str:
    """Heading of an index: the row of the kana (あ, か, さ …) or the first letter."""
    first = unicodedata.normalize("NFD", key.lstrip("「『“\"'(")[:1])[:1]
    small = {
        "ぁ": "あ",
        "ぃ": "い",
        "ぅ": "う",
        "ぇ": "え",
        "ぉ": "お",
        "っ": "つ",
        "ゃ": "や",
        "ゅ": "ゆ",
        "ょ": "よ",
    }
    first = small.get(first, first)
    for row in _ROWS:
        if first in row:
            return row[0]
    return first.upper() if first.isalpha() else "0–9"


_Entry = TypeVar("_Entry")


def alphabetical(
    ordered: Iterable[_Entry], key: Callable[[_Entry], str]
) -> tuple[tuple[str, tuple[_Entry, ...]], ...]:
    """What is sorted already, under its initials."""
    letters: dict[str, list[_Entry]] = {}
    for one in ordered:
        letters.setdefault(initial(key(one)), []).append(one)
    return tuple((letter, tuple(members)) for letter, members in letters.items())


def loans(site: Site, tongue: Tongue) -> Page:
    """Loans that the source names; it says which of them it does not describe."""
    named = tuple(
        (item, offer)
        for item in site.items.values()
        for offer in item.record.offers
        if offer.kind in ("loan-access", "investment")
    )
    return _page(site, tongue, "loans", "loans", "loans", named=named)


def compare(site: Site, tongue: Tongue) -> Iterator[Page]:
    """The page that sets chosen records side by side, and ready comparisons of the money for each purpose."""
    groups = by_category(site, site.select(comparison.comparable))
    grouped = {item.ref for _, items in groups for item in items}
    rest = site.select(lambda item: comparison.comparable(item) and item.ref not in grouped)
    purposes = ((entry.id, comparison.ready(site, entry.id)) for entry in site.vocabulary.purposes)
    ready = tuple((purpose, tables) for purpose, tables in purposes if tables)
    yield _page(site, tongue, "compare", "compare", "compare", groups=groups, rest=rest, ready=ready)
    above = (("compare", _text(tongue, "compare", "title")),)
    for purpose, tables in ready:
        name = tongue.short_of("purposes", purpose)
        yield Page(
            f"compare/{purpose}",
            tongue.code,
            "pages/compare_ready.html",
            _text(tongue, "compare", "ready_title", purpose=name),
            _text(tongue, "compare", "ready_description", purpose=name),
            above,
            {"tables": tables, "purpose": purpose},
            nav="compare",
        )


def stages(site: Site, tongue: Tongue) -> Page:
    """The ladder of stages with the programmes of each."""
    rungs = []
    for entry in reversed(site.vocabulary.stages):
        placed = tuple(
            (place.measure, item)
            for item in site.items.values()
            for place in item.record.digital
            if place.stage == entry.id
        )
        rungs.append((entry.id, placed))
    return _page(site, tongue, "stages", "stages", "stages", rungs=tuple(rungs))


def notices(site: Site, tongue: Tongue) -> Page:
    """All notices and seminars, the newest first."""
    return _page(site, tongue, "notices", "notices", "notices", notices=site.notices())


def _term_key(term: Prose, tongue: Tongue) -> str:
    words = term.words[tongue.code]
    text = (words.reading or words.term) if isinstance(words, TermText) else term.slug
    return _folded(text)


def sorted_terms(site: Site, tongue: Tongue) -> tuple[Prose, ...]:
    """Terms of the glossary by their readings."""
    return tuple(sorted(site.terms(), key=lambda term: _term_key(term, tongue)))


def glossary(site: Site, tongue: Tongue) -> Page:
    """Terms with their explanations."""
    index = alphabetical(sorted_terms(site, tongue), lambda term: _term_key(term, tongue))
    return _page(site, tongue, "glossary", "glossary", "glossary", index=index)


def search(site: Site, tongue: Tongue) -> Page:
    """Every record in one list, by name, to be read or searched with the browser's own means."""
    ordered = sorted(site.items.values(), key=lambda item: sort_key(item, tongue))
    index = alphabetical(ordered, lambda item: sort_key(item, tongue))
    return _page(
        site, tongue, "search", "search", "search", index=index, facets=facets.values(site), order=ordered
    )


def facet_pages(site: Site, tongue: Tongue) -> Iterator[Page]:
    """For each value of a facet that has no page elsewhere the list of its records."""
    above = (("search", _text(tongue, "search", "title")),)
    for facet, values in facets.values(site).items():
        for value in values if facet not in facets.OWN_PAGES else ():
            name = facet_name(tongue, facet, value.id)
            yield Page(
                value.key,
                tongue.code,
                "pages/facet.html",
                name,
                _text(tongue, "facets", "description", value=name, count=str(len(value.items))),
                above,
                {"items": value.items},
                nav="search",
            )


def facet_name(tongue: Tongue, facet: facets.Facet, value: str) -> str:
    """Name of one value of a facet that is no body."""
    vocabularies: Mapping[str, str] = {
        "purpose": "purposes",
        "category": "categories",
        "sector": "sectors",
        "stage": "stages",
    }
    if facet in vocabularies:
        return tongue.name_of(vocabularies[facet], value)
    if facet == "kind":
        return tongue.interface["kinds"][value.replace("-", "_")]
    if facet == "cap":
        ends = dict(zip((*map(str, facets.CAPS), "more"), (0, *facets.CAPS), strict=True))
        yen = tongue.formatter.yen
        if value == "more":
            return _text(tongue, "facets", "cap_over", a=yen(ends[value]))
        if not ends[value]:
            return _text(tongue, "facets", "cap_to", b=yen(int(value)))
        return _text(tongue, "facets", "cap_between", a=yen(ends[value]), b=yen(int(value)))
    return _text(tongue, "facets", f"feature_{value.replace('-', '_')}")


def contents(site: Site, tongue: Tongue) -> Page:
    """The source page by page, with the records taken from each."""

    def taken_from(number: int) -> tuple[Item, ...]:
        # What was carried over was taken from other material.
        return site.select(
            lambda item: (
                number in item.record.pages and item.record.carried_over in (None, site.source.fiscal_year)
            )
        )

    pages = tuple((page, taken_from(page.page)) for page in site.source.pages)
    return _page(site, tongue, "contents", "contents", "contents", pages=pages)


def year_folder(site: Site) -> str:
    """Folder of the pages of a year that is over, and last part of the address of what changed with it."""
    return f"fy{site.settings.fiscal_year}"


SAME_EVERY_YEAR = frozenset({"fiscal_year", "as_of", "pages", "carried_over", "ended"})
"""Keys of a record that change with every year, or are told apart; the list of facts that changed has none of them."""


def year_changes(site: Site, tongue: Tongue) -> Iterator[Page]:
    """What changed with each fiscal year, the newest first; years that are over are compared with each other."""
    states = [*(site.past[year] for year in sorted(site.past)), site]
    with_years = list(itertools.pairwise(states))[::-1]

    def name(state: Site) -> str:
        return tongue.formatter.date(PartialDate(state.settings.fiscal_year, fiscal=True))

    years = tuple((year_folder(after), name(after)) for _, after in with_years)
    yield _page(site, tongue, "years", "years", "years", years=years, folders=_folders(site, name))
    above = (("years", _text(tongue, "years", "title")),)
    for before, after in with_years:
        found = differences.compare(before, after, [tongue.code], SAME_EVERY_YEAR)
        current = after is site
        yield Page(
            f"years/{year_folder(after)}",
            tongue.code,
            "pages/year.html",
            _text(tongue, "years", "changed_title", year=name(after)),
            _text(tongue, "years", "changed_description", year=name(after), before=name(before)),
            above,
            {
                "found": found,
                "after": after,
                "folder": "" if current else year_folder(after),
                "added": tuple(after.items[one.ref] for one in found.in_state("added")),
                "moved": tuple(after.items[one.ref] for one in found.in_state("renamed")),
                "waiting": after.select(lambda item: item.unconfirmed),
                "over": tuple(_over_since(before, after)),
            },
            nav="years",
        )


def _over_since(before: Site, after: Site) -> Iterator[Item]:
    """Records that were not over yet in ``before``; a year between the two may have no catalogue of its own."""
    for item in after.items.values():
        ended = item.record.ended
        if item.ended and ended is not None and ended.after >= before.settings.fiscal_year:
            yield item


def _folders(site: Site, name: Callable[[Site], str]) -> tuple[tuple[str, str], ...]:
    """Years that are over, the newest first: folder, name."""
    return tuple(
        (year_folder(site.past[year]), name(site.past[year])) for year in sorted(site.past, reverse=True)
    )


def unreachable(site: Site, tongue: Tongue) -> Page:
    """What a browser shows for a page that it has not kept, without a network. It stands in no list."""
    return _page(site, tongue, "unreachable", "unreachable", "unreachable")


def about(site: Site, tongue: Tongue) -> Page:
    """What the site is, where its facts come from, and every corrected reading."""
    errata = tuple((item, erratum) for item in site.items.values() for erratum in item.record.errata)
    notes = tuple((item, note) for item in site.items.values() for note in item.record.notes)
    return _page(site, tongue, "about", "about", "about", errata=errata, notes=notes)


def health(site: Site, tongue: Tongue, **told: Any) -> Page:
    """The state of the catalogue for its editors. It stands in no list."""
    return _page(site, tongue, "health", "health", "health", **told)


def changes(site: Site, tongue: Tongue) -> Page:
    """What became of the catalogue, the newest first."""
    return _page(site, tongue, "changes", "changes", "changes")


def data(site: Site, tongue: Tongue) -> Page:
    """The data files and what is in them."""
    return _page(site, tongue, "data", "data", "data")


def accessibility_pages(site: Site, tongue: Tongue) -> Iterator[Page]:
    """The accessibility statement and its test results, where the catalogue has a statement."""
    stated = site.accessibility
    if stated is None:
        return
    rows = accessibility.rows(stated)
    counts = accessibility.counts(rows)
    beyond = tuple(wcag.CRITERIA[number] for number in sorted(stated.beyond, key=wcag.order))
    yield _page(
        site,
        tongue,
        "accessibility",
        "accessibility",
        "accessibility",
        stated=stated,
        counts=counts,
        beyond=beyond,
        criteria=wcag.CRITERIA,
    )
    principles = tuple(
        (number, tuple(row for row in rows if row.criterion.principle == number)) for number in (1, 2, 3, 4)
    )
    yield Page(
        "accessibility/results",
        tongue.code,
        "pages/accessibility_results.html",
        _text(tongue, "accessibility", "results_title"),
        _text(tongue, "accessibility", "results_description"),
        (("accessibility", _text(tongue, "accessibility", "title")),),
        {
            "stated": stated,
            "counts": counts,
            "principles": principles,
            "programs": accessibility.rule_counts(stated),
        },
        nav="accessibility",
    )


_WITH_TEMPLATE = (
    "about",
    "bodies",
    "categories",
    "changes",
    "compare",
    "contents",
    "data",
    "events",
    "facilities",
    "glossary",
    "grants",
    "health",
    "loans",
    "notices",
    "offline",
    "organisations",
    "programmes",
    "purposes",
    "search",
    "stages",
    "years",
    "unreachable",
)
"""Keys of generated pages; prose of the same name is their introduction."""


def _standalone(site: Site, tongue: Tongue) -> Iterator[tuple[str, Prose, PageWords]]:
    for (kind, slug), prose in site.prose.items():
        words = prose.words[tongue.code]
        if kind != "pages" or slug.split("-")[0] in _WITH_TEMPLATE or not isinstance(words, PageWords):
            continue
        # With a statement it is the introduction of that.
        if slug != "accessibility" or site.accessibility is None:
            yield slug, prose, words


def prose_titles(site: Site, tongue: Tongue) -> list[tuple[str, str]]:
    """Key and title of every page of prose that stands by itself."""
    return [(slug, words.title) for slug, _, words in _standalone(site, tongue)]


def prose_pages(site: Site, tongue: Tongue) -> Iterator[Page]:
    """Pages of prose that are not the introduction of a generated page."""
    for slug, prose, words in _standalone(site, tongue):
        yield Page(slug, tongue.code, "pages/prose.html", words.title, words.summary, data={"prose": prose})


def _redirects(site: Site, tongue: Tongue) -> Iterator[Redirect]:
    """Former addresses of records."""
    for item in site.items.values():
        for former in item.record.former_slugs:
            yield Redirect(f"{item.ref.kind}/{former}", tongue.code, key_of(item.ref))
