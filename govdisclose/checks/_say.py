"""The sentences of findings, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from govdisclose.checks._rules import rows
from govdisclose.finding import ALTERNATIVES, Figure, Operand
from govdisclose.form.relation import Formula, Judgement, Term

Reason = Literal[
    "nothing",
    "gap",
    "approximate",
    "circular",
    "blanks",
    "doubtful",
    "absent",
    "heading",
    "unstated",
    "scope",
    "several",
    "attached",
    "missing",
    "lacking",
]

REASONS: Final[Mapping[str, tuple[str, str]]] = {
    row["id"]: (row["said"], row["said_zh"]) for row in rows("reason")
}
"""What is said of each `Reason`, in English and in Chinese."""

_SHOWN_MOST: Final = 12  # figures of a sum that a sentence repeats


def number(figure: Figure) -> str:
    """A figure as it is written."""
    return str(figure) if isinstance(figure, int) else format(figure, "f")


def _parts(terms: Sequence[Term], operands: Sequence[Operand]) -> list[str]:
    """The figures of a side, with their signs; noughts and blanks of a sum are left out."""
    return [
        f"{'-' if term.sign < 0 else '+'} {shown(operand)}"
        for term, operand in zip(terms, operands, strict=True)
        if len(terms) == 1 or operand.value
    ]


def _sum(terms: Sequence[Term], operands: Sequence[Operand]) -> str:
    """What the figures of a side add up to."""
    total: Figure = 0
    for term, operand in zip(terms, operands, strict=True):
        total += term.sign * (operand.value or 0)
    return f"{'~' * any(operand.approximate for operand in operands)}{number(total)}"


def shown(operand: Operand) -> str:
    """What an operand states, for a sum: a blank is shown as one."""
    if operand.value is None:
        return "(blank)"
    return f"~{number(operand.value)}" if operand.approximate else number(operand.value)


_SIGNS: Final = {
    ("=", "fails"): "≠",
    (">=", "fails"): "<",
    ("=", "holds"): "=",
    (">=", "holds"): ">=",
}


def arithmetic(
    formula: Formula, operands: Sequence[Operand], judgement: Judgement
) -> str:
    """The figures as a line: `29 = 1 + 28`, `13 + 98 = 111 >= 100`, `29 ≠ 28 = 1 + 27`,
    `(blank) … 1`.

    Sums are shown where they are not those of the other side.
    """
    cut = len(formula.left)
    written: list[str] = []
    sides = ((formula.left, operands[:cut]), (formula.right, operands[cut:]))
    for i, (terms, mine) in enumerate(sides):
        parts = _parts(terms, mine)
        line = " ".join(parts[:_SHOWN_MOST]).removeprefix("+ ") or "0"
        line += " + …" if len(parts) > _SHOWN_MOST else ""
        equal = formula.operator == "=" and judgement.outcome == "holds"
        if len(parts) > 1 and not equal:
            line = (
                f"{line} = {_sum(terms, mine)}"
                if i == 0
                else f"{_sum(terms, mine)} = {line}"
            )
        written.append(line)
    sign = _SIGNS.get(
        (formula.operator, judgement.outcome),
        "?" if judgement.outcome == "unclear" else "…",
    )
    return f"{written[0]} {sign} {written[1]}"


def sentence(
    language: str,
    name: str,
    sum_up: str,
    reason: Reason | None = None,
    explanations: Iterable[str] = (),
) -> str:
    """A sentence: what was judged, the figures, and why the verdict is not a plain one."""
    chinese = language == "zh"
    notes = [REASONS[reason][chinese]] if reason else []
    for key in explanations:
        alternative = ALTERNATIVES[key]
        notes.append(
            f"可解释为：{alternative.title_zh}"
            if chinese
            else f"explained by: {alternative.title}"
        )
    if chinese:
        return f"{name}：{sum_up}" + (f"（{'；'.join(notes)}）" if notes else "")
    return f"{name}: {sum_up}" + (f" ({'; '.join(notes)})" if notes else "")
