"""Pages without their style sheets: blocked, not arrived yet, or dropped by a browser that knows no layers.

HTML reads well by itself, with two exceptions. A drawing without a size of its own fills the screen, and
without paint of its own it is a black blot. And words that are only for the ear run into those for the eye:
"2/3" and 「3分の2」 would read "2/33分の2". The style sheet overrides all of this, so it costs nothing where
it is there. It is done here, once for all, so that no template can forget it.
"""

from __future__ import annotations

import re

_DRAWING = re.compile(r'<svg class="([^"]*)" viewBox="\S+ \S+ ([\d.]+) ([\d.]+)"(?![^>]* width=)')

_FOR_THE_EAR = '<span class="vh">'

_WIDEST = 150
"""Drawings above this width, in the units of the drawing, are bars and maps, which may fill the line."""

_OUTLINED = {"icon", "shape"}
"""Classes whose paint the style sheet gives as a whole, so that other paint beneath it never shows."""


def plain(html: str) -> str:
    """A page whose small drawings stay small, its signs outlines, and its words apart, without style sheets."""
    return _DRAWING.sub(_with_attributes, html).replace(_FOR_THE_EAR, _FOR_THE_EAR + " ")


def _with_attributes(match: re.Match[str]) -> str:
    classes, width, height = match[1].split(), match[2], match[3]
    if float(width) > _WIDEST:
        return match[0]
    paint = ' fill="none" stroke="currentColor"' if _OUTLINED.intersection(classes) else ""
    return f'{match[0]} width="{width}" height="{height}"{paint}'
