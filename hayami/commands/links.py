"""``links``: whether the addresses of others that the site names can still be reached. For a scheduled job."""

from __future__ import annotations

import argparse
import json
import math
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from hayami import __version__, pipeline
from hayami.commands.options import Commands, base_url, day, no_folder, options, report, say, shared
from hayami.problems import MessageLanguage, visible
from hayami.progress import working
from hayami.reachability import history, issue, lychee, outgoing
from hayami.schema.link_history import Past
from hayami.schema.site import SiteSettings

NAME = "links"


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(
        NAME,
        parents=[shared()],
        help="ask whether links to other sites still work; for a scheduled job / 外部リンクを確かめる",
        description="外部へのリンクが今も開けるかを、ネットワークで確かめます。ビルドとは別の、定期の仕事のためのものです。/ "
        "Asks over the network whether links to other sites still work; for a scheduled job, apart from any build.",
    )
    command.add_argument(
        "--state",
        type=Path,
        metavar="FILE",
        required=True,
        help="file in which the job keeps what happened before; made when there is none / 前回までの記録",
    )
    command.add_argument(
        "--report",
        type=Path,
        metavar="FILE",
        help="write the text of one GitHub issue: title, empty line, body; empty when nothing is to be mended / 知らせの文",
    )
    command.add_argument(
        "--site",
        type=Path,
        metavar="DIR",
        help="folder of HTML to take the links from (default: the site as it would be built) / 調べるフォルダー",
    )
    command.add_argument(
        "--date",
        type=day,
        metavar="YYYY-MM-DD",
        help="the day on which the answers count (default: today, in UTC) / 確かめた日",
    )
    command.add_argument(
        "--again-after",
        type=_days,
        default=7,
        metavar="DAYS",
        help="leave alone for so long what did not fail; what failed is asked at every run (default: 7) / 間隔（日）",
    )
    command.add_argument(
        "--interval",
        type=_seconds,
        default=1.0,
        metavar="SECONDS",
        help="time between two requests to one host (default: 1) / 同じサーバーへの間隔（秒）",
    )
    command.add_argument(
        "--timeout",
        type=_seconds,
        default=20.0,
        metavar="SECONDS",
        help="time for one answer (default: 20) / 返事を待つ時間（秒）",
    )
    command.add_argument(
        "--contact",
        type=base_url,
        metavar="URL",
        help="address told to the servers that are asked (default: that of the site) / 相手に名のる住所",
    )
    command.add_argument(
        "--strict",
        action="store_true",
        help="end with status 1 when links are broken / 切れていれば状態1で終わる",
    )
    command.add_argument(
        "--format", choices=("text", "json"), default="text", help="how results are printed / 結果の形式"
    )


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    language: MessageLanguage = parsed.lang_messages
    # The clock may be read here: the day is no part of the site, and --date says it where it must be repeatable.
    today: date = parsed.date or datetime.now(UTC).date()
    for file in (parsed.state, parsed.report):
        # Before anybody is asked: answers that cannot be kept are a burden to others for nothing.
        if file is not None and (file.is_dir() or not file.absolute().parent.is_dir()):
            print(f"{file}: ここには書けません。/ It cannot be written there.", file=sys.stderr)
            return 2
    if parsed.report is not None and parsed.report.resolve() == parsed.state.resolve():
        print(
            "--state と --report が同じファイルです。/ --state and --report are the same file.",
            file=sys.stderr,
        )
        return 2
    try:
        past = history.read(parsed.state)
    except history.Unreadable as unreadable:
        print(unreadable, file=sys.stderr)
        return 2
    if past.day is not None and today < past.day:
        print(
            f"{parsed.state}: 記録は {past.day} まで進んでいます。{today} を足すことはできません。/ "
            f"The history has come to {past.day}; {today} cannot be added.",
            file=sys.stderr,
        )
        return 2
    found = _named(parsed)
    if isinstance(found, int):
        return found
    named, own = found
    addresses = [one.address for one in named]
    asked = history.due(past, addresses, today, parsed.again_after)
    manners = lychee.Manners(_agent(parsed.contact or own), parsed.interval, parsed.timeout)
    try:
        with working(f"{len(asked)}件を確かめています / Asking {len(asked)} addresses"):
            answers = lychee.ask(asked, manners)
            if history.silent(answers):
                # On most days only what failed is asked: others must tell whether the fault is on our side.
                answers |= lychee.ask(history.witnesses(past, addresses, asked), manners)
    except lychee.Unable as unable:
        print(unable, file=sys.stderr)
        return 2
    if history.silent(answers) and history.hosts_of(answers) > 1:
        print(
            "どのサーバーからも返事がありません。こちらのネットワークの故障とみて、何も数えていません。\n"
            "No server answered at all. This looks like a fault of our own network; nothing was counted.",
            file=sys.stderr,
        )
        return 2
    now = history.after(past, addresses, answers, today)
    try:
        history.write(now, parsed.state)
        if parsed.report is not None:
            text = issue.report(named, now.addresses)
            parsed.report.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        print(f"{error.filename or parsed.state}: {error.strerror or error}", file=sys.stderr)
        return 2
    by = issue.sections(named, now.addresses)
    if parsed.format == "json":
        print(_as_json(by))
    else:
        _tell(by, len(answers), language)
    return 1 if parsed.strict and by["broken"] else 0


def _named(parsed: argparse.Namespace) -> tuple[tuple[outgoing.Outgoing, ...], str | None] | int:
    """What the site names, and where it stands itself; or the exit status where there is no site."""
    content = {pipeline.shown_path(path): text for path, text in outgoing.texts(parsed.content)}
    if parsed.site is not None:
        if not parsed.site.is_dir():
            return no_folder(parsed.site)
        files = {
            path.relative_to(parsed.site).as_posix(): path.read_bytes()
            for path in sorted(parsed.site.rglob("*.htm*"))
            if path.is_file()
        }
        if not files:
            print(
                f"{parsed.site}: HTML のファイルがありません。/ There is no HTML file here.", file=sys.stderr
            )
            return 2
        return outgoing.gather(files, content, parsed.base_url), parsed.base_url
    with working("サイトを作っています / Building the site"):
        # Neither the audit nor a waiver that is over has to do with other sites.
        built = pipeline.build(replace(options(parsed), search=False, audit=False, today=None))
    if built.site is None:
        report(built.problems, parsed.lang_messages)
        return 1
    settings = built.site.settings
    named = outgoing.gather(built.files, content, settings.base_url, _families(settings))
    return named, settings.base_url


def _families(settings: SiteSettings) -> dict[str, str]:
    """What pages make from one pattern: a map for each address in words, and links for correcting each record."""
    found = {}
    if settings.map_search is not None:
        head = settings.map_search.partition("{")[0]
        found[head] = head
    if settings.repository is not None:
        for below in ("edit/", "issues/new"):
            found[f"{settings.repository}/{below}"] = settings.repository
    return found


def _agent(contact: str | None) -> str:
    return f"hayami-links/{__version__}" + (f" (+{contact})" if contact else "")


def _as_json(by: dict[str, issue.Known]) -> str:
    told = [
        {
            "address": one.address,
            "result": name,
            **past.model_dump(mode="json", exclude={"verdict"}),
            "pages": one.pages,
            "places": [f"{place.file}:{place.line}" for place in one.places],
        }
        for name, some in by.items()
        for one, past in some
    ]
    return json.dumps(told, ensure_ascii=False, indent=1)


_NAMES = {"broken": "リンク切れ", "moved": "移転", "failing": "失敗", "unknown": "不明", "ok": "正常"}


def _tell(by: dict[str, issue.Known], asked: int, language: MessageLanguage) -> None:
    for name, some in by.items():
        for one, past in some if name != "ok" else ():
            label = {"ja": _NAMES[name], "en": name, "both": f"{_NAMES[name]} / {name}"}[language]
            where = one.places[0] if one.places else one.pages[0]
            print(visible(f"{where}: {label}: {one.address} {_what(past)}"))
    total = sum(map(len, by.values()))
    counts = {name: len(some) for name, some in by.items()}
    say(
        language,
        f"{total}件のうち{asked}件を確かめました: "
        + "、".join(f"{_NAMES[name]}{n}" for name, n in counts.items()),
        f"{asked} of {total} addresses asked: " + ", ".join(f"{n} {name}" for name, n in counts.items()),
    )


def _what(past: Past) -> str:
    if past.moved_to is not None:
        return f"→ {past.moved_to}"
    days = f" ({past.failures.first} → {past.failures.last}: {past.failures.days})" if past.failures else ""
    return f"{past.code if past.code is not None else past.said}{days}"


def _days(value: str) -> int:
    if not value.isascii() or not value.isdigit() or int(value) > 366:
        raise argparse.ArgumentTypeError(
            f"「{value}」は0から366までの日数ではありません。/ {value!r} is not a number of days from 0 to 366"
        )
    return int(value)


def _seconds(value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not 0 < number <= 600:
        raise argparse.ArgumentTypeError(
            f"「{value}」は0より大きく600以下の秒数ではありません。/ {value!r} is not a number of seconds above 0 and up to 600"
        )
    return number
