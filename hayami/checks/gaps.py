"""What the source leaves unsaid is said to be unstated, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from hayami.problems import Problem
from hayami.schema.record import MONEY_KINDS, Event, Offer, Record
from hayami.validate import Draft, Typed

_KEY_FIGURES: Mapping[str, Callable[[Offer], bool]] = {
    "cap": lambda offer: bool(offer.amounts),
    "rate": lambda offer: bool(offer.rates),
    "period": lambda offer: bool(offer.periods),
    "scale": lambda offer: bool(offer.scale) or any(variant.scale for variant in offer.variants),
    "floor": lambda offer: offer.floor is not None,
    "fee": lambda offer: bool(offer.fees),
    "eligible-costs": lambda offer: bool(offer.costs) or any(one.costs for one in offer.variants),
}

_NEEDED = {
    "grant": ("cap", "rate", "period", "scale"),
    "subsidy": ("cap", "rate", "period", "scale"),
    "incentive": ("cap", "period", "scale"),
    "prize": ("cap",),
}


def check(draft: Draft) -> Iterator[Problem]:
    """All rules of this module."""
    for entry in draft.records:
        if entry.record is not None:
            yield from money_states_its_terms(entry.record)
            yield from body_is_stated_or_unstated(entry.record)
            yield from unstated_is_not_stated(entry.record)


def money_states_its_terms(typed: Typed) -> Iterator[Problem]:
    """An offer of money gives cap, rate, period and scale, or lists what the source does not give."""
    record: Record = typed.value
    silent = {(item.what, item.offer) for item in record.unstated}
    for index, offer in enumerate(record.offers):
        if offer.kind not in MONEY_KINDS or offer.programme is not None:
            continue
        for what in _NEEDED[offer.kind]:
            known = _KEY_FIGURES[what](offer)
            if not known and (what, offer.id) not in silent and (what, None) not in silent:
                values = {"offer": offer.id, "what": what}
                yield Problem(typed.place(("offers", index)), "unstated-missing", values)


def body_is_stated_or_unstated(typed: Typed) -> Iterator[Problem]:
    """A programme names the bodies in charge, or says that the source names none."""
    record: Record = typed.value
    if record.type not in ("programme", "part", "award", "fair"):
        return
    silent = {item.what for item in record.unstated}
    if not record.bodies and "body" not in silent:
        values = {"offer": record.type, "what": "body"}
        yield Problem(typed.place(), "unstated-missing", values)


def unstated_is_not_stated(typed: Typed) -> Iterator[Problem]:
    """What is listed as unstated has no value."""
    record: Record = typed.value
    offers = {offer.id: offer for offer in record.offers}
    given: Mapping[str, bool] = {
        "body": bool([body for body in record.bodies if body.role in ("implements", "runs-part")]),
        "url": bool(record.links),
        "phone": any(contact.phones for contact in record.contacts),
        "dates": isinstance(record, Event) and bool(record.sessions),
        "eligibility": bool(record.eligibility),
    }
    for index, item in enumerate(record.unstated):
        place = typed.place(("unstated", index))
        concerned = [offers[item.offer]] if item.offer in offers else []
        if item.offer is None and item.what in _KEY_FIGURES:
            concerned = [offer for offer in record.offers if offer.kind in MONEY_KINDS]
        test = _KEY_FIGURES.get(item.what)
        if given.get(item.what, False) or (test and any(test(offer) for offer in concerned)):
            yield Problem(place, "unstated-but-stated", {"what": item.what})
