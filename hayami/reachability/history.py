"""What became of each address over several days: judging one answer, adding a day, and the file that keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import ValidationError

from hayami.reachability.lychee import Answer
from hayami.schema.link_history import Failures, History, Past, Verdict

BROKEN_AFTER = 3
"""Different days on which an address must fail to count as broken."""
_WITNESSES = 3
_TURNED_AWAY = frozenset({401, 403, 406, 407, 429, 451, 999})
"""Statuses by which servers keep programs out, or some countries; a reader may well get the page."""
_PERMANENT = frozenset({301, 308})


class Unreadable(Exception):
    """The file of the history is not one, or cannot be read; says so in Japanese and English."""


def judged(answer: Answer) -> tuple[Verdict, str | None]:
    """What an answer says of its address, and where the page moved for good.

    The new address is where the permanent redirections at the beginning lead: what follows a temporary one may
    change any day.

    >>> judged(Answer(200, hops=((301, "https://b.example/"), (302, "https://b.example/today"))))
    ('moved', 'https://b.example/')
    >>> judged(Answer(429)), judged(Answer(500)), judged(Answer(said="timed out"))
    (('unknown', None), ('failing', None), ('failing', None))
    """
    if not answer.asked or answer.code in _TURNED_AWAY:
        return "unknown", None
    if answer.code is None or not 200 <= answer.code < 300:
        return "failing", None
    moved_to = None
    for code, address in answer.hops:
        if code not in _PERMANENT:
            break
        moved_to = address
    return ("ok", None) if moved_to is None else ("moved", moved_to)


def is_broken(past: Past) -> bool:
    """Whether an address failed on so many days that somebody has to look."""
    return past.failures is not None and past.failures.days >= BROKEN_AFTER


def due(history: History, addresses: Iterable[str], day: date, again_after: int) -> list[str]:
    """Addresses to ask on a day: new ones, those with failures, and those last asked ``again_after`` days ago."""

    def is_due(address: str) -> bool:
        past = history.addresses.get(address)
        return past is None or past.failures is not None or past.asked + timedelta(again_after) <= day

    return [one for one in addresses if is_due(one)]


def silent(answers: Mapping[str, Answer]) -> bool:
    """Whether no server answered at all. The fault may then be on our side."""
    asked = [one for one in answers.values() if one.asked]
    return bool(asked) and all(one.code is None and not one.hops for one in asked)


def witnesses(history: History, addresses: Iterable[str], besides: Iterable[str]) -> list[str]:
    """A few addresses of other hosts that were reached when last asked: they tell whether our network is down."""
    hosts = {urlsplit(one).hostname for one in besides}
    found = []
    for one in addresses:
        past, host = history.addresses.get(one), urlsplit(one).hostname
        if past is not None and past.verdict in ("ok", "moved") and host not in hosts:
            hosts.add(host)
            found.append(one)
    return found[:_WITNESSES]


def hosts_of(addresses: Iterable[str]) -> int:
    """Number of different hosts."""
    return len({urlsplit(one).hostname for one in addresses})


def after(history: History, addresses: Iterable[str], answers: Mapping[str, Answer], day: date) -> History:
    """The history with the answers of a day; of ``addresses`` only, so that what left the site is forgotten.

    ``day`` may be the last one again, but not one before it.
    """
    known = {}
    for address in sorted(addresses):
        past = history.addresses.get(address)
        if address in answers:
            known[address] = _after(past, answers[address], day)
        elif past is not None:
            known[address] = past
    return History(day=day, addresses=known)


def _after(past: Past | None, answer: Answer, day: date) -> Past:
    verdict, moved_to = judged(answer)
    failures = past.failures if past is not None else None
    if verdict in ("ok", "moved"):
        failures = None
    elif verdict == "failing":
        first = failures.first if failures is not None else day
        days = 1 if failures is None else failures.days + (failures.last < day)
        failures = Failures(first=first, last=day, days=days, code=answer.code, said=answer.said)
    return Past(
        asked=day,
        verdict=verdict,
        code=answer.code,
        said=answer.said,
        moved_to=moved_to,
        failures=failures,
    )


def read(file: Path) -> History:
    """The history in a file, or an empty one where there is no such file. Raises :class:`Unreadable`."""
    try:
        text = file.read_bytes()
    except FileNotFoundError:
        return History()
    except OSError as error:
        raise Unreadable(f"{file}: 読めません。/ It cannot be read. ({error.strerror or error})") from error
    try:
        return History.model_validate_json(text, strict=True)
    except ValidationError as error:
        faults = (
            f"  {'.'.join(map(str, one['loc'])) or '-'}: {one['msg']}"
            for one in error.errors(include_url=False, include_input=False)[:5]
        )
        raise Unreadable(
            f"{file}: リンクの記録（hayami-links/1）として読めません。何も変えていません。"
            "別のファイルを指定するか、このファイルを消して始めからにしてください。\n"
            f"{file}: This is no history of links (hayami-links/1). Nothing was changed. "
            "Name another file, or delete this one to start anew.\n" + "\n".join(faults)
        ) from error


def write(history: History, file: Path) -> None:
    """Put a history into a file: all of it, or nothing where that fails."""
    part = file.with_name(file.name + ".part")
    text = history.model_dump_json(indent=1)
    try:
        part.write_text(text + "\n", encoding="utf-8", newline="\n")
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise
