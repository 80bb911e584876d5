"""Tables without rules: columns that only the places of the words show."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise, takewhile
from statistics import median
from typing import Final, NamedTuple

from govdisclose.read._pdf.lines import Line, Piece, joined

_FIGURE: Final = re.compile(r"[-+−]?\d[\d,，]*(?:\.\d+)?\s*(?:万?元|[件条次人个部])?%?|[-—－]{1,4}|/|无")
_LEAST: Final = 3  # lines with figures that make a table
_MANY: Final = 3  # figures that make a line count twice: prose has no such lines
_LONG: Final = 0.75  # of the widest line: a line of prose
_ENUMERATED: Final = re.compile(
    r"[一二三四五六七八九十]+\s*[、.．]|[（(]\s*[一二三四五六七八九十\d]+\s*[)）]|\d+\s*[.．、](?!\d)|[①-⑳]|其中"
)


class Aligned(NamedTuple):
    """A table that takes the lines `[start, end)`."""

    start: int
    end: int
    rows: tuple[tuple[str, ...], ...]


def aligned_tables(lines: Sequence[Line]) -> Iterator[Aligned]:
    """The tables among the lines of a page, those that stand in no ruled table.

    Where the columns cannot be told, there is no table: the lines stay text, and `parse` sees them as they are.
    """
    for start, end in _runs(lines):
        columns = _columns(lines[start:end])
        if columns is not None:
            yield Aligned(start, end, tuple(_rows(lines[start:end], columns)))


def _figures(line: Line) -> list[Piece]:
    return [word for word in line.words[1:] if _FIGURE.fullmatch(word.text)]


def _is_row(line: Line) -> bool:
    """Whether things stand apart in a line, as in a row of a table."""
    return len(line.pieces) > 1 or (len(line.words) > 2 and bool(_figures(line)))


def _runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of lines without prose that hold figures in columns; they begin with the head, if there is one."""
    width = max((line.x1 - line.x0 for line in lines), default=0.0)
    i = 0
    while i < len(lines):
        if not _is_row(lines[i]):
            i += 1
            continue
        start = end = i
        found = 0
        while i < len(lines) and (_is_row(lines[i]) or lines[i].x1 - lines[i].x0 < _LONG * width):
            if _is_row(lines[i]):
                end = i + 1
                figures = len(_figures(lines[i]))
                found += bool(figures) + (figures > _MANY)
            elif i - end > 2:
                break  # three lines of one piece: the table is over
            i += 1
        if found >= _LEAST:
            yield start, end
        i = max(i, end)


Column = tuple[float, float]


def _columns(lines: Sequence[Line]) -> list[Column] | None:
    """What stands over one another in lines with figures is a column; words of the head may add one that is blank.

    Where words bridge the columns (labels in several columns of their own), figures alone make them: to the left of
    the first all is one label.
    """
    rows = [line for line in lines if _figures(line)]
    columns = _clusters([(word.x0, word.x1) for line in rows for word in line.words])
    if not _one_each(rows, columns):
        figures = _clusters([(word.x0, word.x1) for line in rows for word in _last_figures(line)])
        left = min((line.x0 for line in lines), default=0.0)
        columns = [(left, figures[0][0]), *figures] if figures else []
        if not _one_each(rows, columns):
            return None
    others = [(w.x0, w.x1) for line in lines for w in line.words if not _over(w, columns)]
    columns = sorted(columns + _clusters(others))
    return columns if len(columns) > 1 else None


def _one_each(rows: Sequence[Line], columns: Sequence[Column]) -> bool:
    """Whether no two figures of a line stand in one column."""
    for line in rows:
        mine = [i for word in _last_figures(line) for i in _over(word, columns)]
        if len(set(mine)) < len(mine):
            return False
    return bool(columns)


def _last_figures(line: Line) -> list[Piece]:
    """The figures at the end of a line: those before a word are part of a label."""
    return list(takewhile(lambda word: _FIGURE.fullmatch(word.text) is not None, reversed(line.words[1:])))


def _clusters(intervals: Sequence[Column]) -> list[Column]:
    out: list[Column] = []
    for x0, x1 in sorted(intervals):
        if out and x0 < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], x1))
        else:
            out.append((x0, x1))
    return out


def _over(word: Piece, columns: Sequence[Column]) -> list[int]:
    """The columns that a word stands over: all that it covers more than half of, else the one that it touches most."""
    shared = [(min(word.x1, c[1]) - max(word.x0, c[0]), i) for i, c in enumerate(columns)]
    covered = [i for length, i in shared if length > 0.5 * (columns[i][1] - columns[i][0])]
    if len(covered) > 1:
        return covered
    length, most = max(shared, default=(0.0, 0))
    return [most] if length > 0 else []


def _rows(lines: Sequence[Line], columns: Sequence[Column]) -> Iterator[tuple[str, ...]]:
    for group in _grouped(lines):
        cells = [""] * len(columns)
        for line in group:
            here = [""] * len(columns)
            for word in line.words:
                for i in _over(word, columns):
                    here[i] = f"{here[i]} {word.text}".strip()
            cells = [joined(cell, more) for cell, more in zip(cells, here, strict=True)]
        yield tuple(cells)


def _grouped(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines by row: a row has one line of figures; lines of its label stand around it, nearer than the next row."""
    heads = next((i for i, line in enumerate(lines) if _figures(line)), len(lines))
    body = lines[heads:]
    if not body:
        return [[line] for line in lines]
    pitch = median([b.y - a.y for a, b in pairwise(body)] or [0.0])
    edge = max(line.words[0].x1 for line in body)
    rows: list[list[Line]] = []
    for i, line in enumerate(body):
        if i and _goes_on(body[i - 1], line, rows[-1], pitch, edge):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [[line] for line in lines[:heads]] + rows


def _goes_on(before: Line, line: Line, row: Sequence[Line], pitch: float, edge: float) -> bool:
    """Whether a line belongs to the row of the one before: its label goes on, and only one of them has figures."""
    if _figures(line) and any(_figures(other) for other in row):
        return False
    if line.y - before.y < 0.75 * pitch:
        return True  # nearer than rows are
    if _ENUMERATED.match(line.text) or line.words[0].x0 > edge or line.y - before.y > 1.3 * pitch:
        return False
    return edge - before.words[0].x1 < 1.2 * line.size and not _figures(line)
