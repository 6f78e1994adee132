"""Step 3, join: typed entries become one :class:`Site`, each record tied to what it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from hayami import text
from hayami.formats import Formatter
from hayami.problems import Place, Problem
from hayami.schema.accessibility import Accessibility
from hayami.schema.booklet import BookletSettings
from hayami.schema.changes import Change
from hayami.schema.figures import Figure, Money, NamedFigure
from hayami.schema.national import National
from hayami.schema.record import MONEY_KINDS, Event, Facility, Offer, Record
from hayami.schema.scalars import PartialDate, Ref
from hayami.schema.site import Language, PlaceDiagram, SiteSettings, SourceSettings, Vocabulary
from hayami.schema.strings import Formats, Group, Strings, Term, VocabularyWords
from hayami.schema.walk import walk
from hayami.schema.words import Label, PageWords, TermText, Words
from hayami.validate import Draft, TypedEntry


@dataclass(frozen=True)
class Tongue:
    """All that one language of the site brings: its words and its forms of figures."""

    code: str
    name: str
    locale: str
    interface: Mapping[str, Mapping[str, str]]
    formatter: Formatter
    words: VocabularyWords
    thesaurus: Mapping[str, Group] = field(default_factory=dict)
    """Official term → everyday words for it."""
    changes: Mapping[str, str] = field(default_factory=dict)
    """Id of a change → a note on it."""

    def term(self, vocabulary: str, entry: str) -> Term:
        """Words of one vocabulary entry."""
        found: Term = getattr(self.words, vocabulary.replace("-", "_"))[entry]
        return found

    def name_of(self, vocabulary: str, entry: str) -> str:
        """Name of one vocabulary entry."""
        return self.term(vocabulary, entry).name

    def short_of(self, vocabulary: str, entry: str) -> str:
        """Short name of one vocabulary entry; the name when it has none."""
        found = self.term(vocabulary, entry)
        return found.short or found.name


@dataclass(frozen=True)
class Item:
    """One record with its words in every language."""

    ref: Ref
    record: Record
    words: Mapping[str, Words]
    bodies: Mapping[str, str]
    """Language → Markdown."""
    folder: str
    """Where the record lies in a repository, ``content/<kind>/<slug>``, wherever this build found it."""
    figures: Mapping[str, Figure]
    """Id → figure that words may name."""
    parents: tuple[Ref, ...] = ()
    children: tuple[Ref, ...] = ()
    needed_by: tuple[Ref, ...] = ()
    """Records whose prerequisites name this one."""
    related_from: tuple[tuple[str, Ref], ...] = ()
    """Ties from other records: (type, record)."""
    ended: bool = False
    """Whether it is over by the fiscal year of the catalogue: its page stays, and lists of what there is leave it out."""
    predecessors: tuple[Ref, ...] = ()
    """Records that are over and name this one as their successor."""

    @property
    def unconfirmed(self) -> bool:
        """Whether what it says is that of an earlier year, and nobody has confirmed it for this one."""
        return self.record.carried_over is not None and not self.ended

    @property
    def money(self) -> tuple[Offer, ...]:
        """Offers that pay money and are described here."""
        return tuple(
            offer for offer in self.record.offers if offer.kind in MONEY_KINDS and not offer.programme
        )

    @property
    def caps(self) -> tuple[Money, ...]:
        """All limits and sums of its offers of money."""
        return tuple(money for offer in self.money for money in offer.amounts)

    @property
    def cap(self) -> Money | None:
        """The largest of them."""
        return max(self.caps, key=lambda money: money.yen, default=None)


@dataclass(frozen=True)
class Prose:
    """A page of prose, or a glossary term, in every language."""

    kind: str
    slug: str
    words: Mapping[str, PageWords | TermText]
    bodies: Mapping[str, str]


@dataclass(frozen=True)
class Notice:
    """A dated notice with the record that carries it."""

    item: Item
    id: str
    category: str
    published: PartialDate | None
    start: PartialDate | None
    end: PartialDate | None
    free: bool | None

    @property
    def sort_date(self) -> tuple[int, int, int]:
        """The first date it gives."""
        day = self.published or self.start or self.end
        return (day.year, day.month or 0, day.day or 0) if day else (0, 0, 0)


@dataclass(frozen=True)
class Site:
    """The whole catalogue, ready to be laid out in pages. Nothing in it changes any more."""

    settings: SiteSettings
    source: SourceSettings
    vocabulary: Vocabulary
    tongues: Mapping[str, Tongue]
    items: Mapping[Ref, Item]
    prose: Mapping[tuple[str, str], Prose]
    diagram: PlaceDiagram | None = None
    """Where places lie, for catalogues that draw it."""
    booklet: BookletSettings = field(default_factory=BookletSettings)
    """How the printed booklet is set."""
    accessibility: Accessibility | None = None
    """What the site says of its own accessibility, where it says anything."""
    national: National | None = None
    """What the national data model asks for, where the catalogue says so."""
    changes: tuple[Change, ...] = ()
    """What became of the catalogue, the newest first."""
    past: Mapping[int, Site] = field(default_factory=dict)
    """Fiscal year that is over → the catalogue of that year."""

    @property
    def primary(self) -> Tongue:
        """The language in which official names are given."""
        return self.tongues[self.settings.primary]

    @property
    def languages(self) -> tuple[Language, ...]:
        """Languages in the order of ``site.yaml``."""
        return self.settings.languages

    @property
    def material_year(self) -> int:
        """Fiscal year of the source: that of the catalogue, but an earlier one until new material is described."""
        return self.source.fiscal_year or self.settings.fiscal_year

    def material_of(self, item: Item) -> Site:
        """The state of the catalogue whose source a record was taken from: that of the year it was carried over from."""
        return self.past.get(item.record.carried_over or 0, self)

    def of_kind(self, kind: str) -> tuple[Item, ...]:
        """Items of one kind in the order of the source."""
        return self.select(lambda item: item.ref.kind == kind)

    def select(self, test: Callable[[Item], object]) -> tuple[Item, ...]:
        """Items that pass a test, in the order of the source."""
        return tuple(item for item in self.items.values() if test(item))

    def main(self) -> tuple[Item, ...]:
        """Rows of the quick-reference table."""
        return self.select(lambda item: item.record.main and item.record.category and not item.ended)

    def by_body(self, body: str) -> tuple[Item, ...]:
        """Records in which a body has a part."""
        return self.select(lambda item: any(one.body == body for one in item.record.bodies))

    def bodies(self) -> tuple[str, ...]:
        """Every body that has a part in some record, organisations with a record first."""
        found = {one.body for item in self.items.values() for one in item.record.bodies}
        slugs = [ref.slug for ref in self.items if ref.kind == "organisations" and ref.slug in found]
        return (*slugs, *(entry.id for entry in self.vocabulary.bodies if entry.id in found))

    def organisation(self, body: str) -> Item | None:
        """The record of a body, where it has one."""
        return self.items.get(Ref("organisations", body))

    def notices(self) -> tuple[Notice, ...]:
        """All notices, the newest first."""
        found = [
            Notice(item, one.id, one.category, one.published, one.start, one.end, one.free)
            for item in self.items.values()
            for one in item.record.notices
        ]
        return tuple(sorted(found, key=lambda one: one.sort_date, reverse=True))

    def changes_of(self, item: Item) -> tuple[Change, ...]:
        """What became of a record, the newest first; changes of the whole catalogue are changes of each record."""
        return tuple(one for one in self.changes if not one.records or item.ref in one.records)

    def last_changed(self, item: Item) -> date:
        """The day of the last change of a record; without a list of changes, that of its material."""
        return max((one.date for one in self.changes_of(item)), default=item.record.as_of)

    @property
    def later_changes(self) -> tuple[Change, ...]:
        """Changes since the first edition."""
        return tuple(one for one in self.changes if one.kind != "published")

    def terms(self) -> tuple[Prose, ...]:
        """Glossary terms."""
        return tuple(one for (kind, _), one in self.prose.items() if kind == "terms")


def interface_problems(draft: Draft, builtin: Mapping[str, Strings]) -> tuple[Problem, ...]:
    """Words of the interface and forms of figures that a language lacks.

    ``builtin`` are the strings that the generator brings, by language; a language that it does not
    bring gives them in its ``strings/<lang>.yaml``, under ``formats`` and ``interface``.
    """
    needed = {
        (part, name) for one in builtin.values() for part, names in one.interface.items() for name in names
    }
    problems = []
    for code in draft.languages:
        own = draft.strings.get(code)
        laid = _laid_over(builtin.get(code), own.value if own else None)
        file = f"{draft.root}/strings/{code}.yaml"
        given = {(part, name) for part, names in laid.interface.items() for name in names}
        missing = [f"interface.{part}.{name}" for part, name in sorted(needed - given)]
        if laid.formats is None:
            missing.insert(0, "formats")
        for key in missing:
            values = {"key": key, "language": code, "file": file}
            problems.append(Problem(Place(file), "missing-string", values))
        surplus = sorted(given - needed) if own else []
        for part, name in surplus:
            assert own is not None
            values = {"key": f"interface.{part}.{name}", "language": code}
            problems.append(Problem(own.place(("interface", part, name), key=True), "surplus-string", values))
    return tuple(problems)


def _laid_over(builtin: Strings | None, own: Strings | None) -> Strings:
    base = builtin or Strings()
    if own is None:
        return base
    parts = {*base.interface, *own.interface}
    interface = {part: {**base.interface.get(part, {}), **own.interface.get(part, {})} for part in parts}
    formats: Formats | None = own.formats or base.formats
    return Strings(
        formats=formats,
        interface=interface,
        vocabulary=own.vocabulary,
        thesaurus=own.thesaurus,
        changes=own.changes,
    )


def join(draft: Draft, builtin: Mapping[str, Strings], settings: SiteSettings) -> Site:
    """Tie a faultless draft together. ``settings`` may differ from the draft's by command-line options."""
    tongues = {}
    for language in settings.languages:
        strings = _laid_over(builtin.get(language.code), draft.strings[language.code].value)
        assert strings.formats is not None
        formatter = Formatter(language.locale, strings.formats, strings.vocabulary)
        tongues[language.code] = Tongue(
            language.code,
            language.name,
            language.locale,
            strings.interface,
            formatter,
            strings.vocabulary,
            strings.thesaurus,
            strings.changes,
        )
    vocabulary: Vocabulary = draft.vocabulary.value
    source: SourceSettings = draft.source.value
    items = _tied([_item(entry, settings.fiscal_year) for entry in draft.records], vocabulary)
    prose = {(entry.kind, entry.slug): _prose(entry) for entry in draft.prose}
    diagram: PlaceDiagram | None = draft.places.value if draft.places else None
    national: National | None = draft.national.value if draft.national else None
    changes: tuple[Change, ...] = draft.changes.value.changes if draft.changes else ()
    stated: Accessibility | None = draft.accessibility.value if draft.accessibility else None
    booklet: BookletSettings = draft.booklet.value if draft.booklet else BookletSettings()
    return Site(
        settings,
        source,
        vocabulary,
        tongues,
        items,
        prose,
        diagram,
        booklet,
        stated,
        national,
        changes,
    )


def _item(entry: TypedEntry, year: int) -> Item:
    assert entry.record is not None
    record: Record = entry.record.value
    figures: dict[str, Figure] = {}
    for visit in walk(record):
        if isinstance(visit.value, NamedFigure):
            figures[visit.value.id] = visit.value.figure
        elif isinstance(visit.value, Figure) and visit.value.id is not None:
            figures.setdefault(visit.value.id, visit.value)
    words = {code: one.value for code, one in entry.words.items()}
    bodies = {code: one.document.body for code, one in entry.words.items()}
    ended = record.ended is not None and record.ended.after < year
    folder = f"content/{entry.kind}/{entry.slug}"
    return Item(entry.ref, record, words, bodies, folder, figures, ended=ended)


def _prose(entry: TypedEntry) -> Prose:
    words = {code: one.value for code, one in entry.words.items()}
    bodies = {code: one.document.body for code, one in entry.words.items()}
    return Prose(entry.kind, entry.slug, words, bodies)


def _tied(items: list[Item], vocabulary: Vocabulary) -> dict[Ref, Item]:
    """Items in the order of the source, with their parents, children and followers."""
    categories = [category.id for category in vocabulary.categories]

    def order(item: Item) -> tuple[int, int, int, str]:
        record = item.record
        rank = categories.index(record.category) if record.category in categories else len(categories)
        return (rank, record.pages[0], record.order, item.ref.slug)

    ordered = sorted(items, key=order)
    children: dict[Ref, list[Ref]] = {}
    needed: dict[Ref, list[Ref]] = {}
    related: dict[Ref, list[tuple[str, Ref]]] = {}
    before: dict[Ref, list[Ref]] = {}
    for item in ordered:
        record = item.record
        for parent in _parents(record):
            children.setdefault(parent, []).append(item.ref)
        for other in sorted({one for need in record.requires for one in need.need.records()}):
            needed.setdefault(other, []).append(item.ref)
        for successor in record.ended.successors if record.ended else ():
            before.setdefault(successor, []).append(item.ref)
        for relation in record.relations:
            related.setdefault(relation.target, []).append((relation.type, item.ref))
        if isinstance(record, Event) and record.venue is not None:
            related.setdefault(record.venue, []).append(("held-at", item.ref))
    tied = {
        item.ref: replace(
            item,
            parents=_parents(item.record),
            children=tuple(children.get(item.ref, ())),
            needed_by=tuple(needed.get(item.ref, ())),
            related_from=tuple(related.get(item.ref, ())),
            predecessors=tuple(before.get(item.ref, ())),
        )
        for item in ordered
    }
    return _parents_first(tied)


def _parents(record: Record) -> tuple[Ref, ...]:
    return tuple(ref for ref in (record.parent, *record.also_part_of) if ref is not None)


def _parents_first(items: Mapping[Ref, Item]) -> dict[Ref, Item]:
    """The same items with each part behind its parent, when both stand in one category."""
    placed: dict[Ref, Item] = {}

    def place(item: Item) -> None:
        if item.ref in placed:
            return
        placed[item.ref] = item
        for child in item.children:
            if items[child].record.parent == item.ref and items[child].ref.kind == item.ref.kind:
                place(items[child])

    for item in items.values():
        parent = item.record.parent
        if parent is None or parent not in items or parent.kind != item.ref.kind:
            place(item)
    for item in items.values():
        place(item)
    return placed


def is_closed(item: Item) -> bool:
    """Whether the source says that it is closed."""
    return isinstance(item.record, Facility) and item.record.closed is not None


def label_of(item: Item, language: str, collection: str, entry: str) -> Label:
    """Words of one entry of a record."""
    found: Label = getattr(item.words[language], collection)[entry]
    return found


def plain_name(item: Item, language: str) -> str:
    """Official name without break hints."""
    return text.without_hints(item.words[language].name)


def written_out(item: Item, tongue: Tongue, words: str) -> str:
    """Words of a record with the figures that they name written out."""
    return text.FIGURE.sub(lambda found: tongue.formatter.figure(item.figures[found[1]]), words)


def said(item: Item, tongue: Tongue, words: str) -> str:
    """The same of a name, summary or entry, as plain text: without break hints."""
    return written_out(item, tongue, text.without_hints(words))


def body_name(site: Site, tongue: Tongue, body: str) -> str:
    """Name of a body, from its record or from the vocabulary."""
    item = site.organisation(body)
    if item is not None:
        return plain_name(item, tongue.code)
    return tongue.name_of("bodies", body)


def body_short(site: Site, tongue: Tongue, body: str) -> str:
    """Short name of a body for narrow places."""
    item = site.organisation(body)
    return item.words[tongue.code].short_name if item else tongue.short_of("bodies", body)
