"""Colours stand in one sheet, and whatever stands on whatever is readable in light, dark and print."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hayami import contrast, pipeline, tokens
from hayami.contrast import PAIRS, Pair

SHEET = pipeline.PROJECT / "assets" / tokens.SHEET
TOKENS = tokens.read(SHEET.read_text(encoding="utf-8"))

colours = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


# --- the formula ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#ffffff", "#ffffff", 1.0),
        # The greys that WCAG's own examples name as just enough and just too little for 4.5.
        ("#767676", "#ffffff", 4.54),
        ("#777777", "#ffffff", 4.48),
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_the_ratio_is_that_of_wcag(first: str, second: str, expected: float) -> None:
    assert contrast.ratio(first, second) == pytest.approx(expected, abs=0.005)


@given(colours, colours)
def test_the_ratio_knows_no_order_and_lies_between_1_and_21(first: str, second: str) -> None:
    found = contrast.ratio(first, second)
    assert found == contrast.ratio(second, first)
    assert 1 <= found <= 21 + 1e-9


# --- the pairs --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "measured",
    contrast.measure(TOKENS),
    ids=lambda one: f"{one.pair.role}-{one.pair.text}-on-{one.pair.ground}",
)
def test_every_pair_is_readable_in_every_scheme(measured: contrast.Measured) -> None:
    assert measured.enough, measured


def test_text_needs_7_and_the_edges_of_controls_need_3() -> None:
    assert contrast.NEEDED == {"text": 7.0, "control": 3.0, "mark": 3.0}
    assert {pair.role for pair in PAIRS} == set(contrast.NEEDED)
    assert all(set(one.ratios) == {"light", "dark", "print"} for one in contrast.measure(TOKENS))


def test_a_pair_that_is_too_faint_is_noticed() -> None:
    """The same measure, given a sheet with a grey that is too light, finds it."""
    faint = TOKENS.value("ink-2")
    sheet = SHEET.read_text(encoding="utf-8").replace(f"--ink-2: {faint}", "--ink-2: #767676")
    failing = [one.pair for one in contrast.measure(tokens.read(sheet)) if not one.enough]
    assert Pair("ink-2", "paper", "any", "text") in failing


def test_no_pair_is_declared_twice() -> None:
    assert len(set(PAIRS)) == len(PAIRS)


def test_every_category_colour_has_its_words() -> None:
    colours_of_categories = [name for name in TOKENS.colours() if re.fullmatch(r"c\d+", name)]
    assert colours_of_categories == [f"c{n}" for n in range(1, contrast.CATEGORIES + 1)]


# --- the sheet --------------------------------------------------------------------------------------


def test_dark_by_choice_is_dark_by_the_system() -> None:
    sheet = SHEET.read_text(encoding="utf-8")
    dark = TOKENS.value("ground", "dark")
    assert sheet.count(f"--ground: {dark}") == 2
    with pytest.raises(tokens.Unsound, match="differ"):
        tokens.read(sheet.replace(f"--ground: {dark}", "--ground: #000000", 1))


def test_print_is_light_whatever_is_chosen() -> None:
    for name in ("paper", "ground", "ink"):
        assert TOKENS.value(name, "print") != TOKENS.value(name, "dark")
    assert contrast.luminance(TOKENS.value("paper", "print")) == 1


def test_a_token_that_names_another_follows_it_into_the_dark() -> None:
    assert TOKENS.value("bar", "dark") == TOKENS.value("ledger", "dark")
    assert TOKENS.value("bar", "print") != TOKENS.value("ledger", "print")


def test_a_language_may_have_tokens_of_its_own() -> None:
    assert TOKENS.value("mincho", language="ja") != TOKENS.value("mincho")
    assert TOKENS.value("ink", language="ja") == TOKENS.value("ink")


def test_an_unknown_token_is_an_error() -> None:
    with pytest.raises(tokens.Unsound, match="--no-such"):
        TOKENS.value("no-such")


# --- no colour anywhere else ------------------------------------------------------------------------

_HEX = re.compile(r"#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b", re.IGNORECASE)
_FUNCTION = re.compile(r"\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color)\(")
_NAMES = (
    "aqua|black|blue|brown|coral|crimson|cyan|fuchsia|gold|gr[ae]y|green|indigo|ivory|khaki|lime|magenta|maroon"
    "|navy|olive|orange|orchid|pink|plum|purple|red|salmon|sienna|silver|snow|tan|teal|tomato|turquoise|violet"
    "|wheat|white|yellow"
)
_NAME_IN_CSS = re.compile(
    rf":[^;{{}}]*(?<![\w-])(?:(?:dark|light|medium|pale|deep|dim)?(?:{_NAMES}))(?![\w-])"
)
_PAINT = re.compile(r'\b(?:fill|stroke|color|stop-color|flood-color|bgcolor)="([^"]*)"')


def literals_in_css(css: str) -> list[str]:
    """Colours that a style sheet says itself, comments and texts aside."""
    plain = re.sub(r"/\*.*?\*/|\"[^\"]*\"|url\([^)]*\)", "", css, flags=re.DOTALL)
    return [match[0] for form in (_HEX, _FUNCTION, _NAME_IN_CSS) for match in form.finditer(plain)]


def literals_in_template(html: str) -> list[str]:
    """Colours in the attributes and style elements of a template."""
    found = [
        one for css in re.findall(r"<style>(.*?)</style>", html, re.DOTALL) for one in literals_in_css(css)
    ]
    for paint in _PAINT.findall(html):
        if paint not in ("none", "currentColor", "evenodd") and not paint.startswith(("{{", "url(")):
            found.append(paint)
    return found + [one for one in re.findall(r'content="(#[^"]*)"', html) if _HEX.match(one)]


def files(folder: str, *endings: str) -> list[Path]:
    found = [path for path in (pipeline.PROJECT / folder).rglob("*") if path.suffix in endings]
    assert found
    return sorted(found)


@pytest.mark.parametrize("path", files("assets/css", ".css"), ids=lambda path: path.name)
def test_no_style_sheet_but_the_tokens_says_a_colour(path: Path) -> None:
    found = literals_in_css(path.read_text(encoding="utf-8"))
    assert bool(found) == (path == SHEET), found


def test_no_template_says_a_colour() -> None:
    found = {
        path.name: literals
        for path in files("templates", ".html", ".svg")
        if (literals := literals_in_template(path.read_text(encoding="utf-8")))
    }
    assert found == {}


def test_no_script_says_a_colour() -> None:
    found = {}
    for path in files("assets/js", ".js"):
        plain = re.sub(r"/\*.*?\*/|(?<!:)//[^\n]*", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        # Private fields (#name) and ids in selectors are no colours; a colour would stand within quotes.
        quoted = re.findall(r"""(["'`])((?:(?!\1).)*)\1""", plain)
        said = [text for _, text in quoted if re.fullmatch(_HEX, text.strip()) or _FUNCTION.search(text)]
        if said:
            found[path.name] = said
    assert found == {}


@pytest.mark.parametrize(
    "css",
    [
        "a { color: #fff; }",
        "a { color: #12345678 }",
        "a { border: 1px solid rgb(0 0 0) }",
        "a { fill: darkred }",
    ],
)
def test_the_search_for_literals_finds_them(css: str) -> None:
    assert literals_in_css(css)
    assert literals_in_template(f"<style>{css}</style>")
    assert literals_in_template('<path stroke="#131b19"/><rect fill="red"/>') == ["#131b19", "red"]


@pytest.mark.parametrize(
    "css", ["a { color: var(--ink) }", ".red { color: currentColor }", "a { white-space: nowrap }"]
)
def test_the_search_for_literals_finds_nothing_else(css: str) -> None:
    assert not literals_in_css(css)
