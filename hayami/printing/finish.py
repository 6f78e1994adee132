"""What is done to a PDF between WeasyPrint and the file: tags as PDF/UA wants them, and nothing in it twice.

:func:`finish` changes the objects of a PDF in the making (pydyf); :mod:`hayami.printing.rewriting` its drawings,
:mod:`hayami.printing.faces` its faces; :mod:`hayami.printing.packing` writes the file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from hayami.printing import faces, rewriting


class Drawn(bytes):
    """Instructions of one drawing among those of a page; equal ones stand in the file once."""

    __slots__ = ()


def finish(pdf: Any, descriptions: Mapping[str, str]) -> None:
    """Everything; ``descriptions`` say for each target what a link leads to."""
    describe_links(pdf, descriptions)
    share_drawings(pdf)
    for one in _streams(pdf):
        one.stream = [shortened(one.stream)]
    drop_opacity(pdf)
    for one in _streams(pdf):
        one.stream = [simplified(one.stream[0])]
    merge_equal(pdf)
    place_groups(pdf)
    round_boxes(pdf)
    tags = Tags(pdf)
    tags.drop_dead_links()
    tags.keep_one_link()
    tags.gather_items()
    tags.scope_heads()
    tags.level_headings()
    tags.drop_known_languages()
    tags.dissolve()
    tags.number()
    tags.shorten()
    drawings = list(_streams(pdf))
    codes = faces.slim(pdf, (one.stream[0] for one in drawings))
    for one in drawings:
        one.stream = [rewriting.rewritten(one.stream[0], codes, page=not one.extra)]


def _streams(pdf: Any) -> Iterator[Any]:
    """Everything with drawing instructions: pages, patterns, forms."""
    for one in pdf.objects:
        if one.free == "f":
            continue
        of_page = type(one).__module__ == "weasyprint.pdf.stream"
        if of_page or getattr(one, "extra", {}).get("Subtype") == "/Form":
            yield one


def describe_links(pdf: Any, descriptions: Mapping[str, str]) -> None:
    """Say in each link where it leads, instead of the bare target."""
    for one in pdf.objects:
        if isinstance(one, dict) and one.get("Subtype") == "/Link" and "Contents" in one:
            target = one["Contents"].string
            one["Contents"] = type(one["Contents"])(descriptions.get(target, target))


# --- drawings and letters -------------------------------------------------------------------------
def share_drawings(pdf: Any) -> None:
    """Put a drawing that stands on several pages into the file once."""
    import pydyf

    drawings = Counter(piece for one in _streams(pdf) for piece in one.stream if isinstance(piece, Drawn))
    of_number = {one.reference: one for one in pdf.objects}
    page = of_number[pdf.page_references[0]]
    names: dict[bytes, bytes] = {}
    for drawing in (one for one, times in drawings.items() if times > 1):
        form = pydyf.Stream(
            [shortened([drawing])],
            {
                "Type": "/XObject",
                "Subtype": "/Form",
                # Wider than any drawing: what stands over its edge is drawn as it was.
                "BBox": pydyf.Array((-2000, -2000, 2000, 2000)),
                "Resources": page["Resources"],
            },
        )
        pdf.add_object(form)
        name = f"d{len(names)}"
        of_number[page["Resources"]]["XObject"][name] = form.reference
        names[drawing] = f"/{name} Do".encode()
    for one in _streams(pdf):
        one.stream = [names.get(piece, piece) if isinstance(piece, Drawn) else piece for piece in one.stream]


_DECIMALS = re.compile(rb"(\d+)\.(\d{0,2})\d*")


def _short(number: re.Match[bytes]) -> bytes:
    decimals = number[2].rstrip(b"0")
    return number[1] + b"." + decimals if decimals else number[1]


def shortened(pieces: list[Any]) -> bytes:
    """Drawing instructions without what nobody sees: thousandths of a pixel, gaps of no width between letters."""
    import pydyf

    written = b"\n".join(map(pydyf._to_bytes, pieces))
    return _DECIMALS.sub(_short, written).replace(b">0<", b"").replace(b">0]", b">]").replace(b"><", b"")


def simplified(written: bytes) -> bytes:
    """The same backgrounds and borders with fewer instructions."""
    written = _BACKGROUND.sub(rb"\1\2\nf\n", written)
    return _BORDER.sub(_side, written)


# A background fills the box that it is clipped to.
_BACKGROUND = re.compile(rb"((?:[\d.]+ ){3}rg\n)((?:[-\d.]+ ){4}re)\nW\nn\n\2\nf\n(?=Q\n)")
_BORDER = re.compile(
    rb"q\n([-\d.]+) ([-\d.]+) m\n([-\d.]+) ([-\d.]+) l\n([-\d.]+) ([-\d.]+) l\n([-\d.]+) ([-\d.]+) l\nW\*\nn\n"
    rb"((?:[\d.]+ ){3}rg\n)(?:[-\d.]+ ){4}re\n(?:[-\d.]+ ){4}re\nf\*\nQ\n"
)


def _side(found: re.Match[bytes]) -> bytes:
    """A border along one side as the rectangle that it is, instead of two rectangles seen through a gap."""
    xs, ys = set(found.groups()[0:8:2]), set(found.groups()[1:8:2])
    if len(xs) != 2 or len(ys) != 2:  # it meets another side at an angle
        corners = b"".join(b"%s %s l\n" % found.group(at, at + 1) for at in (3, 5, 7))
        return b"%s%s %s m\n%sf\n" % (found[9], found[1], found[2], corners)
    (left, right), (top, bottom) = sorted(map(float, xs)), sorted(map(float, ys))
    box = b"%s %s %s %s re" % tuple(map(_number, (left, top, right - left, bottom - top)))
    return b"%s%s\nf\n" % (found[9], box)


def _number(value: float) -> bytes:
    return f"{value:.2f}".rstrip("0").rstrip(".").encode()


_RUN = re.compile(r"M(\d+) (\d+)\.5h(\d+)")


def code(svg: Any, width: float) -> bytes:
    """A code (:mod:`hayami.qr`) with its dark modules as a stencil of one bit each, instead of lines of their width."""
    ground, ink = svg.findall("{*}path")
    size = int(svg.get("viewBox").split()[2])
    runs = [tuple(map(int, run)) for run in _RUN.findall(ink.get("d"))]
    left, top = min(start for start, _, _ in runs), min(y for _, y, _ in runs)
    dark = size - 2 * left
    bits = dark + -dark % 8
    rows = [(1 << bits) - 1] * dark  # what is one stays as it is
    for start, y, length in runs:
        rows[y - top] &= ~(((1 << length) - 1) << (bits - (start - left) - length))
    digits = "".join(f"{row:0{bits // 4}x}" for row in rows)
    scale = _number(width / size).decode()
    return (
        f"q\n{scale} 0 0 {scale} 0 0 cm\n{_colour(ground.get('fill'))} rg\n0 0 {size} {size} re\nf\n"
        f"{_colour(ink.get('stroke'))} rg\nq\n{dark} 0 0 {-dark} {left} {top + dark} cm\n"
        f"BI /W {dark} /H {dark} /IM true /F /AHx ID {digits}> EI\nQ\nQ"
    ).encode()


def _colour(said: str) -> str:
    """A colour of the design (#rrggbb) as a PDF has it."""
    return " ".join(_number(int(said[at : at + 2], 16) / 255).decode() for at in (1, 3, 5))


_USED = re.compile(rb"^/(\S+) Do$", re.MULTILINE)
_NAMES = re.compile(rb"^/\S+ (?:Do|scn|SCN|gs|sh)$", re.MULTILINE)


def place_groups(pdf: Any) -> None:
    """Put what WeasyPrint draws as a group of its own (each text of a drawing) where it stands, if it stands once.

    A group only differs from its content where something is translucent.
    """
    drawings = list(_streams(pdf))
    held = {one.reference: one for one in pdf.objects if one.number}
    if any(b" gs\n" in one.stream[0] for one in drawings):
        return
    shared = held[pdf.page_references[0]]["Resources"]
    names = {id(one): held[one.extra.get("Resources", shared)]["XObject"] for one in drawings}
    uses = Counter(
        names[id(one)].get(name.decode()) for one in drawings for name in _USED.findall(one.stream[0])
    )

    for one in drawings:
        known = names[id(one)]

        def placed(use: re.Match[bytes], known: Any = known) -> bytes:
            reference = known.get(use[1].decode())
            group = held.get(reference)
            if uses[reference] != 1 or group is None or "Group" not in group.extra or "Matrix" in group.extra:
                return use[0]
            if _NAMES.search(group.stream[0]):
                return use[0]  # its names are those of its own resources
            del known[use[1].decode()]
            group.free = "f"
            return b"q\n%s\nQ" % group.stream[0].strip(b"\n")

        one.stream = [_USED.sub(placed, one.stream[0])]


_OPACITY = re.compile(rb"^/[aA]?(\S+) gs\n", re.MULTILINE)


def drop_opacity(pdf: Any) -> None:
    """Say nowhere that something is opaque, where everything is."""
    drawings = list(_streams(pdf))
    if {opacity for one in drawings for opacity in _OPACITY.findall(one.stream[0])} == {b"1"}:
        for one in drawings:
            one.stream = [_OPACITY.sub(b"", one.stream[0])]


def round_boxes(pdf: Any) -> None:
    """Give places to which links lead, and from which, in whole points; leave out boxes that are the whole sheet."""
    for one in pdf.objects:
        if not isinstance(one, dict):
            continue
        if "Rect" in one:
            one["Rect"][:] = [round(edge) for edge in one["Rect"]]
        for box in ("TrimBox", "BleedBox"):
            if box in one and list(one[box]) == list(one["MediaBox"]):
                del one[box]


def merge_equal(pdf: Any) -> None:
    """Let forms and patterns that are drawn alike be one."""
    resources: list[Any] = [
        one for one in pdf.objects if isinstance(one, dict) and "XObject" in one and "Pattern" in one
    ]
    drawings = [one for one in _streams(pdf) if one.extra]
    same: dict[bytes, bytes] | None = None
    while same is None or same:  # resources name drawings, and drawings name resources
        same = {}
        found: dict[bytes, bytes] = {}
        for one in (*resources, *drawings):
            if one.free == "f":
                continue
            key = one.stream[0] + type(pdf.info)(one.extra).data if hasattr(one, "stream") else one.data
            first = found.setdefault(key, one.reference)
            if first != one.reference:
                same[one.reference] = first
                one.free = "f"
        for one in resources:
            for kind in ("XObject", "Pattern"):
                one[kind].update({name: same.get(held, held) for name, held in one[kind].items()})
        for one in drawings:
            one.extra["Resources"] = same.get(one.extra["Resources"], one.extra["Resources"])


# --- tags -----------------------------------------------------------------------------------------
_MARKED = re.compile(rb"/(\w+)\n<</MCID (\d+)>>\nBDC\n")


_HEADING = re.compile(r"/H[1-6]")


class Tags:
    """The tree of tags of a PDF in the making. Kids are numbers of marked content, or references to objects."""

    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        dictionaries: list[Any] = [one for one in pdf.objects if isinstance(one, dict)]
        self.held = {one.reference: one for one in dictionaries}
        self.root = self.held[pdf.catalog["StructTreeRoot"]]
        self.top = self.held[self.root["K"][0]]

    def elements(self, element: Any) -> list[Any]:
        """Elements within one, in order."""
        kids = (self.held.get(kid) for kid in element["K"] if isinstance(kid, bytes))
        return [kid for kid in kids if kid is not None and kid.get("Type") == "/StructElem"]

    def drop_dead_links(self) -> None:
        """Make plain text of links to sheets that are no part of this file.

        WeasyPrint leaves their tags; where the whole document was written before, they name an object of that file.
        """
        pages = (self.held[reference] for reference in self.pdf.page_references)
        alive = {annotation for page in pages for annotation in page.get("Annots", ())}
        for element in [one for one in self.held.values() if one.get("Type") == "/StructElem"]:
            leads = False
            for kid in list(element["K"]):
                held = self.held.get(kid) if isinstance(kid, bytes) else None
                if held is None or held.get("Type") != "/OBJR":
                    continue
                if held["Obj"] in alive:
                    leads = True
                else:
                    element["K"].remove(kid)
                    held.free = "f"
            if element["S"] == "/Link" and not leads:
                element["S"] = "/Span"

    def keep_one_link(self) -> None:
        """Leave each link as it is, and none of those that WeasyPrint lays over every element within it.

        They would be read out again, and are no child of a link in the tags.
        """
        dropped = set()

        def within(element: Any) -> None:
            for kid in list(element["K"]):
                held = self.held.get(kid) if isinstance(kid, bytes) else None
                if held is not None and held.get("Type") == "/OBJR" and element["S"] != "/Link":
                    element["K"].remove(kid)
                    dropped.add(held["Obj"])
                    held.free = self.held[held["Obj"]].free = "f"
            for one in self.elements(element):
                within(one)

        def outside(element: Any) -> None:
            for one in self.elements(element):
                (within if element["S"] == "/Link" else outside)(one)

        outside(self.top)
        for reference in self.pdf.page_references:
            page = self.held[reference]
            if "Annots" in page:
                page["Annots"][:] = [one for one in page["Annots"] if one not in dropped]

    def gather_items(self) -> None:
        """Put what stands in an item of a list beside its body into that body: an LI holds a label and a body."""
        for item in [one for one in self.held.values() if one.get("S") == "/LI"]:
            kids = self.elements(item)
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

    def scope_heads(self) -> None:
        """Say of each head of a table whether it is for its column or its row (ISO 14289-1, 7.5).

        WeasyPrint names the heads of each cell by identifiers, but leaves out the tree in which readers look those up.
        """

        def visit(element: Any, in_head: bool) -> None:
            for one in self.elements(element):
                if one["S"] == "/TR":
                    cells = self.elements(one)
                    columns = in_head or all(cell["S"] == "/TH" for cell in cells)
                    for cell in cells:
                        self._scope(cell, "/Column" if columns else "/Row")
                visit(one, in_head or one["S"] == "/THead")

        visit(self.top, False)

    def _scope(self, cell: Any, scope: str) -> None:
        cell.pop("ID", None)
        attributes = cell.get("A")
        if cell["S"] == "/TH":
            if attributes is None:
                attributes = cell["A"] = type(cell)({"O": "/Table"})
            attributes["Scope"] = scope
        elif attributes is not None:
            attributes.pop("Headers", None)
            if set(attributes) == {"O"}:
                del cell["A"]

    def level_headings(self) -> None:
        """Begin with headings of the first level, whatever part of the book a file holds (ISO 14289-1, 7.4.2)."""
        heads = [one for one in self.held.values() if _HEADING.fullmatch(str(one.get("S")))]
        least = min((int(one["S"][2:]) for one in heads), default=1)
        for one in heads:
            one["S"] = f"/H{int(one['S'][2:]) - least + 1}"

    def drop_known_languages(self) -> None:
        """Leave out the language of an element where what is around it has the same."""

        def visit(element: Any, around: str) -> None:
            for one in self.elements(element):
                language = one["Lang"].string if "Lang" in one else around
                if "Lang" in one and language == around:
                    del one["Lang"]
                visit(one, language)

        visit(self.top, self.pdf.catalog["Lang"].string)

    def dissolve(self) -> None:
        """Take out elements that say nothing: their content belongs to what is around them.

        WeasyPrint puts one around each line of text, and makes one of each element of HTML that has no tag.
        """

        def visit(element: Any) -> None:
            kids: list[Any] = []
            for kid in element["K"]:
                held = self.held.get(kid) if isinstance(kid, bytes) else None
                if held is None or held.get("Type") != "/StructElem":
                    # A reference to a link says which page it is on only where its element does not.
                    kids.append(kid if held is None else type(held)({"Type": "/OBJR", "Obj": held["Obj"]}))
                    if held is not None:
                        held.free = "f"
                    continue
                visit(held)
                if _is_all(held, element):
                    element["Pg"] = held["Pg"]
                elif not _says_nothing(held, element):
                    kids.append(kid)
                    continue
                for one in self.elements(held):
                    one["P"] = element.reference
                kids += held["K"]
                held.free = "f"
            element["K"][:] = kids

        visit(self.top)

    def number(self) -> None:
        """Number marked content anew, page by page, and make one of what follows upon each other in an element.

        What stands in no element (heads, page numbers and tabs in the margins) becomes an artifact.
        """
        owners: dict[bytes, dict[int, Any]] = {reference: {} for reference in self.pdf.page_references}
        reached: set[bytes] = set()

        def visit(element: Any) -> None:
            reached.add(element.reference)
            for kid in element["K"]:
                if isinstance(kid, int):
                    owners[element["Pg"]][kid] = element
            for one in self.elements(element):
                visit(one)

        visit(self.top)
        for one in self.held.values():
            if one.get("Type") == "/StructElem" and one.reference not in reached:
                one.free = "f"
        streams = {one.reference: one for one in _streams(self.pdf)}
        pages: list[Any] = []
        for number, (reference, of_page) in enumerate(owners.items()):
            stream = streams[self.held[reference]["Contents"]]
            stream.stream = [_renumbered(stream.stream[0], of_page)]
            parents = [owner.reference for owner in of_page.values()]
            pages += [number, type(self.top["K"])(parents)]
        numbers = self.held[self.root["ParentTree"]]["Nums"]
        rest = numbers[2 * len(owners) :]
        links = {
            one["StructParent"] for one in self.held.values() if "StructParent" in one and one.free == "n"
        }
        for at in range(0, len(rest), 2):
            if rest[at] in links:
                pages += rest[at : at + 2]
        numbers[:] = pages

    def shorten(self) -> None:
        """Leave out what may be left out: the kind of object, and the page where an element has no content of its own.

        What differs least from one element to the next stands first, which packs best.
        """
        for one in self.held.values():
            if one.get("Type") != "/StructElem" or one.free == "f":
                continue
            own = any(isinstance(kid, int | dict) for kid in one["K"])
            said = {key: one[key] for key in ("Pg", "S", "P") if key in one and (own or key != "Pg")}
            said.update((key, value) for key, value in one.items() if key not in ("Type", "Pg", "S", "P"))
            one.clear()
            one.update(said)


def _says_nothing(element: Any, parent: Any) -> bool:
    numbers = any(isinstance(kid, int) for kid in element["K"])
    if element["S"] not in ("/Span", "/NonStruct", "/Div") or set(element) - {"Type", "S", "K", "Pg", "P"}:
        return False
    if numbers and (element["S"] == "/Div" or parent.get("Pg") != element["Pg"]):
        return False  # a block of text, or the part of an element that stands on another page
    return parent["S"] not in ("/L", "/LI", "/Table", "/THead", "/TBody", "/TR")


def _is_all(paragraph: Any, parent: Any) -> bool:
    """All that a cell or an item holds is one paragraph: it says no more than the cell."""
    return (
        paragraph["S"] == "/P"
        and parent["S"] in ("/TD", "/TH", "/LBody", "/Caption")
        and len(parent["K"]) == 1
        and not set(paragraph) - {"Type", "S", "K", "Pg", "P"}
    )


def _renumbered(written: bytes, owners: dict[int, Any]) -> bytes:
    """Instructions of a page with new numbers; afterwards ``owners`` has them, and so do the elements."""
    before, *pieces = _MARKED.split(written)
    out: list[bytes] = [before]
    kept: list[Any] = []
    last: tuple[Any, int] | None = None
    new: dict[int, dict[int, int]] = {}
    for tag, old, body in zip(pieces[::3], map(int, pieces[1::3]), pieces[2::3], strict=True):
        owner = owners.get(old)
        if owner is None:
            out.append(b"/Artifact\nBMC\n" + body)
            last = None
            continue
        follows = last is not None and last[0] is owner and out[-1].endswith(b"EMC\n")
        if follows and last is not None and owner["K"].index(old) == owner["K"].index(last[1]) + 1:
            out[-1] = out[-1].removesuffix(b"EMC\n") + body
            new[id(owner)][old] = -1
        else:
            out.append(b"/%s\n<</MCID %d>>\nBDC\n%s" % (tag, len(kept), body))
            new.setdefault(id(owner), {})[old] = len(kept)
            kept.append(owner)
        last = owner, old
    for owner in {id(one): one for one in kept}.values():
        numbers = new[id(owner)]
        kids = (numbers[kid] if isinstance(kid, int) else kid for kid in owner["K"])
        owner["K"][:] = [kid for kid in kids if kid != -1]
    owners.clear()
    owners.update(enumerate(kept))
    return b"".join(out)
