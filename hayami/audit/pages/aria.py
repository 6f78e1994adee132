"""Rules on roles and aria-* attributes."""

from __future__ import annotations

import re
from functools import lru_cache

from hayami.audit.document import Document
from hayami.audit.page import Element, Text
from hayami.audit.pages import Report, roles
from hayami.audit.pages.names import names_of
from hayami.audit.pages.semantics import Semantics
from hayami.audit.rule import rule
from hayami.problems import nearest

_NAME_ROLE = "WCAG 4.1.2 / JIS X 8341-3:2016 7.4.1.2"
_STRUCTURE = "WCAG 1.3.1 / JIS X 8341-3:2016 7.1.3.1"

RULES = (
    rule(
        "aria-attr-defined",
        ("「{target}」という属性は ARIA にありません。", 'ARIA has no attribute "{target}".'),
        ("つづりを確かめてください。{detail}", "Check its spelling.{detail}"),
        criterion=_NAME_ROLE,
    ),
    rule(
        "aria-attr-value",
        ("{target} の値「{detail}」は正しくありません。", '"{detail}" is no value of {target}.'),
        ("ARIA が定める値にしてください。", "Use one of the values that ARIA defines."),
        criterion=_NAME_ROLE,
    ),
    rule(
        "aria-required-attr",
        ("role「{target}」に必要な {detail} がありません。", 'The role "{target}" needs {detail}.'),
        ("{detail} を付けるか、HTML の要素を使ってください。", "Add {detail}, or use the element of HTML."),
        criterion=_NAME_ROLE,
    ),
    rule(
        "aria-idref",
        (
            "{target} が指す id「{detail}」がこのページにありません。",
            '{target} names the id "{detail}", which is not on this page.',
        ),
        ("id を直すか、属性を消してください。", "Correct the id, or remove the attribute."),
        criterion=_NAME_ROLE,
    ),
    rule(
        "aria-idref-some",
        (
            "{target} が指す id「{detail}」がこのページにありません。",
            '{target} names the id "{detail}", which is not on this page.',
        ),
        (
            "スクリプトがあとで作るのでなければ、id を直してください。",
            "Unless a script adds it later, correct the id.",
        ),
        "aria-idref",
        "warning",
        _NAME_ROLE,
    ),
    rule(
        "aria-hidden-body",
        (
            "ページ全体が aria-hidden で、読み上げでは何もありません。",
            "The whole page is aria-hidden, so that nothing of it is read.",
        ),
        ("{target} 要素の aria-hidden を消してください。", "Remove aria-hidden from {target}."),
        criterion=_NAME_ROLE,
    ),
    rule(
        "aria-hidden-focusable",
        (
            "aria-hidden の中の {target} 要素にキーボードで移れますが、読み上げでは何もありません。",
            "The keyboard reaches this {target} within aria-hidden, but nothing of it is read.",
        ),
        (
            'aria-hidden を消すか、hidden か tabindex="-1" を付けてください。',
            'Remove aria-hidden, or add hidden or tabindex="-1".',
        ),
        criterion=_NAME_ROLE,
    ),
    rule(
        "role-valid",
        ("「{target}」という role はありません。", 'There is no role "{target}".'),
        ("つづりを確かめるか、role を消してください。{detail}", "Check its spelling, or remove it.{detail}"),
        criterion=_NAME_ROLE,
    ),
    rule(
        "role-allowed",
        (
            "{detail} 要素に role「{target}」は付けられません。",
            'The element {detail} must not have the role "{target}".',
        ),
        ("role を消すか、別の要素を使ってください。", "Remove the role, or use another element."),
        "role-valid",
        criterion=_NAME_ROLE,
    ),
    rule(
        "role-none-allowed",
        (
            "{detail} 要素に role「{target}」は付けられません。",
            'The element {detail} must not have the role "{target}".',
        ),
        ("role を消してください。", "Remove the role."),
        "role-valid",
        "warning",
        _NAME_ROLE,
    ),
    rule(
        "aria-required-children",
        (
            "role「{target}」の中に必要な {detail} がありません。",
            'There is no {detail} in the role "{target}", which needs one.',
        ),
        ("中の要素に {detail} の role を付けてください。", "Give what stands in it the role {detail}."),
        criterion=_STRUCTURE,
    ),
    rule(
        "aria-unallowed-child",
        (
            "role「{target}」の中に role「{detail}」は置けません。",
            'The role "{detail}" must not stand in "{target}".',
        ),
        ("その要素を外に出すか、role を直してください。", "Move it out, or correct the roles."),
        "aria-required-children",
        criterion=_STRUCTURE,
    ),
    rule(
        "aria-required-parent",
        (
            "role「{target}」が {detail} の中にありません。",
            'The role "{target}" does not stand in {detail}.',
        ),
        ("{detail} の role を持つ要素で囲んでください。", "Put it into an element of the role {detail}."),
        criterion=_STRUCTURE,
    ),
    rule(
        "aria-attr-permitted",
        (
            "この要素（role: {detail}）に {target} は使えません。",
            "{target} is not for this element (role: {detail}).",
        ),
        (
            "属性を消すか、合う role を付けてください。",
            "Remove the attribute, or give the element a role that it is for.",
        ),
        severity="warning",
        criterion=_NAME_ROLE,
    ),
    rule(
        "decorative-exposed",
        (
            "飾りとした {target} 要素に {detail} があり、読み上げられます。",
            "This {target} is marked as decoration, but {detail} makes it read.",
        ),
        ("どちらかを消してください。", "Remove one of them."),
        severity="warning",
        criterion="WCAG 1.1.1 / JIS X 8341-3:2016 7.1.1.1",
    ),
    rule(
        "landmark-unique",
        (
            "{detail} が2つ以上あり、「{target}」という名前では区別できません。",
            'There is more than one {detail}, and the name "{target}" does not tell them apart.',
        ),
        ("aria-label で別々の名前を付けてください。", "Give each a name of its own with aria-label."),
        severity="warning",
        criterion=_STRUCTURE,
    ),
    rule(
        "landmark-unnamed",
        (
            "{detail} が2つ以上ありますが、名前がないので区別できません。",
            "There is more than one {detail}, and without names they cannot be told apart.",
        ),
        ("aria-label で別々の名前を付けてください。", "Give each a name of its own with aria-label."),
        "landmark-unique",
        "warning",
        _STRUCTURE,
    ),
)

_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WHOLE = re.compile(r"[+-]?[0-9]+")
# How far up the page a rule looks for what must stand around an element.
_FAR = 200
_WITHOUT_HEADINGS = frozenset(("listbox", "menu", "menubar", "tablist", "tree"))
_TEXT_ROLES = roles.UNNAMEABLE | {"time", "term"}


def check(document: Document, report: Report) -> None:
    """All rules on roles and aria-* attributes."""
    semantics = names_of(document).semantics
    copied = _copied(document)
    # Where there is no script, nothing is added later.
    still = document.whole and "script" not in document.by_name
    for name, held in semantics.by_attribute.items():
        if name[:5] != "aria-":
            continue
        if name not in roles.ATTRIBUTES:
            near = _near(name[5:], _ENDINGS, "aria-")
            for index in held:
                report("aria-attr-defined", document.elements[index], name, near)
        elif name in roles.REFERENCES or name in roles.REFERENCE_LISTS:
            _references(document, semantics, name, held, copied, still, report)
        elif name in _VALUED:
            for index in held:
                _value(document.elements[index], name, report)
    _hidden(document, semantics, report)
    _roles(document, semantics, report)
    _permitted(document, semantics, report)
    _decorative(document, semantics, report)
    _landmarks(document, report)


_ENDINGS = frozenset(name[5:] for name in roles.ATTRIBUTES)


@lru_cache(maxsize=100)
def _near(word: str, known: frozenset[str], before: str = "") -> str:
    found = nearest(word, known) if len(word) < 40 else ()
    return f" → {before}{found[0]}" if found else ""


# --- values ----------------------------------------------------------------------------------------------

_VALUED = roles.WORDS.keys() | roles.WORD_LISTS.keys() | roles.INTEGERS.keys() | roles.NUMBERS


def _value(element: Element, name: str, report: Report) -> None:
    value = element.attributes[name].strip().lower()
    # An empty value is as good as none.
    if value and not sound(name, value):
        report("aria-attr-value", element, name, element.attributes[name])


def sound(name: str, value: str) -> bool:
    """Whether a value, in small letters, is one that an attribute may have.

    >>> sound("aria-live", "polite"), sound("aria-level", "0"), sound("aria-relevant", "text all")
    (True, False, True)
    """
    if name in roles.WORDS:
        return value in roles.WORDS[name]
    if name in roles.WORD_LISTS:
        return roles.WORD_LISTS[name].issuperset(value.split())
    if name in roles.INTEGERS:
        # Nobody counts with more digits, and reading very long numbers is slow.
        return bool(_WHOLE.fullmatch(value)) and len(value) < 12 and int(value) >= roles.INTEGERS[name]
    return bool(_NUMBER.fullmatch(value))


def _references(
    document: Document,
    semantics: Semantics,
    name: str,
    held: list[int],
    copied: frozenset[str],
    still: bool,
    report: Report,
) -> None:
    for index in held:
        element = document.elements[index]
        ids = element.tokens(name)
        if name in roles.REFERENCES and len(ids) > 1:
            report("aria-attr-value", element, name, element.attributes[name])
            continue
        missing = [one for one in ids if one not in document.by_id]
        if not missing or index in semantics.silent or copied.issuperset(missing):
            continue
        grave = still or _grave(semantics, index, element, name, len(missing) == len(ids))
        if grave is not None:
            report("aria-idref" if grave else "aria-idref-some", element, name, " ".join(missing))


def _copied(document: Document) -> frozenset[str]:
    """Ids in templates, from which scripts copy them."""
    if "template" not in document.by_name:
        return frozenset()
    return frozenset(one.get("id") for one in document.elements if one.inert)


def _grave(semantics: Semantics, index: int, element: Element, name: str, every: bool) -> bool | None:
    """Whether ids that are missing are a fault (True), may be one (False), or are none (None)."""
    if name == "aria-labelledby":
        return True
    if name == "aria-describedby":
        return every
    if name == "aria-errormessage":
        # It is looked at only while the field is wrong.
        return False if element.get("aria-invalid").strip().lower() not in ("", "false") else None
    if not every:
        return None
    if name != "aria-controls":
        return name != "aria-activedescendant"
    # What is closed may be made when it is opened.
    if "false" in (element.get(one).strip().lower() for one in ("aria-expanded", "aria-selected")):
        return None
    role = semantics.role(index)
    return role == "scrollbar" or (
        role == "combobox" and element.get("aria-expanded").strip().lower() == "true"
    )


# --- what is hidden --------------------------------------------------------------------------------------


def _hidden(document: Document, semantics: Semantics, report: Report) -> None:
    held = set()
    for index in semantics.by_attribute.get("aria-hidden", ()):
        element = document.elements[index]
        if element.attributes["aria-hidden"].strip().lower() != "true":
            continue
        if element.name in ("body", "html"):
            report("aria-hidden-body", element, element.name)
        else:
            held.add(index)
    if not held:
        return
    parts = document.parts(held)
    for index in semantics.candidates:
        if index not in parts or index in document.hidden or index in semantics.inert:
            continue
        if semantics.tabbable(index):
            element = document.elements[index]
            report("aria-hidden-focusable", element, element.name)


# --- roles -----------------------------------------------------------------------------------------------


def _roles(document: Document, semantics: Semantics, report: Report) -> None:
    held = semantics.by_attribute.get("role", ())
    owners = _owners(document, semantics)
    owned: dict[int, list[int]] = {}
    for one, owner in owners.items():
        owned.setdefault(owner, []).append(one)
    for index in held:
        element = document.elements[index]
        given = element.attributes["role"].strip().lower()
        if not given or index in semantics.silent:
            continue
        role = semantics.explicit(index)
        if not role:
            report("role-valid", element, element.attributes["role"].strip(), _near(given, roles.ROLES))
            continue
        if not _allowed(semantics, index, element, role):
            grave = role not in roles.PRESENTATIONAL
            report("role-allowed" if grave else "role-none-allowed", element, role, element.name)
        if role in roles.REQUIRED or role in ("separator", "combobox"):
            _required(semantics, index, element, role, report)
        if role in roles.OWNED:
            _owned(document, semantics, index, owned.get(index, []), owners, report)
        if role in roles.CONTEXT:
            _context(document, semantics, index, role, owners, report)


def _allowed(semantics: Semantics, index: int, element: Element, role: str) -> bool:
    name = element.name
    if name == "figure" and any(
        isinstance(one, int) and semantics.elements[one].name == "figcaption"
        for one in semantics.document.children.get(index, ())
    ):
        return role == "figure"
    if name in roles.ALLOWED:
        return role in roles.ALLOWED[name]
    if name == "a":
        # Browsers do not heed a role of none on a link; it has rules of its own.
        return "href" not in element.attributes or role in roles.ALLOWED_LINK or role in roles.PRESENTATIONAL
    if name == "input":
        kind = element.get("type").strip().lower() or "text"
        if kind == "checkbox" and role == "button":
            return "aria-pressed" in element.attributes
        return role in roles.ALLOWED_INPUT.get(kind, ())
    if name == "select":
        return role == semantics.implicit(index) or (
            role == "menu" and semantics.implicit(index) == "combobox"
        )
    if name == "li":
        return semantics.implicit(index) != "listitem" or role in (
            *("listitem", "none", "presentation", "doc-biblioentry", "doc-endnote"),
        )
    return True


def _required(semantics: Semantics, index: int, element: Element, role: str, report: Report) -> None:
    # Fields of HTML tell their state themselves.
    if semantics.implicit(index) == role or element.name == "select":
        return
    if element.name == "input" and element.get("type").strip().lower() in (
        "checkbox",
        "radio",
        "range",
        "number",
    ):
        return
    needed = roles.REQUIRED.get(role, ())
    if role == "separator":
        needed = ("aria-valuenow",) if semantics.focusable(index) else ()
    for name in needed:
        if not element.get(name).strip():
            report("aria-required-attr", element, role, name)


def _owners(document: Document, semantics: Semantics) -> dict[int, int]:
    """Element → the one that says with aria-owns that it stands in it."""
    found: dict[int, int] = {}
    for index in semantics.by_attribute.get("aria-owns", ()):
        for one in document.elements[index].attributes["aria-owns"].split():
            target = document.by_id.get(one)
            if target is not None:
                found.setdefault(target, index)
    return found


def _transparent(semantics: Semantics, index: int, role: str) -> bool:
    """Whether an element makes no difference between what stands around it and what stands in it."""
    if role == "none":
        return True
    if role in ("", "generic"):
        attributes = semantics.elements[index].attributes
        return not any(
            name[:5] == "aria-" and name in roles.GLOBAL and name != "aria-hidden" for name in attributes
        )
    return role in _TEXT_ROLES and "role" not in semantics.elements[index].attributes


def _owned(
    document: Document,
    semantics: Semantics,
    index: int,
    added: list[int],
    owners: dict[int, int],
    report: Report,
) -> None:
    element = document.elements[index]
    role = semantics.role(index)
    if element.get("aria-busy").strip().lower() == "true":
        return
    wanted = roles.OWNED[role]
    also = roles.ALSO_OWNED.get(role, frozenset())
    waiting = [*document.children.get(index, ()), *added]
    full = found = False
    while waiting:
        node = waiting.pop()
        if isinstance(node, Text):
            full = full or bool(node.text.strip())
            continue
        if node in semantics.silent or owners.get(node, index) != index:
            continue
        one = document.elements[node]
        if ("-" in one.name and "role" not in one.attributes) or one.name == "slot":
            # Scripts make of these what they like.
            return
        inner = semantics.role(node)
        if inner in wanted:
            found = True
        elif inner == "group" and "group" in also:
            waiting.extend(document.children.get(node, ()))
        elif inner in also:
            full = True
        elif _transparent(semantics, node, inner):
            waiting.extend(document.children.get(node, ()))
        elif inner:
            full = True
            is_heading = inner == "heading" and role in _WITHOUT_HEADINGS
            if "role" in one.attributes or inner in roles.WIDGETS or is_heading:
                report("aria-unallowed-child", one, role, inner)
                found = True
    if full and not found:
        report("aria-required-children", element, role, " / ".join(sorted(wanted)))


def _context(
    document: Document,
    semantics: Semantics,
    index: int,
    role: str,
    owners: dict[int, int],
    report: Report,
) -> None:
    wanted = roles.CONTEXT[role]
    one = owners.get(index, document.elements[index].parent)
    within_group = False
    for _ in range(_FAR):
        if one < 0:
            break
        element = document.elements[one]
        around = semantics.role(one)
        # A branch of a tree holds the group of its own branches.
        if around in wanted or (within_group and around == role == "treeitem"):
            return
        if "-" in element.name or element.name == "slot":
            return
        grouped = around == "group" and role in roles.GROUPABLE
        if not grouped and not _transparent(semantics, one, around):
            break
        within_group = within_group or grouped
        one = owners.get(one, element.parent)
    else:
        return
    report("aria-required-parent", document.elements[index], role, " / ".join(sorted(wanted)))


# --- which attribute where -------------------------------------------------------------------------------


def _permitted(document: Document, semantics: Semantics, report: Report) -> None:
    for name, allowed in roles.SUPPORTED.items():
        for index in semantics.by_attribute.get(name, ()):
            element = document.elements[index]
            if index in semantics.silent or _undecided(element, semantics, index):
                continue
            role = semantics.role(index)
            native = name == "aria-checked" and element.name == "input" and _ticked(element)
            if (role not in allowed and role != "none") or native:
                report("aria-attr-permitted", element, name, role or element.name)
    for name in ("aria-label", "aria-labelledby"):
        for index in semantics.by_attribute.get(name, ()):
            element = document.elements[index]
            if not element.attributes[name].strip() or index in semantics.silent:
                continue
            if _undecided(element, semantics, index) or "popover" in element.attributes:
                continue
            role = semantics.role(index)
            bare = not role and (element.name in roles.UNNAMEABLE_ELEMENTS or element.name == "a")
            if bare or role in roles.UNNAMEABLE:
                report("aria-attr-permitted", element, name, role or element.name)


def _ticked(element: Element) -> bool:
    return element.get("type").strip().lower() in ("checkbox", "radio")


def _undecided(element: Element, semantics: Semantics, index: int) -> bool:
    """Whether scripts or wrong words leave it open what an element is."""
    if "role" in element.attributes:
        return bool(element.attributes["role"].strip()) and not semantics.explicit(index)
    return "-" in element.name or "contenteditable" in element.attributes


def _decorative(document: Document, semantics: Semantics, report: Report) -> None:
    """What is marked as decoration and has a name all the same (ACT 46ca7f)."""
    marked = [
        index
        for index in semantics.by_attribute.get("role", ())
        if semantics.explicit(index) in roles.PRESENTATIONAL
    ]
    marked += [
        index
        for index in document.by_name.get("img", ())
        if document.elements[index].attributes.get("alt") == "" and not semantics.explicit(index)
    ]
    for index in marked:
        if index in semantics.silent:
            continue
        element = document.elements[index]
        for name in ("aria-label", "aria-labelledby"):
            if element.get(name).strip():
                report("decorative-exposed", element, element.name, name)


# --- landmarks -------------------------------------------------------------------------------------------

_MAYBE_LANDMARKS = ("aside", "footer", "form", "header", "nav", "search", "section")


def _landmarks(document: Document, report: Report) -> None:
    names = names_of(document)
    semantics = names.semantics
    some = {index for name in _MAYBE_LANDMARKS for index in document.by_name.get(name, ())}
    some.update(
        index
        for index in semantics.by_attribute.get("role", ())
        if semantics.explicit(index) in roles.LANDMARKS
    )
    seen: set[tuple[str, str]] = set()
    for index in sorted(some):
        if index in semantics.silent:
            continue
        role = semantics.role(index)
        # More than one main has a rule of its own.
        if role not in roles.LANDMARKS or role == "main":
            continue
        name = names.of(index)
        if (role, name.casefold()) in seen:
            report("landmark-unique" if name else "landmark-unnamed", document.elements[index], name, role)
        seen.add((role, name.casefold()))
