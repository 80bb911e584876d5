"""What is in a file, whatever it was given as: a path, bytes, a file object, a pipe."""

from __future__ import annotations

import io
import os
import time
from pathlib import Path
from typing import Final, Protocol, TypeAlias

from govdisclose.errors import NotText, SourceError
from govdisclose.read.limits import Limits


class Readable(Protocol):
    """A file object, as far as it is needed."""

    def read(self, size: int = ..., /) -> bytes | str:
        """At most so many bytes (or characters, of a file opened as text)."""


File: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | Readable


def contents(
    file: File, name: str | None, limits: Limits
) -> tuple[bytes | str, str | None]:
    """What is in a file, and what to call it."""
    if isinstance(file, bytes | bytearray | memoryview):
        return _bounded(bytes(file), name, limits), name
    if isinstance(file, str | os.PathLike):
        path = os.fspath(file)
        name = path if name is None else name
        try:
            return _bounded(_read_path(Path(path), limits), name, limits), name
        except FileNotFoundError as error:
            raise SourceError(
                f"there is no file {shown(name)}: check the name"
            ) from error
        except IsADirectoryError as error:
            raise SourceError(
                f"{shown(name)} is a folder: name a file in it"
            ) from error
        except (OSError, ValueError) as error:  # ValueError: a name that holds NUL
            if isinstance(error, SourceError):
                raise
            reason = getattr(error, "strerror", None) or error
            raise SourceError(
                f"{shown(name)} cannot be read ({reason}): check the name and the permissions"
            ) from error
    if not hasattr(file, "read"):
        raise NotText(
            f"read() takes a path, bytes or a file object, not {type(file).__name__}"
        )
    said = getattr(file, "name", None)
    name = said if name is None and isinstance(said, str) else name
    return _bounded(_read_to_end(file, limits), name, limits), name


def _read_to_end(file: Readable, limits: Limits) -> bytes | str:
    """All of it, up to the limit: a raw file may give less than it is asked for before its end."""
    piece = file.read(limits.size + 1)
    if isinstance(piece, str):
        return piece  # a file of text gives all that there is
    pieces = [piece]
    left = limits.size + 1 - len(piece)
    while piece and left > 0:
        more = file.read(left)
        if not isinstance(more, bytes) or not more:
            break
        pieces.append(more)
        left -= len(more)
    return b"".join(pieces) if len(pieces) > 1 else piece


_PATIENCE: Final = 2.0  # seconds in which somebody opens the other end of a pipe
_NAP: Final = 0.05
_PIECE: Final = 1 << 16  # bytes


def _read_path(path: Path, limits: Limits) -> bytes | str:
    if not path.is_fifo():
        with path.open("rb") as opened:
            return _read_to_end(opened, limits)
    # To open a pipe waits for somebody who writes, for ever.
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb", buffering=0) as pipe:
        first = _first_of(pipe)
        os.set_blocking(descriptor, True)
        rest = _read_to_end(pipe, limits)
        assert isinstance(rest, bytes)
        return first + rest


def _first_of(pipe: io.FileIO) -> bytes:
    """What is written first. A pipe that nobody has opened to write ends at once, as
    one does that was closed."""
    until = time.monotonic() + _PATIENCE
    while (found := pipe.read(_PIECE)) == b"":
        if time.monotonic() > until:
            raise SourceError(
                "nobody writes to this pipe: name a file, or start what writes first"
            )
        time.sleep(_NAP)
    return found or b""  # None: somebody has it open, and has written nothing yet


def _bounded(data: bytes | str, name: str | None, limits: Limits) -> bytes | str:
    if len(data) > limits.size:
        raise SourceError(
            f"{shown(name)} is larger than {limits.size:,} bytes (limit: size)"
        )
    return data


def shown(name: str | None) -> str:
    """What a message calls a file; what cannot be printed of its name is replaced."""
    return (
        "this file"
        if name is None
        else "".join(
            c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name
        )
    )
