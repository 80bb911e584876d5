"""The generator of odd tables says the truth about what it prints, and counts what a reader makes of it."""

from __future__ import annotations

import random

import pytest
from attack import KINDS, Job, fitting, make, run
from attacks.page import settled, text_of
from attacks.score import read_draft, score
from attacks.sheet import each_value, values
from attrs import evolve

from govdisclose import parse

PLAIN = [name for name in KINDS if not name.startswith(("no-figure", "ink", "marks"))]


@pytest.mark.parametrize("name", sorted(KINDS))
def test_every_kind_has_a_form_and_a_style_and_is_the_same_twice(name: str) -> None:
    assert fitting([KINDS[name]])
    assert text_of(make([name], 3)) == text_of(make([name], 3))


@pytest.mark.parametrize("name", PLAIN)
def test_a_figure_that_is_wanted_is_printed(name: str) -> None:
    made = make([name], 5)
    text = text_of(made)
    assert all(value.text in text for value in values(made) if value.want is not None)


def test_a_report_without_a_table_is_all_abstained_and_nothing_is_said() -> None:
    made = make(["style-pipes"], 1)
    counts, _ = score(
        made, parse("某县某局2018年政府信息公开工作年度报告\n一、概述\n无。\n")
    )
    assert counts["right"] == counts["silent"] == 0
    assert counts["abstained"] == sum(value.want is not None for value in values(made))


def test_figures_that_are_not_the_wanted_ones_are_silent() -> None:
    made = make(["style-pipes"], 1)
    report = read_draft(made)
    assert score(made, report)[0]["silent"] == 0
    other = each_value(
        made, lambda v: v if v.want is None else evolve(v, want=v.want + 1)
    )
    assert score(other, report)[0]["silent"] == score(made, report)[0]["right"] > 0


def test_a_row_that_lost_a_blank_is_unclear_where_nothing_keeps_its_place() -> None:
    rng = random.Random(1)
    for _ in range(20):
        made = settled(make(["style-spaced"], rng.randrange(1000)))
        for sheet in made.sheets:
            for line in sheet.lines:
                lost = len(line.values) > 1 and any(
                    not value.text for value in line.values
                )
                assert all(value.unclear for value in line.values) or not lost


def test_a_job_counts_at_least_its_cells() -> None:
    result = run(Job(("heads-shuffled",), 7, 50))
    assert (
        sum(
            result.counts[how]
            for how in ("right", "abstained", "flagged", "silent", "none")
        )
        >= 50
    )
