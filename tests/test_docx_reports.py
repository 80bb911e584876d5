"""Whole reports as Word files: what is read is what the plain text says, figure for figure."""

from __future__ import annotations

import io
import random
import re
import zipfile

import docx
import pytest
from word import read, write_report, zipped

from govdisclose import parse
from govdisclose.form import catalogue
from govdisclose.report import Report
from govdisclose.testing import MadeReport, draft_report, finish

FORMS = sorted(catalogue().forms)
SEEDS = range(6)


def made(form: str | None, seed: int, how: str) -> tuple[MadeReport, bytes]:
    """A report, and the same as a Word file."""
    draft = draft_report(random.Random(seed), form, "pipe_rows")
    moved = random.Random(seed) if how == "moved" else None
    return finish(draft), write_report(draft, automatic=how == "automatic", moved=moved)


def figures(report: Report) -> dict[object, object]:
    return {
        (t.table, c.row, c.column): c.value
        for t in report.tables
        for c in t.cells
        if c.value is not None
    }


def outline(report: Report) -> list[tuple[object, ...]]:
    return [(s.level, s.number, s.title, s.kind) for s in report.walk()]


@pytest.mark.parametrize("how", ["typed", "automatic", "moved"])
@pytest.mark.parametrize("form", FORMS)
def test_a_report_reads_from_word_as_from_text(form: str, how: str) -> None:
    """Headings typed or numbered by Word; merged cells; tables run together and borders moved by hand."""
    for seed in SEEDS:
        report, data = made(form, seed, how)
        got, plain = parse(read(data)), parse(report.text)
        assert figures(got) == {
            key: figure for key, figure in report.expected.items() if figure is not None
        }
        assert outline(got) == outline(plain)
        assert got.to_dict()["metadata"] == plain.to_dict()["metadata"]


def changed(data: bytes, pattern: str, new: str) -> bytes:
    """A Word file with its text changed, as XML."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts: dict[str, bytes | str] = {
            name: archive.read(name) for name in archive.namelist()
        }
    text = bytes(parts["word/document.xml"]).decode()  # type: ignore[arg-type]  # all of them are bytes
    parts["word/document.xml"], count = re.subn(pattern, new, text)
    assert count
    return zipped(parts)


UNMERGED = (
    r'<w:vMerge(?: w:val="restart")?/>',
    "",
)  # blank cells where a merged one would go on
# Cells over columns that head and body do not share.
DISAGREEING = (
    r"<w:tc>(?=<w:p>)(?=.{40,}?[02468]</w:t>)",
    '<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>',
)
BROKEN = (  # labels on two lines
    r"(?<=[\u4e00-\u9fff]{3})(?=[\u4e00-\u9fff]{3}[^<]{0,60}</w:t></w:r></w:p></w:tc>)",
    "</w:t><w:br/><w:t>",
)


@pytest.mark.parametrize(
    ("form", "way"),
    [(form, way) for form in FORMS for way in (DISAGREEING, BROKEN)]
    + [(form, UNMERGED) for form in ("national-2019", "national-2021")],
)
def test_tables_drawn_in_other_ways_read_alike(form: str, way: tuple[str, str]) -> None:
    report, data = made(form, 2, "typed")
    assert figures(parse(read(changed(data, *way)))) == {
        key: figure for key, figure in report.expected.items() if figure is not None
    }


@pytest.mark.parametrize("form", FORMS)
def test_every_cell_of_a_report_says_where_it_stands(form: str) -> None:
    source = read(made(form, 1, "typed")[1])
    for part in parse(source).tables:
        for cell in part.cells:
            place = source.place(cell.span)
            assert place is not None
            assert source.text[place.start : place.end] == cell.raw.strip()
            assert min(place.table or 0, place.row or 0, place.column or 0) > 0


def test_a_table_that_python_docx_wrote_and_merged_is_read() -> None:
    document = docx.Document()
    document.add_heading("一、主动公开情况", 1)
    grid = document.add_table(4, 4)
    texts = (
        ("第二十条第（五）项",),
        ("信息内容", "本年处理决定数量"),
        ("行政许可", "12"),
        ("其他对外管理服务事项", "34"),
    )
    for row, cells in zip(grid.rows, texts, strict=True):
        for i, text in enumerate(cells):
            row.cells[i].text = text
        row.cells[len(cells) - 1].merge(row.cells[3])
    data = io.BytesIO()
    document.save(data)
    assert [line for line in read(data.getvalue()).text.split("\n") if line] == [
        "一、主动公开情况",
        "| 第二十条第（五）项 |",
        "| 信息内容 | 本年处理决定数量 |",
        "| 行政许可 | 12 |",
        "| 其他对外管理服务事项 | 34 |",
    ]
