"""The catalogue as JSON-LD in the vocabulary of schema.org: what each page says of its record, in one file."""

from __future__ import annotations

from typing import Any

from hayami.model import Site
from hayami.open_data.records import DRAFT, LICENCE, Places
from hayami.pages import key_of
from hayami.structured_data import of_record


def graph(site: Site, places: Places) -> dict[str, Any]:
    """A data set and every record in every language; ``@id`` is the address of the page."""
    settings = site.settings
    dataset: dict[str, Any] = {
        "@type": "Dataset",
        "name": [_in(code, words) for code, words in settings.title.items()],
        "description": [_in(code, words) for code, words in settings.description.items()],
        "creator": [
            {"@type": "Organization", "name": _in(code, words)} for code, words in settings.publisher.items()
        ],
        "isBasedOn": [_in(code, words) for code, words in site.source.title.items()],
        "inLanguage": list(site.tongues),
        "license": LICENCE,
        "dateModified": settings.as_of.isoformat(),
        "temporalCoverage": f"{settings.fiscal_year}-04-01/{settings.valid_until.isoformat()}",
    }
    records = [
        {"@id": places.page(key_of(item.ref), code), **of_record(site, tongue, item, places.addresses)}
        for item in site.items.values()
        for code, tongue in site.tongues.items()
    ]
    return {"@context": "https://schema.org", "@graph": [dataset, *records]}


def _in(code: str, words: str) -> dict[str, str]:
    return {"@language": code, "@value": words}


def schema() -> dict[str, Any]:
    """JSON Schema of the form of the file; the vocabulary itself is described at schema.org."""
    node = {
        "type": "object",
        "properties": {
            "@id": {"type": "string", "minLength": 1},
            "@type": {"enum": ["Dataset", "GovernmentService", "Organization", "Place", "ExhibitionEvent"]},
            "url": {"type": "string", "pattern": "^https?://"},
        },
        "required": ["@type", "name", "description", "inLanguage"],
        "if": {"properties": {"@type": {"not": {"const": "Dataset"}}}},
        "then": {"required": ["@id"]},
    }
    return {
        "$schema": DRAFT,
        "title": "The catalogue as JSON-LD",
        "type": "object",
        "properties": {
            "@context": {"const": "https://schema.org"},
            "@graph": {"type": "array", "items": node, "minItems": 1},
        },
        "required": ["@context", "@graph"],
        "additionalProperties": False,
    }
