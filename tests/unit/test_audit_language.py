"""Rules on the markup and on languages: for each a faulty piece of a page and sound ones."""

from __future__ import annotations

import doctest

import pytest

from hayami.audit.document import Document
from hayami.audit.page import Element, Text, read
from hayami.audit.pages import conformance, fakes, language, structure

RULES = {one.id for module in (conformance, fakes, language, structure) for one in module.RULES}


def found(html: str, whole: bool = False) -> list[str]:
    """The rules that a piece of a page breaks."""
    told: list[str] = []

    def report(rule: str, place: Element | Text | None, target: str = "", detail: str = "") -> None:
        assert rule in RULES
        told.append(rule)

    document = Document(read(html), whole)
    conformance.check(document, report)
    language.check(document, report)
    structure.check(document, report)
    fakes.check(document, report)
    return told


def test_examples_in_the_code_hold() -> None:
    assert doctest.testmod(language).failed == 0


PAGE = '<!DOCTYPE html><html lang="{}"><head>{}<title>t</title></head><body>{}</body></html>'
CHARSET = '<meta charset="utf-8">'


@pytest.mark.parametrize(
    ("html", "rules"),
    [
        (PAGE.format("ja", CHARSET, "<p>a"), []),
        (PAGE.format("ja", "", "<p>a"), ["charset-unsaid"]),
        (PAGE.format("ja", "", "<p>あ"), ["charset-missing"]),
        (
            PAGE.format("ja", '<meta name="description" content="' + "あ" * 400 + '">' + CHARSET, ""),
            ["charset-late"],
        ),
        ("<html lang=en><head><meta charset=utf-8><title>t</title></head></html>", ["doctype-missing"]),
        (PAGE.format("ja", '<meta charset="shift_jis">', ""), ["charset-invalid"]),
        (PAGE.format("ja", CHARSET, "<meta name=a content=b>"), ["element-misplaced"]),
        (PAGE.format("ja", CHARSET, '<link rel="stylesheet" href="a.css">'), []),
        (
            PAGE.format(
                "ja", CHARSET, "<p>You can apply for the programme online. It is free for all of you.</p>"
            ),
            ["html-lang-matches", "element-lang-missing"],
        ),
        (
            PAGE.format("en", CHARSET, "<p>" + "申し込みは窓口でできます。" * 3),
            ["html-lang-matches", "element-lang-missing"],
        ),
        (PAGE.format("en", CHARSET, '<p lang="ja">' + "申し込みは窓口でできます。" * 3), []),
    ],
)
def test_whole_pages(html: str, rules: list[str]) -> None:
    assert [one for one in found(html, True) if one not in ("h1-missing", "table-caption")] == rules


@pytest.mark.parametrize(
    ("html", "rules"),
    [
        ("<center>a</center>", ["element-obsolete"]),
        ("<foo>a</foo>", ["element-unknown"]),
        ("<my-foo bar=1>a</my-foo>", []),
        ("<div><p>a</div>", []),
        ("<div><b>a</div>", ["tag-unclosed"]),
        ("<p>a</p></div>", ["tag-stray"]),
        ("<div><li>a</li></div>", ["element-outside"]),
        ("<ul><div>a</div></ul>", ["element-misplaced"]),
        ("<ul>a<li>b</ul>", ["text-misplaced"]),
        ("<ul><li>b<script>1</script><template><p>a</p></template></ul>", []),
        ("<table><td>a</table>", ["element-outside"]),
        ("<table><tr><td>a<tr><td>b</table>", []),
        ("<span><div>a</div></span>", ["element-misplaced"]),
        ("<a href=/><div>a</div></a>", []),
        ("<h2><a href=/><div>a</div></a></h2>", ["element-misplaced"]),
        ("<form><form></form></form>", ["element-misplaced"]),
        ("<dl><dt>a</dl>", ["child-missing"]),
        ("<dl><div><dt>a<dd>b</div><div><dt>c<dt>d<dd>e</div></dl>", []),
        ("<dl><dt>a</dt><p>b</p><dd>c</dl>", ["element-misplaced"]),
        ("<details><summary>a</summary>b</details>", []),
        ("<details>b</details>", ["child-missing"]),
        ("<picture><source srcset=a><img src=a alt></picture>", []),
        ("<p align=center>a", ["attribute-obsolete"]),
        ("<button href=/>a</button>", ["attribute-unknown"]),
        ("<div alt=a>a</div>", ["attribute-unknown"]),
        ("<img alt=a>", ["attribute-missing"]),
        ("<img src=a alt=a width=10px>", ["attribute-value"]),
        ("<img src=a alt=a width=10 height=010 loading=lazy>", []),
        ("<img src=a alt=a border=0>", ["attribute-redundant"]),
        ("<a name=x>a</a>", ["attribute-redundant"]),
        ("<td>", []),
        ("<table><tr><td colspan=0>a</table>", ["attribute-value"]),
        ("<table border=1><tr><td>a</table>", ["attribute-obsolete"]),
        ("<div tabindex=a>a</div>", ["attribute-value"]),
        ("<input type=foo>", ["attribute-value"]),
        ("<input type=checkbox placeholder=a>", ["attribute-unknown"]),
        ("<input disabled=false>", ["attribute-value"]),
        ("<input disabled=disabled required=''>", []),
        ("<select placeholder=a></select>", ["attribute-unknown"]),
        ("<nav role=navigation>a</nav>", ["role-redundant"]),
        ("<div/></div>", ["self-closing"]),
        ("<br/><svg><path d='M0 0'/><foo/></svg>", []),
        ("<p>{{ name }} 様", ["template-leak"]),
        ("<p>{% if a %}", ["template-leak"]),
        ("<p><%= name %>", ["template-leak"]),
        ("<p>${user.name}", ["template-leak"]),
        ("<p>[object Object]", ["template-leak"]),
        ("<p>undefined", ["template-leak"]),
        ("<p>料金 NaN円", ["template-leak"]),
        ("<p lang=en>Fee: <b>None</b>", []),
        ("<p><code>{{ name }}</code> <code>null</code>", []),
        ("<img src=a alt=undefined>", ["template-leak"]),
        ("<a href='/undefined/'>a</a>", ["template-leak"]),
        ("<meta name=robots content=none>", []),
        ("<p>TODO: 書く", ["template-dummy"]),
        ("<p>TODOリスト、03-XXXX-XXXX、ダミー変数", []),
        ("<p>lorem ipsum dolor", ["template-dummy"]),
    ],
)
def test_markup(html: str, rules: list[str]) -> None:
    assert [one for one in found(html) if one not in ("h1-missing", "table-caption")] == rules


@pytest.mark.parametrize(
    ("html", "rules"),
    [
        ("<div lang=ja><p>You can apply online for it.</p></div>", ["element-lang-missing"]),
        ("<div lang=ja><p>Please read <b>the notice</b> of the city.</p></div>", ["element-lang-missing"]),
        ("<p lang=ja>Welcome to our city</p>", ["element-lang-missing"]),
        ("<p lang=ja>Click here to apply now</p>", ["element-lang-missing"]),
        ("<p lang=ja>kaze to tomo ni sarinu</p>", []),
        ("<div lang=ja><p lang=en>You can apply online.</p></div>", []),
        ("<p lang=ja>The Lord of the Rings を読む。Tokyo Metropolitan Small Business Center", []),
        ("<p lang=ja>Support network for small and medium enterprises の略", []),
        ("<p lang=ja>Tokyo Cyber Security Support network for small and medium enterprises の略", []),
        ("<p lang=en>See 申込方法 for more.", ["element-lang-missing"]),
        ("<p lang=en>The wage (賃) is high.", ["element-lang-missing"]),
        ("<p lang=zh>东京都的", []),
        ("<img src=a lang=ja alt='A map of the city and its parks'>", ["attr-lang"]),
        ("<img src=a lang=en alt='東京の地図'>", ["attr-lang"]),
        ("<h2>日　時</h2>", ["letter-spacing-by-spaces"]),
        ("<table><tr><th>料 金</th><td>林　修</td></tr></table>", ["letter-spacing-by-spaces"]),
        ("<p>申　込：窓口で", ["letter-spacing-by-spaces"]),
        ("<p>日　時　8月3日", ["letter-spacing-by-spaces"]),
        ("<h2>お　知　ら　せ</h2>", ["letter-spacing-by-spaces"]),
        ("<p>山田　太郎</p><h2>第1章　総則</h2><p>問　何ですか</p><p>年　月　日</p><p>　本文です</p>", []),
        ("<h1>T O K Y O</h1>", ["letter-spacing-by-spaces"]),
        ("<p>A B C D E</p>", []),
        ("<p>Ａ社の１階", ["fullwidth-alnum"]),
        ("<p>ﾃｽﾄ", ["halfwidth-kana"]),
        ("<p lang=ja>㈱", ["compatibility-character"]),
        ("<p>①と㊙、カタカナ", []),
        ("<p>東京\u200b都", ["wbr-in-name"]),
        ("<p>・一<br>・二</p>", ["list-fake"]),
        ("<p>1. 一<br>2. 二</p>", ["list-fake"]),
        ("<p>・一</p>\n<p>・二</p>\n<p>・三</p>", ["list-fake"]),
        ("<p>1.5倍<br>2.5倍</p><p>- 5</p>", []),
        ("<pre>品名    数\nりんご  3\nみかん  4</pre>", ["table-by-spaces"]),
        ("<pre>let a    = 1;\nlet bcd  = 2;</pre>", []),
        ("<pre>古池や\n  蛙飛びこむ\n    水の音</pre>", []),
        ("<p>月曜　　9時<br>火曜　　10時</p>", ["table-by-spaces"]),
        ("<p>〒100-0001　東京都<br>電話　03-1234-5678</p>", []),
        ("<p><b>申込方法</b></p><p>窓口でできます</p>", ["heading-fake"]),
        ("<p><strong>締切は明日です。</strong></p><p>急いで</p>", []),
        ("<p><b>注意</b> 本文</p><p>a</p>", []),
        ("<p style='font-weight: bold; font-size: 20px'>申込方法</p><p>窓口でできます</p>", ["heading-fake"]),
    ],
)
def test_language(html: str, rules: list[str]) -> None:
    assert [one for one in found(html) if one not in ("h1-missing", "table-caption")] == rules
