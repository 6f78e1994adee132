"""``serve``: the site in a browser, with every change shown at once."""

from __future__ import annotations

import argparse

from hayami import serve
from hayami.commands.options import STYLEGUIDE, Commands, options, port, shared

NAME = "serve"


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        NAME, parents=[shared()], help="show the site in a browser and follow every change"
    )
    command.add_argument("--styleguide", action="store_true", help=STYLEGUIDE)
    command.add_argument("--port", type=port, default=8000, help="port to listen on (default: 8000)")
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    return serve.run(options(parsed), parsed.host, parsed.port, parsed.lang_messages)
