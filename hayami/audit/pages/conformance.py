"""Rules on HTML as a language: what may stand in what, which attributes there are, and their values."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape

from hayami.audit.document import Document
from hayami.audit.page import Element, Slip, Text
from hayami.audit.pages import Report, at, elements
from hayami.audit.rule import Rule, Severity, rule

_PARSING = "WCAG 4.1.1 / JIS X 8341-3:2016 7.4.1.1"


def _rule(
    name: str, text: tuple[str, str], cure: tuple[str, str], kind: str = "", severity: Severity = "error"
) -> Rule:
    return rule(name, text, cure, kind or "html-conformance", severity, _PARSING)


RULES: tuple[Rule, ...] = (
    # --- the page as a whole -----------------------------------------------------------------
    _rule(
        "doctype-missing",
        ("文書型宣言がありません。", "There is no doctype."),
        ("1行目に <!doctype html> と書いてください。", "Start the file with <!doctype html>."),
    ),
    _rule(
        "doctype-obsolete",
        ("文書型宣言「{detail}」は古いものです。", 'The doctype "{detail}" is an old one.'),
        ("<!doctype html> にしてください。", "Write <!doctype html>."),
    ),
    _rule(
        "charset-missing",
        (
            "文字コードの宣言がなく、文字化けすることがあります。",
            "The page does not say its encoding, so its letters may be shown wrongly.",
        ),
        (
            'head の初めに <meta charset="utf-8"> と書いてください。',
            'Start head with <meta charset="utf-8">.',
        ),
    ),
    _rule(
        "charset-unsaid",
        ("文字コードの宣言がありません。", "The page does not say its encoding."),
        (
            'head の初めに <meta charset="utf-8"> と書いてください。',
            'Start head with <meta charset="utf-8">.',
        ),
        severity="warning",
    ),
    _rule(
        "charset-invalid",
        ("文字コードの宣言「{detail}」は UTF-8 ではありません。", 'The encoding is said to be "{detail}".'),
        ("utf-8 と書いてください。", "Write utf-8."),
    ),
    _rule(
        "charset-late",
        (
            "文字コードの宣言が、先頭の1024バイトより後にあります。",
            "The encoding is told after the first 1024 bytes of the page.",
        ),
        (
            '<meta charset="utf-8"> を head の初めに移してください。',
            'Move <meta charset="utf-8"> to the start of head.',
        ),
    ),
    _rule(
        "element-repeated",
        ("{target} 要素が2つ以上あります。", "There is more than one {target} element."),
        ("1つにしてください。", "Keep one of them."),
    ),
    # --- tags --------------------------------------------------------------------------------
    _rule(
        "tag-unclosed",
        ("{target} 要素が閉じられていません。", "The {target} element is not closed where it should be."),
        (
            "正しい所に </{target}> を書いてください。",
            "Write </{target}> within the element in which it was opened.",
        ),
    ),
    _rule(
        "tag-stray",
        (
            "</{target}> に対応する開始タグがありません。",
            "</{target}> ends nothing: no such element is open here.",
        ),
        (
            "消すか、開始タグを書いてください。p は、中に置けない要素の前で閉じます。",
            "Remove it, or open the element. A p ends before whatever cannot stand in it.",
        ),
    ),
    _rule(
        "tag-void-end",
        ("{target} に終了タグは書けません。", "{target} has no end tag."),
        ("</{target}> を消してください。", "Remove </{target}>."),
    ),
    _rule(
        "self-closing",
        ("<{target}/> の「/」は何も閉じません。", "The slash of <{target}/> closes nothing."),
        ("</{target}> で閉じてください。", "Close it with </{target}>."),
    ),
    # --- elements ----------------------------------------------------------------------------
    _rule(
        "element-unknown",
        ("{target} という要素は HTML にありません。", "HTML has no element {target}."),
        ("要素名を確かめてください。", "Check the name of the element."),
    ),
    _rule(
        "element-obsolete",
        ("{target} 要素は廃止されました。", "The element {target} is no longer part of HTML."),
        ("ほかの要素やスタイルシートを使ってください。", "Use another element, or the style sheet."),
    ),
    _rule(
        "element-misplaced",
        ("{target} 要素は {detail} の中に置けません。", "{target} cannot stand in {detail}."),
        ("正しい親要素の中に移してください。", "Move it, or use another element."),
    ),
    _rule(
        "element-outside",
        ("{target} 要素が {detail} の中にありません。", "{target} does not stand in {detail}."),
        ("正しい親要素の中に移してください。", "Put it into the element to which it belongs."),
    ),
    _rule(
        "element-order",
        (
            "{detail} の中で、{target} 要素の位置がちがいます。",
            "{target} has the wrong place within {detail}.",
        ),
        ("決まった位置に移してください。", "Move it to where the standard wants it."),
    ),
    _rule(
        "element-after-body",
        ("{target} 要素が body の外にあります。", "{target} stands after the end of body."),
        ("body の中に移してください。", "Move it into body."),
    ),
    _rule(
        "text-misplaced",
        ("文字が {detail} の中に直接あります。", "There is text right in {detail}."),
        ("項目やセルの中に入れてください。", "Put it into an item or a cell."),
    ),
    _rule(
        "child-missing",
        ("{target} の中に {detail} がありません。", "{target} lacks {detail}."),
        ("{detail} を加えてください。", "Add {detail}."),
    ),
    _rule(
        "control-character",
        ("見えない制御文字（{detail}）があります。", "There is a control character ({detail})."),
        ("消してください。", "Remove it."),
    ),
    # --- attributes --------------------------------------------------------------------------
    _rule(
        "duplicate-attribute",
        (
            "{target} 属性が1つのタグに2回以上あります。2つ目からは無視されます。",
            "The attribute {target} is given more than once; browsers ignore all but the first.",
        ),
        ("1つにしてください。", "Keep one of them."),
        "duplicate-attribute",
    ),
    _rule(
        "id-valid",
        ("id「{target}」が空か、空白を含んでいます。", 'The id "{target}" is empty or holds white space.'),
        ("空白のない名前にしてください。", "Use a name without spaces."),
        "id-valid",
    ),
    _rule(
        "attribute-missing",
        ("{target} 要素に {detail} 属性がありません。", "{target} lacks the attribute {detail}."),
        ("{detail} を書いてください。", "Give it {detail}."),
    ),
    _rule(
        "attribute-obsolete",
        (
            "{target} 要素の {detail} 属性は廃止されました。",
            "The attribute {detail} of {target} is obsolete.",
        ),
        ("スタイルシートなどで置きかえてください。", "Use the style sheet or what took its place."),
    ),
    _rule(
        "attribute-unknown",
        ("{target} 要素に {detail} という属性はありません。", "{target} has no attribute {detail}."),
        (
            "属性名を確かめてください。自分用の値は data- で始めてください。",
            "Check the name; names of your own start with data-.",
        ),
    ),
    _rule(
        "attribute-value",
        ("{target} 属性の値「{detail}」は正しくありません。", 'The value "{detail}" of {target} is wrong.'),
        ("標準が定める値にしてください。", "Use a value that the standard knows."),
    ),
    _rule(
        "reference-missing",
        (
            "{target} 属性が指す「{detail}」がこのページにありません。",
            'The attribute {target} names "{detail}", which this page does not have.',
        ),
        ("名前を確かめてください。", "Check the name."),
    ),
    _rule(
        "attribute-framework",
        (
            "属性 {detail} は HTML になく、プログラムだけが読みます。",
            "The attribute {detail} is not part of HTML; only a program reads it.",
        ),
        ("data- で始めるか、消してください。", "Start it with data-, or remove it."),
        severity="warning",
    ),
    _rule(
        "attribute-redundant",
        ("{target} 要素の {detail} は要りません。", "{detail} of {target} is not needed."),
        ("消してください。", "Remove it."),
        severity="warning",
    ),
    _rule(
        "role-redundant",
        (
            '{target} 要素に role="{detail}" は要りません。',
            '{target} has the role "{detail}" already.',
        ),
        ("role を消してください。", "Remove the role."),
        severity="warning",
    ),
    _rule(
        "http-equiv-obsolete",
        ("http-equiv の「{detail}」は HTML にありません。", 'HTML knows no http-equiv "{detail}".'),
        (
            "サーバーの設定か html の lang を使ってください。",
            "Use the settings of the server, or lang of html.",
        ),
        severity="warning",
    ),
)

# What may be left out at the start may still be closed.
_MAY_LACK_START = frozenset(("html", "head", "body", "tbody", "colgroup"))
_FRAMEWORKS = re.compile(r"[@:#*(\[]|(?:x|v|hx|ng|wire|data)[-:.]|_ng|ng[A-Z]|s-")
_SPACE = re.compile(r"[ \t\n\f\r]")
_NAME = re.compile(r"[^\s\"'<=/>]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_CONTROL_BYTES = bytes((*range(9), 0x0B, *range(0x0E, 0x20), 0x7F))
_NUMBERED = re.compile("&#(?:[0-9]+|[xX][0-9a-fA-F]+)")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([^\s\"';]+)", re.IGNORECASE)
_BODY_LINKS = frozenset(
    ("dns-prefetch", "modulepreload", "pingback", "preconnect", "prefetch", "preload", "stylesheet")
)
_HEAD_NOSCRIPT = frozenset(("link", "style", "meta"))

_BACK_TO_HTML = frozenset(("foreignobject", "desc", "title", "annotation-xml"))

# Forbidden anywhere within: each element that matters has a bit.
_BITS = {
    one: 1 << place
    for place, one in enumerate(
        ("address", "caption", "dfn", "dt", "footer", "form", "header", "meter", "progress", "th")
    )
}
_SECTION_BITS = ~(_BITS["header"] | _BITS["footer"])
_HEADED = _BITS["th"] | _BITS["dt"] | _BITS["address"]
_NOT_WITHIN: Mapping[str, int] = {
    "table": _BITS["caption"],
    "dfn": _BITS["dfn"],
    "form": _BITS["form"],
    "meter": _BITS["meter"],
    "progress": _BITS["progress"],
    "address": _BITS["address"],
    "header": _HEADED | _BITS["header"] | _BITS["footer"],
    "footer": _HEADED | _BITS["header"] | _BITS["footer"],
    **dict.fromkeys((*elements.SECTIONING, *elements.HEADINGS, "hgroup"), _HEADED),
}
_NESTING = frozenset(_BITS) | frozenset(_NOT_WITHIN)


def check(document: Document, report: Report) -> None:
    """All rules on one page."""
    for slip in document.page.slips:
        _slip(document, slip, report)
    foreign = _foreign(document)
    _nesting(document, foreign, report)
    _children(document, report)
    _Attributes(document, report).check(foreign)
    if document.whole:
        _whole(document, report)


def _slip(document: Document, slip: Slip, report: Report) -> None:
    place = Text("", slip.line, slip.column, -1, 0)
    if slip.kind == "unclosed":
        report("tag-unclosed", place, slip.name)
    elif slip.kind == "slash":
        report("self-closing", place, slip.name)
    elif slip.name in elements.VOID:
        report("tag-void-end", place, slip.name)
    elif slip.name not in _MAY_LACK_START or (
        slip.name in ("html", "head", "body") and slip.name in document.by_name
    ):
        report("tag-stray", place, slip.name)


# --- what stands in what -------------------------------------------------------------------------


def _foreign(document: Document) -> Container[int]:
    """Elements of drawings and formulas, which only share some names with those of HTML."""
    found: set[int] = set()
    all_ = document.elements
    held = [index for name in ("svg", "math") for index in document.by_name.get(name, ())]
    for index in sorted(document.parts(held)):
        parent = all_[index].parent
        if parent >= 0:
            above = all_[parent].name
            if above in ("svg", "math") or (parent in found and above not in _BACK_TO_HTML):
                found.add(index)
    return found


def _nesting(document: Document, foreign: Container[int], report: Report) -> None:
    """Each element with those around it. One pass, each knowing its parent's answers already."""
    places: list[_Place] = []
    body = document.by_name.get("body", [-1])[0]
    html = document.by_name.get("html", [-1])[0]
    for index, element in enumerate(document.elements):
        name, parent = element.name, element.parent
        if element.inert or index in foreign:
            places.append(_place(name, "", 0))
            continue
        holder = places[parent] if parent >= 0 else None
        place = holder.inner.get(name) if holder is not None else None
        if place is None:
            place = _entered(name, holder)
        places.append(place)
        # Nearly all stand where they may, which is known from the first of their kind.
        if place.is_sound and parent != html:
            continue
        above, outer = (document.elements[parent].name, places[parent].around) if parent >= 0 else ("", "")
        forbidden = _NOT_WITHIN.get(name, 0) & (places[parent].within if parent >= 0 else 0)
        if forbidden:
            held = next(one for one, bit in _BITS.items() if bit & forbidden)
            report("element-misplaced", element, name, held)
        if name not in elements.ELEMENTS:
            _unknown(element, report)
        if parent < 0:
            if name == "html" and index:
                report("element-order", element, name, "page")
            elif index > html >= 0:
                report("element-after-body", element, name)
            continue
        if parent == html and index > body >= 0 and name not in ("body", "head"):
            report("element-after-body", element, name)
            continue
        verdict = _verdict(name, above, outer)
        if verdict is None:
            if (
                above == "div"
                and name not in ("dt", "dd", "script", "template")
                and _is_alone(document, index)
            ):
                report("element-misplaced", element, name, "dl")
            continue
        if verdict[0] == "group":
            _in_group(document, element, report)
        elif verdict[0] == "metadata":
            _metadata(document, index, above, report)
        else:
            report(verdict[0], element, name, verdict[1])


@dataclass(slots=True, eq=False)
class _Place:
    """What elements have in common of which the same things decide what may stand in them."""

    name: str
    around: str
    """The element that decides what may stand in here: transparent ones pass on what is around them."""
    within: int
    """Those of ``_BITS`` that it is or stands in."""
    is_group: bool = False
    """Whether it is a group of a list of terms."""
    is_sound: bool = False
    """Whether an element may stand there whatever else the page holds."""
    inner: dict[str, _Place] = field(default_factory=dict)
    """Name → the place of an element of that name in it."""


@lru_cache(maxsize=8192)
def _place(name: str, around: str, within: int, is_group: bool = False, is_sound: bool = False) -> _Place:
    """Places that are alike are one."""
    return _Place(name, around, within, is_group, is_sound)


def _entered(name: str, holder: _Place | None) -> _Place:
    """The place of an element of some name in another, or in the page itself."""
    above, outer, bits = (holder.name, holder.around, holder.within) if holder is not None else ("", "", 0)
    is_sound = (
        holder is not None
        and not _NOT_WITHIN.get(name, 0) & bits
        and name in elements.ELEMENTS
        # Groups hold terms alone.
        and not holder.is_group
        and _verdict(name, above, outer) is None
    )
    if name in _NESTING:
        if name in elements.SECTIONING:
            bits &= _SECTION_BITS
        bits |= _BITS.get(name, 0)
    around = outer if name in elements.TRANSPARENT or "-" in name else name
    place = _place(name, around, bits, name == "div" and above == "dl", is_sound)
    if holder is not None and len(holder.inner) < _MOST_PLACES:
        holder.inner[name] = place
    return place


_MOST_PLACES = 500


def _unknown(element: Element, report: Report) -> None:
    name = element.name
    if name in elements.OBSOLETE_ELEMENTS:
        report("element-obsolete", element, name)
    elif "-" not in name and ":" not in name and name not in ("svg", "math", "blink", "marquee"):
        report("element-unknown", element, name)


@lru_cache(maxsize=4096)
def _verdict(name: str, above: str, outer: str) -> tuple[str, str] | None:
    """What is wrong with an element in its parent ``above``; ``outer`` decides what may stand there.

    ``group`` and ``metadata`` say that it takes a look at the page.
    """
    wanted = elements.PARENTS.get(name)
    if wanted is not None:
        if above in wanted:
            return ("group", "") if above == "div" and name in ("dt", "dd") else None
        # Elements of their own say nothing of what they hold.
        if "-" in above or above in ("template", "slot") or _belongs(name, outer):
            return None
        return "element-outside", " / ".join(sorted(wanted - {"dir", "rtc"}))
    held = elements.CHILDREN.get(above)
    if held is not None and name not in held and above != "html":
        return "element-misplaced", above
    if above == "head" and name not in elements.METADATA and "-" not in name:
        is_known = name in elements.ELEMENTS or name in elements.OBSOLETE_ELEMENTS
        return ("element-misplaced", "head") if is_known else None
    if name in elements.METADATA:
        return "metadata", ""
    if name in elements.FLOW_ONLY and outer in elements.PHRASING_ONLY:
        is_heading = name in elements.HEADINGS or name == "hgroup"
        if not (is_heading and outer in elements.MAY_HOLD_HEADINGS):
            return "element-misplaced", outer
    return None


def _belongs(name: str, outer: str) -> bool:
    """Whether an element may stand deeper than as a child: the new kind of ``select`` allows that."""
    return name in ("option", "optgroup", "legend") and outer in (
        "select",
        "datalist",
        "optgroup",
        "fieldset",
    )


def _is_alone(document: Document, index: int) -> bool:
    """Whether an element stands in a group of a list of terms, which holds terms alone."""
    group = document.elements[document.elements[index].parent]
    return group.name == "div" and group.parent >= 0 and document.elements[group.parent].name == "dl"


def _in_group(document: Document, element: Element, report: Report) -> None:
    group = document.elements[element.parent]
    if group.parent >= 0 and document.elements[group.parent].name not in ("dl", "template"):
        report("element-outside", element, element.name, "dl")


def _metadata(document: Document, index: int, above: str, report: Report) -> None:
    """What belongs into the head."""
    element = document.elements[index]
    name = element.name
    if name in ("script", "template", "noscript") or above in ("head", "html"):
        return
    if above == "noscript":
        parent = document.elements[element.parent].parent
        if parent >= 0 and document.elements[parent].name in ("head", "html"):
            if name not in _HEAD_NOSCRIPT:
                report("element-misplaced", element, name, "noscript")
            return
    attributes = element.attributes
    if "itemprop" in attributes or "property" in attributes:
        return
    if name == "link" and element.words("rel") and element.words("rel") <= _BODY_LINKS:
        return
    report("element-misplaced", element, name, above)


def _children(document: Document, report: Report) -> None:
    """Elements with rules on what they hold and in which order."""
    by_name, all_ = document.by_name, document.elements
    for text in document.worded:
        around = all_[text.parent] if text.parent >= 0 else None
        if around is None:
            if "html" in by_name:
                # Browsers put it into the page all the same.
                report("text-misplaced", _first_sign(text), "", "html")
        elif (
            around.name in elements.WITHOUT_TEXT
            and not around.inert
            and (around.name != "html" or "body" in by_name)
        ):
            report("text-misplaced", _first_sign(text), "", around.name)
    source = document.page.source
    # Looking once for all is quicker, and hardly any page has one.
    referred = frozenset(_NUMBERED.findall(source)) if "&#" in source else ()
    if _has_controls(source) or any(_CONTROL.search(unescape(one)) for one in referred):
        _controls(document, report)
    for index in by_name.get("dl", ()):
        _terms(document, index, report)
    for name, wanted in (("details", "summary"), ("picture", "img")):
        for index in by_name.get(name, ()):
            if not any(all_[one].name == wanted for one in _parts(document, index)):
                report("child-missing", all_[index], name, wanted)
    for index in by_name.get("option", ()):
        is_empty = all(
            isinstance(one, Text) and one.text.isspace() for one in document.children.get(index, ())
        )
        if is_empty and "label" not in all_[index].attributes and document.within(index, "datalist") is None:
            report("attribute-missing", all_[index], "option", "label")
    for name, held in (("summary", "details"), ("legend", "fieldset"), ("caption", "table")):
        for index in by_name.get(name, ()):
            _first(document, index, held, report)
    for index in by_name.get("figcaption", ()):
        parent = all_[index].parent
        if parent < 0 or all_[parent].name != "figure":
            continue
        parts = [one for one in _parts(document, parent) if all_[one].name not in ("script", "template")]
        captions = [one for one in parts if all_[one].name == "figcaption"]
        if index != captions[0]:
            report("element-repeated", all_[index], "figcaption")
        elif index not in (parts[0], parts[-1]):
            report("element-order", all_[index], "figcaption", "figure")
    for index in by_name.get("table", ()):
        _order(document, index, report)
    for index in by_name.get("picture", ()):
        parts = _parts(document, index)
        last = next((place for place, one in enumerate(parts) if all_[one].name == "img"), len(parts))
        for one in parts[last:]:
            if all_[one].name == "source":
                report("element-order", all_[one], "source", "picture")


def _parts(document: Document, index: int) -> list[int]:
    """The elements that are children of one."""
    return [one for one in document.children.get(index, ()) if isinstance(one, int)]


def _first(document: Document, index: int, held: str, report: Report) -> None:
    """What must be the first child of an element, and the only one of its name."""
    element = document.elements[index]
    if element.parent < 0 or document.elements[element.parent].name != held:
        return
    for one in _parts(document, element.parent):
        other = document.elements[one].name
        if one == index:
            return
        if other == element.name:
            report("element-repeated", element, element.name)
            return
        if other not in ("script", "template"):
            report("element-order", element, element.name, held)
            return


def _terms(document: Document, index: int, report: Report) -> None:
    """A list of terms: groups of dt and then dd, either all in div or none."""
    all_ = document.elements
    parts = [one for one in _parts(document, index) if all_[one].name in ("dt", "dd", "div")]
    divs = [one for one in parts if all_[one].name == "div"]
    if divs and len(divs) < len(parts):
        report("element-misplaced", all_[divs[0]], "div", "dl")
        return
    groups = [_parts(document, one) for one in divs] or [parts]
    for group in groups:
        names = [all_[one].name for one in group if all_[one].name in ("dt", "dd")]
        if not names:
            continue
        if names[0] == "dd":
            report("child-missing", all_[group[0]], "dl", "dt")
        elif names[-1] == "dt":
            report("child-missing", all_[group[-1]], "dl", "dd")


_PLACES = {"caption": 0, "colgroup": 1, "col": 1, "thead": 2, "tbody": 3, "tr": 3, "tfoot": 4}


def _first_sign(text: Text) -> Text:
    return at(text, len(text.text) - len(text.text.lstrip()))


def _has_controls(source: str) -> bool:
    """Whether a page holds such signs. Looking for their bytes is quicker than looking at each sign."""
    written = source.encode("utf-8", "surrogatepass")
    may = len(written.translate(None, _CONTROL_BYTES)) < len(written) or any(
        one in written for one in (b"\xc2", b"\xef\xb7", b"\xef\xbf")
    )
    return may and _CONTROL.search(source) is not None


def _controls(document: Document, report: Report) -> None:
    """Signs without a shape or meaning, in texts and in attributes."""
    elements_ = document.elements
    for text in document.page.texts:
        found = _CONTROL.search(text.text)
        if found is not None and not (text.parent >= 0 and elements_[text.parent].inert):
            report("control-character", at(text, found.start()), "", f"U+{ord(found[0]):04X}")
    for element in elements_:
        if not element.inert:
            for name, value in element.attributes.items():
                found = _CONTROL.search(value)
                if found is not None:
                    report("control-character", element, name, f"U+{ord(found[0]):04X}")


def _order(document: Document, index: int, report: Report) -> None:
    """The parts of a table in their order. A foot may stand before the bodies in old pages; that is told too."""
    last, seen = 0, set()
    for one in _parts(document, index):
        element = document.elements[one]
        place = _PLACES.get(element.name)
        if place is None or element.name == "caption":
            continue
        if element.name in seen and element.name in ("thead", "tfoot"):
            report("element-repeated", element, element.name)
        elif place < last:
            report("element-order", element, element.name, "table")
        seen.add(element.name)
        last = max(last, place)


# --- attributes ----------------------------------------------------------------------------------

_REFERRERS = frozenset(
    (
        "",
        *("no-referrer", "no-referrer-when-downgrade", "origin", "origin-when-cross-origin", "same-origin"),
        *("strict-origin", "strict-origin-when-cross-origin", "unsafe-url"),
    )
)
_SWITCH = frozenset(("", "true", "false"))
_METHODS = frozenset(("get", "post", "dialog"))
_CODINGS = frozenset(("application/x-www-form-urlencoded", "multipart/form-data", "text/plain"))
_CROSS = frozenset(("", "anonymous", "use-credentials"))
_WORDS: Mapping[str, frozenset[str]] = {
    "autocapitalize": frozenset(("", "off", "none", "on", "sentences", "words", "characters")),
    "autocorrect": frozenset(("", "on", "off")),
    "contenteditable": _SWITCH | {"plaintext-only"},
    "crossorigin": _CROSS,
    "decoding": frozenset(("sync", "async", "auto")),
    "dir": frozenset(("ltr", "rtl", "auto")),
    "draggable": frozenset(("true", "false")),
    "enctype": _CODINGS,
    "enterkeyhint": frozenset(("", "enter", "done", "go", "next", "previous", "search", "send")),
    "fetchpriority": frozenset(("high", "low", "auto")),
    "formenctype": _CODINGS,
    "formmethod": _METHODS,
    "hidden": frozenset(("", "hidden", "until-found")),
    "inputmode": frozenset(("", "none", "text", "tel", "url", "email", "numeric", "decimal", "search")),
    "loading": frozenset(("lazy", "eager")),
    "method": _METHODS,
    "popover": frozenset(("", "auto", "manual", "hint")),
    "preload": frozenset(("", "none", "metadata", "auto")),
    "referrerpolicy": _REFERRERS,
    "shape": frozenset(("circle", "default", "poly", "rect")),
    "shadowrootmode": frozenset(("open", "closed")),
    "spellcheck": _SWITCH,
    "translate": frozenset(("", "yes", "no")),
    "wrap": frozenset(("soft", "hard")),
    "writingsuggestions": _SWITCH,
}
"""Attribute → the words of which its value must be one."""
_FLAGS = elements.names(
    "allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate inert ismap "
    "itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed selected"
)
"""Attributes that are there or not."""
_INTEGER = re.compile(r"-?[0-9]+")
_COUNT = re.compile(r"[0-9]+")
_POSITIVE = re.compile(r"0*[1-9][0-9]*")
_SPAN = re.compile(r"0*(?:[1-9][0-9]{0,2}|1000)")
_ROWSPAN = re.compile(r"0*[0-9]{1,5}")
_FLOAT = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "tabindex": _INTEGER,
    "colspan": _SPAN,
    "span": _SPAN,
    "rowspan": _ROWSPAN,
    "start": _INTEGER,
    "maxlength": _COUNT,
    "minlength": _COUNT,
    "size": _POSITIVE,
    "rows": _POSITIVE,
    "cols": _POSITIVE,
    "low": _FLOAT,
    "high": _FLOAT,
    "optimum": _FLOAT,
}
_SIZED = frozenset(("canvas", "embed", "iframe", "img", "input", "object", "source", "video"))
_TYPES: Mapping[str, frozenset[str]] = {
    "button": frozenset(("button", "reset", "submit")),
    "ol": frozenset(("1", "a", "i")),
}
_AS = elements.names(
    "audio audioworklet document embed fetch font frame iframe image json manifest object paintworklet report "
    "script serviceworker sharedworker speculationrules style track video webidentity worker xslt"
)
_HTTP_EQUIV = frozenset(
    ("content-type", "default-style", "refresh", "x-ua-compatible", "content-security-policy", "origin-trial")
)
_HTTP_OLD = elements.names(
    "content-language set-cookie cache-control pragma expires imagetoolbar cleartype content-script-type "
    "content-style-type x-dns-prefetch-control window-target last-modified accept-ch delegate-ch "
    "content-security-policy-report-only permissions-policy msthemecompatible page-enter page-exit pics-label"
)
_TARGETS = frozenset(("_blank", "_self", "_parent", "_top", "_unfencedtop"))
_NEEDS_HREF = frozenset(("target", "download", "ping", "rel", "hreflang", "type", "referrerpolicy"))
_JAVASCRIPT = frozenset(
    (
        "text/javascript",
        "application/javascript",
        "application/x-javascript",
        "text/ecmascript",
        "text/jscript",
    )
)
_FIELD_VALUES: Mapping[str, re.Pattern[str]] = {
    "number": _FLOAT,
    "range": _FLOAT,
    "date": re.compile(r"[0-9]{4,}-[0-9]{2}-[0-9]{2}"),
    "month": re.compile(r"[0-9]{4,}-[0-9]{2}"),
    "week": re.compile(r"[0-9]{4,}-W[0-9]{2}"),
    "time": re.compile(r"[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,3})?)?"),
    "datetime-local": re.compile(
        r"[0-9]{4,}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,3})?)?"
    ),
}
_TRACKS = frozenset(("subtitles", "captions", "descriptions", "chapters", "metadata"))
_ICONS = frozenset(("icon", "apple-touch-icon", "apple-touch-icon-precomposed"))


_OWN_ROLES = {
    **{one: one for one in ("article", "button", "dialog", "figure", "form", "main", "search", "table")},
    **dict.fromkeys(elements.HEADINGS, "heading"),
    "a": "link",
    "aside": "complementary",
    "fieldset": "group",
    "hr": "separator",
    "nav": "navigation",
    "option": "option",
    "p": "paragraph",
    "progress": "progressbar",
    "textarea": "textbox",
    **dict.fromkeys((f'input type="{one}"' for one in ("button", "image", "reset", "submit")), "button"),
    'input type="checkbox"': "checkbox",
    'input type="radio"': "radio",
    'input type="range"': "slider",
    'input type="number"': "spinbutton",
}
"""Element → the role that it has (HTML-AAM)."""


def _is_flag(name: str) -> Callable[[str], bool]:
    return lambda value: not value or value.lower() == name


def _is_one_of(words: frozenset[str]) -> Callable[[str], bool]:
    return lambda value: value.lower() in words


def _is_like(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda value: pattern.fullmatch(value) is not None


_IS_VALID: Mapping[str, Callable[[str], bool]] = {
    **{name: _is_flag(name) for name in _FLAGS},
    **{name: _is_one_of(words) for name, words in _WORDS.items()},
    **{name: _is_like(pattern) for name, pattern in _PATTERNS.items()},
}
"""Attribute → whether it may have a value, on whatever element it stands."""


def _is_target(value: str) -> bool:
    return bool(value) and (not value.startswith("_") or value.lower() in _TARGETS)


_OF_THE_PAGE = frozenset(("list", "form", "usemap"))
"""Attributes that are sound or not by what else is on the page."""
_SOUND: set[Mapping[str, str]] = set()
"""Attributes of tags that were found to be sound wherever they stand: the same ones stand on all pages of a site."""
_MOST_SOUND = 20_000


class _Attributes:
    """The attributes of a page, element by element."""

    def __init__(self, document: Document, report: Report) -> None:
        self.document = document
        self._report = report
        self._told = 0

    def report(self, rule: str, place: Element, target: str = "", detail: str = "") -> None:
        """Tell of something that is wrong."""
        self._told += 1
        self._report(rule, place, target, detail)

    def check(self, foreign: Container[int]) -> None:
        """All of them. What is sound by itself is looked at once for all tags that are written alike."""
        for index, element in enumerate(self.document.elements):
            attributes = element.attributes
            if not attributes and element.name not in _LOOKED_AT:
                continue
            if attributes in _SOUND:
                continue
            before = self._told
            self._element(index, element, foreign)
            if (
                self._told == before
                and not element.inert
                and index not in foreign
                and element.name != "source"
                and _OF_THE_PAGE.isdisjoint(attributes)
            ):
                if len(_SOUND) > _MOST_SOUND:
                    _SOUND.clear()
                _SOUND.add(attributes)

    def _element(self, index: int, element: Element, foreign: Container[int]) -> None:
        if element.repeated:
            for name in dict.fromkeys(element.repeated):
                self.report("duplicate-attribute", element, name)
        if element.inert:
            return
        attributes = element.attributes
        if "id" in attributes:
            value = attributes["id"]
            if not value or _SPACE.search(value) is not None:
                self.report("id-valid", element, value)
        allowed = elements.ATTRIBUTES.get(element.name)
        if allowed is None or index in foreign:
            return
        if attributes:
            if not allowed >= attributes.keys():
                self._not_allowed(element, attributes.keys() - allowed)
            if not _CHECKED.isdisjoint(attributes):
                self._values(element)
            if "role" in attributes:
                self._role(element, attributes["role"].strip().lower())
        for one in elements.REQUIRED.get(element.name, ()):
            if attributes.keys().isdisjoint(one):
                self.report("attribute-missing", element, element.name, " / ".join(one))
        further = _BY_ELEMENT.get(element.name)
        if further is not None:
            further(self, element)

    def _not_allowed(self, element: Element, extra: set[str]) -> None:
        gone = elements.OBSOLETE_ATTRIBUTES.get(element.name, frozenset())
        for name in extra:
            if name.startswith(("data-", "aria-", "on")) and name not in ("data-", "on"):
                continue
            if element.name == "embed" or "is" in element.attributes or name.startswith("xmlns:"):
                continue
            if element.name == "img" and name == "border" and element.get(name) == "0":
                self.report("attribute-redundant", element, "img", 'border="0"')
            elif element.name == "a" and name == "name" and element.get(name):
                self.report("attribute-redundant", element, "a", "name")
            elif name in gone:
                self.report("attribute-obsolete", element, element.name, name)
            elif _FRAMEWORKS.match(name) or (":" in name and _NAME.fullmatch(name)):
                self.report("attribute-framework", element, element.name, name)
            else:
                self.report("attribute-unknown", element, element.name, name)

    def _values(self, element: Element) -> None:
        for name in _CHECKED & element.attributes.keys():
            is_valid = _IS_VALID.get(name)
            if is_valid is None:
                _BY_ATTRIBUTE[name](self, element, name)
            elif not is_valid(element.attributes[name]):
                self._wrong(element, name)

    def _wrong(self, element: Element, name: str) -> None:
        self.report("attribute-value", element, name, element.get(name))

    def _role(self, element: Element, role: str) -> None:
        """A role that the element has by itself. ``list`` is none of these: a browser takes it from plain lists."""
        name = element.name
        if name == "input":
            name += f' type="{element.get("type").strip().lower()}"'
        elif (name == "a" and "href" not in element.attributes) or (
            name in elements.HEADINGS and element.attributes.get("aria-level", name[1]).strip() != name[1]
        ):
            return
        if _OWN_ROLES.get(name) == role:
            self.report("role-redundant", element, name, role)

    # --- by attribute ------------------------------------------------------------------------

    def _size(self, element: Element, name: str) -> None:
        if element.name in _SIZED and not _COUNT.fullmatch(element.get(name)):
            self._wrong(element, name)

    def _number(self, element: Element, name: str) -> None:
        """``value``, ``min``, ``max`` and ``step``: what they may be depends on the element."""
        value = element.get(name)
        if element.name == "input":
            kind = element.get("type").lower()
            if name == "step":
                is_valid = value.lower() == "any" or (bool(_FLOAT.fullmatch(value)) and float(value) > 0)
            else:
                is_valid = (
                    not value or kind not in _FIELD_VALUES or bool(_FIELD_VALUES[kind].fullmatch(value))
                )
        elif element.name in ("meter", "progress"):
            is_valid = bool(_FLOAT.fullmatch(value)) and (element.name == "meter" or float(value) >= 0)
        else:
            is_valid = element.name != "li" or bool(_INTEGER.fullmatch(value))
        if not is_valid:
            self._wrong(element, name)

    def _reference(self, element: Element, name: str) -> None:
        """``list`` and ``form`` name something else on the page by its id."""
        if not self.document.whole or not elements.ATTRIBUTES[element.name] >= {name}:
            return
        value = element.get(name)
        wanted = "datalist" if name == "list" else "form"
        found = self.document.by_id.get(value)
        if found is None or self.document.elements[found].name != wanted:
            self.report("reference-missing", element, name, value)

    # --- by element --------------------------------------------------------------------------

    def _input(self, element: Element) -> None:
        kind = element.get("type").lower() or "text"
        if kind not in elements.INPUT_TYPES:
            self._wrong(element, "type")
            return
        for name in element.attributes:
            types = elements.INPUT_ATTRIBUTES.get(name)
            if types is not None and kind not in types:
                self.report("attribute-unknown", element, f'input type="{kind}"', name)
        if kind == "image" and "src" not in element.attributes:
            self.report("attribute-missing", element, 'input type="image"', "src")

    def _typed(self, element: Element) -> None:
        if "type" in element.attributes and element.get("type").lower() not in _TYPES[element.name]:
            self._wrong(element, "type")

    def _link(self, element: Element) -> None:
        rel = element.words("rel")
        if "as" in element.attributes:
            if element.get("as").lower() not in _AS:
                self._wrong(element, "as")
        elif "preload" in rel:
            self.report("attribute-missing", element, 'link rel="preload"', "as")
        if "sizes" in element.attributes and rel.isdisjoint(_ICONS):
            self.report("attribute-unknown", element, "link", "sizes")

    def _anchor(self, element: Element) -> None:
        if "href" not in element.attributes:
            for name in _NEEDS_HREF & element.attributes.keys():
                self.report("attribute-missing", element, f"{element.name} {name}", "href")

    def _area(self, element: Element) -> None:
        if element.get("shape").lower() != "default" and "coords" not in element.attributes:
            self.report("attribute-missing", element, "area", "coords")
        self._anchor(element)

    def _meta(self, element: Element) -> None:
        attributes = element.attributes
        if "content" not in attributes and not attributes.keys().isdisjoint(
            ("name", "http-equiv", "itemprop")
        ):
            self.report("attribute-missing", element, "meta", "content")
        if "http-equiv" in attributes:
            word = attributes["http-equiv"].lower()
            if word in _HTTP_OLD:
                self.report("http-equiv-obsolete", element, "", attributes["http-equiv"])
            elif word not in _HTTP_EQUIV:
                self._wrong(element, "http-equiv")

    def _script(self, element: Element) -> None:
        attributes = element.attributes
        for name in ("language", "charset"):
            if name in attributes:
                self.report("attribute-redundant", element, "script", name)
        kind = element.get("type").strip().lower()
        if kind in _JAVASCRIPT:
            self.report("attribute-redundant", element, "script", f'type="{element.get("type")}"')
        if "src" in attributes:
            return
        if "defer" in attributes or ("async" in attributes and kind != "module"):
            name = "defer" if "defer" in attributes else "async"
            self.report("attribute-missing", element, f"script {name}", "src")

    def _style(self, element: Element) -> None:
        if "type" not in element.attributes:
            return
        if element.get("type").strip().lower() in ("", "text/css"):
            self.report("attribute-redundant", element, "style", f'type="{element.get("type")}"')
        else:
            self._wrong(element, "type")

    def _source(self, element: Element) -> None:
        parent = self.document.elements[element.parent].name if element.parent >= 0 else ""
        wanted = {"picture": "srcset", "audio": "src", "video": "src"}.get(parent)
        if wanted is not None and wanted not in element.attributes:
            self.report("attribute-missing", element, "source", wanted)

    def _track(self, element: Element) -> None:
        kind = element.get("kind").lower()
        if "kind" in element.attributes and kind not in _TRACKS:
            self._wrong(element, "kind")
        elif kind in ("", "subtitles") and not element.get("srclang").strip():
            self.report("attribute-missing", element, "track", "srclang")

    def _mapped(self, element: Element) -> None:
        value = element.attributes.get("usemap")
        if value is None or not self.document.whole:
            return
        named = (self.document.elements[one].get("name") for one in self.document.by_name.get("map", ()))
        if not value.startswith("#") or value[1:] not in named:
            self.report("reference-missing", element, "usemap", value)

    def _aimed(self, element: Element, name: str) -> None:
        if not _is_target(element.get(name)):
            self._wrong(element, name)


_BY_ATTRIBUTE: Mapping[str, Callable[[_Attributes, Element, str], None]] = {
    **dict.fromkeys(("width", "height"), _Attributes._size),
    **dict.fromkeys(("value", "min", "max", "step"), _Attributes._number),
    **dict.fromkeys(("list", "form"), _Attributes._reference),
    **dict.fromkeys(("target", "formtarget"), _Attributes._aimed),
}
_CHECKED = frozenset(_IS_VALID) | frozenset(_BY_ATTRIBUTE)
_BY_ELEMENT: Mapping[str, Callable[[_Attributes, Element], None]] = {
    "a": _Attributes._anchor,
    "area": _Attributes._area,
    "button": _Attributes._typed,
    "img": _Attributes._mapped,
    "input": _Attributes._input,
    "link": _Attributes._link,
    "meta": _Attributes._meta,
    "ol": _Attributes._typed,
    "script": _Attributes._script,
    "source": _Attributes._source,
    "style": _Attributes._style,
    "track": _Attributes._track,
}
_LOOKED_AT = frozenset(elements.REQUIRED) | frozenset(_BY_ELEMENT)


# --- the page as a whole -------------------------------------------------------------------------


def _whole(document: Document, report: Report) -> None:
    page = document.page
    if page.doctype is None:
        report("doctype-missing", None)
    else:
        words = page.doctype.lower().split()
        if words != ["doctype", "html"] and not (
            words[:3] == ["doctype", "html", "system"] and "about:legacy-compat" in page.doctype
        ):
            report("doctype-obsolete", None, "", page.doctype[:60])
    for name in ("html", "head", "body"):
        for index in document.by_name.get(name, ())[1:]:
            report("element-repeated", document.elements[index], name)
    titles = [index for index, one in document.named("title") if _is_metadata(document, one)]
    for index in titles[1:]:
        report("element-repeated", document.elements[index], "title")
    bases = document.by_name.get("base", ())
    for index in bases[1:]:
        report("element-repeated", document.elements[index], "base")
    _charset(document, report)


def _is_metadata(document: Document, element: Element) -> bool:
    return element.parent >= 0 and document.elements[element.parent].name in ("head", "html")


def _encodings(document: Document) -> Iterator[tuple[Element, str]]:
    for _, one in document.named("meta"):
        if "charset" in one.attributes:
            yield one, one.get("charset").strip()
        elif one.get("http-equiv").lower() == "content-type":
            found = _CHARSET.search(one.get("content"))
            yield one, found[1] if found else one.get("content")


def _charset(document: Document, report: Report) -> None:
    said = list(_encodings(document))
    for element, value in said:
        if value.lower() != "utf-8":
            report("charset-invalid", element, "", value)
        elif _written_before(document.page.source, element) >= 1024:
            report("charset-late", element)
    for element, _ in said[1:]:
        report("element-repeated", element, "meta charset")
    if said:
        return
    texts = document.page.texts
    if not texts or not any(one.text.strip() for one in texts):
        return
    report("charset-unsaid" if document.page.source.isascii() else "charset-missing", None)


def _written_before(source: str, element: Element) -> int:
    """How many bytes of a file stand before an element."""
    before = source.split("\n", element.line)[: element.line]
    before[-1] = before[-1][: element.column - 1]
    return len("\n".join(before).encode("utf-8", "replace"))
