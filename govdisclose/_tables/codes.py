"""Numbers that are no figures: counts of the rows (序号), and codes that stand before the
figures (代码 01 to 56).

Guarantees:

1. Only what is the code or count of its own row is taken off, and only where most rows have theirs.
2. Where figures ran into codes and many rows do not begin with theirs, no row that did is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve

from govdisclose._lines.cell import (
    BLANK,
    CODE,
    DASH,
    LABEL,
    NOTE,
    NUMBER,
    ORDINAL_MOST,
    TEXT,
    UNIT,
    UNITS,
    Token,
)
from govdisclose._tables.layout import is_glued
from govdisclose._tables.sheet import VALUES, Content, PrintedRow, Sheet
from govdisclose.form import FormTable, Place, catalogue

_COUNTED_LEAST: Final = 4
_BEHIND_CODE: Final = "* " + UNITS.replace("|", "")  # marks, and the unit of the row


def code_of(table: FormTable, place: Place) -> str:
    """What the form prints in the column of codes or counts of a row."""
    return (table.rows[place.row].code or str(place.row + 1)).strip("*")


# --- counts before the labels


def uncounted(shadow: str, tokens: Sequence[Token]) -> Sequence[Token]:
    """The tokens without a count of the rows before their labels, if there is one: 1,
    2, 3 and so on.

    A form that has such a column tells the count of each row; where an office has put
    one of its own, it counts on from one label to the next, and nearly every figure
    before a label does. Where nearly all labels have theirs, a figure before one that
    has none may be a wrong count behind a blank: it is not `tight`."""
    labels = sum([token.type == LABEL for token in tokens])
    said = [i for i, token in enumerate(tokens) if token.type not in (NOTE, BLANK)]
    before = [
        (i, j)
        for i, j in pairwise(said)
        if tokens[j].type == LABEL and tokens[i].type == NUMBER
    ]
    figures = {i: shadow[tokens[i].start : tokens[i].end] for i, _ in before}
    dropped = {i for i, j in before if _is_count(figures[i], tokens[j].places)}
    if len(dropped) < _COUNTED_LEAST or len(dropped) * 2 < labels:
        first = next((i for i, token in enumerate(tokens) if token.type == LABEL), -1)
        if not before or before[0][1] != first or tokens[before[0][0]].slots > 0:
            return tokens  # a count opens the table; what bars count is told by them
        dropped = set(_counting(figures))
        if len(dropped) < _COUNTED_LEAST or len(dropped) * 5 < len(before) * 4:
            return tokens
    dropped |= {i for i, j in before if _opens_line(shadow, tokens[i], tokens[j])}
    unsure = {i for i, _ in before} - dropped if len(dropped) * 5 >= labels * 4 else ()
    return [
        token._replace(tight=False) if i in unsure else token
        for i, token in enumerate(tokens)
        if i not in dropped
    ]


def _opens_line(shadow: str, figure: Token, label: Token) -> bool:
    """Whether a figure and the label behind it open a line: where rows are counted, it
    is a wrong count (9 | … behind 73 | …) and no figure of the row before."""
    line = shadow.rfind("\n", 0, figure.start) + 1
    opening = shadow[line : figure.start].strip("| \t")
    return not opening and "\n" not in shadow[figure.end : label.start]


def _counting(figures: Mapping[int, str]) -> Iterator[int]:
    """The figures, by index, that count on: 1, 2, 3, and from 1 again."""
    upcoming = 1
    for i, figure in figures.items():
        if figure == "1":
            upcoming = 1
        if figure == str(upcoming):
            yield i
            upcoming += 1


def _is_count(text: str, places: Iterable[Place]) -> bool:
    """Whether a figure is what a form with a column of counts prints before the row."""
    counts = catalogue().counts
    return len(text) <= ORDINAL_MOST and any(
        counts.get(place) == text for place in places
    )


# --- codes before the figures


def without_codes(
    sheet: Sheet, table: FormTable, rows: Sequence[PrintedRow]
) -> tuple[Sequence[PrintedRow], bool]:
    """The rows without the column of codes or counts, and whether there is one: whether
    most rows have theirs."""
    if table.code_header is None and table.ordinal_header is None:
        return rows, False
    at = [_code_at(sheet, table, row) for row in rows]
    if sum([i >= 0 for i in at]) * 2 <= len(rows):
        return rows, False
    rows = [_without(r, i) if i >= 0 else r for r, i in zip(rows, at, strict=True)]
    return [_marked_figures(table, row) for row in rows], True


def _code_at(sheet: Sheet, table: FormTable, row: PrintedRow) -> int:
    """Which item of a row is its code: the first of its values, if no code stands there
    already; -1 if none is. A figure with a mark behind it (586*) is not the code of its row."""
    if row.place is None or any(
        _is_own_code(table, row.place, token) for token in row.items
    ):
        return -1
    printed = (
        i
        for i, t in enumerate(row.items)
        if t.type in VALUES and t.type not in (BLANK, DASH)
    )
    first = next(printed, -1)
    if first < 0 or sheet.raw(row.items[first]).rstrip(_BEHIND_CODE) != code_of(
        table, row.place
    ):
        return -1
    return first


def _is_own_code(table: FormTable, place: Place, token: Token) -> bool:
    return token.type == CODE and token.text.rstrip("* ") == code_of(table, place)


def _marked_figures(table: FormTable, row: PrintedRow) -> PrintedRow:
    """The row with the figures that look like a code made words: they are none that can be read."""
    place = row.place
    if place is None or not any(token.type == CODE for token in row.items):
        return row
    items = [
        token
        if token.type != CODE or _is_own_code(table, place, token)
        else token._replace(type=TEXT)
        for token in row.items
    ]
    return PrintedRow(row.label, tuple(items), row.unit, place)


def _without(row: PrintedRow, at: int) -> PrintedRow:
    """The row without an item; the unit behind a code is that of the row, though a
    number stood before it."""
    items = (*row.items[:at], *row.items[at + 1 :])
    first = next((token for token in items if token.type in (UNIT, NUMBER)), None)
    unit = first if first is not None and first.type == UNIT else None
    return PrintedRow(row.label, items, unit, row.place)


def without_glued_codes(
    sheet: Sheet,
    table: FormTable,
    printed: Sequence[PrintedRow],
    rows: Sequence[PrintedRow],
    contents: Sequence[Content],
) -> list[Content]:
    """What stands behind the labels without the codes that ran into the figures, in
    rows whose code is not taken off.

    A row that does not begin with its code is not read, nor is any where many do not:
    what stands there may be codes of a form that nobody knows, and no figure can be
    told from them. `printed` are the rows as they were."""
    out = list(contents)
    if table.code_header is None:
        return out
    codes: dict[int, str] = {}
    for i, (before, row, content) in enumerate(
        zip(printed, rows, contents, strict=True)
    ):
        if row is before and row.place is not None and _may_run_in(sheet, row, content):
            codes[i] = code_of(table, row.place)
    fits = {
        i: sheet.raw(contents[i].values[0]).startswith(code)
        for i, code in codes.items()
    }
    few = sum(fits.values()) * 4 <= len(fits) * 3
    for i, fit in fits.items():
        first, *others = contents[i].values
        left = _behind(first, codes[i]) if fit else (first,)
        out[i] = evolve(contents[i], values=(*left, *others), lost=not fit or few)
    return out


def _may_run_in(sheet: Sheet, row: PrintedRow, content: Content) -> bool:
    return is_glued(sheet.text.shadow, content) and not any(
        token.type == CODE for token in row.items
    )


def _behind(token: Token, code: str) -> tuple[Token, ...]:
    """What is left of a figure that a code ran into."""
    if token.text == code:
        return ()
    return (
        token._replace(start=token.start + len(code), text=token.text[len(code) :]),
    )
