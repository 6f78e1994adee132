"""Whatever an editor writes: problems, never a trace, in bounded time, and the site stays as it was."""

from __future__ import annotations

import copy
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from hayami import cli, evidence_text, pipeline, text, validate, yamltree
from hayami.audit.rules import RULES
from hayami.checks.evidence import missing_in
from hayami.formats import Formatter
from hayami.messages import MESSAGES
from hayami.problems import Problem, as_text
from hayami.schema.figures import Count, Dated, Duration, Length, Money, Rate
from hayami.schema.record import Programme
from hayami.schema.scalars import PartialDate
from hayami.schema.strings import VocabularyWords
from hayami.schema.words import Words

GOLDEN = Path(__file__).parent.parent / "golden" / "content"

# --- YAML ---------------------------------------------------------------------------------------

_PIECES = (
    *"abc019 \n\t:-,[]{}'\"#&*!|>%@`?\\<=.~_",
    *("  ", "\n  ", "- ", ": ", "a: ", "<<: ", "&x ", "*x", "!!str ", "---\n", "...\n", "? ", "|\n  "),
    *('"\\x00"', '"\\ud800"', '"\\UFFFFFFFF"', "日本", "é", "\u00a0", "\u0085", "\x80", "\ufeff", "😀"),
)
# A carriage return is refused before a file is parsed.
_YAML = st.one_of(
    st.lists(st.sampled_from(_PIECES), max_size=40).map("".join),
    st.text(st.characters(exclude_characters="\r", exclude_categories=["Cs"]), max_size=60),
)


def _told(found: tuple[Problem, ...], written: str, first_line: int) -> None:
    """Each problem has words, and stands at a place that the text has."""
    lines = written.split("\n")
    for one in found:
        assert as_text(one)
        assert first_line <= one.place.line <= first_line + len(lines)
        row = one.place.line - first_line
        assert 1 <= one.place.column <= (len(lines[row]) if row < len(lines) else 0) + 1


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@given(_YAML, st.integers(min_value=1, max_value=500))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example('a: "\\UFFFFFFFF"', 1)
@example('a: "\\ud800"', 1)
@example("日本語: \x80", 3)
def test_any_text_can_be_parsed(
    loader: str, monkeypatch: pytest.MonkeyPatch, written: str, first_line: int
) -> None:
    """With the parser of C, and with the one of Python where there is no other."""
    monkeypatch.setattr(yamltree, "_Loader", getattr(yaml, loader))
    node, found = yamltree.parse(written, "a.yaml", first_line)
    _told(found, written, first_line)
    if node is None and not found:
        assert all(
            line.strip() in ("", "---", "...") or "#" in line or "%" in line for line in _lines(written)
        )
    if node is not None:
        yamltree.plain(node)
        "".join(_scalars(node)).encode()
        assert node.line >= first_line


def _lines(written: str) -> list[str]:
    return written.replace("\ufeff", "").replace("\u0085", "\n").splitlines()


def _scalars(node: yamltree.Node) -> Iterator[str]:
    if isinstance(node, yamltree.Scalar):
        yield node.text
    elif isinstance(node, yamltree.Sequence):
        for item in node.items:
            yield from _scalars(item)
    else:
        for key, value in node.entries:
            yield key.text
            yield from _scalars(value)


@pytest.mark.parametrize("loader", ["CSafeLoader", "SafeLoader"])
@given(st.lists(st.text(alphabet="日本語éa😀", min_size=1, max_size=6), min_size=1, max_size=6, unique=True))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_places_count_characters(loader: str, monkeypatch: pytest.MonkeyPatch, names: list[str]) -> None:
    monkeypatch.setattr(yamltree, "_Loader", getattr(yaml, loader))
    written = "".join(f"{name}: [{name}, {{x: {name}}}]\n" for name in names)
    node, found = yamltree.parse(written, "a.yaml")
    assert found == ()
    lines = written.split("\n")
    assert isinstance(node, yamltree.Mapping)
    for key, value in node.entries:
        assert isinstance(value, yamltree.Sequence)
        first, second = value.items
        assert isinstance(first, yamltree.Scalar)
        assert isinstance(second, yamltree.Mapping)
        for scalar in (key, first, second.get("x")):
            assert isinstance(scalar, yamltree.Scalar)
            assert lines[scalar.line - 1][scalar.column - 1 :].startswith(key.text)


@pytest.mark.parametrize("character", ["\\0", "\\e", "\\x7f", "\\r", "\\N", "\\L", "\\ufeff", "\\uffff"])
def test_an_escape_brings_no_character_that_a_file_may_not_hold(character: str) -> None:
    _, found = yamltree.parse(f'name: ["日本", "a{character}b"]', "a.yaml")
    assert [(one.code, one.place.column) for one in found] == [("control-character", 14)]
    node, found = yamltree.parse('name: "a\\tb\\nc\\"d\\u65e5"', "a.yaml")
    assert found == ()
    assert node is not None
    assert yamltree.plain(node) == {"name": 'a\tb\nc"d日'}


_SIZE = 250_000
_HOSTILE = {
    "deep lists": "[" * _SIZE,
    "deep mappings": "{" * _SIZE,
    "deep keys": "? " * (_SIZE // 2),
    "deep dashes": "- " * (_SIZE // 2),
    "deep indents": "\n".join(" " * depth + "a:" for depth in range(700)),
    "many items": "[1" + ",1" * (_SIZE // 2) + "]",
    "many keys": "".join(f"k{number}: 1\n" for number in range(24_000)),
    "one key": "k: 1\n" * (_SIZE // 5),
    "many faults": "offers:\n" + "".join(f"- {{id: a{number}, kind: x}}\n" for number in range(8_000)),
    "many names": "purposes:\n" + "".join(f" k{number}: x\n" for number in range(20_000)),
    "near names": "".join(f"eligibilit{number:05}: 1\n" for number in range(14_000)),
    "anchors": "".join(f"k{number}: &a{number} 1\n" for number in range(15_000)),
    "aliases": "*a " * (_SIZE // 3),
    "documents": "---\n" * (_SIZE // 4),
    "an open quote": '"' + "a" * _SIZE,
    "escapes": '"' + "\\x41" * (_SIZE // 4) + '"',
    "a long key": "a" * (_SIZE - 3) + ": 1",
    "lines": "\n" * _SIZE,
    "tabs": "\t\n" * (_SIZE // 2),
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_a_hostile_file_takes_little_time(name: str) -> None:
    """Within the size that is read, no form of a file takes long; a quadratic step would take a minute."""
    start = time.process_time()
    node, found = yamltree.parse(_HOSTILE[name], "a.yaml")
    if isinstance(node, yamltree.Mapping):
        value, faults = validate.declare(Programme, node, "a.yaml")
        assert value is None
        found = (*found, *faults)
    assert time.process_time() - start < 6
    assert len(found) <= 2 * yamltree.MAX_FAULTS
    assert found or node is None or isinstance(node, yamltree.Scalar)


# --- records ------------------------------------------------------------------------------------

RECORD = Path("programmes") / "machine-grant"
_FILES = (
    RECORD / "record.yaml",
    RECORD / "ja.md",
    RECORD / "en.md",
    Path("organisations/desk/record.yaml"),
    Path("events/fair/record.yaml"),
    Path("events/fair/en.md"),
    Path("site.yaml"),
    Path("source.yaml"),
    Path("vocabulary.yaml"),
    Path("strings/en.yaml"),
)


@dataclass(frozen=True)
class Place:
    """A catalogue, the site built from it, and the bytes of that site."""

    content: Path
    out: Path
    site: dict[str, bytes]

    @contextmanager
    def changed(self, name: Path, written: bytes) -> Iterator[None]:
        path = self.content / name
        before = path.read_bytes()
        path.write_bytes(written)
        try:
            yield
        finally:
            path.write_bytes(before)

    def judge(self) -> None:
        """Build: either every page was made, or there are errors and the site is as it was."""
        arguments = ["--content", str(self.content), "--out", str(self.out), "--lang-messages", "en"]
        built = pipeline.build(pipeline.Options(self.content))
        for one in built.problems:
            assert one.code in MESSAGES or one.code in RULES
            assert "Traceback" not in as_text(one)
        if built.site is not None:
            assert built.files
            return
        assert cli.main(arguments) == 1
        assert _bytes(self.out) == self.site


def _bytes(folder: Path) -> dict[str, bytes]:
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items()}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    root = tmp_path_factory.mktemp("any")
    shutil.copytree(GOLDEN, root / "content")
    assert cli.main(["--content", str(root / "content"), "--out", str(root / "site")]) == 0
    return Place(root / "content", root / "site", _bytes(root / "site"))


_ATOMS = (
    *("", "0", "-1", "1.5", "1e9", "99999999999999999999", "0x10", "1_0", "true", "no", "~", "null", "2/0"),
    *("2024-02-30", "FY2024", "9:00", "24:00-24:00", "9:00-8:00", "p2", "p0 x", "p9999 x", "p2 " + "x" * 41),
    *("programme:machine-grant", "programme:none", "organisation:", "event:fair", "facility:hall#x", ":"),
    *("grant", "cap", "small", "desk", "max", "{cap}", "{none}", "{", "}", "{0}", "{x!r}", "%s", "https://"),
    *("https://example.org/]", "http://[", "日本", "<b>", "&amp;", "../..", "a" * 300, "\u202e", "|", "||"),
)
_VALUES = st.recursive(
    st.sampled_from(_ATOMS) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(_ATOMS) | st.sampled_from(("id", "yen", "n", "of")), inner, max_size=3
        )
    ),
    max_leaves=6,
)


def _paths(value: Any, above: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place within a tree, itself aside."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path for key, held in pairs for path in ((*above, key), *_paths(held, (*above, key)))]


@st.composite
def _mutated(draw: st.DrawFn, tree: Any) -> Any:
    """A tree with one to three changes: a value replaced, taken away, doubled, moved or renamed."""
    tree = copy.deepcopy(tree)
    for _ in range(draw(st.integers(min_value=1, max_value=3))):
        paths = _paths(tree)
        if not paths:
            break
        *above, last = draw(st.sampled_from(paths))
        held: Any = tree
        for key in above:
            held = held[key]
        kind = draw(st.sampled_from(("replace", "delete", "rename", "double", "swap")))
        if kind == "replace":
            held[last] = draw(_VALUES)
        elif kind == "delete":
            del held[last]
        elif kind == "rename" and isinstance(held, dict):
            held[draw(st.sampled_from(("id", "source", "yen", "when", "naem", last + "s")))] = held.pop(last)
        elif kind == "double" and isinstance(held, list):
            held.insert(last, copy.deepcopy(held[last]))
        else:
            other = draw(st.sampled_from(paths))
            taken = tree
            for key in other:
                taken = taken[key]
            held[last] = copy.deepcopy(taken)
    return tree


_TREE = yaml.load((GOLDEN / RECORD / "record.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)


@given(_mutated(_TREE))
@settings(max_examples=60, deadline=None)
def test_a_record_changed_at_random_is_judged_and_never_fails(place: Place, tree: Any) -> None:
    written = yaml.safe_dump(tree, allow_unicode=True, sort_keys=False).encode()
    with place.changed(RECORD / "record.yaml", written):
        place.judge()


@st.composite
def _scratched(draw: st.DrawFn) -> tuple[Path, bytes]:
    """A file of content with one to three scratches: lines or characters lost, doubled or added."""
    name = draw(st.sampled_from(_FILES))
    lines = (GOLDEN / name).read_text(encoding="utf-8").split("\n")
    for _ in range(draw(st.integers(min_value=1, max_value=3))):
        row = draw(st.integers(min_value=0, max_value=len(lines) - 1))
        kind = draw(st.sampled_from(("delete", "double", "cut", "insert", "indent")))
        at = draw(st.integers(min_value=0, max_value=len(lines[row])))
        if kind == "delete" and len(lines) > 1:
            del lines[row]
        elif kind == "double":
            lines.insert(row, lines[row])
        elif kind == "cut":
            lines[row] = lines[row][:at]
        elif kind == "insert":
            added = draw(st.sampled_from(_ATOMS) | st.sampled_from(_PIECES) | st.text(max_size=4))
            lines[row] = lines[row][:at] + added + lines[row][at:]
        else:
            lines[row] = draw(st.sampled_from((" ", "  ", "- ", "\t", "#"))) + lines[row]
    return name, "\n".join(lines).encode()


@given(_scratched())
@settings(max_examples=60, deadline=None)
def test_a_file_scratched_at_random_is_judged_and_never_fails(
    place: Place, scratched: tuple[Path, bytes]
) -> None:
    with place.changed(*scratched):
        place.judge()


@given(st.sampled_from(_FILES), st.binary(max_size=200))
@settings(max_examples=20, deadline=None)
def test_any_bytes_can_stand_in_a_file(place: Place, name: Path, written: bytes) -> None:
    with place.changed(name, written):
        place.judge()


# --- figures there and back ---------------------------------------------------------------------

_FORMATS = pipeline.builtin_strings(pipeline.PROJECT / "templates")["ja"].formats
assert _FORMATS is not None
_WORDS = VocabularyWords.model_validate({"units": {"projects": "{n}件"}})
JA = Formatter("ja_JP", _FORMATS, _WORDS)

_BOUNDS = st.sampled_from(("exact", "max", "min", "about"))
_SHARES = st.builds(Fraction, st.integers(1, 99), st.integers(1, 99)).map(lambda one: min(one, 1 / one))
_YES_NO = st.sampled_from(("true", "false"))
_LENGTHS = st.one_of(
    st.builds(Length, years=st.integers(1, 99), months=st.none() | st.integers(1, 99)),
    st.builds(Length, months=st.integers(1, 99)),
    st.builds(Length, weeks=st.integers(1, 99), days=st.none() | st.integers(1, 999)),
    st.builds(Length, days=st.integers(1, 9999)),
)
_SUMS = st.builds(Money, yen=st.integers(0, 10**14), bound=_BOUNDS)
_FIGURES = st.one_of(
    _SUMS,
    st.builds(Rate, value=_SHARES, within=_YES_NO),
    st.builds(Rate, lowest=_SHARES, highest=_SHARES, within=_YES_NO),
    st.builds(Duration, length=_LENGTHS, bound=_BOUNDS),
    st.builds(Duration, length=_LENGTHS, to=_LENGTHS),
    st.builds(
        Count,
        n=st.integers(0, 10**9).map(Decimal) | st.integers(0, 10**9).map(lambda n: Decimal(n) / 10_000),
        unit=st.just("projects"),
        bound=_BOUNDS,
    ),
    st.dates()
    .filter(lambda day: day.year > 1869)
    .map(lambda day: Dated(date=PartialDate(day.year, day.month, day.day))),
    st.integers(1870, 2200).map(lambda year: Dated(date=PartialDate(year, fiscal=True))),
)


@given(_FIGURES)
def test_a_figure_is_found_in_its_own_words(figure: Any) -> None:
    """What the site writes in the language of the source would pass as evidence for the figure."""
    assert list(missing_in(figure, JA.figure(figure))) == []


@given(st.integers(1, 10**12), st.integers(1, 10**12))
def test_a_sum_is_not_found_in_the_words_of_another(yen: int, other: int) -> None:
    if yen != other:
        assert evidence_text.numbers(JA.yen(yen)) == {Decimal(yen)}
        assert list(missing_in(Money(yen=other), JA.yen(yen))) != []


# --- stamps -------------------------------------------------------------------------------------

_SAID = st.text(min_size=1, max_size=12).filter(lambda said: bool(said.strip()))
_LABELS = st.dictionaries(st.from_regex(r"[a-z]{1,4}", fullmatch=True), _SAID, max_size=4)


@given(_SAID, _SAID, _LABELS, st.text(max_size=30), st.randoms())
def test_a_stamp_depends_on_the_words_alone(
    name: str, summary: str, offers: dict[str, str], body: str, chance: Any
) -> None:
    """Not on the order in which they stand, nor on blank lines about the text, nor on what it does not count."""
    given = {"name": name, "summary": summary, "short_name": "a", "offers": offers}
    first = text.stamp(Words.model_validate(given), body)
    turned = list(offers.items())
    chance.shuffle(turned)
    other = {"offers": dict(turned), "short_name": "b", "aliases": ["x"], "summary": summary, "name": name}
    assert text.stamp(Words.model_validate(other), f"\n{body}\n\n") == first
    assert text.stamp(Words.model_validate({**given, "summary": summary + "!"}), body) != first
    assert text.stamp(Words.model_validate({**given, "offers": {**offers, "new": "x"}}), body) != first
    assert text.stamp(Words.model_validate(given), body + "!") != first


def test_stamps_in_committed_translations_stay_valid() -> None:
    """Another way of counting would make every translation stale."""
    words = Words.model_validate({"name": "目指せ！|事業", "short_name": "事業", "summary": "一文です。"})
    assert text.stamp(words, "本文\n") == "88ee26e6571f"
