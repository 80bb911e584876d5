"""Tables: rows and cells as they are drawn."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from govdisclose.errors import SourceError
from govdisclose.read.word.blocks import Cell, Table
from govdisclose.read.word.names import child, integer, is_on, text_of, w
from govdisclose.read.word.state import Container, State, Visit

_TRPR: Final = w("trPr")
_TCPR: Final = w("tcPr")


def open_table(state: State, element: Element) -> Visit:
    """A table, in the text or in a cell of another."""
    if state.container.carry:
        state.container.blocks.append("".join(state.container.carry))
        state.container.carry = []
    grid = element.find(w("tblGrid"))
    columns = () if grid is None else grid.iterfind(w("gridCol"))
    table = Table(tuple(integer(text_of(column, w("w"))) or 0 for column in columns))
    outer = state.paragraph, state.column
    state.paragraph = None
    state.tables.append(table)
    styled = child(element.find(w("tblPr")), w("tblStyle")) is not None
    state.shaded += styled

    def leave() -> None:
        state.paragraph, state.column = outer
        state.tables.pop()
        state.shaded -= styled
        table.settle()
        if state.tables:
            state.tables[-1].inner += table.size + table.inner
        if table.rows:
            state.container.blocks.append(table)
        if state.container is state.anchor:
            state.container.settle()

    return element, leave


def open_row(state: State, element: Element) -> Visit:
    """A row, unless it is deleted or hidden."""
    if not state.tables:
        return element, None
    properties = element.find(_TRPR)
    if properties is not None and (
        properties.find(w("del")) is not None or is_on(properties.find(w("hidden")))
    ):
        return None
    row: list[Cell] = []
    state.tables[-1].rows.append(row)
    state.column = 0
    _gap(state, row, properties, "Before")

    def leave() -> None:
        _gap(state, row, properties, "After")

    return element, leave


def _gap(state: State, row: list[Cell], properties: Element | None, side: str) -> None:
    """Columns at the side of a row that have no cell."""
    columns = integer(text_of(child(properties, w(f"grid{side}")))) or 0
    if columns > 0:
        row.append(Cell(state.column, state.column + columns, []))
        state.column += columns


def open_cell(state: State, element: Element) -> Visit:
    """A cell; one that goes on from the cell before it has no text of its own."""
    if not state.tables or not state.tables[-1].rows:
        return element, None
    table = state.tables[-1]
    row = table.rows[-1]
    properties = element.find(_TCPR)
    if properties is not None and properties.find(w("cellDel")) is not None:
        return None
    table.size += 1
    state.story.cells += 1
    if state.story.cells > state.story.limits.cells:
        raise SourceError(
            f"the tables have more than {state.story.limits.cells:,} cells (limit: cells)"
        )
    start = state.column
    state.column += max(integer(text_of(child(properties, w("gridSpan")))) or 1, 1)
    if _goes_on(properties, "hMerge") and row:
        row[-1].end = state.column
        return None
    container = Container()
    goes_on = _goes_on(properties, "vMerge")
    row.append(
        Cell(start, state.column, container.blocks, goes_on is not None, bool(goes_on))
    )
    outer, state.container = state.container, container
    shaded = child(properties, w("shd")) is not None
    state.shaded += shaded

    def leave() -> None:
        container.settle()
        state.container = outer
        state.shaded -= shaded

    return element, leave


def _goes_on(properties: Element | None, kind: str) -> bool | None:
    """Whether a cell belongs to the one above it (vMerge) or before it (hMerge); None
    if it is merged with neither."""
    if properties is None:
        return None
    merge = properties.find(w(kind))
    if merge is not None:
        return text_of(merge) != "restart"
    changed = properties.find(w("cellMerge")) if kind == "vMerge" else None
    return None if changed is None else changed.get(w("vMerge")) == "cont"
