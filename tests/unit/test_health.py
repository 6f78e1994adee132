"""The state of the catalogue, as its editors see it: true to the content, and in no index."""

from __future__ import annotations

import gzip
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from hayami import health, pipeline, weights
from hayami.schema.scalars import Ref
from hayami.schema.waivers import Waiver
from tests import sites

GOLDEN = Path(__file__).parent.parent / "golden" / "content"


@pytest.fixture(scope="module")
def catalogue() -> pipeline.Built:
    return sites.built(sites.PLACED)


def _report(**options: object) -> health.Report:
    checked = pipeline.check(pipeline.Options(GOLDEN, **options))  # type: ignore[arg-type]
    assert checked.site is not None
    return health.report(checked.site, (), ())


def test_records_are_grouped_by_their_age() -> None:
    assert [(one.least, one.most, len(one.items)) for one in _report().ages] == [(0, 0, 4)]
    (group,) = _report(as_of=date(2024, 6, 18)).ages
    assert (group.least, group.most) == (91, 180)
    (group,) = _report(as_of=date(2024, 6, 17)).ages
    assert (group.least, group.most) == (1, 90)
    (group,) = _report(as_of=date(2030, 1, 1)).ages
    assert (group.least, group.most) == (366, None)
    # Checked after the day for which the site is built: as fresh as can be.
    (group,) = _report(as_of=date(2024, 1, 1)).ages
    assert (group.least, group.most) == (0, 0)


def test_every_record_has_one_age(catalogue: pipeline.Built) -> None:
    assert catalogue.site is not None
    found = [item.ref for group in health.ages(catalogue.site) for item in group.items]
    assert sorted(found) == sorted(catalogue.site.items)


def test_what_is_stale_thin_and_unsaid_is_told(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(GOLDEN, tmp_path / "content"))
    settings = folder / "site.yaml"
    settings.write_text(settings.read_text("utf-8") + "alias_floor: {main: 50, other: 1}\n", "utf-8")
    checked = pipeline.check(pipeline.Options(folder))
    assert checked.site is not None
    site = checked.site
    waivers = [
        Waiver(rule="b", file="x", reason="y", until=date(2024, 9, 1)),
        Waiver(rule="a", file="x", reason="y", until=date(2024, 5, 1)),
    ]
    report = health.report(site, waivers, [weights.Weight("a", 1, 2), weights.Weight("b", 9, 9)])
    assert [one.rule for one in report.waivers] == ["a", "b"]
    assert [one.page for one in report.weights] == ["b", "a"]
    assert report.stale == ()
    thin = {(str(one.item.ref), one.language): (one.count, one.least) for one in report.thin}
    count, least = thin["programme:machine-grant", "ja"]
    assert least == 50
    assert count <= len(site.items[Ref("programmes", "machine-grant")].words["ja"].aliases)
    unstated = {what: [item.ref.slug for item in items] for what, items in report.unstated}
    assert unstated["application-window"] == ["machine-grant"]
    assert dict(report.purposes) == {"grow": 1, "save": 1}


def test_a_stale_translation_is_told() -> None:
    """A build stops for one; what the page tells does not rest on that."""
    checked = pipeline.check(pipeline.Options(GOLDEN))
    assert checked.site is not None
    ref = Ref("organisations", "desk")
    item = checked.site.items[ref]
    changed = replace(item, bodies={**item.bodies, "ja": "別の文です。\n"})
    site = replace(checked.site, items={**checked.site.items, ref: changed})
    assert [(code, one.ref) for code, one in health.report(site, (), ()).stale] == [("en", ref)]


@pytest.mark.parametrize(
    ("reads", "basis", "uncertain"),
    [
        ("example.org", "judgement", True),
        ("example.org", "public", True),
        ("example.org", "source", False),
        ("example.com", "judgement", False),
    ],
)
def test_addresses_that_were_read_otherwise_are_marked(reads: str, basis: str, uncertain: bool) -> None:
    """Where the source itself does not settle the reading."""
    site = pipeline.check(pipeline.Options(GOLDEN)).site
    assert site is not None
    item = site.items[Ref("programmes", "machine-grant")]
    (erratum,) = item.record.errata
    erratum = erratum.model_copy(update={"reads": reads, "basis": basis})
    item = replace(item, record=item.record.model_copy(update={"errata": (erratum,)}))
    report = health.report(replace(site, items={**site.items, item.ref: item}), (), ())
    assert [(link.id, found) for one, link, found in report.links if one is item] == [("leaflet", uncertain)]


def test_weights_are_those_of_the_files(catalogue: pipeline.Built) -> None:
    name = "programmes/new-product-technology/index.html"
    (weight,) = weights.first_loads(catalogue.files, [name])
    assert weight.html == len(gzip.compress(catalogue.files[name], 9, mtime=0))
    assert 2_000 < weight.rest < health.LIMIT
    page = catalogue.files["en/health/index.html"].decode()
    shown = re.findall(r"<code>([^<]+/index\.html)</code>", page)
    assert len(shown) == health.SHOWN
    records = [
        file
        for file in catalogue.files
        if re.match(r"(en/)?(programmes|organisations|facilities|events)/[^/]+/index", file)
    ]
    heaviest = max(weights.first_loads(catalogue.files, records), key=lambda one: one.total)
    assert heaviest.page in records
    assert f"{heaviest.total:,}" in page
    assert heaviest.total <= health.LIMIT


def test_it_stands_in_no_index_and_no_menu(catalogue: pipeline.Built) -> None:
    for prefix in ("", "en/"):
        assert (
            '<meta name="robots" content="noindex">' in catalogue.files[f"{prefix}health/index.html"].decode()
        )
    assert b"health" not in catalogue.files["sitemap.xml"]
    linking = {
        name for name, content in catalogue.files.items() if name.endswith(".html") and b'health/"' in content
    }
    assert linking == {"about/index.html", "en/about/index.html", "health/index.html", "en/health/index.html"}
    portable = pipeline.build(pipeline.Options(GOLDEN, portable=True, audit=False)).files
    assert [
        name for name, content in portable.items() if "health" in name or b"health/index" in content
    ] == []
