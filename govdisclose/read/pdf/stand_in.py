"""The font that stands in for every font that a PDF names and does not hold.

PDFium asks the machine for such fonts, and what it finds decides how wide a character is taken
to be: on a machine without Chinese fonts each is empty, and PDFium leaves out a text of one
character that has no ink (`件` under 单位). How wide a character is set stands in the PDF itself.
So all machines are given the same font, made here: every character is a thin bar at its origin.
It is never wider than what the PDF says, and it is never empty.

The tables are those of the OpenType specification, the few that FreeType asks for.
"""

from __future__ import annotations

import struct
from typing import Final

_EM: Final = 1000
_HALF: Final = 500
_BAR: Final = 20  # how wide the ink is
_HEIGHT: Final = 860  # of a Chinese character over the line, and its depth below
_DEPTH: Final = 140
_BOX: Final = (
    0,
    -_DEPTH,
    _BAR,
    700,
)  # what a PDF says of its font reaches higher than this
_GLYPHS: Final = (
    0xFFFE  # fonts without a table of characters name their glyphs by number
)
_NARROW, _WIDE = 1, 2  # the numbers of glyphs


def stand_in() -> bytes:
    """A TrueType font: characters before U+2E80 half as wide as those after, where the
    PDF says nothing."""
    bar = _bar()
    tables = {
        b"cmap": _characters(),
        b"glyf": bar * 2,
        b"head": _head(),
        b"hhea": _line(),
        b"hmtx": _widths(),
        b"loca": struct.pack(">HH", 0, len(bar) // 2) * (_GLYPHS // 2) + bytes(2),
        b"maxp": struct.pack(">IH13H", 0x10000, _GLYPHS, 4, 1, 0, 0, 1, *[0] * 8),
    }
    return _font(tables)


def _font(tables: dict[bytes, bytes]) -> bytes:
    count = len(tables)
    power = count.bit_length() - 1
    search = 16 << power
    directory = [
        struct.pack(">IHHHH", 0x10000, count, search, power, 16 * count - search)
    ]
    start = 12 + 16 * count
    body = b""
    for tag, table in sorted(tables.items()):
        directory.append(struct.pack(">4sIII", tag, 0, start + len(body), len(table)))
        body += table + bytes(-len(table) % 4)
    return b"".join(directory) + body


def _bar() -> bytes:
    """A glyph of one outline of four points; each is told by its distance from the one before."""
    left, low, right, high = _BOX
    width, height = right - left, high - low
    on_curve = bytes([1] * 4)
    xs, ys = (
        struct.pack(">4h", left, width, 0, -width),
        struct.pack(">4h", low, 0, height, 0),
    )
    glyph = struct.pack(">5hHH", 1, *_BOX, 3, 0) + on_curve + xs + ys
    return glyph + bytes(-len(glyph) % 4)


def _characters() -> bytes:
    """Format 13: all characters of a range are one glyph."""
    groups = struct.pack(">6I", 0x20, 0x2E7F, _NARROW, 0x2E80, 0x10FFFF, _WIDE)
    table = struct.pack(">HHIII", 13, 0, 16 + len(groups), 0, 2) + groups
    windows_full = struct.pack(">HHI", 3, 10, 12)
    return struct.pack(">HH", 0, 1) + windows_full + table


def _head() -> bytes:
    magic = 0x5F0F3CF5
    start = struct.pack(">4IHHqq", 0x10000, 0x10000, 0, magic, 0, _EM, 0, 0)
    return start + struct.pack(">4hHHhhh", *_BOX, 0, 8, 2, 0, 0)


def _line() -> bytes:
    return struct.pack(">IhhhH11hH", 0x10000, _HEIGHT, -_DEPTH, 0, _EM, *[0] * 11, 3)


def _widths() -> bytes:
    """Those of the first three glyphs; all others are as wide as the last."""
    return struct.pack(">HhHhHh", _EM, 0, _HALF, 0, _EM, 0)
