"""The thesaurus leads from everyday words to terms that the catalogue really uses, and to each by one way."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from hayami import locales, text
from hayami.checks.aliases import fold
from hayami.problems import Problem, nearest
from hayami.schema.strings import WordGroup
from hayami.schema.words import Words
from hayami.validate import Draft, Typed


def check(draft: Draft) -> Iterator[Problem]:
    """All rules of this module."""
    for code in draft.languages:
        typed = draft.strings.get(code)
        if typed is not None and typed.value.thesaurus:
            yield from terms_are_used(draft, code, typed)
            yield from words_stand_once(typed)


def terms_are_used(draft: Draft, code: str, typed: Typed) -> Iterator[Problem]:
    """An official term occurs in what the catalogue says in its language; aliases do not count."""
    said = "\n".join(_said(draft, code))
    names = list(_names(draft, code))
    for term in typed.value.thesaurus:
        if not _occurs(_plain(term), said):
            place = typed.place(("thesaurus", term), key=True)
            yield Problem(place, "unknown-term", {"term": term, "language": code}, nearest(term, names))


def _plain(words: str) -> str:
    return unicodedata.normalize("NFKC", text.without_hints(words)).casefold()


def _occurs(term: str, said: str) -> bool:
    """Whether a term occurs; one that stands between spaces must not be a part of a longer word."""
    for match in re.finditer(re.escape(term), said):
        around = said[match.start() - 1 : match.start()] + said[match.end() : match.end() + 1]
        if not any(one.isalnum() and locales.is_spaced(one) for one in around) or not locales.is_spaced(term):
            return True
    return False


def _said(draft: Draft, code: str) -> Iterator[str]:
    for entry in (*draft.records, *draft.prose):
        typed = entry.words.get(code)
        if typed is not None:
            yield from (_plain(value) for path, value in text.texts(typed.value) if path[0] != "aliases")
            yield _plain(typed.document.body)
    if code in draft.strings:
        yield from (_plain(value) for _, value in text.texts(draft.strings[code].value.vocabulary))


def _names(draft: Draft, code: str) -> Iterator[str]:
    """Names that a misspelt term may have meant."""
    for entry in (*draft.records, *draft.prose):
        typed = entry.words.get(code)
        if typed is None:
            continue
        if isinstance(typed.value, Words):
            yield from (text.without_hints(typed.value.name), typed.value.short_name)
            yield from (label.label for label in typed.value.offers.values())
        yield from (value for path, value in text.texts(typed.value) if path[0] in ("term", "forms"))


def words_stand_once(typed: Typed) -> Iterator[Problem]:
    """An everyday word leads to one term, and is none itself, unless its group lists it under ``also``.

    Width, case, kind of kana and spaces make no other word.
    """
    thesaurus: dict[str, WordGroup] = typed.value.thesaurus
    homes = {fold(term): term for term in thesaurus}
    for term, group in thesaurus.items():
        for index, word in enumerate(group.words):
            other = homes.setdefault(fold(word), term)
            repeated = (
                other != term or fold(word) == fold(term) or fold(word) in map(fold, group.words[:index])
            )
            if repeated:
                values = {"word": word, "term": term, "other": other}
                yield Problem(typed.place(("thesaurus", term, "words", index)), "repeated-word", values)
