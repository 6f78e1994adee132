"""Contrast as WCAG 2.2 computes it, and the pairs of tokens that stand on one another, as declared data.

Every pair is held in light, dark and print. That the list is complete is proven in a browser: whatever
two colours meet on a page must be a pair of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hayami.tokens import SCHEMES, Scheme, Tokens

Role = Literal["text", "control", "mark"]
"""Words; the edge or ring by which a control is known; a drawing that carries meaning."""

NEEDED: Mapping[Role, float] = {"text": 7.0, "control": 3.0, "mark": 3.0}
"""Least ratio. Large text is allowed 4.5 by WCAG; here it has no such discount."""


@dataclass(frozen=True)
class Pair:
    """One token on another."""

    text: str
    ground: str
    size: Literal["any", "large"]
    """``large``: only for figures and titles of at least 24 px, or 18.5 px in bold."""
    role: Role

    @property
    def needed(self) -> float:
        """Least ratio that it must reach."""
        return NEEDED[self.role]


def _pairs(role: Role, grounds: str, *texts: str, size: Literal["any", "large"] = "any") -> list[Pair]:
    return [Pair(text, ground, size, role) for text in texts for ground in grounds.split()]


CATEGORIES = 8
"""How many category colours the token sheet has."""

PAIRS: tuple[Pair, ...] = (
    *_pairs("text", "paper ground tint marker marker-soft", "ink"),
    *_pairs("text", "paper ground tint marker-soft", "ink-2"),
    *_pairs("text", "paper ground tint marker-soft", "ledger"),
    *_pairs("text", "paper ground marker-soft", "visited"),
    *_pairs("text", "paper ground marker-soft", "stamp"),
    *_pairs("text", "ledger", "ledger-ink"),
    *_pairs("text", "ink", "paper"),
    *(Pair(f"on{n}", f"c{n}", "any", "text") for n in range(1, CATEGORIES + 1)),
    *_pairs("control", "paper ground tint", "edge", "ink", "ledger"),
    *_pairs("control", "paper ground", "stamp"),
    # The ring of the focus has two bands, so that one of them stands out on any ground; they differ from each other.
    *_pairs("control", "focus-in", "focus-out"),
    *_pairs("control", "paper ground", "focus-out"),
    *_pairs("mark", "paper ground", "bar"),
    # A category's shape is known by its outline; its colour only helps, and its name stands beside it.
    *_pairs("mark", "paper ground marker-soft marker", "ink"),
)


@dataclass(frozen=True)
class Measured:
    """A pair with its ratio in each scheme."""

    pair: Pair
    ratios: Mapping[Scheme, float]

    @property
    def enough(self) -> bool:
        """Whether it reaches what it needs everywhere."""
        return all(ratio >= self.pair.needed for ratio in self.ratios.values())


def measure(tokens: Tokens) -> tuple[Measured, ...]:
    """All declared pairs, measured."""
    return tuple(
        Measured(
            pair,
            {one: ratio(tokens.value(pair.text, one), tokens.value(pair.ground, one)) for one in SCHEMES},
        )
        for pair in PAIRS
    )


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, from 0 (black) to 1 (white)."""
    shares = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(first: str, second: str) -> float:
    """Contrast of two colours, from 1 to 21."""
    lighter, darker = sorted((luminance(first), luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
