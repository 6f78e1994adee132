"""Finding and making the environment, without a network."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hayami import environment
from hayami.environment import STAMP, Unable

PROJECT = environment.PROJECT


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in a folder with spaces and Japanese characters, whose locks ask for nothing."""
    root = tmp_path / "早見表 の 写し"
    root.mkdir()
    for lock in environment.LOCKS.values():
        (root / lock).write_text("# nothing\n", encoding="utf-8")
    return root


def _fake_install(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Commands that would have run; ``venv`` makes a folder with a Python in it."""
    ran: list[list[str]] = []

    def run(command: list[str], ja: str, en: str) -> None:
        ran.append(command)
        if "venv" in command:
            python = environment.python_of(Path(command[-1]))
            python.parent.mkdir(parents=True)
            python.write_bytes(b"")

    monkeypatch.setattr(environment, "_run", run)
    return ran


def test_an_environment_is_made_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = _fake_install(monkeypatch)
    first = environment.prepared(project, "build")
    assert first == environment.python_of(project / ".venv")
    assert len(ran) == 2
    assert ran[1][-1] == str(project / "requirements.lock")
    assert "--require-hashes" in ran[1]
    assert ":all:" in ran[1]
    assert environment.prepared(project, "build") == first
    assert len(ran) == 2


def test_one_for_the_tests_serves_the_other_commands(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = _fake_install(monkeypatch)
    environment.prepared(project, "test")
    environment.prepared(project, "build")
    assert len(ran) == 2


def test_one_without_the_tests_is_made_anew_for_them(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = _fake_install(monkeypatch)
    environment.prepared(project, "build")
    environment.prepared(project, "test")
    assert len(ran) == 4


def _half_made(project: Path) -> None:
    (project / ".venv" / STAMP).unlink()


def _outdated(project: Path) -> None:
    (project / "requirements.lock").write_text("# changed\n", encoding="utf-8")


def _other_python(project: Path) -> None:
    path = project / ".venv" / STAMP
    path.write_text(path.read_text().replace('"python": "3', '"python": "2'), encoding="utf-8")


def _gone_python(project: Path) -> None:
    environment.python_of(project / ".venv").unlink()


def _spoilt_stamp(project: Path) -> None:
    (project / ".venv" / STAMP).write_text("{", encoding="utf-8")


@pytest.mark.parametrize("spoil", [_half_made, _outdated, _other_python, _gone_python, _spoilt_stamp])
def test_an_unfit_environment_is_made_anew(
    project: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], None]
) -> None:
    ran = _fake_install(monkeypatch)
    environment.prepared(project, "build")
    left = project / ".venv" / "left-over"
    left.write_bytes(b"")
    spoil(project)
    environment.prepared(project, "build")
    assert len(ran) == 4
    assert not left.exists()


def test_a_moved_environment_is_made_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = _fake_install(monkeypatch)
    environment.prepared(project, "build")
    moved = project.with_name("moved")
    project.rename(moved)
    environment.prepared(moved, "build")
    assert len(ran) == 4


def test_a_failed_install_leaves_no_stamp(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(command: list[str], ja: str, en: str) -> None:
        if "pip" in command:
            raise Unable(ja, en)
        Path(command[-1]).mkdir(parents=True)

    monkeypatch.setattr(environment, "_run", fail)
    with pytest.raises(Unable, match="network"):
        environment.prepared(project, "build")
    assert not environment.is_ready(project, project / ".venv", "build")


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_module_is_named(project: Path, monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        "hayami.environment.importlib.util.find_spec", lambda name: None if name == module else found(name)
    )
    with pytest.raises(Unable, match="python3-venv"):
        environment.prepared(project, "build")


def test_a_real_environment_is_made_offline_from_an_empty_lock(project: Path) -> None:
    python = environment.prepared(project, "build")
    done = subprocess.run(
        [python, "-c", "import sys; print(sys.prefix)"], capture_output=True, text=True, check=True
    )
    assert Path(done.stdout.strip()).resolve() == (project / ".venv").resolve()


def test_what_pip_says_is_shown_only_when_it_fails(project: Path) -> None:
    lock = project / "requirements.lock"
    lock.write_text("no-such-package-here==1 --hash=sha256:" + "0" * 64 + "\n", encoding="utf-8")
    os.environ["PIP_NO_INDEX"] = "1"
    try:
        with pytest.raises(Unable) as caught:
            environment.prepared(project, "build")
    finally:
        del os.environ["PIP_NO_INDEX"]
    assert "no-such-package-here" in caught.value.detail
    assert str(caught.value).count("\n") == 1


def test_two_processes_at_once_make_one_environment(project: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path\n"
        "from hayami import environment\n"
        "print(environment.prepared(Path(sys.argv[2]), 'build'))"
    )
    command = [sys.executable, "-c", code, str(PROJECT), str(project)]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=120)[0] for process in started]
    assert [process.returncode for process in started] == [0, 0]
    assert sum("Preparing" in text for text in said) == 1
    assert environment.is_ready(project, project / ".venv", "build")


def test_a_read_only_checkout_uses_the_cache(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.setattr(environment, "_writable", lambda folder: folder != project)
    ran = _fake_install(monkeypatch)
    python = environment.prepared(project, "build")
    assert python.is_relative_to(tmp_path / "cache")
    assert not (project / ".venv").exists()
    environment.prepared(project, "build")
    assert len(ran) == 2


def test_whether_a_folder_can_be_written_to_is_tried(tmp_path: Path) -> None:
    assert environment._writable(tmp_path)
    assert not environment._writable(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []


def test_the_stamp_names_all_it_depends_on(project: Path) -> None:
    found = environment.stamp(project, project / ".venv", "build")
    assert set(found) == {"lock", "digest", "python", "interpreter", "path"}
    json.dumps(found)


@pytest.mark.parametrize(
    ("marker", "expected"),
    [
        ("sys_platform == 'win32'", False),
        ("sys_platform != 'win32'", True),
        ("platform_python_implementation != 'PyPy'", True),
        ("python_full_version < '3.9'", False),
        ("python_full_version >= '3.10' and sys_platform == 'linux'", True),
        ("sys_platform == 'win32' or (os_name == 'posix' and python_version < '3.13')", True),
        ("platform_machine in 'x86_64 AMD64'", True),
    ],
)
def test_markers(marker: str, expected: bool) -> None:
    values = {
        "sys_platform": "linux",
        "os_name": "posix",
        "platform_python_implementation": "CPython",
        "python_full_version": "3.11.7",
        "python_version": "3.11",
        "platform_machine": "x86_64",
    }
    assert environment.holds(marker, values) is expected


def test_what_runs_these_tests_has_the_pinned_versions() -> None:
    assert environment.fits_here("build")


@pytest.mark.parametrize("version", [(3, 10, 4), (3, 6, 0), (2, 7, 18)])
def test_an_old_python_is_told_what_is_needed(version: tuple[int, int, int]) -> None:
    code = (
        "import runpy, sys\n"
        f"sys.version_info = {version!r}\n"
        f"runpy.run_path({str(PROJECT / 'build.py')!r}, run_name='__main__')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "Python 3.11" in done.stderr
    assert "Traceback" not in done.stderr


def test_build_py_is_readable_by_any_python() -> None:
    source = (PROJECT / "build.py").read_text(encoding="utf-8")
    assert source.isascii()
    for modern in ('f"', "f'", ":=", "->", "match "):
        assert modern not in source.split('"""')[2]


def test_it_works_from_any_folder(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(PROJECT / "build.py"), "--version"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("hayami ")


def test_a_read_only_checkout_can_be_checked(tmp_path: Path) -> None:
    """Nothing is written into the checkout, byte code included."""
    copy = tmp_path / "checkout"
    ignore = shutil.ignore_patterns(".*", "site", "__pycache__", "tests", "benchmarks")
    shutil.copytree(PROJECT, copy, ignore=ignore)
    before = sorted(path.relative_to(copy) for path in copy.rglob("*"))
    for path in (copy, *copy.rglob("*")):
        path.chmod(path.stat().st_mode & ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH))
    try:
        done = subprocess.run(
            [sys.executable, "-B", str(copy / "build.py"), "check"],
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )
    finally:
        for path in (copy, *copy.rglob("*")):
            path.chmod(path.stat().st_mode | stat.S_IWUSR)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr
    assert sorted(path.relative_to(copy) for path in copy.rglob("*")) == before
