"""What each rule on links says: its kind, how grave it is, what is wrong and what to do, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. ``{target}`` and ``{detail}`` of its words are filled by each finding."""

    id: str
    kind: str
    severity: Severity
    criterion: str | None
    text: Mapping[str, str]
    cure: Mapping[str, str]


def rule(
    name: str,
    text: tuple[str, str],
    cure: tuple[str, str],
    kind: str = "",
    severity: Severity = "error",
    criterion: str | None = None,
) -> Rule:
    said, cured = ({"ja": ja, "en": en} for ja, en in (text, cure))
    return Rule(name, kind or name, severity, criterion, said, cured)


_PATH = (
    "ファイルを置くか、リンクを直してください。",
    "Add the file, or correct the address.",
)
_ADDRESS = ("アドレスの書き方を直してください。", "Correct the address.")
_WHOLE = (
    "https:// から始まるアドレスを書いてください。",
    "Write the whole address, starting with https://.",
)

_ALL = (
    # --- files -------------------------------------------------------------------------------
    rule(
        "unreadable-file",
        ("ファイルを読めません（{detail}）。", "The file cannot be read ({detail})."),
        ("読み取りの権限を確かめてください。", "Check the permissions of the file."),
    ),
    rule(
        "not-utf8",
        ("UTF-8 ではありません（{detail}）。", "The file is not UTF-8 ({detail})."),
        ("UTF-8 で保存し直してください。中身は調べていません。", "Save it as UTF-8; it was not looked into."),
    ),
    rule(
        "xml-invalid",
        ("XML として読めません（{detail}）。", "This cannot be read as XML ({detail})."),
        ("タグの閉じ忘れや & を確かめてください。", "Check for unclosed tags and for bare &."),
    ),
    rule(
        "jsonld-broken",
        ("構造化データ（JSON-LD）が読めません（{detail}）。", "The JSON-LD cannot be read ({detail})."),
        ("JSON の書き方を直してください。", "Correct the JSON."),
    ),
    rule(
        "manifest-broken",
        ("マニフェストの「{detail}」が正しくありません。", 'The manifest is wrong: "{detail}".'),
        ("JSON の書き方とファイル名を確かめてください。", "Check the JSON and the names of files in it."),
    ),
    # --- how an address is written -----------------------------------------------------------
    rule(
        "empty-href",
        ("アドレスが空です。", "The address is empty."),
        ("行き先を書くか、リンクをやめてください。", "Give a destination, or remove the link."),
    ),
    rule(
        "address-space",
        ("アドレス「{target}」の途中に空白があります。", 'There is white space within "{target}".'),
        ("空白を消すか %20 と書いてください。", "Remove it, or write %20."),
        "malformed-url",
    ),
    rule(
        "address-backslash",
        ("アドレス「{target}」に「\\」があります。", 'There is a backslash in "{target}".'),
        ("「/」を使ってください。", "Use / between folders."),
        "malformed-url",
    ),
    rule(
        "malformed-url",
        ("アドレス「{target}」は正しくありません（{detail}）。", '"{target}" is no address ({detail}).'),
        _ADDRESS,
    ),
    rule(
        "bad-scheme",
        (
            "「{target}」の「{detail}:」は使えません。",
            '"{detail}:" of "{target}" is mistyped or unsafe.',
        ),
        ("https: などの正しい形に直してください。", "Use https: or another scheme that browsers follow."),
    ),
    rule(
        "javascript-link",
        ("リンクが javascript: を実行します。", "The link runs javascript:."),
        ("button 要素とスクリプトにしてください。", "Use a button and a script."),
    ),
    rule(
        "local-url",
        (
            "「{target}」は書いた人のコンピューターやその近くの機器だけを指します。",
            '"{target}" leads to the machine of its writer or to a network next to it.',
        ),
        ("公開されたアドレスに直してください。", "Use an address that everybody can reach."),
    ),
    rule(
        "insecure-link",
        ("「{target}」は暗号化されない http: です。", '"{target}" uses http:, which is not encrypted.'),
        ("https: に直してください。", "Use https:."),
    ),
    rule(
        "mixed-content",
        (
            "「{target}」を http: で読み込みます。https: のページではブラウザーが止めます。",
            '"{target}" is loaded over http:; browsers refuse it on a page of https:.',
        ),
        ("https: にするか、サイトの中に置いてください。", "Use https:, or bring the file with the site."),
    ),
    rule(
        "protocol-relative",
        ("「{target}」に https: がありません。", '"{target}" does not say https:.'),
        ("先頭に https: を付けてください。", "Put https: in front."),
    ),
    rule(
        "mailto-invalid",
        ("メールアドレス「{target}」が正しくありません。", '"{target}" is no e-mail address.'),
        ("mailto:name@example.org の形で書いてください。", "Write it like mailto:name@example.org."),
    ),
    rule(
        "tel-invalid",
        ("電話番号「{target}」が正しくありません。", '"{target}" is no telephone number.'),
        (
            "tel:+81-3-1234-5678 のように、半角の数字とハイフンで書いてください。",
            "Write it like tel:+81-3-1234-5678.",
        ),
    ),
    # --- where an address leads --------------------------------------------------------------
    rule("broken-link", ("「{target}」がありません。", '"{target}" does not exist.'), _PATH),
    rule(
        "broken-image", ("画像「{target}」がありません。", 'The picture "{target}" does not exist.'), _PATH
    ),
    rule(
        "broken-srcset",
        ("srcset の「{target}」がありません。", '"{target}" of srcset does not exist.'),
        _PATH,
    ),
    rule(
        "broken-asset",
        ("読み込むファイル「{target}」がありません。", 'The file "{target}" does not exist.'),
        _PATH,
    ),
    rule(
        "broken-css-url",
        ("スタイルが使う「{target}」がありません。", '"{target}", used by a style, does not exist.'),
        _PATH,
    ),
    rule(
        "feed-broken", ("フィードの「{target}」がありません。", '"{target}" of a feed does not exist.'), _PATH
    ),
    rule(
        "broken-fragment",
        (
            "「{target}」の「#」のあとの名前は、そのページにありません。",
            'The page has no id for the part behind "#" of "{target}".',
        ),
        ("id を付けるか、リンクを直してください。", "Add the id, or correct the link."),
    ),
    rule(
        "case-mismatch",
        (
            "「{target}」は、ファイル名「{detail}」と大文字・小文字がちがいます。",
            '"{target}" differs from the file "{detail}" in capital letters.',
        ),
        ("ファイル名のとおりに書いてください。", "Write it like the name of the file."),
    ),
    rule(
        "form-mismatch",
        (
            "「{target}」は、見た目が同じ「{detail}」と文字の組み立て（NFC・NFD）がちがいます。",
            '"{target}" looks like "{detail}" but is composed otherwise (NFC, NFD).',
        ),
        ("両方を NFC にしてください。", "Use NFC in both."),
        "broken-link",
    ),
    rule(
        "missing-slash",
        (
            "「{target}」はフォルダーですが、最後に「/」がありません。",
            '"{target}" is a folder without its slash.',
        ),
        ("最後に「/」を付けてください。", "End it with a slash."),
    ),
    rule(
        "outside-base",
        ("「{target}」はサイトの外に出ます。", '"{target}" leads out of the site.'),
        ("「..」の数や先頭の「/」を確かめてください。", "Check the number of .. and the leading slash."),
    ),
    rule(
        "redirect",
        (
            "「{target}」は別のページに送るだけのページです。",
            '"{target}" only sends readers on to another page.',
        ),
        ("行き先のページに直接リンクしてください。", "Link to where it leads."),
    ),
    rule(
        "relative-in-404",
        (
            "404 のページはどの深さでも表示されるので、「{target}」は切れます。",
            'The page for 404 is shown at any depth, where "{target}" breaks.',
        ),
        ("「/」で始まるアドレスにしてください。", "Use an address that starts with a slash."),
    ),
    rule(
        "integrity-mismatch",
        (
            "「{target}」の中身が integrity の値と合いません。ブラウザーは読み込みません。",
            'The content of "{target}" does not match its integrity; browsers will refuse it.',
        ),
        ("integrity の値を計算し直してください。", "Compute the value of integrity again."),
    ),
    rule(
        "duplicate-id",
        (
            "id「{target}」がこのページに2回以上あります（1回目は{detail}行目）。",
            'The id "{target}" is used more than once (first in line {detail}).',
        ),
        ("どちらかの id を変えてください。", "Change one of them."),
        criterion="4.1.1",
    ),
    # --- canonical addresses and languages ---------------------------------------------------
    rule(
        "not-absolute",
        ("「{target}」は https:// から始まっていません。", '"{target}" is not a whole address.'),
        _WHOLE,
    ),
    rule(
        "canonical-broken",
        ("canonical の「{target}」がありません。", 'The canonical address "{target}" does not exist.'),
        _ADDRESS,
    ),
    rule(
        "canonical-duplicate",
        ("canonical が2つ以上あります。", "There is more than one canonical address."),
        ("1つだけ残してください。", "Keep one of them."),
    ),
    rule(
        "canonical-mismatch",
        (
            "canonical の「{target}」は、このページではありません。",
            'The canonical address "{target}" is that of another page.',
        ),
        ("このページのアドレスを書いてください。", "Give the address of this page."),
    ),
    rule(
        "canonical-missing",
        (
            "ほかのページにある canonical がありません。",
            "Other pages have a canonical address, this has none.",
        ),
        ("link rel=canonical を加えてください。", "Add link rel=canonical."),
        severity="warning",
    ),
    rule(
        "hreflang-invalid",
        ("「{detail}」は言語の符号ではありません。", '"{detail}" is no language code.'),
        ("ja、en、zh-Hans のように書いてください。", "Write ja, en or zh-Hans."),
    ),
    rule(
        "hreflang-duplicate",
        ("言語「{detail}」の hreflang が2つあります。", 'There are two alternates for "{detail}".'),
        ("1つだけ残してください。", "Keep one of them."),
    ),
    rule(
        "hreflang-relative",
        (
            "hreflang の「{target}」は https:// から始まっていません。",
            'The alternate "{target}" is not whole.',
        ),
        _WHOLE,
    ),
    rule(
        "hreflang-dangling",
        ("hreflang の「{target}」がありません。", 'The alternate "{target}" does not exist.'),
        _PATH,
    ),
    rule(
        "hreflang-missing-self",
        ("hreflang にこのページ自身がありません。", "The alternates do not name this page itself."),
        ("このページの言語とアドレスも加えてください。", "Add this page with its own language."),
    ),
    rule(
        "hreflang-not-reciprocal",
        (
            "hreflang の「{target}」は、このページを指し返していません。",
            'The alternate "{target}" does not point back to this page.',
        ),
        ("両方のページに同じ hreflang を書いてください。", "Give both pages the same alternates."),
    ),
    rule(
        "hreflang-mismatch",
        (
            "「{target}」の lang が、hreflang の言語とちがいます（{detail}）。",
            'The lang of "{target}" is not that of its hreflang ({detail}).',
        ),
        ("どちらかを直してください。", "Correct one of them."),
    ),
    rule(
        "hreflang-missing",
        ("ほかのページにある hreflang がありません。", "Other pages name their alternates, this does not."),
        ("link rel=alternate hreflang を加えてください。", "Add link rel=alternate hreflang."),
        severity="warning",
    ),
    # --- the site as a whole -----------------------------------------------------------------
    rule(
        "sitemap-broken",
        ("サイトマップの「{target}」がありません。", '"{target}" of the sitemap does not exist.'),
        _ADDRESS,
    ),
    rule(
        "sitemap-missing",
        ("このページはサイトマップにありません。", "The sitemap does not list this page."),
        ("サイトマップに加えるか、noindex にしてください。", "List it, or mark it noindex."),
    ),
    rule(
        "sitemap-noindex",
        (
            "noindex の「{target}」がサイトマップにあります。",
            'The sitemap lists "{target}", which is noindex.',
        ),
        ("サイトマップから消してください。", "Take it out of the sitemap."),
    ),
    rule(
        "sitemap-absent",
        ("sitemap.xml がありません。", "There is no sitemap.xml."),
        ("サイトマップを作ってください。", "Make one."),
        severity="warning",
    ),
    rule(
        "robots-broken",
        ("robots.txt の「{target}」が正しくありません。", '"{target}" of robots.txt is wrong.'),
        (
            "あるサイトマップを https:// から書いてください。",
            "Name a sitemap that exists by its whole address.",
        ),
    ),
    rule(
        "orphan",
        ("このページへのリンクがどのページにもありません。", "No page links to this page."),
        ("どこかからリンクするか、消してください。", "Link to it, or remove it."),
        severity="warning",
    ),
)

RULES: Mapping[str, Rule] = {one.id: one for one in _ALL}
