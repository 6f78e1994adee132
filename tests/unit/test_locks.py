"""The locks: pinned, hashed, without addresses, and in step with ``pyproject.toml``."""

from __future__ import annotations

import re
import tomllib
from itertools import pairwise

import pytest
from packaging.markers import Marker
from packaging.requirements import Requirement

from hayami.environment import PROJECT
from hayami.locks import LOCKS, holds, pinned

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


def test_each_lock_holds_those_before_it_with_the_same_versions() -> None:
    entries = [_entries(name) for name in LOCKS.values()]
    for one, more in pairwise(entries):
        assert one.items() < more.items()


@pytest.mark.parametrize("name", LOCKS.values())
def test_every_line_is_understood(name: str) -> None:
    """Nothing is passed over when an environment is compared with a lock, and every marker can be judged."""
    text = (PROJECT / name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line[:1] not in ("", " ", "#")]
    assert len(lines) == len(_entries(name))
    markers = {match[1].strip() for match in re.finditer(r"; ([^\\\n]+)", "\n".join(lines))}
    left_out = sum(1 for line in lines if ";" in line and not holds(line.split(";")[1].strip(" \\")))
    assert len(pinned(PROJECT / name)) == len(lines) - left_out
    for marker in markers:
        assert holds(marker) == Marker(marker).evaluate(), marker


@pytest.mark.parametrize("name", LOCKS.values())
def test_locks_name_no_address(name: str) -> None:
    text = (PROJECT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not [line for line in text.splitlines() if line.startswith("-")]
    assert not re.search(r"^\s*--(?!hash=)", text, re.MULTILINE), "no option but hashes"


def test_everything_that_pyproject_names_is_locked() -> None:
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    for wanted, lock in (
        (settings["project"]["dependencies"], "build"),
        (settings["dependency-groups"]["links"], "links"),
        (settings["dependency-groups"]["test"], "test"),
    ):
        entries = _entries(LOCKS[lock])
        for text in wanted:
            if text == {"include-group": "links"}:
                continue  # judged above; the test lock holds that of links
            requirement = Requirement(text)
            assert entries[requirement.name][0] in requirement.specifier, text


def test_binary_packages_have_wheels_for_all_three_systems() -> None:
    """A package with compiled parts has a hash for each system and Python, hence many."""
    entries = _entries(LOCKS["test"])
    for name in ("pydantic-core", "pyyaml", "markupsafe", "ruff", "mypy", "greenlet", "rpds-py"):
        assert len(entries[name][1]) >= 9, name


def test_the_project_names_no_registry() -> None:
    hosts = ("pypi" + ".org", "python" + "hosted.org", "registry.npm" + "js", "deb.debian" + ".org")
    for top in PROJECT.iterdir():
        if top.name == "site" or (top.name.startswith(".") and top.name not in (".ci", ".github")):
            continue
        for path in (top, *top.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                text = path.read_bytes()
                assert not [host for host in hosts if host.encode() in text], path
