"""Declared values as JSON, and the JSON Schema (draft 2020-12) of what comes out.

Both follow the same declarations, so that no list of fields is kept here. Two rules hold for every value: a key is
left out where the record says nothing, and a piece of evidence is always ``{"page": …, "quote": …}``.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from hayami.schema.figures import Figure
from hayami.schema.scalars import Declared, PartialDate, Ref, SourceRef
from hayami.schema.words import COLLECTIONS

Said = Callable[[str, str], dict[str, Any]]
"""Collection and id of an entry → its words: ``{"label": {language: text}, …}``; empty when it has none."""

Written = Callable[[Figure], dict[str, str]]
"""A figure → how it is written, by language."""


def value(given: Any, said: Said, written: Written, collection: str = "") -> Any:
    """One value; ``collection`` names the part of the record in which it stands."""
    if isinstance(given, Declared):
        return _declared(given, said, written, collection)
    if isinstance(given, SourceRef):
        return {"page": given.page, "quote": given.fragment}
    if isinstance(given, tuple):
        if collection in _IDS_WITH_WORDS:
            return [{"id": one, **said(collection, one)} for one in given]
        return [value(one, said, written, collection) for one in given]
    if isinstance(given, Mapping):
        return {key: value(one, said, written, collection) for key, one in given.items()}
    if isinstance(given, Decimal):
        return int(given) if given == given.to_integral_value() else float(given)
    if isinstance(given, Fraction):
        return f"{given.numerator}/{given.denominator}"
    if isinstance(given, date):
        return given.isoformat()
    if isinstance(given, PartialDate | Ref):
        return str(given)
    return given


_IDS_WITH_WORDS = ("groups", "notes")
"""Parts of a record that are bare ids with words."""


def _declared(given: Declared, said: Said, written: Written, collection: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, info in type(given).model_fields.items():
        held = getattr(given, name)
        if held is None or held == () or held == {}:
            continue
        part = name if name in COLLECTIONS else ""
        found[info.alias or name] = value(held, said, written, part)
    entry = getattr(given, "id", None)
    if entry is not None and collection:
        found |= said(collection, entry)
    if isinstance(given, Figure) and _is_written(type(given)):
        found["text"] = written(given)
    return found


def _is_written(model: type[Declared]) -> bool:
    """Whether a figure can be written out: a notice only has dates of its own."""
    return issubclass(model, Figure) and model.__name__ != "Notice"


# --- schemas -------------------------------------------------------------------------------------

BY_LANGUAGE: dict[str, Any] = {
    "type": "object",
    "description": "Language → text.",
    "additionalProperties": {"type": "string"},
}

_EVIDENCE: dict[str, Any] = {
    "type": "object",
    "description": "Where the source states it: page, and the words on that page, in the language of the source.",
    "properties": {
        "page": {"type": "integer", "minimum": 1},
        "quote": {"type": "string", "minLength": 1, "maxLength": 40},
    },
    "required": ["page", "quote"],
    "additionalProperties": False,
}

_SCALARS: Mapping[Any, dict[str, Any]] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    str: {"type": "string"},
    Decimal: {"type": "number", "minimum": 0},
    Fraction: {"type": "string", "pattern": "^[0-9]{1,3}/[0-9]{1,3}$"},
    date: {"type": "string", "format": "date"},
    PartialDate: {
        "type": "string",
        "pattern": "^(FY)?[0-9]{4}(-[0-9]{2}(-[0-9]{2}|-early|-middle|-late)?)?$",
        "description": "A date as exact as the source gives it: day, month, third of a month, year or fiscal year.",
    },
    Ref: {"type": "string", "pattern": "^(programme|organisation|facility|event):[a-z0-9-]+$"},
}


class Definitions:
    """Gathers the schema of every declaration that some schema refers to."""

    def __init__(self) -> None:
        self.found: dict[str, dict[str, Any]] = {"evidence": _EVIDENCE, "byLanguage": BY_LANGUAGE}

    def of(self, annotation: Any, collection: str = "") -> dict[str, Any]:
        """Schema of what :func:`value` makes of a value of some type."""
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.of(arguments[0], collection)
        if origin in (Union, types.UnionType):
            (given,) = [one for one in arguments if one is not type(None)]
            return self.of(given, collection)
        if origin is Literal:
            return {"enum": list(arguments)}
        if origin is tuple:
            if collection in _IDS_WITH_WORDS:
                return {"type": "array", "items": self._entry({"id": _SCALARS[str]}, ["id"])}
            return {"type": "array", "items": self.of(arguments[0], collection)}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(arguments[1], collection)}
        if annotation is SourceRef:
            return {"$ref": "#/$defs/evidence"}
        if isinstance(annotation, type) and issubclass(annotation, Declared):
            return self._reference(annotation, collection)
        return dict(_SCALARS[annotation])

    def properties(self, model: type[Declared], without: tuple[str, ...] = ()) -> dict[str, Any]:
        """Schemas of the fields of a declaration, with its own words as descriptions."""
        found = {}
        for name, info in model.model_fields.items():
            if name in without:
                continue
            told = self.of(info.annotation, name if name in COLLECTIONS else "")
            if info.description and "$ref" not in told:
                told = {**told, "description": " ".join(info.description.split())}
            found[info.alias or name] = told
        return found

    def _reference(self, model: type[Declared], collection: str) -> dict[str, Any]:
        worded = "id" in model.model_fields and bool(collection)
        name = model.__name__[:1].lower() + model.__name__[1:] + ("Entry" if worded else "")
        if name not in self.found:
            self.found[name] = {}  # Needs refer to themselves.
            properties = self.properties(model)
            required = [
                info.alias or one
                for one, info in model.model_fields.items()
                if info.is_required() and get_origin(info.annotation) is not tuple
            ]
            if _is_written(model):
                properties["text"] = {"$ref": "#/$defs/byLanguage"}
                required.append("text")
            self.found[name] = self._entry(properties, required) if worded else closed(properties, required)
            if model.__doc__:
                self.found[name] = {"description": " ".join(model.__doc__.split()), **self.found[name]}
        return {"$ref": f"#/$defs/{name}"}

    def _entry(self, properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
        words = {name: {"$ref": "#/$defs/byLanguage"} for name in ("label", "note", "address")}
        return closed({**properties, **words}, required)


def closed(properties: dict[str, Any], required: list[str]) -> dict[str, Any]:
    """Schema of an object that has no other keys."""
    return {
        "type": "object",
        "properties": properties,
        "required": sorted(required),
        "additionalProperties": False,
    }
