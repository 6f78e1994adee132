"""Terms of the glossary are linked where a page first uses them, and only in running text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hayami.term_links import Forms, linked

FORMS = Forms.of(
    [("BCP", "bcp"), ("助成金", "grant"), ("補助金", "subsidy"), ("grant", "grant"), ("M&A", "m-and-a")]
)


def link(main: str, language: str = "ja") -> str:
    page = linked(
        f"<head>BCP</head><main>{main}</main><footer>BCP</footer>", FORMS, "../glossary/#".__add__, language
    )
    assert page.startswith("<head>BCP</head><main>")
    assert page.endswith("</main><footer>BCP</footer>")
    return page[len("<head>BCP</head><main>") : -len("</main><footer>BCP</footer>")]


def anchor(slug: str, words: str) -> str:
    return f'<a class="term" href="../glossary/#{slug}">{words}</a>'


def test_the_first_use_is_linked_and_the_second_is_not() -> None:
    assert (
        link("<p>BCPと助成金。BCP</p>") == f"<p>{anchor('bcp', 'BCP')}と{anchor('grant', '助成金')}。BCP</p>"
    )


def test_two_spellings_are_one_term() -> None:
    assert link("<p>助成金 grant</p>") == f"<p>{anchor('grant', '助成金')} grant</p>"


@pytest.mark.parametrize(
    "kept",
    [
        "<h1>BCP</h1>",
        '<p><a href="x">BCPの<b>BCP</b></a></p>',
        "<button>BCP</button>",
        "<script>BCP</script>",
        "<svg><text>BCP</text></svg>",
        '<p lang="en">BCP</p>',
        '<p class="nm">BCP</p>',
        '<p title="BCP">x</p>',
        "<!-- BCP --><p>x</p>",
        "<p>ABCP BCPs BCP1</p>",
        "<p>bcp</p>",
    ],
)
def test_what_is_no_running_text_stays(kept: str) -> None:
    assert link(kept) == kept


def test_after_an_element_without_links_the_text_goes_on() -> None:
    assert link("<h1>BCP<br></h1><p>BCP</p>") == f"<h1>BCP<br></h1><p>{anchor('bcp', 'BCP')}</p>"


def test_a_word_in_small_letters_may_start_a_sentence() -> None:
    assert link("<p>Grant</p>", "en") == f"<p>{anchor('grant', 'Grant')}</p>"


def test_signs_that_html_escapes_are_found() -> None:
    assert link("<p>M&amp;A</p>") == f"<p>{anchor('m-and-a', 'M&amp;A')}</p>"


def test_without_terms_nothing_changes() -> None:
    assert linked("<main>BCP</main>", Forms.of([]), str, "ja") == "<main>BCP</main>"


@given(st.text(alphabet='BCP助成金 <>/pah1&;"=', max_size=60))
def test_text_is_never_lost(main: str) -> None:
    import re

    assert re.sub(r'<a class="term" href="[^"]*">(.*?)</a>', r"\1", link(main), flags=re.DOTALL) == main
