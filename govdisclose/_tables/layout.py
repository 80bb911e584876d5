"""Which of the values behind a label stands in which column.

First by the layout: cells counted by bars or tabs, one cell a column, where the figures stand on their lines. What the
layout leaves open is left open here; see `_align` for the arithmetic.

Guarantees:

1. A row is aligned only if its layout leaves one way to do it.
2. What makes the rows of a table doubtful as a whole (surplus, lost or repeated cells) is told, not decided.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from attrs import define, evolve, field

from govdisclose._lines.cell import BLANK, DASH, NONE, NUMBER, TEXT, UNIT, Token, screen_column

VALUES: Final = frozenset((NUMBER, DASH, NONE, BLANK, TEXT))


@define(eq=False)
class LabelledRow:
    label: Token
    items: list[Token]


@define(eq=False)
class TableParts:
    """What the grammar makes of a table."""

    lead: list[Token] = field(factory=list)
    headers: list[list[Token]] = field(factory=list)
    rows: list[LabelledRow] = field(factory=list)


def trimmed(values: list[Token], columns: int) -> list[list[Token]]:
    """All ways to take surplus blanks off the two ends of a row."""
    filled = [i for i, token in enumerate(values) if token.type != BLANK]
    low, high = (filled[0], filled[-1]) if filled else (0, -1)
    first, last = max(0, high + 1 - columns), min(low, len(values) - columns)
    return [values[i : i + columns] for i in range(first, min(last, first + columns) + 1)]


@define(eq=False)
class Shape:
    """What stands behind a label: its unit, and the values in order. `with_unit`: the form has a column of units."""

    unit: Token | None
    values: list[Token]
    with_unit: bool = False
    padded_behind: bool = False
    strays: list[Token] = field(factory=list)
    lost: bool = False  # its figures cannot be told from what else stands there, whatever their number

    @classmethod
    def of(cls, items: Sequence[Token], with_unit: bool) -> Shape:
        unit = None
        values: list[Token] = []
        figures = False
        strays: list[Token] = []
        for token in items:
            if token.type == TEXT and token.slot < 0:
                strays.append(token)
                continue
            if token.type == UNIT:
                if with_unit and unit is None and not figures:
                    unit = token
                    values.clear()  # a dash or a blank before the unit is a cell of no column of figures
            elif token.type in VALUES:
                figures = figures or token.type == NUMBER
                values.append(token)
        return cls(unit, values, with_unit, False, strays)

    def align(self, columns: int, usual: int, kept: bool) -> list[Token | None] | None:
        """One value a column, or None where it cannot be told which value is whose.

        `usual` is the number of cells in most rows of the table; `kept` says that the table keeps its blank cells, so
        that what is missing from a row is missing at its end.
        """
        if self.lost:
            return None
        tight = [v for v in self.values if v.tight]
        if self._noughts(columns):
            token = self.values[0]
            return [evolve(token, start=i, end=i + 1) for i in range(token.start, token.end)]
        fits = self._fit(self.values, columns, usual)
        if fits is None and len(tight) < len(self.values):
            fits = self._fit(tight, columns, usual)
        known_unit = self.unit is not None or not self.with_unit
        if fits is None and kept and self.values and len(self.values) < columns and known_unit:
            fits = [*self.values, *[None] * (columns - len(self.values))]
        return fits

    def _noughts(self, columns: int) -> bool:
        """Whether the one figure is a nought for each column that ran together: no figure begins with a nought."""
        if len(self.values) != 1 or columns == 1:
            return False
        token = self.values[0]
        return token.type == NUMBER and token.text == "0" * columns

    def _fit(self, values: list[Token], columns: int, usual: int) -> list[Token | None] | None:
        no_unit = self.with_unit and self.unit is None and bool(values) and values[0].type in (BLANK, DASH)
        wanted = columns + no_unit
        if len(values) > wanted and any(v.type == TEXT and v.slots < 0 for v in values[wanted:]):
            values = [*values[:wanted], *(v for v in values[wanted:] if v.type != TEXT)]  # a note behind the row
        if len(values) > wanted:
            ways = trimmed(values, wanted)
            if not ways:
                return None
            values = ways[0] if len(ways) == 1 or self.padded_behind else []
            if not values:
                return None
        if no_unit and len(values) == columns + 1:
            values = values[1:]  # the cell of the unit
        elif no_unit and columns == 1 and len(values) == 1 and values[0].type == DASH:
            values = []  # 一、主动公开情况——: the dash stands where the unit would
        elif no_unit and len(values) == columns > 1 and usual > columns:
            return None  # the unit's blank or the first column's: the other rows have one cell more
        if len(values) == columns:
            return list(values)
        return None if any(v.type == NUMBER for v in values) else [None] * columns


def usual_width(shapes: Iterable[Shape], columns: int) -> int:
    """How many cells stand behind a label in most rows of the table, the unit not counted if it is printed."""
    widths = Counter(len(s.values) for s in shapes if s.values)
    return widths.most_common(1)[0][0] if widths else columns


def filled_width(shapes: Iterable[Shape]) -> int:
    """How many cells of most rows are not behind the last that is filled."""
    ends = (next((i for i in range(len(s.values), 0, -1) if s.values[i - 1].type != BLANK), 0) for s in shapes)
    widths = Counter(end for end in ends if end)
    return widths.most_common(1)[0][0] if widths else 0


def value_slots(rows: Sequence[LabelledRow], columns: int, between: int) -> range | None:
    """Which cells of a row are its figures, where bars or tabs count the cells: those behind the innermost label.

    None unless most rows have one number of cells, and just the columns are left of it.
    """
    widths = Counter(row.label.slots for row in rows if row.label.slots > 0 and row.items)
    if not widths:
        return None
    width, count = widths.most_common(1)[0]
    if count * 2 < len(rows):
        return None
    first = max(row.label.slot for row in rows if row.label.slots == width) + 1 + between
    return range(first, width) if width - first == columns else None


def slid(row: LabelledRow, slots: range, coded: bool) -> bool:
    """Whether a figure stands before the first column of figures: a bar was lost, and the cells slid."""
    before = [t for t in row.items if t.type == NUMBER and t.slot not in slots]
    return len(before) > coded


def by_slot(items: Sequence[Token], slots: range) -> list[Token | None]:
    out: list[Token | None] = [None] * len(slots)
    for token in items:
        if token.slot in slots and token.slots == slots.stop:
            out[token.slot - slots.start] = token
    return out


def mark_padding(shapes: Sequence[Shape], columns: int) -> None:
    """Where rows have more cells than columns, note whether the surplus blanks stand behind the figures."""
    padded = [s for s in shapes if len(s.values) > columns + s.with_unit]
    ways = [trimmed(s.values, columns) for s in padded]
    behind = all(any(w[0] is s.values[0] for w in found) for s, found in zip(padded, ways, strict=True))
    certain = any(len(found) == 1 for found in ways)
    for shape in padded:
        shape.padded_behind = behind and certain


def blanks_kept(shapes: Iterable[Shape], columns: int) -> bool:
    """Whether a whole row of the table has a blank cell before a figure: then its layout shows blank cells."""
    return any(
        len(s.values) == columns and any(a.type == BLANK and b.type == NUMBER for a, b in pairwise(s.values))
        for s in shapes
        if s.unit or not s.with_unit
    )


_LOST_LEAST: Final = 3


def surplus(shapes: Sequence[Shape], columns: int) -> bool:
    """Whether most rows have more cells than the form has columns: then a row with fewer has lost some."""
    with_unit = [s for s in shapes if s.unit is not None] or [s for s in shapes if not s.with_unit]
    most = columns if with_unit else columns + 1
    return usual_width(with_unit or shapes, columns) > most


def lost_cells(shapes: Sequence[Shape], aligned: Sequence[list[Token | None] | None], columns: int) -> bool:
    """Whether so many rows of a table without bars could not be aligned that the whole ones may be chance.

    Labels and figures may have been printed apart, and then what stands behind a label is not its own.
    """
    if columns < 2 or any(t.slot >= 0 for s in shapes for t in s.values):
        return False
    if not any(t.type == BLANK for s in shapes for t in s.values) and not all(s.values for s in shapes):
        return True
    rows = [a for s, a in zip(shapes, aligned, strict=True) if s.values]
    lost = sum(a is None for a in rows)
    piled = any(sum(t.type == NUMBER for t in s.values) > columns for s in shapes)
    return piled or (lost >= _LOST_LEAST and lost * 3 > len(rows))


def is_run(token: Token) -> bool:
    """Whether a figure is none, but several that ran together: none begins with a nought."""
    return token.type == NUMBER and token.slot < 0 and token.text[:1] == "0" and token.text[1:2].isdecimal()


def glued(shadow: str, shape: Shape) -> bool:
    """Whether the figures of a row begin right behind what stands before them."""
    return bool(shape.values) and shape.values[0].slot < 0 and not shadow[shape.values[0].start - 1].isspace()


def mark_lost(shadow: str, shapes: Sequence[Shape]) -> None:
    """In a table whose figures ran together, note rows in which they did not: a figure was cut there, or lost."""
    filled = [s for s in shapes if s.values and all(v.type == NUMBER for v in s.values if v.tight)]
    together = [s for s in filled if glued(shadow, s) and not _gaps(shadow, s)]
    if len(together) * 2 > len(filled):
        for shape in filled:
            shape.lost = shape.lost or any(gap.isspace() for gap in _gaps(shadow, shape))


def _gaps(shadow: str, shape: Shape) -> list[str]:
    """What stands between the figures of a row, where something does."""
    figures = [v for v in shape.values if v.type == NUMBER]
    return [gap for a, b in pairwise(figures) if (gap := shadow[a.end : b.start])]


_FULL_ROWS_LEAST: Final = 2
_WORD: Final = re.compile(r"\S+(?:\s\S+)*")
_BETWEEN_LEAST: Final = 2  # blanks between columns


def by_position(
    shadow: str,
    shapes: Sequence[Shape],
    aligned: list[list[Token | None] | None],
    columns: int,
    heads: Sequence[Token] = (),
) -> list[list[Token | None] | None]:
    """Rows with too few figures, put in columns by where the figures stand on their lines, in a table set with blanks.

    The whole rows must agree on where each column begins, or where each ends; or all figures, with the words over them,
    must stand over one another in as many columns as there are. A figure that stands under none of them, or a table
    whose rows do not agree, tells nothing. `heads` are the words over the columns, if they are known.
    """
    whole = [[t for t in row if t] for row in aligned if row is not None and all(row)]
    whole = [
        row for row in whole if "\n" not in shadow[row[0].start : row[-1].end] and all(_apart(shadow, t) for t in row)
    ]
    if columns < 2:
        return aligned
    for edge in (0, 1) if len(whole) >= _FULL_ROWS_LEAST else ():
        ruled = [{_edge(shadow, row[i], edge) for row in whole} for i in range(columns)]
        if all(len(places) == 1 for places in ruled):
            at = {places.pop(): i for i, places in enumerate(ruled)}
            return [
                row if row is not None else _under(shadow, s.values, at, edge, columns)
                for s, row in zip(shapes, aligned, strict=True)
            ]
    return _over_one_another(shadow, shapes, aligned, columns, heads) or aligned


def _over_one_another(
    shadow: str,
    shapes: Sequence[Shape],
    aligned: Sequence[list[Token | None] | None],
    columns: int,
    heads: Sequence[Token],
) -> list[list[Token | None] | None] | None:
    """The rows by columns that are set in the middle or at the right: what stands over one another is one column.

    None where the figures and the heads do not make just those columns, or a row that is told otherwise has a figure in
    another.
    """
    figures = [[t for t in s.values if t.type != BLANK] for s in shapes]
    lines = [row for row in figures if row]
    if any("\n" in shadow[row[0].start : row[-1].end] or not all(_apart(shadow, t) for t in row) for row in lines):
        return None
    if any("\n" not in shadow[a[-1].end : b[0].start] for a, b in pairwise(lines)):
        return None  # a line is one row; it is also what bounds the time on a text that is all one line
    for over in (heads, ()):
        stretches = _stretches([_extent(shadow, t) for t in (*over, *(t for row in lines for t in row))])
        if len(stretches) == columns and all(b[0] - a[1] >= _BETWEEN_LEAST for a, b in pairwise(stretches)):
            break
    else:
        return None
    starts = [start for start, _ in stretches]
    out: list[list[Token | None] | None] = []
    for row, told in zip(figures, aligned, strict=True):
        placed: list[Token | None] = [None] * columns
        for token in row:
            column = bisect_right(starts, _edge(shadow, token, 0)) - 1
            if placed[column] is not None:
                return None
            placed[column] = token
        if told is not None and any(t and t.type != BLANK and t is not p for t, p in zip(told, placed, strict=True)):
            return None
        out.append(placed if told is None else told)
    return out


def apart(shadow: str, token: Token) -> list[Token]:
    """The words of a token that stand apart by two blanks or more."""
    return [
        evolve(token, start=token.start + m.start(), end=token.start + m.end())
        for m in _WORD.finditer(shadow[token.start : token.end])
    ]


def innermost(shadow: str, heads: Sequence[Token]) -> list[Token]:
    """The heads that have no other under them, from left to right."""
    extents = [_extent(shadow, t) for t in heads]
    out = [
        (extent, token)
        for token, extent in zip(heads, extents, strict=True)
        if not any(
            low < extent[1] and extent[0] < high and "\n" in shadow[token.end : other.start]
            for other, (low, high) in zip(heads, extents, strict=True)
        )
    ]
    return [token for _, token in sorted(out, key=_place)]


def _place(head: tuple[tuple[int, int], Token]) -> tuple[int, int]:
    return head[0]


def _extent(shadow: str, token: Token) -> tuple[int, int]:
    return _edge(shadow, token, 0), _edge(shadow, token, 1)


def _stretches(extents: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What overlaps made one, from left to right."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(extents):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _apart(shadow: str, token: Token) -> bool:
    """Whether two blanks at least stand before a cell."""
    return shadow[token.start - 2 : token.start].isspace()


def _edge(shadow: str, token: Token, edge: int) -> int:
    """The column of the screen where a cell begins or ends."""
    return screen_column(shadow, token.end if edge else token.start)


def _under(
    shadow: str, values: Sequence[Token], at: Mapping[int, int], edge: int, columns: int
) -> list[Token | None] | None:
    out: list[Token | None] = [None] * columns
    for token in values:
        if token.type == BLANK:
            continue
        column = at.get(_edge(shadow, token, edge))
        if column is None or out[column] is not None:
            return None
        out[column] = token
    return out


_DEDUPLICATED_LEAST: Final = 3
_DIFFERENT_LEAST: Final = 4
_MARGIN_MOST: Final = 80  # blanks before a cell


def deduplicated(shadow: str, shapes: Sequence[Shape], columns: int) -> bool:
    """Whether repeated lines were removed from a table of these rows, which all have figures in the form.

    Each figure stands on a line of its own, rows lack figures, and no figure of the table follows its like; or not one
    comes twice, not even the nought.
    """
    figures = [v for s in shapes for v in s.values if v.type == NUMBER]
    lacking = sum(len(s.values) < columns for s in shapes)
    if lacking < _DEDUPLICATED_LEAST or not all(_opens_line(shadow, v) for v in figures):
        return False
    texts = Counter(v.text for v in figures)
    short = sum(1 < len(s.values) < columns for s in shapes)
    in_turn = any(a.type == b.type == NUMBER and a.text == b.text for s in shapes for a, b in pairwise(s.values))
    return (short >= _DEDUPLICATED_LEAST and not in_turn) or (
        texts["0"] == 1 and len(texts) == len(figures) >= _DIFFERENT_LEAST
    )


def _opens_line(shadow: str, token: Token) -> bool:
    """Whether nothing but a margin stands before a cell on its line."""
    return shadow[max(0, token.start - _MARGIN_MOST) : token.start].rstrip(" \t").endswith("\n")
