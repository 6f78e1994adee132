"""Gzipped weight of the first load of a page: its HTML and every style sheet and script it names."""

from __future__ import annotations

import gzip
import posixpath
import re
from pathlib import Path

from hayami import pipeline

PROJECT = Path(__file__).resolve().parent.parent


def first_load(files: dict[str, bytes], name: str) -> tuple[int, int]:
    """Gzipped bytes of the HTML and of what it loads at once (print sheets aside)."""
    html = files[name].decode()
    named = re.findall(r'<link rel="stylesheet" href="([^"]+)"(?! media="print")', html)
    named += re.findall(r'<script[^>]* src="([^"]+)"', html)
    folder = posixpath.dirname(name)
    loaded = {posixpath.normpath(posixpath.join(folder, one)) for one in named}
    return len(gzip.compress(files[name], 9, mtime=0)), sum(
        len(gzip.compress(files[one], 9, mtime=0)) for one in sorted(loaded)
    )


def main() -> None:
    """Print the home pages and the heaviest record pages."""
    built = pipeline.build(pipeline.Options(PROJECT / "content"))
    files = dict(built.files)
    records = [
        name for name in files if re.search(r"(programmes|organisations|facilities|events)/[^/]+/index", name)
    ]
    weights = {name: first_load(files, name) for name in ["index.html", "en/index.html", *records]}
    shown = ["index.html", "en/index.html", *sorted(records, key=lambda one: -sum(weights[one]))[:5]]
    for name in shown:
        html, rest = weights[name]
        print(
            f"{name:60} HTML {html / 1000:5.1f} kB + CSS and JS {rest / 1000:5.1f} kB = {(html + rest) / 1000:5.1f} kB"
        )


if __name__ == "__main__":
    main()
