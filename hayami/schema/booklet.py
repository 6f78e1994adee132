"""``booklet.yaml``: what the printed booklet needs to know beside the records."""

from __future__ import annotations

from typing import Annotated, Literal

from hayami.schema.scalars import Declared, LanguageCode, RecordRef, Written

Density = Literal["airy", "normal", "dense"]
"""How close a sheet is set. The body is never smaller than 10 points; space and leading give way."""

DENSITIES: tuple[Density, ...] = Density.__args__  # type: ignore[attr-defined]

Section = Literal[
    "parts",
    "eligibility",
    "requires",
    "steps",
    "about",
    "estimate",
    "offers",
    "event",
    "facts",
    "numbers",
    "notices",
    "digital",
    "contact",
    "links",
    "related",
    "unstated",
]
"""Parts of a sheet."""

SECTIONS: tuple[Section, ...] = Section.__args__  # type: ignore[attr-defined]

Derived = Literal["estimate"]
"""Sections that state no fact of their own: a dense sheet may go without."""


class SheetSettings(Declared):
    """How the sheet of one record is set."""

    record: RecordRef
    density: dict[LanguageCode, Density] = {}
    """Language → how close; ``airy`` where it is left out. The build says how much room each sheet has left."""
    without: tuple[Derived, ...] = ()
    """Sections that are left to the site. Only what follows from the rest of the sheet can be named."""
    continued: dict[LanguageCode, tuple[Section, ...]] = {}
    """Language → sections that stand on a second sheet, for a record that one sheet cannot hold."""
    code: Annotated[str, Written(r"[a-z0-9]+(-[a-z0-9]+)*", "slug")] | None = None
    """Short name in the printed address ``q/<code>/``, where the slug of the record is long. It never changes:
    it stands on paper."""


class BookletSettings(Declared):
    """``content/booklet.yaml``. A catalogue without it has a booklet all the same, every sheet set airy."""

    sections: tuple[Section, ...] = SECTIONS
    """Order of the parts of a sheet: what is read first stands first. Those not named follow behind."""
    sheets: tuple[SheetSettings, ...] = ()
