"""Pictures that are drawn by a maintainer and committed, and how we know that they are still current.

Drawing needs a browser, which a build must not. So each picture is drawn from one document (its *source*)
by ``build.py pictures``, and the digest of that document is noted beside the picture. A picture whose source
has changed since (another title, another date, another mark) is *stale*: it would say something untrue, and
the build leaves it out.

Icons belong to the generator (``assets/icons``). The preview that other sites show beside a link says the
title and the date of one catalogue, so it belongs to the content (``content/pictures/preview.<lang>.png``).
One that has no digest was made by hand; then its maker answers for it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hayami import png

FOLDER = "pictures"
"""Folder of the previews, in the content and in the site."""

DIGESTS = ".drawn-from"
"""File beside the pictures with the digest of each source. Hidden, so that it is no part of the site."""

PREVIEW_SIZE = (1200, 630)

_PREVIEW = re.compile(r"preview\.([A-Za-z]{2,3}(?:-[A-Za-z]+)*)\.png")


@dataclass(frozen=True)
class Drawing:
    """A picture that is to be drawn."""

    name: str
    width: int
    height: int
    source: str
    """HTML that fills the picture, complete in itself."""

    @property
    def digest(self) -> str:
        """Digest of everything that the picture is drawn from."""
        text = f"{self.width}x{self.height}\n{self.source}"
        return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True)
class Picture:
    """A picture that is there."""

    name: str
    content: bytes
    width: int
    height: int


def preview_name(language: str) -> str:
    """File name of the preview of one language."""
    return f"preview.{language}.png"


def language_of(name: str) -> str | None:
    """Language of a preview by its file name; None for any other file."""
    found = _PREVIEW.fullmatch(name)
    return found[1] if found else None


def opened(name: str, content: bytes) -> Picture | None:
    """A PNG with its size; None if it is none."""
    size = png.size(content)
    return Picture(name, content, *size) if size else None


def parse_digests(text: str) -> dict[str, str]:
    """Name of a picture → digest of what it was drawn from; the form of ``sha256sum``."""
    lines = (line.split(maxsplit=1) for line in text.splitlines() if line.strip())
    return {parts[1].strip(): parts[0] for parts in lines if len(parts) == 2}


def format_digests(drawings: Iterable[Drawing]) -> str:
    """The file of digests for what was drawn."""
    return "".join(f"{one.digest}  {one.name}\n" for one in sorted(drawings, key=lambda one: one.name))


def is_current(drawing: Drawing, digests: Mapping[str, str]) -> bool:
    """Whether a picture shows what it would show if it were drawn now."""
    return digests.get(drawing.name) in (None, drawing.digest)
