"""Cells of the report, and the diagnostics that belong to them, of rows that are read or cannot be.

Guarantees:

1. Each row gives one cell for each of its columns, read or not. 2. What stands in a
cell is its `raw`; a cell without a value that had figures carries a code that says why.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Final

from attrs import frozen

from govdisclose._lexicon.measures import fits, read_count
from govdisclose._lexicon.numeral import UNREADABLE, CellReading, read_cell
from govdisclose._lines.cell import BLANK, Token
from govdisclose._solve.balance import Puzzle
from govdisclose._solve.search import Figure
from govdisclose._solve.search import Values as Figures
from govdisclose._solve.sums import agreed
from govdisclose._tables.open_rows import stretches
from govdisclose._tables.order import Apart
from govdisclose._tables.sheet import (
    Columns,
    Content,
    Grid,
    PrintedColumn,
    PrintedRow,
    Sheet,
    Values,
    Written,
)
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.form import Column, FormTable, Row
from govdisclose.report import Cell, Reading

_READINGS_MOST: Final = 4  # readings of a row that its diagnostic lists
_OPEN: Final = "ambiguous-cell"


def fault(
    sheet: Sheet, code: str, detail: str, start: int, end: int, zh: str | None = None
) -> Diagnostic:
    """A diagnostic of a stretch of the repaired text."""
    return diagnose(code, detail, sheet.text.span(start, end), sheet.text.source, zh)


@frozen(eq=False)
class RowHead:
    """What the cells of a row share: `said` is its label in messages, `labels` that of
    the cell in each column.

    `by_form` tells that the form and not the row has the unit.
    """

    key: str | None
    said: str
    labels: Sequence[str]
    unit: str | None
    by_form: bool
    codes: Sequence[str] = ()


def row_head(
    sheet: Sheet,
    row: PrintedRow,
    content: Content,
    known: Row | None,
    columns: Columns,
    codes: Sequence[str],
) -> RowHead:
    """What the cells of a labelled row share."""
    said = sheet.words(row.label)
    key = known.key if known is not None else None
    if content.unit is not None:
        return RowHead(
            key, said, [said] * len(columns), sheet.raw(content.unit), False, codes
        )
    unit = (known.unit if known is not None else None) or None
    return RowHead(key, said, [said] * len(columns), unit, unit is not None, codes)


def column_label(column: Column) -> str:
    """The label of a cell that has none beside it: the words over its column, the outer first."""
    return " ".join(
        [word for word in (column.supergroup, column.group, column.label) if word]
    )


def write_values(
    sheet: Sheet,
    row: PrintedRow,
    content: Content,
    head: RowHead,
    columns: Columns,
    values: Values | None,
) -> Written:
    """The cells of a row that the layout tells, or unreadable ones where it does not
    (`values` is None)."""
    if values is None:
        return _write_open(sheet, row, content, head, columns)
    cells: list[Cell] = []
    faults: list[Diagnostic] = []
    for i, (printed, token) in enumerate(zip(columns, values, strict=True)):
        if token is None or token.type == BLANK:
            at = row.label.end if token is None else token.start
            cells.append(_cell(sheet, head, i, printed, "blank", at, at))
        else:
            cell, found = _write_value(sheet, head, i, printed, token)
            cells.append(cell)
            faults += found
    return cells, faults


def _write_value(
    sheet: Sheet, head: RowHead, i: int, printed: PrintedColumn, token: Token
) -> tuple[Cell, list[Diagnostic]]:
    raw = sheet.raw(token)
    got = read_cell(raw)
    start, end = token.start, token.end
    faults: list[Diagnostic] = []
    column = printed.column
    expected = (column.unit if column is not None else None) or head.unit
    if got.value is not None:
        signed = column is not None and column.role == "signed"
        known = head.key is not None and column is not None
        if not fits(got.value, raw, got.unit, expected, signed=signed, known=known):
            got = UNREADABLE
    elif (count := read_count(raw, expected)) is not None:
        got = CellReading("number", count)
        faults.append(fault(sheet, "unusual-figure", f"{head.said}: {raw}", start, end))
    if got.reading == "unreadable":
        faults.append(
            fault(sheet, "unreadable-cell", f"{head.said}: {raw}", start, end)
        )
    if column is None:
        code = "repeated-cell" if printed.repeats else "unknown-column"
        faults.append(fault(sheet, code, f"{head.said}: {raw}", start, end))
    codes = [found.code for found in faults]
    cell = _cell(
        sheet,
        head,
        i,
        printed,
        got.reading,
        start,
        end,
        value=got.value,
        unit=got.unit or printed.unit,
        codes=codes,
    )
    return cell, faults


def _write_open(
    sheet: Sheet, row: PrintedRow, content: Content, head: RowHead, columns: Columns
) -> Written:
    """The cells of a row of which nothing tells which figure is whose."""
    start, end = row.start, row.end
    found = " ".join(
        [sheet.raw(token) for token in content.values if token.type != BLANK]
    )
    why = fault(sheet, _OPEN, f"{head.said}: {found}", start, end)
    return list(unread_cells(sheet, head, columns, start, end, [_OPEN])), [why]


def unread_cells(
    sheet: Sheet,
    head: RowHead,
    columns: Columns,
    start: int,
    end: int,
    codes: Sequence[str],
) -> Iterator[Cell]:
    """A cell without a value for each column, of the same stretch of text."""
    for i, printed in enumerate(columns):
        yield _cell(sheet, head, i, printed, "unreadable", start, end, codes=codes)


def write_solved(
    sheet: Sheet,
    row: PrintedRow,
    content: Content,
    head: RowHead,
    columns: Columns,
    puzzle: Puzzle,
) -> Written:
    """The cells of a row that arithmetic settled: what all candidates agree on, and
    nothing for the rest."""
    start, end = row.start, row.end
    found = f"{head.said}: {' '.join([sheet.raw(token) for token in content.values])}"
    by = ", ".join(puzzle.by)
    faults = [
        fault(
            sheet,
            "inferred-cell",
            f"{found}, by {by}",
            start,
            end,
            f"{found}，依据{by}",
        )
    ]
    told = puzzle.candidates[0] if puzzle.placed else tuple(agreed(puzzle.candidates))
    if None in told and not puzzle.placed:
        listed = _listed(puzzle.candidates)
        faults.append(
            fault(
                sheet,
                _OPEN,
                f"{found}, {listed}",
                start,
                end,
                f"{found}，可读作{listed}",
            )
        )
    cells = []
    places = stretches(sheet, content.values, puzzle.candidates[0])
    for i, (printed, value, place) in enumerate(
        zip(columns, told, places, strict=True)
    ):
        make = partial(_cell, sheet, head, i, printed)
        if puzzle.placed and value is None:
            cells.append(make("blank", start, start))
        elif value is None or place is None:
            cells.append(make("unreadable", start, end, codes=[_OPEN]))
        else:
            codes = ["inferred-cell"]
            cell = make("number", *place, value=value, codes=codes, inferred=True)
            cells.append(cell)
    return cells, faults


def _listed(candidates: Sequence[Figures]) -> str:
    """The readings of a row, as many as a reader would look at."""
    shown = [
        " ".join(["_" if v is None else str(v) for v in values])
        for values in candidates[:_READINGS_MOST]
    ]
    more = len(candidates) - len(shown)
    return "; ".join(shown) + (f"; {more} more" if more else "")


def write_deduplicated(grid: Grid) -> Written:
    """The cells of a table that lost its repeated lines: what stands behind a label may
    be another row's."""
    sheet, code = grid.sheet, "deduplicated-table"
    start, end = (
        grid.entries[0].row.label.start,
        max([_last(entry.row) for entry in grid.entries]),
    )
    faults = [fault(sheet, code, grid.table.title, start, end)]
    cells: list[Cell] = []
    for entry in grid.entries:
        row, known = entry.row, entry.known
        if row.items or (known is not None and not known.group):
            head = row_head(sheet, row, entry.content, known, grid.columns, ())
            cells += unread_cells(sheet, head, grid.columns, row.start, row.end, [code])
    return cells, faults


def _last(row: PrintedRow) -> int:
    return max([token.end for token in (row.label, *row.items)])


def write_apart(
    sheet: Sheet, table: FormTable, apart: Apart, by: Sequence[str]
) -> Written:
    """The cells of a table whose figures stand apart from its labels, in the order that
    is proven."""
    tokens = [token for cells in apart.cells.values() for token in cells]
    first, last = (
        min([token.start for token in tokens]),
        max([token.end for token in tokens]),
    )
    order, order_zh = (
        ("row by row", "逐行") if apart.by_row else ("column by column", "逐列")
    )
    names = ", ".join(by)
    detail, detail_zh = (
        f"{table.title}: {order}, by {names}",
        f"{table.title}: {order_zh}，依据{names}",
    )
    why = fault(sheet, "inferred-cell", detail, first, last, detail_zh)
    cells: list[Cell] = []
    for row in table.rows:
        labels = [row.label or column_label(column) for column in table.columns]
        head = RowHead(row.key, row.label, labels, row.unit, True)
        for i, token in enumerate(apart.cells.get(row.key, ())):
            got = read_cell(sheet.raw(token))
            printed = PrintedColumn(table.columns[i])
            cell = _cell(
                sheet,
                head,
                i,
                printed,
                got.reading,
                token.start,
                token.end,
                value=got.value,
                unit=got.unit,
                codes=[why.code],
                inferred=True,
            )
            cells.append(cell)
    return cells, [why]


def _cell(
    sheet: Sheet,
    head: RowHead,
    i: int,
    printed: PrintedColumn,
    reading: Reading,
    start: int,
    end: int,
    *,
    value: Figure | None = None,
    unit: str | None = None,
    codes: Sequence[str] = (),
    inferred: bool = False,
) -> Cell:
    """The cell of a row in its column number `i`. `unit` is one that the cell has of its own."""
    span = sheet.text.span(start, end)
    source = sheet.text.source
    return Cell(
        head.key,
        printed.key,
        head.labels[i],
        value,
        unit or head.unit,
        reading,
        source.slice(span),
        span,
        inferred,
        head.by_form and not unit,
        (*head.codes, *codes),
        source,
    )
