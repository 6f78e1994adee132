"""Two pages on each side of a sheet, in the order in which folded and stapled sheets are read.

The back cover stays at the back: blanks go before it, until the number of pages can be divided by four. Sheets
lie within each other, so that the inner ones stand out at the fore edge when folded (creep); their pages are moved
towards the fold by as much, and the trimmed edge stays even.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

MM = 72 / 25.4

PAPER = 0.1
"""Thickness of a sheet of usual paper (80 g/m²), in millimetres."""


@dataclass(frozen=True)
class Side:
    """One side of a sheet: indexes of its pages from 0, None for a blank, and how far they move to the fold."""

    left: int | None
    right: int | None
    creep: float
    """Millimetres."""


def order(pages: int) -> tuple[Side, ...]:
    """Sides of all sheets, front and back in turn, the outermost sheet first.

    >>> [(side.left, side.right) for side in order(4)]
    [(3, 0), (1, 2)]
    >>> [(side.left, side.right) for side in order(6)]
    [(5, 0), (1, None), (None, 2), (3, 4)]
    """
    total = -(-pages // 4) * 4
    # Where a page of the folded booklet comes from: blanks stand before the back cover.
    source: list[int | None] = [*range(pages - 1), *[None] * (total - pages), pages - 1]
    sheets = total // 4
    sides = []
    for number in range(sheets):
        creep = PAPER * number
        sides.append(Side(source[total - 1 - 2 * number], source[2 * number], creep))
        sides.append(Side(source[2 * number + 1], source[total - 2 - 2 * number], creep))
    return tuple(sides)


def impose(written: bytes, title: str, language: str) -> bytes:
    """The PDF of a booklet as sheets of twice its width, with marks for fold and staples."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(written)) as source, pikepdf.new() as made:
        box = source.pages[0].mediabox
        width, height = float(box[2] - box[0]), float(box[3] - box[1])
        copied = [made.copy_foreign(page.as_form_xobject()) for page in source.pages]
        sides = order(len(copied))
        for number, side in enumerate(sides):
            names, drawn = {}, []
            for name, page, left in (("/L", side.left, True), ("/R", side.right, False)):
                if page is None:
                    continue
                names[name] = copied[page]
                shift = side.creep * MM * (1 if left else -1)
                drawn.append(f"q 1 0 0 1 {(0 if left else width) + shift:.2f} 0 cm {name} Do Q")
            if number == 0:
                # Outside, at the very edges: where to fold, and where the two staples go.
                drawn += [_mark(width, 0, width, 5 * MM), _mark(width, height - 5 * MM, width, height)]
                drawn += [
                    _mark(width - 2 * MM, height * at, width + 2 * MM, height * at) for at in (0.25, 0.75)
                ]
            sheet = pikepdf.Dictionary(
                Type=pikepdf.Name.Page,
                MediaBox=[0, 0, 2 * width, height],
                Resources=pikepdf.Dictionary(XObject=pikepdf.Dictionary(names)),
                Contents=made.make_stream("\n".join(drawn).encode()),
            )
            made.pages.append(pikepdf.Page(sheet))
        with made.open_metadata(set_pikepdf_as_editor=False, update_docinfo=True) as told:
            told["dc:title"] = title
        made.Root.Lang = pikepdf.String(language)
        made.Root.PageLayout = pikepdf.Name.SinglePage
        made.Root.ViewerPreferences = pikepdf.Dictionary(
            DisplayDocTitle=True, PrintScaling=pikepdf.Name("/None"), Duplex=pikepdf.Name.DuplexFlipShortEdge
        )
        made.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            deterministic_id=True,
        )
    return out.getvalue()


def _mark(x1: float, y1: float, x2: float, y2: float) -> str:
    return f"q 0.3 w 0.4 G {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S Q"
