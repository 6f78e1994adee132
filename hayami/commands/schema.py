"""``schema``: the JSON Schemas that editors use for completion."""

from __future__ import annotations

import argparse
from pathlib import Path

from hayami import pipeline
from hayami.commands.options import Commands

NAME = "schema"


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(NAME, help="write the JSON Schemas that editors use for completion")
    command.add_argument("--check", action="store_true", help="only tell whether they are current")
    command.add_argument(
        "--content",
        type=Path,
        metavar="DIR",
        default=pipeline.PROJECT / "content",
        help="catalogue whose ids are offered while one types (default: content/)",
    )


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    from hayami import editor_schema

    files = editor_schema.texts()
    own = editor_schema.own_texts(parsed.content) if parsed.content.is_dir() else {}
    if parsed.check:
        # A catalogue that has got another id is sound; its editors' help only lags behind.
        for path in editor_schema.stale({**files, **own}):
            print(pipeline.shown_path(path))
        return 1 if editor_schema.stale(files) else 0
    for path in editor_schema.write({**files, **own}):
        print(pipeline.shown_path(path))
    return 0
