"""What a first load of a page weighs over the line: gzipped bytes of its HTML, and of what it loads at once."""

from __future__ import annotations

import gzip
import posixpath
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_TEMPLATE = re.compile(r"<template.*?</template>", re.DOTALL)
_SHEET = re.compile(r'<link rel="stylesheet" href="([^"]+)"(?! media="print")')
_SCRIPT = re.compile(r'<script[^>]* src="([^"]+)"')
_IMPORT = re.compile(r'^import .*?"([^"]+)"', re.MULTILINE)


@dataclass(frozen=True)
class Weight:
    """Bytes of one first load, gzipped."""

    page: str
    """File of the page."""
    html: int
    rest: int
    """Style sheets and scripts, imported modules too, print sheets aside."""

    @property
    def total(self) -> int:
        """All of it."""
        return self.html + self.rest


def first_loads(files: Mapping[str, bytes], pages: Iterable[str]) -> list[Weight]:
    """The weights of some pages, in their order. ``files`` are those of the whole site."""
    known: dict[str, int] = {}

    def weight(name: str) -> int:
        if name not in known:
            known[name] = _gzipped(files[name])
        return known[name]

    return [
        Weight(page, _gzipped(files[page]), sum(weight(one) for one in _loaded(files, page)))
        for page in pages
    ]


def _gzipped(content: bytes) -> int:
    return len(gzip.compress(content, 9, mtime=0))


def _loaded(files: Mapping[str, bytes], page: str) -> list[str]:
    """What a page loads at once; what stands in a template element is fetched when a script uses it."""
    html = _TEMPLATE.sub("", files[page].decode())
    folder = posixpath.dirname(page)
    waiting = [
        posixpath.normpath(posixpath.join(folder, one))
        for one in (*_SHEET.findall(html), *_SCRIPT.findall(html))
    ]
    loaded: set[str] = set()
    while waiting:
        one = waiting.pop()
        if one not in loaded:
            loaded.add(one)
            imported = _IMPORT.findall(files[one].decode())
            waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(one), part)) for part in imported]
    return sorted(loaded)
