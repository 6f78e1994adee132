"""Reading without a network: the worker of the site, and the list of the files that it can keep.

The worker (``sw.js``) stands at the root, since it may only answer for what lies below its folder. It carries
the digest of the whole build, so that browsers find a new one whenever a byte of the site has changed, and name
what they keep after it. A site that does without still has the file: it clears away what an earlier build left.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Iterable, Mapping
from typing import Protocol

from hayami import pages, pictures
from hayami.addresses import Addresses
from hayami.assets import FOLDER, digest
from hayami.model import Site

WORKER = "sw.js"
LIST = "offline.json"

ENDINGS = (
    r"^(?:data/.*\.html|(?!data/).*\.(?:html|css|js|json|webmanifest|svg|png|pagefind|pf_(?:meta|index)))$"
)
"""How files end that pages and the search need. Documents to take away (PDF) and data for other programs
(``data/``, and what ends otherwise) are not kept."""

PINNED = rf"^{FOLDER}/[0-9a-f]{{12}}/|_[0-9a-f]+\.pf_(?:meta|index)$"
"""Files whose address names their content: what was kept of them is true for ever."""

_LEFT_OUT = re.compile(
    rf"{pictures.FOLDER}/|404\.html$|{re.escape(WORKER)}$|{re.escape(LIST)}$|(?:[a-z]{{2,3}}/)?q/"
)
"""What nobody needs without a network: pictures for other sites, what only hosts and browsers read, and where codes
on paper lead."""

_SCRIPTS = re.compile(
    rf"{FOLDER}/\w+/(?:js|data)/|{FOLDER}/\w+/css/(?:calculator|[\w-]+-bar)(?:\.print)?\.css$"
)
"""Fetched when a reader turns to them, which may be when a newer build has replaced them on the host."""

_NAMED = re.compile(r' (?:href|src)="([^"]+)"')


class Written(Protocol):
    """Writes a worker from its template, with values filled in."""

    def __call__(self, name: str, **values: object) -> bytes: ...


def files(
    site: Site, addresses: Addresses, published: Mapping[str, bytes], written: Written
) -> dict[str, bytes]:
    """The worker and its list, for everything else that is published."""
    if not site.settings.offline:
        return {WORKER: written("withdrawn.js")}
    kept = [name for name in published if is_kept(name)]
    unreachable = {
        addresses.folder("", code): addresses.folder(pages.unreachable(site, tongue).key, code)
        for code, tongue in site.tongues.items()
    }

    def worker(build: str) -> bytes:
        return written(
            "sw.js",
            build=build,
            core=core(published, (f"{page}index.html" for page in unreachable.values())),
            endings=ENDINGS,
            pinned=PINNED,
            top=sorted({name.partition("/")[0] for name in kept if "/" in name}),
            unreachable=unreachable,
        )

    # The worker is part of the build, and names it.
    build = digest({**published, WORKER: worker("")})
    data = {
        "build": build,
        "bytes": sum(len(published[name]) for name in kept),
        "files": {name: [len(published[name]), fingerprint(published[name])] for name in kept},
    }
    dumped = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {WORKER: worker(build), LIST: dumped.encode() + b"\n"}


def is_kept(name: str) -> bool:
    """Whether a file is kept by a reader who keeps the whole site.

    >>> [is_kept(one) for one in ("en/index.html", "assets/0/js/a.js", "table.pdf", "robots.txt", "404.html")]
    [True, True, False, False, False]
    >>> [is_kept(one) for one in ("data/index.html", "data/catalogue.json")]
    [True, False]
    """
    return re.search(ENDINGS, name) is not None and not _LEFT_OUT.match(name)


def fingerprint(content: bytes) -> str:
    """By which the worker tells whether a file is the same in two builds."""
    return hashlib.sha256(content).hexdigest()[:12]


def core(published: Mapping[str, bytes], without_network: Iterable[str]) -> list[str]:
    """What every browser keeps at once: the pages for want of a network with all they name, and late scripts."""
    found = {name for name in published if _SCRIPTS.match(name)}
    for page in without_network:
        found.add(page)
        for link in _NAMED.findall(published[page].decode()):
            name = posixpath.normpath(posixpath.join(posixpath.dirname(page), link))
            if name.startswith(f"{FOLDER}/") and is_kept(name):
                found.add(name)
    return sorted(found)
