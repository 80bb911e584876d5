"""Tables that do not add up: said of the table and on its figures, and not for a slip of the pen."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdisclose import check, parse
from govdisclose.form import catalogue
from govdisclose.report import Report

CODE = "contradictory-table"
REQUESTS = next(
    t for t in catalogue().forms["national-2021"].tables if t.id == "requests"
)
COLUMNS = [column.key for column in REQUESTS.columns]
Rows = list[tuple[str, list[int]]]


def _rows(seed: int) -> Rows:
    """The rows of the table of applications, filled in so that they add up; nothing is nought."""
    draw = random.Random(seed)
    persons = {
        row.key: [draw.randrange(1, 60) for _ in COLUMNS[:-1]] for row in REQUESTS.rows
    }
    parts = [
        k
        for k in persons
        if k.startswith("requests.disposition.") and not k.endswith(".total")
    ]
    total = [sum(persons[key][i] for key in parts) for i in range(len(COLUMNS) - 1)]
    persons["requests.disposition.total"] = total
    carried, brought = (
        persons["requests.carried_forward"],
        persons["requests.brought_forward"],
    )
    persons["requests.new"] = [
        t + c - b for t, c, b in zip(total, carried, brought, strict=True)
    ]
    return [
        (row.label, [*persons[row.key], sum(persons[row.key])])
        for row in REQUESTS.rows
        if not row.group
    ]


def _text(rows: Rows) -> str:
    heads = "".join(f" {column.label} |" for column in REQUESTS.columns)
    lines = [
        f"{label} | " + " | ".join(map(str, figures)) + " |" for label, figures in rows
    ]
    return "\n".join(
        [
            "云溪市水利局2023年政府信息公开工作年度报告",
            "三、收到和处理政府信息公开申请情况",
            f"申请人情况 |{heads}",
            *lines,
        ]
    )


def _said(report: Report) -> list[str]:
    return [d.code for d in report.diagnostics if d.code == CODE]


def _slid(rows: Rows) -> Rows:
    return [(label, [*figures[1:], figures[0]]) for label, figures in rows]


@pytest.mark.parametrize("seed", range(6))
def test_columns_that_slid_are_said_of_the_table_and_on_each_figure(seed: int) -> None:
    report = parse(_text(_slid(_rows(seed))))
    (table,) = report.tables
    assert _said(report) == [CODE]
    assert all(
        CODE in cell.diagnostics for cell in table.cells if cell.value is not None
    )


@pytest.mark.parametrize("seed", range(6))
def test_a_table_as_it_was_filled_in_adds_up(seed: int) -> None:
    assert _said(parse(_text(_rows(seed)))) == []


@given(st.integers(0, 40), st.integers(0, 10**6), st.integers(1, 9999))
def test_one_wrong_figure_does_not_blacken_its_table(
    seed: int, which: int, new: int
) -> None:
    """Whichever figure of a table it is, and whatever is put for it."""
    rows = _rows(seed)
    row, column = divmod(which % (len(rows) * len(COLUMNS)), len(COLUMNS))
    rows[row][1][column] = new
    assert _said(parse(_text(rows))) == []


def test_a_table_that_does_not_add_up_is_an_error_and_no_finding_hides_it() -> None:
    report = parse(_text(_slid(_rows(1))))
    fault = next(d for d in report.diagnostics if d.code == CODE)
    assert fault.severity == "error"
    assert not any(
        f.verdict == "fails" for f in check(report) if f.code == "table-relation"
    )
