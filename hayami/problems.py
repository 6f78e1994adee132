"""Faults in what editors wrote, as values: collected, sorted, printed with a place and a cure.

Exceptions are for our own bugs; a :class:`Problem` is for the author of a file.
"""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from hayami.messages import MESSAGES, PAGES, PAGES_OF_TWO
from hayami.schema import help as key_help

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
    guess: str = ""
    """The part of ``then`` that is only an example of how it is written, for its author to replace."""
    in_source: bool = True
    """Whether what belongs in place of ``guess`` is found in the source; words are the author's own."""


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
    source_pages: tuple[int, ...] = ()
    """Pages of the source on which the right value is to be looked up, where that is needed and they are known."""
    after: str = ""
    """A file whose problems are told first, since they are, or may be, the cause of this one."""

    @property
    def severity(self) -> Severity:
        """``error`` stops the build; ``warning`` does not."""
        return MESSAGES[self.code].severity

    def sort_key(self) -> tuple[Place, str, tuple[tuple[str, str], ...], Place]:
        """Order of printing: by place, then code; what has its cause in another file stands below that file."""
        told = Place(self.after, _BELOW) if self.after > self.place.file else self.place
        return (told, self.code, tuple(sorted(self.values.items())), self.place)

    def message(self, language: Literal["ja", "en"]) -> str:
        """What is wrong, in one language."""
        return MESSAGES[self.code].text[language].format_map(self._filling())

    def cure(self, language: Literal["ja", "en"]) -> str:
        """What to do about it, in one language; with the nearest valid values where there are any."""
        words = MESSAGES[self.code]
        rewrite = self.rewrite
        shown = rewrite is not None and rewrite.then is not None and not rewrite.guess
        cure = words.shown if shown and words.shown is not None else words.cure
        said = [cure[language].format_map(self._filling())]
        if self.near:
            # First, since a list of what is valid may be long.
            if language == "ja":
                said.insert(0, "もしかして: " + "、".join(f"「{value}」" for value in self.near) + "。")
            else:
                said.insert(0, "Did you mean " + " or ".join(f'"{value}"' for value in self.near) + "?")
        if self.source_pages:
            where = PAGES_OF_TWO if self.code in PAGES_OF_TWO_CODES else PAGES
            said.append(where[language].format(pages=_LISTED[language].join(map(str, self.source_pages))))
        return ("" if language == "ja" else " ").join(one for one in map(str.strip, said) if one)

    def _filling(self) -> _Lenient:
        """What messages are filled with: a key also by its everyday name."""
        filling = _Lenient(self.values)
        if "key" in filling:
            key = filling["key"]
            filling["named_key"] = key_help.name(key)
            of_site = key in _OF_THE_SITE and self.place.file.endswith("/record.yaml")
            filling["site_ja"] = filling["site_en"] = ""
            if of_site:
                filling["site_ja"] = (
                    f"どちらが正しいかは、資料で確かめます（ふつうは、content/site.yaml の {key} と同じです）。"
                )
                filling["site_en"] = (
                    f"Which is right the source tells (as a rule, as {key} in content/site.yaml)."
                )
        return filling


_BELOW = 10**9
_LISTED: Mapping[str, str] = {"ja": "、", "en": ", "}
_OF_THE_SITE = ("as_of", "fiscal_year")
"""Keys of a record that as a rule have the value that ``site.yaml`` gives."""

PAGES_OF_TWO_CODES = frozenset({"repeated-key", "conflict-marks", "figure-not-in-fragment"})
"""Codes of problems where one of two things is right."""


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
        lines += rewritten(problem.rewrite, problem.place.line, language)
    return "\n".join(map(visible, lines))


_LABELS: Mapping[str, tuple[str, str]] = {
    "now": ("今の{line}行目", "line {line} now"),
    "instead": ("こう書きます", "write"),
    "above": ("この上に足す行", "line to add above"),
    "below": ("この下に足す行", "line to add below"),
    "remove": ("この行は、行ごと消します。", "Remove the whole line."),
}
_SAMPLES: Mapping[str, tuple[str, str]] = {
    "instead": ("見本", "Sample"),
    "above": ("この上に足す行の見本", "Sample of a line to add above"),
    "below": ("この下に足す行の見本", "Sample of a line to add below"),
}
_REPLACE: Mapping[bool, tuple[str, str]] = {
    True: (
        "資料で確かめて、「{guess}」の部分を書きかえてください。",
        "Check with the source, and replace {guess} by what it says. ",
    ),
    False: ("「{guess}」の部分を、正しい値に書きかえてください。", "Replace {guess} by the right value. "),
}
_BLANKS: Mapping[str, tuple[str, str]] = {
    " ": ("半角の空白{count}個", "{count} spaces"),
    "\u3000": ("全角の空白{count}個", "{count} full-width spaces"),
    "\u00a0": ("特殊な空白{count}個", "{count} no-break spaces"),
    "\t": ("タブ{count}個", "{count} tabs"),
}
"""Signs that look like nothing, or like each other, at the start of a line."""

_SHOWN_TAB = "⇥"
_SHOWN = 160
"""Longest piece of a line that is shown; more of it says nothing more."""


def rewritten(rewrite: Rewrite, line: int, language: MessageLanguage) -> list[str]:
    """The line as it stands and the line as it is to be, each from the left edge and alone, so that it can be copied.

    What is said of each, with the blanks at its start in words, stands above it.

    >>> print("\\n".join(rewritten(Rewrite("   a: 1", "    a: 1"), 3, "en")))
        line 3 now (3 spaces at its start):
       a: 1
        write (4 spaces at its start):
        a: 1
    """
    chosen = {"ja": slice(0, 1), "en": slice(1, 2), "both": slice(0, 2)}[language]
    rows = [(_LABELS["now"], rewrite.now)]
    if rewrite.then is not None and rewrite.how != "remove":
        label = _LABELS[rewrite.how]
        if rewrite.guess:
            sample, replaced = _SAMPLES[rewrite.how], _REPLACE[rewrite.in_source]
            label = (replaced[0] + sample[0], replaced[1] + sample[1])
        rows.append((label, rewrite.then))
    told: list[str] = []
    for (label, text), (cut, shown) in zip(
        rows, _windows([text for _, text in rows], rewrite.how == "instead"), strict=True
    ):
        remarks = _remarks(text, cut)
        labels = [
            f"{one.format(line=line, guess=rewrite.guess)}{remark}:"
            for one, remark in zip(label, remarks, strict=True)
        ]
        told += [f"    {' / '.join(labels[chosen])}", shown.replace("\t", _SHOWN_TAB)]
    if rewrite.how == "remove":
        told.append(f"    {' / '.join(_LABELS['remove'][chosen])}")
    return told


def _remarks(text: str, cut: bool) -> tuple[str, str]:
    """What cannot be seen of a line, in Japanese and English."""
    if not text.strip():
        return "（空の行）", " (an empty line)"
    start = text[: len(text) - len(text.lstrip("".join(_BLANKS)))]
    counts = [(words, start.count(one)) for one, words in _BLANKS.items() if one in start]
    ja = ["行の初めに" + "と".join(words[0].format(count=count) for words, count in counts)]
    en = [" and ".join(_counted(words[1], count) for words, count in counts) + " at its start"]
    if not counts:
        ja, en = ["行の初めに空白なし"], ["no space at its start"]
    if "\t" in text:
        ja.append(f"「{_SHOWN_TAB}」はタブ")
        en.append(f"{_SHOWN_TAB} stands for a tab")
    if cut:
        ja.append("長いので「…」のところは省略")
        en.append("long, left out at …")
    return f"（{'。'.join(ja)}）", f" ({'; '.join(en)})"


def _counted(words: str, count: int) -> str:
    said = words.format(count=count)
    return said.removesuffix("s") if count == 1 else said


def _windows(texts: Sequence[str], compared: bool) -> list[tuple[bool, str]]:
    """Lines, long ones cut to the part in which they differ, with whether they were."""
    if max(map(len, texts)) <= _SHOWN:
        return [(False, one) for one in texts]
    differing = (at for at, pair in enumerate(zip(*texts, strict=False)) if len(set(pair)) > 1)
    start = next(differing, min(map(len, texts))) if compared and len(texts) > 1 else 0
    first = max(0, start - _SHOWN // 2)
    pieces = [
        ("…" if first else "") + one[first : first + _SHOWN] + ("…" if len(one) > first + _SHOWN else "")
        for one in texts
    ]
    return [(piece != one, piece) for piece, one in zip(pieces, texts, strict=True)]


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
