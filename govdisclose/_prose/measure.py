"""Measure words in prose, from `quantities.toml`: where they are none, and how a figure with one is
found.

Each alternative of the pattern begins with one character out of one set, so that the engine can
skip through the text by that set; what the character is, is asked again behind it. Alternatives
that find something else than a figure (a title, an ordinal) are there to use the characters up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Final

from attrs import field, frozen

from govdisclose._lexicon.numeral import UNITS_OF_PROSE
from govdisclose._lexicon.words import Patterns

PATTERNS: Final = Patterns("govdisclose._prose", "quantities.toml")
"""What stands around figures, by its name there."""

HAN_DIGITS: Final = "一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾廿卅"
_NOUGHTS: Final = "零\N{IDEOGRAPHIC NUMBER ZERO}\N{WHITE CIRCLE}\N{LARGE CIRCLE}"
HAN_NUMERALS: Final = f"{HAN_DIGITS}百佰千仟万亿{_NOUGHTS}"
_OF_POINT: Final = f"一二三四五六七八九{_NOUGHTS}"
_BLANK: Final = r"[ \t]{0,3}"


def _texts(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


@frozen
class Measure:
    """A row of `quantities.toml`, which explains the members."""

    unit: str
    some: tuple[str, ...] = field(converter=_texts)
    none: tuple[str, ...] = field(converter=_texts)
    not_before: str | None = None
    only_before: str | None = None
    not_behind: str | None = None


@cache
def measures() -> Mapping[str, Measure]:
    """The measure words that other words are made of as well, by the words."""
    rows = (Measure(**row) for row in PATTERNS.data["measure"])
    return {row.unit: row for row in rows}


@cache
def units(name: str) -> frozenset[str]:
    """The measure words in a list of the file."""
    return frozenset(PATTERNS.data[name])


@cache
def not_behind(unit: str) -> re.Pattern[str] | None:
    """What the characters before a figure with that measure word must not be."""
    row = measures().get(unit)
    if row is None or row.not_behind is None:
        return None
    return re.compile(rf"{row.not_behind}[ ]?\Z")


def _unit_pattern(unit: str) -> str:
    source = "[ ]?".join(map(re.escape, unit))
    row = measures().get(unit)
    if row is not None and row.not_before:
        source += f"(?!{row.not_before})"
    if row is not None and row.only_before:
        closes = row.only_before.replace("{closes}", PATTERNS.source("closes"))
        source += f"(?={closes})"
    if f"{unit}次" in UNITS_OF_PROSE:  # 条(次) and 条/次 are 条次
        source = rf"{unit}(?:\(次\)|/次)|{source}"
    return source


@cache
def figure_pattern() -> re.Pattern[str]:
    """The pattern of a figure; compiled on first use, since that takes 10 ms."""
    by_first: dict[str, list[str]] = {}
    for unit in sorted(
        UNITS_OF_PROSE, key=len
    ):  # first the common ones, which are of one character
        by_first.setdefault(unit[0], []).insert(0, _unit_pattern(unit))
    begins = "".join(by_first)
    unit = "|".join("|".join(patterns) for patterns in by_first.values())
    return re.compile(
        rf"""[0-9{HAN_DIGITS}百千万《第](?:
      (?<=《)(?P<title>(?:[^《》\n]|《[^《》\n]{{0,60}}》){{0,100}}+》)
    | (?<=第)(?P<ordinal>{_BLANK}(?:[0-9]++|[{HAN_NUMERALS}]{{1,12}}+)
      (?:{_BLANK}[章条款项号类]?[、和及至到~-]{_BLANK}第?{_BLANK}
         (?:[0-9]{{1,4}}|[{HAN_NUMERALS}]{{1,6}})(?={_BLANK}[章条款项号类、])){{0,9}})
    | (?<=百)分之{_BLANK}(?P<share>[0-9]++(?:\.[0-9]++)?+
         |[{HAN_NUMERALS}]{{1,12}}+(?:点[{HAN_NUMERALS}]{{1,6}}+)?+)(?![点.0-9{HAN_NUMERALS}]|分之)
      (?:{_BLANK}(?P<about>以上|以下|以内|左右))?
    | (?:(?<=[0-9])[0-9{_NOUGHTS}]*+(?:,[0-9]{{3}}(?![0-9]))*+(?:\.[0-9]++)?+
        |(?<=[{HAN_DIGITS}])[{HAN_NUMERALS}0]*+(?:点[{_OF_POINT}]++)?+
        |(?<=[百千万])[万亿]?)
      (?P<number>)
      (?:{_BLANK}(?P<more>[余多来几+])?{_BLANK}(?P<scale>[百千]?[万亿]|万亿|[百千])?{_BLANK}(?P<many>[余多来+])?{_BLANK}
         (?=[{begins}])(?P<unit>{unit})
         (?:{_BLANK}(?P<bound>以上|以下|以内|左右|上下|有余|[多余](?=[,。;、)]|$)))?
      )?
        )""",
        re.VERBOSE,
    )
