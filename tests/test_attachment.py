"""Attachments: what counts as one, by link and by name, and what is said where the table is in one."""

from __future__ import annotations

import pytest
from strategies import faults_of, sheet

from govdisclose import parse
from govdisclose.text import Link, Source

HEAD = "某县某局2018年政府信息公开年度报告\n一、概述\n全年公开信息12条。\n"


def named(text: str | Source) -> list[tuple[str, str | None]]:
    report = parse(text)
    assert report.source is not None
    for attachment in report.attachments:
        assert report.source.slice(attachment.span) == attachment.raw
    return [(attachment.name, attachment.format) for attachment in report.attachments]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("附件：统计表.xls", [("统计表.xls", "xls")]),
        ("附件1：甲表.DOC 附件", [("甲表.DOC", "doc")]),
        ("附件：1.甲表.doc\n2.乙表.xlsx", [("甲表.doc", "doc"), ("乙表.xlsx", "xlsx")]),
        ("2018年度 统计表(终).et", [("2018年度 统计表(终).et", "et")]),
        (
            "附件：2018年度政府信息公开工作情况统计表",
            [("2018年度政府信息公开工作情况统计表", None)],
        ),
        ("附表：统计表", [("统计表", None)]),
        ("网址http://www.example.gov.cn/P02019.doc", []),
        ("邮箱a@b.et", []),
        ("网站www.example.pdf", []),
        ("附件下载", []),
        ("见附件。", []),
        ("版本2.0.1", []),
        ("文件名.docxx", []),
    ],
)
def test_an_attachment_in_text_is_named(
    line: str, expected: list[tuple[str, str | None]]
) -> None:
    assert named(f"{HEAD}{line}\n") == expected


def test_a_link_is_an_attachment_by_its_name_or_its_target() -> None:
    text = f"{HEAD}附件：统计表\n另一表.pdf\n"
    at, other = text.index("附件"), text.index("另一表")
    links = (Link(at, at + 6, "./P0201.xls?v=1"), Link(other, other + 7, "/down?id=3"))
    report = parse(Source(text, links=links))
    assert [(a.name, a.format, a.target) for a in report.attachments] == [
        ("统计表", "xls", "./P0201.xls?v=1"),
        ("另一表.pdf", "pdf", "/down?id=3"),
    ]


@pytest.mark.parametrize(
    "line",
    ["附件：统计表.doc", "附件：2018年统计表", "统计表（详见附件）。", "数据见附表。"],
)
def test_a_report_without_a_table_says_that_it_is_in_the_attachment(line: str) -> None:
    (fault,) = faults_of(parse(f"{HEAD}{line}\n"), "table-in-attachment")
    assert fault.severity == "warning"
    assert fault.span is not None


def test_a_report_with_its_table_does_not_say_so() -> None:
    """附件 above a table is its caption; a file is still an attachment."""
    report = parse(f"{HEAD}附件：统计表\n{sheet()}\n附件：本报告.pdf\n")
    assert [a.name for a in report.attachments] == ["本报告.pdf"]
    assert faults_of(report, "table-in-attachment") == []
    assert faults_of(parse(HEAD), "table-in-attachment") == []


def test_names_that_follow_each_other_are_told_apart() -> None:
    assert named("甲.pdf" * 30_000) == [("甲.pdf", "pdf")] * 30_000
