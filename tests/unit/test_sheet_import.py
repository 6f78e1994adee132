"""The table of all values: written, edited in a spreadsheet, taken in again; nothing is lost, nothing else changes."""

from __future__ import annotations

import csv
import difflib
import io
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hayami import field_names, load, pipeline, sheet_import, yamltree
from hayami.open_data import sheet, tables
from hayami.schema.record import KINDS

GOLDEN = Path(__file__).parent.parent / "golden" / "content"
CONTENT = pipeline.PROJECT / "content"

Row = dict[str, str]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A catalogue that a test may change."""
    return Path(shutil.copytree(GOLDEN, tmp_path / "content"))


def _table(content: Path) -> list[Row]:
    """The rows as a spreadsheet shows them."""
    read, problems = load.read_content(content, "content")
    assert problems == ()
    text = sheet.written(read).decode()
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def _saved(rows: list[Row], path: Path, **how: Any) -> Path:
    """The rows as a spreadsheet saves them."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, sheet.COLUMNS, lineterminator=how.pop("ends", "\r\n"), **how)
    writer.writeheader()
    writer.writerows(rows)
    path.write_bytes(out.getvalue().encode("utf-8-sig"))
    return path


def _row(rows: list[Row], record: str, field: str, language: str = "") -> Row:
    (found,) = (
        row for row in rows if (row["record"], row["field"], row["language"]) == (record, field, language)
    )
    return found


def _taken_in(rows: list[Row], content: Path) -> sheet_import.Result:
    table = _saved(rows, content.parent / "table.csv")
    return sheet_import.prepared(table, pipeline.Options(content))


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _changed_lines(before: str, after: str) -> list[str]:
    found = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
    return [line for line in found if line[0] in "+-" and not line.startswith(("+++", "---"))]


# --- nothing is lost -----------------------------------------------------------------------------


def _rebuilt(rows: Iterator[sheet.Cell]) -> Any:
    """What the rows of one file hold, put together by their paths."""
    root: Any = {}
    for cell in rows:
        values = [(cell.path, cell.value), *zip(cell.source_paths, cell.source, strict=True)]
        for path, value in values if cell.field != sheet.TEXT else ():
            here = root
            for part, after in zip(path, (*path[1:], None), strict=True):
                if after is None:
                    here[part] = value
                else:
                    here = here.setdefault(part, {})
    return _listed(root)


def _listed(data: Any) -> Any:
    if not isinstance(data, dict):
        return data
    if data and all(isinstance(key, int) for key in data):
        assert sorted(data) == list(range(len(data)))
        return [_listed(data[index]) for index in range(len(data))]
    return {key: _listed(below) for key, below in data.items()}


@pytest.mark.parametrize("folder", [GOLDEN, CONTENT])
def test_the_table_holds_every_value_of_every_record(folder: Path) -> None:
    content, problems = load.read_content(folder, "content")
    assert problems == ()
    seen = 0
    for entry in content.entries:
        if entry.kind not in KINDS:
            continue
        cells = list(sheet.of_entry(entry))
        assert entry.record is not None
        assert _rebuilt(one for one in cells if not one.language) == yamltree.plain(entry.record)
        for code, document in entry.words.items():
            own = [one for one in cells if one.language == code]
            assert _rebuilt(iter(own)) == yamltree.plain(document.front)
            (text,) = (one.value for one in own if one.field == sheet.TEXT)
            assert text == document.body.strip("\n")
        seen += len(cells)
        assert len({one.key for one in cells}) == len(cells)
    assert seen > 100


def test_names_of_fields_lead_back_to_their_values() -> None:
    content, _ = load.read_content(CONTENT, "content")
    for entry in content.entries:
        if entry.record is not None:
            for name, path, scalar in field_names.leaves(entry.record):
                assert field_names.find(entry.record, name.removeprefix(".")) is scalar
                assert yamltree.find(entry.record, path) is scalar


# --- nothing else changes ------------------------------------------------------------------------

_SPREADSHEETS: dict[str, dict[str, Any]] = {
    "as it was": {},
    "all cells quoted": {"quoting": csv.QUOTE_ALL},
    "lines ended by LF": {"ends": "\n"},
    "lines ended by CR": {"ends": "\r", "quoting": csv.QUOTE_ALL},
}


@pytest.mark.parametrize("how", _SPREADSHEETS)
def test_a_table_that_nobody_edited_changes_nothing(content: Path, how: str) -> None:
    table = _saved(_table(content), content.parent / "table.csv", **_SPREADSHEETS[how])
    result = sheet_import.prepared(table, pipeline.Options(content))
    assert (result.edits, result.problems, result.files) == ((), (), {})


def test_line_ends_within_cells_change_nothing(content: Path) -> None:
    rows = [{key: value.replace("\n", "\r\n") for key, value in row.items()} for row in _table(content)]
    assert any("\r\n" in row["value"] for row in rows)
    assert _taken_in(rows, content).edits == ()


def test_rows_may_be_left_out_and_put_in_another_order(content: Path) -> None:
    rows = _table(content)
    assert _taken_in(list(reversed(rows[::3])), content).edits == ()


def test_marks_against_spreadsheets_may_be_left_out(content: Path) -> None:
    rows = [{**row, "value": tables.plain(row["value"])} for row in _table(content)]
    assert _taken_in(rows, content).edits == ()


def test_the_catalogue_itself_comes_back_byte_for_byte(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(CONTENT, tmp_path / "content"))
    before = _files(folder)
    rows = _table(folder)
    table = _saved(rows, tmp_path / "table.csv", quoting=csv.QUOTE_ALL)
    result = sheet_import.prepared(table, pipeline.Options(folder))
    assert (result.edits, result.files) == ((), {})
    sheet_import.write(result.files, folder)
    assert _files(folder) == before
    # And there and back again.
    row = _row(rows, "programme:new-product-technology", "offers[grant].amounts[1].yen")
    own = dict(row)
    row |= {"value": "15_000_001", "stamp": ""}
    record = folder / "programmes" / "new-product-technology" / "record.yaml"
    files = _edited(rows, folder)
    assert set(files) == {"programmes/new-product-technology/record.yaml"}
    record.write_bytes(files["programmes/new-product-technology/record.yaml"])
    row |= own | {"stamp": ""}
    assert _edited(rows, folder) == {
        "programmes/new-product-technology/record.yaml": before[
            "programmes/new-product-technology/record.yaml"
        ]
    }


def _edited(rows: list[Row], content: Path) -> dict[str, bytes]:
    """Files as the rows would have them, whatever the checks of the content say."""
    table = _saved(rows, content.parent / "table.csv")
    read, problems = sheet_import._read(table, "table.csv")
    assert problems == []
    held, _ = load.read_content(content, "content")
    edits, problems = sheet_import._edits(read, held, "table.csv")
    assert problems == []
    return sheet_import._edited(edits, content)


def test_an_edited_value_changes_that_value_alone(content: Path) -> None:
    record = content / "programmes" / "machine-grant" / "record.yaml"
    # Comments and the way in which a file is laid out belong to its author.
    record.write_text(
        "# Mine.\n" + record.read_text("utf-8").replace("fiscal_year: 2024", "fiscal_year:   2024   # this"),
        "utf-8",
    )
    before = _files(content)
    rows = _table(content)
    _row(rows, "programme:machine-grant", "offers[grant].scale[1].n")["value"] = "900"
    _row(rows, "programme:machine-grant", "offers[grant].scale[1].n")["source"] = "p2 900件"
    _row(rows, "programme:machine-grant", "summary", "ja")["value"] = "機械: 新しい「型」を # 買う"
    files = _edited(rows, content)
    assert sorted(files) == ["programmes/machine-grant/ja.md", "programmes/machine-grant/record.yaml"]
    told = _changed_lines(
        before["programmes/machine-grant/record.yaml"].decode(),
        files["programmes/machine-grant/record.yaml"].decode(),
    )
    assert told == [
        "-      - {n: 880, unit: projects, nature: planned, source: p2 880件}",
        "+      - {n: 900, unit: projects, nature: planned, source: p2 900件}",
    ]
    told = _changed_lines(
        before["programmes/machine-grant/ja.md"].decode(), files["programmes/machine-grant/ja.md"].decode()
    )
    assert told[1:] == ['+summary: "機械: 新しい「型」を # 買う"']


def test_the_body_of_a_page_is_a_value_too(content: Path) -> None:
    path = content / "organisations" / "desk" / "ja.md"
    before = path.read_text("utf-8")
    rows = _table(content)
    row = _row(rows, "organisation:desk", sheet.TEXT, "ja")
    row["value"] = (
        row["value"].replace("。", "。\n\n二つ目です。", 1)
        if "。" in row["value"]
        else "## どんな支援か\n\n新しい。"
    )
    after = _edited(rows, content)["organisations/desk/ja.md"].decode()
    assert after.partition("\n---\n")[0] == before.partition("\n---\n")[0]
    read = load._Reader(content, "content")
    assert after.endswith("\n")
    path.write_text(after, "utf-8")
    document = read.document(path)
    assert document is not None
    assert document.body.strip("\n") == row["value"]


_TEXT = st.text(st.characters(blacklist_categories=("Cs", "Cc")), min_size=1, max_size=20).filter(
    lambda text: text == text.strip() and yamltree.UNFIT.search(text) is None
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(picks=st.lists(st.tuples(st.integers(0, 10_000), _TEXT), min_size=1, max_size=5))
def test_whatever_is_written_is_read_again(content: Path, picks: list[tuple[int, str]]) -> None:
    """Any text in any value: the files say it afterwards, and say nothing else anew."""
    rows = _table(content)
    wanted = {}
    for number, text in picks:
        row = rows[number % len(rows)]
        if row["field"] != sheet.TEXT:
            row["value"] = tables.guarded(text, numbers=True)
            wanted[row["record"], row["language"], row["field"]] = text
    files = _edited(rows, content)
    held = _files(content)
    try:
        for name, data in files.items():
            (content / name).write_bytes(data)
        read, problems = load.read_content(content, "content")
        assert problems == ()
        now = {cell.path_key: cell.value for cell in map(_Keyed, sheet.cells(read))}
    finally:
        for name in files:
            (content / name).write_bytes(held[name])
    before, _ = load.read_content(content, "content")
    expected = {}
    for cell in sheet.cells(before):
        keyed = _Keyed(cell)
        expected[keyed.path_key] = wanted.get(cell.key, cell.value)
    assert now == expected


class _Keyed:
    """A cell by where it stands: a new id gives its neighbours another name."""

    def __init__(self, cell: sheet.Cell) -> None:
        self.path_key = (str(cell.ref), cell.language, cell.path)
        self.value = cell.value


# --- what is wrong -------------------------------------------------------------------------------


def _spoilt(row: Row, column: str, value: str) -> None:
    row[column] = value


@pytest.mark.parametrize(
    ("record", "field", "language", "column", "value", "code"),
    [
        ("programme:machine-grant", "offers[grant].rates[1].value", "", "value", "2-Mar", "wrong-type"),
        ("programme:machine-grant", "as_of", "", "value", "2024/3/19", "wrong-type"),
        ("programme:machine-grant", "as_of", "", "value", "２０２４-０３-１９", "wrong-type"),
        ("programme:machine-grant", "offers[grant].rates[1].value", "", "value", "１/２", "wrong-type"),
        (
            "programme:machine-grant",
            "offers[grant].amounts[cap].yen",
            "",
            "value",
            "１５００００００",
            "wrong-type",
        ),
        ("organisation:desk", "contacts[counter].postcode", "", "value", "１０１-００２５", "wrong-type"),
        ("programme:machine-grant", "offers[grant].kind", "", "value", "gift", "unknown-value"),
        (
            "programme:machine-grant",
            "offers[grant].amounts[cap].yen",
            "",
            "value",
            "16_000_000",
            "figure-not-in-fragment",
        ),
        ("programme:machine-grant", "offers[grant].amounts[cap].yen", "", "source", "page 2", "wrong-type"),
        ("programme:machine-grant", "offers[advice].fees[1].per", "", "value", "lightyear", "unknown-id"),
    ],
)
def test_a_wrong_value_is_told_with_its_cell(
    content: Path, record: str, field: str, language: str, column: str, value: str, code: str
) -> None:
    before = _files(content)
    rows = _table(content)
    _spoilt(_row(rows, record, field, language), column, value)
    result = _taken_in(rows, content)
    assert result.files == {}
    assert _files(content) == before
    (told,) = (one for one in result.problems if one.code == code)
    text = (content.parent / "table.csv").read_bytes().decode("utf-8-sig")
    place = (told.place.line, told.place.column)
    line = next(row for row in tables.read(text) if place in {(one.line, one.column) for one in row})
    assert [one.text for one in line[:3]] == [record, language, field]
    cell = next(one for one in line if (one.line, one.column) == place)
    # A figure that its evidence does not hold is told where the evidence stands.
    shown = line[4] if code == "figure-not-in-fragment" else cell
    assert cell is shown
    assert code == "figure-not-in-fragment" or tables.plain(cell.text) == value
    assert told.place.file.endswith("table.csv")


def test_all_that_is_wrong_is_told_at_once(content: Path) -> None:
    rows = _table(content)
    _row(rows, "programme:machine-grant", "offers[grant].kind")["value"] = "gift"
    _row(rows, "organisation:desk", "as_of")["value"] = "soon"
    _row(rows, "facility:hall", "summary", "en")["value"] = "A hall with {nothing}."
    result = _taken_in(rows, content)
    assert {"unknown-value", "wrong-type", "unknown-figure"} <= {one.code for one in result.problems}
    assert all(
        one.place.file.endswith("table.csv") for one in result.problems if one.code != "stale-translation"
    )


def test_a_fault_that_shows_in_another_file_is_told_with_that(content: Path) -> None:
    """Another sentence in the primary language makes its translation stale, which is a row of the table as well."""
    rows = _table(content)
    _row(rows, "organisation:desk", "summary", "ja")["value"] = "まったく別の文です。"
    result = _taken_in(rows, content)
    (told,) = (one for one in result.problems if one.code == "stale-translation")
    row = _row(rows, "organisation:desk", "translated_from", "en")
    lines = (content.parent / "table.csv").read_text("utf-8-sig").split("\n")
    assert row["stamp"] in lines[told.place.line - 1]
    # With the stamp that the message names it is taken in.
    row["value"] = told.values["stamp"]
    assert [one.code for one in _taken_in(rows, content).problems] == []


def test_what_was_edited_elsewhere_since_is_a_conflict(content: Path) -> None:
    rows = _table(content)
    words = content / "organisations" / "desk" / "en.md"
    mine = _row(rows, "organisation:desk", "short_name", "en")
    words.write_text(words.read_text("utf-8").replace(mine["value"], "Another desk", 1), "utf-8")
    # The row was not edited: what others wrote stays.
    untouched = _taken_in(rows, content)
    assert (untouched.edits, untouched.problems) == ((), ())
    mine["value"] = "My desk"
    assert [one.code for one in _taken_in(rows, content).problems] == ["csv-conflict"]
    mine["value"] = "Another desk"
    assert _taken_in(rows, content).edits == ()


def test_a_block_of_text_that_nobody_edited_stays(content: Path) -> None:
    """In a file it ends with its line; in a cell that is no edit."""
    words = content / "organisations" / "desk" / "en.md"
    text = words.read_text("utf-8")
    summary = next(line for line in text.split("\n") if line.startswith("summary: "))
    words.write_text(text.replace(summary, "summary: |\n  " + summary.removeprefix("summary: ")), "utf-8")
    rows = _table(content)
    result = _taken_in(rows, content)
    assert (result.edits, result.problems) == ((), ())
    row = _row(rows, "organisation:desk", "summary", "en")
    assert row["value"].endswith("\n")
    row["value"] = row["value"].strip()
    assert _taken_in(rows, content).edits == ()


def test_not_a_table(content: Path, tmp_path: Path) -> None:
    def codes(data: bytes | None) -> list[str]:
        table = tmp_path / "other.csv"
        table.unlink(missing_ok=True)
        if data is not None:
            table.write_bytes(data)
        return [one.code for one in sheet_import.prepared(table, pipeline.Options(content)).problems]

    assert codes(None) == ["missing-file"]
    assert codes(b"") == ["csv-columns"]
    assert codes("項目,値\n".encode("cp932")) == ["csv-encoding"]
    assert codes("項目\t値\n".encode("utf-16")) == ["csv-encoding"]
    assert codes(b"record;language;field;value;source;stamp\n") == ["csv-columns"]
    assert codes(b'record,language\n"') == ["csv-broken"]


def test_a_column_without_a_name_is_told_by_its_letter(content: Path, tmp_path: Path) -> None:
    table = tmp_path / "other.csv"
    table.write_text(",".join((*sheet.COLUMNS, "")) + "\n", "utf-8")
    (told,) = sheet_import.prepared(table, pipeline.Options(content)).problems
    assert (told.values["missing"], told.values["surplus"]) == ("–", "(G)")


# --- writing -------------------------------------------------------------------------------------


def _run(content: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable,
        str(pipeline.PROJECT / "build.py"),
        "import",
        "--content",
        str(content),
        *arguments,
    ]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_command_shows_and_then_writes(content: Path) -> None:
    rows = _table(content)
    _row(rows, "organisation:desk", "short_name", "en")["value"] = "Another desk"
    table = str(_saved(rows, content.parent / "table.csv"))
    before = _files(content)
    shown = _run(content, "--dry-run", table)
    assert shown.returncode == 0, shown.stderr
    assert "organisation:desk [en] short_name\n    - Trial desk\n    + Another desk\n" in shown.stdout
    assert _files(content) == before
    done = _run(content, table)
    assert done.returncode == 0, done.stderr
    after = _files(content)
    assert {name for name in after if after[name] != before.get(name)} == {"organisations/desk/en.md"}
    assert "Values that would change: 0" in _run(content, "--dry-run", table).stdout


def test_the_command_fails_and_writes_nothing(content: Path) -> None:
    rows = _table(content)
    _row(rows, "organisation:desk", "short_name", "en")["value"] = "Another desk"
    _row(rows, "organisation:desk", "as_of")["value"] = "soon"
    before = _files(content)
    done = _run(content, str(_saved(rows, content.parent / "table.csv")))
    assert done.returncode == 1
    assert "何も書きかえていません" in done.stdout
    assert "table.csv:" in done.stderr
    # Lines of the file are no rows of a spreadsheet where cells hold several lines.
    number = rows.index(_row(rows, "organisation:desk", "as_of")) + 2
    assert f" (D{number}): error[wrong-type] 「soon」" in re.sub(r"table\.csv:\d+:\d+", "", done.stderr)
    assert f"table.csv:{number}:" not in done.stderr
    assert "Traceback" not in done.stderr
    assert _files(content) == before


def test_a_failure_while_writing_puts_everything_back(content: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _files(content)
    names = ["organisations/desk/en.md", "organisations/desk/ja.md", "organisations/desk/record.yaml"]
    put: Callable[[Path, bytes], None] = sheet_import._put

    def failing(path: Path, data: bytes) -> None:
        if path.name == "record.yaml" and data == b"new":
            raise OSError(28, "No space left on device", str(path))
        put(path, data)

    monkeypatch.setattr(sheet_import, "_put", failing)
    with pytest.raises(OSError, match="No space"):
        sheet_import.write(dict.fromkeys(names, b"new"), content)
    assert _files(content) == before


def test_a_failure_while_writing_leaves_no_file_behind(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _files(content)

    def failing(path: Path, _target: Path) -> None:
        raise OSError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="Permission denied"):
        sheet_import.write({"organisations/desk/en.md": b"new"}, content)
    assert _files(content) == before


def test_a_table_that_is_not_there_is_a_wrong_command(content: Path) -> None:
    done = _run(content, str(content / "nowhere.csv"))
    assert done.returncode == 2
    assert "There is no such file" in done.stderr
