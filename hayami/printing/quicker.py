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
