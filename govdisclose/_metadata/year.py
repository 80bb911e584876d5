"""The year reported on, as digits.

Guarantees:

1. The year of the title wins; the day on a cover is no year reported on.
2. A first sentence that goes on to a later year, or looks back on several, names none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from attrs import frozen

from govdisclose._lines.line import FURNITURE, PROSE, SIGNED, TABLE, TITLE
from govdisclose._metadata.clues import Clues
from govdisclose._metadata.page import (
    TITLE_LINES,
    WINDOW,
    WORDS,
    Found,
    Page,
    as_int,
    first_of,
)
from govdisclose._metadata.period import Range

_FIRST_REACH: Final = 1000  # characters of the preamble that are the first sentences
_RUN_IN: Final = 20  # characters of the text that a heading runs into
_PARAGRAPH: Final = 40  # characters of a line that is more than a heading
_LINES_OF_PART: Final = 3  # lines of the first part that may hold the first sentence
_CAPTIONS: Final = 8  # captions of tables that are looked at


@frozen
class _Asked:
    clues: Clues
    period: Range | None


def read_year(clues: Clues, period: Range | None) -> Found | None:
    """The year: of the title, the period, the first sentences, or the caption of a table."""
    return first_of(_PLACES, _Asked(clues, period))


def _of_title(asked: _Asked) -> Found | None:
    title = asked.clues.title
    return title.year if title else None


def _of_period(asked: _Asked) -> Found | None:
    if asked.period is None:
        return None
    period, place = asked.period
    if period.start.year != period.end.year:
        return None
    return place._replace(value=str(period.start.year))


def _of_opening(asked: _Asked) -> Found | None:
    """The year that the first paragraph begins with, if it speaks of openness and of no later year.

    The first of the preamble, or of the first part where the preamble has no year at all.
    """
    page, begin = asked.clues.page, asked.clues.preamble[0]
    for place in _above(page, begin):
        if _may_open(page, place):
            return _opening_year(page, place)
    behind = next(_behind(page), None)
    if behind is None or _preamble_has_year(page, begin) or not _may_open(page, behind):
        return None
    return _opening_year(page, behind)


def _above(page: Page, begin: int) -> Iterator[tuple[int, int]]:
    """The paragraphs of the preamble."""
    for line in page.lines[: min(page.first, TITLE_LINES)]:
        long = line.start >= begin and line.end - line.start > _PARAGRAPH
        if long and line.type in {PROSE, FURNITURE}:
            yield line.start, line.end


def _behind(page: Page) -> Iterator[tuple[int, int]]:
    """The first paragraphs of the first part, and the text that headings run into."""
    for line in page.lines[page.first : page.first + _LINES_OF_PART]:
        start = line.body if line.is_heading else line.start
        least = _RUN_IN if line.is_heading else _PARAGRAPH
        if line.end - start > least and line.type not in {TABLE, TITLE, SIGNED}:
            yield start, line.end


def _may_open(page: Page, place: tuple[int, int]) -> bool:
    if not WORDS["opening_year"].match(page.shadow, *place):
        return False
    return page.shadow.find("公开", *place) >= 0


def _opening_year(page: Page, place: tuple[int, int]) -> Found | None:
    start, end = place
    m = WORDS["opening_year"].match(page.shadow, start, end)
    year = as_int(m["year"]) if m else None
    if m is None or year is None:
        return None
    latest = max(_years(page, start, min(end, start + WINDOW)), default=0)
    return Found(str(year), *m.span("year")) if year >= latest else None


def _preamble_has_year(page: Page, begin: int) -> bool:
    above = (
        x for x in page.lines[: page.first] if x.start >= begin and x.type == PROSE
    )
    return any(True for x in above for _ in _years(page, x.start, x.end))


def _years(page: Page, start: int, end: int) -> Iterator[int]:
    """The years that a range speaks of, but for those of titles and document numbers."""
    for m in WORDS["other_year"].finditer(page.shadow, start, end):
        if year := as_int(m["year"]):
            yield year


def _of_first_sentence(asked: _Asked) -> Found | None:
    begin, end = asked.clues.preamble
    shadow = asked.clues.page.shadow
    stop = min(end, begin + _FIRST_REACH)
    found = _as_found(WORDS["first_year"].search(shadow, begin, stop))
    return None if found is None or _goes_on(asked.clues.page, found) else found


def _goes_on(page: Page, year: Found) -> bool:
    """Whether the year opens a line that goes on to a later one: 2017年,我县列第三。2018年,我县……"""
    before = page.shadow[max(0, year.start - 12) : year.start].rstrip(" \t")
    if before and not before.endswith("\n"):
        return False
    end = page.shadow.find("\n", year.end, year.end + WINDOW)
    stop = end if end >= 0 else year.end + WINDOW
    return any(other > int(year.value) for other in _years(page, year.end, stop))


def _of_caption(asked: _Asked) -> Found | None:
    """The year in the caption of a table."""
    page, begin = asked.clues.page, asked.clues.preamble[0]
    at = page.shadow.find("统计表", begin)
    for _ in range(_CAPTIONS):
        if at < 0:
            break
        m = WORDS["form_year"].search(page.shadow, max(begin, at - 36), at + 20)
        if found := _as_found(m):
            return found
        at = page.shadow.find("统计表", at + 1)
    return None


def _as_found(m: re.Match[str] | None) -> Found | None:
    if m is None or m.lastgroup is None:
        return None
    year = as_int(m[m.lastgroup])
    return Found(str(year), *m.span(m.lastgroup)) if year else None


_PLACES: Final = (
    ("title", _of_title),
    ("period", _of_period),
    ("opening words", _of_opening),
    ("first sentence", _of_first_sentence),
    ("caption", _of_caption),
)
