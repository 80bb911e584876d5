"""Labels that are not spelled as the forms have them: the one label that a misspelled or cut one
must mean."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from govdisclose._lexicon.labels import LabelKey
from govdisclose.form.model import Place

_LEAST: Final = 6  # characters of a label that may be misspelled or cut
_MOST: Final = 60
_TWO_WRONG_FROM: Final = 10  # characters of a label that may have two of them wrong

Places = tuple[Place, ...]


class Inexact(NamedTuple):
    """The rows that a label must mean that is not spelled right, and what is missing of it at its
    end."""

    places: Places
    rest: str


def nearest(key: LabelKey, labels: Mapping[LabelKey, Places]) -> Inexact | None:
    """The one label that `key` is the beginning of, or a misspelling of; None if it is not near one
    alone.

    A cut label is the beginning of one label only, at least six characters long. A misspelled one
    has at most one character wrong, missing or too many in six, two from ten on, and is nearer to
    one label than to all others.
    """
    if not _LEAST <= len(key) <= _MOST:
        return None
    longer = [label for label in labels if label.startswith(key)]
    if longer:
        rows = {labels[label] for label in longer}
        rest = max(longer, key=len)[len(key) :]
        return Inexact(labels[longer[0]], rest) if len(rows) == 1 else None
    near = _near(key, labels)
    if not near:
        return None
    least = min(near.values())
    best = [found for found, wrong in near.items() if wrong == least]
    return Inexact(best[0], "") if len(best) == 1 else None


def _near(key: LabelKey, labels: Mapping[LabelKey, Places]) -> dict[Places, int]:
    """The rows whose labels are near enough, each with the least distance."""
    allowed = 2 if len(key) >= _TWO_WRONG_FROM else 1
    near: dict[Places, int] = {}
    for label in _alike(key, labels, allowed):
        wrong = distance(key, label, allowed)
        if wrong <= allowed:
            found = labels[label]
            near[found] = min(wrong, near.get(found, wrong))
    return near


def _alike(key: LabelKey, labels: Iterable[LabelKey], allowed: int) -> list[LabelKey]:
    """Labels of about the same length and letters: a quick no for most."""
    letters = set(key)
    return [
        label
        for label in labels
        if abs(len(label) - len(key)) <= allowed
        and len(letters.difference(label)) <= allowed
    ]


def distance(a: str, b: str, most: int) -> int:
    """How many characters must be changed, added or dropped to make `b` of `a`; `most + 1` if it is
    more.

    >>> distance("国家秘密", "国家秘蜜", 2), distance("国家秘密", "商业秘密", 1)
    (1, 2)
    """
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        left, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            left, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, left + (x != y))
        if min(row) > most:
            return most + 1
    return row[-1]
