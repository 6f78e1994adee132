"""Rules on styles: sheets that wrong readers, and sheets that are sound."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from hayami.audit.document import Document
from hayami.audit.page import Element, Text, read
from hayami.audit.pages import styles

LONG = (
    "The quick brown fox jumps over the lazy dog and runs into the forest, where it sleeps until the morning."
)
NOTHING: Mapping[str, str] = {}


def found(html: str, sheets: Mapping[str, str] = NOTHING) -> list[tuple[str, int, int]]:
    """Rule, line and column of all that is wrong."""
    told: list[tuple[str, int, int]] = []

    def report(rule: str, place: Element | Text | None, target: str = "", detail: str = "") -> None:
        assert rule in {one.id for one in styles.RULES}
        told.append((rule, place.line if place else 1, place.column if place else 1))

    styles.check(Document(read(html)), report, sheets)
    return told


def page(sheet: str, body: str, head: str = "") -> str:
    return (
        f'<!doctype html>\n<html lang="en"><head><title>t</title>\n<style>\n{sheet}\n</style>{head}</head>\n'
        f"<body>{body}</body></html>"
    )


@pytest.mark.parametrize(
    ("rule", "sheet", "body"),
    [
        ("contrast", ".a{color:#aaa}", "<p class=a>Hello there</p>"),
        ("contrast", "body{background:#222;color:#eee}", "<p>Hi <a href=x>link</a></p>"),
        ("contrast", ":root{--c:#bbb}\np{color:var(--c)}", "<p>Hello</p>"),
        ("contrast", "p{color:var(--nope,#ccc)}", "<p>Hello</p>"),
        (
            "contrast",
            "@media (prefers-color-scheme:dark){body{background:#111}p{color:#333}}",
            "<p>Hello</p>",
        ),
        ("contrast", "@media (max-width:600px){p{color:#ccc}}", "<p>Hello</p>"),
        ("contrast", "@layer a,b;@layer b{p{color:#ccc}}@layer a{p.x{color:#000}}", "<p class=x>Hello</p>"),
        ("contrast", "p{color:#ccc!important} #x{color:#000}", "<p id=x>Hello</p>"),
        ("contrast", "li:nth-child(2n){color:#ccc}", "<ul><li>One<li>Two</ul>"),
        ("contrast", "h2 + p{color:#ccc}", "<h2>One</h2><p>Two</p>"),
        ("contrast", ".card{background:#777;& p{color:#999}}", "<div class=card><p>Two</p></div>"),
        ("contrast", "button{background:#08f;color:#fff}", "<button>Send</button>"),
        ("contrast", ".b{background:#08f;color:#fff}", "<input type=submit class=b value=Send>"),
        ("contrast", "", "<body bgcolor=#333333 text=#555555><p>Hallo</p>"),
        ("contrast", "", '<font color="#cccccc">Hallo</font>'),
        ("contrast", "p{color:rgb(150 150 150 / .9)}", "<p>Hello</p>"),
        ("contrast", "p{color:oklch(80% 0 0)}", "<p>Hello</p>"),
        (
            "contrast",
            ".hero{background:linear-gradient(90deg,#fafafa,#eee)} .hero p{color:#bbb}",
            "<div class=hero><p>Hi</p></div>",
        ),
        ("contrast", "p{font-size:24px;color:#999}", "<p>Hi</p>"),
        ("contrast", "h1{color:#aaa}", "<h1>Hi</h1>"),
        ("focus-visible", "a:focus{outline:none}", "<a href=x>Hello</a><button>x</button>"),
        ("focus-visible", "*:focus{outline:none}", "<a href=x>Hello</a><button>x</button>"),
        ("focus-visible", ":focus-visible{outline:none}", "<a href=x>Hello</a><button>x</button>"),
        ("focus-visible", "a{outline:none}", "<a href=x>Hello</a><button>x</button>"),
        ("focus-visible", "*{outline:none}", "<a href=x>Hello</a><button>x</button>"),
        ("focus-visible", "button:focus, a:focus{outline:none}", "<a href=x>Hello</a><button>x</button>"),
        ("focus-visible", "input:focus{outline:0}", "<input aria-label=x>"),
        ("focus-visible", "button{outline-style:none}", "<button>x</button>"),
        ("focus-visible", "button{all:unset}", "<button>x</button>"),
        ("focus-visible", "a:focus{outline:none;box-shadow:none}", "<a href=x>Hello</a>"),
        ("focus-visible", "a:focus{outline-width:0}", "<a href=x>Hello</a>"),
        ("focus-visible", "a{outline:none!important}a:focus{outline:2px solid}", "<a href=x>Hello</a>"),
        ("focus-visible", "", '<a href=x style="outline:none">Hello</a>'),
        ("focus-visible", "a{outline:none} a:hover{text-decoration:underline}", "<a href=x>Hello</a>"),
        ("focus-visible-weak", "a:focus{outline:none;color:red}", "<a href=x>Hello</a>"),
        ("focus-visible-weak", "a:focus{outline:1px solid #eee}", "<a href=x>Hello</a>"),
        (
            "focus-visible-weak",
            "button{background:#fff}button:focus{outline:none;background:#f4f4f4}",
            "<button>x</button>",
        ),
        ("text-spacing-locked", "p{line-height:1.2!important}", f"<p>{LONG}</p>"),
        ("text-spacing-locked", "p{letter-spacing:0 !important}", f"<p>{LONG}</p>"),
        ("text-spacing-locked", "", '<p style="word-spacing:0!important">Some words here</p>'),
        ("justified-text", "p{text-align:justify}", f"<p>{LONG}</p>"),
        (
            "justified-text",
            "body{text-align:justify}",
            "<p>これは日本語の文章です。両端ぞろえになっています。</p>",
        ),
        ("line-height-low", "body{line-height:1.2}", f"<p>{LONG}</p>"),
        ("line-height-low", "body{font:16px/1.3 sans-serif}", f"<p>{LONG}</p>"),
        ("line-height-low", "p{line-height:18px}", f"<p>{LONG}</p>"),
        ("motion-no-query", "a{transition:transform .3s}", "<a href=x>Hello</a>"),
        ("motion-no-query", "html{scroll-behavior:smooth}", f"<p>{LONG}</p>"),
        (
            "motion-no-query",
            "@keyframes s{from{transform:translateY(20px)}}.a{animation:s 1s}",
            "<p class=a>Hello</p>",
        ),
        (
            "motion-no-query",
            ".x{transition:all .2s}.x:hover{transform:scale(1.1)}",
            "<a class=x href=x>Hello</a>",
        ),
        ("orientation-lock", "@media (orientation:portrait){body{display:none}}", f"<p>{LONG}</p>"),
        (
            "orientation-lock",
            "@media (orientation:landscape){main{visibility:hidden}}",
            f"<main><p>{LONG}</p></main>",
        ),
        (
            "orientation-lock",
            "@media screen and (orientation:landscape){.wrap{transform:rotate(-90deg)}}",
            f"<div class=wrap><main><p>{LONG}</p></main></div>",
        ),
        ("target-size", "button{width:20px;height:20px;padding:0}", "<button>x</button><button>y</button>"),
        (
            "target-size",
            ".p a{display:inline-block;width:16px;height:16px}",
            "<ul class=p><li><a href=x>1</a><li><a href=y>2</a></ul>",
        ),
        ("text-too-small", ".s{font-size:8px}", "<p class=s>Hello</p>"),
        ("text-too-small", ".s{font-size:.5em}", "<p class=s>Hello</p>"),
        ("text-too-small", ".s{font-size:6pt}", "<p class=s>Hello</p>"),
        (
            "moving-text-css",
            "@keyframes blink{50%{opacity:0}}.b{animation:blink 1s infinite}",
            "<p class=b>Sale today</p>",
        ),
        (
            "moving-text-css",
            "@keyframes t{from{transform:translateX(100%)}to{transform:translateX(-100%)}}.b{animation:t 10s linear infinite}",
            "<p class=b><span>Sale today</span></p>",
        ),
        ("contrast-ui", "input{border:1px solid #ddd;background:#fff}", "<input aria-label=x>"),
        (
            "contrast-ui",
            "textarea{border-color:#e5e5e5;border-width:1px;border-style:solid}",
            "<textarea aria-label=x></textarea>",
        ),
        ("contrast-enhanced", "p{color:#666}", "<p>Hello</p>"),
    ],
)
def test_faulty(rule: str, sheet: str, body: str) -> None:
    assert rule in [one[0] for one in found(page(sheet, body))]


@pytest.mark.parametrize(
    ("sheet", "body"),
    [
        ("h1{color:#888}", "<h1>Hi</h1>"),
        (
            ".hero{position:relative}.hero img{position:absolute;inset:0;z-index:-1}.hero h1{color:#fff}",
            '<div class=hero><img src=x alt=""><h1>Hi</h1></div>',
        ),
        (
            ".hero{position:relative}.hero img{position:absolute;inset:0}.hero h1{color:#fff;position:relative}",
            '<div class=hero><img src=x alt=""><h1>Hi</h1></div>',
        ),
        (
            '.hero{position:relative;color:#fff}.hero::before{content:"";position:absolute;inset:0;background:#000;z-index:-1}',
            "<div class=hero><h1>Hi</h1></div>",
        ),
        (".hero{background:url(x.jpg) #fff;color:#fff}", "<div class=hero><h1>Hi</h1></div>"),
        (".v{position:absolute;left:-9999px;color:#eee}", "<p class=v>Hello</p>"),
        (
            ".sr{position:absolute;width:1px;height:1px;overflow:hidden;clip:rect(0 0 0 0);color:#ddd}",
            "<p class=sr>Hello</p>",
        ),
        ("a:hover{color:#ddd}", "<a href=x>Hello</a>"),
        ("p{color:#eee}p{color:#111}", "<p>Hello</p>"),
        ("@media print{p{color:#eee}}", "<p>Hello</p>"),
        ("@supports not (display:grid){p{color:#eee}}", "<p>Hello</p>"),
        (".x:has(img){color:#eee}", "<p class=x>Hello</p>"),
        ("p{color:#eee;text-shadow:0 0 2px #000}", "<p>Hello</p>"),
        ("p{background:#000;color:#fff;background-clip:text;color:transparent}", "<p>Hello</p>"),
        (".n{background:#333}.n a{color:#fff}", "<div class=n><a href=x>Hi</a></div>"),
        ("p{color:color-mix(in srgb, red, blue)}", "<p>Hi</p>"),
        ("button:disabled{color:#bbb}", "<button disabled>Hi</button>"),
        ("input::placeholder{color:#000}", "<input aria-label=x placeholder=hi>"),
        ("@keyframes f{from{opacity:0}}p{animation:f 1s;opacity:0;color:#eee}", "<p>Hi</p>"),
        (".m{display:none;color:#eee}", "<p class=m>Hi</p>"),
        (":root{color-scheme:dark} p{color:#eee}", "<p>Hi</p>"),
        ("html{background:#000}p{color:#eee}", "<p>Hi</p>"),
        (".a{color:#eee}", "<p class=a aria-hidden=true>Hi</p>"),
        (".logo{color:#ccc}", "<p class=logo>Hi</p>"),
        (".c{margin-top:-80px;color:#fff}", "<p class=c>Hi</p>"),
        ("a{color:#fff;background-color:#08a;background-color:#069}", "<a href=x>Hi</a>"),
        ("a:focus{outline:none;box-shadow:0 0 0 3px #00f}", "<a href=x>Hello</a>"),
        ("a:focus{outline:none}a:focus-visible{outline:2px solid #00f}", "<a href=x>Hello</a>"),
        ("a:focus:not(:focus-visible){outline:none}", "<a href=x>Hello</a>"),
        (":focus:not(.focus-visible){outline:none}", "<a href=x>Hello</a>"),
        ("a:focus{outline:none;text-decoration:underline 3px}a{text-decoration:none}", "<a href=x>Hello</a>"),
        ("a{text-decoration:none}a:focus{outline:none;text-decoration:underline}", "<a href=x>Hello</a>"),
        ("main:focus{outline:none}", "<main tabindex=-1>Hello</main>"),
        (
            ".f:focus-within{box-shadow:0 0 0 2px #00f}.f input{outline:none}",
            "<div class=f><input aria-label=x></div>",
        ),
        (
            "input{outline:none}input:focus{border-color:#00f;border-bottom:2px solid #00f}",
            "<input aria-label=x>",
        ),
        (
            "input{opacity:0;position:absolute;outline:none}input:focus + label{outline:2px solid #000}",
            "<input id=a type=checkbox><label for=a>x</label>",
        ),
        ('a:focus::after{content:"";border:2px solid #000}a{outline:none}', "<a href=x>Hello</a>"),
        ("button:focus{outline:none;background:#000}", "<button>x</button>"),
        (".m:focus{outline:none}", "<a href=x>Hello</a>"),
        (
            "a:focus-visible{outline:3px solid #fc0;outline-offset:2px}",
            '<p style="background:#222"><a style="color:#fff" href=x>Hello</a></p>',
        ),
        ('[tabindex="-1"]:focus{outline:0!important}', "<a href=x>Hello</a><div tabindex=-1>x</div>"),
        ("a{outline:none}a:is(:focus-visible,:hover){outline:2px solid #000}", "<a href=x>Hello</a>"),
        ("a:focus{outline:none;outline:2px solid #00f}", "<a href=x>Hello</a>"),
        ("::-moz-focus-inner{border:0}", "<button>x</button>"),
        ("iframe{outline:0}", "<iframe title=x src=y></iframe>"),
        ("@media print{a{outline:none}}", "<a href=x>Hello</a>"),
        (
            ":root{--ring:2px solid #00f}a:focus{outline:none}a:focus-visible{outline:var(--ring)}",
            "<a href=x>Hello</a>",
        ),
        ("p{line-height:1.6!important}", f"<p>{LONG}</p>"),
        ("h1{line-height:1.2!important}", "<h1>Title</h1>"),
        ("p{text-align:justify} p{text-align:left}", f"<p>{LONG}</p>"),
        ("h1,h2,button,th{line-height:1.1} p{line-height:1.7}", f"<h1>Title</h1><p>{LONG}</p>"),
        ("a{transition:color .3s,opacity .2s}", "<a href=x>Hello</a>"),
        ("@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}", f"<p>{LONG}</p>"),
        (
            "a{transition:transform .3s}@media (prefers-reduced-motion:reduce){*{transition:none!important}}",
            "<a href=x>Hello</a>",
        ),
        ("a{transition:all .2s}", "<a href=x>Hello</a>"),
        (
            "@media (orientation:portrait){nav{display:none}}",
            f"<nav><a href=x>Hello</a></nav><main><p>{LONG}</p></main>",
        ),
        (
            "@media (orientation:portrait){.arrow{transform:rotate(90deg)}}",
            f"<main><p>{LONG}</p><span class=arrow>x</span></main>",
        ),
        ("a{width:10px;height:10px}", "<p>See <a href=x>this</a> and that</p>"),
        ("button{width:44px;height:44px}", "<button>x</button>"),
        (".i{width:16px;height:16px}", "<a href=x><img class=i src=x alt=y></a>"),
        ("input{width:16px;height:16px}", "<label><input type=checkbox> yes</label>"),
        ("a{display:inline-block;width:20px;height:20px;padding:4px}", "<a href=x>1</a>"),
        ("a{display:block;width:20px;height:20px;margin:4px}", "<a href=x>1</a>"),
        ("html{font-size:62.5%}p{font-size:1.6rem}", f"<p>{LONG}</p>"),
        ("sup{font-size:8px}rt{font-size:.5em}", "<p>x<sup>2</sup> <ruby>字<rt>じ</rt></ruby></p>"),
        (".i{font-size:0}", "<p class=i>Hello</p>"),
        (
            "@keyframes blink{50%{opacity:0}}@media (prefers-reduced-motion:no-preference){.b{animation:blink 1s infinite}}",
            "<p class=b>Sale</p>",
        ),
        (
            "@keyframes spin{to{transform:rotate(1turn)}}.l{animation:spin 1s linear infinite}@media (prefers-reduced-motion:reduce){.l{animation:none}}",
            "<div class=l></div>",
        ),
        (
            "@keyframes blink{50%{opacity:0}}.b{animation:blink 1s 3}@media (prefers-reduced-motion:reduce){.b{animation:none}}",
            "<p class=b>Sale</p>",
        ),
        ("input{border:1px solid #767676}", "<input aria-label=x>"),
        ("input{border:1px solid #ddd;box-shadow:0 0 0 1px #555}", "<input aria-label=x>"),
        ("button{border:1px solid #036;background:#036;color:#fff}", "<button>x</button>"),
        ("input{border:0}", "<input aria-label=x>"),
    ],
)
def test_sound(sheet: str, body: str) -> None:
    # What meets AA may still fall short of AAA.
    assert [one for one in found(page(sheet, body)) if one[0] != "contrast-enhanced"] == []


def test_a_fault_is_told_once_where_the_sheet_says_so() -> None:
    html = page("p { margin: 0 }\np { color: #aaa }", "<p>One</p><p>Two</p>")
    assert found(html) == [("contrast", 5, 5)]


def test_a_fault_of_a_style_attribute_is_told_at_its_element() -> None:
    assert found('<p style="color:#aaa">One</p>\n<p style="color:#aaa">Two</p>') == [
        ("contrast", 1, 1),
        ("contrast", 2, 1),
    ]


def test_a_fault_of_a_linked_sheet_is_told_at_the_element_or_the_link() -> None:
    link = '<link rel="stylesheet" href="a.css">'
    html = f"<html><head>{link}</head>\n<body><p>One</p></body></html>"
    assert found(html, {"a.css": "p{color:#aaa}"}) == [("contrast", 2, 7)]
    assert found(html, {"a.css": "html{scroll-behavior:smooth}"}) == [("motion-no-query", 1, 13)]
    assert found(html, {"a.css": "p{color:#aaa} p{color:#000}"}) == []


def test_sheets_from_elsewhere_leave_open_what_they_may_change() -> None:
    link = '<link rel="stylesheet" href="https://example.org/a.css">'
    assert found(page("p{color:#aaa}a:focus{outline:none}", "<p>One <a href=x>two</a></p>", link)) == []
    both = page("p{color:#aaa;background:#fff}", "<p>One</p>", link)
    assert [one[0] for one in found(both)] == ["contrast"]
    fonts = '<link rel="stylesheet" href="https://fonts.googleapis.com/css2?family=A">'
    assert [one[0] for one in found(page("p{color:#aaa}", "<p>One</p>", fonts))] == ["contrast"]


def test_dark_pages_are_measured_on_their_own_ground() -> None:
    assert found(page("p{color:#eee}", "<p>One</p>", "<meta name=color-scheme content=dark>")) == []
    assert found(page("html{background:#000}p{color:#eee}", "<p>One</p>")) == []


def test_movement_is_excused_by_what_stops_it() -> None:
    moving = "@keyframes a{50%{opacity:0}} p{animation:a 1s infinite} a{transition:transform 1s}"
    calm = "@media (prefers-reduced-motion:reduce){*{animation:none;transition:none}}"
    other = "@media (prefers-reduced-motion:no-preference){b{transition:color 1s}}"
    body = "<p>One</p>"
    assert found(page(moving + calm, body)) == []
    assert {one[0] for one in found(page(moving + other, body))} == {"moving-text-css", "motion-no-query"}
    script = "<script>matchMedia('(prefers-reduced-motion: reduce)')</script>"
    assert "motion-no-query" not in [one[0] for one in found(page(moving, body, script))]


def test_text_for_screen_readers_is_not_measured() -> None:
    shared = "position:absolute;color:#ddd;"
    for way in (
        "width:1px;height:1px;overflow:hidden",
        "left:-9999px",
        "clip:rect(0 0 0 0)",
        "clip-path:inset(50%)",
    ):
        assert found(page(f".a{{{shared}{way}}}", "<p class=a>One</p>")) == []
    assert (
        found(page("nav{display:flex;gap:8px}a{width:20px;height:20px}", "<nav><a href=x>1</a></nav>")) == []
    )


def test_labels_of_what_cannot_be_used() -> None:
    sheet = "label,.l{color:#bbb}"
    assert found(page(sheet, "<label>One <input disabled></label>")) == []
    assert found(page(sheet, "<label for=a>One</label><input id=a disabled>")) == []
    assert (
        found(page(sheet, "<p class=l id=b>One</p><div role=textbox aria-disabled=true aria-labelledby=b>"))
        == []
    )
    assert [one[0] for one in found(page(sheet, "<label>One <input></label>"))] == ["contrast"]


def test_groups_that_let_their_ground_shine_through() -> None:
    half = '<div style="background:#fff"><p style="color:#000;opacity:.{}">One</p></div>'
    assert [one[0] for one in found(half.format(3))] == ["contrast"]
    assert found(half.format(8)) == []


def test_large_text_needs_less() -> None:
    for size, rules in (("18pt", []), ("14pt;font-weight:bold", []), ("17pt", ["contrast"])):
        told = found(f'<p style="color:#000;background:#666;font-size:{size}">One</p>')
        assert [one[0] for one in told if one[0] == "contrast"] == rules


def test_turning_the_screen_must_not_be_asked_for() -> None:
    sheet = ".turn{display:none}@media (orientation:portrait){.turn{display:block}}"
    assert [one[0] for one in found(page(sheet, "<div class=turn>画面を横向きにしてください</div>"))] == [
        "orientation-lock"
    ]
    assert found(page(sheet, "<div class=turn>Menu</div>")) == []
