"""The places that a page shows in a diagram and a table: branches, halls and venues, and desks with a place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hayami import placemap, text
from hayami.model import Item, Site, Tongue, is_closed, label_of
from hayami.plane import Frame, Mark
from hayami.schema.scalars import Ref
from hayami.schema.site import PlaceDiagram, Point

_AT_WORK = ("implements", "runs-part", "manages")
"""Roles of a body that make a place one of its own."""


@dataclass(frozen=True)
class Place:
    """One row of the table: a facility, or a desk of a record."""

    item: Item
    contact: str | None = None
    """Entry of ``contacts`` for a desk."""
    at: Point | None = None
    number: int | None = None
    """Of its pin; None for a place that the diagram does not show."""
    square: bool = False

    @property
    def closed(self) -> bool:
        """Whether the source says that it is closed."""
        return self.contact is None and is_closed(self.item)

    @property
    def kind(self) -> str | None:
        """Its entry of vocabulary ``record-types``; a desk has none."""
        return self.item.record.type if self.contact is None else None

    def name(self, language: str) -> str:
        """Its name in the diagram."""
        if self.contact is None:
            return self.item.words[language].short_name
        return text.without_hints(label_of(self.item, language, "contacts", self.contact).label)


def of_page(site: Site, item: Item | None) -> tuple[Place, ...]:
    """Places for the page of a record, or of the whole catalogue, in the order of the source.

    An organisation has its own desks and the places that it runs, a facility its halls. One place alone
    needs no diagram, and a place made up of others is shown by them.
    """
    if item is None:
        found = [place for one in site.items.values() for place in _of_item(site, one)]
    elif item.ref.kind == "organisations":
        found = [*_of_item(site, item)]
        found += [
            place for one in site.of_kind("facilities") if _runs(item, one) for place in _of_item(site, one)
        ]
    else:
        found = [place for ref in item.children for place in _of_item(site, site.items[ref])]
    return _numbered(found, site.diagram) if len(found) > 1 else ()


def _of_item(site: Site, item: Item) -> Iterator[Place]:
    if item.ref.kind == "facilities" and not any(ref.kind == "facilities" for ref in item.children):
        yield Place(item)
    elif item.ref.kind == "organisations":
        shown = spots(site.diagram)
        for contact in item.record.contacts:
            words = item.words[site.settings.primary].contacts[contact.id]
            if words.address is not None or (item.ref, contact.id) in shown:
                yield Place(item, contact.id)


def _runs(organisation: Item, item: Item) -> bool:
    slug = organisation.ref.slug
    return item.record.parent == organisation.ref or any(
        one.body == slug and one.role in _AT_WORK for one in item.record.bodies
    )


def spots(diagram: PlaceDiagram | None) -> Mapping[tuple[Ref, str | None], Point]:
    """(Record, entry of its contacts or None) → position in the diagram."""
    found: dict[tuple[Ref, str | None], Point] = {}
    for spot in diagram.spots if diagram else ():
        found |= {(ref, None): spot.at for ref in spot.places}
        found |= {(desk.record, desk.contact): spot.at for desk in spot.desks}
    return found


def _numbered(found: Sequence[Place], diagram: PlaceDiagram | None) -> tuple[Place, ...]:
    shown = spots(diagram)
    squares = diagram.squares if diagram else ()
    numbered: list[Place] = []
    number = 0
    for place in found:
        at = shown.get((place.item.ref, place.contact))
        number += at is not None
        numbered.append(replace(place, at=at, number=number if at else None, square=place.kind in squares))
    return tuple(numbered)


def drawn(site: Site, tongue: Tongue, places: Sequence[Place]) -> tuple[placemap.Drawing, ...]:
    """The diagram of these places for narrow and for wide pages; none where there are not two pins to tell."""
    marks = [
        Mark(place.number, place.at, place.name(tongue.code), place.square, place.closed)
        for place in places
        if place.number is not None and place.at is not None
    ]
    if site.diagram is None or len(marks) < 2:
        return ()
    frames: tuple[Frame, ...] = (placemap.NARROW, placemap.WIDE)
    return tuple(placemap.drawing(site.diagram, marks, tongue.code, frame) for frame in frames)
