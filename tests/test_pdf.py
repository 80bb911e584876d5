"""Reading PDF: what is printed is what comes out, wherever pages, columns and fonts put it."""

from __future__ import annotations

import random
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pdfplumber
import pytest
from battery import score
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from govdisclose import parse
from govdisclose.errors import SourceError
from govdisclose.form import catalogue
from govdisclose.read import Limits, reading
from govdisclose.read.pdf import process, read_pdf, resident_worker
from govdisclose.testing import Draft, draft_report, finish
from govdisclose.testing._pdf import PAGE_NUMBERS, PdfStyle, random_style, to_pdf
from govdisclose.text import Source

FONT = "STSong-Light"
WIDTH, HEIGHT = 595.0, 842.0
FORMS = sorted(catalogue().forms)


def read(data: bytes) -> Source:
    return read_pdf(data, None, Limits())


def drawn(
    *pages: Callable[[Any], None], size: tuple[float, float] = (WIDTH, HEIGHT)
) -> Source:
    """What is read of pages that are drawn; `y` of a canvas is from the bottom."""
    if FONT not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    file = BytesIO()
    canvas = Canvas(file, pagesize=size, invariant=True)
    for page in pages:
        canvas.setFont(FONT, 12)
        canvas.setLineWidth(0.5)
        page(canvas)
        canvas.showPage()
    canvas.save()
    return read(file.getvalue())


def ruled(
    canvas: Any,
    rows: list[list[str | None]],
    x: float = 80,
    y: float = 700,
    wide: float = 90,
    high: float = 24,
) -> None:
    """A table with its upper left corner at `(x, y)`; None is a place that the cell to its left covers."""
    for i, row in enumerate(rows):
        top = y - i * high
        for j, text in enumerate(row):
            if text is None:
                continue
            span = 1
            while j + span < len(row) and row[j + span] is None:
                span += 1
            canvas.rect(x + j * wide, top - high, wide * span, high)
            canvas.drawString(x + j * wide + 4, top - high + 7, text)


def rows_of(source: Source) -> list[list[str]]:
    return [
        [c.strip() for c in line[1:-1].split("|")]
        for line in source.text.splitlines()
        if line[:1] == "|"
    ]


# --- whole reports


def facts(draft: Draft, source: Source) -> tuple[dict[str, int], list[object]]:
    made = finish(draft)
    counts, wrong = score(made, parse(source))
    known = {what for _, what, _ in score(made, parse(made.text))[1]}
    return dict(counts), [w for w in wrong if w[1] not in known]


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("seed", range(4))
def test_a_printed_report_says_what_its_text_says(form: str, seed: int) -> None:
    """Cells, outline and metadata, whatever the style of the printer."""
    rng = random.Random(f"{form}{seed}")
    draft = draft_report(rng, form, "merged_repeated")
    style = random_style(rng)
    counts, wrong = facts(draft, read(to_pdf(draft, style)))
    assert wrong == [], style
    assert counts["right"] > 0


@pytest.mark.parametrize("turned", ["no", "page", "text"])
@pytest.mark.parametrize("rules", ["lines", "bars", "open"])
def test_a_table_over_pages_is_one_table(rules: Any, turned: Any) -> None:
    """With rows and merged heads cut by the pages, however the borders are drawn and the page is turned."""
    draft = draft_report(random.Random(5), "national-2021", "merged_repeated")
    style = PdfStyle(rules=rules, turned=turned, cut_rows=True, size=14.0)
    source = read(to_pdf(draft, style))
    assert len({mark.page for mark in source.marks}) >= 3
    assert facts(draft, source)[1] == []
    requests = [
        mark.table
        for mark in source.marks
        if mark.table and source.text[mark.start : mark.end] == "申请人情况"
    ]
    assert len(set(requests)) == 1


@pytest.mark.parametrize("repeat_head", [False, True])
def test_a_head_that_every_page_repeats_stands_once(repeat_head: bool) -> None:
    draft = draft_report(random.Random(5), "national-2014", "merged_repeated")
    source = read(to_pdf(draft, PdfStyle(repeat_head=repeat_head, size=14.0)))
    pages = {mark.page for mark in source.marks if mark.table == 1}
    assert len(pages) > 1
    assert source.text.count("| 统计指标 | 单位 | 统计数 |") == 1


@pytest.mark.parametrize("style", PAGE_NUMBERS)
def test_page_numbers_and_running_heads_are_no_text(style: str | None) -> None:
    draft = draft_report(random.Random(5), "national-2021", "merged_repeated")
    plain = read(to_pdf(draft, PdfStyle(page_numbers=None)))
    assert (
        read(
            to_pdf(draft, PdfStyle(page_numbers=style, running_head="某市年度报告汇编"))
        ).text
        == plain.text
    )


def test_every_figure_knows_its_page_table_and_row() -> None:
    draft = draft_report(random.Random(5), "national-2014", "merged_repeated")
    report = parse(read(to_pdf(draft, PdfStyle())))
    cells = [
        cell
        for table in report.tables
        for cell in table.cells
        if cell.value is not None
    ]
    assert len(cells) > 30
    assert report.source is not None
    places = [report.source.place(cell.span) for cell in cells]
    assert all(
        place and place.page and place.table and place.row and place.column
        for place in places
    )
    order = [
        (place.page, place.table, place.row, place.column) for place in places if place
    ]
    assert order == sorted(order)


def test_the_characters_are_those_that_another_library_finds() -> None:
    """pdfplumber as the oracle: the same characters, none lost and none twice."""
    draft = draft_report(random.Random(7), "national-2019", "merged_repeated")
    data = to_pdf(draft, PdfStyle(page_numbers=None))
    with pdfplumber.open(BytesIO(data)) as pdf:
        theirs = sorted(
            c["text"]
            for page in pdf.pages
            for c in page.chars
            if not c["text"].isspace()
        )
    source = read(data)
    ours: list[str] = []
    for line in source.text.splitlines():
        cells = line.strip("|").split("|") if line.startswith("|") else [line]
        ours += [c for cell in cells for c in cell if not c.isspace()]
    assert set(ours) == set(theirs)


# --- paragraphs


def text_page(
    *lines: tuple[float, str], step: float = 20, top: float = 760
) -> Callable[[Any], None]:
    """Lines as (indent in characters, text)."""

    def draw(canvas: Any) -> None:
        for i, (indent, text) in enumerate(lines):
            canvas.drawString(80 + 12 * indent, top - step * i, text)

    return draw


FULL = "一二三四五六七八九十" * 3  # thirty characters


def test_a_wrapped_paragraph_is_one_line() -> None:
    source = drawn(
        text_page(
            (2, "甲" * 28), (0, "乙" * 30), (0, "丙完。"), (2, "丁" * 28), (0, "戊完。")
        )
    )
    assert source.text == f"{'甲' * 28}{'乙' * 30}丙完。\n{'丁' * 28}戊完。\n"


def test_a_figure_broken_by_the_margin_is_one_figure() -> None:
    source = drawn(
        text_page(
            (2, "甲" * 27 + "12"),
            (0, "34条" + "乙" * 27),
            (0, "丙完。"),
            (2, "丁" * 28),
            (0, "完"),
        )
    )
    assert source.text.startswith("甲" * 27 + "1234条")


def test_a_paragraph_goes_on_over_the_page_and_keeps_both_pages() -> None:
    first = text_page((2, "甲" * 28), (0, "乙" * 30), (0, "丙" * 30))
    source = drawn(
        first, text_page((0, "丁" * 30), (0, "戊完。"), (2, "己" * 28), (0, "庚完"))
    )
    line = source.text.splitlines()[0]
    assert line.endswith("丁戊完。")
    assert [mark.page for mark in source.marks] == [1, 2, 2]


def test_a_heading_after_a_full_line_is_a_line_of_its_own() -> None:
    source = drawn(
        text_page(
            (2, "甲" * 28),
            (0, "乙" * 29 + "。"),
            (0, "一、总体情况"),
            (0, "丙" * 30),
            (0, "丁完。"),
        )
    )
    assert source.text.splitlines()[1] == "一、总体情况"


def test_a_title_that_is_wrapped_is_one_line() -> None:
    def page(canvas: Any) -> None:
        canvas.setFont(FONT, 20)
        canvas.drawString(100, 780, "云溪市青石区水利局二〇二一年度政")
        canvas.drawString(150, 750, "府信息公开工作年度报告")
        canvas.setFont(FONT, 12)
        text_page(
            (2, "甲" * 28), (0, "乙" * 30), (0, "丙" * 30), (0, "丁完。"), top=700
        )(canvas)

    assert (
        drawn(page).text.splitlines()[0]
        == "云溪市青石区水利局二〇二一年度政府信息公开工作年度报告"
    )


# --- characters


def test_digits_stay_what_they_are_wherever_they_stand() -> None:
    """961716. is not 96171.6: each character keeps its place, though the next one is drawn first."""

    def page(canvas: Any) -> None:
        for i, (x, c) in enumerate(
            zip((80, 87, 94, 101, 108, 115, 122), "96171.6", strict=True)
        ):
            canvas.drawString(x, 700 + 0.2 * (i % 2), c)
        for x, c in reversed(
            list(zip((80, 87, 94, 101, 108, 115), "480.25", strict=True))
        ):
            canvas.drawString(x, 650, c)

    assert drawn(page).text.split() == ["96171.6", "480.25"]


def test_bold_by_printing_twice_is_read_once() -> None:
    def page(canvas: Any) -> None:
        for shift in (0, 0.25, 0.5):
            canvas.drawString(80 + shift, 700, "一、收到申请11件")
        canvas.drawString(80, 660, "二、办结")
        canvas.drawString(80.3, 660.2, "二、办结")

    assert drawn(page).text.split() == ["一、收到申请11件", "二、办结"]


def test_radicals_and_compatibility_forms_are_the_characters_that_are_meant() -> None:
    from govdisclose.read.pdf.page import fold

    assert "".join(map(fold, "⽂⼀⻛⾏⻓⺠⻔︵")) == "文一风行长民门("
    assert fold("１") == "１"  # `parse` knows full-width digits


NAMED_ONLY = """\
%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj
4 0 obj<</Length 118>>stream
BT /F 12 Tf 80 700 Td <00010002> Tj 120 0 Td <0001> Tj 40 0 Td <00030004> Tj 17 0 Td <0004> Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type0/BaseFont/FangSong/Encoding/Identity-H/DescendantFonts[6 0 R]/ToUnicode 7 0 R>>endobj
6 0 obj<</Type/Font/Subtype/CIDFontType2/BaseFont/FangSong/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)
/Supplement 0>>/DW 1000/W[3[500 500]]/FontDescriptor 8 0 R>>endobj
7 0 obj<</Length 300>>stream
/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Named def
1 begincodespacerange <0000><ffff> endcodespacerange
4 beginbfchar <0001> <4ef6> <0002> <6570> <0003> <0031> <0004> <0032> endbfchar endcmap end end
endstream endobj
8 0 obj<</Type/FontDescriptor/FontName/FangSong/Flags 4/Ascent 859/Descent -140/ItalicAngle 0/StemV 80
/CapHeight 700/FontBBox[0 -140 1000 859]>>endobj
trailer<</Size 9/Root 1 0 R>>
startxref
0
%%EOF
"""


def test_a_font_that_the_file_only_names_is_read_with_the_widths_of_the_file() -> None:
    """Whatever fonts the machine has: a character alone is not lost, and 12 2 is not 122."""
    assert read(NAMED_ONLY.encode()).text.split() == ["件数", "件", "12", "2"]


def test_two_figures_side_by_side_are_never_one() -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(80, 700, "12")
        canvas.drawString(97, 700, "34")

    assert drawn(page).text.split() == ["12", "34"]


# --- tables


def test_cells_merged_across_stand_once() -> None:
    source = drawn(
        lambda canvas: ruled(
            canvas, [["指标", "本年", None], ["规章", "1", "2"], ["合计", "3", None]]
        )
    )
    assert rows_of(source) == [["指标", "本年"], ["规章", "1", "2"], ["合计", "3"]]


def test_tables_side_by_side_are_two() -> None:
    def page(canvas: Any) -> None:
        ruled(canvas, [["甲", "1"], ["乙", "2"]], x=60, wide=80)
        ruled(canvas, [["丙", "3"], ["丁", "4"]], x=320, y=700, wide=80)

    source = drawn(page)
    assert rows_of(source) == [["甲", "1"], ["乙", "2"], ["丙", "3"], ["丁", "4"]]
    assert [mark.table for mark in source.marks if mark.table] == [1] * 4 + [2] * 4


def test_a_frame_around_text_is_no_table() -> None:
    def page(canvas: Any) -> None:
        canvas.rect(70, 600, 400, 160)
        text_page((2, "甲" * 28), (0, "乙" * 30), (0, "丙完。"), top=730)(canvas)

    source = drawn(page)
    assert "|" not in source.text
    assert source.text.startswith("甲" * 28 + "乙")


def test_an_underline_is_no_table() -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(80, 700, "电话：2012345")
        canvas.line(80, 698, 200, 698)
        canvas.line(80, 690, 400, 690)

    assert drawn(page).text == "电话：2012345\n"


def test_a_cell_of_two_lines_is_one_text_but_two_figures_stay_two() -> None:
    def page(canvas: Any) -> None:
        ruled(canvas, [["", "", ""], ["规章", "1", "2"]], high=48)
        for y, (a, b) in ((684, ("行政规范", "3")), (668, ("性文件", "4"))):
            canvas.drawString(84, y, a)
            canvas.drawString(174, y, b)

    assert rows_of(drawn(page))[0] == ["行政规范性文件", "3 4", ""]


def test_a_vertical_head_is_read_downwards() -> None:
    def page(canvas: Any) -> None:
        canvas.rect(80, 580, 20, 120)
        for i, c in enumerate("办理结果"):
            canvas.drawString(84, 680 - 24 * i, c)
        ruled(canvas, [["予以公开", "1"]], x=100, y=700, high=60)
        ruled(canvas, [["不予公开", "2"]], x=100, y=640, high=60)

    assert rows_of(drawn(page)) == [
        ["办理结果", "予以公开", "1"],
        ["办理结果", "不予公开", "2"],
    ]


def test_borders_that_miss_each_other_make_no_columns() -> None:
    def page(canvas: Any) -> None:
        ruled(canvas, [["规章", "1", "2"]], y=700)
        for x0, x1, text in ((80, 176, "许可"), (176, 255, "3"), (255, 350, "4")):
            canvas.rect(x0, 652, x1 - x0, 24)
            canvas.drawString(x0 + 4, 659, text)

    assert rows_of(drawn(page)) == [["规章", "1", "2"], ["许可", "3", "4"]]


STACKED: list[list[str | None]] = [
    ["第二十条第（一）项", None, None, None],
    ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
    ["规章", "0", "1", "2"],
    ["行政规范性文件", "3", "", "5"],
    ["第二十条第（五）项", None, None, None],
    ["信息内容", "本年处理决定数量", None, None],
    ["行政许可", "6", None, None],
    ["第二十条第（八）项", None, None, None],
    ["信息内容", "本年收费金额（单位：万元）", None, None],
    ["行政事业性收费", "96171.6", None, None],
]


def test_tables_stacked_in_one_frame_have_the_columns_of_each() -> None:
    """The form of 2021 prints them so: a figure that takes the width of three columns is one figure."""
    source = drawn(lambda canvas: ruled(canvas, STACKED, wide=105))
    assert ["行政许可", "6"] in rows_of(source)
    assert ["行政规范性文件", "3", "", "5"] in rows_of(source)
    values = {
        (c.row, c.column): str(c.value)
        for t in parse(source).tables
        for c in t.cells
        if c.value is not None
    }
    assert sorted(values.values()) == ["0", "1", "2", "3", "5", "6", "96171.6"]


# --- tables without rules


def in_columns(
    canvas: Any,
    y: float,
    rows: list[tuple[str, ...]],
    xs: tuple[float, ...],
    step: float = 20,
) -> None:
    """Rows from `y` downwards; a cell begins at its x, and figures stand in the middle of 60 points from there."""
    for i, row in enumerate(rows):
        for x, text in zip(xs, row, strict=False):
            canvas.drawString(
                x + (30 - 3 * len(text) if text.isascii() else 0), y - step * i, text
            )


def values_of(source: Source) -> dict[tuple[str | None, str | None], str]:
    return {
        (c.row, c.column): c.raw
        for t in parse(source).tables
        for c in t.cells
        if c.value is not None
    }


def test_lines_of_a_table_without_rules_stay_lines_with_their_columns() -> None:
    """No row is guessed: what stands on one line is one line, and prose around it stays prose."""

    def page(canvas: Any) -> None:
        text_page((2, "甲" * 28), (0, "乙" * 30), (0, "丙完。"))(canvas)
        for y, cells in (
            (650, ("指标", "单位", "本年", "累计")),
            (630, ("规章", "件", "12", "340")),
            (610, ("规范性文件", "件", "", "5")),
            (590, ("主动公开的政府信息", "条", "6", "7")),
            (576, ("（含网站）", "", "", "")),
            (550, ("依申请", "件", "8", "9")),
        ):
            for x, text in zip((80, 250, 320, 400), cells, strict=True):
                canvas.drawString(x, y, text)
        canvas.drawString(104, 500, "丁完。")

    first, *lines, last = [line for line in drawn(page).text.splitlines() if line]
    assert (first, last.strip()) == ("甲" * 28 + "乙" * 30 + "丙完。", "丁完。")
    assert [line.split() for line in lines] == [
        ["指标", "单位", "本年", "累计"],
        ["规章", "件", "12", "340"],
        ["规范性文件", "件", "5"],
        ["主动公开的政府信息", "条", "6", "7"],
        ["（含网站）"],
        ["依申请", "件", "8", "9"],
    ]
    wide = [
        line.encode("gb18030") for line in lines
    ]  # two bytes for what takes two columns of the screen
    assert (
        wide[1].index(b"340")
        == wide[2].index(b"5")
        == wide[3].index(b"7")
        == wide[5].index(b"9")
    )


def test_two_labels_without_rules_never_share_one_row_of_figures() -> None:
    """The figures of 予以公开 are blank, and those of 部分公开 stand half a line under its label."""

    def page(canvas: Any) -> None:
        canvas.drawString(80, 760, "三、收到和处理政府信息公开申请情况")
        heads = (
            "",
            "自然人",
            "商业企业",
            "科研机构",
            "社会公益组织",
            "法律服务机构",
            "其他",
            "总计",
        )
        xs = (60.0, 200.0, 245.0, 290.0, 335.0, 380.0, 425.0, 470.0)
        canvas.setFont(FONT, 7)
        in_columns(canvas, 730, [heads], xs)
        in_columns(canvas, 700, [("一、本年新收政府信息公开申请数量", *"1234567")], xs)
        in_columns(canvas, 685, [("二、上年结转政府信息公开申请数量", *"1234567")], xs)
        in_columns(canvas, 670, [("（一）予以公开",)], xs)
        in_columns(
            canvas,
            660,
            [("（二）部分公开（区分处理的，",), ("只计这一情形，不计其他情形）",)],
            xs,
            step=8,
        )
        in_columns(canvas, 656, [("", *"8765432")], xs)

    source = drawn(page)
    assert not any(
        "予以公开" in line and "部分公开" in line for line in source.text.splitlines()
    )
    values = values_of(source)
    assert ("requests.disposition.granted", "total") not in values
    assert values["requests.disposition.partially_granted", "natural_person"] == "8"


def test_a_blank_cell_without_rules_is_told_by_the_figures_and_words_over_it() -> None:
    """The columns are centred, so neither where figures begin nor where they end is one place."""

    def page(canvas: Any) -> None:
        canvas.drawString(180, 790, "某县水务局2021年政府信息公开工作年度报告")
        lines = [
            (2, "一、总体情况"),
            (2, "甲" * 28),
            (0, "乙" * 30),
            (0, "丙" * 30),
            (0, "丁完。"),
            (2, "二、主动公开政府信息情况"),
        ]
        text_page(*lines, top=765, step=18)(canvas)
        canvas.setFont(FONT, 10)
        xs = (80.0, 220.0, 330.0, 440.0)
        in_columns(canvas, 650, [("第二十条第（一）项",)], xs)
        in_columns(
            canvas,
            630,
            [("信息内容", "本年制发件数", "本年废止件数", "现行有效件数")],
            xs,
        )
        in_columns(
            canvas, 610, [("规章", "", "3"), ("行政规范性文件", "12345", "", "1")], xs
        )
        in_columns(
            canvas,
            570,
            [
                ("第二十条第（五）项",),
                ("信息内容", "本年处理决定数量"),
                ("行政许可", "8"),
            ],
            xs,
        )

    assert values_of(drawn(page)) == {
        ("documents.rules", "repealed"): "3",
        ("documents.normative", "issued"): "12345",
        ("documents.normative", "in_force"): "1",
        ("actions.licensing", "decisions"): "8",
    }


def test_a_table_without_rules_goes_on_over_the_page() -> None:
    """The next page has too few lines to show columns of its own; they stand in those of the page before."""
    xs = (80.0, 300.0, 400.0)

    def first(canvas: Any) -> None:
        in_columns(
            canvas,
            160,
            [
                ("指标", "本年", "累计"),
                *[(f"某项{c}数", "12", "340") for c in "甲乙丙丁"],
            ],
            xs,
        )

    def second(canvas: Any) -> None:
        in_columns(canvas, 760, [("某项戊数", "", "7")], xs)
        canvas.drawString(104, 700, "完。")

    lines = [
        line.encode("gb18030")
        for line in drawn(first, second).text.splitlines()
        if "某项" in line
    ]
    assert len(lines) == 5
    assert lines[0].index(b"340") + 1 == lines[-1].index(b"7")


@pytest.mark.parametrize("form", FORMS)
def test_a_report_without_rules_is_never_wrong_in_silence(form: str) -> None:
    draft = draft_report(random.Random(11), form, "merged_repeated")
    counts, _ = facts(draft, read(to_pdf(draft, PdfStyle(rules="none"))))
    assert counts.get("silent", 0) == 0
    assert counts.get("right", 0) > 0


# --- pages that cannot be read


def image(canvas: Any) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    canvas.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, WIDTH, HEIGHT)


def test_a_scanned_page_is_noticed_with_its_page() -> None:
    source = drawn(text_page((0, "第一页")), image, lambda canvas: None)
    assert [(n.code, "page 2" in n.detail) for n in source.notices] == [
        ("no-text-layer", True)
    ]
    assert "no-text-layer" in {d.code for d in parse(source).diagnostics}


def test_a_scan_with_a_text_layer_is_read() -> None:
    def page(canvas: Any) -> None:
        image(canvas)
        text = canvas.beginText(80, 700)
        text.setTextRenderMode(3)
        text.textOut("一、总体情况。全年主动公开政府信息一百二十条。")
        canvas.drawText(text)

    source = drawn(page)
    assert source.notices == ()
    assert source.text.startswith("一、总体情况")


def test_glyphs_without_a_name_are_noticed() -> None:
    source = drawn(lambda canvas: canvas.drawString(80, 700, "\ue123\ue124\ue125甲乙"))
    assert [n.code for n in source.notices] == ["garbled-text"]
    assert source.text == "\N{REPLACEMENT CHARACTER}" * 3 + "甲乙\n"


def test_chinese_shown_as_accented_letters_is_noticed() -> None:
    def page(canvas: Any) -> None:
        canvas.setFont("Helvetica", 12)
        canvas.drawString(80, 700, "政府信息公开".encode("gb18030").decode("latin-1"))

    assert [n.code for n in drawn(page).notices] == ["garbled-text"]


@pytest.fixture
def truetype() -> str:
    from pathlib import Path

    from reportlab.pdfbase.ttfonts import TTFont

    path = Path("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc")
    if not path.exists():
        pytest.skip("no TrueType font with Chinese here (Debian: fonts-wqy-zenhei)")
    pdfmetrics.registerFont(TTFont("zenhei", str(path), subfontIndex=0))
    return "zenhei"


def test_an_embedded_font_is_read_like_any(truetype: str) -> None:
    draft = draft_report(random.Random(5), "national-2021", "merged_repeated")
    assert facts(draft, read(to_pdf(draft, PdfStyle(font=truetype))))[1] == []


def test_a_head_over_two_lines_without_rules_is_one_word() -> None:
    """The narrow heads of the table of remedies; figures stand under them though cells between are blank."""
    xs = [80.0 + 29 * i for i in range(15)]
    under = (0, 1, 2, 3, 5, 6, 7, 8, 10, 11, 12, 13)

    def page(canvas: Any) -> None:
        canvas.drawString(180, 790, "某县水务局2021年政府信息公开工作年度报告")
        lines = [
            (2, "一、总体情况"),
            (2, "甲" * 28),
            (0, "乙" * 30),
            (0, "丙" * 30),
            (0, "丁完。"),
        ]
        text_page(*lines, top=765, step=18)(canvas)
        canvas.drawString(104, 660, "四、政府信息公开行政复议、行政诉讼情况")
        canvas.setFont(FONT, 9)
        for x, y, text in (
            (xs[2] - 9, 640, "行政复议"),
            (xs[9], 640, "行政诉讼"),
            (xs[7] - 27, 626, "未经复议直接起诉"),
            (xs[12] - 13, 626, "复议后起诉"),
        ):
            canvas.drawString(x, y, text)
        for i in range(15):
            if i in under:
                above, below = (
                    ("结果", "维持"),
                    ("结果", "纠正"),
                    ("其他", "结果"),
                    ("尚未", "审结"),
                )[i % 5]
                canvas.drawString(xs[i], 612, above)
                canvas.drawString(xs[i], 601, below)
            else:
                canvas.drawString(xs[i], 606, "总计")
        for i, text in ((0, "2"), (4, "2"), (8, "1"), (9, "1")):
            canvas.drawString(xs[i] + 7, 580, text)

    source = drawn(page)
    assert source.text.count("结果维持") == source.text.count("尚未审结") == 3
    assert sorted((column, raw) for (_, column), raw in values_of(source).items()) == [
        ("litigation.direct.pending", "1"),
        ("litigation.direct.total", "1"),
        ("reconsideration.total", "2"),
        ("reconsideration.upheld", "2"),
    ]


# --- what nobody sees


def test_covered_white_and_tiny_text_is_left_out_and_said() -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(80, 700, "一、概述")
        canvas.drawString(80, 660, "旧数字")
        canvas.setFillGray(1)
        canvas.rect(70, 650, 100, 30, stroke=0, fill=1)
        canvas.drawString(80, 620, "白字")
        canvas.setFillGray(0)
        canvas.setFont(FONT, 1)
        canvas.drawString(80, 580, "小字")

    source = drawn(page)
    assert source.text == "一、概述\n"
    assert [(n.code, n.detail) for n in source.notices] == [
        ("hidden-text", "page 1: 7 characters")
    ]


def test_white_text_on_a_dark_ground_is_read() -> None:
    def page(canvas: Any) -> None:
        canvas.setFillGray(0.2)
        canvas.rect(70, 690, 200, 30, stroke=0, fill=1)
        canvas.setFillGray(1)
        canvas.drawString(80, 700, "一、概述")

    source = drawn(page)
    assert (source.text, source.notices) == ("一、概述\n", ())


def test_a_cover_that_is_clipped_covers_no_more_than_is_seen() -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(80, 700, "一、概述")
        canvas.saveState()
        path = canvas.beginPath()
        path.rect(300, 300, 50, 50)
        canvas.clipPath(path, stroke=0, fill=0)
        canvas.setFillGray(1)
        canvas.rect(0, 0, WIDTH, HEIGHT, stroke=0, fill=1)
        canvas.restoreState()

    source = drawn(page)
    assert (source.text, source.notices) == ("一、概述\n", ())


def test_a_resident_worker_reads_as_many_files_as_are_given_and_outlives_a_bad_one() -> (
    None
):
    draft = draft_report(random.Random(5), "national-2014", "merged_repeated")
    data = to_pdf(draft, PdfStyle())
    alone = read(data).text
    with resident_worker() as ask:
        assert read_pdf(data, None, Limits(), ask).text == alone
        with pytest.raises(SourceError):
            read_pdf(b"%PDF-1.4 endobj startxref", None, Limits(), ask)
        with pytest.raises(SourceError, match="limit: pages"):
            read_pdf(data, None, Limits(pages=1), ask)
        assert read_pdf(data, None, Limits(), ask).text == alone


def test_many_files_read_one_after_another_share_one_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    started: list[process._Worker] = []
    begin = process._Worker.__init__

    def counted(worker: process._Worker, *bounds: Any) -> None:
        started.append(worker)
        begin(worker, *bounds)

    monkeypatch.setattr(process._Worker, "__init__", counted)
    draft = draft_report(random.Random(5), "national-2014", "merged_repeated")
    data = to_pdf(draft, PdfStyle())
    with reading() as read_next:
        texts = [read_next(some).text for some in (data, "一、概述\n".encode(), data)]
    assert texts == [read(data).text, "一、概述\n", read(data).text]
    assert len(started) == 1 + 2  # and one for each call by itself


# --- what runs off the page, and titles as wide as the text


@pytest.mark.parametrize("wide", [110, 175, 205])
def test_a_table_that_runs_off_the_page_keeps_its_figures(wide: float) -> None:
    rows: list[list[str | None]] = [
        ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"],
        ["规章", "1", "0", "4"],
        ["行政规范性文件", "7", "2", "31"],
    ]
    source = drawn(lambda canvas: ruled(canvas, rows, x=72, wide=wide))
    assert rows_of(source) == rows
    assert source.notices == ()


def test_words_beside_the_page_are_left_out_and_said() -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(80, 700, "一、概述")
        canvas.drawString(700, 700, "版心之外")

    source = drawn(page)
    assert source.text == "一、概述\n"
    assert [(n.code, n.detail) for n in source.notices] == [
        ("hidden-text", "page 1: 4 characters")
    ]


def test_a_title_as_wide_as_the_text_does_not_run_into_the_first_part() -> None:
    def page(canvas: Any) -> None:
        canvas.drawString(
            80, 700, "丙溪县水利和湖泊事务管理局2023年政府信息公开工作年度报告"
        )
        canvas.drawString(80, 668, "一、总体情况")
        for i, line in enumerate(
            [
                "我局认真落实各项公开要求，工作有序开展，未发现失密问题，",
                "群众满意度有所提高，信息及时更新，渠道不断拓宽，机制健全，",
                "队伍建设得到加强。",
            ]
        ):
            canvas.drawString(80, 640 - 24 * i, line)

    assert drawn(page).text.splitlines()[1] == "一、总体情况"
