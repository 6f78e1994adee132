"""Accessible names, worked out as the standard says (Accessible Name and Description Computation, HTML-AAM)."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from functools import cached_property, lru_cache
from typing import Literal

from hayami.audit.document import Document, Node
from hayami.audit.page import Element, Text
from hayami.audit.pages import roles
from hayami.audit.pages.semantics import Nearest, Semantics

Source = Literal["", "labelledby", "aria-label", "label", "native", "content", "title", "placeholder"]
"""Where a name comes from; empty where there is none."""

UNKNOWN = "…"
"""The name of what cannot be told with reasonable effort. Rules leave it alone."""

# Nothing is drawn or read for these: joiners, marks of direction, soft hyphens, empty letters, private signs
# (most are drawings of icon fonts).
_NOTHING = dict.fromkeys(
    (
        *(0x00AD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x2800, 0x3164, 0xFEFF, 0xFFA0),
        *range(0x200B, 0x2010),
        *range(0x202A, 0x202F),
        *range(0x2060, 0x2070),
        *range(0xE000, 0xF900),
    )
)

# Never part of a name, not even where hidden text is.
_SILENT = frozenset(
    (
        *("script", "style", "template", "noscript", "head", "rp", "datalist"),
        *("desc", "metadata", "defs", "symbol"),
        *("iframe", "audio", "video"),
    )
)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "br", "caption", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header"),
        *("hgroup", "hr", "legend", "li", "main", "menu", "nav", "ol", "option", "p", "pre", "section"),
        *("summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_OVERRULING = frozenset(("aria-labelledby", "aria-label", "role"))
_NO_TEXT = _SILENT | {"svg", "math", "select", "textarea", "object", "canvas", "rtc"}
_UNSEEN = re.compile(
    r"material-(?:icons|symbols)|(?:^|[\s_-])(?:icons?|fa|sr-only|visually-?hidden|visuallyhidden|"
    r"screen-?reader\S*|assistive\S*|off-?screen|hidden|invisible|a11y)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BUTTONS = frozenset(("button", "submit", "reset"))
_BY_BROWSERS = {"submit": "Submit", "reset": "Reset"}
_FIELDS = frozenset(("input", "select", "textarea"))
# Elements that need more than a look at what they hold.
_SPECIAL = _FIELDS | {"img", "svg", "title", "meter", "progress"}
_CAPTIONS = {"fieldset": "legend", "figure": "figcaption", "table": "caption"}
_NO_LABEL = frozenset(("hidden", "image"))


# Pages of one site share most of their texts.
@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """Text without what nobody sees or hears, with single spaces. Full-width spaces are spaces.

    >>> plain(" a\\u3000\\n b\\u200b"), plain("\\u3000\\u200b")
    ('a b', '')
    """
    if text.isascii():
        return " ".join(text.split())
    return " ".join(text.translate(_NOTHING).split())


class Names:
    """The names of the elements of one page."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.elements = document.elements
        self.semantics = Semantics(document)
        self._found: dict[int, tuple[str, Source]] = {}
        self._texts: dict[int, str] = {}
        # Each name may look at much of the page, and a page may be made so that all do.
        self._left = 100_000 + 20 * len(document.elements)

    def of(self, index: int) -> str:
        """The name of an element, empty where it has none."""
        return self._name(index)[0]

    def source(self, index: int) -> Source:
        """Where the name of an element comes from."""
        return self._name(index)[1]

    def text(self, index: int) -> str:
        """What is read of the content of an element."""
        if index not in self._texts:
            self._texts[index] = plain(self._gather(index, False, index in self.semantics.silent))
        return self._texts[index]

    def visible(self, index: int, ruby: bool = False) -> str:
        """The text that is seen in an element, with or without the readings of its words.

        What classes tell to be an icon or for screen readers only is left out.
        """
        children = self.document.children
        out: list[str] = []
        waiting: list[Node] = children.get(index, [])[::-1]
        while waiting:
            self._left -= 1
            if self._left < 0:
                return UNKNOWN
            node = waiting.pop()
            if isinstance(node, Text):
                out.append(node.text)
                continue
            if node < 0:
                out.append(" ")
                continue
            element = self.elements[node]
            name = element.name
            if name in _NO_TEXT or node in self.document.hidden or (name == "rt" and not ruby):
                continue
            if "class" in element.attributes and _UNSEEN.search(element.attributes["class"]):
                continue
            if name in _BLOCKS and "inline" not in element.get("style"):
                out.append(" ")
                waiting.append(-node - 1)
            waiting.extend(children.get(node, [])[::-1])
        return plain("".join(out))

    def referenced(self, index: int, attribute: str = "aria-labelledby") -> str:
        """What the elements say that an attribute names."""
        value = self.elements[index].attributes.get(attribute)
        return plain(self._referenced(index, value)) if value else ""

    def _name(self, index: int) -> tuple[str, Source]:
        if index not in self._found:
            name = self._simple(index) or next(
                ((text, source) for source, given in self._steps(index) if (text := plain(given))), ("", "")
            )
            # Only these look at other elements.
            cut = self._left < 0 and name[1] in ("labelledby", "label", "native", "content")
            self._found[index] = (UNKNOWN, name[1]) if cut else name
        return self._found[index]

    def _simple(self, index: int) -> tuple[str, Source] | None:
        """The name of a link that is nothing but a text, as most are."""
        element = self.elements[index]
        if element.name != "a" or "href" not in element.attributes:
            return None
        inner = self.document.children.get(index)
        if inner is None or len(inner) > 1 or not isinstance(inner[0], Text):
            return None
        if not element.attributes.keys().isdisjoint(_OVERRULING):
            return None
        text = plain(inner[0].text)
        return (text, "content") if text else None

    def _steps(self, index: int) -> Iterator[tuple[Source, str]]:
        element = self.elements[index]
        attributes = element.attributes
        if "aria-labelledby" in attributes:
            yield "labelledby", self._referenced(index, attributes["aria-labelledby"])
        if "aria-label" in attributes:
            yield "aria-label", attributes["aria-label"]
        labels = self.labels.get(index)
        if labels:
            hidden = self.semantics.silent
            yield "label", " ".join(self._gather(one, False, one in hidden, index) for one in labels)
        if not self._decorative(index):
            yield "native", self._native(index, element)
        role = self.semantics.role(index)
        if role in roles.NAMED_BY_CONTENT:
            yield "content", self._gather(index, False, index in self.semantics.silent)
        if "title" in attributes and element.name != "svg":
            yield "title", attributes["title"]
        if "xlink:title" in attributes:
            yield "title", attributes["xlink:title"]
        if "placeholder" in attributes and element.name in ("input", "textarea"):
            yield "placeholder", attributes["placeholder"]
        if "aria-placeholder" in attributes:
            yield "placeholder", attributes["aria-placeholder"]

    def _decorative(self, index: int) -> bool:
        return "role" in self.elements[index].attributes and self.semantics.role(index) == "none"

    def _referenced(self, index: int, value: str) -> str:
        by_id = self.document.by_id
        hidden = self.semantics.silent
        parts = []
        for one in dict.fromkeys(re.split(r"[ \t\n\f\r]+", value.strip(" \t\n\f\r"))):
            target = by_id.get(one)
            if target is not None:
                parts.append(self._target(target, target in hidden, index))
        return " ".join(parts)

    def _target(self, index: int, hidden: bool, asking: int) -> str:
        """What an element adds to a name that refers to it."""
        element = self.elements[index]
        label = element.get("aria-label")
        if plain(label):
            return label
        if index != asking and self._is_field(index, element):
            value = self._value(index, element)
            if plain(value):
                return value
        labels = self.labels.get(index)
        if labels and index != asking:
            silent = self.semantics.silent
            text = " ".join(self._gather(one, True, one in silent, index) for one in labels)
            if plain(text):
                return text
        native = "" if self._decorative(index) else self._native(index, element)
        if plain(native):
            return native
        text = self._gather(index, True, hidden)
        return text if plain(text) else element.get("title")

    def _native(self, index: int, element: Element) -> str:
        """The name that HTML itself gives."""
        name = element.name
        attributes = element.attributes
        if name == "img" or name == "area":
            return attributes.get("alt", "")
        if name == "input":
            kind = element.get("type").strip().lower()
            if kind in _BUTTONS:
                value = attributes.get("value")
                # Browsers put in words of their own only where no value is given at all.
                return _BY_BROWSERS.get(kind, "") if value is None else value
            return attributes.get("alt", "") if kind == "image" else ""
        if name in _CAPTIONS:
            caption = self.child(index, _CAPTIONS[name])
            return "" if caption is None else self._gather(caption, False, caption in self.semantics.silent)
        if name == "optgroup" or (name == "option" and plain(element.get("label"))):
            return element.get("label")
        if name == "svg" or index in self.semantics.foreign:
            title = self.child(index, "title")
            return "" if title is None else self.document.text(title)
        return ""

    def child(self, index: int, name: str) -> int | None:
        """The first child of some name."""
        for one in self.document.children.get(index, ()):
            if isinstance(one, int) and self.elements[one].name == name:
                return one
        return None

    def _is_field(self, index: int, element: Element) -> bool:
        if element.name in _FIELDS:
            return element.get("type").strip().lower() not in (*_BUTTONS, *_NO_LABEL)
        return element.name in ("meter", "progress") or (
            "role" in element.attributes
            and self.semantics.explicit(index) in ("textbox", "searchbox", "combobox", "slider", "spinbutton")
        )

    def _value(self, index: int, element: Element) -> str:
        """What is filled in."""
        for name in ("aria-valuetext", "aria-valuenow"):
            if element.get(name):
                return element.get(name)
        if element.name == "input":
            kind = element.get("type").strip().lower()
            return "" if kind in ("checkbox", "radio", "password", "file") else element.get("value")
        if element.name in ("meter", "progress"):
            return element.get("value")
        if element.name == "select":
            return self._chosen(index)
        return self._gather(index, True, index in self.semantics.silent)

    def _chosen(self, index: int) -> str:
        first: int | None = None
        for one in self.document.descendants(index):
            self._left -= 1
            if isinstance(one, int) and self.elements[one].name == "option":
                if "selected" in self.elements[one].attributes:
                    return self.document.text(one)
                first = one if first is None else first
        return "" if first is None else self.document.text(first)

    def _gather(self, start: int, referenced: bool, hidden: bool, without: int = -1) -> str:
        """The text of an element for a name: what is hidden counts only where the element is hidden itself."""
        children = self.document.children
        elements = self.elements
        silent: Container[int] = () if hidden else self.semantics.silent
        out: list[str] = []
        # Where an element ends that needs another look, its place stands as a negative number.
        waiting: list[Node] = children.get(start, [])[::-1]
        opened: list[int] = []
        while waiting:
            self._left -= 1
            if self._left < 0:
                return UNKNOWN
            node = waiting.pop()
            if isinstance(node, Text):
                out.append(node.text)
                continue
            if node < 0:
                begun = opened.pop()
                element = elements[-node - 1]
                if "title" in element.attributes and not plain("".join(out[begun:])):
                    out.append(element.attributes["title"])
                out.append(" ")
                continue
            element = elements[node]
            name = element.name
            if name in _SILENT or node == without or (node in silent and name != "title"):
                continue
            attributes = element.attributes
            if attributes or name in _SPECIAL:
                own = self._part(node, element, referenced)
                if own is not None:
                    out.append(own)
                    continue
            block = name in _BLOCKS
            if block:
                out.append(" ")
            inner = children.get(node)
            if block or "title" in attributes:
                opened.append(len(out))
                waiting.append(-node - 1)
            if inner:
                waiting.extend(inner[::-1])
        return "".join(out)

    def _part(self, index: int, element: Element, referenced: bool) -> str | None:
        """What an element adds to a name instead of its content; None where its content counts."""
        attributes = element.attributes
        name = element.name
        if not referenced and "aria-labelledby" in attributes:
            text = self._referenced(index, attributes["aria-labelledby"])
            if plain(text):
                return f" {text} "
        if "aria-label" in attributes and plain(attributes["aria-label"]):
            return f" {attributes['aria-label']} "
        if name in ("img", "input"):
            if self._decorative(index) and name == "img":
                return ""
            text = self._native(index, element)
            if not plain(text) and self._is_field(index, element):
                text = self._value(index, element)
            return f" {text} " if plain(text) else f" {element.get('title')} "
        if self._is_field(index, element):
            return f" {self._value(index, element)} "
        if name == "svg":
            if self._decorative(index):
                return ""
            text = self._native(index, element)
            return f" {text} " if plain(text) else None
        return None

    @cached_property
    def labels(self) -> dict[int, list[int]]:
        """Field → the labels that belong to it."""
        labels = self.document.by_name.get("label")
        found: dict[int, list[int]] = {}
        if not labels:
            return found
        by_id = self.document.by_id
        for one, field in self._wrapped(labels).items():
            found.setdefault(field, []).append(one)
        for one in labels:
            name = self.elements[one].attributes.get("for")
            target = by_id.get(name) if name else None
            if target is not None and self.labelable(target):
                found.setdefault(target, []).append(one)
        for several in found.values():
            several.sort()
        return found

    def labelable(self, index: int) -> bool:
        """Whether a label can belong to an element."""
        element = self.elements[index]
        if element.name == "input":
            return element.get("type").strip().lower() != "hidden"
        # Elements that scripts define may be fields.
        return element.name in roles.LABELABLE or "-" in element.name

    @cached_property
    def around(self) -> Nearest:
        """For each element the label around it."""
        return self.semantics.nearest(frozenset(self.document.by_name.get("label", ())))

    def _wrapped(self, labels: list[int]) -> dict[int, int]:
        found: dict[int, int] = {}
        around = self.around
        fields: Iterable[int] = range(labels[0] + 1, len(self.elements))
        # Those in a template are known by their place alone.
        if "template" not in self.document.by_name:
            fields = sorted(one for name in roles.LABELABLE for one in self.document.by_name.get(name, ()))
        for index in fields:
            label = around[index]
            if label >= 0 and label not in found and "for" not in self.elements[label].attributes:
                element = self.elements[index]
                if element.name in roles.LABELABLE and self.labelable(index):
                    found[label] = index
        return found


@lru_cache(maxsize=1)
def names_of(document: Document) -> Names:
    """The names of a page, worked out once for all rules that ask while it is looked at."""
    return Names(document)
