"""Old phones, poor lines, careful settings: without styles or scripts every page is read and its links work.

Five readers: the style sheets never arrive; the scripts never arrive; scripts are turned off; every script throws
at once; the browser is older than cascade layers and drops every rule (all of ours stand in layers). Each is sent
to every kind of page, found from what was built, so that a new kind is asked too.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests import sites

pytestmark = pytest.mark.browser

SITE = Path("sub/path")
FEWER_WORDS = 0.9
"""Scripts add controls, and what is true by the reader's clock; nothing else may depend on them."""


def layers_dropped(css: str) -> str:
    """A style sheet as a browser without cascade layers reads it: an unknown at-rule goes with its block."""
    rest, kept = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL), ""
    while "@layer" in rest:
        before, _, after = rest.partition("@layer")
        kept += before
        statement, block = after.find(";"), after.find("{")
        if 0 <= statement < block or block < 0:
            rest = after[statement + 1 :]
            continue
        depth, place = 1, block + 1
        while depth:
            depth += {"{": 1, "}": -1}.get(after[place], 0)
            place += 1
        rest = after[place:]
    return kept + rest


def _refused(route: Route, root: Path) -> None:
    route.abort()


def _throwing(route: Route, root: Path) -> None:
    route.fulfill(content_type="text/javascript", body="throw new Error('broken');")


def _without_layers(route: Route, root: Path) -> None:
    sheet = (root / urlsplit(route.request.url).path.lstrip("/")).read_text("utf-8")
    route.fulfill(content_type="text/css", body=layers_dropped(sheet))


READERS: dict[str, tuple[str, Callable[[Route, Path], None]] | None] = {
    "no-styles": ("**/*.css", _refused),
    "no-scripts": ("**/*.js", _refused),
    "scripts-off": None,
    "throwing-scripts": ("**/*.js", _throwing),
    "no-layers": ("**/*.css", _without_layers),
}
"""Reader → which requests are answered otherwise, and how; the folder is that from which the site is served.

For whom none is, the browser itself runs no scripts; only then is there what stands in ``noscript``.
"""

UNSTYLED = ("no-styles", "no-layers")


def width(reader: str) -> int:
    """Most have a phone; who turns scripts off sits at a desk, where pages show more of their words."""
    return 1280 if reader == "scripts-off" else 360


TOOLS = ("compare/", "en/compare/")
"""Pages that are tools of a script; without it they say so, and lead to what was made ready."""


@pytest.fixture(params=READERS)
def page(request: pytest.FixtureRequest, browser: Browser, site_folder: Path) -> Iterator[Page]:
    """A page of one reader."""
    otherwise = READERS[request.param]
    context = browser.new_context(
        viewport={"width": width(request.param), "height": 640}, java_script_enabled=otherwise is not None
    )
    opened = context.new_page()
    if otherwise is not None:
        pattern, answer = otherwise
        opened.route(pattern, lambda route: answer(route, site_folder))
    yield opened
    context.close()


@pytest.fixture
def reader(request: pytest.FixtureRequest) -> str:
    """Which of the readers it is."""
    name: str = request.node.callspec.params["page"]
    return name


_LOOK = """() => {
  const main = document.querySelector("main");
  // What a script adds at the end of the page is its own.
  const links = [...document.querySelectorAll(":is(header, main, footer) a[href]")];
  const seen = links.filter((link) => link.getClientRects().length > 0);
  // Sketches of where places lie are meant to be large.
  const drawings = [...document.querySelectorAll("svg:not(.sheet)")].map((one) => one.getBoundingClientRect());
  const blots = drawings.filter((box) => box.height > 200 || (box.height > 60 && box.width > 200));
  const style = getComputedStyle(document.body);
  return {
    heading: document.querySelector("h1").innerText.trim(),
    words: main.innerText.replace(/\\s+/g, ""),
    links: links.map((link) => link.href),
    hidden: links.length - seen.length,
    blots: blots.length,
    wide: document.documentElement.scrollWidth,
    width: main.getBoundingClientRect().width,
    font: parseFloat(style.fontSize),
  };
}"""


@pytest.fixture
def sound(browser: Browser, kinds: tuple[str, ...], site_url: str, reader: str) -> dict[str, dict[str, Any]]:
    """Address → what is seen there where all is well."""

    def make(file: Path) -> None:
        page = browser.new_page(viewport={"width": width(reader), "height": 640})
        seen = {}
        for address in kinds:
            page.goto(site_url + address)
            seen[address] = page.evaluate(_LOOK)
        page.close()
        file.write_text(json.dumps([site_url, seen]), "utf-8")

    where, seen = json.loads(sites.once(f"sound-{width(reader)}", make).read_text("utf-8"))
    for one in seen.values():
        # Each process of a run has a server of its own.
        one["links"] = [link.replace(where, site_url, 1) for link in one["links"]]
    return dict(seen)


def _exists(site: Path, address: str) -> bool:
    file = site / unquote(address)
    return (file / "index.html" if file.is_dir() else file).is_file()


def test_every_kind_of_page_is_read_and_its_links_lead_somewhere(
    page: Page, sound: dict[str, dict[str, Any]], reader: str, site_url: str, site_folder: Path
) -> None:
    for address, whole in sound.items():
        page.goto(site_url + address)
        found = page.evaluate(_LOOK)
        assert found["heading"] == whole["heading"] != "", address
        if address not in TOOLS or reader in UNSTYLED:
            assert len(found["words"]) >= FEWER_WORDS * len(whole["words"]), address
        assert set(whole["links"]) <= set(found["links"]), address
        assert found["blots"] == 0, address
        assert found["font"] >= 16, address
        assert found["width"] > 300, address
        if reader in UNSTYLED:
            # Nothing waits for a style sheet in order to appear.
            assert found["hidden"] <= whole["hidden"], address
        else:
            assert found["wide"] <= width(reader), address
        for link in found["links"]:
            target = urldefrag(link).url.partition("?")[0]
            if target.startswith(site_url):
                assert _exists(site_folder / SITE, target.removeprefix(site_url)), (address, link)


def test_its_links_can_be_followed(page: Page, reader: str, site_url: str) -> None:
    """From the table to a record, on to its category, to the other language, and back to the table."""
    page.goto(site_url)
    # Without a script all rows stand there; with one, a phone may show the first of each category.
    page.locator("table a[href*='programmes/']:visible").first.click()
    expect(page).to_have_url(re.compile(f"^{re.escape(site_url)}programmes/[\\w-]+/$"))
    heading = page.inner_text("h1")
    page.locator("main a[href*='categories/']:visible").first.click()
    expect(page).to_have_url(re.compile("/categories/"))
    page.go_back()
    assert page.inner_text("h1") == heading
    page.locator("a[hreflang=en][rel=alternate]").click()
    expect(page).to_have_url(re.compile(f"^{re.escape(site_url)}en/programmes/"))
    page.locator("header a").first.click()
    expect(page).to_have_url(site_url + "en/")
    page.locator("header nav a[href*='grants']").click()
    expect(page).to_have_url(site_url + "en/grants/")


def test_words_for_the_eye_and_for_the_ear_stand_apart(page: Page, reader: str, site_url: str) -> None:
    """A rate is never run together with its spoken form, where both are seen."""
    page.goto(site_url + "programmes/management-strength-advance/")
    rates = page.locator(".frac").all_inner_texts()
    assert rates
    for rate in rates:
        assert not re.search(r"/\d+分の", rate), rate
    if reader in UNSTYLED:
        assert re.search(r"2/3\s+3分の2", rates[0])


def test_a_browser_without_layers_gets_no_rule_at_all(
    browser: Browser, site_url: str, site_folder: Path
) -> None:
    """All rules stand in layers, so that such a browser shows a plain page and not half a design."""
    page = browser.new_page()
    page.route("**/*.css", lambda route: _without_layers(route, site_folder))
    page.goto(site_url)
    rules = page.evaluate("[...document.styleSheets].reduce((sum, sheet) => sum + sheet.cssRules.length, 0)")
    assert rules == 0
    page.close()


def test_layers_are_dropped_as_such_a_browser_drops_them() -> None:
    css = "@layer a, b; /* @layer { */ x { y: z } @layer a { p { q: r } @media print { s { t: u } } } v { w: x }"
    assert " ".join(layers_dropped(css).split()) == "x { y: z } v { w: x }"
