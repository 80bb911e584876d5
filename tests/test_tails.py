"""What touches a figure and is not understood makes the cell unreadable: never a shorter figure, never a blank."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govdisclose as gd

Rows = list[tuple[str, str, str]]

ROWS: Rows = [
    ("（一）收到申请数", "件", "58"),
    ("1.当面申请数", "件", "14"),
    ("2.传真申请数", "件", "7"),
    ("3.网络申请数", "件", "35"),
    ("4.信函申请数", "件", "2"),
    ("（二）申请办结数", "件", "55"),
    ("1.按时办结数", "件", "50"),
]
KEYS = (
    "requests.received",
    "requests.received.in_person",
    "requests.received.fax",
    "requests.received.online",
    "requests.received.letter",
    "requests.closed",
    "requests.closed.on_time",
)
LAYOUTS: Mapping[str, Callable[[Rows], str]] = {
    "closed bars": lambda rows: "".join(f"| {a} | {u} | {v} |\n" for a, u, v in rows),
    "bars": lambda rows: "".join(f"{a} | {u} | {v}\n" for a, u, v in rows),
    "tabs": lambda rows: "".join(f"{a}\t{u}\t{v}\n" for a, u, v in rows),
    "a cell a line": lambda rows: "".join(f"{a}\n{u}\n{v}\n" for a, u, v in rows),
    "aligned": lambda rows: "".join(f"{a}      {u}   {v}\n" for a, u, v in rows),
    "glued": lambda rows: "".join(f"{a}{u}{v}\n" for a, u, v in rows),
    "one blank": lambda rows: "".join(f"{a} {u} {v}\n" for a, u, v in rows),
}
INSERTED = (
    "'’`、．.,，·/－-–—~～+＋±*※#%‰°①²³½OolI!！&@^=<>≈约余多件万千百十亿元人第()（）[]〔“\"?？:：;；…_Ⅱ㎡一〇○零廿x×$￥"
    "\N{NO-BREAK SPACE}\N{THIN SPACE}\N{ZERO WIDTH SPACE}\N{SOFT HYPHEN}\N{ARABIC DECIMAL SEPARATOR}\N{ARABIC THOUSANDS SEPARATOR}"
)
HEAD = "某市水务局2018年政府信息公开工作年度报告\n一、概述\n全年工作有序。\n二、附表\n"


@pytest.mark.parametrize("layout", LAYOUTS)
@given(
    row=st.integers(0, len(ROWS) - 1),
    value=st.sampled_from(["5", "35", "1045"]),
    at=st.integers(0, 4),
    inserted=st.sampled_from(INSERTED),
)
def test_a_figure_with_anything_inside_is_itself_or_none(
    layout: str, row: int, value: str, at: int, inserted: str
) -> None:
    """One character put in at any place: the same value, none with a diagnostic, and every other row as it was."""
    printed = value[:at] + inserted + value[at:]
    rows = [(a, u, printed if i == row else v) for i, (a, u, v) in enumerate(ROWS)]
    report = gd.parse(HEAD + LAYOUTS[layout](rows))
    for i, key in enumerate(KEYS):
        truth = int(value) if i == row else int(ROWS[i][2])
        for cell in report.cells:
            if cell.row == key and not cell.diagnostics:
                assert cell.value == truth, (printed, cell)
