"""In the worker: what is drawn on a page besides characters, and in which order."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from ctypes import addressof, byref, c_float, c_int, c_uint
from typing import Any, Final

from govdisclose.read.pdf.wire import Box, Point, Rule, whole

# Of a page object and a segment of a path, from fpdf_edit.h.
_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_LINE_TO, _BEZIER_TO = 0, 1
_FORMS_DEEP: Final = 20  # PDFium itself stops at 40
_THIN: Final = (
    3.0  # points: what is drawn thinner is a line, whatever it was drawn with
)
_WHITE: Final = 250  # of 255: ink that nobody sees
_OPAQUE: Final = 255

Matrix = tuple[float, float, float, float, float, float]
_SAME: Final[Matrix] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
Fill = tuple[int, Box, bool]
"""When it is painted, what it covers, whether it is white."""


def address(thing: Any) -> int:
    """What tells one object of a page from another; 0 for none."""
    return addressof(thing.contents) if thing else 0


def _times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    across = a * g + b * i, a * h + b * j
    down = c * g + d * i, c * h + d * j
    return *across, *down, e * g + f * i + k, e * h + f * j + m


def _around(points: list[Point]) -> Box:
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def _placed(matrix: Matrix, point: Point) -> Point:
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


class Drawn:
    """Lines that run along or down, what covers what, images, and the count of other shapes.

    A line is `[x0, y0, x1, y1]` with x0 <= x1 and y0 <= y1, and one pair equal. `order` tells when
    each text object is painted, by its address.
    """

    def __init__(self, pdfium: Any, page: Any, rules: int) -> None:
        self._pdfium = pdfium
        self._page = page
        self._most = rules
        self._steps = 0
        self.rules: list[Rule] = []
        self.fills: list[Fill] = []
        self.images: list[tuple[int, Box]] = []
        self.shapes = 0
        self.order: dict[int, int] = {}
        self._matrix = pdfium.FS_MATRIX()

    def too_many(self) -> bool:
        """Whether a bound was reached; what was found is then not all."""
        return len(self.rules) > self._most or self._steps > 40 * self._most

    def walk(self) -> None:
        """Go through all objects as they are painted, into the forms."""
        pdfium = self._pdfium
        todo: list[tuple[Any, Matrix, int]] = []
        at = 0

        def push(
            count: int,
            get: Callable[[Any, int], Any],
            of: Any,
            matrix: Matrix,
            depth: int,
        ) -> None:
            self._steps += max(0, count)
            if self._steps <= 40 * self._most:
                todo.extend((get(of, i), matrix, depth) for i in reversed(range(count)))

        count = pdfium.FPDFPage_CountObjects(self._page)
        push(count, pdfium.FPDFPage_GetObject, self._page, _SAME, 0)
        while todo and not self.too_many():
            thing, matrix, depth = todo.pop()
            at += 1
            kind = pdfium.FPDFPageObj_GetType(thing)
            if kind == _TEXT:
                self.order[address(thing)] = at
            elif kind == _FORM and depth < _FORMS_DEEP:
                inner = _times(self._matrix_of(thing), matrix)
                count = pdfium.FPDFFormObj_CountObjects(thing)
                push(count, pdfium.FPDFFormObj_GetObject, thing, inner, depth + 1)
            elif kind == _PATH:
                self._path(thing, matrix, at)
            elif kind == _IMAGE:
                self._image(_times(self._matrix_of(thing), matrix), at)
            else:
                self.shapes += 1

    def _matrix_of(self, thing: Any) -> Matrix:
        m = self._matrix
        if not self._pdfium.FPDFPageObj_GetMatrix(thing, byref(m)):
            return _SAME
        return m.a, m.b, m.c, m.d, m.e, m.f

    def _image(self, matrix: Matrix, at: int) -> None:
        """An image fills the unit square; one that is thin is a line."""
        box = _around(
            [_placed(matrix, corner) for corner in ((0, 0), (1, 0), (0, 1), (1, 1))]
        )
        left, low, right, high = box
        if min(right - left, high - low) <= _THIN:
            self._bar(*box)
        else:
            self.images.append((at, box))

    # --- paths

    def _path(self, path: Any, around: Matrix, at: int) -> None:
        pdfium = self._pdfium
        mode, stroke = c_int(), c_int()
        if not pdfium.FPDFPath_GetDrawMode(path, byref(mode), byref(stroke)):
            return
        line = (
            self._ink(pdfium.FPDFPageObj_GetStrokeColor, path)
            if stroke.value
            else (0, 0)
        )
        fill = (
            self._ink(pdfium.FPDFPageObj_GetFillColor, path) if mode.value else (0, 0)
        )
        stroked, filled = _is_seen(*line), _is_seen(*fill)
        covers = fill[1] == _OPAQUE and not pdfium.FPDFPageObj_HasTransparency(path)
        if not (stroked or filled or covers):
            return
        for points, closed in self._outlines(
            path, _times(self._matrix_of(path), around)
        ):
            left, low, right, high = box = _around(points)
            if min(right - left, high - low) <= _THIN:
                if stroked or filled:
                    self._bar(*box)
                continue
            if covers and _is_upright(points):
                clipped = self._clipped(path, box, around)
                self.fills.append((at, clipped, not filled))
            if stroked:
                self._edges(points, closed)

    def _edges(self, points: list[Point], closed: bool) -> None:
        ends = [*points[1:], points[0]] if closed else points[1:]
        for (x0, y0), (x1, y1) in zip(points, ends, strict=False):
            if min(abs(x1 - x0), abs(y1 - y0)) <= 0.5:
                self._bar(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))

    def _ink(self, get: Any, path: Any) -> tuple[int, int]:
        """The darkest of the three colours and how opaque it is."""
        red, green, blue, alpha = c_uint(), c_uint(), c_uint(), c_uint()
        if not get(path, byref(red), byref(green), byref(blue), byref(alpha)):
            return (
                0,
                _OPAQUE - 1,
            )  # a pattern, or a colour space that PDFium does not tell
        return min(red.value, green.value, blue.value), alpha.value

    def _clipped(self, path: Any, box: Box, around: Matrix) -> Box:
        """What is left of a box within the path that its object is clipped to."""
        pdfium = self._pdfium
        clip = pdfium.FPDFPageObj_GetClipPath(path)
        count = pdfium.FPDFClipPath_CountPaths(clip) if clip else 0
        for i in range(max(0, count)):
            points = []
            segments = max(0, pdfium.FPDFClipPath_CountPathSegments(clip, i))
            self._steps += segments
            for k in range(min(segments, 1000)):
                point = self._point(pdfium.FPDFClipPath_GetPathSegment(clip, i, k))
                points += [_placed(around, point)] if point else []
            if points:
                left, low, right, high = _around(points)
                box = (
                    max(box[0], left),
                    max(box[1], low),
                    min(box[2], right),
                    min(box[3], high),
                )
        return box

    def _point(self, segment: Any) -> Point | None:
        x, y = c_float(), c_float()
        told = self._pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        return (x.value, y.value) if told else None

    def _outlines(
        self, path: Any, matrix: Matrix
    ) -> Iterator[tuple[list[Point], bool]]:
        """The parts of a path that are made of straight lines: corners, and whether
        they are closed."""
        pdfium = self._pdfium
        points: list[Point] = []
        straight = closed = True
        count = pdfium.FPDFPath_CountSegments(path)
        self._steps += max(0, count)
        if self._steps > 40 * self._most:
            return
        for i in range(count):
            segment = pdfium.FPDFPath_GetPathSegment(path, i)
            kind = pdfium.FPDFPathSegment_GetType(segment)
            point = self._point(segment)
            if point is None:
                continue
            if kind not in (_LINE_TO, _BEZIER_TO):  # move to
                if straight and len(points) > 1:
                    yield points, closed
                points, straight, closed = [], True, False
            elif kind == _BEZIER_TO:
                self.shapes += straight
                straight = False
            points.append(_placed(matrix, point))
            closed |= bool(pdfium.FPDFPathSegment_GetClose(segment))
        if straight and len(points) > 1:
            yield points, closed

    def _bar(self, left: float, low: float, right: float, high: float) -> None:
        """A line as long as the longer side, in the middle of the shorter one."""
        if right - left >= high - low:
            y = whole((low + high) / 2)
            self.rules.append((whole(left), y, whole(right), y))
        else:
            x = whole((left + right) / 2)
            self.rules.append((x, whole(low), x, whole(high)))


def _is_seen(darkest: int, alpha: int) -> bool:
    return alpha > 0 and darkest < _WHITE


def _is_upright(points: list[Point]) -> bool:
    """Whether it is a rectangle with sides along and down."""
    corners = points[:-1] if points[0] == points[-1] else points
    if len(corners) != 4:
        return False
    xs, ys = {round(p[0], 1) for p in corners}, {round(p[1], 1) for p in corners}
    return len(xs) == 2 and len(ys) == 2
