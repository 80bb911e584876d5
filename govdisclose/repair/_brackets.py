"""Brackets around the year of a document symbol: 〔2018285号 is 〔2018〕285号, 政办2018〕43号 is
政办〔2018〕43号."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from govdisclose.repair._han import is_han
from govdisclose.text import Edit

_CLOSERS: Final = {
    "\N{LEFT TORTOISE SHELL BRACKET}": "\N{RIGHT TORTOISE SHELL BRACKET}",
    "\N{SMALL LEFT TORTOISE SHELL BRACKET}": "\N{SMALL RIGHT TORTOISE SHELL BRACKET}",
    "\N{LEFT BLACK LENTICULAR BRACKET}": "\N{RIGHT BLACK LENTICULAR BRACKET}",
    "\N{FULLWIDTH LEFT SQUARE BRACKET}": "\N{FULLWIDTH RIGHT SQUARE BRACKET}",
    "\N{FULLWIDTH LEFT PARENTHESIS}": "\N{FULLWIDTH RIGHT PARENTHESIS}",
    "[": "]",
    "(": ")",
}
OPENING: Final = frozenset(_CLOSERS)
"""The brackets that may stand before the year of a symbol."""

_ANY_OPENING: Final = f"[{re.escape(''.join(_CLOSERS))}]"
# Two patterns rather than one: each has a literal to search for, which is three times as fast as a
# class.
_YEARS: Final = tuple(
    re.compile(f"{century}(?<={_ANY_OPENING}{century})[0-9]{{2}}[0-9]{{1,5}}(?![0-9])")
    for century in ("20", "19")
)
_DOCUMENT: Final = re.compile("[ \N{IDEOGRAPHIC SPACE}]?[号號](.?)", re.DOTALL)
_OPENERS: Final = {
    "\N{RIGHT TORTOISE SHELL BRACKET}": "\N{LEFT TORTOISE SHELL BRACKET}",
    "\N{SMALL RIGHT TORTOISE SHELL BRACKET}": "\N{SMALL LEFT TORTOISE SHELL BRACKET}",
}
_SERIAL: Final = re.compile(
    "[ \N{IDEOGRAPHIC SPACE}]?第?[0-9]{1,5}[ \N{IDEOGRAPHIC SPACE}]?[号號]"
)


def lost_closers(string: str) -> Iterator[Edit]:
    """〔2018285号: year and number run together, right after a bracket that nothing closes.

    >>> list(lost_closers("国办发〔2018285号"))
    [Edit(start=8, end=8, new='〕', by='')]
    """
    for pattern in _YEARS:
        for match in pattern.finditer(string):
            start, end = match.span()
            if _is_symbol(string, start, end):
                yield Edit(start + 4, start + 4, _CLOSERS[string[start - 1]])


def _is_symbol(string: str, start: int, end: int) -> bool:
    """Whether year and digits, right after an opening bracket, are a document symbol that lost its
    closing one.

    Refused: (2018285号) and 〔2018285号〕, where the bracket is closed, and a parenthesis without an
    organ's name before it.
    """
    document = _DOCUMENT.match(string, end)
    opener = string[start - 1]
    if not document or document[1] == _CLOSERS[opener]:
        return False
    if opener not in "(（":
        return True
    return document[1] not in {")", "）"} and start > 1 and is_han(string[start - 2])


def lost_openers(string: str) -> Iterator[Edit]:
    """政办2018〕43号: the year stands between an organ's name and a bracket that nothing opened.

    Refused: anything but four digits of a year, and a closing bracket of a kind that also closes
    other things.

    >>> list(lost_openers("政办2018〕43号"))
    [Edit(start=2, end=2, new='〔', by='')]
    """
    for closer, opener in _OPENERS.items():
        at = string.find(closer)
        while at >= 0:
            if _is_year_before(string, at) and _SERIAL.match(string, at + 1):
                yield Edit(at - 4, at - 4, opener)
            at = string.find(closer, at + 1)


def _is_year_before(string: str, at: int) -> bool:
    """Whether a name and the four digits of a year end at `at`."""
    year = string[max(0, at - 4) : at]
    if at <= 4 or year[:2] not in {"19", "20"}:
        return False
    return year.isascii() and year.isdecimal() and is_han(string[at - 5])
