"""A page as a tree: what stands in what, what is shown, and its text. All rules on pages ask this."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from functools import cached_property

from hayami.audit.page import Element, Page, Text

Node = int | Text
"""An element, by its place in ``elements``, or a piece of text."""


class Document:
    """The elements of a page with their order and nesting. Elements are named by their place in ``elements``."""

    def __init__(self, page: Page, whole: bool = True) -> None:
        self.page = page
        self.elements = page.elements
        self.by_name = page.by_name
        """Name → its elements that are part of the page."""
        self.by_attribute = page.by_attribute
        """Attribute → the elements that carry it and are part of the page."""
        self.whole = whole
        """Whether it is a page rather than a piece of one."""

    @cached_property
    def children(self) -> dict[int, list[Node]]:
        """Element (-1 for the page) → what stands in it, in order. Elements without content are left out."""
        found: defaultdict[int, list[Node]] = defaultdict(list)
        elements, index = self.elements, 0
        for text in self.page.texts:
            for one in range(index, text.before):
                found[elements[one].parent].append(one)
            index = text.before
            found[text.parent].append(text)
        for one in range(index, len(elements)):
            found[elements[one].parent].append(one)
        return dict(found)

    @cached_property
    def worded(self) -> list[Text]:
        """Texts that are more than spaces, in order."""
        return [one for one in self.page.texts if not one.text.isspace()]

    @cached_property
    def by_id(self) -> dict[str, int]:
        """Id → the first element that carries it."""
        found: dict[str, int] = {}
        for index in self.by_attribute.get("id", ()):
            name = self.elements[index].attributes["id"]
            if name:
                found.setdefault(name, index)
        return found

    def named(self, *names: str) -> Iterator[tuple[int, Element]]:
        """Elements of some names that are part of the page, in order."""
        some = [index for name in names for index in self.by_name.get(name, ())]
        for index in sorted(some) if len(names) > 1 else some:
            yield index, self.elements[index]

    def ancestors(self, index: int) -> Iterator[int]:
        """The elements around one, innermost first."""
        parent = self.elements[index].parent
        while parent >= 0:
            yield parent
            parent = self.elements[parent].parent

    def within(self, index: int, *names: str) -> int | None:
        """The innermost element around one that has one of some names."""
        return next((one for one in self.ancestors(index) if self.elements[one].name in names), None)

    def descendants(self, index: int) -> Iterator[Node]:
        """Everything within an element, in order."""
        # Not by calling itself: pages may be nested as deep as anybody likes.
        waiting = list(reversed(self.children.get(index, ())))
        while waiting:
            one = waiting.pop()
            yield one
            if isinstance(one, int):
                waiting.extend(reversed(self.children.get(one, ())))

    def text(self, index: int) -> str:
        """All text within an element as it is written, hidden or not."""
        return "".join(one.text for one in self.descendants(index) if isinstance(one, Text))

    @cached_property
    def hidden(self) -> frozenset[int]:
        """Elements that no one is shown, and what is in them.

        ``hidden``, closed, told so by their own ``style``, or by a class that a sheet of the page hides.
        """
        # What stands in ``<template>`` is hidden along with it.
        held = {index for name in _NEVER_SHOWN for index in self.by_name.get(name, ())}
        held.update(index for index, one in self.named("dialog") if "open" not in one.attributes)
        for name in ("hidden", "type", "style"):
            held.update(
                index for index in self.by_attribute.get(name, ()) if _is_hidden(self.elements[index])
            )
        classes = self._hiding_classes()
        for index in self.by_attribute.get("class", ()) if classes else ():
            if not classes.isdisjoint(self.elements[index].attributes["class"].split()):
                held.add(index)
        return self.parts(held)

    def parts(self, held: Collection[int]) -> frozenset[int]:
        """Some elements and everything in them."""
        found: set[int] = set()
        elements, end = self.elements, 0
        for index in sorted(held):
            if index < end:
                continue
            # What stands in an element follows it without a gap.
            end = index + 1
            while end < len(elements) and elements[end].parent >= index:
                end += 1
            found.update(range(index, end))
        return frozenset(found)

    def _hiding_classes(self) -> frozenset[str]:
        """Classes that the ``<style>`` elements hide whatever the window, and never show again."""
        styles = set(self.by_name.get("style", ())) if "style" in self.by_name else set()
        css = "\n".join(one.text for one in self.page.texts if one.parent in styles) if styles else ""
        if "none" not in css and "hidden" not in css:
            return frozenset()
        hiding: set[str] = set()
        showing: set[str] = set()
        bare = _COMMENT.sub("", css)
        for selectors, declared in _PLAIN_RULE.findall(_IN_MEDIA.sub("", bare)):
            if _HIDES.search(declared):
                hiding.update(name for one in selectors.split(",") for name in _ONE_CLASS.findall(one))
        for selectors, declared in _PLAIN_RULE.findall(bare):
            if _SHOWS.search(declared):
                showing.update(_CLASS.findall(selectors))
        return frozenset(hiding - showing)

    @cached_property
    def unspoken(self) -> frozenset[int]:
        """Elements that assistive technology is not told of: hidden ones, and those with ``aria-hidden``."""
        held = [
            index
            for index in self.by_attribute.get("aria-hidden", ())
            if self.elements[index].attributes["aria-hidden"].strip().lower() == "true"
        ]
        return self.hidden | self.parts(held)

    @cached_property
    def languages(self) -> list[str]:
        """For each element the language that it inherits or has, in small letters; empty where none is known."""
        found: list[str] = []
        for element in self.elements:
            attributes = element.attributes
            if attributes and ("lang" in attributes or "xml:lang" in attributes):
                found.append(attributes.get("lang", attributes.get("xml:lang", "")).strip().lower())
            else:
                found.append(found[element.parent] if element.parent >= 0 else "")
        return found


_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_IN_MEDIA = re.compile(r"@[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_PLAIN_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_HIDES = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)\b", re.IGNORECASE)
_SHOWS = re.compile(r"(?:^|;)\s*(?:display\s*:(?!\s*none)|visibility\s*:\s*visible)", re.IGNORECASE)
_ONE_CLASS = re.compile(r"^\s*[a-z0-9]*\.([\w-]+)\s*$")
_CLASS = re.compile(r"\.([\w-]+)")
_NEVER_SHOWN = frozenset(
    ("head", "script", "style", "template", "noscript", "datalist", "title", "meta", "link")
)


def _is_hidden(element: Element) -> bool:
    """Whether its attributes hide an element."""
    if "hidden" in element.attributes and element.get("hidden").lower() != "until-found":
        return True
    if element.name == "input" and element.get("type").lower() == "hidden":
        return True
    if "style" not in element.attributes:
        return False
    style = "".join(element.get("style").lower().split())
    return "display:none" in style or "visibility:hidden" in style
