"""What stands in the margins of the booklet: thumb tabs, running heads and page numbers.

Only boxes in the margins of ``@page`` print on every sheet without moving anything else, and both engines know
them, so the build writes a style sheet for each language: a named page for each category, with its tab at a
height of its own on the outer edge. Tabs are drawings, since no engine turns text in such a box.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from hayami import booklet
from hayami.language_runs import is_unspaced
from hayami.model import Site, Tongue
from hayami.paper import quoted
from hayami.schema.scalars import PartialDate
from hayami.schema.site import Category
from hayami.tokens import Tokens


@dataclass(frozen=True)
class Form:
    """A format of paper; lengths in millimetres."""

    width: float
    height: float
    top: float
    outer: float
    bottom: float
    inner: float
    letters: float
    """Size of the running heads and tabs, in points."""
    tab: float
    """How far the tab of the open category stands in."""


A4 = Form(210, 297, 21, 23, 16, 16, 9, 11)
A5 = Form(148, 210, 16, 15, 13, 11, 9, 9)
LARGE = Form(210, 297, 24, 26, 22, 18, 14, 13)

_SHAPES: Mapping[str, str] = {
    "circle": '<circle cx="8" cy="8" r="6.25"/>',
    "square": '<path d="M2 2h12v12H2z"/>',
    "triangle": '<path d="M8 1.5 15 14H1z"/>',
    "hexagon": '<path d="M4.4 1.8h7.2L15.2 8l-3.6 6.2H4.4L.8 8z"/>',
    "diamond": '<path d="M8 .9 15.1 8 8 15.1.9 8z"/>',
    "pentagon": '<path d="M1.5 3h7.2l5.8 5-5.8 5H1.5z"/>',
    "ring": '<path d="M8 1.75a6.25 6.25 0 1 0 0 12.5 6.25 6.25 0 0 0 0-12.5zM8 5.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z" fill-rule="evenodd"/>',
    "star": '<path d="m8 1 2 5h5l-4 3.2 1.5 5.3L8 11.3l-4.5 3.2L5 9.2 1 6h5z"/>',
}

_UPRIGHT, _TURNED = 1.08, 0.75
"""Room of a letter along a tab, in its size: of Japanese, one below the other, and at most of Latin letters in the middle of a word."""

_POINT = 25.4 / 72
"""A point in millimetres."""


def files(site: Site, design: Tokens) -> dict[str, bytes]:
    """The style sheet of A4 for each language, by its path among the assets."""
    return {
        f"css/leaves.{tongue.code}.css": sheet(site, tongue, design, A4).encode()
        for tongue in site.tongues.values()
    }


def sheet(site: Site, tongue: Tongue, design: Tokens, form: Form) -> str:
    """Page rules of one language and format."""
    held = {item.record.category for item in site.items.values() if booklet.has_sheet(item)}
    shown = tuple(one for one in site.vocabulary.categories if one.id in held)
    title = f"{site.settings.title[tongue.code]}  {tongue.formatter.date(_year(site))}"
    face = f'font: {form.letters}pt "BIZ UDPGothic", sans-serif; color: #000;'
    rules = [
        f"@page {{ size: {form.width}mm {form.height}mm; }}",
        f"@page :right {{ margin: {form.top}mm {form.outer}mm {form.bottom}mm {form.inner}mm; }}",
        f"@page :left {{ margin: {form.top}mm {form.inner}mm {form.bottom}mm {form.outer}mm; }}",
        "@page { @bottom-left { content: none; } @bottom-right { content: none; } }",
        "@page cover { margin: 0; }",
    ]
    names: list[tuple[str, Category | None, str]] = [("inside", None, ""), ("opening", None, "")]
    names += [(f"in-{one.id}", one, tongue.name_of("categories", one.id)) for one in shown]
    for name, category, said in names:
        for outer, inner, side in (("right", "left", ":right"), ("left", "right", ":left")):
            # An opening is no page of the booklet, and bears no number.
            folio = "none" if name == "opening" else "counter(page)"
            boxes = [
                f"@top-{inner} {{ {face} width: 60%; text-align: {inner}; vertical-align: bottom; padding-bottom: 3mm; content: {quoted(title)}; }}",
                f"@top-{outer} {{ {face} width: 40%; text-align: {outer}; vertical-align: bottom; padding-bottom: 3mm; content: {quoted(said)}; }}",
                f'@bottom-{outer} {{ font: {form.letters + 3}pt "BIZ UDPMincho", serif; color: #000; text-align: {outer}; content: {folio}; }}',
                f"@{outer}-top {{ content: url({_quoted_drawing(_rail(shown, category, tongue, design, form, outer))}); width: {form.outer}mm; margin: 0; text-align: {outer}; vertical-align: top; line-height: 0; }}",
            ]
            rules.append(f"@page {name}{side} {{ {' '.join(boxes)} }}")
        if category is not None:
            rules.append(f".{name} {{ page: {name}; }}")
    for one in site.vocabulary.categories:
        colour, on = (design.value(f"{name}{one.colour}", "print") for name in ("c", "on"))
        plain, reversed_ = (_mark(one, fill, edge) for fill, edge in ((colour, "#000"), (on, on)))
        rules.append(f".sh-{one.mark} {{ background-image: url({plain}); }}")
        # On the ground of its category it has the colour of the letters there.
        rules.append(f".bar .sh-{one.mark}, .tab .sh-{one.mark} {{ background-image: url({reversed_}); }}")
    return "\n".join(rules) + "\n"


def _year(site: Site) -> PartialDate:
    return PartialDate(site.settings.fiscal_year, fiscal=True)


def _mark(category: Category, fill: str, edge: str) -> str:
    return _quoted_drawing(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16" fill="{fill}" stroke="{edge}" stroke-width="1.2">{_SHAPES[category.mark]}</svg>'
    )


def _quoted_drawing(drawing: str) -> str:
    return f'"data:image/svg+xml,{quote(drawing, safe="/:=;, ")}"'


def _rail(
    shown: tuple[Category, ...],
    current: Category | None,
    tongue: Tongue,
    design: Tokens,
    form: Form,
    outer: str,
) -> str:
    """All tabs on one edge; that of the open category is wide, filled and named."""
    room = form.height - form.top - form.bottom
    gap = 2.0
    height = min(34.0, (room - gap) / max(len(shown), 1) - gap)
    size = form.letters * _POINT
    wide, narrow = form.tab, form.tab * 0.64
    drawn = []
    for at, one in enumerate(shown):
        on = one == current
        width = wide if on else narrow
        left = wide - width if outer == "right" else 0.0
        top = at * (height + gap) + 0.3
        ground = design.value(f"c{one.colour}", "print") if on else "#ffffff"
        ink = design.value(f"on{one.colour}", "print") if on else "#000000"
        middle = left + width / 2
        drawn.append(
            f'<path d="M{left:.2f} {top:.2f}h{width:.2f}v{height:.2f}h-{width:.2f}z" fill="{ground}" stroke="#000" stroke-width="{0.5 if on else 0.25}"/>'
        )
        scale = size * 1.15 / 16
        fill = ink if on else design.value(f"c{one.colour}", "print")
        drawn.append(
            f'<g transform="translate({middle - 8 * scale:.2f} {top + 1.6:.2f}) scale({scale:.3f})" fill="{fill}" stroke="{ink}" stroke-width="1.2">{_SHAPES[one.mark]}</g>'
        )
        if not on:
            continue
        name = tongue.short_of("categories", one.id)
        start = top + 1.6 + 16 * scale + 1.2
        upright = is_unspaced(tongue.locale)
        # A long name is set smaller rather than cut.
        along = len(name) * (_UPRIGHT if upright else _TURNED)
        said = min(size, (top + height - 0.8 - start) / along)
        style = f'font-family="BIZ UDPGothic, sans-serif" font-size="{said:.2f}" fill="{ink}"'
        if upright:
            for number, letter in enumerate(name):
                y = start + said * (number + 0.85) * _UPRIGHT
                drawn.append(
                    f'<text x="{middle:.2f}" y="{y:.2f}" text-anchor="middle" {style}>{escape(letter)}</text>'
                )
        else:
            drawn.append(
                f'<text transform="translate({middle - said * 0.33:.2f} {start:.2f}) rotate(90)" {style}>{escape(name)}</text>'
            )
    tall = len(shown) * (height + gap)
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}mm" height="{tall:.2f}mm" viewBox="0 0 {wide} {tall:.2f}">{"".join(drawn)}</svg>'
