"""`check --format html` and `--format docx`: the report of a check, to be passed on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from attrs import frozen

from govdisclose.cli._lint import FileRow, How, files_grid
from govdisclose.cli._screen import refuse
from govdisclose.errors import MissingExtra
from govdisclose.view.block import Block, Heading, Item, Items
from govdisclose.view.block_docx import blocks_docx
from govdisclose.view.block_html import blocks_page
from govdisclose.view.checked import checked, said
from govdisclose.view.listing import Linted
from govdisclose.view.sentences import in_chinese

PAPERS = ("html", "docx")


@frozen
class Sheet:
    """What is written of one file: its row among the files, and its blocks."""

    row: FileRow
    blocks: tuple[Block, ...] = ()


def sheet(row: FileRow, one: Linted, how: How) -> Sheet:
    """What is written of a file that was read."""
    return Sheet(row, tuple(checked(one, how.speech)))


def paper(sheets: Sequence[Sheet], how: How) -> str | bytes:
    """The whole page or Word file; of several files, a table of all comes first."""
    blocks = tuple(_blocks(sheets, how))
    if how.shape == "html":
        return blocks_page(said(how.speech)["title"], blocks, how.speech)
    try:
        return blocks_docx(blocks)
    except MissingExtra as error:
        refuse(error)


def _blocks(sheets: Sequence[Sheet], how: How) -> Iterator[Block]:
    if len(sheets) != 1 or sheets[0].row.error:
        words = said(how.speech)
        yield Heading(words["files"], 1)
        yield files_grid([sheet.row for sheet in sheets], how.speech)
        errors = [one.row.error for one in sheets if one.row.error]
        told = map(in_chinese, errors) if how.speech == "zh" else errors
        yield Items(tuple(Item(text, (), "bad") for text in told))
    for one in sheets:
        yield from one.blocks
