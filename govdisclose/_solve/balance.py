"""Open rows of a table and the relations between its rows: what each row can be if all
of them hold.

Each open row is a set of candidates; a sum of rows, judged in all columns at once,
links them. A candidate is kept where the other rows have candidates with which every
relation holds. The relations of the forms make a tree (a total and its parts, one of
which may be the total of others), so what is kept row by row is what is possible in the
table as a whole.

A row that is known is one with a single candidate. All columns of a row are one number
here: each figure in its own stretch of bits. Sums of rows are then sums of numbers.

Guarantees:

1. No candidate that is part of a solution of all relations is struck out.
2. The work of a relation is bounded: by `SUMS_MOST` sums of candidates, and where there are more, by the least and the
   greatest figure of each row and column alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from decimal import Decimal
from itertools import product
from math import prod
from typing import Final, NamedTuple, TypeAlias

from attrs import field, frozen

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

_Candidates: TypeAlias = Mapping[str, Sequence[Values]]
"""What each row may be, by its key."""


def _rows(rows: Iterable[Values]) -> tuple[Values, ...]:
    return tuple(rows)


def _names(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(names)


@frozen(eq=False)
class Puzzle:
    """A row that is not read yet. `candidates` are all readings left, `by` the
    relations that struck out others. `placed`: the columns of the one that is left are
    told by the whole table, noughts and blanks with the rest."""

    candidates: Sequence[Values] = field(converter=_rows)
    by: Sequence[str] = field(default=(), converter=_names)
    placed: bool = False


class Solved(NamedTuple):
    """The puzzles with the candidates that some solution has, and the rows of each
    relation that nothing satisfies."""

    puzzles: dict[str, Puzzle]
    failed: list[tuple[str, ...]]


def solve(
    known: Mapping[str, Values], puzzles: Mapping[str, Puzzle], sums: Sums
) -> Solved:
    """Strike out the candidates that no solution of the relations has.

    A relation is used where all its rows are known or puzzles; a blank counts as
    nought. One that nothing satisfies strikes out nothing."""
    opened = {key: puzzle.candidates for key, puzzle in puzzles.items()}
    rows = {**opened, **{key: (values,) for key, values in known.items()}}
    links = list(_links(sums, rows, opened.keys() - known.keys()))
    cipher = _Cipher.of([values for row in rows.values() for values in row])
    by = {key: list(puzzle.by) for key, puzzle in puzzles.items()}
    failed: dict[str, tuple[str, ...]] = {}
    changed = set(puzzles)
    for _ in range(_ROUNDS_MOST):
        due = [link for link in links if not changed.isdisjoint(link.keys)]
        changed = set()
        for link in due:
            kept = None if link.name in failed else _kept(link, rows, cipher)
            if kept is None:
                failed[link.name] = link.keys
                continue
            fewer = {key: row for key, row in kept.items() if len(row) < len(rows[key])}
            rows.update(fewer)
            changed.update(fewer)
            for key in fewer:
                by[key] += [link.name] if link.name not in by[key] else []
    left = {
        key: Puzzle(rows[key] if key not in known else p.candidates, by[key])
        for key, p in puzzles.items()
    }
    return Solved(left, list(failed.values()))


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


def _links(sums: Sums, rows: _Candidates, opened: Set[str]) -> Iterator[_Link]:
    """The relations between rows that all have candidates, of which one is open."""
    for relation in sums.rows:
        link = _Link(*relation)
        if all(rows.get(key) for key in link.keys) and not opened.isdisjoint(link.keys):
            yield link


class _Cipher(NamedTuple):
    """How rows are written as one number: `scale` makes figures whole, `bits` are those
    of a column."""

    scale: int
    bits: int

    @classmethod
    def of(cls, rows: Iterable[Values]) -> _Cipher:
        figures = {value for row in rows for value in row if value}
        scale = 10 ** max(map(_places, figures), default=0)
        most = max([abs(int(value * scale)) for value in figures], default=0)
        return cls(scale, most.bit_length() + _ROWS_BITS)

    def figures(self, values: Values, sign: int) -> list[int]:
        return [sign * int(value * self.scale) if value else 0 for value in values]

    def code(self, figures: Sequence[int]) -> int:
        shifted = [figure << (self.bits * i) for i, figure in enumerate(figures)]
        return sum(shifted)


def _places(figure: int | Decimal) -> int:
    """The decimal places of a figure."""
    if not isinstance(figure, Decimal):
        return 0
    return max(-int(figure.as_tuple().exponent), 0)


# --- one relation


class _Term(NamedTuple):
    """A row in a relation: its candidates, and the figures of each, negative on the right side."""

    key: str
    candidates: Sequence[Values]
    figures: Sequence[Sequence[int]]

    def where(self, fits: Iterable[bool]) -> _Term:
        """The term with the candidates that fit."""
        left = [i for i, fit in enumerate(fits) if fit]
        candidates = [self.candidates[i] for i in left]
        return _Term(self.key, candidates, [self.figures[i] for i in left])


def _kept(
    link: _Link, rows: _Candidates, cipher: _Cipher
) -> dict[str, Sequence[Values]] | None:
    """The candidates of each row that the relation allows; None if it allows none at all."""
    signs = dict.fromkeys(link.left, 1) | dict.fromkeys(link.right, -1)
    terms = [
        _Term(key, rows[key], [cipher.figures(values, sign) for values in rows[key]])
        for key, sign in signs.items()
    ]
    kept = _covering(terms) if link.covers else _balanced(terms, cipher)
    if not all(term.candidates for term in kept):
        return None
    return {term.key: term.candidates for term in kept}


def _balanced(terms: Sequence[_Term], cipher: _Cipher) -> Sequence[_Term]:
    """The terms with the candidates that may come to nought together."""
    codes = [[cipher.code(figures) for figures in term.figures] for term in terms]
    if prod([len(set(row)) for row in codes]) > SUMS_MOST:
        terms = _narrowed(terms)
        codes = [[cipher.code(figures) for figures in term.figures] for term in terms]
    allowed = _allowed([set(row) for row in codes], 0)
    if allowed is None:
        return terms
    return [
        term.where([code in fits for code in row])
        for term, row, fits in zip(terms, codes, allowed, strict=True)
    ]


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


class _Bounds(NamedTuple):
    """The least and the greatest figure in each column."""

    least: list[int]
    most: list[int]

    @classmethod
    def of(cls, term: _Term) -> _Bounds:
        columns = list(zip(*term.figures, strict=True))
        return cls(list(map(min, columns)), list(map(max, columns)))


def _narrowed(terms: Sequence[_Term]) -> Sequence[_Term]:
    """The terms with the candidates that the least and the greatest figures of the
    others leave possible, column by column."""
    while all(term.candidates for term in terms):
        bounds = [_Bounds.of(term) for term in terms]
        low = [sum(column) for column in zip(*[b.least for b in bounds], strict=True)]
        high = [sum(column) for column in zip(*[b.most for b in bounds], strict=True)]
        fewer = []
        for term, own in zip(terms, bounds, strict=True):
            # what the others come to at the least and at the most
            least = [all_ - mine for all_, mine in zip(low, own.least, strict=True)]
            most = [all_ - mine for all_, mine in zip(high, own.most, strict=True)]
            fewer.append(
                term.where([_reach_nought(f, least, most) for f in term.figures])
            )
        if all(
            len(a.candidates) == len(b.candidates)
            for a, b in zip(fewer, terms, strict=True)
        ):
            break
        terms = fewer
    return terms


def _reach_nought(
    figures: Sequence[int], least: Sequence[int], most: Sequence[int]
) -> bool:
    """Whether figures may come to nought with others between these, in every column."""
    columns = zip(figures, least, most, strict=True)
    return all(low + figure <= 0 <= high + figure for figure, low, high in columns)


def _covering(terms: Sequence[_Term]) -> Sequence[_Term]:
    """The terms with the candidates that may come to nought or more together, in every column."""
    if prod([len(term.candidates) for term in terms]) > _COVERS_MOST:
        return terms
    fits: list[set[int]] = [set() for _ in terms]
    for chosen in product(*[range(len(term.candidates)) for term in terms]):
        picked = [term.figures[n] for term, n in zip(terms, chosen, strict=True)]
        if all(sum(column) >= 0 for column in zip(*picked, strict=True)):
            for fit, n in zip(fits, chosen, strict=True):
                fit.add(n)
    return [
        term.where([n in fit for n in range(len(term.candidates))])
        for term, fit in zip(terms, fits, strict=True)
    ]
