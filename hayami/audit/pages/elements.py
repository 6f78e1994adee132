"""HTML's elements and attributes, as the HTML standard lists them: what there is, and what no longer is."""

from __future__ import annotations

from collections.abc import Mapping


def names(text: str) -> frozenset[str]:
    """The words of a list."""
    return frozenset(text.split())


VOID = names("area base br col embed hr img input link meta source track wbr")
"""Elements without an end tag."""

FLOW_ONLY = names(
    "address article aside blockquote details dialog dir div dl fieldset figure footer form h1 h2 h3 h4 h5 "
    "h6 header hgroup hr main menu nav ol p pre search section table ul center"
)
"""Elements that make a block of their own and so cannot stand in a line of text."""

PHRASING_ONLY = names(
    "abbr b bdi bdo button cite code data dfn em h1 h2 h3 h4 h5 h6 i kbd label legend mark meter output p pre "
    "progress q rp rt ruby s samp small span strong sub summary sup time u var"
)
"""Elements that hold text and what can stand in a line of it."""

MAY_HOLD_HEADINGS = frozenset(("legend", "summary"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
SECTIONING = frozenset(("article", "aside", "nav", "section"))

TRANSPARENT = frozenset(("a", "audio", "canvas", "del", "ins", "map", "noscript", "object", "slot", "video"))
"""Elements that may hold whatever the element around them may."""

METADATA = names("base link meta noscript script style template title")
"""What a head may hold."""

PARENTS: Mapping[str, frozenset[str]] = {
    one: names(around)
    for children, around in (
        ("li", "ul ol menu dir"),
        ("dt dd", "dl div"),
        ("tr", "table thead tbody tfoot"),
        ("td th", "tr"),
        ("thead tbody tfoot caption colgroup", "table"),
        ("col", "colgroup table"),
        ("figcaption", "figure"),
        ("summary", "details"),
        ("legend", "fieldset optgroup"),
        ("optgroup", "select div"),
        ("option", "select optgroup datalist div span"),
        ("source", "audio video picture"),
        ("track", "audio video"),
        ("rt rp", "ruby rtc"),
        ("head body", "html"),
    )
    for one in children.split()
}
"""Element → the elements of which it must be a child."""

CHILDREN: Mapping[str, frozenset[str]] = {
    one: names(held) | {"script", "template"}
    for parents, held in (
        ("ul ol menu", "li"),
        ("dl", "dt dd div"),
        ("table", "caption colgroup col thead tbody tfoot tr"),
        ("thead tbody tfoot", "tr"),
        ("tr", "td th"),
        ("colgroup", "col"),
        ("picture", "source img"),
        ("hgroup", "h1 h2 h3 h4 h5 h6 p"),
        ("html", "head body"),
    )
    for one in parents.split()
}
"""Element → the only elements that it may have as children."""

WITHOUT_TEXT = frozenset((*CHILDREN, "html", "head"))
"""Elements in which no text may stand by itself."""

REQUIRED: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "area": (),
    "base": (("href", "target"),),
    "bdo": (("dir",),),
    "data": (("value",),),
    "embed": (("src",),),
    "img": (("src", "srcset"),),
    "link": (("href", "imagesrcset"), ("rel", "itemprop", "property")),
    "map": (("name",),),
    "meta": (("name", "http-equiv", "charset", "itemprop", "property"),),
    "meter": (("value",),),
    "object": (("data",),),
    "optgroup": (("label",),),
    "track": (("src",),),
}
"""Element → attributes of which it must have one."""

OBSOLETE_ELEMENTS = names(
    "acronym applet basefont bgsound big center dir font frame frameset isindex keygen listing menuitem "
    "multicol nextid nobr noembed noframes param plaintext rb rtc spacer strike tt xmp"
)
"""Elements that were part of HTML. ``blink`` and ``marquee`` have a rule of their own."""

_CORE_MEDIA = "src crossorigin preload autoplay loop muted controls controlslist disableremoteplayback"
_SUBMITS = "formaction formenctype formmethod formnovalidate formtarget popovertarget popovertargetaction"

_OWN: Mapping[str, str] = {
    "a": "href target download ping rel hreflang type referrerpolicy",
    "area": "alt coords shape href target download ping rel referrerpolicy",
    "audio": _CORE_MEDIA,
    "base": "href target",
    "blockquote": "cite",
    "button": f"command commandfor disabled form name type value interestfor {_SUBMITS}",
    "canvas": "width height",
    "col": "span",
    "colgroup": "span",
    "data": "value",
    "del": "cite datetime",
    "details": "name open",
    "dialog": "open closedby",
    "fieldset": "disabled form name",
    "form": "accept-charset action autocomplete enctype method name novalidate target rel",
    "iframe": (
        "src srcdoc name sandbox allow allowfullscreen width height referrerpolicy loading credentialless csp "
        "fetchpriority"
    ),
    "img": (
        "alt src srcset sizes crossorigin usemap ismap width height referrerpolicy decoding loading fetchpriority"
    ),
    "input": (
        "accept alpha alt autocomplete capture checked colorspace dirname disabled form height list max maxlength "
        f"min minlength multiple name pattern placeholder readonly required size src step type value width {_SUBMITS}"
    ),
    "ins": "cite datetime",
    "label": "for",
    "li": "value",
    "link": (
        "href crossorigin rel as media hreflang type sizes imagesrcset imagesizes integrity referrerpolicy "
        "blocking color disabled fetchpriority"
    ),
    "map": "name",
    "meta": "name http-equiv content charset media",
    "meter": "value min max low high optimum",
    "object": "data type name form width height",
    "ol": "reversed start type",
    "optgroup": "disabled label",
    "option": "disabled label selected value",
    "output": "for form name",
    "progress": "value max",
    "q": "cite",
    "script": (
        "src type nomodule async defer crossorigin integrity referrerpolicy blocking fetchpriority language charset"
    ),
    "select": "autocomplete disabled form multiple name required size",
    "slot": "name",
    "source": "type media src srcset sizes width height",
    "style": "media blocking type",
    "td": "colspan rowspan headers",
    "template": (
        "shadowrootmode shadowrootdelegatesfocus shadowrootclonable shadowrootserializable "
        "shadowrootcustomelementregistry shadowrootslotassignment shadowrootadoptedstylesheets"
    ),
    "textarea": (
        "autocomplete cols dirname disabled form maxlength minlength name placeholder readonly required rows wrap"
    ),
    "th": "colspan rowspan headers scope abbr",
    "time": "datetime",
    "track": "kind src srclang label default",
    "video": f"{_CORE_MEDIA} poster playsinline width height disablepictureinpicture loading",
}

_PLAIN = (
    "abbr address article aside b bdi bdo body br caption cite code datalist dd dfn div dl dt em figcaption figure "
    "footer h1 h2 h3 h4 h5 h6 head header hgroup hr html i kbd legend main mark menu nav noscript p picture pre "
    "rp rt ruby s samp search section selectedcontent small span strong sub summary sup table tbody tfoot thead "
    "title tr u ul var wbr"
)

# Those of RDFa are not HTML's own, but the W3C's and allowed everywhere.
_GLOBAL = (
    "accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts "
    "headingoffset headingreset hidden id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce "
    "part popover role slot spellcheck style tabindex title translate virtualkeyboardpolicy writingsuggestions "
    "xmlns xml:lang about content datatype inlist prefix property rel resource rev typeof vocab"
)

GLOBAL = names(_GLOBAL)

# scope has a rule of its own, on whatever it stands.
ATTRIBUTES: Mapping[str, frozenset[str]] = {
    **{one: GLOBAL | {"scope"} for one in _PLAIN.split()},
    **{one: GLOBAL | {"scope"} | names(own) for one, own in _OWN.items()},
}
"""Each element of HTML → the attributes that it may have, besides ``data-``, ``aria-`` and handlers of events."""
ELEMENTS = frozenset(ATTRIBUTES)

_GONE: Mapping[str, str] = {
    "a": "charset coords methods shape urn rev datafld datasrc",
    "area": "hreflang nohref type",
    "body": (
        "alink background bgcolor bottommargin leftmargin link marginheight marginwidth rightmargin text topmargin "
        "vlink"
    ),
    "br": "clear",
    "button": "datafld dataformatas datasrc",
    "caption": "align",
    "col": "align char charoff valign width",
    "colgroup": "align char charoff valign width",
    "div": "align datafld dataformatas datasrc",
    "dl": "compact",
    "form": "accept",
    "head": "profile",
    "hr": "align color noshade size width",
    "html": "manifest version",
    "iframe": (
        "align allowtransparency frameborder framespacing hspace longdesc marginheight marginwidth scrolling vspace"
    ),
    "img": "align border hspace longdesc lowsrc name vspace",
    "input": "align border hspace ismap usemap vspace",
    "label": "form",
    "legend": "align",
    "li": "type",
    "link": "charset methods target urn rev",
    "menu": "compact label type",
    "meta": "scheme",
    "object": (
        "align archive border classid code codebase codetype declare hspace standby typemustmatch usemap vspace"
    ),
    "ol": "compact",
    "option": "name",
    "p": "align",
    "pre": "width",
    "script": "event for",
    "select": "datafld dataformatas datasrc",
    "table": (
        "align background bgcolor border bordercolor cellpadding cellspacing datapagesize frame height rules summary "
        "width"
    ),
    "tbody": "align background char charoff valign",
    "td": "abbr align axis background bgcolor char charoff height nowrap valign width",
    "tfoot": "align background char charoff valign",
    "th": "align axis background bgcolor char charoff height nowrap valign width",
    "thead": "align background char charoff valign",
    "tr": "align background bgcolor char charoff valign",
    "ul": "compact type",
    **dict.fromkeys(HEADINGS, "align"),
}
OBSOLETE_ATTRIBUTES: Mapping[str, frozenset[str]] = {one: names(gone) for one, gone in _GONE.items()}
"""Element → attributes that it had in older versions."""

_ALL_TYPES = names(
    "hidden text search tel url email password date month week time datetime-local number range color checkbox "
    "radio file submit image reset button"
)
_TEXTS = names("text search tel url email password")
_TIMES = names("date month week time datetime-local")
_NUMBERS = _TIMES | {"number", "range"}
_PUSHED = names("submit image reset button")
_SENDING = frozenset(("submit", "image"))

INPUT_TYPES = _ALL_TYPES
INPUT_ATTRIBUTES: Mapping[str, frozenset[str]] = {
    "accept": frozenset(("file",)),
    "alt": frozenset(("image",)),
    "capture": frozenset(("file",)),
    "checked": frozenset(("checkbox", "radio")),
    "dirname": frozenset(("hidden", "text", "search", "tel", "url", "email", "password", "submit")),
    "formaction": _SENDING,
    "formenctype": _SENDING,
    "formmethod": _SENDING,
    "formnovalidate": _SENDING,
    "formtarget": _SENDING,
    "height": frozenset(("image",)),
    "width": frozenset(("image",)),
    "src": frozenset(("image",)),
    "list": _ALL_TYPES - _PUSHED - {"hidden", "password", "checkbox", "radio", "file"},
    "max": _NUMBERS,
    "min": _NUMBERS,
    "step": _NUMBERS,
    "maxlength": _TEXTS,
    "minlength": _TEXTS,
    "size": _TEXTS,
    "multiple": frozenset(("email", "file")),
    "pattern": _TEXTS,
    "placeholder": _TEXTS | {"number"},
    "readonly": _TEXTS | _TIMES | {"number"},
    "required": _ALL_TYPES - _PUSHED - {"hidden", "range", "color"},
}
"""Attribute of ``input`` → the types of field in which it has a meaning."""
