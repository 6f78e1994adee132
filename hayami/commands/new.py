"""``new``: the files of a new record, with hints."""

from __future__ import annotations

import argparse

from hayami import pipeline
from hayami.commands.options import Commands, again, options, report, say, shared

NAME = "new"


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(NAME, parents=[shared()], help="start a record: all its files, with hints")
    command.add_argument(
        "kind", choices=("programme", "organisation", "facility", "event"), help="what the record describes"
    )
    command.add_argument("slug", help="small letters, digits and hyphens; becomes the permanent address")


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    from hayami import scaffold

    made, found = scaffold.new_record(options(parsed), parsed.kind, parsed.slug)
    report(found, parsed.lang_messages)
    if found:
        return 1
    for path in made:
        print(pipeline.shown_path(path))
    check = again("check", parsed)
    say(
        parsed.lang_messages, f"書き込んだら {check} で確かめてください。", f"Fill them in, then run {check}."
    )
    return 0
