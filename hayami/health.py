"""The state of the catalogue for its editors: what is old, thin, unsaid or waived. Nothing here reads the clock."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hayami import text
from hayami.checks import aliases
from hayami.model import Item, Site
from hayami.pages import for_purpose
from hayami.schema.record import Link
from hayami.schema.waivers import Waiver
from hayami.weights import Weight

AGES = (0, 90, 180, 365)
"""Upper ends of the groups of records by the days since they were last checked; above the last there is one more."""

FEW = 5
"""A purpose with fewer records is thin."""

LIMIT = 15_000
"""What the first load of a record's page may weigh, in gzipped bytes."""

SHOWN = 10
"""Heaviest pages that are named."""


@dataclass(frozen=True)
class Age:
    """Records that were last checked so many days before the date of the site."""

    least: int
    most: int | None
    """None for the oldest group."""
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Thin:
    """A record with fewer aliases in a language than ``alias_floor`` asks for."""

    item: Item
    language: str
    count: int
    least: int


@dataclass(frozen=True)
class Report:
    """All that the page tells."""

    as_of: date
    ages: tuple[Age, ...]
    stale: tuple[tuple[str, Item], ...]
    """Language and record whose words were made from older words of the primary language, or from none."""
    working: Mapping[str, int]
    """Language → names that are no official ones."""
    unstated: tuple[tuple[str, tuple[Item, ...]], ...]
    """What the source does not say, the most frequent first → records."""
    purposes: tuple[tuple[str, int], ...]
    """Purposes with the number of their records, the fewest first."""
    thin: tuple[Thin, ...]
    links: tuple[tuple[Item, Link, bool], ...]
    """Links to other sites; whether their address is a reading of ours that the source does not settle."""
    waivers: tuple[Waiver, ...]
    weights: tuple[Weight, ...]
    """The heaviest pages of records, the heaviest first."""


def report(site: Site, waivers: Sequence[Waiver], weights: Iterable[Weight]) -> Report:
    """The state of a site. ``weights`` are those of the pages of its records."""
    return Report(
        site.settings.as_of,
        ages(site),
        tuple(_stale(site)),
        {
            code: sum(item.words[code].name_status == "working" for item in site.items.values())
            for code in site.tongues
        },
        _unstated(site),
        tuple(
            sorted(((one.id, len(for_purpose(site, one.id))) for one in site.vocabulary.purposes), key=_count)
        ),
        tuple(_thin(site)),
        tuple(
            (item, link, is_uncertain(item, link))
            for item in site.items.values()
            for link in item.record.links
        ),
        tuple(sorted(waivers, key=lambda one: one.until)),
        tuple(sorted(weights, key=lambda one: (-one.total, one.page))[:SHOWN]),
    )


def _count(pair: tuple[str, int]) -> int:
    return pair[1]


def ages(site: Site) -> tuple[Age, ...]:
    """Records by the days since they were last checked; empty groups are left out."""
    days = {item.ref: (site.settings.as_of - item.record.as_of).days for item in site.items.values()}
    bounds = list(itertools.pairwise((None, *AGES, None)))
    groups: list[list[Item]] = [[] for _ in bounds]
    for item in site.items.values():
        # A record may have been checked after the day for which the site is built.
        groups[sum(days[item.ref] > end for end in AGES)].append(item)
    return tuple(
        Age(0 if least is None else least + 1, most, tuple(items))
        for (least, most), items in zip(bounds, groups, strict=True)
        if items
    )


def _stale(site: Site) -> Iterable[tuple[str, Item]]:
    primary = site.settings.primary
    for item in site.items.values():
        stamp = text.stamp(item.words[primary], item.bodies[primary])
        for code in site.tongues:
            if code != primary and item.words[code].translated_from != stamp:
                yield code, item


def _unstated(site: Site) -> tuple[tuple[str, tuple[Item, ...]], ...]:
    by_what: dict[str, list[Item]] = {}
    for item in site.items.values():
        for what in dict.fromkeys(one.what for one in item.record.unstated):
            by_what.setdefault(what, []).append(item)
    ordered = sorted(by_what.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return tuple((what, tuple(items)) for what, items in ordered)


def _thin(site: Site) -> Iterable[Thin]:
    floor = site.settings.alias_floor
    if floor is None:
        return
    for code in site.tongues:
        words = {item.ref: item.words[code] for item in site.items.values()}
        sharing = Counter(
            one for held in words.values() for one in {aliases.fold(name) for name in held.aliases}
        )
        for item in site.items.values():
            least = floor.main if item.record.main else floor.other
            count = len(words[item.ref].aliases) - len(aliases.uncounted(words[item.ref], sharing))
            if count < least:
                yield Thin(item, code, count, least)


def is_uncertain(item: Item, link: Link) -> bool:
    """Whether an address follows from a corrected reading that the source itself does not settle."""
    return any(one.basis != "source" and one.reads in link.url for one in item.record.errata)
