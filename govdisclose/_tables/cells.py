"""The cells of one line of a table: of a row with bars or tabs, of one set with blanks,
of one that is a cell.

Guarantees:

1. Tokens are in order, but for a label that stands behind what it is read before; no two overlap.
2. Where bars or tabs count the cells of a row, each token says which of how many it is of.
3. What is left out is white space, bars, and what merged cells repeat.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeAlias

from attrs import evolve, frozen

from govdisclose._lexicon.labels import is_numbered
from govdisclose._lines.cell import (
    BLANK,
    EITHER,
    GAP,
    HEADER,
    HEADS_MOST,
    LABEL,
    NOTE,
    NUMBER,
    TEXT,
    Token,
    is_group,
    is_odd_figure,
    pieces,
)
from govdisclose._lines.line import Line
from govdisclose._lines.row import is_header
from govdisclose._tables.as_headed import Orders, order_at, order_of
from govdisclose.form import catalogue
from govdisclose.form.spelling import EXACT

Cell: TypeAlias = list[Token]
"""What a cell holds: one thing, or a label with what is glued to it."""

BAR: Final = "|"
TAB: Final = "\t"
_BEFORE_LABEL: Final = (TEXT, NOTE, LABEL, EITHER)


@frozen
class Ruling:
    """How the lines of a table are ruled.

    `labelled` are the offsets of lines that begin with a label, `marks` those of lines
    that hold nothing but no-break spaces. `tabbed`: tabs part the
    cells, and do not stand for blanks. `ended`: rows end with a bar, so that the last
    one opens no blank cell. `framed`: they begin with one. `orders`: in which order the
    heads over a row say that its cells stand."""

    shadow: str
    labelled: frozenset[int]
    tabbed: bool = True
    ended: bool = True
    framed: bool = False
    marks: Sequence[int] = ()
    orders: Orders = ()


def cut_line(ruling: Ruling, start: int, end: int) -> Cell:
    """The cells of a line without bars: apart by tabs or blanks, or one cell."""
    text = ruling.shadow[start:end]
    whole = whole_line(ruling.shadow, start, end)  # blank cells at its ends are tabs
    if ruling.tabbed and ruling.shadow.find(TAB, *whole) >= 0:
        return cut_row(ruling, *whole, TAB)
    if GAP.search(text) and (apart := _cut_spaced(ruling.shadow, start, end)):
        return apart
    return cut_cell(ruling.shadow, start, end)


def cut_cell(
    shadow: str, start: int, end: int, slot: int = -1, slots: int = -1
) -> Cell:
    """A cell that may hold a label, with or without what is glued to it."""
    return [
        Token(
            kind,
            start + a,
            start + b,
            places,
            True,
            EXACT,
            shadow[start + a : start + b],
            slot,
            slots,
        )
        for kind, a, b, places in pieces(shadow[start:end])
    ]


def one_cell(shadow: str, cell: Cell) -> Token:
    """A cell that is told by its bars, and no label: it is one cell, whatever stands in it."""
    first, last = cell[0], cell[-1]
    if first is last and first.type != LABEL:
        return first
    return first._replace(
        type=TEXT, end=last.end, places=(), text=shadow[first.start : last.end]
    )


def strip(shadow: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without blanks at its ends; a blank one is empty and stands at its end."""
    text = shadow[start:end]
    bare = text.strip()
    if len(bare) < len(text):
        start = end - len(text.lstrip())
    return start, start + len(bare)


def whole_line(shadow: str, start: int, end: int) -> tuple[int, int]:
    """The line with the tabs and blanks at its ends."""
    while start and shadow[start - 1] in " \t":
        start -= 1
    while end < len(shadow) and shadow[end] in " \t":
        end += 1
    return start, end


# --- rows whose cells are counted


def cut_row(ruling: Ruling, start: int, end: int, bar: str) -> Cell:
    """The cells of a row, in the order of the forms where the head over it tells another. A bar at
    either end closes the row; it does not open one more blank cell.

    What stands before the label (the blank under a merged cell, an ordinal, a merged
    cell that no form knows) is no value of any row, and a label that is repeated across
    merged cells is one label."""
    shadow = ruling.shadow
    bounds = row_bounds(ruling, start, end, bar)
    if order := order_at(ruling.orders, start, len(bounds)):
        bounds = [bounds[i] for i in order]
    cells = [cut_cell(shadow, a, b, i, len(bounds)) for i, (a, b) in enumerate(bounds)]
    at = _label_at(cells)
    if at < 0:
        return [token for cell in cells for token in cell]
    label = cells[at][0]
    out = _other_labels(cells[:at], label)
    if label.type == LABEL:
        out += cells[at]
    else:
        label = one_cell(shadow, cells[at])._replace(type=LABEL)
        out.append(label)
    behind = at + 1
    while behind < len(cells) and _repeats(cells[behind][0], label):
        behind += 1
    return [*out, *[one_cell(shadow, cell) for cell in cells[behind:]]]


def row_bounds(ruling: Ruling, start: int, end: int, bar: str) -> list[tuple[int, int]]:
    """Where the cells of a row stand. A bar at either end closes the row."""
    if bar != TAB:
        start += ruling.framed and ruling.shadow[start] == bar
        end -= ruling.ended and ruling.shadow[end - 1] == bar and end > start
    return list(_between_bars(ruling.shadow, start, end, bar))


def with_orders(ruling: Ruling, lines: Iterable[Line], bar: str) -> Ruling:
    """The ruling with the orders that the heads among the lines tell."""
    orders = []
    for line in lines:
        start, end = line.start, line.end
        if ruling.shadow.find(bar, start, end) < 0 or not is_header(
            ruling.shadow, line
        ):
            continue
        if bar == TAB:
            start, end = whole_line(ruling.shadow, start, end)
        bounds = row_bounds(ruling, start, end, bar)
        order = order_of([ruling.shadow[a:b] for a, b in bounds])
        if order is not None:
            orders.append((start, order))
    return evolve(ruling, orders=tuple(orders)) if orders else ruling


def _between_bars(
    shadow: str, start: int, end: int, bar: str
) -> Iterator[tuple[int, int]]:
    while start <= end:
        stop = shadow.find(bar, start, end)
        stop = end if stop < 0 else stop
        yield strip(shadow, start, stop)
        start = stop + 1


def _other_labels(cells: Sequence[Cell], label: Token) -> Cell:
    """The labels before the label of a row: heads of several rows."""
    return [
        cell[0]
        for cell in cells
        if cell[0].type == LABEL and cell[0].places != label.places
    ]


def _repeats(token: Token, label: Token) -> bool:
    return token.type in (LABEL, TEXT) and token.text == label.text


def _label_at(cells: Sequence[Cell]) -> int:
    """Which cell of a row is its label: the innermost of its heads; -1 if the row is
    one of headers or of figures."""
    if any(token.type == HEADER for cell in cells for token in cell):
        return next(
            (i for i in reversed(range(len(cells))) if cells[i][0].type == LABEL), -1
        )
    heads, behind = _heads(cells)
    if not heads:
        return -1
    at = _innermost(cells, heads, behind)
    return next(
        (i for i in heads if i < at and cells[i][0].text == cells[at][0].text), at
    )


def _heads(cells: Sequence[Cell]) -> tuple[list[int], int]:
    """The cells of words that a row begins with, and where the others begin; a count
    may stand first."""
    heads: list[int] = []
    at = 0
    for at, cell in enumerate(cells):
        kind = cell[0].type
        if kind in (LABEL, TEXT) and cell[0].text:
            heads.append(at)
        elif kind not in (BLANK, NOTE) and (heads or kind != NUMBER or at):
            break
    return heads, at


def _innermost(cells: Sequence[Cell], heads: Sequence[int], behind: int) -> int:
    """The head that is the label.

    A cell of text behind a label is its value, unless the label is a heading, as
    三、本年度办理结果 is, or the text has an enumerator."""
    known = [i for i in heads if cells[i][0].type == LABEL]
    last = heads[-1]
    if not known:
        figured = any(token.type == NUMBER for cell in cells[behind:] for token in cell)
        return last if figured else heads[0]
    at = known[-1]
    words = cells[last][0].text
    if last > at and (is_group(cells[at][0].places) or _is_inner(words)):
        return last
    return at


def _is_inner(words: str) -> bool:
    """Whether words behind a label have an enumerator; the point of 12.5万 makes none."""
    return is_numbered(words) and not is_odd_figure(words)


# --- rows set with blanks


def _cut_spaced(shadow: str, start: int, end: int) -> Cell:
    """A row whose cells stand apart by two blanks and more; empty if it is one cell
    with blanks in it.

    Before the label may stand what is left of merged cells; it is no part of the row.
    """
    cells = [cut_cell(shadow, a, b) for a, b in _between_gaps(shadow, start, end)]
    heads = [i for i, cell in enumerate(cells[:HEADS_MOST]) if cell[0].type == LABEL]
    if heads:
        before, mine = cells[: heads[-1]], cells[heads[-1] :]
        if all(_is_left_of_label(token) for cell in before for token in cell):
            cells = [_other_labels(before, mine[0][0]), *mine]
    elif not any(
        token.type in (NUMBER, HEADER) for cell in cells[1:] for token in cell
    ):
        last = cells[-1][0]
        if catalogue().find_inexact(shadow[last.start : last.end]) is None:
            return []
    return [token for cell in cells for token in cell]


def _is_left_of_label(token: Token) -> bool:
    """Whether a cell may be what is left of a merged one: 其他 or 处理, of (六)其他处理."""
    if token.type == HEADER:
        return not catalogue().is_headers(token.text)
    return token.type in _BEFORE_LABEL


def _between_gaps(shadow: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for m in GAP.finditer(shadow, start, end):
        if m.start() > start:
            yield start, m.start()
        start = m.end()
    if start < end:
        yield start, end
