"""What the year before tells: of the readings of figures that ran together, the one
that satisfies a relation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Final

from attrs import evolve

from govdisclose.form import Relation, catalogue
from govdisclose.form.relation import Amount, judge
from govdisclose.panel.figures import Row
from govdisclose.panel.rows import Item
from govdisclose.report import Cell, Report, Table
from govdisclose.text import Span

_AMBIGUOUS: Final = "ambiguous-cell"
_DIGITS: Final = re.compile(
    r"[0-9]{2,24}(?=[^0-9]*$)"
)  # the last run of digits of a cell
_NUMBER: Final = re.compile(r"0|[1-9][0-9]*")
_MOST: Final = 3000  # readings that are tried for one row

Known = dict[tuple[str, int, str, str, str], int]
"""Figures by body, year, form, row and column."""


def is_open(report: Report) -> bool:
    """Whether it has figures that ran together, on a form that ties a year to the one before."""
    return any(
        _AMBIGUOUS in cell.diagnostics
        for table in report.tables
        if _relations(table)
        for cell in table.cells
    )


def settled(found: Iterable[Item], observations: Iterable[Row]) -> Iterator[Item]:
    """The items in which a row was told apart, in the order of their years, so that one
    year helps the next."""
    known: Known = {}
    for row in observations:
        if (
            row["origin"] == "table"
            and row["exact"] is not None
            and row["exact"].isdigit()
            and row["year"]
        ):
            key = (
                row["issuer"] or "",
                row["year"],
                row["form"] or "",
                row["key"] or "",
                row["column"] or "",
            )
            known[key] = int(row["exact"])
    for item in sorted(
        found, key=lambda item: (item.report and item.report.metadata.year) or 0
    ):
        report = item.report
        if report is None or not report.metadata.issuer or not report.metadata.year:
            continue
        tables = tuple(
            _told(table, report.metadata.issuer, report.metadata.year, known)
            for table in report.tables
        )
        if tables != report.tables:
            yield evolve(item, report=evolve(report, tables=tables))


def _relations(table: Table) -> list[Relation]:
    """The relations of the form that are judged in each row and name last year's figure."""
    form = catalogue().forms.get(table.form) if table.form else None
    if form is None:
        return []
    return [
        r
        for r in form.relations
        if r.table == table.table and r.formula.cross_year and r.formula.per == "row"
    ]


def _told(table: Table, issuer: str, year: int, known: Known) -> Table:
    relations = _relations(table)
    if not relations:
        return table
    rows: dict[tuple[str, Span], list[Cell]] = {}
    for cell in table.cells:
        if cell.row and _AMBIGUOUS in cell.diagnostics:
            rows.setdefault((cell.row, cell.span), []).append(cell)
    figures: dict[tuple[str, str], tuple[int, str]] = {}
    for (row, _), cells in rows.items():
        before = {
            c: v
            for (i, y, f, r, c), v in known.items()
            if (i, y, f, r) == (issuer, year - 1, table.form, row)
        }
        for relation in relations:
            reading = _reading(cells, relation, before)
            for column, figure in (reading or {}).items():
                figures[row, column] = figure, relation.id
                known[issuer, year, table.form or "", row, column] = figure
    return (
        evolve(table, cells=tuple(_placed(cell, figures) for cell in table.cells))
        if figures
        else table
    )


def _placed(cell: Cell, figures: Mapping[tuple[str, str], tuple[int, str]]) -> Cell:
    found = figures.get((cell.row or "", cell.column or ""))
    if found is None or _AMBIGUOUS not in cell.diagnostics:
        return cell
    codes = (*(code for code in cell.diagnostics if code != _AMBIGUOUS), found[1])
    return evolve(
        cell, value=found[0], reading="number", inferred=True, diagnostics=codes
    )


def _reading(
    cells: Sequence[Cell], relation: Relation, before: Mapping[str, int]
) -> dict[str, int] | None:
    """The one reading of the digits of a row that satisfies the relation; None where
    there are none or several.

    Every column of the relation must be among the cells, or known from the year before.
    """
    columns = [cell.column or "" for cell in cells]
    formula = relation.formula
    if any(
        (t.key not in before) if t.prev else (t.key not in columns)
        for t in formula.terms
    ):
        return None
    digits = _DIGITS.search(cells[0].raw)
    found = []
    for parts in _splits(digits.group() if digits else "", len(columns)):
        figures = dict(zip(columns, parts, strict=True))
        amounts = [
            Amount.of(before[t.key] if t.prev else figures[t.key])
            for t in formula.terms
        ]
        if (
            judge(
                formula, amounts[: len(formula.left)], amounts[len(formula.left) :]
            ).outcome
            == "holds"
        ):
            found.append(figures)
    return found[0] if len(found) == 1 else None


def _splits(digits: str, parts: int) -> Iterator[tuple[int, ...]]:
    """The ways to cut a run of digits into figures, none of which begins with a nought
    it does not need."""
    for tried, cuts in enumerate(combinations(range(1, len(digits)), parts - 1)):
        if tried >= _MOST:
            return
        pieces = [
            digits[a:b] for a, b in zip((0, *cuts), (*cuts, len(digits)), strict=True)
        ]
        if all(_NUMBER.fullmatch(piece) for piece in pieces):
            yield tuple(map(int, pieces))
