"""The place diagram as a browser draws it: which of its two forms is seen, and that no words lie over others."""

from __future__ import annotations

import re
from itertools import combinations
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

PAGES = (
    "facilities/",
    "organisations/tiri/",
    "organisations/ip-center/",
    "organisations/tokyo-sme-support-center/",
    "facilities/industrial-trade-center/",
)
LANGUAGES = ("", "en/")

_DRAWN = """() => {
  const sheets = [...document.querySelectorAll('.sketch .sheet')].filter((one) => one.getClientRects().length);
  const box = (one) => { const r = one.getBoundingClientRect(); return [r.left, r.top, r.right, r.bottom]; };
  const all = (selector) => [...sheets[0].querySelectorAll(selector)].map(box);
  return {
    seen: sheets.map((one) => one.parentElement.className),
    sheet: box(sheets[0]),
    pins: all('.face'),
    words: [...all('.name'), ...all('.caption')],
    size: sheets[0].querySelector('.caption').getBoundingClientRect().height,
  };
}"""


def covered(one: list[float], other: list[float], slack: float = 1) -> bool:
    """Whether two boxes share more ground than the slack of a glyph's own box."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > slack and down > slack


def trimmed(box: list[float]) -> list[float]:
    """A line of words without the leading above and below its letters."""
    air = (box[3] - box[1]) * 0.15
    return [box[0], box[1] + air, box[2], box[3] - air]


def drawn(page: Page) -> dict[str, Any]:
    found: dict[str, Any] = page.evaluate(_DRAWN)
    return found


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES, ids=["ja", "en"])
@pytest.mark.parametrize(
    ("width", "form"), [(320, "narrow"), (390, "narrow"), (1000, "narrow"), (1280, "wide")]
)
def test_nothing_lies_over_anything(
    browser: Browser, site_url: str, width: int, form: str, language: str
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    for path in PAGES:
        page.goto(site_url + language + path)
        found = drawn(page)
        # The page of all places has no column beside it, so that there is room sooner.
        expected = "wide" if path == "facilities/" and width >= 1000 else form
        assert found["seen"] == [expected], path
        left, top, right, bottom = found["sheet"]
        assert left >= 0
        assert right <= width
        boxes = [*map(trimmed, found["words"]), *found["pins"]]
        for box in boxes:
            assert left <= box[0]
            assert box[2] <= right
            assert top <= box[1]
            assert box[3] <= bottom
        for one, other in combinations(boxes, 2):
            assert not covered(one, other), (path, one, other)
        # Words are never drawn smaller than the smallest of the page, 13 px high with their leading.
        assert found["size"] >= 13
    context.close()


@pytest.mark.browser
def test_a_row_under_the_finger_lights_its_pin(browser: Browser, site_url: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(site_url + "facilities/")
    fill = "(number) => getComputedStyle(document.querySelector(`.wide .n${number} .face`)).fill"
    before = [page.evaluate(fill, number) for number in (1, 12)]
    page.hover("tr.r12 td:last-child")
    expect(page.locator(".wide .n12 .face")).not_to_have_css("fill", before[1])
    assert page.evaluate(fill, 1) == before[0]
    page.focus("tr.r1 a")
    expect(page.locator(".wide .n1 .face")).not_to_have_css("fill", before[0])
    page.close()


@pytest.mark.browser
def test_readers_by_ear_get_the_table_and_not_the_sketch(browser: Browser, site_url: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(site_url + "en/organisations/tiri/")
    told = page.locator(".places").aria_snapshot()
    assert re.match(r'- table "\d+ places', told)
    assert "Yamanote" not in told
    assert 'rowheader "Joto Branch (Katsushika) closed 城東支所"' in told
    page.close()


@pytest.mark.browser
def test_without_style_sheets_one_drawing_is_seen(browser: Browser, site_url: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.route("**/*.css", lambda route: route.abort())
    page.goto(site_url + "facilities/")
    assert drawn(page)["seen"] == ["narrow"]
    page.close()


@pytest.mark.browser
def test_places_print_without_colour(browser: Browser, site_url: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 900}, color_scheme="dark")
    page.goto(site_url + "organisations/tiri/")
    page.emulate_media(media="print", color_scheme="dark")
    paints = page.evaluate(
        """() => [...document.querySelectorAll('.sketch .sheet *, .places .sign *')].flatMap((one) => {
             const style = getComputedStyle(one);
             return [style.fill, style.stroke];
           })"""
    )
    colours = {paint for paint in paints if paint.startswith("rgb")}
    assert len(colours) > 2
    for colour in colours:
        red, green, blue = re.findall(r"\d+", colour)[:3]
        assert red == green == blue, colour
    page.close()
