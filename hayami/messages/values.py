"""Keys that are declared, and what may stand behind them."""

from __future__ import annotations

from collections.abc import Mapping

from hayami.messages.message import Message, message
from hayami.messages.reasons import SCHEMA, YAML_PLAIN

_AS_SHOWN = ("下の行のとおりに書きかえてください。", "Write it as shown below.")

MESSAGES: Mapping[str, Message] = {
    "unknown-key": message(
        ("「{key}」という項目はありません。", 'There is no key "{key}".'),
        (
            "つづりを確かめてください。ここに書ける項目: {valid}。",
            "Check the spelling. Keys that may stand here: {valid}.",
        ),
        SCHEMA,
        shown=_AS_SHOWN,
    ),
    "missing-key": message(
        (
            "「{named_key}」がありません。この項目は、なくせません。",
            'The key "{key}" is missing; it is required.',
        ),
        (
            "「{key}: {shape}」の形の行を書き足してください{form_ja}。{found_ja}消してしまったときは、もとの行を戻します。",
            'Add a line of the form "{key}: {shape}"{form_en}. {found_en}If it was deleted by mistake, put the line back.',
        ),
        SCHEMA,
    ),
    "wrong-type": message(
        (
            "「{got}」という書き方は、ここでは使えません。ここに書くのは、{expected_ja}です。",
            '"{got}" is not written as it is here: this must be {expected_en}.',
        ),
        (
            "正しい値を、この形で書いてください（形の見本で、ここの値ではありません: {example}）。",
            "Write the right value in that form (a sample of the form, not the value: {example}).",
        ),
        YAML_PLAIN,
        shown=_AS_SHOWN,
    ),
    "unknown-value": message(
        ("「{got}」は使えません。", '"{got}" is not a valid value.'),
        ("使える値: {valid}", "Valid values: {valid}"),
        SCHEMA,
        shown=_AS_SHOWN,
    ),
    "empty-value": message(
        (
            "「{named_key}」のところに、何も書かれていません。",
            'Nothing is written for "{key}".',
        ),
        (
            "正しい値を書いてください{form_ja}。{found_ja}{absent_ja}",
            "Give the right value{form_en}. {found_en}{absent_en}",
        ),
        (
            "空欄は、書き忘れなのか、資料にないのかがわかりません。",
            "A blank does not tell whether it was forgotten or is not in the source.",
        ),
    ),
    "illegal-id": message(
        ("「{got}」は識別名に使えません。", '"{got}" cannot be an id.'),
        (
            "半角の小文字、数字、ハイフンだけを使ってください。例: exhibition-grant",
            "Use small letters, digits and single hyphens, such as exhibition-grant.",
        ),
        SCHEMA,
    ),
    "impossible-date": message(
        ("「{got}」という日付は、暦にありません。", '"{got}" is not a date of the calendar.'),
        (
            "月は01から12、日はその月の終わりまでです。正しい日付を資料で確かめて、「西暦4けた-月2けた-日2けた」の形で書いてください。",
            "Months are 01 to 12, days end with the month. Look the date up in the source, and write it as year-month-day "
            "(four, two and two digits).",
        ),
        YAML_PLAIN,
    ),
    "one-of": message(
        (
            "ここには {keys} のうち、どれか1つだけを書きます。",
            "Exactly one of these is needed here: {keys}.",
        ),
        ("どれか1つを選んで書いてください。", "Give one of them and remove the others."),
        SCHEMA,
    ),
    "duplicate-id": message(
        ("「{id}」という id が2回使われています。", 'The id "{id}" is used twice.'),
        (
            "同じ行を2回はりつけたのなら、1つを消してください。別のものなら、どちらかの id を変えてください。",
            "If the same line was pasted twice, remove one. If they are different things, change one of the ids.",
        ),
        SCHEMA,
    ),
}

EXPECTED: Mapping[str, tuple[str, str, str]] = {
    "whole": (
        "数字だけ（「円」「万」などは付けません。区切るなら、3けたごとに「_」（下線））",
        "a whole number of 0 or more (set apart, if at all, by _ at every three digits)",
        "15_000_000",
    ),
    "decimal": ("数字だけ（「件」などは付けません。小数も書けます）", "a number of 0 or more", "11.5"),
    "fraction": ("0から1までの分数（「80%」は 4/5 と書きます）", "a fraction from 0 to 1", "2/3"),
    "boolean": ("true（はい）か false（いいえ）", "true or false", "true / false"),
    "text": ("文字", "text", "name: 経営革新計画"),
    "id": ("識別名", "an id", "exhibition-grant"),
    "area": ("6けたの地方公共団体コード", "the six digits of a local government", "130001"),
    "reference": ("記録の名前", "the identity of a record", "programme:management-innovation-plan"),
    "source": (
        "「p」とページ番号、半角の空白1つ、資料の言葉（40字まで）",
        'of the form "p<page> <at most 40 characters>"',
        "p8 助成限度額 150万円",
    ),
    "date": (
        "「西暦4けた-月2けた-日2けた」の形の日付か、月、年、年度（FY）、旬（early、middle、late）",
        "a date (year-month-day), month, year, fiscal year (FY) or part of a month",
        "2024-03-19, 2024-03, FY2024, 2024-11-middle",
    ),
    "year": ("1868から2200までの年", "a year from 1868 to 2200", "2024"),
    "day": ("「西暦4けた-月2けた-日2けた」の形の日付", "a full date (year-month-day)", "2024-03-19"),
    "hours": ("時間帯", "a span of hours", "9:00-12:00"),
    "phone": ("電話番号", "a telephone number", "03-3251-7881"),
    "list": ("並び（リスト）", "a list", "[a, b]"),
    "mapping": ("「項目: 値」の組", 'a set of "key: value"', "{n: 10, unit: firms}"),
    "pattern": ("決められた形", "of the required form", "{pattern}"),
    "criterion": ("達成基準の番号", "the number of a success criterion", "1.4.3"),
    "postcode": ("郵便番号", "a postal code", "101-0025"),
    "language": ("言語の記号", "a language tag", "ja, en, zh-Hant"),
    "locale": ("言語と地域の記号", "a locale", "ja_JP, en_GB"),
    "map": (
        "{address} を含む https:// の住所",
        "an https:// address that contains {address}",
        "https://example.org/?q={address}",
    ),
    "contact": (
        "https:// か mailto: で始まる宛先",
        "an address that starts with https:// or mailto:",
        "mailto:editors@example.org",
    ),
    "point": (
        "図の中の位置（右へ・下へ、0から100まで）",
        "a position in the diagram (across and down, 0 to 100)",
        "[64, 36]",
    ),
    "facility": ("施設の記録の名前", "the identity of a place", "facility:trial-hall"),
    "address": ("https:// で始まる住所", "an address that starts with https://", "https://example.org"),
}
"""Kind of value → (Japanese, English, example), for ``wrong-type``."""
