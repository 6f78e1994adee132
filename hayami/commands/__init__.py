"""The commands of ``build.py``, one module each.

A module of a command has ``NAME``, ``add(commands)``, which declares the command and its options, and
``run(parsed)``, which does it and returns the exit status. To offer another one, list it here.
"""

from __future__ import annotations

from argparse import Namespace
from typing import Protocol

from hayami.commands import (
    audit,
    book,
    build,
    check,
    diff,
    explain,
    freshness,
    import_,
    init,
    links,
    new,
    pictures,
    rollover,
    schema,
    search_eval,
    serve,
    test,
)
from hayami.commands.options import Commands


class Command(Protocol):
    """What the module of a command has."""

    NAME: str

    def add(self, commands: Commands) -> None:
        """Declare the command and its options."""

    def run(self, parsed: Namespace) -> int:
        """Do it; returns the exit status."""


COMMANDS: tuple[Command, ...] = (
    build,
    serve,
    check,
    diff,
    new,
    import_,
    init,
    schema,
    pictures,
    book,
    search_eval,
    audit,
    freshness,
    rollover,
    links,
    explain,
    test,
)
"""In the order of the help."""
