"""What is said of a problem code, and how it is put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Message:
    """Words of one code, by message language."""

    text: Mapping[str, str]
    cure: Mapping[str, str]
    why: Mapping[str, str]
    severity: Literal["error", "warning"] = "error"
    shown: Mapping[str, str] | None = None
    """In place of ``cure`` where the line to write is shown below it: no example may be taken for that line."""


def message(
    text: tuple[str, str],
    cure: tuple[str, str],
    why: tuple[str, str],
    severity: Literal["error", "warning"] = "error",
    shown: tuple[str, str] | None = None,
) -> Message:
    """Words in Japanese and English: what is wrong, what to do, why the rule exists."""
    said, cured, reasoned = ({"ja": ja, "en": en} for ja, en in (text, cure, why))
    return Message(said, cured, reasoned, severity, {"ja": shown[0], "en": shown[1]} if shown else None)


PAGES: Mapping[str, str] = {
    "ja": "資料では、{pages}ページを見てください。",
    "en": "See page {pages} of the source.",
}
PAGES_OF_TWO: Mapping[str, str] = {
    "ja": "どちらが正しいかは、資料の{pages}ページで確かめてください。",
    "en": "Which is right stands in the source, page {pages}.",
}
"""Behind a cure: where in the source to look."""
