"""Where pages stand and how they link to one another."""

from __future__ import annotations

from posixpath import join, normpath
from urllib.parse import unquote

from hypothesis import given
from hypothesis import strategies as st

from hayami.addresses import Addresses

ADDRESSES = Addresses("ja")


def test_the_primary_language_stands_at_the_root() -> None:
    assert ADDRESSES.folder("programmes/x", "ja") == "programmes/x/"
    assert ADDRESSES.folder("programmes/x", "en") == "en/programmes/x/"
    assert ADDRESSES.folder("", "ja") == ""
    assert ADDRESSES.file("", "en") == "en/index.html"


def test_links_are_relative() -> None:
    assert ADDRESSES.link("programmes/x/", "", "ja") == "../../"
    assert ADDRESSES.link("programmes/x/", "programmes/x", "en") == "../../en/programmes/x/"
    assert ADDRESSES.link("", "", "ja") == "./"
    assert ADDRESSES.link("glossary/", "glossary", "ja", "bcp") == "#bcp"
    assert ADDRESSES.file_link("en/about/", "assets/1/css/base.css") == "../../assets/1/css/base.css"


def test_portable_links_name_the_file() -> None:
    portable = Addresses("ja", portable=True)
    assert portable.link("programmes/x/", "", "ja") == "../../index.html"
    assert portable.link("", "", "ja") == "index.html"
    assert portable.link("", "about", "en", "a") == "en/about/index.html#a"


def test_absolute_addresses_need_a_base() -> None:
    assert ADDRESSES.absolute("about", "ja") is None
    based = Addresses("ja", "https://example.org/hayami/")
    assert based.absolute("about", "en") == "https://example.org/hayami/en/about/"
    assert based.root_path == "/hayami/"
    assert ADDRESSES.root_path == "/"


_KEYS = st.lists(st.from_regex(r"[a-z0-9]{1,5}", fullmatch=True), max_size=4).map("/".join)


@given(_KEYS, _KEYS, st.sampled_from(["ja", "en"]), st.sampled_from(["ja", "en"]), st.booleans())
def test_every_link_leads_to_its_page(here: str, there: str, one: str, other: str, portable: bool) -> None:
    addresses = Addresses("ja", portable=portable)
    folder = addresses.folder(here, one)
    link = unquote(addresses.link(folder, there, other))
    target = normpath(join("/" + folder, link if portable else link + "index.html"))
    assert target == "/" + addresses.file(there, other)
