"""Cells that hold several figures: converters that find the columns of a PDF by its blanks put narrow ones together.

Guarantees:

1. Where most rows have such cells, bars do not count the columns: figures keep their order, and no slot.
2. Elsewhere every cell stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from govdisclose._lines.cell import (
    BLANK,
    CODE,
    DASH,
    NUMBER,
    TEXT,
    UNIT,
    Token,
    pieces,
)

_PARTS: Final = frozenset((CODE, DASH, NUMBER, UNIT))
_MOST: Final = 60  # characters of a cell that holds figures of several columns
_ROWS_LEAST: Final = 2


def parted(shadow: str, tokens: Sequence[Token]) -> list[Token]:
    """The cells, with those in parts that hold several figures, or a figure behind a unit.

    120 15 | 0 3 | 2 0 | 140 are the seven figures of a row in four cells. A blank cell
    beside figures may be of one column or of several: it is left out."""
    shared = {i: found for i, token in enumerate(tokens) if (found := _parts(token))}
    if not shared:
        return list(tokens)
    rows = list(_rows(shadow, tokens))
    mine = [row for row in rows if any(i in shared for i in row)]
    with_figures = [row for row in rows if any(_is_figured(tokens[i]) for i in row)]
    most = len(mine) >= _ROWS_LEAST and len(mine) * 2 >= len(with_figures)
    if not most and not any(_has_room(tokens, row, shared) for row in mine):
        return list(tokens)
    widths = {tokens[row.start].slots for row in mine}
    out: list[Token] = []
    for row in rows:
        cells = [part for i in row for part in shared.get(i, (tokens[i],))]
        if tokens[row.start].slots in widths:
            figured = any(token.type == NUMBER for token in cells)
            cells = [
                token._replace(slot=-1, slots=-1)
                for token in cells
                if not figured or token.type != BLANK
            ]
        out += cells
    return out


def _has_room(
    tokens: Sequence[Token], row: range, shared: Mapping[int, Sequence[Token]]
) -> bool:
    """Whether a row has a cell with two figures, and a blank one: these have one too few for each other."""
    figures = [
        sum(part.type == NUMBER for part in shared[i]) for i in row if i in shared
    ]
    return max(figures) > 1 and any(tokens[i].type == BLANK for i in row)


def _parts(token: Token) -> tuple[Token, ...]:
    """What stands apart by blanks in a cell, if it is all figures, marks and units; else nothing."""
    if token.type != TEXT or token.slot < 0 or len(token.text) > _MOST:
        return ()
    out: list[Token] = []
    at = 0
    for word in token.text.split():
        at = token.text.index(word, at)
        start, end = token.start + at, token.start + at + len(word)
        first, *others = pieces(word)
        if others or first.type not in _PARTS or _may_be_thousands(word, out):
            return ()
        out.append(token._replace(type=first.type, start=start, end=end, text=word))
        at += len(word)
    return tuple(out) if len(out) > 1 and any(t.type == NUMBER for t in out) else ()


def _rows(shadow: str, tokens: Sequence[Token]) -> Iterator[range]:
    """The cells line by line, as ranges of indexes; a row may have a label of two lines."""
    first = 0
    for i, (before, token) in enumerate(pairwise(tokens), 1):
        opens = token.slot <= before.slot or before.slot < 0 or token.slot < 0
        if opens and "\n" in shadow[before.end : token.start]:
            yield range(first, i)
            first = i
    if first < len(tokens):
        yield range(first, len(tokens))


def _is_figured(token: Token) -> bool:
    return token.slot >= 0 and (token.type == NUMBER or bool(_parts(token)))


def _may_be_thousands(word: str, before: Sequence[Token]) -> bool:
    """Whether a word may go on with the figure before it: 10 000; the code behind a unit does not."""
    behind_figure = bool(before) and before[-1].type == NUMBER
    return behind_figure and len(word) > 1 and word[0] == "0"
