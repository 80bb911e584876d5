"""Where a figure stands, by the words of the report itself: table, row and column, or section."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator

from govdisclose.finding import Operand
from govdisclose.form import FormTable, catalogue
from govdisclose.report import Report, Table
from govdisclose.text import Span


class Names:
    """The names of places in one report; looked up by where they are in its text."""

    __slots__ = ("_cells", "_sections", "_starts")

    def __init__(self, report: Report) -> None:
        self._cells = dict(_cells(report))
        sections = list(report.walk())
        self._starts = [section.span.start for section in sections]
        self._sections = [f"{s.marker}{s.title or ''}" for s in sections]

    def of(self, operand: Operand) -> str:
        """Table, row and column of a cell; the section of a figure of the prose, and its words."""
        span = operand.span
        if span is None:
            return operand.label
        if (cell := self._cells.get(span)) is not None:
            return cell
        at = bisect_right(self._starts, span.start) - 1
        return f"{self._sections[at]}：{operand.label}" if at >= 0 else operand.label


def _cells(report: Report) -> Iterator[tuple[Span, str]]:
    for i, table in enumerate(report.tables, 1):
        form = form_table(table)
        columns = {c.key: c.label for c in form.columns} if form else {}
        several = form is not None and form.key_from != "column" and len(columns) > 1
        title = table.title or (form.title if form else "")
        named = f"表{i}“{title}”" if title else f"表{i}"
        for cell in table.cells:
            column = columns.get(cell.column or "") if several else None
            yield cell.span, " · ".join(filter(None, (named, cell.label, column)))


def form_table(table: Table) -> FormTable | None:
    """The blank table of a table of a known form."""
    form = catalogue().forms.get(table.form or "")
    return next((t for t in form.tables if t.id == table.table), None) if form else None
