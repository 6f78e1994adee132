"""Seconds and bytes of each A4 booklet: laying out, writing, and what the bytes of the file are.

Run it on a quiet machine with the packages of ``book``: ``.venv/bin/python -m benchmarks.booklet_cost [ADDRESS]``.
"""

from __future__ import annotations

import dataclasses
import io
import re
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import pikepdf

from hayami import pipeline
from hayami.printing import forms, quicker, typeset

ADDRESS = "https://example.org/hayami/"
ROUNDS = 3

_OPENING = re.compile(r'<section class="leaf opening.*?</section>', re.DOTALL)


def alone(job: forms.Job) -> forms.Job:
    """A booklet without the sheets behind it, which only small booklets have."""
    return dataclasses.replace(job, html=_OPENING.sub("", job.html), parts=(), pages=None)


def measured(job: forms.Job) -> tuple[dict[str, float], bytes]:
    """Seconds of the quickest of some rounds, which other programs disturbed least; and the file."""
    rounds = []
    written = b""
    for _ in range(ROUNDS):
        quicker.released()
        start, start_cpu = time.perf_counter(), time.process_time()
        setting = typeset.typeset(job.html, job.css, Path(job.fonts), job.base_url)
        set_at = time.perf_counter()
        written = setting.pdf(job.descriptions, range(1, (job.pages or setting.pages) + 1))
        end = time.perf_counter()
        rounds.append(
            {
                "set": set_at - start,
                "write": end - set_at,
                "together": end - start,
                "CPU": time.process_time() - start_cpu,
            }
        )
        del setting
    return {name: min(one[name] for one in rounds) for name in rounds[0]}, written


def parts(written: bytes) -> Mapping[str, int]:
    """Bytes of a file by what they are for; the rest are places of objects and what names them."""
    found: Counter[str] = Counter()
    with pikepdf.open(io.BytesIO(written)) as pdf:
        pages = {page.obj.Contents.objgen for page in pdf.pages}
        for one in pdf.objects:
            if not isinstance(one, pikepdf.Stream):
                continue
            if one.get("/Type") == "/ObjStm":
                kind = "tags, links and other objects"
            elif one.objgen in pages:
                kind = "pages"
            elif "/Length1" in one:
                kind = "faces"
            elif one.get("/Subtype") == "/Image":
                kind = "images"
            elif one.get("/Subtype") == "/Form" or "/PatternType" in one:
                kind = "drawings"
            else:
                kind = "maps of letters and the like"
            found[kind] += len(one.read_raw_bytes())
    found["rest"] = len(written) - sum(found.values())
    return found


def main(address: str) -> None:
    options = pipeline.Options(pipeline.PROJECT / "content", base_url=address)
    site = pipeline.check(options).site
    assert site is not None
    typeset.engine()
    for job in forms.jobs(pipeline.renderer(site, options), options.assets):
        if job.form != "a4":
            continue
        for name, one in measured(alone(job))[0].items():
            print(f"{one:10.2f} s  {name}, the booklet alone")
        seconds, written = measured(job)
        for name, one in seconds.items():
            print(f"{one:10.2f} s  {name}, with what only small booklets have")
        print(f"{job.path}: {len(written):,} bytes, {job.pages} pages")
        for name, size in sorted(parts(written).items(), key=lambda one: -one[1]):
            print(f"{size:10,} B  {name}")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else ADDRESS)
