"""Figures as each language writes them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hayami import evidence_text, load, pipeline, validate
from hayami.formats import Formatter, parts
from hayami.schema.figures import Count, Dated, Duration, Fee, Money, Opening, Rate, Session
from hayami.schema.scalars import PartialDate
from hayami.schema.strings import VocabularyWords


def _formatter(code: str, locale: str) -> Formatter:
    formats = pipeline.builtin_strings(pipeline.PROJECT / "templates")[code].formats
    assert formats is not None
    path = pipeline.PROJECT / "content" / "strings" / f"{code}.yaml"
    tree, problems = load.read_tree(path, path.name)
    assert tree is not None
    assert not problems
    from hayami.schema.strings import Strings

    strings, faults = validate.declare(Strings, tree, path.name)
    assert strings is not None, faults
    words: VocabularyWords = strings.vocabulary
    return Formatter(locale, formats, words)


JA = _formatter("ja", "ja_JP")
EN = _formatter("en", "en_GB")


@pytest.mark.parametrize(
    ("yen", "ja", "en"),
    [
        (15_000_000, "1,500万円", "¥15 million"),
        (1_500_000, "150万円", "¥1.5 million"),
        (100_000_000, "1億円", "¥100 million"),
        (1_000_000_000, "10億円", "¥1 billion"),
        (980_000, "98万円", "¥980,000"),
        (11_750, "11,750円", "¥11,750"),
        (120_000_000, "1億2,000万円", "¥120 million"),
        (12_345_678, "12,345,678円", "¥12,345,678"),
        (0, "0円", "¥0"),
    ],
)
def test_money_is_written_as_each_language_writes_it(yen: int, ja: str, en: str) -> None:
    assert JA.yen(yen) == ja
    assert EN.yen(yen) == en


@given(st.integers(min_value=0, max_value=10**14))
def test_written_yen_reads_back_as_the_same_sum(yen: int) -> None:
    assert Decimal(yen) in evidence_text.numbers(JA.yen(yen))


@given(st.integers(min_value=1, max_value=10**13))
def test_english_sums_are_exact(yen: int) -> None:
    text = EN.yen(yen).removeprefix("¥").replace(",", "")
    number, _, scale = text.partition(" ")
    factor = {"": 1, "million": 10**6, "billion": 10**9}[scale]
    assert Decimal(number) * factor == yen


def _made(model: Any, **values: object) -> Any:
    return model.model_validate(values)


@pytest.mark.parametrize(
    ("figure", "ja", "en"),
    [
        (_made(Rate, value="2/3", within="true"), "2/3以内", "up to 2/3"),
        (_made(Rate, lowest="1/2", highest="2/3"), "1/2〜2/3", "1/2 to 2/3"),
        (_made(Duration, length={"years": "1", "months": "9"}), "1年9か月", "1 year 9 months"),
        (_made(Duration, length={"years": "3"}, bound="max"), "最長3年", "up to 3 years"),
        (_made(Duration, length={"months": "6"}, bound="about"), "6か月程度", "about 6 months"),
        (
            _made(Duration, length={"years": "3"}, bound="min", to={"years": "8"}, to_bound="max"),
            "3年以上8年以内",
            "3 years to 8 years",
        ),
        (_made(Duration, length={"years": "1"}, to={"years": "2"}), "1年〜2年", "1 year to 2 years"),
        (_made(Count, n="880", unit="projects"), "880件", "880 projects"),
        (_made(Count, n="1", unit="projects"), "1件", "1 project"),
        (
            _made(Count, n="10", unit="times-per-year", nature="planned"),
            "年10回（予定）",
            "10 times a year (planned)",
        ),
        (
            _made(Count, n="100", unit="firms", each={"n": "2", "unit": "times"}),
            "100社×2回",
            "100 firms, 2 times each",
        ),
        (
            _made(Count, n="2", unit="times", bound="max", per="firm"),
            "1社あたり最大2回",
            "up to 2 times per firm",
        ),
        (_made(Count, n="1.5", unit="percent", bound="min"), "1.5%以上", "at least 1.5%"),
        (_made(Count, n="1", to="2", unit="times"), "1〜2回", "1 to 2 times"),
        (
            _made(Money, yen="1_000_000", form="in-kind", per="firm"),
            "1社あたり100万円相当",
            "services worth ¥1 million per firm",
        ),
        (_made(Fee, yen="0"), "無料", "Free of charge"),
        (_made(Fee, yen="77_000", tax="included"), "77,000円（税込）", "¥77,000 (tax included)"),
        (
            _made(Fee, yen="11_750", per="visit", plus=[{"share": "1/2", "of": "experts-travel"}]),
            "1回あたり11,750円＋派遣交通費の2分の1",
            "¥11,750 per visit plus one half of the expert's travel costs",
        ),
        (_made(Dated, date="1996-04"), "平成8年4月（1996年）", "April 1996"),
        (_made(Dated, date="FY2009", since="true"), "平成21年度（2009年度）から", "since FY2009"),
        (
            _made(Dated, date="2025-02-late", fixed="false"),
            "令和7年2月下旬（2025年）（予定）",
            "late February 2025 (planned)",
        ),
        (
            _made(Session, id="a", start="2023-11-20", end="2023-11-22"),
            "令和5年11月20日（2023年）〜令和5年11月22日（2023年）",
            "20 November 2023 to 22 November 2023",
        ),
        (
            _made(
                Opening,
                first="mon",
                last="fri",
                spans=["9:00-12:00", "13:00-16:00"],
                closed=["public-holidays"],
            ),
            "月〜金 9:00〜12:00、13:00〜16:00（祝祭日を除く）",
            "Monday to Friday, 9:00–12:00, 13:00–16:00 (except public holidays)",
        ),
    ],
)
def test_figures_are_written_as_each_language_writes_them(figure: Any, ja: str, en: str) -> None:
    assert JA.figure(figure) == ja
    assert EN.figure(figure) == en


@pytest.mark.parametrize(
    ("text", "ja"),
    [
        ("2019-04-30", "平成31年4月30日（2019年）"),
        ("2019-05-01", "令和元年5月1日（2019年）"),
        ("2019", "令和元年（2019年）"),
        ("FY2019", "令和元年度（2019年度）"),
        ("1989-01-07", "昭和64年1月7日（1989年）"),
        ("1953", "昭和28年（1953年）"),
        ("1868-10-22", "1868年10月22日（1868年）"),
    ],
)
def test_eras_change_on_the_right_day(text: str, ja: str) -> None:
    assert JA.date(PartialDate.parse(text)) == ja


def test_shares_are_read_out() -> None:
    assert JA.spoken(Fraction(2, 3)) == "3分の2"
    assert EN.spoken(Fraction(2, 3)) == "two-thirds"
    assert EN.spoken(Fraction(5, 7)) == "5/7"


def test_parts_keep_every_character() -> None:
    assert parts("1億2,000万円") == (("1", True), ("億", False), ("2,000", True), ("万円", False))
    assert parts("up to 2 years") == (("up to ", False), ("2", True), (" years", False))
    assert parts("") == ()


@given(st.text(max_size=60))
def test_parts_join_to_the_text(text: str) -> None:
    assert "".join(piece for piece, _ in parts(text)) == text
