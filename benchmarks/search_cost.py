"""What the search costs a reader: bytes before the first answer, and time for an answer in a small and a large catalogue.

The large catalogue holds every record of the real one many times over, so that its lists are as long as those of a
whole country's would be. Seconds say little; the ratio between the two says how the cost grows.
"""

from __future__ import annotations

import gzip
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from hayami import chromium, loopback, pipeline, publish, search_eval

PROJECT = Path(__file__).resolve().parent.parent
KINDS = ("events", "facilities", "organisations", "programmes")
COPIES = 24
ROUNDS = 40
EVERY = 3
"""Of the tuning queries every third is a first one, which takes a page of its own."""

_ANSWER = """async (texts) => {
  const finder = document.getElementById("finder");
  const form = finder.querySelector("form");
  const shown = (text) => new Promise((done) => {
    const look = () => finder.dataset.shown === text && (watcher.disconnect(), done());
    const watcher = new MutationObserver(look);
    watcher.observe(finder, { attributes: true, attributeFilter: ["data-shown"] });
  });
  const taken = [];
  // In the first round the files of the index are fetched; the engine itself remembers nothing but them.
  for (const round of [0, 1]) {
    for (const text of texts) {
      form.q.value = text + " ".repeat(round);
      const start = performance.now();
      const answer = shown(form.q.value);
      form.requestSubmit();
      await answer;
      if (round) taken.push(performance.now() - start);
    }
  }
  return taken;
}"""


def large(content: Path, folder: Path) -> Path:
    """The catalogue with every record ``COPIES`` times, the further ones under addresses of their own."""
    shutil.copytree(content, folder)
    for kind in KINDS:
        for record in sorted((folder / kind).iterdir()):
            for number in range(2, COPIES + 1):
                shutil.copytree(record, record.with_name(f"{record.name}-{number}"))
    return folder


def published(content: Path, folder: Path) -> Path:
    """The site of some content, whatever it is warned of."""
    built = pipeline.build(pipeline.Options(content))
    if built.site is None:
        sys.exit("\n".join(str(one) for one in built.problems[:20]))
    publish.publish(built.files, folder)
    return folder


def first_answer(browser: Browser, address: str, site: Path, page: str, query: str) -> tuple[str, int]:
    """Which indexes a query asks, and the bytes of all that is fetched of them from the first touch of the box to the
    answer, packed as hosts send it; pages for passages aside.
    """
    opened = browser.new_page(service_workers="block")
    opened.goto(f"{address}{page}")
    fetched: list[str] = []
    # A module that is fetched once for each language counts for each.
    opened.on("request", lambda request: fetched.append(request.url.removeprefix(address).partition("?")[0]))
    list(search_eval.asked(opened, [search_eval.Query(query, "", frozenset())]))
    opened.wait_for_load_state("networkidle")
    opened.close()
    programs = sorted({name for name in fetched if "/wasm." in name})
    indexes = " and ".join("ja" if "unknown" in name else name.split(".")[1] for name in programs)
    return indexes, sum(_sent((site / name).read_bytes()) for name in fetched if name.startswith("pagefind/"))


def _sent(content: bytes) -> int:
    """Bytes on the way: what is packed already goes as it is."""
    return len(content) if content.startswith(b"\x1f\x8b") else len(gzip.compress(content, 9, mtime=0))


def answers(browser: Browser, address: str, page: str, queries: list[str]) -> list[float]:
    """Milliseconds from the question to the list that the page shows, the files of the index being there."""
    opened = browser.new_page(service_workers="block", bypass_csp=True)
    opened.goto(f"{address}{page}")
    taken: list[float] = opened.evaluate(_ANSWER, queries)
    opened.close()
    return taken


def main() -> None:
    """Print the bytes of first answers, and the times in both catalogues with their ratio."""
    tuning = {
        code: [one.text for one in search_eval.queries(PROJECT / search_eval.QUERIES / f"{code}-tuning.yaml")]
        for code in ("ja", "en")
    }
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium.find()), args=["--no-sandbox"])
        small = published(PROJECT / "content", Path(made, "small"))
        with loopback.serving(small) as address:
            for page, code in (("search/", "ja"), ("en/search/", "en")):
                weights: dict[str, list[int]] = {}
                for query in tuning[code][::EVERY]:
                    indexes, weight = first_answer(browser, address, small, page, query)
                    weights.setdefault(indexes or "none", []).append(weight)
                for indexes, some in sorted(weights.items()):
                    print(
                        f"{page}: {len(some)} queries of {indexes}: first answer "
                        f"{statistics.median(some) / 1000:.1f} kB in the middle, {max(some) / 1000:.1f} kB at most"
                    )
        big = published(large(PROJECT / "content", Path(made, "content")), Path(made, "large"))
        times: dict[str, list[list[float]]] = {"ja": [], "en": []}
        for site in (small, big):
            with loopback.serving(site) as address:
                for page, code in (("search/", "ja"), ("en/search/", "en")):
                    times[code].append(answers(browser, address, page, tuning[code][:ROUNDS]))
        for code, (few, many) in times.items():
            middle = statistics.median(few), statistics.median(many)
            print(
                f"{code}: an answer stands in the page after {middle[0]:.1f} ms with 83 records, after {middle[1]:.1f} ms with {83 * COPIES}: "
                f"{middle[1] / middle[0]:.1f} times; at most {max(few):.0f} and {max(many):.0f} ms"
            )
        browser.close()


if __name__ == "__main__":
    main()
