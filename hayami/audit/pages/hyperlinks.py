"""Rules on what links say: their names, files, new windows."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import lru_cache
from itertools import islice
from urllib.parse import unquote

from hayami.audit.document import Document
from hayami.audit.page import Element
from hayami.audit.pages import Report, roles
from hayami.audit.pages.names import UNKNOWN, Names, names_of
from hayami.audit.rule import rule

_PURPOSE = "WCAG 2.4.4 / JIS X 8341-3:2016 7.2.4.4"

RULES = (
    rule(
        "link-name",
        ("リンク「{target}」に名前がありません。", 'The link to "{target}" has no name.'),
        (
            "行き先がわかる文字か、画像の alt を書いてください。",
            "Say in text, or in the alt of its picture, where it leads.",
        ),
        criterion=_PURPOSE,
    ),
    rule(
        "link-text-vague",
        ("「{target}」だけでは行き先がわかりません。", '"{target}" does not say where the link leads.'),
        ("行き先の名前をリンクにしてください。", "Make the name of its destination the link."),
        severity="warning",
        criterion=_PURPOSE,
    ),
    rule(
        "link-text-url",
        ("リンクの文字がアドレスです（{target}）。", "The text of the link is an address ({target})."),
        ("行き先の名前をリンクにしてください。", "Make the name of its destination the link."),
        severity="warning",
        criterion=_PURPOSE,
    ),
    rule(
        "identical-links",
        (
            "「{target}」というリンクの行き先が2つ以上あります（{detail}）。",
            'Links that say "{target}" lead to different places ({detail}).',
        ),
        ("行き先ごとに別の文字にしてください。", "Let each say where it leads."),
        severity="warning",
        criterion="WCAG 2.4.9 / JIS X 8341-3:2016 7.2.4.9",
    ),
    rule(
        "file-link-format",
        (
            "ファイル「{target}」へのリンクに、形式と大きさが書かれていません。",
            'The link to the file "{target}" tells neither its format nor its size.',
        ),
        ("（PDF、1.2 MB）のように書いてください。", "Add them, as in (PDF, 1.2 MB)."),
        severity="warning",
        criterion=_PURPOSE,
    ),
    rule(
        "file-link-type",
        (
            "ファイル「{target}」へのリンクに、形式が書かれていません。",
            'The link to the file "{target}" does not tell its format.',
        ),
        ("（PDF、1.2 MB）のように書いてください。", "Add it, as in (PDF, 1.2 MB)."),
        "file-link-format",
        "warning",
        _PURPOSE,
    ),
    rule(
        "file-link-size",
        (
            "ファイル「{target}」へのリンクに、大きさが書かれていません。",
            'The link to the file "{target}" does not tell its size.',
        ),
        ("（PDF、1.2 MB）のように書いてください。", "Add it, as in (PDF, 1.2 MB)."),
        "file-link-format",
        "warning",
        _PURPOSE,
    ),
    rule(
        "new-window",
        (
            "リンク「{target}」は新しいウィンドウで開きますが、そう書かれていません。",
            'The link "{target}" opens a new window without saying so.',
        ),
        (
            "target を消すか、「新しいタブで開きます」と書いてください。",
            'Remove target, or add "opens in a new tab".',
        ),
        severity="warning",
        criterion="WCAG 3.2.5 / JIS X 8341-3:2016 7.3.2.5",
    ),
)


def _phrases(text: str) -> frozenset[str]:
    return frozenset(one.strip() for one in text.split("/"))


# As they are once signs and, in Japanese, spaces are taken out.
_VAGUE = _phrases(
    "こちら/こちらへ/こちらから/こちらで/こちらを/こちらをクリック/こちらのページ/こちらのリンク/こちらをご覧ください/"
    "こちらのページへ/ここ/ここへ/ここから/ここをクリック/ここをタップ/そちら/これ/この/このページ/このリンク/クリック/"
    "タップ/クリックしてください/クリックする/"
    "詳細/詳細へ/詳細は/詳細を/詳細ページ/詳細ページへ/詳細情報/詳細はこちら/詳細はこちらから/詳細はここ/詳細はここから/"
    "詳細はこちらへ/詳細はこちらをクリック/詳細を見る/詳細をみる/詳細を読む/詳細を確認/詳細を確認する/詳細を表示/"
    "詳しく/詳しくは/詳しくはこちら/詳しくはこちらから/詳しくはこちらへ/詳しくはこちらをクリック/詳しくはこちらをご覧ください/"
    "詳しくはここ/詳しく見る/詳しくみる/詳しく読む/詳しく知る/くわしく/くわしくは/くわしくはこちら/くわしく見る/"
    "くわしくみる/くわしく読む/続き/続きを読む/続きを見る/続きはこちら/つづき/つづきを読む/つづきはこちら/"
    "もっと/もっと見る/もっとみる/もっと読む/もっと詳しく/もっとくわしく/もっと知る/さらに見る/さらに詳しく/"
    "リンク先/リンクはこちら/リンクを開く/見る/みる/読む/開く/進む/全文を読む/"
    "ダウンロード/ダウンロードはこちら/ダウンロードする/ダウンロードはこちらから"
)
_VAGUE |= _phrases(
    "here/click/click here/click this/click this link/click me/tap here/press here/clicking here/"
    "more/read more/learn more/see more/view more/show more/find out more/know more/discover more/"
    "read more here/learn more here/more here/see here/read here/look here/go here/right here/"
    "more info/more information/more details/further information/further details/read the rest/"
    "detail/details/view details/see details/full details/details here/show details/"
    "this/this page/this link/this site/this website/this article/link/link here/go/go to/view/"
    "read on/read this/continue/continue reading/download/download here/visit here/check here/check it out/for more/for more information/for details/for more details/"
    "for more information click here/click here for more/click here for more information/click here for details"
)
_SIGNS = re.compile(r"[^\w]+|_")
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
_URL = re.compile(r"(?:(?:https?|ftp)://|www\.)\S+", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]")

_FILES = re.compile(
    r"\.(pdf|xlsx?|xlsm|docx?|docm|pptx?|pptm|zip|lzh|7z|rar|od[tsp]|jtdc?|csv|tsv|epub)$", re.IGNORECASE
)
_FORMATS = {
    "pdf": "pdf",
    "xls": "xls|excel|エクセル",
    "doc": "doc|word|ワード",
    "ppt": "ppt|power ?point|パワーポイント",
    "zip": "zip|圧縮",
    "odt": "odt|opendocument|テキスト",
    "ods": "ods|opendocument|表計算",
    "odp": "odp|opendocument",
    "jtd": "jtd|一太郎",
    "csv": "csv",
    "tsv": "tsv",
    "epu": "epub|電子書籍",
}
_SAID = {kind: re.compile(rf"(?<![a-z])(?:{words})", re.IGNORECASE) for kind, words in _FORMATS.items()}
_SIZE = re.compile(
    r"(?<![0-9.,])[0-9][0-9.,]*\s*(?:[kmgt]i?b|[kmg](?![a-z])|bytes?|バイト|キロ|メガ|ギガ|b(?![a-z]))",
    re.IGNORECASE,
)
_NEW = re.compile(
    r"新し[いく](?:ウィンドウ|ウインドウ|タブ|窓|画面|ページ|開)|新規(?:ウィンドウ|ウインドウ|タブ)|別(?:の)?(?:ウィンドウ|ウインドウ|タブ|窓|画面)"
    r"|new (?:browser )?(?:window|tab)|(?:another|separate|different) (?:window|tab)",
    re.IGNORECASE,
)
_SAME_WINDOW = frozenset(("", "_self", "_parent", "_top", "_unfencedtop"))
_AROUND = frozenset(
    (
        "p",
        "li",
        "td",
        "th",
        "tr",
        "dd",
        "dt",
        "figcaption",
        "caption",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "summary",
    )
)


# A paragraph that is longer says little of one link in it.
_LONG = 1000


def check(document: Document, report: Report) -> None:
    """All rules on what links say."""
    names = names_of(document)
    semantics = names.semantics
    links = [
        index
        for index in document.by_name.get("a", ())
        # Most links are plain ones.
        if ("href" in (held := document.elements[index].attributes) and "role" not in held)
        or semantics.role(index) in roles.LINKS
    ]
    links += [index for index in document.by_name.get("area", ()) if semantics.role(index) in roles.LINKS]
    links += [
        index
        for index in semantics.by_attribute.get("role", ())
        if document.elements[index].name not in ("a", "area") and semantics.role(index) in roles.LINKS
    ]
    places: dict[str, tuple[str, bool]] = {}
    known: dict[int, str] = {}
    frames = frozenset(one.get("name").strip().lower() for _, one in document.named("iframe", "frame"))
    for index in sorted(links):
        if index in semantics.silent:
            continue
        element = document.elements[index]
        name = names.of(index)
        if not name:
            report("link-name", element, element.get("href"))
            continue
        if name == UNKNOWN:
            continue
        _words(names, index, name, report)
        address = element.attributes.get("href")
        if address is None:
            continue
        _same(places, element, name, address, report)
        kind = _kind(address)
        if kind:
            _file(names, index, name, kind, known, report)
        if _opens(element, frames):
            _window(names, index, name, known, report)


def _words(names: Names, index: int, name: str, report: Report) -> None:
    element = names.elements[index]
    if len(name) <= 40 and vague(name):
        if not _is_code(names.document, index):
            report("link-text-vague", element, name)
    elif _URL.fullmatch(name):
        report("link-text-url", element, name)


def _is_code(document: Document, index: int) -> bool:
    """Whether a link is a word of a program, which is called so."""
    near = [*islice(document.ancestors(index), 3)]
    near += [one for one in document.children.get(index, ()) if isinstance(one, int)]
    return any(document.elements[one].name in ("code", "kbd", "pre", "samp") for one in near)


@lru_cache(maxsize=16384)
def vague(name: str) -> bool:
    """Whether a name says nothing of where a link leads.

    >>> vague("詳しくは こちら >>"), vague("Read more…"), vague("詳細設計書")
    (True, True, False)
    """
    words = _SIGNS.sub(" ", unicodedata.normalize("NFKC", name).casefold())
    if _JAPANESE.search(words):
        return "".join(words.split()) in _VAGUE
    return " ".join(words.split()) in _VAGUE


def _same(
    places: dict[str, tuple[str, bool]], element: Element, name: str, address: str, report: Report
) -> None:
    """Links of one name must lead to one place; the first that does not is told."""
    key, place = _key(name), _place(address)
    if key is None or place is None:
        return
    if key not in places:
        places[key] = (place, False)
    elif places[key][0] != place and not places[key][1]:
        places[key] = (places[key][0], True)
        report("identical-links", element, name, address.strip().removeprefix("./"))


# Pages of one site share most of their links.
@lru_cache(maxsize=16384)
def _kind(address: str) -> str | None:
    """The ending of the file that an address leads to, where it is none of a page."""
    found = _FILES.search(address.partition("#")[0].partition("?")[0])
    return found[1].lower() if found else None


@lru_cache(maxsize=16384)
def _key(name: str) -> str | None:
    """What links say that must lead to one place; None for numbers and signs, which stand for their place in a row."""
    return name.casefold() if _LETTERS.search(name) else None


@lru_cache(maxsize=16384)
def _place(address: str) -> str | None:
    """Where a link leads, however it is written; None within the page: a list names what else is linked below."""
    address = address.strip().removeprefix("./")
    if address.startswith("#"):
        return None
    path, mark, fragment = address.partition("#")
    return path.removesuffix("index.html").rstrip("/") + mark + fragment


def _nearby(names: Names, index: int, known: dict[int, str]) -> str:
    """What stands around a link, in its paragraph, item or row; where that is long, what follows."""
    block = None
    for step, one in enumerate(names.document.ancestors(index)):
        kind = names.elements[one].name
        if kind in _AROUND:
            block = one
        if step > 20 or (block is not None and kind not in ("td", "th")):
            break
    if block is None:
        return _following(names.document, index)
    if block not in known:
        known[block] = unicodedata.normalize("NFKC", names.text(block)[:_LONG])
    return known[block] if len(known[block]) < _LONG else _following(names.document, index)


def _following(document: Document, index: int) -> str:
    texts = document.page.texts
    first = bisect_right(texts, index, key=lambda one: one.before)
    return unicodedata.normalize("NFKC", " ".join(one.text[:200] for one in texts[first : first + 6])[:300])


def _file(names: Names, index: int, name: str, kind: str, known: dict[int, str], report: Report) -> None:
    element = names.elements[index]
    own = unicodedata.normalize("NFKC", f"{name} {names.text(index)} {element.get('title')}")
    said = _SAID.get(kind[:3])
    told, sized = bool(said and said.search(own)), bool(_SIZE.search(own))
    if not (told and sized):
        around = _nearby(names, index, known)
        told = told or bool(said and said.search(around)) or said is None
        sized = sized or bool(_SIZE.search(around))
    if told and sized:
        return
    missing = "file-link-type" if sized else "file-link-size" if told else "file-link-format"
    last = unquote(element.get("href").rpartition("/")[2])
    report(missing, element, last)


def _opens(element: Element, frames: frozenset[str]) -> bool:
    """Whether a link opens a window of its own."""
    attributes = element.attributes
    if "target" in attributes:
        target = attributes["target"].strip().lower()
        return target not in _SAME_WINDOW and target not in frames
    return "onclick" in attributes and "window.open(" in attributes["onclick"]


def _window(names: Names, index: int, name: str, known: dict[int, str], report: Report) -> None:
    element = names.elements[index]
    said = " ".join(
        (name, names.text(index), element.get("title"), names.referenced(index, "aria-describedby"))
    )
    if not _NEW.search(said) and not _NEW.search(_nearby(names, index, known)):
        report("new-window", element, name)
