"""Markdown: the small part of it that records use, read once into tokens and rendered with links.

Raw HTML is refused rather than passed on, and links lead to ``https:`` addresses or to records by
identity (``programme:slug``). This is the only module that knows the Markdown library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from html import escape
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
class Seen:
    """A link, an image or a tag, with its line in the body counted from 0 and its column counted from 1."""

    target: str
    line: int
    column: int
    image: bool = False


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


def links(parsed: Tokens, body: str) -> Iterator[Seen]:
    """All links and images in order."""
    for token in parsed:
        find = _Finder(body, token)
        for child in token.children or ():
            if child.type == "link_open":
                yield find.next(str(child.attrGet("href") or ""))
            elif child.type == "image":
                yield find.next(str(child.attrGet("src") or ""), image=True)


def dividing_lines(parsed: Tokens) -> Iterator[int]:
    """Lines of the body, counted from 0, on which a dividing line stands."""
    for token in parsed:
        if token.type == "hr" and token.map:
            yield token.map[0]


def html_tags(body: str) -> Iterator[Seen]:
    """HTML that someone wrote into a text; closing tags go with what they close.

    ``\\<`` and code are no HTML.
    """
    if "<" not in body:
        return
    for token in _WITH_HTML.parse(body):
        find = _Finder(body, token)
        if token.type == "html_block":
            yield find.next(token.content.strip().split("\n")[0])
        for child in token.children or ():
            if child.type == "html_inline":
                seen = find.next(child.content)
                if not child.content.startswith("</"):
                    yield seen


class _Finder:
    """Finds pieces of a block in its lines, one after the other; the parser gives a place for the block alone."""

    def __init__(self, body: str, token: Token) -> None:
        self.first, self.last = token.map or (0, 0)
        self.text = "\n".join(body.split("\n")[self.first : self.last])
        self.at = 0

    def next(self, sought: str, image: bool = False) -> Seen:
        """The next place of ``sought``; the start of the block where it is written otherwise."""
        found = self.text.find(sought, self.at) if sought else -1
        if found < 0:
            return Seen(sought, self.first, 1, image)
        self.at = found + len(sought)
        line = self.text.count("\n", 0, found)
        return Seen(sought, self.first + line, found - self.text.rfind("\n", 0, found), image)


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
    down that many levels. Markdown has no words for it, so a table is named after the heading above it, and
    its first row heads the columns.
    """
    renderer = RendererHTML()
    out: list[Token] = []
    above = ""
    for index, token in enumerate(parsed):
        copy = token.copy()
        if copy.type in ("heading_open", "heading_close"):
            copy.tag = f"h{min(6, int(copy.tag[1]) + shift)}"
        if copy.type == "heading_open":
            above = "".join(one.content for one in parsed[index + 1].children or ()).strip()
        elif copy.type == "th_open":
            copy.attrSet("scope", "col")
        if copy.children:
            copy.children = [_linked(child.copy(), resolve) for child in copy.children]
        out.append(copy)
        if copy.type == "table_open" and above:
            named = f'<caption class="vh">{escape(above, quote=False)}</caption>\n'
            out.append(Token("html_block", "", 0, content=named))
    return renderer.render(out, _PARSER.options, {})


def _linked(token: Token, resolve: Callable[[str], tuple[str, dict[str, str]]]) -> Token:
    if token.type == "link_open":
        address, extra = resolve(str(token.attrGet("href") or ""))
        token.attrs = {"href": address, **extra}
    return token
