"""What the build prepares for the search: words, documents, the index and the lexicon."""

from __future__ import annotations

import functools
import gzip
import json
from pathlib import Path

import pytest

from hayami import cli, facets, pipeline, search_eval
from hayami.search import documents, engine
from hayami.search.documents import Document
from hayami.search.words import fold, hiragana, is_word, words
from tests import sites

GOLDEN = pipeline.PROJECT / "tests" / "golden" / "content"


@functools.cache
def built() -> pipeline.Built:
    made = sites.built(pipeline.Options(GOLDEN))
    assert made.site is not None, made.problems
    return made


FOLDED = json.loads((Path(__file__).parent.parent / "search" / "folded.json").read_text("utf-8"))
"""Text → folded; the script of the page is held to the same (tests/browser/test_search_in_chromium.py)."""


@pytest.mark.parametrize(("text", "expected"), FOLDED, ids=str)
def test_text_is_folded(text: str, expected: str) -> None:
    assert fold(text) == expected
    assert fold(expected) == expected


@pytest.mark.parametrize(
    "text",
    ["設備を買いたい。", "M&Aの相談、3/4", "ＢＣＰ　と E-world 2024", "", "  ", "「a」", "03-3251-7881まで"],
)
def test_words_are_the_whole_text(text: str) -> None:
    assert "".join(one.surface for one in words(text)) == text


def test_words_have_dictionary_forms_and_readings() -> None:
    found = {one.surface: one for one in words("機械を買いたい")}
    assert found["買い"].base == "買う"
    assert found["機械"].reading == hiragana("キカイ")
    assert not is_word("。")


def test_the_article_is_indexed_without_what_every_page_says() -> None:
    page = (
        '<main><nav class="trail">x</nav><article><h1>補助<wbr>金</h1><p>電気を <b>つくる</b></p><h2 id="who">誰</h2>'
        '<section class="estimate"><p>試算</p></section><p class="over">過ぎています</p><p hidden>ない</p>'
        "<script>no</script><ul><li>A &amp; B</li></ul></article><footer>下</footer>"
    )
    assert documents.text(page, documents.kept) == ("補助金 誰", "電気を つくる A B")
    assert documents.text(page, documents.cut) == ("補助 金 誰", "電気 を つくる A B")


def test_a_word_of_a_page_is_indexed_once() -> None:
    page = "<article><h1>Grants</h1><p>A grant, grants and GRANTS</p></article>"
    assert documents.text(page, documents.kept) == ("Grants", "A grant, and")
    assert documents.text(page, documents.kept, {"a", "and"}) == ("Grants", "grant,")
    boxes = "<article><p><a>labour</a><span>Answered</span> work<wbr>shop</p></article>"
    assert documents.text(boxes, documents.kept, spaced=True) == ("", "labour Answered workshop")


def test_words_of_aliases() -> None:
    aliases = ("who is it for", "IT for us", "US market", "ask a lawyer", "Market stall")
    found = documents.alias_words(aliases, {"lawyer"}, {"a", "ask", "for", "is", "it", "us", "who"})
    assert found == ["IT", "US", "market", "a", "Market", "stall"]


def test_metadata_cannot_break_out_of_its_place() -> None:
    made = Document("ja/x", "und", "", "</p><script>", {"k": '"><script>'}).html()
    assert "<script>" not in made


def test_the_index_gives_the_same_bytes_twice() -> None:
    some = [
        Document("ja/a", "und", "", "機械 を 買う", {"t": "機械"}),
        Document("en/a", "en", "", "Buy machines", {"t": "machine"}),
    ]
    first, second = engine.index(some), engine.index(some)
    assert first == second
    assert set(engine.addresses(first).values()) == {"ja/a", "en/a"}
    assert all(
        len(one) <= len(gzip.compress(gzip.decompress(one), 9))
        for one in first.values()
        if one[:2] == b"\x1f\x8b"
    )
    assert not any(name.endswith(("-ui.js", ".css")) for name in first)


def test_a_page_that_cannot_be_indexed_is_our_own_bug(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "get_executable", lambda: None)
    with pytest.raises(engine.Failed):
        engine.index([])


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_lexicon_knows_every_result_and_every_word(language: str) -> None:
    site = built().site
    assert site is not None
    lexicon = json.loads(built().files[f"pagefind/lexicon.{language}.json"])
    assert sorted(lexicon["results"].values()) == sorted(str(ref) for ref in site.items)
    if language == "ja":
        known = set(lexicon["words"].split(" "))
        assert all(fold(word) == word and is_word(word) for word in known)
        for reading, some in lexicon["readings"].items():
            assert hiragana(reading) == reading
            assert set(some.split(" ")) <= known
        assert set(lexicon["bases"]) | set(lexicon["bases"].values()) <= known
    else:
        assert "readings" not in lexicon
        (given,) = json.loads(built().files["pagefind/words.en.json"]).values()
        assert given.startswith("A")
        assert given.isalpha()


def test_japanese_letters_stand_in_the_japanese_index_alone() -> None:
    some = Document("en/a", "en", "Grant 助成金", "called 助成金, in Tokyo", {"t": "grant"})
    kept = documents.without(some, {"tokyo"}, japanese=False)
    assert (kept.headings, kept.text) == ("Grant", "called in")
    assert documents.without(some, ()).text == some.text


def test_only_japanese_is_cut() -> None:
    for language in ("ja", "en"):
        data = json.loads(built().files[f"pagefind/lexicon.{language}.json"])
        assert ("readings" in data) == ("words" in data) == (language == "ja")


def test_from_a_disk_there_is_no_search() -> None:
    made = sites.built(pipeline.Options(GOLDEN, portable=True))
    assert not any(name.startswith("pagefind/") for name in made.files)


# --- facets -----------------------------------------------------------------------------------------


def test_every_value_has_a_page_that_lists_its_records() -> None:
    site = built().site
    assert site is not None
    for several in facets.values(site).values():
        for value in several:
            for prefix, code in (("", "ja"), ("en/", "en")):
                page = built().files[f"{prefix}{value.key}/index.html"].decode()
                for item in value.items:
                    assert item.words[code].name.replace("|", "<wbr>") in page, (value.key, item.ref)


def test_values_are_those_of_the_records() -> None:
    site = built().site
    assert site is not None
    held = facets.values(site)
    for item in site.items.values():
        for facet, some in facets.of_item(site, item).items():
            for one in some:
                (value,) = [value for value in held[facet] if value.id == one]
                assert item in value.items


# --- the yardstick ----------------------------------------------------------------------------------


def test_scores() -> None:
    wanted = search_eval.Query("a", "exact", frozenset({"programme:x"}))
    nothing = search_eval.Query("b", "negative", frozenset())
    answers = [
        search_eval.Answer(wanted, ("programme:x",)),
        search_eval.Answer(wanted, (*(f"programme:{n}" for n in range(5)), "programme:x")),
        search_eval.Answer(wanted, ()),
        search_eval.Answer(nothing, ("programme:x",)),
    ]
    made = search_eval.score(answers)
    assert made.queries == 3
    assert made.success == pytest.approx(1 / 3)
    assert made.mrr == pytest.approx((1 + 1 / 6) / 3)
    assert made.zero == pytest.approx(1 / 3)
    assert list(search_eval.by_type(answers)) == ["exact"]


def test_without_a_browser_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("HAYAMI_CHROMIUM", "/nowhere")
    assert cli.main(["search-eval", "--content", str(GOLDEN)]) == 2
    assert "HAYAMI_CHROMIUM names /nowhere" in capsys.readouterr().err


@pytest.mark.parametrize("language", ["ja", "en"])
def test_the_queries_are_many_and_name_records_that_exist(language: str) -> None:
    halves = [
        search_eval.queries(pipeline.PROJECT / search_eval.QUERIES / f"{language}-{half}.yaml")
        for half in search_eval.HALVES
    ]
    assert len(halves[0]) + len(halves[1]) >= {"ja": 200, "en": 100}[language]
    assert not {one.text for one in halves[0]} & {one.text for one in halves[1]}
    content = pipeline.PROJECT / "content"
    kinds = {
        "programme": "programmes",
        "organisation": "organisations",
        "facility": "facilities",
        "event": "events",
    }
    for one in (*halves[0], *halves[1]):
        for ref in one.relevant:
            kind, slug = ref.split(":")
            assert (content / kinds[kind] / slug / "record.yaml").is_file(), ref


def test_the_unseen_half_is_the_one_that_was_sealed() -> None:
    import hashlib

    folder = pipeline.PROJECT / search_eval.QUERIES
    told = (folder / "README.md").read_text("utf-8")
    for language in ("ja", "en"):
        content = (folder / f"{language}-unseen.yaml").read_bytes()
        assert hashlib.sha256(content).hexdigest() in told
