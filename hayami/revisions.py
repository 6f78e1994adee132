"""The content as it was in another revision of git, laid out in a folder of its own.

Nothing is fetched from elsewhere, and neither the work tree nor the index is touched.
"""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path, PurePosixPath

from hayami import pipeline
from hayami.problems import Problem


class Unreadable(Exception):
    """There is no such revision here, or no content in it. The words are in Japanese and English."""


@contextmanager
def content_of(revision: str, content: Path) -> Iterator[Path]:
    """A folder with what ``content`` held in ``revision``; it is gone afterwards. Raises :class:`Unreadable`."""
    standing = content if content.is_dir() else content.parent
    found = _git(standing, "rev-parse", "--show-toplevel")
    if found is None:
        raise Unreadable(
            "git が見つからないか、ここは git のリポジトリではありません。/ "
            "There is no git, or this is no repository of git."
        )
    top = Path(found.decode().rstrip("\n"))
    inside = content.resolve().relative_to(top.resolve())
    prefix = inside.as_posix() if inside.parts else ""
    commit = _git(top, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        raise Unreadable(
            f"「{revision}」という版はここにありません。git log で確かめてください"
            "（浅い複製なら git fetch --unshallow）。/ "
            f"There is no revision {revision!r} here. See git log (in a shallow clone: git fetch --unshallow)."
        )
    tree = f"{commit.decode().strip()}:{prefix}"
    packed = _git(top, "archive", "--format=tar", tree)
    if packed is None:
        raise Unreadable(
            f"「{revision}」には {prefix or '.'}/ がありません。/ {revision!r} has no {prefix or '.'}/."
        )
    with tempfile.TemporaryDirectory(prefix="hayami-revision-") as folder:
        root = Path(folder) / content.name
        root.mkdir()
        _unpack(packed, root)
        yield root


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git prints; None when it fails or is not there."""
    try:
        ran = subprocess.run(
            ["git", "-C", str(folder), *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return None
    return ran.stdout if ran.returncode == 0 else None


def _unpack(packed: bytes, root: Path) -> None:
    """Plain files alone: links and names that lead out of the folder are content that nobody should trust."""
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            parts = PurePosixPath(member.name).parts
            if not member.isfile() or not parts or ".." in parts or parts[0] == "/":
                continue
            file = archive.extractfile(member)
            assert file is not None
            path = root.joinpath(*parts)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.read())


def shown(problems: tuple[Problem, ...], folder: Path, revision: str, content: Path) -> tuple[Problem, ...]:
    """Problems of a folder of :func:`content_of`, placed in the revision: ``main:content/site.yaml``."""
    before = pipeline.shown_path(folder)
    after = f"{revision}:{pipeline.shown_path(content)}"
    return tuple(
        replace(one, place=replace(one.place, file=one.place.file.replace(before, after, 1)))
        for one in problems
    )
