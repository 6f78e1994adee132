"""The files of the search: the index of the engine, and a lexicon for each language."""

from __future__ import annotations

import json
from collections.abc import Mapping

from hayami import pages
from hayami.addresses import Addresses
from hayami.language_runs import is_unspaced
from hayami.model import Item, Site, Tongue
from hayami.search import documents, engine, lexicon
from hayami.search.documents import Document
from hayami.search.words import fold

FOLDER = "pagefind/"


def files(site: Site, addresses: Addresses, written: Mapping[str, bytes]) -> dict[str, bytes]:
    """Everything that the search page fetches, from the pages of records as they were written."""
    by_language = {
        tongue.code: [
            (
                item,
                _document(site, tongue, item, written[addresses.file(pages.key_of(item.ref), tongue.code)]),
            )
            for item in site.items.values()
        ]
        for tongue in site.tongues.values()
    }
    # Where there is a Japanese index, Japanese letters ask it and no other.
    both = any(is_unspaced(tongue.locale) for tongue in site.tongues.values())
    slim = [
        one if is_unspaced(site.tongues[code].locale) else documents.without(one, some, japanese=not both)
        for code, several in by_language.items()
        for some in [documents.common([one for _, one in several])]
        for _, one in several
    ]
    found = engine.index(slim)
    records = {one.address: str(item.ref) for several in by_language.values() for item, one in several}
    results = engine.addresses(found)
    made = {FOLDER + name: content for name, content in found.items() if not engine.is_fragment(name)}
    for tongue in site.tongues.values():
        own = {one.address for _, one in by_language[tongue.code]}
        data = lexicon.of_language(
            tongue,
            site.settings.area[tongue.code],
            (one for _, one in by_language[tongue.code]),
            {result: records[address] for result, address in results.items() if address in own},
            is_unspaced(tongue.locale),
        )
        # Where words stand apart, they are only needed to mend a slip of the pen.
        if not is_unspaced(tongue.locale):
            made[f"{FOLDER}words.{tongue.code}.json"] = _dumped({"packed": data.pop("packed")})
        made[f"{FOLDER}lexicon.{tongue.code}.json"] = _dumped(data)
    return made


def _dumped(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _document(site: Site, tongue: Tongue, item: Item, page: bytes) -> Document:
    divided = is_unspaced(tongue.locale)
    own = item.words[tongue.code]
    others = [words for code, words in item.words.items() if code != tongue.code]
    names = [own.name, own.short_name, *own.known_as]
    names = [one.replace("|", "") for one in names]
    romaji = [words.romaji for words in item.words.values() if words.romaji]
    # Articles and the like stand in every page, and no query asks for them.
    small = set() if divided else {one for one in tongue.interface["search"]["stop"].split() if len(one) < 4}
    if divided:
        foreign = [one for words in others for one in (words.name.replace("|", ""), words.short_name)]
        meta = {
            "t": " ".join(documents.word_forms(names)),
            "k": " ".join(documents.word_forms(own.aliases)),
            # Japanese in Latin letters is looked for by its reading.
            "f": fold(" ".join(dict.fromkeys(foreign))),
        }
    else:
        # Names in Japanese letters are looked for in the Japanese index, on every page.
        spaced = [
            words.name.replace("|", "")
            for code, words in item.words.items()
            if code != tongue.code and not is_unspaced(site.tongues[code].locale)
        ]
        named = " ".join(names)
        known = {fold(word) for word in named.split()}
        aliases = documents.alias_words(own.aliases, known, small)
        meta = {"t": named, "k": " ".join(aliases), "f": " ".join([*spaced, *romaji])}
    cut = documents.cut if divided else documents.kept
    headings, text = documents.text(page.decode(), cut, small, spaced=not divided)
    language = "und" if divided else tongue.code
    return Document(f"{tongue.code}/{pages.key_of(item.ref)}", language, headings, text, meta)
