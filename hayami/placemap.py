"""The place diagram in figures: where each line, caption, pin and name stands, so that none covers another.

``places.yaml`` gives positions in hundredths; a frame turns them into units of a drawing. Nothing here knows
a record, and of a language only which words of the diagram are its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hayami.placenames import Name, named
from hayami.plane import XY, Box, Frame, Line, Mark, Pin, overlap, pin_box, width_of
from hayami.schema.site import MapLine, PlaceDiagram, Point, Water

WIDE = Frame(720, 400, 11, 13, names=True)
NARROW = Frame(288, 310, 10, 13, names=False)
"""As wide as the smallest phone, so that words are never drawn smaller than they are here."""


@dataclass(frozen=True)
class Words:
    """A caption, centred on a point."""

    text: str
    x: float
    y: float


@dataclass(frozen=True)
class Drawing:
    """Everything that stands on the sheet, from the bottom up. Lines and waters are SVG paths."""

    frame: Frame
    waters: tuple[str, ...]
    borders: tuple[str, ...]
    rails: tuple[str, ...]
    captions: tuple[Words, ...]
    pins: tuple[Pin, ...]
    names: tuple[Name, ...]


def drawing(diagram: PlaceDiagram, marks: Sequence[Mark], language: str, frame: Frame) -> Drawing:
    """The diagram with these places, in one language."""
    pins = placed(marks, frame)
    captions = tuple(clear_captions(diagram, pins, language, frame))
    boxes = [caption_box(one, frame) for one in captions]
    lines = {kind: [one for one in diagram.lines if one.kind == kind] for kind in ("border", "rail")}
    return Drawing(
        frame,
        tuple(path(one, frame, closed=True) for one in diagram.waters),
        tuple(path(one, frame, one.closed) for one in lines["border"]),
        tuple(path(one, frame, one.closed) for one in lines["rail"]),
        captions,
        pins,
        named(pins, boxes, straight(diagram, frame), frame) if frame.names else (),
    )


# --- lines ---------------------------------------------------------------------------------------
def path(line: MapLine | Water, frame: Frame, closed: bool) -> str:
    """The line as an SVG path, with a curve at each corner. A point on the edge of the sheet stays a corner,
    so that water reaches the edge."""
    points = [frame.at(point) for point in line.points]
    pieces = [] if closed else [f"M{_pair(points[0])}"]
    for index in range(len(points)) if closed else range(1, len(points) - 1):
        before, here, after = points[index - 1], points[index], points[(index + 1) % len(points)]
        go = "L" if pieces else "M"
        if {0, 100} & set(line.points[index]):
            pieces.append(f"{go}{_pair(here)}")
        else:
            start, end = _towards(here, before), _towards(here, after)
            pieces.append(f"{go}{_pair(start)}Q{_pair(here)} {_pair(end)}")
    return "".join((*pieces, "Z" if closed else f"L{_pair(points[-1])}"))


def _towards(here: XY, there: XY, most: float = 40) -> XY:
    """A point on the way, at most half of it away."""
    length = math.dist(here, there)
    part = min(most, length / 2) / length if length else 0
    return here[0] + (there[0] - here[0]) * part, here[1] + (there[1] - here[1]) * part


def _pair(point: XY) -> str:
    return f"{point[0]:.4g} {point[1]:.4g}"


def straight(diagram: PlaceDiagram, frame: Frame) -> list[Line]:
    """The straight pieces of all lines, for names to keep off."""
    pieces = []
    for line in diagram.lines:
        points = [frame.at(point) for point in line.points]
        pieces += list(pairwise([*points, points[0]] if line.closed else points))
    return pieces


# --- pins ----------------------------------------------------------------------------------------
def placed(marks: Sequence[Mark], frame: Frame) -> tuple[Pin, ...]:
    """A pin for each place: those of one position side by side, all of them apart and on the sheet."""
    gap = 2 * frame.radius + 3
    spots: dict[Point, list[Mark]] = {}
    for mark in marks:
        spots.setdefault(mark.at, []).append(mark)
    points = {}
    for at, here in spots.items():
        x, y = frame.at(at)
        for index, mark in enumerate(here):
            points[mark.number] = (x + (index - (len(here) - 1) / 2) * gap, y)
    points = apart(points, gap, frame)
    return tuple(Pin(mark, *points[mark.number]) for mark in marks)


def apart(points: Mapping[int, XY], gap: float, frame: Frame, rounds: int = 500) -> dict[int, XY]:
    """The same points, those that are nearer than ``gap`` pushed apart, and all of them on the sheet."""
    found = {number: _inside(point, gap, frame) for number, point in points.items()}
    pairs = [(one, other) for one in found for other in found if one < other]
    for _ in range(rounds):
        near = [pair for pair in pairs if math.dist(found[pair[0]], found[pair[1]]) < gap - 0.01]
        if not near:
            break
        for one, other in near:
            (ax, ay), (bx, by) = found[one], found[other]
            length = math.dist((ax, ay), (bx, by))
            # Two at one point part sideways, a little askew, so that a crowd spreads both ways.
            x, y = ((bx - ax) / length, (by - ay) / length) if length else (0.99, 0.14)
            push = max(gap - length, 0) / 2
            found[one] = _inside((ax - x * push, ay - y * push), gap, frame)
            found[other] = _inside((bx + x * push, by + y * push), gap, frame)
    return found


def _inside(point: XY, gap: float, frame: Frame) -> XY:
    half = gap / 2 + 1
    return min(max(point[0], half), frame.width - half), min(max(point[1], half), frame.height - half)


# --- captions ------------------------------------------------------------------------------------
def caption_box(words: Words, frame: Frame) -> Box:
    """The box that a caption fills."""
    half = width_of(words.text, frame.text) / 2
    return words.x - half, words.y - frame.text * 0.65, words.x + half, words.y + frame.text * 0.65


def clear_captions(
    diagram: PlaceDiagram, pins: Sequence[Pin], language: str, frame: Frame
) -> Iterator[Words]:
    """Captions, moved onto the sheet where they would stand out; one that a pin would cover is left out."""
    taken = [pin_box(pin, frame) for pin in pins]
    named_lines: tuple[Water | MapLine, ...] = (*diagram.waters, *diagram.lines)
    for caption in (*(one.name for one in named_lines), *diagram.captions):
        if caption is None:
            continue
        text = caption.words[language]
        half = width_of(text, frame.text) / 2 + 4
        x, y = frame.at(caption.at)
        words = Words(text, min(max(x, half), frame.width - half), y)
        box = caption_box(words, frame)
        if not any(overlap(box, other) for other in taken):
            taken.append(box)
            yield words
