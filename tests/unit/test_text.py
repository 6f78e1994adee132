"""Break hints, stamps of translations, and lists that must agree."""

from __future__ import annotations

from hayami import text
from hayami.schema.site import Vocabulary
from hayami.schema.strings import VocabularyWords
from hayami.schema.words import COLLECTIONS, Words


def _words(**changes: object) -> Words:
    values = {"name": "目指せ！|事業", "short_name": "事業", "summary": "一文です。", **changes}
    return Words.model_validate(values)


def test_a_stamp_follows_the_words_and_the_body() -> None:
    first = text.stamp(_words(), "本文")
    assert len(first) == 12
    assert text.stamp(_words(), "本文\n") == first
    assert text.stamp(_words(summary="別の文です。"), "本文") != first
    assert text.stamp(_words(), "別の本文") != first
    assert text.stamp(_words(offers={"grant": "助成"}), "本文") != first


def test_aliases_and_readings_make_no_translation_stale() -> None:
    changed = _words(aliases=["補助金"], reading="めざせ", romaji="Mezase", short_name="短い名")
    assert text.stamp(changed, "") == text.stamp(_words(), "")


def test_texts_come_with_their_paths() -> None:
    words = _words(offers={"grant": {"label": "助成 {cap}", "note": "注"}})
    found = dict(text.texts(words))
    assert found["offers", "grant", "label"] == "助成 {cap}"
    assert found["offers", "grant", "note"] == "注"
    assert text.FIGURE.findall(found["offers", "grant", "label"]) == ["cap"]


def test_break_hints_are_taken_out() -> None:
    assert text.without_hints("目指せ！|事業") == "目指せ！事業"


def test_the_parts_with_words_are_fields_of_words() -> None:
    assert set(COLLECTIONS) <= set(Words.model_fields)


def test_every_vocabulary_has_words() -> None:
    def names(model: type[Vocabulary] | type[VocabularyWords]) -> set[str]:
        return {field.alias or name for name, field in model.model_fields.items()}

    assert names(Vocabulary) == names(VocabularyWords)
