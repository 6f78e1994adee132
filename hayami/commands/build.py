"""``build``: the site, from ``content/`` into ``site/``."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

from hayami import pipeline, publish
from hayami.commands.options import STYLEGUIDE, Commands, again, options, report, say, shared
from hayami.installation import is_writable
from hayami.locks import WITH_PDF
from hayami.printing import typeset
from hayami.problems import MessageLanguage, Place, Problem
from hayami.progress import working

NAME = "build"
REFUSED = pipeline.PROJECT / ".hayami" / "refused"
"""Pages of the last build that was refused."""


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(NAME, parents=[shared()], help="build the site (the default)")
    command.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        default=pipeline.PROJECT / "site",
        help="folder for the site (default: site/); only a new, an empty or a folder made by a build",
    )
    command.add_argument(
        "--portable",
        action="store_true",
        help="write links that name index.html, so that the site works from a folder or zip without a server",
    )
    command.add_argument(
        WITH_PDF,
        action="store_true",
        help="make the PDFs of the booklet as well (needs Pango) / 冊子の PDF も作る（Pango が要ります）",
    )
    command.add_argument("--styleguide", action="store_true", help=STYLEGUIDE)


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    language: MessageLanguage = parsed.lang_messages
    trees = [parsed.content, pipeline.PROJECT / "templates", pipeline.PROJECT / "assets"]
    try:
        publish.check_output(parsed.out, trees, [pipeline.PROJECT])
        with working("サイトを作っています / Building the site"):
            built = pipeline.build(options(parsed))
        if built.site is None:
            report(built.problems, language)
            _keep(built.refused, language)
            return _left_alone(parsed)
        with working("書き込んでいます / Writing"):
            published = publish.publish(built.files, parsed.out, trees, [pipeline.PROJECT])
    except typeset.Unavailable as missing:
        print(missing, file=sys.stderr)
        return 2
    except publish.OutputRefused as refused:
        place = Place(pipeline.shown_path(refused.path))
        report([Problem(place, refused.code, refused.values)], language)
        return 1
    except OSError as error:
        # A full disk, a file where a folder should be, no right to write: nothing that a trace explains.
        print(f"{error.filename or parsed.out}: {error.strerror or error}", file=sys.stderr)
        return _left_alone(parsed)
    report(built.problems, language)
    _summary(built, published, parsed)
    return 0


def _keep(refused: Mapping[str, bytes], language: MessageLanguage) -> None:
    """Keep pages that were not published, so that the lines which messages name can be looked at."""
    if not refused or not is_writable(pipeline.PROJECT):
        return
    if REFUSED.exists():
        shutil.rmtree(REFUSED)
    for name, content in refused.items():
        path = REFUSED / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    shown = pipeline.shown_path(REFUSED)
    say(
        language,
        f"問題のあるページは {shown}/ で見られます（公開はしていません）。",
        f"The pages with faults are in {shown}/ to look at; they were not published.",
    )


def _left_alone(parsed: argparse.Namespace) -> int:
    out = pipeline.shown_path(parsed.out)
    say(parsed.lang_messages, f"{out} は前のままです。", f"{out} was left as it was.")
    return 1


def _summary(built: pipeline.Built, published: publish.Published, parsed: argparse.Namespace) -> None:
    assert built.site is not None
    language: MessageLanguage = parsed.lang_messages
    pages = sum(name.endswith(".html") for name in built.files)
    records = len(built.site.items)
    languages = "・".join(one.name for one in built.site.languages)
    out = pipeline.shown_path(published.out)
    size = published.bytes / 1_000_000
    say(
        language,
        f"できました: 記録{records}件、{pages}ページ（{languages}）、{size:.1f} MB → {out}/",
        f"Done: {records} records, {pages} pages ({languages}), {size:.1f} MB → {out}/",
    )
    if built.site.settings.base_url is None:
        say(
            language,
            "base_url がないので、canonical、hreflang、サイトマップは入れていません（--base-url で指定できます）。",
            "Without base_url, canonical and alternate addresses and the sitemap were left out (see --base-url).",
        )
    serve = again("serve", parsed)
    say(language, f"見るには: {serve}", f"To look at it: {serve}")
