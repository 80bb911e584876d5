"""What a Word file holds, block by block, and how it is written down.

A cell that covers several rows is written in each of them: it is a label, and belongs
to all. One that covers several columns is written once. The columns of a Word file are
no columns of the table: every border of any row makes one, so head and body rarely
agree in them, and a figure repeated over three of them reads as three figures. What
does agree, from row to row, is the number of cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from attrs import Factory, define

from govdisclose.read.dialect import Writer

_NARROW: Final = (
    200  # twentieths of a point; the margins of a cell alone take 216 by default
)
_CHINESE: Final = re.compile(r"[\u3001-\u303f\u3400-\u9fff（），：；“”]")
_WIDE: Final = 600  # a column that takes a word


class Noted(NamedTuple):
    """What a reader should say at this place: a code of `CODES`, and the particulars."""

    code: str
    detail: str


@define(eq=False)
class Cell:
    """A cell as it is drawn: the borders that it lies between, and whether it is merged
    with others of its column."""

    start: int
    end: int
    blocks: Flow
    merged: bool = False
    goes_on: bool = False  # from the one above; `above` is that one, once it is found
    above: Cell | None = None


@define(eq=False)
class Table:
    """A table as it is drawn.

    `widths` are those of the columns that borders are counted by, in twentieths of a
    point; 0 where unknown. `size` counts its own cells, `inner` those of the tables
    inside them."""

    widths: tuple[int, ...]
    rows: list[list[Cell]] = Factory(list)
    size: int = 0
    inner: int = 0

    def settle(self) -> None:
        """Join the cells that go on to those above them; leave out rows without cells,
        and cells without room."""
        self.rows = [row for row in self.rows if row]
        for above, row in pairwise(self.rows):
            _join(row, above)
        hairs = self._hairs()
        if hairs:
            for row in self.rows:
                row[:] = [cell for cell in row if (cell.start, cell.end) not in hairs]
            self.rows = [row for row in self.rows if row]

    def _hairs(self) -> set[tuple[int, int]]:
        """The strips, by their borders, that are too narrow for a character: left by a
        border that was moved by hand.

        There are files whose widths are all alike and mean nothing, and strips with
        text in them are no strips."""
        if max(self.widths, default=0) < _WIDE:
            return set()
        places = [0, *accumulate(self.widths)]

        def is_narrow(cell: Cell) -> bool:
            return (
                cell.end < len(places)
                and 0 < places[cell.end] - places[cell.start] < _NARROW
            )

        narrow = [cell for row in self.rows for cell in row if is_narrow(cell)]
        return {(cell.start, cell.end) for cell in narrow} - {
            (cell.start, cell.end)
            for cell in narrow
            if cell.merged or _text(cell.blocks)
        }


Block = str | Noted | Table
Flow = list[Block]

_LEAST: Final = 2  # columns of a table; one column of boxes is text in a frame


def _join(row: Sequence[Cell], above: Sequence[Cell]) -> None:
    """Find for each cell that goes on the one that it goes on from: the one in the same
    place of the row above.

    Word has been seen to count the columns of a row wrongly; then it is the one of the same number.
    """
    miscounted = len(row) == len(above) and row[-1].end != above[-1].end
    place = {
        i if miscounted else cell.start: cell
        for i, cell in enumerate(above)
        if cell.merged
    }
    for i, cell in enumerate(row):
        found = place.get(i if miscounted else cell.start) if cell.goes_on else None
        if found is not None:
            cell.above = found.above or found


def write(blocks: Flow, writer: Writer) -> None:
    """Write the blocks in order. A table that only lays out others, or has one column,
    is written as what it holds."""
    stack: list[Iterator[Block]] = [iter(blocks)]
    while stack:
        block = next(stack[-1], None)
        if block is None:
            stack.pop()
        elif isinstance(block, str):
            writer.line(block)
        elif isinstance(block, Noted):
            writer.notice(block.code, block.detail)
        elif block.inner > block.size or max(map(len, block.rows), default=0) < _LEAST:
            stack.append(_inside(block))
        else:
            writer.table(_texts(block))


def _texts(table: Table) -> list[list[str]]:
    """The text of every cell, row by row; one that goes on has the text of the one that
    it goes on from."""
    read: dict[Cell, str] = {}
    out = []
    for row in table.rows:
        texts = []
        for cell in row:
            if cell.above is not None:
                texts.append(read[cell.above])
                continue
            texts.append(_text(cell.blocks))
            if cell.merged:
                read[cell] = texts[-1]
        out.append(texts)
    return out


def _inside(table: Table) -> Iterator[Block]:
    for row in table.rows:
        for cell in row:
            if cell.above is None:
                yield from cell.blocks


def _text(blocks: Flow) -> str:
    """The text of a cell on one line, with that of the tables inside it."""
    if len(blocks) == 1 and isinstance(blocks[0], str) and "\n" not in blocks[0]:
        return blocks[0].strip()
    found: list[str] = []
    stack: list[Iterator[Block]] = [iter(blocks)]
    while stack:
        block = next(stack[-1], None)
        if block is None:
            stack.pop()
        elif isinstance(block, str):
            found += block.split("\n")
        elif isinstance(block, Table):
            stack.append(_inside(block))
    return _joined([text for line in found if (text := line.strip())])


def _joined(lines: Sequence[str]) -> str:
    """The lines of a cell as one: Chinese goes on without a blank, a figure never runs
    into what stands below it."""
    out = list(lines[:1])
    for before, line in pairwise(lines):
        out.append(
            line
            if _CHINESE.match(before[-1]) and _CHINESE.match(line[0])
            else f" {line}"
        )
    return "".join(out)
