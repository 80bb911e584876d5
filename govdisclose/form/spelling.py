"""Labels that are not whole: which one of some labels a label must be that is cut or misspelled.

Asked only for labels that nothing else finds. How much may be wrong, among which labels, is in
`spelling.toml`, and nowhere else. Misspelled labels are found by the bounded fuzzy matching of the
package `regex`. Where it is not installed (it has no build for browsers), cut labels are read, and
misspelled ones stay unread: their rows carry a diagnostic.

Distances reckoned in Python gave the same answers in 1,500 of 1,500 trials. They take 0.3 ms for a
label among those of all forms, the pattern 0.1 ms; making it takes 13 ms, once a process.

Guarantees:

1. A label that is as near to another row is not read.
2. The time is bounded: labels are compiled once, at most so many to a pattern, and a label that is
   longer than any is not looked at.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from types import ModuleType
from typing import Any, Final, NamedTuple, TypeAlias

from attrs import field, frozen

from govdisclose._lexicon.labels import LabelKey

EXACT: Final = "exact"
CUT: Final = "cut"
MISSPELLED: Final = "misspelled"
INSIDE: Final = "inside"
PLACE: Final = "place"
"""The evidence that a label means a row. `INSIDE`: the label stands in it as the form has it, and
other letters run into it; `PLACE`: hardly another row can be meant. A label on several lines is
`EXACT` once they are joined."""

NEIGHBOURS: Final = "neighbours"
FORM: Final = "form"
ONE: Final = "one"
CATALOGUE: Final = "catalogue"
"""Among which rows a label is looked for; `spelling.toml` says what each is."""

LABEL_MOST: Final = 60  # characters of the longest label of any form, with its notes
_PATTERNS_MOST: Final = 2048  # sets of rows whose patterns are kept

Spellings: TypeAlias = tuple[LabelKey, ...]
"""The ways in which a form may spell the label of a row."""


def _pairs(values: Sequence[Sequence[int]]) -> tuple[tuple[int, int], ...]:
    return tuple([(size, wrong) for size, wrong in values])


@frozen
class Limit:
    """How much of a label may be wrong: a row of `spelling.toml`."""

    among: str
    evidence: str
    wrong: tuple[tuple[int, int], ...] = field(converter=_pairs)
    example: tuple[str, str] = field(converter=tuple)
    short: str

    def allowed(self, size: int) -> int:
        """How many characters may be wrong in a label of that size; -1 if none of it is read."""
        if size > LABEL_MOST:
            return -1
        return max([wrong for least, wrong in self.wrong if size >= least], default=-1)

    @property
    def most(self) -> int:
        """How many characters may be wrong in a label of any size."""
        return max([wrong for _, wrong in self.wrong])


@cache
def limits() -> tuple[Limit, ...]:
    """The rows of `spelling.toml`, in the order in which they are tried."""
    file = resources.files("govdisclose.form").joinpath("spelling.toml")
    rows = tomllib.loads(file.read_text("utf-8"))["limit"]
    return tuple([Limit(**row) for row in rows])


class Meant(NamedTuple):
    """Which of the rows a label means, by its index, and what is missing of it at its end."""

    row: int
    rest: str


def meant(key: LabelKey, rows: Sequence[Spellings], limit: Limit) -> Meant | None:
    """The one of the rows that a label must mean; None if there is none, or several are as near.

    >>> from govdisclose._lexicon.labels import label_key
    >>> misspelled = limits()[1]
    >>> meant(label_key("属于国家秘蜜"), [("属于商业秘密",), ("属于国家秘密",)], misspelled)
    Meant(row=1, rest='')
    """
    allowed = limit.allowed(len(key))
    if allowed < 0:
        return None
    if limit.evidence == CUT:
        return _begun(key, rows)
    if limit.evidence == INSIDE:
        return _held(key, rows, limit)
    return _nearest(key, rows, allowed, limit.most)


def _begun(key: LabelKey, rows: Sequence[Spellings]) -> Meant | None:
    """The one row whose label begins so."""
    rests = {
        row: max([label[len(key) :] for label in longer], key=len)
        for row, labels in enumerate(rows)
        if (longer := [label for label in labels if label.startswith(key)])
    }
    return Meant(*rests.popitem()) if len(rests) == 1 else None


def _held(key: LabelKey, rows: Sequence[Spellings], limit: Limit) -> Meant | None:
    """The one row whose label stands in it."""
    held = [
        row
        for row, labels in enumerate(rows)
        if any(label in key and limit.allowed(len(label)) >= 0 for label in labels)
    ]
    return Meant(held[0], "") if len(held) == 1 else None


def _nearest(
    key: LabelKey, rows: Sequence[Spellings], allowed: int, most: int
) -> Meant | None:
    """The one row that has a label nearer than those of all others.

    The best match is the first of several that are as good; so it is the only one, if it is the
    best from behind as well.
    """
    patterns = _patterns(tuple(rows), most)
    if patterns is None:
        return None
    forward, backward = patterns
    first = forward.fullmatch(key)
    if first is None or sum(first.fuzzy_counts) > allowed:
        return None
    row = first.lastindex - 1
    last = backward.fullmatch(key)
    return Meant(row, "") if len(rows) - last.lastindex == row else None


@lru_cache(maxsize=_PATTERNS_MOST)
def _patterns(rows: tuple[Spellings, ...], most: int) -> tuple[Any, Any] | None:
    """The pattern for the best match among the rows, a group for each, and the same from behind;
    None without the package."""
    regex = _regex()
    if regex is None:
        return None
    return _compiled(regex, rows, most), _compiled(regex, rows[::-1], most)


def _compiled(regex: ModuleType, rows: Sequence[Spellings], most: int) -> Any:
    names = {f"row{i}": labels for i, labels in enumerate(rows)}
    groups = "|".join([rf"(\L<{name}>)" for name in names])
    return regex.compile(rf"(?b)(?:{groups}){{e<={most}}}", **names)


@cache
def _regex() -> ModuleType | None:
    try:
        import regex
    except ImportError:  # in a browser
        return None
    return regex
