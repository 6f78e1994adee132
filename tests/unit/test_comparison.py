"""What a comparison sets side by side, and when a value is the highest of a row."""

from __future__ import annotations

import gzip
import html
import json
import re
from collections.abc import Iterator
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hayami import comparison, pipeline
from hayami.comparison import APART, MOST, ROWS, Term, best, same, top, weight
from hayami.model import Item, Site
from hayami.schema.figures import Count, Money, Rate
from hayami.schema.record import Offer, Programme, Variant
from hayami.schema.scalars import Ref
from tests import sites


@pytest.fixture(scope="module")
def built() -> pipeline.Built:
    """The catalogue."""
    found = sites.built(sites.CATALOGUE)
    assert found.site is not None, found.problems
    return found


@pytest.fixture(scope="module")
def site(built: pipeline.Built) -> Site:
    """The catalogue, joined."""
    assert built.site is not None
    return built.site


def item(site: Site, slug: str) -> Item:
    return site.items[Ref("programmes", slug)]


def term(offer: Offer) -> Term:
    record = Programme(type="programme", pages=(1,), fiscal_year=2024, as_of="2024-03-19", offers=(offer,))
    owner = Item(Ref("programmes", "trial"), record, {}, {}, "", {})
    return Term(owner, offer, False)


def grant(**given: object) -> Offer:
    return Offer(id="grant", kind="grant", **given)


# --- what is weighed -----------------------------------------------------------------------------


def test_the_largest_limit_of_an_offer_is_weighed() -> None:
    offer = grant(amounts=(Money(yen=10_000_000, variant=("small",)), Money(yen=20_000_000)))
    assert top("cap", [term(offer)]) == "20000000"


def test_the_largest_of_several_offers_is_weighed() -> None:
    low, high = grant(amounts=(Money(yen=100),)), grant(amounts=(Money(yen=300),))
    assert top("cap", [term(high), term(low)]) == "300"


@pytest.mark.parametrize(
    "money",
    [
        Money(yen=1, form="in-kind"),
        Money(yen=1, per="times"),
        Money(yen=1, bound="min"),
        Money(yen=1, bound="about"),
    ],
    ids=["in kind", "for each visit", "at least", "about"],
)
def test_sums_of_another_nature_stand_apart(money: Money) -> None:
    assert top("cap", [term(grant(amounts=(money, Money(yen=5))))]) == APART


def test_prize_money_stands_apart_and_a_fixed_incentive_does_not() -> None:
    fixed = Money(yen=500_000, bound="exact")
    assert weight(term(Offer(id="prize", kind="prize", amounts=(fixed,))), fixed) == APART
    assert weight(term(Offer(id="incentive", kind="incentive", amounts=(fixed,))), fixed) == "500000"


def test_a_range_of_rates_stands_apart_even_beside_one_rate() -> None:
    ranged = Rate(lowest=Fraction(1, 2), highest=Fraction(2, 3))
    offer = grant(rates=(ranged, Rate(value=Fraction(3, 4), when=("wage-plan",))))
    assert top("rate", [term(offer)]) == APART


def test_what_is_not_stated_weighs_nothing() -> None:
    assert top("cap", [term(grant())]) == ""
    assert top("rate", []) == ""


def test_classes_bring_the_scale_where_the_offer_has_none() -> None:
    count = Count(n=3, unit="projects")
    by_class = grant(variants=(Variant(id="a", scale=(count,)),))
    whole = grant(scale=(Count(n=9, unit="projects"),), variants=(Variant(id="a", scale=(count,)),))
    assert comparison.figures("scale", by_class) == (count,)
    assert comparison.figures("scale", whole) == whole.scale


# --- the highest of a row ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tops", "places", "stated"),
    [
        (["100000000", "20000000", "15000000"], {0}, 3),
        (["4/5", "2/3", "3/4"], {0}, 3),
        (["2/3", "4/6", "1/2"], {0, 1}, 3),
        (["1/2", "", "2/3"], {2}, 2),
        (["1/2", "1/2"], set(), 0),
        (["1/2", ""], set(), 0),
        (["", ""], set(), 0),
        (["4/5", APART, "2/3"], set(), 0),
        ([], set(), 0),
    ],
)
def test_the_highest_of_a_row(tops: list[str], places: set[int], stated: int) -> None:
    found = best(tops)
    assert (set(found.places), found.stated) == (places, stated)


TOPS = st.lists(
    st.one_of(st.just(""), st.integers(0, 10**12).map(str), st.fractions(0, 1, max_denominator=999).map(str)),
    max_size=MOST,
)


@given(TOPS)
def test_nothing_stated_is_above_what_is_marked(tops: list[str]) -> None:
    found = best(tops)
    stated = [Fraction(one) for one in tops if one]
    for place in found.places:
        assert Fraction(tops[place]) == max(stated)
    assert found.stated in (0, len(stated))
    assert len(found.places) < len(stated) or not found.places


@given(TOPS, st.integers(0, MOST))
def test_beside_what_stands_apart_nothing_is_marked(tops: list[str], place: int) -> None:
    assert not best([*tops[:place], APART, *tops[place:]]).places


def test_cells_are_the_same_when_the_same_is_written() -> None:
    assert same(["<p>a</p>", "<p>a</p>"])
    assert not same(["<p>a</p>", "<p>b</p>", "<p>a</p>"])


@given(st.lists(st.just(None), max_size=60))
def test_ready_tables_are_nearly_equal_and_narrow_enough(items: list[None]) -> None:
    sizes = [len(group) for group in comparison.balanced(items)]  # type: ignore[arg-type]
    if len(items) < 2:
        assert sizes == []
        return
    assert sum(sizes) == len(items)
    assert max(sizes) <= MOST
    assert min(sizes) >= 2
    assert max(sizes) - min(sizes) <= 1


# --- the catalogue -------------------------------------------------------------------------------


def test_only_records_that_offer_something_are_compared(site: Site) -> None:
    for one in site.items.values():
        assert comparison.comparable(one) == (len(one.record.offers) > 0)


def test_a_record_with_money_is_compared_by_what_pays(site: Site) -> None:
    found = comparison.terms(site, item(site, "energy-self-sufficiency"))
    assert [one.offer.id for one in found] == ["energy-grant"]
    assert not found[0].part


def test_a_parent_is_compared_by_its_parts(site: Site) -> None:
    found = comparison.terms(site, item(site, "year-2024-problem"))
    assert [one.owner.ref.slug for one in found] == [
        "digital-tool-emergency",
        "digital-tech-emergency",
        "investment-emergency",
    ]
    assert all(one.part for one in found)
    assert top("cap", found) == "100000000"


def test_a_record_without_money_keeps_all_its_offers(site: Site) -> None:
    one = item(site, "cybersecurity-awareness")
    found = comparison.terms(site, one)
    assert {term.offer.kind for term in found}.isdisjoint({"grant", "subsidy"})
    assert len(found) >= len(one.record.offers)


def test_ready_comparisons_hold_all_money_of_a_purpose_highest_first(site: Site) -> None:
    for purpose in (entry.id for entry in site.vocabulary.purposes):
        tables = comparison.ready(site, purpose)
        shown = [one for items in tables for one in items]
        paying = [one for one in site.items.values() if purpose in one.record.purposes and one.money]
        assert len(shown) == (len(paying) if len(paying) > 1 else 0), purpose
        sums = [one.cap.yen if one.cap else 0 for one in shown]
        assert sums == sorted(sums, reverse=True)


def written(cell: str) -> str:
    """The text of a cell."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", "", cell))).strip()


def cells(built: pipeline.Built, site: Site) -> Iterator[tuple[str, Item, dict[str, str]]]:
    for language in site.tongues:
        folder = "compare/" if language == site.settings.primary else f"{language}/compare/"
        for one in site.items.values():
            if comparison.comparable(one):
                data = json.loads(built.files[folder + comparison.name_of(one.ref)])
                yield language, one, data["cells"]


def test_every_record_has_its_cells_in_every_language(built: pipeline.Built, site: Site) -> None:
    count = 0
    for _, one, found in cells(built, site):
        count += 1
        assert set(found) == set(ROWS), one.ref
        for row, cell in found.items():
            assert written(cell), (one.ref, row)
    files = [name for name in built.files if re.search(r"(^|/)compare/[^/]+\.json$", name)]
    assert len(files) == count
    assert count == 2 * len(site.select(comparison.comparable))


def test_cells_are_small_and_sorted(built: pipeline.Built) -> None:
    for name, content in built.files.items():
        if re.search(r"(^|/)compare/[^/]+\.json$", name):
            data = json.loads(content)
            again = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
            assert content == again.encode()
            assert len(gzip.compress(content)) < 4096, name


def test_limits_and_rates_stand_in_the_cells_as_everywhere(built: pipeline.Built, site: Site) -> None:
    for language, one, found in cells(built, site):
        fmt = site.tongues[language].formatter
        for described in comparison.terms(site, one):
            for money in described.offer.amounts:
                assert fmt.money(money) in written(found["cap"]), one.ref
            for rate in described.offer.rates:
                assert fmt.rate(rate) in written(found["rate"]), one.ref
            for duration in described.offer.periods:
                assert fmt.duration(duration) in written(found["period"]), one.ref


def test_what_the_source_leaves_unsaid_is_said(built: pipeline.Built, site: Site) -> None:
    for language, one, found in cells(built, site):
        words = site.tongues[language].interface
        described = comparison.terms(site, one)
        if any(term.offer.amounts for term in described):
            continue
        pays = comparison.may_pay(described)
        said = words["figures"]["unstated"] if pays else words["compare"]["no_money"]
        assert written(found["cap"]) == said, one.ref


def test_a_parent_names_its_parts_beside_their_limits(built: pipeline.Built, site: Site) -> None:
    found = {(language, one.ref.slug): data for language, one, data in cells(built, site)}
    parts = ("dx-promotion-support", "breakthrough-investment", "regular-employment", "engagement-workplace")
    for language in site.tongues:
        text = written(found[language, "wage-increase-support"]["cap"])
        places = [text.index(item(site, slug).words[language].short_name) for slug in parts]
        assert places == sorted(places)


def test_one_figure_at_most_is_weighed_in_a_cell(built: pipeline.Built, site: Site) -> None:
    for _, one, found in cells(built, site):
        for row, cell in found.items():
            weighed = re.findall(r'data-n="([^"]*)"', cell)
            expected = top(row, comparison.terms(site, one)) if row in comparison.MARKED else ""  # type: ignore[arg-type]
            assert weighed == ([expected] if expected else []), (one.ref, row)


def test_ready_tables_are_whole_tables(built: pipeline.Built, site: Site) -> None:
    pages = [name for name in built.files if re.fullmatch(r"(en/)?compare/[a-z-]+/index\.html", name)]
    assert len(pages) == 2 * sum(bool(comparison.ready(site, entry.id)) for entry in site.vocabulary.purposes)
    for name in pages:
        page = built.files[name].decode()
        for table in re.findall(r'<table class="cmp.*?</table>', page, re.DOTALL):
            columns = table.count('<th scope="col">')
            assert "<caption>" in table
            assert 2 <= columns <= MOST
            assert table.count('<th scope="row">') == len(ROWS)
            for row in re.findall(r"<tr class=.*?</tr>", table, re.DOTALL):
                equal = re.match(r'<tr class="(long )?same"', row) is not None
                assert row.count("<td") == (1 if equal else columns)
                assert ("＝" in row, "≠" in row) == (equal, not equal)
