"""Every rule is needed: each has a fault that no other rule of its kind finds there, and a page that it leaves alone.

The faults are those under ``tests/audit/``: the folders of kinds (see ``test_audit_cases.py``), and for rules that none
of these needs ``rules/<rule>.txt``, where ``--- sound`` or ``--- faulty LINE`` begins a page. Rules that take a whole
site have theirs in ``test_audit_links.py``.
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest

from hayami.audit import link_rules
from hayami.audit.address import Site
from hayami.audit.rules import RULES
from hayami.audit.run import audit
from hayami.audit.site import Finding
from tests.unit.test_audit_cases import FAULTY, lines
from tests.unit.test_audit_links import CASES as SITES

CASES = Path(__file__).parent.parent / "audit"
SINGLE = sorted(path.stem for path in (CASES / "rules").iterdir())
OTHERWISE = {
    # Told under another rule of the same kind: without a script nothing will make the id later.
    ("aria-idref-some", 1): "aria-idref",
    ("aria-idref-some", 2): "aria-idref",
    ("aria-idref-some", 3): "aria-idref",
    ("attribute-value", 3): "time-datetime",
    ("decorative-exposed", 3): "img-name",
    ("element-misplaced", 2): "nested-interactive",
    ("element-repeated", 2): "landmark-main-several",
    ("landmark-main-missing", 1): "landmark-main",
    ("landmark-main-missing", 2): "landmark-main",
    ("reference-missing", 2): "td-headers-ids",
    # ja and ja-JP are one language; a colour that comes and goes is left to people to judge; another page in a
    # page is no picture; an empty corner counts as a cell.
    ("html-lang-conflict", 2): None,
    ("moving-text-css", 3): None,
    ("object-name", 3): None,
    ("th-without-cells", 3): None,
}
"""Pages by someone who had not seen the rules (folder ``singles``) whose fault another rule tells, or none."""
ON_LINKS = {one.id for one in link_rules.RULES}
_BEGIN = re.compile(r"^--- (sound|faulty (\d+))\n", re.MULTILINE)


def pages(rule: str, folder: str = "rules") -> list[tuple[int | None, str]]:
    """The pages of a rule, each with the line of its fault."""
    text = (CASES / folder / f"{rule}.txt").read_text("utf-8")
    begins = list(_BEGIN.finditer(text))
    ends = [*(one.start() for one in begins[1:]), len(text)]
    assert begins[0].start() == 0
    return [
        (int(one[2]) if one[2] else None, text[one.end() : end])
        for one, end in zip(begins, ends, strict=True)
    ]


@cache
def needed() -> frozenset[str]:
    """Rules without which a fault in the folders of kinds would not be found."""
    found: set[str] = set()
    for folder in (*(CASES / "must").iterdir(), *(CASES / "report").iterdir()):
        for name in FAULTY:
            places = lines(f"{folder.parent.name}/{folder.name}", name)
            some = [one for one in audit(folder / f"{name}.html") if one.line in places or 1 in places]
            found |= _alone(some, folder.name)
    for folder in (CASES / "links").iterdir():
        options = json.loads((folder / "expected.json").read_text("utf-8"))["options"]
        site = Site(options.get("site_url"), options.get("base_path") or "/")
        for name in FAULTY:
            found |= _alone(audit(folder / name, site, ON_LINKS), folder.name)
    return frozenset(found)


def _alone(found: list[Finding], kind: str) -> set[str]:
    """The rule of a kind that finds something where no other does."""
    rules = {one.rule for one in found if RULES[one.rule].kind == kind}
    return rules if len(rules) == 1 else set()


def test_every_rule_is_needed() -> None:
    missing = set(RULES) - needed() - set(SINGLE) - (set(SITES) & ON_LINKS)
    assert missing == set(), "these rules have no faults under tests/audit that only they find"
    assert set(SINGLE) <= set(RULES)


@pytest.mark.parametrize("rule", SINGLE)
def test_each_rule_finds_its_faults_and_no_more(rule: str, tmp_path: Path) -> None:
    some = pages(rule)
    assert [line for line, _ in some].count(None) >= 1
    assert sum(line is not None for line, _ in some) >= 3
    page = tmp_path / "page.html"
    alone = False
    for line, text in some:
        page.write_text(text, "utf-8")
        found = audit(page)
        if line is None:
            assert [one for one in found if one.rule == rule] == [], text
        else:
            told = {
                one.rule for one in found if one.line == line and RULES[one.rule].kind == RULES[rule].kind
            }
            assert rule in told, text
            alone = alone or len(told) == 1
    assert alone, "without the rule all of its faults would be told all the same"


@pytest.mark.parametrize("rule", SINGLE)
def test_pages_by_someone_who_had_not_seen_the_rule(rule: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    some = pages(rule, "singles")
    assert [line is None for line, _ in some] == [True, False, False, False]
    for number, (line, text) in enumerate(some):
        page.write_text(text, "utf-8")
        wanted = OTHERWISE.get((rule, number), rule)
        # What is wrong with the page as a whole may be told anywhere; what moves is told where it is set in motion.
        anywhere = line in (None, 1) or rule == "moving-text-css"
        told = {one.rule for one in audit(page) if anywhere or one.line == line}
        if line is None or wanted is None:
            assert rule not in told
        else:
            assert wanted in told, text
