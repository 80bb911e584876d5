"""What an official is given: the report of a check to pass on, files at a glance, and every word in Chinese."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import click
import docx
import pytest
from click.testing import CliRunner, Result

from govdisclose import check, parse, read
from govdisclose.cli import main
from govdisclose.cli._chinese import help_of
from govdisclose.finding import CHECKS
from govdisclose.view.block import Heading, Paragraph
from govdisclose.view.block_html import blocks_page
from govdisclose.view.checked import checked, extent, said
from govdisclose.view.listing import Linted, in_order
from govdisclose.view.named import Names

EXAMPLE = files("govdisclose.examples").joinpath("reports/2022.txt").read_text("utf-8")
SLIP = EXAMPLE.replace("| 0 | 6 | 45 |", "| 0 | 6 | 54 |")
PLACE = "表5“收到和处理政府信息公开申请情况” · 一、本年新收政府信息公开申请数量 · 总计"


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


def linted(text: str) -> Linted:
    report = parse(text)
    return Linted(in_order([*report.diagnostics, *check(report)]), report)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "年报"
    made.mkdir()
    (made / "a.txt").write_text(EXAMPLE, "utf-8")
    (made / "b.txt").write_text(SLIP, "utf-8")
    (made / "c.doc").write_bytes(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
    )
    return made


def test_both_languages_have_the_same_words() -> None:
    assert said("zh").keys() == said("en").keys()


def test_completeness_comes_first_and_the_suspect_before_what_fails() -> None:
    titles = [b.text for b in checked(linted(SLIP), "zh") if isinstance(b, Heading)]
    assert titles[1:4] == ["完整性", "疑误数据", "不符"]


def test_a_missing_table_is_named_under_completeness() -> None:
    text = re.sub(
        r"(?m)^四、政府信息公开行政复议.*?(?=^五、)", "", EXAMPLE, flags=re.DOTALL
    )
    assert text != EXAMPLE
    page = blocks_page("x", checked(linted(text), "zh"), "zh")
    listed = page[page.index("完整性") : page.index("</ul>")]
    assert "政府信息公开行政复议、行政诉讼情况" in listed


def test_a_report_of_nothing_says_that_nothing_was_checked() -> None:
    one = linted("某县某局")
    assert one.report is not None
    assert extent(one, one.report, "zh") == said("zh")["nothing_checked"]


def test_a_figure_is_named_by_table_row_and_column() -> None:
    report = parse(SLIP)
    (found,) = {f.suspect for f in check(report) if f.suspect}
    assert Names(report).of(found.operand) == PLACE


def test_a_figure_of_the_prose_is_named_by_its_section() -> None:
    report = parse(CHECKS["prose-table"].example)
    (finding,) = [f for f in check(report) if f.code == "prose-table"]
    assert Names(report).of(finding.operands[0]).startswith("一、主动公开情况：")


def test_a_page_to_pass_on_names_the_suspect_and_has_no_script(folder: Path) -> None:
    out = folder.parent / "核查.html"
    assert (
        run(
            "check", folder / "b.txt", "--format", "html", "--lang", "zh", "-o", out
        ).exit_code
        == 1
    )
    page = out.read_text("utf-8")
    assert f"<td>{PLACE}</td><td>54</td><td>45</td>" in page
    assert "<script" not in page


def test_a_word_file_to_pass_on_says_the_same(folder: Path) -> None:
    out = folder.parent / "核查.docx"
    run("check", folder / "b.txt", "--format", "docx", "--lang", "zh", "-o", out)
    document = docx.Document(io.BytesIO(out.read_bytes()))
    rows = [
        [cell.text for cell in row.cells] for t in document.tables for row in t.rows
    ]
    assert [PLACE, "54", "45", "更正后2处不符成立"] in rows
    assert any("发现2处不符" in p.text for p in document.paragraphs)


def test_a_nought_that_is_half_of_a_relation_is_shown() -> None:
    data = files("govdisclose.examples").joinpath("reports/2019.docx").read_bytes()
    report = parse(read(data))
    one = Linted(in_order([*report.diagnostics, *check(report)]), report)
    page = blocks_page("x", checked(one, "zh"), "zh")
    assert "本年新制作数量：0</small>" in page


def test_a_word_file_needs_a_name(folder: Path) -> None:
    result = run("check", folder / "b.txt", "--format", "docx", "--lang", "zh")
    assert result.exit_code == 2
    assert "-o 核查报告.docx" in result.stderr


@pytest.mark.parametrize("shape", ["text", "html"])
def test_a_folder_gives_a_table_of_files_first(folder: Path, shape: str) -> None:
    result = run("check", folder, "--lang", "zh", "--format", shape)
    assert result.exit_code == 2
    told = re.sub(r"<[^>]+>", " ", result.stdout)
    rows = [told.index(name) for name in ("文件一览", "a.txt", "b.txt", "c.doc")]
    assert rows == sorted(rows)
    assert rows[-1] < told.index("共核查")
    assert "未能读取" in told
    assert "另存为" in result.stderr


def test_nothing_that_a_report_says_can_act_on_the_page() -> None:
    page = blocks_page("<script>", [Paragraph("<script>alert(1)</script>")], "zh")
    assert "<script" not in page


def test_places_of_a_word_file_are_not_lines_of_a_text_that_nobody_saw(
    tmp_path: Path,
) -> None:
    data = files("govdisclose.examples").joinpath("reports/2019.docx").read_bytes()
    (tmp_path / "a.docx").write_bytes(data)
    told = run(
        "check", tmp_path / "a.docx", "--lang", "zh", "--severity", "info"
    ).stdout
    assert re.search(r"提示  表[0-9]+第[0-9]+行", told)
    assert not re.search(r"(?m)^ +[0-9]+ \|", told)
    assert not re.search(r"[0-9]+:[0-9]+ ", told)


# --- help


def options() -> Iterator[tuple[str, str]]:
    """Every command with `help`, and with each of its options that has help."""
    context = click.Context(main)
    commands = {
        name: main.get_command(context, name) for name in main.list_commands(context)
    }
    for name, command in [("govdisclose", main), *commands.items()]:
        assert command is not None
        yield name, "help"
        for option in command.params:
            if (
                isinstance(option, click.Option)
                and option.help
                and "--version" not in option.opts
            ):
                yield name, max(option.opts, key=len)


@pytest.mark.parametrize(("command", "name"), list(options()))
def test_each_command_and_option_has_chinese_help(command: str, name: str) -> None:
    assert help_of(command, name)


@pytest.mark.parametrize(
    "arguments", [["check", "--lang", "zh", "--help"], ["check", "--help", "--lang=zh"]]
)
def test_help_is_chinese_where_it_is_asked_for(arguments: list[str]) -> None:
    told = run(*arguments).stdout
    assert told.startswith("用法：")
    assert not re.search(r"[a-z]{3,} [a-z]{2,} [a-z]{3,}", told)


def test_wrong_use_is_told_in_chinese() -> None:
    told = run("check", "--lang", "zh", "--nothing").stderr
    assert "没有选项" in told
    assert "Error" not in told
    assert "Usage" in run("check", "--lang", "en", "--nothing").stderr


def test_the_help_of_all_commands_follows_the_locale(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    told = run("--help").stdout
    assert "核查报告" in told
    assert "命令" in told
    monkeypatch.setenv("LC_ALL", "en_US.UTF-8")
    assert "Commands" in run("--help").stdout
