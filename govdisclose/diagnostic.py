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
    """One kind of fault: what it is called, how bad it is, what it means, in English and in Chinese."""

    code: str
    severity: Severity
    title: str
    meaning: str
    title_zh: str
    meaning_zh: str


def _table(*codes: Code) -> dict[str, Code]:
    return {c.code: c for c in codes}


CODES: Final = _table(
    Code(
        "not-a-report", "error", "not a report",
        "The text has neither the title, the sections nor the tables of an annual report on government information disclosure.",
        "不是年度报告", "文中没有政府信息公开工作年度报告应有的标题、章节或统计表。",
    ),
    Code(
        "look-alike", "warning", "not an annual report itself",
        "The title says that the text is about a report, a form for one, or a part of a year; its figures may not be a year's.",
        "并非年度报告本身", "从标题看，该文是年度报告的解读、空白格式、通知或阶段性统计，其数据未必是年度数据。",
    ),
    Code(
        "truncated", "warning", "the text breaks off",
        "The last sentence has no end, or the last table stops before the last row of its form; what followed is missing.",
        "文本不完整", "末句没有结束，或最后一张表未到末行即止，其后内容缺失。",
    ),
    Code(
        "parts-mismatch", "warning", "not as many parts as announced",
        "The report says of how many parts it is made, and has another number of parts of level 1.",
        "部分数目不符", "报告所称的部分数目与实有的一级标题数目不同。",
    ),
    Code(
        "mirror-conflict", "warning", "the page names two places or sites",
        "Names, address, telephone and website point to different places, or a domain stands for a name: perhaps a copy that was altered.",
        "地名或网站相互矛盾", "名称、地址、电话、网站指向不同的地方，或以网址代替地名，可能是被改动过的转载页面。",
    ),
    Code(
        "ambiguous-repair", "warning", "a lost character leaves several readings",
        "Characters were lost here, and what is left can be read in more than one way; the text was left as it is.",
        "字符缺失有多种读法", "此处缺字，所余文字可有不止一种读法，故未修补。",
    ),
    Code(
        "number-skipped", "warning", "a number is skipped",
        "The headings of one level jump over a number; it is kept as written.",
        "序号跳号", "同级标题的序号跳过了一个或几个数，按原文保留。",
    ),
    Code(
        "number-repeated", "warning", "a number is repeated",
        "Two headings of one level carry the same number, or the numbers run backwards; they are kept as written.",
        "序号重复", "同级标题的序号重复或倒退，按原文保留。",
    ),
    Code(
        "number-missing", "info", "the first number is missing",
        "The headings of one level do not begin with 1; they are kept as written.",
        "缺首个序号", "同级标题不是从第一号开始，按原文保留。",
    ),
    Code(
        "year-conflict", "warning", "the years disagree",
        "The year of the title and the year of the statistical period are not the same.",
        "年份不一致", "标题所称年度与统计期限的年度不同。",
    ),
    Code(
        "unknown-row", "warning", "a row that the form does not have",
        "A row of the table has a label that no row of the form goes by; its figures are kept without an indicator key.",
        "表外指标", "表中有统计表格式所没有的行，其数据保留但不赋指标代码。",
    ),
    Code(
        "unknown-column", "warning", "a column that the form does not have",
        "The table has more columns than the form; their figures are kept without an indicator key.",
        "表外列", "表中的列多于统计表格式，多出的数据保留但不赋指标代码。",
    ),
    Code(
        "ambiguous-cell", "warning", "figures that cannot be told apart",
        "The row has fewer figures than columns and nothing tells which are missing; its cells carry no value.",
        "数据归列不明", "该行数据少于列数，无从判断缺的是哪一列，故不取值。",
    ),
    Code(
        "inferred-cell", "info", "figures told apart by arithmetic",
        "The layout does not tell where the figures of the row stand; a relation of the form leaves one reading.",
        "由勾稽关系推得", "版面无法表明该行数据的归列，由表内勾稽关系推得唯一读法。",
    ),
    Code(
        "inexact-label", "info", "a label that is misspelled or cut",
        "The label is not spelled as the form has it, but is near to one label only; its row is read as that one.",
        "指标名称有出入", "该行名称与统计表格式略有出入，按最接近的唯一指标识读。",
    ),
    Code(
        "doubtful-cell", "warning", "a row of a table that lost its cells",
        "The row has a figure for each column, but so many others have not that labels and figures may stand apart.",
        "存疑的行", "该行各列均有数据，但表中多行数据不全，名称与数据可能错位。",
    ),
    Code(
        "unreadable-cell", "warning", "a cell that is not a figure",
        "The cell holds something that is neither a figure nor one of the known marks for none.",
        "单元格无法识读", "单元格内容既非数字，也非表示空缺的已知符号。",
    ),
    Code(
        "duplicate-row", "warning", "the same row twice",
        "Two rows of the table lead to the same indicator; both are kept, and flagged.",
        "重复的行", "表中有两行对应同一指标，均予保留并标明。",
    ),
    Code(
        "ambiguous-row", "warning", "a label that several rows go by",
        "The label stands for several rows of the form, and its place does not tell which; it has no indicator key.",
        "指标归属不明", "该名称在统计表格式中不止一处，且从位置无法判断，故不赋指标代码。",
    ),
    Code(
        "unit-conflict", "warning", "another unit than the form's",
        "The unit printed in the row is not the unit of the form; the printed one is kept.",
        "计量单位不符", "该行所印单位与统计表格式不同，按原文保留。",
    ),
    Code(
        "unknown-form", "warning", "a table of no known form",
        "A table of figures was found, but its labels fit none of the official forms; it was not read.",
        "未知表式", "文中有统计表，但与任何已知的官方表式都不相符，未予识读。",
    ),
    Code(
        "stray-line", "info", "a line inside a table that is not part of it",
        "A line stands between the rows of a table and is neither a label nor a value; it was kept apart.",
        "表内杂行", "表格行间夹有既非指标也非数据的文字，已另行保留。",
    ),
    Code(
        "table-in-attachment", "warning", "the tables are in an attachment",
        "The text has no table and names an attachment; the figures of the form must be read from there.",
        "统计表在附件中", "文中没有统计表，而注明有附件；表内数据须另从附件读取。",
    ),
    # what the readers of files note
    Code(
        "undecodable-bytes", "warning", "bytes that are no characters",
        "The file has bytes that its encoding does not know; a replacement character stands in the text for them.",
        "无法解码的字节", "文件中有其编码所不识的字节，文中以替换字符代之。",
    ),
    Code(
        "doubtful-encoding", "warning", "the encoding is a guess",
        "The file does not say its encoding, and has too little Chinese to tell GB18030 from Big5.",
        "编码存疑", "文件未注明编码，所含汉字又少，难以区分GB18030与Big5。",
    ),
    Code(
        "lost-characters", "warning", "characters were lost before",
        "The text has replacement characters, or what became of them, for characters that were lost in a conversion before it got here.",
        "字符已丢失", "文中有转码丢字留下的痕迹（替换字符、锟斤拷等），原字已不可考。",
    ),
    Code(
        "misread-characters", "error", "the text is garbled",
        "The text was decoded with the wrong encoding before it got here, and stored so; decode the original anew.",
        "乱码", "文字在此前以错误编码转存，成为乱码，请由原件重新解码。",
    ),
    Code(
        "no-text", "error", "the page has no text",
        "The page is a set of frames, or empty until scripts have filled it, or has nothing on it at all.",
        "页面无正文", "页面为框架页，或须由脚本填充正文，或本无内容。",
    ),
    Code(
        "misnamed-file", "info", "the file is not what its name says",
        "The ending of the file's name is that of another format; it was read as what it is.",
        "文件扩展名不符", "文件扩展名与实际格式不符，已按实际格式读取。",
    ),
    Code(
        "embedded-object", "warning", "an embedded object was not read",
        "A spreadsheet or another document is embedded in the file here; if the table of the report is in it, its figures are not read.",
        "嵌入对象未识读", "文件此处嵌有电子表格或其他文档；统计表若在其中，其数据未予识读。",
    ),
    Code(
        "picture-not-read", "info", "a picture was not read",
        "A picture, a chart or a diagram stands in the file here; if it shows a table, its figures are not read.",
        "图片未识读", "文件此处有图片或图表；其中若有统计表，其数据未予识读。",
    ),
    Code(
        "no-text-layer", "error", "a page without text",
        "The page is an image, as a scanner makes them; nothing on it was read. Put it through text recognition (OCR) first.",
        "页面无文字层", "该页是图像（如扫描件），其内容未能读取，请先做文字识别（OCR）。",
    ),
    Code(
        "garbled-text", "error", "characters that the file does not name",
        "The fonts of the page draw glyphs without saying which characters they are; those were read as a replacement character.",
        "文字无法还原", "该页字体未说明字形对应的字符，相应文字无法还原，以替代符号保留。",
    ),
)  # fmt: skip


@frozen
class Diagnostic:
    """One fault of one report, at its place.

    `code` is a key of `CODES`; `severity` is error, warning or info; `message` says it for this place; `span` is
    where, in characters of the source, or None where the fault has no place (something is missing).
    """

    code: str
    severity: Severity
    message: str
    span: Span | None = None
    source: Source | None = field(default=None, eq=False, repr=False)


def diagnose(code: str, detail: str, span: Span | None = None, source: Source | None = None) -> Diagnostic:
    """A diagnostic of a known code: its title, then what is particular to this place.

    >>> diagnose("number-skipped", "（四） follows （二）").message
    'a number is skipped: （四） follows （二）'
    """
    kind = CODES[code]
    return Diagnostic(code, kind.severity, f"{kind.title}: {detail}" if detail else kind.title, span, source)
