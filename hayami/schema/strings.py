"""``strings/<lang>.yaml``: words of the vocabulary, of the interface, and the forms of figures."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema

from hayami.schema.scalars import Day, Declared, Id, Text, Whole, YesNo

PluralForm = Literal["zero", "one", "two", "few", "many", "other"]
Plural = Annotated[
    dict[PluralForm, Text],
    BeforeValidator(lambda value: {"other": value} if isinstance(value, str) else value),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "object"}]}),
]
"""A pattern with ``{n}``: one for all numbers, or one for each plural form of CLDR."""


class Term(Declared):
    """Words of one vocabulary entry."""

    name: Text
    short: Text | None = None
    """For narrow places; the name when left out."""
    note: Text | None = None
    """One sentence of explanation."""
    reading: Text | None = None
    """Reading by which it sorts."""


TermWords = Annotated[
    Term,
    BeforeValidator(lambda value: {"name": value} if isinstance(value, str) else value),
    WithJsonSchema({"anyOf": [{"type": "string"}, Term.model_json_schema()]}),
]
Terms = dict[Id, TermWords]


class VocabularyWords(Declared):
    """Vocabulary → id → words. A test holds the keys equal to those of ``Vocabulary``."""

    record_types: Terms = Field(default={}, alias="record-types")
    categories: Terms = {}
    purposes: Terms = {}
    sectors: Terms = {}
    stages: Terms = {}
    measures: Terms = {}
    bodies: Terms = {}
    units: dict[Id, Plural] = {}
    terms: Terms = {}
    qualifiers: dict[Id, Text] = {}
    """Pattern with ``{x}``: ``new {x}``."""
    conditions: Terms = {}
    costs: Terms = {}
    requirements: Terms = {}
    actors: Terms = {}
    closures: Terms = {}
    notice_categories: Terms = Field(default={}, alias="notice-categories")
    headings: Terms = {}


class Scale(Declared):
    """A named power of ten: 億, 万, million."""

    value: Whole
    name: Text


class MoneyForm(Declared):
    """How amounts are written."""

    pattern: Text
    """``{n}円`` or ``¥{n}``."""
    scales: tuple[Scale, ...] = ()
    """From the largest down."""
    scale_pattern: Text = "{n}{scale}"
    """How a number and the name of its scale are joined; a space may stand between."""
    compose: YesNo = False
    """Whether scales are put together (1億2,000万円) rather than given decimals (¥120 million)."""
    decimals: Whole = 2
    """Most decimals before a scale; with more, the number is written out."""
    in_kind: Text
    """``{x}相当``."""


class RateForm(Declared):
    """How shares are written."""

    figure: Text
    """``{n}/{d}``."""
    spoken: Text
    """``{d}分の{n}``, for readers by ear."""
    named: dict[str, Text] = {}
    """Shares with a word of their own: ``1/2`` → half."""
    within: Text
    """``{x}以内``."""


class LengthForm(Declared):
    """How lengths of time are written."""

    years: Plural
    months: Plural
    weeks: Plural
    days: Plural
    join: str = ""
    """What stands between years and months."""


class Era(Declared):
    """An era of a calendar that counts years anew."""

    name: Text
    start: Day


class DateForm(Declared):
    """Patterns with ``{year} {month} {day} {month_name} {era} {era_year}``."""

    day: Text
    month: Text
    year: Text
    fiscal: Text
    early: Text
    middle: Text
    late: Text
    since: Text
    """``{x}から``."""
    planned: Text
    """``{x}（予定）``."""
    as_of: Text
    """``{x}現在``."""
    eras: tuple[Era, ...] = ()
    """From the newest back; without eras ``{era}`` may not be used."""
    first_year: Text = "1"
    """The word for the first year of an era (元)."""


class FeeForm(Declared):
    """How fees are written."""

    free: Text
    included: Text
    """``{x}（税込）``."""
    excluded: Text
    plus: Text
    """``{x}＋{y}``."""
    share_of: Text
    """``{cost}の{share}``."""


class OpeningForm(Declared):
    """How opening hours are written."""

    days: Text
    """``{first}〜{last}``."""
    span: Text
    """``{a}〜{b}``."""
    hours: Text
    """``{days} {spans}``."""
    closed: Text
    """``{x}（{closed}を除く）``."""


class NumeralForm(Declared):
    """Numbers in words, for the check that the texts of all languages say the same numbers."""

    words: dict[Text, Whole] = {}
    """Words that are numbers: ``two`` → 2, ``二`` → 2."""
    counters: tuple[Text, ...] = ()
    """Where there are any, a word is surely a number only before one of these (二つ, but not 二次)."""
    loose: dict[Text, tuple[Whole, ...]] = {}
    """Words that can stand for numbers of another language but need no match: ``both`` → 2, ``half`` → 1, 2."""
    scales: tuple[Scale, ...] = ()
    """Scales besides those of amounts: hundred, 千."""


class Formats(Declared):
    """Forms of figures in one language."""

    money: MoneyForm
    rate: RateForm
    length: LengthForm
    date: DateForm
    fee: FeeForm
    opening: OpeningForm
    range: Text
    """``{a}〜{b}``."""
    open_range: Text
    """``{a}以上{b}以内``."""
    bounds: dict[Literal["max", "min", "about", "exact"], Text]
    """Counts: ``max`` → ``最大{x}``."""
    length_bounds: dict[Literal["max", "min", "about", "exact"], Text]
    """Lengths of time: ``max`` → ``最長{x}``."""
    money_bounds: dict[Literal["max", "min", "about", "exact"], Text]
    natures: dict[Literal["actual", "cumulative", "planned", "target"], Text]
    per: Text
    """``1{unit}あたり{x}``."""
    each: Text
    """``{x}×{y}``."""
    list: str
    """What stands between the items of a list in a sentence."""
    condition: Text
    """``{x}（{condition}）``."""
    numerals: NumeralForm = NumeralForm()


class WordGroup(Declared):
    """Everyday words for one official term."""

    words: tuple[Text, ...] = ()
    """Words of this group alone."""
    also: tuple[Text, ...] = ()
    """Words that are meant to stand in other groups as well, are official terms themselves, or spell this one
    in another way."""


def _short_group(value: object) -> object:
    return {"words": value} if isinstance(value, list) else value


Group = Annotated[
    WordGroup,
    BeforeValidator(_short_group),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "array", "items": {"type": ["string", "number"]}},
                WordGroup.model_json_schema(),
            ]
        }
    ),
]


class Strings(Declared):
    """One ``strings/<lang>.yaml``; the generator brings those for Japanese and English."""

    formats: Formats | None = None
    interface: dict[str, dict[str, str]] = {}
    """Part of the interface → name → words. Templates ask for ``part.name``."""
    vocabulary: VocabularyWords = VocabularyWords()
    thesaurus: dict[Text, Group] = {}
    """Official term, as the catalogue writes it → words that people use for it (``助成金: [もらえるお金]``).

    A search for one of the words finds what the term finds. A word stands in one group, unless it is listed
    under ``also``; names and aliases of a single record do not belong here.
    """
    changes: dict[Id, Text] = {}
    """Id of a change in ``changes.yaml`` → a note on it for readers, in one or two sentences."""
