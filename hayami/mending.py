"""What a broken line of a file was probably meant as, proven by reading the file with it.

:mod:`hayami.slips` offers ways to write a line. One is kept when the file can then be read, as YAML and as it is
declared, with fewer faults and no new one. The rest of the content is then checked as if the line were mended, so
that what the slip hides is told at once as well.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from hayami import load, slips, validate, yamltree
from hayami.problems import Place, Problem, Rewrite, ordered
from hayami.schema.scalars import Declared
from hayami.slips import Slip

MOST_READ = 3_000_000
"""Most characters that are read again and again for one file before it is told as it is."""

MOST_FILES = 20
"""Most broken files for whose lines another way to write is sought."""

_MOST_SLIPS = 20
_UNREAD = frozenset({"yaml-syntax", "yaml-tab", "wide-colon", "front-matter", "not-a-mapping", "yaml-key"})
"""Codes of files of which nothing could be read."""

_NEAR = frozenset({"unknown-key", "unknown-value"})
"""Codes whose valid values are known here; those of references are known to the checks alone."""

_NOT_SOUGHT = frozenset({"missing-key", "duplicate-id", "yaml-depth", "yaml-too-many", "yaml-documents"})
_OF_VALUES = frozenset({"wrong-type", "impossible-date", "unknown-value", "illegal-id", "empty-value"})


@dataclass(frozen=True, slots=True)
class Mended:
    """What slips there are, and the files without them."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """Path of a file for messages → its text with every slip mended, of as many lines as it has."""
    problems: tuple[Problem, ...] = ()
    """The slips."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A text as it was read."""

    sound: bool
    """Whether there is a tree."""
    problems: tuple[Problem, ...]

    @property
    def faults(self) -> Counter[tuple[object, ...]]:
        """The problems, to be compared with those of another text."""
        return Counter((one.code, one.place.line, tuple(sorted(one.values.items()))) for one in self.problems)


class _TooMuch(Exception):
    """As much was read as one file is worth."""


class _Reader:
    """Reads texts of one file, up to a limit."""

    def __init__(self, shown: str, path: str) -> None:
        self.shown = shown
        self.model: type[Declared] | None = validate.declared_in(path)
        self.left = MOST_READ

    def read(self, text: str) -> _Reading:
        self.left -= len(text)
        if self.left < 0:
            raise _TooMuch
        if self.shown.endswith(".md"):
            document, problems = load.document_of(text, self.shown)
            tree = document.front if document else None
        else:
            tree, problems = load.mapping_of(text, self.shown)
        if tree is None:
            return _Reading(False, problems)
        if self.model is not None:
            _, more = validate.declare(self.model, tree, self.shown)
            problems = (*problems, *more)
        return _Reading(True, ordered(problems))


def mended(folder: Path, shown: str, problems: Iterable[Problem]) -> Mended:
    """Look for slips in the files of a content folder in which problems of form were found."""
    texts: dict[str, str] = {}
    found: list[Problem] = []
    for name, text in _texts(folder, shown, problems).items():
        path = name.removeprefix(f"{shown}/")
        whole, told = mended_text(text, name, path)
        if told:
            found += told
        if whole != text:
            texts[name] = whole
    return Mended(texts, tuple(found))


def _texts(folder: Path, shown: str, problems: Iterable[Problem]) -> dict[str, str]:
    """The files of content that problems name, where they are text at all."""
    found: dict[str, str] = {}
    problems = list(problems)
    # Which of two versions is right, nobody but their authors can say.
    in_conflict = {one.place.file for one in problems if one.code == "conflict-marks"}
    for name in dict.fromkeys(one.place.file for one in problems if one.place.file not in in_conflict):
        path = folder / name.removeprefix(f"{shown}/")
        if not name.startswith(f"{shown}/") or path.suffix not in (".yaml", ".md") or not path.is_file():
            continue
        try:
            text = path.read_bytes()[: load.MAX_BYTES + 1].decode("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        if len(text) <= load.MAX_BYTES and "\r" not in text and not yamltree.UNFIT.search(text):
            found[name] = text
        if len(found) == MOST_FILES:
            break
    return found


def mended_text(text: str, shown: str, path: str) -> tuple[str, tuple[Problem, ...]]:
    """A text without its slips, and the slips; ``path`` within the content folder tells how it is declared.

    The text comes back as it was where it could not be read with all of them.
    """
    reader = _Reader(shown, path)
    steps: list[tuple[Problem, Slip]] = []
    lines = text.split("\n")
    try:
        reading = start = reader.read(text)
        given_up: set[tuple[str, int]] = set()
        while reading.problems and len(steps) < _MOST_SLIPS:
            step = _next(reader, lines, reading, given_up)
            if step is None:
                break
            target, slip, reading = step
            lines = [*lines[: slip.row], slip.line, *lines[slip.row + 1 :]]
            steps.append((target, slip))
    except _TooMuch:
        # What was found so far is kept where the file can be read with it.
        reading = _Reader(shown, path).read("\n".join(lines))
    touched = {slip.row + 1 for _, slip in steps}
    # What is still wrong may be wrong because another mend was meant.
    doubtful = not start.sound and any(
        one.place.line in touched or one.code == "missing-key" for one in reading.problems
    )
    if not steps or not reading.sound or doubtful:
        return text, _moved(text, start, shown, path)
    return "\n".join(lines), _told(text.split("\n"), lines, steps, shown)


def _next(
    reader: _Reader, lines: list[str], reading: _Reading, given_up: set[tuple[str, int]]
) -> tuple[Problem, Slip, _Reading] | None:
    """The best way to mend one line for one of the problems."""
    for target in reading.problems:
        if target.code in _NOT_SOUGHT or (target.code, target.place.line) in given_up:
            continue
        best: tuple[tuple[int, int], Slip, _Reading] | None = None
        for order, slip in enumerate(_ways(lines, target)):
            if best is not None and best[0][0] < _LINED_UP and slip.code != "indentation":
                continue
            changed = [*lines[: slip.row], slip.line, *lines[slip.row + 1 :]]
            made = reader.read("\n".join(changed))
            rank = _rank(reading, target, made, slip, lines[slip.row])
            if rank == _PROGRESS:
                rank = _progress(reader, changed, target, made)
            if rank is None:
                continue
            if best is None or (rank, order) < best[0]:
                best = ((rank, order), slip, made)
            if rank == 0:
                break
        if best is not None:
            return target, best[1], best[2]
        given_up.add((target.code, target.place.line))
    return None


_PROGRESS = 10_000_000
_LINED_UP = 1_000
"""Ranks below it leave no fault; they tell ways to line up apart."""


def _moves(slip: Slip, line: str) -> int:
    """Of two ways to line up, the one that moves a line least; of those, the usual one, by two spaces."""
    if slip.code != "indentation":
        return 0
    before, after = (len(one) - len(one.lstrip()) for one in (line, slip.line))
    return 10 * abs(after - before) + 5 * (after % 2)


def _progress(reader: _Reader, lines: Sequence[str], target: Problem, after: _Reading) -> int | None:
    """How good a mend is with which the file can be read no further than to another slip, below it.

    It proves right when that one is mended as well.
    """
    first = min(one.place.line for one in after.problems)
    if first <= target.place.line + 1:
        return None
    until = [*lines[: first - 1], "---"] if reader.shown.endswith(".md") else lines[: first - 1]
    sofar = reader.read("\n".join([*until, ""]))
    faults = sum(one.code != "missing-key" for one in sofar.problems) if sofar.sound else 99
    return _PROGRESS + (100_000 - first) * 100 + min(faults, 99)


def _rank(before: _Reading, target: Problem, after: _Reading, slip: Slip, line: str) -> int | None:
    """How good a mend is, 0 the best; None where it is none."""
    if not before.sound:
        if after.sound:
            return _LINED_UP * len(after.problems) + _moves(slip, line)
        return _PROGRESS
    if not after.sound or after.faults - before.faults or len(after.problems) >= len(before.problems):
        return None
    if any(
        (one.code, one.place, one.values) == (target.code, target.place, target.values)
        for one in after.problems
    ):
        return None
    if slip.code == "indentation":
        # Where any key may stand, a surplus key fits as well when it stands further in.
        depth = len(line) - len(line.lstrip())
        if depth % 2 == 0 and len(before.problems) - len(after.problems) < 2:
            return None
    return _LINED_UP * len(after.problems)


def _ways(lines: list[str], target: Problem) -> Iterator[Slip]:
    row = target.place.line - 1
    if target.code == "front-matter":
        yield from _dividers(lines)
        return
    if target.code == "repeated-key":
        first = int(target.values["line"]) - 1
        if row < len(lines) and lines[first] == lines[row]:
            yield Slip("repeated-key", row, "", {"same": "1"})
        return
    if target.code in _NEAR and row < len(lines):
        found = target.values.get("key", target.values.get("got", ""))
        start = target.place.column - 1
        for near in target.near:
            line = lines[row]
            if line[start : start + len(found)] == found:
                mended = line[:start] + near + line[start + len(found) :]
                yield Slip("", row, mended, {"near": near})
    for one in _rows(lines, target):
        yield from slips.ways(lines, one)


def _rows(lines: Sequence[str], target: Problem) -> list[int]:
    """Lines that may hold the slip, the likeliest first."""
    row = min(target.place.line - 1, len(lines) - 1)
    if target.code not in _UNREAD:
        return [row]
    before = [at for at in range(row - 1, max(-1, row - 6), -1) if lines[at].strip()][:3]
    rows = [row, *before]
    if "from" in target.values:
        rows.append(int(target.values["from"]) - 1)
    # A text whose closing mark is missing runs on to the next mark, however far.
    rows += [at for at in range(row, -1, -1) if lines[at].count('"') % 2][:3]
    wide = [at for at in range(row, max(-1, row - 3), -1) if re.match(r"\s*(?:- )?[A-Za-z_-]+：", lines[at])]
    return list(
        dict.fromkeys([*wide, *(at for at in rows if 0 <= at < len(lines) and lines[at].strip("-").strip())])
    )


_DIVIDER = re.compile(r"\s*[-−–—―ー－_=]+(?:\s*[-−–—―ー－_=]+)*\s*")


def _dividers(lines: Sequence[str]) -> Iterator[Slip]:
    """Lines that may be meant as those around the front matter."""
    for row, line in enumerate(lines[:400]):
        if line.rstrip() != "---" and _DIVIDER.fullmatch(line):
            yield Slip("front-matter", row, "---")
    # The end of the front matter in place of the empty line before the text.
    for row, line in enumerate(lines[:-1]):
        if not line.strip() and re.match(r"[#＃]", lines[row + 1]):
            yield Slip("front-matter", row, "---")


def _moved(text: str, start: _Reading, shown: str, path: str) -> tuple[Problem, ...]:
    """A front matter whose first or last line is missing. With a line more, all others move: nothing else is told."""
    if [one.code for one in start.problems] != ["front-matter"]:
        return ()
    problem = start.problems[0]
    lines = text.rstrip("\n").split("\n")
    if problem.values["line"] == "1":
        made, rewrite = f"---\n{text}", Rewrite(lines[0], "---", "above")
    else:
        made, rewrite = "\n".join([*lines, "---", ""]), Rewrite(lines[-1], "---", "below")
    return (replace(problem, rewrite=rewrite),) if _Reader(shown, path).read(made).sound else ()


def _told(
    before: Sequence[str], after: Sequence[str], steps: Iterable[tuple[Problem, Slip]], shown: str
) -> tuple[Problem, ...]:
    """The slips as problems, those in one line as one."""
    by_row: dict[int, tuple[Problem, Slip]] = {}
    for target, slip in steps:
        by_row.setdefault(slip.row, (target, slip))
    return tuple(_problem(before[row], after[row], *step, shown) for row, step in by_row.items())


def _problem(now: str, then: str, target: Problem, slip: Slip, shown: str) -> Problem:
    row = slip.row
    rewrite = Rewrite(now, then, "instead" if then.strip() else "remove")
    place = Place(shown, row + 1, min(slips.first_difference(now, then), max(1, len(now))))
    slip = replace(slip, values={**slip.values, **_said(now, slip)})
    if target.code == "cut-text":
        return replace(target, rewrite=rewrite)
    if slip.code and slip.code != target.code:
        return Problem(place, slip.code, dict(slip.values), rewrite=rewrite)
    if slip.code == "repeated-key":
        return replace(target, rewrite=rewrite)
    if slip.code:
        return Problem(place, slip.code, {**target.values, **slip.values}, rewrite=rewrite)
    if target.code in (*_OF_VALUES, *_NEAR) and target.place.line == row + 1 and not _in_pieces(target, slip):
        return replace(target, rewrite=rewrite)
    values = {"got": slip.values.get("got", now.strip()), "meant": slip.values.get("meant", then.strip())}
    return Problem(place, "wrong-form", values, rewrite=rewrite)


def _said(now: str, slip: Slip) -> Mapping[str, str]:
    """Where in the line a sign is missing, and what else the message of a slip says of the line."""
    if slip.code == "unquoted-text":
        words = slip.values["text"].split()
        return {"start": words[0][:_NEAR_BY], "end": words[-1][-_NEAR_BY:]}
    if slip.code == "wide-sign":
        comma = slip.values["plain"] == "「,」"
        return {
            "after_ja": "「,」のあとには、半角の空白を1つ置きます。" if comma else "",
            "after_en": ' One space follows each ",".' if comma else "",
        }
    if slip.code not in ("missing-comma", "missing-quote", "missing-bracket"):
        return {}
    # Of the lines before and after, what is alike at the start and at the end leaves the place between.
    at = slips.first_difference(now, slip.line) - 1
    rest = slips.first_difference(now[at:][::-1], slip.line[at:][::-1]) - 1
    end = max(at, len(now) - rest)
    before, after = _last_words(now[:at]), _last_words(now[end:][::-1])[::-1]
    ja = [f"「{before}」のあと"] * bool(before) + [f"「{after}」の前"] * bool(after)
    en = [f'behind "{before}"'] * bool(before) + [f'before "{after}"'] * bool(after)
    if slip.code == "missing-bracket" and len(slip.values["sign"]) == len("[ ]"):
        ja, en = [f"「{now[at:].strip()}」の前とあと"], [f'around "{now[at:].strip()}"']
    deleted = now[at:end].strip()
    return {
        "where_ja": "、".join(ja),
        "where_en": ", ".join(en),
        "instead_ja": f"「{deleted}」は消します。" if deleted else "",
        "instead_en": f' Delete "{deleted}".' if deleted else "",
    }


_NEAR_BY = 12
"""How many characters before and behind a place tell where it is, at most."""


def _last_words(text: str) -> str:
    """The end of a text, long enough to be found again.

    >>> _last_words("{years: 1, months: 6"), _last_words("source: p13 4/5")
    ('months: 6', 'p13 4/5')
    """
    words = text.split()
    said = words.pop() if words else ""
    while words and len(said) < len("p13 "):
        said = f"{words.pop()} {said}"
    return said[-_NEAR_BY:]


def _in_pieces(target: Problem, slip: Slip) -> bool:
    """Whether a comma has torn a value, so that the problem speaks of a piece of it."""
    if target.code == "unknown-key":
        return "near" not in slip.values
    got = slip.values.get("got", "")
    return bool(got) and got not in (target.values.get("got"), target.values.get("key"))


# --- the line of every problem --------------------------------------------------------------------


def with_lines(
    folder: Path, shown: str, problems: Sequence[Problem], texts: Mapping[str, str]
) -> tuple[Problem, ...]:
    """The problems of a content folder, each with its line, and with what is to be added where that is known."""
    held: dict[str, list[str]] = {}

    def lines_of(name: str) -> list[str]:
        if name not in held:
            one = Problem(Place(name), "missing-file")
            read = _texts(folder, shown, [one])
            held[name] = texts.get(name, read.get(name, "")).split("\n")
        return held[name]

    faulty = {
        one.place.file for one in problems if one.severity == "error" and one.code != "stale-translation"
    }
    problems = [_deferred(one) if one.after in faulty else one for one in problems]
    return tuple(_with_pages(_with_line(one, lines_of, shown), lines_of) for one in problems)


def _deferred(problem: Problem) -> Problem:
    """A translation whose original is yet to be mended, after which its mark will be another."""
    name = problem.after.rpartition("/")[2]
    later = {
        "stamp": "",
        "last_ja": f"先に、もとの文章（{name}）の誤りを直して、もう一度調べてください。"
        "訳の印（translated_from）に書く番号は、そのあとで変わります。",
        "last_en": f"Mend the faults of the original ({name}) first, and check again: the mark to write here "
        "(translated_from) will be another then. ",
    }
    return replace(problem, values={**problem.values, **later})


_LOOKED_UP = frozenset(
    {
        "repeated-key",
        "conflict-marks",
        "figure-not-in-fragment",
        "figure-without-evidence",
        "impossible-date",
        "missing-key",
        "empty-value",
        "wrong-type",
    }
)
"""Codes of problems for which the source has to be opened, where no line to write is sure."""

_OF_THE_SOURCE = ("as_of", "fiscal_year")
"""Keys whose values stand on no page of their own: the whole source has them."""

_EVIDENCE = re.compile(r"source: *[\"']?p([0-9]{1,4})\b")
_PAGES = re.compile(r"pages: *\[([0-9]+(?:, *[0-9]+)*)\]")


def _with_pages(problem: Problem, lines_of: Callable[[str], list[str]]) -> Problem:
    """A problem with the pages of the source that its line names as evidence, or else those of the whole record."""
    rewrite = problem.rewrite
    sure = rewrite is not None and (
        rewrite.how == "remove" or (rewrite.then is not None and not rewrite.guess)
    )
    name = problem.place.file
    if problem.code not in _LOOKED_UP or sure or problem.place.cell or not name.endswith("/record.yaml"):
        return problem
    if problem.code in ("missing-key", "empty-value") and not problem.values.get("found_ja"):
        return problem
    lines = lines_of(name)
    row = problem.place.line - 1
    key = problem.values.get("key", "")
    if key in _OF_THE_SOURCE or (row < len(lines) and lines[row].startswith(_OF_THE_SOURCE)):
        return problem
    evidence = _EVIDENCE.search(lines[row]) if row < len(lines) else None
    if evidence:
        return replace(problem, source_pages=(int(evidence[1]),))
    listed = next((found for found in map(_PAGES.match, lines) if found), None)
    return replace(problem, source_pages=tuple(map(int, listed[1].split(",")))) if listed else problem


def _with_line(problem: Problem, lines_of: Callable[[str], list[str]], shown: str) -> Problem:
    place = problem.place
    if problem.rewrite is not None or place.cell:
        return problem
    if (place.line, place.column) == (1, 1) and problem.code != "missing-key":
        # Such a place stands for the whole file.
        return problem
    lines = lines_of(place.file)
    if place.line > len(lines) or not lines[place.line - 1].strip():
        return problem
    now = lines[place.line - 1]
    if problem.code == "figure-without-evidence":
        evidence = problem.values["evidence"]
        added = f"source: {evidence}"
        return replace(problem, rewrite=_with_added(problem, lines, added, added, evidence, shown))
    if problem.code == "missing-key":
        key, example, shape = (problem.values[one] for one in ("key", "example", "shape"))
        guess = "" if shape == example != "…" and shape.isascii() else shape.strip("[]{}")
        rewrite = _with_added(problem, lines, f"{key}: {example}", f"{key}: {shape}", guess, shown)
        return problem if rewrite.then is None and place.column == 1 else replace(problem, rewrite=rewrite)
    if problem.code == "stale-translation" and now.startswith("translated_from:") and problem.values["stamp"]:
        return replace(problem, rewrite=Rewrite(now, f"translated_from: {problem.values['stamp']}"))
    if len(problem.near) == 1 and problem.code in (
        "unknown-id",
        "unknown-reference",
        "unknown-entry",
        "unknown-heading",
    ):
        found = problem.values.get("id", problem.values.get("ref", problem.values.get("heading", "")))
        if found and now.count(found) == 1:
            return replace(problem, rewrite=Rewrite(now, now.replace(found, problem.near[0])))
    return replace(problem, rewrite=Rewrite(now))


def _with_added(
    problem: Problem, lines: list[str], tried: str, added: str, guess: str, shown: str
) -> Rewrite:
    """Where ``added`` goes in what stands at a place, in the form in which that is written.

    ``tried`` is the same with a value that can be read, by which it is proven.
    """
    row, start = problem.place.line - 1, problem.place.column - 1
    now = lines[row]
    plain = slips.masked(now)
    if plain[start : start + 1] == "{":
        depth = 0
        for at in range(start, len(plain)):
            depth += (plain[at] in "{[") - (plain[at] in "}]")
            if depth == 0:
                inner = now[start + 1 : at].rstrip().rstrip(",")
                frame = Rewrite(now, f"{now[: start + 1]}{inner}, \0{now[at:]}")
                break
        else:
            return Rewrite(now)
    else:
        frame = Rewrite(now, f"{' ' * start}\0", "below")
    reader = _Reader(shown, problem.place.file.removeprefix(f"{shown}/"))
    assert frame.then is not None
    then = frame.then.replace("\0", tried)
    made = [*lines[:row], *([then] if frame.how == "instead" else [now, then]), *lines[row + 1 :]]
    before, after = reader.read("\n".join(lines)), reader.read("\n".join(made))
    # A key that was missing is not any more; evidence is no matter of form.
    gained = len(before.problems) - len(after.problems)
    if not after.sound or gained < (problem.code == "missing-key"):
        return Rewrite(now)
    in_source = problem.place.file.endswith("/record.yaml")
    return replace(frame, then=frame.then.replace("\0", added), guess=guess, in_source=in_source)
