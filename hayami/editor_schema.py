"""JSON Schemas for editors' completion and help, made from the declarations. They are committed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from hayami.schema.accessibility import Accessibility
from hayami.schema.changes import Changes
from hayami.schema.national import National
from hayami.schema.booklet import BookletSettings
from hayami.schema.record import KINDS
from hayami.schema.scalars import Declared
from hayami.schema.site import PlaceDiagram, SiteSettings, SourceSettings, Vocabulary
from hayami.schema.strings import Strings
from hayami.schema.waivers import WaiverList
from hayami.schema.words import PageWords, TermText, Words

FOLDER = Path(__file__).parent / "schema" / "json"

_MODELS: Mapping[str, type[Declared]] = {
    **KINDS,
    "words": Words,
    "page": PageWords,
    "term": TermText,
    "site": SiteSettings,
    "source": SourceSettings,
    "vocabulary": Vocabulary,
    "places": PlaceDiagram,
    "accessibility": Accessibility,
    "waivers": WaiverList,
    "national": National,
    "changes": Changes,
    "booklet": BookletSettings,
    "strings": Strings,
}


def texts() -> dict[Path, str]:
    """File → JSON Schema."""
    found = {}
    for name, model in _MODELS.items():
        schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
        dumped = json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True)
        found[FOLDER / f"{name}.json"] = dumped + "\n"
    return found


def stale() -> list[Path]:
    """Files that are missing or differ from the declarations."""
    return list(_stale())


def _stale() -> dict[Path, str]:
    return {
        path: text
        for path, text in texts().items()
        if not path.is_file() or path.read_text(encoding="utf-8") != text
    }


def write() -> list[Path]:
    """Write what is stale; returns what was written."""
    changed = _stale()
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path, text in changed.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return list(changed)
