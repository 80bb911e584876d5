"""Tables without rules: lines whose words stand in columns, drawn with the columns kept by blanks.

No grid is guessed. Which lines are one label, and which figures are its row, the forms
know and this room does not: a grid made from places alone joined two labels over one
set of figures. So each line stays a line, every word of it goes to its column of the
screen, and `parse` reads the page as it reads any text with columns."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from govdisclose.form import catalogue
from govdisclose.read.pdf.lines import Line, Piece

_FIGURE: Final = re.compile(
    r"[-+−]?\d[\d,，]*(?:\.\d+)?\s*(?:万?元|[件条次人个部])?%?|[-—－]{1,4}|/|无"
)
_LEAST: Final = 2  # lines with figures that make a table
_MANY: Final = (
    3  # figures or heads that make a line count more: prose has no such lines
)
_LONG: Final = 0.75  # of the widest line: a line of prose
_OVER: Final = 6  # lines without columns that end a table
_AROUND: Final = 6  # lines of a head or a last label, over and under those with columns
_SAME_SIZE: Final = 1.1
_NEAR: Final = 3.0  # of the size: lines of the heads of one table
_NEXT: Final = 2.0  # of the size: lines of one head
_APART: Final = 2  # blanks that keep words apart
_ENDED: Final = re.compile(r"[。；！？;!?][”’」』）)]*$")
_WIDE: Final = re.compile(
    r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6—…“”‘’]"
)


def aligned_runs(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """The runs `[start, end)` of lines that hold figures in columns, without prose,
    with the lines of their heads."""
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
        while i < len(lines) and (
            _is_row(lines[i]) or lines[i].x1 - lines[i].x0 < _LONG * width
        ):
            if _is_row(lines[i]):
                end = i + 1
                figures = len(_figures(lines[i]))
                found += bool(figures) + (max(figures, len(lines[i].pieces)) > _MANY)
            elif i - end >= _OVER:
                break
            i += 1
        if found >= _LEAST:
            yield start, end
        i = max(i, end)


def _widened(
    lines: Sequence[Line], start: int, end: int, first: int, width: float
) -> tuple[int, int]:
    """The run with the lines around it that are of its size and no prose: parts of
    heads and labels."""
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


class Word(NamedTuple):
    """What is set at one column: its edges on the page, and how many columns it is
    wider on the screen than there."""

    text: str
    x0: float
    x1: float
    more: int = 0


def drawn(lines: Sequence[Line]) -> list[str]:
    """The lines with each word at its column of the screen: what begins at one place
    begins at one column.

    A column is half as wide as a Chinese character. Where words stand nearer than two
    blanks, the columns behind that place are moved on in all lines alike: so nothing is
    pushed out of its column in one line only. A head of a column that stands on several
    lines is set whole on the first; lines that are left empty stay, as empty texts."""
    unit = median(line.size for line in lines) / 2 or 1.0
    left = min(line.x0 for line in lines)
    heads = list(_heads(lines))
    starts = sorted({0, *(start for start, _ in heads), len(lines)})
    out: list[str] = []
    for start, end in pairwise(
        starts
    ):  # a table with its head: what is moved in one is not moved in others
        size = next((b - a for a, b in heads if a == start), 0)
        over = _whole_heads(lines[start : start + size], unit)
        rows = [
            *over,
            *(
                [Word(*word) for word in line.words]
                for line in lines[start + size : end]
            ),
        ]
        pairs = [pair for row in rows for pair in pairwise(row)]
        seams = _Seams(
            _tight([*pairs, *_beside(word for row in over for word in row)], unit)
        )
        out += ["".join(_set(row, left, unit, seams)) for row in rows]
    return out


def _tight(
    pairs: Iterable[tuple[Word, Word]], unit: float
) -> Iterator[tuple[float, float, int]]:
    """The gaps that need more columns than they are wide, and how many more."""
    for a, b in pairs:
        room = int((b.x0 - a.x1) / unit) - 1  # places are rounded
        need = _APART + (a.more + 1) // 2 + (b.more + 1) // 2 - room
        if need > 0:
            yield a.x1, b.x0, need


class _Seams:
    """Columns put in between: as few as make all gaps wide enough."""

    def __init__(self, gaps: Iterable[tuple[float, float, int]]) -> None:
        self._places: list[float] = []
        self._sums = [0]
        for x0, x1, need in sorted(gaps, key=_end):
            lacking = need - (self._sums[-1] - self.before(x0))
            if lacking > 0:
                self._places.append(x1)
                self._sums.append(self._sums[-1] + lacking)

    def before(self, x: float) -> int:
        """How many were put in up to `x`."""
        return self._sums[bisect_right(self._places, x)]


def _end(gap: tuple[float, float, int]) -> float:
    return gap[1]


def _set(
    words: Sequence[Word], left: float, unit: float, seams: _Seams
) -> Iterator[str]:
    used = 0
    for i, word in enumerate(words):
        column = round((word.x0 - left) / unit) + seams.before(word.x0) - word.more // 2
        blanks = max(column - used, _APART if i else 0)
        yield " " * blanks
        yield word.text
        used += blanks + _width(word.text)


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))


# --- heads


def _heads(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """Runs of lines near one another without figures, of which one has many words:
    heads of columns."""
    start = 0
    for end in range(1, len(lines) + 1):
        if (
            end < len(lines)
            and _is_head(lines[end - 1])
            and 0 < lines[end].y - lines[end - 1].y < _NEAR * lines[end].size
        ):
            continue
        stop = end if _is_head(lines[end - 1]) else end - 1
        if any(len(line.words) > _MANY for line in lines[start:stop]):
            yield start, stop
        start = end


def _is_head(line: Line) -> bool:
    return not any(_FIGURE.fullmatch(word.text) for word in line.words)


def _whole_heads(lines: Sequence[Line], unit: float) -> list[list[Word]]:
    """The words of each line; those that stand under one another and are one head of a
    form are one word."""
    rows = [[Word(*word) for word in line.words] for line in lines]
    for i, row in enumerate(rows):
        for j, word in enumerate(row):
            chain = [(i, j)]
            text, best = word.text, 1
            for k in range(i + 1, len(rows)):
                if lines[k].y - lines[chain[-1][0]].y > _NEXT * lines[k].size:
                    break
                under = [
                    n
                    for n, w in enumerate(rows[k])
                    if abs(w.x0 + w.x1 - word.x0 - word.x1) < lines[k].size
                ]
                if not under:
                    continue
                chain.append((k, under[0]))
                text += rows[k][under[0]].text
                if catalogue().is_header(text):
                    best = len(chain)
            if best > 1:
                parts = [rows[a][b] for a, b in chain[:best]]
                for a, b in chain[1:best]:
                    rows[a][b] = _GONE
                whole = "".join(part.text for part in parts)
                x0, x1 = min(part.x0 for part in parts), max(part.x1 for part in parts)
                row[j] = Word(
                    whole, x0, x1, max(0, _width(whole) - round((x1 - x0) / unit))
                )
    return [[word for word in row if word is not _GONE] for row in rows]


_GONE: Final = Word("", 0.0, 0.0)


def _beside(words: Iterable[Word]) -> Iterator[tuple[Word, Word]]:
    """Each of the words with that which comes next to its right, on whichever line."""
    row = sorted(words, key=_begin)
    starts = [word.x0 for word in row]
    for word in row:
        after = bisect_left(starts, word.x1)
        if after < len(row):
            yield word, row[after]


def _begin(word: Word) -> float:
    return word.x0
