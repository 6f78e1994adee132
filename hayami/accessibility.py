"""What the accessibility statement shows: each criterion with who looked at it and what was found.

What programs look at comes from their own rules, what people found from ``accessibility.yaml``. A program never
judges a criterion as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from hayami import wcag
from hayami.audit import coverage
from hayami.schema.accessibility import Accessibility, Judgement, KnownFault, PersonTest, Program

How = Literal["person", "machine", "not-tested"]


@dataclass(frozen=True)
class Row:
    """One criterion."""

    criterion: wcag.Criterion
    machine: Mapping[str, tuple[str, ...]]
    """Program → its rules that look at the criterion in part."""
    test: PersonTest | None
    """The latest test in which a person judged it."""
    judgement: Judgement | None
    faults: tuple[KnownFault, ...]

    @property
    def how(self) -> How:
        """The most that was done: by a person, in part by a program, or nothing."""
        if self.test is not None:
            return "person"
        return "machine" if self.machine else "not-tested"

    @property
    def result(self) -> str:
        """``fail`` where a fault is known, else what the person found; ``not-judged`` where none did."""
        if self.faults:
            return "fail"
        return self.judgement.result if self.judgement else "not-judged"

    @property
    def rules(self) -> int:
        """How many rules of all programs look at it."""
        return sum(map(len, self.machine.values()))


def rows(stated: Accessibility) -> tuple[Row, ...]:
    """Every criterion that the site aims at, and any other that was judged or is known not to be met."""
    aims = wcag.LEVELS[: wcag.LEVELS.index(stated.level) + 1]
    further = {
        *stated.beyond,
        *(one.criterion for test in stated.tests for one in test.results),
        *(one.criterion for one in stated.faults),
    }
    return tuple(
        _row(stated, criterion)
        for criterion in wcag.CRITERIA.values()
        if criterion.level in aims or criterion.number in further
    )


def _row(stated: Accessibility, criterion: wcag.Criterion) -> Row:
    number = criterion.number
    judged = [(test, one) for test in stated.tests for one in test.results if one.criterion == number]
    test, judgement = max(judged, key=lambda pair: pair[0].date, default=(None, None))
    faults = tuple(one for one in stated.faults if one.criterion == number)
    return Row(criterion, coverage.covering(number, stated.programs), test, judgement, faults)


@dataclass(frozen=True)
class Count:
    """How far the criteria of one level were looked at; the three parts make up the whole."""

    level: wcag.Level
    whole: int
    person: int
    machine: int
    untested: int


def counts(shown: tuple[Row, ...]) -> tuple[Count, ...]:
    """For each level that has a row."""
    found = []
    for level in wcag.LEVELS:
        how = [row.how for row in shown if row.criterion.level == level]
        if how:
            found.append(
                Count(level, len(how), how.count("person"), how.count("machine"), how.count("not-tested"))
            )
    return tuple(found)


def rule_counts(stated: Accessibility) -> tuple[tuple[Program, int], ...]:
    """Each program that is run, and how many rules of it look at any criterion."""
    return tuple(
        (program, sum(1 for criteria in coverage.PROGRAMS[program].values() if criteria))
        for program in stated.programs
    )
