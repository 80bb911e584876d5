"""Figures as the columns of a panel have them: a float, and beside it the exact string."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from govdisclose.report import Figure

Row = Mapping[str, Any]
"""The values of one row by column."""


def exact(figure: Figure | None) -> str | None:
    """A figure as an exact decimal, without an exponent."""
    return (
        None
        if figure is None
        else f"{figure:f}"
        if isinstance(figure, Decimal)
        else str(figure)
    )


def as_float(figure: Figure | None) -> float | None:
    """The float64 that is the same figure, or None where there is none:
    `Decimal(repr(value)) == Decimal(exact)`.

    >>> as_float(Decimal("4.8")), as_float(2**53 + 1)
    (4.8, None)
    """
    if figure is None:
        return None
    try:
        found = float(figure)
    except OverflowError:
        return None
    same = (
        found - found == 0 and Decimal(repr(found)) == figure
    )  # neither infinite nor rounded
    return found if same else None
