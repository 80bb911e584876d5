"""How a figure is found in the tables of a report, by the key of its indicator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Final

from govdisclose.errors import AmbiguousKey, UnknownKey
from govdisclose.form import FormTable, catalogue
from govdisclose.report._sections import plain
from govdisclose.report._short import cut
from govdisclose.report._values import Cell, Table

_OTHERS: Final = frozenset(
    ("other-year", "other-body", "other-version", "other-period")
)


def own_cells(cells: Sequence[Cell]) -> Sequence[Cell]:
    """The cells that are the report's own figures, as far as is known; all, where none is."""
    return [cell for cell in cells if _OTHERS.isdisjoint(cell.diagnostics)] or cells


def find_cell(tables: Iterable[Table], key: str) -> Cell | None:
    """The cell with this key, the first with a figure if there are several; None where the report
    has none. Figures of another year, body or version count only where there are no others.

    Raises `UnknownKey` and `AmbiguousKey`, as `Report.cell` tells.
    """
    found: Sequence[Cell] = [c for table in tables for c in _in_table(table, key)]
    if not found:
        _require_known(key)
        return None
    found = own_cells(found)
    figures = dict.fromkeys(cell.value for cell in found if cell.value is not None)
    if len(figures) > 1:
        stated = ", ".join(map(str, figures))
        raise AmbiguousKey(
            f"the report states {key!r} {len(found)} times, with different figures ({stated}); "
            "look at the cells of report.tables"
        )
    return next((cell for cell in found if cell.value is not None), found[0])


def form_table(form: str | None, table: str | None) -> FormTable | None:
    """The table of the catalogue that these keys name."""
    return catalogue().tables.get((form, table)) if form and table else None


def _in_table(table: Table, key: str) -> Sequence[Cell]:
    row, at, column = key.partition("@")
    if at:
        return [c for c in table.cells if c.row == row and c.column == column]
    form = form_table(table.form, table.table)
    if form and form.key_from == "column":
        return [c for c in table.cells if c.column == key]
    cells = [c for c in table.cells if c.row == key]
    return _of_main_column(cells, form, key) if cells else cells


def _of_main_column(
    cells: Sequence[Cell], form: FormTable | None, key: str
) -> Sequence[Cell]:
    """Those cells of a row that the row alone means."""
    if form:
        columns, main = [c.key for c in form.columns], form.main_column
    else:
        columns = list(dict.fromkeys(c.column for c in cells if c.column))
        main = columns[0] if len(columns) == 1 else None
    if main is None:
        keys = ", ".join(f"{key}@{column}" for column in columns)
        raise AmbiguousKey(
            f"{key!r} has a figure in several columns; write one of: {keys}"
        )
    return [c for c in cells if c.column == main]


@cache
def _known_keys() -> frozenset[str]:
    """Every key that a cell may be asked for by, over all forms."""
    keys: set[str] = set()
    for table in catalogue().tables.values():
        keys.update(
            x.key for x in (table.columns if table.key_from == "column" else table.rows)
        )
        keys.update(
            f"{row.key}@{column.key}" for row in table.rows for column in table.columns
        )
    return frozenset(keys)


def _require_known(key: str) -> None:
    if key in _known_keys():
        return
    near = _columns_of(key) or _named(key)
    near = near or get_close_matches(key, sorted(_known_keys()), n=3, cutoff=0.5)
    hint = f"; did you mean {' or '.join(near[:5])}?" if near else ""
    said = f"no form has an indicator {cut(key, 60)!r}"
    raise UnknownKey(f"{said}{hint} (`govdisclose forms` lists them)")


def _columns_of(key: str) -> list[str]:
    """The keys of a known row, where the column is what nobody knows; they tell more than the
    nearest spelling."""
    row, at, _ = key.partition("@")
    return sorted(k for k in _known_keys() if k.startswith(f"{row}@")) if at else []


def _named(key: str) -> list[str]:
    """The keys of the rows that have this label."""
    forms = catalogue()
    return list(
        dict.fromkeys(forms.rows[place].key for place in forms.find(plain(key)))
    )
