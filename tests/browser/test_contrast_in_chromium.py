"""That the declared pairs are all there are: whatever two colours meet on a page must be a pair.

The unit tests hold the declared pairs to their ratios. Here every kind of page is asked, at rest, under the
pointer and in focus, in light and dark, which colours its words and the edges of its controls have, and on
what they lie.
"""

from __future__ import annotations

from typing import Any, Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from hayami import contrast, pipeline, styleguide, tokens
from hayami.assets import Assets
from hayami.tokens import Scheme

pytestmark = pytest.mark.browser

TOKENS = tokens.read((pipeline.PROJECT / "assets" / tokens.SHEET).read_text("utf-8"))

OnScreen = Literal["light", "dark"]

_LOOK = """() => {
  const clear = (colour) => colour === "transparent" || /, 0\\)$/.test(colour);
  // Asked once for each element: the words of a page have their ancestors in common.
  const grounds = new Map([[null, "none"]]);
  const ground = (element) => {
    if (!grounds.has(element)) {
      const colour = getComputedStyle(element).backgroundColor;
      grounds.set(element, clear(colour) ? ground(element.parentElement) : colour);
    }
    return grounds.get(element);
  };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !element.closest("svg, noscript, .vh");
  const texts = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.data.trim() || !shown(element)) continue;
    const style = getComputedStyle(element);
    if (style.fontSize === "0px") continue;
    texts.set(style.color + " on " + ground(element), element.outerHTML.slice(0, 120));
  }
  for (const field of document.querySelectorAll("[placeholder]")) {
    if (!shown(field)) continue;
    const colour = getComputedStyle(field, "::placeholder").color;
    texts.set(colour + " on " + ground(field), field.outerHTML.slice(0, 120));
  }
  const edges = new Map();
  for (const control of document.querySelectorAll("input, button, select, .search, .theme, :is(.ways, .orders, .jump, .languages) a")) {
    const style = getComputedStyle(control);
    // What the browser draws itself (radios, boxes) is its own, and no border tells of it.
    if (!shown(control) || (/radio|checkbox/.test(control.type) && style.appearance !== "none")) continue;
    const behind = ground(control.parentElement);
    const bordered = parseFloat(style.borderTopWidth) > 0 && style.borderTopStyle !== "none" && !clear(style.borderTopColor);
    if (bordered) edges.set(style.borderTopColor + " on " + behind, control.outerHTML.slice(0, 120));
  }
  return { texts: [...texts], edges: [...edges] };
}"""


def rgb(colour: str) -> str:
    """``#rrggbb`` as a browser computes it."""
    return "rgb({}, {}, {})".format(*(int(colour[place : place + 2], 16) for place in (1, 3, 5)))


def declared(scheme: Scheme, role: str) -> set[str]:
    """Every pair of a role as a browser would see it."""
    return {
        f"{rgb(TOKENS.value(pair.text, scheme))} on {rgb(TOKENS.value(pair.ground, scheme))}"
        for pair in contrast.PAIRS
        if pair.role == role
    }


def states() -> str:
    """The rules of the site for pointer and focus, as rules for an attribute."""
    served = Assets.read(pipeline.PROJECT / "assets", for_styleguide=True).files
    return served[styleguide.STATES_SHEET].decode()


SCHEMES: tuple[OnScreen, ...] = ("light", "dark")
STATES = ("", "hover", "focus")


def looks(page: Page) -> list[tuple[OnScreen, str, Any]]:
    """What meets on an open page in each scheme and state: loading it takes longer than looking."""
    found = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        for state in STATES:
            page.evaluate(
                "(state) => document.querySelectorAll('*').forEach((one) => one.setAttribute('data-state', state))",
                state,
            )
            found.append((scheme, state, page.evaluate(_LOOK)))
    return found


# Both languages have the same templates and sheets: each kind of page is seen in either width, and in either language.
@pytest.mark.parametrize(("language", "width"), [("", 390), ("en/", 1280)], ids=["ja-390", "en-1280"])
def test_whatever_meets_is_a_declared_pair(
    browser: Browser, site_url: str, kinds: tuple[str, ...], language: str, width: int
) -> None:
    # States are shown by a sheet of our own, which the policy of the page forbids.
    page = browser.new_page(
        viewport={"width": width, "height": 900}, reduced_motion="reduce", bypass_csp=True
    )
    texts = {scheme: declared(scheme, "text") for scheme in SCHEMES}
    edges = {scheme: declared(scheme, "control") for scheme in SCHEMES}
    css, strange = states(), {}
    seen: dict[OnScreen, set[str]] = {scheme: set() for scheme in SCHEMES}
    for kind in (one for one in kinds if one.startswith("en/") == bool(language)):
        page.goto(site_url + kind)
        # What scripts bring when a reader asks for it.
        for asked, brought in ((".start button", ".calc"), ("a[data-compare]", ".cbar")):
            if page.locator(asked).count():
                page.locator(asked).first.click()
                expect(page.locator(brought)).to_be_visible()
        page.add_style_tag(content=css)
        for scheme, state, found in looks(page):
            for pairs, allowed in ((found["texts"], texts[scheme]), (found["edges"], edges[scheme])):
                seen[scheme] |= {pair for pair, _ in pairs}
                for pair, where in pairs:
                    if pair not in allowed:
                        strange[kind, scheme, state, pair] = where
        page.evaluate("sessionStorage.clear()")
    page.close()
    assert strange == {}
    for scheme in SCHEMES:
        assert len(seen[scheme] & texts[scheme]) >= 10
        assert len(seen[scheme] & edges[scheme]) >= 1
