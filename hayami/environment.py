"""Decides which Python a command runs in, and runs it there.

Standard library only: this runs before anything is installed. The order of choice:

1. The Python that runs us, when it has exactly the pinned versions.
2. The environment that :mod:`hayami.installation` finds or makes.
"""

from __future__ import annotations

import importlib.metadata
import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from hayami.installation import Unable, is_writable, own_variables, prepared
from hayami.locks import LOCKS, WITH_PDF, pinned

PROJECT = Path(__file__).resolve().parent.parent

_NEEDS = {"test": "test", "pictures": "test", "search-eval": "test", "links": "links", "book": "book"}
"""Commands that need more than a build does."""


def main(argv: Sequence[str]) -> int:
    """Run a command in a fitting environment; returns its exit status."""
    speak_safely()
    need = _need(argv)
    if fits_here(need):
        return _run_here(argv)
    try:
        python = prepared(PROJECT, need)
    except Unable as unable:
        print(unable, file=sys.stderr)
        if unable.detail:
            print(unable.detail, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    return _hand_over(python, argv)


def _run_here(argv: Sequence[str]) -> int:
    """Run a command in this Python. To be broken off, or to have one's reader go (``| head``), is no fault of ours."""
    try:
        status = _run(argv)
        sys.stdout.flush()
    except KeyboardInterrupt:
        print("中断しました。 / Interrupted.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        _nobody_reads()
        return 141
    return status


def _run(argv: Sequence[str]) -> int:
    """Run a command; say what to do when a package is only half there."""
    try:
        from hayami import cli
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] == "hayami":
            raise
        print(
            f"部品（{error.name}）が壊れています。.venv フォルダーを消して、もう一度実行してください。\n"
            f"A package ({error.name}) is damaged. Delete the folder .venv and run this again.",
            file=sys.stderr,
        )
        return 2
    return cli.main(list(argv))


def _nobody_reads() -> None:
    """What is still to be written goes nowhere, so that Python does not complain at its end."""
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), sys.stdout.fileno())


def _need(argv: Sequence[str]) -> str:
    """The command is the first word; its help needs no more than a build."""
    command = argv[0] if argv else ""
    if {"-h", "--help"} & set(argv):
        return "build"
    # Any other command with the option is wrong, and says so itself.
    return _NEEDS.get(command, "book" if WITH_PDF in argv else "build")


def python_for(need: str) -> Path:
    """The Python in which a command runs: this one when it fits, else that of the environment."""
    return Path(sys.executable) if fits_here(need) else prepared(PROJECT, need)


def speak_safely() -> None:
    """Never fail on a character that the terminal lacks (cp932, ASCII): show a replacement."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


def fits_here(need: str) -> bool:
    """Whether the Python that runs us has exactly the pinned versions."""
    for name, version in pinned(PROJECT / LOCKS[need]).items():
        try:
            if importlib.metadata.version(name) != version:
                return False
        except importlib.metadata.PackageNotFoundError:
            return False
    return True


_CHILD = f"""\
import sys
sys.path.insert(0, {str(PROJECT)!r})
from hayami import environment
environment.speak_safely()
sys.exit(environment._run_here(sys.argv[1:]))
"""


def _hand_over(python: Path, argv: Sequence[str]) -> int:
    """Run the command with another Python. No exec: Windows would return to the prompt too early."""
    environment = own_variables()
    if not is_writable(PROJECT):
        environment["PYTHONDONTWRITEBYTECODE"] = "1"
    # -P: a json.py in the folder where somebody happens to be must not take the place of Python's own.
    child = subprocess.Popen([str(python), "-P", "-c", _CHILD, *argv], env=environment)
    if os.name == "posix":
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    while True:
        try:
            status = child.wait()
        except KeyboardInterrupt:
            # The child has got it too and knows how to end; killing it could leave half a build.
            continue
        return status if status >= 0 else 128 - status
