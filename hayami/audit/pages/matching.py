"""Whether an element is one that a selector means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from hayami.audit.document import Document
from hayami.audit.pages.css import Attribute, Compound, Pseudo, Selector


class Node(Protocol):
    """What selectors ask of an element by itself, and of those around it."""

    @property
    def name(self) -> str: ...
    @property
    def id(self) -> str: ...
    @property
    def classes(self) -> frozenset[str]: ...
    @property
    def attributes(self) -> Mapping[str, str]: ...
    @property
    def language(self) -> str: ...
    @property
    def parent(self) -> Node | None: ...


_NOBODY: frozenset[str] = frozenset()
_WITHIN = frozenset({"focus-within"})
CONTROLS = frozenset(("input", "button", "select", "textarea", "option", "optgroup", "fieldset"))
FARTHEST = 300
"""How many elements around or before one are looked at."""


class Places:
    """How the elements of a page stand beside one another. What nobody asks for is not computed."""

    def __init__(self, document: Document, nodes: Sequence[Node]) -> None:
        self.document = document
        self.nodes = nodes
        self.answers: dict[tuple[int, int], dict[int, bool]] = {}
        """Selector and part → element → whether what stands left of it is true."""
        self._rows: dict[int, dict[int, int]] = {}
        self._lists: dict[int, list[int]] = {}
        self._types: dict[int, dict[int, tuple[int, int]]] = {}

    def _row(self, index: int) -> tuple[list[int], int]:
        """The elements beside one, and its place among them."""
        parent = self.document.elements[index].parent
        if parent not in self._rows:
            beside = [one for one in self.document.children.get(parent, ()) if isinstance(one, int)]
            self._lists[parent] = beside
            self._rows[parent] = {one: place for place, one in enumerate(beside)}
        return self._lists[parent], self._rows[parent][index]

    def nth(self, index: int) -> tuple[int, int]:
        """Its place from the start and from the end, from 1."""
        beside, place = self._row(index)
        return place + 1, len(beside) - place

    def nth_of_type(self, index: int) -> tuple[int, int]:
        """The same among elements of its name."""
        beside, _ = self._row(index)
        parent = self.document.elements[index].parent
        if parent not in self._types:
            by_name: dict[str, list[int]] = {}
            for one in beside:
                by_name.setdefault(self.document.elements[one].name, []).append(one)
            self._types[parent] = {
                one: (place + 1, len(some) - place)
                for some in by_name.values()
                for place, one in enumerate(some)
            }
        return self._types[parent][index]

    def previous(self, index: int) -> int:
        """The element before one; -1 for none."""
        beside, place = self._row(index)
        return beside[place - 1] if place else -1

    def is_empty(self, index: int) -> bool:
        """Whether nothing stands in it."""
        return not self.document.children.get(index)


def matches(
    selector: Selector, node: Node, index: int, places: Places | None, state: frozenset[str] = _NOBODY
) -> bool:
    """Whether an element is one that a selector means.

    Without ``places`` only the look counts, and what a selector says about elements beside it is taken to be
    true. ``state`` is what the element itself has, such as ``focus``.
    """
    first, *others = selector.compounds
    if not meets(first, node, index, places, state):
        return False
    if not others:
        return True
    if places is not None:
        return _holds(selector, 1, node, index, places)
    state = state & _WITHIN
    current = [node]
    for combinator, compound in zip(selector.combinators, others, strict=True):
        if combinator in "+~":
            # What stands beside it stands within the same elements.
            continue
        found: list[Node] = []
        seen: set[int] = set()
        for one in current:
            for _ in range(FARTHEST if combinator == " " else 1):
                if one.parent is None or id(one.parent) in seen:
                    break
                one = one.parent
                seen.add(id(one))
                if meets(compound, one, -1, None, state):
                    found.append(one)
        if not found:
            return False
        current = found
    return True


def _holds(selector: Selector, place: int, node: Node, index: int, places: Places) -> bool:
    """Whether what stands left of a part of a selector is true of a page, seen from an element.

    Answers are kept: of many elements beside one another each would ask about all before it.
    """
    combinator = selector.combinators[place - 1]
    compound = selector.compounds[place]
    last = place + 1 == len(selector.compounds)
    answers = places.answers.setdefault((id(selector), place), {})
    passed: list[int] = []
    found = False
    for _ in range(FARTHEST if combinator in " ~" else 1):
        if index >= 0:
            if index in answers:
                found = answers[index]
                break
            passed.append(index)
        if combinator in "+~":
            index = places.previous(index) if index >= 0 else -1
            if index < 0:
                break
            node = places.nodes[index]
        else:
            if node.parent is None:
                break
            index = _up(node.parent, index, places)
            node = node.parent
        if meets(compound, node, index, places) and (
            last or _holds(selector, place + 1, node, index, places)
        ):
            found = True
            break
    for one in passed:
        answers[one] = found
    return found


def _up(parent: Node, index: int, places: Places) -> int:
    """The element around one.

    Elements that a file does not write but browsers add, such as ``body``, have no place; a number below
    zero then keeps where their parent is.
    """
    around = places.document.elements[index].parent if index >= 0 else -index - 2
    return around if around >= 0 and places.nodes[around] is parent else -around - 2


def meets(
    compound: Compound, node: Node, index: int, places: Places | None, state: frozenset[str] = _NOBODY
) -> bool:
    """Whether all is true of an element that a part of a selector says."""
    if not fits(compound, node):
        return False
    return not compound.pseudos or all(_pseudo(one, node, index, places, state) for one in compound.pseudos)


def fits(compound: Compound, node: Node) -> bool:
    """The same without its pseudo-classes."""
    if compound.name and compound.name != node.name:
        return False
    if compound.classes and not compound.classes <= node.classes:
        return False
    if compound.ids and any(one != node.id for one in compound.ids):
        return False
    return not compound.attributes or all(passes(one, node.attributes) for one in compound.attributes)


def passes(wanted: Attribute, attributes: Mapping[str, str]) -> bool:
    """Whether attributes are as a selector wants them."""
    value = attributes.get(wanted.name)
    if value is None or not wanted.operator:
        return value is not None
    if wanted.any_case:
        value = value.lower()
    told = wanted.value
    match wanted.operator:
        case "=":
            return value == told
        case "~=":
            return told in value.split()
        case "|=":
            return value == told or value.startswith(told + "-")
        case "^=":
            return bool(told) and value.startswith(told)
        case "$=":
            return bool(told) and value.endswith(told)
        case _:
            return bool(told) and told in value


def _pseudo(pseudo: Pseudo, node: Node, index: int, places: Places | None, state: frozenset[str]) -> bool:
    name = pseudo.name
    if name in ("is", "where"):
        return any(matches(one, node, index, places, state) for one in pseudo.selectors)
    if name == "not":
        # What cannot be told does not exclude it.
        return not any(
            one.sure and (one.chain or places is not None) and matches(one, node, index, places, state)
            for one in pseudo.selectors
        )
    if name == "root":
        return node.parent is None
    if name in ("disabled", "enabled"):
        return node.name in CONTROLS and ("disabled" in node.attributes) is (name == "disabled")
    if name in ("link", "any-link"):
        return node.name in ("a", "area") and "href" in node.attributes
    if name in ("checked", "required", "open"):
        return name in node.attributes
    if name == "optional":
        return node.name in CONTROLS and "required" not in node.attributes
    if name == "lang":
        return any(node.language == one or node.language.startswith(one + "-") for one in pseudo.words)
    if name in ("defined", "unknown"):
        return True
    if name == "never":
        return False
    if name == "empty" or name.endswith(("child", "of-type")):
        return places is None or (index >= 0 and _position(pseudo, index, places))
    return name in state


def _position(pseudo: Pseudo, index: int, places: Places) -> bool:
    name = pseudo.name
    if name == "empty":
        return places.is_empty(index)
    start, end = places.nth_of_type(index) if name.endswith("of-type") else places.nth(index)
    if name.startswith("only"):
        return start == end == 1
    if name.startswith("first"):
        return start == 1
    if name.startswith("last"):
        return end == 1
    each, rest = pseudo.step
    ahead = (end if "last" in name else start) - rest
    return ahead == 0 if each == 0 else ahead % each == 0 and ahead // each >= 0
