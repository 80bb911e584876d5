"""Figures by concept, and why there is none: the same question put to reports on any form."""

from __future__ import annotations

import random
from collections.abc import Callable
from decimal import Decimal
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdisclose._pipeline import parse
from govdisclose.errors import UnknownKey
from govdisclose.form import catalogue
from govdisclose.form.concepts import Address, addresses, concepts
from govdisclose.report import Report
from govdisclose.report.series import FLAGS
from govdisclose.testing import MadeReport, make_report
from govdisclose.testing.strategies import made_reports

HEAD: Final = (
    "云溪市水务局2018年政府信息公开工作年度报告\n一、附表\n统计指标 | 单位 | 统计数 |\n"
)


def rows(*lines: str) -> Report:
    return parse(HEAD + "".join(f"{line} |\n" for line in lines))


CHANNELS: Final = (
    "（一）收到申请数 | 件 | 12",
    "1.当面申请数 | 件 | 3",
    "2.传真申请数 | 件 | 4",
)


def test_a_concept_is_the_same_on_every_form() -> None:
    """The one row that each form has for it, whatever that row is called there."""
    for form in ("national-2021", "national-2014", "fujian-2018", "shanghai-2008"):
        made = make_report(random.Random(7), form, blanks=0)
        (address,) = addresses(
            catalogue().forms[form], concepts()["requests.received"].on(form).terms
        )
        key = (address.table, str(address.row), address.column)
        value = parse(made.text).concept("requests.received")
        assert (value.form, value.value) == (form, made.expected[key])


def test_refused_of_2014_by_hand() -> None:
    """outcome.refused on national-2014: the row, less what is not government information."""
    made = make_report(random.Random(3), "national-2014", blanks=0)
    row = "requests.replied.refused"
    figures = [
        made.expected["main", key, "value"]
        for key in (row, f"{row}.not_government_information")
    ]
    value = parse(made.text).concept("outcome.refused")
    assert value.value == int(figures[0] or 0) - int(figures[1] or 0)
    assert (value.status, value.flags) == ("D", ("sum", "derived"))
    assert [cell.row for cell in value.cells] == [
        row,
        f"{row}.not_government_information",
    ]


def test_litigation_of_2021_by_hand() -> None:
    """litigation.total on national-2021: without and after reconsideration, added up from their two columns."""
    made = make_report(random.Random(4), "national-2021", blanks=0)
    figures = [
        made.expected["remedies", "cases", f"litigation.{k}.total"]
        for k in ("direct", "after_reconsideration")
    ]
    value = parse(made.text).concept("litigation.total")
    assert value.value == int(figures[0] or 0) + int(figures[1] or 0)
    assert (value.status, value.flags) == ("A", ("sum",))


def test_a_blank_addend_makes_the_sum_null_and_says_which() -> None:
    report = rows(*CHANNELS, "3.网络申请数 | 件 | 5", "4.信函申请数 | 件 | ")
    value = report.concept("requests.channel.post_or_fax")
    assert value.value is None
    assert value.lacking == ("requests.received.letter@value",)
    assert value.flags == ("sum", "blank")
    assert [cell.value for cell in value.cells] == [None, 4]


def test_an_absent_row_is_not_a_blank() -> None:
    value = rows(*CHANNELS).concept("requests.channel.post_or_fax")
    assert (value.value, value.flags) == (None, ("sum", "absent"))


def test_amounts_are_converted_and_counts_are_not() -> None:
    """元 of the Shanghai form are 万元 of the concept; 条 are not 件, and stay as they are."""
    made = make_report(random.Random(5), "shanghai-2008", blanks=0)
    report = parse(made.text)
    fees = report.concept("fees.requests")
    assert fees.unit == "万元"
    assert fees.value is not None
    assert Decimal(fees.value) * 10000 == made.expected["main", "fees.requests", "year"]
    received = report.concept("requests.received")
    assert received.value == made.expected["main", "requests.received", "year"]


def test_a_count_where_money_is_asked_for_has_no_value() -> None:
    report = rows(
        "（五）政府信息公开专项经费 | 件 | 4",
        "（一）收到申请数 | 件 | 12",
        "1.当面申请数 | 件 | 3",
    )
    value = report.concept("budget")
    assert value.value is None
    assert "unit" in value.flags


def test_what_a_form_does_not_collect_has_its_reason() -> None:
    value = rows(*CHANNELS).concept("outcome.unable")
    assert (value.value, value.status) == (None, "L")
    assert value.why == "the form has no such row"


def test_what_is_inside_another_concept_says_which() -> None:
    value = rows(*CHANNELS).concept("ground.internal_affairs")
    assert (value.status, value.included_in) == ("K", "ground.statutory")


def test_a_report_without_a_table_has_no_form() -> None:
    value = parse("一、概述\n全年公开信息12条。").concept("requests.received")
    assert (value.form, value.status, value.value, value.flags) == (
        None,
        None,
        None,
        ("absent",),
    )


def test_an_unknown_concept_is_the_callers_fault() -> None:
    with pytest.raises(UnknownKey):
        Report().concept("nothing")


def _total(made: MadeReport, found: tuple[Address, ...]) -> Decimal | None:
    figures = [
        (a.sign, made.expected[a.table, a.row or "cases", a.column]) for a in found
    ]
    if not figures or any(figure is None for _, figure in figures):
        return None
    return sum(
        (sign * Decimal(figure) for sign, figure in figures if figure is not None),
        Decimal(0),
    )


@given(made_reports(in_layouts=["pipe_rows"]))
def test_no_value_is_wrong(made: MadeReport) -> None:
    """Every value is the sum of the figures that were printed, or there is none; nothing is dropped."""
    assert made.filled is not None
    form = catalogue().forms[made.filled.form]
    values = {v.concept: v for v in parse(made.text).series() if v.form == form.id}
    assert values.keys() == set(concepts())
    money = concepts().money
    for concept in concepts().concepts.values():
        value, found = values[concept.id], addresses(form, concept.on(form.id).terms)
        wanted = _total(made, found)
        printed = value.cells[0].unit if value.cells else None
        if wanted is not None and printed in money and concept.unit in money:
            wanted = wanted * money[printed or ""] / money[concept.unit]
        assert value.value == wanted or value.value is None
        assert (value.value is None) == bool(
            value.lacking or value.status in ("K", "L")
        )
        assert set(value.flags) <= FLAGS.keys()


# --- why --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "key", "en", "zh"),
    [
        (
            lambda: rows(*CHANNELS),
            "requests.received",
            "is 12 件: line 4, column 16",
            "为12件：第4行第16列",
        ),
        (
            lambda: rows(*CHANNELS[:2], "2.传真申请数 | 件 | "),
            "requests.received.fax",
            "left blank",
            "一栏为空",
        ),
        (
            lambda: rows(*CHANNELS[:2], "2.传真申请数 | 件 | ——"),
            "requests.received.fax",
            "has a dash",
            "一栏为横线",
        ),
        (
            lambda: rows(*CHANNELS[:2], "2.传真申请数 | 件 | 无"),
            "requests.received.fax",
            "says 无",
            "写“无”",
        ),
        (
            lambda: rows(*CHANNELS[:2], "2.传真申请数 | 件 | ※"),
            "requests.received.fax",
            "cannot be read",
            "无法识读",
        ),
        (
            lambda: rows(*CHANNELS),
            "requests.received.letter",
            "has no row",
            "但没有信函申请数",
        ),
        (
            lambda: rows(*CHANNELS),
            "requests.new",
            "there is requests.received (there is no row",
            "最接近的是requests.received",
        ),
        (
            lambda: rows(*CHANNELS),
            "requests.disposition.partially_granted",
            "there it is requests.replied",
            "对应项为",
        ),
        (
            lambda: rows(*CHANNELS),
            "actions.procurement",
            "the national form of 2019 counts",
            "只有2019年全国表式",
        ),
        (
            lambda: rows(*CHANNELS),
            "requests.channel.post_or_fax",
            "has no row",
            "但没有信函申请数",
        ),
        (
            lambda: rows(*CHANNELS),
            "outcome.unable",
            "the form has no such row",
            "该表式没有这一项",
        ),
        (
            lambda: rows(*CHANNELS, "（一）收到申请数 | 件 | 13"),
            "requests.received",
            "several times",
            "多处载有",
        ),
        (
            lambda: parse("一、概述\n无。"),
            "requests.received",
            "no table of a known form",
            "没有已知表式的表格",
        ),
    ],
)
def test_one_sentence_says_why(
    make: Callable[[], Report], key: str, en: str, zh: str
) -> None:
    report = make()
    assert en in report.why(key)
    assert zh in report.why(key, lang="zh")


def test_a_table_that_is_absent_is_named() -> None:
    made = make_report(random.Random(1), "national-2021")
    report = parse(made.text)
    short = Report(tables=tuple(t for t in report.tables if t.table != "remedies"))
    assert short.why("reconsideration.total").startswith(
        "the report has no table remedies of form national-2021"
    )


@given(made_reports(), st.sampled_from(sorted(concepts())))
def test_why_never_fails_on_a_report(made: MadeReport, concept: str) -> None:
    report = parse(made.text)
    assert report.why(concept)
    assert report.why(concept, lang="zh")
