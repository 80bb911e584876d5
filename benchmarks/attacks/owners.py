"""Tables of another year, another body or another version beside, or in place of, this report's own."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Final

from attrs import evolve

from attacks.kind import Kind, one_column
from attacks.sheet import (
    OTHERS,
    Draft,
    Line,
    Sheet,
    Value,
    disowned,
    each_sheet,
    each_value,
)

Captions = Callable[[Draft], str]


def _captioned(caption: Captions) -> Callable[[Draft, random.Random], Draft]:
    """The only table of its kind says over it that it is not this report's."""

    def change(drafted: Draft, rng: random.Random) -> Draft:
        def add(sheet: Sheet) -> Sheet:
            return evolve(sheet, captions=(caption(drafted), *sheet.captions))

        return each_value(each_sheet(drafted, add), disowned)

    return change


def _two(
    theirs: Captions, own: Captions, *, theirs_first: bool
) -> Callable[[Draft, random.Random], Draft]:
    """Two tables, one of them not this report's: its figures have no key here."""

    def change(drafted: Draft, rng: random.Random) -> Draft:
        sheets: list[Sheet] = []
        for sheet in drafted.sheets:
            other = _others(sheet, rng, theirs(drafted))
            mine = evolve(sheet, captions=(own(drafted), *sheet.captions))
            sheets += [other, mine] if theirs_first else [mine, other]
        return evolve(drafted, sheets=tuple(sheets))

    return change


def _others(sheet: Sheet, rng: random.Random, caption: str) -> Sheet:
    def other(value: Value) -> Value:
        if not isinstance(value.want, int | Decimal):
            return evolve(value, key=None)
        return Value(str(abs(int(value.want)) + rng.randint(1, 60)))

    lines = (
        evolve(line, values=tuple(map(other, line.values))) for line in sheet.lines
    )
    return evolve(sheet, captions=(caption, *sheet.captions), lines=tuple(lines))


def _labelled_year(drafted: Draft, rng: random.Random) -> Draft:
    """Every label names last year."""

    def add(sheet: Sheet) -> Sheet:
        lines = (_with_label(line, f"（{drafted.year - 1}年）") for line in sheet.lines)
        return evolve(sheet, lines=tuple(lines))

    return each_value(each_sheet(drafted, add), disowned)


def _with_label(line: Line, more: str) -> Line:
    return (
        evolve(line, labels=(*line.labels[:-1], line.labels[-1] + more))
        if line.labels
        else line
    )


def _last_years_rows(drafted: Draft, rng: random.Random) -> Draft:
    """Below every row the same row with last year's figures."""

    def add(sheet: Sheet) -> Sheet:
        lines: list[Line] = []
        for line in sheet.lines:
            theirs = tuple(
                Value(str(rng.randint(0, 300)) if value.text else "")
                for value in line.values
            )
            last = _with_label(evolve(line, values=theirs), f"（{drafted.year - 1}年）")
            lines += [line, last]
        return evolve(sheet, lines=tuple(lines))

    return each_sheet(drafted, add)


def _own_title(drafted: Draft) -> str:
    return f"{drafted.issuer}政府信息公开情况统计表（{drafted.year}年度）"


def _last_title(drafted: Draft) -> str:
    return f"{drafted.issuer}政府信息公开情况统计表（{drafted.year - 1}年度）"


def _other_title(drafted: Draft) -> str:
    return (
        f"{OTHERS[drafted.year % len(OTHERS)]}{drafted.year}年度政府信息公开情况统计表"
    )


def _filled_by(drafted: Draft) -> str:
    return f"填报单位：{OTHERS[drafted.year % len(OTHERS)]}"


def _word(word: str) -> Captions:
    return lambda drafted: word


OWNERS: Final = (
    Kind("owner-caption-last-year", _captioned(_last_title), one_column),
    Kind("owner-caption-other-body", _captioned(_other_title), one_column),
    Kind("owner-filled-by-other", _captioned(_filled_by), one_column),
    Kind("owner-labels-last-year", _labelled_year, one_column),
    Kind("owner-rows-last-year", _last_years_rows, one_column),
    Kind(
        "owner-two-years", _two(_last_title, _own_title, theirs_first=True), one_column
    ),
    Kind(
        "owner-two-years-own-first",
        _two(_last_title, _own_title, theirs_first=False),
        one_column,
    ),
    Kind(
        "owner-two-bodies",
        _two(_other_title, _own_title, theirs_first=True),
        one_column,
    ),
    Kind(
        "owner-corrected",
        _two(_word("更正前"), _word("更正后"), theirs_first=True),
        one_column,
    ),
    Kind(
        "owner-sample",
        _two(_word("填写示例"), _own_title, theirs_first=True),
        one_column,
    ),
    Kind(
        "owner-requests-last-year",
        _captioned(lambda d: f"{d.year - 1}年度"),
        lambda t: t.id == "requests",
    ),
)
