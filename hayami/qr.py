"""Codes that a camera reads: an address as a drawing (ISO/IEC 18004, by segno)."""

from __future__ import annotations

from functools import lru_cache

import segno

LEVEL = "m"
"""Error correction: 15 % of a code may be soiled."""

QUIET = 4
"""Empty modules around a code, as the standard asks."""


@lru_cache(maxsize=1000)
def drawn(address: str) -> tuple[int, str]:
    """Width in modules with the quiet zone, and the dark modules as lines of a width of one, for the path of an SVG."""
    code = segno.make(address, error=LEVEL, micro=False, boost_error=False)
    pieces = []
    for y, row in enumerate(code.matrix):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x] == row[start]:
                x += 1
            if row[start]:
                pieces.append(f"M{start + QUIET} {y + QUIET}.5h{x - start}")
    return len(code.matrix) + 2 * QUIET, "".join(pieces)
