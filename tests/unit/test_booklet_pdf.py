"""The PDFs of the booklet, as other programs read them: pages, numbers, codes, letters, tags, bytes.

poppler reads texts and draws pages, pikepdf reads objects, zxing-cpp reads codes: none of them wrote the files.
"""

from __future__ import annotations

import dataclasses
import io
import re
import shutil
import subprocess
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import zxingcpp
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
def _site(content: Path = CATALOGUE) -> Site:
    site = pipeline.check(pipeline.Options(content, base_url=sites.PLACE)).site
    assert site is not None
    return site


@cache
def _book(language: str) -> booklet.Booklet:
    return booklet.plan(_site(), _site().tongues[language])


def _pdf(language: str, form: str) -> bytes:
    """That of the catalogue; on small paper that of the small one."""
    made = sites.printed_small() if form == "a5" else sites.printed()
    return made[forms.file_name(language, form)]


@cache
def _texts(language: str, form: str) -> tuple[str, ...]:
    """Text of each page, laid out as it stands."""
    ran = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=_pdf(language, form), stdout=subprocess.PIPE, check=True
    )
    return tuple(ran.stdout.decode().split("\f")[:-1])


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


def _numbered(language: str, kind: str, form: str = "a4") -> Iterator[tuple[str, str]]:
    """Rows of the tables of a part of the book as the tags have them: name and number."""
    book = _book(language)
    numbers = [sheet.number for sheet in book.sheets if sheet.kind == kind]
    with _opened(_pdf(language, form)) as pdf:
        pages = {_key(pdf.pages[number - 1].obj) for number in numbers}
        for row in _rows(pdf.Root.StructTreeRoot.K, pages):
            cells = [_bare(_said(pdf, cell)) for cell in row.K]
            yield cells[0], cells[-1]


def _key(page: Any) -> tuple[int, int]:
    number, generation = page.objgen
    return int(number), int(generation)


def _rows(kids: Any, pages: set[tuple[int, int]]) -> Iterator[Any]:
    for one in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if not isinstance(one, pikepdf.Dictionary) or "/S" not in one:
            continue
        if one.S == "/TR":
            if _key(one.Pg) in pages:
                yield one
        elif "/K" in one:
            yield from _rows(one.K, pages)


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
                elif name == "TJ" and current >= 0:
                    said = ""
                    for part in operands[0]:
                        if isinstance(part, pikepdf.String):
                            raw = bytes(part)
                            said += "".join(
                                maps[font].get(raw[at : at + 2], "?") for at in range(0, len(raw), 2)
                            )
                    key = (_key(page.obj), current)
                    found[key] = found.get(key, "") + said
    return found


def _to_unicode(face: Any) -> dict[bytes, str]:
    """Both forms of lines in a map: single letters and ranges."""
    table: dict[bytes, str] = {}
    text = face.ToUnicode.read_bytes().decode()
    for block in re.findall(r"beginbfchar(.*?)endbfchar", text, re.DOTALL):
        for code, letter in re.findall(r"<([0-9a-fA-F]+)>\s*<([0-9a-fA-F]+)>", block):
            table[bytes.fromhex(code)] = bytes.fromhex(letter).decode("utf-16-be")
    return table


def _said(pdf: pikepdf.Pdf, element: Any) -> str:
    texts = _marked_of(pdf)
    out = ""
    kids = element.K if isinstance(element.K, pikepdf.Array) else [element.K]
    for one in kids:
        if isinstance(one, pikepdf.Dictionary):
            out += _said(pdf, one) if "/S" in one else ""
        else:
            out += texts.get((_key(element.Pg), int(one)), "")
    return out


_HELD: dict[int, dict[tuple[tuple[int, int], int], str]] = {}


def _marked_of(pdf: pikepdf.Pdf) -> dict[tuple[tuple[int, int], int], str]:
    for language in LANGUAGES:
        if len(pdf.pages) == len(_book(language).sheets) and str(pdf.Root.Lang) == language:
            return _marked(_pdf(language, "a4"))
    raise AssertionError("another document")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "names"), [("contents", "short"), ("index", "full"), ("purposes", "short")])
def test_printed_numbers_are_the_pages_on_which_records_stand(language: str, kind: str, names: str) -> None:
    """Names and numbers are read from the tags of the finished file, pages from the texts of its pages."""
    texts = [_bare(text) for text in _texts(language, "a4")]
    spoken = {
        _bare(plain_name(item, language) if names == "full" else item.words[language].short_name): item
        for item in _site().items.values()
    }
    checked = 0
    for name, number in _numbered(language, kind):
        item = spoken.get(name) or next((one for said, one in spoken.items() if name.startswith(said)), None)
        if item is None:
            continue
        assert number.isdigit(), (name, number)
        assert _bare(plain_name(item, language)) in texts[int(number) - 1], (name, number)
        checked += 1
    if kind == "index":
        assert checked == len(_site().items)
    elif kind == "contents":
        assert checked == sum(map(booklet.has_sheet, _site().items.values()))
    elif kind == "purposes":
        assert checked == sum(len(item.record.purposes) for item in _site().items.values())


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


def test_small_paper_counts_its_own_pages() -> None:
    """Numbers that the style sheet counts lead to the pages of that form."""
    texts = [_bare(text) for text in _texts("ja", "a5")]
    contents = next(
        text
        for text in texts
        if text.startswith(_bare("早見表 令和6年度（2024年度）目次")) or "目次" in text[:40]
    )
    checked = 0
    items = [item for item in _site(sites.GOLDEN).items.values() if booklet.has_sheet(item)]
    for item in items:
        name = _bare(item.words["ja"].short_name)
        found = re.search(rf"{re.escape(name)}(?:[\d,億万円]+円)?(\d{{1,3}})(?!\d)", "".join(texts[2:6]))
        if found is None:
            continue
        page = int(found[1])
        if page < len(texts) and _bare(plain_name(item, "ja")) in texts[page - 1]:
            checked += 1
    assert contents
    assert checked == len(items) > 1


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


def _read_aloud(language: str) -> Iterator[bytes]:
    """The booklet and its single sheets, in which a link to another sheet is none."""
    for path, written in sites.printed().items():
        if path == forms.file_name(language, "a4") or path.startswith(forms.sheet_name(language, "")[:-4]):
            yield written


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
    assert len(counts) == 4
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
    assert len(written) < 900_000, len(written)


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
    imposed = sites.printed_small()["booklet/hayamihyo-ja-a5-imposed.pdf"]
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
def _small() -> tuple[forms.Job, ...]:
    options = pipeline.Options(SMALL, base_url=sites.PLACE)
    site = pipeline.check(options).site
    assert site is not None
    return tuple(forms.jobs(pipeline.renderer(site, options), options.assets))


def test_the_same_is_set_in_the_same_bytes() -> None:
    job = next(one for one in _small() if one.form == "a5")
    first, second = make.set_job(job), make.set_job(job)
    assert first.files == second.files
    assert set(first.files) == {job.path, job.path.replace(".pdf", "-imposed.pdf")}


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
        job, html=job.html.replace(f'id="{anchor}">', f'id="{anchor}">{more}', 1), singles=()
    )
    result = make.set_job(spilled)
    assert not result.files
    assert [fault.file for fault in result.faults if anchor in fault.en] == [job.names[anchor]]


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
    for program in ("weasyprint", "pydyf", "fonttools", "pango", "pikepdf", "qpdf"):
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
