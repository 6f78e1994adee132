"""That the declared pairs are all there are: whatever two colours meet on a page must be a pair.

The unit tests hold the declared pairs to their ratios. Here every kind of page is asked, at rest, under the
pointer and in focus, in light and dark, which colours its words and the edges of its controls have, and on
what they lie.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from hayami import contrast, pipeline, styleguide, tokens
from hayami.assets import Assets
from hayami.tokens import Scheme

pytestmark = pytest.mark.browser

TOKENS = tokens.read((pipeline.PROJECT / "assets" / tokens.SHEET).read_text("utf-8"))

_LOOK = """() => {
  const clear = (colour) => colour === "transparent" || /, 0\\)$/.test(colour);
  const ground = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const colour = getComputedStyle(at).backgroundColor;
      if (!clear(colour)) return colour;
    }
    return "none";
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


@pytest.fixture(params=["light", "dark"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page in one scheme, which it keeps in its name."""
    # States are shown by a sheet of our own, which the policy of the page forbids.
    opened = browser.new_page(color_scheme=request.param, reduced_motion="reduce", bypass_csp=True)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("language", "width"), [("", 390), ("", 1280), ("en/", 1280)], ids=["ja-390", "ja-1280", "en-1280"]
)
def test_whatever_meets_is_a_declared_pair(
    page: Page,
    site_url: str,
    kinds: tuple[str, ...],
    language: str,
    width: int,
    request: pytest.FixtureRequest,
) -> None:
    scheme: Scheme = request.node.callspec.params["page"]
    texts, edges = declared(scheme, "text"), declared(scheme, "control")
    page.set_viewport_size({"width": width, "height": 900})
    css, strange, seen = states(), {}, set()
    for kind in (one for one in kinds if one.startswith("en/") == bool(language)):
        page.goto(site_url + kind)
        page.add_style_tag(content=css)
        for state in ("", "hover", "focus"):
            page.evaluate(
                "(state) => document.querySelectorAll('*').forEach((one) => one.setAttribute('data-state', state))",
                state,
            )
            found = page.evaluate(_LOOK)
            for pairs, allowed in ((found["texts"], texts), (found["edges"], edges)):
                seen |= {pair for pair, _ in pairs}
                strange.update({(kind, state, pair): where for pair, where in pairs if pair not in allowed})
    assert strange == {}
    assert len(seen & texts) >= 10
    assert len(seen & edges) >= 1
