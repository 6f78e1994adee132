"""A new fiscal year: what is kept, what is carried over, what is refused, and what readers are told."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from hayami import cli, freshness, pipeline, rollover
from hayami.schema.scalars import Ref, SourceRef
from tests import sites

GOLDEN = Path(__file__).parent.parent / "golden" / "content"
BASE_URL = "https://example.org/trial/"
RECORD = "programmes/machine-grant/record.yaml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    folder = tmp_path / "content"
    shutil.copytree(GOLDEN, folder)
    return folder


@pytest.fixture
def rolled(content: Path) -> Path:
    """The golden catalogue in its second year, nothing confirmed yet."""
    assert cli.main(["rollover", "2025", "--content", str(content)]) == 0
    return content


def built(content: Path) -> Mapping[str, str]:
    made = pipeline.build(pipeline.Options(content, base_url=BASE_URL, search=False))
    assert made.site is not None, made.problems
    return {
        name: data.decode() for name, data in made.files.items() if name.endswith((".html", ".xml", ".json"))
    }


def text_of(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", re.sub(r"</t[dh]>", " ", page)))


def edit(file: Path, *changes: tuple[str, str]) -> None:
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8", newline="\n")


def confirm(content: Path, kind_and_slug: str) -> None:
    """What an editor does who finds everything in the new material on the same page."""
    edit(content / kind_and_slug / "record.yaml", ("carried_over: 2024\n", ""), ("FY2024 p", "p"))


# --- what the command does --------------------------------------------------------------------------


def test_the_old_year_is_kept_byte_for_byte(content: Path) -> None:
    before = {path.relative_to(content): path.read_bytes() for path in content.rglob("*") if path.is_file()}
    assert cli.main(["rollover", "2025", "--content", str(content)]) == 0
    kept = content / "past" / "2024"
    after = {path.relative_to(kept): path.read_bytes() for path in kept.rglob("*") if path.is_file()}
    assert after == {name: data for name, data in before.items() if name.parts[0] not in rollover._NOT_KEPT}
    assert not [path for path in (content / "past").iterdir() if path.name.startswith(".")]


def test_every_record_is_carried_over_with_its_comments(content: Path) -> None:
    edit(content / RECORD, ("fiscal_year: 2024", "fiscal_year: 2024 # of the source"))
    assert cli.main(["rollover", "FY2025", "--content", str(content)]) == 0
    text = (content / RECORD).read_text(encoding="utf-8")
    assert "carried_over: 2024\nfiscal_year: 2025 # of the source\n" in text
    assert '{id: cap, yen: 15_000_000, source: "FY2024 p2 限度額 1, 500万円"}' in text
    checked = pipeline.check(pipeline.Options(content))
    assert checked.site is not None
    told = [one for one in checked.problems if one.code == "not-yet-confirmed"]
    assert len(told) == len(checked.site.items) == 4
    assert {one.code for one in checked.problems} == {"not-yet-confirmed"}
    assert all(item.unconfirmed for item in checked.site.items.values())
    assert checked.site.settings.fiscal_year == 2025
    assert checked.site.settings.valid_until.isoformat() == "2026-03-31"
    assert checked.site.source.fiscal_year == 2024
    sources = re.findall(r"source: ", (GOLDEN / RECORD).read_text(encoding="utf-8"))
    assert len(re.findall(r"FY2024 p", text)) >= len(sources)


@pytest.mark.parametrize("year", ["2024", "2023", "2300"])
def test_a_year_that_does_not_follow_is_refused(
    year: str, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (content / RECORD).read_bytes()
    assert cli.main(["rollover", year, "--content", str(content)]) == 1
    assert "This is fiscal 2024; name a year after it, such as 2025." in capsys.readouterr().err
    assert (content / RECORD).read_bytes() == before
    assert not (content / "past").exists()


def test_faulty_content_is_not_rolled_over(content: Path, capsys: pytest.CaptureFixture[str]) -> None:
    edit(content / RECORD, ("kind: grant", "kind: grnat"))
    assert cli.main(["rollover", "2025", "--content", str(content)]) == 1
    assert "unknown-value" in capsys.readouterr().err
    assert not (content / "past").exists()


def test_evidence_may_name_its_year() -> None:
    one = SourceRef.parse("FY2024 p8 助成限度額 150万円")
    assert (one.year, one.page, one.fragment) == (2024, 8, "助成限度額 150万円")
    assert str(one) == "FY2024 p8 助成限度額 150万円"
    assert SourceRef.parse("p8 150万円").year is None
    with pytest.raises(ValueError):
        SourceRef.parse("FY24 p8 150万円")


def test_a_second_rollover_keeps_where_each_figure_is_from(rolled: Path) -> None:
    confirm(rolled, "programmes/machine-grant")
    assert cli.main(["rollover", "2026", "--content", str(rolled)]) == 0
    grant = (rolled / RECORD).read_text(encoding="utf-8")
    assert "carried_over: 2025" in grant
    assert "FY2025 p2" in grant
    assert "FY2024" not in grant
    hall = (rolled / "facilities/hall/record.yaml").read_text(encoding="utf-8")
    assert "carried_over: 2024" in hall
    assert "fiscal_year: 2026" in hall
    assert sorted(path.name for path in (rolled / "past").iterdir()) == ["2024", "2025"]
    assert not (rolled / "past/2025/past").exists()
    files = built(rolled)
    for name in ("fy2024/", "fy2025/", "fy2025/en/", ""):
        assert f"{name}programmes/machine-grant/index.html" in files
    for year in (2025, 2026):
        assert f"en/years/fy{year}/index.html" in files


# --- confirming -----------------------------------------------------------------------------------


def test_a_record_without_fresh_evidence_is_refused(rolled: Path) -> None:
    edit(rolled / RECORD, ("carried_over: 2024\n", ""))
    checked = pipeline.check(pipeline.Options(rolled))
    assert checked.site is None
    told = [one for one in checked.problems if one.code == "evidence-of-earlier-year"]
    text = (rolled / RECORD).read_text(encoding="utf-8").split("\n")
    assert len(told) == sum("FY2024" in line for line in text)
    assert all("FY2024" in text[one.place.line - 1][one.place.column - 1 :] for one in told)


def test_a_confirmed_record_is_of_the_new_year(rolled: Path) -> None:
    confirm(rolled, "programmes/machine-grant")
    edit(
        rolled / RECORD,
        ('yen: 15_000_000, source: "p2 限度額 1, 500万円"', "yen: 20_000_000, source: p2 2000万円"),
    )
    files = built(rolled)
    page = text_of(files["en/programmes/machine-grant/index.html"].partition("<footer")[0])
    assert "Not yet confirmed" not in page
    assert "Terms of FY2025; figures valid to 31 March 2026" in page
    changed = text_of(files["en/years/fy2025/index.html"])
    assert re.search(r"Upper limit ¥15 million ¥20 million", changed)
    assert "上限額 1,500万円 2,000万円" in text_of(files["years/fy2025/index.html"])
    waiting = files["en/years/fy2025/index.html"].partition("Not yet confirmed")[2]
    assert "programmes/machine-grant/" not in waiting.partition("</main>")[0]
    assert "facilities/hall/" in waiting


# --- what readers see -------------------------------------------------------------------------------


def test_what_nobody_confirmed_says_so_wherever_it_stands(rolled: Path) -> None:
    files = built(rolled)
    page = text_of(files["programmes/machine-grant/index.html"])
    assert (
        "令和7年度（2025年度）の内容は、まだ確かめていません。ここにあるのは令和6年度（2024年度）の内容です。"
        in page
    )
    assert "2024年度</text>" in files["programmes/machine-grant/index.html"], (
        "the stamp is that of the old material"
    )
    assert "令和7年度（2025年度）の内容です" not in page
    for name in ("index.html", "grants/index.html", "programmes/index.html", "search/index.html"):
        assert "未確認" in files[name], name
    assert 'href="../../fy2024/contents/#page-2"' in files["programmes/machine-grant/index.html"]


def test_a_year_that_is_over_keeps_its_pages_marked(rolled: Path) -> None:
    before = built(GOLDEN)
    files = built(rolled)
    left_out = re.compile(
        r"(en/)?(q|search|compare|offline|unreachable|accessibility|data|changes|health|booklet)/|.*feed\.xml|404|sitemap|.*\.json|(en/)?programmes/(machine-support|tool-grant)/"
    )
    for name in before:
        if not left_out.match(name):
            page = files[f"fy2024/{name}"]
            assert '<meta name="robots" content="noindex">' in page, name
            assert "のページです。今の内容ではありません。" in page or "This page is of FY2024." in page, name
            assert "ld+json" not in page
    page = files["fy2024/en/programmes/machine-grant/index.html"]
    assert '<a href="../../../../en/programmes/machine-grant/">See the page of now</a>' in page
    assert "¥15 million" in text_of(page)
    assert f'<link rel="canonical" href="{BASE_URL}fy2024/en/programmes/machine-grant/">' in page
    assert 'action="../../../../en/search/"' in page
    assert "fy2024" not in files["sitemap.xml"]
    assert "fy2024" not in files["offline.json"]


def test_addresses_of_now_stay_and_lead_to_earlier_years(rolled: Path) -> None:
    assert set(built(GOLDEN)) - set(built(rolled)) == set()
    page = built(rolled)["programmes/machine-grant/index.html"]
    assert '<a href="../../fy2024/programmes/machine-grant/">令和6年度（2024年度）</a>' in page


def test_a_programme_that_is_over_keeps_its_page_and_names_its_successor(rolled: Path) -> None:
    shutil.copytree(rolled / "programmes/machine-grant", rolled / "programmes/new-grant")
    edit(
        rolled / "programmes/new-grant/record.yaml",
        ("former_slugs: [machine-support, tool-grant]\n", ""),
        ("carried_over: 2024\n", ""),
        ("FY2024 p", "p"),
    )
    edit(
        rolled / RECORD,
        (
            "carried_over: 2024\n",
            "carried_over: 2024\nended: {after: 2024, successors: [programme:new-grant]}\n",
        ),
    )
    made = pipeline.build(pipeline.Options(rolled, base_url=BASE_URL, search=False))
    assert made.site is not None, made.problems
    assert made.site.items[Ref("programmes", "machine-grant")].ended
    assert not any("machine-grant" in one.place.file for one in made.problems), (
        "what is over need not be confirmed"
    )
    files = {name: data.decode() for name, data in made.files.items() if name.endswith(".html")}
    page = files["en/programmes/machine-grant/index.html"]
    assert "It ended with FY2024." in text_of(page)
    assert re.search(
        r'What took its place <a href="../../../en/programmes/new-grant/">|What took its place <a href="../new-grant/">',
        page,
    )
    assert "Came before (ended)" in text_of(files["en/programmes/new-grant/index.html"])
    assert "estimate" not in re.findall(r'id="([\w-]+)"', page)
    main = files["index.html"].partition("<main")[2].partition("</main>")[0]
    assert "programmes/new-grant/" in main
    assert "programmes/machine-grant/" not in main, "the table says what there is"
    for name in ("grants/index.html", "purposes/grow/index.html"):
        assert "programmes/machine-grant/" not in files[name].partition("<main")[2].partition("</main>")[0]
    assert "終了" in files["programmes/index.html"]
    over = text_of(files["en/years/fy2025/index.html"]).partition("Support that is over")[2]
    assert over


def test_new_material_may_have_fewer_pages(rolled: Path) -> None:
    edit(rolled / "source.yaml", ("fiscal_year: 2024\n", ""))
    text = (rolled / "source.yaml").read_text(encoding="utf-8")
    (rolled / "source.yaml").write_text(text.partition("  - {page: 2,")[0], encoding="utf-8", newline="\n")
    checked = pipeline.check(pipeline.Options(rolled))
    assert {one.code for one in checked.problems} == {"not-yet-confirmed"}
    confirm(rolled, "programmes/machine-grant")
    told = [one for one in pipeline.check(pipeline.Options(rolled)).problems if one.code == "unknown-id"]
    assert {one.place.file for one in told} == {pipeline.shown_path(rolled / RECORD)}


def test_paper_and_data_name_the_material_of_each_record(rolled: Path) -> None:
    edit(rolled / "source.yaml", ("fiscal_year: 2024\n", ""), ("ja: ためしの冊子", "ja: 次の冊子"))
    confirm(rolled, "facilities/hall")
    made = pipeline.build(pipeline.Options(rolled, base_url=BASE_URL, search=False))
    assert made.site is not None, made.problems
    paper = made.files["booklet/index.html"].decode()
    waiting = [str(item.ref) for item in made.site.items.values() if item.unconfirmed]
    assert len(waiting) == 3
    assert paper.count("出典: 「次の冊子」") == 1
    assert paper.count("出典: 「ためしの冊子」") == len(waiting)
    assert paper.count('<span class="must">未確認</span>') == len(waiting)
    services = made.files["data/services.csv"].decode()
    assert services.count("ためしの冊子 2ページ") == 1
    assert "次の冊子" not in services


def test_a_code_on_paper_leads_to_what_became_of_the_record(rolled: Path) -> None:
    edit(rolled / RECORD, ("carried_over: 2024\n", "carried_over: 2024\nended: {after: 2024}\n"))
    files = built(rolled)
    assert "It ended with FY2024." in text_of(files["en/q/machine-grant/index.html"])
    waiting = text_of(files["en/q/hall/index.html"])
    assert "Not yet confirmed for FY2025." in waiting
    assert 'years/">Changes by year</a>' in files["en/q/hall/index.html"].partition("<footer")[0]


def test_nobody_is_asked_to_look_again_at_what_is_over(rolled: Path) -> None:
    def told() -> list[str]:
        site = pipeline.check(pipeline.Options(rolled)).site
        assert site is not None
        return [one.words["en"] for one in freshness.overtaken(site, date(2025, 9, 1)) if not one.urgent]

    assert any(line.endswith("since 2024-03-19: 4") for line in told())
    edit(rolled / RECORD, ("carried_over: 2024\n", "carried_over: 2024\nended: {after: 2024}\n"))
    assert any(line.endswith("since 2024-03-19: 3") for line in told())


def test_what_is_over_is_listed_when_a_year_was_left_out(rolled: Path) -> None:
    assert cli.main(["rollover", "2027", "--content", str(rolled)]) == 0
    edit(rolled / RECORD, ("carried_over: 2024\n", "carried_over: 2024\nended: {after: 2026}\n"))
    over = text_of(built(rolled)["en/years/fy2027/index.html"]).partition("Support that is over")[2]
    assert over.partition("Not yet confirmed")[0].strip()


def test_a_record_that_is_deleted_is_missed(rolled: Path) -> None:
    shutil.rmtree(rolled / "facilities/hall")
    told = [one for one in pipeline.check(pipeline.Options(rolled)).problems if one.code == "vanished-record"]
    assert [one.values["ref"] for one in told] == ["facility:hall"]


def test_faults_of_a_year_that_is_over_are_told(rolled: Path) -> None:
    edit(rolled / "past/2024" / RECORD, ("kind: grant", "kind: grnat"))
    checked = pipeline.check(pipeline.Options(rolled))
    assert checked.site is None
    assert [one.code for one in checked.problems if one.severity == "error"] == ["unknown-value"]
    assert all("past/2024" in one.place.file for one in checked.problems if one.severity == "error")


def test_two_builds_of_two_years_are_equal(rolled: Path) -> None:
    options = pipeline.Options(rolled, base_url=BASE_URL, search=False, audit=False)
    assert pipeline.build(options).files == pipeline.build(options).files


def test_the_catalogue_itself_can_be_rolled_over(tmp_path: Path) -> None:
    """The real one: green at once, every record waiting, nothing of the old year lost."""
    content = tmp_path / "content"
    shutil.copytree(pipeline.PROJECT / "content", content)
    site = sites.built(sites.CATALOGUE).site
    assert site is not None
    year = site.settings.fiscal_year
    assert cli.main(["rollover", str(year + 1), "--content", str(content)]) == 0
    made = pipeline.build(pipeline.Options(content, base_url=BASE_URL, search=False, archive=False))
    assert made.site is not None, [one for one in made.problems if one.severity == "error"]
    waiting = [one for one in made.problems if one.code == "not-yet-confirmed"]
    assert len(waiting) == len(site.items)
    for ref in site.items:
        assert f"fy{year}/{ref.kind}/{ref.slug}/index.html" in made.files
