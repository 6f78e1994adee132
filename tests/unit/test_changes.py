"""What became of the catalogue: told on its page, on records, in feeds and in the data, and the same everywhere."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest

from hayami import pipeline
from hayami.schema.scalars import Ref
from tests import sites

GOLDEN = Path(__file__).parent.parent / "golden" / "content"
BASE_URL = sites.HOST
BASED = pipeline.Options(GOLDEN, base_url=BASE_URL, search=False)

ATOM = "{http://www.w3.org/2005/Atom}"
_DAY = re.compile(r"\d{4}-\d\d-\d\dT00:00:00Z")


@pytest.fixture(scope="module")
def based() -> pipeline.Built:
    return sites.built(BASED)


@pytest.fixture(scope="module")
def catalogue() -> pipeline.Built:
    return sites.built(sites.PLACED)


def _feeds(built: pipeline.Built) -> dict[str, ET.Element]:
    return {
        name: ET.fromstring(content) for name, content in built.files.items() if name.endswith("/feed.xml")
    }


def _text(above: ET.Element, name: str) -> str:
    (found,) = above.findall(ATOM + name)
    assert found.text
    return found.text


def _links(above: ET.Element) -> dict[str, str]:
    return {str(one.get("rel")): str(one.get("href")) for one in above.findall(ATOM + "link")}


def _file(address: str) -> str:
    assert address.startswith(BASE_URL)
    path = unquote(address.removeprefix(BASE_URL).partition("#")[0])
    return path + "index.html" if path.endswith("/") else path


def test_there_is_a_feed_for_the_whole_and_for_each_purpose_and_category_in_each_language(
    catalogue: pipeline.Built,
) -> None:
    assert catalogue.site is not None
    words = catalogue.site.vocabulary
    keys = ["changes", *(f"purposes/{one.id}" for one in words.purposes)]
    keys += [f"categories/{one.id}" for one in words.categories]
    assert set(_feeds(catalogue)) == {f"{prefix}{key}/feed.xml" for key in keys for prefix in ("", "en/")}


def test_feeds_are_sound_atom(based: pipeline.Built) -> None:
    """What RFC 4287 asks of a feed and its entries, and of an address that is an identity."""
    feeds = _feeds(based)
    assert len(feeds) == 10
    for name, feed in feeds.items():
        assert feed.tag == ATOM + "feed"
        language = "en" if name.startswith("en/") else "ja"
        assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == language
        assert _links(feed)["self"] == BASE_URL + name
        assert _file(_links(feed)["alternate"]) == name.replace("feed.xml", "index.html")
        (author,) = feed.findall(ATOM + "author")
        assert _text(author, "name")
        assert _text(feed, "title")
        assert _text(feed, "id") == f"tag:example.org,2024-03-19:sub/path/{name}"
        entries = feed.findall(ATOM + "entry")
        updated = [_text(entry, "updated") for entry in entries]
        assert all(_DAY.fullmatch(day) for day in updated)
        assert updated == sorted(updated, reverse=True)
        assert _text(feed, "updated") == updated[0]
        ids = [_text(entry, "id") for entry in entries]
        assert len(set(ids)) == len(ids)
        for entry in entries:
            assert _text(entry, "title")
            assert _text(entry, "content")
            address = _links(entry)["alternate"]
            page = based.files[_file(address)].decode()
            assert f'id="{address.partition("#")[2]}"' in page


def test_a_change_is_the_same_in_every_feed(based: pipeline.Built) -> None:
    seen: dict[str, bytes] = {}
    for feed in _feeds(based).values():
        for entry in feed.findall(ATOM + "entry"):
            written = ET.tostring(entry).strip()
            assert seen.setdefault(_text(entry, "id"), written) == written
    assert len(seen) == 6  # three changes in two languages


def test_a_feed_tells_what_concerns_its_records(based: pipeline.Built) -> None:
    def told(name: str) -> list[str]:
        return [
            _text(entry, "id").rpartition("/")[2] for entry in _feeds(based)[name].findall(ATOM + "entry")
        ]

    assert told("changes/feed.xml") == ["limit-mended", "words-mended", "first-edition"]
    assert told("en/purposes/grow/feed.xml") == ["limit-mended", "first-edition"]
    assert told("categories/places/feed.xml") == ["words-mended", "first-edition"]


def test_pages_name_their_feed(based: pipeline.Built) -> None:
    def named(page: str) -> list[str]:
        return re.findall(r'<link rel="alternate" type="application/atom\+xml"[^>]* href="([^"]+)"', page)

    pages = {name: content.decode() for name, content in based.files.items() if name.endswith("index.html")}
    assert named(pages["index.html"]) == ["changes/feed.xml"]
    assert named(pages["en/changes/index.html"]) == ["feed.xml"]
    assert named(pages["purposes/grow/index.html"]) == ["feed.xml"]
    # A record's page is loaded most, and none of the feeds is its own.
    assert named(pages["programmes/machine-grant/index.html"]) == []
    listed = set(re.findall(r'href="([^"]+feed\.xml|feed\.xml)"', pages["changes/index.html"]))
    assert len(listed) == 5


def test_without_an_address_there_are_no_feeds_and_the_page_says_so() -> None:
    built = sites.built(pipeline.Options(GOLDEN, search=False))
    assert [name for name in built.files if "feed" in name] == []
    assert [name for name, content in built.files.items() if b"atom+xml" in content] == []
    page = built.files["en/changes/index.html"].decode()
    assert "so that it has no feeds" in page
    assert 'id="limit-mended"' in page


def test_ids_stay_when_a_change_is_added(tmp_path: Path) -> None:
    import shutil

    folder = Path(shutil.copytree(GOLDEN, tmp_path / "content"))
    changes = folder / "changes.yaml"
    newer = "changes:\n  - {id: newer, date: 2024-08-30, kind: wording, records: [programme:machine-grant]}\n"
    changes.write_text(changes.read_text("utf-8").replace("changes:\n", newer), "utf-8")
    for code in ("ja", "en"):
        strings = folder / "strings" / f"{code}.yaml"
        strings.write_text(
            strings.read_text("utf-8") + f"  newer: {'直しました。' if code == 'ja' else 'Mended.'}\n",
            "utf-8",
        )
    built = pipeline.build(pipeline.Options(folder, base_url=BASE_URL, search=False, archive=False))
    assert built.site is not None, built.problems

    def ids(one: pipeline.Built) -> Iterator[str]:
        for feed in _feeds(one).values():
            yield _text(feed, "id")
            yield from (_text(entry, "id") for entry in feed.findall(ATOM + "entry"))

    before, after = set(ids(sites.built(BASED))), set(ids(built))
    assert before < after
    assert {one.rpartition("/")[2] for one in after - before} == {"newer"}
    assert _text(_feeds(built)["purposes/save/feed.xml"], "updated") == "2024-08-30T00:00:00Z"


def test_a_record_tells_of_its_own_changes(based: pipeline.Built) -> None:
    page = based.files["en/programmes/machine-grant/index.html"].decode()
    section = page[page.index('<h2 id="changes">') :]
    text = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", section[: section.index("</section>")]))
    assert "Grant for machines · Upper limit¥12 million became → ¥15 million" in text
    assert "2 August 2024 Corrected" in text
    assert "First published" not in text
    assert '<h2 id="changes">' not in based.files["events/fair/index.html"].decode()


def test_records_of_a_new_catalogue_say_nothing_of_changes(catalogue: pipeline.Built) -> None:
    """Their pages are weighed by the byte."""
    assert catalogue.site is not None
    assert [one.id for one in catalogue.site.changes] == ["first-edition"]
    assert [
        name
        for name, content in catalogue.files.items()
        if b'<h2 id="changes">' in content and "data/" not in name
    ] == []
    assert b"data-changed" not in catalogue.files["search/index.html"]


def test_the_search_page_knows_when_each_record_changed(based: pipeline.Built) -> None:
    page = based.files["search/index.html"].decode()
    found = dict(re.findall(r'data-ref="([^"]+)"[^>]* data-changed="([^"]+)"', page))
    assert based.site is not None
    assert found == {
        str(ref): based.site.last_changed(item).isoformat() for ref, item in based.site.items.items()
    }
    assert found["programme:machine-grant"] == "2024-08-02"
    assert found["event:fair"] == "2024-03-19"


def test_changes_are_in_the_data(based: pipeline.Built) -> None:
    told = json.loads(based.files["data/catalogue.json"])["changes"]
    assert [one["id"] for one in told] == ["limit-mended", "words-mended", "first-edition"]
    (cap, rate) = told[0]["figures"]
    assert (cap["before"]["money"]["yen"], cap["after"]["money"]["yen"]) == (12_000_000, 15_000_000)
    assert cap["before"]["money"]["text"] == {"ja": "1,200万円", "en": "¥12 million"}
    assert "before" not in rate
    assert told[0]["note"]["en"].startswith("The upper limit")
    record = json.loads(based.files["data/records/programmes/machine-grant.json"])
    assert record["changed"] == "2024-08-02"


def test_a_change_of_the_whole_is_a_change_of_each_record(based: pipeline.Built) -> None:
    assert based.site is not None
    item = based.site.items[Ref("events", "fair")]
    assert [one.id for one in based.site.changes_of(item)] == ["first-edition"]
