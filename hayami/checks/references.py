"""Every id and every reference leads somewhere, and following them comes to an end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from hayami import locales
from hayami.load import is_slug
from hayami.messages import EXPECTED
from hayami.problems import Place, Problem, nearest
from hayami.schema.record import Event, Need, Record
from hayami.schema.scalars import BodyName, Local, Ref, Vocab
from hayami.schema.site import Vocabulary
from hayami.schema.walk import Visit, walk
from hayami.validate import Draft, Typed, TypedEntry, records_of


def check(draft: Draft) -> Iterator[Problem]:
    """All rules of this module."""
    vocabulary: Vocabulary = draft.vocabulary.value
    known = vocabulary_ids(vocabulary)
    bodies = known["bodies"] | {entry.slug for entry in draft.records if entry.kind == "organisations"}
    refs = {entry.ref for entry in draft.records}
    yield from vocabulary_is_unique(draft.vocabulary)
    yield from slugs_are_unique(draft)
    yield from help_desk_exists(draft)
    yield from locales_exist(draft)
    for entry in draft.faulty:
        # Its own entries may be among what had to be left out, so nothing is said of them.
        if entry.record is not None:
            for visit in walk(entry.record.value):
                yield from ids_exist(entry.record, visit, known, None)
                yield from bodies_exist(entry.record, visit, bodies)
                yield from records_exist(entry.record, visit, refs)
    for entry in draft.records:
        if entry.record is not None:
            local = collections(entry.record.value)
            for visit in walk(entry.record.value):
                yield from ids_exist(entry.record, visit, known, local)
                yield from bodies_exist(entry.record, visit, bodies)
                yield from records_exist(entry.record, visit, refs)
                yield from ids_are_unique(entry.record, visit)
            yield from offers_of_needs_exist(draft, entry)
            yield from staff_counted_elsewhere_exists(draft, entry)
            yield from pages_exist(draft, entry)
    yield from no_cycles(draft)


def vocabulary_ids(vocabulary: Vocabulary) -> dict[str, set[str]]:
    """Vocabulary (as written in the file) → ids."""
    return {
        info.alias or name: {item.id for item in getattr(vocabulary, name)}
        for name, info in type(vocabulary).model_fields.items()
    }


def collections(record: Record) -> dict[str, tuple[str, ...]]:
    """Part of ``record.yaml`` → ids of its entries, for every part whose entries have words."""
    parts: dict[str, tuple[str, ...]] = {
        "groups": record.groups,
        "offers": tuple(item.id for item in record.offers),
        "variants": tuple(item.id for offer in record.offers for item in offer.variants),
        "notes": record.notes,
        "sessions": tuple(item.id for item in record.sessions) if isinstance(record, Event) else (),
    }
    named: Mapping[str, Sequence[object]] = {
        "eligibility": record.eligibility,
        "requires": record.requires,
        "steps": record.steps,
        "facts": record.facts,
        "statistics": record.statistics,
        "staff": record.staff,
        "dates": record.dates,
        "contacts": record.contacts,
        "notices": record.notices,
        "links": record.links,
        "errata": record.errata,
    }
    for name, items in named.items():
        parts[name] = tuple(str(getattr(item, "id", "")) for item in items)
    return parts


def vocabulary_is_unique(typed: Typed) -> Iterator[Problem]:
    """No id stands twice in one vocabulary."""
    for name, info in type(typed.value).model_fields.items():
        path = info.alias or name
        seen: set[str] = set()
        for index, item in enumerate(getattr(typed.value, name)):
            if item.id in seen:
                yield Problem(typed.place((path, index)), "duplicate-id", {"id": item.id})
            seen.add(item.id)


def slugs_are_unique(draft: Draft) -> Iterator[Problem]:
    """A slug, present or former, belongs to one record, whatever its kind."""
    owners: dict[str, str] = {}
    for entry in draft.records:
        former = entry.record.value.former_slugs if entry.record else ()
        for index, slug in enumerate((entry.slug, *former)):
            place = Place(entry.folder)
            if entry.record is not None:
                place = entry.record.place(("former_slugs", index - 1) if index else ())
            if slug in owners:
                yield Problem(place, "duplicate-slug", {"slug": slug, "other": owners[slug]})
            elif index and not is_slug(slug):
                yield Problem(place, "illegal-slug", {"name": slug})
            owners.setdefault(slug, entry.folder)


def help_desk_exists(draft: Draft) -> Iterator[Problem]:
    """The help desk of ``site.yaml`` is an organisation of the catalogue."""
    desk = draft.settings.help_desk
    slugs = [entry.slug for entry in draft.records if entry.kind == "organisations"]
    if desk and desk not in slugs:
        place = draft.site.place(("help_desk",))
        yield Problem(place, "unknown-reference", {"ref": f"organisation:{desk}"}, nearest(desk, slugs))


def locales_exist(draft: Draft) -> Iterator[Problem]:
    """The locale of a language is one of CLDR."""
    for index, language in enumerate(draft.settings.languages):
        if not locales.is_known(language.locale):
            ja, en, example = EXPECTED["locale"]
            values = {"got": language.locale, "expected_ja": ja, "expected_en": en, "example": example}
            yield Problem(draft.site.place(("languages", index, "locale")), "wrong-type", values)


def ids_exist(
    typed: Typed, visit: Visit, known: Mapping[str, set[str]], local: Mapping[str, tuple[str, ...]] | None
) -> Iterator[Problem]:
    """Ids of the vocabulary stand in it; ids of the same record stand in the part they name."""
    for mark in visit.marks:
        for suffix, found in _ids(visit.value):
            place = typed.place((*visit.path, *suffix))
            if isinstance(mark, Vocab) and found not in known[mark.name]:
                values = {"id": found, "vocabulary": mark.name}
                yield Problem(place, "unknown-id", values, nearest(found, known[mark.name]))
            elif isinstance(mark, Local) and local is not None:
                valid = [one for name in mark.collections for one in local[name]]
                if found not in valid:
                    values = {"id": found, "collection": " / ".join(mark.collections)}
                    yield Problem(place, "unknown-entry", values, nearest(found, valid))


def _ids(value: object) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(value, str):
        yield (), value
    elif isinstance(value, tuple):
        for index, item in enumerate(value):
            if isinstance(item, str):
                yield (index,), item
    elif isinstance(value, dict):
        for key in value:
            yield (key,), key


def bodies_exist(typed: Typed, visit: Visit, bodies: set[str]) -> Iterator[Problem]:
    """A body is an organisation with a record, or stands in vocabulary ``bodies``."""
    if any(isinstance(mark, BodyName) for mark in visit.marks) and isinstance(visit.value, str):
        found = visit.value
        if found not in bodies:
            values = {"id": found, "vocabulary": "bodies / organisations"}
            yield Problem(typed.place(visit.path), "unknown-id", values, nearest(found, bodies))


def records_exist(typed: Typed, visit: Visit, refs: set[Ref]) -> Iterator[Problem]:
    """A reference leads to a record."""
    values = visit.value if isinstance(visit.value, tuple) else (visit.value,)
    for index, value in enumerate(values):
        if isinstance(value, Ref) and value not in refs:
            path = (*visit.path, index) if isinstance(visit.value, tuple) else visit.path
            near = nearest(str(value), map(str, refs))
            yield Problem(typed.place(path), "unknown-reference", {"ref": str(value)}, near)


def ids_are_unique(typed: Typed, visit: Visit) -> Iterator[Problem]:
    """Entries of one part of a record have ids of their own."""
    if not isinstance(visit.value, tuple):
        return
    seen: set[str] = set()
    for index, item in enumerate(visit.value):
        found = item if isinstance(item, str) else getattr(item, "id", None)
        if not isinstance(found, str) or visit.path[-1] == "source":
            continue
        if found in seen:
            yield Problem(typed.place((*visit.path, index)), "duplicate-id", {"id": found})
        seen.add(found)


def offers_of_needs_exist(draft: Draft, entry: TypedEntry) -> Iterator[Problem]:
    """A prerequisite that names an offer of another record names one that it has."""
    records = records_of(draft)
    assert entry.record is not None
    for visit in walk(entry.record.value):
        need = visit.value
        if isinstance(need, Need) and need.offer:
            owner = need.record or entry.ref
            offers = [offer.id for offer in records[owner].offers] if owner in records else [need.offer]
            if need.offer not in offers:
                values = {"id": need.offer, "collection": f"{owner} offers"}
                place = entry.record.place((*visit.path, "offer"))
                yield Problem(place, "unknown-entry", values, nearest(need.offer, offers))


def staff_counted_elsewhere_exists(draft: Draft, entry: TypedEntry) -> Iterator[Problem]:
    """People listed twice point to an entry of staff that exists, in the form ``kind:slug#id``."""
    records = records_of(draft)
    assert entry.record is not None
    record: Record = entry.record.value
    for index, staff in enumerate(record.staff):
        if staff.same_as is None:
            continue
        name, _, wanted = staff.same_as.partition("#")
        try:
            other = records.get(Ref.parse(name))
        except ValueError:
            other = None
        if other is None or wanted not in {one.id for one in other.staff}:
            place = entry.record.place(("staff", index, "same_as"))
            every = [f"{ref}#{one.id}" for ref, rec in records.items() for one in rec.staff]
            yield Problem(place, "unknown-reference", {"ref": staff.same_as}, nearest(staff.same_as, every))


def pages_exist(draft: Draft, entry: TypedEntry) -> Iterator[Problem]:
    """Pages named by a record are pages of the source; what was carried over still names those of earlier material."""
    assert entry.record is not None
    if entry.record.value.carried_over is not None:
        return
    known = {page.page for page in draft.source.value.pages}
    for index, page in enumerate(entry.record.value.pages):
        if page not in known:
            values = {"id": str(page), "vocabulary": "source.yaml: pages"}
            yield Problem(entry.record.place(("pages", index)), "unknown-id", values)


def no_cycles(draft: Draft) -> Iterator[Problem]:
    """Neither parents nor prerequisites go round in a circle."""
    records = records_of(draft)
    parents = {ref: (record.parent, *record.also_part_of) for ref, record in records.items()}
    needs = {
        ref: tuple(other for requirement in record.requires for other in requirement.need.records())
        for ref, record in records.items()
    }
    for field, edges in (("parent", parents), ("requires", needs)):
        graph = {ref: tuple(one for one in targets if one is not None) for ref, targets in edges.items()}
        for chain in cycles(graph):
            entry = next(one for one in draft.records if one.ref == chain[0])
            assert entry.record is not None
            values = {"chain": " → ".join(str(ref) for ref in (*chain, chain[0]))}
            yield Problem(entry.record.place((field,), key=True), "cycle", values)


def cycles(graph: Mapping[Ref, Sequence[Ref]]) -> Iterator[tuple[Ref, ...]]:
    """Each circle once, starting with its smallest member."""
    state: Counter[Ref] = Counter()
    seen: set[tuple[Ref, ...]] = set()
    for start in sorted(graph):
        if state[start]:
            continue
        path: list[Ref] = []
        work: list[tuple[Ref, Iterator[Ref]]] = [(start, iter(graph[start]))]
        state[start] = 1
        path.append(start)
        while work:
            ref, targets = work[-1]
            target = next(targets, None)
            if target is None:
                work.pop()
                path.pop()
                state[ref] = 2
            elif state[target] == 1:
                ring = path[path.index(target) :]
                turn = ring.index(min(ring))
                chain = (*ring[turn:], *ring[:turn])
                if chain not in seen:
                    seen.add(chain)
                    yield chain
            elif not state[target] and target in graph:
                state[target] = 1
                path.append(target)
                work.append((target, iter(graph[target])))
