"""The file in which ``links`` keeps from one day to the next what became of each address."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from hayami.schema.scalars import Declared

Verdict = Literal["ok", "moved", "unknown", "failing"]
"""``unknown``: a server answered, but not in a way that says whether a reader gets the page."""


class Failures(Declared):
    """Failures since an address was last reached."""

    first: date
    last: date
    days: Annotated[int, Field(ge=1)]
    """Number of different days on which it failed."""
    code: int | None = None
    """Status of the last failure."""
    said: str = ""
    """What went wrong at the last failure, where there was no status."""

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if self.days > (self.last - self.first).days + 1 or (self.days == 1) != (self.first == self.last):
            raise ValueError("first, last and days do not agree")
        return self


class Past(Declared):
    """What is known of one address."""

    asked: date
    """When it was last asked."""
    verdict: Verdict
    code: int | None = None
    """Status of its last answer."""
    said: str = ""
    """What went wrong, where there is no status."""
    moved_to: str | None = None
    failures: Failures | None = None
    """Stays while an address is ``unknown``; goes as soon as it is reached."""

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if (self.verdict == "moved") != (self.moved_to is not None):
            raise ValueError("verdict and moved_to do not agree")
        reached = self.verdict in ("ok", "moved")
        if (reached and self.failures) or (self.verdict == "failing" and not self.failures):
            raise ValueError("verdict and failures do not agree")
        if self.failures and self.failures.last > self.asked:
            raise ValueError("a failure lies after the day of asking")
        return self


class History(Declared):
    """The whole file."""

    format: Literal["hayami-links/1"] = "hayami-links/1"
    day: date | None = None
    """The last day on which addresses were asked."""
    addresses: dict[str, Past] = {}

    @model_validator(mode="after")
    def _agree(self) -> Self:
        if any(self.day is None or one.asked > self.day for one in self.addresses.values()):
            raise ValueError("an address was asked after the last day of asking")
        return self
