"""Rules on the addresses of each page and each style sheet."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from hayami.audit import references
from hayami.audit.address import fault, split
from hayami.audit.references import LOADED, Reference
from hayami.audit.site import Finding, Folder, Read, base_element
from hayami.problems import nearest

_MISSING = {
    "link": "broken-link",
    "refresh": "broken-link",
    "image": "broken-image",
    "social": "broken-image",
    "srcset": "broken-srcset",
    "asset": "broken-asset",
    "css": "broken-css-url",
    "canonical": "canonical-broken",
    "hreflang": "hreflang-dangling",
    "feed": "feed-broken",
}
_ABSOLUTE = {"canonical": "not-absolute", "social": "not-absolute", "hreflang": "hreflang-relative"}


def check(folder: Folder) -> None:
    """All pages and style sheets."""
    for name, read in folder.pages.items():
        _base(folder, name, read)
        for one in read.links:
            reference(folder, name, one, read.base)
        _ids(folder, name, read)
        _integrity(folder, name, read)
        _structured(folder, name, read)
    for name in sorted(folder.tree.files):
        if name.lower().endswith(".css"):
            text = folder.text(name)
            for address, line, column in references.of_css(text or ""):
                reference(folder, name, Reference(address, "css", line, column), name)
        elif name.lower().endswith(".webmanifest"):
            _manifest(folder, name)


def _base(folder: Folder, name: str, read: Read) -> None:
    element = base_element(read.page)
    if element is None:
        return
    address = element.get("href")
    wrong = fault(address, True)
    place = (name, element.line, element.column)
    if wrong is not None:
        folder.add(Finding(*place, wrong.rule, address, wrong.detail))
    elif folder.leads(address, name)[0].where == "outside":
        folder.add(Finding(*place, "outside-base", address))


def reference(folder: Folder, name: str, one: Reference, base: str | None) -> None:
    """One address: how it is written, and whether something stands where it leads."""
    place = (name, one.line, one.column)
    address = one.address
    # These are of CSS itself: an element of the same page.
    if one.use == "css" and address.startswith("#"):
        return
    wrong = fault(address, one.use in LOADED)
    if wrong is not None:
        folder.add(Finding(*place, wrong.rule, address, wrong.detail))
        return
    parts = split(address)
    if parts is None or one.use == "origin":
        return
    if one.use in _ABSOLUTE and not parts.scheme:
        folder.add(Finding(*place, _ABSOLUTE[one.use], address))
    if base is None and not parts.scheme:
        return
    is_relative = not parts.scheme and not address.strip().startswith("/")
    if name == "404.html" and parts.path and is_relative and base == name:
        folder.add(Finding(*place, "relative-in-404", address))
    to, found = folder.leads(address, name if base is None else base)
    if to.where == "outside":
        folder.add(Finding(*place, "outside-base", address))
    elif to.where == "inside":
        _target(folder, place, one, to.fragment, to.path, found.how, found.file)


def _target(
    folder: Folder,
    place: tuple[str, int, int],
    one: Reference,
    fragment: str,
    path: str,
    how: str,
    file: str,
) -> None:
    address = one.address
    missing = _MISSING[one.use]
    if one.use == "social" and one.element is not None and one.element.get("property") == "og:url":
        missing = "broken-link"
    if how in ("case", "form"):
        folder.add(Finding(*place, f"{how}-mismatch", address, file))
    elif how == "nothing":
        folder.add(Finding(*place, missing, address, near=folder.near(path)))
    elif how == "slash":
        folder.add(Finding(*place, "missing-slash", address))
    if not file or one.use not in ("link", "refresh", "image", "asset"):
        return
    target = folder.pages.get(file)
    if one.use == "link" and target is not None and target.redirect and file != place[0]:
        folder.add(Finding(*place, "redirect", address, near=_end(folder, file)))
    elif fragment and not _has(folder.targets(file), fragment):
        ids = folder.targets(file) or frozenset()
        near = tuple("#" + id_ for id_ in nearest(unquote(fragment), ids))
        folder.add(Finding(*place, "broken-fragment", address, near=near))


def _end(folder: Folder, file: str) -> tuple[str, ...]:
    address = folder.pages[file].redirect or ""
    _, found = folder.leads(address, folder.pages[file].base or file)
    return (found.file,) if found.file else ()


def _has(ids: frozenset[str] | None, fragment: str) -> bool:
    if ids is None:
        return True
    # What stands behind :~: is looked for in the text, by the browser.
    plain = fragment.partition(":~:")[0]
    if not plain or plain in ids:
        return True
    decoded = unquote(plain)
    return decoded in ids or decoded.lower() == "top" or decoded.startswith("svgView(")


def _ids(folder: Folder, name: str, read: Read) -> None:
    first: dict[str, int] = {}
    for one, element in read.page.ids():
        if one in first:
            place = (name, element.line, element.column)
            folder.add(Finding(*place, "duplicate-id", one, str(first[one])))
        else:
            first[one] = element.line


def _integrity(folder: Folder, name: str, read: Read) -> None:
    for one in read.links:
        if one.use != "asset" or one.element is None or not one.element.get("integrity").strip():
            continue
        if read.base is None:
            continue
        to, found = folder.leads(one.address, read.base)
        if to.where != "inside" or found.how != "file":
            continue
        given: dict[str, list[bytes]] = {}
        for part in one.element.get("integrity").split():
            algorithm, _, value = part.partition("-")
            try:
                digest = base64.b64decode(value.partition("?")[0], validate=True)
            except (binascii.Error, ValueError):
                digest = b""
            given.setdefault(algorithm.lower(), []).append(digest)
        # Browsers look at the strongest kind only, and at none that they do not know.
        kind = next((kind for kind in ("sha512", "sha384", "sha256") if kind in given), None)
        if kind is None or folder.digest(found.file, kind) not in given[kind]:
            folder.add(Finding(name, one.line, one.column, "integrity-mismatch", one.address))


_ADDRESS_KEYS = frozenset({"url", "@id", "image", "logo", "item", "contentUrl", "thumbnailUrl", "embedUrl"})


def _structured(folder: Folder, name: str, read: Read) -> None:
    scripts = {
        index
        for index in read.page.by_name.get("script", ())
        if read.page.elements[index].get("type").strip().lower() == "application/ld+json"
    }
    for text in [one for one in read.page.texts if one.parent in scripts] if scripts else ():
        place = (name, text.line, text.column)
        try:
            value = json.loads(text.text)
        except ValueError as error:
            folder.add(Finding(*place, "jsonld-broken", detail=str(error)))
            continue
        except RecursionError:
            folder.add(Finding(*place, "jsonld-broken", detail="too deep"))
            continue
        for address in _addresses(value):
            parts = split(address)
            if parts is None or parts.scheme not in ("http", "https"):
                continue
            to, found = folder.leads(address, name)
            if to.where == "inside" and found.how != "file":
                folder.add(Finding(*place, "jsonld-broken", address, address))


def _addresses(value: Any) -> Iterator[str]:
    waiting = [("", value)]
    while waiting:
        key, one = waiting.pop()
        if isinstance(one, dict):
            waiting += [(str(name), inner) for name, inner in one.items()]
        elif isinstance(one, list):
            waiting += [(key, inner) for inner in one]
        elif isinstance(one, str) and key in _ADDRESS_KEYS:
            yield one


def _manifest(folder: Folder, name: str) -> None:
    text = folder.text(name)
    if text is None:
        return
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        folder.add(Finding(name, 1, 1, "manifest-broken", detail=str(error)[:80]))
        return
    if not isinstance(value, dict):
        folder.add(Finding(name, 1, 1, "manifest-broken", detail="{…}"))
        return
    icons = value.get("icons")
    addresses = [one.get("src") for one in icons if isinstance(one, dict)] if isinstance(icons, list) else []
    addresses += [value.get("start_url"), value.get("scope")]
    for address in addresses:
        if not isinstance(address, str) or not address:
            continue
        to, found = folder.leads(address, name)
        # A scope may be a folder without a page.
        is_folder = address == value.get("scope") and to.path.rstrip("/") in folder.tree.folders
        if to.where == "outside" or (to.where == "inside" and found.how != "file" and not is_folder):
            folder.add(Finding(name, 1, 1, "manifest-broken", address, address))
