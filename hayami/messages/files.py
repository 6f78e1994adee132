"""Files and folders, and where a site is written."""

from __future__ import annotations

from collections.abc import Mapping

from hayami.messages.message import Message, message
from hayami.messages.reasons import OUTPUT, PARITY, SAFE_FILES, SCHEMA

MESSAGES: Mapping[str, Message] = {
    # --- files -------------------------------------------------------------------------------------
    "not-utf8": message(
        (
            "このファイルは UTF-8 ではありません（{position}バイト目）。",
            "This file is not UTF-8 (at byte {position}).",
        ),
        (
            "エディターで文字コードを「UTF-8」にして保存し直してください。",
            "Save it again with the encoding UTF-8.",
        ),
        SAFE_FILES,
    ),
    "byte-order-mark": message(
        (
            "ファイルの先頭に BOM（目に見えない印）があります。",
            "The file starts with a byte order mark, which cannot be seen.",
        ),
        (
            "「UTF-8（BOMなし）」で保存し直してください。",
            "Save it again as UTF-8 without a byte order mark.",
        ),
        SAFE_FILES,
    ),
    "crlf": message(
        ("改行が Windows の形式（CRLF）です。", "Line ends are of the Windows kind (CRLF)."),
        ("エディターで改行コードを「LF」にして保存し直してください。", "Save it again with line ends LF."),
        SAFE_FILES,
    ),
    "control-character": message(
        (
            "使えない制御文字（{character}）があります。",
            "There is a control character ({character}) that may not be used.",
        ),
        ("その文字を消してください。", "Delete the character."),
        SAFE_FILES,
    ),
    "empty-file": message(
        ("ファイルが空です。", "The file is empty."),
        (
            "中身を書くか、`python3 build.py new` で作り直してください。",
            "Fill it in, or make it anew with `python3 build.py new`.",
        ),
        SAFE_FILES,
    ),
    "huge-file": message(
        (
            "ファイルが大きすぎます（{size}バイト、上限{limit}バイト）。",
            "The file is too large ({size} bytes, at most {limit}).",
        ),
        ("記録を分けるか、不要な部分を削ってください。", "Split the record, or cut what is not needed."),
        SAFE_FILES,
    ),
    "not-a-picture": message(
        ("PNG の画像として読めません。", "This cannot be read as a PNG picture."),
        (
            "PNG に書き出し直すか、「python3 build.py pictures」で描き直してください。",
            'Export it as PNG again, or draw it anew with "python3 build.py pictures".',
        ),
        SAFE_FILES,
    ),
    "stale-picture": message(
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
    "outside-link": message(
        (
            "シンボリックリンクが content/ の外（または別の場所）を指しています。",
            "A symbolic link leads out of the content folder.",
        ),
        (
            "リンクを消し、ファイルそのものを置いてください。",
            "Remove the link and put the file itself there.",
        ),
        SAFE_FILES,
    ),
    "unexpected-file": message(
        ("ここに「{name}」は置けません。", 'There is no place for "{name}" here.'),
        ("置けるのは {expected} です。", "Expected here: {expected}."),
        SCHEMA,
    ),
    "missing-file": message(
        ("「{name}」がありません。", '"{name}" is missing.'),
        (
            "名前を確かめるか、加えてください。記録のファイルなら `python3 build.py new` でひな型を作れます。",
            "Check the name, or add it; for the files of a record `python3 build.py new` makes templates.",
        ),
        SCHEMA,
    ),
    "missing-language": message(
        ("「{language}」の文章（{name}）がありません。", 'The words in "{language}" ({name}) are missing.'),
        (
            "ほかの言語のファイルを写し、訳してください。",
            "Copy the file of another language and translate it.",
        ),
        PARITY,
    ),
    "illegal-slug": message(
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
    "duplicate-slug": message(
        ("「{slug}」は {other} でも使われています。", '"{slug}" is also used by {other}.'),
        ("どちらかの名前を変えてください。", "Rename one of them."),
        (
            "印刷物の短い住所 /q/{slug}/ は、種類によらず1つの記録を指します。",
            "The short address /q/{slug}/ on paper points to one record, whatever its kind.",
        ),
    ),
    # --- output ------------------------------------------------------------------------------------
    "out-not-ours": message(
        (
            "出力先には、このビルドが作ったものではないファイルがあります（{found}）。",
            "The output folder holds files that this build did not make ({found}).",
        ),
        (
            "空のフォルダーか新しい名前を --out で指定してください。",
            "Name an empty or new folder with --out.",
        ),
        OUTPUT,
    ),
    "out-protected": message(
        (
            "ここには出力できません（もとのファイルを消すおそれがあります）。",
            "This folder cannot be the output: sources could be lost.",
        ),
        ("--out に別のフォルダーを指定してください。", "Name another folder with --out."),
        OUTPUT,
    ),
    "out-not-a-folder": message(
        ("出力先がふつうのフォルダーではありません。", "The output is not a plain folder."),
        (
            "リンクやファイルを取り除くか、--out に別の名前を指定してください。",
            "Remove the link or file, or name another folder.",
        ),
        OUTPUT,
    ),
    "out-busy": message(
        ("同じ出力先に、別のビルドが書き込んでいます。", "Another build is writing to the same output."),
        ("それが終わってから、もう一度実行してください。", "Run again when it has finished."),
        OUTPUT,
    ),
}
