"""A draft as a web page, in three styles that government sites have had, with the
furniture around it.

`article`: a page of a present content system, the report in a `div` among menus, index
header and footer. `nested`: a page of 2008 to 2014, tables inside of tables for the
layout, GB2312, tags left open. `word`: a page that Word saved."""

from __future__ import annotations

import random
from collections.abc import Iterator
from html import escape
from typing import Final, Literal

from govdisclose.testing._box import Box, boxes
from govdisclose.testing._grid import Grid
from govdisclose.testing._report import Block, Draft

Style = Literal["article", "nested", "word"]

_MENU: Final = ("首页", "新闻中心", "政务公开", "办事服务", "互动交流", "走进云溪")
_RELATED: Final = (
    "关于召开年度工作会议的通知",
    "水利工程建设管理办法解读",
    "重大项目建设情况公示",
    "年度部门预算公开",
)


def html_document(draft: Draft, rng: random.Random, style: Style = "article") -> bytes:
    """The draft as the bytes of an HTML page, in the encoding that the page says of itself."""
    return {"article": _article, "nested": _nested, "word": _word}[style](draft, rng)


# --- tables


def _table(rows: Grid, rng: random.Random, style: Style) -> str:
    """The table with rowspan and colspan, and with what real pages do to them."""
    printed = boxes(rows)
    emptied = (
        rng.random() < 0.3
    )  # empty cells below a head, where one would expect rowspan
    shifted = (
        all(box.rows == box.columns == 1 for line in printed for box in line)
        and rng.random() < 0.3
    )
    out = [_TABLE_TAGS[style]]
    for i, line in enumerate(printed):
        cells = [(box.column, _cell(box, rng, style, emptied)) for box in line]
        if emptied:
            cells += [
                (j, _tag(style, "", ""))
                for j, cell in enumerate(rows[i])
                if cell.role == "under" and _below_head(rows, i, j)
            ]
        tags = [tag for _, tag in sorted(cells, key=lambda c: c[0])]
        if (
            shifted
        ):  # one cell of each row is said to take two columns, and not the same in each
            j = rng.randrange(len(tags))
            tags[j] = (
                tags[j]
                .replace("<td", '<td colspan="2"', 1)
                .replace("<TD", "<TD colSpan=2", 1)
            )
        out.append(_ROW_TAGS[style].format("".join(tags)))
    return "".join(out) + "</table>\n"


def _below_head(rows: Grid, i: int, j: int) -> bool:
    while rows[i][j].role == "under":
        i -= 1
    return rows[i][j].role == "header"


_TABLE_TAGS: Final = {
    "article": '<table border="1" cellspacing="0" cellpadding="0" style="width:100%;border-collapse:collapse;"><tbody>\n',
    "nested": '<TABLE border=1 cellSpacing=0 borderColor=#000000 cellPadding=0 width="95%" align=center>\n',
    "word": "<table class=MsoNormalTable border=1 cellspacing=0 cellpadding=0 width=653\n style='width:490.0pt;border-collapse:\n"
    " collapse;border:none;mso-border-alt:solid windowtext .5pt'>\n",
}
_ROW_TAGS: Final = {
    "article": "<tr>{}</tr>\n",
    "nested": "<TR>{}\n",
    "word": " <tr style='mso-yfti-irow:0;height:20.0pt'>\n{} </tr>\n",
}


def _cell(box: Box, rng: random.Random, style: Style, emptied: bool) -> str:
    head = box.role == "header" and box.rows > 1 and emptied
    spans = f' rowspan="{box.rows}"' if box.rows > 1 and not head else ""
    spans += f' colspan="{box.columns}"' if box.columns > 1 else ""
    text = (
        escape(box.text)
        if box.text
        else rng.choice(("", "&nbsp;", "<p align=center>&nbsp;</p>"))
    )
    if box.role == "header" and len(box.text) > 4 and rng.random() < 0.4:
        text = f"{text[:3]}<br />{text[3:]}"
    return _tag(style, text, spans)


def _tag(style: Style, text: str, spans: str) -> str:
    if style == "article":
        return f'<td nowrap="nowrap" width="80"{spans} style="text-align:center;"><span style="font-size:14px;">{text}</span></td>'
    if style == "nested":
        return f"<TD noWrap{spans}><FONT size=2>{text}</FONT>"
    return (
        f"  <td width=60 valign=top{spans} style='width:45.0pt;border:solid windowtext 1.0pt;padding:0cm 5.4pt'>\n"
        f"  <p class=MsoNormal align=center style='text-align:center'><span lang=EN-US\n  style='font-size:10.5pt'>{text}<o:p></o:p>"
        "</span></p>\n  </td>\n"
    )


# --- a present content system


def _spans(text: str, rng: random.Random) -> str:
    """Text cut into spans wherever a font changed."""
    out, start = [], 0
    while start < len(text):
        end = start + rng.randint(3, 40)
        out.append(
            f'<span style="font-family:仿宋_GB2312;">{escape(text[start:end])}</span>'
        )
        start = end
    return "".join(out)


def _article(draft: Draft, rng: random.Random) -> bytes:
    title = str(draft.metadata["title"] or "")
    day = f"{int(str(draft.metadata['year'])) + 1}-01-{rng.randint(10, 28)}"
    menu = "".join(
        f'<li><a href="/{i}/">{word}</a></li>' for i, word in enumerate(_MENU)
    )
    related = "".join(
        f'<li><a href="./t{i}.html">{word}</a></li>' for i, word in enumerate(_RELATED)
    )
    body = "\n".join(_article_block(b, rng) for b in draft.blocks if b.kind != "title")
    if rng.random() < 0.3:  # tables that follow each other are one
        body = body.replace(f"</table>\n\n{_TABLE_TAGS['article']}", "")
    pubdate = (
        f'<meta name="PubDate" content="{day} 09:30">' if rng.random() < 0.5 else ""
    )
    page = f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8">
<meta name="SiteName" content="云溪市人民政府"><meta name="ArticleTitle" content="{escape(title)}">{pubdate}
<title>{escape(title)}_云溪市人民政府</title>
<style>.nav li{{float:left}}</style><script>var a = "<p>十、脚本</p>";</script></head>
<body><div class="header"><div class="top">欢迎访问云溪市人民政府网站 <a href="/login">登录</a></div><ul class="nav">{menu}</ul></div>
<div class="wrap"><div class="position">当前位置：<a href="/">首页</a> &gt; <a href="/xxgk/">政府信息公开</a> &gt; 年度报告</div>
<div class="main clearfix"><div class="left-menu"><ul>{menu}</ul></div>
<div class="article">
<h1 class="article-title">{escape(title)}</h1>
<div class="info"><span>发布日期：{day}</span> <span>来源：办公室</span> <span>浏览次数：<b id="hits"></b></span> <span>字号：[ <a href="#">大</a> <a href="#">中</a> <a href="#">小</a> ]</span></div>
<div class="content" id="zoom"><div class="TRS_Editor">
{body}
</div></div>
<div class="share">分享到：<a href="#">微信</a> <a href="#">微博</a></div>
<div class="related"><h3>相关链接</h3><ul>{related}</ul></div>
</div></div></div>
<div class="footer"><p>主办单位：云溪市人民政府办公室 地址：云溪市人民路1号 邮编：323000</p><p>网站标识码：3311000001 浙ICP备05000001号</p><p>电话：0578-2000000</p></div>
<div style="display:none"><p>一、隐藏的概述</p></div>
</body></html>
"""
    return page.encode()


def _article_block(block: Block, rng: random.Random) -> str:
    if block.rows is not None:
        return _table(block.rows, rng, "article")
    strong = (
        ("<strong>", "</strong>")
        if block.kind == "heading" and rng.random() < 0.5
        else ("", "")
    )
    return f'<p style="text-indent:2em;">{strong[0]}&nbsp;&nbsp;{_spans(block.text, rng)}{strong[1]}</p>'


# --- tables for the layout


def _nested(draft: Draft, rng: random.Random) -> bytes:
    title = str(draft.metadata["title"] or "")
    year = int(str(draft.metadata["year"])) + 1
    menu = "".join(
        f'<TR><TD height=25><A href="/{i}.asp">{word}</A>'
        for i, word in enumerate(_MENU)
    )
    paragraphs = rng.random() < 0.5  # or breaks
    body = "".join(
        _nested_block(b, rng, paragraphs) for b in draft.blocks if b.kind != "title"
    )
    page = f"""<HTML><HEAD><TITLE>{escape(title)}</TITLE>
<META http-equiv=Content-Type content="text/html; charset=gb2312">
<SCRIPT language=javascript>document.write("<b>九、脚本</b>")</SCRIPT></HEAD>
<BODY leftMargin=0 topMargin=0>
<TABLE width=1000 align=center><TR><TD><IMG src="top.jpg"></TD></TR></TABLE>
<TABLE width=1000 align=center><TR>
<TD width=200 vAlign=top><TABLE width="100%">{menu}</TABLE></TD>
<TD vAlign=top><TABLE width="100%">
<TR><TD>您现在的位置：<A href="/">首页</A> &gt;&gt; 信息公开 &gt;&gt; 正文</TD></TR>
<TR><TD><TABLE width="100%" border=1><TR><TD>索 引 号：<TD>YX{rng.randint(100, 999)}-02-{year}-00001<TD>发布日期：<TD>{year}-01-{rng.randint(10, 28)}
<TR><TD>发布机构：<TD>{escape(str(draft.metadata["issuer"] or ""))}<TD>公开方式：<TD>主动公开</TABLE></TD></TR>
<TR><TD align=middle><FONT size=5><B>{escape(title)}</B></FONT></TD></TR>
<TR><TD class=content><DIV id=content>
{body}
</DIV></TD></TR>
<TR><TD align=right>【<A href="javascript:window.print()">打印本页</A>】 【<A href="javascript:window.close()">关闭窗口</A>】</TD></TR>
</TABLE></TD></TR></TABLE>
<TABLE width=1000 align=center bgColor=#eeeeee><TR><TD align=middle>云溪市人民政府版权所有 浙ICP备05000001号<BR>技术支持：云溪市信息中心 电话：0578-2000000</TD></TR></TABLE>
</BODY></HTML>
"""
    return page.encode("gbk", errors="xmlcharrefreplace")


def _nested_block(block: Block, rng: random.Random, paragraphs: bool) -> str:
    if block.rows is not None:
        return _table(block.rows, rng, "nested")
    text = "&nbsp;&nbsp;&nbsp; " + escape(block.text)
    return f"<P><FONT size=3>{text}</FONT>\n" if paragraphs else f"{text}<BR>\n"


# --- saved by Word


def _word(draft: Draft, rng: random.Random) -> bytes:
    encoding = rng.choice(("gb2312", "utf-8"))
    body = "\n".join(_word_block(b, rng) for b in draft.blocks)
    page = f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset={encoding}"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>某某</o:Author></o:DocumentProperties></xml><![endif]-->
<style><!-- p.MsoNormal {{margin:0cm;}} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'>
<div class=Section1 style='layout-grid:15.6pt'>
{body}
</div></body></html>
"""
    return page.encode({"gb2312": "gb18030"}.get(encoding, encoding))


def _word_block(block: Block, rng: random.Random) -> str:
    if block.rows is not None:
        return f"<div align=center>\n{_table(block.rows, rng, 'word')}</div>"
    text = block.text
    marker = ""
    if block.outline is not None and rng.random() < 0.5:
        at = text.index(block.outline[2])
        marker = (
            "<![if !supportLists]><span style='mso-bidi-font-size:10.5pt'><span\nstyle='mso-list:Ignore'>"
            f"{escape(text[:at])}<span style='font:7.0pt \"Times New Roman\"'>&nbsp; </span></span></span><![endif]>"
        )
        text = text[at:]
    return f"<p class=MsoNormal style='text-indent:32.0pt'>{marker}<span\nstyle='font-size:16.0pt'>{_wrapped(text, rng)}<o:p></o:p></span></p>\n"


def _wrapped(text: str, rng: random.Random) -> str:
    """Lines as Word breaks them in its source: anywhere between Chinese characters."""
    return "\n".join(map(escape, _pieces(text, rng)))


def _pieces(text: str, rng: random.Random) -> Iterator[str]:
    start = 0
    for end in range(1, len(text)):
        wide = not text[end - 1].isascii() and not text[end].isascii()
        if wide and end - start > 30 and rng.random() < 0.3:
            yield text[start:end]
            start = end
    yield text[start:]
