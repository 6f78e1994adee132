"""``site.yaml``, ``source.yaml``, ``vocabulary.yaml`` and ``places.yaml``: the site as a whole."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from hayami.schema.scalars import (
    Day,
    Declared,
    HttpsAddress,
    Id,
    Ids,
    LanguageCode,
    RecordRef,
    Ref,
    Text,
    Vocab,
    Whole,
    Written,
    Year,
    YesNo,
)

ByLanguage = dict[LanguageCode, Text]
"""Language → words."""


def _base_url(value: object) -> str:
    wrong = PydanticCustomError("wrong-type", "{got}", {"got": str(value), "expected": "address"})
    if not isinstance(value, str):
        raise wrong
    parts = urlsplit(value)
    if parts.scheme not in ("https", "http") or not parts.netloc or parts.query or parts.fragment:
        raise wrong
    if re.search(r"[\s\\]", value):
        raise wrong
    return value.rstrip("/") + "/"


BaseUrl = Annotated[str, BeforeValidator(_base_url), WithJsonSchema({"type": "string", "format": "uri"})]


class Language(Declared):
    """One language of the site."""

    code: LanguageCode
    """What ``lang`` and the address say: ``ja``, ``en``."""
    locale: Annotated[str, Written(r"[a-z]{2,3}(_[A-Z][a-z]{3})?(_[A-Z]{2})?", "locale")]
    """CLDR locale for numbers, plurals and dates: ``ja_JP``, ``en_GB``."""
    name: Text
    """Its name in itself."""


class AliasFloor(Declared):
    """How many aliases a record must have in each language to be found by everyday words."""

    main: Whole
    """For rows of the quick-reference table."""
    other: Whole
    """For all other records."""


class SiteSettings(Declared):
    """``content/site.yaml``."""

    title: ByLanguage
    tagline: ByLanguage
    description: ByLanguage
    languages: tuple[Language, ...] = Field(min_length=1)
    primary: LanguageCode
    """The language at the root of the site, in which official names are given."""
    base_url: BaseUrl | None = None
    """Where the site will stand: for canonical addresses, alternates, the sitemap and printed codes.
    Without it they are left out."""
    as_of: Day
    """Date of the material. The build never reads the clock."""
    fiscal_year: Year
    valid_until: Day
    """Last day for which the figures hold."""
    publisher: ByLanguage
    notice: ByLanguage
    """That the site is not an official one."""
    contact: Annotated[str, Written(r"(https://|mailto:)\S+", "contact")] | None = None
    """Where readers report an error."""
    repository: HttpsAddress | None = None
    area: ByLanguage
    """The place whose businesses the programmes are for."""
    help_desk: Id | None = None
    """Organisation whose telephone number stands on the home page for those who are stuck."""
    map_search: Annotated[str, Written(r"https://\S*\{address\}\S*", "map")] | None = None
    """Address that shows ``{address}`` on a map of another site; without it, addresses are not linked."""
    alias_floor: AliasFloor | None = None
    """How many aliases each record must have; without it, aliases are not counted."""
    offline: YesNo = True
    """Whether browsers keep pages for reading without a network. With ``false`` those that keep some throw
    them away at the next visit; what the content says of it (privacy) is for the editors to change."""


class SourcePage(Declared):
    """One page of the source."""

    page: Whole
    title: ByLanguage


class SourceSettings(Declared):
    """``content/source.yaml``: the publication that the records are taken from."""

    language: LanguageCode | None = None
    """The language that it is in, where that is none of the site's: its quotations are marked so."""
    title: ByLanguage
    publisher: ByLanguage
    published: Day
    fiscal_year: Year | None = None
    """The fiscal year that it describes, where it is not that of the catalogue."""
    pages: tuple[SourcePage, ...]


class Entry(Declared):
    """An id whose words stand in ``strings/<lang>.yaml``."""

    id: Id


def _short_entry(value: object) -> object:
    return {"id": value} if isinstance(value, str) else value


def _either(model: type[Entry]) -> WithJsonSchema:
    return WithJsonSchema({"anyOf": [{"type": "string"}, model.model_json_schema()]})


class Category(Entry):
    """A category of the source's contents."""

    mark: Literal["circle", "square", "triangle", "hexagon", "diamond", "pentagon", "ring", "star"]
    colour: Whole
    """Number of the category colour among the design tokens, from 1."""


class RateCondition(Entry):
    """A condition on which a figure depends."""

    size: Literal["small", "general"] | None = None
    """The class of enterprise it names."""


VocabEntry = Annotated[Entry, BeforeValidator(_short_entry), _either(Entry)]
ConditionEntry = Annotated[RateCondition, BeforeValidator(_short_entry), _either(RateCondition)]


class Vocabulary(Declared):
    """``content/vocabulary.yaml``: ids that recur over many records, in their order of display."""

    record_types: tuple[VocabEntry, ...] = Field(alias="record-types")
    categories: tuple[Category, ...]
    purposes: tuple[VocabEntry, ...]
    sectors: tuple[VocabEntry, ...] = ()
    stages: tuple[VocabEntry, ...] = ()
    measures: tuple[VocabEntry, ...] = ()
    bodies: tuple[VocabEntry, ...] = ()
    """Bodies that have no record of their own."""
    units: tuple[VocabEntry, ...]
    terms: tuple[VocabEntry, ...] = ()
    qualifiers: tuple[VocabEntry, ...] = ()
    conditions: tuple[ConditionEntry, ...] = ()
    costs: tuple[VocabEntry, ...] = ()
    requirements: tuple[VocabEntry, ...] = ()
    actors: tuple[VocabEntry, ...] = ()
    closures: tuple[VocabEntry, ...] = ()
    notice_categories: tuple[VocabEntry, ...] = Field(default=(), alias="notice-categories")
    headings: tuple[VocabEntry, ...]
    """Headings that the body of a record may use, in this order."""


VOCABULARIES = tuple(field.alias or name for name, field in Vocabulary.model_fields.items())
"""Names of the vocabularies as written in the file."""


def _point(value: object) -> object:
    given = [str(part) for part in value] if isinstance(value, list | tuple) else []
    if len(given) == 2 and all(re.fullmatch(r"[0-9]{1,2}|100", part) for part in given):
        return tuple(map(int, given))
    shown = value if isinstance(value, str) else f"[{', '.join(given)}]"
    raise PydanticCustomError("wrong-type", "{got}", {"got": shown, "expected": "point"})


def _facility(value: Ref) -> Ref:
    if value.kind != "facilities":
        raise PydanticCustomError("wrong-type", "{got}", {"got": str(value), "expected": "facility"})
    return value


Point = Annotated[
    tuple[int, int],
    BeforeValidator(_point),
    WithJsonSchema(
        {
            "type": "array",
            "items": {"type": "integer", "minimum": 0, "maximum": 100},
            "minItems": 2,
            "maxItems": 2,
        }
    ),
]
"""A position in the place diagram: across and down, in hundredths of its width and height."""

FacilityRef = Annotated[RecordRef, AfterValidator(_facility)]
"""A reference to a place with a record: ``facility:slug``."""


class Caption(Declared):
    """Words in the diagram, centred on a position. They are left out where a pin would cover them."""

    words: ByLanguage
    at: Point


class MapLine(Declared):
    """A line by which readers know where they are; its corners are drawn round."""

    kind: Literal["rail", "border"] = "rail"
    points: tuple[Point, ...] = Field(min_length=2)
    closed: YesNo = False
    """Whether the last point leads back to the first."""
    name: Caption | None = None


class Water(Declared):
    """A sheet of water: its outline is closed, and its corners are drawn round."""

    points: tuple[Point, ...] = Field(min_length=3)
    name: Caption | None = None


class MapDesk(Declared):
    """A desk that is an entry of ``contacts`` of a record."""

    record: RecordRef
    contact: Id


class Spot(Declared):
    """One position and the places that lie there. Several places stand side by side."""

    at: Point
    places: tuple[FacilityRef, ...] = ()
    desks: tuple[MapDesk, ...] = ()


class PlaceDiagram(Declared):
    """``content/places.yaml``: a sketch of where places lie. A catalogue without it shows their table alone.

    Positions are the editors' work, placed by the municipality, address or station that the source states;
    no fact is taken from them.
    """

    squares: Annotated[Ids, Vocab("record-types")] = ()
    """Types of records that are drawn as squares, vocabulary ``record-types``; all others are round."""
    lines: tuple[MapLine, ...] = ()
    waters: tuple[Water, ...] = ()
    captions: tuple[Caption, ...] = ()
    spots: tuple[Spot, ...]
