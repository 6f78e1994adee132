"""Which places a page shows, what the check says of a wrong diagram, and what stands on the pages."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hayami import pages, pipeline, places
from hayami.model import Site
from hayami.schema.scalars import Ref
from tests import sites

PROJECT = pipeline.PROJECT
BASE = Path(__file__).parent.parent / "cases" / "base" / "content"


@pytest.fixture(scope="module")
def built() -> pipeline.Built:
    return sites.built(sites.CATALOGUE)


@pytest.fixture(scope="module")
def site(built: pipeline.Built) -> Site:
    assert built.site is not None, built.problems
    return built.site


def shown(site: Site, ref: str) -> list[tuple[str, str | None, int | None]]:
    found = places.of_page(site, site.items[Ref.parse(ref)])
    return [(place.item.ref.slug, place.contact, place.number) for place in found]


def test_an_organisation_has_its_desks_and_the_places_that_it_runs(site: Site) -> None:
    assert shown(site, "organisation:tokyo-sme-support-center") == [
        ("tokyo-sme-support-center", "head-office", 1),
        ("industrial-trade-center-taito", None, 2),
        ("industrial-trade-center-hamamatsucho", None, 3),
    ]
    assert shown(site, "organisation:ip-center") == [
        ("ip-center", contact, number)
        for number, contact in enumerate(("main-center", "joto", "jonan", "tama"), start=1)
    ]


def test_a_place_off_the_diagram_has_no_number(site: Site) -> None:
    found = shown(site, "organisation:tiri")
    assert len(found) == 7
    assert found[-1] == ("tiri-bangkok", None, None)
    assert [number for _, _, number in found[:-1]] == [1, 2, 3, 4, 5, 6]
    assert [place.closed for place in places.of_page(site, site.items[Ref.parse("organisation:tiri")])] == [
        slug == "tiri-joto" for slug, _, _ in found
    ]


def test_a_venue_has_its_halls_and_a_single_place_no_diagram(site: Site) -> None:
    assert [slug for slug, _, _ in shown(site, "facility:industrial-trade-center")] == [
        "industrial-trade-center-taito",
        "industrial-trade-center-hamamatsucho",
    ]
    for alone in ("facility:tokyo-big-sight", "organisation:tcyss", "programme:design-support"):
        assert shown(site, alone) == []


def test_the_page_of_all_places_leaves_none_out(site: Site) -> None:
    found = places.of_page(site, None)
    made_of_others = {
        item.ref
        for item in site.of_kind("facilities")
        if any(ref.kind == "facilities" for ref in item.children)
    }
    assert {place.item.ref for place in found if place.contact is None} == {
        item.ref for item in site.of_kind("facilities")
    } - made_of_others
    assert site.diagram is not None
    numbered = {(place.item.ref, place.contact) for place in found if place.number is not None}
    assert numbered == set(places.spots(site.diagram))
    assert sorted(place.number for place in found if place.number) == list(range(1, len(numbered) + 1))


def test_every_pin_of_every_page_has_its_name(site: Site) -> None:
    """In this catalogue there is room for all of them, in both languages."""
    for item in (None, *site.items.values()):
        found = places.of_page(site, item)
        for tongue in site.tongues.values():
            if not found:
                continue
            narrow, wide = places.drawn(site, tongue, found)
            numbers = [place.number for place in found if place.number]
            assert [pin.mark.number for pin in narrow.pins] == numbers
            assert [name.number for name in wide.names] == numbers
            assert len(narrow.captions) == len(wide.captions) == 5


# --- the pages -----------------------------------------------------------------------------------
def part(page: bytes, start: str, end: str) -> str:
    found = re.search(f"{start}.*?{end}", page.decode(), re.DOTALL)
    assert found, start
    return found[0]


@pytest.mark.parametrize("language", ["", "en/"], ids=["ja", "en"])
def test_the_sketch_is_for_the_eye_and_the_table_for_everyone(built: pipeline.Built, language: str) -> None:
    page = built.files[f"{language}facilities/index.html"]
    figure = part(page, '<div class="sketch" aria-hidden="true">', '<table class="tbl stack">')
    assert "<a " not in figure
    assert "tabindex" not in figure
    table = part(page, '<table class="tbl stack">', "</table>")
    assert table.count("<tr") == 19
    assert table.count('<th scope="row">') == 18
    assert "tel:0332517881" in table
    assert table.count('<strong class="closed">') == 1
    for slug in ("tiri-headquarters", "tokyo-big-sight", "industrial-trade-center-taito", "tama-mirai-messe"):
        assert f'href="{slug}/"' in table
    assert 'href="industrial-trade-center/"' in table
    numbers = re.findall(r'<g class="pin[^"]* n(\d+)"', figure)
    assert [int(one) for one in numbers] == [*range(1, 18)] * 2
    assert re.findall(r'<tr class="r(\d+)"', table) == [str(number) for number in range(1, 18)]


def test_a_closed_place_has_a_mark_of_its_own_and_says_so(built: pipeline.Built) -> None:
    page = built.files["organisations/tiri/index.html"]
    row = part(page, '<tr class="r4">', "</tr>")
    assert "tiri-joto/" in row
    assert '<path class="strike"' in row
    assert "休館中</strong>" in row
    assert "休館 令和5年度" in row
    key = part(page, '<ul class="key">', "</ul>")
    assert key.count("<li>") == 2
    assert '<path class="strike"' in key


def test_the_style_sheet_is_linked_where_places_are_shown_and_nowhere_else(built: pipeline.Built) -> None:
    for name, page in built.files.items():
        if name.endswith(".html"):
            assert bool(re.search(rb"css/(?:[a-z-]+-)?places\.css", page)) == (
                b'<div class="places">' in page
            ), name


def test_places_are_not_listed_twice(built: pipeline.Built) -> None:
    page = built.files["organisations/tiri/index.html"].decode()
    assert page.count('href="../../facilities/tiri-sumida/"') == 1
    assert b'<ul class="rows">' not in built.files["facilities/index.html"]


# --- a wrong diagram -----------------------------------------------------------------------------
@pytest.fixture
def check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[tuple[str, int, int]]]:
    """What a check says of the base with this diagram: (code, line, column) in places.yaml."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(BASE, tmp_path / "content")

    def run(diagram: str) -> list[tuple[str, int, int]]:
        (tmp_path / "content" / "places.yaml").write_text(diagram, encoding="utf-8", newline="\n")
        checked = pipeline.check(pipeline.Options(tmp_path / "content"))
        assert {problem.place.file for problem in checked.problems} <= {"content/places.yaml"}
        return [(one.code, one.place.line, one.place.column) for one in checked.problems]

    return run


@pytest.mark.parametrize(
    ("diagram", "expected"),
    [
        ("spots: [{at: [1, 100], places: [facility:hall]}]", []),
        ("spots: []\nsquares: venue", []),
        ("spots: []\nsquares: [venu]", [("unknown-id", 2, 11)]),
        ("spots:\n  - {at: [1, 101]}", [("wrong-type", 2, 10)]),
        ("spots:\n  - {at: [1]}", [("wrong-type", 2, 10)]),
        ("spots:\n  - {at: 5}", [("wrong-type", 2, 10)]),
        ("spots:\n  - {at: [1, 2], places: [facility:hal]}", [("unknown-reference", 2, 27)]),
        ("spots:\n  - {at: [1, 2], places: [programme:grant]}", [("wrong-type", 2, 27)]),
        (
            "spots:\n  - {at: [1, 2], desks: [{record: organisation:desk, contact: door}]}",
            [("unknown-entry", 2, 63)],
        ),
        (
            "spots:\n  - {at: [1, 2], desks: [{record: organisation:desc, contact: door}]}",
            [("unknown-reference", 2, 35)],
        ),
        (
            "spots:\n  - {at: [1, 2], places: [facility:hall]}\n  - {at: [3, 4], places: [facility:hall]}",
            [("duplicate-id", 3, 27)],
        ),
        ("spots: []\nlines: [{points: [[1, 2]]}]", [("empty-value", 2, 18)]),
        ("spots: []\nlines: [{kind: road, points: [[1, 2], [3, 4]]}]", [("unknown-value", 2, 16)]),
        (
            "spots: []\ncaptions: [{words: {ja: 西}, at: [1, 2]}]",
            [("missing-string", 2, 20)],
        ),
        (
            "spots: []\ncaptions: [{words: {ja: 西, en: West, fr: Ouest}, at: [1, 2]}]",
            [("unknown-language", 2, 38)],
        ),
        ("spotts: []", [("unknown-key", 1, 1)]),
    ],
)
def test_what_is_wrong_in_a_diagram_is_told_with_its_place(
    check: Callable[[str], list[tuple[str, int, int]]], diagram: str, expected: list[tuple[str, int, int]]
) -> None:
    assert check(diagram + "\n") == expected


def test_a_catalogue_without_a_diagram_shows_the_table_alone(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(PROJECT / "content", content)
    (content / "places.yaml").unlink()
    options = pipeline.Options(content)
    checked = pipeline.check(options)
    assert checked.site is not None, checked.problems
    (listed,) = (
        one for one in pages.plan(checked.site)[0] if (one.key, one.language) == ("facilities", "ja")
    )
    page = pipeline.renderer(checked.site, options).page(listed).decode()
    assert '<table class="tbl stack">' in page
    assert 'class="sketch"' not in page
    assert '<svg class="sign"' not in page
    # Desks whose address is not stated have their place from the diagram alone.
    assert page.count('<th scope="row">') == 14


def test_a_catalogue_with_one_place_keeps_its_list() -> None:
    built = pipeline.build(pipeline.Options(BASE))
    page = built.files["facilities/index.html"]
    assert b'<ul class="rows">' in page
    assert b'<div class="places">' not in page
