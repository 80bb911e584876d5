"""The string as patterns see it."""

from __future__ import annotations

import re
from typing import Final

from govdisclose._lexicon.characters import HALF_WIDTH

_SHADOWED: Final = re.compile(f"[{re.escape(''.join(HALF_WIDTH))}]")


def shadow_of(string: str) -> str:
    """The string as patterns see it: half-width, plain spaces, one kind of line break.
    Same length."""
    if "\r" in string:
        string = string.replace("\r\n", " \n").replace("\r", "\n")
    # str.translate looks up every character in a dict; a report has a dozen kinds of these at most
    for character in set(_SHADOWED.findall(string)):
        string = string.replace(character, HALF_WIDTH[character])
    return string
