"""Style sheets as rules on pages see them: read once into rules with selectors, declarations and conditions.

Only what the rules ask for is kept. A sheet is read anew only where its text has not been met before; most
pages of a site share theirs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from hayami.audit.pages.colour import is_colour
from hayami.audit.pages.values import LONGEST, SLOTS, Invalid, closing, split

FOCUS = frozenset({"focus", "focus-visible", "focus-within"})
_STATES = FOCUS | {
    *("hover", "active", "visited", "target", "target-within", "fullscreen", "popover-open", "modal"),
    *("user-valid", "user-invalid", "-moz-focusring", "playing", "paused", "current", "past", "future"),
}
"""Pseudo-classes that no element has while nobody touches the page."""
_LEGACY_ELEMENTS = frozenset(("before", "after", "first-line", "first-letter"))
_POSITIONS = frozenset(
    (
        *("first-child", "last-child", "only-child", "nth-child", "nth-last-child", "empty"),
        *("first-of-type", "last-of-type", "only-of-type", "nth-of-type", "nth-last-of-type"),
    )
)
_BY_ATTRIBUTE = {
    "disabled": "disabled",
    "enabled": "disabled",
    "checked": "checked",
    "required": "required",
    "optional": "required",
    "open": "open",
    "link": "href",
    "any-link": "href",
}

# --- declarations --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Declaration:
    """A property and its value. ``offset`` is its place in the text of the sheet."""

    name: str
    value: str
    important: bool
    offset: int
    slots: tuple[str, ...]
    """The longhands that it sets."""


_IMPORTANT = re.compile(r"!\s*important\s*$", re.IGNORECASE)


def _declaration(text: str, offset: int) -> Declaration | None:
    name, colon, value = text.partition(":")
    if not colon:
        return None
    offset += len(name) - len(name.lstrip())
    name, value = name.strip(), value.strip()
    important = False
    if "!" in value:
        found = _IMPORTANT.search(value)
        if found is not None:
            important, value = True, value[: found.start()].rstrip()
    if name.startswith("--"):
        slots: tuple[str, ...] = (name,)
    else:
        name = name.lower()
        slots = SLOTS.get(name, ())
        # Browsers pass over what they do not understand, and keep an earlier value.
        if name in ("color", "background-color") and "var(" not in value and not is_colour(value):
            return None
    if not slots or not value or len(value) > LONGEST:
        return None
    return Declaration(name, value, important, offset, slots)


# --- selectors -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Attribute:
    """``[name operator value]``, both small letters where case does not count."""

    name: str
    operator: str
    value: str
    any_case: bool


@dataclass(frozen=True, slots=True)
class Pseudo:
    """A pseudo-class with what stands in its brackets."""

    name: str
    selectors: tuple[Selector, ...] = ()
    step: tuple[int, int] = (0, 0)
    """Of ``:nth-child(an+b)``."""
    words: tuple[str, ...] = ()
    """Of ``:lang()``."""


@dataclass(frozen=True, slots=True)
class Compound:
    """What must be true of one element."""

    name: str
    ids: tuple[str, ...]
    classes: frozenset[str]
    attributes: tuple[Attribute, ...]
    pseudos: tuple[Pseudo, ...]


@dataclass(frozen=True, slots=True)
class Selector:
    """Compounds from right to left, with the combinators between them."""

    compounds: tuple[Compound, ...]
    combinators: tuple[str, ...]
    element: str
    """The pseudo-element at its end, if there is one."""
    specificity: int
    states: frozenset[str]
    """States that it needs, of the element or of one around it."""
    chain: bool
    """Whether the elements around an element decide, and none beside it."""
    sure: bool
    """Whether all of it is understood; what is not is taken to be true."""


# It keeps what it took: an escape could be read in two ways, and many of them in very many.
_IDENT = r"(?:[\w\-]|[^\x00-\x7f]|\\[0-9a-fA-F]{1,6}\s?|\\.)++"
_PART = re.compile(
    rf"""(?P<combinator>\s*[>+~]\s*|\s+)
    |(?:{_IDENT}|\*)?\|(?=[^=|])
    |(?P<name>\*|{_IDENT})
    |\#(?P<id>{_IDENT})
    |\.(?P<klass>{_IDENT})
    |\[\s*(?:{_IDENT}\|)?(?P<attribute>{_IDENT})\s*(?:(?P<operator>[~|^$*]?=)\s*
        (?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>{_IDENT}))\s*(?P<flag>[iIsS])?\s*)?\]
    |(?P<colons>::?)(?P<pseudo>{_IDENT})(?P<call>\()?""",
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_NTH = re.compile(r"\s*(?:(?P<a>[+-]?\d*)n\s*(?:(?P<sign>[+-])\s*(?P<b>\d+))?|(?P<only>[+-]?\d+))\s*$", re.I)
_CASELESS_VALUES = frozenset({"type", "lang", "dir", "align", "rel", "method", "scope", "shape", "media"})
_DEEPEST = 6
_MOST_PARTS = 60
_ID, _CLASS, _NAME = 1 << 20, 1 << 10, 1


@lru_cache(maxsize=8192)
def selectors(text: str) -> tuple[Selector, ...]:
    """The selectors of a rule; none where browsers would pass over the rule.

    >>> [one.specificity for one in selectors("#a .b > p:hover, ::before")]
    [1050625, 1]
    """
    try:
        return _list(text, 0)
    except Invalid:
        return ()


def _list(text: str, depth: int) -> tuple[Selector, ...]:
    if len(text) > LONGEST * 4:
        raise Invalid
    return tuple(_selector(one.strip(), depth) for one in split(text))


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text

    def plain(found: re.Match[str]) -> str:
        if found[1] is None:
            return found[2]
        number = int(found[1], 16)
        return chr(number) if 0 < number < 0xD800 or 0xDFFF < number < 0x110000 else "\ufffd"

    return _ESCAPE.sub(plain, text)


@dataclass(slots=True)
class _Building:
    """A compound while it is being read."""

    name: str = ""
    ids: list[str] = field(default_factory=list)
    classes: list[str] = field(default_factory=list)
    attributes: list[Attribute] = field(default_factory=list)
    pseudos: list[Pseudo] = field(default_factory=list)
    empty: bool = True

    def built(self) -> Compound:
        return Compound(
            "" if self.name == "*" else self.name,
            tuple(self.ids),
            frozenset(self.classes),
            tuple(self.attributes),
            tuple(self.pseudos),
        )


def _selector(text: str, depth: int) -> Selector:
    if not text or depth > _DEEPEST:
        raise Invalid
    compounds: list[Compound] = []
    combinators: list[str] = []
    states: set[str] = set()
    now, weight, element, chain, sure, place = _Building(), 0, "", True, True, 0
    while place < len(text):
        part = _PART.match(text, place)
        if part is None or part.end() == place:
            raise Invalid
        place = part.end()
        kind = part.lastgroup
        if kind == "combinator":
            if now.empty or element:
                raise Invalid
            compounds.append(now.built())
            combinators.append(part["combinator"].strip() or " ")
            chain = chain and combinators[-1] in " >"
            now = _Building()
            continue
        if kind is None:
            # The mark of a namespace: there is none in HTML.
            continue
        if kind == "name":
            if not now.empty:
                raise Invalid
            now.name = _unescaped(part["name"]).lower()
            weight += 0 if now.name == "*" else _NAME
        elif kind == "id":
            now.ids.append(_unescaped(part["id"]))
            weight += _ID
        elif kind == "klass":
            klass = _unescaped(part["klass"])
            weight += _CLASS
            if klass == "focus-visible":
                # Scripts for old browsers give it to what has the focus.
                now.pseudos.append(Pseudo(klass))
                states.add(klass)
            else:
                now.classes.append(klass)
        elif part["attribute"] is not None:
            now.attributes.append(_attribute(part))
            weight += _CLASS
        else:
            name = _unescaped(part["pseudo"]).lower()
            inner = None
            if part["call"]:
                end = closing(text, place)
                inner, place = text[place:end].strip(), end + 1
            if part["colons"] == "::" or name in _LEGACY_ELEMENTS:
                element = element or name
                weight += _NAME
            else:
                pseudo, more, known = _pseudo(name, inner, depth)
                now.pseudos.append(pseudo)
                weight += more
                sure = sure and known and all(one.sure for one in pseudo.selectors)
                chain = chain and name not in _POSITIONS and all(one.chain for one in pseudo.selectors)
                if name in _STATES:
                    states.add(name)
                elif pseudo.name in ("is", "where"):
                    states |= _shared(pseudo.selectors)
        now.empty = False
    if now.empty or len(compounds) > _MOST_PARTS:
        raise Invalid
    compounds.append(now.built())
    compounds.reverse()
    combinators.reverse()
    return Selector(tuple(compounds), tuple(combinators), element, weight, frozenset(states), chain, sure)


def _shared(some: tuple[Selector, ...]) -> frozenset[str]:
    """The states that one of some alternatives needs, where each needs any."""
    if not all(one.states for one in some):
        return frozenset()
    return next((one.states for one in some if one.states <= FOCUS), some[0].states if some else frozenset())


def _attribute(part: re.Match[str]) -> Attribute:
    name = _unescaped(part["attribute"]).lower()
    if part["operator"] is None:
        return Attribute(name, "", "", False)
    value = next(one for one in (part["double"], part["single"], part["bare"]) if one is not None)
    value = _unescaped(value)
    any_case = (part["flag"] or "").lower() == "i" or (not part["flag"] and name in _CASELESS_VALUES)
    return Attribute(name, part["operator"], value.lower() if any_case else value, any_case)


def _pseudo(name: str, inner: str | None, depth: int) -> tuple[Pseudo, int, bool]:
    """A pseudo-class, its specificity, and whether it is understood."""
    if name in ("is", "where", "not", "matches", "-webkit-any", "-moz-any") and inner is not None:
        some: list[Selector] = []
        for one in split(inner):
            try:
                some.append(_selector(one.strip(), depth + 1))
            except Invalid:
                # These forgive; :not does not.
                if name == "not":
                    raise
        weight = max((one.specificity for one in some), default=0)
        kind = name if name in ("not", "where") else "is"
        return Pseudo(kind, tuple(some)), 0 if kind == "where" else weight, True
    if name in ("nth-child", "nth-last-child", "nth-of-type", "nth-last-of-type") and inner is not None:
        step = _step(inner)
        if step is not None:
            return Pseudo(name, step=step), _CLASS, True
        return Pseudo("unknown"), _CLASS, False
    if name == "lang" and inner is not None:
        words = tuple(one.strip().strip("\"'").lower() for one in inner.split(","))
        return Pseudo("lang", words=words), _CLASS, True
    if inner is None and (
        name in _STATES or name in _POSITIONS or name in _BY_ATTRIBUTE or name in ("root", "scope", "defined")
    ):
        return Pseudo("root" if name == "scope" else name), _CLASS, True
    if name in ("host", "host-context"):
        return Pseudo("never"), _CLASS, True
    return Pseudo("unknown"), _CLASS, False


def _step(text: str) -> tuple[int, int] | None:
    """``an+b`` as two numbers.

    >>> _step("odd"), _step("-n + 3"), _step("4")
    ((2, 1), (-1, 3), (0, 4))
    """
    text = text.lower().strip()
    if text in ("odd", "even"):
        return 2, 1 if text == "odd" else 0
    found = _NTH.match(text)
    if found is None or len(text) > 20:
        return None
    if found["only"] is not None:
        return 0, int(found["only"])
    a = found["a"]
    each = int(a) if a not in ("", "+", "-") else int(a + "1")
    return each, int((found["sign"] or "") + (found["b"] or "0"))


# --- sheets --------------------------------------------------------------------------------------


@dataclass(slots=True)
class Rule:
    """A block with its selectors, and all conditions around it: kind such as ``media``, and what it says."""

    selectors: tuple[Selector, ...]
    conditions: tuple[tuple[str, str], ...]
    layer: tuple[str, ...]
    offset: int
    declarations: list[Declaration] = field(default_factory=list)


@dataclass(slots=True)
class Sheet:
    """A style sheet."""

    rules: list[Rule] = field(default_factory=list)
    layers: list[tuple[str, ...]] = field(default_factory=list)
    """In the order of their first mention."""
    frames: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Name of an animation → what its frames declare."""
    imports: list[str] = field(default_factory=list)


_IGNORED = re.compile(
    r"""("(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|url\(\s*[^"'\s)][^)]*\)?)|/\*.*?(?:\*/|\Z)|<!--|-->""",
    re.DOTALL | re.IGNORECASE,
)
_MARK = re.compile(
    r"""\\.|"(?:[^"\\\n]|\\.)*"?|'(?:[^'\\\n]|\\.)*'?|url\(\s*[^"'\s)][^)]*\)?|(?P<mark>[{};])""",
    re.DOTALL | re.IGNORECASE,
)
_VISIBLE = re.compile(r"[^\n]")
_MOST_NESTED = 24


def _without_comments(text: str) -> str:
    if "/*" not in text and "--" not in text:
        return text
    # Blanks keep every other place where it is.
    return _IGNORED.sub(lambda found: found[1] or _VISIBLE.sub(" ", found[0]), text)


@dataclass(slots=True)
class _Block:
    kind: str
    conditions: tuple[tuple[str, str], ...] = ()
    layer: tuple[str, ...] = ()
    rule: Rule | None = None
    prelude: str = ""
    """The selectors of a rule, the name of an animation."""


@lru_cache(maxsize=256)
def read_sheet(text: str) -> Sheet:
    """Any text at all, read as CSS.

    >>> [one.offset for one in read_sheet("/* p{} */ a{color:red} @media print{b{top:0}}").rules]
    [10, 36]
    """
    sheet = Sheet()
    text = _without_comments(text)
    blocks = [_Block("group")]
    start = 0
    for found in _MARK.finditer(text):
        mark = found["mark"]
        if mark is None:
            continue
        block = blocks[-1]
        piece = text[start : found.start()]
        if mark == "{":
            offset = start + len(piece) - len(piece.lstrip())
            if len(blocks) > _MOST_NESTED:
                blocks.append(_Block("skip"))
            else:
                blocks.append(_opened(sheet, block, piece.strip(), offset))
        elif mark == "}" and len(blocks) == 1:
            # It spoils what follows.
            continue
        else:
            _ended(sheet, block, piece, start)
            if mark == "}":
                blocks.pop()
        start = found.end()
    _ended(sheet, blocks[-1], text[start:], start)
    sheet.rules = [one for one in sheet.rules if one.declarations and one.selectors]
    return sheet


def _opened(sheet: Sheet, block: _Block, prelude: str, offset: int) -> _Block:
    """The block that a brace opens."""
    if block.kind in ("skip", "frame"):
        return _Block("skip")
    if block.kind == "frames":
        return _Block("frame", prelude=block.prelude)
    if prelude.startswith("@"):
        return _at_rule(sheet, block, prelude, offset)
    if prelude.startswith("--"):
        return _Block("skip")
    if block.rule is not None:
        prelude = _nested(prelude, block.prelude)
    rule = Rule(selectors(prelude), block.conditions, block.layer, offset)
    sheet.rules.append(rule)
    return _Block("style", block.conditions, block.layer, rule, prelude)


def _nested(prelude: str, around: str) -> str:
    """Selectors of a rule within a rule, as they would stand outside it."""
    parent = f":is({around})"
    inner = []
    for one in split(prelude):
        if len(parent) * (one.count("&") + 1) > LONGEST * 4:
            return ""
        inner.append(one.replace("&", parent) if "&" in one else f"{parent} {one.strip()}")
    text = ",".join(inner)
    return text if len(text) <= LONGEST * 4 else ""


def _at_rule(sheet: Sheet, block: _Block, prelude: str, offset: int) -> _Block:
    name, _, rest = prelude[1:].partition(" ")
    if "(" in name:
        name, _, more = name.partition("(")
        rest = f"({more} {rest}"
    name, rest = name.lower(), rest.strip()
    conditions, layer, rule = block.conditions, block.layer, block.rule
    if name in ("media", "supports", "container", "scope", "starting-style", "-moz-document"):
        conditions = (*conditions, (name, rest.lower()))
    elif name == "layer":
        layer = (*layer, *(rest.split(".") if rest else (f"\0{offset}",)))
        sheet.layers.append(layer)
    elif name.endswith("keyframes"):
        sheet.frames.setdefault(rest.strip("\"'"), [])
        return _Block("frames", prelude=rest.strip("\"'"))
    else:
        return _Block("skip")
    if rule is not None:
        # Within a rule its declarations go on.
        rule = Rule(rule.selectors, conditions, layer, offset)
        sheet.rules.append(rule)
    return _Block("style" if rule is not None else "group", conditions, layer, rule, block.prelude)


def _ended(sheet: Sheet, block: _Block, piece: str, start: int) -> None:
    """What stands before a semicolon or before the end of a block."""
    if not piece or piece.isspace():
        return
    if block.rule is not None:
        one = _declaration(piece, start)
        if one is not None:
            block.rule.declarations.append(one)
    elif block.kind == "frame":
        name, _, value = piece.partition(":")
        sheet.frames[block.prelude].append((name.strip().lower(), value.strip().lower()))
    elif block.kind == "group":
        told = piece.strip()
        if told[:6].lower() == "@layer":
            for layer in told[6:].split(","):
                sheet.layers.append((*block.layer, *layer.strip().split(".")))
        elif told[:7].lower() == "@import":
            sheet.imports.append(told[7:].strip())


@lru_cache(maxsize=4096)
def read_style(text: str) -> tuple[Declaration, ...]:
    """The declarations of a ``style`` attribute."""
    text = _without_comments(text)
    found, start = [], 0
    for mark in _MARK.finditer(text):
        if mark["mark"] == ";":
            found.append(_declaration(text[start : mark.start()], start))
            start = mark.end()
    found.append(_declaration(text[start:], start))
    return tuple(one for one in found if one is not None)
