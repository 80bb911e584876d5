"""The values that the rooms of tables hand on; nothing in them changes.

A `Region` of lines (see `find`) is cut into cells, a `Sheet` is the region in rows and
headers by one form, a `Grid` is one table of the form on that sheet: its columns, and
its entries, each a row with what stands behind its label."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from attrs import field, frozen

from govdisclose._lines.cell import (
    BLANK,
    CODE,
    DASH,
    NONE,
    NUMBER,
    TEXT,
    Token,
    is_odd_figure,
)
from govdisclose._solve.runs import Sums
from govdisclose.diagnostic import Diagnostic
from govdisclose.form import Column, Form, FormTable, Place, Row
from govdisclose.report import Cell
from govdisclose.text import Text

VALUES: Final = frozenset((NUMBER, DASH, NONE, BLANK, TEXT))
"""The types of cells that may stand in a column of figures."""

Values: TypeAlias = tuple[Token | None, ...]
"""A cell a column; None where the row has none."""

Written: TypeAlias = tuple[list[Cell], list[Diagnostic]]
"""Cells of the report, and what is wrong with them."""

Shown: TypeAlias = Callable[[], bool] | None
"""Whether the report prints its noughts, told when it is asked; None where open rows are not to be solved."""


@frozen(eq=False)
class Head:
    """A cell that heads a column, or a caption: `kind` is its terminal in `grammars/table.lark`."""

    kind: str
    cell: Token


@frozen(eq=False)
class Header:
    """What stands over rows: `heads`, and all `cells` in order, those among the heads included."""

    heads: tuple[Head, ...]
    cells: tuple[Token, ...]

    @property
    def start(self) -> int:
        """Where it begins."""
        return self.cells[0].start


@frozen(eq=False)
class PrintedRow:
    """A label and the cells behind it. `unit` is the one before all figures; `place`
    the row of the form it names."""

    label: Token
    items: tuple[Token, ...]
    unit: Token | None = None
    place: Place | None = None

    @property
    def start(self) -> int:
        """Where the first cell behind its label begins, or the label if there is none."""
        return min([token.start for token in self.items or (self.label,)])

    @property
    def end(self) -> int:
        """Where its last cell ends."""
        return max([token.end for token in self.items or (self.label,)])


@frozen(eq=False)
class Parts:
    """What the grammar makes of the cells of a region."""

    lead: tuple[Token, ...]
    headers: tuple[Header, ...]
    rows: tuple[PrintedRow, ...]


@frozen(eq=False)
class Sheet:
    """A region of the text, read by one form; `form` is None where none is recognised."""

    text: Text
    form: Form | None
    start: int
    end: int
    title: str | None
    parts: Parts
    rows: tuple[PrintedRow, ...]
    part: bool = False  # the heading of its part tells what it is, and not its words

    @property
    def cells(self) -> list[Token]:
        """All cells, in order."""
        parts = self.parts
        out = [
            *parts.lead,
            *[cell for header in parts.headers for cell in header.cells],
        ]
        out += [cell for row in self.rows for cell in (row.label, *row.items)]
        return sorted(out, key=lambda cell: cell.start)

    def raw(self, token: Token) -> str:
        """The half-width text of a cell, as it was repaired."""
        return self.text.shadow[token.start : token.end]

    def words(self, token: Token) -> str:
        """A label as it is shown: all its lines, without blanks."""
        spans = token.parts or ((token.start, token.end),)
        return "".join(
            "".join([self.text.string[start:end] for start, end in spans]).split()
        )


@frozen(eq=False)
class PrintedColumn:
    """A column of figures as it is printed: what it is in the form, None if the form
    has no such column.

    `side` is the word over it where several of one kind stand side by side (2017年, 全市),
    `unit` the unit of money that its head prints. `repeats`: it is a part of the merged
    cells of the column before, printed again."""

    column: Column | None
    side: str | None = None
    unit: str | None = None
    repeats: bool = False

    @property
    def key(self) -> str | None:
        """The key of the column in the form."""
        return self.column.key if self.column is not None else None


Columns: TypeAlias = tuple[PrintedColumn, ...]


def columns_of(table: FormTable) -> Columns:
    """The columns as the form has them."""
    return tuple([PrintedColumn(column) for column in table.columns])


def is_as_form(columns: Columns, table: FormTable) -> bool:
    """Whether the printed columns are those of the form, in its order."""
    return len(columns) == len(table.columns) and all(
        printed.column is column
        for printed, column in zip(columns, table.columns, strict=True)
    )


@frozen(eq=False)
class Content:
    """What stands behind a label: its unit, and the values in order.

    `strays` are words that no bar makes a cell of. `padded_behind` says that surplus
    blanks stand behind the figures, `lost` that the figures cannot be told from what
    else stands there, whatever their number, `counted` that space between lines is blank
    cells, and nowhere air."""

    unit: Token | None
    values: tuple[Token, ...]
    with_unit: bool = False  # whether the form has a column of units
    strays: tuple[Token, ...] = ()
    padded_behind: bool = False
    lost: bool = False
    counted: bool = False


@frozen(eq=False)
class Entry:
    """A row on its way into the table of the form. `values` is None where nothing tells
    which value is whose."""

    row: PrintedRow
    known: Row | None  # of the form
    content: Content
    values: Values | None = None


@frozen(eq=False)
class Grid:
    """One table of the form on a sheet. `coded` says that a column of codes or counts
    stands before the figures."""

    sheet: Sheet
    table: FormTable
    sums: Sums
    columns: Columns
    entries: tuple[Entry, ...]
    coded: bool = False
    slots: range | None = (
        None  # which cells of a row are its figures, where bars or tabs count them
    )
    shown: Shown = field(default=None, repr=False)

    @property
    def contents(self) -> list[Content]:
        """What stands behind each label."""
        return [entry.content for entry in self.entries]

    @property
    def width(self) -> int:
        """How many columns of figures there are."""
        return len(self.columns)

    @property
    def between(self) -> int:
        """How many columns stand between the labels and the figures: units, codes."""
        return (self.table.unit_header is not None) + self.coded


def content_of(row: PrintedRow, table: FormTable) -> Content:
    """What stands behind the label of a row, by the columns of units and codes that its
    table has.

    A figure that may be the count of the row behind it is none of the row's where the
    others are enough, and else nothing tells which is whose."""
    with_unit = table.unit_header is not None
    coded = table.code_header is not None
    unit = row.unit if with_unit else None
    values: list[Token] = []
    strays: list[Token] = []
    for token in row.items:
        if token.type == TEXT and token.slot < 0 and not is_odd_figure(token.text):
            strays.append(token)
        elif token is unit:
            values.clear()  # a dash or a blank before the unit is a cell of no column of figures
        elif token.type in VALUES or (token.type == CODE and not coded):
            values.append(token)
    if unit is not None and not values and len(strays) == 1:
        values, strays = strays, []  # 件, then 待定: a word in the figure's place
    sure = tuple([v for v in values if v.tight or v.type != NUMBER])
    lost = len(sure) < min(len(values), len(table.columns)) or _is_torn(strays, values)
    return Content(unit, sure, with_unit, tuple(strays), lost=lost)


def _is_torn(strays: Sequence[Token], values: Sequence[Token]) -> bool:
    """Whether words with figures, which are a row that nobody could read, stand before
    the values: they are its own, or another's."""
    before = [token for token in strays if values and token.start < values[0].start]
    return any(c.isdecimal() for token in before for c in token.text)


def figures_apart(values: Sequence[Token]) -> bool:
    """Whether bars or tabs tell one of the cells."""
    return any(token.slot >= 0 for token in values)
