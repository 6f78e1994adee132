"""``audit``: links and accessibility of any folder of HTML, ours or not."""

from __future__ import annotations

import argparse
import json
import os
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from hayami import chromium, load, pipeline, problems, validate
from hayami.audit import browser as looking
from hayami.audit import report as findings
from hayami.audit.address import Site
from hayami.audit.rules import RULES
from hayami.audit.run import NothingToCheck, audit
from hayami.audit.waivers import waived
from hayami.checks.waivers import check, unneeded
from hayami.commands.options import Commands, base_path, base_url, no_folder, tally
from hayami.loopback import serving
from hayami.problems import MessageLanguage, Place, Problem
from hayami.progress import working
from hayami.schema.waivers import WaiverList
from hayami.validate import Typed

NAME = "audit"

_NOT_IN_BROWSER = ("site_url", "base_path", "waivers")
"""Options that the look in a browser has no use for."""


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        NAME,
        help="check links and accessibility of any folder of HTML / 任意の HTML フォルダーのリンクとアクセシビリティを調べる",
        description="HTML のフォルダーかファイル（このプロジェクトのものでなくても可）のリンクとアクセシビリティを、通信せずに調べます。/ "
        "Checks links and accessibility of any folder of HTML, made here or not, without a network.",
    )
    command.add_argument(
        "folder", type=Path, metavar="DIR", help="folder or HTML file / 調べるフォルダーかファイル"
    )
    command.add_argument(
        "--site-url",
        type=base_url,
        metavar="URL",
        help="where the folder stands (https://…/); whole addresses below it are checked, too / 公開先の住所",
    )
    command.add_argument(
        "--base-path",
        type=base_path,
        metavar="/x/",
        help="path at which it stands (default: that of --site-url, or /) / 公開先のパス",
    )
    command.add_argument(
        "--waivers",
        type=Path,
        metavar="FILE",
        help="YAML file of findings that may stand until a day (rule, file, reason, until) / 期限つきの免除",
    )
    command.add_argument(
        "--browser",
        action="store_true",
        help="look at one page of each kind of a folder in Chromium instead: axe-core, keyboard, width / Chromium で開いて調べる",
    )
    command.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="github" if os.environ.get("GITHUB_ACTIONS") else "text",
        help="how findings are printed / 結果の形式",
    )
    command.add_argument(
        "--lang-messages",
        choices=("ja", "en", "both"),
        default="both",
        help="language of messages (default: both) / メッセージの言語",
    )


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    if parsed.browser:
        return _in_browser(parsed)
    language: MessageLanguage = parsed.lang_messages
    base = parsed.base_path or (urlsplit(parsed.site_url).path if parsed.site_url else "/")
    try:
        with working("調べています / Checking"):
            found = audit(parsed.folder, Site(parsed.site_url, base))
    except NothingToCheck as nothing:
        print(nothing, file=sys.stderr)
        return 2
    wrong: list[Problem] = []
    if parsed.waivers is not None:
        waivers, wrong = _waivers(parsed.waivers)
        found, unused = waived(found, waivers.value.waivers if waivers is not None else ())
        wrong += unneeded(waivers, unused) if waivers is not None else ()
    if parsed.format == "json":
        print(findings.as_json(found, language))
    for one in found if parsed.format != "json" else ():
        # Findings are what was asked for: they go where a pipe gets them.
        print(
            findings.as_github(one, language)
            if parsed.format == "github"
            else findings.as_text(one, language)
        )
    for problem in wrong:
        print(problems.as_text(problem, language), file=sys.stderr)
    severities = [*(RULES[one.rule].severity for one in found), *(one.severity for one in wrong)]
    tally(severities, language)
    return 1 if "error" in severities else 0


def _waivers(file: Path) -> tuple[Typed | None, list[Problem]]:
    """What a file of waivers declares, and what is wrong with it."""
    shown = pipeline.shown_path(file)
    if not file.is_file():
        return None, [Problem(Place(shown), "missing-file", {"name": file.name})]
    tree, found = load.read_tree(file, shown)
    if tree is None:
        return None, list(found)
    declared, faults = validate.declare(WaiverList, tree, shown)
    if declared is None:
        return None, [*found, *faults]
    typed = Typed(declared, shown, tree)
    return typed, [*found, *check(typed, date.today())]


def _in_browser(parsed: argparse.Namespace) -> int:
    idle = [f"--{one.replace('_', '-')}" for one in _NOT_IN_BROWSER if getattr(parsed, one) is not None]
    if idle:
        options = ", ".join(idle)
        print(f"{options}: --browser と一緒には使えません。/ Not to be used with --browser.", file=sys.stderr)
        return 2
    if not parsed.folder.is_dir():
        return no_folder(parsed.folder)
    pages = looking.kinds(parsed.folder)
    if not pages:
        print(f"{parsed.folder}: HTML のファイルがありません。/ There is no HTML file here.", file=sys.stderr)
        return 2
    try:
        from playwright.sync_api import sync_playwright

        looking.axe_source()
        program = str(chromium.find())
    except (ImportError, looking.NoAxe):
        print(
            "テスト用の部品が要ります。python3 build.py test を一度実行してください。\n"
            "This needs the packages of the tests; run python3 build.py test once.",
            file=sys.stderr,
        )
        return 2
    except chromium.NotFound as missing:
        print(missing, file=sys.stderr)
        return 2
    with serving(parsed.folder) as root, sync_playwright() as playwright:
        launch = playwright.chromium.launch
        usual = launch(executable_path=program, args=["--no-sandbox"])
        large = launch(executable_path=program, args=["--no-sandbox", looking.LARGE_TEXT_ARGUMENT])
        found = list(
            looking.observed(
                usual, large, root, pages, lambda page: print(f"… {page or '/'}", file=sys.stderr)
            )
        )
    if parsed.format == "json":
        print(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    for one in found if parsed.format != "json" else ():
        print(f"{one.page or '/'} [{one.mode}] {one.rule}: {one.target}\n    {one.message}")
    ja, en = f"{len(pages)}ページで{len(found)}件", f"{len(found)} found on {len(pages)} pages"
    print({"ja": ja, "en": en, "both": f"{ja} / {en}"}[parsed.lang_messages], file=sys.stderr)
    return 1 if found else 0
