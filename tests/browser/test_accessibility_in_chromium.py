"""What only a browser can see: axe-core over every kind of page in every way of looking at it, and the keyboard."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from hayami import assets, chromium, pipeline
from hayami.assets import Assets
from hayami.audit import browser as looking
from hayami.audit import coverage
from hayami.loopback import serving
from tests import sites

pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).parent.parent / "golden" / "content"
PARTS = 16
"""The kinds of pages are told by the site itself; so many tests share them."""
# The tests have little time, and leave out what cannot differ; `audit --browser` asks it all the same.
# Less motion looks the same to axe-core.
MODES = {**looking.MODES, "reduced motion": replace(looking.MODES["reduced motion"], axe=False)}
BOTH = "desk"
"""The way of looking in which axe-core is asked in every language; the others share them: their sheets are the same."""
ONLY_COLOURS = "(prefers-color-scheme: dark), (forced-colors: active)"
"""Ways of looking in which sheets change colours alone (a test below holds them to it)."""
ASKED = f"""{looking.axe_source()};
(() => {{
  const run = axe.run;
  const colours = ["color-contrast", "link-in-text-block"];
  axe.run = (root, options) => {{
    if (matchMedia("{ONLY_COLOURS}").matches) return run(root, {{ ...options, runOnly: {{ type: "rule", values: colours }}, rules: {{}} }});
    // Of the colours in narrow windows test_contrast_in_chromium.py tells, and axe-core at a desk.
    const narrow = innerWidth < {looking.Mode().width};
    return run(root, narrow ? {{ ...options, rules: {{ ...options.rules, "color-contrast": {{ enabled: false }} }} }} : options);
  }};
}})();
"""
"""axe-core, which asks less where less can differ: colours take it most of its time."""
NOT_ASKED = "void 0"
WALKED = (
    "",
    "programmes/crisis-management-promotion/",
    "search/",
    "grants/",
    "compare/equipment/",
    "offline/",
    "accessibility/results/",
)


@pytest.fixture(scope="session")
def large(browser: Browser) -> Iterator[Browser]:
    """A browser whose own text is twice as large as usual."""
    arguments = ["--no-sandbox", "--disable-dev-shm-usage", looking.LARGE_TEXT_ARGUMENT]
    launched = browser.browser_type.launch(executable_path=str(chromium.find()), args=arguments)
    yield launched
    launched.close()


def modes(kinds: tuple[str, ...], address: str) -> dict[str, looking.Mode]:
    """The ways of looking at a page: each kind of page is shown to axe-core in each, in one language at least."""
    english = address.startswith("en/")
    kind = [one for one in kinds if one.startswith("en/") == english].index(address)
    return {
        name: mode if name == BOTH or (kind + turn) % 2 == english else replace(mode, axe=False)
        for turn, (name, mode) in enumerate(MODES.items())
    }


def test_every_kind_of_page_is_shown_to_axe_in_every_mode(kinds: tuple[str, ...]) -> None:
    """And what the sheets say where axe-core is asked of colours alone is of colours."""
    japanese = [one for one in kinds if not one.startswith("en/")]
    english = [one for one in kinds if one.startswith("en/")]
    assert [_kind(one) for one in japanese] == [_kind(one.removeprefix("en/")) for one in english]
    for here, there in zip(japanese, english, strict=True):
        shown = [modes(kinds, one) for one in (here, there)]
        for name, mode in MODES.items():
            asked = [one[name].axe for one in shown]
            assert asked == [mode.axe] * 2 if name == BOTH else sum(asked) == mode.axe, (here, name)
    changed: dict[str, str] = {}
    for name, css in Assets.read(pipeline.PROJECT / "assets").files.items():
        if name.endswith(".css"):
            changed |= dict(_told_of_colours(css.decode()))
    assert {
        one for one in changed if not re.match("--|background|border|outline|color|fill|forced-color", one)
    } == {
        "appearance",  # of a box to tick: its own drawing instead of ours,
        "display",  # which goes
    }, changed
    assert changed["display"] == ".choice input::after"


def _kind(address: str) -> tuple[str, int]:
    return address.partition("/")[0], address.count("/")


def _told_of_colours(css: str, within: bool = False) -> Iterator[tuple[str, str]]:
    """Property and selector of what sheets say for dark schemes and forced colours."""
    for head, body in assets._rules(css):
        if body is None or head.startswith(("@font-face", "@keyframes")):
            continue
        if head.startswith("@"):
            yield from _told_of_colours(body, within or bool(re.search("dark|forced-colors: ?active", head)))
        elif within:
            for declared in body.split(";"):
                yield declared.partition(":")[0].strip(), head


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_in_any_mode(
    browser: Browser, large: Browser, site_url: str, kinds: tuple[str, ...], part: int
) -> None:
    found = [
        one
        for address in kinds[part::PARTS]
        # Some hundred sheets take axe-core a minute and a half; that of the small catalogue has a test of its own.
        if not address.endswith("booklet/")
        for one in (
            *looking.looked_at(browser, site_url, address, modes(kinds, address), ASKED),
            *looking.looked_at(large, site_url, address, looking.LARGE_TEXT, NOT_ASKED),
        )
    ]
    assert found == []


@pytest.mark.parametrize("language", ["", "en/"])
def test_axe_finds_nothing_in_a_booklet(browser: Browser, large: Browser, language: str) -> None:
    with serving(sites.published(GOLDEN)) as root:
        address = f"sub/path/{language}booklet/"
        assert list(looking.looked_at(browser, root, address, MODES)) == []
        assert list(looking.looked_at(large, root, address, looking.LARGE_TEXT)) == []


def test_axe_finds_nothing_on_the_page_for_wrong_addresses(browser: Browser, tmp_path: Path) -> None:
    """It names its files by their whole path, so that it is looked at where a host would show it."""
    for name, content in sites.built(pipeline.Options(GOLDEN)).files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with serving(tmp_path) as root:
        assert list(looking.looked_at(browser, root, "404.html", MODES)) == []


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("address", WALKED)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    browser: Browser, site_url: str, address: str, language: str, width: int
) -> None:
    assert list(looking.walked(browser, site_url, language + address, width, 800)) == []


@pytest.mark.parametrize("part", range(4))
def test_the_text_is_there_without_scripts(
    browser: Browser, site_url: str, kinds: tuple[str, ...], part: int
) -> None:
    for address in kinds[part::4]:
        # A table of one's own needs scripts; without, the page leads to those that stand ready.
        if address.endswith("compare/"):
            continue
        assert looking.without_scripts(browser, site_url, address) >= 0.9, address


def test_the_rules_of_axe_are_those_that_pages_tell_of(browser: Browser, tmp_path: Path) -> None:
    """``HAYAMI_UPDATE_AXE=1`` writes them anew, after another axe-core came with the packages of the tests."""
    (tmp_path / "x.html").write_text("<!doctype html><title>x</title>", "utf-8")
    with serving(tmp_path) as root:
        version, rules = looking.axe_rules(browser, root, "x.html")
    if os.environ.get("HAYAMI_UPDATE_AXE"):
        held = json.dumps({"version": version, "rules": rules}, indent=1)
        coverage.AXE.write_text(held + "\n", encoding="utf-8", newline="\n")
    assert {name: tuple(criteria) for name, criteria in rules.items()} == coverage.axe_rules()
    assert len(rules) > 60
    assert rules[looking.PRESSED] == ["2.5.8"]


def test_every_rule_of_our_own_in_the_browser_names_its_criteria() -> None:
    source = Path(looking.__file__).read_text("utf-8")
    used = set(re.findall(r'Observed\(\s*address, (?:mode|name|"[^"]+"), "([\w-]+)"', source))
    assert used == looking.CRITERIA.keys()


FAULTY = """<!doctype html><html lang="en"><title>x</title><meta name="viewport" content="width=device-width">
<style>
  @media (prefers-color-scheme: dark) { .dark { color: #222; background: #111 } }
  .wide { width: 50rem }
  .quiet:focus { outline: none }
  .under { position: relative } .over { position: absolute; inset: 0; background: white }
  @keyframes turn { to { rotate: 1turn } } .turns { animation: turn 1s infinite; width: 1em; height: 1em; margin: 4rem; overflow: hidden }
</style>
<main><h1>x</h1>
  <p class="dark">dark</p>
  <a class="quiet" href="#a">quiet link</a>
  <div class="under"><button>covered</button><div class="over">.</div></div>
  <button onkeydown="if (event.key === 'Tab') { event.preventDefault(); document.querySelector('.quiet').focus() }">trap</button>
  <input type="text" aria-label="never reached">
  <div class="turns">turns</div>
  <div class="wide">wide</div>
  <div id="late"></div><script>document.getElementById("late").textContent = "all of the text ".repeat(9)</script>
</main>"""


def test_faults_are_seen(browser: Browser, large: Browser, tmp_path: Path) -> None:
    """None of the checks may be one that cannot fail."""
    (tmp_path / "x.html").write_text(FAULTY, "utf-8")
    with serving(tmp_path) as root:
        seen = {(one.mode, one.rule) for one in looking.observed(browser, large, root, ["x.html"])}
    walk = "keyboard, 1280 px"
    assert {
        ("dark", "color-contrast"),
        ("phone", "reflow"),
        ("zoom 200 %", "reflow"),
        ("text 200 %", "reflow"),
        ("text spacing", "reflow"),
        ("reduced motion", "motion"),
        (walk, "focus-visible"),
        (walk, "focus-obscured"),
        (walk, "keyboard-trap"),
        (walk, "keyboard"),
        ("no scripts", "no-script"),
    } <= seen
    assert ("desk", "color-contrast") not in seen
    assert ("desk", "reflow") not in seen
