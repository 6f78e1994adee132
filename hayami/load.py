"""Step 1, load: the files of ``content/`` as text and trees with places. Nothing is interpreted yet.

Files are checked as files here: encoding, size, line ends, links that lead out of the folder, names
that do not belong. Reading goes on after a fault, so that all faults are reported at once.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hayami import pictures, slips, yamltree
from hayami.problems import Place, Problem, nearest
from hayami.schema.record import KINDS

MAX_BYTES = 256 * 1024
"""Largest file of content, in bytes."""

MAX_WORDS = 64 * 1024
"""Largest Markdown file, in bytes: some four times the longest text that a reader would bear."""

MAX_SLUG = 60

PAST = "past"
"""Folder of ``content/`` with a whole catalogue for each year that is over: ``past/2024/``."""

PROSE = {"pages": "prose page", "terms": "glossary term"}
"""Folders of ``content/`` whose entries are words alone."""

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_RESERVED = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
"""Names that Windows keeps for devices: nobody there could check the folder out."""
_LANGUAGE_FILE = re.compile(r"([a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?)\.md")
_CONFLICT = re.compile(r"(?:<{7}|\|{7}|>{7})(?: .*)?|={7}")
"""Lines that git puts into a file when two changes meet."""
_IGNORED = re.compile(r"^(\.|Thumbs\.db$|desktop\.ini$|.*~$)")


@dataclass(frozen=True, slots=True)
class Document:
    """A Markdown file: front matter as a tree, and the body with the line on which it starts."""

    file: str
    front: yamltree.Mapping
    body: str
    body_line: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One folder ``content/<kind>/<slug>/``."""

    kind: str
    slug: str
    folder: str
    """Path for messages."""
    record: yamltree.Mapping | None
    """Tree of ``record.yaml``; None for prose, or when it could not be read."""
    words: Mapping[str, Document]
    unreadable: frozenset[str] = frozenset()
    """Files that exist but could not be read; they are not reported as missing as well."""

    @property
    def record_file(self) -> str:
        """Path of ``record.yaml`` for messages."""
        return f"{self.folder}/record.yaml"


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that was read."""

    root: str
    """Path of the content folder for messages."""
    settings: Mapping[str, yamltree.Mapping]
    """``site``, ``source``, ``vocabulary`` and, where there are any, the other files beside them → tree."""
    strings: Mapping[str, yamltree.Mapping]
    """Language → tree of ``strings/<lang>.yaml``."""
    entries: tuple[Entry, ...]
    pictures: tuple[pictures.Picture, ...] = ()
    """Previews that other sites show beside a link."""
    picture_digests: Mapping[str, str] = field(default_factory=dict)
    """Name of a picture → digest of what it was drawn from."""
    past: Mapping[int, frozenset[tuple[str, str]]] = field(default_factory=dict)
    """Fiscal year that is over → kind and slug of its records. They are read as catalogues of their own."""


@dataclass(slots=True)
class _Reader:
    folder: Path
    shown: str
    problems: list[Problem] = field(default_factory=list)
    texts: Mapping[str, str] = field(default_factory=dict)
    """Path for messages → text that is read instead of that of the file."""

    def name(self, path: Path) -> str:
        relative = path.relative_to(self.folder).as_posix()
        return self.shown if relative == "." else f"{self.shown}/{relative}"

    def fault(self, path: Path, code: str, line: int = 1, column: int = 1, **values: str) -> None:
        self.problems.append(Problem(Place(self.name(path), line, column), code, values))

    def children(self, folder: Path) -> list[Path]:
        """Entries of a folder in a fixed order, without hidden files and links that lead out."""
        if not folder.is_dir():
            return []
        kept = []
        for path in sorted(folder.iterdir(), key=lambda one: one.name):
            if _IGNORED.match(path.name):
                continue
            if path.is_symlink() and not self.inside(path):
                self.fault(path, "outside-link")
                continue
            kept.append(path)
        return kept

    def inside(self, path: Path) -> bool:
        root = os.path.realpath(self.folder)
        return os.path.realpath(path).startswith(root + os.sep)

    def text(self, path: Path) -> str | None:
        """The text of a file; None when it is not sound."""
        if self.name(path) in self.texts:
            return self.texts[self.name(path)]
        size = path.stat().st_size
        limit = MAX_WORDS if path.suffix == ".md" else MAX_BYTES
        if size > limit:
            self.fault(path, "huge-file", size=str(size), limit=str(limit))
            return None
        data = path.read_bytes()
        if not data.strip():
            self.fault(path, "empty-file")
            return None
        if data.startswith(b"\xef\xbb\xbf"):
            self.fault(path, "byte-order-mark")
            return None
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            before = data[: error.start]
            line = before.count(b"\n") + 1
            column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
            self.fault(path, "not-utf8", line, column, position=str(error.start))
            return None
        return text if self.clean(path, text) else None

    def clean(self, path: Path, text: str) -> bool:
        carriage = text.find("\r")
        if carriage >= 0:
            line = text.count("\n", 0, carriage) + 1
            self.fault(path, "crlf", line, carriage - text.rfind("\n", 0, carriage))
            return False
        marks = [at for at, line in enumerate(text.split("\n"), start=1) if _CONFLICT.fullmatch(line)]
        if marks:
            self.fault(path, "conflict-marks", marks[0], 1, lines=", ".join(map(str, marks)))
            return False
        control = yamltree.UNFIT.search(text)
        if control:
            start = control.start()
            line = text.count("\n", 0, start) + 1
            column = start - text.rfind("\n", 0, start)
            self.fault(path, "control-character", line, column, character=f"U+{ord(control[0]):04X}")
            return False
        return True

    def mapping(self, path: Path) -> yamltree.Mapping | None:
        text = self.text(path)
        if text is None:
            return None
        tree, problems = mapping_of(text, self.name(path))
        self.problems.extend(problems)
        return tree

    def document(self, path: Path) -> Document | None:
        text = self.text(path)
        if text is None:
            return None
        document, problems = document_of(text, self.name(path))
        self.problems.extend(problems)
        return document


def mapping_of(
    text: str, shown: str, first_line: int = 1
) -> tuple[yamltree.Mapping | None, tuple[Problem, ...]]:
    """Read the text of a YAML file; ``shown`` is its path for messages."""
    node, problems = yamltree.parse(text, shown, first_line)
    if isinstance(node, yamltree.Mapping):
        return node, problems
    if not problems:
        line, column = (node.line, node.column) if node else (first_line, 1)
        code = "empty-file" if node is None else "not-a-mapping"
        problems = (Problem(Place(shown, line, column), code),)
    return None, problems


def document_of(text: str, shown: str) -> tuple[Document | None, tuple[Problem, ...]]:
    """Read the text of a Markdown file; ``shown`` is its path for messages."""
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        return None, (Problem(Place(shown), "front-matter", {"line": "1"}),)
    end = next((i for i, line in enumerate(lines[1:], start=1) if line.rstrip() == "---"), None)
    if end is None:
        last = len(text.rstrip("\n").split("\n"))
        return None, (Problem(Place(shown, last), "front-matter", {"line": "2"}),)
    front, problems = mapping_of("\n".join(lines[1:end]) + "\n", shown, 2)
    if front is None:
        return None, problems
    cut = tuple(_cut(lines[:end], front, shown))
    return Document(shown, front, "\n".join(lines[end + 1 :]), end + 2), (*problems, *cut)


def _cut(lines: list[str], front: yamltree.Mapping, shown: str) -> Iterator[Problem]:
    """Words of which a part is read as a comment: someone wrote ``No. #3`` without quotation marks."""
    held = "\n".join(one.text for one in yamltree.scalars(front))
    for number, line in enumerate(lines, start=1):
        found = re.search(r"\S\s+(#.*)", slips.masked(line))
        lost = line[found.start(1) :] if found else ""
        # Behind quotation marks or brackets that are closed a note is meant as one.
        closed = re.match(r"""\s*(?:-\s+)*(?:[^\s:]+:\s+)?["'\[{]""", line)
        if found and not closed and not line.lstrip().startswith("#") and lost not in held:
            yield Problem(Place(shown, number, found.start(1) + 1), "cut-text", {"lost": lost})


def parted(text: str) -> tuple[str, str, str]:
    """A sound Markdown file in three: the first line, the front matter, and the rest from its end on."""
    lines = text.split("\n")
    end = next(index for index, line in enumerate(lines[1:], start=1) if line.rstrip() == "---")
    return lines[0] + "\n", "\n".join(lines[1:end]) + "\n", "\n".join(lines[end:])


def with_body(rest: str, body: str) -> str:
    """The end of a Markdown file with another body; the empty lines around it stay.

    >>> with_body("---\\n\\nold\\n", "new"), with_body("---\\n", "new"), with_body("---\\n\\nold\\n", "")
    ('---\\n\\nnew\\n', '---\\n\\nnew\\n', '---\\n')
    """
    end, _, held = rest.partition("\n")
    if not body:
        return end + "\n"
    core = held.strip("\n")
    if not core:
        return f"{end}\n\n{body}\n"
    start = held.index(core)
    return f"{end}\n{held[:start]}{body}{held[start + len(core) :]}"


def read_tree(path: Path, shown: str) -> tuple[yamltree.Mapping | None, tuple[Problem, ...]]:
    """Read one YAML file that is not part of a content folder."""
    reader = _Reader(path, shown)
    return reader.mapping(path), tuple(reader.problems)


def read_content(
    folder: Path, shown: str, texts: Mapping[str, str] | None = None
) -> tuple[Content, tuple[Problem, ...]]:
    """Read a content folder; ``shown`` is its path as messages print it.

    ``texts`` are read instead of files, by the path that messages print: what files would say without a slip.
    """
    reader = _Reader(folder, shown, texts=texts or {})
    settings: dict[str, yamltree.Mapping] = {}
    needed = ("site.yaml", "source.yaml", "vocabulary.yaml")
    known = (
        *needed,
        "places.yaml",
        "accessibility.yaml",
        "waivers.yaml",
        "national.yaml",
        "changes.yaml",
        "booklet.yaml",
    )
    for name in known:
        path = folder / name
        if path.is_file() and (not path.is_symlink() or reader.inside(path)):
            tree = reader.mapping(path)
            if tree is not None:
                settings[name.removesuffix(".yaml")] = tree
        elif name in needed:
            reader.fault(folder, "missing-file", name=name)
    entries: list[Entry] = []
    strings: dict[str, yamltree.Mapping] = {}
    drawn: list[pictures.Picture] = []
    past: dict[int, frozenset[tuple[str, str]]] = {}
    expected = (*known, "strings", pictures.FOLDER, PAST, *KINDS, *PROSE)
    for path in reader.children(folder):
        if path.name in known:
            continue
        if path.name == "strings" and path.is_dir():
            strings = _read_strings(reader, path)
        elif path.name == pictures.FOLDER and path.is_dir():
            drawn = _read_pictures(reader, path)
        elif path.name == PAST and path.is_dir():
            past = _read_past(reader, path)
        elif path.name in (*KINDS, *PROSE) and path.is_dir():
            entries += _read_kind(reader, path)
        else:
            _unexpected(reader, path, expected)
    digests = folder / pictures.FOLDER / pictures.DIGESTS
    noted = _digests(digests) if digests.is_file() else {}
    content = Content(shown, settings, strings, tuple(entries), tuple(drawn), noted, past)
    return content, tuple(reader.problems)


def _digests(path: Path) -> dict[str, str]:
    """What a program noted; whatever else stands there names no picture."""
    with path.open("rb") as file:
        return pictures.parse_digests(file.read(MAX_BYTES).decode("utf-8", "replace"))


def _unexpected(reader: _Reader, path: Path, expected: Iterable[str]) -> None:
    names = tuple(expected)
    problem = Problem(
        Place(reader.name(path)),
        "unexpected-file",
        {"name": path.name, "expected": ", ".join(names)},
        nearest(path.name, names),
    )
    reader.problems.append(problem)


def _read_past(reader: _Reader, folder: Path) -> dict[int, frozenset[tuple[str, str]]]:
    found = {}
    for path in reader.children(folder):
        if path.is_dir() and re.fullmatch(r"\d{4}", path.name):
            records = (one for kind in KINDS if (path / kind).is_dir() for one in (path / kind).iterdir())
            found[int(path.name)] = frozenset(
                (one.parent.name, one.name) for one in records if (one / "record.yaml").is_file()
            )
        else:
            _unexpected(reader, path, ("2024/",))
    return found


def _read_strings(reader: _Reader, folder: Path) -> dict[str, yamltree.Mapping]:
    found: dict[str, yamltree.Mapping] = {}
    for path in reader.children(folder):
        if path.suffix != ".yaml" or not path.is_file():
            _unexpected(reader, path, ("ja.yaml", "en.yaml"))
            continue
        tree = reader.mapping(path)
        if tree is not None:
            found[path.stem] = tree
    return found


def _read_pictures(reader: _Reader, folder: Path) -> list[pictures.Picture]:
    found = []
    for path in reader.children(folder):
        if pictures.language_of(path.name) is None or not path.is_file():
            _unexpected(reader, path, (pictures.preview_name("ja"), pictures.preview_name("en")))
            continue
        size = path.stat().st_size
        if size > MAX_BYTES:
            reader.fault(path, "huge-file", size=str(size), limit=str(MAX_BYTES))
            continue
        picture = pictures.opened(path.name, path.read_bytes())
        if picture is None:
            reader.fault(path, "not-a-picture")
        else:
            found.append(picture)
    return found


def is_slug(name: str) -> bool:
    """Whether a name can be the folder and address of an entry on every system."""
    return bool(_SLUG.fullmatch(name)) and len(name) <= MAX_SLUG and not _RESERVED.fullmatch(name)


def _read_kind(reader: _Reader, folder: Path) -> list[Entry]:
    entries = []
    for path in reader.children(folder):
        if not path.is_dir():
            _unexpected(reader, path, ("<slug>/",))
        elif not is_slug(path.name):
            reader.fault(path, "illegal-slug", name=path.name)
        else:
            entries.append(_read_entry(reader, folder.name, path))
    return entries


def _read_entry(reader: _Reader, kind: str, folder: Path) -> Entry:
    record: yamltree.Mapping | None = None
    words: dict[str, Document] = {}
    unreadable = set()
    with_record = kind in KINDS
    # A link that leads out is reported as such, not as missing.
    names = [path.name for path in folder.iterdir()]
    unreadable |= {path.name for path in folder.iterdir() if path.is_symlink() and not reader.inside(path)}
    for path in reader.children(folder):
        language = _LANGUAGE_FILE.fullmatch(path.name)
        if (language or (with_record and path.name == "record.yaml")) and not path.is_file():
            reader.fault(path, "not-a-file", name=path.name)
            unreadable.add(path.name)
        elif with_record and path.name == "record.yaml":
            record = reader.mapping(path)
            if record is None:
                unreadable.add(path.name)
        elif language:
            document = reader.document(path)
            if document is None:
                unreadable.add(path.name)
            else:
                words[language[1]] = document
        else:
            expected = ("record.yaml", "ja.md", "en.md") if with_record else ("ja.md", "en.md")
            _unexpected(reader, path, expected)
    if with_record and "record.yaml" not in names:
        reader.fault(folder, "missing-file", name="record.yaml")
        unreadable.add("record.yaml")
    return Entry(kind, folder.name, reader.name(folder), record, words, frozenset(unreadable))
