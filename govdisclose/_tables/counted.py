"""Cells that bars close, a cell or two a line: which of its row each is, where all rows
have as many.

Merged cells leave blank ones before a label and behind it; how many blanks are figures,
only the count tells.

Guarantee: no cell is counted unless the labels of the table all stand in the first
columns of one grid."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from govdisclose._lines.cell import HEADS_MOST, LABEL
from govdisclose._tables.cells import Cell

_ROWS_LEAST: Final = 4  # from a label to the next one below it
_WIDTH_LEAST: Final = 4


def counted(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells, those of rows with a label with their slots; as they were where they
    make no grid."""
    labels = [i for i, cell in enumerate(cells) if cell[0].type == LABEL]
    widths = Counter([b - a for a, b in pairwise(labels) if b - a >= _WIDTH_LEAST])
    if not widths:
        return cells
    width, count = widths.most_common(1)[0]
    first = _first_column(labels, width)
    if (
        count < _ROWS_LEAST
        or first is None
        or any(len(cell) > 1 for cell in cells[labels[0] :])
    ):
        return cells
    begin = labels[0] - (labels[0] - first) % width
    end = labels[-1] - (labels[-1] - first) % width + width
    if begin < 0 or end > len(cells):
        return cells
    slots = {i: (i - begin) % width for i in range(begin, end)}
    return [
        [cell[0]._replace(slot=slots[i], slots=width)] if i in slots else cell
        for i, cell in enumerate(cells)
    ]


def _first_column(labels: Sequence[int], width: int) -> int | None:
    """Where rows begin, as a rest of the division by their width, so that all labels
    stand in the first columns."""
    rests = {label % width for label in labels}
    fits = [
        rest
        for rest in rests
        if all((other - rest) % width < min(HEADS_MOST, width - 1) for other in rests)
    ]
    return fits[0] if len(fits) == 1 else None
