"""Lines of a page to paragraphs: which line goes on from the one before."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from statistics import median
from typing import Final, NamedTuple

from govdisclose.read.pdf.lines import Line

_INDENTED: Final = 0.9  # of the size: a first line is set in by two characters
_SHORT: Final = (
    1.6  # of the size: what a full line may lack, because no line begins with a comma
)
_SAME_SIZE: Final = 1.15
_APART: Final = 1.6  # of the usual distance of lines
_TITLE: Final = 1.1  # of the size of the text
_WIDE_TITLE: Final = (
    0.75  # of the width of the text: a shorter line of a title was broken on purpose
)

_ENDED: Final = re.compile(r"[。：；！？:;!?][”’」』）)]*$")
_OPENING: Final = re.compile(
    r"[一二三四五六七八九十]{1,3}\s*[、.．]|[（(]\s*[一二三四五六七八九十]{1,3}\s*[)）]|\d{1,2}\s*[.．、](?!\d)|[（(]\d{1,2}[)）]|[①-⑳]"
    r"|第[一二三四五六七八九十]{1,3}(?:章|部分)"
)
_PART: Final = re.compile(r"[一二三四五六七八九十]{1,3}\s*[、.．]")
_POINTS: Final = re.compile(r"[，。；：、,;:]")
_PUNCTUATION: Final = re.compile(r"[，。、；：！？）》〉】〕”’,.;:!?)]{1,3}$")
_TOKEN: Final = re.compile(r"[\w.@:/%+-]+", re.ASCII)


class Margins(NamedTuple):
    """The edges of the text of a page, the usual distance of its lines, and the size of
    its characters."""

    left: float
    right: float
    pitch: float
    size: float


def margins(lines: Sequence[Line]) -> Margins | None:
    """Those of the long lines; None where there are too few of them to tell."""
    if not lines:
        return None
    size = median(line.size for line in lines)
    body = [
        line
        for line in lines
        if len(line.pieces) == 1 and size / _SAME_SIZE <= line.size <= size * _SAME_SIZE
    ]
    widest = max((line.x1 - line.x0 for line in body), default=0.0)
    long = [line for line in body if line.x1 - line.x0 > 0.7 * widest]
    if len(long) < 3:
        return None
    pitches = [
        b.y - a.y for a, b in itertools.pairwise(lines) if 0 < b.y - a.y < 5 * a.size
    ]
    return Margins(
        min(line.x0 for line in long),
        max(line.x1 - _hanging(line) for line in long),
        median(pitches) if pitches else 2 * size,
        size,
    )


def _hanging(line: Line) -> float:
    """What may stand out beyond the edge: no line begins with a comma, so it is set
    after a full one."""
    end = _PUNCTUATION.search(line.text)
    return sum(0.3 if c.isascii() else 1.0 for c in end[0]) * line.size if end else 0.0


def goes_on(before: Line, line: Line, edges: Margins, *, same_page: bool) -> bool:
    """Whether `line` continues the paragraph of the line before.

    It does if that one was full, and this one is not set in, of the same size, no
    further away than lines are, and does not begin like a heading after the end of a
    sentence. A long title goes on in the middle of the next line."""
    if not before.size / _SAME_SIZE <= line.size <= before.size * _SAME_SIZE:
        return False
    if _is_title(before, edges) and _is_title(line, edges):
        return same_page and before.x1 - before.x0 > _WIDE_TITLE * (
            edges.right - edges.left
        )
    if len(before.pieces) > 1 and before.x1 < edges.right - 3 * before.size:
        return False
    if line.x0 - edges.left > _INDENTED * line.size:
        return False
    if same_page and line.y - before.y > _APART * edges.pitch:
        return False
    if _OPENING.match(line.text) and _ENDED.search(before.text):
        return False
    if _PART.match(line.text) and not _POINTS.search(before.text):
        return False  # a title of the report as wide as the text, and the first part
    return _is_full(before, line, edges)


def _is_title(line: Line, edges: Margins) -> bool:
    """Whether a line is set in the middle, larger than the text."""
    centred = abs(line.x0 + line.x1 - edges.left - edges.right) < 2 * line.size
    return centred and line.size > _TITLE * edges.size


def _is_full(before: Line, line: Line, edges: Margins) -> bool:
    """Whether the first thing of `line`, a character or a word that is not broken, had
    no room in the line before."""
    word = _TOKEN.match(line.text)
    width = 0.55 * len(word[0]) if word else 1.0
    return (
        edges.right - before.x1 < (_SHORT - 1 + max(1.0, min(width, 20.0))) * line.size
    )
