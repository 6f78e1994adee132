"""Reading figures out of the source's Japanese."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hayami import evidence_text
from hayami.evidence_text import Span


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("１, ５００ 万円", 15_000_000),
        ("1, 500万円", 15_000_000),
        ("1 2 2 件", 122),
        ("1億円", 100_000_000),
        ("1億2,000万円", 120_000_000),
        ("11.5万㎡", 115_000),
        ("約8.3万人", 83_000),
        ("1回あたり11,750円", 11_750),
        ("10,462件（令和5年12月現在）", 10_462),
        ("年率平均1.5%以上", Decimal("1.5")),
        ("6回×15社", 15),
    ],
)
def test_numbers(text: str, number: int | Decimal) -> None:
    assert Decimal(number) in evidence_text.numbers(text)


def test_numbers_do_not_run_together_across_words() -> None:
    assert Decimal(31) not in evidence_text.numbers("3名と1名")


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("助成率 2/3以内", (2, 3)),
        ("派遣交通費2分の1", (1, 2)),
        ("２／３", (2, 3)),
        ("1/2~2/3", (1, 2)),
        ("3/4 4/5", (4, 5)),
    ],
)
def test_fractions(text: str, share: tuple[int, int]) -> None:
    assert Fraction(*share) in evidence_text.fractions(text)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("支援期間 1年9ヶ月", Span(years=1, months=9)),
        ("1年6か月", Span(years=1, months=6)),
        ("最長3年間", Span(years=3)),
        ("期間：半年程度", Span(months=6)),
        ("3年以上8年以内", Span(years=8)),
        ("実践支援（1年~2年）", Span(years=2)),
        ("（2か年度）", Span(years=2)),
        ("11月中旬の4日間", Span(days=4)),
    ],
)
def test_spans(text: str, span: Span) -> None:
    assert span in evidence_text.spans(text)


def test_dates_of_eras_and_fiscal_years() -> None:
    stated = evidence_text.dates("令和5年12月現在")
    assert stated.years == {2023}
    assert stated.months == {12}
    assert evidence_text.dates("平成11年度の受付開始").fiscal_years == {1999}
    assert evidence_text.dates("平成11年度の受付開始").years == frozenset()
    assert evidence_text.dates("令和元年5月").years == {2019}
    assert evidence_text.dates("2024.02.13").days == {13}
    assert evidence_text.dates("2024年11月中旬").parts == {"middle"}
    assert evidence_text.dates("R5年度：10商品").fiscal_years == {2023}


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    evidence_text.numbers(text)
    evidence_text.fractions(text)
    evidence_text.spans(text)
    evidence_text.dates(text)


@given(st.text(max_size=80))
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = evidence_text.normalise(text)
    assert evidence_text.normalise(once) == once
