"""The cells of a table, as the form prints them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from govdisclose.form import Column, FormTable, Row
from govdisclose.testing._fill import Filled, Key, has_cells, is_nested

Role = Literal[
    "caption",
    "header",
    "outer",
    "label",
    "unit",
    "code",
    "value",
    "stray",
    "over",
    "under",
]


class GridCell(NamedTuple):
    """A printed cell, where it belongs if it is a figure, and what it is.

    `over` and `under` are places that a merged cell covers, to its right and below it;
    they hold its text, for the converters that repeat it."""

    text: str
    key: Key | None = None
    role: Role = "value"

    @property
    def covered(self) -> bool:
        """Whether it is a place that a merged cell covers."""
        return self.role in ("over", "under")


Grid = list[list[GridCell]]


def grid(filled: Filled, table: FormTable) -> Grid:
    """The cells of a table as the form prints them, row by row, header first; all rows
    have the same width."""
    if is_nested(table):
        rows = _nested(filled, table)
    elif any(column.supergroup for column in table.columns):
        rows = _across(filled, table)
    else:
        rows = _plain(filled, table)
    if table.title.startswith(
        "第"
    ):  # 第二十条第（一）项 stands in the table, over all columns
        rows.insert(0, _merged(table.title, len(rows[0]), "caption"))
    return rows


def _merged(text: str, width: int, role: Role) -> list[GridCell]:
    return [GridCell(text, None, role), *[GridCell(text, None, "over")] * (width - 1)]


def _values(filled: Filled, table: FormTable, row: Row) -> list[GridCell]:
    keys = [(table.id, row.key, column.key) for column in table.columns]
    return [GridCell(filled.text(key), key) for key in keys]


def _column_label(filled: Filled, column: Column) -> str:
    return f"{filled.year}年度" if column.label_regex else column.label


# --- one header line, one label a row


def _plain(filled: Filled, table: FormTable) -> Grid:
    words = [
        table.ordinal_header,
        table.stub_header or "",
        table.unit_header,
        table.code_header,
    ]
    header = [GridCell(word, None, "header") for word in words if word is not None]
    header += [
        GridCell(_column_label(filled, column), None, "header")
        for column in table.columns
    ]
    return [
        header,
        *(_plain_row(filled, table, i, row) for i, row in enumerate(table.rows, 1)),
    ]


def _plain_row(
    filled: Filled, table: FormTable, number: int, row: Row
) -> list[GridCell]:
    cells = [GridCell(row.enumerator + row.label, None, "label")]
    if table.ordinal_header is not None:
        cells.insert(0, GridCell(str(number), None, "code"))
    if table.unit_header is not None:
        cells.append(GridCell(row.unit or ("——" if row.group else ""), None, "unit"))
    if table.code_header is not None:
        cells.append(GridCell(row.code or "", None, "code"))
    return cells + _values(filled, table, row)


# --- row heads in columns of their own


def _nested(filled: Filled, table: FormTable) -> Grid:
    by_key = {row.key: row for row in table.rows}
    chains = {
        row.key: list(_heads(row, by_key))
        for row in table.rows
        if has_cells(table, row)
    }
    depth = max(map(len, chains.values()))
    out = _grouped_header(table, depth)
    shown: set[str] = set()
    for row in table.rows:
        if row.key not in chains:
            continue
        cells: list[GridCell] = []
        for head in chains[row.key][:-1]:
            cells.append(
                GridCell(
                    head.enumerator + head.label,
                    None,
                    "under" if head.key in shown else "outer",
                )
            )
            shown.add(head.key)
        label = row.enumerator + row.label
        cells += [
            GridCell(label, None, "label"),
            *[GridCell(label, None, "over")] * (depth - len(chains[row.key])),
        ]
        out.append(cells + _values(filled, table, row))
    return out


def _heads(row: Row, by_key: dict[str, Row]) -> Iterator[Row]:
    if row.parent is not None and row.parent in by_key:
        yield from _heads(by_key[row.parent], by_key)
    yield row


def _grouped_header(table: FormTable, depth: int) -> Grid:
    stub = table.stub_header or ""
    top = [
        *_merged(stub, depth, "header"),
        *_merged(table.super_header or "", len(table.columns), "header"),
    ]
    below = [GridCell(stub, None, "under")] * depth
    middle, last = list(below), list(below)
    _two_lines(table.columns, middle, last)
    return [top, middle, last]


def _two_lines(
    columns: Sequence[Column], upper: list[GridCell], lower: list[GridCell]
) -> None:
    """Header lines of columns of which some stand under a group and the others span both lines."""
    before = None
    for column in columns:
        group = column.group
        if group is None:
            upper.append(GridCell(column.label, None, "header"))
            lower.append(GridCell(column.label, None, "under"))
        else:
            upper.append(GridCell(group, None, "over" if group == before else "header"))
            lower.append(GridCell(column.label, None, "header"))
        before = group


# --- columns under three header lines, and rows without a label


def _across(filled: Filled, table: FormTable) -> Grid:
    top: list[GridCell] = []
    middle: list[GridCell] = []
    last: list[GridCell] = []
    before = None
    for column in table.columns:
        top.append(
            GridCell(
                column.supergroup or "",
                None,
                "over" if column.supergroup == before else "header",
            )
        )
        before = column.supergroup
    _two_lines(table.columns, middle, last)
    return [top, middle, last, *(_values(filled, table, row) for row in table.rows)]
