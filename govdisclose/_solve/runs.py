"""Figures that ran together: all ways to cut a run of digits into the figures of a row.

`21710000218` under six kinds of applicants and their total is 217, 1, 0, 0, 0, 0, 218,
and nothing else: the total must be the sum of what stands before it. Where a row is
several sums one behind the other, each is cut from both ends to the middle, so that the
work grows with the square root of the number of ways.

Guarantees:

1. Every reading of the run that satisfies the sums of the row is found, or
`TooManyError` says that some were not. 2. The work on a run is bounded by `STEPS_MOST`,
that on all runs of a table by the `Steps` they share."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import define, frozen

from govdisclose._solve.search import (
    LONGEST,
    LONGEST_PART,
    Figure,
    Limits,
    Search,
    TooManyError,
    Values,
    by_sum,
    figures_in,
    ways,
)

RUN_MOST: Final = 64  # characters of a run
STEPS_MOST: Final = 20_000  # partial readings of a run
TABLE_STEPS_MOST: Final = (
    100_000  # of all runs of a table: twice what the fullest table that was made needs
)
_RUN: Final = re.compile(r"[-+]?\d(?:[\d,.+-]*\d)?")


@frozen
class Sums:
    """The relations of one table, by index: of columns in every row, of rows in every column.

    Each has its name, its left and its right side, and whether the left side may be
    more than the right."""

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


def holds(values: Sequence[Figure | None], sums: Sums) -> bool:
    """Whether the sums of a row hold; a part left blank counts as nought, a blank total
    is none of printed parts."""
    for _, left, right, covers in sums.columns:
        total = values[left[0]] if len(left) == 1 else _sum(values, left)
        if total is None:
            if not covers and any(values[i] is not None for i in right):
                return False
            continue
        parts = _sum(values, right)
        if total < parts if covers else total != parts:
            return False
    return True


def _sum(values: Sequence[Figure | None], of: Iterable[int]) -> Figure:
    return sum([values[i] or 0 for i in of])


def readings(
    run: str, sums: Sums, columns: int, *, blanks: bool, steps: Steps | None = None
) -> list[Values]:
    """All ways to cut `run` into the figures of a row of `columns`, so that the sums of
    the row hold.

    No figure begins with a nought unless it is 0 or has a decimal point; a sign begins
    a figure. With `blanks` any cell may be blank: among figures that ran together it
    leaves no trace. Raises TooManyError. `steps` are taken from.

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
    figures = figures_in(run, LONGEST_PART if blocks else LONGEST)
    search = Search(figures, blanks, min(steps.left, STEPS_MOST))
    try:
        if blocks:
            return _in_blocks(search, blocks)
        found = ways(search, 0, columns, Limits(LONGEST, 0, len(run), None)).get(
            len(run), []
        )
        return [values for values, _ in found if holds(values, sums)]
    finally:
        steps.left = max(0, steps.left - search.steps)


def figure_places(run: str, values: Values) -> list[tuple[int, int] | None]:
    """Where each figure of a reading of `run` stands in it; None for a blank.

    >>> from decimal import Decimal
    >>> figure_places("12.500+3", (Decimal("12.5"), None, 0, 3))
    [(0, 5), None, (5, 6), (6, 8)]
    """
    wanted = [value for value in values if value is not None]
    figures = figures_in(run, LONGEST)
    before: list[
        dict[int, int]
    ] = []  # for each figure where it may end, and where it begins then
    ends = {0: 0}
    for value in wanted:
        ends = {
            end: at
            for at in ends
            for end, figure in figures.starting[at]
            if figure == value
        }
        before.append(ends)
    at, found = len(run), []
    for ends in reversed(before):
        found.append((ends[at], at))
        at = ends[at]
    return [found.pop() if value is not None else None for value in values]


def _blocks(sums: Sums, columns: int) -> list[int]:
    """How many parts each sum of the row has, if the row is sums one behind the other
    and nothing else."""
    blocks = [
        len(right)
        for _, left, right, covers in sums.columns
        if not covers and right == tuple(range(right[0], left[0]))
    ]
    return (
        blocks
        if blocks and sum(blocks) + len(blocks) == columns == sum(_sizes(sums))
        else []
    )


def _sizes(sums: Sums) -> Iterator[int]:
    return (
        len(left) + len(right) for _, left, right, covers in sums.columns if not covers
    )


# --- rows that are several sums one behind the other


def _in_blocks(search: Search, blocks: Sequence[int]) -> list[Values]:
    """The readings of a row that is several sums one behind the other, each of so many parts."""
    rows: dict[int, list[Values]] = {0: [()]}
    for i, parts in enumerate(blocks):
        whole = i + 1 == len(blocks)
        after: dict[int, list[Values]] = defaultdict(list)
        for at, got in rows.items():
            for end, values in _block(search, at, parts, whole=whole):
                search.count(len(got))
                after[end] += [before + values for before in got]
        rows = after
    return rows.get(search.run.size, [])


def _block(
    search: Search, start: int, parts: int, *, whole: bool
) -> Iterator[tuple[int, Values]]:
    """The readings of `parts` parts and their total from `start` on, each with where it
    ends; all blank is one.

    With `whole` they end with the run.
    """
    run, size = search.run, search.run.size
    if search.blanks and (not whole or start == size):
        yield start, (None,) * (parts + 1)
    for end in [size] if whole else range(start + 1, size + 1):
        for at, total in run.ending[end]:
            # a sum of nothing but blanks is none
            if at > start - search.blanks and _may_add_up(
                search, at - start, parts, end - at, total
            ):
                yield from (
                    (end, (*v, total))
                    for v in _parts(
                        search, start, at, parts, end - at, total, whole=whole
                    )
                )


def _parts(
    search: Search,
    start: int,
    at: int,
    parts: int,
    digits: int,
    total: Figure,
    *,
    whole: bool,
) -> Iterator[Values]:
    """The ways to read `parts` figures between two places that have that sum, from both
    ends to the middle."""
    run = search.run
    half = parts // 2
    others = parts - half
    longest = digits if run.plain else LONGEST_PART  # no part is longer than the sum
    if whole and run.plain:
        left = Limits(longest, at - others * longest, at, total)
        right = Limits(longest, start, start + half * longest, total)
    else:  # other sums have use for the same
        left = right = Limits(LONGEST_PART, 0, run.size, None)
    lefts = ways(search, start, half, left)
    rights = by_sum(search, at, others, right)
    low, high = at - others * longest, start + half * longest
    for middle in [m for m in lefts.keys() & rights.keys() if low <= m <= high]:
        search.count(len(lefts[middle]))
        for values, amount in lefts[middle]:
            for rest in rights[middle].get(total - amount, ()):
                yield (*values, *rest)


def _may_add_up(
    search: Search, size: int, parts: int, longest: int, total: Figure
) -> bool:
    """Whether so many digits may be parts of that sum, by their number alone."""
    if not search.run.plain:
        return True
    if not search.blanks and (
        size < parts or total >= parts * 10 ** (size - parts + 1)
    ):
        return False
    return size <= parts * longest
