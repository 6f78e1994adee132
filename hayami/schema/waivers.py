"""``waivers.yaml``: faults of finished pages that are known and, for a while, published all the same."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from hayami.schema.scalars import Day, Declared, Text, Written


class Waiver(Declared):
    """One fault that may stand until a day."""

    rule: Text
    """The rule that is waived, as messages name it: ``link-text-vague``."""
    file: Annotated[str, Written(r"[^\s\\/][^\\]*", "path")]
    """The page of the site: ``en/programmes/x/index.html``. ``*`` stands for anything."""
    target: Text | None = None
    """Only where the finding is about this address or text."""
    reason: Text
    """Why it cannot be mended now, and what will be done."""
    until: Day
    """Last day on which it holds. After it the build stops."""


class WaiverList(Declared):
    """``content/waivers.yaml``."""

    waivers: tuple[Waiver, ...] = Field(min_length=1)
