"""Checks that need a browser: axe-core in every way of looking at a page, and the keyboard.

``build.py audit DIR --browser`` runs them over one page of each kind of a folder, and the tests over the site of this
project. Like the rest of the audit they know nothing of the catalogue.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
"""What axe-core is asked for: A and AA of WCAG 2.2, and its own advice."""
PRESSED = "target-size"
"""A rule that axe-core leaves off by itself, and that says nothing of paper."""


CRITERIA: Mapping[str, tuple[str, ...]] = {
    "reflow": ("1.4.4", "1.4.10", "1.4.12"),
    "motion": ("2.3.3",),
    "keyboard": ("2.1.1",),
    "keyboard-trap": ("2.1.2",),
    "focus-visible": ("2.4.7",),
    "focus-obscured": ("2.4.11",),
    "no-script": (),
}
"""Rules of this module → numbers of the success criteria of WCAG that they look at."""


@dataclass(frozen=True, slots=True)
class Observed:
    """Something wrong in a page as it is shown."""

    page: str
    mode: str
    rule: str
    target: str
    message: str


@dataclass(frozen=True, slots=True)
class Mode:
    """One way of looking at a page."""

    width: int = 1280
    height: int = 900
    media: Mapping[str, Any] = field(default_factory=dict)
    """What a reader or a device asks for, as arguments of ``emulate_media``."""
    css: str = ""
    """A sheet that is laid over the page."""
    narrow: bool = False
    """Whether nothing may be wider than the window: WCAG 1.4.10, 1.4.4, 1.4.12."""
    axe: bool = True
    """Whether axe-core is asked; where nothing looks different it need not be."""


_PLAIN = {
    "media": "screen",
    "color_scheme": "light",
    "forced_colors": "none",
    "reduced_motion": "no-preference",
}

# Figures of WCAG 1.4.12.
_SPACING = (
    "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
    "p { margin-bottom: 2em !important; }"
)

MODES: Mapping[str, Mode] = {
    "desk": Mode(),
    "phone": Mode(320, 640, narrow=True),
    "dark": Mode(media={"color_scheme": "dark"}),
    "forced colours": Mode(media={"forced_colors": "active"}),
    "print": Mode(media={"media": "print"}),
    # A window of half the width is what style sheets see of it.
    "zoom 200 %": Mode(640, 450, narrow=True),
    "reduced motion": Mode(media={"reduced_motion": "reduce"}),
    # Last, since the sheet stays.
    "text spacing": Mode(390, 844, css=_SPACING, narrow=True),
}
LARGE_TEXT = {"text 200 %": Mode(narrow=True, axe=False)}
"""For a browser whose own size of text is twice the usual: only then do style sheets see what a reader has chosen."""
LARGE_TEXT_ARGUMENT = "--blink-settings=defaultFontSize=32,defaultFixedFontSize=26"


class NoAxe(Exception):
    """axe-core is not there."""


def axe_source() -> str:
    """The script of axe-core, which comes with the packages of the tests."""
    found = importlib.util.find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        raise NoAxe
    return Path(found.origin).with_name("axe.min.js").read_text("utf-8")


_LANG = re.compile(r"<html[^>]*\slang=[\"']?([\w-]+)", re.IGNORECASE)


def kinds(root: Path) -> list[str]:
    """One page of each kind of a folder: the fullest of those with the same language, first folder and depth."""
    fullest: dict[tuple[str, ...], tuple[int, str]] = {}
    for file in sorted(root.rglob("*.html")):
        text = file.read_text("utf-8", errors="replace")
        if 'http-equiv="refresh"' in text:
            continue
        # As an address: a browser would take what follows these signs for something else.
        name = re.sub("[%?#]", lambda sign: quote(sign[0]), file.relative_to(root).as_posix())
        address = name.removesuffix("index.html") if file.name == "index.html" else name
        # Pages in other languages often stand in a folder that is named after theirs.
        told = _LANG.search(text)
        language = told[1] if told and address.startswith(f"{told[1]}/") else ""
        rest = address.removeprefix(f"{language}/") if language else address
        kind = (language, rest.split("/")[0], str(rest.count("/")))
        fullest[kind] = max(fullest.get(kind, (-1, "")), (len(text), address))
    return [address for _, address in fullest.values()]


_AXE_RULES = """async ([tags, pressed]) => {
  const run = await axe.run(document, { runOnly: tags, rules: { [pressed]: { enabled: true } } });
  const rules = ["passes", "violations", "incomplete", "inapplicable"].flatMap((kind) => run[kind]);
  return [run.testEngine.version, rules.map((one) => [one.id, one.tags])];
}"""


def axe_rules(browser: Browser, root: str, address: str) -> tuple[str, dict[str, list[str]]]:
    """Version of axe-core, and of each rule that it runs the criteria that its tags name (``wcag143`` → ``1.4.3``)."""
    with _opened(browser, root, address) as page:
        page.evaluate(axe_source())
        version, rules = page.evaluate(_AXE_RULES, [list(TAGS), PRESSED])
    named = {
        name: [".".join(found.groups()) for tag in tags if (found := _CRITERION_TAG.fullmatch(tag))]
        for name, tags in rules
    }
    return str(version), dict(sorted(named.items()))


_CRITERION_TAG = re.compile(r"wcag(\d)(\d)(\d{1,2})")

_AXE = """async ([tags, pressed, enabled]) => {
  const rules = { [pressed]: { enabled } };
  const { violations } = await axe.run(document, { runOnly: tags, rules, resultTypes: ["violations"] });
  return violations.flatMap((one) => one.nodes.map((node) => [one.id, node.target.flat().join(" "), node.failureSummary ?? one.help]));
}"""

# What changes slowly has changed by then.
_SETTLED = """async () => {
  for (const turn of [0, 1]) await new Promise((done) => requestAnimationFrame(done));
  for (const one of document.getAnimations()) if (one.effect?.getComputedTiming().endTime < Infinity) one.finish();
}"""

_WIDE = """() => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= root.clientWidth + 1) return [];
  const wide = [...document.body.querySelectorAll("*")].filter((one) => {
    const { right, width } = one.getBoundingClientRect();
    return width && right > root.clientWidth + 1;
  });
  return wide.slice(0, 3).map((one) => one.outerHTML.slice(0, 120));
}"""

_MOVING = (
    """() => document.getAnimations().map((one) => one.effect?.target?.outerHTML?.slice(0, 120) ?? "?")"""
)

_OVERLAY = """(css) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


def looked_at(
    page: Page, address: str, modes: Mapping[str, Mode] = MODES, axe: str | None = None
) -> Iterator[Observed]:
    """What axe-core and the width say of a page in each mode; it is opened in a window that other pages may follow in."""
    desk = Mode()
    _show(page, desk)
    page.goto(address)
    page.evaluate(axe or axe_source())
    shown = desk
    for name, mode in modes.items():
        still = "reduced_motion" in mode.media
        if not (mode.axe or mode.narrow or still):
            continue
        _show(page, mode, shown)
        shown = mode
        if mode.css:
            page.evaluate(_OVERLAY, mode.css)
        page.evaluate(_SETTLED)
        asked = [list(TAGS), PRESSED, "media" not in mode.media]
        for rule, target, message in page.evaluate(_AXE, asked) if mode.axe else ():
            yield Observed(address, name, rule, target, message)
        for html in page.evaluate(_WIDE) if mode.narrow else ():
            yield Observed(address, name, "reflow", html, "wider than the window")
        for html in page.evaluate(_MOVING) if still else ():
            yield Observed(address, name, "motion", html, "moves though the reader asked for less motion")


def _show(page: Page, mode: Mode, before: Mode | None = None) -> None:
    """Set what differs from the mode before: each change has the page laid out and drawn anew."""
    if before is None or (before.width, before.height) != (mode.width, mode.height):
        page.set_viewport_size({"width": mode.width, "height": mode.height})
    if before is None or before.media != mode.media:
        page.emulate_media(**{**_PLAIN, **mode.media})


@contextmanager
def window(browser: Browser, root: str, **more: Any) -> Iterator[Page]:
    """A window for pages of one site, which are named from its root; this ends with a slash."""
    context = browser.new_context(base_url=root, service_workers="block", **more)
    try:
        yield context.new_page()
    finally:
        context.close()


@contextmanager
def _opened(
    browser: Browser, root: str, address: str, width: int = 1280, height: int = 900, **more: Any
) -> Iterator[Page]:
    """A page in a window of its own."""
    with window(browser, root, viewport={"width": width, "height": height}, **more) as page:
        page.goto(address)
        yield page


# What is reached with the tabulator key, told by a number that is noted on each element.
_FOCUSABLE = """() => {
  const shown = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length;
  const all = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, iframe, [tabindex], [contenteditable]")]
    .filter((one) => one.tabIndex >= 0 && !one.disabled && shown(one));
  const groups = new Set();
  const reached = all.filter((one) => {
    if (one.type !== "radio") return true;
    // Of a group of radio buttons the keyboard reaches one; arrows go on from there.
    const group = `${one.form?.id}:${one.name}`;
    return !groups.has(group) && groups.add(group);
  });
  window.tabbed = new Map(reached.map((one, index) => [one, index]));
  return reached.map((one) => one.outerHTML.slice(0, 120));
}"""

_LOOK = """(one) => {
  const pieces = [one, one.parentElement, ...(one.labels ?? [])];
  return pieces.filter(Boolean).map((piece) => {
    const style = getComputedStyle(piece);
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) ? [style.outlineStyle, style.outlineWidth, style.outlineColor] : "";
    return [outline, style.boxShadow, style.borderColor, style.borderWidth, style.backgroundColor, style.textDecoration].join();
  }).join("|");
}"""

_STOP = f"""() => {{
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const look = {_LOOK};
  const focused = look(one);
  const box = one.getBoundingClientRect();
  const spots = [[0.5, 0.5], [0.2, 0.5], [0.8, 0.5], [0.5, 0.2], [0.5, 0.8]].map(([x, y]) => [box.x + box.width * x, box.y + box.height * y]);
  const related = (other) => other && (one.contains(other) || other.contains(one) || [...(one.labels ?? [])].some((label) => label.contains(other)));
  const rects = [...one.getClientRects()].map((rect) => [rect.x + rect.width / 2, rect.y + rect.height / 2]);
  const covered = ![...spots, ...rects].some(([x, y]) => related(document.elementFromPoint(x, y)));
  one.blur();
  const plain = look(one);
  one.focus({{ focusVisible: true, preventScroll: true }});
  return {{ number: window.tabbed.get(one) ?? -1, html: one.outerHTML.slice(0, 120), marked: focused !== plain, covered }};
}}"""


def walked(
    browser: Browser, root: str, address: str, width: int = 1280, height: int = 900
) -> Iterator[Observed]:
    """The page by the keyboard alone: everything is reached, shows that it is, is not covered, and lets one go on."""
    mode = f"keyboard, {width} px"
    with _opened(browser, root, address, width, height) as page:
        wanted = page.evaluate(_FOCUSABLE)
        seen: set[int] = set()
        for _ in range(2 * len(wanted) + 10):
            page.keyboard.press("Tab")
            stop = page.evaluate(_STOP)
            if stop is None:
                # The end of the page: the next stop is the browser's own.
                break
            if stop["number"] in seen:
                yield Observed(
                    address, mode, "keyboard-trap", stop["html"], "the key leads back before the end"
                )
                break
            seen.add(stop["number"])
            if not stop["marked"]:
                yield Observed(
                    address, mode, "focus-visible", stop["html"], "nothing shows that it has the focus"
                )
            if stop["covered"]:
                yield Observed(address, mode, "focus-obscured", stop["html"], "something lies over it")
        for index, html in enumerate(wanted):
            if index not in seen:
                yield Observed(address, mode, "keyboard", html, "the keyboard does not reach it")


def without_scripts(browser: Browser, root: str, address: str) -> float:
    """Share of the main text that stands in the page without its scripts, 0 to 1."""
    lengths = []
    for scripts in (True, False):
        with _opened(browser, root, address, java_script_enabled=scripts) as page:
            main = page.locator("main")
            text = main.first.inner_text() if main.count() else page.locator("body").inner_text()
            lengths.append(len("".join(text.split())))
    return min(lengths[1] / lengths[0], 1.0) if lengths[0] else 1.0


def observed(
    browser: Browser,
    large: Browser,
    root: str,
    pages: list[str],
    tell: Callable[[str], None] = lambda _: None,
) -> Iterator[Observed]:
    """All checks over some pages. ``large`` is a browser that was started with LARGE_TEXT_ARGUMENT."""
    axe = axe_source()
    with window(browser, root) as page, window(large, root) as magnified:
        for address in pages:
            tell(address)
            yield from looked_at(page, address, axe=axe)
            yield from looked_at(magnified, address, LARGE_TEXT, axe)
            yield from walked(browser, root, address)
            yield from walked(browser, root, address, 320, 640)
            share = without_scripts(browser, root, address)
            if share < 0.9:
                yield Observed(
                    address, "no scripts", "no-script", f"{share:.0%}", "text is missing without scripts"
                )
