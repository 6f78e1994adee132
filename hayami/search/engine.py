"""The index, made by Pagefind. This is the only module that knows it."""

from __future__ import annotations

import gzip
import json
import subprocess
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import deflate
from pagefind.service import get_executable

from hayami.search.documents import Document

_ENTRY = "pagefind-entry.json"
_USED = ("pagefind.js", _ENTRY)
_USED_ENDINGS = (".pagefind", ".pf_meta", ".pf_index", ".pf_fragment")
"""What a page of ours fetches; ready-made boxes and the worker are left out."""


class Failed(RuntimeError):
    """The engine could not be run: our own bug, or a broken environment."""


def index(documents: Iterable[Document]) -> dict[str, bytes]:
    """Index documents: path below the folder of the engine → content. Same documents, same bytes.

    Through files and a process of its own: it ends when everything is written, and takes any number of pages.
    """
    program = get_executable()
    if program is None:
        raise Failed("pagefind: no program")
    with tempfile.TemporaryDirectory(prefix="hayami-search-") as folder:
        pages, made = Path(folder, "pages"), Path(folder, "made")
        for one in documents:
            path = pages / one.address / "index.html"
            path.parent.mkdir(parents=True)
            path.write_text(one.html(), encoding="utf-8", newline="\n")
        told = subprocess.run(
            # M&A is a word.
            [program, "--site", pages, "--output-path", made, "--include-characters", "&", "--quiet"],
            capture_output=True,
            check=False,
        )
        if told.returncode:
            raise Failed(f"pagefind: {told.stderr.decode(errors='replace')}")
        files = {
            path.relative_to(made).as_posix(): _packed(path.read_bytes())
            for path in sorted(made.rglob("*"))
            if path.is_file() and (path.name in _USED or path.name.endswith(_USED_ENDINGS))
        }
    # The engine writes the languages in whatever order its table has them.
    entry = json.loads(files[_ENTRY])
    return {**files, _ENTRY: json.dumps(entry, sort_keys=True, separators=(",", ":")).encode() + b"\n"}


def _packed(content: bytes) -> bytes:
    """A file of the engine, packed more closely where it is packed: hosts send it as it is."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    return bytes(deflate.gzip_compress(gzip.decompress(content), 12))


def is_fragment(name: str) -> bool:
    """Whether a file holds the text of one document, which the page itself has as well."""
    return name.endswith(".pf_fragment")


def addresses(files: Mapping[str, bytes]) -> dict[str, str]:
    """Id of a result → address of its document, so that a page need not fetch what it does not show."""
    found = {}
    for name, content in files.items():
        if is_fragment(name):
            text = gzip.decompress(content).removeprefix(b"pagefind_dcd")
            found[Path(name).stem] = json.loads(text)["url"].strip("/")
    return found
