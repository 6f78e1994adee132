"""What makes a page readable without its style sheets is added to every page, and to nothing else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from hayami import pipeline, unstyled
from tests import sites

GOLDEN = Path(__file__).parent.parent / "golden" / "content"


def test_a_sign_gets_size_and_outline() -> None:
    assert unstyled.plain('<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">') == (
        '<svg class="icon" viewBox="0 0 24 24" width="24" height="24" fill="none" stroke="currentColor" aria-hidden="true">'
    )
    assert 'fill="none"' in unstyled.plain('<svg class="shape c3" viewBox="0 0 16 16">')


def test_a_drawing_with_paint_of_its_own_gets_size_alone() -> None:
    html = '<svg class="stamp" viewBox="0 0 120 120"><path fill="none"/></svg>'
    assert unstyled.plain(html) == html.replace('120"><path', '120" width="120" height="120"><path')


@pytest.mark.parametrize(
    "html",
    [
        '<svg class="bar" viewBox="0 0 400 18">',
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" width="30" height="30">',
        "<p>width of an svg class=</p>",
    ],
)
def test_a_bar_and_a_drawing_with_a_size_stay_as_they_are(html: str) -> None:
    assert unstyled.plain(html) == html


def test_words_for_the_ear_stand_apart() -> None:
    html = '<span aria-hidden="true">2/3</span><span class="vh">two-thirds</span>'
    assert re.sub(r"<[^>]+>", "", unstyled.plain(html)) == "2/3 two-thirds"


def test_every_page_has_it() -> None:
    built = sites.built(pipeline.Options(GOLDEN))
    drawings = [
        drawing
        for name, page in built.files.items()
        if name.endswith(".html")
        for drawing in re.findall(r"<svg [^>]*>", page.decode())
    ]
    assert len(drawings) > 200
    unsized = {
        one for one in drawings if " width=" not in one and not re.search(r'viewBox="0 0 \d{3,} ', one)
    }
    assert unsized == set()
    for name, page in built.files.items():
        if name.endswith(".html"):
            assert not re.search(rb'<span class="vh">[^ ]', page), name
