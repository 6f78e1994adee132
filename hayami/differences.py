"""What differs between two states of the catalogue, fact by fact, as readers will see it.

Typed values are compared, never the text of files: a comment, another order of keys or another way to
write a number is no change. Every fact is written out in each language by :mod:`hayami.formats`.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from hayami import text
from hayami.model import Item, Prose, Site, Tongue, body_name, plain_name, said
from hayami.schema import record as records
from hayami.schema.figures import Count, Figure, NamedFigure, Session
from hayami.schema.scalars import Declared, Local, PartialDate, Ref, SourceRef, Vocab
from hayami.schema.words import COLLECTIONS, PageWords, Words

Said = Mapping[str, str]
"""Language → words."""

Kind = Literal["figure", "fact", "evidence"]

FIELDS: Mapping[str, str] = {
    "type": "differences.type",
    "category": "figures.category",
    "parent": "record.part_of",
    "also_part_of": "record.part_of",
    "pages": "figures.source_page",
    "fiscal_year": "record.year",
    "carried_over": "differences.carried_over",
    "ended": "differences.ended",
    "as_of": "record.as_of",
    "main": "differences.main",
    "purposes": "record.purposes",
    "sectors": "facets.sector",
    "bodies": "record.body",
    "digital": "differences.stage",
    "groups": "record.fields",
    "group": "record.fields",
    "offers": "record.offers",
    "eligibility": "record.eligibility",
    "requires": "record.requires",
    "steps": "record.steps",
    "facts": "record.facts",
    "figures": "figures.figure",
    "statistics": "record.numbers",
    "staff": "record.numbers",
    "dates": "record.numbers",
    "contacts": "record.contact",
    "notices": "record.notices",
    "relations": "record.related",
    "links": "record.links",
    "errata": "record.readings",
    "notes": "record.readings",
    "unstated": "record.unstated",
    "former_slugs": "differences.former_address",
    "kind": "figures.kind",
    "amounts": "figures.cap",
    "rates": "figures.rate",
    "floor": "figures.floor",
    "periods": "figures.period",
    "scale": "figures.scale",
    "fees": "figures.fee",
    "costs": "record.costs",
    "costs_open": "differences.costs_open",
    "variants": "record.variants",
    "programme": "figures.programme",
    "any_of": "record.any_of",
    "condition": "figures.condition",
    "excludes": "record.excluded",
    "actor": "differences.actor",
    "gate": "record.gate",
    "record": "record.related",
    "need": "record.requires",
    "body": "record.body",
    "phones": "unstated.phone",
    "postcode": "record.address",
    "opening": "differences.opening",
    "opened": "record.opened",
    "area": "record.area",
    "closed": "record.closed_since",
    "edition": "record.edition",
    "sessions": "record.sessions",
    "venue": "record.venue",
}
"""Key of a record → words of the interface that name it."""

UNSEEN = frozenset({"id", "order"})
"""Keys that decide an order or a name within the files; a record where only these changed is ``unnoticed``."""


@dataclass(frozen=True)
class Change:
    """One fact of a record that is no longer the same."""

    kind: Kind
    label: Said
    """What it is a fact of: the offer, the name of the figure, for whom it holds."""
    old: Said | None
    """What it was; None where it is new. For ``evidence`` page and phrase, in every language alike."""
    new: Said | None
    """What it is; None where it is gone."""


@dataclass(frozen=True)
class Rewording:
    """Words that are no longer the same in one language. Figures within them are not written out."""

    language: str
    part: Said
    old: str | None
    new: str | None


@dataclass(frozen=True)
class RecordChange:
    """All that changed in one record."""

    ref: Ref
    name: Said
    state: Literal["changed", "added", "removed", "renamed"]
    old: Ref | None
    """Its identity before, where it had one."""
    pages: tuple[int, ...] = ()
    """Pages of the source."""
    changes: tuple[Change, ...] = ()
    rewordings: tuple[Rewording, ...] = ()
    unnoticed: bool = False
    """Whether something changed that no reader sees, such as the order of two records."""

    def of(self, kind: Kind) -> tuple[Change, ...]:
        """Its changes of one kind."""
        return tuple(one for one in self.changes if one.kind == kind)


@dataclass(frozen=True)
class SiteChange:
    """Something outside of records: a setting, an entry of a vocabulary, a page of prose, a term."""

    label: Said
    old: Said | None
    new: Said | None


@dataclass(frozen=True)
class Comparison:
    """Everything that differs between two states."""

    languages: tuple[str, ...]
    records: tuple[RecordChange, ...] = ()
    site: tuple[SiteChange, ...] = ()
    vocabulary: tuple[SiteChange, ...] = ()
    prose: tuple[SiteChange, ...] = ()

    def in_state(self, state: str) -> tuple[RecordChange, ...]:
        """Records that were added, removed, renamed or changed."""
        return tuple(one for one in self.records if one.state == state)

    @property
    def figures(self) -> tuple[tuple[RecordChange, Change], ...]:
        """Every figure that changed, with its record."""
        return tuple((one, change) for one in self.records for change in one.of("figure"))

    @property
    def empty(self) -> bool:
        """Whether readers see no difference at all."""
        return not (self.records or self.site or self.vocabulary or self.prose)


# --- statements of one record -----------------------------------------------------------------


@dataclass(frozen=True)
class Statement:
    """One fact, written out."""

    slot: tuple[str, ...]
    """Where it stands; facts of one slot are paired by likeness."""
    label: Said
    text: Said
    scope: Said = field(default_factory=dict)
    """For whom it holds: class, condition, kind of cost."""
    sources: tuple[SourceRef, ...] = ()
    figure: bool = False
    present: bool = False
    """That it is there is all it says: its words are compared elsewhere."""
    yes: bool | None = None
    """For truth values: which of the two it says."""


@dataclass(frozen=True)
class _Reading:
    """Reads the statements of one item, in the languages that are asked for."""

    site: Site
    item: Item
    languages: tuple[str, ...]

    def tongue(self, language: str) -> Tongue:
        """That of the language, or the primary one where this state has not got it yet."""
        return self.site.tongues.get(language, self.site.primary)

    def each(self, write: Callable[[Tongue], str]) -> Said:
        return {language: write(self.tongue(language)) for language in self.languages}

    def t(self, key: str) -> Said:
        part, name = key.split(".")
        return self.each(lambda tongue: tongue.interface[part][name])

    def entry(self, collection: str, entry: str) -> Said:
        """Words of one entry of the record, figures written out."""
        return self.each(lambda tongue: self._entry(tongue, collection, entry))

    def _entry(self, tongue: Tongue, collection: str, entry: str) -> str:
        found = getattr(self.item.words[tongue.code], collection, {}).get(entry)
        return entry if found is None else said(self.item, tongue, found.label)

    def local(self, tongue: Tongue, entry: str, collections: Iterable[str]) -> str:
        """Name of an entry that may stand in any of some parts of the record."""
        words = self.item.words[tongue.code]
        held = next((one for one in collections if entry in getattr(words, one, {})), None)
        return entry if held is None else self._entry(tongue, held, entry)

    def named(self, ref: Ref, tongue: Tongue) -> str:
        other = self.site.items.get(ref)
        return str(ref) if other is None else plain_name(other, tongue.code)

    # --- the walk ------------------------------------------------------------------------------
    def statements(self) -> Iterator[Statement]:
        yield from self.of_declared(self.item.record, (), {})

    def of_declared(self, value: Declared, slot: tuple[str, ...], above: Said) -> Iterator[Statement]:
        for name, info in type(value).model_fields.items():
            held = getattr(value, name)
            if name in UNSEEN or name == "source" or held == info.get_default(call_default_factory=True):
                continue
            here = (*slot, name)
            label = self.below(above, self.t(FIELDS[name])) if name in FIELDS else above
            yield from self.of_field(held, name, info.metadata, here, label, above)

    def below(self, above: Said, label: Said) -> Said:
        if not above:
            return label
        return {code: f"{above[code]}{self._between(code)}{words}" for code, words in label.items()}

    def _between(self, language: str) -> str:
        return self.tongue(language).interface["differences"]["between"]

    def of_field(
        self, held: Any, name: str, marks: Sequence[Any], slot: tuple[str, ...], label: Said, above: Said
    ) -> Iterator[Statement]:
        if isinstance(held, bool):
            yield Statement(slot, label, self.t("differences.yes" if held else "differences.no"), yes=held)
        elif isinstance(held, dict):
            for key, grade in held.items():
                yield Statement((*slot, key), label, self.each(lambda t, k=key, g=grade: _purpose(t, k, g)))  # type: ignore[misc]
        elif isinstance(held, tuple) and held and isinstance(held[0], Declared):
            yield from self.of_list(held, name, slot, label, above)
        elif isinstance(held, tuple) and name in COLLECTIONS:
            for one in held:
                yield Statement((*slot, one), label, self.entry(name, one), present=True)
        elif isinstance(held, tuple):
            for one in held:
                yield Statement((*slot, str(one)), label, self.atom(one, name, marks))
        elif isinstance(held, records.Ended):
            yield Statement(slot, label, self.each(lambda tongue: self.over(tongue, held)))
        elif isinstance(held, records.Need):
            yield Statement(slot, label, self.each(lambda tongue: self.need(tongue, held)))
        elif isinstance(held, Figure):
            yield self.of_figure(held, slot, label)
        else:
            yield Statement(slot, label, self.atom(held, name, marks))

    def of_list(
        self, held: tuple[Declared, ...], name: str, slot: tuple[str, ...], label: Said, above: Said
    ) -> Iterator[Statement]:
        for one in held:
            entry = getattr(one, "id", None)
            words = self.entry(name, entry) if entry and name in COLLECTIONS else None
            here = (*slot, entry) if entry else slot
            if isinstance(one, NamedFigure):
                yield self.of_figure(one.figure, here, label)
            elif isinstance(one, records.Notice):
                text_ = self.each(lambda tongue, one=one: _notice(tongue, one))  # type: ignore[misc]
                yield Statement(
                    here, self.below(label, words or {}), text_, sources=_sources(one), figure=True
                )
            elif isinstance(one, Figure):
                yield self.of_figure(one, here, words or label)
            elif isinstance(one, (records.Body, records.Digital, records.Relation, records.Unstated)):
                yield Statement((*here, _identity(one)), label, self.each(self.writer(one)))
            elif isinstance(one, records.Link):
                yield Statement(here, words or label, dict.fromkeys(self.languages, one.url))
            elif isinstance(one, records.Erratum):
                yield Statement(here, label, dict.fromkeys(self.languages, f"{one.prints} → {one.reads}"))
            else:
                # What a record offers alone goes by the name of the record.
                alone = name == "offers" and len(held) == 1
                own = above if alone else self.below(above, words) if words else label
                yield Statement(here, label, words or label, sources=_sources(one), present=True)
                yield from self.of_declared(one, here, own)

    def of_figure(self, figure: Figure, slot: tuple[str, ...], label: Said) -> Statement:
        return Statement(
            slot,
            label,
            self.each(lambda tongue: tongue.formatter.figure(figure)),
            self.each(lambda tongue: self.scope(tongue, figure)),
            _sources(figure),
            figure=True,
        )

    def scope(self, tongue: Tongue, figure: Figure) -> str:
        names = [self.local(tongue, one, ("variants",)) for one in figure.variant]
        names += [tongue.name_of("conditions", one) for one in figure.when]
        names += [tongue.name_of("costs", one) for one in getattr(figure, "costs", ())]
        term = getattr(figure, "term", None)
        names += [tongue.name_of("terms", term)] if term else []
        if isinstance(figure, Count) and figure.as_of is not None:
            names.append(tongue.formatter.formats.date.as_of.format(x=tongue.formatter.date(figure.as_of)))
        if isinstance(figure, Session) and figure.days is not None:
            names.append(tongue.formatter.days(figure.days))
        if isinstance(figure, records.Staff) and figure.employment is not None:
            names.append(tongue.interface["record"][figure.employment.replace("-", "_")])
        return tongue.formatter.listed(names)

    def atom(self, value: Any, name: str, marks: Sequence[Any]) -> Said:
        """One value that is no figure: an id, a reference, a number, a day."""
        vocabulary = next((mark.name for mark in marks if isinstance(mark, Vocab)), None)
        local = next((mark.collections for mark in marks if isinstance(mark, Local)), None)

        def write(tongue: Tongue) -> str:
            if isinstance(value, Ref):
                return self.named(value, tongue)
            if vocabulary is not None:
                return tongue.name_of(vocabulary, value)
            if local is not None:
                return self.local(tongue, value, local)
            if name == "kind":
                return tongue.interface["kinds"][value.replace("-", "_")]
            if name == "body":
                return body_name(self.site, tongue, value)
            if name in ("fiscal_year", "carried_over"):
                return tongue.formatter.date(PartialDate(value, fiscal=True))
            if name == "as_of":
                return tongue.formatter.day(value)
            if name == "pages":
                return tongue.interface["figures"]["page"].format(n=value)
            return str(value)

        return self.each(write)

    def writer(self, one: Declared) -> Callable[[Tongue], str]:
        def write(tongue: Tongue) -> str:
            if isinstance(one, records.Body):
                return self.body(tongue, one)
            if isinstance(one, records.Digital):
                stage = tongue.name_of("stages", one.stage)
                return f"{stage} {tongue.name_of('measures', one.measure)}"
            if isinstance(one, records.Relation):
                tie = tongue.interface["relations"][one.type.replace("-", "_")]
                return f"{tie}: {self.named(one.target, tongue)}"
            assert isinstance(one, records.Unstated)
            what = tongue.interface["unstated"][one.what.replace("-", "_")]
            return self._with(tongue, what, one.offer, ("offers",))

        return write

    def body(self, tongue: Tongue, one: records.Body) -> str:
        role = tongue.interface["roles"][one.role.replace("-", "_")]
        role += tongue.interface["roles"]["designated"] if one.designated else ""
        written = f"{body_name(self.site, tongue, one.body)} ({role})"
        names = [self.local(tongue, offer, ("offers",)) for offer in one.offers]
        return f"{written} {tongue.formatter.listed(names)}".rstrip()

    def _with(self, tongue: Tongue, what: str, entry: str | None, collections: tuple[str, ...]) -> str:
        if entry is None:
            return what
        return tongue.formatter.formats.condition.format(
            x=what, condition=self.local(tongue, entry, collections)
        )

    def over(self, tongue: Tongue, ended: records.Ended) -> str:
        year = tongue.formatter.date(PartialDate(ended.after, fiscal=True))
        successors = tongue.formatter.listed(self.named(one, tongue) for one in ended.successors)
        return f"{year} → {successors}" if successors else year

    def need(self, tongue: Tongue, need: records.Need) -> str:
        if need.all:
            return tongue.formatter.all_of(self.need(tongue, one) for one in need.all)
        if need.any:
            return tongue.formatter.one_of(self.need(tongue, one) for one in need.any)
        if need.record is not None:
            return self.named(need.record, tongue)
        if need.criterion is not None:
            return self.local(tongue, need.criterion, ("eligibility",))
        if need.requirement is not None:
            return tongue.name_of("requirements", need.requirement)
        return self.local(tongue, need.offer or "", ("offers",))


def _sources(value: Declared) -> tuple[SourceRef, ...]:
    return getattr(value, "source", ())


def _identity(one: Declared) -> str:
    """All that a small declaration says: two that differ in anything are two facts."""
    return one.model_dump_json(exclude_defaults=True)


def _purpose(tongue: Tongue, purpose: str, grade: str) -> str:
    name = tongue.name_of("purposes", purpose)
    if grade == "high":
        return name
    return tongue.formatter.formats.condition.format(x=name, condition=tongue.interface["confidence"][grade])


def _notice(tongue: Tongue, one: records.Notice) -> str:
    days = [tongue.formatter.date(day) for day in (one.published, one.start, one.end) if day is not None]
    return tongue.formatter.listed([tongue.name_of("notice-categories", one.category), *days])


# --- comparing --------------------------------------------------------------------------------


def compare(old: Site, new: Site, languages: Sequence[str], unasked: Container[str] = ()) -> Comparison:
    """What changed from ``old`` to ``new``, written in ``languages``.

    ``unasked`` are keys of a record that are left out.
    """
    chosen = tuple(languages)
    return Comparison(
        chosen,
        tuple(_records(old, new, chosen, unasked)),
        tuple(_settings(old, new, chosen)),
        tuple(_vocabulary(old, new, chosen)),
        tuple(_prose(old, new, chosen)),
    )


def _names(site: Site, item: Item, languages: Iterable[str]) -> Said:
    return {
        code: plain_name(item, code if code in site.tongues else site.settings.primary) for code in languages
    }


def _records(
    old: Site, new: Site, languages: tuple[str, ...], unasked: Container[str]
) -> Iterator[RecordChange]:
    before = _before(old, new)
    for ref, item in new.items.items():
        was = before.get(ref)
        name = _names(new, item, languages)
        if was is None:
            yield RecordChange(ref, name, "added", None, item.record.pages, _all(new, item, languages))
            continue
        previous = old.items[was]
        if previous.record == item.record and previous.words == item.words and previous.bodies == item.bodies:
            continue
        changes = _facts(old, previous, new, item, languages, unasked)
        rewordings = tuple(_rewordings(previous, new, item, languages))
        state: Literal["renamed", "changed"] = "renamed" if was != ref else "changed"
        unseen = not (changes or rewordings) and state == "changed"
        yield RecordChange(ref, name, state, was, item.record.pages, changes, rewordings, unseen)
    gone = set(old.items) - set(before.values())
    for ref, item in old.items.items():
        if ref in gone:
            yield RecordChange(ref, _names(old, item, languages), "removed", ref, item.record.pages)


def _before(old: Site, new: Site) -> dict[Ref, Ref]:
    """Record now → its identity before, by its own name or by one of its former slugs."""
    found = {ref: ref for ref in new.items if ref in old.items}
    for ref, item in new.items.items():
        for slug in item.record.former_slugs:
            former = Ref(ref.kind, slug)
            if ref not in found and former in old.items and former not in new.items:
                found[ref] = former
    return found


def _all(site: Site, item: Item, languages: tuple[str, ...]) -> tuple[Change, ...]:
    """The figures of a new record: what readers come for."""
    found = _Reading(site, item, languages).statements()
    return tuple(Change("figure", _labelled(one, site), None, one.text) for one in found if one.figure)


def _facts(
    old: Site, previous: Item, new: Site, item: Item, languages: tuple[str, ...], unasked: Container[str]
) -> tuple[Change, ...]:
    before = list(_Reading(old, previous, languages).statements())
    after = list(_Reading(new, item, languages).statements())
    slots = [slot for slot in dict.fromkeys(one.slot for one in (*after, *before)) if slot[0] not in unasked]
    entries = [{one.slot for one in side if one.present} for side in (before, after)]
    lone = entries[0] ^ entries[1]
    changes: list[Change] = []
    for slot in slots:
        pairs = _paired(
            [one for one in before if one.slot == slot], [one for one in after if one.slot == slot]
        )
        for was, now in pairs:
            one = now or was
            assert one is not None
            if one.yes is not None and any(slot[: len(entry)] == entry for entry in lone):
                continue
            changes += _change(was, now, old, new)
    # Figures first: they are what readers act on.
    return tuple(sorted(changes, key=lambda one: ("figure", "fact", "evidence").index(one.kind)))


def _change(was: Statement | None, now: Statement | None, old: Site, new: Site) -> Iterator[Change]:
    one = now or was
    assert one is not None
    label = _labelled(one, new if now else old)
    kind: Kind = "figure" if one.figure else "fact"
    if was is None or now is None:
        texts = [None if side is None else side.text for side in (was, now)]
        if one.yes is not None:
            # What is left out says the other of the two.
            part, name = ("differences", "no" if one.yes else "yes")
            other = {code: _tongue(new, code).interface[part][name] for code in one.text}
            texts = [other if side is None else side for side in texts]
        yield Change(kind, label, texts[0], texts[1])
    elif not one.present and (was.text != now.text or was.scope != now.scope):
        moved = was.scope != now.scope
        yield Change(
            kind,
            now.label if moved else label,
            _scoped(was, old) if moved else was.text,
            _scoped(now, new) if moved else now.text,
        )
    elif was.sources != now.sources and _dated(was.sources, old) != _dated(now.sources, new):
        shown = [
            {code: _listed(side.sources) for code in one.text} if side.sources else None
            for side in (was, now)
        ]
        written = {code: f"{label[code]} {one.text[code]}" for code in label}
        yield Change("evidence", label if one.present else written, shown[0], shown[1])


def _listed(sources: Iterable[SourceRef]) -> str:
    return " / ".join(map(str, sources))


def _dated(sources: Iterable[SourceRef], site: Site) -> list[SourceRef]:
    """Evidence with the year of its material: with a new fiscal year ``p8 …`` becomes ``FY2024 p8 …``, and is the same."""
    return [replace(one, year=one.year or site.material_year) for one in sources]


def _tongue(site: Site, language: str) -> Tongue:
    return site.tongues.get(language, site.primary)


def _scoped(one: Statement, site: Site) -> Said:
    return {
        code: _tongue(site, code).formatter.formats.condition.format(x=words, condition=one.scope[code])
        if one.scope.get(code)
        else words
        for code, words in one.text.items()
    }


def _labelled(one: Statement, site: Site) -> Said:
    return {
        code: _tongue(site, code).formatter.formats.condition.format(x=words, condition=one.scope[code])
        if one.scope.get(code)
        else words
        for code, words in one.label.items()
    }


def _paired(
    before: list[Statement], after: list[Statement]
) -> list[tuple[Statement | None, Statement | None]]:
    """Facts of one slot side by side: first what is alike, then what holds for the same, then in order."""
    pairs: list[tuple[Statement | None, Statement | None]] = []
    rest = list(before)
    left: list[Statement] = []
    alike: tuple[Callable[[Statement, Statement], bool], ...] = (
        lambda one, two: one.text == two.text and one.scope == two.scope and one.sources == two.sources,
        lambda one, two: one.text == two.text and one.scope == two.scope,
        lambda one, two: one.scope == two.scope,
        lambda one, two: one.text == two.text,
        lambda _one, _two: True,
    )
    waiting = list(after)
    for test in alike:
        left = []
        for now in waiting:
            was = next((one for one in rest if test(one, now)), None)
            if was is None:
                left.append(now)
            else:
                rest.remove(was)
                pairs.append((was, now))
        waiting = left
    pairs += [(None, now) for now in waiting]
    pairs += [(was, None) for was in rest]
    return pairs


# --- words --------------------------------------------------------------------------------------

_PARTS: Mapping[str, str] = {
    "name": "differences.name",
    "name_status": "differences.name_status",
    "known_as": "differences.known_as",
    "short_name": "differences.short_name",
    "reading": "differences.reading",
    "romaji": "differences.romaji",
    "summary": "differences.summary",
    "aliases": "differences.aliases",
    "address": "record.address",
}
"""Part of the words of a record → words that name it; collections are named by :data:`FIELDS`."""


def _rewordings(previous: Item, new: Site, item: Item, languages: tuple[str, ...]) -> Iterator[Rewording]:
    reading = _Reading(new, item, languages)
    for code in new.tongues:
        now = item.words[code]
        was = previous.words.get(code)
        for name, key in _PARTS.items():
            before = "" if was is None else _plain(getattr(was, name))
            after = _plain(getattr(now, name))
            if before != after:
                yield Rewording(code, reading.t(key), before or None, after or None)
        yield from _relabelled(reading, was, now, code)
        yield from _paragraphs(reading, previous.bodies.get(code, ""), item.bodies[code], code)


def _plain(value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return "" if value is None else text.without_hints(str(value))


def _relabelled(reading: _Reading, was: Words | None, now: Words, code: str) -> Iterator[Rewording]:
    for name in COLLECTIONS:
        before = {} if was is None else getattr(was, name)
        after = getattr(now, name)
        # What came or went is told as a fact.
        for entry in after:
            if entry in before and before[entry] != after[entry]:
                one, two = (
                    " ".join(filter(None, (side[entry].label, side[entry].note, side[entry].address)))
                    for side in (before, after)
                )
                yield Rewording(code, reading.t(FIELDS[name]), one, two)


def _paragraphs(reading: _Reading, was: str, now: str, code: str) -> Iterator[Rewording]:
    before, after = ([one.strip() for one in body.split("\n\n") if one.strip()] for body in (was, now))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for action, i, j, k, m in matcher.get_opcodes():
        if action != "equal":
            one, two = "\n\n".join(before[i:j]), "\n\n".join(after[k:m])
            yield Rewording(code, reading.t("differences.body"), one or None, two or None)


# --- outside of records -----------------------------------------------------------------------


def _settings(old: Site, new: Site, languages: tuple[str, ...]) -> Iterator[SiteChange]:
    for file, before, after in (
        ("site.yaml", old.settings, new.settings),
        ("source.yaml", old.source, new.source),
    ):
        for name in type(after).model_fields:
            one, two = getattr(before, name), getattr(after, name)
            if one != two:
                label = dict.fromkeys(languages, f"{file} {name}")
                yield SiteChange(label, _setting(one, languages), _setting(two, languages))
    if old.diagram != new.diagram:
        yield SiteChange(dict.fromkeys(languages, "places.yaml"), None, None)


def _setting(value: Any, languages: tuple[str, ...]) -> Said | None:
    if value is None or value == ():
        return None
    if isinstance(value, dict):
        return {code: str(value.get(code, next(iter(value.values())))) for code in languages}
    if isinstance(value, tuple):
        value = ", ".join(_short(one, languages[0]) for one in value)
    return dict.fromkeys(languages, str(value))


def _short(value: Any, language: str) -> str:
    """What tells one entry of a list of settings from another."""
    for name in ("code", "page"):
        if hasattr(value, name):
            title = getattr(value, "title", {})
            return f"{getattr(value, name)} {title.get(language, '')}".strip()
    return str(value)


def _vocabulary(old: Site, new: Site, languages: tuple[str, ...]) -> Iterator[SiteChange]:
    for name, info in type(new.vocabulary).model_fields.items():
        vocabulary = info.alias or name
        before = [one.id for one in getattr(old.vocabulary, name)]
        after = [one.id for one in getattr(new.vocabulary, name)]
        for entry in dict.fromkeys((*before, *after)):
            label = dict.fromkeys(languages, f"{vocabulary} {entry}")
            one = _entry_words(old, vocabulary, entry, languages) if entry in before else None
            two = _entry_words(new, vocabulary, entry, languages) if entry in after else None
            if one != two:
                yield SiteChange(label, one, two)


def _entry_words(site: Site, vocabulary: str, entry: str, languages: tuple[str, ...]) -> Said | None:
    def written(tongue: Tongue) -> str:
        held: Any = getattr(tongue.words, vocabulary.replace("-", "_"), {}).get(entry, entry)
        # Units are plural forms and qualifiers are patterns; all others have a name and perhaps a note.
        if isinstance(held, Mapping):
            return " / ".join(held.values())
        return " — ".join(filter(None, (getattr(held, "name", str(held)), getattr(held, "note", None))))

    return {code: written(_tongue(site, code)) for code in languages}


def _prose(old: Site, new: Site, languages: tuple[str, ...]) -> Iterator[SiteChange]:
    for key in dict.fromkeys((*old.prose, *new.prose)):
        before, after = old.prose.get(key), new.prose.get(key)
        if _content(before, languages) != _content(after, languages):
            yield SiteChange(
                dict.fromkeys(languages, "/".join(key)),
                None if before is None else _titles(before, old, languages),
                None if after is None else _titles(after, new, languages),
            )


def _content(prose: Prose | None, languages: tuple[str, ...]) -> object:
    """What readers of some languages read."""
    if prose is None:
        return None
    words = {code: one.model_dump(exclude={"translated_from"}) for code, one in prose.words.items()}
    return [(words.get(code), prose.bodies.get(code)) for code in languages]


def _titles(prose: Prose, site: Site, languages: tuple[str, ...]) -> Said:
    found = {}
    for code in languages:
        words = prose.words[code if code in prose.words else site.settings.primary]
        found[code] = words.title if isinstance(words, PageWords) else words.term
    return found


def told(tongue: Tongue, change: Change | SiteChange, language: str) -> str:
    """One change in one language: ``上限額 100万円 → 150万円``."""
    words = tongue.interface["differences"]
    label = change.label[language]
    if change.old is not None and change.new is not None:
        return words["became"].format(label=label, old=change.old[language], new=change.new[language])
    if change.new is not None:
        return words["gained"].format(label=label, x=change.new[language])
    assert change.old is not None
    return words["lost"].format(label=label, x=change.old[language])


def affected(
    old: Mapping[str, bytes], new: Mapping[str, bytes], alike: Callable[[bytes], bytes]
) -> list[str]:
    """Pages (files that end in ``.html``) that differ, came or went, sorted.

    ``alike`` takes out of a page what differs in every build without being seen, such as the folder of
    style sheets that is named after their content.
    """
    return sorted(
        name
        for name in {*old, *new}
        if name.endswith(".html")
        and (name not in old or name not in new or alike(old[name]) != alike(new[name]))
    )
