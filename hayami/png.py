"""PNG, as far as drawn pictures need it: how large one is, and the same picture with a small palette.

A screenshot of flat colours has thousands of shades along the edges of letters. Told apart only as finely
as the eye does, they fit into a palette of 256, and the file is half as large.
"""

from __future__ import annotations

import itertools
import struct
import zlib
from collections import Counter
from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"

_RGB, _RGBA = 2, 6
_STEPS = (4, 3, 2, 1)
"""Bits of each channel by which shades are told apart, finest first."""


class NotReduced(ValueError):
    """A PNG of a form that Chromium does not write: our own bug."""


def size(content: bytes) -> tuple[int, int] | None:
    """Width and height; None if it is no PNG."""
    if not content.startswith(SIGNATURE) or content[12:16] != b"IHDR" or len(content) < 33:
        return None
    width, height = struct.unpack(">II", content[16:24])
    return (width, height) if width and height else None


def reduced(content: bytes) -> bytes:
    """The same picture with a palette of at most 256 colours. Colours of whole areas stay exact."""
    width, height, rows = pixels(content)
    counted = Counter(itertools.chain.from_iterable(rows))
    for bits in _STEPS:
        chosen = _palette(counted, bits)
        if len(set(chosen.values())) <= 256:
            break
    palette = [colour for colour, _ in Counter(chosen.values()).most_common()]
    number = {shade: palette.index(colour) for shade, colour in chosen.items()}
    lines = b"".join(b"\0" + bytes(number[shade] for shade in row) for row in rows)
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return b"".join(
        (
            SIGNATURE,
            _chunk(b"IHDR", header),
            _chunk(b"PLTE", b"".join(palette)),
            _chunk(b"IDAT", zlib.compress(lines, 9)),
            _chunk(b"IEND", b""),
        )
    )


def _palette(counted: Counter[bytes], bits: int) -> dict[bytes, bytes]:
    """Shade → the commonest shade among those that are alike by their first ``bits``."""
    mask = 0xFF << (8 - bits) & 0xFF
    leader: dict[bytes, bytes] = {}
    chosen = {}
    for shade, _ in counted.most_common():
        alike = bytes(channel & mask for channel in shade)
        chosen[shade] = leader.setdefault(alike, shade)
    return chosen


def pixels(content: bytes) -> tuple[int, int, list[list[bytes]]]:
    """Width, height, and three bytes for each pixel of each row. Transparency is dropped."""
    width, height, depth, kind, _, _, interlaced = struct.unpack(">IIBBBBB", content[16:29])
    if depth != 8 or kind not in (_RGB, _RGBA) or interlaced:
        raise NotReduced("only 8 bits of red, green and blue, not interlaced")
    step = 3 if kind == _RGB else 4
    packed = b"".join(data for name, data in _chunks(content) if name == b"IDAT")
    raw = zlib.decompress(packed)
    rows, above = [], bytes(width * step)
    for start in range(0, height * (width * step + 1), width * step + 1):
        above = _unfiltered(raw[start], raw[start + 1 : start + 1 + width * step], above, step)
        rows.append([above[place : place + 3] for place in range(0, len(above), step)])
    return width, height, rows


def _unfiltered(kind: int, line: bytes, above: bytes, step: int) -> bytes:
    """One row of bytes without the prediction that PNG writes instead (PNG 9.2)."""
    done = bytearray(line)
    for place, value in enumerate(line):
        left = done[place - step] if place >= step else 0
        corner = above[place - step] if place >= step else 0
        predicted = (0, left, above[place], (left + above[place]) // 2, _paeth(left, above[place], corner))
        done[place] = (value + predicted[kind]) & 0xFF
    return bytes(done)


def _paeth(left: int, up: int, corner: int) -> int:
    estimate = left + up - corner
    return min((left, up, corner), key=lambda one: abs(estimate - one))


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    place = len(SIGNATURE)
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        yield content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        place += 12 + length


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
