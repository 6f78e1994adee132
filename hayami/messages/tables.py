"""A table that is taken in."""

from __future__ import annotations

from collections.abc import Mapping

from hayami.messages.message import Message, message
from hayami.messages.reasons import TABLE

MESSAGES: Mapping[str, Message] = {
    "csv-encoding": message(
        ("この表は UTF-8 で保存されていません。", "This table was not saved as UTF-8."),
        (
            "表計算ソフトで「CSV UTF-8（コンマ区切り）」を選んで保存し直してください。「CSV」だけのものは、別の文字コードになります。",
            'Save it again from the spreadsheet as "CSV UTF-8 (comma delimited)"; plain "CSV" has another encoding.',
        ),
        TABLE,
    ),
    "csv-broken": message(
        (
            'CSV として読めません。引用符（"）の使い方がおかしいところです。',
            "This is not sound CSV: a quotation mark stands where none may, or is never closed.",
        ),
        (
            "表計算ソフトで開いて、「CSV UTF-8（コンマ区切り）」で保存し直してください。",
            "Open it in a spreadsheet and save it again as CSV UTF-8 (comma delimited).",
        ),
        TABLE,
    ),
    "csv-columns": message(
        (
            "1行目が列の名前ではありません。足りない列: {missing}。知らない列: {surplus}",
            "The first line does not name the columns. Missing: {missing}. Unknown: {surplus}",
        ),
        ("1行目は次のとおりにしてください: {columns}", "The first line must be: {columns}"),
        TABLE,
    ),
    "csv-cells": message(
        (
            "{row}行目のセルは{found}個です。{expected}個でなければなりません。",
            "Row {row} has {found} cells; it must have {expected}.",
        ),
        (
            "もとの表と見くらべて、行を直してください。",
            "Compare the row with the table as it was written, and mend it.",
        ),
        TABLE,
    ),
    "csv-field": message(
        ("{ref} に「{field}」はありません。", '{ref} has no "{field}".'),
        (
            "record、language、field の列は直さないでください。項目を増やすときは、記録のファイルに書きます。",
            "Leave the columns record, language and field alone. New fields are written in the file of the record.",
        ),
        TABLE,
    ),
    "csv-repeated": message(
        ("同じ値の行が、{other}行目にもあります。", "Row {other} is about the same value."),
        ("どちらかの行を消してください。", "Remove one of the rows."),
        TABLE,
    ),
    "csv-empty": message(
        ("値が空です。今の値:「{now}」", 'The value is empty. It is now: "{now}"'),
        (
            "値を消すには、記録のファイルで行を消してください。直さないときは、この行を表から消してください。",
            "To remove a value, remove its line from the file of the record. To leave it alone, remove this row.",
        ),
        TABLE,
    ),
    "csv-evidence": message(
        (
            "根拠が{found}個です。今は{expected}個あります。",
            "There are {found} pieces of evidence; now there are {expected}.",
        ),
        (
            "表では根拠を増やしたり減らしたりできません。記録のファイルで直してください。",
            "A table cannot add or take away evidence. Do that in the file of the record.",
        ),
        TABLE,
    ),
    "csv-conflict": message(
        (
            "表を書き出した後に、この値はほかで直されています。今の値:「{now}」",
            'This value was changed elsewhere after the table was written. It is now: "{now}"',
        ),
        (
            "新しい表（data/values.csv）を作って、もう一度直してください。",
            "Build a new table (data/values.csv) and make your change there.",
        ),
        TABLE,
    ),
}
