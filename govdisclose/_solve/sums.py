"""Where cells went missing, or figures ran together, the arithmetic of the form chooses.

A row of a table whose cells cannot be told apart is a set of candidates: all ways to read what stands there (`_digits`
for figures that ran together, `placements` where cells are missing). The relations of the form strike out those that do
not hold, first within the row, then between rows (`_balance`). What all candidates left agree on is read.

Among figures that ran together a blank cell leaves no trace. So a table is first read as printed in full, every cell a
figure. That stands only where nothing speaks against it: no row has fewer digits than columns, every row can be read
so, and all relations hold. Where no row adds up by itself, the report must show besides that it prints its noughts.
Otherwise any cell may be blank, and far fewer rows can be told.

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

from govdisclose._solve.balance import Puzzle, solve
from govdisclose._solve.runs import Figure, Steps, Sums, TooManyError, Values, holds, readings
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
        if relation.table != table.id or relation.status not in _STRICT or relation.formula.cross_year:
            continue
        formula = relation.formula
        left, right = (tuple(term.key for term in side) for side in (formula.left, formula.right))
        if formula.per == "row":
            parts, whole = (tuple(index[key] for key in side) for side in (right, left))
            columns.append((relation.id, whole, parts, formula.operator == ">="))
        elif formula.per == "column":
            rows.append((relation.id, left, right, formula.operator == ">="))
    return Sums(tuple(columns), tuple(rows))


@cache
def sums_in(form: str, table: str) -> Sums:
    """`sums_of` a table of the catalogue; made once a process."""
    found = catalogue().forms[form]
    return sums_of(catalogue().tables[form, table], found.relations)


def placements(figures: Sequence[Figure], sums: Sums, columns: int) -> list[Values]:
    """All ways to put fewer figures than columns into the row, in order, so that the sums of the row hold.

    A sum of parts must be printed in its own cell: where it may have gone missing as well, nothing is known. Of noughts
    alone nothing is known either: any sum of them holds.
    """
    if not sums.exact or not any(figures) or comb(columns, len(figures)) > CANDIDATES_MOST:
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
    """Whether a report prints its noughts, by its rows of figures that ran together and the columns of each."""
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
    """The rows that are not read yet, with the readings that every relation allows; without those that have none.

    `known` are rows that are read, `runs` those whose figures ran together, `short` those that lack cells, with their
    placements. `shown` says that the report prints its noughts.
    """
    if runs and not short and (sums.exact or shown) and not any(is_short(run, columns) for run in runs.values()):
        puzzles = _opened(runs, short, sums, columns, blanks=False)
        empty = {key for key, values in known.items() if not any(v is not None for v in values)}
        # a sum with a row that is blank as a whole lacks an operand: that it fails says nothing
        if puzzles is not None and all(not empty.isdisjoint(keys) for keys in solve(known, puzzles, sums)):
            return puzzles
    puzzles = _opened(runs, short, sums, columns, blanks=True) or {}
    linked = [(*left, *right) for _, left, right, _ in sums.rows]
    joined = {key for keys in linked if all(k in known or k in puzzles for k in keys) for key in keys}
    single = {key for key, puzzle in puzzles.items() if ONE_WAY in puzzle.by}  # these need no relation to be read
    failed = solve(known, puzzles, sums)
    wrong = {key for keys in failed for key in keys} - single
    # a blank among figures that ran together gives a row a reading that adds up and is wrong: others must bear it out
    doubtful = {
        key for key in runs if any(key in keys for keys in linked) and key not in joined and runs[key].strip("0")
    }
    # where a report breaks relations, that one figure is no less than another may be broken as well
    bounds = {name for name, _, _, covers in (*sums.columns, *sums.rows) if covers}
    bounded = {key for key, puzzle in puzzles.items() if failed and bounds.issuperset(puzzle.by)}
    unsure = wrong | bounded | (doubtful if sums.exact else set())
    return {key: puzzle for key, puzzle in puzzles.items() if key not in unsure}


def _opened(
    runs: Mapping[str, str], short: Mapping[str, list[Values]], sums: Sums, columns: int, *, blanks: bool
) -> dict[str, Puzzle] | None:
    """The puzzles of the rows; None if a row cannot be read as printed in full."""
    by = [name for name, _, _, covers in sums.columns if not covers]
    bounds = [name for name, _, _, covers in sums.columns if covers]
    puzzles = {key: Puzzle(candidates, list(by)) for key, candidates in short.items()}
    steps = Steps()
    for key, run in runs.items():
        try:
            found = readings(run, sums if by else _NO_SUMS, columns, blanks=blanks, steps=steps)
        except TooManyError:
            continue  # not all readings were seen, so none is the only one
        candidates = [values for values in found if holds(values, sums)]
        if candidates:
            why = [IN_FULL] if not blanks else [ONE_WAY] if len(found) == 1 else bounds * (len(candidates) == 1)
            puzzles[key] = Puzzle(candidates, list(by or why))
        elif not blanks:
            return None
    return puzzles


def agreed(candidates: Sequence[Values]) -> Iterator[Figure | None]:
    """What all candidates have in each column; None where they differ or agree on a blank.

    Where cells went missing, nothing tells a nought that is printed from a blank one beside it.
    """
    whole = all(None not in values for values in candidates)
    for column in zip(*candidates, strict=True):
        first = column[0]
        yield first if (whole or first) and column.count(first) == len(column) else None
