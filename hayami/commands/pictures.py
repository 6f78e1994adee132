"""``pictures``: icons and previews, drawn in Chromium."""

from __future__ import annotations

import argparse
import sys

from hayami import pipeline
from hayami.commands.options import Commands, options, report, shared

NAME = "pictures"


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        NAME, parents=[shared()], help="draw the icons and previews anew that are stale (needs Chromium)"
    )
    command.add_argument("--check", action="store_true", help="only tell which are stale")


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    from hayami import chromium, drawing

    series, found = drawing.series(options(parsed))
    report(found, parsed.lang_messages)
    if found:
        return 1
    stale = [path for one in series for path in one.stale()]
    if not parsed.check:
        try:
            stale = list(drawing.draw(series))
        except chromium.NotFound as missing:
            print(missing, file=sys.stderr)
            return 2
    for path in stale:
        print(pipeline.shown_path(path))
    return 1 if parsed.check and stale else 0
