"""Pages of records as the search engine reads them: the text of the article, cut into words, and its metadata."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from hayami import tags
from hayami.search.words import fold, is_word, words

_LEFT_OUT = re.compile(
    r"<(?:nav|form|noscript|script|template|svg|button|thead|dt)\b|\bhidden\b"
    r'|class="(?:trail|estimate|src|cbox|over|names|kind|must|unstated|tab|counter|note)\b'
    r'|aria-labelledby="(?:unstated|estimate|purposes)'
)
"""Parts of a page that say nothing about its record, or the same on every page."""

_BLOCK = re.compile(
    r"</?(?:article|aside|dd|details|div|dl|dt|h\d|li|ol|p|section|summary|table|t[a-z]+|ul|br)\b"
)
_HEADING = re.compile(r"<(h[1-6])\b")


@dataclass(frozen=True)
class Document:
    """What is indexed of one page."""

    address: str
    """Folder of the page."""
    language: str
    """``und`` where the text is cut into words beforehand."""
    body: str
    """Plain HTML: headings with their ids, and paragraphs."""
    meta: dict[str, str]
    """Name of the field → words."""

    def html(self) -> str:
        """The page for the engine."""
        fields = "".join(
            f'<meta data-pagefind-meta="{name}[content]" content="{html.escape(value)}">'
            for name, value in self.meta.items()
        )
        return f'<html lang="{self.language}"><head>{fields}</head><body>{self.body}</body></html>'


def cut(text: str) -> str:
    """A Japanese text with spaces between its words."""
    return " ".join(one.surface for one in words(text) if not one.surface.isspace())


def kept(text: str) -> str:
    """A text of a language that has spaces itself."""
    return " ".join(text.split())


def body(page: str, divided: Callable[[str], str]) -> str:
    """The article of a page as headings and paragraphs; ``divided`` puts spaces between words."""
    start, end = page.find("<article"), page.find("</article>")
    out: list[str] = []
    run: list[str] = []
    heading = ""

    def flush() -> None:
        text = divided(html.unescape("".join(run)))
        run.clear()
        if text:
            tag = heading or "<p>"
            name = tag[1:].split(" ")[0].rstrip(">")
            out.append(f"{tag}{html.escape(text, quote=False)}</{name}>")

    def enter(_element: str, tag: str, skipped: bool) -> bool:
        return skipped or _LEFT_OUT.search(tag) is not None

    for piece, skipped in tags.pieces(page[start:end], False, enter):
        if skipped is None:
            if _BLOCK.match(piece):
                flush()
                opening = _HEADING.match(piece)
                found = re.search(r'\sid="([^"]*)"', piece)
                named = f' id="{found[1]}"' if found else ""
                heading = f"<{opening[1]}{named}>" if opening else ""
        elif not skipped:
            run.append(piece)
    flush()
    return "\n".join(out)


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
