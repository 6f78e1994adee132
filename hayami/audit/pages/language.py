"""Rules on the language of words, and on Japanese text whose look is made with signs instead of markup."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice, pairwise

from hayami.audit.document import Document
from hayami.audit.page import Element, Text
from hayami.audit.pages import Report, at
from hayami.audit.rule import rule

_PARTS = "WCAG 3.1.2 / JIS X 8341-3:2016 7.3.1.2"
_ORDER = "WCAG 1.3.2 / JIS X 8341-3:2016 7.1.3.2"
_RELATIONS = "WCAG 1.3.1 / JIS X 8341-3:2016 7.1.3.1"

RULES = (
    rule(
        "element-lang-missing",
        (
            "「{target}」は別の言語（{detail}）ですが、lang がありません。",
            '"{target}" is in another language ({detail}), and nothing says so.',
        ),
        ('囲む要素に lang="{detail}" を付けてください。', 'Give lang="{detail}" to the element around it.'),
        criterion=_PARTS,
    ),
    rule(
        "attr-lang",
        (
            "属性 {detail} の「{target}」が、要素の言語と合いません。",
            'The words of {detail}, "{target}", are not in the language of the element.',
        ),
        (
            "ページの言語で書くか、要素に lang を付けてください。",
            "Write them in the language of the page, or give the element a lang.",
        ),
        severity="warning",
        criterion=_PARTS,
    ),
    rule(
        "html-lang-matches",
        (
            'html の lang="{target}" が、本文の言語（{detail}）と合いません。',
            'lang="{target}" of html is not the language of the text ({detail}).',
        ),
        ('lang="{detail}" としてください。', 'Write lang="{detail}".'),
        severity="warning",
        criterion="WCAG 3.1.1 / JIS X 8341-3:2016 7.3.1.1",
    ),
    rule(
        "letter-spacing-by-spaces",
        (
            "「{target}」は1語の途中に空白があり、1字ずつ読まれます。",
            'Spaces within the word "{target}" make it be read letter by letter.',
        ),
        (
            "空白を消し、字間は CSS の letter-spacing で空けてください。",
            "Remove them, and use letter-spacing in CSS.",
        ),
        criterion=_ORDER,
    ),
    rule(
        "letter-spacing-latin",
        (
            "「{target}」は1語の途中に空白があり、1字ずつ読まれます。",
            'Spaces within the word "{target}" make it be read letter by letter.',
        ),
        (
            "空白を消し、字間は CSS の letter-spacing で空けてください。",
            "Remove them, and use letter-spacing in CSS.",
        ),
        "letter-spacing-by-spaces",
        "warning",
        _ORDER,
    ),
    rule(
        "fullwidth-alnum",
        ("「{target}」は全角の英数字です。", '"{target}" is in full-width letters or digits.'),
        ("半角で書いてください。", "Write plain letters and digits."),
        severity="warning",
        criterion=_RELATIONS,
    ),
    rule(
        "halfwidth-kana",
        ("「{target}」は半角カタカナです。", '"{target}" is in half-width katakana.'),
        ("全角で書いてください。", "Write full-width katakana."),
        severity="warning",
        criterion=_RELATIONS,
    ),
    rule(
        "compatibility-character",
        (
            "「{target}」は機種依存文字で、正しく読まれないことがあります。",
            '"{target}" is one sign for several letters, which may be read wrongly.',
        ),
        ("「{detail}」と書いてください。", 'Write "{detail}".'),
        "halfwidth-kana",
        "warning",
        _RELATIONS,
    ),
    rule(
        "wbr-in-name",
        (
            "「{target}」の中に、見えない空白（U+200B）があります。",
            'There is an invisible space (U+200B) within "{target}".',
        ),
        ("改行してよい所は <wbr> で示してください。", "Say with <wbr> where a line may break."),
        severity="warning",
        criterion=_ORDER,
    ),
    rule(
        "list-fake",
        (
            "「{target}」で始まる行が、記号だけで箇条書きに見せてあります。",
            'Lines that begin with "{target}" look like a list but are none.',
        ),
        ("ul か ol と li で書いてください。", "Use ul or ol with li."),
        severity="warning",
        criterion=_RELATIONS,
    ),
    rule(
        "table-by-spaces",
        ("空白で列をそろえて表に見せてあります。", "Columns are lined up with spaces."),
        ("table で書いてください。", "Use a table."),
        severity="warning",
        criterion=_ORDER,
    ),
    rule(
        "heading-fake",
        (
            "「{target}」は太字で見出しに見せてあります。",
            '"{target}" is bold text that looks like a heading.',
        ),
        ("h2 などの見出しで書いてください。", "Use a heading such as h2."),
        severity="warning",
        criterion=_RELATIONS,
    ),
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_KANA = "ぁ-ゖァ-ヺー"
_HAN = "々〆一-鿿㐀-䶿豈-﫿"
_JAPANESE = re.compile(f"[{_KANA}{_HAN}]")
_RUN = re.compile(f"[{_KANA}{_HAN}][{_KANA}{_HAN}\\s、。・「」『』（）！？]*")
_SPECIAL = re.compile("[\u3000-\u303f０-９Ａ-Ｚａ-ｚ｡-ﾟ№℡㈠-㉃㊀-㊖㊘㊚-㊰\u32ff㌀-㏿\u200b]")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+(?:[．，－／：＠][０-９Ａ-Ｚａ-ｚ]+)*")
_HALF = re.compile("[｡-ﾟ]*[ｦ-ﾟ]+[｡-ﾟ]*")
# Not ①–⑳, which are read well, nor ㊗ and ㊙, which are pictures.
_COMPATIBLE = re.compile("[№℡㈠-㉃㊀-㊖㊘㊚-㊰\u32ff㌀-㏿]")

_SENTENCES = re.compile(r"[.!?:;。！？\n]+(?=\s|$)|[。！？|｜•·/]")
_WORDS = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*,?(?:[\s(\"“”)]+[A-Za-z]+(?:['’-][A-Za-z]+)*,?){3,}")
_WORD = re.compile(r"[A-Za-z]+(?:['’-][A-Za-z]+)*")
# Japanese in Latin letters has to, no, in and on, too.
_STRONG = _set(
    "the is are was were of and for you your this that these those with by we our can from have has will it "
    "please be been not must may should would if when which what how there"
)
_FUNCTION = _STRONG | _set("to in a an on at as or do does but i they he she all any")
# No words of the languages beside it.
_ENGLISH = _set("the and you your this that with from has have are been which these not they by")
# What makes a sentence of words, and a name of none.
_CLAUSE = _set(
    "is are was were you your we our can have has will it please be been not must may should would if this i they he she do does how what there"
)
_ROMAJI = re.compile("(?:(?:[kgsztdnhbpmyrwfj]y?|sh|ch|ts|[kstp]{2})?[aiueo]|n)+")
# Languages in which kana and Chinese characters are at home.
_EASTERN = _set("ja zh ko za ii vi")

# They say with U+200B where words end.
_WITHOUT_SPACES = _set("th km lo my")

_VERBATIM = frozenset(("code", "pre", "kbd", "samp", "var", "tt", "xmp", "textarea", "math"))
_QUOTED = frozenset(("q", "blockquote"))
_INLINE = _set(
    "a abbr b bdi bdo cite data del dfn em font i ins label mark q ruby s small span strong sub sup time u wbr "
    "code kbd samp var br"
)
_TOLD = ("alt", "title", "aria-label", "placeholder")


def check(document: Document, report: Report) -> None:
    """All rules on languages and on signs instead of markup."""
    verbatim = _parts(document, _VERBATIM)
    shown = [
        one
        for one in document.page.texts
        if one.parent >= 0
        and one.parent not in document.hidden
        and not one.text.isspace()
        and document.elements[one.parent].name not in ("title", "textarea")
    ]
    spoken = _languages(document, shown, verbatim, report)
    _attributes(document, spoken, report)
    # What is quoted stands as its source has it.
    quoted = _parts(document, _QUOTED)
    for text in shown:
        if text.parent in verbatim or text.parent in quoted:
            continue
        words = text.text
        if not words.isascii() and _SPECIAL.search(words):
            _signs(text, document.languages[text.parent], report)
        _spaced(document, text, report)
    _lists(document, verbatim, report)
    _columns(document, report)
    _headings(document, report)


def _parts(document: Document, names: frozenset[str]) -> set[int]:
    """Elements of some names and everything in them."""
    if names.isdisjoint(document.by_name):
        return set()
    found: set[int] = set()
    for index, element in enumerate(document.elements):
        if element.name in names or element.parent in found:
            found.add(index)
    return found


def english(text: str) -> str:
    """The English sentence within a text; empty where there are names and terms only.

    >>> english("You can apply online."), english("The Lord of the Rings"), english("watashi no namae wa")
    ('You can apply online', '', '')
    """
    for part in _SENTENCES.split(text):
        for found in _WORDS.finditer(part):
            words = [one for one in _WORD.findall(found[0]) if len(one) > 1 or one in "aI"]
            small = [one for one in words if one.islower()]
            function = {one.lower() for one in words} & _FUNCTION
            plain = [one for one in small if one not in _FUNCTION]
            if len(words) < 4 or not function or len(small) * 2 < len(words):
                continue
            if not function & _CLAUSE and sum(not one.islower() for one in words[1:]) > 1:
                continue
            if words[0].istitle() and function & _CLAUSE and words[0].lower() not in _FUNCTION:
                plain.append(words[0].lower())
            strong = function & _STRONG
            other = sum(_ROMAJI.fullmatch(one) is None for one in plain)
            if (len(plain) >= 2 and (strong or len(function) > 1 or other > 1)) or (
                plain and len(strong) > 1
            ):
                return found[0].strip()
    return ""


def japanese(text: str) -> str:
    """A run of at least three kana or Chinese characters.

    >>> japanese("wage (賃)"), japanese("see 申込方法 for"), japanese("お問い合わせ")
    ('', '申込方法', 'お問い合わせ')
    """
    for found in _RUN.finditer(text):
        if len(_JAPANESE.findall(found[0])) >= 3:
            return found[0].strip()
    return ""


def _languages(document: Document, shown: list[Text], verbatim: set[int], report: Report) -> str | None:
    """Text in another language than its element says. Returns what html says where that is wrong."""
    languages = document.languages
    html = next((one for _, one in document.named("html")), None)
    wrong = _main_language(document, shown, verbatim, html, report) if html is not None else None
    told: set[int] = set()
    blocks: dict[tuple[int, str], list[Text]] = {}
    block: list[int] = []
    for index, element in enumerate(document.elements):
        inline = element.name in _INLINE and element.parent >= 0
        block.append(block[element.parent] if inline else index)
    for text in shown:
        parent = text.parent
        if parent in verbatim:
            continue
        language = languages[parent]
        primary = language.partition("-")[0]
        if language == wrong and wrong is not None:
            continue
        if primary == "ja":
            if text.text.isascii() or any("a" <= one <= "z" for one in text.text):
                blocks.setdefault((block[parent], language), []).append(text)
        elif len(primary) == 2 and primary not in _EASTERN and not text.text.isascii():
            found = japanese(text.text)
            if found and parent not in told:
                told.add(parent)
                report("element-lang-missing", at(text, text.text.find(found[:1])), found[:40], "ja")
    for texts in blocks.values():
        found = english("".join(one.text for one in texts))
        if found:
            start = found.split()[0]
            place = next((one for one in texts if start in one.text), texts[0])
            report("element-lang-missing", at(place, max(place.text.find(start), 0)), found[:80], "en")
    return wrong


def _main_language(
    document: Document, shown: list[Text], verbatim: set[int], html: Element, report: Report
) -> str | None:
    said = html.attributes.get("lang", html.attributes.get("xml:lang", "")).strip().lower()
    primary = said.partition("-")[0]
    if len(primary) != 2:
        return None
    own = document.languages
    # What is marked as another language says nothing about the page.
    texts = [one for one in shown if own[one.parent] == said and one.parent not in verbatim]
    main = _parts(document, frozenset(("main",)))
    inner = [one.text for one in texts if one.parent in main]
    words = "\n".join(inner if sum(map(len, inner)) >= 100 else [one.text for one in texts])
    eastern = 0 if words.isascii() else len(_JAPANESE.findall(words))
    if primary != "en" and eastern * 20 < len(words):
        latin = [one.lower() for one in _WORD.findall(words)]
        function = sum(one in _FUNCTION for one in latin)
        if len(latin) >= 8 and function * 6 >= len(latin) and len(_ENGLISH.intersection(latin)) >= 2:
            report("html-lang-matches", html, said, "en")
            return said
    elif primary not in _EASTERN and eastern >= 20 and eastern * 2 > len(words.replace(" ", "")):
        report("html-lang-matches", html, said, "ja")
        return said
    return None


def _attributes(document: Document, wrong: str | None, report: Report) -> None:
    languages = document.languages
    for index, element in enumerate(document.elements):
        if not element.attributes or index in document.hidden:
            continue
        for key in _TOLD:
            value = element.attributes.get(key)
            if not value:
                continue
            primary = languages[index].partition("-")[0]
            if "\u200b" in value:
                report("wbr-in-name", element, value.replace("\u200b", "")[:40])
            if wrong is not None and languages[index] == wrong:
                continue
            if primary == "ja":
                found = english(value)
            elif len(primary) == 2 and primary not in _EASTERN and not value.isascii():
                found = japanese(value)
            else:
                continue
            if found:
                report("attr-lang", element, found[:60], key)


def _signs(text: Text, language: str, report: Report) -> None:
    words = text.text
    wide = _WIDE.search(words)
    if wide:
        report("fullwidth-alnum", at(text, wide.start()), wide[0])
    half = _HALF.search(words)
    if half:
        report("halfwidth-kana", at(text, half.start()), half[0])
    compatible = _COMPATIBLE.search(words)
    if compatible:
        plain = unicodedata.normalize("NFKC", compatible[0])
        report("compatibility-character", at(text, compatible.start()), compatible[0], plain)
    if "\u200b" in words and language[:2] not in _WITHOUT_SPACES:
        place = words.index("\u200b")
        around = words[max(place - 20, 0) : place + 20].replace("\u200b", "").strip()
        report("wbr-in-name", at(text, place), around)


_GAP = "[ \u3000\u00a0\u2000-\u200a]+"
_ANY_GAP = re.compile(_GAP)
_SPACED = re.compile(
    f"(?:^|(?<=\\n))[ \\t\u3000]*([■●◆・【]?)([{_KANA}{_HAN}](?:{_GAP}[{_KANA}{_HAN}]){{1,7}})"
    f"(?=[ \u3000\u00a0\u2000-\u200a]*(?:[:：】]|$|\\n)|{_GAP}[^\\s])"
)
_SPELLED = re.compile(
    r"(?<![A-Za-z] )(?<![A-Za-z])(?:[A-Z][ \u3000\u00a0]){3,}[A-Z](?![A-Za-z]|[ \u3000\u00a0][A-Za-z])"
)
_WIDELY_SPACED = _set(
    "日時 場所 料金 申込 対象 定員 氏名 住所 電話 年齢 性別 備考 内容 期間 時間 会場 主催 共催 後援 協賛 協力 持物 "
    "費用 講師 締切 方法 目次 件名 宛先 宛名 金額 数量 単価 品名 合計 小計 資料 題名 番号 部署 職業 学校 学年 担当 "
    "注意 概要 目的 趣旨 沿革 理事 監事 議題 日程 曜日 出席 欠席 署名 印鑑 年度 名前 名称 問合 連絡 交通 休館 "
    "開館 開催 期日 定休 休日 住居 所在 構成 作者 著者 題目 科目 単位 条件 資格 給与 給料 賃金 勤務 時給 参加 形式 "
    "様式 書式 用紙 案内 表紙 東京 京都 大阪 種類 種別 区分 規格 産地 価格 価額 税込 税抜 送料 以上 拝啓 敬具 記事 "
    "会費 会員 会長 社長 代表 館長 園長 校長 町長 市長 村長 知事 所属 役職 学歴 職歴 経歴 略歴 賞罰 趣味 特技 本籍 "
    "国籍 生年 地図 写真 図面 出典 参考 結果 結論 要旨 要約 序文 序章 終章 付録 索引 解説 前書 後書 挨拶 沿線 面積 "
    "人口 世帯 標高 気温 天気 天候 予報 集合 解散 雨天 中止 延期 受付 窓口 用件 用途 要件 作成 発行 編集 印刷 監修"
)
_SURNAMES = frozenset(
    "林森原東西南北関岡辻星堀谷浜島畑泉杉沢柳菅菊桂梶榎楠槙橘武土門金李王張陳黄呉朴崔鄭趙劉周徐孫馬朱胡郭何高梁宋唐韓"
    "馮董程曹袁鄧許傅沈曾彭呂蘇盧蔣蔡賈丁魏薛葉閻余潘杜戴夏鍾汪田任姜范方石姚譚廖鄒熊陸郝孔白崔康毛邱秦江史顧侯邵孟龍万段雷錢"
    "湯尹黎易常安申柴角畠鈴椿榊岸泊乾港湊境堺峰嶺峯峠旭桜櫻向城塙瀬沖奥奧表平牧芹蔦萩荻藤茂莊庄轟轡窪湊滝瀧瀬渡脇俵伴伊今井"
    "大小中上下川山水木竹花草月露霞霜雪嵐露泉巽栗桑梅松柏椎樋樫樺檜氏鏡剣鎌鎗槍弓矢盾宮神仙寺堂塔丘坂阪垣塚墨壇壁"
)
_SERIES = tuple(
    map(
        frozenset,
        (
            "年月日時分秒頃", "月火水木金土日祝", "一二三四五六七八九十百千万", "東西南北中央", "春夏秋冬",
            "朝昼夕夜晩", "上中下", "大中小", "男女", "前後", "左右", "有無", "可否", "要否", "良否", "甲乙丙丁戊己庚辛壬癸",
            "松竹梅", "天地人", "赤青黄緑白黒紫茶橙桃灰", "父母兄弟姉妹祖子夫妻", "子丑寅卯辰巳午未申酉戌亥", "優良可不",
            "はい", "正副誤", "昼夜", "国数英理社", "内外", "表裏", "明大昭平令", "市区町村都道府県郡", "起承転結", "高低",
            "賛否", "○×", "雨雪晴曇", "米麦豆", "円銭", "第条項号", "犬猫鳥馬牛羊豚", "個本枚冊台", "印",
        ),
    )
)  # fmt: skip
_TITLING = frozenset(
    ("th", "label", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption", "summary")
)
_ONLY_KANA = re.compile(f"[{_KANA}]+")
_KANA_WORDS = frozenset(
    ("もくじ", "おしらせ", "おわりに", "はじめに", "まえがき", "あとがき", "なまえ", "ごあいさつ")
)


def is_stretched(word: str, titling: bool) -> bool:
    """Whether single characters with spaces between them are one word.

    >>> is_stretched("日時", False), is_stretched("林修", True), is_stretched("年月日", True)
    (True, False, False)
    """
    if word in _WIDELY_SPACED or word in _KANA_WORDS:
        return True
    if any(one.issuperset(word) for one in _SERIES) or len(set(word)) < len(word):
        return False
    if _ONLY_KANA.fullmatch(word) or not titling:
        return False
    if _ONLY_KANA.search(word):
        return len(word) >= 3
    # Many families and given names are written with one character.
    return len(word) <= 4 and word[0] not in _SURNAMES


def _spaced(document: Document, text: Text, report: Report) -> None:
    words = text.text
    if not _ANY_GAP.search(words):
        return
    if words.isascii() or "A" <= words.lstrip()[:1] <= "Z":
        found = _SPELLED.search(words)
        if found:
            letters = re.sub(_GAP, "", found[0])
            steps = {ord(b) - ord(a) for a, b in pairwise(letters)}
            spoken = set(letters) & set("AEIOUY") and not set(letters) <= set("AEIOUY")
            if steps != {1} and 0 not in steps and spoken and len(set(letters)) > 2:
                report("letter-spacing-latin", at(text, found.start()), found[0])
        if words.isascii():
            return
    name = document.elements[text.parent].name
    for found in _SPACED.finditer(words):
        word = re.sub(_GAP, "", found[2])
        rest = words[found.end() :].lstrip(" \u3000\u00a0")
        alone = not rest or rest[0] in "\n:：】"
        if not alone and not (len(word) == 2 and word in _WIDELY_SPACED and "\n" not in rest[:1]):
            continue
        around = name
        if name in ("b", "strong", "span", "a", "em"):
            parent = document.elements[text.parent].parent
            around = document.elements[parent].name if parent >= 0 else ""
        if is_stretched(word, around in _TITLING or rest[:1] in (":", "：", "】") or bool(found[1])):
            report("letter-spacing-by-spaces", at(text, found.start(2)), found[2])
            return


_BULLET = re.compile(
    r"\s*(?:([・■●◆◇○◎□▶•‣])\s*(?=[^\s・])|([–\-*＊－])\s+(?=\S)|[(（]?([0-9０-９]{1,2})(?:[.．)）](?![0-9０-９])|、)\s*(?=\S)|([①-⑳])\s*(?=\S))"
)


def bullet(line: str) -> tuple[str, int] | None:
    """The sign that a line begins with, and its number where it is one.

    >>> bullet("・一つ"), bullet("2. two"), bullet("1.5 m"), bullet("①一"), bullet("-5")
    (('・', 0), ('1.', 2), None, ('①', 1), None)
    """
    found = _BULLET.match(line)
    if found is None:
        return None
    if found[3]:
        return "1.", int(found[3])
    if found[4]:
        return "①", ord(found[4]) - ord("①") + 1
    return found[1] or found[2], 0


def _follows(one: tuple[str, int] | None, next_: tuple[str, int] | None) -> bool:
    """Whether two lines are items of one list."""
    return one is not None and next_ is not None and one[0] == next_[0] and next_[1] == one[1] + bool(one[1])


def _beginning(document: Document, index: int) -> str:
    """The first words of an element; pages may be nested as deep as anybody likes."""
    some = islice(document.descendants(index), 20)
    return "".join(one.text for one in some if isinstance(one, Text))[:200]


def _lines(document: Document, parent: int) -> list[str]:
    """The text of an element, cut at its ``<br>``."""
    lines: list[list[str]] = [[]]
    for child in document.children.get(parent, ()):
        if isinstance(child, Text):
            lines[-1].append(child.text)
        elif document.elements[child].name == "br":
            lines.append([])
        elif document.elements[child].name in _INLINE:
            lines[-1].append(_beginning(document, child))
        else:
            lines.append([])
    return ["".join(one) for one in lines]


def _broken(document: Document) -> Iterator[int]:
    """Elements whose lines are broken by ``<br>``."""
    seen: set[int] = set()
    for index in document.by_name.get("br", ()):
        parent = document.elements[index].parent
        if parent >= 0 and parent not in seen and parent not in document.hidden:
            seen.add(parent)
            yield parent


def _lists(document: Document, verbatim: set[int], report: Report) -> None:
    told: set[int] = set()
    for parent in _broken(document):
        if parent in verbatim:
            continue
        signs = [bullet(one) for one in _lines(document, parent) if not one.isspace() and one]
        for one, after in pairwise(signs):
            if _follows(one, after) and one is not None:
                told.add(parent)
                report("list-fake", document.elements[parent], one[0])
                break
    last: tuple[int, int, tuple[str, int] | None] = (-2, -2, None)
    running = False
    for index in document.by_name.get("p", ()):
        if index in document.hidden:
            continue
        parent = document.elements[index].parent
        children = document.children.get(index, ())
        first = children[0] if children else None
        if isinstance(first, int) and document.elements[first].name in _INLINE:
            inner = document.children.get(first, ())
            first = inner[0] if inner else None
        sign = bullet(first.text + "…") if isinstance(first, Text) else None
        beside = last[1] == parent and _next(document, last[0]) == index
        if beside and _follows(last[2], sign) and sign is not None:
            if not running and last[0] not in told and index not in told:
                report("list-fake", document.elements[last[0]], sign[0])
            running = True
        else:
            running = False
        last = (index, parent, sign)


def _next(document: Document, index: int) -> int | None:
    """The element right after another, with nothing but space between them."""
    children = document.children.get(document.elements[index].parent, [])
    place = _place(children, index)
    for one in children[place + 1 : place + 6]:
        if isinstance(one, int):
            return one
        if not one.text.isspace():
            return None
    return None


def _place(children: list[int | Text], index: int) -> int:
    """Where an element stands among its siblings."""
    low, high = 0, len(children)
    # Elements stand in order; the texts among them say how many elements came before.
    while low < high:
        middle = (low + high) // 2
        one = children[middle]
        if (one if isinstance(one, int) else one.before - 0.5) < index:
            low = middle + 1
        else:
            high = middle
    return low


_CODE = re.compile(r"[{};=<>$#\\|│─┌]|^\s*(?:def|class|import|from) |\+--", re.MULTILINE)
_RUNS = re.compile(r"(?<=[^\s])(?:[ \u3000\u00a0]{2,}|\t+)(?=[^\s])")
_BLANKS = re.compile(r"(?<=[^\s])[ \u3000\u00a0]{2,}(?=[^\s])")
_FORM = re.compile("[年月日時分秒印様:：_＿]*")


def _width(text: str) -> int:
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(one) in "WFA" else 1 for one in text)


def _columns(document: Document, report: Report) -> None:
    for index in document.by_name.get("pre", ()):
        element = document.elements[index]
        if index in document.hidden or "role" in element.attributes or "class" in element.attributes:
            continue
        if any(isinstance(one, int) for one in document.children.get(index, ())):
            continue
        text = document.text(index)
        if len(text) > 20_000 or _CODE.search(text):
            continue
        before: set[int] = set()
        for line in text.splitlines():
            here = {_width(line[: one.end()].expandtabs(8)) for one in _RUNS.finditer(line.rstrip())}
            if here & before:
                report("table-by-spaces", element)
                break
            before = here
    for parent in _broken(document):
        counted = 0
        for line in _lines(document, parent):
            plain = line.strip()
            runs = [one for one in _BLANKS.finditer(plain) if len(one[0].replace(" ", "")) >= 2]
            # A word that is stretched has a rule of its own; forms leave room for a date.
            runs = [one for one in runs if not _between_letters(plain, one.start(), one.end())]
            if runs and not _FORM.fullmatch("".join(plain.split())):
                counted += 1
        if counted >= 2:
            report("table-by-spaces", document.elements[parent])


def _between_letters(line: str, start: int, end: int) -> bool:
    left = start == 1 or (start > 1 and line[start - 2].isspace())
    right = end + 1 >= len(line) or line[end + 1].isspace() or line[end + 1] in ":："
    return left and right


_BOLD = re.compile(r"font-weight:(?:bold|bolder|[6-9]00)")
_BIG = re.compile(
    r"font-size:(?:(?:x{0,3}-)?larger?\b|(?:1[89]|[2-9][0-9])(?:\.[0-9]+)?px|(?:1\.[1-9]|[2-9])[0-9.]*r?em|"
    r"(?:1[1-9]|[2-9][0-9])[0-9]%|(?:1[4-9]|[2-9][0-9])pt)"
)
_ENDED = re.compile(r"(?:[。．.!?！？:：、,…]|です|ます|ください|ました|ません)[」』）)]?$")
_LETTERS = re.compile(f"[A-Za-z{_KANA}{_HAN}]")


def _headings(document: Document, report: Report) -> None:
    elements = document.elements
    titles: dict[int, str] = {}
    for name in ("b", "strong"):
        for index in document.by_name.get(name, ()):
            parent = elements[index].parent
            if parent >= 0 and elements[parent].name == "p" and _only(document, parent, index):
                titles[parent] = _title(document, index)
    for name in ("p", "div"):
        for index in document.by_name.get(name, ()):
            style = elements[index].attributes.get("style")
            if style and index not in titles:
                style = "".join(style.lower().split())
                if _BOLD.search(style) and _BIG.search(style):
                    titles[index] = _title(document, index)
    for index, title in sorted(titles.items()):
        outer = document.within(
            index, "td", "th", "li", "dd", "dt", "figure", "figcaption", "blockquote", "button", "a"
        )
        if not title or index in document.hidden or outer is not None or "role" in elements[index].attributes:
            continue
        after = _next(document, index)
        if after is None or after in titles:
            continue
        if elements[after].name in ("p", "ul", "ol", "dl", "table"):
            report("heading-fake", elements[index], title)


def _only(document: Document, parent: int, index: int) -> bool:
    """Whether an element is all that stands in another."""
    children = document.children.get(parent, [])
    return len(children) < 6 and all(
        one == index if isinstance(one, int) else one.text.isspace() for one in children
    )


def _title(document: Document, index: int) -> str:
    """Text that may be a heading: short, no sentence, without links and blocks; empty where it is none."""
    for one in document.descendants(index):
        if isinstance(one, int) and document.elements[one].name not in (
            "b",
            "strong",
            "span",
            "em",
            "i",
            "font",
            "wbr",
        ):
            return ""
    title = " ".join(document.text(index).split())
    if len(title) > 40 or "。" in title or len(_LETTERS.findall(title)) < 2 or _ENDED.search(title):
        return ""
    return title
