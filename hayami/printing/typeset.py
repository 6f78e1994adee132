"""Sets HTML as PDF with WeasyPrint: PDF/UA-1, shipped letters alone, the same bytes twice.

WeasyPrint comes with the group ``book`` of packages, and needs Pango of the system. Where either is missing,
:class:`Unavailable` says in Japanese and English what to do.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import io
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FACES: Mapping[str, tuple[str, int]] = {
    "BIZUDPGothic-Regular.ttf": ("BIZ UDPGothic", 400),
    "BIZUDPGothic-Bold.ttf": ("BIZ UDPGothic", 700),
    "BIZUDPMincho-Regular.ttf": ("BIZ UDPMincho", 400),
}
"""File below ``assets/fonts`` → family and weight."""

FEET = ("leaf-foot", "more-foot")
"""Classes of what stands at the bottom of a sheet."""

MM = 96 / 25.4
"""Pixels of CSS in a millimetre."""


class Unavailable(Exception):
    """PDFs cannot be made here; says what to install."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            "PDF を作る部品（Pango）がありません。サイトは PDF なしで作れます。\n"
            "  Debian・Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
            "  macOS: brew install pango\n"
            "Pango, which PDFs are made with, is missing. The site can be built without PDFs.\n"
            "  Debian, Ubuntu: sudo apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0\n"
            "  macOS: brew install pango\n"
            f"({detail})"
        )


class Unsound(Exception):
    """What was set is not what was planned. Says where."""


@functools.cache
def engine() -> Any:
    """WeasyPrint. Raises :class:`Unavailable`."""
    try:
        import weasyprint
    except (ImportError, OSError) as error:
        raise Unavailable(str(error).splitlines()[0]) from error
    return weasyprint


def versions() -> str:
    """Versions of everything that decides the bytes of a PDF."""
    from weasyprint.text.ffi import pango

    weasyprint = engine()
    import fontTools
    import pydyf

    number = pango.pango_version()
    return f"weasyprint {weasyprint.__version__}, pydyf {pydyf.__version__}, fonttools {fontTools.version}, pango {number}"


def face_rules(folder: Path) -> str:
    """Rules that name the shipped letters, and nothing else."""
    return "\n".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weight}; src: url("{(folder / name).as_uri()}"); }}'
        for name, (family, weight) in FACES.items()
    )


@dataclass(frozen=True)
class Leaf:
    """One sheet as it was set."""

    id: str
    pages: int
    """Pages that it takes."""
    spare: float
    """Millimetres that its content leaves above its foot; negative where it runs into it."""


@dataclass
class Setting:
    """A set document, ready to be written."""

    document: Any
    complaints: tuple[str, ...]
    anchors: Mapping[str, int] = field(default_factory=dict)
    """Anchor → page, from 1."""
    leaves: tuple[Leaf, ...] = ()

    @property
    def pages(self) -> int:
        """Number of pages."""
        return len(self.document.pages)

    def pdf(
        self, descriptions: Mapping[str, str], pages: slice = slice(None), title: str | None = None
    ) -> bytes:
        """Bytes of the PDF, or of some of its pages; ``descriptions`` say for each target what a link leads to."""
        document = self.document
        if pages != slice(None):
            document = document.copy(document.pages[pages])
        if title is not None:
            document.metadata.title = title

        def finish(_document: Any, pdf: Any) -> None:
            describe_links(pdf, descriptions)
            gather_items(pdf)
            flatten_lines(pdf)
            shorten_streams(pdf)

        with _listening(), uncollected():
            written: bytes = document.write_pdf(finisher=finish, pdf_variant="pdf/ua-1")
        return packed(written)


def packed(written: bytes) -> bytes:
    """The same PDF with its objects packed as closely as they go."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(written)) as pdf:
        pdf.save(
            out,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            compress_streams=True,
            recompress_flate=True,
            deterministic_id=True,
        )
    return out.getvalue()


def describe_links(pdf: Any, descriptions: Mapping[str, str]) -> None:
    """Say in each link of a PDF in the making where it leads, instead of the bare target."""
    for one in pdf.objects:
        if isinstance(one, dict) and one.get("Subtype") == "/Link" and "Contents" in one:
            target = one["Contents"].string
            one["Contents"] = type(one["Contents"])(descriptions.get(target, target))


def flatten_lines(pdf: Any) -> None:
    """Tie lines of text to their paragraph, where WeasyPrint puts an element of its own around each.

    They say nothing to anybody, and are a third of all objects of a booklet.
    """
    held: list[Any] = [one for one in pdf.objects if isinstance(one, dict)]
    number_of = {one.reference: one for one in held}
    parent_of: dict[bytes, bytes] = {}
    for one in held:
        if one.get("S") != "/Span" or one.get("Type") != "/StructElem":
            continue
        kids, parent = one["K"], number_of[one["P"]]
        if len(kids) != 1 or not isinstance(kids[0], int) or parent.get("Pg") != one.get("Pg"):
            continue
        parent["K"][parent["K"].index(one.reference)] = kids[0]
        parent_of[one.reference] = parent.reference
        one.free = "f"
    tree = number_of[pdf.catalog["StructTreeRoot"]]["ParentTree"]
    for entry in number_of[tree]["Nums"]:
        if isinstance(entry, list):
            for at, reference in enumerate(entry):
                while reference in parent_of:
                    reference = parent_of[reference]
                entry[at] = reference


def gather_items(pdf: Any) -> None:
    """Put what stands in an item of a list beside its body into that body: an LI holds a label and a body."""
    held: list[Any] = [
        one for one in pdf.objects if isinstance(one, dict) and one.get("Type") == "/StructElem"
    ]
    number_of = {one.reference: one for one in held}
    for item in held:
        if item.get("S") != "/LI":
            continue
        kids = [number_of[kid] for kid in item["K"] if kid in number_of]
        others = [kid for kid in kids if kid["S"] not in ("/Lbl", "/LBody")]
        if not others:
            continue
        bodies = [kid for kid in kids if kid["S"] == "/LBody"]
        if not bodies:
            others[0]["S"] = "/LBody"
            bodies, others = others[:1], others[1:]
        for kid in others:
            item["K"].remove(kid.reference)
            bodies[-1]["K"].append(kid.reference)
            kid["P"] = bodies[-1].reference


_NUMBER = re.compile(rb"(\d+\.\d\d)\d+")


def shorten_streams(pdf: Any) -> None:
    """Take out of drawing instructions what nobody sees: thousandths of a pixel, and gaps of no width."""
    import pydyf

    for one in pdf.objects:
        if type(one).__module__ == "weasyprint.pdf.stream":
            written = b"\n".join(map(pydyf._to_bytes, one.stream))
            one.stream = [_NUMBER.sub(rb"\1", written).replace(b">0<", b"").replace(b">0]", b">]")]


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's collector of cycles: it looks at millions of boxes again and again, a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class _Listener(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(record.getMessage())

    def __enter__(self) -> _Listener:
        logger = logging.getLogger("weasyprint")
        logger.addHandler(self)
        self._before = logger.propagate
        logger.propagate = False
        return self

    def __exit__(self, *_: object) -> None:
        logger = logging.getLogger("weasyprint")
        logger.removeHandler(self)
        logger.propagate = self._before


def _listening() -> _Listener:
    return _Listener()


def typeset(html: str, sheets: tuple[str, ...], fonts: Path, base_url: str | None) -> Setting:
    """Lay out a document with some style sheets, and measure its sheets (elements of class ``leaf``)."""
    weasyprint = engine()
    from weasyprint.text.fonts import FontConfiguration

    faces = FontConfiguration()
    with _listening() as heard, uncollected():
        css = [
            weasyprint.CSS(string=one, font_config=faces, media_type="print")
            for one in (face_rules(fonts), *sheets)
        ]
        document = weasyprint.HTML(string=html, base_url=base_url, media_type="print").render(
            stylesheets=css, font_config=faces
        )
    # An address without the place of the site is left out of the PDF; that is meant.
    said = tuple(one for one in heard.said if "Relative URI reference without a base URI" not in one)
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for name in page.anchors:
            anchors.setdefault(name, number)
    return Setting(document, said, anchors, tuple(_leaves(document)))


def _leaves(document: Any) -> Iterator[Leaf]:
    held: dict[str, list[tuple[int, Any]]] = {}
    for number, page in enumerate(document.pages, start=1):
        for box in _boxes(page._page_box, "leaf"):
            held.setdefault(box.element.get("id") or "", []).append((number, box))
    for name, found in held.items():
        spare = min(_spare(box) for _, box in found)
        yield Leaf(name, len(found), spare)


def _boxes(box: Any, name: str) -> Iterator[Any]:
    """Boxes of the elements of a class, the outermost alone."""
    element = getattr(box, "element", None)
    # The tag of a box of ::before and the like is another.
    if (
        element is not None
        and box.element_tag == element.tag
        and name in (element.get("class") or "").split()
    ):
        yield box
        return
    for child in getattr(box, "children", ()):
        yield from _boxes(getattr(child, "_box", child), name)


def _spare(leaf: Any) -> float:
    """Millimetres between the content of a sheet and its foot, or the end of the sheet."""
    bottoms = [box.border_box_y() + box.border_height() for box in _boxes(leaf, "stuff")]
    if not bottoms:
        return 0.0
    tops = [box.border_box_y() for name in FEET for box in _boxes(leaf, name)]
    end = min(tops) if tops else leaf.content_box_y() + leaf.height
    return round(float(end - max(bottoms)) / MM, 1)
