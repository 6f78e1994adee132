"""Single values as they are written in a content file, and the exact Python values they become.

Every scalar reaches this module as text: the YAML reader guesses nothing, so the declared type alone
decides what ``9:00``, ``no`` or ``2024-03`` means. Failures raise ``PydanticCustomError`` whose type is
a problem code of :mod:`hayami.messages`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel as _BaseModel
from pydantic import BeforeValidator, ConfigDict, GetPydanticSchema, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError, core_schema

FIRST_YEAR, LAST_YEAR = 1868, 2200

FRAGMENT_LIMIT = 40
"""Most characters of the source that one piece of evidence may quote."""


@dataclass(frozen=True, slots=True)
class Vocab:
    """Marks a field whose ids stand in a vocabulary of ``vocabulary.yaml``."""

    name: str


@dataclass(frozen=True, slots=True)
class Local:
    """Marks a field whose ids are entries of these parts of the same record."""

    collections: tuple[str, ...]

    def __init__(self, *collections: str) -> None:
        object.__setattr__(self, "collections", collections)


@dataclass(frozen=True, slots=True)
class BodyName:
    """Marks a field that names an organisation with a record, or an id of vocabulary ``bodies``."""


class Declared(_BaseModel):
    """Base of all declarations: frozen, no unknown keys, descriptions taken from field docstrings."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        use_attribute_docstrings=True,
        arbitrary_types_allowed=True,
        populate_by_name=True,
    )


def _wrong(code: str, got: object, expected: str) -> PydanticCustomError:
    shown = got if isinstance(got, str) else type(got).__name__
    return PydanticCustomError(code, "{got}", {"got": shown, "expected": expected})


def _from_text(parse: Callable[[str], Any], made: type | tuple[type, ...], expected: str) -> BeforeValidator:
    """Validator that turns text into ``made`` by ``parse`` (which raises ``ValueError``)."""

    def convert(value: object) -> object:
        if isinstance(value, str):
            try:
                return parse(value)
            except ValueError as error:
                raise _wrong("wrong-type", value, expected) from error
        # In Python a truth value is a number as well.
        if isinstance(value, made) and isinstance(value, bool) == (made is bool):
            return value
        raise _wrong("wrong-type", value, expected)

    return BeforeValidator(convert)


@dataclass(frozen=True, slots=True)
class Written:
    """Marks a text that must match a pattern as a whole; ``expected`` names the form for messages."""

    pattern: str
    expected: str

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self._check)

    def __get_pydantic_json_schema__(self, _schema: object, _handler: object) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^({self.pattern})$"}

    def _check(self, value: object) -> str:
        if not isinstance(value, str) or not re.fullmatch(self.pattern, value):
            raise _wrong("wrong-type", value, self.expected)
        return value


def _integer(text: str) -> int:
    if not re.fullmatch(r"[0-9]{1,3}(_[0-9]{3})+|[0-9]{1,15}", text):
        raise ValueError(text)
    return int(text.replace("_", ""))


def _decimal(text: str) -> Decimal:
    if not re.fullmatch(r"([0-9]{1,3}(_[0-9]{3})+|[0-9]{1,15})(\.[0-9]{1,4})?", text):
        raise ValueError(text)
    return Decimal(text.replace("_", ""))


def _fraction(text: str) -> Fraction:
    found = re.fullmatch(r"([0-9]{1,3})/([0-9]{1,3})", text)
    if not found or int(found[2]) == 0 or int(found[1]) > int(found[2]):
        raise ValueError(text)
    return Fraction(int(found[1]), int(found[2]))


def _boolean(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(text)
    return text == "true"


Whole = Annotated[
    int,
    _from_text(_integer, int, "whole"),
    WithJsonSchema({"type": ["integer", "string"], "pattern": r"^[0-9_]+$"}),
]
"""A whole number of 0 or more; underscores may group thousands (``15_000_000``)."""

Amount = Annotated[
    Decimal,
    _from_text(_decimal, (Decimal, int), "decimal"),
    WithJsonSchema({"type": ["number", "string"], "pattern": r"^[0-9_]+(\.[0-9]+)?$"}),
]
"""An exact number of 0 or more with at most four decimals. Never a float."""

Share = Annotated[
    Fraction,
    GetPydanticSchema(lambda _source, _handler: core_schema.is_instance_schema(Fraction)),
    _from_text(_fraction, Fraction, "fraction"),
    PlainSerializer(lambda value: f"{value.numerator}/{value.denominator}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^[0-9]{1,3}/[0-9]{1,3}$", "examples": ["2/3"]}),
]
"""An exact fraction between 0 and 1, written ``2/3``."""


def _year(text: str) -> int:
    if not re.fullmatch(r"[0-9]{4}", text) or not FIRST_YEAR <= int(text) <= LAST_YEAR:
        raise ValueError(text)
    return int(text)


Year = Annotated[
    int,
    _from_text(_year, int, "year"),
    WithJsonSchema({"type": ["integer", "string"], "pattern": r"^[0-9]{4}$"}),
]
"""A year of the common calendar from 1868, the first that has an era of Japan here, to 2200."""

YesNo = Annotated[bool, _from_text(_boolean, bool, "boolean"), WithJsonSchema({"type": "boolean"})]
"""``true`` or ``false``; ``yes`` and ``no`` are refused, so that nothing is guessed."""


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _wrong("wrong-type", value, "text")
    if not value.strip():
        raise _wrong("empty-value", value, "text")
    return value.strip()


Text = Annotated[str, BeforeValidator(_text), WithJsonSchema({"type": ["string", "number"], "minLength": 1})]
"""Words in one language; never empty."""

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KINDS = {
    "programme": "programmes",
    "organisation": "organisations",
    "facility": "facilities",
    "event": "events",
}


def _identifier(value: object) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value) or len(value) > 60:
        raise _wrong("illegal-id", value, "id")
    return value


Id = Annotated[
    str, BeforeValidator(_identifier), WithJsonSchema({"type": "string", "pattern": f"^{_ID.pattern}$"})
]
"""A name for machines: small letters, digits and single hyphens, at most 60 characters."""


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """Identity of a record: ``kind`` is a folder of ``content/`` and ``slug`` a folder in it."""

    kind: str
    slug: str

    def __str__(self) -> str:
        singular = next(one for one, many in _KINDS.items() if many == self.kind)
        return f"{singular}:{self.slug}"

    @classmethod
    def parse(cls, text: str) -> Ref:
        """Read ``programme:some-slug``; ``ValueError`` when it is not of that form."""
        kind, colon, slug = text.partition(":")
        if not colon or kind not in _KINDS or not _ID.fullmatch(slug):
            raise ValueError(text)
        return cls(_KINDS[kind], slug)


RecordRef = Annotated[
    Ref,
    GetPydanticSchema(lambda _source, _handler: core_schema.is_instance_schema(Ref)),
    _from_text(Ref.parse, Ref, "reference"),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^(programme|organisation|facility|event):[a-z0-9-]+$"}),
]
"""A reference to a record: ``programme:slug``, ``organisation:slug``, ``facility:slug``, ``event:slug``."""


@dataclass(frozen=True, slots=True)
class SourceRef:
    """Where the source states a figure: booklet page and a fragment that holds the figure."""

    page: int
    fragment: str
    year: int | None = None
    """The fiscal year of the material, where it is not that of the catalogue: a year that is past."""

    def __str__(self) -> str:
        material = f"FY{self.year} " if self.year else ""
        return f"{material}p{self.page} {self.fragment}"

    @classmethod
    def parse(cls, text: str) -> SourceRef:
        """Read ``p8 助成限度額 150万円``, or ``FY2024 p8 助成限度額 150万円`` for the material of another year."""
        found = re.fullmatch(r"(?:FY([0-9]{4}) +)?p([1-9][0-9]{0,3}) +(\S.*)", text, re.DOTALL)
        if not found or len(found[3]) > FRAGMENT_LIMIT:
            raise ValueError(text)
        return cls(int(found[2]), found[3], _year(found[1]) if found[1] else None)


_SOURCE = r"^(FY[0-9]{4} )?p[1-9][0-9]* .{1,40}$"

_Source = Annotated[
    SourceRef,
    GetPydanticSchema(lambda _source, _handler: core_schema.is_instance_schema(SourceRef)),
    _from_text(SourceRef.parse, SourceRef, "source"),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": _SOURCE}),
]


def _one_or_more(value: object) -> object:
    return value if isinstance(value, list | tuple) else [value]


Sources = Annotated[
    tuple[_Source, ...],
    BeforeValidator(_one_or_more),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": _SOURCE},
                {"type": "array", "items": {"type": "string", "pattern": _SOURCE}},
            ]
        }
    ),
]
"""Evidence of a figure: ``p8 150万円`` or a list of such pieces."""

Ids = Annotated[
    tuple[Id, ...],
    BeforeValidator(_one_or_more),
    WithJsonSchema({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}),
]
"""One id or a list of ids."""

DatePart = Literal["early", "middle", "late"]


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as exact as the source gives it.

    ``fiscal`` years run from April of ``year`` to March of the next; they have no month.
    ``part`` is the third of a month (上旬, 中旬, 下旬).
    """

    year: int
    month: int | None = None
    day: int | None = None
    part: DatePart | None = None
    fiscal: bool = False

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read ``2024-03-19``, ``2024-03``, ``2024``, ``FY2024`` or ``2024-11-middle``."""
        found = re.fullmatch(
            r"(?P<fy>FY)?(?P<y>[0-9]{4})(-(?P<m>[0-9][0-9])(-(?P<d>[0-9][0-9])|-(?P<p>early|middle|late))?)?",
            text,
        )
        if not found or (found["fy"] and found["m"]):
            raise ValueError(text)
        year = _year(found["y"])
        month = int(found["m"]) if found["m"] else None
        day = int(found["d"]) if found["d"] else None
        date(year, month or 1, day or 1)  # ValueError for 2024-02-30
        part: Any = found["p"]
        return cls(year, month, day, part, bool(found["fy"]))

    @property
    def exact(self) -> date | None:
        """The calendar day, when the source gives one."""
        return date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def last(self) -> date:
        """The last day that it may mean."""
        if self.fiscal:
            return date(self.year + 1, 3, 31)
        month = self.month or 12
        ends = {"early": 10, "middle": 20}
        return date(
            self.year, month, self.day or ends.get(self.part or "") or monthrange(self.year, month)[1]
        )

    def __str__(self) -> str:
        if self.fiscal:
            return f"FY{self.year}"
        pieces = [f"{self.year:04d}"]
        if self.month:
            pieces.append(f"{self.month:02d}")
        if self.day:
            pieces.append(f"{self.day:02d}")
        if self.part:
            pieces.append(self.part)
        return "-".join(pieces)


def _partial_date(value: object) -> PartialDate:
    if isinstance(value, PartialDate):
        return value
    if isinstance(value, str):
        try:
            return PartialDate.parse(value)
        except ValueError as error:
            dated = re.fullmatch(r"[0-9]{4}-[0-9][0-9](-[0-9][0-9])?", value)
            raise _wrong("impossible-date" if dated else "wrong-type", value, "date") from error
    raise _wrong("wrong-type", value, "date")


When = Annotated[
    PartialDate,
    GetPydanticSchema(lambda _source, _handler: core_schema.is_instance_schema(PartialDate)),
    BeforeValidator(_partial_date),
    PlainSerializer(str, return_type=str),
    WithJsonSchema(
        {
            "type": ["string", "integer"],
            "pattern": r"^(FY)?[0-9]{4}(-[0-9]{2}(-[0-9]{2}|-early|-middle|-late)?)?$",
            "examples": ["2024-03-19", "2024-03", "FY2024", "2024-11-middle"],
        }
    ),
]
"""A date, a month, a third of a month, a year or a fiscal year."""


def _day(value: object) -> date:
    if isinstance(value, date):
        return value
    exact = _partial_date(value).exact
    if exact is None:
        raise _wrong("wrong-type", value, "day")
    return exact


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
"""A calendar day, written ``2024-03-19``."""

SPAN = re.compile(r"([01]?[0-9]|2[0-3]):[0-5][0-9]-([01]?[0-9]|2[0-4]):[0-5][0-9]")


Hours = Annotated[str, Written(SPAN.pattern, "hours")]
"""A span of the day, written ``9:00-12:00``."""


Phone = Annotated[str, Written(r"0[0-9]{1,4}-[0-9]{1,4}-[0-9]{3,4}|\+[0-9][0-9-]{6,18}", "phone")]
"""A telephone number with hyphens, ``03-3251-7881``; an international one starts with ``+``."""

Postcode = Annotated[str, Written(r"[0-9]{3}-[0-9]{4}", "postcode")]
"""A Japanese postal code, ``101-0025``."""

HttpsAddress = Annotated[str, Written(r"https://[^\s]+", "address")]
"""An address that starts with ``https://``."""

LanguageCode = Annotated[str, Written(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?", "language")]
"""A language tag as ``lang`` takes it: ``ja``, ``en``, ``zh-Hant``."""
