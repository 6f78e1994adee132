"""Words of another language within a page, marked as such (WCAG 3.1.2): ``wage (賃)``.

A screen reader needs the mark to say them, and a browser to choose the right letters for them. What another
of the site's languages alone could be, by its script, is marked; names in Latin letters are left as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from hayami import tags
from hayami.locales import LATIN, foreign_runs, script_of, scripts

_PLAIN = frozenset({"script", "style", "title", "textarea", "option", "svg"})
"""Elements that may hold no other elements, or only drawings."""


def is_unspaced(locale: str) -> bool:
    """Whether a language must be cut into words before it can be searched: Japanese.

    >>> is_unspaced("ja_JP"), is_unspaced("en_GB")
    (True, False)
    """
    return "HIRAGANA" in scripts(locale)


@dataclass(frozen=True)
class Languages:
    """The languages of a site, and which scripts tell them apart."""

    locales: Mapping[str, str]
    """Code → locale."""

    @cached_property
    def _by_script(self) -> Mapping[str, str]:
        """Script → the one language of the site that is written in it."""
        found: dict[str, list[str]] = {}
        for code, locale in self.locales.items():
            for script in scripts(locale) - {LATIN}:
                found.setdefault(script, []).append(code)
        return {script: codes[0] for script, codes in found.items() if len(codes) == 1}

    def marked(self, page: str, language: str) -> str:
        """``page``, which is in ``language``, with the runs of other languages in its body marked."""
        start = page.find("<body")
        foreign = set(self._by_script) - scripts(self.locales[language])
        if start < 0 or not foreign:
            return page

        def enter(element: str, tag: str, around: str) -> str:
            return "" if element in _PLAIN else tags.language(tag) or around

        out = [page[:start]]
        for piece, inside in tags.pieces(page[start:], language, enter):
            if inside is None or inside != language or piece.isascii():
                out.append(piece)
            else:
                out.append(self._with_runs(piece, language))
        return "".join(out)

    def _with_runs(self, text: str, language: str) -> str:
        done, out = 0, []
        for run in foreign_runs(text, self.locales[language]):
            script = next(filter(None, map(script_of, run.text)), None)
            code = self._by_script.get(script or "")
            if code is not None:
                out += [text[done : run.start], f'<span lang="{code}">{run.text}</span>']
                done = run.start + len(run.text)
        return "".join([*out, text[done:]])
