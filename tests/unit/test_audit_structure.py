"""Rules on the HTML, the structure and the language of pages: for each, pieces that break it and sound ones."""

from __future__ import annotations

import itertools
import random
import time

import pytest

from hayami.audit.document import Document
from hayami.audit.page import Element, Text, read
from hayami.audit.pages import conformance, elements, fakes, language, structure
from hayami.audit.pages.fakes import has_columns
from hayami.audit.pages.semantics import Semantics
from hayami.audit.pages.structure import is_date, is_time
from hayami.audit.pages.tongues import english, foreign, is_tag, mistaken

MODULES = (conformance, structure, fakes, language)
RULES = {one.id: one for module in MODULES for one in module.RULES}


def findings(html: str) -> list[tuple[str, Element | Text | None, str, str]]:
    """Rules that a page breaks, with the places."""
    found: list[tuple[str, Element | Text | None, str, str]] = []

    def report(rule: str, place: Element | Text | None, target: str = "", detail: str = "") -> None:
        assert all(isinstance(one, str) for one in (target, detail))
        found.append((rule, place, target, detail))

    page = read(html)
    document = Document(page, whole=any(one.name == "html" for one in page.elements))
    for module in MODULES:
        module.check(document, report)
    return found


def found(html: str) -> set[str]:
    return {one[0] for one in findings(html)}


def page(body: str, head: str = "", lang: str = "ja", html: str = "") -> str:
    """A sound page around something."""
    return (
        f'<!doctype html><html lang="{lang}"{html}><head><meta charset="utf-8"><title>見本</title>{head}</head>'
        f'<body><a href="#m">本文へ</a><main id="m"><h1>見本</h1>{body}</main></body></html>'
    )


def bare(body: str, lang: str = "ja") -> str:
    """A page with nothing but a body."""
    return (
        f'<!doctype html><html lang="{lang}"><head><meta charset="utf-8"><title>見本</title></head>'
        f"<body>{body}</body></html>"
    )


TABLE = '<caption>料金</caption><thead><tr><th scope="col">品</th><th scope="col">円</th></tr></thead>'
ROW = '<tr><th scope="row">本</th><td>100</td></tr>'
MANY = "本文です。" * 20

FAULTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # --- conformance ------------------------------------------------------------------------------
    "doctype-missing": (
        ("<html lang=ja><head><title>a</title></head><body>a</body></html>",),
        (page(""), "<p>a</p>"),
    ),
    "doctype-obsolete": (
        ('<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x"><html lang="ja"></html>',),
        ('<!DOCTYPE html SYSTEM "about:legacy-compat"><html></html>', "<!DocType  HTML><html></html>"),
    ),
    "charset-missing": (
        ("<!doctype html><html lang=ja><head><title>表題</title></head><body>本文</body></html>",),
        (
            page(""),
            "<!doctype html><html lang=en><head><title>a</title></head><body>a</body></html>",
            "<!doctype html><html><head><meta http-equiv=content-type content='text/html; charset=UTF-8'>"
            "<title>表題</title></head><body>本文</body></html>",
        ),
    ),
    "charset-unsaid": (
        ("<!doctype html><html lang=en><head><title>a</title></head><body>a</body></html>",),
        (page(""), "<!doctype html><html></html>"),
    ),
    "charset-invalid": (
        (page("", '<meta charset="shift_jis">'),),
        (page(""), "<!doctype html><html><head><meta charset=UTF-8></head></html>"),
    ),
    "charset-late": (
        (
            '<!doctype html><html lang="ja"><head><title>見本</title><meta name="description" content="'
            + "あ" * 400
            + '"><meta charset="utf-8"></head></html>',
            f'<!doctype html><html lang="ja"><head><script>{"a" * 1024}</script><meta charset="utf-8"></head></html>',
        ),
        (
            page("", f"<style>{'a' * 2000}</style>"),
            f'<!doctype html><html lang="ja"><head><title>{"a" * 900}</title><meta charset="utf-8"></head></html>',
        ),
    ),
    "element-repeated": (
        (
            page("", "<title>b</title>"),
            page("<table><caption>a</caption><caption>b</caption></table>"),
            page("", '<meta charset="utf-8">'),
        ),
        (page("<svg><title>a</title></svg><svg><title>b</title></svg>"),),
    ),
    "tag-unclosed": (
        ("<div><span>a</div>", "<b>a", "<svg><g><p>a</p></g></svg>", "<ul><li><em>a<li>b</ul>"),
        ("<p>a<p>b", "<ul><li>a<li>b</ul>", "<table><tr><td>a<td>b<tr><td>c</table>", "<dl><dt>a<dd>b</dl>"),
    ),
    "tag-stray": (
        ("<div>a</span></div>", "<p>a<div>b</div></p>", "<p>a<ul><li>b</ul></p>", page("") + "</body>"),
        ("<p>a</p>", "<!doctype html><title>a</title><p>a</body></html>", "<table><tr><td>a</tbody></table>"),
    ),
    "self-closing": (
        ("<div/>a", "<p>a<span class=b /></p>", '<script src="a"/></script>'),
        (
            "<br/><img src=a alt=b />",
            "<svg><path d='M0 0'/></svg><math><mspace/></math>",
            "<a href=a/>b</a>",
            '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><body><div/></body></html>',
        ),
    ),
    "tag-void-end": (("a<br></br>", '<img src="a" alt="b"></img>'), ("a<br/>", '<img src="a" alt="b"/>')),
    "element-unknown": (
        ("<foo>a</foo>", "<p><buttom>a</buttom></p>"),
        ("<x-foo>a</x-foo>", "<svg><foo/></svg>", "<math><mi>x</mi></math>", "<search>a</search>"),
    ),
    "element-obsolete": (
        ("<center>a</center>", "<font>a</font>", "<tt>a</tt>", "<strike>a</strike>", "<acronym>a</acronym>"),
        ("<s>a</s>", "<svg><font/></svg>", "<u>a</u>", "<template><center>a</center></template>"),
    ),
    "element-misplaced": (
        (
            "<span><div>a</div></span>",
            "<dl><div><dt>a</dt><p>b</p><dd>c</dd></div></dl>",
            "<h1><p>a</p></h1>",
            "<span><a href=a><div>b</div></a></span>",
            "<ul><div>a</div></ul>",
            "<ul><p>a</p></ul>",
            "<table><div>a</div></table>",
            "<button><div>a</div></button>",
            "<label><div>a</div></label>",
            "<table><tr><p>a</p></tr></table>",
            "<form><div><form>a</form></div></form>",
            "<table><tr><th><h2>a</h2></th></tr></table>",
            "<dl><dt><h3>a</h3></dt><dd>b</dd></dl>",
            "<address><h2>a</h2></address>",
            "<header><footer>a</footer></header>",
            page("<div><title>b</title></div>"),
            page("<style>a{}</style>"),
            page('<meta name="description" content="a">'),
            page("", "<div>a</div>"),
            page("<link rel=icon href=a>"),
            page("<pre><p>a</p></pre>"),
            "<dl><div><dt>a</dt><dd>b</dd></div><dt>a</dt><dd>b</dd></dl>",
        ),
        (
            "<a href=a><div>b</div></a>",
            "<div><ins><p>a</p></ins></div>",
            "<summary><h2>a</h2></summary>",
            "<fieldset><legend><h2>a</h2></legend></fieldset>",
            "<x-foo><div>a</div></x-foo>",
            "<span><x-foo>a</x-foo></span>",
            "<ul><li>a</li><script>1</script><template><li>a</li></template></ul>",
            "<svg><style>a{}</style><foreignObject><div>a</div></foreignObject></svg>",
            page('<link rel="stylesheet" href="a"><meta itemprop="a" content="b">'),
            page("", "<noscript><style>a{}</style><link rel=stylesheet href=a></noscript>"),
            page("<header><nav>a</nav></header><article><header>a</header><footer>b</footer></article>"),
            page("<aside><header>a</header></aside>"),
            page("<footer><section><header>a</header></section></footer>"),
            "<table><tr><td><h2>a</h2><div>b</div></td></tr></table>",
            "<dl><div><dt>a</dt><dd><p>b</p></dd></div></dl>",
            "<p><button>a</button><span>b</span>",
        ),
    ),
    "element-outside": (
        (
            "<div><li>a</li></div>",
            "<div><dt>a</dt></div><section><dd>a</dd></section>",
            "<div><tr><td>a</td></tr></div>",
            "<div><td>a</td></div>",
            "<div><figcaption>a</figcaption></div>",
            "<div><option>a</option></section></div>".replace("</section>", "")
            .replace("<div>", "<p>")
            .replace("</div>", ""),
            "<div><source src=a></div>",
            "<section><div><dt>a</dt></div></section>",
            "<figure><div><figcaption>a</figcaption></div></figure>",
        ),
        (
            "<li>a</li>",
            "<tr><td>a</td></tr>",
            "<ol><li>a</ol><menu><li>a</menu>",
            "<dl><dt>a</dt><dd>b</dd></dl>",
            "<dl><div><dt>a</dt><dd>b</dd></div></dl>",
            "<table><tr><td>a</table>",
            "<select><optgroup label=a><option>a</select>",
            "<select><div><option>a</option></div></select>",
            "<x-list><li>a</li></x-list>",
            "<figure><img src=a alt=b><figcaption>a</figcaption></figure>",
        ),
    ),
    "element-order": (
        (
            '<meta charset="utf-8"><html lang="ja"></html>',
            "<table><tr><td>a</td></tr><caption>b</caption></table>",
            "<table><tbody><tr><td>a</tbody><thead><tr><td>b</thead></table>",
            "<details><p>a</p><summary>b</summary></details>",
            "<fieldset><p>a</p><legend>b</legend></fieldset>",
            "<figure><p>a</p><figcaption>b</figcaption><p>c</p></figure>",
        ),
        (
            "<table><caption>b</caption><tr><td>a</table>",
            "<figure><figcaption>b</figcaption><p>c</p></figure>",
            "<table><thead><tr><td>b<tbody><tr><td>a<tbody><tr><td>a<tfoot><tr><td>c</table>",
        ),
    ),
    "element-after-body": (
        (page("").replace("</html>", "<div>a</div></html>"),),
        (page(""), "<!doctype html><html><p>a</p></html>"),
    ),
    "text-misplaced": (
        (
            page("").replace("<head>", "<head>a"),
            page("") + "a",
            "<ul>a<li>b</ul>",
            "<table>a<tr><td>b</table>",
            "<dl>a<dt>b<dd>c</dl>",
            "<table><tr>a<td>b</table>",
        ),
        (
            "<!doctype html><html lang=en><head><title>a</title>b</html>",
            "<!doctype html><title>a</title>b",
            "<ul>\n<li>b\n</ul>",
            "<table> <tr> <td>b </table>",
            "<select>\n<option>a</select>",
        ),
    ),
    "child-missing": (
        (
            "<details><p>a</p></details>",
            "<picture><source srcset=a></picture>",
            "<dl><dd>a</dd></dl>",
            "<dl><dt>a</dt></dl>",
            "<dl><div><dt>a</dt></div></dl>",
        ),
        (
            "<details><summary>a</summary>b</details>",
            "<picture><img src=a alt=b></picture>",
            "<dl></dl>",
            "<dl><dt>a<dt>b<dd>c<dd>d<dt>e<dd>f</dl>",
        ),
    ),
    "control-character": (("<p>a\x08b</p>", "<p>\u0085</p>"), ("<p>a\tb\nc\u00a0d\u200b\u3000</p>",)),
    "duplicate-attribute": (
        (
            '<img src="a" alt="b" alt="c">',
            '<p class="a" CLASS="b">c</p>',
            '<svg><path d="a" d="b"/></svg>',
            '<template><p class="a" class="b"></p></template>',
        ),
        ('<img src="a" alt="b">', "<p>a=1 a=2</p>"),
    ),
    "id-valid": (
        ('<p id="a b">c</p>', '<p id="">c</p>', '<p id=" a">c</p>'),
        ('<p id="a　b">c</p>', '<p id="1">a</p>', '<p id="第1章">c</p>', '<p id="a:b.c">c</p>'),
    ),
    "attribute-missing": (
        (
            "<img alt=a>",
            '<select><option value="a"></option></select>',
            "<meta name=a>",
            "<link rel=icon>",
            "<link href=a>",
            "<meta content=a>",
            "<bdo>a</bdo>",
            "<data>a</data>",
            "<meter>a</meter>",
            "<select><optgroup><option>a</optgroup></select>",
            "<video src=a><track kind=captions></video>",
            '<video src=a><track src="a" kind="subtitles"></video>',
            '<input type="image" alt="a">',
            "<picture><source><img src=a alt=b></picture>",
            '<a target="_blank">a</a>',
            "<script defer>1</script>",
            '<link rel="preload" href="a">',
            "<map><area coords=a></map>",
        ),
        (
            "<img srcset=a alt=a>",
            "<a>a</a>",
            '<script type="module" async>1</script>',
            '<meta property="og:title" content="a">',
            '<meta charset="utf-8">',
            '<link rel="preload" imagesrcset="a" as="image">',
            "<bdo dir=rtl>a</bdo>",
        ),
    ),
    "attribute-obsolete": (
        (
            '<table border="1"><tr><td>a</table>',
            '<p align="center">a</p>',
            '<td width="10">a</td>',
            '<body bgcolor="red">',
            '<iframe src=a frameborder="0"></iframe>',
            '<table cellpadding="0" summary="a"></table>',
            '<br clear="all">',
            '<li type="a">b</li>',
            '<img src=a alt=b border="1">',
            '<table width="100"></table>',
        ),
        ('<img src=a alt=b width="10">', '<svg><text align="a"/></svg>', "<ol type=a><li>a</ol>"),
    ),
    "attribute-unknown": (
        (
            '<img scr="a" src="a" alt="b">',
            '<a herf="a">b</a>',
            '<p calss="a">b</p>',
            '<div href="a">b</div>',
            '<span alt="a">b</span>',
            '<p for="a">b</p>',
            '<input type="checkbox" placeholder="a">',
            '<button href="a">b</button>',
            '<div name="a">b</div>',
            '<a class="a"href="b">c</a>'.replace('"href', '" href"'),
            '<link rel="stylesheet" href="a" sizes="1x1">',
        ),
        (
            '<p data-a="b" aria-label="c" onclick="d" itemprop="a" hidden tabindex="0">b</p>',
            '<svg viewBox="0 0 1 1" foo="a"></svg>',
            '<x-a foo="b">c</x-a>',
            '<div typeof="a" property="b" vocab="c" about="d">e</div>',
            '<button popovertarget="a" popovertargetaction="hide" command="close" commandfor="a">b</button>',
            '<input type="email" multiple list="a" maxlength="3" pattern="a" placeholder="b">',
            '<input type="date" min="2025-01-01" max="2025-02-01" step="7" readonly required>',
            '<input type="file" accept="a" capture multiple>',
            '<link rel="stylesheet" href="a" blocking="render" fetchpriority="high" media="print" integrity="a">',
            '<img src="a" alt="b" loading="lazy" decoding="async" fetchpriority="low" sizes="a" srcset="b" ismap>',
            '<script src="a" nomodule crossorigin></script>',
            '<html lang="ja" xml:lang="ja" xmlns="http://www.w3.org/1999/xhtml" prefix="og: a"></html>',
            '<p lang="ja" translate="no" inert popover enterkeyhint="go" autocorrect="off">a</p>',
            '<details name="a" open><summary>b</summary></details><dialog closedby="any">a</dialog>',
        ),
    ),
    "attribute-framework": (
        (
            '<p hx-get="a">b</p>',
            '<p @click="a">b</p>',
            '<p :class="a">b</p>',
            '<p x-data="a">b</p>',
            '<p v-if="a">b</p>',
        ),
        ('<p data-x="a">b</p>', '<html xmlns:og="a" lang="ja"></html>'),
    ),
    "attribute-value": (
        (
            '<input type="txt">',
            '<button type="buton">a</button>',
            '<p dir="left">a</p>',
            '<p hidden="true">a</p>',
            '<input disabled="true">',
            '<input required="false">',
            '<td colspan="0">a</td>',
            '<td colspan="100%">a</td>',
            '<td rowspan="x">a</td>',
            '<img src=a alt=b width="100px">',
            '<img src=a alt=b width="50%">',
            '<img src=a alt=b loading="laze">',
            '<form method="put"></form>',
            '<a href=a target="_new">b</a>',
            '<a href=a target="">b</a>',
            '<ol start="a"><li>a</ol>',
            '<li value="1.5">a</li>',
            '<p tabindex="a">b</p>',
            '<p tabindex="">b</p>',
            '<textarea rows="0"></textarea>',
            '<input type="number" value="1,000">',
            '<input type="date" value="2025/01/01">',
            '<input type="number" step="0">',
            '<video src=a preload="yes"></video>',
            '<meta http-equiv="foo" content="a">',
            '<link rel="preload" href="a" as="css">',
            '<p contenteditable="yes">a</p>',
            '<p draggable="">a</p>',
            '<p translate="none">a</p>',
            '<script src="a" crossorigin="yes"></script>',
            '<video src=a><track src=a srclang=ja kind="caption"></video>',
            '<progress value="a"></progress>',
            '<details open="yes"><summary>a</summary></details>',
            '<ol reversed="reversd"><li>a</ol>',
            '<p inputmode="number">a</p>',
        ),
        (
            '<input type="TEXT" disabled="" required="REQUIRED">',
            '<p hidden="until-found">a</p>',
            '<td colspan="2" rowspan="0">a</td>',
            '<a href=a target="_BLANK">b</a><a href=a target="foo">b</a>',
            '<p contenteditable="">a</p>',
            '<table width="100%"></table>',
            '<svg width="1em" height="50%"></svg>',
            '<input type="number" step="any" value="-1.5e3" min=".5">',
            '<input type="week" value="2025-W05"><input type="time" value="09:00">',
            '<ol type="A" start="-1"><li value="3">a</ol>',
            '<meta http-equiv="Content-Security-Policy" content="a">',
            '<script src="a" crossorigin></script>',
            '<p spellcheck="false" translate="no" draggable="true" dir="AUTO">a</p>',
            '<meter value=".5" min="0" max="1"></meter><progress></progress>',
            '<div popover="hint">a</div>',
        ),
    ),
    "reference-missing": (
        (
            page('<input list="x">'),
            page('<button form="x">a</button>'),
            page('<img src=a alt=b usemap="#x">'),
            page('<div id="x"></div><input list="x">'),
        ),
        (
            page('<input list="x"><datalist id="x"></datalist>'),
            page('<form id="x"></form><button form="x">a</button>'),
            page('<img src=a alt=b usemap="#x"><map name="x"></map>'),
            '<input list="x">',
        ),
    ),
    "attribute-redundant": (
        (
            '<script type="text/javascript" src="a"></script>',
            '<style type="text/css">a{}</style>',
            '<img src=a alt=b border="0">',
            '<a name="a">b</a>',
            '<script language="JavaScript" src="a"></script>',
        ),
        ('<script type="module" src="a"></script>', '<script type="application/ld+json">{}</script>'),
    ),
    "role-redundant": (
        (
            '<nav role="navigation">a</nav>',
            '<button role="button">a</button>',
            '<a href="a" role="link">a</a>',
            '<input type="checkbox" role="checkbox">',
            '<h2 role="heading">a</h2>',
        ),
        (
            '<ul role="list"><li>a</li></ul>',
            '<header role="banner">a</header>',
            '<h2 role="heading" aria-level="4">a</h2>',
            '<a role="link">a</a>',
            '<form role="search"></form>',
            '<div role="navigation">a</div>',
            '<input type="checkbox" role="switch">',
        ),
    ),
    "http-equiv-obsolete": (
        (
            '<meta http-equiv="Pragma" content="no-cache">',
            '<meta http-equiv="content-language" content="ja">',
        ),
        ('<meta http-equiv="X-UA-Compatible" content="IE=edge">',),
    ),
    # --- the page as a whole ----------------------------------------------------------------------
    "title-missing": (
        (
            "<html lang=ja><head></head><body>a</body></html>",
            "<html><title>　</title></html>",
            "<html><title>\u200b</title></html>",
            "<html><body><svg><title>a</title></svg></body></html>",
        ),
        (
            "<html><title>a</title></html>",
            "<p>a</p>",
            "<html><svg><title></title></svg><title>a</title></html>",
        ),
    ),
    "title-placeholder": (
        ("<html><title>無題ドキュメント</title></html>", "<html><title>Document</title></html>"),
        ("<html><title>Documents</title></html>",),
    ),
    "bypass": (
        (
            bare(f'<div><a href="a">一</a><a href="b">二</a></div><div>{MANY}</div>'),
            bare(f'<nav><a href="a">一</a></nav><div id="main"><strong>題</strong><p>{MANY}</p></div>'),
            bare(f'<a href="#x">一</a><div>{MANY}</div>'),
        ),
        (
            bare(f'<a href="#x">本文へ</a><a href="a">一</a><div id="x">{MANY}</div>'),
            bare(f'<nav><a href="a">一</a></nav><main>{MANY}</main>'),
            bare(f'<nav><a href="a">一</a></nav><div role="main">{MANY}</div>'),
            bare(f'<nav><a href="a">一</a></nav><h2>題</h2><div>{MANY}</div>'),
            bare(f'<nav><a href="a">一</a></nav><p role="heading" aria-level="1">題</p><div>{MANY}</div>'),
            bare(f"<p>{MANY}</p>"),
            bare(f'<div><p>{MANY}</p></div><a href="a">一</a>'),
            f'<nav><a href="a">一</a></nav><div>{MANY}</div>',
            bare(""),
        ),
    ),
    "landmark-main": (
        (
            bare(f'<div><a href="a">一</a></div><div>{MANY}</div>'),
            bare(f'<div><a href="#top">一</a></div><div id="top">{MANY}</div>'),
            bare(f'<a hidden href="#c">一</a><div><a href="a">二</a></div><div id="c">{MANY}</div>'),
            bare("<header>a</header><h1>b</h1><p>c</p>"),
        ),
        (page("a"), bare("<p>a</p>"), bare('<div role="main">a</div>'), bare(f"<h1>a</h1><p>{MANY}</p>")),
    ),
    "landmark-main-several": (
        (bare("<main>a</main><main>b</main>"), bare('<main>a</main><div role="main">b</div>')),
        (bare("<main>a</main><main hidden>b</main>"), bare('<main role="main">a</main>')),
    ),
    "landmark-main-missing": (
        (bare("<h1>b</h1><p>c</p>"), bare("<nav>a</nav><p>c</p>")),
        (
            page("a"),
            bare("<p>a</p>"),
            "<h1>a</h1>",
            '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>見本</title>'
            '<meta http-equiv="refresh" content="0; url=a"></head><body><h1>移ります</h1></body></html>',
        ),
    ),
    "landmark-main-nested": (
        (
            bare("<article><main>a</main></article>"),
            bare("<header><main>a</main></header>"),
            bare('<div role="region"><main>a</main></div>'),
        ),
        (
            bare("<div><form><main>a</main></form></div>"),
            bare('<div role="application"><main>a</main></div>'),
        ),
    ),
    "meta-refresh": (
        (
            page("", '<meta http-equiv="refresh" content="30">'),
            page("", '<meta http-equiv="Refresh" content="5;url=a">'),
            page(
                "", '<meta http-equiv="refresh" content="0x"><meta http-equiv="refresh" content=" 1.5 ; a">'
            ),
        ),
        (
            page("", '<meta http-equiv="refresh" content="0; url=a">'),
            page("", '<meta http-equiv="refresh" content="0.9; url=a">'),
            page("", '<meta http-equiv="refresh" content="0; a"><meta http-equiv="refresh" content="5; a">'),
            page("", '<meta http-equiv="refresh" content="-5; a">'),
            page("<p>refresh 5</p>"),
        ),
    ),
    "meta-viewport": (
        (
            page("", '<meta name="viewport" content="width=device-width, user-scalable=no">'),
            page("", '<meta name="viewport" content="width=device-width,maximum-scale=1.0">'),
            page("", '<meta name="Viewport" content="user-scalable = 0">'),
            page("", '<meta name="viewport" content="maximum-scale=1;user-scalable=yes">'),
        ),
        (
            page("", '<meta name="viewport" content="width=device-width, initial-scale=1">'),
            page("", '<meta name="viewport" content="maximum-scale=5, user-scalable=yes">'),
            page("", '<meta name="viewport" content="minimum-scale=1">'),
            page("", '<meta name="description" content="user-scalable=no">'),
        ),
    ),
    # --- headings ---------------------------------------------------------------------------------
    "heading-empty": (
        (
            "<h2></h2>",
            "<h2> 　&nbsp;</h2>",
            '<h2><img src="a" alt=""></h2>',
            '<h2><span aria-hidden="true">a</span></h2>',
            '<div role="heading" aria-level="2"></div>',
            "<h3>&#8203;</h3>",
            "<h2><span hidden>a</span></h2>",
        ),
        (
            "<h2>a</h2>",
            '<h2><img src="a" alt="b"></h2>',
            "<h2><svg><title>a</title></svg></h2>",
            '<h2 aria-label="a"></h2>',
            '<h2 aria-hidden="true"></h2>',
            "<h2 hidden></h2>",
            "<template><h2></h2></template>",
            '<h2><svg role="img"><title>a</title></svg></h2>',
            '<h2><svg aria-label="a"></svg></h2>',
            "<h2><ruby>漢<rt>かん</rt></ruby></h2>",
            '<p id="x">a</p><h2 aria-labelledby="x"></h2>',
            "<h2><input></h2>",
        ),
    ),
    "heading-order": (
        ("<h1>a</h1><h3>b</h3>", "<h2>a</h2><h4>b</h4>", '<h2>a</h2><p role="heading" aria-level="5">b</p>'),
        (
            "<h1>a</h1><h2>b</h2><h3>c</h3><h2>d</h2>",
            "<h3>a</h3><h1>b</h1>",
            "<h1>a</h1><h3 hidden>b</h3>",
            "<h4>a</h4><h2>b</h2>",
        ),
    ),
    "h1-several": (("<h1>a</h1><h1>b</h1>",), ("<h1>a</h1><h2>b</h2>", "<h1>a</h1><h1 hidden>b</h1>")),
    "h1-missing": (
        (bare("<main><h2>a</h2></main>"), bare("<main><p>a</p></main>")),
        (page(""), bare(""), "<h2>a</h2>", bare('<div role="heading" aria-level="1">a</div>')),
    ),
    "heading-fake": (
        (
            "<p><strong>申込み方法</strong></p><p>窓口で申し込んでください。</p>",
            "<p><b>How to apply</b></p><ul><li>Come to the counter.</li></ul>",
            '<p><font size="5">申込み方法</font></p><p>窓口で申し込んでください。</p>',
            '<div style="font-size:24px;font-weight:bold">申込み方法</div><p>窓口で申し込んでください。</p>',
            '<p style="font-weight:700;font-size:1.5em">申込み方法</p><p>窓口で申し込んでください。</p>',
            "<p>■申込み方法</p><p>窓口で申し込んでください。</p>",
        ),
        (
            "<p><strong>ご注意ください。</strong></p><p>窓口で申し込んでください。</p>",
            "<p><strong>申込み</strong>は窓口で。</p><p>窓口で申し込んでください。</p>",
            "<ul><li><p><b>申込み</b></p><p>窓口で申し込んでください。</p></li></ul>",
            "<table><tr><td><p><b>申込み</b></p><p>窓口で申し込んでください。</p></td></tr></table>",
            "<p><strong>電話：03-1234-5678</strong></p><p>平日の9時から17時まで。</p>",
            '<p><a href="a"><b>申込み</b></a></p><p>窓口で申し込んでください。</p>',
            "<p><b>申込み</b></p>",
            "<p><b>東京</b></p><p><b>大阪</b></p>",
            "<p>申込み方法</p><p>窓口で申し込んでください。</p>",
            "<h2><b>申込み</b></h2><p>窓口で申し込んでください。</p>",
            "<blockquote><p><b>申込み</b></p><p>窓口で申し込んでください。</p></blockquote>",
        ),
    ),
    # --- lists and columns ------------------------------------------------------------------------
    "list-fake": (
        (
            "<p>1. 氏名<br>2. 住所</p>",
            "<p><b>■</b>窓口<br><b>■</b>郵便</p>",
            "<p>(1) 氏名</p><p>(2) 住所</p>",
            "<p>・りんご<br>・みかん<br>・ぶどう</p>",
            "<p>持ち物<br>・筆記具<br>・印鑑</p>",
            "<p>■ りんご</p><p>■ みかん</p>",
            "<div>- apples<br>- pears</div>",
            "<table><tr><td>・りんご<br>・みかん</td></tr></table>",
        ),
        (
            "<p>企画・開発・販売</p>",
            "<ul><li>・りんご</li><li>・みかん</li></ul>",
            "<p>○<br>○<br>×</p>",
            "<pre>- a\n- b</pre>",
            "<p>※ 注意<br>※ 注意2</p>",
            "<p>・りんご</p><h2>題</h2><p>・みかん</p>",
            "<p>-1<br>-2</p>",
            "<p>東京<br>・大阪</p>",
            "<code>- a<br>- b</code>",
        ),
    ),
    "table-by-spaces": (
        (
            "<pre>品名    値段\nりんご  100円\nみかん  80円</pre>",
            "<pre>a\tb\nc\td\ne\tf</pre>",
            "<p>月曜&nbsp;&nbsp;&nbsp;9時<br>火曜&nbsp;&nbsp;&nbsp;10時</p>",
            "<p>品名　　　値段<br>りんご　　100円</p>",
        ),
        (
            "<pre>a = 1\nb = 2\n</pre>",
            "<p>月曜&nbsp;9時<br>火曜&nbsp;10時</p>",
            "<p>　　本文<br>　　本文</p>",
            "<p>部長　山田　太郎<br>課長　鈴木　花子</p>",
            "<p>令和　　年　　月　　日</p>",
            "<pre><code>品名    値段\nりんご  100円\nみかん  80円</code></pre>",
            "<pre>  春の\n  海\n  ひねもす</pre>",
            "<pre>if x:\n    y  = 1\n    zz = 2\n    a  = 3</pre>",
            "<p>品名    値段\nりんご  100円\nみかん  80円</p>",
        ),
    ),
    # --- tables -----------------------------------------------------------------------------------
    "table-headers": (
        (
            '<div role="table"><div role="row"><i role="cell">a</i><i role="cell">b</i></div><div role="row"><i role="cell">c</i><i role="cell">d</i></div></div>',
            "<table><tr><td>品<td>円<tr><td>本<td>100</table>",
            "<table><thead><tr><td>品<td>円<tbody><tr><td>本<td>100</table>",
        ),
        (
            f"<table>{TABLE}{ROW}</table>",
            '<table role="presentation"><tr><td>品<td>円<tr><td>本<td>100</table>',
            "<table><tr><td>品<tr><td>本</table>",
            "<table><tr><td>品<td>本</table>",
            "<table><tr><td><p>品</p><td>円<tr><td>本<td>100</table>",
            f"<table><tr><td>品<td>{MANY * 2}<tr><td>本<td>100</table>",
            '<table><tr><td role="columnheader">品<td role="columnheader">円<tr><td>本<td>100</table>',
            "<table hidden><tr><td>品<td>円<tr><td>本<td>100</table>",
            "<table><tr><td><img src=a alt=b><td>円<tr><td>本<td>100</table>",
        ),
    ),
    "th-without-cells": (
        (
            "<table><tr><th>a<th>b<tr><td>c</table>",
            '<div role="grid"><div role="row"><b role="columnheader">a</b><b role="columnheader">b</b></div>'
            '<div role="row"><b role="gridcell">c</b></div></div>',
        ),
        (
            f"<table>{TABLE}{ROW}</table>",
            "<table><tr><th>a<th>b</table>",
            "<table><tr><th>a<th>b<tr><td colspan=2>c</table>",
            "<table><tr><th rowspan=2>a<th colspan=2>b<tr><th>c<th>d<tr><td>1<td>2<td>3</table>",
            "<table><tr><th>a<th>b<tbody></table>",
            "<table><tr><th>a<td>1<tr><th>b<td>2<tr><th colspan=2>c</table>",
        ),
    ),
    "table-cells": (
        ("<table><tr><td>a<td rowspan=2>b<tr><td colspan=2>c</table>",),
        (
            "<table><tr><td rowspan=2>a<td>b<tr><td>c</table>",
            "<table><tr><td rowspan=0>a<td>b<tr><td>c</table>",
        ),
    ),
    "scope-valid": (
        (
            '<table><tr><th scope="column">a<tr><td>b</table>',
            '<table><tr><th scope="">a<tr><td>b</table>',
            '<table><tr><td scope="row">a</table>',
            '<p scope="row">a</p>',
        ),
        (f"<table>{TABLE}{ROW}</table>", '<table><tr><th scope="ColGroup">a<tr><td>b</table>'),
    ),
    "td-headers-ids": (
        (
            '<table><tr><th id="a">a<th id="b">b<tr><td headers="a　b">c</table>',
            '<table><tr><th id="a">a<tr><td headers="b">b</table>',
            '<table><tr><td id="a">a<tr><td headers="a">b</table>',
            '<table><tr><td id="a" headers="a">a</table>',
            '<table><tr><th id="a">a</table><table><tr><td headers="a">b</table>',
        ),
        (
            '<table><tr><th id="a">a<th id="b">b<tr><td headers="a b">b</table>',
            '<table role="presentation"><tr><td headers="x">b</table>',
        ),
    ),
    "table-caption": (
        (
            "<table><tr><th>a<tr><td>b</table>",
            "<table><caption> </caption><tr><th>a<tr><td>b</table>",
        ),
        (
            f"<table>{TABLE}{ROW}</table>",
            '<table aria-label="a"><tr><th>a<tr><td>b</table>',
            '<h2 id="x">a</h2><table aria-labelledby="x"><tr><th>a<tr><td>b</table>',
            "<figure><figcaption>a</figcaption><table><tr><th>a<tr><td>b</table></figure>",
            '<table role="none"><tr><th>a<tr><td>b</table>',
            "<table><tr><td>a</table>",
        ),
    ),
    "th-empty": (
        ("<table><tr><th><th>a<tr><td>b<td>c</table>", "<table><tr><th>&nbsp;<th>a<tr><td>b<td>c</table>"),
        (
            "<table><tr><td><th>a<tr><th>b<td>c</table>",
            '<table><tr><th><img src=a alt="b"><tr><td>c</table>',
            '<table><tr><th><input type="checkbox"><tr><td>c</table>',
            '<table><tr><th aria-label="a"><tr><td>c</table>',
        ),
    ),
    "th-scope": (
        ("<table><caption>a</caption><tr><th>a<tr><td>b</table>",),
        (
            f"<table>{TABLE}{ROW}</table>",
            '<table><tr><th id="a">a<tr><td headers="a">b</table>',
            "<table><tr><th>a<td>b</table>",
        ),
    ),
    # --- times, films and sounds ------------------------------------------------------------------
    "time-datetime": (
        (
            '<time datetime="2025/04/01">a</time>',
            '<time datetime="2025-02-30">a</time>',
            "<time>令和7年4月1日</time>",
            '<time datetime="">a</time>',
            '<time datetime="令和7年">a</time>',
            '<ins datetime="4月">a</ins>',
            '<time datetime="2025-4-1">a</time>',
            '<time datetime="9:00">a</time>',
        ),
        (
            '<time datetime="2025-04-01">4月1日</time>',
            "<time>2025-04-01</time>",
            '<time datetime="09:00">9時</time>',
            '<time datetime="2025">2025年</time>',
            '<time datetime="P1D">1日</time>',
            '<time datetime="2h 30m">2時間半</time>',
            '<time datetime="2025-04-01T09:00+09:00">a</time>',
            '<del datetime="2025-04-01">a</del>',
            "<ins>a</ins>",
        ),
    ),
    "autoplay": (
        (
            '<audio src="a.mp3" autoplay></audio>',
            '<video autoplay><source src="a.mp4"></video>',
            '<video src="a.mp4#t=0,4" autoplay></video>',
        ),
        (
            '<audio src="a.mp3" autoplay controls></audio>',
            '<video src="a.mp4" autoplay muted loop></video>',
            '<audio src="a.mp3" controls></audio>',
            '<video src="a.mp4#t=8,10" autoplay></video>',
            '<video src="a.mp4" autoplay></video><button>一時停止</button>',
            "<video autoplay></video>",
        ),
    ),
    "video-captions": (
        (
            '<video src="a.mp4" controls></video>',
            '<video controls><source src="a.mp4"><track kind="chapters" src="a"></video>',
            '<div lang="ja"><video src="a.mp4" controls><track src="a" srclang="en"></video></div>',
        ),
        (
            '<video src="a.mp4" controls><track kind="captions" src="a"></video>',
            '<div lang="ja"><video src="a.mp4" controls><track kind="subtitles" src="a" srclang="ja"></video></div>',
            '<video src="a.mp4" muted></video>',
            "<video></video>",
            '<video src="a.mp4" hidden></video>',
        ),
    ),
    "moving-text": (("<marquee>a</marquee>", "<blink>a</blink>"), ("<p>marquee</p>",)),
    # --- language ---------------------------------------------------------------------------------
    "html-lang": (
        ("<html></html>", '<html lang=" "></html>', '<html xml:lang="ja"></html>'),
        ('<html lang="ja"></html>', "<p>a</p>", '<html lang="xx1"></html>'),
    ),
    "html-lang-valid": (
        (
            '<html lang="jp"></html>',
            '<html lang="ja_JP"></html>',
            '<html lang="japanese"></html>',
            '<html lang="en-UK"></html>',
        ),
        ('<html lang="ja-JP"></html>', '<html lang="zh-Hant"></html>', '<html lang="ain"></html>'),
    ),
    "html-lang-conflict": (
        ('<html lang="ja" xml:lang="en"></html>',),
        ('<html lang="ja" xml:lang="ja"></html>', '<html lang="en-GB" xml:lang="en"></html>'),
    ),
    "html-lang-matches": (
        (
            bare("<main><h1>見本</h1><p>このページは日本語で書かれています。</p></main>", "en"),
            bare(
                "<main><h1>Grants</h1><p>This is the list of all the grants that are open to small firms in the city, "
                "and of those that have been closed by the end of the year.</p></main>"
            ),
            bare("<p>This is the list of all the grants that are open to firms in the city.</p>", "fr"),
        ),
        (
            page("<p>日本語の文章です。とても長い文章が続きます。</p>"),
            bare("<p>Hello</p><p lang=ja>このページは日本語で書かれています。</p>", "en"),
            bare("<p>OK</p>"),
            bare("<pre>def main(): return the value of all that is in it and to be in the end</pre>"),
            bare('<p lang="en">This is the list of all the grants that are open to firms in the city.</p>'),
        ),
    ),
    "element-lang-valid": (
        ('<p lang="jp">a</p>', '<p lang="en_US">a</p>', '<p lang="english">a</p>', '<p lang=" ">a</p>'),
        ('<p lang="ja">a</p>', '<p lang="">a</p>', '<p lang="jp"></p>', '<p lang="jp" hidden>a</p>'),
    ),
    "element-lang-missing": (
        (
            "<p lang=ja>Please read <b>the notice</b> of the city.</p>",
            '<div lang="en"><p>wage (賃)</p></div>',
            '<div lang="en"><a href=a>日本語</a></div>',
            '<div lang="ja"><a href=a>한국어</a></div>',
            '<div lang="ja"><a href=a>简体中文</a></div>',
            '<div lang="ja"><p>Please enter your full name and address.</p></div>',
            '<div lang="ja"><p>次のとおりです。This page is also available in English. 以上</p></div>',
            '<div lang="en"><p>Русский</p></div>',
            '<div lang="ja"><blockquote>I have a dream that one day this nation will rise up.</blockquote></div>',
        ),
        (
            '<div lang="en"><p>wage (<span lang="ja">賃</span>)</p></div>',
            '<div lang="ja"><p>Ministry of Economy, Trade and Industry</p></div>',
            '<div lang="ja"><p>© 2025 Tokyo Support Center. All Rights Reserved.</p></div>',
            '<div lang="ja"><p>Microsoft Windows 11 Pro for Workstations</p></div>',
            '<div lang="ja"><p>What You See Is What You Get（WYSIWYG）</p></div>',
            '<div lang="ja"><code>this is not what you have in the code</code></div>',
            '<div lang="ja"><p lang="en">This page is also available in English.</p></div>',
            '<div lang="ja-Latn"><p>Kore wa this is not what you have in it desu</p></div>',
            "<div><p>日本語</p><p>This page is also available in English.</p></div>",
            '<div lang="en"><p hidden>日本語</p></div>',
            '<div lang="en"><p translate="no">東京都</p></div>',
            '<div lang="en"><p>¯\\_(ツ)_/¯ “quotes” — ½ × 3 π</p></div>',
            '<div lang="ja"><p>https://example.org/this/is/what/you/have.html</p></div>',
            '<div lang="ja"><p>東京都中小企業振興公社（Tokyo Metropolitan Small and Medium Enterprise Support Center）</p></div>',
            '<div lang="zh"><p>中文网站</p></div>',
            '<div lang="ja"><cite>Everything that you need to know about it</cite></div>',
            '<div lang="en"><code>変数</code></div>',
            '<div lang="ja"><p>Do It Yourself、Let It Be</p></div>',
            '<div lang="ja"><p>(;´Д｀) Ω α β</p></div>',
            '<div lang="en"><script>var a = "日本語"</script><style>a::before{content:"日本"}</style></div>',
        ),
    ),
    "attr-lang": (
        (
            '<div lang="en"><img src=a alt="東京都庁の写真"></div>',
            '<div lang="ja"><button aria-label="Close">×</button></div>',
            '<div lang="ja"><nav aria-label="Main navigation">a</nav></div>',
            '<div lang="ja"><img src=a alt="Photo of the city hall at night"></div>',
            '<div lang="ja"><input placeholder="Please enter your name."></div>',
        ),
        (
            '<div lang="ja"><img src=a alt="Tokyo Tower"></div>',
            '<div lang="ja"><img src=a alt="東京都庁の写真"></div>',
            '<div lang="ja"><a lang="en" href=a aria-label="English page">English</a></div>',
            '<div lang="ja"><img src=a alt="MENU"></div>',
            '<div lang="en"><img src=a alt="Sign that reads 出口"></div>',
            '<div lang="ja"><img src=a alt="Bank of Japan"></div>',
            '<div lang="ja"><a href=a title="GitHub">a</a></div>',
            '<div><img src=a alt="Close"></div>',
        ),
    ),
    "letter-spacing-by-spaces": (
        (
            "<h2>N E W S</h2>",
            "<p><b>O P E N</b></p>",
            "<h2>日 時</h2>",
            "<p>日　時　令和7年4月1日</p>",
            "<table><tr><th>場　所<td>a</table>",
            "<h2>お 知 ら せ</h2>",
            "<p>助 成 率</p>",
            "<p>以　上</p>",
            "<p>東 京 都</p>",
            "<p>【日　時】</p>",
            "<p>目&nbsp;次</p>",
        ),
        (
            "<p>山田　太郎</p>",
            "<p>第1章　総則</p>",
            "<p>問　次の文を読みなさい。</p>",
            "<p>　本文です。</p>",
            "<p>森　茂</p>",
            "<p>令和　年　月　日</p>",
            "<p>月　火　水　木　金　土　日</p>",
            "<p>東京　大阪　京都</p>",
            "<p>日\n時</p>",
            "<p>て を つなぐ</p>",
            "<q>日　時</q>",
            "<p>林　薫</p><table><tr><th>林　薫<td>a</table>",
            "<p>甲 乙 丙</p>",
            "<p>春 夏 秋 冬</p>",
            "<p>有　無</p>",
            "<pre>日　時</pre>",
            "<p>氏名 山田 太郎</p>",
            "<p>あ い う え お</p>",
        ),
    ),
    "letter-spacing-doubtful": (
        (
            "<p>K I T C H E N</p>",
            "<p>It is Q&thinsp;u&thinsp;i&thinsp;e&thinsp;t here</p>",
            "<p>お問合せ Ｔ Ｅ Ｌ</p>",
            "<table><tr><th>泊　数<td>a</table>",
        ),
        (
            "<p>A B C</p>",
            "<p>S M L</p>",
            "<p>J R R Tolkien</p>",
            "<p>プラン A B C D</p>",
            "<p>I am A. B. C.</p>",
            "<p>TOKYO</p>",
            "<table><tr><th>林　薫<td>a</table>",
        ),
    ),
    "fullwidth-alnum": (
        ("<p>２０２５年</p>", "<p>ＮＨＫ</p>", "<p>ａｂｃ</p>"),
        (
            "<p>2025年</p>",
            "<q>２０２５年</q>",
            "<code>ＡＢＣ</code>",
            "<p>（株）、「あ」</p>",
            "<p hidden>２</p>",
        ),
    ),
    "halfwidth-kana": (
        ("<p>ﾃﾚﾋﾞ</p>", "<p>ｱ</p>"),
        ("<p>テレビ</p>", "<kbd>ﾃﾚﾋﾞ</kbd>", "<p>(ﾟ)</p>", "<p>･｡｢｣</p>"),
    ),
    "compatibility-character": (
        (
            '<p lang="ja">㈱東京</p>',
            '<p lang="ja">㍻30年</p>',
            '<p lang="ja">℡ 03</p>',
            '<p lang="ja">会議室②</p>',
            '<p lang="ja">10㌔</p>',
            '<p lang="ja">⑴ 申請</p>',
        ),
        (
            '<p lang="ja">① 申請書</p>',
            '<p lang="ja">①申請書、②見積書</p>',
            '<p lang="ja">支援が②です。</p>',
            '<p lang="ja">50㎡</p>',
            '<p lang="ja">① 申請</p><p lang="ja">上記①</p>',
            '<p lang="ja">第Ⅱ期</p>',
            '<p lang="ru">№ 5</p>',
        ),
    ),
    "wbr-in-name": (
        ("<p>東京\u200b都</p>", '<img src=a alt="東京&#8203;都">', "<html><title>a\u200bb</title></html>"),
        ("<p>東京<wbr>都</p>", '<p lang="th">a\u200bb</p>', "<p>👨\u200d👩</p>"),
    ),
    "ruby-empty": (
        (
            "<ruby>漢<rp>(</rp><rt></rt><rp>)</rp></ruby>",
            "<ruby>漢字</ruby>",
            "<ruby><rt>かん</rt></ruby>",
        ),
        (
            "<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>",
            "<ruby>振<rp>(</rp><rt>ふ</rt><rp>)</rp>り<rt></rt>仮<rp>(</rp><rt>が</rt><rp>)</rp></ruby>",
            "<ruby>漢<rt>かん</ruby>",
        ),
    ),
    "ruby-rp": (
        (
            "<ruby>交<rp>（</rp><rt>こう</rt><rp>）</rp>付<rt>ふ</rt></ruby>",
            "<ruby>控<rp></rp><rt>こう</rt><rp></rp></ruby>",
            "<ruby>漢<rt>かん</rt></ruby>",
        ),
        ("<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>",),
    ),
    "template-leak": (
        (
            "<p><%= name %> 様</p>",
            '<a href="/undefined/">a</a>',
            "<p>{{ name }}</p>",
            "<p>{% if x %}a{% endif %}</p>",
            "<p>[object Object]</p>",
            "<p>価格：NaN円</p>",
            "<td>undefined</td>",
            "<p>合計 ¥NaN</p>",
            "<p>${user.name}さん</p>",
            '<p lang="ja">期間：None</p>',
            "<p>undefined件</p>",
            "<html><title>{{ page.title }}</title></html>",
            '<img src=a alt="{{ alt }}">',
            '<a href="/{{ url }}">a</a>',
            '<a href="[object Object]">a</a>',
            '<img src=a alt="undefined">',
            "<p>令和NaN年undefined月</p>",
            "<p>Invalid Date</p>",
            "<p>%(name)s</p>",
            '<td lang="ja">None</td>',
        ),
        (
            "<code>{{ name }}</code>",
            "<pre>{% if x %}</pre>",
            "<p>NaN は数ではない値です。</p>",
            "<p>JavaScript の undefined と null のちがい</p>",
            '<p lang="en">None of the above</p>',
            '<td lang="en">None</td>',
            '<p data-x="{{ x }}">a</p>',
            "<script>`${a}`</script>",
            "<template><p>{{ a }}</p></template>",
            "<p>二重の波かっこ {{ }} で囲みます。</p>",
            "<div v-cloak><p>{{ a }}</p></div>",
            "<p>{name}</p>",
            "<p>$100 {a}</p>",
            "<p>null hypothesis</p>",
            '<p lang="en">Side effects: None</p>',
            "<p>undefinedness</p>",
        ),
    ),
    "template-dummy": (
        (
            '<img src="a" alt="Insert alt text here">',
            '<img src="a" alt="代替テキストを入力">',
            "<p>Lorem ipsum dolor sit amet</p>",
            "<p>これはダミーテキストです。</p>",
            "<p>TODO: 書く</p>",
            "<p>XXX</p>",
            "<p>テキストテキストテキスト</p>",
            "<p>ここに本文が入ります。</p>",
        ),
        (
            "<p>TODO リストの使い方</p>",
            "<p>ダミーヘッド</p>",
            "<p>ここに住所を入力してください。</p>",
            "<code>TODO: a</code>",
            "<p>電話 03-XXXX-XXXX</p>",
            "<p>サンプルを請求する</p>",
            "<p>XXX Holdings</p>",
        ),
    ),
    "template-escaped": (
        ("<p>M&amp;amp;A</p>", "<p>&amp;nbsp;</p>"),
        ("<p>M&amp;A</p>", "<code>&amp;nbsp;</code>"),
    ),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_faults_are_found_and_sound_pages_are_not(rule: str) -> None:
    faulty, sound = FAULTS[rule]
    missed = [one for one in faulty if rule not in found(one)]
    false = [one for one in sound if rule in found(one)]
    assert (missed, false) == ([], [])


def test_every_rule_has_its_pages() -> None:
    assert set(FAULTS) == set(RULES)


def test_a_sound_page_breaks_no_rule() -> None:
    html = page(
        f"<h2>料金</h2><p>料金は次のとおりです。</p><table>{TABLE}<tbody>{ROW}</tbody></table>"
        '<ul><li>大人</li></ul><p lang="en">This page is also available in English.</p>'
        '<p><time datetime="2025-04-01">令和7年4月1日</time></p>'
    )
    assert findings(html) == []


def test_every_rule_says_something_in_both_languages() -> None:
    for rule in RULES.values():
        assert set(rule.text) == set(rule.cure) == {"ja", "en"}
        assert all(rule.text.values())
        assert rule.severity in ("error", "warning")
        assert rule.criterion


def test_places_within_a_text() -> None:
    (one,) = [
        place for rule, place, *_ in findings('<p lang="ja">a\nb {{ x }}</p>') if rule == "template-leak"
    ]
    assert isinstance(one, Text)
    assert (one.line, one.column) == (2, 3)


def test_a_page_in_the_wrong_language_is_told_once() -> None:
    html = bare(
        "<main><h1>見本</h1><p>このページは日本語です。</p><p>つぎの文も日本語です。</p></main>", "en"
    )
    rules = [one[0] for one in findings(html)]
    assert rules.count("html-lang-matches") == rules.count("element-lang-missing") == 1


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("wage (賃)", "en", "賃"),
        ("(ツ)", "en", None),
        ("ﾃｽﾄ", "en", None),
        ("한국어", "ja", "한국어"),
        ("π と Ω", "ja", None),
        ("日本", "de", "日本"),
        ("日本", "zh", None),
        ("ひらがな", "zh", "ひらがな"),
        ("日本", "ru", None),
        ("汉语", "ja", "汉语"),
    ],
)
def test_foreign(text: str, language: str, expected: str | None) -> None:
    told = foreign(text, language)
    assert (told and told[1]) == expected


@pytest.mark.parametrize(
    "text", ["Thank you for your visit.", "Click here to see all our grants", "How are you today?"]
)
def test_english(text: str) -> None:
    assert english(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "Small and Medium Enterprise Agency of Japan",
        "Creative Commons Attribution 4.0 International",
        "Sign in with Google",
        "Support for using digital technology",
        "I Want to Hold Your Hand",
        "Powered by WordPress and the community",
        "IT, IoT and AI for all",
        "Tokyo Big Sight West Hall 1 to 4",
    ],
)
def test_names_are_no_english_sentences(text: str) -> None:
    assert english(text) is None


def test_languages_by_their_words() -> None:
    french = "Le conseil municipal de la ville a voté pour une aide qui est destinée aux petites entreprises."
    assert mistaken(french, "en") == "fr"
    assert mistaken(french, "fr") is None
    assert mistaken("Hayami, Tokyo SME Support Center, Grants, Loans, Events, Facilities", "fr") is None


def test_tags() -> None:
    good = ("ja", "en-US-GB", "zh-Hant-TW", "JA", "ja-Latn", "sr-Cyrl", "mul", "ain", "de-CH-1901")
    bad = (
        "jp",
        "ja-",
        "ja_JP",
        "eng",
        "jpn",
        "x-foo",
        "i-default",
        "日本語",
        "en us",
        "ja-ja",
        "e",
        "english",
    )
    assert [one for one in good if not is_tag(one)] == []
    assert [one for one in bad if is_tag(one)] == []


def test_times() -> None:
    good = (
        "2025",
        "2025-12",
        "2024-02-29",
        "12-31",
        "23:59:59.999",
        "+09:00",
        "Z",
        "2025-W53",
        "P1DT2H",
        "1w 2d",
    )
    bad = (
        "",
        "25",
        "2025-13",
        "2025-02-29",
        "02-30",
        "24:00",
        "2025-W54",
        "P",
        "PT",
        "令和7年",
        "2025年",
        "0000-01-01",
    )
    assert [one for one in good if not is_time(one)] == []
    assert [one for one in bad if is_time(one)] == []
    assert is_date("2025-04-01 09:00Z")
    assert not is_date("2025")


def test_columns() -> None:
    assert has_columns("a    b\ncc   d\neee  f")
    assert not has_columns("a    b\ncc  d\neee f")
    assert not has_columns("x  = 1;\ny  = 2;\nz  = 3;")


def test_attributes_are_listed_once() -> None:
    for name, gone in elements.OBSOLETE_ATTRIBUTES.items():
        if name in elements.ATTRIBUTES:
            assert gone.isdisjoint(elements.ATTRIBUTES[name] - elements.GLOBAL), name


PIECES = (
    *(
        "<div>",
        "</div>",
        "<p>",
        "</p>",
        "<table>",
        "<tr>",
        "<td colspan=1000 rowspan=9>",
        "<th scope=x headers=a>",
    ),
    *(
        "<ruby>",
        "<rt>",
        "<svg>",
        "</svg>",
        "<title>",
        "<dl>",
        "<dt>",
        "<ul>",
        "<li>",
        "・a<br>・b",
        "日　時",
        "{{ x }}",
    ),
    *(
        "<html lang=ja>",
        "<body>",
        "<head>",
        "<b>",
        "<time datetime=9>",
        "<a href=#x>",
        "<select>",
        "<option>",
        "T O P",
    ),
    *(
        "<video autoplay src=a>",
        "<meta http-equiv=refresh content=9>",
        "</table>",
        "This is what you have.",
        "한국어",
    ),
    *(
        "<input type=x list=y>",
        "<h1>",
        "<h4>",
        "<pre>a  b\nc  d\ne  f",
        "①",
        "\u200b",
        "<template>",
        "</template>",
    ),
)


@pytest.mark.parametrize("seed", range(30))
def test_any_page_can_be_checked(seed: int) -> None:
    chance = random.Random(seed)
    findings("".join(chance.choice(PIECES) for _ in range(300)))


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000,
        "<b>" * 20_000,
        "<a>" * 5_000 + "<div>" * 5_000,
        "<table><tr>" + "<td colspan=1000 rowspan=60000>a" * 2_000,
        "<table>" + "<tr><th>a<td>b" * 10_000,
        "<p>" + "日 " * 50_000,
        "<p>" + "A " * 50_000,
        "<p lang=ja>" + "this is " * 25_000,
        "<p lang=en>" + "日 a" * 25_000,
        "<p>" + "{{ " * 50_000,
        "<p>" + "{% a " * 20_000,
        "<p>" + "・a<br>" * 10_000,
        "<p><b>題</b></p><p>本文です。</p>" * 5_000,
        "<p>■題</p>" * 5_000,
        "<pre>" + "a  b\n" * 20_000,
        "<pre>" + " " * 100_000,
        '<meta name="viewport" content="' + "a " * 50_000 + '">',
        '<meta http-equiv="refresh" content="' + " " * 100_000 + '">',
        '<time datetime="' + "1h " * 30_000 + 'x">a</time>',
        "<ruby>" * 5_000,
        "<table>" * 3_000,
        "<pre>" * 5_000 + "a  b\n" * 1_000,
        "<div>" * 5_000 + "<p><b>申込み方法</b></p><p>窓口で申し込んでください。</p>" * 2_000,
        "<p><b>申込み方法</b></p><p>窓口で申し込んでください。</p>" * 10_000,
        "<div><p><b>申込み方法</b></p>" * 5_000,
        '<h2 id="a" aria-labelledby="a">' * 5_000,
        "<ruby>" + "<b>a" * 10_000,
        "<table><tr><td>" * 3_000,
        "<dl><dt>" * 5_000,
        "<svg><title>a</title></svg>" * 5_000,
        '<div lang="xxxx">' * 5_000,
        '<h2><div role="heading">' * 3_000,
        "<html lang=ja><p>" + "テキスト" * 50_000,
        "<p>ここに" * 20_000,
        "<p>" + "\u3000" * 100_000 + "a",
        "<p>" + "日\u3000" * 3 + " " * 100_000,
    ],
    ids=itertools.count(),
)
def test_no_page_takes_long(html: str) -> None:
    start = time.process_time()
    findings(html)
    assert time.process_time() - start < 5


def test_reference_without_letter() -> None:
    """A reference to a sign that is none leaves an empty text, in which no rule looks for a first letter."""
    assert "list-fake" not in found("<p>&#1;</p>")


@pytest.mark.parametrize(
    ("rule", "sound", "broken"),
    [
        # The same tags, sound or not by what else is on the page or around them.
        (
            "reference-missing",
            '<input list="towns"><datalist id="towns"><option value="a"></datalist>',
            '<input list="towns">',
        ),
        (
            "attribute-missing",
            '<video controls><source src="a"></video>',
            '<picture><source src="a"></picture>',
        ),
        ("attribute-unknown", '<svg><a y="1"/></svg>', '<a y="1"></a>'),
        (
            "element-misplaced",
            "<section><header><p>a</p></header></section>",
            "<footer><header></header></footer>",
        ),
        ("element-outside", "<dl><div><dt>a</dt><dd>b</dd></div></dl>", "<div><dt>a</dt><dd>b</dd></div>"),
        ("element-misplaced", "<div><p>a</p></div>", "<dl><div><p>a</p></div></dl>"),
    ],
)
def test_what_is_known_of_a_tag_depends_on_nothing_else(rule: str, sound: str, broken: str) -> None:
    """What was learned of a tag on one page is used on the next only as far as it holds there."""
    whole = '<!doctype html><html lang="ja"><body>{}</body></html>'
    for _ in range(2):
        assert rule not in found(whole.format(sound))
        assert rule in found(whole.format(broken))


def test_parts_and_nearest() -> None:
    """What stands in some elements, and which of them is the innermost around another."""
    page = read("<ul><li><b>a</b><i>b</i></li></ul><p><b>c</b></p><ul></ul>")
    document = Document(page)
    assert [one.name for one in page.elements] == ["ul", "li", "b", "i", "p", "b", "ul"]
    assert document.parts([0]) == {0, 1, 2, 3}
    assert document.parts([5, 1, 2]) == {1, 2, 3, 5}
    assert document.parts([]) == frozenset()
    around = Semantics(document).nearest({0, 1, 4})
    assert [around[index] for index in range(7)] == [-1, 0, 1, 1, -1, 4, -1]
    assert [around[index] for index in reversed(range(7))] == [-1, 4, -1, 1, 1, 0, -1]
