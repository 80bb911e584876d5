"""Lines of real pages, by patterns: what is a heading, what is furniture, and what only looks like one of them."""

from __future__ import annotations

import re

import pytest

from govdisclose import parse
from govdisclose._lines.furniture import WORDS, furniture_kind
from govdisclose._lines.line import Line, split_lines
from govdisclose._lines.shape import shape_lines
from govdisclose.text import Source, Text

TITLE = "甲州市粮食局2018年政府信息公开工作年度报告"
OPENING = "根据《政府信息公开条例》的要求编制本报告。"
BODY = "\n一、概述\n无。\n二、主动公开情况\n无。\n"


def shaped(source: str) -> list[Line]:
    text = Text(Source(source))
    return shape_lines(text.shadow, split_lines(text.shadow))


def heading(line: str) -> tuple[str, int | None, str | None, str] | None:
    """Type, number, title and the text that runs on behind the title; None if the line is no heading."""
    text = Text(Source(line))
    (found,) = shaped(line)
    if found.type[0] != "H":
        return None
    title = text.string[slice(*found.title)] if found.title else None
    return found.type, found.number, title, text.string[found.body : found.end]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        # a line for itself may speak of 本机关; a sentence may not
        (
            "（一）本机关主动公开政府信息数量",
            ("H2", 1, "本机关主动公开政府信息数量", ""),
        ),
        (
            "（一）我局高度重视信息公开工作,成立了领导小组",
            ("H2", 1, None, "我局高度重视信息公开工作,成立了领导小组"),
        ),
        ("（一）我局公开信息12条", ("H2", 1, None, "我局公开信息12条")),
        # the parenthesis lost; a lost character inside a title
        ("一）主动公开", ("H2", 1, "主动公开", "")),
        (
            "二、通过“中国?甲州”网站公开情况",
            ("H1", 2, "通过“中国?甲州”网站公开情况", ""),
        ),
        # a title that a blank or nothing parts from its text
        (
            "一、总体情况 2018年,全市粮食系统按照国家、省有关政府信息公开工作的要求,做好各项工作。",
            (
                "H1",
                1,
                "总体情况",
                "2018年,全市粮食系统按照国家、省有关政府信息公开工作的要求,做好各项工作。",
            ),
        ),
        (
            "三、依申请公开情况2018年,未收到申请。",
            ("H1", 3, "依申请公开情况", "2018年,未收到申请。"),
        ),
        # prefaces without a number, with their text on the same line
        (
            "编制说明：本年度报告根据有关规定编制。",
            ("H0", None, "编制说明", "本年度报告根据有关规定编制。"),
        ),
        ("前言：为推进公开。", ("H0", None, "前言", "为推进公开。")),
        # rows of tables, and markers without anything behind them
        ("一、本年新收政府信息公开申请数量 | 0 | 0 | 0 |", None),
        ("（79）", None),
        ("3.", None),
        ("1. **公开范围**：各个方面。", ("H3", 1, "公开范围", "各个方面。")),
        ("编制说明书的要求：如下。", None),
        ("前言部分讲了很多。", None),
    ],
)
def test_a_heading_is_told_from_a_sentence_and_from_a_row(
    line: str, found: tuple[str, int | None, str | None, str] | None
) -> None:
    assert heading(line) == found


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("首页 / 政府信息公开 / 政府信息公开年报 / 正文", "breadcrumb"),
        ("发布单位: | 柳河镇 |", "index"),
        ("公开责任部门:", "index"),
        ("[ 主题分类 ] | 粮食 | [ 体裁分类 ] | 年度报告 |", "index"),
        ("• 分        类:", "index"),
        ("体裁分类:政府信息公开年报     主题分类:粮食", "index"),
        ("• 发布日期:", "source"),
        ("• 2019年03月18日", "source"),
        ("2019年01月18日来源:1", "source"),
        ("2019-01-18 09:11 浏览:12", "source"),
        ("• 字号: [ ]", "toolbar"),
        ("• [关闭]", "toolbar"),
        ("大", "toolbar"),
        ("---|---|---|---", "filler"),
        ("]", "toolbar"),
        ("![](/images/logo.png) |", "navigation"),
        ("返回专栏首页", "navigation"),
        ("甲州市粮食局2018年政府信息公开工作年度报告.docx", "attachment"),
        ("一、总体情况.............................. 1", "contents"),
        ("（一）主动公开……………… 12", "contents"),
    ],
)
def test_furniture_seen_on_real_pages(line: str, kind: str) -> None:
    assert [(found.type, found.kind) for found in shaped(line)] == [("FURNITURE", kind)]


@pytest.mark.parametrize(
    "line",
    [
        "2019年1月18日",
        "大力推进公开工作",
        "中",
        "公开信息12条",
        "分类公开情况良好。",
        "首页改版",
        "详见附件1.docx的说明",
        "……等3",
    ],
)
def test_what_only_looks_like_furniture_stays_text(line: str) -> None:
    if (
        line == "中"
    ):  # one of the three sizes of type, and nothing else that a line would hold
        assert shaped(line)[0].kind == "toolbar"
    else:
        assert shaped(line)[0].type == "PROSE"


def test_every_word_of_furniture_is_found_where_it_begins_a_line() -> None:
    """Each word of the patterns, on a line of its own, is found as it is without the set of first characters."""
    blanks = re.compile(r"\\s(?:\{\d,\d+\}|\?)|\s")
    sources = [WORDS.source(kind) for kind in WORDS.entries]
    words = {
        word
        for source in sources
        for word in re.findall(r"[\u4e00-\u9fff]+", blanks.sub("", source))
    }
    lines = [line for word in words for line in (word, word + ":")]
    found = [
        line for line in lines if any(WORDS[kind].match(line) for kind in WORDS.entries)
    ]
    assert len(found) > 50
    assert [line for line in found if furniture_kind(line, 0, len(line)) is None] == []


def test_short_lines_above_the_title_are_furniture_and_sentences_there_are_not() -> (
    None
):
    page = "粮食邮箱  使用帮助\n新闻 要闻 动态\n公开意见箱是为了听取意见而设立的。\n"
    report = parse(page + TITLE + "\n" + OPENING + BODY)
    assert [item.raw for item in report.furniture] == [
        "粮食邮箱  使用帮助",
        "新闻 要闻 动态",
    ]
    assert [p.text for p in report.preamble] == [
        "公开意见箱是为了听取意见而设立的。",
        OPENING,
    ]


def test_the_documents_own_number_is_neither_text_nor_a_citation() -> None:
    report = parse("云粮发〔2019〕5号\n" + TITLE + "\n" + OPENING + BODY)
    assert report.metadata.document_number == "云粮发〔2019〕5号"
    assert [c.symbol for c in report.citations if c.symbol] == []
    assert [p.text for p in report.preamble] == [OPENING]


def test_a_table_of_contents_does_not_double_the_outline() -> None:
    contents = (
        "目录\n一、概述........................ 1\n二、主动公开情况................ 2\n"
    )
    report = parse(TITLE + "\n" + contents + OPENING + BODY)
    assert [s.number for s in report.sections] == [1, 2]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("总体概况", "overview"),
        ("改进措施", "problems_improvements"),
        ("宣传培训情况", "training"),
        ("政府信息查阅场所建设情况", "platforms"),
        ("健全工作制度", "organization_system"),
        ("《指南》和《目录》的更新、完善情况", "organization_system"),
    ],
)
def test_kinds_of_titles_seen_on_real_pages(title: str, kind: str) -> None:
    (section,) = parse(f"一、{title}\n无。").sections
    assert section.kind == kind
