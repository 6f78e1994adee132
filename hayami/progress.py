"""Signs of life during long work: a spinner on a terminal, silence in CI and pipes.

This is the only module that knows rich.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def working(what: str) -> Iterator[None]:
    """Show ``what`` while the block runs, when somebody is there to see it."""
    if os.environ.get("CI") or not sys.stderr.isatty():
        yield
        return
    from rich.console import Console  # slow to import, and not needed in pipes

    with Console(stderr=True).status(what):
        yield
