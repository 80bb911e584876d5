"""Checks of what sentences state against the tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from itertools import islice
from typing import Final, NamedTuple, TypeAlias

from govdisclose._lexicon.numeral import shifted
from govdisclose._prose.statement import Statement
from govdisclose.checks._located import located
from govdisclose.checks._say import Reason, arithmetic
from govdisclose.checks._sheet import At, Sheet, told
from govdisclose.finding import Figure, Finding, Operand, Verdict
from govdisclose.form import Relation
from govdisclose.form.alternative import Instead, alternatives_of
from govdisclose.form.relation import (
    Amount,
    Formula,
    Judgement,
    Term,
    judge,
    parse_formula,
)
from govdisclose.report import Report

_GOVERNMENTS: Final = ("政府", "办公室", "办公厅", "委员会办公室")
_SHEETS_MOST: Final = 8  # tables that a statement is held against
_Place: TypeAlias = tuple[Sheet, tuple[At, ...]]
"""A table, and the cells in it that have an indicator."""

Said = tuple[str, Figure | None]
"""The words of a statement and its figure."""


def against_tables(
    report: Report, sheets: Sequence[Sheet], stated: Sequence[Statement]
) -> Iterator[Finding]:
    """Every statement of an indicator that a table has as well, for the same period and body."""
    said_of: dict[tuple[str, str], set[Said]] = {}
    for statement in stated:
        words = statement.words, statement.amount.value
        said_of.setdefault((statement.key, statement.period), set()).add(words)
    having: dict[tuple[str, bool], list[_Place]] = {}
    for statement in stated:
        if not _is_of_report(statement):
            continue
        key = statement.key, statement.period == "cumulative"
        if key not in having:
            having[key] = list(islice(_places(sheets, *key), _SHEETS_MOST))
        found = [_compare(statement, *place) for place in having[key]]
        if found:
            best = next((c for c in found if c.judgement.outcome == "holds"), found[0])
            others = said_of[statement.key, statement.period]
            yield _weighed(report, best, others)


def _is_of_report(statement: Statement) -> bool:
    """Whether it speaks of the year, or of all years, and of the body that reports."""
    cumulative = statement.period == "cumulative"
    return statement.plain or (cumulative and statement.scope != "other")


class _Compared(NamedTuple):
    """A statement beside the cells that have its indicator."""

    statement: Statement
    sheet: Sheet
    places: tuple[At, ...]
    formula: Formula
    operands: tuple[Operand, ...]
    judgement: Judgement


def said(statement: Statement) -> Operand:
    """The statement as an operand."""
    quantity = statement.quantity
    words = statement.words.replace("#", quantity.raw if quantity else "")
    reading = "words" if quantity is None else "prose"
    vague = not statement.amount.exact
    value, span, source = statement.amount.value, statement.span, statement.source
    return Operand("stated", words, value, reading, vague, span, source)


@cache
def _formula(names: tuple[str, ...]) -> Formula:
    return Formula((Term("stated"),), "=", tuple(map(Term, names)))


@lru_cache(maxsize=1024)
def _relation(id_: str, label: str, table: str) -> Relation:
    return Relation(
        id=id_,
        name=f"prose and table, {label}",
        name_zh=f"正文与表格，{label}",
        table=table,
        rule="stated = cell",
        severity="warning",
        status="definitional",
        source="prose and table of one report state one figure",
    )


def _places(sheets: Iterable[Sheet], key: str, cumulative: bool) -> Iterator[_Place]:
    """The tables that have all cells of an indicator, and where."""
    for sheet in sheets:
        places = located(sheet, key, cumulative)
        cells = [sheet.operand(*place) for place in places]
        if cells and not any(cell.reading == "absent" for cell in cells):
            yield sheet, places


def _compare(statement: Statement, sheet: Sheet, places: tuple[At, ...]) -> _Compared:
    cells = [sheet.operand(*place) for place in places]
    formula = _formula(tuple(cell.name for cell in cells))
    amounts = [
        _in_unit(statement, sheet, *at) for at in zip(places, cells, strict=True)
    ]
    judgement = judge(formula, [statement.amount], amounts)
    return _Compared(
        statement, sheet, places, formula, (said(statement), *cells), judgement
    )


_SCALES: Final = {"": 0, "千": 3, "万": 4, "百万": 6, "亿": 8}


def _in_unit(statement: Statement, sheet: Sheet, place: At, cell: Operand) -> Amount:
    """The amount of a cell in the unit of the sentence: 3 of the unit 万元 are 30000元."""
    unit = sheet.cells[place].unit or ""
    wanted = statement.quantity.unit if statement.quantity else None
    if cell.value is None or not wanted or not unit.endswith(wanted):
        return Amount.of(cell.value)
    scale = _SCALES.get(unit.removesuffix(wanted))
    return Amount.of(None if scale is None else shifted(cell.value, scale))


def _weighed(report: Report, c: _Compared, others: AbstractSet[Said]) -> Finding:
    statement = c.statement
    verdict, reason, explanations = _verdict(report, c, others)
    label = c.operands[1].label or c.operands[1].name
    words = statement.quantity is None and statement.amount.value == 0
    code = "words-of-zero" if words else "prose-table"
    relation = _relation(statement.id, label, c.sheet.table.id)
    line = arithmetic(c.formula, c.operands, c.judgement)
    difference = c.judgement.difference
    return told(
        code,
        relation,
        verdict,
        c.operands,
        difference,
        line,
        reason,
        explanations,
        formula=c.formula,
    )


def _verdict(
    report: Report, c: _Compared, others: AbstractSet[Said]
) -> tuple[Verdict, Reason | None, tuple[str, ...]]:
    outcome = c.judgement.outcome
    if outcome == "holds":
        return "holds", "blanks" if c.judgement.blanks else None, ()
    if outcome == "unclear":
        return "undecided", "approximate", ()
    if any(place in c.sheet.doubtful or place in c.sheet.twice for place in c.places):
        return "undecided", "doubtful", ()
    explanations = tuple(dict.fromkeys(_explanations(c)))
    if explanations:
        return "explained", None, explanations
    reason = "gap" if outcome != "fails" else _doubt(report, c, others)
    return ("undecided" if reason else "fails"), reason, ()


def _doubt(report: Report, c: _Compared, others: AbstractSet[Said]) -> Reason | None:
    """Why a figure that differs from the table may not be of the same thing."""
    statement = c.statement
    government = (report.metadata.issuer or "").endswith(_GOVERNMENTS)
    if not statement.certain or (statement.scope == "whole" and not government):
        return "scope"
    figure = c.operands[1].value if len(c.operands) == 2 else None
    if figure is not None and (statement.words, figure) in others:
        return None  # the same words, once with the figure of the table and once with another
    differ = any(value != statement.amount.value for _, value in others)
    return "several" if differ else None


def _explanations(c: _Compared) -> Iterator[str]:
    for alternative in alternatives_of(c.statement.key):
        if _accounts_for(alternative, c):
            yield alternative.id
    if len(c.places) == 1 and _one_row_away(c.statement, c.sheet, c.places[0]):
        yield "one-row-away"


def _accounts_for(alternative: Instead, c: _Compared) -> bool:
    """Whether the figure is that of other cells, by a known explanation; noughts
    explain nothing."""
    formula = parse_formula(alternative.rule)
    found = [located(c.sheet, term.address) for term in formula.right]
    if any(len(places) != 1 or places[0] in c.sheet.doubtful for places in found):
        return False
    cells = [c.sheet.operand(*places[0]) for places in found]
    if not c.statement.amount.value or not any(cell.value for cell in cells):
        return False
    amounts = [Amount.of(cell.value) for cell in cells]
    return judge(formula, [c.statement.amount], amounts).outcome == "holds"


def _one_row_away(statement: Statement, sheet: Sheet, place: At) -> bool:
    """Whether the row itself is blank or nought, and a row beside it, of the same parent, has the
    figure.
    """
    row, column = place
    if (
        sheet.operand(row, column).value
        or not statement.amount.value
        or not statement.amount.exact
    ):
        return False
    keys = [r.key for r in sheet.table.rows]
    at = keys.index(row)
    return any(
        sheet.rows[near].parent == sheet.rows[row].parent
        and sheet.operand(near, column).value == statement.amount.value
        and (near, column) not in sheet.doubtful
        for near in keys[max(0, at - 1) : at + 2]
        if near != row
    )
