"""Readers: files to text. What a file is, is told by its content; its name is only for messages.

Reading order: `format` (what a file is), one room for each format that can be read (`text`, `html`,
`word`, `pdf`: bytes in, `Source` out), `dialect` (how they write down what they found), `limits`
(what a file may cost).
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from attrs import evolve

from govdisclose.errors import MissingExtra, NotText, SourceError
from govdisclose.read.limits import Limits
from govdisclose.text import Notice, Source

if TYPE_CHECKING:
    from govdisclose.read.format import Format

__all__ = ["DEFAULTS", "File", "Limits", "read"]


class Readable(Protocol):
    """A file object, as far as it is needed."""

    def read(self, size: int = ..., /) -> bytes | str:
        """At most so many bytes (or characters, of a file opened as text)."""


File: TypeAlias = str | os.PathLike[str] | bytes | bytearray | memoryview | Readable

DEFAULTS: Final = Limits()


def read(file: File, *, name: str | None = None, encoding: str | None = None, limits: Limits = DEFAULTS) -> Source:
    r"""The text of a file, for `parse`, with the places where it stood in the file.

    `file` is a path, the bytes of a file, or a file object. Text, HTML, Word (.docx) and PDF files are read; what a
    file is, is told by its content. `name` is what messages call it, by default its path. `encoding` is that of a text
    or a web page where you know it, such as one from an HTTP header; a byte-order mark still goes before it.

    Never opens the network, never writes. A file costs at most what `limits` allow (see `Limits`).

    Raises `SourceError` for a file that cannot be read (the message says what it is and what to do), and `MissingExtra`
    where a library is needed that is not installed.

    >>> read("一、概述\n".encode("gb18030"), name="年报.txt").text
    '一、概述\n'
    """
    data, name = _contents(file, name, limits)
    if isinstance(data, str):
        return Source(data, name)
    from govdisclose.read.format import named_formats, recognise_format  # patterns, for nobody who has text

    format_ = recognise_format(data)
    try:
        if format_.reader is None:
            raise SourceError(f"{format_.name}, which cannot be read as it is: {format_.advice}")
        source = _run(format_, data, name, limits, encoding)
    except SourceError as error:
        raise SourceError(f"{_shown(name)}: {error}") from error
    usual = list(named_formats(name or ""))
    if usual and format_ not in usual:
        notice = Notice(
            "misnamed-file",
            f"the name is that of {usual[0].name}, the content is {format_.name}",
            detail_zh=f"名为 {usual[0].endings[0]}，实为 {format_.endings[0]}",
        )
        return evolve(source, notices=(notice, *source.notices))
    return source


def _run(format_: Format, data: bytes, name: str | None, limits: Limits, encoding: str | None) -> Source:
    """Import the reader of a format, and let it read."""
    for library in format_.needs:
        try:
            import_module(library)
        except ModuleNotFoundError as error:
            raise MissingExtra(
                f"{_shown(name)}: {format_.name}, and reading it needs {library}, which is not installed: "
                f"pip install 'govdisclose[{format_.extra}]'",
                name=library,
            ) from error
    reader = getattr(import_module(f"govdisclose.read.{format_.reader}"), f"read_{format_.reader}")
    source: Source = reader(data, name, limits, *[encoding] * format_.encoded)
    return source


def _contents(file: File, name: str | None, limits: Limits) -> tuple[bytes | str, str | None]:
    """What is in a file, and what to call it."""
    if isinstance(file, bytes | bytearray | memoryview):
        return _bounded(bytes(file), name, limits), name
    if isinstance(file, str | os.PathLike):
        path = os.fspath(file)
        name = path if name is None else name
        try:
            with Path(path).open("rb") as opened:
                return _bounded(opened.read(limits.size + 1), name, limits), name
        except FileNotFoundError as error:
            raise SourceError(f"there is no file {_shown(name)}: check the name") from error
        except IsADirectoryError as error:
            raise SourceError(f"{_shown(name)} is a folder: name a file in it") from error
        except (OSError, ValueError) as error:  # ValueError: a name that holds NUL
            if isinstance(error, SourceError):
                raise
            reason = getattr(error, "strerror", None) or error
            raise SourceError(
                f"{_shown(name)} cannot be read ({reason}): check the name and the permissions"
            ) from error
    if not hasattr(file, "read"):
        raise NotText(f"read() takes a path, bytes or a file object, not {type(file).__name__}")
    said = getattr(file, "name", None)
    name = said if name is None and isinstance(said, str) else name
    return _bounded(file.read(limits.size + 1), name, limits), name


def _bounded(data: bytes | str, name: str | None, limits: Limits) -> bytes | str:
    if len(data) > limits.size:
        raise SourceError(f"{_shown(name)} is larger than {limits.size:,} bytes (limit: size)")
    return data


def _shown(name: str | None) -> str:
    return "this file" if name is None else "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)
