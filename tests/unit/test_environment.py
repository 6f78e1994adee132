"""Finding and making the environment, without a network."""

from __future__ import annotations

import ast
import errno
import importlib.util
import json
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from hayami import environment, installation, locks
from hayami.environment import PROJECT
from hayami.installation import STAMP, Unable


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in a folder with spaces and Japanese characters, whose locks ask for nothing."""
    root = tmp_path / "早見表 の 写し"
    root.mkdir()
    for lock in locks.LOCKS.values():
        (root / lock).write_text("# nothing\n", encoding="utf-8")
    return root


def _fake_install(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Commands that would have run; ``venv`` makes a folder with a Python in it."""
    ran: list[list[str]] = []

    def run(command: list[str], ja: str, en: str) -> None:
        ran.append(command)
        if "venv" in command:
            python = installation.python_of(Path(command[-1]))
            python.parent.mkdir(parents=True)
            python.write_bytes(b"")

    monkeypatch.setattr(installation, "_run", run)
    return ran


def test_an_environment_is_made_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = _fake_install(monkeypatch)
    first = installation.prepared(project, "build")
    assert first == installation.python_of(project / ".venv")
    assert len(ran) == 2
    assert ran[1][-1] == str(project / "requirements.lock")
    assert "--require-hashes" in ran[1]
    assert ":all:" in ran[1]
    assert installation.prepared(project, "build") == first
    assert len(ran) == 2


def test_one_for_the_tests_serves_the_other_commands(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = _fake_install(monkeypatch)
    installation.prepared(project, "test")
    installation.prepared(project, "build")
    assert len(ran) == 2


def test_one_for_building_is_added_to_for_the_tests(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A preview may be running in it: it is not taken away."""
    ran = _fake_install(monkeypatch)
    installation.prepared(project, "build")
    left = project / ".venv" / "in-use"
    left.write_bytes(b"")
    installation.prepared(project, "test")
    assert ["venv" in command for command in ran] == [True, False, False]
    assert ran[-1][-1] == str(project / "requirements-test.lock")
    assert left.exists()
    assert installation.is_ready(project, project / ".venv", "test")
    assert installation.is_ready(project, project / ".venv", "build")


def test_one_for_links_serves_a_build_and_is_added_to(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = _fake_install(monkeypatch)
    installation.prepared(project, "build")
    installation.prepared(project, "links")
    installation.prepared(project, "build")
    assert [command[-1] for command in ran[1:]] == [
        str(project / "requirements.lock"),
        str(project / "requirements-links.lock"),
    ]
    installation.prepared(project, "test")
    installation.prepared(project, "links")
    installation.prepared(project, "build")
    assert ["venv" in command for command in ran] == [True, False, False, False]


@pytest.mark.parametrize(
    ("command", "need"),
    [
        ([], "build"),
        (["check"], "build"),
        (["links", "--state", "x"], "links"),
        (["links", "--help"], "build"),
        (["test", "-q"], "test"),
        (["search-eval"], "test"),
        (["pictures", "-h"], "build"),
    ],
)
def test_a_command_gets_what_it_needs_and_no_more(command: list[str], need: str) -> None:
    assert environment._need(command) == need


def _half_made(project: Path) -> None:
    (project / ".venv" / STAMP).unlink()


def _outdated(project: Path) -> None:
    (project / "requirements.lock").write_text("# changed\n", encoding="utf-8")


def _other_python(project: Path) -> None:
    path = project / ".venv" / STAMP
    path.write_text(path.read_text().replace('"python": "3', '"python": "2'), encoding="utf-8")


def _gone_python(project: Path) -> None:
    installation.python_of(project / ".venv").unlink()


def _spoilt_stamp(project: Path) -> None:
    (project / ".venv" / STAMP).write_text("{", encoding="utf-8")


def _foreign_stamp(project: Path) -> None:
    (project / ".venv" / STAMP).write_bytes(b"\xff[]")


@pytest.mark.parametrize(
    "spoil", [_half_made, _outdated, _other_python, _gone_python, _spoilt_stamp, _foreign_stamp]
)
def test_an_unfit_environment_is_made_anew(
    project: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[Path], None]
) -> None:
    ran = _fake_install(monkeypatch)
    installation.prepared(project, "build")
    left = project / ".venv" / "left-over"
    left.write_bytes(b"")
    spoil(project)
    installation.prepared(project, "build")
    assert len(ran) == 4
    assert not left.exists()


def test_a_moved_environment_is_made_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = _fake_install(monkeypatch)
    installation.prepared(project, "build")
    moved = project.with_name("moved")
    project.rename(moved)
    installation.prepared(moved, "build")
    assert len(ran) == 4


def test_a_failed_install_leaves_no_stamp(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(command: list[str], ja: str, en: str) -> None:
        if "pip" in command:
            raise Unable(ja, en)
        Path(command[-1]).mkdir(parents=True)

    monkeypatch.setattr(installation, "_run", fail)
    with pytest.raises(Unable, match="network"):
        installation.prepared(project, "build")
    assert not installation.is_ready(project, project / ".venv", "build")


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_module_is_named(project: Path, monkeypatch: pytest.MonkeyPatch, module: str) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr(
        "hayami.installation.importlib.util.find_spec", lambda name: None if name == module else found(name)
    )
    with pytest.raises(Unable, match="python3-venv"):
        installation.prepared(project, "build")


def test_what_pip_says_is_shown_only_when_it_fails(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lock = project / "requirements.lock"
    lock.write_text("no-such-package-here==1 --hash=sha256:" + "0" * 64 + "\n", encoding="utf-8")
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    with pytest.raises(Unable) as caught:
        installation.prepared(project, "build")
    assert "no-such-package-here" in caught.value.detail
    assert "WARNING" not in caught.value.detail
    assert str(caught.value).count("\n") == 1


def test_two_processes_at_once_make_one_environment(project: Path, tmp_path: Path) -> None:
    """A real one, offline, from an empty lock, in a folder whose files bear the names of Python's own modules."""
    (tmp_path / "argparse.py").write_text("raise SystemExit('not mine')", encoding="utf-8")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path\n"
        "from hayami import installation\n"
        "print(installation.prepared(Path(sys.argv[2]), 'build'))"
    )
    command = [sys.executable, "-P", "-c", code, str(PROJECT), str(project)]
    started = [
        subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, encoding="utf-8", errors="replace")
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[1] for process in started]
    assert [process.returncode for process in started] == [0, 0]
    assert sum("Preparing" in text for text in said) == 1
    assert installation.is_ready(project, project / ".venv", "build")
    python = installation.prepared(project, "build")
    done = subprocess.run(
        [python, "-c", "import sys; print(sys.prefix)"],
        cwd=tmp_path.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(done.stdout.strip()).resolve() == (project / ".venv").resolve()


def test_a_read_only_checkout_uses_the_cache(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.setattr(installation, "is_writable", lambda folder: folder != project)
    ran = _fake_install(monkeypatch)
    python = installation.prepared(project, "build")
    assert python.is_relative_to(tmp_path / "cache")
    assert not (project / ".venv").exists()
    installation.prepared(project, "build")
    assert len(ran) == 2


def test_whether_a_folder_can_be_written_to_is_tried(tmp_path: Path) -> None:
    assert installation.is_writable(tmp_path)
    assert not installation.is_writable(tmp_path / "missing")
    assert list(tmp_path.iterdir()) == []


def test_the_stamp_names_all_it_depends_on(project: Path) -> None:
    found = installation.stamp(project, project / ".venv", "build")
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
        ("platform_machine not in 'x86_64 AMD64'", False),
        ("python_full_version == '3.11.*'", True),
        ("python_full_version != '3.11.*'", False),
        ("python_full_version == '3.1.*'", False),
        ("python_version == '3.11.0'", True),
        ("python_full_version < '3.12'", True),
        ("'3.12' > python_version", True),
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
    assert locks.holds(marker, values) is expected


def test_what_runs_these_tests_has_the_pinned_versions() -> None:
    assert environment.fits_here("build")


@pytest.mark.parametrize("version", [(3, 10, 4), (3, 6, 0), (2, 7, 18)])
def test_an_old_python_is_told_what_is_needed(version: tuple[int, int, int]) -> None:
    code = (
        "import runpy, sys\n"
        f"sys.version_info = {version!r}\n"
        f"runpy.run_path({str(PROJECT / 'build.py')!r}, run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", code], capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    ja, en = done.stderr.splitlines()
    assert "Python 3.11 以上" in ja
    assert "Python 3.11 or newer" in en
    assert "Traceback" not in done.stderr


def test_build_py_is_readable_by_any_python() -> None:
    """What 2.7 needs: a declared encoding, text without ``u``, and none of the newer syntax."""
    source = (PROJECT / "build.py").read_text(encoding="utf-8")
    assert source.startswith("# -*- coding: utf-8 -*-")
    assert "from __future__ import unicode_literals" in source
    ast.parse(source, feature_version=(3, 7))
    tree = ast.parse(source)
    modern = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef, ast.FunctionDef)
    assert not [node for node in ast.walk(tree) if isinstance(node, modern)]


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
    """Nothing is written into the checkout, byte code included. A small catalogue is as good as a large one."""
    copy = tmp_path / "checkout"
    ignore = shutil.ignore_patterns(".*", "site", "__pycache__", "tests", "benchmarks", "content")
    shutil.copytree(PROJECT, copy, ignore=ignore)
    shutil.copytree(PROJECT / "tests" / "golden" / "content", copy / "content")
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
    # Whether the records are well is for others to say; here 1 is as good as 0.
    assert done.returncode in (0, 1), done.stderr
    assert sorted(path.relative_to(copy) for path in copy.rglob("*")) == before


def test_a_package_taken_away_is_noticed(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ran = _fake_install(monkeypatch)
    (project / "requirements.lock").write_text("some-thing==1.2 \\\n", encoding="utf-8")
    (project / "requirements-test.lock").write_text("some-thing==1.2 \\\nmore==3 \\\n", encoding="utf-8")
    installation.prepared(project, "build")
    version = f"python{sys.version_info[0]}.{sys.version_info[1]}"
    parts = ("Lib",) if os.name == "nt" else ("lib", version)
    there = (project / ".venv").joinpath(*parts, "site-packages", "Some_Thing-1.2.dist-info")
    there.mkdir(parents=True)
    assert installation.is_ready(project, project / ".venv", "build")
    there.rename(there.with_name("some_thing-1.3.dist-info"))
    assert not installation.is_ready(project, project / ".venv", "build")
    installation.prepared(project, "build")
    assert len(ran) == 4


def test_checkouts_with_the_same_locks_share_the_cache(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "is_writable", lambda folder: False)
    twin = project.with_name("twin")
    shutil.copytree(project, twin)
    assert installation.home_of(project, "build") == installation.home_of(twin, "build")
    (twin / "requirements.lock").write_text("# other\n", encoding="utf-8")
    assert installation.home_of(project, "build") != installation.home_of(twin, "build")


def test_a_folder_that_cannot_be_written_is_said(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file stands where the cache should be: not even root can make a folder there."""
    (tmp_path / "cache").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "cache"))
    monkeypatch.setattr(installation, "is_writable", lambda folder: False)
    with pytest.raises(Unable, match="could not be written") as caught:
        installation.prepared(project, "build")
    assert str(caught.value).count("\n") == 1


def test_a_link_in_place_of_the_environment_is_replaced(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it leads to belongs to somebody else and stays."""
    _fake_install(monkeypatch)
    elsewhere = project.with_name("elsewhere")
    elsewhere.mkdir()
    (elsewhere / "kept").write_bytes(b"")
    try:
        (project / ".venv").symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        (project / ".venv").write_bytes(b"")  # Windows without the right to make links
    installation.prepared(project, "build")
    assert not (project / ".venv").is_symlink()
    assert (elsewhere / "kept").exists()


def test_a_python_newer_than_the_locks_is_named(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "_NEWEST", (3, 10))
    _, en = installation._install_advice()
    assert "3.11 to 3.13" in en


def test_a_file_system_without_locks_is_no_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installation, "_seize", _raising(errno.ENOLCK))
    with installation._alone(tmp_path / "lock"):
        pass
    monkeypatch.setattr(installation, "_seize", _raising(errno.EAGAIN))
    with pytest.raises(Unable, match="Another run"), installation._alone(tmp_path / "lock", patience=0.1):
        pytest.fail("two at once")


@pytest.mark.skipif("sys.platform == 'win32'", reason="there a lock ends with the process that took it")
def test_the_lock_outlives_a_killed_run_while_pip_goes_on(tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(PROJECT)!r})\n"
        "from pathlib import Path\n"
        "from hayami import installation\n"
        "with installation._alone(Path(sys.argv[1])):\n"
        "    installation._run([sys.executable, '-c', sys.argv[2]], '', '')"
    )
    started = tmp_path / "started"
    pip = f"import pathlib, time; pathlib.Path({str(started)!r}).touch(); time.sleep(3)"
    process = subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "lock"), pip])
    deadline = time.monotonic() + 20
    while not started.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.wait()
    with pytest.raises(Unable), installation._alone(tmp_path / "lock", patience=0.1):
        pytest.fail("two at once")
    with installation._alone(tmp_path / "lock", patience=20):
        pass


def _raising(number: int) -> Callable[[int], None]:
    def fail(descriptor: int) -> None:
        raise OSError(number, "no")

    return fail


@pytest.mark.parametrize(
    ("argv", "need"),
    [
        ([], "build"),
        (["check"], "build"),
        (["test"], "test"),
        (["test", "tests/unit", "-k", "money"], "test"),
        (["test", "--help"], "build"),
        (["book"], "book"),
        (["build", "--with-pdf", "--out", "x"], "book"),
        (["--with-pdf"], "book"),
        (["book", "--help"], "build"),
        (["new", "programme", "test"], "build"),
    ],
)
def test_what_a_command_needs(argv: list[str], need: str) -> None:
    assert environment._need(argv) == need


def _main_in_another_python(monkeypatch: pytest.MonkeyPatch, argv: list[str]) -> int:
    """Run a command as if what runs the tests did not fit, while it does."""
    monkeypatch.setattr(environment, "fits_here", lambda need: False)
    monkeypatch.setattr(environment, "prepared", lambda project, need: Path(sys.executable))
    before = signal.getsignal(signal.SIGTERM)
    try:
        return environment.main(argv)
    finally:
        signal.signal(signal.SIGTERM, before)


def test_the_exit_status_comes_from_the_other_python(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert _main_in_another_python(monkeypatch, ["--version"]) == 0
    assert capfd.readouterr().out.startswith("hayami ")
    assert _main_in_another_python(monkeypatch, ["build", "--no-such-option"]) == 2


def test_files_where_one_happens_to_be_are_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    for folder in (tmp_path / "here", tmp_path / "path"):
        folder.mkdir()
        (folder / "argparse.py").write_text("raise SystemExit('not mine')", encoding="utf-8")
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path / "path"))
    assert _main_in_another_python(monkeypatch, ["--version"]) == 0, capfd.readouterr()


_SLOW_CHILD = """\
import sys, time
try:
    print("up", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    time.sleep(0.6)  # as a build that puts things in order first
    print("ended well", flush=True)
    sys.exit(7)
"""


@pytest.mark.skipif("sys.platform == 'win32'", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "status", "said"), [(2, 7, "ended well"), (15, 143, "")])
def test_a_signal_reaches_the_other_python(number: int, status: int, said: str) -> None:
    """Ctrl-C goes to all in the terminal, and we wait; SIGTERM comes to us alone, and we hand it on."""
    code = (
        f"import sys; sys.path.insert(0, {str(PROJECT)!r})\n"
        "from pathlib import Path\n"
        "from hayami import environment\n"
        f"environment._CHILD = {_SLOW_CHILD!r}\n"
        "environment.fits_here = lambda need: False\n"
        "environment.prepared = lambda project, need: Path(sys.executable)\n"
        "sys.exit(environment.main([]))"
    )
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "up\n"
        if number == signal.SIGINT:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
        rest, _ = process.communicate(timeout=30)
    assert process.returncode == status
    assert rest.strip() == said


def test_what_went_wrong_is_said_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(project: Path, need: str) -> Path:
        raise Unable("日本語", "English", "from pip")

    monkeypatch.setattr(environment, "fits_here", lambda need: False)
    monkeypatch.setattr(environment, "prepared", fail)
    assert environment.main([]) == 2
    assert capsys.readouterr().err == "日本語\nEnglish\nfrom pip\n"


@pytest.mark.parametrize("encoding", ["cp932", "ascii"])
def test_no_terminal_is_too_poor(encoding: str, tmp_path: Path) -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(PROJECT)!r})\n"
        "from hayami import environment, installation\n"
        "def fail(project, need): raise installation.Unable('早見表 … 𠮷 é', 'x')\n"
        "environment.fits_here = lambda need: False\n"
        "environment.prepared = fail\n"
        "sys.exit(environment.main([]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
