"""Words as they stand in content files: break hints, references to figures, stamps of translations."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator

from hayami.schema.scalars import Declared

FIGURE = re.compile(r"\{([a-z0-9]+(?:-[a-z0-9]+)*)\}")
"""``{plan-period}``: the figure of that id, written out in the language of the words."""

_NOT_STAMPED = ("aliases", "reading", "romaji", "translated_from", "short_name", "forms")


def without_hints(name: str) -> str:
    """A name without break hints.

    >>> without_hints("目指せ！|中小企業")
    '目指せ！中小企業'
    """
    return name.replace("|", "")


def stamp(words: Declared, body: str) -> str:
    """Twelve hexadecimal digits that change when words or body of the original change.

    Aliases, readings and short names do not count: changing them makes no translation stale.
    """
    held = {
        name: value
        for name, value in words.model_dump(mode="json", exclude_defaults=True).items()
        if name not in _NOT_STAMPED
    }
    text = json.dumps([held, body.strip()], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def texts(words: Declared) -> Iterator[tuple[tuple[str, ...], str]]:
    """Every text of the front matter with its path."""
    stack: list[tuple[tuple[str, ...], object]] = [((), words)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, Declared):
            stack += [((*path, name), getattr(value, name)) for name in reversed(type(value).model_fields)]
        elif isinstance(value, dict):
            stack += [((*path, str(key)), item) for key, item in value.items()]
        elif isinstance(value, tuple):
            stack += [(path, item) for item in value]
        elif isinstance(value, str):
            yield path, value
