"""The range that a figure of prose stands for."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from govdisclose._lexicon.numeral import MONEY
from govdisclose._prose.words import WORDS
from govdisclose.form.relation import Amount
from govdisclose.report import Figure, Quantity

_MONEY: Final = tuple(MONEY)


def amount_of(quantity: Quantity) -> Amount:
    """The range that a figure stands for: 14万余 is 140,000 to 149,999; 7万 is a figure rounded to
    10,000.

    >>> from govdisclose.text import Span
    >>> amount_of(Quantity(140000, "条", True, "14万余条", Span(0, 5)))[:3]
    (140000, 140000, 149999)
    >>> amount_of(Quantity(23, "条", False, "23条", Span(0, 3))).exact
    True
    """
    value, raw = quantity.value, quantity.raw
    if not quantity.approximate and not _is_scaled(quantity):
        return Amount(value, value, value)
    step = _step(value)
    less = step - 1 if isinstance(value, int) else step
    if WORDS["under"].search(raw):
        return Amount(value, 0, value, False)
    if WORDS["over"].search(raw):
        return Amount(value, value, None, False)
    if WORDS["nearly"].search(raw):
        return Amount(value, value - less, value, False)
    if WORDS["and_more"].search(raw):
        return Amount(value, value, value + less, False)
    if quantity.approximate:
        return Amount(value, value - less, value + less, False)
    half: Figure = step // 2 if isinstance(step, int) else step / 2
    return Amount(value, value - half, value + half, False)


def _is_scaled(quantity: Quantity) -> bool:
    """Whether the figure is rounded by a 万 or 亿 that scales it; money is an amount to
    the unit of 万元."""
    if (
        not quantity.value
        or not isinstance(quantity.value, int)
        or (quantity.unit or "").endswith(_MONEY)
    ):
        return False
    return WORDS["scale"].search(quantity.raw) is not None


def _step(value: Figure) -> Figure:
    """The place value of the last digit that is not nought."""
    if isinstance(value, int):
        step = 1
        while value and value % (step * 10) == 0:
            step *= 10
        return step
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)
