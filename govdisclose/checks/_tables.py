"""Checks within a table, and between tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from govdisclose.checks._rules import RULES
from govdisclose.checks._sheet import (
    At,
    Evidence,
    Find,
    Place,
    Sheet,
    decide,
    finding,
    gather,
    places,
    weigh,
)
from govdisclose.finding import Finding, Operand
from govdisclose.form import Relation
from govdisclose.form.alternative import alternatives_of
from govdisclose.form.relation import Formula, Term, parse_formula


def within_tables(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Every relation of the form, wherever it is to hold in one table. Those over two
    years are for a series."""
    for sheet in sheets:
        mine = [
            r
            for r in sheet.form.relations
            if r.table == sheet.table.id and not r.formula.cross_year
        ]
        for relation in mine:
            yield from judged("table-relation", relation, sheet, _finder(sheet))


def _finder(sheet: Sheet) -> Find:
    def find(term: Term, place: Place) -> tuple[Sheet, At]:
        return sheet, place.of(term)

    return find


def judged(
    code: str, relation: Relation, sheet: Sheet, find: Find
) -> Iterator[Finding]:
    """The findings of one relation, at each place of `sheet`; its operands are where `find` finds
    them.
    """
    formula = relation.formula
    for place in places(formula, sheet):
        evidence = gather(formula, place, find, relation.id)
        if all(operand.reading == "absent" for operand in evidence.operands):
            continue
        judgement = weigh(formula, evidence.operands)
        if judgement.outcome == "nothing" and formula.if_stated:
            continue
        heading = formula.left[0].key in sheet.headings
        verdict, reason = decide(relation, formula, evidence, judgement, heading)
        explanations: tuple[str, ...] = ()
        if judgement.outcome == "fails" and not evidence.doubtful:
            explanations = tuple(_explained(relation, place, find))
            if explanations:
                verdict, reason = "explained", None
        where = _where(sheet, place)
        yield finding(
            code,
            relation,
            formula,
            evidence,
            judgement,
            verdict,
            reason,
            where,
            explanations,
        )


def _explained(relation: Relation, place: Place, find: Find) -> Iterator[str]:
    for alternative in alternatives_of(relation.id):
        formula = parse_formula(alternative.rule)
        evidence = gather(formula, place, find, relation.id)
        if (
            not evidence.doubtful
            and weigh(formula, evidence.operands).outcome == "holds"
            and _says_something(formula, evidence)
        ):
            yield alternative.id


def _says_something(formula: Formula, evidence: Evidence) -> bool:
    """Whether both sides have a figure that is not nought: 0 = 0 explains nothing."""
    cut = len(formula.left)
    return all(
        any(o.value for o in side)
        for side in (evidence.operands[:cut], evidence.operands[cut:])
    )


def _where(sheet: Sheet, place: Place) -> tuple[str, str]:
    if place.column is not None and len(sheet.table.columns) > 1:
        label = next(c.label for c in sheet.table.columns if c.key == place.column)
        return f", column {label}", f"，{label}列"
    if place.row is not None and len(sheet.table.rows) > 1:
        label = sheet.rows[place.row].label if place.row in sheet.rows else place.row
        return f", row {label}", f"，{label}行"
    return "", ""


# --- between tables

_AGREE = RULES["tables.same_indicator"]


def between_tables(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """Indicators that two tables of the report state, for the same period.

    Tables side by side may be of two years or two bodies, so what differs is `info`, and undecided
    where most differs.
    """
    if not _overlap(sheets):
        return
    met: dict[str, list[tuple[Sheet, At]]] = {}
    for sheet in sheets:
        for at, cell in sheet.cells.items():
            if cell.value is not None and at[0] not in sheet.headings:
                met.setdefault(_indicator(sheet, at), []).append((sheet, at))
    pairs = [
        found for found in met.values() if len({id(sheet) for sheet, _ in found}) > 1
    ]
    out = list(_compared(pairs))
    apart = sum(f.difference != 0 for f in out)
    if apart * 2 <= len(out):
        yield from out


def _indicator(sheet: Sheet, at: At) -> str:
    """What a cell counts, whatever its column is called: the row and the period, or the
    cell of a wide table."""
    row, column = at
    period = (
        next((c.period for c in sheet.table.columns if c.key == column), None) or "year"
    )
    if len(sheet.table.columns) <= 2:
        return f"{row}@{period}"
    if sheet.table.key_from == "column" or period == "year":
        return sheet.name(row, column)
    return sheet.name(row, period)


def _overlap(sheets: Sequence[Sheet]) -> bool:
    """Whether two of the tables have a row or, without labels, a column of the same key."""
    seen: set[str] = set()
    for sheet in sheets:
        mine = (
            {row for row, _ in sheet.cells}
            if sheet.table.key_from != "column"
            else set(sheet.columns)
        )
        if not seen.isdisjoint(mine):
            return True
        seen |= mine
    return False


def _compared(pairs: Iterable[Sequence[tuple[Sheet, At]]]) -> Iterator[Finding]:
    formula = _AGREE.formula
    for (one, at), (other, there), *_ in pairs:
        operands: tuple[Operand, ...] = (one.operand(*at), other.operand(*there))
        doubtful = at in one.doubtful or there in other.doubtful
        evidence = Evidence(operands, doubtful, False, False)
        judgement = weigh(formula, evidence.operands)
        verdict, reason = decide(_AGREE, formula, evidence, judgement, False)
        label = f", {operands[0].label}", f"，{operands[0].label}"
        yield finding(
            "cross-table", _AGREE, formula, evidence, judgement, verdict, reason, label
        )
