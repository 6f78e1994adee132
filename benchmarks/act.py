"""Scores the audit on the examples of the ACT rules of W3C, which say of each page whether it passes.

The examples are not kept here: their repository has no licence but an agreement among its contributors. Run it on a copy:
``.venv/bin/python -m benchmarks.act FOLDER``, where the folder holds the rules as Markdown (``_rules/`` of
act-rules/act-rules.github.io). Only examples that can be decided without a browser count.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hayami.audit.rules import RULES
from hayami.audit.run import audit

KINDS: Mapping[str, tuple[str, ...]] = {
    "b5c3f8": ("html-lang",),
    "bf051a": ("html-lang-valid",),
    "5b7ae0": ("html-lang-valid",),
    "de46e4": ("element-lang-valid",),
    "2779a5": ("title-missing",),
    "23a2a8": ("img-name",),
    "7d6734": ("svg-img-name",),
    "c487ae": ("link-name",),
    "97a4e1": ("button-name",),
    "e086e5": ("field-name",),
    "cae760": ("iframe-name",),
    "m6b1q3": ("button-name",),
    "8fc3b6": ("img-name",),
    "674b10": ("role-valid",),
    "5f99a7": ("aria-attr-defined",),
    "6a7281": ("aria-attr-value", "aria-idref"),
    "4e8ab6": ("aria-required-attr",),
    "5c01ea": ("aria-attr-permitted",),
    "59796f": ("button-name",),
    "ffd0e9": ("heading-empty",),
    "bc4a75": ("aria-required-children",),
    "ff89c9": ("aria-required-parent",),
    "6cfa84": ("aria-hidden-focusable",),
    "3ea0c8": ("duplicate-id",),
    "bc659a": ("meta-refresh",),
    "bisz58": ("meta-refresh",),
    "b4f0c3": ("meta-viewport",),
    "d0f69e": ("table-headers",),
    "a25f45": ("td-headers-ids",),
    "307n5z": ("nested-interactive",),
    "73f2c2": ("autocomplete-valid",),
    "24afc2": ("text-spacing-locked",),
    "9e45ec": ("text-spacing-locked",),
    "78fd32": ("text-spacing-locked",),
    "80f0bf": ("autoplay",),
    "4c31df": ("autoplay",),
    "b33eff": ("orientation-lock",),
    "akn7bn": ("frame-focusable",),
    "46ca7f": ("decorative-exposed",),
    "e6952f": ("duplicate-attribute",),
    "2ee8b8": ("label-in-name",),
    "2t702h": ("button-name",),
    "in6db8": ("aria-idref",),
    "afw4f7": ("contrast",),
    "09o5cg": ("contrast-enhanced", "contrast"),
}
"""ACT rule → the kinds of findings that say the same. Rules that take a browser or a reader are not here."""

UNDECIDABLE: Mapping[str, tuple[str, ...]] = {
    "ff89c9": ("Passed 6", "Failed 4"),
    "78fd32": ("Inapplicable 5",),
    "80f0bf": ("Passed 2", "Inapplicable 2", "Inapplicable 4"),
    "4c31df": ("Passed 3", "Failed 3", "Failed 4", "Failed 5", "Inapplicable 2"),
    "akn7bn": ("Inapplicable 6",),
    "2ee8b8": ("Passed 6",),
    "afw4f7": (
        *("Passed 3", "Passed 4", "Passed 7", "Passed 9"),
        *("Failed 2", "Failed 3", "Failed 6", "Failed 7"),
    ),
    "09o5cg": ("Passed 3", "Passed 6", "Passed 8", "Failed 2", "Failed 5", "Failed 8", "Failed 9"),
}
"""Examples that take running scripts, pixels, the length of a sound or knowledge of a language."""

_RULE = re.compile(r"^id: *[\"']?(\w+)", re.MULTILINE)
_NAME = re.compile(r"^name: *(.+)", re.MULTILINE)
_EXAMPLE = re.compile(
    r"^#### (Passed|Failed|Inapplicable) Example (\d+)\s*\n(?:(?!####)[^\n]*\n)*?```(\w+)\n(.*?)^```",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Example:
    """A page of a rule. ``name`` is its outcome and number, such as ``Failed 2``."""

    rule: str
    title: str
    name: str
    language: str
    text: str

    @property
    def fails(self) -> bool:
        """Whether something is wrong with it."""
        return self.name.startswith("Failed")


def examples(folder: Path) -> Iterator[Example]:
    """The examples that can be decided, in the order of files."""
    for path in sorted(folder.glob("*.md")):
        text = path.read_text("utf-8")
        rule, title = _RULE.search(text), _NAME.search(text)
        if rule is None or rule[1] not in KINDS:
            continue
        for found in _EXAMPLE.finditer(text):
            name = f"{found[1]} {found[2]}"
            if name not in UNDECIDABLE.get(rule[1], ()):
                yield Example(rule[1], title[1].strip() if title else "", name, found[3], found[4])


def is_told(example: Example) -> bool:
    """Whether a rule of the right kind finds something. The audit looks at HTML alone."""
    if example.language != "html":
        return False
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "page.html"
        page.write_text(example.text, "utf-8")
        return any(RULES[one.rule].kind in KINDS[example.rule] for one in audit(page))


@dataclass(slots=True)
class Score:
    """Counts of one rule or of all."""

    failed: int = 0
    found: int = 0
    sound: int = 0
    false: int = 0

    def add(self, example: Example, told: bool) -> None:
        """Count one example."""
        if example.fails:
            self.failed += 1
            self.found += told
        else:
            self.sound += 1
            self.false += told


def score(folder: Path) -> tuple[dict[str, Score], list[Example]]:
    """The score of each rule, and the examples that the audit gets wrong."""
    scores: dict[str, Score] = {}
    wrong = []
    for one in examples(folder):
        told = is_told(one)
        scores.setdefault(one.rule, Score()).add(one, told)
        if told != one.fails:
            wrong.append(one)
    return scores, wrong


def total(scores: Mapping[str, Score]) -> Score:
    """All rules together."""
    return Score(
        *(
            sum(getattr(one, name) for one in scores.values())
            for name in ("failed", "found", "sound", "false")
        )
    )


def main(folder: Path) -> int:
    scores, wrong = score(folder)
    if not scores:
        print(f"{folder}: no ACT rules here")
        return 1
    print("rule    failed found    sound told")
    for rule, one in scores.items():
        print(f"{rule}  {one.found:3} of {one.failed:3}      {one.false:3} of {one.sound:3}")
    for example in wrong:
        print(f"{'missed' if example.fails else 'false '}  {example.rule} {example.name}: {example.title}")
    every = total(scores)
    print(
        f"failed found: {every.found} of {every.failed} ({every.found / max(every.failed, 1):.1%}), "
        f"false alarms: {every.false} of {every.sound} ({every.false / max(every.sound, 1):.1%})"
    )
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(Path(sys.argv[1])))
