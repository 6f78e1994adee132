"""What a page tells its scripts, as plain data: no script holds words, or the forms of a language."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, get_args

from hayami import comparison
from hayami.estimate import MOST, Branch, Outcome
from hayami.model import Site
from hayami.schema.strings import Formats, MoneyForm


def files(site: Site) -> dict[str, bytes]:
    """Files that scripts fetch when a reader turns to them, by their path among the assets."""
    found = {}
    for tongue in site.tongues.values():
        words, fmt = tongue.interface["estimate"], tongue.formatter
        calculator = {
            "money": money_data(fmt.formats.money, fmt.number, words["unit"], words["units"]),
            "words": estimate_words(words, fmt.formats),
        }
        several = {"estimate": calculator, "compare": choice_data(tongue.interface["compare"])}
        if site.settings.offline:
            several["renewal"] = {name: tongue.interface["renewal"][name] for name in RENEWAL_WORDS}
        for name, data in several.items():
            found[f"data/{name}.{tongue.code}.json"] = _dumped(data)
    return found


RENEWAL_WORDS = ("label", "text", "version", "reload", "later")
"""What the bar says that offers a newer version of an open page."""


def _dumped(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def branch_data(branch: Branch, share: Callable[[Fraction], str]) -> dict[str, Any]:
    """A branch as the script takes it; ``share`` writes a share in figures.

    What holds of most is left out: no smallest grant, and shares that are the most there is.
    """
    return {
        "shares": [[one.numerator, one.denominator, share(one)] for one in branch.shares],
        "cap": branch.cap.yen,
        **({"floor": branch.floor.yen} if branch.floor else {}),
        **({} if branch.rate.within else {"within": False}),
    }


def entry_unit(form: MoneyForm) -> tuple[int, str]:
    """The unit in which costs are entered: the smallest scale where scales are put together (万), else yen."""
    return (form.scales[-1].value, form.scales[-1].name) if form.compose and form.scales else (1, "")


def money_data(
    form: MoneyForm, number: Callable[[Decimal | int], str], unit: str, units: str
) -> dict[str, Any]:
    """How the script reads and writes sums: the forms of the language, and the signs of its numbers.

    ``unit`` is the word for yen behind a number; ``units`` gives further spellings of scales, ``m=1000000``.
    """
    pairs = [piece.rpartition("=") for piece in units.split()]
    spelled = {name: int(value) for name, _, value in pairs if value.isascii() and value.isdecimal()}
    signs = [*form.pattern.split("{n}"), unit, "¥"]
    return {
        "pattern": form.pattern,
        "scales": [[scale.value, scale.name] for scale in form.scales],
        "scale_pattern": form.scale_pattern,
        "compose": form.compose,
        "decimals": form.decimals,
        "group": number(1000)[1:-3],
        "point": number(Decimal("0.5"))[1:-1],
        "unit": entry_unit(form)[0],
        "units": {**{scale.name: scale.value for scale in form.scales}, **spelled},
        "signs": sorted({sign.strip() for sign in signs if sign.strip()}),
        "most": MOST,
    }


def estimate_words(words: Mapping[str, str], formats: Formats) -> dict[str, str]:
    """The words of the calculator, and the patterns that it fills in."""
    names = ("cost", "hint", "error", "choose", "empty", "got", "own", "range")
    patterns = ("get", "get_most", "none", "equation", "rounded", *get_args(Outcome))
    return {
        **{name: words[name] for name in (*names, *patterns)},
        "entry": entry_unit(formats.money)[1] + words["unit"],
        "to": formats.range,
        "least": formats.money_bounds["min"],
    }


def choice_data(words: Mapping[str, str]) -> dict[str, Any]:
    """The bar that counts what was chosen for a comparison: its words, and how many records there may be."""
    most = comparison.MOST
    return {
        "most": most,
        "words": {
            **{name: words[name] for name in ("bar", "go", "clear")},
            "chosen": words["chosen"].format(n="{n}", most=most),
            "chosen_full": words["chosen_full"].format(most=most),
        },
    }
