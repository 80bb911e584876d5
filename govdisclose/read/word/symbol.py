"""Characters of the fonts of symbols, whose codes stand for something else than in Unicode.

Sources: the encodings of Adobe Symbol and of Wingdings, as far as texts of offices use
them. What is not listed becomes U+FFFD, which `parse` takes for a lost character: never
a letter that nobody sees on the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

_LOST: Final = "\N{REPLACEMENT CHARACTER}"
_CODES: Final = re.compile("[\uf000-\uf0ff!-~]")
_HEX: Final = re.compile(r"[0-9A-Fa-f]{1,6}")
_LAST: Final = 0x10FFFF
_SURROGATES: Final = range(0xD800, 0xE000)

# What of Symbol is not as in ASCII. Digits, brackets and signs of arithmetic are.
_GREEK: Final = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SYMBOL: Final[Mapping[int, str]] = MappingProxyType(
    {
        0x2D: "\N{MINUS SIGN}",
        0xA2: "\N{PRIME}",
        0xA3: "≤",
        0xA5: "∞",
        0xB0: "°",
        0xB1: "±",
        0xB2: "\N{DOUBLE PRIME}",
        0xB3: "≥",
        0xB4: "×",
        0xB7: "•",
        0xB8: "÷",
        0xB9: "≠",
        0xBA: "≡",
        0xBB: "≈",
        0xBC: "…",
        0xAE: "→",
        0xAC: "←",
        0xD7: "⋅",
        0xE5: "∑",
        0xD6: "√",
    }
)
_SYMBOL_ASCII: Final = frozenset(range(0x20, 0x40)) - {0x22, 0x24, 0x27, 0x2A, 0x2D}
_WINGDINGS: Final[Mapping[int, str]] = MappingProxyType(
    {
        0x20: " ",
        0x28: "☎",
        0x2A: "✉",
        0x6C: "●",
        0x6E: "■",
        0x6F: "□",
        0x71: "❑",
        0x75: "◆",
        0x76: "❖",
        0x77: "⬥",
        0x9F: "•",
        0xA1: "○",
        0xA7: "▪",
        0xA8: "□",
        0xAB: "★",
        0xD8: "➢",
        0xE0: "→",
        0xFB: "✗",
        0xFC: "✓",
        0xFD: "☒",
        0xFE: "☑",
        0x52: "☑",
        0x53: "☒",
        0x9E: "·",
        0x80: "⓪",
        **{0x81 + i: chr(0x2460 + i) for i in range(10)},
        0x8B: "⓿",
        **{0x8C + i: chr(0x2776 + i) for i in range(10)},
    }
)
_WINGDINGS_2: Final[Mapping[int, str]] = MappingProxyType(
    {
        0x20: " ",
        0x50: "✓",
        0x52: "☑",
        0x53: "☒",
        0x51: "☒",
        0x4F: "✗",
        0xA3: "□",
        0x2A: "□",
        0x54: "☒",
    }
)
_FONTS: Final[Mapping[str, Mapping[int, str]]] = MappingProxyType(
    {
        "symbol": MappingProxyType(
            {
                **{code: chr(code) for code in _SYMBOL_ASCII},
                **_SYMBOL,
                **dict(enumerate(_GREEK[0], 0x41)),
                **dict(enumerate(_GREEK[1], 0x61)),
            }
        ),
        "wingdings": _WINGDINGS,
        "wingdings 2": _WINGDINGS_2,
        "wingdings 3": MappingProxyType({0x20: " "}),
        "webdings": MappingProxyType({0x20: " "}),
    }
)


def symbol(code: str, font: str | None) -> str:
    """The character of a w:sym: `code` is hexadecimal, `font` the name of its font.

    >>> symbol("F0FE", "Wingdings"), symbol("2103", "宋体"), symbol("F0FF", "Wingdings")
    ('☑', '℃', '\N{REPLACEMENT CHARACTER}')
    """
    number = int(code, 16) if _HEX.fullmatch(code) else -1
    table = _FONTS.get((font or "").lower())
    if table is not None:
        return table.get(number & 0xFF, _LOST)
    if (
        not 0x20 <= number <= _LAST
        or number in _SURROGATES
        or 0xF000 <= number <= 0xF0FF
    ):
        return _LOST
    return chr(number)


def symbols(text: str, font: str | None) -> str:
    """Text of a run, with the codes of a font of symbols read as what they show:
    letters, or U+F000 and on.

    >>> symbols("\uf0fe公开", "Wingdings"), symbols("R公开", "Wingdings 2")
    ('☑公开', '☑公开')
    """
    table = _FONTS.get((font or "").lower())
    if table is None:
        return text
    return _CODES.sub(lambda found: table.get(ord(found.group()) & 0xFF, _LOST), text)


# EQ draws what it shows instead of keeping it as text: a character in a circle, one under a gloss, a fraction.
_OVER: Final = re.compile(
    r"(?i)\s{0,4}EQ\b.*\\o\b.*,([^(),\\]{1,40})\)\s{0,4}", re.DOTALL
)
_FRACTION: Final = re.compile(
    r"(?i)\s{0,4}EQ\s{1,4}\\f\s{0,4}\(([^(),\\]{1,40})[,;]([^(),\\]{1,40})\)\s{0,4}"
)
_SYMBOL_FIELD: Final = re.compile(
    r'(?i)\s{0,4}SYMBOL\s{1,4}(\d{1,6})\b(?:.*\\f\s{0,4}"([^"]{1,40})")?', re.DOTALL
)
_CIRCLE: Final = "\N{WHITE CIRCLE}"
_CIRCLED: Final[Mapping[str, str]] = MappingProxyType(
    {
        **{str(i): chr(0x245F + i) for i in range(1, 21)},
        **{word: chr(0x3280 + i) for i, word in enumerate("一二三四五六七八九十")},
    }
)


def drawn(instruction: str) -> str:
    r"""What a field without a result shows: Word draws EQ and SYMBOL from their instructions.

    >>> drawn(r" EQ \o\ac(○,3) "), drawn(r"eq \f(1,2)"), drawn('SYMBOL 254 \\f "Wingdings"'), drawn("PAGE")
    ('③', '1/2', '☑', '')
    >>> drawn(r"EQ \* jc2 \o\ad(\s\up 9(kāi),开)")
    '开'
    """
    if (over := _OVER.fullmatch(instruction)) is not None:
        text = over.group(1).strip()
        return _CIRCLED.get(text, text) if _CIRCLE in instruction else text
    if (fraction := _FRACTION.fullmatch(instruction)) is not None:
        return f"{fraction.group(1).strip()}/{fraction.group(2).strip()}"
    if (sign := _SYMBOL_FIELD.match(instruction)) is not None:
        return symbol(f"{int(sign.group(1)):X}", sign.group(2))
    return ""
