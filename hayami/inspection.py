"""The audit of what a build made, before anything is published: findings as problems of their authors.

A finding is traced to the content or the template where that can be told, else it names the page. Those that
``waivers.yaml`` waives are left out, and a waiver that nothing needs is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from hayami import load, tracing
from hayami.audit import report
from hayami.audit.address import Site as Stand
from hayami.audit.rules import RULES
from hayami.audit.run import audit_files
from hayami.audit.site import Finding, Memory
from hayami.audit.waivers import waived
from hayami.checks.waivers import unneeded
from hayami.problems import Place, Problem, Severity
from hayami.validate import Typed

PLACE = "site/"
"""How messages name the site, wherever it is built to."""


@dataclass(frozen=True, slots=True)
class PageProblem(Problem):
    """A finding in a finished page. Its code is the rule, whose words it speaks."""

    finding: Finding | None = None
    pages: int = 1
    """On how many pages the same stands."""

    @property
    def severity(self) -> Severity:
        """``error`` stops the build; ``warning`` does not."""
        return RULES[self.code].severity

    def message(self, language: Literal["ja", "en"]) -> str:
        """What is wrong, and on which page where the place is another."""
        assert self.finding is not None
        said = report.message(self.finding, language)
        where = (
            [] if self.place.file.startswith(PLACE) else [f"{PLACE}{self.finding.file}:{self.finding.line}"]
        )
        if self.pages > 1:
            more = self.pages - 1
            where.append({"ja": f"ほか{more}ページ", "en": f"{more} more page{'s' * (more > 1)}"}[language])
        return said + (f" ({', '.join(where)})" if where else "")

    def cure(self, language: Literal["ja", "en"]) -> str:
        """What to do about it, in one language."""
        assert self.finding is not None
        return report.cure(self.finding, language)


def inspect(
    files: Mapping[str, bytes],
    base_url: str | None,
    waivers: Typed | None,
    authors: Authors,
    memory: Memory | None = None,
) -> tuple[Problem, ...]:
    """What is wrong with the files of a site that will stand at ``base_url``, less what is waived."""
    stand = Stand() if base_url is None else Stand(base_url, urlsplit(base_url).path)
    found = audit_files(files, stand, memory)
    kept, unused = waived(found, waivers.value.waivers if waivers is not None else ())
    # What a template does wrong, it does on many pages; its author needs to be told once.
    alike: dict[tuple[Place | None, str, str], list[Finding]] = {}
    for one in kept:
        traced = authors.place(one, files.get(one.file, b""))
        alike.setdefault((traced, one.rule, one.target), []).append(one)
    problems: list[Problem] = []
    for (traced, rule, target), some in alike.items():
        first = some[0]
        place = traced or Place(PLACE + first.file, first.line, first.column)
        pages = len({one.file for one in some})
        problems.append(PageProblem(place, rule, {"target": target}, finding=first, pages=pages))
    if waivers is not None:
        problems += unneeded(waivers, unused)
    return tuple(problems)


@dataclass(frozen=True)
class Authors:
    """Who wrote what: the folders from which pages are made."""

    content: Path
    templates: Path
    languages: Sequence[str]
    primary: str
    shown: Callable[[Path], str]
    """A path as messages print it."""
    _read: dict[str, tuple[tracing.Written, ...]] = field(default_factory=dict)

    def place(self, finding: Finding, page: bytes) -> Place | None:
        """The line of an author that led to a finding; None where it cannot be told."""
        text = page.decode("utf-8", "replace")
        targets = [finding.target, finding.detail]
        return tracing.trace(text, finding.line, finding.column, targets, self._sources(finding.file))

    def _sources(self, file: str) -> tracing.Sources:
        content, file = self._catalogue(file)
        first, _, rest = file.partition("/")
        language, key = (first, rest) if first in self.languages else (self.primary, file)
        folder = key.rpartition("/")[0]
        places = [content / folder, content / "pages" / folder] if folder else []
        mine = [path for place in places for path in (place / "record.yaml", place / f"{language}.md")]
        return tracing.Sources(
            tracing.read(mine, self.shown), self._words(content, language), self._templates()
        )

    def _catalogue(self, file: str) -> tuple[Path, str]:
        """The content from which a page is made, that of now or of a year that is over; and its name in that."""
        first, _, rest = file.partition("/")
        kept = self.content / load.PAST / first.removeprefix("fy")
        return (kept, rest) if first.startswith("fy") and kept.is_dir() else (self.content, file)

    def _words(self, content: Path, language: str) -> tuple[tracing.Written, ...]:
        return self._once(
            f"{content}:{language}",
            lambda: (
                *content.glob(f"*/*/{language}.md"),
                content / "strings" / f"{language}.yaml",
                *content.glob("*.yaml"),
                self.templates / "strings" / f"{language}.yaml",
            ),
        )

    def _templates(self) -> tuple[tracing.Written, ...]:
        return self._once("", lambda: self.templates.rglob("*.html"))

    def _once(self, name: str, paths: Callable[[], Iterable[Path]]) -> tuple[tracing.Written, ...]:
        """Files are read when the first finding needs them, and never for a sound site."""
        if name not in self._read:
            self._read[name] = tracing.read(paths(), self.shown)
        return self._read[name]


def faulty(found: Iterable[Problem]) -> frozenset[str]:
    """The pages in which there are errors, by the names of their files."""
    return frozenset(
        one.finding.file
        for one in found
        if isinstance(one, PageProblem) and one.finding is not None and one.severity == "error"
    )
