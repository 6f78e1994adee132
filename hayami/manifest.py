"""The web manifest of one language: what a telephone needs to keep the site on its first screen.

All addresses are relative to the manifest, so that the site works under any path.
"""

from __future__ import annotations

import json
from typing import Any

from hayami.addresses import Addresses
from hayami.model import Site, Tongue
from hayami.tokens import Tokens

NAME = "manifest.webmanifest"

ICON_SIZES = (192, 512)
"""Widths of the square icons in ``assets/icons``, in pixels."""


def path(addresses: Addresses, language: str) -> str:
    """Where the manifest of a language stands in the site."""
    return addresses.folder("", language) + NAME


def of_language(
    site: Site, tongue: Tongue, addresses: Addresses, tokens: Tokens, asset_folder: str
) -> dict[str, Any]:
    """The manifest as data. Without ``id``, the place of the start page is its identity."""
    settings, here = site.settings, addresses.folder("", tongue.code)
    icons = f"{addresses.file_link(here, asset_folder)}/icons"
    return {
        "name": f"{settings.title[tongue.code]} — {settings.tagline[tongue.code]}",
        "short_name": settings.title[tongue.code],
        "description": settings.description[tongue.code],
        "lang": tongue.code,
        "start_url": addresses.link(here, "", tongue.code),
        # The other languages are part of the same application.
        "scope": addresses.link(here, "", settings.primary).removesuffix("index.html") or "./",
        # The reader keeps the address and the way back: these are pages, not a program.
        "display": "minimal-ui",
        "theme_color": tokens.value("paper"),
        "background_color": tokens.value("paper"),
        "icons": [
            {"src": f"{icons}/favicon.svg", "sizes": "any", "type": "image/svg+xml"},
            *(
                {
                    "src": f"{icons}/icon-{size}.png",
                    "sizes": f"{size}x{size}",
                    "type": "image/png",
                    "purpose": purpose,
                }
                for size in ICON_SIZES
                for purpose in ("any", "maskable")
            ),
        ],
    }


def written(data: dict[str, Any]) -> str:
    """The manifest as it stands in its file."""
    return json.dumps(data, ensure_ascii=False, indent=1)
