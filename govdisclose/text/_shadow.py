"""The string as patterns see it."""

from __future__ import annotations

import re
from typing import Final

# One character to one character, so that offsets hold. Line breaks all become "\n"; the first half
# of a CRLF becomes a space in `shadow_of`.
_SHADOW: Final = {
    **{chr(c): chr(c - 0xFEE0) for c in range(0xFF01, 0xFF5F)},
    **dict.fromkeys(
        "\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}\N{OGHAM SPACE MARK}\N{EN QUAD}\N{EM QUAD}\N{EN SPACE}\N{EM SPACE}"
        "\N{THREE-PER-EM SPACE}\N{FOUR-PER-EM SPACE}\N{SIX-PER-EM SPACE}\N{FIGURE SPACE}\N{PUNCTUATION SPACE}"
        "\N{THIN SPACE}\N{HAIR SPACE}\N{NARROW NO-BREAK SPACE}\N{MEDIUM MATHEMATICAL SPACE}\0",
        " ",
    ),
    **dict.fromkeys("\v\f\x1c\x1d\x1e\x85\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}", "\n"),
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
_SHADOWED: Final = re.compile(f"[{re.escape(''.join(_SHADOW))}]")


def shadow_of(string: str) -> str:
    """The string as patterns see it: half-width, plain spaces, one kind of line break. Same length."""
    if "\r" in string:
        string = string.replace("\r\n", " \n").replace("\r", "\n")
    # str.translate looks up every character in a dict; a report has a dozen kinds of these at most
    for character in set(_SHADOWED.findall(string)):
        string = string.replace(character, _SHADOW[character])
    return string
