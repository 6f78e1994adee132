"""A small catalogue and, letter by letter, what becomes of it.

``tests/golden/content`` is the catalogue, ``tests/golden/expected`` a few files of its site. With
``HAYAMI_UPDATE_GOLDEN=1`` they are written anew: read the difference before you commit it. The folder of
style sheets is named after their content; here it is ``assets/DIGEST``, so that a change of looks that
leaves the pages alone changes nothing here.
"""

from __future__ import annotations

import difflib
import itertools
import json
import os
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hayami import pages, pipeline

GOLDEN = Path(__file__).parent.parent / "golden"
EXPECTED = GOLDEN / "expected"
FILES = (
    "index.html",
    "en/index.html",
    "programmes/machine-grant/index.html",
    "en/programmes/machine-grant/index.html",
    "en/organisations/desk/index.html",
    "facilities/hall/index.html",
    "en/events/fair/index.html",
    "help/index.html",
    "en/glossary/index.html",
    "programmes/machine-support/index.html",
    "404.html",
    "robots.txt",
    "sitemap.xml",
    "changes/index.html",
    "en/changes/index.html",
    "changes/feed.xml",
    "en/purposes/grow/feed.xml",
)
RECORD = ("programmes/machine-grant/index.html", "en/programmes/machine-grant/index.html")
PAGES = [name for name in FILES if name.endswith(".html") and "machine-support" not in name]


@pytest.fixture(scope="module")
def site() -> dict[str, str]:
    built = pipeline.build(pipeline.Options(GOLDEN / "content", base_url="https://example.org/trial/"))
    assert built.problems == ()
    digest = re.compile(r"\bassets/[0-9a-f]{12}/")
    return {
        name: digest.sub("assets/DIGEST/", data.decode())
        for name, data in built.files.items()
        if name.endswith((".html", ".txt", ".xml")) and not name.startswith("assets/")
    }


@pytest.mark.parametrize("name", FILES)
def test_the_site_is_as_it_was_read(name: str, site: dict[str, str]) -> None:
    path = EXPECTED / name
    if os.environ.get("HAYAMI_UPDATE_GOLDEN"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(site[name], encoding="utf-8", newline="\n")
    expected = path.read_text(encoding="utf-8")
    changed = difflib.unified_diff(
        expected.split("\n"), site[name].split("\n"), name, "now", n=1, lineterm=""
    )
    assert "\n".join(changed) == ""


def test_nothing_else_is_expected() -> None:
    found = {path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*") if path.is_file()}
    assert found == set(FILES)


# --- what must hold however the pages look --------------------------------------------------------


@pytest.mark.parametrize("name", PAGES)
def test_a_page_has_its_outline(name: str, site: dict[str, str]) -> None:
    """One title, one h1, no level of heading left out, and a way past the menu."""
    page = site[name]
    language = "en" if name.startswith("en/") else "ja"
    assert page.startswith(f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n')
    assert len(re.findall(r"<title>[^<]+</title>", page)) == 1
    main = page[page.index('<main id="main">') : page.index("</main>")]
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", main)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(lower - upper <= 1 for upper, lower in itertools.pairwise(levels)), levels
    assert re.search(r'<body>\s*<a class="skip" href="#main">[^<]+</a>', page)
    assert " style=" not in page
    assert "{{" not in page


def _structured(page: str) -> dict[str, Any]:
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert len(found) == 1
    data: dict[str, Any] = json.loads(found[0])
    return data


@pytest.mark.parametrize(
    ("name", "label"), [(RECORD[0], "機械の費用の助成"), (RECORD[1], "Grant for machines")]
)
def test_a_record_is_told_to_machines(name: str, label: str, site: dict[str, str]) -> None:
    data = _structured(site[name])
    service, trail = data["@graph"]
    assert service["@type"] == "GovernmentService"
    assert service["url"] == f"https://example.org/trial/{name.removesuffix('index.html')}"
    (grant,) = service["subjectOf"]
    assert grant["name"] == label
    assert grant["amount"] == {"@type": "MonetaryAmount", "currency": "JPY", "maxValue": 15_000_000}
    assert [step["position"] for step in trail["itemListElement"]] == [1, 2, 3]


def test_an_event_is_told_to_machines(site: dict[str, str]) -> None:
    event = _structured(site["en/events/fair/index.html"])["@graph"][0]
    assert event["@type"] == "ExhibitionEvent"
    assert (event["startDate"], event["endDate"]) == ("2024-11-20", "2024-11-22")
    assert event["location"] == {"@type": "Place", "name": "Trial Exhibition Hall"}


def _visible(page: str) -> str:
    page = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))


@pytest.mark.parametrize(
    ("ja", "en"),
    [
        ("1,500万円", "¥15 million"),
        ("800万円 小規模企業", "¥8 million small enterprises"),
        ("11,750円以上", "at least ¥11,750"),
        ("最長1年9か月", "up to 1 year 9 months"),
        ("880件（予定）", "880 projects (planned)"),
        ("100社×2回", "100 firms, 2 times each"),
        (
            "1回あたり12,000円＋派遣交通費の2分の1",
            "¥12,000 per visit plus one half of the adviser's travel costs",
        ),
        ("平成8年4月（1996年）に始まりました。", "It began in April 1996."),
        ("累計10,462件", "10,462 projects in total"),
        ("令和6年2月13日（2024年）", "13 February 2024"),
        ("大企業の子会社", "Subsidiaries of large companies"),
        ("免許", "a licence"),
        ("助成卒", "助成卒"),
    ],
)
def test_each_fact_of_a_record_stands_in_both_languages(ja: str, en: str, site: dict[str, str]) -> None:
    for name, fact in zip(RECORD, (ja, en), strict=True):
        assert fact in _visible(site[name]).replace("&#39;", "'")


def test_the_source_is_quoted_for_each_figure(site: dict[str, str]) -> None:
    for name in RECORD:
        quoted = re.findall(r'<q lang="ja">([^<]+)</q>', site[name])
        assert "限度額 1, 500万円" in quoted
        assert "10,462件（令和5年12月現在）" in quoted
        assert len(quoted) == 13


def test_a_term_in_katakana_stands_under_its_row_without_a_reading() -> None:
    catalogue = pipeline.check(pipeline.Options(GOLDEN / "content")).site
    assert catalogue is not None
    term = catalogue.prose["terms", "bcp"]
    words = term.words["ja"].model_copy(update={"term": "デジタル化", "reading": None})
    prose = {**catalogue.prose, ("terms", "bcp"): replace(term, words={**term.words, "ja": words})}
    index = pages.glossary(replace(catalogue, prose=prose), catalogue.tongues["ja"]).data["index"]
    assert [letter for letter, _ in index] == ["た"]
