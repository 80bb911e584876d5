"""Forms filled with figures that obey the relations of the form."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final, NamedTuple

from attrs import field, frozen

from govdisclose.form import Column, Form, FormTable, Row, catalogue
from govdisclose.form.relation import Formula, Term
from govdisclose.report import Figure

Key = tuple[str, str, str]
"""Where a figure belongs: table, row, column."""

LAST_YEAR: Final = 2025
_NO_TEXTS: Final[Mapping[Key, str]] = MappingProxyType({})


@frozen
class Filled:
    """A form with figures in it. A figure of None is a cell left blank; `year` is the
    year reported on.

    `printed` holds the cells that are printed otherwise than `str` has the figure: +17, 251000元.
    """

    form: str
    year: int
    figures: Mapping[Key, Figure | None]
    printed: Mapping[Key, str] = field(default=_NO_TEXTS)

    def text(self, key: Key) -> str:
        """What the cell shows."""
        figure = self.figures.get(key)
        return "" if figure is None else self.printed.get(key) or str(figure)


def is_nested(table: FormTable) -> bool:
    """Whether row heads stand in columns of their own, the outer ones merged, and
    heading rows have no cells."""
    return table.super_header is not None


def has_cells(table: FormTable, row: Row) -> bool:
    """Whether the form prints cells of figures for the row: headings of a nested table
    are heads only."""
    return not (row.group and is_nested(table))


def fill(form: str, rng: random.Random, blanks: float = 0.2) -> Filled:
    """A form filled at random: figures of realistic sizes, many noughts, and some of
    the noughts left blank.

    All relations of the form that are official, follow from its layout, or are enforced
    by a known system hold, with blanks read as 0. `blanks` is the share of cells left
    blank, as far as there are noughts enough. Rows that are headings by design are
    blank or marked as the form does, and now and then filled in all the same, as real
    ones are.

    >>> filled = fill("national-2021", random.Random(3), blanks=0)
    >>> rows = ("requests.new", "requests.brought_forward", "requests.disposition.total", "requests.carried_forward")
    >>> a, b, c, d = (filled.figures["requests", row, "total"] for row in rows)
    >>> a + b == c + d
    True
    """
    known = catalogue().forms[form]
    figures: dict[Key, Figure | None] = {}
    printed: dict[Key, str] = {}
    for table in known.tables:
        solved = _Sheet.of(known, table, rng).solve()
        for row in table.rows:
            if not has_cells(table, row):
                continue
            for column in table.columns:
                key = (table.id, row.key, column.key)
                figure: Figure | None = solved[column.key][row.key]
                # Only a nought may be blank: with blanks read as 0 the relations go on holding.
                if rng.random() < (
                    0.7 if row.group else min(1.0, 2 * blanks) if figure == 0 else 0.0
                ):
                    figure = None
                figures[key] = figure
                if (
                    figure is not None
                    and (text := _printed(row, column, figure, rng)) is not None
                ):
                    printed[key] = text
    year = rng.randint(known.first_year, min(known.last_year, LAST_YEAR))
    return Filled(form, year, MappingProxyType(figures), MappingProxyType(printed))


def _printed(
    row: Row, column: Column, figure: Figure, rng: random.Random
) -> str | None:
    if column.role == "signed" and figure > 0 and rng.random() < 0.4:
        return f"+{figure}"
    if column.role == "money" and figure and column.unit is None and rng.random() < 0.6:
        return f"{figure}{_money_unit(figure)}"  # the form prints no unit; real ones write it into the cell
    return None


def _money_unit(figure: Figure) -> str:
    return "元" if figure >= 10_000 else "万元"


def _is_money(row: Row, column: Column) -> bool:
    return column.role == "money" or (
        column.role is None and row.unit in ("元", "万元")
    )


Vector = dict[str, Figure]


class _Mood(NamedTuple):
    """How full a table is: the share of noughts, the digits of the other figures, and
    whether amounts have decimals."""

    noughts: float
    digits: int
    decimals: bool


@frozen
class _Sheet:
    """A table being filled, column by column. All relations are homogeneous: two
    solutions added are a solution."""

    table: FormTable
    rows: Sequence[Formula]
    columns: Sequence[Formula]
    rng: random.Random
    mood: _Mood
    by_key: Mapping[str, Row]

    @classmethod
    def of(cls, form: Form, table: FormTable, rng: random.Random) -> _Sheet:
        held = [
            r.formula
            for r in form.relations
            if r.table == table.id
            and r.status != "usual"
            and not r.formula.cross_year
            and not r.formula.if_stated
        ]
        mood = _Mood(
            rng.choice((0.2, 0.5, 0.5, 0.8, 0.97)),
            rng.choice((1, 2, 2, 3, 4, 5)),
            rng.random() < 0.5,
        )
        rows, columns = (
            tuple(f for f in held if f.per == axis) for axis in ("column", "row")
        )
        return cls(
            table, rows, columns, rng, mood, {row.key: row for row in table.rows}
        )

    def solve(self) -> dict[str, Vector]:
        done: dict[str, Vector] = {}
        by_key = {column.key: column for column in self.table.columns}
        for key in by_key:
            self._column(by_key[key], by_key, done)
        return done

    def _column(
        self, column: Column, by_key: Mapping[str, Column], done: dict[str, Vector]
    ) -> Vector:
        if column.key in done:
            return done[column.key]
        ruling = next((r for r in self.columns if _keys(r.left) == (column.key,)), None)
        if ruling is None:
            found = self._vector(column)
        else:
            found = _added(
                self._column(by_key[key], by_key, done) for key in _keys(ruling.right)
            )
            if ruling.kind == "at_least" and self.rng.random() < 0.7:
                found = _added((found, self._vector(column)))
        done[column.key] = found
        return found

    def _vector(self, column: Column) -> Vector:
        done: Vector = {}
        for row in self.table.rows:
            self._row(row, column, done)
        return done

    def _row(self, row: Row, column: Column, done: Vector) -> Figure:
        if row.key in done:
            return done[row.key]
        by_key = self.by_key
        total = next(
            (
                r
                for r in self.rows
                if r.kind in ("sum", "equal") and _keys(r.left) == (row.key,)
            ),
            None,
        )
        floors = [
            r for r in self.rows if r.kind == "at_least" and _keys(r.left) == (row.key,)
        ]
        balance = next(
            (r for r in self.rows if r.kind == "balance" and row.key in _keys(r.left)),
            None,
        )
        if total is not None:
            done[row.key] = sum(
                (self._row(by_key[k], column, done) for k in _keys(total.right)),
                start=0,
            )
        elif floors:
            floor = max(
                sum(
                    (self._row(by_key[k], column, done) for k in _keys(r.right)),
                    start=0,
                )
                for r in floors
            )
            done[row.key] = floor + self._figure(row, column)
        elif balance is not None:
            rest: Figure = sum(
                (self._row(by_key[k], column, done) for k in _keys(balance.right)),
                start=0,
            )
            for key in _keys(balance.left)[
                :0:-1
            ]:  # all but the first take a share; the first takes what is left
                done[key] = self.rng.choice((0, 0, self.rng.randint(0, int(rest))))
                rest -= done[key]
            done[balance.left[0].key] = rest
        else:
            done[row.key] = self._figure(row, column)
        return done[row.key]

    def _figure(self, row: Row, column: Column) -> Figure:
        rng = self.rng
        if rng.random() < self.mood.noughts:
            return 0
        size = rng.randrange(1, 10 ** rng.randint(1, self.mood.digits))
        if column.role == "signed":
            return rng.choice((-1, 1)) * size
        if _is_money(row, column) and self.mood.decimals:
            return _amount(size * 100 + rng.randrange(100))
        if column.role == "money" and column.unit is None:
            return size * rng.choice((1, 1000))
        return size


def _keys(terms: Iterable[Term]) -> tuple[str, ...]:
    return tuple(term.key for term in terms)


def _amount(hundredths: int) -> Figure:
    whole, rest = divmod(hundredths, 100)
    return whole if not rest else Decimal(hundredths).scaleb(-2)


def _added(vectors: Iterable[Vector]) -> Vector:
    out: Vector = {}
    for vector in vectors:
        for key, figure in vector.items():
            added = out.get(key, 0) + figure
            out[key] = int(added) if added == int(added) else added
    return out
