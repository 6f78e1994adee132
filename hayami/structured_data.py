"""JSON-LD of a page, in the vocabulary of schema.org. Only what the record states is given."""

from __future__ import annotations

from typing import Any

from hayami.addresses import Addresses
from hayami.model import Item, Site, Tongue, body_name, plain_name, said
from hayami.pages import Page, key_of
from hayami.schema.record import Event, Facility
from hayami.schema.scalars import PartialDate

_CONTEXT = "https://schema.org"


def of_page(site: Site, tongue: Tongue, page: Page, addresses: Addresses) -> dict[str, Any]:
    """Structured data of one page: the trail, and what the page is about."""
    graph: list[dict[str, Any]] = []
    if page.item is not None:
        graph.append(of_record(site, tongue, page.item, addresses))
    elif page.key == "":
        graph.append(
            _without_empty(
                {
                    "@type": "WebSite",
                    "name": site.settings.title[tongue.code],
                    "description": site.settings.description[tongue.code],
                    "inLanguage": tongue.code,
                    "url": addresses.absolute("", tongue.code),
                }
            )
        )
    elif page.key == "glossary":
        graph.append({"@type": "DefinedTermSet", "name": page.title, "inLanguage": tongue.code})
    # A trail without addresses leads nowhere.
    if page.key and addresses.absolute("", tongue.code):
        graph.append(trail(site, tongue, page, addresses))
    return {"@context": _CONTEXT, "@graph": graph}


def trail(site: Site, tongue: Tongue, page: Page, addresses: Addresses) -> dict[str, Any]:
    """The pages above a page."""
    steps = [("", site.settings.title[tongue.code]), *page.above, (page.key, page.title)]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            _without_empty(
                {
                    "@type": "ListItem",
                    "position": number,
                    "name": name,
                    "item": addresses.absolute(key, tongue.code),
                }
            )
            for number, (key, name) in enumerate(steps, start=1)
        ],
    }


def of_record(site: Site, tongue: Tongue, item: Item, addresses: Addresses) -> dict[str, Any]:
    """What a record is, in one language."""
    words = item.words[tongue.code]
    name = plain_name(item, tongue.code)
    also = {*words.known_as, plain_name(item, site.settings.primary)} - {name}
    data: dict[str, Any] = {
        "name": name,
        "alternateName": sorted(also),
        "description": said(item, tongue, words.summary),
        "inLanguage": tongue.code,
        "url": addresses.absolute(key_of(item.ref), tongue.code),
    }
    if isinstance(item.record, Facility):
        data |= {"@type": "Place", "address": words.address}
    elif isinstance(item.record, Event):
        data |= _event(site, tongue, item.record)
    elif item.ref.kind == "organisations":
        data |= {"@type": "Organization", **_telephone(item)}
    else:
        data |= _programme(site, tongue, item)
    return _without_empty(data)


def _telephone(item: Item) -> dict[str, Any]:
    phones = [phone.number for contact in item.record.contacts for phone in contact.phones]
    return {"telephone": phones[0]} if phones else {}


def _event(site: Site, tongue: Tongue, record: Event) -> dict[str, Any]:
    starts = [session.start for session in record.sessions if session.start.exact]
    ends = [session.end for session in record.sessions if session.end is not None and session.end.exact]
    venue = site.items.get(record.venue) if record.venue is not None else None
    return {
        "@type": "ExhibitionEvent",
        "startDate": _iso(starts[0]) if starts else None,
        "endDate": _iso(ends[0]) if ends else None,
        "location": {"@type": "Place", "name": plain_name(venue, tongue.code)} if venue else None,
    }


def _iso(value: PartialDate) -> str | None:
    return value.exact.isoformat() if value.exact else None


def _programme(site: Site, tongue: Tongue, item: Item) -> dict[str, Any]:
    grants = [
        _without_empty(
            {
                "@type": "MonetaryGrant",
                "name": said(item, tongue, item.words[tongue.code].offers[offer.id].label),
                "amount": _amount([money.yen for money in offer.amounts]),
            }
        )
        for offer in item.money
    ]
    operators = [
        {"@type": "Organization", "name": body_name(site, tongue, body.body)}
        for body in item.record.bodies
        if body.role in ("implements", "runs-part")
    ]
    kinds = [offer.kind for offer in item.record.offers]
    return {
        "@type": "GovernmentService",
        "serviceType": list(
            dict.fromkeys(tongue.interface["kinds"][kind.replace("-", "_")] for kind in kinds)
        ),
        "areaServed": {"@type": "AdministrativeArea", "name": site.settings.area[tongue.code]},
        "serviceOperator": operators,
        "subjectOf": grants,
    }


def _amount(sums: list[int]) -> dict[str, Any] | None:
    if not sums:
        return None
    return {"@type": "MonetaryAmount", "currency": "JPY", "maxValue": max(sums)}


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, [], {}, "")}
