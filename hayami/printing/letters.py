"""Lines of letters as Pango sets them for WeasyPrint, each set once; what stands on paper is the same.

WeasyPrint tells Pango the face of a style anew for each line, drops a line when its place is known, and sets it a second
time to draw it, letter by letter.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class _Face:
    """What Pango is told of a style."""

    context: Any
    language: Any
    description: Any
    features: Any
    """An attribute of Pango; None where nothing is said of features."""


@contextlib.contextmanager
def told_once() -> Iterator[None]:
    """Tell Pango the face of a style once, and ask for the height of its lines once."""
    from weasyprint.layout import inline
    from weasyprint.text import line_break
    from weasyprint.text.ffi import ffi, gobject, pango

    setup, strut = line_break.Layout.setup, line_break.strut
    contexts: dict[tuple[int, str, str], tuple[Any, Any]] = {}

    def context(style: Any) -> tuple[Any, Any]:
        key = (id(style.font_config), style["direction"], style["lang"])
        if key not in contexts:
            made = ffi.gc(
                pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
            )
            pango.pango_context_set_round_glyph_positions(made, False)
            pango.pango_context_set_base_dir(made, line_break.PANGO_DIRECTION[style["direction"]])
            name, _ = line_break.unicode_to_char_p(style["lang"])
            language = pango.pango_language_from_string(name)
            pango.pango_context_set_language(made, language)
            contexts[key] = made, language
        return contexts[key]

    def features(style: Any) -> Any:
        said = line_break.font_features(
            style["font_kerning"],
            style["font_variant_ligatures"],
            style["font_variant_position"],
            style["font_variant_caps"],
            style["font_variant_numeric"],
            style["font_variant_alternates"],
            style["font_variant_east_asian"],
            style["font_feature_settings"],
        )
        if not said:
            return None
        written = ",".join(f"{key} {value}" for key, value in said.items()).encode()
        known = style.font_config.font_features
        if written not in known:
            known[written] = pango.pango_attr_font_features_new(written)
        return known[written]

    def told(layout: Any, style: Any) -> None:
        if (
            not style["lang"]
            or style["text_decoration_line"] != "none"
            or style["font_language_override"] != "normal"
        ):
            setup(layout, style)
            return
        face = style.__dict__.get("face")
        if face is None:
            face = style.face = _Face(
                *context(style), line_break.get_font_description(style), features(style)
            )
        layout.style, layout.language, layout.first_line_direction = style, face.language, 0
        layout.layout = ffi.gc(pango.pango_layout_new(face.context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)
        pango.pango_layout_set_font_description(layout.layout, face.description)
        layout.ascent = layout.underline_position = layout.strikethrough_position = None
        if face.features is not None:
            attributes = pango.pango_attr_list_new()
            pango.pango_attr_list_insert(attributes, face.features)
            pango.pango_layout_set_attributes(layout.layout, attributes)

    def height(style: Any) -> tuple[float, float]:
        known: tuple[float, float] | None = style.__dict__.get("strut")
        if known is None:
            known = style.strut = strut(style)
        return known

    line_break.Layout.setup, inline.strut = told, height
    try:
        yield
    finally:
        line_break.Layout.setup, inline.strut = setup, strut


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Keep a line that is set until it is drawn."""
    from weasyprint.text import line_break

    deactivate = line_break.Layout.deactivate
    line_break.Layout.deactivate = lambda _layout: None
    try:
        yield
    finally:
        line_break.Layout.deactivate = deactivate


@contextlib.contextmanager
def drawn_at_once() -> Iterator[None]:
    """Draw lines as they were kept, and write a glyph as it was written before."""
    from weasyprint.draw import text as drawing
    from weasyprint.text import line_break
    from weasyprint.text.ffi import pango

    if pango.pango_version() < _TELLS_SIZE:
        yield
        return
    reactivate, first_line = line_break.Layout.reactivate, drawing.draw_first_line

    def as_it_is(layout: Any, style: Any) -> None:
        # A line that fills its measure is set otherwise when it is drawn.
        if layout.justification_spacing or "layout" not in layout.__dict__:
            reactivate(layout, style)

    def draw(stream: Any, box: Any, overflow: Any, ellipsis: Any, matrix: Any) -> Any:
        if not box.text.strip() or box.style["font_size"] < _SMALLEST:
            return []
        is_cut = overflow == "ellipsis" or ellipsis != "none"
        runs = None if is_cut else _runs(stream, box.pango_layout)
        if runs is None:
            reactivate(box.pango_layout, box.style)
            return first_line(stream, box, overflow, ellipsis, matrix)
        stream.set_text_matrix(*matrix.values)
        shown = ""
        face = None
        for run in runs:
            if run.face != face:
                if shown:
                    stream.show_text(shown)
                shown, face = "", run.face
                stream.set_font_size(run.font.hash, run.font_size)
            shown += run.written(box.pango_layout.text)
        stream.show_text(shown)
        return []

    line_break.Layout.reactivate, drawing.draw_first_line = as_it_is, draw
    try:
        yield
    finally:
        line_break.Layout.reactivate, drawing.draw_first_line = reactivate, first_line


_TELLS_SIZE = 14802
"""Version of Pango from which a face says its own size."""

_SMALLEST = 1e-6
"""Size below which WeasyPrint draws no letter."""


@dataclass(frozen=True)
class _Run:
    """Glyphs of one face that follow each other in a line."""

    face: Any
    font: Any
    """What WeasyPrint knows of the face."""
    font_size: float
    item: Any
    """The run as Pango has it."""
    glyphs: Sequence[tuple[int, int, int]]
    """Number, width, and place across of each."""

    def written(self, text: str) -> str:
        """As it stands in a PDF; ``text`` is that of the whole line."""
        known = self.font.__dict__.setdefault("written", {}).setdefault(self.font_size, {})
        pieces = []
        for at, glyph in enumerate(self.glyphs):
            piece = known.get(glyph)
            if piece is None:
                piece = known[glyph] = self._glyph(at, text)
            pieces.append(piece)
        return f"<{''.join(pieces)}>".removesuffix("<>")

    def _glyph(self, at: int, text: str) -> str:
        """A glyph, and what it is to be moved by, in thousandths of its size."""
        from weasyprint.text.ffi import FROM_UNITS, ffi, pango

        glyph, width, across = self.glyphs[at]
        if glyph == pango.PANGO_GLYPH_EMPTY:
            return f">{-width / self.font_size}<"
        if glyph not in self.font.to_unicode:
            self.font.to_unicode[glyph] = self._letters(at, text)
        if glyph not in self.font.widths:
            seen, meant = ffi.new("PangoRectangle *"), ffi.new("PangoRectangle *")
            pango.pango_font_get_glyph_extents(self.face, glyph, seen, meant)
            self.font.widths[glyph] = round(meant.width * 1000 * FROM_UNITS / self.font_size)
        offset = across / self.font_size
        space = int(self.font.widths[glyph] + offset - width * 1000 * FROM_UNITS / self.font_size)
        return (f">{-offset}<" if offset else "") + f"{glyph:04x}" + (f">{space}<" if space else "")

    def _letters(self, at: int, text: str) -> str:
        """The letters that a glyph stands for: up to where those of the next begin."""
        places, last = self.item.glyphs.log_clusters, len(self.glyphs) - 1
        if self.item.item.analysis.level % 2:  # from right to left
            end = self.item.item.length if at == 0 else places[at - 1]
        else:
            end = self.item.item.length if at == last else places[at + 1]
        return text.encode()[self.item.item.offset :][places[at] : end].decode()


def _runs(stream: Any, layout: Any) -> list[_Run] | None:
    """Runs of a line; None where it is not plain: cut, with letters raised, drawn as pictures, or missing."""
    from weasyprint.text.ffi import ffi, pango

    line, cut_at = layout.get_first_line()
    if cut_at is not None:
        return None
    size = ffi.sizeof("PangoGlyphInfo")
    step = size // 4  # number, width, place across, place up, and a mark
    runs = []
    run = line.runs[0]
    while run != ffi.NULL:
        item, glyphs, run = run.data, run.data.glyphs, run.next
        font, font_size = stream.add_font(item.item.analysis.font)
        data = memoryview(ffi.buffer(glyphs.glyphs, glyphs.num_glyphs * size)).cast("i").tolist()
        numbers, widths, across, up = (data[at::step] for at in range(4))
        if font.bitmap or font.svg or font.png or font.colr or any(up):
            return None
        if max(numbers, default=0) >= pango.PANGO_GLYPH_UNKNOWN_FLAG:
            return None
        one = list(zip(numbers, widths, across, strict=True))
        runs.append(_Run(item.item.analysis.font, font, font_size, item, one))
    return runs
