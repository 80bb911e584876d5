"""Memory: of a stream, of reports that are kept, and of what an enemy sends."""

from __future__ import annotations

import random
import re
import resource
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from govdisclose import parse
from timing.clock import printed
from timing.growing import GROWING
from timing.row import Row
from timing.texts import made_stream

STREAM: Final = 900
KEPT: Final = 200
STREAM_MOST: Final = 70.0  # MB
HOSTILE_MOST: Final = 300.0
FLAT_MOST: Final = 1.05  # peak after the whole stream, over the peak after half of it
_HOSTILE: Final = (
    "opening brackets on one line",
    "bars",
    "lines of a bar",
    "digits",
    "labels and figures on one line",
    "lone surrogates and NULs",
)
_TIMES: Final = 10  # the size of the growth benchmark


def memory() -> Iterator[Row]:
    """Each in a process of its own."""
    start, half, end = _run("stream", STREAM)
    note = f"{STREAM} reports; {start:.0f} MB before, {half:.0f} MB at half"
    yield Row("stream, peak", end, "{:.0f} MB", STREAM_MOST, note)
    yield Row("stream, end over half", end / half, "{:.2f} x", FLAT_MOST)
    before, after = _run("kept", KEPT)
    size = (after - before) / KEPT * 1000
    yield Row("a report that is kept", size, "{:.0f} kB", note=f"mean of {KEPT}")
    for name in _HOSTILE:
        (peak,) = _run("hostile", name)
        yield Row(name, peak, "{:.0f} MB", HOSTILE_MOST)


def _run(what: str, argument: object) -> list[float]:
    """The figures that one of the functions below prints in a process of its own."""
    here = str(Path(__file__).resolve().parent.parent)
    code = f"import sys\nsys.path.insert(0, {here!r})\nfrom timing import memory\n"
    return [float(x) for x in printed(f"{code}memory.{what}({argument!r})").split()]


def stream(count: int) -> None:
    """Parse different reports, and print the peak of memory before, at half and at the end."""
    print(_mark("VmHWM"))
    for done, text in enumerate(made_stream(count), 1):
        parse(text).to_dict()
        if done in (count // 2, count):
            print(_mark("VmHWM"))


def kept(count: int) -> None:
    """Parse different reports and keep them, without their texts, which are there already."""
    texts = list(made_stream(count))
    for text in texts:  # all that is loaded late is loaded
        parse(text)
    print(_mark("VmRSS"))
    reports = [parse(text) for text in texts]
    print(_mark("VmRSS"))
    del reports


def hostile(name: str) -> None:
    """Parse one of the texts that grow, and print the peak of memory."""
    size, make = next((size, make) for kind, size, make in GROWING if kind == name)
    parse(make(size * _TIMES, random.Random(1)))
    print(_mark("VmHWM"))


def _mark(mark: str) -> float:
    """Memory of this process in MB of a million bytes: the most so far (VmHWM), or now (VmRSS).

    On Linux `ru_maxrss` of a new process begins with the peak of the one that started it, so the kernel's own mark is
    read there.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(rf"{mark}:\s*(\d+) kB", status.read_text("ascii", "replace"))
        if found:
            return int(found[1]) * 1024 / 1e6
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6
