"""Whether a table adds up: where most of its relations fail, it was misread, or it is wrong.

A slip of the pen breaks the relations of one figure. Columns in another order than their heads,
cells that slid, and figures printed apart from their labels break most of all. The worse a table
is, the more certain that is, so it is said of the table and of each of its figures, and not left to
the checks of single relations.

Guarantees:

1. No figure is changed; the figures of a table that does not add up carry `contradictory-table`.
2. Relations that fail by one figure that they share say nothing of the table.
3. Linear in the number of cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from attrs import evolve

from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.form import FormTable, Relation, catalogue
from govdisclose.form.alternative import alternatives_of
from govdisclose.form.relation import Formula, Term, parse_formula
from govdisclose.report import Cell, Figure, Table

CODE: Final = "contradictory-table"
_FAILURES_LEAST: Final = (
    3  # two typing errors in one row break two relations and the sum below
)
_ALL_LEAST: Final = 2  # where none holds

At = tuple[str, str]
Figures = Mapping[At, Cell]


def add_up(tables: Sequence[Table]) -> tuple[list[Table], list[Diagnostic]]:
    """The tables, those that do not add up with the code on their cells, and a
    diagnostic for each of those."""
    out: list[Table] = []
    faults: list[Diagnostic] = []
    for table in tables:
        tally = _tally(table)
        if _contradicts(tally):
            out.append(_marked(table))
            faults.append(_fault(table, tally))
        else:
            out.append(table)
    return out, faults


def _marked(table: Table) -> Table:
    cells = [
        _with_code(cell) if cell.value is not None else cell for cell in table.cells
    ]
    return evolve(table, cells=tuple(cells))


def _with_code(cell: Cell) -> Cell:
    return evolve(cell, diagnostics=(*cell.diagnostics, CODE))


def _fault(table: Table, tally: _Tally) -> Diagnostic:
    failed, all_ = len(tally.failed), len(tally.failed) + tally.held
    said = f"{failed} of {all_} relations between its figures fail: misread, or wrong"
    said_zh = f"所涉{all_}条勾稽关系中有{failed}条不成立，可能识读有误，或报告本身有误"
    return diagnose(CODE, said, table.span, table.source, said_zh)


# --- the tally of a table


class _Tally(NamedTuple):
    """The places of the operands of each relation that failed, and how many held."""

    failed: tuple[frozenset[At], ...]
    held: int


def _contradicts(tally: _Tally) -> bool:
    """Whether so many relations fail that it is likelier to be the table than a figure."""
    failed = len(tally.failed)
    if (
        failed < (_FAILURES_LEAST if tally.held else _ALL_LEAST)
        or failed * 2 <= tally.held
    ):
        return False
    return not frozenset.intersection(*tally.failed)


_NONE: Final = _Tally((), 0)


def _tally(table: Table) -> _Tally:
    if table.form is None or table.table is None:
        return _NONE
    rules = _rules(table.form, table.table)
    figures: dict[At, Cell] = {}
    for cell in table.cells:
        if cell.row is not None and cell.column is not None:
            figures.setdefault((cell.row, cell.column), cell)
    if not any(cell.value for cell in figures.values()):
        return _NONE
    failed: list[frozenset[At]] = []
    held = 0
    for rule in rules:
        for sides in rule.places:
            outcome = _outcome(rule.formula, sides, figures)
            if outcome == "holds":
                held += 1
            elif outcome == "fails" and not _is_explained(rule, sides, figures):
                failed.append(
                    frozenset(at for side in sides for at in side if at in figures)
                )
    return _Tally(tuple(failed), held)


# --- the relations of a table, each at its places

Sides = tuple[tuple[At, ...], tuple[At, ...]]


class _Rule(NamedTuple):
    """A relation with the places of its operands, once for each column or row in which
    it is judged."""

    relation: Relation
    formula: Formula
    places: tuple[Sides, ...]


@cache
def _rules(form: str, table: str) -> tuple[_Rule, ...]:
    known = catalogue().forms.get(form)
    shape = next((t for t in known.tables if t.id == table), None) if known else None
    if known is None or shape is None:
        return ()
    headings = {row.key for row in shape.rows if row.group}
    return tuple(
        _Rule(relation, relation.formula, tuple(_places(relation.formula, shape)))
        for relation in known.relations
        if relation.table == table and _says_of_table(relation, headings)
    )


def _says_of_table(relation: Relation, headings: set[str]) -> bool:
    """Whether the relation must hold within one table: no usual one, none between years, none of a
    heading row.
    """
    if (
        relation.status == "usual"
        or relation.severity == "info"
        or relation.formula.cross_year
    ):
        return False
    return relation.formula.left[0].key not in headings


def _places(formula: Formula, shape: FormTable) -> Iterator[Sides]:
    if formula.per == "column":
        for column in shape.columns:
            yield _sides(formula, None, column.key)
    elif formula.per == "row":
        for row in shape.rows:
            yield _sides(formula, row.key, None)
    else:
        yield _sides(formula, None, None)


def _sides(formula: Formula, row: str | None, column: str | None) -> Sides:
    left, right = (
        tuple(_at(term, row, column) for term in side)
        for side in (formula.left, formula.right)
    )
    return left, right


def _at(term: Term, row: str | None, column: str | None) -> At:
    if term.column is not None:
        return term.key, term.column
    if row is not None:
        return row, term.key
    return term.key, column or ""


# --- judging


def _outcome(formula: Formula, sides: Sides, figures: Figures) -> str | None:
    """Whether the figures agree; None where too few are stated to tell, or all are nought.

    A blank may hide any figure, so that a total fails for want of one only where the parts are more
    than it.
    """
    left, right = (_read(side, figures) for side in sides)
    if left is None or right is None:
        return None
    one = _sum(formula.left, left)
    other = _sum(formula.right, right)
    if not one and not other:
        return None
    difference = one - other
    short = difference < -formula.tolerance
    over = difference > formula.tolerance and formula.operator == "="
    if not short and not over:
        return "holds"
    if None not in left and None not in right:
        return "fails"
    return "fails" if short and None not in left and _only_added(formula) else None


def _read(side: tuple[At, ...], figures: Figures) -> list[Figure | None] | None:
    """The figures of a side; None where none is stated."""
    values = [figures[at].value if at in figures else None for at in side]
    return None if all(value is None for value in values) else values


def _sum(terms: Sequence[Term], values: Sequence[Figure | None]) -> Figure:
    total: Figure = 0
    for term, value in zip(terms, values, strict=True):
        if value:
            total += term.sign * value
    return total


def _only_added(formula: Formula) -> bool:
    return all(term.sign > 0 for term in formula.right)


def _is_explained(rule: _Rule, sides: Sides, figures: Figures) -> bool:
    """Whether a known explanation of such a mismatch holds there."""
    (row, column), *_ = sides[0]
    for alternative in alternatives_of(rule.relation.id):
        formula = parse_formula(alternative.rule)
        there = _sides(formula, row if formula.per == "row" else None, column)
        if _outcome(formula, there, figures) == "holds":
            return True
    return False
