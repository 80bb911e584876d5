"""Glyphs to lines of text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median
from typing import Final, NamedTuple

from govdisclose.read.pdf.page import Glyph, is_wide

_SAME_LINE: Final = 0.3  # of the size: how far baselines of one line stand apart
_BLANK: Final = 0.6  # of the size: a gap beside a wide character that is a blank; justified lines have smaller ones
_NARROW_BLANK: Final = (
    0.22  # the same between letters or digits: two figures are never made one
)
_WORDS: Final = 0.4  # a gap that may be one between columns
_COLUMNS: Final = 1.5  # a gap that sets things apart


class Piece(NamedTuple):
    """A part of a line without a wide gap."""

    text: str
    x0: float
    x1: float


class Line(NamedTuple):
    """A line of text: its pieces, its edges, baseline, top and bottom, the size of its
    characters (their width).

    `words` are its parts without a gap that may be one between columns.
    """

    pieces: tuple[Piece, ...]
    x0: float
    x1: float
    y: float
    top: float
    bottom: float
    size: float
    words: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """Its pieces, two blanks apart."""
        return "  ".join(piece.text for piece in self.pieces)

    @property
    def middle(self) -> float:
        """Half its height."""
        return self.y - 0.35 * self.size


def size_of(glyphs: Sequence[Glyph]) -> float:
    """The width of a Chinese character in these, or what it would be."""
    wide = [g.x1 - g.x0 for g in glyphs if is_wide(g.char) and g.x1 > g.x0]
    if wide:
        return median(wide)
    return 0.85 * median(g.bottom - g.top for g in glyphs) if glyphs else 0.0


def lines_of(glyphs: Iterable[Glyph], gap: float = _COLUMNS) -> list[Line]:
    """Lines from top to bottom; pieces are apart by `gap` times the size or more."""
    inked = [g for g in glyphs if not g.char.isspace()]
    rows: list[list[Glyph]] = []
    for glyph in sorted(inked, key=_down):
        height = glyph.bottom - glyph.top
        if rows and glyph.y - rows[-1][0].y <= _SAME_LINE * min(
            height, rows[-1][0].bottom - rows[-1][0].top
        ):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    return [_line(row, gap) for row in rows]


def _down(glyph: Glyph) -> float:
    return glyph.y


def _along(glyph: Glyph) -> float:
    return glyph.x0 + glyph.x1


def _blank(before: str, after: str) -> float:
    """How wide a gap between two characters is a blank, in sizes."""
    narrow = (
        before.isalnum()
        and after.isalnum()
        and not is_wide(before)
        and not is_wide(after)
    )
    return _NARROW_BLANK if narrow else _BLANK


def _line(row: list[Glyph], gap: float) -> Line:
    row.sort(key=_along)
    size = size_of(row) or 1.0
    pieces: list[Piece] = []
    words: list[Piece] = []
    text = word = row[0].char
    start = first = row[0].x0
    end = row[0].x1
    for before, glyph in pairwise(row):
        between = glyph.x0 - end
        if between >= _WORDS * size:
            words.append(Piece(word, first, end))
            word, first = "", glyph.x0
        if between >= gap * size:
            pieces.append(Piece(text, start, end))
            text, start = "", glyph.x0
        elif between >= _blank(before.char, glyph.char) * size:
            text += " "
            word += " " * bool(word)
        text += glyph.char
        word += glyph.char
        end = max(end, glyph.x1)
    pieces.append(Piece(text, start, end))
    words.append(Piece(word, first, end))
    return Line(
        tuple(pieces),
        pieces[0].x0,
        end,
        median(g.y for g in row),
        min(g.top for g in row),
        max(g.bottom for g in row),
        size,
        tuple(words),
    )


def turned(glyphs: Iterable[Glyph], turn: int) -> list[Glyph]:
    """Those of one direction, as they are seen with the head on one side."""
    mine = [g for g in glyphs if g.turn == turn]
    match turn:
        case 1:  # downwards: to the right is down, down is to the left
            return [Glyph(g.char, g.top, g.bottom, -g.x0, -g.x1, -g.x0) for g in mine]
        case 2:
            return [
                Glyph(g.char, -g.x1, -g.x0, -g.top, -g.bottom, -g.top) for g in mine
            ]
        case 3:
            return [Glyph(g.char, -g.bottom, -g.top, g.x1, g.x0, g.x1) for g in mine]
        case _:
            return mine


_ADDRESS: Final = re.compile(r"(?:://|www\.|@)\S*$")


def joined(before: str, after: str) -> str:
    """Two lines of a paragraph as one: words keep a blank between them, Chinese and
    broken figures do not.

    >>> joined("公开信息1", "20条"), joined("open", "government"), joined("http://www.a.go", "v.cn")
    ('公开信息120条', 'open government', 'http://www.a.gov.cn')
    """
    if not before or not after:
        return before + after
    words = (
        before[-1].isascii()
        and before[-1].isalpha()
        and after[0].isascii()
        and after[0].isalpha()
    )
    return before + (" " if words and not _ADDRESS.search(before) else "") + after
