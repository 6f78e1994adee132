"""Which numbers a record holds, so that its words cannot bring in one that has no evidence."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from hayami import yamltree
from hayami.checks.numerals import Forms, numerals
from hayami.schema.record import Record
from hayami.schema.scalars import Declared, PartialDate, Ref
from hayami.schema.walk import walk
from hayami.schema.words import Words
from hayami.validate import Draft, TypedEntry, records_of

_DIGITS = re.compile(r"\d+(?:\.\d+)?")


def numbers_of_records(draft: Draft, forms: Forms) -> dict[Ref, frozenset[Decimal]]:
    """Record → the numbers of its ``record.yaml`` and of the records tied to it, and its counts of entries."""
    records = records_of(draft)
    own = {entry.ref: frozenset(_own(draft, entry, forms)) for entry in draft.records if entry.record}
    tied: dict[Ref, set[Ref]] = defaultdict(set)
    for ref, record in records.items():
        for other in _references(record):
            tied[ref].add(other)
            if record.parent == other or other in record.also_part_of:
                tied[other].add(ref)
    return {
        ref: own[ref].union(_counts(record), *(own[other] for other in tied[ref] if other in own))
        for ref, record in records.items()
    }


def _own(draft: Draft, entry: TypedEntry, forms: Forms) -> Iterator[Decimal]:
    """Numbers as ``record.yaml`` writes them, in figures, dates, evidence and ids, and in the official name."""
    assert entry.record is not None
    for text in _texts(entry.record.tree):
        plain = text.replace("_", "")
        yield from map(Decimal, _DIGITS.findall(plain))
        yield from (value for one in numerals(plain, forms) for value in one.values)
    words = entry.words.get(draft.settings.primary)
    if words is not None and isinstance(words.value, Words):
        for name in (words.value.name, *words.value.known_as):
            yield from (value for one in numerals(name, forms) for value in one.values)


def _texts(node: yamltree.Node) -> Iterator[str]:
    if isinstance(node, yamltree.Scalar):
        yield node.text
    elif isinstance(node, yamltree.Sequence):
        for item in node.items:
            yield from _texts(item)
    else:
        for key, value in node.entries:
            yield key.text
            yield from _texts(value)


def _references(record: Record) -> Iterator[Ref]:
    for visit in walk(record):
        values = visit.value if isinstance(visit.value, tuple) else (visit.value,)
        yield from (value for value in values if isinstance(value, Ref))


def _counts(record: Record) -> Iterator[Decimal]:
    """How many entries there are in each list of the record and in each of its groups; one is always there."""
    yield Decimal(1)
    for visit in walk(record):
        if isinstance(visit.value, tuple | dict):
            yield Decimal(len(visit.value))
    groups = Counter([one.group for one in record.offers] + [one.group for one in record.facts])
    yield from (Decimal(count) for group, count in groups.items() if group)


def numbers_of(value: object) -> frozenset[Decimal]:
    """The numbers of a declared value such as a figure: amounts, both parts of a share, days of a date."""
    return frozenset(_numbers(value))


def _numbers(value: object) -> Iterator[Decimal]:
    if isinstance(value, Fraction):
        yield from (Decimal(value.numerator), Decimal(value.denominator))
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        yield Decimal(value)
    elif isinstance(value, PartialDate):
        yield from (Decimal(one) for one in (value.year, value.month, value.day) if one)
    elif isinstance(value, tuple):
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, Declared):
        for name in type(value).model_fields:
            if name not in ("id", "source", "calculated"):
                yield from _numbers(getattr(value, name))
