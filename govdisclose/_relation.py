"""Relations between figures (勾稽关系): written in one line, parsed by `relation.lark`, judged on amounts.

The rule of judging, as the catalogue's sources have it:

1. Where no operand has a figure, nothing can be said. A side without any is a gap (a missing total; a missing
   breakdown, if the total is not nought), not an error of arithmetic. Of `>=` only the left side counts for that.
2. Else a blank counts as nought, and the verdict says so: a blank is not the same statement as 0.
3. A figure that is approximate stands for a range. Ranges that overlap prove nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Final, Literal, NamedTuple, TypeAlias

from attrs import frozen

from govdisclose._grammar import text_parser

Figure: TypeAlias = int | Decimal
Operator = Literal["=", ">="]
Kind = Literal["sum", "equal", "balance", "at_least"]


@frozen
class Term:
    """An operand: a key of a row or of a column, or a cell (`column` is set). `sign` is 1 or -1."""

    key: str
    column: str | None = None
    sign: int = 1
    prev: bool = False

    @property
    def address(self) -> str:
        """The operand as it is written, without its sign."""
        return f"{'prev:' * self.prev}{self.key}{f'@{self.column}' if self.column else ''}"


@frozen
class Formula:
    """A relation, parsed. `per` says what its operands are: rows (judged per column), columns (per row), or cells."""

    left: tuple[Term, ...]
    operator: Operator
    right: tuple[Term, ...]
    tolerance: Decimal = Decimal(0)
    per: Literal["column", "row"] | None = None
    if_stated: bool = False

    @property
    def terms(self) -> tuple[Term, ...]:
        """The operands of both sides."""
        return (*self.left, *self.right)

    @property
    def kind(self) -> Kind:
        """`sum` (the one on the left is the sum of the right), `equal`, `balance` (both are sums), or `at_least`."""
        if self.operator == ">=":
            return "at_least"
        if len(self.left) > 1:
            return "balance"
        return "sum" if len(self.right) > 1 else "equal"

    @property
    def cross_year(self) -> bool:
        """Whether an operand is a figure of last year's report."""
        return any(term.prev for term in self.terms)


class _Build:
    """Reductions of `relation.lark`."""

    @staticmethod
    def relation(children: list[Any]) -> Formula:
        left, operator, right, *rest = children
        options = dict(rest)
        return Formula(
            left, ">=" if operator == ">=" else "=", right, options.get("within", Decimal(0)), options.get("per"),
            "stated" in options,
        )  # fmt: skip

    @staticmethod
    def side(children: list[Term]) -> tuple[Term, ...]:
        return tuple(children)

    @staticmethod
    def more(children: list[Any]) -> Term:
        sign, term = children
        return Term(term.key, term.column, -1 if sign == "-" else 1, term.prev)

    @staticmethod
    def term(children: list[Any]) -> Term:
        prev = children[0] is _PREV
        key, *column = map(str, children[prev:])
        return Term(key, column[0] if column else None, 1, prev)

    @staticmethod
    def prev(_: list[Any]) -> object:
        return _PREV

    @staticmethod
    def within(children: list[str]) -> tuple[str, Decimal]:
        return "within", Decimal(children[0])

    @staticmethod
    def per(children: list[str]) -> tuple[str, str]:
        return "per", str(children[0])

    @staticmethod
    def stated(_: list[Any]) -> tuple[str, bool]:
        return "stated", True


_PREV: Final = object()


@cache
def _parser() -> Callable[[str], Any]:
    return text_parser("relation", _Build())


@cache
def parse_formula(rule: str) -> Formula:
    """The relation that `rule` writes; made once a process. Raises what Lark raises on a line that is none.

    >>> formula = parse_formula("fees.total = fees.proactive + fees.requests within 0.01 per column")
    >>> formula.kind, formula.per, formula.tolerance, [term.key for term in formula.right]
    ('sum', 'column', Decimal('0.01'), ['fees.proactive', 'fees.requests'])
    """
    formula: Formula = _parser()(rule)
    return formula


# --- judging


class Amount(NamedTuple):
    """What an operand states: a figure, or a range from `low` to `high` (None: without end); all None where blank."""

    value: Figure | None
    low: Figure | None = None
    high: Figure | None = None
    exact: bool = True

    @classmethod
    def of(cls, value: Figure | None) -> Amount:
        """An exact figure, or a blank."""
        return cls(value, value, value)


Outcome = Literal["holds", "fails", "gap", "unclear", "nothing"]
"""`gap`: one side is blank; `unclear`: ranges overlap; `nothing`: there is no figure at all."""


class Judgement(NamedTuple):
    """The outcome, the left side less the right (of the figures as stated), and how many blanks were read as nought."""

    outcome: Outcome
    difference: Figure | None
    blanks: int


def judge(formula: Formula, left: Sequence[Amount], right: Sequence[Amount]) -> Judgement:
    """What the relation says of these amounts, in the order of its operands.

    >>> staff = parse_formula("staff = full_time + part_time")
    >>> judge(staff, [Amount.of(29)], [Amount.of(1), Amount.of(28)])
    Judgement(outcome='holds', difference=0, blanks=0)
    >>> judge(staff, [Amount.of(29)], [Amount.of(29), Amount.of(None)])
    Judgement(outcome='holds', difference=0, blanks=1)
    >>> judge(staff, [Amount.of(None)], [Amount.of(None), Amount.of(1)]).outcome
    'gap'
    """
    stated = [[a for a in side if a.value is not None] for side in (left, right)]
    if not any(stated) or (formula.if_stated and not stated[0]):
        return Judgement("nothing", None, 0)
    blanks = len(left) + len(right) - len(stated[0]) - len(stated[1])
    one, other = _total(formula.left, left), _total(formula.right, right)
    if not stated[0] or (not stated[1] and one.value and formula.operator == "="):
        return Judgement("gap", None, blanks)
    assert one.value is not None
    assert other.value is not None
    difference = one.value - other.value
    if one.exact and other.exact:
        short = difference < -formula.tolerance
        wrong = short if formula.operator == ">=" else short or difference > formula.tolerance
        return Judgement("fails" if wrong else "holds", difference, blanks)
    below = one.high is not None and other.low is not None and one.high < other.low - formula.tolerance
    above = one.low is not None and other.high is not None and one.low > other.high + formula.tolerance
    if formula.operator == ">=":
        covers = one.low is not None and other.high is not None and one.low >= other.high
        return Judgement("holds" if covers else "fails" if below else "unclear", None, blanks)
    return Judgement("fails" if below or above else "unclear", None, blanks)


def _total(terms: Sequence[Term], amounts: Sequence[Amount]) -> Amount:
    """The sum of a side, as a range where one of its parts is; blanks count as nought."""
    value: Figure = 0
    low: Figure | None = 0
    high: Figure | None = 0
    exact = True
    for term, amount in zip(terms, amounts, strict=True):
        if amount.value is None:
            continue
        value += term.sign * amount.value
        ends = (amount.low, amount.high) if term.sign > 0 else (amount.high, amount.low)
        low = None if low is None or ends[0] is None else low + term.sign * ends[0]
        high = None if high is None or ends[1] is None else high + term.sign * ends[1]
        exact = exact and amount.exact
    return Amount(value, low, high, exact)
