"""The battery of checks, small; and the breaks that it is made with."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from check_battery import Job, Rates, run
from hypothesis import given

from govdisclose import check, parse
from govdisclose.form import catalogue
from govdisclose.testing import (
    ALL_LAYOUTS,
    Filled,
    break_relation,
    fill,
    instances,
    make_report,
    outcome,
)
from govdisclose.testing.strategies import filled_forms

FORMS = sorted(catalogue().forms)


@given(filled_forms())
def test_a_filled_form_obeys_and_a_broken_one_does_not(filled: Filled) -> None:
    """No relation fails before; after it, the one that was broken does, by one figure."""
    assert {outcome(i, filled.figures) for i in instances(filled.form)} <= {
        "holds",
        "gap",
        "nothing",
    }
    found = break_relation(filled, random.Random(1))
    if found is None:
        return
    broken, what = found
    assert outcome(what.instance, broken.figures) == "fails"
    changed = {
        key for key in filled.figures if filled.figures[key] != broken.figures[key]
    }
    assert changed == {what.key}
    assert filled.figures[what.key] == what.was


@pytest.mark.parametrize("form", FORMS)
def test_most_forms_can_be_broken(form: str) -> None:
    broken = [
        break_relation(fill(form, random.Random(seed)), random.Random(seed))
        for seed in range(10)
    ]
    assert (
        sum(found is not None for found in broken) >= 7
    )  # a form of one relation may be left blank there


@pytest.mark.parametrize("form", FORMS)
def test_what_is_broken_is_found_and_nothing_else_is_said_to_fail(form: str) -> None:
    """In every layout that keeps cells apart; in the others where the figures are read."""
    total: Counter[str] = Counter()
    for layout in sorted(ALL_LAYOUTS):
        total.update(run(Job(form, layout, "", (1, 2))).counts)
    assert total["alarms"] == 0
    assert total["missed"] == 0
    assert Rates.of(total).broken > 10


@pytest.mark.slow
@pytest.mark.parametrize(
    "damage",
    ["cells_blank", "row_missing", "label_typo", "traditional_glossed", "rows_swapped"],
)
def test_damage_makes_no_false_alarm(damage: str) -> None:
    total: Counter[str] = Counter()
    for form in FORMS:
        total.update(run(Job(form, "bar_closed", damage, (1, 2, 3))).counts)
    assert total["alarms"] == 0
    assert Rates.of(total).recall >= 0.95


def test_prose_of_made_up_reports_agrees_with_their_tables() -> None:
    for seed in range(30):
        made = make_report(random.Random(seed), "national-2014", "pipe_rows", blanks=0)
        assert [
            str(f)
            for f in check(parse(made.text))
            if f.verdict == "fails" and f.code.startswith("prose")
        ] == []
