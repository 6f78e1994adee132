"""Rules on names, roles, links and what is operated: for each a faulty piece of a page and sound ones."""

from __future__ import annotations

import random
import time

import pytest

from hayami.audit.document import Document
from hayami.audit.page import Element, Text, read
from hayami.audit.pages import aria, at, controls, hyperlinks, pictures, terms

MODULES = (aria, controls, hyperlinks, pictures, terms)
RULES = {one.id: one for module in MODULES for one in module.RULES}


def found(html: str) -> list[str]:
    """Rules that a page breaks."""
    rules: list[str] = []

    def report(rule: str, place: Element | Text | None, target: str = "", detail: str = "") -> None:
        assert all(isinstance(one, str) for one in (target, detail))
        assert place is not None
        rules.append(rule)

    page = read(html)
    document = Document(page, whole=any(one.name == "html" for one in page.elements))
    for module in MODULES:
        module.check(document, report)
    return rules


FAULTS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    # --- aria -------------------------------------------------------------------------------------
    "aria-attr-defined": (
        ('<p aria-lable="x">a</p>', '<p hidden aria-foo="x">a</p>'),
        ('<nav aria-label="x">a</nav>', '<template><p aria-foo="x">a</p></template>'),
    ),
    "aria-attr-value": (
        (
            '<button aria-expanded="yes">a</button>',
            '<h2 aria-level="0">a</h2>',
            '<div aria-live="on">a</div>',
            '<div role="meter" aria-label="l" aria-valuenow="5割">a</div>',
            '<div aria-relevant="text some">a</div>',
            '<input aria-label="l" aria-errormessage="a b">',
        ),
        (
            '<button aria-expanded="TRUE">a</button>',
            '<button aria-expanded="">a</button>',
            '<div aria-relevant="text all">a</div>',
        ),
    ),
    "aria-required-attr": (
        (
            '<div role="heading">a</div>',
            '<div role="checkbox">a</div>',
            '<input role="combobox" aria-label="l">',
        ),
        (
            '<h2 role="heading">a</h2>',
            '<input type="checkbox" role="switch" aria-label="l">',
            '<div role="separator"></div>',
        ),
    ),
    "aria-idref": (
        (
            '<p aria-describedby="no">a</p>',
            '<section aria-labelledby="no">a</section>',
            '<section aria-labelledby="yes no">a</section><b id="yes">b</b>',
            '<html><button aria-expanded="false" aria-controls="no">a</button></html>',
            '<div role="scrollbar" aria-valuenow="1" aria-controls="no"></div>',
        ),
        (
            '<section aria-labelledby="yes">a</section><b id="yes">b</b>',
            '<button aria-expanded="false" aria-controls="no">a</button>',
            '<p aria-describedby="no">a</p><template><b id="no">b</b></template>',
            '<input aria-label="l" aria-errormessage="no">',
        ),
    ),
    "aria-idref-some": (
        ('<button aria-controls="no">a</button>', '<p aria-describedby="yes no">a</p><b id="yes">b</b>'),
        ('<button aria-controls="yes">a</button><b id="yes">b</b>',),
    ),
    "aria-hidden-body": (('<body aria-hidden="true">a</body>',), ('<body aria-hidden="false">a</body>',)),
    "aria-hidden-focusable": (
        (
            '<div aria-hidden="true"><a href="/">a</a></div>',
            '<p tabindex="0" aria-hidden="true">a</p>',
            '<details aria-hidden="true"><summary>a</summary></details>',
        ),
        (
            '<div aria-hidden="true"><a href="/" tabindex="-1">a</a></div>',
            '<div aria-hidden="true" hidden><a href="/">a</a></div>',
            '<div aria-hidden="true" inert><a href="/">a</a></div>',
            '<button>a<svg aria-hidden="true"></svg></button>',
        ),
    ),
    "role-valid": (
        ('<div role="buton">a</div>', '<div role="widget">a</div>'),
        ('<div role="">a</div>', '<div role="navi navigation">a</div>', '<div role="doc-tip">a</div>'),
    ),
    "role-allowed": (
        (
            '<h2 role="button" tabindex="0">a</h2>',
            '<main role="banner">a</main>',
            '<ul><li role="button">a</ul>',
        ),
        ('<ul role="list"><li>a</ul>', '<a href="/" role="button">a</a>', '<header role="banner">a</header>'),
    ),
    "role-none-allowed": (('<button role="none">a</button>',), ('<table role="none"><tr><td>a</table>',)),
    "aria-required-children": (
        ('<div role="list"><span>a</span></div>', '<div role="grid"><div role="row"><b>a</b></div></div>'),
        (
            '<div role="list"></div>',
            '<div role="list"><div><b role="listitem">a</b></div></div>',
            '<div role="list" aria-owns="i"></div><b role="listitem" id="i">a</b>',
            '<div role="menu" aria-busy="true">a</div>',
            '<table role="grid"><caption>c</caption><tr><td>a</table>',
            '<ul role="menu"><li><a role="menuitem" href="/">a</a></ul>',
            '<div role="list"><x-item>a</x-item></div>',
        ),
    ),
    "aria-unallowed-child": (
        ('<div role="list"><b role="listitem">a</b><a href="/">b</a></div>',),
        ('<div role="menu"><b role="menuitem">a</b><hr></div>',),
    ),
    "aria-required-parent": (
        (
            '<div role="listitem">a</div>',
            '<div role="option">a</div>',
            '<ul><li><b role="menuitem">a</b></ul>',
        ),
        (
            '<ul><li role="listitem">a</ul>',
            '<div role="listbox" aria-label="l"><div role="group"><b role="option">a</b></div></div>',
            '<div role="tablist"><p role="none"><b role="tab">a</b></p></div>',
            '<x-list><b role="listitem">a</b></x-list>',
        ),
    ),
    "aria-attr-permitted": (
        (
            '<button aria-sort="other">a</button>',
            '<div aria-label="l">a</div>',
            '<span aria-expanded="true">a</span>',
        ),
        (
            '<button aria-pressed="true">a</button>',
            '<div role="group" aria-label="l">a</div>',
            '<table><tr><th aria-sort="none">a</table>',
            '<x-y aria-label="l">a</x-y>',
            '<p aria-label="">a</p>',
        ),
    ),
    "decorative-exposed": (
        ('<nav role="presentation" aria-label="l">a</nav>', '<img alt="" aria-label="l">'),
        ('<nav role="presentation">a</nav>',),
    ),
    "landmark-unique": (
        ('<nav aria-label="a">a</nav><nav aria-label="A">b</nav>',),
        (
            '<nav aria-label="a">a</nav><nav aria-label="b">b</nav>',
            '<nav aria-label="a">a</nav><nav aria-label="a" hidden>b</nav>',
        ),
    ),
    "landmark-unnamed": (
        ("<nav>a</nav><nav>b</nav>",),
        ("<nav>a</nav><nav aria-label='b'>b</nav>", "<section>a</section><section>b</section>"),
    ),
    # --- what is operated -------------------------------------------------------------------------
    "button-name": (
        (
            "<button></button>",
            "<button>　</button>",
            '<button><img alt=""></button>',
            '<input type="submit" value="">',
            '<b role="button" tabindex="0"></b>',
        ),
        (
            "<button>a</button>",
            '<input type="submit">',
            "<button hidden></button>",
            '<button aria-label="閉じる">×</button>',
        ),
    ),
    "summary-name": (
        ("<details><summary></summary>a</details>",),
        ("<details><summary>a</summary></details>", "<summary></summary>"),
    ),
    "image-button-name": (
        ('<input type="image" src="a.png">',),
        ('<input type="image" src="a.png" alt="探す">',),
    ),
    "field-name": (
        (
            "<input>",
            "<label>a</label><select><option>b</select>",
            '<label><input type="checkbox"></label>',
            '<div role="textbox">a</div>',
        ),
        (
            "<label>a <input></label>",
            '<input aria-label="a">',
            '<input type="hidden">',
            "<select hidden></select>",
        ),
    ),
    "field-label": (
        ('<input placeholder="a">', '<input title="a">'),
        ('<label>a <input placeholder="b"></label>',),
    ),
    "label-for": (
        (
            '<label for="no">a</label>',
            '<label for="d">a</label><div id="d"></div>',
            '<label for="h">a</label><input type="hidden" id="h">',
        ),
        ('<label for="i">a</label><input id="i">', '<label for="x">a</label><x-field id="x"></x-field>'),
    ),
    "label-alone": (
        ("<label>a</label>",),
        ('<label id="l">a</label><input aria-labelledby="l">', "<label>a <x-field></x-field></label>"),
    ),
    "label-in-name": (
        (
            '<a href="/" aria-label="b">a</a>'.replace(">a<", ">ホーム<"),
            '<button aria-label="送る">申し込む</button>',
            '<input type="submit" value="検索" aria-label="探す">',
            '<label for="i">お名前</label><input id="i" aria-label="氏名">',
            '<button aria-labelledby="n">申し込む</button><b id="n">送る</b>',
        ),
        (
            '<button aria-label="サイトの中を検索する">検索</button>',
            '<button aria-label="閉じる">×</button>',
            '<button aria-label="close">X</button>',
            '<a href="/" aria-label="Next page">NEXT</a>',
            '<button aria-label="日付で探す">日付で探す（年月日）</button>',
            '<label for="i">お名前 <b>必須</b></label><input id="i" aria-label="お名前">',
            '<a href="/" aria-label="東京の一覧"><ruby>東京<rt>とうきょう</rt></ruby>の一覧</a>',
            '<nav aria-label="主な項目">あれこれ</nav>',
            '<link href="https://x/icon?family=Material+Icons" rel="stylesheet"><button aria-label="Find">search</button>',
        ),
    ),
    "mouse-only": (
        (
            '<div onclick="go()">a</div>',
            '<a onclick="go()">a</a>',
            '<b role="button" onclick="go()">a</b>',
            '<p onmousedown="go()">a</p>',
            '<b tabindex="-1" onclick="go()">a</b>',
        ),
        (
            '<button onclick="go()">a</button>',
            '<li onclick="go()"><a href="/">a</a></li>',
            '<a href="/"><b onclick="go()">a</b></a>',
            '<div onclick="event.stopPropagation()">a</div>',
            '<label onclick="go()">a <input></label>',
            '<div onclick="close()" aria-hidden="true"></div>',
            '<b tabindex="0" role="button" onclick="go()" onkeydown="go()">a</b>',
        ),
    ),
    "mouse-only-key": (
        ('<b tabindex="0" role="button" onclick="go()">a</b>',),
        ('<b tabindex="0" role="button" onclick="go()" onkeyup="go()">a</b>',),
    ),
    "mouse-only-hover": (
        ('<b onmouseover="show()">a</b>',),
        ('<b tabindex="0" onmouseover="show()" onfocus="show()">a</b>',),
    ),
    "nested-interactive": (
        (
            '<a href="/">a <button>b</button></a>',
            '<button>a <a href="/">b</a></button>',
            '<p role="checkbox" aria-checked="false" tabindex="0">a <a href="/">b</a></p>',
            '<span role="img" aria-label="l">a <a href="/">b</a></span>',
        ),
        (
            '<a href="/"><b tabindex="0">a</b></a>',
            "<button><a>a</a></button>",
            '<button>a<span hidden><a href="/">b</a></span></button>',
            '<label>a <a href="/">b</a> <input></label>',
        ),
    ),
    "frame-focusable": (
        ("<iframe title=a tabindex=-1 srcdoc=\"<a href='/'>a</a>\"></iframe>",),
        (
            "<iframe title=a srcdoc=\"<a href='/'>a</a>\"></iframe>",
            '<iframe title=a tabindex=-1 srcdoc="<p>a"></iframe>',
        ),
    ),
    "positive-tabindex": (
        ('<b tabindex="1">a</b>', '<a href="/" tabindex="+3">a</a>'),
        ('<b tabindex="0">a</b>', '<b tabindex="x">a</b>'),
    ),
    "iframe-name": (
        ('<iframe src="/"></iframe>', '<iframe src="/" title="　"></iframe>'),
        (
            '<iframe src="/" title="地図"></iframe>',
            '<iframe src="/" hidden></iframe>',
            '<iframe src="/" width="0" height="0"></iframe>',
        ),
    ),
    "autocomplete-valid": (
        (
            '<input aria-label="a" autocomplete="e-mail">',
            '<input aria-label="a" autocomplete="work name">',
            '<form autocomplete="no"></form>',
        ),
        (
            '<input aria-label="a" autocomplete="email">',
            '<input aria-label="a" autocomplete="section-a shipping Street-Address">',
            '<input aria-label="a" autocomplete="username webauthn">',
            '<input aria-label="a" autocomplete="off">',
            '<input aria-label="a" autocomplete="no" disabled>',
        ),
    ),
    "accesskey": (('<a href="/" accesskey="a">a</a>',), ('<a href="/" accesskey="">a</a>',)),
    "autofocus": (
        ('<input aria-label="a" autofocus>',),
        ('<dialog open><input aria-label="a" autofocus></dialog>',),
    ),
    "fieldset-legend": (
        ("<fieldset>a</fieldset>", "<fieldset><legend> </legend></fieldset>"),
        ("<fieldset><legend>a</legend></fieldset>", '<fieldset aria-label="a"></fieldset>'),
    ),
    "radio-group": (
        ("<label>a<input type=radio name=n></label><label>b<input type=radio name=n></label>",),
        (
            "<fieldset><legend>q</legend><label>a<input type=radio name=n></label><label>b<input type=radio name=n></label></fieldset>",
        ),
    ),
    # --- pictures ---------------------------------------------------------------------------------
    "img-name": (
        (
            '<img src="a.png">',
            '<img src="a.png" alt=" ">',
            '<img src="a.png" alt="　">',
            '<a href="/">a<img src="a.png"></a>',
        ),
        (
            '<img src="a.png" alt="">',
            '<img src="a.png" alt="絵">',
            '<img src="a.png" hidden>',
            '<img src="a.png" role="none">',
        ),
    ),
    "role-img-name": (('<div role="img"></div>',), ('<div role="img" aria-label="絵"></div>',)),
    "object-name": (
        ('<object data="a.png"></object>',),
        ('<object data="a.png" title="絵"></object>', '<object data="a.html"></object>'),
    ),
    "svg-img-name": (
        (
            '<svg role="img"><path d="m0"/></svg>',
            '<svg role="img"><title></title></svg>',
            '<svg role="img" aria-label="　"></svg>',
        ),
        (
            "<svg></svg>",
            '<svg role="img"><title>図</title></svg>',
            '<svg role="img" aria-hidden="true"></svg>',
        ),
    ),
    "filename-as-alt": (
        (
            '<img src="a.png" alt="a.png">',
            '<img src="x" alt="IMG_0123">',
            '<img src="main_visual.jpg" alt="main_visual">',
            '<img src="x" alt="スクリーンショット 2026-01-01 10.00.00.png">',
            '<svg role="img" aria-label="chart.svg"></svg>',
            '<img src="x" alt="94251e110d24a4c2b6e6ce76e7203374">',
        ),
        (
            '<img src="covid-19.png" alt="COVID-19">',
            '<a href="d/a.png">a <img src="a.png" alt="a.png"></a>',
            '<img src="fuji.jpg" alt="Fuji">',
            '<img src="x" alt="Ver. 2.0 の画面">',
        ),
    ),
    "alt-generic": (
        ('<img src="x" alt="画像">', '<img src="x" alt="photo1">', '<img src="x" alt="ロゴ">'),
        ('<img src="x" alt="東京都のロゴ">',),
    ),
    "alt-redundant": (
        (
            '<a href="/"><img src="x" alt="催し">催し</a>',
            '<figure><img src="x" alt="催し"><figcaption>催し</figcaption></figure>',
            '<p><img src="x" alt="催し">催し</p>',
        ),
        ('<a href="/"><img src="x" alt="">催し</a>', '<p><img src="x" alt="催しの会場">催し</p>'),
    ),
    "alt-says-picture": (
        ('<img src="x" alt="会場の画像">', '<img src="x" alt="Image of a hall">'),
        ('<img src="x" alt="会場の写真">',),
    ),
    # --- links ------------------------------------------------------------------------------------
    "link-name": (
        (
            '<a href="/"></a>',
            '<a href="/">　</a>',
            '<a href="/"><img src="a.png" alt=""></a>',
            '<area href="/">',
            '<svg><a xlink:href="/"><path/></a></svg>',
        ),
        ('<a href="/">a</a>', '<a id="a"></a>', '<a href="/" hidden></a>', '<area href="/" alt="a">'),
    ),
    "link-text-vague": (
        (
            '<a href="/">こちら</a>',
            '<a href="/">詳しくは、こちら。</a>',
            '<a href="/">Read more ›</a>',
            '<a href="/">ＭＯＲＥ</a>',
        ),
        (
            '<a href="/" aria-label="詳細: 催し">詳細</a>',
            '<a href="/">詳細設計書</a>',
            '<code><a href="/">this</a></code>',
        ),
    ),
    "link-text-url": (('<a href="/">https://example.org/a</a>',), ('<a href="/">example.org の案内</a>',)),
    "identical-links": (
        ('<a href="a/">一覧</a><a href="b/">一覧</a>',),
        (
            '<a href="a/">一覧</a><a href="./a/index.html">一覧</a>',
            '<a href="a/">1</a><a href="b/">1</a>',
            '<a href="#a">一覧</a><a href="b/">一覧</a>',
        ),
    ),
    "file-link-format": (
        ('<a href="a.pdf">計画</a>', '<a href="a.xlsx?x=1">計画</a>'),
        ('<a href="a.pdf">計画（PDF、1.2 MB）</a>', '<p><a href="a.zip">計画</a>（ＺＩＰ：３５０ＫＢ）</p>'),
    ),
    "file-link-size": (
        ('<a href="a.pdf">計画（PDF）</a>',),
        ('<table><tr><td><a href="a.pdf">計画</a><td>PDF<td>12キロバイト</table>',),
    ),
    "file-link-type": (
        ('<a href="a.pdf">計画（12 KB）</a>',),
        ('<a href="a.docx">計画（ワード、12 KB）</a>',),
    ),
    "new-window": (
        ('<a href="/" target="_blank">a</a>', '<a href="/" onclick="window.open(this.href)">a</a>'),
        (
            '<a href="/" target="_self">a</a>',
            '<a href="/" target="_blank">a（新しいタブで開きます）</a>',
            '<a href="/" target="_blank">a<img src="x" alt="別ウィンドウで開く"></a>',
            '<a href="/" target="_blank" aria-describedby="n">a</a><p id="n" hidden>Opens in a new tab</p>',
            '<p><a href="/" target="_blank">a</a>（別タブで開きます）</p>',
            '<a href="/" target="map">a</a><iframe name="map" title="m"></iframe>',
        ),
    ),
    # --- words ------------------------------------------------------------------------------------
    "ruby-in-name": (
        ("<h2><ruby>東<rt>ひがし</rt></ruby></h2>", '<a href="/"><ruby>東<rt>ひがし</rt></ruby></a>'),
        (
            "<p><ruby>東<rt>ひがし</rt></ruby></p>",
            '<a href="/" aria-label="東"><ruby>東<rt>ひがし</rt></ruby></a>',
            '<h2><ruby>東<rt aria-hidden="true">ひがし</rt></ruby></h2>',
        ),
    ),
    "abbr-expansion": (
        ("<p><abbr>ODA</abbr> a</p>", '<p><abbr title="ODA">ODA</abbr> a</p>'),
        (
            '<p><abbr title="政府開発援助">ODA</abbr> と <abbr>ODA</abbr></p>',
            "<p>政府開発援助（<abbr>ODA</abbr>）</p>",
            "<p><abbr>ODA</abbr>（政府開発援助）</p>",
        ),
    ),
}


def test_every_rule_has_a_fault() -> None:
    assert set(FAULTS) == set(RULES)


@pytest.mark.parametrize(
    ("rule", "html"), [(rule, one) for rule, (faulty, _) in FAULTS.items() for one in faulty]
)
def test_faults_are_found(rule: str, html: str) -> None:
    assert rule in found(html)


@pytest.mark.parametrize(
    ("rule", "html"), [(rule, one) for rule, (_, sound) in FAULTS.items() for one in sound]
)
def test_sound_pages_are_left_alone(rule: str, html: str) -> None:
    assert rule not in found(html)


@pytest.mark.parametrize("rule", RULES)
def test_rules_say_what_is_wrong_in_both_languages(rule: str) -> None:
    one = RULES[rule]
    for words in (one.text, one.cure):
        assert set(words) == {"ja", "en"}
        assert words["ja"].removesuffix("{detail}").endswith("。")
        assert all(words[language] for language in words)
    assert one.criterion


def test_a_place_within_a_text_has_its_own_line() -> None:
    text = Text("ab\ncde", 3, 7, 1, 2)
    assert (at(text, 1).line, at(text, 1).column) == (3, 8)
    assert (at(text, 4).line, at(text, 4).column) == (4, 2)


@pytest.mark.parametrize(
    "html",
    [
        "<a href=x>" * 5000,
        "<label>" * 5000 + "<input>" * 5000,
        "<p><a href=a.pdf target=_blank>x</a>" * 5000,
        "<div role=menu><div role=group>" * 5000,
        "<div onclick=x>" * 5000 + "<a href=x>",
        '<div onclick="' + "return  " * 24 + 'x">',
        "<a href=x>" + "<img alt=x>" * 5000,
        "<p id=p>" + "<b>x</b>" * 5000 + "</p>" + "<button aria-labelledby=p></button>" * 5000,
    ],
)
def test_hostile_pages_take_no_long_time(html: str) -> None:
    start = time.process_time()
    found(html)
    assert time.process_time() - start < 3


def test_any_page_can_be_looked_at() -> None:
    chance = random.Random(7)
    tags = (
        *(
            "a",
            "button",
            "input",
            "select",
            "textarea",
            "label",
            "div",
            "ul",
            "li",
            "svg",
            "title",
            "img",
            "ruby",
        ),
        *(
            "rt",
            "h1",
            "iframe",
            "table",
            "tr",
            "td",
            "th",
            "fieldset",
            "legend",
            "details",
            "summary",
            "area",
        ),
        *("form", "nav", "aside", "header", "option", "abbr", "template", "dialog", "figure", "figcaption"),
    )
    attributes = (
        *("role", "aria-label", "aria-labelledby", "aria-owns", "aria-hidden", "aria-controls", "tabindex"),
        *(
            "onclick",
            "href",
            "alt",
            "title",
            "id",
            "for",
            "type",
            "name",
            "target",
            "class",
            "style",
            "disabled",
        ),
        *("hidden", "inert", "autocomplete", "accesskey", "src", "data", "srcdoc", "list", "aria-level"),
    )
    values = (
        "",
        "x",
        "true",
        "-1",
        "1",
        "img",
        "list",
        "listitem",
        "none",
        "option",
        "menu",
        "group",
        "_blank",
        "a.pdf",
        "　",
        "9" * 30,
    )
    for _ in range(400):
        parts = []
        for _ in range(chance.randint(1, 40)):
            given = "".join(
                f' {chance.choice(attributes)}="{chance.choice(values)}"' for _ in range(chance.randint(0, 4))
            )
            parts.append(
                f"<{chance.choice(tags)}{given}>" if chance.random() < 0.7 else f"</{chance.choice(tags)}>"
            )
            parts.append(chance.choice(("", "", "こちら", "（", "\n", "\u200b")))
        found("".join(parts))
