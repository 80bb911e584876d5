"""What a reader spends on one file at most."""

from __future__ import annotations

import time
from typing import Final

from attrs import frozen

from govdisclose.errors import SourceError

MEBI: Final = 1 << 20


@frozen
class Limits:
    """Bounds on one file. A file that goes over one of them ends in `SourceError`, which names the bound.

    `size` is bytes of the file; `unpacked` bytes of what is packed in it, all in all; `characters` those of the text
    that comes out; `cells` those of all tables, merged cells counted as often as they are repeated; `depth` how deep
    elements may nest; `pages` those of a PDF; `seconds` how long a PDF may take; `entries` how many files may be packed
    in a DOCX, and `elements` how many tags and attributes one of them, or tags a web page, may have.

    >>> from govdisclose import SourceError, read
    >>> try:
    ...     read(b"12345678901", limits=Limits(size=10))
    ... except SourceError as error:
    ...     print(error)
    this file is larger than 10 bytes (limit: size)
    """

    size: int = 64 * MEBI
    unpacked: int = 256 * MEBI
    characters: int = 4_000_000
    cells: int = 200_000
    depth: int = 256
    pages: int = 500
    seconds: float = 120.0
    entries: int = 10_000
    elements: int = 1_000_000


class Clock:
    """Started when it is made; `check` raises `SourceError` once `seconds` are over."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._until = time.monotonic() + seconds

    def check(self, what: str) -> None:
        """Go on, or say what took too long, such as `page 3 of the PDF is reached`."""
        if time.monotonic() > self._until:
            raise SourceError(f"{what} after {self._seconds:g} seconds (limit: seconds)")
