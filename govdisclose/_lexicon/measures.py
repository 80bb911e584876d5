"""What a unit measures: money, shares, or things that are counted.

A count has no decimals, no sign and no nought before it; a share is no count. Sums of
money in different units are the same kind of figure, and each keeps the unit that is
printed."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal

from govdisclose._lexicon.numeral import read_number, scaled

Dimension = Literal["money", "share", "count"]

_SHARES: Final = ("%", "‰", "个百分点", "百分点")
_MONEY: Final = re.compile(r"[十百千万亿]{0,2}(?:元|美元|港元|欧元|人民币)$")
_COUNTED: Final = frozenset("条件次篇个人期场份起项例宗家名部册户") | {
    "人次",
    "件次",
    "条次",
}
_OF_COUNT: Final = re.compile(r"(\d{1,12}(?:\.\d{1,8})?)(?:\s?([万亿])|\.)$")
_LEADING_NOUGHT: Final = re.compile(r"[+-]?0\d")


@lru_cache(1024)
def dimension(unit: str | None) -> Dimension | None:
    """What a unit measures; None for no unit and for one of length, time and the like.

    >>> [dimension(unit) for unit in ("万元", "百万元", "%", "件", "公里", None)]
    ['money', 'money', 'share', 'count', None, None]
    """
    if not unit:
        return None
    if unit in _SHARES:
        return "share"
    if _MONEY.fullmatch(unit):
        return "money"
    return "count" if unit in _COUNTED else None


def is_measure(text: str) -> bool:
    """Whether text is the unit of a sum of money: 千元, 亿元, 万美元.

    >>> is_measure("百万元"), is_measure("元旦")
    (True, False)
    """
    return _MONEY.fullmatch(text) is not None


def read_count(raw: str, expected: str | None) -> int | None:
    """A count that is printed as money is, 12.5万, or with a point behind it; None if it is no whole number.

    Only of counts: 12.5万 of a column in 万元 may be either, and behind 644. of a sum of money more may have stood.

    >>> read_count("12.5万", "件"), read_count("644.", "件"), read_count("12.5万", "万元")
    (125000, 644, None)
    """
    found = _OF_COUNT.match(raw)
    if found is None or dimension(expected) != "count":
        return None
    digits, scale = found.groups()
    if not scale and "." in digits:
        return None
    number = read_number(digits)
    value = None if number is None else scaled(number, scale or "", expected)[0]
    return value if isinstance(value, int) else None


@lru_cache(4096)  # reports print the same cells over and over
def fits(
    value: int | Decimal,
    raw: str,
    printed: str | None,
    expected: str | None,
    *,
    signed: bool = False,
    known: bool = False,
) -> bool:
    """Whether a figure, as printed in half-width `raw`, may be one of the `expected` unit.

    `printed` is the unit that stands with it. `signed` columns (增/减) may fall below nought.
    `known`: it is a figure of the form, which is a share only where the form expects one.

    >>> fits(1204, "1204", None, "件"), fits(Decimal("1.204"), "1.204", None, "件"), fits(-8, "-8", "件", "件")
    (True, False, False)
    >>> fits(5, "5%", "%", "件"), fits(2, "2", "亿元", "万元"), fits(77, "077", None, "件")
    (False, True, False)
    >>> fits(5, "5%", "%", None), fits(5, "5%", "%", None, known=True)
    (True, False)
    """
    if (value < 0 or raw.lstrip().startswith("-")) and not signed:
        return False
    if _LEADING_NOUGHT.match(raw):
        return False
    ours, theirs = dimension(printed or expected), dimension(expected)
    if printed and expected and ours != theirs and "count" in (ours, theirs):
        return False
    if "share" in (ours, theirs) and ours != theirs and (expected or known):
        return False
    return not (ours == "count" and isinstance(value, Decimal))
