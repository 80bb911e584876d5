"""Where cells went missing, or figures ran together, the arithmetic of the form chooses.

A row of a table whose cells cannot be told apart is a set of candidates: all ways to read what stands there. The
relations of the form strike out those that do not hold, first within the row (总计 is the sum of its parts), then
between rows (the balance, the sum of outcomes). What all candidates left agree on is read; the rest is not.

Guarantees:

1. A candidate keeps the figures in the order in which they stand.
2. A figure is only given where every candidate that satisfies the relations has it there, and at least one relation
   with figures on both sides was satisfied.
3. The work is bounded: a row with more than `CANDIDATES_MOST` candidates is left unread.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from math import comb
from typing import Final, TypeAlias

from attrs import define, field, frozen

from govdisclose.form import FormTable, Relation

Figure: TypeAlias = int | Decimal
Values: TypeAlias = tuple[Figure | None, ...]

CANDIDATES_MOST: Final = 8000
_STEPS_MOST: Final = 5_000  # of the search for the digits of a row
_DIGITS_MOST: Final = 48
_ROUNDS_MOST: Final = 6
_STRICT: Final = frozenset(("official", "definitional"))


@frozen
class Sums:
    """The relations of one table, by index: of columns in every row, of rows in every column."""

    columns: tuple[tuple[str, tuple[int, ...], tuple[int, ...], bool], ...]
    rows: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]


def sums_of(table: FormTable, relations: Iterable[Relation]) -> Sums:
    """What must hold in `table`. Relations that have legitimate exceptions choose nothing."""
    index = {column.key: i for i, column in enumerate(table.columns)}
    columns, rows = [], []
    for relation in relations:
        if relation.table != table.id or relation.status not in _STRICT or relation.formula.cross_year:
            continue
        formula = relation.formula
        left, right = (tuple(term.key for term in side) for side in (formula.left, formula.right))
        if formula.per == "row":
            parts, whole = (tuple(index[key] for key in side) for side in (right, left))
            columns.append((relation.id, whole, parts, formula.operator == ">="))
        elif formula.per == "column" and formula.operator == "=":
            rows.append((relation.id, left, right))
    return Sums(tuple(columns), tuple(rows))


@define(eq=False)
class Puzzle:
    """A row that is not read yet. `candidates` are all readings left, `by` the relations that struck out others."""

    candidates: list[Values]
    by: list[str] = field(factory=list)


def placements(figures: Sequence[Figure], sums: Sums, columns: int) -> list[Values]:
    """All ways to put fewer figures than columns into the row, in order, so that the sums of the row hold.

    A sum of parts must be printed in its own cell: where it may have gone missing as well, nothing is known. Of noughts
    alone nothing is known either: any sum of them holds.
    """
    exact = any(not covers for _, _, _, covers in sums.columns)
    if not exact or not any(figures) or comb(columns, len(figures)) > CANDIDATES_MOST:
        return []
    found = []
    for places in combinations(range(columns), len(figures)):
        values: list[Figure | None] = [None] * columns
        for place, figure in zip(places, figures, strict=True):
            values[place] = figure
        if holds(values, sums):
            found.append(tuple(values))
    return found


def holds(values: Sequence[Figure | None], sums: Sums) -> bool:
    """Whether the sums of a row hold; a part left blank counts as nought, a blank total does not."""
    for _, left, right, covers in sums.columns:
        total = values[left[0]] if len(left) == 1 else sum(values[i] or 0 for i in left)
        parts = sum(values[i] or 0 for i in right)
        if total is None:
            if any(values[i] is not None for i in right):
                return False
        elif total < parts if covers else total != parts:
            return False
    return True


def splits(digits: str, sums: Sums, columns: int) -> list[Values]:
    """All ways to cut a run of digits into the figures of a row, so that the sums of the row hold.

    No figure begins with a nought unless it is 0. Any part may be blank: among figures that ran together a blank cell
    leaves no trace, and a reading without it may satisfy the sums as well.

    >>> two = Sums((("total", (2,), (0, 1), False),), ())
    >>> splits("2171218", two, 3)
    [(217, 1, 218)]
    >>> splits("55", two, 3)
    [(5, None, 5), (None, 5, 5)]
    """
    if not digits.isdecimal() or len(digits) > _DIGITS_MOST:
        return []
    blocks = [
        len(right) for _, left, right, covers in sums.columns if not covers and right == tuple(range(right[0], left[0]))
    ]
    if sum(blocks) + len(blocks) != columns:
        return _pairs(digits, sums) if columns == 2 else []  # a pair: year and cumulative
    try:
        return _block_by_block(digits, blocks)
    except _TooManyError:
        return []  # not all readings were seen, so none is the only one


class _TooManyError(Exception):
    """The digits of a row have more readings than are worth looking at."""


def _block_by_block(digits: str, blocks: Sequence[int]) -> list[Values]:
    """The readings of a row that is several sums one behind the other."""
    rows: list[tuple[int, Values]] = [(0, ())]
    steps = iter(range(_STEPS_MOST))
    for i, parts in enumerate(blocks):
        whole = i + 1 == len(blocks)
        ends = {at: list(_block(digits, at, parts, whole, steps)) for at in {at for at, _ in rows}}
        rows = [(end, (*values, *more)) for at, values in rows for end, more in ends[at]]
        if len(rows) > CANDIDATES_MOST:
            raise _TooManyError
    return [values for at, values in rows if at == len(digits)]


def _pairs(digits: str, sums: Sums) -> list[Values]:
    """The readings of a run of digits in a row of two columns that are no sum of each other."""
    cuts = [(digits[:i], digits[i:]) for i in range(1, len(digits))]
    both: list[Values] = [(int(a), int(b)) for a, b in cuts if _is_figure(a) and _is_figure(b)]
    one: list[Values] = [(int(digits), None), (None, int(digits))] if _is_figure(digits) else []
    return [values for values in both if holds(values, sums)] + one


def _is_figure(digits: str) -> bool:
    return digits == "0" or not digits.startswith("0")


def _block(digits: str, start: int, parts: int, whole: bool, steps: Iterator[int]) -> Iterator[tuple[int, Values]]:
    """The readings of `parts` parts and their total from `start` on, each with where it ends; all blank is one."""
    if not whole or start == len(digits):
        yield start, (None,) * (parts + 1)
    for end in range(len(digits) if whole else start + 1, len(digits) + 1):
        for at in range(start, end):
            if not _is_figure(digits[at:end]):
                continue
            total = int(digits[at:end])
            if int(digits[start:at] or 0) >= total:  # no sum of figures is more than they are as one
                for values in _parts(digits, start, at, parts, total, steps):
                    yield end, (*values, total)


def _parts(digits: str, start: int, end: int, parts: int, total: int, steps: Iterator[int]) -> Iterator[Values]:
    """The ways to read `digits[start:end]` as figures of up to `parts` cells that add up to `total`."""
    stack: list[tuple[int, int, Values]] = [(start, total, ())]
    while stack:
        at, left, values = stack.pop()
        if next(steps, None) is None:
            raise _TooManyError
        if len(values) == parts:
            if at == end and left == 0:
                yield values
            continue
        stack.append((at, left, (*values, None)))
        for stop in range(at + 1, end + 1):
            if not _is_figure(digits[at:stop]) or int(digits[at:stop]) > left:
                break
            stack.append((stop, left - int(digits[at:stop]), (*values, int(digits[at:stop]))))


def solve(known: Mapping[str, Values], puzzles: Mapping[str, Puzzle], sums: Sums) -> None:
    """Strike out the candidates of each puzzle that no relation between rows allows. Changes the puzzles.

    A relation is used where all its rows but one are read, or but two with few candidates.
    """
    for _ in range(_ROUNDS_MOST):
        before = sum(len(p.candidates) for p in puzzles.values())
        for name, left, right in sums.rows:
            _strike(name, left, right, known, puzzles)
        if sum(len(p.candidates) for p in puzzles.values()) == before:
            break
    for _, left, right in sums.rows:
        _doubt(left, right, known, puzzles)


def _doubt(
    left: Sequence[str], right: Sequence[str], known: Mapping[str, Values], puzzles: Mapping[str, Puzzle]
) -> None:
    """Where a relation is read in full and does not hold, none of the rows that arithmetic put there is believed.

    A blank cell among figures that ran together gives a row a reading that satisfies its own sum and is wrong.
    """
    keys = [key for key in (*left, *right) if key in known or key in puzzles]
    solved = [puzzles[key] for key in keys if key in puzzles]
    read = [known[key] if key in known else _settled(puzzles[key]) for key in keys]
    if len(keys) < len(left) + len(right) or not solved or None in read:
        return
    rows = dict(zip(keys, read, strict=True))
    for i in range(len(rows[left[0]] or ())):
        one, other = (sum((rows[key] or ())[i] or 0 for key in side) for side in (left, right))
        if one != other:
            for puzzle in solved:
                puzzle.candidates = []
            return


_PAIRS_MOST: Final = 4000


def _strike(
    name: str, left: Sequence[str], right: Sequence[str], known: Mapping[str, Values], puzzles: Mapping[str, Puzzle]
) -> None:
    """Keep the candidates that balance the two sides, column by column."""
    if any(key not in known and key not in puzzles for key in (*left, *right)):
        return
    read = {key: known.get(key) or _settled(puzzles[key]) for key in (*left, *right)}
    open_keys = [key for key, values in read.items() if values is None]
    if not 1 <= len(open_keys) <= 2 or not all(puzzles[key].candidates for key in open_keys):
        return
    needed: list[Figure] = [0] * len(puzzles[open_keys[0]].candidates[0])
    for sign, side in ((1, right), (-1, left)):
        for key in side:
            for i, value in enumerate(read[key] or ()):
                needed[i] += sign * (value or 0)
    signs = [1 if key in left else -1 for key in open_keys]
    first = puzzles[open_keys[0]]
    if len(open_keys) == 1:
        kept = [c for c in first.candidates if all(signs[0] * (v or 0) == n for v, n in zip(c, needed, strict=True))]
        _keep(first, kept, name)
        return
    second = puzzles[open_keys[1]]
    if len(first.candidates) * len(second.candidates) > _PAIRS_MOST:
        return
    pairs = [
        (a, b)
        for a in first.candidates
        for b in second.candidates
        if all(signs[0] * (x or 0) + signs[1] * (y or 0) == n for x, y, n in zip(a, b, needed, strict=True))
    ]
    _keep(first, list(dict.fromkeys(a for a, _ in pairs)), name)
    _keep(second, list(dict.fromkeys(b for _, b in pairs)), name)


def _settled(puzzle: Puzzle) -> Values | None:
    """The reading of a puzzle if one is left, a blank being as good as a nought for sums."""
    amounts: set[Values] = {tuple(v or 0 for v in c) for c in puzzle.candidates}
    return next(iter(amounts)) if len(amounts) == 1 else None


def _keep(puzzle: Puzzle, kept: list[Values], name: str) -> None:
    if len(kept) < len(puzzle.candidates):
        puzzle.candidates = kept
        if name not in puzzle.by:
            puzzle.by.append(name)


def agreed(candidates: Sequence[Values]) -> Iterator[Figure | None]:
    """What all candidates have in each column; None where they differ or agree on a blank.

    Where cells went missing, nothing tells a nought that is printed from a blank one beside it.
    """
    whole = all(None not in values for values in candidates)
    for column in zip(*candidates, strict=True):
        first = column[0]
        yield first if (whole or first) and all(v is not None and v == first for v in column) else None
