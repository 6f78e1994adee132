"""``<lang>.md``: the words of one record in one language (front matter; the body is Markdown)."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, WithJsonSchema

from hayami.schema.scalars import Declared, Id, Text


class Label(Declared):
    """Words for one entry of ``record.yaml``."""

    label: Text
    note: Text | None = None
    """A sentence more, where the label is not enough."""
    address: Text | None = None
    """Postal address, for contacts."""


def _short_label(value: object) -> object:
    return {"label": value} if isinstance(value, str) else value


Labelled = Annotated[
    Label,
    BeforeValidator(_short_label),
    WithJsonSchema({"anyOf": [{"type": "string"}, Label.model_json_schema()]}),
]

Labels = dict[Id, Labelled]
"""Id declared in ``record.yaml`` → words: a plain sentence, or ``label`` and ``note``."""

COLLECTIONS = (
    "groups",
    "offers",
    "variants",
    "eligibility",
    "requires",
    "steps",
    "facts",
    "statistics",
    "staff",
    "dates",
    "contacts",
    "notices",
    "sessions",
    "links",
    "errata",
    "notes",
)
"""Parts of ``record.yaml`` whose entries need words; a test holds this equal to the fields of ``Words``."""


class Words(Declared):
    """Front matter of ``<lang>.md``."""

    name: Text
    """Official name; ``|`` marks where a long name may break."""
    name_status: Literal["official", "working"] = "official"
    """``working`` for a translation that is not the body's own."""
    known_as: tuple[Text, ...] = ()
    """Other names that the source gives (通称, 愛称, abbreviations)."""
    short_name: Text
    """Name for lists: about 18 Japanese or 28 Latin characters."""
    reading: Text | None = None
    """Hiragana reading of the name, in the primary language."""
    romaji: Text | None = None
    """Hepburn reading of the name, in the primary language."""
    summary: Text
    """One sentence that a shop owner understands."""
    aliases: tuple[Text, ...] = ()
    """Words by which people look for it."""
    address: Text | None = None
    translated_from: Text | None = None
    """Stamp of the primary-language text that this translation was made from."""
    groups: Labels = {}
    offers: Labels = {}
    variants: Labels = {}
    eligibility: Labels = {}
    requires: Labels = {}
    steps: Labels = {}
    facts: Labels = {}
    statistics: Labels = {}
    staff: Labels = {}
    dates: Labels = {}
    contacts: Labels = {}
    notices: Labels = {}
    sessions: Labels = {}
    links: Labels = {}
    errata: Labels = {}
    notes: Labels = {}


class PageWords(Declared):
    """Front matter of a page of prose (``content/pages/<slug>/<lang>.md``)."""

    title: Text
    summary: Text
    translated_from: Text | None = None


class TermText(Declared):
    """Front matter of a glossary term (``content/terms/<slug>/<lang>.md``); the body explains it."""

    term: Text
    full: Text | None = None
    """What an abbreviation stands for."""
    reading: Text | None = None
    """Reading by which it sorts."""
    forms: tuple[Text, ...] = ()
    """Further spellings under which texts use it; they are linked to it as well."""
    translated_from: Text | None = None
