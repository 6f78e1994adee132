"""Swapping folders: both ways, at every point of failure."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hayami import exchange
from hayami.exchange import MARKER, MARKER_BYTES

EXCHANGES = sys.platform in ("linux", "darwin")


def make_site(folder: Path, text: str) -> Path:
    (folder / "a").mkdir(parents=True)
    (folder / MARKER).write_bytes(MARKER_BYTES)
    (folder / "index.html").write_text(text)
    (folder / "a" / "page.html").write_text(text)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    found = {}
    for path in sorted(folder.rglob("*")):
        found[path.relative_to(folder).as_posix()] = path.read_bytes() if path.is_file() else b"folder"
    return found


def beside(out: Path) -> list[str]:
    return sorted(path.name for path in out.parent.iterdir())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return make_site(tmp_path / "site", "old")


@pytest.fixture
def staging(out: Path) -> Path:
    return make_site(exchange.staging_for(out), "new")


def failing_rename(fail_at: int, error: type[BaseException]) -> Callable[[Path, Path], None]:
    calls = 0

    def rename(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == fail_at:
            raise error("stopped here")
        os.rename(source, target)

    return rename


@pytest.mark.parametrize("atomic", [True, False])
def test_the_new_folder_takes_the_place(out: Path, staging: Path, atomic: bool) -> None:
    old, new = tree(out), tree(staging)

    at_once = exchange.put_in_place(staging, out, atomic=atomic)

    assert at_once is (atomic and EXCHANGES)
    assert tree(out) == new
    assert tree(staging) == old
    assert beside(out) == [staging.name, "site"]


def test_this_system_exchanges_in_one_call(out: Path, staging: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if EXCHANGES:
        monkeypatch.setattr(exchange, "_rename", failing_rename(1, AssertionError))
    assert exchange.put_in_place(staging, out) is EXCHANGES


@pytest.mark.parametrize("atomic", [True, False])
def test_a_missing_output_needs_one_rename(out: Path, staging: Path, atomic: bool) -> None:
    exchange.discard(out)
    assert exchange.put_in_place(staging, out, atomic=atomic)
    assert (out / "index.html").read_text() == "new"
    assert beside(out) == ["site"]


@pytest.mark.parametrize("atomic", [True, False])
def test_an_empty_output_is_replaced(out: Path, staging: Path, atomic: bool) -> None:
    exchange.discard(out)
    out.mkdir()
    exchange.put_in_place(staging, out, atomic=atomic)
    exchange.discard(staging)
    assert (out / "index.html").read_text() == "new"
    assert beside(out) == ["site"]


@pytest.mark.parametrize("error", [OSError, KeyboardInterrupt])
@pytest.mark.parametrize("fail_at", [1, 2])
def test_a_failed_rename_leaves_the_old_site(
    out: Path, staging: Path, fail_at: int, error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tree(out)
    monkeypatch.setattr(exchange, "_rename", failing_rename(fail_at, error))
    with pytest.raises(error, match="stopped here"):
        exchange.put_in_place(staging, out, atomic=False)
    assert tree(out) == before
    assert beside(out) == [staging.name, "site"]


def test_a_failed_rename_leaves_an_empty_output(
    out: Path, staging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange.discard(out)
    out.mkdir()
    monkeypatch.setattr(exchange, "_rename", failing_rename(1, OSError))
    with pytest.raises(OSError, match="stopped here"):
        exchange.put_in_place(staging, out, atomic=False)
    assert list(out.iterdir()) == []


def test_an_old_site_that_cannot_be_retired_is_left_to_the_next_start(
    out: Path, staging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(exchange, "_rename", failing_rename(3, PermissionError))
        assert not exchange.put_in_place(staging, out, atomic=False)
    assert (out / "index.html").read_text() == "new"
    assert len(exchange.leftovers(out, "old")) == 1

    assert exchange.recover(out)
    assert (out / "index.html").read_text() == "new"
    assert beside(out) == ["site"]


@pytest.mark.skipif(not EXCHANGES, reason="there is no call to fail")
@pytest.mark.parametrize("code", [errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM])
def test_a_refused_exchange_falls_back(
    out: Path, staging: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_libc(monkeypatch, code)
    assert not exchange.put_in_place(staging, out)
    assert (out / "index.html").read_text() == "new"


@pytest.mark.skipif(not EXCHANGES, reason="there is no call to fail")
def test_another_error_of_the_exchange_is_raised(
    out: Path, staging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_libc(monkeypatch, errno.EIO)
    with pytest.raises(OSError) as raised:
        exchange.put_in_place(staging, out)
    assert raised.value.errno == errno.EIO
    assert raised.value.filename2 == str(out)
    assert (out / "index.html").read_text() == "old"


@pytest.mark.skipif(not EXCHANGES, reason="there is no call to miss")
def test_a_c_library_without_the_call_falls_back(
    out: Path, staging: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: object())
    assert not exchange.put_in_place(staging, out)
    assert (out / "index.html").read_text() == "new"


def fake_libc(monkeypatch: pytest.MonkeyPatch, code: int) -> None:
    class Function:
        argtypes: tuple[object, ...] = ()

        def __call__(self, *_: object) -> int:
            ctypes.set_errno(code)
            return -1

    class Library:
        renameat2 = renamex_np = Function()

    monkeypatch.setattr("ctypes.CDLL", lambda *_, **__: Library())


def test_recover_puts_a_missing_site_back(out: Path, staging: Path) -> None:
    before = tree(out)
    out.rename(out.with_name(".site.old-00c0ffee"))
    assert exchange.recover(out)
    assert tree(out) == before
    assert beside(out) == ["site"]
    assert not exchange.recover(out)


def test_recover_puts_the_site_back_over_an_empty_folder(out: Path) -> None:
    before = tree(out)
    out.rename(out.with_name(".site.old-00c0ffee"))
    out.mkdir()
    assert exchange.recover(out)
    assert tree(out) == before


def test_recover_never_takes_a_half_deleted_site_for_a_whole_one(out: Path, staging: Path) -> None:
    (out / "index.html").unlink()
    (out / "a" / "page.html").unlink()
    exchange.put_in_place(staging, out, atomic=False)
    exchange.discard(out)  # the reader deletes the new site by hand
    assert exchange.recover(out)
    assert not out.exists()


def test_recover_renames_an_old_site_before_deleting_it(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(path)

    make_site(out.with_name(".site.old-00c0ffee"), "older")
    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", refuse)  # as if killed there
        exchange.recover(out)
    exchange.discard(out)
    assert exchange.recover(out)
    assert not out.exists(), "what was half deleted must not come back"


def test_recover_deletes_an_old_site_once_the_new_one_is_there(out: Path) -> None:
    make_site(out.with_name(".site.old-00c0ffee"), "older")
    assert exchange.recover(out)
    assert (out / "index.html").read_text() == "old"
    assert beside(out) == ["site"]


def test_recover_takes_the_newest_of_two_old_sites(out: Path) -> None:
    make_site(out.with_name(".site.old-00000002"), "older").rename(out.with_name(".site.old-ffffffff"))
    wait_for_a_later_time_of_change(out.parent)
    out.rename(out.with_name(".site.old-00000001"))
    assert exchange.recover(out)
    assert (out / "index.html").read_text() == "old"
    assert beside(out) == ["site"]


def wait_for_a_later_time_of_change(folder: Path) -> None:
    """File systems count time in ticks of some milliseconds."""
    probe = folder / "probe"
    probe.touch()
    first = probe.stat().st_ctime_ns
    while probe.exists():
        probe.unlink()
        probe.touch()
        if probe.stat().st_ctime_ns > first:
            probe.unlink()


@pytest.mark.parametrize(
    "inside", [{}, {MARKER: b""}, {MARKER: b"haya"}, {MARKER: MARKER_BYTES, "x": b"half"}]
)
def test_recover_deletes_what_a_kill_left_of_a_staging_folder(out: Path, inside: dict[str, bytes]) -> None:
    stale = out.with_name(".site.staging-00c0ffee")
    stale.mkdir()
    for name, content in inside.items():
        (stale / name).write_bytes(content)
    assert exchange.recover(out)
    assert beside(out) == ["site"]


FOREIGN = [
    ".site.staging-00c0ffee",  # our name, but not our marker
    ".site.old-00c0ffee",
    ".site.staging-c0ffee",
    ".site.staging-00C0FFEE",
    ".site.staging-00c0ffee.bak",
    "site.staging-00c0ffee",
    ".other.staging-00c0ffee",
]


@pytest.mark.parametrize("missing", [True, False])
@pytest.mark.parametrize("name", FOREIGN)
def test_recover_leaves_foreign_folders_alone(out: Path, name: str, missing: bool) -> None:
    foreign = make_site(out.with_name(name), "theirs")
    if name in FOREIGN[:2]:
        (foreign / MARKER).write_text("something else\n")
    if missing:
        exchange.discard(out)
    before = tree(out.parent)
    assert not exchange.recover(out)
    assert tree(out.parent) == before


@pytest.mark.parametrize("kind", ["staging", "old"])
def test_recover_follows_no_link(out: Path, kind: str, tmp_path: Path) -> None:
    elsewhere = make_site(tmp_path / "elsewhere", "theirs")
    out.with_name(f".site.{kind}-00c0ffee").symlink_to(elsewhere, target_is_directory=True)
    assert not exchange.recover(out)
    assert (elsewhere / "index.html").read_text() == "theirs"


def test_recover_leaves_an_old_site_alone_when_the_output_is_not_ours(out: Path) -> None:
    before = tree(out)
    old = out.with_name(".site.old-00c0ffee")
    out.rename(old)
    out.write_text("a file of the editor")
    assert not exchange.recover(out)
    assert tree(old) == before


def test_deleting_follows_no_link(out: Path, staging: Path, tmp_path: Path) -> None:
    elsewhere = make_site(tmp_path / "elsewhere", "theirs")
    (staging / "link").symlink_to(elsewhere, target_is_directory=True)
    assert exchange.discard(staging)
    assert (elsewhere / "index.html").read_text() == "theirs"


def test_the_marker_is_deleted_last(staging: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(path)

    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", refuse)
        assert not exchange.discard(staging)
    assert exchange.is_ours(staging)
    assert exchange.discard(staging)


def test_the_lock_is_held_once_and_freed(out: Path) -> None:
    with exchange.locked(out):
        with pytest.raises(BlockingIOError), exchange.locked(out):
            pass
        with exchange.locked(out.with_name("other")):
            pass
    with exchange.locked(out):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no flag against links")
def test_the_lock_follows_no_link(out: Path, tmp_path: Path) -> None:
    out.with_name(".site.lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError), exchange.locked(out):
        pass
    assert not (tmp_path / "elsewhere").exists()
