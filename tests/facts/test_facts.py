"""Each fact entered from the source stands on the page of its record, in every language.

``pNN.yaml`` lists, for one page of the source, the facts that its editor found there: the phrase of the
source, the record and field it went to, and the words under which a reader of each language must find it.
The lists were written from the source, not from the site. With ``HAYAMI_SOURCE`` naming a folder of page
texts, the phrases themselves are checked as well.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from hayami import evidence_text, pipeline
from hayami.addresses import Addresses
from hayami.pages import key_of
from hayami.schema.scalars import Ref
from tests import sites

FOLDER = Path(__file__).parent
PAGES = sorted(FOLDER.glob("p[0-9][0-9].yaml"))


def _facts(path: Path) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return read


@pytest.fixture(scope="module")
def texts() -> dict[tuple[str, str], str]:
    """(record, language) → text of its page, without white space and tags."""
    built = sites.built(sites.CATALOGUE)
    assert built.site is not None, built.problems
    addresses = Addresses(built.site.settings.primary)
    return {
        (str(ref), language): _plain(built.files[addresses.file(key_of(ref), language)].decode())
        for ref in built.site.items
        for language in built.site.tongues
    }


def _plain(page: str) -> str:
    page = re.sub(r"<(script|style)\b.*?</\1>|<!--.*?-->", "", page, flags=re.DOTALL)
    return _loose(html.unescape(re.sub(r"<[^>]+>", "", page)))


def _loose(text: str) -> str:
    return re.sub(r"[\s|]+", "", text)


def _missing(path: Path, texts: dict[tuple[str, str], str]) -> Iterator[str]:
    for fact in _facts(path)["facts"]:
        ref = str(Ref.parse(str(fact["record"])))
        for language in ("ja", "en"):
            wanted = _loose(str(fact[language]))
            if (ref, language) not in texts:
                yield f"{ref}: no such record"
            elif wanted not in texts[ref, language]:
                yield f"{ref} [{language}] {fact['field']}: {fact[language]!r} ({fact['fragment']})"


def test_every_page_of_the_source_has_its_list() -> None:
    source = yaml.safe_load((pipeline.PROJECT / "content" / "source.yaml").read_text(encoding="utf-8"))
    assert [path.stem for path in PAGES] == [f"p{page['page']:02d}" for page in source["pages"]]


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_facts_stand_on_their_pages(path: Path, texts: dict[tuple[str, str], str]) -> None:
    assert list(_missing(path, texts)) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_lists_name_each_fact_once(path: Path) -> None:
    facts = _facts(path)
    assert facts["page"] == int(path.stem[1:])
    seen = [(fact["record"], fact["field"], fact["fragment"], fact["ja"]) for fact in facts["facts"]]
    assert len(seen) == len(set(seen))
    assert seen


def phrases_not_on_page(source: Path) -> list[str]:
    """Phrases of the lists that the page texts in ``source`` do not hold."""
    missing = []
    for path in PAGES:
        page = evidence_text.normalise((source / f"{path.stem}.txt").read_text(encoding="utf-8"))
        for fact in _facts(path)["facts"]:
            if evidence_text.normalise(str(fact["fragment"])) not in page:
                missing.append(f"{path.stem}: {fact['fragment']}")
    return missing


if os.environ.get("HAYAMI_SOURCE"):

    def test_phrases_stand_in_the_source() -> None:
        assert phrases_not_on_page(Path(os.environ["HAYAMI_SOURCE"])) == []
