"""The words of one language, as a page needs them to understand what a reader types."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping
from typing import Any

from hayami.model import Tongue
from hayami.search.documents import Document
from hayami.search.words import fold, is_word, words


def of_language(
    tongue: Tongue, area: str, documents: Iterable[Document], results: Mapping[str, str], divided: bool
) -> dict[str, Any]:
    """The lexicon of a language.

    ``area`` is the place of the catalogue, whose name says nothing in it. ``results`` gives the record of each result of the engine; ``divided`` says whether the documents are Japanese
    text that was cut into words. Keys of the lexicon:

    - ``words`` (Japanese): every word of the index, folded and sorted, in one text;
    - ``packed`` (not Japanese): words of names and aliases, as :func:`packed` writes them;
    - ``groups``: [terms, everyday words], folded: a word of the second list means those of the first, and a term
      finds what its words find;
    - ``stop``: words that say nothing;
    - ``results``: id of the engine → record;
    - ``readings`` (Japanese): hiragana → words of names and aliases with ideographs that are read so, in one text
      (words in kana are their own reading);
    - ``bases`` (Japanese): inflected word → its dictionary form.
    """
    told, wanted = set[str](), set[str]()
    for one in documents:
        told |= _folded(f"{one.headings} {one.text}")
        for field in one.meta.values():
            wanted |= _folded(field)
    # Japanese is cut by all words; of other languages only those are needed that a slip of the pen is mended to.
    known = told | wanted if divided else _mendable(wanted)
    found: dict[str, Any] = {
        **({"words": " ".join(sorted(known))} if divided else {"packed": packed(known)}),
        "groups": [
            [[fold(term)], [fold(word) for word in (*group.words, *group.also)]]
            for term, group in tongue.thesaurus.items()
        ],
        "stop": sorted(stop_words(tongue, area, divided), key=lambda one: (-len(one), one)),
        "results": dict(sorted(results.items())),
    }
    if divided:
        found |= _japanese(known, wanted)
    return found


def stop_words(tongue: Tongue, area: str, divided: bool) -> set[str]:
    """Words that say nothing: those of the language, and the name of the place."""
    named = [one.surface for one in words(area)] if divided else area.split()
    return {
        *tongue.interface["search"]["stop"].split(),
        *(fold(one) for one in (*named, area) if " " not in one),
    }


def packed(words: Iterable[str]) -> str:
    """Words in one text: of each what it does not share with the one before, after a letter that tells how much it does.

    ``unpacked`` in ``assets/js/lib/query.js`` reads it.

    >>> packed(["grant", "grants", "great"])
    'AgrantFsCeat'
    """
    made, before = [], ""
    for word in sorted(words):
        pairs = zip(word, before, strict=False)
        same = len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], itertools.islice(pairs, 25))))
        made.append(chr(ord("A") + same) + word[same:])
        before = word
    return "".join(made)


def _mendable(words: Iterable[str]) -> set[str]:
    return {word for word in words if len(word) > 3 and word.isalpha()}


_IDEOGRAPH = re.compile(r"[一-鿿々]")


def _folded(text: str) -> set[str]:
    return {word for word in map(fold, text.split()) if is_word(word)}


def _japanese(known: set[str], wanted: set[str]) -> dict[str, Any]:
    readings: dict[str, list[str]] = {}
    bases = {}
    for word in sorted(known):
        cut = list(words(word))
        reading = "".join(one.reading for one in cut)
        if len(reading) > 1 and word in wanted and _IDEOGRAPH.search(word):
            readings.setdefault(reading, []).append(word)
        if len(cut) == 1 and cut[0].base != word and fold(cut[0].base) in known:
            bases[word] = fold(cut[0].base)
    return {"readings": {reading: " ".join(some) for reading, some in readings.items()}, "bases": bases}
