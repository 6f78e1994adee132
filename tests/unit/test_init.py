"""A catalogue for another place: green at once, of its own languages, and nothing outside of it names a place."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from hayami import cli, pipeline
from hayami.locales import likely
from hayami.search import lexicon

Init = Callable[..., Path]


@pytest.fixture
def init(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Init:
    def run(*arguments: str) -> Path:
        folder = tmp_path / "catalogue"
        assert cli.main(["init", str(folder), *arguments]) == 0, capsys.readouterr().err
        return folder

    return run


def test_it_builds_without_a_single_message(init: Init) -> None:
    content = init()
    built = pipeline.build(pipeline.Options(content, base_url="https://example.org/osaka/"))
    assert built.site is not None
    assert built.problems == ()
    assert [str(ref) for ref in built.site.items] == [
        "programme:sample-grant",
        "organisation:sample-desk",
        "facility:sample-hall",
    ]
    assert list(built.site.tongues) == ["ja", "en"]


def test_area_date_and_languages_are_its_own(init: Init) -> None:
    content = init("--languages", "en,ja", "--area", "Osaka,大阪府", "--as-of", "2026-03-20")
    built = pipeline.build(pipeline.Options(content, search=False))
    assert built.site is not None
    assert built.problems == ()
    settings = built.site.settings
    assert (settings.primary, settings.fiscal_year, str(settings.valid_until)) == ("en", 2025, "2026-03-31")
    assert settings.area == {"en": "Osaka", "ja": "大阪府"}
    assert b"Osaka" in built.files["index.html"]
    assert "大阪府" in built.files["ja/index.html"].decode()


def test_a_third_language_brings_all_words_to_translate(init: Init) -> None:
    content = init("--languages", "ja,en,fr", "--area", "大阪府,Osaka,Osaka")
    built = pipeline.build(pipeline.Options(content, search=False))
    assert built.site is not None, built.problems
    # What is left is that French pages still speak English.
    assert {one.code for one in built.problems} <= {"html-lang-matches", "identical-links"}
    french = built.site.tongues["fr"]
    assert (french.name, french.locale) == ("français", "fr_FR")
    assert french.interface.keys() == built.site.tongues["en"].interface.keys()
    text = (content / "strings/fr.yaml").read_text(encoding="utf-8")
    content_text = text.replace("home: Quick reference", "home: Tableau")
    assert content_text != text
    (content / "strings/fr.yaml").write_text(content_text, encoding="utf-8", newline="\n")
    again = pipeline.build(pipeline.Options(content, search=False))
    assert b"Tableau" in again.files["fr/index.html"]


def test_categories_and_purposes_are_its_own(init: Init) -> None:
    """Other categories, other purposes, one more of each: only the content changes."""
    content = init()
    vocabulary = content / "vocabulary.yaml"
    text = vocabulary.read_text(encoding="utf-8")
    text = text.replace("purposes: [improve, equip, meet]", "purposes: [improve, equip, meet, sail]")
    text = text.replace("  - {id: places,", "  - {id: sea, mark: star, colour: 7}\n  - {id: places,")
    vocabulary.write_text(text, encoding="utf-8", newline="\n")
    for code, category, purpose in (("ja", "海", "船を出す"), ("en", "The sea", "Go to sea")):
        file = content / f"strings/{code}.yaml"
        text = file.read_text(encoding="utf-8")
        text = text.replace("  categories: {", f"  categories: {{sea: {category}, ").replace(
            "purposes: {", f"purposes: {{sail: {purpose}, "
        )
        file.write_text(text, encoding="utf-8", newline="\n")
    record = content / "facilities/sample-hall/record.yaml"
    text = record.read_text(encoding="utf-8")
    text = text.replace("category: places", "category: sea").replace(
        "{meet: high}", "{meet: high, sail: low}"
    )
    record.write_text(text, encoding="utf-8", newline="\n")
    built = pipeline.build(pipeline.Options(content, search=False))
    assert built.site is not None, built.problems
    assert built.problems == ()
    assert "船を出す" in built.files["purposes/sail/index.html"].decode()
    assert "categories/sea/index.html" in built.files
    assert "categories/places/index.html" not in built.files


def test_a_new_record_can_be_started_in_it(init: Init) -> None:
    content = init()
    assert cli.main(["new", "programme", "another", "--content", str(content)]) == 0
    assert (content / "programmes/another/record.yaml").is_file()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--languages", "ja,xx"], "There is no language 'xx'"),
        (["--languages", "ja,ja"], "A language stands twice"),
        (["--area", "大阪府"], "as many names as there are languages (2)"),
    ],
)
def test_what_cannot_be_is_refused(
    arguments: list[str], words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["init", str(tmp_path / "new"), *arguments]) == 1
    assert words in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_nothing_is_written_over(init: Init, capsys: pytest.CaptureFixture[str]) -> None:
    content = init()
    before = (content / "site.yaml").read_bytes()
    (content / "terms").rename(content / "mine")
    assert cli.main(["init", str(content)]) == 1
    assert "name a new folder" in capsys.readouterr().err
    assert (content / "site.yaml").read_bytes() == before
    assert not (content / "terms").exists()
    shutil.rmtree(content)
    content.mkdir()
    assert cli.main(["init", str(content)]) == 0, "an empty folder will do"


def test_languages_are_known_by_their_tags() -> None:
    assert likely("zh-Hant") == ("zh_Hant_TW", "中文 (繁體)")
    assert likely("pt-BR") == ("pt_BR", "português (Brasil)")
    assert likely("nonsense") is None


# --- no place in the generator ----------------------------------------------------------------------

_PLACE = re.compile(r"tokyo|東京|\btama\b|多摩|都内|都庁|振興公社|産技研", re.IGNORECASE)
_ORDINARY = {
    # A list of the words of Japanese that are often printed with a space between their letters.
    "hayami/audit/pages/language.py",
}


def test_no_code_and_no_template_names_a_place() -> None:
    found = []
    for folder in ("hayami", "templates", "assets"):
        for path in sorted((pipeline.PROJECT / folder).rglob("*")):
            name = path.relative_to(pipeline.PROJECT).as_posix()
            if path.suffix in (
                ".py",
                ".html",
                ".yaml",
                ".md",
                ".js",
                ".css",
                ".svg",
                ".txt",
                ".xml",
                ".json",
            ) and (name not in _ORDINARY):
                text = path.read_text(encoding="utf-8")
                found += [f"{name}: {match[0]}" for match in _PLACE.finditer(text)]
    assert found == []


def test_the_name_of_the_place_says_nothing_in_its_search() -> None:
    site = pipeline.check(pipeline.Options(pipeline.PROJECT / "tests/golden/content")).site
    assert site is not None
    japanese = lexicon.stop_words(site.tongues["ja"], "大阪府", divided=True)
    assert {"大阪", "府", "大阪府", "の"} <= japanese
    english = lexicon.stop_words(site.tongues["en"], "Trial Prefecture", divided=False)
    assert {"trial", "prefecture", "the"} <= english
