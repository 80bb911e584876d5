"""Tables whose labels and figures are printed apart: by an extractor that goes down the columns of a page, or that puts
all figures before all words.

No label stands beside its figures then, and only the form as a whole brings them together. The order of the form is
tried, row by row and column by column, and stands only where it is proven.

Guarantees:

1. Figures are only given for all cells of a table or for none.
2. They are as many as the form has cells, in one run (row by row) or in one run a column; and all labels stand in the
   order of the form, row by row or, where heads have columns of their own, column by column.
3. All relations of the table hold in that order, and would not by chance (see `PROOF_LEAST`); and they do in no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, takewhile, zip_longest
from math import fsum, log10
from typing import Final

from attrs import frozen

from govdisclose._lexicon.numeral import read_cell
from govdisclose._lines.cell import DASH, HEADER, LABEL, NONE, NUMBER, TEXT, Token
from govdisclose._solve.balance import Puzzle, solve
from govdisclose._solve.runs import Figure, Sums, Values, holds
from govdisclose.form import FormTable, Place, Row

PROOF_LEAST: Final = 6.0
"""What must speak for an order, as a power of ten. A sum that is not nought is met by other figures of the same size
once in as many times as it is great; one that is met by a single part, or repeats another, counts but once."""
_SUMS_LEAST: Final = 3  # different sums that are not nought
_RUN_LEAST: Final = 8  # figures that no label parts; with more of them a table may be apart
_SHOWN: Final = frozenset((NUMBER, DASH, NONE))
_WORDS: Final = frozenset((LABEL, HEADER, TEXT))


@frozen
class Apart:
    """Figures that an order of the form brings to their cells: for each row, a token a column.

    `by_row` tells whether they were printed row by row, or column by column.
    """

    cells: Mapping[str, Sequence[Token]]
    by_row: bool


def is_apart(tokens: Sequence[Token], labels: Mapping[int, Place], columns: int) -> bool:
    """Whether most labels of a region stand without figures, and more figures than a row has follow each other.

    `tokens` are in the order of the text.

    As telling are figures before all labels that are as many as those, whatever stands behind them. `labels` are the
    rows that labels name, by where they stand; `columns` are those of the widest table among them.
    """
    said = [t for t in tokens if t.type in _SHOWN or t.type in _WORDS]
    first = min(labels)
    if sum([t.type in _SHOWN for t in takewhile(lambda t: t.start < first, said)]) >= max(_RUN_LEAST, len(labels)):
        return True
    bare = sum(
        [t.start in labels and (after is None or after.type in _WORDS) for t, after in zip_longest(said, said[1:])]
    )
    return bare * 2 > len(labels) and max(map(len, _runs(tokens)), default=0) > max(_RUN_LEAST, columns + 2)


def bring_together(
    shadow: str,
    table: FormTable,
    tokens: Sequence[Token],
    labels: Mapping[int, Place],
    words: Sequence[int],
    sums: Sums,
) -> Apart | None:
    """The figures of `table` in the order of the form, if that is proven; else None.

    `tokens` are those of the region, `words` the offsets of the words over a table that has no labels. There are labels
    of the table, or such words.
    """
    mine = [(start, place) for start, place in labels.items() if place.table == table.id]
    places = [start for start, _ in mine] or list(words)
    others = [start for start, place in labels.items() if place.table != table.id]
    low = max((start for start in others if start < places[0]), default=-1)
    high = min((start for start in others if start > places[-1]), default=len(shadow))
    runs = list(_runs([t for t in tokens if low < t.start < high]))
    printed = [row for row in table.rows if not row.group or table.super_header is None]
    found = [
        apart
        for rows in {len(rows): rows for rows in (printed, [row for row in printed if not row.group])}.values()
        if table.key_from == "column" or _in_order(table, rows, [table.rows[place.row] for _, place in mine])
        for apart in _orders(runs, [row.key for row in rows], table, places)
        if _proven(shadow, apart, sums, len(table.columns))
    ]
    return found[0] if len(found) == 1 else None


def _in_order(table: FormTable, rows: Sequence[Row], named: Sequence[Row]) -> bool:
    """Whether labels stand in the order of the form, or, heads having columns of their own, column by column."""
    mine = [row.key for row in named if row in rows]
    return mine in ([row.key for row in rows], [row.key for row in sorted(rows, key=lambda row: _depth(table, row))])


def _depth(table: FormTable, row: Row) -> int:
    """How many heads stand before a row in columns of their own."""
    by_key = {other.key: other for other in table.rows}
    depth = 0
    while table.super_header is not None and row.parent in by_key:
        row = by_key[row.parent]
        depth += 1
    return depth


def _runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Figures, and marks for none, that follow each other with no word between."""
    said = [t for t in tokens if t.type in _SHOWN or t.type in _WORDS]
    for shown, run in groupby(said, lambda t: t.type in _SHOWN):
        if shown:
            yield list(run)


def _orders(
    runs: Sequence[list[Token]], rows: Sequence[str], table: FormTable, places: Sequence[int]
) -> Iterator[Apart]:
    """The ways to deal out runs of the right length. With one column both orders are one."""
    columns = len(table.columns)
    whole = [run for run in runs if len(run) == len(rows) * columns]
    before = [run for run in whole if run[-1].start < places[0]]
    for run in before[-1:] or whole[:1]:
        cut = [run[i : i + columns] for i in range(0, len(run), columns)]
        yield Apart(dict(zip(rows, cut, strict=True)), by_row=True)
        if columns > 1 < len(rows):
            down = [run[i :: len(rows)] for i in range(len(rows))]
            yield Apart(dict(zip(rows, down, strict=True)), by_row=False)
    if columns > 1 < len(rows):
        codes = [row.code for row in table.rows]
        single = [run for run in runs if len(run) == len(rows) and [t.text for t in run] != codes]
        if len(single) == columns:
            across = [list(row) for row in zip(*single, strict=True)]
            yield Apart(dict(zip(rows, across, strict=True)), by_row=False)


def _proven(shadow: str, apart: Apart, sums: Sums, columns: int) -> bool:
    """Whether all relations hold, and would not by chance."""
    read: dict[str, Values] = {
        key: tuple(read_cell(shadow[t.start : t.end]).value for t in cells) for key, cells in apart.cells.items()
    }
    if not all(holds(values, sums) for values in read.values()):
        return False
    puzzles = {key: Puzzle([values]) for key, values in read.items()}
    if solve({}, puzzles, sums):
        return False
    met: list[tuple[list[Figure], list[Figure]]] = [
        ([values[i] or 0 for i in total], [values[i] or 0 for i in parts])
        for values in read.values()
        for _, total, parts, covers in sums.columns
        if not covers
    ]
    met += [
        ([read[key][i] or 0 for key in total], [read[key][i] or 0 for key in parts])
        for _, total, parts, covers in sums.rows
        if not covers and all(key in read for key in (*total, *parts))
        for i in range(columns)
    ]
    # a sum that repeats another proves nothing more
    different: set[tuple[Figure, tuple[Figure, ...]]] = {
        (_total(left), tuple(sorted(v for v in right if v))) for left, right in met if _total(left)
    }
    proof = fsum(log10(1 + abs(int(amount))) for amount, _ in different)
    return len(different) >= _SUMS_LEAST and proof >= PROOF_LEAST


def _total(figures: Iterable[Figure]) -> Figure:
    return sum(figures, start=0)
