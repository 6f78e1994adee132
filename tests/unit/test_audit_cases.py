"""Checks of finished HTML against sites and pages that were written by someone who had not seen the rules.

``tests/audit/links/<kind>/`` holds a site in which all is well though it looks like the fault, and three in which one
thing is wrong; ``expected.json`` says where.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from hayami.audit.address import Site
from hayami.audit.rules import RULES
from hayami.audit.run import audit

CASES = Path(__file__).parent.parent / "audit"
LINKS = sorted(path.name for path in (CASES / "links").iterdir())
FAULTY = ("faulty-1", "faulty-2", "faulty-3")


def told(kind: str) -> tuple[dict[str, Any], Site]:
    expected = json.loads((CASES / "links" / kind / "expected.json").read_text("utf-8"))
    options = expected["options"]
    return expected, Site(options.get("site_url"), options.get("base_path") or "/")


@pytest.mark.parametrize("kind", LINKS)
def test_a_site_in_which_all_is_well(kind: str) -> None:
    _, site = told(kind)
    assert audit(CASES / "links" / kind / "sound", site) == []


@pytest.mark.parametrize("faulty", FAULTY)
@pytest.mark.parametrize("kind", LINKS)
def test_a_site_with_one_fault(kind: str, faulty: str) -> None:
    expected, site = told(kind)
    found = audit(CASES / "links" / kind / faulty, site)
    assert expected[faulty]
    assert {(one.file, one.line) for one in found} == {(one["file"], one["line"]) for one in expected[faulty]}
    assert {RULES[one.rule].kind for one in found} == {kind}
