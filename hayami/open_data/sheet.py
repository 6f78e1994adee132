"""The table of every value of every record, for editing in a spreadsheet: one row for each value.

``python3 build.py import`` reads it back (:mod:`hayami.sheet_import`). A row names its record, its file and its field;
``stamp`` tells whether the value has changed in the catalogue since the table was written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from hayami import field_names, yamltree
from hayami.load import Content, Document, Entry
from hayami.open_data import tables
from hayami.schema.record import KINDS
from hayami.schema.scalars import Ref

COLUMNS = ("record", "language", "field", "value", "source", "stamp")
TEXT = "text"
"""Field of the words file that holds the body of the page, in Markdown."""

NOTES = {
    "record": "Identity of the record, such as programme:booklet. Not to be changed.",
    "language": "Language of the words; empty for facts, which stand once for all languages. Not to be changed.",
    "field": "Name of the field in record.yaml or in the words file. Not to be changed.",
    "value": "The value, as the file has it. An apostrophe before it keeps spreadsheets from rewriting it.",
    "source": "Evidence of a figure: page and words of the source. Several pieces stand on lines of their own.",
    "stamp": "Changes with the value; by it the import sees what was edited elsewhere since. Not to be changed.",
}


@dataclass(frozen=True)
class Cell:
    """One value of a record with where it stands."""

    ref: Ref
    language: str
    """Empty for facts."""
    field: str
    value: str
    source: tuple[str, ...]
    """Evidence of the figure whose first value this is."""
    path: field_names.Path
    """Path of the value in the tree of its file; empty for the body of a page."""
    source_paths: tuple[field_names.Path, ...] = ()

    @property
    def key(self) -> tuple[str, str, str]:
        """By which a row is known."""
        return (str(self.ref), self.language, self.field)

    @property
    def stamp(self) -> str:
        """By which a row is known to hold what the catalogue held when the table was written."""
        return stamp(self.value, self.source)

    def row(self) -> tuple[str, ...]:
        """The cells of its row."""
        return (
            str(self.ref),
            self.language,
            self.field,
            tables.guarded(self.value, numbers=True),
            tables.guarded("\n".join(self.source), numbers=True),
            self.stamp,
        )


def stamp(value: str, source: tuple[str, ...]) -> str:
    """Nine characters, the first a letter, so that no spreadsheet takes it for a number.

    Spaces around a value do not count: they do not come back from a spreadsheet.
    """
    held = "\0".join((value.strip(), *source))
    return "s" + hashlib.sha256(held.encode()).hexdigest()[:8]


def cells(content: Content) -> Iterator[Cell]:
    """Every value of every record: kinds in the order of the declarations, records by name, values as in the files."""
    entries = sorted(
        (one for one in content.entries if one.kind in KINDS),
        key=lambda one: (list(KINDS).index(one.kind), one.slug),
    )
    for entry in entries:
        yield from of_entry(entry)


def of_entry(entry: Entry) -> Iterator[Cell]:
    """Every value of one record: its facts, then its words language by language."""
    ref = Ref(entry.kind, entry.slug)
    if entry.record is not None:
        yield from _of_tree(ref, "", entry.record)
    for language in sorted(entry.words):
        document = entry.words[language]
        yield from _of_tree(ref, language, document.front)
        yield Cell(ref, language, TEXT, body_of(document), (), ())


def body_of(document: Document) -> str:
    """The body of a page as its cell has it: without the empty lines around it."""
    return document.body.strip("\n")


def _of_tree(ref: Ref, language: str, tree: yamltree.Mapping) -> Iterator[Cell]:
    evidence: dict[field_names.Path, list[tuple[field_names.Path, str]]] = {}
    values: list[tuple[str, field_names.Path, str]] = []
    for name, path, scalar in field_names.leaves(tree):
        above = _figure_of(path)
        if language == "" and above is not None:
            evidence.setdefault(above, []).append((path, scalar.text))
        else:
            values.append((name.removeprefix("."), path, scalar.text))
    beside = {_first(figure, [path for _, path, _ in values]): pieces for figure, pieces in evidence.items()}
    for name, path, text in values:
        pieces = beside.get(path, [])
        sources, places = tuple(one for _, one in pieces), tuple(place for place, _ in pieces)
        yield Cell(ref, language, name, text, sources, path, places)


def _first(figure: field_names.Path, paths: list[field_names.Path]) -> field_names.Path:
    """The value beside which the evidence of a figure stands: its first, names aside where it has more than one."""
    own = [path for path in paths if path[: len(figure)] == figure]
    return next((path for path in own if path[-1] != "id"), own[0])


def _figure_of(path: field_names.Path) -> field_names.Path | None:
    """Path of the figure whose evidence stands at ``path``; None where none does."""
    if path[-1] == "source":
        return path[:-1]
    if len(path) > 1 and path[-2] == "source" and isinstance(path[-1], int):
        return path[:-2]
    return None


def written(content: Content) -> bytes:
    """The table in UTF-8 without a byte order mark."""
    return tables.written(COLUMNS, (one.row() for one in cells(content)))


def schema() -> dict[str, object]:
    """JSON Schema of a row."""
    told: dict[str, dict[str, object]] = {name: {"description": note} for name, note in NOTES.items()}
    told["record"]["pattern"] = "^(programme|organisation|facility|event):[a-z0-9-]+$"
    told["stamp"]["pattern"] = "^s[0-9a-f]{8}$"
    return tables.row_schema("A value of a record", told)
