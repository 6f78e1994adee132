"""One folder per problem code: content that is wrong in that way, and exactly what is printed about it.

``tests/cases/base`` is a small catalogue without faults. A case lays its ``content/`` over a copy of it; a
file named ``x.deleted`` takes ``x`` away. ``case.yaml`` makes what cannot be committed: ``bytes`` (hex),
``size``, ``past`` (a year that is over), ``depth``, ``many`` (generated files), ``links``, ``source`` (page texts), ``out`` (a state of the
output folder), ``audit`` (whether finished pages are looked at), ``table`` (a table that is taken in). ``HAYAMI_UPDATE_CASES=1`` rewrites ``expected.txt``; read what it wrote.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml

from hayami import exchange, pipeline, problems, sheet_import
from hayami.messages import MESSAGES

CASES = Path(__file__).parent.parent / "cases"
BASE = CASES / "base" / "content"
CODES = sorted(MESSAGES)


def lay_out(case: Path, target: Path) -> dict[str, Any]:
    """Make ``target/content`` from the base and the case; returns what ``case.yaml`` says."""
    content = target / "content"
    shutil.copytree(BASE, content)
    for path in sorted((case / "content").rglob("*")):
        if path.is_dir() or path.name == ".keep":
            continue
        place = content / path.relative_to(case / "content")
        if path.suffix == ".deleted":
            place.with_suffix("").unlink()
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
    told = case / "case.yaml"
    said: dict[str, Any] = yaml.safe_load(told.read_text(encoding="utf-8")) if told.is_file() else {}
    if "past" in said:
        # A whole catalogue for a year that is over: that of the base.
        kept = content / "past" / str(said["past"])
        shutil.copytree(BASE, kept, dirs_exist_ok=True)
        site = (kept / "site.yaml").read_text(encoding="utf-8")
        site = site.replace("fiscal_year: 2024", f"fiscal_year: {said['past']}")
        (kept / "site.yaml").write_text(site, encoding="utf-8", newline="\n")
    for name, code in said.get("bytes", {}).items():
        (content / name).write_bytes(bytes.fromhex(code))
    for name, size in said.get("size", {}).items():
        (content / name).write_bytes(b"---\n" + b"#" * size + b"\n")
    for name, depth in said.get("depth", {}).items():
        (content / name).write_text("a: " + "[" * depth + "]" * depth + "\n", encoding="utf-8")
    for name, number in said.get("many", {}).items():
        (content / name).write_text("a: [" + "1, " * number + "1]\n", encoding="utf-8")
    for name, destination in said.get("links", {}).items():
        (content / name).unlink(missing_ok=True)
        (content / name).symlink_to(destination)
    return said


def printed(case: Path, target: Path) -> str:
    """What a check of the laid-out case prints, in both languages."""
    said = lay_out(case, target)
    source = case / said["source"] if "source" in said else None
    options = pipeline.Options(target / "content", source_pages=source, search=False)
    if "table" in said:
        table = shutil.copy(case / said["table"], target)
        return "".join(
            problems.as_text(one) + "\n" for one in sheet_import.prepared(Path(table), options).problems
        )
    found = (pipeline.build if said.get("audit") else pipeline.check)(options).problems
    return "".join(problems.as_text(problem) + "\n" for problem in found)


@contextmanager
def output(state: str, target: Path) -> Iterator[Path]:
    """A path to build into, in one of the states that are refused."""
    out = target / "out"
    if state == "foreign":
        out.mkdir()
        (out / "mine.txt").write_text("mine", encoding="utf-8")
        yield out
    elif state == "content":
        yield target / "content" / "site"
    elif state == "file":
        out.write_text("a file", encoding="utf-8")
        yield out
    else:
        with exchange.locked(out):
            yield out


def built(case: Path, target: Path, state: str) -> str:
    """What a build into a refused folder prints."""
    lay_out(case, target)
    with output(state, target) as out:
        command = [sys.executable, str(pipeline.PROJECT / "build.py"), "build"]
        command += ["--content", str(target / "content"), "--out", str(out)]
        done = subprocess.run(
            command, cwd=target, capture_output=True, text=True, encoding="utf-8", check=False
        )
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    return done.stderr


@pytest.mark.parametrize("code", CODES)
def test_case(code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES / code
    monkeypatch.chdir(tmp_path)
    told = case / "case.yaml"
    state = yaml.safe_load(told.read_text(encoding="utf-8")).get("out") if told.is_file() else None
    text = built(case, tmp_path, state) if state else printed(case, tmp_path)
    expected = case / "expected.txt"
    if os.environ.get("HAYAMI_UPDATE_CASES"):
        expected.write_text(text, encoding="utf-8", newline="\n")
    assert text == expected.read_text(encoding="utf-8")
    assert f"[{code}]" in text


def test_every_code_has_a_folder_and_every_folder_a_code() -> None:
    assert {path.name for path in CASES.iterdir() if path.is_dir()} == {*CODES, "base"}


def test_the_base_is_without_faults(tmp_path: Path) -> None:
    assert pipeline.check(pipeline.Options(BASE)).problems == ()


@pytest.mark.parametrize("code", CODES)
def test_messages_are_filled_in(code: str) -> None:
    """No message shows a name in braces that its problem does not bring."""
    text = (CASES / code / "expected.txt").read_text(encoding="utf-8")
    # Lines of the file are shown as they stand, with what they hold in braces.
    text = re.sub(r"(?m)^    (?:今の\d+行目|.*(?:こう書きます|この[上下]に足す行|見本)).*\):\n.*\n", "", text)
    # A value that was left unfilled looks like {name}; examples of the form {n: 10, …} have a colon.
    assert [name for name in re.findall(r"\{\w+\}", text) if name not in ("{cap}", "{id}")] == []


def test_many_faults_are_told_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    lay_out(CASES / "unstated-missing", tmp_path)
    # Cases that lie in different files, so that none hides another.
    for other in (
        "one-of",
        "raw-html",
        "empty-file",
        "unexpected-file",
        "unknown-language",
        "surplus-string",
    ):
        for path in (CASES / other / "content").rglob("*"):
            if path.is_file() and path.suffix != ".deleted":
                place = tmp_path / "content" / path.relative_to(CASES / other / "content")
                place.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, place)
    out = tmp_path / "site"
    command = [sys.executable, str(pipeline.PROJECT / "build.py")]
    command += ["--content", str(tmp_path / "content"), "--out", str(out), "--lang-messages", "en"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 1
    assert not out.exists()
    heads = [line for line in done.stderr.splitlines() if ": error[" in line]
    places = [(line.split(":")[0], int(line.split(":")[1]), int(line.split(":")[2])) for line in heads]
    assert len(heads) >= 6
    assert places == sorted(places)
    assert len({line.split("error[")[1].split("]")[0] for line in heads}) >= 5


def test_faults_of_form_hide_no_faults_of_reference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(BASE, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    record = tmp_path / "content" / "programmes" / "grant" / "record.yaml"
    lines = (
        record.read_text(encoding="utf-8")
        + "relations:\n  - {type: see-also, target: programme:corse}\nmian: true\n"
    )
    record.write_text(lines, encoding="utf-8")
    settings = tmp_path / "content" / "site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("2024-03-19", "soon"), encoding="utf-8")
    checked = pipeline.check(pipeline.Options(tmp_path / "content"))
    assert checked.site is None
    told = {(Path(one.place.file).name, one.place.line, one.code) for one in checked.problems}
    count = len(lines.splitlines())
    assert told == {
        ("record.yaml", count - 1, "unknown-reference"),
        ("record.yaml", count, "unknown-key"),
        ("site.yaml", 8, "wrong-type"),
    }


def test_a_site_without_languages_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(BASE, tmp_path / "content")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content" / "site.yaml").write_text("title: {ja: 表}\nlanguages: []\n", encoding="utf-8")
    checked = pipeline.check(pipeline.Options(tmp_path / "content"))
    assert checked.site is None
    assert ("site.yaml", 1, "missing-key") in {
        (Path(one.place.file).name, one.place.line, one.code) for one in checked.problems
    }
