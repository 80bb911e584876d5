"""Lines that hold what should be many: a table, or a whole report, without line breaks.

Such a line is cut before each label of a table that stands in a run of labels and
cells, and before each heading that continues the count (一、 二、 三、). Nothing is changed:
a line becomes several, with the same offsets.

Guarantees:

1. The lines that come out cover what the line that went in covered, but for white space.
2. A marker that does not continue the count of the headings before it, on this line or above, cuts nothing; nor does
   one that stands inside 《》 or in a table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from govdisclose._lines.cell import BARS
from govdisclose._lines.heading_cuts import Count, heading_cuts, opens_a_line
from govdisclose._lines.line import PROSE, Line, split_lines
from govdisclose._lines.table_cuts import table_cuts

LONG: Final = 240  # characters from which a line may hold several
_TABLE_LEAST: Final = 60  # characters from which a line may hold a table
_ROW: Final = re.compile(
    r"[|\t]|\s\s"
)  # a line whose cells stand apart is one row, unless it is long


def cut_lines(shadow: str) -> list[Line]:
    """The lines of a text that are not blank, not yet shaped; those that hold several are cut."""
    out: list[Line] = []
    count = Count(opened=opens_a_line(shadow))
    for line in split_lines(shadow):
        rows: list[int] = []
        tables: list[tuple[int, int]] = []
        size = line.end - line.start
        if size >= LONG or (
            size >= _TABLE_LEAST and not _ROW.search(shadow, line.start, line.end)
        ):
            for cuts in table_cuts(shadow, line):
                rows += cuts
                tables.append((min(cuts), max(cuts)))
        barred = size < LONG and BARS.search(shadow, line.start, line.end)
        headings = [] if barred else heading_cuts(shadow, line, tables, count)
        if not rows and not headings:
            out.append(line)
            continue
        cuts = sorted({line.start, *rows, *headings, line.end})
        out += (part for a, b in pairwise(cuts) for part in _strip(shadow, a, b))
    return out


def _strip(shadow: str, start: int, end: int) -> Iterator[Line]:
    while start < end and shadow[start].isspace():
        start += 1
    while end > start and shadow[end - 1].isspace():
        end -= 1
    if start < end:
        yield Line(PROSE, start, end)
