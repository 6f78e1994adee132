"""What every printed sheet says at its foot: which site this is, how old its figures are, and which sheet of how many.

A browser prints boxes in the margins of a sheet, but only with words that stand in the style sheet. The words are the
site's own, so the build writes a small sheet for each language.
"""

from __future__ import annotations

import re

from hayami.model import Site


def files(site: Site) -> dict[str, bytes]:
    """A style sheet for paper for each language, by its path among the assets."""
    settings = site.settings
    found = {}
    for tongue in site.tongues.values():
        unofficial = tongue.interface["preview"]["unofficial"].format(
            date=tongue.formatter.day(settings.as_of)
        )
        said = tongue.interface["paper"]["foot"].format(
            title=settings.title[tongue.code], unofficial=unofficial
        )
        found[f"css/paper.{tongue.code}.css"] = (
            # In a layer, so that browsers which do not know layers leave it out with all the rest.
            "@layer utilities {\n@page {\n"
            f"  @bottom-left {{ width: 80%; font-size: 9pt; text-align: start; white-space: nowrap; content: {quoted(said)}; }}\n"
            '  @bottom-right { font-size: 9pt; content: counter(page) " / " counter(pages); }\n'
            "}\n}\n"
        ).encode()
    return found


def quoted(text: str) -> str:
    r"""A text as a string of CSS.

    >>> print(quoted('a "b" \\ c'))
    "a \22 b\22  \5c  c"
    """
    return '"' + re.sub(r'["\\\n<]', lambda sign: f"\\{ord(sign[0]):x} ", text) + '"'
