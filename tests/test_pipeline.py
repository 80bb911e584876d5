"""`parse` as a whole: what holds for every string, however broken, and what a whole report says."""

from __future__ import annotations

import json

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import (
    DAMAGED_REPORTS,
    HEADED_TEXT,
    HOSTILE,
    SHARP_TEXT,
    cells_of,
    codes_of,
    made_reports,
    nodes_of,
    numbered,
    sheet,
)

from govdisclose import NotText, Report, Source, parse, replay
from govdisclose._lines.cut import cut_lines
from govdisclose._lines.join import join_lines
from govdisclose._lines.shape import shape_lines
from govdisclose._tables.read import read_tables
from govdisclose.repair import repair
from govdisclose.report import json_schema
from govdisclose.testing import MadeReport
from govdisclose.text import Edit

VALID = jsonschema.Draft202012Validator(json_schema())
EVERY_KIND = st.one_of(
    made_reports().map(lambda made: made.text), DAMAGED_REPORTS, HOSTILE
)


# --- what holds for every string


@settings(max_examples=300)
@given(EVERY_KIND)
def test_every_raw_is_what_stands_at_its_span(text: str) -> None:
    for node in nodes_of(parse(text)):
        start, end = node["span"]
        assert 0 <= start <= end <= len(text)
        if "raw" in node:
            assert text[start:end] == node["raw"]
        if "old" in node:
            assert text[start:end] == node["old"]


@given(EVERY_KIND)
def test_replaying_the_repairs_gives_the_text_that_was_read(text: str) -> None:
    edits = [Edit(r.span.start, r.span.end, r.new, r.by) for r in parse(text).repairs]
    repaired, _ = repair(Source(text))
    lines = shape_lines(repaired.shadow, cut_lines(repaired.shadow))
    (_, lines), _ = read_tables(repaired, lines)
    assert replay(text, edits) == join_lines(repaired, lines)[0].string


@given(EVERY_KIND)
def test_a_report_survives_the_way_out_and_back(text: str) -> None:
    report = parse(text)
    assert Report.from_dict(report.to_dict()) == report
    assert Report.from_dict(report.to_dict(), text) == report


@given(made_reports().map(lambda made: made.text) | DAMAGED_REPORTS)
def test_a_report_survives_json(text: str) -> None:
    report = parse(text)
    if not any(
        "\ud800" <= character <= "\udfff" for character in text
    ):  # JSON has no way to say half a character
        assert Report.from_json(report.to_json()) == report


@given(made_reports().map(lambda made: made.text) | DAMAGED_REPORTS)
def test_what_goes_out_follows_the_schema(text: str) -> None:
    VALID.validate(json.loads(json.dumps(parse(text).to_dict())))


@settings(max_examples=300)
@given(HOSTILE | DAMAGED_REPORTS)
def test_nothing_makes_it_raise(text: str) -> None:
    report = parse(text)
    assert report.source == Source(text)
    assert repr(report)


@given(SHARP_TEXT | HEADED_TEXT)
def test_the_same_text_gives_the_same_report(text: str) -> None:
    assert parse(text) == parse(Source(text, "report.txt"))


@given(EVERY_KIND)
def test_only_a_cell_that_is_a_number_has_a_value_and_it_is_exact(text: str) -> None:
    for cell in parse(text).cells:
        assert (cell.value is not None) == (cell.reading == "number")
        assert not isinstance(cell.value, float)
        assert cell.value is None or cell.raw


@given(HEADED_TEXT)
def test_sections_nest_by_level_and_stand_in_order(text: str) -> None:
    report = parse(text)
    starts = [section.span.start for section in report.walk()]
    assert starts == sorted(starts)
    for section in report.walk():
        assert all(below.level > section.level for below in section.sections)


@given(EVERY_KIND)
def test_diagnostics_stand_in_the_order_of_the_text(text: str) -> None:
    places = [
        fault.span.start if fault.span else -1 for fault in parse(text).diagnostics
    ]
    assert places == sorted(places)


# --- what a whole report says


@given(made_reports())
def test_the_outline_is_found_whole(made: MadeReport) -> None:
    assert [(s.level, s.number, s.title) for s in parse(made.text).walk()] == list(
        made.outline
    )


@given(made_reports())
def test_issuer_year_and_period_are_found(made: MadeReport) -> None:
    metadata = parse(made.text).metadata
    assert (metadata.issuer, metadata.year) == (made.issuer, made.year)
    assert metadata.period is not None
    assert (metadata.period.start.isoformat(), metadata.period.end.isoformat()) == (
        f"{made.year}-01-01",
        f"{made.year}-12-31",
    )


@given(made_reports())
def test_a_made_report_is_without_fault_but_for_figures_that_were_lost(
    made: MadeReport,
) -> None:
    """A report that ends in a blank cell ends as one that was cut off there: that may be
    said, and in what years the form had a row."""
    assert set(codes_of(parse(made.text))) <= {
        "ambiguous-cell",
        "inferred-cell",
        "doubtful-cell",
        "row-of-some-years",
        "truncated",
    }


@given(made_reports(), st.sampled_from(["\r\n", "\r", "\N{LINE SEPARATOR}", "\x85"]))
def test_the_kind_of_line_break_does_not_matter(made: MadeReport, end: str) -> None:
    plain, other = parse(made.text), parse(made.text.replace("\n", end))
    assert [(s.level, s.number, s.title) for s in other.walk()] == [
        (s.level, s.number, s.title) for s in plain.walk()
    ]
    assert {k: (c.value, c.unit, c.reading) for k, c in cells_of(other).items()} == {
        k: (c.value, c.unit, c.reading) for k, c in cells_of(plain).items()
    }
    assert [(q.value, q.unit) for q in other.quantities] == [
        (q.value, q.unit) for q in plain.quantities
    ]


def test_a_form_in_traditional_script_with_glosses_reads_the_same() -> None:
    text = (
        sheet()
        .replace("数 |", "數(shù) |")
        .replace("开", "開")
        .replace("机关", "機關(guān)")
        .replace("网", "網(wǎng)")
    )
    figures = {key: cell.value for key, cell in cells_of(parse(text)).items()}
    assert figures == dict(numbered("national-2014").figures)


# --- bad input


@pytest.mark.parametrize(
    "data", ["某局".encode(), bytearray("某局".encode()), memoryview("某局".encode())]
)
def test_bytes_are_refused_with_a_word_on_how_to_decode_them(data: object) -> None:
    with pytest.raises(TypeError, match=r"decode.*utf-8.*gb18030") as caught:
        parse(data)  # type: ignore[arg-type]
    assert isinstance(caught.value, NotText)


@pytest.mark.parametrize("thing", [None, 5, ["一、概述"]])
def test_what_is_no_text_is_refused_by_its_type(thing: object) -> None:
    with pytest.raises(NotText, match=type(thing).__name__):
        parse(thing)  # type: ignore[arg-type]


NOVEL = (
    "第一回  老渡口\n\n  天刚蒙蒙亮，渡口上只有一条船。船家姓何，今年六十三岁，摆了四十年的渡。\n"
    "“要过河么？”他问。\n  “过。”那人说，把两块钱放在船头。\n\n第二回  对岸\n\n  对岸是一片竹林，有三间瓦房。\n"
)
NEWS = (
    "首页 > 新闻中心 > 本地新闻\n县城东路改造工程开工\n发布时间：2018-05-06 浏览次数：120\n"
    "5月5日，县城东路改造工程开工，总投资3200万元，全长4.5公里，预计明年6月完工。\n上一篇：春耕忙\n下一篇：植树节\n"
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n\t\r\n",
        "\0",
        "\ufeff",
        NOVEL,
        NEWS,
        "页面不存在 404",
        "{}",
        "<html></html>",
    ],
)
def test_a_text_without_a_report_is_no_report_and_no_exception(text: str) -> None:
    report = parse(text)
    assert codes_of(report) == ["not-a-report"]
    assert (report.metadata.issuer, report.metadata.year, report.tables) == (
        None,
        None,
        (),
    )
    assert Report.from_dict(report.to_dict()) == report


def test_surrogates_and_nul_inside_a_report_cost_only_themselves() -> None:
    report = parse(
        f"某县某局2018年政府信息公开年度报告\n一、概述\n\ud800全年公开信息12条。\0\udfff\n{sheet()}"
    )
    assert [(q.value, q.unit) for q in report.quantities] == [(12, "条")]
    assert len(report.cells) == len(numbered("national-2014").figures)
    assert report.to_json().encode("utf-8")


_MARKED = ("一、甲\n", "（一）甲\n", "1.甲\n", "（1）甲\n", "①甲\n")
HUGE = {
    **{f"a million {bracket}": bracket * 1_000_000 for bracket in "[(（《〔【"},
    "half a million pairs of brackets": "（）" * 500_000,
    "half a million brackets inside each other": "（" * 250_000 + "）" * 250_000,
    "a million NUL": "\0" * 1_000_000,
    "a million surrogates": "\ud800\udc00\udfff" * 333_333,
    "a million bars": "|" * 1_000_000,
    "a million digits": "1" * 1_000_000,
    "a million ordinals": "一" * 1_000_000,
    "a million blanks in a row of a table": "(一)收到申请数" + " " * 1_000_000 + "5",
    "a million line breaks": "\n" * 1_000_000,
    "entities inside each other": "&" + "amp;" * 100_000,
    "a line of glosses": "網(wǎng)" * 50_000,
}


@pytest.mark.parametrize("name", HUGE)
def test_a_line_of_nonsense_is_read_to_its_end(name: str) -> None:
    report = parse(HUGE[name])
    assert report.cells == ()
    assert "not-a-report" in codes_of(report)


@pytest.mark.parametrize("headings", [("一、概述\n",), _MARKED, _MARKED[::-1]])
def test_twenty_thousand_headings_are_all_kept(headings: tuple[str, ...]) -> None:
    report = parse("".join(headings) * (20_000 // len(headings)))
    assert sum(1 for _ in report.walk()) == 20_000
    assert len(report.to_dict()["sections"]) > 0


@pytest.mark.parametrize(
    "row",
    ["(一)收到申请数 | 件 | 5 |\n", "(一)收到申请数\n件\n5\n", "(一)收到申请数件5\n"],
)
def test_fifteen_thousand_cells_are_all_kept(row: str) -> None:
    rows = 15_000 // 3
    report = parse(row * rows)
    assert len(report.cells) == rows
    assert codes_of(report) == ["duplicate-row"] * (rows - 1)
