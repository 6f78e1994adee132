"""Rules on the site as a whole: canonical addresses, languages, sitemap, robots, feeds, pages without links."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from urllib.parse import unquote
from xml.parsers import expat

from hayami.audit.address import split
from hayami.audit.references import Reference
from hayami.audit.site import Finding, Folder, Read
from hayami.problems import nearest

# ISO 639-1; longer codes are judged by their form alone.
_TWO_LETTERS = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee "
    "el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is "
    "it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms "
    "mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk "
    "sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi "
    "yo za zh zu"
)
LANGUAGES = frozenset(_TWO_LETTERS.split())
# Three letters are for languages that have no code of two.
_LONG = frozenset(
    [
        "eng",
        "jpn",
        "fra",
        "fre",
        "deu",
        "ger",
        "spa",
        "ita",
        "por",
        "rus",
        "zho",
        "chi",
        "kor",
        "nld",
        "dut",
        "ara",
        "vie",
        "tha",
    ]
)
# ISO 3166-1.
_TWO_LETTERS_OF_COUNTRIES = (
    "ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bl bm bn bo bq br bs bt bv bw by bz "
    "ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg eh er es et fi fj fk fm fo "
    "fr ga gb gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je "
    "jm jo jp ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mf mg mh mk ml mm mn mo "
    "mp mq mr ms mt mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw "
    "py qa re ro rs ru rw sa sb sc sd se sg sh si sj sk sl sm sn so sr ss st sv sx sy sz tc td tf tg th tj tk tl tm "
    "tn to tr tt tv tw tz ua ug um us uy uz va vc ve vg vi vn vu wf ws xk ye yt za zm zw"
)
_COUNTRIES = frozenset(_TWO_LETTERS_OF_COUNTRIES.split())
_CODE = re.compile(
    r"^([a-z]{2,3})(?:-([a-z]{4}))?(?:-(?:([a-z]{2})|[0-9]{3}))?(?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*"
    r"(?:-[a-wyz](?:-[a-z0-9]{2,8})+)*(?:-x(?:-[a-z0-9]{1,8})+)?$",
    re.IGNORECASE,
)
_DIRECTIVES = ("user-agent", "disallow", "allow", "sitemap", "crawl-delay", "host", "clean-param")


def check(folder: Folder) -> None:
    """Everything that takes more than one page to see."""
    listed = _sitemaps(folder)
    for name, read in folder.pages.items():
        _canonical(folder, name, read, (listed or {}).get(name))
        _languages(folder, name, read)
    _policy(folder)
    _robots(folder)
    _feeds(folder)
    if listed is not None:
        _unlisted(folder, listed)
    _orphans(folder)


def _canonical(folder: Folder, name: str, read: Read, listed: str | None) -> None:
    """``listed`` is the address of the page in the sitemap."""
    told = read.of("canonical")
    for one in told[1:]:
        folder.add(Finding(name, one.line, one.column, "canonical-duplicate", one.address))
    for one in told:
        page = _page(folder, one, read)
        # A page that sends readers on names where it sends them.
        if page is not None and page != name and read.redirect is None:
            folder.add(Finding(name, one.line, one.column, "canonical-mismatch", one.address))
        # One page under two addresses is two pages to a search engine.
        elif page == name and listed and _spelled_otherwise(listed, one.address):
            folder.add(Finding(name, one.line, one.column, "canonical-spelling", one.address, listed))
    for element in read.page.named("meta") if told else ():
        if element.get("property").lower() == "og:url" and element.get("content"):
            social = element.get("content")
            if _spelled_otherwise(social, told[0].address):
                place = (name, element.line, element.column)
                folder.add(Finding(*place, "og-url-mismatch", social, told[0].address))


def _spelled_otherwise(one: str, other: str) -> bool:
    """Whether two whole addresses differ, however their signs are written."""
    return "://" in one and "://" in other and unquote(one) != unquote(other)


def _page(folder: Folder, one: Reference, read: Read) -> str | None:
    """The page of the folder that an alternate or canonical address leads to."""
    parts = split(one.address)
    if parts is None or (read.base is None and not parts.scheme):
        return None
    to, found = folder.leads(one.address, read.base or "")
    return found.file if to.where == "inside" and found.file in folder.pages else None


def code(value: str) -> str | None:
    """The language of a code, ``""`` for ``x-default``, None for no code.

    >>> code("zh-Hans"), code("ja_JP"), code("jp"), code("x-default")
    ('zh', None, None, '')
    """
    if value.lower() == "x-default":
        return ""
    told = _CODE.match(value)
    if told is None or told[1].lower() in _LONG or (len(told[1]) == 2 and told[1].lower() not in LANGUAGES):
        return None
    if told[3] and told[3].lower() not in _COUNTRIES:
        return None
    return told[1].lower()


def script(value: str) -> str:
    """The script that a code names.

    >>> script("zh-Hant-TW"), script("ja")
    ('hant', '')
    """
    told = _CODE.match(value)
    return (told[2] or "").lower() if told else ""


def _languages(folder: Folder, name: str, read: Read) -> None:
    for element in read.page.named("a", "area", "link"):
        if "hreflang" in element.attributes and code(element.get("hreflang")) is None:
            place = (name, element.line, element.column)
            folder.add(Finding(*place, "hreflang-invalid", element.get("href"), element.get("hreflang")))
    alternates = read.of("hreflang")
    seen: set[str] = set()
    pages: list[str | None] = []
    for one in alternates:
        assert one.element is not None
        given = one.element.get("hreflang").lower()
        place = (name, one.line, one.column)
        if given in seen:
            folder.add(Finding(*place, "hreflang-duplicate", one.address, given))
        seen.add(given)
        page = _page(folder, one, read)
        pages.append(page)
        if page is None:
            continue
        other = folder.pages[page]
        spoken, said = code(given), other.language
        unlike = bool(script(given) and script(said) and script(given) != script(said))
        if spoken and said and (unlike or said.lower().partition("-")[0] != spoken):
            folder.add(Finding(*place, "hreflang-mismatch", one.address, f"{given} ≠ {said}"))
        back = {_page(folder, link, other) for link in other.of("hreflang")}
        if page != name and name not in back:
            folder.add(Finding(*place, "hreflang-not-reciprocal", one.address))
    # An address that leads elsewhere may be that of this very page.
    elsewhere = any(_leaves(folder, one) for one in alternates)
    if alternates and name not in pages and not elsewhere:
        folder.add(Finding(name, alternates[0].line, alternates[0].column, "hreflang-missing-self"))


def _leaves(folder: Folder, one: Reference) -> bool:
    return folder.leads(one.address, "")[0].where == "elsewhere"


def _ordinary(folder: Folder) -> Iterator[tuple[str, Read]]:
    """Pages that are to be found by search engines."""
    for name, read in folder.pages.items():
        if read.whole and not read.noindex and read.redirect is None and name != "404.html":
            yield name, read


def _policy(folder: Folder) -> None:
    for use, rule in (("canonical", "canonical-missing"), ("hreflang", "hreflang-missing")):
        told = {name: bool(read.of(use)) for name, read in _ordinary(folder)}
        for name, has in told.items():
            if any(told.values()) and not has:
                folder.add(Finding(name, 1, 1, rule))


@dataclass(frozen=True, slots=True)
class _Loc:
    """An address in an XML file."""

    element: str
    attribute: str
    address: str
    line: int
    column: int


def _xml(folder: Folder, name: str) -> tuple[str, list[_Loc]] | None:
    """The name of the outermost element, and all addresses; a fault in the XML is a finding."""
    text = folder.text(name)
    if text is None:
        return None
    parser = expat.ParserCreate(namespace_separator=" ")
    root = ""
    found: list[_Loc] = []
    open_: list[tuple[str, int, int, list[str]]] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal root
        tag = tag.rpartition(" ")[2]
        root = root or tag
        line, column = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        open_.append((tag, line, column, []))
        for key in ("href", "url"):
            if key in attributes:
                found.append(_Loc(tag, key, attributes[key], line, column))
        if tag == "guid" and attributes.get("isPermaLink") == "false":
            open_[-1] = ("", line, column, [])

    def end(_tag: str) -> None:
        tag, line, column, words = open_.pop()
        address = "".join(words).strip()
        if tag in ("loc", "link", "guid") and address:
            found.append(_Loc(tag, "", address, line, column))

    def data(words: str) -> None:
        if open_:
            open_[-1][3].append(words)

    def entity(*_declaration: object) -> None:
        # Entities can grow without end, and neither sitemaps nor feeds need them.
        raise ValueError("DTD")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = data
    parser.EntityDeclHandler = entity
    try:
        parser.Parse(text.encode("utf-8"), True)
    except (expat.ExpatError, ValueError) as error:
        place = (name, max(parser.CurrentLineNumber, 1), parser.CurrentColumnNumber + 1)
        folder.add(Finding(*place, "xml-invalid", detail=str(error)))
        return None
    return root, found


def _sitemaps(folder: Folder) -> dict[str, str] | None:
    """Pages that sitemaps list, with their address; None where there is none, or where addresses cannot be told."""
    waiting: list[str] = [name for name in ("sitemap.xml", "sitemap_index.xml") if name in folder.tree.files]
    waiting += _named_by_robots(folder)
    if not waiting:
        known = folder.site.url is not None and folder.only is None
        if known and "index.html" in folder.pages:
            folder.add(Finding("index.html", 1, 1, "sitemap-absent"))
        return None
    listed: dict[str, str] = {}
    read: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in read:
            continue
        read.add(name)
        told = _xml(folder, name)
        if told is None:
            return None
        for one in told[1]:
            if one.element not in ("loc", "link"):
                continue
            place = (name, one.line, one.column)
            parts = split(one.address)
            if parts is None or not parts.scheme:
                folder.add(Finding(*place, "not-absolute", one.address))
            to, found = folder.leads(one.address, "")
            if to.where == "elsewhere" and folder.site.url is None:
                continue
            if found.how != "file" and parts is not None and parts.scheme:
                folder.add(Finding(*place, "sitemap-broken", one.address))
            elif told[0] == "sitemapindex":
                waiting.append(found.file)
            elif found.file in folder.pages and one.element == "loc":
                listed.setdefault(found.file, one.address)
                if folder.pages[found.file].noindex:
                    folder.add(Finding(*place, "sitemap-noindex", one.address))
    return listed if folder.site.url is not None else None


def _unlisted(folder: Folder, listed: Container[str]) -> None:
    for name, read in _ordinary(folder):
        pages = {_page(folder, one, read) for one in read.of("canonical")}
        if name not in listed and not pages - {name, None}:
            folder.add(Finding(name, 1, 1, "sitemap-missing"))


def _named_by_robots(folder: Folder) -> list[str]:
    """Sitemaps of the folder that robots.txt names."""
    if "robots.txt" not in folder.tree.files:
        return []
    told = re.findall(r"(?im)^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", folder.text("robots.txt") or "")
    found = [folder.leads(one, "")[1] for one in told]
    return [one.file for one in found if one.how == "file"]


def _robots(folder: Folder) -> None:
    if "robots.txt" not in folder.tree.files:
        return
    for number, line in enumerate((folder.text("robots.txt") or "").splitlines(), 1):
        plain = line.partition("#")[0].strip()
        if not plain:
            continue
        key, colon, value = (one.strip() for one in plain.partition(":"))
        place = ("robots.txt", number, 1)
        if not colon:
            folder.add(Finding(*place, "robots-broken", plain))
        elif key.lower() == "sitemap":
            parts = split(value)
            whole = parts is not None and parts.scheme in ("http", "https") and bool(parts.netloc)
            to, found = folder.leads(value, "")
            if not whole or (to.where == "inside" and found.how != "file"):
                folder.add(Finding(*place, "robots-broken", value))
        elif key.lower() not in _DIRECTIVES and nearest(key.lower(), _DIRECTIVES):
            folder.add(Finding(*place, "robots-broken", key))


def _feeds(folder: Folder) -> None:
    for name in sorted(folder.tree.files):
        if not name.lower().endswith((".xml", ".rss", ".atom")) or name.startswith("sitemap"):
            continue
        told = _xml(folder, name)
        if told is None or told[0] not in ("rss", "feed", "RDF"):
            continue
        for one in told[1]:
            to, found = folder.leads(one.address, name)
            if to.where == "outside" or (to.where == "inside" and found.how != "file"):
                folder.add(Finding(name, one.line, one.column, "feed-broken", one.address))


def _orphans(folder: Folder) -> None:
    # Without a home page there is no place to start from.
    if "index.html" not in folder.pages:
        return
    reached = {"index.html"}
    for name, read in folder.pages.items():
        for one in read.of("link", "refresh", "asset"):
            if read.base is None:
                parts = split(one.address)
                if parts is None or not parts.scheme:
                    continue
            file = folder.leads(one.address, read.base or "")[1].file
            if file != name:
                reached.add(file)
    for name, _ in _ordinary(folder):
        if name not in reached:
            folder.add(Finding(name, 1, 1, "orphan"))
