"""Heads that are not in the order of the form: the words over a column say what it is, never its place."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Final

from attrs import evolve

from attacks.kind import Kind, grouped, many_columns, one_column, with_unit
from attacks.sheet import (
    Box,
    Draft,
    Head,
    Line,
    Sheet,
    Value,
    beside,
    columns,
    disowned,
    each_sheet,
    each_value,
    unclear,
)


def _on_columns(
    order: Callable[[Sheet, random.Random], list[int]],
) -> Callable[[Draft, random.Random], Draft]:
    def change(drafted: Draft, rng: random.Random) -> Draft:
        return each_sheet(drafted, lambda sheet: columns(sheet, order(sheet, rng)))

    return change


def _shuffled(sheet: Sheet, rng: random.Random) -> list[int]:
    return rng.sample(range(len(sheet.heads)), len(sheet.heads))


def _total_first(sheet: Sheet, rng: random.Random) -> list[int]:
    return _first(
        sheet,
        lambda head: (
            head.key is not None and head.key.split(".")[-1] in ("total", "cumulative")
        ),
    )


def _first(sheet: Sheet, goes_first: Callable[[Head], bool]) -> list[int]:
    return sorted(range(len(sheet.heads)), key=lambda i: not goes_first(sheet.heads[i]))


def _groups_swapped(sheet: Sheet, rng: random.Random) -> list[int]:
    places = range(len(sheet.heads))
    above = [head.words[: max(1, len(head.words) - 1)] for head in sheet.heads]
    order = list(dict.fromkeys(above))
    rng.shuffle(order)
    tops = list(dict.fromkeys(words[0] for words in order))
    return sorted(
        places, key=lambda i: (tops.index(above[i][0]), order.index(above[i]))
    )


def _swapped_alone(drafted: Draft, rng: random.Random) -> Draft:
    """Two heads change places, the figures stay: what is printed under a head is that head's figure."""

    def swap(sheet: Sheet) -> Sheet:
        if len(sheet.heads) < 2:
            return sheet
        a, b = sorted(rng.sample(range(len(sheet.heads)), 2))
        moved = columns(
            sheet,
            [b if i == a else a if i == b else i for i in range(len(sheet.heads))],
        )
        lines = []
        for old, new in zip(sheet.lines, moved.lines, strict=True):
            pairs = zip(old.values, new.values, strict=True)
            values = (evolve(was, key=now.key, unclear=True) for was, now in pairs)
            lines.append(evolve(old, values=tuple(values)))
        return evolve(moved, lines=tuple(lines))

    return each_sheet(drafted, swap)


def _flat(drafted: Draft, rng: random.Random) -> Draft:
    """One line of heads; the words of the group stand before those of the column, or are gone."""
    joined = rng.random() < 0.5

    def words(head: Head) -> tuple[str, ...]:
        *above, last = head.words
        group = above[-1] if above and above[-1] != last else ""
        top = above[0] + "-" if len(above) > 1 and above[0] != "申请人情况" else ""
        return (top + (group + "-" if group and (joined or top) else "") + last,)

    def flatten(sheet: Sheet) -> Sheet:
        heads = tuple(evolve(head, words=words(head)) for head in sheet.heads)
        return evolve(sheet, heads=heads)

    return each_sheet(drafted, flatten)


def _flat_shuffled(drafted: Draft, rng: random.Random) -> Draft:
    return _on_columns(_shuffled)(_flat(drafted, rng), rng)


def _headless(drafted: Draft, rng: random.Random) -> Draft:
    bare = each_sheet(drafted, lambda sheet: evolve(sheet, headless=True))
    return each_value(bare, unclear)


def _last_year(rng: random.Random) -> Callable[[Line], str]:
    return lambda line: (
        str(rng.randint(0, 400))
        if line.values and line.values[0].text not in ("", "——")
        else ""
    )


def _year_beside(*, first: bool) -> Callable[[Draft, random.Random], Draft]:
    def change(drafted: Draft, rng: random.Random) -> Draft:
        def add(sheet: Sheet) -> Sheet:
            own = tuple(
                evolve(head, words=(f"{drafted.year}年",)) for head in sheet.heads
            )
            last = Head((f"{drafted.year - 1}年",))
            return beside(evolve(sheet, heads=own), last, _last_year(rng), first=first)

        return each_sheet(drafted, add)

    return change


def _column_beside(
    word: str, text: Callable[[random.Random], str], *, first: bool = False
) -> Callable[[Draft, random.Random], Draft]:
    def change(drafted: Draft, rng: random.Random) -> Draft:
        def add(sheet: Sheet) -> Sheet:
            levels = max(len(head.words) for head in sheet.heads)
            return beside(
                sheet, Head((word,) * levels), lambda line: text(rng), first=first
            )

        return each_sheet(drafted, add)

    return change


def _quarters(drafted: Draft, rng: random.Random) -> Draft:
    """Four quarters before the year's figure."""

    def add(sheet: Sheet) -> Sheet:
        whole = tuple(evolve(head, words=("全年合计",)) for head in sheet.heads)
        changed = evolve(sheet, heads=whole)
        for word in ("四季度", "三季度", "二季度", "一季度"):
            changed = beside(changed, Head((word,)), _last_year(rng), first=True)
        return changed

    return each_sheet(drafted, add)


def _own_and_whole(drafted: Draft, rng: random.Random) -> Draft:
    """The body's own figures beside those of the whole county."""

    def add(sheet: Sheet) -> Sheet:
        own = tuple(evolve(head, words=("本级",)) for head in sheet.heads)
        return beside(evolve(sheet, heads=own), Head(("全县",)), _last_year(rng))

    return each_value(each_sheet(drafted, add), unclear)


def _reordered(*kinds: str) -> Callable[[Draft, random.Random], Draft]:
    """What stands before the figures and the figures themselves, in another order: value, label, unit."""

    def change(drafted: Draft, rng: random.Random) -> Draft:
        def reorder(sheet: Sheet) -> Sheet:
            names = [kind for kind, _ in sheet.stubs] + ["value"] * len(sheet.heads)
            order = sorted(
                range(len(names)),
                key=lambda i: (
                    kinds.index(names[i]) if names[i] in kinds else len(kinds)
                ),
            )

            def move(row: list[Box]) -> list[Box]:
                return [row[i] for i in order] if len(row) == len(order) else row

            return evolve(sheet, order=move)

        return each_sheet(drafted, reorder)

    return change


def _other_year_head(drafted: Draft, rng: random.Random) -> Draft:
    """The one column of figures says another year."""

    def add(sheet: Sheet) -> Sheet:
        return evolve(
            sheet,
            heads=tuple(
                evolve(head, words=(f"{drafted.year - 1}年",)) for head in sheet.heads
            ),
        )

    return each_value(each_sheet(drafted, add), disowned)


def _remark(rng: random.Random) -> str:
    return rng.choice(("", "", "", "含转办3件", "见附件2", "上年为12", "2"))


def _percent(rng: random.Random) -> str:
    return rng.choice(("12.5%", "-3%", "0", "8%", "持平"))


LINES: Final = (
    "pipes",
    "tight",
    "tabs",
    "markdown",
    "csv",
    "html",
    "cells",
    "boxed",
    "bars_apart",
    "cells_apart",
)
DELIMITED: Final = (
    "pipes",
    "tight",
    "tabs",
    "markdown",
    "csv",
    "html",
    "html_inside",
    "boxed",
    "ruled",
)

HEADS: Final = (
    Kind("heads-shuffled", _on_columns(_shuffled), many_columns, LINES),
    Kind("heads-total-first", _on_columns(_total_first), many_columns, LINES),
    Kind(
        "heads-total-first-text",
        _on_columns(_total_first),
        many_columns,
        ("aligned", "spaced"),
    ),
    Kind("heads-groups-swapped", _on_columns(_groups_swapped), grouped, LINES),
    Kind("heads-swapped-alone", _swapped_alone, many_columns, DELIMITED),
    Kind("heads-flat", _flat, grouped, DELIMITED),
    Kind("heads-flat-shuffled", _flat_shuffled, grouped, DELIMITED),
    Kind("heads-lost", _headless, many_columns),
    Kind("beside-last-year", _year_beside(first=False), one_column),
    Kind("beside-last-year-first", _year_beside(first=True), one_column),
    Kind("beside-quarters", _quarters, one_column),
    Kind("beside-whole-county", _own_and_whole, one_column),
    Kind("beside-growth", _column_beside("比上年增减", _percent), one_column),
    Kind("beside-remarks", _column_beside("备注", _remark)),
    Kind(
        "beside-remarks-first",
        _column_beside("备注", _remark, first=True),
        many_columns,
        DELIMITED,
    ),
    Kind(
        "order-value-label-unit", _reordered("value", "label", "unit"), with_unit, LINES
    ),
    Kind(
        "order-label-value-unit", _reordered("label", "value", "unit"), with_unit, LINES
    ),
    Kind(
        "order-unit-label-value", _reordered("unit", "label", "value"), with_unit, LINES
    ),
    Kind("head-other-year", _other_year_head, one_column),
)
__all__ = ["DELIMITED", "HEADS", "LINES", "Value"]
