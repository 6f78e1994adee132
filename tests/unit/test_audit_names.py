"""Accessible names, roles and focus of elements."""

from __future__ import annotations

import doctest

import pytest

from hayami.audit import pages
from hayami.audit.document import Document
from hayami.audit.page import read
from hayami.audit.pages import aria, controls, hyperlinks, names, pictures, semantics
from hayami.audit.pages.names import UNKNOWN, Names
from hayami.audit.pages.semantics import Semantics


def marked(html: str) -> tuple[Document, int]:
    """A page, and its element with the attribute ``x``."""
    document = Document(read(html))
    return document, next(i for i, one in enumerate(document.elements) if "x" in one.attributes)


@pytest.mark.parametrize("module", [pages, aria, controls, hyperlinks, names, pictures, semantics])
def test_examples_in_the_code_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("html", "name", "source"),
    [
        ('<a x href="/">a\n <b>b</b></a>', "a b", "content"),
        ('<a x href="/">一覧</a>', "一覧", "content"),
        ('<a x href="/">　\u200b&nbsp;</a>', "", ""),
        ('<a x href="/"><span hidden>a</span><span aria-hidden="true">b</span></a>', "", ""),
        ('<a x href="/"><img src="a.png" alt="絵"></a>', "絵", "content"),
        ('<a x href="/"><img src="a.png" alt="絵" role="none"></a>', "", ""),
        ('<a x href="/"><i title="探す"></i></a>', "探す", "content"),
        ('<a x href="/"><svg><title>図</title><text>t</text></svg></a>', "図", "content"),
        ('<a x href="/"><svg aria-hidden="true"><title>図</title></svg></a>', "", ""),
        ('<a x href="/">&#xf015;</a>', "", ""),
        ('<a x href="/"><div>a</div><div>b</div></a>', "a b", "content"),
        ('<a x href="/" aria-label=" ">a</a>', "a", "content"),
        ('<a x href="/" title="t"></a>', "t", "title"),
        ('<a x href="/" aria-label="l" title="t">c</a>', "l", "aria-label"),
        (
            '<button x aria-labelledby="b c"></button><b id="b">1</b><b id="c" hidden>2</b>',
            "1 2",
            "labelledby",
        ),
        ('<button x aria-labelledby="none">a</button>', "a", "content"),
        (
            '<button x id="a" aria-label="消す" aria-labelledby="a b"></button><b id="b">行</b>',
            "消す 行",
            "labelledby",
        ),
        # What a name refers to does not refer on.
        (
            '<button x aria-labelledby="b"></button><b id="b" aria-labelledby="c">1</b><b id="c">2</b>',
            "1",
            "labelledby",
        ),
        ('<button x aria-labelledby="b"></button><img id="b" alt="絵">', "絵", "labelledby"),
        ('<button x aria-labelledby="b"></button><b id="b"><i hidden>1</i>2</b>', "2", "labelledby"),
        ("<label>名前 <input x></label>", "名前", "label"),
        ('<label for="i">a</label><label for="i">b</label><input x id="i">', "a b", "label"),
        ('<label for="other">名前 <input x></label>', "", ""),
        ("<label>a <input value=2> <input x></label>", "", ""),
        ('<label for="i">a <input value="2"> b</label><input x id="i">', "a 2 b", "label"),
        ('<label for="i">a</label><div x id="i" role="textbox">b</div>', "", ""),
        ("<label>国 <select x><option>日本</select></label>", "国", "label"),
        ('<input x placeholder="例">', "例", "placeholder"),
        ('<input x title="t" placeholder="例">', "t", "title"),
        ('<input x type="submit">', "Submit", "native"),
        ('<input x type="submit" value="">', "", ""),
        ('<input x type="button" value="v">', "v", "native"),
        ('<input x type="image" alt="探す">', "探す", "native"),
        ("<fieldset x><legend>色</legend></fieldset>", "色", "native"),
        ("<table x><caption>表1</caption></table>", "表1", "native"),
        ("<figure x><figcaption>図1</figcaption></figure>", "図1", "native"),
        ('<iframe x title="地図"></iframe>', "地図", "title"),
        ('<svg x role="img"><title>図</title></svg>', "図", "native"),
        ('<svg x role="img"><text>図</text></svg>', "", ""),
        ('<div x role="checkbox">はい</div>', "はい", "content"),
        ("<h2 x>見出し</h2>", "見出し", "content"),
        ("<p x>段落</p>", "", ""),
        ('<a x href="/">東<rp>（</rp>京</a>', "東京", "content"),
        ('<a x href="/">a<script>b</script></a>', "a", "content"),
    ],
)
def test_names_follow_the_standard(html: str, name: str, source: str) -> None:
    document, index = marked(html)
    found = Names(document)
    assert (found.of(index), found.source(index)) == (name, source)


def test_what_is_seen_leaves_out_icons_and_hidden_text() -> None:
    document, index = marked(
        '<a x href="/"><i class="material-icons">home</i><ruby>東<rt>ひがし</rt></ruby>'
        '<b class="visually-hidden">v</b><b hidden>h</b><b aria-hidden="true">s</b></a>'
    )
    found = Names(document)
    assert found.visible(index) == "東s"
    assert found.visible(index, ruby=True) == "東ひがしs"


def test_names_of_a_page_made_to_be_slow_are_unknown() -> None:
    many = "<b>x</b>" * 5000
    document = Document(read(f'<p id="p">{many}</p>' + '<button aria-labelledby="p"></button>' * 200))
    found = Names(document)
    assert {found.of(index) for index in document.by_name["button"]} == {"x" * 5000, UNKNOWN}


@pytest.mark.parametrize(
    ("html", "role"),
    [
        ('<a x href="/">', "link"),
        ("<a x>", ""),
        ('<a x href="/" role="none">', "link"),
        ('<a x role="none">', "none"),
        ('<p x role="lnik button">', "button"),
        ('<img x alt="">', "none"),
        ('<img x alt="" aria-label="l">', "img"),
        ('<img x alt=" ">', "img"),
        ("<ul><li x></ul>", "listitem"),
        ('<ul role="tablist"><li x></ul>', ""),
        ("<input x type=SEARCH>", "searchbox"),
        ('<input x list="l">', "combobox"),
        ("<select x>", "combobox"),
        ("<select x multiple>", "listbox"),
        ("<table><tr><td x>", "cell"),
        ("<table role=grid><tr><td x>", "gridcell"),
        ("<table role=presentation><tr><td x>", "none"),
        ("<table><tr><th x scope=row>", "rowheader"),
        ("<header x>", "banner"),
        ("<main><header x>", ""),
        ("<article><aside x>", ""),
        ("<section x>", ""),
        ('<section x aria-label="l">', "region"),
    ],
)
def test_roles(html: str, role: str) -> None:
    document, index = marked(html)
    assert Semantics(document).role(index) == role


@pytest.mark.parametrize(
    ("html", "focusable", "tabbable"),
    [
        ('<a x href="/">', True, True),
        ("<a x>", False, False),
        ("<button x>", True, True),
        ("<button x disabled>", False, False),
        ("<button x tabindex=-1>", True, False),
        ("<fieldset disabled><input x>", False, False),
        ("<fieldset disabled><legend><input x>", True, True),
        ("<input x type=hidden>", False, False),
        ("<div x tabindex=0>", True, True),
        ("<div x tabindex=a>", False, False),
        ("<details><summary x>", True, True),
        ("<details><summary></summary><summary x>", False, False),
        ("<div x contenteditable=false>", False, False),
        ("<div x contenteditable>", True, True),
        ("<video x>", False, False),
        ("<video x controls>", True, True),
    ],
)
def test_focus(html: str, focusable: bool, tabbable: bool) -> None:
    document, index = marked(html)
    semantic = Semantics(document)
    assert (semantic.focusable(index), semantic.tabbable(index)) == (focusable, tabbable)
