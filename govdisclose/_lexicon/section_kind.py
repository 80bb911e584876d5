"""What a section is about, by its title: `overview`, `requests`, `remedies` …, from
`sections.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Final

from attrs import frozen

from govdisclose._lexicon.terminals import terminal

UNCLASSIFIED: Final = "unclassified"
_TITLE_MOST: Final = 60
_YEAR: Final = re.compile(rf"{terminal('YEAR')}年度?")
_DROPPED: Final = dict.fromkeys(
    map(ord, ' \t\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}“”"、,，。;；:：·')
)


@frozen
class _Kinds:
    titles: Mapping[str, str]
    longest: re.Pattern[str]
    keywords: tuple[tuple[tuple[str, ...], str], ...]  # the longest first


@cache
def _kinds() -> _Kinds:
    data = tomllib.loads(
        resources.files("govdisclose._lexicon")
        .joinpath("sections.toml")
        .read_text("utf-8")
    )
    titles = {
        _normal(title): section["kind"]
        for section in data["section"]
        for title in section["titles"]
    }
    keywords = [
        (tuple(words), section["kind"])
        for section in data["section"]
        for words in section["keywords"]
    ]
    longest = re.compile(
        "|".join(map(re.escape, sorted(titles, key=len, reverse=True)))
    )
    return _Kinds(
        titles,
        longest,
        tuple(sorted(keywords, key=lambda entry: -sum(map(len, entry[0])))),
    )


def _normal(title: str) -> str:
    title = title.translate(_DROPPED)
    m = _YEAR.match(title)
    return title[m.end() :] if m else title


def known_title(text: str) -> str | None:
    """The longest title of the catalogue that `text` (simplified, without blanks and
    points) begins with.

    >>> known_title("总体情况2021年我局认真落实"), known_title("食堂")
    ('总体情况', None)
    """
    m = _kinds().longest.match(text)
    return m.group() if m else None


def is_part_of_title(text: str) -> bool:
    """Whether `text` is the beginning of a title of the catalogue, and no title itself.

    >>> is_part_of_title("其他需要报告"), is_part_of_title("其他需要报告的事项"), is_part_of_title("食堂")
    (True, False, False)
    """
    text = _normal(text)
    titles = _kinds().titles
    return (
        bool(text)
        and text not in titles
        and any(title.startswith(text) for title in titles)
    )


_GOES_ON: Final = frozenset("的及和与、，,并或暨")


def title_length(text: str) -> int:
    """How many characters of `text` are a title of the catalogue that runs into the
    text behind it; 0 if none.

    >>> title_length("总体 情况2021年我局认真落实"), title_length("概述的写法")
    (5, 0)
    """
    places = [i for i, c in enumerate(text[:_TITLE_MOST]) if ord(c) not in _DROPPED]
    title = known_title("".join(text[i] for i in places))
    if title is None:
        return 0
    end = places[len(title) - 1] + 1
    return 0 if text[end : end + 1] in _GOES_ON else end


@lru_cache(maxsize=4096)  # reports share most of their titles
def section_kind(title: str | None) -> str:
    """The kind of a section with this simplified title.

    >>> section_kind("2018年政府信息公开工作打算"), section_kind("总体情况"), section_kind("食堂")
    ('next_steps', 'overview', 'unclassified')
    """
    if not title:
        return UNCLASSIFIED
    kinds = _kinds()
    normal = _normal(title)
    found = kinds.titles.get(normal)
    if found:
        return found
    return next(
        (
            kind
            for words, kind in kinds.keywords
            if all(word in normal for word in words)
        ),
        UNCLASSIFIED,
    )
