"""Sets HTML as PDF with WeasyPrint: PDF/UA-1, shipped letters alone, the same bytes twice.

WeasyPrint comes with the group ``book`` of packages, and needs Pango of the system. Where either is missing,
:class:`Unavailable` says in Japanese and English what to do.
"""

from __future__ import annotations

import contextlib
import functools
import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from hayami.printing import finish, packing
from hayami.printing.letters import drawn_at_once, kept, told_once
from hayami.printing.quicker import (
    known_lengths,
    parsed_at_once,
    shared_styles,
    uncollected,
    usual_values,
    without_notes,
)

FACES: Mapping[str, tuple[str, int]] = {
    "BIZUDPGothic-Regular.ttf": ("BIZ UDPGothic", 400),
    "BIZUDPGothic-Bold.ttf": ("BIZ UDPGothic", 700),
    "BIZUDPMincho-Regular.ttf": ("BIZ UDPMincho", 400),
}
"""File below ``assets/fonts`` → family and weight."""

FEET = frozenset(("leaf-foot", "more-foot"))
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
    weasyprint = engine()
    import fontTools
    import pikepdf
    import pydyf
    from weasyprint.text.ffi import pango

    found = {
        "weasyprint": weasyprint.__version__,
        "pydyf": pydyf.__version__,
        "fonttools": fontTools.version,
        "pango": pango.pango_version(),
        "deflate": metadata.version("deflate"),
        "pikepdf": pikepdf.__version__,
        "qpdf": pikepdf.__libqpdf_version__,
    }
    return ", ".join(f"{name} {version}" for name, version in found.items())


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
    lost: tuple[tuple[int, str], ...] = ()
    """Page (from 1) and text of what would stand beyond its edge."""
    dropped: tuple[tuple[str, str], ...] = ()
    """Sheet, and text of it that stands on no page."""

    @property
    def pages(self) -> int:
        """Number of pages."""
        return len(self.document.pages)

    def pdf(self, descriptions: Mapping[str, str], pages: Sequence[int], title: str | None = None) -> bytes:
        """Bytes of the PDF of some pages (numbers from 1); ``descriptions`` say for each target what a link leads to."""
        document = self.document.copy([self.document.pages[number - 1] for number in pages])
        if title is not None:
            document.metadata.title = title

        def finished(_document: Any, pdf: Any) -> None:
            finish.finish(pdf, descriptions)
            # What writes the file is ours: it packs more closely than pydyf.
            pdf.write = lambda output, *_, **__: output.write(packing.packed(pdf))

        with (
            _listening(),
            uncollected(),
            drawn_once(),
            languages_told(),
            told_once(),
            kept(),
            drawn_at_once(),
        ):
            written: bytes = document.write_pdf(
                finisher=finished,
                pdf_variant="pdf/ua-1",
                uncompressed_pdf=True,  # it is packed when all is known
            )
        return written


@contextlib.contextmanager
def drawn_once() -> Iterator[None]:
    """Draw each drawing once, however often it stands in a document; and look up references of pages quickly.

    Codes are drawn by :func:`finish.code`: each is another, of hundreds of lines. WeasyPrint draws the tabs, the stamp and
    the shapes of categories anew on every page, and collects the references of all pages anew for every element.
    """
    import pydyf
    from weasyprint.images import SVGImage

    draw, references = SVGImage.draw, pydyf.PDF.page_references
    sources: dict[int, bytes] = {}
    drawings: dict[tuple[bytes, float, float], finish.Drawn] = {}
    found: dict[tuple[int, int], tuple[bytes, ...]] = {}

    def once(image: Any, stream: Any, width: float, height: float, style: Any) -> None:
        if stream.extra:  # a form or a pattern has names of its own for what it draws
            draw(image, stream, width, height, style)
            return
        node = image._svg.tree._etree_node
        if node.get("class") == "qr":
            stream.stream.append(finish.code(node, width))
            return
        if id(image) not in sources:  # drawing changes it
            sources[id(image)] = ElementTree.tostring(node)
        key = (sources[id(image)], width, height)
        if key not in drawings:
            instructions, stream.stream = stream.stream, []
            # It says all that it needs, whatever was drawn before it here.
            stream._current_color = stream._current_color_stroke = stream._current_font = None
            stream._current_alpha = stream._current_alpha_stroke = None
            draw(image, stream, width, height, style)
            drawings[key] = finish.Drawn(b"\n".join(map(pydyf._to_bytes, stream.stream)))
            stream.stream = instructions
        stream.stream.append(drawings[key])

    def pages(pdf: Any) -> tuple[bytes, ...]:
        key = (id(pdf), len(pdf.pages["Kids"]))
        if key not in found:
            found[key] = references.fget(pdf)
        return found[key]

    SVGImage.draw, pydyf.PDF.page_references = once, property(pages)
    try:
        yield
    finally:
        SVGImage.draw, pydyf.PDF.page_references = draw, references


@contextlib.contextmanager
def languages_told() -> Iterator[None]:
    """Put the language of an element of HTML on its tag, which WeasyPrint does for the whole document alone."""
    import pydyf
    from weasyprint.pdf import tags

    build = tags._build_box_tree

    def told(box: Any, *rest: Any) -> Iterator[Any]:
        box = getattr(box, "_box", box)  # what stands at a place of its own has a box around it
        element = getattr(box, "element", None)
        language = None
        # Boxes of ::before and the like have another tag; the language of <html> is that of the document.
        if element is not None and box.element_tag == element.tag != "html":
            language = element.get("lang")
        for made in build(box, *rest):
            if language:
                made["Lang"] = pydyf.String(language)
            yield made

    tags._build_box_tree = told
    try:
        yield
    finally:
        tags._build_box_tree = build


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
    written: dict[Any, str] = {}
    with (
        _listening() as heard,
        _texts_kept(written),
        uncollected(),
        parsed_at_once(),
        without_notes(),
        usual_values(),
        known_lengths(),
        shared_styles(),
        told_once(),
        kept(),
    ):
        # As one sheet, every element is looked up in it once.
        css = weasyprint.CSS(
            string="\n".join((face_rules(fonts), *sheets)), font_config=faces, media_type="print"
        )
        document = weasyprint.HTML(string=html, base_url=base_url, media_type="print").render(
            stylesheets=[css], font_config=faces
        )
    # An address without the place of the site is left out of the PDF; that is meant.
    said = tuple(one for one in heard.said if "Relative URI reference without a base URI" not in one)
    anchors: dict[str, int] = {}
    for number, page in enumerate(document.pages, start=1):
        for name in page.anchors:
            anchors.setdefault(name, number)
    lost = tuple(
        (number, text)
        for number, page in enumerate(document.pages, start=1)
        for text in _beyond(page._page_box, page.width, page.height)
    )
    return Setting(
        document, said, anchors, tuple(_leaves(document)), lost, tuple(_dropped(document, written))
    )


@contextlib.contextmanager
def _texts_kept(written: dict[Any, str]) -> Iterator[None]:
    """Put down the text of each element before it is parted into lines."""
    from weasyprint import document

    build = document.build_formatting_structure

    def built(*given: Any) -> Any:
        root = build(*given)
        written.update(_texts([root]))
        return root

    document.build_formatting_structure = built
    try:
        yield
    finally:
        document.build_formatting_structure = build


def _texts(roots: Sequence[Any]) -> dict[Any, str]:
    """Element → its text in all boxes of some trees, without that of elements within."""
    found: dict[Any, list[str]] = {}
    waiting = list(reversed(roots))
    while waiting:
        box = waiting.pop()
        text = getattr(box, "text", "")
        if text:
            found.setdefault(box.element, []).append(text)
        waiting += [getattr(child, "_box", child) for child in reversed(getattr(box, "children", ()))]
    return {element: "".join(texts) for element, texts in found.items()}


def _dropped(document: Any, written: Mapping[Any, str]) -> Iterator[tuple[str, str]]:
    """Sheets and texts that are on no page: where a box of set height is full, its last lines are not drawn."""
    root = document.pages[0]._page_box.all_children()[0].element
    owners = {
        part: leaf.get("id") or ""
        for leaf in root.iter()
        if "leaf" in (leaf.get("class") or "").split()
        for part in leaf.iter()
    }
    shown = _texts([page._page_box for page in document.pages])
    for element, text in written.items():
        # Digits of page numbers are known later; lines may end with a hyphen that the text does not have.
        letters = [one for one in text if one.isalpha()]
        left = sum(map(str.isalpha, shown.get(element, "")))
        if element in owners and left < len(letters):
            yield owners[element], "".join(letters[left:])


def _beyond(root: Any, width: float, height: float) -> Iterator[str]:
    """Texts that are not wholly on a page of some size in pixels; what is turned or moved afterwards is not looked at."""
    waiting: list[tuple[Any, ...]] = [(root,)]
    while waiting:
        way = waiting.pop()
        box = way[-1]
        text = getattr(box, "text", "")
        if text and (
            min(box.position_x, box.position_y) < -1
            or box.position_x + box.width > width + 1
            or box.position_y + box.height > height + 1
        ):
            hidden = any(one.style["transform"] or one.style["overflow"] == "hidden" for one in way)
            if text.strip() and not hidden:
                yield text
        waiting += [(*way, getattr(child, "_box", child)) for child in getattr(box, "children", ())]


def _leaves(document: Any) -> Iterator[Leaf]:
    held: dict[str, list[tuple[int, Any]]] = {}
    for number, page in enumerate(document.pages, start=1):
        for box in _boxes(page._page_box, "leaf"):
            held.setdefault(box.element.get("id") or "", []).append((number, box))
    owners = {part: name for name, found in held.items() for _, box in found for part in box.element.iter()}
    spilled = {name for page in document.pages for name in _strays(page._page_box, owners)}
    for name, found in held.items():
        spare = min(_spare(box) for _, box in found)
        # A foot that did not find room is nowhere.
        lacks_foot = any(_has_foot(box.element) and not _tops(box) for _, box in found)
        yield Leaf(name, len(found) + (lacks_foot or name in spilled), spare)


def _strays(box: Any, owners: Mapping[Any, str]) -> Iterator[str]:
    """Sheets whose columns run on to a page where the sheet itself is not."""
    element = getattr(box, "element", None)
    if element is not None and element in owners:
        if "leaf" not in (element.get("class") or "").split():
            yield owners[element]
        return
    for child in getattr(box, "children", ()):
        yield from _strays(getattr(child, "_box", child), owners)


def _has_foot(element: Any) -> bool:
    return any(not FEET.isdisjoint((one.get("class") or "").split()) for one in element.iter())


def _tops(leaf: Any) -> list[float]:
    """Where the feet of a sheet begin."""
    return [box.border_box_y() for name in FEET for box in _boxes(leaf, name)]


def _boxes(box: Any, name: str) -> Iterator[Any]:
    """Boxes of the blocks of a class, the outermost alone."""
    element = getattr(box, "element", None)
    # The tag of a box of ::before and the like is another.
    if (
        element is not None
        and box.element_tag == element.tag
        and name in (element.get("class") or "").split()
    ):
        yield box
        return
    if isinstance(box, engine().formatting_structure.boxes.LineBox):
        return  # they stand in no line
    for child in getattr(box, "children", ()):
        yield from _boxes(getattr(child, "_box", child), name)


def _spare(leaf: Any) -> float:
    """Millimetres between the content of a sheet and its foot, or the end of the sheet."""
    bottoms = [box.border_box_y() + box.border_height() for box in _boxes(leaf, "stuff")]
    if not bottoms:
        return 0.0
    tops = _tops(leaf)
    end = min(tops) if tops else leaf.content_box_y() + leaf.height
    return round(float(end - max(bottoms)) / MM, 1)
