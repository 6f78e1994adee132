"""What the calendar has overtaken: for editors, once a week. The day is given; nothing reads the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from hayami.model import Item, Site, plain_name
from hayami.schema.figures import Dated, Session
from hayami.schema.record import Notice
from hayami.schema.walk import walk

SOON = timedelta(days=60)
"""How long before the figures expire editors are told to look for new ones."""

YEAR = timedelta(days=366)
"""After how long a record counts as not looked at."""


@dataclass(frozen=True)
class Overtaken:
    """One thing that is out of date, or will soon be."""

    place: str
    """File, or folder of a record."""
    words: Mapping[str, str]
    """In Japanese and English."""
    urgent: bool = True
    """Whether readers are told something that no longer holds, rather than will soon not hold."""


def overtaken(site: Site, today: date) -> tuple[Overtaken, ...]:
    """Everything that ``today`` has overtaken: the site as a whole first, then record by record.

    What is over stays as it was, and nobody needs to look at it again.
    """
    items = site.select(lambda item: not item.ended)
    return (
        *_site(site, today),
        *_unconfirmed(items, today),
        *(found for item in items for found in _dates(item, today)),
    )


def _site(site: Site, today: date) -> Iterator[Overtaken]:
    until = site.settings.valid_until
    year = site.settings.fiscal_year
    following = f"python3 build.py rollover {year + 1}"
    if until < today:
        yield Overtaken(
            "site.yaml",
            {
                "ja": f"数字の期限（{until}）が{(today - until).days}日前に過ぎました。新しい年度にするには: {following}",
                "en": f"The figures expired on {until}, {(today - until).days} days ago. For the new year: {following}",
            },
        )
    elif until - today <= SOON:
        yield Overtaken(
            "site.yaml",
            {
                "ja": f"数字の期限（{until}）まで、あと{(until - today).days}日です。新しい資料を探してください。",
                "en": f"The figures expire on {until}, in {(until - today).days} days. Look for the new material.",
            },
            urgent=False,
        )


def _unconfirmed(items: Iterable[Item], today: date) -> Iterator[Overtaken]:
    """Records that nobody has looked at for a year, together where it is the same day."""
    since: dict[date, list[Item]] = {}
    for item in items:
        if today - item.record.as_of > YEAR:
            since.setdefault(item.record.as_of, []).append(item)
    for day, found in sorted(since.items()):
        yield Overtaken(
            found[0].folder if len(found) == 1 else "content/",
            {
                "ja": f"{day} から1年より長く確かめていない記録: {len(found)}件",
                "en": f"records not confirmed for more than a year, since {day}: {len(found)}",
            },
            urgent=False,
        )


def _dates(item: Item, today: date) -> Iterator[Overtaken]:
    """Sessions, notices and plans that are over."""
    over = []
    for visit in walk(item.record):
        value = visit.value
        day = None
        if isinstance(value, Session | Notice):
            day = value.end or value.start
        elif isinstance(value, Dated) and not value.fixed:
            day = value.date
        if day is not None and day.last < today:
            over.append(str(day))
    if over:
        days = ", ".join(dict.fromkeys(over))
        name = {
            code: plain_name(item, code if code in item.words else next(iter(item.words)))
            for code in ("ja", "en")
        }
        yield Overtaken(
            item.folder,
            {
                "ja": f"{name['ja']}: 過ぎた日付があります（{days}）",
                "en": f"{name['en']}: dates are over ({days})",
            },
            urgent=False,
        )
