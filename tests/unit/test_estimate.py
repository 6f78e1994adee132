"""What a grant would come to: branches, sums, and the look-up table on the page."""

from __future__ import annotations

import gzip
import html
import json
import re
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hayami import estimate, pipeline, script_data
from hayami.estimate import Branch, Size
from hayami.model import Item, Site
from hayami.schema.record import Offer
from hayami.schema.strings import MoneyForm
from tests import sites

PROJECT = Path(__file__).parent.parent.parent
SIZES: dict[str, Size | None] = {
    "general": "general",
    "small": "small",
    "tiny": "small",
    "plan": None,
    "early": None,
}


def offer(**values: Any) -> Offer:
    return Offer.model_validate({"id": "grant", "kind": "grant", **values})


def found(*offers: Offer) -> tuple[Branch, ...]:
    return estimate.branches(offers, SIZES)


def told(branch: Branch) -> tuple[Any, ...]:
    """A branch in short: classes, conditions, excluded ones, costs, excluded ones, shares, cap."""
    shares = " ".join(str(share) for share in branch.shares)
    unless = tuple(" ".join(one) for one in branch.unless)
    case = (branch.variants, branch.when, unless, branch.costs, branch.other_costs)
    return (*case, shares, branch.cap.yen)


# --- branches -------------------------------------------------------------------------------------


def test_one_rate_and_one_cap_are_one_branch() -> None:
    (only,) = found(offer(amounts=[{"yen": 15_000_000}], rates=[{"value": "2/3"}]))
    assert told(only) == ((), (), (), (), (), "2/3", 15_000_000)


def test_a_better_rate_for_small_firms_leaves_the_other_firms_the_plain_one() -> None:
    rates = [{"value": "2/3"}, {"value": "3/4", "when": "small"}]
    plain, small = found(offer(amounts=[{"yen": 100}], rates=rates, floor={"yen": 10, "bound": "exact"}))
    assert told(plain) == ((), (), ("small",), (), (), "2/3", 100)
    assert told(small) == ((), ("small",), (), (), (), "3/4", 100)
    assert [branch.floor and branch.floor.yen for branch in (plain, small)] == [10, 10]


def test_a_lower_cap_for_small_firms_needs_no_plain_branch() -> None:
    amounts = [{"yen": 20, "when": "general"}, {"yen": 10, "when": "small"}]
    assert [told(one) for one in found(offer(amounts=amounts, rates=[{"value": "2/3"}]))] == [
        ((), ("general",), (), (), (), "2/3", 20),
        ((), ("small",), (), (), (), "2/3", 10),
    ]


def test_a_range_of_rates_stays_a_range() -> None:
    rates = [{"lowest": "1/2", "highest": "2/3"}, {"value": "3/4", "when": "plan"}]
    assert [told(one)[-2] for one in found(offer(amounts=[{"yen": 30}], rates=rates))] == ["1/2 2/3", "3/4"]


def test_classes_with_the_same_figures_stand_together_and_a_kind_of_cost_has_its_cap() -> None:
    made = offer(
        amounts=[{"yen": 1500}, {"yen": 450, "variant": "a", "costs": "cloud"}],
        rates=[{"value": "1/2"}, {"value": "2/3", "variant": "a", "when": "small"}],
        variants=[{"id": "a"}, {"id": "b"}, {"id": "c"}],
    )
    assert [told(one) for one in found(made)] == [
        (("a",), (), ("small",), (), ("cloud",), "1/2", 1500),
        (("a",), (), ("small",), ("cloud",), (), "1/2", 450),
        (("a",), ("small",), (), (), ("cloud",), "2/3", 1500),
        (("a",), ("small",), (), ("cloud",), (), "2/3", 450),
        (("b", "c"), (), (), (), (), "1/2", 1500),
    ]


def test_classes_that_share_everything_are_not_told_apart() -> None:
    made = offer(amounts=[{"yen": 200}], rates=[{"value": "2/3"}], variants=[{"id": one} for one in "abcd"])
    assert [one.variants for one in found(made)] == [()]


def test_size_and_plan_cross_where_the_source_gives_both() -> None:
    made = offer(
        amounts=[{"yen": 20, "when": "general"}, {"yen": 10, "when": "small"}],
        rates=[{"value": "1/2"}, {"value": "3/4", "when": "plan"}],
    )
    assert [(one.when, one.unless, str(one.shares[0]), one.cap.yen) for one in found(made)] == [
        (("general",), (("plan",),), "1/2", 20),
        (("small",), (("plan",),), "1/2", 10),
        (("general", "plan"), (), "3/4", 20),
        (("small", "plan"), (), "3/4", 10),
    ]


def test_a_combination_without_a_figure_of_its_own_is_no_branch() -> None:
    """The source does not say what holds for a firm that is early and has a plan."""
    rates = [{"value": "1/2"}, {"value": "2/3", "when": "early"}, {"value": "3/4", "when": "plan"}]
    assert [one.when for one in found(offer(amounts=[{"yen": 30}], rates=rates))] == [
        (),
        ("early",),
        ("plan",),
    ]
    with_both = [*rates, {"value": "4/5", "when": ["early", "plan"]}]
    assert found(offer(amounts=[{"yen": 30}], rates=with_both))[-1].when == ("early", "plan")


def test_only_one_size_holds_at_a_time() -> None:
    rates = [{"value": "1/2"}, {"value": "2/3", "when": "small"}, {"value": "3/4", "when": "tiny"}]
    assert [one.when for one in found(offer(amounts=[{"yen": 30}], rates=rates))] == [
        (),
        ("small",),
        ("tiny",),
    ]


def test_sizes_are_not_put_together() -> None:
    made = offer(
        amounts=[{"yen": 30}, {"yen": 20, "when": "tiny"}],
        rates=[{"value": "1/2"}, {"value": "2/3", "when": "small"}],
    )
    assert [(one.when, one.cap.yen) for one in found(made)] == [((), 30), (("tiny",), 20), (("small",), 30)]


def test_two_conditions_that_count_only_together_are_excluded_together() -> None:
    rates = [{"value": "1/2"}, {"value": "3/4", "when": ["early", "plan"]}]
    plain, both = found(offer(amounts=[{"yen": 30}], rates=rates))
    assert (plain.when, plain.unless) == ((), (("early", "plan"),))
    assert (both.when, both.unless) == (("early", "plan"), ())
    rates.append({"value": "2/3", "when": "plan"})
    assert found(offer(amounts=[{"yen": 30}], rates=rates))[0].unless == (("plan",),)


def test_a_kind_of_cost_is_told_apart_only_where_it_matters() -> None:
    made = offer(
        amounts=[{"yen": 100}, {"yen": 40, "when": "small", "costs": "cloud"}], rates=[{"value": "1/2"}]
    )
    assert [told(one) for one in found(made)] == [
        ((), (), ("small",), (), (), "1/2", 100),
        ((), ("small",), (), (), ("cloud",), "1/2", 100),
        ((), ("small",), (), ("cloud",), (), "1/2", 40),
    ]


def test_a_condition_that_changes_nothing_is_no_branch() -> None:
    amounts = [{"yen": 100}, {"yen": 50, "when": "early", "variant": "b"}]
    made = offer(amounts=amounts, rates=[{"value": "1/2"}], variants=[{"id": "a"}, {"id": "b"}])
    assert [(one.variants, one.when, one.cap.yen) for one in found(made)] == [
        (("a",), (), 100),
        (("b",), (), 100),
        (("b",), ("early",), 50),
    ]
    alike = [{"value": "1/2"}, {"value": "1/2", "when": "plan"}]
    assert [one.when for one in found(offer(amounts=[{"yen": 100}], rates=alike))] == [()]


def test_two_plain_rates_give_no_branch() -> None:
    assert found(offer(amounts=[{"yen": 30}], rates=[{"value": "1/2"}, {"value": "2/3"}])) == ()


@pytest.mark.parametrize(
    "values",
    [
        {"amounts": [{"yen": 30}]},
        {"rates": [{"value": "1/2"}]},
        {"amounts": [{"yen": 30, "bound": "exact"}], "rates": [{"value": "1/2"}]},
        {"amounts": [{"yen": 30, "form": "in-kind"}], "rates": [{"value": "1/2"}]},
        {"amounts": [{"yen": 30, "per": "visit"}], "rates": [{"value": "1/2"}]},
        {"amounts": [{"yen": 0}], "rates": [{"value": "1/2"}]},
        {"amounts": [{"yen": 30}], "rates": [{"value": "0/1"}]},
        {"amounts": [{"yen": 30}], "rates": [{"value": "1/2"}], "kind": "prize"},
    ],
    ids=["no-rate", "no-cap", "fixed-sum", "in-kind", "per-visit", "zero", "rate-of-zero", "prize"],
)
def test_nothing_is_estimated_without_a_rate_and_an_upper_limit(values: dict[str, Any]) -> None:
    assert found(offer(**values)) == ()


# --- sums -----------------------------------------------------------------------------------------


def branch_of(shares: tuple[Fraction, ...], cap: int, floor: int | None = None) -> Branch:
    ends = [f"{share.numerator}/{share.denominator}" for share in shares]
    rate = {"value": ends[0]} if len(ends) == 1 else {"lowest": ends[0], "highest": ends[1]}
    values: dict[str, Any] = {"amounts": [{"yen": cap}], "rates": [rate]}
    if floor is not None:
        values["floor"] = {"yen": floor, "bound": "exact"}
    (only,) = found(offer(**values))
    return only


THIRDS = (Fraction(2, 3),)
RANGE = (Fraction(1, 2), Fraction(2, 3))


@pytest.mark.parametrize(
    ("shares", "cap", "floor", "cost", "grants", "owns", "outcome"),
    [
        (THIRDS, 15_000_000, 1_000_000, 12_000_000, (8_000_000,), (4_000_000,), "within"),
        (THIRDS, 15_000_000, 1_000_000, 22_499_999, (14_999_999,), (7_500_000,), "within"),
        (THIRDS, 15_000_000, 1_000_000, 22_500_000, (15_000_000,), (7_500_000,), "cap"),
        (THIRDS, 15_000_000, 1_000_000, 90_000_000, (15_000_000,), (75_000_000,), "cap"),
        (THIRDS, 15_000_000, 1_000_000, 1_500_000, (1_000_000,), (500_000,), "within"),
        (THIRDS, 15_000_000, 1_000_000, 1_499_999, (999_999,), (1_499_999,), "floor"),
        (RANGE, 30_000_000, None, 30_000_000, (15_000_000, 20_000_000), (10_000_000, 15_000_000), "within"),
        (RANGE, 30_000_000, None, 48_000_000, (24_000_000, 30_000_000), (18_000_000, 24_000_000), "cap_part"),
        (RANGE, 30_000_000, None, 60_000_000, (30_000_000,), (30_000_000,), "cap"),
        (RANGE, 30_000_000, 900, 1500, (750, 1000), (500, 750), "floor_part"),
        (RANGE, 30_000_000, 900, 1200, (600, 800), (1200,), "floor"),
    ],
)
def test_sums_stop_at_the_cap_and_below_the_floor(
    shares: tuple[Fraction, ...],
    cap: int,
    floor: int | None,
    cost: int,
    grants: tuple[int, ...],
    owns: tuple[int, ...],
    outcome: str,
) -> None:
    result = estimate.estimate(branch_of(shares, cap, floor), cost)
    assert (result.grants, result.owns, result.outcome) == (grants, owns, outcome)


def test_yen_are_rounded_down_and_it_is_said() -> None:
    (end,) = estimate.estimate(branch_of(THIRDS, 15_000_000), 1_000_000).ends
    assert (end.product, end.rounded, end.grant, end.own) == (666_666, True, 666_666, 333_334)
    (even,) = estimate.estimate(branch_of(THIRDS, 15_000_000), 900_000).ends
    assert not even.rounded


def _fractions() -> st.SearchStrategy[Fraction]:
    return st.integers(1, 999).flatmap(lambda d: st.integers(1, d).map(lambda n: Fraction(n, d)))


@given(_fractions(), st.integers(1, 10**10), st.integers(1, estimate.MOST))
def test_grant_and_own_share_are_the_costs(share: Fraction, cap: int, cost: int) -> None:
    (end,) = estimate.estimate(branch_of((share,), cap), cost).ends
    assert end.grant + end.own == cost
    assert end.grant <= cap
    assert end.grant <= cost * share
    assert end.grant == cap or end.grant > cost * share - 1


# --- the catalogue ----------------------------------------------------------------------------------


@cache
def built() -> pipeline.Built:
    made = sites.built(sites.CATALOGUE)
    assert made.site is not None, made.problems
    return made


def site() -> Site:
    made = built().site
    assert made is not None
    return made


def sizes() -> dict[str, Size | None]:
    return {one.id: one.size for one in site().vocabulary.conditions}


def branches_of(item: Item) -> tuple[Branch, ...]:
    return estimate.branches(item.money, sizes())


def estimated() -> list[Item]:
    return [item for item in site().items.values() if branches_of(item)]


def test_every_grant_with_a_rate_and_an_upper_limit_is_estimated() -> None:
    wanted = {
        (item.ref.slug, one.id)
        for item in site().items.values()
        for one in item.money
        if one.kind != "prize" and one.rates and one.amounts
    }
    have = {(item.ref.slug, one.offer.id) for item in estimated() for one in branches_of(item)}
    assert have == wanted
    assert len(have) >= 17


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("energy-self-sufficiency", ["2/3 1500", "3/4 1500"]),
        ("dx-promotion-support", ["1/2 2/3 3000", "3/4 3000"]),
        ("breakthrough-investment", ["1/2 2/3 10000", "3/4 10000"]),
        ("digital-tool-introduction", ["1/2 100", "2/3 100"]),
        ("challenge-tomorrow", ["2/3 2000", "2/3 1000"]),
        ("crisis-management-promotion", ["1/2 1500", "1/2 450", "2/3 1500", "2/3 450", "1/2 1500"]),
        ("zero-emission-innovation", ["2/3 100000", "1/2 30000"]),
        ("succession-grant", ["2/3 200"]),
        ("new-product-technology", ["1/2 1500"]),
        ("investment-emergency", ["4/5 10000"]),
    ],
)
def test_branches_of_the_catalogue(slug: str, expected: list[str]) -> None:
    """Rates, and the upper limit in 万円, as the source gives them."""
    (item,) = [one for one in estimated() if one.ref.slug == slug]
    assert [f"{told(one)[-2]} {one.cap.yen // 10_000}" for one in branches_of(item)] == expected


def test_incentives_and_prizes_have_no_calculator() -> None:
    page = built().files["programmes/wage-increase-support/index.html"].decode()
    assert "data-branch" not in page
    assert "js/estimate.js" not in page


def tables_of(item: Item) -> list[tuple[Branch, ...]]:
    """Branches that share rows of the table: two of one offer with one rate each, else those with the same figures."""
    branches = branches_of(item)
    crossed = len(branches) == 2 and branches[0].offer == branches[1].offer
    if crossed and all(len(one.shares) == 1 for one in branches):
        return [branches]
    return list(estimate.alike(branches))


def test_look_up_costs_show_where_it_starts_and_stops() -> None:
    for item in estimated():
        for some in tables_of(item):
            costs = estimate.costs(some)
            assert list(costs) == sorted(set(costs))
            assert 4 <= len(costs) <= 8, item.ref
            for branch in some:
                outcomes = [estimate.estimate(branch, cost).outcome for cost in costs]
                assert {"within", "cap"} <= set(outcomes), item.ref
                assert ("floor" in outcomes) == (branch.floor is not None), item.ref


def test_look_up_costs_are_a_quarter_a_half_the_cap_and_twice_that() -> None:
    assert estimate.costs([branch_of((Fraction(1, 2),), 5_000_000)]) == (
        2_500_000,
        5_000_000,
        10**7,
        2 * 10**7,
    )
    # Thirds: numbers whose grants can be read at a glance, and the costs at which one can just apply.
    ten_thousands = [cost // 10_000 for cost in estimate.costs([branch_of(THIRDS, 15_000_000, 1_000_000)])]
    assert ten_thousands == [100, 150, 600, 900, 2250, 4500]


def test_every_example_is_payable_and_below_the_limit() -> None:
    for item in estimated():
        for branch in branches_of(item):
            assert estimate.estimate(branch, estimate.example(branch)).outcome == "within", item.ref


def test_an_example_is_large_enough_to_apply_with() -> None:
    branch = branch_of((Fraction(1, 2),), 1_200_000, 1_000_000)
    assert estimate.estimate(branch, estimate.example(branch)).outcome == "within"


# --- the page ---------------------------------------------------------------------------------------


def plain(markup: str) -> str:
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup))).strip()


@pytest.mark.parametrize("code", ["ja", "en"])
def test_the_table_is_the_estimate_of_every_cost_in_every_branch(code: str) -> None:
    fmt = site().tongues[code].formatter
    for item in estimated():
        page = built().files[f"{'' if code == 'ja' else 'en/'}programmes/{item.ref.slug}/index.html"].decode()
        tables = re.findall(r'<table class="tbl">(?:(?!</table>).)*?</table>', page, re.DOTALL)
        table = next(one for one in tables if site().tongues[code].interface["estimate"]["caption"] in one)
        assert table.count("data-branch") == len(branches_of(item))
        rows = [plain(row) for row in re.findall(r'<tr><th scope="row">(.*?)</tr>', table, re.DOTALL)]
        expected = [(some, cost) for some in tables_of(item) for cost in estimate.costs(some)]
        assert len(rows) == len(expected), item.ref
        for row, (some, cost) in zip(rows, expected, strict=True):
            assert row.startswith(fmt.yen(cost)), (item.ref, row)
            for branch in some:
                result = estimate.estimate(branch, cost)
                sums = () if result.outcome == "floor" else (*result.grants, *result.owns)
                assert all(fmt.yen(one) in row for one in sums), (item.ref, row)


def test_scripts_hold_no_words() -> None:
    for name in ("estimate.js", "lib/estimate.js", "compare-box.js"):
        text = (PROJECT / "assets" / "js" / name).read_text(encoding="utf-8")
        code = re.sub(r"/\*.*?\*/|^\s*//.*?$", "", text, flags=re.DOTALL | re.MULTILINE)
        assert code.isascii(), name
        markup = "".join(re.findall(r"`(<[^`]*>)`", code))
        assert re.sub(r"<[^>]*>", "", markup).strip() == "", name
        literals = re.findall(r'"([^"\n]*)"', re.sub(r"`<[^`]*>`", "", code))
        spoken = [one for one in literals if re.search(r"[A-Za-z]+ [a-z]+", one)]
        assert spoken == [], name


def test_scripts_are_light() -> None:
    names = ("estimate.js", "lib/estimate.js")
    sizes = [len(gzip.compress((PROJECT / "assets" / "js" / one).read_bytes(), 9)) for one in names]
    assert sum(sizes) <= 4 * 1024, sizes


def test_a_page_tells_the_script_the_forms_of_its_language() -> None:
    page = built().files["en/programmes/energy-self-sufficiency/index.html"].decode()
    folder = re.search(r'src="([^"]*)js/page.js"', page)
    assert folder is not None
    data = json.loads(built().files[folder[1].removeprefix("../../../") + "data/estimate.en.json"])
    assert data["words"]["none"] == site().tongues["en"].interface["estimate"]["none"]
    form = data["money"]
    assert form["pattern"] == "¥{n}"
    assert form["unit"] == 1
    assert form["units"] == {"million": 10**6, "billion": 10**9, "m": 10**6, "bn": 10**9, "k": 1000}


def test_spellings_that_are_no_numbers_are_left_out() -> None:
    form = MoneyForm(pattern="{n} ¥", in_kind="{x}")
    data = script_data.money_data(
        form, lambda number: "1 000" if number == 1000 else "0,5", "yens", "m=1000000 x y=z"
    )
    assert data["units"] == {"m": 1_000_000}
    assert (data["group"], data["point"]) == (" ", ",")
    assert data["signs"] == ["yens", "¥"]


def test_costs_are_entered_in_the_scale_that_people_say() -> None:
    assert script_data.entry_unit(site().tongues["ja"].formatter.formats.money) == (10_000, "万")
    assert script_data.entry_unit(site().tongues["en"].formatter.formats.money) == (1, "")
