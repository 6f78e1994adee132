"""What a browser may keep: exactly what is published and needed, under a name that changes when any of it does."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from posixpath import dirname, normpath
from typing import Any

import pytest

from hayami import offline, pipeline
from tests import sites

GOLDEN = Path(__file__).parent.parent / "golden" / "content"
BASED = pipeline.Options(GOLDEN, base_url=sites.HOST)


@pytest.fixture(scope="module")
def files() -> Mapping[str, bytes]:
    """The golden catalogue with its search."""
    return sites.built(BASED).files


@pytest.fixture(scope="module")
def listed(files: Mapping[str, bytes]) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(files[offline.LIST])
    return read


def constant(worker: bytes, name: str) -> Any:
    found = re.search(rf"^const {name} = (?:new (?:Set|RegExp)\()?(.+?)\)?;$", worker.decode(), re.MULTILINE)
    assert found is not None, name
    return json.loads(found[1])


def test_the_list_is_what_is_published_but_what_nobody_needs(
    files: Mapping[str, bytes], listed: dict[str, Any]
) -> None:
    aside = {"404.html", "robots.txt", "sitemap.xml", "_headers", ".nojekyll", "sw.js", "offline.json"}
    pictures = {name for name in files if name.startswith("pictures/")}
    others = {name for name in files if name.startswith("data/") and not name.endswith(".html")}
    others |= {name for name in files if name.endswith("/feed.xml")}
    from_paper = {name for name in files if re.match(r"(en/)?q/", name)}
    assert len(from_paper) == 2 * len({name.removeprefix("en/") for name in from_paper}) > 0
    assert set(listed["files"]) == set(files) - aside - pictures - others - from_paper
    assert {name: size for name, (size, _) in listed["files"].items()} == {
        name: len(files[name]) for name in listed["files"]
    }
    assert listed["bytes"] == sum(size for size, _ in listed["files"].values())
    for name, (_, mark) in listed["files"].items():
        assert mark == hashlib.sha256(files[name]).hexdigest()[:12]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("index.html", True),
        ("manifest.webmanifest", True),
        ("compare/programme.x.json", True),
        ("pagefind/pagefind.en_0a.pf_meta", True),
        ("booklet.pdf", False),
        ("en/programmes/list.csv", False),
        ("events/fair.ics", False),
        ("feed.xml", False),
        ("pictures/preview.ja.png", False),
        ("404.html", False),
    ],
)
def test_pages_and_what_they_load_are_kept(name: str, expected: bool) -> None:
    assert offline.is_kept(name) is expected


def test_the_worker_and_the_list_name_the_same_build(
    files: Mapping[str, bytes], listed: dict[str, Any]
) -> None:
    assert re.fullmatch("[0-9a-f]{12}", listed["build"])
    assert constant(files["sw.js"], "BUILD") == listed["build"]


def test_the_same_content_makes_the_same_build(files: Mapping[str, bytes]) -> None:
    again = pipeline.build(BASED).files
    assert {name: again[name] for name in ("sw.js", "offline.json")} == {
        name: files[name] for name in ("sw.js", "offline.json")
    }


@pytest.mark.parametrize("changed", ["index.html", "robots.txt", ".nojekyll", "a-new-file.pdf", "sw.js"])
def test_any_change_makes_another_build(files: Mapping[str, bytes], changed: str) -> None:
    checked = pipeline.check(pipeline.Options(GOLDEN))
    assert checked.site is not None
    rendering = pipeline.renderer(checked.site, pipeline.Options(GOLDEN))
    published = {name: content for name, content in files.items() if name not in ("sw.js", "offline.json")}

    def build(published: Mapping[str, bytes], more: bytes = b"") -> str:
        assert checked.site is not None
        made = offline.files(
            checked.site,
            rendering.addresses,
            published,
            lambda name, **given: rendering.worker(name, **given) + more,
        )
        found: str = json.loads(made["offline.json"])["build"]
        return found

    if changed == "sw.js":
        assert build(published, b"//") != build(published)
    else:
        assert build({**published, changed: published.get(changed, b"") + b" "}) != build(published)


def test_what_is_kept_at_once_stands_in_the_site_and_is_small(
    files: Mapping[str, bytes], listed: dict[str, Any]
) -> None:
    core = constant(files["sw.js"], "CORE")
    assert set(core) <= set(listed["files"])
    scripts = {name for name in files if name.startswith("assets/") and name.endswith(".js")}
    assert scripts <= set(core)
    for page in ("unreachable/index.html", "en/unreachable/index.html"):
        assert page in core
        loads = re.findall(
            r'<(?:script|link rel="(?:stylesheet|icon)")[^>]* (?:src|href)="([^"]+)"', files[page].decode()
        )
        assert len(loads) > 5
        assert {normpath(f"{dirname(page)}/{one}") for one in loads} <= set(core)
    assert sum(len(files[name]) for name in core) < 200_000


def test_pinned_files_are_those_whose_name_tells_their_content(files: Mapping[str, bytes]) -> None:
    pattern = constant(files["sw.js"], "PINNED")
    pinned = {name for name in files if re.search(pattern, name)}
    assert pinned == {
        name for name in files if name.startswith("assets/") or name.endswith((".pf_meta", ".pf_index"))
    }
    assert {name.partition("/")[0] for name in pinned} == {"assets", "pagefind"}


def test_every_file_of_the_list_is_one_of_the_site_for_the_worker(
    files: Mapping[str, bytes], listed: dict[str, Any]
) -> None:
    top, endings = set(constant(files["sw.js"], "TOP")), constant(files["sw.js"], "ENDINGS")
    for name in listed["files"]:
        assert re.search(endings, name), name
        assert name.partition("/")[0] in top or re.fullmatch(r"[^/]+\.(html|webmanifest)", name), name


def test_the_worker_and_its_list_stand_in_no_index(files: Mapping[str, bytes]) -> None:
    for name in ("robots.txt", "sitemap.xml"):
        for one in (b"sw.js", b"offline.json", b"unreachable"):
            assert one not in files[name]
    assert f"{sites.HOST}offline/".encode() in files["sitemap.xml"]
    assert b"/sw.js\n  Cache-Control: no-cache\n" in files["_headers"]
    for page in ("unreachable/index.html", "en/unreachable/index.html"):
        assert b'<meta name="robots" content="noindex">' in files[page]


@pytest.mark.parametrize("how", ["settings", "serve", "portable"])
def test_a_site_without_it_has_no_trace_but_what_clears_away(how: str, tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(GOLDEN, content)
    if how == "settings":
        with (content / "site.yaml").open("a", encoding="utf-8") as file:
            file.write("offline: false\n")
    built = pipeline.build(
        pipeline.Options(content, served=how == "serve", portable=how == "portable", search=False)
    )
    assert built.problems == ()
    told = {name for name in built.files if re.search(r"offline|unreachable|renewal\.|^sw\.js", name)}
    expected = set() if how == "portable" else {"sw.js"}
    assert {name for name in told if not name.startswith("assets/")} == expected
    assert [name for name, page in built.files.items() if name.endswith(".html") and b"offline" in page] == []
    if how != "portable":
        assert b"unregister" in built.files["sw.js"]
        assert b"fetch" not in built.files["sw.js"]
