"""Rules on languages and on Japanese text: what is said about a language, and how words are written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import pairwise

from hayami.audit.document import Document
from hayami.audit.page import Element, Text
from hayami.audit.pages import Report, at
from hayami.audit.pages.elements import names
from hayami.audit.pages.inside import Inside
from hayami.audit.pages.tongues import (
    EAST_ASIAN,
    HAN,
    KANA,
    LATIN,
    LETTERS,
    english,
    foreign,
    is_tag,
    mistaken,
)
from hayami.audit.rule import Rule, rule

_PAGE = "WCAG 3.1.1 / JIS X 8341-3:2016 7.3.1.1"
_PART = "WCAG 3.1.2 / JIS X 8341-3:2016 7.3.1.2"
_STRUCTURE = "WCAG 1.3.1 / JIS X 8341-3:2016 7.1.3.1"
_ORDER = "WCAG 1.3.2 / JIS X 8341-3:2016 7.1.3.2"
_READING = "WCAG 3.1.6 / JIS X 8341-3:2016 7.3.1.6"
_PARSING = "WCAG 4.1.1 / JIS X 8341-3:2016 7.4.1.1"

RULES: tuple[Rule, ...] = (
    # --- which language ----------------------------------------------------------------------
    rule(
        "html-lang",
        ("ページの言語（html の lang）がありません。", "html does not say the language of the page."),
        ('<html lang="ja"> のように書いてください。', 'Write it like <html lang="ja">.'),
        criterion=_PAGE,
    ),
    rule(
        "html-lang-valid",
        (
            "html の lang「{target}」は言語の符号ではありません。",
            'lang="{target}" of html is no language code.',
        ),
        ("ja、en、zh-Hans のように書いてください。", "Write ja, en or zh-Hans."),
        criterion=_PAGE,
    ),
    rule(
        "html-lang-conflict",
        (
            "html の lang「{target}」と xml:lang「{detail}」がちがいます。",
            'lang="{target}" and xml:lang="{detail}" of html differ.',
        ),
        ("xml:lang を消してください。", "Remove xml:lang."),
        "html-lang-valid",
        criterion=_PAGE,
    ),
    rule(
        "html-lang-matches",
        (
            "html の lang は「{target}」ですが、文章は「{detail}」のようです。",
            'html says lang="{target}", but the text seems to be "{detail}".',
        ),
        ("lang を文章の言語に合わせてください。", "Set lang to the language of the text."),
        severity="warning",
        criterion=_PAGE,
    ),
    rule(
        "element-lang-valid",
        ("lang「{target}」は言語の符号ではありません。", 'lang="{target}" is no language code.'),
        ("ja、en、zh-Hans のように書いてください。", "Write ja, en or zh-Hans."),
        criterion=_PART,
    ),
    rule(
        "element-lang-missing",
        (
            "「{target}」は、まわりの言語（{detail}）とちがうのに lang がありません。",
            '"{target}" is not in the language around it ({detail}) and has no lang.',
        ),
        ('<span lang="…"> で囲んでください。', 'Put it into <span lang="…">.'),
        criterion=_PART,
    ),
    rule(
        "attr-lang",
        (
            "{detail} 属性の「{target}」が、要素の言語とちがいます。",
            'The attribute {detail} ("{target}") is not in the language of its element.',
        ),
        ("ページの言語で書くか、要素に lang を付けてください。", "Translate it, or give the element a lang."),
        severity="warning",
        criterion=_PART,
    ),
    # --- how words are written ---------------------------------------------------------------
    rule(
        "letter-spacing-by-spaces",
        ("「{target}」は、1つの語の中に空白があります。", 'There are spaces within the word "{target}".'),
        (
            "空白を消し、間隔は CSS の letter-spacing で空けてください。",
            "Remove them, and use letter-spacing in CSS.",
        ),
        criterion=_ORDER,
    ),
    rule(
        "letter-spacing-doubtful",
        (
            "「{target}」は、1つの語の中に空白があるようです。",
            'There seem to be spaces within the word "{target}".',
        ),
        (
            "1つの語なら空白を消し、CSS の letter-spacing を使ってください。",
            "If it is one word, remove them, and use letter-spacing in CSS.",
        ),
        "letter-spacing-by-spaces",
        "warning",
        _ORDER,
    ),
    rule(
        "fullwidth-alnum",
        ("英数字「{target}」が全角です。", '"{target}" is written in full-width letters or digits.'),
        ("半角で書いてください。", "Use ordinary letters and digits."),
        severity="warning",
        criterion=_STRUCTURE,
    ),
    rule(
        "halfwidth-kana",
        ("半角カタカナ「{target}」があります。", 'There are half-width kana: "{target}".'),
        ("全角のカタカナで書いてください。", "Use full-width kana."),
        severity="warning",
        criterion=_STRUCTURE,
    ),
    rule(
        "compatibility-character",
        (
            "「{target}」は、環境により読めない文字です。",
            '"{target}" is a character that not every program can read.',
        ),
        (
            "「（株）」「1」のように、ふつうの文字で書いてください。",
            "Write it in ordinary characters, such as (1).",
        ),
        "halfwidth-kana",
        "warning",
        _STRUCTURE,
    ),
    rule(
        "wbr-in-name",
        ("見えない文字 U+200B が言葉の中にあります。", "There is an invisible character U+200B in the text."),
        (
            "<wbr> にしてください。検索や読み上げの妨げになります。",
            "Use <wbr>; it hinders search and speech.",
        ),
        severity="warning",
        criterion=_ORDER,
    ),
    rule(
        "ruby-empty",
        ("ruby に読みか、もとの文字がありません。", "A ruby lacks its reading or what is read."),
        ("rt に読みを書いてください。", "Write the reading in rt."),
        severity="warning",
        criterion=_READING,
    ),
    rule(
        "ruby-rp",
        ("ruby に rp がありません（{detail}個）。", "A ruby has no rp ({detail} of them)."),
        (
            "<rp>（</rp><rt>…</rt><rp>）</rp> と書いてください。",
            "Write <rp>(</rp><rt>…</rt><rp>)</rp>.",
        ),
        severity="warning",
        criterion=_READING,
    ),
    # --- what should not have got there ------------------------------------------------------
    rule(
        "template-leak",
        (
            "プログラムの書きかけ「{target}」が残っています。",
            'A program left "{target}" where a value should be.',
        ),
        ("ページを作るプログラムを直してください。", "Correct the program that makes the page."),
        criterion=_PARSING,
    ),
    rule(
        "template-dummy",
        ("仮の文「{target}」が残っています。", 'The text "{target}" looks like a stopgap.'),
        ("本当の文にするか、消してください。", "Write the real text, or remove it."),
        "template-leak",
        "warning",
        _PARSING,
    ),
    rule(
        "template-escaped",
        ("「{target}」がそのまま表示されます。", '"{target}" is shown as it is.'),
        ("二重に変換していないか確かめてください。", "Check whether it is escaped twice."),
        "template-leak",
        "warning",
        _PARSING,
    ),
)

_SILENT = names("script style noscript template iframe noembed noframes xmp object")
_VERBATIM = frozenset(("code", "kbd", "samp", "var", "pre", "textarea"))
_QUOTED = _VERBATIM | {"q", "blockquote"}
_TITLED = _VERBATIM | {"cite"}
_SAID = frozenset(
    (
        "alt",
        "title",
        "aria-label",
        "placeholder",
        "aria-description",
        "aria-roledescription",
        "aria-valuetext",
        "label",
    )
)
_PUSHED = frozenset(("submit", "reset", "button"))
_LOOKED_AT = _SAID | {"lang", "href", "src", "content", "value"}


def check(document: Document, report: Report) -> None:
    """All rules on one page."""
    _Language(document, report).check()


class _Language:
    def __init__(self, document: Document, report: Report) -> None:
        self.document = document
        self.report = report
        self.elements = document.elements
        self.inside = Inside(document)
        self.is_mistaken = False
        """Whether html tells the wrong language."""

    def check(self) -> None:
        """Languages first: where that of the page is wrong, little else is worth telling."""
        shown, titles = self._shown()
        html = self.document.by_name.get("html")
        if html and self.document.whole:
            self._html(self.elements[html[0]], shown)
        for language, texts in shown.items():
            signs = _NO_SIGNS.union(*[_signs(one.text) for one in texts])
            self._foreign(texts, signs, language)
            self._written(texts, signs, language)
        for text in titles:
            self._written([text], _signs(text.text), self.document.languages[text.parent])
        self._attributes()
        self._rubies()

    def _shown(self) -> tuple[dict[str, list[Text]], list[Text]]:
        """What is shown, by the languages it is said to be in, and the title."""
        hidden, languages = self.document.hidden, self.document.languages
        shown: dict[str, list[Text]] = {}
        titles: list[Text] = []
        for text in self.document.worded:
            parent = text.parent
            if parent < 0:
                shown.setdefault("", []).append(text)
            elif parent in hidden:
                element = self.elements[parent]
                if element.name == "title" and not element.inert:
                    titles.append(text)
            elif self.elements[parent].name not in _SILENT:
                shown.setdefault(languages[parent], []).append(text)
        return shown, titles

    # --- which language ----------------------------------------------------------------------

    def _html(self, element: Element, shown: Mapping[str, list[Text]]) -> None:
        value = element.get("lang")
        if not value.strip():
            self.report("html-lang", element)
            return
        if not is_tag(value):
            self.report("html-lang-valid", element, value)
            return
        other = element.get("xml:lang").strip()
        if other and other.lower().partition("-")[0] != value.lower().partition("-")[0]:
            self.report("html-lang-conflict", element, value, other)
        language = value.lower()
        if "-latn" in language:
            return
        said = mistaken(self._sample(shown.get(language, [])), language.partition("-")[0])
        if said is not None:
            self.is_mistaken = True
            self.report("html-lang-matches", element, value, said)

    def _sample(self, texts: list[Text]) -> str:
        """Some of the text that has the language of the page."""
        pieces, length = [], 0
        for text in texts:
            if self.elements[text.parent].name not in _VERBATIM:
                pieces.append(text.text)
                length += len(text.text)
                if length > _SAMPLE:
                    break
        return " ".join(pieces)

    def _foreign(self, texts: list[Text], signs: frozenset[str], language: str) -> None:
        """Words of another language than the one around them."""
        primary = language.partition("-")[0]
        if "-latn" in language:
            return
        is_english = primary in EAST_ASIAN and "latin" in signs
        for text in texts:
            found = None if text.text.isascii() else foreign(text.text, primary)
            if found is not None and self._is_strange(text, found, language):
                return
        if is_english:
            for pieces in self._sentences(texts):
                found = english("".join(one.text for one in pieces))
                if found is not None and self._is_strange(*_within(pieces, found), language):
                    return

    def _is_strange(self, text: Text, found: tuple[int, str], language: str) -> bool:
        """Tell of words in another language, unless they are names. Whether it is enough."""
        if text.parent in self.inside.of(_TITLED) or text.parent in self._kept:
            return False
        self.report("element-lang-missing", at(text, found[0]), found[1][:60], language)
        # Where the whole page is said to be in another language, once is enough.
        return self.is_mistaken

    def _sentences(self, texts: list[Text]) -> Iterator[list[Text]]:
        """Texts that stand in one line: what is only marked within a sentence is part of it."""
        blocks: dict[int, list[Text]] = {}
        for text in texts:
            if "latin" in _signs(text.text):
                one = text.parent
                while (
                    one >= 0
                    and self.elements[one].name in _INLINE
                    and "lang" not in self.elements[one].attributes
                ):
                    one = self.elements[one].parent
                blocks.setdefault(one, []).append(text)
        yield from blocks.values()

    @cached_property
    def _kept(self) -> set[int]:
        """Names that are not to be translated."""
        found: set[int] = set()
        for index, element in enumerate(self.elements):
            told = element.attributes.get("translate")
            if told is None:
                is_kept = element.parent in found and "lang" not in element.attributes
            else:
                is_kept = told.lower() == "no"
            if is_kept:
                found.add(index)
        return found

    def _attributes(self) -> None:
        said: list[tuple[int, str]] = []
        """Elements with the names of attributes that readers meet."""
        addresses: list[tuple[int, str]] = []
        for name in _LOOKED_AT & self.document.by_attribute.keys():
            for index in self.document.by_attribute[name]:
                element = self.elements[index]
                if name == "lang":
                    self._lang(index, element)
                elif name in ("href", "src"):
                    addresses.append((index, name))
                elif name == "content":
                    if element.name == "meta":
                        said.append((index, name))
                elif name != "value" or (element.name == "input" and element.get("type").lower() in _PUSHED):
                    said.append((index, name))
        for index, name in said:
            self._attribute(index, name)
        signs = [_signs(self.elements[index].attributes[name]) for index, name in addresses]
        if "leak" in _NO_SIGNS.union(*signs):
            for index, name in addresses:
                value = self.elements[index].attributes[name]
                found = _CODE.search(value)
                if found is None and "://" not in value:
                    found = _NO_ADDRESS.search(value)
                if found is not None:
                    self.report("template-leak", self.elements[index], found[0][:60])

    def _lang(self, index: int, element: Element) -> None:
        value = element.get("lang")
        if element.name != "html" and value and not is_tag(value) and self._speaks(index):
            self.report("element-lang-valid", element, value)

    def _attribute(self, index: int, name: str) -> None:
        element = self.elements[index]
        language = self.document.languages[index]
        value = element.attributes[name]
        signs = _signs(value)
        if "break" in signs and language.partition("-")[0] not in _WITHOUT_SPACES:
            self.report("wbr-in-name", element)
        if "leak" in signs:
            found = _leak(value, language)
            if found is not None:
                self.report("template-leak", element, found[1][:60])
        if name == "alt" and _NO_ALTERNATIVE.match(value):
            self.report("template-dummy", element, value[:60])
        if name == "content" or element.name == "track" or "-latn" in language:
            return
        if self.is_mistaken and "lang" not in element.attributes:
            return
        if _is_other(value, language) and index not in self.document.unspoken:
            self.report("attr-lang", element, value[:60], name)

    def _speaks(self, index: int) -> bool:
        """Whether anything that is shown has the language of an element."""
        hidden = self.document.hidden
        waiting = [index]
        while waiting:
            one = waiting.pop()
            if one in hidden:
                continue
            element = self.elements[one]
            if element.name == "img" and element.get("alt").strip():
                return True
            for node in self.document.children.get(one, ()):
                if isinstance(node, Text):
                    if node.text.strip():
                        return True
                elif "lang" not in self.elements[node].attributes:
                    waiting.append(node)
        return False

    # --- how words are written ---------------------------------------------------------------

    def _written(self, texts: list[Text], signs: frozenset[str], language: str) -> None:
        """How words are written. ``signs`` of all the texts tell what there is to be looked for."""
        if "leak" in signs:
            for text in texts:
                self._leak(text, language)
        if "capitals" in signs:
            for text in texts:
                self._spelled(text)
        if "break" in signs and language.partition("-")[0] not in _WITHOUT_SPACES:
            for text in texts:
                if "\u200b" in text.text:
                    self.report("wbr-in-name", at(text, text.text.index("\u200b")))
        if "odd" in signs:
            for text in texts:
                self._odd(text, language)
        if "apart" in signs:
            for text in texts:
                self._apart(text)

    def _odd(self, text: Text, language: str) -> None:
        if "odd" not in _signs(text.text) or text.parent in self.inside.of(_QUOTED):
            return
        for name, pattern in (
            ("fullwidth-alnum", _FULL_WIDTH),
            ("halfwidth-kana", _HALF_WIDTH),
            ("compatibility-character", _COMPATIBILITY),
        ):
            found = pattern.search(text.text)
            if name == "compatibility-character" and language.partition("-")[0] != "ja":
                continue
            # A number in a circle may name an item that has it, elsewhere on the page.
            if found is not None and found[0] not in self._numbers:
                self.report(name, at(text, found.start()), found[0])

    @cached_property
    def _numbers(self) -> frozenset[str]:
        """The numbers in circles that stand in front of items."""
        return frozenset(found for one in self.document.worded for found in _NUMBERS.findall(one.text))

    def _apart(self, text: Text) -> None:
        """Letters of one word that spaces keep apart."""
        is_label = text.parent >= 0 and self.elements[text.parent].name in ("dt", "th", "label")
        for found in _APART.finditer(text.text):
            letters = _SPACES.sub("", found[0])
            is_whole = is_label and found[0] == text.text.strip()
            severity = _parted(letters, is_whole)
            if severity is not None and text.parent not in self.inside.of(_QUOTED):
                rule_ = "letter-spacing-by-spaces" if severity == "error" else "letter-spacing-doubtful"
                self.report(rule_, at(text, found.start()), found[0])

    def _spelled(self, text: Text) -> None:
        """Latin words that are spelled out: ``T O K Y O``. Initials and lists of letters are none."""
        for found in _LETTERS_APART.finditer(text.text):
            letters = _SPACES.sub("", found[0]).translate(_TO_ASCII)
            is_known = letters.upper() in _LATIN_WORDS
            steps = {ord(other) - ord(one) for one, other in pairwise(letters)}
            # Names of three letters are often read letter by letter.
            if found[0].isascii() and len(letters) < 4 and not is_known:
                continue
            if not is_known and (steps == {1} or steps == {0} or any(one >= set(letters) for one in _LISTED)):
                continue
            if text.parent not in self.inside.of(_QUOTED):
                name = "letter-spacing-by-spaces" if is_known else "letter-spacing-doubtful"
                self.report(name, at(text, found.start()), found[0])
                return

    def _rubies(self) -> None:
        without: list[int] = []
        end = -1
        for index in self.document.by_name.get("ruby", ()):
            # What stands in another ruby belongs to it.
            if index <= end or index in self.document.hidden:
                continue
            end, held = self._ruby(index)
            if not {"base", "reading"} <= held:
                self.report("ruby-empty", self.elements[index])
            elif "bare" in held:
                without.append(index)
        if without:
            self.report("ruby-rp", self.elements[without[0]], detail=str(len(without)))

    def _ruby(self, index: int) -> tuple[int, set[str]]:
        """The last element in a ruby, and what it has: ``base``, ``reading``, and ``bare`` ones without brackets."""
        held: set[str] = set()
        parts = {index: ""}
        end = index
        # What came last: an opening or closing bracket, a reading or what is read.
        last = ""
        for one in self.document.descendants(index):
            if isinstance(one, Text):
                if one.text.isspace():
                    continue
                part = parts[one.parent]
                if part == "rp":
                    last = "rp"
                    continue
                held.add("reading" if part else "base")
                if not part and last == "rt":
                    held.add("bare")
                last = part or "base"
                continue
            end = one
            element = self.elements[one]
            parts[one] = element.name if element.name in ("rt", "rp", "rtc") else parts[element.parent]
            if element.name == "rt":
                if last not in ("rp", "rt"):
                    held.add("bare")
                last = "rt"
            elif element.name in ("img", "svg") or (element.name == "ruby" and one != index):
                held.add("base")
                last = "base"
        if last == "rt":
            held.add("bare")
        return end, held

    # --- what should not have got there ------------------------------------------------------

    def _leak(self, text: Text, language: str) -> None:
        if "leak" not in _signs(text.text) or self._is_program(text.parent):
            return
        found = _leak(text.text, language)
        if found is not None:
            self.report("template-leak", at(text, found[0]), found[1][:60])
            return
        match = _DUMMY.search(text.text)
        if match is not None:
            self.report("template-dummy", at(text, match.start()), match[0].strip()[:60])
        match = _ESCAPED.search(text.text)
        if match is not None:
            self.report("template-escaped", at(text, match.start()), match[0])

    def _is_program(self, index: int) -> bool:
        """Whether an element shows code, or a script fills in its values when the page is opened."""
        return index in self.inside.of(_VERBATIM) or index in self._filled

    @cached_property
    def _filled(self) -> set[int]:
        found: set[int] = set()
        for index, element in enumerate(self.elements):
            if element.parent in found or any(name.startswith(_FILLED) for name in element.attributes):
                found.add(index)
        return found


_TWO_LATIN = re.compile(r"[A-Za-z]{2}")
_INLINE = names("a abbr b bdi bdo cite data dfn em font i ins mark q s small span strong sub sup time u")


def _within(pieces: list[Text], found: tuple[int, str]) -> tuple[Text, tuple[int, str]]:
    """The piece in which something that was found in all of them starts, and where it does."""
    start = found[0]
    for one in pieces:
        if start < len(one.text):
            return one, (start, found[1])
        start -= len(one.text)
    return pieces[-1], (0, found[1])


_SAMPLE = 2000
_WITHOUT_SPACES = frozenset(("th", "km", "lo", "my"))
"""Languages that break lines at U+200B."""
_FILLED = ("v-", "ng-", "x-data", ":", "@", "data-ng-")

_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ]+")
_HALF_WIDTH = re.compile("[ｦ-ｯｱ-ﾝ][ｦ-ﾟ]*")
# Numbers in circles may number items and be spoken of (と②), but not make part of a word (会議室②). Units (㎡)
# and Roman numerals are left alone.
_COMPATIBILITY = re.compile(
    "[\u3200-\u3243\u3280-\u32b0\u32c0-\u337f\u33e0-\u33fe\u2474-\u24b5№℡]|"
    rf"(?<=[{HAN}\u30a1-\u30fcA-Za-z0-9])[①-⑳](?![①-⑳])"
)
_NUMBERS = re.compile(rf"(?<![{HAN}{KANA}\u30fcA-Za-z0-9])[①-⑳]")
_ODD = re.compile("[０-９Ａ-Ｚａ-ｚｦ-ﾟ\u3200-\u337f\u33e0-\u33fe①-⒵№℡]")

_GAP = " \u00a0\u2000-\u200a\u3000"
_SPACES = re.compile(f"[{_GAP}]+")
_APART = re.compile(
    f"(?<![{LETTERS}])(?<![{LETTERS}][{_GAP}])[{LETTERS}](?:[{_GAP}]{{1,4}}[{LETTERS}](?![{LETTERS}]))+"
)
_MAY_BE_APART = re.compile(f"[{_GAP}][{LETTERS}](?![{LETTERS}])")
_CAPITALS_APART = re.compile(
    f"[{_GAP}][A-ZＡ-Ｚ][{_GAP}][A-ZＡ-Ｚ](?![A-Za-z0-9])|[{_GAP[1:]}][A-Za-z][{_GAP[1:]}][A-Za-z](?![A-Za-z0-9])"
)
_LETTERS_APART = re.compile(
    # What is parted by other spaces than that of the keyboard is meant to look that way.
    f"(?<![A-Za-z0-9])[A-Za-z](?:[{_GAP[1:]}][A-Za-z]){{3,}}(?![A-Za-z0-9'’.])|"
    f"(?<![A-Za-z0-9Ａ-Ｚ])(?<![A-Za-z0-9.,&][ \u00a0])[A-ZＡ-Ｚ](?:[{_GAP}][A-ZＡ-Ｚ](?![A-Za-z0-9'’.Ａ-Ｚ])){{2,}}"
    "(?![ \u00a0][A-Z][a-z])"
)
_TO_ASCII = {code: code - 0xFEE0 for code in range(0xFF21, 0xFF3B)}
_LISTED = tuple(
    map(frozenset, ("ABCDEFGS", "SMLX", "NESW", "ABO", "RGB", "CMYK", "XYZ", "VWXYZ", "OX", "IVX", "HB"))
)

_LATIN_WORDS = names(
    "ABOUT ACCESS ATTENTION BLOG CLOSED COMPANY CONCEPT CONTACT CONTENTS DATE EVENT EVENTS FEATURES FREE GALLERY GUIDE "
    "HOME IMPORTANT INDEX INFO INFORMATION INTRODUCTION JAPAN MENU NEWS NOTE NOTICE OPEN OSAKA OUTLINE PLACE PRICE "
    "PROFILE RECRUIT REPORT SALE SCHEDULE SERVICE SHOP STAFF SUMMARY TIME TOKYO TOPICS WARNING WELCOME"
)
"""Words that stand as headings."""
_WORDS = names(
    "日時 場所 内容 対象 住所 氏名 電話 目的 期間 会期 費用 会場 主催 料金 定員 備考 目次 概要 名称 件名 番号 所属 役職 職業 年齢 "
    "性別 以上 敬具 拝啓 敬白 前略 草々 趣旨 講師 資格 申込 締切 期日 期限 金額 単価 数量 合計 小計 品名 品目 型番 規格 単位 項目 "
    "区分 種別 種類 科目 摘要 受付 窓口 担当 部署 団体 会社 社名 代表 設立 業種 交通 地図 面積 構造 休日 定休 営業 時間 開催 開場 "
    "開演 開始 終了 共催 後援 協賛 協力 参加 持物 服装 結果 経過 理由 方法 手順 条件 注意 注記 参考 資料 添付 別紙 様式 提出 出典 "
    "著者 発行 編集 印刷 題名 表題 副題 本文 要旨 要約 結論 序文 付録 索引 問題 解答 正解 解説 例題 議題 議事 報告 審議 承認 出席 "
    "欠席 委員 会長 理事 監事 事務 局長 部長 課長 係長 主任 学歴 職歴 趣味 特技 給与 賃金 賞与 手当 勤務 募集 人数 人員 応募 選考 "
    "面接 採用 待遇 保険 税金 税率 利率 利息 返済 融資 限度 上限 下限 助成 補助 対策 予算 決算 収入 支出 残高 総額 平均 最大 最小 "
    "比率 割合 増減 前年 本年 平成 令和 昭和 午前 午後 曜日 東京 宛先 宛名 郵便 連絡 質問 回答 意見 感想 沿革 理念 事業 活動 案内 "
    "挨拶 祝日 会費 入場 無料 有料 現金 振込 口座 名義 支店 銀行 部門 分野 分類 効果 課題 背景 現状 目標 計画 実績 評価 順位 得点 "
    "天候 気温 湿度 距離 速度 重量 容量 寸法 材質 材料 原料 産地 製造 販売 製品 商品 価格 定価 税込 税抜 送料 在庫 納期 保証 修理 "
    "点検 設置 施工 設計 監督 発注 受注 契約 工期 工事 施設 利用 使用 登録 変更 廃止 許可 届出 証明 書類 確認 署名 捺印 押印 印鑑 "
    "国籍 本籍 続柄 世帯 家族 児童 生徒 学生 学校 学年 組織 企業 支援 制度 相談 情報 技術 開発 研究 教育 環境 安全 衛生 健康 福祉 "
    "医療 介護 防災 消防 警察 財政 税務 総務 企画 広報 人事 経理 総則 雑則 附則 細則 規則 規約 規程 条例 法律 法令 通知 通達 告示 "
    "公告 公示 入札 落札 随意 見積 請求 領収 納品 検収 支払 売上 仕入 原価 粗利 利益 損失 資産 負債 資本 純資 説明 紹介 特徴 特長 "
    "機能 性能 仕様 操作 設定 画面 印字 出力 入力 検索 一覧 詳細 更新 掲載 公開 作成 承諾 同意 署名 補足 訂正 追記 後記 前書 目安"
)
"""Words of two letters that stand as labels, headings and at the end of letters."""
_KANA_WORDS = names(
    "おしらせ もくじ ごあんない おねがい はじめに おわりに あいさつ ごあいさつ おわび まとめ ことば"
)
_ROWS = tuple(
    map(
        frozenset,
        (
            *(
                "月火水木金土日祝",
                "年月日時分秒間円人名歳回件",
                "一二三四五六七八九十百千万",
                "甲乙丙丁戊己庚辛壬癸",
            ),
            *(
                "春夏秋冬",
                "東西南北",
                "東西南北中央",
                "大中小特",
                "上中下左右前後内外",
                "松竹梅",
                "優良可不",
                "金銀銅賞",
            ),
            *(
                "晴曇雨雪",
                "朝昼夕夜晩",
                "衣食住",
                "陸海空",
                "子丑寅卯辰巳午未申酉戌亥",
                "心技体",
                "赤青黄緑白黒紫茶橙桃灰紺",
            ),
            *(
                "国数英理社算音図体",
                "父母兄弟姉妹祖子夫妻",
                "犬猫鳥魚馬牛羊豚",
                "男女",
                "有無可否",
                "表裏",
                "高低",
                "新旧",
            ),
            *(
                "あいうえお",
                "あかさたなはまやらわん",
                "いろはにほへと",
                "アイウエオ",
                "アカサタナハマヤラワン",
                "イロハニホヘト",
            ),
            *("正副", "縦横", "都道府県市区町村郡", "課係部局室", "頭首胸腹腕手足", "目耳鼻口", "松竹梅桜菊"),
        ),
    )
)
"""Letters that are listed one by one, each a word of its own."""
_SURNAMES = frozenset(
    "林森原関岡東南北西堀谷辻島星菅柳泉沢浜牧境栄城畑秦今杉桂楠榎椿梶槙柏桜樋滝湊港椎塚坂堤峰嶋宮宗角金呉王李張陳劉楊黄趙周徐"
    "孫馬朱胡郭何高羅鄭梁謝宋唐許韓馮朴申権安洪全文岸乾伴佃児創勝北占古句向池沼岩石川橋丘平光仲寺奥上下中前後西村町丸江湯"
)
"""Surnames of one letter: what follows may be the name of a person."""


def _parted(letters: str, is_whole: bool) -> str | None:
    """How sure it is that letters which spaces keep apart are one word: ``error``, ``warning`` or not at all.

    >>> _parted("日時", False), _parted("お知らせ", False), _parted("林薫", True), _parted("月火水", False)
    ('error', 'error', None, None)
    """
    held = set(letters)
    if letters in _WORDS or letters in _KANA_WORDS:
        return "error"
    if any(row >= held for row in _ROWS):
        return None
    if len(letters) == 2:
        is_han = all(one not in _SURNAMES and "\u4e00" <= one <= "\u9fff" for one in letters)
        return "warning" if is_whole and is_han else None
    hiragana = sum("\u3041" <= one <= "\u3096" for one in letters)
    if hiragana == len(letters):
        # Texts for children are written with spaces.
        return None
    if any(letters[place : place + 2] in _WORDS for place in range(len(letters) - 1)):
        return "error"
    katakana = sum("\u30a1" <= one <= "\u30fc" for one in letters)
    if (hiragana and letters[0] in "おご") or katakana == len(letters):
        return "error"
    return "warning"


_PICTURES = names(
    "photo photos photograph picture image map logo icon view chart graph diagram illustration screenshot"
)
_INTERFACE = _PICTURES | names(
    "close open menu main navigation nav search next previous prev back home button link toggle submit skip content "
    "breadcrumb breadcrumbs pagination footer header play pause stop mute download print share page site global local "
    "language languages select go to the of and for a an your this more less show hide expand collapse sidebar dialog "
    "loading error warning success required optional email address password username sign in out up down log first "
    "last top bottom scroll slide slider carousel banner thumbnail video audio map contact form send cancel save "
    "delete edit add remove reset clear filter sort list table results result new window opens external"
)
_ONLY_LATIN = re.compile(r"[A-Za-z][A-Za-z'’ ,.!?:-]*")
_JAPANESE_LETTER = re.compile(f"[{LETTERS}]")
_LATIN_LETTER = re.compile("[A-Za-zÀ-ɏ]")
_PLAIN_WORD = re.compile(r"[A-Za-z'’]+")


@lru_cache(maxsize=4096)
def _is_other(value: str, language: str) -> bool:
    """Whether a short text is in another language than it is said to be in. Names are in none.

    >>> _is_other("メニュー", "en"), _is_other("Close menu", "ja"), _is_other("Tokyo Tower", "ja")
    (True, True, False)
    """
    primary = language.partition("-")[0]
    # Those who look for it do not read the language of the page.
    if value.strip().lower() in ("language", "languages"):
        return False
    if primary in LATIN:
        if value.isascii():
            return False
        letters = len(_JAPANESE_LETTER.findall(value))
        return letters > len(_LATIN_LETTER.findall(value)) and foreign(value, primary) is not None
    if primary not in EAST_ASIAN:
        return False
    if not value.isascii():
        return foreign(value, primary) is not None
    if not _ONLY_LATIN.fullmatch(value.strip()):
        return english(value) is not None
    words = _PLAIN_WORD.findall(value)
    small = [one.lower() for one in words]
    if value.isupper() or not words:
        return False
    if all(one in _INTERFACE for one in small) or english(value) is not None:
        return True
    if small[0] in _PICTURES and "of" in small[1:3]:
        return True
    # A capital in each word makes a name; without, it is a description.
    plain = [one for one in words[1:] if one.islower()]
    return len(plain) >= 3 and any(
        one in ("of", "the", "a", "an", "with", "in", "on", "to", "for") for one in plain
    )


_LEAK_MARKS = (
    *(
        "<br",
        "</",
        "{{",
        "{%",
        "{#",
        "${",
        "<%",
        "[object ",
        "undefined",
        "NaN",
        "None",
        "null",
        "Invalid Date",
        "%(",
        "orem ipsum",
    ),
    *(
        "LOREM",
        "TODO",
        "FIXME",
        "XXX",
        "ダミー",
        "サンプル",
        "テキストテキスト",
        "が入ります",
        "仮テキスト",
        "仮の",
    ),
    *("&n", "&a", "&l", "&g", "&q", "&c", "&#"),
)


def _may_leak(text: str) -> bool:
    # Quicker than one regular expression for all of them.
    return any(one in text for one in _LEAK_MARKS)


_NO_SIGNS: frozenset[str] = frozenset()


# Pages of one site share most of their texts.
@lru_cache(maxsize=16384)
def _signs(text: str) -> frozenset[str]:
    """What a text may hold that rules look for, found out with little work.

    >>> sorted(_signs("Ａ {{ x }}")), sorted(_signs("日 時"))
    (['leak', 'odd'], ['apart'])
    """
    found = []
    if _TWO_LATIN.search(text):
        found.append("latin")
    if _may_leak(text):
        found.append("leak")
    if _CAPITALS_APART.search(text):
        found.append("capitals")
    if not text.isascii():
        if "\u200b" in text:
            found.append("break")
        if _ODD.search(text):
            found.append("odd")
        if _MAY_BE_APART.search(text):
            found.append("apart")
    return frozenset(found)


_CODE = re.compile(
    r"\{\{[-~]?\s*[^\s{}][^{}]{0,200}\}\}|\{%[-+]?\s*\w.{0,200}?%\}|\{#\s.{1,200}?\s#\}|\$\{[^{}\s][^{}]{0,100}\}|"
    r"<%[=-]?\s.{1,200}?%>|\[object [A-Z]\w*\]|%\([A-Za-z_]\w*\)[sd]",
    re.DOTALL,
)
_UNITS = "円|件(?!数)|人(?![間工気物類])|年|月|日(?!本)|個|社|回|台|枚|歳|%|％|さん|様|氏"
_NO_VALUE = re.compile(
    rf"(?<![A-Za-z_.'\"])(?:undefined|NaN|null|None)(?={_UNITS})|[¥￥$€£] ?(?:undefined|NaN|null|None)\b|"
    r"^\s*(?:undefined|NaN|Invalid Date)\s*$|[：:]\s*(?:undefined|NaN|Invalid Date)\s*$|"
    r"(?:^|(?<=\s))(?:undefined|NaN) (?:yen|items?|results?|people|days?|years?|of undefined|of NaN)\b"
)
_NO_ADDRESS = re.compile(
    r"(?:^|(?<=[/=]))(?:undefined|NaN|\[object(?: |%20)Object\])(?=$|[/?#&])|^(?:null|None)$"
)
_NONE = re.compile(r"^\s*None\s*$|：\s*None\s*$")
_DUMMY = re.compile(
    r"(?i:lorem ipsum)|ダミー(?:テキスト|文|コピー|画像|です)|サンプルテキスト|(?:テキスト){3,}|"
    r"ここに[^。]{1,20}が入ります|仮の?(?:テキスト|文章)|\bFIXME\b|\bTODO\s*[:：]|^\s*(?:TODO|XXX|ダミー|サンプル)\s*$|\bXXX\s*[:：]"
)
_NO_ALTERNATIVE = re.compile(
    r"\s*(?:(?:insert|add|enter|put|write) (?:an? |the |your )?(?:alt|alternative|image|description|text|caption)\b|"
    r"alt(?:ernative)? text (?:here|goes here)|(?:代替|alt)テキスト(?:を|$)|画像の説明を)",
    re.IGNORECASE,
)
_ESCAPED = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|apos|copy|#[0-9]{2,6}|#x[0-9A-Fa-f]{2,5});"
    r"|</(?:p|div|span|strong|b|em|font|a|li)>|<br ?/?>"
)


def _leak(text: str, language: str) -> tuple[int, str] | None:
    """Where a program wrote its own words rather than a value.

    >>> _leak("価格：NaN円", "ja"), _leak("NaN は数ではない値です。", "ja"), _leak("None", "en"), _leak("{{ x }}", "en")
    ((3, 'NaN'), None, None, (0, '{{ x }}'))
    """
    found = _CODE.search(text) or _NO_VALUE.search(text)
    if found is None and language.partition("-")[0] in EAST_ASIAN:
        found = _NONE.search(text)
    if found is None:
        return None
    start = found.start() + len(found[0]) - len(found[0].lstrip())
    return start, found[0].strip()
