"""What a Word file holds, block by block, and how it is written down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from attrs import Factory, define

from govdisclose.read._dialect import Writer
from govdisclose.read._merged import Merged, expand


class Noted(NamedTuple):
    """What a reader should say at this place: a code of `CODES`, and the particulars."""

    code: str
    detail: str


@define(eq=False)
class Cell:
    """A cell as it is drawn: columns of the file that it covers, whether it goes on from the one above, what it has."""

    start: int
    end: int
    goes_on: bool
    blocks: Flow


@define(eq=False)
class Table:
    """A table as it is drawn. `size` counts its own cells, `inner` those of the tables inside them."""

    widths: tuple[int, ...]
    rows: list[list[Cell]] = Factory(list)
    size: int = 0
    inner: int = 0


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
