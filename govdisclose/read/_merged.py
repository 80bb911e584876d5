"""Cells that span columns and rows, as plain rows with merged cells repeated.

A word processor draws a table row by row, and each row has borders of its own. The columns of the file (`gridSpan`
counts them) are therefore every border that any row has: a table with three columns of figures may have eleven of them.
Repeating cells over those would print one figure several times. So columns are counted anew:

1. Borders that are nearer to each other than a character is wide are one border, unless a cell with text lies between.
2. A row that is one cell from side to side (第二十条第（一）项) begins a part, and only the borders of that part count.

Time and memory are bounded by the cells that come out; the numbers that a file claims cost nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from govdisclose.errors import SourceError

NEAR: Final = 200  # twentieths of a point; a cell has margins of 216 by default
_USUAL: Final = 1000  # the width of a column that has none


class Merged(NamedTuple):
    """A cell of one row: the borders that it lies between, counted from the left, and its text."""

    start: int
    end: int
    text: str


def expand(rows: Sequence[Sequence[Merged]], widths: Sequence[int] | None = (), most: int = 200_000) -> list[list[str]]:
    """The texts of the rows, each repeated for every column that its cell covers.

    `widths` are those of the columns of the file, in twentieths of a point, where known; None if borders are places in
    that measure. Raises `SourceError` if more than `most` cells would come out.

    >>> expand([[Merged(0, 4, "第二十条第（五）项")], [Merged(0, 1, "行政许可"), Merged(1, 4, "12")]])
    [['第二十条第（五）项', '第二十条第（五）项'], ['行政许可', '12']]
    """
    out: list[list[str]] = []
    left = most
    for part in _parts(rows):
        column_at = _columns(part, widths)
        for row in part:
            spans = [(column_at[cell.start], column_at[cell.end], cell.text) for cell in row]
            left -= sum(end - start for start, end, _ in spans)
            if left < 0:
                raise SourceError(f"a table has more than {most:,} cells, merged ones repeated (limit: cells)")
            out.append([text for start, end, text in spans for _ in range(end - start)])
    return out


def _parts(rows: Sequence[Sequence[Merged]]) -> Iterator[list[Sequence[Merged]]]:
    """Runs of rows: a row of one cell begins one, if the row before it is not such a row too."""
    part: list[Sequence[Merged]] = []
    before = 1
    for row in rows:
        if len(row) == 1 and before > 1:
            yield part
            part = []
        part.append(row)
        before = len(row)
    if part:
        yield part


def _columns(rows: Sequence[Sequence[Merged]], widths: Sequence[int] | None) -> dict[int, int]:
    """Each border of `rows` to the number of columns that lie before it."""
    borders = sorted({border for row in rows for cell in row for border in (cell.start, cell.end)})
    latest: dict[int, int] = {}  # the start of the narrowest cell with text that ends at a border
    for row in rows:
        for cell in row:
            if cell.text:
                latest[cell.end] = max(latest.get(cell.end, 0), cell.start)
    known = None if widths is None else [0, *accumulate(width if width > 0 else _USUAL for width in widths)]
    column, first = 0, -1
    found: dict[int, int] = {}
    for border in borders:
        if first < 0:
            first = border
        elif _at(border, known) - _at(first, known) >= NEAR or latest.get(border, -1) >= first:
            column, first = column + 1, border
        found[border] = column
    return found


def _at(border: int, known: Sequence[int] | None) -> int:
    """Where a border stands, from the left."""
    if known is None:
        return border
    beyond = border - len(known) + 1
    return known[border] if beyond <= 0 else known[-1] + beyond * _USUAL
