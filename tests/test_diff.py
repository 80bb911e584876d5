"""What differs between two reports: told by key, with nothing read as nought."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from strategies import HOSTILE, LAYOUT_NAMES, SEEDS, numbered, sheet

from govdisclose import parse
from govdisclose.cli import main
from govdisclose.diff import Change, State, diff
from govdisclose.explain import display_width
from govdisclose.report import Quantity, Report
from govdisclose.testing import make_report, render
from govdisclose.text import Span

TEXT = """云溪市水务局2018年政府信息公开工作年度报告
本报告中所列数据的统计期限自2018年1月1日起至2018年12月31日止。
一、概述
全年主动公开政府信息120条。
二、主动公开情况
（一）公开渠道
通过政府网站公开。
（二）公开内容
财政信息已全部公开。
三、存在的问题
力度不够。
"""


def changes(old: str, new: str) -> list[Change]:
    return list(diff(parse(old), parse(new)))


def run(*args: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["diff", *map(str, args)], input=stdin)


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, Path]:
    old, new = tmp_path / "old.txt", tmp_path / "new.txt"
    old.write_text(TEXT + sheet(), "utf-8")
    new.write_text(
        TEXT.replace("2018", "2019").replace("力度不够", "力度仍不够")
        + sheet(
            {
                "requests.received": "(一)收到申请数 | 件 | 9000 |",
                "complaints.total": "六、举报投诉数量 | 件 | |",
            }
        ),
        "utf-8",
    )
    return old, new


# --- values -----------------------------------------------------------------------------------------------------------


@given(HOSTILE)
def test_no_text_differs_from_itself(text: str) -> None:
    report = parse(text)
    assert diff(report, report) == ()


@given(SEEDS, LAYOUT_NAMES, LAYOUT_NAMES)
def test_the_layout_of_a_table_makes_no_difference_to_its_figures(
    seed: int, one: str, other: str
) -> None:
    """With no cell blank, the same figures are read in both layouts, and none is told to have changed."""
    old, new = (
        make_report(random.Random(seed), "national-2014", layout, blanks=0)
        for layout in (one, other)
    )
    if old.expected != new.expected or old.unclear or new.unclear:
        return
    found = [
        c for c in changes(old.text, new.text) if c.kind == "cell" and c.old and c.new
    ]
    assert [c for c in found if c.old and c.new and c.old.value != c.new.value] == []


@given(HOSTILE, HOSTILE)
def test_what_is_added_one_way_is_removed_the_other(old: str, new: str) -> None:
    there, back = changes(old, new), changes(new, old)
    turned = {"added": "removed", "removed": "added", "changed": "changed"}
    assert sorted((c.kind, c.key, turned[c.change]) for c in there) == sorted(
        (c.kind, c.key, c.change) for c in back
    )


def test_rows_in_another_order_are_no_difference() -> None:
    """Cells go by the address of their indicator, not by where they stand."""
    lines = render(numbered("national-2014"), "pipe_rows").splitlines()
    i = next(i for i, line in enumerate(lines) if "会议数" in line)
    swapped = [*lines[:i], lines[i + 1], lines[i], *lines[i + 2 :]]
    assert swapped != lines
    assert [
        c for c in changes("\n".join(lines), "\n".join(swapped)) if c.kind == "cell"
    ] == []


def test_a_figure_that_changed_has_its_difference_and_per_cent() -> None:
    (change,) = changes(
        sheet({"requests.received": "(一)收到申请数 | 件 | 80 |"}),
        sheet({"requests.received": "(一)收到申请数 | 件 | 85 |"}),
    )
    assert (change.kind, change.key, change.label, change.change) == (
        "cell",
        "requests.received@value",
        "(一)收到申请数",
        "changed",
    )
    assert (change.difference, change.percent) == (5, Decimal("6.25"))


def test_decimals_are_subtracted_exactly() -> None:
    def row(value: str) -> str:
        return sheet(
            {"organization.budget": f"(四)政府信息公开专项经费 | 万元 | {value} |"}
        )

    (change,) = changes(row("0.1"), row("0.3"))
    assert change.difference == Decimal("0.2")
    assert change.percent == Decimal("200.00")
    (long,) = changes(
        row("10000000000000000000000000000.1"), row("10000000000000000000000000000.3")
    )
    assert long.difference == Decimal("0.2")


@pytest.mark.parametrize(
    ("printed", "reading"), [("", "blank"), ("——", "dash"), ("无", "none")]
)
def test_nothing_is_not_nought(printed: str, reading: str) -> None:
    """A blank, a dash and a word for none against 0 are a change, without a difference; so is one against another."""
    (change,) = changes(
        sheet({"complaints.total": "六、举报投诉数量 | 件 | 0 |"}),
        sheet({"complaints.total": f"六、举报投诉数量 | 件 | {printed} |"}),
    )
    assert change.old is not None
    assert change.new is not None
    assert (change.old.value, change.new.value, change.new.reading) == (
        0,
        None,
        reading,
    )
    assert (change.change, change.difference, change.percent) == ("changed", None, None)


def test_no_percentage_of_nought_and_no_difference_between_units() -> None:
    def row(value: str, unit: str = "件") -> str:
        return sheet({"complaints.total": f"六、举报投诉数量 | {unit} | {value} |"})

    (change,) = changes(row("0"), row("5"))
    assert (change.difference, change.percent) == (5, None)
    (other,) = [c for c in changes(row("5"), row("5", "次")) if c.kind == "cell"]
    assert (other.difference, other.percent) == (None, None)


def test_a_row_that_is_gone_is_removed_and_not_blank() -> None:
    text = sheet()
    gone = "".join(
        line for line in text.splitlines(keepends=True) if "举报投诉数量" not in line
    )
    (change,) = changes(text, gone)
    assert (change.change, change.new) == ("removed", None)


def report_of(
    *figures: int,
    indicator: str | None = "requests.received",
    approximate: bool = False,
) -> Report:
    return Report(
        quantities=tuple(
            Quantity(f, "件", approximate, str(f), Span(0, 1), indicator)
            for f in figures
        )
    )


def test_figures_in_prose_go_by_their_indicator() -> None:
    (change,) = diff(report_of(5), report_of(8))
    assert (change.kind, change.key, change.difference, change.percent) == (
        "quantity",
        "requests.received",
        3,
        Decimal("60.00"),
    )
    assert diff(report_of(5, indicator=None), report_of(8, indicator=None)) == ()


def test_what_is_stated_in_both_is_no_change_wherever_it_stands() -> None:
    """Of several statements of one indicator, only those count that the other report does not make."""
    (change,) = diff(report_of(5, 98), report_of(98, 6))
    assert change.old is not None
    assert change.new is not None
    assert (change.old.value, change.new.value) == (5, 6)
    assert [c.change for c in diff(report_of(5, 6), report_of(7))] == [
        "removed",
        "removed",
        "added",
    ]


def test_an_approximate_figure_has_no_difference() -> None:
    (change,) = diff(report_of(5), report_of(5, approximate=True))
    assert (change.difference, change.percent) == (None, None)


def test_sections_go_by_kind_or_title_and_not_by_number() -> None:
    """Parts that change places, and numbers that shift with them, are no difference."""
    head, one, two, three = (
        TEXT.partition("一、")[0],
        *(
            "概述\n公开120条。\n",
            "主动公开情况\n已公开。\n",
            "存在的问题\n力度不够。\n",
        ),
    )
    old = f"{head}一、{one}二、{two}三、{three}"
    assert changes(old, f"{head}一、{three}二、{one}三、{two}") == []


def test_a_line_that_changed_is_told_in_its_section() -> None:
    (change,) = changes(TEXT, TEXT.replace("财政信息已全部公开", "财政信息尚未公开"))
    assert change.kind == "section"
    assert change.key == "proactive_disclosure > 公开内容"
    assert (change.old and change.old.value, change.new and change.new.value) == (
        "财政信息已全部公开。",
        "财政信息尚未公开。",
    )


def test_a_part_that_is_gone_is_removed_with_all_its_text() -> None:
    (change,) = changes(
        TEXT, TEXT.replace("（二）公开内容\n财政信息已全部公开。\n", "")
    )
    assert (change.change, change.old and change.old.value) == (
        "removed",
        "公开内容\n财政信息已全部公开。",
    )


def test_metadata_goes_by_field() -> None:
    found = {
        c.key: (c.old and c.old.value, c.new and c.new.value)
        for c in changes(TEXT, TEXT.replace("2018年", "2019年"))
    }
    assert found["metadata.year"] == ("2018", "2019")
    assert found["metadata.period"] == (
        "2018-01-01 - 2018-12-31",
        "2019-01-01 - 2019-12-31",
    )


def test_a_change_is_written_without_floats() -> None:
    written = Change(
        "cell", "k", "l", State(Decimal("1.5"), "number"), None, None, Decimal("2.50")
    ).to_dict()
    assert (written["change"], written["old"]["value"], written["percent"]) == (
        "removed",
        "1.5",
        "2.50",
    )


# --- the command ------------------------------------------------------------------------------------------------------


def test_two_readings_of_one_report_end_with_0(pair: tuple[Path, Path]) -> None:
    result = run(pair[0], pair[0], "--lang", "en")
    assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "no differences")
    assert run(pair[0], pair[0], "--lang", "zh").stdout.splitlines()[-1] == "无差异"


def test_a_difference_ends_with_1_and_is_told_in_either_language(
    pair: tuple[Path, Path],
) -> None:
    english, chinese = run(*pair, "--lang", "en"), run(*pair, "--lang", "zh")
    assert english.exit_code == chinese.exit_code == 1
    lines = [" ".join(line.split()) for line in english.stdout.splitlines()]
    assert "year 2018 → 2019" in lines
    assert any(
        line.startswith("(一)收到申请数 ") and "→ 9,000件" in line for line in lines
    )
    assert any("→ (blank)" in line for line in lines)
    assert "- 力度不够。" in lines
    assert "+ 力度仍不够。" in lines
    assert "年度 2018 → 2019" in [
        " ".join(line.split()) for line in chinese.stdout.splitlines()
    ]
    assert "（空白）" in chinese.stdout
    assert all(
        display_width(line) <= 80
        for line in (english.stdout + chinese.stdout).splitlines()
        if "txt" not in line
    )


@pytest.mark.parametrize(
    ("printed", "shown"),
    [("", "(blank)"), ("——", "(dash)"), ("无", "(none)"), ("1.2.3", "→  1.2.3")],
)
def test_a_reading_without_a_value_is_shown_as_what_it_is(
    printed: str, shown: str, tmp_path: Path
) -> None:
    for name, figure in (("a", "7"), ("b", printed)):
        (tmp_path / name).write_text(
            TEXT + sheet({"complaints.total": f"六、举报投诉数量 | 件 | {figure} |"}),
            "utf-8",
        )
    assert shown in run(tmp_path / "a", tmp_path / "b", "--lang", "en").stdout


def test_a_long_line_shows_the_place_where_it_differs(tmp_path: Path) -> None:
    for name, word in (("a", "甲"), ("b", "乙")):
        (tmp_path / name).write_text(
            "一、概述\n"
            + "全年工作平稳有序推进" * 20
            + word
            + "类。\n二、打算\n继续。",
            "utf-8",
        )
    lines = run(tmp_path / "a", tmp_path / "b").stdout.splitlines()
    assert any(line.startswith("    - …") and line.endswith("甲类。") for line in lines)
    assert any(line.startswith("    + …") and line.endswith("乙类。") for line in lines)


def test_json_holds_every_change(pair: tuple[Path, Path]) -> None:
    result = run(*pair, "--format", "json")
    written = json.loads(result.stdout)
    assert (written["old"]["year"], written["new"]["year"]) == (2018, 2019)
    expected = diff(*(parse(path.read_text("utf-8")) for path in pair))
    assert written["changes"] == [change.to_dict() for change in expected]


def test_standard_input_serves_for_one_of_the_two(pair: tuple[Path, Path]) -> None:
    assert run(pair[0], "-", stdin=pair[0].read_bytes()).exit_code == 0
    for args in (
        ("-", "-"),
        (pair[0],),
        (pair[0], "none.txt"),
        (*pair, "--lang", "fr"),
    ):
        result = run(*args, stdin=b"")
        assert (result.exit_code, result.stdout) == (2, "")
