"""What is wrong with a look, whatever page its elements stand on."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from hayami.audit.pages.cascade import Cascade, Entry, Look, Source
from hayami.audit.pages.colour import RGB, contrast, over, parse, written
from hayami.audit.pages.css import FOCUS, Declaration
from hayami.audit.pages.looks import ATTRIBUTE, HINT, PRESSED, Fault, Origin, Style, Values
from hayami.audit.pages.matching import matches, meets
from hayami.audit.pages.values import length, longhand


def judge(sheets: Cascade, look: Look, static: Static) -> None:
    """Note with a look what is wrong with it. Looks around it must be judged before."""
    look.judged = True
    styles = look.styles
    said = any(look.winners)
    if look.parent is not None:
        look.moving = look.parent.moving
    if said and not static.reduced:
        look.moving = _moving(sheets, look, static) or look.moving
    texts: list[Fault] = []
    above = look.parent
    # Where nothing is wrong around it, nothing is in what changes nothing.
    is_plain = (
        above is not None
        and not said
        and above.judged
        and above.styles is styles
        and not above.text_faults
        and look.depth < _FARTHEST
    )
    if not is_plain and any(one.shown for one in styles):
        pale = None if look.exempt else _contrast(styles, sheets.known)
        texts += [one for one in (pale, look.moving) if one is not None]
        texts += [*_small(look, styles), *_running(look, styles[0])]
        if said:
            texts += _locked(look, styles[0])
    look.text_faults = tuple(texts)
    elements: list[Fault] = []
    if look.name == "input" and look.attributes.get("type", "").lower() in PRESSED:
        elements += texts
    if styles[0].shown:
        if look.name in _CONTROLS or "tabindex" in look.attributes or "role" in look.attributes:
            elements += _control(sheets, look, static)
        if "style" in look.attributes:
            elements += _own_style(sheets, look, static)
    look.element_faults = tuple(elements)


# --- contrast ------------------------------------------------------------------------------------


def _pixels(style: Style, text: RGB, ground: RGB) -> tuple[RGB, RGB] | None:
    """Text and ground as they look where groups around them are not opaque."""
    for share, behind in reversed(style.veils):
        if behind is None:
            return None
        text, ground = (over((*one, share), behind) for one in (text, ground))
    return text, ground


def _measured(style: Style) -> tuple[float, str] | None:
    """The best contrast that text can have on its ground, and the two colours; None where it is not known."""
    if style.color is None or style.ground is None or style.blurred or not style.shown:
        return None
    if style.color[3] <= 0.05:
        # Hidden on purpose, in favour of a picture.
        return None
    low, high = style.ground
    if low is high or low == high:
        text = style.color[:3] if style.color[3] >= 1 else over(style.color, low)
        pair = _pixels(style, text, low) if style.veils else (text, low)
        if pair is None:
            return None
        ratio = contrast(*pair)
        return ratio, f"{written(pair[0])} / {written(pair[1])}" if ratio < 7 else ""
    if style.color[3] < 1 or style.veils:
        return None
    # Each colour of a gradient is as light as its ends or between them.
    text = style.color[:3]
    return max(contrast(text, low), contrast(text, high)), f"{written(text)} / gradient"


def is_large(style: Style) -> bool:
    """Whether text is large as WCAG has it: 18 points, or 14 in bold. What is not known counts as large."""
    if style.size is None or style.size >= 24:
        return True
    return style.size >= 18.66 and (style.weight is None or style.weight >= 700)


@lru_cache(maxsize=8192)
def _contrast(styles: tuple[Style, ...], known: bool) -> Fault | None:
    """What is wrong with the colours of a text, on the screen where it is worst."""
    worst: tuple[float, Fault] | None = None
    for style in dict.fromkeys(styles):
        origin = _deepest(style.color_from, style.ground_from, style.veil_from)
        if origin is None or (not known and (style.color_from is None or style.ground_from is None)):
            continue
        measured = _measured(style)
        if measured is None:
            continue
        ratio, colours = measured
        need, best = (3, 4.5) if is_large(style) else (4.5, 7)
        if ratio < best and (worst is None or ratio / need < worst[0]):
            name = "contrast" if ratio < need else "contrast-enhanced"
            # Never rounded up to what would be enough.
            detail = f"{colours}, {math.floor(ratio * 100) / 100:.2f}:1"
            worst = ratio / need, Fault(name, origin, detail, painter=style.painter)
    return worst[1] if worst is not None else None


def _deepest(*origins: Origin | None) -> Origin | None:
    """The value that was given last, from outside inwards: there it is mended."""
    return max((one for one in origins if one is not None), key=lambda one: one.depth, default=None)


# --- text ----------------------------------------------------------------------------------------

_RAISED = frozenset(("sup", "sub", "rt", "rp", "rtc"))


_FARTHEST = 100
"""Elements farther around one than this are not looked at: no page needs more, and deep ones would cost much."""


def outwards(look: Look, end: Look | None = None) -> Iterator[Look]:
    """A look and those around it, up to another."""
    one: Look | None = look
    for _ in range(_FARTHEST):
        if one is None or one is end:
            return
        yield one
        one = one.parent


def _small(look: Look, styles: tuple[Style, ...]) -> Iterator[Fault]:
    for style in styles:
        if style.size is not None and 0 < style.size < 9.99 and style.size_from is not None and style.shown:
            if not any(one.name in _RAISED for one in outwards(look)):
                yield Fault("text-too-small", style.size_from, f"{style.size:.3g}")
            return


def _running(look: Look, style: Style) -> Iterator[Fault]:
    if look.apart or not style.shown:
        return
    if style.align == "justify" and style.align_from is not None:
        yield Fault("justified-text", style.align_from, longest=True)
    if style.line is not None and style.line_from is not None:
        times = times_of(style)
        if times is not None and 0.3 < times < 1.495 and not _is_label(look, style.line_from.depth):
            yield Fault("line-height-low", style.line_from, f"{times:.3g}", longest=True)


def _is_label(look: Look, depth: int) -> bool:
    """Whether a text is in a table or small print, or is a link as a whole."""
    return any(
        one.name in ("td", "small") or (one.name == "a" and one.depth <= depth) for one in outwards(look)
    )


def times_of(style: Style) -> float | None:
    """The height of a line in heights of its letters."""
    if style.line is None:
        return None
    kind, amount = style.line
    if kind == "times":
        return amount
    return amount / style.size if style.size else None


SPACINGS = {"line-height": 1.5, "letter-spacing": 0.12, "word-spacing": 0.16}


def _locked(look: Look, style: Style) -> Iterator[Fault]:
    """Spacing that a sheet fixes; what a ``style`` attribute fixes is looked at element by element."""
    winners = look.winners[0]
    for slot in SPACINGS:
        winner = winners.get(slot)
        if winner is None or not winner.declaration.important or winner.source < 0 or not winner.sure:
            continue
        # The reader's own sheet would be stronger than what the element says otherwise.
        if look.apart or slot in look.attributes.get("style", ""):
            continue
        value = Values(winners, style.variables)(slot)
        share = share_of(slot, value, style, style.size)
        if share is not None and share < SPACINGS[slot] - 0.001:
            origin = Origin(winner.declaration, winner.source, look.depth)
            yield Fault("text-spacing-locked", origin, f"{slot}: {value}", longest=True)


def share_of(slot: str, value: str | None, style: Style, size: float | None) -> float | None:
    """A spacing in heights of letters, given to one element and inherited by text of some size."""
    if value is None or value in ("inherit", "unset", "revert", "revert-layer", ""):
        return None
    if value in ("normal", "initial"):
        # As browsers have it, nearly.
        return 1.2 if slot == "line-height" else 0
    if slot == "line-height" and re.fullmatch(r"\d*\.?\d+", value):
        return float(value)
    pixels = length(value, style.size, style.root, style.size)
    return None if pixels is None or not size else pixels / size


_WIDE = re.compile(r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff01-\uff60]")


def weight(text: str) -> int:
    """How long a text is.

    >>> weight("日本 go")
    7
    """
    text = " ".join(text.split())
    return len(text) + len(_WIDE.findall(text))


def is_one_line(look: Look, text: str) -> bool:
    """Whether a text surely stands on one line, where the height of lines does not matter."""
    winners, style = look.winners[0], look.styles[0]
    if "width" not in winners or style.size is None:
        return False
    width = length(Values(winners, style.variables)("width") or "", style.size, style.root)
    return width is not None and weight(text) * style.size * 0.55 < width


# --- movement ------------------------------------------------------------------------------------

_MOTION = (
    *("transform", "translate", "rotate", "scale", "top", "right", "bottom", "left", "inset", "margin"),
    *("offset", "background-position"),
)
_AWAY = re.compile(r"(?:translate(?:x|y|3d)?)\(\s*(?:[^,()]*,\s*)?-?(?:[5-9]\d|\d{3,})(?:%|px|vw|vh)")


@dataclass(frozen=True, slots=True)
class Static:
    """What sheets say whatever page they are for."""

    motion: tuple[tuple[int, Declaration, str], ...]
    """Source, declaration, and what moves."""
    guarded: frozenset[int]
    """Declarations that ask first whether readers want less movement."""
    reduced: bool
    """Whether movement stops for readers who want less."""
    paused: bool
    """Whether anything stops an animation."""
    outlines: bool
    """Whether anything is said about outlines."""


@lru_cache(maxsize=32)
def static_of(sheets: Cascade, sources: tuple[Source, ...]) -> Static:
    motion: list[tuple[int, Declaration, str]] = []
    everything = [one for sheet in sheets.sheets for block in sheet.rules for one in block.declarations]
    turns = any(one.name in ("transform", "translate", "rotate", "scale") for one in everything)
    guarded: set[int] = set()
    reduced = False
    for number, sheet in enumerate(sheets.sheets):
        for block in sheet.rules:
            asks = " ".join([sources[number].media, *(text for _, text in block.conditions)]).lower()
            if "prefers-reduced-motion" in asks:
                guarded.update(map(id, block.declarations))
                calms = any(slot.startswith(_CALMED) for one in block.declarations for slot in one.slots)
                reduced = reduced or (calms and _LESS_MOTION.search(asks) is not None)
                continue
            for one in block.declarations:
                what = _movement(one, sheets, turns)
                if what:
                    motion.append((number, one, what))
    return Static(
        tuple(motion),
        frozenset(guarded),
        reduced,
        any("animation-play-state" in one.slots and "paused" in one.value for one in everything),
        any(slot.startswith("outline-") for one in everything for slot in one.slots),
    )


_LESS_MOTION = re.compile(
    r"\(\s*prefers-reduced-motion\s*(?::\s*reduce\s*)?\)|\bnot\b[^,]*prefers-reduced-motion\s*:\s*no-preference"
)
_CALMED = ("animation", "transition", "scroll-behavior")


def _movement(one: Declaration, sheets: Cascade, turns: bool) -> str:
    """What a declaration moves, if anything."""
    if one.name == "scroll-behavior":
        return "scroll-behavior: smooth" if one.value.lower() == "smooth" else ""
    if "transition-property" in one.slots and one.name != "all":
        names = longhand(one.name, one.value, "transition-property").split(",")
        for name in (one.strip() for one in names):
            if name.startswith(_MOTION) or (name == "all" and turns and _lasts(one)):
                return f"transition: {name}"
    if "animation-name" in one.slots and one.name != "all":
        for name in longhand(one.name, one.value, "animation-name").split(","):
            frames = sheets.frames.get(name.strip(), ())
            if any(changed.startswith(_MOTION) for changed, _ in frames):
                return f"animation: {name.strip()}"
    return ""


_TIMES = re.compile(r"(?<![\w.])(\d*\.?\d+)(m?s)(?![\w-])")


def _lasts(one: Declaration) -> bool:
    """Whether a transition takes any time; its name alone says nothing about that."""
    found = _TIMES.search(one.value.lower())
    return one.name != "transition" or (found is not None and float(found[1]) > 0)


def _moving(sheets: Cascade, look: Look, static: Static) -> Fault | None:
    """An animation without end by which text blinks or runs."""
    winners = look.winners[0]
    if "animation-name" not in winners or static.paused:
        return None
    if id(winners["animation-name"].declaration) in static.guarded:
        return None
    values = Values(winners, look.styles[0].variables)
    names = (values("animation-name") or "").split(",")
    counts = (values("animation-iteration-count") or "1").split(",")
    times = (values("animation-duration") or "0s").split(",")
    if (values("animation-play-state") or "").strip() == "paused":
        return None
    for place, name in enumerate(one.strip() for one in names):
        count, time = (some[place % len(some)].strip() for some in (counts, times))
        lasts = _TIMES.search(time)
        if count != "infinite" or lasts is None or float(lasts[1]) == 0:
            continue
        how = _how(sheets.frames.get(name, []))
        winner = winners["animation-name"]
        if how:
            origin = Origin(winner.declaration, winner.source, look.depth)
            return Fault("moving-text-css", origin, f"{name} infinite")
    return None


def _how(frames: list[tuple[str, str]]) -> str:
    """How frames move a text: it blinks, or it runs."""
    for name, value in frames:
        if name == "visibility" and value == "hidden":
            return "blink"
        if name == "opacity" and re.fullmatch(r"0?\.[0-4]\d*|0|\d%|[1-4]\d%|0?\.50?|50%|0\.0+", value):
            return "blink"
        if name == "color" and value == "transparent":
            return "blink"
        if name in ("transform", "translate") and _AWAY.search(
            value if name == "transform" else f"translate({value})"
        ):
            return "run"
        if name in ("left", "right", "margin-left", "margin-right", "text-indent") and re.search(
            r"\d{3,}|100%", value
        ):
            return "run"
    return ""


# --- controls ------------------------------------------------------------------------------------

_CONTROLS = frozenset(("a", "area", "button", "input", "select", "textarea", "summary"))
_TYPED = frozenset(
    (
        "",
        "text",
        "email",
        "search",
        "tel",
        "url",
        "password",
        "number",
        "date",
        "datetime-local",
        "month",
        "week",
        "time",
    )
)
_SIDES = ("top", "right", "bottom", "left")
_BOXES = (
    "block",
    "flex",
    "grid",
    "inline-block",
    "inline-flex",
    "inline-grid",
    "table",
    "list-item",
    "flow-root",
)
_ROLES = frozenset(("button", "link", "tab", "checkbox", "switch", "menuitem", "option", "radio", "slider"))


def _is_focusable(look: Look) -> bool:
    attributes = look.attributes
    if "disabled" in attributes or look.exempt:
        return False
    tabindex = attributes.get("tabindex", "").strip()
    if tabindex:
        return tabindex.isdigit()
    if look.name in ("a", "area"):
        return "href" in attributes
    if look.name == "input":
        return attributes.get("type", "").lower() != "hidden"
    return look.name in ("button", "select", "textarea", "summary")


def _control(sheets: Cascade, look: Look, static: Static) -> Iterator[Fault]:
    if look.styles[0].hidden:
        return
    if (
        sheets.known
        and (static.outlines or "outline" in look.attributes.get("style", "").lower())
        and _is_focusable(look)
    ):
        yield from _focus(sheets, look)
    if look.exempt:
        return
    yield from _edge(look)
    yield from _target(look)


def _edge(look: Look) -> Iterator[Fault]:
    """The border of a field or a button, where nothing else shows where it is."""
    kind = look.attributes.get("type", "").lower()
    field_ = look.name in ("textarea", "select") or (look.name == "input" and kind in _TYPED)
    button = look.name == "button" or (look.name == "input" and kind in PRESSED)
    if not (field_ or button) or look.parent is None:
        return
    winners, style, above = look.winners[0], look.styles[0], look.parent.styles[0]
    colours = [f"border-{side}-color" for side in _SIDES]
    styles_ = [f"border-{side}-style" for side in _SIDES]
    said = [winners[one] for one in (*colours, *styles_) if one in winners]
    if not said or style.ground is None or above.ground is None or above.ground[0] != above.ground[1]:
        return
    values = Values(winners, style.variables)
    if any(values(one) not in ("", "none", "0") for one in ("box-shadow", "outline-style") if one in winners):
        return
    if style.ground[0] != style.ground[1] or above.blurred or style.veils:
        return
    outside, inside = above.ground[0], style.ground[0]
    best, shown = contrast(inside, outside), written(inside)
    visible = False
    for side in _SIDES:
        ratio = _border(values, style, side, outside)
        if ratio is None:
            return
        if ratio[0] > 0:
            visible = True
        if ratio[0] > best:
            best, shown = ratio
    if best >= 3 or not visible:
        return
    winner = said[0]
    origin = Origin(winner.declaration, winner.source, look.depth)
    detail = f"{shown} / {written(outside)}, {math.floor(best * 100) / 100:.2f}:1"
    yield Fault("contrast-ui", origin, detail)


def _border(values: Values, style: Style, side: str, outside: RGB) -> tuple[float, str] | None:
    """The contrast of a border with what is around it, 0 where there is none; None where it is not known."""
    line, width = (values(f"border-{side}-{part}") for part in ("style", "width"))
    if line in ("none", "hidden", "initial") or width in ("0", "0px"):
        return 0, ""
    colour = values(f"border-{side}-color")
    if line is None or width is None or colour is None:
        return None
    if colour == "":
        # As browsers draw it.
        return None
    found = style.color if colour == "currentcolor" else parse(colour, style.dark)
    if found is None:
        return None
    seen = over(found, outside)
    return (contrast(seen, outside), written(seen)) if found[3] > 0 else (0, "")


def _target(look: Look) -> Iterator[Fault]:
    winners = look.winners[0]
    if "width" not in winners and "height" not in winners:
        return
    attributes = look.attributes
    kind = attributes.get("type", "").lower()
    role = attributes.get("role", "").lower()
    if look.name == "input" and kind in ("hidden", "range"):
        return
    if look.name in ("a", "area") and "href" not in attributes:
        return
    if look.name not in _CONTROLS and role not in _ROLES:
        return
    style = look.styles[0]
    values = Values(winners, style.variables)
    replaced = look.name in ("button", "input", "select", "textarea")
    if not replaced and not _is_box(look, values):
        return
    if any(one in winners for one in ("transform", "scale", "content")):
        return
    box = values("box-sizing")
    inner = box == "content-box" or (box != "border-box" and not replaced)
    gap = _gap(look)
    if "width" in winners and "height" in winners and values("border-left-width") not in ("", "0", None):
        # Triangles and the like are drawn by borders.
        inner = inner or values("width") in ("0", "0px")
    sizes = []
    for side, (first, last) in (("width", ("left", "right")), ("height", ("top", "bottom"))):
        size = _size(values, style, side)
        if size is None:
            continue
        more = [values(f"padding-{one}") for one in (first, last)] if inner else []
        if inner:
            more += [
                values(f"border-{one}-width")
                for one in (first, last)
                if values(f"border-{one}-style") not in ("", "none")
            ]
        added = [_length(one, style) for one in more]
        space = [_length(values(f"margin-{one}"), style) for one in (first, last)]
        if None in added or None in space:
            return
        size += sum(one for one in added if one is not None)
        if 1.5 < size < 23.9 and size + gap + sum(one for one in space if one is not None) < 23.9:
            sizes.append((side, size))
    if sizes:
        winner = winners[sizes[0][0]]
        if winner.source in (HINT, -3):
            return
        origin = Origin(winner.declaration, winner.source, look.depth)
        yield Fault("target-size", origin, ", ".join(f"{side} {size:.3g}px" for side, size in sizes))


def _is_box(look: Look, values: Values) -> bool:
    """Whether width and height mean anything to it."""
    display = values("display") or ""
    if display in _BOXES or look.name == "summary":
        return True
    if values("position") in ("absolute", "fixed") or values("float") in ("left", "right"):
        return True
    if look.parent is not None and "display" in look.parent.winners[0]:
        around = Values(look.parent.winners[0], look.parent.styles[0].variables)("display") or ""
        if "flex" in around or "grid" in around:
            return True
    return display != "inline" and look.name in ("div", "li", "section")


def _gap(look: Look) -> float:
    if look.parent is None:
        return 0
    values = Values(look.parent.winners[0], look.parent.styles[0].variables)
    return min((_length(values(one), look.parent.styles[0]) or 0) for one in ("row-gap", "column-gap"))


def _length(value: str | None, style: Style) -> float | None:
    if value in ("", "auto", "normal"):
        return 0
    return None if value is None else length(value, style.size, style.root)


def _size(values: Values, style: Style, side: str) -> float | None:
    value = values(side)
    size = length(value, style.size, style.root) if value else None
    least = values(f"min-{side}")
    if least:
        smallest = length(least, style.size, style.root)
        if smallest is None:
            return None
        size = max(size or 0, smallest) if size is not None else None
    return size


# --- focus ---------------------------------------------------------------------------------------

_EVERY_FOCUS = frozenset(FOCUS)
_OUTLINES = ("outline-style", "outline-width", "outline-color")
_MARKS = (
    *("box-shadow", "border-", "background-", "text-decoration", "transform", "scale", "translate", "filter"),
    *("opacity", "font-weight", "text-shadow", "outline-", "padding-", "width", "height", "visibility"),
)
_UNMARKED = frozenset(("", "none", "0", "0px", "transparent", "normal", "auto"))


def _has_outline(values: Values) -> bool | None:
    """Whether an outline is to be seen; None where it cannot be told. Browsers draw one by themselves."""
    style, width, colour = (values(one) for one in _OUTLINES)
    if None in (style, width, colour):
        return None
    if style in ("none", "hidden", "initial", "unset") or width in ("0", "0px", "0em", "0rem"):
        return False
    if style == "" and "outline-style" not in values.winners:
        # The browser's own, whose colour or width may be changed.
        return colour != "transparent"
    return colour != "transparent"


def _focus(sheets: Cascade, look: Look) -> Iterator[Fault]:
    mine, others = [], False
    for entry in sheets.of_focus(look):
        selector = entry.selector
        if not entry.holds[0]:
            continue
        if selector.element or not matches(selector, look, -1, None, _EVERY_FOCUS):
            others = others or (_marks(entry) and _touches(entry, look))
        elif selector.chain:
            mine.append(entry)
        else:
            others = others or _marks(entry)
    winners = sheets.winners(look, [*look.matched, *mine], 0)
    style = look.styles[0]
    values = Values(winners, style.variables)
    outlined = _has_outline(values)
    if outlined is None or (
        "outline-style" not in winners and "outline-width" not in winners and "outline-color" not in winners
    ):
        return
    rest = Values(look.winners[0], style.variables)
    slot = next((one for one in _OUTLINES if one in winners), "outline-style")
    winner = winners[slot]
    if winner.source < ATTRIBUTE:
        return
    origin = Origin(winner.declaration, winner.source, look.depth)
    if outlined:
        weak = _weak_outline(values, look)
        if weak and not others and not _changes(values, rest):
            yield Fault("focus-visible-weak", origin, weak)
        return
    if others:
        return
    changed = _changes(values, rest)
    if None in changed.values():
        return
    if not changed:
        told = winner.declaration
        yield Fault("focus-visible", origin, f"{told.name}: {told.value[:40]}")
    elif changed.keys() <= {"color"}:
        yield Fault("focus-visible-weak", origin, "color")
    else:
        weak = _weak_change(changed, rest, look)
        if weak:
            yield Fault("focus-visible-weak", origin, weak)


def _marks(entry: Entry) -> bool:
    """Whether a rule draws anything."""
    return any(
        slot.startswith(_MARKS) and one.value.lower() not in _UNMARKED
        for one in entry.rule.declarations
        for slot in one.slots
    )


def _touches(entry: Entry, look: Look) -> bool:
    """Whether the focus on an element may make a rule hold for another, within it, beside it or around it."""
    for compound in entry.selector.compounds:
        for one in compound.pseudos:
            if one.name == "focus-within":
                return any(meets(compound, around, -1, None, _EVERY_FOCUS) for around in outwards(look))
            if one.name in _EVERY_FOCUS and meets(compound, look, -1, None, _EVERY_FOCUS):
                return True
    return False


def _changes(values: Values, rest: Values) -> dict[str, str | None]:
    """What the focus changes apart from the outline, and to what."""
    found: dict[str, str | None] = {}
    for slot, winner in values.winners.items():
        if slot in _OUTLINES or slot.startswith("--"):
            continue
        if slot != "color" and not slot.startswith(_MARKS):
            continue
        before = rest.winners.get(slot)
        if before is not None and before.declaration is winner.declaration:
            continue
        value, old = values(slot), rest(slot)
        if value is not None and (value == old or (value in _UNMARKED and (old or "") in _UNMARKED)):
            continue
        if slot.startswith("border-") and slot.endswith(("-style", "-width")) and value in _UNMARKED:
            # A border that goes is seen as well, but what stays of it is not.
            value = value if old not in _UNMARKED else old
        found[slot] = value
    if "box-shadow" in found and found["box-shadow"] == "none" and rest("box-shadow") in _UNMARKED:
        del found["box-shadow"]
    return found


def _weak_outline(values: Values, look: Look) -> str:
    """Why an outline is hard to see, if it is."""
    style = look.styles[0]
    above = look.parent.styles[0] if look.parent is not None else style
    colour = values("outline-color") or ""
    found = parse(colour, style.dark) if colour and colour not in ("auto", "invert", "currentcolor") else None
    if found is None or above.ground is None or above.ground[0] != above.ground[1] or found[3] == 0:
        return ""
    ground = above.ground[0]
    seen = over(found, ground)
    ratio = contrast(seen, ground)
    if style.ground is not None and style.ground[0] == style.ground[1]:
        ratio = (
            max(ratio, contrast(seen, style.ground[0])) if (values("outline-offset") or "0") < "0" else ratio
        )
    return f"{written(seen)} / {written(ground)}, {math.floor(ratio * 100) / 100:.2f}:1" if ratio < 3 else ""


def _weak_change(changed: Mapping[str, str | None], rest: Values, look: Look) -> str:
    """Why a change of colour is hard to see, if nothing else changes."""
    style = look.styles[0]
    if all(slot.startswith("background-") or slot == "color" for slot in changed):
        if "background-image" in changed and changed["background-image"] not in ("none", ""):
            return ""
        old = style.ground
        new = parse(changed.get("background-color") or "", style.dark)
        if new is None or old is None or old[0] != old[1]:
            return ""
        ratio = contrast(over(new, old[0]), old[0])
        return f"background-color, {math.floor(ratio * 100) / 100:.2f}:1" if ratio < 3 else ""
    if all((slot.startswith("border-") and slot.endswith("-color")) or slot == "color" for slot in changed):
        pairs = [
            (parse(changed[slot] or "", style.dark), parse(rest(slot) or "", style.dark))
            for slot in changed
            if slot != "color"
        ]
        ratios = []
        for after, before in pairs:
            if after is None or before is None or style.ground is None or before[3] < 1 or after[3] < 1:
                return ""
            ratios.append(contrast(after[:3], before[:3]))
        best = max(ratios, default=0)
        return f"border-color, {math.floor(best * 100) / 100:.2f}:1" if best < 3 else ""
    if changed.keys() <= {"box-shadow", "color"}:
        ring = _RING.fullmatch(changed["box-shadow"] or "")
        above = look.parent.styles[0].ground if look.parent is not None else style.ground
        colour = parse(ring[1], style.dark) if ring is not None else None
        if colour is None or above is None or above[0] != above[1]:
            return ""
        ratio = contrast(over(colour, above[0]), above[0])
        return f"box-shadow, {math.floor(ratio * 100) / 100:.2f}:1" if ratio < 3 else ""
    return ""


_RING = re.compile(r"(?:0(?:px)?\s+){3}[0-9.]+(?:px|r?em)\s+([^,\s]+|[a-z]+\([^()]*\))")
"""A shadow that is a ring and nothing else, with its colour."""


# --- a style attribute ---------------------------------------------------------------------------


def _own_style(sheets: Cascade, look: Look, static: Static) -> Iterator[Fault]:
    winners = look.winners[0]
    for slot in SPACINGS:
        winner = winners.get(slot)
        if winner is not None and winner.source == ATTRIBUTE and winner.declaration.important:
            yield Fault("text-spacing-locked", Origin(winner.declaration, ATTRIBUTE, look.depth), slot)
    if static.reduced:
        return
    for slot in ("scroll-behavior", "transition-property", "animation-name"):
        winner = winners.get(slot)
        if winner is not None and winner.source == ATTRIBUTE:
            what = _movement(winner.declaration, sheets, True)
            if what:
                yield Fault("motion-no-query", Origin(winner.declaration, ATTRIBUTE, look.depth), what)


# --- turns ---------------------------------------------------------------------------------------

_TURN = re.compile(r"(rotatez?|rotate3d|matrix|matrix3d)\(([^()]*)\)")
_ANGLE = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(deg|rad|grad|turn)?$")
_DEGREES = {"deg": 1.0, "rad": 180 / math.pi, "grad": 0.9, "turn": 360.0, None: 1.0}


def angle(value: str) -> float | None:
    """By how many degrees ``transform`` or ``rotate`` turns in the plane; None where it cannot be told.

    >>> angle("rotate(.25turn)"), angle("matrix(0, 1, -1, 0, 0, 0)"), angle("90deg"), angle("none")
    (90.0, 90.0, 90.0, 0.0)
    """
    value = value.strip().lower()
    if value in ("", "none", "initial", "unset"):
        return 0.0
    plain = _ANGLE.match(value)
    if plain is not None:
        return float(plain[1]) * _DEGREES[plain[2]]
    total = 0.0
    for call in _TURN.finditer(value):
        parts = [one.strip() for one in call[2].split(",")]
        numbers = [_ANGLE.match(one) for one in parts]
        amounts = []
        for one in numbers:
            if one is None:
                return None
            amounts.append(float(one[1]) * _DEGREES[one[2]])
        name = call[1]
        if name in ("rotate", "rotatez") and len(amounts) == 1:
            total += amounts[0]
        elif name == "rotate3d" and len(amounts) == 4:
            if amounts[:2] == [0, 0]:
                total += math.copysign(amounts[3], amounts[2] * amounts[3])
        elif (name, len(amounts)) in (("matrix", 6), ("matrix3d", 16)):
            total += math.degrees(math.atan2(amounts[1], amounts[0]))
        else:
            return None
    return total
