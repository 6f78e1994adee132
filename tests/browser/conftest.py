"""A built site behind a server on this machine, and a real Chromium."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from hayami import chromium
from hayami.audit import browser as looking
from hayami.loopback import serving
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
    """The fullest page of every kind, in both languages; the one for wrong addresses stands at the root of a host."""
    found = tuple(one for one in looking.kinds(site_folder / "sub" / "path") if one != "404.html")
    assert len(found) > 40
    return found


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


ARGUMENTS = (
    "--no-sandbox",
    "--disable-dev-shm-usage",
    f"--disable-features={','.join((*_PLAYWRIGHT, *_WINDOW))}",
)
"""Nobody sees the windows of the browser, and they take longer to make ready than most pages."""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all tests."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=str(chromium.find()), args=ARGUMENTS)
        yield launched
        launched.close()
