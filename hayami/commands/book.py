"""``book``: the booklet as PDF in every form, without the site around it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from hayami import pipeline
from hayami.commands.options import Commands, options, report, say, shared
from hayami.progress import working

NAME = "book"


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        NAME,
        parents=[shared()],
        help="make the booklet as PDF, and tell what room its sheets have left / 冊子の PDF を作る",
        description="冊子の PDF をすべての形で作り、1枚ごとの余りを示します。/ Makes the booklet as PDF in every form, "
        "and tells what room each sheet has left.",
    )
    command.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        default=pipeline.PROJECT / ".hayami" / "book",
        help="folder for the PDFs (default: .hayami/book/) / PDF を置くフォルダー",
    )


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    from hayami.printing import typeset

    try:
        with working("冊子を組んでいます / Setting the booklet"):
            built = pipeline.book(options(parsed))
    except typeset.Unavailable as missing:
        print(missing, file=sys.stderr)
        return 2
    report(built.problems, parsed.lang_messages)
    if built.site is None:
        return 1
    for room in built.rooms:
        print(f"{room.language}  {room.spare:6.1f} mm  {room.id}")
    for name, content in built.files.items():
        path = parsed.out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    where = pipeline.shown_path(parsed.out)
    say(
        parsed.lang_messages,
        f"できました: PDF {len(built.files)}件 → {where}/",
        f"Done: {len(built.files)} PDFs → {where}/",
    )
    return 0
