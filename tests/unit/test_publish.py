"""The output folder as a transaction: what is written, what is refused, what stays after an error."""

from __future__ import annotations

import ntpath
import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path, PureWindowsPath

if sys.platform != "win32":
    import resource

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hayami import exchange
from hayami import publish as module
from hayami.publish import MARKER, OutputRefused, check_output, check_paths, publish, recover

ROOT = Path(__file__).parents[2]
A = {"index.html": b"A", "ja/programmes/x/index.html": b"A" * 5000, "same.css": b"same", ".nojekyll": b""}
B = {"index.html": b"B", "en/programmes/y/index.html": b"B" * 5000, "same.css": b"same"}
both_ways = pytest.mark.parametrize("atomic", [True, False])


def tree(folder: Path) -> dict[str, bytes | None]:
    """Everything below a folder; a folder is None."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
    }


def site(folder: Path) -> dict[str, bytes | None]:
    """The files below a folder, without the marker."""
    files = {path: content for path, content in tree(folder).items() if content is not None}
    assert files.pop(MARKER).startswith(b"hayami-site ")
    return dict(files)


def beside(out: Path) -> list[str]:
    return sorted(path.name for path in out.parent.iterdir())


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "site"


@both_ways
def test_each_publish_replaces_the_whole_site(out: Path, atomic: bool) -> None:
    for files in (A, B, A):
        published = publish(files, out, atomic=atomic)
        assert site(out) == files
        assert published.changed
        assert (published.out, published.files) == (out, len(files))
        assert published.bytes == sum(map(len, files.values()))
        assert beside(out) == [".site.lock", "site"]
    assert not (out / "en").exists()


def test_it_says_whether_the_swap_was_atomic(out: Path) -> None:
    assert publish(A, out).atomic
    assert publish(B, out).atomic is (sys.platform in ("linux", "darwin"))
    assert not publish(A, out, atomic=False).atomic


@both_ways
def test_the_same_files_again_write_nothing(out: Path, atomic: bool) -> None:
    publish(A, out, atomic=atomic)
    before = out.stat()
    published = publish(dict(reversed(A.items())), out, atomic=atomic)
    assert not published.changed
    assert (published.files, published.atomic) == (len(A), True)
    assert (out.stat().st_ino, out.stat().st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def link_to_an_equal_file(out: Path) -> None:
    (out / "index.html").rename(out.parent / "elsewhere")
    (out / "index.html").symlink_to(out.parent / "elsewhere")


TAMPERING: dict[str, Callable[[Path], object]] = {
    "other bytes of the same length": lambda out: (out / "index.html").write_bytes(b"X"),
    "an emptied file": lambda out: (out / "index.html").write_bytes(b""),
    "a missing file": lambda out: (out / "index.html").unlink(),
    "a file too many": lambda out: (out / "ja" / "extra.html").write_bytes(b""),
    "an empty folder": lambda out: (out / "ja" / "extra").mkdir(),
    "a missing folder": lambda out: (out / "ja").rename(out / "en"),
    "a link to an equal file": link_to_an_equal_file,
}


@pytest.mark.parametrize("kind", TAMPERING)
def test_the_next_build_repairs_the_site(out: Path, kind: str) -> None:
    publish(A, out)
    whole = tree(out)
    TAMPERING[kind](out)
    assert publish(A, out).changed
    assert tree(out) == whole
    assert not (out / "index.html").is_symlink()


@both_ways
def test_a_file_that_stays_the_same_keeps_its_time(out: Path, atomic: bool) -> None:
    publish(A, out, atomic=atomic)
    for path in ("same.css", "index.html"):
        os.utime(out / path, ns=(10**18, 10**18))
    publish(B, out, atomic=atomic)
    assert (out / "same.css").stat().st_mtime_ns == 10**18
    assert (out / "index.html").stat().st_mtime_ns != 10**18


def test_two_outputs_are_byte_equal(tmp_path: Path) -> None:
    publish(A, tmp_path / "one" / "site")
    publish(B, tmp_path / "two" / "another")
    publish(dict(reversed(A.items())), tmp_path / "two" / "another", atomic=False)
    assert tree(tmp_path / "one" / "site") == tree(tmp_path / "two" / "another")


def test_a_site_without_pages_can_be_published(out: Path) -> None:
    publish(A, out)
    publish({}, out)
    assert list(tree(out)) == [MARKER]


@both_ways
def test_an_empty_folder_is_accepted(out: Path, atomic: bool) -> None:
    out.mkdir()
    publish(A, out, atomic=atomic)
    assert site(out) == A


# Errors


@contextmanager
def full_disk() -> Iterator[None]:
    """No file may grow beyond 1,000 bytes."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such limit")
    else:
        limits = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, limits[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@both_ways
def test_a_full_disk_leaves_the_old_site(out: Path, atomic: bool) -> None:
    publish(A, out, atomic=atomic)
    before = tree(out.parent)
    with full_disk(), pytest.raises(OSError):
        publish(B, out, atomic=atomic)
    assert tree(out.parent) == before


def test_a_full_disk_leaves_nothing_where_nothing_was(out: Path) -> None:
    with full_disk(), pytest.raises(OSError):
        publish(B, out)
    assert beside(out) == [".site.lock"]


@both_ways
@pytest.mark.parametrize("error", [MemoryError, KeyboardInterrupt])
def test_an_interrupted_write_leaves_the_old_site(
    out: Path, atomic: bool, error: type[BaseException], monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(A, out, atomic=atomic)
    before = tree(out.parent)

    real_write = module._write

    def write(staging: Path, *rest: object) -> None:
        real_write(staging, *rest)  # type: ignore[arg-type]
        raise error

    monkeypatch.setattr(module, "_write", write)
    with pytest.raises(error):
        publish(B, out, atomic=atomic)
    assert tree(out.parent) == before


@pytest.mark.parametrize("fail_at", [1, 2, 3])
def test_each_rename_may_fail(out: Path, fail_at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(A, out)
    before = tree(out.parent)
    calls = 0

    def rename(source: Path, target: Path) -> None:
        nonlocal calls
        calls += 1
        if calls == fail_at:
            raise PermissionError("a virus scanner is reading")
        os.rename(source, target)

    monkeypatch.setattr(exchange, "_rename", rename)
    if fail_at < 3:
        with pytest.raises(PermissionError, match="virus"):
            publish(B, out, atomic=False)
        assert tree(out.parent) == before
    else:  # the new site is in place; only the former one could not be moved to be deleted
        assert publish(B, out, atomic=False).changed
        assert site(out) == B
        assert recover(out)
        assert beside(out) == [".site.lock", "site"]


def test_what_cannot_be_deleted_now_is_deleted_by_the_next_build(
    out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(path)

    publish(A, out)
    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", refuse)
        assert publish(B, out).changed
    assert site(out) == B
    assert len(beside(out)) == 3
    assert not publish(B, out).changed
    assert beside(out) == [".site.lock", "site"]


# Refusals


@contextmanager
def refused(code: str) -> Iterator[None]:
    with pytest.raises(OutputRefused) as raised:
        yield
    assert raised.value.code == code
    assert raised.value.values["path"] == str(raised.value.path)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "project" / "content" / "programmes").mkdir(parents=True)
    (tmp_path / "project" / "content" / "site.yaml").write_text("name: x")
    return tmp_path / "project"


@pytest.mark.parametrize(
    "where",
    [".", "..", "content", "content/", "content/programmes", "content/new", "content/../content", "site/..",
     "templates", "templates/x", "content/new/deep"],
)  # fmt: skip
def test_protected_folders_are_refused(project: Path, where: str) -> None:
    before = tree(project.parent)
    trees = [project / "content", project / "templates"]  # there is no such folder as templates yet
    with refused("out-protected"):
        publish(A, project / where, trees, [project])
    assert tree(project.parent) == before


def test_protection_sees_through_links_and_relative_paths(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.parent / "alias").symlink_to(project, target_is_directory=True)
    trees = [project.parent / "alias" / "content"]
    with refused("out-protected"):
        check_output(project / "content" / "new", trees)
    with refused("out-protected"):
        check_output(project.parent / "alias", trees)
    monkeypatch.chdir(project / "content")
    with refused("out-protected"):
        check_output(Path("new"), trees)
    monkeypatch.chdir(project)
    with refused("out-protected"):
        check_output(Path(), [], [project])
    check_output(Path("site"), trees, [project])


def test_the_output_may_lie_inside_a_root_or_beside_a_tree(project: Path) -> None:
    publish(A, project / "site", [project / "content"], [project])
    publish(A, project / "content-site", [project / "content"], [project])
    publish(A, project.parent / "out", [project / "content"], [project])


def test_the_root_of_the_disk_is_refused() -> None:
    with refused("out-protected"):
        check_output(Path("/"), [Path("content")])


def test_a_folder_of_someone_else_is_refused(out: Path) -> None:
    out.mkdir()
    (out / "thesis.txt").write_text("years of work")
    before = tree(out.parent)
    with refused("out-not-ours"):
        publish(A, out)
    assert tree(out.parent) == before


@pytest.mark.parametrize("marker", [b"", b"mine", b"hayami"])
def test_a_false_marker_does_not_open_the_door(out: Path, marker: bytes) -> None:
    out.mkdir()
    (out / MARKER).write_bytes(marker)
    (out / "thesis.txt").write_text("years of work")
    with refused("out-not-ours"):
        publish(A, out)


def test_a_branch_checked_out_into_the_output_is_refused(out: Path) -> None:
    publish(A, out)
    (out / ".git").write_text("gitdir: elsewhere")
    with refused("out-not-ours"):
        publish(B, out)
    assert (out / ".git").exists()


def test_a_file_is_refused(out: Path) -> None:
    out.write_text("a file")
    with refused("out-not-a-folder"):
        publish(A, out)
    assert out.read_text() == "a file"
    assert beside(out) == ["site"]


@pytest.mark.parametrize("target", ["ours", "empty", "missing"])
def test_a_link_is_refused(out: Path, target: str) -> None:
    publish(A, out.with_name("ours"))
    out.with_name("empty").mkdir()
    out.symlink_to(out.with_name(target), target_is_directory=True)
    with refused("out-not-a-folder"):
        publish(B, out)
    assert out.is_symlink()
    assert site(out.with_name("ours")) == A


def test_a_link_above_the_output_is_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "alias").symlink_to(tmp_path / "real", target_is_directory=True)
    publish(A, tmp_path / "alias" / "site")
    publish(B, tmp_path / "alias" / "site")
    assert beside(tmp_path / "real" / "site") == [".site.lock", "site"]


def test_checking_writes_nothing(tmp_path: Path) -> None:
    check_output(tmp_path / "new" / "site", [tmp_path / "content"])
    assert tree(tmp_path) == {}


def test_a_second_build_is_refused_while_one_is_at_work(out: Path) -> None:
    publish(A, out)
    with exchange.locked(out):
        with refused("out-busy"):
            publish(B, out)
        exchange.staging_for(out).mkdir()  # what the other build is writing
        with refused("out-busy"):
            recover(out)
    assert site(out) == A


def test_the_lock_holds_between_processes(out: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from hayami.exchange import locked\n"
        "with locked(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    publish(A, out)
    with subprocess.Popen(
        [sys.executable, "-c", script, str(out)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().startswith(b"held")
        with refused("out-busy"):
            publish(B, out)
        other.kill()  # and the lock is free, though nothing was tidied up
    assert publish(B, out).changed


def test_the_lock_is_held_while_leftovers_are_deleted(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held = []

    def discard(folder: Path) -> bool:
        try:
            with exchange.locked(out):
                held.append(False)
        except BlockingIOError:
            held.append(True)
        return real(folder)

    real = exchange.discard
    publish(A, out)
    exchange.staging_for(out).mkdir()
    monkeypatch.setattr(exchange, "discard", discard)
    publish(B, out)
    exchange.staging_for(out).mkdir()
    recover(out)
    assert held == [True] * 3


def test_recover_without_leftovers_writes_nothing(tmp_path: Path) -> None:
    assert not recover(tmp_path / "site")
    assert not recover(tmp_path / "missing" / "site")
    assert tree(tmp_path) == {}


def test_publish_recovers_first(out: Path) -> None:
    publish(A, out)
    out.rename(out.with_name(".site.old-00c0ffee"))
    exchange.staging_for(out).mkdir()
    assert not publish(A, out).changed, "the old site came back, and it was the wanted one"
    assert beside(out) == [".site.lock", "site"]


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="the guarantee of an atomic exchange")
def test_a_reader_never_finds_the_site_missing(out: Path) -> None:
    publish(A, out)
    seen: dict[bytes, int] = {}
    faults: list[OSError] = []
    done = threading.Event()

    def read() -> None:
        failed = 0
        while not done.is_set():
            try:
                text = (out / "index.html").read_bytes()
                seen[text] = seen.get(text, 0) + 1
                failed = 0
            except OSError as error:
                # A look-up that was half-way when the folders changed places may end in the old one while
                # that is being removed. The site is never missing: the next look-up finds it.
                failed += 1
                if failed > 1:
                    faults.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    try:
        for turn in range(200):
            publish((B, A)[turn % 2], out)
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert faults == []
    assert set(seen) == {b"A", b"B"}


# Paths

BAD_PATHS = [
    "", "/", "/etc/passwd", "a//b", "a/", "./a", "a/./b", "../a", "a/../../b", "..", "a\\b", "C:/a", "C:a",
    "//host/a", "a/b:c", "a?b", "a*", "a|b", "<a>", 'a"b', "a\0b", "a\nb", "a\x7f", "con", "a/NUL",
    "aux.html", "a/Com1.tar.gz", "LPT9/x", "com¹", "CONIN$", "nul .txt", "a.", "a ", "a./b", "a /b",
    "x" * 256, "あ" * 86, "\ud800", MARKER, MARKER.upper(),
]  # fmt: skip


@pytest.mark.parametrize("path", BAD_PATHS)
def test_a_path_that_some_system_cannot_hold_is_our_bug(path: str, out: Path) -> None:
    with pytest.raises(ValueError):
        publish({"ok.html": b"", path: b""}, out)
    assert not out.exists()


@pytest.mark.parametrize(
    "paths",
    [("a.html", "A.html"), ("a/x", "A/y"), ("x/é", "x/e\u0301"), ("straße", "STRASSE"), ("a", "a/b"),
     ("a/b", "A")],
)  # fmt: skip
def test_two_paths_that_some_system_takes_for_one_are_our_bug(paths: tuple[str, ...]) -> None:
    for order in (paths, paths[::-1]):
        with pytest.raises(ValueError):
            check_paths(dict.fromkeys(order))


@pytest.mark.parametrize(
    "path",
    ["index.html", ".nojekyll", "a/.well-known/x", "icon.svg", "console/x", "nul1", "com10", "日本/語.html"],
)
def test_ordinary_paths_are_accepted(path: str) -> None:
    check_paths({path: b""})


def is_reserved(path: str) -> bool:
    """What Python knows of the names that Windows reserves."""
    if sys.version_info >= (3, 13):
        return ntpath.isreserved(path)
    return PureWindowsPath(path).is_reserved()


ODD_PARTS = st.sampled_from(["..", ".", "", "con", "aux.x"])
PARTS = st.text(st.sampled_from("aAb.é \\:/\0ßnulc1"), max_size=5) | ODD_PARTS
PATHS = st.lists(PARTS, max_size=4).map("/".join) | st.text(max_size=6)


@given(st.dictionaries(PATHS, st.binary(max_size=3), max_size=4))
@example({"a": b"", "a/b": b""})
@settings(max_examples=300, deadline=None)
def test_whatever_is_accepted_is_published_exactly(files: dict[str, bytes]) -> None:
    try:
        check_paths(files)
    except ValueError:
        return
    with tempfile.TemporaryDirectory() as folder:
        publish(files, Path(folder, "site"))
        assert site(Path(folder, "site")) == files
        assert beside(Path(folder, "site")) == [".site.lock", "site"]
    for path in files:
        windows = PureWindowsPath(path)
        assert not windows.anchor
        assert not is_reserved(path)
        assert windows.as_posix() == path
        assert ".." not in windows.parts
    assert len({path.casefold() for path in files}) == len(files)
