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

At = tuple[str, str]
"""A row and a column."""

# What may be wrong with a cell and still leaves its figure beyond doubt.
_HARMLESS: Final = frozenset(("inexact-label", "inferred-cell"))


@define(eq=False)
class Sheet:
    """A table of a report with its form: which cell stands where, and which are in doubt.

    Of a row that comes twice the first speaks for its indicator; `twice` has what the second says,
    where that differs. `columns` are those that the table has, in the order of the form. `porous`
    says that figures of the table were lost or have no row, so that a blank may be none. `inferred`
    has, for each cell that arithmetic put there, what the reader said of it: the relations are
    named there.
    """

    form: Form
    table: FormTable
    read: Table
    cells: dict[At, Cell]
    doubtful: set[At]
    twice: dict[At, Cell]
    inferred: Mapping[int, str]
    porous: bool
    rows: Mapping[str, Row]
    headings: frozenset[str]
    columns: tuple[str, ...]
    operands: dict[At, Operand] = field(factory=dict)

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
            return Operand(name, self._labelled(label, column), None, "absent")
        label = self._labelled(cell.label, column)
        return Operand(
            name, label, cell.value, cell.reading, False, cell.span, cell.source
        )

    def _labelled(self, label: str, column: str) -> str:
        """The words of the row, with those of the column where the form has several."""
        columns = self.table.columns
        if self.table.key_from == "column" or len(columns) == 1:
            return label
        named = next((c.label for c in columns if c.key == column), None)
        return f"{label} · {named}" if named else label


def sheets(report: Report, forms: Catalogue) -> list[Sheet]:
    """The tables of a known form, in the order of the text; one that holds its rows
    twice is two."""
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


def _known(
    forms: Catalogue, form: str | None, table: str | None
) -> tuple[Form, FormTable] | None:
    known = forms.forms.get(form) if form else None
    found = next((t for t in known.tables if t.id == table), None) if known else None
    return (known, found) if known and found else None


def _sheets(
    read: Table, form: Form, table: FormTable, notes: Sequence[Diagnostic]
) -> Iterator[Sheet]:
    cells: dict[At, Cell] = {}
    again: dict[At, Cell] = {}
    for cell in read.cells:
        if cell.row is not None and cell.column is not None:
            place = cell.row, cell.column
            (again if place in cells else cells).setdefault(place, cell)
    if len(again) * 2 > len(
        cells
    ):  # the table of another year or body stands behind it
        yield _sheet(read, form, table, cells, {}, notes)
        yield _sheet(read, form, table, again, {}, notes)
        return
    twice = {
        place: cell for place, cell in again.items() if cell.value != cells[place].value
    }
    yield _sheet(read, form, table, cells, twice, notes)


def _sheet(
    read: Table,
    form: Form,
    table: FormTable,
    cells: dict[At, Cell],
    twice: dict[At, Cell],
    notes: Sequence[Diagnostic],
) -> Sheet:
    headings = _headings(form.id, table.id)
    doubtful = {place for place, cell in cells.items() if _is_doubtful(cell)}
    have = {column for _, column in cells}
    return Sheet(
        form=form,
        table=table,
        read=read,
        cells=cells,
        doubtful=doubtful | _lost_rows(cells, headings),
        twice=twice,
        inferred=_noted(cells, notes),
        porous=_is_porous(read),
        rows=_rows(form.id, table.id),
        headings=headings,
        columns=tuple(column.key for column in table.columns if column.key in have),
    )


def _noted(cells: Mapping[At, Cell], notes: Sequence[Diagnostic]) -> Mapping[int, str]:
    """What the reader said of each cell that arithmetic put there, by where the cell begins."""
    if not notes:
        return {}
    starts = [d.span.start for d in notes if d.span]
    inferred = [cell.span.start for cell in cells.values() if cell.inferred]
    return {
        start: notes[max(0, bisect_right(starts, start) - 1)].message
        for start in inferred
    }


_WIDE: Final = 3  # columns of a table in which a row without any figure stands out


def _lost_rows(cells: Mapping[At, Cell], headings: frozenset[str]) -> set[At]:
    """The cells of rows without a figure, in a wide table whose rows are filled, noughts and all:
    theirs were lost.
    """
    rows: dict[str, list[Cell]] = {}
    for (row, _), cell in cells.items():
        if row not in headings:
            rows.setdefault(row, []).append(cell)
    if max(map(len, rows.values()), default=0) < _WIDE:
        return set()
    stated = {
        row: sum(cell.value is not None for cell in mine) for row, mine in rows.items()
    }
    empty = {row for row, figures in stated.items() if not figures}
    full = sum(figures == len(rows[row]) for row, figures in stated.items())
    if full <= 4 * len(empty):
        return set()
    return {place for place in cells if place[0] in empty}


_FIGURES_LEAST: Final = 8  # so many figures of a table, no two of them the same, do not come about by chance


def _is_porous(read: Table) -> bool:
    """Whether figures have no row, or an extractor dropped lines that it had met before: then no
    figure comes twice.
    """
    figures = [cell.value for cell in read.cells if cell.value is not None]
    if any(cell.row is None and cell.value for cell in read.cells):
        return True
    blank = len(read.cells) - len(figures)
    return len(set(figures)) == len(figures) >= _FIGURES_LEAST and blank * 4 > len(
        figures
    )


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

    def of(self, term: Term) -> At:
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
        yield from (
            Place(row=row) for row in dict.fromkeys(row for row, _ in sheet.cells)
        )
    else:
        yield Place()


# --- one relation at one place


class Evidence(NamedTuple):
    """The operands of a relation at a place, with the doubts about them.

    `porous` says that one of them stands in a table whose blanks may be none. `other` are the
    operands with what rows that come twice say the second time; empty where none does.
    """

    operands: tuple[Operand, ...]
    doubtful: bool
    absent: bool
    inferred_by: bool
    porous: bool = False
    other: tuple[Operand, ...] = ()


Find = Callable[[Term, Place], "tuple[Sheet, At] | None"]
"""Finds the table and the place in it of an operand; None where there is no such table."""


def gather(formula: Formula, place: Place, find: Find, relation: str) -> Evidence:
    """The operands of a relation, wherever they stand."""
    found = [find(term, place) for term in formula.terms]
    operands = [
        _of_term(term, at) for term, at in zip(formula.terms, found, strict=True)
    ]
    stated = [
        at
        for at, operand in zip(found, operands, strict=True)
        if at is not None and operand.reading != "absent"
    ]
    doubtful = [(sheet, at) for sheet, at in stated if at in sheet.doubtful]
    return Evidence(
        operands=tuple(operands),
        doubtful=bool(doubtful),
        absent=len(stated) < len(operands),
        inferred_by=any(_is_inferred_by(relation, *at) for at in doubtful),
        porous=any(at is not None and at[0].porous for at in found),
        other=_second(found, operands),
    )


def _of_term(term: Term, found: tuple[Sheet, At] | None) -> Operand:
    if found is None:
        return Operand(term.address, term.address, None, "absent")
    sheet, at = found
    operand = sheet.operand(*at)
    return evolve(operand, name=f"prev:{operand.name}") if term.prev else operand


def _is_inferred_by(relation: str, sheet: Sheet, at: At) -> bool:
    """Whether arithmetic put the figure there by that very relation."""
    span = sheet.operand(*at).span
    if not sheet.inferred or span is None:
        return False
    return relation in sheet.inferred.get(span.start, "").replace(",", " ").split()


def _second(
    found: Sequence[tuple[Sheet, At] | None], operands: Sequence[Operand]
) -> tuple[Operand, ...]:
    """The operands with what rows that come twice say the second time; empty where none does."""
    if not any(at is not None and at[1] in at[0].twice for at in found):
        return ()
    return tuple(
        _again(at, operand) for at, operand in zip(found, operands, strict=True)
    )


def _again(found: tuple[Sheet, At] | None, operand: Operand) -> Operand:
    cell = found[0].twice.get(found[1]) if found is not None else None
    if cell is None:
        return operand
    label, value, reading = cell.label, cell.value, cell.reading
    return Operand(operand.name, label, value, reading, False, cell.span, cell.source)


def weigh(formula: Formula, operands: Sequence[Operand]) -> Judgement:
    """What the arithmetic says."""
    amounts = [amount_of(operand) for operand in operands]
    return judge(formula, amounts[: len(formula.left)], amounts[len(formula.left) :])


def amount_of(operand: Operand) -> Amount:
    """The figure of a cell; cells are exact."""
    return Amount(operand.value, operand.value, operand.value)


def decide(
    relation: Relation,
    formula: Formula,
    evidence: Evidence,
    judgement: Judgement,
    heading: bool,
) -> tuple[Verdict, Reason | None]:
    """The verdict, and why it is not a plain one."""
    match judgement.outcome:
        case "nothing" | "gap" as nothing:
            return "undecided", "doubtful" if evidence.doubtful else nothing
        case "unclear":
            return "undecided", "approximate"
        case "holds" if evidence.inferred_by:
            return "undecided", "circular"
        case "holds":
            return "holds", "missing" if evidence.absent else _of_blanks(judgement)
        case "fails":
            reason = _doubt(formula, evidence, judgement, heading)
            return ("undecided", reason) if reason else ("fails", _of_blanks(judgement))


def _of_blanks(judgement: Judgement) -> Reason | None:
    return "blanks" if judgement.blanks else None


def _doubt(
    formula: Formula, evidence: Evidence, judgement: Judgement, heading: bool
) -> Reason | None:
    """Why a relation that fails may hold all the same."""
    if evidence.doubtful or (
        judgement.blanks and evidence.porous and not evidence.absent
    ):
        return "doubtful"
    if evidence.other and weigh(formula, evidence.other).outcome == "holds":
        return "doubtful"
    if evidence.absent:
        return "absent"
    return "heading" if heading else None


def finding(
    code: str,
    relation: Relation,
    formula: Formula,
    evidence: Evidence,
    judgement: Judgement,
    verdict: Verdict,
    reason: Reason | None,
    where: tuple[str, str],
    explanations: Iterable[str] = (),
) -> Finding:
    """The finding, with its sentences. `where` is what the place is called, in English
    and in Chinese."""
    line = arithmetic(formula, evidence.operands, judgement)
    operands, difference = evidence.operands, judgement.difference
    return told(
        code,
        relation,
        verdict,
        operands,
        difference,
        line,
        reason,
        explanations,
        where,
        formula=formula,
    )


def told(
    code: str,
    relation: Relation,
    verdict: Verdict,
    operands: tuple[Operand, ...],
    difference: Figure | None,
    sum_up: str | tuple[str, str],
    reason: Reason | None = None,
    explanations: Iterable[str] = (),
    where: tuple[str, str] = ("", ""),
    at: Operand | None = None,
    formula: Formula | None = None,
) -> Finding:
    """The finding of a verdict that is reached already; it points at the first figure,
    or at the one of `at`. `formula` is that over just these operands, if there is one.

    `sum_up` are the figures as a line, or such a line in English and one in Chinese.
    """
    why = tuple(explanations)
    english, chinese = (sum_up, sum_up) if isinstance(sum_up, str) else sum_up
    pointed = at or _pointed(operands)
    return Finding(
        code=code,
        relation=relation.id,
        verdict=verdict,
        severity=severity_of(code, relation, verdict),
        operands=operands,
        difference=difference,
        explanations=why,
        message=sentence("en", relation.name + where[0], english, reason, why),
        message_zh=sentence("zh", relation.name_zh + where[1], chinese, reason, why),
        span=pointed.span if pointed else None,
        source=pointed.source if pointed else None,
        formula=formula,
    )


def _pointed(operands: Sequence[Operand]) -> Operand | None:
    """The operand to point at: the first figure that has a place, or else the first place."""
    placed = [operand for operand in operands if operand.span is not None]
    figures = [operand for operand in placed if operand.value is not None]
    return next(iter([*figures, *placed]), None)


_RANK: Final[Mapping[Severity, int]] = {"info": 0, "warning": 1, "error": 2}


def severity_of(code: str, relation: Relation, verdict: Verdict) -> Severity:
    """Only a failure is above info, and that of a usual relation is not either."""
    if verdict != "fails" or relation.status == "usual":
        return "info"
    return min(relation.severity, CHECKS[code].severity, key=lambda s: _RANK[s])
