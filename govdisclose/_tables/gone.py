"""Columns whose blank cells are gone, the same ones in every row: an extractor that leaves
blanks out makes 120 15 3 2 140 of 120 | 15 | (blank) | 3 | 2 | (blank) | 140.

A row alone does not tell which cells it lacks, but that all lack the same is one guess for
the whole table, and its sums say whether it holds.

Guarantees:

1. All rows that lack cells have as many figures, one apart from the other, and no blank.
2. Only one choice of columns satisfies every sum of the table, of rows and of columns, and
several that are not of noughts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from math import comb
from typing import Final

from govdisclose._lexicon.numeral import read_cell
from govdisclose._lines.cell import NUMBER
from govdisclose._solve.balance import Puzzle
from govdisclose._solve.runs import Sums, holds
from govdisclose._solve.search import Figure
from govdisclose._solve.search import Values as Figures
from govdisclose._tables.sheet import Entry, Grid, Sheet

_ROWS_LEAST: Final = 4  # rows that lack cells
_MET_LEAST: Final = 3  # sums of rows that are not nought
_WAYS_MOST: Final = 200  # choices of columns


def without_columns(grid: Grid, known: Mapping[str, Figures]) -> dict[int, Puzzle]:
    """The rows that lack cells, by index, with blanks in the columns that all of them lack;
    empty where that is not the one way. `known` are the rows that are read."""
    lacking = _lacking(grid)
    sizes = {len(figures) for figures in lacking.values()}
    if len(lacking) < _ROWS_LEAST or len(sizes) != 1:
        return {}
    (size,) = sizes
    if not 1 < size < grid.width or comb(grid.width, size) > _WAYS_MOST:
        return {}
    ways = [
        rows
        for columns in combinations(range(grid.width), size)
        if _holds(rows := _placed(grid, lacking, columns), known, grid.sums, grid.width)
    ]
    if len(ways) != 1:
        return {}
    names = [
        name
        for name, _, _, covers in (*grid.sums.columns, *grid.sums.rows)
        if not covers
    ]
    first = {
        entry.known.key: i
        for i, entry in reversed([*enumerate(grid.entries)])
        if entry.known
    }
    return {
        first[key]: Puzzle([values], list(names), placed=True)
        for key, values in ways[0].items()
    }


def _lacking(grid: Grid) -> dict[str, list[Figure]]:
    """The figures of the rows that are not read; empty where one of them is no row of such
    figures alone."""
    out: dict[str, list[Figure]] = {}
    for entry in grid.entries:
        if entry.values is not None or not entry.content.values:
            continue
        figures = _figures(grid.sheet, entry)
        if entry.known is None or entry.known.key in out or figures is None:
            return {}
        out[entry.known.key] = figures
    return out


def _figures(sheet: Sheet, entry: Entry) -> list[Figure] | None:
    values, shadow = entry.content.values, sheet.text.shadow
    if entry.content.lost or any(token.type != NUMBER for token in values):
        return None
    if any(shadow[token.end : token.end + 1].isdigit() for token in values):
        return None
    figures = [read_cell(sheet.raw(token)).value for token in values]
    return [f for f in figures if f is not None] if None not in figures else None


def _placed(
    grid: Grid, lacking: Mapping[str, Sequence[Figure]], columns: Sequence[int]
) -> dict[str, Figures]:
    out: dict[str, Figures] = {}
    for key, figures in lacking.items():
        at = dict(zip(columns, figures, strict=True))
        out[key] = tuple([at.get(i) for i in range(grid.width)])
    return out


def _holds(
    rows: Mapping[str, Figures], known: Mapping[str, Figures], sums: Sums, width: int
) -> bool:
    """Whether all sums hold, several of rows among them that are not nought."""
    if not all(holds(values, sums) for values in rows.values()):
        return False
    met = list(_met({**known, **rows}, sums, width))
    return all(a == b for a, b in met) and sum([a != 0 for a, _ in met]) >= _MET_LEAST


def _met(
    rows: Mapping[str, Figures], sums: Sums, width: int
) -> Iterator[tuple[Figure, Figure]]:
    """Both sides of each sum of rows in each column; blanks count as nought."""
    for _, left, right, covers in sums.rows:
        if covers or not all(key in rows for key in (*left, *right)):
            continue
        for i in range(width):
            yield (
                sum([rows[k][i] or 0 for k in left]),
                sum([rows[k][i] or 0 for k in right]),
            )
