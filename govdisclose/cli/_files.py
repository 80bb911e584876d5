"""Files in: what each holds, or one line that says why not. The only place of the
command line that opens a file."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from attrs import frozen

from govdisclose.cli._screen import refuse
from govdisclose.errors import MissingExtra, SourceError
from govdisclose.explain import visible
from govdisclose.read import DEFAULTS, read
from govdisclose.read.contents import contents
from govdisclose.text import Source


@frozen
class Opened:
    """A file: its name, the text in it with the hash of its bytes, or why it cannot be read."""

    name: str
    source: Source | None = None
    sha256: str | None = None
    error: str | None = None


def open_file(name: str) -> Opened:
    """What one file holds, or standard input for `-`."""
    shown = "stdin" if name == "-" else name
    try:
        data = _bytes(name)
        return Opened(shown, read(data, name=shown), hashlib.sha256(data).hexdigest())
    except (SourceError, MissingExtra) as error:
        return Opened(shown, error=str(error))


def _bytes(name: str) -> bytes:
    """The bytes of a file, or of standard input. Raises `SourceError`."""
    if name == "-" and sys.stdin is None:
        raise SourceError("standard input is closed: give it a file, or name one")
    data, _ = (
        contents(sys.stdin.buffer, "stdin", DEFAULTS)
        if name == "-"
        else contents(name, None, DEFAULTS)
    )
    assert isinstance(data, bytes)
    return data


def read_all(names: Iterable[str]) -> list[Source]:
    """What the files hold, in order; ends the command where one cannot be read."""
    return [_source(open_file(name)) for name in names]


def _source(opened: Opened) -> Source:
    return opened.source if opened.source is not None else refuse(opened.error)


def names_of(given: Iterable[str], lists: Iterable[str] = ()) -> Iterator[str]:
    """The files meant: those named, those in folders (sorted, no hidden ones), and
    those on lines of lists."""
    listed = [line for file in lists for line in _lines(file)]
    for name in (*given, *listed):
        path = Path(name)
        if name != "-" and "\0" not in name and path.is_dir():
            yield from map(str, _walk(path))
        else:
            yield name


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        below = path.relative_to(folder)
        if (
            path.is_file()
            and not path.name.startswith("~$")
            and not any(p.startswith(".") for p in below.parts)
        ):
            yield path


def _lines(file: str) -> Iterator[str]:
    try:
        text = sys.stdin.read() if file == "-" else Path(file).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        refuse(f"{visible(file)} is no list of files: {error}")
    yield from (line for line in text.splitlines() if line.strip())
