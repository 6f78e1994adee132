"""The booklet as a browser shows and prints it."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from hayami import booklet
from hayami.model import plain_name
from tests import sites

pytestmark = pytest.mark.browser

LANGUAGES = ("ja", "en")


def _bare(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _open(browser: Browser, site_url: str, language: str, width: int = 1280) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(site_url + ("" if language == "ja" else f"{language}/") + "booklet/")
    return page


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs poppler-utils")
@pytest.mark.parametrize("language", LANGUAGES)
def test_printing_the_page_gives_the_sheets_of_the_booklet(
    browser: Browser, site_url: str, language: str, tmp_path: Path
) -> None:
    """With the letters of this system, which are not those of the PDF: every record stands on its page."""
    site = sites.built(sites.CATALOGUE).site
    assert site is not None
    book = booklet.plan(site, site.tongues[language])
    page = _open(browser, site_url, language)
    file = tmp_path / "printed.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    page.close()
    ran = subprocess.run(["pdftotext", "-raw", str(file), "-"], stdout=subprocess.PIPE, check=True)
    texts = [_bare(text) for text in ran.stdout.decode().split("\f")[:-1]]
    assert len(texts) == len(book.sheets)
    for sheet in book.sheets:
        if sheet.kind == "record" and sheet.item is not None:
            assert _bare(plain_name(sheet.item, language)) in texts[sheet.number - 1], sheet.id


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [390, 1280])
def test_on_a_screen_nothing_is_wider_than_the_window(
    browser: Browser, site_url: str, language: str, width: int
) -> None:
    page = _open(browser, site_url, language, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_what_is_newer_than_the_paper_is_told(browser: Browser, site_url: str) -> None:
    page = browser.new_page()
    changes = "".join(f'<li data-day="{day}">{day}</li>' for day in ("240701", "240501", "240319"))

    def answer(route: object) -> None:
        response = route.fetch()  # type: ignore[attr-defined]
        body = response.text().replace("</section>", f"<ul>{changes}</ul></section>", 1)
        route.fulfill(response=response, body=body)  # type: ignore[attr-defined]

    page.route("**/q/crisis/", answer)
    page.goto(f"{site_url}q/crisis/#240501")
    page.wait_for_function("document.querySelector('#edition [hidden]') !== null")
    assert page.locator("#edition li:visible").all_inner_texts() == ["240701"]
    assert "1" in page.inner_text("#edition [role=status]")
    page.goto("about:blank")
    page.goto(f"{site_url}q/crisis/#240701")
    page.wait_for_url(f"{site_url}programmes/crisis-management-promotion/")
    page.goto("about:blank")
    page.goto(f"{site_url}q/crisis/")
    assert page.locator("#edition li:visible").count() == 3
    page.close()
