"""Tables whose labels and figures are printed apart: by an extractor that goes down the
columns of a page, or that puts all figures before all words.

No label stands beside its figures then, and only the form as a whole brings them
together. The order of the form is tried, row by row and column by column, and stands
only where it is proven.

Guarantees:

1. Figures are only given for all cells of a table or for none.
2. They are as many as the form has cells, in one run (row by row) or in one run a column; and all labels stand in the
   order of the form, row by row or, where heads have columns of their own, column by column.
3. All relations of the table hold in that order, and would not by chance (see `PROOF_LEAST`); and they do in no other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, takewhile, zip_longest
from math import fsum, log10
from typing import Final, TypeAlias

from attrs import frozen

from govdisclose._lexicon.labels import is_numbered
from govdisclose._lexicon.numeral import read_cell
from govdisclose._lines.cell import (
    BLANK,
    DASH,
    HEADER,
    LABEL,
    NONE,
    NOTE,
    NUMBER,
    TEXT,
    Token,
)
from govdisclose._solve.balance import Puzzle, solve
from govdisclose._solve.runs import Sums, holds
from govdisclose._solve.search import Figure, Values
from govdisclose._solve.sums import sums_in
from govdisclose._tables.sheet import Sheet
from govdisclose._tables.words_over import headers_over
from govdisclose.form import FormTable, Place, Row, catalogue

PROOF_LEAST: Final = 6.0
"""What must speak for an order, as a power of ten. A sum that is not nought is met by other figures of the same size
once in as many times as it is great; one that is met by a single part, or repeats another, counts but once."""
_SUMS_LEAST: Final = 3  # different sums that are not nought
_RUN_LEAST: Final = (
    8  # figures that no label parts; with more of them a table may be apart
)
_LABELS_LEAST: Final = 8  # labels without a figure, under a line of figures, that make a table whose figures are apart
_ABOVE_MOST: Final = 400  # characters above a table that are looked at
_FIGURES: Final = "0123456789 \t,.+-"
_SHOWN: Final = frozenset((NUMBER, DASH, NONE))
_WORDS: Final = frozenset((LABEL, HEADER, TEXT, NOTE))


@frozen
class Apart:
    """Figures that an order of the form brings to their cells: for each row, a token a column.

    `by_row` tells whether they were printed row by row, or column by column.
    """

    cells: Mapping[str, Sequence[Token]]
    by_row: bool


@frozen
class Ordered:
    """What became of a table whose figures stand apart: None where no order is proven.
    Where its labels stand."""

    starts: Sequence[int]
    apart: Apart | None


def is_apart(sheet: Sheet) -> bool:
    """Whether labels and figures of a sheet are printed apart."""
    labels = _labels(sheet)
    if not labels:
        return False
    tokens = _tokens(sheet)
    above = (
        sheet.text.shadow[max(0, sheet.start - _ABOVE_MOST) : sheet.start]
        .rstrip()
        .rpartition("\n")[2]
    )
    if len(labels) >= _LABELS_LEAST and above and not above.strip(_FIGURES):
        return not any(token.type in (NUMBER, BLANK) for token in tokens)
    columns = max([len(catalogue().table(place).columns) for place in labels.values()])
    return _are_apart(tokens, labels, columns)


def in_order(sheet: Sheet) -> Mapping[str, Ordered]:
    """The tables of the form with their figures in its order, where that is proven, by
    their ids."""
    found: dict[str, Ordered] = {}
    if sheet.form is None:
        return found
    labels, tokens = _labels(sheet), _tokens(sheet)
    for table in sheet.form.tables:
        words: list[int] = []
        if table.key_from == "column":
            words = [
                cell.start
                for header in headers_over(sheet, table)
                for cell in header.cells
            ]
        starts = words or [
            start for start, place in labels.items() if place.table == table.id
        ]
        if starts:
            sums = sums_in(sheet.form.id, table.id)
            apart = bring_together(
                sheet.text.shadow, table, tokens, labels, words, sums
            )
            found[table.id] = Ordered(starts, apart)
    return found


def _tokens(sheet: Sheet) -> list[Token]:
    """The cells of a sheet, in order, without the codes of rows, which are no figures."""
    tokens = [
        *sheet.parts.lead,
        *(cell for header in sheet.parts.headers for cell in header.cells),
    ]
    for row in sheet.rows:
        first = next(
            (i for i, token in enumerate(row.items) if token.type == NUMBER), -1
        )
        coded = (
            first >= 0
            and row.place is not None
            and sheet.raw(row.items[first]) == _code(row.place)
        )
        tokens += [
            row.label,
            *(token for i, token in enumerate(row.items) if not (coded and i == first)),
        ]
    return sorted(tokens, key=lambda token: token.start)


def _code(place: Place) -> str | None:
    return catalogue().rows[place].code


def _labels(sheet: Sheet) -> dict[int, Place]:
    """The rows that the labels of a sheet name, by where they stand.

    A word that heads a column too (总计, 其他) is a label only with the number that the
    form gives the row."""
    labels: dict[int, Place] = {}
    for row in sheet.rows:
        text, place = sheet.raw(row.label), row.place
        if place is not None and (is_numbered(text) or not _needs_number(text, place)):
            labels[row.label.start] = place
    return labels


def _needs_number(text: str, place: Place) -> bool:
    forms = catalogue()
    return bool(forms.rows[place].enumerator) and forms.is_header(text)


def _are_apart(
    tokens: Sequence[Token], labels: Mapping[int, Place], columns: int
) -> bool:
    """Whether most labels of a region stand without figures, and more figures than a
    row has follow each other.

    `tokens` are in the order of the text.

    As telling are figures before all labels that are as many as those, whatever stands
    behind them. `labels` are the rows that labels name, by where they stand; `columns`
    are those of the widest table among them."""
    said = [t for t in tokens if t.type in _SHOWN or t.type in _WORDS]
    first = min(labels)
    if sum(
        [t.type in _SHOWN for t in takewhile(lambda t: t.start < first, said)]
    ) >= max(_RUN_LEAST, len(labels)):
        return True
    bare = sum(
        [
            t.start in labels and (after is None or after.type in _WORDS)
            for t, after in zip_longest(said, said[1:])
        ]
    )
    return bare * 2 > len(labels) and max(map(len, _runs(tokens)), default=0) > max(
        _RUN_LEAST, columns + 2
    )


def bring_together(
    shadow: str,
    table: FormTable,
    tokens: Sequence[Token],
    labels: Mapping[int, Place],
    words: Sequence[int],
    sums: Sums,
) -> Apart | None:
    """The figures of `table` in the order of the form, if that is proven; else None.

    `tokens` are those of the region, `words` the offsets of the words over a table that
    has no labels. There are labels of the table, or such words."""
    mine = [
        (start, place) for start, place in labels.items() if place.table == table.id
    ]
    places = [start for start, _ in mine] or list(words)
    others = [start for start, place in labels.items() if place.table != table.id]
    low = max((start for start in others if start < places[0]), default=-1)
    high = min((start for start in others if start > places[-1]), default=len(shadow))
    runs = list(_runs([token for token in tokens if low < token.start < high]))
    named = [table.rows[place.row] for _, place in mine]
    found: list[Apart] = []
    for rows in _printed_rows(table):
        if table.key_from == "column" or _in_order(table, rows, named):
            orders = _orders(runs, [row.key for row in rows], table, places)
            found += [
                apart
                for apart in orders
                if _is_proven(shadow, apart, sums, len(table.columns))
            ]
    return found[0] if len(found) == 1 else None


def _printed_rows(table: FormTable) -> list[list[Row]]:
    """The rows that may have figures: all that are printed in rows of their own, or
    those that are no headings."""
    printed = [row for row in table.rows if not row.group or table.super_header is None]
    figured = [row for row in printed if not row.group]
    return [printed, figured] if len(figured) < len(printed) else [printed]


def _in_order(table: FormTable, rows: Sequence[Row], named: Sequence[Row]) -> bool:
    """Whether labels stand in the order of the form, or, heads having columns of their
    own, column by column."""
    mine = [row.key for row in named if row in rows]
    return mine in (
        [row.key for row in rows],
        [row.key for row in sorted(rows, key=lambda row: _depth(table, row))],
    )


def _depth(table: FormTable, row: Row) -> int:
    """How many heads stand before a row in columns of their own."""
    by_key = {other.key: other for other in table.rows}
    depth = 0
    while table.super_header is not None and row.parent in by_key:
        row = by_key[row.parent]
        depth += 1
    return depth


def _runs(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Figures, and marks for none, that follow each other with no word between."""
    said = [t for t in tokens if t.type in _SHOWN or t.type in _WORDS]
    for shown, run in groupby(said, lambda t: t.type in _SHOWN):
        if shown:
            yield list(run)


def _orders(
    runs: Sequence[list[Token]],
    rows: Sequence[str],
    table: FormTable,
    places: Sequence[int],
) -> Iterator[Apart]:
    """The ways to deal out runs of the right length. With one column both orders are one."""
    columns, size = len(table.columns), len(rows)
    whole = [run for run in runs if len(run) == size * columns]
    before = [run for run in whole if run[-1].start < places[0]]
    both = columns > 1 < size
    for run in before[-1:] or whole[:1]:
        across = [run[i : i + columns] for i in range(0, len(run), columns)]
        yield Apart(dict(zip(rows, across, strict=True)), by_row=True)
        if both:
            down = [run[i::size] for i in range(size)]
            yield Apart(dict(zip(rows, down, strict=True)), by_row=False)
    codes = [row.code for row in table.rows]
    single = [
        run
        for run in runs
        if len(run) == size and [token.text for token in run] != codes
    ]
    if both and len(single) == columns:
        across = [list(row) for row in zip(*single, strict=True)]
        yield Apart(dict(zip(rows, across, strict=True)), by_row=False)


Met: TypeAlias = tuple[Figure, tuple[Figure, ...]]
"""A sum that holds: what the left side comes to, and the figures of the right that are not nought."""


def _is_proven(shadow: str, apart: Apart, sums: Sums, columns: int) -> bool:
    """Whether all relations hold, and would not by chance."""
    read = {key: _figures_of(shadow, cells) for key, cells in apart.cells.items()}
    if not all(holds(values, sums) for values in read.values()):
        return False
    puzzles = {key: Puzzle([values]) for key, values in read.items()}
    if solve({}, puzzles, sums).failed:
        return False
    # a sum that repeats another proves nothing more
    met = {
        found
        for found in (*_met_across(read, sums), *_met_down(read, sums, columns))
        if found[0]
    }
    proof = fsum([log10(1 + abs(int(amount))) for amount, _ in met])
    return len(met) >= _SUMS_LEAST and proof >= PROOF_LEAST


def _figures_of(shadow: str, cells: Iterable[Token]) -> Values:
    return tuple([read_cell(shadow[token.start : token.end]).value for token in cells])


def _met_across(read: Mapping[str, Values], sums: Sums) -> Iterator[Met]:
    """The sums of columns, in every row."""
    for values in read.values():
        for _, total, parts, covers in sums.columns:
            if not covers:
                yield _met([values[i] for i in total], [values[i] for i in parts])


def _met_down(read: Mapping[str, Values], sums: Sums, columns: int) -> Iterator[Met]:
    """The sums of rows, in every column."""
    for _, total, parts, covers in sums.rows:
        if not covers and all(key in read for key in (*total, *parts)):
            for i in range(columns):
                yield _met(
                    [read[key][i] for key in total], [read[key][i] for key in parts]
                )


def _met(left: Iterable[Figure | None], right: Iterable[Figure | None]) -> Met:
    return sum([figure or 0 for figure in left]), tuple(
        sorted([figure for figure in right if figure])
    )
