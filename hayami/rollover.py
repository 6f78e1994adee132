"""``build.py rollover``: a new fiscal year. The old one is kept as it is; its records go on, unconfirmed.

Files are edited where a value stands, so that comments, order and layout stay. Nothing is written before
everything is known to be sound.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from hayami import load, pictures, pipeline, validate, yamltree
from hayami.problems import Problem, has_errors, ordered
from hayami.schema.figures import Figure
from hayami.schema.record import Fact, Record
from hayami.schema.scalars import LAST_YEAR
from hayami.schema.walk import Path as FieldPath
from hayami.schema.walk import walk

_NOT_KEPT = (load.PAST, pictures.FOLDER, "waivers.yaml", "accessibility.yaml")
"""What a year that is over does without: the years before it, previews, and what is said of the pages of now."""


class Refused(Exception):
    """The year cannot be rolled over. The words are in Japanese and English."""


@dataclass(frozen=True)
class RolledOver:
    """What was done."""

    before: int
    """The fiscal year that is kept now."""
    records: int
    """How many records were carried over."""
    kept: Path
    """Folder of the year that is over."""


def roll_over(options: pipeline.Options, year: int) -> tuple[RolledOver | None, tuple[Problem, ...]]:
    """Begin a fiscal year; the problems instead, where the content has errors. Raises :class:`Refused`."""
    checked = pipeline.check(options)
    if checked.site is None:
        return None, ordered(one for one in checked.problems if has_errors([one]))
    before = checked.site.settings.fiscal_year
    if not before < year <= LAST_YEAR:
        raise Refused(
            f"いまは{before}年度です。{before + 1} のように、そのあとの年度を書いてください。/ "
            f"This is fiscal {before}; name a year after it, such as {before + 1}."
        )
    kept = options.content / load.PAST / str(before)
    if kept.exists():
        shown = pipeline.shown_path(kept)
        raise Refused(f"{shown} がもうあります。/ There is already a {shown}.")
    content, _ = load.read_content(options.content, options.content.name)
    draft, _ = validate.validate(content)
    assert draft is not None
    texts = _texts(draft, options.content, year)
    _keep(options.content, kept)
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8", newline="\n")
    return RolledOver(before, len(draft.records), kept), ()


def _keep(content: Path, kept: Path) -> None:
    """Copy the year that is over; it is there as a whole or not at all."""
    staging = kept.with_name(f".{kept.name}")
    if staging.exists():
        shutil.rmtree(staging)
    kept.parent.mkdir(exist_ok=True)

    def left_out(folder: str, names: list[str]) -> Iterable[str]:
        top = Path(folder) == content
        return [name for name in names if name.startswith(".") or (top and name in _NOT_KEPT)]

    shutil.copytree(content, staging, ignore=left_out)
    staging.rename(kept)


@dataclass(frozen=True, order=True)
class _Edit:
    line: int
    column: int
    old: str
    """What stands there and goes."""
    new: str


def _texts(draft: validate.Draft, content: Path, year: int) -> dict[Path, str]:
    """File → its text for the new year."""
    found = {content / "site.yaml": _edited(content / "site.yaml", _of_settings(draft, year))}
    if draft.source.value.fiscal_year is None:
        found[content / "source.yaml"] = _edited(
            content / "source.yaml",
            _line_before(draft.source, ("published",), f"fiscal_year: {draft.settings.fiscal_year}"),
        )
    for entry in draft.records:
        assert entry.record is not None
        path = content / entry.kind / entry.slug / "record.yaml"
        found[path] = _edited(path, _of_record(entry.record, draft.settings.fiscal_year, year))
    return found


def _of_settings(draft: validate.Draft, year: int) -> list[_Edit]:
    settings = draft.settings
    return [
        _replaced(draft.site, ("fiscal_year",), str(settings.fiscal_year), str(year)),
        _replaced(draft.site, ("valid_until",), settings.valid_until.isoformat(), f"{year + 1}-03-31"),
    ]


def _of_record(typed: validate.Typed, before: int, year: int) -> list[_Edit]:
    record: Record = typed.value
    edits = [_Edit(line, column, "", f"FY{before} ") for line, column in _evidence(typed)]
    if record.ended is None or record.ended.after >= before:
        edits.append(_replaced(typed, ("fiscal_year",), str(record.fiscal_year), str(year)))
    if record.carried_over is None:
        edits += _line_before(typed, ("fiscal_year",), f"carried_over: {before}")
    return edits


def _evidence(typed: validate.Typed) -> list[tuple[int, int]]:
    """Where evidence of the year's own material begins."""
    places = []
    for visit in walk(typed.value):
        if not isinstance(visit.value, Figure | Fact):
            continue
        for index, source in enumerate(visit.value.source):
            if source.year is None:
                node = yamltree.find(typed.tree, (*visit.path, "source"))
                if isinstance(node, yamltree.Sequence):
                    node = node.items[index]
                places.append((node.line, node.column))
    return places


def _replaced(typed: validate.Typed, path: FieldPath, old: str, new: str) -> _Edit:
    place = typed.place(path)
    return _Edit(place.line, place.column, old, new)


def _line_before(typed: validate.Typed, path: FieldPath, text: str) -> list[_Edit]:
    return [_Edit(typed.place(path, key=True).line, 1, "", text + "\n")]


def _edited(path: Path, edits: Iterable[_Edit]) -> str:
    """The text of a file with edits made from its end, so that none moves another."""
    lines = path.read_text(encoding="utf-8").split("\n")
    for edit in sorted(edits, reverse=True):
        line = lines[edit.line - 1]
        at = edit.column - 1
        # A quoted text begins behind its quotation mark.
        if not edit.new.endswith("\n") and line[at : at + 1] in ("'", '"'):
            at += 1
        if not line.startswith(edit.old, at):
            raise Refused(
                f"{path.name}:{edit.line} の「{edit.old}」を書き換えられません。手で直してください。/ "
                f"{path.name}:{edit.line}: {edit.old!r} cannot be rewritten; mend it by hand."
            )
        lines[edit.line - 1] = line[:at] + edit.new + line[at + len(edit.old) :]
    return "\n".join(lines)
