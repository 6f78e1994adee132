"""From a place in a finished page back to the line that its author wrote.

Pages are made of words of the content, words of the interface and templates, and none of them survives the making
unchanged: figures are filled in, Markdown becomes HTML, terms become links. So a place is traced by what stands
there: the address or text of the finding, the attributes of its tag, the text after it. Each is looked for where it
is most likely to have come from, first in the words of the page's own record. What is found more than once, or
nowhere, is not traced: a wrong line would send its reader astray.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from hayami.problems import Place

_SHORT, _LONG = 4, 16
"""Letters (of Japanese, half of them) that a piece needs to be looked for, and to stand twice in a file."""
_ATTRIBUTES = ("href", "src", "alt", "title", "aria-label", "datetime", "lang", "id")


@dataclass(frozen=True)
class Written:
    """A file that an author wrote, with its path as messages print it."""

    shown: str
    text: str


@dataclass(frozen=True)
class Sources:
    """Files that pages are made of, the likeliest first."""

    own: Sequence[Written]
    """Of the record or the text whose page it is."""
    words: Sequence[Written]
    """All other words of the same language."""
    templates: Sequence[Written]


def read(paths: Iterable[Path], shown: Callable[[Path], str]) -> tuple[Written, ...]:
    """Files that hold text; others are left out."""
    found = []
    for path in sorted(paths):
        try:
            found.append(Written(shown(path), path.read_text(encoding="utf-8")))
        except (OSError, UnicodeDecodeError):
            continue
    return tuple(found)


def trace(page: str, line: int, column: int, targets: Iterable[str], sources: Sources) -> Place | None:
    """The line that led to what stands at a place of ``page``; lines and columns count from 1."""
    lines = page.split("\n")
    if not 0 < line <= len(lines):
        return None
    rest = "\n".join([lines[line - 1][column - 1 :], *lines[line : line + 20]])
    tag = re.match(r"<[a-zA-Z][^<>]*>", rest)
    words = (sources.own, sources.words)
    found = _first((*_markdown(rest, tag), *targets), *words)
    if found is None and tag is not None:
        # Its beginning, as what follows may have been filled in.
        opening = re.match(r"<[\w-]+(?:\s+[\w-]+=\"[^\"]*\")?", tag[0])
        found = _first((tag[0], opening[0] if opening else ""), sources.templates)
    return found or _first(_pieces(rest, tag), *words, sources.templates)


def _first(pieces: Iterable[str], *places: Sequence[Written]) -> Place | None:
    for piece in pieces:
        if _weight(piece) < _SHORT:
            continue
        for files in places:
            found = _only(files, piece)
            if found is not None:
                return found
    return None


def _markdown(rest: str, tag: re.Match[str] | None) -> Iterator[str]:
    """A link as Markdown writes it: with its address, and without the marks that may follow that."""
    if tag is not None and tag[0].startswith("<a "):
        address = re.search(r"\shref=\"([^\"]*)\"", tag[0])
        text = _plain(rest[tag.end() :])
        if address is not None and text:
            yield f"[{text}]({html.unescape(address[1])}"
            yield f"[{text}]("


def _plain(rest: str) -> str:
    # Marks within a word are ours: places where a line may break.
    return html.unescape(re.sub(r"<wbr>|&shy;", "", rest).partition("<")[0]).strip()


def _pieces(rest: str, tag: re.Match[str] | None) -> Iterator[str]:
    """What stands at the place, from what says most about its origin to what says least."""
    if tag is not None:
        for name in _ATTRIBUTES:
            given = re.search(rf"\s{name}=\"([^\"]*)\"", tag[0])
            if given is not None:
                yield html.unescape(given[1])
        rest = rest[tag.end() :]
    text = _plain(rest)
    yield text
    # Figures and dates were filled in; what stands around them is as it was written.
    yield from sorted(re.split(r"[\d¥%、。,.]+", text), key=len, reverse=True)


def _weight(piece: str) -> int:
    return sum(2 if ord(one) > 0x2E7F else 1 for one in piece.strip())


def _only(files: Sequence[Written], piece: str) -> Place | None:
    """The one place where a piece stands, or the first in the one file that has it, where it is long enough."""
    wanted = piece.strip()
    holding = [one for one in files if wanted in one.text]
    if len(holding) != 1 or (_weight(wanted) < _LONG and holding[0].text.count(wanted) > 1):
        return None
    before = holding[0].text[: holding[0].text.index(wanted)]
    line = before.count("\n") + 1
    return Place(holding[0].shown, line, len(before) - (before.rfind("\n") + 1) + 1)
