"""The columns of figures, left to right: as the header over the rows has them, else as
the form has them.

Guarantees:

1. A header is believed only if it names every column of the form once; what else it
names is no column of the form. 2. A column that the form does not have keeps its place,
so that no figure slides into another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from attrs import evolve

from govdisclose._lexicon.characters import half_width
from govdisclose._lexicon.labels import LabelKey, label_key, without_notes
from govdisclose._lexicon.numeral import read_cell
from govdisclose._lines.cell import HEADER, TEXT, Token
from govdisclose._solve.runs import holds
from govdisclose._tables.heads import Word, contradicts, printed_order, words_of
from govdisclose._tables.layout import (
    by_slot,
    filled,
    filled_width,
    usual_width,
    value_slots,
)
from govdisclose._tables.paths import order_by_paths
from govdisclose._tables.position import innermost, words_apart
from govdisclose._tables.sheet import (
    Columns,
    Content,
    Grid,
    Header,
    PrintedColumn,
    Sheet,
    Values,
    columns_of,
    is_as_form,
)
from govdisclose._tables.sides import columns_beside
from govdisclose._tables.words import WORDS
from govdisclose.form import Column, FormTable

_HEADS_MOST: Final = (
    4  # words of a header for each column: of the table, over several, of the labels
)
_HEAD_LEAST: Final = 3  # characters of a word that may head a column
_EXTRA_ROWS_LEAST: Final = 2
_UNKNOWN: Final = PrintedColumn(None)
_REPEATED: Final = PrintedColumn(None, repeats=True)


def printed_columns(
    sheet: Sheet, table: FormTable, before: int, contents: Sequence[Content]
) -> Columns:
    """The columns by the last header over the rows (which begin at `before`) that names them all.

    A word that a merged cell repeats is one column if every row repeats its figure as
    well. Where the words of the form stand in another order than the form's, and do not
    tell one, no column is known."""
    for header in reversed(sheet.parts.headers):
        if header.start >= before:
            continue
        if beside := columns_beside(sheet, table, header.cells, contents):
            return beside
        columns = _named_in(sheet, table, header)
        whole = [
            content.values
            for content in contents
            if len(content.values) == len(columns)
        ]
        named = _all_named(table, _once(columns, whole) if whole else columns)
        words = words_of(sheet, table, header.cells)
        order = order_by_paths(sheet, table, header.cells)
        order = order or printed_order(table, words)
        if order and (named is None or any(column.group for column in order)):
            named = tuple([PrintedColumn(column) for column in order])
            return _with_units(sheet, table, header, named)
        if named is not None and not _stand_in_rows(table, words):
            return _with_units(sheet, table, header, named)
        if contradicts(table, words) or _says_else(sheet, table, header, words):
            return (_UNKNOWN,) * len(table.columns)
    return columns_of(table)


def _says_else(
    sheet: Sheet, table: FormTable, header: Header, words: Sequence[Word]
) -> bool:
    """Whether words that no form has stand over all columns, and none that the form has."""
    said = [sheet.raw(cell).split() for cell in header.cells if cell.type == TEXT]
    unknown = [word for pieces in said for word in pieces if len(word) >= _HEAD_LEAST]
    named = any(word.columns for word in words)
    return not named and 1 < len(table.columns) <= len(unknown)


def _with_units(
    sheet: Sheet, table: FormTable, header: Header, columns: Columns
) -> Columns:
    """The columns with the units of money that their heads print: 收费金额（单位：千元）."""
    units: dict[str, str] = {}
    for cell in header.cells:
        m = WORDS["head_unit"].search(sheet.raw(cell))
        column = _column(table, label_key(sheet.raw(cell))) if m else None
        if m and column is not None:
            units[column.key] = m["unit"]
    if not units:
        return columns
    return tuple([evolve(p, unit=units.get(p.key or "")) for p in columns])


def _stand_in_rows(table: FormTable, words: Sequence[Word]) -> bool:
    """Whether columns of a form with groups are named on several lines: then the order of
    their words is not that of the columns (法人或其他组织 | 总计 over 商业企业)."""
    lines = {word.line for word in words if word.columns}
    return len(lines) > 1 and any(column.group for column in table.columns)


def columns_over(sheet: Sheet, table: FormTable, cells: Sequence[Token]) -> Columns:
    """The columns of a table whose one row has no label, by the words over it."""
    words = words_of(sheet, table, cells)
    order = order_by_paths(sheet, table, cells) or printed_order(table, words)
    if order:
        return tuple([PrintedColumn(column) for column in order])
    return (
        (_UNKNOWN,) * len(table.columns)
        if contradicts(table, words)
        else columns_of(table)
    )


def _named_in(sheet: Sheet, table: FormTable, header: Header) -> Columns:
    """The columns that a header names, in its order; unknown is what neither the form
    nor a head of another kind is."""
    out: list[PrintedColumn] = []
    for cell in header.cells:
        key = label_key(sheet.raw(cell))
        other = table.words_by_key.get(key, "column") != "column"
        column = _column(table, key)
        if column is None and cell.type == HEADER and not other:
            column = _begun(table, key)
        if column is not None:
            out.append(PrintedColumn(column))
        elif cell.type == TEXT and not other:
            out.append(_UNKNOWN)
    return tuple(out)


def _column(table: FormTable, key: LabelKey) -> Column | None:
    """The column of a word in normal form."""
    found = table.columns_by_key.get(key) or table.columns_by_key.get(
        without_notes(key)
    )
    if found is not None:
        return found
    return next(
        (
            c
            for c in table.columns
            if c.label_regex and re.fullmatch(c.label_regex, key)
        ),
        None,
    )


def _begun(table: FormTable, key: LabelKey) -> Column | None:
    """The one column that the first line of a word is of, which a narrow column has cut."""
    begun = {
        column.key: column
        for label, column in table.columns_by_key.items()
        if label.startswith(key)
    }
    return next(iter(begun.values())) if len(begun) == 1 else None


def _once(columns: Columns, rows: Sequence[Sequence[Token]]) -> Columns:
    """The columns without those that repeat the one before, where every row repeats its figure."""
    out = list(columns)
    for i in range(len(columns) - 1, 0, -1):
        repeated = (
            columns[i].column is not None and columns[i].column is columns[i - 1].column
        )
        if repeated and all(row[i].text == row[i - 1].text for row in rows):
            out[i] = _REPEATED
    return tuple(out)


def _all_named(table: FormTable, columns: Columns) -> Columns | None:
    """The columns, if they are each column of the table exactly once; else None."""
    keys = [printed.key for printed in columns if printed.column is not None]
    if len(keys) == 2 * len(table.columns) and set(keys) == {
        column.key for column in table.columns
    }:
        return (_UNKNOWN,) * len(
            columns
        )  # two years side by side: nothing tells which is which
    if len(keys) != len(table.columns) or len(set(keys)) != len(keys):
        return None
    return columns


# --- the words over the columns


def heads_over(sheet: Sheet, before: int, columns: Columns) -> list[Token]:
    """The words over the columns in the last header over the rows, if it names all of
    them in this order."""
    header = next((h for h in reversed(sheet.parts.headers) if h.start < before), None)
    return innermost_heads(sheet, header.cells, columns) if header is not None else []


def innermost_heads(
    sheet: Sheet, cells: Sequence[Token], columns: Columns
) -> list[Token]:
    """Of the cells of a header the words right over the columns, if they are theirs in
    this order; else none."""
    heads = [
        word
        for cell in cells
        if cell.type == HEADER
        for word in words_apart(sheet.text.shadow, cell)
    ]
    if len(heads) > _HEADS_MOST * len(columns):
        return []
    inner = innermost(sheet.text.shadow, heads)
    named = [
        head
        for head in inner
        if any(_names(printed, sheet.raw(head)) for printed in columns)
    ]
    if len(named) != len(columns):
        return []
    pairs = zip(columns, named, strict=True)
    return (
        named
        if all(_names(printed, sheet.raw(head)) for printed, head in pairs)
        else []
    )


def _names(printed: PrintedColumn, text: str) -> bool:
    """Whether a word is that of a column, whichever columns of other groups have it too."""
    column = printed.column
    if column is None:
        return False
    key = label_key(text)
    if key in [
        label_key(half_width(label)) for label in (column.label, *column.aliases)
    ]:
        return True
    return (
        column.label_regex is not None
        and re.fullmatch(column.label_regex, key) is not None
    )


# --- a column more than the form has


def fitted(grid: Grid) -> Columns:
    """The columns without those that no row has a cell for, or with one that the sums
    of the rows tell."""
    columns, table = grid.columns, grid.table
    if any(printed.side for printed in columns):
        return columns
    usual = usual_width(grid.contents, grid.width)
    named = any(printed.column for printed in columns)
    if len(columns) > len(table.columns) == usual and named:
        most = max([filled(content.values) for content in grid.contents])
        if most <= usual:  # no row has a cell for what else the header seems to name
            return columns_of(table)
    return _widened(grid) if is_as_form(columns, table) else columns


def _widened(grid: Grid) -> Columns:
    """The columns with one more that is not of the form, where the sums of the rows
    tell which one it is."""
    columns, size = grid.columns, grid.width + 1
    if not grid.sums.exact:
        return columns
    rows = [
        [read_cell(grid.sheet.raw(t)).value if t is not None else None for t in row]
        for row in _wide(grid, size)
    ]
    full = [figures for figures in rows if any(figures) and None not in figures]
    if len(full) < _EXTRA_ROWS_LEAST:
        return columns
    fits = [
        i
        for i in range(size)
        if all(holds(row[:i] + row[i + 1 :], grid.sums) for row in full)
    ]
    if len(fits) != 1:
        return columns
    return (*columns[: fits[0]], _UNKNOWN, *columns[fits[0] :])


def _wide(grid: Grid, size: int) -> list[Values]:
    """The rows of `size` cells, if most rows have as many."""
    rows, contents = [entry.row for entry in grid.entries], grid.contents
    if slots := value_slots(rows, size, grid.between):
        return [
            by_slot(row.items, slots) for row in rows if row.label.slots == slots.stop
        ]
    if size not in (usual_width(contents, grid.width), filled_width(contents)):
        return []
    return [
        c.values[:size]
        for c in contents
        if len(c.values) == size or filled_width([c]) == size
    ]
