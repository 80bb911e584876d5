"""The figures of a table as operands of relations, and the judging of a relation over them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from attrs import define, evolve, field

from govdisclose.checks._say import Reason, arithmetic, sentence
from govdisclose.diagnostic import Diagnostic, Severity
from govdisclose.finding import CHECKS, Figure, Finding, Operand, Verdict
from govdisclose.form import Catalogue, Form, FormTable, Relation, Row
from govdisclose.form.relation import Amount, Formula, Judgement, Term, judge
from govdisclose.report import Cell, Report, Table
from govdisclose.text import Span

# What may be wrong with a cell and still leaves its figure beyond doubt.
_HARMLESS: Final = frozenset(("inexact-label", "inferred-cell"))


@define(eq=False)
class Sheet:
    """A table of a report with its form: which cell stands where, and which are in doubt.

    Of a row that comes twice the first speaks for its indicator; `twice` has what the second says, where that differs.
    `columns` are those that the table has, in the order of the form. `porous` says that figures of the table were lost
    or have no row, so that a blank may be none. `inferred` has, for each cell that arithmetic put there, what the
    reader said of it: the relations are named there.
    """

    form: Form
    table: FormTable
    read: Table
    cells: dict[tuple[str, str], Cell]
    doubtful: set[tuple[str, str]]
    twice: dict[tuple[str, str], Cell]
    inferred: Mapping[int, str]
    porous: bool
    rows: Mapping[str, Row]
    headings: frozenset[str]
    columns: tuple[str, ...]
    operands: dict[tuple[str, str], Operand] = field(factory=dict)

    def name(self, row: str, column: str) -> str:
        """The address of an indicator, as `Report.cell` takes it."""
        return column if self.table.key_from == "column" else f"{row}@{column}"

    def operand(self, row: str, column: str) -> Operand:
        """The figure there, or that there is none."""
        found = self.operands.get((row, column))
        if found is None:
            found = self.operands[row, column] = self._operand(row, column)
        return found

    def _operand(self, row: str, column: str) -> Operand:
        cell = self.cells.get((row, column))
        name = self.name(row, column)
        if cell is None:
            label = self.rows[row].label if row in self.rows else row
            return Operand(name, label, None, "absent")
        return Operand(name, cell.label, cell.value, cell.reading, False, cell.span, cell.source)


def sheets(report: Report, forms: Catalogue) -> list[Sheet]:
    """The tables of a known form, in the order of the text; one that holds its rows twice is two."""
    notes = sorted(
        (d for d in report.diagnostics if d.code == "inferred-cell" and d.span),
        key=lambda d: d.span or Span(0, 0),
    )
    return [
        sheet
        for table in report.tables
        for known in [_known(forms, table.form, table.table)]
        if known is not None
        for sheet in _sheets(table, *known, notes)
    ]


def _known(forms: Catalogue, form: str | None, table: str | None) -> tuple[Form, FormTable] | None:
    known = forms.forms.get(form) if form else None
    found = next((t for t in known.tables if t.id == table), None) if known else None
    return (known, found) if known and found else None


def _sheets(read: Table, form: Form, table: FormTable, notes: Sequence[Diagnostic]) -> Iterator[Sheet]:
    cells: dict[tuple[str, str], Cell] = {}
    again: dict[tuple[str, str], Cell] = {}
    for cell in read.cells:
        if cell.row is not None and cell.column is not None:
            place = cell.row, cell.column
            (again if place in cells else cells).setdefault(place, cell)
    if len(again) * 2 > len(cells):  # the table of another year or body stands behind it
        yield _sheet(read, form, table, cells, {}, notes)
        yield _sheet(read, form, table, again, {}, notes)
        return
    twice = {place: cell for place, cell in again.items() if cell.value != cells[place].value}
    yield _sheet(read, form, table, cells, twice, notes)


def _sheet(
    read: Table, form: Form, table: FormTable, cells: dict[tuple[str, str], Cell],
    twice: dict[tuple[str, str], Cell], notes: Sequence[Diagnostic],
) -> Sheet:  # fmt: skip
    doubtful = {place for place, cell in cells.items() if _is_doubtful(cell)}
    doubtful |= _lost_rows(cells, _headings(form.id, table.id))
    starts = [d.span.start for d in notes if d.span]
    inferred = {}
    for cell in cells.values():
        if cell.inferred and starts:
            note = notes[max(0, bisect_right(starts, cell.span.start) - 1)]
            inferred[cell.span.start] = note.message
    rows, headings = _rows(form.id, table.id), _headings(form.id, table.id)
    have = {column for _, column in cells}
    columns = tuple(column.key for column in table.columns if column.key in have)
    return Sheet(
        form,
        table,
        read,
        cells,
        doubtful,
        twice,
        inferred,
        _is_porous(read),
        rows,
        headings,
        columns,
    )


_WIDE: Final = 3  # columns of a table in which a row without any figure stands out


def _lost_rows(cells: Mapping[tuple[str, str], Cell], headings: frozenset[str]) -> set[tuple[str, str]]:
    """The cells of rows without a figure, in a wide table whose rows are filled, noughts and all: theirs were lost."""
    rows: dict[str, list[Cell]] = {}
    for (row, _), cell in cells.items():
        if row not in headings:
            rows.setdefault(row, []).append(cell)
    if max(map(len, rows.values()), default=0) < _WIDE:
        return set()
    empty = {row for row, mine in rows.items() if all(cell.value is None for cell in mine)}
    full = sum(all(cell.value is not None for cell in mine) for mine in rows.values())
    return {(row, column) for row, column in cells if row in empty} if full > 4 * len(empty) else set()


_FIGURES_LEAST: Final = 8  # so many figures of a table, no two of them the same, do not come about by chance


def _is_porous(read: Table) -> bool:
    """Whether figures have no row, or an extractor dropped lines that it had met before: then no figure comes twice."""
    figures = [cell.value for cell in read.cells if cell.value is not None]
    if any(cell.row is None and cell.value for cell in read.cells):
        return True
    blank = len(read.cells) - len(figures)
    return len(set(figures)) == len(figures) >= _FIGURES_LEAST and blank * 4 > len(figures)


def _is_doubtful(cell: Cell) -> bool:
    return (
        cell.inferred
        or cell.reading == "unreadable"
        or (cell.reading == "number" and cell.value is None)
        or not _HARMLESS.issuperset(cell.diagnostics)
    )


@cache
def _table(form: str, table: str) -> FormTable:
    from govdisclose.form import catalogue

    return next(t for t in catalogue().forms[form].tables if t.id == table)


@cache
def _rows(form: str, table: str) -> Mapping[str, Row]:
    return {row.key: row for row in _table(form, table).rows}


@cache
def _headings(form: str, table: str) -> frozenset[str]:
    return frozenset(row.key for row in _table(form, table).rows if row.group)


# --- where a relation is judged


class Place(NamedTuple):
    """A column (`per column`), a row (`per row`) or nothing in which a relation is judged once."""

    row: str | None = None
    column: str | None = None

    def of(self, term: Term) -> tuple[str, str]:
        """Row and column of an operand there."""
        if term.column is not None:
            return term.key, term.column
        if self.column is not None:
            return term.key, self.column
        assert self.row is not None
        return self.row, term.key


def places(formula: Formula, sheet: Sheet) -> Iterator[Place]:
    """Where the relation is to be judged in that table."""
    if formula.per == "column":
        yield from (Place(column=column) for column in sheet.columns)
    elif formula.per == "row":
        yield from (Place(row=row) for row in dict.fromkeys(row for row, _ in sheet.cells))
    else:
        yield Place()


# --- one relation at one place


class Evidence(NamedTuple):
    """The operands of a relation at a place, with the doubts about them.

    `porous` says that one of them stands in a table whose blanks may be none. `other` are the operands with what rows
    that come twice say the second time; empty where none does.
    """

    operands: tuple[Operand, ...]
    doubtful: bool
    absent: bool
    inferred_by: bool
    porous: bool = False
    other: tuple[Operand, ...] = ()


Find = Callable[[Term, Place], "tuple[Sheet, tuple[str, str]] | None"]
"""Finds the table and the place in it of an operand; None where there is no such table."""


def gather(formula: Formula, place: Place, find: Find, relation: str) -> Evidence:
    """The operands of a relation, wherever they stand."""
    operands: list[Operand] = []
    other: dict[int, Operand] = {}
    doubtful = absent = inferred_by = porous = False
    for term in formula.terms:
        found = find(term, place)
        if found is None:
            operands.append(Operand(term.address, term.address, None, "absent"))
            absent = True
            continue
        sheet, at = found
        porous = porous or sheet.porous
        operand = sheet.operand(*at)
        operands.append(evolve(operand, name=f"prev:{operand.name}") if term.prev else operand)
        if operand.reading == "absent":
            absent = True
            continue
        if at in sheet.twice:
            second = sheet.twice[at]
            other[len(operands) - 1] = Operand(
                operand.name,
                second.label,
                second.value,
                second.reading,
                False,
                second.span,
                second.source,
            )
        if at in sheet.doubtful:
            doubtful = True
            if sheet.inferred and operand.span is not None:
                said = sheet.inferred.get(operand.span.start, "")
                inferred_by = inferred_by or relation in said.replace(",", " ").split()
    swapped = tuple(other.get(i, operand) for i, operand in enumerate(operands)) if other else ()
    return Evidence(tuple(operands), doubtful, absent, inferred_by, porous, swapped)


def weigh(formula: Formula, operands: Sequence[Operand]) -> Judgement:
    """What the arithmetic says."""
    amounts = [amount_of(operand) for operand in operands]
    return judge(formula, amounts[: len(formula.left)], amounts[len(formula.left) :])


def amount_of(operand: Operand) -> Amount:
    """The figure of a cell; cells are exact."""
    return Amount(operand.value, operand.value, operand.value)


def decide(
    relation: Relation, formula: Formula, evidence: Evidence, judgement: Judgement, heading: bool
) -> tuple[Verdict, Reason | None]:
    """The verdict, and why it is not a plain one."""
    match judgement.outcome:
        case "nothing":
            return "undecided", "doubtful" if evidence.doubtful else "nothing"
        case "gap":
            return "undecided", "doubtful" if evidence.doubtful else "gap"
        case "unclear":
            return "undecided", "approximate"
        case "holds":
            if evidence.inferred_by:
                return "undecided", "circular"
            return "holds", "missing" if evidence.absent else "blanks" if judgement.blanks else None
        case "fails":
            if evidence.doubtful or (evidence.other and weigh(formula, evidence.other).outcome == "holds"):
                return "undecided", "doubtful"
            if evidence.absent:
                return "undecided", "absent"
            if judgement.blanks and evidence.porous:
                return "undecided", "doubtful"
            if heading:
                return "undecided", "heading"
            return "fails", "blanks" if judgement.blanks else None


def finding(
    code: str, relation: Relation, formula: Formula, evidence: Evidence, judgement: Judgement, verdict: Verdict,
    reason: Reason | None, where: tuple[str, str], explanations: Iterable[str] = (),
) -> Finding:  # fmt: skip
    """The finding, with its sentences. `where` is what the place is called, in English and in Chinese."""
    sum_up = arithmetic(formula, evidence.operands, judgement)
    return told(
        code,
        relation,
        verdict,
        evidence.operands,
        judgement.difference,
        sum_up,
        reason,
        explanations,
        where,
    )


def told(
    code: str, relation: Relation, verdict: Verdict, operands: tuple[Operand, ...], difference: Figure | None,
    sum_up: str | tuple[str, str], reason: Reason | None = None, explanations: Iterable[str] = (), where: tuple[str, str] = ("", ""),
    at: Operand | None = None,
) -> Finding:  # fmt: skip
    """The finding of a verdict that is reached already; it points at the first figure, or at the one of `at`.

    `sum_up` are the figures as a line, or such a line in English and one in Chinese.
    """
    why = tuple(explanations)
    message, message_zh = (
        sentence(language, name + place, line, reason, why)
        for language, name, place, line in (
            ("en", relation.name, where[0], sum_up if isinstance(sum_up, str) else sum_up[0]),
            ("zh", relation.name_zh, where[1], sum_up if isinstance(sum_up, str) else sum_up[1]),
        )
    )
    pointed = at or next((o for o in operands if o.span is not None and o.value is not None), None)
    pointed = pointed or next((o for o in operands if o.span is not None), None)
    return Finding(
        code, relation.id, verdict, severity_of(code, relation, verdict), operands, difference, why,
        message, message_zh, pointed.span if pointed else None, pointed.source if pointed else None,
    )  # fmt: skip


_RANK: Final[Mapping[Severity, int]] = {"info": 0, "warning": 1, "error": 2}


def severity_of(code: str, relation: Relation, verdict: Verdict) -> Severity:
    """Only a failure is above info, and that of a usual relation is not either."""
    if verdict != "fails" or relation.status == "usual":
        return "info"
    return min(relation.severity, CHECKS[code].severity, key=lambda s: _RANK[s])
