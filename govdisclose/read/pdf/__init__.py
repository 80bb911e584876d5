"""PDF files: pages to text in reading order, with tables row by row.

A PDF has no words, lines or tables: only characters and lines at places of a page. What belongs together is told from
those places, in this order:

1. `process` has PDFium, in a process of its own, read each page: glyphs and ruling lines (`worker`, `page`);
2. `grid` makes tables of ruling lines; `lines` makes lines of the glyphs that are left;
3. `furniture` finds page numbers and running heads;
4. `aligned` finds lines whose words stand in columns, and draws them so;
5. `paragraph` joins lines, `stitch` joins tables that run over pages.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from attrs import evolve, field, frozen

from govdisclose.errors import SourceError
from govdisclose.read.dialect import Writer
from govdisclose.read.limits import Limits
from govdisclose.read.pdf.aligned import aligned_runs, drawn
from govdisclose.read.pdf.furniture import Sheet, furniture
from govdisclose.read.pdf.grid import Ruled, ruled_tables
from govdisclose.read.pdf.lines import Line, joined, lines_of, turned
from govdisclose.read.pdf.page import Page, make_page
from govdisclose.read.pdf.paragraph import Margins, goes_on, margins
from govdisclose.read.pdf.process import Ask, messages, resident_worker
from govdisclose.read.pdf.stitch import continues, stitched
from govdisclose.text import Source

__all__ = ["read_pdf", "resident_worker"]


def read_pdf(data: bytes, name: str | None, limits: Limits, ask: Ask = messages) -> Source:
    """The text of a PDF in the plain dialect, with the page of every line, and table, row and column of every cell.

    A page without text (a scan) and one whose fonts do not say which characters they print give a notice. Raises
    `SourceError` for a file that is no PDF, is cut off, damaged or locked, or goes over a limit, and `MissingExtra`
    where pypdfium2 is not installed.
    """
    start = time.monotonic()
    check(data, limits)
    sheets = []
    for number, message in enumerate(ask(data, limits), 1):
        sheets.append(_sheet(make_page(number, message), limits))
        if time.monotonic() - start > limits.seconds:
            raise SourceError(f"page {number} of the PDF is reached after {limits.seconds:g} seconds (limit: seconds)")
    return _written(_without_furniture(sheets), name, limits)


def check(data: bytes, limits: Limits) -> None:
    """Raise `SourceError` where a look at the file tells that it is not a whole PDF of a size that is read.

    Whatever writes a PDF writes `startxref` last. PDFium mends files that were cut off by leaving out what it does not
    find; a report without its last pages must not be taken for a whole one.
    """
    if len(data) > limits.size:
        raise SourceError(f"the PDF has {len(data):,} bytes, more than {limits.size:,} (limit: size)")
    if b"%PDF-" not in data[:1024]:
        raise SourceError(f"this is no PDF: it begins with {data[:8]!r}, not with %PDF-")
    if data.rfind(b"startxref") < data.rfind(b"endobj"):
        raise SourceError(
            f"the PDF is cut off: nothing follows its last object, at byte {data.rfind(b'endobj'):,} of {len(data):,}; "
            "get the file again"
        )


# --- one page


@frozen
class _Sheet:
    """What was found on a page: tables from top to bottom, lines that stand in none, lines that run sideways."""

    page: Page = field(repr=False)
    tables: Sequence[Ruled]
    lines: Sequence[Line]
    sideways: Sequence[Line]


def _sheet(page: Page, limits: Limits) -> _Sheet:
    tables, rest = ruled_tables(page, limits.cells)
    return _Sheet(
        page,
        _in_order(tables),
        lines_of(g for g in rest if not g.turn),
        [line for turn in (1, 2, 3) for line in lines_of(turned(rest, turn))],
    )


def _in_order(tables: Iterable[Ruled]) -> list[Ruled]:
    """From top to bottom; those side by side from left to right."""
    out: list[Ruled] = []
    for table in sorted(tables, key=lambda t: t.ys[0]):
        i = len(out)
        while i and out[i - 1].xs[0] > table.xs[-1] - 1 and out[i - 1].ys[-1] > table.ys[0] + 1:
            i -= 1  # it begins lower, but stands to the left
        out.insert(i, table)
    return out


def _without_furniture(sheets: Sequence[_Sheet]) -> list[_Sheet]:
    found = furniture(
        [
            Sheet(
                sheet.page.height,
                sheet.lines,
                (min(t.ys[0] for t in sheet.tables), max(t.ys[-1] for t in sheet.tables)) if sheet.tables else None,
            )
            for sheet in sheets
        ]
    )
    return [
        evolve(sheet, lines=[line for j, line in enumerate(sheet.lines) if (i, j) not in found])
        for i, sheet in enumerate(sheets)
    ]


# --- all pages


class InColumns(NamedTuple):
    """A line of a table without rules."""

    line: Line


Block = Line | InColumns | Ruled


def _written(sheets: Sequence[_Sheet], name: str | None, limits: Limits) -> Source:
    pages = _told([list(_blocks(sheet)) for sheet in sheets])
    prose = [[block for block in page if isinstance(block, Line)] for page in pages]
    edges = [margins(lines) for lines in prose]
    usual = _usual([line for lines in prose for line in lines], [e for e in edges if e is not None])
    pen = _Pen(Writer(limits))
    for sheet, blocks, own in zip(sheets, pages, edges, strict=True):
        pen.page(sheet, blocks, own or usual)
    return pen.source(name)


def _told(pages: Sequence[Sequence[Line | Ruled]]) -> list[list[Block]]:
    """The blocks of each page, the lines in columns told from others. A table goes over pages, not over a ruled one."""
    flat = [(number, block) for number, page in enumerate(pages) for block in page]
    out: list[list[Block]] = [[] for _ in pages]
    for is_line, group in groupby(flat, lambda placed: isinstance(placed[1], Line)):
        stretch = list(group)
        lines = [block for _, block in stretch if isinstance(block, Line)]
        inside = {i for start, end in aligned_runs(lines) for i in range(start, end)} if is_line else set()
        for i, (number, block) in enumerate(stretch):
            out[number].append(InColumns(block) if isinstance(block, Line) and i in inside else block)
    return out


def _usual(lines: Sequence[Line], known: Sequence[Margins]) -> Margins:
    """The margins of pages that have too little text to tell."""
    return (
        Margins(*(pick(values) for pick, values in zip((min, max, max, max), zip(*known, strict=True), strict=True)))
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
    """Writes blocks down in order; holds back a paragraph, a table or lines in columns as long as they may go on."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._paragraph: list[tuple[Line, int]] = []
        self._table: list[Ruled] = []
        self._columns: list[tuple[Line, int]] = []

    def page(self, sheet: _Sheet, blocks: Iterable[Block], edges: Margins) -> None:
        """All of a page, after what it may give notice of."""
        number = sheet.page.number
        for code, detail in _faults(sheet):
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


def _blocks(sheet: _Sheet) -> Iterator[Line | Ruled]:
    """What stands on a page, from top to bottom."""
    tables = list(sheet.tables)
    for line in sheet.lines:
        while tables and tables[0].ys[0] < line.y:
            yield tables.pop(0)
        yield line
    yield from tables


# --- what cannot be read

_FEW: Final = 20  # characters on a picture: a stamp, the number of the page
_FOREIGN: Final = re.compile("[\u00a1-\u00a6\u00a8-\u00af\u00b2-\u00b6\u00b8-\u00d6\u00d8-\u024f]")
_MOSTLY: Final = 0.2


def _faults(sheet: _Sheet) -> Iterator[tuple[str, str]]:
    page = sheet.page
    inked = sum(not g.char.isspace() for g in page.glyphs)
    if inked < _FEW and page.pictured:
        yield "no-text-layer", f"page {page.number} is an image"
    # Bytes of Chinese that are shown as Latin letters with accents: the font says so, and it is wrong.
    foreign = sum(_FOREIGN.match(g.char) is not None for g in page.glyphs)
    lost = page.garbled + (foreign if foreign > _MOSTLY * inked else 0)
    if lost:
        yield "garbled-text", f"page {page.number}: {lost:,} of {inked:,} characters"
