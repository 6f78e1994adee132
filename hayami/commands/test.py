"""``test``: what the tests need is installed, and all of them are run."""

from __future__ import annotations

import argparse

from hayami.commands.options import Commands

NAME = "test"


def add(commands: Commands) -> None:
    """Declare the command. Whatever it does not know is an argument of pytest."""
    commands.add_parser(
        NAME,
        help="install what the tests need and run them all",
        usage="build.py test [arguments of pytest …]",
        epilog="Arguments are handed to pytest, such as: tests/unit -k money",
    )


def run(parsed: argparse.Namespace) -> int:
    """Run them; returns the exit status of pytest."""
    from hayami import testing  # the tests run in a process of their own, and other commands do not need it

    return testing.run(parsed.rest)
