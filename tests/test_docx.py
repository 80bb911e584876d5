"""Word files: what stands on the page is read, in its order, and nothing else."""

from __future__ import annotations

import pytest
from word import (
    CONTENT_TYPE,
    cell,
    lines,
    paragraph,
    parts_of,
    read,
    row,
    run,
    span,
    table,
    word,
    zipped,
)

from govdisclose.errors import SourceError
from govdisclose.text import Span

VANISH = "<w:vanish/>"
DELETED = '<w:rPr><w:del w:id="1" w:author="a"/></w:rPr>'


def field(instruction: str, result: str) -> str:
    """A field in its long form."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def box(*paragraphs: str) -> str:
    """A text box as Word writes it: the new way, and the old way for older programs."""
    content = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><a:graphic><a:graphicData uri="x">'
        f"<wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def picture(width: int, height: int) -> str:
    """A picture of so many centimetres."""
    size = f'cx="{width * 360000}" cy="{height * 360000}"'
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent {size}/><a:graphic><a:graphicData uri="{{}}/picture"><pic:pic><pic:spPr>'
        f"<a:xfrm><a:ext {size}/></a:xfrm></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def codes(body: str) -> list[tuple[str, str]]:
    """The notices of a body."""
    return [(notice.code, notice.detail) for notice in read(word(body)).notices]


# --- paragraphs and runs


def test_paragraphs_and_tables_come_in_the_order_of_the_file() -> None:
    body = (
        paragraph("甲") + table(row("项目", "数量"), row("收到", "5")) + paragraph("乙")
    )
    assert lines(body) == ["甲", "| 项目 | 数量 |", "| 收到 | 5 |", "乙"]


def test_runs_of_one_paragraph_join_without_a_gap() -> None:
    assert lines(f"<w:p>{run('公开')}{run('12')}<w:proofErr/>{run('3条')}</w:p>") == [
        "公开123条"
    ]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("<w:br/>", "\n"),
        ('<w:br w:type="page"/>', "\n"),
        ("<w:cr/>", "\n"),
        ("<w:tab/>", "\t"),
        ("<w:ptab/>", "\t"),
        ("<w:noBreakHyphen/>", "-"),
        ("<w:softHyphen/>", ""),
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
        ('<w:sym w:font="Symbol" w:char="F0B3"/>', "≥"),
        ('<w:sym w:font="Symbol" w:char="F035"/>', "5"),
        ('<w:sym w:font="Wingdings" w:char="F082"/>', "②"),
        ('<w:sym w:font="宋体" w:char="2116"/>', "№"),
        ('<w:sym w:font="Wingdings" w:char="F0EE"/>', "\N{REPLACEMENT CHARACTER}"),
        ('<w:sym w:font="宋体" w:char="D800"/>', "\N{REPLACEMENT CHARACTER}"),
        ("<w:sym/>", "\N{REPLACEMENT CHARACTER}"),
        ("<w:t> 5 </w:t>", "5"),
        ('<w:t xml:space="preserve"> 5 </w:t>', " 5 "),
        ("<w:t>五\n六</w:t>", "五 六"),
        (
            "<w:ruby><w:rt><w:r><w:t>kāi</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>开</w:t></w:r></w:rubyBase></w:ruby>",
            "开",
        ),
        ("<w:lastRenderedPageBreak/>", ""),
        ("<w:commentReference/>", ""),
        ("<w:delText>5</w:delText>", ""),
    ],
)
def test_what_a_run_holds_is_read_as_it_shows(inner: str, text: str) -> None:
    assert (
        read(word(f"<w:p>{run('甲')}<w:r>{inner}</w:r>{run('乙')}</w:p>")).text
        == f"甲{text}乙\n"
    )


def test_characters_of_a_font_of_symbols_are_read_as_what_they_show() -> None:
    text = run("\uf0fe公开", '<w:rFonts w:ascii="Wingdings"/>')
    assert lines(f"<w:p>{text}</w:p>") == ["☑公开"]


def test_a_raised_digit_is_no_digit_of_the_figure_before_it() -> None:
    """A note written by hand behind a figure would make 12 into 121."""
    raised = run("1", '<w:vertAlign w:val="superscript"/>')
    assert lines(f"<w:p>{run('12')}{raised}</w:p>") == ["12¹"]


@pytest.mark.parametrize(
    "tag",
    [
        "w:hyperlink",
        "w:smartTag",
        "w:customXml",
        "w:ins",
        "w:moveTo",
        "w:bdo",
        "w:fldSimple",
    ],
)
def test_text_inside_wrappers_is_read(tag: str) -> None:
    assert lines(f"<w:p>{run('甲')}<{tag}>{run('乙')}</{tag}>{run('丙')}</w:p>") == [
        "甲乙丙"
    ]


@pytest.mark.parametrize("level", ["block", "inline", "row", "cell"])
def test_content_controls_are_read_at_every_level(level: str) -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    rows = row("收到", "5")
    bodies = {
        "block": control(control(table(rows))),
        "inline": table(row(cell(inner=f"<w:p>{control(run('收到'))}</w:p>"), "5")),
        "row": table(control(rows)),
        "cell": table(row(control(cell("收到")), cell("5"))),
    }
    assert lines(bodies[level]) == ["| 收到 | 5 |"]


def test_the_prompt_of_an_empty_content_control_is_no_text() -> None:
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    assert lines(f"<w:p>{run('共')}{prompt.format(run('0件'))}</w:p>") == ["共"]


def test_headers_footers_and_comments_are_left_out() -> None:
    noise = paragraph("第3页")
    assert lines(
        paragraph(
            "甲",
            inner="<w:commentRangeStart/><w:r><w:commentReference w:id='0'/></w:r>",
        ),
        header=noise,
        footer=noise,
        comments=f"<w:comment w:id='0'>{noise}</w:comment>",
    ) == ["甲"]


def test_fractions_and_powers_of_a_formula_do_not_run_into_one_figure() -> None:
    math = (
        "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f>"
        "<m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>4</m:t></m:r></m:sup></m:sSup></m:oMath>"
    )
    assert lines(f"<w:p>{math}</w:p>") == ["1/210^4"]


# --- hidden text


@pytest.mark.parametrize(
    ("properties", "shown"),
    [
        (VANISH, False),
        ('<w:vanish w:val="0"/>', True),
        ('<w:rStyle w:val="h"/>', False),
        ("", True),
        ('<w:rStyle w:val="h"/><w:vanish w:val="false"/>', True),
        ('<w:rStyle w:val="child"/>', False),
        ("<w:webHidden/>", True),
    ],
)
def test_hidden_text_is_left_out(properties: str, shown: bool) -> None:
    styles = (
        f'<w:style w:type="character" w:styleId="h"><w:rPr>{VANISH}</w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="child"><w:basedOn w:val="h"/></w:style>'
    )
    text = f"<w:p>{run('甲')}{run('9', properties)}</w:p>"
    assert lines(text, styles=styles) == ["甲9" if shown else "甲"]


def test_a_style_of_paragraphs_can_hide_them() -> None:
    styles = f'<w:style w:styleId="h"><w:rPr>{VANISH}</w:rPr></w:style>'
    body = paragraph("甲", '<w:pStyle w:val="h"/>') + paragraph("乙")
    assert lines(body, styles=styles) == ["乙"]


def test_a_field_whose_marks_are_hidden_still_ends() -> None:
    body = f"<w:p>{field('REF x', run('甲', VANISH))}{run('乙')}</w:p>".replace(
        "<w:r><w:fldChar", f"<w:r><w:rPr>{VANISH}</w:rPr><w:fldChar"
    )
    assert lines(body) == ["乙"]


def test_a_paragraph_whose_mark_is_hidden_runs_into_the_next() -> None:
    """Word's separator of styles: a heading that runs into its text."""
    assert lines(
        paragraph("（一）机构。", f"<w:rPr>{VANISH}</w:rPr>") + paragraph("3人。")
    ) == ["（一）机构。3人。"]


# --- tracked changes


def test_changes_are_read_as_accepted() -> None:
    body = (
        f"<w:p>{run('收到')}<w:del>{run('4')}<w:r><w:delText>4</w:delText></w:r></w:del><w:ins>{run('5')}"
        f"<w:del>{run('6')}</w:del></w:ins>{run('件')}<w:moveFrom>{run('甲')}</w:moveFrom><w:moveTo>{run('乙')}</w:moveTo></w:p>"
    )
    assert lines(body) == ["收到5件乙"]


def test_a_paragraph_whose_mark_is_deleted_runs_into_the_next() -> None:
    assert lines(paragraph("收到", DELETED) + paragraph("5件")) == ["收到5件"]


def test_a_deleted_paragraph_leaves_no_line() -> None:
    gone = f"<w:p><w:pPr>{DELETED}</w:pPr><w:del>{run('旧')}</w:del></w:p>"
    assert read(word(paragraph("甲") + gone + paragraph("乙"))).text == "甲\n乙\n"


def test_the_last_paragraph_of_a_cell_stays_though_its_mark_is_deleted() -> None:
    assert lines(table(row(cell(inner=paragraph("收到", DELETED)), "5"))) == [
        "| 收到 | 5 |"
    ]


def test_deleted_rows_and_cells_are_gone() -> None:
    body = table(
        row("收到", "5"),
        row("旧", "6", properties='<w:del w:id="1"/>'),
        row(cell("办结"), cell("旧", "<w:cellDel/>"), cell("4")),
    )
    assert lines(body) == ["| 收到 | 5 |", "| 办结 | 4 |"]


def test_a_table_all_of_whose_rows_are_deleted_is_none() -> None:
    source = read(
        word(table(row("旧", "6", properties="<w:del/>")) + table(row("收到", "5")))
    )
    assert source.text.split() == ["|", "收到", "|", "5", "|"]
    assert source.marks[0].table == 1


# --- fields


def test_a_field_shows_its_result_and_not_its_instruction() -> None:
    assert lines(
        f"<w:p>{run('共')}{field('=SUM(ABOVE)', run('12'))}{run('件')}</w:p>"
    ) == ["共12件"]


def test_a_field_inside_the_instruction_of_another_is_not_shown() -> None:
    inner = f"<w:r><w:fldChar w:fldCharType='begin'/></w:r>{field('PAGE', run('7'))}"
    body = f"{inner}<w:r><w:fldChar w:fldCharType='separate'/></w:r>{run('甲')}<w:r><w:fldChar w:fldCharType='end'/></w:r>"
    assert lines(f"<w:p>{body}</w:p>") == ["甲"]


def test_a_field_that_is_never_closed_swallows_nothing() -> None:
    broken = (
        "<w:r><w:fldChar w:fldCharType='begin'/><w:instrText>REF x</w:instrText></w:r>"
    )
    body = f"<w:p>{broken}{run('甲')}</w:p>" + paragraph(
        "乙", inner=field("REF y", run("丙"))
    )
    assert lines(body) == ["甲", "乙丙"]


@pytest.mark.parametrize(
    "end",
    [
        "<w:r><w:fldChar w:fldCharType='end'/></w:r>",
        "<w:r><w:fldChar w:fldCharType='separate'/></w:r>",
    ],
)
def test_marks_of_a_field_that_never_began_do_no_harm(end: str) -> None:
    assert lines(f"<w:p>{run('甲')}{end}{run('乙')}</w:p>") == ["甲乙"]


def test_what_word_draws_from_an_instruction_is_read() -> None:
    """A character in a circle is a field without a result."""
    drawn = (
        "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText> eq \\o\\ac(○,</w:instrText></w:r>"
        "<w:r><w:instrText>2)</w:instrText></w:r><w:r><w:fldChar w:fldCharType='end'/></w:r>"
    )
    assert lines(f"<w:p>{drawn}{run('拓宽渠道')}</w:p>") == ["②拓宽渠道"]


def test_a_paragraph_that_is_nothing_but_a_page_number_is_left_out() -> None:
    body = (
        paragraph("甲") + f"<w:p>{run('- ')}{field('PAGE', run('4'))}{run(' -')}</w:p>"
    )
    assert lines(body) == ["甲"]
    assert lines(
        f"<w:p>{run('全文见第')}{field('PAGE', run('4'))}{run('页')}</w:p>"
    ) == ["全文见第4页"]


def test_a_table_of_contents_is_told_from_the_headings_it_repeats() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o "1-3"</w:instrText></w:r>'
    separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
        for kind in ("separate", "end")
    )
    page = "<w:r><w:tab/></w:r>" + field("PAGEREF _Toc1", run("3"))
    contents = (
        f"<w:p>{begin}{separate}{run('一、概述')}{page}</w:p>"
        + paragraph("二、打算", inner=page)
        + f"<w:p>{end}</w:p>"
    )
    assert lines(contents + paragraph("一、概述")) == [
        "一、概述……3",
        "二、打算……3",
        "一、概述",
    ]
    styled = paragraph(
        "二、打算", '<w:pStyle w:val="TOC1"/>', "<w:r><w:tab/><w:t>4</w:t></w:r>"
    )
    styles = '<w:style w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    assert lines(styled + paragraph("二、打算"), styles=styles) == [
        "二、打算……4",
        "二、打算",
    ]


# --- notes and text boxes


def test_notes_come_last_and_leave_no_digit_in_the_text() -> None:
    def notes(kind: str, *texts: str) -> str:
        separator = f'<w:{kind} w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:{kind}>'
        ref = f"<w:r><w:{kind}Ref/></w:r>"
        return separator + "".join(
            f'<w:{kind} w:id="{i}"><w:p>{ref}{run(text)}</w:p></w:{kind}>'
            for i, text in enumerate(texts, 1)
        )

    body = table(
        row(
            "收到",
            cell(
                inner=paragraph(
                    "12", inner='<w:r><w:footnoteReference w:id="2"/></w:r>'
                )
            ),
        )
    )
    body += paragraph(
        "甲", inner='<w:r><w:endnoteReference w:id="1"/></w:r>'
    ) + paragraph("乙")
    assert lines(
        body,
        footnotes=notes("footnote", "没有提到", "含结转"),
        endnotes=notes("endnote", "说明"),
    ) == [
        "| 收到 | 12 |",
        "甲",
        "乙",
        "脚注1：含结转",
        "尾注1：说明",
    ]


def test_a_note_that_is_referred_to_twice_is_printed_once() -> None:
    reference = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    notes = f'<w:footnote w:id="1">{paragraph("注")}</w:footnote>'
    assert lines(paragraph("甲", inner=reference * 3), footnotes=notes) == [
        "甲",
        "脚注1：注",
    ]


def test_a_reference_to_a_note_that_is_not_there_is_nothing() -> None:
    assert lines(
        paragraph("甲", inner='<w:r><w:footnoteReference w:id="9"/></w:r>'),
        footnotes="",
    ) == ["甲"]


def test_a_text_box_comes_once_and_behind_its_paragraph() -> None:
    body = (
        f"<w:p>{run('甲')}{box(paragraph('框一'), paragraph('框二'))}{run('乙')}</w:p>"
        + paragraph("丙")
    )
    assert lines(body) == ["甲乙", "框一", "框二", "丙"]


def test_a_text_box_in_the_old_way_alone_is_read() -> None:
    old = f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('框')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    assert lines(f"<w:p>{old}</w:p>") == ["框"]


def test_a_text_box_with_a_table_and_a_box_inside_is_read() -> None:
    body = f"<w:p>{run('甲')}{box(table(row('收到', '5')), '<w:p>' + run('外') + box(paragraph('内')) + '</w:p>')}</w:p>"
    assert lines(body) == ["甲", "| 收到 | 5 |", "外", "内"]


def test_a_text_box_that_hangs_on_a_cell_does_not_touch_its_figure() -> None:
    body = table(
        row("收到", cell(inner=f"<w:p>{run('5')}{box(paragraph('第3页'))}</w:p>")),
        row("办结", "4"),
    )
    assert lines(body) == ["| 收到 | 5 |", "| 办结 | 4 |", "第3页"]


# --- tables


def test_a_cell_over_several_rows_stands_in_each_and_one_over_several_columns_once() -> (
    None
):
    body = table(
        row(cell("申请人", span(2) + '<w:vMerge w:val="restart"/>'), cell("总计")),
        row(cell("", span(2) + "<w:vMerge/>"), cell("5")),
        row("自然人", "法人", "6"),
    )
    assert lines(body) == [
        "| 申请人 | 总计 |",
        "| 申请人 | 5 |",
        "| 自然人 | 法人 | 6 |",
    ]


def test_a_figure_over_columns_that_the_head_does_not_share_is_one_figure() -> None:
    """Head and body of real tables agree in the number of their cells, not in the columns of the file."""
    body = table(
        row(
            "信息内容",
            "本年新制作数量",
            cell("本年新公开数量", span(2)),
            "对外公开总数量",
        ),
        row("规章", cell("0", span(2)), "1", "2"),
        row(cell("第二十条第（五）项", span(5))),
        row("行政许可", cell("12", span(4))),
    )
    assert lines(body) == [
        "| 信息内容 | 本年新制作数量 | 本年新公开数量 | 对外公开总数量 |",
        "| 规章 | 0 | 1 | 2 |",
        "| 第二十条第（五）项 |",
        "| 行政许可 | 12 |",
    ]


def test_cells_merged_in_the_old_way_are_one() -> None:
    body = table(
        row("甲", cell("乙", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>")),
        row("一", "二", "三"),
    )
    assert lines(body) == ["| 甲 | 乙 |", "| 一 | 二 | 三 |"]


def test_a_merge_that_was_tracked_is_made() -> None:
    body = table(
        row(cell("甲", '<w:cellMerge w:vMerge="rest"/>'), "1"),
        row(cell("", '<w:cellMerge w:vMerge="cont"/>'), "2"),
    )
    assert lines(body) == ["| 甲 | 1 |", "| 甲 | 2 |"]


def test_a_cell_that_goes_on_from_nothing_is_a_cell_of_its_own() -> None:
    body = table(
        row(cell("甲", "<w:vMerge/>"), "1"),
        row(cell("乙", '<w:vMerge w:val="restart"/>'), "2"),
    )
    assert lines(body) == ["| 甲 | 1 |", "| 乙 | 2 |"]


def test_columns_that_a_row_leaves_out_at_its_sides_are_blank() -> None:
    body = table(
        row("甲", "乙", "丙"),
        row("5", "6", properties='<w:gridBefore w:val="1"/>'),
        row("7", "8", properties='<w:gridAfter w:val="1"/>'),
    )
    assert lines(body) == ["| 甲 | 乙 | 丙 |", "| | 5 | 6 |", "| 7 | 8 | |"]


def test_a_strip_that_is_too_narrow_for_a_character_is_no_cell() -> None:
    """A row that was moved by hand begins a hair further to the right, or has a blank strip between two cells."""
    body = table(
        row(cell("收到", span(2)), cell("5", span(2))),
        row("办结", cell("4", span(2)), properties='<w:gridBefore w:val="1"/>'),
        row(cell("其他", span(2)), "", "3"),
        widths=(60, 3000, 40, 2000),
    )
    assert lines(body) == ["| 收到 | 5 |", "| 办结 | 4 |", "| 其他 | 3 |"]


@pytest.mark.parametrize("widths", [(), (0, 0, 0), (100, 100, 100), (900, 90, 90)])
def test_blank_cells_stay_where_widths_mean_nothing_or_a_column_has_text(
    widths: tuple[int, ...],
) -> None:
    body = table(row("收到", "", "5"), row("办结", "4", ""), widths=widths)
    assert lines(body) == ["| 收到 | | 5 |", "| 办结 | 4 | |"]


def test_a_cell_whose_columns_are_counted_wrongly_still_goes_on() -> None:
    """Word has been seen to claim a column less in one row than in the next."""
    body = table(
        row(
            cell("三、办理", span(2) + '<w:vMerge w:val="restart"/>'),
            cell("结果", '<w:vMerge w:val="restart"/>'),
            cell("5"),
        ),
        row(cell("", "<w:vMerge/>"), cell("", "<w:vMerge/>"), cell("6")),
    )
    assert lines(body) == ["| 三、办理 | 结果 | 5 |", "| 三、办理 | 结果 | 6 |"]


@pytest.mark.parametrize("blank", ["", "\N{NO-BREAK SPACE}", "\N{IDEOGRAPHIC SPACE}"])
def test_blank_cells_stay_cells(blank: str) -> None:
    """A third head line may begin with five of them."""
    assert lines(table(row(*[blank] * 3, "结果维持"), row("1", blank, "2", "3"))) == [
        "| | | | 结果维持 |",
        "| 1 | | 2 | 3 |",
    ]


def test_lines_of_a_cell_share_its_line() -> None:
    """A label that is broken to fit its cell is whole again; figures on two lines are not one figure."""
    label = cell(
        inner=paragraph("本年新")
        + "<w:p><w:r><w:t>制作</w:t><w:br/><w:t>数量（单位：</w:t></w:r></w:p>"
        + paragraph("件）")
    )
    figures = cell(inner="<w:p><w:r><w:t>1</w:t><w:br/><w:t>2</w:t></w:r></w:p>")
    assert lines(table(row(label, figures))) == ["| 本年新制作数量（单位：件） | 1 2 |"]
    assert lines(
        table(row(cell(inner=paragraph("2021") + paragraph("年度")), "5"))
    ) == ["| 2021 年度 | 5 |"]


def test_a_bar_in_a_cell_makes_no_column() -> None:
    assert lines(table(row("甲|乙", "5"))) == ["| 甲 乙 | 5 |"]


def test_a_frame_around_text_is_no_table() -> None:
    """A table of one column, or of one cell with the report in it."""
    inner = (
        paragraph("一、概述")
        + table(row("收到", "5"), row("办结", "4"))
        + paragraph("二、打算")
    )
    assert lines(table(row(cell(inner=inner)))) == [
        "一、概述",
        "| 收到 | 5 |",
        "| 办结 | 4 |",
        "二、打算",
    ]
    assert lines(table(row("甲"), row("乙"))) == ["甲", "乙"]


def test_a_table_that_only_lays_out_others_is_none() -> None:
    layout = table(
        row(
            cell(inner=table(row("收到", "5"), row("办结", "4"))),
            cell(inner=table(row("新闻", "1"))),
        )
    )
    assert lines(layout) == ["| 收到 | 5 |", "| 办结 | 4 |", "| 新闻 | 1 |"]


def test_a_small_table_inside_a_cell_stays_in_the_cell() -> None:
    body = table(
        row("项目", "数量"),
        row("收到", cell(inner=table(row("5", "件")))),
        row("办结", "4"),
    )
    assert lines(body) == ["| 项目 | 数量 |", "| 收到 | 5 件 |", "| 办结 | 4 |"]


def test_every_cell_knows_its_table_row_and_column() -> None:
    source = read(
        word(
            table(row("a", "b"))
            + paragraph("甲")
            + table(row("项目", "数量"), row("收到", "5"))
        )
    )
    at = source.text.index("5")
    assert str(source.place(Span(at, at + 1))) == "table 2, row 2, column 2"


def test_two_tables_without_a_paragraph_between_are_two() -> None:
    source = read(word(table(row("甲", "1")) + table(row("乙", "2"))))
    assert [mark.table for mark in source.marks] == [1, 1, 2, 2]


# --- what is not read


@pytest.mark.parametrize("program", ["Excel.Sheet.12", "ET.Sheet.12", "Package"])
def test_an_embedded_object_is_noticed(program: str) -> None:
    body = paragraph(
        "见附表",
        inner=f'<w:r><w:object><v:shape/><o:OLEObject ProgID="{program}"/></w:object></w:r>',
    )
    assert codes(body) == [("embedded-object", program)]


def test_a_formula_in_an_object_is_not_worth_a_notice() -> None:
    assert (
        codes(
            '<w:p><w:r><w:object><o:OLEObject ProgID="Equation.DSMT4"/></w:object></w:r></w:p>'
        )
        == []
    )


@pytest.mark.parametrize("tag", ["altChunk", "subDoc"])
def test_a_document_that_is_shown_in_place_is_noticed(tag: str) -> None:
    source = read(word(paragraph("甲") + f'<w:{tag} r:id="x"/>' + paragraph("乙")))
    assert [(n.code, n.start) for n in source.notices] == [("embedded-object", 2)]


def test_a_large_picture_is_noticed_and_a_seal_is_not() -> None:
    assert codes(f"<w:p>{picture(15, 9)}</w:p>") == [
        ("picture-not-read", "a picture of 15 by 9 cm")
    ]
    assert codes(f"<w:p>{picture(4, 4)}</w:p>") == []


def test_a_picture_in_the_old_way_is_noticed() -> None:
    shape = '<v:shape style="position:absolute;width:425.2pt;height:8cm"><v:imagedata r:id="x"/></v:shape>'
    assert codes(f"<w:p><w:r><w:pict>{shape}</w:pict></w:r></w:p>") == [
        ("picture-not-read", "a picture of 15 by 8 cm")
    ]


def test_a_chart_is_noticed() -> None:
    chart = '<w:drawing><wp:inline><a:graphic><a:graphicData uri="http://x/chart"/></a:graphic></wp:inline></w:drawing>'
    assert codes(f"<w:p><w:r>{chart}</w:r></w:p>") == [("picture-not-read", "a chart")]


# --- kinds of Word files


@pytest.mark.parametrize(
    "content_type",
    [
        CONTENT_TYPE,
        CONTENT_TYPE.replace("document.main", "template.main"),
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_documents_templates_and_those_with_macros_are_read_alike(
    content_type: str,
) -> None:
    assert read(zipped(parts_of(paragraph("甲"), content_type))).text == "甲\n"


def test_the_strict_kind_is_read_like_the_transitional() -> None:
    body = paragraph("概述", '<w:numPr><w:numId w:val="1"/></w:numPr>') + table(
        row("收到", cell("5", span(1)))
    )
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
        '<w:lvlText w:val="%1、"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    parts = parts_of(body, numbering=numbering)
    strict = {
        name: str(text)
        .replace(
            "http://schemas.openxmlformats.org/wordprocessingml/2006/",
            "http://purl.oclc.org/ooxml/wordprocessingml/",
        )
        .replace(
            "http://schemas.openxmlformats.org/officeDocument/2006/",
            "http://purl.oclc.org/ooxml/officeDocument/",
        )
        for name, text in parts.items()
    }
    assert "purl.oclc.org" in strict["word/document.xml"]
    assert read(zipped(strict)) == read(zipped(parts))


def test_parts_are_found_where_the_relations_say() -> None:
    parts = parts_of(paragraph("甲"))
    parts["_rels/.rels"] = str(parts["_rels/.rels"]).replace(
        "word/document.xml", "/Text/Main%20Part.xml"
    )
    parts["text/main part.xml"] = parts.pop("word/document.xml")
    assert read(zipped(parts)).text == "甲\n"


def test_a_file_without_relations_is_read_from_the_usual_place() -> None:
    parts = parts_of(paragraph("甲"))
    del parts["_rels/.rels"], parts["word/_rels/document.xml.rels"]
    assert read(zipped(parts)).text == "甲\n"


@pytest.mark.parametrize("target", ["NULL", "media/none.png", "../../../etc/passwd"])
def test_a_link_to_a_part_that_is_not_there_does_no_harm(target: str) -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="x{k}" Type="{kind}/{k}" Target="{target}"/>'
        for k in ("image", "styles")
    )
    assert lines(paragraph("甲"), relations=links) == ["甲"]


def test_a_part_in_utf_16_is_read() -> None:
    parts = parts_of(paragraph("甲"))
    parts["word/document.xml"] = (
        str(parts["word/document.xml"]).replace("UTF-8", "UTF-16").encode("utf-16")
    )
    assert read(zipped(parts)).text == "甲\n"


@pytest.mark.parametrize(
    ("look", "shown"),
    [
        ('<w:position w:val="6"/>', "一、概述¹"),
        ('<w:position w:val="-6"/>', "一、概述₁"),
        ('<w:position w:val="1"/>', "一、概述1"),
        ('<w:sz w:val="2"/>', "一、概述"),
        ('<w:color w:val="FFFFFF"/>', "一、概述"),
        ('<w:color w:val="FFFFFF"/><w:shd w:fill="000080"/>', "一、概述1"),
    ],
)
def test_a_run_is_read_as_a_person_sees_it(look: str, shown: str) -> None:
    """Raised and lowered digits are no digits of the line; tiny ones and white ones on white are not there."""
    source = read(
        word(
            f"<w:p><w:r><w:t>一、概述</w:t></w:r><w:r><w:rPr>{look}</w:rPr><w:t>1</w:t></w:r></w:p>"
        )
    )
    assert source.text == f"{shown}\n"
    assert [n.code for n in source.notices] == ["hidden-text"] * (shown == "一、概述")


def test_white_text_in_a_table_with_a_style_or_a_ground_is_seen() -> None:
    run = '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>指标</w:t></w:r>'
    cell = f'<w:tc><w:tcPr><w:shd w:fill="000080"/></w:tcPr><w:p>{run}</w:p></w:tc><w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>'
    assert (
        read(word(f"<w:tbl><w:tr>{cell}</w:tr></w:tbl>")).text.strip() == "| 指标 | 1 |"
    )
    plain = cell.replace('<w:shd w:fill="000080"/>', "")
    assert "指标" not in read(word(f"<w:tbl><w:tr>{plain}</w:tr></w:tbl>")).text
    styled = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="a"/></w:tblPr><w:tr>{plain}</w:tr></w:tbl>'
    )
    assert "指标" in read(word(styled)).text


def test_a_file_with_two_texts_is_refused() -> None:
    """Programs differ in which of them they show."""
    parts = parts_of("<w:p><w:r><w:t>一</w:t></w:r></w:p>")
    relations = str(parts["_rels/.rels"])
    second = relations[
        relations.index("<Relationship ") : relations.index("</Relationships>")
    ]
    second = second.replace("r1", "r2").replace("document.xml", "other.xml")
    both = {
        **parts,
        "_rels/.rels": relations.replace(
            "</Relationships>", f"{second}</Relationships>"
        ),
    }
    with pytest.raises(SourceError, match="two texts"):
        read(zipped({**both, "word/other.xml": parts["word/document.xml"]}))
