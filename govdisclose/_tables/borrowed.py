"""Heads of one form over the rows of another: the head that is printed says what the figures are.

Reports of 2021 to 2023 set the heads of the form of 2019 over the rows of 2021, or fill in the
old blank in part (本年新制作数量 | 本年新公开数量 | 对外公开总数量 in a report of 2021).

Guarantees:

1. A table is read by the heads of another form only where they name every column that the
form has there, and those of its own do not. 2. A head that another form has is never
read as the column of this form that happens to stand at its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import evolve, frozen

from govdisclose._tables.heads import printed_order, words_of
from govdisclose._tables.sheet import Columns, Header, PrintedColumn, PrintedRow, Sheet
from govdisclose.form import Column, Form, FormTable, Place, catalogue


@frozen(eq=False)
class Blank:
    """The table that rows are read by. `columns` is None where the head over them is of
    its own form, or says nothing."""

    form: Form
    table: FormTable
    rows: tuple[PrintedRow, ...]
    columns: Columns | None = None


def blank_of(
    sheet: Sheet, form: Form, table: FormTable, rows: Sequence[PrintedRow]
) -> Blank:
    """The table of the form, or the same one of another form whose heads stand over the rows."""
    own = Blank(form, table, tuple(rows))
    header = _nearest(sheet, rows)
    others = list(_others(table, form)) if header is not None else []
    if header is None or not others:
        return own
    words = words_of(sheet, table, header.cells)
    if printed_order(table, words) is not None:
        return own
    for other_form, other in others:
        order = printed_order(other, words_of(sheet, other, header.cells))
        if order is not None:
            return _read_by(own, other_form, other, order)
    if any(_is_foreign(sheet, table, other, header) for _, other in others):
        return evolve(own, columns=(PrintedColumn(None),) * len(table.columns))
    return own


def _nearest(sheet: Sheet, rows: Sequence[PrintedRow]) -> Header | None:
    """The last header over the rows."""
    first = rows[0].label.start
    return next((h for h in reversed(sheet.parts.headers) if h.start < first), None)


def _others(table: FormTable, form: Form) -> Iterator[tuple[Form, FormTable]]:
    """The same table in other forms, with columns of its own."""
    own = [column.key for column in table.columns]
    for other_form in catalogue().forms.values():
        for other in other_form.tables:
            same = other.id == table.id and _keys(other) & _keys(table)
            if (
                same
                and other_form is not form
                and [c.key for c in other.columns] != own
            ):
                yield other_form, other


def _keys(table: FormTable) -> set[str]:
    return {row.key for row in table.rows}


def _read_by(
    own: Blank, form: Form, table: FormTable, order: Sequence[Column]
) -> Blank:
    """The rows under heads of another form: in that form; or in their own, where it has
    these columns too and knows rows that the other does not."""
    rows = tuple([_moved(own, form, table, row) for row in own.rows])
    lost = [
        row
        for row, before in zip(rows, own.rows, strict=True)
        if row.place != before.place
    ]
    by_key = {column.key: column for column in own.table.columns}
    if any(row.place is None for row in lost) and all(c.key in by_key for c in order):
        columns = tuple([PrintedColumn(by_key[column.key]) for column in order])
        return evolve(own, columns=columns)
    return Blank(form, table, rows, tuple([PrintedColumn(column) for column in order]))


def _moved(own: Blank, form: Form, table: FormTable, row: PrintedRow) -> PrintedRow:
    """A row at its place in another form; at none, where that has no such row."""
    found = [place for place in row.label.places if place[:2] == (form.id, table.id)]
    if row.place is not None:
        key = own.table.rows[row.place.row].key
        same = [i for i, other in enumerate(table.rows) if other.key == key]
        found = [Place(form.id, table.id, i) for i in same]
    return PrintedRow(
        row.label, row.items, row.unit, found[0] if len(found) == 1 else None
    )


def _is_foreign(
    sheet: Sheet, table: FormTable, other: FormTable, header: Header
) -> bool:
    """Whether a word over the rows heads a column of another form, and none of this one."""
    known = {word for words in _column_words(sheet, table, header) for word in words}
    for word in words_of(sheet, other, header.cells):
        names = {name for column in word.columns for name in column.names}
        if names and not names & known:
            return True
    return False


def _column_words(
    sheet: Sheet, table: FormTable, header: Header
) -> Iterator[tuple[str, ...]]:
    return (
        column.names
        for word in words_of(sheet, table, header.cells)
        for column in word.columns
    )
