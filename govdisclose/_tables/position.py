"""Rows put in columns by where their figures stand on the screen, in a table set with blanks.

Guarantees:

1. A figure that stands under no column, or two under one, leave their row as it was.
2. Where the rows do not agree on the columns, nothing is told.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import Final

from govdisclose._lines.cell import BLANK, Token, screen_column
from govdisclose._tables.sheet import Content, Values

_FULL_ROWS_LEAST: Final = 2
_BETWEEN_LEAST: Final = 2  # blanks between columns
_WORD: Final = re.compile(r"\S+(?:\s\S+)*")
_LEFT, _RIGHT = 0, 1


def by_position(
    shadow: str,
    contents: Sequence[Content],
    aligned: Sequence[Values | None],
    columns: int,
    heads: Sequence[Token] = (),
) -> Sequence[Values | None]:
    """The rows, those with too few figures put in columns by where the figures stand on
    their lines.

    The whole rows must agree on where each column begins, or where each ends; or all
    figures, with the words over them, must stand over one another in as many columns as
    there are. `heads` are the words over the columns, if they are known."""
    if columns < 2:
        return aligned
    for edge in (_LEFT, _RIGHT):
        ruled = _ruled(shadow, aligned, columns, edge)
        if ruled:
            pairs = zip(contents, aligned, strict=True)
            return [
                told or _under(shadow, c.values, ruled, edge, columns)
                for c, told in pairs
            ]
    return _over_one_another(shadow, contents, aligned, columns, heads) or aligned


def _ruled(
    shadow: str, aligned: Iterable[Values | None], columns: int, edge: int
) -> dict[int, int]:
    """The columns by where all whole rows have the edge of their cells; empty if they
    do not agree."""
    whole = [
        row for values in aligned if values and (row := _whole_line(shadow, values))
    ]
    if len(whole) < _FULL_ROWS_LEAST:
        return {}
    places = [{_edge(shadow, row[i], edge) for row in whole} for i in range(columns)]
    if any(len(found) != 1 for found in places):
        return {}
    ruled = {found.pop(): i for i, found in enumerate(places)}
    return ruled if len(ruled) == columns else {}


def _whole_line(shadow: str, values: Values) -> list[Token]:
    """The cells of a row if none lacks or is blank, all on one line and apart by blanks; else none."""
    row = [token for token in values if token is not None and token.type != BLANK]
    if len(row) < len(values) or "\n" in shadow[row[0].start : row[-1].end]:
        return []
    return row if all(_stands_apart(shadow, token) for token in row) else []


def _under(
    shadow: str, values: Sequence[Token], at: Mapping[int, int], edge: int, columns: int
) -> Values | None:
    """The figures of a row by the columns that begin, or end, where they do."""
    out: list[Token | None] = [None] * columns
    for token in values:
        if token.type == BLANK:
            continue
        column = at.get(_edge(shadow, token, edge))
        if column is None or out[column] is not None:
            return None
        out[column] = token
    return tuple(out)


def _over_one_another(
    shadow: str,
    contents: Sequence[Content],
    aligned: Sequence[Values | None],
    columns: int,
    heads: Sequence[Token],
) -> list[Values | None] | None:
    """The rows by columns that are set in the middle or at the right: what stands over
    one another is one column.

    None where the figures and the heads do not make just those columns, or a row that
    is told otherwise has a figure in another."""
    figures = [
        [token for token in content.values if token.type != BLANK]
        for content in contents
    ]
    if not _are_lines(shadow, [row for row in figures if row]):
        return None
    starts = _column_starts(shadow, figures, columns, heads)
    out: list[Values | None] = []
    for row, told in zip(figures, aligned, strict=True):
        placed = _placed(shadow, row, starts) if starts else None
        if placed is None or (told is not None and _differ(told, placed)):
            return None
        out.append(placed if told is None else told)
    return out


def _are_lines(shadow: str, rows: Sequence[Sequence[Token]]) -> bool:
    """Whether each row is one line, its cells apart by blanks; that also bounds the
    time on a text of one line."""
    for row in rows:
        if "\n" in shadow[row[0].start : row[-1].end] or not all(
            _stands_apart(shadow, t) for t in row
        ):
            return False
    return all("\n" in shadow[a[-1].end : b[0].start] for a, b in pairwise(rows))


def _column_starts(
    shadow: str,
    figures: Iterable[Iterable[Token]],
    columns: int,
    heads: Sequence[Token],
) -> list[int]:
    """Where the columns begin that figures and heads make, or the figures alone; empty
    if they are too many or few."""
    tokens = [token for row in figures for token in row]
    for over in (heads, ()):
        stretches = _stretches([_extent(shadow, token) for token in (*over, *tokens)])
        far = all(b[0] - a[1] >= _BETWEEN_LEAST for a, b in pairwise(stretches))
        if far and len(stretches) == columns:
            return [start for start, _ in stretches]
    return []


def _placed(shadow: str, row: Iterable[Token], starts: Sequence[int]) -> Values | None:
    """The figures of a row by columns; None if two stand in one."""
    out: list[Token | None] = [None] * len(starts)
    for token in row:
        column = bisect_right(starts, _edge(shadow, token, _LEFT)) - 1
        if out[column] is not None:
            return None
        out[column] = token
    return tuple(out)


def _differ(told: Values, placed: Values) -> bool:
    """Whether a cell that is told otherwise stands in another column."""
    pairs = zip(told, placed, strict=True)
    return any(
        token is not None and token.type != BLANK and token is not other
        for token, other in pairs
    )


# --- words over the columns


def words_apart(shadow: str, token: Token) -> list[Token]:
    """The words of a token that stand apart by two blanks or more."""
    found = _WORD.finditer(shadow[token.start : token.end])
    return [
        token._replace(start=token.start + m.start(), end=token.start + m.end())
        for m in found
    ]


def innermost(shadow: str, heads: Sequence[Token]) -> list[Token]:
    """The heads that have no other under them, from left to right."""
    placed = [(_extent(shadow, head), head) for head in heads]
    inner = [
        (extent, head)
        for extent, head in placed
        if not _has_under(shadow, extent, head, placed)
    ]
    return [head for _, head in sorted(inner, key=itemgetter(0))]


def _has_under(
    shadow: str,
    extent: tuple[int, int],
    head: Token,
    others: Iterable[tuple[tuple[int, int], Token]],
) -> bool:
    return any(
        low < extent[1] and extent[0] < high and "\n" in shadow[head.end : other.start]
        for (low, high), other in others
    )


# --- places on the screen


def _stretches(extents: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What overlaps made one, from left to right."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(extents):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _extent(shadow: str, token: Token) -> tuple[int, int]:
    return _edge(shadow, token, _LEFT), _edge(shadow, token, _RIGHT)


def _edge(shadow: str, token: Token, edge: int) -> int:
    """The column of the screen where a cell begins or ends."""
    return screen_column(shadow, token.end if edge == _RIGHT else token.start)


def _stands_apart(shadow: str, token: Token) -> bool:
    """Whether two blanks at least stand before a cell."""
    return shadow[token.start - 2 : token.start].isspace()
