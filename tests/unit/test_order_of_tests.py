"""The longest tests of a run come first, so that no process waits for one at its end."""

from __future__ import annotations

import ast

import pytest

from tests import conftest


@pytest.mark.parametrize("name", conftest.LONGEST)
def test_the_longest_tests_are_there(name: str) -> None:
    """A test that was renamed would silently come late."""
    file, _, function = name.partition("::")
    tree = ast.parse((conftest.PROJECT / file).read_text(encoding="utf-8"))
    assert function in {one.name for one in tree.body if isinstance(one, ast.FunctionDef)}


def test_they_come_first(request: pytest.FixtureRequest) -> None:
    names = [item.nodeid.partition("[")[0] for item in request.session.items]
    ranks = [conftest.LONGEST.index(one) for one in names if one in conftest.LONGEST]
    assert ranks == sorted(ranks)
    assert not any(one in conftest.LONGEST for one in names[len(ranks) :])
