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

from govdisclose._lexicon.characters import half_width
from govdisclose._lexicon.labels import label_key
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
    order = printed_order(table, words_of(sheet, table, header.cells))
    if order is not None and all(row.place is not None for row in rows):
        return own
    named = [
        (other_form, other, found)
        for other_form, other in others
        if (found := printed_order(other, words_of(sheet, other, header.cells)))
    ]
    if order is not None:
        named.insert(0, (form, table, order))
    if named:
        every = [(form, table), *others]
        best = _best(own, [_read_by(own, *by, named[0][2]) for by in every])
        return (
            best
            if order is None or best.form is not form
            else evolve(best, columns=None)
        )
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
            same = other.id == table.id and other_form.jurisdiction == form.jurisdiction
            columns = [column.key for column in other.columns]
            if same and other_form is not form and columns != own:
                yield other_form, other


def _read_by(
    own: Blank, form: Form, table: FormTable, order: Sequence[Column]
) -> Blank | None:
    """The rows by a form that has these columns; None where it has not."""
    by_key = {column.key: column for column in table.columns}
    if not all(column.key in by_key for column in order):
        return None
    columns = tuple([PrintedColumn(by_key[column.key]) for column in order])
    rows = tuple([_moved(own, form, table, row) for row in own.rows])
    return Blank(form, table, rows, columns)


def _best(own: Blank, blanks: Sequence[Blank | None]) -> Blank:
    """The one that knows most of the rows, and of several the one without other columns."""
    possible = [blank for blank in blanks if blank is not None]
    return max(possible, key=_fits, default=own)


def _fits(blank: Blank) -> tuple[int, int]:
    unknown = sum(row.place is None for row in blank.rows)
    return -unknown, -len(blank.table.columns)


def _moved(own: Blank, form: Form, table: FormTable, row: PrintedRow) -> PrintedRow:
    """A row at the place of its key in a form; at none, where that has no such row."""
    keys = {
        catalogue().rows[place].key
        for place in row.label.places
        if place.table == table.id
    }
    if row.place is not None:
        keys = {own.table.rows[row.place.row].key}
    found = [i for i, known in enumerate(table.rows) if known.key in keys]
    place = Place(form.id, table.id, found[0]) if len(found) == 1 else None
    return PrintedRow(row.label, row.items, row.unit, place)


def _is_foreign(
    sheet: Sheet, table: FormTable, other: FormTable, header: Header
) -> bool:
    """Whether a word over the rows heads a column of another form, and none of this one."""
    words = [word for word in words_of(sheet, other, header.cells) if word.columns]
    names = [name for word in words for name in word.columns[0].names]
    said = {label_key(half_width(name)) for name in names}
    for cell in header.cells:
        said.update(map(label_key, catalogue().words_in(sheet.raw(cell))))
    return any(
        word in other.columns_by_key and word not in table.columns_by_key
        for word in said
    )
