"""``search-eval``: how well the search answers the project's own queries."""

from __future__ import annotations

import argparse
import sys

from hayami import chromium, pipeline, search_eval
from hayami.addresses import Addresses
from hayami.commands.options import Commands, options, report, shared
from hayami.loopback import served
from hayami.progress import working

NAME = "search-eval"


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        NAME, parents=[shared()], help="ask the search the project's own queries and tell how it did"
    )
    command.add_argument(
        "--half",
        choices=search_eval.HALVES,
        default="tuning",
        help="unseen: the queries kept apart, for when a form of the search is settled (default: tuning)",
    )
    command.add_argument(
        "--misses", action="store_true", help="name the queries of the tuning half that failed"
    )


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    try:
        chromium.ensure()
    except chromium.NotFound as missing:
        print(missing, file=sys.stderr)
        return 2
    with working("サイトを作っています / Building the site"):
        built = pipeline.build(options(parsed))
    if built.site is None:
        report(built.problems, parsed.lang_messages)
        return 1
    places = Addresses(built.site.settings.primary)
    with served(built.files) as root:
        for language in built.site.tongues:
            file = pipeline.PROJECT / search_eval.QUERIES / f"{language}-{parsed.half}.yaml"
            if not file.is_file():
                continue
            with search_eval.search_page(root + places.folder("search", language)) as page:
                answers = tuple(search_eval.asked(page, search_eval.queries(file)))
            print(search_eval.table(f"{language} {parsed.half}", answers))
            for one in answers if parsed.misses and parsed.half == "tuning" else ():
                if one.query.relevant and (one.rank is None or one.rank > 5):
                    print(f"    {one.query.text} → {', '.join(one.shown[:5])}")
    return 0
