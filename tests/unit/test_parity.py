"""Texts of two languages say the same numbers, and texts that do are left alone."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from hayami import checks, load, pipeline, validate
from hayami.checks import parity
from hayami.checks.units import Piece, units
from hayami.problems import Problem
from hayami.schema.strings import Strings

PROJECT = Path(__file__).parent.parent.parent
BASE = PROJECT / "tests" / "cases" / "base" / "content"
BODY = {"ja": "{cap}まで助成します。", "en": "Up to {cap}."}

BUILTIN: Mapping[str, Strings] = pipeline.builtin_strings(PROJECT / "templates")


def draft_of(content: Path) -> validate.Draft:
    draft, problems = validate.validate(load.read_content(content, "content")[0])
    assert draft is not None
    assert problems == ()
    return draft


def problems_of(tmp_path: Path, **bodies: str) -> list[Problem]:
    """What is found when the body of the trial grant says this in each language."""
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    for code, said in bodies.items():
        path = content / "programmes" / "grant" / f"{code}.md"
        path.write_text(path.read_text(encoding="utf-8").replace(BODY[code], said), encoding="utf-8")
    return list(parity.check(draft_of(content), BUILTIN))


@pytest.mark.parametrize(
    ("ja", "en"),
    [
        ("令和6年3月19日（2024年）の資料です。", "The source is of 19 March 2024."),
        ("令和6年度です。", "It is fiscal 2024."),
        ("１５０万円までです。", "Up to ¥1.5 million."),
        ("1,500千円までです。", "Up to ¥1,500,000."),
        ("2つの費用です。", "Two costs."),
        ("二つの費用です。", "There are 2 costs."),
        ("3分の2を助成します。", "It pays two-thirds."),
        ("3分の2以内です。", "Up to 2/3."),
        ("2次対応です。", "The second response."),
        ("窓口の1つです。", "One of the desks."),
        ("団体の一つです。", "A body among others."),
        ("両方が要ります。", "Both are needed."),
        ("①と②です。", "These are 1 and 2."),
        ("3月号です。", "It is the March issue."),
        ("2か所にあります。", "It stands in both places."),
        ("十分な説明があり、一部は二次的です。", "Enough is said, some of it at second hand."),
        ("2024年問題です。", "The 2024 problem."),
        ("3時からです。", "From 3:00."),
    ],
)
def test_sound_texts_are_left_alone(tmp_path: Path, ja: str, en: str) -> None:
    found = problems_of(tmp_path, ja=ja, en=en)
    assert [one for one in found if one.code == "number-mismatch"] == []


@pytest.mark.parametrize(
    ("ja", "en", "missing", "file"),
    [
        ("令和6年度です。", "It is fiscal 2025.", ["令和6", "2025"], ["en", "ja"]),
        ("150万円までです。", "Up to ¥15 million.", ["150万", "15 million"], ["en", "ja"]),
        ("2つの費用です。", "Some costs.", ["2"], ["en"]),
        ("二つの費用です。", "Some costs.", ["二"], ["en"]),
        ("費用です。", "Two costs.", ["Two"], ["ja"]),
        ("費用です。", "The cost of twelve firms.", ["twelve"], ["ja"]),
        ("4段階です。", "There are three stages.", ["4", "three"], ["en", "ja"]),
        ("②です。", "It is number 3.", ["②", "3"], ["en", "ja"]),
        ("3月号です。", "It is the May issue.", ["3", "May"], ["en", "ja"]),
        ("ISO 9001です。", "It is ISO 9002.", ["9001", "9002"], ["en", "ja"]),
        ("2024年問題です。", "The overtime problem.", ["2024"], ["en"]),
        ("15時からです。", "From 3:00.", ["15", "3:00"], ["en", "ja"]),
    ],
)
def test_other_numbers_are_told_where_they_are_missing(
    tmp_path: Path, ja: str, en: str, missing: list[str], file: list[str]
) -> None:
    found = [one for one in problems_of(tmp_path, ja=ja, en=en) if one.code == "number-mismatch"]
    assert sorted(one.values["number"] for one in found) == sorted(missing)
    assert {Path(one.place.file).stem for one in found} == set(file)
    assert all(re.search(r"\.md:13:\d+$", one.values["other"]) for one in found)


def test_a_missing_number_that_the_record_holds_is_offered_as_a_figure(tmp_path: Path) -> None:
    (found,) = (
        one
        for one in problems_of(tmp_path, ja="限度額は150万円です。", en="There is a limit.")
        if one.code == "number-mismatch"
    )
    assert found.near == ("{cap}",)
    assert "{cap}" in found.cure("en")


@pytest.mark.parametrize("number", ["160万円", "7社", "令和7年度", "2件から9件"])
def test_a_number_of_both_languages_must_stand_in_the_record(tmp_path: Path, number: str) -> None:
    found = [one for one in problems_of(tmp_path, ja=f"{number}です。") if one.code == "number-not-in-record"]
    assert [Path(one.place.file).stem for one in found] == ["ja"]
    assert found[0].place.line == 13
    assert found[0].place.column > 0


@pytest.mark.parametrize(
    "number", ["150万円", "3分の2", "2ページ", "令和6年度", "1つ", "記載のない2件", "第2の1"]
)
def test_numbers_of_the_record_and_counts_of_its_entries_may_be_said(tmp_path: Path, number: str) -> None:
    found = problems_of(tmp_path, ja=f"{number}です。")
    assert [one for one in found if one.code == "number-not-in-record"] == []


def test_a_fact_gives_evidence_for_a_number_in_a_name(tmp_path: Path) -> None:
    """The phrase counts as the record's, must lie on a page of the record, and is looked for on that page."""
    content, pages = tmp_path / "content", tmp_path / "pages"
    shutil.copytree(BASE, content)
    pages.mkdir()
    (pages / "p02.txt").write_text("限度額 150万円 2/3以内 東京2020大会", encoding="utf-8")
    folder = content / "programmes" / "grant"
    record = (folder / "record.yaml").read_text(encoding="utf-8")
    for code, said in (("ja", "東京2020大会の機械です。"), ("en", "A machine of the Tokyo 2020 Games.")):
        path = folder / f"{code}.md"
        added = path.read_text(encoding="utf-8").replace("offers:", f"facts:\n  games: {said}\noffers:")
        path.write_text(added, encoding="utf-8")

    def codes(fact: str) -> list[str]:
        (folder / "record.yaml").write_text(f"{record}facts:\n  - {fact}\n", encoding="utf-8")
        found = checks.run(draft_of(content), date(2024, 3, 19), pages, BUILTIN)
        return [one.code for one in found if one.code != "stale-translation"]

    assert codes("{id: games}") == ["number-not-in-record"] * 2
    assert codes("{id: games, source: p2 東京2020大会}") == []
    assert codes("{id: games, source: p2 東京2020年の大会}") == ["fragment-not-on-page"]
    assert codes("{id: games, source: p1 東京2020大会}") == ["page-not-listed", "source-page-missing"]


def test_a_record_may_say_the_numbers_of_a_record_that_it_is_tied_to(tmp_path: Path) -> None:
    """The course requires the grant, whose cap is in the grant's record alone."""
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    path = content / "programmes" / "course" / "ja.md"
    path.write_text(path.read_text(encoding="utf-8") + "\n150万円の助成のあとです。\n", encoding="utf-8")
    (content / "programmes" / "course" / "en.md").write_text(
        (BASE / "programmes" / "course" / "en.md").read_text(encoding="utf-8")
        + "\nAfter the grant of ¥1.5 million.\n",
        encoding="utf-8",
    )
    assert list(parity.check(draft_of(content), BUILTIN)) == []
    desk = content / "organisations" / "desk"
    for code, said in (("ja", "150万円です。"), ("en", "It is ¥1.5 million.")):
        with (desk / f"{code}.md").open("a", encoding="utf-8") as stream:
            stream.write(f"\n{said}\n")
    assert {one.code for one in parity.check(draft_of(content), BUILTIN)} == {"number-not-in-record"}


@pytest.mark.parametrize(
    ("code", "said", "runs"),
    [
        ("en", "See 賃 there.", ["賃"]),
        ("en", "The wage (賃) is read as 質 (質).", ["質"]),
        ("en", "The fair (危機管理産業展 2024) and (the ツール) are old.", ["ツール"]),
        ("en", "Silver (恵風Ag+) is a name, and α is a sign (α).", ["α"]),
        ("ja", "IPA（Information-technology Promotion Agency, Japan）です。", []),
        ("ja", "CC BY 4.0 と Web Content Accessibility Guidelines です。", []),
        ("ja", "ここは you can apply at the desk です。", ["you can apply at the desk"]),
        ("ja", "三語なら this is fine です。", []),
        ("ja", "セルビアの Београд です。", ["Београд"]),
    ],
)
def test_what_was_left_untranslated_is_told(tmp_path: Path, code: str, said: str, runs: list[str]) -> None:
    found = [one for one in problems_of(tmp_path, **{code: said}) if one.code == "left-untranslated"]
    assert [one.values["run"] for one in found] == runs


def test_a_language_of_any_script_is_compared_without_python(tmp_path: Path) -> None:
    """Serbian, in Cyrillic: its script comes from CLDR, its numbers from its own strings."""
    content = tmp_path / "content"
    shutil.copytree(BASE, content)
    site = content / "site.yaml"
    changed = site.read_text(encoding="utf-8").replace(
        "  - {code: en, locale: en_GB, name: English}\n",
        "  - {code: en, locale: en_GB, name: English}\n  - {code: sr, locale: sr_RS, name: Српски}\n",
    )
    site.write_text(re.sub(r", en: ([^}]*)\}", r", en: \1, sr: \1}", changed), encoding="utf-8")
    source = content / "source.yaml"
    source.write_text(
        re.sub(r", en: ([^}]*)\}", r", en: \1, sr: \1}", source.read_text(encoding="utf-8")), encoding="utf-8"
    )
    for path in content.rglob("en.*"):
        shutil.copyfile(path, path.with_stem("sr"))
    strings = content / "strings" / "sr.yaml"
    english = (PROJECT / "templates" / "strings" / "en.yaml").read_text(encoding="utf-8")
    formats = english[english.index("formats:") : english.index("  # Numbers in the texts")]
    numerals = "  numerals:\n    words: {два: 2, три: 3}\n    loose: {један: [1]}\n"
    strings.write_text(formats + numerals + strings.read_text(encoding="utf-8"), encoding="utf-8")
    for code, said in {
        "ja": "2件です。",
        "en": "Two cases.",
        "sr": "Три случаја, a 助成 of the cost is paid.",
    }.items():
        path = content / "programmes" / "grant" / f"{code}.md"
        old = BODY.get(code, BODY["en"])
        path.write_text(path.read_text(encoding="utf-8").replace(old, said), encoding="utf-8")
    found = [
        one
        for one in parity.check(draft_of(content), BUILTIN)
        if one.place.file.endswith("grant/sr.md") or "sr.md" in one.values.get("other", "")
    ]
    told = {(one.code, one.values.get("number") or one.values.get("run")) for one in found}
    assert ("number-mismatch", "2") in told
    assert ("number-mismatch", "Три") in told
    assert ("left-untranslated", "助成") in told
    assert ("left-untranslated", "of the cost is paid") in told


def test_every_number_of_the_catalogue_is_compared() -> None:
    """Whichever number of a text is changed, in whichever language, the check finds it."""
    draft = draft_of(PROJECT / "content")
    forms = parity.forms_of(draft, BUILTIN)
    changed: Counter[str] = Counter()
    for unit in units(draft):
        seen = {code: parity.seen_in(pieces, forms[code]) for code, pieces in unit.pieces.items()}
        assert list(parity.numbers_agree(unit, seen, "ja")) == []
        for code, numbers in seen.items():
            for one in numbers:
                if not one.numeral.firm or len(seen) < 2:
                    continue
                start, end = one.numeral.start, one.numeral.start + len(one.numeral.text)
                text = one.piece.text[:start] + "7654321" + one.piece.text[end:]
                pieces = [
                    Piece(text, one.piece.place) if piece is one.piece else piece
                    for piece in unit.pieces[code]
                ]
                other = {**seen, code: parity.seen_in(pieces, forms[code])}
                assert list(parity.numbers_agree(unit, other, "ja")), one
                changed[code] += 1
    assert min(changed["ja"], changed["en"]) > 100
