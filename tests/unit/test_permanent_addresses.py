"""Addresses that are printed or linked to from elsewhere stay: which there are, and what a page says of them."""

from __future__ import annotations

import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from posixpath import normpath
from urllib.parse import urlsplit

import pytest

from hayami import pipeline

CONTENT = Path(__file__).parent.parent / "golden" / "content"
BASE_URL = "https://example.org/sub/path/"
RECORDS = {
    "programmes/machine-grant",
    "organisations/desk",
    "facilities/hall",
    "events/fair",
}
FORMER = ("machine-support", "tool-grant")

_SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_XHTML = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def based() -> dict[str, str]:
    """The golden catalogue, told where it will stand."""
    return _built(base_url=BASE_URL)


@pytest.fixture(scope="module")
def placeless() -> dict[str, str]:
    """The same without an address."""
    return _built(base_url=None)


def _built(content: Path = CONTENT, **options: str | None) -> dict[str, str]:
    # The repository stands on the same host, which an audit would look into.
    built = pipeline.build(
        pipeline.Options(content, audit=False, search=False, archive=False, **options)  # type: ignore[arg-type]
    )
    assert built.problems == ()
    return {
        name: data.decode() for name, data in built.files.items() if not name.startswith(("assets/", "sw.js"))
    }


def redirects(files: dict[str, str]) -> dict[str, str]:
    """File of a redirect page → file that it leads to."""
    found = {}
    for name, page in files.items():
        target = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', page)
        if target:
            leads = normpath(f"{Path(name).parent.as_posix()}/{target[1]}")
            found[name] = f"{leads}/index.html"
            assert f'<a href="{target[1]}">' in page, "readers whose browser does not follow need a link"
            assert '<meta name="robots" content="noindex">' in page
    return found


def test_each_record_stands_under_its_kind_and_slug(based: dict[str, str]) -> None:
    for key in RECORDS:
        for file, language in ((f"{key}/index.html", "ja"), (f"en/{key}/index.html", "en")):
            assert f'<html lang="{language}">' in based[file]
            assert 'http-equiv="refresh"' not in based[file]
    assert "search/index.html" in based
    assert "en/search/index.html" in based
    assert not [name for name in based if name.startswith("ja/")]


def test_short_and_former_addresses_lead_to_the_record(based: dict[str, str]) -> None:
    expected = {f"programmes/{former}/index.html": "programmes/machine-grant/index.html" for former in FORMER}
    expected |= {f"en/{name}": f"en/{target}" for name, target in expected.items()}
    assert redirects(based) == expected
    assert set(expected.values()) <= set(based)


def test_addresses_on_paper_lead_to_the_record_and_stay_out_of_searches(based: dict[str, str]) -> None:
    expected = {f"q/{key.split('/')[1]}/": key for key in RECORDS}
    expected |= {f"q/{former}/": "programmes/machine-grant" for former in FORMER}
    for prefix in ("", "en/"):
        for short, key in expected.items():
            page = based[f"{prefix}{short}index.html"]
            assert f'<a href="../../{key}/" data-record>' in page
            assert '<meta name="robots" content="noindex">' in page
            assert f"{BASE_URL}{prefix}{short}" not in based["sitemap.xml"]


@pytest.mark.parametrize("name", ["programmes/tool-grant/index.html", "en/programmes/tool-grant/index.html"])
def test_a_redirect_names_the_address_that_counts(
    name: str, based: dict[str, str], placeless: dict[str, str]
) -> None:
    leads = redirects(based)[name].removesuffix("index.html")
    assert f'<link rel="canonical" href="{BASE_URL}{leads}">' in based[name]
    assert "canonical" not in placeless[name]


def _pages(files: dict[str, str]) -> list[str]:
    """Pages that are to be found: no redirects, none that stand in for another, none for the editors alone."""
    aside = {*redirects(files), "404.html"}
    aside |= {f"{prefix}{key}/index.html" for prefix in ("", "en/") for key in ("unreachable", "health")}
    return [name for name in files if name.endswith(".html") and name not in aside]


def test_every_page_says_where_it_and_its_twin_stand(based: dict[str, str]) -> None:
    for name in _pages(based):
        page = based[name]
        here = name.removesuffix("index.html")
        key = here.removeprefix("en/")
        links = re.findall(
            r'<link rel="(canonical|alternate)"(?: hreflang="([\w-]+)")? href="([^"]+)">', page
        )
        assert links == [
            ("canonical", "", f"{BASE_URL}{here}"),
            ("alternate", "ja", f"{BASE_URL}{key}"),
            ("alternate", "en", f"{BASE_URL}en/{key}"),
            ("alternate", "x-default", f"{BASE_URL}{key}"),
        ]
        assert re.findall(r'<meta property="og:url" content="([^"]+)">', page) == [f"{BASE_URL}{here}"]
        other = "ja" if here != key else "en"
        assert re.search(rf'<a href="[^"]+" hreflang="{other}" lang="{other}" rel="alternate">', page)


def test_without_an_address_none_is_given(placeless: dict[str, str]) -> None:
    for name in _pages(placeless):
        page = placeless[name]
        assert "canonical" not in page
        assert "og:url" not in page
        assert '<link rel="alternate"' not in page
        assert '"url":' not in page
        assert 'lang="en"' in page
    assert "sitemap.xml" not in placeless
    assert "Sitemap" not in placeless["robots.txt"]


def test_the_same_pages_exist_with_and_without_an_address(
    based: dict[str, str], placeless: dict[str, str]
) -> None:
    # Neither a list of addresses nor feeds are of use without them.
    more = set(based) - set(placeless)
    assert {name for name in more if not name.endswith("/feed.xml")} == {"sitemap.xml"}
    assert len(more) == 11
    assert set(placeless) <= set(based)


def test_the_sitemap_lists_every_page_with_its_twins(based: dict[str, str]) -> None:
    root = ET.fromstring(based["sitemap.xml"])
    listed = {}
    for entry in root.findall(f"{_SITEMAP}url"):
        address = entry.findtext(f"{_SITEMAP}loc") or ""
        assert address not in listed
        assert entry.findtext(f"{_SITEMAP}lastmod") == "2024-03-19"
        listed[address] = {
            link.get("hreflang"): link.get("href")
            for link in entry.findall(f"{_XHTML}link[@rel='alternate']")
        }
    public = [name for name in _pages(based) if 'content="noindex"' not in based[name]]
    assert set(listed) == {BASE_URL + name.removesuffix("index.html") for name in public}
    for address, twins in listed.items():
        assert address in twins.values()
        assert set(twins) == {"ja", "en", "x-default"}
        assert twins["x-default"] == twins["ja"]
        assert set(twins.values()) <= set(listed)
        assert all(listed[str(twin)] == twins for twin in twins.values()), "twins name each other"
    assert based["robots.txt"].endswith(f"Sitemap: {BASE_URL}sitemap.xml\n")


@pytest.mark.parametrize("address", [BASE_URL, None, "https://example.org"])
def test_the_page_for_missing_addresses_works_at_any_depth(
    address: str | None, based: dict[str, str], placeless: dict[str, str]
) -> None:
    files = {BASE_URL: based, None: placeless}.get(address) or _built(base_url=address)
    page = files["404.html"]
    root = {BASE_URL: "/sub/path/"}.get(address or "", "/")
    links = re.findall(r'(?:href|src)="([^"]+)"', page)
    within = [link for link in links if not urlsplit(link).scheme and not link.startswith("#")]
    assert len(within) > 20
    for link in within:
        assert link.startswith(root)
        path = link.removeprefix(root)
        if not path.startswith("assets/"):
            assert f"{path}index.html" in files or path == "manifest.webmanifest", link
    assert 'content="noindex"' in page
    assert "canonical" not in page
    assert '<section lang="ja">' in page
    assert '<section lang="en">' in page
    assert "en/404/index.html" not in files


def test_an_address_on_the_command_line_wins_over_that_of_the_settings(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(CONTENT, content)
    with (content / "site.yaml").open("a", encoding="utf-8", newline="\n") as file:
        file.write("base_url: https://settings.example/here\n")
    settings = _built(content)
    assert '<link rel="canonical" href="https://settings.example/here/">' in settings["index.html"]
    given = _built(content, base_url="https://given.example/")
    assert '<link rel="canonical" href="https://given.example/">' in given["index.html"]
    assert "settings.example" not in "".join(given.values())


def test_a_site_does_not_tell_where_it_was_built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same content gives the same bytes wherever it lies and whatever the current folder is."""
    content = tmp_path / "ある 場所" / "content"
    shutil.copytree(CONTENT, content)
    first = _built(content)
    monkeypatch.chdir(content.parent)
    assert _built(content) == first
    record = first["programmes/machine-grant/index.html"]
    assert '"https://example.org/hayami/edit/main/content/programmes/machine-grant/record.yaml"' in record
    assert str(tmp_path) not in "".join(first.values())
