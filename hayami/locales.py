"""What CLDR knows of a language: its scripts, the names of its months, the signs in its numbers.

Nothing here names a language: a locale of ``site.yaml`` decides. Scripts are those of ISO 15924, and a letter
belongs to the script that starts its Unicode name (``HIRAGANA LETTER A``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError, get_global, parse_locale
from babel.numbers import get_decimal_symbol, get_group_symbol

LATIN = "LATIN"
"""Names and abbreviations of all the world are written in Latin letters, in texts of any script."""

_MIXED: Mapping[str, tuple[str, ...]] = {
    "Jpan": ("Hani", "Hira", "Kana"),
    "Hrkt": ("Hira", "Kana"),
    "Kore": ("Hang", "Hani"),
    "Hans": ("Hani", "Bopo"),
    "Hant": ("Hani", "Bopo"),
    "Hanb": ("Hani", "Bopo"),
}
"""Scripts that are written together under one code."""

_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR", "TIBETAN")
"""Scripts without spaces between words."""

_BRACKETED = re.compile(r"[(（]([^()（）]*)[)）]")
_LATIN_RUN = re.compile(r"[^\W\d_]+(?:['’&/-][^\W\d_]+)*(?:,? [^\W\d_]+(?:['’&/-][^\W\d_]+)*)*")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a text."""

    start: int
    text: str


def is_known(locale: str) -> bool:
    """Whether CLDR has data for a locale.

    >>> is_known("ja_JP"), is_known("xx_XX")
    (True, False)
    """
    try:
        Locale.parse(locale)
    except (UnknownLocaleError, ValueError):
        return False
    return True


@cache
def scripts(locale: str) -> frozenset[str]:
    """Scripts in which a language is written, as they start the names of their letters.

    >>> sorted(scripts("ja_JP")), sorted(scripts("sr_RS"))
    (['CJK', 'HIRAGANA', 'KATAKANA'], ['CYRILLIC'])
    """
    language, territory, script, *_ = parse_locale(locale)
    likely = get_global("likely_subtags")
    for key in (f"{language}_{territory}", language):
        if script is None and key in likely:
            script = parse_locale(likely[str(key)])[2]
    code = str(script) if script else "Latn"
    return frozenset(map(_letter_name, _MIXED.get(code, (code,))))


def _letter_name(code: str) -> str:
    """ISO 15924 → first word of the Unicode names of its letters."""
    return "CJK" if code == "Hani" else str(Locale("en").scripts[code]).split()[0].upper()


@cache
def _known() -> frozenset[str]:
    return frozenset(_letter_name(code) for code in map(str, Locale("en").scripts) if code not in _MIXED)


@cache
def script_of(character: str) -> str | None:
    """Script of a letter; None for digits, signs and letters that all scripts share.

    >>> script_of("ｱ"), script_of("漢"), script_of("é"), script_of("ー"), script_of("1")
    ('KATAKANA', 'CJK', 'LATIN', None, None)
    """
    if not character.isalpha():
        return None
    name = re.sub(r"^(HALFWIDTH|FULLWIDTH) ", "", unicodedata.name(character, ""))
    first = name.split(" ")[0]
    return first if first in _known() else None


def is_spaced(word: str) -> bool:
    """Whether a word stands between spaces rather than within a run of letters."""
    return not any(script_of(one) in _UNSPACED for one in word)


def foreign_runs(text: str, locale: str) -> Iterator[Run]:
    """Stretches in a script that is neither the language's own nor Latin.

    >>> [run.text for run in foreign_runs("The fair (危機管理産業展) is old.", "en_GB")]
    ['危機管理産業展']
    """
    own = scripts(locale) | {LATIN, None}
    # x a foreign letter, s a letter that several scripts share (ー), . all else.
    kinds = "".join(
        "x" if script_of(one) not in own else "s" if one.isalpha() and script_of(one) is None else "."
        for one in text
    )
    for match in re.finditer(r"x[xs]*", kinds):
        yield Run(match.start(), text[match.start() : match.end()])


def unmarked_runs(text: str, locale: str) -> Iterator[Run]:
    """Foreign stretches that stand in no brackets of their own: ``wage (賃)`` is marked, ``the 賃`` is not.

    >>> [run.text for run in unmarked_runs("Wage (賃) and 質.", "en_GB")]
    ['質']
    """
    marked = [
        (match.start(), match.end())
        for match in _BRACKETED.finditer(text)
        if next(foreign_runs(_first_letter(match[1]), locale), None) is not None
    ]
    for run in foreign_runs(text, locale):
        if not any(start <= run.start < end for start, end in marked):
            yield run


def _first_letter(text: str) -> str:
    return next((one for one in text if one.isalpha()), "")


def latin_sentences(text: str, locale: str, least: int = 4) -> Iterator[Run]:
    """Runs of at least ``least`` Latin words in a language of another script, unless they are a name.

    In a name at least half of the words start with a capital.

    >>> [run.text for run in latin_sentences("助成金 a grant towards the cost です", "ja_JP")]
    ['a grant towards the cost']
    >>> list(latin_sentences("IPA (Information-technology Promotion Agency, Japan) です", "ja_JP"))
    []
    """
    if LATIN in scripts(locale):
        return
    # Letters of the own script become a sign that ends a run.
    latin = "".join("。" if one.isalpha() and script_of(one) != LATIN else one for one in text)
    for match in _LATIN_RUN.finditer(latin):
        words = match[0].split(" ")
        capitals = sum(word[:1].isupper() for word in words)
        if len(words) >= least and capitals * 2 < len(words):
            yield Run(match.start(), match[0])


@cache
def month_names(locale: str) -> Mapping[str, int]:
    """Name → number of a month, where the name is a word and not itself a number."""
    months = Locale.parse(locale).months
    return {
        str(name): number
        for context in ("format", "stand-alone")
        for number, name in months[context]["wide"].items()
        if not any(one.isdigit() for one in str(name))
    }


@cache
def number_signs(locale: str) -> tuple[str, str]:
    """Patterns of the sign between groups of digits and of the decimal sign.

    >>> number_signs("de_DE"), number_signs("ja_JP")
    (('\\\\.', ','), (',', '\\\\.'))
    """
    group, decimal = get_group_symbol(locale), get_decimal_symbol(locale)
    return (r"[ \u00a0\u202f]" if group.isspace() else re.escape(group)), re.escape(decimal)


def likely(code: str) -> tuple[str, str] | None:
    """Locale and own name of a language by its tag; None for one that CLDR does not know.

    >>> likely("fr"), likely("zh-Hant"), likely("xx")
    (('fr_FR', 'français'), ('zh_Hant_TW', '中文 (繁體)'), None)
    """
    try:
        locale = Locale.parse(code.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return None
    full = get_global("likely_subtags").get(
        str(locale), get_global("likely_subtags").get(locale.language, "")
    )
    territory = locale.territory or (full.split("_")[-1] if full else None)
    written = "_".join(filter(None, (locale.language, locale.script, territory)))
    return written, str(locale.get_display_name(locale) or code)
