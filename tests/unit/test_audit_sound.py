"""Pages as good sites write them. Nothing is wrong with them, and nothing may be reported."""

from __future__ import annotations

from pathlib import Path

import pytest

from hayami.audit import link_rules
from hayami.audit.rules import RULES
from hayami.audit.run import audit

# Where links lead is looked after by sites of their own.
ON_PAGES = set(RULES) - {one.id for one in link_rules.RULES} | {"duplicate-id"}

HEAD = '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'


def ja(body: str, head: str = "", title: str = "補助金のご案内｜みなと市") -> str:
    """A page in Japanese around something."""
    return (
        f'<!DOCTYPE html>\n<html lang="ja"><head>{HEAD}<title>{title}</title>{head}</head>\n<body>\n'
        '<a href="#main">本文へ</a><header><p>みなと市</p><nav aria-label="主なメニュー"><ul>'
        '<li><a href="/life/">くらし</a></li><li><a href="/jobs/">しごと</a></li></ul></nav></header>\n'
        f'<main id="main">\n<h1>補助金のご案内</h1>\n{body}\n</main>\n'
        "<footer><p>みなと市役所　産業振興課　電話：03-1234-5678</p></footer></body></html>"
    )


def en(body: str, head: str = "", title: str = "Grants | Minato City") -> str:
    """A page in English around something."""
    return (
        f'<!doctype html>\n<html lang="en"><head>{HEAD}<title>{title}</title>{head}</head>\n<body>\n'
        '<a href="#main">Skip to content</a><header><a href="/">Minato City</a><nav aria-label="Main"><ul>'
        '<li><a href="/life/">Living</a></li><li><a href="/jobs/">Working</a></li></ul></nav></header>\n'
        f'<main id="main">\n<h1>Grants for small firms</h1>\n{body}\n</main>\n'
        "<footer><p>Minato City Hall, phone 03-1234-5678</p></footer></body></html>"
    )


SOUND: dict[str, str] = {
    # --- kinds of pages --------------------------------------------------------------------------
    "omitted tags": "<!doctype html><html lang=en><meta charset=utf-8><title>Notes</title><main><h1>Notes</h1><p>One"
    "<p>Two<ul><li>a<li>b<ul><li>c</ul></ul><dl><dt>d<dd>e<dt>f<dd>g</dl><table><caption>T</caption><tr><th scope=col>h"
    "<th scope=col>i<tr><td>1<td>2</table><select aria-label=Size><optgroup label=o><option>1<option>2<optgroup label=p>"
    "<option>3</select></main>",
    "no html, head and body tags": "<!doctype html><html lang=en><meta charset=utf-8><title>Short</title><main><h1>Short"
    "</h1><p>A page.</main></body></html>",
    "slashes of XHTML": en(
        '<p>One<br />two<img src="a.png" alt="A bridge over the river" width="10" height="10" /></p><hr />'
        '<form action="/q" method="get"><label for="q">Words</label> <input id="q" name="q" type="search" />'
        '<button type="submit">Search</button></form>',
        '<link rel="stylesheet" href="a.css" /><meta name="description" content="Grants" />',
    ),
    "a page that only sends on": '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>移転しました</title>'
    '<meta http-equiv="refresh" content="0; url=/new/"><link rel="canonical" href="https://www.example.jp/new/"></head>'
    '<body><p><a href="/new/">新しいページ</a>に移りました。</p></body></html>',
    "meta of all kinds": ja(
        "<p>本文です。</p>",
        '<meta name="description" content="補助金の案内です。"><meta name="robots" content="index,follow">'
        '<meta property="og:title" content="補助金"><meta property="og:type" content="website">'
        '<meta name="twitter:card" content="summary"><meta name="theme-color" content="#ffffff" '
        'media="(prefers-color-scheme: light)"><meta name="format-detection" content="telephone=no">'
        '<link rel="icon" href="i.svg" type="image/svg+xml" sizes="any"><link rel="apple-touch-icon" href="a.png" '
        'sizes="180x180"><link rel="manifest" href="m.json"><link rel="preload" href="f.woff2" as="font" '
        'type="font/woff2" crossorigin><link rel="preconnect" href="https://cdn.example.jp" crossorigin="anonymous">'
        '<link rel="alternate" type="application/rss+xml" title="新着情報" href="feed.xml">'
        '<link rel="license" href="l.html"><link rel="stylesheet" href="p.css" media="print">'
        '<script type="application/ld+json">{"@context":"https://schema.org","@type":"WebPage"}</script>'
        '<script src="a.js" defer></script><script type="module" src="m.js"></script><script nomodule src="o.js"></script>'
        '<script type="importmap">{"imports":{}}</script><base target="_self">',
    ),
    "noscript in head and body": ja(
        "<noscript><p>スクリプトが使えません。</p></noscript><p>本文です。</p>",
        '<noscript><link rel="stylesheet" href="n.css"><style>.a{color:#000}</style></noscript>',
    ),
    # --- text ------------------------------------------------------------------------------------
    "ruby of all kinds": ja(
        "<p><ruby>漢<rp>（</rp><rt>かん</rt><rp>）</rp>字<rp>（</rp><rt>じ</rt><rp>）</rp></ruby>と"
        "<ruby>補助金<rp>(</rp><rt>ほじょきん</rt><rp>)</rp></ruby>、<ruby>振<rp>（</rp><rt>ふ</rt><rp>）</rp>り"
        "<rp>（</rp><rt></rt><rp>）</rp>込<rp>（</rp><rt>こ</rt><rp>）</rp></ruby>み。</p>"
    ),
    "vertical text": ja(
        '<div class="tate"><p>令和<span class="tcy">7</span>年<span class="tcy">12</span>月の作文です。</p></div>',
        "<style>.tate{writing-mode:vertical-rl;height:30em;line-height:1.8}.tcy{text-combine-upright:all}</style>",
    ),
    "names with spaces, forms of dates": ja(
        "<p>市長　山田　太郎</p><p>担当：林　修、森　鷗外</p><p>申請日　　年　　月　　日</p><p>問　どうなりますか。</p>"
        "<p>答　窓口で手続きできます。</p><h2>第1章　総則</h2><p>第2条　この要綱で「補助金」とは、次のものをいう。</p>"
        "<p>午前 9 時から午後 5 時まで</p><p>電話：03-1234-5678（代表）</p>"
    ),
    "circled numbers and units": ja(
        "<p>①と②のどちらかを選びます。広さは100㎡、気温は25℃、重さは3㎏です。</p>"
        "<ol><li>①の書類</li><li>②の書類</li></ol><p>※印は必須です。</p><p>Ⅰ類とⅡ類があります。</p>"
    ),
    "code and braces": en(
        "<p>Write <code>{{ name }}</code> in the template, or <kbd>${HOME}</kbd>. NaN is not a number, null is nothing, "
        "and undefined is a value of its own.</p><pre><code>let a = undefined;\nif (a == null) { print(NaN) }</code></pre>"
        "<p>The set {1, 2, 3} and the price of $5 to $10 &amp; more.</p><p>None of these is needed.</p>"
    ),
    "words in other languages": ja(
        '<p>会社名は<cite>The Very Best of All Companies in this City</cite>です。<span translate="no">We are the '
        'champions of the world</span>は名前です。</p><p lang="en">You can read this page in English.</p>'
        '<p lang="ja-Latn">Kono peeji wa nihongo de yomu koto ga dekimasu.</p><ul><li><a href="/en/" lang="en" '
        'hreflang="en">This page is in English</a></li><li><a href="/zh/" lang="zh-Hans" hreflang="zh-Hans">简体中文</a></li>'
        '<li><a href="/ko/" lang="ko" hreflang="ko">한국어</a></li></ul><p>Tokyo Metropolitan Small Business Center と '
        "Microsoft Windows Server 2022 Standard Edition を使います。</p>"
    ),
    "other languages on an English page": en(
        '<p>The word <i lang="ja">補助金</i> means grant; so does <i lang="fr">subvention</i>. The shrug ¯\\_(ツ)_/¯ is '
        'no word. Café, naïve, 5&nbsp;€, α and β are fine.</p><p lang="ar" dir="rtl">مرحبا بكم في المدينة</p>'
        '<p lang="ru">Приём № 5 по адресу: улица Мира.</p><p lang="he" dir="rtl">שלום</p><p lang="th">ยินดีต้อนรับ\u200bครับ</p>'
        '<p lang="x-klingon"></p><div lang="zz" hidden>?</div>'
    ),
    "quotations and poems": ja(
        '<blockquote cite="https://example.jp/"><p>ＡＢＣは　日　時　である。</p></blockquote><p><q>２０２５</q>とある。</p>'
        "<pre>古池や\n  蛙飛びこむ\n    水の音</pre><p>松島や<br>ああ松島や<br>松島や</p>"
    ),
    "addresses with line breaks": ja(
        "<address>〒100-0001<br>東京都千代田区千代田1-1<br>電話：03-1234-5678<br>ファックス：03-1234-5679</address>"
        "<p>受付時間<br>平日 9時から17時まで</p><p><strong>電話：03-1234-5678</strong></p><p>平日だけ受け付けます。祝日は休みです。</p>"
    ),
    "times": ja(
        '<p><time datetime="2025-04-01">令和7年4月1日</time>から<time datetime="2025-04-01T09:00+09:00">午前9時</time>、'
        '<time>2025-04-30</time>、<time datetime="PT2H30M">2時間半</time>、<time datetime="2025-W14">第14週</time>、'
        '<ins datetime="2025-04-02">加えました</ins><del datetime="2025-04-02T10:00Z">消しました</del></p>'
    ),
    "bold text that is no heading": ja(
        "<p><strong>受付は終了しました。</strong></p><p>来年度の募集をお待ちください。お知らせします。</p><p><b>注意：</b>必ず読むこと。</p>"
        "<p><strong>氏名</strong><br>山田太郎</p><ul><li><p><b>りんご</b></p><p>青森の赤いりんごです。</p></li></ul>"
        "<table><caption>表</caption><tr><th scope='row'><p><b>値段</b></p></th><td><p><b>百円</b></p><p>税を含みます。</p></td></tr></table>"
    ),
    # --- structure -------------------------------------------------------------------------------
    "tables": en(
        '<table><caption>Fees</caption><colgroup><col><col span="2"></colgroup><thead><tr><td></td><th scope="col">A</th>'
        '<th scope="col">B</th></tr></thead><tbody><tr><th scope="row">x</th><td>1</td><td>2</td></tr></tbody><tfoot><tr>'
        '<th scope="row">Sum</th><td colspan="2">3</td></tr></tfoot></table>'
        '<table aria-labelledby="t2"><tr><th id="c1" scope="col">City</th><th id="c2" scope="col">People</th></tr><tr>'
        '<td headers="c1">Minato</td><td headers="c2">260,000</td></tr></table><p id="t2">Cities</p>'
        '<figure><figcaption>Two rows</figcaption><table><tr><th scope="col">a</th></tr><tr><td>b</td></tr></table></figure>'
        '<table><caption>Groups</caption><tr><th scope="colgroup" colspan="2">Both</th></tr><tr><th scope="col">1</th>'
        '<th scope="col">2</th></tr><tr><td rowspan="2">x</td><td>y</td></tr><tr><td>z</td></tr></table>'
    ),
    "a table that lays out": en(
        '<table role="presentation"><tr><td><img src="a.png" alt=""></td><td><p>Words beside a picture.</p></td></tr></table>'
    ),
    "lists of terms": ja(
        "<dl><div><dt>対象</dt><dd>中小企業</dd></div><div><dt>上限</dt><dt>下限</dt><dd>100万円</dd><dd>1万円</dd></div></dl>"
        "<dl><dt>期間</dt><dd><p>4月から</p></dd></dl>"
    ),
    "headings in order": en(
        "<h2>Who</h2><h3>Firms</h3><h4>Small</h4><h2>When</h2><section><h3>Spring</h3><p>a</p></section>"
        '<h2 id="x"><a href="#x">Where</a></h2><h2><img src="a.png" alt="How to apply"></h2><hgroup><h2>Why</h2>'
        '<p>Because</p></hgroup><div role="heading" aria-level="3">Details</div>'
    ),
    "sections, asides and articles": en(
        '<article><header><h2>News</h2><p><time datetime="2025-04-01">1 April</time></p></header><p>Text</p><footer>'
        '<p>By the city</p></footer></article><aside aria-labelledby="r"><h2 id="r">Related</h2></aside>'
        '<section aria-labelledby="s"><h2 id="s">Dates</h2><nav aria-labelledby="n"><h3 id="n">In this part</h3><ul><li>'
        '<a href="#s">Dates of this year</a></li></ul></nav></section><search><form action="/s"><label>Find <input name="q"></label>'
        "<button>Go</button></form></search>"
    ),
    "details, dialogs and popovers": en(
        '<details name="faq"><summary><h2>Who can apply?</h2></summary><p>Firms.</p></details><details open><summary>'
        'When?</summary>In May.</details><button type="button" popovertarget="p">Help</button><div id="p" popover><p>Text</p>'
        '</div><button type="button" aria-haspopup="dialog" aria-controls="d">Terms</button><dialog id="d" '
        'aria-labelledby="dt"><h2 id="dt">Terms</h2><form method="dialog"><button value="ok" autofocus>Close</button>'
        "</form></dialog>"
    ),
    "breadcrumbs and pages": en(
        '<nav aria-label="Breadcrumb"><ol><li><a href="/">Home</a></li><li><a href="/g/" aria-current="page">Grants</a>'
        '</li></ol></nav><nav aria-label="Pages"><ul><li><a href="?p=1" aria-label="Page 1">1</a></li><li><a href="?p=2" '
        'aria-current="page" aria-label="Page 2">2</a></li><li><a href="?p=3" rel="next">Next<span aria-hidden="true"> »'
        "</span></a></li></ul></nav>"
    ),
    # --- pictures and media ----------------------------------------------------------------------
    "pictures": en(
        '<picture><source media="(min-width: 40em)" srcset="a-800.avif 1x, a-1600.avif 2x" type="image/avif" width="8" '
        'height="4"><img src="a.jpg" srcset="a-400.jpg 400w, a-800.jpg 800w" sizes="(min-width: 40em) 50vw, 100vw" '
        'alt="Shops along a street" width="800" height="400" loading="lazy" decoding="async" fetchpriority="low"></picture>'
        '<figure><img src="b.png" alt="Chart: grants rose from 3 to 5 million yen"><figcaption>Grants by year</figcaption>'
        '</figure><img src="line.gif" alt=""><a href="/"><img src="logo.svg" alt="Minato City"></a><img src="map.png" '
        'alt="Map of the station and the hall" usemap="#m"><map name="m"><area shape="rect" coords="0,0,9,9" href="/a" '
        'alt="Station"><area shape="default" href="/b" alt="Elsewhere"></map>'
    ),
    "drawings": en(
        '<svg role="img" aria-labelledby="st sd" viewBox="0 0 9 9" xmlns="http://www.w3.org/2000/svg" '
        'xmlns:xlink="http://www.w3.org/1999/xlink"><title id="st">Bars</title><desc id="sd">Three bars</desc><defs>'
        '<linearGradient id="g"><stop offset="0"/></linearGradient><style>.a{fill:url(#g)}</style></defs><g class="a">'
        '<rect width="1" height="2"/><text x="1">3</text></g></svg><svg viewBox="0 0 9 9"><a href="/x"><title>Year</title><path d="M0 0"/></a>'
        '<foreignObject width="9" height="9"><p>Text</p></foreignObject></svg><button type="button"><svg aria-hidden="true" '
        'focusable="false"><use href="#g"/></svg>Save</button><a href="/y"><svg role="img" aria-label="Home"></svg></a>'
    ),
    "formulas": en(
        "<p>The rate is <math><mrow><mi>r</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><mtext>of the <b>cost</b></mtext>"
        '</mrow></math>.</p><math display="block"><semantics><mi>x</mi><annotation encoding="application/x-tex">x'
        "</annotation></semantics></math>"
    ),
    "films and sounds": en(
        '<video controls width="640" height="360" poster="p.jpg" preload="none" playsinline><source src="a.webm" '
        'type="video/webm"><source src="a.mp4" type="video/mp4"><track kind="captions" src="a.vtt" srclang="en" '
        'label="English" default><p>See <a href="a.mp4">the film as a file (MP4, 12 MB)</a>.</p></video><video autoplay '
        'muted loop playsinline aria-hidden="true" src="b.mp4"></video><audio controls src="a.mp3"></audio><iframe '
        'src="https://www.youtube-nocookie.com/embed/x" title="How to apply" allow="autoplay; fullscreen" loading="lazy" '
        'allowfullscreen width="560" height="315" referrerpolicy="strict-origin-when-cross-origin"></iframe>'
    ),
    # --- forms -----------------------------------------------------------------------------------
    "a form": ja(
        '<form action="/send" method="post" enctype="multipart/form-data" novalidate><p>印は必須です。</p><p><label for="n">'
        'お名前<span>（必須）</span></label><input id="n" name="n" autocomplete="name" required aria-describedby="nh"><span '
        'id="nh">姓と名を書いてください。</span></p><p><label>メール<input type="email" name="m" autocomplete="email" '
        'inputmode="email" placeholder="例：a@example.jp"></label></p><fieldset><legend>連絡の方法</legend><label><input '
        'type="radio" name="r" value="tel" checked>電話</label><label><input type="radio" name="r" value="mail">メール</label>'
        '</fieldset><p><label for="k">種類</label><select id="k" name="k"><option value="">選んでください</option><option '
        'value="1">設備</option></select></p><p><label for="t">内容</label><textarea id="t" name="t" rows="5" cols="40" '
        'maxlength="500"></textarea></p><p><label for="d">希望日</label><input type="date" id="d" name="d" min="2025-04-01" '
        'max="2026-03-31"></p><p><label for="a">金額</label><input type="number" id="a" name="a" min="0" step="1000" '
        'list="l"><datalist id="l"><option value="1000"><option value="2000"></datalist></p><p><label><input type="checkbox" '
        'name="c" value="1" required>規約に同意します</label></p><p><label for="f">書類</label><input type="file" id="f" '
        'name="f" accept=".pdf,image/*" multiple></p><input type="hidden" name="x" value="1"><p><output name="o" for="a">0'
        '</output><meter value="0.5" min="0" max="1" aria-label="残り">半分</meter><progress value="3" max="10" '
        'aria-label="進み具合">3/10</progress></p><button type="submit">送信する</button><button type="reset">消す</button>'
        '<input type="submit" value="確認する"><input type="image" src="s.png" alt="検索"></form>'
    ),
    "a form with errors": en(
        '<form action="/s" method="post"><div role="alert" id="e"><p>There is a problem</p><ul><li><a href="#em">Enter an '
        'address</a></li></ul></div><label for="em">Email</label><p id="eme">Enter an address like a@example.com</p><input '
        'id="em" name="em" type="email" aria-invalid="true" aria-describedby="eme" autocomplete="section-a work email">'
        '<label for="pw">Password</label><input id="pw" type="password" name="p" autocomplete="current-password" '
        'minlength="8"><button type="button" aria-pressed="false" aria-controls="pw" aria-label="Show password">Show</button>'
        "<button disabled>Send</button></form>"
    ),
    # --- widgets ---------------------------------------------------------------------------------
    "tabs": en(
        '<div role="tablist" aria-label="Kinds"><button type="button" role="tab" id="t1" aria-controls="p1" '
        'aria-selected="true">Grants</button><button type="button" role="tab" id="t2" aria-controls="p2" '
        'aria-selected="false" tabindex="-1">Loans</button></div><div role="tabpanel" id="p1" aria-labelledby="t1" '
        'tabindex="0"><p>a</p></div><div role="tabpanel" id="p2" aria-labelledby="t2" tabindex="0" hidden><p>b</p></div>'
    ),
    "a combobox": en(
        '<label for="cb" id="cbl">City</label><div><input id="cb" type="text" role="combobox" aria-expanded="false" '
        'aria-controls="lb" aria-autocomplete="list" autocomplete="off" aria-haspopup="listbox"><ul id="lb" role="listbox" '
        'aria-labelledby="cbl"><li role="option" id="o1" aria-selected="true">Minato</li><li role="option" id="o2" '
        'aria-selected="false">Chuo</li></ul></div>'
    ),
    "menus, trees and grids": en(
        '<button type="button" aria-haspopup="menu" aria-expanded="false" aria-controls="mn">Actions</button><ul id="mn" '
        'role="menu" aria-label="Actions"><li role="none"><a role="menuitem" href="/e" tabindex="-1">Edit</a></li><li '
        'role="separator"></li><li role="menuitemcheckbox" aria-checked="true" tabindex="-1">Wrap</li></ul><ul role="tree" '
        'aria-label="Files"><li role="treeitem" aria-expanded="true" tabindex="0">src<ul role="group"><li role="treeitem" '
        'tabindex="-1">a.py</li></ul></li></ul><div role="grid" aria-label="Days" aria-rowcount="2"><div role="rowgroup">'
        '<div role="row"><span role="columnheader">Mon</span><span role="columnheader">Tue</span></div></div><div '
        'role="rowgroup"><div role="row"><span role="gridcell" tabindex="0">1</span><span role="gridcell" tabindex="-1">2'
        '</span></div></div></div><div role="toolbar" aria-label="Text"><button type="button" aria-pressed="true">Bold'
        "</button></div>"
    ),
    "sliders, switches and messages": en(
        '<div id="vl">Volume</div><div role="slider" tabindex="0" aria-valuemin="0" aria-valuemax="100" aria-valuenow="30" '
        'aria-valuetext="30 percent" aria-labelledby="vl"></div><button type="button" role="switch" aria-checked="false">'
        'Dark</button><div role="status" aria-live="polite"></div><div role="log" aria-label="Chat" aria-relevant="additions '
        'text"></div><div role="progressbar" aria-label="Loading" aria-valuenow="20"></div><div role="timer">00:30</div>'
        '<div role="radiogroup" aria-label="Size"><span role="radio" aria-checked="true" tabindex="0">S</span><span '
        'role="radio" aria-checked="false" tabindex="-1">M</span></div><div role="tooltip" id="tt">More words</div><button '
        'type="button" aria-describedby="tt">Info</button>'
    ),
    "bootstrap": en(
        '<nav class="navbar navbar-expand-lg" aria-label="Site"><div class="container-fluid"><button class="navbar-toggler" '
        'type="button" data-bs-toggle="collapse" data-bs-target="#nb" aria-controls="nb" aria-expanded="false" '
        'aria-label="Toggle navigation"><span class="navbar-toggler-icon"></span></button><div class="collapse '
        'navbar-collapse" id="nb"><ul class="navbar-nav"><li class="nav-item dropdown"><a class="nav-link dropdown-toggle" '
        'href="#" role="button" data-bs-toggle="dropdown" aria-expanded="false">More</a><ul class="dropdown-menu"><li><a '
        'class="dropdown-item" href="/a">Apply</a></li><li><hr class="dropdown-divider"></li></ul></li></ul></div></div></nav>'
        '<div class="alert alert-warning alert-dismissible fade show" role="alert">Closed today.<button type="button" '
        'class="btn-close" data-bs-dismiss="alert" aria-label="Close"></button></div><div class="accordion" id="ac"><div '
        'class="accordion-item"><h2 class="accordion-header"><button class="accordion-button" type="button" '
        'data-bs-toggle="collapse" data-bs-target="#c1" aria-expanded="true" aria-controls="c1">One</button></h2><div id="c1" '
        'class="accordion-collapse collapse show" data-bs-parent="#ac"><div class="accordion-body">Text</div></div></div></div>'
        '<div class="modal fade" id="mo" tabindex="-1" aria-labelledby="ml" aria-hidden="true"><div class="modal-dialog"><div '
        'class="modal-content"><h2 class="modal-title" id="ml">Title</h2></div></div></div><div class="spinner-border" '
        'role="status"><span class="visually-hidden">Loading...</span></div>'
    ),
    "wordpress": ja(
        '<article id="post-1" class="post-1 post type-post hentry"><h2 class="entry-title"><a href="/2025/04/a/" '
        'rel="bookmark">春の募集</a></h2><div class="entry-meta"><time class="entry-date published updated" '
        'datetime="2025-04-01T09:00:00+09:00">2025年4月1日</time></div><div class="entry-content"><p '
        'class="has-text-align-center">募集を始めました。</p><figure class="wp-block-image size-large"><img decoding="async" '
        'width="1024" height="683" src="/wp-content/uploads/a.jpg" alt="窓口の写真" class="wp-image-12" srcset="/a.jpg 1024w, '
        '/b.jpg 300w" sizes="(max-width: 1024px) 100vw, 1024px"><figcaption class="wp-element-caption">窓口</figcaption>'
        '</figure><div class="wp-block-buttons"><div class="wp-block-button"><a class="wp-block-button__link '
        'wp-element-button" href="/apply/">申請する</a></div></div></div></article><form role="search" method="get" '
        'class="search-form" action="https://example.jp/"><label><span class="screen-reader-text">検索:</span><input '
        'type="search" class="search-field" placeholder="検索&hellip;" value="" name="s"></label><input type="submit" '
        'class="search-submit" value="検索"></form>',
        '<link rel="https://api.w.org/" href="https://example.jp/wp-json/"><link rel="EditURI" '
        'type="application/rsd+xml" title="RSD" href="https://example.jp/xmlrpc.php?rsd"><link rel="shortlink" '
        'href="https://example.jp/?p=1"><link rel="stylesheet" id="wp-block-library-css" href="/s.css?ver=6.5" media="all">',
    ),
    "custom elements and templates": en(
        '<my-card heading="a" variant=x><span slot="title">Title</span><p>Text</p></my-card><template id="t"><li>{{ item }}'
        '</li><img src="{{ src }}"></template><script type="text/template"><div>{{ x }}</div></script><my-list><ul><li>One</li>'
        '</ul></my-list><slot name="a"></slot><button is="fancy-button" type="button">Go</button><custom-select '
        'aria-label="Pick"></custom-select>'
    ),
    "microdata and RDFa": en(
        '<div itemscope itemtype="https://schema.org/Event"><h2 itemprop="name">Fair</h2><meta itemprop="startDate" '
        'content="2025-05-01"><link itemprop="eventStatus" href="https://schema.org/EventScheduled"><time itemprop="endDate" '
        'datetime="2025-05-02">2 May</time><span itemprop="location" itemscope itemtype="https://schema.org/Place"><span '
        'itemprop="name">Hall</span></span></div><div vocab="https://schema.org/" typeof="Person"><span property="name">Ann'
        "</span></div>"
    ),
    "links to files and elsewhere": ja(
        '<p><a href="/a.pdf" type="application/pdf">募集要項（PDF：1.2MB）</a></p><p><a href="/b.xlsx" download>申請書'
        '（Excel、50KB）</a></p><p><a href="https://example.go.jp/" target="_blank" rel="noopener">中小企業庁の案内'
        '（新しいウィンドウで開きます）</a></p><p><a href="tel:+81312345678">03-1234-5678</a></p><p><a '
        'href="mailto:a@example.jp">a@example.jp</a></p><p><a href="https://example.jp/">みなと市のサイト</a></p>'
    ),
    "styles": en(
        '<p class="lead">Text</p><a class="button" href="/a">Apply now</a>',
        "<style>:root{--a:#1a1a1a;--b:#fff;--c:#0b3d91}a{color:var(--c)}body{color:var(--a);background:var(--b);line-height:1.7;font:1rem/1.7 sans-serif}"
        "a:focus-visible{outline:3px solid #0b3d91;outline-offset:2px}a:focus:not(:focus-visible){outline:none}.button{"
        "display:inline-block;padding:.75rem 1.5rem;color:#fff;background:#0b3d91;min-height:44px;transition:background .2s}"
        "@media (prefers-reduced-motion:reduce){*{transition:none!important;animation:none!important}}@media "
        "(prefers-color-scheme:dark){:root{--a:#eee;--b:#111;--c:#9cf}}@media print{nav{display:none}}@font-face{font-family:x;"
        "src:url(x.woff2)}@supports (display:grid){main{display:grid}}.visually-hidden{position:absolute;width:1px;height:1px;"
        "overflow:hidden;clip-path:inset(50%);white-space:nowrap}</style>",
    ),
    "a page of errors": '<!doctype html><html lang="ja"><head><meta charset="utf-8"><title>ページが見つかりません</title></head>'
    '<body><main><h1>ページが見つかりません</h1><p><a href="/">最初のページへ戻る</a></p></main></body></html>',
    "comments, CDATA and instructions": en(
        "<!-- <b>not here</b> --><p>Five &lt; six &gt; four &amp; a&#x20;b &copy; 2025</p><!--[if lt IE 9]><script "
        'src="h.js"></script><![endif]--><script>if (a < b && "</b>") { document.write("<p>x<\\/p>") }</script>'
        "<svg aria-hidden='true'><style><![CDATA[.a>.b{fill:red}]]></style></svg>"
    ),
    "frames for a map": en(
        '<iframe src="https://maps.example.com/embed?q=a&amp;z=1" title="Map of the hall" width="600" height="450" '
        'loading="lazy" referrerpolicy="no-referrer" sandbox="allow-scripts allow-same-origin"></iframe><object '
        'data="plan.pdf" type="application/pdf" aria-label="Plan of the rooms"><p><a href="plan.pdf">Plan (PDF, 300 KB)</a>'
        "</p></object>"
    ),
    "scrolling tables and skip links": ja(
        '<div role="region" aria-labelledby="cap" tabindex="0"><table><caption id="cap">補助率の一覧</caption><thead><tr><th '
        'scope="col">区分</th><th scope="col">補助率</th></tr></thead><tbody><tr><th scope="row">小規模</th><td>3分の2</td></tr>'
        '<tr><th scope="row">その他</th><td>2分の1</td></tr></tbody></table></div><p><a href="#main">本文の先頭へ</a></p>'
    ),
    "abbreviations": en(
        '<p>The <abbr title="Small and Medium Enterprise Agency">SMEA</abbr> helps. A <dfn>grant</dfn> is not paid back. '
        "<abbr>NPO</abbr> (non-profit organization). The SMEA answers.</p>"
    ),
    # --- parts of pages --------------------------------------------------------------------------
    "news list": ja(
        '<ul><li><time datetime="2025-04-01">2025年4月1日</time> <span>お知らせ</span> <a href="/n/1">'
        '4月の窓口の休み</a></li><li><time datetime="2025-03-01">2025年3月1日</time> <a '
        'href="/n/2">3月の窓口の休み</a></li></ul><p><a href="/n/">お知らせの一覧</a>'
        "</p>",
    ),
    "faq": ja(
        "<h2>よくある質問</h2><h3>Q1. だれが申請できますか。</h3><p>A. 市内の中小企業です。"
        "</p><h3>Q2. いつまでですか。</h3><p>A. 12月26日（金）までです。</p>",
    ),
    "steps": ja(
        "<ol><li>STEP 1 書類をそろえる</li><li>STEP 2 窓口に出す</li></ol><p>1. まず電話をください。"
        "</p><p>受付は、①電話、②メール、③窓口です。</p><p>第1部\u3000午前10時から</p>"
        "<p>第2部\u3000午後1時から</p>",
    ),
    "money": ja(
        '<table><caption>補助の額</caption><thead><tr><th scope="col">区分</th><th scope="col">'
        '上限</th><th scope="col">補助率</th></tr></thead><tbody><tr><th scope="row">一般</th>'
        '<td>1,000万円</td><td>1/2</td></tr><tr><th scope="row">小規模</th><td>500万円</td>'
        "<td>2/3</td></tr></tbody></table><p>※1 消費税を除きます。</p><p>※2 千円未満は切り捨てます。"
        "</p>",
    ),
    "names in latin": ja(
        "<p>JIS X 8341-3:2016 と WCAG 2.2 の AA に沿っています。HTML Living Standard、CSS "
        "Text Module Level 3 を使います。A4判、USBメモリー、Wi-Fi、IoT、AI、DX、BCP、M&amp;A、5S活動。"
        "</p><p>Adobe Acrobat Reader のダウンロードが必要です。</p><p>© 2025 Minato "
        "City. All Rights Reserved.</p>",
    ),
    "copyright": ja(
        "<p><small>Copyright © 2025 Minato City All rights reserved.</small></p>",
    ),
    "lang select": ja(
        '<nav aria-label="Language"><ul><li><a href="/" aria-current="true">日本語</a></li><li>'
        '<a href="/en/" lang="en">English</a></li></ul></nav>',
    ),
    "calendar": en(
        '<table><caption>April 2025</caption><thead><tr><th scope="col"><abbr title="Monday">Mo</abbr>'
        '</th><th scope="col"><abbr title="Tuesday">Tu</abbr></th></tr></thead><tbody><tr><td></td>'
        '<td>1</td></tr><tr><td>7</td><td><a href="/e/8">8<span class="vh"> April: fair</span></a>'
        "</td></tr></tbody></table>",
    ),
    "carousel": en(
        '<section aria-roledescription="carousel" aria-label="Highlights"><button type="button">Stop '
        'the pictures</button><div aria-live="polite"><div role="group" aria-roledescription="slide" '
        'aria-label="1 of 2"><img src="a.jpg" alt="People at the fair"></div></div></section>',
    ),
    "share": en(
        '<ul><li><a href="https://example.com/share?u=a&amp;t=b" target="_blank" rel="noopener noreferrer">'
        "Share on Example (opens in a new tab)</a></li></ul>",
    ),
    "cards": en(
        '<ul><li><article><h2><a href="/g/1">Grant for machines</a></h2><p>Half of the price, up to '
        '1 million yen.</p><dl><dt>Until</dt><dd><time datetime="2025-05-31">31 May 2025</time></dd>'
        "</dl></article></li></ul>",
    ),
    "search results": en(
        '<p role="status">3 results for “machine”</p><form role="search" action="/s"><label for="w">'
        'Search</label><input id="w" name="w" type="search" value="machine"><button>Search</button>'
        '</form><ol><li><a href="/g/1">Grant for <mark>machines</mark></a></li></ol>',
    ),
    "tel": ja(
        "<p>電話（03）1234-5678<br>受付：平日 9:00～17:00</p><p>FAXではなくメールでお送りください。</p>",
    ),
    "kana": ja(
        "<p>「おかあさん\u3000と\u3000いっしょ」は番組の名前です。</p><p>ア\u3000申請書</p>"
        "<p>イ\u3000見積書</p><p>（ア）本人\u3000（イ）代理人</p>",
    ),
    "sign": ja(
        "<p>令和7年4月1日</p><p>みなと市長\u3000港\u3000太郎</p><p>記</p><p>1\u3000日時\u3000令和7年5月1日</p>"
        "<p>2\u3000場所\u3000市役所</p><p>以上</p>",
    ),
    "poem en": en(
        "<p>Shall I compare thee<br>to a summer’s day?</p><p>A – B – C</p><p>Rated E, PG, and "
        "R. Vitamin A B C. Grades A B C D.</p><p>U S A and U.S.A. are the same; J. R. R. Tolkien.</p>",
    ),
    "i18n": en(
        '<p>Résumé, jalapeño, Zürich, Łódź, São Paulo and Straße are words. <bdi lang="ar">'
        "محمد</bdi> 5 × 3 ≠ 16, → next, “quoted”, it’s…</p>",
    ),
    "stats": en(
        '<p><data value="42">Forty-two</data> of <var>n</var>; H<sub>2</sub>O; x<sup>2</sup>; <s>old</s>'
        ' <u>odd</u> <kbd>Ctrl</kbd>+<kbd>C</kbd> <samp>OK</samp> <bdo dir="rtl">abc</bdo> <wbr>long<wbr>'
        "word <q>quote</q></p>",
    ),
    "hidden parts": en(
        '<div hidden><h3></h3><img src="a.png"><button></button><table><tr><td>a<td>b<tr><td>c<td>'
        'd</table></div><div style="display:none"><a href="/a"></a></div>',
    ),
    "inert": en(
        '<div inert><p>Later</p></div><div aria-hidden="true"><span>★★★☆☆</span></div><p>3 of 5 stars</p>',
    ),
    "iframe srcdoc": en(
        '<iframe title="Preview" srcdoc="&lt;p&gt;Hello&lt;/p&gt;"></iframe>',
    ),
    "speculation": en(
        "<p>a</p>",
        '<script type="speculationrules">{"prefetch":[]}</script><link rel="modulepreload" href="m.js">'
        '<link rel="dns-prefetch" href="//cdn.example.com"><meta http-equiv="Content-Security-Policy" '
        'content="default-src \'self\'"><meta http-equiv="X-UA-Compatible" content="IE=edge">',
    ),
    "print": en(
        "<p>a</p>",
        '<style>@page{margin:2cm}@media print{a::after{content:" (" attr(href) ")"}}@media (forced-colors:active){a{forced-color-adjust:auto}}@container '
        "(width>30em){p{margin:0}}@layer base{p{margin:1em 0}}</style>",
    ),
    "old name anchors": en(
        '<h2 id="a">A</h2><p><a href="#a">To A</a> <a href="#top">Back to the top</a></p>',
    ),
    "nested lists": ja(
        '<ul><li>一<ul><li>イ</li></ul></li><li>二<ol type="a" start="3" reversed><li value="5">'
        'ロ</li></ol></li></ul><menu><li><button type="button">開く</button></li></menu>',
    ),
}


@pytest.mark.parametrize("name", SOUND)
def test_nothing_is_reported(name: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(SOUND[name], "utf-8")
    assert [
        (one.rule, one.line, one.column, one.target, one.detail) for one in audit(page, rules=ON_PAGES)
    ] == []
