"""Markdown: the small part of it that records use, read once into tokens and rendered with links.

Raw HTML is refused rather than passed on, and links lead to ``https:`` addresses or to records by
identity (``programme:slug``). This is the only module that knows the Markdown library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from hayami.schema.scalars import Ref

_KINDS = ("programme:", "organisation:", "facility:", "event:", "page:", "term:")


def _parser(html: bool) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": html}).enable("table")
    # Links are judged by `links`, with a place and a cure; the library would drop them silently.
    parser.validateLink = _any_link  # type: ignore[method-assign]
    return parser


def _any_link(url: str) -> bool:
    del url
    return True


_PARSER = _parser(html=False)
_WITH_HTML = _parser(html=True)

Tokens: TypeAlias = Sequence[Token]
"""A parsed text, opaque to other modules."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its line in the body, counted from 0."""

    level: int
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class LinkSeen:
    """A link with the line of its paragraph in the body, counted from 0."""

    target: str
    line: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One line of running text without its markup, counted from 0, and how many headings stand before it."""

    text: str
    line: int
    section: int


def tokens(body: str) -> Tokens:
    """Block tokens of a Markdown text."""
    return _PARSER.parse(body)


def headings(parsed: Tokens) -> Iterator[Heading]:
    """All headings in order."""
    for index, token in enumerate(parsed):
        if token.type == "heading_open":
            inline = parsed[index + 1]
            line = token.map[0] if token.map else 0
            yield Heading(int(token.tag[1]), inline.content.strip(), line)


def passages(parsed: Tokens) -> Iterator[Passage]:
    """The running text in order, a heading with the section that it opens; targets of links are no text."""
    section = 0
    for index, token in enumerate(parsed):
        if token.type == "heading_open":
            section += 1
        if token.type in ("fence", "code_block"):
            first = (token.map[0] if token.map else 0) + (token.type == "fence")
            for number, line in enumerate(token.content.split("\n")):
                yield Passage(line, first + number, section)
        if token.type != "inline":
            continue
        # Cells of a table have no place of their own; their row has.
        place = token.map or next((one.map for one in reversed(parsed[:index]) if one.map), None) or [0]
        breaks = ("softbreak", "hardbreak")
        pieces = ["\n" if one.type in breaks else one.content for one in token.children or ()]
        for number, text in enumerate("".join(pieces).split("\n")):
            yield Passage(text, place[0] + number, section)


def links(parsed: Tokens) -> Iterator[LinkSeen]:
    """All links and images in order."""
    for token in parsed:
        line = token.map[0] if token.map else 0
        for child in token.children or ():
            if child.type == "link_open":
                yield LinkSeen(str(child.attrGet("href") or ""), line)
            elif child.type == "image":
                yield LinkSeen(str(child.attrGet("src") or ""), line)


def html_tags(body: str) -> Iterator[tuple[str, int]]:
    """HTML that someone wrote into a text, with its line counted from 0; ``\\<`` and code are no HTML."""
    if "<" not in body:
        return
    for token in _WITH_HTML.parse(body):
        line = token.map[0] if token.map else 0
        if token.type == "html_block":
            yield token.content.strip().split("\n")[0], line
        for child in token.children or ():
            if child.type == "html_inline":
                yield child.content, line


def reference(target: str) -> Ref | None:
    """The record that a link names, or None for an address."""
    try:
        return Ref.parse(target)
    except ValueError:
        return None


def is_safe(target: str) -> bool:
    """Whether a link may be used: ``https:``, ``mailto:``, ``tel:``, a record, a page or a term."""
    return target.startswith(("https://", "mailto:", "tel:", *_KINDS))


def render(parsed: Tokens, resolve: Callable[[str], tuple[str, dict[str, str]]], shift: int = 0) -> str:
    """HTML of parsed tokens.

    ``resolve`` turns a link target into an address and further attributes. ``shift`` moves headings
    down that many levels.
    """
    renderer = RendererHTML()
    out: list[Token] = []
    for token in parsed:
        copy = token.copy()
        if copy.type in ("heading_open", "heading_close"):
            copy.tag = f"h{min(6, int(copy.tag[1]) + shift)}"
        if copy.children:
            copy.children = [_linked(child.copy(), resolve) for child in copy.children]
        out.append(copy)
    return renderer.render(out, _PARSER.options, {})


def _linked(token: Token, resolve: Callable[[str], tuple[str, dict[str, str]]]) -> Token:
    if token.type == "link_open":
        address, extra = resolve(str(token.attrGet("href") or ""))
        token.attrs = {"href": address, **extra}
    return token
