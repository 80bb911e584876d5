"""Radicals and compatibility forms that stand for characters of the same shape."""

from __future__ import annotations

from collections.abc import Iterator

from govdisclose._lexicon.twins import TWINS, twin
from govdisclose.text import Doubt, Edit


def twin_characters(string: str) -> Iterator[Edit | Doubt]:
    r"""Write the character that is meant for a radical or a compatibility form of its shape.

    Fonts of PDF files name them so, and whoever copies the text gets ⼈⺠ for 人民. One character
    becomes one character.

    >>> list(twin_characters("\N{KANGXI RADICAL MAN}员"))
    [Edit(start=0, end=1, new='人', by='')]
    """
    for found in TWINS.finditer(string):
        meant = twin(found.group())
        if meant != found.group():
            yield Edit(found.start(), found.end(), meant)
