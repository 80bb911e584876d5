"""A table has a year and an owner: what is not the report's own is kept, and said."""

from __future__ import annotations

import pytest

import govdisclose as gd

REPORT = """某市某局2018年政府信息公开工作年度报告
一、概述
按要求公开。
附件
{caption}
统计指标 | 单位 | {head} |
（一）收到申请数 | 件 | 58 |
1.当面申请数{note} | 件 | 14 |
2.传真申请数 | 件 | 7 |
3.网络申请数 | 件 | 35 |
"""
OWN = "2018年度政府信息公开情况统计表"
OTHERS = {"other-year", "other-body", "other-version"}


def codes(text: str, key: str = "requests.received") -> set[str]:
    cells = [cell for cell in gd.parse(text).cells if cell.row == key]
    return {code for cell in cells for code in cell.diagnostics} & OTHERS


def report(caption: str = OWN, head: str = "统计数", note: str = "") -> str:
    return REPORT.format(caption=caption, head=head, note=note)


@pytest.mark.parametrize(
    ("caption", "code"),
    [
        ("2017年度政府信息公开情况统计表", "other-year"),
        ("政府信息公开情况统计表（2016年度）", "other-year"),
        (f"{OWN}\n填报单位：石渠镇人民政府", "other-body"),
        ("石渠镇人民政府2018年度政府信息公开情况统计表", "other-body"),
        (f"{OWN}（更正前）", "other-version"),
        (f"{OWN}（样表）", "other-version"),
    ],
)
def test_a_caption_gives_the_table_to_another(caption: str, code: str) -> None:
    assert codes(report(caption)) == {code}


@pytest.mark.parametrize(
    "caption",
    [
        OWN,
        "政府信息公开情况统计表（2018年度）",
        f"{OWN}\n填报单位（盖章）：某局",
        "某市某局2018年度政府信息公开情况统计表",
        f"{OWN}（更正后）",
        f"{OWN}\n填报日期：2019年1月5日",
        f"{OWN}\n单位：件",
    ],
)
def test_a_caption_of_the_report_itself_says_nothing(caption: str) -> None:
    assert codes(report(caption)) == set()


def test_a_head_or_a_label_gives_figures_to_another_year() -> None:
    assert codes(report(head="2017年")) == {"other-year"}
    assert codes(report(head="2018年")) == set()
    noted = report(note="（2016年）")
    assert codes(noted, "requests.received.in_person") == {"other-year"}
    assert codes(noted) == set()


def test_a_caption_stands_over_a_table_that_is_drawn_in_lines() -> None:
    text = report("某市某局政府信息公开情况统计表（2017年度）").replace(
        "统计指标", f"+{'-' * 70}+\n统计指标"
    )
    assert codes(text) == {"other-year"}


def test_the_value_is_that_of_the_own_table() -> None:
    rows = report(f"{OWN}（更正前）").splitlines()
    after = [line.replace("58", "61") for line in rows[5:]]
    text = "\n".join([*rows, f"{OWN}（更正后）", *after])
    assert gd.parse(text).value("requests.received") == 61


def test_a_caption_gives_fees_their_unit_of_money() -> None:
    text = (
        report(f"{OWN}\n（金额单位：千元）")
        + "六、举报投诉数量 | 件 | 2 |\n七、依申请公开信息收取的费用 |  | 360 |\n"
    )
    cell = gd.parse(text).cell("fees.requests")
    assert cell is not None
    assert (cell.value, cell.unit) == (360, "千元")


BESIDE = """某市{issuer}2018年政府信息公开工作年度报告
一、概述
按要求公开。
附件
统计指标 | 单位 | {heads} |
（一）收到申请数 | 件 | 30 | 58 | 9 |
1.当面申请数 | 件 | 10 | 14 | 4 |
2.传真申请数 | 件 | 20 | 44 | 5 |
"""


def beside(heads: str, issuer: str = "粮食局") -> gd.Report:
    return gd.parse(BESIDE.format(heads=heads, issuer=issuer))


@pytest.mark.parametrize(
    ("heads", "value", "code"),
    [
        ("2017年 | 2018年 | 增减", 58, "other-year"),
        ("上年度 | 本年度 | 增减数", 58, "other-year"),
        ("全市 | 本级 | 下属单位", 58, "other-body"),
        ("上半年 | 全年合计 | 下半年", 58, "other-period"),
        ("更正前 | 更正后 | 差额", 58, "other-version"),
    ],
)
def test_of_columns_side_by_side_the_value_is_the_own_one(
    heads: str, value: int, code: str
) -> None:
    report = beside(heads)
    assert report.value("requests.received") == value
    assert report.concept("requests.received").value == value
    sides = {table.side: table.cells[0] for table in report.tables}
    first, own, _ = (word.strip() for word in heads.split("|"))
    assert sides[first].diagnostics == (code,)
    assert sides[own].diagnostics == ()


def test_a_government_may_mean_itself_or_its_area_and_no_column_is_its_own() -> None:
    report = beside("全县 | 本级 | 增减", issuer="某县人民政府")
    assert all(table.cells[0].diagnostics for table in report.tables)
    with pytest.raises(gd.AmbiguousKey):
        report.value("requests.received")


def test_the_years_of_columns_are_no_stray_figures() -> None:
    codes = {found.code for found in beside("2017年 | 2018年 | 增减").diagnostics}
    assert "stray-figure" not in codes


TWO = """某市粮食局2018年政府信息公开工作年度报告
一、概述
按要求公开。
附件
{first}
{head}
（一）收到申请数{s}件{s}30
1.当面申请数{s}件{s}10
2.传真申请数{s}件{s}20
{second}
{head}
（一）收到申请数{s}件{s}58
1.当面申请数{s}件{s}14
2.传真申请数{s}件{s}44
"""


@pytest.mark.parametrize("between", [" | ", "\t", "\n", "    "])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("政府信息公开情况统计表（2017年度）", "政府信息公开情况统计表（2018年度）"),
        ("更正前", "更正后"),
        ("填报单位：石渠镇人民政府", "填报单位：某市粮食局"),
    ],
)
def test_a_table_that_begins_again_is_another_table(
    first: str, second: str, between: str
) -> None:
    head = between.join(("统计指标", "单位", "统计数"))
    report = gd.parse(TWO.format(first=first, second=second, head=head, s=between))
    assert [len(table.cells) for table in report.tables] == [3, 3]
    assert report.value("requests.received") == 58
    assert not any(cell.diagnostics for cell in report.tables[1].cells)


def test_a_statement_is_held_against_a_few_of_many_tables() -> None:
    table = (
        "统计指标 | 单位 | 统计数 |\n（一）收到申请数 | 件 | 58 |\n"
        "1.当面申请数 | 件 | 14 |\n2.传真申请数 | 件 | 7 |\n全年收到申请58件。\n"
    )
    head = "某市粮食局2018年政府信息公开工作年度报告\n一、概述\n"
    compared = [
        [f for f in gd.check(gd.parse(head + table * count)) if f.code == "prose-table"]
        for count in (1, 12)
    ]
    assert [len(found) for found in compared] == [1, 12]
    assert all(found.verdict == "holds" for found in compared[1])
