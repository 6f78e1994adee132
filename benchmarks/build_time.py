"""Time of a build, stage by stage, in fresh processes, beside the bare imports of the same libraries."""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent

_STAGES = """
import json, sys, time
from pathlib import Path
marks = [("start", time.process_time())]
from hayami import checks, load, model, pipeline, publish, render, validate
from hayami.addresses import Addresses
marks.append(("import", time.process_time()))
options = pipeline.Options(Path(sys.argv[1]))
content, _ = load.read_content(options.content, "content")
marks.append(("load", time.process_time()))
draft, _ = validate.validate(content)
marks.append(("validate", time.process_time()))
checks.run(draft, draft.settings.as_of)
marks.append(("check", time.process_time()))
site = model.join(draft, pipeline.builtin_strings(options.templates), draft.settings)
marks.append(("join", time.process_time()))
renderer = render.Renderer(site, Addresses(draft.settings.primary), render.Assets.read(options.assets),
                           render.environment(options.templates))
files = dict(renderer.site_files())
marks.append(("plan and render", time.process_time()))
publish.publish(files, Path(sys.argv[2]) / "site")
marks.append(("publish", time.process_time()))
stages = {name: after - before for (_, before), (name, after) in zip(marks, marks[1:])}
print(json.dumps({"records": len(site.items), "files": len(files), "stages": stages}))
"""

_IMPORTS = "import babel.numbers, jinja2, markdown_it, pydantic, yaml"


def _run(code: str, *arguments: str) -> tuple[float, float, str]:
    """CPU seconds, wall seconds and output of a fresh process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall, done.stdout


def main(rounds: int = 5) -> None:
    """Interleave builds and bare imports; print medians and their ratio."""
    builds, bare, stages = [], [], []
    facts = {}
    for _ in range(rounds):
        bare.append(_run(_IMPORTS)[:2])
        with tempfile.TemporaryDirectory() as folder:
            cpu, wall, out = _run(_STAGES, str(PROJECT / "content"), folder)
        facts = json.loads(out)
        builds.append((cpu, wall))
        stages.append(facts["stages"])
    cpu = statistics.median(one[0] for one in builds)
    base = statistics.median(one[0] for one in bare)
    print(
        f"{facts['records']} records, {facts['files']} files, {rounds} rounds, Python {sys.version.split()[0]}"
    )
    print(f"build   {cpu:.2f} s CPU, {statistics.median(one[1] for one in builds):.2f} s wall")
    print(f"imports {base:.2f} s CPU; ratio {cpu / base:.1f}")
    for name in stages[0]:
        print(f"  {name:16} {statistics.median(one[name] for one in stages):.3f} s CPU")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
