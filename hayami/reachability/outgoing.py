"""The addresses of others that the pages of a site name, with the pages and the lines of content that hold them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urldefrag, urlsplit

from hayami.audit import page as html
from hayami.audit import references
from hayami.problems import Place

_OURS = frozenset({"canonical", "hreflang", "origin"})
"""Uses that tell of the site itself, or name a host and no page."""
_TEXTS = frozenset({".yaml", ".yml", ".md"})
_STARTS = re.compile(r"https?://", re.IGNORECASE)
# What may follow an address on its line for it to be that address and not the beginning of a longer one.
_GOES_ON = re.compile(r"[\w/?&=%~+@-]|[.,:;!'()*](?=[A-Za-z0-9_/])")


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One address of others."""

    address: str
    """Without a fragment: it changes nothing of what a server answers."""
    pages: tuple[str, ...]
    """Files of the site that name it, ``/`` between parts, sorted."""
    places: tuple[Place, ...]
    """Lines of the content that hold it; none where a template does."""


def gather(
    files: Mapping[str, bytes],
    content: Mapping[str, str],
    own: str | None = None,
    families: Mapping[str, str] | None = None,
) -> tuple[Outgoing, ...]:
    """What the pages among ``files`` (path → bytes) name, sorted by address.

    ``content`` holds the texts that editors write, by the path that a message shows. Addresses below ``own`` are
    those of the site. ``families`` (beginning → address) are addresses that are made from one pattern, such as searches
    of a map: a service that answers one answers all, so one address stands for all with that beginning.
    """
    pages: dict[str, set[str]] = {}
    families = families or {}
    for file in sorted(files):
        if not file.lower().endswith((".html", ".htm")):
            continue
        for one in references.of_page(html.read(files[file].decode("utf-8-sig", errors="replace"))):
            address = None if one.use in _OURS else plain(one.address)
            if address is None or (own is not None and (address + "/").startswith(own)):
                continue
            address = next((stands for head, stands in families.items() if address.startswith(head)), address)
            pages.setdefault(address, set()).add(file)
    places = _places(tuple(pages), content)
    return tuple(Outgoing(one, tuple(sorted(pages[one])), tuple(places[one])) for one in sorted(pages))


def plain(address: str) -> str | None:
    """An address as it is asked for, or nothing where it leads to no other host.

    >>> plain(" https://example.org/a#b ")
    'https://example.org/a'
    >>> plain("../a/") is plain("mailto:a@example.org") is plain("https://") is None
    True
    """
    # Browsers do the same with blanks at the ends and line ends within.
    bare = re.sub(r"[\t\n\r]", "", address.strip())
    if bare.startswith("//"):
        bare = f"https:{bare}"
    try:
        bare = urldefrag(bare).url
        parts = urlsplit(bare)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return None
        parts.port  # noqa: B018 - raises where it is no number
    except ValueError:
        return None  # its spelling is a finding of ``check`` and ``audit``
    return bare


def _places(addresses: Sequence[str], content: Mapping[str, str]) -> dict[str, list[Place]]:
    """Address → lines that hold it, in any of the spellings that lead to the same."""
    spellings = {one: {one, unquote(one)} for one in addresses}
    found: dict[str, list[Place]] = {one: [] for one in addresses}
    for file in sorted(content):
        for number, line in enumerate(content[file].splitlines(), 1):
            starts = [match.start() for match in _STARTS.finditer(line)]
            for address in addresses if starts else ():
                at = next((start for start in starts if _stands(spellings[address], line, start)), None)
                if at is not None:
                    found[address].append(Place(file, number, at + 1))
    return found


def _stands(spellings: set[str], line: str, start: int) -> bool:
    return any(
        line.startswith(one, start) and not _GOES_ON.match(line, start + len(one)) for one in spellings
    )


def texts(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files that editors write, with their texts."""
    for path in sorted(folder.rglob("*")):
        if path.suffix in _TEXTS and path.is_file():
            yield path, path.read_text(encoding="utf-8-sig", errors="replace")
