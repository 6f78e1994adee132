"""Why rules exist, where several share a reason; Japanese and English."""

from __future__ import annotations

YAML_PLAIN = (
    "このカタログでは、値は書かれている場所で読めるとおりの意味しか持ちません。",
    "In this catalogue a value means what it says where it stands.",
)
SAFE_FILES = (
    "ファイルはたくさんの人が書きます。壊れたファイルが1つあっても、サイト全体が止まらず、原因がわかるようにします。",
    "Many people write these files. One broken file must not take the site down, and its cause must be plain.",
)
SCHEMA = (
    "決まった項目だけを受け付けるので、書きまちがいが黙って消えることがありません。",
    "Only declared keys are accepted, so that a slip of the pen never vanishes silently.",
)
EVIDENCE = (
    "数字はどれも、資料のどのページのどの言葉によるかをたどれるようにします。",
    "Every figure can be traced to a page and a phrase of the source.",
)
YEARS = (
    "年度が変わると、数字も変わります。前の年度の数字が、確かめられないまま今の数字として出ることはありません。住所は失われません。",
    "Figures change with the year. None of an earlier year passes as one of this year unconfirmed, and no address is lost.",
)
PARITY = (
    "どの言語の読者にも、まったく同じ事実を届けます。",
    "Readers of every language get exactly the same facts.",
)
LINKS = (
    "記録どうしのつながりは、名前（種類:スラッグ）で書きます。ページの住所が変わっても切れません。",
    "Records are tied by identity (kind:slug), never by path, so that ties survive any change of address.",
)
HISTORY = (
    "変更の一覧は、読者と購読する人が信じて使います。起きたことだけを、起きた順に伝えます。",
    "Readers and subscribers rely on the list of changes: it tells what happened, in order, and nothing else.",
)
TABLE = (
    "表は行ごとに決まった1つの値を直します。まちがった行が1つでもあれば、何も書きかえません。",
    "Each row of a table changes one value and no other. While one row is wrong, nothing is written.",
)
CLAIMS = (
    "だれも確かめていないことを、確かめたように見せません。",
    "Nothing may look tested that nobody has tested.",
)
OUTPUT = (
    "ビルドは、自分で作ったフォルダーのほかは書き換えません。",
    "A build never overwrites a folder that it did not make.",
)
