"""What a Word file holds, block by block, and how it is written down."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from attrs import Factory, define

from govdisclose.read._dialect import Writer
from govdisclose.read._merged import NEAR, Merged, expand


class Noted(NamedTuple):
    """What a reader should say at this place: a code of `CODES`, and the particulars."""

    code: str
    detail: str


@define(eq=False)
class Cell:
    """A cell as it is drawn: the borders that it lies between, whether it goes on from the one above, what it has.

    `width` is in twentieths of a point, 0 where the file does not say.
    """

    start: int
    end: int
    goes_on: bool
    blocks: Flow
    width: int = 0


@define(eq=False)
class Table:
    """A table as it is drawn. `size` counts its own cells, `inner` those of the tables inside them.

    `widths` are those of the columns that the borders of cells count; None where the borders are places themselves.
    """

    widths: tuple[int, ...] | None
    rows: list[list[Cell]] = Factory(list)
    size: int = 0
    inner: int = 0

    def settle(self) -> None:
        """Find the cells that really go on from one above.

        Where the rows do not end at the same column, the file has counted wrongly, and Word goes by the widths of the
        cells; so does this, if all are known.
        """
        ends = {row[-1].end for row in self.rows if row}
        if len(ends) > 1 and all(cell.width > 0 for row in self.rows for cell in row):
            _place(self.rows)
            self.widths = None
        above: frozenset[int] = frozenset()
        for row in self.rows:
            for cell in row:
                cell.goes_on = cell.goes_on and cell.start in above
            above = frozenset(cell.start for cell in row)


def _place(rows: Iterable[Sequence[Cell]]) -> None:
    """Set the borders of the cells to where their widths put them, those that nearly meet to one place."""
    known: dict[int, int] = {}  # by place in steps of what counts as near
    for row in rows:
        at = 0
        exact = 0
        for cell in row:
            cell.start = at
            exact += cell.width
            step = exact // NEAR
            found = (known[i] for i in (step, step - 1, step + 1) if i in known and abs(known[i] - exact) < NEAR)
            at = next((place for place in found if place > cell.start), exact)
            known.setdefault(at // NEAR, at)
            cell.end = at


Block = str | Noted | Table
Flow = list[Block]

_LEAST: Final = 2  # columns of a table; one column of boxes is text in a frame


def write(blocks: Flow, writer: Writer) -> None:
    """Write the blocks in order. A table that only lays out others, or has one column, is written as what it has."""
    stack: list[Iterator[Block]] = [iter(blocks)]
    while stack:
        block = next(stack[-1], None)
        if block is None:
            stack.pop()
        elif isinstance(block, str):
            writer.line(block)
        elif isinstance(block, Noted):
            writer.notice(block.code, block.detail)
        else:
            rows = [] if block.inner > block.size else expand(_merged(block), block.widths, writer.cells_left)
            if max(map(len, rows), default=0) >= _LEAST:
                writer.table(rows)
            else:
                stack.append(_inside(block))


def _inside(table: Table) -> Iterator[Block]:
    for row in table.rows:
        for cell in row:
            if not cell.goes_on:
                yield from cell.blocks


def _merged(table: Table) -> list[list[Merged]]:
    """The rows with the text of every cell; one that goes on from above has the text of the cell above it."""
    out: list[list[Merged]] = []
    above: dict[int, str] = {}
    for row in table.rows:
        here: dict[int, str] = {}
        for cell in row:
            here[cell.start] = above[cell.start] if cell.goes_on else _text(cell.blocks)
        out.append([Merged(cell.start, cell.end, here[cell.start]) for cell in row])
        above = here
    return out


def _text(blocks: Flow) -> str:
    """The text of a cell on one line, with that of the tables inside it."""
    if len(blocks) == 1 and isinstance(blocks[0], str):
        return blocks[0].strip()
    found: list[str] = []
    stack: list[Iterator[Block]] = [iter(blocks)]
    while stack:
        block = next(stack[-1], None)
        if block is None:
            stack.pop()
        elif isinstance(block, str):
            found.append(block.strip())
        elif isinstance(block, Table):
            stack.append(_inside(block))
    return " ".join(text for text in found if text)
