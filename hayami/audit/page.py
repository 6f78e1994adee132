"""One pass over an HTML file: its elements with line and column, its texts, and the tags that do not fit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from html.entities import html5
from itertools import accumulate, count, islice
from operator import add

_VOID = frozenset(
    (
        *("area", "base", "basefont", "br", "col", "embed", "frame", "hr", "img", "input"),
        *("link", "meta", "param", "source", "track", "wbr"),
    )
)
# Their content is text, whatever it looks like; in some of them signs may be written as references.
_RAW = frozenset({"script", "style", "iframe", "noembed", "noframes", "xmp", "plaintext"})
_RAW_WITH_REFERENCES = frozenset({"textarea", "title"})
# Drawings and formulas, and what in them holds HTML again.
_FOREIGN = frozenset({"svg", "math"})
_UNLIKE_OTHERS = _RAW | _RAW_WITH_REFERENCES | _FOREIGN
"""Elements in which the next tag is not read as elsewhere."""
_BACK_TO_HTML = frozenset(
    {"foreignobject", "desc", "title", "annotation-xml", "mi", "mo", "mn", "ms", "mtext"}
)
# They end a drawing or formula in which they stand: HTML, 13.2.6.5.
_BREAKS_OUT = frozenset(
    (
        *("b", "big", "blockquote", "body", "br", "center", "code", "dd", "div", "dl", "dt", "em", "embed"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "head", "hr", "i", "img", "li", "listing", "menu", "meta"),
        *("nobr", "ol", "p", "pre", "ruby", "s", "small", "span", "strong", "strike", "sub", "sup", "table"),
        *("tt", "u", "ul", "var"),
    )
)
_METADATA = frozenset(
    (
        "base",
        "basefont",
        "bgsound",
        "link",
        "meta",
        "title",
        "noscript",
        "noframes",
        "style",
        "script",
        "template",
    )
)

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
    **dict.fromkeys(("rt", "rp"), (("rb", "rt", "rp"), ("ruby", "rtc"))),
    **dict.fromkeys(("rb", "rtc"), (("rb", "rt", "rp", "rtc"), ("ruby",))),
    "option": (("option",), ("select", "datalist", "optgroup")),
    "hr": (("option", "optgroup"), ("select",)),
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
        *("rb", "rtc", "thead", "tbody", "tfoot", "tr", "td", "th"),
    )
)
_BARRIERS = frozenset(("table", "td", "th", "button", "object", "template", "caption", "foreignobject"))
"""Elements beyond which a start tag ends no paragraph."""
_SCOPE = _BARRIERS - {"button"}
"""Elements beyond which an end tag closes nothing."""
_OF_TABLES = frozenset(
    ("table", "caption", "colgroup", *_ROWS, "tr", "td", "th", "template", "html", "body", "head")
)
"""Elements whose end tags reach further."""
_DEEPEST = 512
"""How far one looks up for what a tag ends; browsers do not nest deeper."""


@dataclass(slots=True)
class Element:
    """A start tag. Of a repeated attribute the first counts, as in browsers."""

    name: str
    attributes: Mapping[str, str]
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
    by_name: dict[str, list[int]] = field(default_factory=dict)
    """Name → the places of its elements that are part of the page."""
    doctype: str | None = None
    """What follows ``<!``, where there is any."""
    source: str = ""
    """The file as it was read, with plain line breaks."""
    _by_attribute: dict[str, list[int]] | None = None

    @property
    def by_attribute(self) -> dict[str, list[int]]:
        """Attribute → the places of the elements that carry it and are part of the page."""
        if self._by_attribute is None:
            found: defaultdict[str, list[int]] = defaultdict(list)
            for index, element in enumerate(self.elements):
                if element.attributes and not element.inert:
                    for name in element.attributes:
                        found[name].append(index)
            self._by_attribute = dict(found)
        return self._by_attribute

    def named(self, *names: str) -> Iterator[Element]:
        """Elements of some names that are part of the page, in order."""
        some = [index for name in names for index in self.by_name.get(name, ())]
        for index in sorted(some) if len(names) > 1 else some:
            yield self.elements[index]

    def ids(self) -> Iterator[tuple[str, Element]]:
        """Every id, with its element."""
        for index in self.by_attribute.get("id", ()):
            one = self.elements[index]
            if one.attributes["id"]:
                yield one.attributes["id"], one


_SPACE = r"[\t\n\f\r ]"
_NAME = r"[^\t\n\f\r />][^\t\n\f\r />=]*+"
# What is said once is not tried another way: hostile input takes no longer than its length.
_VALUE = rf"""(?:{_SPACE}*+={_SPACE}*+(?:"[^"]*+"?+|'[^']*+'?+|[^\t\n\f\r >]*+))?+"""
_NEXT = re.compile(
    rf"([^<]*+)<(/?)([a-zA-Z][^\t\n\f\r />]*+)((?:[\t\n\f\r /]*+{_NAME}{_VALUE})*+)([\t\n\f\r /]*+)>"
)
"""Text, and the tag after it."""
_ATTRIBUTE = re.compile(
    rf"""({_NAME})(?:{_SPACE}*+={_SPACE}*+(?:"([^"]*+)"|'([^']*+)'|([^\t\n\f\r >]*+)))?+"""
)
_MARK = re.compile(r"<(?=[A-Za-z!?/])")
_COMMENT = re.compile(r"<!--(?:-?>|.*?(?:--!?>|\Z))", re.DOTALL)
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*;?)(?!=)")


def _referred(found: re.Match[str]) -> str:
    """A reference in an attribute. Unlike in text, part of a word is none: ``?a=1&notify=2``."""
    said = found[0]
    return unescape(said) if said[1] == "#" or said[1:] in html5 else said


class Attributes(dict[str, str]):
    """The attributes of a tag. Tags that are written alike share one, so that it can stand for what is known of them."""

    __slots__ = ()
    __hash__ = object.__hash__  # type: ignore[assignment]


# The same tags stand on all pages of a site.
@lru_cache(maxsize=16384)
def _attributes(_name: str, text: str) -> tuple[Attributes, tuple[str, ...]]:
    """What stands in a tag after its name: attributes with their values, and names that come again."""
    given = Attributes()
    repeated = []
    for name, double, single, bare in _ATTRIBUTE.findall(text) if text else ():
        name = name.lower()
        if name in given:
            repeated.append(name)
            continue
        value = double or single or bare
        given[name] = _REFERENCE.sub(_referred, value) if "&" in value else value
    return given, tuple(repeated)


class _Reader:
    """Tokens and nesting as in HTML, 13.2. Where browsers repair, the page is as after the repair, and the slip is kept."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.page = Page(source=text)
        self._places = self.page.by_name
        # Where each line starts, and behind them where another one would.
        lengths = accumulate(map(len, text.split("\n")), initial=0)
        self._starts = list(map(add, lengths, count()))
        self._open: list[tuple[str, int]] = []
        # How many of each name are open: an end tag without a start is common, and the stack may be deep.
        self._names: defaultdict[str, int] = defaultdict(int)
        # In XML the slash of <p/> closes what it stands in.
        self._is_xml = text[:100].lstrip("\ufeff\t\n ").startswith("<?xml")
        self._head_ends = "</head" in text or re.search("</head", text, re.IGNORECASE) is not None

    def read(self) -> Page:
        """The whole text, from tag to tag.

        Most tags and texts of a page are dealt with here, as a call for each takes as long as the rest of the work.
        """
        text, end, starts = self.text, len(self.text), self._starts
        open_, names, places = self._open, self._names, self._places
        elements, texts = self.page.elements, self.page.texts
        next_, is_simple = _NEXT.match, self._head_ends
        place = 0
        # The line that was come to: its number, where it starts, and where the next one does.
        line, here, beyond = 1, 0, starts[1]
        while place < end:
            tag = next_(text, place)
            if tag is None:
                place = self._untagged(place)
                continue
            data, slash, name, rest, tail = tag.groups()
            if place >= beyond:
                line = bisect_right(starts, place)
                here, beyond = starts[line - 1], starts[line]
            if not is_simple:
                if data:
                    self._data(place, tag.end(1))
            elif data:
                parent = open_[-1][1] if open_ else -1
                said = unescape(data) if "&" in data else data
                texts.append(Text(said, line, place - here + 1, parent, len(elements)))
            name = name.lower()
            if slash:
                if open_ and open_[-1][0] == name:
                    open_.pop()
                    names[name] -= 1
                else:
                    self._end(name, tag.end(1))
                place = tag.end()
                continue
            if not is_simple or tail or name in _UNLIKE_OTHERS or names["svg"] or names["math"]:
                place = self._start(tag, tag.end(1))
                continue
            if name in _ENDS or (name in _ENDS_P and names["p"]):
                self._end_before(name)
            place += len(data)
            if place >= beyond:
                line = bisect_right(starts, place)
                here, beyond = starts[line - 1], starts[line]
            inert, index = names["template"] > 0, len(elements)
            given, repeated = _attributes(name, rest)
            elements.append(
                Element(name, given, line, place - here + 1, open_[-1][1] if open_ else -1, inert, repeated)
            )
            if not inert:
                if name in places:
                    places[name].append(index)
                else:
                    places[name] = [index]
            if name not in _VOID:
                open_.append((name, index))
                names[name] += 1
            place = tag.end()
        for name, index in open_:
            self._left_open(name, index)
        return self.page

    def _untagged(self, place: int) -> int:
        """Text up to what is no tag, and that. Returns where it ends."""
        mark = _MARK.search(self.text, place)
        start = mark.start() if mark is not None else len(self.text)
        if start > place:
            self._data(place, start)
        # Text with a bare < in it comes to a tag at last.
        if mark is None or _NEXT.match(self.text, start) is not None:
            return start
        return self._other(start)

    def _position(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def _data(self, start: int, end: int, has_references: bool = True) -> None:
        data = self.text[start:end]
        if has_references and "&" in data:
            data = unescape(data)
        starts, page = self._starts, self.page
        line = bisect_right(starts, start)
        if not self._head_ends and self._open and self._open[-1][0] == "head" and not data.isspace():
            self._close("head")
        parent = self._open[-1][1] if self._open else -1
        page.texts.append(Text(data, line, start - starts[line - 1] + 1, parent, len(page.elements)))

    def _other(self, start: int) -> int:
        """Comments, declarations and what browsers take for comments. Returns where it ends."""
        text = self.text
        if text.startswith("<!--", start):
            comment = _COMMENT.match(text, start)
            return comment.end() if comment is not None else len(text)
        if text.startswith("<![CDATA[", start) and self._is_foreign():
            end = text.find("]]>", start)
            self._data(start + 9, end if end >= 0 else len(text), has_references=False)
            return end + 3 if end >= 0 else len(text)
        if (text[start + 1] not in "!?" and text[start + 2 : start + 3].isalpha()) or text[
            start + 1
        ].isalpha():
            # A tag that the end of the file cuts off.
            return len(text)
        end = text.find(">", start)
        if end < 0:
            return len(text)
        is_first = self.page.doctype is None and not self.page.elements
        if is_first and text[start + 2 : start + 9].lower() == "doctype":
            self.page.doctype = text[start + 2 : end]
        return end + 1

    def _is_foreign(self) -> bool:
        """Whether the next tag stands in a drawing or formula."""
        for name, _ in reversed(self._open):
            if name in _FOREIGN:
                return True
            if name in _BACK_TO_HTML:
                return False
        return False

    def _start(self, tag: re.Match[str], offset: int) -> int:
        """A start tag, and what follows where that is mere text. Returns where it ends."""
        name = tag[3].lower()
        open_, names = self._open, self._names
        is_foreign = bool(names["svg"] or names["math"]) and self._is_foreign()
        if is_foreign and name in _BREAKS_OUT:
            while self._is_foreign():
                self._close(open_[-1][0], left_open=True)
            is_foreign = False
        if not is_foreign and (name in _ENDS_P or name in _ENDS or not self._head_ends):
            self._end_before(name)
        elements = self.page.elements
        parent = open_[-1][1] if open_ else -1
        inert = names["template"] > 0
        given, repeated = _attributes(name, tag[4])
        starts = self._starts
        line = bisect_right(starts, offset)
        column = offset - starts[line - 1] + 1
        if not inert:
            places = self._places.get(name)
            if places is None:
                places = self._places[name] = []
            places.append(len(elements))
        elements.append(Element(name, given, line, column, parent, inert, repeated))
        if name in _VOID and not is_foreign:
            return tag.end()
        if tag[5].endswith("/"):
            if is_foreign or name in _FOREIGN or self._is_xml:
                return tag.end()
            # Elsewhere the slash means nothing: <p/> opens a paragraph.
            self.page.slips.append(Slip("slash", name, line, column))
        open_.append((name, len(elements) - 1))
        names[name] += 1
        if not is_foreign and (name in _RAW or name in _RAW_WITH_REFERENCES):
            return self._raw(name, tag.end())
        return tag.end()

    def _raw(self, name: str, start: int) -> int:
        """Text up to the end tag of its element. Returns where the end tag starts."""
        found = re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE).search(self.text, start)
        end = found.start() if found is not None else len(self.text)
        if end > start:
            self._data(start, end, name in _RAW_WITH_REFERENCES)
        return end

    def _end(self, name: str, offset: int) -> None:
        """An end tag other than that of the innermost element."""
        if not self._names[name] or (
            name not in _OF_TABLES and name not in _SCOPE and self._reaches((name,), _SCOPE) is None
        ):
            self.page.slips.append(Slip("stray", name, *self._position(offset)))
            return
        self._close(name)

    def _close(self, tag: str, left_open: bool = False) -> None:
        """Close everything down to the innermost element of a name; ``left_open`` where that is no end of it."""
        while True:
            name, index = self._open.pop()
            self._names[name] -= 1
            if name == tag:
                if left_open:
                    self._left_open(name, index)
                return
            self._left_open(name, index)

    def _left_open(self, name: str, index: int) -> None:
        if name not in _MAY_STAY_OPEN:
            one = self.page.elements[index]
            self.page.slips.append(Slip("unclosed", name, one.line, one.column))

    def _end_before(self, tag: str) -> None:
        """Close what a start tag ends though nobody wrote so."""
        if tag in _ENDS_P and self._names["p"] and self._reaches(("p",), _BARRIERS):
            self._close("p")
        if tag in _ENDS:
            ended, barriers = _ENDS[tag]
            found = self._reaches(ended, barriers)
            while found is not None:
                self._close(found)
                found = self._reaches(ended, barriers)
        elif not self._head_ends and self._open and self._open[-1][0] == "head" and tag not in _METADATA:
            self._close("head")

    def _reaches(self, names: Collection[str], barriers: Collection[str]) -> str | None:
        """The innermost open element of some names, unless another stands before it."""
        for name, _ in islice(reversed(self._open), _DEEPEST):
            if name in names:
                return name
            if name in barriers:
                return None
        return None


def read(text: str) -> Page:
    """Any text at all, read as HTML.

    >>> [(one.name, one.line, one.column) for one in read("<p>a\\n <b>c").elements]
    [('p', 1, 1), ('b', 2, 2)]
    """
    return _Reader(text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text).read()
