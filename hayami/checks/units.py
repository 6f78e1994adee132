"""What corresponds between languages: the texts of one entry, heading or name, side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hayami import markdown, text
from hayami.problems import Place
from hayami.schema.scalars import Declared
from hayami.schema.strings import Term
from hayami.schema.words import COLLECTIONS
from hayami.validate import Draft, Typed, TypedEntry, TypedWords

_OWN = ("aliases", "forms", "reading", "romaji", "translated_from", "name_status")
"""Keys that each language fills on its own account."""

_NAMES = ("name", "known_as", "term", "full")
"""Keys that together name the same thing; one language may need one name where another has two."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One text with its place."""

    text: str
    place: Place
    line: str = ""
    """The whole line of the file, where the piece is part of running text."""

    def place_of(self, found: str) -> Place:
        """Where ``found`` stands; the start of the piece, when the file writes it in another way."""
        if found and found in self.line:
            return Place(self.place.file, self.place.line, self.line.index(found) + 1)
        return self.place


@dataclass(frozen=True, slots=True)
class Unit:
    """Texts of all languages that must say the same."""

    key: tuple[str, ...]
    pieces: Mapping[str, tuple[Piece, ...]]
    """Language → its texts; never empty."""
    entry: TypedEntry | None = None
    """The record or page that they belong to; None for vocabulary and settings."""


def units(draft: Draft) -> Iterator[Unit]:
    """All units of the content."""
    for entry in (*draft.records, *draft.prose):
        yield from _of_entry(draft, entry)
    yield from _of_vocabulary(draft)
    yield from _of_changes(draft)
    for typed in (draft.site, draft.source):
        yield from _of_settings(draft, typed)


def _of_entry(draft: Draft, entry: TypedEntry) -> Iterator[Unit]:
    words = {code: entry.words[code] for code in draft.languages if code in entry.words}
    bodies = {code: _sections(one) for code, one in words.items()}
    # With other headings (which is a fault of its own) only the bodies as a whole correspond.
    if len({max(one, default=0) for one in bodies.values()}) > 1:
        bodies = {code: {0: sum(one.values(), ())} for code, one in bodies.items()}
    found: dict[tuple[str, ...], dict[str, tuple[Piece, ...]]] = defaultdict(dict)
    for code, one in words.items():
        for path, value in text.texts(one.value):
            if path[0] not in _OWN:
                piece = Piece(text.without_hints(value), one.place(path))
                key = _key(path)
                found[key][code] = (*found[key].get(code, ()), piece)
        for section, pieces in bodies[code].items():
            found["body", str(section)][code] = pieces
    for key, by_language in found.items():
        yield Unit(key, by_language, entry)


def _key(path: tuple[str, ...]) -> tuple[str, ...]:
    if path[0] in _NAMES:
        return ("name",)
    # Whether a thing stands in the label or in the note below it is a matter of each language.
    return path[:2] if path[0] in COLLECTIONS and path[-1] != "address" else path


def _sections(words: TypedWords) -> dict[int, tuple[Piece, ...]]:
    """Number of the heading → lines of text below it."""
    found: dict[int, tuple[Piece, ...]] = {}
    lines = words.document.body.split("\n")
    for passage in markdown.passages(markdown.tokens(words.document.body)):
        place = Place(words.file, words.document.body_line + passage.line)
        line = lines[passage.line] if passage.line < len(lines) else ""
        found[passage.section] = (*found.get(passage.section, ()), Piece(passage.text, place, line))
    return found


def _of_vocabulary(draft: Draft) -> Iterator[Unit]:
    found: dict[tuple[str, ...], dict[str, tuple[Piece, ...]]] = defaultdict(dict)
    for code in draft.languages:
        typed = draft.strings.get(code)
        if typed is None:
            continue
        vocabulary = typed.value.vocabulary
        for name, info in type(vocabulary).model_fields.items():
            for one, term in getattr(vocabulary, name).items():
                if isinstance(term, Term):
                    key = ("vocabulary", info.alias or name, one)
                    texts = (value for path, value in text.texts(term) if path[0] != "reading")
                    found[key][code] = tuple(Piece(value, typed.place(key)) for value in texts)
    yield from (Unit(key, by_language) for key, by_language in found.items())


def _of_changes(draft: Draft) -> Iterator[Unit]:
    found: dict[str, dict[str, tuple[Piece, ...]]] = defaultdict(dict)
    for code in draft.languages:
        typed = draft.strings.get(code)
        if typed is None:
            continue
        for one, note in typed.value.changes.items():
            found[one][code] = (Piece(note, typed.place(("changes", one))),)
    yield from (Unit(("changes", one), by_language) for one, by_language in found.items())


def _of_settings(draft: Draft, typed: Typed) -> Iterator[Unit]:
    """Mappings of language to words, wherever they stand in the file."""
    stack: list[tuple[tuple[str | int, ...], object]] = [((), typed.value)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, Declared):
            fields = type(value).model_fields.items()
            stack += [((*path, info.alias or name), getattr(value, name)) for name, info in fields]
        elif isinstance(value, tuple):
            stack += [((*path, index), item) for index, item in enumerate(value)]
        elif isinstance(value, dict):
            pieces = {
                code: (Piece(words, typed.place((*path, code))),)
                for code, words in value.items()
                if code in draft.languages
            }
            if pieces:
                yield Unit(tuple(map(str, path)), pieces)
