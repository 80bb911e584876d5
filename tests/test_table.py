"""Tables: every figure with its row and column in every layout, and none wrong in silence."""

from __future__ import annotations

import random
from collections.abc import Mapping

import pytest
from hypothesis import given
from strategies import (
    LAYOUT_NAMES,
    LAYOUTS,
    LOSSY,
    SPINE,
    cells_of,
    codes_of,
    faults_of,
    filled_forms,
    made_reports,
    numbered,
    sheet,
)

from govdisclose import parse
from govdisclose.report import Cell
from govdisclose.testing import Filled, MadeReport, fill, make_report, render

Keyed = Mapping[tuple[str | None, str | None, str | None], Cell]


@pytest.fixture(autouse=True)
def _never_added_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables here are numbered from 101 on; test_adding_up.py has those that add up."""
    monkeypatch.setattr(
        "govdisclose._tables.read.add_up", lambda tables: (list(tables), [])
    )


OF_SOME_YEARS = {
    "row-of-some-years"
}  # any year is filled in; the row is read all the same


def misread(filled: Filled, cells: Keyed, *, may_abstain: bool) -> list[str]:
    """What is not as it was printed. A cell that a reader abstains from has no value and a diagnostic."""
    out = [
        f"{key}: invented {cell.value}"
        for key, cell in cells.items()
        if key not in filled.figures
    ]
    for key, figure in filled.figures.items():
        cell = cells.get(key)
        if cell is None:
            out.append(f"{key}: printed {figure}, not there")
        elif cell.value != figure and not (
            may_abstain and cell.value is None and cell.diagnostics
        ):
            out.append(f"{key}: printed {figure}, read {cell.value}")
        elif not may_abstain and set(cell.diagnostics) - OF_SOME_YEARS:
            out.append(f"{key}: {cell.diagnostics}")
    return out


# --- render, then parse


@pytest.mark.parametrize("form", SPINE)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_what_is_printed_is_read(form: str, layout: str) -> None:
    """Where the layout keeps every cell each figure is read; where it loses some, the reader may abstain."""
    for seed in range(12):
        filled = fill(form, random.Random(seed))
        report = parse(render(filled, layout))
        assert {table.form for table in report.tables} == {form}
        assert misread(filled, cells_of(report), may_abstain=layout in LOSSY) == []


@given(filled_forms(), LAYOUT_NAMES)
def test_no_figure_is_wrong_in_silence(filled: Filled, layout: str) -> None:
    assert (
        misread(filled, cells_of(parse(render(filled, layout))), may_abstain=True) == []
    )


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_column_of_figures_is_read_in_every_layout(layout: str) -> None:
    """With one column nothing can be mistaken for its neighbour, so no layout is lossy."""
    for seed in range(8):
        filled = fill("national-2014", random.Random(seed))
        assert (
            misread(filled, cells_of(parse(render(filled, layout))), may_abstain=False)
            == []
        )


def test_a_blank_in_the_last_column_of_tabs_is_a_blank_cell() -> None:
    text = sheet(form="fujian-2018").replace(" | ", "\t").replace(" |\n", "\n")
    line = next(line for line in text.splitlines() if line.startswith("行政复议数"))
    report = parse(text.replace(line, "行政复议数\t件\t7\t"))
    cells = cells_of(report)
    assert cells["main", "reconsideration.total", "year"].value == 7
    assert cells["main", "reconsideration.total", "cumulative"].reading == "blank"


def test_a_row_with_a_figure_too_few_is_not_shared_out_among_its_columns() -> None:
    report = parse(sheet({"reconsideration.total": "行政复议数件7"}, "fujian-2018"))
    cells = cells_of(report)
    for column in ("year", "cumulative"):
        cell = cells["main", "reconsideration.total", column]
        assert (cell.value, cell.diagnostics) == (None, ("ambiguous-cell",))
    assert (
        cells["main", "litigation.total", "year"].value
        == numbered("fujian-2018").figures["main", "litigation.total", "year"]
    )


@given(made_reports())
def test_rows_that_look_like_headings_are_never_sections(made: MadeReport) -> None:
    """一、主动公开情况 in a table is a row, in whatever layout."""
    assert [(s.level, s.number, s.title) for s in parse(made.text).walk()] == list(
        made.outline
    )


@given(made_reports())
def test_figures_of_a_table_are_not_figures_of_the_prose(made: MadeReport) -> None:
    report = parse(made.text)
    for table in report.tables:
        assert not [
            q
            for q in report.quantities
            if table.span.start <= q.span.start < table.span.end
        ]


# --- forms


@pytest.mark.parametrize("form", SPINE)
@pytest.mark.parametrize("year", [2009, 2018, 2025])
def test_a_form_is_known_by_what_it_prints_not_by_the_year(
    form: str, year: int
) -> None:
    text = render(numbered(form), "pipe_rows").replace("2018年度", f"{year}年度")
    report = parse(f"某县某局{year}年政府信息公开年度报告\n附表\n{text}")
    assert [table.form for table in report.tables] == [form]
    assert report.metadata.year == year
    assert misread(numbered(form), cells_of(report), may_abstain=False) == []


def test_tables_of_two_forms_in_one_text_are_two_tables() -> None:
    text = f"{sheet(form='national-2014')}\n以下为省内统计口径的有关数据,供各单位参考使用。\n附表\n{sheet(form='fujian-2018')}"
    assert [table.form for table in parse(text).tables] == [
        "national-2014",
        "fujian-2018",
    ]


# --- labels


@pytest.mark.parametrize(
    ("key", "line"),
    [
        ("requests.received", "(一)收到申请数 | 件 | 5 |"),
        ("requests.received", "（一） 收 到 申 请 数 | 件 | 5 |"),
        ("requests.received", "收到申请数 | 件 | 5 |"),
        ("requests.received", "  (一)、收到申请数 | 件 | 5 |"),
        (
            "proactive.total",
            "(一)主动公开政府信息数(不同渠道和方式公开相同信息计1条) | 条 | 5 |",
        ),
        ("proactive.normative_documents", "其中:主动公开规范性文件数 | 条 | 5 |"),
        ("proactive.normative_documents", "其中： 主动公开规范性文件数 | 条 | 5 |"),
        ("requests.replied.refused.state_secret", "其中:涉及国家秘密 | 件 | 5 |"),
        (
            "requests.replied.refused.not_government_information",
            "不是《条例》所指政府信息 | 件 | 5 |",
        ),
        ("organization.staff.full_time", "1.专职人员数 | 人 | 5 |"),
    ],
)
def test_a_label_leads_to_its_row_however_it_is_written(key: str, line: str) -> None:
    report = parse(sheet({key: line}))
    cell = cells_of(report)["main", key, "value"]
    assert (cell.value, cell.diagnostics) == (5, ())
    assert report.value(key) == 5


def test_a_number_in_a_note_is_not_a_value() -> None:
    """(计1条) belongs to the label, on its line or below it; the row goes without a figure."""
    for note in (
        "(不同渠道和方式公开相同信息计1条) | 条 | |",
        "\n(不同渠道和方式公开相同信息计1条) | 条 | |",
    ):
        report = parse(sheet({"proactive.total": f"(一)主动公开政府信息数{note}"}))
        cell = cells_of(report)["main", "proactive.total", "value"]
        assert (cell.value, cell.reading) == (None, "blank")
    glued = render(numbered("national-2014"), "glued").replace(
        "(一)主动公开政府信息数条138\n",
        "(一)主动公开政府信息数\n(不同渠道和方式公开相同信息计1条)\n",
    )
    cell = cells_of(parse(glued))["main", "proactive.total", "value"]
    assert (cell.value, cell.reading) == (None, "blank")


def test_a_label_that_occurs_twice_is_told_by_its_place() -> None:
    cells = cells_of(parse(sheet()))
    figures = numbered("national-2014").figures
    for parent in ("reconsideration", "litigation"):
        for row in ("corrected", "other_circumstances"):
            key = ("main", f"{parent}.{row}", "value")
            assert cells[key].value == figures[key]


@pytest.mark.parametrize("missing", ["reconsideration", "litigation"])
def test_a_label_that_occurs_twice_is_told_by_its_place_when_the_other_is_gone(
    missing: str,
) -> None:
    text = "\n".join(
        line for line in sheet({f"{missing}.corrected": ""}).splitlines() if line
    )
    cells = cells_of(parse(text))
    kept = {"reconsideration": "litigation", "litigation": "reconsideration"}[missing]
    key = ("main", f"{kept}.corrected", "value")
    assert cells[key].value == numbered("national-2014").figures[key]
    assert ("main", f"{missing}.corrected", "value") not in cells


def test_a_label_that_occurs_twice_and_has_no_place_has_no_key() -> None:
    report = parse(
        "(二)被依法纠错数 | 件 | 1 |\n(一)收到申请数 | 件 | 5 |\n(二)申请办结数 | 件 | 4 |\n"
    )
    cell = report.cells[0]
    assert (cell.row, cell.label, cell.value, cell.diagnostics) == (
        None,
        "(二)被依法纠错数",
        1,
        ("ambiguous-row",),
    )


@pytest.mark.parametrize("layout", ["bare", "bar_closed", "bar_alone", "paragraphs"])
def test_a_label_over_two_lines_is_one_label(layout: str) -> None:
    text = render(numbered("national-2014"), layout)
    cut = text.replace("1.参加或举办新闻发布会总次数", "1.参加或举办新闻\n发布会总次数")
    assert cut != text
    report = parse(cut)
    assert misread(numbered("national-2014"), cells_of(report), may_abstain=False) == []
    assert report.sections == ()


@pytest.mark.parametrize(
    "header",
    [
        "统 计 指 标单位统计数",
        "统计指标单位统计数",
        "统计指标 单位 统计数",
        "统 计 指 标\n单位\n统计数",
    ],
)
def test_header_words_are_a_header_however_they_are_glued(header: str) -> None:
    text = render(numbered("national-2014"), "glued").replace(
        "统计指标单位统计数", header
    )
    report = parse(text)
    assert misread(numbered("national-2014"), cells_of(report), may_abstain=False) == []
    assert codes_of(report) == []


@pytest.mark.parametrize("form", SPINE)
def test_figures_that_count_up_are_figures_where_no_others_are_left(form: str) -> None:
    keys = numbered(form).figures
    filled = Filled(form, 2018, {key: 101 + i for i, key in enumerate(keys)})
    assert (
        misread(filled, cells_of(parse(render(filled, "pipe_rows"))), may_abstain=True)
        == []
    )


def test_figures_stay_with_their_labels_when_rows_are_swapped() -> None:
    text = render(numbered("national-2014"), "pipe_rows")
    lines = text.splitlines()
    lines[24], lines[27] = lines[27], lines[24]
    report = parse("\n".join(lines))
    assert misread(numbered("national-2014"), cells_of(report), may_abstain=False) == []


# --- units


def test_a_unit_that_is_printed_is_not_marked_inferred_and_one_from_the_form_is() -> (
    None
):
    cells = cells_of(
        parse(
            sheet(
                {
                    "requests.received": "(一)收到申请数 | | 5 |",
                    "training.courses": "举办各类培训班数 5",
                }
            )
        )
    )
    for key in ("requests.received", "training.courses"):
        assert (
            cells["main", key, "value"].value,
            cells["main", key, "value"].unit_inferred,
        ) == (5, True)
    assert cells["main", "requests.received", "value"].unit == "件"
    assert cells["main", "training.courses", "value"].unit == "次"
    printed = cells["main", "requests.closed", "value"]
    assert (printed.unit, printed.unit_inferred) == ("件", False)


def test_a_heading_row_has_no_unit() -> None:
    cell = cells_of(parse(sheet({"proactive": "一、主动公开情况 | —— | 236 |"})))[
        "main", "proactive", "value"
    ]
    assert (cell.value, cell.unit, cell.unit_inferred) == (236, None, False)


def test_another_unit_than_the_forms_is_kept_and_reported() -> None:
    report = parse(sheet({"fees.requests": "七、依申请公开信息收取的费用 | 元 | 5 |"}))
    cell = cells_of(report)["main", "fees.requests", "value"]
    assert (cell.value, cell.unit, cell.unit_inferred, cell.diagnostics) == (
        5,
        "元",
        False,
        ("unit-conflict",),
    )
    (fault,) = faults_of(report, "unit-conflict")
    assert fault.source is not None
    assert fault.span is not None
    assert fault.source.slice(fault.span) == "元"


# --- readings


@pytest.mark.parametrize(
    ("printed", "reading", "value"),
    [
        ("0", "number", 0),
        ("１２", "number", 12),
        ("1,234", "number", 1234),
        ("", "blank", None),
        ("——", "dash", None),
        ("-", "dash", None),
        ("/", "dash", None),
        ("无", "none", None),
        ("约七成", "unreadable", None),
        ("#REF!", "unreadable", None),
    ],
)
def test_nothing_is_not_zero(printed: str, reading: str, value: int | None) -> None:
    """0, a blank, a dash, 无 and what cannot be read are different facts."""
    cell = cells_of(
        parse(sheet({"requests.received": f"(一)收到申请数 | 件 | {printed} |"}))
    )["main", "requests.received", "value"]
    assert (cell.reading, cell.value, cell.raw) == (reading, value, printed)
    assert bool(cell.diagnostics) == (reading == "unreadable")


def test_an_absent_row_is_absent_and_a_blank_one_is_not() -> None:
    text = "\n".join(
        line for line in sheet({"complaints.total": ""}).splitlines() if line
    )
    report = parse(text)
    assert report.cell("complaints.total") is None
    blank = parse(sheet({"complaints.total": "六、举报投诉数量 | 件 | |"})).cell(
        "complaints.total"
    )
    assert blank is not None
    assert blank.reading == "blank"


# --- what the form does not have


def test_a_row_that_the_form_does_not_have_is_kept_without_a_key() -> None:
    after = "(二)申请办结数 | 件 | 9 |\n其中:加急办结数 | 件 | 7 |"
    report = parse(sheet({"requests.closed": after}))
    (cell,) = [cell for cell in report.cells if cell.row is None]
    assert (cell.label, cell.value, cell.unit, cell.diagnostics) == (
        "其中:加急办结数",
        7,
        "件",
        ("unknown-row",),
    )
    assert report.value("requests.closed") == 9
    assert (
        report.value("requests.closed.on_time")
        == numbered("national-2014").figures["main", "requests.closed.on_time", "value"]
    )


@pytest.mark.parametrize(
    ("key", "lines"),
    [
        ("proactive", "加急公示数 | 条 | 7 |\n一、主动公开情况 | —— | 236 |"),
        (
            "training.participants",
            "(三)接受培训人员数 | 人次 | 5 |\n加急公示数 | 条 | 7 |",
        ),
    ],
)
def test_an_unknown_row_at_the_edge_of_the_table_is_kept_too(
    key: str, lines: str
) -> None:
    report = parse(sheet({key: lines}))
    assert [(cell.label, cell.value) for cell in report.cells if cell.row is None] == [
        ("加急公示数", 7)
    ]


def test_a_row_that_comes_twice_is_kept_twice_and_flagged() -> None:
    report = parse(
        sheet(
            {
                "requests.received": "(一)收到申请数 | 件 | 5 |\n(一)收到申请数 | 件 | 6 |"
            }
        )
    )
    found = [
        (cell.value, cell.diagnostics)
        for cell in report.cells
        if cell.row == "requests.received"
    ]
    assert found == [(5, ()), (6, ("duplicate-row",))]


def test_a_stray_line_costs_no_figure() -> None:
    report = parse(
        sheet({"requests.received": "(一)收到申请数 | 件 | 5 |\n以下接上页"})
    )
    assert report.value("requests.received") == 5
    assert "stray-line" in codes_of(report)


@pytest.mark.parametrize("line", ["- 2 -", "第 2 页 共 3 页", "— 12 —"])
def test_a_page_number_between_rows_is_no_value_and_no_fault(line: str) -> None:
    report = parse(sheet({"requests.received": f"(一)收到申请数 | 件 | 5 |\n{line}"}))
    assert report.value("requests.received") == 5
    assert "stray-line" not in codes_of(report)


@pytest.mark.parametrize("layout", ["glued", "one_line", "bare"])
def test_an_inferred_figure_stands_where_its_span_says(layout: str) -> None:
    """Also beside a blank cell, which takes no room among figures that ran together."""
    seen = 0
    for seed in range(8):
        for cell in parse(
            make_report(random.Random(seed), "national-2021", layout, blanks=0.1).text
        ).cells:
            if cell.inferred:
                assert cell.raw == str(cell.value)
                seen += 1
    assert seen


def test_a_row_that_comes_twice_is_inferred_once() -> None:
    """What arithmetic settled of one row is not laid over another of the same label."""
    text = "一、本年新收政府信息公开申请数量21710000218\n二、上年结转政府信息公开申请数量0000000\n(一)予以公开2000002"
    report = parse(text + "\n(一)予以公开1 2")
    found = [c for c in report.cells if c.row == "requests.disposition.granted"]
    assert [c.value for c in found if c.inferred] == [2, 0, 0, 0, 0, 0, 2]
    assert all(c.value is None for c in found if not c.inferred)


@pytest.mark.parametrize(
    "layout",
    ["tabs", "bar_closed", "bar_alone", "pipe_rows", "markdown", "padded_pipes"],
)
def test_blanks_keep_their_place_where_cells_are_delimited(layout: str) -> None:
    """Of a report with two cells of five blank, every printed figure is read, and none else."""
    made = make_report(random.Random(5), "national-2021", layout, 0.4)
    got = {
        (t.table, c.row, c.column): c.value
        for t in parse(made.text).tables
        for c in t.cells
    }
    assert {key: got.get(key) for key in made.expected} == dict(made.expected)
