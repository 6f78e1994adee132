"""Numbers in running text, as Japanese and English strings say that they are written, and by CLDR alone."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hayami import pipeline
from hayami.checks.numerals import Forms, numerals
from hayami.schema.strings import Formats, NumeralForm

BUILTIN = pipeline.builtin_strings(Path(__file__).parent.parent.parent / "templates")


def forms(code: str, locale: str, told: NumeralForm | None = None) -> Forms:
    """Forms of a language that we bring, under any locale."""
    formats = BUILTIN[code].formats
    assert formats is not None
    if told is not None:
        formats = Formats.model_validate({**dict(formats), "numerals": told})
    return Forms.of(locale, formats)


JA, EN = forms("ja", "ja_JP"), forms("en", "en_GB")
GERMAN, FRENCH = forms("en", "de_DE", NumeralForm()), forms("en", "fr_FR", NumeralForm())


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        (JA, "1億2,000万円", ["120000000"]),
        (JA, "１，５００　万円", ["15000000"]),
        (JA, "5千円と3百", ["5000", "300"]),
        (JA, "令和元年、平成 30 年、昭和64年", ["2019", "2018", "1989"]),
        (JA, "2,3,4ホール", ["2", "3", "4"]),
        (JA, "二つと十一社と二千円", ["2", "11", "2000"]),
        (JA, "二次、十分、二十三年、第三者、一部、両方", []),
        (JA, "約9,400㎡、m²", ["9400"]),
        (JA, "①、⑩、Ⅱ、½", ["1", "10", "2", "0.5"]),
        (JA, "3分の2は2/3", ["3", "2", "2", "3"]),
        (JA, "9:00から12:30", ["9", "12", "30"]),
        (JA, "{cap-2}と{cap}で2", ["2"]),
        (JA, "02-1234", ["2", "1234"]),
        (EN, "¥1.5 million or 2 billion", ["1500000", "2000000000"]),
        (EN, "two hundred, TWELVE", ["200", "12"]),
        (EN, "twenty-two, network, attend, tent", []),
        (EN, "two-thirds", ["2"]),
        (EN, "one of both halves, once, the second", []),
        (EN, "19 March 2024, in May", ["19", "3", "2024", "5"]),
        (EN, "May be. March on. (May)", ["5"]),
        (EN, "100th, 5G, WCAG 2.2, COVID-19", ["100", "5", "2.2", "19"]),
        (GERMAN, "1.500,5 im März", ["1500.5", "3"]),
        (FRENCH, "1\u202f500,5 et 2 000 en août", ["1500.5", "2000", "8"]),
    ],
)
def test_firm_numbers(language: Forms, text: str, values: list[str]) -> None:
    found = [value for one in numerals(text, language) if one.firm for value in one.values]
    assert found == [Decimal(value) for value in values]


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        (EN, "both", ["2"]),
        (EN, "half", ["1", "2"]),
        (EN, "two-thirds", ["3"]),
        (EN, "May", ["5"]),
        (JA, "二次", ["2"]),
        (JA, "半年", ["6"]),
        (JA, "二十三年", ["2", "10", "3"]),
    ],
)
def test_words_that_may_stand_for_a_number(language: Forms, text: str, values: list[str]) -> None:
    found = [value for one in numerals(text, language) if not one.firm for value in one.values]
    assert found == [Decimal(value) for value in values]


@given(st.text(alphabet="0123456789０１２,.:／/ 〇一二十百千万億つ年元令和①½²㎡{}-abmillion\n", max_size=40))
def test_any_text_can_be_read(text: str) -> None:
    """Never an error; every number lies where it says, and none overlaps the next."""
    for language in (JA, EN, GERMAN, FRENCH):
        end = 0
        for one in numerals(text, language):
            assert one.start >= end
            assert one.values
            end = one.start + len(one.text)
        assert end <= len(text)


@given(st.integers(min_value=0, max_value=10**12))
def test_digits_are_read_as_they_are(number: int) -> None:
    for language, written in ((JA, f"約{number:,}円"), (EN, f"about ¥{number:,}."), (GERMAN, f"{number}.")):
        (found,) = numerals(written, language)
        assert found.values == (Decimal(number),)
