"""Processor time, and works that are compared in turns.

Another process on the machine slows this one down even where its time is not counted: caches and clocks are shared.
So nothing is compared with what ran a minute before. Works take turns, each turn gives a ratio, and the middle one
is told.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable, Sequence
from statistics import median
from time import process_time
from typing import NamedTuple, TypeAlias

Work: TypeAlias = Callable[[], object]

# Fresh processes may keep their bytecode, as that of an installed package is kept.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


class Compared(NamedTuple):
    """Two works that took turns: the best time of each in milliseconds, and the middle ratio of the turns."""

    first: float
    second: float
    ratio: float


def once(work: Work) -> float:
    """Milliseconds of one run."""
    start = process_time()
    work()
    return (process_time() - start) * 1000


def best(work: Work, runs: int = 15) -> float:
    """Milliseconds of the best of several runs."""
    return min(once(work) for _ in range(runs))


def compared(first: Work, second: Work, turns: int = 15, times: int = 1) -> Compared:
    """What `first` takes over what `second` takes. A short `second` is run several times a turn."""
    firsts: list[float] = []
    seconds: list[float] = []
    for _ in range(turns):
        firsts.append(once(first))
        seconds.append(once(lambda: [second() for _ in range(times)]) / times)
    ratios = [a / b for a, b in zip(firsts, seconds, strict=True)]
    return Compared(min(firsts), min(seconds), median(ratios))


def of_process(command: Sequence[str]) -> float:
    """Milliseconds of processor time that a process takes from its start to its end."""
    before = _of_children()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return (_of_children() - before) * 1000


def with_children(work: Work) -> float:
    """Milliseconds of processor time of one run, with that of the processes which it started and waited for."""
    before = _of_children()
    mine = once(work)
    return mine + (_of_children() - before) * 1000


def _of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def printed(code: str, *arguments: str) -> str:
    """What a fresh interpreter prints for `code`."""
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout
