"""Step 2, validate: trees become typed values; what pydantic finds becomes problems with a place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args

from pydantic import ValidationError

from hayami import yamltree
from hayami.load import Content, Document, Entry
from hayami.messages import EXPECTED
from hayami.problems import Place, Problem, nearest
from hayami.schema.accessibility import Accessibility
from hayami.schema.booklet import BookletSettings
from hayami.schema.changes import Changes
from hayami.schema.national import National
from hayami.schema.record import KINDS, Record, Unstatable
from hayami.schema.scalars import Declared, Ref, Vocab
from hayami.schema.site import Language, PlaceDiagram, SiteSettings, SourceSettings, Vocabulary
from hayami.schema.strings import Strings
from hayami.schema.waivers import WaiverList
from hayami.schema.walk import Path, declared_at
from hayami.schema.words import PageWords, TermText, Words

Model = TypeVar("Model", bound=Declared)


@dataclass(frozen=True, slots=True)
class Typed:
    """A declared value with the tree it came from, for places."""

    value: Any
    file: str
    tree: yamltree.Mapping

    def place(self, path: Path = (), key: bool = False) -> Place:
        """Where ``path`` stands in the file; with ``key`` the key rather than its value."""
        if key and path:
            above = yamltree.find(self.tree, path[:-1])
            if isinstance(above, yamltree.Mapping) and isinstance(path[-1], str):
                name = above.key(path[-1])
                if name is not None:
                    return Place(self.file, name.line, name.column)
        node = yamltree.find(self.tree, path)
        return Place(self.file, node.line, node.column)


@dataclass(frozen=True, slots=True)
class TypedWords(Typed):
    """Front matter in one language with its document."""

    document: Document


@dataclass(frozen=True, slots=True)
class TypedEntry:
    """A record, or an entry of prose, with its words by language."""

    kind: str
    slug: str
    folder: str
    record: Typed | None
    words: Mapping[str, TypedWords]

    @property
    def ref(self) -> Ref:
        """Identity of the entry."""
        return Ref(self.kind, self.slug)


@dataclass(frozen=True, slots=True)
class Draft:
    """All of the content, typed, not yet tied together."""

    root: str
    site: Typed
    source: Typed
    vocabulary: Typed
    strings: Mapping[str, Typed]
    records: tuple[TypedEntry, ...]
    prose: tuple[TypedEntry, ...]
    places: Typed | None = None
    """``places.yaml``, where there is one."""
    accessibility: Typed | None = None
    """``accessibility.yaml``, where there is one."""
    waivers: Typed | None = None
    """``waivers.yaml``, where there is one."""
    national: Typed | None = None
    """``national.yaml``, where there is one."""
    changes: Typed | None = None
    """``changes.yaml``, where there is one."""
    booklet: Typed | None = None
    """``booklet.yaml``, where there is one."""
    past: Mapping[int, frozenset[Ref]] = field(default_factory=dict)
    """Fiscal year that is over → its records."""
    faulty: tuple[TypedEntry, ...] = ()
    """What remains of records with faults of form. They are checked for references, and no further."""

    @property
    def settings(self) -> SiteSettings:
        """``site.yaml``."""
        settings: SiteSettings = self.site.value
        return settings

    @property
    def languages(self) -> tuple[str, ...]:
        """Codes of all languages, the primary one first."""
        codes = [language.code for language in self.settings.languages]
        return tuple(sorted(codes, key=lambda code: code != self.settings.primary))


_SIMPLE = {
    "tuple_type": "list",
    "list_type": "list",
    "dict_type": "mapping",
    "model_type": "mapping",
    "model_attributes_type": "mapping",
    "string_type": "text",
    "bool_type": "boolean",
    "bool_parsing": "boolean",
    "int_type": "whole",
    "int_parsing": "whole",
}


def declare(
    model: type[Model], tree: yamltree.Mapping, file: str
) -> tuple[Model | None, tuple[Problem, ...]]:
    """Read a tree as ``model``; None with the problems when it does not fit, at most ``MAX_FAULTS`` of them."""
    try:
        return model.model_validate(yamltree.plain(tree)), ()
    except ValidationError as error:
        found = error.errors(include_url=False)[: yamltree.MAX_FAULTS]
        return None, tuple(_problem(model, tree, file, one) for one in found)


def _problem(model: type[Declared], tree: yamltree.Mapping, file: str, error: Any) -> Problem:
    path: Path = error["loc"]
    kind: str = error["type"]
    context: dict[str, Any] = error.get("ctx", {})
    typed = Typed(None, file, tree)
    given = error.get("input")
    if kind == "missing":
        return Problem(typed.place(path[:-1]), "missing-key", _expected(model, tree, path))
    if kind == "extra_forbidden":
        declared = declared_at(model, path[:-1])
        fields = declared.model_fields.items() if declared else ()
        names = [info.alias or name for name, info in fields]
        key = str(path[-1])
        values = {"key": key, "valid": ", ".join(names)}
        return Problem(typed.place(path, key=True), "unknown-key", values, nearest(key, names))
    place = typed.place(path)
    if given == "" and kind not in ("one-of",):
        return Problem(place, "empty-value", _expected(model, tree, path))
    if kind == "literal_error":
        valid = [one.strip("' ") for one in str(context["expected"]).replace(" or ", ", ").split(",")]
        values = {"got": str(given), "valid": ", ".join(valid)}
        return Problem(place, "unknown-value", values, nearest(str(given), valid))
    if kind == "too_short" or kind == "empty-value":
        return Problem(place, "empty-value", _expected(model, tree, path))
    if kind in ("one-of", "illegal-id", "impossible-date"):
        return Problem(place, kind, {name: str(value) for name, value in context.items()})
    return _wrong_type(place, kind, given, context)


_FORMS = {"list": "[…]", "mapping": "{…}"}
"""How what holds other values is written, whatever they are."""

_OWN_WORDS = ("text", "pattern", "id")
"""Kinds of value of which no example helps: each is another."""


_SHAPES = {"date": "____-__-__", "day": "____-__-__", "year": "____", "source": "p__ …", **_FORMS}
"""How a value is written, with nothing that could be taken for the value; in all other cases ``…``."""

_OF_THE_SITE = ("as_of", "fiscal_year")
"""Keys of a record that as a rule have the value that ``site.yaml`` gives."""


def _expected(model: type[Declared], tree: yamltree.Mapping, path: Path) -> dict[str, str]:
    """For messages: how the value at ``path`` may be written, where it is found, and what to do if there is none."""
    if isinstance(path[-1], int) and isinstance(yamltree.find(tree, path[:-1]), yamltree.Scalar):
        # A list for which nothing is written is read as one of an empty text.
        path = path[:-1]
    declared = declared_at(model, path[:-1])
    fields = declared.model_fields.items() if declared else ()
    info = next((info for name, info in fields if path[-1] in (name, info.alias)), None)
    key = next((part for part in reversed(path) if isinstance(part, str)), "")
    values = {
        "key": key,
        "example": "…",
        "shape": "…",
        "form_ja": "",
        "form_en": "",
        "found_ja": "",
        "found_en": "",
    }
    values |= absent(model, key, None if info is None else info.is_required())
    vocabulary = (
        next((mark.name for mark in info.metadata if isinstance(mark, Vocab)), None) if info else None
    )
    if vocabulary is not None:
        values["form_ja"] = f"（content/vocabulary.yaml の {vocabulary} にある id のどれか）"
        values["form_en"] = f" (one of the ids under {vocabulary} in content/vocabulary.yaml)"
        return values
    kind, valid = _kind(model, tree, path)
    if valid:
        values |= {"form_ja": f"（使える値: {valid}）", "form_en": f" (valid: {valid})", "example": valid}
        values["shape"] = valid if re.fullmatch(r"[\w-]+", valid) else "…"
        return values
    if kind in EXPECTED and kind not in _OWN_WORDS:
        ja, en, example = EXPECTED[kind]
        values |= {"form_ja": f"（書くのは、{ja}）", "form_en": f" ({en})"}
        values["example"] = _FORMS.get(kind, example.split(", ")[0])
        values["shape"] = _SHAPES.get(kind, "…")
    if issubclass(model, Record):
        values |= {"found_ja": "値は、資料で確かめます。", "found_en": "Look the value up in the source. "}
        if path == (key,) and key in _OF_THE_SITE:
            values["found_ja"] = f"値は、資料か、content/site.yaml の {key} で確かめます。"
            values["found_en"] = f"Look the value up in the source, or under {key} in content/site.yaml. "
    return values


def absent(model: type[Declared], key: str, required: bool | None) -> dict[str, str]:
    """For messages: what becomes of a key for which there is no value; ``required`` is None where that is not known."""
    if required is None:
        return {"absent_ja": "", "absent_en": ""}
    if required:
        return {"absent_ja": "この項目は、なくせません。", "absent_en": "It cannot be left out."}
    if issubclass(model, Record) and key in get_args(Unstatable):
        return {
            "absent_ja": f"資料に書かれていないときは、この項目を消し、「unstated:」（資料に書かれていないこと）の行の [ ] の中に「{key}」と"
            f"書き足します（下に「- 」の行が並んでいるなら「  - {key}」の行、なければ「unstated: [{key}]」の行を足します）。",
            "absent_en": f'If the source does not say it, delete the key, and add "{key}" within the brackets of the line '
            f'"unstated:" (or as "  - {key}" below it, or as a new line "unstated: [{key}]").',
        }
    return {
        "absent_ja": f"書くことがないときは、この項目（「{key}:」とその値）を消します。",
        "absent_en": f'If there is nothing to say, delete "{key}:".',
    }


def _kind(model: type[Declared], tree: yamltree.Mapping, path: Path) -> tuple[str, str]:
    """What kind of value is expected, or else which values are valid, as the declaration answers to a wrong one."""
    path = (*yamltree.within(tree, path[:-1]), path[-1])
    try:
        model.model_validate(_with(yamltree.plain(tree), path, "\0"))
    except ValidationError as error:
        for one in error.errors(include_url=False):
            if one["loc"][: len(path)] != path:
                continue
            context: dict[str, Any] = one.get("ctx", {})
            if one["type"] == "literal_error":
                return "", str(context["expected"]).replace("'", "")
            return str(context.get("expected", _SIMPLE.get(one["type"], ""))), ""
    return "", ""


def _with(data: Any, path: Path, value: str) -> Any:
    """Plain data with another value at a path, as far as it goes."""
    if not path:
        return value
    if isinstance(data, dict):
        return {**data, path[0]: _with(data.get(path[0]), path[1:], value)}
    if isinstance(data, list) and isinstance(path[0], int):
        return [_with(one, path[1:], value) if at == path[0] else one for at, one in enumerate(data)]
    return data


def _wrong_type(place: Place, kind: str, given: object, context: Mapping[str, Any]) -> Problem:
    expected = str(context.get("expected", _SIMPLE.get(kind, "pattern")))
    ja, en, example = EXPECTED.get(expected, EXPECTED["pattern"])
    if kind.endswith("too_long") or expected == "pattern":
        example = example.format(pattern=context.get("pattern", kind))
    got = given if isinstance(given, str) else str(context.get("got", type(given).__name__))
    got = {"dict": _FORMS["mapping"], "list": _FORMS["list"]}.get(got, got)
    shown = got if len(got) <= 60 else got[:57] + "…"
    values = {"got": shown, "expected_ja": ja, "expected_en": en, "example": example}
    # Digits from a Japanese keyboard look right, and are other letters.
    plain = unicodedata.normalize("NFKC", shown)
    return Problem(place, "wrong-type", values, (plain,) if plain != shown and plain.isascii() else ())


_WORDS: Mapping[str, type[Declared]] = {"pages": PageWords, "terms": TermText}
SETTINGS: Mapping[str, type[Declared]] = {
    "site": SiteSettings,
    "source": SourceSettings,
    "vocabulary": Vocabulary,
    "places": PlaceDiagram,
    "accessibility": Accessibility,
    "waivers": WaiverList,
    "national": National,
    "changes": Changes,
    "booklet": BookletSettings,
}
"""Name of a file beside the records → its declaration."""


def declared_in(path: str) -> type[Declared] | None:
    """The declaration of a file of content, by its path within the content folder.

    >>> declared_in("programmes/a/record.yaml").__name__, declared_in("programmes/a/ja.md").__name__
    ('Programme', 'Words')
    """
    match path.split("/"):
        case [name]:
            return SETTINGS.get(name.removesuffix(".yaml"))
        case ["strings", _]:
            return Strings
        case [kind, _, "record.yaml"]:
            return KINDS.get(kind)
        case [kind, _, name] if name.endswith(".md") and (kind in KINDS or kind in _WORDS):
            return _WORDS.get(kind, Words)
    return None


def validate(content: Content) -> tuple[Draft | None, tuple[Problem, ...]]:
    """Type everything; a None draft means that the settings themselves cannot be read."""
    problems: list[Problem] = []
    settings: dict[str, Typed | None] = {}
    for name, model in SETTINGS.items():
        tree = content.settings.get(name)
        settings[name] = _typed(model, tree, f"{content.root}/{name}.yaml", problems) if tree else None
    strings: dict[str, Typed] = {}
    for language, tree in content.strings.items():
        typed = _typed(Strings, tree, f"{content.root}/strings/{language}.yaml", problems)
        if typed is not None:
            strings[language] = typed
    entries = [_entry(entry, problems) for entry in content.entries]
    faulty = [
        TypedEntry(entry.kind, entry.slug, entry.folder, rest, {})
        for entry, typed in zip(content.entries, entries, strict=True)
        if entry.record is not None
        and typed.record is None
        and (rest := salvaged(KINDS[entry.kind], entry.record, entry.record_file)) is not None
    ]
    site, source, vocabulary = settings["site"], settings["source"], settings["vocabulary"]
    if site is None and "site" in content.settings:
        site = _stand_in(content.settings["site"], f"{content.root}/site.yaml")
    if site is None or source is None or vocabulary is None:
        return None, tuple(problems)
    draft = Draft(
        content.root,
        site,
        source,
        vocabulary,
        strings,
        tuple(entry for entry in entries if entry.kind in KINDS),
        tuple(entry for entry in entries if entry.kind not in KINDS),
        settings["places"],
        settings["accessibility"],
        settings["waivers"],
        settings["national"],
        settings["changes"],
        settings["booklet"],
        {year: frozenset(Ref(*one) for one in records) for year, records in content.past.items()},
        tuple(faulty),
    )
    problems += _languages(draft, content)
    return draft, tuple(problems)


def salvaged(model: type[Model], tree: yamltree.Mapping, file: str) -> Typed | None:
    """What remains of a file without its faults, so that faults of another kind are told at once as well."""
    for _ in range(20):
        try:
            return Typed(model.model_validate(yamltree.plain(tree)), file, tree)
        except ValidationError as error:
            paths = {
                yamltree.within(tree, one["loc"][:-1] if one["type"] == "missing" else one["loc"])
                for one in error.errors(include_url=False)
            }
        if () in paths:
            return None
        # From the end, so that what is taken away moves nothing that is still to go.
        for path in sorted(paths, key=lambda one: [(str(type(part)), part) for part in one], reverse=True):
            pruned = yamltree.without(tree, path)
            assert isinstance(pruned, yamltree.Mapping)
            tree = pruned
    return None


def _stand_in(tree: yamltree.Mapping, file: str) -> Typed | None:
    """Settings of a site whose ``site.yaml`` has faults: enough of them to check everything else."""
    given = yamltree.plain(tree)
    assert isinstance(given, dict)
    try:
        codes = [Language.model_validate(one).code for one in given["languages"]]
    except (ValidationError, KeyError, TypeError):
        return None
    if not codes:
        return None
    day, words = "2000-01-01", dict.fromkeys(codes, "?")
    neutral = {
        "as_of": day,
        "valid_until": day,
        "fiscal_year": "2000",
        **dict.fromkeys(("title", "tagline", "description", "publisher", "notice", "area"), words),
    }
    settings = {**neutral, "languages": given["languages"], "primary": given.get("primary", codes[0])}
    try:
        return Typed(SiteSettings.model_validate(settings), file, tree)
    except ValidationError:
        return None


def _typed(model: type[Declared], tree: yamltree.Mapping, file: str, problems: list[Problem]) -> Typed | None:
    value, found = declare(model, tree, file)
    problems.extend(found)
    return None if value is None else Typed(value, file, tree)


def _entry(entry: Entry, problems: list[Problem]) -> TypedEntry:
    record = None
    if entry.record is not None:
        record = _typed(KINDS[entry.kind], entry.record, entry.record_file, problems)
    words: dict[str, TypedWords] = {}
    for language, document in entry.words.items():
        value, found = declare(_WORDS.get(entry.kind, Words), document.front, document.file)
        problems.extend(found)
        if value is not None:
            words[language] = TypedWords(value, document.file, document.front, document)
    return TypedEntry(entry.kind, entry.slug, entry.folder, record, words)


def _languages(draft: Draft, content: Content) -> list[Problem]:
    """Settings that do not agree with the list of languages, and missing or surplus language files."""
    problems: list[Problem] = []
    codes = draft.languages
    if draft.settings.primary not in codes:
        place = draft.site.place(("primary",))
        problems.append(Problem(place, "unknown-language", {"language": draft.settings.primary}))
    for typed in (draft.site, draft.source, draft.places, draft.accessibility):
        problems += _by_language(typed, codes) if typed else []
    for entry in content.entries:
        present = set(entry.words) | {name.removesuffix(".md") for name in entry.unreadable}
        for code in codes:
            if code not in present:
                values = {"language": code, "name": f"{code}.md"}
                problems.append(Problem(Place(entry.folder), "missing-language", values))
        for code in sorted(set(entry.words) - set(codes)):
            place = Place(entry.words[code].file)
            problems.append(Problem(place, "unknown-language", {"language": code}, nearest(code, codes)))
    for code in sorted(set(content.strings) - set(codes)):
        place = Place(f"{content.root}/strings/{code}.yaml")
        problems.append(Problem(place, "unknown-language", {"language": code}, nearest(code, codes)))
    return problems


def _by_language(typed: Typed, codes: tuple[str, ...]) -> list[Problem]:
    """Mappings of language to words must name every language, and no other."""
    problems: list[Problem] = []
    stack: list[tuple[Path, Any]] = [((), typed.value)]
    while stack:
        path, value = stack.pop()
        if isinstance(value, Declared):
            fields = type(value).model_fields.items()
            stack += [((*path, info.alias or name), getattr(value, name)) for name, info in fields]
        elif isinstance(value, tuple):
            stack += [((*path, index), item) for index, item in enumerate(value)]
        elif isinstance(value, dict):
            for code in codes:
                if code not in value:
                    values = {"key": ".".join(map(str, path)), "language": code, "file": typed.file}
                    problems.append(Problem(typed.place(path), "missing-string", values))
            for code in value:
                if code not in codes:
                    place = typed.place((*path, code), key=True)
                    problems.append(Problem(place, "unknown-language", {"language": code}))
    return problems


def records_of(draft: Draft) -> dict[Ref, Record]:
    """Identity → record, for all records that could be read."""
    return {entry.ref: entry.record.value for entry in draft.records if entry.record is not None}
