"""``diff``: what readers will see change between two revisions, in repositories of the test's own."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

import pytest

from hayami import change_report, cli, differences, pipeline, text
from hayami.schema import record
from hayami.schema.scalars import Declared, Ref

GOLDEN = Path(__file__).parent.parent / "golden"
RECORD = "programmes/machine-grant/record.yaml"
JAPANESE = "programmes/machine-grant/ja.md"
ENGLISH = "programmes/machine-grant/en.md"

Told = Callable[..., str]


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments],
        check=True,
        capture_output=True,
    )


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The golden catalogue, committed, in a repository where it does not stand at the root."""
    folder = tmp_path / "work" / "catalogue"
    shutil.copytree(GOLDEN / "content", folder)
    git(folder.parent, "init", "-q", "-b", "main")
    git(folder.parent, "add", ".")
    git(folder.parent, "commit", "-qm", "first")
    monkeypatch.chdir(folder.parent)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return folder


@pytest.fixture
def told(content: Path, capsys: pytest.CaptureFixture[str]) -> Told:
    """Runs ``diff`` and returns what it prints."""

    def run(*arguments: str) -> str:
        capsys.readouterr()
        assert cli.main(["diff", "--content", str(content), *(arguments or ("HEAD",))]) == 0
        return capsys.readouterr().out

    return run


def edit(file: Path, old: str, new: str) -> None:
    before = file.read_text(encoding="utf-8")
    assert before.count(old) == 1, (old, before.count(old))
    file.write_text(before.replace(old, new), encoding="utf-8", newline="\n")


def lines_of(report: str, part: str) -> list[str]:
    return [line.strip(" -*") for line in report.split("\n") if part in line]


# --- figures ------------------------------------------------------------------------------------


def test_without_a_change_it_says_so(told: Told) -> None:
    assert "読者に見える変化はありません。 / Readers will see no change." in told()


def test_another_way_to_write_the_same_is_no_change(content: Path, told: Told) -> None:
    edit(content / RECORD, "yen: 15_000_000", "yen: 15000000")
    edit(
        content / RECORD,
        "purposes: {grow: high, save: low}",
        "# a comment\npurposes:\n  grow: high\n  save: low",
    )
    assert "Readers will see no change." in told()


def test_a_figure_is_told_in_every_language(content: Path, told: Told) -> None:
    edit(
        content / RECORD,
        'yen: 15_000_000, source: "p2 限度額 1, 500万円"',
        "yen: 20_000_000, source: p2 2000万円",
    )
    report = told()
    assert "機械を新しくするためし助成金" in report
    [line] = lines_of(report, "1,500万円 → 2,000万円")
    assert line.endswith(
        "・上限額 1,500万円 → 2,000万円 / Grant for machines · Upper limit ¥15 million → ¥20 million"
    )
    assert "Figures: 1." in report
    assert "source p2" in report
    assert report.count("→") == 2


def test_one_language_can_be_asked_for(content: Path, told: Told) -> None:
    edit(
        content / RECORD,
        'yen: 15_000_000, source: "p2 限度額 1, 500万円"',
        "yen: 20_000_000, source: p2 2000万円",
    )
    report = told("HEAD", "--lang-messages", "en")
    assert "Upper limit ¥15 million → ¥20 million" in report
    assert "万円" not in report


def test_figures_of_one_kind_are_paired_by_whom_they_are_for(content: Path, told: Told) -> None:
    """Two rates change places in the file, and one of them changes: the other is not told of."""
    edit(
        content / RECORD,
        """      - {value: 2/3, within: true, when: small, source: p2 小規模企業 2/3以内}
      - {value: 1/2, within: true, source: p2 1/2以内}""",
        """      - {value: 1/2, within: true, source: p2 1/2以内}
      - {value: 3/4, within: true, when: small, source: p2 小規模企業 3/4以内}""",
    )
    report = told()
    [line] = lines_of(report, "2/3")
    assert "2/3以内 → 3/4以内" in line
    assert "up to 2/3 → up to 3/4" in line
    assert "小規模" in line
    assert "1/2" not in report


def test_a_figure_that_comes_or_goes_is_told(content: Path, told: Told) -> None:
    edit(content / RECORD, '    floor: {yen: 11_750, bound: min, source: "p2 下限額 11,750円"}\n', "")
    [line] = lines_of(told(), "11,750円")
    assert "なくなりました: 11,750円以上" in line
    assert "removed: at least ¥11,750" in line


def test_evidence_that_only_names_its_year_now_is_the_same(content: Path, told: Told) -> None:
    assert cli.main(["rollover", "2025", "--content", str(content)]) == 0
    report = told()
    assert "Carried over from added: FY2024" in report
    assert "evidence changed" not in report
    edit(content / RECORD, "FY2024 p2 限度額", "FY2024 p2 助成限度額")
    assert told().count("evidence changed") == 1


def test_evidence_that_changed_alone_is_named_apart(content: Path, told: Told) -> None:
    edit(content / RECORD, "source: p2 880件}", "source: p2 規模 880件}")
    report = told()
    [line] = lines_of(report, "880件")
    assert line.startswith("数字は同じで、根拠が変わりました / The figure is the same, its evidence changed")
    assert "p2 880件 → p2 規模 880件" in line
    assert "Figures: 0." in report


# --- facts and words ------------------------------------------------------------------------------


def test_purposes_bodies_and_notes_are_told_by_name(content: Path, told: Told) -> None:
    edit(content / RECORD, "purposes: {grow: high, save: low}", "purposes: {save: high}")
    edit(content / RECORD, "  - {body: city, role: certifies}\n", "")
    report = told()
    assert re.search(r"あてはまる目的 .*（少しあてはまる） → ", report)
    assert len(lines_of(report, "あてはまる目的")) == 2
    assert re.search(r"実施する団体 なくなりました: .* \(認定・承認\)", report)


def test_words_are_told_in_their_language_and_stale_translations_are_listed(
    content: Path, told: Told
) -> None:
    edit(content / JAPANESE, "summary: ", "summary: いまなら、")
    report = told("HEAD", "--format", "markdown")
    [line] = lines_of(report, "文章 / Words (日本語) 要約 / Summary")
    assert "→ “いまなら、" in line
    assert "訳が古くなったもの / Translations that are now out of date" in report
    assert re.search(r"`catalogue/programmes/machine-grant/en\.md:\d+:\d+`", report)


def test_a_figure_within_words_is_no_change_of_words(content: Path, told: Told) -> None:
    """The words name the figure by its id, and the figure is told already."""
    words = (content / JAPANESE).read_text(encoding="utf-8")
    assert "{cap}" in words or "{period}" in words
    edit(
        content / RECORD,
        'yen: 15_000_000, source: "p2 限度額 1, 500万円"',
        "yen: 20_000_000, source: p2 2000万円",
    )
    assert "文章" not in told()


def test_new_gone_and_renamed_records(content: Path, told: Told) -> None:
    (content / "programmes/machine-grant").rename(content / "programmes/machines")
    edit(
        content / "programmes/machines/record.yaml",
        "former_slugs: [machine-support, tool-grant]",
        "former_slugs: [machine-support, tool-grant, machine-grant]",
    )
    for file in (*content.rglob("*.md"), content / "changes.yaml"):
        said = file.read_text(encoding="utf-8")
        file.write_text(
            said.replace("programme:machine-grant", "programme:machines"), encoding="utf-8", newline="\n"
        )
    report = told()
    assert "programmes/machine-grant → programmes/machines" in report
    assert "Records that are gone" not in report
    git(content, "add", "-A")
    git(content, "commit", "-qm", "second")
    back = told("HEAD", "HEAD~1")
    assert "なくなった記録 / Records that are gone" in back
    assert "Readers who come by a link or from paper will find nothing." in back
    assert "新しい記録 / New records" in back
    assert "¥15 million" in back, "the figures of a new record are told"


def test_a_record_that_is_gone_has_no_sheet_to_print() -> None:
    site = pipeline.check(pipeline.Options(GOLDEN / "content")).site
    assert site is not None
    ref = Ref("programmes", "old")
    gone = differences.RecordChange(ref, {"en": "Old"}, "removed", ref)
    report = change_report.written(
        change_report.Summary(differences.Comparison(("en",), (gone,)), site, (), ()), markdown=False
    )
    assert "Records that are gone" in report
    assert "Sheets to print again" not in report


def test_what_lies_outside_of_records_is_told(content: Path, told: Told) -> None:
    edit(content / "site.yaml", "valid_until: 2025-03-31", "valid_until: 2026-03-31")
    edit(content / "vocabulary.yaml", "purposes: [grow, save]", "purposes: [grow, save, heal]")
    for code, name in (("ja", "直したい"), ("en", "I want to heal")):
        edit(content / f"strings/{code}.yaml", "  purposes: {", f"  purposes: {{heal: {name}, ")
    report = told()
    assert "site.yaml valid_until 2025-03-31 → 2026-03-31" in report
    assert "purposes heal 加わりました: 直したい / purposes heal added: I want to heal" in report


def test_pages_that_change_are_listed_with_their_titles(content: Path, told: Told) -> None:
    edit(
        content / RECORD,
        'yen: 15_000_000, source: "p2 限度額 1, 500万円"',
        "yen: 20_000_000, source: p2 2000万円",
    )
    report = told("HEAD", "--format", "markdown")
    listed = report[report.index("<details>") :]
    for place in ("programmes/machine-grant/", "grants/", "./"):
        assert f"(`{place}`)" in listed
    for place in ("organisations/desk/", "glossary/", "help/"):
        assert place not in listed
    assert "q/machine-grant" not in listed
    [count] = re.findall(r"Pages that change \((\d+)\)", listed)
    assert len(lines_of(listed, "(`")) == int(count)


# --- the command --------------------------------------------------------------------------------


def test_a_summary_of_a_job_is_added_to_its_file(
    content: Path, told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "summary.md"
    file.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(file))
    assert told("HEAD", "--format", "github-summary") == ""
    assert file.read_text(encoding="utf-8").startswith("before\n# 読者に見える変化 / ")


def test_a_summary_is_cut_at_the_end_of_a_line() -> None:
    cut = change_report.cut_to("あいう\n" * 100, 60)
    assert len(cut.encode()) <= 60
    assert cut.endswith("あいう\n…\n")


@pytest.mark.parametrize(
    ("revision", "words"),
    [
        ("no-such-branch", "There is no revision"),
        ("--output=x", "There is no revision"),
        ("HEAD^9", "no revision"),
    ],
)
def test_a_revision_that_is_not_there_is_told(
    revision: str, words: str, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["diff", "--content", str(content), "--", revision]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert "という版はここにありません" in said


def test_without_a_repository_that_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "alone"
    shutil.copytree(GOLDEN / "content", folder)
    assert cli.main(["diff", "--content", str(folder), "HEAD"]) == 2
    assert "this is no repository of git" in capsys.readouterr().err


def test_a_revision_without_content_is_told(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(content, "checkout", "-q", "--orphan", "empty")
    git(content.parent, "rm", "-rq", "--cached", ".")
    git(content.parent, "commit", "-qm", "nothing", "--allow-empty")
    assert cli.main(["diff", "--content", str(content), "HEAD"]) == 2
    assert "'HEAD' has no catalogue/." in capsys.readouterr().err


def test_faults_of_the_older_revision_are_placed_in_it(
    content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(content / RECORD, "    kind: grant", "    kind: grnat")
    git(content, "commit", "-qam", "broken")
    edit(content / RECORD, "    kind: grnat", "    kind: grant")
    assert cli.main(["diff", "--content", str(content), "HEAD"]) == 1
    said = capsys.readouterr().err
    assert re.search(
        r"^HEAD:catalogue/programmes/machine-grant/record\.yaml:\d+:\d+: error", said, re.MULTILINE
    )
    assert "hayami-revision" not in said
    assert "The content of 'HEAD' has errors" in said


def test_markdown_of_the_content_stays_text(content: Path, told: Told) -> None:
    """Whoever wrote the words of a fork: nothing in a summary is markup, a link or somebody's name."""
    edit(content / JAPANESE, "summary: ", 'summary: "<b>@someone</b> [x](https://example.org) ![y](z)" # ')
    report = told("HEAD", "--format", "markdown")
    assert r"\<b\>\@someone\</b\> \[x\](https://example.org) !\[y\](z)" in report


# --- nothing goes unnoticed -------------------------------------------------------------------------


def _declared(model: type[Declared]) -> Iterator[type[Declared]]:
    yield model
    for info in model.model_fields.values():
        stack = [info.annotation]
        while stack:
            one = stack.pop()
            stack += get_args(one)
            if isinstance(one, type) and issubclass(
                one,
                record.Variant
                | record.Offer
                | record.Fact
                | record.Criterion
                | record.Step
                | record.Requirement
                | record.Contact,
            ):
                yield from _declared(one)


@pytest.mark.parametrize("kind", record.KINDS)
def test_every_key_of_a_record_has_a_name_for_readers(kind: str) -> None:
    told = {*differences.FIELDS, *differences.UNSEEN, "source", "offers"}
    for model in set(_declared(record.KINDS[kind])):
        assert set(model.model_fields) - told == set(), model


def test_words_that_name_keys_exist() -> None:
    for strings in pipeline.builtin_strings(pipeline.PROJECT / "templates").values():
        for key in differences.FIELDS.values():
            part, name = key.split(".")
            assert "{" not in strings.interface[part][name], key


def test_every_figure_of_a_new_record_is_told() -> None:
    site = pipeline.check(pipeline.Options(GOLDEN / "content")).site
    assert site is not None
    ref = Ref("programmes", "machine-grant")
    without = pipeline.check(pipeline.Options(GOLDEN / "content")).site
    assert without is not None
    del without.items[ref]  # type: ignore[attr-defined]
    [found] = differences.compare(without, site, tuple(site.tongues)).records
    assert found.state == "added"
    shown = " ".join(words["en"] for words in (one.new for one in found.changes) if words)
    for figure in (
        "¥15 million",
        "¥8 million",
        "2/3",
        "1 year 9 months",
        "880",
        "¥12,000",
        "10,462",
        "April 1996",
    ):
        assert figure in shown


def test_text_of_a_report_can_be_read_by_line(content: Path, told: Told) -> None:
    edit(content / JAPANESE, "summary: ", "summary: いまなら、")
    assert all(line == text.without_hints(line).rstrip() for line in told().split("\n"))
