"""Rules on what style sheets do to readers: contrast, focus, spacing, size, movement, orientation."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from hayami.audit.document import Document
from hayami.audit.page import Element, Text
from hayami.audit.pages import Report, at
from hayami.audit.pages.cascade import Cascade, Look, Source, cascade, is_harmless
from hayami.audit.pages.css import Declaration
from hayami.audit.pages.judge import (
    SPACINGS,
    angle,
    is_one_line,
    judge,
    outwards,
    share_of,
    static_of,
    weight,
)
from hayami.audit.pages.looks import ATTRIBUTE, Fault, Origin, Values
from hayami.audit.pages.matching import matches
from hayami.audit.pages.media import Screen, media
from hayami.audit.rule import Rule, rule

RULES: tuple[Rule, ...] = (
    rule(
        "contrast",
        (
            "文字「{target}」の色が背景の色に近すぎます（{detail}）。",
            'The text "{target}" stands out too little from its ground ({detail}).',
        ),
        (
            "比が4.5:1以上（大きな文字は3:1以上）になる色にしてください。",
            "Choose colours with a ratio of at least 4.5:1, or 3:1 for large text.",
        ),
        criterion="WCAG 1.4.3 / JIS X 8341-3:2016 7.1.4.3",
    ),
    rule(
        "contrast-enhanced",
        (
            "文字「{target}」のコントラストは AA を満たしますが、AAA に足りません（{detail}）。",
            'The text "{target}" meets AA but not AAA for contrast ({detail}).',
        ),
        (
            "できれば比を7:1以上（大きな文字は4.5:1以上）にしてください。",
            "Where possible, reach 7:1, or 4.5:1 for large text.",
        ),
        severity="warning",
        criterion="WCAG 1.4.6 / JIS X 8341-3:2016 7.1.4.6",
    ),
    rule(
        "contrast-ui",
        (
            "{target} の境目の色が周りの色に近すぎます（{detail}）。",
            "The edge of {target} stands out too little from what is around it ({detail}).",
        ),
        (
            "枠線か背景を、周りとの比が3:1以上の色にしてください。",
            "Give its border or ground a ratio of at least 3:1.",
        ),
        severity="warning",
        criterion="WCAG 1.4.11",
    ),
    rule(
        "focus-visible",
        (
            "{target} がキーボードで選ばれても、見た目が変わりません（{detail}）。",
            "Nothing shows when {target} has the focus ({detail}).",
        ),
        (
            ":focus-visible に outline か box-shadow を付けてください。",
            "Give :focus-visible an outline or a box-shadow.",
        ),
        criterion="WCAG 2.4.7 / JIS X 8341-3:2016 7.2.4.7",
    ),
    rule(
        "focus-visible-weak",
        (
            "{target} がキーボードで選ばれたときの印が弱すぎます（{detail}）。",
            "The mark of the focus on {target} is weak ({detail}).",
        ),
        (
            "太さ2px以上、周りとの比3:1以上の outline を付けてください。",
            "Use an outline of at least 2px and a ratio of 3:1.",
        ),
        kind="focus-visible",
        severity="warning",
        criterion="WCAG 2.4.7 / JIS X 8341-3:2016 7.2.4.7",
    ),
    rule(
        "text-spacing-locked",
        (
            "「{detail}」の !important のため、読む人が文字や行の間隔を広げられません。",
            '"{detail}" is !important, so readers cannot widen the spacing.',
        ),
        ("!important を外してください。", "Take !important away."),
        criterion="WCAG 1.4.12",
    ),
    rule(
        "justified-text",
        (
            "文章が両端ぞろえ（text-align: justify）です。",
            "The text is justified on both sides.",
        ),
        ("text-align: start にしてください。", "Use text-align: start."),
        severity="warning",
        criterion="WCAG 1.4.8 / JIS X 8341-3:2016 7.1.4.8",
    ),
    rule(
        "line-height-low",
        (
            "文章の行の高さが文字の{detail}倍しかありません。",
            "Lines of running text are only {detail} times as high as its letters.",
        ),
        ("line-height を1.5以上にしてください。", "Set line-height to 1.5 or more."),
        severity="warning",
        criterion="WCAG 1.4.8 / JIS X 8341-3:2016 7.1.4.8",
    ),
    rule(
        "motion-no-query",
        (
            "動き「{detail}」を、動きを減らす設定の人にも見せます。",
            'The movement "{detail}" is shown to those, too, who asked for less of it.',
        ),
        (
            "@media (prefers-reduced-motion: no-preference) の中に入れてください。",
            "Put it into @media (prefers-reduced-motion: no-preference).",
        ),
        severity="warning",
        criterion="WCAG 2.3.3",
    ),
    rule(
        "moving-text-css",
        (
            "文字「{target}」が止まらずに動くか点滅します（{detail}）。",
            'The text "{target}" moves or blinks without end ({detail}).',
        ),
        (
            "動きをやめるか、5秒以内に終わらせてください。",
            "Take the animation away, or end it within 5 seconds.",
        ),
        kind="moving-text",
        criterion="WCAG 2.2.2 / JIS X 8341-3:2016 7.2.2.2",
    ),
    rule(
        "orientation-lock",
        (
            "画面の向きによって、内容が回るか消えます（{detail}）。",
            "The content is turned or hidden in one orientation of the screen ({detail}).",
        ),
        ("どちらの向きでも使えるようにしてください。", "Let it be used in both orientations."),
        severity="warning",
        criterion="WCAG 1.3.4",
    ),
    rule(
        "target-size",
        (
            "{target} が小さすぎて、指で押しにくいです（{detail}）。",
            "{target} is too small to be pressed with a finger ({detail}).",
        ),
        ("縦横24px以上にしてください。", "Make it at least 24px wide and high."),
        severity="warning",
        criterion="WCAG 2.5.8",
    ),
    rule(
        "text-too-small",
        (
            "文字「{target}」が小さすぎます（{detail}px）。",
            'The text "{target}" is too small ({detail}px).',
        ),
        ("10px 以上、できれば 16px にしてください。", "Use at least 10px, better 16px."),
        severity="warning",
        criterion="WCAG 1.4.4 / JIS X 8341-3:2016 7.1.4.4",
    ),
)


def check(document: Document, report: Report, sheets: Mapping[str, str]) -> None:
    """All rules on one page. ``sheets``: the address of a linked sheet as the page writes it → its text."""
    page = _Page(document, report, sheets)
    if page.cascade is not None:
        page.check()


# --- the sheets of a page ------------------------------------------------------------------------

_STYLED = ("style", "bgcolor", "text", "color", "background")
_ANY_SCREEN = (Screen(), Screen(360, 720), Screen(dark=True))


@dataclass(slots=True)
class _Sheet:
    """Where a sheet of the page stands: its pieces of text, or the element that links to it."""

    source: Source
    place: Element
    texts: list[Text] = field(default_factory=list)

    def at(self, declaration: Declaration) -> Text | Element:
        """The place of a declaration."""
        offset = declaration.offset
        for text in self.texts:
            if offset < len(text.text):
                return at(text, offset)
            offset -= len(text.text)
        return self.place


def _sheets(document: Document, given: Mapping[str, str]) -> tuple[list[_Sheet], bool]:
    """The sheets of a page in their order, and whether these are all."""
    found: list[_Sheet] = []
    known = True
    texts: dict[int, list[Text]] = {}
    if "style" in document.by_name:
        wanted = frozenset(document.by_name["style"])
        for text in document.page.texts:
            if text.parent in wanted:
                texts.setdefault(text.parent, []).append(text)
    for index, element in document.named("style", "link"):
        about = element.get("media")
        if document.within(index, "noscript") is not None:
            continue
        if about and all(media(about.lower(), one) is False for one in _ANY_SCREEN):
            continue
        if element.name == "style":
            if element.get("type").strip().lower() in ("", "text/css"):
                some = texts.get(index, [])
                whole = some[0].text if len(some) == 1 else "".join(one.text for one in some)
                found.append(_Sheet(Source(whole, about), element, some))
            continue
        rels = element.words("rel")
        if "stylesheet" not in rels or "alternate" in rels or "disabled" in element.attributes:
            continue
        address = element.get("href")
        if address in given:
            found.append(_Sheet(Source(given[address], about), element))
        elif _is_elsewhere(address) and not is_harmless(address):
            known = False
    return found, known


def _is_elsewhere(address: str) -> bool:
    """Whether a sheet that was not found may exist; one beside the page would have been found."""
    return address.startswith("/") or ":" in address.partition("/")[0]


# --- a page --------------------------------------------------------------------------------------

_LETTER = re.compile(r"[^\W_]")
_RUNNING, _SENTENCE = 40, 24
"""Least weight of running text, and of what is a sentence: letters, those of East Asia twice."""
_ENDS = re.compile(r"[.!?。．！？](?:\s|$)")
_SNIPPET = 24
_INLINE = frozenset(
    (
        *(
            "a",
            "abbr",
            "b",
            "bdi",
            "bdo",
            "cite",
            "code",
            "data",
            "del",
            "dfn",
            "em",
            "font",
            "i",
            "ins",
            "kbd",
        ),
        *(
            "mark",
            "q",
            "ruby",
            "rb",
            "rt",
            "rp",
            "s",
            "samp",
            "small",
            "span",
            "strong",
            "sub",
            "sup",
            "time",
            "u",
        ),
        *("var", "wbr", "br", "img"),
    )
)


_PICTURES = frozenset(("img", "video", "canvas", "picture", "iframe", "svg"))


_ASKS_TO_TURN = re.compile(
    r"(?:rotate|turn) (?:your|the) (?:device|phone|screen|tablet)|(?:landscape|portrait) (?:mode|orientation)"
    r"|(?:横|縦)(?:向き|画面)|画面を回",
    re.IGNORECASE,
)
_MOST_OVERLAYS = 300
_MOST_EXCUSES = 20
_MOST_TEXTS = 50
"""Bounds of work where a page repeats itself."""


@dataclass(frozen=True, slots=True)
class _Overlay:
    """What may stand between a text and its ground."""

    owner: int
    holder: int
    """The element by which it is placed; -1 for the page."""
    beneath: bool
    pseudo: bool


class _Page:
    """One page while it is being checked."""

    def __init__(self, document: Document, report: Report, given: Mapping[str, str]) -> None:
        self.document = document
        self.report = report
        self.sheets, known = _sheets(document, given)
        self.cascade: Cascade | None = None
        if not self.sheets and not _is_styled(document):
            return
        self.sources = tuple(one.source for one in self.sheets)
        self.cascade = cascade(self.sources, _scheme(document), known)
        self.known = known
        self.static = static_of(self.cascade, self.sources)
        self.looks = self.cascade.looks(document)
        self._reported: set[tuple[object, ...]] = set()
        self._weights: dict[tuple[object, ...], int] = {}
        self._overlays: list[_Overlay] | None = None
        self._unused: frozenset[int] | None = None
        self._asking: list[int] | None = None
        self._excuses: dict[tuple[object, ...], int] = {}

    def check(self) -> None:
        """All rules."""
        assert self.cascade is not None
        looks, static = self.looks, self.static
        for index, look in enumerate(looks):
            if not look.judged:
                judge(self.cascade, look, static)
            if look.element_faults:
                self._element(index, look)
        for text in self.document.page.texts:
            if text.parent >= 0:
                faults = looks[text.parent].text_faults
                if faults:
                    self._text(text, faults)
        self._motion()
        if self.cascade.turned:
            self._orientation()

    # What is wrong is told once for each declaration, at the first element that it is wrong for.

    def _tell(self, fault: Fault, index: int, target: str = "", detail: str = "") -> None:
        place = self._place(fault.origin, index)
        self.report(fault.rule, place, target, detail or fault.detail)

    def _key(self, fault: Fault, index: int) -> tuple[object, ...]:
        origin = fault.origin
        owner = self._owner(origin, index) if origin.source < 0 else origin.declaration.offset
        return fault.rule, origin.source, owner

    def _owner(self, origin: Origin, index: int) -> int:
        """The element that a value was given to, the element itself or one around it."""
        while index >= 0 and self.looks[index].depth > origin.depth:
            index = self.document.elements[index].parent
        return index

    def _place(self, origin: Origin, index: int) -> Element | Text:
        element = self.document.elements[index]
        if origin.source < 0:
            owner = self._owner(origin, index)
            return self.document.elements[owner] if owner >= 0 else element
        sheet = self.sheets[origin.source]
        # A linked sheet has no place on the page; the element that it is wrong for has.
        return sheet.at(origin.declaration) if sheet.texts else element

    def _text(self, text: Text, faults: tuple[Fault, ...]) -> None:
        if not _LETTER.search(text.text):
            return
        index = text.parent
        for fault in faults:
            key = self._key(fault, index)
            if key in self._reported:
                continue
            if fault.longest:
                block = (*key, self._block(index))
                self._weights[block] = self._weights.get(block, 0) + weight(text.text)
                if self._weights[block] < (_SENTENCE if _ENDS.search(text.text) else _RUNNING):
                    continue
            if index in self.document.hidden:
                continue
            if fault.rule.startswith("contrast") and self._excused(fault, index):
                self._excuses[key] = self._excuses.get(key, 0) + 1
                if self._excuses[key] >= _MOST_EXCUSES:
                    self._reported.add(key)
                continue
            self._reported.add(key)
            self._tell(fault, index, _short(text.text))

    def _block(self, index: int) -> int:
        """The paragraph that a text is part of."""
        for _ in range(12):
            if index < 0 or self.document.elements[index].name not in _INLINE:
                break
            index = self.document.elements[index].parent
        return index

    def _element(self, index: int, look: Look) -> None:
        element = self.document.elements[index]
        if index in self.document.hidden:
            return
        for fault in look.element_faults:
            key = self._key(fault, index)
            if key in self._reported:
                continue
            target = f"<{element.name}>"
            if fault.rule == "text-spacing-locked" and fault.origin.source == ATTRIBUTE:
                detail = self._locks(index, look, fault.detail)
                if not detail:
                    continue
                self._reported.add(key)
                self._tell(fault, index, detail=detail)
                continue
            if fault.rule.startswith("contrast") and fault.rule != "contrast-ui":
                target = _short(element.get("value"))
                if not _LETTER.search(target) or self._excused(fault, index):
                    continue
            if fault.rule == "target-size" and self._is_spared(index, element):
                continue
            self._reported.add(key)
            self._tell(fault, index, target)

    def _locks(self, index: int, look: Look, slot: str) -> str:
        """What a style attribute fixes for text that is to be seen, if it is too narrow."""
        style = look.styles[0]
        value = Values(look.winners[0], style.variables)(slot)
        texts = (one for one in self.document.descendants(index) if isinstance(one, Text))
        for one in islice(texts, _MOST_TEXTS):
            if not _LETTER.search(one.text):
                continue
            inner = self.looks[one.parent]
            if inner.dead or not inner.styles[0].shown or one.parent in self.document.hidden:
                continue
            if any(slot in around.winners[0] for around in outwards(inner, look)):
                continue
            share = share_of(slot, value, style, inner.styles[0].size)
            if slot == "line-height" and is_one_line(inner, one.text):
                continue
            if share is not None and share < SPACINGS[slot] - 0.001:
                return f"{slot}: {value}"
        return ""

    def _is_spared(self, index: int, element: Element) -> bool:
        """Links within sentences, and fields whose label can be pressed as well."""
        document = self.document
        if element.name == "input":
            name = element.get("id")
            labelled = any(one.get("for") == name for _, one in document.named("label")) if name else False
            return labelled or document.within(index, "label") is not None
        beside = document.children.get(element.parent, ())
        return sum(weight(one.text) for one in beside if isinstance(one, Text)) >= 10

    def _excused(self, fault: Fault, index: int) -> bool:
        return self._is_covered(fault, index) or self._is_of_disabled(index)

    def _is_of_disabled(self, index: int) -> bool:
        """Whether a text labels something that cannot be used."""
        document = self.document
        if self._unused is None:
            self._unused = _labels_of_disabled(document)
        return bool(self._unused) and any(one in self._unused for one in (index, *document.ancestors(index)))

    def _is_covered(self, fault: Fault, index: int) -> bool:
        """Whether something else may be painted between a text and the ground that was measured."""
        if self._overlays is None:
            self._overlays = list(self._all_overlays())
        if len(self._overlays) > _MOST_OVERLAYS:
            return True
        chain = [index, *self.document.ancestors(index)] if self._overlays else []
        painter = next((one for one in chain if self.looks[one].depth == fault.painter), -1)
        for one in self._overlays:
            if (one.owner in chain and not one.pseudo) or (one.holder >= 0 and one.holder not in chain):
                continue
            if painter >= 0 and painter != one.owner and painter not in self.document.ancestors(one.owner):
                # It is painted before that ground.
                continue
            within = chain[: chain.index(one.holder)] if one.holder >= 0 else chain
            if one.beneath or any(self._is_placed(inner) for inner in within):
                return True
        return False

    def _position(self, index: int) -> str:
        look = self.looks[index]
        if look.dead or "position" not in look.winners[0]:
            return ""
        return Values(look.winners[0], look.styles[0].variables)("position") or "?"

    def _is_placed(self, index: int) -> bool:
        """Whether it is painted above what is not."""
        return self._position(index) not in ("", "static")

    def _all_overlays(self) -> Iterator[_Overlay]:
        """What is taken out of its place and painted."""
        document = self.document
        for index, look in enumerate(self.looks):
            if look.pseudo:
                holder = index if self._is_placed(index) else self._holder(index)
                said = [one for entry in look.pseudo for one in entry.rule.declarations]
                yield _Overlay(
                    index, holder, any("z-index" in one.slots and "-" in one.value for one in said), True
                )
            winners = look.winners[0] if look.winners else {}
            if "position" not in winners:
                continue
            values = Values(winners, look.styles[0].variables)
            position, beneath = values("position"), "-" in (values("z-index") or "")
            if position not in ("absolute", "fixed", None) and not beneath:
                continue
            painted = "background-color" in winners or "background-image" in winners or look.name in _PICTURES
            if painted or any(
                isinstance(one, int) and document.elements[one].name in _PICTURES
                for one in document.descendants(index)
            ):
                yield _Overlay(index, -1 if position == "fixed" else self._holder(index), beneath, False)

    def _holder(self, index: int) -> int:
        """The element by which another is placed."""
        return next((one for one in self.document.ancestors(index) if self._is_placed(one)), -1)

    # --- of the sheets alone ---

    def _motion(self) -> None:
        if self.static.reduced or not self.static.motion or not self.known:
            return
        if any("prefers-reduced-motion" in text.text for text in self._scripts()):
            return
        told: set[int] = set()
        for source, declaration, what in self.static.motion:
            if source in told:
                continue
            told.add(source)
            sheet = self.sheets[source]
            self.report("motion-no-query", sheet.at(declaration), "", what)

    def _scripts(self) -> Iterator[Text]:
        elements = self.document.elements
        return (
            one
            for one in self.document.page.texts
            if one.parent >= 0 and elements[one.parent].name == "script"
        )

    def _orientation(self) -> None:
        """What turns or hides the page in one orientation, or asks readers to turn the screen."""
        assert self.cascade is not None
        mains = self._mains()
        for entry in self.cascade.turned:
            if not entry.selector.chain:
                continue
            for one in entry.rule.declarations:
                shows = one.name == "display" and one.value.lower() != "none"
                for index in self._hidden_texts() if shows else mains:
                    look = self.looks[index]
                    if not matches(entry.selector, look, -1, None):
                        continue
                    what = "display: " + one.value if shows else self._turn(look, one)
                    fault = Fault("orientation-lock", Origin(one, entry.source, look.depth), what)
                    key = self._key(fault, index)
                    if what and key not in self._reported:
                        self._reported.add(key)
                        self._tell(fault, index)

    def _hidden_texts(self) -> list[int]:
        """What is not shown at first and asks to turn the screen."""
        if self._asking is None:
            self._asking = [
                index
                for index, look in enumerate(self.looks)
                if look.styles
                and look.styles[0].hidden
                and look.parent is not None
                and not look.parent.styles[0].hidden
                and _ASKS_TO_TURN.search(self.document.text(index)[:300])
            ]
        return self._asking

    def _turn(self, look: Look, one: Declaration) -> str:
        assert self.cascade is not None
        if one.name == "display" and one.value.lower() == "none":
            return "display: none"
        if one.name == "visibility" and one.value.lower() == "hidden":
            return "visibility: hidden"
        if one.name not in ("transform", "-webkit-transform", "rotate"):
            return ""
        usual = [other for other in look.matched if other not in self.cascade.turned]
        winners = self.cascade.winners(look, usual, 0)
        values = Values(winners, look.styles[0].variables)
        slot = "rotate" if one.name == "rotate" else "transform"
        before, after = angle(values(slot) or ""), angle(one.value.lower())
        if before is None or after is None:
            return ""
        return f"{one.name}: {one.value[:40]}" if abs((after - before) % 180 - 90) <= 1 else ""

    def _mains(self) -> list[int]:
        """The page, its body, its main part, and what holds this or most of the page."""
        document = self.document
        found = [index for index, _ in document.named("html", "body", "main")]
        holders = [one for index, _ in document.named("main", "h1") for one in document.ancestors(index)]
        body = next(iter(document.by_name.get("body", ())), None)
        if body is not None:
            inner = [one for one in document.children.get(body, ()) if isinstance(one, int)]
            weights = {one: len(document.text(one)) for one in inner if not self.looks[one].dead}
            holders += [one for one, amount in weights.items() if amount > 0.6 * sum(weights.values())]
        return sorted({*found, *(one for one in holders if one not in document.hidden)})


def _labels_of_disabled(document: Document) -> frozenset[int]:
    """Elements that name a field or a button that cannot be used."""
    disabled = {index for index, one in enumerate(document.elements) if one.attributes and _is_disabled(one)}
    if not disabled:
        return frozenset()
    found: set[int] = set()
    for index in disabled:
        element = document.elements[index]
        ids = element.get("aria-labelledby").split()
        found.update(document.by_id[one] for one in ids if one in document.by_id)
        around = document.within(index, "label")
        if around is not None:
            found.add(around)
    for index, label in document.named("label"):
        if document.by_id.get(label.get("for")) in disabled:
            found.add(index)
    return frozenset(found)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= _SNIPPET else plain[:_SNIPPET] + "…"


def _is_disabled(element: Element) -> bool:
    return "disabled" in element.attributes or element.get("aria-disabled").strip().lower() == "true"


def _is_styled(document: Document) -> bool:
    return any(
        not element.attributes.keys().isdisjoint(_STYLED)
        for element in document.elements
        if element.attributes
    )


def _scheme(document: Document) -> str:
    for _, element in document.named("meta"):
        if element.get("name").strip().lower() == "color-scheme":
            return element.get("content").lower()
    return ""
