"""What an address says: faults in how it is written, and which path of the site it means."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, unquote_to_bytes, urlsplit

_SPACES = " \t\n\r\f"
_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.-]*):")
_MISTYPED = re.compile(r"^(h?t?tps?|htt?t?ps?|https?)(?:[;：／]|//|\.//)", re.IGNORECASE)
_KNOWN = frozenset(
    (
        *("http", "https", "mailto", "tel", "sms", "data", "blob", "about", "geo", "webcal", "magnet", "urn"),
        # What opens a programme that many have.
        *("line", "skype", "whatsapp", "facetime", "sip", "xmpp", "intent", "market", "itms-apps", "maps"),
    )
)
_MAIL = re.compile(r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@(?:[\w](?:[\w-]*[\w])?\.)+[\w-]*[^\W\d_][\w-]*$")
_TEL = re.compile(r"^\+?\(?[0-9](?:[-.() ]*[0-9])+[)]?(?:;[a-z-]+=[\w.+-]+)*$|^#?[0-9]{3,4}$")
_NEAR = re.compile(
    r"^(?:localhost|.*\.(?:localhost|local|internal|test|lan)|127(?:\.\d+){3}|0\.0\.0\.0|10(?:\.\d+){3}|"
    r"192\.168(?:\.\d+){2}|172\.(?:1[6-9]|2\d|3[01])(?:\.\d+){2}|169\.254(?:\.\d+){2}|::1|fe80:.*|f[cd][0-9a-f]{2}:.*)$"
)
_DRIVE = re.compile(r"^[a-zA-Z]:[\\/]")


@dataclass(frozen=True, slots=True)
class Fault:
    """A rule that an address breaks by itself."""

    rule: str
    detail: str = ""


@lru_cache(maxsize=50_000)
def fault(address: str, loaded: bool) -> Fault | None:
    """What is wrong with an address wherever it stands; ``loaded`` where browsers fetch it with the page."""
    plain = address.strip(_SPACES)
    if not plain:
        return Fault("empty-href")
    if _DRIVE.match(plain) or plain.startswith("\\\\"):
        return Fault("local-url")
    scheme = _SCHEME.match(plain)
    name = scheme[1].lower() if scheme else ""
    if name == "javascript":
        return Fault("javascript-link")
    if name == "file":
        return Fault("local-url")
    if name in ("mailto", "tel", "sms"):
        return _contact(name, plain[len(name) + 1 :])
    if name in ("data", "blob", "about"):
        return None if loaded else Fault("bad-scheme", name)
    if name and re.match(r"^[\w.-]+:\d{1,5}(?:[/?#]|$)", plain) and name not in _KNOWN:
        near = _NEAR.match(name)
        return Fault("local-url") if near else Fault("bad-scheme", name)
    if name and name not in _KNOWN:
        return Fault("bad-scheme", name)
    mistyped = None if name else _MISTYPED.match(plain)
    if mistyped:
        return Fault("bad-scheme", mistyped[1])
    if "\\" in plain:
        return Fault("address-backslash")
    if re.search(r"[\s\u3000]", plain):
        return Fault("address-space")
    return _written(plain, name, loaded)


def _contact(name: str, rest: str) -> Fault | None:
    to, _, query = rest.partition("?")
    # Longer than any real one, and slow to judge.
    if len(rest) > 2000:
        return Fault("mailto-invalid" if name == "mailto" else "tel-invalid")
    if name != "mailto" and re.search(r"\s", to):
        return Fault("tel-invalid")
    to = unquote(to)
    if name != "mailto":
        return None if _TEL.match(to) else Fault("tel-invalid")
    others = [unquote(one[3:]) for one in query.split("&") if one[:3].lower() in ("to=", "cc=")]
    wanted = [one for part in (to, *others) if part for one in part.split(",")]
    # Readers may choose to whom they send what is written for them.
    good = (
        (wanted or query)
        and not to.startswith("//")
        and all(_MAIL.match(one.strip()) and ".." not in one for one in wanted)
    )
    return None if good else Fault("mailto-invalid")


def _written(plain: str, name: str, loaded: bool) -> Fault | None:
    if re.search(r"%(?![0-9a-fA-F]{2})", plain.partition("#")[0]):
        return Fault("malformed-url", "%")
    if re.search(r"[\x00-\x1f\x7f<>\"`]|\{\{|\}\}|\{%", plain):
        return Fault("malformed-url", '< > " ` {{')
    try:
        parts = urlsplit(plain)
        host, port = parts.hostname or "", parts.port
        unquote_to_bytes(parts.path).decode("utf-8")
    except UnicodeDecodeError:
        # Servers on other hosts may use any encoding in their paths.
        return None if name else Fault("malformed-url", "UTF-8")
    except ValueError as error:
        return Fault("malformed-url", str(error))
    if name in ("http", "https"):
        if not plain[len(name) + 1 :].startswith("//"):
            return Fault("bad-scheme", name)
        if not host:
            return Fault("malformed-url", "host")
        if port == 0 or host in ("http", "https") or re.search(r"^\.|\.\.|^-", host):
            return Fault("malformed-url", "host")
    if host and _NEAR.match(host):
        return Fault("local-url")
    if not name and parts.netloc:
        return Fault("protocol-relative")
    if not name and plain.startswith("//"):
        return Fault("malformed-url", "host")
    if name == "http":
        return Fault("mixed-content" if loaded else "insecure-link")
    return None


@dataclass(frozen=True, slots=True)
class Site:
    """Where the folder stands, as far as it is known."""

    url: str | None = None
    """Address of the folder, with a slash at the end."""
    base_path: str = "/"


class Way(NamedTuple):
    """Where an address leads."""

    where: str
    """``inside`` the folder, ``outside`` of it on the same host, or ``elsewhere``."""
    path: str = ""
    folder: bool = False
    fragment: str = ""


@lru_cache(maxsize=50_000)
def split(address: str) -> SplitResult | None:
    """The parts of an address, unless it has none."""
    try:
        return urlsplit(address.strip(_SPACES))
    except ValueError:
        return None


def way(address: str, here: str, site: Site) -> Way:
    """Where an address leads that stands in the file ``here``, a path within the folder.

    >>> way("../b/?x=1#c", "a/index.html", Site())
    Way(where='inside', path='b', folder=True, fragment='c')
    >>> way("../../b", "a/index.html", Site()).where
    'outside'
    """
    parts = split(address)
    if parts is None:
        return Way("elsewhere")
    path = parts.path
    if parts.scheme or parts.netloc:
        own = urlsplit(site.url) if site.url else None
        if own is None or parts.scheme not in ("http", "https") or parts.netloc.lower() != own.netloc.lower():
            return Way("elsewhere")
        path = path or "/"
        if not path.startswith(site.base_path) and path + "/" != site.base_path:
            # The same host can hold other sites next to this one.
            return Way("elsewhere")
    if not path and not parts.scheme:
        return Way("inside", here, here == "" or here.endswith("/"), parts.fragment)
    if path.startswith("/"):
        if path + "/" == site.base_path:
            return Way("inside", "", True, parts.fragment)
        if not path.startswith(site.base_path):
            return Way("outside")
        start: list[str] = []
        path = path[len(site.base_path) :]
    else:
        start = here.split("/")[:-1]
    up, steps, folder = _walk(path)
    if up > len(start):
        return Way("outside")
    return Way("inside", "/".join((*start[: len(start) - up], *steps)), folder, parts.fragment)


# Pages that stand equally deep name the same ones.
@lru_cache(maxsize=50_000)
def _walk(path: str) -> tuple[int, tuple[str, ...], bool]:
    """Where a path leads from wherever it starts: so many folders up, then down; and whether to a folder."""
    up = 0
    steps: list[str] = []
    for one in path.split("/"):
        step = unquote(one) if "%" in one else one
        if step == "..":
            if steps:
                steps.pop()
            else:
                up += 1
        elif step not in ("", "."):
            steps.append(step)
    return up, tuple(steps), unquote(path.rpartition("/")[2]) in ("", ".", "..")
