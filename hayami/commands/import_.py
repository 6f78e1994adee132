"""``import``: the table of all values, edited in a spreadsheet, back into the files of the records."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hayami import pipeline
from hayami.commands.options import Commands, options, report, say, shared
from hayami.problems import has_errors

NAME = "import"
_LONGEST = 70
"""Characters of a value that are shown."""


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        NAME,
        parents=[shared()],
        help="take in data/values.csv after it was edited in a spreadsheet",
        description="Writes the values that were edited into the files of the records, and leaves every other letter "
        "alone. If a row is wrong, all that is wrong is told and nothing is written.",
    )
    command.add_argument("table", type=Path, metavar="FILE.csv", help="the edited table")
    command.add_argument("--dry-run", action="store_true", help="only show what would change")


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    from hayami import sheet_import

    if not parsed.table.is_file():
        print(f"{parsed.table}: ファイルがありません。/ There is no such file.", file=sys.stderr)
        return 2
    result = sheet_import.prepared(parsed.table, options(parsed))
    report(result.problems, parsed.lang_messages)
    for edit in result.edits:
        cell = edit.cell
        print(
            f"{edit.row.name(edit.column)} {cell.ref}{f' [{cell.language}]' if cell.language else ''} {cell.field}"
        )
        pairs = [(cell.value, edit.value), *zip(cell.source, edit.source, strict=True)]
        for before, now in pairs:
            if before != now:
                print(f"    - {_shown(before)}\n    + {_shown(now)}")
    if has_errors(result.problems):
        say(parsed.lang_messages, "何も書きかえていません。", "Nothing was written.")
        return 1
    number, files = len(result.edits), len(result.files)
    if parsed.dry_run or not number:
        say(
            parsed.lang_messages,
            f"変わる値は{number}個、ファイルは{files}個です。何も書きかえていません。",
            f"Values that would change: {number}, in files: {files}. Nothing was written.",
        )
        return 0
    try:
        sheet_import.write(result.files, parsed.content)
    except OSError as error:
        print(f"{error.filename or parsed.content}: {error.strerror or error}", file=sys.stderr)
        return 1
    for name in sorted(result.files):
        print(pipeline.shown_path(parsed.content / name))
    say(
        parsed.lang_messages,
        f"{number}個の値を、{files}個のファイルに書きました。git diff で確かめてください。",
        f"Wrote {number} values in {files} files. Look at them with git diff.",
    )
    return 0


def _shown(text: str) -> str:
    line = text.replace("\n", "⏎")
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
