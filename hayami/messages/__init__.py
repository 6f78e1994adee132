"""Every problem code with its words: what is wrong, what to do, and why the rule exists.

``{name}`` is filled from :attr:`hayami.problems.Problem.values`. Each code has a folder
``tests/cases/<code>/``; a test fails when one is missing. ``python3 build.py explain CODE`` prints
all three.
"""

from __future__ import annotations

from collections.abc import Mapping

from hayami.messages import changes, evidence, files, references, tables, values, words, yaml
from hayami.messages.message import PAGES, PAGES_OF_TWO, Message
from hayami.messages.values import EXPECTED

__all__ = ["EXPECTED", "MESSAGES", "PAGES", "PAGES_OF_TWO", "Message"]

MESSAGES: Mapping[str, Message] = {
    **files.MESSAGES,
    **yaml.MESSAGES,
    **values.MESSAGES,
    **references.MESSAGES,
    **words.MESSAGES,
    **evidence.MESSAGES,
    **changes.MESSAGES,
    **tables.MESSAGES,
}
"""Code → its words."""
