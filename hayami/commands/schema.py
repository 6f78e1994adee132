"""``schema``: the JSON Schemas that editors use for completion."""

from __future__ import annotations

import argparse

from hayami import pipeline
from hayami.commands.options import Commands

NAME = "schema"


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(NAME, help="write the JSON Schemas that editors use for completion")
    command.add_argument("--check", action="store_true", help="only tell whether they are current")


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    from hayami import editor_schema

    stale = editor_schema.stale()
    if parsed.check:
        for path in stale:
            print(pipeline.shown_path(path))
        return 1 if stale else 0
    for path in editor_schema.write():
        print(pipeline.shown_path(path))
    return 0
