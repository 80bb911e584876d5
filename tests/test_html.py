"""Web pages: what is read of them, what is left out, and how their tables are laid out."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

import pytest
from lxml import etree

import govdisclose as gd
from govdisclose.read import DEFAULTS, read
from govdisclose.read.html import read_told
from govdisclose.read.html.told import Piece
from govdisclose.read.html.words import pattern, words

TITLE = "云溪市水利局2018年政府信息公开工作年度报告"
PROSE = "全年主动公开政府信息120条,召开会议3次,各项工作有序开展,群众满意度不断提高。"
BODY = f"<p>一、概述</p><p>{PROSE}</p><p>{PROSE}</p><p>{PROSE}</p>"


def text_of(page: str, encoding: str = "utf-8") -> str:
    return read(page.encode(encoding)).text


def lines_of(page: str) -> list[str]:
    return [line for line in text_of(page).split("\n") if line]


def table_of(rows: str) -> list[list[str]]:
    """The cells of a table as they are written down."""
    lines = lines_of(f"<html><body><table>{rows}</table></body></html>")
    assert all(line.startswith("|") and line.endswith("|") for line in lines), lines
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]


# --- lines ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>政府<span>信息</span><b>公<i>开</i></b>工作</p>", ["政府信息公开工作"]),
        (
            "<p>一、概述<br>全年12条<br/>二、打算</p>",
            ["一、概述", "全年12条", "二、打算"],
        ),
        ("<div>一、<div>概述</div>二、</div>", ["一、", "概述", "二、"]),
        ("<p>政府信\n  息公开</p>", ["政府信息公开"]),
        ("<p>公开\n12 条</p>", ["公开 12 条"]),
        ("<p>&nbsp;&nbsp;一、&ldquo;概&rdquo;述&#12290;</p>", ["一、“概”述。"]),
        ("<p>一&amp;nbsp;二&amp;ldquo;三&amp;#8221;</p>", ["一 二“三”"]),
        ("<p>AT&amp;T 5 &lt; 7</p>", ["AT&T 5 < 7"]),
        ("<p>公\u200b开\ufeff信\u00ad息</p>", ["公开信息"]),
        ("<pre>一、概述\n公开12条\n</pre>", ["一、概述", "公开12条"]),
        (
            "<p>一、<o:p>概</o:p>述<st1:chsdate w:st='on'>2018年</st1:chsdate></p>",
            ["一、概述2018年"],
        ),
        ("<p>一<p>二<li>三", ["一", "二", "三"]),
        ("<h1>题目</h1>正文<hr>尾", ["题目", "正文", "尾"]),
        ("<ruby>字<rp>(</rp><rt>zì</rt><rp>)</rp></ruby>", ["字"]),
        ("<p>a<!-- 注释 -->b</p>", ["ab"]),
        (
            "<p>收到5<sup>1</sup>件,面积9m<sup>2</sup>,甲<sup>①</sup></p>",
            ["收到5[1]件,面积9m[2],甲[①]"],
        ),
        ("<p><![if !supportLists]><span>一、</span><![endif]>概述</p>", ["一、概述"]),
        ("<!--[if gte mso 9]><xml>隐藏</xml><![endif]--><p>见</p>", ["见"]),
        ("<xml><w:View>Normal</w:View></xml><p>见</p>", ["见"]),
    ],
)
def test_lines_are_those_that_a_browser_shows(page: str, expected: list[str]) -> None:
    assert lines_of(f"<html><body>{page}</body></html>") == expected


@pytest.mark.parametrize(
    "hidden",
    [
        '<p style="display:none">隐</p>',
        '<p style="color:red; DISPLAY : None;">隐</p>',
        '<span style="visibility:hidden">隐</span>',
        "<div hidden>隐<p>隐</p></div>",
        "<span style='mso-hide:all'>隐</span>",
        "<script>document.write('隐')</script>",
        "<del>隐</del>",
        "<s>隐</s>",
        "<strike>隐</strike>",
        '<span style="text-decoration: line-through">隐</span>',
        "<style>隐</style>",
        "<noscript>隐</noscript>",
        "<template><p>隐</p></template>",
        "<textarea>隐</textarea>",
        "<select><option>隐</option></select>",
        "<button>隐</button>",
        "<svg><text>隐</text></svg>",
    ],
)
def test_what_a_browser_hides_is_not_read(hidden: str) -> None:
    assert lines_of(f"<html><body><p>见一</p>{hidden}<p>见二</p>尾</body></html>") == [
        "见一",
        "见二",
        "尾",
    ]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ol><li>概述<li>打算</ol>", ["1.概述", "2.打算"]),
        (
            "<ol start=3><li>概述</li><li value=7>打算</li><li>其他</li></ol>",
            ["3.概述", "7.打算", "8.其他"],
        ),
        (
            "<ol type=a><li>甲</ol><ol type=I><li>甲<li>乙<li>丙<li>丁</ol>",
            ["a.甲", "I.甲", "II.乙", "III.丙", "IV.丁"],
        ),
        ("<ol start=10 style='list-style-type:cjk-decimal'><li>甲</ol>", ["一〇、甲"]),
        (
            "<ol style='list-style-type:cjk-ideographic'>" + "<li>部" * 12 + "</ol>",
            None,
        ),
        ("<ol style='list-style:none'><li>甲</ol>", ["甲"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        (
            "<ol><li>一、概述<li>（二）打算<li>3.其他</ol>",
            ["一、概述", "（二）打算", "3.其他"],
        ),
        ("<ol><li>甲<ol type=A><li>乙</ol><li>丙</ol>", ["1.甲", "A.乙", "2.丙"]),
        (
            "<ol start=99999999999999999999><li>甲</ol><ol start=x><li>乙</ol>",
            ["9999.甲", "1.乙"],
        ),
    ],
)
def test_points_of_a_list_have_the_numbers_that_a_browser_shows(
    page: str, expected: list[str] | None
) -> None:
    if expected is None:
        chinese = [
            "一",
            "二",
            "三",
            "四",
            "五",
            "六",
            "七",
            "八",
            "九",
            "十",
            "十一",
            "十二",
        ]
        expected = [f"{number}、部" for number in chinese]
    assert lines_of(f"<html><body>{page}</body></html>") == expected


# --- tables -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("<tr><td>甲<td>5<tr><td>乙<td>6", [["甲", "5"], ["乙", "6"]]),
        (
            "<tr><th>甲<td><td>&nbsp;</td></tr><tr><td>乙<td>6<td>7</tr>",
            [["甲", "", ""], ["乙", "6", "7"]],
        ),
        (
            "<tr><td rowspan=2>外<td>甲<td>5<tr><td>乙<td>6<tr><td>丙<td>丁<td>7",
            [["外", "甲", "5"], ["外", "乙", "6"], ["丙", "丁", "7"]],
        ),
        (
            "<tr><td>头<td colspan=3>申请人<td rowspan=2>总计<tr><td>一<td>二<td>三<td>四",
            [["头", "申请人", "总计"], ["一", "二", "三", "四", "总计"]],
        ),
        # Two heads beside each other that span rows, and one that spans rows and columns.
        (
            "<tr><td rowspan=3>甲<td rowspan=2 colspan=2>乙<td>1<tr><td>2<tr><td>丙<td>丁<td>3",
            [["甲", "乙", "1"], ["甲", "乙", "2"], ["甲", "丙", "丁", "3"]],
        ),
        # A figure that spans rows belongs to none of the rows below its first.
        (
            "<tr><td>甲<td rowspan=2>5<tr><td>乙<tr><td>丙<td>6",
            [["甲", "5"], ["乙", ""], ["丙", "6"]],
        ),
        # colspan that does not agree: the cells agree in number.
        (
            "<tr><td>名<td>制作<td colspan=2>公开<tr><td>规章<td colspan=2>0<td>5",
            [["名", "制作", "公开"], ["规章", "0", "5"]],
        ),
        # rowspan to the end, beyond the end, and what is no number.
        (
            "<tr><td rowspan=0>甲<td>1<tr><td>2<tr><td>3",
            [["甲", "1"], ["甲", "2"], ["甲", "3"]],
        ),
        ("<tr><td rowspan=99>甲<td>1<tr><td>2", [["甲", "1"], ["甲", "2"]]),
        (
            "<tr><td rowspan=x colspan=-1>甲<td>1<tr><td>乙<td>2",
            [["甲", "1"], ["乙", "2"]],
        ),
        (
            "<tr><td>本年新<br/>制作数量<td>251000元<tr><td><p align=center>&nbsp;</p></td><td><p>5</p>",
            [["本年新制作数量", "251000元"], ["", "5"]],
        ),
        (
            "<tr><td><p>行政</p><p>许可</p></td><td>1<br>2<br>3</td></tr><tr><td>a<br>b<td>|7|",
            [["行政许可", "1 / 2 / 3"], ["a b", "7"]],
        ),
        # Several lines in every cell of a row are several rows; figures on lines of one cell are not one figure.
        (
            "<tr><td>规章<br>规范性文件<td>1<br>2<td><p>0</p><p>——</p><td><tr><td>许可<td>1<br>234<td>5<td>6",
            [
                ["规章", "1", "0", ""],
                ["规范性文件", "2", "——", ""],
                ["许可", "1 / 234", "5", "6"],
            ],
        ),
        (
            "<tr><td>予以<br>公开<td>不予<br>公开<tr><td>5<td>6",
            [["予以公开", "不予公开"], ["5", "6"]],
        ),
        # Tables of one cell in the cells of a table are only text.
        (
            "<tr><td>规章<td><table><tr><td>1</table><td><table><tr><td><p>2</p></table><tr><td>许可<td><td>7",
            [["规章", "1", "2"], ["许可", "", "7"]],
        ),
        (
            "<thead><tr><td>甲<td>乙</thead><tbody><tr style='display:none'><td>隐<td>9</tr><tr><td>丙<td>1</tbody>",
            [["甲", "乙"], ["丙", "1"]],
        ),
        ("<td>甲<td>乙<tr><td>丙<td>丁", [["甲", "乙"], ["丙", "丁"]]),
        ("<tr></tr><tr><td>甲<td>1<tr><td>乙<td>2", [["甲", "1"], ["乙", "2"]]),
    ],
)
def test_cells_stand_in_their_rows(rows: str, expected: list[list[str]]) -> None:
    assert table_of(rows) == expected


def test_blank_cells_of_a_head_without_rowspan_stay_cells() -> None:
    """The third line of the head of the remedies table begins with five empty cells on many pages."""
    head = "<tr><td colspan=5>行政复议<td colspan=5>行政诉讼</tr>"
    middle = "<tr>" + "<td>维持" * 5 + "<td colspan=5>未经复议</tr>"
    last = "<tr>" + "<td>" * 5 + "<td>维持" * 5 + "</tr>"
    data = "<tr>" + "".join(f"<td>{i}" for i in range(10)) + "</tr>"
    rows = table_of(head + middle + last + data)
    assert rows[2] == [""] * 5 + ["维持"] * 5
    assert rows[3] == [str(i) for i in range(10)]


def test_tables_for_the_layout_are_no_tables() -> None:
    page = f"""<html><body><table><tr><td><table><tr><td><a href=a>首页</a><td><a href=b>新闻</a></table></td>
    <td><table><tr><td>{TITLE}</td></tr><tr><td>{BODY}<table><tr><td>收到申请数<td>5<tr><td>办结数<td>4</table></td></tr></table>
    </td></tr></table></body></html>"""
    assert [line for line in lines_of(page) if "|" in line] == [
        "| 收到申请数 | 5 |",
        "| 办结数 | 4 |",
    ]
    assert lines_of(page)[:2] == [TITLE, "一、概述"]


def test_short_cells_of_a_layout_row_stand_on_one_line() -> None:
    page = f"<html><body><table><tr><td>发布日期：</td><td>2019-01-17</td></tr><tr><td colspan=2>{BODY * 3}<table><tr><td>x</table></td></tr></table></body></html>"
    assert lines_of(page)[0] == "发布日期： 2019-01-17"


def test_marks_say_table_row_and_column() -> None:
    source = read(
        f"<html><body>{BODY}<table><tr><td>甲<td>5<tr><td rowspan=1>乙<td>6</table>{BODY}<table><tr><td>丙<td>7<tr><td>丁<td>8</table>".encode()
    )
    places = {source.text[m.start : m.end]: str(m) for m in source.marks}
    assert places["6"] == "table 1, row 2, column 2"
    assert places["8"] == "table 2, row 2, column 2"


# --- the article ------------------------------------------------------------------------------------------------------

FURNITURE = """<div class="nav"><ul><li><a href=/>首页</a><li><a href=/a>新闻</a><li><a href=/b>公开</a></ul></div>
<div>欢迎访问云溪市人民政府网站</div><div class="crumbs">当前位置：<a href=/>首页</a> &gt; 年报</div>"""
FOOT = "<div class=foot><p>主办单位：云溪市人民政府 地址：云溪市人民路1号 邮编：323999 电话：0578-9999999</p><p>浙ICP备05000001号</p></div>"


def test_the_report_is_found_among_the_furniture() -> None:
    page = f"""<html><head><title>{TITLE}_云溪市人民政府</title></head><body>{FURNITURE}
    <div class=main><div class=left><ul><li><a href=1>通知一</a><li><a href=2>通知二</a></ul></div>
    <div class=right><h2>{TITLE}</h2><div class=info>发布日期：2019-01-17 来源：办公室 字号：大 中 小</div>
    <div class=content>{BODY}</div><div>附件：<a href=P1.xls>统计表</a></div></div></div>{FOOT}</body></html>"""
    lines = lines_of(page)
    assert lines[0] == TITLE
    assert lines[1].startswith("发布日期：2019-01-17")
    assert lines[2:6] == ["一、概述", PROSE, PROSE, PROSE]
    assert lines[6:] == ["附件：统计表"]
    report = gd.parse_file(page.encode())
    assert report.metadata.published is not None
    assert report.metadata.contact.phone == ()
    assert [(a.name, a.format, a.target) for a in report.attachments] == [
        ("统计表", "xls", "P1.xls")
    ]
    assert [d.code for d in report.diagnostics if d.code == "table-in-attachment"]


def test_the_foot_of_a_short_page_goes_also_where_all_of_the_page_is_the_report() -> (
    None
):
    page = f"""<html><body><div>今天是2024年3月1日 <a href=a>登录</a></div><h2>{TITLE}</h2><p>一、概述</p><p>{PROSE}</p>
    <div>扫一扫在手机打开</div><div class=bottom>主办：云溪市人民政府<br>电话：0578-2999999 浙ICP备1号</div></body></html>"""
    assert lines_of(page)[-3:] == [TITLE, "一、概述", PROSE]
    assert gd.parse_file(page.encode()).metadata.contact.phone == ()


def test_news_beside_the_report_are_no_part_of_it() -> None:
    """Their dates are not those of the report."""
    news = "".join(
        f"<li><a href=/n{i}.html>关于某项工作的通知</a><span>2020-03-1{i}</span></li>"
        for i in range(6)
    )
    page = f"""<html><body><form id=aspnetForm><input type=hidden value=x>{FURNITURE}
    <table width=1000><tr><td class=title>{TITLE}</td></tr><tr><td>来源：办公室 发布时间：2019-01-17 点击数：12</td></tr>
    <tr><td>{BODY}<p>云溪市水利局</p><p>2019年1月14日</p></td></tr></table>
    <div><h3>最新文件</h3><ul>{news}</ul></div><div>友情链接：<a href=a>甲网</a> <a href=b>乙网</a> <a href=c>丙网</a></div>
    <div>地址：云溪市人民路1号 电话：0578-9999999<br>版权所有 云溪市人民政府</div></form></body></html>"""
    metadata = gd.parse_file(page.encode()).metadata
    assert (metadata.title, str(metadata.published), str(metadata.signed)) == (
        TITLE,
        "2019-01-17",
        "2019-01-14",
    )
    assert metadata.contact.phone == ()
    assert "2020" not in text_of(page)


@pytest.mark.parametrize(
    "index",
    [
        "<table><tr><td>索引号：<td>YX-02-2019-1<td>发布机构：<td>云溪市水利局<tr><td>文号：<td><td>发布日期：<td>2019-01-17</table>",
        "<ul><li><b>索引号：</b>YX-02-2019-1</li><li><b>发布日期：</b>2019-01-17</li></ul>",
        "<dl><dt>索引号</dt><dd>YX-02-2019-1</dd><dt>发布日期</dt><dd>2019-01-17</dd></dl>",
        "<div><span>索 引 号：</span><span>YX-02-2019-1</span></div><div><span>发布日期：</span><span>2019-01-17</span></div>",
        "<p>索引号：</p><p>YX-02-2019-1</p><p>发布日期：</p><p>2019-01-17</p>",
    ],
)
def test_the_index_header_outside_of_the_article_is_kept(index: str) -> None:
    page = f"<html><body>{FURNITURE}<div class=xxgk>{index}</div><div class=bt>{TITLE}</div><div id=zoom>{BODY}</div>{FOOT}</body></html>"
    metadata = gd.parse_file(page.encode()).metadata
    assert metadata.index_number == "YX-02-2019-1"
    assert str(metadata.published) == "2019-01-17"
    assert metadata.title == TITLE


def test_the_head_of_a_page_stands_in_for_what_it_does_not_show() -> None:
    page = f"<html><head><meta name=ArticleTitle content='{TITLE}'><meta name=PubDate content='2019-01-17 09:00'></head><body>{BODY}</body></html>"
    metadata = gd.parse_file(page.encode()).metadata
    assert metadata.title == TITLE
    assert str(metadata.published) == "2019-01-17"
    page = f"<html><head><title>{TITLE}-云溪市水利局</title></head><body>{BODY}</body></html>"
    assert lines_of(page)[0] == TITLE


def test_text_beside_the_largest_part_is_kept() -> None:
    """A signature, a contact paragraph or a table in a container of its own belongs to the report."""
    page = f"""<html><body><div><p>本报告统计期限自2018年1月1日起至2018年12月31日止。</p></div>
    <div>{BODY * 9}</div><div><table><tr><td>收到申请数<td>5<tr><td>办结数<td>4</table></div><div><p>云溪市水利局</p><p>2019年1月14日</p></div></body></html>"""
    lines = lines_of(page)
    assert lines[0].startswith("本报告统计期限")
    assert "| 收到申请数 | 5 |" in lines
    assert lines[-2:] == ["云溪市水利局", "2019年1月14日"]


def test_a_page_without_containers_is_read_whole() -> None:
    assert lines_of(f"<b>{TITLE}</b><br>一、概述<br>{PROSE}<p>二、打算</p></html>") == [
        TITLE,
        "一、概述",
        PROSE,
        "二、打算",
    ]


def test_a_link_that_is_never_closed_does_not_make_a_menu_of_the_report() -> None:
    page = f"<html><body><div><a href=top.html>返回<div>{BODY * 3}</div></div></body></html>"
    assert lines_of(page)[-3:] == [PROSE] * 3


def test_text_with_tables_in_it_keeps_its_lines() -> None:
    """As converters to Markdown write it, when they leave tables as HTML."""
    page = f"# {TITLE}\n\n## 一、概述\n{PROSE}\n\n<table><tr><td>甲</td><td>5</td></tr>\n<tr><td>乙</td><td>6</td></tr></table>\n\n## 二、打算\n"
    lines = lines_of(page)
    assert lines == [
        f"# {TITLE}",
        "## 一、概述",
        PROSE,
        "| 甲 | 5 |",
        "| 乙 | 6 |",
        "## 二、打算",
    ]
    report = gd.parse_file(page.encode())
    assert [s.title for s in report.sections] == ["概述", "打算"]


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (
            "<html><frameset cols=20%,*><frame src=menu.htm><frame src=main.htm></frameset></html>",
            "menu.htm, main.htm",
        ),
        (
            "<html><body><iframe src='/viewer?file=a.pdf'></iframe></body></html>",
            "/viewer?file=a.pdf",
        ),
        (
            "<html><body><div id=app></div><script src=app.js></script></body></html>",
            "scripts put it in",
        ),
        (
            "<html><body><div id=app>加载中</div><script>var a</script></body></html>",
            "scripts put it in",
        ),
        ("<html><body><embed src=a.pdf></body></html>", "a.pdf"),
        ("<html></html>", "nothing on the page"),
        ("<!DOCTYPE html>", "nothing on the page"),
    ],
)
def test_a_page_without_text_says_why(page: str, said: str) -> None:
    (fault,) = [
        d for d in gd.parse_file(page.encode()).diagnostics if d.code == "no-text"
    ]
    assert fault.severity == "error"
    assert said in fault.message
    assert not [
        d
        for d in gd.parse_file(
            f"<html><body>{BODY}<script>x</script></body></html>".encode()
        ).diagnostics
        if d.code == "no-text"
    ]


# --- encodings --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("said", ["gb2312", "GBK", "gb18030", "utf-8", "big5", ""])
@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig", "utf-16"])
def test_a_page_is_decoded_whatever_it_says(encoding: str, said: str) -> None:
    """What a page says of itself is often wrong; 镕 and 囧 are not in GB 2312."""
    meta = (
        f"<meta http-equiv=Content-Type content='text/html; charset={said}'>"
        if said
        else ""
    )
    page = f"<html><head>{meta}</head><body><p>朱镕囧局</p>{BODY}</body></html>"
    source = read(page.encode(encoding))
    assert source.text.startswith("朱镕囧局\n一、概述\n")
    assert source.notices == ()


def test_what_a_page_says_decides_where_nothing_else_does() -> None:
    for encoding in ("gb2312", "big5"):
        page = f"<html><head><meta charset={encoding}></head><body><p>攷攷</p></body></html>"
        data = page.encode("gb18030" if encoding == "gb2312" else "big5hkscs", "ignore")
        assert read(data).notices == ()
    unknown = (
        b"<html><head><meta charset=x-user-defined></head><body>\xd2\xbb</body></html>"
    )
    assert read(unknown).text == "一\n"


def test_the_encoding_of_a_traditional_page_is_found() -> None:
    page = "<html><body><p>雲溪市水利局2018年政府資訊公開工作年度報告</p><p>一、概述</p><p>全年主動公開政府資訊120條。</p></body></html>"
    for encoding in ("big5", "gbk", "utf-8"):
        assert "政府資訊公開" in text_of(page, encoding)


@pytest.mark.parametrize("name", sorted(words()))
def test_the_words_of_pages_are_found_where_they_should_be_and_nowhere_else(
    name: str,
) -> None:
    """`words.toml` carries its examples. Labels of the header stand at the beginning of a text."""
    find = pattern(name).match if name == "header" else pattern(name).search
    assert [text for text in words()[name]["examples"] if not find(text)] == []
    assert [text for text in words()[name]["others"] if find(text)] == []


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("<input value='12'>", "12"),
        ("<input type=hidden value='12'>", ""),
        ("<input type=checkbox checked>是", "☑是"),
        ("<select><option>1<option selected>2</select>", "2"),
        ("<textarea>34</textarea>", "34"),
        ("5<span style='vertical-align: super'>2</span>", "5[2]"),
        ("1<img src=dot.png>5", "1\N{REPLACEMENT CHARACTER}5"),
        ("<b>33</b><img src=4.png>", "33\N{REPLACEMENT CHARACTER}"),
        ("33<a href=x><img src=4.png></a>", "33\N{REPLACEMENT CHARACTER}"),
        ("<span style='color:#FFF'>9</span>8", "8"),
        ("<font color=white>9</font>8", "8"),
        ("<span style='color:#fff;background:#1a5fb4'>9</span>8", "98"),
        ("<span style='color:#333'>9</span>8", "98"),
        ("<span style='opacity:0'>9</span>8", "8"),
        ("<span style='opacity:0.5'>9</span>8", "98"),
        ("<span style='font-size:0.9em'>9</span>8", "98"),
    ],
)
def test_a_cell_has_what_a_person_sees(cell: str, shown: str) -> None:
    page = f"<html><body><table><tr><td>收到申请数</td><td>{cell}</td></tr><tr><td>甲</td><td>1</td></tr></table></body></html>"
    row = read(page.encode()).text.strip().splitlines()[0]
    assert row.split("|")[2].strip() == shown


@pytest.mark.parametrize(
    ("head", "shown"),
    [
        ("<tr><td style='color:white'>", ""),
        ("<tr bgcolor=#1a5fb4><td style='color:white'>", "统计指标"),
        ("<tr class=head><td style='color:white'>", "统计指标"),
        ("<tr bgcolor=white><td style='color:white'>", ""),
    ],
)
def test_white_words_are_seen_on_any_paper_but_white(head: str, shown: str) -> None:
    page = f"<html><body><table>{head}统计指标</td><td>单位</td></tr><tr><td>甲</td><td>1</td></tr></table></body></html>"
    row = read(page.encode()).text.strip().splitlines()[0]
    assert row.split("|")[1].strip() == shown


def test_a_large_picture_is_said_and_an_icon_is_not() -> None:
    page = "<html><body><p>一、概述</p><p><img width=680 height=400></p><p>二、附表<img width=16 height=16></p></body></html>"
    assert [(n.code, n.detail) for n in read(page.encode()).notices] == [
        ("picture-not-read", "a picture of 680 by 400 pixels")
    ]


# --- a tree that somebody else made


def pieces_of(page: str) -> Iterator[Piece]:
    """A page as a browser would tell its tree."""
    root = etree.fromstring(
        page.encode("utf-8"), etree.HTMLParser(encoding="utf-8", remove_comments=True)
    )
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            yield str(element.tag), dict(element.attrib)
            yield element.text or ""
        else:
            yield None
            yield element.tail or ""


@pytest.mark.parametrize(
    "page",
    [
        files("govdisclose.examples").joinpath("reports/2016.html").read_text("utf-8"),
        f"<html><body>{BODY}<p><span style='display:none'>藏</span>收到5<sup>1</sup>件<img>7",
        f"<html><body>{BODY}<table><tr><td>甲<td><input value='5'></table>",
        f"<html><body>{BODY}<table><tr><td>甲<td><table><td><b>6</b></table></table>",
        f"<html><body>{BODY}<ol><li>一<li hidden>二<li>三</ol>",
        f"<html><body>{BODY}<p><b>收到<i>1</i>2</b><a><img src='5.png'>件</a>",
        f"<html><body>{BODY}<p>收到<font color='#fff'>7</font>件",
    ],
    ids=["example", "marks", "field", "table", "list", "picture", "white"],
)
def test_a_page_told_in_pieces_is_read_as_its_text_is(page: str) -> None:
    told = read_told(pieces_of(page), page, (), None, DEFAULTS)
    assert told.text == text_of(page)
