"""Finds or makes the environment that a command needs, then runs the command in it.

Standard library only: this runs before anything is installed. The order of choice:

1. The Python that runs us, when it has exactly the pinned versions.
2. ``.venv`` beside ``build.py``, when its stamp fits: same lock, same Python, same path.
3. A new ``.venv``, made in place under a lock. The stamp is written last, so that a half-made, moved or
   outdated environment is known by its stamp and made anew.

On a checkout that cannot be written to, a folder in the user's cache takes the place of ``.venv``.
"""

from __future__ import annotations

import ast
import contextlib
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import platform
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LOCKS = {"build": "requirements.lock", "test": "requirements-test.lock"}
"""What is needed for → lock. The test lock holds everything of the other with the same versions."""

STAMP = "hayami-stamp.json"

_REQUIREMENT = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)\s*(?:;\s*([^\\]+?))?\s*\\?$")


class Unable(Exception):
    """The environment cannot be made; says in Japanese and English what to do."""

    def __init__(self, ja: str, en: str, detail: str = "") -> None:
        super().__init__(f"{ja}\n{en}")
        self.detail = detail


def main(argv: Sequence[str]) -> int:
    """Run a command in a fitting environment; returns its exit status."""
    _speak_safely()
    # Options may stand before the command (`build.py --content x test`), so look at every argument.
    need = "test" if "test" in argv[:1] or next(_words(argv), "") == "test" else "build"
    if fits_here(need):
        from hayami import cli

        return cli.main(argv)
    try:
        python = prepared(PROJECT, need)
    except Unable as unable:
        print(unable, file=sys.stderr)
        if unable.detail:
            print(unable.detail, file=sys.stderr)
        return 2
    return _hand_over(python, argv)


def _words(argv: Sequence[str]) -> Iterator[str]:
    return (one for one in argv if not one.startswith("-"))


def _hand_over(python: Path, argv: Sequence[str]) -> int:
    """Run the command with another Python. No exec: Windows would return to the prompt too early."""
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"} if not _writable(PROJECT) else None
    command = [str(python), "-c", _CHILD, *argv]
    try:
        return subprocess.run(command, env=environment, check=False).returncode
    except KeyboardInterrupt:
        return 130


_CHILD = f"""\
import sys
sys.path.insert(0, {str(PROJECT)!r})
from hayami import cli, environment
environment._speak_safely()
sys.exit(cli.main(sys.argv[1:]))
"""


def _speak_safely() -> None:
    """Never fail on a character that the terminal lacks (cp932, ASCII): show a replacement."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")


# --- what is pinned -----------------------------------------------------------------------------
def pinned(lock: Path) -> dict[str, str]:
    """Name → version of everything that a lock asks for on this system."""
    found = {}
    for line in lock.read_text(encoding="utf-8").splitlines():
        match = _REQUIREMENT.match(line)
        if match and (match[3] is None or holds(match[3])):
            found[_canonical(match[1])] = match[2]
    return found


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def marker_values() -> dict[str, str]:
    """Values of the environment markers that locks use."""
    return {
        "implementation_name": sys.implementation.name,
        "os_name": os.name,
        "platform_machine": platform.machine(),
        "platform_python_implementation": platform.python_implementation(),
        "platform_system": platform.system(),
        "python_full_version": platform.python_version(),
        "python_version": ".".join(platform.python_version_tuple()[:2]),
        "sys_platform": sys.platform,
    }


def holds(marker: str, values: Mapping[str, str] | None = None) -> bool:
    """Whether an environment marker holds here.

    A marker is a Boolean expression of comparisons between names and strings, which is also Python's
    own grammar; it is parsed as such and nothing is evaluated by Python.

    >>> holds("sys_platform == 'win32' and os_name == 'nt'", {"sys_platform": "linux", "os_name": "nt"})
    False
    """
    known = values if values is not None else marker_values()

    def value(node: ast.expr) -> str:
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return node.value
        if isinstance(node, ast.Name):
            return known[node.id]
        raise ValueError(marker)

    def truth(node: ast.expr) -> bool:
        if isinstance(node, ast.BoolOp):
            results = [truth(one) for one in node.values]
            return all(results) if isinstance(node.op, ast.And) else any(results)
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            versions = any(
                isinstance(one, ast.Name) and "version" in one.id for one in (node.left, node.comparators[0])
            )
            return _compare(node.ops[0], value(node.left), value(node.comparators[0]), versions)
        raise ValueError(marker)

    return truth(ast.parse(marker.strip(), mode="eval").body)


def _compare(operator: ast.cmpop, left: str, right: str, versions: bool) -> bool:
    one: str | tuple[int, ...] = left
    other: str | tuple[int, ...] = right
    if versions:
        one, other = (tuple(int(part) for part in re.findall(r"\d+", text)) for text in (left, right))
    if isinstance(operator, ast.In):
        return left in right
    if isinstance(operator, ast.NotIn):
        return left not in right
    results = {
        ast.Eq: one == other,
        ast.NotEq: one != other,
        ast.Lt: one < other,  # type: ignore[operator]
        ast.LtE: one <= other,  # type: ignore[operator]
        ast.Gt: one > other,  # type: ignore[operator]
        ast.GtE: one >= other,  # type: ignore[operator]
    }
    return results[type(operator)]


def fits_here(need: str) -> bool:
    """Whether the Python that runs us has exactly the pinned versions."""
    for name, version in pinned(PROJECT / LOCKS[need]).items():
        try:
            if importlib.metadata.version(name) != version:
                return False
        except importlib.metadata.PackageNotFoundError:
            return False
    return True


# --- the environment ------------------------------------------------------------------------------
def stamp(project: Path, folder: Path, need: str) -> dict[str, str]:
    """What an environment was made from; it fits only while all of this is the same."""
    digest = hashlib.sha256((project / LOCKS[need]).read_bytes()).hexdigest()
    return {
        "lock": LOCKS[need],
        "digest": digest,
        "python": platform.python_version(),
        "interpreter": os.path.realpath(_base()),
        "path": str(folder),
    }


def _base() -> str:
    """The Python outside any environment: the one that runs us may stand in the very folder to be made anew."""
    base: str = getattr(sys, "_base_executable", None) or sys.executable
    return base


def is_ready(project: Path, folder: Path, need: str) -> bool:
    """Whether ``folder`` holds an environment that fits. One for the tests serves the other commands too."""
    try:
        found = json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    wanted = [stamp(project, folder, need), stamp(project, folder, "test")]
    return found in wanted and python_of(folder).is_file()


def python_of(folder: Path) -> Path:
    """The Python of an environment."""
    return folder / "Scripts" / "python.exe" if os.name == "nt" else folder / "bin" / "python"


def home_of(project: Path) -> Path:
    """Where the environment belongs: beside ``build.py``, or in the user's cache when that is read-only."""
    if _writable(project):
        return project / ".venv"
    if os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA", str(Path.home() / "AppData" / "Local")))
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache")))
    name = hashlib.sha256(str(project).encode()).hexdigest()[:16]
    return base / "hayami" / name / "venv"


def _writable(folder: Path) -> bool:
    """Whether files can be made in a folder; access bits alone do not tell (read-only mounts, Windows)."""
    probe = folder / f".hayami-write-{os.getpid()}"
    try:
        probe.write_bytes(b"")
        probe.unlink()
    except OSError:
        return False
    return True


def prepared(project: Path, need: str) -> Path:
    """The Python of a fitting environment, made if there is none. Raises :class:`Unable`."""
    beside = project / ".venv"
    if is_ready(project, beside, need):
        return python_of(beside)
    folder = home_of(project)
    if is_ready(project, folder, need):
        return python_of(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with _alone(folder.with_name(folder.name + ".lock")):
        if not is_ready(project, folder, need):  # another process may have made it while we waited
            _make(project, folder, need)
    return python_of(folder)


def _make(project: Path, folder: Path, need: str) -> None:
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            raise Unable(
                f"この Python には {module} がありません。Debian・Ubuntu では「sudo apt install python3-venv」で入ります。",
                f"This Python lacks {module}. On Debian and Ubuntu: sudo apt install python3-venv",
            )
    print(
        "環境を用意しています（初回だけ、1分ほど）… / Preparing the environment (first run only, about a minute) …",
        flush=True,
    )
    if folder.exists():
        shutil.rmtree(folder)
    _run(
        [_base(), "-m", "venv", str(folder)],
        "環境を作れませんでした。Debian・Ubuntu では「sudo apt install python3-venv」を試してください。",
        "The environment could not be made. On Debian and Ubuntu try: sudo apt install python3-venv",
    )
    lock = project / LOCKS[need]
    _run(
        [
            *(str(python_of(folder)), "-m", "pip", "install", "--quiet", "--no-input"),
            *("--disable-pip-version-check", "--no-deps", "--require-hashes", "--only-binary", ":all:"),
            *("-r", str(lock)),
        ],
        "部品を入れられませんでした。ネットワークにつながっているか確かめて、もう一度実行してください。",
        "The dependencies could not be installed. Check the network connection and run this again.",
    )
    text = json.dumps(stamp(project, folder, need), indent=1)
    (folder / STAMP).write_text(text + "\n", encoding="utf-8")


def _run(command: list[str], ja: str, en: str) -> None:
    """Run quietly; on failure show the end of what was said."""
    done = subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace", check=False
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines()
        raise Unable(ja, en, "\n".join(said[-12:]))


@contextlib.contextmanager
def _alone(lock: Path, patience: float = 900) -> Iterator[None]:
    """Hold a lock file that the system frees when the process ends; wait for another holder."""
    with lock.open("a+b") as file:
        deadline = time.monotonic() + patience
        while not _try_lock(file.fileno()):
            if time.monotonic() > deadline:
                raise Unable(
                    f"別の実行が環境を作ったまま終わりません（{lock.name}）。",
                    f"Another run has been making the environment for too long ({lock.name}).",
                )
            time.sleep(0.2)
        yield


def _try_lock(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
