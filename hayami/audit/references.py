"""Every address that a page or a style sheet names, with its place and what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

from hayami.audit.page import Element, Page

Use = Literal[
    "link", "image", "srcset", "asset", "css", "canonical", "hreflang", "feed", "social", "refresh", "origin"
]
LOADED = frozenset({"image", "srcset", "asset", "css"})
"""Uses that a browser fetches along with the page."""


class Reference(NamedTuple):
    """One address."""

    address: str
    use: Use
    line: int
    column: int
    element: Element | None = None


_Table = dict[str, tuple[str, ...]]

_LINKS: _Table = {
    "a": ("href", "xlink:href"),
    "area": ("href",),
    "form": ("action",),
    "button": ("formaction",),
    "input": ("formaction",),
    "q": ("cite",),
    "blockquote": ("cite",),
    "del": ("cite",),
    "ins": ("cite",),
}
_ASSETS: _Table = {
    "script": ("src",),
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "audio": ("src",),
    "video": ("src",),
    "source": ("src",),
    "track": ("src",),
    "use": ("href", "xlink:href"),
}
_IMAGES: _Table = {"img": ("src",), "input": ("src",), "video": ("poster",), "image": ("href", "xlink:href")}
_TABLES: tuple[tuple[_Table, Use], ...] = (
    (_LINKS, "link"),
    (_ASSETS, "asset"),
    (_IMAGES, "image"),
)
_USES: dict[str, tuple[tuple[str, Use], ...]] = {
    element: tuple((one, use) for table, use in _TABLES for one in table.get(element, ()))
    for table, _ in _TABLES
    for element in table
}
"""Element → its attributes that hold an address, and what for."""
_ADDRESSED = frozenset(
    (
        *(one for uses in _USES.values() for one, _ in uses),
        *("srcset", "imagesrcset", "content", "style"),
    )
)
"""Attributes in which an address may stand."""
_LOADED_RELS = frozenset(
    {"stylesheet", "preload", "modulepreload", "prefetch", "manifest", "prerender", "mask-icon"}
)
_ICONS = frozenset({"icon", "apple-touch-icon", "apple-touch-icon-precomposed"})
_ORIGINS = frozenset({"preconnect", "dns-prefetch"})
_FEEDS = frozenset({"application/rss+xml", "application/atom+xml", "application/feed+json"})
_SOCIAL = {
    "og:image": True,
    "og:image:url": True,
    "og:image:secure_url": True,
    "og:url": True,
    "twitter:image": True,
}
_REFRESH = re.compile(r"^\s*[\d.]+\s*[;,\s]\s*(?:url\s*=\s*)?(?P<quote>['\"]?)(?P<address>.*)$", re.I | re.S)


def of_page(page: Page) -> Iterator[Reference]:
    """The addresses of a page, in the order of the file.

    What stands in a comment, in the text of a script or in ``<template>`` is no part of the page. What stands
    in ``<noscript>`` is: readers without scripts get it.
    """
    held = [page.by_attribute[name] for name in _ADDRESSED if name in page.by_attribute]
    for index in sorted(set[int]().union(*held)):
        one = page.elements[index]
        attributes = one.attributes
        if one.name == "a" and "style" not in attributes:
            # Most are plain links.
            if "href" in attributes:
                yield Reference(attributes["href"], "link", one.line, one.column, one)
            if "xlink:href" in attributes:
                yield Reference(attributes["xlink:href"], "link", one.line, one.column, one)
        else:
            yield from _of_element(one)
    sheets = frozenset(page.by_name.get("style", ()))
    for text in page.texts if sheets else ():
        if text.parent in sheets:
            for address, line, column in of_css(text.text):
                yield Reference(
                    address, "css", text.line + line - 1, column + (text.column - 1 if line == 1 else 0)
                )


def _of_element(one: Element) -> Iterator[Reference]:
    place = (one.line, one.column, one)
    for name, use in _USES.get(one.name, ()):
        if name in one.attributes:
            yield Reference(one.attributes[name], use, *place)
    if one.name in ("img", "source", "link"):
        for name in ("srcset", "imagesrcset"):
            for address in of_srcset(one.get(name)):
                yield Reference(address, "srcset", *place)
    if one.name == "link" and "href" in one.attributes:
        yield Reference(one.attributes["href"], _use_of_link(one), *place)
    if one.name == "meta":
        kind = (one.get("property") or one.get("name")).lower()
        if kind in _SOCIAL:
            yield Reference(one.get("content"), "social", *place)
        if one.get("http-equiv").lower() == "refresh":
            onward = refresh(one.get("content"))
            if onward is not None:
                yield Reference(onward, "refresh", *place)
    if "style" in one.attributes:
        for address, _, _ in of_css(one.attributes["style"]):
            yield Reference(address, "css", *place)


def _use_of_link(one: Element) -> Use:
    rels = one.words("rel")
    if "canonical" in rels:
        return "canonical"
    if rels & _LOADED_RELS:
        return "asset"
    if rels & _ICONS:
        return "image"
    if rels & _ORIGINS:
        return "origin"
    if "alternate" in rels and one.get("type").lower() in _FEEDS:
        return "feed"
    if "alternate" in rels and "hreflang" in one.attributes:
        return "hreflang"
    return "link"


def refresh(content: str) -> str | None:
    """The address to which ``<meta http-equiv=refresh>`` leads, if to any.

    >>> refresh("0; url=../b/")
    '../b/'
    >>> refresh("30")
    """
    told = _REFRESH.match(content)
    if told is None:
        return None
    address = told["address"]
    if told["quote"]:
        address = address.partition(told["quote"])[0]
    return address.strip()


def of_srcset(value: str) -> Iterator[str]:
    """The addresses of ``srcset``; they may hold commas, but not end with one.

    >>> list(of_srcset("a,b.png 1x, c.png 2x,d.png"))
    ['a,b.png', 'c.png', 'd.png']
    """
    rest = value.lstrip(" \t\r\n\f,")
    while rest:
        address = rest.split(maxsplit=1)[0]
        rest = rest[len(address) :]
        whole = address.rstrip(",")
        if whole == address:
            rest = rest.partition(",")[2]
        yield whole
        rest = rest.lstrip(" \t\r\n\f,")


_CSS = re.compile(
    r"""/\*.*?(?:\*/|\Z)|@namespace\b[^;{]*
    |(?<![\w-])url\(\s*(?:"(?P<a>[^"\n]*)"|'(?P<b>[^'\n]*)'|(?P<c>[^"'()\s]+))\s*\)
    |@import\s+(?:"(?P<d>[^"\n]*)"|'(?P<e>[^'\n]*)')
    |"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


def of_css(text: str) -> Iterator[tuple[str, int, int]]:
    """Addresses of ``url()`` and ``@import`` with line and column; not those in comments and strings.

    >>> list(of_css("/* url(a) */ b{background:url('c.png')}"))
    [('c.png', 1, 27)]
    """
    if "url(" not in text.lower() and "@import" not in text.lower():
        return
    for one in _CSS.finditer(text):
        address = next((part for part in one.groups() if part is not None), None)
        if address is not None:
            start = one.start()
            yield address, text.count("\n", 0, start) + 1, start - text.rfind("\n", 0, start)
