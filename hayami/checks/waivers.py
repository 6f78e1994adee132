"""Waivers name rules of the audit, and end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from hayami.audit.rules import RULES
from hayami.problems import Problem, nearest
from hayami.schema.waivers import WaiverList
from hayami.validate import Typed


def check(typed: Typed, today: date) -> Iterator[Problem]:
    """Every waiver names a rule and is not over on ``today``."""
    declared: WaiverList = typed.value
    for index, waiver in enumerate(declared.waivers):
        if waiver.rule not in RULES:
            place = typed.place(("waivers", index, "rule"))
            yield Problem(place, "unknown-rule", {"rule": waiver.rule}, nearest(waiver.rule, RULES))
        if waiver.until < today:
            place = typed.place(("waivers", index, "until"))
            yield Problem(place, "waiver-over", {"rule": waiver.rule, "until": waiver.until.isoformat()})


def unneeded(typed: Typed, unused: Iterable[int]) -> Iterator[Problem]:
    """Waivers, by number, that no finding needs."""
    declared: WaiverList = typed.value
    for index in unused:
        rule = declared.waivers[index].rule
        if rule in RULES:
            yield Problem(typed.place(("waivers", index, "rule")), "waiver-unused", {"rule": rule})
