"""Rules on codes of languages, ids, attributes that stand twice, and ruby."""

from __future__ import annotations

import re

from hayami.audit.document import Document
from hayami.audit.pages import Report
from hayami.audit.rule import Rule, rule
from hayami.audit.whole import code

RULES: tuple[Rule, ...] = (
    rule(
        "html-lang",
        ("html 要素に言語（lang）がありません。", "The html element has no language (lang)."),
        ('lang="ja" のように書いてください。', 'Write it, such as lang="en".'),
        criterion="WCAG 3.1.1 / JIS X 8341-3:2016 7.3.1.1",
    ),
    rule(
        "html-lang-valid",
        ("html 要素の言語「{target}」は正しい符号ではありません。", '"{target}" is no code of a language.'),
        ("日本語は ja、英語は en です。", "Use ja for Japanese, en for English."),
        criterion="WCAG 3.1.1 / JIS X 8341-3:2016 7.3.1.1",
    ),
    rule(
        "element-lang-valid",
        ("言語「{target}」は正しい符号ではありません。", '"{target}" is no code of a language.'),
        ("日本語は ja、英語は en です。", "Use ja for Japanese, en for English."),
        criterion="WCAG 3.1.2 / JIS X 8341-3:2016 7.3.1.2",
    ),
    rule(
        "duplicate-attribute",
        ("属性「{target}」が同じタグに2回あります。", 'The attribute "{target}" stands twice in one tag.'),
        ("1つにしてください。2つ目は無視されます。", "Keep one; browsers ignore the second."),
        criterion="WCAG 4.1.1 / JIS X 8341-3:2016 7.4.1.1",
    ),
    rule(
        "id-valid",
        ("id「{target}」が空か、空白を含んでいます。", 'The id "{target}" is empty or holds white space.'),
        ("空白のない名前にしてください。", "Give it a name without white space."),
        criterion="WCAG 4.1.1 / JIS X 8341-3:2016 7.4.1.1",
    ),
    rule(
        "ruby-rp",
        (
            "ルビに rp がないので、対応しないソフトでは読みが本文に続いてしまいます。",
            "Without rp the reading runs into the text where ruby is not known.",
        ),
        (
            "<rp>（</rp><rt>…</rt><rp>）</rp> と書いてください。",
            "Write <rp>(</rp><rt>…</rt><rp>)</rp>.",
        ),
        severity="warning",
        criterion="WCAG 1.3.1 / JIS X 8341-3:2016 7.1.3.1",
    ),
    rule(
        "ruby-empty",
        ("ルビの読みが空です。", "The reading of the ruby is empty."),
        ("読みを書くか、ruby をやめてください。", "Give the reading, or take the ruby away."),
        severity="warning",
        criterion="WCAG 3.1.6 / JIS X 8341-3:2016 7.3.1.6",
    ),
)

_NOTHING = re.compile(r"[\s\u200b-\u200d\u2060\ufeff\u00ad]*")


def check(document: Document, report: Report) -> None:
    """All rules of this module."""
    for index, element in enumerate(document.elements):
        if element.inert:
            continue
        for name in dict.fromkeys(element.repeated):
            report("duplicate-attribute", element, name)
        given = element.attributes
        if "id" in given and (not given["id"] or re.search(r"[ \t\n\f\r]", given["id"])):
            report("id-valid", element, given["id"])
        if "lang" in given or (index == 0 and element.name == "html"):
            _language(document, index, report)
    for index, _ in document.named("ruby"):
        _ruby(document, index, report)


def _language(document: Document, index: int, report: Report) -> None:
    element = document.elements[index]
    value = element.attributes.get("lang")
    if element.name == "html":
        if not (value or "").strip():
            report("html-lang", element)
        elif not code(value or ""):
            report("html-lang-valid", element, value or "")
        return
    # An empty value says that the language is not known; what is hidden or empty is not read.
    if value and not code(value) and not _NOTHING.fullmatch(document.text(index)):
        report("element-lang-valid", element, value)


def _ruby(document: Document, index: int, report: Report) -> None:
    inner = [one for one in document.descendants(index) if isinstance(one, int)]
    names = [document.elements[one].name for one in inner]
    brackets = [
        one for one in inner if document.elements[one].name == "rp" and document.text(one).strip() != ""
    ]
    if len(brackets) < 2 * names.count("rt"):
        report("ruby-rp", document.elements[index])
    for one in inner:
        if document.elements[one].name == "rt" and _NOTHING.fullmatch(document.text(one)):
            report("ruby-empty", document.elements[one])
    if "rt" not in names and "rtc" not in names:
        report("ruby-empty", document.elements[index])
