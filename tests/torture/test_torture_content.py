"""The content of extremes does hold what it promises; what becomes of it is seen in a browser."""

from __future__ import annotations

import inspect
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from hayami import pipeline
from hayami.model import Item, Site
from hayami.schema.record import KINDS, OfferKind, Programme, Unstatable
from hayami.schema.scalars import Declared, Ref
from hayami.schema.words import Words
from hayami.text import texts, without_hints

CONTENT = Path(__file__).resolve().parent / "content"
MOST_BYTES = 150_000


@pytest.fixture(scope="module")
def site() -> Site:
    """The content, checked; it has no faults, not even warnings."""
    checked = pipeline.check(pipeline.Options(CONTENT))
    assert checked.site is not None, checked.problems
    assert checked.problems == ()
    return checked.site


def item(site: Site, kind: str, slug: str) -> Item:
    return site.items[Ref(kind, slug)]


def declared_in(value: object) -> Iterator[Declared]:
    """A declared value and all that stand in it."""
    if isinstance(value, Declared):
        yield value
        for name in type(value).model_fields:
            yield from declared_in(getattr(value, name))
    elif isinstance(value, tuple):
        for one in value:
            yield from declared_in(one)


def models_in(annotation: Any, found: set[type[Declared]]) -> set[type[Declared]]:
    """All declarations that a field of this type can hold."""
    if isinstance(annotation, type) and issubclass(annotation, Declared) and annotation not in found:
        found.add(annotation)
        for info in annotation.model_fields.values():
            models_in(info.annotation, found)
    for argument in get_args(annotation):
        models_in(argument, found)
    return found


def fields_of(model: type[BaseModel]) -> set[tuple[str, str]]:
    """Fields by the class that declares them: what all figures share is given when any figure gives it."""
    return {
        (owner.__name__, name)
        for owner in model.__mro__
        if issubclass(owner, BaseModel)
        for name in inspect.get_annotations(owner)
        if name in model.model_fields
    }


def given_in(value: object) -> set[tuple[str, str]]:
    """Fields that a value and all that stand in it do give, and not as an empty list."""
    return {
        (owner, name)
        for one in declared_in(value)
        for owner, name in fields_of(type(one))
        if name in one.model_fields_set and getattr(one, name) not in (None, (), {})
    }


OF_YEARS = {"carried_over", "ended"}
"""They need a year that is over, which this catalogue has not; tests/unit/test_rollover.py has them."""


@pytest.mark.parametrize(
    ("kind", "slug"),
    [
        ("programmes", "every-field"),
        ("facilities", "harbour-exchange-centre"),
        ("events", "industry-fair"),
    ],
)
def test_no_field_of_the_record_is_unset(site: Site, kind: str, slug: str) -> None:
    record = item(site, kind, slug).record
    assert type(record) is KINDS[kind]
    unset = [
        name
        for name in type(record).model_fields
        if name not in record.model_fields_set or getattr(record, name) in (None, (), {})
    ]
    assert set(unset) == OF_YEARS


def test_neither_is_a_field_of_anything_within_the_programme(site: Site) -> None:
    record = item(site, "programmes", "every-field").record
    possible = {one for model in models_in(Programme, set()) for one in fields_of(model)}
    assert len(possible) > 120
    missing = possible - given_in(record)
    assert {one for one in missing if one[0] != "Ended" and one[1] not in OF_YEARS} == set()


def test_nor_a_field_of_its_words(site: Site) -> None:
    full = item(site, "programmes", "every-field")
    event = item(site, "events", "industry-fair")
    for field in Words.model_fields:
        if field == "sessions":  # events alone have them
            assert event.words["ja"].sessions
        elif field == "translated_from":
            assert full.words["en"].translated_from
        else:
            assert getattr(full.words["ja"], field), field


def test_the_least_record_gives_what_it_must_and_no_more(site: Site) -> None:
    least = item(site, "programmes", "only-mandatory")
    for value in (least.record, least.words["ja"]):
        needed = {name for name, info in type(value).model_fields.items() if info.is_required()}
        assert value.model_fields_set == needed
    assert least.bodies["ja"].strip() == ""


def test_another_leaves_everything_unsaid(site: Site) -> None:
    said = {one.what for one in item(site, "programmes", "nothing-stated").record.unstated}
    assert said == set(get_args(Unstatable))


def test_the_names_are_long_and_hard_to_break(site: Site) -> None:
    words = item(site, "programmes", "longest-name").words
    name = words["ja"].name
    assert len(without_hints(name)) >= 60
    assert name.count("|") <= 1
    assert max(map(len, words["en"].name.split())) >= 40
    assert len(words["ja"].short_name) >= 30
    assert len(words["en"].short_name) >= 50


def test_offers_and_steps_are_many(site: Site) -> None:
    twelve = item(site, "programmes", "twelve-offers")
    assert len(twelve.record.offers) == 12
    assert len({offer.kind for offer in twelve.record.offers}) == 12
    assert all(len(one.label) >= 30 for one in twelve.words["ja"].offers.values())
    steps = item(site, "programmes", "forty-steps").record.steps
    assert len(steps) == 40
    assert sum(step.gate for step in steps) >= 5
    kinds = {offer.kind for one in site.items.values() for offer in one.record.offers}
    assert kinds == set(get_args(OfferKind))


def test_a_body_has_five_thousand_characters_in_each_language(site: Site) -> None:
    for body in item(site, "programmes", "long-body").bodies.values():
        assert len(body.strip()) >= 5_000
        for mark in (
            "\n## ",
            "\n- ",
            "\n  - ",
            "\n1. ",
            "\n|",
            "](programme:",
            "](term:",
            "<https://",
            "\n> ",
        ):
            assert mark in body, mark


def width(text: str) -> int:
    """Columns that a text takes: two for a wide character."""
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def test_english_is_twice_as_long_as_japanese(site: Site) -> None:
    one = item(site, "programmes", "twice-as-long")
    sizes = {
        language: {
            path: width(text)
            for path, text in texts(words)
            if path[0] not in ("reading", "romaji", "name_status", "translated_from")
            and path[-1] != "address"
        }
        | {("body",): width(one.bodies[language])}
        for language, words in one.words.items()
    }
    for path, size in sizes["ja"].items():
        assert sizes["en"][path] >= 2 * size, path


def test_the_content_stays_small() -> None:
    assert sum(file.stat().st_size for file in CONTENT.rglob("*") if file.is_file()) <= MOST_BYTES
