"""Waivers name rules of the audit, and end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hayami.audit.rules import RULES
from hayami.problems import Problem, nearest
from hayami.schema.waivers import WaiverList
from hayami.validate import Draft


def check(draft: Draft, today: date) -> Iterator[Problem]:
    """Every waiver names a rule and is not over on ``today``."""
    if draft.waivers is None:
        return
    declared: WaiverList = draft.waivers.value
    for index, waiver in enumerate(declared.waivers):
        if waiver.rule not in RULES:
            place = draft.waivers.place(("waivers", index, "rule"))
            yield Problem(place, "unknown-rule", {"rule": waiver.rule}, nearest(waiver.rule, RULES))
        if waiver.until < today:
            place = draft.waivers.place(("waivers", index, "until"))
            yield Problem(place, "waiver-over", {"rule": waiver.rule, "until": waiver.until.isoformat()})
