"""What a kind of oddity is: a name, which forms and styles it is for, and how it changes a draft."""

from __future__ import annotations

import random
from collections.abc import Callable

from attrs import frozen

from attacks.page import USUAL
from attacks.sheet import Draft
from govdisclose.form import FormTable

Change = Callable[[Draft, random.Random], Draft]


def anything(table: FormTable) -> bool:
    """Every table."""
    return True


@frozen
class Kind:
    """One kind. It is tried on forms with a table that `fits`, printed in one of `styles`."""

    name: str
    change: Change
    fits: Callable[[FormTable], bool] = anything
    styles: tuple[str, ...] = USUAL


def many_columns(table: FormTable) -> bool:
    """More than one column of figures."""
    return len(table.columns) > 1


def one_column(table: FormTable) -> bool:
    """A list of indicators with one figure each."""
    return len(table.columns) == 1 and not table.caption


def grouped(table: FormTable) -> bool:
    """Heads over heads."""
    return any(column.group for column in table.columns)


def with_unit(table: FormTable) -> bool:
    """A column of units before the figures."""
    return table.unit_header is not None


def with_money(table: FormTable) -> bool:
    """Amounts of money."""
    return any(row.unit in ("元", "万元") for row in table.rows)
