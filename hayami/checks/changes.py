"""The list of changes is in order, has words, and tells of records, fields and figures that there are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hayami import field_names, yamltree
from hayami.checks.references import ids_exist, records_exist, vocabulary_ids
from hayami.problems import Place, Problem, nearest
from hayami.schema.changes import Amended, Changes
from hayami.schema.figures import Figure
from hayami.schema.national import National
from hayami.schema.scalars import Ref
from hayami.schema.walk import walk
from hayami.validate import Draft, Typed, TypedEntry

_NOT_THE_FIGURE = {"id", "source", "calculated", "variant", "when", "costs"}
"""What a figure says besides its value."""


def check(draft: Draft) -> Iterator[Problem]:
    """All rules of this module; a catalogue without a list of changes breaks none."""
    ids: set[str] = set()
    if draft.changes is not None:
        changes: Changes = draft.changes.value
        ids = {one.id for one in changes.changes}
        known = vocabulary_ids(draft.vocabulary.value)
        refs = {entry.ref for entry in draft.records}
        for visit in walk(changes):
            yield from ids_exist(draft.changes, visit, known, None)
            yield from records_exist(draft.changes, visit, refs)
        yield from dates_are_in_order(draft, draft.changes)
        yield from ids_stand_once(draft.changes)
        yield from fields_exist(draft, draft.changes)
    yield from notes_exist(draft, ids)


def dates_are_in_order(draft: Draft, typed: Typed) -> Iterator[Problem]:
    """The newest stands first, and none is later than the day for which the list holds."""
    changes: Changes = typed.value
    last = changes.as_of or draft.settings.as_of
    before = last
    for index, change in enumerate(changes.changes):
        place = typed.place(("changes", index, "date"))
        if change.date > last:
            yield Problem(place, "change-too-late", {"date": str(change.date), "as_of": str(last)})
        elif change.date > before:
            yield Problem(place, "changes-out-of-order", {"date": str(change.date), "before": str(before)})
        else:
            before = change.date


def ids_stand_once(typed: Typed) -> Iterator[Problem]:
    """Feed readers know a change by its id."""
    seen: set[str] = set()
    changes: Changes = typed.value
    for index, change in enumerate(changes.changes):
        if change.id in seen:
            yield Problem(typed.place(("changes", index, "id")), "duplicate-id", {"id": change.id})
        seen.add(change.id)


def fields_exist(draft: Draft, typed: Typed) -> Iterator[Problem]:
    """Fields that a change names stand in the record, and the newest figure is the one that stands there.

    Once a fiscal year has been rolled over, changes of the years before it tell of records that are kept in ``past/``.
    """
    since = date(draft.settings.fiscal_year, 4, 1) if draft.past else date.min
    entries = {entry.ref: entry for entry in draft.records}
    told: set[tuple[Ref, str]] = set()
    changes: Changes = typed.value
    for index, change in enumerate(changes.changes):
        entry = entries.get(change.records[0]) if len(change.records) == 1 else None
        if entry is None or entry.record is None or change.date < since:
            continue
        for at, name in enumerate(change.fields):
            yield from _field_exists(entry, name, typed.place(("changes", index, "fields", at)))
        for at, amended in enumerate(change.figures):
            place = typed.place(("changes", index, "figures", at, "field"))
            newest = (entry.ref, amended.field) not in told
            told.add((entry.ref, amended.field))
            if not newest or amended.after is None:
                continue
            wrong = list(_field_exists(entry, amended.field, place))
            yield from wrong or _says_the_same(entry, amended, place)


def _field_exists(entry: TypedEntry, name: str, place: Place) -> Iterator[Problem]:
    assert entry.record is not None
    if field_names.find(entry.record.tree, name) is None:
        values = {"field": name, "ref": str(entry.ref)}
        yield Problem(place, "unknown-field", values, nearest(name, field_names.every(entry.record.tree)))


def _says_the_same(entry: TypedEntry, amended: Amended, place: Place) -> Iterator[Problem]:
    assert entry.record is not None
    assert amended.after is not None
    node = field_names.find(entry.record.tree, amended.field)
    held = next(
        (
            visit.value
            for visit in walk(entry.record.value)
            if isinstance(visit.value, Figure) and yamltree.find(entry.record.tree, visit.path) is node
        ),
        None,
    )
    if held is None or _value(held) != _value(amended.after.figure):
        yield Problem(place, "change-mismatch", {"field": amended.field, "ref": str(entry.ref)})


def _value(figure: Figure) -> object:
    return (type(figure).__name__, figure.model_dump(mode="json", exclude=_NOT_THE_FIGURE))


def notes_exist(draft: Draft, ids: set[str]) -> Iterator[Problem]:
    """Every change has a note in every language, and there are notes on nothing else."""
    for language in draft.languages:
        typed = draft.strings.get(language)
        if typed is None:
            continue
        words = typed.value.changes
        for missing in sorted(ids - set(words)):
            values = {"key": f"changes.{missing}", "language": language, "file": typed.file}
            yield Problem(typed.place(("changes",)), "missing-string", values)
        for surplus in sorted(set(words) - ids):
            values = {"key": f"changes.{surplus}", "language": language}
            yield Problem(
                typed.place(("changes", surplus), key=True), "surplus-string", values, nearest(surplus, ids)
            )


def check_national(draft: Draft) -> Iterator[Problem]:
    """Purposes that have a code of the national model are purposes of the catalogue."""
    if draft.national is None:
        return
    national: National = draft.national.value
    known = vocabulary_ids(draft.vocabulary.value)
    for visit in walk(national):
        yield from ids_exist(draft.national, visit, known, None)
