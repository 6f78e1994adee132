"""One folder takes the place of another: in one step where the system can, else in two renames.

A build writes into a *staging* folder beside the output; only :func:`put_in_place` touches the output. For an
output ``site`` these names lie beside it, on the same file system, so that a rename never copies:

``.site.lock``
    held while a build publishes; the system frees it when the process ends, in whatever way. The file stays.
``.site.staging-<id>``
    a site being written or being deleted: never whole for certain, so always safe to delete.
``.site.old-<id>``
    the former site between the two renames of the slow way: always whole, so always safe to put back.

A folder is deleted under a staging name, never under ``old``: so :func:`recover` can trust the names and
needs no journal. Folders that bear such a name without being ours are left alone.
"""

from __future__ import annotations

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

MARKER = ".hayami-site"
"""A file at the top of every site we made: first written, last deleted."""

MARKER_BYTES = b"hayami-site 1\nA build wrote this folder and the next replaces it. Keep nothing here.\n"
_MARKER_START = b"hayami-site "

_REFUSALS = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM}
"""How a kernel, a file system or an old container's sandbox (``EPERM``) says that it knows no exchange."""

_PAUSES = (0.05, 0.1, 0.2, 0.4, 0.8) if sys.platform == "win32" else ()
"""Seconds to wait: Windows renames no folder while a virus scanner or an indexer reads a file in it."""


def is_folder(path: Path) -> bool:
    """Whether ``path`` is a real folder: not a link, not a junction, not a file, and there."""
    try:
        found = os.lstat(path)
    except FileNotFoundError:
        return False
    if sys.platform == "win32" and found.st_reparse_tag == stat.IO_REPARSE_TAG_MOUNT_POINT:
        return False
    return stat.S_ISDIR(found.st_mode)


def is_empty(folder: Path) -> bool:
    """Whether there is nothing in it."""
    with os.scandir(folder) as entries:
        return next(entries, None) is None


def is_ours(folder: Path) -> bool:
    """Whether a build made this folder: a real folder that holds our marker."""
    marker = folder / MARKER
    try:
        if not is_folder(folder) or not stat.S_ISREG(os.lstat(marker).st_mode):
            return False
        return marker.read_bytes().startswith(_MARKER_START)
    except OSError:
        return False


def staging_for(out: Path) -> Path:
    """A fresh name for a site being written, beside ``out``."""
    return _beside(out, "staging")


def leftovers(out: Path, kind: Literal["staging", "old"]) -> list[Path]:
    """Folders of ours that a killed build left beside ``out``, oldest first."""
    wanted = re.compile(re.escape(f".{out.name}.{kind}-") + "[0-9a-f]{8}")
    ours = is_ours if kind == "old" else _is_staging
    try:
        with os.scandir(out.parent) as entries:
            named = [Path(entry.path) for entry in entries if wanted.fullmatch(entry.name)]
    except FileNotFoundError:
        return []
    return sorted(filter(ours, named), key=_age)


@contextlib.contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the lock of ``out``; :class:`BlockingIOError` at once if another build holds it.

    The file is not deleted afterwards: deleting it would let two builds hold two files of one name.
    """
    name = out.with_name(f".{out.name}.lock")
    if sys.platform == "win32":
        handle = os.open(name, os.O_RDWR | os.O_CREAT)
    else:
        handle = os.open(name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o666)
    try:
        if sys.platform == "win32":
            try:
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            except PermissionError as error:
                raise BlockingIOError(errno.EAGAIN, "locked", str(name)) from error
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)  # which frees the lock


def put_in_place(staging: Path, out: Path, *, atomic: bool = True) -> bool:
    """Make ``staging`` the folder ``out``; a former ``out`` then has the name of ``staging``: discard it.

    True if at every moment ``out`` was the whole old or the whole new folder. ``atomic=False`` never asks the
    system for an exchange. On an error ``out`` is as it was. Call it under the lock, on an ``out`` that is
    ours, empty or missing.
    """
    if not os.path.lexists(out):
        _rename(staging, out)
        return True
    if atomic and _exchange(staging, out):
        return True
    _replace_in_two_steps(staging, out)
    return False


def recover(out: Path) -> bool:
    """Put right what a killed build left, and say whether there was anything. Call it under the lock.

    If the output is missing between the two renames, the former site comes back: it has long been on disk, so
    it is whole even after a power failure. Half-written and half-deleted folders go.
    """
    acted = False
    for old in reversed(leftovers(out, "old")):
        if not os.path.lexists(out) or (is_folder(out) and is_empty(out)):
            with contextlib.suppress(FileNotFoundError):
                os.rmdir(out)
            _rename(old, out)
            acted = True
        elif is_ours(out):
            acted = _retire(old, staging_for(out)) or acted
    for folder in leftovers(out, "staging"):
        acted = discard(folder) or acted
    return acted


def discard(folder: Path) -> bool:
    """Delete a staging folder, marker last; whether it is gone by our doing.

    A file held open elsewhere may keep it from going. That fails no build: the next one tries again.
    """
    if not _is_staging(folder):
        return False
    try:
        with os.scandir(folder) as entries:
            inside = [entry for entry in entries if entry.name != MARKER]
        for entry in inside:
            if entry.is_dir(follow_symlinks=False):
                shutil.rmtree(entry.path)
            else:
                os.unlink(entry.path)
        (folder / MARKER).unlink(missing_ok=True)
        os.rmdir(folder)
    except OSError:
        return False
    return True


def _beside(out: Path, kind: Literal["staging", "old"]) -> Path:
    return out.with_name(f".{out.name}.{kind}-{secrets.token_hex(4)}")


def _age(folder: Path) -> int:
    """When it was renamed, or on Windows made; both grow from build to build."""
    try:
        return os.lstat(folder).st_ctime_ns
    except FileNotFoundError:
        return 0


def _is_staging(folder: Path) -> bool:
    """Ours, or killed so early or so late that there is nothing in it but perhaps an unfinished marker."""
    if is_ours(folder):
        return True
    try:
        return is_folder(folder) and set(os.listdir(folder)) <= {MARKER}
    except OSError:
        return False


def _replace_in_two_steps(staging: Path, out: Path) -> None:
    """Two renames. Between them ``out`` is missing, and :func:`recover` brings it back after a kill."""
    was_empty = is_empty(out)
    old = _beside(out, "old")
    try:
        if was_empty:
            os.rmdir(out)  # Windows renames onto nothing, not even onto an empty folder
        else:
            _rename(out, old)
        _rename(staging, out)
    except BaseException:
        # Ask the disk how far it went: an interrupt may come after a rename and before the next line.
        if not os.path.lexists(out):
            if os.path.lexists(old):
                _rename(old, out)
            elif was_empty:
                os.mkdir(out)
        raise
    if not was_empty:
        _retire(old, staging)


def _retire(old: Path, staging: Path) -> bool:
    """Give a former site a staging name, so that it may be deleted; failing that, :func:`recover` will."""
    try:
        _rename(old, staging)
    except OSError:
        return False
    return True


def _rename(source: Path, target: Path) -> None:
    for pause in _PAUSES:
        try:
            os.rename(source, target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    os.rename(source, target)


def _exchange(first: Path, second: Path) -> bool:
    """Swap two folders in one system call; False where the system or the file system knows no such call."""
    if sys.platform not in ("linux", "darwin"):
        return False
    try:
        import ctypes
    except ImportError:  # a Python built without libffi
        return False
    libc = ctypes.CDLL(None, use_errno=True)
    paths = os.fsencode(first), os.fsencode(second)
    try:
        if sys.platform == "linux":
            here, rename_exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
            call = libc.renameat2
            call.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
            failed = call(here, paths[0], here, paths[1], rename_exchange)
        else:
            rename_swap = 2
            call = libc.renamex_np
            call.argtypes = (ctypes.c_char_p, ctypes.c_char_p, ctypes.c_uint)
            failed = call(*paths, rename_swap)
    except AttributeError:  # a C library without that function
        return False
    if not failed:
        return True
    code = ctypes.get_errno()
    if code in _REFUSALS:
        return False
    raise OSError(code, os.strerror(code), str(first), None, str(second))
