"""A comparison of two states of the catalogue as a summary to read: plain text, or Markdown for a pull request."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from hayami import pages
from hayami.addresses import Addresses
from hayami.differences import Change, Comparison, RecordChange, Rewording, Said, SiteChange, told
from hayami.model import Site
from hayami.problems import Problem

MAX_SUMMARY = 1024 * 1024
"""Largest summary of a job that GitHub takes, in bytes."""

_SHOWN_PAGES = 20
"""Pages that are listed at once; the rest is only counted, or folded away."""


@dataclass(frozen=True)
class Summary:
    """What a report tells, gathered by the command."""

    comparison: Comparison
    site: Site
    """The newer state, for words of the interface and names of pages."""
    pages: tuple[tuple[Said, str], ...]
    """Pages that change: title in each language, address."""
    stale: tuple[Problem, ...]
    """Translations that are out of date now."""

    def t(self, name: str, **values: object) -> Said:
        """Words of the interface in each language."""
        return {
            code: self.site.tongues[code].interface["differences"][name].format(**values)
            for code in self.comparison.languages
        }

    @property
    def sheets(self) -> tuple[RecordChange, ...]:
        """Records whose printed sheet is no longer what it was; one that is gone has none to print."""
        return tuple(one for one in self.comparison.records if not one.unnoticed and one.state != "removed")


def titled_pages(
    old: Site, new: Site, files: Iterable[str], languages: Sequence[str]
) -> tuple[tuple[Said, str], ...]:
    """Titles and addresses of the pages that some files hold; languages of one page stand together.

    A page that is gone has the title that it had.
    """
    addresses = Addresses(new.settings.primary)
    titles = {(page.key, page.language): page.title for site in (old, new) for page in pages.plan(site)[0]}
    key_of = {addresses.file(key, code): key for key, code in titles}
    keys = dict.fromkeys(key_of[file] for file in files if file in key_of)
    return tuple(
        (
            {
                code: titles.get((key, code), titles.get((key, new.settings.primary), key))
                for code in languages
            },
            addresses.folder(key, new.settings.primary) or "./",
        )
        for key in keys
    )


def joined(words: Said) -> str:
    """All languages in one line; what they share stands once.

    >>> joined({"ja": "上限額 100万円", "en": "Cap ¥1 million"})
    '上限額 100万円 / Cap ¥1 million'
    """
    return " / ".join(dict.fromkeys(words.values()))


class _Form:
    """How lines are marked; plain text marks nothing."""

    def heading(self, text: str) -> str:
        return f"\n{text}"

    def strong(self, text: str) -> str:
        return text

    def code(self, text: str) -> str:
        return text

    def plain(self, text: str) -> str:
        return " ".join(text.split())

    def folded(self, title: str, lines: Sequence[str]) -> list[str]:
        rest = [f"  … (+{len(lines) - _SHOWN_PAGES})"] if len(lines) > _SHOWN_PAGES else []
        return [self.heading(title), *lines[:_SHOWN_PAGES], *rest]


class _Markdown(_Form):
    def heading(self, text: str) -> str:
        return f"\n## {text}\n"

    def strong(self, text: str) -> str:
        return f"**{text}**"

    def code(self, text: str) -> str:
        fence = "``" if "`" in text else "`"
        return f"{fence}{text}{fence}"

    def plain(self, text: str) -> str:
        """Text that Markdown and HTML leave as it is, whoever wrote it."""
        return re.sub(r"([\\`*_{}\[\]<>#|~@])", r"\\\1", " ".join(text.split())).replace("&", "&amp;")

    def folded(self, title: str, lines: Sequence[str]) -> list[str]:
        return [f"\n<details><summary>{title}</summary>\n", *lines, "\n</details>"]


def written(summary: Summary, markdown: bool) -> str:
    """The whole report; ends with a line break."""
    form = _Markdown() if markdown else _Form()
    title = joined(summary.t("title"))
    lines = [f"# {title}\n" if markdown else title]
    comparison = summary.comparison
    if comparison.empty and not summary.pages:
        lines.append(joined(summary.t("none")))
    else:
        counts = {
            "records": len(comparison.records),
            "figures": len(comparison.figures),
            "pages": len(summary.pages),
        }
        lines.append(joined(summary.t("count", **counts)))
        for state in ("changed", "renamed", "added", "removed"):
            lines += _records(summary, form, state)
        for name, found in (
            ("settings", comparison.site),
            ("vocabulary", comparison.vocabulary),
            ("prose", comparison.prose),
        ):
            lines += _site_changes(summary, form, name, found)
    lines += _stale(summary, form)
    lines += _pages(summary, form)
    return "\n".join(lines) + "\n"


def cut_to(text: str, limit: int) -> str:
    """A text of at most ``limit`` bytes, cut at the end of a line."""
    if len(text.encode()) <= limit:
        return text
    kept = text.encode()[: limit - 8].decode("utf-8", "ignore")
    return kept[: kept.rfind("\n") + 1] + "…\n"


def _records(summary: Summary, form: _Form, state: str) -> Iterator[str]:
    found = summary.comparison.in_state(state)
    if not found:
        return
    # Records with another address are changed ones as well, and say so.
    if state != "renamed" or not summary.comparison.in_state("changed"):
        yield form.heading(joined(summary.t("changed" if state == "renamed" else state)))
    for one in found:
        source = ""
        if one.pages:
            source = " — " + joined(summary.t("source", pages=", ".join(f"p{page}" for page in one.pages)))
        yield f"- {form.strong(form.plain(joined(one.name)))} ({form.code(pages.key_of(one.ref))}){source}"
        yield from (f"  - {line}" for line in _record(summary, form, one))


def _record(summary: Summary, form: _Form, one: RecordChange) -> Iterator[str]:
    if one.state == "renamed" and one.old is not None:
        addresses = {"old": pages.key_of(one.old), "new": pages.key_of(one.ref)}
        yield form.plain(joined(summary.t("renamed", **addresses)))
    if one.state == "removed":
        yield form.strong(joined(summary.t("removed_note")))
    if one.unnoticed:
        yield joined(summary.t("unseen"))
    for change in one.changes:
        yield _change(summary, form, change)
    for rewording in one.rewordings:
        yield _rewording(summary, form, rewording)


def _change(summary: Summary, form: _Form, change: Change) -> str:
    if change.kind == "evidence":
        ends = [None if side is None else next(iter(side.values())) for side in (change.old, change.new)]
        nothing = joined(summary.t("nothing"))
        old, new = (form.code(end) if end else nothing for end in ends)
        return f"{joined(summary.t('evidence'))}: {form.plain(joined(change.label))}: {old} → {new}"
    lines = {code: told(summary.site.tongues[code], change, code) for code in summary.comparison.languages}
    text = form.plain(joined(lines))
    return form.strong(text) if change.kind == "figure" else text


def _rewording(summary: Summary, form: _Form, one: Rewording) -> str:
    nothing = joined(summary.t("nothing"))
    old, new = (nothing if side is None else _quoted(form, side) for side in (one.old, one.new))
    language = summary.site.tongues[one.language].name
    return f"{joined(summary.t('word'))} ({language}) {form.plain(joined(one.part))}: {old} → {new}"


def _quoted(form: _Form, text: str) -> str:
    return f"“{form.plain(text)}”"


def _site_changes(summary: Summary, form: _Form, name: str, found: Sequence[SiteChange]) -> Iterator[str]:
    if not found:
        return
    yield form.heading(joined(summary.t(name)))
    for one in found:
        if one.old == one.new:
            title = f" {form.plain(joined(one.new))}" if one.new else ""
            yield f"- {form.code(joined(one.label))}{title}: {joined(summary.t('rewritten'))}"
        else:
            lines = {
                code: told(summary.site.tongues[code], one, code) for code in summary.comparison.languages
            }
            yield f"- {form.plain(joined(lines))}"


def _stale(summary: Summary, form: _Form) -> Iterator[str]:
    if summary.stale:
        yield form.heading(joined(summary.t("stale")))
        yield from (f"- {form.code(str(one.place))}" for one in summary.stale)


def _pages(summary: Summary, form: _Form) -> Iterator[str]:
    if summary.sheets:
        yield form.heading(joined(summary.t("sheets")))
        yield from (f"- {form.plain(joined(one.name))}" for one in summary.sheets)
    if summary.pages:
        lines = [f"- {form.plain(joined(title))} ({form.code(place)})" for title, place in summary.pages]
        yield from form.folded(joined(summary.t("pages", n=len(lines))), lines)
