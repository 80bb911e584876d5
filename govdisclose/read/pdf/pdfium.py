"""In the worker: a file opened by PDFium, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float, memmove, string_at
from typing import Any, Final

from govdisclose.read.pdf.characters import characters
from govdisclose.read.pdf.drawn import Drawn
from govdisclose.read.pdf.stand_in import stand_in
from govdisclose.read.pdf.wire import (
    BROKEN,
    PASSWORD,
    TOO_MANY,
    UNREADABLE,
    Bounds,
    whole,
)


class Library:
    """PDFium, loaded once, with one font for all that a file names and does not hold."""

    def __init__(self) -> None:
        import pypdfium2_raw as pdfium

        self._pdfium: Any = pdfium
        self._fonts = _fonts(pdfium, stand_in())  # PDFium keeps no hold on it
        pdfium.FPDF_InitLibrary()
        pdfium.FPDF_SetSystemFontInfo(byref(self._fonts))

    def pages(self, data: bytes, bounds: Bounds) -> Iterator[dict[str, Any]]:
        """Messages: `{"pages": n}`, one a page, or `{"error": …, "detail": …}`, which
        is the last."""
        pdfium = self._pdfium
        document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
        if not document:
            locked = pdfium.FPDF_GetLastError() in (
                pdfium.FPDF_ERR_PASSWORD,
                pdfium.FPDF_ERR_SECURITY,
            )
            yield {"error": PASSWORD if locked else UNREADABLE}
            return
        try:
            yield from _pages(pdfium, document, bounds)
        finally:
            pdfium.FPDF_CloseDocument(document)


def _pages(pdfium: Any, document: Any, bounds: Bounds) -> Iterator[dict[str, Any]]:
    count = pdfium.FPDF_GetPageCount(document)
    if count > bounds.pages:
        yield {"error": TOO_MANY, "detail": f"{count:,} pages", "limit": "pages"}
        return
    if count < 1:
        yield {"error": UNREADABLE}
        return
    yield {"pages": count}
    left = bounds.characters
    for number in range(count):
        page = pdfium.FPDF_LoadPage(document, number)
        if not page:
            yield {"error": BROKEN}
            return
        try:
            message = _page(pdfium, page, left, bounds.rules)
        finally:
            pdfium.FPDF_ClosePage(page)
        yield message
        if "error" in message:
            return
        left -= len(message["text"])


def _page(pdfium: Any, page: Any, most: int, rules: int) -> dict[str, Any]:
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return {"error": BROKEN}
    try:
        count = max(0, pdfium.FPDFText_CountChars(text))
        if count > most:
            return {
                "error": TOO_MANY,
                "detail": f"{count:,} characters",
                "limit": "characters",
            }
        drawn = Drawn(pdfium, page, rules)
        drawn.walk()
        if drawn.too_many():
            detail = "more lines and shapes than a page of text has"
            return {"error": TOO_MANY, "detail": detail, "limit": None}
        message = characters(pdfium, text, count, drawn)
    finally:
        pdfium.FPDFText_ClosePage(text)
    message["box"] = [whole(value) for value in _box(pdfium, page)]
    message["rules"] = drawn.rules
    message["images"] = [[whole(value) for value in box] for _, box in drawn.images]
    message["shapes"] = drawn.shapes
    return message


def _box(pdfium: Any, page: Any) -> list[float]:
    rect = pdfium.FS_RECTF()
    if not pdfium.FPDF_GetPageBoundingBox(page, byref(rect)):
        return list((c_float * 4)())
    return [rect.left, rect.bottom, rect.right, rect.top]


# --- fonts

_BUILT_IN: Final = (b"Helvetica", b"Times", b"Courier", b"Symbol", b"ZapfDingbats")
_STAND_IN: Final = 1  # a handle


def _fonts(pdfium: Any, font: bytes) -> Any:
    """The fonts of a machine that has one alone. Those built into PDFium stay what they are."""
    info = pdfium.FPDF_SYSFONTINFO()
    info.version = 1
    kind = dict(info._fields_)

    def find(
        _info: Any,
        _weight: int,
        _italic: int,
        _set: int,
        _pitch: int,
        name: Any,
        _: Any,
    ) -> int | None:
        return None if string_at(name).startswith(_BUILT_IN) else _STAND_IN

    def give(_info: Any, _handle: Any, table: int, room: Any, size: int) -> int:
        if table:
            return 0  # a table of the font, or a collection of fonts
        if size >= len(font):
            memmove(room, font, len(font))
        return len(font)

    info.MapFont = kind["MapFont"](find)
    info.GetFontData = kind["GetFontData"](give)
    info.GetFont = kind["GetFont"](lambda _info, _name: None)
    info.GetFaceName = kind["GetFaceName"](lambda _info, _handle, _room, _size: 0)
    info.GetFontCharset = kind["GetFontCharset"](lambda _info, _handle: 1)
    for name in ("Release", "EnumFonts", "DeleteFont"):
        setattr(info, name, kind[name](lambda *_: None))
    return info
