"""Chromium for the browser tests: the one that is there, or one from the system's packages."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")


class NotFound(Exception):
    """There is no Chromium; says in Japanese and English what to install."""


def find() -> Path:
    """The first Chromium that works: ``HAYAMI_CHROMIUM``, the path, the usual folders."""
    given = os.environ.get("HAYAMI_CHROMIUM")
    if given:
        if works(Path(given)):
            return Path(given)
        raise NotFound(
            f"HAYAMI_CHROMIUM が指す {given} は動きません。正しい場所にするか、変数を消してください。\n"
            f"HAYAMI_CHROMIUM names {given}, which does not run. Correct it, or unset the variable."
        )
    for place in _places():
        if works(place):
            return place
    raise NotFound(advice())


def _places() -> Iterator[Path]:
    for name in _NAMES:
        found = shutil.which(name)
        if found:
            yield Path(found)
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path("~/Applications").expanduser()):
            for name in ("Google Chrome", "Chromium", "Microsoft Edge"):
                yield folder / f"{name}.app" / "Contents" / "MacOS" / name
    if sys.platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            base = os.environ.get(variable)
            if base:
                for maker in ("Google/Chrome", "Chromium", "Microsoft/Edge"):
                    folder = Path(base) / maker / "Application"
                    yield folder / ("msedge.exe" if maker.endswith("Edge") else "chrome.exe")


def works(place: Path) -> bool:
    """Whether a Chromium runs. On Ubuntu a file of its name may only say that a snap is missing."""
    if not place.is_file():
        return False
    if sys.platform == "win32":
        return True  # asked for its version, it would open a window
    try:
        done = subprocess.run(
            [place, "--version"], stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def ensure() -> Path:
    """Find Chromium; as root on Debian or Ubuntu install it first. Raises :class:`NotFound`."""
    try:
        return find()
    except NotFound:
        if os.environ.get("HAYAMI_CHROMIUM") or not _may_install():
            raise
    print("Chromium を入れています… / Installing Chromium …", file=sys.stderr, flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for command in (
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages()],
    ):
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
        )
        if done.returncode:
            said = (done.stdout + done.stderr).decode("utf-8", "replace")
            raise NotFound(f"{advice()}\n{said[-2000:].strip()}")
    return find()


def packages() -> tuple[str, ...]:
    """Packages of Debian or Ubuntu that the browser tests need."""
    chromium = "chromium-browser" if _system() == "ubuntu" else "chromium"
    return (chromium, "fonts-noto-cjk", "poppler-utils")


def _system() -> str:
    try:
        return platform.freedesktop_os_release().get("ID", "")
    except OSError:
        return ""


def _may_install() -> bool:
    if sys.platform != "linux" or os.geteuid() != 0:
        return False
    return shutil.which("apt-get") is not None


def advice() -> str:
    """What to install on this system, in Japanese and English."""
    if sys.platform == "darwin":
        do = "brew install --cask google-chrome"
    elif sys.platform == "win32":
        do = "winget install Google.Chrome"
    elif shutil.which("dnf"):
        do = "sudo dnf install chromium google-noto-sans-cjk-fonts poppler-utils"
    else:
        do = f"sudo apt-get update && sudo apt-get install -y {' '.join(packages())}"
    ja, en = "", ""
    if _system() == "ubuntu":
        # Its package is a snap, which does not run in most containers.
        ja, en = "（または Google Chrome の .deb）", " (or the .deb of Google Chrome)"
    return (
        f"ブラウザーのテストには Chromium が要ります。次のように入れてください: {do}{ja}\n"
        f"The browser tests need Chromium. Install it with: {do}{en}"
    )
