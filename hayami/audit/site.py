"""Everything that rules look at: the files of a folder, each page read once, and what was found."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field

from hayami.audit import references
from hayami.audit.address import Site, Way, split, way
from hayami.audit.page import Element, Page, read
from hayami.audit.references import Reference
from hayami.audit.tree import Found, Tree
from hayami.problems import nearest


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A rule that is broken at a place. ``file`` is relative to the folder."""

    file: str
    line: int
    column: int
    rule: str
    target: str = ""
    detail: str = ""
    near: tuple[str, ...] = ()
    """Targets that exist and look like this one."""


@dataclass(slots=True)
class Read:
    """A page with what several rules ask of it."""

    page: Page
    links: tuple[Reference, ...]
    base: str | None
    """Where its relative addresses start, within the folder; None where that is elsewhere."""
    ids: frozenset[str]
    whole: bool
    """Whether it is a page rather than a piece of one."""
    noindex: bool
    language: str
    redirect: str | None

    def of(self, *uses: str) -> list[Reference]:
        """References of some uses."""
        return [one for one in self.links if one.use in uses]


@dataclass(slots=True)
class Folder:
    """A folder that is being checked."""

    tree: Tree
    site: Site
    pages: dict[str, Read] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    only: str | None = None
    """The one file to tell about, where a file was given."""
    _targets: dict[str, frozenset[str] | None] = field(default_factory=dict)
    _near: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _led: dict[tuple[str, str], tuple[Way, Found]] = field(default_factory=dict)

    def add(self, finding: Finding) -> None:
        """Note something that is wrong."""
        if self.only is None or finding.file == self.only:
            self.findings.append(finding)

    def text(self, name: str) -> str | None:
        """The text of a file; what stands in the way of reading it is a finding."""
        try:
            return self.tree.content(name).decode("utf-8-sig")
        except OSError as error:
            self.add(Finding(name, 1, 1, "unreadable-file", detail=error.strerror or str(error)))
        except UnicodeDecodeError as error:
            self.add(Finding(name, 1, 1, "not-utf8", detail=f"{error.start + 1}"))
        return None

    def digest(self, name: str, algorithm: str) -> bytes | None:
        """The fingerprint of a file."""
        try:
            return hashlib.new(algorithm, self.tree.content(name)).digest()
        except (OSError, ValueError):
            return None

    def leads(self, address: str, here: str) -> tuple[Way, Found]:
        """Where an address leads, and the file there."""
        # Rules on links and those on the whole site ask for the same ones.
        known = self._led.get((address, here))
        if known is None:
            to = way(address, here, self.site)
            inside = to.where == "inside"
            known = to, self.tree.find(to.path.rstrip("/"), to.folder) if inside else Found("nothing")
            self._led[address, here] = known
        return known

    def targets(self, name: str) -> frozenset[str] | None:
        """The ids to which a fragment can lead in a file; None where that cannot be told."""
        if name in self.pages:
            return self.pages[name].ids
        if not name.lower().endswith(".svg"):
            return None
        if name not in self._targets:
            try:
                page = read(self.tree.content(name).decode("utf-8", "replace"))
                self._targets[name] = frozenset(one for one, _ in page.ids())
            except OSError:
                self._targets[name] = None
        return self._targets[name]

    def near(self, path: str) -> tuple[str, ...]:
        """Files whose names look like a path that leads nowhere."""
        if path not in self._near:
            files = self.tree.files
            if len(files) > 2000:
                folder, _, last = path.rpartition("/")
                files = frozenset(
                    one for one in files if one.startswith(folder + "/") or one.endswith("/" + last)
                )
            # Comparing names is slow; a folder with that many faults has another problem than slips.
            few = len(self._near) < 200 and len(files) <= 2000
            self._near[path] = nearest(path, files) if few else ()
        return self._near[path]


@dataclass
class Memory:
    """What an earlier audit in the same process learned of pages that have not changed since."""

    reads: dict[str, tuple[str, Site, Read]] = field(default_factory=dict)
    """Page → its text, the site it was read for, and what was read."""
    found: dict[str, tuple[object, tuple[Finding, ...]]] = field(default_factory=dict)
    """Page → its text with its style sheets, and what is wrong with it by itself."""


def opened(tree: Tree, site: Site, only: str | None = None, memory: Memory | None = None) -> Folder:
    """The folder with all its pages read."""
    folder = Folder(tree, site, only=only)
    known = memory.reads if memory is not None else {}
    for name in tree.pages():
        text = folder.text(name)
        if text is None:
            continue
        if name not in known or known[name][:2] != (text, site):
            known[name] = (text, site, _read(text, name, site))
        folder.pages[name] = known[name][2]
    if folder.site.url is None:
        url = _told_by_pages(folder)
        if url is not None:
            path = split(url)
            base = site.base_path if site.base_path != "/" else (path.path if path else "/")
            folder.site = Site(url, base)
    return folder


def _read(text: str, name: str, site: Site) -> Read:
    page = read(text)
    ids = {one for one, _ in page.ids()}
    ids |= {one.get("name") for one in page.named("a") if one.get("name")}
    links = tuple(references.of_page(page))
    html = next(page.named("html"), None)
    return Read(
        page=page,
        links=links,
        base=_base(page, name, site),
        ids=frozenset(ids),
        whole=html is not None,
        noindex=any(
            one.get("name").lower() in ("robots", "googlebot")
            and re.search(r"\b(?:noindex|none)\b", one.get("content").lower()) is not None
            for one in page.named("meta")
        ),
        language=html.get("lang") if html else "",
        redirect=next((one.address for one in links if one.use == "refresh" and one.address), None),
    )


def base_element(page: Page) -> Element | None:
    """The element that moves all relative addresses, if there is one."""
    return next((one for one in page.named("base") if "href" in one.attributes), None)


def _base(page: Page, name: str, site: Site) -> str | None:
    element = base_element(page)
    if element is None:
        return name
    to = way(element.get("href"), name, site)
    if to.where != "inside":
        return None
    return f"{to.path}/" if to.folder and to.path else to.path


def _told_by_pages(folder: Folder) -> str | None:
    """The address of the site, where at least two pages agree on it with their canonical addresses."""
    votes: Counter[str] = Counter()
    for name, one in folder.pages.items():
        short = name.removesuffix("index.html") if name.rpartition("/")[2] == "index.html" else name
        for link in one.of("canonical"):
            parts = split(link.address)
            if parts is None or parts.scheme != "https" or not parts.netloc:
                continue
            for tail in {short, name}:
                if tail and link.address.endswith("/" + tail):
                    votes[link.address[: -len(tail)]] += 1
    best = votes.most_common(1)
    return best[0][0] if best and best[0][1] > 1 else None
