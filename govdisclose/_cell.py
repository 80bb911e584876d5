"""Cells of a table, cut out of its lines, whatever the layout.

A layout is a way of telling where a cell ends: a bar behind it, a bar on a line of its own, bars or tabs between the
cells of a row, a line to itself, blanks to align it, or nothing at all (label, unit and value glued). They are told
apart by what the lines hold, and all come out as one sequence of tokens for `grammars/table.lark`.

Guarantees:

1. Tokens are in order and do not overlap; a BLANK is empty and stands where the blank cell is.
2. What is left out of the tokens is white space and bars.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from attrs import define

from govdisclose._line import Line
from govdisclose._numeral import read_cell
from govdisclose.form import Catalogue, Place

LABEL: Final = "LABEL"
HEADER: Final = "HEADER"
UNIT: Final = "UNIT"
NUMBER: Final = "NUMBER"
DASH: Final = "DASH"
NONE: Final = "NONE"
BLANK: Final = "BLANK"
NOTE: Final = "NOTE"
TEXT: Final = "TEXT"

LABEL_MOST: Final = 120  # characters of a line that may hold a label with its unit and value
_UNITS: Final = "人次|万元|条|件|次|篇|个|人|元|期|场|份"
_VALUE: Final = r"[-+]?\d[\d,]*(?:\.\d+)?"
# What may be glued behind a label: units, figures and dashes. A lone hyphen or slash must stand apart.
_PIECE: Final = re.compile(rf"{_UNITS}|—{{1,8}}|-{{2,8}}|(?<=\s)[-/](?=\s|$)|{_VALUE}")
_FIRST_PIECE: Final = re.compile(rf"\s*(?:{_UNITS})")
_READ_AS: Final = {"number": NUMBER, "dash": DASH, "none": NONE, "blank": BLANK, "unreadable": TEXT}
_MARKDOWN_RULE: Final = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?)?\s*$")
_ONLY_BARS: Final = re.compile(r"[\s|]+$")


@define(eq=False)
class Token:
    """A cell. Offsets are those of the repaired text; `places` are the rows that a LABEL may name.

    `tight` is False for a BLANK that only the space between lines suggests.
    """

    type: str
    start: int
    end: int
    places: tuple[Place, ...] = ()
    tight: bool = True


@define(eq=False)
class Hit:
    """A line that holds the label of a row: which rows, where the label ends, and whether a figure follows it."""

    line: int
    places: tuple[Place, ...]
    start: int
    end: int


def find_label(shadow: str, start: int, end: int, catalogue: Catalogue) -> Hit | None:
    """The label that the line or cell `[start, end)` holds, alone or glued to its unit and value."""
    if end - start > LABEL_MOST:
        return None
    cell = shadow[start:end]
    if not catalogue.may_be_label(cell):
        return None
    if found := catalogue.find(cell):
        return Hit(0, found, start, end)
    cut = _tail(cell)
    if not 0 < cut < len(cell):
        return None
    if found := catalogue.find(cell[:cut]):
        return Hit(0, found, start, start + len(cell[:cut].rstrip()))
    # the tail took the last character of the label for a unit: 接受培训人次62
    m = _FIRST_PIECE.match(cell, cut)
    if m and (found := catalogue.find(cell[: m.end()])):
        return Hit(0, found, start, start + m.end())
    return None


def _tail(cell: str) -> int:
    """Where the pieces begin that run up to the end of the cell, apart by blanks at most; its length if there are none."""
    begin = done = 0
    for m in _PIECE.finditer(cell):
        if m.start() != done and not cell[done : m.start()].isspace():
            begin = m.start()
        done = m.end()
    return begin if done and not cell[done:].strip() else len(cell)


def line_label(shadow: str, line: Line, catalogue: Catalogue) -> Hit | None:
    """The label in the first cell of a line; bars before it are passed over."""
    start, end = line.start, line.end
    bar = shadow.find("|", start, end)
    if bar < 0:
        return find_label(shadow, start, end, catalogue)
    while bar >= 0 and not shadow[start:bar].strip():
        start, bar = bar + 1, shadow.find("|", bar + 1, end)
    stop = end if bar < 0 else bar
    return find_label(shadow, *_strip(shadow, start, stop), catalogue) if start < stop else None


def is_cell(shadow: str, line: Line, catalogue: Catalogue) -> bool:
    """Whether a line without a label may be part of a table: figures, units, marks, headers, notes, bars."""
    if line.end - line.start > LABEL_MOST:
        return False
    text = shadow[line.start : line.end]
    return all(_kind(part.strip(), catalogue) != TEXT for part in text.replace("\t", "|").split("|"))


def _kind(cell: str, catalogue: Catalogue) -> str:
    """What a cell is, by its content alone."""
    if cell.isdigit() and cell.isascii():
        return NUMBER
    if not cell:
        return BLANK
    if cell in catalogue.units:
        return UNIT
    if cell[0] == "(" and cell[-1] == ")":
        return NOTE
    if catalogue.is_header(cell):
        return HEADER
    return _READ_AS[read_cell(cell).reading]


def _strip(shadow: str, start: int, end: int) -> tuple[int, int]:
    while start < end and shadow[start].isspace():
        start += 1
    while end > start and shadow[end - 1].isspace():
        end -= 1
    return start, end


class Cutter:
    """Cuts the lines of one table into tokens."""

    def __init__(self, shadow: str, catalogue: Catalogue) -> None:
        self._shadow = shadow
        self._catalogue = catalogue

    def tokens(self, lines: Sequence[Line]) -> list[Token]:
        """The tokens of the table that `lines` are."""
        with_bars = [line for line in lines if "|" in self._shadow[line.start : line.end]]
        if len(with_bars) * 4 < len(lines):
            return self._by_line(lines)
        texts = [self._shadow[line.start : line.end] for line in with_bars]
        as_rows = sum(sum(1 for part in t.split("|") if part.strip()) > 1 for t in texts)
        speaking = sum(not _ONLY_BARS.match(t) for t in texts)
        if as_rows * 2 > speaking:
            return self._by_row(lines)
        return self._by_bar(lines)

    # One line, one row; bars between its cells.
    def _by_row(self, lines: Sequence[Line]) -> list[Token]:
        out: list[Token] = []
        for line in lines:
            text = self._shadow[line.start : line.end]
            if "|" not in text:
                out += self._line(line.start, line.end)
            elif not _MARKDOWN_RULE.match(text) and not _ONLY_BARS.match(text):
                out += self._row(line.start, line.end, "|")
        return out

    def _row(self, start: int, end: int, bar: str) -> Iterator[Token]:
        """The cells of a row. A bar at either end closes the row; it does not open one more blank cell."""
        if self._shadow[start] == bar:
            start += 1
        if self._shadow[end - 1] == bar:
            end -= 1
        first = True
        while start <= end:
            stop = self._shadow.find(bar, start, end)
            stop = end if stop < 0 else stop
            cell = _strip(self._shadow, start, stop)
            if first and cell[0] < cell[1]:
                yield from self._first(*cell)
                first = False
            else:
                yield self._cell(*cell)
            start = stop + 1

    def _first(self, start: int, end: int) -> list[Token]:
        """The first cell of a row that is told by its bars: if no form knows it, it is a label all the same."""
        found = self._label(start, end)
        return [Token(LABEL, start, end)] if found[0].type == TEXT else found

    # Bars close cells; lines mean nothing, except that a label opens a row.
    def _by_bar(self, lines: Sequence[Line]) -> list[Token]:
        out: list[Token] = []
        opened = -1
        last = -1
        for line in lines:
            here = line.start
            starts_row = self._shadow[here] != "|" and line_label(self._shadow, line, self._catalogue) is not None
            if starts_row and opened >= 0:
                out += self._label(opened, last)
                opened = -1
            while (bar := self._shadow.find("|", here, line.end)) >= 0:
                start, stop = _strip(self._shadow, here, bar)
                if opened >= 0:
                    out += self._label(opened, stop if stop > start else last)
                    opened = -1
                else:
                    out += self._label(start, stop)
                here = bar + 1
            start, stop = _strip(self._shadow, here, line.end)
            if start < stop:
                opened = start if opened < 0 else opened
                last = stop
        if opened >= 0:
            out += self._label(opened, last)
        return out

    # No bars: a line is a cell, or a row whose cells are apart by tabs or blanks, or glued.
    def _by_line(self, lines: Sequence[Line]) -> list[Token]:
        out: list[Token] = []
        gaps = [self._shadow.count("\n", a.end, b.start) for a, b in zip(lines, lines[1:], strict=False)]
        usual = Counter(gaps).most_common(1)[0][0] if gaps else 1
        skip = False
        for i, line in enumerate(lines):
            if i and gaps[i - 1] > usual and not gaps[i - 1] % usual and not skip:
                # as many blank cells as lines are missing between this one and the one before
                out += [Token(BLANK, line.start, line.start, (), False)] * (gaps[i - 1] // usual - 1)
            if skip:
                skip = False
                continue
            if i + 1 < len(lines) and (wrapped := self._wrapped(line, lines[i + 1])):
                out += wrapped
                skip = True
                continue
            out += self._line(line.start, line.end)
        return out

    def _wrapped(self, line: Line, after: Line) -> list[Token] | None:
        """A label that runs over two lines, neither of which is a label or a value by itself."""
        shadow = self._shadow
        if after.end - line.start > LABEL_MOST or line_label(shadow, line, self._catalogue):
            return None
        if is_cell(shadow, line, self._catalogue) or line_label(shadow, after, self._catalogue):
            return None
        hit = find_label(shadow, line.start, after.end, self._catalogue)
        if hit is None:
            return None
        return [Token(LABEL, hit.start, hit.end, hit.places), *self._pieces(hit.end, after.end)]

    def _line(self, start: int, end: int) -> list[Token]:
        if "\t" in self._shadow[start:end]:
            return list(self._row(start, end, "\t"))
        return self._label(start, end)

    def _label(self, start: int, end: int) -> list[Token]:
        """A cell that may hold a label, with or without what is glued to it."""
        kind = _kind(self._shadow[start:end], self._catalogue)
        if kind not in (TEXT, HEADER, NOTE):
            return [Token(kind, start, end)]
        if kind == HEADER:
            return [Token(HEADER, start, end)]
        hit = find_label(self._shadow, start, end, self._catalogue)
        if hit is not None:
            return [Token(LABEL, hit.start, hit.end, hit.places), *self._pieces(hit.end, end)]
        return [Token(kind, start, end)] if kind == NOTE else self._unknown(start, end)

    def _unknown(self, start: int, end: int) -> list[Token]:
        """A cell that is no label of any form: cut into header words and values if it is a row of such, else text."""
        parts = list(_apart(self._shadow, start, end))
        if len(parts) > 1:
            kinds = [_kind(self._shadow[a:b], self._catalogue) for a, b in parts]
            if TEXT not in kinds[1:]:
                return [Token(kind, a, b) for kind, (a, b) in zip(kinds, parts, strict=True)]
        if self._catalogue.is_headers(self._shadow[start:end]):
            return [Token(HEADER, start, end)]
        cut = start + _tail(self._shadow[start:end]) if end - start <= LABEL_MOST else start
        if start < cut < end:
            return [Token(TEXT, *_strip(self._shadow, start, cut)), *self._pieces(cut, end)]
        return [Token(TEXT, start, end)]

    def _pieces(self, start: int, end: int) -> Iterator[Token]:
        """Units and values glued or spaced behind a label."""
        for m in _PIECE.finditer(self._shadow, start, end):
            yield self._cell(m.start(), m.end())

    def _cell(self, start: int, end: int) -> Token:
        return Token(_kind(self._shadow[start:end], self._catalogue), start, end)


_BLANKS: Final = re.compile(r"\s+")


def _apart(shadow: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a cell that stand apart by blanks."""
    for m in _BLANKS.finditer(shadow, start, end):
        if m.start() > start:
            yield start, m.start()
        start = m.end()
    if start < end:
        yield start, end
