"""Tables of a page: cells as they are written, and rows as they are read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Final

from govdisclose.read.html.block import LONG, Cell
from govdisclose.read.html.clean import WIDE, clean
from govdisclose.read.html.elements import COUNT, KINDS, count_of
from govdisclose.read.html.told import steps
from govdisclose.read.html.words import pattern, squeezed

if TYPE_CHECKING:
    from lxml.etree import _Element

_MOST_ROWS, _MOST_COLUMNS = 65534, 1000  # HTML Living Standard, 4.9.12


def _rows_of(value: str | None) -> int:
    """`rowspan`: 0 means all the rows that follow."""
    found = COUNT.match(value or "")
    return _MOST_ROWS if found and not int(found[1]) else count_of(value, _MOST_ROWS)


_BREAKS: Final = frozenset(
    [
        "br",
        "p",
        "div",
        "li",
        "tr",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "dt",
        "dd",
        "center",
        "pre",
        "blockquote",
    ]
)
_LETTERS: Final = frozenset(
    ("p", "div", "center")
)  # one of these around all of a cell changes nothing


def grid_of(table: _Element) -> tuple[list[list[Cell]], list[str], int]:
    """The cells of a table row by row, its captions, and how many characters are in links."""
    grid: list[list[Cell]] = []
    captions: list[str] = []
    linked = 0
    for element in table.iter("tr", "td", "th", "caption"):
        tag = element.tag
        if tag == "tr":
            grid.append([])
        else:
            text, in_links = _cell_text(element)
            linked += in_links
            if tag == "caption":
                captions += [text.replace(_CUT, " ")] if text else []
                continue
            if not grid:
                grid.append([])
            rows, columns = element.get("rowspan"), element.get("colspan")
            grid[-1].append(
                Cell(
                    text,
                    _rows_of(rows) if rows else 1,
                    count_of(columns, _MOST_COLUMNS) if columns else 1,
                )
            )
    return [part for row in grid for part in _told_apart(row)], captions, linked


def flatten(table: _Element) -> bool:
    """Make text of the tables in a table, where each is of one cell, as editors paste
    them; whether all are."""
    if any(
        len(list(islice(one.iter("td", "th"), 2))) > 1
        for one in table.iterdescendants("table")
    ):
        return False
    for one in list(table.iterdescendants("table")):
        for element in one.iter("table", "tbody", "tr", "td", "th"):
            element.tag = "div"
    return True


def _told_apart(row: list[Cell]) -> Iterator[list[Cell]]:
    """A row whose cells all hold as many lines is as many rows, if what stands behind
    its label are figures."""
    lines = [cell.text.split(_CUT) for cell in row]
    several = {len(parts) for parts, cell in zip(lines, row, strict=True) if cell.text}
    if (
        len(several) == 1
        and several != {1}
        and sum(bool(cell.text) for cell in row) > 1
    ):
        count = several.pop()
        figures = [
            sum(bool(A_FIGURE.fullmatch(part)) for part in parts) for parts in lines[1:]
        ]
        short = all(
            A_FIGURE.fullmatch(part) or len(part) < 4
            for parts in lines[1:]
            for part in parts
        )
        if short and count in figures:
            for i in range(count):
                yield [
                    c._replace(text=parts[i] if c.text else "")
                    for c, parts in zip(row, lines, strict=True)
                ]
            return
    yield [
        cell if len(parts) == 1 else cell._replace(text=_joined(parts))
        for cell, parts in zip(row, lines, strict=True)
    ]


_CUT: Final = "\v"  # where a cell breaks its line
_WIDE_AT: Final = re.compile(f"[{WIDE}]")


def _joined(parts: Iterable[str]) -> str:
    """The lines of a cell as one; figures on lines of their own stay apart."""
    text = ""
    for part in parts:
        if text and text[-1].isdigit() and part[0].isdigit():
            text += " / "
        elif text and not (_WIDE_AT.match(text[-1]) and _WIDE_AT.match(part)):
            text += " "
        text += part
    return text


def _cell_text(cell: _Element) -> tuple[str, int]:
    """The text of a cell, its lines apart by `_CUT`, and how many characters of it are in links."""
    if len(cell) == 0:
        return clean(cell.text or ""), 0
    if len(cell) == 1 and (only := cell[0]).tag in _LETTERS and len(only) == 0:
        return _cut(
            f"{cell.text or ''}{_CUT}{only.text or ''}{_CUT}{only.tail or ''}"
        ), 0
    parts: list[str] = []
    linked = 0
    link = None
    walker = steps(cell)
    for event, element in walker:
        tag = str(element.tag)
        if tag in _BREAKS:
            parts.append(_CUT)
        if event == "start":
            if KINDS.get(tag) in ("skipped", "script", "frame"):
                walker.skip_subtree()
            elif element.text:
                parts.append(element.text)
                linked += len(element.text.strip()) if link is not None else 0
            if tag == "a" and element.get("href"):
                link = element
                linked += len((element.text or "").strip())
        else:
            if element is link:
                link = None
            if element.tail and element is not cell:
                parts.append(element.tail)
                linked += len(element.tail.strip()) if link is not None else 0
    return _cut("".join(parts)), linked


def _cut(text: str) -> str:
    return _CUT.join(filter(None, map(clean, text.split(_CUT))))


def is_data(grid: Sequence[Sequence[Cell]], linked: int) -> bool:
    """Whether a table without tables in it is one of data: rows of several short cells,
    and not mostly links."""
    cells = [cell for row in grid for cell in row]
    several = sum(len(row) > 1 for row in grid)
    if not several or 2 * linked > sum(len(cell.text) for cell in cells):
        return False
    long = sum(len(cell.text) > LONG for cell in cells)
    if several == 1 and len(grid) == 1:
        return not long and any(
            pattern("header").match(squeezed(cell.text)) for cell in cells
        )
    return 8 * long <= len(cells)


A_FIGURE: Final = re.compile(r"[-+]?[0-9０-９][0-9０-９,，.．\s]*")


def expanded(grid: Iterable[Sequence[Cell]]) -> Iterator[list[str]]:
    """The texts of each row, with the cells that reach down from rows above at their columns."""
    above: list[tuple[int, int, int, str]] = []  # column, rows to go, columns, text
    for row in grid:
        out: list[str] = []
        below: list[tuple[int, int, int, str]] = []
        column, k = 0, 0
        for cell in (*row, None):
            while k < len(above) and (cell is None or above[k][0] <= column):
                at, rows, columns, text = above[k]
                out.append(text)
                column = max(column, at) + columns
                if rows > 1:
                    below.append((at, rows - 1, columns, text))
                k += 1
            if cell is not None:
                out.append(cell.text)
                if cell.rows > 1:
                    text = "" if A_FIGURE.fullmatch(cell.text) else cell.text
                    below.append((column, cell.rows - 1, cell.columns, text))
                column += cell.columns
        above = sorted(below)
        if row:
            yield out
