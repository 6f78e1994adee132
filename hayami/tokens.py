"""The design tokens as data: what ``assets/css/parts/tokens.css`` declares for light, dark and print.

The style sheet stays the only place where a colour stands. Whatever cannot read custom properties of CSS
(``theme-color``, the manifest, pictures) and whatever speaks about them (contrast, the style guide) asks here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

SHEET = "css/parts/tokens.css"

Scheme = Literal["light", "dark", "print"]
SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

Declarations = Mapping[str, str]
"""Name without its dashes → value as written."""

_DARK_BY_SYSTEM = (
    "@media screen and (prefers-color-scheme: dark)",
    ':root:where(:not([data-theme="light"]))',
)
_DARK_BY_CHOICE = ("@media screen", ':root:where([data-theme="dark"])')
_PRINT = ("@media print", ":root")

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_VARIABLE = re.compile(r"var\(--([\w-]+)\)")


class Unsound(ValueError):
    """The token sheet does not say the same twice, or lacks something: our own bug, met by every build."""


@dataclass(frozen=True)
class Tokens:
    """Every token in each scheme."""

    schemes: Mapping[Scheme, Declarations]
    languages: Mapping[str, Declarations]
    """Language → tokens that it has of its own (families of type, spacing)."""

    def value(self, name: str, scheme: Scheme = "light", language: str = "") -> str:
        """A token with the tokens that it names filled in."""
        found = self.languages.get(language, {}).get(name) or self.schemes[scheme].get(name)
        if found is None:
            raise Unsound(f"no such token: --{name}")
        return _VARIABLE.sub(lambda match: self.value(match[1], scheme, language), found)

    def colours(self) -> tuple[str, ...]:
        """Names of the tokens that are colours, in the order of the sheet."""
        return tuple(name for name in self.schemes["light"] if _COLOUR.fullmatch(self.value(name)))

    def starting_with(self, prefix: str) -> tuple[str, ...]:
        """Names of one numbered series: ``s-1`` … for ``s-``."""
        return tuple(name for name in self.schemes["light"] if re.fullmatch(rf"{prefix}\d+", name))


def read(sheet: str) -> Tokens:
    """Read the token sheet. What the system and what the reader makes dark must be the same."""
    light: dict[str, str] = {}
    languages: dict[str, Declarations] = {}
    blocks: dict[tuple[str, ...], dict[str, str]] = {}
    for context, declared in _blocks(re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)):
        inner = context[1:] if context[0].startswith("@layer") else context
        blocks.setdefault(inner, {}).update(declared)
    light = _custom(blocks.get((":root",), {}))
    for inner, declared in blocks.items():
        language = re.fullmatch(r":root:lang\((\w+)\)", inner[0])
        if language:
            languages[language[1]] = _custom(declared)
    dark = _custom(blocks.get(_DARK_BY_SYSTEM, {}))
    if not dark or dark != _custom(blocks.get(_DARK_BY_CHOICE, {})):
        raise Unsound(f"{SHEET}: dark by the system and dark by choice differ")
    on_paper = _custom(blocks.get(_PRINT, {}))
    schemes: dict[Scheme, Declarations] = {
        "light": light,
        "dark": {**light, **dark},
        "print": {**light, **on_paper},
    }
    return Tokens(schemes, languages)


def constants(sheets: Mapping[str, str]) -> Declarations:
    """Tokens of the token sheet that nothing changes: no scheme, language, medium or other sheet.

    ``sheets`` are all style sheets as written, by path. Values have the constants that they name filled in.
    """
    bare = [re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL) for css in sheets.values()]
    declared = Counter(name for css in bare for name in re.findall(r"--([\w-]+)\s*:", css))
    root = read(sheets[SHEET]).schemes["light"] if SHEET in sheets else {}
    once = {name: value for name, value in root.items() if declared[name] == 1}
    return {name: with_constants(value, once) for name, value in once.items()}


def with_constants(css: str, values: Declarations) -> str:
    """CSS with the values of some tokens in place of their names.

    >>> with_constants("a{b:var(--c) var(--d)}", {"c": "1px"})
    'a{b:1px var(--d)}'
    """
    return _VARIABLE.sub(
        lambda match: with_constants(values[match[1]], values) if match[1] in values else match[0], css
    )


def _custom(declared: Declarations) -> dict[str, str]:
    return {name.removeprefix("--"): value for name, value in declared.items() if name.startswith("--")}


def _blocks(css: str, context: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], dict[str, str]]]:
    """Every block that holds declarations, with the heads of all blocks around it."""
    declared: dict[str, str] = {}
    rest = css
    while rest.strip():
        end, opening = rest.find(";"), rest.find("{")
        if opening < 0 or 0 <= end < opening:
            statement, rest = (rest[:end], rest[end + 1 :]) if end >= 0 else (rest, "")
            name, colon, value = statement.partition(":")
            if colon:
                declared[name.strip()] = " ".join(value.split())
            continue
        head = " ".join(rest[:opening].split())
        close = _closing(rest, opening)
        yield from _blocks(rest[opening + 1 : close], (*context, head))
        rest = rest[close + 1 :]
    if declared:
        yield context, declared


def _closing(css: str, opening: int) -> int:
    """Place of the brace that closes the one at ``opening``."""
    depth = 0
    for place in range(opening, len(css)):
        depth += {"{": 1, "}": -1}.get(css[place], 0)
        if depth == 0:
            return place
    raise Unsound(f"{SHEET}: a block is not closed")
