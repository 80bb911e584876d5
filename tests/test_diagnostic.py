"""The table of codes: each can be raised by some text, and says what it means."""

from __future__ import annotations

import re

import pytest
from strategies import faults_of, sheet

from govdisclose import Report, parse, parse_file
from govdisclose.diagnostic import CODES, diagnose
from govdisclose.text import Notice, Source

# What only the reader of a file can see.
NOTED = (
    "embedded-object",
    "picture-not-read",
    "no-text-layer",
    "garbled-text",
    "hidden-text",
)
# The smallest file that shows each fault which readers of files note: its bytes and its name.
FILES: dict[str, tuple[bytes, str]] = {
    "undecodable-bytes": ("一、概述".encode() * 40 + b"\xe4", "a.txt"),
    "doubtful-encoding": ("攰攲攴攷".encode("gb18030"), "a.txt"),
    "lost-characters": ("一、概述锟斤拷\N{REPLACEMENT CHARACTER}".encode(), "a.txt"),
    "misread-characters": (
        "政府信息公开工作年度报告".encode().decode("latin-1").encode(),
        "a.txt",
    ),
    "no-text": (
        b"<html><frameset><frame src=left.html><frame src=main.html></frameset></html>",
        "a.html",
    ),
    "misnamed-file": ("一、概述".encode(), "a.pdf"),
}
NOT_YET: dict[str, str] = {}
WITHOUT_PLACE = {"not-a-report", "misnamed-file", "no-text"}


def _report(code: str) -> Report:
    if code in NOTED:
        return parse(Source("统计表如下。", notices=(Notice(code, "", 0, 6),)))
    if code in FILES:
        data, name = FILES[code]
        return parse_file(data, name=name)
    return parse(CODES[code].example)


def _codes() -> list[object]:
    return [
        pytest.param(
            code,
            marks=[pytest.mark.xfail(reason=NOT_YET[code], strict=True)]
            if code in NOT_YET
            else [],
        )
        for code in CODES
    ]


@pytest.mark.parametrize("code", _codes())
def test_every_code_is_raised_by_its_example(code: str) -> None:
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


@pytest.mark.parametrize(
    "code",
    [
        "not-a-report",
        "year-conflict",
        "unknown-row",
        "ambiguous-cell",
        "number-skipped",
    ],
)
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
    assert kind.remedy.isascii()
    assert kind.remedy.endswith(".")
    assert kind.remedy_zh.endswith("。")


@pytest.mark.parametrize("code", sorted(set(CODES) - set(NOT_YET)))
def test_the_chinese_message_of_a_fault_has_no_english_words(code: str) -> None:
    """What is quoted may hold letters, such as the id of a relation, but no two words stand side by side."""
    for fault in faults_of(_report(code), code):
        assert fault.message_zh.startswith(CODES[code].title_zh)
        assert not re.search(r"[A-Za-z]+ [A-Za-z]+", fault.message_zh)
        assert not re.search(
            r"\b(?:for|by|or|may|be|in|the|as|to|follows|first)\b", fault.message_zh
        )


def test_a_code_that_is_not_in_the_table_cannot_be_raised() -> None:
    with pytest.raises(KeyError):
        diagnose("no-such-code", "")
