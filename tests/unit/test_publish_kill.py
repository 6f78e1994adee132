"""A build killed at any moment leaves the old site or the new one.

Twice: at every single step, by a child that kills itself there; and at random moments, by a parent that does
not know what its child is doing.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from hayami.exchange import MARKER
from hayami.publish import recover

ROOT = Path(__file__).parents[2]
EXCHANGES = sys.platform in ("linux", "darwin")
both_ways = pytest.mark.parametrize("atomic", [True, False])

# Each step is an audit event of Python about a file: opening, making, renaming, deleting. They are announced
# before they happen, so killing at each one leaves every state that the file system passes through.
STEPS = """
import itertools, json, os, shutil, signal, sys
from pathlib import Path
from hayami.exchange import MARKER, leftovers
from hayami.publish import publish, recover

top, start, atomic = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "True"
out = top / "site"
A = {"index.html": b"A" * 9, "a/only.html": b"A", "a/both.html": b"both"}
B = {"index.html": b"B" * 9, "b/only.html": b"B", "a/both.html": b"both"}

def prepare():
    shutil.rmtree(top, ignore_errors=True)
    top.mkdir()
    if start == "empty":
        out.mkdir()
    elif start != "missing":
        publish(A, out)
    if start == "interrupted":
        out.rename(top / ".site.old-00c0ffee")
        publish(B, top / ".site.staging-00c0ffee")
        (top / "..site.staging-00c0ffee.lock").unlink()

def state():
    if not out.exists():
        return "missing"
    files = {p.relative_to(out).as_posix(): p.read_bytes() for p in out.rglob("*") if p.is_file()}
    if not files:
        return "empty"
    files.pop(MARKER, None)
    return "A" if files == A else "B" if files == B else "mixture"

def killed_at(step):
    child = os.fork()
    if child:
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert status in (0, -signal.SIGKILL), status
        return status != 0
    left = step
    def hook(event, _):
        nonlocal left
        if event == "open" or event.startswith(("os.", "shutil.", "ctypes.", "fcntl.")):
            left -= 1
            if left == -1:  # the kill is an event too
                os.kill(os.getpid(), signal.SIGKILL)
    try:
        sys.addaudithook(hook)
        publish(B, out, atomic=atomic)
        os._exit(0)
    finally:
        os._exit(1)

rows = []
for step in itertools.count():
    prepare()
    killed = killed_at(step)
    row = [state(), recover(out), state()]
    row.append(len(leftovers(out, "staging") + leftovers(out, "old")))
    publish(B, out, atomic=atomic)
    row += [state(), sorted(p.name for p in top.iterdir())]
    rows.append(row)
    if not killed:
        break
print(json.dumps(rows))
"""


# What a visitor may find after a kill and before the next start, by what there was and the way of swapping.
FOUND = {
    ("A", True): {"A", "B"},
    ("A", False): {"A", "B", "missing"},
    ("missing", True): {"missing", "B"},
    ("missing", False): {"missing", "B"},
    ("empty", True): {"empty", "B"},
    ("empty", False): {"empty", "missing", "B"},
    ("interrupted", True): {"missing", "A", "B"},
    ("interrupted", False): {"missing", "A", "B"},
}


@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
@pytest.mark.parametrize(("start", "atomic"), FOUND)
def test_killed_at_each_step(start: str, atomic: bool, tmp_path: Path) -> None:
    command = [sys.executable, "-c", STEPS, str(tmp_path / "top"), start, str(atomic)]
    answer = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, timeout=60)
    rows = json.loads(answer.stdout)

    assert len(rows) > 10, "the hook must see the steps"
    assert {row[0] for row in rows} == FOUND[start, atomic and EXCHANGES]
    assert {row[1] for row in rows} == {True, False}, "some kills leave something to put right, some do not"
    for before, acted, after, left, final, names in rows:
        if before in ("A", "B"):
            assert after == before
        elif start in ("A", "interrupted"):
            assert (acted, after) == (True, "A"), "a missing site comes back"
        else:
            assert after in ("missing", "empty"), "there was none to come back"
        assert left == 0
        assert (final, names) == ("B", [".site.lock", "site"])


FOREVER = """
import itertools, json, sys
from pathlib import Path
from hayami.publish import publish

out, atomic = Path(sys.argv[1]), sys.argv[2] == "True"
versions = [{path: text.encode() for path, text in files.items()} for files in json.load(sys.stdin)]
for files in itertools.cycle(versions):
    publish(files, out, atomic=atomic)
    print("published", flush=True)
"""


def version(name: str) -> dict[str, str]:
    """Some 300 files, of which some are in both versions and some are the same in both."""
    files = {f"{name}/{number}/index.html": f"{name}{number}" * 99 for number in range(100)}
    files |= {f"both/{number}/index.html": f"{name}{number}" * 99 for number in range(100)}
    return files | {f"same/{number}.css": f"{number}" * 99 for number in range(100)}


def files_of(out: Path) -> dict[str, str]:
    files = {path.relative_to(out).as_posix(): path for path in out.rglob("*") if path.is_file()}
    assert files.pop(MARKER)
    return {name: path.read_text() for name, path in files.items()}


@both_ways
def test_killed_at_random_moments(atomic: bool, tmp_path: Path) -> None:
    out = tmp_path / "site"
    versions = [version("A"), version("B")]
    chance = random.Random(20240229)
    found: Counter[str] = Counter()
    interrupted = 0
    for _ in range(20):
        command = [sys.executable, "-c", FOREVER, str(out), str(atomic)]
        with subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            json.dump(versions, child.stdin)
            child.stdin.close()
            for _ in range(chance.randint(1, 2)):
                assert child.stdout.readline() == "published\n"
            time.sleep(chance.random() * 0.1)
            assert child.poll() is None
            child.kill()

        if atomic and EXCHANGES:
            assert files_of(out) in versions, "even before the next start"
        interrupted += recover(out)
        files = files_of(out)
        assert files in versions
        found["A" if files == versions[0] else "B"] += 1
        assert not recover(out)
        assert sorted(path.name for path in tmp_path.iterdir()) == [".site.lock", "site"]
    assert interrupted > 0, "the kills must hit builds at work"
    assert set(found) == {"A", "B"}
