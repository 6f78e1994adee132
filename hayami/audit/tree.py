"""The files of a folder, and which of them an address means."""

from __future__ import annotations

import errno
import os
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Literal, NamedTuple

PAGES = (".html", ".htm", ".xhtml")
_INDEX = ("index.html", "index.htm")


class Found(NamedTuple):
    """What stands where an address leads."""

    how: Literal["file", "case", "form", "slash", "nothing"]
    file: str = ""


@dataclass(slots=True)
class Tree:
    """Names of all files, relative to the folder, with ``/`` on every system."""

    files: frozenset[str]
    folders: frozenset[str]
    content: Callable[[str], bytes]
    """The bytes of a file; OSError where it cannot be read."""
    _alike: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in sorted(self.files):
            self._alike.setdefault(_folded(one), one)

    @classmethod
    def in_memory(cls, files: Mapping[str, bytes]) -> Tree:
        """Files that stand nowhere yet, by name."""
        folders = {parent.as_posix() for one in files for parent in PurePosixPath(one).parents}
        return cls(frozenset(files), frozenset({"", *folders} - {"."}), files.__getitem__)

    @classmethod
    def of(cls, root: Path) -> Tree:
        """The files below a folder. Links to other folders are not followed: they may go round in a circle."""
        files: list[str] = []
        folders = {""}

        def unreadable(error: OSError) -> None:
            # What was not looked at must not count as sound.
            raise error

        for here, below, names in os.walk(root, onerror=unreadable):
            below[:] = sorted(one for one in below if one != ".git")
            inner = Path(here).relative_to(root).as_posix()
            inner = "" if inner == "." else inner + "/"
            folders.update(inner + one for one in below)
            files += [inner + one for one in names]

        def content(name: str) -> bytes:
            path = root / name
            if path.exists() and not path.is_file():
                # Reading a pipe would wait for ever.
                raise OSError(errno.EINVAL, "not a file")
            return path.read_bytes()

        return cls(frozenset(files), frozenset(folders), content)

    def pages(self) -> list[str]:
        """The HTML files, in order."""
        return sorted(one for one in self.files if one.lower().endswith(PAGES))

    def find(self, path: str, folder: bool) -> Found:
        """The file for a path; ``folder`` where the address ended with a slash."""
        if not folder and path in self.files:
            return Found("file", path)
        inner = f"{path}/" if path else ""
        for name in _INDEX:
            if inner + name in self.files:
                return Found("file" if folder or not path else "slash", inner + name)
        wanted = [] if folder else [path]
        wanted += [inner + name for name in _INDEX]
        for one in wanted:
            alike = self._alike.get(_folded(one))
            if alike is not None:
                same = unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", alike)
                return Found("form" if same else "case", alike)
        return Found("nothing")


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())
