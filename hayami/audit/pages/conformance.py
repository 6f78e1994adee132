"""Rules on the markup itself: what HTML does not know, or not in this place; and what a template left behind."""

from __future__ import annotations

import re

from hayami.audit.document import Document
from hayami.audit.page import Element, Text
from hayami.audit.pages import Report, at
from hayami.audit.rule import rule

_PARSING = "WCAG 4.1.1 (2.0/2.1) / JIS X 8341-3:2016 7.4.1.1"
_KIND = "html-conformance"

RULES = (
    rule(
        "doctype-missing",
        ("ページが <!DOCTYPE html> で始まっていません。", "The page does not begin with <!DOCTYPE html>."),
        ("1行目に <!DOCTYPE html> と書いてください。", "Write <!DOCTYPE html> in the first line."),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "charset-missing",
        ("文字コードが書かれていません。", "Nothing says how the characters are encoded."),
        (
            'head の初めに <meta charset="utf-8"> と書いてください。',
            'Begin head with <meta charset="utf-8">.',
        ),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "charset-late",
        (
            "文字コードが先頭の1024バイトより後に書かれています。",
            "The encoding is told after the first 1024 bytes of the page.",
        ),
        (
            '<meta charset="utf-8"> を head の初めに移してください。',
            'Begin head with <meta charset="utf-8">.',
        ),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "charset-value",
        ("文字コード「{target}」は utf-8 ではありません。", 'The encoding "{target}" is not utf-8.'),
        ("ページを utf-8 で保存し、utf-8 と書いてください。", "Save the page as utf-8 and say so."),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "element-obsolete",
        ("<{target}> は HTML から除かれました。", "<{target}> is no longer part of HTML."),
        (
            "意味に合う要素と CSS を使ってください。",
            "Use an element that says what it is, and CSS for its look.",
        ),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "element-unknown",
        ("<{target}> という要素は HTML にありません。", "HTML has no element <{target}>."),
        ("名前を確かめてください。", "Check its name."),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "tag-unclosed",
        ("<{target}> が閉じられていません。", "<{target}> is not closed."),
        ("</{target}> を書いてください。", "Write </{target}> where it ends."),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "tag-stray",
        ("</{target}> に対応する開始タグがありません。", "</{target}> closes nothing that is open."),
        ("開始タグを書くか、これを消してください。", "Write its start tag, or remove it."),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "element-misplaced",
        ("<{target}> を <{detail}> の中に直接置けません。", "<{target}> cannot stand in <{detail}>."),
        (
            "置ける所に移すか、別の要素を使ってください。",
            "Move it to where it may stand, or use another element.",
        ),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "element-outside",
        ("<{target}> は {detail} の中にしか置けません。", "<{target}> may stand in {detail} only."),
        ("それで囲むか、別の要素を使ってください。", "Put that around it, or use another element."),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "text-misplaced",
        ("<{target}> の中に文字を直接置けません。", "Text cannot stand right in <{target}>."),
        ("{detail} で囲んでください。", "Put {detail} around it."),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "child-missing",
        ("<{target}> に <{detail}> がありません。", "<{target}> has no <{detail}>."),
        ("<{detail}> を書いてください。", "Write <{detail}>."),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "attribute-missing",
        ("<{target}> に {detail} がありません。", "<{target}> has no {detail}."),
        ("{detail} を書いてください。", "Write {detail}."),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "attribute-obsolete",
        (
            "<{target}> の属性 {detail} は HTML から除かれました。",
            "{detail} of <{target}> is no longer part of HTML.",
        ),
        ("CSS などで表してください。", "Use CSS, or what took its place."),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "attribute-not-allowed",
        ("<{target}> に属性 {detail} は使えません。", "<{target}> takes no attribute {detail}."),
        ("消すか、使える要素に付けてください。", "Remove it, or give it to an element that takes it."),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "attribute-value",
        ("{target} の値「{detail}」は正しくありません。", '"{detail}" is no value for {target}.'),
        ("使える値に直してください。", "Give it a value that it can have."),
        _KIND,
        criterion=_PARSING,
    ),
    rule(
        "attribute-outdated",
        ("<{target}> の属性 {detail} は古い書き方です。", "{detail} of <{target}> is out of date."),
        ("消してください。name は id に替えられます。", "Remove it; id does what name did."),
        _KIND,
        "warning",
        _PARSING,
    ),
    rule(
        "role-redundant",
        ('<{target}> に role="{detail}" は要りません。', '<{target}> needs no role="{detail}".'),
        ("role を消してください。", "Remove the role."),
        _KIND,
        "warning",
        _PARSING,
    ),
    rule(
        "self-closing",
        ("<{target}/> の「/」は何も閉じません。", "The slash of <{target}/> closes nothing."),
        ("</{target}> で閉じてください。", "Close it with </{target}>."),
        _KIND,
        "warning",
        _PARSING,
    ),
    rule(
        "boolean-value",
        (
            "{target} は、値が「{detail}」でも有効になります。",
            '{target} counts as given, even with the value "{detail}".',
        ),
        ("属性を値なしで書くか、消してください。", "Write it without a value, or remove it."),
        _KIND,
        "warning",
        _PARSING,
    ),
    rule(
        "template-leak",
        ("ひな形の記号「{target}」がそのまま出ています。", '"{target}" of a template was left as it is.'),
        (
            "ページを作るプログラムの値を確かめてください。",
            "Check the values of the program that makes the page.",
        ),
        criterion=_PARSING,
    ),
    rule(
        "template-placeholder",
        ("仮の文字「{target}」が残っています。", '"{target}" seems to be a placeholder.'),
        ("本来の文にしてください。", "Write what is to stand there."),
        "template-leak",
        "warning",
        _PARSING,
    ),
)


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_HEADINGS = _set("h1 h2 h3 h4 h5 h6")
_OBSOLETE = _set(
    "acronym applet basefont bgsound big center dir font frame frameset isindex keygen listing menuitem multicol "
    "nextid nobr noembed noframes param plaintext rb rtc spacer strike tt xmp"
)
# Moving text has a rule of its own.
_TOLERATED = _set("marquee blink svg math")
_GLOBAL = _set(
    "accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts "
    "hidden id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part popover slot "
    "spellcheck style tabindex title translate writingsuggestions role xmlns property typeof vocab resource prefix "
    "about datatype interestfor elementtiming headingoffset headingreset scope autocomplete"
)
"""Also what others look at: ``scope`` and ``autocomplete`` have rules of their own."""
_MEDIA = "src crossorigin preload autoplay loop muted controls controlslist disableremoteplayback loading"
_OWN: dict[str, frozenset[str]] = {
    name: _set(words)
    for name, words in {
        "a": "href target download ping rel hreflang type referrerpolicy attributionsrc rev name",
        "area": "alt coords shape href target download ping rel referrerpolicy attributionsrc",
        "audio": _MEDIA,
        "base": "href target",
        "blockquote": "cite",
        "button": "command commandfor disabled form formaction formenctype formmethod formnovalidate formtarget name "
        "popovertarget popovertargetaction type value",
        "canvas": "width height moz-opaque layoutsubtree",
        "col": "span",
        "colgroup": "span",
        "data": "value",
        "del": "cite datetime",
        "ins": "cite datetime",
        "details": "name open",
        "dialog": "open closedby",
        "fieldset": "disabled form name",
        "form": "accept-charset action autocomplete enctype method name novalidate target rel",
        "html": "xmlns prefix",
        "iframe": "src srcdoc name sandbox allow allowfullscreen width height referrerpolicy loading credentialless "
        "fetchpriority browsingtopics csp",
        "img": "alt src srcset sizes crossorigin usemap ismap width height referrerpolicy decoding loading "
        "fetchpriority border attributionsrc controls name",
        "input": "accept alpha alt autocomplete capture checked colorspace dirname disabled form formaction formenctype "
        "formmethod formnovalidate formtarget height list max maxlength min minlength multiple name pattern "
        "placeholder popovertarget popovertargetaction readonly required size src step switch type value "
        "webkitdirectory width",
        "label": "for",
        "li": "value",
        "link": "href crossorigin rel media integrity hreflang type referrerpolicy sizes imagesrcset imagesizes as "
        "blocking color disabled fetchpriority title",
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
        "script": "src type nomodule async defer crossorigin integrity referrerpolicy blocking fetchpriority language "
        "charset attributionsrc",
        "select": "autocomplete disabled form multiple name required size",
        "slot": "name",
        "source": "type media src srcset sizes width height",
        "style": "media blocking type",
        "td": "colspan rowspan headers",
        "th": "colspan rowspan headers abbr",
        "template": "shadowrootmode shadowrootdelegatesfocus shadowrootclonable shadowrootserializable "
        "shadowrootcustomelementregistry",
        "textarea": "autocomplete cols dirname disabled form maxlength minlength name placeholder readonly required "
        "rows wrap",
        "time": "datetime",
        "track": "kind src srclang label default",
        "video": f"{_MEDIA} poster width height playsinline disablepictureinpicture",
    }.items()
}
_PLAIN = _set(
    "abbr address article aside b bdi bdo body br caption cite code datalist dd dfn div dl dt em figcaption figure "
    "footer h1 h2 h3 h4 h5 h6 head header hgroup hr i kbd legend main mark menu nav noscript p picture pre rp rt ruby "
    "s samp search section small span strong sub summary sup table tbody tfoot thead title tr u ul var wbr "
    "selectedcontent"
)
_ALLOWED = {name: _OWN.get(name, frozenset()) | _GLOBAL for name in (*_OWN, *_PLAIN)}
# An embedded object is given whatever it asks for.
_KNOWN = frozenset((*_ALLOWED, "embed", "fencedframe", "geolocation"))
_PRESENTATIONAL = _set(
    "abbr alink align allowtransparency archive axis background bgcolor border bordercolor bottommargin cellpadding "
    "cellspacing char charoff charset classid clear code codebase codetype color compact coords datafld datapagesize "
    "dataformatas datasrc declare event face frame frameborder height hspace language leftmargin link longdesc "
    "lowsrc marginheight marginwidth methods name nohref noshade nowrap profile rev rightmargin rules scheme scope "
    "scrolling shape size standby summary text topmargin type urn valign valuetype version vlink vspace width"
)
_FOREIGN = frozenset(("svg", "math"))

_BLOCKS = _HEADINGS | _set(
    "address article aside blockquote details dialog div dl fieldset figure footer form header hgroup hr main menu "
    "nav ol p pre search section table ul"
)
_TRANSPARENT = _set("a ins del map noscript object video audio canvas slot")
_PHRASING = _HEADINGS | _set(
    "abbr b bdi bdo button cite code data dfn em i kbd label legend mark meter output p pre progress q rt rp s samp "
    "small span strong sub summary sup time u var"
)
_TITLED = _HEADINGS | {"hgroup"}
_SECTIONS = _TITLED | _set("header footer article aside nav section")

_SCRIPTS = _set("script template noscript")
_CHILDREN = {
    "ul": _set("li script template"),
    "ol": _set("li script template"),
    "menu": _set("li script template"),
    "dl": _set("dt dd div script template"),
    "table": _set("caption colgroup col thead tbody tfoot tr script template form"),
    "thead": _set("tr script template"),
    "tbody": _set("tr script template"),
    "tfoot": _set("tr script template"),
    "tr": _set("td th script template"),
    "colgroup": _set("col template"),
}
_WRAPPER = {
    **dict.fromkeys(("ul", "ol", "menu"), "<li>"),
    "dl": "<dt> / <dd>",
    **dict.fromkeys(("table", "thead", "tbody", "tfoot"), "<tr><td>"),
    "tr": "<td>",
}
_PARENTS = {
    "li": _set("ul ol menu"),
    "dt": _set("dl div"),
    "dd": _set("dl div"),
    "tr": _set("table thead tbody tfoot"),
    "td": _set("tr"),
    "th": _set("tr"),
    "thead": _set("table"),
    "tbody": _set("table"),
    "tfoot": _set("table"),
    "caption": _set("table"),
    "colgroup": _set("table"),
    "col": _set("colgroup table"),
    "rt": _set("ruby rtc"),
    "rp": _set("ruby rtc"),
    "figcaption": _set("figure"),
    "summary": _set("details"),
    "legend": _set("fieldset optgroup"),
    "source": _set("picture audio video"),
    "track": _set("audio video"),
}
_INSIDE = {
    "dt": "dl",
    "dd": "dl",
    "li": "ul / ol",
    "td": "tr",
    "th": "tr",
    "tr": "table",
}
_SELF = ("a", "form", "label", "dfn", "address", "progress")
"""Elements that may not stand within themselves, however deep."""
_BITS = {name: 1 << place for place, name in enumerate((*_SELF, "select", "datalist", "map"))}
"""For each element those around it are kept as bits: looking upwards anew would take long on deep pages."""
_HOLDERS = {"option": ("select", "datalist"), "optgroup": ("select",), "area": ("map",)}
_HEAD_ONLY = _set("title base style meta link")
_METADATA = _set("title base style meta link script noscript template")
_LINKS_IN_BODY = _set("dns-prefetch modulepreload pingback preconnect prefetch preload stylesheet expect")

_TYPES = _set(
    "hidden text search tel url email password date month week time datetime-local number range color checkbox radio "
    "file submit image reset button"
)
_TARGETS = _set("_blank _self _parent _top _unfencedtop")
_CORS = frozenset(("", "anonymous", "use-credentials"))
_YES = frozenset(("", "true", "false"))
_REFERRER = _set(
    "no-referrer no-referrer-when-downgrade same-origin origin strict-origin origin-when-cross-origin "
    "strict-origin-when-cross-origin unsafe-url"
) | {""}
_METHODS = _set("get post dialog")
_ENCODINGS = _set("application/x-www-form-urlencoded multipart/form-data text/plain")
_VALUES: dict[str, frozenset[str]] = {
    "autocapitalize": _set("off none on sentences words characters"),
    "contenteditable": frozenset(("", "true", "false", "plaintext-only")),
    "crossorigin": _CORS,
    "decoding": _set("sync async auto"),
    "dir": _set("ltr rtl auto"),
    "draggable": _set("true false"),
    "enctype": _ENCODINGS,
    "enterkeyhint": _set("enter done go next previous search send"),
    "fetchpriority": _set("high low auto"),
    "formenctype": _ENCODINGS,
    "formmethod": _METHODS,
    "hidden": frozenset(("", "hidden", "until-found")),
    "inputmode": _set("none text tel url email numeric decimal search"),
    "kind": _set("subtitles captions descriptions chapters metadata"),
    "loading": _set("lazy eager"),
    "method": _METHODS,
    "popover": frozenset(("", "auto", "manual", "hint")),
    "popovertargetaction": _set("toggle show hide"),
    "preload": frozenset(("", "none", "metadata", "auto")),
    "referrerpolicy": _REFERRER,
    "shape": _set("rect circle poly default"),
    "spellcheck": _YES,
    "translate": frozenset(("", "yes", "no")),
    "wrap": _set("soft hard"),
    "http-equiv": _set(
        "content-type default-style refresh x-ua-compatible content-security-policy "
        "content-security-policy-report-only origin-trial permissions-policy x-dns-prefetch-control accept-ch delegate-ch"
    ),
}
_OF_ELEMENT: dict[tuple[str, str], frozenset[str]] = {
    ("input", "type"): _TYPES,
    ("button", "type"): _set("submit reset button"),
    ("ol", "type"): _set("1 a i"),
    ("link", "as"): _set(
        "audio audioworklet document embed fetch font frame iframe image json manifest object paintworklet report "
        "script serviceworker sharedworker style track video webidentity worker xslt"
    ),
}
_BOOLEAN = _set(
    "allowfullscreen async autofocus autoplay checked controls default defer disabled formnovalidate inert ismap "
    "itemscope loop multiple muted nomodule novalidate open playsinline readonly required reversed selected"
)
_COUNT = re.compile(r"[0-9]+")
_WHOLE = re.compile(r"-?[0-9]+")
_NUMBER = re.compile(r"-?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_COUNTED = _set("colspan rowspan span width height maxlength minlength size rows cols")
_POSITIVE = _set("colspan span size rows cols")
_MEASURED = _set("value min max low high optimum")
_SIZED = _set("img video iframe canvas source object embed input")
_SPECIAL = frozenset(
    (*_VALUES, *_BOOLEAN, *_COUNTED, "type", "as", "tabindex", "start", "target", "step", "value")
)

_BUTTONS = _set("submit image reset button")
_WORDS = _set("text search url tel email password")
_RANGED = _set("date month week time datetime-local number range")
_APPLIES = {
    "checked": _set("checkbox radio"),
    "src": _set("image"),
    "alt": _set("image"),
    "width": _set("image"),
    "height": _set("image"),
    "formaction": _set("submit image"),
    "formmethod": _set("submit image"),
    "formenctype": _set("submit image"),
    "accept": _set("file"),
    "capture": _set("file"),
    "multiple": _set("email file"),
    "min": _RANGED,
    "max": _RANGED,
    "step": _RANGED,
    "placeholder": _WORDS | {"number"},
    "pattern": _WORDS,
    "minlength": _WORDS,
    # Long used for numbers, and only out of date there.
    "maxlength": _WORDS | {"number"},
    "size": _WORDS | {"number"},
    "required": _TYPES - _BUTTONS - _set("hidden range color"),
    "readonly": _TYPES - _BUTTONS - _set("hidden range color checkbox radio file"),
    "list": _TYPES - _BUTTONS - _set("hidden password checkbox radio file"),
}
_OF_LINKS = _set("target download ping rel hreflang type referrerpolicy")
_ROLES = {
    "a": "link",
    "article": "article",
    "aside": "complementary",
    "button": "button",
    "dialog": "dialog",
    "fieldset": "group",
    "figure": "figure",
    "form": "form",
    "hr": "separator",
    "main": "main",
    "nav": "navigation",
    "option": "option",
    "p": "paragraph",
    "progress": "progressbar",
    "search": "search",
    "table": "table",
    "textarea": "textbox",
    **dict.fromkeys(_HEADINGS, "heading"),
}
_ROLES_OF_INPUT = {
    **dict.fromkeys(_BUTTONS, "button"),
    "checkbox": "checkbox",
    "radio": "radio",
    "range": "slider",
    "number": "spinbutton",
}
_ODD_NAME = re.compile(r"[\"'<=`]")
_LETTERS = re.compile(r"[a-z]+")


def check(document: Document, report: Report) -> None:
    """All rules on the markup."""
    if document.whole:
        _start(document, report)
    unclosed: set[tuple[int, int]] = set()
    for slip in document.page.slips:
        place = Text("", slip.line, slip.column, -1, 0)
        if slip.kind == "slash":
            report("self-closing", place, slip.name)
        elif slip.kind == "stray":
            report("tag-stray", place, slip.name)
        else:
            unclosed.add((slip.line, slip.column))
            # What is obsolete is told as such.
            if slip.name not in _OBSOLETE:
                report("tag-unclosed", place, slip.name)
    foreign = _elements(document, report, unclosed)
    _structures(document, report)
    _texts(document, report, foreign)


def _start(document: Document, report: Report) -> None:
    doctype = document.page.doctype
    html = next((one for _, one in document.named("html")), None)
    if doctype is None:
        # XML needs none.
        if html is None or "xmlns" not in html.attributes:
            report("doctype-missing", None)
    else:
        words = doctype.lower().split()
        if words[:2] != ["doctype", "html"] or (len(words) > 2 and "about:legacy-compat" not in doctype):
            report("doctype-missing", None)
    told = 0
    for index, element in document.named("meta"):
        charset = element.attributes.get("charset")
        if charset is None and element.get("http-equiv").strip().lower() == "content-type":
            _, equals, after = element.get("content").lower().partition("charset=")
            charset = after if equals else None
        if charset is None:
            continue
        told += 1
        if charset.strip().strip("'\"").lower() not in ("utf-8", "utf8"):
            report("charset-value", element, charset.strip())
        elif told > 1:
            report("attribute-not-allowed", element, "meta", "charset")
        elif _written_before(document, index) >= 1024:
            report("charset-late", element)
    if not told:
        report("charset-missing", None)


def _written_before(document: Document, index: int) -> int:
    """At least how many bytes stand before an element."""
    found = 0
    for element in document.elements[:index]:
        found += len(element.name) + 2
        for name, value in element.attributes.items():
            found += len(name) + 1 + len(value.encode("utf-8", "replace"))
        if found >= 1024:
            return found
    for text in document.page.texts:
        if text.before > index or found >= 1024:
            break
        found += len(text.text.encode("utf-8", "replace"))
    return found


def _elements(document: Document, report: Report, unclosed: set[tuple[int, int]]) -> set[int]:
    """One pass over all elements. Returns what is in drawings and formulas, which have rules of their own."""
    elements = document.elements
    foreign: set[int] = set()
    around: list[int] = []
    masks: list[int] = []
    bodies = document.by_name.get("body", ())
    body = bodies[0] if bodies else -1
    for index, element in enumerate(elements):
        name, parent = element.name, element.parent
        outer = elements[parent].name if parent >= 0 else ""
        # What decides on content of elements that take what their own surroundings take.
        context = around[parent] if parent >= 0 and outer in _TRANSPARENT else parent
        around.append(context)
        mask = masks[parent] if parent >= 0 else 0
        own = _BITS.get(name, 0)
        masks.append(mask | own)
        if parent in foreign or outer in _FOREIGN:
            foreign.add(index)
            continue
        if element.inert or name in _FOREIGN:
            continue
        if name not in _KNOWN:
            if name in _OBSOLETE:
                report("element-obsolete", element, name)
            elif "-" not in name and name not in _TOLERATED:
                report("element-unknown", element, name)
            continue
        if element.attributes:
            _attributes(element, report)
        if name in _REQUIRED:
            _required(element, outer, report)
        if parent < 0:
            continue
        _place(document, index, element, outer, elements[context].name if context >= 0 else "", body, report)
        holders = _HOLDERS.get(name, ())
        if holders and not any(_BITS[one] & mask for one in holders) and "-" not in outer:
            report("element-outside", element, name, " / ".join(holders))
        if own & mask and name in _SELF:
            first = document.within(index, name)
            if first is not None and (elements[first].line, elements[first].column) not in unclosed:
                report("element-misplaced", element, name, name)
    return foreign


def _place(
    document: Document, index: int, element: Element, outer: str, context: str, body: int, report: Report
) -> None:
    name = element.name
    parents = _PARENTS.get(name)
    if parents is not None:
        inside = outer in parents
        if inside and outer == "div":
            above = document.elements[element.parent].parent
            inside = above < 0 or document.elements[above].name == "dl"
        if not inside and "-" not in outer and outer != "slot":
            report("element-outside", element, name, _INSIDE.get(name) or " / ".join(sorted(parents)))
        return
    children = _CHILDREN.get(outer)
    if children is not None:
        if name not in children and "-" not in name:
            report("element-misplaced", element, name, outer)
    elif name in _BLOCKS:
        if context in _PHRASING:
            if not (name in _TITLED and context in ("legend", "summary")):
                report("element-misplaced", element, name, context)
        elif (context in ("th", "dt") and name in _SECTIONS) or (context == "head" and body > index):
            report("element-misplaced", element, name, context)
    elif name in _HEAD_ONLY and body >= 0 and outer != "head" and index > body:
        fits = name == "link" and element.words("rel") and element.words("rel") <= _LINKS_IN_BODY
        if not fits and not {"itemprop", "property"} & element.attributes.keys() and outer != "noscript":
            report("element-misplaced", element, name, outer)
    elif outer == "head" and body > index and name not in _METADATA:
        report("element-misplaced", element, name, outer)


_REQUIRED = _set(
    "a area base bdo data form img link map meta meter object optgroup source track embed dialog"
)


def _required(element: Element, outer: str, report: Report) -> None:
    """Attributes without which an element means nothing."""
    name, has = element.name, element.attributes.keys()
    missing = ""
    if name == "img":
        missing = "" if has & {"src", "srcset"} else "src"
    elif name in ("a", "area"):
        if "href" not in has:
            for one in _OF_LINKS & has:
                report("attribute-not-allowed", element, f"{name} (-href)", one)
    elif name == "link":
        if not has & {"rel", "itemprop", "property"} or ("rel" in has and not element.get("rel").strip()):
            missing = "rel"
        elif not has & {"href", "imagesrcset"}:
            missing = "href"
    elif name == "meta":
        if not has & {"name", "http-equiv", "charset", "itemprop", "property"}:
            missing = "name"
        elif "charset" not in has and "content" not in has:
            missing = "content"
    elif name == "source":
        wanted = "srcset" if outer == "picture" else "src"
        missing = "" if wanted in has or outer not in ("picture", "audio", "video") else wanted
    elif name in ("track", "embed"):
        missing = "" if "src" in has else "src"
    elif name == "base":
        missing = "" if has & {"href", "target"} else "href"
    elif name == "bdo":
        missing = "" if "dir" in has else "dir"
    elif name in ("data", "meter"):
        missing = "" if "value" in has else "value"
    elif name == "map":
        missing = "" if element.get("name").strip() else "name"
    elif name == "object":
        missing = "" if has & {"data", "type"} else "data"
    elif name == "form":
        if "action" in has and not element.get("action").strip():
            report("attribute-value", element, "action", "")
    elif name == "dialog" and "tabindex" in has:
        report("attribute-not-allowed", element, "dialog", "tabindex")
    if missing:
        report("attribute-missing", element, name, missing)


def _attributes(element: Element, report: Report) -> None:
    name = element.name
    allowed = _ALLOWED.get(name)
    for key, value in element.attributes.items():
        if allowed is not None and key not in allowed:
            if key.startswith(("data-", "aria-", "on", "xml:", "xmlns:")):
                continue
            if key in _PRESENTATIONAL:
                report("attribute-obsolete", element, name, key)
            elif _LETTERS.fullmatch(key) or _ODD_NAME.search(key) or key in ("accept-charset", "http-equiv"):
                report("attribute-not-allowed", element, name, key)
            continue
        if key in _SPECIAL:
            _value(element, key, value, report)
        elif key == "role":
            _role(element, value.strip().lower(), report)
    if name == "input":
        kind = element.get("type").strip().lower() or "text"
        if kind in _TYPES and len(element.attributes) > 1:
            for key in element.attributes:
                if kind not in _APPLIES.get(key, _TYPES):
                    report("attribute-not-allowed", element, f"input type={kind}", key)
    elif name == "img":
        if "border" in element.attributes:
            mild = element.get("border").strip() == "0"
            report("attribute-outdated" if mild else "attribute-obsolete", element, name, "border")
        if "name" in element.attributes:
            report("attribute-obsolete", element, name, "name")
    elif name == "script":
        if "language" in element.attributes:
            mild = element.get("language").strip().lower() == "javascript"
            report("attribute-outdated" if mild else "attribute-obsolete", element, name, "language")
    elif name == "a":
        if "name" in element.attributes:
            report("attribute-outdated", element, name, "name")
        if "rev" in element.attributes:
            report("attribute-obsolete", element, name, "rev")


def _value(element: Element, key: str, value: str, report: Report) -> None:
    name = element.name
    plain = value.strip().lower()
    if key in _BOOLEAN:
        if plain and plain != key and not (key == "checked" and name != "input"):
            report("boolean-value", element, key, value)
        return
    if key == "hidden" and plain in ("true", "false"):
        report("boolean-value", element, key, value)
        return
    values = _OF_ELEMENT.get((name, key)) or _VALUES.get(key)
    if values is not None:
        if plain not in values:
            report("attribute-value", element, f"{name} {key}", value)
        return
    if key == "tabindex":
        if not _WHOLE.fullmatch(plain):
            report("attribute-value", element, key, value)
    elif key == "start" or (key == "value" and name == "li"):
        if not _WHOLE.fullmatch(plain):
            report("attribute-value", element, f"{name} {key}", value)
    elif key == "target":
        if not plain or (plain[0] == "_" and plain not in _TARGETS):
            report("attribute-value", element, key, value)
    elif key in _COUNTED:
        if key in ("width", "height") and name not in _SIZED:
            return
        number = int(plain[:9]) if _COUNT.fullmatch(plain) else -1
        if number < (1 if key in _POSITIVE else 0) or (key in ("colspan", "span") and number > 1000):
            report("attribute-value", element, f"{name} {key}", value)
    elif key == "step":
        if plain != "any" and not (_NUMBER.fullmatch(plain) and not plain.startswith("-")):
            report("attribute-value", element, f"{name} {key}", value)
    elif key == "value" and name in ("meter", "progress") and not _NUMBER.fullmatch(plain):
        report("attribute-value", element, f"{name} {key}", value)


def _role(element: Element, role: str, report: Report) -> None:
    name = element.name
    if name == "input":
        wanted = _ROLES_OF_INPUT.get(element.get("type").strip().lower())
    elif (name == "a" and "href" not in element.attributes) or (
        name in _HEADINGS and "aria-level" in element.attributes
    ):
        wanted = None
    else:
        wanted = _ROLES.get(name)
    if wanted is not None and role == wanted:
        report("role-redundant", element, name, role)


def _structures(document: Document, report: Report) -> None:
    """What must stand in some elements, and what must not."""
    children = document.children
    elements = document.elements
    for name in _WRAPPER.keys() & document.by_name.keys():
        for index in document.by_name[name]:
            for child in children.get(index, ()):
                if isinstance(child, Text) and not child.text.isspace() and child.text:
                    report("text-misplaced", _begin(child), name, _WRAPPER[name])
                    break
    for index in document.by_name.get("dl", ()):
        _pairs(document, index, report)
    for index in document.by_name.get("details", ()):
        first = next((one for one in children.get(index, ()) if isinstance(one, int)), None)
        if first is None or elements[first].name != "summary":
            within = [one for one in children.get(index, ()) if isinstance(one, int)]
            if not any(
                elements[one].name in ("summary", "slot") or "-" in elements[one].name for one in within
            ):
                report("child-missing", elements[index], "details", "summary")
    for index in document.by_name.get("picture", ()):
        if not any(isinstance(one, int) and elements[one].name == "img" for one in children.get(index, ())):
            report("child-missing", elements[index], "picture", "img")


def _pairs(document: Document, index: int, report: Report) -> None:
    """Terms must be followed by what is said of them."""
    elements = document.elements
    groups: list[list[int]] = [[]]
    for child in document.children.get(index, ()):
        if isinstance(child, int):
            if elements[child].name == "div":
                inner = [one for one in document.children.get(child, ()) if isinstance(one, int)]
                for one in inner:
                    if (
                        elements[one].name not in ("dt", "dd", "script", "template")
                        and "-" not in elements[one].name
                    ):
                        report("element-misplaced", elements[one], elements[one].name, "dl > div")
                        break
                else:
                    groups.append(inner)
            else:
                groups[0].append(child)
    for group in groups:
        last = ""
        for one in group:
            name = elements[one].name
            if name not in ("dt", "dd"):
                continue
            if name == "dd" and not last:
                report("child-missing", elements[one], "dl", "dt")
            last = name
        if last == "dt":
            report("child-missing", elements[group[-1]], "dl", "dd")


def _begin(text: Text) -> Text:
    """A text from its first sign on."""
    return at(text, len(text.text) - len(text.text.lstrip()))


_LEAK = re.compile(
    r"\{\{[^{}\n]{1,120}\}\}|\{%-?[^{}%\n]{1,120}-?%\}|<%[=#@-]?[^<>%\n]{0,120}%>|"
    r"\$\{[A-Za-z_][\w.\[\]()'\"|? ]{0,80}\}(?!\$)|\[object Object\]|\[object%20Object\]|%7B%7B.{1,80}?%7D%7D|"
    r"(?:undefined|NaN)(?=[年月日円件人回個時分%％/])|<\?(?:php|=).{0,80}?\?>",
    re.IGNORECASE,
)
_EMPTY = re.compile(
    r"(?:undefined|NaN|null|None|\(null\)|Invalid Date)(?:\s*(?:円|%|％|件|人|年|月|日|回|さん|様))?"
)
_IN_ADDRESS = re.compile(r"(?:^|[/=])(?:undefined|NaN)(?=$|[/?#&])|/(?:null|None)$")
_PLACEHOLDER = re.compile(
    r"\blorem ipsum\b|\bFIXME\b|(?<![\w-])TBD(?![\w-])|"
    r"(?:^|(?<=[\s(\[（【「]))TODO(?:(?=[:：)\]）】」])|\s*$|(?=\s+(?!list\b)[a-z]))|"
    r"(?:^|(?<=[\s(（【「]))XXX(?:(?=[:：)）】」])|\s*$)|"
    r"ダミー(?:テキスト|文章|文)(?=です|が|。|$)|サンプルテキスト(?=です|が入|。|$)|^ダミー$|"
    r"(?:文章|テキスト|タイトル|説明|見出し)(?:が|を)(?:ここに)?入(?:ります|れてください)|この文章はダミー",
)
_LOREM = re.compile("lorem ipsum", re.IGNORECASE)
_HINTS = ("{", "<", "$", "[", "undefined", "NaN", "null", "None", "Invalid Date")
_MARKS = ("TODO", "FIXME", "TBD", "XXX", "ダミー", "サンプルテキスト", "入", "orem", "LOREM")
_EMPHASIS = _set("b i em strong dfn cite q mark var u abbr")
_VERBATIM = _set("code pre samp kbd script style var tt xmp noembed noframes textarea")
_TOLD = _set("title alt aria-label href src content placeholder value action poster label summary")


def _texts(document: Document, report: Report, foreign: set[int]) -> None:
    """What a template left behind."""
    elements = document.elements
    verbatim: set[int] = set()
    if not _VERBATIM.isdisjoint(document.by_name):
        for index, element in enumerate(elements):
            if element.parent in verbatim or element.name in _VERBATIM:
                verbatim.add(index)
    for text in _joined(document):
        words = text.text
        if len(words) < 3 or words.isspace() or text.parent in verbatim:
            continue
        if text.parent >= 0 and (elements[text.parent].inert or elements[text.parent].name == "template"):
            continue
        if any(hint in words for hint in _HINTS):
            found = _LEAK.search(words)
            if found:
                report("template-leak", at(text, found.start()), found[0][:80])
                continue
            plain = words.strip()
            if len(plain) < 20 and _EMPTY.fullmatch(plain) and _alone(document, text, plain):
                report("template-leak", _begin(text), plain)
                continue
        if any(mark in words for mark in _MARKS):
            found = _PLACEHOLDER.search(words) or _LOREM.search(words)
            if found and text.parent not in foreign:
                report("template-placeholder", at(text, found.start()), found[0].strip())
    for index, element in enumerate(elements):
        if not element.attributes or element.inert or index in verbatim:
            continue
        for key, value in element.attributes.items():
            if key in _TOLD and len(value) >= 3:
                told = _left(key, value)
                if told:
                    report("template-leak", element, told)
                elif key in ("alt", "title", "aria-label", "content", "placeholder"):
                    if not any(mark in value for mark in _MARKS):
                        continue
                    found = _PLACEHOLDER.search(value) or _LOREM.search(value)
                    if found and not (key == "placeholder" and "入" in found[0]):
                        report("template-placeholder", element, found[0].strip())
            elif key in ("class", "id", "lang", "name", "style", "datetime", "for") and "{" in value:
                left = _LEAK.search(value)
                if left:
                    report("template-leak", element, left[0][:80])


def _left(key: str, value: str) -> str:
    """What a template left in an attribute."""
    if "{" in value or "%" in value or "[" in value:
        found = _LEAK.search(value)
        if found:
            return found[0][:80]
    if key in ("href", "src", "action", "poster"):
        there = _IN_ADDRESS.search(value)
        # Elsewhere there are pages about these very words.
        if (there and "://" not in value) or value in ("null", "None"):
            return value[:80]
    elif key != "value" and len(value) < 20:
        plain = value.strip()
        if _EMPTY.fullmatch(plain) and not (key == "label" and plain == "None"):
            return plain
    return ""


def _joined(document: Document) -> list[Text]:
    """Texts; what the reader cut at a sign such as ``<`` is put together."""
    found: list[Text] = []
    for text in document.page.texts:
        last = found[-1] if found else None
        if (
            last is not None
            and last.parent == text.parent
            and last.before == text.before
            and last.text[-1:] == "<"
        ):
            found[-1] = Text(last.text + text.text, last.line, last.column, last.parent, last.before)
        else:
            found.append(text)
    return found


def _alone(document: Document, text: Text, plain: str) -> bool:
    """Whether a text is all that its element says."""
    if text.parent < 0 or document.elements[text.parent].name in _EMPHASIS:
        return False
    # In English it is a word like any other.
    if plain == "None" and document.languages[text.parent].partition("-")[0] != "ja":
        return False
    children = document.children.get(text.parent, [])
    if len(children) > 8:
        return False
    return all(isinstance(one, Text) and (one.text.isspace() or one.text in text.text) for one in children)
