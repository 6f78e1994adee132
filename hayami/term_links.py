"""Terms of the glossary, linked where a page first uses them.

Works on the finished HTML of a page, so that it does not matter whether a term stands in a summary, a label
or a paragraph.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from hayami import tags

_NO_LINKS = frozenset(
    {"a", "button", "dfn", "form", "h1", "h2", "label", "nav", "q", "script", "style"}
    | {"summary", "svg", "thead", "th", "caption", "textarea", "select"}
)
"""Elements whose text is no running text, or may not hold a link."""


_TAG = re.compile(r"<[^>]*>")
_LINK = re.compile(r"<a\b[^>]*>(.*?)</a>", re.DOTALL)


@dataclass(frozen=True)
class Forms:
    """The spellings of all terms of one language, ready to be looked for."""

    pattern: re.Pattern[str] | None
    slugs: Mapping[str, str]
    """Folded spelling → slug of the term."""

    @classmethod
    def of(cls, spellings: Iterable[tuple[str, str]]) -> Forms:
        """From pairs of spelling and slug. The longest spelling wins; one in Latin letters is a word of its own."""
        pairs = dict(spellings)
        longest = sorted(pairs, key=lambda one: (-len(one), one))
        pieces = [_whole_word(html.escape(one, quote=False)) for one in longest]
        slugs = {one.casefold(): slug for one, slug in pairs.items()}
        return cls(re.compile("|".join(pieces)) if pieces else None, slugs)


def _whole_word(spelling: str) -> str:
    before = r"(?<![A-Za-z0-9])" if re.match(r"[A-Za-z0-9]", spelling) else ""
    behind = r"(?![A-Za-z0-9])" if re.search(r"[A-Za-z0-9]$", spelling) else ""
    # A word may start a sentence; an abbreviation (BCP, SaaS) is only itself.
    flags = "i" if spelling[1:].islower() else ""
    return f"(?{flags}:{before}{re.escape(spelling)}{behind})"


def linked(page: str, forms: Forms, address: Callable[[str], str], language: str) -> str:
    """``page`` with the first use of each term in its ``<main>`` linked to ``address(slug)``.

    Headings, links, quotations and runs in another language stay as they are.
    """
    start, end = page.find("<main"), page.find("</main>")
    if forms.pattern is None or start < 0 or end < 0:
        return page
    used: set[str] = set()
    # Two links that say the same lead to the same place.
    taken = {" ".join(html.unescape(_TAG.sub("", one)).split()).casefold() for one in _LINK.findall(page)}

    def link(match: re.Match[str]) -> str:
        slug = forms.slugs[html.unescape(match[0]).casefold()]
        if slug in used or html.unescape(match[0]).casefold() in taken:
            return match[0]
        used.add(slug)
        return f'<a class="term" href="{html.escape(address(slug))}">{match[0]}</a>'

    def enter(element: str, tag: str, closed: bool) -> bool:
        other = (tags.language(tag) or language) != language
        hidden = 'class="nm' in tag or "hidden" in tag
        return closed or element in _NO_LINKS or other or hidden

    out = [
        piece if closed is not False or piece.isspace() else forms.pattern.sub(link, piece)
        for piece, closed in tags.pieces(page[start:end], False, enter)
    ]
    return page[:start] + "".join(out) + page[end:]
