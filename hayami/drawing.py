"""``build.py pictures``: draws the icons and the previews with Chromium, for a maintainer to commit.

Needs what the tests need. A build never draws; :mod:`hayami.pictures` tells it what is still current.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hayami import chromium, manifest, pictures, pipeline, png, render
from hayami.pictures import Drawing
from hayami.problems import Problem

ICONS = "icons"

_ON_PAPER = {
    "favicon-32.png": (32, 88),
    "apple-touch-icon.png": (180, 70),
    # Launchers cut away everything outside the middle circle of 80 %; at this size the mark lies within it.
    **{f"icon-{size}.png": (size, 70) for size in manifest.ICON_SIZES},
}
"""Name → width in pixels, and the part of it that the mark takes, in hundredths."""


@dataclass(frozen=True)
class Series:
    """The pictures of one folder, and what they are drawn from."""

    folder: Path
    drawings: tuple[Drawing, ...]

    @property
    def digests(self) -> Path:
        """File with the digests of what is drawn there."""
        return self.folder / pictures.DIGESTS

    def stale(self) -> tuple[Path, ...]:
        """Pictures that are missing, or drawn from something else. A preview made by hand is not ours."""
        noted = self.noted()
        by_hand = (self.folder / one.name for one in self.drawings if one.name not in noted)
        kept = {path for path in by_hand if path.is_file()} if self.folder.name == pictures.FOLDER else set()
        return tuple(
            path
            for one in self.drawings
            for path in (self.folder / one.name,)
            if path not in kept and (not path.is_file() or noted.get(one.name) != one.digest)
        )

    def noted(self) -> Mapping[str, str]:
        """Digests as they stand beside the pictures."""
        return pictures.parse_digests(self.digests.read_text("utf-8")) if self.digests.is_file() else {}


def icons(rendering: render.Renderer, assets: Path) -> Series:
    """The mark in every size; the same for every catalogue."""
    svg = rendering.picture("favicon.svg")
    drawn = [Drawing("favicon.svg", 48, 48, svg)]
    for name, (width, share) in _ON_PAPER.items():
        drawn.append(Drawing(name, width, width, rendering.picture("icon.html", share=share)))
    return Series(assets / ICONS, tuple(drawn))


def previews(rendering: render.Renderer, content: Path) -> Series:
    """The preview of each language; they say whose catalogue it is."""
    drawn = tuple(rendering.preview(language) for language in rendering.site.tongues)
    return Series(content / pictures.FOLDER, drawn)


def series(options: pipeline.Options) -> tuple[tuple[Series, ...], tuple[Problem, ...]]:
    """All pictures of a catalogue and of the generator; none, and the reasons, if the content has errors."""
    checked = pipeline.check(options)
    if checked.site is None:
        return (), checked.problems
    rendering = pipeline.renderer(checked.site, options)
    return (icons(rendering, options.assets), previews(rendering, options.content)), ()


def draw(all_series: Sequence[Series]) -> tuple[Path, ...]:
    """Draw what is stale; returns the files that were written. Raises :class:`chromium.NotFound`."""
    written = []
    for one in all_series:
        stale = set(one.stale())
        if not stale:
            continue
        wanted = [drawing for drawing in one.drawings if one.folder / drawing.name in stale]
        one.folder.mkdir(parents=True, exist_ok=True)
        for drawing, content in zip(wanted, _painted(wanted), strict=True):
            (one.folder / drawing.name).write_bytes(content)
        ours = [drawing for drawing in one.drawings if drawing in wanted or drawing.name in one.noted()]
        one.digests.write_text(pictures.format_digests(ours), encoding="utf-8", newline="\n")
        written += sorted(stale)
    return tuple(written)


def _painted(drawings: Iterable[Drawing]) -> list[bytes]:
    """PNG of each drawing; an SVG is its own source."""
    from playwright.sync_api import sync_playwright  # part of what the tests need, and of nothing else

    painted = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(chromium.find()), args=["--no-sandbox"])
        for drawing in drawings:
            if drawing.name.endswith(".svg"):
                painted.append(drawing.source.encode("utf-8"))
                continue
            size = {"width": drawing.width, "height": drawing.height}
            page = browser.new_page(viewport=size, color_scheme="light")  # type: ignore[arg-type]
            page.set_content(drawing.source)
            page.evaluate("document.fonts.ready")
            painted.append(png.reduced(page.screenshot()))
            page.close()
        browser.close()
    return painted
