"""Style sheets, scripts and pictures, as the site serves them.

Style sheets are written in small parts. A sheet names the parts it needs by ``@import``, as CSS has it; here
they are joined into one file, so that a page needs one request. What only its writer needs (comments, space,
names of values that never change) is left out of style sheets and scripts.
"""

from __future__ import annotations

import hashlib
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from hayami import styleguide, tokens

FOLDER = "assets"

FONTS = "fonts"
"""Folder of the letters that PDFs are set in."""

PRINT_FORMS = "print"
"""Folder of the style sheets that PDFs alone have."""

PARTS = "css/parts/"
"""Parts of style sheets; they are only served joined."""

PRINT = ".print.css"
"""How the name of the sheet ends that holds what a sheet says of paper alone."""

_IMPORT = re.compile(r'^@import "([^"]+)";\n', re.MULTILINE)
_STRING_OR_COMMENT = re.compile(r"""("[^"\n]*"|'[^'\n]*'|/\*.*?\*/)""", re.DOTALL)
_BRACE = re.compile("[{}]")
_JS_COMMENT = re.compile(r"^\s*(?://[^\n]*|/\*.*?\*/[ \t]*)\n", re.DOTALL | re.MULTILINE)


def digest(files: Mapping[str, bytes]) -> str:
    """Twelve letters that change when a name or a byte of some files does."""
    found = hashlib.sha256()
    for name in sorted(files):
        found.update(name.encode() + b"\0" + files[name] + b"\0")
    return found.hexdigest()[:12]


@dataclass(frozen=True)
class Assets:
    """Everything under one folder of the site that is named after its content.

    With the digest in the folder's name, hosts may cache the files for ever, and relative imports between
    them keep working.
    """

    sources: Mapping[str, bytes]
    """Path within the folder → content, as written."""
    for_styleguide: bool = False

    @cached_property
    def files(self) -> Mapping[str, bytes]:
        """Path within the folder → content, as served."""
        served = dict(self._served())
        return styleguide.with_states(served) if self.for_styleguide else styleguide.without(served)

    def _served(self) -> Iterator[tuple[str, bytes]]:
        fixed = tokens.constants(
            {name: css.decode() for name, css in self.sources.items() if name.endswith(".css")}
        )
        for name, content in self.sources.items():
            if name.startswith(PARTS):
                continue
            if name.endswith(".css"):
                screen, paper = _densely(joined(name, self.sources), tuple(fixed.items()))
                yield name, screen.encode()
                if paper:
                    yield name.removesuffix(".css") + PRINT, paper.encode()
            elif name.endswith(".js"):
                yield name, without_comments(content.decode()).encode()
            else:
                yield name, content

    @cached_property
    def folder(self) -> str:
        """Name of the folder in the site."""
        return f"{FOLDER}/{digest(self.files)}"

    def adding(self, files: Mapping[str, bytes]) -> Assets:
        """These, and files that the build makes of the content."""
        return Assets({**self.sources, **files}, self.for_styleguide)

    @classmethod
    def read(cls, folder: Path, for_styleguide: bool = False) -> Assets:
        """Read every file below ``folder``, with what only the style guide needs or without.

        Hidden files are left out, and what the printed booklet alone has, which no page loads.
        """
        found = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
            and not any(part.startswith(".") for part in path.relative_to(folder).parts)
            and path.relative_to(folder).parts[0] not in (FONTS, PRINT_FORMS)
        }
        return cls(found, for_styleguide)


def joined(name: str, sources: Mapping[str, bytes]) -> str:
    """A style sheet with the sheets that it imports before it, each once, where it is first asked for.

    An import of a sheet that does not exist raises ``KeyError``.
    """
    done: list[str] = []
    met: set[str] = set()

    def add(one: str) -> None:
        if one in met:
            return
        met.add(one)
        css = sources[one].decode()
        for target in _IMPORT.findall(css):
            add(posixpath.normpath(posixpath.join(posixpath.dirname(one), target)))
        done.append(_IMPORT.sub("", css))

    add(name)
    return "".join(done)


@lru_cache(maxsize=256)
def _densely(css: str, fixed: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """A joined sheet as it is served, for screens and for paper.

    It is remembered: who builds again and again seldom changes it, and each year that is over has the same.
    """
    return parted(spelled_out(dense_css(css), dict(fixed)))


def dense_css(css: str) -> str:
    """A style sheet without comments and needless space; strings stay as they are.

    >>> dense_css('a > b, c { /* why */ color : red; content: " ; " }')
    'a>b,c{color :red;content:" ; "}'
    """
    bare = _STRING_OR_COMMENT.sub(lambda match: "" if match[0].startswith("/*") else match[0], css)
    pieces = _STRING_OR_COMMENT.split(bare)
    for index in range(0, len(pieces), 2):
        # Space before a colon separates a descendant (``a :hover``), space around + belongs to sums.
        text = re.sub(r"\s*([{};,>])\s*", r"\1", pieces[index])
        pieces[index] = re.sub(r"\s+", " ", re.sub(r":\s+", ":", text)).replace(";}", "}")
    return "".join(pieces).strip()


def spelled_out(css: str, fixed: tokens.Declarations) -> str:
    """A dense sheet with the values of fixed tokens where they are used, and without their declarations.

    >>> spelled_out(":root{--a:1px;--b:2px}c{d:var(--a) var(--b)}", {"a": "1px"})
    ':root{--b:2px}c{d:1px var(--b)}'
    """
    # The last declaration of a block has no semicolon in a dense sheet.
    bare = re.sub(r"(?<=[{;])--([\w-]+):[^;}]*;?", lambda one: "" if one[1] in fixed else one[0], css)
    return tokens.with_constants(bare.replace(";}", "}"), fixed)


def parted(css: str) -> tuple[str, str]:
    """A dense sheet as what a screen needs, and what is for paper alone: a screen need not wait for it.

    >>> parted("@layer a{b{c:d}@media print{e{f:g}}@media print,screen{h{i:j}}}k{l:m}")
    ('@layer a{b{c:d}@media print,screen{h{i:j}}}k{l:m}', '@layer a{@media print{e{f:g}}}')
    """
    screen: list[str] = []
    paper: list[str] = []
    for head, body in _rules(css):
        if body is None:
            screen.append(head)
        elif head.startswith("@layer"):
            for part, rest in zip((screen, paper), parted(body), strict=True):
                if rest and part and part[-1].startswith(f"{head}{{"):
                    # Neighbours of one layer become one.
                    part[-1] = f"{part[-1][:-1]}{rest}}}"
                elif rest:
                    part.append(f"{head}{{{rest}}}")
        else:
            (paper if re.match(r"@media print(?!,)", head) else screen).append(f"{head}{{{body}}}")
    return "".join(screen), "".join(paper)


def _rules(css: str) -> Iterator[tuple[str, str | None]]:
    """Rules at the top level of a dense sheet: head and what is in its braces, or a statement and None."""
    start = 0
    while start < len(css):
        end = min((at for sign in "{;" if (at := css.find(sign, start)) >= 0), default=len(css) - 1)
        if css[end] != "{":
            yield css[start : end + 1], None
            start = end + 1
            continue
        depth, close = 1, end
        while depth:
            brace = _BRACE.search(css, close + 1)
            if brace is None:
                raise IndexError("a brace is open")
            close = brace.start()
            depth += 1 if brace[0] == "{" else -1
        yield css[start:end], css[end + 1 : close]
        start = close + 1


def without_comments(script: str) -> str:
    """A script without the lines that are only comments, and without indents.

    Strings of our scripts never span lines, so that lines can be taken one by one (a test holds them to it).
    """
    return re.sub(r"^[ \t]+|\n(?=\n)", "", _JS_COMMENT.sub("", script), flags=re.MULTILINE).lstrip("\n")
