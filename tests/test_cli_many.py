"""Commands that take many files: folders, lists, processes, what is passed over, JSON that says where it is from."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator

from govdisclose import to_markdown
from govdisclose._pipeline import parse, parse_many
from govdisclose.cli import main
from govdisclose.form.concepts import concepts
from govdisclose.report import Report
from govdisclose.testing import make_document, make_report

GOOD = "某市某局{year}年政府信息公开年度报告\n一、附表\n（一）收到申请数 | 件 | 5 |\n1.当面申请数 | 件 | 5 |\n2.传真申请数 | 件 | 0 |\n"
BAD = GOOD.replace("（一）收到申请数 | 件 | 5", "（一）收到申请数 | 条 | 5")


def run(*args: object, **more: Any) -> Result:
    return CliRunner().invoke(main, [str(a) for a in args], **more)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three reports, one with a unit that is not the form's, a picture, and files that are passed over."""
    made = tmp_path / "reports"
    (made / "b").mkdir(parents=True)
    (made / "a.txt").write_text(GOOD.format(year=2017), "utf-8")
    (made / "b" / "c.txt").write_text(BAD.format(year=2018), "utf-8")
    (made / "d.txt").write_text(GOOD.format(year=2019), "utf-8")
    (made / "~$d.docx").write_bytes(b"lock")
    (made / ".hidden.txt").write_text("x", "utf-8")
    return made


@pytest.fixture
def picture(folder: Path) -> Path:
    file = folder / "aa.png"
    file.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    return file


def lines(result: Result) -> list[Any]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_folder_is_all_its_files_in_order(folder: Path) -> None:
    found = lines(run("parse", "--format", "json", folder))
    names = [
        Path(one["source"]["name"]).relative_to(folder).as_posix() for one in found
    ]
    assert names == ["a.txt", "b/c.txt", "d.txt"]


def test_every_line_names_its_file_its_hash_and_what_wrote_it(folder: Path) -> None:
    for command in ("parse", "check"):
        for one in lines(run(command, "--format", "json", folder)):
            data = Path(one["source"]["name"]).read_bytes()
            assert one["source"]["sha256"] == sha256(data).hexdigest()
            assert one["generator"]["name"] == "govdisclose"


@pytest.mark.parametrize("command", ["parse", "check"])
def test_a_bad_file_is_told_at_its_place_and_the_rest_is_read(
    command: str, folder: Path, picture: Path
) -> None:
    result = run(command, "--format", "json", folder)
    assert result.exit_code == 2
    assert len(lines(result)) == 3
    assert result.stderr.count("\n") == 1
    assert str(picture) in result.stderr
    assert run(command, "--exit-zero", folder).exit_code == 0


def test_a_list_of_files_is_read(folder: Path, tmp_path: Path) -> None:
    listed = tmp_path / "list.txt"
    listed.write_text(f"{folder / 'd.txt'}\n\n{folder / 'a.txt'}\n", "utf-8")
    found = lines(run("parse", "--format", "json", "--files-from", listed))
    assert [one["metadata"]["year"] for one in found] == [2019, 2017]
    assert run("parse", "--files-from", tmp_path / "none").exit_code == 2


def test_processes_print_the_same_in_the_same_order(
    folder: Path, picture: Path
) -> None:
    for command in ("parse", "check"):
        one, two = run(command, folder), run(command, "-j", 2, folder)
        assert one.stdout == two.stdout
        assert one.exit_code == two.exit_code == 2


def test_the_output_goes_to_a_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    result = run("check", "--format", "json", "-o", out, folder)
    assert result.stdout == ""
    assert out.read_bytes() == run("check", "--format", "json", folder).stdout_bytes


def test_quiet_prints_only_what_fails(folder: Path) -> None:
    result = run("check", "--quiet", folder)
    assert result.exit_code == 1
    assert "c.txt" in result.stdout
    assert "a.txt" not in result.stdout
    assert run("parse", "--quiet", folder).stdout == ""


def test_statistics_count_the_codes(folder: Path) -> None:
    last = run("check", "--statistics", folder).stdout.splitlines()[-10:]
    assert any(line.split() == ["1", "unit-conflict"] for line in last)


# --- what is passed over ----------------------------------------------------------------------------------------------


def test_an_ignore_in_the_configuration_has_files_and_a_reason(
    folder: Path, tmp_path: Path
) -> None:
    config = tmp_path / "c.toml"
    config.write_text(
        '[[ignore]]\ncode = "unit-conflict"\nfiles = "b/*"\nreason = "条 and 件 are one here"\n',
        "utf-8",
    )
    assert run("check", "--config", config, folder).exit_code == 0
    config.write_text(
        '[[ignore]]\ncode = "unit-conflict"\nfiles = "a/*"\nreason = "elsewhere"\n',
        "utf-8",
    )
    assert run("check", "--config", config, folder).exit_code == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[ignore]]\ncode = "unit-conflict"\n', "has a code and a reason"),
        (
            '[[ignore]]\ncode = "unit-conflict"\nreason = " "\n',
            "has a code and a reason",
        ),
        ('[[ignore]]\ncode = "nothing"\nreason = "x"\n', "there is no code 'nothing'"),
        ('[[ignore]]\ncode = 1\nreason = "x"\n', "all of them text"),
        ("lang = 'zh'\n", "there is no setting 'lang'"),
        ("[[ignore", "cannot be read as TOML"),
    ],
)
def test_a_configuration_that_is_wrong_is_refused(
    folder: Path, tmp_path: Path, text: str, said: str
) -> None:
    config = tmp_path / "c.toml"
    config.write_text(text, "utf-8")
    result = run("check", "--config", config, folder)
    assert result.exit_code == 2
    assert said in result.stderr


# --- two folders ------------------------------------------------------------------------------------------------------


def test_two_folders_are_compared_file_by_file(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "b").mkdir(parents=True)
    (other / "a.txt").write_text(GOOD.format(year=2017), "utf-8")
    (other / "b" / "c.txt").write_text(
        BAD.format(year=2018).replace("| 5", "| 6"), "utf-8"
    )
    result = run("diff", "--format", "json", folder, other)
    found = lines(result)
    assert [bool(one["changes"]) for one in found] == [False, True]
    assert result.exit_code == 2
    assert "d.txt: there is no such file in the new folder" in result.stderr
    assert run("diff", folder, folder / "a.txt").exit_code == 2


# --- schemas ----------------------------------------------------------------------------------------------------------


def test_what_is_written_follows_its_schema(folder: Path, tmp_path: Path) -> None:
    made = make_document(random.Random(2), "national-2021", "html_article")
    page = tmp_path / "page.html"
    page.write_bytes(made.data)
    args: dict[str, tuple[object, ...]] = {
        "report": ("parse", page),
        "check": ("check", page),
        "diff": ("diff", page, folder / "a.txt"),
    }
    for name, command in args.items():
        schema = json.loads(run("schema", name).stdout)
        assert schema["$id"] == f"urn:govdisclose:schema:{name}:1"
        document = json.loads(run(*command, "--format", "json").stdout)
        Draft202012Validator(schema).validate(document)
    series = json.loads(
        run(
            "check", "--series", "--format", "json", folder / "a.txt", folder / "d.txt"
        ).stdout
    )
    Draft202012Validator(json.loads(run("schema", "check").stdout)).validate(series)


def test_figures_of_a_page_have_their_place_and_the_json_reads_back(
    tmp_path: Path,
) -> None:
    made = make_document(random.Random(2), "national-2021", "html_article")
    page = tmp_path / "page.html"
    page.write_bytes(made.data)
    text = run("parse", "--format", "json", page).stdout
    cells = [cell for table in json.loads(text)["tables"] for cell in table["cells"]]
    assert all(cell["place"].startswith("table ") for cell in cells)
    assert len(Report.from_json(text).cells) == len(cells)


# --- small commands ---------------------------------------------------------------------------------------------------


def test_text_is_what_spans_count_in(tmp_path: Path) -> None:
    made = make_document(random.Random(3), "national-2014", "html_article")
    page = tmp_path / "page.html"
    page.write_bytes(made.data)
    text = run("text", page).stdout
    report = json.loads(run("parse", "--format", "json", page).stdout)
    for table in report["tables"]:
        for cell in table["cells"]:
            assert text[cell["span"][0] : cell["span"][1]] == cell["raw"]


def test_a_rule_is_explained_in_either_language() -> None:
    assert "计量单位不符" in run("rule", "unit-conflict", "--lang", "zh").stdout
    assert "for example" in run("rule", "unit-conflict", "--lang", "en").stdout
    assert "requests.received" in run("rule", "n2014.received_by_channel").stdout
    wrong = run("rule", "unit-conflikt")
    assert wrong.exit_code == 2
    assert "unit-conflict" in wrong.stderr


def test_concepts_are_listed_and_shown() -> None:
    assert len(run("concepts", "--lang", "en").stdout.splitlines()) == len(concepts())
    shown = run("concepts", "requests.received", "--lang", "zh").stdout
    assert "fujian-2009  D  口径不同" in shown
    assert "requests.accepted" in shown
    assert run("concepts", "nothing").exit_code == 2


def test_the_codebook_has_every_concept_and_every_row(tmp_path: Path) -> None:
    text = run("codebook").stdout
    assert text.startswith(
        "key,kind,zh,en,unit,universe,definition,labels,forms,comparability"
    )
    assert text.count(",concept,") == len(concepts())
    assert text.count(",indicator,") >= 180
    assert run("codebook", "-o", tmp_path / "c.md").exit_code == 0
    assert (tmp_path / "c.md").read_text("utf-8").startswith("| key | kind |")
    assert run("codebook", "-o", tmp_path / "c.pdf").exit_code == 2


def test_a_table_is_one_row_a_report(
    folder: Path, picture: Path, tmp_path: Path
) -> None:
    pytest.importorskip("pyarrow", reason="needs the extra arrow")
    out = tmp_path / "x.csv"
    result = run("table", folder, "-o", out, "--concept", "requests.received")
    assert result.exit_code == 1
    rows = out.read_text("utf-8").splitlines()
    assert (
        rows[0]
        == "report_id,source,status,issuer,year,form,requests.received,requests.received.status"
    )
    assert [row.split(",")[2] for row in rows[1:]] == [
        "read",
        "unreadable",
        "read",
        "read",
    ]
    assert rows[1].endswith(",5.0,D")
    assert str(picture) in result.stderr
    assert run("table", folder, "-o", tmp_path / "x.sav").exit_code == 2
    assert run("table", folder, "-o", out, "--concept", "nothing").exit_code == 2


@pytest.mark.slow
def test_a_batch_says_what_it_read(folder: Path, picture: Path, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="needs the extra arrow")
    result = run("batch", folder, tmp_path / "out", "-j", 1)
    assert result.exit_code == 1
    assert result.stdout.startswith("4 files: 3 read, 1 unreadable")
    assert f"unreadable: {picture.name}" in result.stdout
    assert run("batch", tmp_path / "none", tmp_path / "out").exit_code == 2


# --- forms of one's own -----------------------------------------------------------------------------------------------


def test_forms_of_ones_own_are_read_by_every_process(tmp_path: Path) -> None:
    """Also by those that `-j` starts; one that breaks a rule is refused."""
    (tmp_path / "forms").mkdir()
    form = (
        resources.files("govdisclose.form")
        .joinpath("data", "national-2014.toml")
        .read_text("utf-8")
    )
    mine = (
        form.replace('id = "national-2014"', 'id = "mine"', 1)
        .replace("收到申请数", "本县收到申请数")
        .replace("当面申请数", "本县当面申请数")
    )
    (tmp_path / "forms" / "mine.toml").write_text(mine, "utf-8")
    text = (
        GOOD.format(year=2018)
        .replace("收到申请数", "本县收到申请数")
        .replace("当面申请数", "本县当面申请数")
    )
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(text, "utf-8")
    command = [sys.executable, "-m", "govdisclose", "--forms", str(tmp_path / "forms")]
    files = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
    done = subprocess.run(
        [*command, "parse", "-j", "2", "--format", "json", *files],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    forms = [
        table["form"]
        for line in done.stdout.splitlines()
        for table in json.loads(line)["tables"]
    ]
    assert forms == ["mine", "mine"], done.stderr
    (tmp_path / "forms" / "mine.toml").write_text("id = 1\n", "utf-8")
    result = run("--forms", tmp_path / "forms", "forms")
    assert result.exit_code == 2
    assert "mine.toml" in result.stderr


# --- many texts, and Markdown -----------------------------------------------------------------------------------------


def test_many_texts_are_read_as_one_by_one() -> None:
    rng = random.Random(4)
    texts = [make_report(rng, "national-2014").text for _ in range(40)]
    assert list(parse_many(iter(texts))) == [parse(text) for text in texts]


def test_many_texts_are_read_when_they_are_asked_for() -> None:
    def endless() -> Any:
        while True:
            yield "一、概述\n无。\n"

    assert next(parse_many(endless())).sections


@pytest.mark.parametrize("budget", [400, 1000, 40_000])
@pytest.mark.parametrize("form", ["national-2014", "national-2021"])
def test_markdown_keeps_to_its_budget_and_says_what_is_left_out(
    form: str, budget: int
) -> None:
    report = parse(make_report(random.Random(6), form).text)
    text = to_markdown(report, budget)
    assert len(text) <= budget
    if budget < 40_000:
        assert "left out or cut" in text
    else:
        assert "left out" not in text
        for cell in report.cells:
            assert cell.value is None or str(cell.value) in text
        for section in report.walk():
            assert f"[{section.span.start}:{section.span.end}]" in text


def test_a_budget_that_is_too_small_is_refused() -> None:
    with pytest.raises(ValueError, match="400 at least"):
        to_markdown(Report(), 100)
