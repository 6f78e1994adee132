"""``rollover``: begin a new fiscal year."""

from __future__ import annotations

import argparse
import re
import sys

from hayami import pipeline
from hayami.commands.options import Commands, again, counted, options, report, say, shared
from hayami.progress import working

NAME = "rollover"


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        NAME,
        parents=[shared()],
        help="begin a new fiscal year; the old one is kept / 新しい年度を始める",
        description="いまの内容を past/ に残し、記録を「まだ確かめていない」ものとして新しい年度に引き継ぎます。/ "
        "Keeps the content under past/, and carries its records over into a new fiscal year as not yet confirmed.",
    )
    command.add_argument("year", type=_year, metavar="FY", help="such as 2025 / 新しい年度")


def _year(value: str) -> int:
    found = re.fullmatch(r"(?:FY|fy)?(\d{4})", value)
    if found is None:
        raise argparse.ArgumentTypeError(
            f"「{value}」は 2025 のような年ではありません。/ {value!r} is not a year like 2025"
        )
    return int(found[1])


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    from hayami import rollover

    try:
        with working("年度を改めています / Rolling over"):
            done, found = rollover.roll_over(options(parsed), parsed.year)
    except rollover.Refused as refused:
        print(refused, file=sys.stderr)
        return 1
    report(found, parsed.lang_messages)
    if done is None:
        return 1
    kept = pipeline.shown_path(done.kept)
    check = again("check", parsed)
    say(
        parsed.lang_messages,
        f"{done.before}年度を {kept}/ に残し、記録{done.records}件を引き継ぎました。どれも、まだ確かめていません。\n"
        "次にすること: source.yaml を新しい資料に直し（fiscal_year の行は消します）、記録を1件ずつ確かめます。\n"
        f"残りは {check} が教えます。やり方: YEAR-ROLLOVER.md",
        f"Fiscal {done.before} is kept in {kept}/; {counted(done.records, 'record')} carried over, none of them confirmed yet.\n"
        "Next: describe the new material in source.yaml (and delete its fiscal_year), then confirm one record after another.\n"
        f"{check} tells what is left. How to: YEAR-ROLLOVER.md",
    )
    return 0
