"""What the rows of a table tell only together: figures that were cut off, surplus blanks,
and what stands behind the last row.

Guarantee: no figure is moved; a row only loses what is none of its cells, or is marked.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from attrs import evolve

from govdisclose._lines.cell import BLANK, NUMBER, Token, opens_line
from govdisclose._tables.layout import is_glued, trimmed
from govdisclose._tables.sheet import Content

_PAGE_DIGITS_MOST: Final = 3
_BELOW_MOST: Final = 40  # characters of furniture behind the number of the last page
_ROWS_LEAST: Final = 3  # besides the last: they tell how a row of the table is printed


def marked(shadow: str, contents: Sequence[Content], columns: int) -> list[Content]:
    """What the rows tell only together: which have lost figures, on which side their
    surplus blanks stand, and what stands behind the last."""
    out = _marked_lost(shadow, contents) if columns > 1 else list(contents)
    return _marked_padding(_without_end(shadow, out, columns), columns)


def _without_end(shadow: str, contents: list[Content], columns: int) -> list[Content]:
    """The rows without what stands behind the table: blanks, and the number of the page that ends the text.

    All others have a cell a column, and the last has these besides; or the figures of
    most others stand on the lines of their labels, and that number has a line to itself."""
    *others, last = contents
    others = [content for content in others if content.values]
    values, wanted = last.values, columns + _lacks_unit(last)
    if not values or len(others) < _ROWS_LEAST:
        return contents
    page = _may_be_page(shadow, values[-1])
    if len(values) > wanted:
        whole = {len(c.values) - _lacks_unit(c) for c in others} == {columns}
        surplus = values[wanted : len(values) - page]
        if whole and all(value.type == BLANK for value in surplus):
            return [*contents[:-1], evolve(last, values=values[:wanted])]
        return contents
    alone = sum([opens_line(shadow, content.values[-1].start) for content in others])
    if page and opens_line(shadow, values[-1].start) and alone * 4 < len(others):
        return [*contents[:-1], evolve(last, values=values[:-1])]
    return contents


def _lacks_unit(content: Content) -> bool:
    return content.with_unit and content.unit is None


def _may_be_page(shadow: str, token: Token) -> bool:
    """Whether a short figure ends the text, but for what a page prints below: 【关闭窗口】."""
    if token.type != NUMBER or token.slot >= 0 or len(token.text) > _PAGE_DIGITS_MOST:
        return False
    below = shadow[token.end :].strip()
    return len(below) <= _BELOW_MOST and not any(c.isdigit() for c in below)


def _marked_padding(contents: list[Content], columns: int) -> list[Content]:
    """Where rows have more cells than columns, note whether the surplus blanks stand
    behind the figures."""
    padded = [
        i for i, c in enumerate(contents) if len(c.values) > columns + c.with_unit
    ]
    ways = {i: trimmed(contents[i].values, columns) for i in padded}
    behind = all(_begins_so(contents[i].values, found) for i, found in ways.items())
    certain = any(len(found) == 1 for found in ways.values())
    if behind and certain:
        for i in padded:
            contents[i] = evolve(contents[i], padded_behind=True)
    return contents


def _begins_so(values: Sequence[Token], ways: Sequence[Sequence[Token]]) -> bool:
    return any(way[0] is values[0] for way in ways)


def _marked_lost(shadow: str, contents: Sequence[Content]) -> list[Content]:
    """In a table whose figures ran together, note rows in which they did not: a figure
    was cut there, or lost."""
    filled = [i for i, content in enumerate(contents) if _are_figures(content.values)]
    gaps = {i: _gaps(shadow, contents[i]) for i in filled}
    together = [i for i in filled if is_glued(shadow, contents[i]) and not gaps[i]]
    out = list(contents)
    if len(together) * 2 > len(filled):
        for i in filled:
            if any(gap.isspace() for gap in gaps[i]):
                out[i] = evolve(out[i], lost=True)
    return out


def _are_figures(values: Sequence[Token]) -> bool:
    return bool(values) and all(value.type == NUMBER for value in values if value.tight)


def _gaps(shadow: str, content: Content) -> list[str]:
    """What stands between the figures of a row, where something does."""
    figures = [value for value in content.values if value.type == NUMBER]
    return [gap for a, b in pairwise(figures) if (gap := shadow[a.end : b.start])]
