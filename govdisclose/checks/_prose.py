"""Checks of prose: against the tables, against the relations of the form, and against itself."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from typing import Final, NamedTuple

from govdisclose._lexicon.numeral import shifted
from govdisclose._prose.statement import Statement
from govdisclose.checks._rules import RULES
from govdisclose.checks._say import Reason, arithmetic
from govdisclose.checks._sheet import Sheet, told
from govdisclose.finding import Figure, Finding, Operand, Verdict
from govdisclose.form import Derived, Form, Relation, catalogue
from govdisclose.form.alternative import alternatives_of
from govdisclose.form.relation import Amount, Formula, Judgement, Term, judge, parse_formula
from govdisclose.report import Report

At = tuple[str, str]
_NOT_THE_YEAR: Final = frozenset(("month", "quarter"))
_GOVERNMENTS: Final = ("政府", "办公室", "办公厅", "委员会办公室")


# --- where an indicator stands in the tables


def located(sheet: Sheet, key: str, cumulative: bool = False) -> tuple[At, ...]:
    """The cells of a table that an indicator stands in: one, or those that a derived figure adds up, or none."""
    row, at, column = key.partition("@")
    table = sheet.table
    columns = {c.key: c.period for c in table.columns}
    if at and row in sheet.rows and column in columns:
        return ((row, column),) if (row, column) in sheet.cells else _derived(sheet, key, cumulative)
    if table.key_from == "column" and key in columns:
        return ((table.rows[0].key, key),)
    if row in sheet.rows and not at:
        wanted = _column(sheet, cumulative)
        return ((row, wanted),) if wanted and columns[wanted] not in _NOT_THE_YEAR else ()
    return _derived(sheet, key, cumulative)


def _column(sheet: Sheet, cumulative: bool) -> str | None:
    if cumulative:
        return next((c.key for c in sheet.table.columns if c.period == "cumulative"), None)
    return sheet.table.main_column


def _derived(sheet: Sheet, key: str, cumulative: bool) -> tuple[At, ...]:
    row, at, column = key.partition("@")
    rule = next((d for d in sheet.form.derived if d.key == row), None)
    if rule is None:
        return ()
    found = [located(sheet, f"{term.key}{at}{column}", cumulative) for term in rule.formula.right]
    return tuple(place for places in found for place in places) if all(found) else ()


# --- against the tables


def against_tables(report: Report, sheets: Sequence[Sheet], stated: Sequence[Statement]) -> Iterator[Finding]:
    """Every statement of an indicator that a table has as well, for the same period and body."""
    said_of: dict[tuple[str, str], set[tuple[str, Figure | None]]] = {}
    for statement in stated:
        words = statement.words, statement.amount.value
        said_of.setdefault((statement.key, statement.period), set()).add(words)
    for statement in stated:
        cumulative = statement.period == "cumulative"
        if not (statement.plain or (cumulative and statement.scope != "other")):
            continue
        compared = [c for sheet in sheets for c in [_compare(statement, sheet, cumulative)] if c is not None]
        if compared:
            best = next((c for c in compared if c.judgement.outcome == "holds"), compared[0])
            yield _weighed(report, statement, best, said_of[statement.key, statement.period])


class _Compared(NamedTuple):
    sheet: Sheet
    places: tuple[At, ...]
    formula: Formula
    operands: tuple[Operand, ...]
    judgement: Judgement


def said(statement: Statement) -> Operand:
    """The statement as an operand."""
    quantity = statement.quantity
    return Operand(
        "stated", statement.words.replace("#", quantity.raw if quantity else ""), statement.amount.value,
        "words" if quantity is None else "prose", not statement.amount.exact, statement.span, statement.source,
    )  # fmt: skip


@cache
def _formula(names: tuple[str, ...]) -> Formula:
    return Formula((Term("stated"),), "=", tuple(map(Term, names)))


@lru_cache(maxsize=1024)
def _relation(id_: str, label: str, table: str) -> Relation:
    return Relation(
        id_, f"prose and table, {label}", f"正文与表格，{label}", table, "stated = cell", "warning", "definitional",
        "prose and table of one report state one figure",
    )  # fmt: skip


def _compare(statement: Statement, sheet: Sheet, cumulative: bool) -> _Compared | None:
    places = located(sheet, statement.key, cumulative)
    cells = [sheet.operand(*place) for place in places]
    if not cells or any(cell.reading == "absent" for cell in cells):
        return None
    formula = _formula(tuple(cell.name for cell in cells))
    amounts = [_in_unit(statement, sheet, *at) for at in zip(places, cells, strict=True)]
    judgement = judge(formula, [statement.amount], amounts)
    return _Compared(sheet, places, formula, (said(statement), *cells), judgement)


_SCALES: Final = {"千": 3, "万": 4, "百万": 6, "亿": 8}


def _in_unit(statement: Statement, sheet: Sheet, place: At, cell: Operand) -> Amount:
    """The amount of a cell in the unit of the sentence: 3 of the unit 万元 are 30000元."""
    unit = sheet.cells[place].unit or ""
    said = statement.quantity.unit if statement.quantity else None
    if cell.value is None or not said or not unit.endswith(said):
        return Amount.of(cell.value)
    return Amount.of(shifted(cell.value, _SCALES.get(unit.removesuffix(said), 0)))


def _weighed(
    report: Report, statement: Statement, c: _Compared, others: AbstractSet[tuple[str, Figure | None]]
) -> Finding:
    verdict, reason, explanations = _verdict(report, statement, c, others)
    label = c.operands[1].label or c.operands[1].name
    words = statement.quantity is None and statement.amount.value == 0
    code = "words-of-zero" if words else "prose-table"
    relation = _relation(statement.id, label, c.sheet.table.id)
    sum_up = arithmetic(c.formula, c.operands, c.judgement)
    return told(code, relation, verdict, c.operands, c.judgement.difference, sum_up, reason, explanations)


def _verdict(
    report: Report, statement: Statement, c: _Compared, others: AbstractSet[tuple[str, Figure | None]]
) -> tuple[Verdict, Reason | None, tuple[str, ...]]:
    outcome = c.judgement.outcome
    if outcome == "holds":
        return "holds", "blanks" if c.judgement.blanks else None, ()
    if outcome == "unclear":
        return "undecided", "approximate", ()
    if any(place in c.sheet.doubtful or place in c.sheet.twice for place in c.places):
        return "undecided", "doubtful", ()
    explanations = tuple(dict.fromkeys(_explanations(statement, c)))
    if explanations:
        return "explained", None, explanations
    if outcome != "fails":
        return "undecided", "gap", ()
    if not statement.certain:
        return "undecided", "scope", ()
    if statement.scope == "whole" and not (report.metadata.issuer or "").endswith(_GOVERNMENTS):
        return "undecided", "scope", ()
    figure = c.operands[1].value if len(c.operands) == 2 else None
    if figure is not None and (statement.words, figure) in others:
        return "fails", None, ()  # the same words, once with the figure of the table and once with another
    if any(value != statement.amount.value for _, value in others):
        return "undecided", "several", ()
    return "fails", None, ()


def _explanations(statement: Statement, c: _Compared) -> Iterator[str]:
    for alternative in alternatives_of(statement.key):
        formula = parse_formula(alternative.rule)
        cells: list[Operand] = []
        for term in formula.right:
            places = located(c.sheet, term.address)
            if len(places) != 1 or places[0] in c.sheet.doubtful:
                break
            cells.append(c.sheet.operand(*places[0]))
        else:
            judged = judge(formula, [statement.amount], [Amount.of(cell.value) for cell in cells])
            if judged.outcome == "holds" and statement.amount.value and any(cell.value for cell in cells):
                yield alternative.id
    if len(c.places) == 1 and _one_row_away(statement, c.sheet, c.places[0]):
        yield "one-row-away"


def _one_row_away(statement: Statement, sheet: Sheet, place: At) -> bool:
    """Whether the row itself is blank or nought, and a row beside it, of the same parent, has the figure."""
    row, column = place
    if sheet.operand(row, column).value or not statement.amount.value or not statement.amount.exact:
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


# --- against the relations of the form


class _Rule(NamedTuple):
    """A relation as prose states it: `single` is the operand of a side of one, `wanted` are the keys of all."""

    relation: Relation
    formula: Formula
    single: str | None
    wanted: frozenset[str]


@cache
def _rules(form: str) -> tuple[_Rule, ...]:
    known = catalogue().forms[form]
    out = []
    for relation in known.relations:
        formula = _folded(relation.formula, known.derived)
        if formula.per == "column" and not formula.cross_year and not formula.if_stated:
            single = formula.left if len(formula.left) == 1 else formula.right if len(formula.right) == 1 else None
            wanted = frozenset(term.key for term in formula.terms)
            out.append(_Rule(relation, formula, single[0].key if single else None, wanted))
    return tuple(out)


def relations_in_prose(forms: Iterable[Form], stated: Sequence[Statement]) -> Iterator[Finding]:
    """The relations of the form over what one paragraph states: a total, and its parts behind it."""
    by_passage: dict[int, dict[str, list[Statement]]] = {}
    for statement in stated:
        if statement.plain:
            keys = by_passage.setdefault(statement.passage, {})
            keys.setdefault(statement.key.removesuffix("@total"), []).append(statement)
    for form in forms:
        for mine in by_passage.values():
            if len(mine) > 1:
                for rule in _rules(form.id):
                    if rule.single is None or rule.single in mine:
                        yield from _over(rule, mine)


def _folded(formula: Formula, derived: Iterable[Derived]) -> Formula:
    """The relation with derived figures in place of the rows that they add up, as prose states them."""
    right = list(formula.right)
    for rule in derived:
        parts = {term.key for term in rule.formula.right}
        if parts <= {term.key for term in right}:
            right = [*(term for term in right if term.key not in parts), Term(rule.key)]
    return Formula(formula.left, formula.operator, tuple(right), formula.tolerance, formula.per, formula.if_stated)


_PARTS_LEAST: Final = 2


def _over(rule: _Rule, stated: Mapping[str, Sequence[Statement]]) -> Iterator[Finding]:
    keys = rule.wanted & stated.keys()
    if len(keys) < _PARTS_LEAST:
        return
    mine = sorted((s for key in keys for s in stated[key]), key=lambda s: s.at)
    if rule.single is None:
        if keys == rule.wanted:
            yield from _judged(rule, mine)
        return
    places = [s.at for s in mine]
    totals = sorted(stated[rule.single], key=lambda s: s.at)
    for i, total in enumerate(totals):
        end = totals[i + 1].at if i + 1 < len(totals) else 1 << 62
        behind = mine[bisect_right(places, total.at) : bisect_left(places, end)]
        parts = [s for s in behind if s.key != total.key]
        least = min(_PARTS_LEAST, len(rule.wanted) - 1)
        if len({s.key for s in parts}) >= least:
            yield from _judged(rule, [total, *parts])


def _judged(rule: _Rule, stated: Sequence[Statement]) -> Iterator[Finding]:
    relation, formula = rule.relation, rule.formula
    found: dict[str, Statement] = {}
    for statement in stated:
        key = statement.key.removesuffix("@total")
        if key in found and found[key].amount.value != statement.amount.value:
            return  # two figures for one part: whose they are is not known
        found.setdefault(key, statement)
    operands = tuple(_operand(term, found) for term in formula.terms)
    amounts = [found[t.key].amount if t.key in found else Amount.of(None) for t in formula.terms]
    cut = len(formula.left)
    judgement = judge(formula, amounts[:cut], amounts[cut:])
    missing = len(found) < len(formula.terms)
    verdict: Verdict = "holds"
    reason: Reason | None = "unstated" if missing else None
    explanations: tuple[str, ...] = ()
    if judgement.outcome == "fails":
        over = judgement.difference is not None and judgement.difference < 0
        certain = (
            not missing
            or (over and cut == 1 and formula.operator == "=")
            or (over and formula.operator == ">=" and cut == 1)
        )
        verdict, reason = ("fails", reason) if certain else ("undecided", "unstated")
        explanations = tuple(dict.fromkeys(_instead(relation, found)))
        if explanations:
            verdict, reason = "explained", None
    elif judgement.outcome != "holds":
        verdict, reason = "undecided", "approximate" if judgement.outcome == "unclear" else "gap"
    sum_up = arithmetic(formula, operands, judgement)
    yield told("prose-relation", relation, verdict, operands, judgement.difference, sum_up, reason, explanations)


def _instead(relation: Relation, found: Mapping[str, Statement]) -> Iterator[str]:
    """What explains a mismatch: relations that hold in its place, of figures that are all stated."""
    for alternative in alternatives_of(relation.id):
        formula = parse_formula(alternative.rule)
        if all(term.key in found and found[term.key].amount.value for term in formula.terms):
            amounts = [found[term.key].amount for term in formula.terms]
            cut = len(formula.left)
            if judge(formula, amounts[:cut], amounts[cut:]).outcome == "holds":
                yield alternative.id


def _operand(term: Term, found: Mapping[str, Statement]) -> Operand:
    statement = found.get(term.key)
    if statement is None:
        return Operand(term.key, term.key, None, "absent")
    operand = said(statement)
    return Operand(
        term.key, operand.label, operand.value, operand.reading, operand.approximate, operand.span, operand.source
    )


# --- the same statement twice


_WORDS_LEAST: Final = 6


def repeats(sheets: Sequence[Sheet], stated: Sequence[Statement]) -> Iterator[Finding]:
    """Statements of one indicator in the same words, where no table has it."""
    rule = RULES["prose.repeat"]
    formula = rule.formula
    met: dict[tuple[str, str, str | None], Statement] = {}
    for statement in stated:
        if not statement.plain or statement.quantity is None or len(statement.words) < _WORDS_LEAST:
            continue
        if any(located(sheet, statement.key) for sheet in sheets):
            continue
        key = statement.key, statement.words, statement.body
        first = met.setdefault(key, statement)
        if first is statement:
            continue
        operands = (said(first), said(statement))
        judgement = judge(formula, [first.amount], [statement.amount])
        verdict: Verdict = {"holds": "holds", "fails": "fails"}.get(judgement.outcome, "undecided")  # type: ignore[assignment]
        reason: Reason | None = None if verdict != "undecided" else "approximate"
        sum_up = arithmetic(formula, operands, judgement)
        yield told("prose-repeat", rule, verdict, operands, judgement.difference, sum_up, reason, at=operands[1])
