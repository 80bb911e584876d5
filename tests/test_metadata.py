"""Title, issuer, year, period, dates, header and contact, on invented reports after the patterns of real ones."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from growth import grows_as_a_line
from hypothesis import given
from hypothesis import strategies as st

from govdisclose._lines.line import SIGNED, Line
from govdisclose._lines.line import TITLE as TITLE_LINE
from govdisclose._metadata import read_metadata
from govdisclose.diagnostic import Diagnostic
from govdisclose.report import Metadata, Period
from govdisclose.text import Source, Text

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"

HEADING = re.compile(
    r"(?P<H1>[一二三四五六七八九十]{1,3}、)|(?P<H2>\([一二三四五六七八九十]{1,3}\))|(?P<H3>\d{1,2}[、.](?!\d))|(?P<H0>引\s?言$)"
)
FURNITURE = re.compile(r"当前位置|首页|来源:|打印|扫一扫|索引号|发布机构|字体|[>|]\s*$")
ROW = re.compile(r"\S{2,30}\s*\|\s*\d*\s*\|?$")


def lines_of(shadow: str) -> list[Line]:
    """The lines that are not blank, by the simplest shapes."""
    found = []
    for m in re.finditer(r"\S(?:[^\n]*\S)?", shadow):
        if head := HEADING.match(m[0]):
            kind = head.lastgroup or ""
        else:
            kind = (
                "TABLE"
                if ROW.match(m[0])
                else "FURNITURE"
                if FURNITURE.match(m[0])
                else "PROSE"
            )
        found.append(Line(kind, m.start(), m.end()))
    return found


def read(source: str) -> tuple[Metadata, list[Diagnostic], list[str]]:
    """The metadata, the faults, and the lines that were taken for title or signature."""
    text = Text(Source(source))
    lines = lines_of(text.shadow)
    (metadata, lines), faults = read_metadata(text, lines)
    return (
        metadata,
        faults,
        [text.string[x.start : x.end] for x in lines if x.type in (TITLE_LINE, SIGNED)],
    )


def meta(source: str) -> Metadata:
    return read(source)[0]


TITLE = "甲州市粮食局2018年政府信息公开工作年度报告"
BODY = "\n一、概述\n2018年,我局主动公开信息12条。\n二、主动公开情况\n全年公开12条。\n三、存在问题\n无。\n"


# --- title


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (TITLE, TITLE),
        ("甲州市 粮食局 2018 年政府信息公开工作年度报告", TITLE),
        (
            "当前位置:首页 > 政务公开\n政府信息公开年报\n"
            + TITLE
            + "\n来源:甲州市粮食局",
            TITLE,
        ),
        (
            "甲州市粮食局\n2016年政府信息公开年度报告",
            "甲州市粮食局2016年政府信息公开年度报告",
        ),
        (
            "甲州市粮食局\n政府信息公开工作年度报告\n(2016年度)",
            "甲州市粮食局政府信息公开工作年度报告(2016年度)",
        ),
        (
            "甲州市粮食局2016年政府信息公开工作\n年度报告",
            "甲州市粮食局2016年政府信息公开工作年度报告",
        ),
        ("2018年政府信息公开工作年度报告\n" + TITLE, TITLE),
        (
            "【2019】丙水局2019年政府信息公开年度报告",
            "【2019】丙水局2019年政府信息公开年度报告",
        ),
        ("2016丙水局政府信息公开年报", "2016丙水局政府信息公开年报"),
        ("2023年政府信息公开工作年度报告", "2023年政府信息公开工作年度报告"),
        ("乙州海关信息公开2019年年度报告", "乙州海关信息公开2019年年度报告"),
        (
            "丙水局关于2017年度政务公开工作总结的公告",
            "丙水局关于2017年度政务公开工作总结的公告",
        ),
        ("甲州市粮食局政府信息公开年度报告", "甲州市粮食局政府信息公开年度报告"),
        (TITLE + "-甲州市人民政府", TITLE),
        ("信息名称: | " + TITLE + " | ||||\n", TITLE),
        (
            "甲州市人民政府2016年\n政府信息公开工作年度报告\n甲州市人民政府办公室\n2017年3月",
            "甲州市人民政府2016年政府信息公开工作年度报告",
        ),
        ("名 称: " + TITLE, TITLE),
        ("《" + TITLE + "》", TITLE),
        (TITLE + " 发布时间:2019-01-08", TITLE),
        (
            "甲州市人民政府办公室关于公布2009年政府信息公开年度报告的通知\n各县区:\n甲州市二〇〇九年政府信息公开年度报告",
            "甲州市二〇〇九年政府信息公开年度报告",
        ),
    ],
)
def test_title_is_the_reports_own(head: str, title: str) -> None:
    assert meta(head + "\n根据《条例》编制本报告。" + BODY).title == title


@pytest.mark.parametrize(
    "head",
    [
        "根据《中华人民共和国政府信息公开条例》,现公布政府信息公开工作年度报告",
        "本报告由甲州市粮食局编制。",
        "首页 > 政府信息公开 > 年度报告",
        "政府信息公开年报",
        "政府信息公开年度报告",
        "附件:2018年度政府信息公开工作情况统计表",
        "2018年政府信息公开年度报告解读",
        "《2018粮食局年度信息公开工作报告 .doc》由会员分享,可在线阅读",
        "信息公开目录\n依申请公开\n政府信息公开年报",
    ],
)
def test_what_is_no_title_is_not_taken_for_one(head: str) -> None:
    assert meta(head + BODY).title is None


def test_title_printed_twice_is_the_one_with_the_issuer_and_both_lines_are_taken() -> (
    None
):
    metadata, _, taken = read(
        "2018年政府信息公开年度报告\n" + TITLE + "\n前文。" + BODY
    )
    assert metadata.title == TITLE
    assert taken == ["2018年政府信息公开年度报告", TITLE]


def test_the_cover_belongs_to_the_title_and_its_month_is_no_date() -> None:
    head = "丙水县水务局\n2016年政府信息公开年度报告\n丙水县水务局\n2017年1月\n"
    metadata, _, taken = read(head + BODY)
    assert taken == [
        "丙水县水务局",
        "2016年政府信息公开年度报告",
        "丙水县水务局",
        "2017年1月",
    ]
    assert (metadata.year, metadata.published, metadata.signed) == (2016, None, None)


def test_title_at_the_beginning_of_a_page_on_one_line_is_shown_but_takes_no_line() -> (
    None
):
    metadata, _, taken = read(
        TITLE
        + " 根据《政府信息公开条例》的要求,现公布如下。"
        + "主动公开信息若干条。" * 20
    )
    assert (metadata.title, metadata.issuer, taken) == (TITLE, "甲州市粮食局", [])


# --- issuer


@pytest.mark.parametrize(
    ("source", "issuer"),
    [
        (TITLE + BODY, "甲州市粮食局"),
        (
            "甲州市经信委2018年度政府信息公开工作报告"
            + BODY
            + "甲州市经济和信息化委员会\n2019年1月9日",
            "甲州市经济和信息化委员会",
        ),
        (
            "甲州市经信委2018年度政府信息公开工作报告"
            + BODY
            + "填报单位:甲州市经济和信息化委员会\n收到申请数 | 3 |",
            "甲州市经济和信息化委员会",
        ),
        (
            "甲州市经信委2018年度政府信息公开工作报告"
            + BODY
            + "乙州市粮食局\n2019年1月9日",
            "甲州市经信委",
        ),
        (
            "市经信委2018年度政府信息公开工作报告"
            + BODY
            + "甲州市经济和信息化委员会\n2019年1月9日",
            "甲州市经济和信息化委员会",
        ),
        ("市经信委2018年度政府信息公开工作报告" + BODY, None),
        ("我局2018年度政府信息公开工作报告" + BODY, None),
        ("区政府办公室2018年度政府信息公开工作报告" + BODY, None),
        ("2018年度政府信息公开工作报告" + BODY, None),
        (
            "2018年度政府信息公开工作报告\n本报告由丙水县水务局办公室编制。" + BODY,
            "丙水县水务局",
        ),
        (
            "本报告由丙水县人民政府办公室根据《条例》(以下简称《条例》)要求编制,数据可查。"
            + BODY,
            "丙水县人民政府办公室",
        ),
        (
            "本报告由丙水县水务局政府信息公开领导小组办公室汇总发布。" + BODY,
            "丙水县水务局",
        ),
        ("本报告由我局编制。" + BODY, None),
        ("全文由概述、主动公开情况组成。" + BODY, None),
        (
            "根据要求,现公布丙水县水务局2021年政府信息公开工作年度报告。" + BODY,
            "丙水县水务局",
        ),
        (
            "根据《条例》,丙水县水务局特向社会公布2018年度政府信息公开工作年度报告。"
            + BODY,
            "丙水县水务局",
        ),
        ("如有疑问,请与丙水县水务局办公室联系(电话:2345678)。" + BODY, "丙水县水务局"),
        ("如有疑问,请与甲州市政府信息公开工作办公室联系(电话:2345678)。" + BODY, None),
        (
            "本报告根据《丙水县人民政府办公室关于做好年度报告工作的通知》要求编制。"
            + BODY,
            None,
        ),
        (
            "丙水县2018年政府信息公开工作年度报告\n本报告由丙水县人民政府办公室编制。"
            + BODY,
            "丙水县人民政府",
        ),
        (
            "丙水县2018年政府信息公开工作年度报告\n请与丙水县教育局联系。" + BODY,
            "丙水县",
        ),
        ("丙水县人民政府信息公开2018年度报告" + BODY, "丙水县人民政府"),
        (
            "丙水县柳河镇2018年政府信息公开工作年度报告"
            + BODY
            + "丙水县柳河镇人民政府\n2019年1月3日",
            "丙水县柳河镇人民政府",
        ),
        (
            "丙水县编办2018年政府信息公开工作年度报告"
            + BODY
            + "丙水县机构编制委员会办公室\n2019年1月3日",
            "丙水县机构编制委员会办公室",
        ),
        (
            "来源:丙水县市场监督管理局\n丙水县市场监管局2018年政府信息公开年度报告"
            + BODY,
            "丙水县市场监督管理局",
        ),
        ("2016丙水县水务局政府信息公开年报" + BODY, "丙水县水务局"),
        ("【2019】丙水县水务局2019年政府信息公开年度报告" + BODY, "丙水县水务局"),
        # said before the name of the year, in 《》, with 编制了, by the words a paragraph begins with
        (
            "根据要求,现公布2018年度丙水县水务局政府信息公开工作年度报告。" + BODY,
            "丙水县水务局",
        ),
        (
            "根据要求,现公布《丙水县水务局2018年政府信息公开工作年度报告》。" + BODY,
            "丙水县水务局",
        ),
        (
            "根据要求,丙水县水务局编制了县水务局2018年政府信息公开工作年度报告。"
            + BODY,
            "丙水县水务局",
        ),
        (
            "根据《条例》编制本报告。\n一、概述\n2018年,丙水县水务局认真贯彻《条例》。\n二、问题\n无。",
            "丙水县水务局",
        ),
        ("水务局2018年政府信息公开年度报告" + BODY, None),
        (
            "水务局2018年政府信息公开年度报告\n一、概述\n2018年丙水县水务局在县委领导下开展工作。\n二、问题\n无。",
            "丙水县水务局",
        ),
        ("2018年,在县委领导下,水务局开展工作。" + BODY, None),
        # towns, and the offices inside a body
        (
            "本报告是由柳河镇编制的2018年政府信息公开年度报告。请联系柳河镇党政办,联系电话:2345678。"
            + BODY,
            "柳河镇",
        ),
        ("特向社会公布柳河街道2018年度信息公开年度报告。" + BODY, "柳河街道"),
        ("特向社会公布2018年度本机关信息公开年度报告。" + BODY, None),
        ("特向社会公布2018年度本厅政府信息公开年度报告。" + BODY, None),
        (
            "粮食和储备部政府信息公开工作2018年度报告\n来源:国家粮食和储备部\n根据要求,粮食和储备部编制了政府信息公开工作2018年度报告。"
            + BODY,
            "粮食和储备部",
        ),
        (
            "如有疑问,请与丙水县重点项目领导小组办公室综合科联系(电话:2345678)。"
            + BODY,
            "丙水县重点项目领导小组办公室",
        ),
        (
            "如有疑问,请与粮食总署办公厅政务公开处联系(电话:2345678)。" + BODY,
            "粮食总署",
        ),
        ("如有疑问,请联系:丙水县水务局(数据中心),柳河路11号。" + BODY, "丙水县水务局"),
        ("粮食总署(本级机关)2018年政府信息公开工作年度报告" + BODY, "粮食总署"),
        ("粮食部办公厅关于2018年粮食部政府信息公开工作年度报告的公告" + BODY, "粮食部"),
        (
            "2018年柳河街道政府信息公开工作年度报告\n柳河街道办事处\n2019年01月18日来源:1"
            + BODY,
            "柳河街道办事处",
        ),
        # who answers the telephone need not be who reports
        ("如有疑问,请与丙水县人民政府办公室联系(电话:2345678)。" + BODY, None),
        (
            "本报告综合丙水县各乡镇政府和县级各部门的情况编制。请与丙水县人民政府办公室联系(电话:2345678)。"
            + BODY,
            "丙水县人民政府",
        ),
        (
            "本报告汇总各乡镇、县级各部门的情况编制。请与丙水县人民政府办公室联系(电话:2345678)。"
            + BODY,
            "丙水县人民政府",
        ),
        ("如有疑问,请与丙水县经济信息中心联系(电话:2345678)。" + BODY, None),
        (
            "索引号 | 公开方式 | 发布机构 |\n0144/2018-04 | 主动公开 | 丙水县柳河镇人民政府 |\n现公布本机关年度报告。"
            + BODY,
            "丙水县柳河镇人民政府",
        ),
        (
            "2018年政府信息公开年度报告" + BODY + "丙水县 水 务 局\n二〇一九年一月三日",
            "丙水县水务局",
        ),
        (
            "2018年政府信息公开年度报告" + BODY + "丙水县水务局(盖章) 2019年1月3日",
            "丙水县水务局",
        ),
        (
            "2018年政府信息公开年度报告"
            + BODY
            + "丙水县水务局\n收到申请数 | 3 |\n办结数 | 3 |",
            "丙水县水务局",
        ),
    ],
)
def test_issuer_is_the_full_name_or_none(source: str, issuer: str | None) -> None:
    assert meta(source).issuer == issuer


def test_a_short_name_of_the_title_is_never_replaced_by_a_name_it_does_not_spell() -> (
    None
):
    source = (
        "甲州市经信委2018年度政府信息公开工作报告\n本报告由甲州市大数据管理局编制。"
        + BODY
    )
    assert meta(source).issuer == "甲州市经信委"


# --- year


@pytest.mark.parametrize(
    ("source", "year"),
    [
        ("二〇〇九年甲州市粮食局政府信息公开年度报告", 2009),
        ("二○一二年甲州市粮食局政府信息公开年度报告", 2012),
        ("2016丙水局政府信息公开年报", 2016),
        ("【2019】丙水局政府信息公开年度报告", 2019),
        ("甲州市粮食局政府信息公开年度报告\n统计期限为2015年1月1日至12月31日。", 2015),
        ("根据《条例》,现公布丙水县水务局2021年政府信息公开工作年度报告。", 2021),
        ("甲州市粮食局政府信息公开年度报告(2014年度)", 2014),
        ("2013年,我委认真贯彻《条例》,现将情况报告如下。", 2013),
        ("我委认真贯彻《条例》。", None),
        (
            "2018年,在县委县政府的正确指导下,我局按照《政府信息公开条例》做好信息公开工作,现将情况报告如下:",
            2018,
        ),
        (
            "2018年,在县委县政府的正确指导下,我局按照《2017年政务公开工作要点》做好信息公开工作,现将情况报告如下:",
            2018,
        ),
        (
            "2017年,我县在评估中列第三。2018年,全县按照《政府信息公开条例》做好政府信息公开工作,现将情况报告如下:",
            None,
        ),
        (
            "2018年,我局按照《政府信息公开条例》做好政府信息公开工作,公开信息比2017年增长,现将情况报告如下:",
            2018,
        ),
        ("甲州市粮食局2003-2008年政府信息公开年度报告", None),
    ],
)
def test_year_is_the_one_reported_on(source: str, year: int | None) -> None:
    assert meta(source + "\n一、概述\n全年公开12条。").year == year


def test_year_of_the_name_of_the_table_serves_where_nothing_else_says_it() -> None:
    assert (
        meta(
            "我局认真贯彻《条例》。\n一、概述\n无。\n2017年度政府信息公开情况统计表\n收到申请数 | 3 |"
        ).year
        == 2017
    )


def test_title_and_period_of_different_years_are_reported_with_the_place_of_the_period() -> (
    None
):
    source = TITLE + "\n数据统计期限为2017年1月1日至2017年12月31日。" + BODY
    metadata, faults, _ = read(source)
    assert metadata.year == 2018
    assert [(f.code, source[slice(*f.span)]) for f in faults if f.span] == [
        ("year-conflict", "2017年1月1日至2017年12月31日")
    ]


def test_a_period_that_ends_in_the_year_of_the_title_is_no_conflict() -> None:
    assert read(TITLE + "\n统计期限为2017年12月21日至2018年12月20日。" + BODY)[1] == []


# --- period


@pytest.mark.parametrize(
    ("sentence", "start", "end"),
    [
        (
            "本报告所列数据的统计期限为2018年1月1日至2018年12月31日。",
            (2018, 1, 1),
            (2018, 12, 31),
        ),
        (
            "所列数据的统计期限自2018年1月1日起至12月31日止。",
            (2018, 1, 1),
            (2018, 12, 31),
        ),
        (
            "所列数据的统计时限自2018年1月1日起,至12月31止。",
            (2018, 1, 1),
            (2018, 12, 31),
        ),
        (
            "所列数据的统计期限从2018 年 1 月 1 日到 12 月 31 日。",
            (2018, 1, 1),
            (2018, 12, 31),
        ),
        ("统计期为2018年1月1日—2018年12月31日。", (2018, 1, 1), (2018, 12, 31)),
        ("统计期限:2018年1月1日-12月31日。", (2018, 1, 1), (2018, 12, 31)),
        ("统计期限:2018年1月1日~2018年12月31日。", (2018, 1, 1), (2018, 12, 31)),
        ("统计期限:2018.01.01-2018.12.31。", (2018, 1, 1), (2018, 12, 31)),
        ("统计期限:2018-01-01至2018-12-31。", (2018, 1, 1), (2018, 12, 31)),
        (
            "统计期限为二〇一八年一月一日至十二月三十一日。",
            (2018, 1, 1),
            (2018, 12, 31),
        ),
        (
            "本报告所列数据为2018年1月1日至2018年12月31日期间的数据。",
            (2018, 1, 1),
            (2018, 12, 31),
        ),
        ("统计期限为1月1日-12月31日。", (2018, 1, 1), (2018, 12, 31)),
        (
            "本年度统计数据截止期限为2017年12月21日至2018年12月20日。",
            (2017, 12, 21),
            (2018, 12, 20),
        ),
        ("统计期限为2018年5月1日至2018年12月31日。", (2018, 5, 1), (2018, 12, 31)),
        ("统计期限为2018年1月至12月。", (2018, 1, 1), (2018, 12, 31)),
        ("统计期限自2003 年至2008 年。", (2003, 1, 1), (2008, 12, 31)),
        ("(2018年1月1日至2018年12月31日)", (2018, 1, 1), (2018, 12, 31)),
        ("统计期限自2018年1月1日起2018年12月31日止。", (2018, 1, 1), (2018, 12, 31)),
        (
            "在2018年1月1日至2018年12月31日统计期限内,公开信息若干。",
            (2018, 1, 1),
            (2018, 12, 31),
        ),
        ("报告起止时间为2018年1月1日至12月31日。", (2018, 1, 1), (2018, 12, 31)),
        (
            "内容涵盖甲州市粮食局白水区分局2018年1月1日至12月31日期间的公开情况。",
            (2018, 1, 1),
            (2018, 12, 31),
        ),
    ],
)
def test_every_form_of_the_period_is_read(
    sentence: str, start: tuple[int, int, int], end: tuple[int, int, int]
) -> None:
    metadata = meta(TITLE + "\n" + sentence + BODY)
    assert metadata.period == Period(date(*start), date(*end))
    raw = next(e.raw for e in metadata.evidence if e.field == "period")
    assert raw in sentence


@pytest.mark.parametrize(
    "sentence",
    [
        "本报告的统计数据截至2018年12月31日。",
        "2018年1月1日至2018年12月31日,我局召开会议多次。",
        "统计期限为2018年2月30日至2018年12月31日。",
        "统计期限为2018年12月31日至2018年1月1日。",
        "统计期限自2018年1月1日至202020年12月31日。",
        "统计期限为2018年。",
        "我局认真贯彻《条例》。",
    ],
)
def test_a_period_is_never_assumed(sentence: str) -> None:
    assert meta(TITLE + "\n" + sentence + BODY).period is None


def test_the_period_may_stand_in_the_first_part_of_the_report() -> None:
    source = (
        TITLE
        + "\n一、概述\n本报告所列数据的统计期限为2018年1月1日至2018年12月31日。\n二、主动公开情况\n无。"
    )
    assert meta(source).period == Period(date(2018, 1, 1), date(2018, 12, 31))


def test_the_time_limit_of_some_work_in_the_first_part_is_no_period() -> None:
    source = (
        TITLE
        + "\n一、概述\n整改期限为2018年3月1日至2018年5月31日。\n二、主动公开情况\n无。"
    )
    assert meta(source).period is None


def test_a_range_without_any_year_is_no_period_where_the_title_has_none() -> None:
    assert meta("统计期限为1月1日-12月31日。" + BODY).period is None


# --- dates and numbers of the page


@pytest.mark.parametrize(
    ("header", "published"),
    [
        ("发布日期 : 2019-01-17 来源 : 甲州市粮食局", date(2019, 1, 17)),
        ("来源:甲州市粮食局 时间:2019-01-25 17:05", date(2019, 1, 25)),
        (
            "发布机构: 市粮食局 成文日期: 2019-01-15\n发布时间: 2019-01-17 08: 52 浏览次数:",
            date(2019, 1, 17),
        ),
        ("生成日期:2019年1月15日 公开方式:主动公开", date(2019, 1, 15)),
        ("发布日期 | 2019/1/17 | 文号 | |", date(2019, 1, 17)),
        ("发布日期: 2019- 01- 17 17: 11 访问次数: 信息来源: 办公室", date(2019, 1, 17)),
        ("• 发文字号:\n• 发布日期:\n• 2019年01月17日", date(2019, 1, 17)),
        ("[ 成文日期 ] | 2019-01-15 | [ 发布日期 ] | 2019-01-17 |", date(2019, 1, 17)),
        ("来源:甲州市粮食局       2019-01-17 09:18 【字体:", date(2019, 1, 17)),
        ("2019-01-17 09:11 来源:甲州市粮食局", date(2019, 1, 17)),
        ("更新时间:2019-01-17", None),
        ("办公时间:9:30-13:00", None),
        ("发布日期:2019-02-30", None),
        ("04??????来源:甲州市粮食局", None),
    ],
)
def test_published_is_the_day_the_header_says(
    header: str, published: date | None
) -> None:
    assert meta(TITLE + "\n" + header + "\n正文。" + BODY).published == published
    assert meta(header + "\n" + TITLE + "\n正文。" + BODY).published == published


def test_a_date_alone_under_the_title_is_published_only_where_nobody_signed() -> None:
    assert meta(TITLE + "\n2019-01-17\n" + BODY).published == date(2019, 1, 17)
    signed = meta(TITLE + "\n2019-01-17\n" + BODY + "甲州市粮食局\n2019年1月9日")
    assert (signed.published, signed.signed) == (None, date(2019, 1, 9))


@pytest.mark.parametrize(
    ("tail", "signed", "taken"),
    [
        ("甲州市粮食局\n2019年1月14日", date(2019, 1, 14), 2),
        (
            "甲州市粮食局\n二〇一九年一月十四日\n\n扫一扫在手机打开当前页",
            date(2019, 1, 14),
            2,
        ),
        ("甲州市粮食局 2019 年 1 月 14 日", date(2019, 1, 14), 1),
        ("甲 州 市 粮 食 局\n二 ○ 一 九 年 一 月 十 四 日", date(2019, 1, 14), 2),
        ("(甲州市粮食局 2019年1月14日)", date(2019, 1, 14), 1),
        ("2019年1月14日", date(2019, 1, 14), 1),
        (
            "甲州市粮食局\n2019年1月14日\n收到申请数 | 3 |\n办结数 | 3 |",
            date(2019, 1, 14),
            2,
        ),
        ("甲州市粮食局\n2019年1月", None, 2),
        ("甲州市粮食局", None, 1),
        ("会议于2019年1月14日召开。", None, 0),
        ("2019年2月30日", None, 0),
    ],
)
def test_signed_is_the_day_under_the_report(
    tail: str, signed: date | None, taken: int
) -> None:
    metadata, _, lines = read(TITLE + BODY + tail)
    assert metadata.signed == signed
    assert len(lines) == 1 + taken


@pytest.mark.parametrize(
    ("header", "index", "document"),
    [
        (
            "索引号: 002668000/2018-66001 公开方式: 主动公开",
            "002668000/2018-66001",
            None,
        ),
        (
            "索 引 号 | 0144/2018-04 | 分 类 | 年度报告 | 文 号 | 云府办〔2021〕8号 |",
            "0144/2018-04",
            "云府办〔2021〕8号",
        ),
        (
            "• 索引号: JC0100-2018-001\n• 文 号: \n• 发布机构: 市粮食局",
            "JC0100-2018-001",
            None,
        ),
        (
            "索引号:\n002668000/2018-66001\n发文字号: 云府办〔2021〕 8 号",
            "002668000/2018-66001",
            "云府办〔2021〕8号",
        ),
        ("索引号:公开方式:主动公开 文号:无", None, None),
        ("索引号: /2021-None", None, None),
        ("索引号:发布日期:2019-01-17", None, None),
        ("云粮发〔2019〕5号", None, "云粮发〔2019〕5号"),
        ("云粮发﹝2019﹞5号", None, "云粮发〔2019〕5号"),
        (
            "云粮发〔2019〕5号                       签发人:张某某",
            None,
            "云粮发〔2019〕5号",
        ),
        ("[ 索引号 ] | 0144/2018-04 | [ 发文字号 ] | |", "0144/2018-04", None),
        ("信息索引: | 0144-2018-04 | 生成日期: | 2019-01-15 |", "0144-2018-04", None),
        (
            "索引号 | 公开方式 | 发布机构 |\n0144/2018-04 | 主动公开 | 甲州市粮食局 |",
            "0144/2018-04",
            None,
        ),
        ("索引号: | /2018-04000 | 公开方式: | 主动公开 |", None, None),
        ("字号:大 中 小", None, None),
    ],
)
def test_numbers_of_the_header_are_read_and_empty_ones_are_none(
    header: str, index: str | None, document: str | None
) -> None:
    for source in (header + "\n" + TITLE, TITLE + "\n" + header):
        metadata = meta(source + "\n正文。" + BODY)
        assert (metadata.index_number, metadata.document_number) == (index, document)


# --- contact


def contact(block: str) -> dict[str, object]:
    """The fields of the contact that are not empty."""
    found = meta(
        TITLE + "\n根据《条例》编制。如有疑问,请与本局联系" + block + BODY
    ).contact
    fields = ("address", "postcode", "phone", "fax", "email", "website")
    return {name: value for name in fields if (value := getattr(found, name))}


@pytest.mark.parametrize(
    ("block", "fields"),
    [
        (
            "(地址:甲州市柳河路11号405室;邮编:323000;电话:2345678;传真:2345679;电子邮箱:abc@163.com)。",
            {
                "address": "甲州市柳河路11号405室",
                "postcode": "323000",
                "phone": ("2345678",),
                "fax": ("2345679",),
                "email": ("abc@163.com",),
            },
        ),
        (
            "(地址:甲州市柳河路11号邮编:323000电话:0578—2345678传真:05782345679)",
            {
                "address": "甲州市柳河路11号",
                "postcode": "323000",
                "phone": ("0578-2345678",),
                "fax": ("05782345679",),
            },
        ),
        (
            ",电话0578-2345678;传真0578-2345679",
            {"phone": ("0578-2345678",), "fax": ("0578-2345679",)},
        ),
        (
            "(电话/传真:0578-2345678)",
            {"phone": ("0578-2345678",), "fax": ("0578-2345678",)},
        ),
        (
            "(电话(传真):0578-2345678)",
            {"phone": ("0578-2345678",), "fax": ("0578-2345678",)},
        ),
        (
            "(电话、传真:0578-2345678)",
            {"phone": ("0578-2345678",), "fax": ("0578-2345678",)},
        ),
        (
            "(电话:0578-2345678(兼传真))",
            {"phone": ("0578-2345678",), "fax": ("0578-2345678",)},
        ),
        ("(电话:0578-2345678、2345679,传真:/)", {"phone": ("0578-2345678", "2345679")}),
        ("(电话:0578-2345678/2345679)", {"phone": ("0578-2345678", "2345679")}),
        ("(联系电话:0578 - 234 5678,办公时间9:30-13:00)", {"phone": ("0578-2345678",)}),
        ("(办公时间:9:30-13:00,电话:0578-2345678)", {"phone": ("0578-2345678",)}),
        ("(联系人:张某,电话:13800138000)", {"phone": ("13800138000",)}),
        ("(电话:张某 0578-2345678)", {"phone": ("0578-2345678",)}),
        ("(邮编:电话:传真:)", {}),
        ("(电话:略)", {}),
        ("(地址:甲州市柳河路12?号楼;邮编?23000;电话:0578-23?5678)", {}),
        (
            "(地址:甲州市柳河路11号 323000,电话:2345678)",
            {
                "address": "甲州市柳河路11号",
                "postcode": "323000",
                "phone": ("2345678",),
            },
        ),
        (
            "(甲州市柳河路11号,电话:2345678)",
            {"address": "甲州市柳河路11号", "phone": ("2345678",)},
        ),
        ("(邮箱:abc@163。com)", {"email": ("abc@163.com",)}),
        (
            "(邮箱:abc ＠163.com,电话:2345678)",
            {"email": ("abc@163.com",), "phone": ("2345678",)},
        ),
        (
            "(E-mail:a_b.c@x.gov.cn 邮政编码:323000)",
            {"email": ("a_b.c@x.gov.cn",), "postcode": "323000"},
        ),
        ("(电子邮箱:12345qq.com)", {}),
        (
            "(网站地址:http://www.jiazhou.gov.cn/)",
            {"website": ("http://www.jiazhou.gov.cn/",)},
        ),
        (
            "。电子版可在网站(www. jiazhou.gov.cn)下载",
            {"website": ("www.jiazhou.gov.cn",)},
        ),
        ("。电子版可在网站(jiazhou.gov.cn)下载", {"website": ("jiazhou.gov.cn",)}),
        (
            ",地址:甲州市柳河路11号(市府大院)3楼,联系电话:2345678",
            {"address": "甲州市柳河路11号(市府大院)3楼", "phone": ("2345678",)},
        ),
        (
            "。\n联系地址:甲州市柳河路11号\n邮 编:323000\n电 话:2345678",
            {
                "address": "甲州市柳河路11号",
                "postcode": "323000",
                "phone": ("2345678",),
            },
        ),
        ("(电话:2345678;监督电话:3456789)", {"phone": ("2345678",)}),
        (",电话:(0578)2345678", {"phone": ("0578-2345678",)}),
        (
            ",电话(0578) 2345678,传真(0578)-2345679",
            {"phone": ("0578-2345678",), "fax": ("0578-2345679",)},
        ),
    ],
)
def test_contact_is_read_label_by_label(block: str, fields: dict[str, object]) -> None:
    assert contact(block) == fields


def test_the_address_of_who_keeps_the_page_is_not_that_of_a_report_without_title() -> (
    None
):
    page = "地址:乙市某路8号\n电话:025-58866000\n"
    opening = "根据《政府信息公开条例》编制本报告,数据可查,报告的电子版可在网站下载,全文公开,如有任何疑问,请与我们联系(地址:丙水县柳河路11号,电话:2345678)。"
    found = meta(page + opening + BODY).contact
    assert (found.address, found.phone) == ("丙水县柳河路11号", ("2345678",))


def test_a_consultation_number_in_the_middle_of_the_report_is_not_its_contact() -> None:
    body = "\n一、概述\n无。\n二、解读\n群众可拨打咨询电话0578-2345678联系我们。\n三、问题\n无。\n四、打算\n无。"
    assert meta(TITLE + body).contact.phone == ()


@pytest.mark.parametrize(
    "part",
    [
        "一、概述\n{}\n二、问题\n无。",
        "一、概述\n无。\n二、问题\n无。\n三、其他事项\n{}",
    ],
)
def test_contact_may_stand_in_the_first_or_in_the_last_part(part: str) -> None:
    offer = "如有疑问,请与甲州市粮食局办公室联系。\n电话:0578-2345678\n邮编:323000"
    found = meta(TITLE + "\n" + part.format(offer)).contact
    assert (found.phone, found.postcode) == (("0578-2345678",), "323000")


def test_numbers_of_the_foot_of_the_page_are_not_the_contact() -> None:
    source = (
        TITLE
        + BODY
        + "甲州市粮食局\n2019年1月9日\n联系电话:0578-2345678 技术支持:某公司"
    )
    assert meta(source).contact.phone == ()


# --- evidence and totality

WORDS = (
    *(
        "政府信息公开",
        "2018年",
        "年度报告",
        "\n",
        "一、",
        "甲州市",
        "粮食局",
        "1月1日",
        "至",
        "统计期限",
        "由",
        "编制",
        "与",
        "联系",
    ),
    *(
        "电话",
        ":",
        "0578-2345678",
        "(",
        ")",
        "传真",
        "地址",
        "索引号",
        "文号",
        "@163.com",
        "www.",
        ".gov.cn",
        "。",
        "?",
        " ",
        "|",
    ),
    *(
        "发布日期",
        "填报单位",
        "2019-01-17",
        "二〇一八年",
        "\ud800",
        "\0",
        "\r\n",
        "\N{IDEOGRAPHIC SPACE}",
        "统计表",
        "的通知",
    ),
)


@given(st.one_of(st.text(), st.lists(st.sampled_from(WORDS), max_size=60).map("".join)))
def test_any_text_has_metadata_and_every_evidence_is_what_stands_at_its_span(
    source: str,
) -> None:
    text = Text(Source(source))
    lines = lines_of(text.shadow)
    (metadata, marked), _ = read_metadata(text, lines)
    assert [x[1:3] for x in marked] == [x[1:3] for x in lines]
    for evidence in metadata.evidence:
        assert source[evidence.span.start : evidence.span.end] == evidence.raw


def test_every_field_that_has_a_value_has_evidence() -> None:
    source = (
        "索引号:0144/2018-04 文号:云粮发〔2019〕5号 发布日期:2019-01-17\n"
        + TITLE
        + "\n数据统计期限为2018年1月1日至12月31日。"
        "可在(www.x.gov.cn)下载。请与我局联系(地址:甲州市柳河路1号;邮编:323000;电话:2345678;传真:2345679;邮箱:a@x.cn)。"
        + BODY
        + "甲州市粮食局\n2019年1月9日"
    )
    metadata = meta(source)
    assert {e.field for e in metadata.evidence} == {
        *(
            "title",
            "issuer",
            "year",
            "period",
            "published",
            "signed",
            "index_number",
            "document_number",
        ),
        *(
            f"contact.{name}"
            for name in ("address", "postcode", "phone", "fax", "email", "website")
        ),
    }
    assert all(e.raw for e in metadata.evidence)


@pytest.mark.parametrize(
    "unit",
    [
        "(",
        "由",
        "甲",
        "与甲局",
        "1月1日至",
        "电话",
        "公开",
        "0",
        "a@",
        "www.",
        "统计期限",
        "a.",
        "一、\n",
        "甲局\n",
        "2018年\n",
        "统计表",
    ],
)
def test_ten_times_the_text_takes_no_more_than_linear_time(unit: str) -> None:
    def given(size: int) -> tuple[Text, list[Line]]:
        text = Text(Source(unit * (size // len(unit))))
        return text, lines_of(text.shadow)

    assert grows_as_a_line(lambda of: read_metadata(*of), given(20_000), given(200_000))


# --- the real reports


@pytest.mark.gold
@pytest.mark.skipif(
    not GOLD.is_dir(),
    reason="the real reports are not beside the checkout (../shared/gold)",
)
@pytest.mark.parametrize(
    "answers", sorted(GOLD.glob("*.json")), ids=lambda path: path.stem[:3]
)
def test_metadata_of_the_real_reports_is_that_of_the_answers(answers: Path) -> None:
    from govdisclose.repair import repair

    wanted = json.loads(answers.read_text("utf-8")).get("metadata", {})
    text, _ = repair(Source(answers.with_suffix(".txt").read_bytes().decode("utf-8")))
    (found, _), _ = read_metadata(text, lines_of(text.shadow))
    plain = {
        name: value.isoformat() if isinstance(value, date) else value
        for name in wanted
        if (value := getattr(found, name)) is not None
    }
    if found.period is not None and "period" in plain:
        period = found.period
        plain["period"] = {
            "start": period.start.isoformat(),
            "end": period.end.isoformat(),
        }
    if "contact" in plain:
        plain["contact"] = {
            name: list(value) if isinstance(value, tuple) else value
            for name in wanted["contact"]
            if (value := getattr(found.contact, name))
        }
    assert plain == wanted
