"""Gzipped weight of the first load of a page: its HTML and every style sheet and script it names."""

from __future__ import annotations

import gzip
import posixpath
import re
from pathlib import Path

from hayami import pipeline

PROJECT = Path(__file__).resolve().parent.parent

BASE_URL = "https://tokyo-hayami.example.jp/hayamihyo/"
"""Pages name themselves with their whole address once it is known, so that they are heavier than in a preview."""


def first_load(files: dict[str, bytes], name: str) -> tuple[int, int]:
    """Gzipped bytes of the HTML and of what it loads at once, imported modules too (print sheets aside)."""
    # What stands in a template element is fetched when a script uses it.
    html = re.sub(r"<template.*?</template>", "", files[name].decode(), flags=re.DOTALL)
    named = re.findall(r'<link rel="stylesheet" href="([^"]+)"(?! media="print")', html)
    named += re.findall(r'<script[^>]* src="([^"]+)"', html)
    folder = posixpath.dirname(name)
    waiting = [posixpath.normpath(posixpath.join(folder, one)) for one in named]
    loaded: set[str] = set()
    while waiting:
        one = waiting.pop()
        if one not in loaded:
            loaded.add(one)
            imported = re.findall(r'^import .*?"([^"]+)"', files[one].decode(), re.MULTILINE)
            waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(one), part)) for part in imported]
    return len(gzip.compress(files[name], 9, mtime=0)), sum(
        len(gzip.compress(files[one], 9, mtime=0)) for one in sorted(loaded)
    )


def main() -> None:
    """Print the home pages, the heaviest record pages, the middle one and the lightest."""
    built = pipeline.build(pipeline.Options(PROJECT / "content", base_url=BASE_URL))
    files = dict(built.files)
    records = [
        name for name in files if re.search(r"(programmes|organisations|facilities|events)/[^/]+/index", name)
    ]
    weights = {name: first_load(files, name) for name in ["index.html", "en/index.html", *records]}
    by_weight = sorted(records, key=lambda one: -sum(weights[one]))
    shown = ["index.html", "en/index.html", *by_weight[:5], by_weight[len(records) // 2], by_weight[-1]]
    for name in shown:
        html, rest = weights[name]
        print(f"{name:60} HTML {html:6,} + CSS and JS {rest:6,} = {html + rest:6,} bytes")
    over = sum(sum(weights[name]) > 15_000 for name in records)
    print(f"record pages over 15 kB: {over} of {len(records)}")


if __name__ == "__main__":
    main()
