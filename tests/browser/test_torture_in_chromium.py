"""Content of extremes at five widths: nothing overflows, is cut off or torn, or lies over anything else.

``HAYAMI_SCREENSHOTS=folder`` also writes what was looked at, whole pages, one file for each width.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Page, expect

from hayami import pipeline
from hayami.loopback import serving
from hayami.schema.record import KINDS
from tests import sites

pytestmark = pytest.mark.browser

CONTENT = pipeline.PROJECT / "tests" / "torture" / "content"
WIDTHS = (320, 390, 768, 1280, 1920)
LANGUAGES = ("ja", "en")
TALLEST = 15_000
"""Most pixels from the top to the bottom of a picture: many programs refuse more than 16,384."""

WIDEST = (
    "programme:longest-name",
    "programme:twelve-offers",
    "programme:every-field",
    "programme:twice-as-long",
)
CHOICE = ",".join(WIDEST)
RECORDS = tuple(
    f"{kind}/{folder.name}/"
    for kind in KINDS
    for folder in sorted((CONTENT / kind).iterdir())
    if folder.is_dir()
)
OTHERS = (
    "",
    "grants/",
    "search/",
    "facilities/",
    "help/",
    *(f"compare/?r={','.join(WIDEST[:number])}" for number in (2, 3, 4)),
)

MEANT = {
    # They wait above the page until the keyboard reaches them.
    "away": ".skip:not(:focus)",
    # A browser cuts what does not fit into the box of a list of options; the open list shows it whole.
    "cut": "select, input",
    # A drawing has its own test (test_place_diagram), and labels of a sketch may touch its lines.
    "drawn": "svg",
    # Numerator and denominator stand over each other by a shift that no layout knows of.
    "stacked": ".frac",
}
"""What looks like a fault and is meant: name of the exception → selector.

Words for readers by ear, of which one pixel is drawn (``.vh`` and the like), are known by their style. What
stands fixed on the screen lies over what scrolls below it, and is compared with itself alone.
"""

_FAULTS = """(meant) => {
  const SLACK = 2;
  const wide = document.documentElement.clientWidth;
  const name = (element) => {
    const own = (one) => one.localName + [...one.classList].map((part) => "." + part).join("");
    const parent = element.parentElement;
    return (parent && parent !== document.body ? own(parent) + " > " : "") + own(element);
  };
  const quote = (text) => JSON.stringify(text.trim().replace(/\\s+/g, " ").slice(0, 24));
  const faults = [];
  const add = (kind, what) => faults.push(kind + ": " + what);

  // Asked once for each element: browsers take long to answer.
  const looks = new Map();
  const look = (element) => {
    if (!looks.has(element)) {
      const style = getComputedStyle(element);
      const overflow = style.overflowX + style.overflowY;
      looks.set(element, {
        cuts: /hidden|clip/.test(overflow) && style.display !== "inline",
        fixed: style.position === "fixed",
        flows: /static|relative/.test(style.position) && !element.matches(meant.drawn),
        inline: /^(inline|contents|ruby)$/.test(style.display) && !element.matches(meant.stacked),
        scrolls: /auto|scroll/.test(overflow) && style.display !== "inline",
        size: parseFloat(style.fontSize),
        unseen: style.clipPath === "inset(50%)" || element.matches(meant.away)
          || (element !== document.body && look(element.parentElement).unseen),
        upright: style.writingMode.startsWith("vertical"),
      });
    }
    return looks.get(element);
  };

  // Boxes. What a reader can scroll to is neither lost nor too wide; it is judged by the box that scrolls.
  const scroller = (element) => {
    for (let at = element.parentElement; at !== document.body; at = at.parentElement) if (look(at).scrolls) return at;
    return null;
  };
  const past = { left: new Set(), right: new Set() };
  for (const element of document.body.querySelectorAll(`:not(:is(${meant.drawn}) *)`)) {
    const { cuts, flows, inline, unseen } = look(element);
    if (unseen) continue;
    const box = element.getBoundingClientRect();
    if (box.width === 0) continue;
    const parent = element.parentElement;
    for (const [side, is] of [["left", box.left < -1], ["right", box.right > wide + 1]]) {
      if (!is || scroller(element)) continue;
      past[side].add(element);
      // What stands in it is told with it.
      if (!past[side].has(parent)) add(side + " of the screen", name(element));
    }
    if (flows && !inline && !past.right.has(element) && !look(parent).inline && !look(parent).scrolls) {
      const around = parent.getBoundingClientRect();
      if (box.right > around.right + SLACK || box.left < around.left - SLACK) add("wider than its parent", name(element));
    }
    if (cuts && !element.matches(meant.cut + "," + meant.drawn)) {
      const across = element.scrollWidth - element.clientWidth;
      const down = element.scrollHeight - element.clientHeight;
      if (across > 1 || down > 1) add("cut off", name(element) + " " + quote(element.textContent));
    }
  }
  const over = document.documentElement.scrollWidth - wide;
  if (over > 0) add("page too wide", "by " + over + " px");

  // Words. Each line of a text is a box, as high as its letters rather than as its font's own leading.
  const lines = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const block = (element) => {
    let at = element.closest(meant.stacked) ?? element;
    while (look(at).inline && at !== document.body) at = at.parentElement;
    return at;
  };
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const element = node.parentElement;
    if (!node.data.trim() || element.closest(meant.drawn + "," + meant.cut)) continue;
    const { size, unseen, upright } = look(element);
    if (unseen || size === 0) continue;
    if (!element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const owner = block(element);
    const held = owner.getBoundingClientRect();
    const frames = [];
    let layer = null;
    for (let at = element; at !== document.body; at = at.parentElement) {
      if (look(at).fixed) layer = at;
      if (look(at).scrolls || look(at).cuts) frames.push(at.getBoundingClientRect());
    }
    for (const number of node.data.matchAll(/\\d[\\d,.]+\\d/g)) {
      range.setStart(node, number.index);
      range.setEnd(node, number.index + number[0].length);
      if (new Set(Array.from(range.getClientRects(), (rect) => Math.round(rect.top))).size > 1) {
        add("number torn apart", name(owner) + " " + quote(number[0]));
      }
    }
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      const trim = Math.max(0, ((upright ? rect.width : rect.height) - size) / 2);
      const line = {
        owner, layer, text: node.data,
        left: rect.left + (upright ? trim : 0), right: rect.right - (upright ? trim : 0),
        top: rect.top + (upright ? 0 : trim), bottom: rect.bottom - (upright ? 0 : trim),
      };
      if (line.right - line.left <= 0) continue;
      if (!upright && !owner.matches(meant.stacked) && (line.right > held.right + SLACK || line.left < held.left - SLACK)) {
        add("words outside their box", name(owner) + " " + quote(node.data));
      }
      for (const frame of frames) {
        line.left = Math.max(line.left, frame.left);
        line.right = Math.min(line.right, frame.right);
        line.top = Math.max(line.top, frame.top);
        line.bottom = Math.min(line.bottom, frame.bottom);
      }
      if (line.right > line.left && line.bottom > line.top) lines.push(line);
    }
  }
  lines.sort((one, other) => one.top - other.top);
  for (let first = 0; first < lines.length; first += 1) {
    const one = lines[first];
    for (let second = first + 1; second < lines.length && lines[second].top < one.bottom - SLACK; second += 1) {
      const other = lines[second];
      if (one.owner === other.owner || one.layer !== other.layer) continue;
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - other.top;
      if (across > SLACK && down > SLACK) {
        add("overlap", name(one.owner) + " " + quote(one.text) + " and " + name(other.owner) + " " + quote(other.text));
      }
    }
  }
  return [...new Set(faults)];
}"""


@pytest.fixture(scope="module")
def torture_url() -> Iterator[str]:
    """Address of the home page of the built content, below a sub-path."""
    with serving(sites.published(CONTENT)) as address:
        yield f"{address}sub/path/"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """One page for all addresses and widths: opening a new one each time would take longer than looking."""
    context = browser.new_context(reduced_motion="reduce")
    # Records were chosen before, so that the bar that counts them stands on every page that has one.
    context.add_init_script(f"sessionStorage.setItem('hayami.compare', '{CHOICE}')")
    yield context.new_page()
    context.close()


def resize(page: Page, width: int) -> None:
    if page.viewport_size != {"width": width, "height": 900}:
        page.set_viewport_size({"width": width, "height": 900})


def faults(page: Page, name: str) -> list[str]:
    """What is wrong with an open page, with the widths at which it is."""
    found: dict[str, list[int]] = defaultdict(list)
    for width in WIDTHS:
        resize(page, width)
        for fault in page.evaluate(_FAULTS, MEANT):
            found[fault].append(width)
        if "HAYAMI_SCREENSHOTS" in os.environ:
            photograph(page, Path(os.environ["HAYAMI_SCREENSHOTS"]) / f"{name}-{width}")
    return [f"{fault} at {', '.join(map(str, widths))} px" for fault, widths in found.items()]


def photograph(page: Page, file: Path) -> None:
    """The whole page, as several pictures when it is too tall for one."""
    across, down = page.evaluate(
        "[document.documentElement.scrollWidth, document.documentElement.scrollHeight]"
    )
    for part, top in enumerate(range(0, down, TALLEST), start=1):
        clip: FloatRect = {"x": 0, "y": top, "width": across, "height": min(TALLEST, down - top)}
        ending = f"-part{part}.png" if down > TALLEST else ".png"
        page.screenshot(path=f"{file}{ending}", full_page=True, clip=clip)


@pytest.mark.parametrize("address", [*OTHERS, *RECORDS], ids=lambda address: address or "home")
@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_overflows_is_cut_off_or_lies_over_anything(
    page: Page, torture_url: str, language: str, address: str
) -> None:
    resize(page, WIDTHS[0])
    page.goto(torture_url + ("" if language == "ja" else f"{language}/") + address)
    if "?" in address:
        expect(page.locator("[data-status]")).not_to_be_empty()
        expect(page.locator(".cmp thead .rec")).to_have_count(address.count(":"))
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    name = f"{language}-{address.strip('/').replace('/', '-') or 'home'}"
    if "?" in address:
        name = f"{language}-compare-{address.count(':')}"
    found = faults(page, name)
    assert found == [], "\n" + "\n".join(found)


def test_faults_are_found(page: Page, torture_url: str) -> None:
    """Each kind of fault, put into a sound page, is told: a check that finds nothing must be able to find."""
    resize(page, 390)
    page.goto(torture_url + "programmes/only-mandatory/")
    before = set(page.evaluate(_FAULTS, MEANT))
    for style, kind in (
        ("width: 500px", "page too wide"),
        ("margin-left: -3rem", "left of the screen"),
        ("width: 3rem; overflow: hidden; white-space: nowrap", "cut off"),
        ("width: 3rem; white-space: nowrap", "words outside their box"),
        ("width: 104%", "wider than its parent"),
        ("width: 2rem", "number torn apart"),
        ("margin-bottom: -2rem", "overlap"),
    ):
        page.evaluate(
            """(style) => {
              document.querySelector("[data-wrong]")?.remove();
              const wrong = Object.assign(document.createElement("p"), { textContent: "words that go wrong 1,234,567,890" });
              wrong.dataset.wrong = "";
              wrong.style = style;
              document.querySelector("main h1").before(wrong);
            }""",
            style,
        )
        told = set(page.evaluate(_FAULTS, MEANT)) - before
        assert any(one.startswith(kind) for one in told), (style, told)
