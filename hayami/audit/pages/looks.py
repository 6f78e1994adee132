"""What declarations make of an element: its computed values, and what its text has behind and over it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from hayami.audit.pages.colour import CLEAR, RGB, RGBA, over, parse
from hayami.audit.pages.css import Declaration
from hayami.audit.pages.media import Screen
from hayami.audit.pages.values import length, longhand, resolved, split

ATTRIBUTE, HINT, BROWSER = -1, -2, -3
"""Sources that are no sheet: a ``style`` attribute, an attribute such as ``bgcolor``, the browser."""

Ground = tuple[RGB, RGB]
"""The least and the most of red, green and blue that stand behind a text; the same twice but for gradients."""


class Winner(NamedTuple):
    """The declaration that decides a longhand. ``source`` is the place of its sheet."""

    declaration: Declaration
    source: int
    sure: bool


Winners = Mapping[str, Winner]


class Origin(NamedTuple):
    """Where a computed value comes from, and how deep the element stands that it was given to."""

    declaration: Declaration
    source: int
    depth: int


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that is wrong with all elements of a look, if the page does not excuse it."""

    rule: str
    origin: Origin
    detail: str = ""
    longest: bool = False
    """Whether it matters for running text only."""
    painter: int = -1
    """How deep the element stands whose ground was measured."""


@dataclass(eq=False)
class Style:
    """Computed values: those that are inherited, and what all text within has behind and over itself."""

    color: RGBA | None = (0, 0, 0, 1)
    color_from: Origin | None = None
    ground: Ground | None = ((255, 255, 255), (255, 255, 255))
    ground_from: Origin | None = None
    painter: int = -1
    """How deep the element stands whose background it is; -1 for the page."""
    size: float | None = 16
    size_from: Origin | None = None
    root: float | None = 16
    weight: int | None = 400
    line: tuple[str, float] | None = None
    """``("times", 1.5)`` or ``("px", 24)``; None where the browser chooses or it cannot be told."""
    line_from: Origin | None = None
    align: str = ""
    align_from: Origin | None = None
    dark: bool = False
    hidden: bool = False
    """Whether it is taken from sight."""
    invisible: bool = False
    """The same by ``visibility``, which what is within may undo."""
    blurred: bool = False
    """Whether shadows, filters or the like make it unsure what text looks like."""
    veils: tuple[tuple[float, RGB | None], ...] = ()
    """Opacity of each group around it, and what is behind that group."""
    veil_from: Origin | None = None
    variables: Mapping[str, str | None] = field(default_factory=dict)

    def inherited(self) -> Style:
        """What an element within has at first."""
        new = Style.__new__(Style)
        new.__dict__ = self.__dict__.copy()
        return new

    @property
    def shown(self) -> bool:
        """Whether its text is to be seen."""
        return not self.hidden and not self.invisible


# --- what a browser gives by itself --------------------------------------------------------------


def _given(**values: str) -> dict[str, Winner]:
    found = {}
    for name, value in values.items():
        name = name.replace("_", "-")
        found[name] = Winner(Declaration(name, value, False, 0, (name,)), BROWSER, True)
    return found


_FIELD = {"color": "fieldtext", "background_color": "field", "font_size": "13.333px", "font_weight": "400"}
_BUTTON = _FIELD | {"color": "buttontext", "background_color": "buttonface", "text_align": "center"}
_GIVEN: dict[str, dict[str, Winner]] = {
    "h1": _given(font_size="2em", font_weight="bold"),
    "h2": _given(font_size="1.5em", font_weight="bold"),
    "h3": _given(font_size="1.17em", font_weight="bold"),
    "h4": _given(font_weight="bold"),
    "h5": _given(font_size=".83em", font_weight="bold"),
    "h6": _given(font_size=".67em", font_weight="bold"),
    "b": _given(font_weight="bolder"),
    "strong": _given(font_weight="bolder"),
    "th": _given(font_weight="bold", text_align="center"),
    "small": _given(font_size="smaller"),
    "big": _given(font_size="larger"),
    "sub": _given(font_size="smaller"),
    "sup": _given(font_size="smaller"),
    "rt": _given(font_size="50%"),
    "center": _given(text_align="center"),
    "mark": _given(color="marktext", background_color="mark"),
    "button": _given(**_BUTTON, line_height="normal"),
    "input": _given(**_FIELD, line_height="normal"),
    # Browsers do not agree on its ground, which nothing here names.
    "select": _given(**(_FIELD | {"background_color": "buttonborder"}), line_height="normal"),
    "textarea": _given(**_FIELD, line_height="normal"),
    "link": _given(color="linktext"),
}
PRESSED = frozenset(("submit", "button", "reset"))
_PLAIN = frozenset(("checkbox", "radio", "range", "color", "file", "image", "hidden"))
_LINK = "link"
_PAINTED = frozenset(("body", "table", "thead", "tbody", "tfoot", "tr", "td", "th"))


def given(name: str, attributes: Mapping[str, str]) -> dict[str, Winner]:
    """What an element looks like without any sheet, and by attributes from before there were sheets."""
    some = _GIVEN.get(name)
    if name == "input":
        kind = attributes.get("type", "").lower()
        some = None if kind in _PLAIN else _GIVEN["button"] if kind in PRESSED else some
    elif name in ("a", "area"):
        some = _GIVEN[_LINK] if "href" in attributes else None
    elif name == _LINK:
        some = None
    found = dict(some) if some else {}
    if attributes:
        if name in _PAINTED:
            _hint(found, "background-color", attributes.get("bgcolor"))
            if "background" in attributes:
                found["background-image"] = Winner(
                    Declaration("background-image", "url()", False, 0, ("background-image",)), HINT, True
                )
        if name == "body":
            _hint(found, "color", attributes.get("text"))
            _hint(found, "--\0link", attributes.get("link"))
        elif name == "font":
            _hint(found, "color", attributes.get("color"))
    return found


def _hint(found: dict[str, Winner], slot: str, value: str | None) -> None:
    if not value:
        return
    value = value.strip()
    if parse(value) is None:
        value = "#" + value
    found[slot] = Winner(Declaration(slot, value, False, 0, (slot,)), HINT, parse(value) is not None)


# --- computed values -----------------------------------------------------------------------------
_UNSET = frozenset(("inherit", "unset"))
_RESET = frozenset(("initial", "unset", "revert", "revert-layer"))
_WORDS = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": 16.0,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
    "xxx-large": 48.0,
    "initial": 16.0,
}


class Values:
    """The values that an element is given. None stands for what cannot be told, the empty text for nothing."""

    __slots__ = ("depth", "variables", "winners")

    def __init__(self, winners: Winners, variables: Mapping[str, str | None], depth: int = 0) -> None:
        self.winners = winners
        self.variables = variables
        self.depth = depth

    def __call__(self, slot: str) -> str | None:
        """The value of a longhand."""
        winner = self.winners.get(slot)
        if winner is None:
            return ""
        if not winner.sure:
            return None
        value: str | None = winner.declaration.value
        if value is not None and "var(" in value:
            value = resolved(value, self.variables)
        return None if value is None else longhand(winner.declaration.name, value, slot)

    def origin(self, slot: str) -> Origin | None:
        """Where the value of a longhand comes from, unless the browser gives it."""
        winner = self.winners[slot]
        return None if winner.source == BROWSER else Origin(winner.declaration, winner.source, self.depth)


def computed(
    above: Style,
    winners: Winners,
    depth: int,
    screen: Screen,
    frames: Mapping[str, list[tuple[str, str]]],
) -> Style:
    """The values of an element, ``depth`` elements below the first, within one that has those of ``above``."""
    if _LOOKED_AT.isdisjoint(winners) and not any(slot.startswith("--") for slot in winners):
        return above
    style = above.inherited()
    own = [slot for slot in winners if slot.startswith("--")]
    if own:
        raw = dict(above.variables)
        for slot in own:
            raw[slot] = winners[slot].declaration.value if winners[slot].sure else None
        now = dict(above.variables)
        for slot in own:
            value = raw[slot]
            now[slot] = value if value is None else resolved(value, raw)
        style.variables = now
    values = Values(winners, style.variables, depth)
    if "color-scheme" in winners:
        schemed(style, values("color-scheme") or "", screen)
    _sized(style, above, values)
    if "line-height" in winners:
        _lined(style, values)
    if "text-align" in winners:
        aligned = values("text-align")
        if aligned not in _UNSET:
            style.align, style.align_from = aligned or "", values.origin("text-align")
    _seen(style, above, values, frames)
    if "color" in winners:
        _coloured(style, values)
    _painted(style, values)
    return style


def schemed(style: Style, value: str, screen: Screen) -> None:
    """Take note of the ``color-scheme`` of an element or a page."""
    told = value.replace(",", " ").split()
    style.dark = "dark" in told and (screen.dark or "light" not in told)
    if style.dark:
        # Each browser has dark colours of its own.
        if style.color_from is None:
            style.color = None
        if style.ground_from is None:
            style.ground = None


def _sized(style: Style, above: Style, values: Values) -> None:
    value = values("font-size") if "font-size" in values.winners else ""
    if value != "" and value not in _UNSET:
        style.size_from = values.origin("font-size")
        if value is None:
            style.size = None
        elif value in _WORDS:
            style.size = _WORDS[value]
        elif value in ("smaller", "larger"):
            factor = 1.2 if value == "larger" else 1 / 1.2
            style.size = None if above.size is None else above.size * factor
        else:
            style.size = length(value, above.size, above.root, above.size)
    if values.depth == 0:
        style.root = style.size
    if "font-weight" not in values.winners:
        return
    value = values("font-weight")
    if value is None:
        style.weight = None
    elif value in ("bold", "normal", "initial"):
        style.weight = 700 if value == "bold" else 400
    elif value == "bolder" and above.weight is not None:
        style.weight = 400 if above.weight < 350 else 700 if above.weight < 550 else 900
    elif value == "lighter" and above.weight is not None:
        style.weight = 100 if above.weight < 550 else 400 if above.weight < 750 else 700
    elif value and value not in _UNSET:
        style.weight = int(float(value)) if value.replace(".", "", 1).isdigit() and len(value) < 9 else None


def _lined(style: Style, values: Values) -> None:
    value = values("line-height")
    if value in _UNSET:
        return
    style.line, style.line_from = None, values.origin("line-height")
    if value is None or value in ("normal", "", "initial"):
        return
    try:
        style.line = ("times", float(value))
    except ValueError:
        pixels = length(value, style.size, style.root, style.size)
        style.line = None if pixels is None else ("px", pixels)


_INSETS = ("top", "right", "bottom", "left")
_MARGINS = ("margin-top", "margin-right", "margin-bottom", "margin-left")
_MOVED = ("absolute", "fixed")
_NO_SHAPE = re.compile(r"inset\(\s*(?:50|100)%|circle\(\s*0|polygon\(\s*0[^,]*,\s*0[^,]*,\s*0[^,)]*\)")
_BLURS = {
    "text-shadow": ("none",),
    "filter": ("none",),
    "mix-blend-mode": ("normal",),
    "-webkit-text-fill-color": ("currentcolor",),
    "-webkit-text-stroke": ("0",),
    "background-clip": ("border-box", "padding-box", "content-box"),
}
_CHANGED = frozenset(("color", "background", "background-color", "opacity", "visibility", "filter"))


def _seen(
    style: Style,
    above: Style,
    values: Values,
    frames: Mapping[str, list[tuple[str, str]]],
) -> None:
    """Whether it is to be seen at all, and how clearly."""
    winners = values.winners
    if "display" in winners and values("display") == "none":
        style.hidden = True
    if "visibility" in winners:
        visibility = values("visibility")
        if visibility:
            style.invisible = visibility in ("hidden", "collapse")
    if style.size is not None and style.size <= 0:
        style.hidden = True
    if (
        "position" in winners
        and values("position") in _MOVED
        and (
            values("clip") not in ("", "auto", None)
            or any(_pixels(values(side), style) <= -500 for side in _INSETS if side in winners)
        )
    ):
        style.hidden = True
    if "text-indent" in winners and _pixels(values("text-indent"), style) <= -500:
        style.hidden = True
    if "clip-path" in winners and _NO_SHAPE.match(values("clip-path") or ""):
        style.hidden = True
    if "overflow" in winners and any(
        side in winners and 0 <= _pixels(values(side), style, 9) <= 1.5 for side in ("width", "height")
    ):
        style.hidden = True
    if "opacity" in winners:
        _veiled(style, above, values)
    if not _BLURS.keys().isdisjoint(winners):
        for slot, plain in _BLURS.items():
            if slot in winners and values(slot) not in plain and values(slot) not in _RESET:
                style.blurred = True
    if "animation-name" in winners:
        names = (values("animation-name") or "").split(",")
        if any(changed in _CHANGED for name in names for changed, _ in frames.get(name.strip(), ())):
            style.blurred = True


def _pixels(value: str | None, style: Style, unknown: float = 0) -> float:
    found = length(value, style.size, style.root, 1280) if value else None
    return unknown if found is None else found


def _veiled(style: Style, above: Style, values: Values) -> None:
    value = values("opacity")
    try:
        share = float(value.rstrip("%")) / (100 if value.endswith("%") else 1) if value else 1
    except ValueError:
        share = 1 if value in _RESET else -1
    if value is None or share < 0:
        style.blurred = True
    elif share <= 0.05:
        style.hidden = True
    elif share < 1:
        ground = None if values("position") in _MOVED else above.ground
        solid = ground[0] if ground is not None and ground[0] == ground[1] else None
        style.veils = (*above.veils, (share, solid))
        style.veil_from = values.origin("opacity")


def _coloured(style: Style, values: Values) -> None:
    value = values("color")
    if value in _UNSET or value == "currentcolor":
        return
    winner = values.winners["color"]
    style.color_from = values.origin("color")
    if winner.source == BROWSER and winner.declaration.value == "linktext":
        value = style.variables.get("--\0link", value)
    if value == "initial":
        value = "canvastext"
    style.color = parse(value, style.dark) if value else None


def _painted(style: Style, values: Values) -> None:
    """What is behind its text."""
    winners = values.winners
    moved = not _MOVING.isdisjoint(winners) and _is_moved(values)
    ground = None if moved else style.ground
    painted = False
    value = values("background-color") if "background-color" in winners else ""
    if value != "" and value not in _RESET:
        if value == "currentcolor":
            colour = style.color
        elif value == "inherit" and not moved:
            # The same again upon itself, or nothing upon nothing.
            colour = CLEAR
        elif value == "inherit" or value is None:
            colour = None
        else:
            colour = parse(value, style.dark)
        if colour is None or colour[3] > 0:
            painted = True
            style.ground_from = values.origin("background-color")
            ground = _upon(colour, ground)
    image = values("background-image") if "background-image" in winners else ""
    if image not in ("", "none") and image not in _RESET:
        painted = True
        style.ground_from = values.origin("background-image")
        ground = _gradient(image, ground, style) if image else None
    style.ground = ground
    if painted:
        style.painter = values.depth


_MOVING = frozenset(("position", *_MARGINS, "transform", "translate", "grid-area", "grid-row", "grid-column"))


def _is_moved(values: Values) -> bool:
    """Whether it may stand on something else than what is around it."""
    some = {slot: values(slot) or "" for slot in _MOVING if slot in values.winners}
    return (
        some.get("position") in _MOVED
        or any(_is_shift(some[one], 24 if one in _UPRIGHT else 100) for one in _MARGINS if one in some)
        or "translate" in some.get("transform", "")
        or "translate" in some
        or some.get("grid-area", "")[:1].isdigit()
        or all(some.get(one, "")[:1].isdigit() for one in ("grid-row", "grid-column"))
    )


_UPRIGHT = ("margin-top", "margin-bottom")


def _is_shift(value: str, far: float) -> bool:
    """Whether a margin draws an element over another."""
    if "-" not in value or value in _RESET:
        return False
    pixels = length(value, 16, 16)
    return pixels is None or pixels <= -far


_LOOKED_AT = frozenset(
    (
        *("color", "background-color", "background-image", "font-size", "font-weight", "line-height"),
        *("text-align", "color-scheme", "display", "visibility", "opacity", "text-indent", "clip-path"),
        *("overflow", "animation-name", *_BLURS, *_MOVING),
    )
)
"""Longhands that decide computed values."""


def _upon(colour: RGBA | None, ground: Ground | None) -> Ground | None:
    if colour is None:
        return None
    if colour[3] >= 1:
        return colour[:3], colour[:3]
    return None if ground is None else (over(colour, ground[0]), over(colour, ground[1]))


_ANGLE = re.compile(
    r"(?:to\s|from\s|at\s|circle|ellipse|closest|farthest|in\s|[+-]?[\d.]+(?:deg|rad|grad|turn))"
)


def _gradient(image: str, ground: Ground | None, style: Style) -> Ground | None:
    """Bounds of a gradient; None for pictures."""
    parts = split(image)
    partial = parts[-1] == "partial"
    if partial:
        parts.pop()
    call = parts[0].strip()
    name, bracket, inner = call.partition("(")
    if len(parts) != 1 or not name.endswith("gradient") or not bracket or not call.endswith(")"):
        return None
    stops = split(inner[:-1])
    if _ANGLE.match(stops[0].strip()):
        stops = stops[1:]
    bounds: list[RGB] = list(ground) if partial and ground else []
    if partial and ground is None:
        return None
    for one in stops:
        text = one.strip()
        if not text or text[:1].isdigit():
            # A mere hint where the middle is.
            continue
        end = text.find(")") + 1
        word = text[:end] if "(" in text.split(" ", 1)[0] else text.split(None, 1)[0]
        upon = _upon(style.color if word == "currentcolor" else parse(word, style.dark), ground)
        if upon is None:
            return None
        bounds.extend(upon)
    if not bounds:
        return None
    red, green, blue = zip(*bounds, strict=True)
    return (min(red), min(green), min(blue)), (max(red), max(green), max(blue))
