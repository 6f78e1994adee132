"""One JSON document for each record, and one for the whole catalogue, with their JSON Schemas."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from hayami.addresses import Addresses
from hayami.model import Item, Site, Tongue, plain_name, said, written_out
from hayami.open_data import values
from hayami.pages import key_of
from hayami.schema.changes import Change
from hayami.schema.figures import Figure
from hayami.schema.record import KINDS, Record, Unstated
from hayami.schema.words import Words

FOLDER = "data"
"""Folder of the site in which all data files stand, beside the page that tells of them."""

SCHEMAS = f"{FOLDER}/schema"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
DRAFT = "https://json-schema.org/draft/2020-12/schema"

_OWN = ("unstated",)
"""Parts of a record that stand elsewhere in its document."""


def dumped(data: Any) -> bytes:
    """JSON for files that people also look into."""
    return json.dumps(data, ensure_ascii=False, indent=1).encode() + b"\n"


def line(data: Any) -> bytes:
    """JSON on one line."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


class Places:
    """Addresses as data files write them: absolute where the place of the site is known, else from the file."""

    def __init__(self, addresses: Addresses, here: str) -> None:
        self.addresses = addresses
        self.here = here
        """Folder of the file, with a slash at its end."""

    def page(self, key: str, language: str) -> str:
        """Address of a page."""
        whole = self.addresses.absolute(key, language)
        return whole or self.addresses.link(self.here, key, language)

    def file(self, path: str) -> str:
        """Address of a file."""
        return self.addresses.absolute_file(path) or self.addresses.file_link(self.here, path)


def path_of(item: Item) -> str:
    """Where the document of a record stands in the site."""
    return f"{FOLDER}/records/{key_of(item.ref)}.json"


def record(site: Site, item: Item, places: Places) -> dict[str, Any]:
    """One record: words apart from facts, as in its folder of the content; every figure with its evidence."""
    languages = tuple(site.tongues)

    def written(figure: Figure) -> dict[str, str]:
        return {code: site.tongues[code].formatter.figure(figure) for code in languages}

    def words_of(collection: str, entry: str) -> dict[str, Any]:
        labels = {code: getattr(item.words[code], collection).get(entry) for code in languages}
        told = {}
        for part in ("label", "note", "address"):
            by_language = {
                code: said(item, site.tongues[code], getattr(one, part))
                for code, one in labels.items()
                if one is not None and getattr(one, part) is not None
            }
            if by_language:
                told[part] = by_language
        return told

    facts = values.value(item.record, words_of, written)
    for name in _OWN:
        facts.pop(name, None)
    return {
        **addressed(site, item, places),
        "words": {code: _words(item, tongue) for code, tongue in site.tongues.items()},
        "facts": facts,
        "not_stated": [_not_stated(site, one) for one in item.record.unstated],
        "changed": site.last_changed(item).isoformat(),
    }


def addressed(site: Site, item: Item, places: Places) -> dict[str, Any]:
    """What a record says of where it stands, which differs between the files that hold it."""
    return {
        "$schema": places.file(f"{SCHEMAS}/record.schema.json"),
        "id": str(item.ref),
        "url": {code: places.page(key_of(item.ref), code) for code in site.tongues},
    }


def _words(item: Item, tongue: Tongue) -> dict[str, Any]:
    words = item.words[tongue.code]
    told: dict[str, Any] = {
        "name": plain_name(item, tongue.code),
        "name_status": words.name_status,
        "short_name": words.short_name,
        "known_as": list(words.known_as),
        "summary": said(item, tongue, words.summary),
        "aliases": list(words.aliases),
    }
    told |= {
        name: getattr(words, name)
        for name in ("reading", "romaji", "address")
        if getattr(words, name) is not None
    }
    body = item.bodies[tongue.code].strip()
    if body:
        told["text"] = written_out(item, tongue, body)
    return told


def _not_stated(site: Site, one: Unstated) -> dict[str, Any]:
    told: dict[str, Any] = {"what": one.what}
    if one.offer is not None:
        told["offer"] = one.offer
    told["text"] = {
        code: tongue.interface["unstated"][one.what.replace("-", "_")]
        for code, tongue in site.tongues.items()
    }
    return told


def catalogue(site: Site, places: Places, documents: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """The whole catalogue: what it is, its vocabulary, and every record."""
    settings, source = site.settings, site.source
    return {
        "$schema": places.file(f"{SCHEMAS}/catalogue.schema.json"),
        "title": settings.title,
        "description": settings.description,
        "publisher": settings.publisher,
        "notice": settings.notice,
        "licence": LICENCE,
        "source": {
            "title": source.title,
            "publisher": source.publisher,
            "published": source.published.isoformat(),
        },
        "as_of": settings.as_of.isoformat(),
        "fiscal_year": settings.fiscal_year,
        "valid_until": settings.valid_until.isoformat(),
        "languages": list(site.tongues),
        "primary": settings.primary,
        "vocabulary": vocabulary(site),
        "changes": [_change(site, one) for one in site.changes],
        "records": list(documents),
    }


def _change(site: Site, change: Change) -> dict[str, Any]:
    def written(figure: Figure) -> dict[str, str]:
        return {code: tongue.formatter.figure(figure) for code, tongue in site.tongues.items()}

    def wordless(_collection: str, _entry: str) -> dict[str, Any]:
        return {}

    note = {code: tongue.changes[change.id] for code, tongue in site.tongues.items()}
    return {**values.value(change, wordless, written), "note": note}


def vocabulary(site: Site) -> dict[str, list[dict[str, Any]]]:
    """Vocabulary → its entries with their names, in the order of the catalogue."""
    found = {}
    for field, info in type(site.vocabulary).model_fields.items():
        name = info.alias or field
        entries = getattr(site.vocabulary, field)
        if entries:
            found[name] = [{"id": one.id, "name": _names(site, field, one.id)} for one in entries]
    return found


def _names(site: Site, vocabulary_: str, entry: str) -> dict[str, str]:
    names = {}
    for code, tongue in site.tongues.items():
        words = getattr(tongue.words, vocabulary_)[entry]
        if isinstance(words, Mapping):  # units have forms for singular and plural
            names[code] = words["other"]
        else:
            names[code] = words if isinstance(words, str) else words.name
    return names


# --- schemas -------------------------------------------------------------------------------------


def record_schema(site: Site) -> dict[str, Any]:
    """JSON Schema of a record's document."""
    definitions = values.Definitions()
    properties = definitions.properties(Record, _OWN)
    for model in KINDS.values():
        properties |= definitions.properties(model, _OWN)
    required = ["type", "pages", "fiscal_year", "as_of"]
    codes = list(site.tongues)
    schema = values.closed(
        {
            "$schema": _text("Address of this schema."),
            "id": {**definitions.of(_REF), "description": "Identity of the record; it never changes."},
            "url": _each(codes, _text("Address of its page.")),
            "words": _each(codes, _words_schema()),
            "facts": {
                **values.closed(properties, required),
                "description": "What the source states, without language.",
            },
            "not_stated": {
                "type": "array",
                "description": "What a reader would look for and the source does not state.",
                "items": values.closed(
                    {
                        "what": definitions.of(Unstated.model_fields["what"].annotation),
                        "offer": _text("Id of the offer that it concerns; the whole record without."),
                        "text": {"$ref": "#/$defs/byLanguage"},
                    },
                    ["what", "text"],
                ),
            },
            "changed": {"type": "string", "format": "date", "description": "Day of its last change."},
        },
        ["$schema", "id", "url", "words", "facts", "not_stated", "changed"],
    )
    return {
        "$schema": DRAFT,
        "title": "A record of the catalogue",
        "description": "A key of facts is left out where the record says nothing of it.",
        **schema,
        "$defs": definitions.found,
    }


_REF = Record.model_fields["also_part_of"].annotation.__args__[0]  # type: ignore[union-attr]


def _words_schema() -> dict[str, Any]:
    told = {name: info.description or "" for name, info in Words.model_fields.items()}
    texts = {"type": "array", "items": {"type": "string"}}
    properties = {
        "name": _text("Name; official in the primary language."),
        "name_status": {"enum": ["official", "working"], "description": told["name_status"]},
        "short_name": _text("A short name for lists."),
        "known_as": {**texts, "description": told["known_as"]},
        "summary": _text(told["summary"]),
        "aliases": {**texts, "description": told["aliases"]},
        "reading": _text(told["reading"]),
        "romaji": _text(told["romaji"]),
        "address": _text("Postal address."),
        "text": _text(
            "The text of its page in Markdown; links name pages of the catalogue by identity, as programme:slug, "
            "term:slug or page:slug."
        ),
    }
    required = ["name", "name_status", "short_name", "known_as", "summary", "aliases"]
    return values.closed(properties, required)


def catalogue_schema(site: Site) -> dict[str, Any]:
    """JSON Schema of the whole catalogue."""
    codes = list(site.tongues)
    by_language = _each(codes, {"type": "string"})
    day = {"type": "string", "format": "date"}
    schema = record_schema(site)
    definitions = schema.pop("$defs")
    changes = values.Definitions()
    changes.found = definitions
    entry = values.closed({"id": {"type": "string"}, "name": {"$ref": "#/$defs/byLanguage"}}, ["id", "name"])
    properties = {
        "$schema": _text("Address of this schema."),
        **dict.fromkeys(("title", "description", "publisher", "notice"), by_language),
        "licence": {"const": LICENCE},
        "source": values.closed(
            {"title": by_language, "publisher": by_language, "published": day},
            ["title", "publisher", "published"],
        ),
        "as_of": {**day, "description": "Date of the material."},
        "fiscal_year": {"type": "integer", "description": "Starts in April of this year."},
        "valid_until": {**day, "description": "Last day for which the figures hold."},
        "languages": {"type": "array", "items": {"enum": codes}},
        "primary": {"enum": codes},
        "vocabulary": {
            "type": "object",
            "description": "Names of the ids that records use.",
            "additionalProperties": {"type": "array", "items": entry},
        },
        "changes": {
            "type": "array",
            "description": "What became of the catalogue, the newest first.",
            "items": values.closed(
                {**changes.properties(Change), "note": by_language}, ["id", "date", "kind", "note"]
            ),
        },
        "records": {"type": "array", "items": {"$ref": "#/$defs/record"}},
    }
    record_ = {key: told for key, told in schema.items() if key != "$schema"}
    return {
        "$schema": DRAFT,
        "title": "A catalogue of support",
        **values.closed(properties, list(properties)),
        "$defs": {**definitions, "record": record_},
    }


def _text(description: str) -> dict[str, Any]:
    return {"type": "string", "description": " ".join(description.split())}


def _each(codes: list[str], schema: dict[str, Any]) -> dict[str, Any]:
    return values.closed(dict.fromkeys(codes, schema), codes)
