"""``serve``: the site follows every change, and a wrong one never takes the last good site away."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from hayami import pipeline, serve

GOLDEN = Path(__file__).parent.parent / "golden" / "content"
LONGEST_WAIT = 60.0

_SERVE = f"""\
import sys
from pathlib import Path
sys.path.insert(0, {str(pipeline.PROJECT)!r})
from hayami import cli, environment, serve
environment.speak_safely()
serve.PREVIEW = Path(sys.argv[1])
sys.exit(cli.main(["serve", "--content", sys.argv[2], "--port", sys.argv[3], "--lang-messages", "en"]))
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the golden catalogue, whose settings say that it stands elsewhere."""
    folder = tmp_path / "content"
    shutil.copytree(GOLDEN, folder)
    with (folder / "site.yaml").open("a", encoding="utf-8", newline="\n") as file:
        file.write("base_url: https://example.org/sub/\n")
    return folder


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8", newline="\n")


# --- the preview --------------------------------------------------------------------------------


@pytest.fixture
def preview(content: Path, tmp_path: Path) -> serve.Preview:
    """What ``serve`` publishes, without a server."""
    options = pipeline.Options(content, placeless=True)
    return serve.Preview(options, tmp_path / "preview", "en")


def page(preview: serve.Preview, name: str) -> str:
    return (preview.out / name).read_text(encoding="utf-8")


def test_the_last_good_site_stays_with_the_problems_on_top(
    preview: serve.Preview, content: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    preview.rebuild()
    good = page(preview, "programmes/machine-grant/index.html")
    assert "hayami-overlay" not in good
    assert "canonical" not in good, "addresses of the published site would lead away from the preview"
    record = content / "programmes" / "machine-grant" / "record.yaml"
    replaced(record, "yen: 15_000_000", "yen: <b>many</b>")
    capsys.readouterr()
    preview.rebuild()
    for name in ("index.html", "en/events/fair/index.html", "404.html", "q/desk/index.html"):
        assert page(preview, name).count("error[wrong-type]") == 1
    shown = page(preview, "programmes/machine-grant/index.html")
    before, _, overlay = shown.partition("<style>\n.hayami-overlay")
    assert before == good.partition("</body>")[0]
    assert "&lt;b&gt;many&lt;/b&gt;" in overlay
    assert "<b>many" not in overlay
    assert overlay.rstrip().endswith("</body>\n</html>")
    said = capsys.readouterr().err
    assert "record.yaml:" in said
    assert "error[wrong-type]" in said
    replaced(record, "yen: <b>many</b>", "yen: 15_000_000")
    preview.rebuild()
    assert page(preview, "programmes/machine-grant/index.html") == good


def test_content_that_is_wrong_from_the_start_shows_its_problems(
    preview: serve.Preview, content: Path
) -> None:
    replaced(content / "site.yaml", "primary: ja", "primary: fr")
    preview.rebuild()
    assert "error[unknown-language]" in page(preview, "index.html")
    assert sorted(path.name for path in preview.out.iterdir() if path.suffix) == ["index.html"]
    replaced(content / "site.yaml", "primary: fr", "primary: ja")
    preview.rebuild()
    assert "hayami-overlay" not in page(preview, "index.html")
    assert (preview.out / "en" / "events" / "fair" / "index.html").is_file()


def test_a_broken_template_is_shown_and_the_site_stays(preview: serve.Preview, tmp_path: Path) -> None:
    templates = tmp_path / "templates"
    shutil.copytree(pipeline.PROJECT / "templates", templates)
    preview.options = pipeline.Options(preview.options.content, placeless=True, templates=templates)
    preview.rebuild()
    good = page(preview, "index.html")
    replaced(templates / "pages" / "home.html", "{% block main %}", "{% block main %}{{ not_a_name }}")
    preview.rebuild()
    assert page(preview, "index.html").startswith(good.partition("</body>")[0])
    assert "UndefinedError: &#39;not_a_name&#39; is undefined" in page(preview, "index.html")
    replaced(templates / "pages" / "home.html", "{{ not_a_name }}", "")
    preview.rebuild()
    assert page(preview, "index.html") == good


# tornado leaves the socket that it could not bind to the collector; the process ends right after.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning", "ignore::ResourceWarning")
def test_a_port_that_is_taken_is_told(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "PREVIEW", tmp_path / "preview")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert serve.run(pipeline.Options(content), "127.0.0.1", port, "en") == 1
    said = capsys.readouterr().err
    assert f"127.0.0.1:{port}: " in said
    assert "--port か --host を変えてください。/ Try another" in said
    assert not (tmp_path / "preview").exists(), "nobody waits for a build to be told so"


# --- the server ---------------------------------------------------------------------------------


@dataclass
class Server:
    process: subprocess.Popen[bytes]
    address: str
    said: Path

    def page(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=LONGEST_WAIT) as answer:
            text: str = answer.read().decode()
        return text

    def wait(self, path: str, test: Callable[[str], bool]) -> str:
        """The page as soon as it passes the test."""
        end = time.monotonic() + LONGEST_WAIT
        text = ""
        while time.monotonic() < end:
            assert self.process.poll() is None, self.said.read_text(encoding="utf-8")
            with contextlib.suppress(urllib.error.URLError, ConnectionError):
                text = self.page(path)
                if test(text):
                    return text
            time.sleep(0.05)
        raise AssertionError(f"{path} never passed the test:\n{text[-2000:]}")


@pytest.fixture
def server(content: Path, tmp_path: Path) -> Iterator[Server]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    said = tmp_path / "said.txt"
    arguments = [str(tmp_path / "preview"), str(content), str(port)]
    with said.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _SERVE, *arguments], cwd=tmp_path, stdout=file, stderr=file
        )
    try:
        yield Server(process, f"http://127.0.0.1:{port}/", said)
    finally:
        process.kill()
        process.wait()


def test_the_site_follows_every_change(server: Server, content: Path, tmp_path: Path) -> None:
    home = server.wait("", lambda text: "小さな早見表" in text)
    assert "livereload.js" in home, "the browser must learn of changes"
    fair = server.page("en/events/fair/")
    assert "<h1" in fair
    assert "Trial Fair" in fair
    words = content / "events" / "fair" / "en.md"

    replaced(words, "name: Trial Fair\n", "nmae: Trial Fair\n")
    wrong = server.wait("en/events/fair/", lambda text: "error[unknown-key]" in text)
    assert "en.md:2:1: error[unknown-key]" in wrong
    assert "Did you mean &#34;name&#34;?" in wrong
    assert "Trial Fair" in wrong.partition("hayami-overlay")[0]
    assert "error[unknown-key]" in server.page("")
    assert "error[unknown-key]" in server.said.read_text(encoding="utf-8")

    replaced(words, "nmae: Trial Fair\n", "name: Grand Fair\n")
    right = server.wait("en/events/fair/", lambda text: "Grand Fair" in text)
    assert "hayami-overlay" not in right
    assert "Trial Fair" not in right
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_dir()) == ["content", "preview"]

    if os.name == "posix":
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(timeout=LONGEST_WAIT) == 0
        assert "Traceback" not in server.said.read_text(encoding="utf-8")
