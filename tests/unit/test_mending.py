"""A suggested line makes the file readable and changes nothing else; what cannot be mended is told as it is."""

from __future__ import annotations

import random
import re
import shutil
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hayami import load, mending, pipeline, slips, validate
from hayami.checks.evidence import figures, missing_in, phrase, written_evidence
from hayami.messages import MESSAGES
from hayami.problems import MessageLanguage, Place, Problem, Rewrite, as_github, as_text, rewritten
from hayami.schema.figures import (
    Count,
    Dated,
    Duration,
    Fee,
    Figure,
    Length,
    Money,
    Opening,
    Rate,
    Session,
    Telephone,
)
from hayami.schema.record import Programme
from hayami.schema.scalars import PartialDate

BASE = Path(__file__).parent.parent / "cases" / "base" / "content"
GOLDEN = Path(__file__).parent.parent / "golden" / "content"
PATH = "programmes/grant/record.yaml"
RECORD = (BASE / PATH).read_text(encoding="utf-8")
WORDS = (BASE / "programmes/grant/ja.md").read_text(encoding="utf-8")


def mended(text: str, path: str = PATH) -> tuple[str, tuple[Problem, ...]]:
    return mending.mended_text(text, f"content/{path}", path)


def faults(text: str, path: str = PATH) -> list[str]:
    """Codes of what is wrong with the form of a text."""
    shown = f"content/{path}"
    if path.endswith(".md"):
        document, problems = load.document_of(text, shown)
        tree = document.front if document else None
    else:
        tree, problems = load.mapping_of(text, shown)
    model = validate.declared_in(path)
    assert model is not None
    more = validate.declare(model, tree, shown)[1] if tree is not None else ()
    return [one.code for one in (*problems, *more)]


@pytest.mark.parametrize(
    ("code", "right", "wrong"),
    [
        # indentation
        ("indentation", "    kind: grant", "   kind: grant"),
        ("indentation", "    kind: grant", "     kind: grant"),
        ("indentation", "    rates:", "   rates:"),
        ("indentation", "  - id: grant", " - id: grant"),
        ("indentation", "as_of: 2024-03-19", " as_of: 2024-03-19"),
        ("yaml-tab", "    kind: grant", "\tkind: grant"),
        ("wide-sign", "    kind: grant", "\u3000\u3000kind: grant"),
        # spaces
        ("missing-space", "    kind: grant", "    kind:grant"),
        ("missing-space", "{grow: high}", "{grow:high}"),
        ("missing-space", "  - {body: desk}", "  -{body: desk}"),
        # signs of a Japanese keyboard
        ("wide-colon", "category: money", "category：money"),
        ("wide-colon", "yen: 1_500_000", "yen：1_500_000"),
        ("wide-colon", "source: p2 2/3以内", "source：p2 2/3以内"),
        ("wide-sign", "cap, yen", "cap，yen"),
        ("wide-sign", "cap, yen", "cap、yen"),
        ("wide-sign", "{grow: high}", "｛grow: high｝"),
        ("wide-sign", "pages: [2]", "pages: ［2］"),
        ("wide-sign", "pages: [2]", "pages: [２]"),
        ("wide-sign", "yen: 1_500_000", "yen: １_５００_０００"),
        ("wide-sign", "  - {body: desk}", "  － {body: desk}"),
        ("wide-sign", "  - {body: desk}", "  ー{body: desk}"),
        # quotation marks and brackets
        ("missing-quote", 'source: "p2 限度額 150万円"', 'source: "p2 限度額 150万円'),
        ("missing-quote", 'source: "p2 限度額 150万円"', 'source: p2 限度額 150万円"'),
        ("wide-sign", 'source: "p2 限度額 150万円"', "source: “p2 限度額 150万円”"),
        ("missing-bracket", "  - {body: desk}", "  - {body: desk"),
        ("missing-bracket", "pages: [2]", "pages: [2"),
        ("missing-bracket", "pages: [2]", "pages: 2"),
        ("missing-bracket", "{grow: high}", "grow: high}"),
        ("stray-sign", "pages: [2]", "pages: [2]]"),
        ("stray-sign", "  - {body: desk}", "  - {body: desk}}"),
        ("wrong-bracket", "pages: [2]", "pages: [2}"),
        ("wrong-bracket", "pages: [2]", "pages: (2)"),
        # text that means something else
        ("unquoted-text", 'source: "p2 限度額: 150万円"', "source: p2 限度額: 150万円"),
        ("unquoted-text", 'source: "p2 限度額 #1 150万円"', "source: p2 限度額 #1 150万円"),
        # what is missing, and what is too much
        ("missing-colon", "    kind: grant", "    kind grant"),
        ("missing-colon", "    kind: grant", "    kind= grant"),
        ("missing-comma", "yen: 1_500_000, source", "yen: 1_500_000 source"),
        ("missing-dash", "  - {body: desk}", "  {body: desk}"),
        ("missing-dash", "  - {body: desk}", "  ・{body: desk}"),
        ("stray-sign", "  - {body: desk}", "  - {body: desk}k"),
        # values
        ("wrong-type", "yen: 1_500_000", "yen: 150万円"),
        ("wrong-type", "yen: 1_500_000", "yen: 150万"),
        ("wrong-type", "yen: 1_500_000", "yen: ¥1500000"),
        ("wrong-form", "yen: 1_500_000", "yen: 1,500,000"),
        ("wrong-type", "value: 2/3", "value: 3分の2"),
        ("wrong-type", "value: 2/3", "value: 2/3以内"),
        ("wrong-type", "value: 2/3", "value: 67%"),
        ("wrong-type", "value: 1/2", "value: 50%"),
        ("wrong-type", "value: 1/2", "value: 0.5"),
        ("wrong-type", "as_of: 2024-03-19", "as_of: 2024/3/19"),
        ("wrong-type", "as_of: 2024-03-19", "as_of: 2024年3月19日"),
        ("wrong-type", "as_of: 2024-03-19", "as_of: 令和6年3月19日"),
        ("wrong-type", "as_of: 2024-03-19", "as_of: 2024-3-19"),
        ("wrong-type", "as_of: 2024-03-19", "as_of: 20240319"),
        ("wrong-type", "within: true", "within: はい"),
        ("wrong-form", "source: p2 2/3以内", "source: 2ページ 2/3以内"),
        ("wrong-form", "source: p2 2/3以内", "source: P2 2/3以内"),
        ("unknown-key", "category: money", "catgory: money"),
        ("unknown-value", "    kind: grant", "    kind: grand"),
    ],
)
def test_a_usual_slip_is_told_with_the_line_as_it_was_meant(code: str, right: str, wrong: str) -> None:
    bare = right.replace('"', "").replace("限度額: ", "限度額 ").replace("#1 ", "").replace("1/2", "2/3")
    assert RECORD.count(bare) == 1
    text = RECORD.replace(bare, right)
    assert faults(text) == []
    broken = text.replace(right, wrong)
    whole, found = mended(broken)
    assert whole == text
    assert [one.code for one in found] == [code]
    (line,) = (
        at
        for at, pair in enumerate(zip(text.split("\n"), broken.split("\n"), strict=True), 1)
        if len(set(pair)) > 1
    )
    assert found[0].place.line == line
    assert found[0].rewrite == Rewrite(broken.split("\n")[line - 1], text.split("\n")[line - 1])
    for language in ("ja", "en"):
        said = found[0].message(language) + found[0].cure(language)
        assert not re.search(r"\{\w+\}", said)
        assert "YAML" not in said


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("summary: 機械", "summary：機械"),
        ("summary: 機械", "summary 機械"),
        ("summary: 機械", "summary:機械"),
        ("summary: 機械", "  summary: 機械"),
        ("\n---\n\n##", "\n--\n\n##"),
        ("\n---\n\n##", "\nーーー\n\n##"),
        ("  grant: 機械", "\tgrant: 機械"),
    ],
)
def test_words_are_mended_as_well(right: str, wrong: str) -> None:
    whole, found = mended(WORDS.replace(right, wrong), "programmes/grant/ja.md")
    assert whole == WORDS
    assert len(found) == 1


@pytest.mark.parametrize("figure", ["1_500_00", "1,500,00", "15O万円", "多い"])
def test_a_figure_that_may_mean_several_is_left_to_its_author(figure: str) -> None:
    whole, found = mended(RECORD.replace("1_500_000", figure))
    assert found == ()
    assert figure in whole


def test_of_two_ways_to_line_up_the_usual_one_is_told() -> None:
    words = WORDS.replace(
        "  grant: 機械を買う費用の助成", "  grant:\n    label: 機械を買う費用\n    note: 1回です。"
    )
    assert faults(words, "programmes/grant/ja.md") == []
    for line in ("    label", "    note"):
        whole, found = mended(words.replace(line, line[1:]), "programmes/grant/ja.md")
        assert whole == words
        assert [one.code for one in found] == ["indentation"]


def test_a_line_that_was_pasted_twice_or_belongs_nowhere_is_to_go() -> None:
    for slip in ("as_of: 2024-03-19\n", "x\n"):
        whole, found = mended(RECORD.replace("purposes", f"{slip}purposes"))
        assert whole == RECORD.replace("purposes", "\npurposes")
        assert [one.rewrite and one.rewrite.how for one in found] == ["remove"]
    # Which of two values is right, nobody can tell.
    whole, found = mended(RECORD.replace("purposes", "as_of: 2025-03-19\npurposes"))
    assert found == ()


def test_slips_in_several_lines_are_told_at_once() -> None:
    broken = (
        RECORD.replace("    kind", "   kind").replace("yen: 1_500_000", "yen：1,500,000").replace("[2]", "[2")
    )
    broken = broken.replace("costs: [machines]", "costs: [machines")
    whole, found = mended(broken)
    assert faults(whole) == []
    assert whole == RECORD
    assert [one.place.line for one in found] == [3, 11, 13, 16]


def test_what_a_slip_hides_is_told_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(BASE, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    record = tmp_path / "content" / PATH
    broken = RECORD.replace("    kind", "   kind").replace(", source: p2 限度額 150万円", "")
    record.write_text(broken, encoding="utf-8")
    found = pipeline.check(pipeline.Options(tmp_path / "content")).problems
    assert [(one.code, one.place.line) for one in found] == [
        ("indentation", 11),
        ("figure-without-evidence", 13),
    ]
    assert found[1].rewrite == Rewrite(
        "      - {id: cap, yen: 1_500_000}",
        "      - {id: cap, yen: 1_500_000, source: p2 150万円}",
        guess="p2 150万円",
    )
    # Nothing is written, and nothing is published.
    assert record.read_text(encoding="utf-8") == broken
    for one in found:
        assert one.rewrite is not None
        assert one.rewrite.now == broken.split("\n")[one.place.line - 1]


def test_evidence_goes_below_where_a_figure_has_lines_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(BASE, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    written = RECORD.replace(
        "      - {id: cap, yen: 1_500_000, source: p2 限度額 150万円}",
        "      - id: cap\n        yen: 1_500_000",
    )
    (tmp_path / "content" / PATH).write_text(written, encoding="utf-8")
    (found,) = pipeline.check(pipeline.Options(tmp_path / "content")).problems
    assert found.rewrite == Rewrite("      - id: cap", "        source: p2 150万円", "below", "p2 150万円")
    assert found.rewrite is not None
    assert found.rewrite.then is not None
    lines = written.split("\n")
    lines.insert(found.place.line, found.rewrite.then)
    (tmp_path / "content" / PATH).write_text("\n".join(lines), encoding="utf-8")
    assert pipeline.check(pipeline.Options(tmp_path / "content")).problems == ()


# --- any slip ---------------------------------------------------------------------------------------

_RECORDS = sorted(
    (path.relative_to(root).as_posix(), path.read_text(encoding="utf-8"))
    for root in (BASE, GOLDEN)
    for path in root.glob("*/*/*")
    if path.name in ("record.yaml", "ja.md", "en.md") and "past" not in path.parts
)
_TYPED = st.sampled_from(
    [
        " ",
        "  ",
        "\t",
        ":",
        "：",
        ",",
        "，",
        "、",
        '"',
        "“",
        "'",
        "{",
        "}",
        "[",
        "]",
        "｛",
        "-",
        "－",
        "#",
        "x",
        "あ",
        "１",
        "\u3000",
        "",
        "\n",
    ]
)


@given(st.sampled_from(_RECORDS), st.integers(0, 10**6), st.integers(0, 2), _TYPED)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(_RECORDS[0], 0, 0, "\t")
def test_a_suggestion_makes_the_file_readable_and_changes_only_its_lines(
    held: tuple[str, str], at: int, removed: int, typed: str
) -> None:
    path, text = held
    at %= len(text)
    broken = text[:at] + typed + text[at + removed :]
    whole, found = mended(broken, path)
    before, after = broken.split("\n"), whole.split("\n")
    changed = {number for number, pair in enumerate(zip(before, after, strict=True), 1) if len(set(pair)) > 1}
    suggested = {
        one.place.line: one.rewrite
        for one in found
        if one.rewrite and one.rewrite.how in ("instead", "remove")
    }
    assert changed == set(suggested)
    for line, rewrite in suggested.items():
        assert (rewrite.now, rewrite.then) == (before[line - 1], after[line - 1])
    if changed:
        left, first = faults(whole, path), faults(broken, path)
        assert "yaml-syntax" not in left
        assert "missing-key" not in left or len(left) < len(first)
        tree = load.document_of(whole, path)[0] if path.endswith(".md") else load.mapping_of(whole, path)[0]
        assert tree is not None
    for one in found:
        assert as_text(one)
        assert "\n" not in as_github(one)


@given(
    st.lists(
        st.sampled_from([*"abc019 :-,[]{}\"'#：，　あ", "\n", "\n  ", "- ", ": ", "yen: "]), max_size=60
    ).map("".join)
)
@settings(max_examples=60, deadline=None)
def test_any_text_is_gone_through_in_bounded_time(text: str) -> None:
    start = time.process_time()
    whole, _ = mended(text)
    assert time.process_time() - start < 20
    assert whole.count("\n") == text.count("\n")


def test_a_long_broken_file_is_given_up() -> None:
    lines = [f"a{number}: [{{b: {number}" for number in range(4000)]
    random.Random(1).shuffle(lines)
    start = time.process_time()
    assert mended("\n".join(lines))[1] == ()
    assert time.process_time() - start < 30


# --- words ------------------------------------------------------------------------------------------

_FIGURES: list[Figure] = [
    Money(yen=1_500_000),
    Money(yen=150_000_000),
    Money(yen=11_750),
    Fee(yen=0),
    Rate(value="2/3", within=True),
    Rate(lowest="1/2", highest="2/3"),
    Duration(length=Length(years=1, months=9)),
    Count(n="1_200", unit="firms"),
    Dated(date=PartialDate.parse("2024-03-19")),
    Dated(date=PartialDate.parse("FY2024")),
    Dated(date=PartialDate.parse("2024-11-middle")),
    Session(id="a", start=PartialDate.parse("2024-03-19"), end=PartialDate.parse("2024-03-21"), days=3),
    Opening(first="mon", last="fri", spans=("9:00-12:00",)),
    Telephone(number="03-3251-7881"),
]


@pytest.mark.parametrize("figure", _FIGURES, ids=lambda one: type(one).__name__)
def test_the_evidence_that_is_proposed_holds_the_figure(figure: Figure) -> None:
    assert list(missing_in(figure, phrase(figure))) == []


def test_the_evidence_that_is_proposed_holds_every_figure_of_a_catalogue() -> None:
    content, _ = load.read_content(GOLDEN, "content")
    draft, _ = validate.validate(content)
    assert draft is not None
    seen = 0
    for entry in draft.records:
        assert entry.record is not None
        for _, figure in figures(entry.record.value):
            said = phrase(figure)
            assert not said or list(missing_in(figure, said)) == [], (entry.slug, figure)
            assert written_evidence(2, figure)
            seen += 1
    assert seen > 15


def test_a_long_line_is_cut_to_where_it_changes() -> None:
    now = "aliases: [" + "語, " * 200 + "最後"
    shown = rewritten(Rewrite(now, now + "]"), 7, "ja")
    assert shown[0] == "    今の7行目（行の初めに空白なし。長いので「…」のところは省略）:"
    assert shown[2] == "    こう書きます（行の初めに空白なし。長いので「…」のところは省略）:"
    assert shown[3].startswith("…")
    assert shown[3].endswith("最後]")
    assert all(len(one) < 200 for one in shown)


@pytest.mark.parametrize("language", ["ja", "en", "both"])
def test_a_line_is_shown_alone_and_exactly_with_its_blanks_in_words(language: MessageLanguage) -> None:
    for now, then in (
        ("   kind: grant", "    kind: grant"),
        ("\u3000\u3000a: 1", "    a: 1"),
        ("a:1", "a: 1"),
    ):
        told = as_text(
            Problem(Place("f", 3), "missing-space", {"sign": ":"}, rewrite=Rewrite(now, then)), language
        )
        lines = told.split("\n")
        assert lines[-3] == now
        assert lines[-1] == then
        assert ("4個" in lines[-2] or "空白なし" in lines[-2]) == (language != "en")
        assert ("4 spaces" in lines[-2] or "no space" in lines[-2]) == (language != "ja")
    tab = rewritten(Rewrite("\ta: 1", "  a: 1"), 3, "ja")
    assert tab == [
        "    今の3行目（行の初めにタブ1個。「⇥」はタブ）:",
        "⇥a: 1",
        "    こう書きます（行の初めに半角の空白2個）:",
        "  a: 1",
    ]


# --- what nobody but the source can say -----------------------------------------------------------


def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, path: str, text: str) -> tuple[Problem, ...]:
    shutil.copytree(BASE, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content" / path).write_text(text, encoding="utf-8")
    return pipeline.check(pipeline.Options(tmp_path / "content")).problems


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (", source: p2 限度額 150万円", ""),
        ("as_of: 2024-03-19\n", ""),
        ("fiscal_year: 2024\n", ""),
    ],
)
def test_before_a_guess_stands_that_it_is_to_be_looked_up(
    right: str, wrong: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = checked(tmp_path, monkeypatch, PATH, RECORD.replace(right, wrong))
    (problem,) = (one for one in found if one.code in ("missing-key", "figure-without-evidence"))
    rewrite = problem.rewrite
    assert rewrite is not None
    assert rewrite.guess
    assert rewrite.then is not None
    assert rewrite.guess in rewrite.then
    lines = as_text(problem, "ja").split("\n")
    assert lines[-1] == rewrite.then
    assert f"資料で確かめて、「{rewrite.guess}」の部分を書きかえてください。" in lines[-2]
    assert f"Check with the source, and replace {rewrite.guess}" in as_text(problem, "en").split("\n")[-2]
    if problem.code == "missing-key":
        # Pasted as it is, a shape is refused.
        assert not re.search("[0-9]", rewrite.then)
        pasted = RECORD.replace(right, f"{rewrite.then}\n")
        assert faults(pasted) != []


def test_no_value_is_offered_for_one_that_is_empty_or_no_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = RECORD.replace("as_of: 2024-03-19", "as_of:").replace("yen: 1_500_000", "yen: ")
    text = text.replace("pages: [2]", "pages: [2]\nnotes:")
    empty = {one.place.line: one for one in checked(tmp_path, monkeypatch, PATH, text)}
    date, figure = empty[6], empty[14]
    assert date.message("ja") == "「資料の日付（as_of）」のところに、何も書かれていません。"
    assert "なくせません" in date.cure("ja")
    assert "content/site.yaml の as_of" in date.cure("ja")
    assert figure.source_pages == (2,)
    assert "資料では、2ページを見てください。" in figure.cure("ja")
    for one in (date, figure):
        assert "unstated" not in one.cure("ja")
        assert not re.search("2024|15_000_000", one.cure("ja") + one.cure("en"))
    (optional,) = (one for one in empty.values() if one.values["key"] == "notes")
    assert "消します" in optional.cure("ja")


def test_how_to_list_what_the_source_does_not_say() -> None:
    said = validate.absent(Programme, "url", False)
    assert "「unstated:」" in said["absent_ja"]
    assert "unstated: [url]" in said["absent_ja"]
    assert validate.absent(Programme, "url", True)["absent_ja"] == "この項目は、なくせません。"


def test_a_translation_is_told_below_its_original_and_its_mark_once_that_is_sound(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = WORDS.replace("  grant: 機械を買う費用の助成", "  grant: 機械: 買う費用の助成")
    found = checked(tmp_path, monkeypatch, "programmes/grant/ja.md", words)
    assert [(Path(one.place.file).name, one.code) for one in found] == [
        ("ja.md", "unquoted-text"),
        ("en.md", "stale-translation"),
    ]
    stale = found[1]
    assert stale.rewrite is None or stale.rewrite.then is None
    assert "先に、もとの文章（ja.md）の誤りを直して" in stale.cure("ja")
    assert not re.search(r"[0-9a-f]{12}", stale.cure("ja") + stale.cure("en"))
    path = tmp_path / "content" / "programmes/grant/ja.md"
    path.write_text(WORDS.replace("機械を買う費用の助成", "機械の助成"), encoding="utf-8")
    (stale,) = pipeline.check(pipeline.Options(tmp_path / "content")).problems
    assert stale.rewrite is not None
    assert stale.rewrite.then is not None
    assert stale.rewrite.then.removeprefix("translated_from: ") in stale.cure("ja")


def test_which_of_two_is_right_stands_on_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = checked(tmp_path, monkeypatch, PATH, RECORD.replace("yen: 1_500_000", "yen: 2_500_000"))
    assert found.code == "figure-not-in-fragment"
    assert "どちらが正しいかは、資料の2ページで確かめてください。" in found.cure("ja")
    assert "Which is right stands in the source, page 2." in found.cure("en")
    text = RECORD.replace("purposes", "as_of: 2025-03-19\npurposes")
    (tmp_path / "content" / PATH).write_text(text, encoding="utf-8")
    (found,) = pipeline.check(pipeline.Options(tmp_path / "content")).problems
    assert "content/site.yaml の as_of" in found.cure("ja")


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("yen: 1_500_000, source", "yen: 1_500_000 ; source", "「;」は消します。"),
        ("yen: 1_500_000, source", "yen: 1_500_000 source", "「1_500_000」のあと、「source:」の前に「,」"),
        ("yen: 1_500_000, source", "yen: 1_500_000，source", "「,」のあとには、半角の空白を1つ置きます。"),
        ("  - {body: desk}", "  - {body: desk", "「desk」のあとに、かっこ「}」"),
    ],
)
def test_words_say_where_and_what_to_delete(right: str, wrong: str, said: str) -> None:
    _, found = mended(RECORD.replace(right, wrong))
    assert said in found[0].message("ja") + found[0].cure("ja")


def test_the_nearest_valid_value_is_told_before_the_list() -> None:
    near = Problem(Place("f"), "unknown-value", {"got": "a", "valid": "b, c"}, ("b",))
    assert near.cure("ja") == "もしかして: 「b」。使える値: b, c"


def test_messages_of_slips_hold_no_words_of_the_library() -> None:
    for code in ("indentation", "missing-space", "wide-sign", "missing-quote", "yaml-syntax"):
        said = MESSAGES[code].text["ja"] + MESSAGES[code].cure["ja"]
        assert not re.search(r"YAML|block|flow|indicator|スカラー|マッピング", said)


def test_ways_to_write_a_line_are_no_more_than_can_be_tried() -> None:
    line = "  - {a：1，b：「２」, c: [x、y、z], source: p2 “あ：い、う” ｛１２３４５６７８９０｝"
    assert 0 < len(list(slips.ways([line], 0))) < 900
    assert list(slips.ways(["x" * (slips.LONGEST_LINE + 1)], 0)) == []


@pytest.mark.parametrize(
    ("line", "is_told"),
    [
        ("summary: 1番 #2番", True),
        ("summary: 彼の「例」 # 例", True),
        ('summary: "1番 #2番"', False),
        ('summary: "1番" # 前は2番', False),
        ("known_as: [甲, 乙] # 丙は別", False),
        ("# summary: 前の文", False),
    ],
)
def test_words_cut_off_by_a_sharp_are_told_unless_they_are_a_note(line: str, is_told: bool) -> None:
    _, problems = load.document_of(f"---\nname: 例\n{line}\n---\n", "ja.md")
    assert [one.code for one in problems] == (["cut-text"] if is_told else [])
