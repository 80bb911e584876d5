"""The statistical period: a range of days that the report speaks of.

Guarantees:

1. A period is read only where the text speaks of one; a cut-off (截至某日) is no range.
2. Nothing is filled in but the year of an end that has none, and the days of whole months.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

from attrs import frozen

from govdisclose._metadata.page import (
    HEAD,
    TITLE_LINES,
    WORDS,
    Found,
    Page,
    as_int,
    first_of,
)
from govdisclose.report import Period

_REACH: Final = 72  # characters behind a keyword
_NEAR: Final = 36  # characters between a keyword and the range, or the other way round
_LINE: Final = range(12, 41)  # characters of a line that holds nothing but a range

Range = tuple[Period, Found]


@frozen
class _Where:
    """The page, where the report begins on it, how far a period is sought, and the title's year."""

    page: Page
    begin: int
    end: int
    year: int | None


def read_period(page: Page, begin: int, year: int | None) -> Range | None:
    """The statistical period: a range of days behind (or before 期间) a word that speaks of one.

    It may stand in the preamble or in the first two parts. There the sentence must also speak of
    figures: 办理时限 is another matter.
    """
    end = min(page.third, begin + HEAD, len(page.shadow))
    return first_of(_PLACES, _Where(page, begin, end, year))


def _behind_word(where: _Where) -> Range | None:
    for word in WORDS.words("period_words"):
        at = where.page.shadow.find(word, where.begin, where.end)
        while at >= 0:
            if found := _behind(where, at):
                return found
            at = where.page.shadow.find(word, at + 1, where.end)
    return None


def _behind(where: _Where, at: int) -> Range | None:
    """The range behind the keyword at `at`, in the same sentence."""
    page = where.page
    if not WORDS["date_begins"].search(page.shadow, at, at + 40):
        return None
    about = max(where.begin, at - 25), at + 6
    if at >= page.front and not WORDS["about_figures"].search(page.shadow, *about):
        return None
    stop = page.shadow.find("。", at, at + _REACH)
    stop = min(at + _REACH, len(page.shadow)) if stop < 0 else stop
    loose = WORDS["strong"].match(page.shadow, at) is not None
    return _range(where, at, stop, loose=loose)


def _before_word(where: _Where) -> Range | None:
    """The range that stands directly before 期间 or 统计期限内."""
    shadow = where.page.shadow
    for word in WORDS.words("period_ends"):
        at = shadow.find(word, where.begin, where.end)
        while at >= 0:
            low = max(where.begin, at - 60, shadow.rfind("。", where.begin, at) + 1)
            if WORDS["about_figures"].search(shadow, low, at + 20):
                found = _range(where, max(low, at - _NEAR), at, loose=False)
                if found and at - found[1].end <= 3:
                    return found
            at = shadow.find(word, at + 1, where.end)
    return None


def _own_line(where: _Where) -> Range | None:
    """A range that has a line for itself, below the title."""
    page = where.page
    for i in range(min(page.first, TITLE_LINES)):
        line = page.lines[i]
        if line.start < where.begin or page.size(i) not in _LINE:
            continue
        low = line.start + (page.shadow[line.start] == "(")
        for pattern in ("days", "dotted"):
            m = WORDS[pattern].match(page.shadow, low, line.end)
            if m and m.end() >= line.end - 1 and (period := _as_period(m, where.year)):
                return period, Found("", m.start(), m.end())
    return None


_PLACES: Final = (
    ("behind a word", _behind_word),
    ("before a word", _before_word),
    ("a line of its own", _own_line),
)


def _range(where: _Where, start: int, stop: int, *, loose: bool) -> Range | None:
    shapes = (
        ("days", "dotted", "months", "whole_years") if loose else ("days", "dotted")
    )
    for shape in shapes:
        m = WORDS[shape].search(where.page.shadow, start, stop)
        if m and m.start() - start <= _NEAR and (period := _as_period(m, where.year)):
            return period, Found("", m.start(), m.end())
    return None


def _as_period(m: re.Match[str], year: int | None) -> Period | None:
    """The two days of a range.

    An end without a year has the start's; a range of months has its first and its last day.
    """
    parts = m.groupdict()
    first, last = as_int(parts["y1"]), as_int(parts["y2"])
    first, last = first or last or year, last or first or year
    if first is None or last is None:
        return None
    start = _first_day(first, parts.get("m1"), parts.get("d1"))
    end = _last_day(last, parts.get("m2"), parts.get("d2"))
    return Period(start, end) if start and end and start <= end else None


def _first_day(year: int, month: str | None, day: str | None) -> date | None:
    return _day(year, as_int(month) or 1, as_int(day) if day else 1)


def _last_day(year: int, month: str | None, day: str | None) -> date | None:
    number = as_int(month) or 12
    if not 1 <= number <= 12:
        return None
    return _day(year, number, as_int(day) if day else monthrange(year, number)[1])


def _day(year: int, month: int, day: int | None) -> date | None:
    if not 1 <= month <= 12 or not day or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return date(year, month, day)
