"""Rules on the names of pictures."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from urllib.parse import unquote

from hayami.audit.document import Document
from hayami.audit.page import Element
from hayami.audit.pages import Report, roles
from hayami.audit.pages.names import UNKNOWN, Names, names_of, plain
from hayami.audit.rule import rule

_TEXT = "WCAG 1.1.1 / JIS X 8341-3:2016 7.1.1.1"

RULES = (
    rule(
        "img-name",
        ("画像に代替テキストがありません。", "This picture has no text instead of it."),
        (
            '何の画像かを alt に書いてください。飾りなら alt="" としてください。',
            'Say in alt what it shows, or write alt="" if it is decoration.',
        ),
        criterion=_TEXT,
    ),
    rule(
        "role-img-name",
        ('role="img" の要素に名前がありません。', 'This element of role "img" has no name.'),
        ("何の画像かを aria-label に書いてください。", "Say in aria-label what it shows."),
        "img-name",
        criterion=_TEXT,
    ),
    rule(
        "object-name",
        ("object に名前がありません。", "This object has no name."),
        ("何が入っているかを aria-label に書いてください。", "Say in aria-label what it is."),
        "img-name",
        criterion=_TEXT,
    ),
    rule(
        "svg-img-name",
        ("図（SVG）に名前がありません。", "This drawing (SVG) has no name."),
        (
            "何の図かを title 要素か aria-label に書いてください。",
            "Say in a title element or in aria-label what it shows.",
        ),
        criterion=_TEXT,
    ),
    rule(
        "filename-as-alt",
        (
            "代替テキスト「{target}」はファイル名です。",
            '"{target}" is the name of a file, not what the picture shows.',
        ),
        ("何の画像かを書いてください。", "Say what it shows."),
        criterion=_TEXT,
    ),
    rule(
        "alt-generic",
        (
            "代替テキスト「{target}」では何の画像かわかりません。",
            '"{target}" does not say what the picture shows.',
        ),
        ("何の画像かを書いてください。", "Say what it shows."),
        severity="warning",
        criterion=_TEXT,
    ),
    rule(
        "alt-redundant",
        (
            "代替テキスト「{target}」は、すぐそばの文字と同じです。",
            'The text next to the picture already says "{target}".',
        ),
        ('alt="" としてください。', 'Write alt="".'),
        severity="warning",
        criterion=_TEXT,
    ),
    rule(
        "alt-says-picture",
        (
            "代替テキスト「{target}」の「{detail}」は要りません。画像であることは読み上げソフトが伝えます。",
            '"{detail}" in "{target}" is not needed: screen readers say themselves that it is a picture.',
        ),
        ("「{detail}」を消してください。", 'Remove "{detail}".'),
        "alt-redundant",
        "warning",
        _TEXT,
    ),
)

_EXTENSION = r"\.(?:jpe?g|jfif|png|gif|svgz?|webp|avif|bmp|tiff?|ico|hei[cf])"
_FILE = re.compile(
    rf"(?:\S+(?:\s\S+){{0,2}}|(?:screen ?shot|スクリーンショット|キャプチャ|名称未設定|無題|copy of|コピー).*){_EXTENSION}(?:\?\S*)?",
    re.IGNORECASE,
)
_CAMERA = re.compile(
    r"(?:img|dscn?|dscf|pict|mvimg|pxl|cimg|sam)[_-]?[0-9]{3,}(?:[_-][0-9]+)*|p[0-9]{7,}", re.IGNORECASE
)
_CHECKSUM = re.compile(r"[0-9a-f-]{16,}", re.IGNORECASE)
_RENDERED = re.compile(
    r"(?:audio|image|video)/|application/pdf|\.(?:jpe?g|png|gif|svg|webp|avif|bmp|mp[34]|m4[av]|ogg|og[av]|wav|webm|mov|flac|pdf)(?:$|[?#])",
    re.IGNORECASE,
)
_SILENT = re.compile(r"[\s.,:;!?。、！？]+")
_GENERIC = re.compile(
    r"(?:images?|img|pictures?|pics?|photos?|photographs?|graphics?|icons?|logos?|banners?|figures?|fig|thumbnails?|"
    r"screenshots?|illustrations?|spacer|blank|placeholder|untitled|alt|alt text|no image|"
    r"画像|がぞう|写真|図|図版|図表|表|イメージ|イメージ画像|イメージ写真|イメージ図|アイコン|ロゴ|ロゴマーク|バナー|サムネイル|イラスト|挿絵|"
    r"スクリーンショット|無題|代替テキスト|グラフ|地図|マップ|chart|graph|map|diagram)"
    r"[\s_.:#-]*[0-90-9]{0,4}",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"^(?:an? |the )?(?:image|picture|graphic|icon)s? of\b|(?:の|という)(?:イメージ)?画像(?:です)?。?$|の写真画像$|"
    r"[(（](?:image|picture|graphic|icon|画像)[)）]$",
    re.IGNORECASE,
)


def check(document: Document, report: Report) -> None:
    """All rules on pictures."""
    names = names_of(document)
    semantics = names.semantics
    named = []
    for index, element in document.named("img"):
        if index in semantics.silent:
            continue
        role = semantics.role(index)
        if names.of(index):
            named.append(index)
        elif role == "img" or role in roles.PICTURES:
            report("img-name", element)
    for index in semantics.by_attribute.get("role", ()):
        element = document.elements[index]
        if element.name == "img" or index in semantics.silent or semantics.role(index) not in roles.PICTURES:
            continue
        if names.of(index):
            named.append(index)
        elif index in semantics.foreign:
            report("svg-img-name", element)
        elif element.name not in ("input", "button", "iframe"):
            report("role-img-name", element)
    for index, element in document.named("object"):
        shown = _RENDERED.search(element.get("type")) or _RENDERED.search(element.get("data"))
        if shown and index not in semantics.silent and not semantics.explicit(index) and not names.of(index):
            report("object-name", element)
    for index in document.by_name.get("area", ()):
        if index not in semantics.silent and names.of(index):
            named.append(index)
    for index, element in document.named("input"):
        if (
            element.get("type").strip().lower() == "image"
            and index not in semantics.silent
            and names.of(index)
        ):
            named.append(index)
    if named:
        _words(document, names, named, report)


def _words(document: Document, names: Names, named: list[int], report: Report) -> None:
    holders = {index for name in ("a", "button", "figure") for index in document.by_name.get(name, ())}
    around = names.semantics.nearest(holders)
    for index in named:
        element = document.elements[index]
        name = names.of(index)
        holder = around[index]
        if is_file_name(name, element.get("src")):
            # Where the link leads to the file itself, its name is what there is to say.
            address = document.elements[holder].get("href") if holder >= 0 else ""
            if not address or _last(address) != name:
                report("filename-as-alt", element, name)
        elif _GENERIC.fullmatch(name):
            report("alt-generic", element, name)
        elif (holder >= 0 and _said(names, holder, name)) or (
            # The picture of a map is named for what can be chosen in it.
            element.name == "img" and "usemap" not in element.attributes and _beside(document, index, name)
        ):
            report("alt-redundant", element, name)
        else:
            found = _SAYS.search(name)
            if found:
                report("alt-says-picture", element, name, found[0].strip("。"))


def _beside(document: Document, index: int, name: str) -> bool:
    """Whether the text before or after a picture says the same."""
    texts = document.page.texts
    first = bisect_right(texts, index, key=lambda one: one.before)
    before = next((one for one in reversed(texts[max(first - 4, 0) : first]) if not one.text.isspace()), None)
    after = next((one for one in texts[first : first + 4] if not one.text.isspace()), None)
    # Text further away is about something else.
    near = {one for one in (document.elements[index].parent, index) if one >= 0}
    near.update(islice(document.ancestors(index), 2))
    for one in (before, after):
        if one is None or len(one.text) > len(name) + 200 or not _alike(plain(one.text), name):
            continue
        parent = one.parent
        if parent in near or (parent >= 0 and document.elements[parent].parent in near):
            return True
    return False


def _last(address: str) -> str:
    return unquote(re.split(r"[?#]", address, maxsplit=1)[0].rpartition("/")[2])


def is_file_name(name: str, address: str) -> bool:
    """Whether a name is that of a file rather than of what is seen.

    >>> is_file_name("top.png", ""), is_file_name("IMG_0123", ""), is_file_name("COVID-19", "covid-19.png")
    (True, True, False)
    >>> is_file_name("main_visual_02", "a/main_visual_02.jpg"), is_file_name("図 1.png", "図 1.png")
    (True, True)
    """
    if _FILE.fullmatch(name) or _CAMERA.fullmatch(name):
        return True
    if _CHECKSUM.fullmatch(name) and any(map(str.isdigit, name)) and any(map(str.isalpha, name)):
        return True
    last = _last(address)
    if not last or (" " in name and name != last):
        return False
    stem = last.rpartition(".")[0] or last
    if name == last and "." in last:
        return True
    if name.casefold() != stem.casefold():
        return False
    # Two words with a hyphen may well be a name.
    return "_" in name or name.count("-") > 1 or bool(_GENERIC.fullmatch(name) and name[-1].isdigit())


def _alike(one: str, other: str) -> bool:
    """Whether two texts read the same aloud."""
    return _SILENT.sub("", one).casefold() == _SILENT.sub("", other).casefold()


def _said(names: Names, holder: int, name: str) -> bool:
    element: Element = names.elements[holder]
    if element.name == "figure":
        caption = names.child(holder, "figcaption")
        seen = "" if caption is None else names.visible(caption)
    else:
        seen = names.visible(holder)
    return seen != UNKNOWN and _alike(seen, name)
