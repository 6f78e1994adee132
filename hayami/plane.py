"""The sheet that a place diagram is drawn on: its measures, its pins, and what lies over what."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from hayami.schema.site import Point

XY = tuple[float, float]
Line = tuple[XY, XY]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True)
class Frame:
    """The measures of the sheet."""

    width: int
    height: int
    radius: float
    """Of a pin."""
    text: int
    """Height of words."""
    names: bool
    """Whether pins have their names beside them, or only numbers."""

    def at(self, point: Point) -> XY:
        """A position of ``places.yaml`` on this sheet."""
        return point[0] * self.width / 100, point[1] * self.height / 100


@dataclass(frozen=True)
class Mark:
    """A place to be drawn."""

    number: int
    at: Point
    name: str
    square: bool = False
    closed: bool = False


@dataclass(frozen=True)
class Pin:
    """A place as drawn."""

    mark: Mark
    x: float
    y: float


def pin_box(pin: Pin, frame: Frame, margin: float = 1) -> Box:
    """The square that a pin fills, and a little air around it."""
    half = frame.radius + margin
    return pin.x - half, pin.y - half, pin.x + half, pin.y + half


def width_of(words: str, size: float) -> float:
    """A generous width of words: full-width signs are as wide as high, others a little over half.

    >>> width_of("大きな湾", 10), width_of("Large", 10)
    (40.0, 29.0)
    """
    full = sum(unicodedata.east_asian_width(sign) in "WFA" for sign in words)
    return round(size * (full + (len(words) - full) * 0.58), 2)


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes share ground."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def crosses(line: Line, box: Box) -> bool:
    """Whether a straight line runs through a box."""
    (ax, ay), (bx, by) = line
    low, high = 0.0, 1.0
    for start, delta, least, most in ((ax, bx - ax, box[0], box[2]), (ay, by - ay, box[1], box[3])):
        if delta == 0:
            if not least < start < most:
                return False
            continue
        ends = sorted(((least - start) / delta, (most - start) / delta))
        low, high = max(low, ends[0]), min(high, ends[1])
    return low < high


def intersect(one: Line, other: Line) -> bool:
    """Whether two straight lines cross each other."""

    def turn(a: XY, b: XY, c: XY) -> float:
        return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])

    (a, b), (c, d) = one, other
    return turn(a, b, c) * turn(a, b, d) < 0 and turn(c, d, a) * turn(c, d, b) < 0
