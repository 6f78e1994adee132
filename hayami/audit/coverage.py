"""Which success criteria the programs of this project look at, rule by rule.

No rule looks at a criterion as a whole: a page without a finding may still fail it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from hayami import wcag
from hayami.audit import browser
from hayami.audit.rules import RULES

AXE = Path(__file__).with_name("axe_rules.json")
"""What axe-core runs when it is asked as :mod:`hayami.audit.browser` does; a test holds it equal to axe-core itself."""

Rules = Mapping[str, tuple[str, ...]]
"""Rule → numbers of the criteria that it looks at."""


def axe_rules() -> Rules:
    """Rules of axe-core with the criteria that its own tags name."""
    held: dict[str, list[str]] = json.loads(AXE.read_text("utf-8"))["rules"]
    return {name: tuple(criteria) for name, criteria in held.items()}


def _audit() -> Rules:
    return {one.id: wcag.numbers(one.criterion) for one in RULES.values()}


PROGRAMS: Mapping[str, Rules] = {
    "audit": _audit(),
    "browser": {**axe_rules(), **browser.CRITERIA},
    # It has no rules with names; all that it says is about the syntax of HTML.
    "markup": {"nu-html-checker": ("4.1.1",)},
}
"""``audit``: our rules on every finished page. ``browser``: axe-core, keyboard and width on a page of each kind in
Chromium. ``markup``: the Nu Html Checker on every page."""


def covering(criterion: str, programs: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Program → its rules that look at a criterion, for those of ``programs`` that have any."""
    found = {
        program: tuple(sorted(rule for rule, criteria in PROGRAMS[program].items() if criterion in criteria))
        for program in programs
    }
    return {program: rules for program, rules in found.items() if rules}
