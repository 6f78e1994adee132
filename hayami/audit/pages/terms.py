"""Rules on readings and abbreviations."""

from __future__ import annotations

import re

from hayami.audit.document import Document
from hayami.audit.page import Text
from hayami.audit.pages import Report, roles
from hayami.audit.pages.names import Names, names_of, plain
from hayami.audit.rule import rule

RULES = (
    rule(
        "ruby-in-name",
        (
            "{target} の中にふりがな（{detail}）があり、名前が二重に読まれます。",
            "Readings ({detail}) within {target} make its name be read twice.",
        ),
        (
            "ふりがなを本文に移すか、aria-label で名前を付けてください。",
            "Move the reading to the running text, or give a name with aria-label.",
        ),
        criterion="WCAG 4.1.2 / JIS X 8341-3:2016 7.4.1.2",
    ),
    rule(
        "abbr-expansion",
        ("略語「{target}」の元の言葉が書かれていません。", 'Nothing says what "{target}" is short for.'),
        (
            "初めて使う所で元の言葉を書くか、title に書いてください。",
            "Write it out where it is first used, or in title.",
        ),
        severity="warning",
        criterion="WCAG 3.1.4 / JIS X 8341-3:2016 7.3.1.4",
    ),
)

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_NAMING = ("a", "button", "summary", "label", "legend", "caption", *_HEADINGS)
_OPENING = "（(「［["


_EXPLAINS = re.compile(r"[\s,、]*(?:[（(＝=]|(?:is )?short for\b|stand(?:s|ing) for\b|とは|の略)")


def check(document: Document, report: Report) -> None:
    """All rules on readings and abbreviations."""
    names = names_of(document)
    if "rt" in document.by_name:
        _readings(document, names, report)
    if "abbr" in document.by_name:
        _abbreviations(document, names, report)


def _readings(document: Document, names: Names, report: Report) -> None:
    semantics = names.semantics
    holders = {
        index
        for name in _NAMING
        for index in document.by_name.get(name, ())
        if name != "a" or semantics.operable(index)
    }
    named = roles.NAMED_BY_CONTENT - {"cell", "columnheader", "gridcell", "row", "rowheader"}
    holders.update(
        index for index in semantics.by_attribute.get("role", ()) if semantics.explicit(index) in named
    )
    named_by: dict[int, int] = {}
    for index in semantics.by_attribute.get("aria-labelledby", ()):
        for name in document.elements[index].tokens("aria-labelledby"):
            if name in document.by_id:
                holders.add(document.by_id[name])
                named_by.setdefault(document.by_id[name], index)
    around = semantics.nearest(holders)
    told: set[int] = set()
    for index, element in document.named("rt"):
        holder = around[index]
        if holder < 0 or holder in told or index in semantics.silent:
            continue
        told.add(holder)
        outer = document.elements[holder]
        if any(plain(outer.get(name)) for name in ("aria-label", "aria-labelledby")):
            continue
        reading = names.text(index)
        if reading:
            # Where a name is borrowed, what borrows it says the reading twice.
            place = document.elements[named_by[holder]] if holder in named_by else element
            report("ruby-in-name", place, outer.name, reading)


def _abbreviations(document: Document, names: Names, report: Report) -> None:
    told: set[str] = set()
    waiting: list[tuple[int, str]] = []
    for index, element in document.named("abbr"):
        text = names.visible(index)
        if not text or text in told:
            continue
        long = plain(element.get("title")) or plain(element.get("aria-label"))
        if (long and long != text) or _explained(document, index):
            told.add(text)
        elif index not in document.hidden:
            waiting.append((index, text))
    for index, text in waiting:
        if text not in told:
            told.add(text)
            report("abbr-expansion", document.elements[index], text)


def _explained(document: Document, index: int) -> bool:
    """Whether the words stand next to the abbreviation, one of them in brackets, or it is being defined."""
    parent = document.elements[index].parent
    if parent >= 0 and document.elements[parent].name in ("dfn", "dt"):
        return True
    children = document.children.get(parent, [])
    # Long paragraphs may hold very many abbreviations.
    place = children.index(index) if len(children) < 500 else -1
    if place < 0:
        return True
    before = children[place - 1] if place else None
    after = children[place + 1] if place + 1 < len(children) else None
    if isinstance(before, Text) and before.text.rstrip().endswith(tuple(_OPENING)):
        return True
    return isinstance(after, Text) and _EXPLAINS.match(after.text) is not None
