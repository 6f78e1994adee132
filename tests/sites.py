"""Sites that several tests look at, each made once in a run by whichever of its processes asks first.

Only for content that no test changes: what was made is known by the options alone.
"""

from __future__ import annotations

import contextlib
import dataclasses
import functools
import hashlib
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from hayami import exchange, pipeline, publish
from hayami.printing import forms, make

PLACE = "https://hayami.example.jp/"
"""Where sites of tests say they stand, when that is printed."""

GOLDEN = Path(__file__).parent / "golden" / "content"
"""A small catalogue that has something of everything."""

HOST = "https://example.org/sub/path/"
"""Where a site stands for tests that ask for a place below a host."""

CATALOGUE = pipeline.Options(pipeline.PROJECT / "content")
"""The catalogue as anybody builds it, for all tests of it that ask for nothing else: to build it takes long."""

PLACED = dataclasses.replace(CATALOGUE, base_url=HOST, search=False)
"""The catalogue as it stands on a host, for all tests that ask for that."""

RUN = "HAYAMI_TEST_RUN"
"""Variable with the folder that the processes of one run share (tests/conftest.py); no other run sees it."""


@functools.cache
def built(options: pipeline.Options) -> pipeline.Built:
    """A site in memory. Every test gets the same one, so nothing in it may be changed."""

    def make(file: Path) -> None:
        file.write_bytes(pickle.dumps(pipeline.build(options)))

    made: pipeline.Built = pickle.loads(once(f"built-{_digest(options)}", make).read_bytes())
    return made


def published(content: Path) -> Path:
    """A folder for a server, in which the site of some content stands below ``sub/path``."""

    def make(folder: Path) -> None:
        made = built(pipeline.Options(content))
        assert made.site is not None, made.problems
        publish.publish(made.files, folder / "sub" / "path")

    return once(f"published-{_digest(content)}", make)


def catalogue() -> Path:
    """The same for the catalogue, which is built within the tests; see :func:`catalogue_again`."""
    return published(CATALOGUE.content)


def catalogue_again() -> Path:
    """The site of the catalogue as the command builds it, in a process that is as unlike the tests as it can be."""
    return once("二つ目 の site", _build)


def _build(out: Path) -> None:
    command = [sys.executable, str(pipeline.PROJECT / "build.py"), "--out", str(out), "--lang-messages", "en"]
    ran = subprocess.run(
        command,
        cwd=out.parent,
        # An odd zone of time, and an order of sets that no other process has.
        env={**os.environ, "PYTHONHASHSEED": "4242", "TZ": "Pacific/Chatham", "LC_ALL": "C"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stdout


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()[:16]


def once(name: str, make: Callable[[Path], None]) -> Path:
    """What ``make`` puts at the path that it is given; it is there as a whole or not at all."""
    made = Path(os.environ[RUN], name)
    while not made.exists():
        with contextlib.suppress(BlockingIOError), exchange.locked(made):
            if not made.exists():
                part = Path(tempfile.mkdtemp(dir=made.parent), name)
                make(part)
                part.rename(made)
        time.sleep(0.05)
    return made


def _few(parts: tuple[forms.Wanted, ...]) -> tuple[forms.Wanted, ...]:
    small = [one for one in parts if one.form == "purpose"]
    return (*parts[:3], *small[:1], *small[1:][-1:])


def printed() -> Mapping[str, bytes]:
    """The booklet of the catalogue on A4 in both languages, on A5 and as a poster in one, made once: path → PDF."""
    return _printed(CATALOGUE.content, ("ja-a4", "en-a4", "ja-a5", "ja-poster"))


@functools.cache
def _printed(content: Path, chosen: tuple[str, ...]) -> Mapping[str, bytes]:
    def write(file: Path) -> None:
        options = pipeline.Options(content, base_url=PLACE)
        site = pipeline.check(options).site
        assert site is not None
        jobs = [
            job
            for job in forms.jobs(pipeline.renderer(site, options), options.assets)
            if f"{job.language}-{job.form}" in chosen
        ]
        # Single sheets are alike, and so are small booklets; a few will do.
        results = make.set_jobs([dataclasses.replace(job, parts=_few(job.parts)) for job in jobs])
        faults = [fault for one in results for fault in one.faults]
        assert not faults, faults
        file.write_bytes(
            pickle.dumps({path: content for one in results for path, content in one.files.items()})
        )

    made: Mapping[str, bytes] = pickle.loads(once(f"printed-{'-'.join(chosen)}", write).read_bytes())
    return made
