"""Findings as text, as JSON, and as marks in a pull request."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal

from hayami.audit.rules import RULES
from hayami.audit.site import Finding
from hayami.problems import MessageLanguage, visible

_Language = Literal["ja", "en"]


def _languages(language: MessageLanguage) -> Sequence[_Language]:
    return ("ja", "en") if language == "both" else (language,)


def _fill(words: str, finding: Finding) -> str:
    # Not str.format: what a page says may hold braces.
    parts = words.split("{target}")
    return finding.target.join(part.replace("{detail}", finding.detail) for part in parts)


def message(finding: Finding, language: MessageLanguage = "both") -> str:
    """What is wrong, on one line."""
    text = RULES[finding.rule].text
    return visible(" / ".join(_fill(text[one], finding) for one in _languages(language)))


def cure(finding: Finding, language: _Language) -> str:
    """What to do about it, with the nearest targets that exist."""
    text = _fill(RULES[finding.rule].cure[language], finding)
    if finding.near and language == "ja":
        text += " もしかして: " + "、".join(f"「{one}」" for one in finding.near)
    elif finding.near:
        text += " Did you mean " + " or ".join(f'"{one}"' for one in finding.near) + "?"
    return visible(text)


def as_text(finding: Finding, language: MessageLanguage = "both") -> str:
    """``file:line:col: error[rule] message``, with the cures on lines of their own."""
    rule = RULES[finding.rule]
    first, *others = (visible(_fill(rule.text[one], finding)) for one in _languages(language))
    place = f"{visible(finding.file)}:{finding.line}:{finding.column}"
    lines = [f"{place}: {rule.severity}[{rule.id}] {first}", *(f"    {one}" for one in others)]
    lines += [f"    → {cure(finding, one)}" for one in _languages(language)]
    return "\n".join(lines)


def as_github(finding: Finding, language: MessageLanguage = "both") -> str:
    """A workflow command that marks the line in a pull request."""
    rule = RULES[finding.rule]
    cures = [cure(finding, one) for one in _languages(language)]
    body = " / ".join([message(finding, language), *cures]).replace("%", "%25")
    file = visible(finding.file).replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    place = f"file={file},line={finding.line},col={finding.column}"
    return f"::{rule.severity} {place},title={rule.severity}[{rule.id}]::{body}"


def as_json(findings: Sequence[Finding], language: MessageLanguage = "both") -> str:
    """All findings as a list."""
    rows = []
    for one in findings:
        rule = RULES[one.rule]
        rows.append(
            {
                "file": one.file,
                "line": one.line,
                "col": one.column,
                "rule": rule.id,
                "kind": rule.kind,
                "severity": rule.severity,
                "criterion": rule.criterion,
                "message": message(one, language),
                "target": one.target,
            }
        )
    text = json.dumps(rows, ensure_ascii=False, indent=1)
    # Names of files that are no text are kept as escapes, which are JSON all the same.
    return text.encode("utf-8", "backslashreplace").decode("utf-8")
