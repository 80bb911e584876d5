"""Page numbers and running heads: what stands at the edges of pages and is no part of
the report."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from govdisclose.read.pdf.lines import Line

_EDGE: Final = 0.16  # of the height of the page, at its top and its bottom; official letters have margins of 0.13
_OUTERMOST: Final = 3  # lines at each edge that are looked at
_SAME_PLACE: Final = 4.0  # points

_DASH: Final = r"[-\N{EN DASH}\N{EM DASH}\N{HORIZONTAL BAR}\N{MINUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}~\N{MIDDLE DOT}\N{BULLET}]"
_NUMBERED: Final = re.compile(
    rf"{_DASH}+\s*(?P<dashed>\d{{1,4}})\s*{_DASH}+"
    r"|第\s*(?P<page>\d{1,4})\s*页(?:\s*[,，/（(]?\s*共\s*\d{1,4}\s*页[)）]?)?"
    r"|(?P<of>\d{1,4})\s*/\s*\d{1,4}"
    r"|[Pp]age\s*(?P<english>\d{1,4})(?:\s*of\s*\d{1,4})?"
)
_BARE: Final = re.compile(r"\d{1,4}")
_DIGITS: Final = re.compile(r"\d+")


class Extent(NamedTuple):
    """The lines of a page that stand in no table, and where its tables begin and end
    (from top; None without any)."""

    height: float
    lines: Sequence[Line]
    tables: tuple[float, float] | None


class _Edge(NamedTuple):
    """A line at the edge of a page."""

    sheet: int
    line: int
    top: bool
    text: str
    y: float
    large: bool


def furniture(sheets: Sequence[Extent]) -> set[tuple[int, int]]:
    """The lines that are page numbers or running heads, as (index of the sheet, index of the line).

    What is plainly a page number (- 3 -, 第3页 共6页) is one wherever it stands at an edge.
    A bare number is one if it counts with the pages. Other text is a running head if it
    stands in the same place on half of the pages; on the first page it is left if it is
    as large as any, because there it may be the title."""
    edges = [edge for i, sheet in enumerate(sheets) for edge in _edges(i, sheet)]
    out = {(e.sheet, e.line) for e in edges if _NUMBERED.fullmatch(e.text)}
    out |= set(_counting([e for e in edges if _BARE.fullmatch(e.text)], len(sheets)))
    out |= set(
        _repeated([e for e in edges if (e.sheet, e.line) not in out], len(sheets))
    )
    return out


def _edges(index: int, sheet: Extent) -> Iterator[_Edge]:
    first, last = sheet.tables or (sheet.height, 0.0)
    count = len(sheet.lines)
    largest = max((line.size for line in sheet.lines), default=0.0)
    for i, line in enumerate(sheet.lines):
        text = line.text.strip()
        if i < _OUTERMOST and line.y < _EDGE * sheet.height and line.y < first + 1:
            yield _Edge(index, i, True, text, line.y, line.size > 0.95 * largest)
        elif (
            i >= count - _OUTERMOST
            and line.y > (1 - _EDGE) * sheet.height
            and line.top > last - 1
        ):
            yield _Edge(index, i, False, text, sheet.height - line.y, False)


def _counting(edges: Sequence[_Edge], pages: int) -> Iterator[tuple[int, int]]:
    """Bare numbers that count with the pages: as far from the number of the page on two
    pages, or on the only one."""
    shifts = Counter((e.top, int(e.text) - e.sheet) for e in edges)
    for e in edges:
        shift = int(e.text) - e.sheet
        if shifts[e.top, shift] > 1 or (pages == 1 and shift == 1 and not e.top):
            yield e.sheet, e.line


def _repeated(edges: Sequence[_Edge], pages: int) -> Iterator[tuple[int, int]]:
    """Text at the same place on half of the pages; its digits may count with the pages."""
    groups: defaultdict[tuple[bool, str], list[_Edge]] = defaultdict(list)
    for e in edges:
        groups[e.top, _DIGITS.sub("0", "".join(e.text.split()))].append(e)
    for group in groups.values():
        for e in group:
            same = {
                o.sheet
                for o in group
                if abs(o.y - e.y) <= _SAME_PLACE and (o.text == e.text or _counts(o, e))
            }
            if (
                len(same) >= 2
                and 2 * len(same) >= pages - 1
                and not (e.large and e.sheet == 0)
            ):
                yield e.sheet, e.line


def _counts(one: _Edge, other: _Edge) -> bool:
    """Whether the first number in one follows that of the other as their pages do."""
    a, b = _DIGITS.search(one.text), _DIGITS.search(other.text)
    return (
        a is not None
        and b is not None
        and int(a[0]) - int(b[0]) == one.sheet - other.sheet
    )
