"""The data files: in the form that their schemas describe, complete, and the same bytes every time."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import posixpath
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from hayami import offline, pipeline
from hayami.addresses import Addresses
from hayami.open_data import downloads, national, sheet, tables
from hayami.open_data.records import Places
from hayami.schema.scalars import Ref
from tests import sites

GOLDEN = Path(__file__).parent.parent / "golden" / "content"
CONTENT = pipeline.PROJECT / "content"
BASE_URL = sites.HOST

MODEL = [
    "制度所管組織",
    "タイトル（制度名）",
    "サブタイトル（通称）",
    "制度番号",
    "元制度番号",
    "制度変更区分",
    "根拠法令",
    "地域群",
    "地域",
    "概要",
    "内容",
    "対象者",
    "用途・対象物",
    "収入条件",
    "家族構成条件",
    "対象者条件",
    "従業員条件",
    "資本金条件",
    "創業年条件",
    "給付上限額",
    "最大金利",
    "借入限度額",
    "償還期限",
    "最大補助率",
    "費用",
    "予算枠の有無",
    "申請届出方法",
    "募集時期",
    "公募開始日",
    "公募終了日",
    "公募備考",
    "手続書類",
    "電子申請の有無",
    "添付ファイルの名称",
    "添付ファイル名",
    "詳細参照先",
    "詳細URL",
    "標準産業分類",
    "ステージとアクション",
    "事業ステージ",
    "お困りごと",
    "サービス種別",
    "災害名",
    "キーワード",
    "実施組織・支援機関",
    "お問い合わせ先",
    "お問合わせ先一覧",
    "連絡先情報",
    "公開開始日",
    "公開終了日",
    "最終更新日",
    "表示優先度",
]
"""Columns of the national model in its order, copied by hand from the table of the model."""

NEEDS = [
    "販路開拓",
    "設備投資",
    "IT化",
    "資金繰り",
    "人材",
    "知的財産",
    "起業・創業",
    "事業承継",
    "災害対応",
    "情報収集",
]
TYPES = {
    "助成金",
    "補助金",
    "現物支給・現物貸与",
    "出資",
    "専門家派遣",
    "セミナー、研修・イベント",
    "情報提供・相談",
}

_OPTIONS = {
    "catalogue": sites.PLACED,
    "placeless": sites.CATALOGUE,
    "golden": pipeline.Options(GOLDEN, base_url=BASE_URL, search=False),
}


@pytest.fixture(scope="module", params=_OPTIONS)
def built(request: pytest.FixtureRequest) -> pipeline.Built:
    return sites.built(_OPTIONS[request.param])


@pytest.fixture(scope="module")
def catalogue() -> pipeline.Built:
    return sites.built(_OPTIONS["catalogue"])


def _json(built: pipeline.Built, name: str) -> Any:
    return json.loads(built.files[f"data/{name}"])


def _validator(built: pipeline.Built, name: str) -> Draft202012Validator:
    schema = _json(built, f"schema/{name}.schema.json")
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def _faults(validator: Draft202012Validator, data: Any) -> list[str]:
    return [f"{fault.json_path}: {fault.message[:200]}" for fault in validator.iter_errors(data)]


def _records(built: pipeline.Built) -> Iterator[tuple[str, Any]]:
    for name in built.files:
        if name.startswith("data/records/"):
            yield name, json.loads(built.files[name])


def _rows(built: pipeline.Built, name: str) -> list[dict[str, str]]:
    text = built.files[f"data/{name}"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


# --- schemas -------------------------------------------------------------------------------------


def test_every_document_has_the_form_that_its_schema_describes(built: pipeline.Built) -> None:
    for name in ("catalogue", "linked", "dcat"):
        ending = "json" if name == "catalogue" else "jsonld"
        assert _faults(_validator(built, name), _json(built, f"{name}.{ending}")) == []
    record = _validator(built, "record")
    for name, data in _records(built):
        assert _faults(record, data) == [], name
    lines = built.files["data/records.ndjson"].decode().splitlines()
    assert [_faults(record, json.loads(one)) for one in lines] == [[]] * len(lines)


def test_every_row_has_the_form_that_its_schema_describes(built: pipeline.Built) -> None:
    for name in ("values", "services"):
        validator = _validator(built, name)
        rows = _rows(built, f"{name}.csv")
        assert rows
        assert [fault for row in rows for fault in _faults(validator, row)] == []


def test_every_schema_belongs_to_a_file_and_every_file_names_its_schema(built: pipeline.Built) -> None:
    found = {name for name in built.files if name.startswith("data/schema/")}
    named = {f"data/schema/{one.schema}.schema.json" for one in downloads.KINDS.values() if one.schema}
    assert found == named
    for name, data in (*_records(built), ("data/catalogue.json", _json(built, "catalogue.json"))):
        assert _file(name, data["$schema"]) in found


@pytest.mark.parametrize(
    "spoil",
    [
        lambda record: record["facts"]["offers"][0]["amounts"][0].pop("text"),
        lambda record: record["facts"]["offers"][0]["amounts"][0]["source"][0].pop("page"),
        lambda record: record["facts"]["offers"][0]["amounts"][0].update(yen="15 million"),
        lambda record: record["facts"]["offers"][0].update(kind="gift"),
        lambda record: record["facts"]["offers"][0]["rates"][0].update(value=0.5),
        lambda record: record["facts"].update(colour="red"),
        lambda record: record["words"].pop("en"),
        lambda record: record.pop("not_stated"),
        lambda record: record["not_stated"][0].update(what="weather"),
        lambda record: record.update(changed="soon"),
    ],
)
def test_the_schema_of_records_refuses_what_is_wrong(spoil: Any) -> None:
    built = sites.built(_OPTIONS["golden"])
    record = json.loads(built.files["data/records/programmes/machine-grant.json"])
    validator = _validator(built, "record")
    assert _faults(validator, record) == []
    spoil(record)
    assert _faults(validator, record) != []


# --- what the documents hold ---------------------------------------------------------------------


def _figures(data: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every written figure of a document."""
    if isinstance(data, dict):
        # A figure is written out in each language; what is not stated has such a text as well, and no evidence.
        if "text" in data and "what" not in data:
            yield path, data
        for key, below in data.items():
            yield from _figures(below, f"{path}.{key}")
    elif isinstance(data, list):
        for index, below in enumerate(data):
            yield from _figures(below, f"{path}[{index}]")


def test_every_figure_has_its_evidence(catalogue: pipeline.Built) -> None:
    seen = 0
    for name, data in _records(catalogue):
        for path, figure in _figures(data["facts"]):
            seen += 1
            pages = [one["page"] for one in figure.get("source", [])]
            assert pages or "calculated" in figure, f"{name} {path}"
            assert set(pages) <= set(range(1, 37))
    assert seen > 200


def test_a_figure_is_exact_and_written_in_each_language() -> None:
    built = sites.built(_OPTIONS["golden"])
    record = json.loads(built.files["data/records/programmes/machine-grant.json"])
    (cap, *_), (rate, *_) = (record["facts"]["offers"][0][part] for part in ("amounts", "rates"))
    assert cap["yen"] == 15_000_000
    assert cap["text"] == {"ja": "1,500万円", "en": "¥15 million"}
    assert cap["source"] == [{"page": 2, "quote": "限度額 1, 500万円"}]
    assert (rate["value"], rate["within"], rate["when"]) == ("2/3", True, ["small"])
    assert record["facts"]["offers"][0]["label"] == {"ja": "機械の費用の助成", "en": "Grant for machines"}
    assert record["not_stated"] == [
        {
            "what": "application-window",
            "text": {"ja": "募集の時期と締切", "en": "application period and deadline"},
        }
    ]
    assert "{" not in json.dumps(record["words"]).replace('{"', "").replace("{}", "")


def test_what_a_record_leaves_unstated_is_told(catalogue: pipeline.Built) -> None:
    assert catalogue.site is not None
    told = {
        data["id"]: [(one["what"], one.get("offer")) for one in data["not_stated"]]
        for _, data in _records(catalogue)
    }
    assert told == {
        str(ref): [(one.what, one.offer) for one in item.record.unstated]
        for ref, item in catalogue.site.items.items()
    }
    assert sum(map(len, told.values())) > 100


def test_all_records_are_in_each_file(built: pipeline.Built) -> None:
    assert built.site is not None
    refs = [str(ref) for ref in built.site.items]
    whole = _json(built, "catalogue.json")
    assert [one["id"] for one in whole["records"]] == refs
    assert [json.loads(one)["id"] for one in built.files["data/records.ndjson"].decode().splitlines()] == refs
    assert sorted(data["id"] for _, data in _records(built)) == sorted(refs)
    for name, data in _records(built):
        (twin,) = (one for one in whole["records"] if one["id"] == data["id"])
        assert {**twin, "url": None, "$schema": None} == {**data, "url": None, "$schema": None}, name
    assert len(_json(built, "linked.jsonld")["@graph"]) == 1 + len(refs) * len(built.site.tongues)


def _file(here: str, address: str) -> str:
    """The file of the site to which an address in one of its files leads."""
    whole = urljoin(BASE_URL + here, address)
    assert whole.startswith(BASE_URL), address
    path = unquote(whole.removeprefix(BASE_URL))
    return posixpath.join(path, "index.html") if path.endswith("/") or not path else path


def test_addresses_lead_to_files_of_the_site(built: pipeline.Built) -> None:
    assert built.site is not None
    for name, data in _records(built):
        assert {_file(name, one) for one in data["url"].values()} <= set(built.files)
        assert all(one.startswith("https://") for one in data["url"].values()) == bool(
            built.site.settings.base_url
        )
    for record in _json(built, "catalogue.json")["records"]:
        assert {_file("data/catalogue.json", one) for one in record["url"].values()} <= set(built.files)
    for node in _json(built, "linked.jsonld")["@graph"][1:]:
        assert _file("data/linked.jsonld", node["@id"]) in built.files


def test_names_of_the_vocabulary_are_told(catalogue: pipeline.Built) -> None:
    words = _json(catalogue, "catalogue.json")["vocabulary"]
    names = {one["id"]: one["name"] for one in words["purposes"]}
    assert names["trade"]["ja"] == "取引拡大を図りたい"
    for record in _json(catalogue, "catalogue.json")["records"]:
        assert set(record["facts"].get("purposes", {})) <= set(names)


def test_figures_that_words_name_are_written_out_everywhere(tmp_path: Path) -> None:
    """In summaries, labels and bodies; a table in a body stays one, and a desk above has figures of its own."""
    folder = Path(shutil.copytree(GOLDEN, tmp_path / "content"))
    for code, table in (
        ("ja", "| あ | い |\n|---|---|\n| う | え |"),
        ("en", "| a | b |\n|---|---|\n| c | d |"),
    ):
        words = folder / "programmes" / "machine-grant" / f"{code}.md"
        text = re.sub("^summary: .*", 'summary: "x {cap} x"', words.read_text("utf-8"), flags=re.MULTILINE)
        text = re.sub("label: [^,}]+", 'label: "y {small-cap} y"', text, count=1)
        words.write_text(f"{text}\n{table}\n", "utf-8")
    options = pipeline.Options(folder, search=False, audit=False, archive=False)
    (stale,) = pipeline.check(options).problems
    words.write_text(
        re.sub("translated_from: .*", f"translated_from: {stale.values['stamp']}", words.read_text("utf-8")),
        "utf-8",
    )
    built = pipeline.build(options)
    assert built.site is not None, built.problems
    named = re.compile(rb"[xy] \{(?:small-)?cap\} [xy]")
    assert [name for name, held in built.files.items() if named.search(held) and "values" not in name] == []
    page = built.files["en/programmes/machine-grant/index.html"].decode()
    assert '<meta name="description" content="x ¥15 million x">' in page
    assert '<p class="plain">x ¥15 million x</p>' in page
    assert '"description":"x ¥15 million x"' in page
    assert '"name":"y ¥8 million y"' in page
    record = json.loads(built.files["data/records/programmes/machine-grant.json"])
    assert record["words"]["ja"]["text"].endswith("\n| あ | い |\n|---|---|\n| う | え |")
    (row,) = _rows(built, "services.csv")
    assert row["内容"].endswith("\nあ\nい\nう\nえ")


def test_words_of_a_desk_above_name_figures_of_that_desk() -> None:
    site = sites.built(_OPTIONS["golden"]).site
    assert site is not None
    desk = site.items[Ref("organisations", "desk")]
    programme = site.items[Ref("programmes", "machine-grant")]
    counter = desk.words["ja"].contacts["counter"].model_copy(update={"label": "受付 {of-desk}"})
    words = desk.words["ja"].model_copy(update={"contacts": {"counter": counter}})
    desk = replace(desk, words={**desk.words, "ja": words}, figures={"of-desk": programme.figures["cap"]})
    record = programme.record.model_copy(update={"parent": desk.ref, "contacts": ()})
    programme = replace(programme, record=record, figures={})
    # Words of the programme itself name figures as well.
    programme = replace(programme, bodies=dict.fromkeys(programme.bodies, ""))
    site = replace(site, items={**site.items, desk.ref: desk, programme.ref: programme})
    table = national.table(site, Places(Addresses("ja"), "data/"))
    assert table is not None
    assert table.rows[0][MODEL.index("お問い合わせ先")] == "受付 1,500万円"


# --- tables --------------------------------------------------------------------------------------


def test_tables_are_utf8_with_a_mark_or_without(built: pipeline.Built) -> None:
    for name in ("values", "services"):
        bare, marked = (built.files[f"data/{name}{end}.csv"] for end in ("", "-bom"))
        assert marked == b"\xef\xbb\xbf" + bare
        assert not bare.startswith(b"\xef\xbb\xbf")
        assert bare.endswith(b"\r\n")
        assert _rows(built, f"{name}.csv") == _rows(built, f"{name}-bom.csv")


def test_no_cell_is_a_formula(built: pipeline.Built) -> None:
    for name in ("values", "services"):
        cells = [cell for row in _rows(built, f"{name}.csv") for cell in row.values()]
        assert [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r")] == []


@given(st.text())
def test_guards_undo_each_other(text: str) -> None:
    for numbers in (False, True):
        assert tables.plain(tables.guarded(text, numbers=numbers)) == text


@given(st.lists(st.lists(st.text(alphabet='ab,"\n\r =1/', max_size=6), min_size=2, max_size=2), max_size=5))
def test_tables_are_read_as_the_standard_library_reads_them(rows: list[list[str]]) -> None:
    text = tables.written(("a", "b"), rows).decode()
    expected = [
        [re.sub(r"\r\n?", "\n", cell) for cell in row] for row in csv.reader(io.StringIO(text, newline=""))
    ]
    read = tables.read(text)
    assert [[cell.text for cell in row] for row in read] == expected
    for row in read:
        for cell in row:
            line = re.split(r"\r\n|\r|\n", text)[cell.line - 1]
            start = line[cell.column - 1 :]
            assert start.startswith(('"', cell.text))


@pytest.mark.parametrize("text", ['a,b\n"x,y', 'a"b,c', '"a"b,c', 'a,b\n1,2\n"'])
def test_a_wrong_quotation_mark_is_told_with_its_place(text: str) -> None:
    with pytest.raises(tables.Broken) as told:
        tables.read(text)
    line = text.split("\n")[told.value.line - 1]
    assert '"' in line[max(0, told.value.column - 2) :]


def test_the_columns_are_those_of_the_model(catalogue: pipeline.Built) -> None:
    header = catalogue.files["data/services.csv"].decode().split("\r\n")[0]
    assert header.split(",") == MODEL
    assert [one.name for one in national.COLUMNS if one.required] == [
        "制度所管組織",
        "タイトル（制度名）",
        "概要",
        "内容",
        "連絡先情報",
    ]
    longest = {one.name: one.longest for one in national.COLUMNS if one.longest}
    assert longest == {"タイトル（制度名）": 40, "サブタイトル（通称）": 40, "概要": 100, "内容": 500}


def test_a_row_of_the_model_says_what_the_record_says(catalogue: pipeline.Built) -> None:
    rows = {row["制度番号"]: row for row in _rows(catalogue, "services.csv")}
    row = rows["programme:new-product-technology"]
    assert row["制度所管組織"] == "東京都"
    assert row["タイトル（制度名）"] == "新製品・新技術開発助成事業"
    assert row["給付上限額"] == "15000000"
    assert row["最大補助率"] == "50.0"
    assert row["サービス種別"] == "助成金"
    assert row["地域"] == "130001"
    assert row["公募備考"] == "資料に記載なし"
    assert row["連絡先情報"]
    assert row["最終更新日"] == "2024-03-19"
    assert row["詳細URL"] == BASE_URL + "programmes/new-product-technology/"
    assert rows["programme:dx-promotion-support"]["元制度番号"] == "programme:wage-increase-support"
    assert rows["programme:dx-promotion-support"]["最大補助率"] == "75.0"


def test_rows_of_the_model_hold_to_its_forms(catalogue: pipeline.Built) -> None:
    rows = _rows(catalogue, "services.csv")
    assert len(rows) > 40
    for row in rows:
        assert all(row[one.name] for one in national.COLUMNS if one.required), row["制度番号"]
        assert re.fullmatch(r"\d*", row["給付上限額"])
        assert re.fullmatch(r"(\d{1,3}\.\d)?", row["最大補助率"])
        assert re.fullmatch(r"\d*", row["費用"])
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", row["最終更新日"])
        assert set(filter(None, row["お困りごと"].split(";"))) <= set(NEEDS)
        assert set(filter(None, row["サービス種別"].split(";"))) <= TYPES


def test_nothing_is_cut_and_what_is_too_long_is_told(tmp_path: Path) -> None:
    built = sites.built(_OPTIONS["golden"])
    assert built.site is not None
    (ref,) = (one for one in built.site.items if one.slug == "machine-grant")
    item = built.site.items[ref]
    long = "あ" * 600
    words = item.words["ja"].model_copy(update={"summary": long})
    longer = replace(
        item, words={**item.words, "ja": words}, bodies={**item.bodies, "ja": f"## どんな支援か\n\n{long}\n"}
    )
    site = replace(built.site, items={**built.site.items, ref: longer})
    table = national.table(site, Places(Addresses("ja"), "data/"))
    assert table is not None
    row = next(one for one in table.rows if one[3] == str(ref))
    assert long in row[MODEL.index("概要")]
    assert long in row[MODEL.index("内容")]
    assert {(one.column, one.longest) for one in table.too_long if one.item is longer} == {
        ("概要", 100),
        ("内容", 500),
    }


def test_a_catalogue_that_says_nothing_of_the_model_has_no_table() -> None:
    built = sites.built(
        pipeline.Options(GOLDEN.parent.parent / "cases" / "base" / "content", search=False, audit=False)
    )
    assert "data/catalogue.json" in built.files
    assert [name for name in built.files if "services" in name] == []
    assert b"DS-451-4" not in built.files["data/index.html"]


# --- DCAT and the zip ----------------------------------------------------------------------------


def test_the_dcat_catalogue_tells_of_the_files_as_they_are(built: pipeline.Built) -> None:
    data = _json(built, "dcat.jsonld")
    (dataset,) = data["dcat:dataset"]
    told = {}
    for one in dataset["dcat:distribution"]:
        told[_file("data/dcat.jsonld", one["dcat:downloadURL"]["@id"])] = (
            int(one["dcat:byteSize"]["@value"]),
            one["spdx:checksum"]["spdx:checksumValue"]["@value"],
        )
    expected = {
        f"data/{name}": (len(content), hashlib.sha256(content).hexdigest())
        for name in downloads.KINDS
        if name != "dcat.jsonld"
        for content in [built.files[f"data/{name}"]]
    }
    assert told == expected
    assert "dct:conformsTo" not in json.dumps(data)


def _zip(built: pipeline.Built) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(built.files["data/site.zip"]))


def test_the_zip_has_names_and_times_that_never_change() -> None:
    """That two builds make the same bytes of it is shown for the catalogue (test_site_links.py)."""
    with _zip(sites.built(_OPTIONS["golden"])) as made:
        names = made.namelist()
        assert names == sorted(names)
        assert {one.date_time for one in made.infolist()} == {(2024, 3, 19, 0, 0, 0)}
        assert made.testzip() is None
        assert "site/data/site.zip" not in names
        assert "site/data/catalogue.json" in names


def test_the_zip_holds_what_portable_builds(tmp_path: Path) -> None:
    """But for the digest of the assets, of which some are for offline use, and links to a place of the same page."""
    options = pipeline.Options(GOLDEN, search=False, audit=False)
    portable = pipeline.build(replace(options, portable=True)).files
    with _zip(pipeline.build(options)) as made:
        held = {name.removeprefix("site/"): made.read(name) for name in made.namelist()}
    pages = {name for name in portable if name.endswith(".html")}
    assert {name for name in held if name.endswith(".html")} == pages

    def plain(page: bytes) -> str:
        text = re.sub(r"assets/[0-9a-f]{12}/", "assets/DIGEST/", page.decode())
        return text.replace('href="index.html#', 'href="#')

    for name in pages - {"data/index.html", "en/data/index.html"}:
        assert plain(held[name]) == plain(portable[name]), name
    data = {name for name in portable if name.startswith("data/") and not name.endswith(".html")}
    assert {name: held[name] for name in data} == {name: portable[name] for name in data}


def test_links_within_the_zip_lead_to_its_files(catalogue: pipeline.Built) -> None:
    with _zip(catalogue) as made:
        names = {name.removeprefix("site/") for name in made.namelist()}
        pages = {name: made.read(f"site/{name}").decode() for name in names if name.endswith(".html")}
    broken = []
    for name, page in pages.items():
        # The page for lost addresses is for hosts: its links start at their root.
        for link in re.findall(r'<(?:a|link|form|script)\b[^>]* (?:href|action|src)="([^"]+)"', page):
            if re.match(r"[a-z]+:|#", link) or name == "404.html":
                continue
            target = posixpath.normpath(
                posixpath.join(posixpath.dirname(name), unquote(re.split(r"[?#]", link)[0]))
            )
            if target not in names:
                broken.append((name, link))
    assert broken == []
    assert len(pages) > 400


# --- the page ------------------------------------------------------------------------------------


def test_the_page_tells_of_every_file(built: pipeline.Built) -> None:
    for prefix in ("", "en/"):
        page = built.files[f"{prefix}data/index.html"].decode()
        for name in downloads.KINDS:
            assert f'data/{name}"' in page or f'href="{name}"' in page, name


def test_the_example_of_the_page_runs(catalogue: pipeline.Built, tmp_path: Path) -> None:
    (tmp_path / "catalogue.json").write_bytes(catalogue.files["data/catalogue.json"])
    for prefix in ("", "en/"):
        page = catalogue.files[f"{prefix}data/index.html"].decode()
        code = next(
            one for one in re.findall(r"<pre><code>(.*?)</code></pre>", page, re.DOTALL) if "import" in one
        )
        program = tmp_path / "example.py"
        program.write_text(unescape(re.sub(r"<[^>]+>", "", code)), encoding="utf-8")
        ran = subprocess.run(
            [sys.executable, "-X", "utf8", str(program)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        assert "\t15000000\t[21]" in ran.stdout


def test_browsers_keep_the_page_and_not_the_data(catalogue: pipeline.Built) -> None:
    kept = {name for name in catalogue.files if offline.is_kept(name)}
    assert {"data/index.html", "en/data/index.html"} <= kept
    assert [name for name in kept if name.startswith("data/") and not name.endswith(".html")] == []
    assert "(?<" not in offline.ENDINGS  # old browsers know no looking back


def test_values_table_is_of_every_record(built: pipeline.Built) -> None:
    assert built.site is not None
    rows = _rows(built, "values.csv")
    assert {row["record"] for row in rows} == {str(ref) for ref in built.site.items}
    assert {row["language"] for row in rows} == {"", *built.site.tongues}
    assert tuple(rows[0]) == sheet.COLUMNS
