"""PDF files: pages to text in reading order, with tables row by row.

A PDF has no words, lines or tables: only characters and lines at places of a page. What
belongs together is told from those places, in this order:

1. `process` has PDFium, in a process of its own, read each page: glyphs and ruling lines (`worker`
   with `pdfium`, `drawn`, `characters`, `stand_in`; they speak by `wire`), which `page` takes in;
2. `sheet`: `grid` makes tables of ruling lines, `lines` makes lines of the glyphs that are left, and
   `furniture` finds page numbers and running heads;
3. `write`: `aligned` finds lines whose words stand in columns, and draws them so, `paragraph` joins
   lines, `stitch` joins tables that run over pages.
"""

from __future__ import annotations

from govdisclose.errors import SourceError
from govdisclose.read.limits import Clock, Limits
from govdisclose.read.pdf.page import make_page
from govdisclose.read.pdf.process import Ask, messages, resident_worker
from govdisclose.read.pdf.sheet import make_sheet, without_furniture
from govdisclose.read.pdf.write import written
from govdisclose.text import Source

__all__ = ["read_pdf", "resident_worker"]


def read_pdf(
    data: bytes, name: str | None, limits: Limits, ask: Ask = messages
) -> Source:
    """The text of a PDF in the plain dialect, with the page of every line, and table,
    row and column of every cell.

    A page without text (a scan), one whose fonts do not say which characters they
    print, and one with text that nobody sees give a notice. `ask` is that of a
    `resident_worker`. Raises `SourceError` for a file that is no PDF, is cut off,
    damaged or locked, or goes over a limit, and `MissingExtra` where pypdfium2 is not
    installed."""
    clock = Clock(limits.seconds)
    check(data, limits)
    sheets = []
    for number, message in enumerate(ask(data, limits), 1):
        clock.check(f"page {number} of the PDF is reached")
        sheets.append(make_sheet(make_page(number, message), limits, clock))
    clock.check("the last page of the PDF is read")
    return written(without_furniture(sheets), name, limits)


def check(data: bytes, limits: Limits) -> None:
    """Raise `SourceError` where a look at the file tells that it is not a whole PDF of
    a size that is read.

    Whatever writes a PDF writes `startxref` last. PDFium mends files that were cut off
    by leaving out what it does not find; a report without its last pages must not be
    taken for a whole one."""
    if len(data) > limits.size:
        raise SourceError(
            f"the PDF has {len(data):,} bytes, more than {limits.size:,} (limit: size)"
        )
    if b"%PDF-" not in data[:1024]:
        raise SourceError(
            f"this is no PDF: it begins with {data[:8]!r}, not with %PDF-"
        )
    if data.rfind(b"startxref") < data.rfind(b"endobj"):
        raise SourceError(
            f"the PDF is cut off: nothing follows its last object, at byte {data.rfind(b'endobj'):,} of {len(data):,}; "
            "get the file again"
        )
