"""Roles and aria-* attributes as ARIA 1.2 defines them, and where ARIA in HTML lets them stand."""

from __future__ import annotations

from collections.abc import Mapping


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


# --- roles -----------------------------------------------------------------------------------------------

ROLES = _set(
    "alert alertdialog application article banner blockquote button caption cell checkbox code columnheader "
    "combobox comment complementary contentinfo definition deletion dialog directory document emphasis feed "
    "figure form generic grid gridcell group heading image img insertion link list listbox listitem log main "
    "mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter navigation none note option "
    "paragraph presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search "
    "searchbox sectionfooter sectionheader separator slider spinbutton status strong subscript suggestion "
    "superscript switch tab table tablist tabpanel term textbox time timer toolbar tooltip tree treegrid "
    "treeitem graphics-document graphics-object graphics-symbol "
    "doc-abstract doc-acknowledgments doc-afterword doc-appendix doc-backlink doc-biblioentry "
    "doc-bibliography doc-biblioref doc-chapter doc-colophon doc-conclusion doc-cover doc-credit doc-credits "
    "doc-dedication doc-endnote doc-endnotes doc-epigraph doc-epilogue doc-errata doc-example doc-footnote "
    "doc-foreword doc-glossary doc-glossref doc-index doc-introduction doc-noteref doc-notice doc-pagebreak "
    "doc-pagefooter doc-pageheader doc-pagelist doc-part doc-preface doc-prologue doc-pullquote doc-qna "
    "doc-subtitle doc-tip doc-toc"
)
"""Roles that a page may give; the abstract ones of ARIA are not among them."""

PRESENTATIONAL = _set("none presentation")
LINKS = _set("link doc-backlink doc-biblioref doc-glossref doc-noteref")
PICTURES = _set("img image graphics-document graphics-symbol doc-cover")
FIELDS = _set(
    "checkbox combobox listbox menuitemcheckbox menuitemradio radio searchbox slider spinbutton switch textbox"
)
LANDMARKS = _set("banner complementary contentinfo form main navigation region search")
COMMANDS = _set("button menuitem tab")

WIDGETS = FIELDS | LINKS | COMMANDS | _set("gridcell option scrollbar treeitem")
"""Roles of what is operated."""

NAMED_BY_CONTENT = (
    LINKS
    | COMMANDS
    | _set(
        "cell checkbox columnheader gridcell heading menuitemcheckbox menuitemradio option radio row "
        "rowheader switch tooltip treeitem doc-subtitle"
    )
)

CHILDREN_PRESENTATIONAL = _set(
    "button checkbox image img math menuitemcheckbox menuitemradio meter option progressbar radio scrollbar "
    "separator slider switch tab doc-cover doc-pagebreak graphics-symbol"
)
"""Assistive technology is told nothing of what stands in these."""

UNNAMEABLE = _set(
    "caption code deletion emphasis generic insertion mark paragraph strong subscript superscript suggestion"
)
UNNAMEABLE_ELEMENTS = _set(
    "b bdi bdo cite code data del div em i ins kbd mark p pre q rp rt ruby s samp small span strong sub sup u var"
)
"""Elements that cannot have a name unless they are given a role."""

REQUIRED: Mapping[str, tuple[str, ...]] = {
    "checkbox": ("aria-checked",),
    "combobox": ("aria-expanded",),
    "heading": ("aria-level",),
    "menuitemcheckbox": ("aria-checked",),
    "menuitemradio": ("aria-checked",),
    "meter": ("aria-valuenow",),
    "radio": ("aria-checked",),
    "scrollbar": ("aria-controls", "aria-valuenow"),
    "slider": ("aria-valuenow",),
    "switch": ("aria-checked",),
}

_ROWS = _set("row rowgroup")
_CELLS = _set("cell columnheader gridcell rowheader")
_MENU = _set("menuitem menuitemcheckbox menuitemradio")

OWNED: Mapping[str, frozenset[str]] = {
    "grid": _ROWS,
    "list": _set("listitem"),
    "listbox": _set("option"),
    "menu": _MENU,
    "menubar": _MENU,
    "row": _CELLS,
    "rowgroup": _set("row"),
    "table": _ROWS,
    "tablist": _set("tab"),
    "tree": _set("treeitem"),
    "treegrid": _ROWS,
}
"""Role → what must stand in it."""

ALSO_OWNED: Mapping[str, frozenset[str]] = {
    "grid": _set("caption"),
    "listbox": _set("group"),
    "menu": _set("group separator"),
    "menubar": _set("group separator"),
    "table": _set("caption"),
    "tree": _set("group"),
    "treegrid": _set("caption"),
}
"""Role → what may stand in it too. Groups must hold what the role around them asks for."""

_TABLES = _set("table grid treegrid")

CONTEXT: Mapping[str, frozenset[str]] = {
    "cell": _set("row"),
    "columnheader": _set("row"),
    "gridcell": _set("row"),
    "listitem": _set("list directory"),
    "menuitem": _set("menu menubar"),
    "menuitemcheckbox": _set("menu menubar"),
    "menuitemradio": _set("menu menubar"),
    "option": _set("listbox"),
    "row": _TABLES | _set("rowgroup"),
    "rowgroup": _TABLES,
    "rowheader": _set("row"),
    "tab": _set("tablist"),
    "treeitem": _set("tree"),
}
"""Role → one of these must stand around it."""

GROUPABLE = _MENU | _set("option treeitem")
"""Roles that may stand in a group within what they need around them."""

# --- attributes ------------------------------------------------------------------------------------------

_TRUE_FALSE = _set("true false")
_TRUE_FALSE_UNDEFINED = _set("true false undefined")
_TRISTATE = _set("true false mixed undefined")

WORDS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(
        (
            *("aria-atomic", "aria-busy", "aria-disabled", "aria-modal", "aria-multiline"),
            *("aria-multiselectable", "aria-readonly", "aria-required"),
        ),
        _TRUE_FALSE,
    ),
    **dict.fromkeys(("aria-expanded", "aria-grabbed", "aria-hidden", "aria-selected"), _TRUE_FALSE_UNDEFINED),
    "aria-autocomplete": _set("inline list both none"),
    "aria-checked": _TRISTATE,
    "aria-current": _set("page step location date time true false"),
    "aria-haspopup": _set("false true menu listbox tree grid dialog"),
    "aria-invalid": _set("grammar false spelling true"),
    "aria-live": _set("assertive off polite"),
    "aria-orientation": _set("horizontal undefined vertical"),
    "aria-pressed": _TRISTATE,
    "aria-sort": _set("ascending descending none other"),
}
"""Attribute → the one word that it may be."""

WORD_LISTS: Mapping[str, frozenset[str]] = {
    "aria-dropeffect": _set("copy execute link move none popup"),
    "aria-relevant": _set("additions all removals text"),
}

INTEGERS: Mapping[str, int] = {
    "aria-colcount": -1,
    "aria-colindex": 1,
    "aria-colspan": 1,
    "aria-level": 1,
    "aria-posinset": 1,
    "aria-rowcount": -1,
    "aria-rowindex": 1,
    "aria-rowspan": 0,
    "aria-setsize": -1,
}
"""Attribute → the least number that it may be."""

NUMBERS = _set("aria-valuemax aria-valuemin aria-valuenow")
REFERENCES = _set("aria-activedescendant aria-errormessage")
"""Attributes that name one element. ARIA 1.2 lets aria-errormessage name one only."""
REFERENCE_LISTS = _set("aria-controls aria-describedby aria-details aria-flowto aria-labelledby aria-owns")

GLOBAL = _set(
    "aria-atomic aria-braillelabel aria-brailleroledescription aria-busy aria-controls aria-current "
    "aria-describedby aria-description aria-details aria-disabled aria-dropeffect aria-errormessage aria-flowto "
    "aria-grabbed aria-haspopup aria-hidden aria-invalid aria-keyshortcuts aria-label aria-labelledby aria-live "
    "aria-owns aria-relevant aria-roledescription"
)

_INPUTS = _set("combobox searchbox textbox")
_RANGES = _set("meter progressbar scrollbar separator slider spinbutton")
_IN_SETS = _set(
    "article comment listitem menuitem menuitemcheckbox menuitemradio option radio row tab treeitem doc-biblioentry "
    "doc-endnote"
)
_EDITABLE = _set(
    "checkbox columnheader combobox grid gridcell listbox menuitemcheckbox menuitemradio radiogroup rowheader "
    "searchbox slider spinbutton switch textbox treegrid"
)

SUPPORTED: Mapping[str, frozenset[str]] = {
    "aria-activedescendant": _INPUTS
    | _set(
        "application grid group listbox menu menubar radiogroup row spinbutton tablist toolbar tree treegrid"
    ),
    "aria-autocomplete": _INPUTS,
    "aria-checked": _set("checkbox menuitemcheckbox menuitemradio option radio switch treeitem"),
    "aria-colcount": _TABLES,
    "aria-colindex": _CELLS | {"row"},
    "aria-colindextext": _CELLS | {"row"},
    "aria-colspan": _CELLS,
    "aria-expanded": _set(
        "application button checkbox columnheader combobox gridcell link listbox menuitem menuitemcheckbox "
        "menuitemradio row rowheader switch tab treeitem"
    )
    | LINKS,
    "aria-level": _set("comment heading listitem row treeitem doc-subtitle"),
    "aria-modal": _set("alertdialog dialog"),
    "aria-multiline": _set("searchbox textbox"),
    "aria-multiselectable": _set("grid listbox tablist tree treegrid"),
    "aria-orientation": _set(
        "listbox menu menubar radiogroup scrollbar separator slider tablist toolbar tree treegrid"
    ),
    "aria-placeholder": _INPUTS,
    "aria-posinset": _IN_SETS,
    "aria-pressed": _set("button"),
    "aria-readonly": _EDITABLE,
    "aria-required": _EDITABLE - {"grid", "menuitemcheckbox", "menuitemradio", "slider"} | {"tree"},
    "aria-rowcount": _TABLES,
    "aria-rowindex": _CELLS | {"row"},
    "aria-rowindextext": _CELLS | {"row"},
    "aria-rowspan": _CELLS,
    "aria-selected": _set("columnheader gridcell option row rowheader tab treeitem"),
    "aria-setsize": _IN_SETS | _set("menu menubar radiogroup tablist tree"),
    "aria-sort": _set("columnheader rowheader"),
    "aria-valuemax": _RANGES,
    "aria-valuemin": _RANGES,
    "aria-valuenow": _RANGES,
    "aria-valuetext": _RANGES,
}
"""Attribute that is not for every role → the roles that know it."""

ATTRIBUTES = GLOBAL | frozenset(SUPPORTED)

# --- elements --------------------------------------------------------------------------------------------

IMPLICIT: Mapping[str, str] = {
    "article": "article",
    "blockquote": "blockquote",
    "button": "button",
    "caption": "caption",
    "code": "code",
    "datalist": "listbox",
    "del": "deletion",
    "details": "group",
    "dfn": "term",
    "dialog": "dialog",
    "em": "emphasis",
    "fieldset": "group",
    "figure": "figure",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    "hr": "separator",
    "html": "document",
    "ins": "insertion",
    "main": "main",
    "mark": "mark",
    "math": "math",
    "menu": "list",
    "meter": "meter",
    "nav": "navigation",
    "ol": "list",
    "optgroup": "group",
    "option": "option",
    "output": "status",
    "p": "paragraph",
    "progress": "progressbar",
    "search": "search",
    "strong": "strong",
    "sub": "subscript",
    "summary": "button",
    "sup": "superscript",
    "svg": "graphics-document",
    "table": "table",
    "textarea": "textbox",
    "time": "time",
    "ul": "list",
}
"""Element → the role that it has by itself, where that does not depend on anything else."""

INPUT_ROLES: Mapping[str, str] = {
    "button": "button",
    "checkbox": "checkbox",
    "email": "textbox",
    "hidden": "",
    "image": "button",
    "number": "spinbutton",
    "radio": "radio",
    "range": "slider",
    "reset": "button",
    "search": "searchbox",
    "submit": "button",
    "tel": "textbox",
    "text": "textbox",
    "url": "textbox",
    # These have none in the standard; what a text field may have and must have holds for them too.
    **dict.fromkeys(
        ("color", "date", "datetime-local", "file", "month", "password", "time", "week"), "textbox"
    ),
}

_BUTTON = _set(
    "button checkbox combobox gridcell link menuitem menuitemcheckbox menuitemradio option radio separator "
    "slider switch tab treeitem"
)
_LIST = _set(
    "list directory group listbox menu menubar none presentation radiogroup tablist toolbar tree doc-toc "
    "doc-bibliography doc-endnotes doc-index"
)
_HEADING = _set("heading none presentation tab doc-subtitle")

ALLOWED: Mapping[str, frozenset[str]] = {
    "article": _set(
        "article application document feed main none presentation region comment doc-abstract "
        "doc-acknowledgments doc-afterword doc-appendix doc-biblioentry doc-chapter doc-part doc-preface"
    ),
    "aside": _set(
        "complementary feed none note presentation region search doc-dedication doc-example doc-footnote "
        "doc-glossary doc-pullquote doc-tip"
    ),
    "audio": _set("application"),
    "button": _BUTTON,
    "caption": _set("caption"),
    "datalist": _set("listbox"),
    "dd": _set("definition"),
    "details": _set("group"),
    "dialog": _set("dialog alertdialog"),
    "dl": _set("group list none presentation doc-glossary"),
    "dt": _set("term listitem"),
    "embed": _set("application document img image none presentation"),
    "fieldset": _set("group none presentation radiogroup"),
    "footer": _set("contentinfo group none presentation sectionfooter doc-footnote"),
    "form": _set("form none presentation search"),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _HEADING),
    "header": _set("banner group none presentation sectionheader"),
    "hr": _set("separator none presentation doc-pagebreak"),
    "iframe": _set("application document img image none presentation"),
    **dict.fromkeys(
        ("legend", "picture", "source", "track", "map", "noscript", "style", "script", "template", "title"),
        frozenset[str](),
    ),
    **dict.fromkeys(("col", "colgroup", "slot"), frozenset[str]()),
    "main": _set("main"),
    "math": _set("math"),
    "menu": _LIST,
    "meter": _set("meter"),
    "nav": _set(
        "navigation menu menubar none presentation tablist doc-index doc-pagelist doc-toc doc-bibliography"
    ),
    "object": _set("application document img image"),
    "ol": _LIST,
    "optgroup": _set("group"),
    "option": _set("option"),
    "progress": _set("progressbar"),
    "search": _set("search form group none presentation region"),
    "textarea": _set("textbox"),
    "ul": _LIST,
    "video": _set("application"),
}
"""Element → the roles that it may be given. Elements that are not here may have any."""

ALLOWED_LINK = _BUTTON - {"combobox", "gridcell", "separator", "slider"} | LINKS
ALLOWED_INPUT: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(("button", "image", "reset", "submit"), _BUTTON),
    "checkbox": _set("checkbox menuitemcheckbox option switch button"),
    "email": _set("textbox combobox"),
    "number": _set("spinbutton"),
    "radio": _set("radio menuitemradio"),
    "range": _set("slider"),
    "search": _set("searchbox combobox"),
    "tel": _set("textbox combobox"),
    "text": _set("textbox combobox searchbox spinbutton"),
    "url": _set("textbox combobox"),
}
"""Kind of field → the roles that it may be given; other kinds may be given none."""

LABELABLE = _set("button input meter output progress select textarea")
