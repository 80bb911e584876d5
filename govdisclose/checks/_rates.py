"""Checks of prose against itself: shares and growth. They need no form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from govdisclose._prose.amounts import amount_of
from govdisclose._prose.passages import Passage
from govdisclose.checks._lists import (
    figure,
    is_change,
    is_close,
    operand,
    totals_before,
)
from govdisclose.checks._rules import RULES
from govdisclose.checks._say import Reason, number
from govdisclose.checks._sheet import told
from govdisclose.checks._words import WORDS
from govdisclose.finding import Finding, Operand, Verdict
from govdisclose.report import Figure, Quantity

# --- shares


def shares(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Shares whose part and whole are stated: 426条,占总数492条的86.6%, or 共492条,其中网站426条,占86.6%."""
    for passage in passages:
        if "占" in passage.text:
            for m in WORDS["share"].finditer(passage.text):
                found = _share(passage, m)
                if found is not None:
                    yield found


def _share(passage: Passage, m: re.Match[str]) -> Finding | None:
    stated = figure(passage, m.start("share"))
    start, _ = passage.sentence(m.start())
    before = passage.between(start, m.start())
    if stated.unit != "%" or not before or not WORDS["of_all"].fullmatch(m["of"]):
        return None
    part = before[-1]
    if not _is_amount(passage, part) or m.start() - part > _PART_MOST:
        return None
    wholes, sure = _wholes(passage, m, part, start)
    if not wholes:
        return None
    found = [_of_whole(passage, m, part, whole) for whole in wholes]
    held = next((f for f in found if f.verdict != "fails"), None)
    if held is not None:
        return held
    return found[0] if sure else None


_PART_MOST: Final = 16  # characters between a part and the words of its share


def _is_amount(passage: Passage, at: int) -> bool:
    """Whether the figure is exact, counts something and is no change."""
    quantity = figure(passage, at)
    if quantity.unit == "%" or is_change(passage.text, at):
        return False
    return bool(quantity.value) and amount_of(quantity).exact


def _wholes(
    passage: Passage, m: re.Match[str], part: int, start: int
) -> tuple[tuple[int, ...], bool]:
    """The figures that the share may be one of, and whether it is one of the first for certain.

    It is the one named with it, or else a total before the list of parts, for certain if that
    stands right before it.
    """
    unit = figure(passage, part).unit
    if m["whole"]:
        named = m.start("whole")
        quantity = figure(passage, named)
        exact = (
            quantity.unit == unit and bool(quantity.value) and amount_of(quantity).exact
        )
        return ((named,) if exact else ()), True
    among = [a.start() for a in WORDS["among"].finditer(passage.text, start, m.start())]
    if not among:
        return (), False
    totals = totals_before(passage, among[-1], start, unit)
    wholes = tuple(at for at in totals if at != part and _is_amount(passage, at))
    return wholes, bool(wholes) and is_close(passage.text, wholes[0], among[-1])


def _of_whole(passage: Passage, m: re.Match[str], part: int, whole: int) -> Finding:
    a, b = figure(passage, part), figure(passage, whole)
    operands = (
        operand(passage, m.start("share"), "share"),
        operand(passage, part, "part"),
        operand(passage, whole, "whole"),
    )
    computed = Decimal(a.value) * 100 / Decimal(b.value)
    stated = figure(passage, m.start("share"))
    how = f"{number(a.value)} / {number(b.value)}"
    return _computed("prose-share", "prose.share", operands, stated, computed, how)


def _computed(
    code: str,
    rule: str,
    operands: tuple[Operand, ...],
    stated: Quantity,
    computed: Decimal,
    how: str,
) -> Finding:
    """The finding on a rate that is stated, against the one that is computed."""
    value = Decimal(stated.value)
    exponent = value.as_tuple().exponent
    unit = Decimal(1).scaleb(
        exponent if isinstance(exponent, int) and exponent < 0 else 0
    )
    away = abs(value - computed)
    verdict: Verdict
    explanations: tuple[str, ...] = ()
    reason: Reason | None = None
    if away <= unit / 2:
        verdict = "holds"
    elif not amount_of(stated).exact:
        verdict, reason = "undecided", "approximate"
    elif away < unit:
        verdict, explanations = "explained", ("rounding",)
    else:
        verdict = "fails"
    shown = computed.quantize(min(unit, Decimal("0.01")))
    sign = "=" if verdict == "holds" else "≠"
    sum_up = f"{number(stated.value)}{stated.unit or ''} {sign} {number(shown)}{stated.unit or ''} ({how})"
    difference = value - shown
    return told(
        code, RULES[rule], verdict, operands, difference, sum_up, reason, explanations
    )


# --- growth

_GROWTH: Final = ("growth_of", "growth_by", "growth_to", "growth_from")


def growth(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Changes whose two figures are stated: 3119件,比上年3086件增长1.07%."""
    for passage in passages:
        if len(passage.figures) > 2 and "年" in passage.text:
            judged: set[int] = set()
            for name in _GROWTH:
                for m in WORDS[name].finditer(passage.text):
                    found = (
                        _growth(passage, m) if m.start("rate") not in judged else None
                    )
                    if found is not None:
                        judged.add(m.start("rate"))
                        yield found


def _growth(passage: Passage, m: re.Match[str]) -> Finding | None:
    years = m.groupdict()
    if years.get("after") and years["before"] and years["before"] >= years["after"]:
        return None
    if "by" in years:
        return _growth_by(passage, m)
    now, then, rate = (
        figure(passage, m.start(name)) for name in ("now", "then", "rate")
    )
    if now.unit != then.unit or not amount_of(now).exact or not amount_of(then).exact:
        return None
    places = (("rate", "change"), ("now", "this year"), ("then", "last year"))
    operands = tuple(operand(passage, m.start(group), name) for group, name in places)
    return changed(
        "prose-growth", "prose.growth", operands, now.value, then.value, rate, m["verb"]
    )


def _growth_by(passage: Passage, m: re.Match[str]) -> Finding | None:
    """66件,比上年增加6件,增长10%: what last year's figure was follows from the first two."""
    now, by, rate = (figure(passage, m.start(name)) for name in ("now", "by", "rate"))
    if now.unit != by.unit or not amount_of(now).exact or not amount_of(by).exact:
        return None
    sign = -1 if WORDS["down"].fullmatch(m["verb"]) else 1
    then = Decimal(now.value) - sign * Decimal(by.value)
    if rate.unit != "%" or then <= 0:
        return None
    places = (("rate", "change"), ("now", "this year"), ("by", "difference"))
    operands = tuple(operand(passage, m.start(group), name) for group, name in places)
    how = f"{number(by.value)} / {number(then)}"
    return _computed(
        "prose-growth",
        "prose.growth",
        operands,
        rate,
        Decimal(by.value) * 100 / then,
        how,
    )


def changed(
    code: str,
    rule: str,
    operands: tuple[Operand, ...],
    now: Figure,
    then: Figure,
    rate: Quantity,
    verb: str,
) -> Finding | None:
    """The finding on a stated change; None where its unit says nothing that can be computed."""
    sign = -1 if WORDS["down"].fullmatch(verb) else 1
    change = sign * (Decimal(now) - Decimal(then))
    how = f"{number(now)} - {number(then)}"
    if rate.unit == "%" and then:
        return _computed(
            code,
            rule,
            operands,
            rate,
            change * 100 / Decimal(then),
            f"({how}) / {number(then)}",
        )
    if rate.unit == "倍" and then:
        times = Decimal(now) / Decimal(then)
        near = min(
            (times, times - 1), key=lambda x: abs(x - Decimal(rate.value))
        )  # 增长2倍 is said of both
        return _computed(
            code, rule, operands, rate, near, f"{number(now)} / {number(then)}"
        )
    if rate.unit not in ("%", "倍", "个百分点", "百分点") and rate.unit is not None:
        return _computed(code, rule, operands, rate, change, how)
    return None
