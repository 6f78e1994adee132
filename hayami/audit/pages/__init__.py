"""Rules on single pages. Each module holds ``RULES``, what they say, and ``check``, which looks at one page."""

from __future__ import annotations

from typing import Protocol

from hayami.audit.page import Element, Text


class Report(Protocol):
    """Takes what is wrong. The place is an element or a piece of text, None for the page as a whole."""

    def __call__(
        self, rule: str, place: Element | Text | None, target: str = "", detail: str = ""
    ) -> None: ...


def at(text: Text, offset: int) -> Text:
    """A piece of text from an offset on, which has a line and a column of its own.

    >>> at(Text("ab\\ncd", 3, 7, -1, 0), 4)
    Text(text='d', line=4, column=2, parent=-1, before=0)
    """
    passed = text.text[:offset]
    lines = passed.count("\n")
    column = len(passed) - passed.rfind("\n") if lines else text.column + len(passed)
    return Text(text.text[offset:], text.line + lines, column, text.parent, text.before)
