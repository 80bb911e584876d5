"""Characters that look like another one and are it to every reader: radicals and compatibility forms.

A font of a PDF names the radical where the character was meant, so text made from it has ⼈ and ⻓
for 人 and 长.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

# The radicals of both blocks, and the compatibility ideographs in both planes.
TWINS: Final = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")
"""A character that may have a twin."""


def twin(char: str) -> str:
    r"""The character that is meant by one that `TWINS` finds; itself where it has no twin.

    >>> twin("\N{KANGXI RADICAL ONE}"), twin("\N{CJK RADICAL C-SIMPLIFIED WIND}"), twin("一")
    ('一', '风', '一')
    """
    return _supplement().get(char) or unicodedata.normalize("NFKC", char)


@cache
def _supplement() -> Mapping[str, str]:
    """The radicals that Unicode does not decompose, by `twins.toml`."""
    written = (
        resources.files("govdisclose._lexicon")
        .joinpath("twins.toml")
        .read_text("utf-8")
    )
    pairs = tomllib.loads(written)["supplement"].split()
    return MappingProxyType(dict(tuple(pair) for pair in pairs))
