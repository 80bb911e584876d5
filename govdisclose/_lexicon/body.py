"""Bodies by their names: of what level of government they are, and of what kind.

Guarantees:

1. The words that tell stand in `bodies.toml`, not here.
2. What a name does not tell is None: a 市 that is in no list may be of two levels, and a customs
   house is of none.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, Literal, TypeAlias

from govdisclose._lexicon.vocabulary import Vocabulary, vocabulary

Level: TypeAlias = Literal["ministry", "province", "city", "county", "township"]
BodyKind: TypeAlias = Literal[
    "government",
    "government_office",
    "zone",
    "party",
    "mass",
    "court",
    "university",
    "department",
    "enterprise",
    "institution",
]

_KINDS: Final[tuple[BodyKind, ...]] = (  # the first that fits
    "government_office",
    "zone",
    "government",
    "party",
    "mass",
    "court",
    "university",
    "department",
    "enterprise",
    "institution",
)


def words() -> Vocabulary:
    """The vocabulary of bodies, read when it is first asked for."""
    return vocabulary("govdisclose._lexicon", ("bodies.toml",))


@lru_cache(maxsize=4096)
def body_level(name: str | None) -> Level | None:
    """The level of government that a body with this name belongs to.

    A department is of the level of its government, a local arm of a ministry of that of its place.

    >>> body_level("甲省财政厅"), body_level("甲市乙区人民政府"), body_level("国家税务总局甲县税务局")
    ('province', 'county', 'county')
    >>> body_level("甲县乙水镇人民政府"), body_level("财政部"), body_level("甲州市粮食局")
    ('township', 'ministry', None)
    """
    if not name:
        return None
    arm = words()["state_arms"].match(name)
    place = _level_of_place(name[arm.end() :] if arm else name)
    if place is None and words()["state"].fullmatch(name):
        return "ministry"
    return place


def _level_of_place(name: str) -> Level | None:
    """The level of the last place that a name begins with."""
    level: Level | None = None
    capital = words()["municipalities"].match(name)
    if found := capital or words()["provinces"].match(name):
        level, name = "province", name[found.end() :]
    city = None if capital else words()["city"].match(name)
    unlisted = None if capital or city else words()["unlisted_city"].match(name)
    if found := city or unlisted:
        level, name = "city" if city else None, name[found.end() :]
    if found := words()["town_of"].match(name):
        return "township"
    if found := words()["county"].match(name):
        below = words()["town_of"].match(name, found.end())
        return "township" if below else "county"
    return level


@lru_cache(maxsize=4096)
def body_kind(name: str | None) -> BodyKind | None:
    """The kind of body that a name is of.

    >>> body_kind("甲县人民政府"), body_kind("甲县人民政府办公室"), body_kind("甲州大学"), body_kind("某某")
    ('government', 'government_office', 'university', None)
    """
    if not name:
        return None
    return next((kind for kind in _KINDS if words()[f"kind_{kind}"].search(name)), None)
