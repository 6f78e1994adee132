"""``changes.yaml``: what became of the catalogue, told by its editors; a note on each stands in the strings."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from hayami.schema.figures import Count, Dated, Duration, Figure, Money, Rate
from hayami.schema.scalars import Day, Declared, Id, RecordRef, Text

ChangeKind = Literal["published", "added", "fact", "correction", "wording", "closed"]
"""What kind of change it is.

``published`` is the first edition of the whole catalogue, ``added`` a new record. ``fact``: the source itself has
changed. ``correction``: the catalogue was wrong. ``wording``: the same facts in other words. ``closed``: what a
record tells of is offered no longer.
"""


class Value(Declared):
    """A figure as it was or as it is; exactly one kind of value."""

    money: Money | None = None
    rate: Rate | None = None
    duration: Duration | None = None
    count: Count | None = None
    date: Dated | None = None

    @model_validator(mode="after")
    def _one_value(self) -> Value:
        if sum(one is not None for one in self._values()) != 1:
            raise PydanticCustomError("one-of", "figure", {"keys": "money, rate, duration, count, date"})
        return self

    def _values(self) -> tuple[Figure | None, ...]:
        return (self.money, self.rate, self.duration, self.count, self.date)

    @property
    def figure(self) -> Figure:
        """The one value that is given."""
        return next(one for one in self._values() if one is not None)


class Amended(Declared):
    """One figure of a record, before and after."""

    field: Text
    """Where it stands in ``record.yaml``: ``offers[grant].amounts[1]``."""
    before: Value | None = None
    """Left out where there was none."""
    after: Value | None = None
    """Left out where there is none any more."""

    @model_validator(mode="after")
    def _one_at_least(self) -> Amended:
        if self.before is None and self.after is None:
            raise PydanticCustomError("one-of", "before, after", {"keys": "before, after"})
        return self


class Change(Declared):
    """One change. Its note stands in ``strings/<lang>.yaml`` under ``changes``."""

    id: Id
    """Part of the identity by which feed readers know the change; it stays."""
    date: Day
    kind: ChangeKind
    records: tuple[RecordRef, ...] = ()
    """Records that it concerns; all when left out."""
    fields: tuple[Text, ...] = ()
    """Fields of ``record.yaml`` that changed, where no figure did: ``eligibility[capital]``."""
    figures: tuple[Amended, ...] = ()
    """Figures that changed; with them or with ``fields`` the change concerns one record."""

    @model_validator(mode="after")
    def _fields_of_one_record(self) -> Change:
        if (self.fields or self.figures) and len(self.records) != 1:
            raise PydanticCustomError("one-of", "records", {"keys": "records"})
        return self


class Changes(Declared):
    """``content/changes.yaml``. A catalogue without it has no history."""

    as_of: Day | None = None
    """The day on which this list was brought up to date; ``as_of`` of the site when left out. No change is later."""
    changes: tuple[Change, ...] = Field(min_length=1)
    """The newest first."""
