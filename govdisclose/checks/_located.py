"""Where an indicator stands in the tables of a report."""

from __future__ import annotations

from typing import Final

from govdisclose.checks._sheet import At, Sheet

_NOT_THE_YEAR: Final = frozenset(("month", "quarter"))


def located(sheet: Sheet, key: str, cumulative: bool = False) -> tuple[At, ...]:
    """The cells of a table that an indicator stands in: one, or those that a derived
    figure adds up, or none."""
    row, at, column = key.partition("@")
    table = sheet.table
    columns = {c.key: c.period for c in table.columns}
    if at and row in sheet.rows and column in columns:
        return (
            ((row, column),)
            if (row, column) in sheet.cells
            else _derived(sheet, key, cumulative)
        )
    if table.key_from == "column" and key in columns:
        return ((table.rows[0].key, key),)
    if row in sheet.rows and not at:
        wanted = _column(sheet, cumulative)
        return (
            ((row, wanted),) if wanted and columns[wanted] not in _NOT_THE_YEAR else ()
        )
    return _derived(sheet, key, cumulative)


def _column(sheet: Sheet, cumulative: bool) -> str | None:
    if cumulative:
        return next(
            (c.key for c in sheet.table.columns if c.period == "cumulative"), None
        )
    return sheet.table.main_column


def _derived(sheet: Sheet, key: str, cumulative: bool) -> tuple[At, ...]:
    row, at, column = key.partition("@")
    rule = next((d for d in sheet.form.derived if d.key == row), None)
    if rule is None:
        return ()
    found = [
        located(sheet, f"{term.key}{at}{column}", cumulative)
        for term in rule.formula.right
    ]
    return tuple(place for places in found for place in places) if all(found) else ()
