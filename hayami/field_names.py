"""Names of the fields of a content file, as tables and lists of changes write them: ``offers[grant].amounts[1].yen``.

An entry of a list is named by its ``id`` where that tells it from its neighbours, else by its number from 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from hayami.yamltree import Mapping, Node, Scalar, Sequence

Path = tuple[str | int, ...]

_PART = re.compile(r"\.?([^.\[\]]+)|\[([^\[\]]+)\]")


def leaves(node: Node) -> Iterator[tuple[str, Path, Scalar]]:
    """Every value of a tree: its name, its path, itself; in the order of the file."""
    stack: list[tuple[str, Path, Node]] = [("", (), node)]
    while stack:
        name, path, here = stack.pop()
        if isinstance(here, Scalar):
            yield name, path, here
        else:
            stack += [
                (name + part, (*path, key), below) for part, key, below in reversed(list(_children(here)))
            ]


def _children(node: Mapping | Sequence) -> Iterator[tuple[str, str | int, Node]]:
    """Name, key and value of what stands right below a node."""
    if isinstance(node, Mapping):
        # The dot before the first name is taken away by whoever reads the whole.
        for key, value in node.entries:
            yield f".{key.text}", key.text, value
        return
    ids = [_id(item) for item in node.items]
    for index, item in enumerate(node.items):
        own = ids[index]
        # An id of digits would read like a number.
        named = own is not None and not own.isdecimal() and ids.count(own) == 1
        yield f"[{own if named else index + 1}]", index, item


def _id(node: Node) -> str | None:
    found = node.get("id") if isinstance(node, Mapping) else None
    return found.text if isinstance(found, Scalar) else None


def named(node: Node) -> dict[str, tuple[Path, Scalar]]:
    """Name → path and value, of every value of a tree."""
    return {name.removeprefix("."): (path, scalar) for name, path, scalar in leaves(node)}


def find(node: Node, name: str) -> Node | None:
    """The value, entry or part of that name; None where there is none."""
    if _PART.sub("", name):
        return None
    for match in _PART.finditer(name):
        part = f".{match[1]}" if match[1] is not None else match[0]
        if isinstance(node, Scalar):
            return None
        below = next((value for label, _, value in _children(node) if label == part), None)
        if below is None:
            return None
        node = below
    return node


def every(node: Node) -> Iterator[str]:
    """Names of all values, entries and parts of a tree, for suggestions."""
    stack: list[tuple[str, Node]] = [("", node)]
    while stack:
        name, here = stack.pop()
        if name:
            yield name.removeprefix(".")
        if not isinstance(here, Scalar):
            stack += [(name + part, below) for part, _, below in _children(here)]
