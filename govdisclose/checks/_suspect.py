"""The one figure whose correction mends most of what fails.

A slip in one cell breaks every sum that the cell is in. For each figure of a sum that
fails there is one value that would make the sum hold; it is held against every other
sum that the figure is in. The figure is a suspect where its correction mends a failure,
breaks nothing that holds, and no other correction mends as many of the same failures.
In doubt there is none: a wrong hint costs more than no hint.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, NamedTuple

from attrs import evolve

from govdisclose.finding import Figure, Finding, Operand, Suspect
from govdisclose.text import Span

# Of a report with more failures than this no single figure is the reason; and the time stays linear.
_FAILURES_MOST: Final = 60
_VALUES_MOST: Final = 8  # values that one figure is tried with


class _Sum(NamedTuple):
    """An arithmetic finding: how its difference changes with each figure, and what it may be."""

    weights: Mapping[Span, int]
    difference: Figure
    tolerance: Decimal
    exact: bool  # the sides must be the same; else the left one is not less

    def holds(self, change: Figure = 0) -> bool:
        """Whether it holds when its difference changes by so much."""
        now = self.difference + change
        return now >= -self.tolerance and not (self.exact and now > self.tolerance)


class _Correction(NamedTuple):
    """A figure, the value that it would have, and the failures that this mends."""

    operand: Operand
    value: Figure
    mends: frozenset[int]


def with_suspects(findings: Sequence[Finding]) -> list[Finding]:
    """The findings, in the same order; those that the correction of one figure would
    mend name it."""
    sums = {i: made for i, f in enumerate(findings) if (made := _sum_of(f)) is not None}
    failures = [i for i in sums if _is_fault(findings[i])][:_FAILURES_MOST]
    out = list(findings)
    if not failures:
        return out
    for found in _chosen(list(_corrections(findings, sums, failures))):
        suspect = Suspect(found.operand, found.value, len(found.mends))
        for i in found.mends:
            out[i] = evolve(out[i], suspect=suspect)
    return out


def _is_fault(finding: Finding) -> bool:
    """Whether it fails, and is no relation that has legitimate exceptions."""
    return finding.verdict == "fails" and finding.severity != "info"


def _sum_of(finding: Finding) -> _Sum | None:
    """The finding as a sum; None where it is none, or its figures are not exact, or
    not of one unit."""
    formula = finding.formula
    if formula is None or finding.verdict not in ("holds", "fails"):
        return None
    signs = [t.sign for t in formula.left] + [-t.sign for t in formula.right]
    weights: dict[Span, int] = {}
    total: Figure = 0
    for sign, operand in zip(signs, finding.operands, strict=True):
        if operand.approximate:
            return None
        if operand.span is not None:
            weights[operand.span] = weights.get(operand.span, 0) + sign
        total += sign * (operand.value or 0)
    if total != finding.difference:
        return None
    return _Sum(weights, total, formula.tolerance, formula.operator == "=")


def _corrections(
    findings: Sequence[Finding], sums: Mapping[int, _Sum], failures: Sequence[int]
) -> Iterator[_Correction]:
    """Every correction that mends a failure and breaks nothing."""
    places: dict[Span, list[int]] = {}
    for i, one in sums.items():
        for place in one.weights:
            places.setdefault(place, []).append(i)
    tried: dict[Span, set[Figure]] = {}
    for i in failures:
        for operand in findings[i].operands:
            span = operand.span
            value = _mended(sums[i], operand)
            if span is None or value is None:
                continue
            values = tried.setdefault(span, set())
            if value in values or len(values) >= _VALUES_MOST:
                continue
            values.add(value)
            change = value - (operand.value or 0)
            after = {
                j: sums[j].holds(sums[j].weights[span] * change) for j in places[span]
            }
            if all(after[j] for j in after if findings[j].verdict == "holds"):
                mends = frozenset(j for j in failures if after.get(j))
                yield _Correction(operand, value, mends)


def _mended(failed: _Sum, operand: Operand) -> Figure | None:
    """The value with which the figure would make the sum hold; None where there is no
    such count."""
    if operand.span is None or not failed.exact:
        return None
    if operand.value is None and operand.reading != "blank":
        return None  # what is there is no figure, and nothing is missing
    weight = failed.weights[operand.span]
    if abs(weight) != 1:
        return None
    value = (operand.value or 0) - failed.difference * weight
    return value if value >= 0 else None


def _chosen(corrections: Sequence[_Correction]) -> Iterator[_Correction]:
    """Those that mend most, one after the other; none where two are as good."""
    left = sorted(corrections, key=lambda c: -len(c.mends))
    done: set[int] = set()
    for i, one in enumerate(left):
        if done & one.mends:
            continue
        rivals = [
            other
            for other in left[i + 1 :]
            if len(other.mends) == len(one.mends) and other.mends & one.mends
        ]
        done |= one.mends.union(*(rival.mends for rival in rivals))
        if not rivals:
            yield one
