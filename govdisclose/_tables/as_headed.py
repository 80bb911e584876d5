"""Cells put in the order in which the forms print them: label, unit, code, figures; where the head
over them says that they stand in another.

Guarantees:

1. Only a head that names labels and says of each of its cells what it is moves anything.
2. Where cells are not counted by bars or tabs, all rows below the head have just its cells, or none is moved.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from govdisclose._lexicon.labels import label_key
from govdisclose._lines.cell import HEADER, LABEL, Token
from govdisclose.form import catalogue

Order: TypeAlias = tuple[int, ...]
"""Which of the printed cells of a row is the first, the second, and so on."""

Orders: TypeAlias = tuple[tuple[int, Order], ...]
"""Orders, each from an offset on."""

_USUAL: Final = {"ordinal": 0, "stub": 1, "unit": 2, "code": 3}
_FIGURES: Final = 4
_LEAST: Final = 3  # cells of a row
_ROWS_LEAST: Final = 3  # rows that show where the cells of a line each belong


def order_of(heads: Sequence[str]) -> Order | None:
    """The order of the cells below these heads; None where they are no heads of whole rows.

    >>> order_of(["统计数", "统计指标", "单位"]), order_of(["统计指标", "单位", "统计数"])
    ((1, 2, 0), (0, 1, 2))
    """
    kinds = _kinds(heads)
    if len(heads) < _LEAST or not all(heads) or kinds.count("stub") != 1:
        return None
    if (
        sum(map(bool, kinds)) * 2 <= len(heads)
        or "caption" in kinds
        or "group" in kinds
    ):
        return None
    ranks = [_USUAL.get(kind, _FIGURES) for kind in kinds]
    if _FIGURES not in ranks:
        return None
    before = ranks[: ranks.index(_FIGURES)]
    if len(before) == sum(rank < _FIGURES for rank in ranks) and _is_usual(before):
        return tuple(range(len(heads)))
    return tuple(sorted(range(len(heads)), key=ranks.__getitem__))


def _kinds(heads: Sequence[str]) -> list[str]:
    """What each head is, "" for what no form has; a caption may stand over the first."""
    kinds = catalogue().headers
    return [
        kinds.get(label_key(head)) or kinds.get(label_key(head.split("\n")[-1]), "")
        for head in heads
    ]


def _is_usual(before: Sequence[int]) -> bool:
    """Whether the label stands before the unit; a count or a code stands where it likes."""
    named = [rank for rank in before if rank in (_USUAL["stub"], _USUAL["unit"])]
    return named == sorted(named)


def order_at(orders: Orders, start: int, size: int) -> Order | None:
    """The order of a row of so many cells that begins there; None where it is as it is printed."""
    at = bisect_right(orders, start, key=lambda item: item[0]) - 1
    order = orders[at][1] if at >= 0 else ()
    return order if len(order) == size and order != tuple(range(size)) else None


# --- cells that nothing counts


def regrouped(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, those below a head of figures first put in order, a row after the other."""
    out = list(tokens)
    for first, last in _head_runs(tokens):
        heads = [token.text for token in tokens[first:last]]
        order = order_of(heads)
        end = next(
            (i for i in range(last, len(tokens)) if tokens[i].type == HEADER),
            len(tokens),
        )
        if (
            order is None
            or tokens[first].slots > 0
            or order == tuple(range(len(order)))
        ):
            continue
        if not _are_rows(tokens[last:end], len(order), _kinds(heads).index("stub")):
            continue
        size = len(order)
        for at in (first, *range(last, end, size)):
            row = tokens[at : at + size]
            out[at : at + size] = [row[i]._replace(slot=-1, slots=-1) for i in order]
    return out


def _head_runs(tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """Where heads stand beside each other."""
    first = -1
    for i, token in enumerate(tokens):
        if token.type == HEADER:
            first = i if first < 0 else first
        elif first >= 0:
            yield first, i
            first = -1


def _are_rows(cells: Sequence[Token], size: int, label: int) -> bool:
    """Whether the cells are rows of as many as there are heads, a label where the head has it."""
    rows = [cells[i : i + size] for i in range(0, len(cells), size)]
    if len(rows) < _ROWS_LEAST or len(rows[-1]) < size:
        return False
    return all(
        [i for i, cell in enumerate(row) if cell.type == LABEL] == [label]
        for row in rows
    )
