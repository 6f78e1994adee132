"""What is wrong with finished pages stops the build, and is told to whoever wrote the line."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from hayami import cli, pipeline, problems, rollover
from hayami.audit.address import Site
from hayami.audit.run import audit_files
from hayami.audit.site import Memory
from hayami.commands import build as command
from tests import sites

GOLDEN = Path(__file__).parent.parent / "golden" / "content"
OPTIONS = pipeline.Options(GOLDEN, base_url="https://example.org/sub/", search=False)


@dataclass(frozen=True)
class Work:
    """A copy of the small catalogue and of the templates, to be spoilt."""

    content: Path
    templates: Path

    def spoil(self, file: str, old: str, new: str) -> tuple[int, int]:
        """Change one place of a file; gives its line, and the column where the change starts."""
        path = self.content.parent / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) >= 1
        path.write_text(text.replace(old, new, 1), encoding="utf-8", newline="\n")
        before = text[: text.index(old)]
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def build(self, **options: object) -> pipeline.Built:
        return pipeline.build(
            replace(OPTIONS, content=self.content, templates=self.templates, **options)  # type: ignore[arg-type]
        )


@pytest.fixture
def work(tmp_path: Path) -> Work:
    shutil.copytree(GOLDEN, tmp_path / "content")
    shutil.copytree(pipeline.PROJECT / "templates", tmp_path / "templates")
    return Work(tmp_path / "content", tmp_path / "templates")


def test_a_sound_site_has_no_findings() -> None:
    built = sites.built(OPTIONS)
    assert built.problems == ()
    assert "index.html" in built.files
    assert built.refused == {}


def test_a_finding_names_the_line_that_its_author_wrote(work: Work) -> None:
    """Many findings at once, each of which leads to its own line."""
    spoilt = [
        ("templates/base.html", '<nav class="menu" aria', '<nav class="menu" tabindex="3" aria', "positive-tabindex"),
        ("templates/base.html", "<main", "<main aria-labelledby='nothing-such'", "aria-idref"),
        ("templates/base.html", "</footer>", '<a href="nowhere/">Somewhere</a></footer>', "broken-link"),
        ("templates/parts/record/head.html", '<h1 class="nm"', '<h1 class="nm" role="hedding"', "role-valid"),
        ("content/pages/help/en.md", "a [page](https", "a [here](https", "link-text-vague"),
        ("content/programmes/machine-grant/en.md", "Once for each", "Ｏｎｃｅ for each", "fullwidth-alnum"),
        ("content/strings/en.yaml", "Save costs", "Ｓａｖｅ costs", "fullwidth-alnum"),
    ]  # fmt: skip
    wanted = {
        (rule, (work.content.parent / file).as_posix(), work.spoil(file, old, new)[0])
        for file, old, new, rule in spoilt
    }
    rules = {rule for rule, _, _ in wanted}
    found = {(one.code, one.place.file, one.place.line) for one in work.build().problems}
    assert {one for one in found if one[0] in rules} == wanted


def test_a_finding_of_a_year_that_is_over_names_its_own_file(work: Work) -> None:
    rollover.roll_over(replace(OPTIONS, content=work.content), 2025)
    file = "content/past/2024/programmes/machine-grant/en.md"
    line, _ = work.spoil(file, "Once for each", "Ｏｎｃｅ for each")
    found = [one for one in work.build().problems if one.code == "fullwidth-alnum"]
    assert [(one.place.file, one.place.line) for one in found] == [
        ((work.content.parent / file).as_posix(), line)
    ]


def test_what_is_on_many_pages_is_told_once(work: Work) -> None:
    work.spoil("templates/base.html", "<main", '<main tabindex="3"')
    (one,) = work.build().problems
    said = problems.as_text(one)
    assert "error[positive-tabindex]" in said
    pages = sum(b"<main id=" in content for content in sites.built(OPTIONS).files.values())
    assert f"ほか{pages - 1}ページ" in said
    assert f", {pages - 1} more pages)" in said


def test_a_page_without_a_traced_line_is_named_itself(work: Work) -> None:
    work.spoil("templates/parts/record/head.html", "<h1", "<p")
    work.spoil("templates/parts/record/head.html", "</h1>", "</p>")
    found = [one for one in work.build().problems if one.code == "h1-missing"]
    assert [one.place.file for one in found] == ["site/en/events/fair/index.html"]


def test_errors_refuse_the_site_and_keep_the_faulty_pages_to_look_at(
    work: Work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Content can break a page, too: nothing is published, and what was published stays."""
    out, refused = tmp_path / "out", tmp_path / "refused"
    monkeypatch.setattr(command, "REFUSED", refused)
    arguments = ["--content", str(work.content), "--out", str(out), "--lang-messages", "en"]
    assert cli.main(arguments) == 0
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    work.spoil("content/pages/help/en.md", "(https://example.org/)", "(https://localhost/)")
    (refused / "old.html").parent.mkdir()
    (refused / "old.html").write_text("of another build")
    capsys.readouterr()
    assert cli.main(arguments) == 1
    said = capsys.readouterr()
    assert "pages/help/en.md:10:14: error[" in said.err
    assert "was left as it was" in said.out
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert cli.main(["check", *arguments[:2]]) == 1
    kept = {path.relative_to(refused).as_posix() for path in refused.rglob("*") if path.is_file()}
    assert kept == {"en/help/index.html"}


# --- waivers ------------------------------------------------------------------------------------

WAIVER = """\
waivers:
  - rule: positive-tabindex
    file: "{file}"
    reason: The order is being mended.
    until: 2024-06-30
"""


def waive(work: Work, file: str) -> None:
    (work.content / "waivers.yaml").write_text(WAIVER.format(file=file), encoding="utf-8", newline="\n")


def test_a_waiver_lets_one_rule_pass_on_the_pages_that_it_names(work: Work) -> None:
    work.spoil("templates/base.html", "<main", '<main tabindex="3"')
    waive(work, "*")
    assert work.build().problems == ()
    waive(work, "en/*")
    (left,) = work.build().problems
    assert left.code == "positive-tabindex"
    english = sum(name.startswith("en/") for name in sites.built(OPTIONS).files if name.endswith(".html"))
    assert english > 10
    assert int(problems.as_text(left).split("ほか")[1].split("ページ")[0]) < english + 10


def test_a_waiver_ends_and_is_told_when_nothing_needs_it(work: Work) -> None:
    waive(work, "*")
    assert [one.code for one in work.build().problems] == ["waiver-unused"]
    work.spoil("templates/base.html", "<main", '<main tabindex="3"')
    assert work.build(today=date(2024, 6, 30)).problems == ()
    over = work.build(today=date(2024, 7, 1))
    assert [one.code for one in over.problems] == ["waiver-over"]
    assert over.site is None
    assert "waivers.yaml:5:12" in str(over.problems[0].place)


def test_waivers_serve_any_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    head = '<!doctype html>\n<html lang="en"><meta charset="utf-8"><title>A page</title>\n'
    page = head + '<main><h1>A</h1>\n<p tabindex="3">b</p></main></html>'
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    (tmp_path / "w.yaml").write_text(WAIVER.format(file="*").replace("2024", "2124"), encoding="utf-8")
    arguments = ["audit", str(tmp_path), "--lang-messages", "en"]
    assert cli.main(arguments) == 1
    assert "a.html:4:1: error[positive-tabindex]" in capsys.readouterr().out
    waiving = [*arguments, "--waivers", str(tmp_path / "w.yaml")]
    assert cli.main(waiving) == 0
    assert capsys.readouterr().err == "0 errors, 0 warnings\n"
    (tmp_path / "a.html").write_text(page.replace(' tabindex="3"', ""), encoding="utf-8")
    assert cli.main(waiving) == 0
    assert "w.yaml:2:11: warning[waiver-unused]" in capsys.readouterr().err
    (tmp_path / "w.yaml").write_text(WAIVER.format(file="*").replace("tabindex", "tabindx"), encoding="utf-8")
    assert cli.main(waiving) == 1
    said = capsys.readouterr().err
    assert "w.yaml:2:11: error[unknown-rule]" in said
    assert 'Did you mean "positive-tabindex"' in said
    assert "w.yaml:5:12: error[waiver-over]" in said
    assert cli.main([*arguments, "--waivers", str(tmp_path / "none.yaml")]) == 1
    assert "error[missing-file]" in capsys.readouterr().err


# --- builds that follow one another -------------------------------------------------------------


def test_an_audit_that_remembers_says_the_same(work: Work) -> None:
    memory = Memory()

    def both() -> list[str]:
        files = work.build(audit=False).files
        site = Site("https://example.org/sub/", "/sub/")
        fresh = audit_files(files, site)
        assert audit_files(files, site, memory) == fresh
        return [one.rule for one in fresh]

    assert both() == []
    work.spoil("content/pages/help/en.md", "a [page](https", "a [here](https")
    assert both() == ["link-text-vague"]
    work.spoil("content/pages/help/en.md", "a [here](https", "a [page](https")
    assert both() == []
