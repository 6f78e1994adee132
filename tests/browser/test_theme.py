"""Light, dark, or as the system says: chosen by keyboard or pointer, kept, and never flashing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from hayami import pipeline, tokens

pytestmark = pytest.mark.browser

TOKENS = tokens.read((pipeline.PROJECT / "assets" / tokens.SHEET).read_text("utf-8"))
PAGE = "programmes/management-strength-advance/"
NAMES = {"": "画面の明るさ", "en/": "Brightness"}
CHOICES = {
    "": ["端末に合わせる", "明るい", "暗い"],
    "en/": ["As the device", "Light", "Dark"],
}
KEPT = "() => { try { return localStorage.getItem('hayami-theme') } catch (refused) { return 'refused' } }"

Scheme = Literal["light", "dark"]


def rgb(colour: str) -> str:
    """``#rrggbb`` as a browser computes it."""
    return "rgb({}, {}, {})".format(*(int(colour[place : place + 2], 16) for place in (1, 3, 5)))


PAPER: dict[str, str] = {scheme: rgb(TOKENS.value("paper", scheme)) for scheme in tokens.SCHEMES}


@contextmanager
def reader(browser: Browser, system: Scheme = "light", **options: Any) -> Iterator[BrowserContext]:
    """A reader whose system has a scheme; every error of a page fails the test."""
    errors: list[str] = []
    context = browser.new_context(color_scheme=system, **options)
    context.on("weberror", lambda error: errors.append(str(error.error)))
    context.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    yield context
    context.close()
    assert errors == []


def paper(page: Page) -> str:
    colour: str = page.evaluate("getComputedStyle(document.body).backgroundColor")
    return colour


def switch(page: Page, language: str = "") -> Locator:
    """The switch as assistive technology finds it."""
    return page.get_by_role("combobox", name=NAMES[language], exact=True)


def browser_colour(page: Page) -> str:
    """The colour that a browser would give its own bars."""
    found: str = page.evaluate(
        "() => [...document.querySelectorAll('meta[name=theme-color]')].find((one) => matchMedia(one.media).matches).content"
    )
    return found


@pytest.mark.parametrize("system", ["light", "dark"])
def test_at_first_the_system_decides(browser: Browser, site_url: str, system: Scheme) -> None:
    with reader(browser, system) as context:
        page = context.new_page()
        page.goto(site_url + PAGE)
        assert paper(page) == PAPER[system]
        assert browser_colour(page) == TOKENS.value("paper", system)
        assert switch(page).input_value() == "system"
        page.emulate_media(color_scheme="light" if system == "dark" else "dark")
        assert paper(page) != PAPER[system]


@pytest.mark.parametrize("language", NAMES, ids=["ja", "en"])
@pytest.mark.parametrize("system", ["light", "dark"])
def test_a_choice_holds_on_every_page_and_can_be_taken_back(
    browser: Browser, site_url: str, system: Scheme, language: str
) -> None:
    other: Scheme = "dark" if system == "light" else "light"
    with reader(browser, system) as context:
        page = context.new_page()
        page.goto(site_url + language + PAGE)
        assert switch(page, language).locator("option").all_inner_texts() == CHOICES[language]
        switch(page, language).select_option(other)
        assert paper(page) == PAPER[other]
        assert browser_colour(page) == TOKENS.value("paper", other)
        assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == other
        for key in ("", "grants/", "glossary/"):
            page.goto(site_url + key)
            assert paper(page) == PAPER[other], key
            assert browser_colour(page) == TOKENS.value("paper", other)
            assert switch(page).input_value() == other
        switch(page).select_option("system")
        assert paper(page) == PAPER[system]
        assert browser_colour(page) == TOKENS.value("paper", system)
        assert page.evaluate(KEPT) is None
        page.reload()
        assert paper(page) == PAPER[system]


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_it_works_by_keyboard_and_is_large_enough(browser: Browser, site_url: str, width: int) -> None:
    with reader(browser, viewport={"width": width, "height": 800}) as context:
        page = context.new_page()
        page.goto(site_url + PAGE)
        box = page.locator(".theme").bounding_box()
        target = switch(page).bounding_box()
        assert box is not None
        assert target is not None
        assert min(box["width"], box["height"]) >= 44
        assert min(target["width"], target["height"]) >= 42  # within the border of one pixel
        assert box["x"] + box["width"] <= width
        before = page.locator(".theme").screenshot()
        for _ in range(20):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "theme":
                break
        assert page.evaluate("document.activeElement.id") == "theme"
        assert page.locator(".theme").evaluate("(box) => getComputedStyle(box).boxShadow") != "none"
        around = {
            "x": box["x"] - 6,
            "y": box["y"] - 6,
            "width": box["width"] + 12,
            "height": box["height"] + 12,
        }
        focused = page.screenshot(clip=around)  # type: ignore[arg-type]
        page.keyboard.press("End")
        assert switch(page).input_value() == "dark"
        assert paper(page) == PAPER["dark"]
        assert page.evaluate(KEPT) == "dark"
        page.keyboard.press("Home")
        assert switch(page).input_value() == "system"
        page.evaluate("document.activeElement.blur()")
        assert page.screenshot(clip=around) != focused  # type: ignore[arg-type]
        assert page.locator(".theme").screenshot() == before


_FRAMES = """() => {
  window.frames_seen = [];
  const look = () => {
    if (document.body) {
      const root = getComputedStyle(document.documentElement).backgroundColor;
      const box = document.querySelector(".theme");
      window.frames_seen.push([root, document.documentElement.dataset.theme, box ? box.offsetWidth : null]);
    }
    if (document.readyState !== "complete") requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  window.moved = [];
  new PerformanceObserver((list) => {
    const nodes = list.getEntries().flatMap((entry) => entry.sources.map((source) => source.node));
    window.moved.push(...nodes.filter((node) => node?.parentElement?.closest(".site")).map((node) => node.nodeName));
  }).observe({ type: "layout-shift", buffered: true });
}"""


@pytest.mark.parametrize("system", ["light", "dark"])
def test_nothing_flashes_and_nothing_moves(browser: Browser, site_url: str, system: Scheme) -> None:
    """From the first frame on a page has the chosen paper, the switch its place, and the header does not move."""
    other: Scheme = "dark" if system == "light" else "light"
    with reader(browser, system) as context:
        page = context.new_page()
        page.goto(site_url + PAGE)
        switch(page).select_option(other)
        page.add_init_script(f"({_FRAMES})()")
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        network.send(
            "Network.emulateNetworkConditions",
            {"offline": False, "latency": 60, "downloadThroughput": 60_000, "uploadThroughput": 60_000},
        )
        network.send("Network.setCacheDisabled", {"cacheDisabled": True})
        for key in (PAGE, "", "en/glossary/"):
            page.goto(site_url + key, wait_until="load")
            seen = page.evaluate("window.frames_seen")
            assert seen, key
            assert {theme for _, theme, _ in seen} == {other}
            assert {colour for colour, _, _ in seen} == {PAPER[other]}, key
            assert {width for _, _, width in seen if width is not None} == {44}
            assert page.evaluate("window.moved") == [], key


def test_a_storage_that_is_refused_only_forgets(browser: Browser, site_url: str) -> None:
    with reader(browser) as context:
        context.add_init_script(
            "Object.defineProperty(window, 'localStorage', "
            "{ get() { throw new DOMException('refused', 'SecurityError'); } })"
        )
        page = context.new_page()
        page.goto(site_url + "glossary/")
        assert page.evaluate(KEPT) == "refused"
        assert paper(page) == PAPER["light"]
        switch(page).select_option("dark")
        assert paper(page) == PAPER["dark"]
        page.goto(site_url + "contents/")
        assert paper(page) == PAPER["light"]


def test_a_storage_that_is_full_only_forgets(browser: Browser, site_url: str) -> None:
    with reader(browser) as context:
        context.add_init_script(
            "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }"
        )
        page = context.new_page()
        page.goto(site_url + "glossary/")
        switch(page).select_option("dark")
        assert paper(page) == PAPER["dark"]


@pytest.mark.parametrize("value", ["", "purple", "<b>"])
def test_nonsense_in_the_storage_is_no_choice(browser: Browser, site_url: str, value: str) -> None:
    with reader(browser, "dark") as context:
        page = context.new_page()
        page.goto(site_url + "glossary/")
        page.evaluate("(value) => localStorage.setItem('hayami-theme', value)", value)
        page.reload()
        assert paper(page) == PAPER["dark"]
        assert switch(page).input_value() == "system"


def test_other_tabs_follow(browser: Browser, site_url: str) -> None:
    with reader(browser) as context:
        first, second = context.new_page(), context.new_page()
        first.goto(site_url + "glossary/")
        second.goto(site_url + "contents/")
        switch(first).select_option("dark")
        expect(second.locator("html")).to_have_attribute("data-theme", "dark")
        assert paper(second) == PAPER["dark"]
        assert switch(second).input_value() == "dark"


def test_going_back_shows_the_choice_of_now(browser: Browser, site_url: str) -> None:
    with reader(browser) as context:
        page = context.new_page()
        page.goto(site_url + "glossary/")
        page.goto(site_url + "contents/")
        switch(page).select_option("dark")
        page.go_back()
        assert paper(page) == PAPER["dark"]
        assert switch(page).input_value() == "dark"


def test_paper_is_always_light(browser: Browser, site_url: str) -> None:
    with reader(browser, "dark") as context:
        page = context.new_page()
        page.goto(site_url + PAGE)
        switch(page).select_option("dark")
        for scheme in ("dark", "light"):
            page.emulate_media(media="print", color_scheme=scheme)
            assert paper(page) == "rgb(255, 255, 255)"
            assert page.evaluate("getComputedStyle(document.body).color") == rgb(TOKENS.value("ink", "print"))
            assert not page.locator(".theme").is_visible()


def test_forced_colours_win_over_the_choice(browser: Browser, site_url: str) -> None:
    with reader(browser, forced_colors="active") as context:
        page = context.new_page()
        page.goto(site_url + PAGE)
        switch(page).select_option("dark")
        for name, wanted in (
            ("paper", "Canvas"),
            ("ink", "CanvasText"),
            ("ledger", "LinkText"),
            ("c", "Canvas"),
            ("on", "CanvasText"),
        ):
            found = page.evaluate(
                f"getComputedStyle(document.querySelector('.tab')).getPropertyValue('--{name}')"
            )
            assert found.strip() == wanted
        assert page.locator(".theme").is_visible()


def test_without_scripts_there_is_no_switch(browser: Browser, site_url: str) -> None:
    with reader(browser, "dark", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(site_url + PAGE)
        assert paper(page) == PAPER["dark"]
        assert page.locator(".theme").count() == 1
        assert not page.locator(".theme").is_visible()
        assert switch(page).count() == 0
        language = page.locator(".languages").bounding_box()
        assert language is not None
        # It leaves no gap behind: the language stands where the page ends.
        assert language["x"] + language["width"] == pytest.approx(1280 - 32, abs=1)


def test_its_script_passes_a_strict_policy(browser: Browser, site_url: str) -> None:
    """No script, style or picture stands within a page, so that a host may forbid all that do."""
    policy = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; manifest-src 'self'; "
        "form-action 'self'; base-uri 'none'"
    )

    def with_policy(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})

    with reader(browser) as context:
        page = context.new_page()
        page.route("**/*", with_policy)
        for key in ("", PAGE, "en/grants/", "stages/", "facilities/", "compare/"):
            page.goto(site_url + key, wait_until="networkidle")
            language = "en/" if key.startswith("en/") else ""
            switch(page, language).select_option("dark")
            assert paper(page) == PAPER["dark"], key


_OUTSIDE = """async (address) => {
  const picture = new Image();
  picture.src = address;
  await picture.decode();
  const size = picture.naturalWidth;
  const canvas = new OffscreenCanvas(size, size);
  const context = canvas.getContext("2d");
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, size, size);
  const middle = (size - 1) / 2;
  const found = { outside: new Set(), inside: new Set() };
  for (let y = 0; y < size; y += 1) {
    for (let x = 0; x < size; x += 1) {
      const place = Math.hypot(x - middle, y - middle) > 0.4 * size ? "outside" : "inside";
      found[place].add([...data.subarray(4 * (y * size + x), 4 * (y * size + x) + 4)].join());
    }
  }
  return { outside: [...found.outside], inside: found.inside.size };
}"""


def test_a_launcher_may_cut_the_icons_to_any_shape(browser: Browser, site_url: str) -> None:
    """Outside the middle circle of 80 % a maskable icon is nothing but paper, and opaque."""
    with reader(browser) as context:
        page = context.new_page()
        page.goto(site_url)
        manifest = page.locator("link[rel=manifest]").evaluate("(link) => link.href")
        icons = page.evaluate("async (at) => (await (await fetch(at)).json()).icons", manifest)
        maskable = [icon["src"] for icon in icons if icon.get("purpose") == "maskable"]
        assert len(maskable) == 2
        for source in maskable:
            found = page.evaluate(
                _OUTSIDE, page.evaluate("([a, b]) => new URL(a, b).href", [source, manifest])
            )
            assert found["outside"] == ["255,255,255,255"]
            assert found["inside"] > 2


def test_chromium_reads_the_manifest_without_complaint(browser: Browser, site_url: str) -> None:
    with reader(browser) as context:
        page = context.new_page()
        session = context.new_cdp_session(page)
        for language, title in (("", "早見表"), ("en/", "Hayami")):
            page.goto(site_url + language + "glossary/")
            found = session.send("Page.getAppManifest")
            assert found["errors"] == []
            assert found["url"] == site_url + language + "manifest.webmanifest"
            assert f'"short_name": "{title}"' in found["data"]
