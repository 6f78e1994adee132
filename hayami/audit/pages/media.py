"""Whether what stands around a rule of CSS holds: ``@media`` and its like."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from hayami.audit.pages.values import LONGEST, Invalid, closing, length, split

_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Screen:
    """What a page is shown on."""

    width: int = 1280
    height: int = 800
    dark: bool = False


def applies(conditions: tuple[tuple[str, str], ...], screen: Screen) -> bool | None:
    """Whether all conditions around a rule hold; None where that cannot be told."""
    sure: bool | None = True
    for kind, text in conditions:
        if kind == "media":
            holds = media(text, screen)
        elif kind == "supports":
            holds = not text.startswith("not")
        elif kind in ("starting-style", "-moz-document"):
            holds = False
        else:
            holds = None
        if holds is False:
            return False
        if holds is None:
            sure = None
    return sure


_QUERY = re.compile(
    r"\s*(?:(?P<sign>not|only)\s+)?(?P<type>[a-z-]+)(?:\s+and\s+(?P<rest>.*))?\s*$", re.DOTALL
)
_RANGE = re.compile(
    r"(?:(?P<low>[^<>=]+?)\s*(?P<first>[<>]=?))?\s*(?P<name>[a-z-]+)\s*(?:(?P<second>[<>]=?|=)\s*(?P<high>.+))?$"
)
_FIXED = {
    "prefers-reduced-motion": "no-preference",
    "prefers-contrast": "no-preference",
    "prefers-reduced-transparency": "no-preference",
    "forced-colors": "none",
    "inverted-colors": "none",
    "hover": "hover",
    "any-hover": "hover",
    "pointer": "fine",
    "any-pointer": "fine",
    "scripting": "enabled",
    "update": "fast",
    "display-mode": "browser",
    "grid": "0",
    "monochrome": "0",
}


@lru_cache(maxsize=4096)
def media(text: str, screen: Screen) -> bool | None:
    """Whether a media query holds, None where that cannot be told.

    >>> media("print, (min-width: 40em)", Screen()), media("not all", Screen()), media("(moon)", Screen())
    (True, False, None)
    """
    found: bool | None = False
    for query in split(text.lower()):
        holds = _query(query.strip(), screen)
        if holds:
            return True
        if holds is None:
            found = None
    return found


def _query(text: str, screen: Screen) -> bool | None:
    if not text:
        return True
    if len(text) > LONGEST:
        return None
    told = _QUERY.match(text)
    if told is None or (told["type"] == "not" and told["sign"] is None):
        return _expression(text, screen, 0)
    holds: bool | None = told["type"] in ("all", "screen")
    if holds and told["rest"]:
        holds = _expression(told["rest"].strip(), screen, 0)
    return _turned(holds) if told["sign"] == "not" else holds


def _turned(holds: bool | None) -> bool | None:
    return None if holds is None else not holds


_WORD = re.compile(r"\s+(and|or)\s+")


def _expression(text: str, screen: Screen, depth: int) -> bool | None:
    """Features in brackets, joined by ``and``, ``or`` and ``not``."""
    if depth > _DEEPEST:
        return None
    text = text.strip()
    if text.startswith("not"):
        return _turned(_expression(text[3:], screen, depth + 1))
    parts: list[str] = []
    joined, place = "and", 0
    while place < len(text):
        if text[place] != "(":
            return None
        try:
            end = closing(text, place + 1)
        except Invalid:
            return None
        parts.append(text[place + 1 : end])
        word = _WORD.match(text, end + 1)
        if word is None:
            if text[end + 1 :].strip():
                return None
            break
        joined, place = word[1], word.end()
    read = [
        _expression(one, screen, depth + 1)
        if one.lstrip().startswith(("(", "not"))
        else _feature(one, screen)
        for one in parts
    ]
    if not read:
        return None
    deciding = joined == "or"
    if deciding in read:
        return deciding
    return None if None in read else not deciding


def _feature(text: str, screen: Screen) -> bool | None:
    name, colon, value = (one.strip() for one in text.partition(":"))
    if not colon:
        return _ranged(text.strip(), screen)
    if name in _FIXED:
        return value == _FIXED[name]
    if name == "prefers-color-scheme":
        return value == ("dark" if screen.dark else "light")
    if name == "orientation":
        return value == ("portrait" if screen.height >= screen.width else "landscape")
    for start in ("min-", "max-", ""):
        side = name[len(start) :]
        if name.startswith(start) and side in ("width", "height", "device-width", "device-height"):
            size = length(value, 16, 16)
            if size is None:
                return None
            own = screen.width if side.endswith("width") else screen.height
            return own >= size if start == "min-" else own <= size if start == "max-" else own == size
    return None


def _ranged(text: str, screen: Screen) -> bool | None:
    """``400px <= width < 60em``, or the mere name of a feature."""
    told = _RANGE.match(text)
    if told is None:
        return None
    name = told["name"]
    if told["first"] is None and told["second"] is None:
        if name in _FIXED:
            return _FIXED[name] not in ("none", "0", "no-preference")
        return True if name in ("width", "height", "color", "prefers-color-scheme", "orientation") else None
    if name not in ("width", "height"):
        return None
    own = float(screen.width if name == "width" else screen.height)
    checks: list[tuple[float | None, str, float | None]] = []
    if told["first"] is not None:
        checks.append((length(told["low"], 16, 16), told["first"], own))
    if told["second"] is not None:
        checks.append((own, told["second"], length(told["high"], 16, 16)))
    for left, sign, right in checks:
        if left is None or right is None:
            return None
        holds = {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}
        if not holds.get(sign, left == right):
            return False
    return True
