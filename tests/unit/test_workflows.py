"""Workflows: what they may do, what they may not, and their own steps, run in a repository of the test's own."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from hayami import pipeline

FOLDER = pipeline.PROJECT / ".github" / "workflows"
FILES = sorted(FOLDER.glob("*.yml"))
GOLDEN = pipeline.PROJECT / "tests" / "golden" / "content"


def workflow(name: str) -> dict[Any, Any]:
    found: dict[Any, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return found


def jobs(name: str) -> Mapping[str, Mapping[str, Any]]:
    found: Mapping[str, Mapping[str, Any]] = workflow(name)["jobs"]
    return found


def steps(name: str) -> Iterator[Mapping[str, Any]]:
    for job in jobs(name).values():
        yield from job.get("steps", ())


def triggers(name: str) -> set[str]:
    """YAML 1.1 reads ``on`` as true."""
    given = workflow(name)[True]
    return {given} if isinstance(given, str) else set(given)


NAMES = [path.name for path in FILES]


def test_the_workflows_are_there() -> None:
    assert {"ci.yml", "codeql.yml", "deploy.yml", "freshness.yml", "pull-request.yml"} <= set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_actions_are_pinned_by_commit_and_say_their_version(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    used = re.findall(r"uses: (.*)", text)
    assert used
    for one in used:
        assert re.fullmatch(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", one), one


def test_one_action_has_one_commit() -> None:
    text = "\n".join(path.read_text(encoding="utf-8") for path in FILES)
    pinned: dict[str, set[str]] = {}
    for action, commit in re.findall(r"uses: (\S+)@(.*)", text):
        pinned.setdefault(action, set()).add(commit)
    assert {action: commits for action, commits in pinned.items() if len(commits) > 1} == {}


@pytest.mark.parametrize("name", NAMES)
def test_a_workflow_has_the_least_permissions(name: str) -> None:
    assert workflow(name)["permissions"] in ({}, {"contents": "read"})
    for job in jobs(name).values():
        assert job["timeout-minutes"] <= 60
    for step in steps(name):
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False


@pytest.mark.parametrize("name", NAMES)
def test_nothing_with_secrets_runs_on_the_code_of_forks(name: str) -> None:
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert "pull_request_target" not in triggers(name)
    assert "workflow_run" not in triggers(name)
    if "pull_request" in triggers(name):
        assert not re.search(r"\bsecrets\.\w", text)
        assert "github.token" not in text
        for job in jobs(name).values():
            written = {what for what, right in job.get("permissions", {}).items() if right == "write"}
            # Findings of CodeQL; on forks GitHub takes this right away.
            assert written <= {"security-events"}


@pytest.mark.parametrize("name", NAMES)
def test_no_value_is_put_into_a_script(name: str) -> None:
    """Values reach scripts through their environment, where nobody's title of a branch becomes a command."""
    for step in steps(name):
        assert "${{" not in step.get("run", ""), step


@pytest.mark.parametrize("name", ["deploy.yml", "pull-request.yml"])
def test_a_published_site_knows_where_it_stands(name: str) -> None:
    built = [line for step in steps(name) for line in step.get("run", "").split("\n") if "--out site" in line]
    assert built
    assert all('--base-url "$BASE_URL"' in line for line in built)


@pytest.mark.parametrize("name", NAMES)
def test_scripts_are_sound_shell(name: str) -> None:
    for step in steps(name):
        if "run" in step:
            subprocess.run(["bash", "-n"], input=step["run"], text=True, check=True)


def test_a_linter_of_workflows_finds_nothing() -> None:
    zizmor = shutil.which("zizmor", path=str(Path(sys.executable).parent))
    assert zizmor is not None, "it comes with the packages of the tests"
    ran = subprocess.run(
        [
            zizmor,
            "--offline",
            "--no-progress",
            "--no-config",
            "--format",
            "plain",
            "--color",
            "never",
            ".github",
        ],
        cwd=pipeline.PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "No findings to report" in ran.stdout + ran.stderr


# --- the steps themselves -----------------------------------------------------------------------


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """The project with the golden catalogue, committed, as it is after a checkout."""
    folder = tmp_path / "clone"
    folder.mkdir()
    for name in ("build.py", "pyproject.toml", *(path.name for path in pipeline.PROJECT.glob("*.lock"))):
        shutil.copy(pipeline.PROJECT / name, folder)
    for name in ("hayami", "templates", "assets"):
        shutil.copytree(pipeline.PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(GOLDEN, folder / "content")
    (folder / "content/booklet.yaml").write_text(
        "sheets:\n  - record: programme:machine-grant\n    density: {ja: dense, en: dense}\n    without: [estimate]\n"
        "    continued: {ja: [numbers, notices], en: [numbers, notices]}\n",
        encoding="utf-8",
    )
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "first")
    return folder


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        check=True,
        capture_output=True,
    )


def commit(folder: Path, message: str) -> None:
    git(folder, "add", "-A")
    git(folder, "commit", "-qm", message)


def run_steps(
    name: str, job: str, folder: Path, **variables: str
) -> dict[str, subprocess.CompletedProcess[str]]:
    """Runs the scripts of a job as GitHub does; one that fails stops those that do not run always."""
    path = folder.parent / "bin"
    path.mkdir(exist_ok=True)
    (path / "sudo").write_text("#!/bin/sh\n# The system of this machine stays as it is.\n", encoding="utf-8")
    (path / "sudo").chmod(0o755)
    for alias in ("python", "python3"):
        (path / alias).unlink(missing_ok=True)
        (path / alias).write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n', encoding="utf-8")
        (path / alias).chmod(0o755)
    environment = {
        **os.environ,
        "PATH": f"{path}{os.pathsep}{os.environ['PATH']}",
        "GITHUB_STEP_SUMMARY": str(folder.parent / "summary.md"),
        "GITHUB_OUTPUT": str(folder.parent / "output"),
        "GITHUB_ACTIONS": "true",
        "CI": "true",
        "BASE_URL": "https://example.org/trial/",
        **variables,
    }
    done: dict[str, subprocess.CompletedProcess[str]] = {}
    failed = False
    for step in jobs(name)[job]["steps"]:
        if "run" not in step or (failed and step.get("if") != "${{ !cancelled() }}"):
            continue
        done[step["name"]] = ran = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=300,
        )
        failed |= ran.returncode != 0
    return done


def step_of(
    done: Mapping[str, subprocess.CompletedProcess[str]], words: str
) -> subprocess.CompletedProcess[str]:
    return next(ran for name, ran in done.items() if words in name)


@pytest.mark.skipif(sys.platform == "win32", reason="the jobs run on Linux")
def test_a_pull_request_that_changes_a_figure(clone: Path) -> None:
    record = clone / "content/programmes/machine-grant/record.yaml"
    text = record.read_text(encoding="utf-8")
    changed = text.replace(
        'yen: 15_000_000, source: "p2 限度額 1, 500万円"', "yen: 20_000_000, source: p2 2000万円"
    )
    assert changed != text
    record.write_text(changed, encoding="utf-8", newline="\n")
    # It has changed before, and the list of changes must end with what holds.
    told = clone / "content/changes.yaml"
    text = told.read_text(encoding="utf-8")
    told.write_text(
        text.replace("after: {money: {yen: 15_000_000}}", "after: {money: {yen: 20_000_000}}"),
        encoding="utf-8",
        newline="\n",
    )
    commit(clone, "second")
    done = run_steps("pull-request.yml", "content", clone)
    for name, ran in done.items():
        assert ran.returncode == 0, (name, ran.stdout, ran.stderr)
    summary = (clone.parent / "summary.md").read_text(encoding="utf-8")
    assert (
        "上限額 1,500万円 → 2,000万円 / Grant for machines · Upper limit ¥15 million → ¥20 million" in summary
    )
    assert "## 見本 / Preview" in summary
    assert 'href="https://example.org/trial/"' in (clone / "site/index.html").read_text(encoding="utf-8")
    assert 'href="programmes/index.html"' in (clone / "preview/index.html").read_text(encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="the jobs run on Linux")
def test_a_pull_request_with_a_fault_is_marked_on_its_line(clone: Path) -> None:
    record = clone / "content/programmes/machine-grant/record.yaml"
    text = record.read_text(encoding="utf-8")
    line = text.split("\n").index("    costs: [machines, tools]") + 1
    record.write_text(
        text.replace("costs: [machines, tools]", "costs: [machines, tolls]"), encoding="utf-8", newline="\n"
    )
    commit(clone, "second")
    done = run_steps("pull-request.yml", "content", clone)
    check = step_of(done, "Mark faults")
    assert check.returncode == 1
    place = f"file=content/programmes/machine-grant/record.yaml,line={line},"
    assert f"::error {place}" in check.stdout
    assert "「tools」" in check.stdout
    assert step_of(done, "What readers will see").returncode == 1
    assert not any("Build" in name or "preview" in name for name in done), (
        "nothing is published of faulty content"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the jobs run on Linux")
def test_a_stale_translation_fails_the_check_and_is_summed_up(clone: Path) -> None:
    words = clone / "content/programmes/machine-grant/ja.md"
    text = words.read_text(encoding="utf-8")
    words.write_text(text.replace("summary: ", "summary: いまなら、"), encoding="utf-8", newline="\n")
    commit(clone, "second")
    done = run_steps("pull-request.yml", "content", clone)
    assert step_of(done, "Mark faults").returncode == 1
    assert step_of(done, "What readers will see").returncode == 0
    summary = (clone.parent / "summary.md").read_text(encoding="utf-8")
    assert "content/programmes/machine-grant/en.md" in summary


@pytest.mark.skipif(sys.platform == "win32", reason="the jobs run on Linux")
def test_the_deployed_site_is_built(clone: Path) -> None:
    done = run_steps("deploy.yml", "build", clone)
    for name, ran in done.items():
        assert ran.returncode == 0, (name, ran.stdout, ran.stderr)
    assert (clone / "site/404.html").is_file()
    assert (clone / "site/sitemap.xml").is_file()
    assert (clone / "site/booklet/hayamihyo-ja-a4.pdf").is_file()
    assert "hayamihyo-en-a4.pdf" in (clone / "site/en/booklet/download/index.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.skipif(sys.platform == "win32", reason="the jobs run on Linux")
def test_one_issue_tells_what_is_out_of_date(clone: Path) -> None:
    """``gh`` is a stand-in that notes how it was called; the day is that of the machine, long after the figures."""
    (clone.parent / "bin").mkdir()
    (clone.parent / "bin/gh").write_text(
        f'#!/bin/sh\necho "$@" >> "{clone.parent}/gh.log"\n[ "$2" = list ] && echo "$OPEN"\nexit 0\n',
        encoding="utf-8",
    )
    (clone.parent / "bin/gh").chmod(0o755)
    variables = {"GH_TOKEN": "none", "REPOSITORY": "a/b", "TITLE": "t"}
    for already, called in (("", "issue create --repo a/b --title t"), ("7", "issue edit 7 --repo a/b")):
        (clone.parent / "gh.log").unlink(missing_ok=True)
        done = run_steps("freshness.yml", "freshness", clone, OPEN=already, **variables)
        assert step_of(done, "Look").returncode == 0
        assert step_of(done, "Tell").returncode == 0, step_of(done, "Tell").stderr
        log = (clone.parent / "gh.log").read_text(encoding="utf-8")
        assert f"{called} --body-file freshness.md" in log
        assert "status=1" in (clone.parent / "output").read_text(encoding="utf-8")
        assert "The figures expired on 2025-03-31" in (clone / "freshness.md").read_text(encoding="utf-8")
