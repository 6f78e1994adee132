"""What cannot be read as YAML."""

from __future__ import annotations

from collections.abc import Mapping

from hayami.messages.message import Message, message
from hayami.messages.reasons import SAFE_FILES, YAML_PLAIN

MESSAGES: Mapping[str, Message] = {
    "yaml-syntax": message(
        (
            "この行か、その前の行の書き方がくずれていて、ファイルの続きを読めません（解析の詳細: {detail}）。",
            "This line, or one before it, is not written as it should be, and the rest of the file cannot be read (detail: {detail}).",
        ),
        (
            "まわりの正しい行と見くらべてください。行の初めの空白の数、「:」や「-」のあとの空白、"
            '「"」「{{ }}」「[ ]」が2つで1組になっているかを見ます。わからないときは、直す前の行に戻してください。',
            'Compare it with sound lines around it: the spaces at its start, the space after ":" and "-", and whether '
            "quotes, {{ }} and [ ] come in pairs. If in doubt, put the line back as it was.",
        ),
        YAML_PLAIN,
    ),
    "yaml-tab": message(
        (
            "行の初めに、タブ（Tab キーの空白）が使われています。",
            "A tab (made with the Tab key) stands at the start of the line.",
        ),
        (
            "タブを消し、スペースキーの空白（半角）で、まわりの行とそろえてください。",
            "Delete it, and line the text up with the lines around it by means of the space bar.",
        ),
        YAML_PLAIN,
    ),
    "indentation": message(
        (
            "行の初めの空白の数が合いません（今は{now}個、ここでは{meant}個です）。",
            "The number of spaces at the start of the line is not right: {now} now, {meant} here.",
        ),
        (
            "行の初めの空白（半角）を{meant}個にしてください。",
            "Have the line start with {meant} spaces.",
        ),
        (
            "行の初めの空白の数で、どの項目の中身かが決まります。",
            "The spaces at the start of a line say what it belongs to.",
        ),
    ),
    "missing-space": message(
        ("「{sign}」のあとに空白がありません。", 'There is no space after "{sign}".'),
        ("「{sign}」のあとに半角の空白を1つ入れてください。", 'Put one space after "{sign}".'),
        YAML_PLAIN,
    ),
    "missing-colon": message(
        (
            "項目の名前「{key}」のあとに「:」（半角のコロン）がありません。",
            'There is no ":" after the name "{key}".',
        ),
        (
            "「名前: 値」の形で、「:」と空白1つを入れてください。",
            'Write "name: value", with ":" and one space.',
        ),
        YAML_PLAIN,
    ),
    "missing-comma": message(
        (
            "{where_ja}に、区切りの「,」（半角のコンマ）がありません。",
            'A "," is missing {where_en}.',
        ),
        (
            "{where_ja}に「,」と半角の空白1つを入れてください。{instead_ja}",
            'Put "," and one space {where_en}.{instead_en}',
        ),
        YAML_PLAIN,
    ),
    "missing-dash": message(
        (
            "並びの1つなのに、初めの「- 」がありません。",
            'This is one of a list, and has no "- " at its start.',
        ),
        (
            "行の初めの空白のあとに、「-」（半角）と半角の空白1つを書いてください。",
            'Behind the spaces at its start, write "-" and one space.',
        ),
        YAML_PLAIN,
    ),
    "missing-quote": message(
        (
            "引用符（{sign}）が1つしかありません。2つで1組です。",
            "There is one quotation mark ({sign}) alone; they come in pairs.",
        ),
        (
            "{where_ja}に {sign} を書いてください。言葉の初めと終わりの2か所に要ります。",
            "Put {sign} {where_en}: it is needed both before and behind the words.",
        ),
        YAML_PLAIN,
    ),
    "missing-bracket": message(
        ("{where_ja}に、かっこ「{sign}」がありません。", 'The bracket "{sign}" is missing {where_en}.'),
        (
            "「{{」には「}}」、「[」には「]」が、対になる場所に要ります。下の行のとおりに「{sign}」を足してください。",
            'Each "{{" needs a "}}", and each "[" a "]", where it belongs. Add "{sign}" as shown below.',
        ),
        YAML_PLAIN,
    ),
    "wrong-bracket": message(
        ("ここのかっこは「{sign}」ではなく「{meant}」です。", 'The bracket here is "{meant}", not "{sign}".'),
        ("「{sign}」を「{meant}」に書きかえてください。", 'Replace "{sign}" by "{meant}".'),
        YAML_PLAIN,
    ),
    "stray-sign": message(
        ("余分な「{sign}」があります。", 'There is a "{sign}" too many.'),
        ("「{sign}」を1つ消してください。", 'Delete one "{sign}".'),
        YAML_PLAIN,
    ),
    "stray-line": message(
        ("この行の「{text}」は、どの項目にも当たりません。", '"{text}" in this line belongs to nothing.'),
        (
            "まちがって入った文字なら、この行を消してください。",
            "If it was typed by mistake, remove the line.",
        ),
        YAML_PLAIN,
    ),
    "unquoted-text": message(
        (
            "この言葉の中には、記号として読まれる文字（「: 」「 #」など）があります。",
            'These words hold signs that are read as something else (such as ": " or " #").',
        ),
        (
            '「{start}」の前と「{end}」のあとに引用符（"）を書いてください。'
            "「:」や「#」がまちがって入ったのなら、引用符は書かずに、その記号を消すか、資料のとおりの文字（「：」など）に戻します。",
            'Put quotation marks (") before "{start}" and behind "{end}". '
            'If ":" or "#" was typed by mistake, delete it instead, or put the sign of the source (such as "：") back.',
        ),
        YAML_PLAIN,
    ),
    "cut-text": message(
        (
            "「#」から後ろは覚え書きとみなされ、サイトに出ません（「{lost}」）。",
            'What stands behind " #" is taken for a note to editors, and readers never see it ("{lost}").',
        ),
        (
            '「#」がまちがって入ったのなら、「#」とその前の空白を消してください。「#」も読者に見せる言葉なら、全体を引用符（"）で囲みます。'
            "覚え書きなら、別の行に書いてください。",
            'If "#" was typed by mistake, delete it and the space before it. If readers should see it, put the whole of '
            'the words in quotation marks ("); else write the note on a line of its own.',
        ),
        YAML_PLAIN,
    ),
    "wrong-form": message(
        ("「{got}」は、ここでの書き方とちがいます。", '"{got}" is not how it is written here.'),
        ("「{meant}」と書いてください。", 'Write "{meant}".'),
        YAML_PLAIN,
    ),
    "conflict-marks": message(
        (
            "2人の直しがぶつかり、両方の文が残っています（印の行: {lines}行目。印の「HEAD」などは版の名前で、内容ではありません）。",
            "Two people changed the same place, and both versions are left (marks at line {lines}; "
            "HEAD and the like in them name a version and are no content).",
        ),
        (
            "「<<<<<<<」と「=======」の間が一方、「=======」と「>>>>>>>」の間がもう一方です。"
            "正しいほうの行だけを残し、もう一方の行と、印の行（{lines}行目）を消してください。",
            'One version stands between "<<<<<<<" and "=======", the other between "=======" and ">>>>>>>". '
            "Keep the lines of the right one; remove those of the other and the marks.",
        ),
        YAML_PLAIN,
    ),
    "yaml-alias": message(
        ("エイリアス（*{name}）は使えません。", "Aliases (*{name}) are not allowed."),
        (
            "値をそのまま書いてください。「*」で始まる文は引用符で囲みます。",
            'Write the value itself. Put text that starts with "*" in quotes.',
        ),
        YAML_PLAIN,
    ),
    "yaml-anchor": message(
        ("アンカー（&{name}）は使えません。", "Anchors (&{name}) are not allowed."),
        (
            "「&{name}」を消してください。「&」で始まる文は引用符で囲みます。",
            'Remove "&{name}". Put text that starts with "&" in quotes.',
        ),
        YAML_PLAIN,
    ),
    "yaml-tag": message(
        ("タグ（{tag}）は使えません。", "Tags ({tag}) are not allowed."),
        (
            "タグを消してください。「!」で始まる文は引用符で囲みます。",
            'Remove the tag. Put text that starts with "!" in quotes.',
        ),
        YAML_PLAIN,
    ),
    "wide-colon": message(
        (
            "「：」（全角のコロン）が使われています。ここは半角の「:」です。",
            'A full-width colon ("：") stands here; it must be a plain one (":").',
        ),
        (
            "項目の名前（半角の英字）のすぐあとの「：」を消して、半角の「:」を打ちます。「:」のあとは、半角の空白1つです。",
            'Delete the "：" right after the name of the field, then type a plain ":", with one space after it.',
        ),
        YAML_PLAIN,
    ),
    "wide-sign": message(
        (
            "{wide}は、ここでは使えません（日本語入力やワープロの文字です）。半角の{plain}にします。",
            "What stands here ({wide_en}) comes from Japanese typing or a word processor; this must be {plain_en}.",
        ),
        (
            "日本語入力を切って、半角の{plain}に打ち直してください。{after_ja}",
            "Turn Japanese typing off, and type {plain_en} instead.{after_en}",
        ),
        YAML_PLAIN,
    ),
    "yaml-merge": message(
        ("マージキー（<<）は使えません。", "Merge keys (<<) are not allowed."),
        ("項目をそのまま書いてください。", "Write the keys themselves."),
        YAML_PLAIN,
    ),
    "yaml-depth": message(
        ("入れ子が深すぎます（{limit}段まで）。", "Nesting is too deep (at most {limit} levels)."),
        ("余分なかっこを消してください。", "Remove surplus brackets."),
        SAFE_FILES,
    ),
    "yaml-too-many": message(
        ("値が多すぎます（{limit}個まで）。", "There are too many values (at most {limit})."),
        ("記録を分けてください。", "Split the record."),
        SAFE_FILES,
    ),
    "yaml-documents": message(
        (
            "1つのファイルに文書が2つ以上あります（「---」）。",
            'There is more than one document in the file ("---").',
        ),
        (
            "2つ目の「---」から下を消すか、別の記録に移してください。",
            'Remove what follows the second "---", or move it.',
        ),
        YAML_PLAIN,
    ),
    "yaml-key": message(
        ("項目の名前が文字ではありません。", "A key is not a plain word."),
        ("「名前: 値」の形で書いてください。", 'Write "name: value".'),
        YAML_PLAIN,
    ),
    "repeated-key": message(
        (
            "「{named_key}」が2回書かれています（1つ目は{line}行目「{first}」）。",
            '"{key}" is given twice (first in line {line}: "{first}").',
        ),
        (
            "正しいほうの行を残し、もう1つの行を消してください。{site_ja}",
            "Keep the right line and remove the other. {site_en}",
        ),
        YAML_PLAIN,
        shown=("2つの行は同じなので、この行を消してください。", "Both lines say the same: remove this one."),
    ),
    "not-a-mapping": message(
        (
            "このファイルは「項目: 値」の行の並びですが、そうなっていません。",
            'This file should be lines of "key: value", and is not.',
        ),
        (
            "どの行も「項目: 値」の形（「:」のあとに半角の空白1つ）で書いてください。",
            'Write each line as "key: value", with one space after ":".',
        ),
        YAML_PLAIN,
    ),
    "front-matter": message(
        (
            "「---」（半角のハイフン3つ）だけの行がありません。初めの項目（name: など）を上と下で囲む2行のうちの1つです。",
            'A line of only "---" (three hyphens) is missing: one of the two above and below the first fields (name: and so on).',
        ),
        (
            "1行目と、項目の終わり（本文の前）とに、「---」だけの行を置いてください。",
            'Put a line of only "---" in line 1, and another behind the fields, before the text.',
        ),
        YAML_PLAIN,
    ),
}
