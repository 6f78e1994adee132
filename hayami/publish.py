"""The output folder: a build is a transaction.

The guarantees of :func:`publish`, each held by a test:

- Any error, a full disk included, leaves the output byte for byte as it was.
- A process killed at any moment leaves the old site or the new one, never a mixture. Where the system can
  exchange two folders in one step (Linux ``renameat2``, macOS ``renamex_np``) the output is always there.
  Elsewhere (Windows, and file systems that refuse, such as NFS) it may be missing after a kill between two
  renames; :func:`recover`, which every :func:`publish` begins with, then brings the old site back.
- Two builds of the same files are byte-equal.
- A folder that we did not make, and the sources, are never written to.

Against power failure it does little: nothing is synced, which would cost seconds, so a power failure soon
after a build may leave files empty. The next build compares every byte and puts that right.
"""

from __future__ import annotations

import contextlib
import os
import re
import sys
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from hayami import exchange
from hayami.exchange import MARKER, MARKER_BYTES

__all__ = ["MARKER", "OutputRefused", "Published", "check_output", "check_paths", "publish", "recover"]

RefusalCode = Literal["out-not-ours", "out-protected", "out-not-a-folder", "out-busy"]

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\..*)?", re.IGNORECASE)
_LONGEST_NAME = 255


class OutputRefused(Exception):
    """We will not write there. The words are made elsewhere from ``code`` and ``values``."""

    def __init__(self, code: RefusalCode, path: Path, **values: str) -> None:
        super().__init__(code, str(path))
        self.code: RefusalCode = code
        self.path = path
        self.values: Mapping[str, str] = {"path": str(path), **values}
        """``path``; for ``out-protected`` also ``protected``; for ``out-not-ours`` ``found``, what is in the way."""


@dataclass(frozen=True, slots=True)
class Published:
    """What :func:`publish` did."""

    out: Path
    files: int
    """Number of files given; the marker is not counted."""
    bytes: int
    changed: bool
    """False: the output already held exactly these files, and nothing was written."""
    atomic: bool
    """The output was the whole old or the whole new site at every moment."""


def check_output(
    out: Path, protected_trees: Sequence[Path] = (), protected_roots: Sequence[Path] = ()
) -> None:
    """Raise :class:`OutputRefused` unless a build may replace ``out``; write nothing.

    It may if ``out`` is missing, an empty folder, or a folder that a build made. It may not be or contain a
    path of either list, nor lie inside a protected tree (``content``); inside a protected root (the
    repository) it may. Links and letter case count as the file system sees them.
    """
    target = _absolute(out)
    for protected in (*protected_trees, *protected_roots):
        if _holds(target, protected):
            raise OutputRefused("out-protected", out, protected=str(protected))
    for protected in protected_trees:
        if _holds(protected, target):
            raise OutputRefused("out-protected", out, protected=str(protected))
    if not os.path.lexists(target):
        return
    if not exchange.is_folder(target):
        raise OutputRefused("out-not-a-folder", out)
    if os.path.ismount(target):
        raise OutputRefused("out-not-a-folder", out)
    if os.path.lexists(target / ".git"):  # a branch checked out here would be lost
        raise OutputRefused("out-not-ours", out, found=".git")
    if not exchange.is_ours(target) and not exchange.is_empty(target):
        raise OutputRefused("out-not-ours", out, found=sorted(os.listdir(target))[0])


def recover(out: Path) -> bool:
    """Undo what a killed build left undone, under the lock; True if something was put right.

    Without leftovers it writes nothing, not even a lock file. ``out-busy`` if a build is at work.
    """
    target = _absolute(out)
    if not exchange.leftovers(target, "old") and not exchange.leftovers(target, "staging"):
        return False
    with _lock(target, out):
        return exchange.recover(target)


def publish(
    files: Mapping[str, bytes],
    out: Path,
    protected_trees: Sequence[Path] = (),
    protected_roots: Sequence[Path] = (),
    *,
    atomic: bool = True,
) -> Published:
    """Make ``out`` hold exactly ``files`` (``a/b.html`` to content) and the marker, or leave it as it was.

    The docstring of the module says what is guaranteed. ``atomic=False`` takes the two renames even where the
    system could exchange. A file whose bytes stay the same keeps its time of change, so that tools which
    upload a site send only what is new. Raises :class:`OutputRefused`, :class:`OSError`, or
    :class:`ValueError` for paths that :func:`check_paths` refuses.
    """
    check_paths(files)
    check_output(out, protected_trees, protected_roots)  # before the lock: its file lies beside the output
    target = _absolute(out)
    size = sum(map(len, files.values()))
    target.parent.mkdir(parents=True, exist_ok=True)
    with _lock(target, out):
        exchange.recover(target)
        check_output(out, protected_trees, protected_roots)
        wanted = {MARKER: MARKER_BYTES, **files}
        times = _unchanged(target, wanted)
        if times is None:
            return Published(out, len(files), size, changed=False, atomic=True)
        staging = exchange.staging_for(target)
        try:
            _write(staging, wanted, times)
            at_once = exchange.put_in_place(staging, target, atomic=atomic)
        finally:
            exchange.discard(staging)  # the old site after a swap, our unfinished one after an error
    return Published(out, len(files), size, changed=True, atomic=at_once)


def check_paths(paths: Mapping[str, object]) -> None:
    """Raise :class:`ValueError` for a path that some system cannot hold, or two that one cannot tell apart.

    A page must not exist on Linux and vanish on Windows or macOS. We plan the paths, so this is our own bug.
    """
    spelled: dict[str, str] = {}
    files: set[str] = set()
    folders: set[str] = set()
    for path in paths:
        parts = path.split("/")
        for part in parts:
            _check_part(part, path)
        for count in range(1, len(parts) + 1):
            start = "/".join(parts[:count])
            key = unicodedata.normalize("NFC", start.casefold())
            if spelled.setdefault(key, start) != start:
                raise ValueError(f"{path!r} and {spelled[key]!r} are one path where case does not count")
            (files if count == len(parts) else folders).add(key)
        if key == MARKER:
            raise ValueError(f"{path!r} is the name of the marker")
    if both := files & folders:
        raise ValueError(f"{min(both)!r} is both a file and a folder")


def _check_part(part: str, path: str) -> None:
    if part in ("", ".", ".."):
        raise ValueError(f"{path!r} is not a plain relative path")
    if _FORBIDDEN.search(part) or part[-1] in ". ":
        raise ValueError(f"{path!r} has a character that Windows refuses there")
    if _DEVICE.fullmatch(part):
        raise ValueError(f"{path!r} has a name that Windows reserves")
    if len(part.encode()) > _LONGEST_NAME:
        raise ValueError(f"{path!r} has a name that is too long")


def _absolute(out: Path) -> Path:
    """``out`` with every link above it resolved, but not itself: we rename it, not what it points to."""
    full = Path(os.path.abspath(out))
    return Path(os.path.realpath(full.parent)) / full.name


def _holds(folder: Path, path: Path) -> bool:
    """Whether ``path`` is ``folder`` or lies inside it. Either may be missing."""
    real = Path(os.path.realpath(path))
    return any(_same(step, folder) for step in (real, *real.parents))


def _same(first: Path, second: Path) -> bool:
    try:
        return os.path.samefile(first, second)
    except OSError:  # one is missing: only the names can be compared
        names = [os.path.normcase(os.path.realpath(path)) for path in (first, second)]
        if sys.platform == "darwin":
            names = [unicodedata.normalize("NFC", name).casefold() for name in names]
        return names[0] == names[1]


@contextlib.contextmanager
def _lock(target: Path, out: Path) -> Iterator[None]:
    with contextlib.ExitStack() as stack:
        try:
            stack.enter_context(exchange.locked(target))
        except BlockingIOError as error:
            raise OutputRefused("out-busy", out) from error
        yield


def _unchanged(target: Path, wanted: Mapping[str, bytes]) -> dict[str, int] | None:
    """Times of change of the files that already have the wanted bytes; None if nothing at all differs."""
    if not os.path.lexists(target):
        return {}
    times: dict[str, int] = {}
    found_folders: set[str] = set()
    others = False
    for base, folders, names in os.walk(target):
        above = "" if base == str(target) else Path(base).relative_to(target).as_posix() + "/"
        found_folders.update(above + name for name in folders)
        for name in names:
            content = wanted.get(above + name)
            time_of_change = None if content is None else _time_if_equal(Path(base, name), content)
            if time_of_change is None:
                others = True
            else:
                times[above + name] = time_of_change
    if others or len(times) != len(wanted) or found_folders != _folders(wanted):
        return times
    return None


def _time_if_equal(path: Path, content: bytes) -> int | None:
    try:
        if path.is_symlink():
            return None
        with path.open("rb") as file:
            found = os.fstat(file.fileno())
            return found.st_mtime_ns if found.st_size == len(content) and file.read() == content else None
    except OSError:  # unreadable: as good as different
        return None


def _folders(paths: Mapping[str, bytes]) -> set[str]:
    folders: set[str] = set()
    for path in paths:
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    return folders


def _write(staging: Path, wanted: Mapping[str, bytes], times: Mapping[str, int]) -> None:
    """Write a new folder, marker first, so that whatever is left of it is known as ours."""
    os.mkdir(staging)
    base = str(staging)
    with open(os.path.join(base, MARKER), "xb") as file:
        file.write(wanted[MARKER])
    for folder in sorted(_folders(wanted)):
        os.mkdir(os.path.join(base, folder))
    for path, content in wanted.items():
        full = os.path.join(base, path)
        if path != MARKER:
            with open(full, "xb") as file:
                file.write(content)
        if path in times:
            os.utime(full, ns=(times[path], times[path]))
