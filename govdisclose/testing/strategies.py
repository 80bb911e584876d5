"""Hypothesis strategies over `govdisclose.testing`. Needs hypothesis: `pip install
govdisclose[testing]`.

>>> from hypothesis import given, settings
>>> @settings(max_examples=5, database=None)
... @given(made_reports(forms=["national-2021"]))
... def every_report_has_a_table(made):
...     assert made.expected
>>> every_report_has_a_table()
"""

from __future__ import annotations

import random
from collections.abc import Sequence

from hypothesis import strategies as st

from govdisclose.form import catalogue
from govdisclose.testing import (
    ALL_LAYOUTS,
    DAMAGES,
    Filled,
    MadeReport,
    fill,
    make_report,
)

__all__ = ["damages", "filled_forms", "form_ids", "layouts", "made_reports"]

_SEEDS = st.integers(0, 2**32 - 1)


def form_ids() -> st.SearchStrategy[str]:
    """The forms of the catalogue, by name."""
    return st.sampled_from(sorted(catalogue().forms))


def layouts() -> st.SearchStrategy[str]:
    """All layouts, by name."""
    return st.sampled_from(sorted(ALL_LAYOUTS))


def damages(most: int = 2) -> st.SearchStrategy[list[str]]:
    """Up to `most` kinds of damage, by name."""
    return st.lists(st.sampled_from(sorted(DAMAGES)), max_size=most, unique=True)


@st.composite
def filled_forms(draw: st.DrawFn, forms: Sequence[str] | None = None) -> Filled:
    """Forms with figures in them, from none left blank to most."""
    form = draw(st.sampled_from(list(forms)) if forms else form_ids())
    return fill(
        form, random.Random(draw(_SEEDS)), draw(st.sampled_from((0.0, 0.2, 0.8)))
    )


@st.composite
def made_reports(
    draw: st.DrawFn,
    forms: Sequence[str] | None = None,
    in_layouts: Sequence[str] | None = None,
    with_damages: Sequence[str] = (),
) -> MadeReport:
    """Whole reports of those forms (all, if none are named), in those layouts, some
    with one of those damages."""
    form = draw(st.sampled_from(list(forms)) if forms else form_ids())
    layout = draw(st.sampled_from(list(in_layouts)) if in_layouts else layouts())
    damage = (
        draw(st.lists(st.sampled_from(list(with_damages)), max_size=1))
        if with_damages
        else []
    )
    return make_report(
        random.Random(draw(_SEEDS)),
        form,
        layout,
        draw(st.sampled_from((0.0, 0.2))),
        damage,
    )
