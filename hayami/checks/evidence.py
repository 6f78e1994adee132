"""Every figure names the phrase of the source that holds it, and the phrase does hold it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from math import prod
from pathlib import Path

from hayami import evidence_text
from hayami.problems import Place, Problem
from hayami.schema.figures import (
    Calculation,
    Count,
    Dated,
    Duration,
    Fee,
    Figure,
    Length,
    Money,
    NamedFigure,
    Opening,
    Rate,
    Session,
    Telephone,
)
from hayami.schema.record import Fact, Notice, Record
from hayami.schema.scalars import PartialDate
from hayami.schema.walk import Path as FieldPath
from hayami.schema.walk import walk
from hayami.validate import Draft, Typed


def check(draft: Draft) -> Iterator[Problem]:
    """All rules of this module that need no page texts."""
    for entry in draft.records:
        if entry.record is None:
            continue
        record: Record = entry.record.value
        named = named_figures(record)
        yield from figure_ids_are_unique(entry.record)
        for path, figure in figures(record):
            yield from figure_has_evidence(entry.record, path, figure)
            yield from evidence_is_on_listed_pages(entry.record, path, figure)
            yield from evidence_holds_the_figure(entry.record, path, figure)
            yield from calculation_is_right(entry.record, path, figure, named)
        for index, fact in enumerate(record.facts):
            yield from evidence_is_on_listed_pages(entry.record, ("facts", index), fact)


def figures(record: Record) -> Iterator[tuple[FieldPath, Figure]]:
    """All figures of a record with their paths."""
    for visit in walk(record):
        if isinstance(visit.value, Figure):
            yield visit.path, visit.value


def named_figures(record: Record) -> dict[str, Figure]:
    """Id → figure, for every figure that words and calculations can refer to."""
    found: dict[str, Figure] = {}
    for visit in walk(record):
        if isinstance(visit.value, NamedFigure):
            found[visit.value.id] = visit.value.figure
        elif isinstance(visit.value, Figure) and visit.value.id:
            found.setdefault(visit.value.id, visit.value)
    return found


def figure_ids_are_unique(typed: Typed) -> Iterator[Problem]:
    """An id names one figure of a record."""
    seen: set[str] = set()
    for visit in walk(typed.value):
        value = visit.value
        if isinstance(value, NamedFigure | Figure) and value.id is not None:
            if value.id in seen:
                yield Problem(typed.place((*visit.path, "id")), "duplicate-id", {"id": value.id})
            seen.add(value.id)


def figure_has_evidence(typed: Typed, path: FieldPath, figure: Figure) -> Iterator[Problem]:
    """A figure has evidence, or is calculated from figures that have."""
    if not figure.source and figure.calculated is None and not _empty(figure):
        page = typed.value.pages[0] if typed.value.pages else 1
        evidence = written_evidence(page, figure)
        values = {"value": describe(figure), "evidence": evidence, "evidence_form": f"source: {evidence}"}
        yield Problem(typed.place(path), "figure-without-evidence", values)


def _empty(figure: Figure) -> bool:
    return isinstance(figure, Notice) and not (figure.published or figure.start or figure.end)


def evidence_is_on_listed_pages(typed: Typed, path: FieldPath, held: Figure | Fact) -> Iterator[Problem]:
    """The page of a piece of evidence is one of the record's pages, if both are of the same material."""
    pages = typed.value.pages
    if typed.value.carried_over is not None:
        return
    for source in held.source:
        if source.year is None and source.page not in pages:
            place = typed.place((*path, "source"))
            yield Problem(place, "page-not-listed", {"page": str(source.page)})


def evidence_holds_the_figure(typed: Typed, path: FieldPath, figure: Figure) -> Iterator[Problem]:
    """Read as a figure, the fragment gives the figure."""
    if not figure.source:
        return
    fragment = " / ".join(source.fragment for source in figure.source)
    for missing in missing_in(figure, fragment):
        form = f"source: {written_evidence(figure.source[0].page, figure)}"
        values = {"fragment": fragment, "value": missing, "evidence_form": form}
        yield Problem(typed.place((*path, "source")), "figure-not-in-fragment", values)


def missing_in(figure: Figure, fragment: str) -> Iterator[str]:
    """Parts of a figure that ``fragment`` does not state."""
    plain = evidence_text.normalise(fragment)
    if isinstance(figure, Count):
        wanted = [figure.n, figure.to, Decimal(figure.each.n) if figure.each else None]
        yield from _missing_numbers(wanted, fragment)
        if figure.as_of is not None:
            yield from _missing_date(figure.as_of, fragment, years_only=True)
    elif isinstance(figure, Money | Fee):
        free = isinstance(figure, Fee) and figure.yen == 0
        if free and not any(word in plain for word in ("無料", "負担無し", "負担なし")):
            yield "無料"
        elif not free:
            yield from _missing_numbers([Decimal(figure.yen)], fragment)
        if isinstance(figure, Fee):
            shares = evidence_text.fractions(fragment)
            yield from (str(extra.share) for extra in figure.plus if extra.share not in shares)
    elif isinstance(figure, Rate):
        stated = evidence_text.fractions(fragment)
        given = (figure.value, figure.lowest, figure.highest)
        yield from (str(share) for share in given if share is not None and share not in stated)
        if figure.within and "以内" not in plain:
            yield "以内"
    elif isinstance(figure, Duration):
        stated_spans = evidence_text.spans(fragment)
        lengths = [length for length in (figure.length, figure.to) if length is not None]
        yield from (describe_length(one) for one in lengths if _span(one) not in stated_spans)
    else:
        yield from _missing_other(figure, fragment, plain)


def _missing_other(figure: Figure, fragment: str, plain: str) -> Iterator[str]:
    if isinstance(figure, Dated):
        yield from _missing_date(figure.date, fragment)
    elif isinstance(figure, Session):
        for day in (figure.start, figure.end):
            if day is not None:
                yield from _missing_date(day, fragment)
        if figure.days is not None:
            yield from _missing_numbers([Decimal(figure.days)], fragment)
    elif isinstance(figure, Notice):
        for day in (figure.published, figure.start, figure.end):
            if day is not None:
                yield from _missing_date(day, fragment)
    elif isinstance(figure, Opening):
        for span in figure.spans:
            yield from (time for time in span.split("-") if time not in plain)
    elif isinstance(figure, Telephone) and figure.number.replace("-", "") not in plain.replace("-", ""):
        yield figure.number


def _missing_numbers(wanted: list[Decimal | None], fragment: str) -> Iterator[str]:
    stated = evidence_text.numbers(fragment)
    yield from (f"{number:,}" for number in wanted if number is not None and number not in stated)


def _missing_date(date: PartialDate, fragment: str, years_only: bool = False) -> Iterator[str]:
    """A year may be stated as a calendar year or through its fiscal year."""
    stated = evidence_text.dates(fragment)
    years = stated.fiscal_years if date.fiscal else stated.years
    through_fiscal = date.month is not None and (
        date.year in stated.fiscal_years if date.month >= 4 else date.year - 1 in stated.fiscal_years
    )
    if date.year not in years and not through_fiscal:
        yield str(date.year)
    if years_only and date.month is None:
        return
    if date.month is not None and date.month not in stated.months:
        yield f"{date.month}月"
    if date.day is not None and date.day not in stated.days:
        yield f"{date.day}日"
    if date.part is not None and date.part not in stated.parts:
        yield date.part


def _span(length: Length) -> evidence_text.Span:
    return evidence_text.Span(length.years or 0, length.months or 0, length.weeks or 0, length.days or 0)


def describe_length(length: Length) -> str:
    """A length for messages: ``1年9か月``."""
    pieces = ((length.years, "年"), (length.months, "か月"), (length.weeks, "週間"), (length.days, "日"))
    return "".join(f"{number}{unit}" for number, unit in pieces if number)


def describe(figure: Figure) -> str:
    """A figure for messages."""
    if isinstance(figure, Money | Fee):
        return f"{figure.yen:,}円"
    if isinstance(figure, Count):
        return f"{figure.n:,} {figure.unit}"
    if isinstance(figure, Rate):
        return str(figure.value or f"{figure.lowest}~{figure.highest}")
    if isinstance(figure, Duration):
        return describe_length(figure.length)
    if isinstance(figure, Dated):
        return str(figure.date)
    return type(figure).__name__.lower()


def written_evidence(page: int, figure: Figure) -> str:
    """Evidence as a record writes it, if the source says the figure in the usual way."""
    said = f"p{page} {phrase(figure)}"
    return json.dumps(said, ensure_ascii=False) if re.search(r"[,\[\]{}#\"']|: ", said) else said


def phrase(figure: Figure) -> str:
    """How the source may say a figure, so that it counts as evidence of it."""
    if isinstance(figure, Money | Fee):
        if isinstance(figure, Fee) and figure.yen == 0:
            return "無料"
        shares = "".join(f" {one.share}" for one in figure.plus) if isinstance(figure, Fee) else ""
        return _said_yen(figure.yen) + shares
    if isinstance(figure, Count):
        numbers = [figure.n, figure.to, figure.each.n if figure.each else None]
        said = "×".join(f"{one:,}" for one in numbers if one is not None)
        return said if figure.as_of is None else f"{_said_date(figure.as_of)} {said}"
    if isinstance(figure, Rate):
        shares = "~".join(
            str(one) for one in (figure.value, figure.lowest, figure.highest) if one is not None
        )
        return shares + "以内" * figure.within
    if isinstance(figure, Duration):
        return "~".join(describe_length(one) for one in (figure.length, figure.to) if one is not None)
    if isinstance(figure, Dated):
        return _said_date(figure.date)
    if isinstance(figure, Session):
        days = f" {figure.days}日間" if figure.days is not None else ""
        return "~".join(_said_date(one) for one in (figure.start, figure.end) if one is not None) + days
    if isinstance(figure, Notice):
        days_given = (figure.published, figure.start, figure.end)
        return "~".join(_said_date(one) for one in days_given if one is not None)
    if isinstance(figure, Opening):
        return " ".join(figure.spans)
    return figure.number if isinstance(figure, Telephone) else describe(figure)


def _said_yen(yen: int) -> str:
    myriads, rest = divmod(yen, 10_000)
    if rest or not yen:
        return f"{yen:,}円"
    hundred_millions, myriads = divmod(myriads, 10_000)
    return f"{hundred_millions}億" * bool(hundred_millions) + f"{myriads:,}万" * bool(myriads) + "円"


_PARTS = {"early": "上旬", "middle": "中旬", "late": "下旬"}


def _said_date(date: PartialDate) -> str:
    pieces = [f"{date.year}年度" if date.fiscal else f"{date.year}年"]
    pieces += [f"{date.month}月"] if date.month else []
    pieces += [f"{date.day}日"] if date.day else []
    return "".join(pieces) + _PARTS.get(date.part or "", "")


def calculation_is_right(
    typed: Typed, path: FieldPath, figure: Figure, named: Mapping[str, Figure]
) -> Iterator[Problem]:
    """A calculated figure names figures that exist, and is what they give."""
    calculation = figure.calculated
    if calculation is None:
        return
    values: list[Decimal] = []
    for name in (*calculation.sum, *calculation.product):
        value = _value(named.get(name))
        if value is None:
            yield Problem(typed.place((*path, "calculated")), "unknown-figure", {"id": name})
            return
        values.append(value)
    expected = _calculate(calculation, values)
    if expected != _value(figure):
        shown = {"expected": f"{expected:,}", "value": describe(figure)}
        yield Problem(typed.place(path), "wrong-calculation", shown)


def _value(figure: Figure | None) -> Decimal | None:
    if isinstance(figure, Count):
        return figure.n
    if isinstance(figure, Money | Fee):
        return Decimal(figure.yen)
    return None


def _calculate(calculation: Calculation, values: list[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) if calculation.sum else prod(values, start=Decimal(1))


def check_against_pages(draft: Draft, folder: Path) -> Iterator[Problem]:
    """Each fragment, and what each erratum says is printed, stands on its page of the source.

    ``folder`` holds one text a page, ``p01.txt`` and so on. It is never part of the project.
    """
    texts: dict[int, str | None] = {}

    def page_text(number: int) -> str | None:
        if number not in texts:
            path = folder / f"p{number:02d}.txt"
            texts[number] = (
                evidence_text.normalise(path.read_text(encoding="utf-8")) if path.is_file() else None
            )
        return texts[number]

    for entry in draft.records:
        if entry.record is None:
            continue
        record: Record = entry.record.value
        evident: list[tuple[FieldPath, Figure | Fact]] = list(figures(record))
        evident += [(("facts", index), fact) for index, fact in enumerate(record.facts)]
        quotes = [
            ((*path, "source"), source.page, source.fragment)
            for path, held in evident
            for source in held.source
            if source.year is None
        ]
        # What was not confirmed yet still speaks of the material of another year.
        quotes += [
            (("errata", index, "prints"), erratum.page, erratum.prints)
            for index, erratum in enumerate(record.errata)
            if record.carried_over is None
        ]
        for path, number, fragment in quotes:
            yield from _on_page(entry.record.place(path), number, fragment, page_text(number))


def _on_page(place: Place, number: int, fragment: str, text: str | None) -> Iterator[Problem]:
    if text is None:
        name = f"p{number:02d}.txt"
        yield Problem(place, "source-page-missing", {"page": str(number), "name": name})
    elif evidence_text.normalise(fragment) not in text:
        yield Problem(place, "fragment-not-on-page", {"page": str(number), "fragment": fragment})
