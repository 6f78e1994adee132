"""Drawing instructions, glyphs and HTML, before and after they are made short: what they mean is the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import segno
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph

from hayami import pipeline, qr
from hayami.assets import FONTS
from hayami.pipeline import PROJECT
from hayami.printing import faces, finish, forms, quicker, rewriting

START = b"1 0 0 -1 0 842 cm\nq\n0.75 0 0 0.75 0 0 cm\n"
HEAD = b"0.75 0 0 -0.75 0 842 cm\n"


def _page(*lines: str, codes: rewriting.Codes | None = None) -> str:
    written = START + "\n".join(lines).encode() + b"\nQ\n"
    return rewriting.rewritten(written, codes or {}).removeprefix(HEAD).decode("latin-1").strip("\n")


def test_a_clip_that_cuts_nothing_is_left_out() -> None:
    drawn = _page("q", "10 10 100 50 re", "W", "n", "q", "1 0 0 rg", "20 20 30 30 re", "f", "Q", "Q")
    assert drawn == "1 0 0 rg\n20 20 30 30 re\nf"


def test_a_clip_that_cuts_something_stays() -> None:
    drawn = _page("q", "10 10 100 50 re", "W", "n", "q", "1 0 0 rg", "20 20 130 30 re", "f", "Q", "Q")
    assert drawn == "q\n10 10 100 50 re\nW\nn\n1 0 0 rg\n20 20 130 30 re\nf\nQ"


def test_a_line_reaches_as_far_as_it_is_wide() -> None:
    clip = ("q", "10 10 100 50 re", "W", "n", "4 w")
    assert "W" in _page(*clip, "20 11 m", "90 11 l", "S", "Q")
    assert "W" not in _page(*clip, "20 12 m", "90 12 l", "S", "Q")


def test_a_clip_is_held_against_what_is_drawn_in_other_measures() -> None:
    clip = ("q", "10 10 100 50 re", "W", "n", "2 0 0 2 20 20 cm")
    assert "W" not in _page(*clip, "0 0 20 10 re", "f", "Q")
    assert "W" in _page(*clip, "0 0 20 30 re", "f", "Q")


def test_a_frame_is_a_line_around_a_box() -> None:
    drawn = _page("q", "0.5 0.5 0.5 rg", "12 12 96 46 re", "10 10 100 50 re", "f*", "Q")
    assert drawn == "0.5 0.5 0.5 RG\n2 w\n11 11 98 48 re\nS"


def test_a_frame_of_unequal_sides_stays() -> None:
    drawn = _page("q", "12 13 96 45 re", "10 10 100 50 re", "f*", "Q")
    assert drawn == "12 13 96 45 re\n10 10 100 50 re\nf*"


def test_rules_of_cells_become_rules_of_a_table() -> None:
    lines = (
        "10 10 m",
        "20 10 l",
        "S",
        "10 10 m",
        "10 30 l",
        "S",
        "20 10 m",
        "40 10 l",
        "S",
        "50 10 m",
        "60 10 l",
        "S",
    )
    assert _page(*lines) == "10 10 m\n40 10 l\n50 10 m\n60 10 l\n10 10 m\n10 30 l\nS"


def test_dashes_are_not_joined() -> None:
    drawn = _page("[2 2] 0 d", "10 10 m", "20 10 l", "S", "20 10 m", "40 10 l", "S")
    assert drawn.count("S") == 2


def test_a_colour_holds_until_another_is_said() -> None:
    drawn = _page("q", "1 0 0 rg", "0 0 9 9 re", "f", "Q", "0 0 5 5 re", "f")
    assert drawn == "1 0 0 rg\n0 0 9 9 re\nf\n0 0 0 rg\n0 0 5 5 re\nf"


def _text(x: float, y: float, digits: str, face: str = "/A 12 Tf") -> tuple[str, ...]:
    return ("BT", f"1 0 0 -1 {x} {y} Tm", face, f"[<{digits}>] TJ", "ET")


def test_lines_stand_from_one_to_the_next() -> None:
    codes = {b"/A": {b"0001": b"a", b"0002": b"(", b"0003": b"\xf0\x01"}}
    drawn = _page(
        *("/Span", "<</MCID 0>>", "BDC", *_text(10, 20, "00010002"), *_text(10, 37.07, "0003"), "EMC"),
        *("q", "/Span", "<</MCID 1>>", "BDC", *_text(30.5, 37.07, "0001", "/A 9 Tf"), "EMC", "Q"),
        codes=codes,
    )
    assert drawn == (
        "BT\n/Span<</MCID 0>>BDC\n1 0 0 -1 10 20 Tm\n/A 12 Tf\n(a\\()Tj\n0 -17.1 Td\n(\xf0\x01)Tj\nEMC\n"
        "/Span<</MCID 1>>BDC\n20.5 0 Td\n/A 9 Tf\n(a)Tj\nEMC\nET"
    )


def test_steps_do_not_add_up_to_a_shift() -> None:
    lines = [line for at in range(60) for line in _text(10, round(20 + at * 17.066, 2), "0001")]
    drawn = _page(*lines, codes={b"/A": {b"0001": b"a"}})
    y = 20.0
    for at, line in enumerate(one for one in drawn.splitlines() if one.endswith("Td")):
        y -= float(line.split()[1])
        assert abs(y - (20 + (at + 1) * 17.066)) < 0.06


def test_marked_content_with_nothing_in_it_keeps_its_number() -> None:
    drawn = _page("/Span", "<</MCID 0>>", "BDC", "BT", "1 0 0 -1 1 1 Tm", "", "ET", "EMC")
    assert drawn == "/Span<</MCID 0>>BDC\nEMC"


def test_what_is_for_nobody_is_said_once() -> None:
    artifact = ("/Artifact", "BMC", "q", "0 0 9 9 re", "f", "Q", "EMC")
    assert _page(*artifact, *artifact) == "/Artifact BMC\n0 0 9 9 re\n0 0 9 9 re\nf\nEMC"


def test_marked_content_and_states_are_closed_where_they_were_opened() -> None:
    drawn = _page(
        *("/Figure", "<</MCID 0>>", "BDC", "q", "2 0 0 2 5 5 cm", "0 0 1 1 re", "f", "Q"),
        *("/Artifact", "BMC", "0 0 9 9 re", "f", "EMC", *_text(1, 1, "0001"), "EMC"),
        *_text(2, 2, "0001"),
        codes={b"/A": {b"0001": b"a"}},
    )
    open_ones: list[str] = []
    pairs = {"Q": "q", "EMC": "BMC", "ET": "BT"}
    for line in drawn.splitlines():
        kind = "BMC" if line.endswith(("BMC", "BDC")) else line
        if kind in ("q", "BMC", "BT"):
            open_ones.append(kind)
        elif kind in pairs:
            assert open_ones.pop() == pairs[kind], drawn
    assert not open_ones


def test_a_code_is_a_stencil_of_its_dark_modules() -> None:
    size, runs = qr.drawn("https://example.org/")
    svg = ElementTree.fromstring(
        f'<svg viewBox="0 0 {size} {size}"><path fill="#ffffff"/><path stroke="#000000" d="{runs}"/></svg>'
    )
    drawn = finish.code(svg, 100.0).decode()
    digits = drawn.partition(" ID ")[2].partition(">")[0]
    dark = size - 2 * qr.QUIET
    bits = "".join(f"{int(one, 16):04b}" for one in digits)
    rows = [bits[at : at + dark] for at in range(0, len(bits), dark + -dark % 8)]
    assert len(rows) == dark
    expected = segno.make("https://example.org/", error=qr.LEVEL, micro=False, boost_error=False).matrix
    assert [[1 - int(one) for one in row] for row in rows] == [list(row) for row in expected]


# --- faces ----------------------------------------------------------------------------------------
def _outlines(face: TTFont) -> list[tuple[str, bytes]]:
    data, places = face.reader["glyf"], face["loca"].locations
    return [(name, data[places[at] : places[at + 1]]) for at, name in enumerate(face.getGlyphOrder())]


def test_a_glyph_on_another_grid_has_the_same_points() -> None:
    with TTFont(PROJECT / "assets" / FONTS / "BIZUDPMincho-Regular.ttf", lazy=True) as face:
        some = [one for one in _outlines(face) if one[1]][::97]
        assert len(some) > 50
        for name, written in some:
            glyph = face["glyf"][name]
            if glyph.numberOfContours < 1:
                continue
            for scale in (1.0, faces.GRID / 2048):
                anew = Glyph(faces.scaled(written, scale))
                anew.expand(face["glyf"])
                assert list(anew.endPtsOfContours) == list(glyph.endPtsOfContours)
                assert [one & 1 for one in anew.flags] == [one & 1 for one in glyph.flags]
                for (x, y), (old_x, old_y) in zip(anew.coordinates, glyph.coordinates, strict=True):
                    assert abs(x - old_x * scale) <= 0.5
                    assert abs(y - old_y * scale) <= 0.5


def test_a_glyph_of_other_glyphs_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^$"):
        faces.scaled(b"\xff\xff" + bytes(20), 1.0)


# --- HTML -----------------------------------------------------------------------------------------
def test_rows_without_a_body_get_one() -> None:
    root = quicker.tree(
        "<!doctype html>\n<html><body><table><caption>c</caption><tr><td>1<br>2</td></tr></table></body></html>"
    )
    assert [one.tag for one in root.iter()] == ["html", "body", "table", "caption", "tbody", "tr", "td", "br"]


def test_html_that_is_not_well_formed_is_left_to_the_parser_of_html() -> None:
    assert quicker.tree("<!doctype html><p>one<p>two") is None


@pytest.mark.parametrize("content", [PROJECT / "content", PROJECT / "tests" / "golden" / "content"])
def test_booklets_are_read_as_the_parser_of_html_reads_them(content: Path) -> None:
    parser = pytest.importorskip("tinyhtml5")
    options = pipeline.Options(content, base_url="https://example.org/")
    site = pipeline.check(options).site
    assert site is not None
    for job in forms.jobs(pipeline.renderer(site, options), options.assets):
        if job.form in ("a4", "large", "poster"):  # all others are set from the same HTML
            read = quicker.tree(job.html)
            assert read is not None
            expected = parser.parse(job.html, namespace_html_elements=False)
            for element in expected.iter():
                _drop_comments(element)
            assert _told(read) == _told(expected)


def _told(root: Any) -> list[tuple[str, dict[str, str], str, str]]:
    """Elements in order with their texts; the gaps between the largest parts are nobody's."""
    outer = {id(one) for part in (root, *root) for one in (part, *part)}
    return [
        (
            one.tag,
            # What says that an SVG is one is in the name of its elements already.
            {name: value for name, value in one.attrib.items() if not name.endswith("}xmlns")},
            _unless_gap(one.text, one.tag in ("html", "head")),
            _unless_gap(one.tail, id(one) in outer),
        )
        for one in root.iter()
    ]


def _drop_comments(element: Any) -> None:
    """The text behind a comment is that of what stands before it."""
    last = None
    for child in list(element):
        if isinstance(child.tag, str):
            last = child
            continue
        if last is None:
            element.text = (element.text or "") + (child.tail or "")
        else:
            last.tail = (last.tail or "") + (child.tail or "")
        element.remove(child)


def _unless_gap(text: str | None, between: bool) -> str:
    return "" if text is None or (between and not text.strip()) else text
