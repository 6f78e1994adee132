"""The command line: ``python3 build.py [command] [options]``."""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from hayami import __version__, pipeline, problems, publish
from hayami.addresses import Addresses
from hayami.messages import MESSAGES
from hayami.problems import MessageLanguage, Place, Problem
from hayami.progress import working

COMMANDS = ("build", "serve", "check", "new", "schema", "pictures", "search-eval", "audit", "explain", "test")

_EPILOG = """\
examples:
  python3 build.py                         build content/ into site/
  python3 build.py serve                   look at it, with every change shown at once
  python3 build.py check                   check everything, write nothing
  python3 build.py check --source DIR      check quotations against the pages p01.txt … of the source, too
  python3 build.py --base-url https://example.org/hayami/
  python3 build.py new programme my-slug   start a record
  python3 build.py explain missing-words   what a problem code means
  python3 build.py pictures                draw the icons and previews that are stale
  python3 build.py audit DIR               check links and accessibility of any folder of HTML / HTML を調べる
  python3 build.py audit DIR --browser     look at its pages in Chromium, too / Chromium で開いて調べる
  python3 build.py search-eval             how well the search answers the project's own queries
  python3 build.py test                    run every test

options of build, serve and check: --content DIR, --base-url URL, --as-of DATE, --lang-messages ja|en|both;
of build also --out DIR, --portable; `build.py COMMAND --help` explains those of each command.

exit status: 0 all is well, 1 problems were found, 2 the command itself is wrong
"""


def parser() -> argparse.ArgumentParser:
    """The commands with all their options; ``--help`` is the manual."""
    top = argparse.ArgumentParser(
        prog="build.py",
        description="早見表 (hayami): builds a catalogue of public support into a static site.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    top.add_argument("--version", action="version", version=f"hayami {__version__}")
    shared = _shared()
    commands = top.add_subparsers(dest="command", metavar="command")
    out = argparse.ArgumentParser(add_help=False)
    out.add_argument(
        "--out",
        type=Path,
        metavar="DIR",
        default=pipeline.PROJECT / "site",
        help="folder for the site (default: site/); only a new, an empty or a folder made by a build",
    )
    portable = argparse.ArgumentParser(add_help=False)
    portable.add_argument(
        "--portable",
        action="store_true",
        help="write links that name index.html, so that the site works from a folder or zip without a server",
    )
    guide = argparse.ArgumentParser(add_help=False)
    guide.add_argument(
        "--styleguide",
        action="store_true",
        help="add styleguide/, a page of every token and component, for work on the look",
    )
    commands.add_parser("build", parents=[shared, out, portable, guide], help="build the site (the default)")
    serve = commands.add_parser(
        "serve", parents=[shared, guide], help="show the site in a browser and follow every change"
    )
    serve.add_argument("--port", type=_port, default=8000, help="port to listen on (default: 8000)")
    serve.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    check = commands.add_parser("check", parents=[shared], help="check everything and write nothing")
    check.add_argument(
        "--source",
        type=Path,
        metavar="DIR",
        help="folder of the source's page texts p01.txt …; proves that each quotation stands on its page",
    )
    check.add_argument(
        "--format",
        choices=("text", "github"),
        default="github" if os.environ.get("GITHUB_ACTIONS") else "text",
        help="how problems are printed; github marks lines of a pull request",
    )
    new = commands.add_parser("new", parents=[shared], help="start a record: all its files, with hints")
    new.add_argument(
        "kind", choices=("programme", "organisation", "facility", "event"), help="what the record describes"
    )
    new.add_argument("slug", help="small letters, digits and hyphens; becomes the permanent address")
    schema = commands.add_parser("schema", help="write the JSON Schemas that editors use for completion")
    schema.add_argument("--check", action="store_true", help="only tell whether they are current")
    drawn = commands.add_parser(
        "pictures", parents=[shared], help="draw the icons and previews anew that are stale (needs Chromium)"
    )
    drawn.add_argument("--check", action="store_true", help="only tell which are stale")
    explain = commands.add_parser("explain", help="explain a problem code")
    explain.add_argument("code", nargs="?", help="such as missing-words; without it, all codes are listed")
    explain.add_argument(
        "--lang-messages", choices=("ja", "en", "both"), default="both", help="language (default: both)"
    )
    judged = commands.add_parser(
        "search-eval", parents=[shared], help="ask the search the project's own queries and tell how it did"
    )
    judged.add_argument(
        "--half",
        choices=("tuning", "unseen"),
        default="tuning",
        help="unseen: the queries kept apart, for when a form of the search is settled (default: tuning)",
    )
    judged.add_argument(
        "--misses", action="store_true", help="name the queries of the tuning half that failed"
    )
    audited = commands.add_parser(
        "audit",
        help="check links and accessibility of any folder of HTML / 任意の HTML フォルダーのリンクとアクセシビリティを調べる",
        description="HTML のフォルダーかファイル（このプロジェクトのものでなくても可）のリンクとアクセシビリティを、通信せずに調べます。/ "
        "Checks links and accessibility of any folder of HTML, made here or not, without a network.",
    )
    audited.add_argument(
        "folder", type=Path, metavar="DIR", help="folder or HTML file / 調べるフォルダーかファイル"
    )
    audited.add_argument(
        "--site-url",
        type=_base_url,
        metavar="URL",
        help="where the folder stands (https://…/); whole addresses below it are checked, too / 公開先の住所",
    )
    audited.add_argument(
        "--base-path",
        type=_base_path,
        metavar="/x/",
        help="path at which it stands (default: that of --site-url, or /) / 公開先のパス",
    )
    audited.add_argument(
        "--browser",
        action="store_true",
        help="look at one page of each kind in Chromium instead: axe-core, keyboard, width / Chromium で開いて調べる",
    )
    audited.add_argument(
        "--format",
        choices=("text", "json", "github"),
        default="github" if os.environ.get("GITHUB_ACTIONS") else "text",
        help="how findings are printed / 結果の形式",
    )
    audited.add_argument(
        "--lang-messages",
        choices=("ja", "en", "both"),
        default="both",
        help="language of messages (default: both) / メッセージの言語",
    )
    commands.add_parser(
        "test",
        help="install what the tests need and run them all",
        usage="build.py test [arguments of pytest …]",
        epilog="Arguments are handed to pytest, such as: tests/unit -k money",
    )
    return top


def _shared() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument(
        "--content",
        type=Path,
        metavar="DIR",
        default=pipeline.PROJECT / "content",
        help="folder of the records (default: content/)",
    )
    shared.add_argument(
        "--base-url",
        type=_base_url,
        metavar="URL",
        help="where the site will stand (https://…/); overrides base_url of site.yaml",
    )
    shared.add_argument(
        "--as-of",
        type=_day,
        metavar="YYYY-MM-DD",
        help="date of the material; overrides as_of of site.yaml (the clock is never read)",
    )
    shared.add_argument(
        "--lang-messages",
        choices=("ja", "en", "both"),
        default="both",
        help="language of messages (default: both)",
    )
    return shared


def _base_url(value: str) -> str:
    """The rule for ``base_url`` of ``site.yaml``; a test holds them equal."""
    try:
        parts = urlsplit(value)
    except ValueError:
        parts = urlsplit("")
    plain = not (parts.query or parts.fragment or re.search(r"[\s\\]", value))
    if parts.scheme not in ("http", "https") or not parts.netloc or not plain:
        raise argparse.ArgumentTypeError(f"{value!r} is not like https://example.org/path/")
    return value.rstrip("/") + "/"


def _base_path(value: str) -> str:
    """A path of folders from the root of a host."""
    if not re.fullmatch(r"/(?:[^/\\\s?#]+/)*[^/\\\s?#]*", value) or ".." in value.split("/"):
        raise argparse.ArgumentTypeError(f"{value!r} is not a path like /x/")
    return value.rstrip("/") + "/"


def _day(value: str) -> date:
    try:
        # Python reads further forms of ISO 8601, which site.yaml does not.
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{value!r} is not a day like 2024-03-19")


def _port(value: str) -> int:
    if not re.fullmatch(r"\d{1,5}", value) or not 0 < int(value) < 65536:
        raise argparse.ArgumentTypeError(f"{value!r} is not a number from 1 to 65535")
    return int(value)


def main(argv: Sequence[str]) -> int:
    """Run one command; returns the exit status."""
    arguments = list(argv)
    if not arguments or (arguments[0].startswith("-") and arguments[0] not in ("-h", "--help", "--version")):
        arguments.insert(0, "build")
    elif arguments[0] not in COMMANDS and not arguments[0].startswith("-"):
        near = problems.nearest(arguments[0], COMMANDS)
        hint = f" もしかして / Did you mean: {', '.join(near)}?" if near else ""
        print(
            f"「{arguments[0]}」という命令はありません。/ There is no command {arguments[0]!r}.{hint}",
            file=sys.stderr,
        )
        return 2
    parsed, rest = parser().parse_known_args(arguments)
    command: str = parsed.command or "build"
    if command == "test":
        from hayami import testing

        return testing.run(rest)
    if rest:
        parser().error(f"unknown: {' '.join(rest)}; the command stands first (see --help)")
    return _RUN[command](parsed)


def _options(parsed: argparse.Namespace) -> pipeline.Options:
    return pipeline.Options(
        content=parsed.content,
        base_url=parsed.base_url,
        as_of=parsed.as_of,
        portable=getattr(parsed, "portable", False),
        source_pages=getattr(parsed, "source", None),
        styleguide=getattr(parsed, "styleguide", False),
    )


def report(found: Sequence[Problem], language: MessageLanguage, form: str = "text") -> None:
    """Print problems and their number to the error stream."""
    for problem in found:
        text = problems.as_github(problem) if form == "github" else problems.as_text(problem, language)
        print(text, file=sys.stderr if form == "text" else sys.stdout)
    errors = sum(problem.severity == "error" for problem in found)
    warnings = len(found) - errors
    if found:
        ja, en = f"エラー{errors}件、警告{warnings}件", f"{_of(errors, 'error')}, {_of(warnings, 'warning')}"
        print({"ja": ja, "en": en, "both": f"{ja} / {en}"}[language], file=sys.stderr)


def _of(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _say(language: MessageLanguage, ja: str, en: str) -> None:
    for one, text in (("ja", ja), ("en", en)):
        if language in (one, "both"):
            print(text)


def _build(parsed: argparse.Namespace) -> int:
    language: MessageLanguage = parsed.lang_messages
    trees = [parsed.content, pipeline.PROJECT / "templates", pipeline.PROJECT / "assets"]
    try:
        publish.check_output(parsed.out, trees, [pipeline.PROJECT])
        with working("サイトを作っています / Building the site"):
            built = pipeline.build(_options(parsed))
        if built.site is None:
            report(built.problems, language)
            return _left_alone(parsed)
        with working("書き込んでいます / Writing"):
            published = publish.publish(built.files, parsed.out, trees, [pipeline.PROJECT])
    except publish.OutputRefused as refused:
        place = Place(pipeline.shown_path(refused.path))
        report([Problem(place, refused.code)], language)
        return 1
    except OSError as error:
        # A full disk, a file where a folder should be, no right to write: nothing that a trace explains.
        print(f"{error.filename or parsed.out}: {error.strerror or error}", file=sys.stderr)
        return _left_alone(parsed)
    report(built.problems, language)
    _summary(built, published, language)
    return 0


def _left_alone(parsed: argparse.Namespace) -> int:
    out = pipeline.shown_path(parsed.out)
    _say(parsed.lang_messages, f"{out} は前のままです。", f"{out} was left as it was.")
    return 1


def _summary(built: pipeline.Built, published: publish.Published, language: MessageLanguage) -> None:
    assert built.site is not None
    pages = sum(name.endswith(".html") for name in built.files)
    records = len(built.site.items)
    languages = "・".join(one.name for one in built.site.languages)
    out = pipeline.shown_path(published.out)
    size = published.bytes / 1_000_000
    _say(
        language,
        f"できました: 記録{records}件、{pages}ページ（{languages}）、{size:.1f} MB → {out}/",
        f"Done: {records} records, {pages} pages ({languages}), {size:.1f} MB → {out}/",
    )
    if built.site.settings.base_url is None:
        _say(
            language,
            "base_url がないので、canonical、hreflang、サイトマップは入れていません（--base-url で指定できます）。",
            "Without base_url, canonical and alternate addresses and the sitemap were left out (see --base-url).",
        )
    _say(language, "見るには: python3 build.py serve", "To look at it: python3 build.py serve")


def _check(parsed: argparse.Namespace) -> int:
    with working("調べています / Checking"):
        built = pipeline.build(replace(_options(parsed), search=False))
    report(built.problems, parsed.lang_messages, parsed.format)
    if built.site is None:
        return 1
    _say(
        parsed.lang_messages,
        f"問題はありません: 記録{len(built.site.items)}件",
        f"All is well: {len(built.site.items)} records",
    )
    return 0


def _serve(parsed: argparse.Namespace) -> int:
    from hayami import serve  # tornado is only needed here, and slow to import

    return serve.run(_options(parsed), parsed.host, parsed.port, parsed.lang_messages)


def _new(parsed: argparse.Namespace) -> int:
    from hayami import scaffold

    made, found = scaffold.new_record(_options(parsed), parsed.kind, parsed.slug)
    report(found, parsed.lang_messages)
    if found:
        return 1
    for path in made:
        print(pipeline.shown_path(path))
    _say(
        parsed.lang_messages,
        "書き込んだら python3 build.py check で確かめてください。",
        "Fill them in, then run python3 build.py check.",
    )
    return 0


def _schema(parsed: argparse.Namespace) -> int:
    from hayami import editor_schema

    stale = editor_schema.stale()
    if parsed.check:
        for path in stale:
            print(pipeline.shown_path(path))
        return 1 if stale else 0
    for path in editor_schema.write():
        print(pipeline.shown_path(path))
    return 0


def _pictures(parsed: argparse.Namespace) -> int:
    from hayami import chromium, drawing

    series, found = drawing.series(_options(parsed))
    report(found, parsed.lang_messages)
    if found:
        return 1
    stale = [path for one in series for path in one.stale()]
    if not parsed.check:
        try:
            stale = list(drawing.draw(series))
        except chromium.NotFound as missing:
            print(missing, file=sys.stderr)
            return 2
    for path in stale:
        print(pipeline.shown_path(path))
    return 1 if parsed.check and stale else 0


def _explain(parsed: argparse.Namespace) -> int:
    if parsed.code is None:
        for code, message in sorted(MESSAGES.items()):
            print(f"{code:26}{message.text['ja']}\n{'':26}{message.text['en']}")
        return 0
    message_of = MESSAGES.get(parsed.code)
    if message_of is None:
        near = problems.nearest(parsed.code, MESSAGES)
        hint = f" もしかして / Did you mean: {', '.join(near)}" if near else ""
        print(
            f"「{parsed.code}」という番号はありません。/ There is no code {parsed.code!r}.{hint}",
            file=sys.stderr,
        )
        return 1
    print(f"{message_of.severity}[{parsed.code}]")
    for part in (message_of.text, message_of.cure, message_of.why):
        for language in ("ja", "en"):
            if parsed.lang_messages in (language, "both"):
                print(f"  {part[language]}")
    example = pipeline.PROJECT / "tests" / "cases" / parsed.code
    if example.is_dir():
        print(f"  例 / Example: {pipeline.shown_path(example)}/")
    return 0


def _search_eval(parsed: argparse.Namespace) -> int:
    from hayami import search_eval

    with working("サイトを作っています / Building the site"):
        built = pipeline.build(_options(parsed))
    if built.site is None:
        report(built.problems, parsed.lang_messages)
        return 1
    places = Addresses(built.site.settings.primary)
    with search_eval.served(built.files) as root:
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


def _audit(parsed: argparse.Namespace) -> int:
    from hayami.audit import report as findings
    from hayami.audit.address import Site
    from hayami.audit.rules import RULES
    from hayami.audit.run import NothingToCheck, audit

    if parsed.browser:
        return _audit_in_browser(parsed)
    language: MessageLanguage = parsed.lang_messages
    base = parsed.base_path or (urlsplit(parsed.site_url).path if parsed.site_url else "/")
    try:
        with working("調べています / Checking"):
            found = audit(parsed.folder, Site(parsed.site_url, base))
    except NothingToCheck as nothing:
        print(nothing, file=sys.stderr)
        return 2
    if parsed.format == "json":
        print(findings.as_json(found, language))
    for one in found if parsed.format != "json" else ():
        # Findings are what was asked for: they go where a pipe gets them.
        print(
            findings.as_github(one, language)
            if parsed.format == "github"
            else findings.as_text(one, language)
        )
    errors = sum(RULES[one.rule].severity == "error" for one in found)
    warnings = len(found) - errors
    ja, en = f"エラー{errors}件、警告{warnings}件", f"{_of(errors, 'error')}, {_of(warnings, 'warning')}"
    print({"ja": ja, "en": en, "both": f"{ja} / {en}"}[language], file=sys.stderr)
    return 1 if errors else 0


def _audit_in_browser(parsed: argparse.Namespace) -> int:
    import json

    from hayami import chromium
    from hayami.audit import browser as looking
    from hayami.search_eval import serving

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
    if not parsed.folder.is_dir():
        print(f"{parsed.folder}: フォルダーがありません。/ There is no such folder.", file=sys.stderr)
        return 2
    pages = looking.kinds(parsed.folder)
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
    print(f"{ja} / {en}", file=sys.stderr)
    return 1 if found else 0


_RUN = {
    "audit": _audit,
    "search-eval": _search_eval,
    "build": _build,
    "serve": _serve,
    "check": _check,
    "new": _new,
    "schema": _schema,
    "pictures": _pictures,
    "explain": _explain,
}
