"""The style guide: every token and every component on one page, from the templates that make the site.

It is for those who work on the look, and left out of a published site. States that only a pointer or a
keyboard brings about (hover, focus) are shown side by side: their rules are taken from the same style
sheets, with the pseudo-class turned into an attribute, so that the guide cannot differ from the site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from hayami import contrast
from hayami.model import Item, Site, Tongue, is_closed
from hayami.pages import Page
from hayami.schema.record import Offer
from hayami.tokens import SCHEMES, Tokens

KEY = "styleguide"

SHEET = "css/styleguide.css"
"""The parts of all pages, and those of the guide itself."""

STATES = {
    ":hover": "hover",
    ":focus-visible": "focus",
    ":focus-within": "focus",
    ":focus": "focus",
    ":visited": "visited",
}
"""Pseudo-class → word in ``data-state``. The longer ones come first."""

STATES_SHEET = "css/styleguide-states.css"


def without(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The assets of a published site."""
    return {name: content for name, content in files.items() if not name.startswith("css/styleguide")}


def with_states(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """All assets, and the sheet of the guide once more with ``data-state`` for states."""
    turned = files[SHEET].decode()
    for pseudo, word in STATES.items():
        turned = turned.replace(pseudo, f'[data-state~="{word}"]')
    return {**files, STATES_SHEET: turned.encode()}


@dataclass(frozen=True)
class Share:
    """A rate as the templates see it, for bands of every form."""

    value: Fraction | None = None
    lowest: Fraction | None = None
    highest: Fraction | None = None
    within: bool = False


SHARES = (
    Share(Fraction(1, 2)),
    Share(Fraction(2, 3), within=True),
    Share(Fraction(4, 5)),
    Share(lowest=Fraction(1, 2), highest=Fraction(3, 4)),
)

SUMS = ((100_000,), (3_000_000, 15_000_000), (1_000_000_000,))
"""Caps in yen, from one end of the axis to the other; the second with a lower cap."""

_PARTS: Mapping[str, Callable[[Item], int]] = {
    "head": lambda item: 2 * is_closed(item) + bool(item.parents),
    "money": lambda item: len(item.money) > 1,
    "eligibility": lambda item: sum(
        bool(one.excludes) + 2 * bool(one.any_of) for one in item.record.eligibility
    ),
    "way": lambda item: 2 * bool(item.record.requires) + any(one.gate for one in item.record.steps),
    "offers": lambda item: len({one.kind for one in item.record.offers}),
    "details": lambda item: bool(item.record.facts),
    "event": lambda item: len(getattr(item.record, "fees", ())) + 1 if item.ref.kind == "events" else 0,
    "place": lambda item: (
        1 + bool(getattr(item.record, "area", None)) if item.ref.kind == "facilities" else 0
    ),
    "numbers": lambda item: bool(item.record.statistics) + bool(item.record.staff) + bool(item.record.dates),
    "notices": lambda item: bool(item.record.notices),
    "related": lambda item: bool(item.record.relations) + bool(item.needed_by),
    "readings": lambda item: bool(item.record.notes) + bool(item.record.errata),
    "source": lambda item: bool(item.record.offers),
    "aside": lambda item: (
        bool(item.record.contacts)
        + bool(item.record.links)
        + bool(item.record.unstated)
        + 2 * any(offer.rates and offer.amounts for offer in item.money)
    ),
}
"""Part of a record page → how much of what it can show an item has; 0 when it would be empty."""


def samples(site: Site) -> tuple[tuple[str, Item], ...]:
    """For each part of a record page the item that shows most of it; of several the first."""
    chosen = []
    for part, shown in _PARTS.items():
        best = max(site.items.values(), key=shown, default=None)
        if best is not None and shown(best):
            chosen.append((part, best))
    changed = [ref for change in site.later_changes for ref in change.records]
    chosen += [("changes", site.items[ref]) for ref in changed[:1]]
    return tuple(chosen)


def offers(site: Site) -> tuple[tuple[Item, Offer], ...]:
    """Offers of money for the key figures: one that gives all four, one with several, one with gaps."""
    every = [(item, offer) for item in site.items.values() for offer in item.money]

    def figures(offer: Offer) -> int:
        return sum(bool(one) for one in (offer.amounts, offer.rates, offer.periods, offer.scale))

    def first(fits: Callable[[Offer], bool]) -> Iterable[tuple[Item, Offer]]:
        return (pair for pair in every if fits(pair[1]))

    wanted = (
        first(lambda offer: figures(offer) == 4),
        first(lambda offer: figures(offer) >= 3 and len(offer.amounts) > 1 and len(offer.rates) > 1),
        first(lambda offer: any(one.lowest for one in offer.rates)),
        first(lambda offer: 0 < figures(offer) < 3 and offer.kind != "prize"),
        first(lambda offer: offer.kind == "prize"),
    )
    found = (next(iter(one), None) for one in wanted)
    return tuple({(item.ref, offer.id): (item, offer) for item, offer in filter(None, found)}.values())


def page(site: Site, tongue: Tongue, tokens: Tokens) -> Page:
    """The guide in one language; it stands in no list and no sitemap."""
    words = tongue.interface["guide"]
    rows = site.main()
    data = {
        "tokens": tokens,
        "schemes": SCHEMES,
        "measured": contrast.measure(tokens),
        "ratio": contrast.ratio,
        "states_sheet": STATES_SHEET,
        "shares": SHARES,
        "sums": tuple(tuple({"yen": yen} for yen in one) for one in SUMS),
        "offers": offers(site),
        "samples": samples(site),
        "rows": [*[one for one in rows if one.cap][:1], *[one for one in rows if not one.cap][:1]],
    }
    return Page(KEY, tongue.code, "pages/styleguide.html", words["title"], words["description"], data=data)
