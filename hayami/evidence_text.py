"""Reading figures out of Japanese source text: 万 and 億, fractions, durations, dates, loose spacing.

The text came out of slides: figures stand there full width, letter-spaced (``1 2 2 件``), with a space
behind the comma (``1, 500万円``) or split over lines. Everything here is exact integer, decimal and
fraction arithmetic.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

_TAGS = re.compile(r"</?(?:ul|ol|li|p|br|b|i|table|tr|td|th)\b[^>]*>", re.IGNORECASE)
_SCALES = {"万": 10_000, "億": 100_000_000, "兆": 1_000_000_000_000, "千": 1_000, "百": 100}
_ERAS = {"明治": 1867, "大正": 1911, "昭和": 1925, "平成": 1988, "令和": 2018, "H": 1988, "R": 2018}
_NUMBER = r"\d+(?:\.\d+)?"


def normalise(text: str) -> str:
    """Text without spacing, tags and emphasis, NFKC, with digits joined and commas out of numbers.

    >>> normalise("１, ５００ 万円")
    '1500万円'
    """
    text = unicodedata.normalize("NFKC", _TAGS.sub("", text))
    # Again without the spaces: a mark of its own may now stand behind the letter that it belongs to.
    text = unicodedata.normalize("NFKC", re.sub(r"[\s*✓\\]+", "", text))
    text = re.sub(r"(?<=\d),(?=\d{3})", "", text)
    return (
        text.replace("〜", "~")
        .replace("～", "~")
        .replace("ヶ", "か")
        .replace("ケ月", "か月")
        .replace("元年", "1年")
    )


def numbers(text: str) -> frozenset[Decimal]:
    """All numbers that a fragment states, with 万 and 億 worked out, alone and composed.

    >>> sorted(numbers("1億2,000万円"))
    [Decimal('120000000')]
    """
    found: set[Decimal] = set()
    scale = "".join(_SCALES)
    for match in re.finditer(rf"(?:{_NUMBER}[{scale}]*)+", normalise(text)):
        pieces = re.findall(rf"({_NUMBER})([{scale}]*)", match[0])
        total = Decimal(0)
        for number, marks in pieces:
            value = Decimal(number)
            for mark in marks:
                value *= _SCALES[mark]
            total += value
        found.add(total)
    return frozenset(found)


def fractions(text: str) -> frozenset[Fraction]:
    """All shares: ``2/3``, ``3分の2``, ``2分の1``.

    >>> sorted(fractions("派遣交通費2分の1"))
    [Fraction(1, 2)]
    """
    # Spacing is kept here: two columns of a table (3/4 4/5) would run together.
    spaced = unicodedata.normalize("NFKC", text)
    pairs = [(n, d) for n, d in re.findall(r"(\d+) ?/ ?(\d+)", spaced)]
    pairs += [(n, d) for d, n in re.findall(r"(\d+)分の(\d+)", normalise(text))]
    return frozenset(Fraction(int(n), int(d)) for n, d in pairs if int(d))


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time as it is printed."""

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0


def spans(text: str) -> frozenset[Span]:
    """All lengths of time; 半年 is six months, ``1年9ヶ月`` one span.

    >>> spans("支援期間 1年9ヶ月")
    frozenset({Span(years=1, months=9, weeks=0, days=0)})
    """
    plain = normalise(text).replace("半年", "6か月").replace("か年度", "年").replace("か年", "年")
    found: set[Span] = set()
    pattern = r"(?:(\d+)年(?:間)?)?(?:(\d+)(?:か月|カ月|箇月|月)(?:間)?)?(?:(\d+)週間?)?(?:(\d+)日間?)?"
    for match in re.finditer(pattern, plain):
        if match[0]:
            found.add(Span(*(int(one or 0) for one in match.groups())))
    for low, high in re.findall(r"(\d+)~(\d+)年", plain):
        found |= {Span(years=int(low)), Span(years=int(high))}
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class Stated:
    """Parts of dates that a fragment states."""

    years: frozenset[int]
    fiscal_years: frozenset[int]
    months: frozenset[int]
    days: frozenset[int]
    parts: frozenset[str]


_PARTS = {"上旬": "early", "中旬": "middle", "下旬": "late"}


def dates(text: str) -> Stated:
    """Years (Gregorian or of an era), fiscal years, months, days and thirds of a month.

    >>> dates("令和6年3月19日").years
    frozenset({2024})
    """
    plain = normalise(text)
    years: set[int] = set()
    fiscal: set[int] = set()
    for era, number, kind in re.findall(r"(明治|大正|昭和|平成|令和|R|H)?(\d+)(年度|年)", plain):
        year = int(number) + _ERAS.get(era, 0)
        (fiscal if kind == "年度" else years).add(year)
    for year, month, day in re.findall(r"(\d{4})[./-](\d{1,2})[./-](\d{1,2})", plain):
        years.add(int(year))
        plain += f" {month}月{day}日"
    years |= {int(one) for one in re.findall(r"(?:^|\D)((?:19|20)\d\d)(?!\d)", plain)}
    months = {int(one) for one in re.findall(r"(\d+)月", plain)}
    days = {int(one) for one in re.findall(r"(\d+)日", plain)}
    parts = {name for mark, name in _PARTS.items() if mark in plain}
    return Stated(frozenset(years), frozenset(fiscal), frozenset(months), frozenset(days), frozenset(parts))
