"""Every record can be found by the words that people use: it has enough aliases that say something new."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from hayami.problems import Problem
from hayami.schema.site import AliasFloor
from hayami.schema.words import Words
from hayami.validate import Draft

MOST_SHARED = 3
"""An alias of more records than this leads nowhere, and does not count."""


def check(draft: Draft) -> Iterator[Problem]:
    """All rules of this module."""
    floor = draft.settings.alias_floor
    if floor is None:
        return
    for language in draft.languages:
        yield from enough_aliases(draft, language, floor)


def enough_aliases(draft: Draft, language: str, floor: AliasFloor) -> Iterator[Problem]:
    """A record has as many aliases that count as ``alias_floor`` in ``site.yaml`` asks for."""
    words = {
        entry.ref: entry.words[language]
        for entry in draft.records
        if language in entry.words and isinstance(entry.words[language].value, Words)
    }
    sharing = Counter(
        alias for typed in words.values() for alias in {fold(one) for one in typed.value.aliases}
    )
    for entry in draft.records:
        typed = words.get(entry.ref)
        if typed is None or entry.record is None:
            continue
        least = floor.main if entry.record.value.main else floor.other
        idle = uncounted(typed.value, sharing)
        count = len(typed.value.aliases) - len(idle)
        if count < least:
            values = {"count": str(count), "least": str(least), "idle": ", ".join(idle) or "–"}
            yield Problem(typed.place(("aliases",), key=True), "few-aliases", values)


def uncounted(words: Words, sharing: Mapping[str, int]) -> Sequence[str]:
    """Aliases that lead to nothing new.

    These are parts or spellings of the name or of another alias, and those of more than three records.
    ``sharing`` tells by how many records each folded alias is used.
    """
    names = [fold(one) for one in (words.name, words.short_name, *words.known_as)]
    folded = [fold(one) for one in words.aliases]
    idle = []
    for index, (alias, written) in enumerate(zip(folded, words.aliases, strict=True)):
        others = (one for place, one in enumerate(folded) if place != index and one != alias)
        known = (*names, *others, *folded[:index])
        if not alias or sharing[alias] > MOST_SHARED or any(alias in one for one in known):
            idle.append(written)
    return idle


def fold(text: str) -> str:
    """What remains of a word when width, case, kind of kana, spaces and signs do not matter.

    >>> fold("ＤＸ・システム") == fold("dx しすてむ")
    True
    """
    text = unicodedata.normalize("NFKC", text).casefold()
    text = "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)
    return re.sub(r"[\W_ー]+", "", text)
