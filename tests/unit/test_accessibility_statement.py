"""The accessibility statement: what it says of each criterion, and that it claims nothing that nobody found."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Mapping
from html import unescape
from pathlib import Path
from typing import get_args

import pytest
import yaml

from hayami import accessibility, pipeline, wcag
from hayami.audit import coverage
from hayami.schema.accessibility import Accessibility, Program
from tests import sites

TESTS = Path(__file__).parent.parent
BASE = TESTS / "cases" / "base" / "content"
TORTURE = pipeline.Options(TESTS / "torture" / "content", search=False, audit=False)

Written = Callable[[str], pipeline.Built]

HEAD = "as_of: 2024-03-19\nscope: {ja: すべて, en: Everything}\n"
TEST = """  - id: {id}
    person: {{ja: 試験太郎, en: Taro Shiken}}
    date: {date}
    means: {{ja: 読み上げソフト, en: A screen reader}}
    pages: {{ja: ホーム, en: The home page}}
    results:
"""
FAULT = """faults:
  - id: mark
    criterion: 1.1.1
    what: {ja: 印が読まれません。, en: A mark is not read.}
    where: {ja: ホーム, en: The home page}
    affects: {ja: 読み上げを使う人, en: Readers by ear}
    instead: {ja: 一覧を使う。, en: Use the list.}
    since: 2024-03-02
"""


@pytest.fixture
def written(tmp_path: Path) -> Written:
    """Builds the base with this ``accessibility.yaml``, and what follows a line ``---`` at the end of ``site.yaml``."""

    def build(text: str) -> pipeline.Built:
        content = tmp_path / "content"
        shutil.copytree(BASE, content)
        statement, _, settings = text.partition("---\n")
        (content / "accessibility.yaml").write_text(statement, encoding="utf-8", newline="\n")
        with (content / "site.yaml").open("a", encoding="utf-8", newline="\n") as file:
            file.write(settings)
        return pipeline.build(pipeline.Options(content, search=False, audit=False))

    return build


def _visible(page: bytes) -> str:
    main = page.decode().partition('<main id="main">')[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def _results(files: Mapping[str, bytes], name: str = "en/accessibility/results/index.html") -> dict[str, str]:
    """Criterion → words of its row in the page of results."""
    rows = re.findall(r'<tr id="c-([\d.]+)">(.*?)</tr>', files[name].decode(), re.DOTALL)
    return {number: " ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split()) for number, row in rows}


# --- the criteria --------------------------------------------------------------------------------


def test_there_are_as_many_criteria_as_the_standards_have() -> None:
    """WCAG 2.2 has 86, and 4.1.1 is still in JIS X 8341-3:2016, which has 25, 13 and 23 on its three levels."""
    every = wcag.CRITERIA.values()
    assert len([one for one in every if not one.withdrawn]) == 86
    jis = [one.level for one in every if one.jis]
    assert [jis.count(level) for level in wcag.LEVELS] == [25, 13, 23]
    assert wcag.CRITERIA["1.4.10"].jis is None
    assert wcag.CRITERIA["1.4.3"].jis == "7.1.4.3"
    assert list(wcag.CRITERIA) == sorted(wcag.CRITERIA, key=wcag.order)


def test_every_criterion_has_a_name_in_every_language() -> None:
    keys = {f"c_{number.replace('.', '_')}" for number in wcag.CRITERIA}
    for strings in pipeline.builtin_strings(pipeline.PROJECT / "templates").values():
        assert strings.interface["criteria"].keys() == keys


def test_numbers_are_read_from_the_words_of_rules() -> None:
    assert wcag.numbers("WCAG 4.1.1 (2.0/2.1) / JIS X 8341-3:2016 7.4.1.1") == ("4.1.1",)
    assert wcag.numbers("WCAG 1.4.12") == ("1.4.12",)
    assert wcag.numbers(None) == ()


def test_rules_name_criteria_that_exist() -> None:
    assert coverage.PROGRAMS.keys() == set(get_args(Program))
    named = {number for rules in coverage.PROGRAMS.values() for one in rules.values() for number in one}
    assert named <= wcag.CRITERIA.keys()
    assert coverage.covering("1.4.3", ("audit", "browser")) == {
        "audit": ("contrast",),
        "browser": ("color-contrast",),
    }
    assert coverage.covering("1.4.3", ("markup",)) == {}
    assert coverage.covering("1.2.1", ("audit", "browser", "markup")) == {}


# --- the rows ------------------------------------------------------------------------------------


def _stated(text: str) -> Accessibility:
    return Accessibility.model_validate(yaml.safe_load(HEAD + text))


@pytest.mark.parametrize(("level", "number"), [("A", 32), ("AA", 56), ("AAA", 87)])
def test_all_criteria_that_the_site_aims_at_are_shown(level: str, number: int) -> None:
    assert len(accessibility.rows(_stated(f"level: {level}\n"))) == number


def test_criteria_beyond_the_level_are_shown_where_anything_is_said_of_them() -> None:
    text = "level: A\nbeyond: [2.4.9]\ntests:\n" + TEST.format(id="x", date="2024-03-01")
    rows = accessibility.rows(_stated(text + "      - {criterion: 1.4.3, result: pass}\n"))
    assert {row.criterion.number for row in rows if row.criterion.level != "A"} == {"2.4.9", "1.4.3"}


def test_a_program_judges_nothing() -> None:
    rows = accessibility.rows(_stated("programs: [audit, browser, markup]\n"))
    assert {row.result for row in rows} == {"not-judged"}
    assert {row.how for row in rows} == {"machine", "not-tested"}


def test_without_programs_nothing_is_checked() -> None:
    assert {row.how for row in accessibility.rows(_stated(""))} == {"not-tested"}


def test_the_latest_test_counts_and_a_known_fault_above_all() -> None:
    text = (
        "tests:\n"
        + TEST.format(id="new", date="2024-03-01")
        + "      - {criterion: 1.1.1, result: pass}\n      - {criterion: 1.3.1, result: fail}\n"
        + TEST.format(id="old", date="2023-12-01")
        + "      - {criterion: 1.3.1, result: pass}\n"
        + FAULT
    )
    rows = {row.criterion.number: row for row in accessibility.rows(_stated(text))}
    assert (rows["1.3.1"].how, rows["1.3.1"].result) == ("person", "fail")
    assert rows["1.1.1"].result == "fail"
    assert rows["2.1.1"].result == "not-judged"
    counts = {one.level: one for one in accessibility.counts(tuple(rows.values()))}
    assert (counts["A"].whole, counts["A"].person, counts["A"].untested) == (32, 2, 30)
    for one in counts.values():
        assert one.person + one.machine + one.untested == one.whole


# --- the pages -----------------------------------------------------------------------------------


def test_what_a_person_found_is_shown_with_name_and_date() -> None:
    rows = _results(sites.built(TORTURE).files)
    assert len(rows) == 87
    assert "Tested by Taro Kakuu on 30 November 2023" in rows["1.1.1"]
    assert rows["1.1.1"].endswith("Met")
    assert "Tested by Hanako Mihon on 29 February 2024" in rows["1.3.1"]
    assert rows["1.2.2"].endswith("Does not apply")
    assert "Not judged Some links are hard to tell" in rows["2.4.4"]
    assert "Not met The place diagram needs sideways scrolling" in rows["1.4.10"]
    assert "JIS 7.1.1.1" in rows["1.1.1"]
    assert "Not in JIS" in rows["1.4.10"]
    assert "Withdrawn in WCAG 2.2" in rows["4.1.1"]
    assert sum(row.endswith(" Met") for row in rows.values()) == 3


def test_rules_of_programs_are_named_where_they_look() -> None:
    rows = _results(sites.built(TORTURE).files)
    assert re.search(
        r"Checked by machine, in part Rules: 2 contrast color-contrast Not judged", rows["1.4.3"]
    )
    assert rows["1.2.1"].endswith("A Not tested Not judged")


def test_the_catalogue_claims_nothing_that_nobody_found() -> None:
    """As long as no person has tested, no criterion is said to be met, and no degree of conformance is stated."""
    built = sites.built(sites.CATALOGUE)
    assert built.site is not None
    stated = built.site.accessibility
    assert stated is not None
    assert stated.tests == (), "read what this test holds the pages to, now that somebody has tested"
    assert {row.result for row in accessibility.rows(stated)} <= {"not-judged", "fail"}
    for language in built.site.tongues.values():
        words = language.interface["accessibility"]
        claims = [name for name, one in words.items() if re.search("準拠|適合する|conform", one)]
        assert claims == ["no_claim"]


RUN_BY = {
    "audit": "unit/test_audit_links.py",
    "browser": "browser/test_accessibility_in_chromium.py",
    "markup": "conformance/test_html_conformance.py",
}


def test_programs_of_the_catalogue_are_run_by_the_tests() -> None:
    site = sites.built(sites.CATALOGUE).site
    assert site is not None
    assert site.accessibility is not None
    for program in site.accessibility.programs:
        assert re.search(
            r"sites\.catalogue\(\)|sites\.CATALOGUE|site_url", (TESTS / RUN_BY[program]).read_text("utf-8")
        )


def test_where_no_contact_is_given_the_page_says_so(written: Written) -> None:
    page = _visible(written(HEAD).files["en/accessibility/index.html"])
    assert "No contact is given yet." in page
    assert "contact or repository in content/site.yaml" in page
    assert "No person has tested the site yet." in page
    assert "No program has checked the site." in page
    assert "this does not mean that there are none" in page


def test_a_contact_that_is_given_is_linked(written: Written) -> None:
    given = "---\ncontact: mailto:a@example.org\nrepository: https://github.com/example/x\n"
    page = written(HEAD + given).files["en/accessibility/index.html"].decode()
    assert '<a href="mailto:a@example.org" rel="external">' in page
    assert "https://github.com/example/x/issues/new" in page
    assert "No contact is given" not in page


def test_a_known_fault_says_what_to_do_instead_and_is_linked_from_its_criterion(written: Written) -> None:
    files = written(HEAD + FAULT).files
    page = files["en/accessibility/index.html"].decode()
    assert '<h3 id="fault-mark">A mark is not read.</h3>' in page
    for part in (
        "The home page",
        "Readers by ear",
        "Use the list.",
        "1.1.1 Non-text Content",
        "2 March 2024",
    ):
        assert part in _visible(page.encode())
    assert 'href="../#fault-mark"' in files["en/accessibility/results/index.html"].decode()
    assert _results(files)["1.1.1"].endswith("Not met A mark is not read.")


def test_a_catalogue_without_a_statement_has_no_such_pages() -> None:
    files = sites.built(pipeline.Options(TESTS / "golden" / "content", search=False, audit=False)).files
    assert not [name for name in files if "accessibility" in name]
    assert b"accessibility" not in files["en/index.html"]


# --- what editors are told -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("tests:\n  - id: x\n    date: 2024-03-01\n", "missing-key", 4),
        ("tests:\n" + TEST.format(id="x", date="2024-03"), "wrong-type", 6),
        ("tests:\n" + TEST.format(id="x", date="2024-03-01") + "      []\n", "empty-value", 10),
        (
            "tests:\n" + TEST.format(id="x", date="2024-03-01") + "      - {criterion: 1.1.1, result: ok}\n",
            "unknown-value",
            10,
        ),
        (FAULT.replace("    criterion: 1.1.1\n", ""), "missing-key", 4),
        ("beyond: [7.1.4.6]\n", "wrong-type", 3),
        ("beyond: [1.4.6, 1.4.6]\n", "duplicate-id", 3),
        ("programs: [audit, audit]\n", "duplicate-id", 3),
        ("scope: {ja: すべて}\n", "missing-string", 2),
    ],
)
def test_what_is_wrong_is_told_with_its_place(written: Written, text: str, code: str, line: int) -> None:
    head = HEAD.partition("\n")[0] + "\n" if text.startswith("scope") else HEAD
    found = [(one.code, one.place.line) for one in written(head + text).problems]
    assert (code, line) in found, found
