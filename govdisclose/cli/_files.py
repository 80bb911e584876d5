"""Files in: what each holds, or one line that says why not.

The only place of the command line that opens a file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

from govdisclose.cli._screen import refuse
from govdisclose.errors import MissingExtra, SourceError
from govdisclose.read import read
from govdisclose.text import Source


def _read(name: str) -> Source:
    """The text of one file, or of standard input for `-`. Raises `SourceError` and `MissingExtra`."""
    return read(sys.stdin.buffer, name="stdin") if name == "-" else read(name)


def read_all(names: Iterable[str]) -> list[Source]:
    """What the files hold, in order; ends the command where one cannot be read."""
    try:
        return [_read(name) for name in names]
    except (SourceError, MissingExtra) as error:
        refuse(error)
