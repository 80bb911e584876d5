"""What goes over the wire between the process that asks and the worker: words for
errors, bounds, the unit of places.

Both sides import it, so it imports nothing but the standard library.
"""

from __future__ import annotations

from typing import Final, NamedTuple

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

Point = tuple[float, float]
Box = tuple[float, float, float, float]
"""Left, low, right, high."""
Rule = tuple[int, int, int, int]


class Bounds(NamedTuple):
    """What the worker spends at most; `memory` is the bytes of address space of its process."""

    pages: int
    characters: int
    rules: int
    memory: int


def whole(value: float) -> int:
    """In hundredths of a point; what is not a number, or is out of this world, is 0."""
    return round(value * POINT) if abs(value) < 1e6 else 0
