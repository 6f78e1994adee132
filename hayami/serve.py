"""``build.py serve``: the site on this machine, rebuilt on every change.

The site is published into a folder of its own (``.hayami/preview``), never into ``site/``. When an edit
is wrong the last good site stays up; the problems stand in the terminal and on top of every page.
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path

from hayami import pipeline, problems, publish, render
from hayami.audit.site import Memory
from hayami.installation import is_writable
from hayami.problems import MessageLanguage

PREVIEW = pipeline.PROJECT / ".hayami" / "preview"


@dataclass
class Preview:
    """The last good site, and what is wrong with the content as it stands."""

    options: pipeline.Options
    out: Path
    language: MessageLanguage
    files: dict[str, bytes] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)

    def rebuild(self) -> None:
        """Build once; publish the new site, or the last good one with the problems on top."""
        try:
            built = pipeline.build(self.options, self.memory)
        except Exception as error:
            # A template that is being edited is broken half of the time: show it, and go on serving.
            print(f"{type(error).__name__}: {error}", file=sys.stderr)
            self._publish(self._with_overlay([f"{type(error).__name__}: {error}"]))
            return
        texts = [problems.as_text(problem, self.language) for problem in built.problems]
        for text in texts:
            print(text, file=sys.stderr)
        if built.site is not None:
            self.files = dict(built.files)
            print(f"✓ {len(built.site.items)}", file=sys.stderr)
        self._publish(self._with_overlay(texts) if texts else self.files)

    def _with_overlay(self, texts: list[str]) -> dict[str, bytes]:
        environment = render.environment(self.options.templates)
        overlay = environment.get_template("plain/overlay.html").render(texts=texts)
        if not self.files:
            page = f"<!doctype html><html><head><title>hayami</title></head><body>{overlay}</body></html>"
            return {"index.html": page.encode()}
        mark = b"</body>"
        return {
            name: content.replace(mark, overlay.encode() + mark) if name.endswith(".html") else content
            for name, content in self.files.items()
        }

    def _publish(self, files: dict[str, bytes]) -> None:
        publish.publish(files, self.out, [self.options.content], [])


def run(options: pipeline.Options, host: str, port: int, language: MessageLanguage) -> int:
    """Serve until interrupted; returns the exit status."""
    # Slow to import, and no other command needs them.
    from livereload import Server
    from tornado.netutil import bind_sockets

    def taken(error: OSError) -> int:
        place = f"{host}:{port}: {error.strerror or error}"
        print(f"{place}. --port か --host を変えてください。/ Try another --port or --host.", file=sys.stderr)
        return 1

    try:
        # Before the build, which takes its time.
        for one in bind_sockets(port, host):
            one.close()
    except OSError as error:
        return taken(error)
    # Canonical addresses would lead away from the preview.
    out = PREVIEW if is_writable(pipeline.PROJECT) else Path(tempfile.mkdtemp()) / "preview"
    preview = Preview(replace(options, placeless=True, served=True), out, language)
    preview.rebuild()
    server = Server()
    for folder in (options.content, options.templates, options.assets):
        server.watch(str(folder), preview.rebuild)
    print(f"http://{host}:{port}/")
    try:
        server.serve(root=str(out), host=host, port=port)
    except OSError as error:
        return taken(error)
    return 0
