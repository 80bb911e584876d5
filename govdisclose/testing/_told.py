"""What can be told of figures that ran together, and what nobody can tell: the plain
oracle for readers.

`21710000218` under seven columns is a row that adds up in one way only; `1234` under
two columns is not. A figure cannot be told when the same text has another reading in
which it is not the figure, and all relations of the form hold in that reading as they
do in the true one. Such a reading is looked for, and is the proof; where none is found
the figure counts as one that can be told. So what is called unclear here is never clear
to a better reader. The other way round a reader may find that nobody can tell a figure
that is not called unclear: readings are looked for in which up to four rows differ from
the true one, or any number of rows of one sum with few readings; a row of very many
digits is passed over.

Blank cells leave no trace in such a run. What they may be is a convention, and a reader
of another one is not wrong:

- A row that is blank as a whole is seen to be blank.
- A table in which no cell is blank is printed in full, and readings with blanks do not count against it, if its rows
  add up by themselves, or if the report shows that it prints its noughts: it has no row with fewer digits than columns,
  and at least `NOUGHTS` of its figures are noughts before others in a run.
- In any other table every cell may be blank. Rows of a sum that does not hold as printed cannot be told then: what is
  wrong may be a blank that was no nought, or the reading.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import chain, combinations, product
from math import prod
from typing import Final, NamedTuple

from govdisclose.form import FormTable, Relation
from govdisclose.form.relation import Term
from govdisclose.report import Figure
from govdisclose.testing._fill import Key
from govdisclose.testing._grid import GridCell

NOUGHTS: Final = 24
_STEPS_MOST: Final = 30_000  # of the search for the readings of a row; nobody should be asked to look longer
_PAIRS_OF: Final = 300  # other readings in a table of which pairs are looked at
_COMBINED_MOST: Final = (
    20_000  # combinations of readings of rows that bound each other, or add up
)
_KEPT: Final = 4  # combinations that change the sums alike
_DIGITS_MOST: Final = 9  # of a part or a total: no office counts further
_CERTAIN: Final = (
    "official",
    "definitional",
)  # others have exceptions, and prove nothing of a figure
_FIGURE: Final = re.compile(r"[-+]?(?:0|[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*)(?:\.\d+)?")

Reading = tuple[Figure | None, ...]
Totals = tuple[tuple[tuple[int, ...], int], ...]
"""The totals among columns: the indexes of the parts, and that of the total."""


class Run(NamedTuple):
    """A row of a table whose figures ran together: its key, the keys of its cells, and
    what they show."""

    row: str
    keys: tuple[Key, ...]
    texts: tuple[str, ...]

    @property
    def text(self) -> str:
        """What stands there."""
        return "".join(self.texts)

    @property
    def truth(self) -> Reading:
        """What was meant."""
        return tuple(_figure(text) if text else None for text in self.texts)

    @property
    def short(self) -> bool:
        """Whether anyone sees that a cell is blank: there are fewer digits than columns."""
        return sum(map(str.isdecimal, self.text)) < len(self.texts)


def run_of(cells: Sequence[GridCell]) -> Run | None:
    """A row of several cells as a run; None if it is blank, or if something else than
    figures stands in it."""
    shown = [(cell.key, cell.text.strip()) for cell in cells if cell.key is not None]
    if len(shown) < 2 or not any(text for _, text in shown):
        return None
    if any(
        cell.text and not _FIGURE.fullmatch(cell.text)
        for cell in cells
        if cell.key is not None
    ):
        return None
    return Run(
        shown[0][0][1], tuple(key for key, _ in shown), tuple(text for _, text in shown)
    )


def shows_noughts(runs: Sequence[Run]) -> bool:
    """Whether a report with these runs prints its noughts."""
    leading = sum(
        len(m.group()) for run in runs if (m := re.match(r"0*(?!\.)", run.text))
    )
    return leading >= NOUGHTS and not any(run.short for run in runs)


def untold(
    table: FormTable,
    relations: Iterable[Relation],
    runs: Sequence[Run],
    known: Mapping[str, Reading],
    shown: bool,
) -> set[Key]:
    """The cells of a table that nobody can tell, given its rows of figures that ran together.

    `known` are the other rows of the table, by row, `shown` is whether the report shows
    that it prints its noughts."""
    mine = [
        r
        for r in relations
        if r.table == table.id
        and r.status in _CERTAIN
        and not r.formula.cross_year
        and r.formula.per is not None
    ]
    totals = _totals(table, mine)
    full = all(None not in run.truth for run in runs) and (bool(totals) or shown)
    others: list[_Other] = []
    for i, run in enumerate(runs):
        found = _others(run, table, mine, totals, blanks=not full)
        others += [_Other(i, reading) for reading in found]
    rows = {**known, **{run.row: run.truth for run in runs}}
    holding = {
        r.id
        for r in mine
        if r.formula.per == "column" and _holds(r, rows, len(table.columns))
    }
    between = [r for r in mine if r.id in holding]
    out: set[Key] = set()
    if not full:
        broken = {
            key
            for r in mine
            if r.formula.per == "column" and r.id not in holding
            for key in _names(r)
        }
        out = {
            key
            for run in runs
            if run.row in broken or not _adds_up(run.truth, totals)
            for key in run.keys
        }
    for witness in chain(
        _witnesses(others, runs, between, rows), _bounded(others, runs, between)
    ):
        read = {**rows, **{runs[other.run].row: other.reading for other in witness}}
        if all(_holds(r, read, len(table.columns)) for r in between):
            for i, reading in witness:
                run = runs[i]
                out |= {
                    k
                    for k, a, b in zip(run.keys, run.truth, reading, strict=True)
                    if a != b or (a is None) != (b is None)
                }
    return out


class _Other(NamedTuple):
    """A reading of a run that is not the true one."""

    run: int
    reading: Reading


def _totals(table: FormTable, relations: Iterable[Relation]) -> Totals:
    index = {column.key: i for i, column in enumerate(table.columns)}
    return tuple(
        (
            tuple(index[key] for key in _keys(r.formula.right)),
            index[r.formula.left[0].key],
        )
        for r in relations
        if r.formula.per == "row" and r.formula.kind == "sum"
    )


def _others(
    run: Run,
    table: FormTable,
    relations: Iterable[Relation],
    totals: Totals,
    *,
    blanks: bool,
) -> Iterator[Reading]:
    index = {column.key: i for i, column in enumerate(table.columns)}
    covers = [
        (
            [index[key] for key in _keys(r.formula.left)],
            [index[key] for key in _keys(r.formula.right)],
        )
        for r in relations
        if r.formula.per == "row" and r.formula.kind == "at_least"
    ]
    truth = run.truth
    try:
        for reading in list(cuts(run.text, len(run.texts), totals, blanks=blanks)):
            unknown = any(reading[i] is None for left, _ in covers for i in left)
            fits = all(
                _sum(reading, left) >= _sum(reading, right) for left, right in covers
            )
            if reading != truth and (unknown or fits):
                yield reading
    except _TooLongError:
        return


def _adds_up(reading: Reading, totals: Totals) -> bool:
    return all((reading[total] or 0) == _sum(reading, parts) for parts, total in totals)


def _sum(reading: Reading, places: Iterable[int]) -> Figure:
    return sum((reading[i] or 0 for i in places), start=0)


def _holds(relation: Relation, rows: Mapping[str, Reading], columns: int) -> bool:
    if any(key not in rows for key in _names(relation)):
        return True
    for i in range(columns):
        left, right = (
            sum((rows[key][i] or 0 for key in side), start=0)
            for side in (_keys(relation.formula.left), _keys(relation.formula.right))
        )
        if left < right if relation.formula.kind == "at_least" else left != right:
            return False
    return True


def _witnesses(
    others: Sequence[_Other],
    runs: Sequence[Run],
    relations: Iterable[Relation],
    rows: Mapping[str, Reading],
) -> Iterator[tuple[_Other, ...]]:
    """Other readings of up to four rows that leave every sum between rows as it is.

    What a reading changes in the sums is one number: each sum and column has a large
    number of its own, by which the change is multiplied. Changes that cancel out add up
    to nothing."""
    rng = random.Random(1)
    weights: dict[tuple[str, int], int] = {}
    signs: dict[str, list[tuple[str, int]]] = {}
    relations = list(relations)
    for r in relations:
        if r.formula.kind != "at_least" and all(key in rows for key in _names(r)):
            for sign, side in (
                (1, _keys(r.formula.left)),
                (-1, _keys(r.formula.right)),
            ):
                for key in side:
                    signs.setdefault(key, []).append((r.id, sign))

    def change(other: _Other) -> int:
        run = runs[other.run]
        out = 0
        for name, sign in signs.get(run.row, ()):
            for i, (was, now) in enumerate(zip(run.truth, other.reading, strict=True)):
                weight = weights.setdefault((name, i), rng.getrandbits(160))
                out += sign * weight * int(((now or 0) - (was or 0)) * 10_000)
        return out

    changes = [(change(other), other) for other in others]
    yield from ((other,) for number, other in changes if number == 0)
    moved = [(number, other) for number, other in changes if number]
    by_number: dict[int, list[tuple[_Other, ...]]] = {}
    for number, other in moved:
        by_number.setdefault(number, []).append((other,))
    singles = dict(by_number)
    for number, other in moved:
        yield from _joined((other,), singles.get(-number, ()))
    yield from _summed(moved, runs, relations)
    if len(moved) > _PAIRS_OF:
        return
    pairs: dict[int, list[tuple[_Other, ...]]] = {}
    for (a, one), (b, two) in combinations(moved, 2):
        if one.run != two.run:
            yield from _joined((one, two), singles.get(-a - b, ()))
            yield from _joined((one, two), pairs.get(-a - b, ()))
            pairs.setdefault(a + b, []).append((one, two))


def _summed(
    moved: Sequence[tuple[int, _Other]],
    runs: Sequence[Run],
    relations: Iterable[Relation],
) -> Iterator[tuple[_Other, ...]]:
    """Other readings of any number of rows of one sum, as far as they can be looked at:
    a few for each change."""
    for r in relations:
        reached: dict[int, list[tuple[_Other, ...]]] = {0: [()]}
        for key in _names(r):
            mine = [
                (number, other) for number, other in moved if runs[other.run].row == key
            ]
            if len(reached) * (1 + len(mine)) > _COMBINED_MOST:
                break
            for change, witnesses in list(reached.items()):
                for number, other in mine:
                    kept = reached.setdefault(change + number, [])
                    kept += [
                        (*w, other)
                        for w in witnesses[: _KEPT - len(kept)]
                        if all(o.run != other.run for o in w)
                    ]
        else:
            yield from (witness for witness in reached[0] if witness)


def _bounded(
    others: Sequence[_Other], runs: Sequence[Run], relations: Sequence[Relation]
) -> Iterator[tuple[_Other, ...]]:
    """Other readings of rows that only bound each other: all combinations, as far as
    they can be looked at."""
    summed = {
        key for r in relations if r.formula.kind != "at_least" for key in _names(r)
    }
    free = {i for i, run in enumerate(runs) if run.row not in summed}
    while free:
        group = {free.pop()}
        while more := {
            i
            for r in relations
            for i in free
            if _links(r, runs, group) and _links(r, runs, {i})
        }:
            group |= more
            free -= more
        choices: list[list[_Other | None]] = [
            [None, *(other for other in others if other.run == i)] for i in group
        ]
        if len(group) > 1 and prod(map(len, choices)) <= _COMBINED_MOST:
            yield from (
                tuple(other for other in chosen if other is not None)
                for chosen in product(*choices)
            )


def _keys(side: Iterable[Term]) -> tuple[str, ...]:
    return tuple(term.key for term in side)


def _names(relation: Relation) -> tuple[str, ...]:
    return (*_keys(relation.formula.left), *_keys(relation.formula.right))


def _links(relation: Relation, runs: Sequence[Run], group: Iterable[int]) -> bool:
    return not {runs[i].row for i in group}.isdisjoint(_names(relation))


def _joined(
    some: tuple[_Other, ...], more: Iterable[tuple[_Other, ...]]
) -> Iterator[tuple[_Other, ...]]:
    taken = {other.run for other in some}
    return (
        (*some, *rest) for rest in more if taken.isdisjoint(other.run for other in rest)
    )


# --- the readings of one row


def splits(digits: str, count: int, sums: Iterable[tuple[tuple[int, ...], int]]) -> int:
    """In how many ways `digits` are `count` figures without leading noughts that
    satisfy `sums`; 2 for two or more.

    It tries everything, and knows nothing of the rest of the table.

    >>> splits("21710000218", 7, [((0, 1, 2, 3, 4, 5), 6)])
    1
    >>> splits("120145", 2, [])
    2
    """
    if not digits.isdecimal() or count > len(digits):
        return 2
    found = cuts(digits, count, tuple(sums), blanks=False)
    try:
        return sum(1 for _ in zip(range(2), found, strict=False))
    except _TooLongError:
        return 2


def cuts(text: str, count: int, totals: Totals, *, blanks: bool) -> Iterator[Reading]:
    """All ways to read `text` as `count` figures of which some are the totals of those before them.

    With `blanks` a figure may be missing; a total only with all of its parts.

    >>> list(cuts("1102", 3, (((0, 1), 2),), blanks=False))
    []
    >>> list(cuts("55", 3, (((0, 1), 2),), blanks=True))
    [(None, 5, 5), (5, None, 5)]
    """
    by_total = {total: parts for parts, total in totals}
    groups: list[
        tuple[int, bool]
    ] = []  # of columns, each with or without a total at its end
    column = 0
    for total, parts in sorted(by_total.items()):
        if parts != tuple(range(total - len(parts), total)):
            groups = []
            break
        groups += [(1, False)] * (total - len(parts) - column)
        groups.append((len(parts), True))
        column = total + 1
    groups += [(1, False)] * (count - sum(size + has for size, has in groups))
    return _Cuts(text, tuple(groups), blanks).after(0, 0)


class _TooLongError(Exception):
    """The search for readings took more steps than it may."""


class _Cuts:
    """The search of `cuts`, with a count of its steps."""

    def __init__(
        self, text: str, groups: tuple[tuple[int, bool], ...], blanks: bool
    ) -> None:
        self._text = text
        self._groups = groups
        self._blanks = blanks
        self._steps = 0

    def after(self, at: int, group: int) -> Iterator[Reading]:
        """The readings of the text from `at` on as the groups from `group` on."""
        if group == len(self._groups):
            if at == len(self._text):
                yield ()
            return
        size, totalled = self._groups[group]
        last = group + 1 == len(self._groups)
        rest = (
            0 if self._blanks else sum(n + has for n, has in self._groups[group + 1 :])
        )
        for end in [len(self._text)] if last else range(at, len(self._text) - rest + 1):
            for values in (
                self._totalled(at, end, size) if totalled else self._one(at, end)
            ):
                for more in self.after(end, group + 1):
                    yield (*values, *more)

    def _one(self, start: int, end: int) -> Iterator[Reading]:
        self._step()
        if start == end and self._blanks:
            yield (None,)
        elif _FIGURE.fullmatch(self._text, start, end):
            yield (_figure(self._text[start:end]),)

    def _totalled(self, start: int, end: int, parts: int) -> Iterator[Reading]:
        if start == end and self._blanks:
            yield (None,) * (parts + 1)
        for cut in range(max(start + 1, end - _DIGITS_MOST), end):
            if _FIGURE.fullmatch(self._text, cut, end):
                total = _figure(self._text[cut:end])
                for values in self._parts(start, cut, parts, total):
                    yield (*values, total)

    def _parts(
        self, start: int, end: int, parts: int, rest: Figure
    ) -> Iterator[Reading]:
        """The ways to read the digits as so many figures that add up to `rest`."""
        self._step()
        size = end - start
        if not parts:
            if not size and rest == 0:
                yield ()
            return
        # the longest figure is as long as this at least, and others are not less than nothing
        if (not self._blanks and size < parts) or rest < 10 ** max(
            0, -(-size // parts) - 1
        ) > 1:
            return
        if not self._blanks and rest >= parts * 10 ** (size - parts + 1):
            return
        if self._blanks:
            for more in self._parts(start, end, parts - 1, rest):
                yield (None, *more)
        for cut in range(start + 1, min(end, start + _DIGITS_MOST) + 1):
            if not _FIGURE.fullmatch(self._text, start, cut):
                if self._text[start] == "0":
                    break
                continue
            figure = _figure(self._text[start:cut])
            if figure > rest:
                break
            for more in self._parts(cut, end, parts - 1, rest - figure):
                yield (figure, *more)

    def _step(self) -> None:
        self._steps += 1
        if self._steps > _STEPS_MOST:
            raise _TooLongError


def _figure(text: str) -> Figure:
    plain = text.replace(",", "")
    return Decimal(plain) if "." in plain else int(plain)
