"""Sheets to text: lines to paragraphs, lines in columns drawn, tables that run over
pages made one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from govdisclose.read.dialect import Writer
from govdisclose.read.limits import Limits
from govdisclose.read.pdf.aligned import aligned_runs, drawn
from govdisclose.read.pdf.grid import Ruled
from govdisclose.read.pdf.lines import Line, joined
from govdisclose.read.pdf.paragraph import Margins, goes_on, margins
from govdisclose.read.pdf.sheet import Sheet
from govdisclose.read.pdf.stitch import continues, stitched
from govdisclose.text import Source


class InColumns(NamedTuple):
    """A line of a table without rules."""

    line: Line


Block = Line | InColumns | Ruled


def written(sheets: Sequence[Sheet], name: str | None, limits: Limits) -> Source:
    """The text of all pages."""
    pages = _told([list(sheet.blocks()) for sheet in sheets])
    prose = [[block for block in page if isinstance(block, Line)] for page in pages]
    edges = [margins(lines) for lines in prose]
    known = [edge for edge in edges if edge is not None]
    usual = _usual([line for lines in prose for line in lines], known)
    pen = _Pen(Writer(limits))
    for sheet, blocks, own in zip(sheets, pages, edges, strict=True):
        pen.page(sheet, blocks, own or usual)
    return pen.source(name)


def _told(pages: Sequence[Sequence[Line | Ruled]]) -> list[list[Block]]:
    """The blocks of each page, the lines in columns told from others. A table goes over
    pages, not over a ruled one."""
    flat = [(number, block) for number, page in enumerate(pages) for block in page]
    out: list[list[Block]] = [[] for _ in pages]
    for is_line, group in groupby(flat, lambda placed: isinstance(placed[1], Line)):
        stretch = list(group)
        lines = [block for _, block in stretch if isinstance(block, Line)]
        inside = (
            {i for start, end in aligned_runs(lines) for i in range(start, end)}
            if is_line
            else set()
        )
        for i, (number, block) in enumerate(stretch):
            out[number].append(
                InColumns(block) if isinstance(block, Line) and i in inside else block
            )
    return out


def _usual(lines: Sequence[Line], known: Sequence[Margins]) -> Margins:
    """The margins of pages that have too little text to tell."""
    return (
        Margins(
            *(
                pick(values)
                for pick, values in zip(
                    (min, max, max, max), zip(*known, strict=True), strict=True
                )
            )
        )
        if known
        else Margins(
            min((line.x0 for line in lines), default=0.0),
            max((line.x1 for line in lines), default=0.0),
            2 * max((line.size for line in lines), default=0.0),
            max((line.size for line in lines), default=0.0),
        )
    )


_GOES_ON: Final = re.compile(r"[（(]?(?:续(?:上)?表|接上页|上接|续)[^。]{0,8}")


class _Pen:
    """Writes blocks down in order; holds back a paragraph, a table or lines in columns
    as long as they may go on."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._paragraph: list[tuple[Line, int]] = []
        self._table: list[Ruled] = []
        self._columns: list[tuple[Line, int]] = []

    def page(self, sheet: Sheet, blocks: Iterable[Block], edges: Margins) -> None:
        """All of a page, after what it may give notice of."""
        number = sheet.number
        for code, detail in sheet.faults:
            self._flush()
            self._writer.notice(code, detail)
        first = True
        for block in blocks:
            if isinstance(block, Line):
                if first and self._table and _GOES_ON.fullmatch(block.text):
                    continue  # 续表, over the next part of a table
                self._line(block, number, edges)
            elif isinstance(block, Ruled):
                if not (first and self._table and continues(self._table[-1], block)):
                    self._flush()
                self._table.append(block)
            else:
                if not self._columns:
                    self._flush()
                self._columns.append((block.line, number))
            first = False
        for line in sheet.sideways:
            self._flush()
            self._writer.line(line.text, number)

    def _line(self, line: Line, page: int, edges: Margins) -> None:
        if self._paragraph:
            before, on = self._paragraph[-1]
            if not goes_on(before, line, edges, same_page=on == page):
                self._flush()
        else:
            self._flush()
        self._paragraph.append((line, page))

    def _flush(self) -> None:
        if self._table:
            table = stitched(self._table)
            if max(map(len, table.rows)) > 1:
                self._writer.table(table.rows, table.pages)
            else:  # a frame around a line
                for (text, *_), page in zip(table.rows, table.pages, strict=True):
                    self._writer.line(text, page)
            self._table = []
        if self._paragraph:
            self._writer.pieces(_pieces(self._paragraph))
            self._paragraph = []
        if self._columns:
            texts = drawn([line for line, _ in self._columns])
            for text, (_, page) in zip(texts, self._columns, strict=True):
                if text:
                    self._writer.line(text, page)
            self._columns = []

    def source(self, name: str | None) -> Source:
        """All that was written."""
        self._flush()
        return self._writer.source(name)


def _pieces(lines: Iterable[tuple[Line, int]]) -> Iterator[tuple[str, int]]:
    text, on = "", 0
    for line, page in lines:
        more = joined(text, line.text)
        if page != on and text:
            yield text, on
            text = more[len(text) :]
        else:
            text = more
        on = page
    yield text, on
