"""The words of this room, and the rows of its tables."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any, Final

from govdisclose._lexicon.vocabulary import vocabulary

_ROOM: Final = "govdisclose._document"
WORDS: Final = vocabulary(_ROOM)


@cache
def rows(file: str, name: str) -> tuple[dict[str, Any], ...]:
    """The rows of a table in one of the TOML files here.

    >>> rows("places.toml", "city")[0]
    {'name': '北京', 'area': '010'}
    """
    return tuple(
        tomllib.loads(resources.files(_ROOM).joinpath(file).read_text("utf-8"))[name]
    )
