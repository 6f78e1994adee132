"""Years that are over: what was carried over is confirmed figure by figure, and no page that was there is lost."""

from __future__ import annotations

from collections.abc import Iterator

from hayami.problems import Problem, nearest
from hayami.schema.figures import Figure
from hayami.schema.record import Fact, Record
from hayami.schema.scalars import Ref
from hayami.schema.walk import Path as FieldPath
from hayami.schema.walk import walk
from hayami.validate import Draft, Typed


def check(draft: Draft) -> Iterator[Problem]:
    """All rules of this module."""
    for entry in draft.records:
        if entry.record is not None:
            yield from evidence_is_of_a_year_that_is_kept(draft, entry.record)
            yield from carried_over_is_confirmed(draft, entry.record)
    yield from nothing_has_vanished(draft)


def _evident(record: Record) -> Iterator[tuple[FieldPath, Figure | Fact]]:
    for visit in walk(record):
        if isinstance(visit.value, Figure | Fact) and visit.value.source:
            yield visit.path, visit.value


def evidence_is_of_a_year_that_is_kept(draft: Draft, typed: Typed) -> Iterator[Problem]:
    """Evidence of another year's material names a year that is kept under ``past/``."""
    kept = [str(year) for year in draft.past]
    for path, held in _evident(typed.value):
        for source in held.source:
            if source.year is not None and source.year not in draft.past:
                values = {"year": str(source.year), "kept": ", ".join(kept) or "–"}
                yield Problem(typed.place((*path, "source")), "unknown-year", values)
    year = typed.value.carried_over
    if year is not None and year not in draft.past:
        values = {"year": str(year), "kept": ", ".join(kept) or "–"}
        yield Problem(typed.place(("carried_over",)), "unknown-year", values, nearest(str(year), kept))


def carried_over_is_confirmed(draft: Draft, typed: Typed) -> Iterator[Problem]:
    """A record of this year has evidence of this year; until then it says from which year it was carried over.

    A programme that is over keeps the figures of its last year.
    """
    record: Record = typed.value
    if record.ended is not None and record.ended.after < draft.settings.fiscal_year:
        return
    old = [(path, held) for path, held in _evident(record) if any(one.year for one in held.source)]
    if record.carried_over is None:
        for path, held in old:
            source = next(one for one in held.source if one.year)
            values = {"year": str(source.year), "now": str(record.fiscal_year), "evidence": str(source)}
            yield Problem(typed.place((*path, "source")), "evidence-of-earlier-year", values)
        return
    values = {
        "year": str(record.carried_over),
        "now": str(draft.settings.fiscal_year),
        "left": str(len(old)),
        "all": str(sum(1 for _ in _evident(record))),
    }
    yield Problem(typed.place(("carried_over",)), "not-yet-confirmed", values)


def nothing_has_vanished(draft: Draft) -> Iterator[Problem]:
    """Every record of a year that is over is still there, under its name or as a former one."""
    here: set[Ref] = set()
    for entry in draft.records:
        former = entry.record.value.former_slugs if entry.record is not None else ()
        here |= {Ref(entry.kind, slug) for slug in (entry.slug, *former)}
    told: set[Ref] = set()
    for year, refs in sorted(draft.past.items(), reverse=True):
        for ref in sorted(refs - here - told):
            told.add(ref)
            values = {"ref": str(ref), "year": str(year), "folder": f"{ref.kind}/{ref.slug}"}
            yield Problem(draft.site.place(), "vanished-record", values)
