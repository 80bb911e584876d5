"""Open rows of a table and the relations between its rows: what each row can be if all
of them hold.

Each open row is a set of candidates; a sum of rows, judged in all columns at once,
links them. A candidate is kept where the other rows have candidates with which every
relation holds. The relations of the forms make a tree (a total and its parts, one of
which may be the total of others), so what is kept row by row is what is possible in the
table as a whole.

All columns of a row are one number here: each figure in its own stretch of bits. Sums
of rows are then sums of numbers.

Guarantees:

1. No candidate that is part of a solution of all relations is struck out.
2. The work of a relation is bounded: by `SUMS_MOST` sums of candidates, and where there are more, by the least and the
   greatest figure of each row and column alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from itertools import product
from math import prod
from typing import Final, NamedTuple

from attrs import define, field

from govdisclose._solve.runs import Sums
from govdisclose._solve.search import Values

SUMS_MOST: Final = (
    16_000  # sums of candidates that are looked at on each side of a relation
)
_COVERS_MOST: Final = (
    2000  # combinations of candidates of a relation that is no equation
)
_ROUNDS_MOST: Final = 8
_ROWS_BITS: Final = (
    12  # room for sums of that many rows (as a power of two), and for the sign
)


@define(eq=False)
class Puzzle:
    """A row that is not read yet. `candidates` are all readings left, `by` the
    relations that struck out others."""

    candidates: list[Values]
    by: list[str] = field(factory=list)


def solve(
    known: Mapping[str, Values], puzzles: Mapping[str, Puzzle], sums: Sums
) -> list[tuple[str, ...]]:
    """Strike out the candidates that no solution of the relations has. Changes the puzzles.

    A relation is used where all its rows are known or puzzles; a blank counts as
    nought. Returns the rows of each relation that nothing satisfies; it strikes out
    nothing."""
    columns = max((len(p.candidates[0]) for p in puzzles.values()), default=0)
    linked = [
        _Link(name, left, right, covers)
        for name, left, right, covers in sums.rows
        if all(
            key in known or (key in puzzles and puzzles[key].candidates)
            for key in (*left, *right)
        )
        and any(key in puzzles for key in (*left, *right))
    ]
    if not linked:
        return []
    cipher = _Cipher.of(
        [*known.values(), *(c for p in puzzles.values() for c in p.candidates)], columns
    )
    failed: dict[str, tuple[str, ...]] = {}
    changed = set(puzzles)
    for _ in range(_ROUNDS_MOST):
        due = [
            link
            for link in linked
            if link.name not in failed and not changed.isdisjoint(link.keys)
        ]
        changed = set()
        for link in due:
            kept = _kept(link, known, puzzles, cipher)
            if kept is None:
                failed[link.name] = link.keys
                continue
            for key, candidates in kept.items():
                puzzle = puzzles[key]
                if len(candidates) < len(puzzle.candidates):
                    puzzle.candidates = candidates
                    puzzle.by += [link.name] if link.name not in puzzle.by else []
                    changed.add(key)
        if not changed:
            break
    return list(failed.values())


class _Link(NamedTuple):
    """A relation between rows: the sum of the left is that of the right, or, if it
    `covers`, not less."""

    name: str
    left: tuple[str, ...]
    right: tuple[str, ...]
    covers: bool

    @property
    def keys(self) -> tuple[str, ...]:
        return (*self.left, *self.right)


class _Cipher(NamedTuple):
    """How rows are written as one number: `scale` makes figures whole, `bits` are those
    of a column."""

    scale: int
    bits: int
    columns: int

    @classmethod
    def of(cls, rows: Iterable[Values], columns: int) -> _Cipher:
        figures = {v for row in rows for v in row if v}
        places = max(
            (-int(v.as_tuple().exponent) for v in figures if isinstance(v, Decimal)),
            default=0,
        )
        scale = 10 ** max(places, 0)
        most = max((abs(int(v * scale)) for v in figures), default=0)
        return cls(scale, most.bit_length() + _ROWS_BITS, columns)

    def figures(self, values: Values) -> list[int]:
        return [int(v * self.scale) if v else 0 for v in values]

    def code(self, values: Values) -> int:
        return sum(
            figure << (self.bits * i)
            for i, figure in enumerate(self.figures(values))
            if figure
        )


def _kept(
    link: _Link,
    known: Mapping[str, Values],
    puzzles: Mapping[str, Puzzle],
    cipher: _Cipher,
) -> dict[str, list[Values]] | None:
    """The candidates of each open row that the relation allows; None if it allows none at all."""
    signs = dict.fromkeys(link.left, 1) | dict.fromkeys(link.right, -1)
    opened = [key for key in signs if key not in known]
    if link.covers:
        return _covering(signs, opened, known, puzzles, cipher)
    rest = sum(signs[key] * cipher.code(known[key]) for key in signs if key in known)
    coded = {
        key: [signs[key] * cipher.code(c) for c in puzzles[key].candidates]
        for key in opened
    }
    if prod(len(set(codes)) for codes in coded.values()) > SUMS_MOST:
        narrowed = _narrowed(signs, opened, known, puzzles, cipher)
        if narrowed is None:
            return None
        coded = {
            key: [signs[key] * cipher.code(c) for c in narrowed[key]] for key in opened
        }
    else:
        narrowed = {key: puzzles[key].candidates for key in opened}
    allowed = _allowed([set(codes) for codes in coded.values()], -rest)
    if allowed is None:
        return narrowed
    if not all(allowed):
        return None
    return {
        key: [c for c, code in zip(narrowed[key], codes, strict=True) if code in fits]
        for (key, codes), fits in zip(coded.items(), allowed, strict=True)
    }


def _allowed(rows: Sequence[set[int]], total: int) -> list[set[int]] | None:
    """Of numbers to choose one from each of `rows`, those that may be part of that
    total; None if there are too many.

    >>> _allowed([{1, 2}, {10, 20}, {5}], 17)
    [{2}, {10}, {5}]
    """
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]))
    halves = order[::2], order[1::2]  # much the same number of sums on both sides
    layers = []
    for half in halves:
        sums = [{0}]
        for i in half:
            if len(sums[-1]) * len(rows[i]) > SUMS_MOST:
                return None
            sums.append({a + b for a in sums[-1] for b in rows[i]})
        layers.append(sums)
    met = layers[0][-1] & {total - other for other in layers[1][-1]}
    allowed: list[set[int]] = [set() for _ in rows]
    for half, sums, whole in zip(
        halves, layers, (met, {total - one for one in met}), strict=True
    ):
        ends = whole
        for i, before in zip(reversed(half), reversed(sums[:-1]), strict=True):
            pairs = [
                (end - number, number)
                for end in ends
                for number in rows[i]
                if end - number in before
            ]
            allowed[i] = {number for _, number in pairs}
            ends = {rest for rest, _ in pairs}
    return allowed


def _narrowed(
    signs: Mapping[str, int],
    opened: Sequence[str],
    known: Mapping[str, Values],
    puzzles: Mapping[str, Puzzle],
    cipher: _Cipher,
) -> dict[str, list[Values]] | None:
    """The candidates that the least and the greatest figures of the other rows leave
    possible, column by column."""
    left = {
        key: [
            (c, [signs[key] * v for v in cipher.figures(c)])
            for c in puzzles[key].candidates
        ]
        for key in opened
    }
    fixed = [
        [signs[key] * v for v in cipher.figures(known[key])]
        for key in signs
        if key in known
    ]
    rest = (
        [sum(column) for column in zip(*fixed, strict=True)]
        if fixed
        else [0] * cipher.columns
    )
    before = -1
    while before != (before := sum(map(len, left.values()))):
        least = {
            key: [min(c) for c in zip(*(f for _, f in rows), strict=True)]
            for key, rows in left.items()
        }
        most = {
            key: [max(c) for c in zip(*(f for _, f in rows), strict=True)]
            for key, rows in left.items()
        }
        low = [a + sum(row[i] for row in least.values()) for i, a in enumerate(rest)]
        high = [a + sum(row[i] for row in most.values()) for i, a in enumerate(rest)]
        for key, rows in left.items():
            left[key] = [
                (c, figures)
                for c, figures in rows
                if all(
                    lo - a + f <= 0 <= hi - b + f
                    for f, lo, a, hi, b in zip(
                        figures, low, least[key], high, most[key], strict=True
                    )
                )
            ]
        if not all(left.values()):
            return None
    return {key: [c for c, _ in rows] for key, rows in left.items()}


def _covering(
    signs: Mapping[str, int],
    opened: Sequence[str],
    known: Mapping[str, Values],
    puzzles: Mapping[str, Puzzle],
    cipher: _Cipher,
) -> dict[str, list[Values]] | None:
    """The candidates with which one side can be at least the other in every column."""
    rows = [puzzles[key].candidates for key in opened]
    if prod(map(len, rows)) > _COVERS_MOST:
        return dict(zip(opened, rows, strict=True))
    rest = [
        [signs[key] * v for v in cipher.figures(known[key])]
        for key in signs
        if key in known
    ]
    figures = [
        [[signs[key] * v for v in cipher.figures(c)] for c in puzzles[key].candidates]
        for key in opened
    ]
    fits: list[set[int]] = [set() for _ in opened]
    for chosen in product(*(range(len(row)) for row in rows)):
        picked = [figures[i][n] for i, n in enumerate(chosen)]
        if all(sum(column) >= 0 for column in zip(*picked, *rest, strict=True)):
            for fit, n in zip(fits, chosen, strict=True):
                fit.add(n)
    if not all(fits):
        return None
    return {
        key: [row[n] for n in sorted(fit)]
        for key, row, fit in zip(opened, rows, fits, strict=True)
    }
