"""`explain` draws the right place, whatever stands there."""

from __future__ import annotations

import time
import unicodedata
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govdisclose.diagnostic import Diagnostic
from govdisclose.explain import (
    WINDOW,
    Lines,
    Node,
    cut,
    display_width,
    explain,
    pad,
    visible,
)
from govdisclose.report import (
    Cell,
    Citation,
    Evidence,
    Furniture,
    Paragraph,
    Quantity,
    Repair,
    Report,
    Section,
    Table,
)
from govdisclose.text import Mark, Source, Span

TEXT = "一、概述\n全年收到申请37件，办结36件。\r\n\r\n某局\t办公室\n"
SOURCE = Source(TEXT, "年报.txt")


def at(raw: str, source: Source = SOURCE) -> Furniture:
    start = source.text.index(raw)
    return Furniture("filler", raw, Span(start, start + len(raw)), source)


def drawn(node: Node, around: int = 0) -> list[str]:
    return explain(node, around=around).split("\n")


def underlined(node: Node) -> str:
    """What the carets stand under, found by columns and not by the code under test."""
    source, carets = next(
        (a, b)
        for a, b in zip(drawn(node), drawn(node)[1:], strict=False)
        if set(b[4:]) == {" ", "^"}
    )
    columns: list[str] = []
    for character in source:
        if unicodedata.combining(character) or unicodedata.category(character) in (
            "Cf",
            "Mn",
            "Me",
        ):
            columns[-1] += character
        else:
            columns += [character] + [""] * (
                unicodedata.east_asian_width(character) in "WF"
            )
    first, last = carets.index("^"), carets.rindex("^")
    return "".join(columns[first : last + 1])


def test_the_place_is_named_by_file_line_and_column_and_underlined() -> None:
    assert drawn(at("36件")) == [
        "年报.txt:2:13",
        "2 | 全年收到申请37件，办结36件。",
        "  |                       ^^^^",
        "furniture: filler",
    ]


@pytest.mark.parametrize("raw", ["概述", "37件", "，", "。", "局", "申请37"])
def test_the_carets_stand_under_the_place(raw: str) -> None:
    text = f"前后文字ab概述c{'́'}37件，局。申请37尾"
    assert underlined(at(raw, Source(text))) == raw


def test_a_text_from_a_file_says_where_in_the_file_the_place_is() -> None:
    source = Source(
        "收到 | 5 | 6",
        "年报.pdf",
        marks=(Mark(5, 6, page=3, table=2, row=5, column=2),),
    )
    assert (
        drawn(at("5", source))[0] == "年报.pdf:1:6 (page 3, table 2, row 5, column 2)"
    )
    assert drawn(at("6", source))[0] == "年报.pdf:1:10"


def test_lines_around_are_shown_and_end_with_the_text() -> None:
    assert drawn(at("概述"), around=1) == [
        "年报.txt:1:3",
        "1 | 一、概述",
        "  |     ^^^^",
        "2 | 全年收到申请37件，办结36件。",
        "furniture: filler",
    ]
    assert len(drawn(at("概述"), around=99)) == 3 + 5
    assert drawn(at("概述"), around=-1) == drawn(at("概述"))


@pytest.mark.parametrize("given", [None, 5, "收到"])
def test_what_is_no_value_of_a_report_is_refused_with_what_to_do(given: Any) -> None:
    """A report that lacks a cell gives None for it, so that None is what most often comes here."""
    with pytest.raises(TypeError, match=r"takes a value of a report.*report\.why"):
        explain(given)


def test_every_line_break_of_an_editor_counts_and_no_other() -> None:
    lines = Lines("a\r\nb\rc\nd\x0be\u2028f\n")
    assert len(lines) == 5
    assert [lines.place(i) for i in (0, 1, 3, 5, 7, 9, 11, 13)] == [
        (1, 1),
        (1, 2),
        (2, 1),
        (3, 1),
        (4, 1),
        (4, 3),
        (4, 5),
        (5, 1),
    ]
    assert lines.bounds(1) == (0, 1)


def test_a_place_over_several_lines_shows_its_first_and_counts_the_others() -> None:
    start = TEXT.index("办结")
    two = Paragraph("", "", Span(start, TEXT.index("\t")), SOURCE)
    assert drawn(two)[1:3] == [
        "2 | 全年收到申请37件，办结36件。",
        "  |                   ^^^^^^^^^^ … and 2 more lines",
    ]
    one = Paragraph("", "", Span(0, 7), SOURCE)
    assert drawn(one)[2].endswith("^^^^^^^^ … and 1 more line")
    whole_line = Paragraph(
        "", "", Span(0, 5), SOURCE
    )  # the break itself begins no new line
    assert "more" not in explain(whole_line)


def test_an_empty_place_has_one_caret_even_at_the_end_of_the_text() -> None:
    node = Furniture("filler", "", Span(len(TEXT), len(TEXT)), SOURCE)
    assert drawn(node)[:3] == ["年报.txt:5:1", "5 |", "  | ^"]
    assert drawn(Furniture("filler", "", Span(0, 0), Source("")))[:3] == [
        "<text>:1:1",
        "1 |",
        "  | ^",
    ]


def test_control_characters_are_made_visible_and_tabs_are_one_blank() -> None:
    source = Source("a\tb\x00c\x1b[2Jd\x9b\u202e\ud800件")
    assert drawn(at("件", source))[1:3] == [
        "1 | a b␀c␛[2Jd\ufffd\ufffd\ufffd件",
        "  |              ^^",
    ]


def test_a_long_line_is_cut_to_a_window_with_the_place_in_it() -> None:
    source = Source("一" * 5000 + "此处" + "二" * 5000)
    line, carets = drawn(at("此处", source))[1:3]
    shown = line.removeprefix("1 | ")
    assert display_width(shown) <= WINDOW
    assert shown.startswith("…一")
    assert shown.endswith("二…")
    assert carets.count("^") == 4
    assert underlined(at("此处", source)) == "此处"
    at_start = drawn(at("此处", Source("此处" + "二" * 500)))[1]
    assert at_start.startswith("1 | 此处")
    assert at_start.endswith("二…")
    at_end = drawn(at("此处", Source("一" * 500 + "此处")))[1]
    assert at_end.endswith("此处")
    assert "…一" in at_end


def test_a_place_longer_than_the_window_is_cut_too() -> None:
    source = Source("头" + "一" * 500 + "尾")
    line, carets = drawn(at("一" * 500, source))[1:3]
    assert line.endswith("一…")
    assert display_width(line) <= WINDOW + 4
    assert carets.count("^") > 60


@given(
    st.text(st.characters()),
    st.text(st.characters()),
    st.text(st.characters()),
    st.integers(0, 3),
)
def test_any_place_in_any_text_can_be_drawn(
    before: str, place: str, after: str, around: int
) -> None:
    node = Furniture(
        "filler",
        place,
        Span(len(before), len(before + place)),
        Source(before + place + after),
    )
    shown = explain(node, around=around)
    shown.encode("utf-8")
    assert "^" in shown
    assert all(
        c.isprintable() or unicodedata.category(c) in ("Cf", "Zs", "Cn", "Co")
        for c in shown.replace("\n", "")
    )
    assert all(display_width(line) <= WINDOW + 30 for line in shown.split("\n"))


def test_a_huge_line_takes_no_longer_than_finding_it() -> None:
    source = Source("（" * 2_000_000 + "此处" + "）" * 2_000_000)
    node = Furniture("filler", "此处", Span(2_000_000, 2_000_002), source)
    start = time.process_time()
    explain(node)
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    ("node", "said"),
    [
        (
            Cell(
                "requests.received",
                "value",
                "收到申请数",
                5,
                "件",
                "number",
                "5",
                Span(0, 1),
                source=SOURCE,
            ),
            "requests.received@value = 5 件 (number)",
        ),
        (
            Cell(
                "requests.received",
                "value",
                "收到申请数",
                None,
                "件",
                "blank",
                "",
                Span(0, 0),
                source=SOURCE,
            ),
            "requests.received@value (blank)",
        ),
        (
            Cell(
                None,
                None,
                "表外\n指标",
                Decimal("1E+2"),
                None,
                "number",
                "",
                Span(0, 0),
                True,
                True,
                ("unknown-row",),
                SOURCE,
            ),
            "表外 指标 = 100 (number, inferred, unit inferred, unknown-row)",
        ),
        (
            Section(
                1, 1, "一、", "概述", "overview", "一、概述", Span(0, 4), source=SOURCE
            ),
            "section 一、 概述 [overview], level 1",
        ),
        (
            Table("national-2014", "main", None, Span(0, 4), source=SOURCE),
            "table national-2014 main, 0 cells",
        ),
        (
            Table(None, None, None, Span(0, 4), source=SOURCE),
            "table of no known form, 0 cells",
        ),
        (
            Quantity(140000, "条", True, "", Span(0, 4), "proactive.total", SOURCE),
            "quantity about 140000 条 (proactive.total)",
        ),
        (
            Citation("某发〔2018〕2号", "关于某事的通知", "", Span(0, 4), SOURCE),
            "citation 某发〔2018〕2号 《关于某事的通知》",
        ),
        (Citation(None, "某条例", "", Span(0, 4), SOURCE), "citation 《某条例》"),
        (
            Diagnostic(
                "number-skipped", "warning", "a number is skipped", Span(0, 2), SOURCE
            ),
            "warning number-skipped: a number is skipped",
        ),
        (Evidence("contact.phone", "", Span(0, 2), SOURCE), "metadata.contact.phone"),
        (
            Repair("pinyin_glosses", Span(0, 2), "(nián)", "", SOURCE),
            "repair pinyin_glosses: “(nián)” became nothing",
        ),
        (Paragraph("某句话", "", Span(0, 2), SOURCE), "paragraph of 3 characters"),
    ],
)
def test_the_last_line_says_what_it_is(node: Node, said: str) -> None:
    assert drawn(node)[-1] == said


def test_what_has_no_text_or_no_place_is_refused_with_the_way_out() -> None:
    quantity = Quantity(5, "件", False, "37件", Span(11, 14))
    with pytest.raises(ValueError, match=r"Report\.from_dict\(data, source=text\)"):
        explain(quantity)
    with pytest.raises(ValueError, match="no place in the text"):
        explain(Diagnostic("not-a-report", "error", "not a report", None, SOURCE))
    with pytest.raises(ValueError, match="not inside its source"):
        explain(Quantity(5, None, False, "", Span(900, 901), source=SOURCE))
    back = Report.from_dict(
        Report(quantities=(quantity,)).to_dict(), source=Source(TEXT)
    )
    assert "<text>:2:7" in explain(back.quantities[0])


@given(st.text(st.characters()), st.integers(1, 80))
def test_padding_and_cutting_hold_to_the_columns(text: str, columns: int) -> None:
    short = cut(text, columns)
    assert display_width(short) <= columns
    assert display_width(pad(short, columns)) == columns
    assert len(visible(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("ab", 2),
        ("年报", 4),
        ("（ａ）", 6),
        ("e\u0301\u200b\ufeff", 1),
        ("“①—", 3),
        ("㈠", 2),
    ],
)
def test_the_width_of_a_text_is_that_of_a_terminal(text: str, columns: int) -> None:
    assert display_width(text) == columns
