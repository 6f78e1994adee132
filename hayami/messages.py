"""Every problem code with its words: what is wrong, what to do, and why the rule exists.

``{name}`` is filled from :attr:`hayami.problems.Problem.values`. Each code has a folder
``tests/cases/<code>/``; a test fails when one is missing. ``python3 build.py explain CODE`` prints
all three.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Message:
    """Words of one code, by message language."""

    text: Mapping[str, str]
    cure: Mapping[str, str]
    why: Mapping[str, str]
    severity: Literal["error", "warning"] = "error"
    shown: Mapping[str, str] | None = None
    """In place of ``cure`` where the line to write is shown below it: no example may be taken for that line."""


def _message(
    text: tuple[str, str],
    cure: tuple[str, str],
    why: tuple[str, str],
    severity: Literal["error", "warning"] = "error",
    shown: tuple[str, str] | None = None,
) -> Message:
    said, cured, reasoned = ({"ja": ja, "en": en} for ja, en in (text, cure, why))
    return Message(said, cured, reasoned, severity, {"ja": shown[0], "en": shown[1]} if shown else None)


PAGES: Mapping[str, str] = {
    "ja": "資料では、{pages}ページを見てください。",
    "en": "See page {pages} of the source.",
}
PAGES_OF_TWO: Mapping[str, str] = {
    "ja": "どちらが正しいかは、資料の{pages}ページで確かめてください。",
    "en": "Which is right stands in the source, page {pages}.",
}
"""Behind a cure: where in the source to look."""

_AS_SHOWN = ("下の行のとおりに書きかえてください。", "Write it as shown below.")


_YAML_PLAIN = (
    "このカタログでは、値は書かれている場所で読めるとおりの意味しか持ちません。",
    "In this catalogue a value means what it says where it stands.",
)
_SAFE_FILES = (
    "ファイルはたくさんの人が書きます。壊れたファイルが1つあっても、サイト全体が止まらず、原因がわかるようにします。",
    "Many people write these files. One broken file must not take the site down, and its cause must be plain.",
)
_SCHEMA = (
    "決まった項目だけを受け付けるので、書きまちがいが黙って消えることがありません。",
    "Only declared keys are accepted, so that a slip of the pen never vanishes silently.",
)
_EVIDENCE = (
    "数字はどれも、資料のどのページのどの言葉によるかをたどれるようにします。",
    "Every figure can be traced to a page and a phrase of the source.",
)
_YEARS = (
    "年度が変わると、数字も変わります。前の年度の数字が、確かめられないまま今の数字として出ることはありません。住所は失われません。",
    "Figures change with the year. None of an earlier year passes as one of this year unconfirmed, and no address is lost.",
)
_PARITY = (
    "どの言語の読者にも、まったく同じ事実を届けます。",
    "Readers of every language get exactly the same facts.",
)
_LINKS = (
    "記録どうしのつながりは、名前（種類:スラッグ）で書きます。ページの住所が変わっても切れません。",
    "Records are tied by identity (kind:slug), never by path, so that ties survive any change of address.",
)
_HISTORY = (
    "変更の一覧は、読者と購読する人が信じて使います。起きたことだけを、起きた順に伝えます。",
    "Readers and subscribers rely on the list of changes: it tells what happened, in order, and nothing else.",
)
_TABLE = (
    "表は行ごとに決まった1つの値を直します。まちがった行が1つでもあれば、何も書きかえません。",
    "Each row of a table changes one value and no other. While one row is wrong, nothing is written.",
)
_CLAIMS = (
    "だれも確かめていないことを、確かめたように見せません。",
    "Nothing may look tested that nobody has tested.",
)
_OUTPUT = (
    "ビルドは、自分で作ったフォルダーのほかは書き換えません。",
    "A build never overwrites a folder that it did not make.",
)

MESSAGES: Mapping[str, Message] = {
    # --- files -------------------------------------------------------------------------------
    "not-utf8": _message(
        (
            "このファイルは UTF-8 ではありません（{position}バイト目）。",
            "This file is not UTF-8 (at byte {position}).",
        ),
        (
            "エディターで文字コードを「UTF-8」にして保存し直してください。",
            "Save it again with the encoding UTF-8.",
        ),
        _SAFE_FILES,
    ),
    "byte-order-mark": _message(
        (
            "ファイルの先頭に BOM（目に見えない印）があります。",
            "The file starts with a byte order mark, which cannot be seen.",
        ),
        (
            "「UTF-8（BOMなし）」で保存し直してください。",
            "Save it again as UTF-8 without a byte order mark.",
        ),
        _SAFE_FILES,
    ),
    "crlf": _message(
        ("改行が Windows の形式（CRLF）です。", "Line ends are of the Windows kind (CRLF)."),
        ("エディターで改行コードを「LF」にして保存し直してください。", "Save it again with line ends LF."),
        _SAFE_FILES,
    ),
    "control-character": _message(
        (
            "使えない制御文字（{character}）があります。",
            "There is a control character ({character}) that may not be used.",
        ),
        ("その文字を消してください。", "Delete the character."),
        _SAFE_FILES,
    ),
    "empty-file": _message(
        ("ファイルが空です。", "The file is empty."),
        (
            "中身を書くか、`python3 build.py new` で作り直してください。",
            "Fill it in, or make it anew with `python3 build.py new`.",
        ),
        _SAFE_FILES,
    ),
    "huge-file": _message(
        (
            "ファイルが大きすぎます（{size}バイト、上限{limit}バイト）。",
            "The file is too large ({size} bytes, at most {limit}).",
        ),
        ("記録を分けるか、不要な部分を削ってください。", "Split the record, or cut what is not needed."),
        _SAFE_FILES,
    ),
    "not-a-picture": _message(
        ("PNG の画像として読めません。", "This cannot be read as a PNG picture."),
        (
            "PNG に書き出し直すか、「python3 build.py pictures」で描き直してください。",
            'Export it as PNG again, or draw it anew with "python3 build.py pictures".',
        ),
        _SAFE_FILES,
    ),
    "stale-picture": _message(
        (
            "この画像は、今のサイトの名前や日付、形とちがうものから描かれています。今回は載せません。",
            "This picture was drawn from another title, date or design than the site has now. It was left out.",
        ),
        (
            "「python3 build.py pictures」で描き直してください。",
            'Draw it anew with "python3 build.py pictures".',
        ),
        (
            "画像の中の言葉も、ページと同じく今の内容でなければなりません。",
            "Words within a picture must be as current as those of the pages.",
        ),
        "warning",
    ),
    "outside-link": _message(
        (
            "シンボリックリンクが content/ の外（または別の場所）を指しています。",
            "A symbolic link leads out of the content folder.",
        ),
        (
            "リンクを消し、ファイルそのものを置いてください。",
            "Remove the link and put the file itself there.",
        ),
        _SAFE_FILES,
    ),
    "unexpected-file": _message(
        ("ここに「{name}」は置けません。", 'There is no place for "{name}" here.'),
        ("置けるのは {expected} です。", "Expected here: {expected}."),
        _SCHEMA,
    ),
    "missing-file": _message(
        ("「{name}」がありません。", '"{name}" is missing.'),
        (
            "名前を確かめるか、加えてください。記録のファイルなら `python3 build.py new` でひな型を作れます。",
            "Check the name, or add it; for the files of a record `python3 build.py new` makes templates.",
        ),
        _SCHEMA,
    ),
    "missing-language": _message(
        ("「{language}」の文章（{name}）がありません。", 'The words in "{language}" ({name}) are missing.'),
        (
            "ほかの言語のファイルを写し、訳してください。",
            "Copy the file of another language and translate it.",
        ),
        _PARITY,
    ),
    "illegal-slug": _message(
        ("フォルダー名「{name}」は使えません。", 'The folder name "{name}" may not be used.'),
        (
            "半角の小文字、数字、ハイフンだけを使ってください（60字まで）。例: digital-tool",
            "Use small letters, digits and single hyphens (at most 60), such as digital-tool.",
        ),
        (
            "フォルダー名はページの住所になり、ずっと変わりません。",
            "The folder name becomes part of a permanent address.",
        ),
    ),
    "duplicate-slug": _message(
        ("「{slug}」は {other} でも使われています。", '"{slug}" is also used by {other}.'),
        ("どちらかの名前を変えてください。", "Rename one of them."),
        (
            "印刷物の短い住所 /q/{slug}/ は、種類によらず1つの記録を指します。",
            "The short address /q/{slug}/ on paper points to one record, whatever its kind.",
        ),
    ),
    # --- YAML --------------------------------------------------------------------------------
    "yaml-syntax": _message(
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
        _YAML_PLAIN,
    ),
    "yaml-tab": _message(
        (
            "行の初めに、タブ（Tab キーの空白）が使われています。",
            "A tab (made with the Tab key) stands at the start of the line.",
        ),
        (
            "タブを消し、スペースキーの空白（半角）で、まわりの行とそろえてください。",
            "Delete it, and line the text up with the lines around it by means of the space bar.",
        ),
        _YAML_PLAIN,
    ),
    "indentation": _message(
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
    "missing-space": _message(
        ("「{sign}」のあとに空白がありません。", 'There is no space after "{sign}".'),
        ("「{sign}」のあとに半角の空白を1つ入れてください。", 'Put one space after "{sign}".'),
        _YAML_PLAIN,
    ),
    "missing-colon": _message(
        (
            "項目の名前「{key}」のあとに「:」（半角のコロン）がありません。",
            'There is no ":" after the name "{key}".',
        ),
        (
            "「名前: 値」の形で、「:」と空白1つを入れてください。",
            'Write "name: value", with ":" and one space.',
        ),
        _YAML_PLAIN,
    ),
    "missing-comma": _message(
        (
            "{where_ja}に、区切りの「,」（半角のコンマ）がありません。",
            'A "," is missing {where_en}.',
        ),
        (
            "{where_ja}に「,」と半角の空白1つを入れてください。{instead_ja}",
            'Put "," and one space {where_en}.{instead_en}',
        ),
        _YAML_PLAIN,
    ),
    "missing-dash": _message(
        (
            "並びの1つなのに、初めの「- 」がありません。",
            'This is one of a list, and has no "- " at its start.',
        ),
        (
            "行の初めの空白のあとに、「-」（半角）と半角の空白1つを書いてください。",
            'Behind the spaces at its start, write "-" and one space.',
        ),
        _YAML_PLAIN,
    ),
    "missing-quote": _message(
        (
            "引用符（{sign}）が1つしかありません。2つで1組です。",
            "There is one quotation mark ({sign}) alone; they come in pairs.",
        ),
        (
            "{where_ja}に {sign} を書いてください。言葉の初めと終わりの2か所に要ります。",
            "Put {sign} {where_en}: it is needed both before and behind the words.",
        ),
        _YAML_PLAIN,
    ),
    "missing-bracket": _message(
        ("{where_ja}に、かっこ「{sign}」がありません。", 'The bracket "{sign}" is missing {where_en}.'),
        (
            "「{{」には「}}」、「[」には「]」が、対になる場所に要ります。下の行のとおりに「{sign}」を足してください。",
            'Each "{{" needs a "}}", and each "[" a "]", where it belongs. Add "{sign}" as shown below.',
        ),
        _YAML_PLAIN,
    ),
    "wrong-bracket": _message(
        ("ここのかっこは「{sign}」ではなく「{meant}」です。", 'The bracket here is "{meant}", not "{sign}".'),
        ("「{sign}」を「{meant}」に書きかえてください。", 'Replace "{sign}" by "{meant}".'),
        _YAML_PLAIN,
    ),
    "stray-sign": _message(
        ("余分な「{sign}」があります。", 'There is a "{sign}" too many.'),
        ("「{sign}」を1つ消してください。", 'Delete one "{sign}".'),
        _YAML_PLAIN,
    ),
    "stray-line": _message(
        ("この行の「{text}」は、どの項目にも当たりません。", '"{text}" in this line belongs to nothing.'),
        (
            "まちがって入った文字なら、この行を消してください。",
            "If it was typed by mistake, remove the line.",
        ),
        _YAML_PLAIN,
    ),
    "unquoted-text": _message(
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
        _YAML_PLAIN,
    ),
    "cut-text": _message(
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
        _YAML_PLAIN,
    ),
    "wrong-form": _message(
        ("「{got}」は、ここでの書き方とちがいます。", '"{got}" is not how it is written here.'),
        ("「{meant}」と書いてください。", 'Write "{meant}".'),
        _YAML_PLAIN,
    ),
    "conflict-marks": _message(
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
        _YAML_PLAIN,
    ),
    "yaml-alias": _message(
        ("エイリアス（*{name}）は使えません。", "Aliases (*{name}) are not allowed."),
        (
            "値をそのまま書いてください。「*」で始まる文は引用符で囲みます。",
            'Write the value itself. Put text that starts with "*" in quotes.',
        ),
        _YAML_PLAIN,
    ),
    "yaml-anchor": _message(
        ("アンカー（&{name}）は使えません。", "Anchors (&{name}) are not allowed."),
        (
            "「&{name}」を消してください。「&」で始まる文は引用符で囲みます。",
            'Remove "&{name}". Put text that starts with "&" in quotes.',
        ),
        _YAML_PLAIN,
    ),
    "yaml-tag": _message(
        ("タグ（{tag}）は使えません。", "Tags ({tag}) are not allowed."),
        (
            "タグを消してください。「!」で始まる文は引用符で囲みます。",
            'Remove the tag. Put text that starts with "!" in quotes.',
        ),
        _YAML_PLAIN,
    ),
    "wide-colon": _message(
        (
            "「：」（全角のコロン）が使われています。ここは半角の「:」です。",
            'A full-width colon ("：") stands here; it must be a plain one (":").',
        ),
        (
            "項目の名前（半角の英字）のすぐあとの「：」を消して、半角の「:」を打ちます。「:」のあとは、半角の空白1つです。",
            'Delete the "：" right after the name of the field, then type a plain ":", with one space after it.',
        ),
        _YAML_PLAIN,
    ),
    "wide-sign": _message(
        (
            "{wide}は、ここでは使えません（日本語入力やワープロの文字です）。半角の{plain}にします。",
            "What stands here ({wide_en}) comes from Japanese typing or a word processor; this must be {plain_en}.",
        ),
        (
            "日本語入力を切って、半角の{plain}に打ち直してください。{after_ja}",
            "Turn Japanese typing off, and type {plain_en} instead.{after_en}",
        ),
        _YAML_PLAIN,
    ),
    "yaml-merge": _message(
        ("マージキー（<<）は使えません。", "Merge keys (<<) are not allowed."),
        ("項目をそのまま書いてください。", "Write the keys themselves."),
        _YAML_PLAIN,
    ),
    "yaml-depth": _message(
        ("入れ子が深すぎます（{limit}段まで）。", "Nesting is too deep (at most {limit} levels)."),
        ("余分なかっこを消してください。", "Remove surplus brackets."),
        _SAFE_FILES,
    ),
    "yaml-too-many": _message(
        ("値が多すぎます（{limit}個まで）。", "There are too many values (at most {limit})."),
        ("記録を分けてください。", "Split the record."),
        _SAFE_FILES,
    ),
    "yaml-documents": _message(
        (
            "1つのファイルに文書が2つ以上あります（「---」）。",
            'There is more than one document in the file ("---").',
        ),
        (
            "2つ目の「---」から下を消すか、別の記録に移してください。",
            'Remove what follows the second "---", or move it.',
        ),
        _YAML_PLAIN,
    ),
    "yaml-key": _message(
        ("項目の名前が文字ではありません。", "A key is not a plain word."),
        ("「名前: 値」の形で書いてください。", 'Write "name: value".'),
        _YAML_PLAIN,
    ),
    "repeated-key": _message(
        (
            "「{named_key}」が2回書かれています（1つ目は{line}行目「{first}」）。",
            '"{key}" is given twice (first in line {line}: "{first}").',
        ),
        (
            "正しいほうの行を残し、もう1つの行を消してください。{site_ja}",
            "Keep the right line and remove the other. {site_en}",
        ),
        _YAML_PLAIN,
        shown=("2つの行は同じなので、この行を消してください。", "Both lines say the same: remove this one."),
    ),
    "not-a-mapping": _message(
        (
            "このファイルは「項目: 値」の行の並びですが、そうなっていません。",
            'This file should be lines of "key: value", and is not.',
        ),
        (
            "どの行も「項目: 値」の形（「:」のあとに半角の空白1つ）で書いてください。",
            'Write each line as "key: value", with one space after ":".',
        ),
        _YAML_PLAIN,
    ),
    "front-matter": _message(
        (
            "「---」（半角のハイフン3つ）だけの行がありません。初めの項目（name: など）を上と下で囲む2行のうちの1つです。",
            'A line of only "---" (three hyphens) is missing: one of the two above and below the first fields (name: and so on).',
        ),
        (
            "1行目と、項目の終わり（本文の前）とに、「---」だけの行を置いてください。",
            'Put a line of only "---" in line 1, and another behind the fields, before the text.',
        ),
        _YAML_PLAIN,
    ),
    # --- declared keys and values ------------------------------------------------------------
    "unknown-key": _message(
        ("「{key}」という項目はありません。", 'There is no key "{key}".'),
        (
            "つづりを確かめてください。ここに書ける項目: {valid}。",
            "Check the spelling. Keys that may stand here: {valid}.",
        ),
        _SCHEMA,
        shown=_AS_SHOWN,
    ),
    "missing-key": _message(
        (
            "「{named_key}」がありません。この項目は、なくせません。",
            'The key "{key}" is missing; it is required.',
        ),
        (
            "「{key}: {shape}」の形の行を書き足してください{form_ja}。{found_ja}消してしまったときは、もとの行を戻します。",
            'Add a line of the form "{key}: {shape}"{form_en}. {found_en}If it was deleted by mistake, put the line back.',
        ),
        _SCHEMA,
    ),
    "wrong-type": _message(
        (
            "「{got}」という書き方は、ここでは使えません。ここに書くのは、{expected_ja}です。",
            '"{got}" is not written as it is here: this must be {expected_en}.',
        ),
        (
            "正しい値を、この形で書いてください（形の見本で、ここの値ではありません: {example}）。",
            "Write the right value in that form (a sample of the form, not the value: {example}).",
        ),
        _YAML_PLAIN,
        shown=_AS_SHOWN,
    ),
    "unknown-value": _message(
        ("「{got}」は使えません。", '"{got}" is not a valid value.'),
        ("使える値: {valid}", "Valid values: {valid}"),
        _SCHEMA,
        shown=_AS_SHOWN,
    ),
    "empty-value": _message(
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
    "illegal-id": _message(
        ("「{got}」は識別名に使えません。", '"{got}" cannot be an id.'),
        (
            "半角の小文字、数字、ハイフンだけを使ってください。例: exhibition-grant",
            "Use small letters, digits and single hyphens, such as exhibition-grant.",
        ),
        _SCHEMA,
    ),
    "impossible-date": _message(
        ("「{got}」という日付は、暦にありません。", '"{got}" is not a date of the calendar.'),
        (
            "月は01から12、日はその月の終わりまでです。正しい日付を資料で確かめて、「西暦4けた-月2けた-日2けた」の形で書いてください。",
            "Months are 01 to 12, days end with the month. Look the date up in the source, and write it as year-month-day "
            "(four, two and two digits).",
        ),
        _YAML_PLAIN,
    ),
    "one-of": _message(
        (
            "ここには {keys} のうち、どれか1つだけを書きます。",
            "Exactly one of these is needed here: {keys}.",
        ),
        ("どれか1つを選んで書いてください。", "Give one of them and remove the others."),
        _SCHEMA,
    ),
    "duplicate-id": _message(
        ("「{id}」という id が2回使われています。", 'The id "{id}" is used twice.'),
        (
            "同じ行を2回はりつけたのなら、1つを消してください。別のものなら、どちらかの id を変えてください。",
            "If the same line was pasted twice, remove one. If they are different things, change one of the ids.",
        ),
        _SCHEMA,
    ),
    # --- references --------------------------------------------------------------------------
    "unknown-reference": _message(
        ("「{ref}」という記録はありません。", 'There is no record "{ref}".'),
        ("content/ のフォルダー名を確かめてください。", "Check the folder names under content/."),
        _LINKS,
    ),
    "unknown-id": _message(
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
    "unknown-rule": _message(
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
    "waiver-over": _message(
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
    "waiver-unused": _message(
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
    "unknown-entry": _message(
        ("この記録の {collection} に「{id}」はありません。", 'This record has no "{id}" in {collection}.'),
        ("id を確かめるか、{collection} に加えてください。", "Check the id, or add it to {collection}."),
        _LINKS,
    ),
    "unknown-figure": _message(
        ("この記録に「{id}」という数字はありません。", 'This record has no figure "{id}".'),
        (
            "record.yaml の figures などに id を付けて書いてください。",
            "Give a figure of record.yaml that id.",
        ),
        _EVIDENCE,
    ),
    "cycle": _message(
        ("つながりが輪になっています: {chain}", "These refer to each other in a circle: {chain}"),
        ("どれか1つのつながりを外してください。", "Remove one of the ties."),
        (
            "「先にこれ」や「親」をたどると必ず終わりがなければなりません。",
            "Following prerequisites or parents must come to an end.",
        ),
    ),
    # --- words -------------------------------------------------------------------------------
    "missing-words": _message(
        ("{collection} の「{id}」に言葉がありません。", 'There are no words for "{id}" of {collection}.'),
        ("「{collection}:」の下に「{id}: …」を加えてください。", 'Add "{id}: …" under "{collection}:".'),
        _PARITY,
    ),
    "surplus-words": _message(
        (
            "{collection} に「{id}」はありません（record.yaml）。",
            'record.yaml has no "{id}" in {collection}.',
        ),
        (
            "この行を消すか、record.yaml に加えてください。",
            "Remove the line, or add the entry to record.yaml.",
        ),
        _PARITY,
    ),
    "unknown-heading": _message(
        ("「{heading}」という見出しは使えません。", '"{heading}" is not one of the headings.'),
        ("使える見出し: {valid}", "Headings that may be used: {valid}"),
        (
            "どの記録も同じ見出しなら、読者はどこを見ればよいかがすぐわかります。",
            "With the same headings everywhere, readers know where to look.",
        ),
    ),
    "few-aliases": _message(
        (
            "別名（aliases）のうち、数えられるのは{count}個です。{least}個以上必要です。数えなかったもの: {idle}",
            "{count} of the aliases count; {least} are needed. Not counted: {idle}",
        ),
        (
            "利用者が使いそうな言葉を足してください。名前やほかの別名の一部、書き方だけの違い、4件以上の記録で使う言葉は数えません。",
            "Add words that people would use. Parts and spellings of the name or of another alias do not count, "
            "nor do words used by more than three records.",
        ),
        (
            "多くの人は正式な名前を知りません。ふだんの言葉から探せるようにするためです。",
            "Most people do not know the official name. They must find it by everyday words.",
        ),
        "warning",
    ),
    "lost-heading": _message(
        (
            "見出し「{heading}」の行が「## 」で始まっていません。",
            'The line of the heading "{heading}" does not start with "## ".',
        ),
        (
            "行の初めに別の記号や空白（「＃＃」など）があれば消して、半角の「##」と、半角の空白1つを、見出しの前に書いてください。",
            'Delete other signs at its start (such as "＃＃"), and write "##" and one space before the heading.',
        ),
        (
            "どの記録も同じ見出しなら、読者はどこを見ればよいかがすぐわかります。",
            "With the same headings everywhere, readers know where to look.",
        ),
    ),
    "heading-mismatch": _message(
        (
            "見出しの並びが {other} と違います（ここ: {here}、あちら: {there}）。",
            "The headings differ from {other} (here: {here}; there: {there}).",
        ),
        (
            "どちらかのファイルで、見出しの行（## …）が消えたり変わったりしています。同じ見出しを同じ順に置いてください。",
            "In one of the two a heading (## …) was lost or changed. Use the same headings in the same order.",
        ),
        _PARITY,
    ),
    "number-mismatch": _message(
        (
            "{other} の「{number}」が、ここにありません（ここにある数: {here}）。",
            'The number "{number}" of {other} is missing here (numbers here: {here}).',
        ),
        (
            "どちらが正しいかを資料で確かめ、両方に同じ数を書いてください。record.yaml の数字は {{id}} で書けます。",
            "Check the source, and say the same number in both. Figures of record.yaml can be written {{id}}.",
        ),
        (
            "どの言語の読者にも、同じ数を伝えます。数を表す言葉は、その言語の strings の formats.numerals に並べます。",
            "Readers of every language are told the same numbers. The words that a language has for numbers are "
            "listed in its strings, under formats: numerals.",
        ),
    ),
    "figure-mismatch": _message(
        (
            "record.yaml の数字の使い方が {other} と違います（ここ: {here}、あちら: {there}）。",
            "The figures of record.yaml differ from {other} (here: {here}; there: {there}).",
        ),
        (
            "同じ {{id}} を、同じ回数だけ使ってください。",
            "Use the same {{id}}, each as many times as there.",
        ),
        _PARITY,
    ),
    "number-not-in-record": _message(
        (
            "「{number}」が、record.yaml にも、つながりのある記録にもありません。",
            'The number "{number}" stands neither in record.yaml nor in a record tied to it.',
        ),
        (
            "根拠を付けて record.yaml に書き（figures、または facts の source）、文章を直すなら {{id}} を使ってください。",
            "Give it in record.yaml with its evidence (figures, or source: of a fact); words then say {{id}}.",
        ),
        _EVIDENCE,
    ),
    "missing-part": _message(
        (
            "{entry} の {part} が、ここにはありません（{other} にはあります）。",
            "{entry} has no {part} here, but {other} has one.",
        ),
        ("「{part}: …」を加えるか、あちらから消してください。", 'Add "{part}: …", or take it out there.'),
        _PARITY,
    ),
    "left-untranslated": _message(
        (
            "訳されていない言葉「{run}」が、{language} の文章にあります。",
            'There are words that were left untranslated in the "{language}" text: "{run}".',
        ),
        (
            "訳してください。もとの言葉を見せたいときは、訳のあとに（）で囲んで置きます。例: wage (賃)",
            "Translate them. To show the original, put it in brackets of its own behind the translation: wage (賃).",
        ),
        _PARITY,
    ),
    "stale-translation": _message(
        (
            "もとの文章（{original}）が直されました。この訳（{name}）も合っているか、まだ確かめられていません。",
            "The original ({original}) has changed since this translation ({name}) was made, and nobody has checked it yet.",
        ),
        (
            "もとの文章を直したら、訳も合っているか見て、ちがっていれば直します。{last_ja}訳がわからないときは、わかる人に頼んでください。",
            "See whether the translation still says the same, and mend it if not. {last_en}If you do not know the "
            "language, ask someone who does.",
        ),
        _PARITY,
    ),
    "unknown-criterion": _message(
        (
            "WCAG 2.2 に達成基準「{criterion}」はありません。",
            'WCAG 2.2 has no success criterion "{criterion}".',
        ),
        (
            "WCAG 2.2 の番号で書いてください（JIS X 8341-3:2016 の番号なら、先頭の「7.」を除きます）。",
            "Write the number of WCAG 2.2 (that of JIS X 8341-3:2016 without its leading 7).",
        ),
        _CLAIMS,
    ),
    "later-than-statement": _message(
        (
            "この日付（{day}）は、方針を見直した日（as_of: {as_of}）よりあとです。",
            "This day ({day}) is after the one on which the statement was gone through (as_of: {as_of}).",
        ),
        (
            "日付を確かめてください。正しければ、全体を見直して as_of を新しくします。",
            "Check the day. If it is right, go through the whole file and set as_of anew.",
        ),
        _CLAIMS,
    ),
    "old-test": _message(
        (
            "この試験（{day}）は、{as_of} の時点で{months}か月以上たっています。試験した達成基準: {criteria}",
            "By {as_of} this test ({day}) is {months} months old or more. What it judged: {criteria}",
        ),
        (
            "試験をやり直して結果を足すか、結果を消してください。",
            "Have the test made again and add its results, or take the results out.",
        ),
        _CLAIMS,
        "warning",
    ),
    "pass-despite-fault": _message(
        (
            "{criterion} を「満たす」としていますが、{since} から満たさないことがわかっています（faults の {fault}）。",
            "{criterion} is said to pass, but is known not to be met since {since} (faults: {fault}).",
        ),
        (
            "結果を fail にするか、直った問題を faults から消してください。",
            "Set the result to fail, or take a fault that is mended out of faults.",
        ),
        _CLAIMS,
    ),
    "waived-but-not-told": _message(
        (
            "「{rule}」の誤りを残して公開しますが、達成基準 {criterion} の問題が {file} の faults にありません。",
            'A fault of "{rule}" is published all the same, but faults of {file} has none against criterion {criterion}.',
        ),
        (
            "読者が困ることと、かわりの方法を faults に書いてください。",
            "List it under faults: who is affected, and what to do instead.",
        ),
        _CLAIMS,
    ),
    "raw-html": _message(
        ("文章の中に HTML（{tag}）は書けません。", "HTML ({tag}) may not be used in the text."),
        (
            "Markdown で書いてください。「<」そのものを出すときは「\\<」と書きます。",
            'Use Markdown. For the sign "<" itself write "\\<".',
        ),
        _SAFE_FILES,
    ),
    "unsafe-link": _message(
        ("リンク「{target}」は使えません。", 'The link "{target}" may not be used.'),
        (
            "https:// で始まる住所か、「programme:スラッグ」のような記録の名前を書いてください。",
            'Use an address that starts with https:// or the identity of a record such as "programme:slug".',
        ),
        _SAFE_FILES,
    ),
    "not-a-file": _message(
        ("{name} はふつうのファイルではありません。", "{name} is not a plain file."),
        (
            "フォルダーや切れたリンクを消して、同じ名前のファイルを置いてください。",
            "Remove the folder or broken link, and put a file of that name in its place.",
        ),
        _SAFE_FILES,
    ),
    "line-in-text": _message(
        ("文章の中に区切り線は引けません。", "A dividing line may not be used in the text."),
        (
            "この行を消してください。「---」は、ファイルの初めの項目を囲む2行だけに使います。",
            'Remove this line. "---" is only used twice, around the fields at the top of the file.',
        ),
        _SAFE_FILES,
    ),
    "image-in-text": _message(
        ("文章の中に画像（{target}）は置けません。", "An image ({target}) may not be used in the text."),
        ("言葉で書いてください。", "Say it in words."),
        (
            "ほかのサイトの画像は、読者がこのページを見たことをそのサイトに知らせます。代わりの言葉のない画像は、読めない人がいます。",
            "An image of another site tells that site who reads the page, and some readers cannot see it.",
        ),
    ),
    # --- years that are over -----------------------------------------------------------------
    "evidence-of-earlier-year": _message(
        (
            "{now}年度の記録なのに、根拠が{year}年度の資料です（{evidence}）。",
            "This record is of fiscal {now}, but its evidence is of fiscal {year} ({evidence}).",
        ),
        (
            "{now}年度の資料で数字を確かめ、「source: p8 …」のように書き直してください。まだなら「carried_over: {year}」を戻します。",
            'Check the figure in the material of fiscal {now}, and write "source: p8 …". If that is not done yet, put "carried_over: {year}" back.',
        ),
        _YEARS,
    ),
    "not-yet-confirmed": _message(
        (
            "{year}年度から引き継いだまま、{now}年度の内容を確かめていません（根拠{all}件のうち{left}件が前の資料です）。",
            "Carried over from fiscal {year} and not yet confirmed for fiscal {now}: {left} of {all} pieces of evidence are of the earlier material.",
        ),
        (
            "根拠をすべて新しい資料に直し、pages と as_of を直したら、この行を消してください。終わった事業なら「ended: {{after: {year}}}」を書きます。",
            'Mend all evidence, pages and as_of, then delete this line. If it is over, write "ended: {{after: {year}}}".',
        ),
        _YEARS,
        "warning",
    ),
    "unknown-year": _message(
        (
            "{year}年度の内容は残っていません（残っている年度: {kept}）。",
            "Fiscal {year} is not kept here (kept: {kept}).",
        ),
        (
            "年度を確かめてください。年度は python3 build.py rollover が past/ に残します。",
            "Check the year. Years are kept in past/ by python3 build.py rollover.",
        ),
        _YEARS,
    ),
    "vanished-record": _message(
        (
            "{year}年度にあった記録「{ref}」がなくなっています。その住所のページも失われます。",
            'The record "{ref}" of fiscal {year} is gone, and with it the page at its address.',
        ),
        (
            "終わった事業は消さずに、{folder}/record.yaml に「ended: {{after: {year}}}」を書きます。名前を変えたなら、新しい記録の former_slugs に加えます。",
            'Do not delete what is over: write "ended: {{after: {year}}}" in {folder}/record.yaml. If it has another name now, add the old one to former_slugs.',
        ),
        _YEARS,
    ),
    # --- evidence ----------------------------------------------------------------------------
    "figure-without-evidence": _message(
        ("この数字には根拠がありません（{value}）。", "This figure has no evidence ({value})."),
        (
            "資料を開いてこの数字をさがし、「source:」のあとに、資料のページ（p と番号）、空白、資料の中の、この数字を含む言葉（40字まで）を書き足してください。"
            '形の見本: {evidence_form}（言葉に「,」などがあるときは、引用符 " も書きます）。ページと言葉は見本です。資料のとおりに書きかえます。',
            'Find the figure in the source, and add behind "source:" its page (p and its number), a space, and the words there '
            "(at most 40 characters) that hold it. The form is: {evidence_form} (with the quotation marks where the words hold "
            'a "," or the like). Page and words of it are a guess: replace them by those of the source.',
        ),
        _EVIDENCE,
    ),
    "figure-not-in-fragment": _message(
        (
            "根拠の言葉「{fragment}」に {value} がありません。",
            'The fragment "{fragment}" does not hold {value}.',
        ),
        (
            "まず資料を開き、数字と言葉のどちらが正しいかを確かめてください。数字の書きまちがいなら、数字を直します。"
            "数字が正しいなら、source: のあとの言葉を、その数字を含む資料の言葉に書きかえます。",
            "Look into the source first, and see which of the two is right. If the figure is the slip, mend it. If it is right, "
            "replace the words behind source: by words of the source that hold it.",
        ),
        _EVIDENCE,
    ),
    "fragment-not-on-page": _message(
        (
            "資料の{page}ページに「{fragment}」がありません。",
            'Page {page} of the source does not hold "{fragment}".',
        ),
        ("ページの番号と、言葉の写しまちがいを確かめてください。", "Check the page number and the wording."),
        _EVIDENCE,
    ),
    "source-page-missing": _message(
        (
            "資料の{page}ページの文章（{name}）がありません。",
            "The text of page {page} of the source ({name}) is missing.",
        ),
        (
            "--source のフォルダーとページの番号を確かめてください。",
            "Check the --source folder and the page number.",
        ),
        _EVIDENCE,
    ),
    "page-not-listed": _message(
        (
            "根拠のページ {page} が pages にありません。",
            "Page {page} of this evidence is not listed in pages.",
        ),
        ("pages に {page} を加えてください。", "Add {page} to pages."),
        _EVIDENCE,
    ),
    "wrong-calculation": _message(
        (
            "計算すると {expected} ですが、{value} と書かれています。",
            "The calculation gives {expected}, but {value} is written.",
        ),
        ("もとの数字か、この数字を直してください。", "Mend one of the inputs or this figure."),
        _EVIDENCE,
    ),
    "unstated-missing": _message(
        (
            "{offer} に {what} がなく、unstated にもありません。",
            "{offer} has no {what}, and unstated does not list it.",
        ),
        (
            "数字を書くか、unstated に「{{what: {what}, offer: {offer}}}」を加えてください。",
            'Give the figure, or add "{{what: {what}, offer: {offer}}}" to unstated.',
        ),
        (
            "資料が言わないことは「資料に記載がありません」と書き、黙って空けません。",
            "What the source does not say is said to be unstated, never left silently blank.",
        ),
    ),
    "unstated-but-stated": _message(
        (
            "unstated に {what} がありますが、値も書かれています。",
            "unstated lists {what}, but a value is given.",
        ),
        ("どちらかを消してください。", "Remove one of them."),
        (
            "「資料に記載がない」と値とが同時に出ると、どちらが正しいかわかりません。",
            "A page must not show a value and say that there is none.",
        ),
    ),
    # --- thesaurus ---------------------------------------------------------------------------
    "unknown-term": _message(
        (
            "thesaurus の「{term}」は、カタログのどの文章にも出てきません（{language}）。",
            'The term "{term}" of the thesaurus occurs nowhere in the catalogue ({language}).',
        ),
        (
            "カタログで使う正式な言葉を書いてください。ふだんの言葉は、その右側に並べます。",
            "Write the official term that the catalogue uses. Everyday words stand to its right.",
        ),
        (
            "ふだんの言葉は、ページに出てくる言葉に言いかえて、はじめて何かが見つかります。",
            "An everyday word finds something only when it leads to a word that stands on a page.",
        ),
    ),
    "repeated-word": _message(
        (
            "「{word}」は「{term}」だけの言葉ではありません（「{other}」にもあります）。",
            '"{word}" does not belong to "{term}" alone; it stands under "{other}" too.',
        ),
        (
            "どちらかから消すか、わざと重ねるときは「{{words: […], also: [{word}]}}」の also に移してください。",
            'Remove it from one of them. If it is meant to stand in both, list it under "also" instead of "words".',
        ),
        (
            "1つの言葉がいくつもの用語に広がると、関係のない結果が並びます。",
            "When one word leads to many terms, results have little to do with what was asked.",
        ),
    ),
    # --- strings and settings ----------------------------------------------------------------
    "missing-string": _message(
        ("「{key}」の言葉がありません（{language}）。", 'There are no words for "{key}" ({language}).'),
        ("{file} に加えてください。", "Add them to {file}."),
        _PARITY,
    ),
    "surplus-string": _message(
        ("「{key}」はどこでも使われません（{language}）。", '"{key}" is used nowhere ({language}).'),
        ("書きまちがいを直すか、消してください。", "Mend the spelling, or remove it."),
        _SCHEMA,
    ),
    "unknown-language": _message(
        (
            "「{language}」は site.yaml の languages にありません。",
            '"{language}" is not one of the languages in site.yaml.',
        ),
        (
            "languages に加えるか、書きまちがいを直してください。",
            "Add it to languages, or mend the spelling.",
        ),
        _PARITY,
    ),
    # --- changes -----------------------------------------------------------------------------
    "change-too-late": _message(
        (
            "変更の日付（{date}）が、変更の一覧の日付（{as_of}）より後です。",
            "The change is dated {date}, later than the list of changes ({as_of}).",
        ),
        (
            "日付を直すか、changes.yaml の as_of を一覧を直した日にしてください。",
            "Mend the date, or set as_of in changes.yaml to the day on which the list was brought up to date.",
        ),
        _HISTORY,
    ),
    "changes-out-of-order": _message(
        (
            "変更の順番がちがいます。{before} の次に {date} があります。",
            "The changes are out of order: {date} stands below {before}.",
        ),
        ("新しいものを上に書いてください。", "Put the newest first."),
        _HISTORY,
    ),
    "unknown-field": _message(
        ("{ref} の record.yaml に「{field}」はありません。", 'record.yaml of {ref} has no "{field}".'),
        (
            "「offers[grant].amounts[1]」のように、record.yaml にある項目を書いてください。",
            'Name a field of record.yaml, such as "offers[grant].amounts[1]".',
        ),
        _HISTORY,
    ),
    "change-mismatch": _message(
        (
            "変更後（after）の値が、{ref} の今の「{field}」とちがいます。",
            'What stands under "after" is not what "{field}" of {ref} says now.',
        ),
        (
            "record.yaml と changes.yaml のどちらが正しいかを確かめて、そろえてください。",
            "Find out which of record.yaml and changes.yaml is right, and mend the other.",
        ),
        _HISTORY,
    ),
    # --- a table that is taken in -------------------------------------------------------------
    "csv-encoding": _message(
        ("この表は UTF-8 で保存されていません。", "This table was not saved as UTF-8."),
        (
            "表計算ソフトで「CSV UTF-8（コンマ区切り）」を選んで保存し直してください。「CSV」だけのものは、別の文字コードになります。",
            'Save it again from the spreadsheet as "CSV UTF-8 (comma delimited)"; plain "CSV" has another encoding.',
        ),
        _TABLE,
    ),
    "csv-broken": _message(
        (
            'CSV として読めません。引用符（"）の使い方がおかしいところです。',
            "This is not sound CSV: a quotation mark stands where none may, or is never closed.",
        ),
        (
            "表計算ソフトで開いて、「CSV UTF-8（コンマ区切り）」で保存し直してください。",
            "Open it in a spreadsheet and save it again as CSV UTF-8 (comma delimited).",
        ),
        _TABLE,
    ),
    "csv-columns": _message(
        (
            "1行目が列の名前ではありません。足りない列: {missing}。知らない列: {surplus}",
            "The first line does not name the columns. Missing: {missing}. Unknown: {surplus}",
        ),
        ("1行目は次のとおりにしてください: {columns}", "The first line must be: {columns}"),
        _TABLE,
    ),
    "csv-cells": _message(
        (
            "{row}行目のセルは{found}個です。{expected}個でなければなりません。",
            "Row {row} has {found} cells; it must have {expected}.",
        ),
        (
            "もとの表と見くらべて、行を直してください。",
            "Compare the row with the table as it was written, and mend it.",
        ),
        _TABLE,
    ),
    "csv-field": _message(
        ("{ref} に「{field}」はありません。", '{ref} has no "{field}".'),
        (
            "record、language、field の列は直さないでください。項目を増やすときは、記録のファイルに書きます。",
            "Leave the columns record, language and field alone. New fields are written in the file of the record.",
        ),
        _TABLE,
    ),
    "csv-repeated": _message(
        ("同じ値の行が、{other}行目にもあります。", "Row {other} is about the same value."),
        ("どちらかの行を消してください。", "Remove one of the rows."),
        _TABLE,
    ),
    "csv-empty": _message(
        ("値が空です。今の値:「{now}」", 'The value is empty. It is now: "{now}"'),
        (
            "値を消すには、記録のファイルで行を消してください。直さないときは、この行を表から消してください。",
            "To remove a value, remove its line from the file of the record. To leave it alone, remove this row.",
        ),
        _TABLE,
    ),
    "csv-evidence": _message(
        (
            "根拠が{found}個です。今は{expected}個あります。",
            "There are {found} pieces of evidence; now there are {expected}.",
        ),
        (
            "表では根拠を増やしたり減らしたりできません。記録のファイルで直してください。",
            "A table cannot add or take away evidence. Do that in the file of the record.",
        ),
        _TABLE,
    ),
    "csv-conflict": _message(
        (
            "表を書き出した後に、この値はほかで直されています。今の値:「{now}」",
            'This value was changed elsewhere after the table was written. It is now: "{now}"',
        ),
        (
            "新しい表（data/values.csv）を作って、もう一度直してください。",
            "Build a new table (data/values.csv) and make your change there.",
        ),
        _TABLE,
    ),
    # --- output ------------------------------------------------------------------------------
    "out-not-ours": _message(
        (
            "出力先には、このビルドが作ったものではないファイルがあります（{found}）。",
            "The output folder holds files that this build did not make ({found}).",
        ),
        (
            "空のフォルダーか新しい名前を --out で指定してください。",
            "Name an empty or new folder with --out.",
        ),
        _OUTPUT,
    ),
    "out-protected": _message(
        (
            "ここには出力できません（もとのファイルを消すおそれがあります）。",
            "This folder cannot be the output: sources could be lost.",
        ),
        ("--out に別のフォルダーを指定してください。", "Name another folder with --out."),
        _OUTPUT,
    ),
    "out-not-a-folder": _message(
        ("出力先がふつうのフォルダーではありません。", "The output is not a plain folder."),
        (
            "リンクやファイルを取り除くか、--out に別の名前を指定してください。",
            "Remove the link or file, or name another folder.",
        ),
        _OUTPUT,
    ),
    "out-busy": _message(
        ("同じ出力先に、別のビルドが書き込んでいます。", "Another build is writing to the same output."),
        ("それが終わってから、もう一度実行してください。", "Run again when it has finished."),
        _OUTPUT,
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
