"""Names beside the pins of a place diagram, each on free ground."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from hayami.plane import XY, Box, Frame, Line, Pin, crosses, intersect, overlap, pin_box, width_of


@dataclass(frozen=True)
class Name:
    """The name of a pin in one or two lines; ``leader`` is the line that ties a distant one to its pin."""

    number: int
    lines: tuple[str, ...]
    box: Box
    side: Literal["start", "middle", "end"]
    """Where in its box the words stand: at the end that is next to the pin."""
    leader: Line | None

    @property
    def x(self) -> float:
        """Where the words are anchored."""
        return {"start": self.box[0], "middle": (self.box[0] + self.box[2]) / 2, "end": self.box[2]}[
            self.side
        ]

    @cached_property
    def ground(self) -> Box:
        """The box that holds name and leader."""
        ends = self.leader or ()
        across = [self.box[0], self.box[2], *(x for x, _ in ends)]
        down = [self.box[1], self.box[3], *(y for _, y in ends)]
        return min(across), min(down), max(across), max(down)


def in_lines(name: str, size: float, most: float = 150) -> tuple[str, ...]:
    """A long name in two lines of much the same length, broken at a space or before a bracket.

    >>> in_lines("Hill support office (Nishi-Tachikawa)", 13)
    ('Hill support office', '(Nishi-Tachikawa)')
    """
    if width_of(name, size) <= most:
        return (name,)
    breaks = [index for index, sign in enumerate(name) if index and sign in " （"]
    cuts = [(name[:index].strip(), name[index:].strip()) for index in breaks]
    # A break before a bracket reads best; one within the words must save four ems to be better.
    return min(cuts, key=lambda cut: _broken(cut, size), default=(name,))


def _broken(cut: tuple[str, str], size: float) -> float:
    return max(width_of(line, size) for line in cut) + (0 if cut[1][0] in "(（" else size * 4)


def named(pins: Sequence[Pin], taken: Sequence[Box], lines: Sequence[Line], frame: Frame) -> tuple[Name, ...]:
    """The names of the pins, where they cover neither pins nor each other nor what is ``taken``.

    A name for which there is no free ground is left out: the table below has it.
    """
    boxes = {pin.mark.number: pin_box(pin, frame) for pin in pins}
    choices = {}
    for pin in pins:
        free = [one for one in candidates(pin, lines, frame) if _is_free(one[1], boxes, taken)]
        dear = [(cost + _doubt(name, pins), name) for cost, name in free]
        choices[pin.mark.number] = sorted(dear, key=lambda one: one[0])
    chosen = _settled(_agreed(choices), choices)
    return tuple(chosen[pin.mark.number] for pin in pins if pin.mark.number in chosen)


Choices = Mapping[int, Sequence[tuple[float, Name]]]
"""Number of a pin → (cost, name) for each position that is free of pins and captions, the best first."""


def _agreed(choices: Choices, rounds: int = 200) -> dict[int, Name]:
    """As many names as find room. One that finds none takes it from the others, which look again; what was
    taken before becomes dearer, so that two do not turn each other out for ever."""
    chosen: dict[int, Name] = {}
    best: dict[int, Name] = {}
    worn: Counter[tuple[int, int]] = Counter()
    for _ in range(rounds):
        waiting = [number for number in choices if choices[number] and number not in chosen]
        if not waiting:
            return chosen
        number = min(waiting, key=lambda one: (len(choices[one]), one))
        least, index, driven = math.inf, 0, []
        for position, (cost, name) in enumerate(choices[number]):
            if cost >= least:
                break
            out = [other for other, held in chosen.items() if _touch(name, held)]
            price = cost + 30 * len(out) + 20 * worn[number, position]
            if price < least:
                least, index, driven = price, position, out
        worn[number, index] += 1
        for other in driven:
            del chosen[other]
        chosen[number] = choices[number][index][1]
        best = max(best, dict(chosen), key=len)
    return best


def _settled(chosen: Mapping[int, Name], choices: Choices) -> dict[int, Name]:
    """Each name moved to the best position that the others leave, three times over."""
    found = dict(chosen)
    for number in [*found] * 3:
        others = [name for key, name in found.items() if key != number]
        found[number] = next(
            name for _, name in choices[number] if not any(_touch(name, other) for other in others)
        )
    return found


_SIDES = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (1, -1), (-1, 1), (-1, -1))
_TOWARDS: Mapping[int, Literal["start", "middle", "end"]] = {1: "start", 0: "middle", -1: "end"}
_STEPS = (3, 7, 14, 22, 32, 44, 58, 74, 92, 112)
_LED = 6
"""A name farther off than this needs a line to its pin."""


def candidates(pin: Pin, lines: Sequence[Line], frame: Frame) -> Iterator[tuple[float, Name]]:
    """Positions for a name on the sheet with their costs: near is best, beside is better than above, and a
    name across a line is hard to read."""
    written = in_lines(pin.mark.name, frame.text)
    width = max(width_of(line, frame.text) for line in written)
    height = len(written) * frame.text * 1.2
    for side, (dx, dy) in enumerate(_SIDES):
        for step in _STEPS:
            # Along a diagonal both edges move away, so that less of each is as far.
            reach = (frame.radius + step) * (0.75 if dx and dy else 1)
            x = pin.x + dx * reach - (width, width / 2, 0)[dx + 1]
            y = pin.y + dy * reach - (height, height / 2, 0)[dy + 1]
            box = (x, y, x + width, y + height)
            if x < 4 or y < 4 or box[2] > frame.width - 4 or box[3] > frame.height - 4:
                continue
            leader = leader_to(pin, box, frame.radius) if step > _LED else None
            crossed = sum(crosses(line, box) for line in lines)
            name = Name(pin.mark.number, written, box, _TOWARDS[dx], leader)
            yield step + side * 1.5 + crossed * 14, name


def _doubt(name: Name, pins: Sequence[Pin]) -> float:
    """What it costs to stand nearer to another pin than to the own one."""
    away = {pin.mark.number: math.dist((pin.x, pin.y), _nearest(pin, name.box)) for pin in pins}
    return 6.0 * sum(distance < away[name.number] + 6 for distance in away.values()) - 6


def _nearest(pin: Pin, box: Box) -> XY:
    """The point of a box that is nearest to a pin."""
    return min(max(pin.x, box[0]), box[2]), min(max(pin.y, box[1]), box[3])


def leader_to(pin: Pin, box: Box, radius: float) -> Line:
    """From the edge of a pin to the nearest point of a box."""
    end = _nearest(pin, box)
    part = radius / math.dist((pin.x, pin.y), end)
    return (pin.x + (end[0] - pin.x) * part, pin.y + (end[1] - pin.y) * part), end


def _is_free(name: Name, pins: Mapping[int, Box], taken: Iterable[Box]) -> bool:
    """Whether name and leader keep clear of what stands there, the own pin of the leader aside."""
    if any(overlap(name.box, box) for box in (*pins.values(), *taken)):
        return False
    others = [*(box for number, box in pins.items() if number != name.number), *taken]
    return name.leader is None or not any(crosses(name.leader, box) for box in others)


def _touch(one: Name, other: Name) -> bool:
    """Whether two names, or the leader of one and anything of the other, touch."""
    if not overlap(one.ground, other.ground):
        return False
    if overlap(one.box, other.box):
        return True
    if (one.leader and crosses(one.leader, other.box)) or (other.leader and crosses(other.leader, one.box)):
        return True
    return bool(one.leader and other.leader and intersect(one.leader, other.leader))
