"""The real catalogue as a whole: two builds are byte-equal, and every link within it leads somewhere."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from posixpath import dirname, join, normpath
from urllib.parse import unquote, urlsplit

import pytest

from hayami import pipeline
from hayami.open_data import downloads
from tests import sites

Files = Mapping[str, bytes]

_LINKS = ("href", "src", "action", "poster", "data", "cite", "xlink:href")
_REFERENCES = ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for", "headers", "list")


@dataclass
class Found(HTMLParser):
    """Links, ids, and references to ids of one page."""

    links: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.links += [given[name] for name in _LINKS if name in given]
        self.links += [one.split()[0] for one in given.get("srcset", "").split(",") if one.strip()]
        if given.get("http-equiv") == "refresh":
            self.links.append(given["content"].partition("url=")[2])
        self.ids += [given["id"]] if "id" in given else []
        self.references += [one for name in _REFERENCES for one in given.get(name, "").split()]

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)


@cache
def read(page: bytes) -> Found:
    """What a page holds; several tests ask for the same pages."""
    found = Found()
    found.feed(page.decode())
    found.close()
    return found


def pages_of(files: Files) -> dict[str, Found]:
    return {name: read(content) for name, content in files.items() if name.endswith(".html")}


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def twice() -> tuple[Files, Files]:
    """The real site, built by two processes that are as unlike as they can be; the first is what browsers read."""
    return _files(sites.catalogue() / "sub" / "path"), _files(sites.catalogue_again())


@pytest.fixture(scope="module")
def site(twice: tuple[Files, Files]) -> Files:
    return twice[0]


@pytest.fixture(scope="module")
def portable() -> Files:
    """What the zip holds: the pages that a portable build makes (tests/unit/test_open_data.py)."""
    with zipfile.ZipFile(io.BytesIO(sites.built(sites.CATALOGUE).files[downloads.ZIP])) as made:
        return {name.removeprefix("site/"): made.read(name) for name in made.namelist()}


def test_two_builds_are_byte_equal(twice: tuple[Files, Files]) -> None:
    first, second = twice
    assert sorted(first) == sorted(second)
    assert [name for name in first if first[name] != second[name]] == []
    assert len(first) > 200


def _target(here: str, link: str) -> tuple[str, str] | None:
    """(file, fragment) to which a link leads within the site; None for links to elsewhere."""
    parts = urlsplit(link)
    if parts.scheme or parts.netloc:
        return None
    path = unquote(parts.path)
    if not path:
        return here, unquote(parts.fragment)
    # The page for missing addresses is shown at any depth, and links from the root.
    full = normpath(path.removeprefix("/") if here == "404.html" else join(dirname(here), path))
    if path.endswith(("/", "/.", "/..")) or path in (".", ".."):
        full = "index.html" if full == "." else f"{full}/index.html"
    return full, unquote(parts.fragment)


def dead_links(files: Files) -> Iterator[str]:
    """Links within the site that lead to no file, out of the site, or to an id that its page has not."""
    pages = pages_of(files)
    for here, page in pages.items():
        for link in page.links:
            leads = _target(here, link)
            if leads is None:
                continue
            file, fragment = leads
            rooted = link.startswith("/") and here != "404.html"
            missing_id = fragment and file in pages and fragment not in pages[file].ids
            if rooted or file not in files or missing_id:
                yield f"{here}: {link}"


def test_links_of_the_site_lead_to_pages_and_places_in_them(site: Files) -> None:
    assert list(dead_links(site)) == []


def test_no_sign_is_escaped_twice(site: Files) -> None:
    twice = re.compile(rb"&amp;(?:amp|lt|gt|quot|#[0-9]+);")
    assert [name for name, content in site.items() if name.endswith(".html") and twice.search(content)] == []


def test_links_of_the_portable_site_lead_to_files(portable: Files) -> None:
    assert list(dead_links(portable)) == []


def test_portable_links_name_their_file(portable: Files) -> None:
    """No link relies on a server that looks for ``index.html`` in a folder."""
    for here, page in pages_of(portable).items():
        # That page is only ever shown by a server.
        if here == "404.html":
            continue
        for link in page.links:
            leads = _target(here, link)
            if leads is not None and urlsplit(link).path:
                assert not urlsplit(link).path.endswith("/"), (here, link)
                assert leads[0] in portable, (here, link)
    home = portable["index.html"].decode()
    assert 'href="en/index.html"' in home
    assert 'href="en/"' not in home


def test_the_same_pages_stand_in_both() -> None:
    """A portable site lacks the marker of the output folder, what hosts need, the search, and what workers need.

    Nor does it hold a zip of itself, and the page of the editors.
    """
    site = sites.built(pipeline.Options(sites.GOLDEN)).files
    portable = sites.built(pipeline.Options(sites.GOLDEN, portable=True)).files
    needless = (".", "_headers", "pagefind/", "sw.js", "offline.json", "data/site.zip")
    without_workers = tuple(
        f"{prefix}{key}/" for prefix in ("", "en/") for key in ("offline", "unreachable", "health")
    )
    digest = re.compile("^assets/[0-9a-f]{12}/")
    pages = {digest.sub("assets/", name) for name in site if not name.startswith(needless + without_workers)}
    pages -= {f"assets/data/renewal.{language}.json" for language in ("ja", "en")}
    assert {digest.sub("assets/", name) for name in portable} == pages | {".nojekyll"}


@pytest.mark.parametrize("form", ["link", "file", "fragment", "rooted"])
def test_a_dead_link_would_be_found(form: str) -> None:
    wrong = {"link": "../nowhere/", "file": "x.css", "fragment": "../#nowhere", "rooted": "/about/"}[form]
    page = f'<a id="here" href="{wrong}">x</a><a href="#here">x</a><a href="../#top">x</a><a href="../">x</a>'
    files = {"index.html": b'<p id="top"><a href="about/">x</a>', "about/index.html": page.encode()}
    assert list(dead_links(files)) == [f"about/index.html: {wrong}"]


def test_style_sheets_and_scripts_find_what_they_name(site: Files) -> None:
    for name, content in site.items():
        if name.endswith(".css"):
            found = re.findall(r'(?:url\(|@import\s+)["\']?([^"\')\s;]+)', content.decode())
        elif name.endswith(".js"):
            found = re.findall(r'(?:\bfrom|\bimport)\s*\(?\s*["\'](\.[^"\']+)', content.decode())
        else:
            continue
        for one in found:
            if not one.startswith(("data:", "#")):
                assert normpath(join(dirname(name), unquote(one.partition("#")[0]))) in site, (name, one)


def test_ids_are_unique_and_references_to_them_hold(site: Files) -> None:
    wrong = {}
    for name, page in pages_of(site).items():
        twice = {one for one in page.ids if page.ids.count(one) > 1}
        lost = set(page.references) - set(page.ids)
        if twice or lost:
            wrong[name] = (twice, lost)
    assert wrong == {}


def test_a_page_links_the_sheets_of_everything_in_it(site: Files) -> None:
    """Sheets are split by what a page holds; what a page holds must be in those that it links."""
    sheets = {
        name.rpartition("/")[2]: set(
            re.findall(r"\.([a-zA-Z][\w-]*)", re.sub(rb"\{[^{}]*\}", b"{}", css).decode())
        )
        for name, css in site.items()
        if name.endswith(".css") and not name.endswith(".print.css")
    }
    rich = {name for name, css in site.items() if b".prose blockquote" in css}
    styled = set[str]().union(*sheets.values())
    # Marks for scripts, which a sheet that a script brings has a rule for as well.
    styled -= {"common", "ready"}
    bare = {}
    for name, content in site.items():
        # Sheets of paper are styled for paper alone; tests of the booklet look at them.
        if name.endswith(".html") and name.removeprefix("en/") != "booklet/index.html":
            page = content.decode()
            linked = re.findall(r'<link rel="stylesheet" href="[^"]*/css/([\w-]+\.css)">', page)
            used = {one for given in re.findall(r' class="([^"]*)"', page) for one in given.split()}
            missing = used & styled - set[str]().union(*(sheets[one] for one in linked))
            prose = re.search(
                r'<div class="prose">(?:(?!</div>).)*<(?:table|blockquote|code)', page, re.DOTALL
            )
            if prose and not {one.rpartition("/")[2] for one in rich} & set(linked):
                missing.add("rich text")
            if missing and linked:
                bare[name] = missing
    assert bare == {}
