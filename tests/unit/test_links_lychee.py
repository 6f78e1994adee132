"""``links`` against a server of our own: what lychee tells of each kind of answer, and how servers are asked."""

from __future__ import annotations

import contextlib
import http.server
import itertools
import json
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from hayami import __version__, cli
from hayami.reachability import history, lychee
from hayami.reachability.lychee import Answer, Manners

QUICK = Manners("hayami-links/test (+https://example.org/trial/)", interval=0.02, timeout=2)


@dataclass
class Loopback:
    """A server on this machine, and who asked it when."""

    root: str
    answers: dict[str, tuple[int, dict[str, str]]]
    """Path → status and headers."""
    asked: list[tuple[float, str, str, str]] = field(default_factory=list)
    """Time, method, path, User-Agent."""

    def paths(self) -> list[str]:
        return [path for _, _, path, _ in self.asked]


def _answers() -> dict[str, tuple[int, dict[str, str]]]:
    plain: dict[str, tuple[int, dict[str, str]]] = {
        f"/{code}": (code, {}) for code in (200, 204, 401, 403, 404, 410, 451, 500, 503, 999)
    }
    return {
        **plain,
        "/busy": (429, {"Retry-After": "2"}),
        "/301": (301, {"Location": "/200"}),
        "/302": (302, {"Location": "/200"}),
        "/307": (307, {"Location": "/200"}),
        "/308": (308, {"Location": "/200"}),
        "/301-302": (301, {"Location": "/302"}),
        "/302-301": (302, {"Location": "/301"}),
        "/301-301": (301, {"Location": "/301"}),
        "/301-404": (301, {"Location": "/404"}),
        "/301-403": (301, {"Location": "/403"}),
        "/loop": (302, {"Location": "/loop"}),
        "/to-and-fro": (301, {"Location": "/fro-and-to"}),
        "/fro-and-to": (301, {"Location": "/to-and-fro"}),
        "/nowhere": (302, {}),
        "/get-only": (200, {}),
        "/slow": (200, {}),
        "/%E6%96%BD%E7%AD%96/?q=%E6%9D%B1": (200, {}),
        "/a(b)'c?d=1&copy=2": (200, {}),
        "/q?%22%3E": (200, {}),
    }


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    loopback: Loopback
    ended: threading.Event

    def do_GET(self) -> None:
        self._answer()

    def do_HEAD(self) -> None:
        self._answer()

    def _answer(self) -> None:
        here = self.loopback
        here.asked.append((time.monotonic(), self.command, self.path, self.headers.get("User-Agent", "")))
        if self.path == "/cut":
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if self.path == "/slow":
            self.ended.wait(10)
        code, headers = here.answers.get(self.path, (404, {}))
        if self.command == "HEAD" and self.path == "/get-only":
            code = 405
        body = b"" if code == 204 else b"<!doctype html><title>x</title>"
        self.send_response_only(code, "As asked")
        for name, value in headers.items():
            self.send_header(name, value)
        if code != 204:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def handle(self) -> None:
        # A client that has waited enough goes away in the middle.
        with contextlib.suppress(OSError):
            super().handle()

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def loopback(monkeypatch: pytest.MonkeyPatch) -> Iterator[Loopback]:
    try:
        lychee.program()
    except lychee.Unable as unable:
        pytest.skip(str(unable))
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    ended = threading.Event()
    here = Loopback("", _answers())
    handler = type("Handler", (_Handler,), {"loopback": here, "ended": ended})
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    here.root = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield here
    ended.set()
    server.shutdown()
    server.server_close()
    thread.join()


def test_each_kind_of_answer_is_told_and_judged(loopback: Loopback) -> None:
    root = loopback.root
    expected = {
        "/200": (200, "ok", None),
        "/204": (204, "ok", None),
        "/301": (200, "moved", "/200"),
        "/302": (200, "ok", None),
        "/307": (200, "ok", None),
        "/308": (200, "moved", "/200"),
        "/301-302": (200, "moved", "/302"),
        "/302-301": (200, "ok", None),
        "/301-301": (200, "moved", "/200"),
        "/301-404": (404, "failing", None),
        "/301-403": (403, "unknown", None),
        "/401": (401, "unknown", None),
        "/403": (403, "unknown", None),
        "/404": (404, "failing", None),
        "/410": (410, "failing", None),
        "/451": (451, "unknown", None),
        "/500": (500, "failing", None),
        "/503": (503, "failing", None),
        "/999": (999, "unknown", None),
        "/loop": (302, "failing", None),
        "/to-and-fro": (301, "failing", None),
        "/nowhere": (302, "failing", None),
        "/get-only": (200, "ok", None),
        "/cut": (None, "failing", None),
        "/施策/?q=東": (200, "ok", None),
        "/a(b)'c?d=1&copy=2": (200, "ok", None),
        '/q?">': (200, "ok", None),
        "/slow": (None, "failing", None),
    }
    answers = lychee.ask([root + path for path in expected], QUICK)
    assert list(answers) == [root + path for path in expected]
    found = {}
    for address, answer in answers.items():
        verdict, moved_to = history.judged(answer)
        found[address.removeprefix(root)] = (answer.code, verdict, moved_to and moved_to.removeprefix(root))
        assert (answer.code is None) == bool(answer.said), "what has no status has a reason"
    assert found == expected
    assert "timed out" in answers[root + "/slow"].said
    assert all(path != "/" for path in loopback.paths())
    assert {method for _, method, _, _ in loopback.asked} == {"GET"}, "servers that refuse HEAD are many"
    assert {agent for *_, agent in loopback.asked} == {QUICK.agent}
    # Where a redirection leads is asked for each; nothing else is asked twice.
    targets = {"/200", "/301", "/302", "/403", "/404", "/loop", "/to-and-fro", "/fro-and-to"}
    once = [path for path in loopback.paths() if path not in targets]
    assert len(once) == len(set(once))


def test_no_server_at_all(loopback: Loopback) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    refused, tls = f"http://127.0.0.1:{port}/", f"https://{loopback.root.removeprefix('http://')}/200"
    left_alone = "http://nobody.invalid/"
    answers = lychee.ask([refused, tls, left_alone], QUICK)
    for address in (refused, tls):
        assert answers[address].code is None
        assert history.judged(answers[address])[0] == "failing"
        assert answers[address].said
    assert history.judged(answers[left_alone])[0] == "unknown", "lychee asks no reserved names"


def test_a_busy_server_is_left_alone_for_as_long_as_it_asks(loopback: Loopback) -> None:
    paths = ["/busy", "/200", "/404"]
    answers = lychee.ask([loopback.root + path for path in paths], QUICK)
    assert [one.code for one in answers.values()] == [429, 200, 404]
    assert history.judged(answers[loopback.root + "/busy"])[0] == "unknown"
    assert loopback.paths() == paths
    times = [at for at, *_ in loopback.asked]
    assert times[1] - times[0] >= 1.9


def test_a_host_is_asked_no_faster_than_told(loopback: Loopback) -> None:
    manners = Manners("hayami-links/test", interval=0.3, timeout=5)
    lychee.ask([f"{loopback.root}/200?{n}" for n in range(5)], manners)
    times = [at for at, *_ in loopback.asked]
    assert len(times) == 5
    gaps = [later - at for at, later in itertools.pairwise(times)]
    assert min(gaps) > 0.2, gaps


def test_nothing_is_started_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lychee, "program", lambda: pytest.fail("started"))
    assert lychee.ask([], QUICK) == {}


def test_the_token_of_a_job_is_told_to_nobody() -> None:
    given = {"GITHUB_TOKEN": "secret", "github_token": "secret", "PATH": "/bin"}
    assert lychee._environment(given) == {"PATH": "/bin"}


def test_without_lychee_the_cure_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lychee, "PACKAGE", "no-such-package-here")
    with pytest.raises(lychee.Unable, match="macOS"):
        lychee.ask(["https://example.org/"], QUICK)


@pytest.mark.parametrize(
    "told",
    ["", "[]", "{}", '{"success_map": {"x": [{}]}, "error_map": {}, "timeout_map": {}, "excluded_map": {}}'],
)
def test_results_in_another_form_are_no_answers(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(folder: Path, manners: Manners, number: int) -> str:
        (folder / "answers.json").write_text(told, encoding="utf-8")
        return ""

    monkeypatch.setattr(lychee, "_run", run)
    with pytest.raises(lychee.Unable, match="version"):
        lychee.ask(["https://example.org/"], QUICK)


def test_no_results_are_no_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lychee, "_run", lambda *_: "it said so")
    with pytest.raises(lychee.Unable, match="it said so"):
        lychee.ask(["https://example.org/"], QUICK)


def test_what_lychee_passes_over_is_unknown() -> None:
    told: dict[str, dict[str, list[object]]] = {
        name: {} for name in ("success_map", "error_map", "timeout_map", "excluded_map")
    }
    assert lychee._answers(["https://example.org/"], told) == {
        "https://example.org/": Answer(said="lychee did not mention it", asked=False)
    }


# --- the command ----------------------------------------------------------------------------------
@dataclass
class Job:
    """The job of a scheduler: the same command on one day after the other."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def __call__(self, day: str, *more: str) -> tuple[int, str, str]:
        """Status, issue text and output."""
        status = cli.main(
            [
                *("links", "--site", str(self.folder / "site"), "--content", str(self.folder / "content")),
                *("--state", str(self.folder / "state.json"), "--report", str(self.folder / "issue.md")),
                *("--date", day, "--interval", "0.02", "--timeout", "10", "--lang-messages", "en", *more),
            ]
        )
        issue = self.folder / "issue.md"
        return (
            status,
            issue.read_text(encoding="utf-8") if issue.exists() else "",
            self.capture.readouterr().out,
        )


@pytest.fixture
def job(loopback: Loopback, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Job:
    site, content = tmp_path / "site", tmp_path / "content"
    (site / "en").mkdir(parents=True)
    content.mkdir()
    links = "".join(
        f'<a href="{loopback.root}{path}#part">x</a>' for path in ("/200", "/404", "/301", "/403")
    )
    (site / "index.html").write_text(f"<!doctype html>{links}", encoding="utf-8")
    (site / "en" / "index.html").write_text(
        f'<a href="{loopback.root}/404">x</a><a href="../">y</a>', encoding="utf-8"
    )
    (content / "record.yaml").write_text(f"a: 1\nurl: {loopback.root}/404\n", encoding="utf-8")
    return Job(tmp_path, capsys)


def test_three_days_make_a_link_broken_and_one_good_one_mends_it(job: Job, loopback: Loopback) -> None:
    loopback.answers["/301"] = (200, {})
    for day in ("2026-11-01", "2026-11-01", "2026-11-02"):
        status, issue, out = job(day, "--strict")
        assert (status, issue) == (0, ""), "one or two days are nothing to write about"
        assert f"failing: {loopback.root}/404 404" in out
    status, issue, out = job("2026-11-04", "--strict")
    assert status == 1
    assert job("2026-11-04")[0] == 0, "a job that has written its issue has done its work"
    assert f"`{loopback.root}/404`" in issue
    assert "2026-11-01" in issue
    assert "record.yaml:2`" in issue
    assert "`en/index.html`, `index.html`" in issue
    assert f"record.yaml:2:6: broken: {loopback.root}/404 404 (2026-11-01 → 2026-11-04: 3)" in out
    loopback.answers["/404"] = (200, {})
    status, issue, out = job("2026-11-05", "--strict")
    assert (status, issue) == (0, "")
    assert "0 broken, 0 moved, 0 failing, 1 unknown, 3 ok" in out


def test_what_was_fine_is_left_alone_for_a_week(job: Job, loopback: Loopback) -> None:
    job("2026-11-01")
    assert sorted(set(loopback.paths())) == ["/200", "/301", "/403", "/404"]
    for day, more, asked in (
        ("2026-11-02", (), ["/404"]),
        ("2026-11-03", ("--again-after", "2"), ["/200", "/200", "/301", "/403", "/404"]),
        ("2026-11-07", (), ["/404"]),
        ("2026-11-10", (), ["/200", "/200", "/301", "/403", "/404"]),
    ):
        loopback.asked.clear()
        job(day, *more)
        assert sorted(loopback.paths()) == asked, day


def test_a_move_is_told_at_once_and_what_leaves_the_site_is_forgotten(job: Job, loopback: Loopback) -> None:
    _, issue, out = job("2026-11-01", "--format", "json")
    assert f"`{loopback.root}/301`<br>→ `{loopback.root}/200`" in issue
    results = {one["address"].removeprefix(loopback.root): one["result"] for one in json.loads(out)}
    assert results == {"/200": "ok", "/301": "moved", "/403": "unknown", "/404": "failing"}
    (job.folder / "site" / "index.html").write_text(f'<a href="{loopback.root}/200">x</a>', encoding="utf-8")
    _, issue, _ = job("2026-11-02")
    assert issue == ""
    kept = json.loads((job.folder / "state.json").read_text(encoding="utf-8"))
    assert sorted(kept["addresses"]) == [f"{loopback.root}/200", f"{loopback.root}/404"]


def test_servers_learn_who_asks(job: Job, loopback: Loopback) -> None:
    job("2026-11-01", "--contact", "https://example.org/hayami")
    assert {agent for *_, agent in loopback.asked} == {
        f"hayami-links/{__version__} (+https://example.org/hayami/)"
    }
