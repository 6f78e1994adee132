"""``build.py init``: an empty catalogue with three sample records, for another place.

The samples come in Japanese and English (``templates/catalogue``). Any other language gets the English ones to be
translated, with the words of the interface and the forms of figures, so that the catalogue builds at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from hayami import load, locales, pipeline, render, text, validate

SAMPLES = "catalogue"
"""Folder of the samples among the templates."""

_STAMP = "translated_from: STAMP"


class Refused(Exception):
    """There can be no such catalogue, or not there. The words are in Japanese and English."""


@dataclass(frozen=True)
class Language:
    """A language of the new catalogue."""

    code: str
    locale: str
    name: str
    """Its name in itself."""
    area: str
    """The place whose businesses the programmes are for."""
    like: str
    """Language of the samples that it begins with."""


def language(code: str, area: str | None = None) -> Language:
    """A language by its tag. Raises :class:`Refused` for one that CLDR does not know."""
    found = locales.likely(code)
    if found is None:
        raise Refused(
            f"「{code}」という言語は知られていません。ja、en、zh-Hant のように書いてください。/ "
            f"There is no language {code!r}; write it like ja, en or zh-Hant."
        )
    like = "ja" if code == "ja" else "en"
    place = area or ("（地域の名前）" if like == "ja" else "(your area)")
    return Language(code, *found, place, like)


def create(folder: Path, languages: Sequence[Language], as_of: date, templates: Path) -> tuple[Path, ...]:
    """Write a catalogue into a folder that is new or empty; the first language is the primary one.

    Raises :class:`Refused` where the folder holds something, and :class:`OSError`.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(
            f"{folder} には、もう何かあります。新しいフォルダーの名前を書いてください。/ "
            f"There is something in {folder} already; name a new folder."
        )
    files = dict(_files(languages, as_of, templates))
    for name, written in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(written, encoding="utf-8", newline="\n")
    _stamp(folder)
    return tuple(folder / name for name in files)


def _files(languages: Sequence[Language], as_of: date, templates: Path) -> Iterator[tuple[str, str]]:
    environment = render.environment(templates)
    environment.autoescape = False
    values = {
        "languages": languages,
        "primary": languages[0].code,
        "as_of": as_of.isoformat(),
        # A fiscal year begins in April.
        "fiscal_year": as_of.year if as_of.month >= 4 else as_of.year - 1,
    }
    root = templates / SAMPLES
    for path in sorted(root.rglob("*.yaml")):
        name = path.relative_to(root).as_posix()
        if path.parent.name != "strings":
            yield name, environment.get_template(f"{SAMPLES}/{name}").render(values).rstrip("\n") + "\n"
    brought = pipeline.builtin_strings(templates)
    for one in languages:
        strings = (root / "strings" / f"{one.like}.yaml").read_text(encoding="utf-8")
        if one.code not in brought:
            # All words of the interface, to be translated.
            strings = (templates / "strings" / f"{one.like}.yaml").read_text(encoding="utf-8") + strings
        yield f"strings/{one.code}.yaml", strings
        for path in sorted(root.rglob(f"{one.like}.md")):
            yield f"{path.parent.relative_to(root).as_posix()}/{one.code}.md", _words(path, one, languages[0])


def _words(path: Path, one: Language, primary: Language) -> str:
    """Words of a sample. Readings belong to the primary language, stamps to all others."""
    words = path.read_text(encoding="utf-8")
    if one.code == primary.code:
        return words.replace(f"{_STAMP}\n", "").replace("name_status: working\n", "")
    if _STAMP not in words:
        head, end, body = words.partition("\n---\n")
        kept = [line for line in head.split("\n") if not line.startswith(("reading:", "romaji:"))]
        words = "\n".join([*kept, _STAMP]) + end + body
    return words


def _stamp(folder: Path) -> None:
    """Put the stamp of the original into each translation, as an editor would."""
    content, _ = load.read_content(folder, folder.name)
    draft, _ = validate.validate(content)
    assert draft is not None
    for entry in (*draft.records, *draft.prose):
        original = entry.words[draft.settings.primary]
        stamp = text.stamp(original.value, original.document.body)
        for code in draft.languages[1:]:
            path = folder / entry.kind / entry.slug / f"{code}.md"
            said = path.read_text(encoding="utf-8")
            path.write_text(said.replace(_STAMP, f"translated_from: {stamp}"), encoding="utf-8", newline="\n")
