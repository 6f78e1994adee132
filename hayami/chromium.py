"""Chromium for the browser tests: the one that is there, or one from the system's packages."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

PACKAGES = ("chromium", "fonts-noto-cjk", "poppler-utils")
"""Debian packages that the browser tests need."""

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")


class NotFound(Exception):
    """There is no Chromium; says in Japanese and English what to install."""


def _places() -> Iterator[Path]:
    given = os.environ.get("HAYAMI_CHROMIUM")
    if given:
        yield Path(given)
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            yield Path(found)
    if sys.platform == "darwin":
        for name in ("Google Chrome", "Chromium", "Microsoft Edge"):
            yield Path(f"/Applications/{name}.app/Contents/MacOS/{name}")
    if sys.platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            base = os.environ.get(variable)
            if base:
                yield Path(base) / "Google" / "Chrome" / "Application" / "chrome.exe"
                yield Path(base) / "Microsoft" / "Edge" / "Application" / "msedge.exe"


def find() -> Path:
    """The first Chromium that is there: ``HAYAMI_CHROMIUM``, the path, the usual folders."""
    for place in _places():
        if place.is_file():
            return place
    raise NotFound(_advice())


def _advice() -> str:
    if sys.platform == "darwin":
        do = "brew install --cask google-chrome"
    elif sys.platform == "win32":
        do = "winget install Google.Chrome"
    elif shutil.which("dnf"):
        do = "sudo dnf install chromium google-noto-sans-cjk-fonts poppler-utils"
    else:
        do = f"sudo apt-get update && sudo apt-get install -y {' '.join(PACKAGES)}"
    return (
        f"ブラウザーのテストには Chromium が要ります。次のように入れてください: {do}\n"
        f"The browser tests need Chromium. Install it with: {do}"
    )


def ensure() -> Path:
    """Find Chromium; as root on Debian or Ubuntu install it first. Raises :class:`NotFound`."""
    try:
        return find()
    except NotFound:
        if not _may_install():
            raise
    print(f"apt-get install {' '.join(PACKAGES)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PACKAGES],
    ):
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        if done.returncode:
            print(done.stderr.decode("utf-8", "replace")[-2000:], file=sys.stderr)
            raise NotFound(_advice())
    return find()


def _may_install() -> bool:
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    return shutil.which("apt-get") is not None
