"""``build.py new``: the files of a record, with hints in them."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from hayami import load, pipeline, render, validate
from hayami.problems import Place, Problem, has_errors, ordered
from hayami.schema.record import Unstatable
from hayami.schema.scalars import Ref

_TYPES = {"programmes": "programme", "organisations": "organisation", "facilities": "venue", "events": "fair"}


def new_record(options: pipeline.Options, kind: str, slug: str) -> tuple[list[Path], tuple[Problem, ...]]:
    """Write ``record.yaml`` and one file of words a language; refuses a slug that is taken or illegal.

    ``kind`` is the singular (``programme``). Returns the files, or the problems.
    """
    shown = pipeline.shown_path(options.content)
    try:
        ref = Ref.parse(f"{kind}:{slug}")
    except ValueError:
        ref = None
    if ref is None or len(slug) > load.MAX_SLUG:
        return [], (Problem(Place(shown), "illegal-slug", {"name": slug}),)
    if not options.content.is_dir():
        return [], pipeline.check(options).problems
    content, unread = load.read_content(options.content, shown)
    draft, problems = validate.validate(content)
    if draft is None:
        return [], ordered(one for one in (*unread, *problems) if has_errors([one]))
    folder = options.content / ref.kind / slug
    other = _owner(draft, slug)
    if other is None and (folder.exists() or folder.is_symlink()):
        other = f"{shown}/{ref.kind}/{slug}"
    if other is not None:
        values = {"slug": slug, "other": other}
        return [], (Problem(Place(f"{shown}/{ref.kind}/{slug}"), "duplicate-slug", values),)
    folder.mkdir(parents=True)
    made = []
    for name, text in _files(draft, ref, options).items():
        path = folder / name
        path.write_text(text, encoding="utf-8", newline="\n")
        made.append(path)
    return made, ()


def _owner(draft: validate.Draft, slug: str) -> str | None:
    """Folder of the record that has this slug, or once had it."""
    for entry in draft.records:
        former = entry.record.value.former_slugs if entry.record else ()
        if slug in (entry.slug, *former):
            return entry.folder
    return None


def _files(draft: validate.Draft, ref: Ref, options: pipeline.Options) -> dict[str, str]:
    environment = render.environment(options.templates)
    environment.autoescape = False
    vocabulary = draft.vocabulary.value
    settings = draft.settings
    record = environment.get_template("new/record.yaml").render(
        kind=ref.kind,
        example=next((entry.folder for entry in draft.records if entry.kind == ref.kind), None),
        type=_TYPES[ref.kind],
        record_types=", ".join(entry.id for entry in vocabulary.record_types),
        categories=", ".join(entry.id for entry in vocabulary.categories),
        purposes=", ".join(entry.id for entry in vocabulary.purposes),
        unstatable=", ".join(get_args(Unstatable)),
        fiscal_year=settings.fiscal_year,
        as_of=(options.as_of or settings.as_of).isoformat(),
    )
    files = {"record.yaml": record.rstrip("\n") + "\n"}
    for language in settings.languages:
        strings = draft.strings.get(language.code)
        headings = strings.value.vocabulary.headings.values() if strings else ()
        words = environment.get_template("new/words.md").render(
            language=language.name,
            primary=language.code == settings.primary,
            headings=[term.name for term in headings][:3],
        )
        files[f"{language.code}.md"] = words.rstrip("\n") + "\n"
    return files
