"""``diff``: what readers will see change between two revisions."""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import sys
from dataclasses import replace
from pathlib import Path

from hayami import change_report, differences, pipeline, revisions
from hayami.assets import FOLDER
from hayami.commands.options import Commands, options, report, shared
from hayami.problems import has_errors
from hayami.progress import working

NAME = "diff"

SUMMARY = "GITHUB_STEP_SUMMARY"
"""Variable with the file that GitHub shows as the summary of a job."""


STALE = "stale-translation"
UNTOLD = "change-mismatch"
"""A change is shown before its translation and the list of changes follow; the check alone insists on them."""


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        NAME,
        parents=[shared()],
        help="what readers will see change since a revision of git / 版のあいだで読者に見える変化",
        description="2つの版のあいだで、読者に見える変化を記録ごとに示します。/ "
        "Tells record by record what readers will see change between two revisions.",
    )
    command.add_argument(
        "old", metavar="REV", help="a revision of git, such as main or HEAD~1 / 比べるもとの版"
    )
    command.add_argument(
        "new",
        metavar="REV2",
        nargs="?",
        help="the newer one (default: the files as they are) / 新しいほうの版",
    )
    command.add_argument(
        "--format",
        choices=("text", "markdown", "github-summary"),
        default="text",
        help=f"github-summary: Markdown, added to the file that {SUMMARY} names / 書き方",
    )


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    given = replace(options(parsed), search=False, audit=False, despite=frozenset({STALE, UNTOLD}))
    with contextlib.ExitStack() as stack, working("比べています / Comparing"):
        built = []
        for revision in (parsed.old, parsed.new):
            try:
                one = given
                if revision is not None:
                    folder = stack.enter_context(revisions.content_of(revision, parsed.content))
                    one = replace(given, content=folder)
            except revisions.Unreadable as unreadable:
                print(unreadable, file=sys.stderr)
                return 2
            made = pipeline.build(one)
            if revision is not None:
                shown = revisions.shown(made.problems, one.content, revision, parsed.content)
                made = replace(made, problems=shown)
            if made.site is None:
                report([one for one in made.problems if has_errors([one])], parsed.lang_messages)
                name = revision or pipeline.shown_path(parsed.content)
                print(
                    f"「{name}」の内容に誤りがあり、比べられません。/ "
                    f"The content of {name!r} has errors, so that it cannot be compared.",
                    file=sys.stderr,
                )
                return 1
            built.append(made)
    text = _written(parsed, built[0], built[1])
    summary = os.environ.get(SUMMARY) if parsed.format == "github-summary" else None
    if summary:
        with Path(summary).open("a", encoding="utf-8", newline="\n") as file:
            file.write(change_report.cut_to(text, change_report.MAX_SUMMARY))
    else:
        print(text, end="")
    return 0


def _written(parsed: argparse.Namespace, old: pipeline.Built, new: pipeline.Built) -> str:
    assert old.site is not None
    assert new.site is not None
    site = new.site
    asked = [code for code in site.tongues if parsed.lang_messages in (code, "both")]
    comparison = differences.compare(old.site, site, asked or tuple(site.tongues))
    differing = differences.affected(old.files, new.files, _as_read)
    summary = change_report.Summary(
        comparison,
        site,
        change_report.titled_pages(old.site, site, differing, comparison.languages),
        tuple(one for one in new.problems if one.code == STALE),
    )
    return change_report.written(summary, markdown=parsed.format != "text")


def _as_read(page: bytes) -> bytes:
    """A page without what any change of other files changes and no reader looks for.

    That is the name of the folder of style sheets, and how large the data files are.
    """
    named = re.sub(rb"\b" + FOLDER.encode() + rb"/[0-9a-f]{12}/", b"", page)
    return re.sub(rb"<data value=[^>]*>[^<]*</data>", b"", named)
