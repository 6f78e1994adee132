"""Where the code on a printed sheet leads: a small page that knows which edition the reader holds.

``q/<code>/`` stands at a short address that never changes. The fragment of the printed address is the day of the
edition (``#240319``); a script compares it with the changes of the record and tells which are newer than the
paper. Without the script all changes are there to read. Fragments are sent to nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from hayami import booklet
from hayami.model import Item, Site, Tongue, plain_name, said
from hayami.pages import Page


@dataclass(frozen=True)
class Told:
    """One change of a record, in words."""

    day: date
    note: str


def changes(site: Site, tongue: Tongue, item: Item) -> tuple[Told, ...]:
    """What became of a record since it was first published, the newest first."""
    return tuple(
        Told(one.date, tongue.changes[one.id]) for one in site.changes_of(item) if one.kind != "published"
    )


def codes(site: Site, item: Item) -> tuple[str, ...]:
    """Names at which a record is found: that on paper, the slug, and former ones."""
    return tuple(dict.fromkeys((booklet.code(site, item.ref), item.ref.slug, *item.record.former_slugs)))


def pages_of(site: Site) -> Iterator[Page]:
    """All of these pages."""
    for tongue in site.tongues.values():
        for item in site.items.values():
            for code in codes(site, item):
                yield Page(
                    f"q/{code}",
                    tongue.code,
                    "pages/edition.html",
                    plain_name(item, tongue.code),
                    said(item, tongue, item.words[tongue.code].summary),
                    data={"of": item, "changes": changes(site, tongue, item), "token": booklet.token},
                    nav=item.ref.kind,
                    listed=False,
                )
