"""The page that sets records side by side, and choosing them on lists, as a reader meets them."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from hayami import comparison

pytestmark = pytest.mark.browser

MACHINES = "programme:investment-emergency"
ORDERS = "programme:challenge-tomorrow"
ENERGY = "programme:energy-self-sufficiency"
FAIRS = "programme:management-strength-advance"
DESK = "organisation:one-stop-consultation"
THREE = f"{MACHINES},{ORDERS},{ENERGY}"
LANGUAGES = ("", "en/")

_TEXTS = """(table) => [...table.rows].map((row) => [row.className, ...[...row.cells].map((cell) => {
  const copy = cell.cloneNode(true);
  for (const drop of copy.querySelectorAll('[data-drop]')) drop.remove();
  return copy.textContent.replace(/\\s+/g, '');
})])"""

_SMALL = """() => [...document.querySelectorAll('.acts > *, .add select, .add button, .drop, .cbar a, .cbar button, '
  + '.cbox label, .change a, .cmp .rec, .cmp td p > a')].filter((one) => one.checkVisibility()).filter((one) => {
  const box = one.getBoundingClientRect();
  return box.height < 43.9 || box.width < 24;
}).map((one) => one.outerHTML.slice(0, 120) + one.getBoundingClientRect().height)"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page in which nothing may go wrong unseen."""
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    assert faults == []


def compare(page: Page, site_url: str, query: str = "", language: str = "") -> None:
    """Open the page and wait until what the address names stands in it."""
    page.goto(f"{site_url}{language}compare/{query}")
    expect(page.locator("[data-status]")).not_to_be_empty()


def columns(page: Page) -> list[str]:
    return page.locator(".cmp thead .rec").all_inner_texts()


def chosen(page: Page) -> str:
    """What the address names."""
    found = re.search(r"[?&]r=([^&#]*)", page.url)
    return found[1] if found else ""


def add(page: Page, ref: str) -> None:
    page.select_option("#add", ref)
    page.click(".add button")


# --- the rules in both languages of the program --------------------------------------------------


def test_script_and_build_agree_on_what_is_highest_and_the_same(page: Page, site_url: str) -> None:
    compare(page, site_url)
    chance = random.Random(20240319)
    pool = [
        "",
        "",
        comparison.APART,
        "1/2",
        "2/3",
        "4/6",
        "3/4",
        "4/5",
        "100000000",
        "1500000",
        "999999999999",
    ]

    def value() -> str:
        if chance.random() < 0.7:
            return chance.choice(pool)
        return (
            str(Fraction(chance.randint(0, 999), 999))
            if chance.random() < 0.5
            else str(chance.randint(0, 10**12))
        )

    rows = [[value() for _ in range(chance.randint(0, 4))] for _ in range(3000)]
    found = page.evaluate(
        """async (rows) => {
          const script = document.querySelector('script[src$="js/compare.js"]').src;
          const { best, same } = await import(new URL('lib/comparison.js', script).href);
          return rows.map((row) => [best(row).places, best(row).stated, same(row)]);
        }""",
        rows,
    )
    for row, (places, stated, same) in zip(rows, found, strict=True):
        expected = comparison.best(row)
        assert (sorted(places), stated) == (sorted(expected.places), expected.stated), row
        assert same == comparison.same(row), row


@pytest.mark.parametrize("language", LANGUAGES, ids=["ja", "en"])
def test_chosen_records_give_the_tables_that_the_build_writes(
    page: Page, site_url: str, site_folder: Path, language: str
) -> None:
    folder = site_folder / "sub" / "path" / language / "compare"
    ready = sorted(one.parent.name for one in folder.glob("*/index.html"))
    assert len(ready) >= 8
    for purpose in ready:
        page.goto(f"{site_url}{language}compare/{purpose}/")
        tables = page.locator("table.cmp")
        expected = [tables.nth(number).evaluate(_TEXTS) for number in range(tables.count())]
        links = [one.get_attribute("href") or "" for one in page.locator(".change a").all()]
        assert len(links) == len(expected)
        for link, table in zip(links, expected, strict=True):
            compare(page, site_url, link.removeprefix("../"), language)
            assert page.locator("table.cmp").evaluate(_TEXTS) == table, link


# --- the address ---------------------------------------------------------------------------------


def test_an_address_is_all_that_a_comparison_needs(page: Page, site_url: str) -> None:
    compare(page, site_url, f"?r={THREE}")
    assert len(columns(page)) == 3
    assert page.inner_text("h1").startswith("3")
    assert page.title().startswith(page.inner_text("h1"))
    assert page.locator(".cmp [data-row=cap] .best").inner_text() == "1億円"
    assert "3つで最大" in page.inner_text(".cmp [data-row=cap]")
    assert "4/5" in page.locator(".cmp [data-row=rate] .best").inner_text()
    assert "資料に記載がありません" in page.inner_text(".cmp [data-row=body]")
    assert page.locator(".cmp [data-row=year].same td").get_attribute("colspan") == "3"


def test_every_change_is_a_step_of_the_history(page: Page, site_url: str) -> None:
    compare(page, site_url, f"?r={MACHINES}")
    add(page, ORDERS)
    expect(page.locator(".cmp thead .rec")).to_have_count(2)
    add(page, ENERGY)
    expect(page.locator(".cmp thead .rec")).to_have_count(3)
    assert chosen(page) == THREE
    page.go_back()
    expect(page.locator(".cmp thead .rec")).to_have_count(2)
    page.go_back()
    expect(page.locator(".cmp thead .rec")).to_have_count(1)
    assert chosen(page) == MACHINES
    page.go_forward()
    expect(page.locator(".cmp thead .rec")).to_have_count(2)


def test_no_more_than_four_stand_side_by_side(page: Page, site_url: str) -> None:
    compare(page, site_url, f"?r={THREE},{FAIRS},{DESK},programme:dx-promotion-support")
    assert len(columns(page)) == comparison.MOST
    assert page.locator(".add button").get_attribute("aria-disabled") == "true"
    expect(page.locator("#add-full")).to_be_visible()
    # The control keeps the focus and can be pressed, but adds nothing.
    page.select_option("#add", DESK)
    page.locator(".add button").focus()
    page.keyboard.press("Enter")
    page.wait_for_timeout(100)
    assert len(columns(page)) == comparison.MOST
    page.locator("[data-drop]").first.click()
    expect(page.locator(".cmp thead .rec")).to_have_count(3)
    assert page.locator(".add button").get_attribute("aria-disabled") == "false"


def test_unknown_names_are_told_and_leave_the_address(page: Page, site_url: str) -> None:
    compare(page, site_url, f"?r={MACHINES},programme:never-heard-of,{ORDERS},%3Cscript%3E")
    assert len(columns(page)) == 2
    assert chosen(page) == f"{MACHINES},{ORDERS}"
    assert "1つは、この資料にありません" in page.inner_text("[data-status]")


def test_a_former_name_leads_to_the_record(page: Page, site_url: str) -> None:
    def renamed(route: Route) -> None:
        answer = route.fetch()
        text = answer.text().replace(
            f'value="{MACHINES}"', f'value="{MACHINES}" data-former="programme:old-name"'
        )
        route.fulfill(response=answer, body=text)

    page.route("**/compare/?*", renamed)
    compare(page, site_url, f"?r={ORDERS},programme:old-name")
    assert chosen(page) == f"{ORDERS},{MACHINES}"
    assert len(columns(page)) == 2


def test_what_cannot_be_fetched_is_told_and_tried_again(page: Page, site_url: str) -> None:
    page.route("**/programme-challenge-tomorrow.json", lambda route: route.abort())
    compare(page, site_url, f"?r={THREE}")
    assert len(columns(page)) == 2
    assert "1つを読みこめませんでした" in page.inner_text("[data-status]")
    page.unroute("**/programme-challenge-tomorrow.json")
    page.check("[data-only]")
    expect(page.locator(".cmp thead .rec")).to_have_count(3)


def test_only_differences_hides_rows_that_are_alike_and_stands_in_the_address(
    page: Page, site_url: str
) -> None:
    compare(page, site_url, f"?r={THREE}")
    rows = page.locator(".cmp tbody tr")
    alike = page.locator(".cmp tbody tr.same")
    assert 0 < alike.count() < rows.count()
    page.check("[data-only]")
    for number in range(alike.count()):
        expect(alike.nth(number)).to_be_hidden()
    assert page.url.endswith("&d=1")
    page.reload()
    expect(page.locator("[data-only]")).to_be_checked()
    expect(page.locator(".cmp tbody tr.diff")).not_to_have_count(0)
    expect(page.locator(".cmp tbody tr:visible")).to_have_count(page.locator(".cmp tbody tr.diff").count())
    page.uncheck("[data-only]")
    expect(page.locator(".cmp tbody tr:visible")).to_have_count(len(comparison.ROWS))


def test_the_other_language_opens_the_same_comparison(page: Page, site_url: str) -> None:
    compare(page, site_url, f"?r={THREE}")
    page.click("a[rel=alternate][hreflang=en]")
    page.wait_for_url(f"{site_url}en/compare/?r={THREE}")
    expect(page.locator(".cmp thead .rec")).to_have_count(3)
    assert "largest of the 3" in page.inner_text(".cmp [data-row=cap]")


def test_the_address_of_a_comparison_is_copied(context: BrowserContext, page: Page, site_url: str) -> None:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    compare(page, site_url, f"?r={THREE}")
    page.click("[data-copy]")
    expect(page.locator("[data-status]")).to_have_text("この並びのURLを写しました。")
    assert page.evaluate("navigator.clipboard.readText()") == f"{site_url}compare/?r={THREE}"


# --- keyboard and ear ----------------------------------------------------------------------------


def test_records_come_and_go_by_keyboard_and_the_focus_stays(page: Page, site_url: str) -> None:
    compare(page, site_url, f"?r={THREE}")
    page.locator("#add").focus()
    page.select_option("#add", FAIRS)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(".cmp thead .rec")).to_have_count(4)
    assert page.evaluate("document.activeElement.matches('.add button')")
    page.locator("[data-drop]").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".cmp thead .rec")).to_have_count(3)
    expect(page.locator(f"[data-drop='{ENERGY}']")).to_be_focused()
    for left in (2, 1, 0):
        page.locator("[data-drop]").last.focus()
        page.keyboard.press("Enter")
        expect(page.locator(".cmp thead .rec")).to_have_count(left)
    expect(page.locator("#add")).to_be_focused()
    assert page.url == f"{site_url}compare/"
    assert page.inner_text("h1") == "くらべる"


def test_counts_are_told_without_a_move(page: Page, site_url: str) -> None:
    compare(page, site_url)
    status = page.locator("[role=status][data-status]")
    expect(status).to_have_text("まだ何も選んでいません。")
    expect(page.locator(".acts")).to_be_hidden()
    add(page, MACHINES)
    expect(status).to_contain_text("もう1つ足すと")
    expect(page.locator("[data-copy]")).to_be_visible()
    expect(page.locator(".only")).to_be_hidden()
    assert page.locator(".cmp [data-if]").count() == 0
    add(page, ORDERS)
    expect(page.locator(".only")).to_be_visible()
    expect(status).to_contain_text("2つを並べています")
    counts = [page.locator(f".cmp tbody tr.{state}").count() for state in ("diff", "same")]
    assert sum(counts) == len(comparison.ROWS)
    expect(status).to_contain_text(f"違う行は{counts[0]}、同じ行は{counts[1]}です")


@pytest.mark.parametrize("width", [1280, 320])
def test_the_table_stays_a_table_for_readers_by_ear(
    context: BrowserContext, page: Page, site_url: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    compare(page, site_url, f"?r={THREE}")
    tree = context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in tree if not node["ignored"]]
    assert roles.count("columnheader") == 3
    assert roles.count("rowheader") == len(comparison.ROWS)
    assert roles.count("row") == len(comparison.ROWS) + 1
    names = [node["name"]["value"] for node in tree if node["role"]["value"] == "rowheader"]
    assert all("違いあり" in name or "同じ" in name for name in names)
    assert not any("≠" in name or "＝" in name for name in names)
    caption = page.locator(".cmp caption").text_content() or ""
    assert all(name in caption for name in columns(page))


# --- screens and paper ---------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES, ids=["ja", "en"])
@pytest.mark.parametrize("width", [320, 390, 700, 1280])
def test_everything_fits_the_screen_and_the_finger(
    page: Page, site_url: str, language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    kinds = (
        "",
        f"?r={MACHINES}",
        f"?r={MACHINES},programme:wage-increase-support",
        f"?r={THREE}",
        f"?r={THREE},{FAIRS}",
    )
    for query in kinds:
        compare(page, site_url, query, language)
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wide == 0, query
        assert page.evaluate(_SMALL) == [], query
        # Nothing of a cell lies in its neighbour.
        assert (
            page.evaluate("""() => [...document.querySelectorAll('.cmp :is(td, th)')]
              .filter((one) => one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)""")
            == []
        ), query
    page.goto(f"{site_url}{language}compare/equipment/")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    assert page.evaluate(_SMALL) == []


def test_names_stick_to_the_top_of_a_phone(page: Page, site_url: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    compare(page, site_url, f"?r={THREE}")
    page.locator(".cmp [data-row=needs]").scroll_into_view_if_needed()
    page.evaluate("document.querySelector('.cmp [data-row=kind]').scrollIntoView({block: 'center'})")
    box = page.locator(".cmp thead").bounding_box()
    assert box is not None
    assert -1 <= box["y"] <= 1
    assert box["height"] < 160
    # Words stack under the name that they belong to.
    cells = page.locator(".cmp [data-row=who] td")
    left = {round((cells.nth(number).bounding_box() or {"x": -1.0})["x"]) for number in range(3)}
    assert len(left) == 1
    assert "エネルギー自給" in cells.nth(2).evaluate("(cell) => getComputedStyle(cell, '::before').content")


def test_nothing_moves_while_a_shared_comparison_opens(page: Page, site_url: str) -> None:
    page.add_init_script("""
      globalThis.moved = [];
      new PerformanceObserver((list) => globalThis.moved.push(...list.getEntries().map((one) => one.value)))
        .observe({ type: 'layout-shift', buffered: true });
    """)

    def late(route: Route) -> None:
        page.wait_for_timeout(150)
        route.continue_()

    page.route("**/*.json", late)
    compare(page, site_url, f"?r={THREE}")
    expect(page.locator(".cmp thead .rec")).to_have_count(3)
    page.wait_for_timeout(300)
    assert sum(page.evaluate("globalThis.moved")) == 0


def test_paper_keeps_the_table_and_drops_the_controls(page: Page, site_url: str) -> None:
    compare(page, site_url, f"?r={THREE}")
    page.set_viewport_size({"width": 500, "height": 700})
    page.emulate_media(media="print")
    for control in (".acts", ".add", ".ready", "[data-status]", "[data-drop] >> nth=0"):
        expect(page.locator(control)).to_be_hidden()
    assert page.locator(".cmp").evaluate("(table) => getComputedStyle(table).display") == "table"
    assert page.pdf(format="A4").startswith(b"%PDF")


# --- without a script ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES, ids=["ja", "en"])
def test_without_a_script_there_are_ready_comparisons(browser: Browser, site_url: str, language: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site_url}{language}compare/?r={THREE}")
    expect(page.locator("[data-unscripted]")).to_be_visible()
    expect(page.locator(".add")).to_be_hidden()
    page.locator(".ready li a", has_text="設備" if not language else "equipment").first.click()
    tables = page.locator("table.cmp")
    expect(tables.nth(1)).to_be_visible()
    text = tables.first.inner_text()
    assert "1億円" in text if not language else "¥100 million" in text
    assert page.locator("table.cmp caption:visible").count() == tables.count()
    context.close()


def test_the_sentence_about_scripts_leaves_where_they_run(page: Page, site_url: str) -> None:
    compare(page, site_url)
    assert page.locator("[data-unscripted]").count() == 0
    expect(page.locator(".add")).to_be_visible()


# --- choosing on lists ---------------------------------------------------------------------------


BOXES = "import(new URL('compare-box.js', document.querySelector('script[src$=\"js/page.js\"]').src))"
"""Turns the links of a page into boxes, as the first that is asked for does."""


def open_boxes(page: Page, address: str) -> None:
    """Open a page whose links for comparing have become boxes."""
    page.goto(address)
    page.evaluate(BOXES)
    expect(page.locator("a[data-compare]")).to_have_count(0)


def test_a_choice_made_on_lists_opens_side_by_side(page: Page, site_url: str) -> None:
    open_boxes(page, f"{site_url}purposes/equipment/")
    bar = page.locator(".cbar")
    expect(bar).to_be_hidden()
    page.check(f".cbox input[value='{MACHINES}']")
    expect(bar).to_be_visible()
    expect(bar.locator("[role=status]")).to_have_text("1件を選んでいます。4件までくらべられます。")
    open_boxes(page, f"{site_url}programmes/energy-self-sufficiency/")
    expect(bar).to_be_visible()
    page.check(f".phead .cbox input[value='{ENERGY}']")
    expect(bar.locator("[role=status]")).to_contain_text("2件")
    bar.locator("a").click()
    page.wait_for_url(f"{site_url}compare/?r={MACHINES},{ENERGY}")
    expect(page.locator(".cmp thead .rec")).to_have_count(2)
    page.locator("[data-drop]").first.click()
    expect(page.locator(".cmp thead .rec")).to_have_count(1)
    open_boxes(page, f"{site_url}purposes/equipment/")
    expect(page.locator(f".cbox input[value='{MACHINES}']")).not_to_be_checked()
    # The page of comparisons without an address shows the choice.
    compare(page, site_url)
    assert chosen(page) == ENERGY


def test_a_fifth_box_waits_until_one_is_cleared(page: Page, site_url: str) -> None:
    open_boxes(page, f"{site_url}purposes/equipment/")
    boxes = page.locator(".cbox input")
    for number in range(comparison.MOST):
        boxes.nth(number).check()
    expect(boxes.nth(comparison.MOST)).to_be_disabled()
    expect(page.locator(".cbar [role=status]")).to_contain_text("どれかを外してください")
    boxes.nth(0).uncheck()
    expect(boxes.nth(comparison.MOST)).to_be_enabled()
    page.click(".cbar button")
    expect(page.locator(".cbar")).to_be_hidden()
    assert page.locator(".cbox input:checked").count() == 0
    assert page.evaluate("document.activeElement.type") == "checkbox"


def test_a_page_from_the_history_knows_the_choice_made_since(page: Page, site_url: str) -> None:
    open_boxes(page, f"{site_url}purposes/equipment/")
    page.check(f".cbox input[value='{MACHINES}']")
    open_boxes(page, f"{site_url}categories/management/")
    page.uncheck(f".cbox input[value='{MACHINES}']")
    page.check(f".cbox input[value='{ENERGY}']")
    page.go_back()
    page.wait_for_url(f"{site_url}purposes/equipment/")
    expect(page.locator(f".cbox input[value='{MACHINES}']")).not_to_be_checked()
    expect(page.locator(".cbar [role=status]")).to_contain_text("1件")


def test_blocked_storage_hurts_nothing(context: BrowserContext, page: Page, site_url: str) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'sessionStorage', { get() { throw new DOMException('', 'SecurityError'); } });"
    )
    open_boxes(page, f"{site_url}purposes/equipment/")
    page.check(f".cbox input[value='{MACHINES}']")
    page.check(f".cbox input[value='{ORDERS}']")
    page.click(".cbar a")
    page.wait_for_url(f"{site_url}compare/?r={MACHINES},{ORDERS}")
    expect(page.locator(".cmp thead .rec")).to_have_count(2)


def test_without_a_script_a_box_is_a_link_that_says_the_same(
    browser: Browser, page: Page, site_url: str
) -> None:
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    for kind in ("programmes/energy-self-sufficiency/", "purposes/equipment/", "categories/management/"):
        plain.goto(site_url + kind)
        open_boxes(page, site_url + kind)
        words = plain.locator(".cbox a").all_text_contents()
        assert words
        assert page.locator(".cbox label").all_text_contents() == words
        link = plain.locator(".cbox a").first
        box = page.locator(".cbox label").first
        assert link.bounding_box() == box.bounding_box()
    plain.locator(".cbox a").first.click()
    assert re.search(r"/compare/\?r=programme:[a-z0-9-]+$", plain.url)
    context.close()


def test_the_first_link_that_is_asked_for_becomes_a_box_with_its_tick(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}purposes/equipment/")
    page.focus(f"a[data-compare='{MACHINES}']")
    page.keyboard.press("Enter")
    box = page.locator(f".cbox input[value='{MACHINES}']")
    expect(box).to_be_checked()
    expect(box).to_be_focused()
    expect(page.locator(".cbar [role=status]")).to_contain_text("1件")
    assert page.url == f"{site_url}purposes/equipment/"


def test_a_link_that_has_the_focus_hands_it_to_its_box(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}purposes/equipment/")
    page.focus(f"a[data-compare='{MACHINES}']")
    page.evaluate(BOXES)
    expect(page.locator(f".cbox input[value='{MACHINES}']")).to_be_focused()


def test_records_without_offers_have_no_box(page: Page, site_url: str, site_folder: Path) -> None:
    open_boxes(page, f"{site_url}organisations/")
    refs = page.locator(".cbox input").evaluate_all("(boxes) => boxes.map((box) => box.value)")
    files = {one.stem for one in (site_folder / "sub" / "path" / "compare").glob("*.json")}
    assert refs
    assert {ref.replace(":", "-") for ref in refs} <= files
    assert len(refs) < page.locator("li.row").count()


def test_no_words_stand_in_the_scripts() -> None:
    folder = Path(comparison.__file__).parent.parent / "assets" / "js"
    for name in ("compare.js", "compare-box.js", "kept.js", "lib/choice.js", "lib/comparison.js"):
        text = re.sub(r"/\*.*?\*/|//[^\n]*", "", (folder / name).read_text(), flags=re.DOTALL)
        assert text.isascii(), name
        quoted = re.findall(r'"([^"\n]*)"', text)
        said: list[Any] = [one for one in quoted if re.search(r"[A-Za-z]{2,} [A-Za-z]{2,}", one)]
        selectors = [
            one for one in said if re.search(r"[\[\].#]|^(thead|tbody) ", one) or one == "select, button"
        ]
        assert [one for one in said if one not in selectors] == [], json.dumps(said)
