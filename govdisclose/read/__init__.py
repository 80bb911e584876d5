"""Readers: files to text. What a file is, is told by its content; its name is only for messages.

Reading order: `contents` (what is in a file), `format` (what a file is), one room for each format
that can be read (`text`, `html`, `word`, `pdf`: bytes in, `Source` out), `dialect` (how they write
down what they found), `limits` (what a file may cost).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Protocol

from attrs import evolve

from govdisclose.errors import MissingExtra, SourceError
from govdisclose.read.contents import File, contents, shown
from govdisclose.read.limits import Limits
from govdisclose.text import Notice, Source

if TYPE_CHECKING:
    from govdisclose.read.format import Format

__all__ = ["DEFAULTS", "File", "Limits", "Read", "read", "reading"]


DEFAULTS: Final = Limits()


def read(
    file: File,
    *,
    name: str | None = None,
    encoding: str | None = None,
    limits: Limits = DEFAULTS,
) -> Source:
    r"""The text of a file, for `parse`, with the places where it stood in the file.

    `file` is a path, the bytes of a file, or a file object. Text, HTML, Word (.docx)
    and PDF files are read; what a file is, is told by its content. `name` is what
    messages call it, by default its path. `encoding` is that of a text or a web page
    where you know it, such as one from an HTTP header; a byte-order mark still goes
    before it.

    Never opens the network, never writes. A file costs at most what `limits` allow (see `Limits`).

    Raises `SourceError` for a file that cannot be read (the message says what it is and
    what to do), and `MissingExtra` where a library is needed that is not installed.

    >>> read("一、概述\n".encode("gb18030"), name="年报.txt").text
    '一、概述\n'
    """
    return _read(file, name, encoding, limits, None)


def _read(
    file: File, name: str | None, encoding: str | None, limits: Limits, kept: Any
) -> Source:
    """See `read`; `kept` is what a resident reader asks."""
    data, name = contents(file, name, limits)
    if isinstance(data, str):
        return Source(data, name)
    from govdisclose.read.format import (
        named_formats,
        recognise_format,
    )  # patterns, for nobody who has text

    format_ = recognise_format(data)
    try:
        if format_.reader is None:
            raise SourceError(
                f"{format_.name}, which cannot be read as it is: {format_.advice}"
            )
        source = _run(format_, data, name, limits, kept, encoding)
    except SourceError as error:
        raise SourceError(f"{shown(name)}: {error}") from error
    usual = list(named_formats(name or ""))
    if usual and format_ not in usual:
        notice = Notice(
            "misnamed-file",
            f"the name is that of {usual[0].name}, the content is {format_.name}",
            detail_zh=f"名为 {usual[0].endings[0]}，实为 {format_.endings[0]}",
        )
        return evolve(source, notices=(notice, *source.notices))
    return source


def _run(
    format_: Format,
    data: bytes,
    name: str | None,
    limits: Limits,
    kept: Any,
    encoding: str | None,
) -> Source:
    """Import the reader of a format, and let it read."""
    for library in format_.needs:
        try:
            import_module(library)
        except ModuleNotFoundError as error:
            raise MissingExtra(
                f"{shown(name)}: {format_.name}, and reading it needs {library}, which is not installed: "
                f"pip install 'govdisclose[{format_.extra}]'",
                name=library,
            ) from error
    reader = getattr(
        import_module(f"govdisclose.read.{format_.reader}"), f"read_{format_.reader}"
    )
    more: list[Any] = [encoding] if format_.encoded else []
    if format_.resident and kept is not None:
        more.append(kept)
    source: Source = reader(data, name, limits, *more)
    return source


class Read(Protocol):
    """`read`, or what goes for it: that of `reading`."""

    def __call__(self, file: File, *, name: str | None = None) -> Source:
        """The text of a file."""


@contextmanager
def reading() -> Iterator[Read]:
    """`read` for many files, one after another: the process that PDF files need is kept for the
    next one.

    It is started for the first PDF, and ends with the block. Each thread has one of its own.

    >>> with reading() as read_next:
    ...     [read_next(data).text for data in (b"one", b"two")]
    ['one', 'two']
    """
    from govdisclose.read.pdf.process import resident_worker

    with resident_worker() as ask:

        def read_next(file: File, *, name: str | None = None) -> Source:
            return _read(file, name, None, DEFAULTS, ask)

        yield read_next
