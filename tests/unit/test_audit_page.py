"""The reader of HTML: tokens, what is nested in what, and tags that do not fit."""

from __future__ import annotations

import time

import pytest

from hayami.audit.page import Page, read


def tree(page: Page) -> list[str]:
    """Each element after the names of those around it."""
    found: list[str] = []
    for one in page.elements:
        found.append(f"{found[one.parent]}/{one.name}" if one.parent >= 0 else one.name)
    return found


def slips(html: str) -> list[tuple[str, str]]:
    return [(one.kind, one.name) for one in read(html).slips]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("a &lt; b &amp;copy; &#x20AC; &copy", ["a < b &copy; € ©"]),
        ("1 < 2 <3 <é> <p>", ["1 < 2 <3 <é> "]),
        ("<%= name %>a", ["<%= name %>a"]),
        ("a<!-- <b> -->b<!-->c<!doctype x>d<?php e ?>f</ g>h</>i", ["a", "b", "c", "d", "f", "h", "i"]),
        ("a<!-- b", ["a"]),
        ("a<b c", ["a"]),
        ("<title>a <b>&amp;</title>", ["a <b>&"]),
        ("<style>a > b &amp;</style><script>'<p>' </b </script>c", ["a > b &amp;", "'<p>' </b ", "c"]),
        ("<svg><![CDATA[<a>&amp;]]></svg><![CDATA[x]]>", ["<a>&amp;", "]]>"][:1]),
        ("<iframe><p>a</iframe>", ["<p>a"]),
    ],
)
def test_texts(html: str, texts: list[str]) -> None:
    assert [one.text for one in read(html).texts] == texts


@pytest.mark.parametrize(
    ("html", "attributes"),
    [
        ('<a b=c D="e" f=\'g\' h i = "j">', {"b": "c", "d": "e", "f": "g", "h": "", "i": "j"}),
        ("<a href=b/>", {"href": "b/"}),
        ('<a b="x>y" c=d"e>', {"b": "x>y", "c": 'd"e'}),
        ("<a b=c b=d>", {"b": "c"}),
        ("<a href='?a=1&notify=2&copy=3&amp;b&lt;&copy;'>", {"href": "?a=1&notify=2&copy=3&b<©"}),
        ("<a / b / c>", {"b": "", "c": ""}),
        ("<a =b>", {"=b": ""}),
    ],
)
def test_attributes(html: str, attributes: dict[str, str]) -> None:
    assert read(html).elements[0].attributes == attributes


@pytest.mark.parametrize(
    ("html", "nested"),
    [
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", ["ul", "ul/li", "ul/li", "ul/li/ul", "ul/li/ul/li"]),
        ("<p>a<div>b", ["p", "div"]),
        ("<p><button><div>", ["p", "p/button", "p/button/div"]),
        ("<table><tr><td>a<td>b<tr><th>c", ["table", *("table/tr", "table/tr/td") * 1, "table/tr/td", "table/tr", "table/tr/th"]),
        ("<select><option>a<option>b<hr><optgroup><option>c", ["select", "select/option", "select/option", "select/hr", "select/optgroup", "select/optgroup/option"]),
        ("<ruby>a<rt>b<rp>c<rt>d</ruby>", ["ruby", "ruby/rt", "ruby/rp", "ruby/rt"]),
        ("<head><title>a</title><p>b", ["head", "head/title", "p"]),
        ("<head><p>a</head>", ["head", "head/p"]),
        ("<svg><g/><path/><foreignObject><p>a<p>b</foreignObject></svg>", ["svg", "svg/g", "svg/path", "svg/foreignobject", "svg/foreignobject/p", "svg/foreignobject/p"]),
        ("<svg><g><p>a", ["svg", "svg/g", "p"]),
        ("<br>a<p/>b", ["br", "p"]),
        ('<?xml version="1.0"?><div/><p>', ["div", "p"]),
    ],
)  # fmt: skip
def test_what_stands_in_what(html: str, nested: list[str]) -> None:
    assert tree(read(html)) == nested


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<div><p>a</div>", []),
        ("<div><b>a</div>", [("unclosed", "b")]),
        ("a</b>", [("stray", "b")]),
        ("<div/>a</div>", [("slash", "div")]),
        # An end tag reaches no further than the cell in which it stands.
        ("<div><table><tr><td>a</div></table></div>", [("stray", "div")]),
        ("<svg><g><p>a</p></g></svg>", [("unclosed", "g"), ("unclosed", "svg"), ("stray", "g"), ("stray", "svg")]),
    ],
)  # fmt: skip
def test_tags_that_do_not_fit(html: str, found: list[tuple[str, str]]) -> None:
    assert slips(html) == found


def test_lines_and_columns() -> None:
    page = read("<!doctype html>\r\n<p>a\r\nb <b\n c=d>e")
    assert page.doctype == "doctype html"
    assert [(one.name, one.line, one.column) for one in page.elements] == [("p", 2, 1), ("b", 3, 3)]
    assert [(one.text, one.line, one.column) for one in page.texts][1:] == [("a\nb ", 2, 4), ("e", 4, 6)]


def test_what_stands_in_a_template_is_no_part_of_the_page() -> None:
    page = read("<template><p id=a></template><p id=b>")
    assert [one.inert for one in page.elements] == [False, True, False]
    assert [name for name, _ in page.ids()] == ["b"]
    assert [one.get("id") for one in page.named("p")] == ["b"]


@pytest.mark.parametrize(
    "piece",
    [
        "<a ",
        "<",
        '<a b="',
        "<!--",
        "</",
        "<p><b>",
        "<div><p><button>",
        "<svg>",
        "<li><div>",
        "<title>",
        "</p>",
    ],
)
def test_hostile_text_takes_no_longer_than_its_length(piece: str) -> None:
    start = time.process_time()
    read(piece * 20_000)
    assert time.process_time() - start < 5
