"""Rows as a page shows them: a label over several lines, its figures beside one of
them, or between two.

The text of a page has lines and not rows. The figures of a row stand beside the middle
of its label, its first line or its last; heads that span rows stand left of the labels,
on whichever lines they fall. Which lines are one label, the forms tell: pieces that are
a label together belong together.

Guarantees:

1. A line goes to at most one label; one that goes to none keeps its own cells.
2. Figures stay in order, and on their own line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile
from typing import Final, NamedTuple

from attrs import field, frozen

from govdisclose._lexicon.labels import is_numbered
from govdisclose._lines.cell import (
    CODE,
    DASH,
    GAP,
    HEADER,
    LABEL,
    NONE,
    NOTE,
    NUMBER,
    TEXT,
    UNIT,
    UNITS,
    Token,
    pieces,
    screen_column,
)
from govdisclose._tables.cells import cut_cell
from govdisclose._tables.head_pieces import behind_head_pieces, is_head_piece
from govdisclose.form import Place, catalogue

_BEHIND: Final = frozenset((UNIT, NUMBER, DASH, NONE, CODE))
_HEADS: Final = frozenset((TEXT, NOTE, LABEL, HEADER, UNIT, NUMBER))
_COUNT_AND_UNIT: Final = re.compile(rf"(?P<count>\d{{1,3}})\s+(?P<unit>{UNITS})")
_REACH: Final = 5  # lines of a label over or under its figures
_LEAST: Final = (
    3  # rows that have a label and figures on one line, for a page to be told
)
_POINTS: Final = (".", "、", ")")
_NO_COLUMN: Final = -1  # of words that stand left of all columns
_COUNT_MOST: Final = 3  # digits of a count of rows


class Part(NamedTuple):
    """A piece of a line without figures: the column of the screen where it begins, and
    its offsets."""

    column: int
    start: int
    end: int


@frozen(eq=False)
class PageLine:
    """A line of a page: the words on it, the count of the row before them, and the
    figures behind them. `upright`: it holds nothing but pieces of merged heads."""

    tokens: Sequence[Token]
    parts: Sequence[Part] = ()
    counts: Sequence[Token] = ()
    figures: Sequence[Token] = ()
    upright: bool = False

    def at(self, column: int) -> Part | None:
        """The part that begins in a column of the screen."""
        return next((part for part in self.parts if part.column == column), None)


class Piece(NamedTuple):
    """A part, and the line it stands on."""

    line: int
    part: Part


@frozen(eq=False)
class Page:
    """The lines of a page. `taken` are the parts, by line and column, that went to a
    label of another line.

    It grows as labels are found: a new set for each would take time that grows with the
    square of the lines."""

    shadow: str
    lines: Sequence[PageLine]
    first_row: int  # the first line with figures; what stands above heads columns
    taken: set[tuple[int, int]] = field(factory=set)

    def text(self, pieces: Sequence[Piece]) -> str:
        """The words of pieces, put together."""
        return "".join([self.shadow[part.start : part.end] for _, part in pieces])


@frozen(eq=False)
class _Label:
    """The label of a row: the pieces that it is of, and its token."""

    pieces: tuple[Piece, ...]
    token: Token


def is_drawn(rows: Sequence[Sequence[Token]]) -> bool:
    """Whether lines hold rows, all of a row's figures on one line, and not a cell each."""
    rowed = sum(len(row) > 1 and row[-1].type in _BEHIND for row in rows)
    lone = sum(len(row) == 1 and row[0].type in _BEHIND for row in rows)
    return rowed >= _LEAST and rowed > lone


def rejoined(
    shadow: str, rows: Sequence[Sequence[Token]], ends: Sequence[tuple[int, int]]
) -> list[Token]:
    """The tokens of the lines, labels whole. `ends` are the offsets of each line."""
    spaced = any(GAP.search(shadow, *span) for span in ends)
    lines = [
        _page_line(shadow, row, *span, spaced, counted)
        for (row, counted), span in zip(_counted(rows), ends, strict=True)
    ]
    first = next((i for i, line in enumerate(lines) if line.figures), 0)
    page = Page(shadow, lines, first)
    labels: dict[int, _Label] = {}
    for find in (_known, _unknown):
        for row, line in enumerate(page.lines):
            if (
                line.figures
                and row not in labels
                and (label := find(page, row)) is not None
            ):
                labels[row] = label
                page.taken.update(
                    [(at, part.column) for at, part in label.pieces if at != row]
                )
    out: list[Token] = []
    for row in range(len(page.lines)):
        out += _emitted(page, row, labels.get(row))
    return out


def _counted(
    rows: Iterable[Sequence[Token]],
) -> Iterator[tuple[Sequence[Token], bool]]:
    """The cells of each line, and whether the figure that opens it goes on with a count of
    the rows: 5 条, between 4 and 6, is a count and a unit."""
    last = 0
    for row in rows:
        m = _COUNT_AND_UNIT.fullmatch(row[0].text) if len(row) == 1 else None
        tokens = _split(row[0], m) if m and last == int(m["count"]) - 1 else row
        opens = len(tokens) > 1 and tokens[0].type == NUMBER
        count = int(tokens[0].text) if opens and tokens[0].text.isdecimal() else 0
        counted = 0 < last == count - 1
        yield (tokens if counted else row), counted
        if opens and (counted or tokens[1].type not in _BEHIND):
            last = count


def _split(token: Token, m: re.Match[str]) -> Sequence[Token]:
    """A count and the unit behind it, which look like one figure."""
    end, start = token.start + m.end("count"), token.start + m.start("unit")
    count = token._replace(end=end, text=m["count"])
    return count, token._replace(type=UNIT, start=start, text=m["unit"])


def _page_line(
    shadow: str,
    tokens: Sequence[Token],
    start: int,
    end: int,
    spaced: bool,
    counted: bool,
) -> PageLine:
    """A line in its parts. `spaced`: blanks set the words of the page in columns."""
    behind = _figures_at(shadow, tokens, end)
    counts = 0
    if behind == 0 and len(tokens) > 1 and _is_count(shadow, tokens, counted):
        counts = behind = 1
    elif behind and tokens[0].type == NUMBER:
        counts = 1
    heads, figures = tokens[counts:behind], tokens[behind:]
    if heads and heads[0].type not in _HEADS:
        return PageLine(tokens)
    begin = tokens[counts - 1].end if counts else start
    stop = end
    if figures:
        stop = heads[-1].end if heads else begin
    parts = list(_parts(shadow, begin, stop, spaced))
    upright = not figures and all(
        is_head_piece(shadow[part.start : part.end]) for part in parts
    )
    return PageLine(tokens, parts, tokens[:counts], figures, upright and bool(parts))


def _figures_at(shadow: str, tokens: Sequence[Token], end: int) -> int:
    """Where the figures of a line begin, and what goes with them."""
    behind = len(tokens)
    while behind and tokens[behind - 1].type in _BEHIND:
        behind -= 1
    if not 0 < behind == len(tokens) - 1 or tokens[-2].end != tokens[-1].start:
        return behind
    if tokens[-1].type == UNIT:
        return (
            behind + 1
        )  # the last character of a piece of a label is no unit: 参加新闻发布会次
    if shadow[end : end + 4].lstrip()[:1] in _POINTS:
        return behind + 1  # 其中:1, and the line behind it opens with the point
    return behind


def _is_count(shadow: str, tokens: Sequence[Token], counted: bool) -> bool:
    """Whether the first of the figures that open a line stands apart from them, as a
    count of the rows does, or goes on with the counts above and has a unit behind it."""
    first, second = tokens[0], tokens[1]
    if (
        first.type != NUMBER
        or first.end - first.start > _COUNT_MOST
        or "\n" in shadow[first.end : second.start]
    ):
        return False
    margin = first.start - (shadow.rfind("\n", 0, first.start) + 1)
    return second.type == UNIT and (counted or second.start - first.end > margin + 1)


def _parts(shadow: str, start: int, end: int, spaced: bool) -> Iterator[Part]:
    """The parts of a line; pieces of heads before a label are parts of their own.

    Where no blanks set the page in columns, all labels begin in one."""
    at = start
    for m in (*GAP.finditer(shadow, start, end), None):
        stop = m.start() if m else end
        while at < stop and shadow[at].isspace():
            at += 1
        if stop > at:
            yield from _behind_pieces(shadow, at, stop, spaced)
        at = m.end() if m else end


def _behind_pieces(shadow: str, start: int, stop: int, spaced: bool) -> Iterator[Part]:
    column = screen_column(shadow, start)
    cut = start + behind_head_pieces(shadow[start:stop])
    if cut > start:
        left = column if spaced else _NO_COLUMN
        yield Part(left, start, start + len(shadow[start:cut].rstrip()))
        column = screen_column(shadow, cut) if spaced else column
    yield Part(column, cut, stop)


# --- labels that some form knows


def _known(page: Page, row: int) -> _Label | None:
    """The longest label that some form knows of the parts on the line of the figures
    and on lines next to it.

    Of two that are as long, the one that reaches as far up as down.
    """
    best: _Label | None = None
    least = (0, 0)  # how many pieces, and how much more on one side
    for column in _columns(page, row):
        for found, lean in _around(page, row, column):
            if best is not None and (len(found), -lean) <= least:
                continue
            label = _label_of(page, found) or _label_of(
                page, _without_heads(page, found)
            )
            if label is not None and (
                best is None or (len(label.pieces), -lean) > least
            ):
                best, least = label, (len(label.pieces), -lean)
    return best


def _around(
    page: Page, row: int, column: int
) -> Iterator[tuple[tuple[Piece, ...], int]]:
    """The pieces of a column that may be a label, around a row, and how many more of
    them are on one side."""
    part = page.lines[row].at(column)
    middle = [Piece(row, part)] if part is not None else []
    above, below = _next_to(page, row, column, -1), _next_to(page, row, column, 1)
    whole = [*reversed(above), *middle, *below]
    for up in range(not middle, len(above) + 1):  # no label begins under its figures
        first, end = len(above) - up, len(above) + len(middle)
        if not _may_begin(page, whole[first:]):
            continue
        for down in range(len(below) + 1):
            if first < end + down:
                yield tuple(whole[first : end + down]), abs(up - down)


def _may_begin(page: Page, pieces: Sequence[Piece]) -> bool:
    """A quick no for most places: whether a label begins with the first of the parts;
    one may be a letter a line."""
    if not pieces or pieces[0].part.end - pieces[0].part.start == 1:
        return bool(pieces)
    return catalogue().may_be_known(page.text(pieces))


def _without_heads(page: Page, found: Sequence[Piece]) -> tuple[Piece, ...]:
    """The pieces of a label without those of merged heads on lines between its own."""
    return tuple([piece for piece in found if not page.lines[piece.line].upright])


def _label_of(page: Page, found: tuple[Piece, ...]) -> _Label | None:
    """The label that pieces are together, if some form knows it."""
    text = page.text(found)
    if not text:
        return None
    if len(text) != len(found) and not catalogue().may_be_known(text):
        return None
    piece = pieces(text)[0]
    if piece.type != LABEL or piece.end != len(text):
        return None
    return _Label(found, _token(found, text, piece.places))


def _token(found: Sequence[Piece], text: str, places: tuple[Place, ...] = ()) -> Token:
    spans = tuple([(part.start, part.end) for _, part in found])
    return Token(LABEL, *spans[0], places, text=text, parts=spans)


# --- labels that no form knows


def _unknown(page: Page, row: int) -> _Label | None:
    """The label of a row that no form knows so: what stands right before the figures,
    over and under it.

    Its lines reach up to the one that has the enumerator, and as far down as up.
    """
    own = page.lines[row].parts
    columns = [own[-1].column] if own else _columns(page, row)
    if not columns:
        return None
    part = page.lines[row].at(columns[0])
    middle = [Piece(row, part)] if part is not None else []
    above = [] if _is_numbered(page, middle) else _up_to_number(page, row, columns[0])
    begun = [*reversed(above), *middle]
    below = _down_to_number(page, row, columns[0], max(len(above), 1)) if begun else []
    found = (*begun, *below)
    found = _without_heads(page, found) or found
    if not found or (len(found) == 1 and middle):
        return None
    return _Label(found, _token(found, page.text(found)))


def _up_to_number(page: Page, row: int, column: int) -> list[Piece]:
    above: list[Piece] = []
    for piece in _next_to(page, row, column, -1):
        above.append(piece)
        if _is_numbered(page, [piece]):
            break
    return above


def _down_to_number(page: Page, row: int, column: int, most: int) -> list[Piece]:
    below = _next_to(page, row, column, 1)[:most]
    return list(takewhile(lambda piece: not _is_numbered(page, [piece]), below))


def _is_numbered(page: Page, pieces: Sequence[Piece]) -> bool:
    return bool(pieces) and is_numbered(page.text(pieces))


# --- the lines next to a row


def _columns(page: Page, row: int) -> list[int]:
    """The columns where the label of a row may stand: that of its last part, or behind
    it of those next to it.

    The last comes first: what stands before a label are heads of several rows.
    """
    own = page.lines[row].parts
    near = [
        line
        for line in page.lines[max(row - 1, 0) : row + 2]
        if line is page.lines[row] or not line.figures
    ]
    least = own[-1].column if own else 0
    return sorted(
        {part.column for line in near for part in line.parts if part.column >= least},
        reverse=True,
    )


def _next_to(page: Page, row: int, column: int, step: int) -> list[Piece]:
    """The parts in that column on the lines next to a row, as far as no figures and no
    other row come between."""
    out: list[Piece] = []
    at = row + step
    while 0 <= at < len(page.lines) and len(out) < _REACH:
        line = page.lines[at]
        if line.figures or (line.counts and not line.parts):
            break
        if not _is_page(line):
            part = line.at(column)
            if (part is None and not line.upright) or (at, column) in page.taken:
                break
            if part is not None:
                out.append(Piece(at, part))
        at += step
    return out


def _is_page(line: PageLine) -> bool:
    """Whether a line is the number of a page, which stands in the middle of anything."""
    tokens = line.tokens
    return (
        len(tokens) == 1
        and tokens[0].type == NOTE
        and tokens[0].end - tokens[0].start > 1
    )


# --- back to tokens


def _emitted(page: Page, row: int, label: _Label | None) -> Iterator[Token]:
    line = page.lines[row]
    left = [part for part in line.parts if (row, part.column) not in page.taken]
    if label is not None:
        yield from line.counts
        heads = (
            token
            for token in line.tokens
            if token.type == LABEL and token.places != label.token.places
        )
        yield from (
            token for token in heads if not _is_within(token, label)
        )  # the heads of several rows
        yield label.token
        yield from line.figures
    elif len(left) < len(line.parts):
        for part in left:
            yield from cut_cell(page.shadow, part.start, part.end)
    elif line.upright and row > page.first_row:
        yield from (token._replace(type=NOTE, places=()) for token in line.tokens)
    else:
        yield from line.tokens


def _is_within(token: Token, label: _Label) -> bool:
    return any(part.start <= token.start < part.end for _, part in label.pieces)
