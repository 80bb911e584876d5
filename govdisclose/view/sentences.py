"""What is said to whoever called wrongly, in Chinese: `sentences.toml`, looked up by the
English sentence, as catalogues of messages are."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

_PLACE: Final = re.compile(r"\{(\w+)\}")
_MOST: Final = 600  # characters of a sentence
_DEEPEST: Final = 4  # sentences within sentences


class Row(NamedTuple):
    """A sentence with places for what it names, as the code says it and in Chinese."""

    pattern: re.Pattern[str]
    chinese: str


@cache
def rows() -> tuple[Row, ...]:
    """The rows of the table, in order."""
    text = resources.files("govdisclose.view").joinpath("sentences.toml")
    found = tomllib.loads(text.read_text("utf-8"))["sentence"]
    return tuple(Row(_pattern(row["en"]), row["zh"]) for row in found)


def _pattern(sentence: str) -> re.Pattern[str]:
    pieces = _PLACE.split(sentence)
    inner = (
        f"(?P<{piece}>.+?)" if i % 2 else re.escape(piece)
        for i, piece in enumerate(pieces)
    )
    return re.compile("".join(inner), re.DOTALL)


def in_chinese(sentence: str, depth: int = 0) -> str:
    """The sentence in Chinese; as it is where it has no row.

    >>> in_chinese("a.doc: an old Word or WPS document (.doc, .wps), which cannot be read as it is: x")
    'a.doc：这是旧版 Word 或 WPS 文档（.doc、.wps），不能直接读取：x'
    """
    if depth > _DEEPEST or len(sentence) > _MOST:
        return sentence
    for row in rows():
        if found := row.pattern.fullmatch(sentence):
            named = {
                name: in_chinese(value, depth + 1)
                for name, value in found.groupdict().items()
            }
            return row.chinese.format_map(named)
    return sentence
