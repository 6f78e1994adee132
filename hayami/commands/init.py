"""``init``: an empty catalogue for another place."""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path

from hayami import pipeline
from hayami.commands.options import Commands, day, say

NAME = "init"


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        NAME,
        help="an empty catalogue for another place / ほかの地域のための、空のカタログ",
        description="見本の記録3件の入った、新しいカタログを作ります。/ Makes a new catalogue with three sample records.",
    )
    command.add_argument("folder", type=Path, metavar="DIR", help="a new folder / 新しいフォルダー")
    command.add_argument(
        "--languages",
        metavar="CODES",
        default="ja,en",
        help="such as ja,en,fr; the first is the primary one (default: ja,en) / 言語",
    )
    command.add_argument(
        "--area",
        metavar="NAMES",
        default="",
        help="its name in each of them: 大阪府,Osaka,Osaka / 地域の名前",
    )
    command.add_argument(
        "--as-of",
        type=day,
        metavar="YYYY-MM-DD",
        default=date(2025, 4, 1),
        help="date of the material (default: 2025-04-01; the clock is never read) / 資料の日付",
    )
    command.add_argument(
        "--lang-messages",
        choices=("ja", "en", "both"),
        default="both",
        help="language of messages (default: both)",
    )


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    from hayami import catalogue

    codes = [code.strip() for code in parsed.languages.split(",")]
    areas = [name.strip() or None for name in parsed.area.split(",")] if parsed.area else []
    templates = pipeline.PROJECT / "templates"
    try:
        if len(set(codes)) != len(codes):
            raise catalogue.Refused(
                f"同じ言語が2つあります（{parsed.languages}）。/ A language stands twice in {parsed.languages!r}."
            )
        if areas and len(areas) != len(codes):
            raise catalogue.Refused(
                f"--area には、言語と同じ数（{len(codes)}）の名前を書いてください。/ "
                f"--area takes as many names as there are languages ({len(codes)})."
            )
        named = [
            catalogue.language(code, areas[place] if areas else None) for place, code in enumerate(codes)
        ]
        made = catalogue.create(parsed.folder, named, parsed.as_of, templates)
    except catalogue.Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename or parsed.folder}: {error.strerror or error}", file=sys.stderr)
        return 1
    folder = pipeline.shown_path(parsed.folder)
    say(
        parsed.lang_messages,
        f"{folder}/ に{len(made)}個のファイルを作りました。見るには: python3 build.py serve --content {folder}",
        f"Made {len(made)} files in {folder}/. To look at it: python3 build.py serve --content {folder}",
    )
    return 0
