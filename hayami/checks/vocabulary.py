"""Every id of the vocabulary has words in every language, and there are words for nothing else."""

from __future__ import annotations

from collections.abc import Iterator

from hayami.checks.references import vocabulary_ids
from hayami.problems import Place, Problem, nearest
from hayami.schema.strings import VocabularyWords
from hayami.validate import Draft


def check(draft: Draft) -> Iterator[Problem]:
    """All rules of this module."""
    ids = vocabulary_ids(draft.vocabulary.value)
    aliases = {info.alias or name: name for name, info in VocabularyWords.model_fields.items()}
    for language in draft.languages:
        typed = draft.strings.get(language)
        file = f"{draft.root}/strings/{language}.yaml"
        if typed is None:
            values = {"language": language, "name": f"strings/{language}.yaml"}
            yield Problem(Place(draft.root), "missing-language", values)
            continue
        for name, valid in ids.items():
            words = getattr(typed.value.vocabulary, aliases[name])
            place = typed.place(("vocabulary", name))
            for missing in sorted(valid - set(words)):
                values = {"key": f"{name}.{missing}", "language": language, "file": file}
                yield Problem(place, "missing-string", values)
            for surplus in sorted(set(words) - valid):
                values = {"key": f"{name}.{surplus}", "language": language}
                place_of = typed.place(("vocabulary", name, surplus), key=True)
                yield Problem(place_of, "surplus-string", values, nearest(surplus, valid))
