"""Which of the values behind a label stands in which column, by the layout: counted by
bars or tabs, one cell a column, or where the figures stand on their lines (see
`position`).

What the layout leaves open is left open here; see `open_rows` for the arithmetic.

Guarantees:

1. A row is aligned only if its layout leaves one way to do it.
2. A value keeps its place in its row: none is moved to fill a gap.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve

from govdisclose._lexicon.numeral import read_cell
from govdisclose._lines.cell import BLANK, DASH, NUMBER, TEXT, Token
from govdisclose._solve.runs import holds
from govdisclose._solve.sums import placements
from govdisclose._tables.sheet import (
    Content,
    Entry,
    Grid,
    PrintedRow,
    Values,
    is_as_form,
)

_NOUGHTS_ONLY: Final = "0"
_PACKED_LEAST: Final = 2
_SHORT_LEAST: Final = 2  # rows without their last cells: one may have lost another cell
_CLOSING_MOST: Final = 8  # blanks before the bar that closes a row


def align(grid: Grid) -> list[Values | None]:
    """For each entry one cell a column, or None where it cannot be told which value is whose."""
    contents = grid.contents
    usual = usual_width(contents, grid.width)
    stripped = blanks_kept(contents, grid.width) and ends_stripped(grid)
    packed = any(_is_packed(grid, entry) for entry in grid.entries)
    if any(_shows_space(content, grid.width) for content in contents):
        contents = [evolve(content, counted=True) for content in contents]
    longest = _longest(grid)
    return [
        _aligned(
            grid,
            evolve(entry, content=content),
            usual,
            longest,
            stripped=stripped,
            packed=packed,
        )
        for entry, content in zip(grid.entries, contents, strict=True)
    ]


def _aligned(
    grid: Grid,
    entry: Entry,
    usual: int,
    longest: Mapping[int, int],
    *,
    stripped: bool,
    packed: bool,
) -> Values | None:
    slots, row = grid.slots, entry.row
    if (
        slots
        and row.label.slots == slots.stop
        and not _has_slid(row, slots, grid.coded)
    ):
        told = by_slot(row.items, slots)
        values = None if packed and _is_padded(told) else told
    elif slots and 0 < row.label.slots < slots.stop and stripped:
        values = _from_left(row.items, slots)
    elif (
        grid.width > 1
        and 0 < row.label.slots < longest.get(row.label.slot, 0)
        and _opens_blank(entry.content)
    ):
        # a cell was lost, and the blank may be what is left of a merged one
        values = by_width(entry.content, grid.width, usual, stripped)
        values = values if values is not None and adds_up(grid, values) else None
    else:
        values = by_width(entry.content, grid.width, usual, stripped)
        if (
            slots
            and row.label.slots > slots.stop
            and not _is_certain(grid, row, values)
        ):
            values = None
    if (
        values
        and grid.width > 1
        and any(token is not None and is_run(token) for token in values)
    ):
        return None
    return values


def _is_certain(grid: Grid, row: PrintedRow, values: Values | None) -> bool:
    """Whether a row with more cells than the others has its figures all the same: they add up, or
    its cells are as many as the columns, behind more labels or blanks under merged ones."""
    if values is None or grid.width == 1 or adds_up(grid, values):
        return True
    if row.label.slots - row.label.slot - 1 == grid.between + grid.width:
        return True
    kinds = {BLANK if token is None else token.type for token in values}
    return grid.between == 0 and BLANK not in kinds


def adds_up(grid: Grid, values: Values) -> bool:
    """Whether the row has a sum of its own, not of noughts alone, and it holds."""
    if not grid.sums.exact or not is_as_form(grid.columns, grid.table):
        return False
    raw = [grid.sheet.raw(token) if token is not None else "" for token in values]
    figures = [read_cell(text).value for text in raw]
    return any(figures) and holds(figures, grid.sums)


# --- cells that bars or tabs count


def value_slots(rows: Sequence[PrintedRow], columns: int, between: int) -> range | None:
    """Which cells of a row are its figures, where bars or tabs count the cells: those
    behind the innermost label.

    None unless most rows have one number of cells, and just the columns are left of it.
    `between` are the columns between labels and figures."""
    widths = Counter(
        [row.label.slots for row in rows if row.label.slots > 0 and row.items]
    )
    if not widths:
        return None
    width, count = widths.most_common(1)[0]
    if count * 2 < len(rows):
        return None
    first = (
        max([row.label.slot for row in rows if row.label.slots == width]) + 1 + between
    )
    return range(first, width) if width - first == columns else None


def by_slot(items: Iterable[Token], slots: range) -> Values:
    """The cells of a row that stand in those slots."""
    out: list[Token | None] = [None] * len(slots)
    for token in items:
        if token.slot in slots and token.slots == slots.stop:
            out[token.slot - slots.start] = token
    return tuple(out)


def _longest(grid: Grid) -> Mapping[int, int]:
    """How many cells the longest row has, by the cell in which its label stands."""
    out: dict[int, int] = {}
    for entry in grid.entries:
        if not entry.row.items:
            continue
        label = entry.row.label
        least = grid.slots.stop if grid.slots else 0
        out[label.slot] = max(out.get(label.slot, least), label.slots)
    return out


def _from_left(items: Iterable[Token], slots: range) -> Values:
    """The cells of a row of which the last are not printed."""
    out: list[Token | None] = [None] * len(slots)
    for token in items:
        if token.slot in slots:
            out[token.slot - slots.start] = token
    return tuple(out)


def _is_packed(grid: Grid, entry: Entry) -> bool:
    """Whether figures were moved over lost ones to the front of a row, and the row was
    filled up behind them.

    Its sum is blank, and would hold if the same figures stood in other columns.
    """
    slots, row = grid.slots, entry.row
    if (
        not slots
        or row.label.slots != slots.stop
        or not is_as_form(grid.columns, grid.table)
    ):
        return False
    values = by_slot(row.items, slots)
    if not _is_padded(values):
        return False
    figures = [
        read_cell(grid.sheet.raw(token)).value
        for token in values
        if token and token.type == NUMBER
    ]
    return bool(
        placements(
            [figure for figure in figures if figure is not None], grid.sums, grid.width
        )
    )


def _is_padded(values: Values) -> bool:
    """Whether a row has several figures, and then nothing but blanks."""
    kinds = [BLANK if token is None else token.type for token in values]
    count = kinds.index(BLANK) if BLANK in kinds else 0
    return count >= _PACKED_LEAST and kinds == [NUMBER] * count + [BLANK] * (
        len(kinds) - count
    )


def _opens_blank(content: Content) -> bool:
    """Whether a row has figures, and a blank before them."""
    return (
        bool(content.values)
        and content.values[0].type == BLANK
        and filled(content.values) > 0
    )


def _has_slid(row: PrintedRow, slots: range, coded: bool) -> bool:
    """Whether a figure stands before the first column of figures: a bar was lost, and
    the cells slid."""
    return sum([t.type == NUMBER and t.slot not in slots for t in row.items]) > coded


# --- one cell a column


def by_width(
    content: Content, columns: int, usual: int, stripped: bool
) -> Values | None:
    """The values of a row where they are as many as the columns.

    `usual` is the number of cells in most rows of the table; `stripped` says that the
    table shows its blank cells but for those at the end of a row, so that what is
    missing from a row is missing there."""
    if content.lost:
        return None
    values = content.values
    if _are_noughts(values, columns):
        (token,) = values
        return tuple(
            [token._replace(start=i, end=i + 1) for i in range(token.start, token.end)]
        )
    fits = _fit(content, values, columns, usual)
    if fits is None and values:
        tight = tuple([value for value in values if value.tight])
        own = columns == 1 and content.unit is not None and values[0].type == BLANK
        airy = len(tight) < len(values) and not content.counted and not own
        fits = _fit(content, tight, columns, usual) if airy else None
    known_unit = content.unit is not None or not content.with_unit
    if (
        fits is None
        and stripped
        and 0 < len(values) < columns
        and known_unit
        and values[-1].type != BLANK
    ):
        return (*values, *[None] * (columns - len(values)))
    return fits


def _are_noughts(values: Sequence[Token], columns: int) -> bool:
    """Whether the one figure is a nought for each column that ran together: no figure
    begins with a nought."""
    if len(values) != 1 or columns == 1:
        return False
    return values[0].type == NUMBER and values[0].text == _NOUGHTS_ONLY * columns


def _fit(
    content: Content, values: tuple[Token, ...], columns: int, usual: int
) -> Values | None:
    no_unit = (
        content.with_unit
        and content.unit is None
        and bool(values)
        and values[0].type in (BLANK, DASH)
    )
    left = _without_surplus(content, values, columns + no_unit, usual)
    if left is None:
        return None
    if no_unit:
        left = _without_unit(left, columns, usual)
        if left is None:
            return None
    if len(left) == columns:
        return left
    return None if any(value.type == NUMBER for value in left) else (None,) * columns


def _without_surplus(
    content: Content, values: tuple[Token, ...], wanted: int, usual: int
) -> tuple[Token, ...] | None:
    """The values without a note behind the row, and without blanks that are more than
    there are cells; where bars close the cells, only if other rows have more as well."""
    if len(values) <= wanted:
        return values
    behind = values[wanted:]
    if any(value.type == TEXT and value.slots < 0 for value in behind):
        values = (*values[:wanted], *[value for value in behind if value.type != TEXT])
        if len(values) <= wanted:
            return values
    before_unit = content.unit is None and values[0].type == BLANK
    if usual <= wanted and values[0].slot >= 0 and not before_unit:
        return (
            None  # a cell too many, and one left blank; no blank under a merged label
        )
    measured = wanted > 1 or content.unit is not None
    if measured and all(value.type == BLANK for value in values[:wanted]):
        return None  # a row of blanks, and the figures of another row
    ways = trimmed(values, wanted)
    if len(ways) == 1 or (ways and content.padded_behind):
        return ways[0]
    return None


def _without_unit(
    values: tuple[Token, ...], columns: int, usual: int
) -> tuple[Token, ...] | None:
    """The values of a row whose unit is left blank; None where the blank may be the
    unit's or the first column's."""
    if len(values) == columns + 1:
        return values[1:] if values[0].type in (BLANK, DASH) else None
    if columns == 1 and len(values) == 1 and values[0].type == DASH:
        return ()  # 一、主动公开情况——: the dash stands where the unit would
    if len(values) == columns > 1 and usual > columns:
        return None  # the other rows have one cell more
    return values


def trimmed(values: tuple[Token, ...], columns: int) -> list[tuple[Token, ...]]:
    """All ways to take surplus blanks off the two ends of a row."""
    filled = [i for i, token in enumerate(values) if token.type != BLANK]
    low, high = (filled[0], filled[-1]) if filled else (0, -1)
    first, last = max(0, high + 1 - columns), min(low, len(values) - columns)
    return [
        values[i : i + columns] for i in range(first, min(last, first + columns) + 1)
    ]


# --- what the rows of a table have in common


def usual_width(contents: Iterable[Content], columns: int) -> int:
    """How many cells stand behind a label in most rows of the table, the unit not
    counted if it is printed."""
    widths = Counter([len(content.values) for content in contents if content.values])
    return widths.most_common(1)[0][0] if widths else columns


def filled_width(contents: Iterable[Content]) -> int:
    """How many cells of most rows are not behind the last that is filled."""
    widths = Counter([end for content in contents if (end := filled(content.values))])
    return widths.most_common(1)[0][0] if widths else 0


def filled(values: Sequence[Token]) -> int:
    """How many cells of a row are not behind the last that is filled."""
    return next(
        (i for i in range(len(values), 0, -1) if values[i - 1].type != BLANK), 0
    )


def blanks_kept(contents: Iterable[Content], columns: int) -> bool:
    """Whether a whole row of the table has a blank cell before a figure: then its
    layout shows blank cells."""
    return any(
        _has_inner_blank(content.values)
        for content in contents
        if len(content.values) == columns and (content.unit or not content.with_unit)
    )


def ends_stripped(grid: Grid) -> bool:
    """Whether the blank cells at the ends of rows, and no others, are left out.

    Bars or tabs part the cells, but no bar closes a row; several rows are short, and no
    whole one ends with a blank. A single short row may as well have lost a cell."""
    rows = [entry for entry in grid.entries if entry.content.values]
    short = [entry for entry in rows if len(entry.content.values) < grid.width]
    whole = [
        entry.content.values[-1]
        for entry in rows
        if len(entry.content.values) == grid.width
    ]
    if len(short) < _SHORT_LEAST or any(token.type == BLANK for token in whole):
        return False
    return all(
        entry.row.label.slots > 0 and not _is_closed(grid, entry.row) for entry in short
    )


def _is_closed(grid: Grid, row: PrintedRow) -> bool:
    """Whether a bar stands behind the last cell of a row."""
    shadow = grid.sheet.text.shadow
    return shadow[row.end : row.end + _CLOSING_MOST].lstrip(" ").startswith("|")


def _shows_space(content: Content, columns: int) -> bool:
    """Whether a whole row has a blank cell before a figure that only space between lines tells."""
    values = content.values
    if len(values) != columns or (content.with_unit and content.unit is None):
        return False
    return any(not a.tight and b.type == NUMBER for a, b in pairwise(values))


def _has_inner_blank(values: Sequence[Token]) -> bool:
    return any(a.type == BLANK and b.type == NUMBER for a, b in pairwise(values))


def is_glued(shadow: str, content: Content) -> bool:
    """Whether the figures of a row begin right behind what stands before them."""
    values = content.values
    return (
        bool(values)
        and values[0].slot < 0
        and not shadow[values[0].start - 1].isspace()
    )


def is_run(token: Token) -> bool:
    """Whether a figure is none, but several that ran together: none begins with a nought."""
    return (
        token.type == NUMBER
        and token.slot < 0
        and token.text[:1] == "0"
        and token.text[1:2].isdecimal()
    )
