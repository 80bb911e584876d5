"""A page as it is written down: tables, lines that stand in none, and what could not be
read of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import evolve, field, frozen

from govdisclose.read.limits import Clock, Limits
from govdisclose.read.pdf.furniture import Extent, furniture
from govdisclose.read.pdf.grid import Ruled, ruled_tables
from govdisclose.read.pdf.lines import Line, lines_of, turned
from govdisclose.read.pdf.page import Page


@frozen
class Sheet:
    """What was found on a page: tables from top to bottom, lines that stand in none,
    lines that run sideways.

    `faults` are codes of what was not read, each with its particulars. The glyphs
    themselves are let go."""

    number: int
    height: float
    tables: Sequence[Ruled] = field(repr=False)
    lines: Sequence[Line] = field(repr=False)
    sideways: Sequence[Line] = field(repr=False)
    faults: Sequence[tuple[str, str]]

    def blocks(self) -> Iterator[Line | Ruled]:
        """Lines and tables, from top to bottom."""
        tables = list(self.tables)
        for line in self.lines:
            while tables and tables[0].ys[0] < line.y:
                yield tables.pop(0)
            yield line
        yield from tables


def make_sheet(page: Page, limits: Limits, clock: Clock) -> Sheet:
    """What is on a page. Raises `SourceError` where its lines make too many cells."""
    tables, rest = ruled_tables(page, limits.cells, clock)
    return Sheet(
        page.number,
        page.height,
        _in_order(tables),
        lines_of(g for g in rest if not g.turn),
        [line for turn in (1, 2, 3) for line in lines_of(turned(rest, turn))],
        tuple(_faults(page)),
    )


def _in_order(tables: Iterable[Ruled]) -> list[Ruled]:
    """From top to bottom; those side by side from left to right."""
    out: list[Ruled] = []
    for table in sorted(tables, key=lambda t: t.ys[0]):
        i = len(out)
        while (
            i
            and out[i - 1].xs[0] > table.xs[-1] - 1
            and out[i - 1].ys[-1] > table.ys[0] + 1
        ):
            i -= 1  # it begins lower, but stands to the left
        out.insert(i, table)
    return out


def without_furniture(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets without page numbers and running heads."""
    found = furniture([_extent(sheet) for sheet in sheets])

    def kept(i: int, sheet: Sheet) -> list[Line]:
        return [line for j, line in enumerate(sheet.lines) if (i, j) not in found]

    return [evolve(sheet, lines=kept(i, sheet)) for i, sheet in enumerate(sheets)]


def _extent(sheet: Sheet) -> Extent:
    if not sheet.tables:
        return Extent(sheet.height, sheet.lines, None)
    first = min(table.ys[0] for table in sheet.tables)
    last = max(table.ys[-1] for table in sheet.tables)
    return Extent(sheet.height, sheet.lines, (first, last))


# --- what cannot be read

_FEW: Final = 20  # characters on a picture: a stamp, the number of the page
_FOREIGN: Final = re.compile(
    "[\u00a1-\u00a6\u00a8-\u00af\u00b2-\u00b6\u00b8-\u00d6\u00d8-\u024f]"
)
_MOSTLY: Final = 0.2


def _faults(page: Page) -> Iterator[tuple[str, str]]:
    inked = sum(not g.char.isspace() for g in page.glyphs)
    if inked < _FEW and page.pictured:
        yield "no-text-layer", f"page {page.number} is an image"
    # Bytes of Chinese that are shown as Latin letters with accents: the font says so, and it is wrong.
    foreign = sum(_FOREIGN.match(g.char) is not None for g in page.glyphs)
    lost = page.garbled + (foreign if foreign > _MOSTLY * inked else 0)
    if lost:
        yield "garbled-text", f"page {page.number}: {lost:,} of {inked:,} characters"
    if page.hidden:
        yield "hidden-text", f"page {page.number}: {page.hidden:,} characters"
