"""The table of codes: each can be raised by some text, and says what it means."""

from __future__ import annotations

import re

import pytest
from strategies import faults_of, numbered, sheet, without

from govdisclose import Report, parse, parse_file
from govdisclose.diagnostic import CODES, diagnose
from govdisclose.form import catalogue
from govdisclose.testing import render
from govdisclose.text import Notice, Source

LOST_ROWS = [row.key for row in catalogue().forms["fujian-2018"].tables[0].rows[1::2]]

# The shortest text that shows each fault. A code that is not here fails the test below.
TEXTS: dict[str, str | Source] = {
    "not-a-report": "他走进屋里,看见桌上有一封信。",
    "look-alike": "《某县某局2022年政府信息公开年度报告》解读\n一、编制背景\n按要求编制。",
    "truncated": "某县某局2018年政府信息公开年度报告\n一、概述\n依据《某县政府信息",
    "parts-mismatch": "某县某局2018年政府信息公开年度报告\n本报告由概述、附表等三部分组成。\n一、概述\n无。",
    "mirror-conflict": "现公布example.com沙头镇2018年政府信息公开年度报告。\n一、概述\n无。",
    "ambiguous-repair": "本报告所列数据的统计期限自2018111日起。",
    "number-skipped": "一、概述\n三、打算",
    "number-repeated": "一、概述\n一、打算",
    "number-missing": "二、概述\n三、打算",
    "year-conflict": "某县某局2018年政府信息公开年度报告\n统计期限自2017年1月1日起至2017年12月31日止。",
    "unknown-row": sheet({"requests.closed": "(二)申请办结数 | 件 | 9 |\n加急办结数 | 件 | 7 |"}),
    "unknown-column": sheet(form="fujian-2018")
    .replace(" |\n", " | 3 |\n")
    .replace("历年累计 | 3", "历年累计 | 上年度"),
    "ambiguous-cell": sheet({"reconsideration.total": "行政复议数件7"}, "fujian-2018"),
    # 217, 1, four noughts and 218, glued: the total leaves one way to cut them.
    "inferred-cell": "一、本年新收政府信息公开申请数量21710000218\n二、上年结转政府信息公开申请数量0000000\n(一)予以公开2000002",
    "inexact-label": sheet({"organization.staff": "(三)从事政府信息公开工作人圆数 | 人 | 5 |"}),
    "unreadable-cell": sheet({"requests.received": "(一)收到申请数 | 件 | 约七成 |"}),
    "duplicate-row": sheet({"requests.received": "(一)收到申请数 | 件 | 5 |\n(一)收到申请数 | 件 | 6 |"}),
    "ambiguous-row": "(二)被依法纠错数 | 件 | 1 |\n(一)收到申请数 | 件 | 5 |\n(二)申请办结数 | 件 | 4 |",
    "unit-conflict": sheet({"requests.received": "(一)收到申请数 | 条 | 5 |"}),
    "unknown-form": "政府信息公开情况统计表\n项目 | 单位 | 数量 |\n甲类公示数 | 件 | 3 |\n乙类公示数 | 件 | 4 |\n丙类公示数 | 件 | 5 |",
    "stray-line": sheet({"requests.received": "(一)收到申请数 | 件 | 5 |\n以下接上页"}),
    "table-in-attachment": "某县某局2018年政府信息公开年度报告\n一、概述\n附件:政府信息公开情况统计表.xls",
    # One whole row among rows that lost cells, in a layout that does not show which.
    "doubtful-cell": render(without(numbered("fujian-2018"), *(("main", row, "year") for row in LOST_ROWS)), "bare"),
    # What only the reader of a file can see.
    **{
        code: Source("统计表如下。", notices=(Notice(code, "", 0, 6),))
        for code in ("embedded-object", "picture-not-read", "no-text-layer", "garbled-text")
    },
}
# The smallest file that shows each fault which readers of files note: its bytes and its name.
FILES: dict[str, tuple[bytes, str]] = {
    "undecodable-bytes": ("一、概述".encode() * 40 + b"\xe4", "a.txt"),
    "doubtful-encoding": ("攰攲攴攷".encode("gb18030"), "a.txt"),
    "lost-characters": ("一、概述锟斤拷\N{REPLACEMENT CHARACTER}".encode(), "a.txt"),
    "misread-characters": ("政府信息公开工作年度报告".encode().decode("latin-1").encode(), "a.txt"),
    "no-text": (b"<html><frameset><frame src=left.html><frame src=main.html></frameset></html>", "a.html"),
    "misnamed-file": ("一、概述".encode(), "a.pdf"),
}
NOT_YET: dict[str, str] = {}
WITHOUT_PLACE = {"not-a-report", "misnamed-file", "no-text"}


def _report(code: str) -> Report:
    if code in TEXTS:
        return parse(TEXTS[code])
    data, name = FILES[code]
    return parse_file(data, name=name)


def _codes() -> list[object]:
    return [
        pytest.param(code, marks=[pytest.mark.xfail(reason=NOT_YET[code], strict=True)] if code in NOT_YET else [])
        for code in CODES
    ]


@pytest.mark.parametrize("code", _codes())
def test_every_code_is_raised_by_some_text(code: str) -> None:
    report = _report(code)
    faults = faults_of(report, code)
    assert faults
    for fault in faults:
        assert fault.severity == CODES[code].severity
        assert fault.message.startswith(CODES[code].title)
        assert fault.source is report.source


@pytest.mark.parametrize("code", sorted(set(CODES) - WITHOUT_PLACE - set(NOT_YET)))
def test_a_fault_of_the_text_says_where(code: str) -> None:
    """Only what is missing has no place."""
    report = _report(code)
    assert report.source is not None
    for fault in faults_of(report, code):
        assert fault.span is not None
        assert report.source is not None
        assert 0 <= fault.span.start < fault.span.end <= len(report.source.text)


@pytest.mark.parametrize("code", ["not-a-report", "year-conflict", "unknown-row", "ambiguous-cell", "number-skipped"])
def test_a_sound_report_raises_no_such_code(code: str) -> None:
    text = f"某县某局2018年政府信息公开年度报告\n统计期限自2018年1月1日起至2018年12月31日止。\n一、概述\n二、打算\n{sheet()}"
    assert faults_of(parse(text), code) == []


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_is_spelled_and_explained_in_both_languages(code: str) -> None:
    kind = CODES[code]
    assert kind.code == code
    assert re.fullmatch(r"[a-z]+(?:-[a-z]+)*", code)
    assert kind.title.isascii()
    assert kind.meaning.isascii()
    assert kind.meaning.endswith(".")
    assert re.search("[\u4e00-\u9fff]", kind.title_zh)
    assert kind.meaning_zh.endswith("。")


def test_a_code_that_is_not_in_the_table_cannot_be_raised() -> None:
    with pytest.raises(KeyError):
        diagnose("no-such-code", "")
