"""In the worker: the characters of a page that a person sees, each with its place.

What is covered, white on white, too small or not painted at all is left out, and
counted. A page on whose pictures text lies that is not painted is a scan that was
recognised: that text is what is read."""

from __future__ import annotations

import math
from ctypes import byref, c_double, c_uint
from typing import Any, Final, NamedTuple

from govdisclose.read.pdf.drawn import Drawn, Fill, address
from govdisclose.read.pdf.wire import Box, Point, whole

_WHITE: Final = 250  # of 255, as for lines
_PALE: Final = 128  # half way to white
_INVISIBLE: Final = (3, 7)  # modes of rendering: neither filled nor stroked
_FILLED: Final = (0, 4)
_SMALLEST: Final = 1.5  # points
_BLANKS: Final = frozenset((0x20, 0xA0, 0x3000))
_INK: Final = 0.05  # of the size: a box that is wider and higher is no blank
_UNKNOWN: Final = (
    0  # a code point: the file does not say the character, or says a wrong one
)
_HYPHEN: Final = 0x2D
_HYPHENS: Final = frozenset(
    (0x02, 0x2D, 0xAD)
)  # U+0002 is how PDFium writes one at the end of a line
_LAST: Final = (
    1 << 30
)  # what is not among the objects of the page is painted over all of them
_BAND: Final = 20.0  # points


class _Command(NamedTuple):
    """A text object: when it is painted, the size of its font, what its matrix makes of
    that, how it runs.

    `white` is ink that is not seen on white, `invisible` none at all, `pale` that of a watermark.
    """

    at: int
    size: float
    scale: float
    turn: int
    white: bool
    invisible: bool
    pale: bool


def characters(pdfium: Any, text: Any, count: int, drawn: Drawn) -> dict[str, Any]:
    """Columns of equal length: code points; left, low, right and upper edge; origin;
    turn; run; pale.

    `turn` is in quarters, anticlockwise: 0 for text that runs to the right, -1 for text that runs
    aslant. A code point of 0 is a glyph that the file does not say the character of. What one text
    object prints is one run. `pale` is 1 where the ink is as light as that of a watermark. `hidden`
    has the boxes of what nobody sees.
    """
    page = _Page(pdfium, text, drawn)
    for i in range(count):
        page.add(i)
    return page.message()


class _Page:
    def __init__(self, pdfium: Any, text: Any, drawn: Drawn) -> None:
        self._pdfium = pdfium
        self._text = text
        self._order = drawn.order
        self._covers = _Covers(drawn.fills)
        self._pictures = _Covers([(at, box, False) for at, box in drawn.images])
        self._commands: dict[int, _Command] = {}
        self._rect = pdfium.FS_RECTF()
        self._rect_at = byref(self._rect)
        self._x, self._y = c_double(), c_double()
        self._x_at, self._y_at = byref(self._x), byref(self._y)
        self._codes: list[int] = []
        self._boxes: list[int] = []
        self._origins: list[int] = []
        self._turns: list[int] = []
        self._runs: list[int] = []
        self._pale: list[int] = []
        self._hidden: list[int] = []

    def message(self) -> dict[str, Any]:
        return {
            "text": self._codes,
            "boxes": self._boxes,
            "origins": self._origins,
            "turns": self._turns,
            "runs": self._runs,
            "pale": self._pale,
            "hidden": self._hidden,
        }

    def add(self, i: int) -> None:
        """Put down a character with its place, unless it was made up by PDFium, or has no place."""
        pdfium, text = self._pdfium, self._text
        if pdfium.FPDFText_IsGenerated(text, i) == 1:
            return  # blanks and line breaks that PDFium thinks fit
        if not pdfium.FPDFText_GetLooseCharBox(text, i, self._rect_at):
            return
        if not pdfium.FPDFText_GetCharOrigin(text, i, self._x_at, self._y_at):
            return
        thing = pdfium.FPDFText_GetTextObject(text, i)
        run = address(thing)
        command = self._commands.get(run) or self._command(thing, run, i)
        origin = self._x.value, self._y.value
        rect = self._rect
        box = rect.left, rect.bottom, rect.right, rect.top
        if command.scale != 1.0:
            box = _scaled(box, origin, command.size, command.scale)
        code = self._code(i, command.size * command.scale)
        if self._is_hidden(command, box):
            if code not in _BLANKS:
                self._hidden += map(whole, box)
            return
        self._codes.append(code)
        self._boxes += map(whole, box)
        self._origins += map(whole, origin)
        self._turns.append(command.turn)
        self._runs.append(run)
        self._pale.append(int(command.pale))

    def _code(self, i: int, size: float) -> int:
        pdfium, text = self._pdfium, self._text
        code: int = pdfium.FPDFText_GetUnicode(text, i)
        if pdfium.FPDFText_HasUnicodeMapError(text, i) == 1:
            return _UNKNOWN
        if code in _BLANKS:
            return _UNKNOWN if self._has_ink(i, size) else code
        if code in _HYPHENS and pdfium.FPDFText_IsHyphen(text, i) == 1:
            return _HYPHEN
        return code

    def _has_ink(self, i: int, size: float) -> bool:
        """Whether a glyph is drawn where the font says that there is a blank."""
        sides = [c_double() for _ in range(4)]
        if not self._pdfium.FPDFText_GetCharBox(self._text, i, *map(byref, sides)):
            return False
        left, right, low, high = (side.value for side in sides)
        return min(right - left, high - low) > _INK * size

    # --- what one command prints

    def _command(self, thing: Any, run: int, i: int) -> _Command:
        pdfium, text = self._pdfium, self._text
        matrix = pdfium.FS_MATRIX()
        told = pdfium.FPDFText_GetMatrix(text, i, byref(matrix))
        quarter = pdfium.FPDFText_GetCharAngle(text, i) / (math.pi / 2)
        turn = round(quarter)
        mode = pdfium.FPDFTextObj_GetTextRenderMode(thing) if thing else 0
        darkest = self._darkest(i)
        command = _Command(
            self._order.get(run, _LAST),
            pdfium.FPDFText_GetFontSize(text, i),
            math.hypot(matrix.c, matrix.d) if told else 1.0,
            turn % 4 if abs(quarter - turn) < 0.06 else -1,
            mode in _FILLED and darkest >= _WHITE,
            mode in _INVISIBLE,
            mode in _FILLED and darkest >= _PALE,
        )
        self._commands[run] = command
        return command

    def _darkest(self, i: int) -> float:
        """The darkest of the three colours as it is seen on white; 0 where it is not told."""
        colours = [c_uint() for _ in range(4)]
        if not self._pdfium.FPDFText_GetFillColor(self._text, i, *map(byref, colours)):
            return 0.0
        *colour, alpha = (c.value for c in colours)
        return 255 - (255 - min(colour)) * alpha / 255

    def _is_hidden(self, command: _Command, box: Box) -> bool:
        if command.size * command.scale < _SMALLEST:
            return True
        left, low, right, high = box
        centre = (left + right) / 2, (low + high) / 2
        if self._covers.over(centre, command.at) is not None:
            return True
        if not (command.white or command.invisible):
            return False
        if self._pictures.over(centre, 0) is not None:
            return False  # under or over a picture: a scan with its text
        if command.invisible:
            return True
        under = self._covers.under(centre, command.at)
        return under is None or under[2]


class _Covers:
    """What covers a place: asked for each character, so sorted into bands of the page."""

    def __init__(self, fills: list[Fill]) -> None:
        self._bands: dict[int, list[Fill]] = {}
        for fill in fills:
            _, (_, low, _, high), _ = fill
            first, last = int(max(low, -1e4) // _BAND), int(min(high, 1e4) // _BAND)
            for band in range(first, last + 1):
                self._bands.setdefault(band, []).append(fill)

    def _at(self, place: Point) -> list[Fill]:
        x, y = place
        band = self._bands.get(int(y // _BAND), ()) if abs(y) < 1e4 else ()
        return [f for f in band if f[1][0] <= x <= f[1][2] and f[1][1] <= y <= f[1][3]]

    def over(self, place: Point, at: int) -> Fill | None:
        """What was painted over a place last, after `at`."""
        found = [fill for fill in self._at(place) if fill[0] > at]
        return found[-1] if found else None

    def under(self, place: Point, at: int) -> Fill | None:
        """What was painted there last, before `at`."""
        found = [fill for fill in self._at(place) if fill[0] < at]
        return found[-1] if found else None


def _scaled(box: Box, origin: Point, size: float, scale: float) -> Box:
    """The box of a character of vertical writing as it is set: PDFium tells it in the
    size of the font.

    It is as wide as that size; the box of other writing is as high as the size it is scaled to.
    """
    left, low, right, high = box
    set_size = size * scale
    if (
        abs(right - left - size) > 0.01 * size
        or abs(high - low - set_size) <= 0.2 * set_size
    ):
        return box
    x, y = origin
    return (
        x + (left - x) * scale,
        y + (low - y) * scale,
        x + (right - x) * scale,
        y + (high - y) * scale,
    )
