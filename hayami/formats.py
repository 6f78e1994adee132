"""Figures in words: one value, written as each language writes it.

Patterns come from ``strings/<lang>.yaml``, plural forms, digits and names of months from CLDR through
Babel. Nothing here knows a language by name. This is the only module that knows Babel.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from babel import Locale
from babel.lists import format_list
from babel.numbers import format_decimal

from hayami.schema.figures import (
    Bound,
    Count,
    Dated,
    Duration,
    Fee,
    Figure,
    Length,
    Money,
    Opening,
    Rate,
    Session,
    Telephone,
)
from hayami.schema.scalars import PartialDate
from hayami.schema.strings import Formats, Scale, VocabularyWords

_WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RUN = re.compile(r"\d[\d,.\s/\u00a0\u202f]*\d|\d")


@dataclass(frozen=True)
class Formatter:
    """Writes figures in one language."""

    locale_name: str
    formats: Formats
    words: VocabularyWords

    @cached_property
    def locale(self) -> Locale:
        """The CLDR locale."""
        return Locale.parse(self.locale_name)

    # --- numbers -----------------------------------------------------------------------------
    def number(self, value: Decimal | int) -> str:
        """A number with the digits and separators of the locale, never rounded. A float would show what it is not."""
        if isinstance(value, float):
            raise TypeError(f"{value!r} is a float")
        exact = Decimal(value)
        places = max(0, -int(exact.normalize().as_tuple().exponent))
        pattern = "#,##0" + ("." + "0" * places if places else "")
        return str(format_decimal(exact, format=pattern, locale=self.locale))

    def plural(self, forms: Mapping[str, str], value: Decimal | int) -> str:
        """A pattern filled with a number in the right plural form."""
        form = self.locale.plural_form(value)
        return forms.get(form, forms.get("other", "{n}")).format(n=self.number(value))

    # --- money -------------------------------------------------------------------------------
    def yen(self, yen: int) -> str:
        """A bare amount: ``1,500万円``, ``¥15 million``."""
        form = self.formats.money
        text = self._composed(yen) if form.compose else self._scaled(yen)
        return form.pattern.format(n=text)

    def _composed(self, yen: int) -> str:
        """Scales put together when nothing is left over below the smallest: 1億2,000万."""
        scales = self.formats.money.scales
        if not scales or yen == 0 or yen % scales[-1].value:
            return self.number(yen)
        pieces = []
        for scale in scales:
            count, yen = divmod(yen, scale.value)
            if count:
                pieces.append(self._with_scale(Decimal(count), scale))
        return "".join(pieces)

    def _scaled(self, yen: int) -> str:
        """One scale with few decimals, when that is exact: 1.5 million."""
        form = self.formats.money
        for scale in form.scales:
            count = Decimal(yen) / scale.value
            if yen >= scale.value and count == round(count, form.decimals):
                return self._with_scale(count, scale)
        return self.number(yen)

    def _with_scale(self, count: Decimal, scale: Scale) -> str:
        return self.formats.money.scale_pattern.format(n=self.number(count), scale=scale.name)

    def money(self, money: Money) -> str:
        """An amount with what qualifies it (in kind, for each firm)."""
        text = self.formats.money_bounds[money.bound].format(x=self.yen(money.yen))
        if money.form == "in-kind":
            text = self.formats.money.in_kind.format(x=text)
        return self._per(text, money.per)

    def _per(self, text: str, unit: str | None) -> str:
        if unit is None:
            return text
        return self.formats.per.format(x=text, unit=self.words.units[unit]["other"])

    # --- rates -------------------------------------------------------------------------------
    def share(self, share: Fraction) -> str:
        """A share in figures: ``2/3``."""
        return self.formats.rate.figure.format(n=share.numerator, d=share.denominator)

    def spoken(self, share: Fraction) -> str:
        """A share as it is read out: ``3分の2``, ``two-thirds``."""
        form = self.formats.rate
        named = form.named.get(f"{share.numerator}/{share.denominator}")
        return named or form.spoken.format(n=share.numerator, d=share.denominator)

    def rate(self, rate: Rate) -> str:
        """A rate: ``2/3以内``, ``1/2〜2/3``."""
        return self._rate(rate, self.share)

    def spoken_rate(self, rate: Rate) -> str:
        """A rate as it is read out: ``3分の2以内``, ``up to two-thirds``."""
        return self._rate(rate, self.spoken)

    def _rate(self, rate: Rate, write: Callable[[Fraction], str]) -> str:
        if rate.value is not None:
            text = write(rate.value)
        else:
            assert rate.lowest is not None
            assert rate.highest is not None
            ends = write(rate.lowest), write(rate.highest)
            text = self.formats.range.format(a=ends[0], b=ends[1])
        return self.formats.rate.within.format(x=text) if rate.within else text

    # --- lengths of time ---------------------------------------------------------------------
    def length(self, length: Length) -> str:
        """A length of time: ``1年9か月``."""
        form = self.formats.length
        pieces = (
            (form.years, length.years),
            (form.months, length.months),
            (form.weeks, length.weeks),
            (form.days, length.days),
        )
        return form.join.join(self.plural(forms, number) for forms, number in pieces if number)  # type: ignore[arg-type]

    def duration(self, duration: Duration) -> str:
        """A length of time with its bound, or a range of lengths."""
        text = self.length(duration.length)
        if duration.to is None:
            return self.formats.length_bounds[duration.bound].format(x=text)
        open_ended = duration.bound == "min" or duration.to_bound == "max"
        pattern = self.formats.open_range if open_ended else self.formats.range
        return pattern.format(a=text, b=self.length(duration.to))

    # --- counts ------------------------------------------------------------------------------
    def amount(self, number: Decimal | int, unit: str) -> str:
        """A number with its unit: ``880件``, ``880 projects``."""
        return self.plural(self.words.units[unit], number)  # type: ignore[arg-type]

    def count(self, count: Count) -> str:
        """A count with all that qualifies it."""
        text = self.amount(count.n, count.unit)
        if count.to is not None:
            text = self.formats.range.format(a=self.number(count.n), b=self.amount(count.to, count.unit))
        text = self._bounded(text, count.bound)
        if count.each is not None:
            each = self._bounded(self.amount(count.each.n, count.each.unit), count.each.bound)
            text = self.formats.each.format(x=text, y=each)
        if count.qualifier is not None:
            text = self.words.qualifiers[count.qualifier].format(x=text)
        text = self._per(text, count.per)
        return self.formats.natures[count.nature].format(x=text) if count.nature else text

    def _bounded(self, text: str, bound: Bound) -> str:
        return self.formats.bounds[bound].format(x=text)

    # --- dates -------------------------------------------------------------------------------
    def date(self, value: PartialDate) -> str:
        """A date as exact as it is known, with the era where the language has one."""
        form = self.formats.date
        if value.fiscal:
            pattern = form.fiscal
        elif value.part is not None:
            pattern = getattr(form, value.part)
        else:
            pattern = form.day if value.day else form.month if value.month else form.year
        era, era_year = self._era(value)
        names = self.locale.months["format"]["wide"]
        return pattern.format(
            year=value.year,
            month=value.month,
            day=value.day,
            month_name=names[value.month] if value.month else "",
            era=era,
            era_year=era_year,
        )

    def _era(self, value: PartialDate) -> tuple[str, str]:
        """Era and year of the era; a bare year belongs to the era in which it ends, a fiscal year likewise."""
        month = value.month or (4 if value.fiscal else 12)
        day = value.day or (1 if value.fiscal or value.month else 31)
        if value.fiscal:
            month, day = 12, 31
        for era in self.formats.date.eras:
            if datetime.date(value.year, month, day) >= era.start:
                count = value.year - era.start.year + 1
                return era.name, self.formats.date.first_year if count == 1 else str(count)
        return "", str(value.year)

    def day(self, value: datetime.date) -> str:
        """A calendar day."""
        return self.date(PartialDate(value.year, value.month, value.day))

    def dated(self, dated: Dated) -> str:
        """A dated fact: since when, and whether it is planned."""
        form = self.formats.date
        text = self.date(dated.date)
        text = form.since.format(x=text) if dated.since else text
        return text if dated.fixed else form.planned.format(x=text)

    def session(self, session: Session) -> str:
        """When an event runs."""
        text = self.date(session.start)
        if session.end is not None:
            text = self.formats.range.format(a=text, b=self.date(session.end))
        return text if session.fixed else self.formats.date.planned.format(x=text)

    def days(self, number: int) -> str:
        """A number of days."""
        return self.length(Length(days=number))

    # --- fees, hours, telephones ---------------------------------------------------------------
    def fee(self, fee: Fee) -> str:
        """What the user pays."""
        form = self.formats.fee
        if fee.yen == 0 and not fee.plus:
            return form.free
        text = self._per(self.yen(fee.yen), fee.per)
        for extra in fee.plus:
            cost = self.words.costs[extra.of].name
            text = form.plus.format(x=text, y=form.share_of.format(cost=cost, share=self.spoken(extra.share)))
        return getattr(form, fee.tax).format(x=text) if fee.tax else text

    def opening(self, opening: Opening) -> str:
        """Opening hours in one line."""
        form = self.formats.opening
        names = self.locale.days["format"]["abbreviated" if form.days.count(" ") == 0 else "wide"]
        days = form.days.format(
            first=names[_WEEK.index(opening.first)], last=names[_WEEK.index(opening.last)]
        )
        spans = []
        for span in opening.spans:
            start, end = span.split("-")
            spans.append(form.span.format(a=start, b=end))
        text = form.hours.format(days=days, spans=self.listed(spans))
        if not opening.closed:
            return text
        closed = self.all_of(self.words.closures[one].name for one in opening.closed)
        return form.closed.format(x=text, closed=closed)

    def listed(self, items: Iterable[str]) -> str:
        """Items side by side."""
        return self.formats.list.join(items)

    def entry(self, items: Iterable[str]) -> str:
        """Items side by side, as what stands alone in a cell: with a capital, where the language has them."""
        text = self.listed(items)
        return text[:1].upper() + text[1:]

    def all_of(self, items: Iterable[str]) -> str:
        """Items of which all are meant: ``a, b and c``."""
        return str(format_list(list(items), "standard", self.locale))

    def one_of(self, items: Iterable[str]) -> str:
        """Items of which any is meant: ``a, b or c``."""
        return str(format_list(list(items), "or", self.locale))

    # --- any figure ----------------------------------------------------------------------------
    def figure(self, figure: Figure) -> str:
        """Any figure, as words refer to it by ``{id}``."""
        if isinstance(figure, Money):
            return self.money(figure)
        if isinstance(figure, Rate):
            return self.rate(figure)
        if isinstance(figure, Duration):
            return self.duration(figure)
        if isinstance(figure, Count):
            return self.count(figure)
        if isinstance(figure, Dated):
            return self.dated(figure)
        if isinstance(figure, Fee):
            return self.fee(figure)
        if isinstance(figure, Session):
            return self.session(figure)
        if isinstance(figure, Telephone):
            return figure.number
        if isinstance(figure, Opening):
            return self.opening(figure)
        raise TypeError(type(figure).__name__)


def parts(text: str) -> tuple[tuple[str, bool], ...]:
    """A written figure cut into (text, whether it is a number), for large numbers with small units.

    >>> parts("1,500万円")
    (('1,500', True), ('万円', False))
    """
    cut: list[tuple[str, bool]] = []
    end = 0
    for match in _RUN.finditer(text):
        if match.start() > end:
            cut.append((text[end : match.start()], False))
        cut.append((match[0], True))
        end = match.end()
    if end < len(text):
        cut.append((text[end:], False))
    return tuple(cut)
