"""``build.py search-eval``: how well the search finds, driven through the real page in Chromium.

A query counts as answered when a relevant record is among the first five results. Queries that the catalogue has
nothing for are told apart: they say nothing about ranks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hayami import chromium, yamltree
from hayami.schema.scalars import Ref

if TYPE_CHECKING:
    from playwright.sync_api import Page

QUERIES = Path("tests", "search")
HALVES = ("tuning", "unseen")
SHOWN = 10
"""Results that are looked at."""


@dataclass(frozen=True)
class Query:
    """What somebody types, and the records that answer it (none for what the catalogue does not hold)."""

    text: str
    type: str
    relevant: frozenset[str]


@dataclass(frozen=True)
class Answer:
    """The records that the page showed for a query, best first."""

    query: Query
    shown: tuple[str, ...]

    @property
    def rank(self) -> int | None:
        """Place of the first relevant record, from 1."""
        return next((at for at, one in enumerate(self.shown, 1) if one in self.query.relevant), None)


@dataclass(frozen=True)
class Score:
    """Figures over some queries that have an answer."""

    queries: int
    success: float
    """Share with a relevant record among the first five."""
    mrr: float
    """Mean of 1 / rank."""
    zero: float
    """Share for which nothing at all was found."""


def queries(file: Path) -> tuple[Query, ...]:
    """Read one file of queries."""
    tree, problems = yamltree.parse(file.read_text(encoding="utf-8"), file.as_posix())
    if tree is None or problems:
        raise ValueError(f"{file}: {problems}")
    given: Any = yamltree.plain(tree)
    return tuple(
        Query(one["query"], one["type"], frozenset(str(Ref.parse(ref)) for ref in one["relevant"] or ()))
        for one in given
    )


def score(answers: Iterable[Answer]) -> Score:
    """Success at five, mean reciprocal rank and the share of empty answers."""
    counted = [one for one in answers if one.query.relevant]
    if not counted:
        return Score(0, 0, 0, 0)
    ranks = [one.rank for one in counted]
    number = len(counted)
    return Score(
        number,
        sum(rank is not None and rank <= 5 for rank in ranks) / number,
        sum(1 / rank for rank in ranks if rank) / number,
        sum(not one.shown for one in counted) / number,
    )


def by_type(answers: Iterable[Answer]) -> dict[str, Score]:
    """The same for each type of query."""
    types: dict[str, list[Answer]] = {}
    for one in answers:
        types.setdefault(one.query.type, []).append(one)
    return {
        name: score(some) for name, some in sorted(types.items()) if any(one.query.relevant for one in some)
    }


_SHOWN = """(text) => new Promise((done, failed) => {
  const end = performance.now() + 20000;
  const look = () => {
    if (document.getElementById("finder").dataset.shown === text) done();
    else if (performance.now() > end) failed(new Error(`no answer for ${text}`));
    else setTimeout(look, 5);
  };
  look();
})"""
"""Waits until the page shows the answer. The policy of the page forbids the waiting that evaluates text within it."""


def asked(page: Page, some: Iterable[Query]) -> Iterator[Answer]:
    """Type each query into an open search page and read what it shows."""
    for one in some:
        page.fill("#finder input[type=search]", one.text)
        page.press("#finder input[type=search]", "Enter")
        page.evaluate(_SHOWN, one.text)
        shown = page.evaluate(
            "(most) => [...document.querySelectorAll('.hits:not([hidden]) [data-ref]')].slice(0, most)"
            ".map((row) => row.dataset.ref)",
            SHOWN,
        )
        yield Answer(one, tuple(shown))


@contextmanager
def search_page(address: str) -> Iterator[Page]:
    """An open search page in Chromium."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium.ensure()), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        page = browser.new_page()
        page.goto(address)
        yield page
        browser.close()


def table(title: str, answers: tuple[Answer, ...]) -> str:
    """The figures of one file of queries, as lines of text."""
    rows = [(title, score(answers)), *((f"  {name}", one) for name, one in by_type(answers).items())]
    head = f"{'':28}{'queries':>8}{'success@5':>11}{'MRR':>7}{'zero':>7}"
    lines = [
        f"{name:28}{one.queries:8}{one.success:11.3f}{one.mrr:7.3f}{one.zero:7.3f}" for name, one in rows
    ]
    return "\n".join([head, *lines])
