"""The style guide: all tokens, all signs, all states; never in a published site."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from hayami import cli, contrast, pipeline, styleguide, tokens
from hayami.assets import Assets, dense_css, joined
from hayami.model import Site
from tests import sites

GOLDEN = Path(__file__).parent.parent / "golden" / "content"
BASED = pipeline.Options(GOLDEN, base_url=sites.HOST, search=False)
PAGES = {"ja": "styleguide/index.html", "en": "en/styleguide/index.html"}
TOKENS = tokens.read((pipeline.PROJECT / "assets" / tokens.SHEET).read_text("utf-8"))


@pytest.fixture(scope="module")
def site() -> Site:
    """The catalogue."""
    found = sites.built(sites.CATALOGUE).site
    assert found is not None
    return found


@pytest.fixture(scope="module")
def guide(site: Site) -> dict[str, str]:
    """The pages of the guide to the catalogue, by language."""
    rendering = pipeline.renderer(site, dataclasses.replace(sites.CATALOGUE, styleguide=True))
    return {
        code: rendering.page(styleguide.page(site, tongue, rendering.design)).decode()
        for code, tongue in site.tongues.items()
    }


@pytest.fixture(scope="module")
def with_guide() -> pipeline.Built:
    """The small catalogue with its guide."""
    return sites.built(dataclasses.replace(BASED, styleguide=True))


def test_a_published_site_has_nothing_of_it() -> None:
    published = sites.built(sites.CATALOGUE)
    assert [name for name in published.files if "styleguide" in name or "states" in name] == []
    assert [name for name, content in published.files.items() if b"styleguide" in content] == []


def test_nothing_else_changes_with_it(with_guide: pipeline.Built) -> None:
    """Apart from the name of the assets folder, every page is the same with and without the guide."""
    guide, published = with_guide, sites.built(BASED)

    def without_digest(files: dict[str, bytes]) -> dict[str, bytes]:
        return {name: re.sub(rb"assets/[0-9a-f]{12}", b"assets", files[name]) for name in files}

    ours = {name for name in guide.files if "styleguide" in name or "/states/" in name}
    # These tell what pages and the zip of them weigh, to the byte, and the name of the folder is in them.
    ours |= {name for name in guide.files if name.endswith(("health/index.html", "data/index.html"))}
    assert set(PAGES.values()) <= ours
    pages = {
        name: content for name, content in guide.files.items() if name.endswith((".html", ".xml", ".txt"))
    }
    rest = without_digest({name: content for name, content in pages.items() if name not in ours})
    plain = {name: published.files[name] for name in rest}
    assert rest == without_digest(plain)


@pytest.mark.parametrize("language", PAGES)
def test_it_stands_in_no_index(with_guide: pipeline.Built, language: str) -> None:
    page = with_guide.files[PAGES[language]].decode()
    assert '<meta name="robots" content="noindex">' in page
    assert "styleguide" not in with_guide.files["sitemap.xml"].decode()
    assert f'<html lang="{language}">' in page
    assert 'hreflang="' + ("en" if language == "ja" else "ja") + '"' in page
    assert " style=" not in page


@pytest.mark.parametrize("language", PAGES)
def test_every_colour_is_shown_in_every_scheme_with_its_contrast(
    guide: dict[str, str], language: str
) -> None:
    page = guide[language]
    assert len(TOKENS.colours()) > 30
    for token in TOKENS.colours():
        row = re.search(
            rf'<tr><th scope="row"><code>{token}</code></th>\n(<td><svg.*?)</tr>', page, re.DOTALL
        )
        assert row is not None, token
        shown = re.findall(r"<code>(#[0-9a-f]{6})</code>", row[1])
        assert shown == [TOKENS.value(token, scheme) for scheme in tokens.SCHEMES]
        numbers = re.findall(r'<td class="num">([\d.]+)</td>', row[1])
        assert numbers == [
            f"{contrast.ratio(TOKENS.value(token, scheme), TOKENS.value(ground, scheme)):.1f}"
            for scheme in tokens.SCHEMES
            for ground in ("paper", "ground")
        ]


def test_every_pair_is_shown(guide: dict[str, str]) -> None:
    page = guide["en"]
    for pair in contrast.PAIRS:
        assert f"<code>{pair.text}</code></th><td><code>{pair.ground}</code></td>" in page


def test_every_size_and_space_is_shown(guide: dict[str, str]) -> None:
    page = guide["ja"]
    assert len(TOKENS.starting_with("fs-")) == len(TOKENS.starting_with("s-")) == 8
    for token in TOKENS.starting_with("fs-"):
        assert f'<dd class="{token}' in page
    for token in TOKENS.starting_with("s-"):
        assert f"<code>{token}</code>" in page


def test_every_sign_is_shown(guide: dict[str, str], site: Site) -> None:
    source = (pipeline.PROJECT / "templates" / "parts" / "icons.html").read_text("utf-8")
    icons = source[source.index("macro icon(") : source.index("endmacro")]
    names = re.findall(r"name == '(\w+)'", icons)
    assert len(names) >= 7
    page = guide["ja"]
    for name in names:
        assert re.search(rf"</svg> <code>{name}</code></li>", page), name
    for category in site.vocabulary.categories:
        assert f'class="tab c{category.colour}"' in page


def test_every_part_of_a_record_is_shown(site: Site) -> None:
    parts = {path.stem for path in (pipeline.PROJECT / "templates" / "parts" / "record").glob("*.html")}
    shown = {part for part, _ in styleguide.samples(site)}
    # Only a catalogue that has changed since it was published can show what changed.
    small = pipeline.check(pipeline.Options(GOLDEN)).site
    assert small is not None
    assert shown | {"changes"} == parts
    assert "changes" in {part for part, _ in styleguide.samples(small)}


def test_no_id_stands_twice(guide: dict[str, str]) -> None:
    for page in guide.values():
        ids = re.findall(r'\sid="([^"]+)"', page)
        assert sorted(one for one in set(ids) if ids.count(one) > 1) == []


def test_states_are_the_rules_of_the_site() -> None:
    css = b"a:hover{top:1px}a:focus-visible,.s:focus-within{top:2px}b{top:3px}"
    files = styleguide.with_states({styleguide.SHEET: css, "js/z.js": b":hover"})
    assert set(files) == {styleguide.SHEET, styleguide.STATES_SHEET, "js/z.js"}
    assert files[styleguide.STATES_SHEET] == (
        b'a[data-state~="hover"]{top:1px}a[data-state~="focus"],.s[data-state~="focus"]{top:2px}b{top:3px}'
    )
    assert set(styleguide.without(files)) == {"js/z.js"}


def joined_in(sources: Mapping[str, bytes], sheet: str) -> set[str]:
    """A sheet and the parts that it alone imports."""
    own = {sheet, *(f"css/{one}" for one in re.findall(r'@import "([^"]+)"', sources[sheet].decode()))}
    return own - {"css/parts/core.css"}


def test_the_guide_shows_every_part_of_the_sheets() -> None:
    sources = Assets.read(pipeline.PROJECT / "assets").sources
    guide = dense_css(joined(styleguide.SHEET, sources))
    for name in sources:
        # Sheets of paper would turn the guide into paper; the page of the booklet shows them.
        if name.endswith(".css") and name not in joined_in(sources, "css/booklet.css"):
            own = dense_css(re.sub("@import[^\n]*", "", sources[name].decode()))
            assert own in guide, name


def test_a_small_catalogue_has_a_guide_too(with_guide: pipeline.Built) -> None:
    assert with_guide.problems == ()
    assert set(PAGES.values()) <= set(with_guide.files)


def test_the_command_line_asks_for_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "site"
    assert cli.main(["--styleguide", "--content", str(GOLDEN), "--out", str(out)]) == 0
    assert (out / "styleguide" / "index.html").is_file()
    assert cli.main(["--content", str(GOLDEN), "--out", str(out)]) == 0
    assert not (out / "styleguide").exists()
    capsys.readouterr()
