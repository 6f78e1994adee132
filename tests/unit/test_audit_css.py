"""The reader of style sheets: what browsers would make of a sheet, and that no text at all stops it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hayami.audit.document import Document
from hayami.audit.page import read
from hayami.audit.pages import cascade, colour, css, media, values
from hayami.audit.pages.cascade import Cascade, Source
from hayami.audit.pages.judge import angle, times_of, weight
from hayami.audit.pages.looks import Style
from hayami.audit.pages.media import Screen


def styles(sheet: str, body: str, name: str = "p", number: int = 0) -> list[Style]:
    """The looks of all elements of a name."""
    document = Document(read(f"<!doctype html><html lang=en><body>{body}"))
    looks = Cascade((Source(sheet, ""),)).looks(document)
    return [
        look.styles[number]
        for look, one in zip(looks, document.elements, strict=True)
        if one.name == name and look.styles
    ]


def colours(sheet: str, body: str, name: str = "p", number: int = 0) -> list[str]:
    return [
        colour.written(one.color[:3]) if one.color is not None else "?"
        for one in styles(sheet, body, name, number)
    ]


RED, BLACK, BLUE = "#ff0000", "#000000", "#0000ff"


@pytest.mark.parametrize(
    ("sheet", "body", "expected"),
    [
        # what a sheet holds
        ("/* p{color:blue} */ p{color:red}", "<p>", [RED]),
        ("p{background:url(a;}b);color:red}", "<p>", [RED]),
        ("p::after{content:'}p{'} p{color:red}", "<p>", [RED]),
        ("<!-- p{color:red} -->", "<p>", [RED]),
        ("@charset 'x'; @import url(a.css); p{color:red}", "<p>", [RED]),
        ("@font-face{color:blue} @keyframes p{from{color:blue}} p{color:red}", "<p>", [RED]),
        ("p{color:red;color:#12345}", "<p>", [RED]),
        ("p{color:red", "<p>", [RED]),
        ("p{}}p{color:red}", "<p>", [BLACK]),
        (".a{& p{color:red} .b &{color:blue}}", "<div class=a><p>", [RED]),
        (".a{@media screen{color:red}}", "<p class=a>", [RED]),
        # what a selector means
        ("p:hover,p:visited{color:red}", "<p>", [BLACK]),
        ("div > p{color:red}", "<div><p></div><section><div><b><p>", [RED, BLACK]),
        ("section p{color:red}", "<section><div><p>", [RED]),
        ("h2 + p{color:red}", "<h2></h2><p></p><p>", [RED, BLACK]),
        ("h2 ~ p{color:red}", "<p></p><h2></h2><p></p><p>", [BLACK, RED, RED]),
        ("p:nth-child(2n+1){color:red}", "<p></p><p></p><p>", [RED, BLACK, RED]),
        ("p:last-of-type{color:red}", "<p></p><p></p><b>", [BLACK, RED]),
        ("p:not(.a, :first-child){color:red}", "<p></p><p class=a></p><p>", [BLACK, BLACK, RED]),
        ("p:is(.a, .b > .c){color:red}", "<p class=a></p><p class=c></p><div class=b><p class=c>", [RED, BLACK, RED]),
        ("[data-x~=b] p[lang|=en][title$='Z' i]{color:red}", "<div data-x='a b'><p lang=en-GB title=az>", [RED]),
        ("p:lang(ja){color:red}", "<div lang=ja><p>", [RED]),
        (r".sm\:x\31{color:red}", "<p class='sm:x1'>", [RED]),
        ("p, p!x{color:red}", "<p>", [BLACK]),
        ("p:is(:has(b)){color:red}", "<p>", ["?"]),
        ("p:not(:has(b)){color:red}", "<p>", ["?"]),
        ("tbody p{color:red}", "<table><tr><td><p>", [RED]),
        # which declaration wins
        ("#i{color:red} .a.b.c.d p, p{color:blue}", "<p id=i>", [RED]),
        ("p{color:red!important} #i{color:blue}", "<p id=i style='color:blue'>", [RED]),
        ("p{color:red!important}", "<p style='color:blue!important'>", [BLUE]),
        ("@layer a,b; @layer b{p{color:red}} @layer a{p.x{color:blue}}", "<p class=x>", [RED]),
        ("@layer a{p{color:red!important}} p{color:blue!important}", "<p>", [RED]),
        ("@layer a{@layer b{p{color:blue}} p{color:red}}", "<p>", [RED]),
        (":where(#i){color:blue} p{color:red}", "<p id=i>", [RED]),
        ("p{all:unset}div{color:red}", "<div><p>", [RED]),
        # conditions
        ("@media print{p{color:blue}} @media (min-width:30em) and (max-width:2000px){p{color:red}}", "<p>", [RED]),
        ("@supports not (display:grid){p{color:blue}} @supports (x:y){p{color:red}}", "<p>", [RED]),
        ("@container (min-width:1px){p{color:blue}}", "<p>", ["?"]),
        # values
        (":root{--a:var(--b,red)} p{color:var(--a)}", "<p>", [RED]),
        (":root{--a:var(--b);--b:red} div{--b:blue} p{color:var(--a)}", "<div><p>", [RED]),
        (":root{--a:var(--b);--b:var(--a)} p{color:var(--a)}", "<p>", ["?"]),
        ("div{color:red} p{color:inherit}", "<div><p>", [RED]),
    ],
)  # fmt: skip
def test_colour(sheet: str, body: str, expected: list[str]) -> None:
    assert colours(sheet, body) == expected


def test_dark_and_narrow_screens() -> None:
    sheet = (
        "p{color:red}@media (prefers-color-scheme:dark){p{color:blue}}@media (width < 600px){p{color:lime}}"
    )
    assert [colours(sheet, "<p>", number=number) for number in range(3)] == [[RED], [BLUE], ["#00ff00"]]


@pytest.mark.parametrize(
    ("sheet", "size", "times"),
    [
        ("p{font:700 20px/1.5 a}", 20, 1.5),
        ("html{font-size:62.5%}p{font-size:1.6rem;line-height:24px}", 16, 1.5),
        ("body{font-size:20px;line-height:2em}p{font-size:10px}", 10, 4),
        ("p{font-size:calc(1em + 2 * 2px);line-height:normal}", 20, None),
        ("p{font-size:clamp(10px, 50vw, 30px);line-height:150%}", 30, 1.5),
        ("p{font-size:smaller}", 16 / 1.2, None),
    ],
)
def test_sizes(sheet: str, size: float, times: float | None) -> None:
    (style,) = styles(sheet, "<p>")
    assert style.size == pytest.approx(size)
    assert times_of(style) == (times if times is None else pytest.approx(times))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("#08f", "#0088ff"),
        ("RGB(100% 0 0)", "#ff0000"),
        ("rgba(0, 128, 0, .5)", "#008000"),
        ("hsl(240deg 100% 50%)", "#0000ff"),
        ("hwb(0.5turn 0% 0%)", "#00ffff"),
        ("oklch(0.628 0.2577 29.23)", "#ff0000"),
        ("lab(100 0 0)", "#ffffff"),
        ("light-dark(red, blue)", "#ff0000"),
        ("color-mix(in srgb, red, blue)", None),
        ("rgb(1e999 0 0)", None),
        ("currentcolor", None),
        ("oklch(1 9 9)", None),
    ],
)
def test_colour_values(value: str, expected: str | None) -> None:
    found = colour.parse(value)
    assert (None if found is None else colour.written(found[:3])) == expected


def test_contrast_of_grey() -> None:
    assert colour.contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize(
    ("query", "holds"),
    [
        ("screen", True),
        ("only screen and (min-width: 80em)", True),
        ("not screen", False),
        ("print", False),
        ("(400px <= width < 60em)", False),
        ("(orientation: landscape) and (hover)", True),
        ("(prefers-reduced-motion)", False),
        ("not ((min-width: 1px) and (max-width: 2px))", True),
        ("(min-width: 1px) or (unheard-of)", True),
        ("(unheard-of)", None),
        ("((((((((((((a", None),
    ],
)
def test_media(query: str, holds: bool | None) -> None:
    assert media.media(query, Screen()) is holds


@pytest.mark.parametrize(
    ("value", "degrees"),
    [
        ("rotate(1.5708rad)", 90),
        ("translate(1px) rotateZ(-90deg)", -90),
        ("rotate3d(0, 0, 1, 1turn)", 360),
        ("matrix3d(0, -1, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1)", -90),
        ("none", 0),
    ],
)
def test_angle(value: str, degrees: float) -> None:
    assert angle(value) == pytest.approx(degrees, abs=0.01)


def test_weight_of_text() -> None:
    assert weight(" 日本語 abc\n d ") == 6 + 1 + 3 + 2


PIECES = st.sampled_from(
    (
        *(
            "p",
            ".a",
            "#b",
            "*",
            ":not(",
            ":is(",
            ":nth-child(2n",
            "::before",
            "[x=y]",
            ">",
            "+",
            "~",
            ",",
            " ",
        ),
        *(
            "{",
            "}",
            ";",
            ":",
            "(",
            ")",
            "'",
            '"',
            "\\",
            "/*",
            "*/",
            "@media ",
            "@layer ",
            "@keyframes x",
            "&",
        ),
        *(
            "color",
            "background",
            "font",
            "var(--a",
            "--a",
            "calc(",
            "1px",
            "url(",
            "!important",
            "red",
            "1e9",
            "\n",
        ),
    )
)


@given(st.lists(PIECES, max_size=60).map("".join), st.lists(PIECES, max_size=12).map("".join))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read(sheet: str, style: str) -> None:
    quoted = style.replace('"', "")
    styles(sheet, f'<div class=a><p id=b style="{quoted}">x<b>y</b></p><p>')


@pytest.mark.parametrize(
    "sheet",
    [
        "a{" * 20000,
        ":is(" * 20000,
        "(" * 20000,
        "[" + r"\41" * 5000 + "!",
        "url(" * 20000,
        "/*" * 20000,
        "a{" + "& &," * 2000 + "b{color:red}}",
        "@media " + "(" * 20000 + "{p{color:red}}",
        ":root{"
        + "".join(f"--a{i}:var(--a{i + 1})var(--a{i + 1});" for i in range(60))
        + "}p{color:var(--a0)}",
        "p{font-size:" + "calc(" * 60 + "1px" + ")" * 60 + "}",
    ],
)
def test_no_text_is_slow(sheet: str) -> None:
    styles(sheet, "<p>")


def test_many_siblings_are_not_slow() -> None:
    found = colours("p~p~p~p{color:red} p:nth-of-type(5n){color:blue}", "<p>x</p>" * 4000)
    assert found.count(BLUE) == 800
    assert found.count(RED) == 3200 - 3


def test_pages_with_the_same_sheets_share_their_looks() -> None:
    source = (Source("p{color:red}", ""),)
    first, second = (Document(read(f"<html><body><p id={one}>x</p>")) for one in "ab")
    shared = cascade.cascade(source, "", True)
    assert shared.looks(first)[-1] is shared.looks(second)[-1]


def test_declarations_of_a_style_attribute() -> None:
    found = css.read_style("color:red; background:url(a;b) ; --x : 1; bad; font-size:1px!important")
    assert [(one.name, one.important) for one in found] == [
        ("color", False),
        ("background", False),
        ("--x", False),
        ("font-size", True),
    ]
    assert values.longhand("border", "1px solid red", "border-top-width") == "1px"
