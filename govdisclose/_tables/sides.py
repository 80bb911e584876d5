"""Columns of one kind side by side: this year and the last, the body's own figures and those of the
whole county, the quarters of the year.

The form has one such column; the words over them say whose figures each has. They are kept apart, as
tables of their own under their words; whose they are is judged when the report is known (`owner`).

Guarantee: no such column is taken for the form's by its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, TypeAlias

from govdisclose._lexicon.labels import label_key
from govdisclose._lines.cell import HEADER, TEXT, Token
from govdisclose._tables.layout import usual_width
from govdisclose._tables.sheet import Columns, Content, PrintedColumn, Sheet
from govdisclose._tables.words import WORDS
from govdisclose.form import Column, FormTable
from govdisclose.report import Cell

Parted: TypeAlias = list[tuple[str | None, list[Cell]]]
"""Cells by the word over columns that stand side by side; None where there is none."""

_SIDES: Final = ("side_year", "side_own", "side_whole", "side_part", "side_version")


def columns_beside(
    sheet: Sheet, table: FormTable, cells: Sequence[Token], contents: Sequence[Content]
) -> Columns | None:
    """The columns below the `cells` of a head that has several of one kind; None where it has not.

    The word of the form's own column may stand over them all, or beside them: rows with as many
    figures tell.
    """
    several = _several(table)
    heads = [cell for cell in cells if cell.type in (HEADER, TEXT)]
    words = ["".join(sheet.raw(head).split()) for head in heads]
    sides = frozenset(_sides(words))
    if several is None or not sides:
        return None
    printed = tuple(_printed(table, several, words, sides))
    without = tuple([p for p in printed if p.column is not several or p.side in sides])
    fitting = [
        columns
        for columns in dict.fromkeys((printed, without))
        if len(columns) == usual_width(contents, len(printed))
        and _is_whole(table, several, columns)
    ]
    return fitting[0] if fitting else None


def _several(table: FormTable) -> Column | None:
    """The column that may be printed several times: the only one, or the one of a year."""
    dated = [column for column in table.columns if column.label_regex]
    found = dated or list(table.columns)
    return found[0] if len(found) == 1 else None


def _sides(words: Iterable[str]) -> set[str]:
    """The words that say whose figures stand below; a sum is the year's beside parts of it."""
    said = list(words)
    names = list(_SIDES)
    if any(WORDS["side_part"].fullmatch(word) for word in said):
        names.append("side_whole_year")
    return {word for word in said if any(WORDS[n].fullmatch(word) for n in names)}


def _printed(
    table: FormTable, several: Column, words: Iterable[str], sides: frozenset[str]
) -> Iterable[PrintedColumn]:
    for word in words:
        key = label_key(word)
        column = table.columns_by_key.get(key)
        if word in sides:
            yield PrintedColumn(several, word)
        elif column is not None:
            yield PrintedColumn(column, word if column is several else None)
        elif table.words_by_key.get(key, "column") == "column":
            yield PrintedColumn(None, word)


def _is_whole(table: FormTable, several: Column, columns: Columns) -> bool:
    """Whether the column stands there several times, each under its word, and all others once."""
    sides = [printed.side for printed in columns if printed.column is several]
    others = [p.key for p in columns if p.column not in (several, None)]
    wanted = [column.key for column in table.columns if column is not several]
    return 1 < len(sides) == len(set(sides)) and sorted(map(str, others)) == sorted(
        wanted
    )


def parted(cells: Sequence[Cell], columns: Columns) -> Parted:
    """The cells of a table by the words over its columns that stand side by side; what has no such
    word first. `cells` are whole rows."""
    if not any(printed.side for printed in columns):
        return [(None, list(cells))]
    out: dict[str | None, list[Cell]] = {}
    for i, cell in enumerate(cells):
        out.setdefault(columns[i % len(columns)].side, []).append(cell)
    return sorted(out.items(), key=lambda item: item[0] is not None)
