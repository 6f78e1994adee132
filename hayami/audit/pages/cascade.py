"""The style sheets of a page together: which rules meet its elements, and what these look like.

Elements that stand within alike elements look alike. So a tree of looks is grown, which all pages with the
same sheets share: most elements of most pages find theirs there and cost next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter

from hayami.audit.document import Document
from hayami.audit.page import Element
from hayami.audit.pages.css import (
    FOCUS,
    Attribute,
    Compound,
    Declaration,
    Rule,
    Selector,
    Sheet,
    read_sheet,
    read_style,
)
from hayami.audit.pages.looks import ATTRIBUTE, Fault, Style, Winner, Winners, computed, given, schemed
from hayami.audit.pages.matching import CONTROLS, FARTHEST, Places, fits, matches, meets, passes
from hayami.audit.pages.media import Screen, applies
from hayami.audit.pages.values import length


@dataclass(frozen=True, slots=True)
class Source:
    """The text of a sheet, and the media that it is for."""

    text: str
    media: str


@dataclass(slots=True, eq=False)
class Entry:
    """A rule with one of its selectors."""

    selector: Selector
    rule: Rule
    source: int
    """The place of its sheet."""
    holds: tuple[bool | None, ...]
    """Whether its conditions hold on each screen."""
    order: tuple[int, int, int]
    """Layer, specificity, place: the higher wins."""
    important_order: tuple[int, int, int]
    """The same for what is ``!important``, where the first layer has the last word."""
    around: frozenset[str]
    """Names, classes and ids that elements around must have."""
    asks: bool
    """Whether the rightmost part of the selector asks about elements around."""
    tail: _Tail | None
    """What stands left of that part, where it is about elements around only."""
    major: tuple[Declaration, ...]
    """Its declarations that matter for more than controls."""


@dataclass(slots=True, eq=False)
class _Tail:
    """A selector without its rightmost part. Those that read alike are one, so that answers can be kept."""

    combinator: str
    compound: Compound
    rest: _Tail | None

    def holds(self, look: Look | None) -> bool:
        """Whether it is true of the elements from one outwards."""
        passed: list[Look] = []
        found = False
        while look is not None and len(passed) < FARTHEST:
            known = look.answers.get(self)
            if known is not None:
                found = known
                break
            passed.append(look)
            if meets(self.compound, look, -1, None) and (self.rest is None or self.rest.holds(look.parent)):
                found = True
                break
            if self.combinator == ">":
                break
            look = look.parent
        for one in passed:
            one.answers[self] = found
        return found


class Look:
    """What elements have in common that have the same name, attributes of interest and surroundings."""

    __slots__ = (
        "answers",
        "apart",
        "around",
        "attributes",
        "children",
        "classes",
        "dead",
        "depth",
        "element_faults",
        "exempt",
        "id",
        "judged",
        "language",
        "matched",
        "moving",
        "name",
        "parent",
        "pseudo",
        "styles",
        "tags",
        "text_faults",
        "winners",
    )

    def __init__(self, name: str, attributes: Mapping[str, str], parent: Look | None) -> None:
        self.name = name
        self.attributes = attributes
        self.parent = parent
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.id = attributes.get("id", "")
        self.classes = frozenset(attributes["class"].split()) if "class" in attributes else _NONE
        own = attributes.get("lang", attributes.get("xml:lang"))
        self.language: str = own.strip().lower() if own is not None else parent.language if parent else ""
        self.around: frozenset[str] = _NONE if parent is None else parent.surroundings()
        """Names, classes and ids of the elements around it."""
        self.answers: dict[_Tail, bool] = {}
        self.children: dict[object, Look | _Fork] = {}
        self.tags: dict[Mapping[str, str], Look] = {}
        """The attributes of tags in it → their look. Tags written alike share theirs."""
        self.matched: list[Entry] = []
        self.pseudo: list[Entry] = []
        """Rules that paint something over or under it by a pseudo-element."""
        self.winners: tuple[Winners, ...] = ()
        self.styles: tuple[Style, ...] = ()
        """On each screen."""
        self.dead = False
        """Whether nothing in it is looked at."""
        self.exempt: bool = (parent is not None and parent.exempt) or _is_exempt(self)
        """Whether contrast is asked of nothing in it."""
        self.apart: bool = name in _APART or (parent is not None and parent.apart)
        """Whether it holds no running text."""
        self.judged = False
        self.moving: Fault | None = None
        """What moves it, on its own or with what is around it."""
        self.text_faults: tuple[Fault, ...] = ()
        """What is wrong with each text that stands in it."""
        self.element_faults: tuple[Fault, ...] = ()
        """What is wrong with each element of it."""

    def surroundings(self) -> frozenset[str]:
        """What it is for the elements within."""
        own = [self.name, *("." + one for one in self.classes)]
        if self.id:
            own.append("#" + self.id)
        return self.around if self.around.issuperset(own) else self.around.union(own)


_NONE: frozenset[str] = frozenset()
_APART = frozenset(
    (
        *("h1", "h2", "h3", "h4", "h5", "h6", "button", "th", "label", "nav", "select", "option", "pre"),
        *("legend", "summary", "dt", "caption", "figcaption", "input", "textarea", "menu"),
    )
)
_LOGO = re.compile(r"(?<![a-z])logo(?![a-z])", re.IGNORECASE)


def _is_exempt(look: Look) -> bool:
    """What cannot be used, what is decoration, and logotypes."""
    attributes = look.attributes
    if not attributes:
        return False
    if look.name in CONTROLS and "disabled" in attributes:
        return True
    if "inert" in attributes or "hidden" in attributes:
        return True
    if any(attributes.get(one, "").strip().lower() == "true" for one in ("aria-hidden", "aria-disabled")):
        return True
    return any(_LOGO.search(one) for one in (*look.classes, look.id))


class _Fork:
    """Looks that differ by what stands beside an element."""

    __slots__ = ("look", "questions", "variants")

    def __init__(self, look: Look, questions: list[Entry]) -> None:
        self.look = look
        self.questions = questions
        self.variants: dict[tuple[bool, ...], Look] = {}


_MOST_LOOKS = 4000
_MOST_KEYS = 20_000
_MOST_KEPT = 50_000
_DEAD = frozenset(
    (
        "head",
        "svg",
        "math",
        "script",
        "style",
        "template",
        "noscript",
        "iframe",
        "datalist",
        "object",
        "canvas",
    )
)
_KEYED = frozenset(
    (
        *("style", "type", "role", "tabindex", "hidden", "disabled", "aria-hidden", "aria-disabled", "inert"),
        *("contenteditable", "lang", "xml:lang", "bgcolor", "text", "color", "link", "background", "checked"),
        *("required", "open"),
    )
)
"""Attributes that make elements differ, whatever the sheets say."""
_HINTS = ("bgcolor", "background", "text", "link", "color")


@lru_cache(maxsize=32)
def cascade(sources: tuple[Source, ...], scheme: str, known: bool) -> Cascade:
    """The sheets of a page together."""
    return Cascade(sources, scheme, known)


class Cascade:
    """The sheets of a page together. ``scheme`` is what its ``color-scheme`` says outside the sheets.

    ``known``: whether these are all its sheets.
    """

    def __init__(self, sources: tuple[Source, ...], scheme: str = "", known: bool = True) -> None:
        self.sheets = [read_sheet(one.text) for one in sources]
        self.known = known and all(is_harmless(one) for sheet in self.sheets for one in sheet.imports)
        self.frames = {name: some for sheet in self.sheets for name, some in sheet.frames.items()}
        self.screens = [Screen()]
        if any("prefers-color-scheme" in one.text or "light-dark(" in one.text for one in sources):
            self.screens.append(Screen(dark=True))
        if any(_colours_narrow(rule) for sheet in self.sheets for rule in sheet.rules):
            self.screens.append(Screen(360, 720))
        self._focus: dict[str, list[Entry]] = {}
        self.turned: list[Entry] = []
        """Rules for one orientation."""
        self._ids: set[str] = set()
        self._classes: set[str] = set()
        self._values: dict[str, set[str]] = {}
        self._tests: dict[str, dict[Attribute, None]] = {}
        self._by_id: dict[str, list[Entry]] = {}
        self._by_class: dict[str, list[Entry]] = {}
        self._by_name: dict[str, list[Entry]] = {}
        self._by_value: dict[tuple[str, str], list[Entry]] = {}
        self._anywhere: list[Entry] = []
        self._tails: dict[tuple[str, Compound, _Tail | None], _Tail] = {}
        self._justifies = any("justify" in one.text for one in sources)
        self._fill(sources)
        self._dead = Look("", {}, None)
        self._dead.dead = self._dead.judged = True
        plain = Style()
        self._initial = tuple(self._first(plain, scheme, one) for one in self.screens)
        self._forget()

    def _forget(self) -> None:
        self._grown = 0
        self._kept = 0
        self._top: dict[object, Look | _Fork] = {}
        self._class_values: dict[str, str] = {}
        self._keys: dict[Mapping[str, str], object] = {}
        self._candidates: dict[object, tuple[list[Entry], list[Entry], list[Entry]]] = {}
        self._winners: dict[object, tuple[Winners, ...]] = {}
        # Their parents stand beside them so that these keep their identity.
        self._styles: dict[tuple[int, int, int], tuple[object, tuple[Style, ...]]] = {}

    @staticmethod
    def _first(plain: Style, scheme: str, screen: Screen) -> Style:
        if not scheme:
            return plain
        style = plain.inherited()
        schemed(style, scheme, screen)
        return style

    def _fill(self, sources: tuple[Source, ...]) -> None:
        ranks = _ranks(self.sheets)
        place = 0
        for number, sheet in enumerate(self.sheets):
            around = (("media", sources[number].media.lower()),) if sources[number].media.strip() else ()
            for rule in sheet.rules:
                place += 1
                conditions = (*around, *rule.conditions)
                holds = tuple(applies(conditions, one) for one in self.screens)
                turned = any("orientation" in text for _, text in conditions)
                if not turned and not any(one is not False for one in holds):
                    continue
                major = tuple([one for one in rule.declarations if not self._is_minor(one)])
                rank = ranks[rule.layer]
                for selector in rule.selectors:
                    weight = selector.specificity
                    entry = Entry(
                        selector,
                        rule,
                        number,
                        holds,
                        (rank, weight, place),
                        (-rank, weight, place),
                        _surroundings(selector),
                        _asks_around(selector.compounds[0]),
                        self._tail(selector) if selector.chain else None,
                        major,
                    )
                    if turned and not selector.element and not selector.states:
                        self.turned.append(entry)
                    if any(one is not False for one in holds):
                        self._take(entry)

    def _tail(self, selector: Selector) -> _Tail | None:
        tail: _Tail | None = None
        for place in range(len(selector.compounds) - 1, 0, -1):
            key = (selector.combinators[place - 1], selector.compounds[place], tail)
            if key not in self._tails:
                self._tails[key] = _Tail(*key)
            tail = self._tails[key]
        return tail

    def _is_minor(self, declaration: Declaration) -> bool:
        """Whether a declaration matters for controls only, if at all."""
        name, value = declaration.name, declaration.value
        if name in ("width", "height"):
            return (length(value, 16, 16) or 9) > 1.5
        if name.startswith("margin") or name == "z-index":
            return "-" not in value
        if name in ("letter-spacing", "word-spacing"):
            return not declaration.important
        if name.startswith("grid-"):
            return not value[:1].isdigit()
        return name.startswith(_MINOR) or (name == "text-align" and not self._justifies)

    def _take(self, entry: Entry) -> None:
        selector = entry.selector
        if selector.states:
            if selector.states <= FOCUS:
                for compound in selector.compounds:
                    if any(one.name in FOCUS or one.selectors for one in compound.pseudos):
                        self._focus.setdefault(_sign(compound), []).append(entry)
                self._mention(selector)
            return
        if selector.element and not _is_overlay(entry):
            return
        if not entry.major and not selector.chain:
            return
        self._mention(selector)
        first = selector.compounds[0]
        if first.ids:
            self._by_id.setdefault(first.ids[0], []).append(entry)
        elif first.classes:
            self._by_class.setdefault(min(first.classes), []).append(entry)
        elif first.attributes and first.attributes[0].operator == "=" and not first.attributes[0].any_case:
            test = first.attributes[0]
            self._by_value.setdefault((test.name, test.value), []).append(entry)
        elif first.name:
            self._by_name.setdefault(first.name, []).append(entry)
        else:
            self._anywhere.append(entry)

    def _mention(self, selector: Selector) -> None:
        for compound in selector.compounds:
            self._ids.update(compound.ids)
            self._classes |= compound.classes
            for test in compound.attributes:
                tests = self._tests.setdefault(test.name, {})
                if test.operator == "=" and not test.any_case:
                    self._values.setdefault(test.name, set()).add(test.value)
                elif test.operator:
                    tests[test] = None
            for pseudo in compound.pseudos:
                for one in pseudo.selectors:
                    self._mention(one)

    def looks(self, document: Document) -> list[Look]:
        """The look of each element of a page."""
        if self._grown > _MOST_LOOKS:
            self._forget()
        if len(self._keys) > _MOST_KEYS or self._kept > _MOST_KEPT:
            self._forget()
        found: list[Look] = []
        places = Places(document, found)
        top, dead, keys = self._top, self._dead, self._keys
        for index, element in enumerate(document.elements):
            name, attributes, parent = element.name, element.attributes, element.parent
            above = holder = found[parent] if parent >= 0 else None
            if holder is not None:
                known = holder.tags.get(attributes)
                if known is not None:
                    found.append(known)
                    continue
            if element.inert or name in _DEAD or (holder is not None and holder.dead):
                found.append(dead)
                continue
            if above is None or above.parent is None:
                # Browsers add the elements that a file leaves out.
                if above is None and name != "html":
                    above = self._added(None, top, "html")
                if above is not None and name != "body":
                    above = self._added(above, above.children, "body")
            elif name == "tr" and above.name == "table":
                above = self._added(above, above.children, "tbody")
            around = top if above is None else above.children
            key = keys.get(attributes)
            if key is None:
                key = keys[attributes] = self._key(name, attributes)
            one = around.get(key)
            if one is None:
                one = around[key] = self._new(key, element, above)
            if isinstance(one, _Fork):
                answers = tuple([matches(entry.selector, one.look, index, places) for entry in one.questions])
                found.append(one.variants.get(answers) or self._variant(one, answers))
            else:
                found.append(one)
                if holder is not None:
                    self._kept += 1
                    holder.tags[attributes] = one
        return found

    def _added(self, above: Look | None, around: dict[object, Look | _Fork], name: str) -> Look:
        """An element that nobody wrote."""
        one = around.get(name)
        if one is None:
            one = around[name] = self._new(name, Element(name, {}, 0, 0, -1, False), above)
        if isinstance(one, Look):
            return one
        answers = (False,) * len(one.questions)
        return one.variants.get(answers) or self._variant(one, answers)

    def _key(self, name: str, attributes: Mapping[str, str]) -> object:
        """What of an element matters to its look."""
        parts: list[object] = [name]
        tests = self._tests
        for attribute, value in attributes.items():
            if attribute == "class":
                some = self._class_values.get(value)
                if some is None:
                    some = self._class_values[value] = self._known_classes(value)
                if some:
                    parts.append(some)
            elif attribute in _KEYED:
                parts.append((attribute, value))
            elif attribute == "href" or (attribute == "id" and (value in self._ids or _LOGO.search(value))):
                parts.append(attribute if attribute == "href" else value)
            if attribute in tests:
                # Of other attributes it matters only how they answer.
                known = value if value in self._values.get(attribute, _NONE) else ""
                parts.append((attribute, known, *[passes(one, attributes) for one in tests[attribute]]))
        return tuple(parts) if len(parts) > 1 else name

    def _known_classes(self, value: str) -> str:
        return " ".join(one for one in value.split() if one in self._classes or _LOGO.search(one))

    def _new(self, key: object, element: Element, above: Look | None) -> Look | _Fork:
        look = Look(element.name, element.attributes, above)
        if key not in self._candidates:
            self._candidates[key] = self._candidates_of(look)
        sure, beside, pseudo = self._candidates[key]
        around = look.around
        look.matched = [
            one
            for one in sure
            if (one.tail is None or (one.around <= around and one.tail.holds(above)))
            and (not one.asks or meets(one.selector.compounds[0], look, -1, None))
        ]
        look.pseudo = [one for one in pseudo if matches(one.selector, look, -1, None)]
        questions = [one for one in beside if one.around <= around and matches(one.selector, look, -1, None)]
        if questions:
            return _Fork(look, questions)
        self._finish(look)
        return look

    def of_focus(self, look: Look) -> list[Entry]:
        """Rules of focus that may be about an element, or about one that the focus is within."""
        signs = look.surroundings()
        some = [one for sign, entries in self._focus.items() if not sign or sign in signs for one in entries]
        return list(dict.fromkeys(some))

    def _candidates_of(self, look: Look) -> tuple[list[Entry], list[Entry], list[Entry]]:
        """Rules whose rightmost part fits: those that the look decides, others, and those that overlay it."""
        some = [*self._anywhere, *self._by_name.get(look.name, ()), *self._by_id.get(look.id, ())]
        for one in look.classes:
            some += self._by_class.get(one, ())
        if self._by_value:
            for pair in look.attributes.items():
                some += self._by_value.get(pair, ())
        found: tuple[list[Entry], list[Entry], list[Entry]] = ([], [], [])
        control = is_control(look)
        for entry in some:
            if not entry.major and not control:
                continue
            selector = entry.selector
            first = selector.compounds[0]
            # What asks about elements around it is asked of each look anew.
            if fits(first, look) if entry.asks else meets(first, look, -1, None):
                found[2 if selector.element else 0 if selector.chain else 1].append(entry)
        return found

    def _variant(self, fork: _Fork, answers: tuple[bool, ...]) -> Look:
        model = fork.look
        look = Look(model.name, model.attributes, model.parent)
        met = [one for one, yes in zip(fork.questions, answers, strict=True) if yes]
        look.matched = [*model.matched, *met]
        look.pseudo = model.pseudo
        self._finish(look)
        fork.variants[answers] = look
        return look

    def _finish(self, look: Look) -> None:
        self._grown += 1
        above = look.parent.styles if look.parent is not None else self._initial
        look.winners = winners = self._all_winners(look)
        if not any(winners):
            look.styles = above
            return
        key = (id(above), look.depth, id(winners))
        if key not in self._styles:
            self._styles[key] = (above, self._all_styles(above, winners, look.depth))
        look.styles = self._styles[key][1]

    def _all_winners(self, look: Look) -> tuple[Winners, ...]:
        attributes, matched = look.attributes, look.matched
        by_browser = given(look.name, attributes)
        key: object = tuple(map(id, matched))
        if by_browser or "style" in attributes or is_control(look):
            hints = tuple([attributes.get(one) for one in ("style", "type", *_HINTS)])
            key = (key, look.name, "href" in attributes, hints)
        if key in self._winners:
            return self._winners[key]
        found: list[Winners] = []
        for number in range(len(self.screens)):
            if number and all(one.holds[number] is one.holds[0] for one in matched):
                found.append(found[0])
            else:
                found.append(self.winners(look, matched, number))
        self._winners[key] = tuple(found)
        return self._winners[key]

    def _all_styles(
        self, above: tuple[Style, ...], winners: tuple[Winners, ...], depth: int
    ) -> tuple[Style, ...]:
        found: list[Style] = []
        for number, screen in enumerate(self.screens):
            own = winners[number]
            same = own is winners[0] and above[number] is above[0] and "color-scheme" not in own
            if number and same:
                found.append(found[0])
            else:
                found.append(
                    computed(above[number], own, depth, screen, self.frames) if own else above[number]
                )
        return tuple(found)

    def winners(self, look: Look, matched: list[Entry], number: int) -> dict[str, Winner]:
        """Longhand → the declaration that decides it on a screen."""
        found = given(look.name, look.attributes)
        style = look.attributes.get("style")
        own = read_style(style) if style else ()
        important, control = False, is_control(look)
        for entry in sorted(matched, key=_ORDER):
            holds = entry.holds[number]
            if holds is False:
                continue
            sure = holds is True and entry.selector.sure
            for one in entry.rule.declarations if control else entry.major:
                if one.important:
                    important = True
                    continue
                winner = Winner(one, entry.source, sure)
                for slot in one.slots:
                    found[slot] = winner
        for one in own:
            if not one.important:
                for slot in one.slots:
                    found[slot] = Winner(one, ATTRIBUTE, True)
        for entry in sorted(matched, key=_IMPORTANT_ORDER) if important else ():
            holds = entry.holds[number]
            for one in entry.rule.declarations if control else entry.major:
                if one.important and holds is not False:
                    for slot in one.slots:
                        found[slot] = Winner(one, entry.source, holds is True and entry.selector.sure)
        for one in own:
            if one.important:
                for slot in one.slots:
                    found[slot] = Winner(one, ATTRIBUTE, True)
        return found


_ORDER = attrgetter("order")
_IMPORTANT_ORDER = attrgetter("important_order")
_MINOR = (
    *("padding", "border", "min-", "box-s", "text-decoration", "outline", "appearance", "float", "scroll-"),
    *("transition", "-webkit-appearance"),
)
_POINTED = frozenset(("a", "area", "button", "input", "select", "textarea", "summary", "label", "option"))


def is_control(look: Look) -> bool:
    """Whether it may be something to press or to fill in."""
    return look.name in _POINTED or "role" in look.attributes or "tabindex" in look.attributes


def _is_overlay(entry: Entry) -> bool:
    """Whether it makes a pseudo-element that may stand between a text and its ground."""
    names = {one.name for one in entry.rule.declarations}
    painted = any(one.startswith("background") or one == "content" for one in names)
    return entry.selector.element in ("before", "after") and painted and "position" in names


def _sign(compound: Compound) -> str:
    """Something that an element must have, as ``Look.surroundings`` has it."""
    if compound.ids:
        return "#" + compound.ids[0]
    return "." + min(compound.classes) if compound.classes else compound.name


def _asks_around(compound: Compound) -> bool:
    return any(pseudo.selectors or pseudo.name in ("lang", "root") for pseudo in compound.pseudos)


def _surroundings(selector: Selector) -> frozenset[str]:
    found: set[str] = set()
    for combinator, compound in zip(selector.combinators, selector.compounds[1:], strict=True):
        if combinator in " >":
            found.update("." + one for one in compound.classes)
            found.update("#" + one for one in compound.ids)
            if compound.name:
                found.add(compound.name)
    return frozenset(found)


def is_harmless(address: str) -> bool:
    """Whether a sheet elsewhere is known to bring fonts only."""
    return any(host in address for host in ("fonts.googleapis.com", "use.typekit.net", "fonts.bunny.net"))


def _colours_narrow(rule: Rule) -> bool:
    """Whether a rule gives colours or small letters to screens of some width only."""
    if not any(kind == "media" and "width" in text for kind, text in rule.conditions):
        return False
    if all(one.element or one.states for one in rule.selectors):
        return False
    return any(
        one.name.startswith(("color", "background", "opacity", "--"))
        or (one.name == "font-size" and (length(one.value, 16, 16) or 16) < 10)
        for one in rule.declarations
    )


def _ranks(sheets: list[Sheet]) -> dict[tuple[str, ...], int]:
    """Layer → its rank; what stands in none is above all."""
    first: dict[tuple[str, ...], int] = {}
    for layer in (layer for sheet in sheets for layer in sheet.layers):
        for end in range(1, len(layer) + 1):
            first.setdefault(layer[:end], len(first))
    some = {rule.layer for sheet in sheets for rule in sheet.rules} | {()}
    last = len(first) + 1

    def key(layer: tuple[str, ...]) -> tuple[int, ...]:
        return (*(first.get(layer[:end], last) for end in range(1, len(layer) + 1)), last)

    return {layer: rank for rank, layer in enumerate(sorted(some, key=key))}
