"""One pass over an HTML file: its elements with line and column, and the text of styles and scripts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset(
    (
        *("area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input"),
        *("link", "meta", "param", "source", "track", "wbr"),
    )
)
# Their content is text, whatever it looks like; older versions of the parser know only script and style.
_RAW = frozenset({"textarea", "title", "iframe", "noembed", "noframes", "xmp"})
_FOREIGN = frozenset({"svg", "math"})

# Start tags that end a paragraph before them, and elements whose end tags may be left out: HTML, 13.1.2.4.
_ENDS_P = frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "center",
            "details",
            "dialog",
            "dir",
            "div",
            "dl",
            "fieldset",
        ),
        *(
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hgroup",
            "hr",
        ),
        *(
            "main",
            "menu",
            "nav",
            "ol",
            "p",
            "pre",
            "search",
            "section",
            "summary",
            "table",
            "ul",
            "li",
            "dt",
            "dd",
        ),
    )
)
# Elements that a list item does not look past for another to end: those that HTML calls special, without address,
# div and p.
_SPECIAL = (
    *(
        "ul",
        "ol",
        "menu",
        "dir",
        "dl",
        "table",
        "td",
        "th",
        "caption",
        "button",
        "blockquote",
        "section",
        "article",
    ),
    *(
        "aside",
        "nav",
        "main",
        "header",
        "footer",
        "form",
        "fieldset",
        "figure",
        "figcaption",
        "details",
        "summary",
    ),
    *("center", "object", "template", "select", "pre", "hgroup", "search"),
)
_ROWS = ("thead", "tbody", "tfoot")
_ENDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "li": (("li",), _SPECIAL),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "rt": (("rt", "rp"), ("ruby",)),
    "rp": (("rt", "rp"), ("ruby",)),
    "option": (("option",), ("select", "datalist", "optgroup")),
    "optgroup": (("option", "optgroup"), ("select",)),
    "tr": (("tr", "td", "th", "caption", "colgroup"), ("table",)),
    "td": (("td", "th"), ("tr", "table")),
    "th": (("td", "th"), ("tr", "table")),
    **dict.fromkeys(_ROWS, ((*_ROWS, "tr", "td", "th", "caption", "colgroup"), ("table",))),
    "body": (("head",), ("html",)),
}
"""Start tag → elements that it ends, and those beyond which it does not look."""
_MAY_STAY_OPEN = frozenset(
    (
        *(
            "html",
            "head",
            "body",
            "li",
            "dt",
            "dd",
            "p",
            "rt",
            "rp",
            "optgroup",
            "option",
            "colgroup",
            "caption",
        ),
        *("thead", "tbody", "tfoot", "tr", "td", "th"),
    )
)
_BARRIERS = frozenset(("table", "td", "th", "button", "object", "template", "caption"))


@dataclass(slots=True)
class Element:
    """A start tag. Of a repeated attribute the first counts, as in browsers."""

    name: str
    attributes: dict[str, str]
    line: int
    column: int
    parent: int
    """Index of the element around it, -1 for none."""
    inert: bool
    """Whether it stands in ``<template>``, which is no part of the page until a script copies it."""
    repeated: tuple[str, ...] = ()
    """Attributes that were given more than once."""

    def get(self, name: str) -> str:
        """The value of an attribute, empty where there is none."""
        return self.attributes.get(name, "")

    def tokens(self, name: str) -> list[str]:
        """The words of an attribute as HTML parts them: full-width space parts nothing."""
        return re.split(r"[ \t\n\f\r]+", self.attributes.get(name, "").strip(" \t\n\f\r"))

    def words(self, name: str) -> frozenset[str]:
        """The words of an attribute in small letters, such as those of ``rel``."""
        return frozenset(self.attributes.get(name, "").lower().split())


@dataclass(slots=True)
class Text:
    """Text within an element."""

    text: str
    line: int
    column: int
    parent: int
    before: int
    """How many start tags stand before it in the file."""


@dataclass(frozen=True, slots=True)
class Slip:
    """A tag that does not fit.

    ``unclosed`` (its end is missing), ``stray`` (an end without a start) or ``slash`` (``<div/>``, which closes nothing).
    """

    kind: str
    name: str
    line: int
    column: int


@dataclass(slots=True)
class Page:
    """What one file holds, in the order of the file."""

    elements: list[Element] = field(default_factory=list)
    texts: list[Text] = field(default_factory=list)
    slips: list[Slip] = field(default_factory=list)
    doctype: str | None = None
    """What follows ``<!``, where there is any."""

    def named(self, *names: str) -> Iterator[Element]:
        """Elements of some names that are part of the page."""
        return (one for one in self.elements if one.name in names and not one.inert)

    def ids(self) -> Iterator[tuple[str, Element]]:
        """Every id, with its element."""
        for one in self.elements:
            if not one.inert and one.attributes.get("id"):
                yield one.attributes["id"], one


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[tuple[str, int]] = []
        # How many of each name are open: an end tag without a start is common, and the stack may be deep.
        self._names: dict[str, int] = {}
        self._raw = ""
        self._foreign = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if self._raw:
            return
        line, column = self.getpos()
        if not self._foreign:
            self._end_before(tag)
        parent = self._open[-1][1] if self._open else -1
        inert = parent >= 0 and (
            self.page.elements[parent].inert or self.page.elements[parent].name == "template"
        )
        given: dict[str, str] = {}
        repeated = []
        for name, value in attrs:
            if name in given:
                repeated.append(name)
            else:
                given[name] = value or ""
        self.page.elements.append(Element(tag, given, line, column + 1, parent, inert, tuple(repeated)))
        if tag in _VOID:
            return
        self._open.append((tag, len(self.page.elements) - 1))
        self._names[tag] = self._names.get(tag, 0) + 1
        if tag in _FOREIGN:
            self._foreign += 1
        elif tag in _RAW and not self._foreign:
            self._raw = tag

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if not self._raw and not self._foreign and tag not in _VOID and tag not in _FOREIGN:
            line, column = self.getpos()
            self.page.slips.append(Slip("slash", tag, line, column + 1))
        self.handle_starttag(tag, attrs)
        # Elsewhere the slash means nothing: <p/> opens a paragraph.
        if (self._foreign or tag in _FOREIGN) and not self._raw:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._raw and tag != self._raw:
            return
        self._raw = ""
        if not self._names.get(tag):
            line, column = self.getpos()
            self.page.slips.append(Slip("stray", tag, line, column + 1))
            return
        self._close(tag)

    def _close(self, tag: str) -> None:
        """Close everything down to the innermost element of a name."""
        while True:
            name, index = self._open.pop()
            self._names[name] -= 1
            if name in _FOREIGN:
                self._foreign -= 1
            if name == tag:
                return
            self._left_open(name, index)

    def _left_open(self, name: str, index: int) -> None:
        if name not in _MAY_STAY_OPEN:
            one = self.page.elements[index]
            self.page.slips.append(Slip("unclosed", name, one.line, one.column))

    def _end_before(self, tag: str) -> None:
        """Close what a start tag ends though nobody wrote so."""
        if tag in _ENDS_P and self._names.get("p") and self._reaches(("p",), _BARRIERS):
            self._close("p")
        if tag in _ENDS:
            ended, barriers = _ENDS[tag]
            while any(self._names.get(one) for one in ended):
                found = self._reaches(ended, barriers)
                if found is None:
                    return
                self._close(found)

    def _reaches(self, names: Collection[str], barriers: Collection[str]) -> str | None:
        """The innermost open element of some names, unless another stands before it."""
        for name, _ in reversed(self._open):
            if name in names:
                return name
            if name in barriers:
                return None
        return None

    def handle_decl(self, decl: str) -> None:
        if self.page.doctype is None and not self.page.elements:
            self.page.doctype = decl

    def finish(self) -> None:
        """Note what is open at the end of the file."""
        for name, index in self._open:
            self._left_open(name, index)

    def handle_data(self, data: str) -> None:
        line, column = self.getpos()
        parent = self._open[-1][1] if self._open else -1
        self.page.texts.append(Text(data, line, column + 1, parent, len(self.page.elements)))


def read(text: str) -> Page:
    """Any text at all, read as HTML.

    >>> [(one.name, one.line, one.column) for one in read("<p>a\\n <b>c").elements]
    [('p', 1, 1), ('b', 2, 2)]
    """
    reader = _Reader()
    # HTML has no marked sections; the parser stumbles over those that it does not know.
    text = text.replace("<![", "<!-[")
    # A tag that the end of the file cuts off is dropped, as in browsers; the parser would try each anew.
    end = text.rfind(">") + 1
    reader.feed(text[:end])
    reader.close()
    rest = text[end:].partition("<")[0]
    if rest:
        reader.handle_data(rest)
    reader.finish()
    return reader.page
