"""Rules on how a page is built: title, headings, landmarks, tables, times, films and sounds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise

from hayami.audit.document import Document
from hayami.audit.page import Element, Text
from hayami.audit.pages import Report, elements
from hayami.audit.pages.inside import Inside
from hayami.audit.rule import Rule, rule

_STRUCTURE = "WCAG 1.3.1 / JIS X 8341-3:2016 7.1.3.1"

RULES: tuple[Rule, ...] = (
    # --- the page as a whole -----------------------------------------------------------------
    rule(
        "title-missing",
        ("ページに題名（title）がありません。", "The page has no title."),
        ("何のページかが分かる title を書いてください。", "Say in title what the page is about."),
        criterion="WCAG 2.4.2 / JIS X 8341-3:2016 7.2.4.2",
    ),
    rule(
        "title-placeholder",
        (
            "題名「{target}」は、作るときの仮の題名のままです。",
            'The title "{target}" is what an editor put there.',
        ),
        ("何のページかが分かる title を書いてください。", "Say in title what the page is about."),
        "title-missing",
        "warning",
        "WCAG 2.4.2 / JIS X 8341-3:2016 7.2.4.2",
    ),
    rule(
        "bypass",
        (
            "本文まで飛ぶ方法（見出し、main、本文へのリンク）がありません。",
            "Nothing leads past the links at the top: no heading, no main, no link to the content.",
        ),
        ("本文を main で囲み、見出しを付けてください。", "Put the content into main, and give it a heading."),
        criterion="WCAG 2.4.1 / JIS X 8341-3:2016 7.2.4.1",
    ),
    rule(
        "landmark-main",
        ("main 要素がありません。", "There is no main element."),
        ("本文を main で囲んでください。", "Put the content into main."),
        criterion=_STRUCTURE,
    ),
    rule(
        "landmark-main-several",
        ("main が2つ以上あります。", "There is more than one main."),
        ("1つにするか、使わないものに hidden を付けてください。", "Keep one, or mark the others hidden."),
        "landmark-main",
        criterion=_STRUCTURE,
    ),
    rule(
        "landmark-main-missing",
        ("本文を囲む main がありません。", "The content is not within main."),
        ("本文を main で囲んでください。", "Put the content into main."),
        "landmark-main",
        "warning",
        _STRUCTURE,
    ),
    rule(
        "landmark-main-nested",
        ("main が {detail} の中にあります。", "main stands within {detail}."),
        ("main を body のすぐ下に移してください。", "Move main out of it."),
        "landmark-main",
        "warning",
        _STRUCTURE,
    ),
    rule(
        "meta-refresh",
        (
            "ページが{detail}秒後に、ひとりでに切りかわります。",
            "The page changes by itself after {detail} seconds.",
        ),
        ("リンクにするか、0秒で移してください。", "Give a link, or send readers on at once."),
        criterion="WCAG 2.2.1 / JIS X 8341-3:2016 7.2.2.1",
    ),
    rule(
        "meta-viewport",
        ("「{detail}」により、ページを拡大できません。", '"{detail}" keeps readers from zooming.'),
        ("「{detail}」を消してください。", 'Remove "{detail}".'),
        criterion="WCAG 1.4.4 / JIS X 8341-3:2016 7.1.4.4",
    ),
    # --- headings ----------------------------------------------------------------------------
    rule(
        "heading-empty",
        ("見出し {target} が空です。", "The heading {target} is empty."),
        ("見出しの言葉を書くか、消してください。", "Write the words of the heading, or remove it."),
        criterion="WCAG 2.4.6 / JIS X 8341-3:2016 7.2.4.6",
    ),
    rule(
        "heading-order",
        (
            "見出しの段階が h{target} から h{detail} に飛んでいます。",
            "The headings jump from level {target} to level {detail}.",
        ),
        ("1段ずつ下げてください。大きさはスタイルで変えます。", "Go down one level at a time."),
        severity="warning",
        criterion=_STRUCTURE,
    ),
    rule(
        "h1-several",
        ("h1 が2つ以上あります。", "There is more than one h1."),
        ("ページの題名だけを h1 にしてください。", "Keep h1 for the title of the page."),
        "heading-order",
        "warning",
        _STRUCTURE,
    ),
    rule(
        "h1-missing",
        ("h1 がありません。", "There is no h1."),
        ("ページの題名を h1 にしてください。", "Give the page its title in an h1."),
        severity="warning",
        criterion=_STRUCTURE,
    ),
    # --- tables ------------------------------------------------------------------------------
    rule(
        "table-headers",
        ("表に見出しのセル（th）がありません。", "The table has no header cells (th)."),
        (
            '見出しを th にしてください。並べるだけの表なら role="presentation" とします。',
            'Make the headings th, or mark a table that only lays out role="presentation".',
        ),
        criterion=_STRUCTURE,
    ),
    rule(
        "th-without-cells",
        ("見出し「{target}」に当たるセルがありません。", 'No cell belongs to the header "{target}".'),
        (
            "足りないセルを書くか、scope と headers を直してください。",
            "Add the cells, or correct scope and headers.",
        ),
        "table-headers",
        criterion=_STRUCTURE,
    ),
    rule(
        "table-cells",
        ("表のセルが重なっています。", "Cells of the table overlap."),
        ("colspan と rowspan を確かめてください。", "Check colspan and rowspan."),
        "html-conformance",
        criterion="WCAG 4.1.1 / JIS X 8341-3:2016 7.4.1.1",
    ),
    rule(
        "scope-valid",
        ("{target} 要素の scope「{detail}」は正しくありません。", 'scope="{detail}" is wrong on {target}.'),
        (
            "th に row、col、rowgroup、colgroup のどれかを書いてください。",
            "Use row, col, rowgroup or colgroup, on th only.",
        ),
        criterion=_STRUCTURE,
    ),
    rule(
        "td-headers-ids",
        (
            "headers の「{target}」は、この表の見出しセルではありません。",
            'headers names "{target}", which is no header cell of this table.',
        ),
        ("この表の th の id を書いてください。", "Give the id of a th of this table."),
        criterion=_STRUCTURE,
    ),
    rule(
        "table-caption",
        ("表に名前（caption）がありません。", "The table has no caption."),
        ("何の表かを caption に書いてください。", "Say in caption what the table shows."),
        severity="warning",
        criterion=_STRUCTURE,
    ),
    rule(
        "th-empty",
        ("表の見出しのセルが空です。", "A header cell of the table is empty."),
        ("見出しを書くか、td にしてください。", "Write its heading, or make it a td."),
        severity="warning",
        criterion=_STRUCTURE,
    ),
    rule(
        "th-scope",
        ("見出しのセル{detail}個に scope がありません。", "{detail} header cells of the table lack scope."),
        ('scope="col" か scope="row" を書いてください。', 'Write scope="col" or scope="row".'),
        severity="warning",
        criterion=_STRUCTURE,
    ),
    # --- times, films and sounds -------------------------------------------------------------
    rule(
        "time-datetime",
        ("日時「{target}」は機械が読める形ではありません。", '"{target}" is no date or time for machines.'),
        (
            'datetime="2025-04-01" のように書いてください。',
            'Write it like datetime="2025-04-01".',
        ),
        criterion=_STRUCTURE,
    ),
    rule(
        "autoplay",
        (
            "音がひとりでに鳴り、止める方法がありません。",
            "Sound starts by itself and cannot be stopped.",
        ),
        ("autoplay をやめるか、controls を付けてください。", "Remove autoplay, or add controls."),
        criterion="WCAG 1.4.2 / JIS X 8341-3:2016 7.1.4.2",
    ),
    rule(
        "video-captions",
        ("動画に字幕がありません。", "The film has no captions."),
        (
            'track kind="captions" で字幕を付けてください。',
            'Add captions with track kind="captions".',
        ),
        criterion="WCAG 1.2.2 / JIS X 8341-3:2016 7.1.2.2",
    ),
    rule(
        "moving-text",
        (
            "{target} は文字を動かすか点滅させ、止められません。",
            "{target} makes text move or blink without end.",
        ),
        ("動かない文字にしてください。", "Let the text stand still."),
        criterion="WCAG 2.2.2 / JIS X 8341-3:2016 7.2.2.2",
    ),
)

_LEVELS = {name: int(name[1]) for name in sorted(elements.HEADINGS)}
_PRESENTATION = frozenset(("none", "presentation"))
_FOREIGN = frozenset(("svg", "math"))
_FIGURE = frozenset(("figure",))
_TABLE = frozenset(("table",))
_REPEATED = frozenset(("nav", "header", "aside", "footer", "ul", "ol"))
_SPEAKERS = elements.names("input select textarea object iframe video audio canvas slot")
_SPEAKERS_OR_PICTURES = _SPEAKERS | {"img", "svg"}
_LANDMARKS = frozenset(("header", "footer", "nav", "aside", "main"))
_AROUND_MAIN = frozenset(
    ("banner", "complementary", "contentinfo", "navigation", "region", "search", "article")
)
_LANDMARK_ROLES = frozenset(("banner", "contentinfo", "navigation", "complementary", "search"))
_NOTHING = dict.fromkeys((0x00AD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF))


# Pages of one site share most of their texts.
@lru_cache(maxsize=16384)
def said(text: str) -> str:
    """Text without what nobody sees: spaces of any width around it, and letters without a shape.

    >>> said(" a\\u3000"), said("\\u200b\\u3000")
    ('a', '')
    """
    return text.strip() if text.isascii() else text.translate(_NOTHING).strip()


def check(document: Document, report: Report) -> None:
    """All rules on one page."""
    page = _Structure(document, report)
    page.headings()
    page.tables()
    page.times()
    page.media()
    if document.whole:
        page.whole()
    page.meta()


class _Structure:
    def __init__(self, document: Document, report: Report) -> None:
        self.document = document
        self.report = report
        self.elements = document.elements
        self.inside = Inside(document)
        self.roles: dict[str, list[int]] = {}
        """Role → the elements that carry it."""
        for index in document.by_attribute.get("role", ()):
            role = self._role(index)
            if role:
                self.roles.setdefault(role, []).append(index)

    def _is_heard(self, index: int) -> bool:
        return index not in self.document.unspoken

    def _role(self, index: int) -> str:
        given = self.elements[index].attributes.get("role")
        words = given.lower().split() if given else ()
        return words[0] if words else ""

    def _parts(self, index: int) -> list[int]:
        return [one for one in self.document.children.get(index, ()) if isinstance(one, int)]

    def _is_named(self, index: int) -> bool:
        """Whether assistive technology has anything to say for an element."""
        attributes = self.elements[index].attributes
        if said(attributes.get("aria-label", "")) or said(attributes.get("title", "")):
            return True
        for one in self.document.children.get(index, ()):
            if isinstance(one, Text) and said(one.text):
                return index not in self.document.unspoken
        return self._is_labelled(index) or index in self._speaking

    def _upwards(self, found: set[int]) -> set[int]:
        """Some elements and all that they stand in."""
        all_: set[int] = set()
        for index in found:
            while index not in all_:
                all_.add(index)
                if index >= 0:
                    index = self.elements[index].parent
        return all_

    @cached_property
    def _speaking(self) -> set[int]:
        """Elements in which anything is said."""
        unspoken = self.document.unspoken
        found = {one.parent for one in self.document.worded if one.parent not in unspoken and said(one.text)}
        by_name, by_attribute = self.document.by_name, self.document.by_attribute
        some = {
            index
            for name in by_name
            if name in _SPEAKERS_OR_PICTURES or "-" in name
            for index in by_name[name]
        }
        some.update(by_attribute.get("aria-label", ()), by_attribute.get("aria-labelledby", ()))
        found.update(index for index in some if index not in unspoken and self._speaks(index))
        return self._upwards(found)

    @cached_property
    def _full(self) -> set[int]:
        """Elements that hold text or a name, shown or not."""
        found = {one.parent for one in self.document.worded if said(one.text)}
        found.update(
            index
            for index, one in enumerate(self.elements)
            if "aria-label" in one.attributes and said(one.attributes["aria-label"])
        )
        return self._upwards(found)

    def _is_labelled(self, index: int) -> bool:
        ids = self.elements[index].attributes.get("aria-labelledby")
        return ids is not None and any(self.document.by_id.get(one, -1) in self._full for one in ids.split())

    def _speaks(self, index: int) -> bool:
        """Whether an element says something by other means than text in it."""
        element = self.elements[index]
        name = element.name
        if name == "img" or (name == "input" and element.get("type").lower() == "image"):
            if self._role(index) in _PRESENTATION:
                return False
            return bool(said(element.get("alt")) or said(element.get("aria-label"))) or (
                "alt" not in element.attributes and bool(said(element.get("title")))
            )
        if name == "svg":
            titles = [one for one in self._parts(index) if self.elements[one].name == "title"]
            return any(one in self._full for one in titles) or bool(said(element.get("aria-label")))
        # What a field or a script's own element says is not for this rule to find out.
        if name in _SPEAKERS:
            return True
        return "-" in name or bool(said(element.get("aria-label"))) or self._is_labelled(index)

    # --- headings ----------------------------------------------------------------------------

    @cached_property
    def _headings(self) -> list[tuple[int, int]]:
        """The headings that are heard, in order: place and level."""
        found = []
        by_name = self.document.by_name
        for index in sorted(
            {
                *(one for name in _LEVELS for one in by_name.get(name, ())),
                *self.roles.get("heading", ()),
            }
        ):
            element = self.elements[index]
            role = self._role(index)
            if role in _PRESENTATION and any(name.startswith("aria-") for name in element.attributes):
                role = ""
            if role not in ("", "heading") or not self._is_heard(index):
                continue
            level = element.get("aria-level").strip()
            if level.isdecimal() and int(level[:9]) > 0:
                found.append((index, int(level[:9])))
            else:
                found.append((index, _LEVELS.get(element.name, 2)))
        return found

    def headings(self) -> None:
        """None empty, no level left out, one of the first level."""
        full = []
        for index, level in self._headings:
            if self._is_named(index):
                full.append((index, level))
            else:
                self.report("heading-empty", self.elements[index], self.elements[index].name)
        for (_, before), (index, level) in pairwise(full):
            if level > before + 1:
                self.report("heading-order", self.elements[index], str(before), str(level))
        first = [index for index, level in full if level == 1]
        for index in first[1:]:
            self.report("h1-several", self.elements[index])

    # --- the page as a whole -----------------------------------------------------------------

    def whole(self) -> None:
        """Title, landmarks, and a way past what all pages repeat."""
        self._title()
        body = self.document.by_name.get("body")
        html = self.document.by_name.get("html", [-1])[0]
        start = body[0] if body else html
        if self._is_on_the_way or "frameset" in self.document.by_name or not self._has_content(start):
            return
        if not any(level == 1 for _, level in self._headings):
            self.report("h1-missing", self.elements[start] if body else None)
        mains = sorted({*self.document.by_name.get("main", ()), *self.roles.get("main", ())})
        mains = [
            one for one in mains if one not in self.document.unspoken and self._role(one) in ("", "main")
        ]
        for one in mains[1:]:
            self.report("landmark-main-several", self.elements[one])
        for one in mains:
            held = next(
                (
                    self._role(around) or self.elements[around].name
                    for around in self.document.ancestors(one)
                    if self.elements[around].name in (*elements.SECTIONING, "header", "footer")
                    or self._role(around) in _AROUND_MAIN
                ),
                None,
            )
            if held is not None:
                self.report("landmark-main-nested", self.elements[one], "", held)
        if mains:
            return
        place = self.elements[start] if body else None
        if self._headings:
            # What all pages have around the content can only be told from it by a landmark.
            self.report("landmark-main" if self._has_landmarks else "landmark-main-missing", place)
        elif self._repeats(start):
            self.report("landmark-main", place)
            if not self._skips():
                self.report("bypass", place)
        elif self._has_landmarks:
            self.report("landmark-main-missing", place)

    @cached_property
    def _is_on_the_way(self) -> bool:
        """Whether the page only sends readers on."""
        return any(delay == 0 and to for _, delay, to in self._refreshes)

    @cached_property
    def _has_landmarks(self) -> bool:
        return not _LANDMARKS.isdisjoint(self.document.by_name) or not _LANDMARK_ROLES.isdisjoint(self.roles)

    def _has_content(self, start: int) -> bool:
        if start < 0:
            return False
        hidden = self.document.hidden
        return any(
            said(one.text) for one in self.document.worded if one.parent >= start and one.parent not in hidden
        )

    def _title(self) -> None:
        for index in self.document.by_name.get("title", ()):
            if index in self.inside.of(_FOREIGN):
                continue
            # Browsers show the first, whatever it holds.
            text = said(self.document.text(index))
            if not text:
                self.report("title-missing", self.elements[index])
            elif text.lower() in _NO_TITLES:
                self.report("title-placeholder", self.elements[index], text)
            return
        self.report("title-missing", None)

    def _repeats(self, start: int) -> bool:
        """Whether links or other things that all pages repeat stand before the content."""
        link = next(
            (
                one
                for one, element in self.document.named("a")
                if "href" in element.attributes and self._is_heard(one)
            ),
            None,
        )
        if link is None:
            return False
        # What opens and closes the links is a way past them, too.
        for index, element in self.document.named("button"):
            if index > link:
                break
            if element.get("type").lower() == "button" or "onclick" in element.attributes:
                return False
        element = self.elements[link]
        if "onclick" in element.attributes:
            return False
        for one in self.document.worded:
            if one.before > link:
                break
            if one.parent >= start and len(said(one.text)) >= _CONTENT and self._is_content(one.parent):
                return False
        return True

    def _is_content(self, index: int) -> bool:
        return index not in self.document.hidden and (index not in self.inside.of(_REPEATED))

    def _skips(self) -> bool:
        """Whether a link leads to another place of the page."""
        names = {element.get("name"): index for index, element in self.document.named("a")}
        for index, element in self.document.named("a"):
            address = element.get("href").strip()
            there = self.document.by_id.get(address[1:], names.get(address[1:], -1))
            # What leads back to the top leads past nothing.
            if address.startswith("#") and len(address) > 1 and there > index and self._is_heard(index):
                return True
        return any("location" in element.get("onclick") for _, element in self.document.named("button"))

    @cached_property
    def _refreshes(self) -> list[tuple[Element, int, bool]]:
        """Where the page sends readers by itself: the element, after how many seconds, whether elsewhere."""
        found = []
        for _, element in self.document.named("meta"):
            if element.get("http-equiv").strip().lower() == "refresh":
                told = _REFRESH.match(element.get("content"))
                if told is not None:
                    found.append((element, int((told[1] or "0")[:9]), bool((told[2] or "").strip())))
        return found

    def meta(self) -> None:
        """What ``meta`` does to readers."""
        # Of several, browsers follow the first.
        for element, delay, _ in self._refreshes[:1]:
            if 0 < delay <= _TWENTY_HOURS:
                self.report("meta-refresh", element, detail=str(delay))
        for _, element in self.document.named("meta"):
            if element.get("name").strip().lower() == "viewport":
                wrong = _fixed(element.get("content"))
                if wrong is not None:
                    self.report("meta-viewport", element, detail=wrong)

    # --- tables ------------------------------------------------------------------------------

    def tables(self) -> None:
        """Header cells, what they are for, and the name of each table."""
        by_name = self.document.by_name
        for index in self.document.by_attribute.get("scope", ()):
            element = self.elements[index]
            scope = element.get("scope")
            if element.name != "th" or scope.lower() not in _SCOPES:
                self.report("scope-valid", element, element.name, scope)
        for index in by_name.get("table", ()):
            if self._role(index) not in _PRESENTATION and self._is_heard(index):
                self._table(index)
        for role in ("table", "grid", "treegrid"):
            for index in self.roles.get(role, ()):
                if self.elements[index].name != "table":
                    self._table_of_roles(index)

    def _table(self, index: int) -> None:
        table = _Table(self.document, index)
        element = self.elements[index]
        if table.overlap is not None:
            self.report("table-cells", self.elements[table.overlap])
        heads = [one.index for one in table.cells if self.elements[one.index].name == "th"]
        roles = {self._role(one.index) for one in table.cells}
        self._headers(index, table)
        if not heads:
            if roles.isdisjoint(_HEADER_ROLES) and not table.has_headers and self._is_data(index, table):
                self.report("table-headers", element)
            return
        if self._role(index) in ("", "table") and not self._has_caption(index):
            self.report("table-caption", element)
        without = []
        for one in heads:
            if one in self.document.unspoken:
                continue
            if not self._is_named(one):
                self.report("th-empty", self.elements[one])
            elif "scope" not in self.elements[one].attributes and not self._role(one):
                without.append(one)
        if without and len(table.rows) > 1 and not table.has_headers:
            self.report("th-scope", self.elements[without[0]], detail=str(len(without)))
        for one in table.idle():
            cell = self.elements[one]
            if one not in self.document.unspoken and self._role(one) in ("", *_HEADER_ROLES):
                text = said(self.document.text(one))
                if text:
                    self.report("th-without-cells", cell, text[:40])

    def _headers(self, index: int, table: _Table) -> None:
        """``headers`` names header cells of the same table."""
        for one in table.cells:
            element = self.elements[one.index]
            for name in element.tokens("headers") if element.get("headers") else ():
                found = self.document.by_id.get(name)
                is_header = (
                    found is not None
                    and found != one.index
                    and (
                        self.elements[found].name == "th"
                        or (self.elements[found].name == "td" and self._role(found) in _HEADER_ROLES)
                    )
                    and self.document.within(found, "table") == index
                )
                if not is_header:
                    self.report("td-headers-ids", element, name)

    def _has_caption(self, index: int) -> bool:
        attributes = self.elements[index].attributes
        if said(attributes.get("aria-label", "")) or said(attributes.get("title", "")):
            return True
        if self._is_labelled(index):
            return True
        for one in self._parts(index):
            if self.elements[one].name == "caption":
                return self._is_named(one)
        figure = self.document.within(index, "figure") if index in self.inside.of(_FIGURE) else None
        return figure is not None and any(
            self.elements[one].name == "figcaption" for one in self._parts(figure)
        )

    def _is_data(self, index: int, table: _Table) -> bool:
        """Whether a table without header cells shows data, rather than only laying out a page."""
        full = [row for row in table.rows if len(row) > 1]
        parent = self.elements[index].parent
        if len(full) < 2 or parent in self.inside.of(_TABLE):
            return False
        if any(self.elements[one].name in ("caption", "thead") for one in self._parts(index)):
            return True
        texts = 0
        for cell in table.cells:
            length = 0
            for one in self.document.descendants(cell.index):
                if isinstance(one, Text):
                    length += len(one.text.strip())
                elif self.elements[one].name not in _IN_DATA:
                    return False
            if length > _LONG_CELL:
                return False
            texts += length > 0
        return texts * 2 > len(table.cells)

    def _table_of_roles(self, index: int) -> None:
        """A table that is made of roles: each column header has a cell."""
        if index in self.document.unspoken:
            return
        rows: list[list[int]] = []
        for one in self.document.descendants(index):
            if not isinstance(one, int):
                continue
            role = self._role(one)
            if role in ("table", "grid", "treegrid") or self.elements[one].name == "table":
                return
            if (
                "aria-colspan" in self.elements[one].attributes
                or "aria-colindex" in self.elements[one].attributes
            ):
                return
            if role == "row":
                rows.append([])
            elif role in _CELL_ROLES and rows:
                rows[-1].append(one)
        heads = any(self._role(one) in _HEADER_ROLES for row in rows for one in row)
        if not heads and self._role(index) == "table" and sum(len(row) > 1 for row in rows) > 1:
            self.report("table-headers", self.elements[index])
        widest = max(
            (len(row) for row in rows if row and self._role(row[-1]) in ("cell", "gridcell")), default=0
        )
        for row in rows:
            if not widest or any(self._role(one) != "columnheader" for one in row):
                continue
            for one in row[widest:]:
                if one not in self.document.unspoken:
                    self.report("th-without-cells", self.elements[one], said(self.document.text(one))[:40])

    # --- times, films and sounds -------------------------------------------------------------

    def times(self) -> None:
        """Dates and times that machines can read."""
        for index, element in self.document.named("time", "ins", "del"):
            given = element.attributes.get("datetime")
            if given is not None:
                is_valid = is_time(given) if element.name == "time" else is_date(given)
                if not is_valid:
                    self.report("time-datetime", element, given[:40])
            elif element.name == "time":
                text = self.document.text(index)
                if not is_time(text.strip(" \t\n\r\f")) or self._parts(index):
                    self.report("time-datetime", element, said(text)[:40])

    def media(self) -> None:
        """Sound that cannot be stopped, films without captions, text that moves."""
        for index, element in self.document.named("audio", "video"):
            if "autoplay" in element.attributes and self._sounds(index):
                self.report("autoplay", element)
        for index, element in self.document.named("video"):
            if not self._is_heard(index) or "muted" in element.attributes:
                continue
            parts = [self.elements[one] for one in self._parts(index)]
            # What a script fills may be captioned by it, too.
            is_filled = "src" in element.attributes or any(one.name == "source" for one in parts)
            if is_filled and not any(self._is_caption(one, index) for one in parts):
                self.report("video-captions", element)
        for index, element in self.document.named("marquee", "blink"):
            if index not in self.document.hidden:
                self.report("moving-text", element, element.name)

    def _is_caption(self, track: Element, video: int) -> bool:
        if track.name != "track" or not track.get("src").strip():
            return False
        kind = track.get("kind").lower()
        if kind == "captions":
            return True
        # Subtitles in the language of the page are what the Japanese word for both means.
        spoken = self.document.languages[video].partition("-")[0]
        given = track.get("srclang").strip().lower().partition("-")[0]
        return kind in ("", "subtitles") and given in ("", spoken)

    def _sounds(self, index: int) -> bool:
        attributes = self.elements[index].attributes
        if "muted" in attributes or "controls" in attributes:
            return False
        sources = [attributes["src"]] if "src" in attributes else []
        if not sources:
            sources = [
                self.elements[one].get("src")
                for one in self._parts(index)
                if self.elements[one].name == "source"
            ]
        if not sources or all(_is_short(one) for one in sources):
            return False
        return not self._has_controls()

    def _has_controls(self) -> bool:
        """Whether there are buttons that stop the sound, or a script does."""
        for index, element in self.document.named("button", "input"):
            if index not in self.document.unspoken:
                words = f"{self.document.text(index)} {element.get('aria-label')} {element.get('value')}"
                if _STOPS.search(words):
                    return True
        return any(
            ".pause(" in one.text or ".muted" in one.text
            for one in self.document.page.texts
            if one.parent >= 0 and self.elements[one.parent].name == "script"
        )


_TWENTY_HOURS = 72000
_CONTENT = 40
"""Letters from which a text counts as content rather than as the words of a link."""
_LONG_CELL = 120
_NO_TITLES = frozenset(
    (
        "無題",
        "無題ドキュメント",
        "無題のドキュメント",
        "タイトル",
        "untitled",
        "untitled document",
        "untitled page",
        "document",
        "title",
    )
)
_REFRESH = re.compile(r"[ \t\n\f\r]*(?:([0-9]+)|(?=\.))[0-9.]*(?:$|[ \t\n\f\r;,](.*))", re.DOTALL)
_SCOPES = frozenset(("row", "col", "rowgroup", "colgroup"))
_HEADER_ROLES = frozenset(("columnheader", "rowheader"))
_CELL_ROLES = frozenset(("cell", "gridcell", "columnheader", "rowheader"))
_IN_DATA = elements.names(
    "a abbr b bdi br code data del dfn em font i ins kbd mark q rp rt ruby s samp small span strong sub sup time u "
    "var wbr center"
)
_STOPS = re.compile(
    r"mute|pause|stop|sound off|turn off|停止|消音|一時停止|止め|ミュート|音を消|オフ", re.IGNORECASE
)
_VIEWPORT = re.compile(r"[ \t\n\f\r,;]*([^ \t\n\f\r,;=]+)(?:[ \t\n\f\r]*=[ \t\n\f\r,;]*([^ \t\n\f\r,;=]*))?")
_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_SHORT = re.compile(r"#(?:.*&)?t=(?:npt:)?([0-9]+(?:\.[0-9]+)?)?,([0-9]+(?:\.[0-9]+)?)(?:&|$)")


def _fixed(content: str) -> str | None:
    """What in a viewport keeps readers from zooming, worked out as browsers read it (CSS Device Adaptation)."""
    told: dict[str, str] = {}
    for found in _VIEWPORT.finditer(content):
        if found[2] is not None:
            told[found[1].lower()] = found[2].lower()
    scalable = told.get("user-scalable")
    if scalable:
        number = _NUMBER.match(scalable)
        if number is not None:
            is_fixed = -1 < float(number[0]) < 1
        else:
            is_fixed = scalable not in ("yes", "device-width", "device-height")
        if is_fixed:
            return f"user-scalable={scalable}"
    scale = told.get("maximum-scale")
    if scale:
        number = _NUMBER.match(scale)
        if number is not None:
            is_fixed = 0 <= float(number[0]) < 2
        else:
            is_fixed = scale not in ("device-width", "device-height")
        if is_fixed:
            return f"maximum-scale={scale}"
    return None


def _is_short(address: str) -> bool:
    """Whether an address plays no more than three seconds (Media Fragments)."""
    found = _SHORT.search(address)
    return found is not None and float(found[2]) - float(found[1] or "0") <= 3


_YEAR = r"([0-9]{4,9})"
_CLOCK = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:\.[0-9]{1,3})?)?"
_ZONE = r"(?:Z|[+-](?:[01][0-9]|2[0-3]):?[0-5][0-9])"
_DATE = re.compile(rf"{_YEAR}-([0-9]{{2}})-([0-9]{{2}})")
_MOMENT = re.compile(rf"{_YEAR}-([0-9]{{2}})-([0-9]{{2}})[T ]{_CLOCK}{_ZONE}?")
_GLOBAL_MOMENT = re.compile(rf"{_YEAR}-([0-9]{{2}})-([0-9]{{2}})[T ]{_CLOCK}{_ZONE}")
_MONTH = re.compile(rf"{_YEAR}-([0-9]{{2}})")
_DAY = re.compile(r"([0-9]{2})-([0-9]{2})")
_WEEK = re.compile(rf"{_YEAR}-W([0-9]{{2}})")
_OTHER = re.compile(rf"{_YEAR}|{_CLOCK}|{_ZONE}")
_DURATION = re.compile(
    r"P(?=[0-9T])(?:[0-9]+D)?(?:T(?=[0-9])(?:[0-9]+H)?(?:[0-9]+M)?(?:[0-9]+(?:\.[0-9]{1,3})?S)?)?|"
    r"\s*(?:[0-9]+\s*[wWdDhHmM]\s*|[0-9]+(?:\.[0-9]{1,3})?\s*[sS]\s*)+"
)


def _is_day(year: str, month: str, day: str) -> bool:
    # Python's years end at 9999; leap years come back every 400.
    number = int(year)
    if number == 0:
        return False
    try:
        date(number % 400 + 400, int(month), int(day))
    except ValueError:
        return False
    return True


def is_date(text: str) -> bool:
    """Whether a text is a date, or a moment with its time zone: what ``ins`` and ``del`` may say.

    >>> is_date("2025-02-28"), is_date("2025-02-29"), is_date("2025-04-01T09:00")
    (True, False, False)
    """
    found = _DATE.fullmatch(text) or _GLOBAL_MOMENT.fullmatch(text)
    return found is not None and _is_day(found[1], found[2], found[3])


def is_time(text: str) -> bool:
    """Whether a text is one of the dates, times and durations of HTML.

    >>> [is_time(one) for one in ("2025-04", "04-01", "2025-04-01 09:00", "9:00", "2025/4/1", "PT1H", "2025-W05")]
    [True, True, True, False, False, True, True]
    """
    found = _DATE.fullmatch(text) or _MOMENT.fullmatch(text)
    if found is not None:
        return _is_day(found[1], found[2], found[3])
    found = _MONTH.fullmatch(text)
    if found is not None:
        return _is_day(found[1], found[2], "01")
    found = _DAY.fullmatch(text)
    if found is not None:
        return _is_day("2000", found[1], found[2])
    found = _WEEK.fullmatch(text)
    if found is not None:
        return int(found[1]) > 0 and 1 <= int(found[2]) <= 53
    found = _OTHER.fullmatch(text)
    if found is not None:
        return found[1] is None or int(found[1]) > 0
    return bool(_DURATION.fullmatch(text))


# --- the grid of a table -------------------------------------------------------------------------


@dataclass(slots=True)
class _Cell:
    index: int
    row: int
    column: int
    width: int
    height: int

    @property
    def rows(self) -> range:
        return range(self.row, self.row + self.height)


class _Table:
    """The cells of a table in rows and columns, as HTML lays them out."""

    _MOST = 50_000
    """Slots beyond which a table is not looked at: spans can ask for millions of them."""

    def __init__(self, document: Document, index: int) -> None:
        self.elements = document.elements
        self.document = document
        self.cells: list[_Cell] = []
        self.rows: list[list[_Cell]] = []
        self.overlap: int | None = None
        """The first cell that stands where another does already."""
        self.has_headers = False
        self._slots = 0
        for group in self._groups(index):
            self._lay_out(group)

    def _parts(self, index: int) -> Iterator[int]:
        return (one for one in self.document.children.get(index, ()) if isinstance(one, int))

    def _groups(self, index: int) -> Iterator[list[int]]:
        """The rows, by the parts of the table across which no cell reaches."""
        loose: list[int] = []
        for one in self._parts(index):
            name = self.elements[one].name
            if name == "tr":
                loose.append(one)
            elif name in ("thead", "tbody", "tfoot"):
                if loose:
                    yield loose
                    loose = []
                yield [row for row in self._parts(one) if self.elements[row].name == "tr"]
        if loose:
            yield loose

    def _lay_out(self, group: list[int]) -> None:
        taken: list[int] = []
        """Column → the first row of the group that is free again."""
        start = len(self.rows)
        for row, tr in enumerate(group):
            column = 0
            line: list[_Cell] = []
            for one in self._parts(tr):
                element = self.elements[one]
                if element.name not in ("td", "th"):
                    continue
                self.has_headers = self.has_headers or "headers" in element.attributes
                width = min(_span(element, "colspan"), 1000)
                height = min(_span(element, "rowspan") or len(group), len(group) - row)
                self._slots += width * height
                if self._slots > self._MOST:
                    return
                while column < len(taken) and taken[column] > row:
                    column += 1
                if len(taken) < column + width:
                    taken += [0] * (column + width - len(taken))
                for place in range(column, column + width):
                    if taken[place] > row and self.overlap is None:
                        self.overlap = one
                    taken[place] = row + height
                cell = _Cell(one, start + row, column, width, height)
                line.append(cell)
                self.cells.append(cell)
                column += width
            self.rows.append(line)

    def idle(self) -> Iterator[int]:
        """Header cells for which there is no cell. Only what no reading of the table could mean is told."""
        data = [one for one in self.cells if self.elements[one.index].name == "td"]
        if not data or self._slots > self._MOST:
            return
        named = {name for one in self.cells for name in self.elements[one.index].get("headers").split()}
        columns: set[int] = set()
        """Those with a data cell that does not name its own headers."""
        lowest: dict[int, int] = {}
        """Column → the last row in which a cell starts there."""
        rightmost: dict[int, int] = {}
        """Row → the last column with a data cell."""
        for one in self.cells:
            element = self.elements[one.index]
            is_free = "headers" not in element.attributes
            if element.name == "td":
                for row in one.rows:
                    rightmost[row] = max(one.column, rightmost.get(row, -1))
                if is_free:
                    columns.update(range(one.column, one.column + one.width))
            if is_free:
                for column in range(one.column, one.column + one.width):
                    lowest[column] = one.row
        for one in self.cells:
            element = self.elements[one.index]
            if (
                element.name != "th"
                or element.get("id") in named
                or not self._is_for_column(one, element, rightmost)
            ):
                continue
            if not any(
                column in columns or lowest[column] >= one.row + one.height
                for column in range(one.column, one.column + one.width)
                if column in lowest
            ):
                yield one.index
        yield from self._idle_of_rows(data, named, rightmost)

    def _idle_of_rows(
        self, data: list[_Cell], named: set[str], rightmost: Mapping[int, int]
    ) -> Iterator[int]:
        """Headers of rows without a data cell behind them, or one with anything in it before them."""
        some = [
            one
            for one in self.cells
            if (element := self.elements[one.index]).name == "th"
            and element.get("scope").lower() == "row"
            and element.get("id") not in named
            and all(rightmost.get(row, -1) < one.column for row in one.rows)
        ]
        if some:
            filled = {
                row
                for one in data
                if said(self.document.text(one.index)) or any(self._parts(one.index))
                for row in one.rows
            }
            yield from (one.index for one in some if filled.isdisjoint(one.rows))

    def _is_for_column(self, cell: _Cell, element: Element, rows: Mapping[int, int]) -> bool:
        scope = element.get("scope").lower()
        if scope:
            return scope == "col"
        return not any(row in rows for row in cell.rows)


def _span(element: Element, name: str) -> int:
    value = element.attributes.get(name, "").strip()
    if not value.isdecimal():
        return 1
    # Longer numbers are cut off all the same.
    number = int(value[:6])
    return number if number or name == "rowspan" else 1
