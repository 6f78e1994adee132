"""By what records can be narrowed down: each facet with its values, and the records of each value.

Every value has a page of its own, so that nothing here needs a script; the search page counts and combines them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from hayami.model import Item, Site

Facet = Literal["purpose", "kind", "category", "body", "sector", "cap", "stage", "feature"]
FACETS: tuple[Facet, ...] = Facet.__args__  # type: ignore[attr-defined]

CAPS = (1_000_000, 5_000_000, 20_000_000, 100_000_000)
"""Upper ends of the bands of caps, in yen; above the last there is one more."""

OWN_PAGES: Mapping[Facet, str] = {"purpose": "purposes", "category": "categories", "body": "bodies"}
"""Facets whose values have pages under an address of their own."""


@dataclass(frozen=True)
class Value:
    """One value of a facet, with the records that have it."""

    facet: Facet
    id: str
    items: tuple[Item, ...]

    @property
    def key(self) -> str:
        """Key of its page."""
        return f"{OWN_PAGES.get(self.facet, f'by/{self.facet}')}/{self.id}"


def of_item(site: Site, item: Item) -> dict[Facet, tuple[str, ...]]:
    """The values that a record has; one that is over is found by its name alone."""
    record = item.record
    if item.ended:
        return {}
    return {
        "purpose": tuple(record.purposes),
        "kind": tuple(dict.fromkeys(offer.kind for offer in record.offers)),
        "category": (record.category,) if record.category else (),
        "body": tuple(dict.fromkeys(one.body for one in record.bodies)),
        "sector": record.sectors,
        "cap": (band(item.cap.yen),) if item.cap else (),
        "stage": tuple(dict.fromkeys(one.stage for one in record.digital)),
        "feature": tuple(name for name, holds in _FEATURES.items() if holds(site, item)),
    }


def band(yen: int) -> str:
    """The band of a cap: the number of its upper end, or ``more``.

    >>> band(1_000_000), band(1_000_001), band(1_000_000_000)
    ('1000000', '5000000', 'more')
    """
    return next((str(end) for end in CAPS if yen <= end), "more")


def _is_free(_site: Site, item: Item) -> bool:
    fees = [fee for offer in item.record.offers for fee in offer.fees] + [*getattr(item.record, "fees", ())]
    return any(fee.yen == 0 and not fee.plus for fee in fees)


def _starts_at_once(_site: Site, item: Item) -> bool:
    """Nothing must be had or passed before one may apply, as far as the source says."""
    record = item.record
    return bool(record.offers) and not record.requires and not any(step.gate for step in record.steps)


def _favours_small(site: Site, item: Item) -> bool:
    """A rate or cap of its own for small enterprises."""
    small = {one.id for one in site.vocabulary.conditions if one.size == "small"}
    figures = [figure for offer in item.money for figure in (*offer.rates, *offer.amounts)]
    return any(small.intersection(figure.when) for figure in figures)


_FEATURES: Mapping[str, Callable[[Site, Item], bool]] = {
    "free": _is_free,
    "at-once": _starts_at_once,
    "small": _favours_small,
}


def values(site: Site) -> dict[Facet, tuple[Value, ...]]:
    """Every facet with the values that some record has, in the order of the vocabulary."""
    held: dict[Facet, dict[str, list[Item]]] = {facet: {} for facet in FACETS}
    for item in site.items.values():
        for facet, some in of_item(site, item).items():
            for one in some:
                held[facet].setdefault(one, []).append(item)
    order: dict[Facet, tuple[str, ...]] = {
        "purpose": tuple(one.id for one in site.vocabulary.purposes),
        "category": tuple(one.id for one in site.vocabulary.categories),
        "body": site.bodies(),
        "sector": tuple(one.id for one in site.vocabulary.sectors),
        "cap": (*map(str, CAPS), "more"),
        "stage": tuple(one.id for one in site.vocabulary.stages),
        "feature": tuple(_FEATURES),
        "kind": tuple(sorted(held["kind"], key=lambda one: (-len(held["kind"][one]), one))),
    }
    return {
        facet: tuple(Value(facet, one, tuple(held[facet][one])) for one in order[facet] if one in held[facet])
        for facet in FACETS
        if held[facet]
    }
