"""Scripts, months and signs of numbers from CLDR."""

from __future__ import annotations

import doctest
import shutil
from pathlib import Path

import pytest

from hayami import locales, pipeline


def test_the_examples_in_the_module_hold() -> None:
    done = doctest.testmod(locales)
    assert done.failed == 0
    assert done.attempted > 5


@pytest.mark.parametrize(
    ("locale", "expected"),
    [
        ("ja_JP", {"CJK", "HIRAGANA", "KATAKANA"}),
        ("en_GB", {"LATIN"}),
        ("ko_KR", {"HANGUL", "CJK"}),
        ("zh_TW", {"CJK", "BOPOMOFO"}),
        ("zh_Hans_CN", {"CJK", "BOPOMOFO"}),
        ("ru", {"CYRILLIC"}),
        ("sr_Latn_RS", {"LATIN"}),
        ("th_TH", {"THAI"}),
        ("el_GR", {"GREEK"}),
    ],
)
def test_scripts_of_a_language(locale: str, expected: set[str]) -> None:
    assert locales.scripts(locale) == expected


@pytest.mark.parametrize(
    ("text", "locale", "runs"),
    [
        ("データー々と ABC", "en_GB", ["データー々と"]),
        ("ｱｲｳ ＡＢＣ 9㎡ µm", "en_GB", ["ｱｲｳ"]),
        ("漢字と한글", "ja_JP", ["한글"]),
        ("漢字과 한글, English", "ko_KR", []),
        ("", "en_GB", []),
    ],
)
def test_foreign_runs(text: str, locale: str, runs: list[str]) -> None:
    found = list(locales.foreign_runs(text, locale))
    assert [one.text for one in found] == runs
    assert all(text[one.start :].startswith(one.text) for one in found)


def test_a_locale_that_nobody_knows_is_a_fault_with_a_place(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(Path(__file__).parent.parent / "cases" / "base" / "content", content)
    site = content / "site.yaml"
    site.write_text(site.read_text(encoding="utf-8").replace("en_GB", "xx_XX"), encoding="utf-8")
    (found,) = pipeline.check(pipeline.Options(content)).problems
    assert (found.code, found.place.line, found.values["got"]) == ("wrong-type", 6, "xx_XX")


def test_months_that_are_numbers_are_no_names() -> None:
    assert locales.month_names("ja_JP") == {}
    assert locales.month_names("en_GB")["May"] == 5
