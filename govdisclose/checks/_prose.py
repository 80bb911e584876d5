"""Checks of what sentences state against the relations of the form, and against itself."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final, NamedTuple

from govdisclose._prose.statement import Statement
from govdisclose.checks._located import located
from govdisclose.checks._rules import RULES
from govdisclose.checks._say import Reason, arithmetic
from govdisclose.checks._sheet import Sheet, told
from govdisclose.checks._stated import said
from govdisclose.finding import Finding, Operand, Verdict
from govdisclose.form import Derived, Form, Relation, catalogue
from govdisclose.form.alternative import alternatives_of
from govdisclose.form.relation import (
    Amount,
    Formula,
    Judgement,
    Term,
    judge,
    parse_formula,
)

# --- against the relations of the form


class _Rule(NamedTuple):
    """A relation as prose states it: `single` is the operand of a side of one, `wanted`
    are the keys of all."""

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
            single = (
                formula.left
                if len(formula.left) == 1
                else formula.right
                if len(formula.right) == 1
                else None
            )
            wanted = frozenset(term.key for term in formula.terms)
            out.append(
                _Rule(relation, formula, single[0].key if single else None, wanted)
            )
    return tuple(out)


def relations_in_prose(
    forms: Iterable[Form], stated: Sequence[Statement]
) -> Iterator[Finding]:
    """The relations of the form over what one paragraph states: a total, and its parts
    behind it."""
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
    """The relation with derived figures in place of the rows that they add up, as prose
    states them."""
    right = list(formula.right)
    for rule in derived:
        parts = {term.key for term in rule.formula.right}
        if parts <= {term.key for term in right}:
            right = [*(term for term in right if term.key not in parts), Term(rule.key)]
    return Formula(
        formula.left,
        formula.operator,
        tuple(right),
        formula.tolerance,
        formula.per,
        formula.if_stated,
    )


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
    for total, parts in _groups(mine, stated[rule.single]):
        least = min(_PARTS_LEAST, len(rule.wanted) - 1)
        if len({s.key for s in parts}) >= least:
            yield from _judged(rule, [total, *parts])


def _groups(
    mine: Sequence[Statement], totals: Sequence[Statement]
) -> Iterator[tuple[Statement, list[Statement]]]:
    """Each total with the statements of other indicators between it and the next one."""
    places = [s.at for s in mine]
    totals = sorted(totals, key=lambda s: s.at)
    for i, total in enumerate(totals):
        end = totals[i + 1].at if i + 1 < len(totals) else 1 << 62
        behind = mine[bisect_right(places, total.at) : bisect_left(places, end)]
        yield total, [s for s in behind if s.key != total.key]


def _judged(rule: _Rule, stated: Sequence[Statement]) -> Iterator[Finding]:
    relation, formula = rule.relation, rule.formula
    found = _by_key(stated)
    if found is None:
        return
    operands = tuple(_operand(term, found) for term in formula.terms)
    amounts = [
        found[t.key].amount if t.key in found else Amount.of(None)
        for t in formula.terms
    ]
    cut = len(formula.left)
    judgement = judge(formula, amounts[:cut], amounts[cut:])
    verdict, reason, explanations = _verdict(rule, judgement, found)
    line, difference = arithmetic(formula, operands, judgement), judgement.difference
    code = "prose-relation"
    yield told(
        code,
        relation,
        verdict,
        operands,
        difference,
        line,
        reason,
        explanations,
        formula=formula,
    )


def _by_key(stated: Sequence[Statement]) -> Mapping[str, Statement] | None:
    """The statements by their indicators; None where two state one differently: whose
    they are is not known."""
    found: dict[str, Statement] = {}
    for statement in stated:
        first = found.setdefault(statement.key.removesuffix("@total"), statement)
        if first.amount.value != statement.amount.value:
            return None
    return found


def _verdict(
    rule: _Rule, judgement: Judgement, found: Mapping[str, Statement]
) -> tuple[Verdict, Reason | None, tuple[str, ...]]:
    missing = len(found) < len(rule.formula.terms)
    reason: Reason | None = "unstated" if missing else None
    if judgement.outcome == "holds":
        return "holds", reason, ()
    if judgement.outcome != "fails":
        return (
            "undecided",
            "approximate" if judgement.outcome == "unclear" else "gap",
            (),
        )
    explanations = tuple(dict.fromkeys(_instead(rule.relation, found)))
    if explanations:
        return "explained", None, explanations
    # parts that are not stated can only add to a total that is too small already
    over = judgement.difference is not None and judgement.difference < 0
    if missing and not (over and len(rule.formula.left) == 1):
        return "undecided", "unstated", ()
    return "fails", reason, ()


def _instead(relation: Relation, found: Mapping[str, Statement]) -> Iterator[str]:
    """What explains a mismatch: relations that hold in its place, of figures that are
    all stated."""
    for alternative in alternatives_of(relation.id):
        formula = parse_formula(alternative.rule)
        if all(
            term.key in found and found[term.key].amount.value for term in formula.terms
        ):
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
        term.key,
        operand.label,
        operand.value,
        operand.reading,
        operand.approximate,
        operand.span,
        operand.source,
    )


# --- the same statement twice


_WORDS_LEAST: Final = 6


def repeats(sheets: Sequence[Sheet], stated: Sequence[Statement]) -> Iterator[Finding]:
    """Statements of one indicator in the same words, where no table has it."""
    met: dict[tuple[str, str, str | None], Statement] = {}
    for statement in stated:
        if not _is_telling(statement):
            continue
        if any(located(sheet, statement.key) for sheet in sheets):
            continue
        key = statement.key, statement.words, statement.body
        first = met.setdefault(key, statement)
        if first is not statement:
            yield _repeated(first, statement)


def _is_telling(statement: Statement) -> bool:
    return (
        statement.plain
        and statement.quantity is not None
        and len(statement.words) >= _WORDS_LEAST
    )


def _repeated(first: Statement, statement: Statement) -> Finding:
    rule = RULES["prose.repeat"]
    operands = (said(first), said(statement))
    judgement = judge(rule.formula, [first.amount], [statement.amount])
    outcome = judgement.outcome
    verdict: Verdict = outcome if outcome in ("holds", "fails") else "undecided"
    reason: Reason | None = "approximate" if verdict == "undecided" else None
    line, difference = (
        arithmetic(rule.formula, operands, judgement),
        judgement.difference,
    )
    return told(
        "prose-repeat",
        rule,
        verdict,
        operands,
        difference,
        line,
        reason,
        at=operands[1],
    )
