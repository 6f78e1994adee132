"""The calculator in a real Chromium: the same rules and sums as in Python, and what a reader meets."""

from __future__ import annotations

import random
from collections.abc import Iterator
from fractions import Fraction
from functools import cache
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from hayami import estimate, formats, script_data
from hayami.model import Site
from hayami.schema.record import Offer
from hayami.schema.strings import MoneyForm
from tests import sites

pytestmark = pytest.mark.browser

ENERGY = "programmes/energy-self-sufficiency/"
DX = "programmes/dx-promotion-support/"
CRISIS = "programmes/crisis-management-promotion/"


@cache
def site() -> Site:
    made = sites.built(sites.CATALOGUE).site
    assert made is not None
    return made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that may say nothing on the console."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert faults == []


def open_calculator(page: Page, address: str) -> None:
    """Open a page with an estimate, and ask for the calculator."""
    page.goto(address)
    page.click(".start button")
    expect(page.locator(".calc")).to_be_visible()


def library(page: Page, script: str, argument: Any) -> Any:
    """Run a script against the library that the page has loaded as ``lib``."""
    return page.evaluate(
        f"""async (argument) => {{
          const lib = await import(new URL("lib/estimate.js", document.querySelector('script[src$="js/page.js"]').src));
          {script}
        }}""",
        argument,
    )


# --- the same rules -------------------------------------------------------------------------------


def _random_branch(rng: random.Random) -> estimate.Branch:
    denominators = [rng.choice((2, 3, 4, 5, 7, 10, rng.randint(1, 999))) for _ in range(2)]
    shares = sorted({Fraction(rng.randint(1, one), one) for one in denominators})
    if rng.random() < 0.5:
        shares = shares[:1]
    ends = [f"{one.numerator}/{one.denominator}" for one in shares]
    cap = rng.choice((rng.randint(1, 10**9), rng.randint(1, 999) * 10 ** rng.randint(0, 7)))
    values: dict[str, Any] = {
        "id": "grant",
        "kind": "grant",
        "amounts": [{"yen": cap}],
        "rates": [{"value": ends[0]} if len(ends) == 1 else {"lowest": ends[0], "highest": ends[1]}],
    }
    if rng.random() < 0.5:
        values["floor"] = {"yen": rng.randint(1, cap), "bound": "exact"}
    (branch,) = estimate.branches([Offer.model_validate(values)], {})
    return branch


def _random_cost(rng: random.Random, branch: estimate.Branch) -> int:
    """Anywhere, round, or right at the cost where the cap is reached or the floor is left."""
    edges = [branch.cap.yen, branch.floor.yen if branch.floor else branch.cap.yen]
    edge = int(rng.choice(edges) / rng.choice(branch.shares)) + rng.randint(-2, 2)
    anywhere = rng.randint(1, 10 ** rng.randint(1, 12))
    costs = (anywhere, rng.randint(1, 999) * 10 ** rng.randint(0, 9), edge)
    return min(max(rng.choice(costs), 1), estimate.MOST)


def test_script_and_build_estimate_alike(page: Page, site_url: str) -> None:
    rng = random.Random(20240319)
    fmt = site().tongues["en"].formatter
    cases: list[dict[str, Any]] = []
    for _ in range(6000):
        branch = _random_branch(rng)
        cost = _random_cost(rng, branch)
        result = estimate.estimate(branch, cost)
        ends = [[end.product, end.rounded, end.grant, end.own] for end in result.ends]
        data = script_data.branch_data(branch, fmt.share)
        cases.append({"branch": data, "cost": cost, "ends": ends, "outcome": result.outcome})
    assert {case["outcome"] for case in cases} == {"within", "cap", "cap_part", "floor", "floor_part"}
    page.goto(site_url + ENERGY)
    wrong = library(
        page,
        """return argument.filter(({branch, cost, ends, outcome}) => {
          const found = lib.estimate(branch, cost);
          const given = found.ends.map((end) => [end.product, end.rounded, end.grant, end.own]);
          return found.outcome !== outcome || JSON.stringify(given) !== JSON.stringify(ends);
        });""",
        cases,
    )
    assert wrong == []


def _random_sums(rng: random.Random) -> list[int]:
    round_ones = [rng.randint(1, 9999) * 10 ** rng.randint(0, 8) for _ in range(3000)]
    any_ones = [rng.randint(1, 10 ** rng.randint(1, 12)) for _ in range(2000)]
    return [one for one in (*round_ones, *any_ones) if one <= estimate.MOST]


_FRENCH = MoneyForm.model_validate(
    {
        "pattern": "{n} ¥",
        "scales": [{"value": 10**9, "name": "Md"}, {"value": 10**6, "name": "M"}],
        "scale_pattern": "{n} {scale}",
        "decimals": 3,
        "in_kind": "{x}",
    }
)


def _formatter(language: str) -> formats.Formatter:
    if language != "fr":
        return site().tongues[language].formatter
    english = site().tongues["en"].formatter
    forms = english.formats.model_copy(update={"money": _FRENCH})
    return formats.Formatter("fr_FR", forms, english.words)


def _money(language: str) -> dict[str, Any]:
    fmt = _formatter(language)
    words = site().tongues["en" if language == "fr" else language].interface["estimate"]
    return script_data.money_data(fmt.formats.money, fmt.number, words["unit"], words["units"])


@pytest.mark.parametrize("language", ["ja", "en", "fr"])
def test_script_and_build_write_sums_alike_and_read_them_back(
    page: Page, site_url: str, language: str
) -> None:
    fmt = _formatter(language)
    cases = [[yen, fmt.yen(yen)] for yen in (0, *_random_sums(random.Random(7)))]
    page.goto(site_url + ENERGY)
    wrong = library(
        page,
        """const [form, cases] = argument;
        return cases
          .map(([yen, text]) => [yen, text, lib.sum(yen, form), lib.read(text, form)])
          .filter(([yen, text, written, back]) => written !== text || back !== (yen || null));""",
        [_money(language), cases],
    )
    assert wrong == []


def test_pages_hand_over_what_the_build_writes_with(page: Page, site_url: str) -> None:
    for language, folder in (("ja", ""), ("en", "en/")):
        page.goto(site_url + folder + ENERGY)
        assert page.evaluate(
            "async () => (await (await import(new URL('extra.js', document.querySelector('script[src$=\"js/page.js\"]').src)))"
            ".fetched('estimate')).money"
        ) == _money(language)


TYPED: tuple[tuple[str, str, int | None], ...] = (
    ("ja", "1200", 12_000_000),
    ("ja", "1,200", 12_000_000),
    ("ja", "１，２００", 12_000_000),
    ("ja", "１、２００", 12_000_000),
    ("ja", " 1200 万円 ", 12_000_000),
    ("ja", "1億2000万", 120_000_000),
    ("ja", "１億２，０００万円", 120_000_000),
    ("ja", "1.2億", 120_000_000),
    ("ja", "0.5", 5_000),
    ("ja", "12.3456", 123_456),
    ("ja", "3千万", 30_000_000),
    ("ja", "1億5百万", 105_000_000),
    ("ja", "12000000円", 12_000_000),
    ("ja", "￥12,000,000", 12_000_000),
    ("ja", "1億2345万6789円", 123_456_789),
    ("ja", "1兆", 10**12),
    ("ja", "100000000", 10**12),
    ("en", "12,000,000", 12_000_000),
    ("en", "¥12 million", 12_000_000),
    ("en", "12m", 12_000_000),
    ("en", "1.5 Billion yen", 1_500_000_000),
    ("en", "0.123456789 billion", 123_456_789),
    ("en", "1 million 500k", 1_500_000),
    ("en", "１２０００", 12_000),
    ("en", "1234.9", 1234),
    # No sums: nothing, words, wrong order, more than the whole, too large, too small, half typed.
    *[
        ("ja", typed, None)
        for typed in ("", "たくさん", "-5", "1.2.3", "2000万1億", "1億20000万", "1万0.5万", "1億2000")
    ],
    *[
        ("ja", typed, None)
        for typed in ("0", "1兆1", "2兆", "9" * 40, "1" * 5000 + "x", "1e5", "12ドル", "億")
    ],
    *[("en", typed, None) for typed in ("a million", "12 lakh", "1,000,000,000,001", "0", "..", "1 2 x")],
)


def test_costs_are_read_as_people_type_them(page: Page, site_url: str) -> None:
    page.goto(site_url + ENERGY)
    cases = [[text, _money(language), yen] for language, text, yen in TYPED]
    script = "return argument.map(([text, form, yen]) => [text, yen, lib.read(text, form)]);"
    read = library(page, script, cases)
    assert [one for one in read if one[1] != one[2]] == []


# --- what a reader meets ----------------------------------------------------------------------------


_TYPED_IN_TURN = """(asked) => asked.map(([number, text]) => {
  document.querySelectorAll(".choice input")[number]?.click();
  const field = document.querySelector("#estimate-cost");
  field.value = text;
  field.dispatchEvent(new Event("change", { bubbles: true }));
  return document.querySelector(".legend .got").textContent;
})"""


def test_every_case_of_the_table_is_a_choice_with_its_figures(browser: Browser, site_url: str) -> None:
    """The form, made from the table, gives for the costs of the table what the table says."""
    page = browser.new_page()
    sizes = {one.id: one.size for one in site().vocabulary.conditions}
    items = [item for item in site().items.values() if estimate.branches(item.money, sizes)]
    assert len(items) >= 17
    for code, folder in (("ja", ""), ("en", "en/")):
        fmt = site().tongues[code].formatter
        for item in items:
            branches = estimate.branches(item.money, sizes)
            open_calculator(page, f"{site_url}{folder}programmes/{item.ref.slug}/")
            first = estimate.estimate(branches[0], estimate.example(branches[0]))
            assert " ".join(page.inner_text(".equation").split()).startswith(fmt.yen(first.cost)), item.ref
            choices = page.locator(".choice")
            assert choices.count() == (len(branches) if len(branches) > 1 else 0), item.ref
            heads = page.locator(".lookup [data-branch] > span:first-child").all_text_contents()
            names = choices.evaluate_all(
                "(all) => all.map((one) => [...one.lastElementChild.childNodes].filter((part) => part.nodeName !== 'SMALL')"
                ".map((part) => part.textContent).join(''))"
            )
            assert names == heads[: len(names)], item.ref
            asked: list[tuple[int, str, list[str]]] = []
            for number, branch in enumerate(sorted(branches, key=lambda one: _place(one, branches))):
                for cost in (estimate.costs([branch])[0], 2 * branch.cap.yen):
                    result = estimate.estimate(branch, cost)
                    grants = [] if result.outcome == "floor" else [fmt.yen(one) for one in result.grants]
                    asked.append((number, f"{cost}円" if code == "ja" else f"{cost} yen", grants))
            got = page.evaluate(_TYPED_IN_TURN, asked)
            wrong = [
                (one, text)
                for one, text in zip(asked, got, strict=True)
                if not all(grant in text for grant in one[2])
            ]
            assert wrong == [], item.ref
    page.close()


def _place(branch: estimate.Branch, branches: tuple[estimate.Branch, ...]) -> tuple[int, int]:
    """Where a branch stands in the table: cases with the same figures together."""
    groups = estimate.alike(branches) if len(branches) > 2 else tuple((one,) for one in branches)
    return next((n, group.index(branch)) for n, group in enumerate(groups) if branch in group)


def typed(page: Page, text: str) -> None:
    page.fill("#estimate-cost", text)
    page.locator("#estimate-cost").blur()


def shown(page: Page) -> str:
    return " ".join(page.inner_text(".estimate output").split())


def test_a_cost_gives_grant_own_share_and_the_sum(page: Page, site_url: str) -> None:
    open_calculator(page, site_url + ENERGY)
    typed(page, "1200")
    assert page.input_value("#estimate-cost") == "1,200"
    assert page.inner_text(".estimate .big") == "800万円"
    assert page.inner_text(".estimate .legend .own") == "400万円"
    assert page.inner_text(".estimate .equation") == "1,200万円 × 2/3 = 800万円"
    assert page.inner_text(".estimate .why") == "上限額1,500万円の内に収まります。"
    assert page.get_attribute(".split .sure", "width") == "666"
    page.check("input[name=branch] >> nth=1")
    assert page.inner_text(".estimate .big") == "900万円"
    assert page.inner_text(".estimate .equation") == "1,200万円 × 3/4 = 900万円"


def test_it_says_why_it_stops(page: Page, site_url: str) -> None:
    open_calculator(page, site_url + ENERGY)
    typed(page, "１億２０００万")
    assert page.input_value("#estimate-cost") == "12,000"
    assert "1,500万円" in page.inner_text(".estimate .big")
    assert page.inner_text(".estimate .why") == "上限額の1,500万円に達するので、それより多くは出ません。"
    assert page.inner_text(".estimate .legend .own") == "1億500万円"
    typed(page, "100")
    assert page.inner_text(".estimate .big") == "申請できません"
    assert page.inner_text(".estimate .why") == "申請できる下限の100万円に届きません。"
    assert page.inner_text(".estimate .legend .own") == "100万円"
    assert "666,666円（1円未満は切り捨て）" in page.inner_text(".estimate .equation")
    assert page.get_attribute(".split .sure", "width") == "0"


def test_a_range_of_rates_gives_a_range(page: Page, site_url: str) -> None:
    open_calculator(page, site_url + "en/" + DX)
    typed(page, "48m")
    assert page.input_value("#estimate-cost") == "48,000,000"
    assert page.inner_text(".estimate .big") == "¥24 million to ¥30 million"
    assert page.inner_text(".estimate .legend .own") == "¥18 million to ¥24 million"
    assert "At some rates it stops at the upper limit of ¥30 million." in shown(page)
    assert "does not state which firms get which rate" in shown(page)
    assert page.get_attribute(".split .maybe", "d") == "M500 14H625"
    page.check("input[name=branch] >> nth=1")
    assert page.inner_text(".estimate .big") == "¥30 million"
    assert "which firms" not in shown(page)


def test_a_rate_of_at_most_is_said_to_be_at_most(page: Page, site_url: str) -> None:
    open_calculator(page, site_url + CRISIS)
    assert "（最大）" in page.inner_text(".estimate .get")
    assert page.inner_text(".estimate .legend .own").endswith("以上")
    assert page.locator("input[name=branch]").count() == 5
    cloud = page.locator(".choice", has_text="小規模企業、システムのクラウド化の費用")
    cloud.locator("input").check()
    typed(page, "1000")
    assert "450万円" in page.inner_text(".estimate .big")


def test_what_is_no_sum_is_marked_and_explained_when_the_field_is_left(page: Page, site_url: str) -> None:
    open_calculator(page, site_url + ENERGY)
    field, error = page.locator("#estimate-cost"), page.locator("#estimate-error")
    field.fill("1億2")
    expect(error).to_be_hidden()  # still typing
    assert shown(page) == "費用を入れると、ここに出ます。"
    field.blur()
    expect(error).to_be_visible()
    assert field.get_attribute("aria-invalid") == "true"
    assert "estimate-error" in (field.get_attribute("aria-describedby") or "")
    assert "例: 1200" in error.inner_text()
    edge = field.evaluate("(one) => getComputedStyle(one).border")
    stamp = page.evaluate(
        "() => { const one = document.createElement('i'); one.style.color = 'var(--stamp)';"
        " document.body.append(one); return getComputedStyle(one).color; }"
    )
    assert edge == f"2px solid {stamp}"
    field.fill("1億2000万")
    expect(error).to_be_hidden()
    assert field.get_attribute("aria-invalid") is None
    typed(page, "")
    expect(error).to_be_hidden()
    assert shown(page) == "費用を入れると、ここに出ます。"


def test_the_enter_key_stays_on_the_page(page: Page, site_url: str) -> None:
    open_calculator(page, site_url + ENERGY)
    page.fill("#estimate-cost", "３００")
    page.press("#estimate-cost", "Enter")
    expect(page.locator(".estimate .big")).to_have_text("200万円")
    assert page.url == site_url + ENERGY


def test_controls_are_named_large_and_reached_by_keyboard(page: Page, site_url: str) -> None:
    page.goto(site_url + CRISIS)
    start = page.get_by_role("button", name="自分の費用で計算する")
    box = start.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    start.focus()
    page.keyboard.press("Enter")
    field = page.get_by_label("対象になる費用")
    expect(field).to_be_focused()
    assert page.evaluate("getSelection().toString()") == field.input_value()
    assert page.get_by_role("group", name="あてはまるもの").get_by_role("radio").count() == 5
    assert page.get_attribute(".estimate output", "aria-live") == "polite"
    for control in page.locator(".estimate :is(.field, .choice, summary)").all():
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert page.locator("input[name=branch] >> nth=1").is_checked()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_on_a_phone_a_button_leads_to_it(browser: Browser, site_url: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(site_url + ENERGY)
    jump = page.get_by_role("link", name="試算する")
    box = jump.bounding_box()
    assert box is not None
    assert box["height"] >= 44
    jump.click()
    expect(page.locator("#estimate-title")).to_be_in_viewport()
    page.set_viewport_size({"width": 1280, "height": 800})
    expect(jump).to_be_hidden()
    page.close()


def test_without_scripts_the_table_is_there(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site_url + ENERGY)
    expect(page.locator(".start")).to_be_hidden()
    expect(page.locator(".lookup table")).to_be_visible()
    assert "2,250万円" in page.inner_text(".estimate")
    page.goto(site_url + CRISIS)
    expect(page.locator(".lookup table")).to_be_hidden()
    page.click(".lookup summary")
    expect(page.locator(".lookup table")).to_be_visible()
    context.close()


def test_when_no_script_arrives_the_button_does_nothing(browser: Browser, site_url: str) -> None:
    page = browser.new_page()
    page.route("**/page.js", lambda route: route.abort())
    page.goto(site_url + ENERGY)
    expect(page.locator(".start button")).to_be_disabled()
    expect(page.locator(".lookup table")).to_be_visible()
    page.close()


@pytest.mark.parametrize("part", ["**/lib/estimate.js", "**/estimate.ja.json"])
def test_when_the_calculator_does_not_arrive_the_table_opens(
    browser: Browser, site_url: str, part: str
) -> None:
    page = browser.new_page()
    page.route(part, lambda route: route.abort())
    page.goto(site_url + CRISIS)
    table = page.locator(".lookup table")
    expect(table).to_be_hidden()
    page.click(".start button")
    expect(table).to_be_visible()
    expect(page.locator(".start button")).to_be_disabled()
    expect(page.locator(".calc")).to_have_count(0)
    page.close()


def test_nothing_of_the_calculator_is_fetched_before_it_is_asked_for(browser: Browser, site_url: str) -> None:
    page = browser.new_page()
    fetched: list[str] = []
    page.on("request", lambda request: fetched.append(request.url.rsplit("/", 1)[-1]))
    page.goto(site_url + ENERGY)
    page.wait_for_load_state("networkidle")
    heavy = {"estimate.js", "estimate.ja.json", "calculator.css", "compare-box.js", "compare.ja.json"}
    assert heavy.isdisjoint(fetched)
    page.click(".start button")
    expect(page.locator(".calc")).to_be_visible()
    page.click("a[data-compare]")
    expect(page.locator(".cbar")).to_be_visible()
    assert heavy <= set(fetched)
    page.close()


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_its_place(browser: Browser, site_url: str, width: int) -> None:
    spill = """() => {
      const place = document.querySelector('.estimate').getBoundingClientRect();
      const seen = [...document.querySelectorAll('.estimate *:not(.vh)')].filter((one) => !one.closest('svg'));
      return seen.filter((one) => one.getBoundingClientRect().right > place.right + 1).map((one) => one.outerHTML.slice(0, 99));
    }"""
    for script in (True, False):
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=script)
        page = context.new_page()
        for folder in ("", "en/"):
            for kind in (ENERGY, DX, CRISIS, "programmes/zero-emission-innovation/"):
                page.goto(site_url + folder + kind)
                if page.locator(".estimate summary").count():
                    page.click(".estimate summary")
                if script:
                    page.click(".start button")
                    typed(page, "98,765,432円" if folder == "" else "98,765,432")
                assert page.evaluate(spill) == [], (script, folder + kind)
                assert page.evaluate("document.documentElement.scrollWidth") <= width
        context.close()


def test_paper_has_the_table_and_the_result(browser: Browser, site_url: str) -> None:
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        page = context.new_page()
        page.goto(site_url + CRISIS)
        page.emulate_media(media="print")
        expect(page.locator(".lookup td >> nth=0")).to_be_visible()
        expect(page.locator(".start")).to_be_hidden()
        expect(page.locator(".lookup summary")).to_be_hidden()
        if script:
            page.emulate_media(media="screen")
            page.click(".start button")
            page.emulate_media(media="print")
            expect(page.locator(".estimate .big")).to_be_visible()
            assert page.locator(".estimate .choice:visible").count() == 1
        context.close()


def test_nothing_moves_but_by_the_hand_of_the_reader(browser: Browser, site_url: str) -> None:
    for width in (390, 1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.add_init_script(
            "window.moved = []; new PerformanceObserver((list) => window.moved.push(...list.getEntries()"
            ".filter((one) => !one.hadRecentInput).map((one) => one.value)))"
            ".observe({type: 'layout-shift', buffered: true})"
        )
        page.goto(site_url + CRISIS + "#estimate")
        expect(page.locator(".start button")).to_be_enabled()
        page.click(".start button")
        expect(page.locator(".calc")).to_be_visible()
        page.wait_for_timeout(300)
        assert page.evaluate("window.moved") == []
        page.close()
