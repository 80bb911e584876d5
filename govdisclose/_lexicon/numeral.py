"""One string to a reading: figures, Chinese numerals, ordinals of markers, dates and
the content of table cells.

Nothing here raises on a `str`; what is not well formed reads as None. Strings are short
by contract (a cell, a match): whatever is longer than any figure is refused before work
is spent on it."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from govdisclose._lexicon.characters import half_width
from govdisclose._lexicon.terminals import terminal, words

# --- dates

DATE: Final = terminal("DATE")
"""Regex source, without groups that capture, of a full date on the shadow text. It may match a day that does not
exist (2月30日): `read_date` decides."""

_B: Final = terminal("_B")
_DATE: Final = re.compile(
    rf"\s*(?:(?P<year>[0-9]{{4}}|{terminal('CHINESE_YEAR')}){_B}年{_B}"
    rf"(?P<month>[^\s月]{{1,3}}){_B}月{_B}(?P<day>[^\s日号]{{1,3}}){_B}[日号]"
    r"|(?P<y>[0-9]{4})[ ]?(?P<mark>[-/.])[ ]?(?P<m>[0-9]{1,2})[ ]?(?P=mark)[ ]?(?P<d>[0-9]{1,2}))\s*"
)


def read_date(matched: str) -> date | None:
    """The day that a full date names; None if it is not a date or the day does not exist.

    >>> read_date("2019 年 1 月 14 日"), read_date("二〇一九年十二月三十一日"), read_date("2018-02-30")
    (datetime.date(2019, 1, 14), datetime.date(2019, 12, 31), None)
    >>> read_date("二0一九年元月二日")
    datetime.date(2019, 1, 2)
    """
    m = _DATE.fullmatch(half_width(matched))
    if m is None:
        return None
    if m["y"]:
        year, month, day = int(m["y"]), int(m["m"]), int(m["d"])
    else:
        parts = [_count(m["year"]), _count(m["month"]), _count(m["day"])]
        if None in parts:
            return None
        year, month, day = (p or 0 for p in parts)
    try:
        return date(year, month, day)
    except ValueError:  # 2月30日
        return None


# 二0一九年元月: a nought of the keyboard among Chinese digits, and the first month.
_IN_DATE: Final = str.maketrans({"0": "\N{IDEOGRAPHIC NUMBER ZERO}", "元": "一"})


def _count(s: str) -> int | None:
    return (
        int(s) if s.isascii() and s.isdigit() else read_chinese(s.translate(_IN_DATE))
    )


# --- figures of digits

# A figure of more digits than this is a serial number or noise; int() itself refuses more than 4300.
_LONGEST: Final = 40
_FIGURE: Final = re.compile(
    r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})++|[0-9]++)(?:\.[0-9]++)?+"
)


def read_number(s: str) -> int | Decimal | None:
    """A figure of digits, with a sign, a decimal part and commas between groups of
    three allowed; else None.

    An int where no decimal point is printed, otherwise a Decimal with just the digits printed.

    >>> read_number("1,234"), read_number("９.63211"), read_number("-35"), read_number("12,34"), read_number("1 234")
    (1234, Decimal('9.63211'), -35, None, None)
    """
    if s.isascii():
        if s.isdigit():
            return int(s) if len(s) <= _LONGEST else None
    elif len(s) <= _LONGEST:
        s = half_width(s)
    if len(s) > _LONGEST or not _FIGURE.fullmatch(s):
        return None
    s = s.replace(",", "")
    return Decimal(s) if "." in s else int(s)


# --- Chinese numerals

_DIGITS: Final = {
    **{
        c: i
        for i, row in enumerate(
            (
                "一壹弌",
                "二贰貳弍",
                "三叁參叄弎",
                "四肆",
                "五伍",
                "六陆陸",
                "七柒",
                "八捌",
                "九玖",
            ),
            1,
        )
        for c in row
    },
    **dict.fromkeys(words("NOUGHT"), 0),
}
_TENS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_FOLD: Final = str.maketrans(
    {"兩": "两", "萬": "万", "億": "亿", "廿": "二十", "卅": "三十"}
)
_TWO: Final = re.compile("^两$|两(?=[百佰千仟万亿])")


def read_chinese(s: str) -> int | None:
    """A numeral in Chinese characters, plain or formal; None if it is not well formed.

    Digit by digit only with a nought in it or four digits at least, since 三五 or 二三
    means "some". What is left out in speech is not filled in: 一百五 may be 150, or 105
    with a lost character.

    >>> [read_chinese(s) for s in ("二百三十", "十二", "两百", "一亿零二十", "二〇一九", "壹拾贰万")]
    [230, 12, 200, 100000020, 2019, 120000]
    >>> [read_chinese(s) for s in ("三三百", "一百五", "三五")]
    [None, None, None]
    """
    if not s or len(s) > _LONGEST:
        return None
    s = s.translate(_FOLD)
    if s in _DIGITS:
        return _DIGITS[s]
    if all(map(_DIGITS.__contains__, s)):
        if len(s) < 4 and not any(_DIGITS[c] == 0 for c in s):
            return None
        return int("".join(str(_DIGITS[c]) for c in s))
    s = _TWO.sub("二", s)
    above, mark, rest = s.rpartition("亿")
    if not mark:
        return _below_hundred_million(rest, None)
    high = _below_hundred_million(above, None)
    low = _below_hundred_million(rest, 10**8) if rest else 0
    return None if not high or low is None else high * 10**8 + low


def _below_hundred_million(s: str, after: int | None) -> int | None:
    above, mark, rest = s.rpartition("万")
    if not mark:
        return _below_ten_thousand(rest, after)
    high = _below_ten_thousand(above, None if after is None else 10**4)
    low = _below_ten_thousand(rest, 10**4) if rest else 0
    return None if not high or low is None else high * 10**4 + low


def _below_ten_thousand(s: str, after: int | None) -> int | None:
    """`after` is the unit that went before (万 or 亿), None at the beginning.

    零 stands only where a place is skipped.
    """
    total, digit, nought = 0, 0, False
    last = after or 10**9
    begun = after is not None
    for c in s:
        if (unit := _TENS.get(c)) is not None:
            if not digit and unit == 10 and not begun:
                digit = 1
            if not digit or unit >= last or (nought and unit * 10 == last):
                return None
            total, last, digit, nought = total + digit * unit, unit, 0, False
        elif (d := _DIGITS.get(c)) is None or digit:
            return None
        elif d:
            digit = d
        elif nought or not begun:
            return None
        else:
            nought = True
        begun = True
    if digit and begun and (last == 10**9 or (last == 10) is not nought):
        return total + digit
    return None if digit or nought or not total else total


# --- ordinals

_ENCLOSED: Final = {
    chr(first + i): i + 1
    for first, n in (
        (0x2460, 20),
        (0x2474, 20),
        (0x2488, 20),
        (0x3220, 10),
        (0x3280, 10),
        (0x2776, 10),
        (0x2160, 12),
    )
    for i in range(n)
}


@lru_cache(maxsize=1024)
def read_ordinal(s: str) -> int | None:
    """The number of a heading marker without its punctuation: 1 to 99 in Chinese, to
    999 in digits, or one enclosed character; else None.

    >>> [read_ordinal(s) for s in ("一", "二十一", "㈢", "⑿", "⑳", "１２", "廿一", "0", "百")]
    [1, 21, 3, 12, 20, 12, 21, None, None]
    """
    if s in _ENCLOSED:
        return _ENCLOSED[s]
    if not 0 < len(s) <= 4:
        return None
    s = half_width(s)
    if s.isascii():
        return int(s) or None if s.isdigit() and len(s) <= 3 else None
    value = read_chinese(s)
    return value if value and value < 100 else None


# --- cells

UNITS: Final = words("UNIT")
"""The measure words of the field, the longer before the shorter."""

UNITS_OF_PROSE: Final = words("UNIT_OF_PROSE")
"""With those that sentences count in and cells do not."""

MONEY: Final = frozenset(("元", "美元", "港元", "欧元"))
"""Units that 万 and 亿 belong to: 3.5万元 is 3.5 of the unit 万元, while 14万条 is 140000 of the unit 条."""

_CELL: Final = re.compile(
    rf"([+-]?[0-9][0-9,.]*+)[ \t]{{0,3}}([万亿]?)[ \t]{{0,3}}({terminal('UNIT')})?"
)
_PLACES: Final = {"百": 2, "千": 3, "万": 4, "亿": 8}
_DASH: Final = re.compile(
    r"[-/\\\N{EM DASH}\N{EN DASH}\N{FIGURE DASH}\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{HORIZONTAL BAR}\N{SMALL HYPHEN-MINUS}"
    r"\N{SMALL EM DASH}\N{BOX DRAWINGS LIGHT HORIZONTAL}\N{BOX DRAWINGS HEAVY HORIZONTAL}\N{TWO-EM DASH} ]{1,40}"
)
_RULED: Final = re.compile(
    r"[_ ]{1,40}"
)  # the line of a blank form that nobody wrote on
_NONE: Final = frozenset(("无", "無", "没有", "沒有", "暂无", "暫無"))


class CellReading(NamedTuple):
    """What a cell holds: a `value` only where `reading` is number; `unit` where one is
    printed in the cell itself."""

    reading: Literal["number", "blank", "dash", "none", "unreadable"]
    value: int | Decimal | None = None
    unit: str | None = None


_new: Final = (
    tuple.__new__
)  # half the cost of CellReading(...), on the path that most cells take
_BLANK: Final = CellReading("blank")
UNREADABLE: Final = CellReading("unreadable")


@lru_cache(maxsize=4096)
def read_cell(s: str) -> CellReading:
    """The content of one table cell. A blank, a dash and 无 are three readings, and none
    of them is nought; an underscore is a blank.

    >>> read_cell("251000元")
    CellReading(reading='number', value=251000, unit='元')
    >>> [read_cell(s).reading for s in ("0", "——", "", "__", "无", "约5")]
    ['number', 'dash', 'blank', 'blank', 'none', 'unreadable']
    """
    if s.isdigit() and s.isascii() and len(s) <= _LONGEST:
        return _new(CellReading, ("number", int(s), None))
    s = s.strip()
    if not s:
        return _BLANK
    if len(s) > _LONGEST + 10:
        return UNREADABLE
    s = half_width(s).strip()
    if m := _CELL.fullmatch(s):
        number, scale, unit = m.groups()
        value = read_number(number)
        if value is None or (scale and not unit):
            return UNREADABLE
        return CellReading("number", *scaled(value, scale, unit))
    if _DASH.fullmatch(s):
        return CellReading("dash")
    if _RULED.fullmatch(s):
        return _BLANK
    return CellReading("none") if s.rstrip("。") in _NONE else UNREADABLE


def scaled(
    value: int | Decimal, scale: str, unit: str | None
) -> tuple[int | Decimal, str | None]:
    """The figure and the unit that a number, a scale (万, 亿, 千万, or none) and a unit
    state together; see `MONEY`.

    >>> scaled(Decimal("1.3"), "亿", "次"), scaled(Decimal("3.5"), "万", "元"), scaled(3, "千万", "元")
    ((130000000, '次'), (Decimal('3.5'), '万元'), (3000, '万元'))
    """
    if scale and unit in MONEY and scale[-1] in "万亿":
        scale, unit = scale[:-1], f"{scale[-1]}{unit}"
    return shifted(value, sum(map(_PLACES.__getitem__, scale))), unit


def shifted(value: int | Decimal, places: int) -> int | Decimal:
    """The value with its decimal point moved to the right; an int once nothing is left
    behind the point.

    Done on the digits, so it is exact whatever the precision of the caller's decimal context.

    >>> shifted(Decimal("3.50"), 1), shifted(Decimal("0.00016"), 4)
    (35, Decimal('1.6'))
    """
    if not places or isinstance(value, int):
        return value * 10**places if places else value
    whole, _, part = f"{value:f}".partition(".")
    digits, rest = whole + part[:places].ljust(places, "0"), part[places:].rstrip("0")
    return Decimal(f"{int(digits)}.{rest}") if rest else int(digits)
