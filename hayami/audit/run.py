"""All rules over one folder or file."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from hayami.audit import links, whole
from hayami.audit.address import Site
from hayami.audit.document import Document
from hayami.audit.page import Element, Text
from hayami.audit.pages import styles
from hayami.audit.rules import PAGE_RULES, RULES
from hayami.audit.site import Finding, Folder, Memory, Read, opened
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
    return _findings(tree, site or Site(), only, rules)


def audit_files(
    files: Mapping[str, bytes], site: Site | None = None, memory: Memory | None = None
) -> list[Finding]:
    """The same for the files of a site that stands nowhere yet, by name."""
    return _findings(Tree.in_memory(files), site or Site(), None, frozenset(RULES), memory)


@contextmanager
def _without_collector() -> Iterator[None]:
    """No search for circles of objects: a page has none, and going through all that was read takes long.

    It stands around a whole function, so that what was read is gone when the search begins again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_without_collector()
def _findings(
    tree: Tree, site: Site, only: str | None, rules: Collection[str], memory: Memory | None = None
) -> list[Finding]:
    folder = opened(tree, site, only, memory)
    links.check(folder)
    whole.check(folder)
    texts: dict[str, str] = {}
    for name, read in folder.pages.items():
        if only is not None and name != only:
            continue
        sheets = _sheets(folder, read, texts)
        if memory is None:
            folder.findings += _page(name, read, sheets)
            continue
        seen = (memory.reads[name][0], sheets)
        if name not in memory.found or memory.found[name][0] != seen:
            memory.found[name] = (seen, tuple(_page(name, read, sheets)))
        folder.findings += memory.found[name][1]
    return sorted({one for one in folder.findings if one.rule in rules})


def _page(name: str, read: Read, sheets: Mapping[str, str]) -> list[Finding]:
    """All rules on one page by itself. ``sheets`` are the style sheets that it links, by address as written."""
    document = Document(read.page, read.whole)
    found: list[Finding] = []

    def report(rule: str, place: Element | Text | None, target: str = "", detail: str = "") -> None:
        line, column = (place.line, place.column) if place is not None else (1, 1)
        found.append(Finding(name, line, column, rule, target, detail))

    for module in PAGE_RULES:
        module.check(document, report)
    styles.check(document, report, sheets)
    return found


def _sheets(folder: Folder, read: Read, texts: dict[str, str]) -> dict[str, str]:
    """The style sheets of the folder that a page links: address as written → text.

    ``texts`` keeps those that were read, by file.
    """
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
