"""Findings that may stand for a while, as a file declares them."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Sequence

from hayami.audit.site import Finding
from hayami.schema.waivers import Waiver


def waived(found: Iterable[Finding], waivers: Sequence[Waiver]) -> tuple[list[Finding], list[int]]:
    """Findings that no waiver covers, and the numbers of the waivers that cover none."""
    kept: list[Finding] = []
    used: set[int] = set()
    for one in found:
        covering = [index for index, waiver in enumerate(waivers) if _covers(waiver, one)]
        used.update(covering)
        if not covering:
            kept.append(one)
    return kept, [index for index in range(len(waivers)) if index not in used]


def _covers(waiver: Waiver, finding: Finding) -> bool:
    return (
        waiver.rule == finding.rule
        and fnmatch.fnmatchcase(finding.file, waiver.file)
        and waiver.target in (None, finding.target)
    )
