"""What came of a report: each cell right, abstained, flagged, or silent."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import NamedTuple

from attacks.page import page_of, settled, text_of
from attacks.sheet import Draft, Key, Value, values
from govdisclose import parse, read
from govdisclose.report import Cell, Report


class Wrong(NamedTuple):
    """A cell that is not right: how, where, what is printed and wanted, and what came."""

    how: str
    key: Key
    text: str
    want: object
    got: object


def read_draft(drafted: Draft) -> Report:
    """Print the report, and read it."""
    if drafted.style == "html":
        return parse(read(page_of(drafted), name="report.html"))
    return parse(text_of(drafted))


def score(drafted: Draft, report: Report) -> tuple[Counter[str], list[Wrong]]:
    """Counts of one report, and the cells that are not right.

    A figure that stands in several cells counts once: what `Report.value` gives. Cells that carry a diagnostic are
    heard only where no other speaks; where those that speak differ, none is given.
    """
    cells: dict[Key, list[Cell]] = defaultdict(list)
    for table in report.tables:
        for cell in table.cells:
            if (
                cell.row is not None
                and cell.column is not None
                and cell.value is not None
            ):
                cells[table.table or "", cell.row, cell.column].append(cell)
    counts: Counter[str] = Counter()
    wrong: list[Wrong] = []
    loud = any(d.severity != "info" for d in report.diagnostics)
    truth = {
        value.key: value for value in values(settled(drafted)) if value.key is not None
    }
    for key, value in truth.items():
        how, got = _judge(value, cells.pop(key, []))
        counts[how] += 1
        if how == "abstained" and not loud:
            counts["unsaid"] += 1
        if how in ("abstained", "flagged", "silent"):
            wrong.append(Wrong(how, key, value.text, value.want, got))
    for key, found in cells.items():
        how, got = _judge(Value("", key), found)
        if how != "none":
            counts[how] += 1
            wrong.append(Wrong(how, key, "", None, got))
    return counts, wrong


def _judge(value: Value, found: list[Cell]) -> tuple[str, object]:
    clean = [cell for cell in found if not cell.diagnostics]
    told = {(cell.value, cell.unit if value.unit else None) for cell in clean or found}
    if len(told) != 1:
        hard = value.want is not None and not value.unclear
        return ("abstained" if hard else "none"), sorted(map(str, told)) or None
    got = next(iter(told))
    if value.want is not None and got == (value.want, value.unit):
        return "right", value.want
    return ("silent" if clean else "flagged"), got[0] if value.unit is None else got
