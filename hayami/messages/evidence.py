"""Figures and where in the source they stand; years that are over."""

from __future__ import annotations

from collections.abc import Mapping

from hayami.messages.message import Message, message
from hayami.messages.reasons import EVIDENCE, YEARS

MESSAGES: Mapping[str, Message] = {
    # --- evidence ----------------------------------------------------------------------------------
    "figure-without-evidence": message(
        ("この数字には根拠がありません（{value}）。", "This figure has no evidence ({value})."),
        (
            "資料を開いてこの数字をさがし、「source:」のあとに、資料のページ（p と番号）、空白、資料の中の、この数字を含む言葉（40字まで）を書き足してください。"
            '形の見本: {evidence_form}（言葉に「,」などがあるときは、引用符 " も書きます）。ページと言葉は見本です。資料のとおりに書きかえます。',
            'Find the figure in the source, and add behind "source:" its page (p and its number), a space, and the words there '
            "(at most 40 characters) that hold it. The form is: {evidence_form} (with the quotation marks where the words hold "
            'a "," or the like). Page and words of it are a guess: replace them by those of the source.',
        ),
        EVIDENCE,
    ),
    "figure-not-in-fragment": message(
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
        EVIDENCE,
    ),
    "fragment-not-on-page": message(
        (
            "資料の{page}ページに「{fragment}」がありません。",
            'Page {page} of the source does not hold "{fragment}".',
        ),
        ("ページの番号と、言葉の写しまちがいを確かめてください。", "Check the page number and the wording."),
        EVIDENCE,
    ),
    "source-page-missing": message(
        (
            "資料の{page}ページの文章（{name}）がありません。",
            "The text of page {page} of the source ({name}) is missing.",
        ),
        (
            "--source のフォルダーとページの番号を確かめてください。",
            "Check the --source folder and the page number.",
        ),
        EVIDENCE,
    ),
    "page-not-listed": message(
        (
            "根拠のページ {page} が pages にありません。",
            "Page {page} of this evidence is not listed in pages.",
        ),
        ("pages に {page} を加えてください。", "Add {page} to pages."),
        EVIDENCE,
    ),
    "wrong-calculation": message(
        (
            "計算すると {expected} ですが、{value} と書かれています。",
            "The calculation gives {expected}, but {value} is written.",
        ),
        ("もとの数字か、この数字を直してください。", "Mend one of the inputs or this figure."),
        EVIDENCE,
    ),
    "unstated-missing": message(
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
    "unstated-but-stated": message(
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
    # --- years that are over -----------------------------------------------------------------------
    "evidence-of-earlier-year": message(
        (
            "{now}年度の記録なのに、根拠が{year}年度の資料です（{evidence}）。",
            "This record is of fiscal {now}, but its evidence is of fiscal {year} ({evidence}).",
        ),
        (
            "{now}年度の資料で数字を確かめ、「source: p8 …」のように書き直してください。まだなら「carried_over: {year}」を戻します。",
            'Check the figure in the material of fiscal {now}, and write "source: p8 …". If that is not done yet, put "carried_over: {year}" back.',
        ),
        YEARS,
    ),
    "not-yet-confirmed": message(
        (
            "{year}年度から引き継いだまま、{now}年度の内容を確かめていません（根拠{all}件のうち{left}件が前の資料です）。",
            "Carried over from fiscal {year} and not yet confirmed for fiscal {now}: {left} of {all} pieces of evidence are of the earlier material.",
        ),
        (
            "根拠をすべて新しい資料に直し、pages と as_of を直したら、この行を消してください。終わった事業なら「ended: {{after: {year}}}」を書きます。",
            'Mend all evidence, pages and as_of, then delete this line. If it is over, write "ended: {{after: {year}}}".',
        ),
        YEARS,
        "warning",
    ),
    "unknown-year": message(
        (
            "{year}年度の内容は残っていません（残っている年度: {kept}）。",
            "Fiscal {year} is not kept here (kept: {kept}).",
        ),
        (
            "年度を確かめてください。年度は python3 build.py rollover が past/ に残します。",
            "Check the year. Years are kept in past/ by python3 build.py rollover.",
        ),
        YEARS,
    ),
    "vanished-record": message(
        (
            "{year}年度にあった記録「{ref}」がなくなっています。その住所のページも失われます。",
            'The record "{ref}" of fiscal {year} is gone, and with it the page at its address.',
        ),
        (
            "終わった事業は消さずに、{folder}/record.yaml に「ended: {{after: {year}}}」を書きます。名前を変えたなら、新しい記録の former_slugs に加えます。",
            'Do not delete what is over: write "ended: {{after: {year}}}" in {folder}/record.yaml. If it has another name now, add the old one to former_slugs.',
        ),
        YEARS,
    ),
}
