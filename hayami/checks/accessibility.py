"""The accessibility statement speaks of criteria that exist, of days that have been, and contradicts itself nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from hayami import wcag
from hayami.audit.rules import RULES
from hayami.problems import Problem, nearest
from hayami.schema.accessibility import Accessibility
from hayami.schema.waivers import WaiverList
from hayami.schema.walk import Path
from hayami.validate import Draft, Typed


def check(draft: Draft) -> Iterator[Problem]:
    """All rules of this module; a catalogue without a statement breaks none."""
    typed = draft.accessibility
    if typed is None:
        return
    yield from criteria_exist(typed)
    yield from tests_judge_something(typed)
    yield from nothing_stands_twice(typed)
    yield from days_have_been(typed)
    yield from tests_are_recent(typed)
    yield from faults_fit_results(typed)
    if draft.waivers is not None:
        yield from waived_faults_are_told(typed, draft.waivers)


def _criteria(statement: Accessibility) -> Iterator[tuple[Path, str]]:
    yield from ((("beyond", index), number) for index, number in enumerate(statement.beyond))
    for at, test in enumerate(statement.tests):
        for index, one in enumerate(test.results):
            yield ("tests", at, "results", index, "criterion"), one.criterion
    for at, fault in enumerate(statement.faults):
        yield ("faults", at, "criterion"), fault.criterion


def criteria_exist(typed: Typed) -> Iterator[Problem]:
    """Every number is that of a success criterion of WCAG 2.2."""
    for path, number in _criteria(typed.value):
        if number not in wcag.CRITERIA:
            near = nearest(number, wcag.CRITERIA)
            yield Problem(typed.place(path), "unknown-criterion", {"criterion": number}, near)


def tests_judge_something(typed: Typed) -> Iterator[Problem]:
    """A test by a person has at least one result."""
    statement: Accessibility = typed.value
    for at, test in enumerate(statement.tests):
        if not test.results:
            values = dict.fromkeys(("form_ja", "form_en", "found_ja", "found_en"), "")
            values |= {
                "key": "results",
                "absent_ja": "この項目は、なくせません。",
                "absent_en": "It cannot be left out.",
            }
            yield Problem(typed.place(("tests", at, "results")), "empty-value", values)


def nothing_stands_twice(typed: Typed) -> Iterator[Problem]:
    """Tests and faults have ids of their own, a test judges a criterion once, and an aim or a program is named once."""
    statement: Accessibility = typed.value
    lists: list[list[tuple[Path, str]]] = [
        [(("beyond", index), number) for index, number in enumerate(statement.beyond)],
        [(("programs", index), program) for index, program in enumerate(statement.programs)],
        [(("tests", index, "id"), test.id) for index, test in enumerate(statement.tests)],
        [(("faults", index, "id"), fault.id) for index, fault in enumerate(statement.faults)],
    ]
    for at, test in enumerate(statement.tests):
        lists.append(
            [
                (("tests", at, "results", index, "criterion"), one.criterion)
                for index, one in enumerate(test.results)
            ]
        )
    for named in lists:
        seen: set[str] = set()
        for path, name in named:
            if name in seen:
                yield Problem(typed.place(path), "duplicate-id", {"id": name})
            seen.add(name)


def _days(statement: Accessibility) -> Iterable[tuple[Path, date]]:
    for at, test in enumerate(statement.tests):
        yield ("tests", at, "date"), test.date
    for at, fault in enumerate(statement.faults):
        yield ("faults", at, "since"), fault.since


def days_have_been(typed: Typed) -> Iterator[Problem]:
    """No test and no fault is of a day after the statement itself."""
    statement: Accessibility = typed.value
    for path, day in _days(statement):
        if day > statement.as_of:
            values = {"day": day.isoformat(), "as_of": statement.as_of.isoformat()}
            yield Problem(typed.place(path), "later-than-statement", values)


def tests_are_recent(typed: Typed) -> Iterator[Problem]:
    """What a person found holds for so many months; a criterion that was judged again since needs no word."""
    statement: Accessibility = typed.value
    newest: dict[str, date] = {}
    for test in statement.tests:
        for one in test.results:
            newest[one.criterion] = max(newest.get(one.criterion, test.date), test.date)
    for at, test in enumerate(statement.tests):
        old = [one.criterion for one in test.results if newest[one.criterion] == test.date]
        if old and _months(test.date, statement.as_of) >= statement.stale_after:
            values = {
                "day": test.date.isoformat(),
                "months": str(statement.stale_after),
                "as_of": statement.as_of.isoformat(),
                "criteria": ", ".join(old),
            }
            yield Problem(typed.place(("tests", at, "date")), "old-test", values)


def _months(start: date, end: date) -> int:
    """Whole months from one day to another."""
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def faults_fit_results(typed: Typed) -> Iterator[Problem]:
    """A criterion that is known not to be met did not pass a later test."""
    statement: Accessibility = typed.value
    for fault in statement.faults:
        for at, test in enumerate(statement.tests):
            for index, one in enumerate(test.results):
                if (one.criterion, one.result) == (fault.criterion, "pass") and test.date >= fault.since:
                    values = {"criterion": one.criterion, "fault": fault.id, "since": fault.since.isoformat()}
                    place = typed.place(("tests", at, "results", index, "result"))
                    yield Problem(place, "pass-despite-fault", values)


def waived_faults_are_told(typed: Typed, waivers: Typed) -> Iterator[Problem]:
    """A fault that is published all the same, against a criterion that the site aims at, is among those that are known."""
    statement: Accessibility = typed.value
    waived: WaiverList = waivers.value
    told = {fault.criterion for fault in statement.faults}
    aims = {*wcag.LEVELS[: wcag.LEVELS.index(statement.level) + 1]}
    for at, waiver in enumerate(waived.waivers):
        criteria = wcag.numbers(RULES[waiver.rule].criterion) if waiver.rule in RULES else ()
        for number in criteria:
            aimed = wcag.CRITERIA[number].level in aims or number in statement.beyond
            if aimed and number not in told:
                values = {"rule": waiver.rule, "criterion": number, "file": typed.file}
                yield Problem(waivers.place(("waivers", at, "rule")), "waived-but-not-told", values)
