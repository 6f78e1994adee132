"""Pictures: committed, current, small; a stale one is left out and told, a missing one is no fault."""

from __future__ import annotations

import re
import shutil
import struct
import zlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from hayami import cli, drawing, pictures, pipeline, png, render, tokens
from hayami.assets import Assets

GOLDEN = Path(__file__).parent.parent / "golden" / "content"
BASE_URL = "https://example.org/trial/"
PAGES_ALONE: dict[str, Any] = {"search": False, "archive": False, "audit": False}
"""Options where a test looks at the heads of pages and at what the check of the content says."""
SMALL = 60 * 1024

# --- PNG --------------------------------------------------------------------------------------------


def flat(
    width: int, height: int, shade: Callable[[int, int], bytes], filters: tuple[int, ...] = (0,)
) -> bytes:
    """A PNG of 8 bits a channel whose rows use ``filters`` in turn; the encoder that the module has not."""
    rows = [[shade(x, y) for x in range(width)] for y in range(height)]
    step = len(rows[0][0])
    above, packed = bytes(width * step), b""
    for y, row in enumerate(rows):
        line = b"".join(row)
        kind = filters[y % len(filters)]
        packed += bytes([kind])
        for place, value in enumerate(line):
            left = line[place - step] if place >= step else 0
            corner = above[place - step] if place >= step else 0
            up = above[place]
            nearest = min((left, up, corner), key=lambda one: abs(left + up - corner - one))
            packed += bytes([(value - (0, left, up, (left + up) // 2, nearest)[kind]) % 256])
        above = line

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2 if step == 3 else 6, 0, 0, 0)
    return (
        png.SIGNATURE + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(packed)) + chunk(b"IEND", b"")
    )


def palette_pixels(content: bytes) -> list[list[bytes]]:
    """Colours of each row of a PNG with a palette."""
    chunks: dict[bytes, bytes] = {}
    place = len(png.SIGNATURE)
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        data = content[place + 8 : place + 8 + length]
        (checksum,) = struct.unpack(">I", content[place + 8 + length : place + 12 + length])
        assert checksum == zlib.crc32(content[place + 4 : place + 8] + data)
        chunks[content[place + 4 : place + 8]] = data
        place += 12 + length
    width, height, depth, kind = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, kind) == (8, 3)
    colours = [chunks[b"PLTE"][at : at + 3] for at in range(0, len(chunks[b"PLTE"]), 3)]
    assert len(colours) <= 256
    raw = zlib.decompress(chunks[b"IDAT"])
    lines = [raw[y * (width + 1) : (y + 1) * (width + 1)] for y in range(height)]
    assert {line[0] for line in lines} == {0}
    return [[colours[number] for number in line[1:]] for line in lines]


@pytest.mark.parametrize("filters", [(0,), (1,), (2,), (3,), (4,), (4, 2, 0, 3, 1)])
@pytest.mark.parametrize("alpha", [b"", b"\xff"], ids=["rgb", "rgba"])
def test_pixels_of_every_filter_are_read(filters: tuple[int, ...], alpha: bytes) -> None:
    def shade(x: int, y: int) -> bytes:
        return bytes(((x * 37 + y) % 256, (x * y) % 256, (255 - 11 * y) % 256)) + alpha

    width, height, rows = png.pixels(flat(13, 10, shade, filters))
    assert (width, height) == (13, 10)
    assert rows == [[shade(x, y)[:3] for x in range(13)] for y in range(10)]


def test_a_picture_of_few_colours_is_kept_as_it_is() -> None:
    shades = (b"\x00\x50\x4a", b"\xff\xff\xff", b"\xe0\xb4\x00")
    content = flat(30, 20, lambda x, y: shades[(x // 4 + y) % 3])
    assert palette_pixels(png.reduced(content)) == png.pixels(content)[2]
    assert png.size(png.reduced(content)) == (30, 20)


def test_a_picture_of_many_colours_keeps_its_areas_and_almost_keeps_the_rest() -> None:
    ground = b"\xf3\xf6\xf4"

    def shade(x: int, y: int) -> bytes:
        return ground if x < 40 else bytes((x * 4 % 256, y * 6 % 256, (x + y) * 2 % 256))

    content = flat(80, 40, shade)
    before, after = png.pixels(content)[2], palette_pixels(png.reduced(content))
    for row, done in zip(before, after, strict=True):
        assert done[:40] == [ground] * 40
        for old, new in zip(row, done, strict=True):
            assert max(abs(one - other) for one, other in zip(old, new, strict=True)) < 64


def test_what_is_no_png_has_no_size() -> None:
    for content in (b"", b"GIF89a", png.SIGNATURE, png.SIGNATURE + b"\0" * 40):
        assert png.size(content) is None
        assert pictures.opened("preview.ja.png", content) is None


def test_a_form_that_chromium_does_not_write_is_refused() -> None:
    content = flat(4, 4, lambda x, y: b"abc")
    with pytest.raises(png.NotReduced):
        png.reduced(content[:28] + b"\x01" + content[29:])


# --- names and digests ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "language"),
    [("preview.ja.png", "ja"), ("preview.zh-Hant.png", "zh-Hant"), ("preview.png", None), ("ja.png", None)],
)
def test_the_language_stands_in_the_name(name: str, language: str | None) -> None:
    assert pictures.language_of(name) == language


def test_digests_are_read_as_they_are_written() -> None:
    drawings = [pictures.Drawing(name, 3, 4, name * 5) for name in ("b.png", "a.png")]
    text = pictures.format_digests(drawings)
    assert [line.split()[1] for line in text.splitlines()] == ["a.png", "b.png"]
    assert pictures.parse_digests(text) == {one.name: one.digest for one in drawings}


def test_the_digest_counts_size_and_source() -> None:
    one = pictures.Drawing("a.png", 3, 4, "source")
    assert one.digest == replace(one, name="b.png").digest
    assert len({one.digest, replace(one, width=5).digest, replace(one, source="other").digest}) == 3


# --- what is committed ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def committed() -> tuple[drawing.Series, ...]:
    series, problems = drawing.series(pipeline.Options(pipeline.PROJECT / "content"))
    assert problems == ()
    return series


def test_no_picture_is_stale(committed: tuple[drawing.Series, ...]) -> None:
    """If this fails, run ``python3 build.py pictures`` and commit what it draws."""
    assert [path for one in committed for path in one.stale()] == []


def test_every_picture_is_noted_and_nothing_else(committed: tuple[drawing.Series, ...]) -> None:
    for one in committed:
        names = {drawn.name for drawn in one.drawings}
        assert set(one.noted()) == names
        assert {path.name for path in one.folder.iterdir()} == {*names, pictures.DIGESTS}


def test_every_picture_is_small_and_of_its_size(committed: tuple[drawing.Series, ...]) -> None:
    for one in committed:
        for drawn in one.drawings:
            content = (one.folder / drawn.name).read_bytes()
            assert len(content) < SMALL, drawn.name
            if drawn.name.endswith(".svg"):
                assert content.decode() == drawn.source
            else:
                assert png.size(content) == (drawn.width, drawn.height)


def test_the_previews_say_what_the_site_says(committed: tuple[drawing.Series, ...]) -> None:
    previews = {one.name: one.source for one in committed[1].drawings}
    assert "Unofficial; figures from 19 March 2024" in previews["preview.en.png"]
    assert "非公式" in previews["preview.ja.png"]
    for source in previews.values():
        assert 'class="mark"' in source
        assert 'class="stamp"' in source
        assert "http" not in re.sub(r"xmlns=\"[^\"]*\"", "", source)  # it is complete in itself


def test_the_command_tells_that_all_is_current(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["pictures", "--check"]) == 0
    assert capsys.readouterr().out == ""


# --- what a build does with them --------------------------------------------------------------------


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The golden catalogue with a current preview in each language."""
    folder = tmp_path / "content"
    shutil.copytree(GOLDEN, folder)
    rendering = _renderer(folder)
    (folder / pictures.FOLDER).mkdir()
    drawn = [rendering.preview(language) for language in ("ja", "en")]
    for one in drawn:
        (folder / pictures.FOLDER / one.name).write_bytes(flat(12, 6, lambda x, y: b"\xff\xff\xff"))
    (folder / pictures.FOLDER / pictures.DIGESTS).write_text(pictures.format_digests(drawn), "utf-8")
    return folder


def _renderer(folder: Path) -> render.Renderer:
    checked = pipeline.check(pipeline.Options(folder))
    assert checked.site is not None
    return pipeline.renderer(checked.site, pipeline.Options(folder))


def metas(page: bytes) -> dict[str, str]:
    return dict(
        re.findall(
            r'<meta (?:name|property)="((?:og:image|twitter:)[\w:]*)" content="([^"]*)">', page.decode()
        )
    )


def test_pages_name_the_picture_of_their_language(content: Path) -> None:
    built = pipeline.build(pipeline.Options(content, base_url=BASE_URL))
    assert built.problems == ()
    for language, name in (("ja", "index.html"), ("en", "en/programmes/machine-grant/index.html")):
        found = metas(built.files[name])
        path = f"pictures/preview.{language}.png"
        assert path in built.files
        assert found["og:image"] == BASE_URL + path
        # As the picture says, not as it was meant to be.
        assert (found["og:image:width"], found["og:image:height"]) == ("12", "6")
        assert found["og:image:alt"]
        assert found["twitter:card"] == "summary_large_image"


def test_without_a_place_no_picture_is_named_or_published(content: Path) -> None:
    built = pipeline.build(pipeline.Options(content, **PAGES_ALONE))
    assert metas(built.files["index.html"]) == {}
    assert not [name for name in built.files if name.startswith(pictures.FOLDER)]


def test_a_missing_picture_is_no_fault(content: Path) -> None:
    (content / pictures.FOLDER / "preview.en.png").unlink()
    built = pipeline.build(pipeline.Options(content, base_url=BASE_URL, **PAGES_ALONE))
    assert built.problems == ()
    assert metas(built.files["en/index.html"]) == {}
    assert "og:image" in metas(built.files["index.html"])
    shutil.rmtree(content / pictures.FOLDER)
    built = pipeline.build(pipeline.Options(content, base_url=BASE_URL, **PAGES_ALONE))
    assert built.problems == ()
    assert metas(built.files["index.html"]) == {}


def test_a_picture_made_by_hand_is_taken_as_it_is(content: Path) -> None:
    (content / pictures.FOLDER / pictures.DIGESTS).unlink()
    built = pipeline.build(pipeline.Options(content, base_url=BASE_URL, **PAGES_ALONE))
    assert built.problems == ()
    assert "og:image" in metas(built.files["index.html"])
    assert drawing.previews(_renderer(content), content).stale() == ()


def _stale(content: Path) -> set[str]:
    """Languages whose picture a build left out, with a warning each."""
    built = pipeline.build(pipeline.Options(content, base_url=BASE_URL, **PAGES_ALONE))
    assert built.site is not None
    assert {problem.code for problem in built.problems} <= {"stale-picture"}
    left_out = {
        code
        for code, name in (("ja", "index.html"), ("en", "en/index.html"))
        if "og:image" not in metas(built.files[name])
    }
    told = {problem.place.file.rsplit("/", 1)[1] for problem in built.problems}
    assert told == {pictures.preview_name(code) for code in left_out}
    return left_out


@pytest.mark.parametrize(
    ("pattern", "changed", "languages"),
    [
        (r"(?m)^as_of: .*$", "as_of: 2024-03-20", {"ja", "en"}),
        (r"(?m)^fiscal_year: .*$", "fiscal_year: 2023", {"ja", "en"}),
        (r"(?m)^title:(.*) en: [^,}]+", r"title:\1 en: Another Name", {"en"}),
    ],
    ids=["date", "year", "title"],
)
def test_a_picture_that_says_something_else_is_left_out(
    content: Path, pattern: str, changed: str, languages: set[str]
) -> None:
    site = content / "site.yaml"
    before = site.read_text(encoding="utf-8")
    after = re.sub(pattern, changed, before, count=1)
    assert after != before
    site.write_text(after, encoding="utf-8", newline="\n")
    assert _stale(content) == languages


def test_the_date_of_one_build_counts_too(content: Path) -> None:
    built = pipeline.build(
        pipeline.Options(content, base_url=BASE_URL, as_of=date(2024, 3, 20), **PAGES_ALONE)
    )
    assert {problem.code for problem in built.problems} == {"stale-picture"}
    assert "og:image" not in metas(built.files["index.html"])


def test_a_change_of_mark_or_colours_makes_every_picture_stale(content: Path, tmp_path: Path) -> None:
    rendering = _renderer(content)
    before = {one.name: one.digest for one in drawing.icons(rendering, tmp_path).drawings}
    sheet = rendering.assets.sources[tokens.SHEET].decode()
    cell = rendering.design.value("cell")
    recoloured = {**rendering.assets.sources, tokens.SHEET: sheet.replace(cell, "#123456").encode()}
    other = replace(rendering, assets=Assets(recoloured))
    after = {one.name: one.digest for one in drawing.icons(other, tmp_path).drawings}
    assert not set(before.values()) & set(after.values())
    assert other.preview("ja").digest != rendering.preview("ja").digest
    templates = tmp_path / "templates"
    shutil.copytree(pipeline.PROJECT / "templates", templates)
    icons = templates / "parts" / "icons.html"
    icons.write_text(icons.read_text("utf-8").replace("M24 24v21", "M24 24v20"), "utf-8")
    redrawn = replace(rendering, environment=render.environment(templates))
    assert redrawn.preview("en").digest != rendering.preview("en").digest


def test_a_series_knows_what_is_missing_and_what_is_stale(tmp_path: Path) -> None:
    drawn = tuple(pictures.Drawing(name, 1, 1, name) for name in ("a.png", "b.png", "c.png"))
    series = drawing.Series(tmp_path, drawn)
    assert [path.name for path in series.stale()] == ["a.png", "b.png", "c.png"]
    for one in drawn[:2]:
        (tmp_path / one.name).write_bytes(b"")
    series.digests.write_text(pictures.format_digests([drawn[0], replace(drawn[1], source="old")]), "utf-8")
    assert [path.name for path in series.stale()] == ["b.png", "c.png"]


def test_nothing_is_drawn_where_nothing_is_stale(
    committed: tuple[drawing.Series, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing, "_painted", lambda drawings: pytest.fail("no browser is needed"))
    assert drawing.draw(committed) == ()
