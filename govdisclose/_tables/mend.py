"""Rows and labels that run over line ends, made whole before they are cut into cells.

Guarantee: a line is joined to the one before it only where together they have the cells
of a row, or are a label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

from attrs import frozen

from govdisclose._lexicon.labels import bare
from govdisclose._lines.cell import (
    EITHER,
    HEADER,
    LABEL,
    LABEL_MOST,
    NOTE,
    NUMBER,
    ROW_MOST,
    TEXT,
    pieces,
)
from govdisclose._lines.line import Line
from govdisclose._tables.cells import TAB, Cell, Ruling, cut_cell, whole_line

_REST: Final = re.compile(r"[.,]?\d[\d.,]{0,20}$")
_WRAPS_MOST: Final = 6  # lines that one label may run over
_WORDS: Final = frozenset((TEXT, NOTE, HEADER, EITHER))
_KNOWN: Final = frozenset((LABEL, HEADER, EITHER))


@frozen
class _Row:
    """A row so far: its first and last line made one, the bars in it, and how many bars
    most lines have, and the one with the most."""

    line: Line
    bars: int
    usual: int
    most: int


def mended(shadow: str, lines: Sequence[Line], bar: str, *, closed: bool) -> list[Line]:
    """The lines, with those joined that are one row, a cell of which runs over a line end.

    `closed`: rows end with a bar.
    """
    counts = [
        shadow.count(bar, *whole_line(shadow, line.start, line.end)) for line in lines
    ]
    widths = Counter([count for count in counts if count]).most_common(1)
    usual = widths[0][0] if widths else 0
    most = max(counts, default=0)
    parts = frozenset() if closed else _parts(shadow, lines, counts, bar, usual)
    out: list[_Row] = []
    for i, (line, count) in enumerate(zip(lines, counts, strict=True)):
        if i in parts or (
            out and _goes_on(shadow, out[-1], line, count, bar, closed=closed)
        ):
            row = out[-1]
            out[-1] = _Row(
                Line(row.line.type, row.line.start, line.end),
                row.bars + count,
                usual,
                most,
            )
        else:
            out.append(_Row(line, count, usual, most))
    return [row.line for row in out]


def _parts(
    shadow: str, lines: Sequence[Line], counts: Sequence[int], bar: str, usual: int
) -> frozenset[int]:
    """Which lines go on with a row, the label of which is repeated and runs over a line end each time.

    Together they have the bars of a row, and what meets at each line end is a label."""
    found: set[int] = set()
    for first, begun in enumerate(counts):
        if begun >= usual or first in found:
            continue
        bars = begun
        for i in range(first + 1, min(first + _WRAPS_MOST, len(lines))):
            bars += counts[i]
            if bars > usual or not _meet(shadow, lines[i - 1], lines[i], bar):
                break
            if bars == usual:
                found.update(range(first + 1, i + 1))
                break
    return frozenset(found)


def _meet(shadow: str, line: Line, after: Line, bar: str) -> bool:
    """Whether the last cell of a line and the first of the next are a label together, and it alone."""
    begin = max(shadow.rfind(bar, line.start, line.end) + 1, line.start)
    end = shadow.find(bar, after.start, after.end)
    end = after.end if end < 0 else end
    if end - begin > LABEL_MOST:
        return False
    first, second = shadow[begin : line.end].strip(), shadow[after.start : end].strip()
    found = pieces(first + second)
    return bool(first and second) and len(found) == 1 and found[0].type in _KNOWN


def _goes_on(
    shadow: str, row: _Row, line: Line, count: int, bar: str, *, closed: bool
) -> bool:
    """Whether a line goes on with the row before it."""
    if count:
        return _ends_cell(shadow, row, line, count, bar, closed=closed)
    return (
        not closed
        and row.bars == row.usual > 0
        and _is_rest(shadow, row.line, line, bar)
    )


def _is_rest(shadow: str, line: Line, after: Line, bar: str) -> bool:
    """Whether a line is the rest of the figure that ends the row before it."""
    last = shadow[shadow.rfind(bar, line.start, line.end) + 1 : line.end]
    rest = _REST.match(shadow, after.start, after.end)
    return rest is not None and pieces(last.strip())[0].type == NUMBER


def _ends_cell(
    shadow: str, row: _Row, line: Line, count: int, bar: str, *, closed: bool
) -> bool:
    """Whether the last cell of a row is the beginning of a cell that the first one of
    the line behind it ends."""
    begin = max(shadow.rfind(bar, row.line.start, row.line.end) + 1, row.line.start)
    end = shadow.find(bar, line.start, line.end)
    end = line.end if end < 0 else end
    first, second = (
        shadow[begin : row.line.end].strip(),
        shadow[line.start : end].strip(),
    )
    if (
        not first
        or not second
        or end - begin > LABEL_MOST
        or line.end - row.line.start > ROW_MOST
    ):
        return False
    if row.bars and closed:
        return True  # the bar that closes the row comes later
    if row.bars and row.bars + count > row.most:
        return False  # no row has so many cells
    whole = row.bars > 0 and row.bars + count == row.usual
    return _are_one_cell(first, second, whole=whole)


def _are_one_cell(first: str, second: str, *, whole: bool) -> bool:
    """Whether two cells are the two lines of one. `whole`: the two lines have the cells
    of a row together."""
    begins, ends = pieces(first)[0].type, pieces(second)[0].type
    if whole and begins == ends == NUMBER:
        return True  # a figure that runs over the line end; it is no two figures
    if first.count("(") > first.count(")"):
        begins = TEXT
    if begins == NOTE and not bare(first):
        ends = NOTE  # (一), and the words behind it on a line of their own
    if begins not in _WORDS or ends not in _WORDS:
        return False
    if whole and begins in (TEXT, NOTE) and ends in (TEXT, NOTE):
        return True
    return pieces(first + second)[0].type == LABEL


def wrapped(ruling: Ruling, lines: Sequence[Line], first: int) -> tuple[Cell, int]:
    """A label that runs over several lines, none of which is a label or a value by
    itself, and over how many."""
    shadow, start = ruling.shadow, lines[first].start
    if start in ruling.labelled or pieces(shadow[start : lines[first].end])[
        0
    ].type not in (TEXT, NOTE):
        return [], 1
    for i in range(first + 1, min(first + _WRAPS_MOST, len(lines))):
        line = lines[i]
        text = shadow[line.start : line.end]
        if line.start in ruling.labelled or line.end - start > LABEL_MOST:
            break
        if ruling.tabbed and TAB in text:
            break  # its cells are counted
        found = cut_cell(shadow, start, line.end)
        if found[0].type == LABEL:
            return found, i + 1 - first
        if pieces(text)[0].type != TEXT:
            break
    return [], 1
