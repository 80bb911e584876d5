"""Tables without rules: lines whose words stand in columns, drawn with the columns kept by blanks.

No grid is guessed. Which lines are one label, and which figures are its row, the forms know and this room does not: a
grid made from places alone joined two labels over one set of figures. So each line stays a line, every word of it goes
to its column of the screen, and `parse` reads the page as it reads any text with columns.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from govdisclose.read._pdf.lines import Line, Piece

_FIGURE: Final = re.compile(r"[-+−]?\d[\d,，]*(?:\.\d+)?\s*(?:万?元|[件条次人个部])?%?|[-—－]{1,4}|/|无")
_LEAST: Final = 2  # lines with figures that make a table
_MANY: Final = 3  # figures that make a line count twice: prose has no such lines
_LONG: Final = 0.75  # of the widest line: a line of prose
_OVER: Final = 6  # lines without columns that end a table
_AROUND: Final = 6  # lines of a head or a last label, over and under those with columns
_SAME_SIZE: Final = 1.1
_APART: Final = 2  # blanks that keep words apart
_ENDED: Final = re.compile(r"[。；！？;!?][”’」』）)]*$")
_WIDE: Final = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6—…“”‘’]"
)


def aligned_runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The runs `[start, end)` of lines that hold figures in columns, without prose, with the lines of their heads."""
    done = 0
    width = max((line.x1 - line.x0 for line in lines), default=0.0)
    for run in _runs(lines, width):
        start, end = _widened(lines, *run, done, width)
        yield start, end
        done = end


def _figures(line: Line) -> list[Piece]:
    return [word for word in line.words[1:] if _FIGURE.fullmatch(word.text)]


def _is_row(line: Line) -> bool:
    """Whether things stand apart in a line, as in a row of a table."""
    return len(line.pieces) > 1 or (len(line.words) > 2 and bool(_figures(line)))


def _runs(lines: Sequence[Line], width: float) -> Iterator[tuple[int, int]]:
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
            elif i - end >= _OVER:
                break
            i += 1
        if found >= _LEAST:
            yield start, end
        i = max(i, end)


def _widened(lines: Sequence[Line], start: int, end: int, first: int, width: float) -> tuple[int, int]:
    """The run with the lines around it that are of its size and no prose: parts of heads and labels."""
    size = median(line.size for line in lines[start:end])

    def belongs(i: int) -> bool:
        line = lines[i]
        return (
            size / _SAME_SIZE <= line.size <= size * _SAME_SIZE
            and line.x1 - line.x0 < _LONG * width
            and not _ENDED.search(line.text)
        )

    low, high = max(first, start - _AROUND), min(len(lines), end + _AROUND)
    while start > low and belongs(start - 1):
        start -= 1
    while end < high and belongs(end):
        end += 1
    return start, end


# --- drawn


def drawn(lines: Sequence[Line]) -> list[str]:
    """The lines with each word at its column of the screen: what begins at one place begins at one column.

    A column is half as wide as a Chinese character. Where words stand nearer than two blanks, the columns behind that
    place are moved on in all lines alike: so nothing is pushed out of its column in one line only.
    """
    unit = median(line.size for line in lines) / 2 or 1.0
    left = min(line.x0 for line in lines)
    seams = _seams((a.x1, b.x0) for line in lines for a, b in pairwise(line.words) if b.x0 - a.x1 < (_APART + 1) * unit)
    return ["".join(_set(line.words, left, unit, seams)) for line in lines]


def _seams(gaps: Iterable[tuple[float, float]]) -> list[float]:
    """The fewest places that lie in all gaps, from left to right."""
    out: list[float] = []
    for x0, x1 in sorted(gaps, key=_end):
        if not out or out[-1] <= x0:
            out.append(x1)
    return out


def _end(gap: tuple[float, float]) -> float:
    return gap[1]


def _set(words: Sequence[Piece], left: float, unit: float, seams: Sequence[float]) -> Iterator[str]:
    used = 0
    for i, word in enumerate(words):
        column = round((word.x0 - left) / unit) + _APART * bisect_right(seams, word.x0)
        blanks = max(column - used, _APART if i else 0)
        yield " " * blanks
        yield word.text
        used += blanks + len(word.text) + len(_WIDE.findall(word.text))
