"""Figures: amounts, rates, durations, counts, dates and fees, each with its evidence.

A figure stands once, in ``record.yaml``; every language renders from it. ``bound`` keeps the source's
own wording apart (up to, at least, about), because 「以内」 and 「最大」 are facts too.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import model_validator
from pydantic_core import PydanticCustomError

from hayami.schema.scalars import (
    Amount,
    Declared,
    Hours,
    Id,
    Ids,
    Local,
    Phone,
    Share,
    Sources,
    Vocab,
    When,
    Whole,
    YesNo,
)

Bound = Literal["exact", "max", "min", "about"]
"""How the source words a number: exactly, at most (最大・上限・以内), at least (以上), about (程度・約)."""


class Calculation(Declared):
    """A figure that the source does not print: calculated from figures of the same record."""

    sum: Ids = ()
    """Ids of the figures that are added up."""
    product: Ids = ()
    """Ids of the figures that are multiplied."""

    @model_validator(mode="after")
    def _one_way(self) -> Calculation:
        if bool(self.sum) == bool(self.product):
            raise PydanticCustomError("one-of", "sum, product", {"keys": "sum, product"})
        return self


class Figure(Declared):
    """What every figure carries besides its value."""

    id: Id | None = None
    """Name by which words (``{id}``) and calculations refer to the figure."""
    source: Sources = ()
    """Evidence: ``p8 150万円``, page and a fragment (at most 40 characters) that holds the figure."""
    calculated: Calculation | None = None
    """Instead of evidence: the figures it follows from."""
    variant: Annotated[Ids, Local("variants")] = ()
    """Classes or types of the offer to which it applies; all of them when left out."""
    when: Annotated[Ids, Vocab("conditions")] = ()
    """Conditions (vocabulary ``conditions``) that must all hold for it to apply."""


class Money(Figure):
    """An amount in yen."""

    yen: Whole
    """Whole yen, ``15_000_000``."""
    bound: Bound = "max"
    """``max`` for an upper limit, ``exact`` for a fixed sum such as a prize."""
    form: Literal["cash", "in-kind"] = "cash"
    """``in-kind`` for services worth the sum (〜円相当)."""
    per: Annotated[Id | None, Vocab("units")] = None
    """Unit (vocabulary ``units``) to which the sum applies: a firm, a visit …"""
    costs: Annotated[Ids, Vocab("costs")] = ()
    """Eligible costs (vocabulary ``costs``) to which alone the sum applies."""


class Rate(Figure):
    """A share of eligible costs, or a range of shares whose split the source does not explain."""

    value: Share | None = None
    """One share, ``2/3``."""
    lowest: Share | None = None
    """Lower end of a range."""
    highest: Share | None = None
    """Upper end of a range."""
    within: YesNo = False
    """Whether the source writes 以内 behind the rate."""

    @model_validator(mode="after")
    def _value_or_range(self) -> Rate:
        ranged = self.lowest is not None and self.highest is not None
        if (self.value is not None) == ranged or (self.lowest is None) != (self.highest is None):
            raise PydanticCustomError(
                "one-of", "value, lowest + highest", {"keys": "value, lowest + highest"}
            )
        return self


class Length(Declared):
    """A length of time in the units that the source uses."""

    years: Whole | None = None
    months: Whole | None = None
    weeks: Whole | None = None
    days: Whole | None = None

    @model_validator(mode="after")
    def _not_empty(self) -> Length:
        if not any((self.years, self.months, self.weeks, self.days)):
            raise PydanticCustomError("one-of", "length", {"keys": "years, months, weeks, days"})
        return self


class Duration(Figure):
    """A length of time, or a range of lengths."""

    length: Length
    """The length, or the lower end of a range: ``{years: 1, months: 9}``."""
    to: Length | None = None
    """Upper end of a range."""
    bound: Bound = "exact"
    to_bound: Literal["exact", "max"] = "exact"
    """``max`` where the source says 以内 behind the upper end."""
    term: Annotated[Id | None, Vocab("terms")] = None
    """What the source calls it (vocabulary ``terms``): support period, grant period …"""


class Each(Declared):
    """How often or how much for each one counted: 100社 × 2回."""

    n: Whole
    unit: Annotated[Id, Vocab("units")]
    bound: Bound = "exact"


class Count(Figure):
    """A number of things: firms, projects, visits, visitors, square metres, per cent."""

    n: Amount
    """The number."""
    to: Amount | None = None
    """Upper end of a range."""
    unit: Annotated[Id, Vocab("units")]
    """Vocabulary ``units``."""
    bound: Bound = "exact"
    nature: Literal["actual", "cumulative", "planned", "target"] | None = None
    """Whether the source calls the number a result, a running total, a plan or a target."""
    per: Annotated[Id | None, Vocab("units")] = None
    """Unit to which the number applies: a year, a firm, a field."""
    each: Each | None = None
    """Number for each one counted."""
    qualifier: Annotated[Id | None, Vocab("qualifiers")] = None
    """Vocabulary ``qualifiers``: newly supported, in total over the year …"""
    as_of: When | None = None
    """The day, month or year for which the number holds."""


class Dated(Figure):
    """A date that is a fact: an opening, a law, a start."""

    date: When
    since: YesNo = False
    """Whether it is the start of something that goes on (〜)."""
    fixed: YesNo = True
    """``false`` where the source says 予定 (planned)."""


class Fee(Figure):
    """What the user pays. Free of charge is a statement (``yen: 0``), not an absence."""

    yen: Whole
    per: Annotated[Id | None, Vocab("units")] = None
    tax: Literal["included", "excluded"] | None = None
    """Left out where the source says nothing of tax."""
    plus: tuple[ShareOfCost, ...] = ()
    """Shares of other costs that the user pays on top."""


class ShareOfCost(Declared):
    """A share of a cost: half of the expert's travel costs."""

    share: Share
    of: Annotated[Id, Vocab("costs")]
    """Vocabulary ``costs``."""


class Session(Figure):
    """One run of an event: on site or online, with dates as exact as the source gives them."""

    id: Id
    mode: Literal["on-site", "online"] | None = None
    start: When
    end: When | None = None
    days: Whole | None = None
    """Number of days, where the source states it apart from the dates."""
    fixed: YesNo = True
    """``false`` where the source says 予定 (planned)."""


Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


class Opening(Figure):
    """Opening hours of a desk."""

    first: Weekday
    last: Weekday
    spans: tuple[Hours, ...]
    """``[9:00-12:00, 13:00-16:00]``."""
    closed: Annotated[Ids, Vocab("closures")] = ()
    """Vocabulary ``closures``: public holidays, the New Year holidays."""


class Telephone(Figure):
    """A telephone number."""

    number: Phone


class NamedFigure(Declared):
    """A figure that words refer to by ``{id}``; exactly one kind of value."""

    id: Id
    money: Money | None = None
    rate: Rate | None = None
    duration: Duration | None = None
    count: Count | None = None
    date: Dated | None = None

    @model_validator(mode="after")
    def _one_value(self) -> NamedFigure:
        if sum(value is not None for value in self.values()) != 1:
            raise PydanticCustomError("one-of", "figure", {"keys": "money, rate, duration, count, date"})
        return self

    def values(self) -> tuple[Figure | None, ...]:
        """The possible values, of which one is given."""
        return (self.money, self.rate, self.duration, self.count, self.date)

    @property
    def figure(self) -> Figure:
        """The one value that is given."""
        return next(value for value in self.values() if value is not None)


Fee.model_rebuild()
