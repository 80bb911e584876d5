"""What makes the figures of a table, or of a row, doubtful although the layout seems to
tell where they stand.

A doubt is a function of the grid, or of the grid and one entry, that says yes or no;
`TABLE_DOUBTS` and `ROW_DOUBTS` list them. A row of figures that is doubted and does not
add up by itself carries `doubtful-cell`.

Guarantees:

1. A doubt changes no figure.
2. A row whose own sum holds, and is not of noughts alone, is not doubted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Final

from govdisclose._lines.cell import BLANK, NUMBER, UNIT, Token, is_page, opens_line
from govdisclose._tables.layout import adds_up, filled, usual_width
from govdisclose._tables.sheet import (
    Content,
    Entry,
    Grid,
    PrintedRow,
    Sheet,
    figures_apart,
)
from govdisclose.form import catalogue

_TABLES_LEAST: Final = 2
_LOST_LEAST: Final = 3
_DEDUPLICATED_LEAST: Final = 3
_DIFFERENT_LEAST: Final = 4
_PAGE_REACH: Final = (
    400  # characters between a label and the figures behind a page number
)
_CLOSING_MOST: Final = 8  # blanks before the bar that closes a row


def is_doubted(grid: Grid) -> bool:
    """Whether the table as a whole is doubtful."""
    return any(doubt(grid) for doubt in TABLE_DOUBTS)


def is_row_doubted(grid: Grid, entry: Entry, table_doubted: bool) -> bool:
    """Whether a row has figures that are doubtful: the table is, or the row, and no sum
    of its own bears them out."""
    values = entry.values
    if values is None or not any(
        token is not None and token.type == NUMBER for token in values
    ):
        return False
    doubted = table_doubted or any(doubt(grid, entry) for doubt in ROW_DOUBTS)
    return doubted and not adds_up(grid, values)


# --- of a table


def may_be_apart(grid: Grid) -> bool:
    """Whether labels and figures may have been printed apart: rows of a form of several
    tables stand without any.

    Only where no bars, tabs or blank lines show what is blank.
    """
    sheet = grid.sheet
    if sheet.form is None or len(sheet.form.tables) < _TABLES_LEAST:
        return False
    rows = [row for row in sheet.rows if _names_figures(row)]
    items = [token for row in rows for token in row.items]
    return any(not row.items for row in rows) and not any(
        t.slot >= 0 or t.type == BLANK for t in items
    )


def _names_figures(row: PrintedRow) -> bool:
    """Whether a label names a row that has figures in the form."""
    rows = catalogue().rows
    places = (row.place,) if row.place is not None else row.label.places
    return bool(places) and not all(rows[place].group for place in places)


def has_lost_cells(grid: Grid) -> bool:
    """Whether so many rows of a table without bars could not be aligned that the whole
    ones may be chance.

    Labels and figures may have been printed apart, and then what stands behind a label
    is not its own."""
    contents = grid.contents
    if grid.width < 2 or any(figures_apart(content.values) for content in contents):
        return False
    blanks = any(
        token.type == BLANK for content in contents for token in content.values
    )
    own = [e for e in grid.entries if e.known is None or not e.known.group]
    if not blanks and not all(entry.content.values for entry in own):
        return True
    filled = [entry for entry in grid.entries if entry.content.values]
    lost = sum([entry.values is None for entry in filled])
    piled = any(_figures(content) > grid.width for content in contents)
    return piled or (lost >= _LOST_LEAST and lost * 3 > len(filled))


def _figures(content: Content) -> int:
    return sum([token.type == NUMBER for token in content.values])


def has_surplus(grid: Grid) -> bool:
    """Whether most rows have more cells than the form has columns: then a row with
    fewer has lost some.

    Not where blanks fill up every row behind its figures.
    """
    contents, columns = grid.contents, grid.width
    if grid.slots or all(filled(content.values) <= columns for content in contents):
        return False
    with_unit = [content for content in contents if content.unit is not None]
    with_unit = with_unit or [content for content in contents if not content.with_unit]
    most = columns if with_unit else columns + 1
    return usual_width(with_unit or contents, columns) > most


TABLE_DOUBTS: Final[tuple[Callable[[Grid], bool], ...]] = (
    may_be_apart,
    has_lost_cells,
    has_surplus,
)


# --- of a row


def may_hold_count(grid: Grid, entry: Entry) -> bool:
    """Whether the last figure of a row may be, or end in, the count (序号) of a next row
    that was not recognised, or that stands on one line with it; or the row's own, where
    the head has the counts behind the labels."""
    place, values = entry.row.place, entry.content.values
    if (
        place is None
        or grid.table.ordinal_header is None
        or not values
        or values[-1].slots > 0
    ):
        return False
    if values[-1].text == str(place.row + 1) and _counts_last(grid):
        return True
    following = _label_behind(grid.sheet, entry.row)
    if following and any(
        p.form == place.form and p.row == place.row + 1 for p in following.places
    ):
        return "\n" not in grid.sheet.text.shadow[values[-1].end : following.start]
    return values[-1].text.endswith(str(place.row + 2))


def _counts_last(grid: Grid) -> bool:
    """Whether the head of the counts stands behind others."""
    behind = [c for header in grid.sheet.parts.headers for c in header.cells[1:]]
    return any(grid.sheet.raw(cell) == grid.table.ordinal_header for cell in behind)


def _label_behind(sheet: Sheet, row: PrintedRow) -> Token | None:
    at = next(i for i, other in enumerate(sheet.rows) if other.label is row.label)
    return sheet.rows[at + 1].label if at + 1 < len(sheet.rows) else None


def has_loose_figure(grid: Grid, entry: Entry) -> bool:
    """Whether a figure that no bar makes a cell of stands in a row whose cells are
    counted: the rest of a figure?"""
    return bool(grid.slots) and any(
        token.type == NUMBER and token.slot < 0 for token in entry.row.items
    )


def is_cut_off(grid: Grid, entry: Entry) -> bool:
    """Whether the text ends with the last figure of a row, without the bar that closes
    all other rows."""
    shadow = grid.sheet.text.shadow
    last = entry.row.items[-1]
    if (
        last.type != NUMBER
        or entry is not grid.entries[-1]
        or shadow[last.end :].strip()
    ):
        return False
    others = [other.row.end for other in grid.entries[:-1] if other.row.items]
    return bool(others) and all(
        shadow[end : end + _CLOSING_MOST].lstrip(" ").startswith("|") for end in others
    )


def lacks_its_end(grid: Grid, entry: Entry) -> bool:
    """Whether nothing but the other rows tells that a row lacks its last cells, and no other."""
    values = entry.values or ()
    printed = [token for token in values if token is not None]
    return 0 < len(printed) < grid.width and values[-1] is None and printed[0].slot >= 0


def is_behind_page(grid: Grid, entry: Entry) -> bool:
    """Whether the number of a page stands between a label and its figures, which may be
    what the page has at its end."""
    shadow, label = grid.sheet.text.shadow, entry.row.label
    first = next((t for t in entry.content.values if t.type == NUMBER), None)
    if first is None or first.slots > 0 or first.start - label.end > _PAGE_REACH:
        return False
    between = shadow[label.end : first.start].split("\n")[1:-1]
    return any(is_page(line.strip()) for line in between)


def is_of_heading(grid: Grid, entry: Entry) -> bool:
    """Whether a row that only heads others, and has no unit in the form, has one here:
    it is that of a row which lost its label, and so is the figure."""
    known = entry.known
    heads = known is not None and known.group and known.unit is None
    return heads and any(token.type == UNIT for token in entry.row.items)


ROW_DOUBTS: Final[tuple[Callable[[Grid, Entry], bool], ...]] = (
    may_hold_count,
    has_loose_figure,
    is_cut_off,
    is_of_heading,
    lacks_its_end,
    is_behind_page,
)


def behind_bare(grid: Grid) -> frozenset[int]:
    """The entries, by index, behind a label without a unit, where most rows have one, and
    those with several units: labels were piled up, and the figure behind the last of them
    may be that of any."""
    units = [
        sum([t.type == UNIT and t.slot < 0 for t in e.row.items]) for e in grid.entries
    ]
    found = {i for i, count in enumerate(units) if count > 1}
    with_unit = sum([entry.content.unit is not None for entry in grid.entries])
    if grid.table.unit_header is not None and with_unit * 2 > len(grid.entries):
        found |= {
            i + 1
            for i, entry in enumerate(grid.entries)
            if not entry.row.items and entry.known is not None and not entry.known.group
        }
    return frozenset(found)


# --- of a table that is not read at all


def is_deduplicated(grid: Grid) -> bool:
    """Whether repeated lines were removed from the table, so that what stands behind a
    label may be another row's.

    Each figure stands on a line of its own, rows lack figures, and no figure of the
    table follows its like; or not one comes twice, not even the nought."""
    own = [
        entry.content.values
        for entry in grid.entries
        if entry.known is not None and not entry.known.group
    ]
    lacking = sum([len(values) < grid.width for values in own])
    if lacking < _DEDUPLICATED_LEAST:
        return False
    figures = [token for values in own for token in values if token.type == NUMBER]
    if not all(opens_line(grid.sheet.text.shadow, token.start) for token in figures):
        return False
    short = sum([1 < len(values) < grid.width for values in own])
    if short >= _DEDUPLICATED_LEAST and not any(_repeats(values) for values in own):
        return True
    texts = Counter([token.text for token in figures])
    return texts["0"] == 1 and len(texts) == len(figures) >= _DIFFERENT_LEAST


def _repeats(values: Sequence[Token]) -> bool:
    """Whether a figure follows its like."""
    return any(
        a.type == b.type == NUMBER and a.text == b.text for a, b in pairwise(values)
    )
