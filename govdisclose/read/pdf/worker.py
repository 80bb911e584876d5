"""What runs in a process of its own: PDFium, which turns pages into characters and ruling lines.

PDFium is native code that is fed files from anywhere. It cannot be stopped in the middle of a page,
and a page of a few hundred bytes can ask for any amount of time and memory (forms that draw forms
that draw forms). A process can be given a bound on memory, can be killed, and takes nothing with it
if it crashes. So nothing of PDFium is loaded in the process that asks.

This file is run by path, with `sys.path` handed over. It starts in 40 ms, because it imports the
modules beside it without the packages around them, which need more than the standard library. It
opens no file: what it reads comes by standard input, each file with its length before it, and for
each it writes one line of JSON a page, and a line that says that it is done.
"""

from __future__ import annotations

import json
import sys
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any, Final

LENGTH: Final = 8
"""Bytes in which the length of a file is told, the most significant first."""
DONE: Final = "done"


def main() -> None:
    """Answer for one file after another until standard input ends."""
    path, numbers = json.loads(sys.argv[1])
    sys.path[:] = path
    _without_packages()
    from govdisclose.read.pdf.pdfium import Library
    from govdisclose.read.pdf.wire import MEMORY, Bounds

    bounds = Bounds(*numbers)
    _hold(bounds.memory)
    library = Library()
    while length := sys.stdin.buffer.read(LENGTH):
        data = sys.stdin.buffer.read(int.from_bytes(length, "big"))
        try:
            for message in library.pages(data, bounds):
                _say(message)
        except MemoryError:
            _say({"error": MEMORY})
        del data
        _say({DONE: True})


def _say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message, separators=(",", ":")))
    sys.stdout.write("\n")
    sys.stdout.flush()


def _without_packages() -> None:
    """Let the modules beside this one be found, and run nothing of the packages that
    they are in."""
    folder = Path(__file__).resolve().parent
    names = ("govdisclose.read.pdf", "govdisclose.read", "govdisclose")
    for name, place in zip(
        names, (folder, folder.parent, folder.parent.parent), strict=True
    ):
        package = ModuleType(name)
        package.__path__ = [str(place)]
        sys.modules[name] = package


def _hold(memory: int) -> None:
    """Bound this process. Where the system has no such bounds (Windows), time is what stops it."""
    try:
        import resource
    except ImportError:
        return
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    if most == resource.RLIM_INFINITY or memory < most:
        with suppress(ValueError):  # macOS knows the name but refuses most values
            resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main()
