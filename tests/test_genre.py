"""What kind of text it is, whether it is whole, and whether it speaks of one place."""

from __future__ import annotations

import random

import pytest

from govdisclose import Report, parse
from govdisclose.form import catalogue
from govdisclose.report import Kind
from govdisclose.testing import LOOK_ALIKES, make_look_alike, make_report

HEAD = "云溪市水利局2018年政府信息公开工作年度报告\n本报告数据的统计期限自2018年1月1日起至2018年12月31日止。\n"
BODY = "一、概述\n2018年，我局公开信息12条。\n二、主动公开情况\n主动公开12条。\n三、依申请公开情况\n未收到申请。\n"


def codes(text: str) -> set[str]:
    return {d.code for d in parse(text).diagnostics}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (HEAD + BODY, "annual-report"),
        (
            "《云溪市2022年政府信息公开工作年度报告》解读\n一、编制背景\n按照要求编制。\n二、主要内容\n公开12条。",
            "interpretation",
        ),
        (
            "一图读懂：云溪市2022年政府信息公开工作年度报告\n公开信息12条。",
            "interpretation",
        ),
        (
            "文字解读：云溪市政府信息公开年报\n一、总体情况\n公开12条。",
            "interpretation",
        ),
        (
            "政府信息公开工作年度报告格式\n一、总体情况\n（一）主动公开\n二、主动公开政府信息情况",
            "blank-form",
        ),
        (
            "****年政府信息公开工作年度报告\n一、总体情况\n****年，****局认真落实。\n二、其他",
            "blank-form",
        ),
        (
            "云溪市水利局2016年第三季度政府信息公开情况统计\n一、主动公开情况\n公开12条。",
            "statistics-list",
        ),
        ("2017年5月份政府信息公开月报表\n公开12条", "statistics-list"),
        (
            "关于做好2019年政府信息公开工作年度报告编制工作的通知\n各科室：\n请于1月10日前报送。",
            "notice",
        ),
        ("他走进屋里，看见桌上有一封信。", "other"),
    ],
)
def test_a_text_is_told_by_its_title(text: str, kind: str) -> None:
    report = parse(text)
    assert report.kind == kind
    told = {d.code for d in report.diagnostics} & {"look-alike", "not-a-report"}
    assert bool(told) == (kind != "annual-report")
    assert Report.from_dict(report.to_dict()).kind == kind


def test_a_link_to_an_interpretation_makes_no_report_one() -> None:
    assert (
        parse(
            HEAD
            + BODY
            + "相关解读：《云溪市水利局2018年政府信息公开工作年度报告》解读\n"
        ).kind
        == "annual-report"
    )


def test_a_notice_that_sends_a_report_is_a_report() -> None:
    notice = "云溪市水利局关于印发2018年政府信息公开年度报告的通知\n各科室：\n现予印发。\n2019年1月5日\n"
    assert parse(notice + HEAD + BODY).kind == "annual-report"


@pytest.mark.parametrize(
    ("tail", "broken"),
    [
        ("四、存在问题\n对政策的理解还不够深入，需要进一步", True),
        (
            "四、存在问题\n一年来，我局做了许多工作，但与群众的期望相比，主动公开的内容还不够丰富",
            True,
        ),
        ("四、存在问题\n依据《云溪市政府信息", True),
        ("四、存在问题\n一是内容不够丰富、", True),
        ("四、其他需要报告", True),
        ("四、存在问题\n(一)加强学习。开展培训。\n(二)强化监", True),
        ("四、存在问题\n主动公开的", True),
        ("四、存在问题\n主要开展三个方面工作:公开、培训、检查,同时做好政策解", True),
        ("四、存在问题\n还不够深入。\n规", True),
        ("附表\n指标名称 | 计量单位 | 2018年度\n主动公开", True),
        ("附表\n指标名称 | 计量单位 |", True),
        ("四、存在问题\n(一)加强学习。开展培训。\n(二)强化监督检查工作", False),
        ("四、其他\n无其他需要报告的事项。 附件下载", False),
        ("四、其他\n全年公开信息12条", False),
        ("四、其他\n填表人:张某", False),
        ("四、存在问题\n无", False),
        ("四、其他需要报告的事项", False),
        ("四、存在问题\n一年来，我局做了许多工作，但与群众的期望相比还有差距。", False),
        ("四、其他\n无其他需要报告的事项\n云溪市水利局\n2019年1月14日", False),
        ("四、其他\n无。\n打印本页 关闭窗口\n", False),
        ("四、其他\n无。\n附件：统计表.doc", False),
    ],
)
def test_a_text_that_breaks_off_is_told_from_one_that_ends(
    tail: str, broken: bool
) -> None:
    assert ("truncated" in codes(HEAD + BODY + tail)) == broken


@pytest.mark.parametrize(
    ("announced", "faulty"),
    [
        ("本报告由概述、主动公开情况、依申请公开情况等三部分组成。", False),
        ("全文共分3个部分。", False),
        ("本报告由概述、主动公开情况、依申请公开情况、附表等四个部分组成。", True),
        ("全文包括六大部分内容。", True),
        ("本报告第三部分。", False),
        ("全年从五个方面落实工作。", False),
    ],
)
def test_announced_parts_are_held_against_those_that_are_there(
    announced: str, faulty: bool
) -> None:
    assert ("parts-mismatch" in codes(f"{HEAD}{announced}\n{BODY}")) == faulty


def test_a_text_that_breaks_off_is_not_blamed_for_missing_parts() -> None:
    found = codes(
        f"{HEAD}本报告由概述、附表等九部分组成。\n{BODY}四、存在问题\n依据《云溪市政府信息"
    )
    assert "truncated" in found
    assert "parts-mismatch" not in found


@pytest.mark.parametrize(
    "tail",
    ["四、其他需要报告的事项", "四、其他情况\n公开各类信息，其中：政策文件类信息25条"],
)
def test_fewer_parts_than_announced_before_an_open_end_are_a_text_that_breaks_off(
    tail: str,
) -> None:
    found = codes(f"{HEAD}本报告由概述、附表等九部分组成。\n{BODY}{tail}")
    assert "truncated" in found
    assert "parts-mismatch" not in found


def _page(
    issuer: str = "常州市水利局",
    phone: str = "0519-85681234",
    site: str = "",
    address: str = "晋陵路1号",
) -> str:
    return (
        f"{issuer}2018年政府信息公开工作年度报告\n本报告电子版可在{site or '本局网站'}下载。如有疑问，请与{issuer}办公室联系"
        f"（地址：{address}；电话：{phone}）。\n{BODY}"
    )


@pytest.mark.parametrize(
    ("page", "conflict"),
    [
        (_page(), ""),
        (_page(phone="0571-85681234"), "a telephone of 杭州"),
        (_page(phone="85681234"), ""),
        (_page(phone="0999-1234567"), ""),
        (_page(address="无锡市梁溪路1号"), "an address in 无锡"),
        (_page(address="江苏省常州市晋陵路1号"), ""),
        (
            _page(site="“常州市政府门户网站”（www.example.com）"),
            "a government's site at www.example.com",
        ),
        (_page(site="“常州市政府门户网站”（www.changzhou.gov.cn）"), ""),
        (_page(issuer="云溪市水利局", phone="0571-85681234"), ""),
        (
            _page(
                issuer="长沙市水利局",
                phone="0731-85681234",
                address="湖南省长沙市韶山路1号",
            ),
            "",
        ),
        (
            "根据条例，现公布example.com沙头镇2018年政府信息公开工作年度报告。\n"
            + BODY,
            "a domain in place of a name",
        ),
    ],
)
def test_a_page_that_speaks_of_two_places_is_flagged(page: str, conflict: str) -> None:
    report = parse(page)
    found = [d for d in report.diagnostics if d.code == "mirror-conflict"]
    assert bool(found) == bool(conflict)
    assert all(conflict in d.message and d.span for d in found)


@pytest.mark.parametrize("kind", sorted(LOOK_ALIKES))
@pytest.mark.parametrize("seed", range(12))
def test_look_alikes_are_told_by_their_kind(kind: Kind, seed: int) -> None:
    assert parse(make_look_alike(random.Random(seed), kind).text).kind == kind


@pytest.mark.parametrize(
    "damage",
    [
        "in_a_letter",
        "items",
        "parts_announced",
        "mirrored",
        "page_breaks",
        "hard_wrapped",
    ],
)
@pytest.mark.parametrize("seed", range(8))
def test_a_whole_report_is_no_look_alike_and_lacks_no_part(
    damage: str, seed: int
) -> None:
    rng = random.Random(seed)
    made = make_report(
        rng,
        rng.choice(sorted(catalogue().forms)),
        rng.choice(("bare", "pipe_rows", "tabs")),
        0.0,
        damage,
    )
    report = parse(made.text)
    found = {d.code for d in report.diagnostics}
    assert report.kind == "annual-report"
    assert not found & {"truncated", "parts-mismatch", "look-alike"}
    assert ("mirror-conflict" in found) == (damage == "mirrored")


@pytest.mark.parametrize("seed", range(12))
def test_a_report_that_breaks_off_in_its_table_is_flagged_or_has_no_rows_left(
    seed: int,
) -> None:
    made = make_report(
        random.Random(seed), "national-2014", "pipe_rows", 0.0, "truncated"
    )
    report = parse(made.text)
    if sum(c.row is not None for c in report.cells) > 8:
        assert "truncated" in {d.code for d in report.diagnostics}
