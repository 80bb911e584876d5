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
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from attrs import define, evolve

from govdisclose._line import Line
from govdisclose._numeral import read_cell
from govdisclose.form import Catalogue, Place, catalogue, enumerator, half_width, is_numbered

LABEL: Final = "LABEL"
HEADER: Final = "HEADER"
EITHER: Final = "EITHER"  # 总计, 其他: a row's label or a column's; its place in the table tells
UNIT: Final = "UNIT"
NUMBER: Final = "NUMBER"
DASH: Final = "DASH"
NONE: Final = "NONE"
CODE: Final = "CODE"  # 35*: the number of a row in a form with codes
BLANK: Final = "BLANK"
NOTE: Final = "NOTE"
TEXT: Final = "TEXT"

LABEL_MOST: Final = 120  # characters of a line that may hold a label with its unit and value
UNITS: Final = "人次|万元|条|件|次|篇|个|人|元|期|场|份"
_VALUE: Final = r"[-+]?\d[\d,]*(?:\.\d+)?"
# What may be glued behind a label: units, figures and dashes. A lone hyphen or slash must stand apart.
_PIECE: Final = re.compile(rf"{UNITS}|\d{{1,3}}\*{{1,2}}|—{{1,8}}|-{{2,8}}|(?<=\s)[-/](?=\s|$)|{_VALUE}")
_FIRST_PIECE: Final = re.compile(rf"\s*(?:{UNITS})")
_READ_AS: Final = {"number": NUMBER, "dash": DASH, "none": NONE, "blank": BLANK, "unreadable": TEXT}
_MARKDOWN_RULE: Final = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?)?\s*$")
_BLANK_LINES_LEAST: Final = 2
_HEADERS_LEAST: Final = 2  # words of a line that make it a header, whatever else stands in it
_COUNTED_LEAST: Final = 4
_ORDINAL_MOST: Final = 3  # digits of a count of rows
_CODE: Final = re.compile(r"\d{1,3}\s?\*{1,3}$")
_ORDINAL: Final = re.compile(r"(\d{1,3})\s{0,8}(?![\d.、)|:,年])")  # a count of the rows, glued to their labels
_POINTS: Final = dict.fromkeys(map(ord, "、."))  # behind a numeral, one as good as the other
_PAGE: Final = re.compile(r"(?:[-—]{1,2}\s{0,3}\d{1,4}\s{0,3}[-—]{1,2}|第\s?\d{1,4}\s?页.{0,12})$")
_WORD: Final = re.compile(r"\S+")
ROW_MOST: Final = 400  # characters of a line whose cells stand apart
_GAP: Final = re.compile(r"\s{2,}")
_HEADS_MOST: Final = 4  # cells of a row that may stand before its label
_FIGURES_LEAST: Final = 2
_APART: Final = re.compile(r"[|\t]|\s{3,}")
_APART_BY_TWO: Final = re.compile(r"[|\t]|\s{2,}")
_CUTS_MOST: Final = 3  # line ends in a label, where its beginning is looked for
_WRAPS_MOST: Final = 6  # lines that one label may run over
_FILLER: Final = re.compile(r"(?:\s*\|){4}[\s|]*$")  # bars that a converter left of an empty row
_ONLY_BARS: Final = re.compile(r"[\s|]+$")


@define(eq=False)
class Token:
    """A cell. Offsets are those of the repaired text; `places` are the rows that a LABEL may name.

    `tight` is False for a BLANK that only the space between lines suggests, `exact` for a LABEL that is not spelled as
    the form has it. `slot` is which cell of its row it is, of `slots`, where bars or tabs tell; else -1.
    """

    type: str
    start: int
    end: int
    places: tuple[Place, ...] = ()
    tight: bool = True
    exact: bool = True
    text: str = ""
    slot: int = -1
    slots: int = -1


class Piece(NamedTuple):
    """A part of a cell's text: what it is, where it stands in that text, and, for a LABEL, the rows it may name."""

    type: str
    start: int
    end: int
    places: tuple[Place, ...] = ()


@lru_cache(maxsize=8192)
def pieces(cell: str) -> tuple[Piece, ...]:
    """What the half-width text of a cell holds: one thing, or a label with the unit and the values glued to it.

    Reports print the same cells over and over, so the last few thousand answers are kept.

    >>> [piece.type for piece in pieces("(一)收到申请数件5")]
    ['LABEL', 'UNIT', 'NUMBER']
    """
    size = len(cell)
    if not cell:
        return (Piece(BLANK, 0, 0),)
    if cell.isdigit() and cell.isascii():
        return (Piece(NUMBER, 0, size),)
    if size > LABEL_MOST:
        return (Piece(TEXT, 0, size),)
    forms = catalogue()
    if cell in forms.units:
        return (Piece(UNIT, 0, size),)
    if forms.may_be_known(cell) and (found := _known(cell, forms)):
        return found
    if _CODE.match(cell):
        return (Piece(CODE, 0, size),)
    if (m := _ORDINAL.match(cell)) and (rest := pieces(cell[m.end() :]))[0].type == LABEL:
        at = m.end()
        return (Piece(NUMBER, 0, len(m[1])), *(Piece(kind, a + at, b + at, places) for kind, a, b, places in rest))
    if (cell[0] == "(" and cell[-1] == ")" and not is_numbered(cell)) or _PAGE.match(cell):
        return (Piece(NOTE, 0, size),)
    kind = _READ_AS[read_cell(cell).reading]
    if kind == TEXT:
        if size == 1 and not cell.isascii():
            return (Piece(NOTE, 0, size),)  # one character of a label that is written downwards
        return (Piece(HEADER, 0, size),) if "".join(cell.split()) in forms.fragments else _apart(cell)
    return (Piece(kind, 0, size),)


def _known(cell: str, forms: Catalogue) -> tuple[Piece, ...]:
    """A label or a header that some form prints; empty if the cell is neither."""
    if forms.is_header(cell):
        places = forms.find(cell)
        if places and is_numbered(cell):
            # 3.其他 is a row, (六)其他 is what is left of (六)其他处理
            number = enumerator(cell).translate(_POINTS)
            own = any(half_width(forms.rows[p].enumerator).translate(_POINTS) == number for p in places)
            return (Piece(LABEL, 0, len(cell), places) if own else Piece(TEXT, 0, len(cell)),)
        return (Piece(EITHER if places else HEADER, 0, len(cell), places),)
    found = _label(cell, forms)
    if found:
        return found
    return (Piece(HEADER, 0, len(cell)),) if forms.is_headers(cell) else ()


def _label(cell: str, forms: Catalogue) -> tuple[Piece, ...]:
    """A label that some form knows, alone or glued to its unit and values; empty if there is none."""
    if found := forms.find(cell):
        return (Piece(LABEL, 0, len(cell), found),)
    cut = _tail(cell)
    if not 0 < cut < len(cell):
        return ()
    found = forms.find(cell[:cut])
    if not found and (m := _FIRST_PIECE.match(cell, cut)):
        # the tail took the last character of the label for a unit: 接受培训人次62
        cut = m.end()
        found = forms.find(cell[:cut])
    return (Piece(LABEL, 0, len(cell[:cut].rstrip()), found), *_values(cell, cut)) if found else ()


def _values(cell: str, start: int) -> Iterator[Piece]:
    """The units and values glued or spaced behind a label."""
    return (Piece(pieces(m.group())[0].type, m.start(), m.end()) for m in _PIECE.finditer(cell, start))


def _apart(cell: str) -> tuple[Piece, ...]:
    """Text that no form knows: in parts where only values or headers stand apart by blanks behind it, else whole."""
    parts = [(m.group(), m.start(), m.end()) for m in _WORD.finditer(cell)]
    if len(parts) > 1:
        kinds = [pieces(part) for part, _, _ in parts]
        heads = sum(kind[0].type == HEADER for kind in kinds)
        known = all(kind[0].type != TEXT for kind in kinds[1:]) or heads >= _HEADERS_LEAST
        if all(len(kind) == 1 for kind in kinds) and known:
            return tuple(Piece(kind[0].type, a, b) for kind, (_, a, b) in zip(kinds, parts, strict=True))
    cut = _tail(cell)
    if 0 < cut < len(cell):
        return (Piece(TEXT, 0, len(cell[:cut].rstrip())), *_values(cell, cut))
    return (Piece(TEXT, 0, len(cell)),)


def _tail(cell: str) -> int:
    """Where the pieces begin that run up to the end of the cell, with only blanks between; its length if none do."""
    begin = done = 0
    for m in _PIECE.finditer(cell):
        if m.start() != done and not cell[done : m.start()].isspace():
            begin = m.start()
        done = m.end()
    return begin if done and not cell[done:].strip() else len(cell)


def line_label(shadow: str, line: Line) -> tuple[Place, ...]:
    """The rows that the first cell of a line may name; bars before it are passed over. Empty if it names none."""
    start, end = line.start, line.end
    text = shadow[start : min(end, start + LABEL_MOST + 1)]
    if "|" in text:
        return _head_places(text.lstrip("| ").split("|", _HEADS_MOST + 1))
    if "\t" in text:
        return _head_places(text.split("\t", _HEADS_MOST + 1))
    if "  " in text:
        parts = _GAP.split(shadow[start:end])
        places = next((p for part in parts[:_HEADS_MOST] if (p := _places(part))), ())
        return places or (_places(text) if len(text) <= LABEL_MOST else ())
    return _places(text) if len(text) <= LABEL_MOST else ()


def _places(text: str) -> tuple[Place, ...]:
    """The rows that a cell may name, alone or before what is glued to it."""
    if not text or not (catalogue().may_be_known(text) or text[0].isdecimal()):
        return ()
    return next((piece.places for piece in pieces(text)[:2] if piece.type == LABEL), ())


def _head_places(cells: Sequence[str]) -> tuple[Place, ...]:
    """The rows that the label of a row may name: its first cell that names one and is no heading of several rows."""
    found: tuple[Place, ...] = ()
    for i, cell in enumerate(cells[:_HEADS_MOST]):
        text = cell.strip()
        if places := _places(text):
            found = places
            if not _is_group(places):
                break
        elif text.isdecimal() and (i or len(text) > _ORDINAL_MOST):
            break
    return found


def cut_label(shadow: str, lines: Sequence[Line], first: int) -> tuple[Place, ...]:
    """The rows that a label may name of which the line has only the beginning; the next ones go on with it."""
    line = lines[first]
    if line.end - line.start > LABEL_MOST or not catalogue().may_be_known(_head(shadow, line)):
        return ()
    text = ""
    for after in lines[first : first + _CUTS_MOST + 1]:
        if after.end - after.start > LABEL_MOST or (after is not line and line_label(shadow, after)):
            break
        text += _head(shadow, after)
        if after is not line and len(text) <= LABEL_MOST and (places := _places(text)):
            return places
    return ()


def _head(shadow: str, line: Line) -> str:
    """The first cell of a line, without what is glued to it."""
    text = _APART_BY_TWO.split(shadow[line.start : line.end].lstrip("| "), maxsplit=1)[0]
    return text[: _tail(text)] if " " in text else text


def is_cell(shadow: str, line: Line) -> bool:
    """Whether a line without a label may be part of a table: figures, units, marks, headers, notes, bars."""
    text = shadow[line.start : line.end]
    if len(text) > LABEL_MOST and (len(text) > ROW_MOST or not _APART.search(text)):
        return False
    cells = _APART.split(text)
    return all(piece.type != TEXT for cell in cells for piece in pieces(cell.strip()))


def is_row(shadow: str, line: Line) -> bool:
    """Whether a line without a label is a row all the same: its cells stand apart, and figures close it."""
    text = shadow[line.start : line.end]
    if "|" in text or "\t" in text:
        return True
    found = pieces(text) if len(text) <= LABEL_MOST else ()
    return len(found) > _FIGURES_LEAST and found[-1].type == NUMBER and found[-2].type in (NUMBER, UNIT)


def is_header(shadow: str, line: Line) -> bool:
    """Whether a line holds a word that stands over figures."""
    text = shadow[line.start : line.end]
    if len(text) > ROW_MOST:
        return False
    cells = _APART.split(text)
    return any(piece.type == HEADER for cell in cells for piece in pieces(cell.strip()))


def _strip(shadow: str, start: int, end: int) -> tuple[int, int]:
    while start < end and shadow[start].isspace():
        start += 1
    while end > start and shadow[end - 1].isspace():
        end -= 1
    return start, end


class Cutter:
    """Cuts the lines of one table into tokens. `labelled` are the offsets of its lines that begin with a label."""

    def __init__(self, shadow: str, labelled: Container[int]) -> None:
        self._shadow = shadow
        self._labelled = labelled
        self._tabbed = True  # whether tabs part the cells, and do not stand for blanks
        self._framed = False  # whether rows begin with a bar, so that it opens no blank cell

    def tokens(self, lines: Sequence[Line]) -> list[Token]:
        """The tokens of the table that `lines` are."""
        return list(_decided(self._cut(lines)))

    def _cut(self, lines: Sequence[Line]) -> list[Token]:
        lines = [line for line in lines if not _FILLER.match(self._shadow, line.start, line.end)]
        texts = [t for line in lines if "|" in (t := self._shadow[line.start : line.end])]
        tabs = [n for line in lines if (n := self._shadow.count("\t", *self._whole(line.start, line.end)))]
        self._tabbed = not tabs or Counter(tabs).most_common(1)[0][1] * 3 > len(tabs)
        if len(texts) * 4 < len(lines):
            return self._by_line(lines)
        as_rows = sum(sum(1 for part in t.split("|") if part.strip()) > 1 for t in texts)
        speaking = sum(not _ONLY_BARS.match(t) for t in texts)
        return self._by_row(lines) if as_rows * 2 > speaking else self._by_bar(lines)

    # One line, one row; bars between its cells.
    def _by_row(self, lines: Sequence[Line]) -> list[Token]:
        out: list[Token] = []
        barred = [line for line in lines if self._shadow.find("|", line.start, line.end) >= 0]
        self._framed = sum(self._shadow[line.start] == "|" for line in barred) * 2 > len(barred)
        closed = sum(self._shadow[line.end - 1] == "|" for line in barred) * 2 > len(barred)
        for line in self._mended(lines, "|", closed):
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
            if out and count and self._goes_on(out[-1], line, bar, closed, bars, bars + count == most):
                out[-1] = Line(line.type, out[-1].start, line.end)
                bars += count
            else:
                out.append(line)
                bars = count
        return out

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
            end -= self._shadow[end - 1] == bar and end > start
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

        A cell of text behind a label is its value, unless the label is a heading, as 三、本年度办理结果 is, or the text has
        an enumerator.
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
            if heads[-1] > at and (_is_group(cells[at][0].places) or is_numbered(cells[heads[-1]][0].text)):
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
                out += self._cell(opened, last)
                opened = -1
            while (bar := self._shadow.find("|", here, line.end)) >= 0:
                start, stop = _strip(self._shadow, here, bar)
                if opened >= 0:
                    out += self._cell(opened, stop if stop > start else last)
                    opened = -1
                else:
                    out += self._cell(start, stop)
                here = bar + 1
            start, stop = _strip(self._shadow, here, line.end)
            if start < stop:
                opened = start if opened < 0 else opened
                last = stop
        if opened >= 0:
            out += self._cell(opened, last)
        for token in out:
            token.slot = 0  # told by its bar, though not which of its row it is
        return out

    # No bars: a line is a cell, or a row whose cells are apart by tabs or blanks, or glued.
    def _by_line(self, lines: Sequence[Line]) -> list[Token]:
        out: list[Token] = []
        if self._tabbed and any("\t" in self._shadow[line.start : line.end] for line in lines):
            lines = self._mended(lines, "\t", False)
        gaps = [self._shadow.count("\n", a.end, b.start) for a, b in pairwise(lines)]
        usual = max(Counter(gaps).most_common(1)[0][0], 1) if gaps else 1
        shown = usual > 1 or self._blank_lines_are_cells(lines, gaps)
        i = 0
        while i < len(lines):
            if shown and i and gaps[i - 1] > usual and not gaps[i - 1] % usual:
                # as many blank cells as lines are missing between this one and the one before
                here = lines[i].start
                out += [Token(BLANK, here, here, (), False)] * (gaps[i - 1] // usual - 1)
            wrapped, taken = self._wrapped(lines, i)
            out += wrapped or self._line(lines[i].start, lines[i].end)
            i += taken
        return out

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
        heads = [i for i, cell in enumerate(cells[:_HEADS_MOST]) if cell[0].type == LABEL]
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


def uncounted(shadow: str, tokens: list[Token]) -> list[Token]:
    """The tokens without a count of the rows before their labels, if there is one: 1, 2, 3 and so on."""
    labels = sum(token.type == LABEL for token in tokens)
    said = [i for i, token in enumerate(tokens) if token.type not in (NOTE, BLANK)]
    dropped = {
        i
        for i, j in pairwise(said)
        if tokens[j].type == LABEL
        and tokens[i].type == NUMBER
        and _is_count(shadow[tokens[i].start : tokens[i].end], tokens[j].places)
    }
    if len(dropped) < _COUNTED_LEAST or len(dropped) * 2 < labels:
        return tokens
    return [token for i, token in enumerate(tokens) if i not in dropped]


def _is_count(text: str, places: Iterable[Place]) -> bool:
    """Whether a figure is what a form with a column of counts prints before the row."""
    counts = catalogue().counts
    return len(text) <= _ORDINAL_MOST and any(counts.get(place) == text for place in places)


def _parts(shadow: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The cells of a row that stand apart by blanks."""
    for m in _GAP.finditer(shadow, start, end):
        if m.start() > start:
            yield start, m.start()
        start = m.end()
    if start < end:
        yield start, end


def _is_group(places: Iterable[Place]) -> bool:
    """Whether a label names a heading of the form, which carries no figures."""
    rows = catalogue().rows
    return all(rows[place].group for place in places)


def _decided(tokens: Iterable[Token]) -> Iterator[Token]:
    """What may be a label or a header is a header among headers and before the first label, and a label elsewhere."""
    before = HEADER
    for token in tokens:
        if token.type == EITHER:
            token.type = HEADER if before == HEADER else LABEL
        if token.type in (HEADER, LABEL, NUMBER):
            before = token.type
        yield token
