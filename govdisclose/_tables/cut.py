"""The lines of a table cut into cells, whatever the layout.

A layout is a way of telling where a cell ends: a bar behind it, a bar on a line of its
own, bars or tabs between the cells of a row, a line to itself, blanks to align it, or
nothing at all (label, unit and value glued). They are told apart by what the lines
hold, and all come out as one sequence of tokens for `grammars/table.lark`.

Guarantees:

1. Tokens are in order, but for those of rows that a head tells to stand in another. A BLANK is
   empty and stands where the blank cell is. No two overlap, but for a label that stands on both
   sides of its figures: it comes before them.
2. What is left out of the tokens is white space, bars, and what merged cells repeat.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve

from govdisclose._lexicon.labels import is_enumerator, is_numbered
from govdisclose._lines.cell import (
    BLANK,
    EITHER,
    HEADER,
    LABEL,
    NOTE,
    NUMBER,
    PAGE_MOST,
    TEXT,
    Token,
    counts_columns,
    is_page,
)
from govdisclose._lines.line import Line
from govdisclose._tables.as_headed import regrouped
from govdisclose._tables.cells import (
    BAR,
    TAB,
    Cell,
    Ruling,
    cut_cell,
    cut_line,
    cut_row,
    one_cell,
    strip,
    whole_line,
    with_orders,
)
from govdisclose._tables.counted import counted
from govdisclose._tables.drawn import is_drawn, rejoined
from govdisclose._tables.mend import mended, wrapped
from govdisclose._tables.shared_cells import parted
from govdisclose._tables.spaces import blank_cells
from govdisclose.form import catalogue

_MARKDOWN_RULE: Final = re.compile(r"\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?)?\s*$")
_BARS_MOST: Final = 3  # parts of a line with one cell, a bar before and a bar behind it
_OPEN_LEAST: Final = 2  # whole rows that end with no bar: one may have lost it
_FILLER: Final = re.compile(
    r"(?:\s*\|){4}[\s|]*$"
)  # bars that a converter left of an empty row
_HEADING: Final = frozenset((LABEL, HEADER, EITHER))
_ONLY_BARS: Final = re.compile(r"[\s|]+$")


def cut_table(
    shadow: str,
    lines: Sequence[Line],
    labelled: frozenset[int],
    marks: Sequence[int] = (),
) -> list[Token]:
    """The tokens of the table that `lines` are; `labelled` are the offsets of those
    that begin with a label, `marks` those of lines of no-break spaces."""
    lines = [line for line in lines if not _is_between(shadow, line)]
    lines = [line for i, line in enumerate(lines) if not _is_index(shadow, lines, i)]
    tabbed = _are_tabbed(shadow, lines)
    ruling = Ruling(shadow, labelled, tabbed=tabbed, marks=marks)
    barred = [text for line in lines if BAR in (text := shadow[line.start : line.end])]
    if len(barred) * 4 < len(lines):
        return regrouped(
            list(_decided(_with_own_rows(shadow, _by_line(ruling, lines))))
        )
    rows = sum([_is_row(text) for text in barred])
    speaking = sum([not _ONLY_BARS.match(text) for text in barred])
    alone = sum([text.strip() == BAR for text in barred])
    cut = _by_row if rows * 2 > speaking and alone * 2 <= rows else _by_bar
    cells = parted(shadow, list(_with_own_rows(shadow, cut(ruling, lines))))
    return regrouped(list(_decided(cells)))


def _is_between(shadow: str, line: Line) -> bool:
    """Whether a line stands between any two others and is no cell: bars of an empty
    row, the number of a page."""
    if _FILLER.match(shadow, line.start, line.end) is not None:
        return True
    return line.end - line.start <= PAGE_MOST and is_page(shadow[line.start : line.end])


def _is_index(shadow: str, lines: Sequence[Line], i: int) -> bool:
    """Whether a line counts the columns: it opens a table, and no figures stand below it."""
    line = lines[i]
    if not counts_columns(shadow[line.start : line.end]):
        return False
    opens = not i or shadow.count("\n", lines[i - 1].end, line.start) > 1
    below = (shadow[after.start : after.end] for after in lines[i + 1 : i + 3])
    words = next((text for text in below if not _MARKDOWN_RULE.match(text)), "")
    first = words.lstrip("| \t")[:1]
    return opens and (not first or first.isalpha() or first == "(")


def _are_tabbed(shadow: str, lines: Iterable[Line]) -> bool:
    """Whether tabs part cells: lines with tabs mostly have as many as each other, or no
    two beside each other.

    The lines of a head may each have another number of cells; tabs that align words
    stand in its lines by twos."""
    places = [whole_line(shadow, line.start, line.end) for line in lines]
    tabs = [count for place in places if (count := shadow.count(TAB, *place))]
    if not tabs or Counter(tabs).most_common(1)[0][1] * 3 > len(tabs):
        return True
    return sum([shadow.find(TAB + TAB, *place) >= 0 for place in places]) * 3 <= len(
        tabs
    )


def _is_row(text: str) -> bool:
    """Whether a line with bars is more than one cell: two that are filled, or one with
    more bars than close it."""
    cells = [bool(part.strip()) for part in text.split(BAR)]
    return sum(cells) > 1 or (any(cells) and len(cells) > _BARS_MOST)


def _decided(tokens: Iterable[Token]) -> Iterator[Token]:
    """What may be a label or a header is a header among headers and before the first
    label, and a label elsewhere; but a word that has slid out of the head, where its row
    stands with its number: 总计, beside (七)总计."""
    tokens = list(tokens)
    numbered = {
        place
        for token in tokens
        if token.type == LABEL and is_numbered(token.text)
        for place in token.places
    }
    before = HEADER
    for token in tokens:
        kind = token.type
        if kind == EITHER and before != HEADER and numbered.issuperset(token.places):
            yield token._replace(type=NOTE, places=())
        elif kind == EITHER:
            kind = HEADER if before == HEADER else LABEL
            yield token._replace(type=kind)
        else:
            yield token
        if kind in (HEADER, LABEL, NUMBER):
            before = kind


# --- one line, one row; bars between its cells


def _by_row(ruling: Ruling, lines: Sequence[Line]) -> Cell:
    shadow = ruling.shadow
    ruling = _framed(
        ruling, [line for line in lines if shadow.find(BAR, line.start, line.end) >= 0]
    )
    out: list[Token] = []
    rows = mended(shadow, lines, BAR, closed=ruling.ended)
    ruling = with_orders(ruling, rows, BAR)
    for line in rows:
        text = shadow[line.start : line.end]
        if BAR not in text:
            out += cut_line(ruling, line.start, line.end)
        elif not _MARKDOWN_RULE.match(text) and not _ONLY_BARS.match(text):
            out += cut_row(ruling, line.start, line.end, BAR)
    return out


def _with_own_rows(shadow: str, tokens: Sequence[Token]) -> Iterator[Token]:
    """The cells, with an empty label where a row of figures has none: they are not
    those of the row before.

    Nothing behind the label before, not even a blank cell, says that its figures stand
    on a line of their own."""
    before = ""  # the last kind of cell that is no value
    behind = 0  # cells behind the last label
    for row in _counted(shadow, tokens):
        first, kinds = row[0], {token.type for token in row}
        if (
            first.slots > 1
            and before == LABEL
            and behind
            and NUMBER in kinds
            and not kinds & _HEADING
        ):
            if _is_word(first):
                yield first._replace(type=LABEL)  # spelled as no form has it
            else:
                yield first._replace(type=LABEL, end=first.start, places=(), text="")
            yield from row[_is_word(first) or first.type == BLANK :]
        else:
            yield from row
        heading = [token.type for token in row if token.type in _HEADING]
        if heading:
            before = heading[-1]
            behind = (
                0
                if before != LABEL
                else sum(token.type not in _HEADING for token in row)
            )


def _is_word(token: Token) -> bool:
    """Whether a cell is words, and no figure that nobody can read."""
    return token.type == TEXT and any(c.isalpha() for c in token.text)


def _counted(shadow: str, tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """The cells line by line, where bars or tabs count those of a line."""
    row: list[Token] = []
    for token in tokens:
        opens = row and (token.slot <= row[-1].slot or row[-1].slot < 0)
        if opens and "\n" in shadow[row[-1].end : token.start]:
            yield row
            row = []
        row.append(token)
    if row:
        yield row


def _framed(ruling: Ruling, barred: Sequence[Line]) -> Ruling:
    """Whether rows end and begin with a bar. Lines that go on with the row before them
    begin with none."""
    shadow = ruling.shadow
    ended = _are_closed([shadow[line.start : line.end] for line in barred])
    begins = [b for a, b in pairwise(barred) if not ended or shadow[a.end - 1] == BAR]
    framed = sum([shadow[line.start] == BAR for line in begins]) * 10 > len(begins) * 9
    return evolve(ruling, ended=ended, framed=framed)


def _are_closed(rows: Sequence[str]) -> bool:
    """Whether rows end with a bar: most do, and those that do not have a bar fewer.

    Where bars stand between cells only, a row ends with one if its last cell is blank. Its head, or
    another row, ends with words and has as many bars."""
    counts = [row.count(BAR) for row in rows]
    ends = [row[-1] == BAR for row in rows]
    if sum(ends) * 2 <= len(rows):
        return False
    usual = Counter(counts).most_common(1)[0][0]
    whole = [end for end, count in zip(ends, counts, strict=True) if count == usual]
    return whole[0] and len(whole) - sum(whole) < _OPEN_LEAST


# --- bars close cells; lines mean nothing, except that a label opens a row


def _by_bar(ruling: Ruling, lines: Sequence[Line]) -> Cell:
    shadow = ruling.shadow
    out: list[Cell] = []
    opened = last = -1
    for line in lines:
        here = line.start
        begins = here in ruling.labelled and shadow[here] != BAR
        if opened >= 0 and begins and not is_enumerator(shadow[opened:last]):
            out.append(_closed(shadow, opened, last))
            opened = -1
        while (bar := shadow.find(BAR, here, line.end)) >= 0:
            start, stop = strip(shadow, here, bar)
            if opened >= 0:
                start, stop = opened, stop if stop > start else last
                opened = -1
            out.append(_closed(shadow, start, stop))
            here = bar + 1
        start, stop = strip(shadow, here, line.end)
        if start < stop:
            opened = start if opened < 0 else opened
            last = stop
    if opened >= 0:
        out.append(_closed(shadow, opened, last))
    return [token for cell in counted(out) for token in cell]


def _closed(shadow: str, start: int, end: int) -> Cell:
    """A cell that its bars tell, though not which of its row it is: a figure that runs
    over two lines is not two."""
    cell = cut_cell(shadow, start, end, slot=0)
    first = cell[0]
    if first.type == TEXT and not _is_word(first):
        return [one_cell(shadow, cell)]
    if first.type == LABEL and len(cell) > 1 and catalogue().is_header(first.text):
        return [
            one_cell(shadow, cell)
        ]  # words for a column and a row, with a figure: the cell of a careless hand
    return cell if first.type in (LABEL, TEXT) else [one_cell(shadow, cell)]


# --- no bars: a line is a cell, or a row whose cells are apart by tabs or blanks, or glued


def _by_line(ruling: Ruling, lines: Sequence[Line]) -> Cell:
    shadow = ruling.shadow
    if ruling.tabbed and any(TAB in shadow[line.start : line.end] for line in lines):
        lines = mended(shadow, lines, TAB, closed=False)
        ruling = with_orders(ruling, lines, TAB)
    elif is_drawn(rows := [cut_line(ruling, line.start, line.end) for line in lines]):
        return rejoined(shadow, rows, [(line.start, line.end) for line in lines])
    blanks = blank_cells(shadow, lines, ruling.labelled, ruling.marks)
    out: list[Token] = []
    i = 0
    while i < len(lines):
        out += blanks[i]
        cells, taken = wrapped(ruling, lines, i)
        out += cells or cut_line(ruling, lines[i].start, lines[i].end)
        i += taken
    return [*out, *blanks[-1]]
