"""The cells of a grid as boxes, each with the rows and columns that it takes: what
documents with real tables print."""

from __future__ import annotations

from typing import NamedTuple

from govdisclose.testing._fill import Key
from govdisclose.testing._grid import Grid, Role
from govdisclose.testing._layout import extent


class Box(NamedTuple):
    """A printed cell: its text, its key, what it is, where it begins, and how many rows
    and columns it takes."""

    text: str
    key: Key | None
    role: Role
    row: int
    column: int
    rows: int
    columns: int


def boxes(rows: Grid) -> list[list[Box]]:
    """The printed cells, row by row; what a merged cell covers is not among them."""
    return [
        [
            Box(cell.text, cell.key, cell.role, i, j, *extent(rows, i, j))
            for j, cell in enumerate(row)
            if not cell.covered
        ]
        for i, row in enumerate(rows)
    ]
