"""A draft as a PDF, the way office programs print them: ruled tables over several pages, page numbers, running heads.

Needs reportlab: `pip install govdisclose[testing-documents]`. The font is one that PDF readers
know by name.
"""

from __future__ import annotations

import io
import random
from collections.abc import Iterator, Sequence
from typing import Any, Final, NamedTuple

from govdisclose.testing._box import Box, boxes
from govdisclose.testing._grid import Grid
from govdisclose.testing._layout import width
from govdisclose.testing._report import Draft

_FONT: Final = "STSong-Light"
_PAGE: Final = (595.0, 842.0)  # A4, in points
_LEFT, _RIGHT, _TOP, _BOTTOM = 72.0, 523.0, 770.0, 72.0
_PROSE: Final = 14.0  # size of the letters of prose
_LEADING: Final = 1.6  # lines of prose apart, in sizes
_PAD: Final = 3.0  # between a rule and the text of its cell
_WIDEST: Final = {"outer": (20.0, 46.0), "label": (120.0,), "unit": (34.0,), "code": (30.0,)}


def pdf_document(draft: Draft, rng: random.Random, ruled: bool = True) -> bytes:
    """The draft as the bytes of a PDF file; without `ruled`, tables are set by blanks alone."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    if _FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(_FONT))
    out = io.BytesIO()
    head = str(draft.metadata["title"] or "") if rng.random() < 0.3 else ""
    paper = _Paper(
        Canvas(out, pagesize=_PAGE, invariant=1),
        head,
        number=rng.choice(("- {} -", "{}", "\N{EM DASH} {} \N{EM DASH}")),
    )
    rows_cut = rng.random() < 0.3
    size = rng.choice((8.0, 9.0, 10.5))
    for block in draft.blocks:
        if block.rows is not None:
            _Table(paper, block.rows, size, ruled, rows_cut).draw()
        else:
            _prose(paper, block.text, block.kind == "title")
    paper.close()
    return out.getvalue()


class _Paper:
    """Pages, from top to bottom."""

    def __init__(self, canvas: Any, head: str, number: str) -> None:
        self._canvas = canvas
        self._head, self._number = head, number
        self._page = 1
        self.y = _TOP

    @property
    def left(self) -> float:
        """What is left of the page below."""
        return self.y - _BOTTOM

    def _furniture(self) -> None:
        if self._head:
            self.text(_LEFT, _PAGE[1] - 48, self._head, 9.0)
        number = self._number.format(self._page)
        self.text((_PAGE[0] - 4.5 * width(number)) / 2, 44, number, 9.0)

    def turn(self) -> None:
        """The next page."""
        self._furniture()
        self._canvas.showPage()
        self._page += 1
        self.y = _TOP

    def close(self) -> None:
        self._furniture()
        self._canvas.showPage()
        self._canvas.save()

    def text(self, x: float, y: float, text: str, size: float) -> None:
        self._canvas.setFont(_FONT, size)
        self._canvas.drawString(x, y, text)

    def box(self, left: float, top: float, right: float, bottom: float) -> None:
        self._canvas.setLineWidth(0.5)
        self._canvas.rect(left, bottom, right - left, top - bottom)


def _advance(text: str, size: float) -> float:
    """How wide the text is printed: Chinese letters are square, the others of that font half as wide."""
    return width(text) * size / 2


def _lines(text: str, room: float, size: float, indent: float = 0.0) -> list[str]:
    """The text cut into lines; a figure is never cut."""
    if text.isascii() and text:
        return [text]
    out, line, used = [], "", indent
    for c in text:
        step = _advance(c, size)
        if used + step > room and line:
            out.append(line)
            line, used = "", 0.0
        line += c
        used += step
    return [*out, line] if line else out


def _prose(paper: _Paper, text: str, title: bool) -> None:
    size = _PROSE + 4 if title else _PROSE
    indent = 0.0 if title else 2 * size
    for i, line in enumerate(_lines(text, _RIGHT - _LEFT, size, indent)):
        if paper.left < size * _LEADING:
            paper.turn()
        paper.y -= size * _LEADING
        x = (_PAGE[0] - _advance(line, size)) / 2 if title else _LEFT + (0.0 if i else indent)
        paper.text(x, paper.y, line, size)


class _Part(NamedTuple):
    """What stands of a row on one page."""

    page: int
    top: float
    bottom: float


class _Table:
    """A table set in columns and drawn row by row, over as many pages as it takes."""

    def __init__(self, paper: _Paper, rows: Grid, size: float, ruled: bool, rows_cut: bool) -> None:
        self._paper = paper
        self._rows = rows
        self._size, self._leading = size, size * 1.25
        self._ruled, self._rows_cut = ruled, rows_cut
        self._edges = list(_edges(rows))
        self._boxes = [box for line in boxes(rows) for box in line]
        self._lines = {box[3:5]: _lines(box.text, self._room(box), size) for box in self._boxes}

    def _room(self, box: Box) -> float:
        return self._edges[box.column + box.columns] - self._edges[box.column] - 2 * _PAD

    def _heights(self) -> list[float]:
        heights = [self._leading + 2 * _PAD] * len(self._rows)
        for box in sorted(self._boxes, key=lambda b: b.rows):
            needed = len(self._lines[box[3:5]]) * self._leading + 2 * _PAD
            last = box.row + box.rows - 1
            heights[last] += max(0.0, needed - sum(heights[box.row : last + 1]))
        return heights

    def draw(self) -> None:
        """Draw it, page by page: first where the rows come to stand, then the cells on each page."""
        paper = self._paper
        paper.y -= self._leading
        parts: list[list[_Part]] = []
        page, y = 0, paper.y
        for whole in self._heights():
            height = whole
            here: list[_Part] = []
            while y - height < _BOTTOM:
                fits = int((y - _BOTTOM - 2 * _PAD) / self._leading)
                lines = round((height - 2 * _PAD) / self._leading)
                if self._rows_cut and 0 < fits < lines and y < _TOP:
                    here.append(_Part(page, y, y - fits * self._leading - 2 * _PAD))
                    height -= fits * self._leading
                page, y = page + 1, _TOP
            here.append(_Part(page, y, y - height))
            y -= height
            parts.append(here)
        for number in range(page + 1):
            if number:
                paper.turn()
            for box in self._boxes:
                self._draw_box(box, number, parts)
        paper.y = y - self._leading

    def _draw_box(self, box: Box, page: int, parts: Sequence[Sequence[_Part]]) -> None:
        mine = [part for row in parts[box.row : box.row + box.rows] for part in row]
        here = [part for part in mine if part.page == page]
        if not here:
            return
        left, right = self._edges[box.column], self._edges[box.column + box.columns]
        top, bottom = here[0].top, here[-1].bottom
        if self._ruled:
            self._paper.box(left, top, right, bottom)
        lines = self._lines[box[3:5]]
        capacity = max(1, int((top - bottom - 2 * _PAD + 0.01) / self._leading))
        if len({part.page for part in mine}) > 1:  # what does not fit on this page goes on the next
            before = sum(
                max(0, int((min_top - max_bottom - 2 * _PAD + 0.01) / self._leading))
                for min_top, max_bottom in _earlier(mine, page)
            )
            lines = lines[before : before + capacity]
        gap = (top - bottom - len(lines) * self._leading) / 2
        for i, line in enumerate(lines):
            x = (
                left + (right - left - _advance(line, self._size)) / 2
                if box.key or box.role == "header"
                else left + _PAD
            )
            self._paper.text(x, top - gap - i * self._leading - self._size, line, self._size)


def _earlier(parts: Sequence[_Part], page: int) -> Iterator[tuple[float, float]]:
    """Top and bottom of what stands of a cell on each page before."""
    for before in sorted({part.page for part in parts if part.page < page}):
        here = [part for part in parts if part.page == before]
        yield here[0].top, here[-1].bottom


def _edges(rows: Grid) -> Iterator[float]:
    """Where the columns begin and end: heads and labels have their widths, figures share what is left."""
    count = max(map(len, rows))
    fixed: dict[int, float] = {}
    for column in range(count):
        roles = {row[column].role for row in rows if column < len(row)}
        for role, sizes in _WIDEST.items():
            if role in roles and column not in fixed and "value" not in roles:
                fixed[column] = sizes[min(column, len(sizes) - 1)]
    rest = count - len(fixed)
    room = _RIGHT - _LEFT
    share = (room - sum(fixed.values())) / rest if rest else 0.0
    grow = 1.0 if rest else room / sum(fixed.values())
    x = _LEFT
    yield x
    for column in range(count):
        x += fixed[column] * grow if column in fixed else min(share, 110.0)
        yield x
