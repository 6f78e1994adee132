"""Taking in the table of all values (:mod:`hayami.open_data.sheet`) after it was edited in a spreadsheet.

Only what was edited is written, value by value into the files as they are. Before that the content is checked as it
would be afterwards, in a copy; what is wrong is told with the row of the table, and then nothing is written at all.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from hayami import field_names, load, pipeline, yamltree
from hayami.open_data import sheet, tables
from hayami.problems import Place, Problem, has_errors, nearest, ordered
from hayami.schema.record import KINDS
from hayami.schema.scalars import Ref

MAX_BYTES = 32 * 1024 * 1024
"""Largest table that is read."""


@dataclass(frozen=True)
class Row:
    """One row of a table that was read."""

    number: int
    """As a spreadsheet counts: the names of the columns are row 1."""
    cells: Mapping[str, tables.Cell]

    def text(self, column: str) -> str:
        """What a cell says."""
        return tables.plain(self.cells[column].text)

    def name(self, column: str) -> str:
        """How a spreadsheet names a cell: ``D12``."""
        return f"{_letter(list(self.cells).index(column))}{self.number}"


@dataclass(frozen=True)
class Edit:
    """One value that the table changes."""

    cell: sheet.Cell
    row: Row
    value: str
    source: tuple[str, ...]

    @property
    def column(self) -> str:
        """The column that was edited; ``value`` where both were."""
        return "value" if self.value != self.cell.value else "source"


@dataclass(frozen=True)
class Result:
    """What a table would change, and what is wrong."""

    edits: tuple[Edit, ...] = ()
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Path within the content folder → the file as it will be. Empty where there are errors."""


def prepared(table: Path, options: pipeline.Options) -> Result:
    """Read a table and find out what it changes; nothing is written."""
    shown = pipeline.shown_path(table)
    rows, problems = _read(table, shown)
    content, found = load.read_content(options.content, pipeline.shown_path(options.content))
    if has_errors(problems) or has_errors(found):
        return Result(problems=ordered((*problems, *found)))
    edits, problems = _edits(rows, content, shown)
    if has_errors(problems) or not edits:
        return Result(problems=ordered(problems))
    files = _edited(edits, options.content)
    told = _checked(files, rows, options, shown)
    return Result(edits, told, {} if has_errors(told) else files)


def write(files: Mapping[str, bytes], folder: Path) -> None:
    """Put files in the place of others: all of them, or after an error none."""
    before: dict[str, bytes] = {}
    try:
        for name, content in files.items():
            held = (folder / name).read_bytes()
            _put(folder / name, content)
            before[name] = held
    except OSError:
        for name, content in before.items():
            _put(folder / name, content)
        raise


def _put(path: Path, content: bytes) -> None:
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(content)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


# --- the table -----------------------------------------------------------------------------------


def _read(table: Path, shown: str) -> tuple[list[Row], list[Problem]]:
    try:
        size = table.stat().st_size
        data = table.read_bytes() if size <= MAX_BYTES else b""
    except OSError:
        return [], [Problem(Place(shown), "missing-file", {"name": table.name})]
    if size > MAX_BYTES:
        return [], [Problem(Place(shown), "huge-file", {"size": str(size), "limit": str(MAX_BYTES)})]
    try:
        text = data.removeprefix(tables.BOM).decode()
    except UnicodeDecodeError as error:
        before = data[: error.start]
        place = Place(shown, before.count(b"\n") + 1, len(before) - before.rfind(b"\n"))
        return [], [Problem(place, "csv-encoding")]
    try:
        read = tables.read(text)
    except tables.Broken as broken:
        return [], [Problem(Place(shown, broken.line, broken.column), "csv-broken")]
    return _rows(read, shown)


def _rows(read: Sequence[Sequence[tables.Cell]], shown: str) -> tuple[list[Row], list[Problem]]:
    names = [cell.text.strip() for cell in read[0]] if read else []
    missing = [name for name in sheet.COLUMNS if name not in names]
    surplus = [
        name or f"({_letter(at)})"
        for at, name in enumerate(names)
        if name not in sheet.COLUMNS or names.count(name) > 1
    ]
    if missing or surplus:
        values = {
            "missing": ", ".join(missing) or "–",
            "surplus": ", ".join(dict.fromkeys(surplus)) or "–",
            "columns": ",".join(sheet.COLUMNS),
        }
        return [], [Problem(Place(shown), "csv-columns", values)]
    rows, problems = [], []
    for number, cells in enumerate(read[1:], start=2):
        if len(cells) != len(names):
            if any(cell.text for cell in cells):
                place = Place(shown, cells[0].line, cells[0].column, f"A{number}")
                values = {"row": str(number), "found": str(len(cells)), "expected": str(len(names))}
                problems.append(Problem(place, "csv-cells", values))
        elif any(cell.text for cell in cells):
            rows.append(Row(number, dict(zip(names, cells, strict=True))))
    return rows, problems


# --- what it changes -----------------------------------------------------------------------------


def _edits(rows: Sequence[Row], content: load.Content, shown: str) -> tuple[tuple[Edit, ...], list[Problem]]:
    held = {cell.key: cell for cell in sheet.cells(content)}
    by_record: dict[tuple[str, str], list[str]] = {}
    for record, language, name in held:
        by_record.setdefault((record, language), []).append(name)
    edits: list[Edit] = []
    problems: list[Problem] = []
    seen: dict[tuple[str, str, str], int] = {}
    for row in rows:
        key = (row.text("record"), row.text("language"), row.text("field"))
        cell = held.get(key)
        if cell is None:
            problems.append(_unknown(row, key, by_record, shown))
            continue
        if key in seen:
            problems.append(Problem(_place(row, "field", shown), "csv-repeated", {"other": str(seen[key])}))
            continue
        seen[key] = row.number
        edit = Edit(cell, row, _value(row, cell), _source(row))
        if (edit.value, edit.source) == (cell.value, cell.source):
            continue
        if sheet.stamp(edit.value, edit.source) == row.text("stamp"):
            # The row is as the table was written, and the catalogue has changed since: what others wrote stays.
            continue
        wrong = list(_faults(edit, shown))
        problems += wrong
        if not wrong:
            edits.append(edit)
    return tuple(edits), problems


def _value(row: Row, cell: sheet.Cell) -> str:
    given = row.text("value")
    if given.strip() == cell.value.strip():
        # A block of text in a file ends with its line, which is no edit.
        return cell.value
    # Spaces around a value mean nothing to the files; a body keeps those within.
    return given.strip("\n") if cell.field == sheet.TEXT else given.strip()


def _source(row: Row) -> tuple[str, ...]:
    return tuple(one.strip() for one in row.text("source").split("\n") if one.strip())


def _place(row: Row, column: str, shown: str) -> Place:
    cell = row.cells[column]
    return Place(shown, cell.line, cell.column, row.name(column))


def _letter(index: int) -> str:
    """How a spreadsheet names a column, among the first 26."""
    return chr(ord("A") + index) if index < 26 else str(index + 1)


def _unknown(
    row: Row, key: tuple[str, str, str], known: Mapping[tuple[str, str], Sequence[str]], shown: str
) -> Problem:
    record, language, name = key
    records = {one for one, _ in known}
    if record not in records:
        near = nearest(record, records)
        return Problem(_place(row, "record", shown), "unknown-reference", {"ref": record}, near)
    languages = {code for one, code in known if one == record}
    if language not in languages:
        near = nearest(language, languages)
        return Problem(_place(row, "language", shown), "unknown-language", {"language": language}, near)
    values = {"ref": record, "field": name}
    return Problem(_place(row, "field", shown), "csv-field", values, nearest(name, known[record, language]))


def _faults(edit: Edit, shown: str) -> Iterator[Problem]:
    row, cell = edit.row, edit.cell
    place = _place(row, edit.column, shown)
    stamp = row.text("stamp")
    now = cell.value if len(cell.value) <= 60 else cell.value[:57] + "…"
    unfit = yamltree.UNFIT.search("".join((edit.value, *edit.source)))
    if unfit is not None:
        yield Problem(place, "control-character", {"character": f"U+{ord(unfit[0]):04X}"})
    if stamp and stamp != cell.stamp:
        yield Problem(place, "csv-conflict", {"now": now})
    elif not edit.value and cell.field != sheet.TEXT:
        yield Problem(place, "csv-empty", {"now": now})
    elif len(edit.source) != len(cell.source):
        values = {"found": str(len(edit.source)), "expected": str(len(cell.source))}
        yield Problem(_place(row, "source", shown), "csv-evidence", values)


def _file(ref: Ref, language: str) -> str:
    """Path of the file that holds a value, within the content folder."""
    return f"{ref.kind}/{ref.slug}/{f'{language}.md' if language else 'record.yaml'}"


def _edited(edits: Sequence[Edit], folder: Path) -> dict[str, bytes]:
    by_file: dict[str, list[Edit]] = {}
    for edit in edits:
        by_file.setdefault(_file(edit.cell.ref, edit.cell.language), []).append(edit)
    files = {}
    for name, some in by_file.items():
        text = (folder / name).read_bytes().decode()
        files[name] = _with_edits(text, some, is_words=name.endswith(".md")).encode()
    return files


def _with_edits(text: str, edits: Sequence[Edit], *, is_words: bool) -> str:
    values: dict[field_names.Path, str] = {}
    body: str | None = None
    for edit in edits:
        if is_words and edit.cell.field == sheet.TEXT:
            body = edit.value
            continue
        if edit.value != edit.cell.value:
            values[edit.cell.path] = edit.value
        pairs = zip(edit.cell.source_paths, edit.cell.source, edit.source, strict=True)
        values |= {path: now for path, before, now in pairs if now != before}
    if not is_words:
        return yamltree.replaced(text, values)
    head, front, rest = load.parted(text)
    front = yamltree.replaced(front, values) if values else front
    return head + front + (rest if body is None else load.with_body(rest, body))


# --- the content as it would be ------------------------------------------------------------------


def _checked(
    files: Mapping[str, bytes], rows: Sequence[Row], options: pipeline.Options, shown: str
) -> tuple[Problem, ...]:
    """What is wrong with the content once the files are written, told by rows of the table where they hold it."""
    with tempfile.TemporaryDirectory(prefix="hayami-import-") as place:
        copy = Path(place, "content")
        shutil.copytree(options.content, copy, symlinks=True)
        for name, data in files.items():
            (copy / name).write_bytes(data)
        found = pipeline.check(replace(options, content=copy, lines=False)).problems
        root, real = pipeline.shown_path(copy), pipeline.shown_path(options.content)
        content, _ = load.read_content(copy, root)
    held = _Held(
        content, {(row.text("record"), row.text("language"), row.text("field")): row for row in rows}
    )
    told = []
    for problem in found:
        at = held.cell(problem.place)
        values = {key: value.replace(root, real) for key, value in problem.values.items()}
        where = replace(problem.place, file=problem.place.file.replace(root, real, 1))
        if at is not None:
            where = _place(*at, shown)
        told.append(replace(problem, place=where, values=values))
    return ordered(told)


class _Held:
    """Which cell of the table holds what stands at a place of a file."""

    def __init__(self, content: load.Content, rows: Mapping[tuple[str, str, str], Row]) -> None:
        self.marks: dict[str, list[tuple[int, int, Row | None, str]]] = {}
        """File → where its values start, in order, with row and column of the table; a key starts its value."""
        entries = {(entry.kind, entry.slug): entry for entry in content.entries if entry.kind in KINDS}
        for cell in sheet.cells(content):
            entry = entries[cell.ref.kind, cell.ref.slug]
            document = entry.words.get(cell.language)
            file = document.file if document is not None else entry.record_file
            tree = document.front if document is not None else entry.record
            assert tree is not None
            marks = self.marks.setdefault(file, [])
            row = rows.get(cell.key)
            if cell.field == sheet.TEXT and document is not None:
                marks.append((document.body_line, 0, row, "value"))
                continue
            for path, column in ((cell.path, "value"), *((one, "source") for one in cell.source_paths)):
                marks += [(*start, row, column) for start in _starts(tree, path)]
        for marks in self.marks.values():
            marks.sort(key=lambda one: one[:2])

    def cell(self, place: Place) -> tuple[Row, str] | None:
        """Row and column for a place; None where the table does not hold it."""
        best: tuple[Row, str] | None = None
        for line, column, row, name in self.marks.get(place.file, ()):
            if (line, column) > (place.line, place.column):
                break
            best = (row, name) if row is not None else None
        return best


def _starts(tree: yamltree.Mapping, path: field_names.Path) -> Iterator[tuple[int, int]]:
    """Where a value starts, and where its key does."""
    node = yamltree.find(tree, path)
    yield node.line, node.column
    above = yamltree.find(tree, path[:-1]) if len(path) > 1 else tree
    if isinstance(above, yamltree.Mapping) and isinstance(path[-1], str):
        key = above.key(path[-1])
        if key is not None:
            yield key.line, key.column
