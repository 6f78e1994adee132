"""Numbers in prose: digits of any width, scales, eras, months, and words that stand for numbers.

How a language writes numbers comes from its strings (``formats``) and from CLDR; nothing here names one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from hayami import locales
from hayami.schema.strings import Formats
from hayami.text import FIGURE

_SENTENCE_START = re.compile(r"(?:^|[.!?:。]\s+|\n\s*)$")
_CLOCK = r"\d{1,2}:\d{2}(?!\d)"


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number as a text writes it."""

    text: str
    start: int
    values: tuple[Decimal, ...]
    """What it says: one value, or several for a time of day or a word such as half (1 and 2)."""
    firm: bool = True
    """Whether the other languages must say it too; ``both`` may stand for 2 without having to be matched."""


@dataclass(frozen=True)
class Forms:
    """How one language writes numbers, ready to be looked for."""

    pattern: re.Pattern[str]
    piece: re.Pattern[str]
    """Digits, or one scale."""
    decimal: str
    scales: Mapping[str, Decimal]
    eras: Mapping[str, int]
    """Name → the year before its first."""
    first_year: str
    months: Mapping[str, int]
    words: Mapping[str, Decimal]
    counters: tuple[str, ...]
    loose: Mapping[str, tuple[Decimal, ...]]

    @classmethod
    def of(cls, locale: str, formats: Formats) -> Forms:
        """From a locale and the forms of the language's strings."""
        told = formats.numerals
        scales = {one.name: Decimal(one.value) for one in (*formats.money.scales, *told.scales)}
        eras = {one.name: one.start.year - 1 for one in formats.date.eras}
        first_year = formats.date.first_year
        group, decimal = locales.number_signs(locale)
        months = locales.month_names(locale)
        digits = rf"(?:\d{{1,3}}(?:{group}\d{{3}})+(?!\d)|\d+)(?:{decimal}\d+)?"
        scale = f"(?: ?{_any(scales)})"
        parts = [
            rf"(?P<era>{_any(eras)}) ?(?P<year>\d+|{re.escape(first_year)})",
            rf"(?P<clock>{_CLOCK})",
            # Parts of one number follow each other at once: 1億2,000万.
            rf"(?P<number>{digits}{scale}*(?:(?<!\d){digits}{scale}+)*)",
            rf"(?P<month>{_any(months)})",
            # twenty-two is no two, but two-thirds is a two and a third.
            rf"(?i:(?P<word>{_any(told.words, after_hyphen=False)}|{_any(told.loose)}){scale}*)",
        ]
        return cls(
            re.compile("|".join(parts)),
            re.compile(
                "|".join([digits, *map(re.escape, sorted(scales, key=len, reverse=True))]), re.IGNORECASE
            ),
            decimal,
            {name.casefold(): value for name, value in scales.items()},
            eras,
            first_year,
            months,
            {word.casefold(): Decimal(value) for word, value in told.words.items()},
            told.counters,
            {word.casefold(): tuple(map(Decimal, values)) for word, values in told.loose.items()},
        )


def _any(words: Iterable[str], after_hyphen: bool = True) -> str:
    """Pattern of any of the words, the longest first; a word between spaces is matched as a whole."""
    before = r"(?<![^\W\d_])" if after_hyphen else r"(?<![^\W\d_])(?<![^\W\d_]-)"
    pieces = [
        f"{before}{re.escape(word)}(?![^\\W\\d_])" if locales.is_spaced(word) else re.escape(word)
        for word in sorted(words, key=lambda one: (-len(one), one))
    ]
    return f"(?:{'|'.join(['(?!)', *pieces])})"


def numerals(text: str, forms: Forms) -> tuple[Numeral, ...]:
    """All numbers of a text in their order, references to figures (``{id}``) left out."""
    plain = FIGURE.sub(lambda match: " " * len(match[0]), text.translate(_PLAIN))
    found = list(_glyphs(plain))
    end = -1
    for match in forms.pattern.finditer(plain):
        one = _read(match, plain, forms)
        # Words that run together (二十三) make one number, of which only the parts are known.
        part = bool(match["word"]) and match.start() == end
        end = match.end()
        found.append(replace(one, text=text[match.start() : end], firm=one.firm and not part))
    return tuple(sorted(found, key=lambda one: one.start))


class _Plain(dict[int, str]):
    """One character for one: digits and signs of any width as ASCII."""

    def __missing__(self, code: int) -> str:
        self[code] = plain = _one_plain(chr(code))
        return plain


_PLAIN = _Plain()


def _one_plain(character: str) -> str:
    if character.isascii() or unicodedata.category(character) in ("No", "Nl"):
        return character
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    folded = unicodedata.normalize("NFKC", character)
    return folded if len(folded) == 1 and folded.isascii() else character


def _glyphs(text: str) -> Iterator[Numeral]:
    """Characters that are a number by themselves: ``①``, ``½``, ``Ⅱ``; not the ² of m²."""
    for start, one in enumerate(text):
        if not one.isascii() and (value := _glyph_value(one)) is not None:
            yield Numeral(one, start, (value,))


@cache
def _glyph_value(character: str) -> Decimal | None:
    if unicodedata.category(character) not in ("No", "Nl"):
        return None
    value = unicodedata.numeric(character, None)
    raised = unicodedata.name(character, "").startswith(("SUPERSCRIPT", "SUBSCRIPT"))
    return None if value is None or raised else Decimal(str(value)).normalize()


def _read(match: re.Match[str], plain: str, forms: Forms) -> Numeral:
    held = match.groupdict()
    text, start = match[0], match.start()
    if held.get("era"):
        year = 1 if held["year"] == forms.first_year else int(held["year"])
        return Numeral(text, start, (Decimal(forms.eras[held["era"]] + year),))
    if held.get("clock"):
        hours, minutes = text.split(":")
        return Numeral(text, start, (Decimal(hours), *([Decimal(minutes)] if int(minutes) else [])))
    if held.get("number"):
        return Numeral(text, start, (_value(text, forms),))
    if held.get("month"):
        # May and March start sentences as other words too.
        opens = _SENTENCE_START.search(plain[:start]) is not None
        return Numeral(text, start, (Decimal(forms.months[text]),), firm=not opens)
    word = held["word"].casefold()
    if word in forms.loose:
        return Numeral(text, start, forms.loose[word], firm=False)
    scaled = _value("1" + text[len(word) :], forms)
    counted = scaled != 1 or not forms.counters or plain.startswith(forms.counters, match.end())
    return Numeral(text, start, (forms.words[word] * scaled,), firm=counted)


def _value(text: str, forms: Forms) -> Decimal:
    """The value of digits with scales: ``1億2,000万``, ``1.5 million``."""
    total = part = Decimal(0)
    for piece in forms.piece.findall(text):
        scale = forms.scales.get(piece.casefold())
        if scale is not None:
            part *= scale
        else:
            whole, _, rest = re.sub(forms.decimal, "|", piece).partition("|")
            total += part
            part = Decimal("".join(filter(str.isdecimal, whole)) + "." + rest)
    return total + part
