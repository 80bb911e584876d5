"""What a reader spends on one file at most."""

from __future__ import annotations

import math
import time
from typing import Any, Final

from attrs import Attribute, field, frozen

from govdisclose.errors import SourceError

MEBI: Final = 1 << 20


def _positive(limits: Limits, bound: Attribute[Any], value: object) -> None:
    """A bound is a number over 0 that has an end: what is not bounded is not a limit."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{bound.name} is a number, not {value!r}")
    if not 0 <= value < math.inf:
        raise ValueError(
            f"{bound.name} is {value!r}: a limit is a number that is not negative and has an end"
        )


@frozen
class Limits:
    """Bounds on one file. A file that goes over one of them ends in `SourceError`,
    which names the bound.

    `size` is bytes of the file; `unpacked` bytes of what is packed in it, all in all;
    `characters` those of the text that comes out; `cells` those of all tables, merged
    cells counted as often as they are repeated; `depth` how deep elements may nest;
    `pages` those of a PDF; `seconds` how long a PDF may take; `entries` how many files
    may be packed in a DOCX, and `elements` how many tags and attributes one of them, or
    tags a web page, may have.

    Raises `ValueError` for a bound that is negative or has no end, `TypeError` for one
    that is no number.

    >>> from govdisclose import SourceError, read
    >>> try:
    ...     read(b"12345678901", limits=Limits(size=10))
    ... except SourceError as error:
    ...     print(error)
    this file is larger than 10 bytes (limit: size)
    """

    size: int = field(default=64 * MEBI, validator=_positive)
    unpacked: int = field(default=256 * MEBI, validator=_positive)
    characters: int = field(default=4_000_000, validator=_positive)
    cells: int = field(default=200_000, validator=_positive)
    depth: int = field(default=256, validator=_positive)
    pages: int = field(default=500, validator=_positive)
    seconds: float = field(default=120.0, validator=_positive)
    entries: int = field(default=10_000, validator=_positive)
    elements: int = field(default=1_000_000, validator=_positive)


class Clock:
    """Started when it is made; `check` raises `SourceError` once `seconds` are over."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = time.monotonic() + seconds

    def check(self, what: str) -> None:
        """Go on, or say what took too long, such as `page 3 of the PDF is reached`."""
        if time.monotonic() > self._until:
            raise SourceError(
                f"{what} after {self._seconds:g} seconds (limit: seconds)"
            )
