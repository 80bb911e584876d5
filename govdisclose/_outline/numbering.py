"""Faults of numbering: skipped, repeated and missing numbers among the headings of one
level under one heading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from govdisclose._lines.line import Line
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.text import Text

_FIRST: Final = 1


def numbering_faults(text: Text, lines: Iterable[Line]) -> Iterator[Diagnostic]:
    """What is wrong with the numbers of the headings among `lines`.

    A level may go on counting where the part before it stopped ((5) under 2. after (4)
    under 1.), so a first number is missing only if it is neither 1 nor the next of its
    level. A preface stands beside the parts of level 1."""
    beside: dict[
        int, int
    ] = {}  # by level, the last number under the heading that is open
    closed: dict[
        int, int
    ] = {}  # by level, the last number under a heading that was closed
    for line in lines:
        if not line.is_heading:
            continue
        for level in [level for level in beside if level > max(line.level, 1)]:
            closed[level] = beside.pop(level)
        if line.number is None:
            continue
        previous = beside.get(line.level)
        fault = _fault(line.number, previous, closed.get(line.level, 0))
        if fault:
            marker = text.string[line.start : line.marker_end].strip()
            detail, zh = f"{marker} comes first", f"{marker}居首"
            if previous is not None:
                detail, zh = (
                    f"{marker} follows number {previous}",
                    f"第{previous}号之后为{marker}",
                )
            yield diagnose(
                fault, detail, text.span(line.start, line.marker_end), text.source, zh
            )
        beside[line.level] = line.number


def _fault(number: int, previous: int | None, last: int) -> str | None:
    if previous is None:
        return None if number in (_FIRST, last + 1) else "number-missing"
    if number == previous + 1:
        return None
    return "number-skipped" if number > previous else "number-repeated"
