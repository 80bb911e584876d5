"""The figures that a run of digits may hold, and the ways to read some of them in turn.

Guarantees:

1. Every way that keeps to the limits is found, or `TooManyError` says that some were not.
2. What was found once is not looked for again.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

from attrs import define, field, frozen

Figure: TypeAlias = int | Decimal
Values: TypeAlias = tuple[Figure | None, ...]
Part: TypeAlias = tuple[Values, Figure]
"""Some figures in turn, and their sum."""
Ends: TypeAlias = Mapping[int, Sequence[Part]]
"""Parts by where they end."""

LONGEST: Final = 13  # characters of a figure: more than any office counts, and any money in 元 with its 分
LONGEST_PART: Final = 9  # characters of a figure that is a part or a total of a row
_FIGURE: Final = re.compile(r"[-+]?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d+)?")


class TooManyError(Exception):
    """A run has more readings than are worth looking at; none of them is the only one."""


@frozen(eq=False)
class Run:
    """Figures that ran together: for each place those that may begin there, and those
    that may end."""

    text: str
    plain: bool  # nothing but digits
    starting: tuple[Sequence[tuple[int, Figure]], ...]
    ending: tuple[Sequence[tuple[int, Figure]], ...]

    @property
    def size(self) -> int:
        """How many characters it has."""
        return len(self.text)


def figures_in(text: str, longest: int) -> Run:
    """The figures of up to `longest` characters that a run may hold."""
    plain = text.isdecimal()
    starting: list[list[tuple[int, Figure]]] = [[] for _ in range(len(text) + 1)]
    ending: list[list[tuple[int, Figure]]] = [[] for _ in range(len(text) + 1)]
    for start in range(len(text)):
        last = min(start + longest, len(text))
        if plain and text[start] == "0":
            last = start + 1  # no figure of several digits begins with a nought
        for end in range(start + 1, last + 1):
            if plain or _FIGURE.fullmatch(text, start, end):
                figure = _value(text[start:end])
                starting[start].append((end, figure))
                ending[end].append((start, figure))
    return Run(text, plain, tuple(starting), tuple(ending))


def _value(text: str) -> Figure:
    plain = text.replace(",", "")
    return Decimal(plain) if "." in plain else int(plain)


class Limits(NamedTuple):
    """What figures in turn must keep to: characters of each, between which places they
    end, and their sum."""

    longest: int
    low: int
    high: int
    most: Figure | None


class _Asked(NamedTuple):
    """What was asked for: how many figures from where, or back from there."""

    start: int
    figures: int
    limits: Limits
    back: bool


@define(eq=False)
class Search:
    """A run that is looked through. With `blanks` any cell may be blank. It takes
    `most` steps, then it gives up."""

    run: Run
    blanks: bool
    most: int
    steps: int = 0
    ways: dict[_Asked, Ends] = field(factory=dict)
    sums: dict[_Asked, Mapping[int, Mapping[Figure, Sequence[Values]]]] = field(
        factory=dict
    )

    def count(self, steps: int) -> None:
        """Note so many partial readings. Raises TooManyError."""
        self.steps += steps
        if self.steps > self.most:
            raise TooManyError


def ways(
    search: Search, start: int, count: int, limits: Limits, *, back: bool = False
) -> Ends:
    """All ways to read `count` figures from `start` on, or `back` from there, by where they end."""
    asked = _Asked(start, count, limits, back)
    if asked not in search.ways:
        level: Ends = {start: [((), 0)]}
        for left in range(count - 1, -1, -1):
            level = _one_more(
                search, level, _with_room(limits, left, back=back), back=back
            )
        search.ways[asked] = level
    return search.ways[asked]


def _with_room(limits: Limits, left: int, *, back: bool) -> Limits:
    """The limits for a figure behind which `left` more are to come."""
    room = left * limits.longest
    if back:
        return limits._replace(high=limits.high + room)
    return limits._replace(low=limits.low - room)


def _one_more(search: Search, level: Ends, limits: Limits, *, back: bool) -> Ends:
    """The ways with one more figure, or, if cells may be blank, one more blank."""
    after: dict[int, list[Part]] = defaultdict(list)
    figures = search.run.ending if back else search.run.starting
    for at, got in level.items():
        if search.blanks and limits.low <= at <= limits.high:
            after[at] += _with(got, None, back=back)
        for end, figure in figures[at]:
            if limits.low <= end <= limits.high and abs(end - at) <= limits.longest:
                search.count(len(got))
                fits = got
                if limits.most is not None:
                    room = limits.most - figure
                    fits = [part for part in got if part[1] <= room]
                after[end] += _with(fits, figure, back=back)
    return after


def _with(parts: Sequence[Part], figure: Figure | None, *, back: bool) -> list[Part]:
    """The parts with one more figure behind, or, going back, before."""
    more = figure or 0
    if back:
        return [((figure, *values), amount + more) for values, amount in parts]
    return [((*values, figure), amount + more) for values, amount in parts]


def by_sum(
    search: Search, end: int, count: int, limits: Limits
) -> Mapping[int, Mapping[Figure, Sequence[Values]]]:
    """The ways to read `count` figures up to `end`, by where they begin and by their sum."""
    asked = _Asked(end, count, limits, back=True)
    if asked not in search.sums:
        found = ways(search, end, count, limits, back=True)
        search.sums[asked] = {start: _summed(parts) for start, parts in found.items()}
    return search.sums[asked]


def _summed(
    parts: Iterator[Part] | Sequence[Part],
) -> Mapping[Figure, Sequence[Values]]:
    sums: dict[Figure, list[Values]] = defaultdict(list)
    for values, amount in parts:
        sums[amount].append(values)
    return sums
