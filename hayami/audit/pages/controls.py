"""Rules on what people operate: names of buttons and fields, the keyboard, labels, autofill."""

from __future__ import annotations

import re
import unicodedata

from hayami.audit.document import Document
from hayami.audit.page import Element, read
from hayami.audit.pages import Report, roles
from hayami.audit.pages.names import UNKNOWN, Names, names_of
from hayami.audit.pages.semantics import Semantics, integer
from hayami.audit.rule import rule

_NAME_ROLE = "WCAG 4.1.2 / JIS X 8341-3:2016 7.4.1.2"
_STRUCTURE = "WCAG 1.3.1 / JIS X 8341-3:2016 7.1.3.1"
_KEYBOARD = "WCAG 2.1.1 / JIS X 8341-3:2016 7.2.1.1"

RULES = (
    rule(
        "button-name",
        ("この {target} には名前がありません。", "This {target} has no name."),
        (
            "何をするボタンかを文字か aria-label で書いてください。",
            "Say in text or in aria-label what it does.",
        ),
        criterion=_NAME_ROLE,
    ),
    rule(
        "summary-name",
        ("summary に文字がありません。", "This summary has no text."),
        ("開くと何があるかを書いてください。", "Say what opens."),
        "button-name",
        criterion=_NAME_ROLE,
    ),
    rule(
        "image-button-name",
        ("画像のボタンに alt がありません。", "This button is a picture without alt."),
        ("何をするボタンかを alt に書いてください。", "Say in alt what it does."),
        "button-name",
        criterion="WCAG 1.1.1 / JIS X 8341-3:2016 7.1.1.1",
    ),
    rule(
        "field-name",
        ("入力欄（{target}）に名前がありません。", "This field ({target}) has no name."),
        ("label を付けてください。", "Give it a label."),
        criterion=_STRUCTURE,
    ),
    rule(
        "field-label",
        (
            "入力欄の名前「{target}」が {detail} にしかありません。",
            'Only {detail} gives the name of this field ("{target}").',
        ),
        ("見える label を付けてください。", "Give it a label that is seen."),
        "field-name",
        "warning",
        "WCAG 3.3.2 / JIS X 8341-3:2016 7.3.3.2",
    ),
    rule(
        "label-for",
        (
            "label の for「{target}」という id の入力欄がありません。",
            'There is no field with the id "{target}" of this label.',
        ),
        ("入力欄の id と同じにしてください。", "Make it the id of the field."),
        criterion=_STRUCTURE,
    ),
    rule(
        "label-alone",
        ("この label はどの入力欄のものでもありません。", "This label belongs to no field."),
        ("for に入力欄の id を書いてください。", "Name the id of its field in for."),
        "label-for",
        "warning",
        _STRUCTURE,
    ),
    rule(
        "label-in-name",
        (
            "見える文字「{target}」が、読み上げる名前「{detail}」にありません。",
            'The name "{detail}" does not contain the text that is seen, "{target}".',
        ),
        (
            "aria-label を消すか、見える文字をそのまま含めてください。",
            "Remove aria-label, or let it contain that text.",
        ),
        criterion="WCAG 2.5.3",
    ),
    rule(
        "mouse-only",
        (
            "{target} 要素の {detail} はマウスだけで使え、キーボードでは使えません。",
            "{detail} of this {target} works with a mouse, not with the keyboard.",
        ),
        ("button 要素かリンクにしてください。", "Make it a button or a link."),
        criterion=_KEYBOARD,
    ),
    rule(
        "mouse-only-key",
        (
            "{target} 要素に {detail} はありますが、キーの処理がありません。",
            "This {target} has {detail} but heeds no key.",
        ),
        (
            "button 要素にするか、Enter とスペースの処理を加えてください。",
            "Make it a button, or heed Enter and Space.",
        ),
        "mouse-only",
        "warning",
        _KEYBOARD,
    ),
    rule(
        "mouse-only-hover",
        (
            "{target} 要素は {detail} に応えますが、フォーカスには応えません。",
            "This {target} heeds {detail} but not the focus.",
        ),
        ("onfocus でも同じようにしてください。", "Do the same on onfocus."),
        "mouse-only",
        "warning",
        _KEYBOARD,
    ),
    rule(
        "nested-interactive",
        (
            "{target} の中に、操作できる {detail} があります。",
            "A {detail} that can be operated stands within {target}.",
        ),
        ("どちらかを外に出してください。", "Move one of them out."),
        criterion=_NAME_ROLE,
    ),
    rule(
        "frame-focusable",
        (
            'tabindex="-1" の iframe の中の要素に、キーボードで移れません。',
            'The keyboard cannot reach what can be operated in this iframe, which has tabindex="-1".',
        ),
        ("tabindex を消してください。", "Remove tabindex."),
        criterion=_KEYBOARD,
    ),
    rule(
        "positive-tabindex",
        ('tabindex="{target}" は移る順番を乱します。', 'tabindex="{target}" upsets the order of the focus.'),
        ("0 にするか消し、要素を正しい順に並べてください。", "Use 0 or none, and order the elements."),
        criterion="WCAG 2.4.3 / JIS X 8341-3:2016 7.2.4.3",
    ),
    rule(
        "iframe-name",
        ("{target} に名前がありません。", "This {target} has no name."),
        ("何が入っているかを title に書いてください。", "Say in title what it holds."),
        criterion=_NAME_ROLE,
    ),
    rule(
        "autocomplete-valid",
        (
            "autocomplete の値「{target}」は正しくありません。",
            '"{target}" is no value of autocomplete.',
        ),
        (
            "name、email、tel のような HTML の値にしてください。",
            "Use one of HTML such as name, email or tel.",
        ),
        criterion="WCAG 1.3.5",
    ),
    rule(
        "accesskey",
        (
            "accesskey「{target}」は、読み上げソフトやブラウザーのキーとぶつかります。",
            'The accesskey "{target}" collides with keys of screen readers and browsers.',
        ),
        ("accesskey を消してください。", "Remove it."),
        severity="warning",
        criterion="WCAG 2.1.4",
    ),
    rule(
        "autofocus",
        (
            "autofocus は、開いた人をページの途中に置きます。",
            "autofocus puts readers into the middle of the page.",
        ),
        ("autofocus を消してください。", "Remove it."),
        severity="warning",
        criterion="WCAG 3.2.1 / JIS X 8341-3:2016 7.3.2.1",
    ),
    rule(
        "fieldset-legend",
        ("fieldset に legend がありません。", "This fieldset has no legend."),
        ("何のまとまりかを legend に書いてください。", "Say in a legend what belongs together."),
        severity="warning",
        criterion=_STRUCTURE,
    ),
    rule(
        "radio-group",
        (
            "ラジオボタン「{target}」がまとめられていません。",
            'The radio buttons "{target}" are no group.',
        ),
        ("fieldset で囲み、問いを legend に書いてください。", "Put them into a fieldset with a legend."),
        "fieldset-legend",
        "warning",
        _STRUCTURE,
    ),
)


def check(document: Document, report: Report) -> None:
    """All rules on what is operated."""
    names = names_of(document)
    _names(document, names, report)
    _labels(document, names, report)
    _labels_in_names(document, names, report)
    _mouse(document, names.semantics, report)
    _nested(document, names.semantics, report)
    _frames(document, names, report)
    _keys(document, names.semantics, report)
    _autofill(document, names.semantics, report)
    _groups(document, names, report)


# --- names -----------------------------------------------------------------------------------------------

_BUTTON_KINDS = frozenset(("button", "submit", "reset"))


def _names(document: Document, names: Names, report: Report) -> None:
    semantics = names.semantics
    some = {
        index
        for name in ("button", "input", "select", "textarea", "summary")
        for index in document.by_name.get(name, ())
    }
    some.update(
        index
        for index in semantics.by_attribute.get("role", ())
        if semantics.explicit(index) in roles.COMMANDS or semantics.explicit(index) in roles.FIELDS
    )
    for index in sorted(some):
        if index in semantics.silent:
            continue
        element = document.elements[index]
        role = semantics.role(index)
        if element.name == "summary" and not semantics.opens(index) and "role" not in element.attributes:
            continue
        if role in roles.COMMANDS:
            if names.of(index):
                continue
            if element.name == "summary":
                report("summary-name", element)
            elif element.get("type").strip().lower() == "image" and element.name == "input":
                report("image-button-name", element)
            else:
                report("button-name", element, role)
        elif role in roles.FIELDS:
            source = names.source(index)
            if not source:
                report("field-name", element, role)
            elif source in ("title", "placeholder"):
                report("field-label", element, names.of(index), source)


def _labels(document: Document, names: Names, report: Report) -> None:
    some = document.by_name.get("label")
    if not some:
        return
    owned = {label for labels in names.labels.values() for label in labels}
    referred = {
        one
        for index in names.semantics.by_attribute.get("aria-labelledby", ())
        for one in document.elements[index].attributes["aria-labelledby"].split()
    }
    for index in some:
        if index in owned or index in names.semantics.silent:
            continue
        element = document.elements[index]
        target = element.attributes.get("for")
        if target is not None:
            report("label-for", element, target)
        elif element.get("id") not in referred and not _may_belong(document, index):
            report("label-alone", element)


def _may_belong(document: Document, index: int) -> bool:
    """Whether a script may know of something in a label that can be filled in."""
    for step, one in enumerate(document.descendants(index)):
        if step > 200:
            return True
        if isinstance(one, int):
            inner = document.elements[one]
            if "-" in inner.name or inner.name == "slot" or "role" in inner.attributes:
                return True
    return False


# --- what is seen and what is heard ----------------------------------------------------------------------

_SEEN = (roles.LINKS | roles.COMMANDS | roles.FIELDS | {"option", "treeitem"}) - {
    *("combobox", "listbox", "searchbox", "slider", "spinbutton", "textbox"),
}
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】")
_WORD = re.compile(r"[^\W_]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_MARKS = re.compile(r"必須|任意|\brequired\b|\boptional\b|\*|※", re.IGNORECASE)
_LIGATURES = re.compile(r"Material[ +](?:Icons|Symbols)")


def contains(name: str, seen: str) -> bool:
    """Whether a name contains what is seen. Words in brackets, signs and single letters need not be said.

    >>> contains("Next page in the list", "Next page"), contains("Discover Italy", "Discover It")
    (True, False)
    >>> contains("一覧を見る（別のページ）", "一覧を 見る"), contains("検索する", "探す"), contains("閉じる", "×")
    (True, False, True)
    """
    name, seen = (unicodedata.normalize("NFKC", one).casefold() for one in (name, seen))
    wanted = _WORD.findall(_BRACKETS.sub(" ", seen))
    if not wanted:
        return True
    if len(wanted) == 1 and len(wanted[0]) == 1 and wanted[0].isalpha() and not _CJK.match(wanted[0]):
        # Such as the x of a button that closes.
        return True
    said = _WORD.findall(name)
    if _CJK.search(seen):
        # Nothing tells where words begin and end.
        return "".join(wanted) in "".join(said)
    return f" {' '.join(wanted)} " in f" {' '.join(said)} "


def _labels_in_names(document: Document, names: Names, report: Report) -> None:
    semantics = names.semantics
    draws: bool | None = None
    some: set[int] = set()
    for name in ("aria-label", "aria-labelledby"):
        some.update(semantics.by_attribute.get(name, ()))
    for index in sorted(some):
        if index in semantics.silent or names.source(index) not in ("aria-label", "labelledby"):
            continue
        element = document.elements[index]
        name = names.of(index)
        role = semantics.role(index)
        if element.name in ("input", "select", "textarea") and role not in roles.COMMANDS:
            labels = [one for one in names.labels.get(index, ()) if one not in document.hidden]
            seen = _MARKS.sub(" ", " ".join(names.visible(one) for one in labels))
            with_readings = seen
        elif element.name == "input":
            seen = with_readings = element.get("value")
        elif role in _SEEN or element.name == "a":
            seen, with_readings = names.visible(index), names.visible(index, ruby=True)
        else:
            continue
        if UNKNOWN in (name, seen, with_readings) or contains(name, seen) or contains(name, with_readings):
            continue
        if re.fullmatch(r"[a-z_]+", seen):
            draws = _draws_words(document) if draws is None else draws
            if draws:
                continue
        report("label-in-name", element, " ".join(seen.split()), name)


def _draws_words(document: Document) -> bool:
    """Whether a page uses a font that draws words as icons."""
    for index in (*document.by_name.get("link", ()), *document.by_name.get("style", ())):
        if _LIGATURES.search(document.elements[index].get("href")) or _LIGATURES.search(document.text(index)):
            return True
    return False


# --- the keyboard ----------------------------------------------------------------------------------------

_CLICKS = (
    *("onclick", "ondblclick", "onmousedown", "onmouseup", "onpointerdown", "onpointerup"),
    *("ontouchstart", "ontouchend"),
)
_HOVERS = ("onmouseover", "onmouseenter")
_PRESSES = ("onkeydown", "onkeyup", "onkeypress")
# They take clicks from what is in them, or are operated by their own means.
_TAKERS = frozenset(
    (
        *("html", "body", "form", "label", "dialog", "details", "button", "input", "select", "textarea"),
        *("option", "optgroup", "area", "iframe", "object", "embed"),
    )
)
_MANAGED = frozenset(
    (
        "option",
        "treeitem",
        "gridcell",
        "menuitem",
        "menuitemcheckbox",
        "menuitemradio",
        "tab",
        "radio",
        "dialog",
    )
)
_NOTHING_DONE = re.compile(
    r"\s*(?:(?:(?:window\.)?event\.(?:stopPropagation|preventDefault)\(\)|return(?:\s+(?:false|true))?|;)\s*)*"
)


def _mouse(document: Document, semantics: Semantics, report: Report) -> None:
    clicked: dict[int, str] = {}
    for name in _CLICKS:
        for index in semantics.by_attribute.get(name, ()):
            if not _NOTHING_DONE.fullmatch(document.elements[index].attributes[name][:200]):
                clicked.setdefault(index, name)
    if clicked:
        _clicked(document, semantics, clicked, report)
    for name in _HOVERS:
        for index in semantics.by_attribute.get(name, ()):
            element = document.elements[index]
            if (
                index in semantics.silent
                or "onfocus" in element.attributes
                or "onfocusin" in element.attributes
            ):
                continue
            report("mouse-only-hover", element, element.name, name)


def _clicked(document: Document, semantics: Semantics, clicked: dict[int, str], report: Report) -> None:
    around = semantics.nearest(clicked.keys())
    reached: set[int] = set()
    for index in semantics.candidates:
        one = around[index]
        if one >= 0 and one not in reached and index not in document.hidden and semantics.tabbable(index):
            while one >= 0 and one not in reached:
                reached.add(one)
                one = around[one]
    takers = {index for index in semantics.candidates if semantics.operable(index)}
    takers.update(document.by_name.get("label", ()))
    within = semantics.nearest(takers)
    for index in sorted(clicked):
        element = document.elements[index]
        if index in reached or within[index] >= 0 or index in semantics.silent or element.name in _TAKERS:
            continue
        if semantics.operable(index) or "-" in element.name:
            continue
        role = semantics.role(index)
        if role == "none" or role in _MANAGED:
            continue
        detail = clicked[index]
        if not semantics.tabbable(index):
            report("mouse-only", element, element.name, detail)
        elif not any(name in element.attributes for name in _PRESSES):
            report("mouse-only-key", element, element.name, detail)


# What HTML calls interactive besides what takes the focus.
_INTERACTIVE = ("embed", "iframe", "label")


def _nested(document: Document, semantics: Semantics, report: Report) -> None:
    containers = {
        index
        for name in ("a", "button")
        for index in document.by_name.get(name, ())
        if name != "a" or semantics.operable(index)
    }
    containers.update(
        index
        for index in semantics.by_attribute.get("role", ())
        if semantics.role(index) in roles.CHILDREN_PRESENTATIONAL
    )
    if not containers:
        return
    around = semantics.nearest(containers)
    told: set[int] = set()
    others = [index for name in _INTERACTIVE for index in document.by_name.get(name, ())]
    for index in (*semantics.candidates, *others):
        outer = around[index]
        if outer < 0 or outer in told or index in semantics.silent:
            continue
        element = document.elements[index]
        holder = document.elements[outer]
        if holder.name == "a" and "role" not in holder.attributes:
            # A bare tabindex is bad style there, but does no harm.
            bad = semantics.operable(index) or semantics.role(index) in roles.WIDGETS
        elif holder.name == "button":
            bad = semantics.operable(index) or semantics.tabbable(index)
        else:
            bad = semantics.tabbable(index)
        if bad or (element.name in _INTERACTIVE and holder.name in ("a", "button")):
            told.add(outer)
            report("nested-interactive", element, holder.name, element.name)


def _keys(document: Document, semantics: Semantics, report: Report) -> None:
    for index in semantics.by_attribute.get("tabindex", ()):
        element = document.elements[index]
        if (integer(element.attributes["tabindex"]) or 0) > 0:
            report("positive-tabindex", element, element.attributes["tabindex"].strip())
    for index in semantics.by_attribute.get("accesskey", ()):
        element = document.elements[index]
        if element.attributes["accesskey"].strip() and index not in document.hidden:
            report("accesskey", element, element.attributes["accesskey"].strip())
    some = semantics.by_attribute.get("autofocus")
    if not some:
        return
    # A window that opens must take the focus.
    windows = document.parts(
        {*document.by_name.get("dialog", ()), *semantics.by_attribute.get("popover", ())}
    )
    for index in some:
        if index not in document.hidden and index not in windows:
            report("autofocus", document.elements[index])


def _frames(document: Document, names: Names, report: Report) -> None:
    semantics = names.semantics
    for index, element in document.named("iframe", "frame"):
        if index in semantics.silent:
            continue
        given = integer(element.get("tabindex"))
        if given is not None and given < 0 and "srcdoc" in element.attributes:
            _frame(element, report)
        if semantics.explicit(index) in roles.PRESENTATIONAL and (given is None or given < 0):
            continue
        if not names.of(index) and not _tiny(element):
            report("iframe-name", element, element.name)


def _tiny(element: Element) -> bool:
    """Whether a frame is so small that nobody sees it."""
    size = [integer(element.get(name)) for name in ("width", "height")]
    return all(one is not None and one <= 1 for one in size)


def _frame(element: Element, report: Report) -> None:
    if _tiny(element):
        return
    inner = Semantics(Document(read(element.attributes["srcdoc"][:100_000])))
    if any(inner.tabbable(one) and one not in inner.document.hidden for one in inner.candidates):
        report("frame-focusable", element)


# --- autofill --------------------------------------------------------------------------------------------

_CONTACT = frozenset(
    (
        *("tel", "tel-country-code", "tel-national", "tel-area-code", "tel-local", "tel-local-prefix"),
        *("tel-local-suffix", "tel-extension", "email", "impp"),
    )
)
_FILLED = frozenset(
    (
        *("name", "honorific-prefix", "given-name", "additional-name", "family-name", "honorific-suffix"),
        *("nickname", "username", "new-password", "current-password", "one-time-code", "organization-title"),
        *("organization", "street-address", "address-line1", "address-line2", "address-line3"),
        *("address-level4", "address-level3", "address-level2", "address-level1", "country", "country-name"),
        *("postal-code", "cc-name", "cc-given-name", "cc-additional-name", "cc-family-name", "cc-number"),
        *("cc-exp", "cc-exp-month", "cc-exp-year", "cc-csc", "cc-type", "transaction-currency"),
        *(
            "transaction-amount",
            "language",
            "bday",
            "bday-day",
            "bday-month",
            "bday-year",
            "sex",
            "url",
            "photo",
        ),
    )
)
_NOT_FILLED = frozenset(("hidden", "button", "submit", "reset", "image"))


def autofill(value: str) -> bool:
    """Whether a value of autocomplete is sound.

    >>> autofill("section-a shipping work email"), autofill("work shipping email"), autofill("work photo")
    (True, False, False)
    """
    words = value.lower().split()
    if not words or words in (["on"], ["off"]):
        return True
    if words[0].startswith("section-"):
        del words[0]
    if words and words[0] in ("shipping", "billing"):
        del words[0]
    if words and words[-1] == "webauthn":
        del words[-1]
        if not words:
            return True
    if len(words) == 2 and words[0] in ("home", "work", "mobile", "fax", "pager"):
        return words[1] in _CONTACT
    return len(words) == 1 and (words[0] in _FILLED or words[0] in _CONTACT)


def _autofill(document: Document, semantics: Semantics, report: Report) -> None:
    for index in semantics.by_attribute.get("autocomplete", ()):
        element = document.elements[index]
        value = element.attributes["autocomplete"]
        if element.name == "form":
            sound = value.strip().lower() in ("", "on", "off")
        elif element.name not in ("input", "select", "textarea"):
            continue
        else:
            off = semantics.disabled(index) or element.get("aria-disabled").strip().lower() == "true"
            unfit = element.get("type").strip().lower() in _NOT_FILLED
            sound = off or unfit or autofill(value)
        if not sound and index not in semantics.silent:
            report("autocomplete-valid", element, value)


# --- groups ----------------------------------------------------------------------------------------------


def _groups(document: Document, names: Names, report: Report) -> None:
    semantics = names.semantics
    for index, element in document.named("fieldset"):
        if index not in semantics.silent and semantics.role(index) != "none" and not names.of(index):
            report("fieldset-legend", element)
    radios = [
        index
        for index in document.by_name.get("input", ())
        if document.elements[index].get("type").strip().lower() == "radio" and index not in semantics.silent
    ]
    if len(radios) < 2:
        return
    groups = set(document.by_name.get("fieldset", ()))
    groups.update(
        index
        for index in semantics.by_attribute.get("role", ())
        if semantics.explicit(index) in ("group", "radiogroup")
    )
    around = semantics.nearest(groups)
    forms = semantics.nearest(frozenset(document.by_name.get("form", ())))
    seen: dict[tuple[int, str], int] = {}
    for index in radios:
        name = document.elements[index].get("name")
        if not name or around[index] >= 0:
            continue
        key = (forms[index], name)
        seen[key] = seen.get(key, 0) + 1
        if seen[key] == 2:
            report("radio-group", document.elements[index], name)
