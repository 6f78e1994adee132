"""Lists of names that stand in two places are the same: fields, vocabularies, strings, and what templates ask for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from string import Formatter as Pattern
from typing import Any, get_args

import pytest
from jinja2 import nodes

from hayami import pipeline, render
from hayami.checks.references import collections, vocabulary_ids
from hayami.schema import record
from hayami.schema.scalars import Vocab
from hayami.schema.site import VOCABULARIES, Vocabulary
from hayami.schema.strings import VocabularyWords
from hayami.schema.walk import walk
from hayami.schema.words import COLLECTIONS, Labels, Words

TEMPLATES = pipeline.PROJECT / "templates"
BUILTIN = pipeline.builtin_strings(TEMPLATES)
INTERFACE = {language: strings.interface for language, strings in BUILTIN.items()}


def _keys(language: str) -> set[str]:
    return {f"{part}.{name}" for part, names in INTERFACE[language].items() for name in names}


def _placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Pattern().parse(text) if name is not None}


# --- fields -------------------------------------------------------------------------------------


def test_the_parts_that_need_words_are_the_labelled_fields_of_words() -> None:
    labelled = [name for name, field in Words.model_fields.items() if field.annotation == Labels]
    assert sorted(COLLECTIONS) == sorted(labelled)
    assert len(set(COLLECTIONS)) == len(COLLECTIONS)


@pytest.mark.parametrize("kind", record.KINDS)
def test_the_same_parts_are_looked_for_in_every_kind_of_record(kind: str) -> None:
    model = record.KINDS[kind]
    made = model.model_validate({"type": "x", "pages": ["1"], "fiscal_year": "2024", "as_of": "2024-03-19"})
    assert set(collections(made)) == set(COLLECTIONS)


def test_every_vocabulary_has_words_and_every_word_a_vocabulary() -> None:
    names = {field.alias or name for name, field in VocabularyWords.model_fields.items()}
    assert names == set(VOCABULARIES)
    assert {field.alias or name for name, field in Vocabulary.model_fields.items()} == names


def _marks(model: type[Any], seen: set[type[Any]]) -> Iterator[str]:
    """Names of the vocabularies that fields of a declaration, or of those within it, are marked with."""
    if model in seen:
        return
    seen.add(model)
    for field in model.model_fields.values():
        yield from (mark.name for mark in field.metadata if isinstance(mark, Vocab))
        for inner in _models(field.annotation):
            yield from _marks(inner, seen)


def _models(annotation: Any) -> Iterator[type[Any]]:
    if isinstance(annotation, type) and hasattr(annotation, "model_fields"):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def test_marks_name_vocabularies_and_no_vocabulary_is_idle() -> None:
    seen: set[type[Any]] = set()
    marks = {name for model in record.KINDS.values() for name in _marks(model, seen)}
    # Bodies and headings have rules of their own.
    assert marks == set(VOCABULARIES) - {"bodies", "headings"}


def test_every_mark_stands_for_ids_that_can_be_looked_up() -> None:
    """A mark on a field is only met by the check when its field is walked."""
    content = pipeline.PROJECT / "tests" / "golden" / "content"
    site = pipeline.check(pipeline.Options(content)).site
    assert site is not None
    known = vocabulary_ids(site.vocabulary)
    met = {
        mark.name
        for item in site.items.values()
        for visit in walk(item.record)
        for mark in visit.marks
        if isinstance(mark, Vocab)
    }
    assert met <= set(known)
    assert {"costs", "conditions", "units", "actors", "requirements", "closures", "terms"} <= met


# --- strings ------------------------------------------------------------------------------------


def test_both_languages_have_the_same_words_of_the_interface() -> None:
    assert set(INTERFACE) >= {"ja", "en"}
    for language in INTERFACE:
        assert _keys(language) == _keys("ja"), language


@pytest.mark.parametrize("key", sorted(_keys("ja") & _keys("en")))
def test_words_take_the_same_values_in_every_language(key: str) -> None:
    part, name = key.split(".")
    taken = {language: _placeholders(names[part][name]) for language, names in INTERFACE.items()}
    assert len(set(map(frozenset, taken.values()))) == 1, taken
    assert all(names[part][name].strip() for names in INTERFACE.values())


def _under(names: Any) -> set[str]:
    return {str(name).replace("-", "_") for name in names}


def _choices(model: type[Any], field: str) -> tuple[str, ...]:
    """Values of a field that is one of a few words, or may also be left out."""
    annotation = model.model_fields[field].annotation
    found: tuple[Any, ...] = get_args(annotation)
    return tuple(one for piece in found for one in (get_args(piece) or (piece,)) if isinstance(one, str))


RELATIONS = _choices(record.Relation, "type")


@pytest.mark.parametrize(
    ("part", "exactly", "names"),
    [
        ("kinds", True, get_args(record.OfferKind)),
        ("roles", True, (*_choices(record.Body, "role"), "designated")),
        ("unstated", True, get_args(record.Unstatable)),
        ("relations", True, ("opens", *RELATIONS, *(f"{one}_back" for one in RELATIONS))),
        ("errata", False, _choices(record.Erratum, "basis")),
        ("record", False, _choices(record.Staff, "employment")),
        ("confidence", True, ("medium", "low")),
    ],
)
def test_every_choice_of_a_record_has_its_word(part: str, exactly: bool, names: tuple[str, ...]) -> None:
    assert names
    for language in INTERFACE:
        given = set(INTERFACE[language][part])
        assert _under(names) <= given
        assert not exactly or given == _under(names)


# --- templates ----------------------------------------------------------------------------------

ANY = "*"
ENVIRONMENT = render.environment(TEMPLATES)


@dataclass(frozen=True)
class Asked:
    """Words that a template asks for; ``*`` in the key stands for what only the page knows."""

    template: str
    line: int
    key: str
    given: frozenset[str]


def _texts(node: nodes.Node) -> set[str]:
    """What an expression may be, as far as the template tells."""
    if isinstance(node, nodes.Const):
        return {str(node.value)}
    if isinstance(node, nodes.Concat):
        found = {""}
        for part in node.nodes:
            found = {start + end for start in found for end in _texts(part)}
        return found
    if isinstance(node, nodes.CondExpr) and node.expr2 is not None:
        return _texts(node.expr1) | _texts(node.expr2)
    if isinstance(node, nodes.Or):
        return _texts(node.left) | _texts(node.right)
    return {ANY}


def _asked(source: str, name: str) -> Iterator[Asked]:
    for call in ENVIRONMENT.parse(source).find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "t":
            given = frozenset(str(one.key) for one in call.kwargs)
            for key in sorted(_texts(call.args[0])):
                yield Asked(name, call.lineno, key, given)


EVERY = [
    asked
    for path in sorted(TEMPLATES.rglob("*.html"))
    for asked in _asked(path.read_text(encoding="utf-8"), path.relative_to(TEMPLATES).as_posix())
]


def _matching(key: str, keys: set[str]) -> set[str]:
    pattern = re.compile("[a-z0-9_.]+".join(map(re.escape, key.split(ANY))))
    return {one for one in keys if pattern.fullmatch(one)}


def _without_words(every: list[Asked], interface: Mapping[str, Mapping[str, str]]) -> list[Asked]:
    keys = {f"{part}.{name}" for part, names in interface.items() for name in names}
    return [asked for asked in every if not _matching(asked.key, keys)]


@pytest.mark.parametrize("language", INTERFACE)
def test_templates_ask_for_words_that_exist(language: str) -> None:
    assert len(EVERY) > 200
    assert _without_words(EVERY, INTERFACE[language]) == []


@pytest.mark.parametrize("language", INTERFACE)
def test_templates_give_the_values_that_words_take(language: str) -> None:
    lacking = {
        asked: lacks
        for asked in EVERY
        if ANY not in asked.key and (lacks := _needed(language, asked.key) - asked.given)
    }
    assert lacking == {}


def _needed(language: str, key: str) -> set[str]:
    part, name = key.split(".")
    return _placeholders(INTERFACE[language][part][name])


def test_a_word_that_does_not_exist_would_be_found() -> None:
    source = "{{ t('nav.home') }}{{ t('nav.hoem', n=1) }}{{ t('nav.' ~ ('main' if x else 'mian')) }}{{ t('x.' ~ x) }}"
    every = list(_asked(source, "page.html"))
    assert [one.key for one in every] == ["nav.home", "nav.hoem", "nav.main", "nav.mian", "x.*"]
    wrong = _without_words(every, INTERFACE["en"])
    assert [(one.key, sorted(one.given)) for one in wrong] == [
        ("nav.hoem", ["n"]),
        ("nav.mian", []),
        ("x.*", []),
    ]


def test_no_word_of_the_interface_is_idle() -> None:
    """Each word is asked for by a template, or named in the program."""
    asked = {key for one in EVERY if one.key != ANY for key in _matching(one.key, _keys("en"))}
    program = "".join(
        path.read_text(encoding="utf-8") for path in sorted((pipeline.PROJECT / "hayami").rglob("*.py"))
    )
    templates = "".join(path.read_text(encoding="utf-8") for path in sorted(TEMPLATES.rglob("*.*ml")))
    named = set(re.findall(r"[\"']([a-z0-9_]+)[\"']", program + templates))
    whole = set(re.findall(r"\"([a-z_]+\.[a-z0-9_]+)\"", program))
    idle = {key for key in _keys("en") - asked - whole if not {*key.split(".")} <= named}
    assert idle == set()
