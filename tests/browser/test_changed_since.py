"""The condition "changed since" of the search, in a catalogue that has changed since it was published."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from hayami.loopback import serving
from tests import sites

GOLDEN = Path(__file__).parent.parent / "golden" / "content"


@pytest.fixture(scope="module")
def golden_url() -> Iterator[str]:
    with serving(sites.published(GOLDEN)) as address:
        yield f"{address}sub/path/"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    faults: list[str] = []
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


def _shown(page: Page) -> list[str]:
    page.wait_for_function("document.getElementById('finder').dataset.shown !== undefined")
    refs: list[str] = page.eval_on_selector_all(
        "[data-ref]", "all => all.filter((one) => one.checkVisibility()).map((one) => one.dataset.ref)"
    )
    return refs


def _chips(page: Page) -> list[str]:
    return page.locator(".chips button").all_text_contents()


def test_a_day_narrows_the_list_and_stands_in_the_address(page: Page, golden_url: str) -> None:
    page.goto(f"{golden_url}en/search/")
    assert len(_shown(page)) == 4
    day = page.get_by_label("Records that changed on this day or later")
    expect(day).to_be_visible()
    assert (day.get_attribute("min"), day.get_attribute("max")) == ("2024-03-19", "2024-08-02")
    day.fill("2024-06-10")
    expect(page.locator(".count")).to_have_text("3 found")
    assert sorted(_shown(page)) == ["facility:hall", "organisation:desk", "programme:machine-grant"]
    assert page.url.endswith("search/?since=2024-06-10")
    assert _chips(page) == ["changed since 10 June 2024"]
    day.fill("2024-06-11")
    expect(page.locator(".count")).to_have_text("1 found")
    assert _shown(page) == ["programme:machine-grant"]
    page.go_back()
    expect(day).to_have_value("2024-06-10")
    expect(page.locator(".count")).to_have_text("3 found")


def test_an_address_with_a_day_opens_as_it_was_shared(page: Page, golden_url: str) -> None:
    page.goto(f"{golden_url}search/?since=2024-07-01")
    assert _shown(page) == ["programme:machine-grant"]
    assert _chips(page) == ["2024年7月1日からあとに変わったもの"]
    page.locator(".chips button").click()
    assert len(_shown(page)) == 4
    assert page.url.endswith("search/")
    expect(page.locator("#since")).to_have_value("")


def test_it_combines_with_words_and_conditions_and_counts_with_it(page: Page, golden_url: str) -> None:
    page.goto(f"{golden_url}en/search/?since=2024-06-01")
    _shown(page)
    box = page.locator('input[value="category:money"]')
    count = page.locator("li", has=box).locator(".ct")
    with_day = int(count.text_content() or "")
    box.check()
    expect(page.locator(".count")).to_have_text(f"{with_day} found")
    assert page.url.endswith("?f=category:money&since=2024-06-01")
    page.goto(f"{golden_url}en/search/?q=machine&since=2024-08-01")
    expect(page.locator(".count")).to_contain_text("1 found")
    assert _shown(page) == ["programme:machine-grant"]


def test_where_it_leaves_nothing_the_page_says_what_would_help(page: Page, golden_url: str) -> None:
    page.goto(f"{golden_url}search/?f=category:places&since=2024-08-01")
    expect(page.locator(".nothing")).to_be_visible()
    ways = page.locator(".fewer a")
    expect(ways.first).to_be_visible()
    assert any("2024年8月1日からあとに変わったもの" in text for text in ways.all_text_contents())
    ways.filter(has_text="2024年8月1日").click()
    assert page.url.endswith("?f=category:places")
    assert _shown(page)


@pytest.mark.parametrize("day", ["soon", "2024-13-45", "", "2024-6-1"])
def test_what_is_no_day_is_no_condition(page: Page, golden_url: str, day: str) -> None:
    page.goto(f"{golden_url}search/?since={day}")
    assert len(_shown(page)) == 4
    assert _chips(page) == []


def test_without_a_script_the_changes_are_linked(browser: Browser, golden_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{golden_url}search/")
    opened.locator(".facets summary").click()
    expect(opened.locator("#since")).to_be_hidden()
    opened.locator(".since a").click()
    expect(opened.locator("h1")).to_have_text("変更の記録")
    context.close()


def test_a_catalogue_without_changes_has_no_such_condition(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}search/?since=2024-05-01")
    assert len(_shown(page)) == 83
    expect(page.locator(".since")).to_have_count(0)
