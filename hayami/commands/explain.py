"""``explain``: what a code of a problem or a finding means."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from hayami import pipeline, problems
from hayami.audit.rules import RULES
from hayami.commands.options import Commands
from hayami.messages import MESSAGES
from hayami.problems import MessageLanguage

NAME = "explain"


def add(commands: Commands) -> None:
    """Declare the command."""
    command = commands.add_parser(NAME, help="explain the code of a problem, or a rule of the audit")
    command.add_argument(
        "code", nargs="?", help="such as missing-words or link-text-vague; without it, all are listed"
    )
    command.add_argument(
        "--lang-messages", choices=("ja", "en", "both"), default="both", help="language (default: both)"
    )


def run(parsed: argparse.Namespace) -> int:
    """Run the command; returns the exit status."""
    code: str | None = parsed.code
    language: MessageLanguage = parsed.lang_messages
    if code is None:
        _list(language)
    elif code in MESSAGES or code in RULES:
        # The two say the same where they share a code, one of a file of the content, one of a page.
        if code in MESSAGES:
            message = MESSAGES[code]
            _tell(code, message.severity, (message.text, message.cure, message.why), language)
            _example(pipeline.PROJECT / "tests" / "cases" / code)
        if code in RULES:
            rule = RULES[code]
            _tell(code, rule.severity, (rule.text, rule.cure), language)
            if rule.criterion is not None:
                print(f"  {rule.criterion}")
    else:
        near = problems.nearest(code, [*MESSAGES, *RULES])
        hint = f" もしかして / Did you mean: {', '.join(near)}?" if near else ""
        print(
            f"「{code}」というコードはありません（explain だけで一覧が見られます）。/ There is no code {code!r}; explain alone lists them.{hint}",
            file=sys.stderr,
        )
        return 1
    return 0


def _list(language: MessageLanguage) -> None:
    texts = {name: one.text for name, one in sorted(MESSAGES.items())}
    texts |= {name: one.text for name, one in sorted(RULES.items())}
    for name, text in texts.items():
        said = _chosen(text, language)
        print(f"{name:26}{said[0]}", *(f"{'':26}{one}" for one in said[1:]), sep="\n")


def _chosen(text: Mapping[str, str], language: MessageLanguage) -> list[str]:
    return [text[one] for one in ("ja", "en") if language in (one, "both")]


def _tell(code: str, severity: str, parts: Iterable[Mapping[str, str]], language: MessageLanguage) -> None:
    print(f"{severity}[{code}]")
    for part in parts:
        for one in _chosen(part, language):
            print(f"  {one}")


def _example(folder: Path) -> None:
    if folder.is_dir():
        print(f"  例 / Example: {pipeline.shown_path(folder)}/")
