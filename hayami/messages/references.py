"""Names of what is somewhere else."""

from __future__ import annotations

from collections.abc import Mapping

from hayami.messages.message import Message, message
from hayami.messages.reasons import EVIDENCE, LINKS

MESSAGES: Mapping[str, Message] = {
    "unknown-reference": message(
        ("「{ref}」という記録はありません。", 'There is no record "{ref}".'),
        ("content/ のフォルダー名を確かめてください。", "Check the folder names under content/."),
        LINKS,
    ),
    "unknown-id": message(
        ("「{id}」は {vocabulary} にありません。", '"{id}" is not in {vocabulary}.'),
        (
            "content/vocabulary.yaml に加えるか、書きまちがいを直してください。",
            "Add it to content/vocabulary.yaml, or mend the spelling.",
        ),
        (
            "繰り返し使う言葉は1か所で決めておくと、どのページでも同じ言い方になります。",
            "Words that recur are kept in one place, so that all pages say the same.",
        ),
    ),
    "unknown-rule": message(
        ("「{rule}」という規則はありません。", 'There is no rule "{rule}".'),
        (
            "エラーの [ ] の中にある名前を書いてください。「python3 build.py explain」で全部見られます。",
            'Write the name that stands in [ ] in the message; "python3 build.py explain" lists all.',
        ),
        (
            "書きまちがえた免除は何も免除せず、だれも気づきません。",
            "A waiver with a slip waives nothing, and nobody would notice.",
        ),
    ),
    "waiver-over": message(
        ("「{rule}」の免除は {until} で終わりました。", 'The waiver of "{rule}" ended on {until}.'),
        (
            "原因を直してこの免除を消すか、理由を書き直して期限を延ばしてください。",
            "Mend the cause and remove the waiver, or give a new reason and a later day.",
        ),
        (
            "期限のない見のがしは、ずっと残ります。",
            "What is overlooked without an end is overlooked for ever.",
        ),
    ),
    "waiver-unused": message(
        (
            "「{rule}」の免除に当たるものは、もうありません。",
            'Nothing needs the waiver of "{rule}" any more.',
        ),
        ("この免除を消してください。", "Remove the waiver."),
        (
            "残しておくと、次に本当に壊れたときに隠してしまいます。",
            "If it stays, it will hide the next real fault.",
        ),
        "warning",
    ),
    "unknown-entry": message(
        ("この記録の {collection} に「{id}」はありません。", 'This record has no "{id}" in {collection}.'),
        ("id を確かめるか、{collection} に加えてください。", "Check the id, or add it to {collection}."),
        LINKS,
    ),
    "unknown-figure": message(
        ("この記録に「{id}」という数字はありません。", 'This record has no figure "{id}".'),
        (
            "record.yaml の figures などに id を付けて書いてください。",
            "Give a figure of record.yaml that id.",
        ),
        EVIDENCE,
    ),
    "cycle": message(
        ("つながりが輪になっています: {chain}", "These refer to each other in a circle: {chain}"),
        ("どれか1つのつながりを外してください。", "Remove one of the ties."),
        (
            "「先にこれ」や「親」をたどると必ず終わりがなければなりません。",
            "Following prerequisites or parents must come to an end.",
        ),
    ),
}
