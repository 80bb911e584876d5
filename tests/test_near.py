"""Labels that are not as the form has them: misspelled, cut, around their own figures."""

from __future__ import annotations

import pytest

from govdisclose import parse
from govdisclose.report import Cell, Report

TITLE = "某县某局2022年政府信息公开工作年度报告\n"
REQUESTS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "(一)予以公开",
    "(二)部分公开（区分处理的，只计这一情形，不计其他情形）",
    "1.属于国家秘密",
    "2.其他法律行政法规禁止公开",
    "3.危及“三安全一稳定”",
    "4.保护第三方合法权益",
)


def table(
    labels: tuple[str, ...], figures: str = "{n} | 0 | 0 | 0 | 0 | 0 | {n} |"
) -> str:
    return TITLE + "".join(
        f"{label} | {figures.replace('{n}', str(i))}\n"
        for i, label in enumerate(labels, 1)
    )


def totals(report: Report) -> dict[str | None, Cell]:
    return {
        cell.row: cell
        for t in report.tables
        for cell in t.cells
        if cell.column == "total"
    }


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("1.属于国家秘密", "1.属干国家秘蜜"),
        ("2.其他法律行政法规禁止公开", "2.其他法律行政止公开"),
        ("3.危及“三安全一稳定”", "3.危及“三安?一稳定”"),
    ],
)
def test_a_misspelled_label_is_read_by_its_place_and_says_so(
    right: str, wrong: str
) -> None:
    at = REQUESTS.index(right)
    read = totals(parse(table((*REQUESTS[:at], wrong, *REQUESTS[at + 1 :]))))
    whole = totals(parse(table(REQUESTS)))
    assert {row: cell.value for row, cell in read.items()} == {
        row: cell.value for row, cell in whole.items()
    }
    flagged = [cell for cell in read.values() if "inexact-label" in cell.diagnostics]
    assert [cell.value for cell in flagged] == [at + 1]


def test_a_row_of_another_name_is_not_taken_for_the_one_that_lacks() -> None:
    at = REQUESTS.index("1.属于国家秘密")
    read = totals(
        parse(table((*REQUESTS[:at], "街道代办便民服务事项数", *REQUESTS[at + 1 :])))
    )
    assert "requests.disposition.refused.state_secret" not in read
    assert read[None].value == at + 1


def test_a_label_that_runs_over_a_line_end_in_its_cell_is_one_label() -> None:
    cut = tuple(
        label.replace("属于国家", "属于\n国家").replace("第三方", "第三\n方")
        for label in REQUESTS
    )
    assert [cell.value for cell in totals(parse(table(cut))).values()] == list(
        range(1, len(REQUESTS) + 1)
    )


def test_the_heads_that_merged_cells_repeat_are_no_labels_of_figures() -> None:
    labels = tuple(f"三、本年度办里结果 | {label} | {label}" for label in REQUESTS[2:])
    read = totals(parse(table(("(七)总计 | (七)总计 | (七)总计", *labels))))
    assert [cell.value for cell in read.values()] == list(range(1, len(labels) + 2))


@pytest.mark.parametrize(
    "lines",
    [
        "1.参加或举办新闻发\n布会总次数  次  7\n",
        "1.参加或举办新闻发  次  7\n布会总次数\n",
        "1.参加或举办新闻发\n                    次  7\n布会总次数\n",
        "1.参加或举\n办新闻发布  次  7\n会总次数\n",
        "1.参加或举办新闻发\n- 3 -\n布会总次数  次  7\n",
    ],
)
def test_figures_may_stand_beside_any_line_of_their_label(lines: str) -> None:
    sheet = f"{TITLE}统计指标  单位  统计数\n(一)收到申请数  件  5\n1.当面申请数  件  3\n2.传真申请数  件  2\n"
    before = "二、回应解读情况  ——\n(一)回应公众关注热点或重大舆情数  次  4\n"
    report = parse(f"{sheet.replace('(一)收到', before + lines + '(一)收到')}")
    cells = {cell.row: cell.value for t in report.tables for cell in t.cells}
    assert cells["response.channels.press_conferences"] == 7
    assert cells["response.hot_topics"] == 4
    assert cells["requests.received"] == 5


def test_a_head_that_spans_rows_has_no_figures_of_its_own() -> None:
    report = parse(table((*REQUESTS, "(三)不予公开")))
    read = totals(report)
    assert "requests.disposition.refused" not in read
    assert read[None].diagnostics == ("unknown-row",)


def test_a_column_of_an_offices_own_is_found_by_the_sums_of_the_rows() -> None:
    read = totals(
        parse(
            table(REQUESTS, "{n} | 0 | 2 | 0 | 0 | 1 | 99 | 1{n} |").replace(
                "| 1", "| 1"
            )
        )
    )
    assert all(cell.value is None or cell.diagnostics for cell in read.values())
    read = totals(
        parse(
            TITLE
            + "".join(
                f"{x} | {i} | 0 | 2 | 0 | 0 | 0 | {i + 2} | 7{i} |\n"
                for i, x in enumerate(REQUESTS)
            )
        )
    )
    assert [cell.value for cell in read.values()] == [
        i + 2 for i in range(len(REQUESTS))
    ]


def test_a_figure_under_repeated_heads_is_one_figure_only_where_every_row_repeats_it() -> (
    None
):
    text = (
        f"{TITLE}第二十条第（六）项 | 第二十条第（六）项 | 第二十条第（六）项\n"
        "信息内容 | 本年处理决定数量 | 本年处理决定数量\n行政处罚 | 7 | 7\n行政强制 | 3 | {last}\n行政许可 | 2 | 2\n"
    )

    def figures(last: int) -> list[object]:
        report = parse(text.replace("{last}", str(last)))
        return [
            c.value
            for t in report.tables
            for c in t.cells
            if c.column and c.row != "actions.licensing"
        ]

    assert figures(3) == [7, 3]
    assert figures(4) == []
