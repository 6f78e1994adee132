"""Faces of a PDF made as small as a reader allows: only the letters that are drawn, on a grid that paper can show.

WeasyPrint keeps all numbers of glyphs of the whole face, and its grid of 2048 units. Here glyphs are numbered anew, by
how often they are drawn, and stand on a grid of :data:`GRID` units; the most frequent have codes of one byte.
"""

from __future__ import annotations

import re
import struct
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

GRID = 500
"""Units of an em: in letters of 12 points one is 0.008 mm wide, a fifth of a dot of a good printer.

Nearly all widths of the shipped faces are hundredths of an em, and stay what they are.
"""

_SPECIAL = frozenset(b"\\()\r\n")
"""Bytes that would have to be written as two within a text."""

_SHOWN = re.compile(rb"(/\S+) \S+ Tf|<([0-9a-f]+)>")


def slim(pdf: Any, drawings: Iterable[bytes]) -> Mapping[bytes, Mapping[bytes, bytes]]:
    """Cut down all faces; give for each the codes of its glyphs, by their numbers as ``drawings`` have them."""
    held = {one.reference: one for one in pdf.objects if one.number}
    counts = _counted(drawings)
    codes: dict[bytes, Mapping[bytes, bytes]] = {}
    for faces in [
        one for one in pdf.objects if isinstance(one, dict) and "Font" in one
    ]:  # cutting adds objects
        for name, reference in held[faces["Font"]].items():
            key = b"/" + name.encode()
            if key not in codes:
                codes[key] = _cut(pdf, held, held[reference], counts[key])
    return codes


def _counted(drawings: Iterable[bytes]) -> Mapping[bytes, Counter[bytes]]:
    found: dict[bytes, Counter[bytes]] = defaultdict(Counter)
    for written in drawings:
        face = b""
        for name, shown in _SHOWN.findall(written):
            if name:
                face = name
            else:
                found[face].update(shown[at : at + 4] for at in range(0, len(shown), 4))
    return found


def _cut(pdf: Any, held: Mapping[bytes, Any], face: Any, counts: Counter[bytes]) -> Mapping[bytes, bytes]:
    import pydyf

    descendant = held[face["DescendantFonts"][0]]
    program = held.get(held[descendant["FontDescriptor"]].get("FontFile2"))
    if program is None:
        return {}  # none of ours; it is told later
    # Those that are about equally frequent in their own order: alike ones stand together.
    digits = sorted(counts, key=lambda one: (-counts[one].bit_length(), one))
    first_of_two = _first_of_two(len(digits))
    news = dict(zip((int(one, 16) for one in digits), _numbers(first_of_two), strict=False))
    widths = dict(_widths(descendant["W"]))
    try:
        program.stream = [_program(program.stream[0], news, widths)]
    except _Composite:
        return {}  # none of ours, either
    program.extra["Length1"] = len(program.stream[0])
    descendant["W"] = pydyf.Array(_runs({new: _near(widths[old]) for old, new in news.items()}))
    texts = held[face["ToUnicode"]]
    texts.stream = [_to_unicode(texts.stream, news, first_of_two)]
    encoding = pydyf.Stream(
        [_encoding(first_of_two)], {"Type": "/CMap", "CMapName": "/Codes", "CIDSystemInfo": _SYSTEM}
    )
    pdf.add_object(encoding)
    face["Encoding"] = encoding.reference
    return {b"%04x" % old: _code(new, first_of_two) for old, new in news.items()}


# --- codes ----------------------------------------------------------------------------------------
_USABLE = 256 - len(_SPECIAL)


def _first_of_two(glyphs: int) -> int:
    """First byte from which on a code has two: as few as will do."""
    twos = next(one for one in range(1, 256) if _USABLE - one - 1 + one * _USABLE >= glyphs)
    return 256 - twos


def _numbers(first_of_two: int) -> Iterator[int]:
    """Numbers of glyphs whose codes need no escapes: below 256 those with codes of one byte."""
    for number in range(1, 256 * (257 - first_of_two)):
        if number % 256 not in _SPECIAL and not first_of_two <= number < 256:
            yield number


def _code(number: int, first_of_two: int) -> bytes:
    return bytes((number,)) if number < 256 else bytes((first_of_two + number // 256 - 1, number % 256))


_SYSTEM = b"<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"


def _encoding(first_of_two: int) -> bytes:
    """Which code means which glyph (ISO 32000-1, 9.7.5)."""
    last = first_of_two - 1
    ranges = [b"<00><%02x>0" % last]
    ranges += [b"<%02x00><%02xff>%d" % (one, one, 256 * (one - last)) for one in range(first_of_two, 256)]
    blocks = (ranges[at : at + 100] for at in range(0, len(ranges), 100))
    return (
        b"/CIDInit/ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo 3 dict dup begin\n"
        b"/Registry(Adobe)def\n/Ordering(Identity)def\n/Supplement 0 def\nend def\n"
        b"/CMapName/Codes def\n/CMapType 1 def\n%s%sendcmap\n"
        b"CMapName currentdict/CMap defineresource pop\nend\nend"
    ) % (
        _space(first_of_two),
        b"".join(b"%d begincidrange\n%s\nendcidrange\n" % (len(one), b"\n".join(one)) for one in blocks),
    )


def _space(first_of_two: int) -> bytes:
    bounds = first_of_two - 1, first_of_two
    return b"2 begincodespacerange\n<00><%02x>\n<%02x00><ffff>\nendcodespacerange\n" % bounds


def _widths(written: Sequence[Any]) -> Iterator[tuple[int, int]]:
    for first, of_run in zip(written[::2], written[1::2], strict=True):
        yield from enumerate(of_run, first)


def _runs(widths: Mapping[int, float]) -> list[Any]:
    """Widths as a PDF has them: the first number of a run, then what stands there."""
    import pydyf

    out: list[Any] = []
    last = None
    for number in sorted(widths):
        if last is None or number != last + 1:
            out += [number, pydyf.Array()]
        out[-1].append(widths[number])
        last = number
    return out


def _near(width: float) -> float:
    """A width that is a thousandth at most from that on the grid (ISO 14289-1, 7.21.5); hundredths of an em are on it."""
    there = round(width * GRID / 1000) * 1000 / GRID
    return width if abs(width - there) <= 1 else round(there + (0.99 if width > there else -0.99), 2)


_LETTER = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]*)>")


def _to_unicode(lines: Sequence[Any], news: Mapping[int, int], first_of_two: int) -> bytes:
    """The map from codes to letters, by the new numbers."""
    written = b"\n".join(lines)
    head, tail = written[: written.index(b"1 begincodespacerange")], written[written.index(b"endcmap") :]
    said = {news[int(old, 16)]: text for old, text in _LETTER.findall(written) if int(old, 16) in news}
    runs: list[list[int]] = []
    for number in sorted(said):
        if (
            runs and runs[-1][-1] + 1 == number and number % 256
        ):  # codes of a run differ in the last byte alone
            runs[-1].append(number)
        else:
            runs.append([number])
    ranges = [
        b"<%s><%s>[%s]"
        % (
            _code(run[0], first_of_two).hex().encode(),
            _code(run[-1], first_of_two).hex().encode(),
            b"".join(b"<%s>" % said[one] for one in run),
        )
        for run in runs
    ]
    blocks = [ranges[at : at + 100] for at in range(0, len(ranges), 100)]
    body = b"".join(b"%d beginbfrange\n%s\nendbfrange\n" % (len(one), b"\n".join(one)) for one in blocks)
    return b"%s%s%s%s" % (head, _space(first_of_two), body, tail)


# --- the program of a face (OpenType 1.9; ISO 32000-1, table 126, says which tables a PDF reads) -------------------
def _program(face: bytes, news: Mapping[int, int], widths: Mapping[int, int]) -> bytes:
    tables = {
        face[at : at + 4]: face[slice(*_place(face, at))] for at in range(12, 12 + 16 * _short(face, 4), 16)
    }
    head, hhea, maxp = bytearray(tables[b"head"]), bytearray(tables[b"hhea"]), bytearray(tables[b"maxp"])
    scale = GRID / _short(head, 18)
    count = _short(maxp, 4)
    wide = _short(head, 50)
    starts = struct.unpack_from(f">{count + 1}{'I' if wide else 'H'}", tables[b"loca"])
    starts = starts if wide else tuple(2 * one for one in starts)
    kept: dict[int, bytes] = {}
    for old, new in news.items():
        written = tables[b"glyf"][starts[old] : starts[old + 1]] if old < count else b""
        kept[new] = scaled(written, scale) if written else b""
    total = max(kept, default=0) + 1
    loca, glyf, metrics = [0], [], []
    advances = {new: round(widths[old] * GRID / 1000) for old, new in news.items()}
    for number in range(total):
        glyph = kept.get(number, b"")
        glyf.append(glyph + b"\0" * (-len(glyph) % 2))
        loca.append(loca[-1] + len(glyf[-1]))
        metrics += [advances.get(number, 0), struct.unpack_from(">h", glyph, 2)[0] if glyph else 0]
    long = loca[-1] > 0x1FFFE
    struct.pack_into(">H", head, 18, GRID)
    struct.pack_into(">H", head, 50, int(long))
    struct.pack_into(">4h", head, 36, *(round(one * scale) for one in struct.unpack_from(">4h", head, 36)))
    for at in (4, 6, 8, 10, 12, 14, 16):
        struct.pack_into(">h", hhea, at, round(struct.unpack_from(">h", hhea, at)[0] * scale))
    struct.pack_into(">H", hhea, 34, total)
    struct.pack_into(">H", maxp, 4, total)
    return _assembled(
        {
            b"glyf": b"".join(glyf),
            b"head": bytes(head),
            b"hhea": bytes(hhea),
            b"hmtx": struct.pack(f">{'Hh' * total}", *metrics),
            b"loca": struct.pack(
                f">{total + 1}{'I' if long else 'H'}", *(loca if long else (one // 2 for one in loca))
            ),
            b"maxp": bytes(maxp),
        }
    )


def _short(data: bytes | bytearray, at: int) -> int:
    return (data[at] << 8) | data[at + 1]


def _place(face: bytes, at: int) -> tuple[int, int]:
    start, length = struct.unpack_from(">II", face, at + 8)
    return start, start + length


def _assembled(tables: Mapping[bytes, bytes]) -> bytes:
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    out = [struct.pack(">IHHHH", 0x10000, count, power * 16, power.bit_length() - 1, (count - power) * 16)]
    at = 12 + 16 * count
    head = 0
    for name, table in tables.items():
        if name == b"head":
            table = table[:8] + b"\0\0\0\0" + table[12:]
            head = at
        out.append(name + struct.pack(">III", _checksum(table), at, len(table)))
        at += len(table) + -len(table) % 4
    body = b"".join(table + b"\0" * (-len(table) % 4) for table in tables.values())
    written = bytearray(b"".join(out) + body)
    written[head + 8 : head + 12] = b"\0\0\0\0"
    struct.pack_into(">I", written, head + 8, (0xB1B0AFBA - _checksum(written)) & 0xFFFFFFFF)
    return bytes(written)


def _checksum(data: bytes | bytearray) -> int:
    data = bytes(data) + b"\0" * (-len(data) % 4)
    total: int = sum(struct.unpack(f">{len(data) // 4}I", data))
    return total & 0xFFFFFFFF


class _Composite(ValueError):
    """A glyph is made of other glyphs; the shipped faces have none."""


_ON, _X_BYTE, _Y_BYTE, _REPEAT, _X_SAME, _Y_SAME = 1, 2, 4, 8, 16, 32


def scaled(glyph: bytes, scale: float) -> bytes:
    """A glyph of one outline on another grid, without the program that fits it to pixels."""
    contours = struct.unpack_from(">h", glyph)[0]
    if contours < 0:
        raise _Composite
    at = 10 + 2 * contours
    ends = struct.unpack_from(f">{contours}H", glyph, 10)
    at += 2 + _short(glyph, at)
    points = ends[-1] + 1 if ends else 0
    flags = bytearray()
    while len(flags) < points:
        flag = glyph[at]
        at += 1
        times = 1
        if flag & _REPEAT:
            times += glyph[at]
            at += 1
        flags += bytes((flag,)) * times
    xs, at = _coordinates(glyph, at, flags, _X_BYTE, _X_SAME)
    ys, _ = _coordinates(glyph, at, flags, _Y_BYTE, _Y_SAME)
    xs, ys = (
        [int(one * scale + 0.5) if one >= 0 else -int(0.5 - one * scale) for one in axis] for axis in (xs, ys)
    )
    marks = bytearray(flag & _ON for flag in flags)
    across = _steps(xs, marks, _X_BYTE, _X_SAME)
    up = _steps(ys, marks, _Y_BYTE, _Y_SAME)
    box = struct.pack(">5h", contours, min(xs), min(ys), max(xs), max(ys))
    return b"%s%s\0\0%s%s%s" % (box, struct.pack(f">{contours}H", *ends), bytes(marks), across, up)


def _coordinates(
    glyph: bytes, at: int, flags: bytes | bytearray, byte: int, same: int
) -> tuple[list[int], int]:
    found = []
    value = 0
    for flag in flags:
        if flag & byte:
            value += glyph[at] if flag & same else -glyph[at]
            at += 1
        elif not flag & same:
            step = (glyph[at] << 8) | glyph[at + 1]
            value += step - 65536 if step & 0x8000 else step
            at += 2
        found.append(value)
    return found, at


def _steps(values: Sequence[int], flags: bytearray, byte: int, same: int) -> bytes:
    """Coordinates from point to point; ``flags`` learn how each is written."""
    out = bytearray()
    last = 0
    for number, value in enumerate(values):
        step = value - last
        last = value
        if step == 0:
            flags[number] |= same
        elif -256 < step < 256:
            flags[number] |= byte | same if step > 0 else byte
            out.append(abs(step))
        else:
            out += struct.pack(">h", step)
    return bytes(out)
