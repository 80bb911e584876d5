"""The model: how a section and a figure are found, and that a report survives the way out and back."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdisclose.diagnostic import Diagnostic
from govdisclose.errors import AmbiguousKey, ContractError, UnknownKey
from govdisclose.form import catalogue
from govdisclose.report import (
    DEEPEST,
    Attachment,
    Cell,
    Citation,
    Contact,
    Evidence,
    Furniture,
    Metadata,
    Paragraph,
    Period,
    Quantity,
    Repair,
    Report,
    Section,
    Table,
    json_schema,
)
from govdisclose.text import Source, Span

MARKERS = {
    1: ["一、", "二、", "三、", "四、"],
    2: ["（一）", "（二）", "（三）"],
    3: ["1.", "2.", "3."],
    4: ["（1）", "（2）"],
    5: ["①", "②"],
}


def section(
    level: int,
    number: int,
    title: str | None = None,
    *sections: Section,
    marker: str | None = None,
) -> Section:
    marker = MARKERS[level][number - 1] if marker is None else marker
    return Section(
        level,
        number,
        marker,
        title,
        "unclassified",
        marker,
        Span(0, len(marker)),
        (),
        sections,
    )


def cell(
    row: str | None,
    column: str | None,
    value: int | Decimal | None,
    reading: Any = None,
    raw: str = "",
) -> Cell:
    return Cell(
        row,
        column,
        "某指标",
        value,
        "件",
        reading or ("blank" if value is None else "number"),
        raw,
        Span(0, 0),
    )


def table(form: str | None, *cells: Cell, name: str | None = "main") -> Table:
    return Table(form, name, None, Span(0, 0), cells)


REPORT = Report(
    sections=(
        Section(0, None, "", "引言", "preface", "引言", Span(0, 2)),
        section(1, 1, "概 述"),
        section(
            1,
            2,
            "主动公开政府信息情况",
            section(2, 1, "公开数量", section(3, 2, "网站"), section(5, 1, "公报")),
        ),
        section(1, 4, "其他（补充）事项", section(3, 1), section(3, 2)),
    )
)


# --- sections ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "title"),
    [
        ("一", "概 述"),
        ("一、", "概 述"),
        ("一.", "概 述"),
        (" 一 、", "概 述"),
        ("第一部分", "概 述"),
        ("第1部分", "概 述"),
        ("第一部分：", "概 述"),
        (1, "概 述"),
        ("概述", "概 述"),
        ("一、概述", "概 述"),
        ("引言", "引言"),
        ("四", "其他（补充）事项"),
        ("其他(补充)事项", "其他（补充）事项"),
    ],
)
def test_a_part_is_found_by_its_marker_its_number_or_its_title(
    key: str | int, title: str
) -> None:
    assert REPORT[key].title == title


@pytest.mark.parametrize(
    "key", ["（一）", "(一)", "㈠", "(一)、", "( 一 )", "一、", 1, "公开数量"]
)
def test_a_part_of_a_part_is_found_with_brackets_of_either_width(
    key: str | int,
) -> None:
    assert REPORT["二"][key].title == "公开数量"


@pytest.mark.parametrize(
    ("key", "title"),
    [("2", "网站"), ("2.", "网站"), ("２．", "网站"), ("①", "公报"), ("1", "公报")],
)
def test_the_class_of_the_marker_gives_way_only_where_one_section_has_the_number(
    key: str, title: str
) -> None:
    assert REPORT["二"]["(一)"][key].title == title


def test_the_class_of_the_marker_decides_where_two_sections_have_the_number() -> None:
    report = Report(
        sections=(section(3, 1, "甲"), section(4, 1, "乙"), section(5, 1, "丙"))
    )
    assert [report[k].title for k in ("1.", "1、", "（1）", "1)", "⑴", "①")] == [
        "甲",
        "甲",
        "乙",
        "乙",
        "乙",
        "丙",
    ]
    with pytest.raises(AmbiguousKey, match=r"甲.*乙.*丙"):
        report["一"]
    with pytest.raises(AmbiguousKey):
        report[1]


def test_a_repeated_number_is_refused_and_the_title_still_works() -> None:
    report = Report(sections=(section(1, 1, "甲"), section(1, 1, "乙")))
    with pytest.raises(AmbiguousKey, match="一、 甲; 一、 乙"):
        report["一"]
    assert report["乙"] is report.sections[1]


def test_an_unknown_section_is_answered_with_those_there_are() -> None:
    with pytest.raises(
        UnknownKey,
        match=r"no section '三'; it has: 引言; 一、 概 述; 二、 主动公开政府信息情况; 四、",
    ):
        REPORT["三"]
    with pytest.raises(
        KeyError, match="section 二、 主动公开政府信息情况 has no section"
    ):
        REPORT["二"]["九"]
    with pytest.raises(UnknownKey, match="no sections"):
        Report()["一"]
    with pytest.raises(UnknownKey, match="and 80 more"):
        Report(sections=tuple(section(1, 1, f"题{i}") for i in range(100)))["缺"]


@pytest.mark.parametrize("key", [True, None, 1.0, slice(0, 1)])
def test_a_section_is_not_found_by_anything_but_text_or_number(key: Any) -> None:
    with pytest.raises(TypeError, match=r"\.sections"):
        REPORT[key]


@given(st.text(st.characters()))
def test_any_text_finds_a_section_or_raises_a_lookup_error(key: str) -> None:
    try:
        found = REPORT[key]
    except LookupError:
        return
    assert found in REPORT.sections


def test_walk_gives_all_sections_in_the_order_of_the_text() -> None:
    assert [s.marker for s in REPORT.walk()] == [
        "",
        "一、",
        "二、",
        "（一）",
        "2.",
        "①",
        "四、",
        "1.",
        "2.",
    ]


# --- figures ----------------------------------------------------------------------------------------------------------

TWO_COLUMNS = Report(
    tables=(
        table(
            "fujian-2018",
            cell("proactive.documents", "year", 8),
            cell("proactive.documents", "cumulative", 185),
            cell("requests.accepted", "year", None),
            cell("requests.accepted", "cumulative", 3),
            cell("reconsideration.total", "cumulative", 1),
            cell(None, "year", 77),
        ),
    )
)


def test_a_row_alone_means_the_year_reported_on() -> None:
    assert TWO_COLUMNS.value("proactive.documents") == 8
    assert TWO_COLUMNS.value("proactive.documents@cumulative") == 185
    assert TWO_COLUMNS.value("proactive.documents@year") == 8


def test_a_blank_is_none_and_never_the_figure_of_another_column() -> None:
    assert TWO_COLUMNS.value("requests.accepted") is None
    assert TWO_COLUMNS.cell("requests.accepted") == cell(
        "requests.accepted", "year", None
    )
    assert TWO_COLUMNS.cell("reconsideration.total") is None
    assert TWO_COLUMNS.value("reconsideration.total") is None


def test_a_row_of_the_form_that_is_absent_is_none() -> None:
    assert TWO_COLUMNS.value("litigation.total") is None
    assert TWO_COLUMNS.value("requests.received") is None  # a row of another form
    assert TWO_COLUMNS.value("litigation.total@year") is None


@pytest.mark.parametrize(
    ("key", "near"),
    [
        ("requests.recieved", "requests.received"),
        ("requests.received@yaer", "requests.received@value"),
        ("收到申请数", "requests.received"),
        ("（一）收到申请数", "requests.received"),
    ],
)
def test_an_unknown_key_is_answered_with_the_nearest(key: str, near: str) -> None:
    with pytest.raises(UnknownKey, match=near):
        TWO_COLUMNS.value(key)


@pytest.mark.parametrize(
    "key",
    ["", "@", "@@", "\x00", "\ud800", "requests.received@", "@value", "完全不相干"],
)
def test_nonsense_is_an_unknown_key(key: str) -> None:
    with pytest.raises(UnknownKey):
        TWO_COLUMNS.cell(key)


def test_two_figures_for_one_indicator_are_refused_and_equal_ones_are_not() -> None:
    twice = [cell("requests.received", "value", v) for v in (5, 6)]
    with pytest.raises(AmbiguousKey, match="5, 6"):
        Report(tables=(table("national-2014", *twice),)).value("requests.received")
    same = Report(
        tables=(table("national-2014", twice[0]), table("national-2014", twice[0]))
    )
    assert same.value("requests.received") == 5
    with_blank = Report(
        tables=(
            table("national-2014", cell("requests.received", "value", None), twice[0]),
        )
    )
    assert with_blank.value("requests.received") == 5


def test_a_row_with_several_open_columns_is_refused() -> None:
    cells = (cell("rules", "created", 1), cell("rules", "disclosed_total", 2))
    report = Report(tables=(table("a-form-of-tomorrow", *cells),))
    with pytest.raises(AmbiguousKey, match="rules@created, rules@disclosed_total"):
        report.value("rules")
    assert report.value("rules@disclosed_total") == 2
    assert Report(tables=(table(None, cells[0]),)).value("rules") == 1


def test_the_column_of_a_row_alone_is_the_year_then_the_total_then_the_only_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from govdisclose.form import Column, FormTable, Row
    from govdisclose.report import _keys as module

    def form(key_from: Any, *columns: Column) -> FormTable:
        return FormTable("main", "", key_from, columns, (Row("rules", ""),))

    shapes = {
        "year": form(
            "row",
            Column("period", "", period="month"),
            Column("now", "", period="year"),
        ),
        "value": form(
            "row", Column("value", "", period="quarter"), Column("total", "")
        ),
        "total": form("cell", Column("natural_person", ""), Column("total", "")),
        "one": form("cell", Column("amount", "")),
        "open": form("cell", Column("created", ""), Column("repealed", "")),
        "column": form(
            "column",
            Column("reconsideration.upheld", ""),
            Column("reconsideration.total", ""),
        ),
    }
    monkeypatch.setattr(module, "form_table", lambda name, _: shapes[name])

    def report(name: str) -> Report:
        cells = [cell("rules", c.key, i) for i, c in enumerate(shapes[name].columns)]
        return Report(tables=(table(name, *cells),))

    assert [report(n).value("rules") for n in ("year", "value", "total", "one")] == [
        1,
        0,
        1,
        0,
    ]
    with pytest.raises(AmbiguousKey, match="rules@created, rules@repealed"):
        report("open").value("rules")
    assert report("column").value("reconsideration.total") == 1
    assert report("column").value("rules@reconsideration.upheld") == 0
    with pytest.raises(UnknownKey):
        report("column").value("rules")


BY_ROW = [
    (form.id, row.key)
    for form in catalogue().forms.values()
    for table in form.tables
    if table.key_from == "row"
    for row in table.rows
    if not row.group
]


@pytest.mark.parametrize(("form", "key"), BY_ROW)
def test_a_row_alone_is_a_key_in_every_form_that_goes_by_rows(
    form: str, key: str
) -> None:
    """The forms of Shanghai print the month beside the year to date; of an annual report that is the year."""
    (main,) = catalogue().forms[form].tables
    cells = [cell(key, column.key, i) for i, column in enumerate(main.columns)]
    wanted = [c.key for c in main.columns].index(main.main_column or "")
    assert Report(tables=(table(form, *cells),)).value(key) == wanted
    assert main.columns[wanted].period not in {"month", "cumulative"}


def test_cells_are_those_of_all_tables_in_order() -> None:
    one, two = cell("a", "b", 1), cell("c", "d", 2)
    assert Report(tables=(table(None, one), table(None, two))).cells == (one, two)


# --- in short ---------------------------------------------------------------------------------------------------------


def test_the_repr_is_one_short_line_with_what_matters() -> None:
    report = attrs.evolve(
        TWO_COLUMNS,
        metadata=Metadata(issuer="某县\n某局", year=2018),
        sections=REPORT.sections,
    )
    assert repr(report) == (
        "<Report 某县 某局 2018: 9 sections, 1 table (fujian-2018; 5 of 6 cells with figures), 0 diagnostics>"
    )
    assert (
        repr(Report())
        == "<Report (no issuer) (no year): 0 sections, no tables, 0 diagnostics>"
    )
    assert (
        repr(REPORT["二"])
        == "<Section 二、 主动公开政府信息情况 [unclassified]: 0 paragraphs, 1 section>"
    )


@given(st.text(), st.integers(0, 3), st.text())
def test_the_repr_stays_short_for_any_text(text: str, n: int, form: str) -> None:
    quantity = Quantity(1, None, False, "", Span(0, 0))
    report = Report(
        metadata=Metadata(issuer=text * 9, year=2018),
        tables=(table(form * 9, *[cell(None, None, 1)] * 99),) * n,
        quantities=(quantity,) * 9999,
    )
    line = repr(report)
    assert len(line) <= 160
    assert "\n" not in line
    assert len(repr(section(1, 1, text * 9))) <= 150


# --- out and back -----------------------------------------------------------------------------------------------------

anything = st.text(st.characters(), max_size=8)
maybe = st.none() | anything
days = st.dates()
spans = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(
    lambda ab: Span(min(ab), sum(ab))
)
figures = st.integers() | st.decimals(allow_nan=False, allow_infinity=False)
texts = st.lists(anything, max_size=2).map(tuple)


def many(
    one: st.SearchStrategy[Any], most: int = 2
) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(one, max_size=most).map(tuple)


paragraphs = many(st.builds(Paragraph, anything, anything, spans))
numbers = st.none() | st.integers(0, 99)


def sections_of(deep: int) -> st.SearchStrategy[tuple[Section, ...]]:
    below = sections_of(deep - 1) if deep > 1 else st.just(())
    level = st.integers(0, 5)
    return many(
        st.builds(
            Section,
            level,
            numbers,
            anything,
            maybe,
            anything,
            anything,
            spans,
            paragraphs,
            below,
        ),
        1,
    )


cells = st.builds(
    Cell,
    maybe,
    maybe,
    anything,
    figures,
    maybe,
    st.just("number"),
    anything,
    spans,
    st.booleans(),
    st.booleans(),
    texts,
) | st.builds(
    Cell,
    maybe,
    maybe,
    anything,
    st.none(),
    maybe,
    st.sampled_from(["blank", "dash", "none", "unreadable"]),
    anything,
    spans,
)
metadata = st.builds(
    Metadata,
    maybe,
    maybe,
    st.none() | st.integers(),
    st.none() | st.builds(Period, days, days),
    st.none() | days,
    st.none() | days,
    maybe,
    maybe,
    st.builds(Contact, maybe, maybe, texts, texts, texts, texts),
    many(st.builds(Evidence, anything, anything, spans)),
)
reports = st.builds(
    Report,
    metadata=metadata,
    preamble=paragraphs,
    sections=sections_of(DEEPEST),
    tables=many(st.builds(Table, maybe, maybe, maybe, spans, many(cells, 3))),
    quantities=many(
        st.builds(Quantity, figures, maybe, st.booleans(), anything, spans, maybe)
    ),
    citations=many(st.builds(Citation, maybe, maybe, anything, spans)),
    attachments=many(st.builds(Attachment, anything, maybe, maybe, anything, spans)),
    furniture=many(st.builds(Furniture, anything, anything, spans)),
    diagnostics=many(
        st.builds(
            Diagnostic,
            anything,
            st.sampled_from(["error", "warning", "info"]),
            anything,
            st.none() | spans,
        )
    ),
    repairs=many(st.builds(Repair, anything, spans, anything, anything)),
)

VALIDATOR = jsonschema.Draft202012Validator(json_schema())


@given(reports)
def test_a_report_survives_to_dict_and_back(report: Report) -> None:
    data = report.to_dict()
    VALIDATOR.validate(data)
    back = Report.from_dict(data)
    assert back == report
    assert back.to_dict() == data


@given(reports)
def test_a_report_survives_json_in_a_file(report: Report) -> None:
    written = report.to_json()
    data = json.loads(written.encode("utf-8").decode("utf-8"))
    VALIDATOR.validate(data)
    assert Report.from_dict(data).to_json() == written
    if (
        "\\ud" not in written.lower()
    ):  # two halves side by side come back as one character
        assert Report.from_json(written) == report


def test_a_figure_is_never_a_float_on_the_way_out() -> None:
    report = Report(
        tables=(
            table(
                None,
                *[
                    cell(None, None, v)
                    for v in (7, Decimal("9.60"), Decimal("1E+2"), None)
                ],
            ),
        )
    )
    assert [c["value"] for c in report.to_dict()["tables"][0]["cells"]] == [
        7,
        "9.60",
        "100",
        None,
    ]
    back = Report.from_json(report.to_json())
    assert [type(c.value) for c in back.cells] == [int, Decimal, Decimal, type(None)]


def test_chinese_stays_readable_and_a_lone_surrogate_becomes_an_escape() -> None:
    assert "某局" in Report(metadata=Metadata(issuer="某局")).to_json()
    report = Report(metadata=Metadata(issuer="某\ud800局"))
    written = report.to_json(indent=1)
    assert written.isascii()
    assert Report.from_json(written.encode()) == report


def nodes(shape: dict[str, Any]) -> Iterator[tuple[type, dict[str, Any]]]:
    """Each class of the model with its definition in the schema."""
    defs = shape["$defs"]
    yield Report, shape
    for cls in (
        Period,
        Contact,
        Metadata,
        Evidence,
        Paragraph,
        Section,
        Table,
        Cell,
        Quantity,
        Citation,
        Attachment,
        Furniture,
        Diagnostic,
        Repair,
    ):
        yield cls, defs[cls.__name__.lower()]


@pytest.mark.parametrize(
    ("cls", "shape"),
    list(nodes(json_schema())),
    ids=lambda x: getattr(x, "__name__", ""),
)
def test_the_schema_has_the_fields_of_the_model_and_no_others(
    cls: type, shape: dict[str, Any]
) -> None:
    fields = {a.name for a in attrs.fields(cls)} - {"source", "message_zh"}
    assert set(shape["properties"]) - {"schema_version"} == fields
    assert sorted(shape["required"]) == sorted(shape["properties"])
    assert shape["additionalProperties"] is False


def test_the_schema_is_a_schema_and_each_call_gives_a_new_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    changed = json_schema()
    changed.clear()
    assert json_schema()


# --- what is refused --------------------------------------------------------------------------------------------------

FULL = Report(
    metadata=Metadata(
        period=Period(date(2018, 1, 1), date(2018, 12, 31)),
        published=date(2019, 1, 9),
        evidence=(Evidence("issuer", "某", Span(0, 1)),),
    ),
    sections=(section(1, 1, "概述", section(2, 1)),),
    tables=(
        Table(
            "national-2014",
            "main",
            None,
            Span(0, 0),
            (cell("requests.received", "value", 5),),
        ),
    ),
    quantities=(Quantity(Decimal("9.6"), "%", False, "9.6%", Span(0, 4)),),
    diagnostics=(Diagnostic("not-a-report", "error", "", None),),
    repairs=(Repair("pinyin_glosses", Span(0, 1), "a", ""),),
)


Wrong = tuple[tuple[str | int, ...], Any, str]

WRONG: list[Wrong] = [
    (("schema_version",), 2, r"schema_version: expected 1, .*, found 2"),
    (("schema_version",), True, r"schema_version: expected 1"),
    (
        ("tables", 0, "cells", 0, "value"),
        9.6,
        r"tables\[0\]\.cells\[0\]\.value: expected an integer, or .* found 9\.6",
    ),
    (
        ("tables", 0, "cells", 0, "value"),
        True,
        r"cells\[0\]\.value: expected an integer",
    ),
    (
        ("tables", 0, "cells", 0, "value"),
        "1e5",
        r"cells\[0\]\.value: expected an integer",
    ),
    (
        ("tables", 0, "cells", 0, "value"),
        "NaN",
        r"cells\[0\]\.value: expected an integer",
    ),
    (
        ("tables", 0, "cells", 0, "reading"),
        "blank",
        r"cells\[0\]\.value: expected null where reading is blank, found 5",
    ),
    (
        ("tables", 0, "cells", 0, "reading"),
        "zero",
        r"cells\[0\]\.reading: expected one of number, blank",
    ),
    (
        ("tables", 0, "cells", 0, "inferred"),
        1,
        r"cells\[0\]\.inferred: expected true or false, found 1",
    ),
    (
        ("tables", 0, "cells", 0, "diagnostics"),
        [3],
        r"cells\[0\]\.diagnostics\[0\]: expected a string, found 3",
    ),
    (("tables", 0, "cells"), {}, r"tables\[0\]\.cells: expected a list"),
    (("tables", 0), [], r"tables\[0\]: expected an object, found \[\]"),
    (("quantities", 0, "value"), None, r"quantities\[0\]\.value: expected an integer"),
    (
        ("quantities", 0, "span"),
        None,
        r"quantities\[0\]\.span: expected \[start, end\], found None",
    ),
    (
        ("sections", 0, "sections", 0, "level"),
        6,
        r"sections\[0\]\.sections\[0\]\.level: expected a level from 0 to 5",
    ),
    (
        ("sections", 0, "number"),
        "1",
        r"sections\[0\]\.number: expected an integer, found '1'",
    ),
    (("metadata", "published"), "20190109", r"metadata\.published: expected a day"),
    (
        ("metadata", "contact", "phone"),
        "123",
        r"metadata\.contact\.phone: expected a list, found '123'",
    ),
    (("metadata", "contact"), None, r"metadata\.contact: expected an object"),
    (
        ("diagnostics", 0, "severity"),
        "fatal",
        r"diagnostics\[0\]\.severity: expected one of",
    ),
    (("extra",), 1, r"report: expected no member 'extra'"),
    (("metadata", "extra"), 1, r"metadata: expected no member 'extra'"),
]
WRONG_BEYOND_THE_SCHEMA: list[Wrong] = [
    (
        ("quantities", 0, "span"),
        [4, 0],
        r"quantities\[0\]\.span: expected \[start, end\] with",
    ),
    (
        ("quantities", 0, "span"),
        [0, 4.0],
        r"quantities\[0\]\.span: expected \[start, end\], found",
    ),
    (
        ("metadata", "period", "end"),
        "2018-02-30",
        r"metadata\.period\.end: expected a day such as",
    ),
]


def spoiled(path: tuple[str | int, ...], bad: Any) -> Any:
    """The dict of `FULL` with `bad` at `path`."""
    data: Any = json.loads(FULL.to_json())
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = bad
    return data


def test_the_report_to_spoil_is_a_good_one() -> None:
    assert Report.from_dict(json.loads(FULL.to_json())) == FULL


@pytest.mark.parametrize(("path", "bad", "message"), WRONG + WRONG_BEYOND_THE_SCHEMA)
def test_a_wrong_shape_is_refused_with_its_path(
    path: tuple[str | int, ...], bad: Any, message: str
) -> None:
    with pytest.raises(ContractError, match=message):
        Report.from_dict(spoiled(path, bad))


@pytest.mark.parametrize(("path", "bad", "message"), WRONG)
def test_the_schema_refuses_what_from_dict_refuses(
    path: tuple[str | int, ...], bad: Any, message: str
) -> None:
    assert not VALIDATOR.is_valid(spoiled(path, bad)), message


@pytest.mark.parametrize(
    "path",
    [("metadata",), ("tables", 0, "cells", 0, "unit_inferred"), ("repairs", 0, "by")],
)
def test_a_missing_member_is_refused_with_its_name(path: tuple[str | int, ...]) -> None:
    data: Any = FULL.to_dict()
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    del inner[path[-1]]
    with pytest.raises(ContractError, match=f"expected a member '{path[-1]}'"):
        Report.from_dict(data)


@pytest.mark.parametrize(
    "written", ["", "{", "[" * 100_000, "9" * 10_000, "null", "[]", b"\xff\xfe"]
)
def test_what_is_not_the_json_of_a_report_is_a_contract_error(
    written: str | bytes,
) -> None:
    with pytest.raises(ContractError):
        Report.from_json(written)


def test_sections_nested_without_end_are_refused_and_not_followed() -> None:
    data = FULL.to_dict()
    inner: dict[str, Any] = data["sections"][0]["sections"][0]
    for _ in range(100_000):
        inner["sections"] = [{**FULL.to_dict()["sections"][0]["sections"][0]}]
        inner = inner["sections"][0]
    with pytest.raises(
        ContractError, match=r"sections\[0\]\.sections: expected no sections 6 deep"
    ):
        Report.from_dict(data)


# --- the source -------------------------------------------------------------------------------------------------------


def test_given_the_text_every_value_leads_back_to_it() -> None:
    text = "收到申请数5件"
    five = Cell(
        "requests.received", "value", "收到申请数", 5, "件", "number", "5", Span(5, 6)
    )
    report = Report(
        sections=(
            Section(
                1,
                1,
                "",
                None,
                "unclassified",
                "收到",
                Span(0, 2),
                (Paragraph("申请", "申请", Span(2, 4)),),
            ),
        ),
        tables=(Table("national-2014", "main", None, Span(0, 7), (five,)),),
        diagnostics=(Diagnostic("unknown-row", "warning", "", Span(0, 5)),),
        repairs=(Repair("some_repair", Span(5, 6), "5", "6"),),
    )
    back = Report.from_dict(report.to_dict(), source=text)
    assert back == report
    (one,) = back.sections
    found: list[Any] = [
        back,
        one,
        *one.paragraphs,
        *back.tables,
        *back.cells,
        *back.diagnostics,
        *back.repairs,
    ]
    for node in found:
        assert node.source is not None
        assert node.source.text == text
    named = Report.from_dict(report.to_dict(), source=Source(text, "年报.txt"))
    assert named.cells[0].source == Source(text, "年报.txt")


def test_another_text_is_refused() -> None:
    report = Report(quantities=(Quantity(5, "件", False, "5件", Span(1, 3)),))
    with pytest.raises(
        ContractError,
        match=r"quantities\[0\]\.raw: expected '6件' as in the given source, found '5件'",
    ):
        Report.from_dict(report.to_dict(), source="收6件")
    with pytest.raises(
        ContractError,
        match=r"quantities\[0\]\.span: expected a span inside the given source of 2 char",
    ):
        Report.from_dict(report.to_dict(), source="收5")
