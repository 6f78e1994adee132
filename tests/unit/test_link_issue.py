"""The text of the issue that the scheduled job keeps, and what the site names."""

from __future__ import annotations

import os
import re
import shutil
from datetime import date
from pathlib import Path

import pytest

from hayami import __version__, cli
from hayami.problems import Place
from hayami.reachability import history, issue, lychee, outgoing
from hayami.reachability.outgoing import Outgoing, gather
from hayami.schema.link_history import Failures, Past

EXPECTED = Path(__file__).parent.parent / "reachability" / "issue.md"
DAY = date(2026, 11, 9)
_LASTING = Failures(first=date(2026, 11, 5), last=DAY, days=4, code=404)
_SLOW = Failures(first=date(2026, 11, 6), last=DAY, days=3, said="Request timed out")
_NEW = Failures(first=DAY, last=DAY, days=1, code=503)


def _named(name: str, *lines: int, pages: int = 2) -> Outgoing:
    places = tuple(Place("content/programmes/grant/record.yaml", line, 10) for line in lines)
    files = (
        "programmes/grant/index.html",
        "en/programmes/grant/index.html",
        *(f"p{n}.html" for n in range(9)),
    )
    return Outgoing(f"https://www.example.jp/{name}", tuple(sorted(files[:pages])), places)


def _past(verdict: str, code: int | None = None, **more: object) -> Past:
    return Past.model_validate({"asked": DAY, "verdict": verdict, "code": code, **more})


SOME = {
    _named("gone/", 12, 40): _past("failing", 404, failures=_LASTING),
    _named("slow/", pages=11): _past("failing", said="Request timed out", failures=_SLOW),
    _named("broken-now-busy/", 9): _past("unknown", 429, failures=_LASTING),
    _named("old/", 3): _past("moved", 200, moved_to="https://www.example.jp/new/"),
    _named("ill/", 4): _past("failing", 503, failures=_NEW),
    _named("teapot/", 4): _past("failing", 418, failures=_NEW.model_copy(update={"code": 418})),
    _named("no-robots/", 5): _past("unknown", 403),
    _named("linkedin/", 5): _past("unknown", 999),
    _named("left-alone/", 5): _past("unknown", said="This is due to your 'exclude' values"),
    _named("fine/", 6): _past("ok", 200),
}


def _report(some: dict[Outgoing, Past]) -> str:
    return issue.report(tuple(some), {one.address: past for one, past in some.items()})


def test_the_text_is_as_it_was() -> None:
    text = _report(SOME)
    if os.environ.get("HAYAMI_UPDATE_GOLDEN"):
        EXPECTED.write_text(text, encoding="utf-8", newline="\n")
    assert text == EXPECTED.read_text(encoding="utf-8")


def test_the_parts_of_the_text() -> None:
    lines = _report(SOME).splitlines()
    assert lines[0] == issue.TITLE
    assert lines[1:3] == ["", issue.MARK]
    by = issue.sections(tuple(SOME), {one.address: past for one, past in SOME.items()})
    assert {name: len(some) for name, some in by.items()} == {
        "broken": 3,
        "moved": 1,
        "failing": 2,
        "unknown": 3,
        "ok": 1,
    }


def test_nothing_is_written_where_nothing_is_to_be_mended() -> None:
    waiting = {
        one: past for one, past in SOME.items() if not history.is_broken(past) and past.moved_to is None
    }
    assert len(waiting) == 6
    assert _report(waiting) == ""
    assert _report({}) == ""
    # An address that was never asked, such as in a run that was broken off, is not in the history yet.
    assert issue.report(tuple(SOME), {}) == ""


def test_the_text_stays_the_same_while_nothing_changes() -> None:
    """The day of the run is not in it, so that nobody is told of nothing new."""
    later = {
        one: past.model_copy(
            update={
                "asked": date(2026, 11, 20),
                "failures": past.failures
                and past.failures.model_copy(update={"last": date(2026, 11, 20), "days": 9}),
            }
        )
        for one, past in SOME.items()
        if past.failures is None or past.failures.days > 1
    }
    assert _report(later) == _report({one: past for one, past in SOME.items() if one in later})


def test_a_foreign_server_cannot_write_into_the_issue() -> None:
    evil = "https://evil.example/`](x)\n# @everyone <img src=x>\u202e" + "a" * 2000
    text = _report({_named("a/"): _past("moved", 200, moved_to=evil)})
    line = next(one for one in text.splitlines() if "evil" in one)
    assert line.count("`") == 4, "two whole code spans"
    assert "\u202e" not in text
    assert "\n# @everyone" not in text
    assert len(line) < 500


def test_the_text_fits_into_an_issue() -> None:
    many = {
        Outgoing(
            f"https://example.org/{n}/" + "あ" * 400,
            tuple(f"pages/{'x' * 100}/{m}.html" for m in range(50)),
            tuple(Place(f"content/{'y' * 100}/record.yaml", m) for m in range(50)),
        ): _past("failing", 404, failures=_LASTING if n % 2 else _NEW)
        for n in range(3000)
    }
    many[_named("old/")] = _past("moved", 200, moved_to="https://example.org/" + "z" * 5000)
    text = _report(many)
    assert "ほか" in text
    assert len(text.encode()) < 65_536


# --- what the site names --------------------------------------------------------------------------
def _page(*links: str) -> bytes:
    return "".join(f'<a href="{one}">x</a>\n' for one in links).encode()


def test_each_address_is_named_once_with_all_its_pages() -> None:
    files = {
        "b/index.html": _page(
            "https://example.org/x#one", "https://example.org/x#two", "HTTP://example.org/y"
        ),
        "a.htm": _page(
            "https://example.org/x", "../a/", "mailto:a@example.org", "tel:1", "#x", "//example.org/z"
        ),
        "feed.xml": _page("https://example.org/feed"),
        "own.html": _page(
            "https://own.example/site/a/", "https://own.example/site", "https://own.example/other/"
        ),
        "head.html": b'<link rel="canonical" href="https://c.example/"><link rel="alternate" hreflang="en" href="https://c.example/en/">'
        b'<link rel="preconnect" href="https://p.example/"><img src="https://i.example/a.png"><script src="https://s.example/a.js"></script>',
        "faulty.html": _page(
            "https://", "https://[x", "https://example.org:port/", " https://example.org/\n s "
        ),
    }
    found = gather(files, {}, own="https://own.example/site/")
    assert {one.address: one.pages for one in found} == {
        "https://example.org/x": ("a.htm", "b/index.html"),
        "HTTP://example.org/y": ("b/index.html",),
        "https://example.org/z": ("a.htm",),
        "https://own.example/other/": ("own.html",),
        "https://i.example/a.png": ("head.html",),
        "https://s.example/a.js": ("head.html",),
        "https://example.org/ s": ("faulty.html",),
    }
    assert [one.address for one in found] == sorted(one.address for one in found)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("url: https://example.org/a", 6),
        ('url: "https://example.org/a"', 7),
        ("[x](https://example.org/a).", 5),
        ("see https://example.org/a, and", 5),
        ("- {id: x, url: https://example.org/a, page: 3}", 16),
        ("<https://example.org/a>", 2),
        ("at https://example.org/a#part", 4),
        ("https://example.org/a/b https://example.org/a", 25),
        ("これは https://example.org/a。", 5),
        ("[ここ](https://example.org/a)も", 6),
        ("https://example.org/a/", None),
        ("https://example.org/ab", None),
        ("https://example.org/a.pdf", None),
        ("https://example.org/a?b", None),
        ("https://example.org/", None),
        ("nothing", None),
    ],
)
def test_the_line_of_the_content_that_holds_an_address(line: str, column: int | None) -> None:
    content = {"content/b.md": f"\n{line}\n"}
    (one,) = gather({"a.html": _page("https://example.org/a")}, content)
    assert one.places == (() if column is None else (Place("content/b.md", 2, column),))


def test_an_address_in_japanese_is_found_in_either_spelling() -> None:
    files = {"a.html": _page("https://example.org/%E6%96%BD%E7%AD%96/")}
    content = {"a.yaml": "https://example.org/施策/", "b.yaml": "x\nhttps://example.org/%E6%96%BD%E7%AD%96/"}
    (one,) = gather(files, content)
    assert one.places == (Place("a.yaml", 1, 1), Place("b.yaml", 2, 1))


def test_what_is_made_from_one_pattern_is_asked_once() -> None:
    head, repository = "https://maps.example/?api=1&query=", "https://code.example/x"
    files = {
        f"{n}.html": _page(
            f"https://maps.example/?api=1&amp;query={n}",
            "https://maps.example/?about",
            f"{repository}/edit/main/{n}.yaml",
        )
        for n in (1, 2)
    }
    content = {"content/site.yaml": f"repository: {repository}\nmap_search: {head}{{address}}\n"}
    found = gather(files, content, families={head: head, f"{repository}/edit/": repository})
    pages = ("1.html", "2.html")
    assert [(one.address, one.pages, one.places) for one in found] == [
        (repository, pages, (Place("content/site.yaml", 1, 13),)),
        ("https://maps.example/?about", pages, ()),
        (head, pages, (Place("content/site.yaml", 2, 13),)),
    ]


def test_every_address_of_the_content_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The catalogue of the tests, through the command: nothing that an editor writes is passed over."""
    golden = Path(__file__).parent.parent / "golden" / "content"
    folder = tmp_path / "content"
    shutil.copytree(golden, folder)
    with (folder / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("map_search: https://maps.example/?q={address}\n")
    written = {
        match[0]
        for path, text in outgoing.texts(folder)
        for line in text.splitlines()
        if not line.startswith(("#", "base_url"))
        for match in re.finditer(r"https?://[^\s\"(){}]+", line)
    }
    assert len(written) >= 4
    asked: list[str] = []
    agents: list[str] = []

    def ask(some: list[str], manners: lychee.Manners) -> dict[str, lychee.Answer]:
        asked.extend(some)
        agents.append(manners.agent)
        return {}

    monkeypatch.setattr(lychee, "ask", ask)
    with (folder / "site.yaml").open("a", encoding="utf-8") as settings:
        settings.write("base_url: https://example.org/trial/\n")
    state = tmp_path / "state.json"
    assert cli.main(["links", "--content", str(folder), "--state", str(state)]) == 0
    # The licence stands on the page of the data; and no page of the site is asked.
    licence = {one for one in asked if one.startswith("https://creativecommons.org/licenses/by/4.0/")}
    assert len(licence) == 2
    assert set(asked) - licence == written
    assert agents == [f"hayami-links/{__version__} (+https://example.org/trial/)"]
    assert sorted(asked) == asked


def test_a_folder_without_pages_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder, said in ((tmp_path / "none", "no such folder"), (tmp_path, "no HTML file")):
        assert cli.main(["links", "--site", str(folder), "--state", str(tmp_path / "s.json")]) == 2
        assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_catalogue_with_faults_is_not_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "content").mkdir()
    arguments = ["links", "--content", str(tmp_path / "content"), "--state", str(tmp_path / "s.json")]
    assert cli.main(arguments) == 1
    assert "error[" in capsys.readouterr().err
    assert not (tmp_path / "s.json").exists()
