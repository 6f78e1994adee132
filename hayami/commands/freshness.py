"""``freshness``: what the calendar has overtaken by a given day."""

from __future__ import annotations

import argparse

from hayami import freshness, pipeline
from hayami.commands.options import Commands, day, options, report, shared
from hayami.problems import visible
from hayami.progress import working

NAME = "freshness"

_TITLE = {"ja": "期限を過ぎたもの", "en": "What is out of date"}
_NOTHING = {"ja": "期限を過ぎたものはありません。", "en": "Nothing is out of date."}


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        NAME,
        parents=[shared()],
        help="what the calendar has overtaken by a day / 期限を過ぎたもの",
        description="その日までに期限を過ぎたものを挙げます。読者に誤ったことを伝えるものがあれば、終了状態は1です。/ "
        "Names what a day has overtaken; ends with 1 where readers are told what no longer holds.",
    )
    command.add_argument(
        "--today",
        type=day,
        required=True,
        metavar="YYYY-MM-DD",
        help="the day to judge by (the clock is never read)",
    )
    command.add_argument(
        "--format", choices=("text", "markdown"), default="text", help="how it is written / 書き方"
    )


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    with working("調べています / Checking"):
        checked = pipeline.check(options(parsed))
    if checked.site is None:
        report(checked.problems, parsed.lang_messages)
        return 2
    found = freshness.overtaken(checked.site, parsed.today)
    chosen = [code for code in ("ja", "en") if parsed.lang_messages in (code, "both")]

    def said(words: dict[str, str]) -> str:
        return " / ".join(words[code] for code in chosen)

    markdown = parsed.format == "markdown"
    if markdown:
        print(f"# {said(_TITLE)} ({parsed.today})\n")
    if not found:
        print(said(_NOTHING))
    for one in found:
        place = f"`{one.place}`" if markdown else one.place
        mark = "**!** " if markdown and one.urgent else "! " if one.urgent else ""
        print(visible(f"- {mark}{place} {said(dict(one.words))}"))
    return 1 if any(one.urgent for one in found) else 0
