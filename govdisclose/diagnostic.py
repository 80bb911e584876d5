"""What is wrong with a report, as values: a code, a severity, a place and a sentence.

`CODES` is the one table of codes. A code that is not in it cannot be raised, and a test proves that each of them
can be.
"""

from __future__ import annotations

from typing import Final, Literal

from attrs import field, frozen

from govdisclose.text import Source, Span

Severity = Literal["error", "warning", "info"]


@frozen
class Code:
    """One kind of fault: what it is called, how bad it is, what it means and what to do, in English and in Chinese.

    `example` is a text that has this fault, as short as can be, or says what a file holds that has it; the pages of
    the reference show it.
    """

    code: str
    severity: Severity
    title: str
    meaning: str
    title_zh: str
    meaning_zh: str
    example: str = ""
    remedy: str = ""
    remedy_zh: str = ""


def _table(*codes: Code) -> dict[str, Code]:
    return {c.code: c for c in codes}


CODES: Final = _table(
    Code(
        "not-a-report", "error", "not a report",
        "The text has neither the title, the sections nor the tables of an annual report on government information disclosure.",
        "不是年度报告", "文中没有政府信息公开工作年度报告应有的标题、章节或统计表。",
        example="他走进屋里，看见桌上有一封信。",
        remedy="Check that this is the right file, and that its text was saved whole.",
        remedy_zh="核对文件是否有误，文字是否保存完整。",
    ),
    Code(
        "look-alike", "warning", "not an annual report itself",
        "The title says that the text is about a report, a form for one, or a part of a year; its figures may not be a year's.",
        "并非年度报告本身", "从标题看，该文是年度报告的解读、空白格式、通知或阶段性统计，其数据未必是年度数据。",
        example="《某县某局2022年政府信息公开年度报告》解读\n一、编制背景\n按要求编制。",
        remedy="Take the report itself; this text is about it, or is its blank form.",
        remedy_zh="请使用报告本身；此文是有关报告的文字，或空白表式。",
    ),
    Code(
        "truncated", "warning", "the text breaks off",
        "The last sentence has no end, or the last table stops before the last row of its form; what followed is missing.",
        "文本不完整", "末句没有结束，或最后一张表未到末行即止，其后内容缺失。",
        example="某县某局2018年政府信息公开年度报告\n一、概述\n依据《某县政府信息",
        remedy="Go back to the original, and save its whole text.",
        remedy_zh="查找原件，保存完整文字。",
    ),
    Code(
        "parts-mismatch", "warning", "not as many parts as announced",
        "The report says of how many parts it is made, and has another number of parts of level 1.",
        "部分数目不符", "报告所称的部分数目与实有的一级标题数目不同。",
        example="某县某局2018年政府信息公开年度报告\n本报告由概述、附表等三部分组成。\n一、概述\n无。",
        remedy="Correct the number in the opening, or add the part that is missing.",
        remedy_zh="更正引言中的数目，或补上所缺部分。",
    ),
    Code(
        "mirror-conflict", "warning", "the page names two places or sites",
        "Names, address, telephone and website point to different places, or a domain stands for a name: perhaps a copy that was altered.",
        "地名或网站相互矛盾", "名称、地址、电话、网站指向不同的地方，或以网址代替地名，可能是被改动过的转载页面。",
        example="现公布example.com沙头镇2018年政府信息公开年度报告。\n一、概述\n无。",
        remedy="Look for the page on the body's own site; a copy may have changed more than names.",
        remedy_zh="查找该机关网站上的原始页面；转载文本所改动的可能不止名称。",
    ),
    Code(
        "ambiguous-repair", "warning", "a lost character leaves several readings",
        "Characters were lost here, and what is left can be read in more than one way; the text was left as it is.",
        "字符缺失有多种读法", "此处缺字，所余文字可有不止一种读法，故未修补。",
        example="本报告所列数据的统计期限自2018111日起。",
        remedy="Write the date or the number out in full, as the original has it.",
        remedy_zh="对照原件补全日期或文号。",
    ),
    Code(
        "number-skipped", "warning", "a number is skipped",
        "The headings of one level jump over a number; it is kept as written.",
        "序号跳号", "同级标题的序号跳过了一个或几个数，按原文保留。",
        example="一、概述\n三、工作打算",
        remedy="Correct the numbers, or add the part that is missing.",
        remedy_zh="更正序号，或补上所缺部分。",
    ),
    Code(
        "number-repeated", "warning", "a number is repeated",
        "Two headings of one level carry the same number, or the numbers run backwards; they are kept as written.",
        "序号重复", "同级标题的序号重复或倒退，按原文保留。",
        example="一、概述\n一、工作打算",
        remedy="Correct the numbers.",
        remedy_zh="更正序号。",
    ),
    Code(
        "number-missing", "info", "the first number is missing",
        "The headings of one level do not begin with 1; they are kept as written.",
        "缺首个序号", "同级标题不是从第一号开始，按原文保留。",
        example="二、概述\n三、工作打算",
        remedy="Correct the numbers, or look for a first part that was lost when the text was copied.",
        remedy_zh="更正序号，或检查复制时是否丢失了第一部分。",
    ),
    Code(
        "year-conflict", "warning", "the years disagree",
        "The year of the title and the year of the statistical period are not the same.",
        "年份不一致", "标题所称年度与统计期限的年度不同。",
        example="某县某局2018年政府信息公开年度报告\n统计期限自2017年1月1日起至2017年12月31日止。",
        remedy="Correct the year of the title, or the period.",
        remedy_zh="更正标题年度或统计期限。",
    ),
    Code(
        "unknown-row", "warning", "a row that the form does not have",
        "A row of the table has a label that no row of the form goes by; its figures are kept without an indicator key.",
        "表外指标", "表中有统计表格式所没有的行，其数据保留但不赋指标代码。",
        example="（一）收到申请数 | 件 | 9 |\n加急办结数 | 件 | 7 |\n（二）申请办结数 | 件 | 9 |\n1.按时办结数 | 件 | 9 |",
        remedy="Compare the label with the form; a row of one's own is better put below the table.",
        remedy_zh="对照表式核对指标名称；自行增设的指标宜另列于表外。",
    ),
    Code(
        "unknown-column", "warning", "a column that the form does not have",
        "The table has more columns than the form; their figures are kept without an indicator key.",
        "表外列", "表中的列多于统计表格式，多出的数据保留但不赋指标代码。",
        example="指标名称 | 计量单位 | 2018年度 | 历年累计 | 上年度 |\n主动公开文件数 | 件 | 9 | 30 | 8 |\n其中：1.政府网站公开数 | 件 | 9 | 30 | 8 |\n2.政府公报公开数 | 件 | 1 | 3 | 0 |\n信函、传真申请数 | 件 | 1 | 3 | 0 |",
        remedy="Compare the columns with the form, and leave out what it does not have.",
        remedy_zh="对照表式核对各列，删去表式所没有的列。",
    ),
    Code(
        "ambiguous-cell", "warning", "figures that cannot be told apart",
        "The row has fewer figures than columns and nothing tells which are missing; its cells carry no value.",
        "数据归列不明", "该行数据少于列数，无从判断缺的是哪一列，故不取值。",
        example="指标名称 | 计量单位 | 2018年度 | 历年累计 |\n主动公开文件数 | 件 | 9 | 30 |\n行政复议数件7\n行政诉讼数 | 件 | 1 | 2 |",
        remedy="Fill every cell, a nought where there was none; in a copied text set the cells apart again.",
        remedy_zh="逐格填写，没有的填0；复制的文本应恢复单元格之间的分隔。",
    ),
    Code(
        "inferred-cell", "info", "figures told apart by arithmetic",
        "The layout does not tell where the figures of the row stand; a relation of the form leaves one reading.",
        "由勾稽关系推得", "版面无法表明该行数据的归列，由表内勾稽关系推得唯一读法。",
        example="一、本年新收政府信息公开申请数量21710000218\n二、上年结转政府信息公开申请数量0000000\n（一）予以公开2000002",
        remedy="Compare the figures with the original table; in a copied text set the cells apart again.",
        remedy_zh="对照原表核对数据；复制的文本应恢复单元格之间的分隔。",
    ),
    Code(
        "deduplicated-table", "warning", "repeated lines of a table are gone",
        "No figure of the table comes twice and rows lack theirs: repeated lines were removed. None of its figures is read.",
        "重复行被删除", "表中没有重复的数据而多行缺数，应是重复的行被提取工具删去，故全表不取值。",
        example="（一）收到申请数\n件\n9\n1.当面申请数\n0\n2.传真申请数\n3.网络申请数\n4\n4.信函申请数\n5\n"
        "（二）申请办结数\n8\n1.按时办结数\n2.延期办结数",
        remedy="Take the text from the original again, with a tool that does not drop lines that come twice.",
        remedy_zh="用不删重复行的工具从原件重新取得文字。",
    ),
    Code(
        "figures-apart", "warning", "figures apart from their labels",
        "The figures of the table stand apart from its labels, and no order of the form is proven by the relations; none is read.",
        "数据与指标分离", "表中数据与指标名称分开排列，按格式顺序对应后勾稽关系不足以证明，故不取值。",
        example="9\n0\n1\n4\n5\n8\n6\n2\n7\n（一）收到申请数\n1.当面申请数\n2.传真申请数\n3.网络申请数\n4.信函申请数\n"
        "（二）申请办结数\n1.按时办结数\n2.延期办结数",
        remedy="Take the table from the original again, row by row.",
        remedy_zh="从原件逐行重新取得该表。",
    ),
    Code(
        "inexact-label", "info", "a label that is misspelled or cut",
        "The label is not spelled as the form has it, but is near to one label only; its row is read as that one.",
        "指标名称有出入", "该行名称与统计表格式略有出入，按最接近的唯一指标识读。",
        example="（一）收到申请数 | 件 | 9 |\n（三）从事政府信息公开工作人圆数 | 人 | 5 |\n1.专职人员数 | 人 | 1 |\n2.兼职人员数 | 人 | 4 |",
        remedy="Write the label as the form has it.",
        remedy_zh="按表式更正指标名称。",
    ),
    Code(
        "doubtful-cell", "warning", "a row of a table that lost its cells",
        "The row has a figure for each column, but so many others have not that labels and figures may stand apart.",
        "存疑的行", "该行各列均有数据，但表中多行数据不全，名称与数据可能错位。",
        example="指标名称\n计量单位\n2018年度\n历年累计\n主动公开文件数\n件\n101\n138\n其中：1.政府网站公开数\n件\n212\n2.政府公报公开数\n件\n249\n286\n受理政府信息公开申请总数\n件\n360\n行政复议数\n件\n3",
        remedy="Compare the row with the original table; fill the cells that are empty.",
        remedy_zh="对照原表核对该行，并补全空缺的单元格。",
    ),
    Code(
        "unreadable-cell", "warning", "a cell that is not a figure",
        "The cell holds something that is neither a figure nor one of the known marks for none.",
        "单元格无法识读", "单元格内容既非数字，也非表示空缺的已知符号。",
        example="（一）收到申请数 | 件 | 约七成 |\n（二）申请办结数 | 件 | 9 |\n1.按时办结数 | 件 | 9 |",
        remedy="Put a figure into the cell, and words into a note below the table.",
        remedy_zh="单元格内填数字，文字说明移至表下附注。",
    ),
    Code(
        "duplicate-row", "warning", "the same row twice",
        "Two rows of the table lead to the same indicator; both are kept, and flagged.",
        "重复的行", "表中有两行对应同一指标，均予保留并标明。",
        example="（一）收到申请数 | 件 | 5 |\n（一）收到申请数 | 件 | 6 |\n（二）申请办结数 | 件 | 9 |",
        remedy="Keep the row that is right, or correct the label of the other.",
        remedy_zh="保留正确的一行，或更正另一行的指标名称。",
    ),
    Code(
        "ambiguous-row", "warning", "a label that several rows go by",
        "The label stands for several rows of the form, and its place does not tell which; it has no indicator key.",
        "指标归属不明", "该名称在统计表格式中不止一处，且从位置无法判断，故不赋指标代码。",
        example="（二）被依法纠错数 | 件 | 1 |\n（一）收到申请数 | 件 | 5 |\n（二）申请办结数 | 件 | 4 |",
        remedy="Put the row below its heading, where the form has it.",
        remedy_zh="将该行移回表式中所属标题之下。",
    ),
    Code(
        "unit-conflict", "warning", "another unit than the form's",
        "The unit printed in the row is not the unit of the form; the printed one is kept.",
        "计量单位不符", "该行所印单位与统计表格式不同，按原文保留。",
        example="（一）收到申请数 | 条 | 5 |\n（二）申请办结数 | 件 | 9 |\n1.按时办结数 | 件 | 9 |",
        remedy="Use the unit of the form, and convert the figure where they differ in size.",
        remedy_zh="使用表式规定的计量单位，单位大小不同的应换算数据。",
    ),
    Code(
        "unknown-form", "warning", "a table of no known form",
        "A table of figures was found, but its labels fit none of the official forms; it was not read.",
        "未知表式", "文中有统计表，但与任何已知的官方表式都不相符，未予识读。",
        example="政府信息公开情况统计表\n项目 | 单位 | 数量 |\n甲类公示数 | 件 | 3 |\n乙类公示数 | 件 | 4 |\n丙类公示数 | 件 | 5 |",
        remedy="Use the official form of the year; `govdisclose forms` lists those that are known.",
        remedy_zh="使用当年的官方表式；`govdisclose forms` 列出已知表式。",
    ),
    Code(
        "stray-line", "info", "a line inside a table that is not part of it",
        "A line stands between the rows of a table and is neither a label nor a value; it was kept apart.",
        "表内杂行", "表格行间夹有既非指标也非数据的文字，已另行保留。",
        example="（一）收到申请数 | 件 | 5 |\n以下接上页\n（二）申请办结数 | 件 | 9 |\n1.按时办结数 | 件 | 9 |",
        remedy="Move the line below the table.",
        remedy_zh="将该行文字移至表外。",
    ),
    Code(
        "table-in-attachment", "warning", "the tables are in an attachment",
        "The text has no table and names an attachment; the figures of the form must be read from there.",
        "统计表在附件中", "文中没有统计表，而注明有附件；表内数据须另从附件读取。",
        example="某县某局2018年政府信息公开年度报告\n一、概述\n附件:政府信息公开情况统计表.xls",
        remedy="Read the attachment as well, or put the table into the page.",
        remedy_zh="另行读取附件，或将表格置于页面之内。",
    ),
    # what the readers of files note
    Code(
        "undecodable-bytes", "warning", "bytes that are no characters",
        "The file has bytes that its encoding does not know; a replacement character stands in the text for them.",
        "无法解码的字节", "文件中有其编码所不识的字节，文中以替换字符代之。",
        example="UTF-8文本，末尾缺半个字符：…… E6 A6 82 E8 BF",
        remedy="Open the original in an editor, and save it as UTF-8.",
        remedy_zh="用编辑器打开原件，另存为UTF-8。",
    ),
    Code(
        "doubtful-encoding", "warning", "the encoding is a guess",
        "The file does not say its encoding, and has too little Chinese to tell GB18030 from Big5.",
        "编码存疑", "文件未注明编码，所含汉字又少，难以区分GB18030与Big5。",
        example="没有编码标记的文件，全文只有：攰攲攴攷",
        remedy="Save the file as UTF-8.",
        remedy_zh="将文件另存为UTF-8。",
    ),
    Code(
        "lost-characters", "warning", "characters were lost before",
        "The text has replacement characters, or what became of them, for characters that were lost in a conversion before it got here.",
        "字符已丢失", "文中有转码丢字留下的痕迹（替换字符、锟斤拷等），原字已不可考。",
        example="一、概述锟斤拷",
        remedy="Go back to the original; what was lost cannot be had from this file.",
        remedy_zh="查找原件；此文件中的缺字无法恢复。",
    ),
    Code(
        "misread-characters", "error", "the text is garbled",
        "The text was decoded with the wrong encoding before it got here, and stored so; decode the original anew.",
        "乱码", "文字在此前以错误编码转存，成为乱码，请由原件重新解码。",
        example="æ\\x94¿åº\\x9cä¿¡æ\\x81¯（政府信息）",
        remedy="Go back to the original, and decode it as what it is.",
        remedy_zh="由原件重新解码。",
    ),
    Code(
        "no-text", "error", "the page has no text",
        "The page is a set of frames, or empty until scripts have filled it, or has nothing on it at all.",
        "页面无正文", "页面为框架页，或须由脚本填充正文，或本无内容。",
        example="<script src=\"app.js\"></script>（网页无其他内容）",
        remedy="Open the page in a browser, and save it from there.",
        remedy_zh="用浏览器打开该页后另存。",
    ),
    Code(
        "misnamed-file", "info", "the file is not what its name says",
        "The ending of the file's name is that of another format; it was read as what it is.",
        "文件扩展名不符", "文件扩展名与实际格式不符，已按实际格式读取。",
        example="名为 年报.pdf 的文本文件",
        remedy="Name the file after what it is.",
        remedy_zh="按实际格式更正扩展名。",
    ),
    Code(
        "embedded-object", "warning", "an embedded object was not read",
        "A spreadsheet or another document is embedded in the file here; if the table of the report is in it, its figures are not read.",
        "嵌入对象未识读", "文件此处嵌有电子表格或其他文档；统计表若在其中，其数据未予识读。",
        example="Word文档中嵌入的Excel表格",
        remedy="Look at the object in the file itself; put a table into the text as a table.",
        remedy_zh="在原文件中查看该对象；表格应直接置于正文。",
    ),
    Code(
        "picture-not-read", "info", "a picture was not read",
        "A picture, a chart or a diagram stands in the file here; if it shows a table, its figures are not read.",
        "图片未识读", "文件此处有图片或图表；其中若有统计表，其数据未予识读。",
        example="以图片形式插入的统计表",
        remedy="Look at the picture in the file itself; put a table into the text as a table.",
        remedy_zh="在原文件中查看该图片；表格应直接置于正文。",
    ),
    Code(
        "no-text-layer", "error", "a page without text",
        "The page is an image, as a scanner makes them; nothing on it was read. Put it through text recognition (OCR) first.",
        "页面无文字层", "该页是图像（如扫描件），其内容未能读取，请先做文字识别（OCR）。",
        example="扫描件：PDF的第2页只有图像",
        remedy="Run text recognition (OCR) over the file, or ask for the original.",
        remedy_zh="对文件进行文字识别（OCR），或索取原始文档。",
    ),
    Code(
        "garbled-text", "error", "characters that the file does not name",
        "The fonts of the page draw glyphs without saying which characters they are; those were read as a replacement character.",
        "文字无法还原", "该页字体未说明字形对应的字符，相应文字无法还原，以替代符号保留。",
        example="字体未附编码表的PDF：复制所得文字是乱码",
        remedy="Run text recognition (OCR) over the file, or ask for the original.",
        remedy_zh="对文件进行文字识别（OCR），或索取原始文档。",
    ),
)  # fmt: skip


@frozen
class Diagnostic:
    r"""One fault of one report, at its place.

    `code` is a key of `CODES`; `severity` is error, warning or info; `message` says it for this place; `span` is
    where, in characters of the source, or None where the fault has no place (something is missing). `message_zh` is
    the message in Chinese; like `source` it takes no part in equality and is not written out.

    >>> from govdisclose import parse
    >>> fault = parse("一、概述\n全年公开。\n三、打算\n继续。").diagnostics[-1]
    >>> fault.code, fault.severity, fault.span, fault.message
    ('number-skipped', 'warning', Span(start=11, end=13), 'a number is skipped: 三、 follows number 1')
    """

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    source: Source | None = field(default=None, eq=False, repr=False)
    message_zh: str = field(default="", eq=False, repr=False)


def diagnose(
    code: str, detail: str, span: Span | None = None, source: Source | None = None, detail_zh: str | None = None
) -> Diagnostic:
    """A diagnostic of a known code: its title, then what is particular to this place.

    `detail` is enough where it only quotes the report; where it has English words, `detail_zh` says it in Chinese.

    >>> fault = diagnose("number-skipped", "（四） follows （二）", detail_zh="（二）之后为（四）")
    >>> fault.message, fault.message_zh
    ('a number is skipped: （四） follows （二）', '序号跳号：（二）之后为（四）')
    """
    kind = CODES[code]
    detail_zh = detail if detail_zh is None else detail_zh
    return Diagnostic(
        code,
        kind.severity,
        f"{kind.title}: {detail}" if detail else kind.title,
        span,
        source,
        f"{kind.title_zh}\N{FULLWIDTH COLON}{detail_zh}" if detail_zh else kind.title_zh,
    )
