"""Relations between figures (勾稽关系): written in one line, parsed by `relation.lark`,
judged on amounts.

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

from attrs import field, frozen

from govdisclose._lexicon.grammar import text_parser

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
        return (
            f"{'prev:' * self.prev}{self.key}{f'@{self.column}' if self.column else ''}"
        )


@frozen
class Formula:
    """A relation, parsed. `per` says what its operands are: rows (judged per column),
    columns (per row), or cells.

    `terms` are the operands of both sides; `cross_year` says that one of them is a
    figure of last year's report."""

    left: tuple[Term, ...]
    operator: Operator
    right: tuple[Term, ...]
    tolerance: Decimal = Decimal(0)
    per: Literal["column", "row"] | None = None
    if_stated: bool = False
    terms: tuple[Term, ...] = field(init=False, eq=False, repr=False)
    cross_year: bool = field(init=False, eq=False, repr=False)

    @terms.default
    def _terms(self) -> tuple[Term, ...]:
        return (*self.left, *self.right)

    @cross_year.default
    def _cross_year(self) -> bool:
        return any(term.prev for term in (*self.left, *self.right))

    @property
    def kind(self) -> Kind:
        """`sum` (the one on the left is the sum of the right), `equal`, `balance` (both
        are sums), or `at_least`."""
        if self.operator == ">=":
            return "at_least"
        if len(self.left) > 1:
            return "balance"
        return "sum" if len(self.right) > 1 else "equal"


class _Build:
    """Reductions of `relation.lark`."""

    @staticmethod
    def relation(children: list[Any]) -> Formula:
        left, operator, right, *rest = children
        options = dict(rest)
        return Formula(
            left,
            ">=" if operator == ">=" else "=",
            right,
            options.get("within", Decimal(0)),
            options.get("per"),
            "stated" in options,
        )

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
    """The relation that `rule` writes; made once a process. Raises what Lark raises on
    a line that is none.

    >>> formula = parse_formula("fees.total = fees.proactive + fees.requests within 0.01 per column")
    >>> formula.kind, formula.per, formula.tolerance, [term.key for term in formula.right]
    ('sum', 'column', Decimal('0.01'), ['fees.proactive', 'fees.requests'])
    """
    formula: Formula = _parser()(rule)
    return formula


# --- judging


class Amount(NamedTuple):
    """What an operand states: a figure, or a range from `low` to `high` (None: without
    end); all None where blank."""

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
    """The outcome, the left side less the right (of the figures as stated), and how
    many blanks were read as nought."""

    outcome: Outcome
    difference: Figure | None
    blanks: int


def judge(
    formula: Formula, left: Sequence[Amount], right: Sequence[Amount]
) -> Judgement:
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
    if not (stated[0] or stated[1]) or (formula.if_stated and not stated[0]):
        return Judgement("nothing", None, 0)
    blanks = len(left) + len(right) - len(stated[0]) - len(stated[1])
    one, other = _total(formula.left, left), _total(formula.right, right)
    if not stated[0] or (not stated[1] and one and formula.operator == "="):
        return Judgement("gap", None, blanks)
    difference = one - other
    if all(a.exact for side in stated for a in side):
        short = difference < -formula.tolerance
        wrong = (
            short
            if formula.operator == ">="
            else short or difference > formula.tolerance
        )
        return Judgement("fails" if wrong else "holds", difference, blanks)
    (low, high), (least, most) = (
        _range(formula.left, left),
        _range(formula.right, right),
    )
    below = high is not None and least is not None and high < least - formula.tolerance
    above = low is not None and most is not None and low > most + formula.tolerance
    if formula.operator == ">=":
        covers = low is not None and most is not None and low >= most
        return Judgement(
            "holds" if covers else "fails" if below else "unclear", None, blanks
        )
    return Judgement("fails" if below or above else "unclear", None, blanks)


def _total(terms: Sequence[Term], amounts: Sequence[Amount]) -> Figure:
    """The sum of a side; blanks count as nought."""
    total: Figure = 0
    for term, amount in zip(terms, amounts, strict=True):
        value = amount.value
        if value:
            total += value if term.sign > 0 else -value
    return total


def _range(
    terms: Sequence[Term], amounts: Sequence[Amount]
) -> tuple[Figure | None, Figure | None]:
    """The least and the most that a side may come to; None where there is no end."""
    low: Figure | None = 0
    high: Figure | None = 0
    for term, amount in zip(terms, amounts, strict=True):
        if amount.value is not None:
            least, most = (
                (amount.low, amount.high)
                if term.sign > 0
                else (amount.high, amount.low)
            )
            low = None if low is None or least is None else low + term.sign * least
            high = None if high is None or most is None else high + term.sign * most
    return low, high
