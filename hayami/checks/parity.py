"""All languages say the same: the same numbers and figures, the same notes, and nothing left untranslated.

Entries, headings and stamps are checked in :mod:`hayami.checks.wording`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from hayami import locales, text
from hayami.checks.evidence import named_figures
from hayami.checks.held_numbers import numbers_of, numbers_of_records
from hayami.checks.numerals import Forms, Numeral, numerals
from hayami.checks.units import Piece, Unit, units
from hayami.problems import Place, Problem, nearest
from hayami.schema.scalars import Ref
from hayami.schema.strings import Formats, Strings, Term, VocabularyWords
from hayami.schema.words import COLLECTIONS, Words
from hayami.validate import Draft, Typed, TypedEntry


def check(draft: Draft, builtin: Mapping[str, Strings]) -> Iterator[Problem]:
    """All rules of this module. ``builtin`` tells how numbers are written in languages that we bring."""
    forms = forms_of(draft, builtin)
    primary = draft.settings.primary
    held = numbers_of_records(draft, forms[primary]) if primary in forms else {}
    every = list(units(draft))
    names = frozenset(
        piece.text.casefold()
        for unit in every
        if unit.key == ("name",)
        for pieces in unit.pieces.values()
        for piece in pieces
    )
    for unit in every:
        seen = {code: seen_in(pieces, forms[code]) for code, pieces in unit.pieces.items() if code in forms}
        yield from numbers_agree(unit, seen, primary)
        yield from numbers_are_in_the_record(unit, seen, held)
        yield from figures_agree(draft, unit)
        yield from nothing_is_left_untranslated(draft, unit, names)
    yield from parts_agree(draft)


def forms_of(draft: Draft, builtin: Mapping[str, Strings]) -> dict[str, Forms]:
    """How the languages write numbers.

    One without forms of figures, or of a locale that nobody knows, cannot be compared; that is told elsewhere.
    """
    found = {}
    for language in draft.settings.languages:
        own = draft.strings.get(language.code)
        formats: Formats | None = own.value.formats if own else None
        if formats is None and language.code in builtin:
            formats = builtin[language.code].formats
        if formats is not None and locales.is_known(language.locale):
            found[language.code] = Forms.of(language.locale, formats)
    return found


class Seen(NamedTuple):
    """A number with the text that holds it."""

    numeral: Numeral
    piece: Piece

    @property
    def place(self) -> Place:
        """Where the number stands."""
        return self.piece.place_of(self.numeral.text)


def seen_in(pieces: Sequence[Piece], forms: Forms) -> list[Seen]:
    """All numbers of some texts."""
    return [Seen(one, piece) for piece in pieces for one in numerals(piece.text, forms)]


def _values(seen: Iterable[Seen]) -> set[Decimal]:
    return {value for one in seen for value in one.numeral.values}


def _listed(words: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(words)) or "–"


def numbers_agree(unit: Unit, seen: Mapping[str, Sequence[Seen]], primary: str) -> Iterator[Problem]:
    """A number in one language stands in the others too, in digits, in words or by another scale.

    An entry or a section is compared as a whole, so that each language may order it in its own way.
    """
    if primary not in seen:
        return
    for code in seen:
        if code != primary:
            yield from _missing(unit, seen[primary], code, seen[code])
            yield from _missing(unit, seen[code], primary, seen[primary])


def _missing(unit: Unit, said: Sequence[Seen], code: str, here: Sequence[Seen]) -> Iterator[Problem]:
    """Numbers of ``said`` that the language ``code``, which says ``here``, lacks."""
    known = _values(here)
    told: set[tuple[Decimal, ...]] = set()
    for one in said:
        values = one.numeral.values
        if one.numeral.firm and values not in told and not known.issuperset(values):
            told.add(values)
            shown = {
                "number": one.numeral.text,
                "other": str(one.place),
                "here": _listed([two.numeral.text for two in here if two.numeral.firm]),
            }
            yield Problem(
                unit.pieces[code][0].place, "number-mismatch", shown, _figures_with(unit.entry, values)
            )


def _figures_with(entry: TypedEntry | None, values: Sequence[Decimal]) -> tuple[str, ...]:
    """References to the figures of a record that hold these values."""
    if entry is None or entry.record is None:
        return ()
    figures = named_figures(entry.record.value)
    return tuple(
        "{" + name + "}" for name, figure in figures.items() if numbers_of(figure).issuperset(values)
    )


def numbers_are_in_the_record(
    unit: Unit, seen: Mapping[str, Sequence[Seen]], held: Mapping[Ref, frozenset[Decimal]]
) -> Iterator[Problem]:
    """A number in the words of a record stands in ``record.yaml`` too, or in that of a record tied to it.

    How many entries a part of the record has counts as well (``four criteria``). Addresses are words.
    """
    if unit.entry is None or unit.entry.record is None or unit.key[-1] == "address" or unit.key == ("name",):
        return
    known = held.get(unit.entry.ref)
    if known is None:
        return
    for numbers in seen.values():
        for one in numbers:
            missing = [value for value in one.numeral.values if value not in known]
            if one.numeral.firm and missing:
                near = nearest(f"{missing[0]:f}", [f"{value:f}" for value in known])
                yield Problem(one.place, "number-not-in-record", {"number": one.numeral.text}, near)


def figures_agree(draft: Draft, unit: Unit) -> Iterator[Problem]:
    """All languages refer to the same figures ``{id}``, each as often."""
    named = {
        code: Counter(name for piece in pieces for name in text.FIGURE.findall(piece.text))
        for code, pieces in unit.pieces.items()
    }
    primary = draft.settings.primary
    for code, names in named.items():
        if primary in named and names != named[primary]:
            values = {
                "other": str(unit.pieces[primary][0].place),
                "here": _references(names),
                "there": _references(named[primary]),
            }
            yield Problem(unit.pieces[code][0].place, "figure-mismatch", values)


def _references(names: Counter[str]) -> str:
    return ", ".join("{" + name + "}" for name in sorted(names.elements())) or "–"


def parts_agree(draft: Draft) -> Iterator[Problem]:
    """An entry that has a note or an address in one language has it in all; so has a vocabulary entry."""
    for entry in draft.records:
        words = {code: entry.words[code] for code in draft.languages if code in entry.words}
        parts = {code: _parts_of_words(typed.value) for code, typed in words.items()}
        yield from _one_sided(words, parts)
    strings = {code: draft.strings[code] for code in draft.languages if code in draft.strings}
    terms = {code: _parts_of_vocabulary(typed.value.vocabulary) for code, typed in strings.items()}
    yield from _one_sided(strings, terms)


Parts = Mapping[tuple[str, ...], frozenset[str]]
"""Path of an entry → the parts that it has."""


def _parts_of_words(words: Words) -> Parts:
    found: dict[tuple[str, ...], frozenset[str]] = {(): frozenset({"address"} if words.address else ())}
    for name in COLLECTIONS:
        for one, label in getattr(words, name).items():
            found[name, one] = frozenset(label.model_dump(exclude_none=True)) - {"label"}
    return found


def _parts_of_vocabulary(vocabulary: VocabularyWords) -> Parts:
    return {
        ("vocabulary", info.alias or name, one): frozenset({"note"} if term.note else ())
        for name, info in type(vocabulary).model_fields.items()
        for one, term in getattr(vocabulary, name).items()
        if isinstance(term, Term)
    }


def _one_sided(files: Mapping[str, Typed], parts: Mapping[str, Parts]) -> Iterator[Problem]:
    for code, entries in parts.items():
        for path, given in entries.items():
            for other in files:
                # An entry without any words is reported as missing words.
                for part in sorted(given - parts[other].get(path, given)):
                    values = {"part": part, "entry": ".".join(path) or files[other].file}
                    values["other"] = str(files[code].place((*path, part)))
                    yield Problem(files[other].place(path, key=True), "missing-part", values)


def nothing_is_left_untranslated(draft: Draft, unit: Unit, names: frozenset[str]) -> Iterator[Problem]:
    """No text holds a stretch in the script of another language, unless it stands in brackets of its own.

    Latin letters spell names everywhere: in a language of another script four Latin words in a row are
    left over when they are no name (``names`` holds those of the catalogue, folded). Two languages of one
    script cannot be told apart in this way.
    """
    for language in draft.settings.languages:
        for piece in unit.pieces.get(language.code, ()):
            plain = text.FIGURE.sub(" ", piece.text)
            latin = [
                run
                for run in locales.latin_sentences(plain, language.locale)
                if not any(run.text.casefold() in name for name in names)
            ]
            for run in (*locales.unmarked_runs(plain, language.locale), *latin):
                values = {"run": run.text, "language": language.code}
                yield Problem(piece.place_of(run.text), "left-untranslated", values)
