"""The rows of `observations`: every figure of a report, in tables and in prose, with its place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from govdisclose._prose.amounts import amount_of
from govdisclose.finding import Finding
from govdisclose.form import Column, catalogue
from govdisclose.panel.figures import Row, as_float, exact
from govdisclose.report import Cell, Quantity, Report, Table
from govdisclose.report.series import Value
from govdisclose.text import Mark, Span


def observations(
    report: Report, _: Sequence[Value], __: Sequence[Finding]
) -> Iterator[Row]:
    """A row for each cell of the tables, then for each figure of the prose."""
    repaired = _Repaired(
        sorted(repair.span.start for repair in report.repairs),
        sorted(repair.span.end for repair in report.repairs),
    )
    for table in report.tables:
        columns = _columns(table)
        for cell in table.cells:
            column = columns.get(cell.column or "")
            yield {**_common(cell, repaired), **_of_cell(table, cell, column)}
    for quantity in report.quantities:
        yield {**_common(quantity, repaired), **_of_quantity(quantity)}


class _Repaired(NamedTuple):
    """Where repairs begin and end, in order."""

    starts: Sequence[int]
    ends: Sequence[int]

    def touching(self, span: Span) -> int:
        """How many repairs lie in a stretch, or reach into it."""
        begun = bisect_left(self.starts, span.end)
        return max(0, begun - bisect_right(self.ends, span.start))


def _common(node: Cell | Quantity, repaired: _Repaired) -> dict[str, Any]:
    return {
        "unit": node.unit,
        "value": as_float(node.value),
        "exact": exact(node.value),
        "raw": node.raw,
        "start": node.span.start,
        "end": node.span.end,
        "repairs": repaired.touching(node.span),
        **_place(node.place),
    }


def _of_cell(table: Table, cell: Cell, column: Column | None) -> dict[str, Any]:
    return {
        "origin": "table",
        "form": table.form,
        "table": table.table,
        "key": cell.row,
        "column": cell.column,
        "period": _period(column),
        "label": cell.label,
        "unit_inferred": cell.unit_inferred,
        "low": None,
        "high": None,
        "approximate": False,
        "reading": cell.reading,
        "inferred": cell.inferred,
        "diagnostics": list(cell.diagnostics),
    }


def _of_quantity(quantity: Quantity) -> dict[str, Any]:
    amount = amount_of(quantity)
    return {
        "origin": "prose",
        "form": None,
        "table": None,
        "key": quantity.indicator,
        "column": None,
        "period": None,
        "label": None,
        "unit_inferred": False,
        "low": None if amount.exact else as_float(amount.low),
        "high": None if amount.exact else as_float(amount.high),
        "approximate": quantity.approximate,
        "reading": "number",
        "inferred": False,
        "diagnostics": [],
    }


def _columns(table: Table) -> Mapping[str, Column]:
    form = catalogue().forms.get(table.form) if table.form else None
    found = (
        next((t for t in form.tables if t.id == table.table), None) if form else None
    )
    return {column.key: column for column in found.columns} if found else {}


def _period(column: Column | None) -> str | None:
    """What time a column counts; a stock counts none."""
    if column is None or column.role == "stock":
        return None
    return column.period or "year"


SMALL_LIMIT: Final = 2**15  # what small columns can hold


def _place(mark: Mark | None) -> dict[str, int | None]:
    names = ("page", "file_table", "file_row", "file_column")
    found = (mark.page, mark.table, mark.row, mark.column) if mark else (None,) * 4
    return {
        name: n if n is None or n < SMALL_LIMIT else None
        for name, n in zip(names, found, strict=True)
    }
