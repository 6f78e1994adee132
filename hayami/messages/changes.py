"""The list of changes."""

from __future__ import annotations

from collections.abc import Mapping

from hayami.messages.message import Message, message
from hayami.messages.reasons import HISTORY

MESSAGES: Mapping[str, Message] = {
    "change-too-late": message(
        (
            "変更の日付（{date}）が、変更の一覧の日付（{as_of}）より後です。",
            "The change is dated {date}, later than the list of changes ({as_of}).",
        ),
        (
            "日付を直すか、changes.yaml の as_of を一覧を直した日にしてください。",
            "Mend the date, or set as_of in changes.yaml to the day on which the list was brought up to date.",
        ),
        HISTORY,
    ),
    "changes-out-of-order": message(
        (
            "変更の順番がちがいます。{before} の次に {date} があります。",
            "The changes are out of order: {date} stands below {before}.",
        ),
        ("新しいものを上に書いてください。", "Put the newest first."),
        HISTORY,
    ),
    "unknown-field": message(
        ("{ref} の record.yaml に「{field}」はありません。", 'record.yaml of {ref} has no "{field}".'),
        (
            "「offers[grant].amounts[1]」のように、record.yaml にある項目を書いてください。",
            'Name a field of record.yaml, such as "offers[grant].amounts[1]".',
        ),
        HISTORY,
    ),
    "change-mismatch": message(
        (
            "変更後（after）の値が、{ref} の今の「{field}」とちがいます。",
            'What stands under "after" is not what "{field}" of {ref} says now.',
        ),
        (
            "record.yaml と changes.yaml のどちらが正しいかを確かめて、そろえてください。",
            "Find out which of record.yaml and changes.yaml is right, and mend the other.",
        ),
        HISTORY,
    ),
}
