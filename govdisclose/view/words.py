"""The words of the pages, from `words.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Literal

Language = Literal["zh", "en"]


@cache
def words(language: Language) -> Mapping[str, str]:
    """The words of one language by their keys.

    >>> words("zh")["blank"], words("en")["blank"]
    ('（空）', '(blank)')
    """
    text = resources.files("govdisclose.view").joinpath("words.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text)[language])
