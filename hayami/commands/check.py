"""``check``: everything that a build checks; nothing is written."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path

from hayami import pipeline
from hayami.commands.options import Commands, no_folder, options, report, say, shared
from hayami.progress import working

NAME = "check"


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(NAME, parents=[shared()], help="check everything and write nothing")
    command.add_argument(
        "--source",
        type=Path,
        metavar="DIR",
        help="folder of the source's page texts p01.txt …; proves that each quotation stands on its page",
    )
    command.add_argument(
        "--format",
        choices=("text", "github"),
        default="github" if os.environ.get("GITHUB_ACTIONS") else "text",
        help="how problems are printed; github marks lines of a pull request",
    )


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    if parsed.source is not None and not parsed.source.is_dir():
        return no_folder(parsed.source)
    with working("調べています / Checking"):
        built = pipeline.build(replace(options(parsed), search=False))
    report(built.problems, parsed.lang_messages, parsed.format)
    if built.site is None:
        return 1
    say(
        parsed.lang_messages,
        f"問題はありません: 記録{len(built.site.items)}件",
        f"All is well: {len(built.site.items)} records",
    )
    return 0
