"""Step 5, render: pages become HTML in memory. Same input, same bytes.

Templates see frozen values and a few functions bound to one page; an unknown name in a template is an
error, never an empty string. This is the only module that knows Jinja.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

import jinja2
from markupsafe import Markup, escape

from hayami import (
    booklet,
    columns,
    comparison,
    differences,
    editions,
    estimate,
    facets,
    feeds,
    formats,
    health,
    language_runs,
    manifest,
    markdown,
    pages,
    pictures,
    places,
    qr,
    script_data,
    structured_data,
    styleguide,
    term_links,
    text,
    tokens,
    unstyled,
    weights,
)
from hayami.addresses import Addresses
from hayami.assets import Assets, without_comments
from hayami.model import Item, Prose, Site, Tongue, body_name, body_short, is_closed, plain_name, said
from hayami.open_data import national, records, sheet
from hayami.open_data.dcat import Download
from hayami.pages import Page, Redirect
from hayami.schema.changes import Change
from hayami.schema.figures import Figure
from hayami.schema.record import MONEY_KINDS, Contact, Fact, Notice, Staff
from hayami.schema.scalars import PartialDate, Ref, SourceRef
from hayami.schema.waivers import Waiver
from hayami.schema.walk import walk
from hayami.schema.words import Label, TermText
from hayami.search import documents

ONLY_NOW = frozenset(
    {"search", "compare", "offline", "changes", "years", "accessibility", "data", "health", booklet.KEY}
)
"""Pages that a year that is over has not: what they say is of now, or of all years."""


def environment(templates: Path) -> jinja2.Environment:
    """A Jinja environment that escapes everything and forgives nothing."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        # Each build has an environment of its own; within one no template changes.
        auto_reload=False,
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )


@dataclass(frozen=True)
class Printed:
    """One PDF of this build, as pages tell of it."""

    path: str
    language: str
    form: str
    """``a4``, ``a5``, ``imposed``, ``large``, ``poster``, ``purpose``, or ``sheet`` for that of one record."""
    pages: int
    bytes: int
    anchor: str = ""
    """Of a sheet: the anchor of its record in the booklet; of a purpose: that of its opening."""

    @property
    def megabytes(self) -> Decimal:
        """Its size, rounded; a small file is not 0."""
        size = Decimal(self.bytes) / 1_000_000
        return round(size, 1 if self.bytes >= 500_000 else 2)


@dataclass(frozen=True)
class Renderer:
    """Everything that pages of one build share."""

    site: Site
    addresses: Addresses
    assets: Assets
    environment: jinja2.Environment
    previews: Mapping[str, pictures.Picture] = field(default_factory=dict)
    """Language → the picture that other sites show beside a link."""
    printed: tuple[Printed, ...] = ()
    """PDFs of this build; pages link no others."""
    with_styleguide: bool = False
    downloads: Sequence[Download] = ()
    """The data files that the page of the data tells of."""
    present: Site | None = None
    """For pages of a year that is over: the catalogue of now."""
    policy: str | None = None
    """What a browser may load, for ``Content-Security-Policy``; None says nothing of it."""

    @cached_property
    def design(self) -> tokens.Tokens:
        """The design tokens of the style sheets."""
        return tokens.read(self.assets.sources[tokens.SHEET].decode())

    def site_files(self) -> Iterator[tuple[str, bytes]]:
        """Every file of the site: (path, content), in a fixed order."""
        planned, redirects = pages.plan(self.site)
        planned = (*planned, *booklet.pages_of(self.site, bool(self.printed)), *editions.pages_of(self.site))
        for page in planned:
            yield self.addresses.file(page.key, page.language), self.page(page)
        yield from self.comparisons(planned)
        if self.site.settings.offline:
            for tongue in self.site.tongues.values():
                lost = pages.unreachable(self.site, tongue)
                yield self.addresses.file(lost.key, lost.language), self.page(lost)
        if self.with_styleguide:
            for tongue in self.site.tongues.values():
                guide = styleguide.page(self.site, tongue, self.design)
                yield self.addresses.file(guide.key, guide.language), self.page(guide)
        for redirect in redirects:
            yield self.addresses.file(redirect.key, redirect.language), self.redirect(redirect)
        yield from self.plain_files(planned)
        for feed in self.followed.values():
            yield feeds.path(self.addresses, feed.key, feed.language), self.feed(feed)
        for tongue in self.site.tongues.values():
            yield manifest.path(self.addresses, tongue.code), self.manifest(tongue)
        for language, picture in self.shown_previews.items():
            yield f"{pictures.FOLDER}/{pictures.preview_name(language)}", picture.content
        folder = self.assets.folder
        for name, content in self.assets.files.items():
            yield f"{folder}/{name}", content

    def past_files(self) -> dict[str, bytes]:
        """Pages of a year that is over, with what they load. What serves the whole site is that of now."""
        files = {
            self.addresses.file(page.key, page.language): self.page(page)
            for page in pages.plan(self.site)[0]
            if page.key.partition("/")[0] not in ONLY_NOW
        }
        return files | {
            f"{self.assets.folder}/{name}": content for name, content in self.assets.files.items()
        }

    @cached_property
    def now(self) -> Addresses:
        """Addresses of the catalogue of now."""
        return replace(self.addresses, prefix="")

    @cached_property
    def keys_now(self) -> frozenset[str]:
        """Keys of its pages."""
        if self.present is None:
            return frozenset()
        planned = {page.key for page in pages.plan(self.present)[0]}
        return frozenset({*planned, booklet.KEY, "health"})

    def page(self, page: Page) -> bytes:
        """HTML of one page."""
        here = self.addresses.folder(page.key, page.language)
        kind = BookletView if page.key == booklet.KEY else View
        view = kind(self, self.site.tongues[page.language], here, page)
        written = self.environment.get_template(page.template).render(view.context())
        written = self.languages.marked(written, page.language)
        # Lists have no running text; there a link within a cell would only be in the way.
        if page.item is not None or page.template == "pages/prose.html":
            written = term_links.linked(
                written,
                self.forms[page.language],
                lambda slug: self.addresses.link(here, "glossary", page.language, slug),
                page.language,
            )
        return _encoded(unstyled.plain(written))

    def document(self, language: str, title: str, poster: bool, numbered: bool) -> str:
        """The booklet of one language, or its table as a poster, as HTML of its own, from which a PDF is set.

        ``numbered`` writes page numbers out, which a form that runs on leaves to its style sheet; the openings of the
        small booklets, which name them, follow the last sheet.
        """
        page = booklet.page(self.site, self.site.tongues[language])
        view = BookletView(self, self.site.tongues[language], "", page, numbered=numbered)
        template = self.environment.get_template("booklet/document.html")
        written = template.render({**view.context(), "poster": poster, "title": title, "openings": numbered})
        return _encoded(self.languages.marked(written, language)).decode()

    def comparisons(self, planned: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
        """The cells of every record that can be compared, a file for each, beside the page that compares."""
        for page in planned:
            if page.key != "compare":
                continue
            here = self.addresses.folder(page.key, page.language)
            view = View(self, self.site.tongues[page.language], here, page)
            macros = vars(self.environment.get_template("parts/comparison.html").make_module(view.context()))

            def written(name: str, *given: object, macros: Mapping[str, Any] = macros) -> str:
                return " ".join(unstyled.plain(str(macros[name](*given))).split())

            for item in self.site.select(comparison.comparable):
                cells = {row: written("cell", row, item) for row in comparison.ROWS}
                data = {"cells": cells, "head": written("head", item), "name": view.short(item)}
                dumped = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
                yield here + comparison.name_of(item.ref), dumped.encode() + b"\n"

    def data_pages(self) -> Iterator[tuple[str, bytes]]:
        """The page of the data in each language."""
        for tongue in self.site.tongues.values():
            page = pages.data(self.site, tongue)
            yield self.addresses.file(page.key, page.language), self.page(page)

    def health_pages(
        self, published: Mapping[str, bytes], waivers: Sequence[Waiver]
    ) -> Iterator[tuple[str, bytes]]:
        """The state of the catalogue, and the weight of the pages that were published."""
        records = [
            self.addresses.file(pages.key_of(ref), code)
            for ref in self.site.items
            for code in self.site.tongues
        ]
        report = health.report(self.site, waivers, weights.first_loads(published, records))
        for tongue in self.site.tongues.values():
            page = pages.health(self.site, tongue, report=report, few=health.FEW, limit=health.LIMIT)
            yield self.addresses.file(page.key, page.language), self.page(page)

    def preview(self, language: str) -> pictures.Drawing:
        """What the preview picture of one language is drawn from."""
        title = self.site.settings.title[language]
        view = View(
            self, self.site.tongues[language], "", Page("", language, "pictures/preview.html", title, "")
        )
        context = {**view.context(), "tokens": self.design}
        source = _encoded(self.environment.get_template(view.page.template).render(context)).decode()
        return pictures.Drawing(pictures.preview_name(language), *pictures.PREVIEW_SIZE, source)

    def picture(self, name: str, **values: object) -> str:
        """What a picture of the generator's own is drawn from."""
        template = self.environment.get_template(f"pictures/{name}")
        return _encoded(template.render(tokens=self.design, **values)).decode()

    @property
    def shown_previews(self) -> Mapping[str, pictures.Picture]:
        """Previews that pages name: only an absolute address leads other sites to them."""
        return self.previews if self.addresses.base_url is not None else {}

    def manifest(self, tongue: Tongue) -> bytes:
        """The web manifest of one language."""
        folder = self.assets.folder
        data = manifest.of_language(self.site, tongue, self.addresses, self.design, folder)
        return _encoded(manifest.written(data))

    @cached_property
    def followed(self) -> Mapping[tuple[str, str], feeds.Feed]:
        """Key of a page and language → the feed of what changes there; none without a place for the site."""
        if self.addresses.base_url is None or self.addresses.portable:
            return {}
        return {(one.key, one.language): one for one in feeds.feeds(self.site)}

    def feed(self, feed: feeds.Feed) -> bytes:
        """One feed as Atom."""
        site, addresses, tongue = self.site, self.addresses, self.site.tongues[feed.language]
        words = tongue.interface["changes"]
        page = str(addresses.absolute(feeds.ALL, tongue.code))
        entries = []
        for change in feed.changes:
            names = [site.items[ref].words[tongue.code].short_name for ref in change.records]
            which = tongue.formatter.listed(names) if names else words["all"]
            entries.append(
                {
                    "title": f"{words[f'kind_{change.kind}']}{tongue.interface['figures']['slash']}{which}",
                    "id": feeds.identity(
                        site, addresses, f"{addresses.folder(feeds.ALL, tongue.code)}{change.id}"
                    ),
                    "day": change.date.isoformat(),
                    "page": f"{page}#{change.id}",
                    "text": tongue.changes[change.id],
                }
            )
        path = feeds.path(addresses, feed.key, tongue.code)
        template = self.environment.get_template("plain/feed.xml")
        return _encoded(
            template.render(
                lang=tongue.code,
                feed=feed,
                id=feeds.identity(site, addresses, path),
                author=site.settings.publisher[tongue.code],
                own=addresses.absolute_file(path),
                page=addresses.absolute(feed.key, tongue.code),
                entries=entries,
            )
        )

    @cached_property
    def languages(self) -> language_runs.Languages:
        """The languages of the site and of its source, to be told apart within a page."""
        quoted = self.site.source.language
        return language_runs.Languages(
            ({quoted: quoted.replace("-", "_")} if quoted else {})
            | {one.code: one.locale for one in self.site.tongues.values()}
        )

    @cached_property
    def forms(self) -> Mapping[str, term_links.Forms]:
        """Language → spellings of the terms of the glossary."""
        found = {}
        for code in self.site.tongues:
            pairs = []
            for term in self.site.terms():
                words = term.words[code]
                assert isinstance(words, TermText)
                pairs += [(one, term.slug) for one in (words.term, *words.forms)]
            found[code] = term_links.Forms.of(pairs)
        return found

    def worker(self, name: str, **values: object) -> bytes:
        """The worker of the site, told what it needs to know of the build."""
        template = self.environment.get_template(f"worker/{name}")
        return _encoded(without_comments(template.render(values)))

    def redirect(self, redirect: Redirect) -> bytes:
        """HTML of a page that leads on at once."""
        here = self.addresses.folder(redirect.key, redirect.language)
        tongue = self.site.tongues[redirect.language]
        template = self.environment.get_template("plain/redirect.html")
        return _encoded(
            template.render(
                lang=tongue.code,
                target=self.addresses.link(here, redirect.target, tongue.code),
                canonical=self.addresses.absolute(redirect.target, tongue.code),
                title=tongue.interface["redirect"]["title"],
                text=tongue.interface["redirect"]["text"],
            )
        )

    def plain_files(self, planned: Sequence[Page]) -> Iterator[tuple[str, bytes]]:
        """Files that belong to no language: the page for missing addresses, robots, the sitemap."""
        primary = self.site.primary
        page = Page("404.html", primary.code, "pages/404.html", primary.interface["missing"]["title"], "")
        view = View(self, primary, "", page, root=self.addresses.root_path)
        written = self.environment.get_template(page.template).render(view.context())
        yield "404.html", _encoded(unstyled.plain(written))
        sitemap = self.addresses.absolute_file("sitemap.xml")
        robots = self.environment.get_template("plain/robots.txt").render(sitemap=sitemap)
        yield "robots.txt", _encoded(robots)
        if sitemap is not None:
            template = self.environment.get_template("plain/sitemap.xml")
            by_key: dict[str, list[Page]] = {}
            for one in filter(lambda page: page.listed, planned):
                by_key.setdefault(one.key, []).append(one)
            xml = template.render(
                groups=by_key.values(),
                absolute=self.addresses.absolute,
                primary=primary.code,
                modified=self.site.settings.as_of.isoformat(),
            )
            yield "sitemap.xml", _encoded(xml)
        if self.policy is not None:
            headers = self.environment.get_template("plain/headers.txt").render(policy=self.policy)
            yield "_headers", _encoded(headers)
        # Hosts that run Jekyll would drop files that start with an underscore or dot.
        yield ".nojekyll", b""


_FIGURES = {
    "amounts": "cap",
    "rates": "rate",
    "periods": "period",
    "scale": "scale",
    "floor": "floor",
    "fees": "fee",
}
"""Part of an offer → name of its figures among the words."""


def _moved(site: Site, ref: Ref) -> Ref:
    """The record that a catalogue has under a name, or under one that it once had."""
    if ref in site.items:
        return ref
    return next(
        (
            one
            for one, item in site.items.items()
            if one.kind == ref.kind and ref.slug in item.record.former_slugs
        ),
        ref,
    )


def _top_rate(item: Item) -> float | None:
    """The highest share of the cost that an offer of a record pays; None where it states none."""
    shares = [rate.highest or rate.value for offer in item.money for rate in offer.rates]
    return max((round(float(one), 4) for one in shares if one is not None), default=None)


def _partly_placed(item: Item) -> bool:
    """Whether the source states only the town: a map could not find the place."""
    return any(one.what == "address" for one in item.record.unstated)


def _encoded(text_: str) -> bytes:
    lines = (line.rstrip() for line in text_.split("\n"))
    return ("\n".join(line for line in lines if line) + "\n").encode("utf-8")


@dataclass(frozen=True)
class View:
    """What the template of one page sees."""

    renderer: Renderer
    tongue: Tongue
    here: str
    page: Page
    root: str | None = None
    """For the page that is shown at any depth: links start with this path instead of being relative."""

    def context(self) -> dict[str, Any]:
        """Names of the template."""
        site = self.renderer.site
        return {
            **self.page.data,
            "page": self.page,
            "item": self.page.item,
            "site": site,
            "settings": site.settings,
            "lang": self.tongue.code,
            "tongue": self.tongue,
            "fmt": self.tongue.formatter,
            "languages": site.languages,
            "primary": site.settings.primary,
            "quoted": site.source.language or site.settings.primary,
            "manifest": manifest.path(self.renderer.now, self.code_now()),
            "past": self.renderer.present is not None,
            "portable": self.renderer.addresses.portable,
            "policy": self.renderer.policy,
            "money_kinds": MONEY_KINDS,
            "comparison": comparison,
            "fiscal_year": PartialDate(site.settings.fiscal_year, fiscal=True),
            "material_year": site.material_year,
            "help_desk": self.help_desk(),
            "help_contacts": self.contacts(self.help_desk()),
            "prose_links": self.prose_links(),
            "asked": self.asked(),
            "feeds": [one for one in self.renderer.followed.values() if one.language == self.tongue.code],
            "printed": self.renderer.printed,
            "edition_day": booklet.edition(site),
            **self.functions(),
        }

    def functions(self) -> dict[str, Callable[..., Any]]:
        """Functions of the template, bound to its page."""
        return {
            "t": self.t,
            "link": self.link,
            "link_to": self.link_to,
            "asset": self.asset,
            "has_asset": lambda name: name in self.renderer.assets.files,
            "file": self.file,
            "preview": self.preview,
            "colour": self.renderer.design.value,
            "twin": self.twin,
            "absolute": self.renderer.addresses.absolute,
            "name": self.name,
            "plain_name": self.plain_name,
            "short": self.short,
            "words": self.words,
            "label": self.label,
            "note": self.note,
            "say": self.say,
            "body_name": self.body_name,
            "body_short": self.body_short,
            "body_link": self.body_link,
            "markdown": self.markdown,
            "prose_body": self.prose_body,
            "term": self.tongue.term,
            "term_name": self.tongue.name_of,
            "term_short": self.tongue.short_of,
            "parts": formats.parts,
            "mark": self.mark,
            "item_of": self.item_of,
            "is_closed": is_closed,
            "marks": self.marks,
            "earlier": self.earlier,
            "link_now": self.link_now,
            "told_change": lambda change: differences.told(self.tongue, change, self.tongue.code),
            "link_past": self.link_past,
            "fiscal": lambda year: self.tongue.formatter.date(PartialDate(year, fiscal=True)),
            "json_ld": self.json_ld,
            "official": self.official,
            "entry_label": self.entry_label,
            "children": lambda item: [self.item_of(ref) for ref in item.children],
            "evidence": self.evidence,
            "contacts": self.contacts,
            "places_of": lambda item: places.of_page(self.renderer.site, item),
            "place_map": lambda shown: places.drawn(self.renderer.site, self.tongue, shown),
            "found_by": self.found_by,
            "partly_placed": _partly_placed,
            "related": self.related,
            "facets_of": self.facets_of,
            "data_of": self.data_of,
            "later_changes": self.later_changes,
            "amended_label": self.amended_label,
            "feed": self.feed,
            "feed_link": lambda one: self.file(feeds.path(self.renderer.addresses, one.key, one.language)),
            "facet_name": lambda facet, value: (
                self.body_short(value) if facet == "body" else pages.facet_name(self.tongue, facet, value)
            ),
            "top_rate": _top_rate,
            "not_searched": lambda: documents.LEFT_OUT,
            "searched": lambda: {
                one.code: "und" if language_runs.is_unspaced(one.locale) else one.code
                for one in self.renderer.site.tongues.values()
            },
            "same_people": self.same_people,
            "map_link": self.map_link,
            "report_link": self.report_link,
            **self.estimate_functions(),
            "purpose_count": lambda purpose: len(pages.for_purpose(self.renderer.site, purpose)),
            "fmt_quote": lambda words: self.tongue.interface["figures"]["quote"].format(x=words),
        }

    def estimate_functions(self) -> dict[str, Callable[..., Any]]:
        """Functions for the look-up table of costs, whose heads carry the figures of the calculator."""
        fmt = self.tongue.formatter
        sizes = {one.id: one.size for one in self.renderer.site.vocabulary.conditions}
        return {
            "estimates": lambda item: () if item.ended else estimate.branches(item.money, sizes),
            "estimate_of": estimate.estimate,
            "estimate_costs": estimate.costs,
            "estimate_alike": estimate.alike,
            "estimate_example": estimate.example,
            "sheet_of": self.sheet_of,
            "branch_data": lambda branch: script_data.branch_data(branch, fmt.share),
        }

    # --- words ---------------------------------------------------------------------------------
    def t(self, key: str, **values: object) -> str:
        """Words of the interface: ``part.name``, filled in; plain text, whatever fills them."""
        part, name = key.split(".")
        plain = {
            given: value.unescape() if isinstance(value, Markup) else value for given, value in values.items()
        }
        return self.tongue.interface[part][name].format(**plain)

    def words(self, item: Item) -> Any:
        """Words of a record in this language."""
        return item.words[self.tongue.code]

    def name(self, item: Item, language: str | None = None) -> Markup:
        """Official name, with the places where it may break."""
        pieces = item.words[language or self.tongue.code].name.split("|")
        return Markup("<wbr>").join(escape(piece) for piece in pieces)

    def plain_name(self, item: Item, language: str | None = None) -> str:
        """Official name as plain text."""
        return plain_name(item, language or self.tongue.code)

    def official(self, item: Item) -> Any:
        """Words of a record in the primary language, where its official name stands."""
        return item.words[self.renderer.site.settings.primary]

    def short(self, item: Item) -> str:
        """Name for lists."""
        return item.words[self.tongue.code].short_name

    def _label(self, item: Item, collection: str, entry: str) -> Label:
        found: Label = getattr(item.words[self.tongue.code], collection)[entry]
        return found

    def label(self, item: Item, collection: str, entry: str) -> Markup:
        """Words of one entry of a record."""
        return self.say(item, self._label(item, collection, entry).label)

    def note(self, item: Item, collection: str, entry: str) -> Markup | None:
        """The sentence more of one entry, or None."""
        found = self._label(item, collection, entry).note
        return None if found is None else self.say(item, found)

    def say(self, item: Item, words: str) -> Markup:
        """Words with the figures they name written out."""
        return escape(said(item, self.tongue, words))

    def _figure(self, item: Item, name: str) -> str:
        return str(escape(self.tongue.formatter.figure(item.figures[name])))

    def entry_label(self, item: Item, entry: str) -> Markup:
        """Words of an offer or of a class within one, whichever ``entry`` names."""
        collection = "offers" if entry in self.words(item).offers else "variants"
        return self.label(item, collection, entry)

    def evidence(self, item: Item) -> list[tuple[str, tuple[SourceRef, ...], bool]]:
        """Every figure of a record: how it is written, where the source states it, whether calculated.

        Facts whose words hold a number of their own (part of a name, say) count as well.
        """
        rows: list[tuple[str, tuple[SourceRef, ...], bool]] = []
        for visit in walk(item.record):
            if isinstance(visit.value, Fact) and visit.value.source:
                rows.append((self.label(item, "facts", visit.value.id), visit.value.source, False))
            elif isinstance(visit.value, Figure) and not isinstance(visit.value, Notice):
                written = self.tongue.formatter.figure(visit.value)
                rows.append((written, visit.value.source, visit.value.calculated is not None))
        return rows

    def found_by(self, item: Item) -> str:
        """Words by which a row of the table is found while typing: names in every language, readings."""
        pieces = []
        for words in item.words.values():
            pieces += [words.name, words.short_name, *words.known_as, words.reading or "", words.romaji or ""]
        folded = (unicodedata.normalize("NFKC", one.replace("|", "")).casefold() for one in pieces if one)
        return " ".join(dict.fromkeys(folded))

    def help_desk(self) -> Item | None:
        """The organisation whose telephone number stands on the home page."""
        desk = self.renderer.site.settings.help_desk
        return self.renderer.site.organisation(desk) if desk else None

    def contacts(self, item: Item | None) -> tuple[tuple[Item, Contact], ...]:
        """Desks to turn to: those of the record, or else those of the record that it is part of."""
        while item is not None and not item.record.contacts:
            item = self.item_of(item.record.parent) if item.record.parent is not None else None
        return tuple((item, contact) for contact in item.record.contacts) if item is not None else ()

    def sheet_of(self, item: Item) -> str | None:
        """Path of the PDF with the sheet of a record alone; None where this build makes none."""
        anchor = booklet.anchor(item.ref)
        for one in self.renderer.printed:
            if (one.form, one.language, one.anchor) == ("sheet", self.tongue.code, anchor):
                return one.path
        return None

    def asked(self) -> str | None:
        """Whom to ask for this year's terms: the bodies in charge of the record of the page."""
        if self.page.item is None:
            return None
        record = self.page.item.record
        roles = ("implements", "runs-part", "manages", "contact")
        names = [self.body_name(one.body) for one in record.bodies if one.role in roles]
        # An organisation that offers nothing itself is only a heading of the source over several.
        if not names and self.page.item.ref.kind == "organisations" and record.offers:
            names = [self.plain_name(self.page.item)]
        return self.tongue.formatter.one_of(dict.fromkeys(names)) or None

    def prose_links(self) -> list[tuple[str, str]]:
        """Key and title of the pages of prose, for the foot of every page."""
        return pages.prose_titles(self.renderer.site, self.tongue)

    # --- bodies --------------------------------------------------------------------------------
    def body_name(self, body: str) -> str:
        """Name of a body."""
        return body_name(self.renderer.site, self.tongue, body)

    def body_short(self, body: str) -> str:
        """Short name of a body."""
        return body_short(self.renderer.site, self.tongue, body)

    def body_link(self, body: str) -> str:
        """Address of a body: its record, or the list of what it does."""
        item = self.renderer.site.organisation(body)
        return self.link(f"bodies/{body}") if item is None else self.link_to(item.ref)

    # --- addresses -----------------------------------------------------------------------------
    def link(self, key: str, language: str | None = None, fragment: str = "") -> str:
        """Address of a page by its key."""
        code = language or self.tongue.code
        if self.renderer.present is not None and key.partition("/")[0] in ONLY_NOW:
            return self.renderer.now.link(
                self.here, key if key in self.renderer.keys_now else "", self.code_now()
            )
        if self.root is not None:
            return self.root + self.renderer.addresses.folder(key, code)
        return self.renderer.addresses.link(self.here, key, code, fragment)

    def code_now(self) -> str:
        """This language, or the primary one where the catalogue of now has it no more."""
        present = self.renderer.present or self.renderer.site
        return self.tongue.code if self.tongue.code in present.tongues else present.settings.primary

    def link_now(self) -> tuple[str, bool]:
        """Where a page of a year that is over leads: (address, whether it is the same page of now)."""
        assert self.renderer.present is not None
        key = self.page.key
        if self.page.item is not None:
            key = pages.key_of(_moved(self.renderer.present, self.page.item.ref))
        same = key in self.renderer.keys_now
        return self.renderer.now.link(self.here, key if same else "", self.code_now()), same

    def earlier(self, item: Item) -> list[tuple[str, PartialDate]]:
        """Pages of a record in years that are over, the newest first: address, year."""
        found = []
        for year, past in sorted(self.renderer.site.past.items(), reverse=True):
            slugs = (item.ref.slug, *item.record.former_slugs)
            ref = next((one for slug in slugs if (one := Ref(item.ref.kind, slug)) in past.items), None)
            if ref is not None and self.tongue.code in past.tongues:
                address = replace(self.renderer.addresses, prefix=f"{pages.year_folder(past)}/")
                found.append(
                    (
                        address.link(self.here, pages.key_of(ref), self.tongue.code),
                        PartialDate(year, fiscal=True),
                    )
                )
        return found

    def link_past(self, folder: str, key: str = "") -> str:
        """Address of a page of a year that is over."""
        past = replace(self.renderer.addresses, prefix=f"{folder}/")
        return past.link(self.here, key, self.tongue.code)

    def marks(self, item: Item) -> list[str]:
        """What a list says beside the name of a record: closed, over, not yet confirmed."""
        words = self.tongue.interface
        said = {
            words["record"]["closed_mark"]: is_closed(item),
            words["years"]["ended_mark"]: item.ended,
            words["years"]["unconfirmed_mark"]: item.unconfirmed,
        }
        return [mark for mark, holds in said.items() if holds]

    def link_to(self, ref: Ref) -> str:
        """Address of a record's page."""
        return self.link(pages.key_of(ref))

    def twin(self, language: str) -> str:
        """Address of this page in another language."""
        return self.link("" if self.root is not None else self.page.key, language)

    def asset(self, name: str) -> str:
        """Address of a style sheet, script or picture; a name that does not exist is our own bug."""
        if name not in self.renderer.assets.files:
            raise KeyError(f"no such asset: {name}")
        return self.file(f"{self.renderer.assets.folder}/{name}")

    def file(self, path: str) -> str:
        """Address of a file of the site."""
        if self.root is not None:
            return self.root + path
        return self.renderer.addresses.file_link(self.here, path)

    def preview(self) -> tuple[str, pictures.Picture] | None:
        """Absolute address of the picture for other sites, and the picture."""
        picture = self.renderer.shown_previews.get(self.tongue.code)
        if picture is None:
            return None
        path = f"{pictures.FOLDER}/{pictures.preview_name(self.tongue.code)}"
        return str(self.renderer.addresses.absolute_file(path)), picture

    # --- records -------------------------------------------------------------------------------
    def item_of(self, ref: Ref) -> Item:
        """The item of a reference."""
        return self.renderer.site.items[ref]

    def related(self, item: Item) -> list[tuple[str, Ref]]:
        """Ties of a record, each other record once: (name of the tie among the words, record).

        Parts and parents stand elsewhere on the page.
        """
        ties = [("opens", ref) for ref in item.needed_by]
        ties += [(relation.type, relation.target) for relation in item.record.relations]
        ties += [(f"{type_}-back", ref) for type_, ref in item.related_from]
        first: dict[Ref, str] = {}
        for type_, ref in ties:
            first.setdefault(ref, type_.replace("-", "_"))
        kin = {*item.parents, *item.children}
        return [(type_, ref) for ref, type_ in first.items() if ref not in kin]

    def facets_of(self, item: Item) -> str:
        """By what a record can be narrowed down: ``purpose:people kind:grant``."""
        held = facets.of_item(self.renderer.site, item)
        return " ".join(f"{facet}:{one}" for facet, some in held.items() for one in some)

    def feed(self) -> feeds.Feed | None:
        """The feed that tells what changes on this page, or on the whole site for its first page."""
        return self.renderer.followed.get((self.page.key or feeds.ALL, self.tongue.code))

    def later_changes(self, item: Item) -> list[Change]:
        """What became of one record since the first edition; what concerns all of them stands on its own page."""
        return [one for one in self.renderer.site.later_changes if item.ref in one.records]

    def amended_label(self, item: Item, field: str) -> Markup:
        """A field of a record as readers know it: words of its entry, and which of its figures is meant."""
        found = re.match(r"(\w+)\[([a-z0-9-]+)\](?:\.(\w+))?", field)
        entry = found and getattr(self.words(item), found[1], {}).get(found[2])
        which = _FIGURES.get((found[3] if found else None) or field.partition("[")[0])
        pieces = [self.say(item, entry.label)] if entry else []
        pieces += [escape(self.t(f"figures.{which}"))] if which else []
        return Markup(escape(self.t("figures.slash"))).join(pieces) if pieces else escape(field)

    def data_of(self) -> dict[str, Any]:
        """What the page of the data shows: files, columns, an example."""
        site = self.renderer.site
        item = next(iter(site.main()), next(iter(site.items.values())))
        places = records.Places(self.renderer.addresses, f"{records.FOLDER}/")
        found = national.table(site, places)
        return {
            "downloads": self.renderer.downloads,
            "tenth": Decimal("0.1"),
            "licence": records.LICENCE,
            "schemas": records.SCHEMAS,
            "columns": national.COLUMNS if found else (),
            "too_long": found.too_long if found else (),
            "sheet": sheet.COLUMNS,
            "example": records.path_of(item),
        }

    def same_people(self, staff: Staff) -> tuple[str, Markup]:
        """Address and label of the entry where people listed twice are counted."""
        name, _, entry = str(staff.same_as).partition("#")
        item = self.item_of(Ref.parse(name))
        return self.link_to(item.ref) + "#numbers", self.label(item, "staff", entry)

    def map_link(self, address: str, official: str) -> Markup:
        """An address in words, linked to a map of another site; the official one finds the place best."""
        search = self.renderer.site.settings.map_search
        if search is None:
            return escape(address)
        target = search.replace("{address}", quote(official))
        note = f' <span class="scope">{escape(self.t("record.map"))}</span>'
        return Markup(f'<a href="{escape(target)}" rel="external">{escape(address)}</a>{note}')

    def report_link(self) -> str:
        """Address of the form for wrong information, with the record and the page filled in."""
        place = self.renderer.addresses.absolute(self.page.key, self.tongue.code)
        given = {"template": "wrong.yml", "record": self.page.key, "page": place}
        query = "&".join(f"{name}={quote(value, safe='/:')}" for name, value in given.items() if value)
        return f"{self.renderer.site.settings.repository}/issues/new?{query}"

    def mark(self, category: str) -> str:
        """Shape that stands for a category."""
        vocabulary = self.renderer.site.vocabulary
        return next(one.mark for one in vocabulary.categories if one.id == category)

    def markdown(self, item: Item) -> Markup:
        """Body of a record; headings start at level 2 and have ids."""
        body = item.bodies[self.tongue.code]
        return self._with_ids(self._rendered(body, lambda name: self._figure(item, name)))

    def prose_body(self, prose: Prose, shift: int = 0) -> Markup:
        """Body of a page of prose or a term."""
        return Markup(self._rendered(prose.bodies[self.tongue.code], lambda name: "{" + name + "}", shift))

    def _rendered(
        self, body: str, figure: Callable[[str], str], shift: int = 0, scrolled: bool = True
    ) -> str:
        html = markdown.render(markdown.tokens(body), self._resolve, shift)
        if scrolled:
            # A table may be wider than a phone; a keyboard must be able to move it.
            label = escape(self.t("figures.table"))
            html = html.replace(
                "<table>", f'<div class="scroll" role="region" aria-label="{label}" tabindex="0"><table>'
            ).replace("</table>", "</table></div>")
        return text.FIGURE.sub(lambda match: figure(match[1]), html)

    def _with_ids(self, html: str) -> Markup:
        ids = {term.name: key for key, term in self.tongue.words.headings.items()}

        def heading(match: re.Match[str]) -> str:
            return f'<h2 id="{ids[match[1]]}">{match[1]}</h2>' if match[1] in ids else match[0]

        return Markup(re.sub(r"<h2>(.*?)</h2>", heading, html))

    def _resolve(self, target: str) -> tuple[str, dict[str, str]]:
        ref = markdown.reference(target)
        if ref is not None:
            return self.link_to(ref), {}
        kind, _, slug = target.partition(":")
        if kind == "page":
            return self.link(slug), {}
        if kind == "term":
            return self.link("glossary", fragment=slug), {}
        return target, {"rel": "external"} if kind == "https" else {}

    def json_ld(self) -> Markup:
        """Structured data of the page, safe inside a script element."""
        data = structured_data.of_page(self.renderer.site, self.tongue, self.page, self.renderer.addresses)
        dumped = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return Markup(dumped.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))


@dataclass(frozen=True)
class BookletView(View):
    """What the sheets of the booklet see: links lead from sheet to sheet, and stand beside page numbers."""

    numbered: bool = True
    """Write page numbers out."""

    def context(self) -> dict[str, Any]:
        """Names of the templates."""
        return {
            **super().context(),
            "numbered": self.numbered,
            "edition": booklet.token(booklet.edition(self.renderer.site)),
        }

    def functions(self) -> dict[str, Callable[..., Any]]:
        """Functions of the templates."""
        purposes = [one.id for one in self.renderer.site.vocabulary.purposes]
        return {
            **super().functions(),
            "anchor": booklet.anchor,
            "body_on_paper": self.body_on_paper,
            "fmt_bracket": self.in_brackets,
            "in_columns": lambda blocks: Markup(columns.in_columns(str(blocks), self.again)),
            "for_purpose": lambda purpose: pages.for_purpose(self.renderer.site, purpose),
            "names": lambda vocabulary, ids: [self.tongue.name_of(vocabulary, one) for one in ids],
            "printed_address": self.printed_address,
            "printed_home": lambda: self.renderer.addresses.absolute("", self.tongue.code),
            "purpose_number": lambda purpose: purposes.index(purpose) + 1,
            "qr": qr.drawn,
            "printed_source": self.printed_source,
        }

    def again(self, heading: str) -> str:
        """The HTML of a heading, once more, over what goes on in another column."""
        return self.t("booklet.continued", name=heading)

    def in_brackets(self, said: str) -> Markup:
        """Words in the brackets of the language."""
        pattern = escape(self.tongue.formatter.formats.condition)
        return pattern.format(x="", condition=said).strip()

    def link_to(self, ref: Ref) -> str:
        """Where a record stands in the booklet."""
        return f"#{booklet.anchor(ref)}"

    def printed_address(self, ref: Ref) -> str | None:
        """Address in the code of a sheet, with the edition behind it; None where the site has no place yet."""
        site = self.renderer.site
        page = self.renderer.addresses.absolute(f"q/{booklet.code(site, ref)}", self.tongue.code)
        return None if page is None else f"{page}#{booklet.token(booklet.edition(site))}"

    def printed_source(self, item: Item) -> str:
        """Title and pages of the material that a record was taken from, in words."""
        title = self.renderer.site.material_of(item).source.title[self.tongue.code]
        numbers = self.tongue.formatter.listed(self.t("booklet.page", n=one) for one in item.record.pages)
        return self.t("booklet.source", title=self.t("figures.quote", x=title), pages=numbers)

    def body_on_paper(self, item: Item, level: int = 3) -> Markup:
        """Body of a record with headings of a level, without what only a screen needs."""
        html = self._rendered(
            item.bodies[self.tongue.code], lambda name: self._figure(item, name), level - 2, scrolled=False
        )
        return Markup(html.replace("<h3>", f"{columns.CUT}<h3>"))

    def _resolve(self, target: str) -> tuple[str, dict[str, str]]:
        kind, _, slug = target.partition(":")
        if kind == "term":
            return f"#term-{slug}", {}
        return super()._resolve(target)
