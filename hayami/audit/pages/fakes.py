"""Rules on what only looks like headings, lists and tables: bold lines, lines with bullets, columns of spaces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, pairwise

from hayami.audit.document import Document
from hayami.audit.page import Element, Text
from hayami.audit.pages import Report, elements
from hayami.audit.pages.inside import Inside
from hayami.audit.pages.structure import said
from hayami.audit.rule import Rule, rule

_STRUCTURE = "WCAG 1.3.1 / JIS X 8341-3:2016 7.1.3.1"
_ORDER = "WCAG 1.3.2 / JIS X 8341-3:2016 7.1.3.2"

RULES: tuple[Rule, ...] = (
    rule(
        "heading-fake",
        (
            "「{target}」は見出しに見えますが、見出しの要素ではありません。",
            '"{target}" looks like a heading but is none.',
        ),
        ("h2 などの見出し要素にしてください。", "Use h2 or another heading."),
        severity="warning",
        criterion=_STRUCTURE,
    ),
    rule(
        "list-fake",
        (
            "「{target}」で始まる行が、記号だけで箇条書きになっています。",
            'Lines that start with "{target}" make a list by signs alone.',
        ),
        ("ul と li にしてください。", "Use ul and li."),
        severity="warning",
        criterion=_STRUCTURE,
    ),
    rule(
        "table-by-spaces",
        ("空白で表の列をそろえています。", "Columns are made by spaces."),
        ("table にしてください。", "Use a table."),
        severity="warning",
        criterion=_ORDER,
    ),
)


def check(document: Document, report: Report) -> None:
    """All rules on one page."""
    _Fakes(document, report).check()


class _Fakes:
    def __init__(self, document: Document, report: Report) -> None:
        self.document = document
        self.report = report
        self.elements = document.elements
        self.inside = Inside(document)
        self._after: dict[int, dict[int, int]] = {}
        self._gapped: dict[int, list[Text]] = {}

    def _parts(self, index: int) -> list[int]:
        return [one for one in self.document.children.get(index, ()) if isinstance(one, int)]

    def check(self) -> None:
        """Bold lines, lines with bullets, and columns of spaces."""
        for index, element in self.document.named("p"):
            if index not in self.document.hidden:
                self._heading(index, element)
        for index, element in self.document.named("div", "strong", "b", "span", "font"):
            if "style" in element.attributes or element.name == "font":
                self._styled(index, element)
        self._lists()
        for index in self.document.by_name.get("pre", ()):
            self._columns(index)

    def _heading(self, index: int, element: Element) -> None:
        first: int | Text | None = None
        for first in self.document.children.get(index, ()):
            if not isinstance(first, Text) or not first.text.isspace():
                break
        if isinstance(first, Text) and "style" not in element.attributes:
            if first.text.lstrip()[:1] not in _HEADING_MARKS:
                return
        elif isinstance(first, int) and self.elements[first].name not in _MARKS:
            return
        is_bold, is_large = _looks(element)
        one = index
        for _ in range(4):
            nodes = self._shown(one)
            if len(nodes) != 1 or not isinstance(nodes[0], int):
                break
            one = nodes[0]
            inner = self.elements[one]
            if inner.name not in _MARKS:
                return
            bold, large = _looks(inner)
            is_bold, is_large = is_bold or bold, is_large or large
        nodes = self._shown(one)
        if len(nodes) == 1 and isinstance(nodes[0], Text):
            text = said(nodes[0].text)
            is_marked = text[:1] in _HEADING_MARKS and len(text) > 2
            if (is_bold or is_large or is_marked) and self._heads(index, text):
                self.report("heading-fake", element, text[:40])

    def _styled(self, index: int, element: Element) -> None:
        """A block or a line that its own style makes large and bold."""
        if element.parent >= 0 and self.elements[element.parent].name in ("p", *_MARKS):
            return
        is_bold, is_large = _looks(element)
        if not is_large or not (is_bold or element.name == "font") or index in self.document.hidden:
            return
        nodes = self._shown(index)
        if len(nodes) == 1 and isinstance(nodes[0], Text):
            text = said(nodes[0].text)
            if self._heads(index, text):
                self.report("heading-fake", element, text[:40])

    def _shown(self, index: int) -> list[int | Text]:
        return [
            one
            for one in self.document.children.get(index, ())
            if (said(one.text) if isinstance(one, Text) else self.elements[one].name not in ("br", "wbr"))
        ]

    def _heads(self, index: int, text: str) -> bool:
        """Whether a line stands where a heading would, and reads like one."""
        if not text or len(text) > _LONGEST_HEADING or text[-1] in _ENDS or not _LETTERS.search(text):
            return False
        if ":" in text or "：" in text or len(text.split()) > 9:
            return False
        if self.elements[index].get("role").strip() or index in self.inside.of(_NO_HEADINGS):
            return False
        following = self._following(index)
        if following is None or following in self.document.hidden:
            return False
        if self.elements[following].name not in _AFTER_HEADINGS:
            return False
        content = ""
        for one in self.document.descendants(following):
            if isinstance(one, Text):
                content = said(content + one.text)
                if len(content) > len(text):
                    # Two short bold lines after one another are an address or a notice.
                    return content[:1] not in _HEADING_MARKS
        return False

    def _following(self, index: int) -> int | None:
        """The element after one, unless text stands between them."""
        parent = self.elements[index].parent
        if parent not in self._after:
            after: dict[int, int] = {}
            previous = -1
            for one in self.document.children.get(parent, ()):
                if isinstance(one, Text):
                    previous = previous if one.text.isspace() else -1
                else:
                    after[previous] = one
                    previous = one
            self._after[parent] = after
        return self._after[parent].get(index)

    def _lists(self) -> None:
        starting: dict[int, list[int]] = {}
        """Element → the paragraphs in it that begin with a bullet or number."""
        broken: set[int] = set()
        hidden = self.document.hidden
        for text in self.document.worded:
            if text.parent < 0 or text.parent in hidden:
                continue
            has_gaps, begins = _signs(text.text)
            if has_gaps:
                self._gaps(text)
            if not begins:
                continue
            block = self._block(text.parent)
            if block in self.inside.of(_VERBATIM):
                continue
            if block not in broken and any(
                isinstance(one, int) and self.elements[one].name == "br"
                for one in self.document.children.get(block, ())
            ):
                broken.add(block)
                self._broken(block)
            elif self.elements[block].name in ("p", "div"):
                known = starting.setdefault(self.elements[block].parent, [])
                if not known or known[-1] != block:
                    known.append(block)
        for parent, found in starting.items():
            self._paragraphs(parent, [one for one in found if one not in broken])

    def _block(self, index: int) -> int:
        """The element whose lines a text is in, marks around it left aside."""
        while self.elements[index].name in _MARKS and self.elements[index].parent >= 0:
            index = self.elements[index].parent
        return index

    def _broken(self, index: int) -> None:
        """Lines of one element, parted by line breaks."""
        lines = [bullet(one) for one in self._lines(index) if said(one)]
        for one, after in pairwise(lines):
            if one is not None and _follows(one, after):
                self.report("list-fake", self.elements[index], one[0])
                return

    def _lines(self, index: int) -> Iterator[str]:
        """The beginning of each line of an element."""
        line: list[str] = []
        for child in self.document.children.get(index, ()):
            if isinstance(child, Text):
                line.append(child.text)
            elif self.elements[child].name == "br":
                yield "".join(line)
                line = []
            else:
                # Pages may be nested as deep as anybody likes.
                some = islice(self.document.descendants(child), 20)
                line += [one.text for one in some if isinstance(one, Text)]
        yield "".join(line)

    def _paragraphs(self, parent: int, found: list[int]) -> None:
        """Paragraphs that follow one another, each an item."""
        if len(found) < 2:
            return
        places = {one: place for place, one in enumerate(self._parts(parent))}
        signs = {one: bullet(next(self._lines(one))) for one in found}
        for one, other in pairwise(found):
            sign = signs[one]
            if sign is not None and _follows(sign, signs[other]) and places[other] == places[one] + 1:
                self.report("list-fake", self.elements[one], sign[0])
                return

    def _gaps(self, text: Text) -> None:
        """Lines of one paragraph with gaps in them, which make columns."""
        if not _WIDE_GAP.search(text.text):
            return
        if text.parent in self.inside.of(_VERBATIM):
            return
        found = self._gapped.setdefault(text.parent, [])
        found.append(text)
        if len(found) == 2:
            self.report("table-by-spaces", found[0])

    def _columns(self, index: int) -> None:
        """Text in ``pre`` that makes columns by spaces, unless it is code."""
        if index in self.document.hidden or any(
            self.elements[one].name in _CODE for one in self._parts(index)
        ):
            return
        parent = self.elements[index].parent
        if parent not in self.inside.of(_CODE | {"pre"}) and has_columns(self.document.text(index)):
            self.report("table-by-spaces", self.elements[index])


_LONGEST_HEADING = 50
_MARKS = frozenset(("b", "strong", "big", "font", "span", "u", "em", "i", "center"))
_HEADING_MARKS = frozenset("■◆▼●◎★")
_ENDS = frozenset("。．.、，,!！?？;；…・)）」』】〉》")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_NO_HEADINGS = elements.names(
    "a address blockquote button caption dd dialog dt fieldset figcaption figure footer form label legend li nav "
    "summary td th"
)
_AFTER_HEADINGS = frozenset(("p", "ul", "ol", "dl", "table", "figure", "div"))
_BULLET = re.compile(
    r"\s*(?:([・•●○■□◆◇▪▫‣▶►★☆✓✔])\s*(?=[^\W_])|([*＊–－-])\s+(?=[^\W_])|"
    r"[(（]?([0-9０-９]{1,2})(?:[.．)）](?![0-9０-９])|、)\s*(?=[^\W\d_])|([①-⑳])\s*(?=[^\W_]))"
)
_BEGINNINGS = frozenset("・•●○■□◆◇▪▫‣▶►★☆✓✔*＊–－-(（0123456789０１２３４５６７８９①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")
_VERBATIM = frozenset(("pre", "code", "samp", "kbd", "textarea", "script", "style", "title", "svg", "option"))
_CODE = frozenset(("code", "samp", "kbd", "var"))
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|bolder|[6-9]00)\b")
_LARGE = re.compile(
    r"font-size\s*:\s*(?:(?:x-|xx-|xxx-)?large\b|(?:1\.[2-9]|[2-9])[0-9.]*r?em\b|(?:1[2-9]|[2-9][0-9])[0-9]%|"
    r"(?:1[89]|[2-9][0-9])(?:\.[0-9]+)?px\b|(?:1[4-9]|[2-9][0-9])(?:\.[0-9]+)?pt\b)"
)
_WIDE_GAP = re.compile("[^\\s]{2}(?:[ \u00a0]*\u00a0[ ]?\u00a0[ \u00a0]*|\u3000{2,})[^\\s]{2}")
_GAPS = re.compile(r"(?<=\S)(?: {2,}|\t+|\u3000+ *| +\u3000[ \u3000]*)(?=\S)")
_LIKE_CODE = re.compile(r"[{};<>=\\|_$`]|^\s*(?:#|//|\$ |>)", re.MULTILINE)


# Pages of one site share most of their texts.
@lru_cache(maxsize=16384)
def _signs(text: str) -> tuple[bool, bool]:
    """Whether a text that is more than spaces has wide gaps, and whether it may begin with a bullet or number."""
    start = text.lstrip()
    has_gaps = "\u00a0\u00a0" in start or "\u3000\u3000" in start or "\u00a0 \u00a0" in start
    return has_gaps, start[:1] in _BEGINNINGS


def bullet(line: str) -> tuple[str, int] | None:
    """The sign that a line begins with, and its number where it is one.

    >>> bullet("・一つ"), bullet("2. two"), bullet("1.5 m"), bullet("①一"), bullet("-5")
    (('・', 0), ('1.', 2), None, ('①', 1), None)
    """
    found = _BULLET.match(line)
    if found is None:
        return None
    if found[3]:
        return "1.", int(found[3])
    if found[4]:
        return "①", ord(found[4]) - ord("①") + 1
    return found[1] or found[2], 0


def _follows(one: tuple[str, int], other: tuple[str, int] | None) -> bool:
    """Whether two lines are items of one list."""
    return other is not None and one[0] == other[0] and other[1] == one[1] + bool(one[1])


def _looks(element: Element) -> tuple[bool, bool]:
    """Whether an element makes its text bold, and whether large."""
    style = element.get("style").lower()
    is_bold = element.name in ("b", "strong") or bool(_BOLD.search(style))
    is_large = element.name == "big" or bool(_LARGE.search(style))
    if element.name == "font":
        size = element.get("size").strip()
        is_large = size in ("4", "5", "6", "7", "+1", "+2", "+3", "+4")
    return is_bold, is_large


def has_columns(text: str) -> bool:
    """Whether at least three lines after one another have a second column at the same place.

    >>> has_columns("名前  時刻\\n京都  9:00\\n大阪  8:00"), has_columns("a  b\\nc\\nd  e")
    (True, False)
    """
    if _LIKE_CODE.search(text):
        return False
    run = 0
    last: set[int] = set()
    for line in text.split("\n"):
        places = {_width(line[: found.end()]) for found in _GAPS.finditer(line[:400])}
        has_tab = "\t" in line.strip()
        shared = places & last if last and not has_tab else places
        run = run + 1 if shared else int(bool(places))
        last = shared or places
        if run >= 3:
            return True
    return False


def _width(text: str) -> int:
    return sum(2 if one > "\u2e7f" else 1 for one in text)
