"""Figures in prose.

Guarantees, for any text and any ranges inside it:

1. Every value lies inside one of the ranges, and `text.raw` of its place is its `raw`.
2. A figure has a number that was read whole and a measure word of the field; dates, ordinals,
   document numbers, telephone numbers, ranges and figures inside 《》 are passed over.
3. What touches a figure and is not understood makes it no figure, and never a shorter one. In doubt
   it is left out.
4. One pass over each range; no pattern looks further than a fixed distance from where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from string import ascii_letters
from typing import Final, NamedTuple

from govdisclose._lexicon.numeral import (
    MONEY,
    UNITS_OF_PROSE,
    read_chinese,
    read_number,
    shifted,
)
from govdisclose._prose.measure import (
    HAN_NUMERALS,
    PATTERNS,
    figure_pattern,
    not_behind,
    units,
)
from govdisclose.report import Figure, Quantity
from govdisclose.text import Text


def read_quantities(text: Text, ranges: Iterable[tuple[int, int]]) -> list[Quantity]:
    """The figures stated in `ranges` (offsets of `text.string`), in order.

    万 and 亿 are worked into the value: 14万条 is 140000 of the unit 条, 1.5亿元 is 150000000 of the unit
    元. `approximate` is set by 约, 近, 超过, 余, 多, 以上 and their like, and by bounds such as 不少于; they
    belong to `raw`. Chinese numerals are read where they count something, 一 only at the end of a
    clause.

    >>> from govdisclose.text import Source
    >>> prose = Text(Source("共公开信息近3万余条,召开会议三次。"))
    >>> [(q.value, q.unit, q.approximate, q.raw) for q in read_quantities(prose, [(0, 17)])]
    [(30000, '条', True, '近3万余条'), (3, '次', False, '三次')]
    """
    return [q for low, high in ranges for q in _quantities(text, low, high)]


class _Found(NamedTuple):
    """A match of the pattern of figures in a range of a text.

    `number` is what stands before scale and unit; `unit` is the measure word: 条次 for 条(次) and 条 次.
    """

    m: re.Match[str]
    text: str
    low: int
    start: int
    end: int
    high: int
    number: str
    unit: str

    def before(self, most: int) -> str:
        """The characters before it."""
        begin = self.start - most
        return self.text[max(self.low, begin) : self.start]

    @property
    def vague(self) -> bool:
        """Whether words in it or behind it make it approximate."""
        m = self.m
        return not m["more"] is m["many"] is m["bound"] is None


def _found(m: re.Match[str], text: str, low: int, high: int) -> _Found:
    start, end = m.span()
    unit = m["unit"] or "%"
    if unit not in _UNITS:
        unit = unit.translate(_PLAIN_UNIT)
    return _Found(m, text, low, start, end, high, text[start : m.start("number")], unit)


_UNITS: Final = frozenset(UNITS_OF_PROSE)
_PLAIN_UNIT: Final = str.maketrans("", "", " ()/")
_ROUND: Final = frozenset("百千万")
# The last characters of what `about` finds: one look in a set is cheaper than the pattern.
_LAST_OF_ABOUT: Final = frozenset("过于足到约概近乎超出破少多逾上了为有占合达计的 \t")
_FARTHEST_ABOUT: Final = 14


def _quantities(text: Text, low: int, high: int) -> Iterator[Quantity]:
    shadow = text.shadow
    for m in figure_pattern().finditer(shadow, low, high):
        share = m["share"]
        if share is None and m["unit"] is None:
            continue
        found = _found(m, shadow, low, high)
        about = _about(found)
        if share is not None:
            value = _decimal(share)
            approximate = m["about"] is not None
        else:
            value = _count(text, found)
            approximate = found.vague
            if about is None and not approximate and shadow[found.start] in _ROUND:
                continue  # 百家争鸣, 千人计划
        start = found.start if about is None else about
        if value is not None and _stands_free(shadow, start):
            span = text.span(start, found.end)
            vague = approximate or about is not None
            raw = text.source.slice(span)
            yield Quantity(value, found.unit, vague, raw, span, source=text.source)


# --- words before it that make it approximate


def _about(found: _Found) -> int | None:
    """Where the words before it begin that make it approximate; None where there are none."""
    text, start = found.text, found.start
    if start <= found.low or text[start - 1] not in _LAST_OF_ABOUT:
        return None
    word = PATTERNS["about"].search(
        text, max(found.low, start - _FARTHEST_ABOUT), start
    )
    return word.start() if word and _speaks_of(word, found) else None


def _speaks_of(word: re.Match[str], found: _Found) -> bool:
    """Whether a match of `about` speaks of the figure behind it."""
    said, text, start = word[1], found.text, found.start
    if said in ("上", "过") and text[start] not in _ROUND:
        return False
    # 近3次, 近5个工作日: the last three, not nearly three
    m = found.m
    short = (
        m.end("number") == start + 1 and m["more"] is m["many"] is m["scale"] is None
    )
    if said == "近" and short:
        return text[start] in _ROUND
    begin = word.start()
    return begin <= found.low or not PATTERNS["other_word"].match(text, begin - 1)


# --- what touches it

_BLANKS: Final = " \t\n"
_BLANKS_MOST: Final = 6
_OF_NUMBERS: Final = frozenset(f"0123456789{HAN_NUMERALS}")
_ITEM_MOST: Final = 8


def _stands_free(text: str, start: int) -> bool:
    r"""Whether nothing before the figure may be a part of it: 12 345条, 12’345条, 1|23条,
    二30件, 1\n23条."""
    at = _last_before(text, start)
    if at < 0:
        return True
    c = text[at]
    if c in _OF_NUMBERS:
        return at < start - 1 and c in HAN_NUMERALS and "\n" in text[at:start]
    if not PATTERNS["free_before"].match(c):
        return False
    if "\u3400" <= c <= "\u9fff":
        return True
    # a mark that stands on a digit may have been one within the figure
    before = _last_before(text, at)
    if before < 0 or not _is_like(text[before], text[start]):
        return True
    return c == ")" and bool(
        PATTERNS["item"].search(text, max(0, start - _ITEM_MOST), start)
    )


def _is_like(c: str, first: str) -> bool:
    """Whether a character may be of one number with the first of a figure."""
    return c.isdigit() or (first in HAN_NUMERALS and c in HAN_NUMERALS)


def _last_before(text: str, at: int) -> int:
    """Where the last character before `at` stands that is no blank; -1 where there is none near."""
    last = at - 1
    while last >= 0 and at - last < _BLANKS_MOST and text[last] in _BLANKS:
        last -= 1
    return last


_SIGNS: Final = frozenset("%‰")
_PLAIN_BEHIND: Final = frozenset(",。;、:)(\n")
_YEAR: Final = re.compile("(?:19|20)[0-9]{2}")


# The last characters of what `part_of_something` finds: one look in a set is cheaper than the pattern.
_LAST_OF_PART: Final = frozenset(
    f"{ascii_letters} .*/_@#~+-于满届大协跑每至到或、前点余多几来第"
    "\N{MULTIPLICATION SIGN}\N{HYPHEN}\N{LEFT TORTOISE SHELL BRACKET}\N{EN DASH}\N{EM DASH}"
)


def _is_part(found: _Found) -> bool:
    if found.start == found.low or found.text[found.start - 1] not in _LAST_OF_PART:
        return False
    return PATTERNS["part_of_something"].search(found.before(5)) is not None


def _goes_on(found: _Found) -> bool:
    if found.end >= found.high or found.text[found.end] in _PLAIN_BEHIND:
        return False
    if found.unit in _SIGNS and found.text[found.end] in _OF_NUMBERS:  # 1%00条
        return True
    goes_on = PATTERNS["goes_on"].match(found.text, found.end, found.high)
    return goes_on is not None or not PATTERNS["free_behind"].match(
        found.text, found.end
    )


def _counts_one(found: _Found) -> bool:
    """How to count, and not what was counted: 计1条."""
    if found.number != "1":
        return False
    if found.text.startswith("计", found.end, found.high):
        return True
    return PATTERNS["rule_of_counting"].search(found.before(4)) is not None


def _is_name(found: _Found) -> bool:
    """The name of a policy: “创业富民30条”."""
    if found.unit not in units("of_names") or found.end >= found.high:
        return False
    if not PATTERNS["closes_name"].match(found.text, found.end):
        return False
    return PATTERNS["opens_name"].search(found.before(16)) is not None


def _is_of_time(found: _Found) -> bool:
    """A span of time, the hour of a clock, or the year of an edition (2024版, 自2018起,
    with its 年 lost)."""
    if found.unit in units("of_time"):
        return True
    if found.unit == "版" and _YEAR.fullmatch(found.number):
        return True
    pattern = not_behind(found.unit)
    return pattern is not None and pattern.search(found.before(2)) is not None


_REFUSED: Final = (_is_part, _goes_on, _counts_one, _is_name, _is_of_time)
"""What makes a number with a measure word no figure."""


# --- what it is


def _count(text: Text, found: _Found) -> Figure | None:
    """The value of a number with a measure word; None where it is not a figure after all."""
    for refused in _REFUSED:
        if refused(found):
            return None
    number = found.number
    # A full-width comma parts clauses; only the half-width one groups thousands.
    if "," in number:
        printed = text.string[found.start : found.m.start("number")]
        if "\N{FULLWIDTH COMMA}" in printed:
            return None
    value = _of_digits(number) if number[0].isascii() else _of_numerals(found, number)
    if value is None:
        return None
    value = shifted(value, sum(map(_PLACES.__getitem__, found.m["scale"] or "")))
    # 1.236条 is a heading marker run into its text, or damaged: what is counted comes whole
    if isinstance(value, Decimal) and value % 1 and not _is_divisible(found.unit):
        return None
    return value


_PLACES: Final = {"百": 2, "千": 3, "万": 4, "亿": 8}
_NOUGHTS: Final = str.maketrans(
    dict.fromkeys("零\N{IDEOGRAPHIC NUMBER ZERO}\N{WHITE CIRCLE}\N{LARGE CIRCLE}", "0")
)


def _is_divisible(unit: str) -> bool:
    return unit in MONEY or unit in units("divisible")


def _of_digits(number: str) -> Figure | None:
    return read_number(number.translate(_NOUGHTS))


def _of_numerals(found: _Found, number: str) -> Figure | None:
    if number[0] in _ROUND:  # 百余次, 近万人
        number = f"一{number}"
    value = _decimal(number.replace("0", "零"))
    if value is None or PATTERNS["part_of_numeral"].search(found.before(4)):
        return None
    small = value <= 10 and not found.m["scale"] and not found.m["more"]
    return None if small and not _is_counted(found) else value


def _decimal(number: str) -> Figure | None:
    """A number of digits or of numerals, with 点 for the point: 九十九点五."""
    if number[0].isascii():
        return read_number(number)
    if number == "百":  # 百分之百
        return 100
    whole, point, part = number.partition("点")
    value = read_chinese(whole)
    if not point or value is None:
        return value
    digits = [read_chinese(c) for c in part]
    if any(digit is None or digit > 9 for digit in digits):
        return None
    return Decimal(f"{value}.{''.join(map(str, digits))}")


def _is_counted(found: _Found) -> bool:
    """Whether a Chinese numeral of ten or less states a figure."""
    text, end, high, unit = found.text, found.end, found.high, found.unit
    if PATTERNS["quote_before"].search(found.before(1)):
        return False
    closes = end >= high or PATTERNS["closes_clause"].match(text, end) is not None
    if found.number in (
        "一",
        "二",
        "壹",
        "贰",
    ):  # 二 is an ordinal before measure words, 两 counts
        return closes and _is_one(found)
    if closes or text.startswith("、", end, high):
        return True
    if unit in units("counted"):
        return not PATTERNS["set_phrase"].match(text, end, high)
    return PATTERNS["countable"].match(text, end, high) is not None


def _is_one(found: _Found) -> bool:
    if found.unit not in units("counted") or found.unit in units("not_counted_by_one"):
        return False
    if PATTERNS["not_before_one"].search(found.before(1)):
        return False
    return not PATTERNS["rate"].search(found.before(12))
