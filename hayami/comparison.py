"""What a comparison sets side by side: which records, in which rows, and when a value is the highest.

A record with money is compared by the terms of what pays; a parent by the terms of its parts.
``assets/js/lib/comparison.js`` applies :func:`same` and :func:`best` to the records that a reader chooses;
a test holds the two together.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from hayami.model import Item, Site
from hayami.schema.figures import Count, Duration, Money, Rate
from hayami.schema.record import MONEY_KINDS, Offer
from hayami.schema.scalars import PartialDate, Ref

MOST = 4
"""Most records that stand side by side: a fifth column would be too narrow to read on paper."""

Row = Literal[
    "cap", "rate", "who", "costs", "period", "scale", "needs", "body", "kind", "fee", "source", "year"
]
ROWS: tuple[Row, ...] = Row.__args__  # type: ignore[attr-defined]
"""Rows of a comparison in their order: figures first."""

LONG_ROWS: frozenset[Row] = frozenset({"who", "costs", "needs", "body", "kind", "fee"})
"""Rows of words, which need the whole width of a narrow screen."""

MARKED: Mapping[Row, Literal["largest", "highest"]] = {"cap": "largest", "rate": "highest"}
"""Rows in which the best value is marked, with the words for it among the strings."""

APART = "-"
"""Stands for a value that cannot be weighed against others: a range, a sum for each visit, a prize."""

_MAY_PAY = MONEY_KINDS | {"in-kind", "investment", "loan-access", "support"}
_WEIGHED_KINDS = MONEY_KINDS - {"prize"}

Figures = tuple[Money, ...] | tuple[Rate, ...] | tuple[Duration, ...] | tuple[Count, ...]


def comparable(item: Item) -> bool:
    """Whether a record can be compared: it offers something."""
    return bool(item.record.offers) and not item.ended


def year(item: Item) -> PartialDate:
    """The fiscal year whose terms a record states."""
    return PartialDate(item.record.carried_over or item.record.fiscal_year, fiscal=True)


def name_of(ref: Ref) -> str:
    """File name of a record's cells, beside the page that compares: ``programme-some-slug.json``."""
    return f"{str(ref).replace(':', '-')}.json"


@dataclass(frozen=True)
class Term:
    """An offer whose terms stand in a comparison, with the record that describes it."""

    owner: Item
    offer: Offer
    part: bool
    """Whether the offer is described in a record of its own, below the one that is compared."""

    @property
    def pays(self) -> bool:
        """Whether it pays money."""
        return self.offer.kind in MONEY_KINDS


def terms(site: Site, item: Item) -> tuple[Term, ...]:
    """What is compared of a record: the offers that pay money, or all of them when none does."""
    found = tuple(_described(site, item, (item.ref,)))
    return tuple(term for term in found if term.pays) or found


def _described(site: Site, item: Item, above: tuple[Ref, ...]) -> Iterator[Term]:
    """Offers where they are described: those with a record of their own, in that record."""
    for offer in item.record.offers:
        if offer.programme is None or offer.programme in above:
            yield Term(item, offer, len(above) > 1)
            continue
        part = site.items[offer.programme]
        yield from tuple(_described(site, part, (*above, part.ref))) or (Term(item, offer, len(above) > 1),)


def may_pay(found: Sequence[Term]) -> bool:
    """Whether a limit or a rate could be expected at all; advice and courses have none."""
    return any(term.offer.kind in _MAY_PAY for term in found)


def figures(row: Row, offer: Offer) -> Figures:
    """Figures of an offer that stand in a row; classes of an offer may have a scale each."""
    if row == "cap":
        return offer.amounts
    if row == "rate":
        return offer.rates
    if row == "period":
        return offer.periods
    assert row == "scale", row
    return offer.scale or tuple(count for variant in offer.variants for count in variant.scale)


def weight(term: Term, figure: object) -> str:
    """A figure as it is weighed against others: ``15000000``, ``2/3``; :data:`APART` when it cannot be."""
    if isinstance(figure, Rate) and figure.value is not None:
        return str(figure.value)
    if isinstance(figure, Money) and figure.form == "cash" and figure.per is None:
        fixed = figure.bound in ("max", "exact") and term.offer.kind in _WEIGHED_KINDS
        return str(figure.yen) if fixed else APART
    return APART


def top(row: Row, found: Sequence[Term]) -> str:
    """The largest figure of a record in a row; empty when it has none, :data:`APART` beside what is apart."""
    weights = [weight(term, figure) for term in found for figure in figures(row, term.offer)]
    if not weights:
        return ""
    return APART if APART in weights else max(weights, key=Fraction)


def same(cells: Sequence[str]) -> bool:
    """Cells are the same when exactly the same is written in them."""
    return len(set(cells)) == 1


@dataclass(frozen=True)
class Best:
    """Which records of a row have its highest value, and among how many that is said."""

    places: frozenset[int]
    stated: int


def best(tops: Sequence[str]) -> Best:
    """The highest value of a row, from the largest figures of its records.

    Nothing is highest beside a value that cannot be weighed, among fewer than two, or when all are alike.
    Records without a figure do not count.
    """
    numbers = {place: Fraction(one) for place, one in enumerate(tops) if one not in ("", APART)}
    if APART in tops or len(set(numbers.values())) < 2:
        return Best(frozenset(), 0)
    highest = max(numbers.values())
    return Best(frozenset(place for place, one in numbers.items() if one == highest), len(numbers))


def ready(site: Site, purpose: str) -> tuple[tuple[Item, ...], ...]:
    """Comparisons for a purpose that need no choosing: what pays money, the highest limit first."""
    paying = site.select(lambda item: purpose in item.record.purposes and item.money)
    return balanced(sorted(paying, key=lambda item: -(item.cap.yen if item.cap else 0)))


def balanced(items: Sequence[Item]) -> tuple[tuple[Item, ...], ...]:
    """Items in groups of nearly the same size, none above :data:`MOST`; one alone is no comparison."""
    if len(items) < 2:
        return ()
    groups = -(-len(items) // MOST)
    size, over = divmod(len(items), groups)
    ends = [size * (number + 1) + min(number + 1, over) for number in range(groups)]
    return tuple(tuple(items[start:end]) for start, end in zip([0, *ends], ends, strict=False))
