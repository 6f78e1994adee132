"""JSON Schemas for editors' completion and help, made from the declarations. They are committed.

Those of the generator hold for every catalogue. Those of a catalogue, in ``.schema/`` of its folder, know its
vocabulary besides: which ids there are and what they mean, so that an editor offers them while one types.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from hayami import load, pipeline, validate
from hayami.schema import help as key_help
from hayami.schema.record import KINDS
from hayami.schema.scalars import Declared, Vocab
from hayami.schema.site import Vocabulary
from hayami.schema.strings import Strings
from hayami.schema.words import PageWords, TermText, Words

FOLDER = Path(__file__).parent / "schema" / "json"

OWN_FOLDER = ".schema"
"""Folder of a catalogue's own schemas, in its content; names with a dot are no content."""

MODELS: Mapping[str, type[Declared]] = {
    **KINDS,
    "words": Words,
    "page": PageWords,
    "term": TermText,
    **validate.SETTINGS,
    "strings": Strings,
}

CHOICES: Mapping[tuple[str, str], str] = {
    ("Offer", "kind"): "kinds",
    ("Body", "role"): "roles",
    ("Unstated", "what"): "unstated",
    ("Relation", "type"): "relations",
}
"""Field whose values have words of the interface → part of the interface that holds them."""

Ids = Mapping[str, Mapping[str, str]]
"""Vocabulary → id → what it means, in all languages of the catalogue."""


def texts() -> dict[Path, str]:
    """File → JSON Schema, for the generator."""
    return {FOLDER / f"{name}.json": _dumped(model, {}) for name, model in MODELS.items()}


def own_texts(content: Path) -> dict[Path, str]:
    """File → JSON Schema of records, for one catalogue; none while its settings cannot be read."""
    read, _ = load.read_content(content, content.name)
    draft, _ = validate.validate(read)
    if draft is None:
        return {}
    ids = _ids(draft)
    return {content / OWN_FOLDER / f"{name}.json": _dumped(model, ids) for name, model in KINDS.items()}


def _dumped(model: type[Declared], ids: Ids) -> str:
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
    for declared, properties in _declarations(schema):
        _explain(declared, properties, ids)
    # Those of a catalogue repeat its ids in many places, and nobody reads them.
    form: dict[str, Any] = {"separators": (",", ":")} if ids else {"indent": 1}
    return json.dumps(schema, ensure_ascii=False, sort_keys=True, **form) + "\n"


def written_models() -> frozenset[type[Declared]]:
    """Every declaration of what editors write, down to the smallest."""
    schemas = [model.model_json_schema() for model in MODELS.values()]
    return frozenset(declared for schema in schemas for declared, _ in _declarations(schema))


def _by_name() -> dict[str, type[Declared]]:
    found: dict[str, type[Declared]] = {}
    stack: list[type[Declared]] = [Declared]
    while stack:
        for model in stack.pop().__subclasses__():
            found[model.__name__] = model
            stack.append(model)
    return found


def _declarations(schema: Any) -> Iterator[tuple[type[Declared], dict[str, Any]]]:
    """Every declaration within a schema, with its properties."""
    models = _by_name()
    stack = [schema]
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            if "properties" in one and one.get("title") in models:
                yield models[one["title"]], one["properties"]
            stack += one.values()
        elif isinstance(one, list):
            stack += one


def _explain(model: type[Declared], properties: dict[str, Any], ids: Ids) -> None:
    """Help in Japanese before the English, what values mean, and the ids of the vocabulary."""
    fields = {info.alias or name: info for name, info in model.model_fields.items()}
    for key, given in properties.items():
        said = (key_help.of(model.__name__, key), given.get("description"))
        given["description"] = "\n\n".join(filter(None, said))
        part = CHOICES.get((model.__name__, key))
        if part is not None:
            _each_choice(given, _words_of(part))
        vocabulary = next((mark.name for mark in fields[key].metadata if isinstance(mark, Vocab)), None)
        if vocabulary is not None and vocabulary in ids:
            _offer(given, ids[vocabulary])


def _words_of(part: str) -> Callable[[str], str]:
    """What values mean, in every language that the generator brings, Japanese first."""
    strings = pipeline.builtin_strings(pipeline.PROJECT / "templates")
    words = [strings[code].interface[part] for code in sorted(strings, reverse=True)]

    def meaning(value: str) -> str:
        return " / ".join(one[value.replace("-", "_")] for one in words)

    return meaning


def _each_choice(schema: Any, meaning: Callable[[str], str]) -> None:
    if isinstance(schema, dict):
        if "enum" in schema:
            schema["enumDescriptions"] = [meaning(value) for value in schema["enum"]]
        for value in list(schema.values()):
            _each_choice(value, meaning)
    elif isinstance(schema, list):
        for value in schema:
            _each_choice(value, meaning)


def _offer(schema: dict[str, Any], ids: Mapping[str, str]) -> None:
    """Let a field take the ids of a vocabulary alone."""
    if "patternProperties" in schema:
        [value] = schema.pop("patternProperties").values()
        schema["properties"] = {name: {**value, "description": words} for name, words in ids.items()}
        schema["additionalProperties"] = False
        return
    for part in (schema, *schema.get("anyOf", ())):
        if part.get("type") == "string":
            part.pop("pattern", None)
            part |= {"enum": list(ids), "enumDescriptions": list(ids.values())}
        if isinstance(part.get("items"), dict):
            _offer(part["items"], ids)


def _ids(draft: validate.Draft) -> Ids:
    found: dict[str, dict[str, str]] = {}
    for name, info in Vocabulary.model_fields.items():
        vocabulary = info.alias or name
        entries = [entry.id for entry in getattr(draft.vocabulary.value, name)]
        if entries:
            found[vocabulary] = {entry: _meaning(draft, name, entry) for entry in entries}
    return found


def _meaning(draft: validate.Draft, vocabulary: str, entry: str) -> str:
    said = []
    for code in draft.languages:
        strings = draft.strings.get(code)
        held = getattr(strings.value.vocabulary, vocabulary, {}).get(entry) if strings else None
        # Units have plural forms, qualifiers are patterns, all others have a name.
        said += [held.get("other", "") if isinstance(held, dict) else str(getattr(held, "name", held or ""))]
    return " / ".join(dict.fromkeys(filter(None, said)))


def stale(files: Mapping[Path, str]) -> list[Path]:
    """Files that are missing or differ from what they should be."""
    return [
        path for path, text in files.items() if not path.is_file() or path.read_text(encoding="utf-8") != text
    ]


def write(files: Mapping[Path, str]) -> list[Path]:
    """Write what is stale; returns what was written."""
    changed = stale(files)
    for path in changed:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(files[path], encoding="utf-8", newline="\n")
    return changed
