"""Figures that ran together: all ways to cut a run of digits into the figures of a row.

`21710000218` under six kinds of applicants and their total is 217, 1, 0, 0, 0, 0, 218, and nothing else: the total must
be the sum of what stands before it. Where a row is several sums one behind the other, each is cut from both ends to the
middle, so that the work grows with the square root of the number of ways.

Guarantees:

1. Every reading of the run that satisfies the sums of the row is found, or `TooManyError` says that some were not.
2. The work on a run is bounded by `STEPS_MOST`, that on all runs of a table by the `Steps` they share.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

from attrs import define, frozen

Figure: TypeAlias = int | Decimal
Values: TypeAlias = tuple[Figure | None, ...]

RUN_MOST: Final = 64  # characters of a run
STEPS_MOST: Final = 20_000  # partial readings of a run
TABLE_STEPS_MOST: Final = 100_000  # of all runs of a table: twice what the fullest table that was made needs
_LONGEST: Final = 13  # characters of a figure: more than any office counts, and any sum of money in 元 with its 分
_LONGEST_PART: Final = 9  # characters of a figure that is a part or a total of a row
_FIGURE: Final = re.compile(r"[-+]?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d+)?")
_RUN: Final = re.compile(r"[-+]?\d(?:[\d,.+-]*\d)?")


@frozen
class Sums:
    """The relations of one table, by index: of columns in every row, of rows in every column.

    Each has its name, its left and its right side, and whether the left side may be more than the right.
    """

    columns: tuple[tuple[str, tuple[int, ...], tuple[int, ...], bool], ...]
    rows: tuple[tuple[str, tuple[str, ...], tuple[str, ...], bool], ...]

    @property
    def exact(self) -> bool:
        """Whether some column is the sum of others."""
        return any(not covers for _, _, _, covers in self.columns)


@define
class Steps:
    """How many partial readings may still be looked at."""

    left: int = TABLE_STEPS_MOST


class TooManyError(Exception):
    """A run has more readings than are worth looking at; none of them is the only one."""


def holds(values: Sequence[Figure | None], sums: Sums) -> bool:
    """Whether the sums of a row hold; a part left blank counts as nought, a blank total is none of printed parts."""
    for _, left, right, covers in sums.columns:
        total = values[left[0]] if len(left) == 1 else sum([values[i] or 0 for i in left])
        if total is None:
            if not covers and any(values[i] is not None for i in right):
                return False
            continue
        parts = sum([values[i] or 0 for i in right])
        if total < parts if covers else total != parts:
            return False
    return True


def readings(run: str, sums: Sums, columns: int, *, blanks: bool, steps: Steps | None = None) -> list[Values]:
    """All ways to cut `run` into the figures of a row of `columns`, so that the sums of the row hold.

    No figure begins with a nought unless it is 0 or has a decimal point; a sign begins a figure. With `blanks` any cell
    may be blank: among figures that ran together it leaves no trace. Raises TooManyError. `steps` are taken from.

    >>> two = Sums((("total", (2,), (0, 1), False),), ())
    >>> readings("2171218", two, 3, blanks=False)
    [(217, 1, 218)]
    >>> readings("55", two, 3, blanks=True)
    [(None, 5, 5), (5, None, 5)]
    """
    if not _RUN.fullmatch(run):
        return []
    if len(run) > RUN_MOST:
        raise TooManyError
    if len(run) == columns and run.isdecimal() and (not blanks or not run.strip("0")):
        alone = tuple(map(int, run))  # a digit a cell, as most rows are
        return [alone] if holds(alone, sums) else []
    steps = steps or Steps()
    blocks = _blocks(sums, columns)
    cuts = _Cuts(run, _LONGEST_PART if blocks else _LONGEST, blanks, min(steps.left, STEPS_MOST))
    try:
        if blocks:
            return cuts.blocks(blocks)
        found = cuts.ways(0, columns, _Limits(_LONGEST, 0, len(run), None)).get(len(run), [])
        return [values for values, _ in found if holds(values, sums)]
    finally:
        steps.left = max(0, steps.left - cuts.steps)


def figure_places(run: str, values: Values) -> list[tuple[int, int] | None]:
    """Where each figure of a reading of `run` stands in it; None for a blank.

    >>> figure_places("12.500+3", (Decimal("12.5"), None, 0, 3))
    [(0, 5), None, (5, 6), (6, 8)]
    """
    wanted = [value for value in values if value is not None]
    cuts = _Cuts(run, _LONGEST, blanks=False, most=STEPS_MOST)
    before: list[dict[int, int]] = []  # for each figure where it may end, and where it begins then
    ends = {0: 0}
    for value in wanted:
        ends = {end: at for at in ends for end, figure in cuts.starting(at) if figure == value}
        before.append(ends)
    at, found = len(run), []
    for ends in reversed(before):
        found.append((ends[at], at))
        at = ends[at]
    return [found.pop() if value is not None else None for value in values]


def _blocks(sums: Sums, columns: int) -> list[int]:
    """How many parts each sum of the row has, if the row is sums one behind the other and nothing else."""
    blocks = [
        len(right) for _, left, right, covers in sums.columns if not covers and right == tuple(range(right[0], left[0]))
    ]
    return blocks if blocks and sum(blocks) + len(blocks) == columns == sum(_sizes(sums)) else []


def _sizes(sums: Sums) -> Iterator[int]:
    return (len(left) + len(right) for _, left, right, covers in sums.columns if not covers)


_Part: TypeAlias = tuple[Values, Figure]  # some figures in turn, and their sum


class _Limits(NamedTuple):
    """What figures in turn must keep to: characters of each, between which places they end, and their sum."""

    longest: int
    low: int
    high: int
    most: Figure | None


class _Cuts:
    """The figures that a run may hold, by where they begin and where they end."""

    def __init__(self, run: str, longest: int, blanks: bool, most: int) -> None:
        self._run = run
        self._plain = run.isdecimal()
        self._blanks = blanks
        self._most = most
        self.steps = 0
        self._done: dict[tuple[int, int, _Limits, bool], dict[int, list[_Part]]] = {}
        self._sums: dict[tuple[int, int, _Limits], dict[int, dict[Figure, list[Values]]]] = {}
        self._from: list[list[tuple[int, Figure]]] = [[] for _ in run]
        self._to: list[list[tuple[int, Figure]]] = [[] for _ in range(len(run) + 1)]
        for start in range(len(run)):
            last = start + 1 if self._plain and run[start] == "0" else min(start + longest, len(run))
            for end in range(start + 1, last + 1):
                if self._plain or _FIGURE.fullmatch(run, start, end):
                    figure = _value(run[start:end])
                    self._from[start].append((end, figure))
                    self._to[end].append((start, figure))

    def starting(self, start: int) -> Sequence[tuple[int, Figure]]:
        """The figures that may begin there, with where they end."""
        return self._from[start] if start < len(self._from) else ()

    def blocks(self, blocks: Sequence[int]) -> list[Values]:
        """The readings of a row that is several sums one behind the other, each of so many parts."""
        size = len(self._run)
        rows: dict[int, list[Values]] = {0: [()]}
        for i, parts in enumerate(blocks):
            whole = i + 1 == len(blocks)
            after: dict[int, list[Values]] = defaultdict(list)
            for at, got in rows.items():
                for end, values in self._block(at, parts, whole):
                    self._count(len(got))
                    after[end] += [before + values for before in got]
            rows = after
        return rows.get(size, [])

    def _block(self, start: int, parts: int, whole: bool) -> Iterator[tuple[int, Values]]:
        """The readings of `parts` parts and their total from `start` on, each with where it ends; all blank is one."""
        size = len(self._run)
        if self._blanks and (not whole or start == size):
            yield start, (None,) * (parts + 1)
        half = parts // 2
        for end in [size] if whole else range(start + 1, size + 1):
            for at, total in self._to[end]:
                # a sum of nothing but blanks is none
                if at <= start - self._blanks or not self._may_add_up(at - start, parts, end - at, total):
                    continue
                longest = end - at if self._plain else _LONGEST_PART  # no part is longer than the sum
                others = parts - half
                if whole and self._plain:
                    left = _Limits(longest, at - others * longest, at, total)
                    right = _Limits(longest, start, start + half * longest, total)
                else:  # other sums have use for the same
                    left = right = _Limits(longest, 0, size, None)
                lefts = self.ways(start, half, left)
                rights = self._by_sum(at, others, right)
                for middle in lefts.keys() & rights.keys():
                    self._count(len(lefts[middle]))
                    for values, amount in lefts[middle]:
                        for rest in rights[middle].get(total - amount, ()):
                            yield end, (*values, *rest, total)

    def _may_add_up(self, size: int, parts: int, longest: int, total: Figure) -> bool:
        """Whether so many digits may be parts of that sum, by their number alone."""
        if not self._plain:
            return True
        if not self._blanks and (size < parts or total >= parts * 10 ** (size - parts + 1)):
            return False
        return size <= parts * longest

    def ways(self, start: int, count: int, limits: _Limits, *, back: bool = False) -> dict[int, list[_Part]]:
        """All ways to read `count` figures from `start` on, or `back` from there, by where they end."""
        key = (start, count, limits, back)
        if key in self._done:
            return self._done[key]
        level: dict[int, list[_Part]] = {start: [((), 0)]}
        for left in range(count - 1, -1, -1):
            after: dict[int, list[_Part]] = defaultdict(list)
            room = left * limits.longest
            low, high = (limits.low, limits.high + room) if back else (limits.low - room, limits.high)
            for at, got in level.items():
                if self._blanks and low <= at <= high:
                    after[at] += [((None, *v) if back else (*v, None), amount) for v, amount in got]
                for end, figure in self._to[at] if back else self.starting(at):
                    if low <= end <= high and abs(end - at) <= limits.longest:
                        most = None if limits.most is None else limits.most - figure
                        self._count(len(got))
                        after[end] += [
                            ((figure, *v) if back else (*v, figure), amount + figure)
                            for v, amount in got
                            if most is None or amount <= most
                        ]
            level = after
        self._done[key] = level
        return level

    def _by_sum(self, end: int, count: int, limits: _Limits) -> dict[int, dict[Figure, list[Values]]]:
        """The ways to read `count` figures up to `end`, by where they begin and by their sum."""
        key = (end, count, limits)
        if key not in self._sums:
            found: dict[int, dict[Figure, list[Values]]] = {}
            for middle, parts in self.ways(end, count, limits, back=True).items():
                sums = found[middle] = defaultdict(list)
                for values, amount in parts:
                    sums[amount].append(values)
            self._sums[key] = found
        return self._sums[key]

    def _count(self, steps: int) -> None:
        self.steps += steps
        if self.steps > self._most:
            raise TooManyError


def _value(text: str) -> Figure:
    plain = text.replace(",", "")
    return Decimal(plain) if "." in plain else int(plain)
