"""Reading without a network: what was read, the whole site, new builds, and how to be rid of it."""

from __future__ import annotations

import http.server
import shutil
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from hayami import pipeline

pytestmark = pytest.mark.browser

GOLDEN = Path(__file__).parent.parent / "golden" / "content"
BASE = "/x/y/"
"""Where the site stands on its host."""
RECORD = "programmes/machine-grant/"
FAIR = "events/fair/"

Files = Mapping[str, bytes]

TYPES = {
    "html": "text/html",
    "js": "text/javascript",
    "css": "text/css",
    "json": "application/json",
    "svg": "image/svg+xml",
}


@dataclass
class Host:
    """A host whose files change, that can be slow, and that can go away."""

    files: Files
    port: int = 0
    delay: float = 0
    down: bool = False
    broken: bool = False
    """Whether every page is answered with an error of the host's own."""
    moved: Mapping[str, str] = field(default_factory=dict)
    """Addresses from which the host leads to others."""
    asked: list[str] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Address of the home page."""
        return f"http://127.0.0.1:{self.port}{BASE}"

    def answer(self, handler: http.server.BaseHTTPRequestHandler) -> None:
        """One request."""
        path = handler.path.partition("?")[0]
        if self.down:
            handler.close_connection = True
            return
        self.asked.append(path.removeprefix(BASE))
        name = path.removeprefix(BASE)
        if name in self.moved:
            handler.send_response(302)
            handler.send_header("Location", BASE + self.moved[name])
            handler.send_header("Content-Length", "0")
            handler.end_headers()
            return
        if not name or name.endswith("/"):
            name += "index.html"
        time.sleep(self.delay if name.endswith(".html") else 0)
        content = self.files.get(name) if path.startswith(BASE) else None
        if self.broken and name.endswith(".html"):
            content = b"<h1>Out of order</h1>"
            handler.send_response(503)
        elif content is None and f"{name}/index.html" in self.files:
            handler.send_response(301)
            handler.send_header("Location", f"{BASE}{name}/")
            content = b""
        else:
            handler.send_response(200 if content is not None else 404)
        # Chromium shows a page of its own for an error without words.
        content = content or (b"<h1>Nothing here</h1>" if name.endswith(".html") else b"")
        # As hosts that let browsers keep everything for a while do.
        handler.send_header("Cache-Control", "max-age=600")
        handler.send_header("Content-Type", TYPES.get(name.rpartition(".")[2], "application/octet-stream"))
        handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        handler.wfile.write(content)


@pytest.fixture
def host(builds: dict[str, Files]) -> Iterator[Host]:
    """The first build, served below a sub-path."""
    made = Host(builds["first"])

    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            made.answer(self)

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    made.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Files]:
    """A catalogue, the same with another name of the fair, with other styles too, and without all this."""
    found = {}
    for name in ("first", "second", "third", "off"):
        root = tmp_path_factory.mktemp(name)
        content, assets = root / "content", root / "assets"
        shutil.copytree(GOLDEN, content)
        shutil.copytree(pipeline.PROJECT / "assets", assets)
        if name != "first":
            words = content / "events" / "fair" / "en.md"
            text = words.read_text("utf-8")
            words.write_text(text.replace("name: Trial Fair\n", f"name: {name.title()} Fair\n"), "utf-8")
        if name == "third":
            with (assets / "css" / "parts" / "base.css").open("a", encoding="utf-8") as file:
                file.write("@layer base { em { color: inherit; } }\n")
        if name == "off":
            with (content / "site.yaml").open("a", encoding="utf-8") as file:
                file.write("offline: false\n")
        searched = name in ("first", "second")
        built = pipeline.build(pipeline.Options(content, assets=assets, search=searched))
        assert built.site is not None, built.problems
        found[name] = built.files
    return found


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader whose scripts never fail."""
    errors: list[str] = []
    made = browser.new_context(viewport={"width": 390, "height": 800})
    made.on("weberror", lambda error: errors.append(str(error.error)))
    yield made
    made.close()
    assert errors == []


def until(page: Page, condition: str) -> None:
    """Wait until an expression is true; the policy of the pages forbids the waiting of Playwright."""
    page.evaluate(
        f"""async () => {{
          const end = performance.now() + 20000;
          while (!(await ({condition}))) {{
            if (performance.now() > end) throw new Error({condition!r});
            await new Promise((done) => setTimeout(done, 20));
          }}
        }}"""
    )


def kept(page: Page, address: str) -> str:
    """An expression: whether an address is kept."""
    return f"caches.match({address!r})"


def read(page: Page, host: Host, *addresses: str) -> None:
    """Read pages, until they are kept."""
    for address in addresses:
        page.goto(host.url + address)
        until(page, f"navigator.serviceWorker.controller && {kept(page, host.url + address)}")


def keep_all(page: Page, host: Host, folder: str = "") -> None:
    page.goto(f"{host.url}{folder}offline/")
    page.get_by_role("button", name="この早見表を端末に保存" if not folder else "Keep the whole").click()
    expect(page.locator("#kept .version")).to_be_visible(timeout=20_000)


def build_of(files: Files) -> str:
    return files["offline.json"].decode().partition('"build":"')[2][:12]


# --- pages that were read ---------------------------------------------------------------------------


def test_a_first_visit_fetches_little(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    read(page, host, "")
    until(page, "caches.keys().then((names) => names.length === 1)")
    pages = {one for one in host.asked if one.endswith("/") or not one}
    assert pages <= {"", "unreachable/", "en/unreachable/"}
    core = sum(len(host.files[one]) for one in set(host.asked) if one.startswith(("assets/", "sw.js")))
    assert core < 200_000


@pytest.mark.parametrize(("language", "title"), [("", "つながっていません"), ("en/", "There is no network")])
def test_a_page_that_was_read_opens_and_another_is_told_of(
    context: BrowserContext, host: Host, language: str, title: str
) -> None:
    page = context.new_page()
    read(page, host, language, language + RECORD)
    name = page.locator("h1").inner_text()
    host.down = True
    page.goto(f"{host.url}{language}{RECORD}?from=paper")
    assert page.locator("h1").inner_text() == name
    # It has its style sheet, and what is fetched late.
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
    page.evaluate(
        "import(document.querySelector('script[src$=\"page.js\"]').src.replace('page.js', 'estimate.js'))"
    )
    # A page that nobody read, deeper than the page that stands in for it.
    page.goto(host.url + language + FAIR)
    assert page.locator("h1").inner_text() == title
    assert page.url == host.url + language + FAIR
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
    expect(page.locator("#held a")).to_have_count(2)
    page.locator("#held a", has_text=name).click()
    assert page.url == host.url + language + RECORD
    page.go_back()
    host.down = False
    page.locator(".unreachable .ways a").first.click()
    expect(page.locator(".unreachable")).to_have_count(0)
    assert page.url == host.url + language + FAIR


def test_a_slow_host_does_not_keep_readers_waiting(
    context: BrowserContext, host: Host, builds: dict[str, Files]
) -> None:
    page = context.new_page()
    read(page, host, "en/" + FAIR)
    host.files, host.delay = (
        {**host.files, f"en/{FAIR}index.html": builds["second"][f"en/{FAIR}index.html"]},
        4.0,
    )
    start = time.monotonic()
    page.goto(host.url + "en/" + FAIR)
    assert 2.5 < time.monotonic() - start < 3.9
    expect(page.locator("h1")).to_have_text("Trial Fair")
    # What comes late is kept for the next time.
    address = f"{host.url}en/{FAIR}"
    until(
        page,
        f"caches.match({address!r}).then((got) => got.text()).then((html) => html.includes('Second Fair'))",
    )
    host.down, host.delay = True, 0
    page.reload()
    expect(page.locator("h1")).to_have_text("Second Fair")


def test_what_browsers_keep_by_themselves_makes_nothing_old(
    context: BrowserContext, host: Host, builds: dict[str, Files]
) -> None:
    page = context.new_page()
    read(page, host, "en/" + FAIR)
    host.files = builds["second"]
    page.goto(host.url + "en/" + FAIR)
    expect(page.locator("h1")).to_have_text("Second Fair")


def test_a_host_out_of_order_is_stood_in_for(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    read(page, host, "en/" + FAIR)
    host.broken = True
    page.goto(host.url + "en/" + FAIR)
    expect(page.locator("h1")).to_have_text("Trial Fair")
    # What the host says stands where nothing is kept.
    page.goto(host.url + "en/" + RECORD)
    expect(page.locator("h1")).to_have_text("Out of order")


def test_a_page_that_was_taken_away_is_forgotten(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    read(page, host, "en/" + FAIR)
    host.files = {name: content for name, content in host.files.items() if name != f"en/{FAIR}index.html"}
    page.goto(host.url + "en/" + FAIR)
    until(page, f"{kept(page, host.url + 'en/' + FAIR)}.then((found) => !found)")
    host.down = True
    page.goto(host.url + "en/" + FAIR)
    expect(page.locator("h1")).to_have_text("There is no network")


def test_a_page_is_not_kept_for_another(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    read(page, host, "en/")
    # A host that leads from pages that it lacks to its home page, and one that adds a slash.
    host.moved = {f"en/{RECORD}": "en/"}
    for address in (f"en/{RECORD}", f"en/{FAIR}".rstrip("/")):
        page.evaluate("(address) => fetch(address).then((got) => got.text())", host.url + address)
    until(page, kept(page, f"{host.url}en/{FAIR}"))
    host.down = True
    page.goto(f"{host.url}en/{RECORD}")
    expect(page.locator("h1")).to_have_text("There is no network")
    page.goto(f"{host.url}en/{FAIR}")
    expect(page.locator("h1")).to_have_text("Trial Fair")


def test_only_whole_pages_of_the_site_are_kept(context: BrowserContext, host: Host) -> None:
    host.files = {
        **host.files,
        "programmes/list.pdf": b"%PDF",
        "elsewhere/page/index.html": b"<p>another site</p>",
    }
    page = context.new_page()
    read(page, host, "")
    page.evaluate(
        """async (root) => {
          const part = { headers: { range: "bytes=0-9" } };
          await fetch(root + "en/events/", part);
          for (const address of ["programmes/list.pdf", "nowhere/", "programmes/nothing/", "elsewhere/page/", "robots.txt"])
            await fetch(root + address);
          await fetch(root + "glossary/", { method: "POST" }).catch(() => {});
          await fetch(root + "categories/", { redirect: "follow" });
        }""",
        host.url,
    )
    # The host leads from an address without a slash to that with one.
    page.goto(host.url + RECORD.rstrip("/"))
    assert page.url == host.url + RECORD
    until(page, kept(page, host.url + RECORD))
    held = page.evaluate(
        "async () => (await (await caches.open((await caches.keys())[0])).keys()).map((one) => one.url)"
    )
    held = {one.removeprefix(host.url) for one in held if not one.startswith(f"{host.url}assets/")}
    assert held == {"", "unreachable/", "en/unreachable/", "sw.js", "categories/", RECORD}
    host.down = True
    page.goto(host.url + RECORD.rstrip("/"))
    expect(page.locator("h1")).not_to_have_text("つながっていません")


# --- the whole site ---------------------------------------------------------------------------------


def test_the_whole_site_is_kept_and_searched_in_both_languages(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    page.goto(f"{host.url}offline/")
    expect(page.get_by_role("status")).to_contain_text("まだ全体は保存していません")
    expect(page.locator(".size")).to_contain_text("MB")
    keep_all(page, host)
    expect(page.get_by_role("status")).to_contain_text("全体を保存してあります")
    expect(page.locator("#kept .version")).to_contain_text(build_of(host.files)[:7])
    assert "programmes/list.pdf" not in host.asked
    host.down = True
    for language, query in (("", "機械"), ("en/", "machine")):
        for address in ("", "glossary/", FAIR, "grants/by-name/"):
            answer = page.goto(host.url + language + address)
            assert answer is not None
            assert answer.status == 200
        page.goto(f"{host.url}{language}search/?q={query}")
        expect(page.locator(".hits h3 a").first).to_be_visible()
        page.goto(f"{host.url}{language}compare/?r=programme:machine-grant")
        expect(page.locator("main table").first).to_be_visible()


def test_a_copy_is_of_one_build(context: BrowserContext, host: Host, builds: dict[str, Files]) -> None:
    """A host that has the new pages, and for a while still the old worker."""
    page = context.new_page()
    read(page, host, "en/")
    host.files = {**builds["second"], "sw.js": builds["first"]["sw.js"]}
    page.goto(f"{host.url}en/offline/")
    page.get_by_role("button", name="Keep the whole").click()
    expect(page.locator("#kept [role=status]")).to_contain_text("new version")
    assert not page.evaluate(f"{kept(page, host.url + 'offline.json')}.then(Boolean)")


def test_a_copy_that_was_broken_off_goes_on(
    context: BrowserContext, host: Host, builds: dict[str, Files]
) -> None:
    page = context.new_page()
    page.goto(f"{host.url}en/offline/")
    host.files = {name: content for name, content in host.files.items() if not name.startswith("glossary/")}
    page.get_by_role("button", name="Keep the whole").click()
    expect(page.get_by_role("status")).to_contain_text("connection broke", timeout=20_000)
    host.files = builds["first"]
    host.asked.clear()
    # By itself, on whatever page comes next.
    page.goto(f"{host.url}en/")
    until(page, kept(page, f"{host.url}glossary/"))
    page.goto(f"{host.url}en/offline/")
    expect(page.get_by_role("status")).to_contain_text("All of it is kept", timeout=20_000)
    assert host.asked.count("en/glossary/") <= 1


def test_a_full_device_is_told(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    page.goto(f"{host.url}offline/")
    expect(page.get_by_role("status")).to_contain_text("まだ全体")
    session = context.new_cdp_session(page)
    session.send(
        "Storage.overrideQuotaForOrigin", {"origin": host.url.removesuffix(BASE), "quotaSize": 400_000}
    )
    page.get_by_role("button", name="この早見表を端末に保存").click()
    expect(page.get_by_role("status")).to_contain_text("空きが足りず")
    expect(page.get_by_role("button", name="この早見表を端末に保存")).to_be_enabled()


def test_what_is_kept_is_removed_and_stays_away(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    keep_all(page, host)
    page.evaluate("caches.open('hayami:/x/#another-site')")
    page.get_by_role("button", name="端末から消す").click()
    expect(page.get_by_role("status")).to_contain_text("端末から消しました")
    nothing = """() => Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()])
      .then(([names, found]) => [names, found.length])"""
    assert page.evaluate(nothing) == [["hayami:/x/#another-site"], 0]
    page.goto(host.url)
    page.wait_for_timeout(1500)
    assert page.evaluate(nothing) == [["hayami:/x/#another-site"], 0]
    page.goto(f"{host.url}offline/")
    expect(page.get_by_role("status")).to_contain_text("何も残していません")
    page.get_by_role("button", name="読んだページだけを残す").click()
    expect(page.get_by_role("status")).to_contain_text("まだ全体")
    read(page, host, RECORD)


def test_what_was_removed_can_be_kept_again_at_once(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    keep_all(page, host)
    page.get_by_role("button", name="端末から消す").click()
    expect(page.get_by_role("status")).to_contain_text("端末から消しました")
    page.get_by_role("button", name="この早見表を端末に保存").click()
    expect(page.locator("#kept .version")).to_be_visible(timeout=20_000)
    page.get_by_role("button", name="端末から消す").click()
    expect(page.get_by_role("status")).to_contain_text("端末から消しました")
    page.get_by_role("button", name="読んだページだけを残す").click()
    expect(page.get_by_role("status")).to_contain_text("まだ全体")
    read(page, host, RECORD)


# --- new builds -------------------------------------------------------------------------------------


def update(page: Page) -> None:
    page.evaluate("navigator.serviceWorker.ready.then((found) => found.update())")


def test_a_new_build_is_offered_and_nothing_is_old_after_it(
    context: BrowserContext, host: Host, builds: dict[str, Files]
) -> None:
    page = context.new_page()
    read(page, host, "en/" + RECORD, "en/" + FAIR)
    old = host.files
    host.files = builds["third"]
    update(page)
    bar = page.get_by_role("complementary", name="New version")
    expect(bar).to_contain_text("There is a new version.")
    expect(bar).to_contain_text(build_of(host.files)[:7])
    for button in bar.get_by_role("button").all():
        box = button.bounding_box()
        assert box is not None
        assert box["height"] >= 44
    expect(page.locator("h1")).to_have_text("Trial Fair")
    bar.get_by_role("button", name="Later").click()
    expect(bar).to_have_count(0)
    # A page of the old build, still open, fetches what the host has no more.
    late = next(name for name in old if name.endswith("/js/lib/comparison.js"))
    assert late not in host.files
    assert page.evaluate("(address) => import(address).then(() => true)", host.url + late)
    page.reload()
    expect(page.locator("h1")).to_have_text("Third Fair")
    until(page, "caches.keys().then((names) => names.length === 2)")
    # A page kept under the old build has its files.
    host.down = True
    page.goto(f"{host.url}en/{RECORD}")
    assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
    page.goto(f"{host.url}en/{FAIR}")
    expect(page.locator("h1")).to_have_text("Third Fair")


def test_reading_again_takes_the_new_build(
    context: BrowserContext, host: Host, builds: dict[str, Files]
) -> None:
    page = context.new_page()
    read(page, host, FAIR)
    host.files = builds["third"]
    update(page)
    with page.expect_event("load"):
        page.get_by_role("button", name="読み直す").click()
    expect(page.locator(".renewal")).to_have_count(0)
    until(
        page,
        "navigator.serviceWorker.ready.then((found) => !found.waiting && found.active.state === 'activated')",
    )
    assert page.evaluate("document.querySelector('script[src$=\"page.js\"]').src").split("/")[-3] in next(
        name for name in host.files if name.endswith("js/page.js")
    )
    # Two builds on, the first is gone.
    host.files = builds["second"]
    update(page)
    with page.expect_event("load"):
        page.get_by_role("button", name="読み直す").click()
    ends = sorted(build_of(builds[name]) for name in ("second", "third"))
    until(page, "caches.keys().then((names) => names.length === 2)")
    assert sorted(name[-12:] for name in page.evaluate("caches.keys()")) == ends


def test_a_page_that_the_new_build_leaves_alone_is_left_alone(
    context: BrowserContext, host: Host, builds: dict[str, Files]
) -> None:
    page = context.new_page()
    read(page, host, "", "glossary/")
    host.files = builds["second"]
    assert host.files["glossary/index.html"] == builds["first"]["glossary/index.html"]
    update(page)
    until(
        page, f"caches.keys().then((names) => names.some((name) => name.endsWith({build_of(host.files)!r})))"
    )
    until(page, "navigator.serviceWorker.ready.then((found) => !found.waiting && !found.installing)")
    page.wait_for_timeout(300)
    expect(page.locator(".renewal")).to_have_count(0)


def test_the_whole_site_is_kept_anew_before_the_old_copy_goes(
    context: BrowserContext, host: Host, builds: dict[str, Files]
) -> None:
    page = context.new_page()
    keep_all(page, host, "en/")
    host.asked.clear()
    host.files = builds["second"]
    page.goto(f"{host.url}en/{FAIR}")
    expect(page.locator("h1")).to_have_text("Second Fair")
    ours = f"caches.open('hayami:{BASE}#{build_of(host.files)}')"
    until(page, f"{ours}.then((cache) => cache.match({host.url + 'glossary/'!r}))")
    page.goto(f"{host.url}en/offline/")
    expect(page.get_by_role("status")).to_contain_text("All of it is kept", timeout=20_000)
    expect(page.locator("#kept .version")).to_contain_text(build_of(host.files)[:7])
    # What did not change was not fetched again.
    assert not any(one in host.asked for one in ("glossary/", "en/glossary/", "programmes/machine-grant/"))
    host.down = True
    page.goto(f"{host.url}en/search/?q=Second Fair")
    expect(page.locator(".hits h3 a").first).to_have_text("Second Fair")


def test_a_whole_copy_stays_until_the_next_is_whole(
    context: BrowserContext, host: Host, builds: dict[str, Files]
) -> None:
    page = context.new_page()
    keep_all(page, host, "en/")
    for name, missing in (("second", f"en/{FAIR}index.html"), ("third", "glossary/index.html")):
        host.files = {one: content for one, content in builds[name].items() if one != missing}
        page.goto(f"{host.url}en/")
        until(
            page,
            f"caches.match({host.url + 'sw.js'!r}, {{ cacheName: 'hayami:{BASE}#{build_of(host.files)}' }})",
        )
        page.wait_for_timeout(300)
    assert len(page.evaluate("caches.keys()")) == 3
    host.down = True
    answer = page.goto(f"{host.url}glossary/")
    assert answer is not None
    assert answer.status == 200


# --- without it -------------------------------------------------------------------------------------


def test_a_build_that_keeps_nothing_clears_away_what_was_kept(
    context: BrowserContext, host: Host, builds: dict[str, Files]
) -> None:
    page = context.new_page()
    keep_all(page, host)
    page.evaluate("caches.open('hayami:/x/#another-site')")
    host.files = builds["off"]
    page.goto(host.url)
    assert page.locator("[data-offline]").count() == 0
    until(page, "caches.keys().then((names) => names.length === 1)")
    until(page, "navigator.serviceWorker.getRegistrations().then((found) => !found.length)")
    page.goto(host.url + RECORD)
    page.wait_for_timeout(800)
    assert page.evaluate("navigator.serviceWorker.controller") is None
    assert page.evaluate("caches.keys()") == ["hayami:/x/#another-site"]


def test_who_edits_sees_what_is(context: BrowserContext, host: Host, builds: dict[str, Files]) -> None:
    """A browser that read the published site on this address, and now sees that of ``serve``."""
    page = context.new_page()
    read(page, host, "")
    host.files = pipeline.build(pipeline.Options(GOLDEN, placeless=True, served=True, search=False)).files
    assert b"skipWaiting" in host.files["sw.js"]
    page.goto(host.url)
    assert page.locator("[data-offline]").count() == 0
    until(page, "caches.keys().then((names) => !names.length)")
    page.goto(host.url)
    assert page.evaluate("navigator.serviceWorker.controller") is None


@pytest.mark.parametrize("gone", ["worker", "script", "storage"])
def test_a_browser_that_cannot_is_told_so(context: BrowserContext, host: Host, gone: str) -> None:
    page = context.new_page()
    if gone == "worker":
        page.add_init_script("delete Navigator.prototype.serviceWorker")
    elif gone == "storage":
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error() } })")
    else:

        def refused(route: Route) -> None:
            route.abort()

        page.route("**/*.js", refused)
    page.goto(f"{host.url}offline/")
    said = {"worker": "このブラウザーでは保存できません", "script": "JavaScript", "storage": "まだ全体"}[gone]
    expect(page.get_by_role("status")).to_contain_text(said)
