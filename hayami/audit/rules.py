"""All rules by their id, and the modules that check pages."""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from hayami.audit import link_rules
from hayami.audit.pages import (
    aria,
    conformance,
    controls,
    fakes,
    hyperlinks,
    language,
    pictures,
    structure,
    styles,
    terms,
)
from hayami.audit.rule import Rule

PAGE_RULES: tuple[ModuleType, ...] = (
    aria,
    conformance,
    controls,
    fakes,
    hyperlinks,
    language,
    pictures,
    structure,
    terms,
)
"""Modules with ``RULES`` and ``check(document, report)``."""

RULES: Mapping[str, Rule] = {
    one.id: one
    for one in (
        *link_rules.RULES,
        *(one for module in PAGE_RULES for one in module.RULES),
        # Those on styles need the sheets as well.
        *styles.RULES,
    )
}
