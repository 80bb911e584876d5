"""What runs in a process of its own: PDFium, which turns pages into characters and ruling lines.

PDFium is native code that is fed files from anywhere. It cannot be stopped in the middle of a page, and a page of a few
hundred bytes can ask for any amount of time and memory (forms that draw forms that draw forms). A process can be given
a bound on memory, can be killed, and takes nothing with it if it crashes. So nothing of PDFium is loaded in the
process that asks.

This file is run by path, with `sys.path` handed over, and imports nothing but the standard library and PDFium: it
starts in 40 ms. It reads the font that stands in for all that the file lacks, and then the file, from its standard
input, opens no other, and writes one line of JSON a page.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator
from contextlib import suppress
from ctypes import addressof, byref, c_double, c_float, c_int, c_uint, memmove, string_at
from typing import Any, Final, NamedTuple

# --- what goes over the wire

PASSWORD: Final = "password"
"""The file cannot be opened without one."""
UNREADABLE: Final = "unreadable"
"""PDFium does not take it for a PDF."""
TOO_MANY: Final = "too many"
"""Something goes over a bound; the detail says what."""
BROKEN: Final = "broken"
"""A page cannot be loaded."""
MEMORY: Final = "memory"

POINT: Final = 100
"""Coordinates are whole hundredths of a point (1/72 inch), upwards from the lower left corner, as a PDF counts them."""


class Bounds(NamedTuple):
    """What the worker spends at most; `memory` is the bytes of address space of its process."""

    pages: int
    characters: int
    rules: int
    memory: int


# Of a page object and a segment of a path, from fpdf_edit.h.
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE_TO, _BEZIER_TO = 0, 1
_FORMS_DEEP: Final = 20  # PDFium itself stops at 40
_THIN: Final = 3.0  # points: what is drawn thinner than this is a line, whatever it was drawn with
_WHITE: Final = 250  # of 255: ink that nobody sees

Point = tuple[float, float]
Matrix = tuple[float, float, float, float, float, float]
Rule = tuple[int, int, int, int]


def main() -> None:
    """Read the bounds from the arguments, and the font and the file from standard input."""
    path, numbers, size = json.loads(sys.argv[1])
    sys.path[:] = path
    bounds = Bounds(*numbers)
    _hold(bounds.memory)
    font = sys.stdin.buffer.read(size)
    data = sys.stdin.buffer.read()
    try:
        for message in pages_of(data, font, bounds):
            sys.stdout.write(json.dumps(message, separators=(",", ":")))
            sys.stdout.write("\n")
            sys.stdout.flush()
    except MemoryError:
        sys.stdout.write(json.dumps({"error": MEMORY}) + "\n")


def _hold(memory: int) -> None:
    """Bound this process. Where the system has no such bounds (Windows), time is what stops it."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or memory < most:
        with suppress(ValueError):  # macOS knows the name but refuses most values
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def pages_of(data: bytes, font: bytes, bounds: Bounds) -> Iterator[dict[str, Any]]:
    """Messages: `{"pages": n}`, then one a page, or `{"error": …, "detail": …}`, which is the last."""
    import pypdfium2_raw as pdfium

    pdfium.FPDF_InitLibrary()
    fonts = _fonts(pdfium, font)  # PDFium keeps no hold on it
    pdfium.FPDF_SetSystemFontInfo(byref(fonts))
    document = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not document:
        locked = pdfium.FPDF_GetLastError() in (pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY)
        yield {"error": PASSWORD if locked else UNREADABLE}
        return
    try:
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
    finally:
        pdfium.FPDF_CloseDocument(document)
        pdfium.FPDF_DestroyLibrary()


def _page(pdfium: Any, page: Any, characters: int, rules: int) -> dict[str, Any]:
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        return {"error": BROKEN}
    try:
        count = pdfium.FPDFText_CountChars(text)
        if count > characters:
            return {"error": TOO_MANY, "detail": f"{count:,} characters", "limit": "characters"}
        message = _characters(pdfium, text, max(0, count))
    finally:
        pdfium.FPDFText_ClosePage(text)
    drawn = _Drawn(pdfium, page, rules)
    drawn.walk()
    if len(drawn.rules) > rules or drawn.steps > drawn.most:
        return {"error": TOO_MANY, "detail": "more lines and shapes than a page of text has", "limit": None}
    box = (c_float * 4)()
    rect = pdfium.FS_RECTF()
    if pdfium.FPDF_GetPageBoundingBox(page, byref(rect)):
        box[:] = [rect.left, rect.bottom, rect.right, rect.top]
    message["box"] = [_whole(value) for value in box]
    message["rules"] = drawn.rules
    message["images"] = drawn.images
    message["shapes"] = drawn.shapes
    return message


def _whole(value: float) -> int:
    """In hundredths of a point; what is not a number, or is out of this world, is 0."""
    return round(value * POINT) if abs(value) < 1e6 else 0


# --- fonts

_BUILT_IN: Final = (b"Helvetica", b"Times", b"Courier", b"Symbol", b"ZapfDingbats")
_STAND_IN: Final = 1  # a handle


def _fonts(pdfium: Any, font: bytes) -> Any:
    """The fonts of a machine that has one alone, whatever is asked for. Those built into PDFium stay what they are."""
    info = pdfium.FPDF_SYSFONTINFO()
    info.version = 1
    kind = dict(info._fields_)

    def find(_info: Any, _weight: int, _italic: int, _charset: int, _pitch: int, name: Any, _exact: Any) -> int | None:
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


# --- characters


def _characters(pdfium: Any, text: Any, count: int) -> dict[str, Any]:
    """Columns of equal length: code points; left, lower, right and upper edge of each; its origin; turn; run.

    `turn` is in quarters, anticlockwise: 0 for text that runs to the right, -1 for text that runs aslant. A code point
    of 0 is a glyph that the file does not say the character of. What is printed by one text object is one run.
    """
    runs: list[int] = []
    matrix = pdfium.FS_MATRIX()
    matrix_at = byref(matrix)
    codes: list[int] = []
    boxes: list[int] = []
    origins: list[int] = []
    turns: list[int] = []
    rect, x, y = pdfium.FS_RECTF(), c_double(), c_double()
    rect_at, x_at, y_at = byref(rect), byref(x), byref(y)
    for i in range(count):
        if pdfium.FPDFText_IsGenerated(text, i) == 1:
            continue  # blanks and line breaks that PDFium thinks fit
        code = pdfium.FPDFText_GetUnicode(text, i)
        if pdfium.FPDFText_HasUnicodeMapError(text, i) == 1:
            code = 0
        elif pdfium.FPDFText_IsHyphen(text, i) == 1:
            code = 0x2D  # at the end of a line PDFium writes U+0002 for it
        if not (
            pdfium.FPDFText_GetLooseCharBox(text, i, rect_at) and pdfium.FPDFText_GetCharOrigin(text, i, x_at, y_at)
        ):
            continue
        quarter = pdfium.FPDFText_GetCharAngle(text, i) / (math.pi / 2)
        turn = round(quarter)
        codes.append(code)
        runs.append(_address(pdfium.FPDFText_GetTextObject(text, i)))
        size = pdfium.FPDFText_GetFontSize(text, i)
        scale = math.hypot(matrix.a, matrix.b) if pdfium.FPDFText_GetMatrix(text, i, matrix_at) else 1.0
        box = _scaled((rect.left, rect.bottom, rect.right, rect.top), (x.value, y.value), size, scale)
        boxes += map(_whole, box)
        origins += (_whole(x.value), _whole(y.value))
        turns.append(turn % 4 if abs(quarter - turn) < 0.06 else -1)
    return {"text": codes, "boxes": boxes, "origins": origins, "turns": turns, "runs": runs}


def _address(thing: Any) -> int:
    return addressof(thing.contents) if thing else 0


Box = tuple[float, float, float, float]


def _scaled(box: Box, origin: Point, size: float, scale: float) -> Box:
    """The box of a character of vertical writing as it is set: PDFium tells it in the size of the font alone.

    It is as wide as that size; the box of other writing is as high as the size that the font is scaled to.
    """
    left, low, right, high = box
    if abs(right - left - size) > 0.01 * size or abs(high - low - size * scale) <= 0.2 * size * scale:
        return box
    x, y = origin
    return x + (left - x) * scale, y + (low - y) * scale, x + (right - x) * scale, y + (high - y) * scale


# --- ruling lines


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


class _Drawn:
    """What is drawn on a page besides characters: lines that run along or down, area of images, count of other shapes.

    A line is `[x0, y0, x1, y1]` with x0 <= x1 and y0 <= y1, and one pair equal.
    """

    def __init__(self, pdfium: Any, page: Any, rules: int) -> None:
        self._pdfium = pdfium
        self._page = page
        self.most = 40 * rules
        self.steps = 0
        self.rules: list[Rule] = []
        self.images: list[Rule] = []
        self.shapes = 0
        self._matrix = pdfium.FS_MATRIX()

    def walk(self) -> None:
        """Go through all objects, into the forms."""
        pdfium = self._pdfium
        identity: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        todo: list[tuple[Any, Matrix, int]] = []

        def push(count: int, get: Any, of: Any, matrix: Matrix, depth: int) -> None:
            self.steps += max(0, count)
            if self.steps <= self.most:
                todo.extend((get(of, i), matrix, depth) for i in range(count))

        push(pdfium.FPDFPage_CountObjects(self._page), pdfium.FPDFPage_GetObject, self._page, identity, 0)
        while todo and self.steps <= self.most:
            thing, matrix, depth = todo.pop()
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == _TEXT:
                continue
            if kind == _FORM and depth < _FORMS_DEEP:
                inner = _times(self._matrix_of(thing), matrix)
                push(pdfium.FPDFFormObj_CountObjects(thing), pdfium.FPDFFormObj_GetObject, thing, inner, depth + 1)
            elif kind == _PATH:
                self._path(thing, _times(self._matrix_of(thing), matrix))
            elif kind == _IMAGE:
                self._image(_times(self._matrix_of(thing), matrix))
            else:
                self.shapes += 1

    def _matrix_of(self, thing: Any) -> Matrix:
        m = self._matrix
        if not self._pdfium.FPDFPageObj_GetMatrix(thing, byref(m)):
            return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        return m.a, m.b, m.c, m.d, m.e, m.f

    def _image(self, matrix: Matrix) -> None:
        """An image fills the unit square; one that is thin is a line."""
        a, b, c, d, e, f = matrix
        xs, ys = sorted((e, e + a, e + c, e + a + c)), sorted((f, f + b, f + d, f + b + d))
        if min(xs[-1] - xs[0], ys[-1] - ys[0]) <= _THIN:
            self._bar(xs[0], ys[0], xs[-1], ys[-1])
        else:
            self.images.append((_whole(xs[0]), _whole(ys[0]), _whole(xs[-1]), _whole(ys[-1])))

    def _path(self, path: Any, matrix: Matrix) -> None:
        pdfium = self._pdfium
        mode, stroke = c_int(), c_int()
        if not pdfium.FPDFPath_GetDrawMode(path, byref(mode), byref(stroke)):
            return
        stroked = bool(stroke.value) and self._seen(pdfium.FPDFPageObj_GetStrokeColor, path)
        filled = bool(mode.value) and self._seen(pdfium.FPDFPageObj_GetFillColor, path)
        if not stroked and not filled:
            return
        for points, closed in self._outlines(path, matrix):
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            left, right, low, high = min(xs), max(xs), min(ys), max(ys)
            if min(right - left, high - low) <= _THIN:
                self._bar(left, low, right, high)
            elif stroked:
                for (x0, y0), (x1, y1) in zip(points, [*points[1:], points[0]] if closed else points[1:], strict=False):
                    if min(abs(x1 - x0), abs(y1 - y0)) <= 0.5:
                        self._bar(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _seen(self, get: Any, path: Any) -> bool:
        red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
        if not get(path, byref(red), byref(green), byref(blue), byref(alpha)):
            return True  # a pattern, or a colour space that PDFium does not tell
        return alpha.value > 0 and min(red.value, green.value, blue.value) < _WHITE

    def _outlines(self, path: Any, matrix: Matrix) -> Iterator[tuple[list[Point], bool]]:
        """The parts of a path that are made of straight lines: their corners, and whether they are closed."""
        pdfium = self._pdfium
        a, b, c, d, e, f = matrix
        x, y = c_float(), c_float()
        x_at, y_at = byref(x), byref(y)
        points: list[Point] = []
        straight = closed = True
        count = pdfium.FPDFPath_CountSegments(path)
        self.steps += max(0, count)
        if self.steps > self.most:
            return
        for i in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(path, i)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            if not pdfium.FPDFPathSegment_GetPoint(segment, x_at, y_at):
                continue
            if kind not in (_LINE_TO, _BEZIER_TO):  # move to
                if straight and len(points) > 1:
                    yield points, closed
                points, straight, closed = [], True, False
            elif kind == _BEZIER_TO:
                self.shapes += straight
                straight = False
            points.append((a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if pdfium.FPDFPathSegment_GetClose(segment):
                closed = True
        if straight and len(points) > 1:
            yield points, closed

    def _bar(self, left: float, low: float, right: float, high: float) -> None:
        """A line as long as the longer side, in the middle of the shorter one."""
        if right - left >= high - low:
            y = _whole((low + high) / 2)
            self.rules.append((_whole(left), y, _whole(right), y))
        else:
            x = _whole((left + right) / 2)
            self.rules.append((x, _whole(low), x, _whole(high)))


if __name__ == "__main__":
    main()
