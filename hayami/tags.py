"""Finished HTML, piece by piece. Our own templates write it, so tags are read by pattern."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

State = TypeVar("State")

_TAG = re.compile(r"(<!--.*?-->|<[^>]*>)", re.DOTALL)
_NAME = re.compile(r"</?\s*([a-z][a-z0-9-]*)", re.IGNORECASE)
_LANGUAGE = re.compile(r'\slang="([^"]*)"')
_VOID = frozenset({"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"})


def pieces(
    html: str, state: State, enter: Callable[[str, str, State], State]
) -> Iterator[tuple[str, State | None]]:
    """Every tag (with None) and every text (with the state of the element around it), in order.

    ``enter(name, tag, state)`` gives the state within an element from that of the one around it.

    >>> list(pieces("<p>a<b>c</b></p>", "", lambda name, tag, state: state + name))
    [('<p>', None), ('a', 'p'), ('<b>', None), ('c', 'pb'), ('</b>', None), ('</p>', None)]
    """
    stack: list[tuple[str, State]] = [("", state)]
    for piece in _TAG.split(html):
        if not piece.startswith("<"):
            if piece:
                yield piece, stack[-1][1]
            continue
        yield piece, None
        name = _NAME.match(piece)
        if name is None:
            continue
        element = name[1].lower()
        if piece.startswith("</"):
            while len(stack) > 1 and stack.pop()[0] != element:
                pass
        elif element not in _VOID and not piece.endswith("/>"):
            stack.append((element, enter(element, piece, stack[-1][1])))


def language(tag: str) -> str | None:
    """The language that a tag gives to what is in it, if it gives one."""
    told = _LANGUAGE.search(tag)
    return told[1] if told else None
