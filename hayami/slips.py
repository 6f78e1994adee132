"""Slips of someone who types into a file of content: one line in, what it may have been meant as out.

Nothing here knows YAML or a declaration. Every way of writing a line is only offered; :mod:`hayami.mending` keeps
those with which the file can be read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import combinations

LONGEST_LINE = 400
"""Longest line, in characters, of which ways to write it are sought."""


@dataclass(frozen=True, slots=True)
class Slip:
    """Another way to write one line."""

    code: str
    """The code of the problem that it would be."""
    row: int
    """The line, counted from 0."""
    line: str
    """How it would be written; empty where it would go."""
    values: Mapping[str, str] = field(default_factory=dict)


_SIGNS: Mapping[str, str] = {
    "：": ":",
    **dict.fromkeys("，、､", ","),
    "｛": "{",
    "｝": "}",
    "［": "[",
    "］": "]",
    **dict.fromkeys("“”„‟＂", '"'),
    **dict.fromkeys("‘’‚＇", "'"),
    **dict.fromkeys("－−–—―ー‐‑", "-"),
    "\u3000": " ",
    "\u00a0": " ",
    "＃": "#",
    "＿": "_",
    "．": ".",
    "／": "/",
    "％": "%",
}
"""Signs of a Japanese keyboard, and those that word processors put in, with what stands for them in these files."""

_CLASSES = ("：", "，、､", "｛｝［］", "“”„‟＂‘’‚＇", "－−–—―ー‐‑", "\u3000\u00a0")
"""Signs that are typed together: a pair of brackets, a pair of quotation marks."""

_QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'[^']*'")
_KEY = r"[A-Za-z_][A-Za-z0-9_-]*"
_VALUE_END = r"(?=\s*(?:[,}\]]|$))"


def masked(line: str) -> str:
    """A line with what stands in quotation marks blotted out, of the same length.

    >>> masked('a: "b: c", d')
    'a: ······, d'
    """
    return _QUOTED.sub(lambda found: "·" * len(found[0]), line)


def ways(lines: Sequence[str], row: int) -> Iterator[Slip]:
    """Ways to write one line, those first that change least or are most usual."""
    line = lines[row]
    if len(line) > LONGEST_LINE:
        return
    seen = {line}
    for offer in _OFFERS:
        for slip in offer(lines, row):
            if slip.line not in seen:
                seen.add(slip.line)
                yield slip


def first_difference(old: str, new: str) -> int:
    """Column, counted from 1, at which two lines part.

    >>> first_difference("ab", "aXb"), first_difference("ab", "ab")
    (2, 3)
    """
    pairs = zip(old, new, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(old), len(new))) + 1


# --- signs ----------------------------------------------------------------------------------------


def _wide(lines: Sequence[str], row: int) -> Iterator[Slip]:
    line = lines[row]
    places = [at for at, sign in enumerate(line) if sign in _SIGNS or _plain(sign) != sign]
    if not places:
        return
    groups = [[at for at in places if line[at] in one] for one in _CLASSES]
    groups.append([at for at in places if _plain(line[at]) in _FIGURES])
    groups = [one for one in groups if one]
    chosen: list[list[int]] = [[at] for at in places[:40]]
    chosen += groups
    # What stands in a text may be meant as it is; what stands before it, or around it, is not.
    chosen += [[at for at in one if at <= last] for one in groups for last in one]
    chosen += [
        [at for pair in several for at in pair] for count in (2, 3) for several in combinations(groups, count)
    ]
    key = re.match(rf"(\s*(?:- )?{_KEY}\s*[：:])", line)
    if key:
        chosen += [[at for at in places if at < key.end()], [at for at in places if at >= key.end()]]
    chosen.append(places)
    for some in filter(None, chosen):
        for gap in ("", " "):
            yield from _written(line, row, set(some), gap)


_ALIKE = frozenset("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")


_FIGURES = frozenset("0123456789_,./%")


def _plain(sign: str) -> str:
    """What stands for a sign in these files; the sign itself where that is not known."""
    if sign in _SIGNS:
        return _SIGNS[sign]
    plain = unicodedata.normalize("NFKC", sign)
    return plain if plain in _ALIKE else sign


def _written(line: str, row: int, places: set[int], gap: str) -> Iterator[Slip]:
    """The line with plain signs at some places; ``gap`` stands for a second space of an indentation."""
    out: list[str] = []
    indent = len(line) - len(line.lstrip())
    for at, sign in enumerate(line):
        if at not in places:
            out.append(sign)
            continue
        plain = _plain(sign)
        after = line[at + 1 : at + 2]
        out.append(plain)
        if at < indent:
            out.append(gap)
        elif (plain in ",:" and after.strip()) or (plain == "-" and at == indent and after.strip()):
            out.append(" ")
    code = "wide-colon" if line[min(places)] == "：" else "wide-sign"
    yield Slip(code, row, "".join(out), _named([line[at] for at in sorted(places)]))


def _named(signs: Sequence[str]) -> Mapping[str, str]:
    """What messages call signs, and what belongs in their place."""
    if all(_plain(one).isalnum() for one in signs):
        return {
            "wide": "全角の英数字",
            "plain": "英数字",
            "wide_en": "full-width letters or digits",
            "plain_en": "plain ones",
        }
    if all(_plain(one) == " " for one in signs):
        return {
            "wide": "全角の空白",
            "plain": "空白",
            "wide_en": "a full-width space",
            "plain_en": "a plain space",
        }
    # Which digits they are, the line shows.
    signs = [one for one in signs if not _plain(one).isalnum()]
    wide, plain = ("".join(dict.fromkeys(some)) for some in (signs, map(_plain, signs)))
    return {"wide": f"「{wide}」", "plain": f"「{plain}」", "wide_en": f'"{wide}"', "plain_en": f"'{plain}'"}


def _spaces(lines: Sequence[str], row: int) -> Iterator[Slip]:
    line, plain = lines[row], masked(lines[row])
    found = [one.end() for one in re.finditer(rf"(?<![\w-]){_KEY}:(?=[^\s:/])", plain)]
    dash = re.match(r"\s*-(?=[^\s-])", plain)
    colons = [[at] for at in found] + ([found] if len(found) > 1 else [])
    for places in colons:
        yield Slip("missing-space", row, _with_inserted(line, places, " "), {"sign": ":"})
    if dash:
        yield Slip("missing-space", row, _with_inserted(line, [dash.end()], " "), {"sign": "-"})
        for places in colons:
            yield Slip("missing-space", row, _with_inserted(line, [dash.end(), *places], " "), {"sign": "-"})


def _with_inserted(line: str, places: Sequence[int], sign: str) -> str:
    for at in sorted(places, reverse=True):
        line = line[:at] + sign + line[at:]
    return line


def _colons(lines: Sequence[str], row: int) -> Iterator[Slip]:
    """A key whose colon is missing, or another sign."""
    line = lines[row]
    mends = (
        (rf"^(\s*(?:- )?(?:\{{\s*)?{_KEY})\s*[;=.,；＝]\s*(?=\S)", r"\1: "),
        (rf"([{{,]\s*{_KEY})\s*[;=；＝]\s*(?=\S)", r"\1: "),
        (rf"^(\s*(?:- )?(?:\{{\s*)?{_KEY}) +(?=[^\s:])", r"\1: "),
        (rf"([{{,]\s*{_KEY}) +(?=[^\s:])", r"\1: "),
        (rf"^(\s*(?:- )?{_KEY})\s*$", r"\1:"),
        (rf"^(\s*(?:- )?{_KEY})(?=[\"'\[{{])", r"\1: "),
    )
    for pattern, mend in mends:
        for found in re.finditer(pattern, line):
            mended = line[: found.start()] + found.expand(mend) + line[found.end() :]
            key = re.search(_KEY, found[0].lstrip(" -{,"))
            yield Slip("missing-colon", row, mended, {"key": key[0] if key else ""})


def _commas(lines: Sequence[str], row: int) -> Iterator[Slip]:
    line = lines[row]
    for found in re.finditer(rf"(?<=[^\s,{{\[:-])\s*[;.；]?(\s+)(?={_KEY}: )", line):
        yield Slip("missing-comma", row, line[: found.start()] + ", " + line[found.end() :])
    for found in re.finditer(r"(?<=[}\]\"'])\s*(?=[{\[\"'])", line):
        yield Slip("missing-comma", row, line[: found.start()] + ", " + line[found.end() :])
    for found in re.finditer(r",(?:\s*,)+|(?<=[{\[]),\s*", line):
        yield Slip(
            "stray-sign",
            row,
            line[: found.start()] + "," * found[0].startswith(",,") + line[found.end() :],
            {"sign": ","},
        )
    # A comma lost at the end of a line of a long list.
    if line.strip() and not line.rstrip().endswith((",", "[", "{")):
        yield Slip("missing-comma", row, line.rstrip() + ",")


# --- quotation marks ------------------------------------------------------------------------------


def _quotes(lines: Sequence[str], row: int) -> Iterator[Slip]:
    line = lines[row]
    for mark in "\"'":
        if line.count(mark) % 2 == 0:
            continue
        values = {"sign": mark}
        # The end of the text: before closing brackets, before a key, at a comma, at the end of the line.
        ends = [
            len(line.rstrip()),
            *(one.start() for one in re.finditer(rf"[\]}}]+\s*,?\s*$|[\]}}]*,\s+{_KEY}: |[,\]}}]", line)),
        ]
        ends += [
            at
            for found in re.finditer(r"[\]}]+\s*,?\s*$", line)
            for at in range(found.start(), len(line.rstrip()))
        ]
        for at in sorted(set(ends)):
            if line[:at].count(mark) % 2 and line[:at].rstrip()[-1] != mark:
                yield Slip("missing-quote", row, line[:at].rstrip() + mark + line[at:], values)
        for found in re.finditer(r"(?:: |\[|, |- |^)(?=[^\s\"'\[{])", line):
            if not line[: found.end()].count(mark) % 2:
                yield Slip("missing-quote", row, line[: found.end()] + mark + line[found.end() :], values)
        for at, sign in enumerate(line):
            if sign == mark:
                yield Slip("stray-sign", row, line[:at] + line[at + 1 :], {"sign": mark})


def _unquoted(lines: Sequence[str], row: int) -> Iterator[Slip]:
    """Text with a sign in it that means something else: ``: `` or `` #`` within, ``@`` or ``%`` at its start."""
    line = lines[row]
    for pattern in (
        r"^(\s*(?:- )?[A-Za-z_][\w-]*: +)([^\"'\[{\s|>].*?)(\s*)$",
        r"^(\s*(?:- )?[A-Za-z_][\w-]*: +)((?:[\[{][^\]}]*[\]}].|[|>]).*?)(\s*)$",
        r"^(\s*- +)([^\"'\[{\s].*?)(\s*)$",
    ):
        found = re.match(pattern, line)
        if found and re.search(r": | #|:$|^[@`%*&!|>\[{\]},?-]", found[2]):
            yield Slip("unquoted-text", row, f"{found[1]}{_quoted(found[2])}{found[3]}", {"text": found[2]})
    starts = [one.end() for one in re.finditer(rf"(?:[{{,]\s*{_KEY}: +|\[\s*|, +)(?=[^\s\"'\[{{])", line)]
    for start in starts:
        ends = [one.start() for one in re.finditer(r"\s*(?:[,\]}]|$)", line[start:])]
        for end in ends[:12]:
            text = line[start : start + end]
            if text and re.search(r": | #|:$|^[@`%*&!|>,?-]|[\[\]{},]", text):
                mended = line[:start] + _quoted(text) + line[start + end :]
                yield Slip("unquoted-text", row, mended, {"text": text})


def _quoted(text: str) -> str:
    return f"'{text}'" if '"' in text and "'" not in text else '"' + text.replace('"', '\\"') + '"'


# --- brackets -------------------------------------------------------------------------------------


def closed(line: str) -> str:
    """A line with the brackets that it lacks.

    >>> closed("a: [{n: 1}")
    'a: [{n: 1}]'
    """
    waiting: list[str] = []
    for sign in masked(line.partition(" #")[0]):
        if sign in "[{":
            waiting.append("]" if sign == "[" else "}")
        elif waiting and sign == waiting[-1]:
            waiting.pop()
    return line.rstrip() + "".join(reversed(waiting))


def _brackets(lines: Sequence[str], row: int) -> Iterator[Slip]:
    line, plain = lines[row], masked(lines[row])
    end = len(line.rstrip())
    mended = closed(line)
    if mended != line.rstrip():
        yield Slip("missing-bracket", row, mended, {"sign": mended[end:]})
    tail = re.search(r"[\]}]*\s*$", plain)
    after = range(tail.start() if tail else end, end + 1)
    for at in [*after, *(one.start() for one in re.finditer(r"(?<=[^\s,])(?=[,\]}])", plain))]:
        for sign in "}]":
            yield Slip("missing-bracket", row, line[:at] + sign + line[at:], {"sign": sign})
    for found in re.finditer(rf"(?:^\s*- |: |\[|, )(?={_KEY}: )", plain):
        yield Slip("missing-bracket", row, line[: found.end()] + "{" + line[found.end() :], {"sign": "{"})
    for found in re.finditer(r": (?=[^\s\[])", plain):
        yield Slip("missing-bracket", row, line[: found.end()] + "[" + line[found.end() :], {"sign": "["})
    for at, sign in enumerate(plain):
        if sign in "[]{}":
            yield Slip("stray-sign", row, line[:at] + line[at + 1 :], {"sign": sign})
    for one, other in (
        ("}", "]"),
        ("]", "}"),
        (")", "}"),
        (")", "]"),
        ("(", "{"),
        ("(", "["),
        ("{", "["),
        ("[", "{"),
    ):
        for found in re.finditer(re.escape(one), plain):
            mended = line[: found.start()] + other + line[found.end() :]
            yield Slip("wrong-bracket", row, mended, {"sign": one, "meant": other})


def _around(lines: Sequence[str], row: int) -> Iterator[Slip]:
    """A list without its brackets, or with those of a text."""
    line = lines[row]
    for one, other, pair in (("(", ")", "[]"), ("(", ")", "{}"), ("（", "）", "[]"), ("（", "）", "{}")):
        round_ = re.search(rf"(?<=: )\{one}([^{one}{other}]*)\{other}(?=\s*$|\s*[,}}\]])", line)
        if round_:
            mended = line[: round_.start()] + pair[0] + round_[1] + pair[1] + line[round_.end() :]
            yield Slip("wrong-bracket", row, mended, {"sign": one + other, "meant": pair})
    for held in (r"[^\[{\s].*?", r"\{.*\}"):
        whole = re.fullmatch(rf"(\s*(?:- )?{_KEY}: +)({held})\s*", line)
        if whole:
            yield Slip("missing-bracket", row, f"{whole[1]}[{whole[2]}]", {"sign": "[ ]"})


# --- indentation and lists ------------------------------------------------------------------------


def _indents(lines: Sequence[str], row: int) -> Iterator[Slip]:
    line = lines[row]
    text = line.lstrip(" \t\u3000\u00a0")
    before = line[: len(line) - len(text)]
    if not text:
        return
    near = set()
    for other in (*lines[max(0, row - 12) : row], *lines[row + 1 : row + 6]):
        depth = len(other) - len(other.lstrip(" "))
        if other.strip():
            near |= {depth, depth + 2} | ({depth + 4} if other.lstrip().startswith("- ") else set())
    # Of two that are as far, that of the line before: where any key may stand, both can be read.
    above = next((one for one in reversed(lines[:row]) if one.strip()), "")
    level = len(above) - len(above.lstrip(" "))
    for depth in sorted(near, key=lambda one: (abs(one - len(before)), one != level, one)):
        if before == " " * depth:
            continue
        if "\t" in before:
            yield Slip("yaml-tab", row, " " * depth + text, {"meant": str(depth)})
        elif "\u3000" not in before and "\u00a0" not in before and abs(depth - len(before)) <= 8:
            yield Slip("indentation", row, " " * depth + text, {"now": str(len(before)), "meant": str(depth)})


def _dashes(lines: Sequence[str], row: int) -> Iterator[Slip]:
    line = lines[row]
    text = line.lstrip()
    depth = len(line) - len(text)
    if not text:
        return
    if text.startswith("- "):
        yield Slip("stray-sign", row, " " * depth + text[2:].lstrip(), {"sign": "-"})
        yield Slip("stray-sign", row, " " * (depth + 2) + text[2:].lstrip(), {"sign": "-"})
        return
    for sign in ("*", "・", "+", "•", "･"):
        if text.startswith(sign):
            yield Slip("missing-dash", row, " " * depth + "- " + text[1:].lstrip())
    near = {
        len(one) - len(one.lstrip())
        for one in lines[max(0, row - 8) : row + 8]
        if one.lstrip().startswith("- ")
    }
    for level in sorted({depth, max(0, depth - 2), *near}, key=lambda one: (abs(one - depth), one)):
        yield Slip("missing-dash", row, " " * level + "- " + text)


def _stray(lines: Sequence[str], row: int) -> Iterator[Slip]:
    """A word that belongs nowhere, or one sign too many."""
    line = lines[row]
    text = line.strip()
    if re.fullmatch(r"[^\s:\-#{}\[\]\"]{1,12}|[-:,.;]{1,3}|[}\]]{1,2}", text):
        yield Slip("stray-line", row, "", {"text": text})
    for found in re.finditer(
        r"^\s*([^\s\-{\[\"'#])\s*(?=- |[{\[])|(?<=[}\]\"])\s*([^\s,}\]\"]{1,3})\s*$", line
    ):
        sign = found[1] or found[2]
        mended = (
            line[: found.start()]
            + line[: len(line) - len(line.lstrip())] * bool(found[1])
            + line[found.end() :]
        )
        yield Slip("stray-sign", row, mended, {"sign": sign})
    for found in re.finditer(r"(?<=[{\[,:}\]\"])\s*([^\s{}\[\],:\"'])(?=[{}\[\],\"])", masked(line)):
        at = found.start(1)
        yield Slip("stray-sign", row, line[:at] + line[at + 1 :], {"sign": line[at]})


# --- values ---------------------------------------------------------------------------------------

_SCALES = {"億": 100_000_000, "千万": 10_000_000, "百万": 1_000_000, "万": 10_000, "千": 1_000}
_FIGURE = re.compile(
    r"(?<=[:\[,] )[¥￥\\]?(?:約)?([0-9]{1,3}(?:[,，、_][0-9]{3})+|[0-9]+(?:[.．][0-9]+)?)(億|千万|百万|万|千)?([0-9]+)?(万|千)?[^\sA-Za-z0-9,}\]\"'\-/:年月億万千百]{0,4}(?=\s*(?:,(?!\s*[0-9])|[}\]]|$))"
)
_DATE = re.compile(
    rf"(?<=: )(令和|平成|[RH])?\s?([0-9]{{1,4}}|元)\s?[年./\-]\s?([0-9]{{1,2}})(?:\s?[月./\-]\s?([0-9]{{1,2}}))?[月日]?{_VALUE_END}"
)
_ERAS = {"令和": 2018, "R": 2018, "平成": 1988, "H": 1988}
_YES = {"yes": "true", "はい": "true", "true": "true", "no": "false", "いいえ": "false", "false": "false"}


def _values(lines: Sequence[str], row: int) -> Iterator[Slip]:
    line = lines[row]
    for text in dict.fromkeys((line, _digits_plain(line))):
        for pattern, meant in _VALUE_FORMS:
            for found in re.finditer(pattern, text):
                for value in meant(found):
                    mended = text[: found.start()] + value + text[found.end() :]
                    if mended != text:
                        said = (
                            {"got": found[0].strip(), "meant": value.strip()}
                            if text == line and value.strip() != found[0].strip()
                            else {}
                        )
                        yield Slip("", row, mended, said)


def _digits_plain(line: str) -> str:
    """The line with plain digits, and the signs that go with figures."""
    return "".join(
        unicodedata.normalize("NFKC", sign) if sign in "０１２３４５６７８９％／．，ｐＰ－" else sign
        for sign in line
    )


def grouped(number: int) -> str:
    """How a record writes a whole number.

    >>> grouped(1500000), grouped(100)
    ('1_500_000', '100')
    """
    return f"{number:_}" if number >= 10_000 else str(number)


def _figure(found: re.Match[str]) -> Iterator[str]:
    digits = re.sub(r"[,，、_]", "", found[1]).replace("．", ".")
    number = Fraction(digits) * _SCALES.get(found[2] or "", 1)
    number += int(found[3] or 0) * _SCALES.get(found[4] or "", 1)
    if found[3] and not found[2]:
        return
    if number.denominator == 1:
        yield grouped(int(number))
    else:
        yield digits


def _date(found: re.Match[str]) -> Iterator[str]:
    year = 1 if found[2] == "元" else int(found[2])
    if found[1]:
        year += _ERAS[found[1]]
    elif len(found[2]) != 4:
        return
    month, day = int(found[3]), found[4]
    yield f"{year:04d}-{month:02d}" + (f"-{int(day):02d}" if day else "")


def _era_year(found: re.Match[str]) -> Iterator[str]:
    year = _ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))
    yield f"FY{year}" if found[3] else str(year)


def _percent(found: re.Match[str]) -> Iterator[str]:
    share = Fraction(found[1]) / (100 if found[2] else 1)
    # A third has no end as a decimal; whoever writes 0.66 means two of them.
    thirds = (one for one in (Fraction(1, 3), Fraction(2, 3)) if abs(share - one) < Fraction(1, 100))
    share = next(thirds, share)
    if 0 < share <= 1 and share.denominator < 1000:
        yield f"{share.numerator}/{share.denominator}"


def _source(found: re.Match[str]) -> Iterator[str]:
    yield f"{found[1] or ''}p{found[2]} "


def _yes(found: re.Match[str]) -> Iterator[str]:
    yield _YES[found[1].lower()]


_VALUE_FORMS: Sequence[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterator[str]]]] = (
    (_DATE, _date),
    (
        re.compile(rf"(?<=: )([0-9]{{4}})([0-9]{{2}})([0-9]{{2}}){_VALUE_END}"),
        lambda one: iter([f"{one[1]}-{one[2]}-{one[3]}"]),
    ),
    (re.compile(rf"(?<=: )(令和|平成|[RH])\s?([0-9]{{1,2}}|元)(?:年(度)?)?{_VALUE_END}"), _era_year),
    (_FIGURE, _figure),
    (re.compile(rf"(?<=: )([0-9]+(?:\.[0-9]+)?)\s*([%％])(?:以内)?{_VALUE_END}"), _percent),
    (re.compile(rf"(?<=: )(0\.[0-9]+|1\.0)(){_VALUE_END}"), _percent),
    (re.compile(r"(?<=: )([0-9]{1,3})分の([0-9]{1,3})(?:以内)?"), lambda one: iter([f"{one[2]}/{one[1]}"])),
    (re.compile(r"(?<=: )([0-9]{1,3})\s*[/／]\s*([0-9]{1,3})以内"), lambda one: iter([f"{one[1]}/{one[2]}"])),
    (
        re.compile(
            r"(?<=source: )([\"']?)[pPｐＰ]?[.．]?\s*([0-9]{1,4})\s*(?:ページ|頁|ｐ|p|P)?[\s\u3000、,:：の]+(?=[^\s、])"
        ),
        _source,
    ),
    (
        re.compile(r"(?<=source: )([\"']?)[pPｐＰ]([0-9]{1,2})(?=[^\s0-9年月日億万千円社件回名人か%,])"),
        _source,
    ),
    (re.compile(rf"(?<=: )(?i:(yes|はい|true|no|いいえ|false)){_VALUE_END}"), _yes),
)

_OFFERS: Sequence[Callable[[Sequence[str], int], Iterator[Slip]]] = (
    _values,
    _spaces,
    _wide,
    _unquoted,
    _indents,
    _quotes,
    _brackets,
    _around,
    _colons,
    _commas,
    _dashes,
    _stray,
)
