"""Pages of records as the search engine reads them: the words of the article, and its metadata."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Collection, Container, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from hayami import tags
from hayami.search.words import JAPANESE, fold, is_word, words

_TAGS = ("nav", "form", "noscript", "script", "template", "svg", "button", "thead", "dt")
_CLASSES = (
    *("trail", "estimate", "src", "cbox", "over", "names"),
    *("kind", "must", "unstated", "tab", "counter", "note"),
)
_LEFT_OUT = re.compile(
    rf'<(?:{"|".join(_TAGS)})\b|\bhidden\b|\bdata-unsearched\b|class="(?:{"|".join(_CLASSES)})\b'
)
"""Parts of a page that say nothing about its record, or the same on every page."""

LEFT_OUT = ", ".join((*_TAGS, "[hidden]", "[data-unsearched]", *(f".{one}" for one in _CLASSES)))
"""The same as a selector, for the script that shows a passage of the page."""

_SUM = re.compile(r"(\d) (million|billion)\b")
_AROUND = re.compile(r"^\W+|\W+$")
_FEW = 10
"""So many documents may share a word in the smallest catalogue."""

_BLOCK = re.compile(
    r"</?(?:article|aside|dd|details|div|dl|dt|h\d|li|ol|p|section|summary|table|t[a-z]+|ul|br)\b"
)
_HEADING = re.compile(r"<h\d\b")


@dataclass(frozen=True)
class Document:
    """What is indexed of one page."""

    address: str
    """Folder of the page."""
    language: str
    """``und`` where the text is cut into words beforehand."""
    headings: str
    """The words of its headings, which weigh more."""
    text: str
    """The other words of the page."""
    meta: dict[str, str]
    """Name of the field → words."""

    def html(self) -> str:
        """The page for the engine."""
        fields = "".join(
            f'<meta data-pagefind-meta="{name}[content]" content="{html.escape(_ordered(value))}">'
            for name, value in self.meta.items()
        )
        headings, text = (html.escape(_ordered(one), quote=False) for one in (self.headings, self.text))
        body = f"<h2>{headings}</h2><p>{text}</p>"
        return f'<html lang="{self.language}"><head>{fields}</head><body>{body}</body></html>'


def _ordered(words: str) -> str:
    """Words by the alphabet: the places of words that pages share become alike, and the index packs more closely."""
    return " ".join(sorted(words.split()))


@lru_cache(maxsize=1 << 14)
def cut(text: str) -> str:
    """A Japanese text with spaces between its words. Labels and notes stand in many pages, and are cut once."""
    return " ".join(one.surface for one in words(text) if not one.surface.isspace())


def kept(text: str) -> str:
    """A text of a language that has spaces itself; a sum is one word, as in lib/query.js.

    >>> kept("up to  ¥1.5 million")
    'up to ¥1.5million'
    """
    return _SUM.sub(r"\1\2", " ".join(text.split()))


def text(
    page: str, divided: Callable[[str], str], small: Container[str] = (), *, spaced: bool = False
) -> tuple[str, str]:
    """The words of the headings of an article, and its others; ``divided`` puts spaces between them.

    Where the language is ``spaced`` itself, no word goes on beyond a tag: labels stand next to each other as boxes do.

    Each stands once, as it first stands in the page; ``small`` words, folded, are left out.

    How often a word stands in a page says little of what the page is about, and its places are half of the index.
    """
    start, end = page.find("<article"), page.find("</article>")
    found: dict[str, str] = {}
    headings: list[str] = []
    run: list[str] = []
    in_heading = False

    def flush() -> None:
        for word in divided(html.unescape("".join(run))).split():
            if is_word(word) and fold(word) not in found and fold(word).strip(".,;:") not in small:
                found[fold(word)] = "" if in_heading else word
                headings.extend([word] if in_heading else [])
        run.clear()

    def enter(_element: str, tag: str, skipped: bool) -> bool:
        return skipped or _LEFT_OUT.search(tag) is not None

    for piece, skipped in tags.pieces(page[start:end], False, enter):
        if skipped is None:
            if _BLOCK.match(piece):
                flush()
                in_heading = _HEADING.match(piece) is not None
            elif spaced and not piece.startswith("<wbr"):
                run.append(" ")
        elif not skipped:
            run.append(piece)
    flush()
    return " ".join(headings), " ".join(word for word in found.values() if word)


def alias_words(aliases: Iterable[str], known: Container[str], small: Container[str]) -> list[str]:
    """Each word of some aliases once; words that are ``known``, folded, and ``small`` ones are left out.

    In capitals a small word is an abbreviation. A single letter is kept: the engine finds it for words that it does
    not know and that begin so, and tells by the many records that it does not know them (``anyUnknown`` in engine.js).

    >>> alias_words(["make it pay", "IT advice", "ask a lawyer"], {"lawyer"}, {"a", "ask", "it"})
    ['make', 'pay', 'IT', 'advice', 'a']
    """

    def is_small(word: str) -> bool:
        return len(word) > 1 and fold(word) in small and not word.isupper()

    words = dict.fromkeys(word for alias in aliases for word in alias.split())
    return [word for word in words if fold(word) not in known and not is_small(word)]


def bare(word: str) -> str:
    """A word folded, without the signs around it.

    >>> bare('"Grants",')
    'grants'
    """
    return _AROUND.sub("", fold(word))


def common(documents: Collection[Document]) -> frozenset[str]:
    """Words, bare, that the texts of so many documents hold that they tell none from another."""
    held = Counter(
        word for one in documents for word in {bare(some) for some in f"{one.headings} {one.text}".split()}
    )
    most = max(_FEW, len(documents) / 5)
    return frozenset(word for word, number in held.items() if number > most)


def without(document: Document, words: Container[str], *, japanese: bool = True) -> Document:
    """A document whose text has not some words, which are given bare, nor those with Japanese letters if told so."""

    def rest(text: str) -> str:
        return " ".join(
            word
            for word in text.split()
            if bare(word) not in words and (japanese or not JAPANESE.search(word))
        )

    return replace(document, headings=rest(document.headings), text=rest(document.text))


def word_forms(texts: Iterable[str]) -> list[str]:
    """Words of Japanese texts, their dictionary forms, and the written stems of what is inflected.

    >>> word_forms(["機械を買いたい"])
    ['機械', 'を', '買い', '買う', '買', 'たい']
    """
    found: dict[str, None] = {}
    for text in texts:
        for one in words(fold(text)):
            if is_word(one.surface):
                found[one.surface] = None
                if one.base != one.surface:
                    found[one.base] = None
                stem = re.match(r"[一-鿿々]+(?=[ぁ-ゖ])", one.surface)
                if stem:
                    found[stem[0]] = None
    return list(found)
