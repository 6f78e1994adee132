"""A catalogue of the data files in DCAT 3 (W3C Recommendation, 22 August 2024), written as JSON-LD.

Addresses are absolute where the place of the site is known; else they are relative to the file, as JSON-LD allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from hayami.model import Site
from hayami.open_data.records import DRAFT, LICENCE, Places

_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "spdx": "http://spdx.org/rdf/terms#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"


@dataclass(frozen=True)
class Download:
    """One data file that can be fetched."""

    path: str
    """From the root of the site."""
    media_type: str
    key: str
    """Name of its words among the strings: ``data.<key>`` and ``data.<key>_note``."""
    schema: str
    """Name of its JSON Schema; empty when it has none."""
    size: int
    """Bytes."""
    sha256: str

    @property
    def name(self) -> str:
        """Name of the file."""
        return self.path.rpartition("/")[2]

    @property
    def ending(self) -> str:
        """What the file is, by the end of its name: CSV, JSON …"""
        return self.name.rpartition(".")[2].upper()

    @property
    def marked(self) -> bool:
        """Whether it is a table that starts with a byte order mark, for spreadsheets."""
        return "-bom." in self.name


def catalogue(site: Site, places: Places, downloads: Iterable[Download]) -> dict[str, Any]:
    """The catalogue with its one data set, and each file as a distribution of it.

    Media types that are not registered (``x-``) have no address to be named by.
    """
    settings = site.settings
    home = places.page("", settings.primary)
    publisher = {"@type": "foaf:Agent", "foaf:name": _texts(settings.publisher)}
    issued = _typed("date", min((one.date for one in site.changes), default=settings.as_of).isoformat())
    modified = _typed("date", max([settings.as_of, *(one.date for one in site.changes)]).isoformat())
    languages = [{"@id": _LANGUAGES + code} for code in site.tongues if len(code) == 2]
    shared = {
        "dct:title": _texts(settings.title),
        "dct:description": _texts(settings.description),
        "dct:publisher": publisher,
        "dct:issued": issued,
        "dct:modified": modified,
        "dct:language": languages,
        "dct:license": {"@id": LICENCE},
        "dct:spatial": {"@type": "dct:Location", "skos:prefLabel": _texts(settings.area)},
    }
    dataset = {
        "@type": "dcat:Dataset",
        "@id": places.page("data", settings.primary),
        **shared,
        "dct:temporal": {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed("date", f"{settings.fiscal_year}-04-01"),
            "dcat:endDate": _typed("date", settings.valid_until.isoformat()),
        },
        "dct:source": {
            "dct:title": _texts(site.source.title),
            "dct:publisher": _texts(site.source.publisher),
        },
        "dcat:theme": [
            {
                "@type": "skos:Concept",
                "@id": places.page(f"purposes/{one.id}", settings.primary),
                "skos:prefLabel": [
                    _text(code, tongue.name_of("purposes", one.id)) for code, tongue in site.tongues.items()
                ],
            }
            for one in site.vocabulary.purposes
        ],
        "dcat:landingPage": {"@id": places.page("data", settings.primary)},
        "dcat:distribution": [_distribution(site, places, one) for one in downloads],
    }
    return {
        "@context": _CONTEXT,
        "@type": "dcat:Catalog",
        "@id": places.file("data/dcat.jsonld"),
        **shared,
        "foaf:homepage": {"@id": home},
        "dcat:dataset": [dataset],
    }


def _distribution(site: Site, places: Places, one: Download) -> dict[str, Any]:
    return {
        "@type": "dcat:Distribution",
        "dct:title": one.name,
        "dct:description": [
            _text(code, tongue.interface["data"][one.key]) for code, tongue in site.tongues.items()
        ],
        "dcat:accessURL": {"@id": places.page("data", site.settings.primary)},
        "dcat:downloadURL": {"@id": places.file(one.path)},
        **({"dcat:mediaType": {"@id": _MEDIA_TYPES + one.media_type}} if "/x-" not in one.media_type else {}),
        "dcat:byteSize": _typed("nonNegativeInteger", str(one.size)),
        "dct:license": {"@id": LICENCE},
        "spdx:checksum": {
            "@type": "spdx:Checksum",
            "spdx:algorithm": {"@id": "spdx:checksumAlgorithm_sha256"},
            "spdx:checksumValue": _typed("hexBinary", one.sha256),
        },
    }


def _texts(words: Mapping[str, str]) -> list[dict[str, str]]:
    return [_text(code, text) for code, text in words.items()]


def _text(code: str, words: str) -> dict[str, str]:
    return {"@language": code, "@value": words}


def _typed(kind: str, value: str) -> dict[str, str]:
    return {"@type": f"xsd:{kind}", "@value": value}


def schema() -> dict[str, Any]:
    """JSON Schema of the file: its form in JSON, and what DCAT asks of each class that we fill in."""
    texts = {
        "type": "array",
        "minItems": 1,
        "items": _object({"@language": {"type": "string"}, "@value": {"type": "string", "minLength": 1}}),
    }
    named = _object({"@id": {"type": "string", "minLength": 1}})

    def typed(kind: str, pattern: str) -> dict[str, Any]:
        return _object({"@type": {"const": f"xsd:{kind}"}, "@value": {"type": "string", "pattern": pattern}})

    day = typed("date", r"^\d{4}-\d{2}-\d{2}$")
    agent = _object({"@type": {"const": "foaf:Agent"}, "foaf:name": texts})
    shared = {
        "@id": {"type": "string", "minLength": 1},
        "dct:title": texts,
        "dct:description": texts,
        "dct:publisher": agent,
        "dct:issued": day,
        "dct:modified": day,
        "dct:language": {"type": "array", "items": named},
        "dct:license": named,
        "dct:spatial": _object({"@type": {"const": "dct:Location"}, "skos:prefLabel": texts}),
    }
    distribution = _object(
        {
            "@type": {"const": "dcat:Distribution"},
            "dct:title": {"type": "string", "minLength": 1},
            "dct:description": texts,
            "dcat:accessURL": named,
            "dcat:downloadURL": named,
            "dcat:byteSize": typed("nonNegativeInteger", r"^\d+$"),
            "dct:license": named,
            "spdx:checksum": _object(
                {
                    "@type": {"const": "spdx:Checksum"},
                    "spdx:algorithm": named,
                    "spdx:checksumValue": typed("hexBinary", "^[0-9a-f]{64}$"),
                }
            ),
        }
    )
    distribution["properties"]["dcat:mediaType"] = named
    concept = _object(
        {"@type": {"const": "skos:Concept"}, "@id": {"type": "string"}, "skos:prefLabel": texts}
    )
    dataset = _object(
        {
            "@type": {"const": "dcat:Dataset"},
            **shared,
            "dct:temporal": _object(
                {"@type": {"const": "dct:PeriodOfTime"}, "dcat:startDate": day, "dcat:endDate": day}
            ),
            "dct:source": _object({"dct:title": texts, "dct:publisher": texts}),
            "dcat:theme": {"type": "array", "items": concept},
            "dcat:landingPage": named,
            "dcat:distribution": {"type": "array", "items": distribution, "minItems": 1},
        }
    )
    properties = {
        "@context": {"type": "object", "additionalProperties": {"type": "string"}},
        "@type": {"const": "dcat:Catalog"},
        **shared,
        "foaf:homepage": named,
        "dcat:dataset": {"type": "array", "items": dataset, "minItems": 1},
    }
    return {"$schema": DRAFT, "title": "The data files, described in DCAT", **_object(properties)}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
