"""Heads over one another in a grid: each cell of every line says to which column it belongs, and so
every column has the path of words above it.

Guarantee: an order is told only if each column of the form stands below a path of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govdisclose._lexicon.labels import LabelKey, label_key
from govdisclose._lines.cell import BLANK, Token
from govdisclose._tables.sheet import Sheet
from govdisclose.form import Column, FormTable


def order_by_paths(
    sheet: Sheet, table: FormTable, cells: Sequence[Token]
) -> list[Column] | None:
    """The columns of the form from left to right, by the words that stand over each; None where these
    do not name each once."""
    sizes = {cell.slots for cell in cells}
    if len(sizes) != 1 or max(sizes, default=-1) < len(table.columns):
        return None
    paths = _paths(sheet, cells)
    groups = {name for column in table.columns for name in column.path}
    found = [list(_below(table, paths[slot], groups)) for slot in sorted(paths)]
    order = [columns[0] for columns in found if len(columns) == 1]
    named = {column.key for column in order}
    if len(order) != len(table.columns) or len(named) != len(order) or len(groups) == 0:
        return None
    return None if any(len(columns) > 1 for columns in found) else order


def _paths(sheet: Sheet, cells: Sequence[Token]) -> dict[int, list[LabelKey]]:
    """The words over each column of the grid, from the top down; a merged cell has its word at the
    left of those that it covers, and on the line where it begins."""
    lines: list[dict[int, LabelKey]] = [{}]
    for before, cell in zip((None, *cells), cells, strict=False):
        if before is not None and cell.slot <= before.slot:
            lines.append({})
        word = label_key(sheet.raw(cell))
        if cell.type == BLANK and cell.slot - 1 in lines[-1]:
            word = lines[-1][cell.slot - 1]
        lines[-1][cell.slot] = word
    last = lines[-1]
    for cell in cells[-len(last) :]:
        if cell.type == BLANK:
            last.pop(cell.slot, None)
    paths: dict[int, list[LabelKey]] = {}
    for line in lines:
        for slot, word in line.items():
            if word:
                paths.setdefault(slot, []).append(word)
    return paths


def _below(
    table: FormTable, path: Sequence[LabelKey], groups: set[LabelKey]
) -> Iterator[Column]:
    """The columns that may stand below these words."""
    *above, last = path
    over = {word for word in above if word in groups and word != last}
    for column in table.columns:
        if column.is_named(last) and over == set(column.path):
            yield column
