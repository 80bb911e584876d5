"""Runs the worker on a file, and says what came of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from govdisclose.errors import MissingExtra, SourceError
from govdisclose.read._limits import MEBI, Limits
from govdisclose.read._pdf import worker
from govdisclose.read._pdf.stand_in import stand_in

_WORKER: Final = Path(worker.__file__)
_RULES: Final = 50_000
"""Ruling lines of one page at most: a full table has some hundreds, a map many thousands."""
_OVERHEAD: Final = 256 * MEBI
"""Address space of a worker that has nothing to do yet, generously: the interpreter, PDFium, its tables for Chinese."""


def messages(data: bytes, limits: Limits) -> Iterator[dict[str, Any]]:
    """What the worker says of each page, in order. Raises `SourceError` where there is a page that cannot be had."""
    if find_spec("pypdfium2") is None:  # not imported: only the worker does that
        raise MissingExtra(
            "reading a PDF file needs pypdfium2, which is not installed: pip install 'govdisclose[pdf]'",
            name="pypdfium2",
        )
    lines, fault = _run(data, limits)
    pages = 0
    for line in lines:
        message = json.loads(line)
        if "error" in message:
            raise SourceError(_said(message, pages, limits))
        if "pages" not in message:
            pages += 1
            yield message
    if fault is not None:
        raise SourceError(f"page {pages + 1} of the PDF {fault}")


def _run(data: bytes, limits: Limits) -> tuple[list[bytes], str | None]:
    """The lines that the worker wrote, and why it did not come to its end, if it did not."""
    bounds = worker.Bounds(limits.pages, limits.characters, _RULES, _OVERHEAD + 2 * len(data) + limits.unpacked)
    font = stand_in()
    # -I -S: nothing of the environment, nothing that a site does on start; what is needed comes by sys.path.
    command = [sys.executable, "-I", "-S", str(_WORKER), json.dumps([sys.path, bounds, len(font)])]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        try:
            out, err = process.communicate(font + data, timeout=limits.seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            out, _ = process.communicate()
            return _whole_lines(out), f"takes longer than {limits.seconds:g} seconds (limit: seconds)"
    if process.returncode == 0:
        return _whole_lines(out), None
    if err:  # a traceback of ours: PDFium does not write when it gives up
        raise RuntimeError(f"the PDF worker failed: {err.decode(errors='replace')}")
    return _whole_lines(out), _GAVE_UP.format(limits.unpacked)


_GAVE_UP: Final = "is damaged, or needs more than {:,} bytes when it is unpacked (limit: unpacked)"


def _whole_lines(out: bytes) -> list[bytes]:
    return out[: out.rfind(b"\n") + 1].splitlines()


def _said(message: dict[str, Any], pages: int, limits: Limits) -> str:
    """The sentence for an error of the worker."""
    match message["error"]:
        case worker.PASSWORD:
            return "the PDF is protected by a password: save a copy without one (open it, print or export it as PDF)"
        case worker.UNREADABLE:
            return "the PDF is damaged: no pages can be found in it; get it again, or print it anew as PDF"
        case worker.MEMORY:
            return f"page {pages + 1} of the PDF " + _GAVE_UP.format(limits.unpacked)
        case worker.BROKEN:
            return f"page {pages + 1} of the PDF is damaged and cannot be loaded"
        case _:
            name = message["limit"]
            where = "the PDF has" if name == "pages" else f"page {pages + 1} of the PDF has"
            bound = f", more than {getattr(limits, name):,} (limit: {name})" if name else ""
            return f"{where} {message['detail']}{bound}"
