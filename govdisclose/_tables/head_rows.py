"""Heads of several rows that are one row of the report: (六)其他处理 with figures of its own, as the
form of 2019 has it, in a table of 2021.

Guarantee: a head is a row only where none of its rows stands in the table, and a sum of
rows that is not nought holds in every column with the head in their place.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from govdisclose._lexicon.numeral import read_cell
from govdisclose._lines.cell import BLANK, NUMBER, Token
from govdisclose._solve.search import Figure
from govdisclose._tables.sheet import Entry, Grid, is_as_form
from govdisclose.form import FormTable

_Figures: TypeAlias = Mapping[str, list[Figure | None]]
"""The figures of rows by their keys, blanks as nought; None for what cannot be read."""


def stands_for_its_rows(grid: Grid, entry: Entry) -> bool:
    """Whether a head with figures is a row of its own."""
    head, read = entry.known, _figures(grid)
    if head is None or head.key not in read or not is_as_form(grid.columns, grid.table):
        return False
    below = _below(grid.table, head.key)
    if not below.isdisjoint(entry.known.key for entry in grid.entries if entry.known):
        return False
    for _, left, right, covers in grid.sums.rows:
        if not covers and below <= set(right):
            parts = [*[key for key in right if key not in below], head.key]
            if _holds(read, left, parts, grid.width):
                return True
    return False


def _below(table: FormTable, key: str) -> set[str]:
    """The rows under a head, without the heads among them."""
    under = [row for row in table.rows if row.parent == key]
    rows = {row.key for row in under if not row.group}
    for row in under:
        rows |= _below(table, row.key) if row.group else set()
    return rows


def _figures(grid: Grid) -> _Figures:
    """The figures of the rows that are read; of a row that comes twice, the first."""
    read: dict[str, list[Figure | None]] = {}
    for entry in grid.entries:
        if (
            entry.known is not None
            and entry.values is not None
            and entry.content.values
        ):
            figures = [
                0 if token is None or token.type == BLANK else _figure(grid, token)
                for token in entry.values
            ]
            read.setdefault(entry.known.key, figures)
    return read


def _figure(grid: Grid, token: Token) -> Figure | None:
    return read_cell(grid.sheet.raw(token)).value if token.type == NUMBER else None


def _holds(
    read: _Figures, left: Iterable[str], right: Iterable[str], width: int
) -> bool:
    """Whether a sum holds in every column, and not of noughts alone."""
    sides = [[read.get(key) for key in side] for side in (left, right)]
    totals: list[list[Figure]] = []
    for rows in sides:
        if any(row is None or None in row for row in rows):
            return False
        totals.append([sum(row[i] or 0 for row in rows if row) for i in range(width)])
    return totals[0] == totals[1] and any(totals[0])
