"""``record.yaml``: the facts of one record, without human language."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from hayami.schema.figures import (
    Count,
    Dated,
    Duration,
    Fee,
    Figure,
    Money,
    NamedFigure,
    Opening,
    Rate,
    Session,
    Telephone,
)
from hayami.schema.scalars import (
    BodyName,
    Day,
    Declared,
    HttpsAddress,
    Id,
    Ids,
    LanguageCode,
    Local,
    Postcode,
    RecordRef,
    Ref,
    Sources,
    Text,
    Vocab,
    When,
    Whole,
    Year,
    YesNo,
)

OfferKind = Literal[
    "support",
    "grant",
    "incentive",
    "subsidy",
    "prize",
    "in-kind",
    "investment",
    "loan-access",
    "certification",
    "approval",
    "advice",
    "consultation",
    "dispatch",
    "training",
    "seminar",
    "matching",
    "exhibition",
    "testing",
    "research",
    "publicity",
    "information",
    "procurement",
    "award",
    "venue",
    "network",
]
"""助成金 is ``grant``, 奨励金 ``incentive``, 補助金 ``subsidy``, 販売奨励金 and prize money ``prize``.

``support`` is for what the source only calls 支援.
"""

MONEY_KINDS = frozenset({"grant", "incentive", "subsidy", "prize"})
"""Kinds of offer that pay money: they must state a cap, or say that the source does not."""

Unstatable = Literal[
    "body",
    "body-split",
    "category",
    "application-window",
    "how-to-apply",
    "url",
    "contact",
    "phone",
    "address",
    "cap",
    "rate",
    "rate-split",
    "floor",
    "period",
    "scale",
    "fee",
    "eligible-costs",
    "eligibility",
    "definition",
    "combination",
    "repayment",
    "dates",
    "terms",
]
"""What a record can say the source leaves unsaid."""


class Unstated(Declared):
    """Something that a reader would look for and the source does not state."""

    what: Unstatable
    offer: Annotated[Id | None, Local("offers")] = None
    """The offer it concerns; the whole record when left out."""


def _short_unstated(value: object) -> object:
    return {"what": value} if isinstance(value, str) else value


UnstatedItem = Annotated[
    Unstated,
    BeforeValidator(_short_unstated),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "enum": list(Unstatable.__args__)}, Unstated.model_json_schema()]}
    ),
]


class Body(Declared):
    """Who does what."""

    body: Annotated[Id, BodyName()]
    """Slug of an organisation, or an id of vocabulary ``bodies`` for one without a record."""
    role: Literal[
        "implements", "runs-part", "manages", "certifies", "supports", "contact", "member", "publishes"
    ] = "implements"
    offers: Annotated[Ids, Local("offers")] = ()
    """Offers that this body runs, where the source tells them apart."""
    designated: YesNo = False
    """Whether it manages as 指定管理者 (designated manager)."""
    split_stated: YesNo = True
    """``false`` where the source names several bodies and does not say which runs which part."""


class Variant(Declared):
    """A class or type within an offer that shares its terms: types A–D, three classes under one cap."""

    id: Id
    costs: Annotated[Ids, Vocab("costs")] = ()
    scale: tuple[Count, ...] = ()
    requires: Annotated[Ids, Local("requires")] = ()
    """Ids of entries of ``requires`` that hold for this variant alone."""


class Offer(Declared):
    """One thing that the record offers: a grant, a seminar, a desk."""

    id: Id
    kind: OfferKind
    group: Annotated[Id | None, Local("groups")] = None
    """Entry of ``groups`` under which it stands."""
    amounts: tuple[Money, ...] = ()
    rates: tuple[Rate, ...] = ()
    floor: Money | None = None
    """Smallest sum that can be applied for."""
    periods: tuple[Duration, ...] = ()
    scale: tuple[Count, ...] = ()
    """How many it is planned for."""
    fees: tuple[Fee, ...] = ()
    costs: Annotated[Ids, Vocab("costs")] = ()
    """Eligible costs, vocabulary ``costs``."""
    costs_open: YesNo = False
    """Whether the source ends the list of costs with 等 (and the like)."""
    variants: tuple[Variant, ...] = ()
    programme: RecordRef | None = None
    """Record that describes this offer, where it has one of its own."""


class Fact(Declared):
    """A fact told in words, with figures named in the words as ``{id}``."""

    id: Id
    group: Annotated[Id | None, Local("groups")] = None
    source: Sources = ()
    """Evidence for numbers that are no figures but part of a name: ``p5 第32回大会``."""


class Criterion(Declared):
    """Who may apply: one condition in words."""

    id: Id
    offers: Annotated[Ids, Local("offers", "variants")] = ()
    """Offers or variants to which it applies; all when left out."""
    any_of: Id | None = None
    """Conditions with the same name here are alternatives: one of them is enough."""
    condition: Annotated[Id | None, Vocab("conditions")] = None
    excludes: YesNo = False
    """``true`` for what is left out (対象外)."""


class Step(Declared):
    """One step of the way, in order."""

    id: Id
    actor: Annotated[Id, Vocab("actors")]
    """Who acts, vocabulary ``actors``."""
    gate: YesNo = False
    """Whether one cannot go on without it (the condition of applying)."""
    record: RecordRef | None = None
    offers: Annotated[Ids, Local("offers", "variants")] = ()


class Need(Declared):
    """A prerequisite: one leaf, or all or any of several."""

    all: tuple[Need, ...] = ()
    any: tuple[Need, ...] = ()
    record: RecordRef | None = None
    """Support that must have been used first."""
    offer: Id | None = None
    """An offer of that record; without ``record``, an offer of this one."""
    criterion: Annotated[Id | None, Local("eligibility")] = None
    """An entry of ``eligibility``."""
    requirement: Annotated[Id | None, Vocab("requirements")] = None
    """Vocabulary ``requirements``: a certificate or scheme from elsewhere."""

    @model_validator(mode="after")
    def _one_form(self) -> Need:
        support = self.record is not None or self.offer is not None
        given = [bool(self.all), bool(self.any), support, self.criterion is not None]
        if sum([*given, self.requirement is not None]) != 1:
            keys = "all, any, record, offer, criterion, requirement"
            raise PydanticCustomError("one-of", "need", {"keys": keys})
        return self

    def records(self) -> tuple[Ref, ...]:
        """All records named in this prerequisite, in order."""
        below = tuple(ref for need in (*self.all, *self.any) for ref in need.records())
        return ((self.record,) if self.record else ()) + below


class Requirement(Declared):
    """What must be done or held before an offer can be used."""

    id: Id
    offers: Annotated[Ids, Local("offers", "variants")] = ()
    """Offers or variants for which it holds; all when left out."""
    need: Need


class Relation(Declared):
    """A tie to another record that is neither parent nor prerequisite."""

    type: Literal[
        "leads-to", "held-at", "presented-at", "gives-priority-in", "works-with", "similar-to", "see-also"
    ]
    target: RecordRef


class Staff(Count):
    """People at work. ``same_as`` names the entry where people listed twice are counted."""

    id: Id
    employment: Literal["full-time", "commissioned"] | None = None
    same_as: Text | None = None
    """``programme:slug#id`` of the entry that counts the same people."""
    offer: Annotated[Id | None, Local("offers")] = None


class Statistic(Count):
    """A number about the past or present, with the date for which it holds."""

    id: Id


class Milestone(Dated):
    """A dated fact with a label in words."""

    id: Id


class Contact(Declared):
    """A desk to turn to; section and address are words."""

    id: Id
    body: Annotated[Id | None, BodyName()] = None
    phones: tuple[Telephone, ...] = ()
    postcode: Postcode | None = None
    opening: Opening | None = None
    offers: Annotated[Ids, Local("offers", "variants")] = ()


class Notice(Figure):
    """A dated notice or seminar; it goes out of date."""

    id: Id
    category: Annotated[Id, Vocab("notice-categories")]
    """Vocabulary ``notice-categories``."""
    published: When | None = None
    start: When | None = None
    end: When | None = None
    free: YesNo | None = None


class Erratum(Declared):
    """A corrected reading of the source."""

    id: Id
    page: Whole
    prints: Text
    """What the source prints, letter by letter."""
    reads: Text
    """What it is read as here."""
    basis: Literal["source", "public", "judgement"]
    """What settles it: the source itself, public pages, or the editor's judgement."""


class Digital(Declared):
    """Place of a programme on a ladder of stages."""

    stage: Annotated[Id, Vocab("stages")]
    """Vocabulary ``stages``."""
    measure: Annotated[Id, Vocab("measures")]
    """Vocabulary ``measures``."""


class Ended(Declared):
    """That a programme is over. Its page stays, marked, and leads to what came after it."""

    after: Year
    """The last fiscal year in which there was it."""
    successors: tuple[RecordRef, ...] = ()
    """What took its place."""
    source: Sources = ()
    """Evidence, where the material says so; often it is only no longer in it."""


class Record(Declared):
    """What the records of all kinds have in common."""

    type: Annotated[Id, Vocab("record-types")]
    """Vocabulary ``record-types``."""
    category: Annotated[Id | None, Vocab("categories")] = None
    parent: RecordRef | None = None
    also_part_of: tuple[RecordRef, ...] = ()
    """Further parents, where a record stands in two programmes of the source."""
    order: Whole = 0
    """Place among records of the same page of the source."""
    pages: tuple[Whole, ...] = Field(min_length=1)
    """Pages of the source."""
    fiscal_year: Year
    carried_over: Year | None = None
    """The fiscal year from which it was taken over. While this stands, nobody has confirmed it: its pages and its
    evidence without a year of their own are those of that year's material. It goes when all evidence is new."""
    ended: Ended | None = None
    as_of: Day
    main: YesNo = True
    """Whether it is a row of the quick-reference table."""
    purposes: Annotated[dict[Id, Literal["high", "medium", "low"]], Vocab("purposes")] = {}
    """Purpose → how sure the editor is. The assignment is the editor's, not the source's."""
    sectors: Annotated[Ids, Vocab("sectors")] = ()
    """Sectors that the source names for this record; none where it is for all of them."""
    bodies: tuple[Body, ...] = ()
    digital: tuple[Digital, ...] = ()
    groups: Ids = ()
    offers: tuple[Offer, ...] = ()
    eligibility: tuple[Criterion, ...] = ()
    requires: tuple[Requirement, ...] = ()
    steps: tuple[Step, ...] = ()
    facts: tuple[Fact, ...] = ()
    figures: tuple[NamedFigure, ...] = ()
    statistics: tuple[Statistic, ...] = ()
    staff: tuple[Staff, ...] = ()
    dates: tuple[Milestone, ...] = ()
    contacts: tuple[Contact, ...] = ()
    notices: tuple[Notice, ...] = ()
    relations: tuple[Relation, ...] = ()
    links: tuple[Link, ...] = ()
    errata: tuple[Erratum, ...] = ()
    notes: Ids = ()
    """Notes to the reader, in words: where the source contradicts itself."""
    unstated: tuple[UnstatedItem, ...] = ()
    former_slugs: Ids = ()


class Link(Declared):
    """An address on another site that the source prints."""

    id: Id
    url: HttpsAddress
    language: LanguageCode = "ja"
    page: Whole


class Programme(Record):
    """A programme, or a part of one with a name and terms of its own."""


class Organisation(Record):
    """A body, its branches and desks."""


class Facility(Record):
    """A hall, venue or branch that can be visited."""

    opened: Dated | None = None
    area: Count | None = None
    closed: Dated | None = None
    """Since when it is closed; shown as closed."""


class Event(Record):
    """A fair or ceremony."""

    edition: Count | None = None
    sessions: tuple[Session, ...] = ()
    venue: RecordRef | None = None
    fees: tuple[Fee, ...] = ()


Record.model_rebuild()
for _model in (Programme, Organisation, Facility, Event):
    _model.model_rebuild()

KINDS: dict[str, type[Record]] = {
    "programmes": Programme,
    "organisations": Organisation,
    "facilities": Facility,
    "events": Event,
}
"""Folder of ``content/`` → declaration of its records. The folder is also the first part of the address."""
