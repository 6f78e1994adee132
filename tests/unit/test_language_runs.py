"""Words of another language are marked as such, once, and only where a screen reader would say them."""

from __future__ import annotations

import pytest

from hayami.language_runs import Languages

BOTH = Languages({"ja": "ja_JP", "en": "en_GB"})


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>A wage (賃) rise</p>", '<p>A wage (<span lang="ja">賃</span>) rise</p>'),
        (
            "<p>The コンビニ and 賃</p>",
            '<p>The <span lang="ja">コンビニ</span> and <span lang="ja">賃</span></p>',
        ),
        ('<p lang="ja">賃</p>', '<p lang="ja">賃</p>'),
        ('<p lang="ja">賃 <i lang="en">the 賃</i></p>', None),
        ("<p>IPA &amp; co.</p>", "<p>IPA &amp; co.</p>"),
        ("<p>“Café” – 2/3</p>", "<p>“Café” – 2/3</p>"),
        (
            "<script>'賃'</script><svg><text>賃</text></svg>",
            "<script>'賃'</script><svg><text>賃</text></svg>",
        ),
        ('<input aria-label="賃">', '<input aria-label="賃">'),
    ],
)
def test_runs_of_another_script_are_marked(html: str, expected: str | None) -> None:
    page = f"<head><title>賃</title></head><body>{html}</body>"
    if expected is None:
        expected = html.replace("the 賃", 'the <span lang="ja">賃</span>')
    assert BOTH.marked(page, "en") == page.replace(html, expected)


def test_latin_letters_are_no_other_language() -> None:
    page = "<body><p>IPA の DX です</p></body>"
    assert BOTH.marked(page, "ja") == page


def test_a_script_of_two_languages_tells_neither() -> None:
    three = Languages({"ja": "ja_JP", "en": "en_GB", "zh": "zh_Hans_CN"})
    assert three.marked("<body>賃 カ</body>", "en") == '<body>賃 <span lang="ja">カ</span></body>'
