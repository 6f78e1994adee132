"""Addresses: where a page stands, and how one page links to another.

A page is named by its *key* (``programmes/some-slug``, ``""`` for home). The primary language stands at
the root, every other one under its code. Links are relative, so that the site works under any path.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from posixpath import relpath
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True)
class Addresses:
    """How keys become addresses in one build."""

    primary: str
    base_url: str | None = None
    portable: bool = False
    """Write links that name ``index.html``, for use from a folder or a zip without a server."""
    prefix: str = ""
    """Folder below which all pages stand, with a slash at its end: ``fy2024/`` for those of a year that is over."""

    def folder(self, key: str, language: str) -> str:
        """Folder of a page with a slash at its end; empty for the root."""
        prefix = "" if language == self.primary else f"{language}/"
        return f"{self.prefix}{prefix}{key}/" if key else self.prefix + prefix

    def file(self, key: str, language: str) -> str:
        """Path of the page's file in the site."""
        return f"{self.folder(key, language)}index.html"

    def link(self, here: str, key: str, language: str, fragment: str = "") -> str:
        """Address of a page, relative to the folder ``here``."""
        target = self.folder(key, language)
        path = _relative(target, here) if target != here else "."
        path = "./" if path == "." else path + "/"
        if self.portable:
            path = path.removeprefix("./") + "index.html"
        if fragment and target == here and not self.portable:
            path = ""
        return quote(path) + (f"#{quote(fragment)}" if fragment else "")

    def file_link(self, here: str, file: str) -> str:
        """Address of a file, relative to the folder ``here``."""
        return quote(_relative(file, here))

    def absolute(self, key: str, language: str) -> str | None:
        """Canonical address, when the place of the site is known."""
        return None if self.base_url is None else self.base_url + quote(self.folder(key, language))

    def absolute_file(self, file: str) -> str | None:
        """Absolute address of a file, when the place of the site is known."""
        return None if self.base_url is None else self.base_url + quote(file)

    @property
    def root_path(self) -> str:
        """Path of the site on its host, for the one page that is shown at any depth (``404.html``)."""
        return urlsplit(self.base_url).path if self.base_url else "/"


@lru_cache(maxsize=100_000)
def _relative(target: str, here: str) -> str:
    """Path from one place of the site to another; the same few hundred are asked for again and again."""
    return relpath("/" + target, "/" + here)
