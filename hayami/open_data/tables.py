"""CSV as spreadsheets and programs read it alike: RFC 4180, UTF-8, with a byte order mark or without.

A cell that a spreadsheet would take for a formula, a number or a date starts with an apostrophe, which
:func:`plain` takes away again; the two undo each other for every text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence

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
