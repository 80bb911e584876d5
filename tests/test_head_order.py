"""The printed head says what a column is, in whatever order and layout it is printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from typing import Any

import pytest

import govdisclose as gd
from govdisclose.form import Column, FormTable, catalogue

GROUPED = [
    (form.id, table.id)
    for form in catalogue().forms.values()
    for table in form.tables
    if any(column.group or column.supergroup for column in table.columns)
]
DATED = ["fujian-2018", "fujian-2009"]
LAYOUTS = [
    "tabs",
    "bars",
    "open bars",
    "cells",
    "cells with bars",
    "blanks",
    "one blank",
    "html",
]
YEAR = 2018


class Tree(dict[str, Any]):
    """Heads over one another: a column, or a tree, by its word."""

    def columns(self) -> Iterator[Column]:
        for node in self.values():
            yield from node.columns() if isinstance(node, Tree) else [node]

    def depth(self) -> int:
        return 1 + max(
            node.depth() if isinstance(node, Tree) else 0 for node in self.values()
        )


def shuffled(table: FormTable, random: Random) -> Tree:
    """The heads of a table, those of each level in any order."""
    tree = Tree()
    for column in table.columns:
        node = tree
        for group in (column.supergroup, column.group):
            node = node.setdefault(group, Tree()) if group else node
        node[column.label.replace("XXXX", str(YEAR))] = column
    return _mixed(tree, random)


def _mixed(tree: Tree, random: Random) -> Tree:
    words = random.sample(list(tree), len(tree))
    return Tree(
        {
            w: _mixed(tree[w], random) if isinstance(tree[w], Tree) else tree[w]
            for w in words
        }
    )


def rows_of(tree: Tree, depth: int, level: int = 0) -> list[list[str]]:
    """The rows of the head; where words are the same in several groups they stand in the last row."""
    rows: list[list[str]] = [[] for _ in range(depth)]
    for word, node in tree.items():
        at = depth - 1 if depth > 2 and isinstance(node, Column) else level
        rows[at].append(word)
        if isinstance(node, Tree):
            rows = [
                a + b
                for a, b in zip(rows, rows_of(node, depth, level + 1), strict=True)
            ]
    return rows


def printed(rows: Sequence[Sequence[str]], layout: str) -> str:
    match layout:
        case "tabs":
            return "\n".join("\t".join(row) for row in rows)
        case "bars":
            return "\n".join(f"| {' | '.join(row)} |" for row in rows)
        case "open bars":
            return "\n".join(f"{' | '.join(row)} |" for row in rows)
        case "cells":
            return "\n".join(cell for row in rows for cell in row)
        case "cells with bars":
            return "\n".join(f"{cell} |" for row in rows for cell in row)
        case "blanks":
            return "\n".join("    ".join(row) for row in rows)
        case _:
            return "\n".join(" ".join(row) for row in rows)


def as_html(heads: Sequence[Sequence[str]], rows: Sequence[Sequence[str]]) -> str:
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in [*heads, *rows]]
    return f"<table>{''.join(f'<tr>{line}</tr>' for line in lines)}</table>"


def report_of(
    table: FormTable, tree: Tree, random: Random, layout: str
) -> tuple[gd.Report, dict[Any, int]]:
    """A report with that table, its columns and heads in the order of `tree`, and the figures that it states."""
    columns = list(tree.columns())
    heads = rows_of(tree, tree.depth())
    wanted: dict[Any, int] = {}
    rows: list[list[str]] = []
    labelled = table.key_from != "column"
    for row in [row for row in table.rows if not row.group][: None if labelled else 1]:
        figures = [
            random.choice([0, random.randint(1, 40), random.randint(40, 4000)])
            for _ in columns
        ]
        if not labelled:
            figures = [
                _total(columns, figures, c) if c.role == "total" else n
                for c, n in zip(columns, figures, strict=True)
            ]
        wanted.update(
            {(row.key, c.key): n for c, n in zip(columns, figures, strict=True)}
        )
        unit = [row.unit or "件"] if table.unit_header else []
        rows.append(
            [
                *([row.enumerator + row.label] if labelled else []),
                *unit,
                *map(str, figures),
            ]
        )
    if labelled:
        heads[0] = [
            w for w in (table.stub_header or "指标", table.unit_header) if w
        ] + heads[0]
    before = f"某县民政局{YEAR}年政府信息公开工作年度报告\n一、总体情况\n已公开。\n{table.section or ''}{table.title}\n"
    if layout == "html":
        page = "".join(f"<p>{line}</p>" for line in before.splitlines()) + as_html(
            heads, rows
        )
        return gd.parse_file(page.encode(), name="page.html"), wanted
    return gd.parse(before + printed([*heads, *rows], layout) + "\n"), wanted


def _total(columns: Sequence[Column], figures: Sequence[int], total: Column) -> int:
    """The sum of the figures that stand in one group with a total."""
    group = total.supergroup, total.group
    pairs = zip(columns, figures, strict=True)
    return sum(
        n for c, n in pairs if (c.supergroup, c.group) == group and c is not total
    )


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize(
    ("form", "table"), [*GROUPED, *[(form, "main") for form in DATED]]
)
def test_columns_in_any_order_are_read_by_their_heads(
    form: str, table: str, layout: str
) -> None:
    random = Random(f"{form} {table} {layout}")
    blank = catalogue().tables[form, table]
    for _ in range(2):
        tree = shuffled(blank, random)
        report, wanted = report_of(blank, tree, random, layout)
        named = [
            cell
            for cell in report.cells
            if cell.column is not None and cell.value is not None
        ]
        assert [c for c in named if c.value != wanted[c.row, c.column]] == []
        told = layout not in A_CELL_A_LINE or not _leaves_it_open(tree)
        assert not told or len(named) * 10 >= len(wanted) * 9


A_CELL_A_LINE = ("cells", "cells with bars")


def _leaves_it_open(tree: Tree) -> bool:
    """Whether a deep group stands before one that is not: its columns may be printed before or behind the others'."""
    depths = [node.depth() for node in tree.values() if isinstance(node, Tree)]
    return depths != sorted(depths)


HEADS = "收到申请情况\t{}\n一、本年新收政府信息公开申请数量\t{}\n二、上年结转政府信息公开申请数量\t1\t6\t0\t0\t1\t0\t8\n"
TAIL = "四、结转下年度继续办理\t1\t2\t0\t0\t1\t0\t4\n"


def test_heads_that_cannot_be_read_and_are_not_in_the_order_of_the_form_give_no_figure() -> (
    None
):
    words = "总计\t商业企业\t群众\t科研机构\t社会公益组织\t法律服务机构\t其他"
    text = HEADS.format(words, "66\t9\t41\t7\t5\t3\t1") + TAIL
    report = gd.parse(
        f"某县民政局2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n{text}"
    )
    cells = [
        cell
        for table in report.tables
        for cell in table.cells
        if cell.value is not None
    ]
    assert cells
    assert all(
        cell.column is None and "unknown-column" in cell.diagnostics for cell in cells
    )


def test_a_group_that_stands_alone_on_a_page_set_with_blanks_does_not_move_its_columns() -> (
    None
):
    text = (
        "某县民政局2022年政府信息公开工作年度报告\n三、收到和处理政府信息公开申请情况\n"
        "                              法人或其他组织\n"
        "              自然人                                             总计\n"
        "              商业企业 科研机构 社会公益组织 法律服务机构 其他\n"
        "一、本年新收政府信息公开申请数量  41  9  7  5  3  1  66\n"
        "二、上年结转政府信息公开申请数量  6  1  0  0  1  0  8\n"
        "四、结转下年度继续办理  2  1  0  0  1  0  4\n"
    )
    assert gd.parse(text).value("requests.new@natural_person") == 41


ROWS = [
    ("（一）收到申请数", "件", "58"),
    ("1.当面申请数", "件", "14"),
    ("2.传真申请数", "件", ""),
    ("3.网络申请数", "件", "35"),
]


@pytest.mark.parametrize("layout", ["tabs", "bars", "open bars", "cells with bars"])
@pytest.mark.parametrize("order", [(2, 0, 1), (0, 2, 1), (1, 0, 2), (2, 1, 0)])
def test_figures_and_units_stand_where_the_head_says(
    order: tuple[int, ...], layout: str
) -> None:
    rows = [[row[i] for i in order] for row in [("统计指标", "单位", "统计数"), *ROWS]]
    report = gd.parse(
        f"某县民政局{YEAR}年政府信息公开工作年度报告\n一、概述\n按要求公开。\n附件\n{printed(rows, layout)}\n"
    )
    found = {cell.label: (cell.unit, cell.value) for cell in report.cells if cell.row}
    wanted = {
        label: (unit, int(figure) if figure else None) for label, unit, figure in ROWS
    }
    assert found == wanted


def test_figures_before_their_labels_are_not_read_where_a_cell_is_missing() -> None:
    rows = "统计数\n统计指标\n单位\n58\n（一）收到申请数\n件\n1.当面申请数\n件\n7\n2.传真申请数\n件\n35\n3.网络申请数\n件\n"
    report = gd.parse(
        f"某县民政局{YEAR}年政府信息公开工作年度报告\n一、概述\n按要求公开。\n附件\n{rows}"
    )
    assert {cell.value for cell in report.cells} <= {None}
    assert report.diagnostics


OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结"]
DIRECT, AFTER = "未经复议直接起诉", "复议后起诉"
STACKED = [
    ["行政复议", "行政诉讼", "", "行政复议", "", "", "", "行政诉讼", *[""] * 7],
    ["总计", DIRECT, AFTER, *OUTCOMES, DIRECT, "", "", "", AFTER, "", "", ""],
    ["", "总计", "总计", "", "", "", "", *OUTCOMES, *OUTCOMES],
    ["154", "0", "50", "67", "86", "0", "1", "0", "0", "0", "0", "5", "0", "45", "0"],
]


@pytest.mark.parametrize("layout", ["tabs", "bars", "open bars", "cells with bars"])
def test_groups_that_stand_apart_are_read_by_the_words_over_each_column(
    layout: str,
) -> None:
    rows = STACKED
    if layout == "cells with bars":  # nothing tells what a blank cell is covered by
        rows = [[cell for cell in row if cell] for row in STACKED]
    report = gd.parse(
        f"某县民政局{YEAR + 4}年政府信息公开工作年度报告\n"
        "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况\n"
        f"{printed(rows, layout)}\n五、存在的主要问题\n无。\n"
    )
    found = {c.column: c.value for c in report.cells if c.column and c.value}
    wanted = {
        "reconsideration.total": 154,
        "litigation.after_reconsideration.total": 50,
        "reconsideration.upheld": 67,
        "reconsideration.corrected": 86,
        "reconsideration.pending": 1,
        "litigation.after_reconsideration.upheld": 5,
        "litigation.after_reconsideration.other": 45,
    }
    assert found == (wanted if layout != "cells with bars" else {})
