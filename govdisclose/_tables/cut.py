"""The lines of a table cut into cells, whatever the layout.

A layout is a way of telling where a cell ends: a bar behind it, a bar on a line of its own, bars or tabs between the
cells of a row, a line to itself, blanks to align it, or nothing at all (label, unit and value glued). They are told
apart by what the lines hold, and all come out as one sequence of tokens for `grammars/table.lark`.

Guarantees:

1. Tokens are in order; a BLANK is empty and stands where the blank cell is. No two overlap, but for a label that stands
   on both sides of its figures: it comes before them.
2. What is left out of the tokens is white space, bars, and what merged cells repeat.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve

from govdisclose._lexicon.labels import is_numbered
from govdisclose._lines.cell import (
    BLANK,
    EITHER,
    HEADER,
    HEADS_MOST,
    LABEL,
    LABEL_MOST,
    NOTE,
    NUMBER,
    ORDINAL_MOST,
    PAGE_MOST,
    ROW_MOST,
    TEXT,
    Token,
    is_group,
    is_page,
    pieces,
)
from govdisclose._lines.line import Line
from govdisclose._tables.drawn import is_drawn, rejoined
from govdisclose.form import Place, catalogue

_MARKDOWN_RULE: Final = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?)?\s*$")
_REST: Final = re.compile(r"[.,]?\d[\d.,]{0,20}$")
_WORDS: Final = re.compile(r"\S")
_BEHIND_MOST: Final = 16  # blank cells behind the last line of a table
_BARS_MOST: Final = 3  # parts of a line with one cell, a bar before and a bar behind it
_BLANK_LINES_LEAST: Final = 2
_COUNTED_LEAST: Final = 4
_WRAPS_MOST: Final = 6  # lines that one label may run over
_FILLER: Final = re.compile(r"(?:\s*\|){4}[\s|]*$")  # bars that a converter left of an empty row
_ONLY_BARS: Final = re.compile(r"[\s|]+$")
_GAP: Final = re.compile(r"\s{2,}")


def _strip(shadow: str, start: int, end: int) -> tuple[int, int]:
    text = shadow[start:end]
    bare = text.strip()
    if len(bare) < len(text):
        start = end - len(text.lstrip())
    return start, start + len(bare)


class Cutter:
    """Cuts the lines of one table into tokens. `labelled` are the offsets of its lines that begin with a label."""

    def __init__(self, shadow: str, labelled: Container[int]) -> None:
        self._shadow = shadow
        self._labelled = labelled
        self._tabbed = True  # whether tabs part the cells, and do not stand for blanks
        self._ended = True  # whether rows end with a bar, so that the last one opens no blank cell
        self._framed = False  # whether rows begin with a bar, so that it opens no blank cell

    def tokens(self, lines: Sequence[Line]) -> list[Token]:
        """The tokens of the table that `lines` are."""
        return list(_decided(self._cut(lines)))

    def _cut(self, lines: Sequence[Line]) -> list[Token]:
        lines = [line for line in lines if not self._is_between(line)]
        texts = [t for line in lines if "|" in (t := self._shadow[line.start : line.end])]
        tabs = [n for line in lines if (n := self._shadow.count("\t", *self._whole(line.start, line.end)))]
        self._tabbed = not tabs or Counter(tabs).most_common(1)[0][1] * 3 > len(tabs)
        if len(texts) * 4 < len(lines):
            return self._by_line(lines)
        as_rows = sum(_is_row(t) for t in texts)
        speaking = sum(not _ONLY_BARS.match(t) for t in texts)
        return self._by_row(lines) if as_rows * 2 > speaking else self._by_bar(lines)

    def _is_between(self, line: Line) -> bool:
        """Whether a line stands between any two others and is no cell: bars of an empty row, the number of a page."""
        shadow = self._shadow
        return _FILLER.match(shadow, line.start, line.end) is not None or (
            line.end - line.start <= PAGE_MOST and is_page(shadow[line.start : line.end])
        )

    # One line, one row; bars between its cells.
    def _by_row(self, lines: Sequence[Line]) -> list[Token]:
        out: list[Token] = []
        barred = [line for line in lines if self._shadow.find("|", line.start, line.end) >= 0]
        self._ended = sum(self._shadow[line.end - 1] == "|" for line in barred) * 2 > len(barred)
        # lines that go on with the row before them begin with no bar
        begins = [b for a, b in pairwise(barred) if not self._ended or self._shadow[a.end - 1] == "|"]
        self._framed = sum(self._shadow[line.start] == "|" for line in begins) * 10 > len(begins) * 9
        for line in self._mended(lines, "|", self._ended):
            text = self._shadow[line.start : line.end]
            if "|" not in text:
                out += self._line(line.start, line.end)
            elif not _MARKDOWN_RULE.match(text) and not _ONLY_BARS.match(text):
                out += self._row(line.start, line.end, "|")
        return out

    def _mended(self, lines: Sequence[Line], bar: str, closed: bool) -> list[Line]:
        """The lines, with those joined that are one row, a cell of which runs over a line end.

        `closed`: rows end with a bar.
        """
        counts = [self._shadow.count(bar, *self._whole(line.start, line.end)) for line in lines]
        usual = Counter(n for n in counts if n).most_common(1)
        most = usual[0][0] if usual else 0
        out: list[Line] = []
        bars = 0
        for line, count in zip(lines, counts, strict=True):
            if (out and count and self._goes_on(out[-1], line, bar, closed, bars, bars + count == most)) or (
                out and not count and not closed and bars == most > 0 and self._is_rest(out[-1], line, bar)
            ):
                out[-1] = Line(line.type, out[-1].start, line.end)
                bars += count
            else:
                out.append(line)
                bars = count
        return out

    def _is_rest(self, line: Line, after: Line, bar: str) -> bool:
        """Whether a line is the rest of the figure that ends the row before it."""
        last = self._shadow[self._shadow.rfind(bar, line.start, line.end) + 1 : line.end]
        rest = _REST.match(self._shadow, after.start, after.end)
        return rest is not None and pieces(last.strip())[0].type == NUMBER

    def _goes_on(self, line: Line, after: Line, bar: str, closed: bool, bars: int, whole: bool) -> bool:
        """Whether the last cell of a line is the beginning of a cell that the first one of the line behind it ends."""
        begin = max(self._shadow.rfind(bar, line.start, line.end) + 1, line.start)
        end = self._shadow.find(bar, after.start, after.end)
        end = after.end if end < 0 else end
        first, second = self._shadow[begin : line.end].strip(), self._shadow[after.start : end].strip()
        if not first or not second or end - begin > LABEL_MOST or after.end - line.start > ROW_MOST:
            return False
        if bars and closed:
            return True  # the bar that closes the row comes later
        if whole and bars and {pieces(first)[0].type, pieces(second)[0].type} == {NUMBER}:
            return True  # a figure that runs over the line end; it is no two figures
        kinds = {TEXT if first.count("(") > first.count(")") else pieces(first)[0].type, pieces(second)[0].type}
        if not kinds <= {TEXT, NOTE, HEADER, EITHER}:
            return False
        return (whole and bars > 0 and kinds <= {TEXT, NOTE}) or pieces(first + second)[0].type == LABEL

    def _row(self, start: int, end: int, bar: str) -> list[Token]:
        """The cells of a row. A bar at either end closes the row; it does not open one more blank cell.

        What stands before the label (the blank under a merged cell, an ordinal, a merged cell that no form knows) is no
        value of any row, and a label that is repeated across merged cells is one label.
        """
        if bar != "\t":
            start += self._framed and self._shadow[start] == bar
            end -= self._ended and self._shadow[end - 1] == bar and end > start
        cells: list[list[Token]] = []
        while start <= end:
            stop = self._shadow.find(bar, start, end)
            stop = end if stop < 0 else stop
            cells.append(self._cell(*_strip(self._shadow, start, stop)))
            start = stop + 1
        for i, cell in enumerate(cells):
            for token in cell:
                token.slot, token.slots = i, len(cells)
        at = self._label_at(cells)
        if at < 0:
            return [token for cell in cells for token in cell]
        label = cells[at][0]
        out = [cell[0] for cell in cells[:at] if cell[0].type == LABEL and cell[0].places != label.places]
        if label.type == LABEL:
            out += cells[at]
        else:
            label = self._one(cells[at])
            label.type = LABEL
            out.append(label)
        behind = at + 1
        while behind < len(cells) and cells[behind][0].type in (LABEL, TEXT) and cells[behind][0].text == label.text:
            behind += 1
        out += (self._one(cell) for cell in cells[behind:])
        return out

    def _label_at(self, cells: Sequence[list[Token]]) -> int:
        """Which cell of a row is its label: the innermost of its heads; -1 if the row is one of headers or of figures.

        A cell of text behind a label is its value, unless the label is a heading, as 三、本年度办理结果 is, or the text
        has an enumerator.
        """
        if any(token.type == HEADER for cell in cells for token in cell):
            return next((i for i in reversed(range(len(cells))) if cells[i][0].type == LABEL), -1)
        heads: list[int] = []
        behind = 0
        for behind, cell in enumerate(cells):
            if cell[0].type in (LABEL, TEXT) and cell[0].text:
                heads.append(behind)
            elif cell[0].type not in (BLANK, NOTE) and (heads or cell[0].type != NUMBER or behind):
                break
        known = [i for i in heads if cells[i][0].type == LABEL]
        if not known:
            figured = any(token.type == NUMBER for cell in cells[behind:] for token in cell)
            at = heads[-1 if figured else 0] if heads else -1
        else:
            at = known[-1]
            if heads[-1] > at and (is_group(cells[at][0].places) or is_numbered(cells[heads[-1]][0].text)):
                at = heads[-1]
        return next((i for i in heads if i < at and cells[i][0].text == cells[at][0].text), at)

    def _one(self, cell: list[Token]) -> Token:
        """A cell that is told by its bars, and no label: it is one cell, whatever stands in it."""
        if len(cell) == 1 and cell[0].type != LABEL:
            return cell[0]
        return evolve(cell[0], type=TEXT, end=cell[-1].end, places=(), text=self._shadow[cell[0].start : cell[-1].end])

    # Bars close cells; lines mean nothing, except that a label opens a row.
    def _by_bar(self, lines: Sequence[Line]) -> list[Token]:
        out: list[Token] = []
        opened = last = -1
        for line in lines:
            here = line.start
            if opened >= 0 and here in self._labelled and self._shadow[here] != "|":
                out += self._closed(opened, last)
                opened = -1
            while (bar := self._shadow.find("|", here, line.end)) >= 0:
                start, stop = _strip(self._shadow, here, bar)
                if opened >= 0:
                    out += self._closed(opened, stop if stop > start else last)
                    opened = -1
                else:
                    out += self._closed(start, stop)
                here = bar + 1
            start, stop = _strip(self._shadow, here, line.end)
            if start < stop:
                opened = start if opened < 0 else opened
                last = stop
        if opened >= 0:
            out += self._closed(opened, last)
        for token in out:
            token.slot = 0  # told by its bar, though not which of its row it is
        return out

    def _closed(self, start: int, end: int) -> list[Token]:
        """A cell that its bars tell: a figure that runs over two lines is not two."""
        cell = self._cell(start, end)
        return cell if cell[0].type in (LABEL, TEXT) else [self._one(cell)]

    # No bars: a line is a cell, or a row whose cells are apart by tabs or blanks, or glued.
    def _by_line(self, lines: Sequence[Line]) -> list[Token]:
        if self._tabbed and any("\t" in self._shadow[line.start : line.end] for line in lines):
            lines = self._mended(lines, "\t", False)
        elif is_drawn(cut := [self._line(line.start, line.end) for line in lines]):
            return rejoined(self._shadow, cut, [(line.start, line.end) for line in lines])
        out: list[Token] = []
        gaps = [self._gap(a.end, b.start) for a, b in pairwise(lines)]
        usual = max(Counter(gaps).most_common(1)[0][0], 1) if gaps else 1
        if usual > 1:
            # where blank cells leave as many lines as cells do, few figures stand behind gaps of another size
            wide = [
                gap % usual
                for gap, line in zip(gaps, lines[1:], strict=True)
                if gap > usual and pieces(self._shadow[line.start : line.end])[0].type == NUMBER
            ]
            shown = sum(rest > 0 for rest in wide) * 2 <= len(wide)
        else:
            shown = self._blank_lines_are_cells(lines, gaps)
        i = 0
        while i < len(lines):
            if shown and i and gaps[i - 1] > usual:
                # as many blank cells as lines are missing between this one and the one before
                here = lines[i].start
                out += [Token(BLANK, here, here, (), False)] * (gaps[i - 1] // usual - 1)
            wrapped, taken = self._wrapped(lines, i)
            out += wrapped or self._line(lines[i].start, lines[i].end)
            i += taken
        if shown and usual > 1 and lines:
            behind = _WORDS.search(self._shadow, lines[-1].end)
            here = behind.start() if behind else len(self._shadow)
            last = min(self._gap(lines[-1].end, here) // usual - 1, _BEHIND_MOST)
            out += [Token(BLANK, lines[-1].end, lines[-1].end, (), False)] * last
        return out

    def _gap(self, start: int, end: int) -> int:
        """How many line ends stand between two lines, but for those of lines that were left out."""
        between = self._shadow[start:end]
        return between.count("\n") - (len(between.split()) and sum(bool(t.strip()) for t in between.split("\n")))

    def _blank_lines_are_cells(self, lines: Sequence[Line], gaps: Sequence[int]) -> bool:
        """Where cells are not apart by blank lines, one may be a blank cell, or only air between rows: figures tell."""
        before_figures = sum(
            gap > 1 and pieces(self._shadow[line.start : line.end])[0].type == NUMBER
            for gap, line in zip(gaps, lines[1:], strict=True)
        )
        return before_figures >= _BLANK_LINES_LEAST

    def _wrapped(self, lines: Sequence[Line], first: int) -> tuple[list[Token], int]:
        """A label that runs over several lines, none of which is a label or a value by itself."""
        start = lines[first].start
        if start in self._labelled or pieces(self._shadow[start : lines[first].end])[0].type not in (TEXT, NOTE):
            return [], 1
        for i in range(first + 1, min(first + _WRAPS_MOST, len(lines))):
            line = lines[i]
            if line.start in self._labelled or line.end - start > LABEL_MOST:
                break
            if self._tabbed and "\t" in self._shadow[line.start : line.end]:
                break  # its cells are counted
            found = self._cell(start, line.end)
            if found[0].type == LABEL:
                return found, i + 1 - first
            if pieces(self._shadow[line.start : line.end])[0].type != TEXT:
                break
        return [], 1

    def _whole(self, start: int, end: int) -> tuple[int, int]:
        """The line with the tabs and blanks at its ends."""
        while start and self._shadow[start - 1] in " \t":
            start -= 1
        while end < len(self._shadow) and self._shadow[end] in " \t":
            end += 1
        return start, end

    def _line(self, start: int, end: int) -> list[Token]:
        text = self._shadow[start:end]
        if "\t" in text and self._tabbed:
            # blank cells at either end are white space of the line
            return self._row(*self._whole(start, end), "\t")
        if _GAP.search(text) and (apart := self._spaced(start, end)):
            return apart
        return self._cell(start, end)

    def _spaced(self, start: int, end: int) -> list[Token]:
        """A row whose cells stand apart by two blanks and more; empty if it is one cell with blanks in it.

        Before the label may stand what is left of merged cells; it is no part of the row.
        """
        cells = [self._cell(a, b) for a, b in _parts(self._shadow, start, end)]
        heads = [i for i, cell in enumerate(cells[:HEADS_MOST]) if cell[0].type == LABEL]
        if heads:
            last = heads[-1]
            if all(token.type in (TEXT, NOTE, LABEL) for cell in cells[:last] for token in cell):
                before = [c[0] for c in cells[:last] if c[0].type == LABEL and c[0].places != cells[last][0].places]
                return [*before, *(token for cell in cells[last:] for token in cell)]
        elif not any(token.type in (NUMBER, HEADER) for cell in cells[1:] for token in cell):
            end_cell = cells[-1][0]
            if catalogue().find_inexact(self._shadow[end_cell.start : end_cell.end]) is None:
                return []
        return [token for cell in cells for token in cell]

    def _cell(self, start: int, end: int) -> list[Token]:
        """A cell that may hold a label, with or without what is glued to it."""
        found = pieces(self._shadow[start:end])
        text = self._shadow
        return [
            Token(kind, start + a, start + b, places, True, True, text[start + a : start + b])
            for kind, a, b, places in found
        ]


def _is_row(text: str) -> bool:
    """Whether a line with bars is more than one cell: two that are filled, or one with more bars than close it."""
    cells = [bool(part.strip()) for part in text.split("|")]
    return sum(cells) > 1 or (any(cells) and len(cells) > _BARS_MOST)


def uncounted(shadow: str, tokens: list[Token]) -> list[Token]:
    """The tokens without a count of the rows before their labels, if there is one: 1, 2, 3 and so on.

    A form that has such a column tells the count of each row; where an office has put one of its own, it counts on from
    one label to the next, and nearly every figure before a label does.
    """
    labels = sum(token.type == LABEL for token in tokens)
    said = [i for i, token in enumerate(tokens) if token.type not in (NOTE, BLANK)]
    before = [(i, j) for i, j in pairwise(said) if tokens[j].type == LABEL and tokens[i].type == NUMBER]
    figures = {i: shadow[tokens[i].start : tokens[i].end] for i, _ in before}
    dropped = {i for i, j in before if _is_count(figures[i], tokens[j].places)}
    if len(dropped) < _COUNTED_LEAST or len(dropped) * 2 < labels:
        first = next((i for i, token in enumerate(tokens) if token.type == LABEL), -1)
        if not before or before[0][1] != first or tokens[before[0][0]].slots > 0:
            return tokens  # a count opens the table; what bars count is told by them
        dropped = set(_counting(figures))
        if len(dropped) < _COUNTED_LEAST or len(dropped) * 5 < len(before) * 4:
            return tokens
    return [token for i, token in enumerate(tokens) if i not in dropped]


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
    return len(text) <= ORDINAL_MOST and any(counts.get(place) == text for place in places)


def _parts(shadow: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The cells of a row that stand apart by blanks."""
    for m in _GAP.finditer(shadow, start, end):
        if m.start() > start:
            yield start, m.start()
        start = m.end()
    if start < end:
        yield start, end


def _decided(tokens: Iterable[Token]) -> Iterator[Token]:
    """What may be a label or a header is a header among headers and before the first label, and a label elsewhere."""
    before = HEADER
    for token in tokens:
        if token.type == EITHER:
            token.type = HEADER if before == HEADER else LABEL
        if token.type in (HEADER, LABEL, NUMBER):
            before = token.type
        yield token
