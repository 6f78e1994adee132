"""The PDFs of the booklet, as other programs read them: pages, numbers, codes, letters, tags, bytes.

poppler reads texts and draws pages, pikepdf reads objects, zxing-cpp reads codes: none of them wrote the files.
"""

from __future__ import annotations

import contextlib
import dataclasses
import io
import itertools
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
from fontTools.ttLib import TTFont
from PIL import Image

from hayami import booklet, pipeline
from hayami.model import Site, plain_name
from hayami.printing import forms, imposition, make, typeset
from tests import sites

CATALOGUE = Path(__file__).parent.parent.parent / "content"
SMALL = Path(__file__).parent.parent / "cases" / "base" / "content"
LANGUAGES = ("ja", "en")


def _lacking() -> str:
    """What is not there to make and read PDFs with; empty where nothing is."""
    try:
        typeset.engine()
    except typeset.Unavailable:
        return "Pango"
    return "" if shutil.which("pdftotext") else "poppler-utils"


pytestmark = pytest.mark.skipif(bool(_lacking()), reason=f"needs {_lacking()}")


@cache
def _site() -> Site:
    site = pipeline.check(pipeline.Options(CATALOGUE, base_url=sites.PLACE)).site
    assert site is not None
    return site


@cache
def _book(language: str) -> booklet.Booklet:
    return booklet.plan(_site(), _site().tongues[language])


def _pdf(language: str, form: str) -> bytes:
    return sites.printed()[forms.file_name(language, form)]


@cache
def _texts(language: str, form: str) -> tuple[str, ...]:
    return _pages_of(_pdf(language, form))


def _pages_of(written: bytes, order: str = "-layout") -> tuple[str, ...]:
    """Text of each page, laid out as it stands, or (``-raw``) in the order in which it is written."""
    ran = subprocess.run(["pdftotext", order, "-", "-"], input=written, stdout=subprocess.PIPE, check=True)
    return tuple(ran.stdout.decode().split("\f")[:-1])


def _places(written: bytes) -> list[list[tuple[float, float]]]:
    """Where each piece of text begins, page by page; not those of drawings, which may be drawn elsewhere once for all."""
    found = []
    with _opened(written) as pdf:
        for page in pdf.pages:
            x = y = 0.0
            of_page = []
            around: list[int] = []
            changes = 0
            for one in pikepdf.parse_content_stream(page):
                numbers: Any = one.operands
                name = str(one.operator)
                if name == "q":
                    around.append(changes)
                elif name == "Q":
                    changes = around.pop()
                elif name == "cm":
                    changes += 1
                elif name == "Tm":
                    x, y = float(numbers[4]), float(numbers[5])
                elif name == "Td":
                    x, y = x + float(numbers[0]), y - float(numbers[1])
                elif name in ("TJ", "Tj") and changes == 1:  # the measure of the page
                    of_page.append((round(x, 2), round(y, 2)))
            found.append(of_page)
    return found


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _opened(written: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(written))


# --- numbers --------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_is_one_page_and_stands_on_its_number(language: str) -> None:
    book, texts = _book(language), _texts(language, "a4")
    assert len(texts) == len(book.sheets)
    for sheet in book.sheets:
        text = _bare(texts[sheet.number - 1])
        if sheet.kind == "record":
            assert sheet.item is not None
            assert _bare(plain_name(sheet.item, language)) in text, sheet.id
        for item in sheet.data.get("items", ()) if sheet.kind in booklet.ENTRIES else ():
            assert _bare(plain_name(item, language)) in text, item.ref
        if sheet.kind not in ("cover", "back"):
            assert re.search(rf"(^|\s){sheet.number}\s*$", texts[sheet.number - 1]), f"folio of {sheet.id}"


@cache
def _table_rows(written: bytes) -> tuple[tuple[str, str], ...]:
    """Rows of all tables as the tags have them: what the first and the last cell say."""
    with _opened(written) as pdf:
        texts = _marked(written)
        return tuple(
            (_bare(_said(texts, row.K[0])), _bare(_said(texts, row.K[-1])))
            for row in _rows(pdf.Root.StructTreeRoot.K)
        )


@cache
def _destinations(written: bytes) -> Mapping[str, int]:
    """Anchor → page on which it stands, by the destinations of links."""
    with _opened(written) as pdf:
        numbers = {_key(page.obj): number for number, page in enumerate(pdf.pages, start=1)}
        held = pdf.Root.Names.Dests.Names
        return {str(held[at]): numbers[_key(held[at + 1][0])] for at in range(0, len(held), 2)}


def _key(page: Any) -> tuple[int, int]:
    number, generation = page.objgen
    return int(number), int(generation)


def _rows(kids: Any) -> Iterator[Any]:
    for one in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(one, pikepdf.Dictionary) or "/S" not in one:
            continue
        if one.S == "/TR":
            yield one
        elif "/K" in one:
            yield from _rows(one.K)


@cache
def _marked(written: bytes) -> dict[tuple[tuple[int, int], int], str]:
    """(page, id of marked content) → text, by the maps from letters to Unicode of the faces."""
    found: dict[tuple[tuple[int, int], int], str] = {}
    with _opened(written) as pdf:
        for page in pdf.pages:
            maps = {name: _to_unicode(face) for name, face in page.Resources.Font.items()}
            current, font = -1, ""
            for one in pikepdf.parse_content_stream(page):
                operands: Any = one.operands
                name = str(one.operator)
                if name == "BDC" and isinstance(operands[1], pikepdf.Dictionary) and "/MCID" in operands[1]:
                    current = int(operands[1].MCID)
                elif name == "EMC":
                    current = -1
                elif name == "Tf":
                    font = str(operands[0])
                elif name in ("TJ", "Tj") and current >= 0:
                    said = ""
                    for part in operands[0] if name == "TJ" else operands:
                        if isinstance(part, pikepdf.String):
                            said += "".join(
                                maps[font].get(code, "?") for code in _codes(bytes(part), maps[font])
                            )
                    key = (_key(page.obj), current)
                    found[key] = found.get(key, "") + said
    return found


def _codes(raw: bytes, table: dict[bytes, str]) -> Iterator[bytes]:
    """Codes have one byte or two; no code of one is the beginning of another."""
    at = 0
    while at < len(raw):
        length = 1 if raw[at : at + 1] in table else 2
        yield raw[at : at + length]
        at += length


def _to_unicode(face: Any) -> dict[bytes, str]:
    """Both forms of lines in a map: single letters, and runs of them."""
    table: dict[bytes, str] = {}
    text = face.ToUnicode.read_bytes().decode()
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, letter in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            table[bytes.fromhex(code)] = bytes.fromhex(letter).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", text, re.DOTALL):
        for first, last, letters in re.findall(r"<([0-9a-f]+)><([0-9a-f]+)>\[(.*?)\]", block):
            said = re.findall(r"<([0-9a-f]*)>", letters)
            assert len(said) == int(last, 16) - int(first, 16) + 1
            for code, letter in enumerate(said, int(first, 16)):
                table[code.to_bytes(len(first) // 2, "big")] = bytes.fromhex(letter).decode("utf-16-be")
    return table


def _said(texts: Mapping[tuple[tuple[int, int], int], str], element: Any) -> str:
    out = ""
    kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    for one in kids:
        if isinstance(one, pikepdf.Dictionary):
            out += _said(texts, one) if "/S" in one else ""
        else:
            out += texts.get((_key(element.Pg), int(one)), "")
    return out


def _prove_numbers(written: bytes, site: Site, language: str) -> None:
    """Names and numbers are read from the tags of the finished file, pages from the destinations of its links."""
    stands = _destinations(written)
    names: dict[str, set[str]] = {}
    for item in site.items.values():
        for name in (plain_name(item, language), item.words[language].short_name):
            names.setdefault(_bare(name), set()).add(booklet.anchor(item.ref))
    found: Counter[str] = Counter()
    for name, number in _table_rows(written):
        # Behind a name may stand that it fits in part.
        said = max((one for one in names if name.startswith(one)), key=len, default=None)
        if said is None or not number.isdigit():
            continue
        at = [one for one in names[said] if stands[one] == int(number)]
        assert at, (name, number, {one: stands[one] for one in names[said]})
        found.update(at)
    expected = {
        # The index, the contents, the purposes.
        booklet.anchor(item.ref): 1
        + booklet.has_sheet(item)
        + (0 if item.ended else len(item.record.purposes))
        for item in site.items.values()
    }
    assert found == expected


@pytest.mark.parametrize(("language", "form"), [("ja", "a4"), ("en", "a4"), ("ja", "a5")])
def test_printed_numbers_are_the_pages_on_which_records_stand(language: str, form: str) -> None:
    _prove_numbers(_pdf(language, form), _site(), language)


@pytest.mark.parametrize("form", ["a5", "large"])
def test_a_form_that_runs_on_counts_its_own_pages(form: str) -> None:
    job = next(one for one in _small() if (one.language, one.form) == ("en", form))
    written = make.set_job(job).files[job.path]
    site = _small_site()
    _prove_numbers(written, site, "en")
    # Otherwise it would not show whether numbers are those of this form.
    assert len(_destinations(written)) > 5
    book = booklet.plan(site, site.tongues["en"])
    assert any(_destinations(written)[one] != number for one, number in book.numbers.items())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_has_the_page_of_each_row(language: str) -> None:
    book = _book(language)
    text = _texts(language, "a4")[book.first("matrix").number - 1]
    for item in _site().main():
        name = item.words[language].short_name
        line = next(line for line in text.splitlines() if _bare(name) in _bare(line))
        rest = _bare(line).partition(_bare(name))[2]
        found = re.match(r"\d+", rest)
        assert found is not None, line
        assert int(found[0]) == book.page(item.ref), line
        marks = rest[found.end() :].count("●") + rest[found.end() :].count("○")
        assert marks == len(item.record.purposes), line


# --- codes ----------------------------------------------------------------------------------------
def _drawn(written: bytes, resolution: float, folder: Path) -> list[Path]:
    file = folder / "book.pdf"
    file.write_bytes(written)
    subprocess.run(["pdftoppm", "-gray", "-r", str(resolution), str(file), str(folder / "page")], check=True)
    return sorted(folder.glob("page-*.pgm"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("resolution", [100, 100 / 2**0.5], ids=["as printed", "reduced to A5"])
def test_codes_are_read_at_a_hundred_dots(language: str, resolution: float, tmp_path: Path) -> None:
    book = _book(language)
    pages = _drawn(_pdf(language, "a4"), resolution, tmp_path)
    prefix = "" if language == "ja" else "en/"
    for sheet in book.sheets:
        if sheet.kind != "record" or sheet.item is None:
            continue
        with Image.open(pages[sheet.number - 1]) as picture:
            read = [one.text for one in zxingcpp.read_barcodes(picture)]
        assert read == [f"{sites.PLACE}{prefix}q/{booklet.code(_site(), sheet.item.ref)}/#240319"], sheet.id


def test_a_code_is_26_millimetres_wide_at_least() -> None:
    with _opened(_pdf("ja", "a4")) as pdf:
        widths = []
        for one in pdf.objects:
            if (
                isinstance(one, pikepdf.Dictionary)
                and one.get("/S") == "/Figure"
                and "/q/" in str(one.get("/Alt", ""))
            ):
                box = [float(edge) for edge in one.A.BBox]
                widths.append((box[2] - box[0]) * 25.4 / 96)
    assert len(widths) == sum(map(booklet.has_sheet, _site().items.values()))
    assert min(widths) >= 26


# --- what the file says of itself -----------------------------------------------------------------
@pytest.mark.parametrize(("language", "form"), [("ja", "a4"), ("en", "a4"), ("ja", "a5"), ("ja", "poster")])
def test_only_shipped_faces_are_in_it_embedded_and_cut_down(language: str, form: str) -> None:
    written = _pdf(language, form)
    assert make.faces_of(written) <= {"BIZ-UDPGothic", "BIZ-UDPGothic-Bold", "BIZ-UDPMincho"}
    with _opened(written) as pdf:
        names = [
            str(one.FontName)
            for one in pdf.objects
            if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
        ]
    assert all(re.match(r"/[A-Z]{6}\+", name) for name in names), "subsets"
    assert "\N{REPLACEMENT CHARACTER}" not in "".join(_texts(language, form))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_language_title_and_standard_and_is_tagged(language: str) -> None:
    with _opened(_pdf(language, "a4")) as pdf:
        assert str(pdf.Root.Lang) == language
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as told:
            assert told["pdfuaid:part"] == "1"
            title = _site().tongues[language].interface["booklet"]["title"]
            assert told["dc:title"] == title.format(title=_site().settings.title[language])
        for one in pdf.objects:
            if not isinstance(one, pikepdf.Dictionary):
                continue
            if one.get("/S") == "/Figure":
                assert str(one.get("/Alt", "")), "a figure without words"
            if one.get("/Subtype") == "/Link":
                assert str(one.get("/Contents", "")), "a link without a description"
                assert not str(one.Contents).startswith(("programmes-", "#")), str(one.Contents)


@pytest.mark.parametrize("language", LANGUAGES)
def test_lists_and_tables_hold_what_they_may(language: str) -> None:
    """ISO 32000-1, 14.8.4.3: an L holds LI, an LI holds Lbl and LBody, a TR holds cells."""
    allowed = {"/L": {"/LI", "/L", "/Caption"}, "/LI": {"/Lbl", "/LBody"}, "/TR": {"/TH", "/TD"}}
    with _opened(_pdf(language, "a4")) as pdf:
        for one in pdf.objects:
            if isinstance(one, pikepdf.Dictionary) and str(one.get("/S", "")) in allowed and "/K" in one:
                kids = [str(kid.S) for kid in one.K if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
                assert set(kids) <= allowed[str(one.S)], (str(one.S), kids)


def _kids(element: Any) -> list[Any]:
    kids = element.get("/K", [])
    return list(kids) if isinstance(kids, pikepdf.Array) else [kids]


def _tree(pdf: pikepdf.Pdf) -> Iterator[tuple[Any, Any]]:
    """Every element with what stands in it: other elements, references to links, numbers of marked content."""
    waiting = _kids(pdf.Root.StructTreeRoot)
    while waiting:
        element = waiting.pop()
        for kid in _kids(element):
            yield element, kid
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                waiting.append(kid)


def _below(element: Any) -> Iterator[Any]:
    """Elements within one, in the order in which they are read."""
    for kid in _kids(element):
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _below(kid)


def _in_order(pdf: pikepdf.Pdf) -> Iterator[Any]:
    yield from _below(pdf.Root.StructTreeRoot)


def _read_aloud(language: str) -> Iterator[bytes]:
    """The booklet, its single sheets and small booklets, in which a link to another sheet is none."""
    folders = forms.sheet_name(language, "")[:-4], forms.purpose_name(language, "")[:-4]
    for path, written in sites.printed().items():
        if path == forms.file_name(language, "a4") or path.startswith(folders):
            yield written


@pytest.mark.parametrize("language", LANGUAGES)
def test_headings_begin_with_the_first_level_and_skip_none(language: str) -> None:
    """ISO 14289-1, 7.4.2."""
    for written in _read_aloud(language):
        with _opened(written) as pdf:
            levels = [int(str(one.S)[2:]) for one in _in_order(pdf) if re.fullmatch(r"/H\d", str(one.S))]
        assert levels
        assert all(next_ <= last + 1 for last, next_ in itertools.pairwise([0, *levels])), levels


def _span(cell: Any) -> int:
    return int(cell.get("/A", {}).get("/ColSpan", 1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_tables_are_regular_and_every_head_says_for_what(language: str) -> None:
    """ISO 14289-1, 7.5; a reader finds the heads of a cell by their scope alone."""
    for written in (*_read_aloud(language), _pdf("ja", "poster")):
        with _opened(written) as pdf:
            for table in (one for one in _in_order(pdf) if one.S == "/Table"):
                rows = [one for one in _below(table) if one.S == "/TR"]
                assert len({sum(map(_span, _kids(row))) for row in rows}) == 1, _kids(table)
                for row in rows:
                    cells = [str(cell.S) for cell in _kids(row)]
                    # A row of heads alone is the head of the table.
                    expected = "/Column" if "/TD" not in cells else "/Row"
                    for cell in _kids(row):
                        assert cell.S != "/TH" or cell.A.Scope == expected
                        assert "/ID" not in cell
                        assert "/Headers" not in cell.get("/A", {})
                assert any(cell.S == "/TH" for row in rows for cell in _kids(row))


def test_what_is_in_another_language_says_so() -> None:
    with _opened(_pdf("en", "a4")) as pdf:
        assert str(pdf.Root.Lang) == "en"
        texts = _marked(_pdf("en", "a4"))
        names = {_bare(plain_name(item, "ja")) for item in _site().items.values() if booklet.has_sheet(item)}
        marked = {_bare(_said(texts, one)): str(one.Lang) for one in _in_order(pdf) if "/Lang" in one}
        assert {name for name in names if marked.get(name) != "ja"} == set()
        # Japanese stands nowhere else but in what says so, or is within it.
        for one in _in_order(pdf):
            if (
                one.S == "/P"
                and "/Lang" not in one
                and _kids(one)
                and all(isinstance(kid, int) for kid in _kids(one))
            ):
                assert not re.search(r"[\u3040-\u30ff\u4e00-\u9fff]", _said(texts, one)), _said(texts, one)
    with _opened(_pdf("ja", "a4")) as pdf:
        assert not any("/Lang" in one and str(one.Lang) == "ja" for one in _in_order(pdf))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_is_told_once_and_as_a_link(language: str) -> None:
    """Not once more for each element within it (ISO 14289-1, 7.18.5)."""
    counts = []
    for written in _read_aloud(language):
        told: list[tuple[int, int]] = []
        with _opened(written) as pdf:
            for element, kid in _tree(pdf):
                if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR":
                    assert element.S == "/Link", element.S
                    told.append(_key(kid.Obj))
            laid = [_key(one) for page in pdf.pages for one in page.get("/Annots", [])]
            links = sum(
                isinstance(kid, pikepdf.Dictionary) and kid.get("/S") == "/Link" for _, kid in _tree(pdf)
            )
        assert sorted(told) == sorted(laid)
        assert len(set(told)) == len(told) >= links
        counts.append(len(told))
    assert len(counts) == 6
    assert max(counts) > 300


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_drawn_is_in_the_tags_or_an_artifact(language: str) -> None:
    """Each number of marked content stands in one element, and the way back from the number leads to it."""
    for written in _read_aloud(language):
        _numbers_lead_back(written)


def _numbers_lead_back(written: bytes) -> None:
    with _opened(written) as pdf:
        owners: dict[tuple[tuple[int, int], int], tuple[int, int]] = {}
        for element, kid in _tree(pdf):
            if not isinstance(kid, pikepdf.Dictionary):
                assert (_key(element.Pg), int(kid)) not in owners
                owners[_key(element.Pg), int(kid)] = _key(element)
        ways_back = pdf.Root.StructTreeRoot.ParentTree.Nums
        of_number = {int(ways_back[at]): ways_back[at + 1] for at in range(0, len(ways_back), 2)}
        for page in pdf.pages:
            numbers = [int(one) for one in re.findall(rb"/MCID (\d+)", page.Contents.read_bytes())]
            assert numbers == list(range(len(numbers)))
            parents = of_number[int(page.StructParents)]
            assert [_key(one) for one in parents] == [owners.pop((_key(page.obj), one)) for one in numbers]
            # The head, the number of the page and the tabs: nobody wants to hear them on every page.
            assert b"/Artifact" in page.Contents.read_bytes()
        assert not owners


def test_nothing_is_in_the_file_twice() -> None:
    """Neither tabs nor stamps nor lines for notes, which stand on nearly every page; faces hold what PDFs read."""
    written = _pdf("ja", "a4")
    with _opened(written) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        drawn = Counter(one.read_bytes() for one in streams if one.get("/Subtype") == "/Form")
        faces = [one.read_bytes() for one in streams if "/Length1" in one]
    assert max(drawn.values()) == 1
    assert len(faces) == 3
    for face in faces:
        tables = {face[at : at + 4] for at in range(12, 12 + 16 * int.from_bytes(face[4:6]), 16)}
        assert tables == {b"glyf", b"head", b"hhea", b"hmtx", b"loca", b"maxp"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_booklet_is_light_enough_for_a_phone(language: str) -> None:
    assert len(_pdf(language, "a4")) <= 600_000


@pytest.mark.parametrize(("language", "form"), [("ja", "a4"), ("en", "a4"), ("ja", "a5"), ("ja", "poster")])
def test_codes_widths_and_outlines_of_a_face_belong_together(language: str, form: str) -> None:
    """Every code that is shown has a glyph, a letter, and the width that its glyph has (ISO 14289-1, 7.21.5)."""
    with _opened(_pdf(language, form)) as pdf:
        assert not pdf.check_pdf_syntax()
        faces = pdf.pages[0].Resources.Font
        for name, codes in _shown(pdf).items():
            face = faces[name]
            letters = _to_unicode(face)
            assert set(letters) == codes, name
            descendant = face.DescendantFonts[0]
            widths = dict(_widths_of(descendant.W))
            with TTFont(io.BytesIO(descendant.FontDescriptor.FontFile2.read_bytes())) as program:
                grid, order = program["head"].unitsPerEm, program.getGlyphOrder()
                for code in codes:
                    number = _number(face.Encoding.read_bytes().decode(), code)
                    advance, left = program["hmtx"][order[number]]
                    assert abs(widths[number] - advance * 1000 / grid) <= 1
                    outline = program["glyf"][order[number]]
                    if outline.numberOfContours:
                        assert left == outline.xMin
                    else:
                        assert not letters[code].strip(), letters[code]


def _shown(pdf: pikepdf.Pdf) -> Mapping[str, set[bytes]]:
    """Face → codes with which something is drawn in it, on pages and in forms."""
    found: dict[str, set[bytes]] = {}
    first = pdf.pages[0].Resources.Font
    maps = {name: _to_unicode(face) for name, face in first.items()}
    streams = [page.Contents for page in pdf.pages]
    streams += [
        one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Form"
    ]
    for stream in streams:
        font = ""
        for one in pikepdf.parse_content_stream(stream):
            if str(one.operator) == "Tf":
                font = str(one.operands[0])
            elif str(one.operator) in ("TJ", "Tj"):
                operands: Any = one.operands[0] if str(one.operator) == "TJ" else one.operands
                for part in operands:
                    if isinstance(part, pikepdf.String):
                        found.setdefault(font, set()).update(_codes(bytes(part), maps[font]))
    return found


def _widths_of(written: Any) -> Iterator[tuple[int, float]]:
    for at in range(0, len(written), 2):
        yield from enumerate(map(float, written[at + 1]), int(written[at]))


def _number(encoding: str, code: bytes) -> int:
    """The glyph of a code, by the ranges of an encoding."""
    for first, last, number in re.findall(r"<([0-9a-f]+)><([0-9a-f]+)>(\d+)", encoding):
        if len(first) == 2 * len(code) and int(first, 16) <= int.from_bytes(code, "big") <= int(last, 16):
            return int(number) + int.from_bytes(code, "big") - int(first, 16)
    raise AssertionError(code)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_outline_names_every_record(language: str) -> None:
    with _opened(_pdf(language, "a4")) as pdf, pdf.open_outline() as outline:

        def walk(items: list[pikepdf.OutlineItem]) -> Iterator[str]:
            for item in items:
                yield _bare(item.title)
                yield from walk(list(item.children))

        named = list(walk(list(outline.root)))
    for sheet in _book(language).sheets:
        if sheet.kind == "record" and sheet.item is not None:
            assert _bare(plain_name(sheet.item, language)) in named, sheet.id


def _size(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    return (round((right - left) * 25.4 / 72), round((top - bottom) * 25.4 / 72))


@pytest.mark.parametrize(("form", "size"), [("a4", (210, 297)), ("a5", (148, 210)), ("poster", (420, 297))])
def test_pages_have_the_size_of_their_paper(form: str, size: tuple[int, int]) -> None:
    with _opened(_pdf("ja", form)) as pdf:
        assert {_size(page) for page in pdf.pages} == {size}
        assert form != "poster" or len(pdf.pages) == 1


def test_single_sheets_are_the_pages_of_the_booklet() -> None:
    made = sites.printed()
    for language in LANGUAGES:
        checked = 0
        for sheet in _book(language).sheets:
            path = forms.sheet_name(language, sheet.item.ref.slug) if sheet.item else ""
            if sheet.kind != "record" or sheet.item is None or path not in made:
                continue
            checked += 1
            with _opened(made[path]) as pdf:
                assert len(pdf.pages) == (2 if _book(language).continued(sheet.item.ref) else 1)
                assert pdf.Root.MarkInfo.Marked
                with pdf.open_metadata() as told:
                    assert told["dc:title"] == sheet.title
        assert checked == 3


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_small_booklet_is_its_opening_the_sheets_of_its_records_and_the_back(language: str) -> None:
    book, whole = _book(language), _pages_of(_pdf(language, "a4"), "-raw")
    stands = _places(_pdf(language, "a4"))
    made = {purpose: sites.printed().get(forms.purpose_name(language, purpose)) for purpose in book.excerpts}
    checked = 0
    for purpose, written in made.items():
        if written is None:
            continue
        checked += 1
        sheets, texts, places = book.excerpts[purpose], _pages_of(written, "-raw"), _places(written)
        assert len(texts) == len(sheets)
        for sheet, text, here in zip(sheets, texts, places, strict=True):
            if sheet.kind != "opening":
                assert text == whole[sheet.number - 1], sheet.id
                assert here == stands[sheet.number - 1], sheet.id
            else:
                assert str(sheet.number) not in text.split(), "it is no page of the booklet"
        items = [
            item for item in _site().items.values() if purpose in item.record.purposes and not item.ended
        ]
        rows = [(name, number) for name, number in _table_rows(written) if number.isdigit()]
        assert len(rows) >= len(items)
        for item in items:
            name, number = _bare(item.words[language].short_name), str(book.page(item.ref))
            assert any(said.startswith(name) and told == number for said, told in rows), item.ref
        with _opened(written) as pdf, pdf.open_metadata() as told:
            assert sheets[0].title in told["dc:title"]
    assert checked == 2


# --- imposed sheets -------------------------------------------------------------------------------
def _halves(imposed: bytes) -> Iterator[tuple[str, str]]:
    """Texts of the left and the right half of each side."""
    width, height = 148 * 72 / 25.4, 210 * 72 / 25.4
    halves = []
    for left in (0, width):
        box = ["-x", str(round(left)), "-y", "0", "-W", str(round(width)), "-H", str(round(height))]
        ran = subprocess.run(["pdftotext", *box, "-", "-"], input=imposed, stdout=subprocess.PIPE, check=True)
        halves.append([_bare(text) for text in ran.stdout.decode().split("\f")[:-1]])
    return zip(*halves, strict=True)


def test_imposed_sheets_are_twice_as_wide_and_in_order() -> None:
    imposed = sites.printed()["booklet/hayamihyo-ja-a5-imposed.pdf"]
    raw = subprocess.run(["pdftotext", "-", "-"], input=_pdf("ja", "a5"), stdout=subprocess.PIPE, check=True)
    single = [_bare(text) for text in raw.stdout.decode().split("\f")[:-1]]
    sides = imposition.order(len(single))
    for side, texts in zip(sides, _halves(imposed), strict=True):
        for at, said in zip((side.left, side.right), texts, strict=True):
            wanted = "" if at is None else single[at]
            # Poppler parts columns in another way where a page is half of one; letters stay the same.
            assert len(said) == pytest.approx(len(wanted), abs=3), at
            assert sum((Counter(said) - Counter(wanted)).values()) <= 3, at
    with _opened(imposed) as pdf:
        assert {_size(page) for page in pdf.pages} == {(296, 210)}
        assert "/MarkInfo" not in pdf.Root, "what cannot be read aloud does not say that it can"


# --- making ---------------------------------------------------------------------------------------
@cache
def _small_site() -> Site:
    site = pipeline.check(pipeline.Options(SMALL, base_url=sites.PLACE)).site
    assert site is not None
    return site


@cache
def _small() -> tuple[forms.Job, ...]:
    options = pipeline.Options(SMALL, base_url=sites.PLACE)
    return tuple(forms.jobs(pipeline.renderer(_small_site(), options), options.assets))


def test_the_same_is_set_in_the_same_bytes() -> None:
    job = next(one for one in _small() if one.form == "a5")
    first, second = make.set_job(job), make.set_job(job)
    assert first.files == second.files
    assert set(first.files) == {job.path, job.path.replace(".pdf", "-imposed.pdf")}


SHORT_WAYS = (
    "drawn_at_once",
    "kept",
    "known_lengths",
    "parsed_at_once",
    "shared_styles",
    "told_once",
    "usual_values",
    "without_notes",
)


def test_short_ways_set_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    job = next(one for one in _small() if one.form == "a4")
    quick = make.set_job(job)
    for name in SHORT_WAYS:
        monkeypatch.setattr(typeset, name, contextlib.nullcontext)
    assert make.set_job(job).files == quick.files


LETTERS = """
<!doctype html><html lang="ja"><head><title>字</title></head><body>
<h1 id="one">補助金 123</h1>
<p style="text-align: justify; width: 60mm">Letters that fill their measure stand apart from each other, line by line.</p>
<p style="width: 30mm; hyphens: auto" lang="en">Incomprehensibilities undoubtedly notwithstanding</p>
<p style="white-space: pre-wrap">one
two	three</p>
<p style="width: 20mm; overflow: hidden; white-space: nowrap; text-overflow: ellipsis">長い文は切られます長い文は切られます</p>
<p style="font-feature-settings: 'palt'">「カッコ」、と。</p>
<p style="letter-spacing: 1mm; word-spacing: 2mm">spaced out text</p>
<p style="text-decoration: underline">underlined <s>struck</s></p>
<p lang="he" dir="rtl">abc 123</p>
<p>a​b⁠c H<sub>2</sub>O <span style="font-variant-numeric: tabular-nums">1,000</span></p>
<p>\ue000 か\u3099 e\u0301 \u05d0\u05d1</p>
<section id="a"><p class="in">red</p><p class="heir">framed</p></section>
<section id="b" class="blue"><p class="in">blue</p></section>
<section id="c" class="bare"><p class="in">red</p><p class="heir">not framed</p></section>
<section id="d" class="own"><p class="in">red</p></section>
</body></html>
"""

LOOKS = """
body { font-family: "BIZ UDPGothic" }
section { color: red; border: 1px solid }
.blue { color: blue }
.bare { border: 0 }
.own { page: own }
.in { font-size: 1.2em; padding: .5em }
.heir { border: inherit }
"""


@pytest.mark.parametrize("way", [*SHORT_WAYS, "all"])
def test_letters_of_every_kind_are_set_the_same(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    fonts = pipeline.PROJECT / "assets" / "fonts"

    def written() -> bytes:
        return typeset.typeset(LETTERS, (LOOKS,), fonts, None).pdf({}, [1, 2])

    quick = written()
    for name in SHORT_WAYS if way == "all" else (way,):
        monkeypatch.setattr(typeset, name, contextlib.nullcontext)
    assert written() == quick


def test_what_is_unchanged_is_not_set_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    options = pipeline.Options(SMALL, base_url=sites.PLACE)
    site = pipeline.check(options).site
    assert site is not None
    rendering = pipeline.renderer(site, options)
    monkeypatch.setattr(make, "set_jobs", lambda jobs: [make.set_job(job) for job in jobs])
    first = make.make(rendering, options.assets, tmp_path, ("poster",))
    assert not first.from_store
    monkeypatch.setattr(make, "set_job", lambda job: pytest.fail("it was set again"))
    second = make.make(rendering, options.assets, tmp_path, ("poster",))
    assert second.from_store
    assert (second.files, second.printed) == (first.files, first.printed)


def test_a_half_written_file_of_the_store_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / "key.zip").write_bytes(b"PK")
    assert make._read(tmp_path, "key") is None


def test_a_sheet_that_spills_is_an_error_that_names_its_record() -> None:
    job = next(one for one in _small() if one.form == "a4")
    anchor = next(one for one in job.names if one.startswith("programmes-"))
    more = "<p>長い文です。</p>" * 120
    spilled = dataclasses.replace(
        job, html=job.html.replace(f'id="{anchor}">', f'id="{anchor}">{more}', 1), parts=()
    )
    result = make.set_job(spilled)
    assert not result.files
    assert [fault.file for fault in result.faults if anchor in fault.en] == [job.names[anchor]]


@pytest.mark.parametrize("lines", [60, 80])
def test_a_column_that_runs_on_to_the_next_sheet_is_an_error(lines: int) -> None:
    job = next(one for one in _small() if one.form == "a4")
    begin = job.html.index('id="contents"')
    at = job.html.index('<div class="half">', begin) + len('<div class="half">')
    long = job.html[:at] + "<p>長い目次です。</p>" * lines + job.html[at:]
    result = make.set_job(dataclasses.replace(job, html=long, parts=()))
    assert not result.files
    assert ["contents" in fault.en for fault in result.faults][:1] == [True]


def test_text_that_finds_no_room_is_an_error() -> None:
    job = next(one for one in _small() if one.form == "a4")
    # A foot of set height, as English had it: its last lines stood on no page.
    css = tuple(f"{one} .leaf-foot {{ height: 32mm; line-height: 2.4 !important }}" for one in job.css)
    result = make.set_job(dataclasses.replace(job, css=css, parts=()))
    assert not result.files
    assert any("印刷されない文字" in one.ja and "would not be printed" in one.en for one in result.faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_says_where_its_facts_come_from_and_how_they_were_read(language: str) -> None:
    tongue = _site().tongues[language]
    book = booklet.plan(_site(), tongue)
    # In the order of writing: on the sheet as it stands, lines of two columns are mixed.
    texts = [_bare(one) for one in _pages_of(_pdf(language, "a4"), "-raw")]
    for sheet in book.sheets:
        if sheet.kind != "record" or sheet.item is None:
            continue
        said = texts[sheet.number - 1]
        assert _bare(_site().material_of(sheet.item).source.title[language]) in said, sheet.id
        record = sheet.item.record
        if record.notes or record.errata:
            number = book.numbers[f"reading-{sheet.id}"]
            pattern = tongue.interface["booklet"]["readings"]
            page = tongue.interface["booklet"]["page"].format(n=number)
            assert _bare(pattern.format(page=page)) in said, sheet.id
        for group in record.groups:
            if any(fact.group == group for fact in record.facts):
                pages = [one.number for one in book.sheets if one.item is sheet.item]
                label = sheet.item.words[language].groups[group].label
                assert any(_bare(label) in texts[number - 1] for number in pages), label


@pytest.mark.parametrize("place", ["bottom: -40mm; left: 0", "left: -60mm; top: 0", "top: 0; left: 300mm"])
def test_text_beyond_the_edge_of_the_paper_is_an_error(place: str) -> None:
    job = next(one for one in _small() if one.form == "large")
    astray = f'<p style="position: absolute; white-space: nowrap; {place}">迷った文字</p></section>'
    result = make.set_job(dataclasses.replace(job, html=job.html.replace("</section>", astray, 1)))
    assert not result.files
    assert any("迷った文字" in fault.ja and "迷った文字" in fault.en for fault in result.faults)


def test_a_letter_that_no_shipped_face_has_is_an_error() -> None:
    job = next(one for one in _small() if one.form == "poster")
    result = make.set_job(dataclasses.replace(job, html=job.html.replace("</h1>", "𠮷</h1>", 1)))
    assert result.faults
    assert not result.files


def test_without_the_program_that_sets_the_reason_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("weasyprint", "weasyprint.text.ffi"):
        monkeypatch.setitem(sys.modules, name, None)
    monkeypatch.setattr(typeset, "engine", typeset.engine.__wrapped__)
    with pytest.raises(typeset.Unavailable):
        typeset.versions()


def test_what_is_kept_depends_on_every_program_that_writes_it() -> None:
    for program in ("weasyprint", "pydyf", "fonttools", "pango", "deflate", "pikepdf", "qpdf"):
        assert program in typeset.versions()


def test_without_pango_a_plain_hint_is_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from hayami import cli

    def missing() -> Any:
        raise typeset.Unavailable("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(typeset, "engine", missing)
    assert cli.main(["book", "--content", str(SMALL)]) == 2
    said = capsys.readouterr().err
    assert "Pango" in said
    assert "apt install libpango-1.0-0" in said
    assert "部品" in said
    assert "Traceback" not in said
