"""The parts of a table, by `grammars/table.lark`: what stands over its rows, and its rows.

Guarantees:

1. Any cells in any order are a table; every cell is in one part of it.
2. A figure is only ever in the row whose label stands before it, with no other label between.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Final, TypeAlias

from attrs import frozen

from govdisclose._lexicon.grammar import grammar
from govdisclose._lexicon.labels import label_key
from govdisclose._lines.cell import (
    BLANK,
    CODE,
    DASH,
    HEADER,
    LABEL,
    NONE,
    NOTE,
    NUMBER,
    TEXT,
    UNIT,
    Token,
)
from govdisclose._tables.sheet import Head, Header, Parts, PrintedRow
from govdisclose.form import catalogue

COLUMN: Final = "COLUMN"
HEADS: Final = {
    "stub": "STUB",
    "unit": "UNIT_HEAD",
    "code": "CODE_HEAD",
    "ordinal": "CODE_HEAD",
    "group": "GROUP",
    "column": COLUMN,
    "caption": "CAPTION",
}
"""The terminal of a head, by what the forms say that it is."""
_TERMINALS: Final = {
    LABEL: "LABEL",
    UNIT: "UNIT",
    NUMBER: "FIGURES",
    CODE: "CODE",
    DASH: "MARKS",
    NONE: "MARKS",
    BLANK: "MARKS",
    NOTE: "WORDS",
    TEXT: "WORDS",
}
_MEASURES: Final = (UNIT, NUMBER)
_FIGURES: Final = "FIGURES"
_ALONE: Final = ("LABEL", "UNIT")
_BEHIND_FIGURES: Final = ("MARKS", "WORDS", "CODE")
_ROW_LEAST: Final = (
    3  # cells of a row that stands before all labels: words, unit, figure
)


@frozen(eq=False)
class Cells:
    """Cells of one kind that follow each other: a token of the grammar. Labels and
    units stand alone."""

    type: str
    tokens: Sequence[Token]


Some: TypeAlias = tuple[Token, ...]


class _Reduce:
    """Reductions of the table grammar."""

    @staticmethod
    def table(children: list[Any]) -> Parts:
        lead, *parts = children
        headers = tuple([part for part in parts if isinstance(part, Header)])
        return Parts(
            lead,
            headers,
            tuple([part for part in parts if isinstance(part, PrintedRow)]),
        )

    @staticmethod
    def header(children: list[tuple[Head, ...] | Cells]) -> Header:
        heads: list[Head] = []
        cells: list[Token] = []
        for child in children:
            if isinstance(child, Cells):
                cells += child.tokens
            else:
                heads += child
                cells += [head.cell for head in child]
        return Header(tuple(heads), tuple(cells))

    @staticmethod
    def heading(children: list[Cells]) -> tuple[Head, ...]:
        (cells,) = children
        return tuple([Head(cells.type, token) for token in cells.tokens])

    @staticmethod
    def row(children: list[Any]) -> PrintedRow:
        label, lacking, *measured = children
        unit = measured[0] if len(measured) > 1 else ()
        behind = measured[-1] if measured else ()
        return PrintedRow(label.tokens[0], (*lacking, *unit, *behind), *unit)

    @staticmethod
    def cells(children: list[Cells]) -> Some:
        return tuple(chain.from_iterable([cells.tokens for cells in children]))

    lead = lacking = unit = figures = cells


def read_parts(tokens: Sequence[Token]) -> Parts:
    """The parts of the table that `tokens` are, in any order of any cells."""
    parts: Parts = grammar("table", _Reduce).run(_runs(tokens))
    return parts


def _runs(tokens: Sequence[Token]) -> Iterable[Cells]:
    """The tokens of the grammar."""
    out: list[Cells] = []
    run: list[Token] = []
    last = ""
    for kind, token in zip(_kinds(tokens), tokens, strict=True):
        if (kind == last and kind not in _ALONE) or (
            last == _FIGURES and kind in _BEHIND_FIGURES
        ):
            run.append(token)
        else:
            run, last = [token], kind
            out.append(Cells(kind, run))
    return out


def _kinds(tokens: Sequence[Token]) -> Iterator[str]:
    """The terminal of each token.

    Words behind a label that are followed by a unit or a figure of their own are the
    label of a row that no form knows; not where bars or tabs count the cells of a row:
    there they are a cell of it."""
    in_row = False
    for i, token in enumerate(tokens):
        kind = _TERMINALS.get(token.type) or _head_kind(token.text)
        if token.type in (LABEL, HEADER):
            in_row = token.type == LABEL
        elif in_row and token.type == TEXT and token.slots < 0:
            follows = tokens[i + 1].type if i + 1 < len(tokens) else ""
            if follows in _MEASURES and not _is_cut_figure(token.text):
                kind = "LABEL"
        elif token.type == TEXT and _is_first_row(tokens[i : i + _ROW_LEAST]):
            kind = "LABEL"
        yield kind


def _is_first_row(tokens: Sequence[Token]) -> bool:
    """Whether words before any label are one, of a row that no form knows: a unit and a
    figure stand behind them."""
    kinds = [token.type for token in tokens]
    counted = any(token.slots >= 0 for token in tokens)
    return kinds == [TEXT, UNIT, NUMBER] and not counted


def _head_kind(text: str) -> str:
    """The terminal of a head; several that are glued to each other, or a piece of one,
    count as a column."""
    return HEADS[catalogue().headers.get(label_key(text), "column")]


def _is_cut_figure(text: str) -> bool:
    """Whether text is a figure that runs over a line end."""
    return not any(c.isalpha() for c in text)
