"""Verdicts: each kind of check, on invented reports."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govdisclose import Finding, Report, check, check_series, explain, parse
from govdisclose.finding import ALTERNATIVES, CHECKS, Operand
from govdisclose.form import catalogue
from govdisclose.testing import Filled, Key, fill, make_report, render
from govdisclose.testing.strategies import made_reports

HEAD = "云溪市水利局{year}年政府信息公开工作年度报告\n本报告所列数据的统计期限为{year}年1月1日至{year}年12月31日。\n"


def report(*prose: str, year: int = 2018, table: str = "") -> Report:
    text = (
        HEAD.format(year=year)
        + "一、概述\n"
        + "\n".join(prose)
        + "\n二、其他\n附表\n"
        + table
    )
    return parse(text)


def table_2014(**figures: int | None) -> str:
    """The form of 2014, all nought but these rows; points of keys are written `__`."""
    return filled(
        "national-2014",
        {("main", key.replace("__", "."), "value"): v for key, v in figures.items()},
    )


def filled(
    form: str, figures: Mapping[Key, int | None], year: int | None = None
) -> str:
    known = catalogue().forms[form]
    every: dict[Key, int | None] = {
        (table.id, row.key, column.key): None if row.group else 0
        for table in known.tables
        for row in table.rows
        for column in table.columns
    }
    assert set(figures) <= set(every)
    made = Filled(form, year or known.first_year, {**every, **figures})
    return render(made, "pipe_rows")


def requests_2021(**rows: tuple[int, ...] | int) -> str:
    """The requests table of 2021: of a row the figures from the left, or one for the natural person and the total."""
    figures: dict[Key, int | None] = {}
    columns = [
        c.key
        for c in next(
            t for t in catalogue().forms["national-2021"].tables if t.id == "requests"
        ).columns
    ]
    for name, given_ in rows.items():
        key = "requests." + name.replace("__", ".")
        cells = (given_, 0, 0, 0, 0, 0, given_) if isinstance(given_, int) else given_
        figures.update(
            {
                ("requests", key, column): value
                for column, value in zip(columns, cells, strict=False)
            }
        )
    return filled("national-2021", figures)


def of(
    found: Iterable[Finding], *, code: str | None = None, relation: str | None = None
) -> list[Finding]:
    return [
        f for f in found if code in (None, f.code) and relation in (None, f.relation)
    ]


def only(
    found: Iterable[Finding], *, code: str | None = None, relation: str | None = None
) -> Finding:
    (one,) = of(found, code=code, relation=relation)
    return one


# --- values


def test_a_finding_is_a_sentence_and_plain_values() -> None:
    found = only(
        check(
            report(
                table=table_2014(
                    organization__staff=29,
                    organization__staff__full_time=1,
                    organization__staff__part_time=27,
                )
            )
        ),
        relation="n2014.staff_by_type",
    )
    assert (
        str(found)
        == "fails n2014.staff_by_type: staff, full-time and part-time: 29 ≠ 28 = 1 + 27"
    )
    assert found.message_zh == "工作人员数＝专职与兼职之和：29 ≠ 28 = 1 + 27"
    written = json.loads(json.dumps(found.to_dict(), ensure_ascii=False))
    assert (written["verdict"], written["severity"], written["difference"]) == (
        "fails",
        "error",
        1,
    )
    assert [o["value"] for o in written["operands"]] == [29, 1, 27]
    assert found.span is not None
    assert found.span == found.operands[0].span
    assert "organization.staff@value = 29" in explain(found.operands[0])


def test_a_report_out_of_json_is_checked_alike() -> None:
    made = report("收到政府信息公开申请3件。", table=table_2014(requests__received=2))
    again = Report.from_json(made.to_json())
    assert [f.to_dict() for f in check(again)] == [f.to_dict() for f in check(made)]


@given(st.text(max_size=400))
def test_nothing_raises_on_any_text(text: str) -> None:
    check(parse(text))
    check_series([parse(text), parse(text[::2])])


@settings(max_examples=40)
@given(made_reports())
def test_severity_is_only_raised_by_what_fails_and_codes_are_those_of_the_tables(
    made: object,
) -> None:
    for finding in check(parse(made.text)):  # type: ignore[attr-defined]
        assert finding.severity == "info" or finding.verdict == "fails"
        assert finding.code in CHECKS
        assert set(finding.explanations) <= set(ALTERNATIVES)
        assert bool(finding.explanations) == (finding.verdict == "explained")
        assert finding.message
        assert finding.message_zh


# --- within a table


def test_a_blank_part_counts_as_nought_and_the_finding_says_so() -> None:
    holds = only(
        check(
            report(
                table=table_2014(
                    organization__staff=29,
                    organization__staff__full_time=29,
                    organization__staff__part_time=None,
                )
            )
        ),
        relation="n2014.staff_by_type",
    )
    assert (holds.verdict, "blank" in holds.message, "空白" in holds.message_zh) == (
        "holds",
        True,
        True,
    )
    fails = only(
        check(
            report(
                table=table_2014(
                    organization__staff=29,
                    organization__staff__full_time=1,
                    organization__staff__part_time=None,
                )
            )
        ),
        relation="n2014.staff_by_type",
    )
    assert (fails.verdict, "blank" in fails.message) == ("fails", True)


def test_a_blank_total_is_a_gap() -> None:
    found = only(
        check(
            report(
                table=table_2014(
                    organization__staff=None, organization__staff__full_time=1
                )
            )
        ),
        relation="n2014.staff_by_type",
    )
    assert (found.verdict, found.difference) == ("undecided", None)


def test_a_row_that_is_not_there_leaves_a_mismatch_undecided() -> None:
    text = table_2014(
        organization__staff=29,
        organization__staff__full_time=1,
        organization__staff__part_time=28,
    )
    lines = [line for line in text.splitlines() if "兼职人员数" not in line]
    found = only(check(report(table="\n".join(lines))), relation="n2014.staff_by_type")
    assert found.verdict == "undecided"
    assert found.operands[2].reading == "absent"


def test_a_figure_read_in_doubt_never_fails() -> None:
    """A row that comes twice with different figures: whichever is right, nothing is said for certain if one adds up."""
    text = table_2014(
        organization__staff=29,
        organization__staff__full_time=1,
        organization__staff__part_time=27,
    )
    line = next(line for line in text.splitlines() if "兼职人员数" in line)
    found = only(
        check(report(table=text.replace(line, f"{line}\n{line.replace('27', '28')}"))),
        relation="n2014.staff_by_type",
    )
    assert found.verdict == "undecided"


def test_where_an_extractor_dropped_repeated_lines_a_blank_is_not_taken_for_nought() -> (
    None
):
    figures = dict.fromkeys(
        f"requests__replied__{key}" for key in ("granted", "not_exist", "other_channel")
    )
    text = table_2014(
        requests__replied=7469,
        requests__replied__already_public=736,
        proactive__total=40,
        proactive__channels__website=41,
        training__meetings=3,
        training__courses=2,
        training__participants=77,
        organization__staff=9,
        complaints__total=8,
        **figures,
    )
    assert (
        only(check(report(table=text)), relation="n2014.replied_by_type").verdict
        == "fails"
    )
    blanked = text.replace("| 0 |", "|  |")
    assert (
        only(check(report(table=blanked)), relation="n2014.replied_by_type").verdict
        == "undecided"
    )


def test_what_the_relation_itself_placed_does_not_prove_it() -> None:
    """Figures that ran together are cut by a sum; that the sum holds then says nothing."""
    filled_ = fill("national-2021", random.Random(11), 0)
    read = parse(HEAD.format(year=2021) + "一、总体情况\n" + render(filled_, "glued"))
    inferred = {c.span.start for c in read.cells if c.inferred}
    assert inferred
    for finding in of(check(read), code="table-relation"):
        if finding.verdict == "fails":
            assert not any(
                o.span and o.span.start in inferred for o in finding.operands
            )
    assert any("this very relation" in f.message for f in check(read))


def test_a_heading_row_never_fails() -> None:
    found = only(
        check(
            report(
                table=table_2014(
                    requests=7, requests__received=5, requests__received__online=5
                )
            )
        ),
        relation="n2014.heading_applications",
    )
    assert found.verdict == "undecided"


def test_a_table_of_which_most_does_not_add_up_is_taken_for_misread() -> None:
    text = table_2014(
        requests__received=9,
        requests__closed=8,
        requests__replied=7,
        reconsideration__total=6,
        litigation__total=5,
        organization__staff=4,
    )
    assert {
        f.verdict for f in of(check(report(table=text)), code="table-relation")
    } <= {"undecided", "holds"}


def test_one_slip_is_no_sign_of_a_misread_table_however_many_relations_it_breaks() -> (
    None
):
    """A table of noughts but for one figure, which three relations have."""
    text = table_2014(
        requests__replied__refused=7,
        requests__replied__refused__privacy=6,
        requests__replied=7,
        requests__closed=7,
        requests__closed__on_time=7,
    )
    found = of(check(report(table=text)), code="table-relation")
    assert [f.relation for f in found if f.verdict == "fails"] == [
        "n2014.refused_by_ground",
        "n2014.received_covers_closed",
        "n2014.received_covers_replied",
    ]


# --- explained

EXPLAINED = [
    (
        "n2014.heading_response",
        "heading-counts-twice",
        table_2014(
            response=5,
            response__channels=3,
            response__channels__press_conferences=3,
            response__channels__press_conferences__principal=2,
        ),
    ),
    (
        "n2014.heading_response_channels",
        "heading-counts-twice",
        table_2014(
            response__channels=5,
            response__channels__press_conferences=3,
            response__channels__press_conferences__principal=2,
        ),
    ),
    (
        "n2014.heading_disclosure",
        "heading-counts-twice",
        table_2014(
            proactive=12,
            proactive__total=10,
            proactive__normative_documents=2,
            proactive__channels__website=10,
        ),
    ),
    (
        "n2014.heading_disclosure",
        "several-channels",
        table_2014(
            proactive=15,
            proactive__total=10,
            proactive__channels__website=10,
            proactive__channels__weibo=5,
        ),
    ),
    (
        "n2021.requests_balance",
        "without-brought-forward",
        requests_2021(
            new=10,
            brought_forward=4,
            disposition__granted=7,
            disposition__total=7,
            carried_forward=3,
        ),
    ),
    (
        "n2021.requests_balance",
        "closed-cases-only",
        requests_2021(
            new=10,
            brought_forward=4,
            disposition__granted=14,
            disposition__total=14,
            carried_forward=3,
        ),
    ),
    (
        "n2021.applicant_total",
        "natural-persons-only",
        requests_2021(
            new=(10, 4, 0, 0, 0, 0, 10),
            disposition__granted=(10, 4, 0, 0, 0, 0, 14),
            disposition__total=(10, 4, 0, 0, 0, 0, 14),
        ),
    ),
]


@pytest.mark.parametrize(
    ("relation", "why", "table"), EXPLAINED, ids=[f"{r}-{w}" for r, w, _ in EXPLAINED]
)
def test_a_known_alternative_explains_a_mismatch(
    relation: str, why: str, table: str
) -> None:
    found = [
        f
        for f in of(check(report(table=table, year=2021)), relation=relation)
        if f.explanations
    ]
    assert {f.verdict for f in found} == {"explained"}
    assert all(why in f.explanations for f in found)
    assert found


def test_a_known_alternative_explains_a_mismatch_in_prose() -> None:
    """68 that were handled, of which 2 were brought forward: the balance counts them once, the sentence twice."""
    said = "收到政府信息公开申请68件(其中上年结转2件),办结60件,结转下年度8件。"
    found = only(check(report(said, year=2021)), code="prose-relation")
    assert (found.verdict, found.explanations) == (
        "explained",
        ("without-brought-forward",),
    )


def test_of_several_explanations_all_are_listed() -> None:
    """What was new is what was disposed of: then nothing was brought forward, and what is pending was not counted."""
    table = requests_2021(
        new=10,
        brought_forward=4,
        disposition__granted=14,
        disposition__total=14,
        carried_forward=0,
    )
    stated = only(
        check(report("全年新收政府信息公开申请14件。", table=table, year=2021)),
        code="prose-table",
    )
    assert stated.verdict == "explained"
    assert stated.explanations == ("without-brought-forward", "closed-cases-only")


REMEDIES = [
    (
        "n2021.reconsideration_total",
        "closed-cases-only",
        {
            "reconsideration.upheld": 3,
            "reconsideration.pending": 2,
            "reconsideration.total": 3,
        },
    ),
    (
        "n2021.direct_total",
        "closed-cases-only",
        {
            "litigation.direct.upheld": 3,
            "litigation.direct.pending": 2,
            "litigation.direct.total": 3,
        },
    ),
    (
        "n2021.after_reconsideration_total",
        "direct-plus-after-reconsideration",
        {
            "litigation.direct.upheld": 3,
            "litigation.direct.total": 3,
            "litigation.after_reconsideration.upheld": 2,
            "litigation.after_reconsideration.total": 5,
        },
    ),
]


@pytest.mark.parametrize(("relation", "why", "figures"), REMEDIES)
def test_a_known_alternative_explains_a_mismatch_of_remedies(
    relation: str, why: str, figures: dict[str, int]
) -> None:
    table = filled(
        "national-2021",
        {("remedies", "cases", key): value for key, value in figures.items()},
    )
    found = only(check(report(table=table, year=2021)), relation=relation)
    assert (found.verdict, found.explanations) == ("explained", (why,))


# --- prose against the table


def test_the_same_figure_in_prose_and_table_holds_and_another_fails() -> None:
    table = table_2014(requests__received=5, requests__received__online=5)
    holds = only(
        check(report("我局收到政府信息公开申请5件。", table=table)), code="prose-table"
    )
    fails = only(
        check(report("我局收到政府信息公开申请6件。", table=table)), code="prose-table"
    )
    assert (holds.verdict, fails.verdict, fails.severity, fails.difference) == (
        "holds",
        "fails",
        "warning",
        1,
    )
    assert fails.span is not None
    assert fails.source is not None
    assert fails.source.slice(fails.span) == "6件"


@pytest.mark.parametrize(
    "prose",
    [
        "2017年收到政府信息公开申请6件。",
        "市教育局收到政府信息公开申请6件。",
        "上半年收到政府信息公开申请6件。",
        "截至年底累计收到政府信息公开申请6件。",
        "计划收到政府信息公开申请6件。",
    ],
)
def test_another_period_or_body_is_not_compared(prose: str) -> None:
    assert (
        of(
            check(report(prose, table=table_2014(requests__received=5))),
            code="prose-table",
        )
        == []
    )


def test_what_counts_the_whole_city_does_not_fail_against_an_offices_table() -> None:
    found = only(
        check(
            report(
                "全市收到政府信息公开申请600件。",
                table=table_2014(requests__received=5),
            )
        ),
        code="prose-table",
    )
    assert found.verdict == "undecided"


@pytest.mark.parametrize(
    ("stated", "verdict"), [("14万余条", "undecided"), ("20万余条", "fails")]
)
def test_an_approximate_figure_only_fails_where_no_figure_of_its_range_fits(
    stated: str, verdict: str
) -> None:
    table = table_2014(proactive__total=143_211, proactive__channels__website=143_211)
    found = only(
        check(report(f"主动公开政府信息{stated}。", table=table)), code="prose-table"
    )
    assert found.verdict == verdict


def test_a_cumulative_figure_is_compared_with_the_cumulative_column() -> None:
    table = filled(
        "fujian-2018",
        {
            ("main", "proactive.documents", "year"): 8,
            ("main", "proactive.documents", "cumulative"): 185,
        },
    )
    found = of(
        check(
            report(
                "历年共主动公开政府信息185条,其中2018年度新增主动公开信息8条。",
                table=table,
            )
        ),
        code="prose-table",
    )
    assert [f.verdict for f in found] == ["holds", "holds"]


def test_a_figure_that_the_form_splits_is_compared_with_the_sum() -> None:
    table = filled(
        "national-2021",
        {
            ("remedies", "cases", "litigation.direct.upheld"): 26,
            ("remedies", "cases", "litigation.direct.total"): 26,
            ("remedies", "cases", "litigation.after_reconsideration.upheld"): 20,
            ("remedies", "cases", "litigation.after_reconsideration.total"): 20,
        },
    )
    verdicts = {
        figure: only(
            check(
                report(
                    f"因政府信息公开发生行政诉讼{figure}件。", table=table, year=2021
                )
            ),
            code="prose-table",
        )
        for figure in (46, 26, 45)
    }
    assert {figure: (f.verdict, f.explanations) for figure, f in verdicts.items()} == {
        46: ("holds", ()),
        26: ("explained", ("direct-plus-after-reconsideration",)),
        45: ("fails", ()),
    }


@pytest.mark.parametrize(
    ("prose", "verdicts"),
    [
        ("在政府网站公开财政信息12条。", set()),
        ("微信公众号发布原创信息20条。", set()),
        ("通过公告栏主动公开信息30条。", set()),
        ("参加信息公开培训班1次。", set()),
        ("未收到要求当场查阅的申请。", set()),
        ("办理行政复议案件130件。", {"undecided"}),
        ("组织业务培训班12期。", {"undecided"}),
        ("因政府信息公开发生行政复议130件。", {"fails"}),
        ("通过政府网站公开各类政府信息共12条。", {"fails"}),
    ],
)
def test_what_may_count_less_or_other_work_does_not_fail(
    prose: str, verdicts: set[str]
) -> None:
    table = table_2014(
        proactive__total=492,
        proactive__channels__website=426,
        proactive__channels__wechat=120,
        requests__received=5,
        requests__received__online=5,
        training__courses=3,
    )
    assert {
        f.verdict
        for f in check(report(prose, table=table))
        if f.code in ("prose-table", "words-of-zero")
    } == verdicts


def test_a_figure_one_row_away_is_explained() -> None:
    table = table_2014(proactive__total=66, proactive__channels__weibo=66)
    found = only(
        check(report("通过微信公众号发布66条。", table=table)),
        relation="prose.channel_wechat",
    )
    assert (found.verdict, found.explanations) == ("explained", ("one-row-away",))


def test_words_of_none_against_a_figure_fail() -> None:
    table = table_2014(reconsideration__total=2, reconsideration__upheld=2)
    fails = only(
        check(report("未发生因政府信息公开引起的行政复议。", table=table)),
        code="words-of-zero",
    )
    assert (fails.verdict, fails.relation) == ("fails", "prose.review")
    holds = only(
        check(report("未发生因政府信息公开引起的行政复议。", table=table_2014())),
        code="words-of-zero",
    )
    assert holds.verdict == "holds"


# --- prose alone


@pytest.mark.parametrize(
    ("prose", "verdict"),
    [
        (
            "收到政府信息公开申请442件,其中当面申请20件,网络申请267件,信函申请155件。",
            "holds",
        ),
        (
            "收到政府信息公开申请442件,其中当面申请20件,网络申请267件,信函申请165件。",
            "fails",
        ),
        ("收到政府信息公开申请442件,其中当面申请20件,网络申请267件。", "undecided"),
        (
            "收到政府信息公开申请442件,其中当面申请20件,网络申请267件,传真申请0件,信函申请150件。",
            "fails",
        ),
    ],
)
def test_relations_of_the_form_are_judged_over_prose(prose: str, verdict: str) -> None:
    found = only(
        check(report(prose)),
        code="prose-relation",
        relation="n2014.received_by_channel",
    )
    assert found.verdict == verdict


@pytest.mark.parametrize(
    ("prose", "verdict"),
    [
        ("刊出信息22期,其中简报17期、专报5期。", "holds"),
        ("刊出信息22期,其中简报17期。", "holds"),
        ("刊出信息22期,其中简报17期、专报6期。", "fails"),
        ("刊出信息22期。其中简报17期、专报6期。", "fails"),
        ("组织类1条,规划类2条,其他3条,合计6条。", "holds"),
        ("组织类1条,规划类2条,其他3条,合计7条。", "fails"),
        ("答复不同意公开8件(甲类3件,乙类4件,丙类2件)。", "fails"),
        ("公开信息40条,其中网站公开30条、微信公众号公开20条。", "explained"),
        ("公开信息4万余条,其中甲类3万余条、乙类2万余条。", "fails"),
        ("公开信息4万余条,其中甲类3万余条、乙类1万余条。", "undecided"),
    ],
)
def test_parts_are_held_against_their_total(prose: str, verdict: str) -> None:
    assert only(check(report(prose, year=2010)), code="prose-parts").verdict == verdict


@pytest.mark.parametrize(
    "prose",
    [
        "公开信息22条,比上年增加5条。",
        "召开会议5次,培训60人次。",
        "公开信息22条,同比增长5%,其中重点领域占比30%。",
    ],
)
def test_what_is_no_list_of_parts_is_none(prose: str) -> None:
    assert of(check(report(prose, year=2010)), code="prose-parts") == []


@pytest.mark.parametrize(
    ("share", "verdict"),
    [
        ("86.6", "holds"),
        ("86.59", "holds"),
        ("86.58", "explained"),
        ("88.2", "fails"),
        ("86", "explained"),
    ],
)
def test_a_share_follows_from_its_part_and_its_whole(share: str, verdict: str) -> None:
    for prose in (
        f"网站公开426条,占总数492条的{share}%。",
        f"公开信息492条,其中网站公开426条,占{share}%。",
    ):
        assert (
            only(check(report(prose, year=2010)), code="prose-share").verdict == verdict
        )


@pytest.mark.parametrize(
    ("prose", "verdict"),
    [
        ("收到申请3119件,比上年3086件增长1.07%。", "holds"),
        ("收到申请3119件,比上年3086件增长1.05%。", "fails"),
        ("收到申请3119件,比上年3086件增长1.06%。", "explained"),
        ("收到申请3119件,比上年3086件下降1.07%。", "fails"),
        ("收到申请3119件,比上年3086件增加33件。", "holds"),
        ("收到申请3119件,比上年3086件增加32件。", "fails"),
        ("2009年收到申请100件,2010年收到申请300件,增长2倍。", "holds"),
        ("收费由上年的20万元增加到30万元,增长50%。", "holds"),
        ("收到申请66件,较上年增加6件,增长10%。", "holds"),
        ("收到申请66件,较上年增加6件,增长12%。", "fails"),
        ("收到申请54件,较2009年减少6件,下降10%。", "holds"),
    ],
)
def test_growth_follows_from_the_figures_of_two_years(prose: str, verdict: str) -> None:
    assert only(check(report(prose, year=2010)), code="prose-growth").verdict == verdict


def test_the_same_words_with_another_figure_fail_where_no_table_decides() -> None:
    said = "全年召开新闻发布会5次。", "全年召开新闻发布会6次。"
    assert only(check(report(said[0], said[0])), code="prose-repeat").verdict == "holds"
    assert only(check(report(*said)), code="prose-repeat").verdict == "fails"


# --- between tables


def test_two_tables_that_state_one_indicator_are_compared() -> None:
    one = table_2014(reconsideration__total=2, reconsideration__upheld=2)
    other = filled(
        "fujian-2018",
        {
            ("main", "reconsideration.total", "year"): 3,
            ("main", "reconsideration.total", "cumulative"): 9,
        },
    ).replace("2014年度", "2018年度")
    read = parse(
        HEAD.format(year=2018)
        + f"一、概述\n无。\n附表一\n{one}\n二、其他\n下表为省定统计表。\n{other}"
    )
    assert len(read.tables) == 2
    failing = [f for f in of(check(read), code="cross-table") if f.verdict == "fails"]
    assert [(f.difference, f.severity) for f in failing] == [(-1, "info")]


# --- metadata and outline


def facts(text: str, code: str) -> list[str]:
    return [f.verdict for f in of(check(parse(text)), code=code)]


def test_the_period_is_of_the_year() -> None:
    title = "云溪市水利局2018年政府信息公开工作年度报告\n"
    for period, verdict in (
        ("2018年1月1日至2018年12月31日", "holds"),
        ("2017年1月1日至2017年12月31日", "fails"),
    ):
        assert facts(
            f"{title}本报告所列数据的统计期限为{period}。\n一、概述\n无。",
            "period-year",
        ) == [verdict]


def test_a_report_is_signed_when_the_year_is_over() -> None:
    for day, verdict in (("2019年1月14日", "holds"), ("2018年1月14日", "fails")):
        text = HEAD.format(year=2018) + f"一、概述\n无。\n云溪市水利局\n{day}\n"
        assert verdict in facts(text, "date-order")


def test_a_website_lies_under_gov_cn() -> None:
    for host, verdict in (
        ("www.yunxi.gov.cn", "holds"),
        ("www.mirror-site.com", "fails"),
    ):
        text = (
            HEAD.format(year=2018)
            + f"本报告的电子版可在云溪市政府网站({host})下载。\n一、概述\n无。"
        )
        assert facts(text, "website-domain") == [verdict]


@pytest.mark.parametrize(
    ("said", "verdict"), [("二", "holds"), ("三", "fails"), ("2个", "holds")]
)
def test_as_many_parts_as_are_announced_are_there(said: str, verdict: str) -> None:
    text = (
        HEAD.format(year=2018)
        + f"本报告由概述、其他等共{said}部分组成。\n一、概述\n无。\n二、其他\n无。"
    )
    assert facts(text, "announced-parts") == [verdict]


PARTS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "政府信息公开行政复议、行政诉讼情况",
    "存在的主要问题及改进情况",
    "其他需要报告的事项",
)


@pytest.mark.parametrize(
    ("parts", "verdicts"),
    [
        (PARTS, ["holds"]),
        (PARTS[:5], ["fails"]),
        (PARTS[:4], ["fails", "fails"]),
        ((*PARTS[:5], "工作创新"), ["undecided"]),
        (PARTS[:2], []),
    ],
)
def test_a_part_that_the_notice_asks_for_and_the_report_lacks(
    parts: Sequence[str], verdicts: list[str]
) -> None:
    """What stands under a title of its own may be the part that is looked for; two parts are a piece."""
    bodies = zip("一二三四五六", parts, strict=False)
    text = HEAD.format(year=2022) + "\n".join(f"{n}、{p}\n无。" for n, p in bodies)
    assert facts(text, "required-part") == verdicts
    assert facts(text.replace("2022", "2015"), "required-part") == []


def test_a_skipped_number_is_a_finding() -> None:
    text = (
        HEAD.format(year=2018)
        + "一、概述\n(一)组织领导。已加强。\n(三)制度建设。已完善。\n二、其他\n无。"
    )
    assert facts(text, "numbering") == ["fails"]
    assert facts(text.replace("(三)", "(二)"), "numbering") == ["holds"]


def test_a_table_that_is_announced_and_absent_is_undecided() -> None:
    text = (
        HEAD.format(year=2018)
        + "一、概述\n无。\n二、其他\n附件:2018年度政府信息公开情况统计表\n"
    )
    assert facts(text, "announced-table") == ["undecided"]
    with_table = (
        text.replace("一、概述\n无。", "一、概述\n统计情况详见附表。") + table_2014()
    )
    assert facts(with_table, "announced-table") == ["holds"]


# --- series


def year_of_requests(year: int, *prose: str, **rows: int) -> Report:
    return report(*prose, year=year, table=requests_2021(**rows))


def test_what_is_carried_forward_is_brought_forward() -> None:
    last = year_of_requests(
        2021, new=10, disposition__granted=7, disposition__total=7, carried_forward=3
    )
    for brought, verdict in ((3, "holds"), (2, "fails")):
        now = year_of_requests(
            2022,
            new=9,
            brought_forward=brought,
            disposition__granted=9 + brought,
            disposition__total=9 + brought,
        )
        found = of(
            check_series([now, last]),
            code="series-relation",
            relation="n2021.carry_over_chain",
        )
        total = next(f for f in found if "总计" in f.message)
        assert (total.verdict, total.severity) == (verdict, "info")
        assert [o.name for o in total.operands] == [
            "requests.brought_forward@total",
            "prev:requests.carried_forward@total",
        ]


def test_a_stock_is_last_years_and_what_was_issued_less_what_was_repealed() -> None:
    def of_year(year: int, **columns: int) -> Report:
        figures = {
            ("art20_1", "documents.normative", column): value
            for column, value in columns.items()
        }
        return report(year=year, table=filled("national-2021", figures))

    last = of_year(2021, issued=2, repealed=0, in_force=20)
    for in_force, verdict in ((22, "holds"), (23, "fails")):
        found = check_series(
            [last, of_year(2022, issued=5, repealed=3, in_force=in_force)]
        )
        assert only(found, relation="n2021.in_force_chain.normative").verdict == verdict


def test_cumulative_figures_run_on() -> None:
    def of_year(year: int, new: int, total: int) -> Report:
        figures = {
            ("main", "proactive.documents", "year"): new,
            ("main", "proactive.documents", "cumulative"): total,
        }
        return report(year=year, table=filled("fujian-2018", figures, year))

    for total, verdict in ((193, "holds"), (190, "fails")):
        found = of(
            check_series([of_year(2017, 5, 185), of_year(2018, 8, total)]),
            relation="fj2018.cumulative_chain",
        )
        assert next(f.verdict for f in found if f.operands[0].value == total) == verdict


def test_stated_growth_is_held_against_last_years_report() -> None:
    last = report("收到政府信息公开申请300件。", year=2017)
    for rate, verdict in (("47.3", "holds"), ("31.2", "fails")):
        now = report(f"收到政府信息公开申请442件,同比增长{rate}%。", year=2018)
        assert only(check_series([last, now]), code="series-growth").verdict == verdict


def test_a_jump_of_more_than_five_times_is_told() -> None:
    before = report(
        year=2017,
        table=table_2014(proactive__total=492, proactive__channels__website=492),
    )
    for figure, jumps in ((4920, 2), (2000, 0)):
        now = report(
            year=2018,
            table=table_2014(
                proactive__total=figure, proactive__channels__website=figure
            ),
        )
        found = of(check_series([before, now]), code="series-jump")
        assert len(found) == jumps
        assert {f.severity for f in found} <= {"info"}


def test_text_of_last_year_is_told_also_with_new_figures() -> None:
    rng = random.Random(5)
    words = [
        f"我局按照第{rng.random()}项要求,{''.join(rng.choices('认真落实完善制度加强培训拓宽渠道优化服务规范流程', k=24))}。"
        for _ in range(60)
    ]
    other = [
        f"今年以来,{''.join(rng.choices('开展调研走访企业解读政策回应关切更新栏目清理文件', k=30))}。"
        for _ in range(60)
    ]
    last = report(*words, year=2017)
    copied = report(*[w.replace("0.", "1.") for w in words], year=2018)
    assert only(check_series([last, copied]), code="series-copy").verdict == "fails"
    assert (
        only(
            check_series([last, report(*other, year=2018)]), code="series-copy"
        ).verdict
        == "holds"
    )


def test_years_with_a_gap_are_not_compared() -> None:
    found = check_series(
        [report(year=2016, table=table_2014()), report(year=2018, table=table_2014())]
    )
    assert len(found) == 1
    assert only(found, code="series-order").verdict == "undecided"


def test_a_series_of_one_or_none_says_nothing() -> None:
    assert check_series([]) == check_series([report()]) == ()


# --- costs


def calls(read: Report) -> int:
    """How many functions a check calls: unlike seconds, that does not depend on the machine."""
    count = 0

    def profile(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    check(read)  # what is made on first use is made
    sys.setprofile(profile)
    try:
        check(read)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize(
    "piece",
    [
        "收到申请5件,",
        "收到申请5件",
        "其中公开5条",
        "收到申请5件。其中当面申请2件。均已办结。",
        "公开5条(甲2条,乙3条",
        "公开5条(甲2条,乙3条)",
        "甲1条,合计1条",
        "公开5条,占总数的50%,",
        "收到5件,比上年4件增长25%,",
        "未收到政府信息公开",
        "由二部分组成",
        "收到申请5件。\n",
    ],
)
def test_a_report_ten_times_as_long_costs_at_most_eleven_times_as_much(
    piece: str,
) -> None:
    small, large = (calls(report(piece * n)) for n in (60, 600))
    assert large <= 11 * small


def test_every_code_has_a_test_here_that_raises_it() -> None:
    source = Path(__file__).read_text("utf-8")
    assert {code for code in CHECKS if f'"{code}"' in source} == set(CHECKS)


def test_operands_are_values() -> None:
    assert Operand("a", "b", 1).to_dict() == {
        "name": "a",
        "label": "b",
        "value": 1,
        "reading": "number",
        "approximate": False,
        "span": None,
    }


def test_made_up_reports_that_obey_give_no_failure() -> None:
    for form in catalogue().forms:
        made = make_report(random.Random(form), form, "pipe_rows")
        findings = of(check(parse(made.text)), code="table-relation")
        assert findings
        assert [
            str(f) for f in findings if f.verdict == "fails" and f.severity != "info"
        ] == []


@pytest.mark.parametrize(
    ("said", "verdict"), [("3万元", "holds"), ("30000元", "holds"), ("3元", "fails")]
)
def test_money_of_a_sentence_and_of_a_table_are_compared_in_one_unit(
    said: str, verdict: str
) -> None:
    found = check(
        parse(
            "某县某局2018年政府信息公开年度报告\n一、依申请公开情况\n"
            f"全年依申请公开信息收取的费用{said}。\n二、附表\n"
            "（一）收到申请数 | 件 | 2 |\n1.当面申请数 | 件 | 2 |\n（二）依申请公开信息收取的费用 | 万元 | 3 |"
        )
    )
    assert [f.verdict for f in found if f.relation == "prose.fees"] == [verdict]
