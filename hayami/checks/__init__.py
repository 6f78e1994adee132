"""Checks of the content: each module holds rules over the typed draft and returns problems.

A rule is a small function whose docstring states it. Adding one means: the function, its code with
words in :mod:`hayami.messages`, and a folder under ``tests/cases/``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from hayami.checks import (
    accessibility,
    aliases,
    booklet,
    changes,
    evidence,
    gaps,
    parity,
    places,
    references,
    thesaurus,
    vocabulary,
    waivers,
    wording,
    years,
)
from hayami.problems import Problem
from hayami.schema.strings import Strings
from hayami.validate import Draft


def run(
    draft: Draft,
    today: date,
    source_pages: Path | None = None,
    builtin: Mapping[str, Strings] | None = None,
) -> tuple[Problem, ...]:
    """All checks of the content.

    ``today`` is the day on which waivers are judged; ``source_pages`` holds the page texts ``pNN.txt``, when at hand; ``builtin`` the strings that the
    generator brings, by language.
    """
    problems = [
        *references.check(draft),
        *vocabulary.check(draft),
        *wording.check(draft),
        *evidence.check(draft),
        *gaps.check(draft),
        *aliases.check(draft),
        *parity.check(draft, builtin or {}),
        *thesaurus.check(draft),
        *places.check(draft),
        *years.check(draft),
        *accessibility.check(draft),
        *(waivers.check(draft.waivers, today) if draft.waivers is not None else ()),
        *changes.check(draft),
        *changes.check_national(draft),
        *booklet.check(draft),
    ]
    if source_pages is not None:
        problems += evidence.check_against_pages(draft, source_pages)
    return tuple(problems)
