"""The thesaurus of the catalogue, and what the check of it lets pass."""

from __future__ import annotations

from pathlib import Path

import pytest

from hayami import load, validate
from hayami.checks import thesaurus
from hayami.checks.aliases import fold
from hayami.problems import Problem
from hayami.schema.strings import Strings

PROJECT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def draft() -> validate.Draft:
    draft, problems = validate.validate(load.read_content(PROJECT / "content", "content")[0])
    assert draft is not None
    assert problems == ()
    return draft


def found_in(draft: validate.Draft, code: str, written: str, tmp_path: Path) -> list[Problem]:
    """What is found when the strings of ``code`` hold this thesaurus."""
    path = tmp_path / "x.yaml"
    path.write_text(f"thesaurus:\n{written}", encoding="utf-8")
    tree, problems = load.read_tree(path, "x.yaml")
    assert tree is not None
    assert problems == ()
    strings, faults = validate.declare(Strings, tree, "x.yaml")
    assert strings is not None
    assert faults == ()
    typed = validate.Typed(strings, "x.yaml", tree)
    return [*thesaurus.words_stand_once(typed), *thesaurus.terms_are_used(draft, code, typed)]


@pytest.mark.parametrize("code", ["ja", "en"])
def test_the_catalogue_has_sixty_groups_that_lead_somewhere(draft: validate.Draft, code: str) -> None:
    groups = draft.strings[code].value.thesaurus
    assert len(groups) >= 60
    assert list(thesaurus.check(draft)) == []
    # A group of one or two words hardly helps anyone.
    assert [term for term, group in groups.items() if len({*map(fold, group.words)}) < 2] == []


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("ja", "  助成金: [給付]\n"),
        ("ja", "  助成金: {words: [給付], also: [補助金]}\n  補助金: {also: [助成金]}\n"),
        ("ja", "  助成金: [給付]\n  融資: {also: [給付]}\n"),
        ("ja", "  M&A: [買う]\n"),
        ("ja", "  2024年問題: [残業]\n"),
        ("en", "  wage INCREASE: [pay rise]\n"),
        ("en", "  DX: [automation]\n"),
    ],
)
def test_what_may_be_written(draft: validate.Draft, code: str, written: str, tmp_path: Path) -> None:
    assert found_in(draft, code, written, tmp_path) == []


@pytest.mark.parametrize(
    ("code", "written", "problem", "line"),
    [
        ("ja", "  助成金: [給付]\n  融資: [給付]\n", "repeated-word", 3),
        ("ja", "  助成金: [給付, ｷｭｳﾌ, きゅうふ]\n", "repeated-word", 2),
        ("ja", "  助成金: [助成 金]\n", "repeated-word", 2),
        ("ja", "  助成金: [融資]\n  融資: [借入]\n", "repeated-word", 2),
        ("ja", "  助勢金: [給付]\n", "unknown-term", 2),
        ("en", "  grants: [aid]\n  gran: [help]\n", "unknown-term", 3),
        ("en", "  tenjikai: [fair]\n", "unknown-term", 2),
    ],
)
def test_what_is_a_fault(
    draft: validate.Draft, code: str, written: str, problem: str, line: int, tmp_path: Path
) -> None:
    (found,) = found_in(draft, code, written, tmp_path)
    assert (found.code, found.place.line) == (problem, line)
