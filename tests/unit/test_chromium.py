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


def _program(path: Path, status: int = 0) -> Path:
    path.write_text(f"#!/bin/sh\nexit {status}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def test_the_named_one_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = _program(tmp_path / "my chromium")
    monkeypatch.setattr(chromium, "_places", lambda: iter([_program(tmp_path / "other")]))
    monkeypatch.setenv("HAYAMI_CHROMIUM", str(mine))
    assert chromium.find() == mine


def test_a_wrong_name_is_said_and_not_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(chromium, "_places", lambda: iter([_program(tmp_path / "other")]))
    monkeypatch.setattr("hayami.chromium.subprocess.run", lambda *_, **__: pytest.fail("ran"))
    monkeypatch.setenv("HAYAMI_CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(chromium.NotFound, match="HAYAMI_CHROMIUM"):
        chromium.ensure()


@pytest.mark.skipif("sys.platform == 'win32'", reason="there a browser is not run to ask for its version")
def test_one_that_does_not_run_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Ubuntu ``chromium-browser`` may only say that the snap is missing."""
    monkeypatch.delenv("HAYAMI_CHROMIUM", raising=False)
    stub, good = _program(tmp_path / "chromium-browser", 1), _program(tmp_path / "google-chrome")
    monkeypatch.setattr(chromium, "_places", lambda: iter([tmp_path / "none", stub, good]))
    assert chromium.find() == good


@pytest.mark.parametrize(("system", "package"), [("ubuntu", "chromium-browser"), ("debian", "chromium")])
def test_the_package_has_the_name_of_the_system(
    monkeypatch: pytest.MonkeyPatch, system: str, package: str
) -> None:
    monkeypatch.setattr(chromium, "_system", lambda: system)
    assert chromium.packages()[0] == package


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
    monkeypatch.delenv("HAYAMI_CHROMIUM", raising=False)

    def run(command: list[str], **_: Any) -> SimpleNamespace:
        ran.append(command)
        if "install" in command:
            there.write_bytes(b"")
        return SimpleNamespace(returncode=0, stdout=b"", stderr=b"")

    monkeypatch.setattr(chromium, "_places", lambda: iter([there]))
    monkeypatch.setattr(chromium, "_may_install", lambda: True)
    monkeypatch.setattr("hayami.chromium.subprocess.run", run)
    assert chromium.ensure() == there
    assert [command[1] for command in ran[:2]] == ["update", "install"]
    assert set(chromium.packages()) <= set(ran[1])


def test_a_failing_install_ends_with_the_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command: list[str], **_: Any) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, 100, b"", b"no network")

    monkeypatch.delenv("HAYAMI_CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "_places", lambda: iter(()))
    monkeypatch.setattr(chromium, "_may_install", lambda: True)
    monkeypatch.setattr("hayami.chromium.subprocess.run", run)
    with pytest.raises(chromium.NotFound, match="no network"):
        chromium.ensure()
