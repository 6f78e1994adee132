"""A built site behind a server on this machine, and a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from hayami import chromium
from hayami.search_eval import serving
from tests import sites


@pytest.fixture(scope="session")
def site_folder() -> Path:
    """The catalogue, built below a sub-path."""
    return sites.catalogue()


@pytest.fixture(scope="session")
def site_url(site_folder: Path) -> Iterator[str]:
    """Address of the home page, below a sub-path."""
    with serving(site_folder) as address:
        yield f"{address}sub/path/"


@pytest.fixture(scope="session")
def kinds(site_folder: Path) -> tuple[str, ...]:
    """The fullest page of every kind, in both languages: kinds are told by language, first folder and depth."""
    fullest: dict[tuple[bool, str, int], tuple[int, str]] = {}
    root = site_folder / "sub" / "path"
    for file in sorted(root.rglob("index.html")):
        text = file.read_text("utf-8")
        if 'http-equiv="refresh"' in text:
            continue
        address = file.relative_to(root).as_posix().removesuffix("index.html")
        parts = address.removeprefix("en/").split("/")
        kind = (address.startswith("en/"), parts[0], len(parts))
        fullest[kind] = max(fullest.get(kind, (0, "")), (len(text), address))
    assert len(fullest) > 40
    return tuple(address for _, address in fullest.values())


_WINDOW = ("WebUIOmniboxPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxAimPopup")
"""Pages of the browser's own that stand ready behind the address bar of every new window."""

_PLAYWRIGHT = (
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)
"""What Playwright turns off itself, told again because Chromium goes by the last list alone."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests. Nobody sees its window, which takes longer to make ready than most pages."""
    off = f"--disable-features={','.join((*_PLAYWRIGHT, *_WINDOW))}"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=str(chromium.find()), args=["--no-sandbox", "--disable-dev-shm-usage", off]
        )
        yield launched
        launched.close()
