"""Walking a declared value: each field with its path in the file and its marks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, get_args

from hayami.schema.scalars import Declared

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """One field of a declared value."""

    path: Path
    value: Any
    marks: tuple[Any, ...]
    """Annotations of the field, such as ``Vocab("units")``."""


def walk(value: Declared, path: Path = ()) -> Iterator[Visit]:
    """All fields of ``value`` that were given, and of the declared values within, from the top down."""
    for name, info in type(value).model_fields.items():
        if name not in value.model_fields_set:
            continue
        held = getattr(value, name)
        here = (*path, info.alias or name)
        yield Visit(here, held, tuple(info.metadata))
        if isinstance(held, Declared):
            yield from walk(held, here)
        elif isinstance(held, tuple):
            for index, item in enumerate(held):
                if isinstance(item, Declared):
                    yield Visit((*here, index), item, ())
                    yield from walk(item, (*here, index))
        elif isinstance(held, dict):
            for key, item in held.items():
                if isinstance(item, Declared):
                    yield Visit((*here, key), item, ())
                    yield from walk(item, (*here, key))


def declared_at(model: type[Declared], path: Path) -> type[Declared] | None:
    """The declaration that holds for ``path``, for suggestions of keys."""
    current: Any = model
    for part in path:
        fields = getattr(current, "model_fields", None)
        if fields is None or not isinstance(part, str):
            continue
        field = next((one for name, one in fields.items() if part in (name, one.alias)), None)
        if field is None:
            continue
        inner = _declared_in(field.annotation)
        if inner is None:
            return None
        current = inner
    return current if isinstance(current, type) and issubclass(current, Declared) else None


def _declared_in(annotation: Any) -> type[Declared] | None:
    if isinstance(annotation, type) and issubclass(annotation, Declared):
        return annotation
    for argument in get_args(annotation):
        found = _declared_in(argument)
        if found is not None:
            return found
    return None
