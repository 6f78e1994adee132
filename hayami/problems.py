"""Faults in what editors wrote, as values: collected, sorted, printed with a place and a cure.

Exceptions are for our own bugs; a :class:`Problem` is for the author of a file.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from hayami.messages import MESSAGES

MessageLanguage = Literal["ja", "en", "both"]
Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a fault is: a path relative to the project (``/`` between parts), line and column from 1."""

    file: str
    line: int = 1
    column: int = 1
    cell: str = ""
    """How a spreadsheet names it (``D12``), in a table: lines of a file are no rows where cells hold several."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}" + (f" ({self.cell})" if self.cell else "")


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. ``values`` fills the message of ``code`` in :data:`hayami.messages.MESSAGES`."""

    place: Place
    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    near: tuple[str, ...] = ()
    """Valid values close to the one that was found, best first."""

    @property
    def severity(self) -> Severity:
        """``error`` stops the build; ``warning`` does not."""
        return MESSAGES[self.code].severity

    def sort_key(self) -> tuple[Place, str, tuple[tuple[str, str], ...]]:
        """Order of printing: by place, then code."""
        return (self.place, self.code, tuple(sorted(self.values.items())))

    def message(self, language: Literal["ja", "en"]) -> str:
        """What is wrong, in one language."""
        return MESSAGES[self.code].text[language].format_map(_Lenient(self.values))

    def cure(self, language: Literal["ja", "en"]) -> str:
        """What to do about it, in one language; with the nearest valid values where there are any."""
        text = MESSAGES[self.code].cure[language].format_map(_Lenient(self.values))
        if self.near:
            if language == "ja":
                text += " もしかして: " + "、".join(f"「{value}」" for value in self.near)
            else:
                text += " Did you mean " + " or ".join(f'"{value}"' for value in self.near) + "?"
        return text


class _Lenient(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"


def nearest(found: str, valid: Iterable[str], limit: int = 3) -> tuple[str, ...]:
    """Valid values that look like ``found``, best first.

    >>> nearest("amout", ["amounts", "rates"])
    ('amounts',)
    """
    return tuple(difflib.get_close_matches(found, sorted(set(valid)), n=limit, cutoff=0.6))


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Each problem once, by file, line and column."""
    by_key = {problem.sort_key(): problem for problem in problems}
    return tuple(by_key[key] for key in sorted(by_key))


def has_errors(problems: Iterable[Problem]) -> bool:
    """Whether any of them stops the build."""
    return any(problem.severity == "error" for problem in problems)


def as_text(problem: Problem, language: MessageLanguage = "both") -> str:
    """``file:line:col: error[code] message``, with the cure on lines of its own."""
    chosen: Sequence[Literal["ja", "en"]] = ("ja", "en") if language == "both" else (language,)
    head = f"{problem.place}: {problem.severity}[{problem.code}]"
    lines = []
    for index, one in enumerate(chosen):
        lines.append(f"{head} {problem.message(one)}" if index == 0 else f"    {problem.message(one)}")
    lines += [f"    → {cure}" for one in chosen if (cure := problem.cure(one))]
    return "\n".join(map(visible, lines))


def visible(text: str) -> str:
    """Text in which no character can move the cursor, turn the direction of writing or start a line.

    >>> visible("a\x1b[2J")
    'a\\\\x1b[2J'
    """
    return "".join(
        one.encode("unicode_escape").decode() if unicodedata.category(one) in _UNSEEN else one for one in text
    )


_UNSEEN = ("Cc", "Cf", "Zl", "Zp", "Cs")


def as_github(problem: Problem) -> str:
    """A workflow command that marks the line in a pull request."""
    body = " / ".join((problem.message("ja"), problem.message("en"), problem.cure("ja"), problem.cure("en")))
    escaped = visible(body).replace("%", "%25")
    place = problem.place
    file = place.file.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    file = file.replace("\r", "%0D").replace("\n", "%0A")
    title = f"{problem.severity}[{problem.code}]"
    return f"::{problem.severity} file={file},line={place.line},col={place.column},title={title}::{escaped}"
