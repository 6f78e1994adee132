"""What WeasyPrint does again and again for every element, done once or not at all; what it sets is the same.

Each of these was measured to take at least a twentieth of the time of a booklet.
"""

from __future__ import annotations

import contextlib
import copy
import gc
import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

_VOID = re.compile(r'<((?:br|col|hr|img|input|link|meta|source|wbr)\b(?:[^>"]|"[^"]*")*?)\s*/?>')
_DOCTYPE = re.compile(r"\s*<!doctype html>", re.IGNORECASE)


def tree(html: str) -> Any:
    """The elements of HTML that is well-formed, as the parser of HTML makes them; None where it is not.

    Our pages are: every element is closed, and every attribute has quotation marks. Only what a parser of HTML adds by
    itself is missing.
    """
    try:
        root = ElementTree.fromstring(_VOID.sub(r"<\1/>", _DOCTYPE.sub("", html, count=1)))
    except ElementTree.ParseError:
        return None
    for table in root.iter("table"):
        _gather_rows(table)
    return root


def _gather_rows(table: ElementTree.Element) -> None:
    """Rows that stand in a table itself are of a body of it."""
    body = None
    for child in list(table):
        if child.tag != "tr":
            body = None
            continue
        if body is None:
            body = ElementTree.Element("tbody")
            table.insert(list(table).index(child), body)
        table.remove(child)
        body.append(child)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's collector of cycles: it looks at millions of boxes again and again, a quarter of the time.

    Nor afterwards: what was made stays until :func:`released`.
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.freeze()
            gc.enable()


def released() -> None:
    """Give back what documents before have left."""
    gc.unfreeze()
    gc.collect()


@contextlib.contextmanager
def parsed_at_once() -> Iterator[None]:
    """Read HTML with the parser of XML, which is written in C, where it can."""
    import weasyprint

    parse = weasyprint.tinyhtml5.parse

    def read(source: Any, **rest: Any) -> Any:
        written = source if isinstance(source, str) else source.read()
        text = written if isinstance(written, str) else written.decode()
        found = tree(text)
        return parse(written, **rest) if found is None else found

    weasyprint.tinyhtml5.parse = read
    try:
        yield
    finally:
        weasyprint.tinyhtml5.parse = parse


_NOTES = frozenset(("footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback"))


@contextlib.contextmanager
def without_notes() -> Iterator[None]:
    """Without styles for notes at the foot of a page, and of markers where no list is: six for every element."""
    import weasyprint

    sheets = weasyprint.HTML._ua_stylesheets

    def fewer(html: Any, forms: bool = False) -> list[Any]:
        out = []
        for sheet in sheets(html, forms=forms):
            lean, lean.matcher = copy.copy(sheet), copy.copy(sheet.matcher)
            general = [one for one in sheet.matcher.other_selectors if one[3] not in _NOTES]
            lean.matcher.other_selectors = [one for one in general if one[3] != "marker"]
            named = dict(sheet.matcher.lower_local_name_selectors)
            named["li"] = [*named.get("li", ()), *(one for one in general if one[3] == "marker")]
            lean.matcher.lower_local_name_selectors = named
            out.append(lean)
        return out

    weasyprint.HTML._ua_stylesheets = fewer
    try:
        yield
    finally:
        weasyprint.HTML._ua_stylesheets = sheets


@contextlib.contextmanager
def shared_styles() -> Iterator[None]:
    """Let elements that look alike share their style wherever they stand.

    WeasyPrint shares it below the same parent alone; each sheet of a booklet is a parent of its own for its anchor.
    """
    from weasyprint import css

    begin = css.StyleFor.__init__

    def shared(styles: Any, *rest: Any, **options: Any) -> None:
        begin(styles, *rest, **options)
        _share(styles.get_computed_styles())

    css.StyleFor.__init__ = shared
    try:
        yield
    finally:
        css.StyleFor.__init__ = begin


_OF_ONE = frozenset(("anchor", "lang", "link"))
"""Properties that stand in attributes of an element, so that each has values of its own."""


def _share(styles: dict[tuple[Any, str | None], Any]) -> None:
    """Replace styles by the first that is the same; parents come before children."""
    from weasyprint.css import INHERITED

    kept = list(styles.values())  # as long as they live, no other has their number
    first: dict[int, Any] = {}
    heritage: dict[int, int] = {}
    """Number of a style → number of what it hands down to elements in it."""
    legacies: dict[Any, int] = {}
    known: dict[Any, Any] = {}
    for (_, pseudo), style in zip(styles, kept, strict=True):
        if id(style) in first:
            continue
        parent = style.parent_style
        if parent is not None:
            parent = style.parent_style = first.get(id(parent), parent)
        first[id(style)] = style
        if pseudo:
            continue  # boxes of lists change theirs
        said = sorted(
            (name, value if name in _OF_ONE else id(value), weight)
            for name, (value, weight) in style.cascaded.items()
        )
        legacy = [
            one
            for one in said
            if one[0] in INHERITED or one[0] == "page" or one[0].startswith(("__", "text_decoration_"))
        ]
        inherited = 0 if parent is None else heritage[id(parent)]
        takes_all = any(
            value == "inherit" and name not in INHERITED for name, (value, _) in style.cascaded.items()
        )
        above = id(parent) if takes_all or parent is None else inherited
        first[id(style)] = one = known.setdefault((above, tuple(said)), style)
        heritage[id(style)] = heritage[id(one)] = legacies.setdefault(
            (above, tuple(legacy)), len(legacies) + 1
        )
    for key, style in zip(list(styles), kept, strict=True):
        styles[key] = first[id(style)]


@contextlib.contextmanager
def usual_values() -> Iterator[None]:
    """Find the value of a property that no rule sets, and a length that is none of percents, without detours."""
    from weasyprint import css
    from weasyprint.layout import percent

    special = {"float", "display", "position", "page"}
    # Where a rule sets a property by its logical name (margin-inline), it counts for the physical one, too.
    logical = {
        name(block="ttb", inline=way) for name in css.PHYSICAL_FUNCTIONS.values() for way in ("ltr", "rtl")
    }
    usual = {
        key: value
        for key, value in css.INITIAL_VALUES.items()
        if key not in special
        and not key.startswith("text_decoration_")
        and (key in css.INHERITED or key not in css.INITIAL_NOT_COMPUTED)
    }
    style_of, length = css.ComputedStyle.__missing__, percent.resolve_one_percentage

    def missing(style: Any, key: str) -> Any:
        if (
            key in usual
            and key not in style.cascaded
            and style.parent_style is not None
            and (key not in css.PHYSICAL_FUNCTIONS or logical.isdisjoint(style.cascaded))
        ):
            value = style[key] = style.parent_style[key] if key in css.INHERITED else usual[key]
            return value
        return style_of(style, key)

    def resolved(box: Any, name: str, whole: Any) -> None:
        value = box.style[name]
        if getattr(value, "unit", None) == "px":
            setattr(box, name, value.value)
        else:
            length(box, name, whole)

    css.ComputedStyle.__missing__, percent.resolve_one_percentage = missing, resolved
    try:
        yield
    finally:
        css.ComputedStyle.__missing__, percent.resolve_one_percentage = style_of, length


_SIDES = ("left", "right", "top", "bottom")
_ALWAYS = (*(f"margin_{side}" for side in _SIDES), *(f"padding_{side}" for side in _SIDES))
_USED_BY = ("absolute", "block", "column", "float", "grid", "inline", "page", "table")
"""Modules of the layout that hold the function by its name."""


@contextlib.contextmanager
def known_lengths() -> Iterator[None]:
    """Margins, paddings and borders that are the same wherever a box stands are looked up once for each style."""
    from importlib import import_module
    from math import inf

    from weasyprint.formatting_structure import boxes
    from weasyprint.layout import percent

    resolve = percent.resolve_percentages
    flows = boxes.Box.is_in_normal_flow

    def fixed(style: Any) -> dict[str, Any] | None:
        found = {}
        for name in _ALWAYS:
            value = style[name]
            if value is not None and value != "auto":
                if getattr(value, "unit", None) != "px":
                    return None
                value = value.value
            found[name] = value
        if style["border_collapse"] == "collapse" or style["box_sizing"] != "content-box":
            return None
        return {**found, **{f"border_{side}_width": style[f"border_{side}_width"] for side in _SIDES}}

    def resolved(box: Any, containing_block: Any) -> None:
        style = box.style
        # Of a page the height counts, and what it says is changed from page to page.
        if isinstance(box, boxes.PageBox) or not isinstance(containing_block, boxes.Box):
            resolve(box, containing_block)
            return
        if "known_lengths" not in style.__dict__:
            style.known_lengths = fixed(style)
        if style.known_lengths is None:
            resolve(box, containing_block)
            return
        box.__dict__.update(style.known_lengths)
        one = percent.resolve_one_percentage
        for name in ("width", "min_width", "max_width"):
            one(box, name, containing_block.width)
        if containing_block.height == "auto":
            height = style["height"]
            box.height = height.value if getattr(height, "unit", None) == "px" else "auto"
            one(box, "min_height", 0)
            one(box, "max_height", inf)
        else:
            for name in ("height", "min_height", "max_height"):
                one(box, name, containing_block.height)

    def in_normal_flow(box: Any) -> bool:
        # What neither floats nor leaves its place is a note at most.
        if box.style["float"] == "none" and box.style["position"] in ("static", "relative"):
            return not box.is_note()
        answer: bool = flows(box)
        return answer

    holders = [percent, *(import_module(f"weasyprint.layout.{name}") for name in _USED_BY)]
    for one in holders:
        one.resolve_percentages = resolved
    boxes.Box.is_in_normal_flow = in_normal_flow
    try:
        yield
    finally:
        for one in holders:
            one.resolve_percentages = resolve
        boxes.Box.is_in_normal_flow = flows
