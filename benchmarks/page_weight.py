"""Gzipped weight of the first load of a page: its HTML and every style sheet and script it names."""

from __future__ import annotations

import re
from pathlib import Path

from hayami import health, pipeline, weights

PROJECT = Path(__file__).resolve().parent.parent

BASE_URL = "https://tokyo-hayami.example.jp/hayamihyo/"
"""Pages name themselves with their whole address once it is known, so that they are heavier than in a preview."""


def main() -> None:
    """Print the home pages, the heaviest record pages, the middle one and the lightest."""
    built = pipeline.build(pipeline.Options(PROJECT / "content", base_url=BASE_URL, with_pdf=True))
    files = dict(built.files)
    records = [
        name for name in files if re.search(r"(programmes|organisations|facilities|events)/[^/]+/index", name)
    ]
    homes = ["index.html", "en/index.html"]
    found = {one.page: one for one in weights.first_loads(files, [*homes, *records])}
    by_weight = sorted(records, key=lambda one: -found[one].total)
    shown = [*homes, *by_weight[:5], by_weight[len(records) // 2], by_weight[-1]]
    for name in shown:
        one = found[name]
        print(f"{name:60} HTML {one.html:6,} + CSS and JS {one.rest:6,} = {one.total:6,} bytes")
    over = sum(found[name].total > health.LIMIT for name in records)
    print(f"record pages over 15 kB: {over} of {len(records)}")


if __name__ == "__main__":
    main()
