"""What a grant would come to: every branch of rate, cap and floor of an offer, in exact integers.

The same rules stand in ``assets/js/lib/estimate.js``; a test holds the two equal over thousands of cases.
An estimate is no promise: which costs count, and what is paid, is decided by screening.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations
from typing import Literal, TypeVar

from hayami.schema.figures import Figure, Money, Rate
from hayami.schema.record import Offer

Size = Literal["small", "general"]
Outcome = Literal["floor", "floor_part", "cap", "cap_part", "within"]
"""Why it comes to that sum: too small to apply for, at the upper limit (for some rates only), or below it."""

MOST = 10**12
"""The largest cost that is calculated with, in yen: with any rate it stays an exact number in script."""

F = TypeVar("F", bound=Figure)


@dataclass(frozen=True)
class Branch:
    """One case that the source tells apart, with the figures that hold in it."""

    offer: Offer
    rate: Rate
    cap: Money
    floor: Money | None = None
    variants: tuple[str, ...] = ()
    """Classes of the offer for which it holds; all when empty."""
    when: tuple[str, ...] = ()
    """Conditions that hold."""
    unless: tuple[tuple[str, ...], ...] = ()
    """Conditions that must not hold (those of one set not all together): another branch has them."""
    costs: tuple[str, ...] = ()
    """Kinds of cost for which alone it holds."""
    other_costs: tuple[str, ...] = ()
    """Kinds of cost that have a branch of their own, so that this one is for the others."""

    @property
    def shares(self) -> tuple[Fraction, ...]:
        """The share of the costs, or both ends of a range of shares, the smaller first."""
        ends = (self.rate.value, self.rate.lowest, self.rate.highest)
        return tuple(sorted(share for share in ends if share is not None))

    @property
    def figures(self) -> tuple[tuple[Fraction, ...], bool, int, int | None]:
        """What makes it another branch than its neighbours."""
        return (self.shares, self.rate.within, self.cap.yen, self.floor.yen if self.floor else None)


@dataclass(frozen=True)
class End:
    """The result for one share of the costs."""

    share: Fraction
    product: int
    """Costs times share, rounded down to whole yen."""
    rounded: bool
    grant: int
    """The product, but never more than the cap."""
    own: int
    """What is left to pay."""


@dataclass(frozen=True)
class Estimate:
    """The result for one cost in one branch: one end for a single rate, two for a range of rates."""

    cost: int
    ends: tuple[End, ...]
    outcome: Outcome

    @property
    def grants(self) -> tuple[int, ...]:
        """Smallest and largest grant; one sum when they are equal."""
        return tuple(sorted({end.grant for end in self.ends}))

    @property
    def owns(self) -> tuple[int, ...]:
        """Smallest and largest own share; all of the costs when nothing can be applied for."""
        return (self.cost,) if self.outcome == "floor" else tuple(sorted({end.own for end in self.ends}))


def estimate(branch: Branch, cost: int) -> Estimate:
    """The grant is the costs times the rate, in whole yen, at most the cap; below the floor there is none."""
    cap, floor = branch.cap.yen, branch.floor.yen if branch.floor else 0
    ends = []
    for share in branch.shares:
        product, rest = divmod(cost * share.numerator, share.denominator)
        grant = min(product, cap)
        ends.append(End(share, product, rest > 0, grant, cost - grant))
    low, high = ends[0], ends[-1]
    outcome: Outcome = "within"
    if high.grant < floor:
        outcome = "floor"
    elif low.grant < floor:
        outcome = "floor_part"
    elif low.product >= cap:
        outcome = "cap"
    elif high.product >= cap:
        outcome = "cap_part"
    return Estimate(cost, tuple(ends), outcome)


# --- branches -------------------------------------------------------------------------------------


def branches(offers: Iterable[Offer], sizes: Mapping[str, Size | None]) -> tuple[Branch, ...]:
    """Every branch of every offer that pays a share of costs up to a limit, in the order of the record.

    ``sizes`` tells which conditions name a class of enterprise, of which only one holds at a time.
    """
    return tuple(branch for offer in offers if offer.kind != "prize" for branch in _of_offer(offer, sizes))


def _of_offer(offer: Offer, sizes: Mapping[str, Size | None]) -> Iterator[Branch]:
    """Class by class. A sum for each visit or year, a fixed sum and support in kind are no upper limits."""
    caps = [
        one for one in offer.amounts if one.bound == "max" and one.form == "cash" and not one.per and one.yen
    ]
    figures: list[Money | Rate] = [*caps, *offer.rates, *((offer.floor,) if offer.floor else ())]
    groups = _variant_groups(offer, figures)
    for variants in groups:
        held = [one for one in figures if not one.variant or set(variants) & set(one.variant)]
        found = tuple(_of_group(offer, held, sizes))
        for one in found:
            yield replace(
                one,
                variants=variants if len(groups) > 1 else (),
                unless=_unless(one, found),
                other_costs=() if one.costs else tuple(_other_costs(one, found)),
            )


def _variant_groups(offer: Offer, figures: Iterable[Figure]) -> tuple[tuple[str, ...], ...]:
    """Classes of the offer, those with the same figures together."""
    groups: dict[tuple[bool, ...], list[str]] = {}
    for variant in offer.variants:
        same = tuple(not one.variant or variant.id in one.variant for one in figures)
        groups.setdefault(same, []).append(variant.id)
    return tuple(tuple(ids) for ids in groups.values()) or ((),)


def _of_group(
    offer: Offer, figures: Iterable[Money | Rate], sizes: Mapping[str, Size | None]
) -> Iterator[Branch]:
    """Branches by conditions and kinds of cost: the plain case first.

    A combination for which the source gives no single cap and rate is no branch. Nor is a condition or a kind
    of cost that changes nothing.
    """
    figures = tuple(figures)
    floors = tuple(one for one in figures if isinstance(one, Money) and one is offer.floor)
    caps = tuple(one for one in figures if isinstance(one, Money) and one is not offer.floor)
    rates = tuple(one for one in figures if isinstance(one, Rate))
    kinds = ((), *dict.fromkeys(cap.costs for cap in caps if cap.costs))
    named = tuple(dict.fromkeys(one for figure in figures for one in figure.when))
    tables: dict[tuple[str, ...], dict[tuple[str, ...], Branch]] = {}
    for when in (held for count in range(len(named) + 1) for held in combinations(named, count)):
        if sum(sizes.get(one) is not None for one in when) > 1:
            continue
        table = {}
        for kind in kinds:
            cap, rate = _narrowest(caps, when, kind), _narrowest(rates, when, kind)
            if cap is not None and rate is not None:
                table[kind] = Branch(offer, rate, cap, _narrowest(floors, when, kind), when=when, costs=kind)
        same = (set(less) < set(when) and _figures(held) == _figures(table) for less, held in tables.items())
        if not any(same):
            tables[when] = table
    for table in tables.values():
        for kind, branch in table.items():
            plain = table.get(()) if kind else None
            if all(branch.shares) and (plain is None or plain.figures != branch.figures):
                yield branch


def _figures(table: Mapping[tuple[str, ...], Branch]) -> object:
    return {kind: branch.figures for kind, branch in table.items()}


def _narrowest(figures: Iterable[F], when: Iterable[str], costs: tuple[str, ...]) -> F | None:
    """The figure that holds, where one is narrower than all others that would hold; else None."""
    held = [
        figure
        for figure in figures
        if set(figure.when) <= set(when) and getattr(figure, "costs", ()) in ((), costs)
    ]
    for figure in held:
        if all(figure is other or _marks(figure) > _marks(other) for other in held):
            return figure
    return None


def _marks(figure: Figure) -> frozenset[str]:
    """By what a figure is narrowed down."""
    costs = ("*costs",) if getattr(figure, "costs", ()) else ()
    return frozenset((*figure.when, *(("*variant",) if figure.variant else ()), *costs))


def _unless(branch: Branch, found: Iterable[Branch]) -> tuple[tuple[str, ...], ...]:
    """Conditions that lead from here to another branch: each set of them that needs no more than it must."""
    here = set(branch.when)
    more = [tuple(one for one in other.when if one not in here) for other in found if here < set(other.when)]
    return tuple(one for one in dict.fromkeys(more) if not any(set(less) < set(one) for less in more))


def _other_costs(branch: Branch, found: Iterable[Branch]) -> Iterator[str]:
    """Kinds of cost that lead from here to another branch."""
    for other in found:
        if other.when == branch.when:
            yield from other.costs


# --- the look-up table -----------------------------------------------------------------------------


def alike(branches: Iterable[Branch]) -> tuple[tuple[Branch, ...], ...]:
    """Branches with the same figures together, in the order of the first of each."""
    groups: dict[object, list[Branch]] = {}
    for branch in branches:
        groups.setdefault(branch.figures, []).append(branch)
    return tuple(tuple(group) for group in groups.values())


def costs(branches: Iterable[Branch]) -> tuple[int, ...]:
    """Costs for a look-up table: about a quarter and a half of what reaches the cap, that, and twice that.

    Every branch reaches its cap in it. Where there is a floor, so are the cost of the same sum, too small to
    apply with, and the smallest cost that is enough.
    """
    branches = tuple(branches)
    full = {_at_least(branch.cap.yen / share, branches) for branch in branches for share in branch.shares}
    most = max(full)
    found = {*full, _near(Fraction(most, 4), branches), _near(Fraction(most, 2), branches), 2 * most}
    for branch in branches:
        if branch.floor:
            found |= {branch.floor.yen, _at_least(branch.floor.yen / branch.shares[0], (branch,))}
    return tuple(sorted(cost for cost in found if 0 < cost <= MOST))


def example(branch: Branch) -> int:
    """The cost with which the calculator starts: about half of what reaches the cap, but enough to apply."""
    half = min(_near(branch.cap.yen / branch.shares[0] / 2, (branch,)), MOST)
    if branch.floor is None or estimate(branch, half).ends[0].grant >= branch.floor.yen:
        return half
    return _at_least(branch.floor.yen / branch.shares[0], (branch,))


def _at_least(cost: Fraction, branches: Iterable[Branch]) -> int:
    """The cost itself when it has few digits, else the next of two digits, whose grants have few digits too."""
    size = len(str(int(cost)))
    powers: list[int] = [10**power for power in range(max(0, size - 2), size + 1)]
    above = [digits * power for power in powers for digits in range(10, 100) if digits * power >= cost]
    if cost.denominator == 1 and len(str(cost).rstrip("0")) <= 3:
        above.insert(0, cost.numerator)
    return _first_readable(above, branches)


def _near(cost: Fraction, branches: Iterable[Branch]) -> int:
    """The cost itself when it has few digits, else the nearest of one digit, whose grants have few digits too."""
    size = len(str(int(cost)))
    powers: list[int] = [10**power for power in range(max(0, size - 2), size + 1)]
    near = [digit * power for power in powers for digit in range(1, 10)]
    near.sort(key=lambda one: (abs(one - cost), one))
    if cost.denominator == 1 and len(str(cost).rstrip("0")) <= 2:
        near.insert(0, cost.numerator)
    return _first_readable(near, branches)


def _first_readable(found: list[int], branches: Iterable[Branch]) -> int:
    """The first cost whose grants are whole ten thousands, or as round where the costs are small."""
    step: int = min(10_000, 10 ** max(0, len(str(min(found))) - 2))
    branches = tuple(branches)
    for cost in found:
        if all(end.grant % step == 0 for branch in branches for end in estimate(branch, cost).ends):
            return cost
    return found[0]
