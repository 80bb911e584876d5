"""A count as a list prints it: `spell(3, "chineseCounting")` is 三. The formats are
those of ST_NumberFormat.

Source: ISO/IEC 29500-1, 17.18.59, for the formats that Word offers in Chinese, Japanese
and Western lists. The others (Korean, Hebrew, Thai, numbers in words) print as
decimals."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Final

_STEMS: Final = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES: Final = "子丑寅卯辰巳午未申酉戌亥"
_FULL_WIDTH: Final = str.maketrans({str(i): chr(0xFF10 + i) for i in range(10)})
_ROMAN: Final = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_ROMAN_MOST: Final = 3999
_LETTERS_MOST: Final = 780  # thirty times the same letter
_CHICAGO: Final = "*\N{DAGGER}\N{DOUBLE DAGGER}\N{SECTION SIGN}"
_WRITTEN_MOST: Final = 9999
_DIGITWISE_FROM: Final = 100  # from where 一〇〇 is written digit by digit

_PLAIN: Final = "〇一二三四五六七八九"
_CIRCLE_ZERO: Final = "\N{WHITE CIRCLE}一二三四五六七八九"


def _digitwise(digits: str) -> Callable[[int], str]:
    return lambda number: "".join(digits[int(d)] for d in str(number))


def _written(
    digits: str, units: str, zero: str, one_ten: bool, one_hundred: bool = True
) -> Callable[[int], str]:
    """Numbers in words up to 9,999: `units` are those of ten, a hundred and a thousand,
    `zero` fills a gap.

    `one_ten`: whether ten is 一十 and not 十; `one_hundred`: whether a hundred is 一百 and not 百.
    """

    def spelled(number: int) -> str:
        if not 0 < number <= _WRITTEN_MOST:
            return str(number) if number else zero or digits[0]
        out, gap = "", False
        for place in (3, 2, 1, 0):
            digit = number // 10**place % 10
            if not digit:
                gap = bool(out)
                continue
            out += zero if gap else ""
            gap = False
            silent = (
                digit == 1
                and place
                and (not one_hundred or (place == 1 and not one_ten and not out))
            )
            out += ("" if silent else digits[digit]) + (
                units[place - 1] if place else ""
            )
        return out

    return spelled


def _counting(zero: str) -> Callable[[int], str]:
    """一 to 九十九 in words, from a hundred on digit by digit."""
    words, digits = (
        _written(_PLAIN, "十百千", "零", one_ten=False),
        _digitwise(zero + _PLAIN[1:]),
    )
    return lambda number: (
        words(number) if 0 < number < _DIGITWISE_FROM else digits(number)
    )


def _from(characters: str) -> Callable[[int], str]:
    """One character a number, decimals beyond."""
    return lambda number: (
        characters[number - 1] if 0 < number <= len(characters) else str(number)
    )


def _run(first: str, count: int) -> Callable[[int], str]:
    return _from("".join(chr(ord(first) + i) for i in range(count)))


def _roman(number: int) -> str:
    if not 0 < number <= _ROMAN_MOST:
        return str(number)
    out = ""
    for value, letters in _ROMAN:
        times, number = divmod(number, value)
        out += letters * times
    return out


def _letter(number: int) -> str:
    """A to Z, then AA, BB: Word doubles the letter, it does not count in base 26."""
    if not 0 < number <= _LETTERS_MOST:
        return str(number)
    times, letter = divmod(number - 1, 26)
    return chr(ord("A") + letter) * (times + 1)


def _ordinal(number: int) -> str:
    end = (
        "th"
        if 10 < number % 100 < 14
        else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    )
    return f"{number}{end}"


_FORMATS: Final[Mapping[str, Callable[[int], str]]] = MappingProxyType(
    {
        "decimal": str,
        "decimalHalfWidth": str,
        "decimalFullWidth": lambda n: str(n).translate(_FULL_WIDTH),
        "decimalFullWidth2": lambda n: str(n).translate(_FULL_WIDTH),
        "decimalZero": lambda n: f"{n:02}",
        "decimalEnclosedCircle": _run("①", 20),
        "decimalEnclosedCircleChinese": _run("①", 20),
        "decimalEnclosedFullstop": _run("⒈", 20),
        "decimalEnclosedParen": _run("⑴", 20),
        "numberInDash": lambda n: f"- {n} -",
        "upperRoman": _roman,
        "lowerRoman": lambda n: _roman(n).lower(),
        "upperLetter": _letter,
        "lowerLetter": lambda n: _letter(n).lower(),
        "ordinal": _ordinal,
        "hex": lambda n: f"{n:X}",
        "chicago": lambda n: (
            _CHICAGO[(n - 1) % 4] * min((n - 1) // 4 + 1, 30) if n > 0 else str(n)
        ),
        "chineseCounting": _counting("\N{WHITE CIRCLE}"),
        "taiwaneseCounting": _counting("\N{WHITE CIRCLE}"),
        "chineseCountingThousand": _written(_PLAIN, "十百千", "零", one_ten=False),
        "taiwaneseCountingThousand": _written(_PLAIN, "十百千", "零", one_ten=False),
        "japaneseCounting": _written(
            _PLAIN, "十百千", "", one_ten=False, one_hundred=False
        ),
        "koreanDigital2": _digitwise("零" + _PLAIN[1:]),
        "ideographDigital": _digitwise(_PLAIN),
        "japaneseDigitalTenThousand": _digitwise(_PLAIN),
        "taiwaneseDigital": _digitwise(_CIRCLE_ZERO),
        "ideographTraditional": _from(_STEMS),
        "ideographZodiac": _from(_BRANCHES),
        "ideographZodiacTraditional": lambda n: (
            _STEMS[(n - 1) % 10] + _BRANCHES[(n - 1) % 12]
        ),
        "ideographEnclosedCircle": _run("㊀", 10),
        "chineseLegalSimplified": _written(
            "零壹贰叁肆伍陆柒捌玖", "拾佰仟", "零", one_ten=True
        ),
        "ideographLegalTraditional": _written(
            "零壹貳參肆伍陸柒捌玖", "拾佰仟", "零", one_ten=True
        ),
        "japaneseLegal": _written("零壱弐参四伍六七八九", "拾百阡", "", one_ten=True),
        "none": lambda _: "",
        "bullet": lambda _: "",
    }
)

FORMATS: Final = frozenset(_FORMATS)
"""The formats that are spelled in their own way."""

_NOUGHTS: Final = re.compile(r"0{0,9}1\b")


def spell(number: int, kind: str) -> str:
    """`number` in the format `kind`; a format that is not in `FORMATS` prints decimals.

    `kind` may also be the pattern of a custom format, which shows how 1 is printed:
    `001, 002, 003, ...`.

    >>> [spell(11, kind) for kind in ("chineseCounting", "ideographDigital", "decimalEnclosedCircle", "upperRoman")]
    ['十一', '一一', '⑪', 'XI']
    >>> spell(7, "001, 002, 003, ...")
    '007'
    """
    if number >= 0 and (known := _FORMATS.get(kind)) is not None:
        return known(number)
    custom = _NOUGHTS.match(kind)
    return f"{number:0{custom.end()}}" if custom else str(number)
