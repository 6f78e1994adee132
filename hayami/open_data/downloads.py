"""Which data files there are, and all of them made."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hayami.addresses import Addresses
from hayami.load import Content
from hayami.model import Site
from hayami.open_data import archive, dcat, linked, national, records, sheet, tables
from hayami.open_data.dcat import Download
from hayami.open_data.records import FOLDER, SCHEMAS, Places

ZIP = f"{FOLDER}/site.zip"
DCAT = f"{FOLDER}/dcat.jsonld"

_BOM = "-bom.csv"
"""How tables end that spreadsheets open by themselves; Excel takes a file without the mark for another encoding."""


@dataclass(frozen=True)
class Kind:
    """One kind of file, as the page of the data tells of it."""

    name: str
    """Name of the file, and of its words among the strings (``data.<key>``)."""
    media_type: str
    schema: str
    """Name of its JSON Schema; empty for files that have none."""

    @property
    def key(self) -> str:
        """Its name among the strings."""
        return self.name.partition(".")[0].replace("-bom", "").replace("-", "_")


_JSON, _CSV = "application/json", "text/csv"
KINDS: Mapping[str, Kind] = {
    one.name: one
    for one in (
        Kind("catalogue.json", _JSON, "catalogue"),
        Kind("records.ndjson", "application/x-ndjson", "record"),
        Kind("values.csv", _CSV, "values"),
        Kind("values-bom.csv", _CSV, "values"),
        Kind("services.csv", _CSV, "services"),
        Kind("services-bom.csv", _CSV, "services"),
        Kind("linked.jsonld", "application/ld+json", "linked"),
        Kind("dcat.jsonld", "application/ld+json", "dcat"),
        Kind("site.zip", "application/zip", ""),
    )
}
"""Name of each file beside the page → what it is. Documents of single records stand in ``records/``."""


def files(site: Site, content: Content, addresses: Addresses) -> dict[str, bytes]:
    """Every data file but the zip and the DCAT catalogue, which tell of the others."""
    places = Places(addresses, f"{FOLDER}/")
    made: dict[str, bytes] = {}
    documents = []
    for item in site.items.values():
        path = records.path_of(item)
        own = Places(addresses, path.rpartition("/")[0] + "/")
        document = records.record(site, item, places)
        documents.append(document)
        made[path] = records.dumped({**document, **records.addressed(site, item, own)})
    made[f"{FOLDER}/catalogue.json"] = records.dumped(records.catalogue(site, places, documents))
    made[f"{FOLDER}/records.ndjson"] = b"".join(map(records.line, documents))
    made[f"{FOLDER}/linked.jsonld"] = records.dumped(linked.graph(site, places))
    made |= dict(_tables("values", sheet.written(content)))
    found = national.table(site, places)
    if found is not None:
        made |= dict(_tables("services", tables.written(national.NAMES, found.rows)))
    made |= {f"{SCHEMAS}/{name}.schema.json": data for name, data in _schemas(site, found is not None)}
    return made


def _tables(name: str, table: bytes) -> Iterator[tuple[str, bytes]]:
    yield f"{FOLDER}/{name}.csv", table
    yield f"{FOLDER}/{name}{_BOM}", tables.BOM + table


def _schemas(site: Site, with_services: bool) -> Iterator[tuple[str, bytes]]:
    yield "record", records.dumped(records.record_schema(site))
    yield "catalogue", records.dumped(records.catalogue_schema(site))
    yield "values", records.dumped(sheet.schema())
    yield "linked", records.dumped(linked.schema())
    yield "dcat", records.dumped(dcat.schema())
    if with_services:
        yield "services", records.dumped(national.schema())


def listed(made: Mapping[str, bytes]) -> tuple[Download, ...]:
    """The files that stand beside the page, in the order in which it tells of them."""
    found = ((kind, made.get(f"{FOLDER}/{name}")) for name, kind in KINDS.items())
    return tuple(
        Download(f"{FOLDER}/{kind.name}", kind.media_type, kind.key, kind.schema, len(data), _digest(data))
        for kind, data in found
        if data is not None
    )


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def described(site: Site, addresses: Addresses, made: Mapping[str, bytes]) -> bytes:
    """The DCAT catalogue of files that were made. Of its own size it cannot tell."""
    others = [one for one in listed(made) if one.path != DCAT]
    return records.dumped(dcat.catalogue(site, Places(addresses, f"{FOLDER}/"), others))


def zipped(site: Site, published: Mapping[str, bytes]) -> bytes:
    """The whole site as it is published, without a zip in it, as a zip."""
    return archive.zipped(archive.members(site, published), site.settings.as_of)
