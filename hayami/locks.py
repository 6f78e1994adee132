"""What the lock files pin, read with the standard library alone.

The locks are universal: one file for every system, whose lines may carry environment markers.
"""

from __future__ import annotations

import ast
import os
import platform
import re
import sys
from collections.abc import Mapping
from pathlib import Path

LOCKS = {
    "build": "requirements.lock",
    "links": "requirements-links.lock",
    "test": "requirements-test.lock",
}
"""What is needed for → lock. Each holds everything of those before it with the same versions."""


def serving(need: str) -> tuple[str, ...]:
    """The needs whose lock holds what ``need`` asks for, the smallest first.

    >>> serving("links")
    ('links', 'test')
    """
    needs = tuple(LOCKS)
    return needs[needs.index(need) :]


_REQUIREMENT = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?$")


def pinned(lock: Path) -> dict[str, str]:
    """Name → version of everything that a lock asks for on this system."""
    found = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        match = _REQUIREMENT.match(line)
        if match and (match[3] is None or holds(match[3])):
            found[canonical(match[1])] = match[2]
    return found


def canonical(name: str) -> str:
    """The one spelling of a package's name."""
    return re.sub(r"[-_.]+", "-", name).lower()


def marker_values() -> dict[str, str]:
    """Values of the environment markers that locks use."""
    return {
        "implementation_name": sys.implementation.name,
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_system": platform.system(),
        "python_full_version": platform.python_version(),
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "sys_platform": sys.platform,
    }


def holds(marker: str, values: Mapping[str, str] | None = None) -> bool:
    """Whether an environment marker holds here.

    A marker is a Boolean expression of comparisons between names and strings, which is also Python's
    own grammar; it is parsed as such and nothing is evaluated by Python.

    >>> holds("sys_platform == 'win32' and os_name == 'nt'", {"sys_platform": "linux", "os_name": "nt"})
    False
    """
    known = values if values is not None else marker_values()

    def value(node: ast.expr) -> str:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        if isinstance(node, ast.Name):
            return known[node.id]
        raise ValueError(marker)

    def truth(node: ast.expr) -> bool:
        if isinstance(node, ast.BoolOp):
            results = [truth(one) for one in node.values]
            return all(results) if isinstance(node.op, ast.And) else any(results)
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            versions = any(
                isinstance(one, ast.Name) and "version" in one.id for one in (node.left, node.comparators[0])
            )
            return _compare(node.ops[0], value(node.left), value(node.comparators[0]), versions)
        raise ValueError(marker)

    return truth(ast.parse(marker.strip(), mode="eval").body)


def _compare(operator: ast.cmpop, left: str, right: str, versions: bool) -> bool:
    if isinstance(operator, ast.In):
        return left in right
    if isinstance(operator, ast.NotIn):
        return left not in right
    if right.endswith(".*"):
        return f"{left}.".startswith(right[:-1]) is isinstance(operator, ast.Eq)
    one: str | tuple[int, ...] = left
    other: str | tuple[int, ...] = right
    if versions:
        one, other = _parts(left), _parts(right)
    results = {
        ast.Eq: one == other,
        ast.NotEq: one != other,
        ast.Lt: one < other,  # type: ignore[operator]
        ast.LtE: one <= other,  # type: ignore[operator]
        ast.Gt: one > other,  # type: ignore[operator]
        ast.GtE: one >= other,  # type: ignore[operator]
    }
    return results[type(operator)]


def _parts(version: str) -> tuple[int, ...]:
    """A version as numbers; zeros at the end say nothing: 3.13 is 3.13.0."""
    numbers = [int(part) for part in re.findall(r"\d+", version)]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)
