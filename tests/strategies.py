"""The one module of hypothesis strategies: reports, tables in every layout, damage, and text that means harm.

Built on `govdisclose.testing`, which makes the reports; here are only the wrappings, and what several tests share.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from hypothesis import strategies as st

from govdisclose.diagnostic import Diagnostic
from govdisclose.form import catalogue
from govdisclose.report import Cell, Report
from govdisclose.testing import Filled, Key, MadeReport, fill, make_report, render

SPINE: Final = ("national-2014", "fujian-2018")
"""The forms that are read in every layout: one column, and two."""

LAYOUTS: Final = (
    "aligned",
    "bar_alone",
    "bar_closed",
    "bare",
    "glued",
    "markdown",
    "paragraphs",
    "pipe_rows",
    "tabs",
)
"""The nine layouts in which a table has a line for each row or each cell."""

LOSSY: Final = ("aligned", "bare", "glued")
"""Those of them in which a blank cell leaves no trace."""

SEEDS: Final = st.integers(0, 2**32 - 1)
LAYOUT_NAMES: Final = st.sampled_from(LAYOUTS)


# --- filled forms


@st.composite
def filled_forms(draw: st.DrawFn, forms: Sequence[str] = SPINE) -> Filled:
    """A form with figures in it, from none left blank to most."""
    return fill(
        draw(st.sampled_from(forms)),
        random.Random(draw(SEEDS)),
        draw(st.sampled_from((0.0, 0.2, 0.8))),
    )


def numbered(form: str) -> Filled:
    """A form with another figure in every cell, so that a figure that moves is seen to have moved.

    They do not count up: figures that do may be taken for the numbers of the rows.
    """
    figures = {
        key: 101 + i * 37 % 811
        for i, key in enumerate(fill(form, random.Random(0)).figures)
    }
    return Filled(form, 2018, MappingProxyType(figures))


def without(filled: Filled, *keys: Key) -> Filled:
    """The same with those cells left blank; with no keys, all of them."""
    blank = keys or tuple(filled.figures)
    return Filled(
        filled.form,
        filled.year,
        MappingProxyType({**filled.figures, **dict.fromkeys(blank)}),
    )


def sheet(
    changes: Mapping[str, str] = MappingProxyType({}), form: str = "national-2014"
) -> str:
    """The numbered form as rows of bars, with the line of some rows replaced by what `changes` says, by row key."""
    table = catalogue().forms[form].tables[0]
    header, *lines = render(numbered(form), "pipe_rows").splitlines()
    rows = [
        changes.get(row.key, line) for row, line in zip(table.rows, lines, strict=True)
    ]
    return "\n".join([header, *rows]) + "\n"


def cells_of(report: Report) -> dict[tuple[str | None, str | None, str | None], Cell]:
    """The cells of a report by table, row and column; of rows that no form knows the last one. No other comes twice."""
    found = [
        ((table.table, cell.row, cell.column), cell)
        for table in report.tables
        for cell in table.cells
    ]
    known = [key for key, cell in found if cell.row is not None]
    assert len(set(known)) == len(known)
    return dict(found)


# --- whole reports


@st.composite
def made_reports(draw: st.DrawFn) -> MadeReport:
    """A whole report, with or without a table, in any layout."""
    form = draw(st.sampled_from((None, *SPINE)))
    return make_report(random.Random(draw(SEEDS)), form, draw(LAYOUT_NAMES))


HEADINGS: Final = (
    "一、概述",
    "二、主动公开情况",
    "四、行政复议数量",
    "第三部分 依申请公开",
    "（一）加强领导。全年开会3次。",
    "㈡ 规范流程",
    "1.强化组织",
    "（2）拓宽渠道",
    "3）其他",
    "④附件",
    "引言",
    "一 些同志认识不到位。",
    "????十、打算",
    "## 五、问题",
)
PARAGRAPHS: Final = (
    "全年公开信息14万余条，占99.5%。",
    "根据《某省办法》（某政发〔2018〕5号）要求，完善了制度。",
    "当前位置：首页 > 年报",
    "打印 关闭",
    "某县某局2018年政府信息公开年度报告",
    "统计期限自2018年1月1日起至2018年12月31日止。",
    "联系电话:0578-1234567,邮编:323000",
    "自201811日至20181231日",
    "網(wǎng)站著力於公開",
    "&nbsp;&amp;&#8203;",
    "云溪市某局\n2019年1月14日",
    "",
)
ROWS: Final = (
    "统计指标 | 单位 | 统计数 |",
    "(一)收到申请数 | 件 | 5 |",
    "(二)被依法纠错数 | 件 | |",
    "(三)其他情形数\t件\t\t",
    "申请办结数件5",
    "其中:1.政府网站公开数  件  4  9",
    "三、依申请公开情况——",
    "(不同渠道和方式公开相同信息计1条)",
    "件 |",
    "|",
    "62 |",
    "5",
    "件",
    "/",
    "无",
    "------",
    "|---|---|---|",
    "\N{NO-BREAK SPACE}",
    "指标名称\t计量单位\t2018年度\t历年累计",
    "历年公开数 | 件 | 12 | 34 | 56 |",
)


def lines_of(*pools: Sequence[str], most: int = 40) -> st.SearchStrategy[str]:
    """Lines of those pools in any order, ended in any way."""
    lines = st.sampled_from([line for pool in pools for line in pool])
    ends = st.sampled_from(("\n", "\r\n", "\n\n", "\N{LINE SEPARATOR}", " "))
    return st.lists(st.tuples(lines, ends), max_size=most).map(
        lambda parts: "".join(line + end for line, end in parts)
    )


HEADED_TEXT: Final = lines_of(HEADINGS, PARAGRAPHS)
SOUP: Final = lines_of(HEADINGS, PARAGRAPHS, ROWS)


# --- text that means harm, and damage

# Every code point there is, lone surrogates and NUL too: hypothesis leaves surrogates out unless asked.
ANY_TEXT: Final = st.text(st.characters(codec=None, exclude_categories=()))
_SHARP: Final = "\0\ud800\udfff\ufeff\u200b\x85\r\n\t |()[]（）〔《&#;<>|一二1１.、。：—-/年月日号件条計開\U00020bb7"
SHARP_TEXT: Final = st.text(st.sampled_from(_SHARP), max_size=200)
HOSTILE: Final = st.one_of(ANY_TEXT, SHARP_TEXT, SOUP)

_DIGITS: Final = str.maketrans("0123456789", "０１２３４５６７８９")


@st.composite
def damaged(draw: st.DrawFn, texts: st.SearchStrategy[str]) -> str:
    """One of `texts` after up to five kinds of damage: cut, cut out, doubled, swapped, run together, sprinkled."""
    text = draw(texts)
    for _ in range(draw(st.integers(1, 5))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        part = text[start:end]
        match draw(st.integers(0, 8)):
            case 0:
                part = ""
            case 1:
                part += part
            case 2:
                part = "\n".join(reversed(part.split("\n")))
            case 3:
                part = part.replace(
                    "\n", draw(st.sampled_from(("", " ", "\r\n", "\n\n")))
                )
            case 4:
                part = part.replace("|", draw(st.sampled_from(("", "||", "\t"))))
            case 5:
                part = part.translate(_DIGITS)
            case 6:
                part = "?" * len(part)
            case 7:
                part += draw(HOSTILE)
            case _:
                end = len(text)
                part = ""
        text = text[:start] + part + text[end:]
    return text


DAMAGED_REPORTS: Final = damaged(made_reports().map(lambda made: made.text))


# --- what holds for every report


def nodes_of(report: Report) -> Iterator[Mapping[str, Any]]:
    """Every object of `Report.to_dict()` that says where it stands."""
    stack: list[Any] = [report.to_dict()]
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            if value.get("span") is not None:
                yield value
            stack += value.values()
        elif isinstance(value, list):
            stack += value


def codes_of(report: Report) -> list[str]:
    """The codes of its diagnostics, in order."""
    return [fault.code for fault in report.diagnostics]


def faults_of(report: Report, code: str) -> list[Diagnostic]:
    """Its diagnostics of one code."""
    return [fault for fault in report.diagnostics if fault.code == code]
