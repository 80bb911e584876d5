"""`govdisclose view` and `review`: pages are written where they were asked for, or one line says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import govdisclose as gd
from govdisclose.cli import main
from govdisclose.view.page import review_page

TEXT = "云溪市水务局2018年政府信息公开年度报告\n一、附表\n（一）收到申请数 | 件 | 3x |\n1.当面申请数 | 件 | 5 |\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    reports = tmp_path / "reports"
    reports.mkdir()
    (reports / "2018.txt").write_text(TEXT, "utf-8")
    (reports / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 64)
    return reports


def test_view_writes_the_page_of_a_report(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "page.html"
    run = ["view", str(folder / "2018.txt"), "-o", str(out), "--lang", "en"]
    assert CliRunner().invoke(main, run).exit_code == 0
    assert out.read_text("utf-8") == review_page(gd.parse(TEXT), "en")


def test_review_takes_a_folder_and_lists_what_cannot_be_read(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "review.html"
    run = ["review", str(folder), "-o", str(out), "--lang", "zh"]
    done = CliRunner().invoke(main, run)
    assert done.exit_code == 2
    page = out.read_text("utf-8")
    assert "2018.txt" in page
    assert "无法读取的文件" in page
    assert "scan.png" in page.split("无法读取的文件")[1]


def test_review_goes_on_with_earlier_corrections_and_leaves_them_as_they_are(
    folder: Path, tmp_path: Path
) -> None:
    file = tmp_path / "corrections.csv"
    head = "file,table,row,column,value,note\r\n"
    written = f"{head}2018.txt,main,requests.received,value,33,按附件\r\n".encode("gbk")
    file.write_bytes(written)
    out = tmp_path / "review.html"
    run = [
        "review",
        str(folder / "2018.txt"),
        "-o",
        str(out),
        "--corrections",
        str(file),
    ]
    assert CliRunner().invoke(main, run).exit_code == 0
    assert "requests.received,value,33,按附件" in out.read_text("utf-8")
    assert file.read_bytes() == written


def test_review_refuses_a_file_that_has_no_corrections(
    folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "review.html"
    report = str(folder / "2018.txt")
    run = ["review", report, "-o", str(out), "--corrections", report, "--lang", "en"]
    done = CliRunner().invoke(main, run)
    assert done.exit_code == 2
    assert "there is no column" in done.output
    assert not out.exists()
