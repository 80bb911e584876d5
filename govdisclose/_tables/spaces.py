"""Blank cells that only the space between lines tells, where each cell has a line to itself.

Converters part cells by as many line ends as the page has nodes between them: two cells
by some, two rows by more. A blank cell adds as many as a filled one, or one fewer; one
that holds a no-break space leaves a line of its own.

Guarantees:

1. A line of no-break spaces between two cells is one blank cell.
2. Other blanks are loose: a row that they do not fit may be read without them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from attrs import frozen

from govdisclose._lines.cell import (
    BLANK,
    HEADER,
    LABEL,
    NUMBER,
    Token,
    is_group,
    pieces,
)
from govdisclose._lines.line import Line
from govdisclose._tables.cells import Cell

_SPACE: Final = "\N{NO-BREAK SPACE}\N{IDEOGRAPHIC SPACE}"
MARK: Final = re.compile(f"^[ \\t]*+[{_SPACE}][ \\t{_SPACE}]*+$", re.MULTILINE)
"""A line of the repaired text that holds a blank which no indent is made of, and no words."""

_FIGURES_LEAST: Final = 2  # with a line to themselves, or no cell has one
_BLOCKS_LEAST: Final = 4  # gaps between rows that tell whether these stand apart
_ROWS_LEAST: Final = 2  # rows that are as far apart
_BEHIND_MOST: Final = 16  # blank cells behind the last line of a table
_WORDS: Final = re.compile(r"\S")


class _Step(NamedTuple):
    """How many line ends part two cells, two rows, and how many a blank cell adds."""

    cells: int
    rows: int
    blank: int


@frozen
class _Gap:
    """The line ends between two lines, or between a blank cell that is marked and a line.

    `figure`: a figure or a marked blank stands behind it; `row`: it parts two rows."""

    ends: int
    figure: bool
    row: bool


def blank_cells(
    shadow: str, lines: Sequence[Line], labelled: frozenset[int], marks: Sequence[int]
) -> list[Cell]:
    """For each line the blank cells before it, and last those behind all lines.

    `marks` are the offsets of the lines of no-break spaces."""
    kinds = [pieces(shadow[line.start : line.end])[0].type for line in lines]
    if kinds.count(NUMBER) < _FIGURES_LEAST:
        marks = ()
    places = _places(lines, marks)
    gaps: list[list[_Gap]] = [[]]
    for i, (before, line) in enumerate(pairwise(lines)):
        first = line.start in labelled or kinds[i + 1] == HEADER
        row = kinds[i] == NUMBER if first else kinds[i] == HEADER
        last = _Gap(0, kinds[i + 1] == NUMBER, row or (first and bool(places[i + 1])))
        gaps.append(_gaps(shadow, (before.end, *places[i + 1], line.start), last))
    piled = not any(places) and _are_piled(
        shadow, lines, labelled, [mine[-1] for mine in gaps[1:]]
    )
    every = [gap for mine in gaps for gap in mine]
    step = None if piled else _step(every, marked=any(places))
    out: list[Cell] = []
    for line, mine, at in zip(lines, gaps, places, strict=True):
        out.append([])
        for gap, end in zip(mine, (*at, line.start), strict=False):
            out[-1] += _loose(end, _count(gap, step))
            out[-1] += [Token(BLANK, end, end)] * (end in at)
    return [*out, _behind(shadow, lines[-1].end, step, marks)]


def _places(lines: Sequence[Line], marks: Sequence[int]) -> list[Sequence[int]]:
    """The marks before each line, and behind the one before it."""
    out: list[Sequence[int]] = [()]
    for before, line in pairwise(lines):
        first, last = bisect_left(marks, before.end), bisect_left(marks, line.start)
        out.append(marks[first:last])
    return out


def _gaps(shadow: str, places: Sequence[int], last: _Gap) -> list[_Gap]:
    """The gaps between two lines, with marked blanks between them; `last` is what the last one is."""
    ends = [_line_ends(shadow, a, b) for a, b in pairwise(places)]
    out = [_Gap(count, True, False) for count in ends[:-1]]
    return [*out, _Gap(ends[-1], last.figure, last.row)]


def _line_ends(shadow: str, start: int, end: int) -> int:
    """How many line ends stand between two lines; one where a line was left out between
    them: room around the number of a page tells of no blank cell."""
    between = shadow[start:end]
    return 1 if between.strip() else between.count("\n")


# --- what the gaps of a table have in common


def _step(gaps: Sequence[_Gap], *, marked: bool) -> _Step | None:
    """What a gap tells; None if nothing: space is only air there.

    Where cells are not apart by blank lines, one may be a blank cell, or only air
    between rows: figures tell. Where they are, and blank cells leave as many lines as
    cells do, few figures stand behind gaps of another size."""
    cells = _usual([gap.ends for gap in gaps])
    rows = _between_rows(gaps, cells)
    figured = [gap.ends - cells for gap in gaps if gap.figure and not gap.row]
    figured = [more for more in figured if more > 0]
    if cells == 1:
        told = not marked and not _are_blocks(gaps) and _are_close(gaps)
        return _Step(1, rows, 1) if told and len(figured) >= _FIGURES_LEAST else None
    whole = sum([more % cells == 0 for more in figured])
    fewer = sum([more % (cells - 1) == 0 for more in figured])
    if fewer > whole and (fewer - whole) * 4 >= fewer:
        return _Step(cells, rows, cells - 1)
    return _Step(cells, rows, cells) if whole * 2 >= len(figured) else None


def _are_blocks(gaps: Sequence[_Gap]) -> bool:
    """Whether rows stand apart by blank lines, so that these tell of no blank cell."""
    rows = [gap.ends for gap in gaps if gap.row]
    apart = sum([ends > 1 for ends in rows])
    return len(rows) >= _BLOCKS_LEAST and apart * 10 >= len(rows) * 8


def _are_close(gaps: Sequence[_Gap]) -> bool:
    """Whether some figures stand right behind a cell: where none does, a blank line
    before one is no blank cell."""
    figures = [gap.ends for gap in gaps if gap.figure]
    close = sum([ends <= 1 for ends in figures])
    return close >= _FIGURES_LEAST and close * 10 >= len(figures)


def _are_piled(
    shadow: str, lines: Sequence[Line], labelled: frozenset[int], gaps: Sequence[_Gap]
) -> bool:
    """Whether a label of figures follows another without room for a cell between: then
    the figures stand elsewhere, and blank lines tell of no blank cell.

    `gaps` are those right before each line but the first."""
    usual = _usual([gap.ends for gap in gaps])
    piled = [
        before
        for gap, (before, line) in zip(gaps, pairwise(lines), strict=True)
        if gap.ends <= usual
        and before.start in labelled
        and line.start in labelled
        and _is_lone_label(shadow, before)
    ]
    return len(piled) > (usual > 1)  # a cell of its own may hold the end of a label


def _is_lone_label(shadow: str, line: Line) -> bool:
    found = pieces(shadow[line.start : line.end])
    return len(found) == 1 and found[0].type == LABEL and not is_group(found[0].places)


def _usual(gaps: Sequence[int]) -> int:
    """How many line ends part two cells that follow each other.

    That is the gap that comes most often, or a smaller one that the others are
    multiples of, where most cells of a table are blank."""
    counts = Counter(gaps)
    if not counts:
        return 1
    for gap in sorted(counts):
        if gap > 1:
            multiples = sum([n for ends, n in counts.items() if ends % gap == 0])
            if multiples * 10 >= len(gaps) * 9:
                return gap
    return max(counts.most_common(1)[0][0], 1)


def _between_rows(gaps: Sequence[_Gap], cells: int) -> int:
    """How many line ends part two rows at least: as many as two cells, or more."""
    counts = Counter([gap.ends for gap in gaps if gap.row and gap.ends >= cells])
    return min([ends for ends, n in counts.items() if n >= _ROWS_LEAST], default=cells)


# --- blanks


def _count(gap: _Gap, step: _Step | None) -> int:
    if step is None:
        return 0
    return (gap.ends - (step.rows if gap.row else step.cells)) // step.blank


def _loose(at: int, count: int) -> Cell:
    return [Token(BLANK, at, at, (), False)] * count


def _behind(shadow: str, end: int, step: _Step | None, marks: Sequence[int]) -> Cell:
    """The blank cells behind the last line."""
    behind = _WORDS.search(shadow, end)
    here = behind.start() if behind else len(shadow)
    mine = marks[bisect_left(marks, end) : bisect_left(marks, here)]
    if mine:
        return [Token(BLANK, at, at) for at in mine[:_BEHIND_MOST]]
    if step is None or step.cells == 1:
        return []
    count = (_line_ends(shadow, end, here) - step.rows) // step.blank
    return _loose(end, min(count, _BEHIND_MOST))
