"""The command line: ``python3 build.py [command] [options]``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

from hayami import __version__, problems
from hayami.commands import COMMANDS

_EPILOG = """\
examples:
  python3 build.py                         build content/ into site/
  python3 build.py serve                   look at it, with every change shown at once
  python3 build.py check                   check everything, write nothing
  python3 build.py check --source DIR      check quotations against the pages p01.txt … of the source, too
  python3 build.py --base-url https://example.org/hayami/
  python3 build.py diff main               what readers will see change since a revision / 読者に見える変化
  python3 build.py rollover 2025           begin a new fiscal year / 新しい年度を始める
  python3 build.py freshness --today DAY   what the calendar has overtaken / 期限を過ぎたもの
  python3 build.py new programme my-slug   start a record
  python3 build.py import values.csv       take in the table of all values after it was edited
  python3 build.py init DIR                a catalogue for another place / ほかの地域のカタログ
  python3 build.py explain missing-words   what a problem code means
  python3 build.py pictures                draw the icons and previews that are stale
  python3 build.py audit DIR               check links and accessibility of any folder of HTML / HTML を調べる
  python3 build.py audit DIR --browser     look at its pages in Chromium, too / Chromium で開いて調べる
  python3 build.py links --state FILE      ask whether links to other sites still work / 外部リンクを確かめる
  python3 build.py book                    make the booklet as PDF / 冊子の PDF を作る
  python3 build.py build --with-pdf        the site with the PDFs / PDF 入りのサイト
  python3 build.py search-eval             how well the search answers the project's own queries
  python3 build.py test                    run every test

options of build, serve and check: --content DIR, --base-url URL, --as-of DATE, --lang-messages ja|en|both;
of build also --out DIR, --portable; `build.py COMMAND --help` explains those of each command.

exit status: 0 all is well, 1 problems were found, 2 the command itself is wrong
"""


class _Parser(argparse.ArgumentParser):
    """Takes options by their whole names, and says in Japanese as well that the command is wrong.

    A beginning of a name is none: ``--port`` would be taken for ``--portable``.
    """

    def __init__(self, **settings: Any) -> None:
        super().__init__(**{"allow_abbrev": False, **settings})

    def error(self, message: str) -> NoReturn:
        """Ends with status 2."""
        self.print_usage(sys.stderr)
        self.exit(
            2,
            f"指定に誤りがあります。書き方は {self.prog} --help で見られます。\n"
            f"{self.prog}: error: {message}\n",
        )

    def unknown(self, words: Sequence[str]) -> NoReturn:
        """Names what nothing takes, and the options that look like it."""
        options = [name for name in self._option_string_actions if name.startswith("--")]
        near = [one for word in words for one in problems.nearest(word.partition("=")[0], options, 1)]
        hint = f" もしかして / Did you mean: {', '.join(near)}?" if near else ""
        first = (
            " 命令は最初に書きます。/ The command stands first."
            if {one.NAME for one in COMMANDS} & {*words}
            else ""
        )
        self.error(f"知らない指定です / unknown: {' '.join(words)}{hint}{first}")


def parser() -> argparse.ArgumentParser:
    """The commands with all their options; ``--help`` is the manual."""
    top: argparse.ArgumentParser = _Parser(
        prog="build.py",
        description="早見表 (hayami): builds a catalogue of public support into a static site.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"hayami {__version__}")
    commands = top.add_subparsers(dest="command", metavar="command")
    for command in COMMANDS:
        command.add(commands)
    for one in commands.choices.values():
        one.set_defaults(parser=one)
    return top


def main(argv: Sequence[str]) -> int:
    """Run one command; returns the exit status."""
    named = {command.NAME: command for command in COMMANDS}
    arguments = list(argv)
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help", "--version")):
        arguments.insert(0, "build")
    elif arguments[0] not in named and not arguments[0].startswith("-"):
        near = problems.nearest(arguments[0], named)
        hint = f" もしかして / Did you mean: {', '.join(near)}?" if near else ""
        print(
            f"「{arguments[0]}」という命令はありません（--help で一覧が見られます）。/ "
            f"There is no command {arguments[0]!r}; --help lists them.{hint}",
            file=sys.stderr,
        )
        return 2
    parsed, rest = parser().parse_known_args(arguments)
    parsed.rest = rest
    if rest and parsed.command != "test":
        parsed.parser.unknown(rest)
    return named[parsed.command].run(parsed)
