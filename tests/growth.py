"""Whether work grows as its input does or as the square of it: told within one run, on a busy machine too."""

from __future__ import annotations

import gc
from collections.abc import Callable
from time import process_time
from typing import TypeVar

T = TypeVar("T")

# For ten times the input a line takes ten times as long and a square a hundred times: their geometric middle.
TIMES = 32
TRIES = 5


def grows_as_a_line(work: Callable[[T], object], small: T, large: T) -> bool:
    """Whether `work` on `large`, which is ten times `small`, takes about ten times as long.

    A neighbour on the machine can only make one measurement worse, so one good try of five is proof.
    """
    return any(
        _seconds(work, large) < TIMES * min(_seconds(work, small) for _ in range(3))
        for _ in range(TRIES)
    )


def _seconds(work: Callable[[T], object], given: T) -> float:
    gc.collect()
    gc.disable()  # the collector walks all that earlier tests left behind
    try:
        start = process_time()
        work(given)
        return process_time() - start
    finally:
        gc.enable()
