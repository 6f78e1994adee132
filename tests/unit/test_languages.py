"""A third language, and a single one, are texts and strings: no Python knows them.

The third one is French (``tests/golden/french``): forms of figures, words of the vocabulary and of the
records. Words of the interface are made here, ``«nav.home»`` for ``nav.home``, so that a word that does not
come from the strings of the language is found wherever it stands, and no new word needs a translation here.
"""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import yaml
from babel import Locale

from hayami import pipeline
from hayami.addresses import Addresses

GOLDEN = Path(__file__).parent.parent / "golden"
BASE_URL = "https://example.org/trial/"
NEW_PAGE = "programmes/machine-grant"

_SPOKEN = ("title", "alt", "aria-label", "placeholder", "data-l")
_SPOKEN_META = ("description", "og:title", "og:description", "og:site_name")
_VOID = ("br", "col", "hr", "img", "input", "link", "meta", "wbr")


class Words(HTMLParser):
    """Everything that a page says: (language in force, text), attributes that are read out included."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.said: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        language = given.get("lang", self.open[-1][1])
        self.said += [(language, given[name]) for name in _SPOKEN if name in given]
        if tag == "meta" and given.get("name", given.get("property")) in _SPOKEN_META:
            self.said.append((language, given["content"]))
        if tag not in _VOID:
            self.open.append((tag, language))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Nothing stands inside a mark of a drawing."""

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        tag, language = self.open[-1]
        if tag not in ("script", "style") and data.strip():
            self.said.append((language, data.strip()))


def said(page: bytes) -> list[tuple[str, str]]:
    reader = Words()
    reader.feed(page.decode())
    reader.close()
    return reader.said


def visible(page: bytes) -> str:
    """The text of a page, with single spaces."""
    text = re.sub(r"<(script|style)\b.*?</\1>", "", page.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFKC", re.sub(r"<[^>]+>", "", text)))


def invented(names: dict[str, dict[str, str]]) -> dict[str, dict[str, str]]:
    """Words of an interface that tell which word they are, with the values that the real ones take."""
    return {
        part: {
            name: " ".join((f"«{part}.{name}»", *re.findall(r"\{\w+\}", text))) for name, text in held.items()
        }
        for part, held in names.items()
    }


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The golden catalogue in three languages."""
    folder = tmp_path_factory.mktemp("french") / "content"
    shutil.copytree(GOLDEN / "content", folder)
    shutil.copytree(GOLDEN / "french", folder, dirs_exist_ok=True)
    english = pipeline.builtin_strings(pipeline.PROJECT / "templates")["en"].interface
    words = yaml.safe_dump({"interface": invented(english)}, allow_unicode=True, width=1000)
    with (folder / "strings" / "fr.yaml").open("a", encoding="utf-8", newline="\n") as file:
        file.write(words)
    return folder


@pytest.fixture(scope="module")
def built(content: Path) -> pipeline.Built:
    built = pipeline.build(pipeline.Options(content, base_url=BASE_URL))
    assert built.problems == ()
    return built


def page_of(built: pipeline.Built, key: str, language: str) -> bytes:
    return built.files[Addresses("ja").file(key, language)]


def html_of(built: pipeline.Built, language: str) -> dict[str, bytes]:
    """The pages of one language that are no redirects."""
    return {
        name: page
        for name, page in built.files.items()
        if name.endswith("/index.html") or name == "index.html"
        if f'<html lang="{language}">'.encode() in page and b'http-equiv="refresh"' not in page
    }


def test_every_page_exists_in_all_three(built: pipeline.Built) -> None:
    every = {name for name in built.files if name.endswith("index.html")}
    english = {name.removeprefix("en/") for name in every if name.startswith("en/")}
    french = {name.removeprefix("fr/") for name in every if name.startswith("fr/")}
    japanese = {name for name in every if not name.startswith(("en/", "fr/"))}
    assert len(japanese) > 30
    assert english == japanese
    assert french == japanese
    assert set(html_of(built, "fr")) == {f"fr/{name}" for name in html_of(built, "ja")}


def test_figures_follow_the_patterns_of_the_language(built: pipeline.Built) -> None:
    text = visible(page_of(built, NEW_PAGE, "fr"))
    for figure in (
        "vous recevez 15 M ¥",
        "8 M ¥",
        "au moins 11 750 ¥",
        "La durée est de au plus 1 an et 9 mois",
        "880 projets (prévu)",
        "100 sociétés, 2 fois chacune",
        "12 000 ¥ par visite et la moitié de frais de déplacement",
        "La mesure date de avril 1996",
        "10 462 projets au total",
        "au plus 2/3",
        "19 mars 2024",
        "exercice 2024",
    ):
        assert figure in text
    assert "environ 115 000 m2" in visible(page_of(built, "facilities/hall", "fr"))
    fair = visible(page_of(built, "events/fair", "fr"))
    assert "20 novembre 2024 à 22 novembre 2024 (prévu)" in fair
    assert "Gratuit" in fair
    desk = visible(page_of(built, "organisations/desk", "fr"))
    assert "lundi à vendredi : 9:00 à 12:00, 13:00 à 16:30, sauf jours fériés" in desk


def test_every_page_names_its_twins(built: pipeline.Built) -> None:
    for language in ("ja", "en", "fr"):
        for name, page in html_of(built, language).items():
            key = name.removesuffix("index.html").removeprefix(f"{language}/").rstrip("/")
            if key == "unreachable":  # stands in for other pages, and has no address of its own
                continue
            found = dict(
                re.findall(r'<link rel="alternate" hreflang="([\w-]+)" href="([^"]+)">', page.decode())
            )
            folder = f"{key}/" if key else ""
            assert found == {
                "ja": f"{BASE_URL}{folder}",
                "en": f"{BASE_URL}en/{folder}",
                "fr": f"{BASE_URL}fr/{folder}",
                "x-default": f"{BASE_URL}{folder}",
            }
            switch = re.findall(r'<a href="[^"]*" hreflang="(\w+)" lang="\1" rel="alternate">', page.decode())
            assert sorted([*switch, language]) == ["en", "fr", "ja"]


def _tokens(text: str) -> Iterator[str]:
    """Words in small letters; addresses and the invented words of the interface are left out."""
    plain = re.sub(r"«[\w.]+»|https?://\S+", " ", unicodedata.normalize("NFC", text))
    yield from (token.lower() for token in re.findall(r"[^\W\d_]+", plain))


def _french(value: Any) -> Iterator[str]:
    """The French texts among the settings, which hold all languages side by side."""
    if isinstance(value, dict):
        yield from (
            _french(value["fr"])
            if "fr" in value
            else (text for held in value.values() for text in _french(held))
        )
    elif isinstance(value, list):
        for held in value:
            yield from _french(held)
    elif isinstance(value, str):
        yield value


def test_no_word_of_another_language_stands_on_a_page(built: pipeline.Built) -> None:
    """Each word that a French page says as French is in a French file, or a name of CLDR."""
    texts = [path.read_text(encoding="utf-8") for path in GOLDEN.glob("french/*/*/fr.md")]
    texts.append((GOLDEN / "french" / "strings" / "fr.yaml").read_text(encoding="utf-8"))
    for name in ("site.yaml", "source.yaml"):
        read = yaml.safe_load((GOLDEN / "french" / name).read_text(encoding="utf-8"))
        texts += _french({key: value for key, value in read.items() if isinstance(value, dict | list)})
    locale = Locale.parse("fr_FR")
    texts += [*locale.months["format"]["wide"].values(), *locale.days["format"]["wide"].values()]
    known = {token for text in texts for token in _tokens(text)}
    known |= {token[0] for token in known}  # headings of an index
    pages = {**html_of(built, "fr"), "404.html": built.files["404.html"]}
    foreign = {
        (name, token): text
        for name, page in pages.items()
        for language, text in said(page)
        if language == "fr"
        for token in _tokens(text)
        if token not in known
    }
    assert foreign == {}


def test_no_french_stands_on_the_other_pages(built: pipeline.Built) -> None:
    for language in ("ja", "en"):
        for name, page in html_of(built, language).items():
            for used, text in said(page):
                assert used == "fr" or "«" not in text, name
    heads = [language for language, text in said(built.files["404.html"]) if "missing.title" in text]
    assert heads == ["fr"]


def test_a_language_without_words_of_the_interface_is_told_which(content: Path, tmp_path: Path) -> None:
    copy = tmp_path / "content"
    shutil.copytree(content, copy)
    shutil.copyfile(GOLDEN / "french" / "strings" / "fr.yaml", copy / "strings" / "fr.yaml")
    checked = pipeline.check(pipeline.Options(copy))
    assert checked.site is None
    assert {problem.code for problem in checked.problems} == {"missing-string"}
    keys = {problem.values["key"] for problem in checked.problems}
    english = pipeline.builtin_strings(pipeline.PROJECT / "templates")["en"].interface
    assert keys == {f"interface.{part}.{name}" for part, names in english.items() for name in names}


# --- one language alone ---------------------------------------------------------------------------


def _only_english(value: Any) -> Any:
    """Settings with the English texts alone."""
    if isinstance(value, dict):
        return {key: _only_english(held) for key, held in value.items() if key != "ja"}
    if isinstance(value, list):
        kept = [held for held in value if not (isinstance(held, dict) and held.get("code") == "ja")]
        return [_only_english(held) for held in kept]
    return value


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> pipeline.Built:
    """The golden catalogue in English and nothing else."""
    folder = tmp_path_factory.mktemp("english") / "content"
    shutil.copytree(GOLDEN / "content", folder, ignore=shutil.ignore_patterns("ja.*"))
    for name in ("site.yaml", "source.yaml"):
        read = yaml.load((folder / name).read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
        read = _only_english(read)
        if name == "site.yaml":
            read["primary"] = "en"
        else:
            read["language"] = "ja"
        (folder / name).write_text(yaml.safe_dump(read), encoding="utf-8", newline="\n")
    built = pipeline.build(pipeline.Options(folder, base_url=BASE_URL))
    assert built.problems == ()
    return built


def test_a_single_language_stands_at_the_root(english: pipeline.Built) -> None:
    assert f"{NEW_PAGE}/index.html" in english.files
    assert not [name for name in english.files if name.startswith(("en/", "ja/"))]
    page = english.files[f"{NEW_PAGE}/index.html"].decode()
    assert '<html lang="en">' in page
    assert re.findall(r'hreflang="([\w-]+)" href="([^"]+)">', page) == [
        ("en", f"{BASE_URL}{NEW_PAGE}/"),
        ("x-default", f"{BASE_URL}{NEW_PAGE}/"),
    ]
    assert "og:locale:alternate" not in page
    assert 'rel="alternate">' not in page


def test_a_single_language_says_nothing_in_another(english: pipeline.Built) -> None:
    """Only what is quoted from the source is in its language."""
    for name, page in english.files.items():
        if name.endswith(".html"):
            # The sign of equality of a comparison is no word.
            text = re.sub(r"<q\b.*?</q>|＝", "", page.decode(), flags=re.DOTALL)
            assert re.findall(r"[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]+", text) == [], name


def test_nothing_offers_to_change_the_only_language(english: pipeline.Built) -> None:
    """No empty list of languages is left behind for a screen reader to announce."""
    assert b"<ul></ul>" not in re.sub(rb"\s+", b"", english.files["index.html"])
    assert not re.search(rb'<ul class="languages"[^>]*>\s*</ul>', english.files["index.html"])
