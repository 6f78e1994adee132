"""Finds or makes the environment that holds what a lock pins.

Standard library only. An environment is ``.venv`` beside ``build.py``, or a folder in the user's cache when the
checkout cannot be written to. It fits when its stamp does (same lock, same Python, same path) and it holds what
the lock says. Any other is made anew: in place, because an environment cannot be moved; under a lock file; and
with the stamp written last, so that a half-made, moved or outdated one is known by its stamp.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from hayami.locks import LOCKS, canonical, pinned, serving

STAMP = "hayami-stamp.json"

_NEWEST = (3, 13)
"""The newest Python that the locks are tried with."""


class Unable(Exception):
    """The environment cannot be made; says in Japanese and English what to do."""

    def __init__(self, ja: str, en: str, detail: str = "") -> None:
        super().__init__(f"{ja}\n{en}")
        self.detail = detail


def _origin(project: Path, need: str) -> dict[str, str]:
    return {
        "lock": LOCKS[need],
        "digest": hashlib.sha256((project / LOCKS[need]).read_bytes()).hexdigest(),
        "python": platform.python_version(),
        "interpreter": os.path.realpath(_base()),
    }


def stamp(project: Path, folder: Path, need: str) -> dict[str, str]:
    """What an environment was made from; it fits only while all of this is the same."""
    return {**_origin(project, need), "path": str(folder)}


def _base() -> str:
    """The Python outside any environment: the one that runs us may stand in the very folder to be made anew."""
    base: str = getattr(sys, "_base_executable", None) or sys.executable
    return base


def is_ready(project: Path, folder: Path, need: str) -> bool:
    """Whether ``folder`` holds an environment that fits. One for more serves what needs less, too."""
    try:
        found = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    if found not in [stamp(project, folder, one) for one in serving(need)]:
        return False
    wanted = pinned(project / LOCKS[need]).items()
    return python_of(folder).is_file() and wanted <= _installed(folder)


def _installed(folder: Path) -> set[tuple[str, str]]:
    """Name and version of what stands in an environment, by the names of folders: this runs at every start."""
    if os.name == "nt":
        packages = folder / "Lib" / "site-packages"
    else:
        packages = folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
    parts = (path.name.removesuffix(".dist-info").split("-") for path in packages.glob("*-*.dist-info"))
    return {(canonical(name), version) for name, version in parts}


def python_of(folder: Path) -> Path:
    """The Python of an environment."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def home_of(project: Path, need: str) -> Path:
    """Where the environment belongs: beside ``build.py``, or in the user's cache when that is read-only."""
    return project / ".venv" if is_writable(project) else _in_cache(project, need)


def _in_cache(project: Path, need: str) -> Path:
    """Named after what it is made from, so that all checkouts with the same locks share it."""
    if os.name == "nt":
        base = os.environ.get("LOCALAPPDATA") or os.path.join("~", "AppData", "Local")  # noqa: PTH118
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join("~", ".cache")  # noqa: PTH118
    digest = hashlib.sha256(json.dumps(_origin(project, need)).encode()).hexdigest()[:16]
    # Unlike Path.home, this does not fail for a user without a home.
    return Path(os.path.expanduser(base)).absolute() / "hayami" / digest  # noqa: PTH111


def is_writable(folder: Path) -> bool:
    """Whether files can be made in a folder; access bits alone do not tell (read-only mounts, Windows)."""
    probe = folder / f".hayami-write-{os.getpid()}"
    try:
        probe.write_bytes(b"")
        probe.unlink()
    except OSError:
        return False
    return True


# --- a new one ------------------------------------------------------------------------------------
def prepared(project: Path, need: str) -> Path:
    """The Python of a fitting environment, made if there is none. Raises :class:`Unable`."""
    for folder in (project / ".venv", *(_in_cache(project, one) for one in serving(need))):
        if is_ready(project, folder, need):
            return python_of(folder)
    folder = home_of(project, need)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        with _alone(folder.with_name(folder.name + ".lock")):
            if not is_ready(project, folder, need):  # another process may have made it while we waited
                _make(project, folder, need)
    except OSError as error:
        raise Unable(
            f"{folder} に書けませんでした。空き容量と書きこみの権利を確かめ、ほかの実行を終えてから、もう一度実行してください。",
            f"{folder} could not be written. Check free space and permissions, end other runs, and run this again.",
            str(error),
        ) from error
    return python_of(folder)


def _make(project: Path, folder: Path, need: str) -> None:
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise Unable(
                f"この Python には {module} がありません。Debian・Ubuntu では「sudo apt install python3-venv」で入ります。",
                f"This Python lacks {module}. On Debian and Ubuntu: sudo apt install python3-venv",
            )
    _tell(
        "環境を用意しています（初回だけ、1分ほど）…",
        "Preparing the environment (first run only, about a minute) …",
    )
    # One for less only needs more of the same versions; a build or a preview may be running in it.
    if not is_ready(project, folder, "build"):
        _remove(folder)
        _run(
            [_base(), "-P", "-m", "venv", str(folder)],
            "環境を作れませんでした。Debian・Ubuntu では「sudo apt install python3-venv」を試してください。",
            "The environment could not be made. On Debian and Ubuntu try: sudo apt install python3-venv",
        )
    _run(
        [
            *(str(python_of(folder)), "-P", "-m", "pip", "install", "--quiet", "--no-input"),
            *(
                "--no-user",
                "--disable-pip-version-check",
                "--no-deps",
                "--require-hashes",
                "--only-binary",
                ":all:",
            ),
            *("-r", str(project / LOCKS[need])),
        ],
        *_install_advice(),
    )
    text = json.dumps(stamp(project, folder, need), indent=1)
    (folder / STAMP).write_text(text + "\n", encoding="utf-8")


def _remove(folder: Path) -> None:
    # The stamp first: from here on nobody else may take the folder for an environment.
    (folder / STAMP).unlink(missing_ok=True)
    if folder.is_symlink() or folder.is_file():
        folder.unlink()
    elif folder.exists():
        shutil.rmtree(folder)


def _install_advice() -> tuple[str, str]:
    if sys.version_info[:2] > _NEWEST:
        return (
            "部品を入れられませんでした。この Python は新しすぎるようです。Python 3.11〜3.13 で実行してください。",
            "The dependencies could not be installed. This Python may be too new: use Python 3.11 to 3.13.",
        )
    return (
        "部品を入れられませんでした。ネットワークにつながっているか確かめて、もう一度実行してください。",
        "The dependencies could not be installed. Check the network connection and run this again.",
    )


def _tell(ja: str, en: str) -> None:
    print(f"{ja} / {en}", file=sys.stderr, flush=True)


def own_variables() -> dict[str, str]:
    """Our environment variables without those that would bring other packages in or send ours elsewhere.

    Where pip finds packages stays the user's choice.
    """
    foreign = ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER")
    return {name: value for name, value in os.environ.items() if name.upper() not in foreign}


def _run(command: list[str], ja: str, en: str) -> None:
    """Run quietly; on failure show the end of what was said.

    Python gets -P: with -m it would else import from the folder where somebody happens to be.
    """
    done = subprocess.run(
        command,
        env=own_variables(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
        close_fds=False,  # hands the lock file on, see _alone
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines()
        faults = [line for line in said if not line.startswith("WARNING:")] or said
        raise Unable(ja, en, "\n".join(faults[-12:]))


# --- one at a time --------------------------------------------------------------------------------
@contextlib.contextmanager
def _alone(lock: Path, patience: float = 900) -> Iterator[None]:
    """Hold a lock file that the system frees when the process ends; wait for another holder.

    What we start holds it as well (on POSIX): when we are killed, pip may go on writing for a while.
    """
    with lock.open("a+b") as file:
        if os.name == "posix":
            os.set_inheritable(file.fileno(), True)
        deadline = time.monotonic() + patience
        waiting = False
        while not _try_lock(file.fileno()):
            if time.monotonic() > deadline:
                raise Unable(
                    f"別の実行が環境を作ったまま終わりません（{lock.name}）。それを終えてから、もう一度実行してください。",
                    f"Another run has been making the environment for too long ({lock.name}). End it and run this again.",
                )
            if not waiting:
                _tell("別の実行が環境を作り終えるのを待っています…", "Waiting for another run to make it …")
                waiting = True
            time.sleep(0.2)
        yield


def _try_lock(descriptor: int) -> bool:
    try:
        _seize(descriptor)
    except OSError as error:
        # Some network file systems cannot lock at all; there we go on without, rather than wait for ever.
        return error.errno not in (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
    return True


def _seize(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
