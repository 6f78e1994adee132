"""``build.py test``: what the tests need, then all of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence

from hayami import chromium, pipeline


def run(arguments: Sequence[str]) -> int:
    """Run pytest in the project; further arguments are its own. Returns its exit status."""
    try:
        browser = chromium.ensure()
    except chromium.NotFound as missing:
        print(missing, file=sys.stderr)
        return 2
    environment = {**os.environ, "HAYAMI_CHROMIUM": str(browser), "PYTHONPATH": str(pipeline.PROJECT)}
    # Tests start Python a hundred times; without compiled modules each start takes another second.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    chosen = list(arguments) or ["-n", str(min(4, os.cpu_count() or 1)), "--dist", "worksteal"]
    command = [sys.executable, "-m", "pytest", *chosen]
    return subprocess.run(command, cwd=pipeline.PROJECT, env=environment, check=False).returncode
