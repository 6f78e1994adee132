"""Writes the file of a PDF in the making (pydyf), with its objects packed as closely as they go.

What is told of a document by thousands of small objects (tags, links) stands in few object streams, in an order in
which neighbours are alike: ISO 32000-1, 7.5.7 and 7.5.8.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import deflate

HELD = 1000
"""Objects of an object stream. More are longer to read for a program that wants one; fewer pack less closely."""

_REFERENCE = re.compile(rb"(\d+) 0 R")


def packed(pdf: Any) -> bytes:
    """Bytes of the file: all that can be reached from the catalogue."""
    of_number = {one.reference: one for one in pdf.objects if one.number}
    pdf.pages["Kids"] = type(pdf.pages["Kids"])(pdf.page_references)
    ordered = _ordered(pdf, of_number)
    numbers = {one.reference: number for number, one in enumerate(ordered, start=1)}
    info = len(ordered) + 1
    said = [(numbers[one.reference], _said(one, numbers)) for one in ordered if not hasattr(one, "stream")]
    said.append((info, _said(pdf.info, numbers)))
    whole = {numbers[one.reference]: _stream(one, numbers) for one in ordered if hasattr(one, "stream")}
    inside: dict[int, tuple[int, int]] = {}
    for start in range(0, len(said), HELD):
        number = info + 1 + start // HELD
        held = said[start : start + HELD]
        whole[number] = _object_stream(held)
        inside.update((one, (number, at)) for at, (one, _) in enumerate(held))
    return _file(whole, inside, numbers[pdf.catalog.reference], info)


def _file(whole: Mapping[int, bytes], inside: Mapping[int, tuple[int, int]], root: int, info: int) -> bytes:
    out = bytearray(b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n")
    places = {}
    for number, written in whole.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = max(whole) + 1
    places[table] = len(out)
    rows = [_row(0, 0, 0)]
    for number in range(1, table + 1):
        if number in inside:
            rows.append(_row(2, *inside[number]))
        else:
            rows.append(_row(1, places[number], 0))
    digest = hashlib.sha256(out).hexdigest()[:32].encode()
    # The difference from the row above packs better than the row (PNG's filter "up").
    filtered = b"".join(
        b"\2" + bytes((here - above) & 255 for here, above in zip(row, before, strict=True))
        for row, before in zip(rows, (bytes(len(rows[0])), *rows), strict=False)
    )
    head = b"/Type/XRef/Size %d/W[1 3 2]/Root %d 0 R/Info %d 0 R/ID[<%s><%s>]" % (
        table + 1,
        root,
        info,
        digest,
        digest,
    )
    head += b"/DecodeParms<</Predictor 12/Columns 6>>"
    out += b"%d 0 obj\n%s\nendobj\nstartxref\n%d\n%%%%EOF\n" % (
        table,
        _deflated(head, filtered),
        places[table],
    )
    return bytes(out)


def _row(kind: int, place: int, at: int) -> bytes:
    return bytes((kind,)) + place.to_bytes(3, "big") + at.to_bytes(2, "big")


def _deflated(head: bytes, body: bytes) -> bytes:
    shrunk = deflate.zlib_compress(body, 10)  # 12 takes twice the time for 4 bytes of 1,000
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (head, len(shrunk), shrunk)


def _object_stream(held: Sequence[tuple[int, bytes]]) -> bytes:
    heads, at = [], 0
    for number, written in held:
        heads.append(b"%d %d" % (number, at))
        at += len(written) + 1
    head = b" ".join(heads) + b"\n"
    body = b"\n".join(written for _, written in held)
    return _deflated(b"/Type/ObjStm/N %d/First %d" % (len(held), len(head)), head + body)


def _stream(one: Any, numbers: Mapping[bytes, int]) -> bytes:
    body = b"\n".join(piece if isinstance(piece, bytes) else str(piece).encode() for piece in one.stream)
    head = _said(dict(one.extra), numbers)[2:-2]
    if (
        "Filter" in one.extra or one.extra.get("Type") == "/Metadata"
    ):  # as it is, for programs that look for it
        return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (head, len(body), body)
    return _deflated(head, body)


# --- objects --------------------------------------------------------------------------------------
def _said(value: Any, numbers: Mapping[bytes, int]) -> bytes:
    """An object as it is written, with the numbers of this file."""
    if isinstance(value, bytes):
        return b"%d 0 R" % numbers[value] if _REFERENCE.fullmatch(value) else value
    if isinstance(value, dict):
        pairs = ((b"/" + str(key).encode(), _said(held, numbers)) for key, held in value.items())
        return b"<<%s>>" % b"".join(key + _gap(said) + said for key, said in pairs)
    if isinstance(value, list | tuple):
        out = bytearray(b"[")
        for one in value:
            said = _said(one, numbers)
            out += said if len(out) == 1 or said[:1] in b"/([<" or out[-1:] in b")]>" else b" " + said
        return bytes(out + b"]")
    if isinstance(value, float):
        return f"{value:.3f}".rstrip("0").rstrip(".").encode()
    if hasattr(value, "string"):
        return _string(value.string)
    return str(value).encode()


def _gap(said: bytes) -> bytes:
    return b"" if said[:1] in b"/([<" else b" "


_SPECIAL = re.compile(rb"[\\()\r\n]")


def _string(text: str) -> bytes:
    written = text.encode() if text.isascii() else b"\xfe\xff" + text.encode("utf-16-be")
    return (
        b"("
        + _SPECIAL.sub(lambda found: {b"\r": b"\\r", b"\n": b"\\n"}.get(found[0], b"\\" + found[0]), written)
        + b")"
    )


def _ordered(pdf: Any, of_number: Mapping[bytes, Any]) -> list[Any]:
    """All objects that are needed; tags first, since they have the most references to be short."""
    reached: dict[bytes, Any] = {}
    waiting = [pdf.catalog.reference]
    while waiting:
        reference = waiting.pop()
        if reference not in reached:
            one = of_number[reference]
            reached[reference] = one
            waiting += _references(one.extra if hasattr(one, "stream") else one)
    tags = [one for one in _tags(pdf, of_number) if one.reference in reached]
    placed = {one.reference for one in tags}
    links: list[Any] = [
        one for one in reached.values() if isinstance(one, dict) and one.get("Subtype") == "/Link"
    ]
    # Links to the same place have the same description.
    links.sort(key=lambda one: (str(getattr(one.get("Dest"), "string", "")), one.number))
    placed.update(one.reference for one in links)
    rest = [one for one in reached.values() if one.reference not in placed]
    rest.sort(key=lambda one: (hasattr(one, "stream"), one.number))
    return [*tags, *links, *rest]


def _references(value: Any) -> Iterator[bytes]:
    if isinstance(value, bytes):
        if _REFERENCE.fullmatch(value):
            yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _references(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _references(one)


def _tags(pdf: Any, of_number: Mapping[bytes, Any]) -> Iterator[Any]:
    """Tags level by level, so that the children of one have numbers that follow upon each other."""
    root = pdf.catalog.get("StructTreeRoot")
    level = [] if root is None else [of_number[one] for one in of_number[root]["K"]]
    while level:
        yield from level
        level = [
            of_number[kid]
            for one in level
            for kid in one["K"]
            if isinstance(kid, bytes) and of_number[kid].get("S") is not None
        ]
