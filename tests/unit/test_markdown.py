"""Markdown of records: what is refused, how links are resolved."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hayami import markdown
from hayami.schema.scalars import Ref


def _render(body: str) -> str:
    return markdown.render(markdown.tokens(body), lambda target: (f"/{target}", {"rel": "x"}))


@pytest.mark.parametrize(
    "body",
    [
        "<b>x</b>",
        "text <script>alert(1)</script>",
        "<!-- hidden -->",
        "<img src=x onerror=alert(1)>",
        "a\n\n<div>\nblock\n</div>",
        "| a |\n|---|\n| <i>x</i> |",
        "<?php ?>",
    ],
)
def test_html_is_seen_wherever_it_stands(body: str) -> None:
    assert list(markdown.html_tags(body))


@pytest.mark.parametrize(
    "body", ["1 < 2", "`<b>`", "a <- b", "5 <6", r"\<b> is fine", "<https://example.org>"]
)
def test_what_only_looks_like_html_is_not_taken_for_it(body: str) -> None:
    assert list(markdown.html_tags(body)) == []


def test_html_is_escaped_even_so() -> None:
    assert "<script>" not in _render("<script>alert(1)</script>")
    assert "&lt;script&gt;" in _render("<script>alert(1)</script>")


@pytest.mark.parametrize(
    ("target", "safe"),
    [
        ("https://example.org/", True),
        ("programme:x", True),
        ("page:about", True),
        ("tel:0312345678", True),
        ("javascript:alert(1)", False),
        ("JAVASCRIPT:alert(1)", False),
        ("data:text/html,x", False),
        ("http://example.org", False),
        ("//example.org", False),
        ("../index.html", False),
        ("", False),
    ],
)
def test_which_links_may_be_used(target: str, safe: bool) -> None:
    assert markdown.is_safe(target) is safe


def test_links_and_headings_are_found_with_their_lines() -> None:
    body = "## A\n\ntext\n\n[x](programme:some) and\n![i](y.png)\n"
    parsed = markdown.tokens(body)
    assert [(one.level, one.text, one.line) for one in markdown.headings(parsed)] == [(2, "A", 0)]
    assert [(one.target, one.line, one.column, one.image) for one in markdown.links(parsed, body)] == [
        ("programme:some", 4, 5, False),
        ("y.png", 5, 6, True),
    ]


def test_rendering_resolves_links_and_shifts_headings() -> None:
    html = markdown.render(
        markdown.tokens("# A\n\n[x](programme:y)"), lambda target: (f"/{target}", {}), shift=1
    )
    assert "<h2>A</h2>" in html
    assert '<a href="/programme:y">x</a>' in html


def test_rendering_does_not_change_what_was_parsed() -> None:
    parsed = markdown.tokens("# A\n\n[x](programme:y)")
    first = markdown.render(parsed, lambda target: (target, {}), shift=2)
    assert markdown.render(parsed, lambda target: (target, {}), shift=2) == first


def test_references() -> None:
    assert markdown.reference("programme:some-slug") == Ref("programmes", "some-slug")
    assert markdown.reference("programmes:x") is None
    assert markdown.reference("https://example.org") is None


@given(st.text(max_size=300))
def test_no_text_brings_a_tag_of_its_own(body: str) -> None:
    html = _render(body)
    assert "<script" not in html.lower()
    assert "<iframe" not in html.lower()


def test_a_table_is_named_after_the_heading_above_it() -> None:
    table = "| A | B |\n| --- | --- |\n| 1 | 2 |\n"
    html = _render(f"## Sums & *more*\n\n{table}")
    assert '<caption class="vh">Sums &amp; more</caption>' in html
    assert html.count('<th scope="col">') == 2
    assert "<caption" not in _render(table)
