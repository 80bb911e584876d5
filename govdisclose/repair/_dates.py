"""Dates that lost a character: 201811日 is 2018年1月1日, 至12月31止 is 至12月31日止, 至1231日 is 至12月31日.

A date needs an anchor (日, 月, 止, or 自, 截至 and the like before it), a year from 1949 to 2099 that no
letter, digit, point, stroke or hyphen precedes, and a day that exists.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from govdisclose.repair._brackets import OPENING
from govdisclose.repair._words import WORDS
from govdisclose.text import Doubt, Edit

_AFTER_CENTURY: Final = (
    "[0-9]{2}(?:(年)(?P<rest>[0-9]{2,4})(?=[日止])|(?P<digits>[0-9]{1,5})(?![0-9]))"
)
# Two patterns rather than one: each has a literal to search for, which is three times as fast as a
# class.
_YEARS: Final = (re.compile(f"20{_AFTER_CENTURY}"), re.compile(f"19{_AFTER_CENTURY}"))
_ENDS_OF_RANGE: Final = (
    re.compile("至([0-9]{3,4})日"),
    re.compile("到([0-9]{3,4})日"),
)  # two, for the same reason
# What stands behind a whole date; 日 behind it says that the date is another.
_STOP: Final = re.compile(
    r"(?:[^\S\n]*(?:[止起至到。;；、)）—~～，\n]|,(?![0-9])|\Z))(?!\s*日)"
)
_FIRST_YEAR: Final = 1949
_ANY_YEAR: Final = 2000  # one with a 29 February
_DAYS: Final = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _is_day(year: int, month: int, day: int) -> bool:
    if month == 2 and day == 29:
        return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 1 <= month <= 12 and 1 <= day <= _DAYS[month]


def _cuts(year: int, digits: str) -> list[int]:
    """Where digits may be cut into a month and a day that exist."""
    return [
        cut
        for cut in (1, 2)
        if 1 <= len(digits) - cut <= 2
        and _is_day(year, int(digits[:cut]), int(digits[cut:]))
    ]


def lost_years(string: str) -> Iterator[Edit | Doubt]:
    """201811日, 20155月, 20181231止: what ran together behind a year.

    >>> [edit.new for edit in lost_years("自201811日至20181231日止")]
    ['年', '月', '年', '月']
    >>> list(lost_years("2018111日"))
    [Doubt(start=0, end=8, candidates=('2018年1月11日', '2018年11月1日'), by='')]
    """
    for pattern in _YEARS:
        for match in pattern.finditer(string):
            if _begins_a_date(string, match.start()) and not _is_in_brackets(
                string, match
            ):
                yield from _after_year(string, match)


def _is_in_brackets(string: str, match: re.Match[str]) -> bool:
    """Whether the digits stand right behind an opening bracket: those are a symbol's,
    or nobody's."""
    start = match.start()
    return match["digits"] is not None and string[start - 1 : start] in OPENING


def _begins_a_date(string: str, start: int) -> bool:
    """Whether the digits at `start` are a year, by their number and by what is before them."""
    before = string[start - 1] if start else "\n"
    if (
        (before.isascii() and before.isalnum())
        or before in "./-_"
        or before.isdecimal()
    ):
        return False
    return int(string[start : start + 4]) >= _FIRST_YEAR


def _after_year(string: str, match: re.Match[str]) -> Iterator[Edit | Doubt]:
    start, end = match.span()
    digits, after = match["digits"], string[end : end + 1]
    if digits and after == "月":
        if len(digits) <= 2 and 1 <= int(digits) <= 12:
            yield Edit(start + 4, start + 4, "年")
        return
    tail = digits or match["rest"]
    if len(tail) > 4:
        return
    if after in {"日", "止"} or _stands_as_date(string, start, end, tail):
        yield from _month_and_day(string, match, tail)


def _month_and_day(
    string: str, match: re.Match[str], tail: str
) -> Iterator[Edit | Doubt]:
    """The characters to put into `tail`, which is a month, or a month and a day; a doubt if it
    could be several."""
    start, end = match.span()
    year = string[start : start + 4]
    has_day = string[end : end + 1] == "日"
    cuts = _cuts(int(year), tail)
    readings = [f"{year}年{tail[:cut]}月{tail[cut:]}日" for cut in cuts]
    if not has_day and len(tail) <= 2 and 1 <= int(tail) <= 12:
        cuts.append(len(tail))
        readings.append(f"{year}年{tail}月")
    if len(cuts) > 1:
        yield Doubt(start, end + has_day, tuple(readings))
    for cut in cuts if len(cuts) == 1 else ():
        at = end - len(tail)
        if match["digits"]:
            yield Edit(at, at, "年")
        yield Edit(at + cut, at + cut, "月")
        if not has_day and cut < len(tail):
            yield Edit(end, end, "日")


def _stands_as_date(string: str, start: int, end: int, tail: str) -> bool:
    """Whether a run of digits without 日, 月 or 止 after it is shown to be a date by what stands
    around it.

    Eight digits between the words of a range, or fewer from 自 to the other end of the range.
    Refused: 增加到 20181231, and every run that a unit follows.
    """
    before = string[max(0, start - 2) : start]
    if not WORDS["range_start"].search(before):
        return False
    if len(tail) == 4 and _STOP.match(string, end):
        return True
    return before[-1] in "自从從" and len(tail) > 1 and _ends_range(string, end)


def _ends_range(string: str, at: int) -> bool:
    return WORDS["range_end"].match(string, at) is not None


def lost_days(string: str) -> Iterator[Edit]:
    """至12月31止, 截至2020年12月31，: the day is there and its 日 is lost.

    Refused: 1月1至3日 and 30、31日, where it was never written, and 12月3,500, a figure.

    >>> list(lost_days("至12月31止"))
    [Edit(start=6, end=6, new='日', by='')]
    """
    for match in WORDS["day"].finditer(string):
        before = WORDS["month_before"].search(
            string, max(0, match.start() - 9), match.start()
        )
        end = match.end()
        if before and _is_day(_ANY_YEAR, int(before["month"]), int(match[1])):
            anchored = before["anchor"] is not None
            if string[end : end + 1] == "止" or (anchored and _may_end(string, end)):
                yield Edit(end, end, "日")


def _may_end(string: str, at: int) -> bool:
    """Whether a date may end at `at`: what 至 leads to must then be the far end of a range."""
    return string[at : at + 1] not in {"至", "到"} or _ends_range(string, at)


def lost_months(string: str) -> Iterator[Edit]:
    """自2018年1月1日至1231日: the end of a range without a year, with its 月 lost.

    Refused: 1月1至31日, where a day of the same month is meant, and 至111日, which could be two days.

    >>> list(lost_months("自2018年1月1日至1231日"))
    [Edit(start=13, end=13, new='月', by='')]
    """
    for pattern in _ENDS_OF_RANGE:
        for match in pattern.finditer(string):
            at = match.start(1)
            before = string[at - 2 : at - 1]
            cuts = _cuts(_ANY_YEAR, match[1])
            if len(cuts) == 1 and (before in {"日", "起"} or before.isdecimal()):
                yield Edit(at + cuts[0], at + cuts[0], "月")
