"""The whole site as a zip that is read without a server: what ``--portable`` would build, made from a finished site.

Rendering every page a second time would double the time of a build, so the few things that differ are mended in the
finished pages; a test holds the result equal to that of ``--portable``. Same input, same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import date

from hayami import manifest
from hayami.model import Site

TOP = "site"
"""Folder within the zip, so that unpacking makes one folder."""

_FIRST_YEAR = 1980
"""The zip format knows no earlier dates."""

_LINK = re.compile(r'((?: (?:href|action)="|"0; url=))((?![a-z+]+:|/)(?:[^"?#]*/)?)((?:[?#][^"]*)?")')
_ONLY_SERVED = re.compile(
    r'^(?:<meta http-equiv="Content-Security-Policy"[^>]*>|<link rel="manifest"[^>]*>'
    r'|<script type="module"[^>]*></script>|<li><a [^>]* data-(?:offline="[^"]*"|team)>[^<]*</a></li>'
    r'|<p class="start"><button type="button" disabled>[^<]*</button></p>)\n',
    re.MULTILINE,
)
"""Lines of a page that need a server: a disk has no workers, and browsers refuse modules from it."""


_SERVED = ("_headers", ".nojekyll", "robots.txt", "sitemap.xml")
"""Files for hosts and search engines."""


def portable(page: str) -> str:
    """A finished page as ``--portable`` writes it.

    >>> portable('<a href="../grants/?x#y"> <a href="#z"> <a href="https://example.org/">')
    '<a href="../grants/index.html?x#y"> <a href="#z"> <a href="https://example.org/">'
    """
    return _LINK.sub(_named, _ONLY_SERVED.sub("", page))


def _named(link: re.Match[str]) -> str:
    start, folder, rest = link.groups()
    if not folder:
        return link[0]
    return f"{start}{folder.removeprefix('./')}index.html{rest}"


def members(site: Site, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files of a finished site that make sense without a server, pages mended.

    ``files`` are those of pages and data; the index of the search and the worker are made after the zip.
    """
    folders = ("", *(f"{code}/" for code in site.tongues))
    left_out = tuple(f"{folder}{key}/" for folder in folders for key in ("offline", "unreachable", "health"))
    found = {}
    for name, content in files.items():
        if name in _SERVED or name.startswith(left_out) or name.endswith(manifest.NAME):
            continue
        found[name] = portable(content.decode()).encode() if name.endswith(".html") else content
    return found


def zipped(files: Mapping[str, bytes], day: date) -> bytes:
    """A zip in which every file is dated ``day``; names are sorted."""
    stamp = (max(day.year, _FIRST_YEAR), day.month, day.day, 0, 0, 0)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as made:
        for name in sorted(files):
            info = zipfile.ZipInfo(f"{TOP}/{name}", stamp)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            made.writestr(info, files[name])
    return out.getvalue()
