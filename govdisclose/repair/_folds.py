"""Lines that were folded after every so many characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, TypeAlias

from govdisclose.text import Doubt, Edit

_FOLDS: Final = (24, 60)  # characters of a line that was folded
_UNFOLDED: Final = re.compile(r"[^\n]{62}")
_FOLDED_LEAST: Final = 5  # lines of that one length
_FOLDED_RUN: Final = 3  # that stand one below the other
_LINE: Final = re.compile(r"([^\r\n]*)(\r?\n|\Z)")
_SENTENCE_ENDS: Final = frozenset("。；;！!？?：:")
_NEW_LINE: Final = re.compile(r"[(（]?[一二三四五六七八九十0-9①-⑳]{1,3}[)）、.．]")
_CELLS: Final = re.compile(r"[|\t]|  ")


def folded_lines(string: str) -> Iterator[Edit | Doubt]:
    r"""Undo a fold: a break after every so many characters, whatever stands there, tables and all.

    The longest lines are then many, all of one length, and the sentences run on behind them. What a
    printer or PDF breaks has lines of about one length; that is left to `hard_wraps`, which knows
    lines and tables. Refused: rows of cells, lines that end in a mark more often than not, and
    lines that are followed by enumerators.

    When nothing more can be unfolded the repair is done, so a second run finds nothing; each round
    has longer lines, and there are few lengths to go through.

    >>> text = "全年通过各类渠道公开信息共计一千二百三十四条次以上并认"
    >>> len(list(folded_lines("\n".join([text] * 5 + ["真。"]))))
    5
    """
    if _UNFOLDED.search(string):
        return
    lines = [(m[1], m.start(2), m.end(2)) for m in _LINE.finditer(string)]
    while (new := _unfolded(lines)) is not None:
        lines = new
    kept = {start for _, start, _ in lines}
    for m in _LINE.finditer(string):
        if m.start(2) not in kept:
            yield Edit(m.start(2), m.end(2), "")


_Lines: TypeAlias = list[tuple[str, int, int]]  # a line, and the range of its break


def _unfolded(lines: _Lines) -> _Lines | None:
    """The lines with the folds between them undone; None if there are none."""
    size = max((len(line) for line, _, _ in lines), default=0)
    if not _FOLDS[0] <= size <= _FOLDS[1]:
        return None
    full = [len(line) == size for line, _, _ in lines]
    full[-1] = False
    count = sum(full)
    near = sum(size - 3 <= len(line) < size for line, _, _ in lines)
    if (
        count < _FOLDED_LEAST
        or 5 * near > count
        or not any(all(full[i : i + _FOLDED_RUN]) for i in range(len(full)))
    ):
        return None
    doubts = sum(
        line[-1] in _SENTENCE_ENDS
        or bool(_NEW_LINE.match(below) or _CELLS.search(line))
        or not below
        for (line, _, _), (below, _, _), is_full in zip(
            lines, lines[1:], full, strict=False
        )
        if is_full
    )
    if 4 * doubts > count:
        return None
    out: _Lines = []
    parts: list[str] = []
    for (line, start, end), is_full in zip(lines, full, strict=True):
        parts.append(line)
        if not is_full:
            out.append(("".join(parts), start, end))
            parts = []
    return out
