"""The pipeline in one place: load → validate → check → join → plan → render → audit.

Every step is a pure function of its input, so that caching and parallel rendering can be built on them.
Nothing here writes; :mod:`hayami.publish` does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from hayami import (
    checks,
    inspection,
    leaves,
    load,
    mending,
    model,
    offline,
    pages,
    paper,
    pictures,
    render,
    script_data,
    styleguide,
    tokens,
    validate,
)
from hayami.addresses import Addresses
from hayami.assets import Assets
from hayami.audit.site import Memory
from hayami.open_data import downloads
from hayami.printing import make
from hayami.problems import Place, Problem, has_errors, ordered
from hayami.schema.site import SiteSettings
from hayami.schema.strings import Strings
from hayami.search import index

PROJECT = Path(__file__).resolve().parent.parent
"""Folder that holds ``templates/`` and ``assets/``."""


STORE = PROJECT / ".hayami" / "print"
"""Where PDFs of former builds are kept."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "worker-src 'self'",
        "connect-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
    )
)
"""Content-Security-Policy of every page: nothing from elsewhere, nothing inline, the engine of the search."""


@dataclass(frozen=True)
class Options:
    """What the command line can change about a build."""

    content: Path
    base_url: str | None = None
    placeless: bool = False
    """Leave absolute addresses out, whatever ``site.yaml`` says: a preview stands elsewhere."""
    as_of: date | None = None
    portable: bool = False
    source_pages: Path | None = None
    search: bool = True
    """Make the index of the search; only tests that never search leave it out. From a disk nothing can be fetched."""
    archive: bool = True
    """Make the zip of the whole site, where there is a server to fetch it from."""
    served: bool = False
    """For ``serve``, whose pages load a script of its own."""
    audit: bool = True
    """Check the finished pages; ``links`` and tests, which look at something else, leave it out."""
    lines: bool = True
    """Show the line of a fault, and how it is to be written; who edits a table sees no lines."""
    today: date | None = None
    """Day on which waivers are judged, and nothing else; without it, that of the material."""
    with_pdf: bool = False
    """Make the PDFs of the booklet, and have pages link them."""
    store: Path | None = None
    """Folder in which PDFs are kept from build to build."""
    earlier: frozenset[int] = frozenset()
    """For a year that is over: the years before it that are kept beside it."""
    despite: frozenset[str] = frozenset()
    """Codes of problems that do not stop: a comparison shows what is out of date."""
    styleguide: bool = False
    """Add the page that shows every token and component, for those who work on the look."""
    templates: Path = PROJECT / "templates"
    assets: Path = PROJECT / "assets"


@dataclass(frozen=True)
class Checked:
    """Content that was read and checked; ``site`` is None when it has errors."""

    site: model.Site | None
    problems: tuple[Problem, ...]
    previews: Mapping[str, pictures.Picture] = field(default_factory=dict)
    """Language → its preview picture, stale ones left out."""
    waivers: validate.Typed | None = None
    """``waivers.yaml``, where there is one."""
    content: load.Content | None = None
    """The files as they were read, for the table of all values."""


@dataclass(frozen=True)
class Built:
    """A whole site in memory, or the reasons why there is none."""

    files: Mapping[str, bytes]
    problems: tuple[Problem, ...]
    site: model.Site | None
    """None where an error stands in the way; nothing is published then."""
    rooms: tuple[make.Room, ...] = ()
    """What the sheets of the booklet have left, where PDFs were made."""
    refused: Mapping[str, bytes] = field(default_factory=dict)
    """Finished pages in which there are errors, for their authors to look at."""


def shown_path(path: Path) -> str:
    """A path as messages print it: relative to the current folder where it lies below it."""
    resolved = path.resolve()
    for root in (Path.cwd().resolve(), PROJECT):
        if resolved.is_relative_to(root):
            return resolved.relative_to(root).as_posix() or "."
    return resolved.as_posix()


def builtin_strings(templates: Path) -> Mapping[str, Strings]:
    """Words of the interface that the generator brings, by language. Faults in them are our own bugs."""
    paths = sorted((templates / "strings").glob("*.yaml"))
    return {path.stem: _builtin(path, path.read_bytes()) for path in paths}


@lru_cache(maxsize=32)
def _builtin(path: Path, content: bytes) -> Strings:  # noqa: ARG001
    """Words of one language; ``content`` is that of the file, so that it is read anew when it changes."""
    tree, problems = load.read_tree(path, path.as_posix())
    if tree is None:
        raise RuntimeError(f"{path}: {problems}")
    strings, faults = validate.declare(Strings, tree, path.as_posix())
    if strings is None:
        raise RuntimeError(f"{path}: {faults}")
    return strings


def check(options: Options) -> Checked:
    """Read and check the content; nothing is written."""
    shown = shown_path(options.content)
    if not options.content.is_dir():
        return Checked(None, (Problem(Place(shown), "missing-file", {"name": options.content.name + "/"}),))
    content, problems = load.read_content(options.content, shown)
    draft, found = validate.validate(content)
    mends = mending.Mended()
    if options.lines and has_errors((*problems, *found)):
        mends = mending.mended(options.content, shown, (*problems, *found))
        if mends.texts:
            content, problems = load.read_content(options.content, shown, mends.texts)
            draft, found = validate.validate(content)
    checked = _checked(options, content, draft, (*problems, *found, *mends.problems))
    told = ordered(checked.problems)
    if options.lines:
        told = mending.with_lines(options.content, shown, told, mends.texts)
    return replace(checked, problems=told)


def _checked(
    options: Options, content: load.Content, draft: validate.Draft | None, problems: tuple[Problem, ...]
) -> Checked:
    """What was read, checked and tied together."""
    if draft is None:
        return Checked(None, problems)
    if options.earlier:
        draft = replace(draft, past=dict.fromkeys(options.earlier, frozenset()))
    builtin = builtin_strings(options.templates)
    problems = (
        *problems,
        *checks.run(draft, options.today or draft.settings.as_of, options.source_pages, builtin),
        *model.interface_problems(draft, builtin),
    )
    if has_errors(one for one in problems if one.code not in options.despite):
        return Checked(None, problems)
    settings = _settings(draft.settings, options)
    site = model.join(draft, builtin, settings)
    past, faults = _past(options, content, site)
    if has_errors(faults):
        return Checked(None, (*problems, *faults))
    site = replace(site, past=past)
    previews, stale = _previews(content, renderer(site, options))
    return Checked(site, (*problems, *stale), previews, draft.waivers, content)


def _past(
    options: Options, content: load.Content, site: model.Site
) -> tuple[Mapping[int, model.Site], tuple[Problem, ...]]:
    """Catalogues of the years that are over. What was once right is only asked to be readable: warnings are left out."""
    sites: dict[int, model.Site] = {}
    problems: list[Problem] = []
    for year in sorted(content.past):
        folder = options.content / load.PAST / str(year)
        here = replace(
            options,
            content=folder,
            base_url=site.settings.base_url,
            as_of=None,
            source_pages=None,
            earlier=frozenset(sites),
        )
        checked = check(here)
        if checked.site is None:
            problems += [one for one in checked.problems if has_errors([one])]
        else:
            sites[year] = replace(checked.site, past=dict(sites))
    return sites, tuple(problems)


def _past_files(site: model.Site, options: Options) -> Mapping[str, bytes]:
    """Pages of the years that are over, below ``fy<year>/``, and the style sheets and words that they name."""
    files: dict[str, bytes] = {}
    for past in site.past.values():
        rendering = renderer(past, options)
        prefix = f"{pages.year_folder(past)}/"
        addresses = replace(rendering.addresses, prefix=prefix, base_url=site.settings.base_url)
        files |= replace(rendering, addresses=addresses, present=site).past_files()
    return files


def _settings(settings: SiteSettings, options: Options) -> SiteSettings:
    given = {"base_url": options.base_url, "as_of": options.as_of}
    changed: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    if options.placeless:
        changed["base_url"] = None
    if options.portable or options.served:
        # A disk has no workers, and who edits must never see what was.
        changed["offline"] = False
    return SiteSettings.model_validate({**settings.model_dump(), **changed})


def book(options: Options) -> Built:
    """The printed forms of the booklet alone. Raises :class:`hayami.printing.typeset.Unavailable`."""
    checked = check(options)
    if checked.site is None:
        return Built({}, checked.problems, None)
    made = make.make(renderer(checked.site, options), options.assets, options.store)
    problems = ordered((*checked.problems, *made.problems))
    return Built(made.files, problems, None if made.problems else checked.site, made.rooms)


def build(options: Options, memory: Memory | None = None) -> Built:
    """Read, check, render and audit; the site is in memory afterwards.

    ``memory`` is for who builds again and again: what an audit knows of pages that stay the same.
    """
    checked = check(options)
    if checked.site is None:
        return Built({}, checked.problems, None)
    assert checked.content is not None
    rendering = replace(renderer(checked.site, options), previews=checked.previews)
    booklets = make.Made({})
    if options.with_pdf:
        booklets = make.make(rendering, options.assets, options.store)
        if booklets.problems:
            return Built({}, ordered((*checked.problems, *booklets.problems)), None)
        rendering = replace(rendering, printed=booklets.printed)
    rendering, data = _with_data(rendering, checked.content)
    files = {**dict(rendering.site_files()), **booklets.files, **data}
    if options.archive and not options.portable and not options.served:
        files |= _zipped(rendering, checked.content, files)
    if not options.portable:
        waivers = checked.waivers.value.waivers if checked.waivers else ()
        files |= dict(rendering.health_pages(files, waivers))
    if options.search and not options.portable:
        files |= index.files(checked.site, rendering.addresses, files)
    if not options.portable:
        files |= offline.files(checked.site, rendering.addresses, files, rendering.worker)
    # Behind the search and the list of what browsers keep: they are for who follows an old link.
    files |= _past_files(checked.site, options)
    if not options.audit:
        return Built(files, checked.problems, checked.site, booklets.rooms)
    # The style guide shows parts of pages out of their place, such as the h1 of a record.
    pages = {name: content for name, content in files.items() if styleguide.KEY not in name.split("/")}
    found = inspection.inspect(
        pages, checked.site.settings.base_url, checked.waivers, _authors(checked.site, options), memory
    )
    problems = ordered((*checked.problems, *found))
    if has_errors(found):
        faulty = inspection.faulty(found)
        refused = {name: content for name, content in files.items() if name in faulty}
        return Built({}, problems, None, refused=refused)
    return Built(files, problems, checked.site, booklets.rooms)


def _authors(site: model.Site, options: Options) -> inspection.Authors:
    return inspection.Authors(
        options.content, options.templates, tuple(site.tongues), site.settings.primary, shown_path
    )


def _with_data(rendering: render.Renderer, content: load.Content) -> tuple[render.Renderer, dict[str, bytes]]:
    """The data files, and a renderer whose pages tell of them."""
    data = downloads.files(rendering.site, content, rendering.addresses)
    data[downloads.DCAT] = downloads.described(rendering.site, rendering.addresses, data)
    return replace(rendering, downloads=downloads.listed(data)), data


def _zipped(
    rendering: render.Renderer, content: load.Content, published: Mapping[str, bytes]
) -> dict[str, bytes]:
    """The zip of what is published, and the files that tell of it; within the zip they do not."""
    site, addresses = rendering.site, rendering.addresses
    held = published
    if addresses.base_url is None:
        # Data files name pages as seen from themselves, and a disk has no pages but files.
        on_disk = replace(rendering, addresses=replace(addresses, portable=True))
        held = {**published, **_with_data(on_disk, content)[1]}
    made = {downloads.ZIP: downloads.zipped(site, held)}
    made[downloads.DCAT] = downloads.described(site, addresses, {**published, **made})
    telling = replace(rendering, downloads=downloads.listed({**published, **made}))
    return made | dict(telling.data_pages())


def renderer(site: model.Site, options: Options) -> render.Renderer:
    """What turns a site into files, without pictures yet."""
    assets = Assets.read(options.assets, options.styleguide)
    design = tokens.read(assets.sources[tokens.SHEET].decode())
    return render.Renderer(
        site,
        Addresses(site.settings.primary, site.settings.base_url, options.portable),
        assets.adding({**script_data.files(site), **paper.files(site), **leaves.files(site, design)}),
        render.environment(options.templates),
        with_styleguide=options.styleguide,
        # From a disk nothing is "self", and the page of serve loads what shows changes.
        policy=None if options.portable or options.served else POLICY,
    )


def _previews(
    content: load.Content, rendering: render.Renderer
) -> tuple[dict[str, pictures.Picture], list[Problem]]:
    """Pictures that say what the site says now, and a warning for each that does not."""
    current, stale = {}, []
    named = {one.name: one for one in content.pictures}
    for language in rendering.site.tongues:
        picture = named.get(pictures.preview_name(language))
        if picture is None:
            continue
        if pictures.is_current(rendering.preview(language), content.picture_digests):
            current[language] = picture
        else:
            place = Place(f"{content.root}/{pictures.FOLDER}/{picture.name}")
            stale.append(Problem(place, "stale-picture"))
    return current, stale
