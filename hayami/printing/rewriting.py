"""Drawing instructions written anew: the same picture with fewer of them, and shorter.

WeasyPrint saves and restores the state around everything it draws, says each colour, face and place anew, and clips
what needs no clipping. Here the instructions are read as what they draw (:class:`_Item`), and written with what
changes from one to the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, groupby, takewhile

Codes = Mapping[bytes, Mapping[bytes, bytes]]
"""Name of a face → number of a glyph as it is written in hexadecimal digits → its code in the finished file."""

_Matrix = tuple[float, float, float, float, float, float]
_State = dict[str, bytes]

_FILL, _STROKE, _LETTERS = ("fill",), ("stroke", "w", "d", "J", "j", "M"), ("Tr", "Tc", "Tw", "Tz")
_KINDS = {
    b"rg": "fill", b"g": "fill", b"k": "fill", b"scn": "fill", b"sc": "fill",
    b"RG": "stroke", b"G": "stroke", b"K": "stroke", b"SCN": "stroke", b"SC": "stroke",
    b"w": "w", b"d": "d", b"J": "J", b"j": "j", b"M": "M",
    b"Tr": "Tr", b"Tc": "Tc", b"Tw": "Tw", b"Tz": "Tz",
}  # fmt: skip
_AT_FIRST = {
    "fill": b"0 0 0 rg", "stroke": b"0 0 0 RG", "w": b"1 w", "d": b"[] 0 d", "J": b"0 J", "j": b"0 j",
    "M": b"10 M", "Tr": b"0 Tr", "Tc": b"0 Tc", "Tw": b"0 Tw", "Tz": b"100 Tz",
}  # fmt: skip
"""What holds on a page before anything is said."""

_PAINTS = frozenset((b"f", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*"))
_PATHS = frozenset((b"re", b"m", b"l", b"c", b"v", b"y", b"h"))
_TEXTS = frozenset((b"Tm", b"Tf", b"TJ", b"Ts"))


@dataclass(frozen=True)
class _Frame:
    """What lies around a drawing: a change of coordinates, a clip, or something else of the state."""

    matrix: _Matrix | None = None
    clip: tuple[bytes, ...] = ()
    other: bytes = b""


@dataclass
class _Item:
    """Something that is drawn."""

    frames: tuple[_Frame, ...]
    marks: tuple[bytes, ...]
    """Marked content around it, outermost first."""
    state: _State
    needs: Sequence[str]
    """Parts of the state on which it depends."""
    kind: str
    """``path``, ``text``, ``other``, or ``none``: marked content with nothing in it."""
    body: list[bytes] = field(default_factory=list)
    paint: bytes = b""


def rewritten(written: bytes, codes: Codes, page: bool = True) -> bytes:
    """Instructions that draw the same; those of a page in tenths of a pixel."""
    items = [_framed(_unclipped(one)) for one in _read(written)]
    return _Writer(codes, page).write(_merged(items))


# --- reading --------------------------------------------------------------------------------------
def _read(written: bytes) -> Iterator[_Item]:
    state: _State = dict(_AT_FIRST)
    frames: tuple[_Frame, ...] = ()
    marks: tuple[bytes, ...] = ()
    saved: list[tuple[_State, tuple[_Frame, ...]]] = []
    path: list[bytes] = []
    texts: list[bytes] = []
    clip = b""
    tag, filled = b"", [True]
    space = {b"cs": b"", b"CS": b""}
    for line in written.split(b"\n"):
        operator = line.rpartition(b" ")[2]
        if operator in _PATHS:
            if operator == b"m" and path and path[-1].endswith(b" m"):
                path.pop()  # nothing was drawn from there
            path.append(line)
        elif operator in _TEXTS:
            texts.append(line)
        elif line == b"q":
            saved.append((dict(state), frames))
        elif line == b"Q":
            state, frames = saved.pop()
        elif operator in _KINDS:
            if operator in (b"scn", b"SCN"):
                line = space[b"cs" if operator == b"scn" else b"CS"] + b"\n" + line
            state = {**state, _KINDS[operator]: line}
        elif line in _PAINTS or line == b"n":
            if line != b"n":
                filled[-1] = True
                needs = (
                    _FILL if line in (b"f", b"f*") else _STROKE if line in (b"S", b"s") else _FILL + _STROKE
                )
                yield _Item(frames, marks, state, needs, "path", path, line)
            if clip:
                frames = (*frames, _Frame(clip=(*path, clip)))
            path, clip = [], b""
        elif line in (b"W", b"W*"):
            clip = line
        elif operator == b"cm":
            matrix = _numbers(line)
            if matrix != (1, 0, 0, 1, 0, 0):
                frames = (*frames, _Frame(matrix=matrix))  # type: ignore[arg-type]
        elif operator in (b"gs", b"ri", b"i"):
            frames = (*frames, _Frame(other=line))
        elif line == b"BT":
            texts = []
        elif line == b"ET":
            if any(one.endswith(b"TJ") for one in texts):
                filled[-1] = True
                outlined = state["Tr"] != b"0 Tr"
                yield _Item(
                    frames, marks, state, _FILL + _LETTERS + (_STROKE if outlined else ()), "text", texts
                )
            texts = []
        elif line.startswith(b"<</MCID") or (line.startswith(b"/") and operator == line):
            tag += line
        elif line in (b"BMC", b"BDC"):
            marks = (*marks, tag + (line if tag.endswith(b">") else b" " + line))
            filled.append(False)
            tag = b""
        elif line == b"EMC":
            if not filled.pop() and marks[-1].endswith(b"BDC"):
                yield _Item(frames, marks, state, (), "none")
            filled[-1] = True
            marks = marks[:-1]
        elif operator in (b"cs", b"CS"):
            space[operator] = line
        elif line:
            filled[-1] = True
            # A form may leave unsaid what holds where it stands.
            all_of_it: Sequence[str] = _FILL if operator == b"EI" else tuple(_AT_FIRST)
            yield _Item(frames, marks, state, all_of_it, "other", [line])


def _numbers(line: bytes) -> tuple[float, ...]:
    return tuple(map(float, line.split()[:-1]))


# --- simplifying ----------------------------------------------------------------------------------
def _extent(path: Sequence[bytes]) -> tuple[float, float, float, float]:
    xs: list[float] = []
    ys: list[float] = []
    for line in path:
        numbers = _numbers(line)
        if line.endswith(b"re"):
            x, y, width, height = numbers
            xs += (x, x + width)
            ys += (y, y + height)
        else:
            xs += numbers[::2]
            ys += numbers[1::2]
    return min(xs), min(ys), max(xs), max(ys)


_Box = tuple[float, float, float, float]


def _unclipped(item: _Item) -> _Item:
    """Without the clips that a path or a stencil does not reach."""
    if not any(one.clip for one in item.frames):
        return item
    if item.kind == "path":
        edge = 0.0 if item.needs is _FILL else float(item.state["w"].split()[0]) / 2
        left, top, right, bottom = _extent(item.body)
        box = left - edge, top - edge, right + edge, bottom + edge
    elif item.kind == "other" and item.body[0].startswith(b"BI "):
        box = 0.0, 0.0, 1.0, 1.0
    else:
        return item
    kept: list[_Frame] = []
    for frame in reversed(item.frames):
        if frame.matrix is not None:
            box = _turned(box, frame.matrix)
        elif len(frame.clip) == 2 and frame.clip[0].endswith(b"re") and _holds(_extent(frame.clip[:1]), box):
            continue
        kept.append(frame)
    item.frames = tuple(reversed(kept))
    return item


def _turned(box: _Box, matrix: _Matrix) -> _Box:
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in box[::2] for y in box[1::2]]
    ys = [b * x + d * y + f for x in box[::2] for y in box[1::2]]
    return min(xs), min(ys), max(xs), max(ys)


def _holds(outer: _Box, inner: _Box) -> bool:
    low = all(one <= other + 0.05 for one, other in zip(outer[:2], inner[:2], strict=True))
    return low and all(one >= other - 0.05 for one, other in zip(outer[2:], inner[2:], strict=True))


def _framed(item: _Item) -> _Item:
    """A frame as a line around a box, instead of what lies between two boxes."""
    if item.paint != b"f*" or len(item.body) != 2 or not all(line.endswith(b"re") for line in item.body):
        return item
    colour = item.state["fill"]
    inner, outer = sorted((_extent([line]) for line in item.body), reverse=True)
    sides = (inner[0] - outer[0], inner[1] - outer[1], outer[2] - inner[2], outer[3] - inner[3])
    width = sum(sides) / 4
    if width <= 0 or max(abs(one - width) for one in sides) > 0.03 or not colour.endswith(b"rg"):
        return item
    left, top, right, bottom = ((one + other) / 2 for one, other in zip(inner, outer, strict=True))
    item.body = [b" ".join((*map(short, (left, top, right - left, bottom - top)), b"re"))]
    item.paint, item.needs = b"S", _STROKE
    item.state = {**_AT_FIRST, "fill": colour, "stroke": colour[:-2] + b"RG", "w": short(width) + b" w"}
    return item


def _merged(items: Sequence[_Item]) -> list[_Item]:
    """Rectangles and lines that are drawn alike, one after the other, as one path."""
    out: list[_Item] = []
    lines: list[_Item] = []
    is_open = False  # whether more may be added to the last
    for item in items:
        plain = item.kind == "path" and _plain(item)
        last = out[-1] if out else None
        if (
            last is not None
            and is_open
            and plain
            and item.paint == last.paint
            and item.frames == last.frames
            and item.marks == last.marks
            and all(item.state[one] == last.state[one] for one in item.needs)
        ):
            last.body += item.body
            continue
        if plain:
            item.body = list(item.body)
            if item.paint == b"S":
                lines.append(item)
        is_open = plain
        out.append(item)
    for item in lines:
        item.body = _joined(item.body)
    return out


def _plain(item: _Item) -> bool:
    """Only rectangles that are filled, or straight lines without gaps."""
    if item.paint == b"f":
        return all(line.endswith(b"re") and b"-" not in line for line in item.body)
    return (
        item.paint == b"S" and item.state["d"] == b"[] 0 d" and all(line[-1:] in b"mle" for line in item.body)
    )


def _joined(path: Sequence[bytes]) -> list[bytes]:
    """Lines across and down that meet end to end, as one; so are the rules of a table, which come cell by cell."""
    rules: dict[tuple[bool, float], list[tuple[float, float]]] = {}
    rest: list[bytes] = []
    at = 0
    while at < len(path):
        if not (path[at].endswith(b"m") and (at + 2 == len(path) or not path[at + 2].endswith(b"l"))):
            rest.append(path[at])
            at += 1
            continue
        (x1, y1), (x2, y2) = _numbers(path[at]), _numbers(path[at + 1])
        if y1 == y2:
            rules.setdefault((True, y1), []).append((min(x1, x2), max(x1, x2)))
        elif x1 == x2:
            rules.setdefault((False, x1), []).append((min(y1, y2), max(y1, y2)))
        else:
            rest += path[at : at + 2]
        at += 2
    for (across, place), stretches in rules.items():
        long: list[tuple[float, float]] = []
        for begin, end in sorted(stretches):
            if long and begin <= long[-1][1] + 0.02:
                long[-1] = long[-1][0], max(end, long[-1][1])
            else:
                long.append((begin, end))
        for stretch in long:
            for verb, along in zip((b"m", b"l"), stretch, strict=True):
                rest.append(b"%s %s %s" % (*map(short, (along, place) if across else (place, along)), verb))
    return rest


# --- writing --------------------------------------------------------------------------------------
def short(value: float, decimals: int = 2) -> bytes:
    """A number with as few digits as it needs."""
    text = f"{value:.{decimals}f}".rstrip("0").rstrip(".") if decimals else f"{value:.0f}"
    return b"0" if text in ("-0", "") else text.encode()


_FACE = re.compile(rb"(/\S+) ")
_SHOWN = re.compile(rb"<([0-9a-f]*)>")
_SPECIAL = re.compile(rb"[\\()\r\n]")


class _Writer:
    def __init__(self, codes: Codes, page: bool) -> None:
        self.codes = codes
        self.page = page
        self.out: list[bytes] = []
        self.base: tuple[_Frame, ...] = ()
        self.open: list[tuple[tuple[_Frame, ...], _State]] = []
        """Saved states: frames that each added, and the state from before it."""
        self.frames: tuple[_Frame, ...] = ()
        self.state = dict(_AT_FIRST)
        self.marks: list[tuple[bytes, int]] = []
        """Open marked content, and how many states were saved when it began."""
        self.in_text = False
        self.marked_in_text = False
        self.face = b""
        self.matrix = b""
        self.at = (0.0, 0.0)

    def write(self, items: Sequence[_Item]) -> bytes:
        if self.page and items:
            shared = _common([one.frames for one in items])
            self.base = tuple(takewhile(lambda one: one.matrix, shared))
            self._place(self.base, True)
            self.frames = self.base
        for _, group in groupby(items, key=lambda one: one.marks):
            alike = list(group)
            frames = alike[0].frames
            textual = all(one.kind == "text" and one.frames == frames for one in alike)
            self._mark(alike[0].marks, frames, alike[0].state, textual)
            for item in alike:
                self._draw(item)
        self._mark((), self.base, None, False)
        self._leave_text()
        self._return(self.base)
        return b"\n".join(self.out) + b"\n"

    def _leave_text(self) -> None:
        if self.in_text:
            self.out.append(b"ET")
            self.in_text = False

    def _mark(
        self, marks: tuple[bytes, ...], frames: tuple[_Frame, ...], state: _State | None, textual: bool
    ) -> None:
        kept = 0
        while kept < min(len(self.marks), len(marks)) and self.marks[kept][0] == marks[kept]:
            kept += 1
        while len(self.marks) > kept:
            if not self.marked_in_text:
                self._leave_text()
            _, depth = self.marks.pop()
            while len(self.open) > depth:
                self._restore()
            self.out.append(b"EMC")
        self.marked_in_text = False
        if len(marks) == kept:
            return
        textual = textual and len(marks) == 1
        if textual and state is not None:
            self._go(frames)
            self._tell(state, _FILL)
            self._enter_text()
        else:
            self._leave_text()
            self._return(frames)
        self.marked_in_text = textual
        for mark in marks[kept:]:
            self.out.append(mark)
            self.marks.append((mark, len(self.open)))

    def _enter_text(self) -> None:
        if not self.in_text:
            self.out.append(b"BT")
            self.in_text = True
            self.matrix = b""

    def _restore(self) -> None:
        self._leave_text()
        added, self.state = self.open.pop()
        self.frames = self.frames[: len(self.frames) - len(added)]
        self.face = self.state.get("Tf", b"")
        self.out.append(b"Q")

    def _return(self, frames: tuple[_Frame, ...]) -> None:
        """Restore states until what is around is around ``frames``, too."""
        while self.open and self.frames != frames[: len(self.frames)]:
            self._restore()

    def _go(self, frames: tuple[_Frame, ...]) -> None:
        self._return(frames)
        added = frames[len(self.frames) :]
        if added:
            self._leave_text()
            self.out.append(b"q")
            self.open.append((added, {**self.state, "Tf": self.face}))
            self._place(added, self._in_pixels())
            self.frames = frames

    def _in_pixels(self) -> bool:
        """No drawing with a measure of its own lies around."""
        return self.page and not any(one.matrix for one in self.frames[len(self.base) :])

    def _place(self, frames: Sequence[_Frame], in_pixels: bool) -> None:
        matrix: _Matrix | None = None
        for one in frames:
            if one.matrix is not None:
                matrix = one.matrix if matrix is None else _product(one.matrix, matrix)
                in_pixels = False
                continue
            self._transform(matrix)
            matrix = None
            self.out += (*_path(one.clip[:-1], in_pixels), one.clip[-1], b"n") if one.clip else (one.other,)
        self._transform(matrix)

    def _transform(self, matrix: _Matrix | None) -> None:
        if matrix is not None and matrix != (1, 0, 0, 1, 0, 0):
            turned = [short(one, 4) for one in matrix[:4]]
            self.out.append(b" ".join((*turned, *(short(one) for one in matrix[4:]), b"cm")))

    def _tell(self, state: _State, needs: Sequence[str]) -> None:
        for one in needs:
            if self.state[one] != state[one]:
                self.out.append(state[one])
        self.state = {**self.state, **{one: state[one] for one in needs}}

    def _draw(self, item: _Item) -> None:
        if item.kind == "none":
            return
        self._go(item.frames)
        if item.kind != "text":
            self._leave_text()
        self._tell(item.state, item.needs)
        if item.kind == "text":
            self._enter_text()
            self._text(item.body)
        elif item.kind == "path":
            self.out += (*_path(item.body, self._in_pixels()), item.paint)
        else:
            self.out += map(_inlined, item.body)

    def _text(self, lines: Sequence[bytes]) -> None:
        for line in lines:
            if line.endswith(b" Tm"):
                *matrix, x, y = line.split()[:-1]
                self._to(b" ".join(matrix), float(x), float(y))
            elif line.endswith(b" Tf"):
                if line != self.face:
                    self.out.append(line)
                    self.face = line
            elif line.endswith(b"TJ"):
                self.out.append(self._shown(line))
            else:
                self.out.append(line)

    def _to(self, matrix: bytes, x: float, y: float) -> None:
        plain = matrix == b"1 0 0 -1" and self._in_pixels()
        if not plain or matrix != self.matrix:
            decimals = 1 if plain else 2
            self.out.append(b"%s %s %s Tm" % (matrix, short(x, decimals), short(y, decimals)))
            self.at, self.matrix = (round(x, 1), round(y, 1)), matrix if plain else b""
            return
        # From one tenth to another, whatever was written before: a page is the same in every file.
        here = round(x, 1), round(y, 1)
        self.out.append(b"%s %s Td" % (short(here[0] - self.at[0], 1), short(self.at[1] - here[1], 1)))
        self.at = here

    def _shown(self, line: bytes) -> bytes:
        named = _FACE.match(self.face)
        codes = self.codes.get(named[1], {}) if named else {}

        def told(found: re.Match[bytes]) -> bytes:
            digits = found[1]
            letters = b"".join(
                codes.get(digits[at : at + 4]) or bytes.fromhex(digits[at : at + 4].decode())
                for at in range(0, len(digits), 4)
            )
            return b"(" + _SPECIAL.sub(_escaped, letters) + b")"

        shown = _SHOWN.sub(told, line.removesuffix(b" TJ"))
        alone = line.count(b"<") == 1 and line.startswith(b"[<") and line.endswith(b">] TJ")
        return shown[1:-1] + b"Tj" if alone else shown + b"TJ"


def _path(path: Sequence[bytes], in_pixels: bool) -> Iterator[bytes]:
    if not in_pixels:
        yield from path
        return
    for line in path:
        numbers, operator = _numbers(line), line.rpartition(b" ")[2]
        if operator == b"re":
            numbers = tuple(chain(*map(_tenths, numbers[:2], numbers[2:])))
            numbers = numbers[0], numbers[2], numbers[1], numbers[3]
            yield b" ".join((*map(short, numbers), operator))
        else:
            yield b" ".join((*(short(one, 1) for one in numbers), operator))


_INLINED = re.compile(rb"(BI .*?) /F /AHx ID ([0-9a-f]+)> EI")


def _inlined(line: bytes) -> bytes:
    """A stencil byte by byte, unless it holds what ends it."""
    found = _INLINED.fullmatch(line)
    data = bytes.fromhex(found[2].decode()) if found else b"EI"
    return line if found is None or b"EI" in data else b"%s ID %s EI" % (found[1], data)


def _escaped(found: re.Match[bytes]) -> bytes:
    return {b"\r": b"\\r", b"\n": b"\\n"}.get(found[0], b"\\" + found[0])


def _tenths(start: float, size: float) -> tuple[float, float]:
    """A stretch between tenths; a thin line keeps its width."""
    begin = round(start, 1)
    return begin, round(size, 2) if abs(size) < 3 else round(start + size, 1) - begin


def _product(first: _Matrix, then: _Matrix) -> _Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _common(all_frames: Sequence[tuple[_Frame, ...]]) -> tuple[_Frame, ...]:
    shared = all_frames[0]
    for frames in all_frames[1:]:
        kept = 0
        while kept < min(len(shared), len(frames)) and shared[kept] == frames[kept]:
            kept += 1
        shared = shared[:kept]
    return shared
