"""What all tests share."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path

import jinja2
import pytest
from jinja2.bccache import Bucket

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


class _CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """Templates that are known by name and text alone, so that copies of them are compiled once, too."""

    def get_bucket(
        self,
        environment: jinja2.Environment,
        name: str,
        filename: str | None,  # noqa: ARG002
        source: str,
    ) -> Bucket:
        return super().get_bucket(environment, f"{name}|{self.get_source_checksum(source)}", None, source)


@pytest.fixture(scope="session", autouse=True)
def _templates_are_compiled_once() -> Iterator[None]:
    """Compiling them takes most of the time of a small build."""
    folder = Path(os.environ[sites.RUN], "templates")
    folder.mkdir(exist_ok=True)
    make = render.environment

    def environment(templates: Path) -> jinja2.Environment:
        made = make(templates)
        made.bytecode_cache = _CompiledTemplates(str(folder))
        return made

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(render, "environment", environment)
        yield


LONGEST = (
    # The first prints the catalogue for the others of its file; while it does, another process builds the site.
    "tests/unit/test_booklet_pdf.py::test_every_sheet_is_one_page_and_stands_on_its_number",
    "tests/browser/test_accessibility_in_chromium.py::test_axe_finds_nothing_in_any_mode",
    "tests/browser/test_old_phones.py::test_every_kind_of_page_is_read_and_its_links_lead_somewhere",
    "tests/unit/test_rollover.py::test_the_catalogue_itself_can_be_rolled_over",
    "tests/conformance/test_html_conformance.py::test_every_page_is_html_without_an_error_or_a_warning",
    "tests/browser/test_contrast_in_chromium.py::test_whatever_meets_is_a_declared_pair",
    "tests/browser/test_search_in_chromium.py::test_it_finds_what_people_look_for",
    "tests/unit/test_site_links.py::test_two_builds_are_byte_equal",
    "tests/unit/test_any_input.py::test_a_record_changed_at_random_is_judged_and_never_fails",
    "tests/unit/test_any_input.py::test_a_file_scratched_at_random_is_judged_and_never_fails",
    "tests/unit/test_publish_kill.py::test_killed_at_random_moments",
)
"""Tests that take longest, the longest first: one of them at the end of a run would be waited for."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest tests first, all others in their order. What is left at the end is short and easily shared out."""

    def rank(item: pytest.Item) -> int:
        name = item.nodeid.partition("[")[0]
        return LONGEST.index(name) if name in LONGEST else len(LONGEST)

    items.sort(key=rank)


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
