"""Where cells went missing, or figures ran together, the arithmetic of the form chooses.

A row of a table whose cells cannot be told apart is a set of candidates: all ways to
read what stands there (`_digits` for figures that ran together, `placements` where
cells are missing). The relations of the form strike out those that do not hold, first
within the row, then between rows (`_balance`). What all candidates left agree on is
read.

Among figures that ran together a blank cell leaves no trace. So a table is first read
as printed in full, every cell a figure. That stands only where nothing speaks against
it: no row has fewer digits than columns, every row can be read so, and all relations
hold. Where no row adds up by itself, the report must show besides that it prints its
noughts. Otherwise any cell may be blank, and far fewer rows can be told.

Guarantees:

1. A candidate keeps the figures in the order in which they stand.
2. A figure is only given where every candidate that satisfies the relations has it there.
3. Rows of a relation that nothing satisfies are not read.
4. The work on a table is bounded: see `TABLE_STEPS_MOST`, `SUMS_MOST` and `CANDIDATES_MOST`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from math import comb
from typing import Final

from attrs import frozen

from govdisclose._solve.balance import Puzzle, solve
from govdisclose._solve.runs import Steps, Sums, holds, readings
from govdisclose._solve.search import Figure, TooManyError, Values
from govdisclose.form import FormTable, Relation, catalogue

CANDIDATES_MOST: Final = 8000
NOUGHTS_LEAST: Final = 24
"""Noughts before other figures that show that a report prints them all. If even a quarter of them were left blank, one
of a thousand reports would show so many without a sign of it."""
IN_FULL: Final = "every cell printed"
ONE_WAY: Final = "one way to cut it"
_NO_SUMS: Final = Sums((), ())
_STRICT: Final = frozenset(("official", "definitional"))


def sums_of(table: FormTable, relations: Iterable[Relation]) -> Sums:
    """What must hold in `table`. Relations that have legitimate exceptions choose nothing."""
    index = {column.key: i for i, column in enumerate(table.columns)}
    columns, rows = [], []
    for relation in relations:
        if not _binds(relation, table):
            continue
        formula = relation.formula
        left = tuple([term.key for term in formula.left])
        right = tuple([term.key for term in formula.right])
        covers = formula.operator == ">="
        if formula.per == "row":
            whole, parts = (
                tuple([index[key] for key in left]),
                tuple([index[key] for key in right]),
            )
            columns.append((relation.id, whole, parts, covers))
        elif formula.per == "column":
            rows.append((relation.id, left, right, covers))
    return Sums(tuple(columns), tuple(rows))


def _binds(relation: Relation, table: FormTable) -> bool:
    """Whether a relation must hold in one table of one year."""
    return (
        relation.table == table.id
        and relation.status in _STRICT
        and not relation.formula.cross_year
    )


@cache
def sums_in(form: str, table: str) -> Sums:
    """`sums_of` a table of the catalogue; made once a process."""
    found = catalogue().forms[form]
    return sums_of(catalogue().tables[form, table], found.relations)


def placements(figures: Sequence[Figure], sums: Sums, columns: int) -> list[Values]:
    """All ways to put fewer figures than columns into the row, in order, so that the
    sums of the row hold.

    A sum of parts must be printed in its own cell: where it may have gone missing as
    well, nothing is known. Of noughts alone nothing is known either: any sum of them
    holds."""
    if (
        not sums.exact
        or not any(figures)
        or comb(columns, len(figures)) > CANDIDATES_MOST
    ):
        return []
    found = []
    for places in combinations(range(columns), len(figures)):
        values: list[Figure | None] = [None] * columns
        for place, figure in zip(places, figures, strict=True):
            values[place] = figure
        if holds(values, sums):
            found.append(tuple(values))
    return found


def noughts(run: str) -> int:
    """How many noughts a run of figures shows for certain: those that it begins with.

    >>> noughts("00120"), noughts("0.5"), noughts("10")
    (2, 0, 0)
    """
    return len(run) - len(run.lstrip("0")) - (run.lstrip("0")[:1] == ".")


def shows_noughts(runs: Iterable[tuple[str, int]]) -> bool:
    """Whether a report prints its noughts, by its rows of figures that ran together and
    the columns of each."""
    shown = 0
    for run, columns in runs:
        if is_short(run, columns):
            return False
        shown += noughts(run)
    return shown >= NOUGHTS_LEAST


def is_short(run: str, columns: int) -> bool:
    """Whether a run has fewer digits than there are columns, so that some cell is blank."""
    return sum(map(str.isdecimal, run)) < columns


def solve_rows(
    known: Mapping[str, Values],
    runs: Mapping[str, str],
    short: Mapping[str, list[Values]],
    sums: Sums,
    columns: int,
    shown: bool,
) -> dict[str, Puzzle]:
    """The rows that are not read yet, with the readings that every relation allows;
    without those that have none.

    `known` are rows that are read, `runs` those whose figures ran together, `short`
    those that lack cells, with their placements. `shown` says that the report prints
    its noughts."""
    table = _Table(known, runs, short, sums, columns)
    if sums.exact or shown:
        puzzles = _printed_in_full(table)
        if puzzles is not None:
            return puzzles
    puzzles = _opened(table, blanks=True) or {}
    single = {
        key for key, puzzle in puzzles.items() if ONE_WAY in puzzle.by
    }  # these need no relation to be read
    puzzles, failed = solve(known, puzzles, sums)
    wrong = {key for keys in failed for key in keys} - single
    unsure = wrong | _alone(table, puzzles)
    if failed:
        unsure |= _bounded(table, puzzles)
    return {key: puzzle for key, puzzle in puzzles.items() if key not in unsure}


@frozen(eq=False)
class _Table:
    """The rows of a table, by their keys, as `solve_rows` takes them."""

    known: Mapping[str, Values]
    runs: Mapping[str, str]
    short: Mapping[str, list[Values]]
    sums: Sums
    columns: int


def _printed_in_full(table: _Table) -> dict[str, Puzzle] | None:
    """The rows as printed in full, every cell a figure; None if something speaks against it."""
    if not table.runs or table.short:
        return None
    if any(is_short(run, table.columns) for run in table.runs.values()):
        return None
    puzzles = _opened(table, blanks=False)
    if puzzles is None:
        return None
    empty = {
        key
        for key, values in table.known.items()
        if all(value is None for value in values)
    }
    # a sum with a row that is blank as a whole lacks an operand: that it fails says nothing
    puzzles, failed = solve(table.known, puzzles, table.sums)
    return puzzles if all(not empty.isdisjoint(keys) for keys in failed) else None


def _alone(table: _Table, puzzles: Mapping[str, Puzzle]) -> set[str]:
    """The rows that ran together and no whole relation bears out.

    A blank among figures that ran together gives a row a reading that adds up and is
    wrong: others must bear it out."""
    if not table.sums.exact:
        return set()
    linked = [(*left, *right) for _, left, right, _ in table.sums.rows]
    whole = [
        keys
        for keys in linked
        if all(key in table.known or key in puzzles for key in keys)
    ]
    joined = {key for keys in whole for key in keys}
    alone = {key for keys in linked for key in keys} - joined
    return {key for key in alone & table.runs.keys() if table.runs[key].strip("0")}


def _bounded(table: _Table, puzzles: Mapping[str, Puzzle]) -> set[str]:
    """The rows that only bounds tell.

    Where a report breaks relations, that one figure is no less than another may be broken as well.
    """
    relations = (*table.sums.columns, *table.sums.rows)
    bounds = {name for name, _, _, covers in relations if covers}
    return {key for key, puzzle in puzzles.items() if bounds.issuperset(puzzle.by)}


def _opened(table: _Table, *, blanks: bool) -> dict[str, Puzzle] | None:
    """The puzzles of the rows; None if a row cannot be read as printed in full."""
    by = [name for name, _, _, covers in table.sums.columns if not covers]
    puzzles = {key: Puzzle(candidates, by) for key, candidates in table.short.items()}
    steps = Steps()
    for key, run in table.runs.items():
        try:
            sums = table.sums if by else _NO_SUMS
            found = readings(run, sums, table.columns, blanks=blanks, steps=steps)
        except TooManyError:
            continue  # not all readings were seen, so none is the only one
        candidates = [values for values in found if holds(values, table.sums)]
        if candidates:
            why = by or _reason(table.sums, len(found), len(candidates), blanks=blanks)
            puzzles[key] = Puzzle(candidates, why)
        elif not blanks:
            return None
    return puzzles


def _reason(sums: Sums, found: int, left: int, *, blanks: bool) -> list[str]:
    """Why candidates of a row without sums are believed: of `found` readings `left`
    keep to the bounds."""
    if not blanks:
        return [IN_FULL]
    if found == 1:
        return [ONE_WAY]
    return [name for name, _, _, covers in sums.columns if covers] if left == 1 else []


def agreed(candidates: Sequence[Values]) -> Iterator[Figure | None]:
    """What all candidates have in each column; None where they differ or agree on a blank.

    Where cells went missing, nothing tells a nought that is printed from a blank one beside it.
    """
    whole = all(None not in values for values in candidates)
    for column in zip(*candidates, strict=True):
        first = column[0]
        yield first if (whole or first) and column.count(first) == len(column) else None
