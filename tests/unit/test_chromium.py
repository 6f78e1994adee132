"""Finding Chromium, and saying what to install."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from hayami import chromium


@pytest.fixture
def nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system without any Chromium."""
    monkeypatch.delenv("HAYAMI_CHROMIUM", raising=False)
    monkeypatch.setattr("hayami.chromium.shutil.which", lambda name: None)
    monkeypatch.setattr(chromium, "_places", lambda: iter(()))


def test_the_named_one_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = tmp_path / "my chromium"
    mine.write_bytes(b"")
    monkeypatch.setenv("HAYAMI_CHROMIUM", str(mine))
    assert chromium.find() == mine


@pytest.mark.usefixtures("nothing")
@pytest.mark.parametrize(
    ("system", "advice"), [("linux", "apt-get install -y chromium"), ("darwin", "brew"), ("win32", "winget")]
)
def test_what_to_install_is_said_in_both_languages(
    monkeypatch: pytest.MonkeyPatch, system: str, advice: str
) -> None:
    monkeypatch.setattr("hayami.chromium.sys.platform", system)
    with pytest.raises(chromium.NotFound, match=advice) as caught:
        chromium.find()
    ja, en = str(caught.value).split("\n")
    assert "Chromium が要ります" in ja
    assert "need Chromium" in en


@pytest.mark.usefixtures("nothing")
def test_without_root_nothing_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "_may_install", lambda: False)
    monkeypatch.setattr("hayami.chromium.subprocess.run", lambda *_, **__: pytest.fail("ran"))
    with pytest.raises(chromium.NotFound):
        chromium.ensure()


def test_as_root_the_packages_are_installed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ran: list[list[str]] = []
    there = tmp_path / "chromium"

    def run(command: list[str], **_: Any) -> SimpleNamespace:
        ran.append(command)
        if "install" in command:
            there.write_bytes(b"")
        return SimpleNamespace(returncode=0, stderr=b"")

    monkeypatch.setattr(chromium, "_places", lambda: iter([there]))
    monkeypatch.setattr(chromium, "_may_install", lambda: True)
    monkeypatch.setattr("hayami.chromium.subprocess.run", run)
    assert chromium.ensure() == there
    assert [command[1] for command in ran] == ["update", "install"]
    assert set(chromium.PACKAGES) <= set(ran[1])


def test_a_failing_install_ends_with_the_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, 100, b"", b"no network")

    monkeypatch.setattr(chromium, "_places", lambda: iter(()))
    monkeypatch.setattr(chromium, "_may_install", lambda: True)
    monkeypatch.setattr("hayami.chromium.subprocess.run", run)
    with pytest.raises(chromium.NotFound):
        chromium.ensure()
