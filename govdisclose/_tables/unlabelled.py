"""Tables whose one row has no label: figures under the words of their columns (行政复议, 行政诉讼).

Guarantees:

1. Only the first figures under the words of the table are read.
2. Where blanks may be the header's or the row's, the row must add up, or it is doubtful.
"""

from __future__ import annotations

from collections.abc import Sequence

from govdisclose._lexicon.numeral import read_cell
from govdisclose._lines.cell import BLANK, Token
from govdisclose._solve.runs import Sums, holds
from govdisclose._solve.sums import sums_in
from govdisclose._tables.columns import columns_over, innermost_heads
from govdisclose._tables.layout import trimmed
from govdisclose._tables.open_rows import solved_row
from govdisclose._tables.position import by_position
from govdisclose._tables.sheet import (
    Columns,
    Content,
    PrintedRow,
    Sheet,
    Shown,
    Values,
    Written,
    figures_apart,
    is_as_form,
)
from govdisclose._tables.words_over import UnderWords, under_words
from govdisclose._tables.write import (
    RowHead,
    column_label,
    fault,
    write_solved,
    write_values,
)
from govdisclose.diagnostic import Diagnostic
from govdisclose.form import Form, FormTable


def read_unlabelled(
    sheet: Sheet, form: Form, table: FormTable, shown: Shown, *, bare: bool
) -> Written:
    """The cells of the row. With `bare`, also of one that has none: all the words
    stand, and nothing behind them."""
    found = next(under_words(sheet, table, bare=bare), None)
    if found is None:
        return [], []
    over = [cell for cell in found.header.cells if cell.start <= found.last.start]
    columns, sums = columns_over(sheet, table, over), sums_in(form.id, table.id)
    known = table.rows[0]
    row, content = PrintedRow(found.last, found.values), Content(None, found.values)
    labels = [
        column_label(printed.column) if printed.column else "" for printed in columns
    ]
    head = RowHead(
        known.key, sheet.words(found.last), labels, known.unit or None, bool(known.unit)
    )
    values, told = _by_layout(sheet, table, found, columns, sums)
    if values is not None:
        doubts = [] if told else [_doubt(sheet, table, found)]
        head = RowHead(
            head.key,
            head.said,
            labels,
            head.unit,
            head.by_form,
            [why.code for why in doubts],
        )
        cells, faults = write_values(sheet, row, content, head, columns, values)
        return cells, [*doubts, *faults]
    if placed := _by_words(sheet, found, over, columns):
        return write_values(sheet, row, content, head, columns, placed)
    if is_as_form(columns, table) and (
        puzzle := solved_row(sheet, content, len(columns), sums, shown)
    ):
        return write_solved(sheet, row, content, head, columns, puzzle)
    return write_values(sheet, row, content, head, columns, None)


def _doubt(sheet: Sheet, table: FormTable, found: UnderWords) -> Diagnostic:
    return fault(
        sheet, "doubtful-cell", table.title, found.values[0].start, found.values[-1].end
    )


def _by_layout(
    sheet: Sheet, table: FormTable, found: UnderWords, columns: Columns, sums: Sums
) -> tuple[Values | None, bool]:
    """One cell a column if the layout leaves one way, and whether it is told for certain.

    Blanks of the header may stand before those of the row, and noughts add up anywhere:
    then bars or a sum must tell."""
    values, width = found.values, len(table.columns)
    if all(token.type == BLANK for token in values):
        return (None,) * width, True
    fits = trimmed(values, width)
    narrowed = len(fits) > 1 or (len(values) > width and values[0].type == BLANK)
    if len(fits) > 1:
        fits = [way for way in fits if adds_up(sheet, table, columns, way, sums)]
    if len(fits) != 1:
        return None, False
    told = not narrowed and (
        figures_apart(values) or adds_up(sheet, table, columns, fits[0], sums)
    )
    return fits[0], told


def adds_up(
    sheet: Sheet,
    table: FormTable,
    columns: Columns,
    tokens: Sequence[Token],
    sums: Sums,
) -> bool:
    """Whether figures in the printed order hold the sums of the form."""
    pairs = zip(columns, tokens, strict=True)
    figures = {
        printed.key: read_cell(sheet.raw(token)).value for printed, token in pairs
    }
    return holds([figures.get(column.key) for column in table.columns], sums)


def _by_words(
    sheet: Sheet, found: UnderWords, over: Sequence[Token], columns: Columns
) -> Values | None:
    """The figures by the words that they stand under, on a page with columns."""
    if figures_apart(found.values):
        return None
    heads = innermost_heads(sheet, over, columns)
    if not heads:
        return None
    return by_position(
        sheet.text.shadow, [Content(None, found.values)], [None], len(columns), heads
    )[0]
