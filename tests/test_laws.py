"""What holds of every table, whoever printed it: nothing is lost and nothing is wrong in silence.

The tables are those of `benchmarks/attacks`, odd in one way or in several at once. `make attack` runs the same on
hundreds of thousands of cells.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from attack import KINDS, fitting, make
from attacks.page import text_of
from attacks.score import read_draft, score
from attacks.sheet import Draft, Value, columns, each_sheet, each_value, values
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from govdisclose import parse
from govdisclose.report import Figure, Report

FEW = settings(max_examples=30)
KIND = st.sampled_from(sorted(KINDS))
SEED = st.integers(0, 10**6)
STYLES = ("pipes", "tight", "tabs", "markdown", "boxed", "ruled")
PLAIN = [f"style-{style}" for style in (*STYLES, "aligned", "cells", "csv")]


def numbered(drafted: Draft, _: random.Random) -> Draft:
    """Another figure of five digits in each cell that has one, so that each is found in the text."""
    rising = iter(range(31_017, 99_999, 13))

    def number(value: Value) -> Value:
        if not value.text.isdigit():
            return value
        figure = next(rising)
        return evolve(value, text=str(figure), want=figure)

    return each_value(drafted, number)


def figures(report: Report) -> dict[tuple[str | None, ...], Figure]:
    """The figures that no diagnostic doubts, by table, row and column."""
    return {
        (table.table, cell.row, cell.column): cell.value
        for table in report.tables
        for cell in table.cells
        if cell.value is not None and not cell.diagnostics
    }


def stated(text: str) -> list[Decimal]:
    """The figure that a text is, if it is one."""
    plain = text.strip().replace(",", "")
    whole = re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", plain)
    return [Decimal(plain)] if whole else []


def spoken_of(report: Report) -> Iterator[tuple[int, int]]:
    """The stretches of text that a cell or a diagnostic speaks of."""
    for cell in report.cells:
        yield cell.span.start, cell.span.end
    for found in report.diagnostics:
        if found.span is not None:
            yield found.span.start, found.span.end


@FEW
@given(
    name=st.sampled_from(
        [
            *PLAIN,
            "row-cell-split",
            "row-without-label",
            "beside-last-year",
            "heads-lost",
            "row-values-below",
            "order-value-label-unit",
        ]
    ),
    seed=SEED,
)
def test_every_figure_of_a_table_is_in_a_cell_or_in_a_diagnostic(
    name: str, seed: int
) -> None:
    made = make([name], seed, numbered)
    assume(made.style not in ("html", "html_inside"))
    report = read_draft(made)
    places = list(spoken_of(report))
    text = text_of(made)
    lost = []
    for value in values(made):
        at = (
            text.find(value.text)
            if len(value.text) == 5 and value.text.isdigit()
            else -1
        )
        if at >= 0 and not any(a <= at and at + 5 <= b for a, b in places):
            lost.append(value.text)
    assert lost == []


@FEW
@given(names=st.lists(KIND, min_size=1, max_size=3, unique=True), seed=SEED)
def test_nothing_is_wrong_in_silence_whatever_comes_together(
    names: list[str], seed: int
) -> None:
    assume(fitting([KINDS[name] for name in names]))
    made = make(names, seed)
    _, wrong = score(made, read_draft(made))
    assert [fault for fault in wrong if fault.how == "silent"] == []


@FEW
@given(name=KIND, seed=SEED)
def test_a_report_without_figures_says_why(name: str, seed: int) -> None:
    report = read_draft(make([name], seed))
    stated = any(cell.value is not None for cell in report.cells)
    assert stated or report.diagnostics or not report.tables


@FEW
@given(style=st.sampled_from(STYLES), seed=SEED)
def test_columns_that_change_places_with_their_heads_say_the_same(
    style: str, seed: int
) -> None:
    made = make([f"style-{style}"], seed)
    rng = random.Random(seed)
    moved = each_sheet(
        made, lambda s: columns(s, rng.sample(range(len(s.heads)), len(s.heads)))
    )
    before, after = figures(read_draft(made)), figures(read_draft(moved))
    assert {
        key for key in after if key in before and after[key] != before[key]
    } == set()
    assert after.keys() <= before.keys()


@FEW
@given(
    style=st.sampled_from(STYLES),
    seed=SEED,
    how=st.sampled_from(["put in", "taken away", "changed"]),
    character=st.sampled_from("0159,.-~'·O○ 、約约%①*"),
)
def test_a_figure_with_one_character_more_less_or_other_is_what_is_printed_or_none(
    style: str, seed: int, how: str, character: str
) -> None:
    made = make([f"style-{style}"], seed)
    rng = random.Random(seed)
    chosen = rng.choice([v for v in values(made) if v.text.isdigit()])
    at = rng.randrange(len(chosen.text))
    behind = at + (how != "put in")
    text = (
        chosen.text[:at]
        + ("" if how == "taken away" else character)
        + chosen.text[behind:]
    )
    other = each_value(made, lambda v: evolve(v, text=text) if v is chosen else v)
    before, after = figures(read_draft(made)), figures(read_draft(other))
    assert chosen.key is not None
    said = (None, chosen.want, *stated(text))
    assert after.pop(chosen.key, None) in said
    assert {key for key in after if after[key] != before.get(key)} == set()


@pytest.mark.parametrize("seed", range(4))
def test_rows_in_any_order_say_the_same(seed: int) -> None:
    made = make(["row-shuffled"], seed)
    assert score(made, read_draft(made))[0]["silent"] == 0
    assert parse(text_of(made)).tables
