"""The printed forms of the booklet, and what each is set from."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hayami import booklet, leaves, tokens
from hayami.assets import FONTS, PRINT_FORMS
from hayami.booklet import Booklet
from hayami.render import Renderer
from hayami.tokens import Tokens

FOLDER = "booklet"
"""Folder of the PDFs in the site."""


@dataclass(frozen=True)
class Form:
    """One format."""

    name: str
    paper: leaves.Form
    sheets: tuple[str, ...]
    """Style sheets of ``assets/print`` that come on top of those of A4, in order."""
    numbered: bool
    """Page numbers are known before it is set: a record is one page."""


FORMS: tuple[Form, ...] = (
    Form("a4", leaves.A4, (), True),
    Form("a5", leaves.A5, ("flow", "a5"), False),
    Form("large", leaves.LARGE, ("flow", "large"), False),
    Form("poster", leaves.A4, ("poster",), True),
)


@dataclass(frozen=True)
class Wanted:
    """Pages of the document that are also a PDF of their own."""

    path: str
    form: str
    """``sheet`` or ``purpose``."""
    anchor: str
    pages: tuple[int, ...]
    """Numbers of the pages, from 1, in their order."""
    title: str


@dataclass(frozen=True)
class Job:
    """Everything that a PDF is set from; equal jobs give equal bytes."""

    language: str
    form: str
    path: str
    html: str
    css: tuple[str, ...]
    base_url: str | None
    fonts: str
    numbers: Mapping[str, int] = field(default_factory=dict)
    """Anchor → page on which it must stand; empty where pages are counted."""
    descriptions: Mapping[str, str] = field(default_factory=dict)
    """Target of a link → what it says of itself."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Anchor of a sheet → file that an editor would change."""
    pages: int | None = None
    """Pages that are the booklet; what follows them is for PDFs of their own. None: all."""
    parts: tuple[Wanted, ...] = ()

    def digest(self, versions: str) -> str:
        """Changes whenever something does that decides the bytes: text, style, letters, programs."""
        faces = [path.read_bytes() for path in sorted(Path(self.fonts).glob("*.ttf"))]
        programs = [path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py"))]
        parts = [versions, self.path, self.html, *self.css, self.base_url or ""]
        parts.append(
            json.dumps(
                [self.numbers, self.descriptions, self.pages, [vars(one) for one in self.parts]],
                sort_keys=True,
            )
        )
        found = hashlib.sha256()
        for part in (*(one.encode() for one in parts), *faces, *programs):
            found.update(hashlib.sha256(part).digest())
        return found.hexdigest()


def file_name(language: str, form: str) -> str:
    """Path of a printed form in the site."""
    paper = "poster-a3" if form == "poster" else form
    return f"{FOLDER}/hayamihyo-{language}-{paper}.pdf"


def sheet_name(language: str, slug: str) -> str:
    """Path of the PDF of one record in the site."""
    return f"{FOLDER}/sheets/{language}/{slug}.pdf"


def purpose_name(language: str, purpose: str) -> str:
    """Path of the small booklet of a purpose in the site."""
    return f"{FOLDER}/purposes/{language}/{purpose}.pdf"


def jobs(renderer: Renderer, assets: Path) -> Iterator[Job]:
    """What is to be set for a site; ``assets`` is the folder with the letters and style sheets of the project."""
    site = renderer.site
    values = constants(renderer.design)
    for tongue in site.tongues.values():
        book = booklet.plan(site, tongue)
        title = tongue.interface["booklet"]["title"].format(title=site.settings.title[tongue.code])
        written: dict[tuple[bool, bool], str] = {}
        for form in FORMS:
            kind = form.name == "poster", form.numbered
            if kind not in written:
                written[kind] = without_gaps(renderer.document(tongue.code, title, *kind))
            css = (
                renderer.assets.sources["css/parts/leaves.css"].decode(),
                # Margins and tabs belong to the paper.
                leaves.sheet(site, tongue, renderer.design, form.paper),
                *((assets / PRINT_FORMS / f"{one}.css").read_text(encoding="utf-8") for one in form.sheets),
            )
            yield Job(
                tongue.code,
                form.name,
                file_name(tongue.code, form.name),
                written[kind],
                tuple(
                    tokens.with_constants(one, values) for one in (category_colours(renderer.design), *css)
                ),
                site.settings.base_url,
                str(assets / FONTS),
                _numbers(book) if form.name == "a4" else {},
                descriptions(book),
                _names(book),
                len(book.sheets) if form.name == "a4" else None,
                (*_singles(book), *_excerpts(book, title)) if form.name == "a4" else (),
            )


_BLOCK = r"</?(?:body|caption|div|h[1-6]|head|li|ol|p|section|table|tbody|td|th|thead|tr|ul)\b"
_GAP = re.compile(rf"({_BLOCK}[^>]*>)\s+(?={_BLOCK})")


def without_gaps(html: str) -> str:
    """HTML without the spaces between blocks: half of all the texts that would be looked at, and nobody sees them.

    >>> without_gaps("<p>a <b>b</b> <i>c</i></p>\\n<ul>\\n<li>d</li></ul>")
    '<p>a <b>b</b> <i>c</i></p><ul><li>d</li></ul>'
    """
    return _GAP.sub(r"\1", html)


def constants(design: Tokens) -> dict[str, str]:
    """What the sheets of the site say in a browser: the colours of paper, and the faces that any system has.

    They are written out. WeasyPrint hands each of them down from element to element otherwise, and reads every rule
    that names one anew for every element.
    """
    colours = {name: design.value(name, "print") for name in design.colours()}
    return {**colours, "sans": "sans-serif", "mincho": "serif"}


def category_colours(design: Tokens) -> str:
    """Rules that give the colour of a category to its elements."""
    return " ".join(
        f".{name} {{ --c: var(--{name}); --on: var(--on{name[1:]}); }}" for name in design.starting_with("c")
    )


def descriptions(book: Booklet) -> Mapping[str, str]:
    """What a link within the book says of itself, by its target."""
    found = {}
    page = book.tongue.interface["booklet"]["page"]
    for sheet in book.sheets:
        found[sheet.id] = f"{sheet.title} {page.format(n=sheet.number)}"
    for item in book.site.items.values():
        found.setdefault(booklet.anchor(item.ref), item.words[book.tongue.code].short_name)
    return {**found, **{f"#{target}": said for target, said in found.items()}}


def _numbers(book: Booklet) -> Mapping[str, int]:
    return {**book.numbers, **{one.id: one.number for one in book.openings}}


def _names(book: Booklet) -> Mapping[str, str]:
    sheets = (*book.sheets, *book.openings)
    return {sheet.id: sheet.item.folder if sheet.item else "content/booklet.yaml" for sheet in sheets}


def _singles(book: Booklet) -> Iterator[Wanted]:
    for sheet in book.sheets:
        if sheet.kind == "record" and sheet.item is not None:
            path = sheet_name(book.tongue.code, sheet.item.ref.slug)
            held = tuple(one.number for one in book.sheets if one.item is sheet.item)
            yield Wanted(path, "sheet", sheet.id, held, sheet.title)


def _excerpts(book: Booklet, title: str) -> Iterator[Wanted]:
    for purpose, sheets in book.excerpts.items():
        path = purpose_name(book.tongue.code, purpose)
        said = book.tongue.interface["booklet"]["excerpt"].format(title=title, purpose=sheets[0].title)
        yield Wanted(path, "purpose", sheets[0].id, tuple(one.number for one in sheets), said)
