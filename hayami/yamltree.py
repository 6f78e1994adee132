"""YAML read so that nothing is guessed: events in, a tree of texts with places out.

PyYAML's default resolver turns ``9:00`` into 540 and ``no`` into False, keeps the last of repeated
keys without a word, and its C composer crashes the process on deep nesting. So only the *events* of
the parser are used, one after the other, with limits on size and depth, before anything is composed.
Aliases, anchors, tags and merge keys are refused: a record says what it says in one place.

This is the only module that knows the YAML library.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeAlias

import yaml

from hayami.problems import Place, Problem

MAX_DEPTH = 32
"""Deepest nesting of lists and mappings that is read."""

MAX_NODES = 50_000
"""Most values that one file may hold."""

MAX_FAULTS = 200
"""Most faults told of one file; nobody reads thousands of them, and the rest shows when these are mended."""

UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""Characters that neither a file nor, by way of an escape, a value may hold."""

_Loader: type = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Scalar:
    """One value as it is written; ``quoted`` tells ``"no"`` from ``no``."""

    text: str
    line: int
    column: int
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file."""

    entries: tuple[tuple[Scalar, Node], ...]
    line: int
    column: int

    def get(self, key: str) -> Node | None:
        """The value of ``key``, or None."""
        return next((value for name, value in self.entries if name.text == key), None)

    def key(self, key: str) -> Scalar | None:
        """The key itself, for its place."""
        return next((name for name, _ in self.entries if name.text == key), None)


Node: TypeAlias = Scalar | Sequence | Mapping


class _Mark(Protocol):
    """A position as both parsers of the library give it, counted from 0."""

    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


class _Stop(Exception):
    """Reading cannot go on; the problem is already noted."""


class _Builder:
    """Builds the tree bottom-up on an explicit stack, so that depth costs no recursion."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.shift = first_line - 1
        self.problems: list[Problem] = []
        self.stack: list[tuple[yaml.Event, list[Node]]] = []
        self.root: Node | None = None
        self.count = 0

    def place(self, mark: _Mark | None) -> tuple[int, int]:
        return (mark.line + 1 + self.shift, mark.column + 1) if mark else (self.shift + 1, 1)

    def fault(self, code: str, mark: _Mark | None, **values: str) -> None:
        self.note(Place(self.file, *self.place(mark)), code, **values)

    def note(self, place: Place, code: str, **values: str) -> None:
        self.problems.append(Problem(place, code, values))
        if len(self.problems) >= MAX_FAULTS:
            raise _Stop

    def take(self, event: yaml.Event) -> None:
        mark = event.start_mark
        if isinstance(event, yaml.AliasEvent):
            self.fault("yaml-alias", mark, name=event.anchor or "")
            raise _Stop
        if isinstance(event, yaml.NodeEvent):
            self.refuse_extras(event)
        if isinstance(event, yaml.ScalarEvent):
            line, column = self.place(mark)
            # The C parser says "" for a plain scalar, the other one None.
            self.add(Scalar(self.fit(event.value, mark), line, column, bool(event.style)))
            if not event.style and event.value.endswith('"') and event.value.count('"') % 2:
                # Where the first mark is missing, the last one would pass for a part of the words.
                self.fault("missing-quote", mark, sign='"')
        elif isinstance(event, yaml.CollectionStartEvent):
            if len(self.stack) >= MAX_DEPTH:
                self.fault("yaml-depth", mark, limit=str(MAX_DEPTH))
                raise _Stop
            self.stack.append((event, []))
        elif isinstance(event, yaml.CollectionEndEvent):
            self.close()
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            self.fault("yaml-documents", mark)
            raise _Stop

    def fit(self, value: str, mark: _Mark | None) -> str:
        """The value without what an escape may have brought into it."""
        unfit = re.search(rf"{UNFIT.pattern}|\r", value)
        if unfit is None:
            return value
        self.fault("control-character", mark, character=f"U+{ord(unfit[0]):04X}")
        return UNFIT.sub("\ufffd", value)

    def refuse_extras(self, event: yaml.NodeEvent) -> None:
        if event.anchor:
            self.fault("yaml-anchor", event.start_mark, name=event.anchor)
        tag = getattr(event, "tag", None)
        if tag is not None:
            self.fault("yaml-tag", event.start_mark, tag=str(tag))

    def add(self, node: Node) -> None:
        self.count += 1
        if self.count > MAX_NODES:
            self.note(Place(self.file, node.line, node.column), "yaml-too-many", limit=str(MAX_NODES))
            raise _Stop
        if self.stack:
            self.stack[-1][1].append(node)
        else:
            self.root = node

    def close(self) -> None:
        start, children = self.stack.pop()
        line, column = self.place(start.start_mark)
        if isinstance(start, yaml.SequenceStartEvent):
            self.add(Sequence(tuple(children), line, column))
            return
        entries: list[tuple[Scalar, Node]] = []
        seen: dict[str, tuple[Scalar, Node]] = {}
        for key, value in zip(children[::2], children[1::2], strict=True):
            place = Place(self.file, key.line, key.column)
            if not isinstance(key, Scalar):
                self.note(place, "yaml-key")
            elif key.text == "<<" and not key.quoted:
                self.note(place, "yaml-merge")
            elif not key.quoted and _WIDE_COLON.match(key.text):
                self.note(place, "wide-colon")
            elif key.text in seen:
                earlier, first = seen[key.text]
                values = {"line": str(earlier.line), "first": _shortened(key.text, first)}
                self.note(place, "repeated-key", key=key.text, **values)
            else:
                seen[key.text] = key, value
                entries.append((key, value))
        self.add(Mapping(tuple(entries), line, column))


def _shortened(key: str, value: Node) -> str:
    """An entry for messages."""
    said = value.text if isinstance(value, Scalar) else "…"
    return f"{key}: {said if len(said) <= 40 else said[:39] + '…'}"


def _tabs(text: str, file: str, first_line: int) -> Iterator[Problem]:
    for number, line in enumerate(text.split("\n"), start=first_line):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            yield Problem(Place(file, number, indent.index("\t") + 1), "yaml-tab")


_WIDE_COLON = re.compile(r"^(\s*(?:- )?[A-Za-z_][\w-]*)：\s*")


def parse(text: str, file: str, first_line: int = 1) -> tuple[Node | None, tuple[Problem, ...]]:
    """Read one YAML document; ``first_line`` is the line of ``file`` on which ``text`` starts.

    Returns the tree (None when nothing could be read) and what is wrong with it.
    """
    tabs = tuple(islice(_tabs(text, file, first_line), MAX_FAULTS))
    if tabs:
        return None, tabs
    unfit = UNFIT.search(text)
    if unfit:
        line = text.count("\n", 0, unfit.start()) + first_line
        place = Place(file, line, unfit.start() - text.rfind("\n", 0, unfit.start()))
        return None, (Problem(place, "control-character", {"character": f"U+{ord(unfit[0]):04X}"}),)
    builder = _Builder(file, first_line)
    try:
        for event in yaml.parse(text, Loader=_Loader):
            builder.take(event)
    except _Stop:
        return None, tuple(builder.problems)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = builder.place(mark)
        values = {"detail": error.problem or str(error)}
        if error.context_mark is not None:
            # Where what is unfinished began: a list, a text in quotation marks.
            values["from"] = str(builder.place(error.context_mark)[0])
        return None, (*builder.problems, Problem(Place(file, line, column), "yaml-syntax", values))
    except (ValueError, OverflowError) as error:
        # The parser written in Python, on an escape beyond Unicode; the one written in C tells the place.
        values = {"detail": str(error)}
        return None, (*builder.problems, Problem(Place(file, first_line), "yaml-syntax", values))
    # What such a line says is not known, and whatever else is wrong may follow from it.
    unclear = any(one.code == "wide-colon" for one in builder.problems)
    return None if unclear else builder.root, tuple(builder.problems)


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a value stands in a text, counted in characters."""

    start: int
    end: int
    style: str
    """Its quotation mark, ``|`` or ``>``; empty for a plain value."""


@dataclass(slots=True)
class _Open:
    """A list or mapping that is being read."""

    path: tuple[str | int, ...]
    is_list: bool
    number: int = 0
    """Of its next item."""
    key: str | None = None
    """That waits for its value."""

    def next(self) -> tuple[str | int, ...] | None:
        """Path of what comes next; None where that is a key."""
        if self.is_list:
            self.number += 1
            return (*self.path, self.number - 1)
        key, self.key = self.key, None
        return None if key is None else (*self.path, key)


def _spans(text: str) -> dict[tuple[str | int, ...], _Span]:
    """Path → place of every value of a sound document."""
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found: dict[tuple[str | int, ...], _Span] = {}
    stack: list[_Open] = []
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionEndEvent):
            stack.pop()
        if not isinstance(event, yaml.NodeEvent):
            continue
        path = stack[-1].next() if stack else ()
        if path is None:
            assert isinstance(event, yaml.ScalarEvent)  # the tree was read before: keys are texts
            stack[-1].key = event.value
        elif isinstance(event, yaml.ScalarEvent):
            first, last = event.start_mark, event.end_mark
            assert first is not None
            assert last is not None
            style = event.style if event.style in ("'", '"', "|", ">") else ""
            found[path] = _Span(starts[first.line] + first.column, starts[last.line] + last.column, style)
        else:
            stack.append(_Open(path, isinstance(event, yaml.SequenceStartEvent)))
    return found


def replaced(text: str, values: dict[tuple[str | int, ...], str]) -> str:
    """A sound document with other values at some paths; all else stays letter for letter.

    A value is written as the one before it was, where that can be, and else in double quotation marks. What comes out
    is read again: it says what it said, but for these values.
    """
    tree, problems = parse(text, "")
    assert tree is not None, problems
    expected = plain(tree)
    for path, value in values.items():
        expected = _with(expected, path, value)
    spans = _spans(text)
    # From the end, so that what is replaced moves nothing that is still to be.
    for path, value in sorted(values.items(), key=lambda one: -spans[one[0]].start):
        text = _one_replaced(text, spans[path], path, value)
    again, problems = parse(text, "")
    assert again is not None, problems
    assert plain(again) == expected
    return text


def _one_replaced(text: str, span: _Span, path: tuple[str | int, ...], value: str) -> str:
    whole, _ = parse(text, "")
    assert whole is not None
    expected = _with(plain(whole), path, value)
    quoted = {"'": "'" + value.replace("'", "''") + "'", '"': json.dumps(value, ensure_ascii=False)}
    forms = [quoted.get(span.style, value), value, quoted['"']]
    for form in forms:
        tail = "\n" if span.style in ("|", ">") else ""  # a block ends with its line
        made = text[: span.start] + form + tail + text[span.end :]
        tree, problems = parse(made, "")
        if tree is not None and not problems and plain(tree) == expected:
            return made
    raise AssertionError(f"cannot write {value!r} at {path}")


def _with(data: object, path: tuple[str | int, ...], value: str) -> object:
    """Plain data with another value at a path."""
    if not path:
        return value
    if isinstance(data, list):
        return [_with(one, path[1:], value) if index == path[0] else one for index, one in enumerate(data)]
    assert isinstance(data, dict)
    return {key: _with(one, path[1:], value) if key == path[0] else one for key, one in data.items()}


def plain(node: Node) -> object:
    """The tree as dicts, lists and texts; depth is bounded by :data:`MAX_DEPTH`."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    return {key.text: plain(value) for key, value in node.entries}


def scalars(node: Node) -> Iterator[Scalar]:
    """Every value of the tree; keys are none."""
    if isinstance(node, Scalar):
        yield node
        return
    below = node.items if isinstance(node, Sequence) else tuple(value for _, value in node.entries)
    for one in below:
        yield from scalars(one)


def without(node: Node, path: tuple[str | int, ...]) -> Node:
    """The tree without what stands at ``path``; everything else keeps its place in the file."""
    part, rest = path[0], path[1:]
    if isinstance(node, Mapping):
        kept = (
            (key, without(value, rest) if rest else None) if key.text == part else (key, value)
            for key, value in node.entries
        )
        return Mapping(
            tuple((key, value) for key, value in kept if value is not None), node.line, node.column
        )
    if isinstance(node, Sequence):
        items = (
            (without(item, rest) if rest else None) if index == part else item
            for index, item in enumerate(node.items)
        )
        return Sequence(tuple(item for item in items if item is not None), node.line, node.column)
    return node


def within(node: Node, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """``path`` without the parts that the file does not have: unions and validators add such."""
    return tuple(part for part, _ in _walked(node, path))


def find(node: Node, path: tuple[str | int, ...]) -> Node:
    """The node at ``path``, or the deepest one above it that exists."""
    return next((below for _, below in reversed(list(_walked(node, path)))), node)


def _walked(node: Node, path: tuple[str | int, ...]) -> Iterator[tuple[str | int, Node]]:
    for part in path:
        below: Node | None = None
        if isinstance(node, Mapping) and isinstance(part, str):
            below = node.get(part)
        elif isinstance(node, Sequence) and isinstance(part, int) and part < len(node.items):
            below = node.items[part]
        if below is not None:
            yield part, below
            node = below
