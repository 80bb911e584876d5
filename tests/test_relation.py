"""Relations: written in one line, judged on amounts; every row of the catalogue can hold, fail and be undecided."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark.exceptions import LarkError

from govdisclose import Finding, Report, Table, check, check_series
from govdisclose.form import Form, FormTable, Relation, catalogue
from govdisclose.form.relation import (
    Amount,
    Figure,
    Formula,
    Term,
    judge,
    parse_formula,
)
from govdisclose.report import Cell, Metadata
from govdisclose.text import Span

FORMS = catalogue().forms
ALL = [(form, relation) for form in FORMS.values() for relation in form.relations]
RULES = Path(__file__).resolve().parents[2] / "shared" / "domain" / "rules.toml"


# --- the line


def test_a_line_says_sides_operator_tolerance_and_where_it_is_judged() -> None:
    formula = parse_formula("a.b - c = prev:d@e + f within 0.01 per row if stated")
    assert formula.left == (Term("a.b"), Term("c", sign=-1))
    assert formula.right == (Term("d", "e", prev=True), Term("f"))
    assert (formula.operator, formula.tolerance, formula.per, formula.if_stated) == (
        "=",
        Decimal("0.01"),
        "row",
        True,
    )


def test_keys_that_begin_like_words_of_the_grammar_are_keys() -> None:
    formula = parse_formula("period >= permits per row")
    assert [term.key for term in formula.terms] == ["period", "permits"]


@pytest.mark.parametrize(
    "line", ["", "a", "a =", "a == b", "= b", "a = b per cell", "a = b + + c", "A = b"]
)
def test_a_line_that_is_none_is_refused(line: str) -> None:
    with pytest.raises(LarkError):
        parse_formula(line)


def test_ids_are_unique_and_each_has_its_names_and_its_source() -> None:
    ids = [relation.id for _, relation in ALL]
    assert len(set(ids)) == len(ids)
    assert all(
        r.name and r.name_zh and r.source and r.name != r.name_zh for _, r in ALL
    )


def test_what_a_form_prints_is_quoted() -> None:
    assert {r.id for _, r in ALL if r.wording} == {
        r.id for _, r in ALL if r.status == "official"
    }


# --- judging

AMOUNTS = st.one_of(st.none(), st.integers(0, 1000)).map(Amount.of)


def _sum(parts: int) -> Formula:
    return Formula((Term("total"),), "=", tuple(Term(f"part{i}") for i in range(parts)))


@given(AMOUNTS, st.lists(AMOUNTS, min_size=1, max_size=6), st.randoms())
def test_the_order_of_parts_does_not_matter(
    total: Amount, parts: list[Amount], rng: object
) -> None:
    shuffled = sorted(
        parts, key=lambda amount: (amount.value is None, amount.value or 0)
    )
    assert judge(_sum(len(parts)), [total], parts) == judge(
        _sum(len(parts)), [total], shuffled
    )


@given(st.lists(AMOUNTS, min_size=1, max_size=6))
def test_a_total_without_a_figure_never_fails(parts: list[Amount]) -> None:
    for operator in ("=", ">="):
        formula = Formula((Term("total"),), operator, _sum(len(parts)).right)
        assert judge(formula, [Amount.of(None)], parts).outcome in ("gap", "nothing")


@given(st.integers(1, 1000), st.lists(AMOUNTS, min_size=1, max_size=6))
def test_blanks_among_stated_parts_count_as_nought_and_are_counted(
    total: int, parts: list[Amount]
) -> None:
    judged = judge(_sum(len(parts)), [Amount.of(total)], parts)
    stated = [a.value for a in parts if a.value is not None]
    assert judged.blanks == len(parts) - len(stated)
    assert judged.outcome == (
        "gap" if not stated else "holds" if sum(stated) == total else "fails"
    )


@given(st.integers(0, 100), st.integers(0, 100), st.integers(1, 50))
def test_an_approximate_figure_is_never_equal(
    value: int, other: int, width: int
) -> None:
    about = Amount(value, value, value + width, exact=False)
    outcome = judge(parse_formula("a = b"), [about], [Amount.of(other)]).outcome
    assert outcome == ("unclear" if value <= other <= value + width else "fails")


def test_an_open_range_covers_and_is_covered_by_what_it_must() -> None:
    more = Amount(100, 100, None, exact=False)
    covers = parse_formula("a >= b")
    assert judge(covers, [more], [Amount.of(90)]).outcome == "holds"
    assert judge(covers, [Amount.of(90)], [more]).outcome == "fails"
    assert judge(covers, [Amount.of(200)], [more]).outcome == "unclear"


# --- every relation of the catalogue

Values = Mapping[tuple[str, str], Figure | None]


def _table(form: Form, relation: Relation) -> FormTable:
    return next(table for table in form.tables if table.id == relation.table)


def _at(form: Form, relation: Relation, term: Term) -> tuple[str, str]:
    """A place where the relation is judged: the first column, or the first row that is no heading."""
    table = _table(form, relation)
    if term.column is not None:
        return term.key, term.column
    if relation.formula.per == "column":
        return term.key, table.columns[0].key
    return next(row.key for row in table.rows if not row.group), term.key


def _report(form: Form, relation: Relation, year: int, values: Values) -> Report:
    table = _table(form, relation)
    labels = {row.key: row.label for row in table.rows}
    cells = tuple(
        Cell(
            row,
            column,
            labels[row],
            value,
            None,
            "blank" if value is None else "number",
            "",
            Span(0, 0),
        )
        for (row, column), value in values.items()
    )
    read = Table(form.id, table.id, None, Span(0, 0), cells)
    return Report(metadata=Metadata(year=year), tables=(read,))


def _judged(
    form: Form, relation: Relation, amounts: Sequence[Figure | None]
) -> Finding:
    """What is said of the relation where its operands are these."""
    this: dict[tuple[str, str], Figure | None] = {}
    last: dict[tuple[str, str], Figure | None] = {}
    for term, amount in zip(relation.formula.terms, amounts, strict=True):
        (last if term.prev else this)[_at(form, relation, term)] = amount
    now = _report(form, relation, form.first_year + 1, this)
    findings = check(now)
    if relation.formula.cross_year:
        findings = check_series([_report(form, relation, form.first_year, last), now])
    return next(f for f in findings if f.relation == relation.id)


def _solved(formula: Formula, off: int = 0) -> list[Figure | None]:
    """Amounts that satisfy the relation, or miss it by `off`: odd ones, so that nothing explains a miss by chance."""
    size = len(formula.left)
    amounts = [1000 + 137 * i + 11 * i * i for i in range(len(formula.terms))]
    signs = [term.sign for term in formula.terms]
    right = sum(s * a for s, a in zip(signs[size:], amounts[size:], strict=True))
    amounts[0] = (
        right
        - sum(s * a for s, a in zip(signs[1:size], amounts[1:size], strict=True))
        + off
    )
    return [*amounts]


def _is_heading(form: Form, relation: Relation) -> bool:
    """Whether the left side is a heading of the form, which states no figure of its own and never fails."""
    return any(
        row.group and row.key == relation.formula.left[0].key
        for row in _table(form, relation).rows
    )


@pytest.mark.parametrize(
    ("form", "relation"), ALL, ids=[relation.id for _, relation in ALL]
)
def test_every_relation_can_hold_fail_and_be_undecided(
    form: Form, relation: Relation
) -> None:
    formula = relation.formula
    assert _judged(form, relation, _solved(formula)).verdict == "holds"
    assert _judged(form, relation, _solved(formula, off=-7)).verdict == (
        "undecided" if _is_heading(form, relation) else "fails"
    )
    blank = _solved(formula)
    if not formula.if_stated:
        blank[: len(formula.left)] = [None] * len(formula.left)
        assert _judged(form, relation, blank).verdict == "undecided"


@pytest.mark.parametrize(
    ("form", "relation"), ALL, ids=[relation.id for _, relation in ALL]
)
def test_only_what_has_no_exceptions_is_above_info(
    form: Form, relation: Relation
) -> None:
    failed = _judged(form, relation, _solved(relation.formula, off=-7))
    assert (failed.severity == "info") == (
        relation.status == "usual" or relation.severity == "info"
    )


# --- the facts that they were written from


@pytest.mark.gold
@pytest.mark.skipif(
    not RULES.is_file(), reason="no rules.toml in ../shared/domain beside the checkout"
)
def test_every_rule_of_the_domain_is_carried_over() -> None:
    """Id, operands, operator, tolerance, status and severity are those of the facts."""
    known = {relation.id: relation for _, relation in ALL}
    for rule in tomllib.loads(RULES.read_text("utf-8"))["rule"]:
        relation = known[rule["id"]]
        formula = relation.formula
        row = (
            rule["scope"].removeprefix("row:")
            if rule["scope"].startswith("row:")
            else None
        )
        for side, terms in (("left", formula.left), ("right", formula.right)):
            assert [_written(term, row) for term in terms] == rule[side], relation.id
        assert formula.operator == (">=" if rule["kind"] == "at_least" else "=")
        assert formula.tolerance == Decimal(str(rule["tolerance"]))
        assert formula.per == {"each_column": "column", "each_row": "row"}.get(
            rule["scope"]
        )
        assert (relation.table, relation.status, relation.severity) == (
            rule["table"],
            rule["status"],
            rule["severity"],
        )
        assert formula.if_stated == ("only_if" in rule)
        assert formula.cross_year == rule.get("cross_year", False)


def _written(term: Term, row: str | None) -> str:
    """An operand as the facts write it."""
    name = (
        (term.column or term.key)
        if row
        else term.key + (f"@{term.column}" if term.column else "")
    )
    return f"{'-' if term.sign < 0 else ''}{'prev:' * term.prev}{name}"


@pytest.mark.gold
@pytest.mark.skipif(
    not RULES.is_file(), reason="no rules.toml in ../shared/domain beside the checkout"
)
def test_every_derived_figure_of_the_domain_is_carried_over() -> None:
    rows = tomllib.loads(RULES.read_text("utf-8"))["derived"]
    ours = {
        (form.id, d.key): [t.key for t in d.formula.right]
        for form in FORMS.values()
        for d in form.derived
    }
    assert ours == {(row["form"], row["key"]): row["sum_of"] for row in rows}
