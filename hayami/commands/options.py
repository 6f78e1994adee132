"""What commands share: options, the types of their values, and how they speak to people."""

from __future__ import annotations

import argparse
import re
import shlex
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hayami import pipeline, problems
from hayami.installation import is_writable
from hayami.problems import MessageLanguage, Problem, Severity

if TYPE_CHECKING:
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
    """What a command adds its parser to; argparse has no public name for it."""
else:
    Commands = argparse._SubParsersAction

STYLEGUIDE = "add styleguide/, a page of every token and component, for work on the look"
"""Help of ``--styleguide``."""


_CONTENT = pipeline.PROJECT / "content"


def shared() -> argparse.ArgumentParser:
    """Options of every command that reads the content."""
    parent = argparse.ArgumentParser(add_help=False)
    parent.add_argument(
        "--content",
        type=Path,
        metavar="DIR",
        default=_CONTENT,
        help="folder of the records (default: content/)",
    )
    parent.add_argument(
        "--base-url",
        type=base_url,
        metavar="URL",
        help="where the site will stand (https://…/); overrides base_url of site.yaml",
    )
    parent.add_argument(
        "--as-of",
        type=day,
        metavar="YYYY-MM-DD",
        help="date of the material; overrides as_of of site.yaml (the clock is never read)",
    )
    parent.add_argument(
        "--lang-messages",
        choices=("ja", "en", "both"),
        default="both",
        help="language of messages (default: both)",
    )
    return parent


def base_url(value: str) -> str:
    """The rule for ``base_url`` of ``site.yaml``; a test holds them equal."""
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    plain = not (parts.query or parts.fragment or re.search(r"[\s\\]", value))
    if parts.scheme not in ("http", "https") or not parts.netloc or not plain:
        raise argparse.ArgumentTypeError(
            f"「{value}」は https://example.org/path/ のような形ではありません。/ {value!r} is not like https://example.org/path/"
        )
    return value.rstrip("/") + "/"


def base_path(value: str) -> str:
    """A path of folders from the root of a host."""
    if not re.fullmatch(r"/(?:[^/\\\s?#]+/)*[^/\\\s?#]*", value) or ".." in value.split("/"):
        raise argparse.ArgumentTypeError(
            f"「{value}」は /x/ のようなパスではありません。/ {value!r} is not a path like /x/"
        )
    return value.rstrip("/") + "/"


def day(value: str) -> date:
    """A day as ``site.yaml`` writes it."""
    try:
        # Python reads further forms of ISO 8601, which site.yaml does not.
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(
        f"「{value}」は 2024-03-19 のような日付ではありません。/ {value!r} is not a day like 2024-03-19"
    )


def port(value: str) -> int:
    """A number that a port can have."""
    if not re.fullmatch(r"\d{1,5}", value) or not 0 < int(value) < 65536:
        raise argparse.ArgumentTypeError(
            f"「{value}」は1から65535までの数ではありません。/ {value!r} is not a number from 1 to 65535"
        )
    return int(value)


def options(parsed: argparse.Namespace) -> pipeline.Options:
    """What the command line asks of the pipeline."""
    return pipeline.Options(
        content=parsed.content,
        base_url=parsed.base_url,
        as_of=parsed.as_of,
        portable=getattr(parsed, "portable", False),
        source_pages=getattr(parsed, "source", None),
        with_pdf=getattr(parsed, "with_pdf", False),
        store=pipeline.STORE if is_writable(pipeline.PROJECT) else None,
        styleguide=getattr(parsed, "styleguide", False),
        # The one thing that the clock decides, and no content: whether a waiver is over.
        today=date.today(),
    )


def again(command: str, parsed: argparse.Namespace) -> str:
    """A command to run next, about the same catalogue: ``python3 build.py check``."""
    said = f"python3 build.py {command}"
    if parsed.content == _CONTENT:
        return said
    return f"{said} --content {shlex.quote(pipeline.shown_path(parsed.content))}"


def report(found: Sequence[Problem], language: MessageLanguage, form: str = "text") -> None:
    """Print problems and their number to the error stream."""
    for problem in found:
        text = problems.as_github(problem) if form == "github" else problems.as_text(problem, language)
        print(text, file=sys.stderr if form == "text" else sys.stdout)
    if found:
        tally([problem.severity for problem in found], language)


def tally(severities: Sequence[Severity], language: MessageLanguage) -> None:
    """Print how many errors and warnings there are to the error stream."""
    errors, warnings = severities.count("error"), severities.count("warning")
    ja, en = (
        f"エラー{errors}件、警告{warnings}件",
        f"{counted(errors, 'error')}, {counted(warnings, 'warning')}",
    )
    print({"ja": ja, "en": en, "both": f"{ja} / {en}"}[language], file=sys.stderr)


def no_folder(path: Path) -> int:
    """Say that a folder is not there; returns the exit status."""
    print(f"{path}: フォルダーがありません。/ There is no such folder.", file=sys.stderr)
    return 2


def counted(number: int, what: str) -> str:
    """``1 error``, ``2 errors``."""
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def say(language: MessageLanguage, ja: str, en: str) -> None:
    """Print a line in the languages asked for."""
    for one, text in (("ja", ja), ("en", en)):
        if language in (one, "both"):
            print(text)
