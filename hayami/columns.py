"""Two columns of about the same height, parted before they are set.

Engines can balance columns, but the one that sets PDFs takes seconds for each page of them. A sheet is made of
blocks; their heights are reckoned from the letters, and the cut is made where the higher column is lowest.
"""

from __future__ import annotations

import html
import math
import re
import unicodedata
from collections.abc import Callable

CUT = "<!--block-->"
"""Stands between two blocks: a column may end here."""

_LINE = 23.0
"""Full-width letters in a line of a column at the size of the body."""

_LINES = re.compile(r"</?(?:p|li|ul|ol|div|h[1-6]|tr|table|caption|small)\b[^>]*>")
_TAG = re.compile(r"<[^>]*>")


def in_columns(blocks: str, again: Callable[[str], str]) -> str:
    """HTML of two columns from blocks with ``CUT`` between them.

    ``again`` says that what has a heading in the first column goes on in the second.
    """
    pieces = [piece for piece in blocks.split(CUT) if _TAG.sub("", piece).strip()]
    at = parting([height(piece) for piece in pieces], [_HEADED.match(piece) is not None for piece in pieces])
    columns = ["".join(pieces[:at]), "".join(pieces[at:])]
    if at < len(pieces) and not _HEADED.match(pieces[at]) and (heads := _HEADINGS.findall(columns[0])):
        columns[1] = f'<p class="sub again">{again(heads[-1])}</p>\n{columns[1]}'
    return "".join(f'<div class="half">\n{column}\n</div>\n' for column in columns if column)


def parting(heights: list[float], headed: list[bool]) -> int:
    """How many of some blocks in order stand in the first column; the second rather begins with a heading.

    >>> parting([1, 1, 1, 3], [True, False, False, False])
    3
    >>> parting([6, 4, 2, 2, 4], [True, False, False, True, True])
    3
    """
    total = sum(heights)
    best, left = (total, len(heights)), 0.0
    for at, one in enumerate(heights, start=1):
        left += one
        without = _HEADLESS if at < len(heights) and not headed[at] else 0.0
        best = min(best, (max(left, total - left) + without, at))
    return best[1]


_HEADLESS = 2.0
"""Lines that a column may be the longer for if the other then begins with a heading."""

_HEADINGS = re.compile(r'(?:<h3[^>]*>|<div class="group"><h4>)(.*?)</h[34]>', re.DOTALL)

_HEADED = re.compile(r"\s*(?:<h[1-6]|<div class=\"group\")")


def height(block: str) -> float:
    """Lines that a block takes in a column, about.

    >>> height("<h3>使えるのは</h3><p>市内の中小企業</p>")
    3.1
    """
    lines = 2.1 * block.count("<h3") + 0.4 * block.count('class="of"') + 0.2 * block.count("<tr")
    text = _LINES.sub("\n", re.sub(r"<h3.*?</h3>", "", block, flags=re.DOTALL))
    for line in html.unescape(_TAG.sub("", text)).split("\n"):
        wide = width(line.strip())
        lines += math.ceil(wide / _LINE)
    return lines


def width(text: str) -> float:
    """Width of a text in full-width letters.

    >>> width("DX推進")
    3.14
    """
    return round(sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.57 for one in text), 2)
