"""Where a line that holds several parts of a report is cut: before each heading that
goes on with the count.

Guarantees:

1. A marker that does not continue the count of the headings before it, on this line or
above, cuts nothing. 2. Nor does one that stands inside 《》 or in a table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from attrs import define

from govdisclose._lexicon.labels import label_key
from govdisclose._lexicon.numeral import read_ordinal
from govdisclose._lexicon.section_kind import (
    known_title,
    title_length,
)
from govdisclose._lexicon.terminals import terminal, words
from govdisclose._lines.line import Line
from govdisclose._lines.shape import lists_contents

LONG: Final = 240  # characters from which a line may hold several

_NUMERALS: Final = words("NUMERAL")
_ORDINAL: Final = terminal("ORDINAL")
_DIGITS: Final = terminal("COUNT")


_SHORT: Final = 24  # characters from which a line may hold the heading of a next part
_BOUNDARY: Final = "。;;!?)）:： \t”》"
_MARKER: Final = re.compile(
    rf"(?P<first>(?:{_ORDINAL}|{terminal('PART')})\s{{0,2}}[、.:])|(?P<second>\({_ORDINAL}\))"
)
_STARTS: Final = frozenset((*_NUMERALS, *"第("))
_NUMERAL: Final = re.compile(_ORDINAL)
_TITLE_REACH: Final = 60
_BEFORE_CELLS: Final = re.compile(
    rf"\s{{0,4}}(?:\||第{_ORDINAL}条|\(本列数据|\d{{1,6}}\s\d)"
)
_INDENT_MOST: Final = 12
_HEADINGS_LEAST: Final = 2
_PAGE_LEAST: Final = 2  # parts of level 1 inside a line that make it a page
_ITEMS_LEAST: Final = 2
_THIRD: Final = re.compile(rf"(?<![\d.])(?P<number>{_DIGITS})\s?[、.](?![\d\s]*\d)")
_FOURTH: Final = re.compile(rf"(?:\(|(?<![\d.(]))(?P<number>{_DIGITS})\)")
_FIFTH: Final = re.compile("(?P<number>[①-⑳])")
_BEFORE_BREAK: Final = re.compile(r"[^\s。;!?:,]{3,28}(?=\s{1,4}[^\s。]{6,60}。)")
_RUNS_INTO: Final = re.compile(
    rf"(?:{_MARKER.pattern}|{_DIGITS}\s?[、.]|\(?{_DIGITS}\))[^\s。;!?:,\d(]{{2,28}}"
)
_TO_NINETEEN: Final = (*_NUMERALS, *(f"十{numeral}" for numeral in _NUMERALS[:-1]))


@define
class Count:
    """The numbers of the last headings: of level 1, and of level 2 below it."""

    opened: bool  # whether a line of its own begins with 一、 somewhere
    first: int = 0
    second: int = 0


def heading_cuts(
    shadow: str, line: Line, tables: Sequence[tuple[int, int]], count: Count
) -> list[int]:
    """Where a line has headings that count on, outside of its tables: 一、 二、 and (一).

    The count goes on from the lines above. It is not opened inside a line if a line of
    its own opens it elsewhere: then 一、 二、 in the middle of a paragraph are a list."""
    if shadow[line.start] == "一" and lists_contents(shadow, line.start, line.end):
        return []
    m = (
        _MARKER.match(shadow, line.start, line.end)
        if shadow[line.start] in _STARTS
        else None
    )
    level = m.lastgroup if m else None
    if m and level == "first":
        count.first, count.second = _number(m), 0
    elif m:
        count.second = _number(m)
    size = line.end - line.start
    if size < _SHORT or (size < LONG and not _may_go_on(shadow, line, level, count)):
        return []
    if count.opened and not count.first:
        return []
    before, inside = count.first, level is not None
    first: list[int] = []
    second: list[int] = []
    for m in _MARKER.finditer(shadow, line.start + 1, line.end):
        at = m.start()
        if shadow[at - 1] == "第" or any(a <= at < b for a, b in tables):
            continue
        number = _number(m)
        if (
            m.lastgroup == "first"
            and number == count.first + 1
            and _opens(shadow, line, m)
        ):
            first += (at, *_title_end(shadow, line, m))
            count.first, count.second, inside = number, 0, True
        elif (
            m.lastgroup == "second"
            and inside
            and number == count.second + 1
            and (_opens(shadow, line, m) or (first and not count.second))
        ):
            second.append(at)
            count.second = number
    if (
        not before
        and count.first < _HEADINGS_LEAST
        and not (first and _is_known(shadow, line, first[0]))
    ):
        count.first = before
        return []
    cuts = sorted({*first, *second})
    return (
        [*cuts, *_item_cuts(shadow, line, cuts, tables)]
        if len(first) >= _PAGE_LEAST
        else cuts
    )


def _item_cuts(
    shadow: str, line: Line, cuts: Sequence[int], tables: Sequence[tuple[int, int]]
) -> Iterator[int]:
    """Where items stand in the parts of a page that is one line: 1. 2. 3. in a part,
    (1) (2) in a part or an item, ① ② below any of them.

    The rows of a table are numbered so, too: a part with one has no items.
    """
    for start, end in pairwise((*cuts, line.end)):
        if any(a < end and start < b for a, b in tables):
            continue
        items = list(_counted(shadow, start, end, _THIRD))
        yield from items
        for at in items:
            yield from _break_lost(shadow, at, end, _THIRD)
        count = 0  # of the fourth level, which may go on from item to item
        for a, b in pairwise((start, *items, end)):
            below = _counted(shadow, a, b, _FOURTH) or _counted(
                shadow, a, b, _FOURTH, count
            )
            count += len(below)
            yield from below
            for at in below:
                yield from _break_lost(shadow, at, b, _FOURTH)
            for c, d in pairwise((a, *below, b)):
                yield from _counted(shadow, c, d, _FIFTH)


def _break_lost(
    shadow: str, at: int, end: int, marker: re.Pattern[str]
) -> Iterator[int]:
    """Where the title of an item ends, if a blank stands for the line end: 1、电视、报刊公告 通过县电视台公开。"""
    m = marker.match(shadow, at, end)
    title = _BEFORE_BREAK.match(shadow, m.end(), end) if m else None
    if title:
        yield title.end()


def _counted(
    shadow: str, start: int, end: int, marker: re.Pattern[str], before: int = 0
) -> list[int]:
    """The places of `marker` in a range that count on from `before`: two of them at least."""
    found: list[int] = []
    for m in marker.finditer(shadow, start + 1, end):
        number = read_ordinal(m["number"])
        if number == before + len(found) + 1 and _may_begin_item(shadow, start, m):
            found.append(m.start())
    return found if len(found) >= _ITEMS_LEAST else []


def _may_begin_item(shadow: str, start: int, m: re.Match[str]) -> bool:
    """Whether a sentence ends before a marker; the first may run on from the title of its part."""
    return shadow[m.start() - 1] in _BOUNDARY or (
        read_ordinal(m["number"]) == 1
        and _RUNS_INTO.fullmatch(shadow, start, m.start()) is not None
    )


def _is_known(shadow: str, line: Line, at: int) -> bool:
    """Whether the heading at `at` has a title of the catalogue: it needs no second one
    to be believed."""
    m = _MARKER.match(shadow, at, line.end)
    return (
        m is not None
        and title_length(shadow[m.end() : min(line.end, m.end() + _TITLE_REACH)]) > 0
    )


def _title_end(shadow: str, line: Line, m: re.Match[str]) -> Iterator[int]:
    """Where a known title ends before cells, which would make a row of it."""
    at = m.end() + title_length(shadow[m.end() : min(line.end, m.end() + _TITLE_REACH)])
    if at > m.end() and _BEFORE_CELLS.match(shadow, at, line.end):
        yield at


def opens_a_line(shadow: str) -> bool:
    """Whether a line of its own begins with 一、."""
    at = shadow.find("一、")
    while at >= 0:
        before = (
            f"\n{shadow[:at]}" if at < _INDENT_MOST else shadow[at - _INDENT_MOST : at]
        )
        if before.rstrip(" \t").endswith("\n"):
            return True
        at = shadow.find("一、", at + 1)
    return False


def _number(m: re.Match[str]) -> int:
    numeral = _NUMERAL.search(m.group())
    return (read_ordinal(numeral.group()) if numeral else None) or 0


def _may_go_on(shadow: str, line: Line, level: str | None, count: Count) -> bool:
    """A quick test: whether the marker of the next heading stands in a line."""
    if (
        count.first < len(_TO_NINETEEN)
        and shadow.find(f"{_TO_NINETEEN[count.first]}、", line.start + 1, line.end) >= 0
    ):
        return True
    if level is None or count.second >= len(_TO_NINETEEN):
        return False
    return shadow.find(f"({_TO_NINETEEN[count.second]})", line.start + 1, line.end) >= 0


def _opens(shadow: str, line: Line, m: re.Match[str]) -> bool:
    """Whether a marker may open a heading: behind the end of a sentence or a figure, or
    before a known title."""
    at = m.start()
    if at == line.start:
        return True
    quoted = shadow.rfind("《", max(line.start, at - 80), at)
    if (quoted >= 0 and shadow.find("》", quoted, at) < 0) or shadow[at - 1] == "第":
        return False
    if shadow[at - 1] in _BOUNDARY or shadow[at - 1].isdecimal():
        return True
    return known_title(label_key(shadow[m.end() : m.end() + 40])) is not None
