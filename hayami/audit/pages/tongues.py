"""What tells languages apart: codes, scripts, and the small words that every sentence needs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from hayami.audit.pages.elements import names
from hayami.audit.whole import LANGUAGES

_LONG_CODES = names(
    "aar abk ave afr aka amh arg ara asm ava aym aze bak bel bul bih bis bam ben bod tib bre bos cat che cha cos cre "
    "ces cze chu chv cym wel dan deu ger div dzo ewe ell gre eng epo spa est eus baq fas per ful fin fij fao fra fre "
    "fry gle gla glg grn guj glv hau heb hin hmo hrv hat hun hye arm her ina ind ile ibo iii ipk ido isl ice ita iku "
    "jpn jap jav kat geo kon kik kua kaz kal khm kan kor kau kas kur kom cor kir lat ltz lug lim lin lao lit lub lav "
    "mlg mah mri mao mkd mac mal mon mar msa may mlt mya bur nau nob nde nep ndo nld dut nno nor nbl nav nya oci oji "
    "orm ori oss pan pli pol pus por que roh run ron rum rus kin san srd snd sme sag sin slk slo slv smo sna som sqi "
    "alb srp ssw sot sun swe swa tam tel tgk tha tir tuk tgl tsn ton tur tso tat twi tah uig ukr urd uzb ven vie vol "
    "wln wol xho yid yor zha zho chi zul"
)
"""Codes of three letters that are not to be used, as there is one of two."""
_WRONG_REGIONS = frozenset(("uk", "ja", "en", "ko"))
_TAG = re.compile(r"([A-Za-z]{2,3})(?:-[A-Za-z0-9]{1,8})*")
_REGION = re.compile(r"-([A-Za-z]{2})(?:-|$)")


def is_tag(value: str) -> bool:
    """Whether a value names a language: the first part is known, the others are well formed.

    >>> [is_tag(one) for one in ("ja", "EN-us", "zh-Hant-TW", "jp", "ja_JP", "eng", "japanese", "en-UK", "", " ")]
    [True, True, True, False, False, False, False, False, False, False]
    """
    found = _TAG.fullmatch(value)
    if found is None:
        return False
    language = found[1].lower()
    region = _REGION.search(value)
    if region is not None and region[1].lower() in _WRONG_REGIONS:
        return False
    return language in LANGUAGES if len(language) == 2 else language not in _LONG_CODES


LATIN = names(
    "af az bs ca cs cy da de en eo es et eu fi fo fr fy ga gl hr hu id is it la lb lt lv ms mt nb nl nn no pl pt rm "
    "ro sk sl so sq sv sw tl tr uz vi zu"
)
"""Languages that are written in Latin letters alone."""
EAST_ASIAN = frozenset(("ja", "zh", "ko", "yue"))

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
KANA = "\u3041-\u3096\u30a1-\u30fa"
LETTERS = f"{HAN}{KANA}\u30fc\u3005"
"""The letters of Japanese, for the brackets of a regular expression."""

_JAPANESE = re.compile(f"[{LETTERS}]+")
_KANA_TWICE = re.compile(f"[{KANA}][{KANA}\u30fc]+")
_HAN = re.compile(f"[{HAN}]")
_SCRIPTS: Mapping[str, tuple[str, frozenset[str]]] = {
    "hangul": ("[\uac00-\ud7a3\u3131-\u318e\u1100-\u11ff]+", frozenset(("ko",))),
    "cyrillic": ("[\u0400-\u04ff]{3,}", names("ru uk be bg sr mk kk ky mn tg")),
    "greek": ("[\u0370-\u03ff\u1f00-\u1fff]{4,}", frozenset(("el",))),
    "thai": ("[\u0e01-\u0e7f]{2,}", names("th")),
    "arabic": ("[\u0620-\u06d3]{2,}", names("ar fa ur ps ku ug sd")),
    "hebrew": ("[\u05d0-\u05ea]{2,}", names("he yi")),
    "devanagari": ("[\u0904-\u0939\u093e-\u094d]{2,}", names("hi mr ne sa")),
    "other": ("[\u0980-\u0dff\u0e81-\u109f\u1780-\u17dd]{2,}", frozenset()),
}
_FOREIGN = re.compile("|".join(f"(?P<{name}>{letters})" for name, (letters, _) in _SCRIPTS.items()))
# Letters of China that Japanese does not have.
_SIMPLIFIED = re.compile(
    "[简们这为东车马龙汉语译读请问说话认识让谁议论证评诉词试诗课调谈该详误进过还远运动员卖买书习乡业产开关门间闻阅页项顺须题颜风飞饭馆馒骑验鱼鸟]"
)


# Pages of one site share most of their texts.
@lru_cache(maxsize=16384)
def foreign(text: str, language: str) -> tuple[int, str] | None:
    """The first piece of a text in letters that a language does not have: where it starts, and the piece.

    Single kana and signs are no language; nor is a Latin word, which may be a name in any.

    >>> foreign("wage (賃)", "en"), foreign("¯\\\\_(ツ)_/¯", "en"), foreign("한국어", "ja"), foreign("漢字", "ja")
    ((6, '賃'), None, (0, '한국어'), None)
    """
    if language in LATIN or language in ("ko", "zh", "yue"):
        for found in _JAPANESE.finditer(text):
            is_kana = _KANA_TWICE.search(found[0])
            if is_kana or (language in LATIN and _HAN.search(found[0])):
                return found.start(), found[0]
    elif language not in EAST_ASIAN:
        return None
    for found in _FOREIGN.finditer(text):
        if language not in _SCRIPTS[found.lastgroup or "other"][1]:
            return found.start(), found[0]
    if language == "ja":
        marks = _SIMPLIFIED.findall(text)
        # One such letter may stand in a name.
        if len(set(marks)) >= 2 or "简体" in text:
            return text.index(marks[0]), text.strip()
    return None


_STRONG = names(
    "is are was were be been has have had do does did can could will would shall should must this that these those "
    "it you your we our us they their he she his her its not please which what when where how there here my me don't "
    "can't isn't it's we're you're let's cannot"
)
"""Words that a sentence has and a name has not."""
_WEAK = names("a an the of to in on for with and or at by from as into about than if may who i all any no")
_LATIN_RUN = re.compile(
    r"(?<![\w@/.])[A-Za-z][A-Za-z'’-]*(?:[,;:.!?\"”)]*\s+[\"“(]*[A-Za-z0-9][A-Za-z0-9'’-]*){3,}[.!?]?"
)
_WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


@lru_cache(maxsize=8192)
def english(text: str) -> tuple[int, str] | None:
    """The first English sentence of a text: where it starts, and the sentence. Names and titles are none.

    >>> english("申込みは Please enter your full name. まで")
    (5, 'Please enter your full name.')
    >>> english("Ministry of Economy, Trade and Industry") or english("What You See Is What You Get")
    """
    for found in _LATIN_RUN.finditer(text):
        if _is_sentence(found[0]):
            return found.start(), found[0]
    return None


def _is_sentence(run: str) -> bool:
    words = _WORD.findall(run.replace("’", "'"))
    small = sum(one.islower() for one in words)
    if len(words) < 4 or small * 2 < len(words):
        return False
    # What starts with a capital within a sentence is part of a name.
    lower = [words[0].lower(), *(one for one in words[1:] if one.islower())]
    if words[0].isupper() and len(words[0]) > 1:
        lower = lower[1:]
    strong = sum(one in _STRONG for one in lower)
    return strong > 0 and strong + sum(one in _WEAK for one in lower) > 1


_STOP_WORDS: Mapping[str, frozenset[str]] = {
    "en": names(
        "the of and to in is that for it with as are this be on by not or have from which you an was has"
    ),
    "fr": names(
        "le la les des et un une du est que dans pour qui sur au pas avec par ce sont il elle nous vous"
    ),
    "de": names(
        "der die das und ist nicht ein eine zu mit den von auf im für sich dem des auch wird sind es ich sie"
    ),
    "es": names("el la los las de que y en un una es por con para del se no su al como más son"),
    "it": names("il la di che e un una per non è con del si da le dei nel sono alla gli lo"),
    "nl": names("de het een en van ik te dat die in is niet zijn op met voor er aan hij ging om bij naar"),
    "pt": names("o a os as de que e em um uma do da para com não é por no na se mais dos são"),
}
_ANY_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Runs of letters are counted quicker than letters.
_LATIN_LETTERS = re.compile(r"[A-Za-zÀ-ɏ]+")
_ANY_KANA = re.compile(f"[{KANA}]+")
_ANY_HAN = re.compile(f"[{HAN}]+")
_TEN_KANA = re.compile(f"(?:[^{KANA}]*+[{KANA}]){{10}}")


def mistaken(text: str, language: str) -> str | None:
    """The language in which a text is, where that is surely not the one it is said to be in.

    >>> mistaken("これは日本語で書かれた文章です。英語ではないので気をつけてください。", "en")
    'ja'
    >>> mistaken("これは Python の本です。", "ja")
    """
    if text.isascii():
        kana, han, latin = 0, 0, len(text)
    elif language == "ja" and _TEN_KANA.match(text):
        return None
    else:
        kana, han, latin = (
            sum(map(len, letters.findall(text))) for letters in (_ANY_KANA, _ANY_HAN, _LATIN_LETTERS)
        )
    if language in LATIN:
        if kana >= 12 and kana + han > latin:
            return "ja"
        return _mistaken_words(text, language) if kana + han < latin else None
    if language == "ja":
        if (kana + han) * 4 > latin:
            return None
        counted = _shares(text)
        if counted is None:
            return None
        # The fewer words, the more of them must be English ones.
        return "en" if counted["en"] > (0.15 if counted["words"] >= 20 else 0.3) else None
    if language in ("zh", "ko", "yue") and kana >= 20 and kana * 5 > kana + han + latin:
        return "ja"
    return None


def _words(text: str) -> list[str]:
    """The words of a text, without single letters, which name things in any language."""
    return [one.lower() for one in _ANY_WORD.findall(text) if len(one) > 1]


def _shares(text: str) -> Mapping[str, float] | None:
    words = _words(text)
    if len(words) < 8:
        return None
    counted = Counter(words)
    return {
        "words": len(words),
        **{one: sum(counted[word] for word in stops) / len(words) for one, stops in _STOP_WORDS.items()},
    }


def _mistaken_words(text: str, language: str) -> str | None:
    words = _words(text)
    own = _STOP_WORDS.get(language, frozenset())
    if len(words) < 8 or sum(one in own for one in words) * 8 > len(words):
        return None
    shares = _shares(text) or {}
    best = max(_STOP_WORDS, key=lambda one: shares[one])
    # Short texts and those of neighbouring languages share many of these words.
    least = 0.2 if len(words) >= 30 else 0.3
    if best != language and shares[best] >= least and shares.get(language, 0.0) * 2.5 < shares[best]:
        return best
    return None
