"""Atom feeds (RFC 4287) of what changed: one of the whole catalogue, one for each purpose, one for each category.

Feeds name pages and themselves by whole addresses, so that there are none where the place of the site is not known.
A change has the same identity and the same words in every feed of its language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from hayami.addresses import Addresses
from hayami.model import Item, Site, Tongue
from hayami.pages import by_category, for_purpose
from hayami.schema.changes import Change

FILE = "feed.xml"
ALL = "changes"
"""Key of the page that tells of every change."""


@dataclass(frozen=True)
class Feed:
    """One feed in one language."""

    key: str
    """Key of the page beside which it stands."""
    language: str
    title: str
    changes: tuple[Change, ...]

    @property
    def updated(self) -> date:
        """The day of its newest change."""
        return max(one.date for one in self.changes)


def feeds(site: Site) -> Iterator[Feed]:
    """Every feed that has something to tell, language by language."""
    for tongue in site.tongues.values():
        yield from _of_language(site, tongue)


def _of_language(site: Site, tongue: Tongue) -> Iterator[Feed]:
    words = tongue.interface["changes"]
    name = site.settings.title[tongue.code]
    groups: list[tuple[str, str, tuple[Item, ...]]] = [(ALL, name, tuple(site.items.values()))]
    groups += [
        (f"purposes/{one.id}", tongue.name_of("purposes", one.id), for_purpose(site, one.id))
        for one in site.vocabulary.purposes
    ]
    groups += [
        (f"categories/{category}", tongue.name_of("categories", category), items)
        for category, items in by_category(site, site.items.values())
    ]
    for key, what, items in groups:
        told = {one.id for item in items for one in site.changes_of(item)}
        changes = tuple(one for one in site.changes if one.id in told)
        if changes:
            yield Feed(key, tongue.code, words["feed_title"].format(x=what), changes)


def path(addresses: Addresses, key: str, language: str) -> str:
    """Where a feed stands in the site."""
    return addresses.folder(key, language) + FILE


def identity(site: Site, addresses: Addresses, name: str) -> str:
    """A ``tag:`` address (RFC 4151) that stays as long as the site keeps its host and its first edition."""
    assert addresses.base_url is not None
    parts = urlsplit(addresses.base_url)
    began = min(one.date for one in site.changes).isoformat()
    return f"tag:{parts.hostname},{began}:{parts.path.lstrip('/')}{name}"
