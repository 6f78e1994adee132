"""The scheduled job that keeps one issue about links: what its script does, with a stand-in for ``gh``."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from hayami import cli
from hayami.environment import PROJECT

WORKFLOW = PROJECT / ".github" / "workflows" / "links.yml"
REPORT = (PROJECT / "tests" / "reachability" / "issue.md").read_text(encoding="utf-8")

_GH = """\
#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$ASKED"
case "$1 $2" in
  "issue list") printf '%s' "$OPEN" ;;
  "issue edit" | "issue create") cat >"$BODY" ;;
esac
"""


def _jobs() -> dict[str, Any]:
    jobs: dict[str, Any] = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))["jobs"]
    return jobs


def _script(job: str) -> str:
    (script,) = (step["run"] for step in _jobs()[job]["steps"] if "run" in step)
    return str(script)


@dataclass
class Done:
    asked: list[str]
    """Calls of ``gh``."""
    body: str


@pytest.fixture
def bash(tmp_path: Path) -> str:
    found = shutil.which("bash")
    if found is None or sys.platform != "linux":
        pytest.skip("the script runs on Linux")
    return found


def _run(bash: str, folder: Path, report: str, open_issue: str) -> Done:
    gh = folder / "gh"
    gh.write_text(_GH, encoding="utf-8", newline="\n")
    gh.chmod(0o755)
    asked, body = folder / "asked", folder / "body"
    # As Actions starts a script, and with the value of an output, which ends without its line end.
    subprocess.run(
        [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", _script("issue")],
        env={
            "PATH": f"{folder}{os.pathsep}{os.environ['PATH']}",
            "REPORT": report.removesuffix("\n"),
            "OPEN": open_issue,
            "ASKED": str(asked),
            "BODY": str(body),
        },
        check=True,
        timeout=30,
    )
    lines = asked.read_text(encoding="utf-8").splitlines()
    return Done(lines, body.read_text(encoding="utf-8") if body.exists() else "")


def _said(done: Done) -> list[str]:
    return [" ".join(call.split()[:3]) for call in done.asked if not call.startswith(("label", "issue list"))]


def test_an_issue_is_opened_where_there_is_none(bash: str, tmp_path: Path) -> None:
    done = _run(bash, tmp_path, REPORT, "")
    title, _, body = REPORT.partition("\n\n")
    assert done.asked[-1] == f"issue create --label external-links --title {title} --body-file -"
    assert done.body == body


def test_an_open_issue_is_renewed(bash: str, tmp_path: Path) -> None:
    done = _run(bash, tmp_path, REPORT, "17")
    assert _said(done) == ["issue edit 17"]
    assert done.body == REPORT.partition("\n\n")[2]


def test_an_open_issue_is_closed_when_nothing_is_left(bash: str, tmp_path: Path) -> None:
    assert _said(_run(bash, tmp_path, "", "17")) == ["issue close 17"]


def test_without_anything_to_mend_there_is_no_issue(bash: str, tmp_path: Path) -> None:
    assert _said(_run(bash, tmp_path, "", "")) == []


def test_the_text_is_no_part_of_the_script(bash: str, tmp_path: Path) -> None:
    evil = '題 $(touch evil)\n\n`touch evil` "; touch evil; $HOME \\n'
    done = _run(bash, tmp_path, evil, "")
    assert done.body == evil.partition("\n\n")[2] + "\n"
    assert not (tmp_path / "evil").exists()
    assert not Path("evil").exists()
    for job in ("ask", "issue"):
        assert "${{" not in _script(job), "what Actions puts into a script becomes part of it"


@pytest.mark.parametrize("report", [REPORT, ""], ids=["something", "nothing"])
def test_the_text_reaches_the_other_job(report: str, bash: str, tmp_path: Path) -> None:
    (tmp_path / "given").write_text(report, encoding="utf-8", newline="\n")
    python = tmp_path / "python"
    python.write_text('#!/usr/bin/env bash\ncp "$GIVEN" "$6"\n', encoding="utf-8", newline="\n")
    python.chmod(0o755)
    subprocess.run(
        [bash, "--noprofile", "--norc", "-eo", "pipefail", "-c", _script("ask")],
        cwd=tmp_path,
        env={
            "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}",
            "GIVEN": str(tmp_path / "given"),
            "RUNNER_TEMP": str(tmp_path),
            "GITHUB_OUTPUT": str(tmp_path / "output"),
            "GITHUB_STEP_SUMMARY": str(tmp_path / "summary"),
            "GITHUB_SERVER_URL": "https://example.org",
            "GITHUB_REPOSITORY": "a/b",
        },
        check=True,
        timeout=30,
    )
    assert (tmp_path / "summary").read_text(encoding="utf-8") == report
    first, *lines = (tmp_path / "output").read_text(encoding="utf-8").splitlines()
    name, _, end = first.partition("<<")
    assert name == "report"
    assert len(end) >= 32
    assert lines[-1] == end
    assert lines[:-1] == report.splitlines()


def test_each_job_may_do_no_more_than_it_must() -> None:
    whole = yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))
    assert whole["permissions"] == {}
    assert {name: job["permissions"] for name, job in _jobs().items()} == {
        "ask": {"contents": "read"},
        "issue": {"issues": "write"},
    }
    # YAML reads the word "on" as true.
    assert set(whole[True]) == {"schedule", "workflow_dispatch"}, "it holds up no pull request"


def test_the_command_of_the_job_is_understood() -> None:
    call = re.search(r"python build\.py (links (?:.|\\\n)*?)\n(?!\s+--)", _script("ask"))
    assert call is not None
    words = call[1].replace("\\\n", " ").replace('"', "").split()
    contact = words.index("--contact") + 1
    words[contact] = "https://example.org/hayami"
    parsed = cli.parser().parse_args(words)
    assert parsed.state.parent.as_posix() == next(
        step["with"]["path"] for step in _jobs()["ask"]["steps"] if "cache/save" in step.get("uses", "")
    )


def test_actions_are_pinned_by_commit() -> None:
    uses = re.findall(r"uses: (\S+)", WORKFLOW.read_text(encoding="utf-8"))
    assert uses
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40}", one) for one in uses)
