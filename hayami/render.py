"""Step 5, render: pages become HTML in memory. Same input, same bytes.

Templates see frozen values and a few functions bound to one page; an unknown name in a template is an
error, never an empty string. This is the only module that knows Jinja.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from hayami import formats, markdown, pages, structured_data, text
from hayami.addresses import Addresses
from hayami.model import Item, Prose, Site, Tongue, is_closed, plain_name
from hayami.pages import Page, Redirect
from hayami.schema.figures import Figure
from hayami.schema.record import MONEY_KINDS, Contact, Notice
from hayami.schema.scalars import PartialDate, Ref, SourceRef
from hayami.schema.walk import walk
from hayami.schema.words import Label

ASSETS = "assets"


@dataclass(frozen=True)
class Assets:
    """Style sheets, scripts and pictures under one folder that is named after their content.

    With the digest in the folder's name, hosts may cache them for ever, and relative imports between
    them keep working.
    """

    files: Mapping[str, bytes]
    """Path within the folder → content."""

    @property
    def folder(self) -> str:
        """Name of the folder in the site."""
        digest = hashlib.sha256()
        for name in sorted(self.files):
            digest.update(name.encode() + b"\0" + self.files[name] + b"\0")
        return f"{ASSETS}/{digest.hexdigest()[:12]}"

    @classmethod
    def read(cls, folder: Path) -> Assets:
        """Read every file below ``folder``, hidden ones aside."""
        found = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        }
        return cls(found)


def environment(templates: Path) -> jinja2.Environment:
    """A Jinja environment that escapes everything and forgives nothing."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
    )


@dataclass(frozen=True)
class Renderer:
    """Everything that pages of one build share."""

    site: Site
    addresses: Addresses
    assets: Assets
    environment: jinja2.Environment

    def site_files(self) -> Iterator[tuple[str, bytes]]:
        """Every file of the site: (path, content), in a fixed order."""
        planned, redirects = pages.plan(self.site)
        for page in planned:
            yield self.addresses.file(page.key, page.language), self.page(page)
        for redirect in redirects:
            yield self.addresses.file(redirect.key, redirect.language), self.redirect(redirect)
        yield from self.plain_files(planned)
        folder = self.assets.folder
        for name, content in self.assets.files.items():
            yield f"{folder}/{name}", content

    def page(self, page: Page) -> bytes:
        """HTML of one page."""
        here = self.addresses.folder(page.key, page.language)
        view = View(self, self.site.tongues[page.language], here, page)
        return _encoded(self.environment.get_template(page.template).render(view.context()))

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
        yield "404.html", _encoded(self.environment.get_template(page.template).render(view.context()))
        sitemap = self.addresses.absolute_file("sitemap.xml")
        robots = self.environment.get_template("plain/robots.txt").render(sitemap=sitemap)
        yield "robots.txt", _encoded(robots)
        if sitemap is not None:
            template = self.environment.get_template("plain/sitemap.xml")
            by_key: dict[str, list[Page]] = {}
            for one in planned:
                by_key.setdefault(one.key, []).append(one)
            xml = template.render(
                groups=by_key.values(),
                absolute=self.addresses.absolute,
                primary=primary.code,
                modified=self.site.settings.as_of.isoformat(),
            )
            yield "sitemap.xml", _encoded(xml)
        # Hosts that run Jekyll would drop files that start with an underscore or dot.
        yield ".nojekyll", b""


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
            "money_kinds": MONEY_KINDS,
            "fiscal_year": PartialDate(site.settings.fiscal_year, fiscal=True),
            "help_desk": self.help_desk(),
            "help_contacts": self.contacts(self.help_desk()),
            "prose_links": self.prose_links(),
            "asked": self.asked(),
            **self.functions(),
        }

    def functions(self) -> dict[str, Callable[..., Any]]:
        """Functions of the template, bound to its page."""
        return {
            "t": self.t,
            "link": self.link,
            "link_to": self.link_to,
            "asset": self.asset,
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
            "json_ld": self.json_ld,
            "official": self.official,
            "entry_label": self.entry_label,
            "children": lambda item: [self.item_of(ref) for ref in item.children],
            "evidence": self.evidence,
            "contacts": self.contacts,
            "purpose_count": lambda purpose: len(pages.for_purpose(self.renderer.site, purpose)),
            "fmt_quote": lambda words: self.tongue.interface["figures"]["quote"].format(x=words),
        }

    # --- words ---------------------------------------------------------------------------------
    def t(self, key: str, **values: object) -> str:
        """Words of the interface: ``part.name``, filled in."""
        part, name = key.split(".")
        return self.tongue.interface[part][name].format(**values)

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
        escaped = str(escape(words.replace("|", "")))
        return Markup(text.FIGURE.sub(lambda match: self._figure(item, match[1]), escaped))

    def _figure(self, item: Item, name: str) -> str:
        return str(escape(self.tongue.formatter.figure(item.figures[name])))

    def entry_label(self, item: Item, entry: str) -> Markup:
        """Words of an offer or of a class within one, whichever ``entry`` names."""
        collection = "offers" if entry in self.words(item).offers else "variants"
        return self.label(item, collection, entry)

    def evidence(self, item: Item) -> list[tuple[str, tuple[SourceRef, ...], bool]]:
        """Every figure of a record: how it is written, where the source states it, whether calculated."""
        rows = []
        for visit in walk(item.record):
            if isinstance(visit.value, Figure) and not isinstance(visit.value, Notice):
                written = self.tongue.formatter.figure(visit.value)
                rows.append((written, visit.value.source, visit.value.calculated is not None))
        return rows

    def help_desk(self) -> Item | None:
        """The organisation whose telephone number stands on the home page."""
        desk = self.renderer.site.settings.help_desk
        return self.renderer.site.organisation(desk) if desk else None

    def contacts(self, item: Item | None) -> tuple[tuple[Item, Contact], ...]:
        """Desks to turn to: those of the record, or else those of the record that it is part of."""
        while item is not None and not item.record.contacts:
            item = self.item_of(item.record.parent) if item.record.parent is not None else None
        return tuple((item, contact) for contact in item.record.contacts) if item is not None else ()

    def asked(self) -> str | None:
        """Whom to ask for this year's terms: the bodies in charge of the record of the page."""
        if self.page.item is None:
            return None
        record = self.page.item.record
        roles = ("implements", "runs-part", "manages", "contact")
        names = [self.body_name(one.body) for one in record.bodies if one.role in roles]
        if not names and self.page.item.ref.kind == "organisations":
            names = [self.plain_name(self.page.item)]
        return self.tongue.formatter.listed(dict.fromkeys(names)) or None

    def prose_links(self) -> list[tuple[str, str]]:
        """Key and title of the pages of prose, for the foot of every page."""
        return pages.prose_titles(self.renderer.site, self.tongue)

    # --- bodies --------------------------------------------------------------------------------
    def body_name(self, body: str) -> str:
        """Name of a body."""
        return pages.body_name(self.renderer.site, self.tongue, body)

    def body_short(self, body: str) -> str:
        """Short name of a body."""
        return pages.body_short(self.renderer.site, self.tongue, body)

    def body_link(self, body: str) -> str:
        """Address of a body: its record, or the list of what it does."""
        item = self.renderer.site.organisation(body)
        return self.link(f"bodies/{body}") if item is None else self.link_to(item.ref)

    # --- addresses -----------------------------------------------------------------------------
    def link(self, key: str, language: str | None = None, fragment: str = "") -> str:
        """Address of a page by its key."""
        code = language or self.tongue.code
        if self.root is not None:
            return self.root + self.renderer.addresses.folder(key, code)
        return self.renderer.addresses.link(self.here, key, code, fragment)

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
        file = f"{self.renderer.assets.folder}/{name}"
        return (
            self.root + file if self.root is not None else self.renderer.addresses.file_link(self.here, file)
        )

    # --- records -------------------------------------------------------------------------------
    def item_of(self, ref: Ref) -> Item:
        """The item of a reference."""
        return self.renderer.site.items[ref]

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

    def _rendered(self, body: str, figure: Callable[[str], str], shift: int = 0) -> str:
        html = markdown.render(markdown.tokens(body), self._resolve, shift)
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
