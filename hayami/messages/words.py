"""Words of a language: of records, of the thesaurus, of the interface."""

from __future__ import annotations

from collections.abc import Mapping

from hayami.messages.message import Message, message
from hayami.messages.reasons import CLAIMS, EVIDENCE, PARITY, SAFE_FILES, SCHEMA

MESSAGES: Mapping[str, Message] = {
    # --- words -------------------------------------------------------------------------------------
    "missing-words": message(
        ("{collection} の「{id}」に言葉がありません。", 'There are no words for "{id}" of {collection}.'),
        ("「{collection}:」の下に「{id}: …」を加えてください。", 'Add "{id}: …" under "{collection}:".'),
        PARITY,
    ),
    "surplus-words": message(
        (
            "{collection} に「{id}」はありません（record.yaml）。",
            'record.yaml has no "{id}" in {collection}.',
        ),
        (
            "この行を消すか、record.yaml に加えてください。",
            "Remove the line, or add the entry to record.yaml.",
        ),
        PARITY,
    ),
    "unknown-heading": message(
        ("「{heading}」という見出しは使えません。", '"{heading}" is not one of the headings.'),
        ("使える見出し: {valid}", "Headings that may be used: {valid}"),
        (
            "どの記録も同じ見出しなら、読者はどこを見ればよいかがすぐわかります。",
            "With the same headings everywhere, readers know where to look.",
        ),
    ),
    "few-aliases": message(
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
    "lost-heading": message(
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
    "heading-mismatch": message(
        (
            "見出しの並びが {other} と違います（ここ: {here}、あちら: {there}）。",
            "The headings differ from {other} (here: {here}; there: {there}).",
        ),
        (
            "どちらかのファイルで、見出しの行（## …）が消えたり変わったりしています。同じ見出しを同じ順に置いてください。",
            "In one of the two a heading (## …) was lost or changed. Use the same headings in the same order.",
        ),
        PARITY,
    ),
    "number-mismatch": message(
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
    "figure-mismatch": message(
        (
            "record.yaml の数字の使い方が {other} と違います（ここ: {here}、あちら: {there}）。",
            "The figures of record.yaml differ from {other} (here: {here}; there: {there}).",
        ),
        (
            "同じ {{id}} を、同じ回数だけ使ってください。",
            "Use the same {{id}}, each as many times as there.",
        ),
        PARITY,
    ),
    "number-not-in-record": message(
        (
            "「{number}」が、record.yaml にも、つながりのある記録にもありません。",
            'The number "{number}" stands neither in record.yaml nor in a record tied to it.',
        ),
        (
            "根拠を付けて record.yaml に書き（figures、または facts の source）、文章を直すなら {{id}} を使ってください。",
            "Give it in record.yaml with its evidence (figures, or source: of a fact); words then say {{id}}.",
        ),
        EVIDENCE,
    ),
    "missing-part": message(
        (
            "{entry} の {part} が、ここにはありません（{other} にはあります）。",
            "{entry} has no {part} here, but {other} has one.",
        ),
        ("「{part}: …」を加えるか、あちらから消してください。", 'Add "{part}: …", or take it out there.'),
        PARITY,
    ),
    "left-untranslated": message(
        (
            "訳されていない言葉「{run}」が、{language} の文章にあります。",
            'There are words that were left untranslated in the "{language}" text: "{run}".',
        ),
        (
            "訳してください。もとの言葉を見せたいときは、訳のあとに（）で囲んで置きます。例: wage (賃)",
            "Translate them. To show the original, put it in brackets of its own behind the translation: wage (賃).",
        ),
        PARITY,
    ),
    "stale-translation": message(
        (
            "もとの文章（{original}）が直されました。この訳（{name}）も合っているか、まだ確かめられていません。",
            "The original ({original}) has changed since this translation ({name}) was made, and nobody has checked it yet.",
        ),
        (
            "もとの文章を直したら、訳も合っているか見て、ちがっていれば直します。{last_ja}訳がわからないときは、わかる人に頼んでください。",
            "See whether the translation still says the same, and mend it if not. {last_en}If you do not know the "
            "language, ask someone who does.",
        ),
        PARITY,
    ),
    "unknown-criterion": message(
        (
            "WCAG 2.2 に達成基準「{criterion}」はありません。",
            'WCAG 2.2 has no success criterion "{criterion}".',
        ),
        (
            "WCAG 2.2 の番号で書いてください（JIS X 8341-3:2016 の番号なら、先頭の「7.」を除きます）。",
            "Write the number of WCAG 2.2 (that of JIS X 8341-3:2016 without its leading 7).",
        ),
        CLAIMS,
    ),
    "later-than-statement": message(
        (
            "この日付（{day}）は、方針を見直した日（as_of: {as_of}）よりあとです。",
            "This day ({day}) is after the one on which the statement was gone through (as_of: {as_of}).",
        ),
        (
            "日付を確かめてください。正しければ、全体を見直して as_of を新しくします。",
            "Check the day. If it is right, go through the whole file and set as_of anew.",
        ),
        CLAIMS,
    ),
    "old-test": message(
        (
            "この試験（{day}）は、{as_of} の時点で{months}か月以上たっています。試験した達成基準: {criteria}",
            "By {as_of} this test ({day}) is {months} months old or more. What it judged: {criteria}",
        ),
        (
            "試験をやり直して結果を足すか、結果を消してください。",
            "Have the test made again and add its results, or take the results out.",
        ),
        CLAIMS,
        "warning",
    ),
    "pass-despite-fault": message(
        (
            "{criterion} を「満たす」としていますが、{since} から満たさないことがわかっています（faults の {fault}）。",
            "{criterion} is said to pass, but is known not to be met since {since} (faults: {fault}).",
        ),
        (
            "結果を fail にするか、直った問題を faults から消してください。",
            "Set the result to fail, or take a fault that is mended out of faults.",
        ),
        CLAIMS,
    ),
    "waived-but-not-told": message(
        (
            "「{rule}」の誤りを残して公開しますが、達成基準 {criterion} の問題が {file} の faults にありません。",
            'A fault of "{rule}" is published all the same, but faults of {file} has none against criterion {criterion}.',
        ),
        (
            "読者が困ることと、かわりの方法を faults に書いてください。",
            "List it under faults: who is affected, and what to do instead.",
        ),
        CLAIMS,
    ),
    "raw-html": message(
        ("文章の中に HTML（{tag}）は書けません。", "HTML ({tag}) may not be used in the text."),
        (
            "Markdown で書いてください。「<」そのものを出すときは「\\<」と書きます。",
            'Use Markdown. For the sign "<" itself write "\\<".',
        ),
        SAFE_FILES,
    ),
    "unsafe-link": message(
        ("リンク「{target}」は使えません。", 'The link "{target}" may not be used.'),
        (
            "https:// で始まる住所か、「programme:スラッグ」のような記録の名前を書いてください。",
            'Use an address that starts with https:// or the identity of a record such as "programme:slug".',
        ),
        SAFE_FILES,
    ),
    "not-a-file": message(
        ("{name} はふつうのファイルではありません。", "{name} is not a plain file."),
        (
            "フォルダーや切れたリンクを消して、同じ名前のファイルを置いてください。",
            "Remove the folder or broken link, and put a file of that name in its place.",
        ),
        SAFE_FILES,
    ),
    "line-in-text": message(
        ("文章の中に区切り線は引けません。", "A dividing line may not be used in the text."),
        (
            "この行を消してください。「---」は、ファイルの初めの項目を囲む2行だけに使います。",
            'Remove this line. "---" is only used twice, around the fields at the top of the file.',
        ),
        SAFE_FILES,
    ),
    "image-in-text": message(
        ("文章の中に画像（{target}）は置けません。", "An image ({target}) may not be used in the text."),
        ("言葉で書いてください。", "Say it in words."),
        (
            "ほかのサイトの画像は、読者がこのページを見たことをそのサイトに知らせます。代わりの言葉のない画像は、読めない人がいます。",
            "An image of another site tells that site who reads the page, and some readers cannot see it.",
        ),
    ),
    # --- thesaurus ---------------------------------------------------------------------------------
    "unknown-term": message(
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
    "repeated-word": message(
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
    # --- strings and settings ----------------------------------------------------------------------
    "missing-string": message(
        ("「{key}」の言葉がありません（{language}）。", 'There are no words for "{key}" ({language}).'),
        ("{file} に加えてください。", "Add them to {file}."),
        PARITY,
    ),
    "surplus-string": message(
        ("「{key}」はどこでも使われません（{language}）。", '"{key}" is used nowhere ({language}).'),
        ("書きまちがいを直すか、消してください。", "Mend the spelling, or remove it."),
        SCHEMA,
    ),
    "unknown-language": message(
        (
            "「{language}」は site.yaml の languages にありません。",
            '"{language}" is not one of the languages in site.yaml.',
        ),
        (
            "languages に加えるか、書きまちがいを直してください。",
            "Add it to languages, or mend the spelling.",
        ),
        PARITY,
    ),
}
