"""The locks: pinned, hashed, without addresses, and in step with ``pyproject.toml``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from hayami.environment import LOCKS, PROJECT

_ENTRY = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def _entries(name: str) -> dict[str, tuple[str, frozenset[str]]]:
    """Package → version and hashes."""
    text = (PROJECT / name).read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z])", text)
    found = {}
    for block in blocks:
        entry = _ENTRY.match(block)
        if entry:
            found[entry[1]] = (entry[2], frozenset(re.findall(r"sha256:[0-9a-f]{64}", block)))
    return found


@pytest.mark.parametrize("name", LOCKS.values())
def test_every_package_is_pinned_with_hashes(name: str) -> None:
    entries = _entries(name)
    assert len(entries) > 10
    assert all(hashes for _, hashes in entries.values())


def test_the_test_lock_holds_the_other_with_the_same_versions() -> None:
    build, test = _entries(LOCKS["build"]), _entries(LOCKS["test"])
    assert build.items() <= test.items()


@pytest.mark.parametrize("name", LOCKS.values())
def test_locks_name_no_address(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in text.replace("indexing", "")


def test_everything_that_pyproject_names_is_locked() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    for wanted, lock in (
        (settings["project"]["dependencies"], "build"),
        (settings["dependency-groups"]["test"], "test"),
    ):
        entries = _entries(LOCKS[lock])
        for text in wanted:
            requirement = Requirement(text)
            assert entries[requirement.name][0] in requirement.specifier, text


def test_binary_packages_have_wheels_for_all_three_systems() -> None:
    """A package with compiled parts has a hash for each system and Python, hence many."""
    entries = _entries(LOCKS["test"])
    for name in ("pydantic-core", "pyyaml", "markupsafe", "turbohtml"):
        assert len(entries[name][1]) >= 9, name


def test_the_project_names_no_registry() -> None:
    hosts = ("pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js", "deb.debian" + ".org")
    skipped = {".git", ".venv", "site", "__pycache__"}
    for path in PROJECT.rglob("*"):
        parts = set(path.relative_to(PROJECT).parts)
        if path.is_file() and not parts & skipped and not path.relative_to(PROJECT).parts[0].startswith("."):
            text = path.read_bytes()
            assert not [host for host in hosts if host.encode() in text], Path(path)
