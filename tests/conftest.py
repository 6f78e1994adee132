"""What all tests share."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import jinja2
import pytest

from hayami import render
from tests import sites

PROJECT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def project() -> Path:
    """Root of the project."""
    return PROJECT


def pytest_configure(config: pytest.Config) -> None:
    """The folder of this run; processes that xdist starts find it in their environment."""
    if sites.RUN not in os.environ:
        os.environ[sites.RUN] = tempfile.mkdtemp(prefix="hayami-tests-")
        config.add_cleanup(lambda: shutil.rmtree(os.environ.pop(sites.RUN), ignore_errors=True))


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once() -> Iterator[None]:
    """Compiling them takes most of the time of a small build; what is kept is known by the text of a template."""
    folder = Path(os.environ[sites.RUN], "templates")
    folder.mkdir(exist_ok=True)
    make = render.environment

    def environment(templates: Path) -> jinja2.Environment:
        made = make(templates)
        made.bytecode_cache = jinja2.FileSystemBytecodeCache(str(folder))
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "environment", environment)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Where ``HAYAMI_NO_SKIP`` is set, as in CI, a skipped test is a failure."""
    report = yield
    if report.skipped and os.environ.get("HAYAMI_NO_SKIP"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped: {report.longrepr}"
    return report
