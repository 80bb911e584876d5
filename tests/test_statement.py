"""Figures of prose and the indicators that they state."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from lark.exceptions import LarkError

from govdisclose import parse
from govdisclose._prose.amounts import amount_of
from govdisclose._prose.passages import passages
from govdisclose._prose.pattern import compile_phrase
from govdisclose._prose.phrases import Phrase, phrases, phrases_of, reader_of
from govdisclose._prose.statement import Statement, forms_of, statements
from govdisclose.form import catalogue
from govdisclose.report import Quantity, Report
from govdisclose.testing import fill, render
from govdisclose.text import Span

FORMS = catalogue().forms
RULES = Path(__file__).resolve().parents[2] / "shared" / "domain" / "rules.toml"


def _report(prose: str, year: int = 2018, title: str = "云溪市水利局") -> Report:
    return parse(f"{title}{year}年政府信息公开工作年度报告\n一、概述\n{prose}\n")


def _stated(
    prose: str, year: int = 2018, title: str = "云溪市水利局"
) -> list[Statement]:
    report = _report(prose, year, title)
    return statements(report, passages(report), forms_of(report))


# --- the table of phrases


@pytest.mark.parametrize("form", sorted(FORMS))
def test_every_phrase_states_an_indicator_of_its_form(form: str) -> None:
    tables = FORMS[form].tables
    rows = {row.key for table in tables for row in table.rows}
    columns = {column.key for table in tables for column in table.columns}
    derived = {rule.key for rule in FORMS[form].derived}
    for phrase in phrases_of(form):
        row, _, column = phrase.key.partition("@")
        assert row in rows | derived or (row in columns and not column), phrase.id
        assert not column or column in columns
        assert phrase.same_as is None or phrase.same_as in rows


CASES = [(phrase, form) for phrase in phrases() for form in phrase.forms]


@pytest.mark.parametrize(
    ("phrase", "form"), CASES, ids=[f"{p.id}-{f}" for p, f in CASES]
)
def test_the_example_of_a_phrase_states_its_indicator(
    phrase: object, form: str
) -> None:
    assert isinstance(phrase, Phrase)
    clauses = [
        phrase.example,
        *([phrase.example_of_none] if phrase.example_of_none else []),
    ]
    for clause in clauses:
        report = _report(
            f"全年{clause}。" if clause is phrase.example else f"{clause}。"
        )
        found = statements(report, passages(report), [FORMS[form]])
        assert phrase.key in {s.key for s in found}, clause
        assert all(
            s.amount.value == 0
            for s in found
            if clause is phrase.example_of_none and s.key == phrase.key
        )


@pytest.mark.gold
@pytest.mark.skipif(
    not RULES.is_file(), reason="no rules.toml in ../shared/domain beside the checkout"
)
def test_every_prose_check_of_the_domain_is_carried_over() -> None:
    known = {phrase.id: phrase for phrase in phrases()}
    for row in tomllib.loads(RULES.read_text("utf-8"))["prose_check"]:
        phrase = known[row["id"]]
        assert set(row["forms"]) <= set(phrase.forms)
        split = [
            d
            for form in row["forms"]
            for d in FORMS[form].derived
            if d.key == phrase.key
        ]
        keys = (
            [term.key for term in split[0].formula.right]
            if len(row["keys"]) > 1
            else [phrase.key]
        )
        assert keys == row["keys"]


# --- what is linked, and what is not


def test_a_figure_that_states_an_indicator_carries_its_key() -> None:
    report = _report("2018年,我局收到政府信息公开申请5件,召开会议3次。")
    assert [(q.raw, q.indicator) for q in report.quantities] == [
        ("5件", "requests.received"),
        ("3次", None),
    ]


def test_a_link_survives_the_way_through_json() -> None:
    report = _report("我局收到政府信息公开申请5件。")
    assert Report.from_json(report.to_json()) == report
    assert report.to_dict()["quantities"][0]["indicator"] == "requests.received"


@pytest.mark.parametrize(
    ("prose", "period"),
    [
        ("2018年,我局共主动公开政府信息10条。", "year"),
        ("今年以来共主动公开政府信息10条。", "year"),
        ("2018年1月1日至12月31日,共主动公开信息10条。", "year"),
        ("我局历年共主动公开政府信息10条。", "cumulative"),
        ("截至2018年底,累计主动公开政府信息10条。", "unsure"),
        ("2018年累计主动公开政府信息10条。", "unsure"),
        ("上半年主动公开政府信息10条。", "part"),
        ("2017年主动公开政府信息10条。", "other"),
        ("去年主动公开政府信息10条。", "other"),
    ],
)
def test_the_nearest_words_tell_the_period(prose: str, period: str) -> None:
    assert [s.period for s in _stated(prose) if s.key == "proactive.total"] == [period]


@pytest.mark.parametrize(
    ("prose", "scope"),
    [
        ("我局收到政府信息公开申请5件。", "own"),
        ("市水利局收到政府信息公开申请5件。", "own"),
        ("全市收到政府信息公开申请5件。", "whole"),
        ("市教育局收到政府信息公开申请5件。", "other"),
        ("共收到政府信息公开申请5件。", None),
    ],
)
def test_the_nearest_words_tell_the_body(prose: str, scope: str | None) -> None:
    assert [s.scope for s in _stated(prose)] == [scope]


@pytest.mark.parametrize(
    "prose",
    [
        "收到政府信息公开申请较上年增加5件。",
        "收到的政府信息公开申请占5件。",
        "收到举报申请5件。",
        "计划主动公开政府信息100条。",
        "收到政府信息公开申请同比增长5%。",
        "开通微信群28个。",
        "网上答复解决群众诉求180件。",
        "共答复市民来信76件。",
    ],
)
def test_a_change_a_share_or_a_plan_is_no_statement(prose: str) -> None:
    assert _stated(prose) == []


def test_a_hotline_answers_no_applications_but_may_post_and_be_visited() -> None:
    report = _report("政务服务热线发布微信426条,走进政风热线在线访谈2次。")
    assert [q.indicator for q in report.quantities] == [
        "proactive.channels.wechat",
        "response.channels.online_interviews",
    ]


def test_a_figure_of_another_year_or_body_has_no_key() -> None:
    for prose in (
        "2017年收到政府信息公开申请5件。",
        "市教育局收到政府信息公开申请5件。",
    ):
        assert [q.indicator for q in _report(prose).quantities] == [None]


def test_all_of_them_closed_states_as_many_as_were_received() -> None:
    stated = {s.key: s for s in _stated("收到政府信息公开申请7件,均按时办结。")}
    assert (
        stated["requests.closed"].amount.value
        == stated["requests.replied"].amount.value
        == 7
    )
    assert stated["requests.closed"].quantity is None


def test_without_a_table_the_year_tells_the_keys_also_before_the_first_form() -> None:
    assert [s.key for s in _stated("新收政府信息公开申请5件。", 2022)] == [
        "requests.new@total"
    ]
    assert [s.key for s in _stated("收到政府信息公开申请5件。", 2010)] == [
        "requests.received"
    ]
    assert _stated("收到政府信息公开申请5件。", 2007) == []


def test_words_of_none_are_found_at_their_place() -> None:
    (stated,) = _stated("本年度我局 未收到 政府信息公开申请。")
    assert stated.amount.value == 0
    assert stated.source is not None
    assert stated.source.slice(stated.span) == "未收到 政府信息公开申请"


@pytest.mark.parametrize(
    "prose",
    [
        "未收到当面申请。",
        "没有被行政复议纠错的情况。",
        "无法提供。",
        "未来将加强工作。",
    ],
)
def test_words_of_none_about_something_else_are_none(prose: str) -> None:
    assert _stated(prose) == []


def test_places_hold_through_repairs_and_traditional_script() -> None:
    report = _report("我局收到政府信息公開(kāi)申請(qǐng) 5 件,網(wǎng)站公開98條。")
    for passage in passages(report):
        for at, quantity in zip(passage.at, passage.figures, strict=True):
            assert passage.text[at] == "#"
            assert passage.span(at, at + 1).start == quantity.span.start


def test_a_table_tells_whose_keys_are_meant() -> None:
    import random

    text = render(fill("fujian-2018", random.Random(1), 0), "pipe_rows")
    report = parse(
        f"云溪市水利局2018年政府信息公开工作年度报告\n一、概述\n受理政府信息公开申请5件。\n{text}"
    )
    assert [q.indicator for q in report.quantities] == ["requests.accepted"]


# --- ranges


@pytest.mark.parametrize(
    ("raw", "value", "approximate", "low", "high"),
    [
        ("14万余条", 140_000, True, 140_000, 149_999),
        ("6000余条", 6_000, True, 6_000, 6_999),
        ("160多件", 160, True, 160, 169),
        ("近90万人次", 900_000, True, 800_001, 900_000),
        ("约50条", 50, True, 41, 59),
        ("超过300条", 300, True, 300, None),
        ("不足300条", 300, True, 201, 300),
        ("不到50条", 50, True, 41, 50),
        ("突破300条", 300, True, 300, None),
        ("上百条", 100, True, 100, None),
        ("百余条", 100, True, 100, 199),
        ("近千条", 1000, True, 1, 1000),
        ("十几条", 10, True, 10, 19),
        ("90%以上", 90, True, 90, None),
        ("10件以内", 10, True, 0, 10),
        ("7万条", 70_000, False, 65_000, 75_000),
    ],
)
def test_an_approximate_figure_is_a_range(
    raw: str, value: int, approximate: bool, low: int, high: int | None
) -> None:
    amount = amount_of(Quantity(value, "条", approximate, raw, Span(0, len(raw))))
    assert (amount.low, amount.high, amount.exact) == (low, high, False)


def test_an_exact_figure_is_one_also_in_units_of_ten_thousand() -> None:
    assert amount_of(Quantity(23, "条", False, "23条", Span(0, 3))).exact
    assert amount_of(Quantity(200000, "元", False, "20万元", Span(0, 4))).exact


# --- the language of phrases


def test_a_form_without_phrases_has_a_reader_that_finds_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("govdisclose._prose.phrases.phrases_of", lambda form: iter(()))
    reader = reader_of.__wrapped__("any")
    assert reader.starts.search("收到申请#") is None
    assert reader.all.search("均已办结") is None
    assert not reader.units


@pytest.mark.parametrize(
    ("source", "first"),
    [
        ("收到…8申请#", "收"),
        ("(?:新收|接到)?申请#", "新接申"),
        ("(?<!不)予以公开#", "予"),
        ("[网线]上#", "网线"),
        ("#结转", "#"),
        ("(?:甲?|乙)丙", "甲乙丙"),
    ],
)
def test_the_first_characters_of_a_phrase_come_from_its_tree(
    source: str, first: str
) -> None:
    assert compile_phrase(source).first == frozenset(first)


@pytest.mark.parametrize("source", ["…8申请#", "~#", "[^,]#"])
def test_a_phrase_that_begins_with_anything_has_no_first_characters(
    source: str,
) -> None:
    assert compile_phrase(source).first is None


@pytest.mark.parametrize("source", ["(收到", "收到)", "收到**", "a{2}", "\\d"])
def test_what_is_no_phrase_is_refused(source: str) -> None:
    with pytest.raises(LarkError):
        compile_phrase(source)
