"""Tables whose rows have labels: from the rows of a sheet to the cells of the report, step by step.

codes off · columns · contents · alignment · open rows · doubts · writing. Each step
takes a grid, or what one is made of, and gives a new one.

Guarantees:

1. Every row that has cells, or that the form knows as one with figures, gives cells.
2. What no column takes in is said with a diagnostic.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from attrs import evolve

from govdisclose._lines.cell import BLANK, NUMBER, is_group, screen_column
from govdisclose._solve.balance import Puzzle
from govdisclose._solve.sums import sums_in
from govdisclose._tables.borrowed import Blank
from govdisclose._tables.codes import without_codes, without_glued_codes
from govdisclose._tables.columns import fitted, heads_over, printed_columns
from govdisclose._tables.doubts import (
    behind_bare,
    is_deduplicated,
    is_doubted,
    is_row_doubted,
)
from govdisclose._tables.head_rows import stands_for_its_rows
from govdisclose._tables.heads import figures_first, note_head
from govdisclose._tables.layout import align, value_slots
from govdisclose._tables.open_rows import solved_rows
from govdisclose._tables.position import by_position
from govdisclose._tables.sheet import (
    Entry,
    Grid,
    PrintedRow,
    Sheet,
    Shown,
    Written,
    content_of,
)
from govdisclose._tables.sides import Parted, parted
from govdisclose._tables.together import marked
from govdisclose._tables.write import (
    fault,
    row_head,
    write_deduplicated,
    write_solved,
    write_values,
)
from govdisclose.diagnostic import Diagnostic
from govdisclose.form import Row
from govdisclose.form.spelling import EXACT
from govdisclose.report import Cell

_SHOWN_MOST: Final = 40  # characters of a stray line that its diagnostic repeats


def read_labelled(
    sheet: Sheet, blank: Blank, shown: Shown
) -> tuple[Parted, list[Diagnostic]]:
    """The cells of the rows that belong to a table of the form, by the words over columns that stand
    side by side."""
    grid = _grid(sheet, blank, shown)
    first = blank.rows[0].label.start
    if any(
        h.start < first and figures_first(sheet, blank.table, h.cells)
        for h in sheet.parts.headers
    ):
        cells, faults = _written(_left_open(grid))
    elif is_deduplicated(grid):
        cells, faults = write_deduplicated(grid)
    else:
        grid = _fitted(grid)
        cells, faults = _written(_aligned(grid))
    return parted(cells, grid.columns), faults


def _grid(sheet: Sheet, blank: Blank, shown: Shown) -> Grid:
    """The rows without codes, and what the header says of the columns."""
    table, printed = blank.table, blank.rows
    rows, coded = without_codes(sheet, table, printed)
    contents = [content_of(row, table) for row in rows]
    before = rows[0].label.start
    columns = blank.columns or printed_columns(sheet, table, before, contents)
    contents = without_glued_codes(sheet, table, printed, rows, contents)
    known = [
        table.rows[row.place.row] if row.place is not None else None for row in rows
    ]
    entries = tuple(
        [Entry(*parts) for parts in zip(rows, known, contents, strict=True)]
    )
    sums = sums_in(blank.form.id, table.id)
    return Grid(sheet, table, sums, columns, entries, coded, None, shown)


def _fitted(grid: Grid) -> Grid:
    """What the rows tell together of their cells, and a column more or less than the
    header names."""
    before = grid.contents
    after = marked(grid.sheet.text.shadow, before, grid.width)
    changed = any(a is not b for a, b in zip(before, after, strict=True))
    if changed:
        entries = [
            evolve(entry, content=c)
            for entry, c in zip(grid.entries, after, strict=True)
        ]
        grid = evolve(grid, entries=tuple(entries))
    return evolve(grid, columns=fitted(grid))


def _aligned(grid: Grid) -> Grid:
    """Each row in the columns, as far as the layout tells."""
    slots = value_slots([entry.row for entry in grid.entries], grid.width, grid.between)
    grid = evolve(grid, slots=slots)
    aligned = align(grid)
    if None in aligned:
        before = grid.entries[0].row.label.start
        heads = heads_over(grid.sheet, before, grid.columns)
        aligned = list(
            by_position(
                grid.sheet.text.shadow, grid.contents, aligned, grid.width, heads
            )
        )
    pairs = zip(grid.entries, aligned, strict=True)
    entries = [Entry(e.row, e.known, e.content, values) for e, values in pairs]
    return _without_notes(evolve(grid, entries=tuple(entries)))


def _without_notes(grid: Grid) -> Grid:
    """The rows without figures that stand under a head of notes (备注): what they are is not told."""
    place = note_head(grid.sheet, grid.sheet.start, grid.entries[-1].row.label.start)
    if place is None:
        return grid
    shadow, middle = grid.sheet.text.shadow, sum(place) // 2
    entries = []
    for entry in grid.entries:
        cells = [t for t in entry.values or () if t is not None and t.type != BLANK]
        noted = any(screen_column(shadow, cell.start) > middle for cell in cells)
        entries.append(evolve(entry, values=None) if noted else entry)
    return evolve(grid, entries=tuple(entries), shown=None)


def _left_open(grid: Grid) -> Grid:
    """The rows without what stands behind their labels: the head says that it is the next row's."""
    blank = (None,) * grid.width
    entries = [
        evolve(entry, values=None if entry.row.items else blank)
        for entry in grid.entries
    ]
    return evolve(grid, entries=tuple(entries), shown=None)


def _written(grid: Grid) -> Written:
    solved = solved_rows(grid)
    doubted, piled = is_doubted(grid), behind_bare(grid)
    cells: list[Cell] = []
    faults: list[Diagnostic] = []
    seen: set[str] = set()
    for i, entry in enumerate(grid.entries):
        if _has_no_cells(entry, grid.width):
            continue
        known = _of_figures(grid, entry)
        puzzle = solved.get(i) if known is not None else None
        own = _label_faults(grid.sheet, entry.row, known, seen)
        if known is not None:
            seen.add(known.key)
        if is_row_doubted(grid, entry, doubted or i in piled):
            own.append(_about(grid.sheet, entry.row, "doubtful-cell"))
        if puzzle is None:
            own += _unit_faults(grid.sheet, entry, known)
        written, more = _write(grid, entry, known, puzzle, [why.code for why in own])
        cells += written
        faults += [*_stray_faults(grid.sheet, entry), *own, *more]
    return cells, faults


def _write(
    grid: Grid,
    entry: Entry,
    known: Row | None,
    puzzle: Puzzle | None,
    codes: Sequence[str],
) -> Written:
    sheet, columns, content = grid.sheet, grid.columns, entry.content
    head = row_head(sheet, entry.row, content, known, columns, codes)
    if puzzle is not None:
        return write_solved(sheet, entry.row, content, head, columns, puzzle)
    return write_values(sheet, entry.row, content, head, columns, entry.values)


def _has_no_cells(entry: Entry, columns: int) -> bool:
    """Whether a row is a heading, or text that no value follows."""
    if entry.row.items:
        return False
    return entry.known is None or (entry.known.group and columns > 1)


def _of_figures(grid: Grid, entry: Entry) -> Row | None:
    """The row of the form; not a merged head, which has no cells: figures there are those
    of a row without a label, unless the sums of the form hold with the head as one row."""
    known, table = entry.known, grid.table
    if known is None or not known.group or table.super_header is None:
        return known
    return known if stands_for_its_rows(grid, entry) else None


# --- what is wrong with a row


def _label_faults(
    sheet: Sheet, row: PrintedRow, known: Row | None, seen: Collection[str]
) -> list[Diagnostic]:
    """What is wrong with the label of a row; `seen` are the rows of the form that stand
    before it."""
    label = row.label
    if known is None:
        mine = [p for p in label.places if sheet.form and p.form == sheet.form.id]
        several = mine and not is_group(mine)
        return [
            _about_label(
                sheet,
                row,
                "ambiguous-row" if several else "unknown-row",
                sheet.words(label),
            )
        ]
    faults = []
    if known.key in seen:
        faults.append(_about_label(sheet, row, "duplicate-row", known.label))
    if known.years is not None and any(t.type == NUMBER for t in row.items):
        said = f"{known.label}, {known.years}"
        faults.append(_about_label(sheet, row, "row-of-some-years", said))
    if label.evidence != EXACT:
        said = sheet.words(label)
        detail, detail_zh = f"{said} for {known.label}", f"{said}，应为{known.label}"
        faults.append(
            fault(sheet, "inexact-label", detail, label.start, label.end, detail_zh)
        )
    return faults


def _about_label(sheet: Sheet, row: PrintedRow, code: str, detail: str) -> Diagnostic:
    return fault(sheet, code, detail, row.label.start, row.label.end)


def _about(sheet: Sheet, row: PrintedRow, code: str) -> Diagnostic:
    return fault(sheet, code, sheet.words(row.label), row.start, row.end)


def _stray_faults(sheet: Sheet, entry: Entry) -> list[Diagnostic]:
    """Words behind a label that are no cell of its row."""
    strays = entry.content.strays
    return [
        fault(sheet, "stray-line", sheet.raw(t)[:_SHOWN_MOST], t.start, t.end)
        for t in strays
    ]


def _unit_faults(sheet: Sheet, entry: Entry, known: Row | None) -> list[Diagnostic]:
    """A unit that is not that of the form."""
    unit = entry.content.unit
    if known is None or not known.unit or unit is None:
        return []
    if sheet.raw(unit) in (known.unit, *known.other_units):
        return []
    return [
        fault(
            sheet,
            "unit-conflict",
            f"{sheet.raw(unit)}, {known.unit}",
            unit.start,
            unit.end,
        )
    ]
