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
from tests.browser.conftest import ARGUMENTS

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
((inks) => {{
  const run = axe.run;
  const colours = ["color-contrast", "link-in-text-block"];
  axe.run = (root, options) => {{
    if (matchMedia("{ONLY_COLOURS}").matches) return run(root, {{ ...options, runOnly: {{ type: "rule", values: colours }}, rules: {{}} }});
    // Of the colours in narrow windows test_contrast_in_chromium.py tells, and axe-core at a desk.
    const narrow = innerWidth < {looking.Mode().width};
    const told = narrow || !(inks || matchMedia("print").matches);
    return run(root, told ? {{ ...options, rules: {{ ...options.rules, "color-contrast": {{ enabled: false }} }} }} : options);
  }};
}})"""
"""axe-core, which asks less where less can differ: colours take it most of its time.

What follows in brackets says whether it asks of colours at a desk; it does so in one language of each kind of page.
"""
HOMES = ("", "en/")
"""Pages whose colours are asked at a desk in both languages."""
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
    arguments = [*ARGUMENTS, looking.LARGE_TEXT_ARGUMENT]
    launched = browser.browser_type.launch(executable_path=str(chromium.find()), args=arguments)
    yield launched
    launched.close()


def _in_turn(kinds: tuple[str, ...], address: str, turn: int) -> bool:
    """Whether it is the turn of this language of a kind of page rather than of the other."""
    english = address.startswith("en/")
    kind = [one for one in kinds if one.startswith("en/") == english].index(address)
    return (kind + turn) % 2 == english


def modes(kinds: tuple[str, ...], address: str) -> dict[str, looking.Mode]:
    """The ways of looking at a page: each kind of page is shown to axe-core in each, in one language at least."""
    return {
        name: mode if name == BOTH or _in_turn(kinds, address, turn) else replace(mode, axe=False)
        for turn, (name, mode) in enumerate(MODES.items())
    }


def asked(kinds: tuple[str, ...], address: str) -> str:
    """axe-core for one page."""
    inks = address in HOMES or _in_turn(kinds, address, 0)
    return f"{ASKED}({str(inks).lower()})"


def test_every_kind_of_page_is_shown_to_axe_in_every_mode(kinds: tuple[str, ...]) -> None:
    """And what the sheets say where axe-core is asked of colours alone is of colours."""
    japanese = [one for one in kinds if not one.startswith("en/")]
    english = [one for one in kinds if one.startswith("en/")]
    assert [_kind(one) for one in japanese] == [_kind(one.removeprefix("en/")) for one in english]
    for here, there in zip(japanese, english, strict=True):
        shown = [modes(kinds, one) for one in (here, there)]
        for name, mode in MODES.items():
            told = [one[name].axe for one in shown]
            assert told == [mode.axe] * 2 if name == BOTH else sum(told) == mode.axe, (here, name)
        assert (asked(kinds, here) != asked(kinds, there)) != (here in HOMES)
    changed: dict[str, str] = {}
    of_language = []
    for name, css in Assets.read(pipeline.PROJECT / "assets").files.items():
        if name.endswith(".css"):
            for of_colours, told_of, selector in _declared(css.decode()):
                if of_colours:
                    changed[told_of] = selector
                if ":lang(" in selector and re.match("background|border|outline|color|fill|opacity", told_of):
                    of_language.append(selector)
    assert {
        one for one in changed if not re.match("--|background|border|outline|color|fill|forced-color", one)
    } == {
        "appearance",  # of a box to tick: its own drawing instead of ours,
        "display",  # which goes
    }, changed
    assert changed["display"] == ".choice input::after"
    # Both languages have the same colours but in the table of the home page.
    assert of_language
    assert [one for one in of_language if not one.startswith((".hy:lang(ja)", ".table:lang(ja)"))] == []


def _kind(address: str) -> tuple[str, int]:
    return address.partition("/")[0], address.count("/")


def _declared(css: str, of_colours: bool = False) -> Iterator[tuple[bool, str, str]]:
    """Whether it is for dark schemes or forced colours, property and selector of all that a sheet declares."""
    for head, body in assets._rules(css):
        if body is None or head.startswith(("@font-face", "@keyframes")):
            continue
        if head.startswith("@"):
            within = of_colours or bool(re.search("dark|forced-colors: ?active", head))
            yield from _declared(body, within)
        else:
            for declared in body.split(";"):
                yield of_colours, declared.partition(":")[0].strip(), head


@pytest.mark.parametrize("part", range(PARTS))
def test_axe_finds_nothing_in_any_mode(
    browser: Browser, large: Browser, site_url: str, kinds: tuple[str, ...], part: int
) -> None:
    with looking.window(browser, site_url) as page, looking.window(large, site_url) as magnified:
        found = [
            one
            for address in kinds[part::PARTS]
            # Some hundred sheets take axe-core a minute and a half; that of the small catalogue has a test of its own.
            if not address.endswith("booklet/")
            for one in (
                *looking.looked_at(page, address, modes(kinds, address), asked(kinds, address)),
                *looking.looked_at(magnified, address, looking.LARGE_TEXT, NOT_ASKED),
            )
        ]
    assert found == []


def _seen_in_all(browser: Browser, large: Browser, root: str, address: str) -> list[looking.Observed]:
    """What is wrong with one page, axe-core asked for everything."""
    with looking.window(browser, root) as page, looking.window(large, root) as magnified:
        return [
            *looking.looked_at(page, address),
            *looking.looked_at(magnified, address, looking.LARGE_TEXT),
        ]


@pytest.mark.parametrize("language", ["", "en/"])
def test_axe_finds_nothing_in_a_booklet(browser: Browser, large: Browser, language: str) -> None:
    with serving(sites.published(GOLDEN)) as root:
        assert _seen_in_all(browser, large, root, f"sub/path/{language}booklet/") == []


def test_axe_finds_nothing_on_the_page_for_wrong_addresses(
    browser: Browser, large: Browser, tmp_path: Path
) -> None:
    """It names its files by their whole path, so that it is looked at where a host would show it."""
    for name, content in sites.built(pipeline.Options(GOLDEN)).files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    with serving(tmp_path) as root:
        assert _seen_in_all(browser, large, root, "404.html") == []


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("language", ["", "en/"])
@pytest.mark.parametrize("address", WALKED)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(
    browser: Browser, site_url: str, address: str, language: str, width: int
) -> None:
    assert list(looking.walked(browser, site_url, language + address, width, 800)) == []


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
