"""The words of the pages, from `words.toml`, and which language is asked for."""

from __future__ import annotations

import locale
import os
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final, Literal

Language = Literal["zh", "en"]
_VARIABLES: Final = (
    "LC_ALL",
    "LC_MESSAGES",
    "LANG",
)  # the first that is set counts, as POSIX has it


def spoken(
    given: str | None = None, environment: Mapping[str, str] = os.environ
) -> Language:
    """The language asked for, else that of the locale: Chinese where it is a Chinese
    one, English elsewhere.

    >>> spoken(None, {"LC_ALL": "", "LANG": "zh_CN.UTF-8"}), spoken(None, {"LANG": "de_DE"}), spoken("zh", {})
    ('zh', 'en', 'zh')
    """
    said = (
        given
        or next((v for v in map(environment.get, _VARIABLES) if v), None)
        or locale.getlocale()[0]
        or ""
    )
    return "zh" if said.lower().startswith(("zh", "chinese")) else "en"


@cache
def words(language: Language) -> Mapping[str, str]:
    """The words of one language by their keys.

    >>> words("zh")["blank"], words("en")["blank"]
    ('（空）', '(blank)')
    """
    text = resources.files("govdisclose.view").joinpath("words.toml").read_text("utf-8")
    return MappingProxyType(tomllib.loads(text)[language])
