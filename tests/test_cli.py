"""The command line: what it prints, what it refuses, and how it ends."""

from __future__ import annotations

import json
import random
import shlex
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import click
import pytest
from click.testing import CliRunner, Result

from govdisclose._pipeline import parse
from govdisclose.cli import main
from govdisclose.cli._summary import summary
from govdisclose.explain import display_width
from govdisclose.form import catalogue
from govdisclose.report import Cell, Paragraph, Report, Section, Table
from govdisclose.testing import make_report
from govdisclose.text import Source, Span

TEXT = """云溪市水务局2018年政府信息公开工作年度报告
本报告中所列数据的统计期限自2018年1月1日起至2018年12月31日止。
一、概述
全年主动公开政府信息120条，约3.5万人次浏览，依据《云溪市政府信息公开办法》（云政发〔2018〕5号）。
二、依申请公开情况
（一）收到和办理。收到申请37件，办结36件。
（三）收费。没有收费。
三、附表
政府信息公开情况统计表
统计指标 | 单位 | 统计数 |
一、主动公开情况 | —— | —— |
（一）主动公开政府信息数 | 条 | 120 |
其中：主动公开规范性文件数 | 条 | |
三、依申请公开情况 | —— | —— |
（一）收到申请数 | 件 | 37 |
1.当面申请数 | 件 | 5 |
2.传真申请数 | 件 | 0 |
3.网络申请数 | 件 | 24 |
4.信函申请数 | 件 | 8 |
"""


def run(*args: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], input=stdin)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "年报.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


# --- parse ------------------------------------------------------------------------------------------------------------


def test_the_summary_shows_each_part_of_the_report(file: Path) -> None:
    result = run("parse", file)
    assert result.exit_code == 0
    assert result.stderr == ""
    lines = [" ".join(line.split()) for line in result.stdout.splitlines()]
    for said in (
        str(file),
        "issuer 云溪市水务局",
        "period 2018-01-01 to 2018-12-31",
        "outline: 5 sections",
        "一、 概述 · 2 figures",
        "（一） 收到和办理 · 2 figures",
        "table main of form national-2014: 9 cells, 6 figures",
        "4:11 120 条 全年主动公开政府信息120条",
        "4:16 about 35,000 人次 全年主动公开政府信息120条，约3.5万人次",
        "documents cited: 1",
        "4:28 云政发〔2018〕5号 《云溪市政府信息公开办法》",
    ):
        assert any(said in line for line in lines), said
    assert any(
        "收到申请数" in line and "37 件 requests.received" in line for line in lines
    )
    assert any("规范性文件数" in line and "(blank)" in line for line in lines)
    assert any(line.startswith("7:1 warning number-skipped") for line in lines)


def test_the_outline_is_indented_by_depth(file: Path) -> None:
    lines = run("parse", file).stdout.splitlines()
    assert any(line.startswith("  二、 依申请公开情况") for line in lines)
    assert any(line.startswith("    （一） 收到和办理") for line in lines)


def test_the_summary_has_no_colours_when_it_is_not_for_a_terminal(file: Path) -> None:
    assert "\x1b" not in run("parse", file).stdout
    coloured = CliRunner().invoke(main, ["parse", str(file)], color=True).stdout
    assert "\x1b[33m" in coloured


def test_json_of_one_file_is_one_object_that_reads_back(file: Path) -> None:
    result = run("parse", file, "--format", "json")
    assert result.exit_code == 0
    report = Report.from_json(result.stdout, source=TEXT)
    assert report.value("requests.received") == 37
    assert "云溪市水务局" in result.stdout


def test_json_of_several_files_is_one_line_for_each_in_order(
    file: Path, tmp_path: Path
) -> None:
    other = tmp_path / "b.txt"
    other.write_text(TEXT.replace("云溪市", "青石县"), encoding="gb18030")
    lines = run("parse", file, other, file, "--format", "json").stdout.splitlines()
    assert [json.loads(line)["metadata"]["issuer"] for line in lines] == [
        "云溪市水务局",
        "青石县水务局",
        "云溪市水务局",
    ]


def test_several_summaries_are_set_apart_and_named(file: Path) -> None:
    lines = run("parse", file, file).stdout.splitlines()
    assert lines.count(str(file)) == 2
    assert lines[lines.index(str(file), 1) - 1] == ""


def test_a_dash_reads_standard_input() -> None:
    result = run("parse", "-", stdin=TEXT.encode("gb18030"))
    assert result.exit_code == 0
    assert result.stdout.startswith("stdin\n")
    assert "云溪市水务局" in result.stdout


def test_a_text_without_a_report_ends_with_1_in_either_format(
    file: Path, tmp_path: Path
) -> None:
    novel = tmp_path / "小说.txt"
    novel.write_text("从前有座山。", encoding="utf-8")
    for extra in ((), ("--format", "json")):
        result = run("parse", file, novel, *extra)
        assert result.exit_code == 1
        assert "not-a-report" in result.stdout
        assert "云溪市水务局" in result.stdout


@pytest.mark.parametrize(
    "text", ["", "\x00\ud800\x1b[2J", "（" * 10_000, "一、\n" * 3000]
)
def test_the_summary_of_any_text_is_printable(text: str) -> None:
    shown = click.unstyle(summary(parse(Source(text, "\x1b[31m.txt"))))
    shown.encode("utf-8")
    assert all(c == "\n" or c.isprintable() for c in shown)


def test_most_lines_fit_a_terminal(file: Path) -> None:
    wide = [
        line
        for line in run("parse", file).stdout.splitlines()
        if display_width(line) > 100
    ]
    assert wide == []


def test_cells_of_several_columns_stand_side_by_side_with_what_is_odd_about_them() -> (
    None
):
    def cell(
        row: str | None,
        column: str | None,
        value: Any,
        label: str = "主动公开文件数",
        **more: Any,
    ) -> Cell:
        made = Cell(
            row,
            column,
            label,
            value,
            "件",
            "blank" if value is None else "number",
            "",
            Span(0, 0),
        )
        return attrs.evolve(made, **more)

    cells = (
        cell("proactive.documents", "year", 8, inferred=True),
        cell("proactive.documents", "cumulative", Decimal("1850.5")),
        cell("proactive.documents.website", "year", None, "政府网站公开数"),
        cell(None, "year", 3, "表外指标", diagnostics=("unknown-row",)),
        cell(None, "year", 4, "表外指标"),
    )
    report = Report(tables=(Table("fujian-2018", "main", "附表", Span(0, 0), cells),))
    lines = [line.split() for line in click.unstyle(summary(report)).splitlines()]
    assert ["year", "cumulative"] in lines
    assert [
        "主动公开文件数",
        "8",
        "1,850.5",
        "件",
        "proactive.documents",
        "!",
        "inferred",
    ] in lines
    assert ["政府网站公开数", "(blank)", "件", "proactive.documents.website"] in lines
    assert [
        "表外指标",
        "3",
        "件",
        "(not",
        "in",
        "the",
        "form)",
        "!",
        "unknown-row",
    ] in lines
    assert ["表外指标", "4", "件", "(not", "in", "the", "form)"] in lines


@pytest.mark.parametrize("form", ["national-2019", "national-2021"])
def test_a_row_without_a_label_is_shown_one_figure_a_line(form: str) -> None:
    """Fifteen columns side by side fit no screen."""
    shown = click.unstyle(
        summary(parse(make_report(random.Random(3), form, "pipe_rows").text))
    )
    remedies = [
        line.rstrip() for line in shown.splitlines() if "litigation.direct." in line
    ]
    last = [line.rpartition(".")[2] for line in remedies]
    assert last == ["upheld", "corrected", "other", "pending", "total"]
    assert max(map(display_width, remedies)) <= 90


def test_a_section_without_a_title_shows_how_it_begins() -> None:
    one = Section(
        3,
        1,
        "1.",
        None,
        "unclassified",
        "1.",
        Span(0, 2),
        (Paragraph("继续做好工作。", "", Span(2, 9)),),
    )
    assert "1. (继续做好工作。)" in click.unstyle(summary(Report(sections=(one,))))


# --- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            b"\x89PNG\r\n\x1a\n",
            "a picture (PNG), which cannot be read as it is: it needs text recognition",
        ),
        (b"\x00\x01\x02\x03" * 99, "a binary file of no known format, not text"),
        (b"\xff\xff\xff", "neither UTF-8, UTF-16, GB18030 nor Big5 text"),
    ],
)
def test_a_file_that_is_no_text_costs_one_line_and_the_others_are_read(
    file: Path, tmp_path: Path, data: bytes, said: str
) -> None:
    bad = tmp_path / "bad"
    bad.write_bytes(data)
    result = run("parse", bad, file)
    assert result.exit_code == 2
    assert result.stdout == run("parse", file).stdout
    assert said in result.stderr
    assert len(result.stderr.splitlines()) == 1
    assert str(bad) in result.stderr


def test_a_missing_file_and_a_folder_are_refused_with_what_to_do(
    tmp_path: Path,
) -> None:
    for command, name, said in (
        ("parse", tmp_path / "none.txt", "there is no file"),
        ("explain", tmp_path / "none.txt", "there is no file"),
        ("explain", tmp_path, "is a folder: name a file in it"),
        ("parse", tmp_path, "there is no file to read"),
    ):
        result = run(command, name, *["requests.received"] * (command == "explain"))
        assert result.exit_code == 2
        assert result.stdout == ""
        assert said in result.stderr
        assert len(result.stderr.splitlines()) == 1


def test_a_name_with_line_breaks_or_escapes_still_makes_one_plain_line() -> None:
    result = run("parse", "a\nb\x1b[31m")
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1
    assert "\x1b" not in result.stderr
    assert run("parse", "a\0b").exit_code == 2


@pytest.mark.parametrize(
    "args",
    [("parse",), ("parse", "--format", "xml", "-"), ("nothing",), ("explain", "-")],
)
def test_wrong_use_ends_with_2(args: tuple[str, ...]) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert result.stdout == ""


# --- explain, forms, demo ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["requests.received", "requests.received@value"])
def test_explain_underlines_the_figure(file: Path, key: str) -> None:
    result = run("explain", file, key)
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        f"{file}:15:16",
        "15 | （一）收到申请数 | 件 | 37 |",
        "   | " + " " * 24 + "^^",
        "requests.received@value = 37 件 (number)",
    ]


def test_explain_shows_lines_around(file: Path) -> None:
    lines = run(
        "explain", file, "requests.received", "--around", "1"
    ).stdout.splitlines()
    assert [line[:2] for line in lines[1:5]] == ["14", "15", "  ", "16"]


def test_explain_underlines_a_field_of_the_metadata(file: Path) -> None:
    result = run("explain", file, "metadata.issuer")
    assert result.exit_code == 0
    assert "云溪市水务局" in result.stdout
    assert "^^^^^^^^^^^^" in result.stdout
    assert result.stdout.splitlines()[-1] == "metadata.issuer"


def test_explain_says_what_the_report_does_not_state(file: Path) -> None:
    for key, said in (
        ("metadata.signed", "it states metadata.title"),
        ("litigation.total", "does not state litigation"),
    ):
        result = run("explain", file, key)
        assert result.exit_code == 1
        assert result.stdout == ""
        assert said in result.stderr


def test_explain_answers_an_unknown_key_with_the_nearest(file: Path) -> None:
    result = run("explain", file, "requests.recieved")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "did you mean requests.received" in result.stderr


def test_forms_lists_each_form_of_the_catalogue() -> None:
    result = run("forms")
    assert result.exit_code == 0
    for form in catalogue().forms.values():
        (line,) = [x for x in result.stdout.splitlines() if x.startswith(form.id + " ")]
        assert str(form.first_year) in line
        assert str(sum(len(t.rows) for t in form.tables)) in line.split()


@pytest.mark.parametrize("form", catalogue().forms)
def test_a_form_shows_every_key(form: str) -> None:
    result = run("forms", form)
    words = set(result.stdout.split())
    assert result.exit_code == 0
    for table in catalogue().forms[form].tables:
        assert {r.key for r in table.rows} | {c.key for c in table.columns} <= words


def test_an_unknown_form_is_answered_with_the_nearest() -> None:
    result = run("forms", "shanghai-2080")
    assert result.exit_code == 2
    assert "shanghai-2008" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_demo_shows_a_series_its_breaks_what_was_refused_and_where_figures_stand(
    lang: str,
) -> None:
    result = run("demo", "--lang", lang)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    (series,) = (
        line
        for line in lines
        if line.startswith(("  requests received in the year  ", "  收到申请数  "))
    )
    assert series.split()[-8:] == ["24", "|", "29", "57", "|", "98", "56", "45"]
    assert any("2014.png" in line and "PNG" in line for line in lines)
    rows = [
        line.split() for line in lines if ".txt" in line
    ]  # not the years over the series
    places = [words for words in rows if words[0] in ("2012", "2018", "2022")]
    assert [(place[0], place[2]) for place in places] == [
        ("2012", "2012.txt"),
        ("2018", "2018.txt"),
        ("2022", "2022.txt"),
    ]


def test_the_version_and_the_help_are_there() -> None:
    assert run("--version").stdout.startswith("govdisclose ")
    for command in ("parse", "explain", "diff", "forms", "demo"):
        assert command in run("--help").stdout
        assert run(command, "-h").exit_code == 0


# --- as a process -----------------------------------------------------------------------------------------------------


def test_python_m_runs_the_same_command_and_ends_with_its_code(file: Path) -> None:
    def process(*args: str | Path, **more: Any) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(
            [sys.executable, "-m", "govdisclose", *map(str, args)],
            capture_output=True,
            check=False,
            **more,
        )

    good = process("parse", "-", "--format", "json", input=TEXT.encode())
    assert (good.returncode, good.stderr) == (0, b"")
    assert Report.from_json(good.stdout).value("requests.received") == 37
    missing = process("parse", "none.txt")
    assert (missing.returncode, missing.stdout) == (2, b"")
    ascii_only = process(
        "parse",
        file,
        env={"PYTHONIOENCODING": "ascii", "PYTHONPATH": ":".join(sys.path)},
    )
    assert (ascii_only.returncode, ascii_only.stderr) == (0, b"")


def test_a_reader_that_stops_early_gets_no_complaint(file: Path) -> None:
    files = [str(file)] * 200
    with subprocess.Popen(
        [sys.executable, "-m", "govdisclose", "parse", *files],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        assert running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_and_a_closed_input_are_one_line(file: Path) -> None:
    """No traceback, exit code 2."""
    command = [sys.executable, "-m", "govdisclose", "parse"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*command, str(file)],
            stdout=full,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            check=False,
        )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
    shell = " ".join(map(shlex.quote, [*command, "-"])) + " <&-"
    done = subprocess.run(
        ["sh", "-c", shell], capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
