"""What a rule is: its kind, how grave it is, what is wrong and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. ``{target}`` and ``{detail}`` of its words are filled by each finding."""

    id: str
    kind: str
    severity: Severity
    criterion: str | None
    text: Mapping[str, str]
    cure: Mapping[str, str]


def rule(
    name: str,
    text: tuple[str, str],
    cure: tuple[str, str],
    kind: str = "",
    severity: Severity = "error",
    criterion: str | None = None,
) -> Rule:
    said, cured = ({"ja": ja, "en": en} for ja, en in (text, cure))
    return Rule(name, kind or name, severity, criterion, said, cured)
