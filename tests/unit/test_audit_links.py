"""Checks of finished HTML: for each rule a folder in which all is well, and three in which it is broken."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hayami import cli, pipeline
from hayami.audit import link_rules, references
from hayami.audit.address import Site, fault
from hayami.audit.page import read
from hayami.audit.run import NothingToCheck
from hayami.audit.run import audit as everything
from hayami.audit.site import Finding
from tests import sites

GOLDEN = Path(__file__).parent.parent / "golden" / "content"
HERE = "https://example.org/x/"

RULES = {one.id: one for one in link_rules.RULES}


def audit(path: Path, site: Site | None = None, rules: Collection[str] = frozenset(RULES)) -> list[Finding]:
    """Links alone: the pages of these tests are too short for all that a page should have."""
    return everything(path, site, rules)


Files = Mapping[str, str | bytes]
"""Files by name. ``@site`` is no file but the address of the folder; ``→x`` is a link to another file."""


def page(body: str = "", head: str = "", lang: str = "ja") -> str:
    return f'<!doctype html>\n<html lang="{lang}"><head><title>t</title>{head}</head>\n<body>{body}</body></html>\n'


COMMON: Files = {
    "b/index.html": page('<p id="here">x</p><p id="概要">x</p><a name="old">x</a>'),
    "c/index.html": page(),
    "計画.html": page(),
    "Plan.pdf": b"%PDF",
    "a.png": b"\x89PNG",
    "s.css": "p{color:red}",
    "sprite.svg": '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="i"/></svg>',
    "empty/x.txt": "x",
}
ALL = '<a href="b/">b</a><a href="c/">c</a><a href="計画.html">d</a>'


def links(*alternates: tuple[str, str]) -> str:
    return "".join(f'<link rel="alternate" hreflang="{code}" href="{href}">' for code, href in alternates)


def social(path: str) -> str:
    return f'<meta property="og:url" content="{HERE}{path}">'


def canonical(*paths: str) -> str:
    return "".join(f'<link rel="canonical" href="{HERE}{path}">' for path in paths)


PAIR = links(("ja", HERE), ("en", HERE + "en/"))


def pair(head: str, other: str = PAIR, lang: str = "en") -> Files:
    """The home page in two languages, and a sitemap, so that nothing but its alternates can be wrong."""
    return {
        "@site": HERE,
        "index.html": page('<a href="en/">en</a>', head),
        "en/index.html": page("", other, lang),
        "sitemap.xml": sitemap("", "en/"),
    }


def sitemap(*paths: str) -> str:
    rows = "".join(f"<url><loc>{HERE}{path}</loc></url>\n" for path in paths)
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>'


def placed(head: str = "", body: str = "", **more: str) -> Files:
    """Two pages at a known address with a sitemap of both."""
    return {
        "@site": HERE,
        "index.html": page('<a href="b.html">b</a>' + body, head),
        "b.html": page(),
        "sitemap.xml": sitemap("", "b.html"),
        **{name.replace("_", "."): text for name, text in more.items()},
    }


NFD = unicodedata.normalize("NFD", "ガ.html")


@dataclass(frozen=True)
class Case:
    sound: str | Files
    faulty: tuple[str | Files, str | Files, str | Files]


def in_css(css: str) -> Files:
    return {"index.html": page(ALL), "s.css": css}


def missing_page(body: str) -> Files:
    return {"index.html": page(ALL), "404.html": page(body)}


def onward(body: str, target: str = "b/") -> Files:
    refresh = f'<meta http-equiv="refresh" content="0; url={target}">'
    return {"index.html": page(ALL + body), "go.html": page("", refresh)}


SRI = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


def sealed(value: str) -> Files:
    return {"index.html": page(ALL, f'<script src="e.js" integrity="{value}"></script>'), "e.js": ""}


def ld(text: str) -> Files:
    return placed(f'<script type="application/ld+json">{text}</script>')


def manifest(text: str) -> Files:
    return {"index.html": page(ALL, '<link rel="manifest" href="m.webmanifest">'), "m.webmanifest": text}


def feed(text: str) -> Files:
    return placed('<link rel="alternate" type="application/rss+xml" href="feed.xml">', feed_xml=text)


def told(*heads: str) -> Files:
    """Three pages that link each other, each with a head."""
    names = ("index.html", "p.html", "q.html")
    body = "".join(f'<a href="{name}">x</a>' for name in names)
    return {
        "@site": HERE,
        "sitemap.xml": sitemap("", "p.html", "q.html"),
        **{name: page(body, head) for name, head in zip(names, heads, strict=True)},
    }


CASES: Mapping[str, Case] = {
    "unreadable-file": Case(
        "<p>x</p>",
        (
            {"index.html": page(ALL), "lost.html": "→nowhere"},
            {"index.html": page(ALL), "lost.css": "→nowhere"},
            {"index.html": page(ALL), "round.htm": "→round.htm"},
        ),
    ),
    "not-utf8": Case(
        {"index.html": b"\xef\xbb\xbf" + page(ALL).encode()},
        (
            {"index.html": page(ALL), "old.html": "日本語".encode("shift_jis")},
            {"index.html": page(ALL), "old.html": "日本語".encode("utf-16")},
            {"index.html": page(ALL), "s.css": b"/* \xff */"},
        ),
    ),
    "xml-invalid": Case(
        placed(),
        (
            placed(sitemap_xml="<urlset><url></urlset>"),
            placed(sitemap_xml="<urlset>&</urlset>"),
            placed(feed_xml='<!DOCTYPE a [<!ENTITY b "c">]><rss>&b;</rss>'),
        ),
    ),
    "jsonld-broken": Case(
        ld(f'{{"url":"{HERE}b.html","image":["https://other.example/x.png"]}}'),
        (ld("{a}"), ld(f'{{"url":"{HERE}gone.html"}}'), ld(f'[{{"logo":{{"@id":"{HERE}gone.png"}}}}]')),
    ),
    "manifest-broken": Case(
        manifest('{"icons":[{"src":"a.png"}],"start_url":"b/","scope":"./"}'),
        (manifest("{"), manifest('{"icons":[{"src":"gone.png"}]}'), manifest('{"start_url":"../"}')),
    ),
    "empty-href": Case(
        '<a href="#">x</a><a id="a">x</a><template><a href="">x</a></template><!-- <a href=""> -->',
        ('<a href="">x</a>', "<a href>x</a>", '<img src=" " alt="">'),
    ),
    "address-space": Case(
        '<a href=" b/ ">x</a><a href="b/?q=a%20b">x</a>',
        ('<a href="b /">x</a>', '<a href="b/\n#here">x</a>', '<a href="https://example.com/a b">x</a>'),
    ),
    "address-backslash": Case(
        '<a href="b/">x</a>',
        (
            '<a href="b\\index.html">x</a>',
            '<img src=".\\a.png" alt="">',
            '<a href="https:\\\\example.com">x</a>',
        ),
    ),
    "malformed-url": Case(
        '<a href="https://example.com:8080/%E8%A8%88?a=b#c">x</a><a href="https://例え.jp/">x</a>',
        ('<a href="http://[">x</a>', '<a href="b/%zz">x</a>', '<a href="https:///b">x</a>'),
    ),
    "bad-scheme": Case(
        '<a href="https://example.com/">x</a><img src="data:image/png;base64,AAAA" alt="">',
        (
            '<a href="htps://example.com/">x</a>',
            '<a href="https//example.com/">x</a>',
            '<a href="data:text/html,x">x</a>',
        ),
    ),
    "javascript-link": Case(
        '<button type="button">x</button><script>location = "javascript:x"; "<a href=\'javascript:1\'>"</script>',
        (
            '<a href="javascript:void(0)">x</a>',
            '<a href=" JavaScript:x()">x</a>',
            '<form action="javascript:x()"></form>',
        ),
    ),
    "local-url": Case(
        '<a href="https://localhost.example.com/">x</a>',
        (
            '<a href="file:///C:/a.html">x</a>',
            '<a href="http://localhost:8000/">x</a>',
            '<img src="C:\\a.png" alt="">',
        ),
    ),
    "insecure-link": Case(
        '<a href="https://example.com/?u=http://example.net/">x</a><svg xmlns="http://www.w3.org/2000/svg"></svg>',
        (
            '<a href="http://example.com/">x</a>',
            '<noscript><a href="HTTP://example.com/">x</a></noscript>',
            '<form action="http://example.com/"></form>',
        ),
    ),
    "mixed-content": Case(
        '<img src="https://example.com/a.png" alt="">',
        (
            '<img src="http://example.com/a.png" alt="">',
            '<script src="http://example.com/a.js"></script>',
            '<p style="background:url(http://example.com/a.png)">x</p>',
        ),
    ),
    "protocol-relative": Case(
        '<a href="https://example.com/">x</a>',
        (
            '<a href="//example.com/">x</a>',
            '<script src="//example.com/a.js"></script>',
            in_css("@import '//example.com/a.css';"),
        ),
    ),
    "mailto-invalid": Case(
        '<a href="mailto:a.b+c@example.org?subject=%E3%81%82">x</a><a href="mailto:a@b.jp,c@d.jp">x</a>',
        (
            '<a href="mailto:example.org">x</a>',
            '<a href="mailto:a＠example.org">x</a>',
            '<a href="mailto:">x</a>',
        ),
    ),
    "tel-invalid": Case(
        '<a href="tel:+81-3-1234-5678">x</a><a href="tel:0312345678">x</a><a href="tel:110">x</a>',
        (
            '<a href="tel:０３-1234-5678">x</a>',
            '<a href="tel:">x</a>',
            '<a href="tel:03-1234-5678（代表）">x</a>',
        ),
    ),
    "broken-link": Case(
        '<a href="./b/../b/index.html?x#here">x</a><a href="%E8%A8%88%E7%94%BB.html">x</a><a href="/b/">x</a>'
        '<a href="Plan.pdf#page=3">x</a>',
        (
            '<a href="gone/">x</a>',
            '<area href="/b/gone.html">',
            {"index.html": page(ALL, '<base href="b/">') + '<a href="c/">x</a>'},
        ),
    ),
    "broken-image": Case(
        '<img src="a.png" alt=""><video poster="a.png"></video><svg><image href="a.png"/></svg>',
        (
            '<img src="gone.png" alt="">',
            '<video poster="gone.png"></video>',
            '<input type="image" src="b/a.png" alt="x">',
        ),
    ),
    "broken-srcset": Case(
        '<img srcset="a.png 1x, a.png?2 2x" alt=""><img srcset="data:image/png;base64,AA== 1x" alt="">',
        (
            '<img srcset="a.png 1x, gone.png 2x" alt="">',
            '<picture><source srcset="gone.png"><img src="a.png" alt=""></picture>',
            '<img srcset="gone.png,a.png 2x" alt="">',
        ),
    ),
    "broken-asset": Case(
        '<link rel="stylesheet" href="s.css?v=1"><svg><use href="sprite.svg#i"/></svg>',
        (
            '<link rel="stylesheet" href="gone.css">',
            '<script src="/gone.js"></script>',
            '<video><track src="gone.vtt"></video>',
        ),
    ),
    "broken-css-url": Case(
        in_css("/* url(gone.png) */ p{background:url( 'a.png' ) ; mask:url(#m); content:'url(gone)'}"),
        (
            in_css("p{background:url(gone.png)}"),
            in_css("@import 'gone.css';"),
            '<style>p{background:url("gone.png")}</style>',
        ),
    ),
    "feed-broken": Case(
        feed(
            f"<rss><channel><link>{HERE}</link><item><guid isPermaLink='false'>1</guid></item></channel></rss>"
        ),
        (
            feed(f"<rss><channel><item><link>{HERE}gone.html</link></item></channel></rss>"),
            feed(
                f'<feed xmlns="http://www.w3.org/2005/Atom"><entry><link href="{HERE}gone/"/></entry></feed>'
            ),
            placed('<link rel="alternate" type="application/atom+xml" href="gone.atom">'),
        ),
    ),
    "broken-fragment": Case(
        '<a href="b/#here">x</a><a href="b/#old">x</a><a href="b/#%E6%A6%82%E8%A6%81">x</a><a href="#top">x</a>'
        '<a href="b/#:~:text=x">x</a>',
        (
            '<a href="b/#gone">x</a>',
            '<a href="#here">x</a><template><p id="here">x</p></template><!-- <p id="here"> -->',
            '<a href="b/index.html#Here">x</a>',
        ),
    ),
    "case-mismatch": Case(
        '<a href="Plan.pdf">x</a>',
        ('<a href="plan.pdf">x</a>', '<a href="B/">x</a>', '<img src="A.PNG" alt="">'),
    ),
    "form-mismatch": Case(
        {"index.html": page(ALL + f'<a href="{NFD}">x</a>'), NFD: page()},
        (
            {"index.html": page(ALL + '<a href="ガ.html">x</a>'), NFD: page()},
            {"index.html": page(ALL + f'<a href="{NFD}">x</a>'), "ガ.html": page()},
            {"index.html": page(ALL + '<a href="%E3%82%AC.html">x</a>'), NFD: page()},
        ),
    ),
    "missing-slash": Case(
        '<a href="b/#here">x</a><a href=".">x</a>',
        ('<a href="b">x</a>', '<a href="/b#here">x</a>', '<a href="b?x=1">x</a>'),
    ),
    "outside-base": Case(
        {**placed("", '<a href="/x/b.html">x</a><a href="/x/">x</a>')},
        (
            '<a href="../b/">x</a>',
            placed("", '<a href="/b.html">x</a>'),
            {"index.html": page(ALL), "b/index.html": page('<img src="../../a.png" alt="">')},
        ),
    ),
    "redirect": Case(
        onward(""),
        (
            onward('<a href="go.html">x</a>'),
            onward('<a href="go.html">x</a>', "https://example.com/"),
            onward('<map><area href="/go.html"></map>'),
        ),
    ),
    "relative-in-404": Case(
        missing_page('<a href="/b/">x</a><a href="#a" id="a">x</a><img src="/a.png" alt="">'),
        (
            missing_page('<a href="b/">x</a>'),
            missing_page('<img src="a.png" alt="">'),
            missing_page('<link rel="stylesheet" href="./s.css">'),
        ),
    ),
    "integrity-mismatch": Case(
        sealed(SRI), (sealed("sha256-AAAA"), sealed("sha384-x"), sealed(f"{SRI} sha512-AAAA"))
    ),
    "duplicate-id": Case(
        '<p id="a">x</p><p id="A">x</p><template><p id="a">x</p></template>',
        (
            '<p id="a">x</p><p id="a">y</p>',
            '<p id="概要">x</p><svg><g id="概要"></g></svg>',
            '<p id="a">x</p><noscript><p id="&#97;">x</p></noscript>',
        ),
    ),
    "not-absolute": Case(
        placed(f'<meta property="og:url" content="{HERE}">'),
        (
            {"index.html": page("", '<link rel="canonical" href="./">')},
            {"index.html": page("", '<meta property="og:image" content="/a.png">')},
            {**placed(), "sitemap.xml": sitemap("", "b.html").replace(HERE + "b", "b")},
        ),
    ),
    "canonical-broken": Case(
        told(canonical(""), canonical("p.html"), canonical("q.html")),
        (
            told(canonical("gone/"), "", ""),
            told(canonical("p.htm"), "", ""),
            told(canonical("index.php"), canonical("p.html"), canonical("q.html")),
        ),
    ),
    "canonical-duplicate": Case(
        told(canonical(""), canonical("p.html"), canonical("q.html")),
        (
            told(canonical("", ""), canonical("p.html"), canonical("q.html")),
            told(canonical("", "index.html"), "", ""),
            told("", canonical("p.html", "q.html"), ""),
        ),
    ),
    "canonical-mismatch": Case(
        told(canonical(""), canonical("p.html"), canonical("q.html")),
        (
            told(canonical("p.html"), "", ""),
            told(canonical(""), canonical(""), canonical("q.html")),
            told(canonical(""), canonical("p.html"), canonical("p.html")),
        ),
    ),
    "canonical-spelling": Case(
        told(canonical(""), canonical("p.html"), canonical("q.html")),
        (
            told(canonical("index.html"), canonical("p.html"), canonical("q.html")),
            told(canonical(""), canonical("p.html?x=1"), canonical("q.html")),
            told(canonical(""), canonical("p.html"), canonical("q.html#top")),
        ),
    ),
    "og-url-mismatch": Case(
        told(canonical("") + social(""), canonical("p.html"), canonical("q.html")),
        (
            told(canonical("") + social("index.html"), canonical("p.html"), canonical("q.html")),
            told(canonical("") + social("p.html"), canonical("p.html"), canonical("q.html")),
            told(canonical("") + social("gone.html"), canonical("p.html"), canonical("q.html")),
        ),
    ),
    "canonical-missing": Case(
        told("", "", ""),
        (
            told(canonical(""), canonical("p.html"), ""),
            told("", canonical("p.html"), canonical("q.html")),
            told(canonical(""), "", ""),
        ),
    ),
    "hreflang-invalid": Case(
        '<a hreflang="zh-Hans" href="b/">x</a><a hreflang="en-GB" href="b/">x</a>',
        (
            '<a hreflang="jp" href="b/">x</a>',
            '<a hreflang="ja_JP" href="b/">x</a>',
            '<link rel="alternate" hreflang="" href="https://example.com/">',
        ),
    ),
    "hreflang-duplicate": Case(
        pair(PAIR + links(("x-default", HERE))),
        (
            pair(PAIR + links(("en", HERE + "en/"))),
            pair(PAIR, PAIR + links(("EN", HERE + "en/index.html"))),
            pair(PAIR + links(("ja", HERE + "index.html"))),
        ),
    ),
    "hreflang-relative": Case(
        pair(PAIR),
        (
            pair(links(("ja", "./"), ("en", HERE + "en/"))),
            pair(PAIR, links(("ja", "../"), ("en", HERE + "en/"))),
            pair(links(("ja", HERE), ("en", "/x/en/"))),
        ),
    ),
    "hreflang-dangling": Case(
        pair(PAIR),
        (
            pair(PAIR + links(("fr", HERE + "fr/"))),
            pair(PAIR, PAIR + links(("fr", HERE + "fr.html"))),
            pair(PAIR + links(("x-default", HERE + "gone/"))),
        ),
    ),
    "hreflang-missing-self": Case(
        pair(PAIR),
        (
            pair(links(("en", HERE + "en/"))),
            pair(PAIR, links(("ja", HERE))),
            pair(links(("x-default", HERE + "en/"), ("en", HERE + "en/"))),
        ),
    ),
    "hreflang-not-reciprocal": Case(
        pair(PAIR),
        (
            pair(PAIR, ""),
            pair(PAIR, links(("en", HERE + "en/"))),
            pair(links(("ja", HERE)), PAIR),
        ),
    ),
    "hreflang-mismatch": Case(
        pair(PAIR, lang="en-GB"),
        (
            pair(PAIR, lang="ja"),
            pair(links(("en", HERE), ("ja", HERE + "en/"))),
            pair(PAIR, lang="fr"),
        ),
    ),
    "hreflang-missing": Case(
        pair("", ""),
        (
            pair(PAIR, ""),
            pair("", PAIR),
            {**pair(PAIR), "x.html": page(), "sitemap.xml": sitemap("", "en/", "x.html")},
        ),
    ),
    "sitemap-broken": Case(
        placed(),
        (
            placed(sitemap_xml=sitemap("", "b.html", "gone.html")),
            placed(sitemap_xml=sitemap("", "B.html")),
            placed(sitemap_xml=f"<sitemapindex><sitemap><loc>{HERE}gone.xml</loc></sitemap></sitemapindex>"),
        ),
    ),
    "sitemap-missing": Case(
        {**placed(), "n.html": page("", '<meta name="robots" content="noindex">')},
        (
            placed(sitemap_xml=sitemap("")),
            placed(sitemap_xml=sitemap("b.html")),
            {
                **placed(),
                "c.html": page(),
                "index.html": page('<a href="b.html">x</a><a href="c.html">x</a>'),
            },
        ),
    ),
    "sitemap-noindex": Case(
        placed(),
        (
            placed('<meta name="robots" content="noindex">'),
            placed('<meta name="robots" content="NOINDEX, nofollow">'),
            {**placed(), "b.html": page("", '<meta name="googlebot" content="noindex">')},
        ),
    ),
    "sitemap-absent": Case(
        placed(),
        (
            {"@site": HERE, "index.html": page()},
            {"@site": HERE, "index.html": page('<a href="b.html">x</a>'), "b.html": page()},
            {"@site": HERE, "index.html": page("", canonical(""))},
        ),
    ),
    "robots-broken": Case(
        placed(robots_txt=f"# a\nUser-agent: *\nDisallow:\n\nSitemap: {HERE}sitemap.xml\n"),
        (
            placed(robots_txt="Sitemap: /x/sitemap.xml"),
            placed(robots_txt=f"Sitemap: {HERE}gone.xml"),
            placed(robots_txt="User-agent *"),
        ),
    ),
    "orphan": Case(
        {"index.html": page('<a href="n.html">x</a>'), "n.html": page(), "piece.html": "<p>x</p>"},
        (
            {"index.html": page(), "n.html": page()},
            {"index.html": page(), "n.html": page('<a href="n.html">x</a>')},
            {
                "index.html": page('<!-- <a href="n.html"> --><template><a href="n.html">x</a></template>'),
                "n.html": page(),
            },
        ),
    ),
}


def laid_out(folder: Path, case: str | Files) -> Site:
    """Writes the files of a case; returns where they are said to stand."""
    own = {"index.html": page(ALL + case)} if isinstance(case, str) else dict(case)
    # A page that a case knows nothing of would be missing from its sitemap.
    files = {**({} if "@site" in own or "n.html" in own else COMMON), **own}
    site = files.pop("@site", None)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(content, str) and content.startswith("→"):
            path.symlink_to(content[1:])
        else:
            path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Site(str(site), "/x/") if site else Site()


def rules_of(found: list[Finding]) -> set[str]:
    return {one.rule for one in found}


def test_every_rule_has_its_cases() -> None:
    assert set(CASES) == set(RULES)
    for rule in RULES.values():
        assert rule.severity in ("error", "warning")
        assert all(words["ja"] and words["en"] for words in (rule.text, rule.cure))


@pytest.mark.parametrize("rule", CASES)
def test_nothing_is_said_where_all_is_well(rule: str, tmp_path: Path) -> None:
    site = laid_out(tmp_path, CASES[rule].sound)
    assert audit(tmp_path, site) == []


@pytest.mark.parametrize("number", range(3))
@pytest.mark.parametrize("rule", CASES)
def test_each_fault_is_found(rule: str, number: int, tmp_path: Path) -> None:
    site = laid_out(tmp_path, CASES[rule].faulty[number])
    found = audit(tmp_path, site)
    assert rule in rules_of(found)
    assert found == sorted(found)
    # With the rule switched off this case would fail.
    assert rule not in rules_of(audit(tmp_path, site, set(RULES) - {rule}))


# --- places and words ---------------------------------------------------------------------------


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    try:
        status = cli.main(["audit", *map(str, arguments)])
    except SystemExit as ended:
        status = int(ended.code or 0)
    said = capsys.readouterr()
    return status, said.out, said.err


@pytest.fixture
def wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("GITHUB_ACTIONS", raising=False)
    (tmp_path / "b").mkdir()
    (tmp_path / "index.html").write_text('<p>\n <a href="b/indx.html#%41{detail}">x</a>', encoding="utf-8")
    (tmp_path / "b" / "index.html").write_text(
        "<style>\np{}\n q{background:url(a:b)}</style>", encoding="utf-8"
    )
    return tmp_path


def test_json_tells_all(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, wrong, "--format", "json")
    assert status == 1
    rows = json.loads(out)
    assert [tuple(row) for row in rows] == [
        ("file", "line", "col", "rule", "kind", "severity", "criterion", "message", "target")
    ] * len(rows)
    assert [(row["file"], row["line"], row["col"], row["rule"]) for row in rows] == [
        ("b/index.html", 3, 15, "bad-scheme"),
        ("index.html", 2, 2, "broken-link"),
    ]
    assert rows[0]["target"] == "a:b"
    assert err == "エラー2件、警告0件 / 2 errors, 0 warnings\n"


def test_text_names_place_cure_and_what_was_meant(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    laid_out(tmp_path, '\n<a href="plam.html">x</a><a href="b/#heer">x</a><a href="Plan.pd">x</a>')
    status, out, _ = run(capsys, tmp_path, "--format", "text")
    assert status == 1
    assert "index.html:4:1: error[broken-link] 「plam.html」がありません。\n" in out
    assert '    "plam.html" does not exist.\n    → ファイルを置くか' in out
    assert 'Did you mean "#here"?' in out
    assert 'Did you mean "Plan.pdf"?' in out
    english = run(capsys, tmp_path, "--format", "text", "--lang-messages", "en")[1]
    assert not re.search(r"[\u3040-\u30ff]", english)


def test_marks_of_a_pull_request_cannot_be_broken_out_of(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a,b%.html").write_text('<a href="x&#10;::error::y%25">x</a>', encoding="utf-8")
    status, out, _ = run(capsys, tmp_path, "--format", "github")
    assert status == 1
    assert len(out.splitlines()) == 1
    assert out.startswith("::error file=a%2Cb%25.html,line=1,col=1,title=error[address-space]::")


def test_status_0_without_errors_even_with_warnings(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = Path(__file__).parent.parent / "audit" / "report" / "list-fake" / "faulty-1.html"
    (tmp_path / "index.html").write_bytes(page.read_bytes())
    status, out, err = run(capsys, tmp_path, "--format", "json")
    assert status == 0
    assert [one["severity"] for one in json.loads(out)] == ["warning"]
    assert "1 warning" in err


@pytest.mark.parametrize(
    "arguments",
    [["nowhere"], ["."], ["x.txt"], [], [".", "--base-path", "x"], [".", "--site-url", "example.org"]],
)
def test_status_2_for_wrong_usage(
    arguments: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.txt").write_text("x", encoding="utf-8")
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (2, "")
    assert err
    assert "Traceback" not in err


def test_one_file_is_checked_among_its_neighbours(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text('<a href="b.html">x</a><a href="gone.html">x</a>', encoding="utf-8")
    (tmp_path / "b.html").write_text('<a href="gone.html">x</a>', encoding="utf-8")
    assert [(one.file, one.target) for one in audit(tmp_path / "a.html")] == [("a.html", "gone.html")]
    with pytest.raises(NothingToCheck):
        audit(tmp_path / "c.html")


def test_the_base_element_moves_relative_addresses(tmp_path: Path) -> None:
    body = '<a href="../b/">x</a><a href="/c/">x</a><a href="../計画.html">x</a><a href="#here">x</a>'
    laid_out(tmp_path, {"index.html": page(body, '<base href="b/">')})
    assert audit(tmp_path) == []
    # Then every address leads elsewhere, those that start with a slash as well.
    laid_out(
        tmp_path, {"index.html": page('<a href="/gone">x</a>' + body, '<base href="https://example.com/">')}
    )
    assert rules_of(audit(tmp_path)) == {"orphan"}


def test_own_addresses_are_told_by_canonical_ones(tmp_path: Path) -> None:
    """Without ``--site-url``, pages that agree on where they stand make whole addresses known."""
    files = dict(told(canonical(""), canonical("p.html"), canonical("q.html")))
    del files["@site"]
    files["p.html"] = str(files["p.html"]).replace("<body>", f'<body><a href="{HERE}gone/">x</a>')
    laid_out(tmp_path, {**files, "n.html": "<p>piece</p>"})
    assert [(one.file, one.rule) for one in audit(tmp_path)] == [("p.html", "broken-link")]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    laid_out(tmp_path, "")
    for name in ("pipe.html", "pipe.css"):
        os.mkfifo(tmp_path / name)
    assert [(one.file, one.rule) for one in audit(tmp_path)] == [
        (name, "unreadable-file") for name in ("pipe.css", "pipe.html")
    ]


@pytest.mark.parametrize(
    "piece", ["<a ", "<!--", "<div>", "</p>", "<", "&", "<a href='", "<style>url(", "@import "]
)
def test_long_rows_of_the_same_are_read_in_time(piece: str) -> None:
    start = time.process_time()
    list(references.of_page(read(piece * 20_000)))
    list(references.of_css(piece * 20_000))
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("address", "rule"),
    [
        ("https://https://example.com", "malformed-url"),
        ("https://example.com:abc/", "malformed-url"),
        ("https://example.com/{{ slug }}", "address-space"),
        ("https://example.com/{{slug}}", "malformed-url"),
        ("mailto://a@example.org", "mailto-invalid"),
        ("mailto:a@example", "mailto-invalid"),
        ("http;//example.com", "bad-scheme"),
        ("https：//example.com", "bad-scheme"),
        ("\\\\server\\share", "local-url"),
        ("localhost:8000/", "local-url"),
        ("https://[::1]/", "local-url"),
        ("https://192.168.1.1/", "local-url"),
        ("https://10.example.com/", None),
        ("https://ja.wikipedia.org/wiki/東京都", None),
        ("https://example.com/%82%a0?a={b}|c", None),
        ("https://user@example.com./", None),
        ("tel:+81(0)3-1234-5678", None),
        ("tel:#7119", None),
        ("skype:a", None),
    ],
)
def test_addresses_are_judged_by_how_they_are_written(address: str, rule: str | None) -> None:
    found = fault(address, False)
    assert (found.rule if found else None) == rule


def test_raw_text_holds_no_links() -> None:
    text = '<textarea><a href="x"></textarea><title><a href="x"></title><![CDATA[<a href="y">]]><svg/><a href="z">'
    assert [one.address for one in references.of_page(read(text))] == ["z"]


# --- any input ----------------------------------------------------------------------------------

_WORDS = b"""<a href= ' " > <!-- --> <![x[ <style>url( </style> <template> </template> <svg/> % # </script>
javascript: https://a:99999/ &#0; ../ </ <? <! <textarea> <urlset><loc> = //[ { [ <!DOCTYPE @import"x" :~: //"""
_PIECES = st.sampled_from(
    [
        *_WORDS.split(),
        *(b" ", b"\x00", b"\xff", b"\xed\xa0\x80", b"<base href=//[>", b"<img srcset=,,", b"\xe3\x81\x82"),
        *(b"<script type=application/ld+json>", b"<meta http-equiv=refresh content=0;url="),
        *(b"<link rel=canonical href=http://[", b"<link rel=alternate hreflang=x href="),
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(content=st.one_of(st.binary(max_size=200), st.lists(_PIECES, max_size=30).map(b"".join)))
def test_nothing_can_make_it_fail(content: bytes, tmp_path: Path) -> None:
    names = (
        "index.html",
        "s.css",
        "sitemap.xml",
        "feed.xml",
        "robots.txt",
        "m.webmanifest",
        "404.html",
        "i.svg",
    )
    for name in names:
        (tmp_path / name).write_bytes(content)
    for site in (Site(), Site(HERE, "/x/")):
        found = audit(tmp_path, site)
        assert found == audit(tmp_path, site)
        assert {one.rule for one in found} <= set(RULES)
        assert all(one.line >= 1 and one.column >= 1 for one in found)


# --- the site of this project -------------------------------------------------------------------


def test_the_built_site_is_sound() -> None:
    assert everything(sites.published(GOLDEN) / "sub" / "path") == []


def test_the_catalogue_is_sound() -> None:
    """As the audit of its build found it; above, that of a folder finds the same of a small one."""
    assert not (sites.CATALOGUE.content / "waivers.yaml").exists()
    assert sites.built(sites.CATALOGUE).problems == ()


def test_it_runs_without_the_rest_of_the_project(tmp_path: Path) -> None:
    """As a process of its own, on pages that are not ours, in any folder."""
    (tmp_path / "日本語.html").write_text('<a href="無い.html">x</a>', encoding="utf-8")
    command = [sys.executable, str(pipeline.PROJECT / "build.py"), "audit", ".", "--format", "json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, timeout=60)
    assert done.returncode == 1
    assert [row["file"] for row in json.loads(done.stdout.decode())] == ["日本語.html"]
