"""Values of CSS: which longhands a property sets, what it gives to each, lengths, and ``var()``."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache

from hayami.audit.pages.colour import is_colour

_SIDES = ("top", "right", "bottom", "left")
_NAMES = (
    "color background-color background-image background-clip font-size font-weight line-height text-align opacity "
    "visibility display position z-index text-shadow filter mix-blend-mode letter-spacing word-spacing text-indent "
    "width height min-width min-height box-sizing clip clip-path overflow float transform rotate translate scale "
    "box-shadow color-scheme scroll-behavior content grid-area grid-row grid-column transition-property transition-duration "
    "animation-name animation-duration animation-iteration-count animation-play-state outline-style outline-width "
    "outline-color text-decoration gap row-gap column-gap -webkit-text-fill-color -webkit-text-stroke appearance"
)
_LONGHANDS = _NAMES.split()
_OF_SIDES = {name: tuple(f"{name}-{side}" for side in _SIDES) for name in ("padding", "margin")}
_BORDERS = {part: tuple(f"border-{side}-{part}" for side in _SIDES) for part in ("width", "style", "color")}

SLOTS: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in _LONGHANDS},
    **{slot: (slot,) for slots in (*_OF_SIDES.values(), *_BORDERS.values(), _SIDES) for slot in slots},
    **_OF_SIDES,
    **{f"border-{part}": slots for part, slots in _BORDERS.items()},
    **{f"border-{side}": tuple(f"border-{side}-{part}" for part in _BORDERS) for side in _SIDES},
    "border": tuple(slot for slots in _BORDERS.values() for slot in slots),
    "inset": _SIDES,
    "gap": ("row-gap", "column-gap"),
    **{f"{name}-block": (f"{name}-top", f"{name}-bottom") for name in _OF_SIDES},
    **{f"{name}-inline": (f"{name}-left", f"{name}-right") for name in _OF_SIDES},
    "inset-inline-start": ("left",),
    "inset-block-start": ("top",),
    "block-size": ("height",),
    "inline-size": ("width",),
    "min-block-size": ("min-height",),
    "min-inline-size": ("min-width",),
    "background": ("background-color", "background-image", "background-clip"),
    "-webkit-background-clip": ("background-clip",),
    "-webkit-appearance": ("appearance",),
    "-webkit-filter": ("filter",),
    "-webkit-transform": ("transform",),
    "-webkit-animation": ("animation-name", "animation-duration", "animation-iteration-count"),
    "font": ("font-size", "font-weight", "line-height"),
    "outline": ("outline-style", "outline-width", "outline-color"),
    "animation": (
        "animation-name",
        "animation-duration",
        "animation-iteration-count",
        "animation-play-state",
    ),
    "transition": ("transition-property",),
    "text-decoration-line": ("text-decoration",),
    "text-decoration-color": ("text-decoration-color",),
    "text-decoration-style": ("text-decoration-style",),
    "text-decoration-thickness": ("text-decoration-thickness",),
    "text-underline-offset": ("text-underline-offset",),
    "overflow-x": ("overflow",),
    "overflow-y": ("overflow",),
}
"""A property that is of interest → the longhands that it sets."""
SLOTS["all"] = tuple({slot: None for slots in SLOTS.values() for slot in slots})


class Invalid(Exception):
    """What cannot be read."""


LONGEST = 2000
"""Longer values are passed over: what is that long holds pictures, or is meant to make readers of CSS slow."""


def split(text: str, mark: str = ",") -> list[str]:
    """Parts between commas that stand in no brackets and no quotes.

    >>> split("a, :is(b, c), [d=',']")
    ['a', ' :is(b, c)', " [d=',']"]
    """
    if mark not in text:
        return [text]
    if not any(one in text for one in "([\"'"):
        return text.split(mark)
    parts, start, depth, quote, place = [], 0, 0, "", 0
    while place < len(text):
        one = text[place]
        if one == "\\":
            place += 1
        elif quote:
            quote = "" if one == quote else quote
        elif one in "\"'":
            quote = one
        elif one in "([":
            depth += 1
        elif one in ")]":
            depth -= 1
        elif one == mark and depth <= 0:
            parts.append(text[start:place])
            start = place + 1
        place += 1
    parts.append(text[start:])
    return parts


def closing(text: str, start: int) -> int:
    """The place of the bracket that closes the one before ``start``."""
    depth, quote, place = 1, "", start
    while place < len(text):
        one = text[place]
        if one == "\\":
            place += 1
        elif quote:
            quote = "" if one == quote else quote
        elif one in "\"'":
            quote = one
        elif one == "(":
            depth += 1
        elif one == ")":
            depth -= 1
            if depth == 0:
                return place
        place += 1
    raise Invalid


_DEEPEST = 18
_UNITS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 9.6 / 2.54, "q": 2.4 / 2.54}
_SCREEN_UNITS = {"vw": 12.8, "vh": 8.0, "vmin": 8.0, "vmax": 12.8, "vi": 12.8, "vb": 8.0}
_ATOM = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(?P<unit>%|[a-z]+)?|(?P<word>[a-z-]+\()|(?P<sign>[-+*/(),]))"
)
_SIMPLE = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+))(%|[a-z]*)$")


@lru_cache(maxsize=8192)
def length(value: str, em: float | None, rem: float | None, whole: float | None = None) -> float | None:
    """A length in pixels, None where it cannot be told. ``whole`` is what per cent are of.

    >>> length("1.5em", 20, 16), length("calc(1rem + 2 * 4px)", 20, 16), length("50%", 20, 16)
    (30.0, 24.0, None)
    """
    value = value.strip().lower()
    simple = _SIMPLE.match(value)
    if simple is not None:
        found = _measure(float(simple[1]), simple[2], em, rem, whole)
        return None if simple[2] == "" and found != 0 else found
    if "(" not in value or len(value) > 200:
        return None
    try:
        found, place = _sum(value, 0, (em, rem, whole), 0)
    except (Invalid, ZeroDivisionError, OverflowError):
        return None
    return found if not value[place:].strip() and math.isfinite(found) else None


_Sizes = tuple[float | None, float | None, float | None]


def _measure(
    number: float, unit: str, em: float | None, rem: float | None, whole: float | None
) -> float | None:
    if unit == "":
        return number
    if unit in _UNITS:
        return number * _UNITS[unit]
    if unit == "%":
        return None if whole is None else number * whole / 100
    if unit == "em":
        return None if em is None else number * em
    if unit in ("rem", "ic"):
        size = rem if unit == "rem" else em
        return None if size is None else number * size
    if unit in ("ex", "ch"):
        return None if em is None else number * em / 2
    if unit[:1] in "sld" and unit[1:] in _SCREEN_UNITS:
        unit = unit[1:]
    return number * _SCREEN_UNITS[unit] if unit in _SCREEN_UNITS else None


def _sum(text: str, place: int, sizes: _Sizes, depth: int) -> tuple[float, int]:
    total, place = _product(text, place, sizes, depth)
    while (sign := _ATOM.match(text, place)) is not None and sign["sign"] in ("+", "-"):
        more, place = _product(text, sign.end(), sizes, depth)
        total += more if sign["sign"] == "+" else -more
    return total, place


def _product(text: str, place: int, sizes: _Sizes, depth: int) -> tuple[float, int]:
    total, place = _value(text, place, sizes, depth)
    while (sign := _ATOM.match(text, place)) is not None and sign["sign"] in ("*", "/"):
        more, place = _value(text, sign.end(), sizes, depth)
        total = total * more if sign["sign"] == "*" else total / more
    return total, place


def _value(text: str, place: int, sizes: _Sizes, depth: int) -> tuple[float, int]:
    atom = _ATOM.match(text, place)
    if atom is None or depth > _DEEPEST:
        raise Invalid
    if atom["number"] is not None:
        found = _measure(float(atom["number"]), atom["unit"] or "", *sizes)
        if found is None:
            raise Invalid
        return found, atom.end()
    if atom["sign"] in ("-", "+"):
        found, place = _value(text, atom.end(), sizes, depth + 1)
        return -found if atom["sign"] == "-" else found, place
    if atom["sign"] != "(" and atom["word"] not in ("calc(", "min(", "max(", "clamp("):
        raise Invalid
    some, place = [], atom.end()
    while True:
        one, place = _sum(text, place, sizes, depth + 1)
        some.append(one)
        end = _ATOM.match(text, place)
        if end is None or end["sign"] not in (",", ")"):
            raise Invalid
        place = end.end()
        if end["sign"] == ")":
            break
    if atom["word"] == "min(":
        return min(some), place
    if atom["word"] == "max(":
        return max(some), place
    if atom["word"] == "clamp(" and len(some) == 3:
        return max(some[0], min(some[1], some[2])), place
    if len(some) != 1:
        raise Invalid
    return some[0], place


_VARIABLE = re.compile(r"var\(\s*(--(?:[\w-]|[^\x00-\x7f])+)\s*(,)?", re.IGNORECASE)


def resolved(value: str, variables: Mapping[str, str | None]) -> str | None:
    """A value with its ``var()`` filled in; None where one of them is not known.

    >>> resolved("1px var(--a, var(--b))", {"--b": "red"})
    '1px red'
    """
    for _ in range(40):
        found = _VARIABLE.search(value)
        if found is None:
            return value
        try:
            end = closing(value, found.end())
        except Invalid:
            return None
        if found[1] in variables:
            put = variables[found[1]]
        else:
            put = value[found.end() : end].strip() if found[2] else None
        if put is None:
            return None
        value = value[: found.start()] + put + value[end + 1 :]
        if len(value) > LONGEST:
            return None
    return None


def words(value: str) -> list[str]:
    """The words of a value; what stands in brackets belongs to its word.

    >>> words("1px solid rgb(0 0 0 / 5%), b")
    ['1px', 'solid', 'rgb(0 0 0 / 5%)', ',', 'b']
    """
    if "(" not in value and '"' not in value and "'" not in value:
        return value.replace(",", " , ").replace("/", " / ").split()
    found, depth, now, quote = [], 0, "", ""
    for one in value:
        if quote:
            quote = "" if one == quote else quote
        elif one in "\"'":
            quote = one
        elif one == "(":
            depth += 1
        elif one == ")":
            depth -= 1
        elif depth <= 0 and (one.isspace() or one in ",/"):
            if now:
                found.append(now)
            now = ""
            if not one.isspace():
                found.append(one)
            continue
        now += one
    return [*found, now] if now else found


_SIZE_WORDS = frozenset(
    (
        *("xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "xxx-large"),
        *("smaller", "larger"),
    )
)
_STYLES = frozenset(
    (
        *("none", "hidden", "dotted", "dashed", "solid", "double", "groove", "ridge", "inset", "outset"),
        "auto",
    )
)
_EVERYWHERE = frozenset(("inherit", "initial", "unset", "revert", "revert-layer"))
_IMAGE = re.compile(r"(?:url|image|image-set|-webkit-image-set|element|cross-fade|paint|[a-z-]*gradient)\(")
_TIME = re.compile(r"(?:\d+\.?\d*|\.\d+)m?s$")
_NUMERIC = re.compile(r"[+-]?(?:\d|\.\d|calc\(|min\(|max\(|clamp\()")


@lru_cache(maxsize=8192)
def longhand(name: str, value: str, slot: str) -> str:
    """What a declaration gives to one of its longhands, in small letters. Its ``var()`` must be filled in.

    >>> longhand("font", "700 1rem/1.5 serif", "line-height"), longhand("border", "solid red", "border-top-color")
    ('1.5', 'red')
    """
    value = value.strip() if name in ("animation", "animation-name") else value.strip().lower()
    if name == "all" or value in _EVERYWHERE:
        return value if value in _EVERYWHERE else ""
    if name == slot or (SLOTS.get(name) == (slot,) and name != "transition"):
        return value
    parts = words(value)
    if name == "background":
        return _of_background(parts, slot)
    if name == "font":
        return _of_font(parts, slot)
    if name in ("animation", "-webkit-animation"):
        return _of_animation(value, slot)
    if name == "transition":
        return ",".join((words(one) or ["all"])[0] for one in split(value))
    if name.startswith(("padding", "margin", "inset")) or name in (
        "border-width",
        "border-style",
        "border-color",
    ):
        side = next(place for place, side in enumerate(_SIDES) if side in slot)
        if name.endswith(("-block", "-inline")):
            return parts[0 if side in (0, 3) else -1] if parts else ""
        some = (*parts, *parts[:1], *parts[:1], *parts[:1]) if len(parts) == 1 else tuple(parts)
        if len(some) == 2:
            some = (*some, *some)
        elif len(some) == 3:
            some = (*some, some[1])
        return some[side] if len(some) == 4 else ""
    if name == "gap":
        return parts[0 if slot == "row-gap" else -1] if parts else ""
    return _of_line(parts, slot)


def _of_background(parts: list[str], slot: str) -> str:
    if slot == "background-color":
        return next((one for one in parts if is_colour(one) and not _IMAGE.match(one)), "transparent")
    if slot == "background-clip":
        return "text" if "text" in parts else "border-box"
    images = [one for one in parts if _IMAGE.match(one)]
    # A picture that does not fill its element leaves the colour beneath it to be seen.
    rest = any(one in ("no-repeat", "repeat-x", "repeat-y", "/") for one in parts)
    return ",".join((*images, "partial") if rest else images) if images else "none"


def _of_font(parts: list[str], slot: str) -> str:
    size = next((place for place, one in enumerate(parts) if _is_size(one)), None)
    if size is None:
        return ""
    if slot == "font-size":
        return parts[size]
    if slot == "line-height":
        return parts[size + 2] if parts[size + 1 : size + 2] == ["/"] and len(parts) > size + 2 else "normal"
    weights = ("bold", "bolder", "lighter")
    return next((one for one in parts[:size] if one in weights or one.isdigit()), "normal")


def _is_size(word: str) -> bool:
    # Numbers without a unit are weights.
    return word in _SIZE_WORDS or (_NUMERIC.match(word) is not None and not word.isdigit()) or word == "0"


def _of_animation(value: str, slot: str) -> str:
    found = []
    for one in split(value):
        parts = words(one)
        times = [part for part in parts if _TIME.match(part.lower())]
        counts = [part for part in parts if part.lower() == "infinite" or part.replace(".", "", 1).isdigit()]
        if slot == "animation-duration":
            found.append(times[0] if times else "0s")
        elif slot == "animation-iteration-count":
            found.append(counts[0].lower() if counts else "1")
        elif slot == "animation-play-state":
            found.append("paused" if "paused" in parts else "running")
        else:
            names = [part for part in parts if part not in times and part not in counts]
            found.append(next((part for part in names if part.lower() not in _ANIMATION_WORDS), "none"))
    return ",".join(found)


_ANIMATION_WORDS = frozenset(
    (
        *(
            "ease",
            "linear",
            "ease-in",
            "ease-out",
            "ease-in-out",
            "step-start",
            "step-end",
            "normal",
            "reverse",
        ),
        *("alternate", "alternate-reverse", "forwards", "backwards", "both", "running", "paused", "none"),
    )
)


def _of_line(parts: list[str], slot: str) -> str:
    """Of ``border`` and ``outline``: what is not said has its first value."""
    if slot.endswith("-style"):
        return next((one for one in parts if one in _STYLES), "none")
    if slot.endswith("-width"):
        known = ("thin", "medium", "thick")
        return next((one for one in parts if one in known or _NUMERIC.match(one)), "medium")
    return next((one for one in parts if is_colour(one) and not _NUMERIC.match(one)), "currentcolor")
