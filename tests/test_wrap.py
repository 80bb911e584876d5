"""Prose that was cut at a fixed width."""

from __future__ import annotations

import random

import pytest
from growth import grows_as_a_line
from hypothesis import example, given
from hypothesis import strategies as st

from govdisclose import Report, parse
from govdisclose.testing import make_report
from govdisclose.text import Edit, replay

PARAGRAPH = (
    "2018年，我局认真落实各项要求，通过政府网站公开信息1236条，通过微信公众号公开信息98条，召开新闻发布会3次，依据"
    "《云溪市政务公开工作要点》（云政办发〔2018〕12号）分解任务46项，全年收到申请12件，均已按期办结，同比增长9.6%。"
)
LATER = "对照年度要点，明确责任人和完成时限，全年组织专题培训5次，参加人员212人次，营造了良好的氛围，取得了明显的成效，群众满意率进一步提升。"


def wrapped(text: str, columns: int) -> str:
    out, used = "", 0
    for c in text:
        wide = 1 if c.isascii() else 2
        if used + wide > columns:
            out += "\n"
            used = 0
        out += c
        used += wide
    return out


def paragraphs(report: Report) -> list[str]:
    return [p.text for s in report.walk() for p in s.paragraphs]


@pytest.mark.parametrize("columns", range(44, 92, 3))
def test_a_paragraph_is_one_whatever_the_width_it_was_cut_at(columns: int) -> None:
    text = f"一、概述\n{wrapped(PARAGRAPH, columns)}\n{wrapped(LATER, columns)}\n二、主动公开情况\n{wrapped(LATER, columns)}\n"
    report = parse(text)
    assert paragraphs(report) == [PARAGRAPH, LATER, LATER]
    assert [(q.value, q.unit) for q in report.quantities][:3] == [
        (1236, "条"),
        (98, "条"),
        (3, "次"),
    ]
    assert report.citations[0].symbol == "云政办发〔2018〕12号"
    assert report.citations[0].title == "云溪市政务公开工作要点"


def test_the_raw_text_of_a_joined_paragraph_is_all_that_stood_there() -> None:
    text = f"一、概述\n{wrapped(PARAGRAPH, 60)}\n{wrapped(LATER, 60)}\n"
    report = parse(text)
    first = report["一"].paragraphs[0]
    assert (
        first.raw == text[first.span.start : first.span.end] == wrapped(PARAGRAPH, 60)
    )
    assert {r.by for r in report.repairs} == {"hard_wraps"}


def test_edits_of_wraps_replay_to_the_paragraphs() -> None:
    text = f"一、概述\n{wrapped(PARAGRAPH, 60)}\n{wrapped(LATER, 60)}\n"
    repairs = parse(text).repairs
    assert (
        replay(text, [Edit(*r.span, r.new) for r in repairs])
        == f"一、概述\n{PARAGRAPH}\n{LATER}\n"
    )


@pytest.mark.parametrize(
    "between",
    [
        "- 3 -",
        "— 12 —",
        "第3页",
        "第 3 页 共 10 页",
        "4",
        "\n- 3 -\n",
        "- 3 -\n云溪市水利局2018年度报告",
    ],
)
def test_a_paragraph_runs_on_over_a_page_break(between: str) -> None:
    lines = wrapped(PARAGRAPH, 60).split("\n")
    other = wrapped(LATER, 60).split("\n")
    text = "\n".join(
        [
            "一、概述",
            *lines[:2],
            between,
            *lines[2:],
            other[0],
            between,
            *other[1:],
            "二、其他事项",
            "无。",
        ]
    )
    assert paragraphs(parse(text)) == [PARAGRAPH, LATER, "无。"]


def test_a_heading_over_two_lines_is_one_heading() -> None:
    title = "主动公开政府信息以及各类公开渠道和平台建设利用等方面情况"
    text = f"一、概述\n{wrapped(PARAGRAPH, 56)}\n{wrapped('二、' + title, 56)}\n{wrapped(LATER, 56)}\n"
    assert [s.title for s in parse(text).sections] == ["概述", title]


def test_a_heading_that_fills_its_line_does_not_swallow_what_follows() -> None:
    title = "二、主动公开政府信息及各类公开平台建设和利用情况"
    text = f"一、概述\n{wrapped(PARAGRAPH, 48)}\n{title}\n{wrapped(LATER, 48)}\n"
    report = parse(text)
    assert [s.title for s in report.sections] == ["概述", title[2:]]
    assert report["二"].paragraphs[0].text == LATER


@pytest.mark.parametrize(
    "text",
    [
        "一、概述\n全年共公开信息12条。\n会议3次。\n二、其他\n无",
        "各科室：\n现将有关事项通知如下\n请遵照执行\n某某市水利局\n2018年1月3日",
        "\n".join(
            [f"云溪市第{n}片区水利管理站党群服务中心便民窗口" for n in "一二三四五六"]
            + ["其他各站"] * 3
        ),
    ],
    ids=["short paragraphs", "a notice", "a list"],
)
def test_lines_of_their_own_stay(text: str) -> None:
    assert not [r for r in parse(text).repairs if r.by == "hard_wraps"]


def test_a_title_broken_behind_its_bracket_is_read_whole() -> None:
    report = parse(
        "一、概述\n" + LATER * 3 + "\n依据《\n云溪市信息公开办法》要求，公开信息3条。"
    )
    assert report.citations[0].title == "云溪市信息公开办法"


@given(
    st.integers(0, 10_000),
    st.sampled_from(
        ["pdf_plain", "pdf_columns", "bare", "aligned", "glued", "one_line"]
    ),
)
@example(1890, "one_line")  # one break is seen only after the others are gone
def test_rejoining_what_was_rejoined_changes_nothing(seed: int, layout: str) -> None:
    rng = random.Random(seed)
    form = rng.choice(["national-2021", "national-2014", "national-2019"])
    made = make_report(rng, form, layout, 0.0, ("hard_wrapped",))
    by = ("hard_wraps", "folded_lines")
    edits = [
        Edit(*r.span, r.new)
        for r in parse(made.text).repairs
        if set(by) & set(r.by.split("+"))
    ]
    again = parse(replay(made.text, edits))
    assert not [r for r in again.repairs if set(by) & set(r.by.split("+"))]


@given(st.text(alphabet="一二、。,年1条\n 公开(《", max_size=400))
def test_any_text_is_rejoined_once_and_for_all(text: str) -> None:
    by = ("hard_wraps", "folded_lines")
    edits = [
        Edit(*r.span, r.new)
        for r in parse(text).repairs
        if set(by) & set(r.by.split("+"))
    ]
    again = parse(replay(text, edits))
    assert not [r for r in again.repairs if set(by) & set(r.by.split("+"))]


@pytest.mark.slow
def test_rejoining_takes_time_in_proportion_to_the_text() -> None:
    def given(times: int) -> str:
        return "一、概述\n" + f"{wrapped(PARAGRAPH, 60)}\n" * times

    assert grows_as_a_line(parse, given(40), given(400))
