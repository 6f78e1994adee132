"""Style sheets are joined from their parts, and lose nothing but what only their writer needs."""

from __future__ import annotations

import re

import pytest

from hayami import pipeline
from hayami.assets import PARTS, PRINT, Assets, dense_css, joined, parted, without_comments

SOURCES = Assets.read(pipeline.PROJECT / "assets").sources
SERVED = Assets.read(pipeline.PROJECT / "assets").files
SCRIPTS = sorted(name for name in SOURCES if name.endswith(".js"))


def test_a_part_stands_once_and_before_what_imports_it() -> None:
    sources = {
        "css/page.css": b'@import "parts/a.css";\n@import "parts/b.css";\np {}\n',
        "css/parts/a.css": b'@import "b.css";\na {}\n',
        "css/parts/b.css": b"b {}\n",
    }
    assert joined("css/page.css", sources).split() == ["b", "{}", "a", "{}", "p", "{}"]
    assert set(Assets(sources).files) == {"css/page.css"}


def test_a_part_that_does_not_exist_is_our_own_bug() -> None:
    with pytest.raises(KeyError, match="none"):
        joined("css/page.css", {"css/page.css": b'@import "none.css";\n'})


def test_every_part_is_imported_by_a_sheet() -> None:
    imported = {
        f"{PARTS}{name}"
        for content in SOURCES.values()
        for name in re.findall(rb'@import "(?:parts/)?([^"/]+)";', content)
        for name in [name.decode()]
    }
    assert {name for name in SOURCES if name.startswith(PARTS)} <= imported


@pytest.mark.parametrize(
    ("css", "dense"),
    [
        ("a , b > c { d : e ; }", "a,b>c{d :e}"),
        ("a :hover { b: calc(1px + 2px) }", "a :hover{b:calc(1px + 2px)}"),
        ('a { content: "  /* x */ ; } "; }', 'a{content:"  /* x */ ; } "}'),
        ("a { b: 'it, > {' }", "a{b:'it, > {'}"),
        ("@media (min-width: 1rem) and (x) { a { b: c } }", "@media (min-width:1rem) and (x){a{b:c}}"),
        ("/* one */ a { /* two */ b: c; /* three */ }", "a{b:c}"),
    ],
)
def test_needless_space_goes_and_strings_stay(css: str, dense: str) -> None:
    assert dense_css(css) == dense
    assert dense_css(dense) == dense


def test_what_is_for_paper_alone_stands_apart() -> None:
    assert parted('@layer a,b;@layer a{c{d:"e"}@media print and (f){g{h:i}}}') == (
        '@layer a,b;@layer a{c{d:"e"}}',
        "@layer a{@media print and (f){g{h:i}}}",
    )
    for name, content in SERVED.items():
        if name.endswith(PRINT):
            assert not re.search(r"@media(?! print\b)", re.sub(r"@media print\{.*", "", content.decode())), (
                name
            )
        elif name.endswith(".css"):
            assert b"@media print{" not in content, name


@pytest.mark.parametrize("name", SCRIPTS)
def test_no_string_of_a_script_spans_lines(name: str) -> None:
    for line in SOURCES[name].decode().splitlines():
        assert line.count("`") % 2 == 0, line


@pytest.mark.parametrize("name", SCRIPTS)
def test_scripts_lose_only_comments_and_indents(name: str) -> None:
    written = [line.strip() for line in SOURCES[name].decode().splitlines()]
    served = SERVED[name].decode().splitlines()
    rest = iter(written)
    assert all(line in rest for line in served), "same lines in the same order"
    assert not any(line.startswith(("//", "/*", "* ")) for line in served)


def test_comments_behind_code_and_in_strings_stay() -> None:
    script = 'a("// b");\n  // c\n\n  /** d\n   * e */\n  f(/* g */); // h\n'
    assert without_comments(script) == 'a("// b");\nf(/* g */); // h\n'
