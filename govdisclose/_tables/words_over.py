"""Words over a table whose one row has no label, and the figures under them.

Guarantee: figures are only given behind a header that holds most words of the table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from attrs import frozen

from govdisclose._lexicon.labels import label_key
from govdisclose._lines.cell import HEADER, TEXT, Token
from govdisclose._tables.sheet import VALUES, Header, Sheet
from govdisclose.form import FormTable, catalogue

_WORDS_LEAST: Final = 8  # words over figures that make a table without labels


@frozen(eq=False)
class UnderWords:
    """The figures under a header. `last` is the last of its words, which stands for the label."""

    header: Header
    last: Token
    values: tuple[Token, ...]


def under_words(
    sheet: Sheet, table: FormTable, *, bare: bool = False
) -> Iterator[UnderWords]:
    """The figures behind the last of the words over them. With `bare`, also where all
    the words stand and no figure."""
    for header in headers_over(sheet, table):
        last = max([i for i, cell in enumerate(header.cells) if cell.type == HEADER])
        values = _values_behind(header.cells[last + 1 :])
        if values or (bare and _words_said(sheet, table, header) >= len(table.columns)):
            yield UnderWords(header, header.cells[last], values)


def _values_behind(cells: Sequence[Token]) -> tuple[Token, ...]:
    """The values from the first row on that stands behind the line of the words."""
    begin = next((i for i, cell in enumerate(cells) if cell.slot == 0 < cell.slots), 0)
    return tuple(
        [cell for cell in cells[begin:] if cell.type in VALUES and cell.type != TEXT]
    )


def headers_over(sheet: Sheet, table: FormTable) -> Iterator[Header]:
    """The headers that hold the words over a table whose one row has no label."""
    return (
        header
        for header in sheet.parts.headers
        if _words_said(sheet, table, header) >= _WORDS_LEAST
    )


def _words_said(sheet: Sheet, table: FormTable, header: Header) -> int:
    """How many words over the table a header holds."""
    keys = [label_key(sheet.raw(head.cell)) for head in header.heads]
    glued = sum([len(catalogue().unlabelled.findall(key)) for key in keys])
    return max(glued, sum([key in table.words_by_key for key in keys]))
