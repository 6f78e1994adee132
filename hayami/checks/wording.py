"""Every entry has its words in every language, and the words of all languages have the same shape."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from hayami import markdown, text
from hayami.checks.evidence import named_figures
from hayami.checks.references import collections
from hayami.problems import Place, Problem, Rewrite, nearest
from hayami.schema.words import COLLECTIONS, Words
from hayami.validate import Draft, TypedEntry, TypedWords


def check(draft: Draft) -> Iterator[Problem]:
    """All rules of this module."""
    targets = {str(entry.ref) for entry in draft.records}
    targets |= {f"{entry.kind.removesuffix('s')}:{entry.slug}" for entry in draft.prose}
    for entry in (*draft.records, *draft.prose):
        for language, words in entry.words.items():
            if language not in draft.languages:
                continue
            parsed = markdown.tokens(words.document.body)
            yield from no_html(words)
            yield from no_dividing_lines(words, parsed)
            yield from links_lead_somewhere(words, parsed, targets)
            if not _lost_headings_of(draft, entry, draft.settings.primary):
                # The stamp of the original would be that of a text with a slip in it.
                yield from translation_is_fresh(draft, entry, language)
            if isinstance(words.value, Words) and entry.record is not None:
                yield from entries_have_words(entry, words)
                yield from figures_of_words_exist(entry, words)
                yield from headings_are_known(draft, language, words, parsed)
        yield from headings_agree(draft, entry)


def _line(words: TypedWords, line: int, column: int = 1) -> Place:
    return Place(words.file, words.document.body_line + line, column)


def entries_have_words(entry: TypedEntry, words: TypedWords) -> Iterator[Problem]:
    """Each entry of ``record.yaml`` has words, and there are no words for anything else."""
    assert entry.record is not None
    parts = collections(entry.record.value)
    for name in COLLECTIONS:
        given = getattr(words.value, name)
        for found in parts[name]:
            if found not in given:
                values = {"collection": name, "id": found}
                yield Problem(words.place((name,), key=True), "missing-words", values)
        for found in given:
            if found not in parts[name]:
                values = {"collection": name, "id": found}
                place = words.place((name, found), key=True)
                yield Problem(place, "surplus-words", values, nearest(found, parts[name]))


def figures_of_words_exist(entry: TypedEntry, words: TypedWords) -> Iterator[Problem]:
    """``{id}`` in words names a figure of the record."""
    assert entry.record is not None
    known = named_figures(entry.record.value)
    for path, value in text.texts(words.value):
        for found in text.FIGURE.findall(value):
            if found not in known:
                place = words.place(path)
                yield Problem(place, "unknown-figure", {"id": found}, nearest(found, known))
    for number, line in enumerate(words.document.body.split("\n")):
        for found in text.FIGURE.findall(line):
            if found not in known:
                place = _line(words, number)
                yield Problem(place, "unknown-figure", {"id": found}, nearest(found, known))


def no_html(words: TypedWords) -> Iterator[Problem]:
    """The text is Markdown without HTML."""
    for tag in markdown.html_tags(words.document.body):
        yield Problem(_line(words, tag.line, tag.column), "raw-html", {"tag": tag.target})


def no_dividing_lines(words: TypedWords, parsed: markdown.Tokens) -> Iterator[Problem]:
    """Sections are told apart by their headings; a line is what is left of a second ``---`` below the fields."""
    for line in markdown.dividing_lines(parsed):
        yield Problem(_line(words, line), "line-in-text")


def links_lead_somewhere(words: TypedWords, parsed: markdown.Tokens, targets: set[str]) -> Iterator[Problem]:
    """Links are https addresses or identities of records, pages and terms that exist; images are refused."""
    for link in markdown.links(parsed, words.document.body):
        place = _line(words, link.line, link.column)
        if link.image:
            yield Problem(place, "image-in-text", {"target": link.target})
        elif not markdown.is_safe(link.target):
            yield Problem(place, "unsafe-link", {"target": link.target})
        elif not link.target.startswith(("https:", "mailto:", "tel:")) and link.target not in targets:
            near = nearest(link.target, targets)
            yield Problem(place, "unknown-reference", {"ref": link.target}, near)


def translation_is_fresh(draft: Draft, entry: TypedEntry, language: str) -> Iterator[Problem]:
    """A translation carries the stamp of the text that it was made from."""
    primary = draft.settings.primary
    original = entry.words.get(primary)
    if language == primary or original is None:
        return
    words = entry.words[language]
    current = text.stamp(original.value, original.document.body)
    if words.value.translated_from != current:
        key = "translated_from"
        place = words.place((key,)) if words.value.translated_from else words.place()
        values = {
            "original": original.file,
            "name": words.file.rpartition("/")[2],
            "stamp": current,
            "last_ja": f"合っていれば、translated_from（もとの文章の印）の行を「translated_from: {current}」に書きかえます。",
            "last_en": f'When it does, set "translated_from: {current}", the mark of the original. ',
        }
        yield Problem(place, "stale-translation", values, after=original.file)


def headings_are_known(
    draft: Draft, language: str, words: TypedWords, parsed: markdown.Tokens
) -> Iterator[Problem]:
    """Headings of a record's body are those of vocabulary ``headings``."""
    strings = draft.strings.get(language)
    if strings is None:
        return
    valid = [term.name for term in strings.value.vocabulary.headings.values()]
    lost = set()
    for number, line, name in _lost_headings(words.document.body, valid):
        lost.add(number)
        rewrite = Rewrite(line, f"## {name}")
        yield Problem(_line(words, number), "lost-heading", {"heading": name}, rewrite=rewrite)
    for heading in markdown.headings(parsed):
        if heading.line in lost:
            continue
        if heading.level != 2 or heading.text not in valid:
            values = {"heading": heading.text, "valid": " / ".join(f"## {one}" for one in valid)}
            yield Problem(_line(words, heading.line), "unknown-heading", values, nearest(heading.text, valid))


def _lost_headings(body: str, valid: Sequence[str]) -> Iterator[tuple[int, str, str]]:
    """Lines that say a heading and are none, or one of another rank: its line in the body, itself, the heading."""
    for number, line in enumerate(body.split("\n")):
        name = line.strip("#＃ \u3000\t")
        if name in valid and not re.fullmatch(r"## +" + re.escape(name) + r"\s*", line):
            yield number, line, name


def _lost_headings_of(draft: Draft, entry: TypedEntry, language: str) -> bool:
    """Whether a heading of a record was lost in one language."""
    words, strings = entry.words.get(language), draft.strings.get(language)
    if entry.record is None or words is None or strings is None:
        return False
    names = [term.name for term in strings.value.vocabulary.headings.values()]
    return any(_lost_headings(words.document.body, names))


def headings_agree(draft: Draft, entry: TypedEntry) -> Iterator[Problem]:
    """All languages of an entry have the same headings in the same order."""
    shapes: dict[str, tuple[str, ...]] = {}
    for language in draft.languages:
        if language in entry.words and language in draft.strings:
            if _lost_headings_of(draft, entry, language):
                # Told at its line; the other language is not to blame.
                return
            shapes[language] = _shape(draft, entry, language)
    original = shapes.get(draft.settings.primary)
    for language, shape in shapes.items():
        if original is not None and shape != original:
            words = entry.words[language]
            values = {
                "other": entry.words[draft.settings.primary].file,
                "here": ", ".join(shape) or "–",
                "there": ", ".join(original) or "–",
            }
            yield Problem(_line(words, 0), "heading-mismatch", values)


def _shape(draft: Draft, entry: TypedEntry, language: str) -> tuple[str, ...]:
    by_name = {term.name: key for key, term in draft.strings[language].value.vocabulary.headings.items()}
    parsed = markdown.tokens(entry.words[language].document.body)
    with_names = entry.record is not None
    return tuple(
        by_name.get(heading.text, "?") if with_names else f"h{heading.level}"
        for heading in markdown.headings(parsed)
    )
