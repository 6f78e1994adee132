"""The web manifest, and the addresses of the head of a page: relative, so that they hold under any path."""

from __future__ import annotations

import json
import re
from pathlib import Path
from posixpath import dirname
from typing import Any
from urllib.parse import urljoin

import pytest

from hayami import pipeline, png, tokens
from tests import sites

GOLDEN = Path(__file__).parent.parent / "golden" / "content"
HOST = "https://example.org/some/sub/path/"
"""Where the site is imagined to stand; the build does not know of it."""

FILES = {"ja": "manifest.webmanifest", "en": "en/manifest.webmanifest"}
PAPER = tokens.read((pipeline.PROJECT / "assets" / tokens.SHEET).read_text("utf-8"))


@pytest.fixture(scope="module")
def built() -> pipeline.Built:
    return sites.built(pipeline.Options(GOLDEN))


def manifest(built: pipeline.Built, language: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(built.files[FILES[language]])
    return read


def file_at(address: str) -> str:
    """File of the site that a host answers with."""
    assert address.startswith(HOST), address
    path = address.removeprefix(HOST)
    return path + "index.html" if not path or path.endswith("/") else path


@pytest.mark.parametrize("language", FILES)
def test_it_says_the_names_of_the_site(built: pipeline.Built, language: str) -> None:
    assert built.site is not None
    settings, read = built.site.settings, manifest(built, language)
    assert read["short_name"] == settings.title[language]
    assert settings.title[language] in read["name"]
    assert settings.tagline[language] in read["name"]
    assert read["description"] == settings.description[language]
    assert read["lang"] == language
    assert read["theme_color"] == read["background_color"] == PAPER.value("paper")


@pytest.mark.parametrize("language", FILES)
@pytest.mark.parametrize("portable", [False, True])
def test_every_address_holds_under_a_sub_path(language: str, portable: bool) -> None:
    built = sites.built(pipeline.Options(GOLDEN, portable=portable))
    here, read = HOST + FILES[language], manifest(built, language)
    start = urljoin(here, read["start_url"])
    assert file_at(start) == f"{dirname(FILES[language])}/index.html".lstrip("/")
    scope = urljoin(here, read["scope"])
    assert scope == HOST
    assert start.startswith(scope)
    for icon in read["icons"]:
        content = built.files[file_at(urljoin(here, icon["src"]))]
        if icon["type"] == "image/png":
            assert png.size(content) == tuple(int(one) for one in icon["sizes"].split("x"))
        else:
            assert content.startswith(b"<svg")


def test_a_launcher_finds_what_it_asks_for(built: pipeline.Built) -> None:
    """Chromium asks for 192 and 512 px; launchers that cut shapes ask for maskable ones."""
    offered = {(icon["sizes"], icon.get("purpose", "any")) for icon in manifest(built, "ja")["icons"]}
    assert {(f"{n}x{n}", purpose) for n in (192, 512) for purpose in ("any", "maskable")} <= offered


def links(page: bytes) -> dict[str, list[str]]:
    """``rel`` → addresses, of the head of a page."""
    found: dict[str, list[str]] = {}
    for rel, address in re.findall(r'<link rel="([a-z-]+)" href="([^"]*)"', page.decode()):
        found.setdefault(rel, []).append(address)
    return found


def test_every_page_names_the_manifest_of_its_language_and_its_icons(built: pipeline.Built) -> None:
    pages = {name for name in built.files if name.endswith(".html") and b'<html lang="' in built.files[name]}
    checked = 0
    for name in pages:
        page = built.files[name]
        if b'http-equiv="refresh"' in page or name == "404.html":
            continue
        language = "en" if name.startswith("en/") else "ja"
        found = links(page)
        assert [file_at(urljoin(HOST + name, one)) for one in found["manifest"]] == [FILES[language]], name
        for rel, number in (("icon", 2), ("apple-touch-icon", 1)):
            assert len(found[rel]) == number
            assert all(file_at(urljoin(HOST + name, one)) in built.files for one in found[rel])
        checked += 1
    assert checked > 30


def test_the_page_for_missing_addresses_names_them_from_the_root() -> None:
    built = sites.built(pipeline.Options(GOLDEN, base_url=HOST))
    found = links(built.files["404.html"])
    assert found["manifest"] == ["/some/sub/path/manifest.webmanifest"]
    assert all(file_at(urljoin(HOST, one)) in built.files for one in found["icon"])


def test_pages_on_a_disk_name_no_manifest() -> None:
    """Browsers refuse to read one from a disk, and would say so on every page."""
    built = sites.built(pipeline.Options(GOLDEN, portable=True))
    assert "manifest" not in links(built.files["index.html"])
    assert "icon" in links(built.files["index.html"])


def test_the_colour_of_the_browser_is_that_of_the_paper(built: pipeline.Built) -> None:
    found = re.findall(
        r'<meta name="theme-color" content="([^"]+)" media="\(prefers-color-scheme: (\w+)\)">',
        built.files["index.html"].decode(),
    )
    assert found == [
        (PAPER.value("paper", "light"), "light"),
        (PAPER.value("paper", "dark"), "dark"),
    ]


def test_the_choice_is_known_before_any_style_sheet(built: pipeline.Built) -> None:
    """A plain script (no module, not deferred) that stands before the first style sheet, after what it sets."""
    page = built.files["index.html"].decode()
    script = re.search(r'<script src="[^"]*js/theme\.js"></script>', page)
    assert script is not None
    assert page.rindex('name="theme-color"') < script.start() < page.index('rel="stylesheet"')
    assert page.index('name="color-scheme"') < script.start()
