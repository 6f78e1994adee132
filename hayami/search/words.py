"""Text as words: folded, and, for Japanese, cut into its shortest units by a dictionary (Sudachi).

This is the only module that knows Sudachi.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from sudachipy import Dictionary, SplitMode, Tokenizer

_RUN = re.compile(r"[A-Za-z0-9]+(?:[&+/.'’@-]+[A-Za-z0-9]+)*")
"""Letters and digits that belong together: ``M&A``, ``E-world``, ``3/4``, a telephone number."""

JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff66-\uff9f]")
"""Letters of Japanese alone; the same in ``assets/js/engine.js``, where they decide which index is asked."""

_INFLECTED = ("動詞", "形容詞")
_KATAKANA = {ord(one): ord(one) - 0x60 for one in map(chr, range(ord("ァ"), ord("ヶ") + 1))}


@dataclass(frozen=True)
class Word:
    """One unit of a text."""

    surface: str
    base: str
    """Dictionary form: 買い → 買う."""
    reading: str
    """Hiragana; empty where there is none."""


@lru_cache(maxsize=1 << 15)
def fold(text: str) -> str:
    """Text as it is compared: width, case, commas in numbers and the two ways to say a fraction are one.

    The same as ``fold`` in ``assets/js/lib/query.js``.

    >>> fold("ＤＸ　1,500万円 ３分の２ ｻｰﾋﾞｽ")
    'dx 1500万円 2/3 サービス'
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    folded = re.sub(r"(?<=\d),(?=\d{3})", "", folded)
    return re.sub(r"(\d+)分の(\d+)", r"\2/\1", folded)


def hiragana(text: str) -> str:
    """Katakana as hiragana.

    >>> hiragana("キカイ機械ー")
    'きかい機械ー'
    """
    return text.translate(_KATAKANA)


def words(text: str) -> Iterator[Word]:
    """The words of a Japanese text, in order, signs and spaces too: their surfaces joined give the text.

    >>> [one.surface for one in words("3/4の助成金でM&A")]
    ['3/4', 'の', '助成', '金', 'で', 'M&A']
    """
    at = 0
    for run in _RUN.finditer(text):
        yield from _cut(text[at : run.start()])
        yield Word(run[0], run[0], "")
        at = run.end()
    yield from _cut(text[at:])


def is_word(surface: str) -> bool:
    """Whether there is a letter or digit in it."""
    return any(one.isalnum() for one in surface)


@cache
def _tokenizer() -> Tokenizer:
    return Dictionary(dict="small").tokenizer(SplitMode.A)


def _cut(text: str) -> Iterator[Word]:
    if not text:
        return
    for one in _tokenizer().tokenize(text):
        inflected = one.part_of_speech()[0] in _INFLECTED
        yield Word(
            one.surface(),
            one.dictionary_form() if inflected else one.surface(),
            hiragana(one.reading_form()) if is_word(one.surface()) else "",
        )
