"""Runs the worker on files, and says what came of each.

A single call has a worker of its own. `resident_worker` keeps one for many files: it is replaced
when a file overran its clock or brought it down, and after a number of files, so that nothing that
one file left behind is met by all that follow.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any, Final

from govdisclose.errors import MissingExtra, SourceError
from govdisclose.read.limits import MEBI, Limits
from govdisclose.read.pdf import wire, worker

_WORKER: Final = Path(worker.__file__)
_RULES: Final = 50_000
"""Ruling lines of one page at most: a full table has some hundreds, a map many thousands."""
_OVERHEAD: Final = 160 * MEBI
"""Address space of a worker that has nothing to do yet: the interpreter, PDFium, its tables."""
_AHEAD: Final = 4  # pages that the worker may be ahead of who asks
_FILES: Final = 200  # that one worker reads

Message = dict[str, Any]
Ask = Callable[[bytes, Limits], Iterator[Message]]


def messages(data: bytes, limits: Limits) -> Iterator[Message]:
    """What a worker of its own says of each page of a file, in order.

    Raises `SourceError` where there is a page that cannot be had.
    """
    with resident_worker() as ask:
        yield from ask(data, limits)


@contextmanager
def resident_worker() -> Iterator[Ask]:
    """A worker for many files: `read_pdf(data, name, limits, ask)` asks it.

    It is no faster for one file, and takes files one after another: each thread or process that
    reads has one of its own. Asking raises `MissingExtra` where pypdfium2 is not installed.

    >>> with resident_worker() as ask:
    ...     try:
    ...         list(ask(b"%PDF-1.7 and nothing else", Limits()))
    ...     except SourceError as error:
    ...         print(str(error)[:19])
    the PDF is damaged:
    """
    keeper = _Keeper()
    try:
        yield keeper.ask
    finally:
        keeper.stop()


class _Keeper:
    """Keeps a worker as long as it is fit for the next file."""

    def __init__(self) -> None:
        self._worker: _Worker | None = None
        self._bounds: wire.Bounds | None = None
        self._files = 0

    def ask(self, data: bytes, limits: Limits) -> Iterator[Message]:
        """The pages of a file. Raises `SourceError` where there is one that cannot be had."""
        _require_library()
        worker = self._fit(data, limits)
        pages = 0
        try:
            for message in worker.answers(data, limits):
                if "error" in message:
                    raise SourceError(_said(message, pages, limits))
                if "pages" not in message:
                    pages += 1
                    yield message
        except _Failed as failure:
            raise SourceError(f"page {pages + 1} of the PDF {failure}") from None
        finally:
            if not worker.idle:  # it failed, or whoever asked has seen enough
                self.stop()

    def _fit(self, data: bytes, limits: Limits) -> _Worker:
        """A worker with the bounds that this file needs."""
        memory = _OVERHEAD + 2 * _rounded(len(data)) + limits.unpacked // 2
        bounds = wire.Bounds(limits.pages, limits.characters, _RULES, memory)
        if self._worker is None or bounds != self._bounds or self._files >= _FILES:
            self.stop()
            self._worker, self._bounds, self._files = _Worker(bounds), bounds, 0
        self._files += 1
        return self._worker

    def stop(self) -> None:
        """End the worker, whatever it does."""
        if self._worker is not None:
            self._worker.stop()
            self._worker = None


def _require_library() -> None:
    if find_spec("pypdfium2") is None:  # not imported: only the worker does that
        raise MissingExtra(
            "reading a PDF file needs pypdfium2, which is not installed: pip install 'govdisclose[pdf]'",
            name="pypdfium2",
        )


def _rounded(size: int) -> int:
    """Up to the next power of two, so that most files of a folder have bounds in common."""
    return max(MEBI, 1 << (size - 1).bit_length()) if size else MEBI


class _Failed(Exception):
    """The worker did not come to the end of a file; the text goes on from `page 3 of the PDF`."""


_GAVE_UP: Final = (
    "is damaged, or needs more than {:,} bytes when it is unpacked (limit: unpacked)"
)


class _Worker:
    """One process. Its answers come through a thread, so that waiting for them can end."""

    def __init__(self, bounds: wire.Bounds) -> None:
        # -I -S: nothing of the environment, nothing that a site does on start; what is needed
        # comes by sys.path.
        command = [
            sys.executable,
            "-I",
            "-S",
            str(_WORKER),
            json.dumps([sys.path, bounds]),
        ]
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe)
        self._lines: Queue[bytes | None] = Queue(_AHEAD)
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()
        self.idle = True

    def answers(self, data: bytes, limits: Limits) -> Iterator[Message]:
        """The messages for one file. Raises `_Failed` where they end before the file does."""
        self.idle = False
        until = time.monotonic() + limits.seconds
        Thread(target=_feed, args=(self._process.stdin, data), daemon=True).start()
        while True:
            try:
                line = self._lines.get(timeout=max(0.0, until - time.monotonic()))
            except Empty:
                slow = f"takes longer than {limits.seconds:g} seconds (limit: seconds)"
                raise _Failed(slow) from None
            if line is None:
                raise _Failed(self._last_words(limits))
            message = json.loads(line)
            if worker.DONE in message:
                self.idle = True
                return
            yield message

    def _last_words(self, limits: Limits) -> str:
        """Why it ended: PDFium gave up, without a word."""
        assert self._process.stderr is not None
        traceback = self._process.stderr.read()
        self._process.wait()
        if traceback:
            shown = traceback.decode(errors="replace")
            raise RuntimeError(f"the PDF worker failed: {shown}")
        return _GAVE_UP.format(limits.unpacked)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.put(line)
        self._lines.put(None)

    def stop(self) -> None:
        """Kill it, and let the thread that listens come to its end, which may wait for room."""
        self._process.kill()
        self._process.wait()
        while self._listener.is_alive():
            try:
                self._lines.get(timeout=0.01)
            except Empty:
                continue
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            _close(stream)


def _feed(stdin: IO[bytes], data: bytes) -> None:
    try:
        stdin.write(len(data).to_bytes(worker.LENGTH, "big"))
        stdin.write(data)
        stdin.flush()
    except (OSError, ValueError):  # it ended; the silence that follows tells
        pass


def _close(stream: IO[bytes] | None) -> None:
    try:
        if stream is not None:
            stream.close()
    except OSError:  # what was to be written has no reader any more
        pass


def _said(message: Message, pages: int, limits: Limits) -> str:
    """The sentence for an error of the worker."""
    match message["error"]:
        case wire.PASSWORD:
            return "the PDF is protected by a password: save a copy without one (open it, print or export it as PDF)"
        case wire.UNREADABLE:
            return "the PDF is damaged: no pages can be found in it; get it again, or print it anew as PDF"
        case wire.MEMORY:
            return f"page {pages + 1} of the PDF " + _GAVE_UP.format(limits.unpacked)
        case wire.BROKEN:
            return f"page {pages + 1} of the PDF is damaged and cannot be loaded"
        case _:
            name = message["limit"]
            where = (
                "the PDF has" if name == "pages" else f"page {pages + 1} of the PDF has"
            )
            bound = (
                f", more than {getattr(limits, name):,} (limit: {name})" if name else ""
            )
            return f"{where} {message['detail']}{bound}"
