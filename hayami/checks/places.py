"""The place diagram names places that exist, each once."""

from __future__ import annotations

from collections.abc import Iterator

from hayami.checks.references import ids_exist, records_exist, vocabulary_ids
from hayami.problems import Problem, nearest
from hayami.schema.site import PlaceDiagram
from hayami.schema.walk import walk
from hayami.validate import Draft, Typed, records_of


def check(draft: Draft) -> Iterator[Problem]:
    """All rules of this module; a catalogue without a diagram breaks none."""
    if draft.places is None:
        return
    known = vocabulary_ids(draft.vocabulary.value)
    refs = {entry.ref for entry in draft.records}
    for visit in walk(draft.places.value):
        yield from ids_exist(draft.places, visit, known, {})
        yield from records_exist(draft.places, visit, refs)
    yield from desks_exist(draft, draft.places)
    yield from places_stand_once(draft.places)


def desks_exist(draft: Draft, typed: Typed) -> Iterator[Problem]:
    """A desk of the diagram is an entry of ``contacts`` of its record."""
    records = records_of(draft)
    diagram: PlaceDiagram = typed.value
    for at, spot in enumerate(diagram.spots):
        for index, desk in enumerate(spot.desks):
            if desk.record not in records:
                continue
            valid = [contact.id for contact in records[desk.record].contacts]
            if desk.contact not in valid:
                values = {"id": desk.contact, "collection": f"{desk.record} contacts"}
                place = typed.place(("spots", at, "desks", index, "contact"))
                yield Problem(place, "unknown-entry", values, nearest(desk.contact, valid))


def places_stand_once(typed: Typed) -> Iterator[Problem]:
    """No place has two positions."""
    diagram: PlaceDiagram = typed.value
    seen: set[str] = set()
    for at, spot in enumerate(diagram.spots):
        named = [(("places", index), str(ref)) for index, ref in enumerate(spot.places)]
        named += [
            (("desks", index), f"{desk.record}#{desk.contact}") for index, desk in enumerate(spot.desks)
        ]
        for path, name in named:
            if name in seen:
                yield Problem(typed.place(("spots", at, *path)), "duplicate-id", {"id": name})
            seen.add(name)
