"""All rules over one folder or file."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from hayami.audit import links, whole
from hayami.audit.address import Site
from hayami.audit.document import Document
from hayami.audit.page import Element, Text
from hayami.audit.pages import styles
from hayami.audit.rules import PAGE_RULES, RULES
from hayami.audit.site import Finding, Folder, Read, opened
from hayami.audit.tree import PAGES, Tree


class NothingToCheck(Exception):
    """There is no such folder, or no page in it."""


def audit(path: Path, site: Site | None = None, rules: Collection[str] = frozenset(RULES)) -> list[Finding]:
    """What is wrong in a folder of pages, in the order of files and lines.

    A single file may be given; the files beside it are then what its links can lead to.
    """
    try:
        if path.is_file():
            root, only = path.parent, path.name
        elif path.is_dir():
            root, only = path, None
        else:
            raise NothingToCheck(
                f"{path}: フォルダーもファイルもありません。/ There is no such folder or file."
            )
        tree = Tree.of(root)
    except OSError as error:
        raise NothingToCheck(f"{error.filename or path}: {error.strerror or error}") from error
    pages = [only] if only is not None else tree.pages()
    if not any(one.lower().endswith(PAGES) for one in pages):
        raise NothingToCheck(f"{path}: HTML のファイルがありません。/ There is no HTML file here.")
    folder = opened(tree, site or Site(), only)
    links.check(folder)
    whole.check(folder)
    texts: dict[str, str] = {}
    for name, read in folder.pages.items():
        if only is None or name == only:
            _page(folder, name, read, texts)
    return sorted({one for one in folder.findings if one.rule in rules})


def _page(folder: Folder, name: str, read: Read, texts: dict[str, str]) -> None:
    """All rules on one page. ``texts`` keeps the style sheets that were read, by file."""
    document = Document(read.page, read.whole)

    def report(rule: str, place: Element | Text | None, target: str = "", detail: str = "") -> None:
        line, column = (place.line, place.column) if place is not None else (1, 1)
        folder.add(Finding(name, line, column, rule, target, detail))

    for module in PAGE_RULES:
        module.check(document, report)
    styles.check(document, report, _sheets(folder, read, texts))


def _sheets(folder: Folder, read: Read, texts: dict[str, str]) -> dict[str, str]:
    """The style sheets of the folder that a page links: address as written → text."""
    found = {}
    for element in read.page.named("link"):
        address = element.get("href")
        if "stylesheet" not in element.words("rel") or read.base is None:
            continue
        there = folder.leads(address, read.base)[1]
        if there.how != "file":
            continue
        if there.file not in texts:
            try:
                texts[there.file] = folder.tree.content(there.file).decode("utf-8-sig")
            except (OSError, UnicodeDecodeError):
                continue
        found[address] = texts[there.file]
    return found
