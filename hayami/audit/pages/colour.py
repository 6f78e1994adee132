"""Colours as CSS writes them, and how they look on one another."""

from __future__ import annotations

import math
import re
from functools import lru_cache

from hayami.contrast import ratio

RGB = tuple[float, float, float]
"""Red, green and blue from 0 to 255."""
RGBA = tuple[float, float, float, float]
"""The same, and how opaque it is, from 0 to 1."""

CLEAR: RGBA = (0, 0, 0, 0)

_HEX = (
    "black 000000 silver c0c0c0 gray 808080 white ffffff maroon 800000 red ff0000 purple 800080 fuchsia ff00ff "
    "green 008000 lime 00ff00 olive 808000 yellow ffff00 navy 000080 blue 0000ff teal 008080 aqua 00ffff "
    "aliceblue f0f8ff antiquewhite faebd7 aquamarine 7fffd4 azure f0ffff beige f5f5dc bisque ffe4c4 "
    "blanchedalmond ffebcd blueviolet 8a2be2 brown a52a2a burlywood deb887 cadetblue 5f9ea0 chartreuse 7fff00 "
    "chocolate d2691e coral ff7f50 cornflowerblue 6495ed cornsilk fff8dc crimson dc143c cyan 00ffff "
    "darkblue 00008b darkcyan 008b8b darkgoldenrod b8860b darkgray a9a9a9 darkgreen 006400 darkgrey a9a9a9 "
    "darkkhaki bdb76b darkmagenta 8b008b darkolivegreen 556b2f darkorange ff8c00 darkorchid 9932cc darkred 8b0000 "
    "darksalmon e9967a darkseagreen 8fbc8f darkslateblue 483d8b darkslategray 2f4f4f darkslategrey 2f4f4f "
    "darkturquoise 00ced1 darkviolet 9400d3 deeppink ff1493 deepskyblue 00bfff dimgray 696969 dimgrey 696969 "
    "dodgerblue 1e90ff firebrick b22222 floralwhite fffaf0 forestgreen 228b22 gainsboro dcdcdc ghostwhite f8f8ff "
    "gold ffd700 goldenrod daa520 greenyellow adff2f grey 808080 honeydew f0fff0 hotpink ff69b4 indianred cd5c5c "
    "indigo 4b0082 ivory fffff0 khaki f0e68c lavender e6e6fa lavenderblush fff0f5 lawngreen 7cfc00 "
    "lemonchiffon fffacd lightblue add8e6 lightcoral f08080 lightcyan e0ffff lightgoldenrodyellow fafad2 "
    "lightgray d3d3d3 lightgreen 90ee90 lightgrey d3d3d3 lightpink ffb6c1 lightsalmon ffa07a lightseagreen 20b2aa "
    "lightskyblue 87cefa lightslategray 778899 lightslategrey 778899 lightsteelblue b0c4de lightyellow ffffe0 "
    "limegreen 32cd32 linen faf0e6 magenta ff00ff mediumaquamarine 66cdaa mediumblue 0000cd mediumorchid ba55d3 "
    "mediumpurple 9370db mediumseagreen 3cb371 mediumslateblue 7b68ee mediumspringgreen 00fa9a "
    "mediumturquoise 48d1cc mediumvioletred c71585 midnightblue 191970 mintcream f5fffa mistyrose ffe4e1 "
    "moccasin ffe4b5 navajowhite ffdead oldlace fdf5e6 olivedrab 6b8e23 orange ffa500 orangered ff4500 "
    "orchid da70d6 palegoldenrod eee8aa palegreen 98fb98 paleturquoise afeeee palevioletred db7093 "
    "papayawhip ffefd5 peachpuff ffdab9 peru cd853f pink ffc0cb plum dda0dd powderblue b0e0e6 rebeccapurple 663399 "
    "rosybrown bc8f8f royalblue 4169e1 saddlebrown 8b4513 salmon fa8072 sandybrown f4a460 seagreen 2e8b57 "
    "seashell fff5ee sienna a0522d skyblue 87ceeb slateblue 6a5acd slategray 708090 slategrey 708090 snow fffafa "
    "springgreen 00ff7f steelblue 4682b4 tan d2b48c thistle d8bfd8 tomato ff6347 turquoise 40e0d0 violet ee82ee "
    "wheat f5deb3 whitesmoke f5f5f5 yellowgreen 9acd32"
)
# As browsers paint them in a light scheme; in a dark one they differ from browser to browser.
_SYSTEM_HEX = (
    "canvas ffffff canvastext 000000 linktext 0000ee visitedtext 551a8b buttonface efefef buttontext 000000 "
    "field ffffff fieldtext 000000 mark ffff00 marktext 000000"
)


def _table(text: str) -> dict[str, RGBA]:
    parts = text.split()
    return {name: _of_hex(digits) for name, digits in zip(parts[::2], parts[1::2], strict=True)}


def _of_hex(digits: str) -> RGBA:
    if len(digits) < 6:
        digits = "".join(one * 2 for one in digits)
    red, green, blue = (int(digits[place : place + 2], 16) for place in (0, 2, 4))
    return red, green, blue, int(digits[6:8], 16) / 255 if len(digits) == 8 else 1


NAMED = _table(_HEX) | {"transparent": CLEAR}
_SYSTEM = _table(_SYSTEM_HEX)
_OTHER_WORDS = frozenset(
    (
        *("currentcolor", "inherit", "initial", "unset", "revert", "revert-layer", "graytext", "highlight"),
        *("highlighttext", "selecteditem", "selecteditemtext", "accentcolor", "accentcolortext"),
        *("activetext", "buttonborder"),
    )
)
_HASH = re.compile(r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_CALL = re.compile(r"(rgba?|hsla?|hwb|lab|lch|oklab|oklch|light-dark)\(\s*([^()]*(?:\([^()]*\)[^()]*)*)\)")
_NUMBER = re.compile(r"([+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?)(%|deg|rad|grad|turn)?")


def is_colour(value: str) -> bool:
    """Whether browsers take a value for a colour. Of functions only the form is looked at.

    >>> [is_colour(one) for one in ("#fff", "#ffff0", "Red", "rgb(0 0 0)", "dark")]
    [True, False, True, True, False]
    """
    value = value.strip().lower()
    if value.startswith("#"):
        return _HASH.fullmatch(value) is not None
    return value in NAMED or value in _SYSTEM or value in _OTHER_WORDS or "(" in value


@lru_cache(maxsize=4096)
def parse(value: str, dark: bool = False) -> RGBA | None:
    """A colour, None where it cannot be told. ``dark``: whether the browser uses its own dark colours.

    >>> parse("#08f"), parse("rgb(0 0 0 / 50%)"), parse("hsl(120, 100%, 50%)"), parse("currentColor")
    ((0, 136, 255, 1), (0.0, 0.0, 0.0, 0.5), (0.0, 255.0, 0.0, 1.0), None)
    """
    value = value.strip().lower()
    if value.startswith("#"):
        return _of_hex(value[1:]) if _HASH.fullmatch(value) else None
    if value in NAMED:
        return NAMED[value]
    if value in _SYSTEM:
        return None if dark else _SYSTEM[value]
    call = _CALL.fullmatch(value) if len(value) <= 200 else None
    if call is None:
        return None
    name, inner = call[1], call[2]
    if name == "light-dark":
        first, _, second = inner.partition(",")
        # A comma within one of the two colours would need more care than it is worth.
        return None if "," in second or "(" in first else parse(second if dark else first, dark)
    return _of_function(name, inner)


def _of_function(name: str, inner: str) -> RGBA | None:
    parts = [one for one in re.split(r"[\s,/]+", inner.strip()) if one]
    if len(parts) not in (3, 4):
        return None
    read = [_NUMBER.fullmatch("0" if one == "none" else one) for one in parts]
    numbers: list[tuple[float, str]] = []
    for one in read:
        if one is None or not abs(float(one[1])) < 1e6:
            return None
        numbers.append((float(one[1]), one[2] or ""))
    alpha = 1.0
    if len(numbers) == 4:
        share, unit = numbers[3]
        alpha = _within(share / 100 if unit == "%" else share, 0, 1)
    (a, a_unit), (b, b_unit), (c, c_unit) = numbers[:3]
    if name.startswith("rgb"):
        red, green, blue = (_within(one * 2.55 if unit == "%" else one, 0, 255) for one, unit in numbers[:3])
        return red, green, blue, alpha
    if name.startswith("hsl"):
        return (*_of_hsl(_degrees(a, a_unit), _within(b / 100, 0, 1), _within(c / 100, 0, 1)), alpha)
    if name == "hwb":
        white, black = _within(b / 100, 0, 1), _within(c / 100, 0, 1)
        if white + black >= 1:
            grey = 255 * white / (white + black)
            return grey, grey, grey, alpha
        red, green, blue = (
            one * (1 - white - black) + 255 * white for one in _of_hsl(_degrees(a, a_unit), 1, 0.5)
        )
        return red, green, blue, alpha
    light = a
    if name.startswith("ok"):
        light = a / 100 if a_unit == "%" else a
        b, c = (b * 0.004 if b_unit == "%" else b), (c * 0.004 if c_unit == "%" and name == "oklab" else c)
    elif name == "lab":
        b, c = (b * 1.25 if b_unit == "%" else b), (c * 1.25 if c_unit == "%" else c)
    else:
        b = b * 1.5 if b_unit == "%" else b
    if name.endswith("lch"):
        turn = math.radians(_degrees(c, c_unit))
        b, c = b * math.cos(turn), b * math.sin(turn)
    linear = _of_oklab(light, b, c) if name.startswith("ok") else _of_lab(light, b, c)
    # What a screen cannot show is moved into its range by each browser in its own way.
    if any(one < -0.002 or one > 1.002 for one in linear):
        return None
    red, green, blue = (255 * _gamma(_within(one, 0, 1)) for one in linear)
    return red, green, blue, alpha


def _within(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)


def _degrees(value: float, unit: str) -> float:
    each = {"rad": 180 / math.pi, "grad": 0.9, "turn": 360.0}
    return value * each.get(unit, 1.0)


def _of_hsl(hue: float, saturation: float, light: float) -> RGB:
    reach = saturation * min(light, 1 - light)

    def share(place: float) -> float:
        k = (place + hue / 30) % 12
        return 255 * (light - reach * max(-1, min(k - 3, 9 - k, 1)))

    return share(0), share(8), share(4)


def _of_oklab(light: float, a: float, b: float) -> RGB:
    first = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    second = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    third = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * first - 3.3077115913 * second + 0.2309699292 * third,
        -1.2684380046 * first + 2.6097574011 * second - 0.3413193965 * third,
        -0.0041960863 * first - 0.7034186147 * second + 1.7076147010 * third,
    )


def _of_lab(light: float, a: float, b: float) -> RGB:
    fy = (light + 16) / 116
    fx, fz = fy + a / 500, fy - b / 200
    x, y, z = (one**3 if one > 6 / 29 else 3 * (6 / 29) ** 2 * (one - 4 / 29) for one in (fx, fy, fz))
    # White of daylight at 5000 K.
    x, z = x * 0.9642956764, z * 0.8251046025
    return (
        3.1341358529 * x - 1.6173863321 * y - 0.4906619460 * z,
        -0.9787954765 * x + 1.9162543774 * y + 0.0334427339 * z,
        0.0719553798 * x - 0.2289768000 * y + 1.4053860000 * z,
    )


def _gamma(share: float) -> float:
    return 12.92 * share if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055


def over(top: RGBA, ground: RGB) -> RGB:
    """A colour that lets another shine through."""
    alpha = top[3]
    red, green, blue = (alpha * one + (1 - alpha) * two for one, two in zip(top[:3], ground, strict=True))
    return red, green, blue


def written(colour: RGB) -> str:
    """As ``#rrggbb``.

    >>> written((0, 127.6, 255))
    '#0080ff'
    """
    return "#" + "".join(f"{int(one + 0.5):02x}" for one in colour)


@lru_cache(maxsize=8192)
def contrast(first: RGB, second: RGB) -> float:
    """Contrast as WCAG computes it, from 1 to 21."""
    return ratio(written(first), written(second))
