"""The one figure whose correction mends most of what fails: the right one, or none."""

from __future__ import annotations

import random
from importlib.resources import files

import pytest

from govdisclose import check, parse
from govdisclose.finding import Suspect
from govdisclose.testing import Break, Filled, break_relation, make_report

HEAD = "某县某局2018年政府信息公开年度报告\n一、附表\n"
STAFF = (
    "（三）从事政府信息公开工作人员数 | 人 | {} |\n1.专职人员数 | 人 | {} |\n"
    "2.兼职人员数 | 人 | {} |\n"
)


def suspects(text: str) -> set[Suspect]:
    return {f.suspect for f in check(parse(text)) if f.suspect is not None}


def test_the_figure_in_two_sums_that_fail_is_named_with_its_value() -> None:
    text = files("govdisclose.examples").joinpath("reports/2022.txt").read_text("utf-8")
    assert suspects(text) == set()
    (found,) = suspects(text.replace("| 0 | 6 | 45 |", "| 0 | 6 | 54 |"))
    assert found.operand.label == "一、本年新收政府信息公开申请数量 · 总计"
    assert (found.operand.value, found.value, found.mends) == (54, 45, 2)


def test_where_two_figures_may_be_wrong_none_is_named() -> None:
    report = parse(HEAD + STAFF.format(29, 1, 27))
    fails = [f for f in check(report) if f.verdict == "fails"]
    assert [f.relation for f in fails if f.severity == "error"] == [
        "n2014.staff_by_type"
    ]
    assert suspects(HEAD + STAFF.format(29, 1, 27)) == set()


def test_where_nothing_fails_there_is_no_suspect() -> None:
    assert suspects(HEAD + STAFF.format(28, 1, 27)) == set()


@pytest.mark.parametrize("form", ["national-2014", "national-2019", "national-2021"])
def test_no_other_figure_than_the_one_that_was_changed_is_named(form: str) -> None:
    named = 0
    for seed in range(8):
        what: list[Break] = []

        def slip(filled: Filled, seed: int = seed, what: list[Break] = what) -> Filled:
            changed, done = break_relation(filled, random.Random(seed)) or (
                filled,
                None,
            )
            what.extend([done] if done else [])
            return changed

        made = make_report(random.Random(seed), form, "pipe_rows", 0.0, (), slip)
        for found in suspects(made.text):
            (done,) = what
            assert (
                done.key[1] in found.operand.name or done.key[2] == found.operand.name
            )
            assert found.value == done.was
            named += 1
    assert named or form == "national-2014"
