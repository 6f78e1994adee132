"""What the elements of a page are: their roles, and which of them take the focus."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import cached_property

from hayami.audit.document import Document
from hayami.audit.page import Element
from hayami.audit.pages import roles

_INTEGER = re.compile(r"\s*([+-]?[0-9]{1,9})")
_SECTIONS = frozenset(("article", "aside", "main", "nav", "section"))
_SECTION_ROLES = frozenset(("article", "complementary", "main", "navigation", "region"))
_NAMING = ("aria-label", "aria-labelledby")
_CELLS = frozenset(("td", "th", "tr", "thead", "tbody", "tfoot"))
_NATIVE = frozenset(("button", "select", "textarea", "summary"))
_MAY_FOCUS = ("a", "area", "audio", "button", "input", "select", "summary", "textarea", "video")
_DISABLED = frozenset(("button", "select", "textarea", "input", "fieldset"))


def integer(value: str) -> int | None:
    """The number at the start of a value, as HTML reads numbers.

    >>> integer(" -1"), integer("2x"), integer("x")
    (-1, 2, None)
    """
    found = _INTEGER.match(value)
    return int(found[1]) if found else None


class Nearest:
    """For each element the innermost of some elements around it, -1 for none. Looked for when it is asked for."""

    def __init__(self, elements: Sequence[Element], wanted: Collection[int]) -> None:
        self._elements = elements
        self._wanted = wanted
        self._known: dict[int, int] = {-1: -1}

    def __getitem__(self, index: int) -> int:
        if not self._wanted:
            return -1
        # What is learned on the way up is kept: pages may be nested as deep as anybody likes.
        known, passed = self._known, []
        while index not in known:
            passed.append(index)
            index = self._elements[index].parent
            if index in self._wanted:
                found = index
                break
        else:
            found = known[index]
        for one in passed:
            known[one] = found
        return found


class Semantics:
    """Roles and focus of the elements of one page, worked out as they are asked for."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.elements = document.elements
        self._roles: dict[int, str] = {}

    @property
    def by_attribute(self) -> dict[str, list[int]]:
        """Attribute → the elements that carry it and are part of the page."""
        return self.document.by_attribute

    @cached_property
    def inert(self) -> frozenset[int]:
        """What the attribute ``inert`` takes from everybody's reach."""
        held = self.by_attribute.get("inert")
        return self.document.parts(held) if held else frozenset()

    @cached_property
    def silent(self) -> frozenset[int]:
        """Elements that assistive technology is not told of."""
        return self.document.unspoken | self.inert if self.inert else self.document.unspoken

    @cached_property
    def candidates(self) -> list[int]:
        """Elements that may take the focus, in order."""
        found = {index for name in _MAY_FOCUS for index in self.document.by_name.get(name, ())}
        for name in ("tabindex", "contenteditable"):
            found.update(self.by_attribute.get(name, ()))
        return sorted(found)

    def nearest(self, wanted: Collection[int]) -> Nearest:
        """For each element the innermost of some elements around it, -1 for none."""
        return Nearest(self.elements, wanted)

    @cached_property
    def foreign(self) -> frozenset[int]:
        """Drawings and what is in them."""
        drawings = self.document.by_name.get("svg")
        return self.document.parts(drawings) if drawings else frozenset()

    @cached_property
    def _switched_off(self) -> frozenset[int]:
        """What a disabled group of fields switches off: all but its heading."""
        groups = frozenset(
            index
            for index in self.by_attribute.get("disabled", ())
            if self.elements[index].name == "fieldset"
        )
        if not groups:
            return groups
        found: set[int] = set()
        headed: set[int] = set()
        for index, element in enumerate(self.elements):
            parent = element.parent
            if parent in groups and element.name == "legend" and parent not in headed:
                headed.add(parent)
                if parent in found:
                    found.add(index)
            elif parent in groups or parent in found:
                found.add(index)
        return frozenset(found)

    def disabled(self, index: int) -> bool:
        """Whether a field is switched off, by itself or by the group that it is in."""
        element = self.elements[index]
        if element.name not in _DISABLED:
            return False
        return "disabled" in element.attributes or index in self._switched_off

    def focusable(self, index: int) -> bool:
        """Whether an element takes the focus, be it by a script only."""
        element = self.elements[index]
        if self.disabled(index):
            return False
        if "tabindex" in element.attributes and integer(element.attributes["tabindex"]) is not None:
            return True
        return self.operable(index)

    def tabbable(self, index: int) -> bool:
        """Whether the keyboard reaches an element."""
        given = integer(self.elements[index].get("tabindex"))
        return self.focusable(index) and (given is None or given >= 0)

    def operable(self, index: int) -> bool:
        """Whether browsers let people operate an element with no help of scripts."""
        element = self.elements[index]
        name = element.name
        attributes = element.attributes
        if name in ("a", "area"):
            return "href" in attributes or ("xlink:href" in attributes and index in self.foreign)
        if name == "input":
            return element.get("type").strip().lower() != "hidden" and not self.disabled(index)
        if name == "summary":
            return self.opens(index)
        if name in _NATIVE:
            return not self.disabled(index)
        if name in ("audio", "video"):
            return "controls" in attributes
        # Ancestors that are edited make their children so too, but the focus goes to the outermost.
        return "contenteditable" in attributes and attributes["contenteditable"].strip().lower() in (
            *("", "true"),
            "plaintext-only",
        )

    def opens(self, index: int) -> bool:
        """Whether a ``summary`` is the one that opens the details around it."""
        parent = self.elements[index].parent
        if parent < 0 or self.elements[parent].name != "details":
            return False
        return self._openers.get(parent) == index

    @cached_property
    def _openers(self) -> dict[int, int]:
        """Element → the first summary that is its child."""
        found: dict[int, int] = {}
        for index in self.document.by_name.get("summary", ()):
            found.setdefault(self.elements[index].parent, index)
        return found

    def explicit(self, index: int) -> str:
        """The first role of the attribute that there is."""
        given = self.elements[index].attributes.get("role")
        if not given:
            return ""
        return next((one for one in given.lower().split() if one in roles.ROLES), "")

    def role(self, index: int) -> str:
        """The role that assistive technology is told; ``none`` for none at all, empty for an unnamed one."""
        if index not in self._roles:
            # What the role of a part depends on stands around it, never in it.
            self._roles[index] = ""
            self._roles[index] = self._role(index)
        return self._roles[index]

    def _role(self, index: int) -> str:
        given = self.explicit(index)
        if given in roles.PRESENTATIONAL and not self.insists(index):
            return "none"
        if given and given not in roles.PRESENTATIONAL:
            return "img" if given == "image" else given
        return self.implicit(index)

    def insists(self, index: int) -> bool:
        """Whether a role of none is not heeded, because the element takes the focus or has a name."""
        attributes = self.elements[index].attributes
        for name, value in attributes.items():
            if name[:5] == "aria-" and name in roles.GLOBAL and name != "aria-hidden" and value.strip():
                return True
        return self.focusable(index)

    def implicit(self, index: int) -> str:
        """The role that an element has by itself."""
        name = self.elements[index].name
        if name in roles.IMPLICIT:
            return roles.IMPLICIT[name]
        depends = _DEPENDS.get(name)
        return depends(self, index) if depends else ""

    def _link(self, index: int) -> str:
        return "link" if self.operable(index) else ""

    def _image(self, index: int) -> str:
        attributes = self.elements[index].attributes
        if "alt" in attributes and not attributes["alt"] and not self.insists(index):
            return "none"
        return "img"

    def _input(self, index: int) -> str:
        element = self.elements[index]
        kind = element.get("type").strip().lower() or "text"
        given = roles.INPUT_ROLES.get(kind, "textbox")
        if element.attributes.get("list") and given in ("textbox", "searchbox"):
            return "combobox"
        return given

    def _select(self, index: int) -> str:
        element = self.elements[index]
        size = integer(element.get("size")) or 0
        return "listbox" if "multiple" in element.attributes or size > 1 else "combobox"

    def _item(self, index: int) -> str:
        parent = self.elements[index].parent
        return "listitem" if parent >= 0 and self.role(parent) == "list" else ""

    def _section(self, index: int) -> str:
        return "region" if self.named(self.elements[index]) else ""

    def _form(self, index: int) -> str:
        return "form" if self.named(self.elements[index]) else ""

    def named(self, element: Element) -> bool:
        """Whether an element tries to have a name of its own."""
        return any(element.get(name).strip() for name in (*_NAMING, "title"))

    def _aside(self, index: int) -> str:
        around = self._sections[index]
        inner = around >= 0 and self.elements[around].name != "main"
        return "" if inner and not self.named(self.elements[index]) else "complementary"

    def _header(self, index: int) -> str:
        return "" if self._sections[index] >= 0 else "banner"

    def _footer(self, index: int) -> str:
        return "" if self._sections[index] >= 0 else "contentinfo"

    @cached_property
    def _sections(self) -> Nearest:
        """For each element the section around it, which makes its header and footer no landmarks."""
        found = {index for name in _SECTIONS for index in self.document.by_name.get(name, ())}
        found.update(
            index for index in self.by_attribute.get("role", ()) if self.explicit(index) in _SECTION_ROLES
        )
        return self.nearest(found)

    @cached_property
    def tables(self) -> Nearest:
        """For each element the table around it."""
        return self.nearest(frozenset(self.document.by_name.get("table", ())))

    def _cell(self, index: int) -> str:
        element = self.elements[index]
        table = self.tables[index]
        around = self.role(table) if table >= 0 else ""
        if around == "none":
            return "none"
        if around not in ("table", "grid", "treegrid"):
            return ""
        if element.name == "tr":
            return "row"
        if element.name == "td":
            return "cell" if around == "table" else "gridcell"
        if element.name == "th":
            return (
                "rowheader" if element.get("scope").strip().lower() in ("row", "rowgroup") else "columnheader"
            )
        return "rowgroup"


_DEPENDS: Mapping[str, Callable[[Semantics, int], str]] = {
    "a": Semantics._link,
    "area": Semantics._link,
    "aside": Semantics._aside,
    "footer": Semantics._footer,
    "form": Semantics._form,
    "header": Semantics._header,
    "img": Semantics._image,
    "input": Semantics._input,
    "li": Semantics._item,
    "section": Semantics._section,
    "select": Semantics._select,
    **dict.fromkeys(_CELLS, Semantics._cell),
}
