"""CSV as spreadsheets and programs read it alike: RFC 4180, UTF-8, with a byte order mark or without.

A cell that a spreadsheet would take for a formula, a number or a date starts with an apostrophe, which
:func:`plain` takes away again; the two undo each other for every text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BOM = b"\xef\xbb\xbf"

_FORMULA = re.compile(r"[=+\-@\t\r']")
"""How a cell starts that is a formula to some spreadsheet, or looks like one of ours."""

_TAKEN_FOR = re.compile(r"[\d\s.,:/%¥$()+-]*\d[\d\s.,:/%¥$()+-]*|FY\d+|\d[\dEe+.-]*|(?i:true|false)")
"""What spreadsheets rewrite when they open a file: 1/2 becomes a day, 03-19 a month, 0120 loses its first digit."""


def guarded(text: str, *, numbers: bool = False) -> str:
    """A cell that is no formula; with ``numbers`` also none that a spreadsheet rewrites.

    >>> guarded("=1+1"), guarded("1/2", numbers=True), guarded("1/2")
    ("'=1+1", "'1/2", '1/2')
    """
    risky = _FORMULA.match(text) or (numbers and _TAKEN_FOR.fullmatch(text))
    return f"'{text}" if risky else text


def plain(cell: str) -> str:
    """What :func:`guarded` made a cell of.

    >>> plain("'=1+1"), plain("''"), plain("1/2")
    ('=1+1', "'", '1/2')
    """
    return cell[1:] if cell.startswith("'") else cell


def written(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A table in UTF-8 without a byte order mark, its lines ended by CRLF."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode()


def row_schema(title: str, columns: dict[str, dict[str, object]]) -> dict[str, object]:
    """JSON Schema of one row, read as column → text."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        "type": "object",
        "properties": {name: {"type": "string", **told} for name, told in columns.items()},
        "required": list(columns),
        "additionalProperties": False,
    }


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table that was read, with the line and column of the file where it starts, from 1."""

    text: str
    line: int
    column: int


class Broken(Exception):
    """A quotation mark where none may be, or one that is never closed; ``line`` and ``column`` tell where."""

    def __init__(self, line: int, column: int) -> None:
        super().__init__(line, column)
        self.line, self.column = line, column


_BARE = re.compile(r'[^",\r\n]*')
_QUOTED = re.compile(r'"((?:[^"]|"")*)"')
_END = re.compile(r",|\r\n|\r|\n|\Z")


def read(text: str) -> list[list[Cell]]:
    """The rows of a table by RFC 4180, lines ended in any of the usual ways; raises :class:`Broken`.

    ``csv`` of the standard library reads the same, but tells no columns.
    """
    rows: list[list[Cell]] = [[]]
    at, line, start = 0, 1, 0
    while at < len(text):
        place = (line, at - start + 1)
        found = _QUOTED.match(text, at)
        if found is None and text.startswith('"', at):
            raise Broken(*place)
        held = found[1].replace('""', '"') if found else ""
        if found is None:
            found = _BARE.match(text, at)
            assert found is not None
            held = found[0]
        rows[-1].append(Cell(re.sub(r"\r\n?", "\n", held), *place))
        inner = list(re.finditer(r"\r\n|\r|\n", found[0]))
        if inner:
            line, start = line + len(inner), at + inner[-1].end()
        at = found.end()
        ended = _END.match(text, at)
        if ended is None:
            raise Broken(line, at - start + 1)
        at = ended.end()
        if ended[0] == ",":
            if at == len(text) or text[at] in "\r\n":
                # A comma before the end of a line leaves an empty cell behind it.
                rows[-1].append(Cell("", line, at - start + 1))
                ended = _END.match(text, at)
                assert ended is not None
                at = ended.end()
            else:
                continue
        line, start = line + 1, at
        rows.append([])
    return [row for row in rows if row]
