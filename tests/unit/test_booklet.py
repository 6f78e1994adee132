"""The plan of the booklet: sheets, numbers, columns, codes, imposition."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree

import pytest
import segno

from hayami import booklet, columns, editions, health, leaves, pipeline, qr, weights
from hayami.model import Site, Tongue
from hayami.printing import forms, imposition
from hayami.render import Printed
from hayami.schema.booklet import SECTIONS, SheetSettings
from hayami.schema.record import KINDS

CATALOGUE = Path(__file__).parent.parent.parent / "content"


@cache
def _site() -> Site:
    site = pipeline.check(pipeline.Options(CATALOGUE, base_url="https://hayami.example.jp/")).site
    assert site is not None
    return site


def _books() -> list[booklet.Booklet]:
    return [booklet.plan(_site(), tongue) for tongue in _site().tongues.values()]


def test_every_record_stands_in_the_booklet_once() -> None:
    for book in _books():
        own = [sheet.item.ref for sheet in book.sheets if sheet.kind == "record" and sheet.item]
        shared = [
            item.ref for sheet in book.sheets if sheet.kind in booklet.ENTRIES for item in sheet.data["items"]
        ]
        assert sorted(map(str, own + shared)) == sorted(map(str, _site().items))


def test_every_row_of_the_table_has_a_sheet_of_its_own_but_places() -> None:
    for item in _site().main():
        assert booklet.has_sheet(item) == (item.ref.kind != "facilities"), item.ref


def test_parts_with_terms_of_their_own_have_sheets() -> None:
    refs = {str(item.ref) for item in _site().items.values() if booklet.has_sheet(item)}
    assert "programme:overseas-exhibition" in refs, "it has conditions and steps"
    assert "programme:us-europe-china" not in refs, "it is one offer of its parent"


def test_the_page_of_downloads_says_sizes_and_pages_plainly() -> None:
    options = pipeline.Options(CATALOGUE)
    printed = (
        Printed("booklet/hayamihyo-en-a4.pdf", "en", "a4", 109, 656_665),
        Printed("booklet/hayamihyo-en-poster-a3.pdf", "en", "poster", 1, 49_516),
        Printed("booklet/purposes/en/risk.pdf", "en", "purpose", 10, 82_911, "opening-risk"),
        Printed("booklet/sheets/en/tiri.pdf", "en", "sheet", 2, 46_001, "organisations-tiri"),
        Printed("booklet/hayamihyo-ja-a4.pdf", "ja", "a4", 92, 847_276),
    )
    rendering = replace(pipeline.renderer(_site(), options), printed=printed)
    page = dict(rendering.site_files())["en/booklet/download/index.html"].decode()
    for said in (
        "Booklet on A4 (PDF, 0.7 MB)",
        "Pages: 109",
        "The table on A3 (PDF, 0.05 MB)",
        "Pages: 1<",
        "Prepare for crises (PDF, 0.08 MB)",
        "(PDF, 0.05 MB)",
    ):
        assert said in page, said
    assert "hayamihyo-ja" not in page
    assert not re.search(r"\d\.\d{4}", page)


def test_a_record_leads_to_its_own_sheet_and_stays_light() -> None:
    sheets = tuple(
        Printed(forms.sheet_name(code, item.ref.slug), code, "sheet", 1, 20_000, booklet.anchor(item.ref))
        for item in _site().items.values()
        for code in _site().tongues
    )
    rendering = pipeline.renderer(_site(), pipeline.Options(CATALOGUE, base_url="https://hayami.example.jp/"))
    without, files = dict(rendering.site_files()), dict(replace(rendering, printed=sheets).site_files())
    pages = [
        name for name in files if re.match(r"(en/)?(programmes|organisations|facilities)/[^/]+/index", name)
    ]
    assert len(pages) > 150
    for name in pages:
        *_, slug, _ = name.split("/")
        code = "en" if name.startswith("en/") else "ja"
        found = re.findall(r'href="[./]*(booklet/[^"]+pdf)"', files[name].decode())
        assert found == [f"booklet/sheets/{code}/{slug}.pdf"]
        assert b".pdf" not in without[name]
    heaviest = max(weights.first_loads(files, pages), key=lambda one: one.total)
    assert heaviest.total <= health.LIMIT, heaviest


def test_a_small_booklet_has_every_record_of_its_purpose() -> None:
    for code, tongue in _site().tongues.items():
        book = booklet.plan(_site(), tongue)
        fitting = {
            one.id: {
                item.ref
                for item in _site().items.values()
                if one.id in item.record.purposes and not item.ended
            }
            for one in _site().vocabulary.purposes
        }
        assert set(book.excerpts) == {purpose for purpose, found in fitting.items() if found}
        for purpose, sheets in book.excerpts.items():
            openings = [one for one in sheets if one.kind == "opening"]
            listed = {item.ref for one in openings for item in one.data["rows"]}
            told = {item.ref for one in openings for item in one.data["others"]}
            own = {one.item.ref for one in sheets if one.kind == "record" and one.item}
            assert listed == fitting[purpose] == told | own, (code, purpose)
            assert not told & own
            assert sheets[-1].kind == "back"
            for ref in own:
                assert [one.kind for one in sheets if one.item and one.item.ref == ref] == (
                    ["record", "more"] if book.continued(ref) else ["record"]
                )


def test_numbers_are_the_order_of_the_sheets() -> None:
    for book in _books():
        assert [sheet.number for sheet in book.sheets] == list(range(1, len(book.sheets) + 1))
        assert [book.sheets[0].kind, book.sheets[1].kind, book.sheets[-1].kind] == ["cover", "howto", "back"]
        ids = [sheet.id for sheet in book.sheets]
        assert len(set(ids)) == len(ids)
        for sheet in book.sheets:
            assert book.numbers[sheet.id] == sheet.number


def test_every_section_of_a_record_stands_on_one_of_its_sheets() -> None:
    for book in _books():
        for first in book.sheets:
            if first.kind != "record" or first.item is None:
                continue
            shown = list(book.sections(first))
            more = [one for one in book.sheets if one.kind == "more" and one.item == first.item]
            for one in more:
                assert one.number == first.number + 1
                assert book.sections(one)
                shown += book.sections(one)
            left_out = book.settings(first.item.ref).without
            assert sorted((*shown, *left_out)) == sorted(SECTIONS)


def test_only_what_states_no_fact_can_be_left_out() -> None:
    with pytest.raises(ValueError, match="offers"):
        SheetSettings.model_validate({"record": "programme:x", "without": ["offers"]})


def test_printed_addresses_have_sixty_characters_at_most() -> None:
    """Also at the usual place of a site that belongs to a repository."""
    for base in ("https://hayami.example.jp/", "https://owner.github.io/hayami/"):
        for language in ("", "en/"):
            for item in _site().items.values():
                if booklet.has_sheet(item):
                    address = f"{base}{language}q/{booklet.code(_site(), item.ref)}/#240319"
                    assert len(address) <= 60, address


def test_codes_on_paper_lead_to_one_record() -> None:
    seen: dict[str, str] = {}
    for item in _site().items.values():
        for code in editions.codes(_site(), item):
            assert seen.setdefault(code, str(item.ref)) == str(item.ref)


GOLDEN = Path(__file__).parent.parent / "golden" / "content"


def test_the_edition_is_the_day_of_the_newest_change() -> None:
    assert booklet.token(booklet.edition(_site())) == "240319"
    changed = pipeline.check(pipeline.Options(GOLDEN)).site
    assert changed is not None
    assert booklet.edition(changed) == date(2024, 8, 2)
    assert booklet.edition(replace(changed, changes=())) == changed.settings.as_of
    renewed = replace(changed, settings=changed.settings.model_copy(update={"as_of": date(2025, 3, 21)}))
    assert booklet.edition(renewed) == date(2025, 3, 21), (
        "new material is a new edition, whatever changed before"
    )


def test_a_page_of_an_edition_tells_what_changed_and_not_the_first_edition() -> None:
    site = pipeline.check(pipeline.Options(GOLDEN)).site
    assert site is not None
    told = {
        item.ref.slug: [one.day for one in editions.changes(site, site.tongues["en"], item)]
        for item in site.items.values()
    }
    assert told["machine-grant"] == [date(2024, 8, 2)]
    assert told["desk"] == [date(2024, 6, 10)]
    assert told["fair"] == []


# --- columns --------------------------------------------------------------------------------------
def test_columns_are_parted_where_the_higher_one_is_lowest() -> None:
    heights = [3.0, 1.0, 4.0, 1.0, 5.0, 9.0, 2.0, 6.0]
    best = min(max(sum(heights[:at]), sum(heights[at:])) for at in range(1, len(heights) + 1))
    at = columns.parting(heights, [True] * len(heights))
    assert max(sum(heights[:at]), sum(heights[at:])) == best


def test_a_column_rather_begins_with_a_heading() -> None:
    assert columns.parting([5, 4, 1, 4, 4], [True, False, False, True, True]) == 3, "a line longer"
    assert columns.parting([5, 4, 6, 3], [True, False, False, True]) == 2, "much longer"


def test_what_goes_on_in_the_second_column_has_its_heading_again() -> None:
    again: Callable[[str], str] = "{} (continued)".format
    group = f'<div class="group"><h4>A &amp; B</h4> told</div>{"<p>two</p>" * 6}'
    first = f"<h3>What there is</h3><p>one</p>{columns.CUT}{group}{columns.CUT}"
    for more, said in (("<p>three</p>", ["A &amp; B (continued)"]), ("<h3>Contact</h3><p>four</p>", [])):
        made = columns.in_columns(first + more + "<p>five</p>" * 5, again)
        assert made.count('<div class="half">') == 2
        assert re.findall(r'<p class="sub again">(.*?)</p>', made) == said


def test_columns_keep_order_and_lose_nothing() -> None:
    blocks = columns.CUT.join(f"<p>{number}</p>" for number in range(9))
    made = columns.in_columns(blocks, str)
    assert made.count('<div class="half">') == 2
    assert [made.index(f"<p>{number}</p>") for number in range(9)] == sorted(
        made.index(f"<p>{number}</p>") for number in range(9)
    )
    assert columns.CUT not in made


# --- codes ----------------------------------------------------------------------------------------
def test_a_drawn_code_is_the_matrix_with_four_empty_modules_around() -> None:
    address = "https://hayami.example.jp/q/crisis/#240319"
    width, path = qr.drawn(address)
    matrix = segno.make(address, error="m", micro=False, boost_error=False).matrix
    assert width == len(matrix) + 8
    dark = set()
    for piece in path.split("M")[1:]:
        start, length = piece.split("h")
        x, y = start.split(" ")
        dark |= {(int(x) - 4 + step, int(float(y) - 4.5)) for step in range(int(length))}
    assert dark == {(x, y) for y, row in enumerate(matrix) for x, one in enumerate(row) if one}


# --- margins --------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["ja", "en"])
def test_tabs_are_drawings_whatever_a_category_is_called(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Tongue, "short_of", lambda *_: "Q&A <X>")
    design = pipeline.renderer(_site(), pipeline.Options(CATALOGUE)).design
    sheet = leaves.sheet(_site(), _site().tongues[language], design, leaves.A4)
    drawings = re.findall(r'url\("data:image/svg\+xml,([^"]*)"\)', sheet)
    said = {"".join(ElementTree.fromstring(unquote(one)).itertext()) for one in drawings}
    assert said == {"", "Q&A <X>"}


# --- imposition -----------------------------------------------------------------------------------
@pytest.mark.parametrize("pages", range(1, 33))
def test_folded_sheets_are_read_in_order_and_blanks_come_before_the_back(pages: int) -> None:
    sides = imposition.order(pages)
    assert len(sides) % 2 == 0
    fronts, backs = sides[::2], sides[1::2]
    # Folded: the right halves of the fronts and the left halves of the backs from outside in, then back out.
    first = itertools.chain.from_iterable(
        (front.right, back.left) for front, back in zip(fronts, backs, strict=True)
    )
    second = itertools.chain.from_iterable(
        (back.right, front.left) for front, back in reversed(list(zip(fronts, backs, strict=True)))
    )
    read = [*first, *second]
    blanks = len(read) - pages
    assert 0 <= blanks < 4
    assert read == [*range(pages - 1), *[None] * blanks, pages - 1]


def test_inner_sheets_creep_towards_the_fold() -> None:
    creeps = [side.creep for side in imposition.order(40)]
    assert creeps[0] == creeps[1] == 0
    assert creeps == sorted(creeps)
    assert creeps[-1] == pytest.approx(9 * imposition.PAPER)


def test_kinds_of_records_are_known() -> None:
    assert {sheet.item.ref.kind for book in _books() for sheet in book.sheets if sheet.item} <= set(KINDS)
