"""Pages as a reader's browser shows them: every kind of page, both languages, narrow and wide."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

KINDS = (
    "",
    "programmes/",
    "programmes/management-strength-advance/",
    "programmes/crisis-management-promotion/",
    "programmes/wage-increase-support/",
    "organisations/tiri/",
    "organisations/one-stop-consultation/",
    "facilities/tiri-joto/",
    "events/industry-exchange-fair/",
    "purposes/",
    "purposes/equipment/",
    "categories/management/",
    "bodies/tokyo-metropolitan-government/",
    "grants/",
    "grants/by-category/",
    "grants/by-name/",
    "loans/",
    "stages/",
    "facilities/",
    "events/",
    "notices/",
    "glossary/",
    "search/",
    "contents/",
    "about/",
    "offline/",
    "accessibility/",
)
LANGUAGES = ("", "en/")

_OVERFLOW = """() => {
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  const inside = (element) => element.closest('.scroll, .vh');
  const past = [...document.querySelectorAll('body *')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width && box.right > document.documentElement.clientWidth + 1 && !inside(element);
  });
  return wide > 0 ? past.slice(0, 5).map((e) => e.tagName + '.' + e.className) .concat([String(wide)]) : [];
}"""


_SHIFTS = """window.shifts = [];
new PerformanceObserver((list) => window.shifts.push(...list.getEntries().map((one) => [one.startTime, one.value])))
  .observe({ type: "layout-shift", buffered: true });"""
"""Notes when what is seen moves, and how far."""

_LATE_SHIFTS = """() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))).then(() => {
  const { domInteractive } = performance.getEntriesByType("navigation")[0];
  return window.shifts.filter(([start]) => start > domInteractive);
})"""
"""What moved after the whole page was read: by scripts, or by what arrived late. Two frames later all is laid out."""


@pytest.fixture
def faults() -> list[str]:
    """What the console said and which requests failed or left the site."""
    return []


@pytest.fixture(params=[320, 390, 1280], ids=lambda width: f"{width}px")
def page(
    request: pytest.FixtureRequest, browser: Browser, site_url: str, faults: list[str]
) -> Iterator[Page]:
    """A page of one width, which notes every fault."""
    context = browser.new_context(
        viewport={"width": request.param, "height": 900},
    )
    opened = context.new_page()
    opened.add_init_script(_SHIFTS)
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    # Chromium drops the icon of a page that is left at once; that is no fault of the page.
    opened.on(
        "requestfailed",
        lambda failed: None if failed.failure == "net::ERR_ABORTED" else faults.append(failed.url),
    )
    opened.on("request", lambda sent: None if sent.url.startswith(site_url) else faults.append(sent.url))
    opened.on("response", lambda got: faults.append(got.url) if got.status >= 400 else None)
    yield opened
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES, ids=["ja", "en"])
def test_no_page_is_wider_than_the_screen_and_nothing_moves(
    page: Page, site_url: str, language: str, faults: list[str]
) -> None:
    for kind in KINDS:
        page.goto(site_url + language + kind)
        assert page.evaluate(_OVERFLOW) == [], language + kind
        # While rows still arrive, columns may settle by a hair; as tools count it, that is 0.00.
        shifts = page.evaluate(_LATE_SHIFTS)
        assert sum(value for _, value in shifts) < 0.005, (language + kind, shifts)
    assert faults == []


class _InPieces(http.server.SimpleHTTPRequestHandler):
    """Sends a page as a slow network does: a part, a pause, a part."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        folder = Path(self.translate_path(self.path))
        if not folder.is_dir():
            super().do_GET()
            return
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        text = (folder / "index.html").read_bytes()
        # A page that is closed takes no more.
        with contextlib.suppress(ConnectionError):
            for start in range(0, len(text), 500):
                self.wfile.write(text[start : start + 500])
                time.sleep(0.02)


@pytest.mark.browser
@pytest.mark.parametrize("language", LANGUAGES, ids=["ja", "en"])
@pytest.mark.parametrize(
    "kind", ["programmes/crisis-management-promotion/", "grants/", "grants/by-category/"]
)
def test_what_has_arrived_does_not_move_as_the_rest_follows(
    browser: Browser, site_folder: Path, language: str, kind: str
) -> None:
    handler = functools.partial(_InPieces, directory=str(site_folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    try:
        page.add_init_script(_SHIFTS)
        page.goto(f"http://127.0.0.1:{server.server_address[1]}/sub/path/{language}{kind}")
        # The menu, which is set from the right, and a trail of two lines may move things by 0.015 together.
        shifts = page.evaluate("window.shifts")
        assert sum(value for _, value in shifts) < 0.02, shifts
    finally:
        page.close()
        server.shutdown()
        server.server_close()


@pytest.mark.browser
def test_the_language_switch_leads_to_the_same_page(browser: Browser, site_url: str) -> None:
    page = browser.new_page()
    for kind in KINDS:
        page.goto(site_url + kind)
        page.click("a[hreflang=en][rel=alternate]")
        expect(page).to_have_url(site_url + "en/" + kind)
        assert page.get_attribute("html", "lang") == "en"
        page.click("a[hreflang=ja][rel=alternate]")
        expect(page).to_have_url(site_url + kind)
    page.close()


@pytest.mark.browser
def test_short_paths_lead_on(browser: Browser, site_url: str) -> None:
    page = browser.new_page()
    page.goto(site_url + "en/q/management-strength-advance/#240319")
    page.wait_for_url(site_url + "en/programmes/management-strength-advance/")
    page.close()


@pytest.mark.browser
def test_the_keyboard_reaches_the_content_first(browser: Browser, site_url: str) -> None:
    page = browser.new_page()
    page.goto(site_url)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    box = page.locator(":focus").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.close()


@pytest.mark.browser
def test_pages_print(browser: Browser, site_url: str, tmp_path: Path) -> None:
    page = browser.new_page()
    page.goto(site_url + "programmes/management-strength-advance/")
    pdf = page.pdf(path=tmp_path / "page.pdf", format="A4")
    assert pdf.startswith(b"%PDF")
    page.close()
