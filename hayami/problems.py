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
class Rewrite:
    """The line at a place, and how it is to be written where that is known."""

    now: str
    """The whole line as it stands."""
    then: str | None = None
    """The whole line as it is to be; None where that is not known."""
    how: Literal["instead", "above", "below", "remove"] = "instead"
    """Whether ``then`` replaces the line, goes above or below it, or the line goes."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. ``values`` fills the message of ``code`` in :data:`hayami.messages.MESSAGES`."""

    place: Place
    code: str
    values: Mapping[str, str] = field(default_factory=dict)
    near: tuple[str, ...] = ()
    """Valid values close to the one that was found, best first."""
    rewrite: Rewrite | None = None
    """The line of a file of content, for those who read the message beside no editor."""

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
    if problem.rewrite is not None:
        lines += [f"    {one}" for one in rewritten(problem.rewrite, problem.place.line, language)]
    return "\n".join(map(visible, lines))


_LABELS: Mapping[str, tuple[str, str]] = {
    "now": ("今の{line}行目", "line {line} now"),
    "instead": ("こう書きます", "write"),
    "above": ("この上に足す", "add above"),
    "below": ("この下に足す", "add below"),
    "remove": ("消します", "remove it"),
}
_SHOWN = 160
"""Longest piece of a line that is shown; more of it says nothing more."""


def rewritten(rewrite: Rewrite, line: int, language: MessageLanguage) -> list[str]:
    """The line as it stands, and below it, with the same indentation, the line as it is to be.

    >>> rewritten(Rewrite("pages:[8]", "pages: [8]"), 3, "en")
    ['line 3 now | pages:[8]', 'write      | pages: [8]']
    """
    rows = [("now", rewrite.now)]
    if rewrite.how == "remove":
        rows.append(("remove", ""))
    elif rewrite.then is not None:
        rows.append((rewrite.how, rewrite.then))
    chosen = {"ja": slice(0, 1), "en": slice(1, 2), "both": slice(0, 2)}[language]
    labels = [" / ".join(_LABELS[name][chosen]).format(line=line) for name, _ in rows]
    widest = max(map(_cells, labels))
    texts = _windows([text for _, text in rows], rewrite.how == "instead")
    return [
        f"{label}{' ' * (widest - _cells(label))} | {text}".rstrip()
        for label, text in zip(labels, texts, strict=True)
    ]


def _cells(text: str) -> int:
    """Width of a text in a terminal, where letters of Japanese take two cells."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def _windows(texts: Sequence[str], compared: bool) -> list[str]:
    """Long lines cut to the part in which they differ."""
    if max(map(len, texts)) <= _SHOWN:
        return list(texts)
    differing = (at for at, pair in enumerate(zip(*texts, strict=False)) if len(set(pair)) > 1)
    start = next(differing, min(map(len, texts))) if compared and len(texts) > 1 else 0
    first = max(0, start - _SHOWN // 2)
    return [
        ("…" if first else "") + one[first : first + _SHOWN] + ("…" if len(one) > first + _SHOWN else "")
        for one in texts
    ]


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
    told = [body]
    if problem.rewrite is not None and (problem.rewrite.then is not None or problem.rewrite.how == "remove"):
        told += rewritten(problem.rewrite, problem.place.line, "both")
    escaped = "%0A".join(visible(one).replace("%", "%25") for one in told)
    place = problem.place
    file = place.file.replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    file = file.replace("\r", "%0D").replace("\n", "%0A")
    title = f"{problem.severity}[{problem.code}]"
    return f"::{problem.severity} file={file},line={place.line},col={place.column},title={title}::{escaped}"
