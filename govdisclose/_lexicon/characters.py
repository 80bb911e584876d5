"""Characters that are one to a reader and several to a machine: the one table that
makes them half-width.

One character becomes one character, so that offsets hold.
"""

from __future__ import annotations

from typing import Final

_BLANKS: Final = (
    "\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{OGHAM SPACE MARK}\N{EN QUAD}\N{EM QUAD}\N{EN SPACE}\N{EM SPACE}"
    "\N{THREE-PER-EM SPACE}\N{FOUR-PER-EM SPACE}\N{SIX-PER-EM SPACE}\N{FIGURE SPACE}\N{PUNCTUATION SPACE}"
    "\N{THIN SPACE}\N{HAIR SPACE}\N{NARROW NO-BREAK SPACE}\N{MEDIUM MATHEMATICAL SPACE}\0"
)
_BREAKS: Final = "\v\f\x1c\x1d\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}"
_FULL_WIDTH: Final = range(0xFF01, 0xFF5F)
_TO_ASCII: Final = 0xFEE0

HALF_WIDTH: Final[dict[str, str]] = {
    **{chr(c): chr(c - _TO_ASCII) for c in _FULL_WIDTH},
    **dict.fromkeys(_BLANKS, " "),
    **dict.fromkeys(_BREAKS, "\n"),
    "\N{HALFWIDTH IDEOGRAPHIC FULL STOP}": "\N{IDEOGRAPHIC FULL STOP}",
    "\N{HALFWIDTH IDEOGRAPHIC COMMA}": "\N{IDEOGRAPHIC COMMA}",
    "\N{SMALL IDEOGRAPHIC COMMA}": "\N{IDEOGRAPHIC COMMA}",
    "\N{SMALL COMMA}": ",",
    "\N{SMALL FULL STOP}": ".",
    "\N{SMALL COLON}": ":",
    "\N{SMALL SEMICOLON}": ";",
    "\N{SMALL LEFT PARENTHESIS}": "(",
    "\N{SMALL RIGHT PARENTHESIS}": ")",
    "\N{RATIO}": ":",
    "\N{MINUS SIGN}": "-",
    "\N{BOX DRAWINGS LIGHT VERTICAL}": "|",
    "\N{BOX DRAWINGS HEAVY VERTICAL}": "|",
    "\N{SMALL LEFT TORTOISE SHELL BRACKET}": "\N{LEFT TORTOISE SHELL BRACKET}",
    "\N{SMALL RIGHT TORTOISE SHELL BRACKET}": "\N{RIGHT TORTOISE SHELL BRACKET}",
}
"""What stands for a character in the shadow of a text. Of the kinds of line break there is one left, of blanks one."""

_TABLE: Final = str.maketrans(HALF_WIDTH)


def half_width(text: str) -> str:
    """`text` with full-width letters, digits, points and blanks made half-width; for short strings.

    >>> half_width("（１）收到")
    '(1)收到'
    """
    return text if text.isascii() else text.translate(_TABLE)
