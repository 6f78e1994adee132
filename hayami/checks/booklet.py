"""The settings of the booklet name records and languages that exist, and no short name twice."""

from __future__ import annotations

from collections.abc import Iterator

from hayami.checks.references import records_exist
from hayami.problems import Problem, nearest
from hayami.schema.booklet import BookletSettings
from hayami.schema.walk import walk
from hayami.validate import Draft, Typed


def check(draft: Draft) -> Iterator[Problem]:
    """All rules of this module; a catalogue without ``booklet.yaml`` breaks none."""
    if draft.booklet is None:
        return
    refs = {entry.ref for entry in draft.records}
    for visit in walk(draft.booklet.value):
        yield from records_exist(draft.booklet, visit, refs)
    yield from languages_exist(draft.booklet, draft.languages)
    yield from names_are_unique(draft, draft.booklet)


def languages_exist(typed: Typed, languages: tuple[str, ...]) -> Iterator[Problem]:
    """Densities and second sheets are given for languages of the site."""
    settings: BookletSettings = typed.value
    for at, sheet in enumerate(settings.sheets):
        for key, named in (("density", sheet.density), ("continued", sheet.continued)):
            for language in sorted(set(named) - set(languages)):
                place = typed.place(("sheets", at, key, language), key=True)
                yield Problem(place, "unknown-language", {"language": language}, nearest(language, languages))


def names_are_unique(draft: Draft, typed: Typed) -> Iterator[Problem]:
    """No record is set twice, and a short name leads to one record: it is no slug and no name of another."""
    settings: BookletSettings = typed.value
    slugs = {entry.slug: entry.ref for entry in draft.records}
    for entry in draft.records:
        if entry.record is not None:
            slugs |= dict.fromkeys(entry.record.value.former_slugs, entry.ref)
    seen: set[str] = set()
    for at, sheet in enumerate(settings.sheets):
        if str(sheet.record) in seen:
            yield Problem(typed.place(("sheets", at, "record")), "duplicate-id", {"id": str(sheet.record)})
        seen.add(str(sheet.record))
        if sheet.code is None:
            continue
        if sheet.code in seen or slugs.get(sheet.code, sheet.record) != sheet.record:
            yield Problem(typed.place(("sheets", at, "code")), "duplicate-id", {"id": sheet.code})
        seen.add(sheet.code)
