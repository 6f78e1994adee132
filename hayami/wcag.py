"""The success criteria of WCAG 2.2, and of JIS X 8341-3:2016 what is the same.

Names stand in the strings of each language (``criteria``): Japanese ones are those of the translation by the Web
Accessibility Infrastructure Committee (WAIC), English ones those of the W3C.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Level = Literal["A", "AA", "AAA"]

LEVELS: tuple[Level, ...] = ("A", "AA", "AAA")


@dataclass(frozen=True, slots=True)
class Criterion:
    """One success criterion."""

    number: str
    """``1.4.3``."""
    level: Level
    since: Literal["2.0", "2.1", "2.2"]
    """Version of WCAG in which it first stood."""
    withdrawn: bool = False
    """Whether WCAG 2.2 has dropped it, while JIS X 8341-3:2016 still has it."""

    @property
    def principle(self) -> int:
        """1 perceivable, 2 operable, 3 understandable, 4 robust."""
        return int(self.number[0])

    @property
    def jis(self) -> str | None:
        """Its number in JIS X 8341-3:2016, which is WCAG 2.0 word by word as its clause 7."""
        return f"7.{self.number}" if self.since == "2.0" else None


_NUMBERS: Mapping[tuple[Level, Literal["2.0", "2.1", "2.2"]], str] = {
    ("A", "2.0"): "1.1.1 1.2.1 1.2.2 1.2.3 1.3.1 1.3.2 1.3.3 1.4.1 1.4.2 2.1.1 2.1.2 2.2.1 2.2.2 2.3.1 "
    "2.4.1 2.4.2 2.4.3 2.4.4 3.1.1 3.2.1 3.2.2 3.3.1 3.3.2 4.1.1 4.1.2",
    ("AA", "2.0"): "1.2.4 1.2.5 1.4.3 1.4.4 1.4.5 2.4.5 2.4.6 2.4.7 3.1.2 3.2.3 3.2.4 3.3.3 3.3.4",
    (
        "AAA",
        "2.0",
    ): "1.2.6 1.2.7 1.2.8 1.2.9 1.4.6 1.4.7 1.4.8 1.4.9 2.1.3 2.2.3 2.2.4 2.2.5 2.3.2 2.4.8 2.4.9 "
    "2.4.10 3.1.3 3.1.4 3.1.5 3.1.6 3.2.5 3.3.5 3.3.6",
    ("A", "2.1"): "2.1.4 2.5.1 2.5.2 2.5.3 2.5.4",
    ("AA", "2.1"): "1.3.4 1.3.5 1.4.10 1.4.11 1.4.12 1.4.13 4.1.3",
    ("AAA", "2.1"): "1.3.6 2.2.6 2.3.3 2.5.5 2.5.6",
    ("A", "2.2"): "3.2.6 3.3.7",
    ("AA", "2.2"): "2.4.11 2.5.7 2.5.8 3.3.8",
    ("AAA", "2.2"): "2.4.12 2.4.13 3.3.9",
}


def order(number: str) -> tuple[int, ...]:
    """By what numbers of criteria sort: 1.4.9 before 1.4.10."""
    return tuple(int(part) for part in number.split("."))


CRITERIA: Mapping[str, Criterion] = {
    one.number: one
    for one in sorted(
        (
            Criterion(number, level, since, withdrawn=number == "4.1.1")
            for (level, since), numbers in _NUMBERS.items()
            for number in numbers.split()
        ),
        key=lambda one: order(one.number),
    )
}
"""Number → criterion, in their order."""

_NUMBER = re.compile(r"(?<![\d.])\d\.\d\.\d{1,2}(?![\d.])")


def numbers(text: str | None) -> tuple[str, ...]:
    """Criteria of WCAG that a text names; numbers of JIS, which have a part more, are not among them."""
    return tuple(_NUMBER.findall(text or ""))
