"""The search as a reader has it: what it finds, what it fetches, and how its page behaves."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Response, Route, expect

from hayami import pipeline, search_eval
from hayami.search.lexicon import packed

VECTORS = Path(__file__).parent.parent / "search"
"""What the build and the page must do alike."""
FOLDED = json.loads((VECTORS / "folded.json").read_text("utf-8"))
PACKED = [sorted(words) for words in json.loads((VECTORS / "packed.json").read_text("utf-8"))]


@pytest.fixture
def faults() -> list[str]:
    return []


@pytest.fixture
def page(browser: Browser, site_url: str, faults: list[str]) -> Iterator[Page]:
    """An open Japanese search page; nothing may go wrong on it, and nothing leave the site."""
    with search_page(browser, site_url, faults) as opened:
        yield opened


@pytest.fixture(scope="module")
def still(browser: Browser, site_url: str) -> Iterator[Page]:
    """The same for tests that ask its library alone and leave the page as it is: they share one."""
    with search_page(browser, site_url, []) as opened:
        yield opened


@contextmanager
def search_page(browser: Browser, site_url: str, faults: list[str]) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    opened.on("request", lambda sent: None if sent.url.startswith(site_url) else faults.append(sent.url))
    opened.goto(f"{site_url}search/")
    yield opened
    context.close()
    assert faults == []


def ask(page: Page, text: str) -> list[str]:
    """Type a query, press Enter, and give the records shown, best first."""
    query = search_eval.Query(text, "", frozenset())
    (answer,) = search_eval.asked(page, [query])
    return list(answer.shown)


def library(page: Page, script: str, argument: Any = None) -> Any:
    return page.evaluate(
        f"""async (argument) => {{
          const lib = await import(new URL("lib/query.js", document.querySelector('script[src$="js/finder.js"]').src));
          const folder = document.getElementById("finder").dataset.index;
          const lexicon = async (code) =>
            lib.prepare(await (await fetch(`${{new URL(folder, document.baseURI)}}lexicon.${{code}}.json`)).json());
          {script}
        }}""",
        argument,
    )


# --- the planner ------------------------------------------------------------------------------------


def test_the_page_folds_text_as_the_build_does(still: Page) -> None:
    texts = [text for text, _ in FOLDED]
    assert library(still, "return argument.map(lib.fold);", texts) == [expected for _, expected in FOLDED]


@pytest.mark.parametrize(
    ("reading", "letters"),
    [
        ("ちゅうしょうきぎょう", "chushokigyo"),
        ("じょせいきん", "joseikin"),
        ("しんぶん", "shinbun"),
        ("けっさん", "kessan"),
        ("とうきょう", "tokyo"),
        ("いっち", "itchi"),
    ],
)
def test_readings_are_spelled_as_people_type(still: Page, reading: str, letters: str) -> None:
    assert library(still, "return lib.romaji(argument);", reading) == letters


@pytest.mark.parametrize("typed", ["chūshō", "chuushou", "tyusyo", "chusho"])
def test_all_spellings_of_japanese_in_latin_letters_are_one(still: Page, typed: str) -> None:
    assert library(still, "return lib.plainRomaji(argument);", typed) == "chusho"


def test_packed_words_are_those_of_the_build(page: Page) -> None:
    given = [packed(words) for words in PACKED]
    assert library(page, "return argument.map(lib.unpacked);", given) == PACKED


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        *((word, True) for word in ("kigyo", "setsubi", "jigyō", "joseikin", "shin'ei", "matchi", "sapporo")),
        *((word, True) for word in ("machine", "tokyo", "nippon", "chūshō", "kissa", "o")),
        *((word, False) for word in ("grant", "subsidy", "elephant", "shop", "3d", "m&a", "jigyou2", "")),
    ],
)
def test_what_may_be_japanese_in_latin_letters(page: Page, word: str, expected: bool) -> None:
    assert library(page, "return lib.looksSpelled(argument);", word) is expected


@pytest.mark.parametrize(
    ("language", "query", "expected"),
    [
        ("ja", "elephants and umbrellas", ["elephants", "umbrellas"]),
        ("ja", "joseikin", []),
        ("ja", "setsubi toushi 3000", []),
        ("ja", "DX M&A", []),
        ("ja", "補助金 2000", []),
    ],
)
def test_strangers_to_a_lexicon(page: Page, language: str, query: str, expected: list[str]) -> None:
    script = f"return lib.strangers(argument, await lexicon({language!r}));"
    assert library(page, script, query) == expected


def test_a_telephone_number_without_its_lines_is_known(page: Page) -> None:
    script = """const l = lib.prepare({ words: "03-3251-7881 3251-7882", groups: [], stop: [], readings: { a: "b" } });
    return lib.plan("0332517881", l)[0].variants;"""
    assert ["03-3251-7881", 1] in library(page, script)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("設備の緊急支援事業", ["設備", "の", "緊急", "支援", "事業"]),
        ("機械が見たい", ["機械", "が", "見", "たい"]),
        ("BCPの研修", ["bcp", "の", "研修"]),
        ("きかいをかう", None),
    ],
)
def test_a_query_is_cut_by_the_words_of_the_index(still: Page, text: str, expected: list[str] | None) -> None:
    found = library(
        still,
        "const l = await lexicon('ja'); return lib.cut(lib.fold(argument), l).map((one) => one.text);",
        text,
    )
    assert "".join(found) == text.lower()
    if expected is not None:
        assert found == expected


@pytest.mark.parametrize(
    ("a", "b", "most", "expected"),
    [
        ("grant", "grnat", 1, True),
        ("grant", "grants", 1, True),
        ("grant", "giant", 1, True),
        ("grant", "plant", 1, False),
        ("subsidies", "subsidys", 2, True),
        ("", "ab", 1, False),
    ],
)
def test_slips_are_near(still: Page, a: str, b: str, most: int, expected: bool) -> None:
    assert library(still, "return lib.near(...argument);", [a, b, most]) is expected


def test_small_words_of_a_term_are_not_asked_for(still: Page) -> None:
    script = """const l = lib.prepare({ groups: [[["running at a loss"], ["insolvent"]]], stop: ["at", "a"], results: {} });
    return [lib.plan("insolvent", l)[0].variants.map(([text]) => text), l.official.get("insolvent")];"""
    sought, named = library(still, script)
    assert "running loss" in sought
    assert named == "running at a loss"


def test_a_record_that_meets_more_of_the_query_stands_higher(still: Page) -> None:
    found = library(
        still,
        """const groups = [new Map([["a", 3], ["b", 3]]), new Map([["b", 2]]), new Map([["b", 1], ["c", 4]])];
        return lib.fuse(groups).map((one) => [one.record, one.share]);""",
    )
    assert [record for record, _ in found] == ["b", "c", "a"]
    assert dict(found)["b"] == 1


# --- what it finds ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "folder"), [("ja", ""), ("en", "en/")])
def test_it_finds_what_people_look_for(browser: Browser, site_url: str, language: str, folder: str) -> None:
    """Every second tuning query; the unseen ones must not choose what passes."""
    queries = search_eval.queries(pipeline.PROJECT / search_eval.QUERIES / f"{language}-tuning.yaml")[::2]
    opened = browser.new_page()
    opened.goto(f"{site_url}{folder}search/")
    answers = tuple(search_eval.asked(opened, queries))
    opened.close()
    found = search_eval.score(answers)
    assert found.success >= 0.97, search_eval.table(language, answers)
    assert found.mrr >= 0.88, search_eval.table(language, answers)
    assert found.zero <= 0.01, search_eval.table(language, answers)


def test_a_japanese_name_on_the_english_page(browser: Browser, site_url: str) -> None:
    opened = browser.new_page()
    opened.goto(f"{site_url}en/search/")
    assert ask(opened, "設備投資緊急支援事業")[0] == "programme:investment-emergency"
    line = opened.locator(".hits .excerpt").first
    expect(line).to_have_attribute("lang", "ja")
    expect(line).to_contain_text("another language")
    opened.close()


def test_both_languages_can_be_asked_at_once(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}en/search/")
    found = page.evaluate(
        """async () => {
          const src = document.querySelector('script[src$="js/finder.js"]').src;
          const { Search } = await import(new URL("engine.js", src));
          const search = new Search(new URL("../../pagefind/", document.baseURI).href, { ja: "und", en: "en" }, "en");
          const answers = await Promise.all(["地震", "loan", "展示会", "machines"].map((text) => search.find(text)));
          return answers.map((some) => some.length);
        }"""
    )
    assert all(found)


def test_a_word_that_no_text_has_finds_nothing(page: Page, site_url: str) -> None:
    for folder, word in (("", "つぶつぶ"), ("", "autoclave"), ("en/", "autoclave"), ("en/", "熊")):
        page.goto(f"{site_url}{folder}search/")
        assert ask(page, word) == [], word


def test_one_word_does_not_find_everything(page: Page) -> None:
    """A synonym of several words is looked for as a whole, not by whatever starts like it."""
    ask(page, "BCP")
    assert 0 < page.locator(".hits [data-ref]").count() < 30


# --- the page ---------------------------------------------------------------------------------------


def weights(page: Page) -> dict[str, int]:
    """Fills with what a page fetches for the search: address → gzipped bytes."""
    found: dict[str, int] = {}

    def note(got: Response) -> None:
        if "/pagefind/" in got.url:
            found[got.url] = len(gzip.compress(got.body(), 9))

    page.on("response", note)
    return found


def test_nothing_is_fetched_before_the_box_is_used(browser: Browser, site_url: str) -> None:
    for folder, most in (("", 210_000), ("en/", 155_000)):
        opened = browser.new_page()
        fetched = weights(opened)
        opened.goto(f"{site_url}{folder}search/")
        opened.wait_for_load_state("networkidle")
        assert fetched == {}
        ask(opened, "設備を買いたい" if not folder else "buy a machine")
        opened.wait_for_load_state("networkidle")
        assert 0 < sum(fetched.values()) <= most, fetched
        opened.close()


@pytest.mark.parametrize(
    ("folder", "query", "indexes"),
    [
        ("", "補助金", {"ja"}),
        ("", "joseikin", {"ja"}),
        ("", "subsidy for machines", {"en"}),
        ("en/", "grant for machines", {"en"}),
        ("en/", "managment inovation", {"en"}),  # slips
        ("en/", "elephant", {"en"}),
        ("en/", "助成金", {"ja"}),
        ("en/", "setsubi toushi", {"ja"}),
        ("en/", "yunyuu grant", {"en", "ja"}),
    ],
)
def test_only_the_index_that_has_the_words_is_fetched(
    browser: Browser, site_url: str, folder: str, query: str, indexes: set[str]
) -> None:
    opened = browser.new_context(service_workers="block").new_page()
    fetched: list[str] = []
    opened.on("request", lambda sent: fetched.append(sent.url.partition("/pagefind/")[2]))
    opened.goto(f"{site_url}{folder}search/")
    ask(opened, query)
    opened.context.close()
    spoken = {"unknown": "ja", "en": "en"}
    asked = {spoken[name.split(".")[1]] for name in fetched if name.startswith("wasm.")}
    assert asked == indexes
    assert len([name for name in fetched if name.startswith("words.")]) <= 1


def test_letters_that_may_become_japanese_fetch_no_index_yet(browser: Browser, site_url: str) -> None:
    opened = browser.new_context(service_workers="block").new_page()
    opened.clock.install()
    opened.goto(f"{site_url}en/search/")
    fetched: list[str] = []
    opened.on("request", lambda sent: fetched.append(sent.url))
    box = opened.locator("#finder input[type=search]")
    with opened.expect_response("**/lexicon.en.json"):
        box.press_sequentially("setsubi tous")
    opened.clock.run_for(300)
    opened.evaluate("fetch('/')")  # a round of the network later
    assert not any("wasm" in url for url in fetched)
    with opened.expect_request("**/wasm.*"):
        opened.clock.run_for(300)
    opened.context.close()
    opened = browser.new_context(service_workers="block").new_page()
    opened.goto(f"{site_url}en/search/")
    with opened.expect_request("**/wasm.en.pagefind"):
        opened.locator("#finder input[type=search]").press_sequentially("gr")
    opened.context.close()


def test_conditions_narrow_with_counts_that_are_right(page: Page) -> None:
    assert len(ask(page, "デジタル")) > 3
    before = page.locator(".hits [data-ref]").count()
    label = page.locator(".facet label", has=page.locator("input[value='kind:grant']"))
    told = int(label.locator("xpath=..").locator(".ct").inner_text())
    label.click()
    expect(page.locator(".hits [data-ref]")).to_have_count(told)
    assert told < before
    for facets in page.locator(".hits [data-ref]").evaluate_all(
        "(rows) => rows.map((row) => row.dataset.facets)"
    ):
        assert "kind:grant" in facets.split(" ")
    # Another value of the same facet widens, one of another facet narrows; each count says what it would leave.
    for box in page.locator(".facet li:not(.empty) input:not(:checked)").all()[:6]:
        value = box.get_attribute("value")
        shown = int(page.locator(f".facet li:has(input[value='{value}']) .ct").inner_text())
        page.check(f".facet input[value='{value}']")
        total = page.locator(".hits [data-ref]").count()
        assert total == (shown + told if value and value.startswith("kind:") else shown) or total >= shown
        page.uncheck(f".facet input[value='{value}']")
    chip = page.locator(".chips button")
    expect(chip).to_have_count(1)
    chip.click()
    expect(page.locator(".hits [data-ref]")).to_have_count(before)


def test_the_address_keeps_what_is_shown(page: Page, site_url: str) -> None:
    ask(page, "海外")
    page.check(".facet input[value='kind:grant']")
    page.select_option(".sort select", "cap")
    refs = page.locator(".hits [data-ref]").evaluate_all("(rows) => rows.map((row) => row.dataset.ref)")
    assert re.search(r"\?q=.*&f=kind:grant&sort=cap$", page.url)
    page.reload()
    expect(page.locator(".hits [data-ref]")).to_have_count(len(refs))
    assert (
        page.locator(".hits [data-ref]").evaluate_all("(rows) => rows.map((row) => row.dataset.ref)") == refs
    )
    expect(page.locator("#q")).to_have_value("海外")
    caps = page.locator(".hits [data-ref]").evaluate_all(
        "(rows) => rows.map((row) => Number(row.dataset.cap ?? -1))"
    )
    assert caps == sorted(caps, reverse=True)
    page.go_back()
    expect(page.locator(".sort select")).to_have_value("best")
    page.go_back()
    expect(page.locator(".chips button")).to_have_count(0)
    page.go_forward()
    expect(page.locator(".chips button")).to_have_count(1)


def test_the_keyboard_goes_in_and_out(page: Page) -> None:
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("電気代")
    expect(page.locator(".hits h3 a").first).to_be_visible()
    expect(page.locator(".count")).to_contain_text("電気代")
    # First the hints, then what was found.
    expect(page.locator(".hints a")).to_have_text(["電気代 → 省エネ"])
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hints a")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page.locator(".hits h3 a").first).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_have_value("")
    expect(page.locator(".listed")).to_be_visible()


def test_nothing_found_leads_on(page: Page) -> None:
    assert ask(page, "xqzvw") == []
    expect(page.locator(".nothing")).to_be_visible()
    assert page.locator(".nothing a").count() > 12
    expect(page.locator(".nothing .tel")).to_be_visible()


def test_words_like_those_that_found_nothing_are_offered(page: Page) -> None:
    assert ask(page, "バレーボール") == []
    near = page.locator(".nothing .near a")
    expect(near.first).to_be_visible()
    word = near.first.inner_text()
    near.first.click()
    expect(page.locator("#q")).to_have_value(word)
    expect(page.locator(".hits [data-ref]").first).to_be_visible()


def test_conditions_that_leave_nothing_can_go_one_by_one(page: Page, site_url: str) -> None:
    page.goto(f"{site_url}search/?q=%E5%B1%95%E7%A4%BA%E4%BC%9A&f=kind:loan,purpose:succession")
    expect(page.locator(".nothing .fewer")).to_be_visible()
    offered = page.locator(".nothing .fewer a")
    told = {one: int(re.findall(r"（(\d+)件）", one)[0]) for one in offered.all_inner_texts()}
    assert told
    for words, number in told.items():
        page.get_by_role("link", name=words, exact=True).click()
        expect(page.locator(".hits [data-ref]")).to_have_count(number)
        page.go_back()
        expect(page.locator(".nothing .fewer")).to_be_visible()


@pytest.mark.parametrize(
    ("folder", "typed", "offered"),
    [
        ("", "補助金", "補助金 → 助成金"),
        ("", "報奨金", "報奨金 → 奨励金"),
        ("", "海外", "目的: 海外展開を図りたい"),
        ("", "でぃーえっくす", "DX推進支援事業"),
        ("", "都産技研", "東京都立産業技術研究センター（ウェブサイト）"),
        ("en/", "subsidy", "subsidy → grant"),
        ("en/", "decarb", "Purpose: I want to decarbonise"),
    ],
)
def test_hints_while_typing(page: Page, site_url: str, folder: str, typed: str, offered: str) -> None:
    page.goto(f"{site_url}{folder}search/")
    page.locator("#q").press_sequentially(typed)
    hints = page.locator(".hints a")
    expect(hints.filter(has_text=offered).first).to_be_visible()
    assert 0 < hints.count() <= 4
    # An ordinary list of links, whose length is told.
    assert page.locator("#q[role], #q[aria-expanded], #q[list]").count() == 0
    expect(page.locator(".hinted")).to_contain_text(str(hints.count()))
    for one in hints.all():
        box = one.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    page.locator("#q").press("ArrowDown")
    expect(hints.first).to_be_focused()


def test_a_hint_leads_to_what_it_says(page: Page, site_url: str) -> None:
    ask(page, "補助金")
    page.locator(".hints a", has_text="助成金").click()
    expect(page.locator("#q")).to_have_value("助成金")
    assert page.url.endswith("search/?q=%E5%8A%A9%E6%88%90%E9%87%91")
    page.locator("#q").fill("海外")
    page.locator(".hints a", has_text="目的").click()
    expect(page.locator(".chips button")).to_have_count(1)
    expect(page.locator("#q")).to_have_value("")
    # What came from elsewhere with a word of everyday use is told its official name as well.
    page.goto(f"{site_url}search/?q=%E8%A3%9C%E5%8A%A9%E9%87%91")
    expect(page.locator(".hints a")).to_have_text(["補助金 → 助成金"])


def test_a_result_leads_to_the_part_of_its_page(page: Page, site_url: str) -> None:
    ask(page, "地震")
    link = page.locator(".hits .excerpt a").first
    expect(link).to_be_visible()
    heading = link.inner_text()
    link.click()
    assert "#" in page.url
    target = page.locator(f"[id='{page.url.partition('#')[2]}']")
    expect(target).to_be_in_viewport()
    assert target.inner_text().replace(" ", "") == heading.replace(" ", "")


def test_excerpts_have_no_stray_spaces(page: Page) -> None:
    ask(page, "地震")
    excerpt = page.locator(".hits .excerpt").first
    expect(excerpt.locator("mark").first).to_be_visible()
    assert not re.search(r"[ぁ-ん一-鿿] [ぁ-ん一-鿿]", excerpt.inner_text())


@pytest.mark.parametrize(
    "part", ["**/pagefind.js*", "**/lexicon.ja.json", "**/wasm.unknown.pagefind", "**/pagefind/index/*"]
)
def test_when_the_search_does_not_load_the_list_is_there(browser: Browser, site_url: str, part: str) -> None:
    opened = browser.new_page()
    opened.route(part, lambda route: route.abort())
    opened.goto(f"{site_url}search/?q=BCP")
    expect(opened.locator(".count")).to_contain_text("読み込めませんでした")
    expect(opened.locator(".listed .row").first).to_be_visible()
    # When the network is back, the next query is answered without the page being opened anew.
    opened.unroute(part)
    opened.fill(".ask input[type=search]", "BCP 策定")
    expect(opened.locator(".count")).to_contain_text("BCP 策定")
    assert opened.locator(".hits .row").count() > 0
    opened.close()


def held_back(opened: Page, pattern: str) -> tuple[list[Route], Callable[[], None]]:
    """Requests of a page that wait, and what ends the waiting of further ones."""
    held: list[Route] = []
    holding = [True]

    def handle(route: Route) -> None:
        if holding:
            held.append(route)
        else:
            route.continue_()

    opened.route(pattern, handle)
    return held, holding.clear


def test_a_lost_part_of_the_index_is_lost_to_all_that_wait_for_it(browser: Browser, site_url: str) -> None:
    opened = browser.new_page(service_workers="block")
    held, release = held_back(opened, "**/*.pf_index")
    opened.goto(f"{site_url}search/")
    for query in ("設備", "設備投資"):
        opened.fill("#q", query)
        opened.wait_for_timeout(900)
    assert held
    release()
    for route in held:
        route.abort()
    expect(opened.locator(".count")).to_contain_text("読み込めませんでした")
    opened.fill("#q", "設備投資 ")
    expect(opened.locator(".count")).to_contain_text("「設備投資」")
    opened.close()


def test_an_older_query_that_fails_leaves_the_newer_answer(browser: Browser, site_url: str) -> None:
    opened = browser.new_page(service_workers="block")
    held, release = held_back(opened, "**/*.pf_index")
    opened.goto(f"{site_url}search/")
    opened.fill("#q", "設備")
    opened.wait_for_timeout(900)
    assert held
    release()
    # An empty query needs no index.
    opened.fill("#q", "")
    opened.check(".facet input[value='kind:grant']")
    expect(opened.locator(".chips button")).to_have_count(1)
    said = opened.locator(".count").inner_text()
    assert opened.locator(".hits [data-ref]").count()
    for route in held:
        route.abort()
    opened.wait_for_timeout(500)
    assert opened.locator(".count").inner_text() == said
    opened.close()


def test_keys_of_an_input_method_are_left_to_it(browser: Browser, site_url: str) -> None:
    opened = browser.new_page()
    opened.goto(f"{site_url}search/")
    opened.locator("#q").focus()
    keyboard = opened.context.new_cdp_session(opened)
    keyboard.send("Input.imeSetComposition", {"text": "かいがい", "selectionStart": 4, "selectionEnd": 4})
    expect(opened.locator(".hits h3 a").first).to_be_visible()
    keyboard.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "key": "ArrowDown", "code": "ArrowDown", "windowsVirtualKeyCode": 40},
    )
    opened.wait_for_timeout(200)
    assert opened.evaluate("document.activeElement.id") == "q"
    assert opened.input_value("#q") == "かいがい"
    opened.close()


def test_a_condition_that_is_taken_away_leaves_the_focus_in_the_search(
    browser: Browser, site_url: str
) -> None:
    opened = browser.new_page()
    opened.goto(f"{site_url}search/?q=海外&f=kind:grant,purpose:overseas")
    chips = opened.locator(".chips button")
    expect(chips).to_have_count(2)
    chips.first.click()
    expect(chips).to_have_count(1)
    expect(chips.first).to_be_focused()
    chips.first.press("Enter")
    expect(chips).to_have_count(0)
    expect(opened.locator("#q")).to_be_focused()
    opened.close()


def test_the_same_view_again_is_no_step_of_the_history(browser: Browser, site_url: str) -> None:
    opened = browser.new_page()
    opened.goto(f"{site_url}search/")
    opened.fill("#q", "海外")
    expect(opened.locator(".count")).to_contain_text("「海外」")
    opened.press("#q", "Enter")
    steps = opened.evaluate("history.length")
    opened.press("#q", "Enter")
    opened.press("#q", "Enter")
    assert opened.evaluate("history.length") == steps
    opened.close()


def test_without_a_script_everything_is_listed_and_linked(browser: Browser, site_url: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(site_url)
    opened.fill("#q", "BCP")
    opened.press("#q", "Enter")
    assert opened.url == f"{site_url}search/?q=BCP"
    assert opened.locator(".listed [data-ref]").count() == 83
    opened.click(".facets summary")
    opened.locator(".facet a[data-facet='kind:grant']").click()
    assert opened.locator(".row").count() > 5
    context.close()
