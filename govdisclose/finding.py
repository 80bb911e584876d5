"""What a check says of one statement of a report: a verdict, the figures it rests on, and their places.

`CHECKS` is the one table of kinds of check, `ALTERNATIVES` that of the known explanations of a mismatch. A code that is
not in them cannot be raised.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final, Literal, TypeAlias

from attrs import field, frozen

from govdisclose.diagnostic import Severity
from govdisclose.text import Source, Span

Figure: TypeAlias = int | Decimal
Verdict = Literal["holds", "fails", "explained", "undecided"]


@frozen
class Check:
    """One kind of check: its code, how bad a failure is at most, what it means, an example, and what to do.

    `example` is a text that has this failure, as short as can be; those of a series are set apart by form feeds.
    The severity of one finding may be lower: a relation has its own, and only a failure is ever above `info`.
    """

    code: str
    severity: Severity
    title: str
    meaning: str
    example: str
    remedy: str
    title_zh: str
    meaning_zh: str
    remedy_zh: str


@frozen
class Alternative:
    """A known explanation of a mismatch: its id, what it is called, and what it means."""

    id: str
    title: str
    meaning: str
    title_zh: str
    meaning_zh: str


def _checks(*checks: Check) -> Mapping[str, Check]:
    return MappingProxyType({c.code: c for c in checks})


# A page of prose: shorter texts are not looked at for copies, as forms of words are all that they have.
_WORK: Final = (
    "我局把政府信息公开作为转变作风、服务群众的一项基础工作，主要负责同志担任领导小组组长，办公室负责日常协调，各科室明确一名联络员，形成了分工清楚、衔接顺畅的工作机制。"
    "一年来，先后修订了信息发布审查、依申请公开办理、保密审查和责任追究等制度，对拟发布的信息逐条登记、逐级签字，做到先审查、后公开。"
    "围绕水资源管理、河道整治、农村饮水安全和防汛抗旱等群众关心的事项，及时公布项目进展、资金安排和验收结果，方便群众了解和监督。"
    "在门户网站设置信息公开专栏，按照机构职能、政策文件、规划计划、财政资金、行政许可等类别整理目录，定期检查链接，清理过期内容。"
    "在服务大厅设立查阅点，配备电脑和打印设备，安排专人引导，为老年人和残疾人提供代查代印服务。"
    "对收到的公开申请，统一登记编号，按照内容转交有关科室研究，答复前由法制人员审核，答复书载明依据和救济途径，并按规定送达和归档。"
    "举办业务培训，讲解条例条文和典型案例，组织联络员交流经验，提高了办理质量和答复规范程度。"
    "通过新闻发布会、在线访谈和入户宣传等方式解读政策，用通俗的语言说明办事条件、流程和时限，回应了灌区农户和用水企业的疑问。"
    "对照考核指标开展自查，针对更新不及时、栏目空缺、附件打不开等情况列出清单，逐项整改，并把结果通报各科室。"
    "同时，主动听取人大代表、政协委员和行业协会的意见，梳理出群众反映集中的供水水价、取水许可、水库移民等问题，补充发布了办事指南和问答材料。"
    "加强与气象、应急等单位的信息共享，汛期实行二十四小时值守，雨情水情随到随发，保证沿河村庄及时收到预警。"
    "年底邀请服务对象对公开工作打分，结果在大厅和网站同时公布，得分较低的窗口书面说明原因并提出改进办法，由办公室跟踪落实到位，次年一季度再作回访。"
)

CHECKS: Final = _checks(
    Check(
        "table-relation", "error", "a relation within a table",
        "Figures of one table must add up as the form has it: a total is the sum of its parts, both sides of a balance are the same, a part is not more than the whole.",
        "（三）从事政府信息公开工作人员数 | 人 | 29 |\n1.专职人员数 | 人 | 1 |\n2.兼职人员数 | 人 | 27 |",
        "Compare the figures with the records, and correct the one that was mistyped or left out.",
        "表内勾稽关系",
        "同一张表内的数据应符合表式规定的勾稽关系：合计等于各分项之和，平衡式两边相等，其中项不大于总项。",
        "对照台账核对各项数据，更正误填或漏填的一项。",
    ),
    Check(
        "cross-table", "warning", "the same indicator in two tables",
        "Two tables of the report state the same indicator of the same year; their figures must agree.",
        "一、附表一\n统计指标 | 单位 | 统计数 |\n（一）收到申请数 | 件 | 5 |\n（二）申请办结数 | 件 | 5 |\n1.按时办结数 | 件 | 5 |\n二、附表二\n统计指标 | 单位 | 统计数 |\n（一）收到申请数 | 件 | 6 |\n（二）申请办结数 | 件 | 5 |\n1.按时办结数 | 件 | 5 |",
        "Find out which table is right; where they differ in scope, say so beside them.",
        "表间一致",
        "报告中两张表载有同一年度的同一指标，其数据应当一致。",
        "核对两表，更正有误的一处；口径不同的，应加以说明。",
    ),
    Check(
        "prose-table", "warning", "prose against the table",
        "A sentence states the same indicator as a cell of the table, for the same period and body; the figures must agree.",
        "某县某局2018年政府信息公开年度报告\n一、主动公开情况\n全年通过政府网站公开政府信息236条。\n二、附表\n（一）主动公开政府信息数 | 条 | 300 |\n1.政府公报公开政府信息数 | 条 | 210 |\n2.政府网站公开政府信息数 | 条 | 98 |",
        "Correct the sentence or the table; where the sentence counts something else, let it say what.",
        "文表一致",
        "正文所述数据与表中同一指标、同一期间、同一范围的数据应当一致。",
        "更正正文或表格；正文另有口径的，应写明。",
    ),
    Check(
        "prose-relation", "warning", "a relation of the form, in prose",
        "Sentences state the figures that a relation of the form ties together; they must add up as those of the table do.",
        "某县某局2018年政府信息公开年度报告\n一、依申请公开情况\n全年收到政府信息公开申请442件，其中当面申请20件，传真申请0件，网络申请267件，信函申请150件。",
        "Correct the figure that is wrong, or name the part that is missing.",
        "正文勾稽关系",
        "正文所述数据之间应符合表式的勾稽关系。",
        "更正有误的数据，或补充遗漏的分项。",
    ),
    Check(
        "prose-parts", "warning", "a list of parts against its total",
        "A sentence gives a total and a list of its parts, after 其中 or 分别, or before 合计: parts are not more than the whole, and those of a complete list add up to it.",
        "某县某局2018年政府信息公开年度报告\n一、概述\n全年刊出信息22期，其中简报17期、专报6期。",
        "Add the parts again; correct the total or the part.",
        "总分一致",
        "句中给出总数及其分项（其中、分别、合计）：分项之和不得大于总数，完整列举的应等于总数。",
        "重新合计，更正总数或分项。",
    ),
    Check(
        "prose-share", "warning", "a stated share",
        "A sentence states a part, its whole and the share of the part; the share must follow from the two.",
        "某县某局2018年政府信息公开年度报告\n一、主动公开情况\n全年公开信息492条，其中网站公开426条，占总数的88.2%。",
        "Compute the share again from the two figures.",
        "占比",
        "句中所述占比应与其部分、总数相符。",
        "按部分与总数重新计算占比。",
    ),
    Check(
        "prose-growth", "warning", "a stated growth",
        "A sentence states figures of two years and the change between them; the change must follow from the two.",
        "某县某局2018年政府信息公开年度报告\n一、依申请公开情况\n全年收到政府信息公开申请3119件，比上年3086件增长1.05%。",
        "Compute the change again from the two figures.",
        "增减幅度",
        "句中所述增减幅度应与两年数据相符。",
        "按两年数据重新计算增减幅度。",
    ),
    Check(
        "prose-repeat", "warning", "the same statement twice",
        "Two sentences state the same indicator for the same period in the same words; the figures must agree.",
        "某县某局2018年政府信息公开年度报告\n一、概述\n全年召开新闻发布会5次。\n二、解读回应情况\n全年召开新闻发布会6次。",
        "Correct the sentence that is wrong; where they count different things, let them say what.",
        "前后一致",
        "正文两处以相同表述说明同一期间的同一指标，数据应当一致。",
        "更正有误的一处；口径不同的，应写明。",
    ),
    Check(
        "words-of-zero", "warning", "words for none against a figure",
        "A sentence says that there was none (未收到, 无, 没有发生); the table must not have a figure above zero there.",
        "某县某局2018年政府信息公开年度报告\n一、依申请公开情况\n全年未收到政府信息公开申请。\n二、附表\n（一）收到申请数 | 件 | 2 |\n1.当面申请数 | 件 | 2 |\n（二）申请办结数 | 件 | 2 |",
        "Correct the sentence, which may be left over from another year, or the table.",
        "零值表述",
        "正文表述为没有发生（未收到、无、没有），则表中相应数据不应大于零。",
        "更正正文（可能沿用了往年文字）或表格。",
    ),
    Check(
        "period-year", "warning", "the period against the year",
        "The statistical period must be the year that the title reports on.",
        "某县某局2018年政府信息公开年度报告\n统计期限自2017年1月1日起至2017年12月31日止。\n一、概述\n全年工作平稳。",
        "Correct the period, or the year of the title.",
        "期限与年度",
        "统计期限应与标题所称年度一致。",
        "更正统计期限或标题年度。",
    ),
    Check(
        "date-order", "warning", "dates out of order",
        "A report is signed after its period has ended, and published when it is signed or later.",
        "某县某局2018年政府信息公开年度报告\n统计期限自2018年1月1日起至2018年12月31日止。\n一、概述\n全年工作平稳。\n二、工作打算\n继续做好工作。\n某县某局\n2018年1月14日",
        "Correct the date that is wrong; in January the old year is easily written for the new.",
        "日期先后",
        "报告应在统计期限届满后落款，并在落款当日或之后发布。",
        "更正有误的日期；一月间易误写上年年份。",
    ),
    Check(
        "announced-parts", "warning", "parts announced and parts found",
        "The opening says of how many parts the report consists; as many must be there.",
        "某县某局2018年政府信息公开年度报告\n本报告由概述、主动公开情况、依申请公开情况等三部分组成。\n一、概述\n工作平稳。\n二、主动公开情况\n已公开。\n三、依申请公开情况\n已办理。\n四、工作打算\n继续。",
        "Correct the number in the opening, or add the part that is missing.",
        "部分数目",
        "引言所称部分数应与实有部分数一致。",
        "更正引言中的数目，或补上所缺部分。",
    ),
    Check(
        "announced-table", "info", "a table that is announced and absent",
        "The report announces its statistical table as an attachment, and the text has no such table; nothing in it could be checked.",
        "某县某局2018年政府信息公开年度报告\n一、概述\n工作平稳。\n二、工作打算\n继续。\n附件：2018年度政府信息公开情况统计表",
        "Check the attachment as well, or put the table into the page.",
        "附表缺失",
        "报告注明附有统计表，而文中没有该表，其数据无从核对。",
        "另行核对附件，或将表格置于页面之内。",
    ),
    Check(
        "numbering", "warning", "the numbers of headings",
        "The headings of one level must run on without a gap or a repetition.",
        "某县某局2018年政府信息公开年度报告\n一、概述\n（一）加强领导\n已加强。\n（三）完善制度\n已完善。\n二、工作打算\n继续。",
        "Correct the numbers, or add the part that is missing.",
        "标题序号",
        "同级标题的序号应当连续，不跳号、不重号。",
        "更正序号，或补上所缺部分。",
    ),
    Check(
        "website-domain", "warning", "a website that is not a government's",
        "The website that the report names should lie under gov.cn; mirrors put their own address in its place.",
        "某县某局2018年政府信息公开年度报告\n本报告可在某县政府网站（http://www.example.com）下载。\n一、概述\n工作平稳。\n二、工作打算\n继续。",
        "Check the address, and whether this copy of the report is the original.",
        "网站域名",
        "报告所列网站应为政府域名（gov.cn）；转载页面可能替换网址。",
        "核对网址，并核实此文本是否为原始发布页面。",
    ),
    Check(
        "series-relation", "warning", "a relation between two years",
        "What one year carries forward the next brings forward; a stock is last year's stock and what was added; a cumulative figure is last year's and this year's.",
        "某县水务局2021年政府信息公开工作年度报告\n一、总体情况\n工作平稳。\n二、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 | 5 | 0 | 0 | 0 | 0 | 0 | 5 |\n二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |\n四、结转下年度继续办理 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |\f某县水务局2022年政府信息公开工作年度报告\n一、总体情况\n工作平稳。\n二、收到和处理政府信息公开申请情况\n一、本年新收政府信息公开申请数量 | 5 | 0 | 0 | 0 | 0 | 0 | 5 |\n二、上年结转政府信息公开申请数量 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |\n四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
        "Compare with last year's report; where a figure was corrected since, say so.",
        "跨年勾稽关系",
        "上年结转应等于上年报告的结转下年度；存量等于上年存量加增减；累计等于上年累计加本年。",
        "对照上年报告核对；如有更正，应加说明。",
    ),
    Check(
        "series-growth", "warning", "a stated growth against last year's report",
        "A sentence states how much an indicator grew since last year; it must follow from the figures of the two reports.",
        "某县水务局2017年政府信息公开工作年度报告\n一、附表\n（一）收到申请数 | 件 | 300 |\n（二）申请办结数 | 件 | 300 |\n1.按时办结数 | 件 | 300 |\f某县水务局2018年政府信息公开工作年度报告\n一、依申请公开情况\n全年收到政府信息公开申请442件，同比增长31.2%。\n二、附表\n（一）收到申请数 | 件 | 442 |\n（二）申请办结数 | 件 | 442 |\n1.按时办结数 | 件 | 442 |",
        "Compute the change again, or explain which figure was corrected since.",
        "同比与上年报告",
        "正文所述同比增减应与两年报告的数据相符。",
        "重新计算；上年数据有更正的，应加说明。",
    ),
    Check(
        "series-jump", "info", "a jump between two years",
        "A figure is more than five times that of the year before, or less than a fifth; often a slip of a digit or of a row.",
        "某县水务局2017年政府信息公开工作年度报告\n一、附表\n（一）收到申请数 | 件 | 49 |\n（二）申请办结数 | 件 | 49 |\n1.按时办结数 | 件 | 49 |\f某县水务局2018年政府信息公开工作年度报告\n一、附表\n（一）收到申请数 | 件 | 490 |\n（二）申请办结数 | 件 | 490 |\n1.按时办结数 | 件 | 490 |",
        "Look at the figure again; if it is right, a sentence of explanation helps the reader.",
        "年度突变",
        "数据为上年的五倍以上或不足五分之一，常因多写一位或填错行所致。",
        "复核该数据；确属实情的，宜加说明。",
    ),
    Check(
        "series-copy", "warning", "text of last year",
        "Much of the text is that of last year's report, word by word.",
        "某县水务局2017年政府信息公开工作年度报告\n一、概述\n" + _WORK + "\n二、工作打算\n继续做好工作。\f某县水务局2018年政府信息公开工作年度报告\n一、概述\n" + _WORK + "\n二、工作打算\n继续做好工作。",
        "Write what was done this year; look for figures and years that were left standing.",
        "沿用上年文字",
        "正文与上年报告大部分逐字相同。",
        "写明本年工作，并检查有无沿用的数据和年份。",
    ),
    Check(
        "series-order", "info", "the reports of a series",
        "Reports of a series are of one body, a year after the other; what is missing between them cannot be checked.",
        "某县水务局2017年政府信息公开工作年度报告\n一、概述\n工作平稳。\n二、工作打算\n继续。\f某县水务局2019年政府信息公开工作年度报告\n一、概述\n工作平稳。\n二、工作打算\n继续。",
        "Add the report of the year that is missing.",
        "年度连续",
        "应为同一机关逐年的报告；缺少的年度无从核对。",
        "补充所缺年度的报告。",
    ),
)  # fmt: skip

ALTERNATIVES: Final[Mapping[str, Alternative]] = MappingProxyType({
    a.id: a
    for a in (
        Alternative(
            "closed-cases-only", "closed cases only", "The figure leaves out the cases that are pending or were carried forward.",
            "仅计已办结", "该数未含尚未审结或结转下年度的案件。",
        ),
        Alternative(
            "natural-persons-only", "natural persons only", "The figure counts the applications of natural persons only.",
            "仅计自然人", "该数仅计自然人申请。",
        ),
        Alternative(
            "without-brought-forward", "without what was brought forward", "One figure counts what last year carried forward, the other does not.",
            "未计上年结转", "一处含上年结转，另一处不含。",
        ),
        Alternative(
            "direct-plus-after-reconsideration", "both routes of litigation, or one", "The figure counts the direct cases, or those after reconsideration, or both together.",
            "诉讼口径", "该数为直接起诉、复议后起诉之一，或两者合计。",
        ),
        Alternative(
            "heading-counts-twice", "a heading that counts twice", "The heading adds up all rows below it, those after 其中 once more.",
            "标题行重复计数", "标题行为其下各行之和，其中项重复计入。",
        ),
        Alternative(
            "several-channels", "one item in several channels", "The same item was published in several channels; each counts it, the total once.",
            "多渠道重复", "同一信息经多种渠道公开，各渠道分别计数，总数计1条。",
        ),
        Alternative(
            "one-row-away", "entered one row away", "The figure stands in the row above or below its own.",
            "错行填报", "该数填入了相邻的一行。",
        ),
        Alternative(
            "rounding", "rounding", "The share or change is cut off rather than rounded, or rounded in between.",
            "舍入差异", "占比或幅度系截位或多次舍入所致。",
        ),
    )
})  # fmt: skip


def _hidden() -> Any:
    return field(default=None, eq=False, repr=False)


@frozen
class Operand:
    """One figure that a finding rests on, with its place.

    `name` is the address of an indicator (`requests.new@total`), or a word for what else it is; `label` is what is
    printed. `value` is None where nothing is stated, or where it could not be read; `reading` is that of the cell, or
    `prose`, `words` (a zero said in words), `absent`, or `date`. An approximate figure stands for a range: 14万余.
    """

    name: str
    label: str
    value: Figure | None
    reading: str = "number"
    approximate: bool = False
    span: Span | None = None
    source: Source | None = _hidden()

    def to_dict(self) -> dict[str, Any]:
        """The operand as plain values, like those of `Report.to_dict`."""
        return {
            "name": self.name,
            "label": self.label,
            "value": _out(self.value),
            "reading": self.reading,
            "approximate": self.approximate,
            "span": _place(self.span),
        }


@frozen
class Finding:
    """The verdict on one statement of a report.

    `code` is a key of `CHECKS`, `relation` the id of the rule that was judged. `severity` is how bad this is: only what
    fails is above `info`. `difference` is the left side less the right, where both are known. `explanations` are keys
    of `ALTERNATIVES`: all that account for the mismatch. `message` is a sentence in English, `message_zh` in Chinese.
    `span` is the place to point at, None where something is missing.

    >>> staff = Operand("organization.staff@value", "从事政府信息公开工作人员数", 29)
    >>> said = "29 = 1 + 28"
    >>> print(Finding("table-relation", "n2014.staff_by_type", "holds", "info", (staff,), 0, (), said, said))
    holds n2014.staff_by_type: 29 = 1 + 28
    """

    code: str
    relation: str
    verdict: Verdict
    severity: Severity
    operands: tuple[Operand, ...]
    difference: Figure | None
    explanations: tuple[str, ...]
    message: str
    message_zh: str
    span: Span | None = None
    source: Source | None = _hidden()

    def __str__(self) -> str:
        return f"{self.verdict} {self.relation}: {self.message}"

    def to_dict(self) -> dict[str, Any]:
        """The finding as plain values; figures with decimals are strings, as in `Report.to_dict`.

        >>> Finding("numbering", "outline.numbers", "fails", "warning", (), None, (), "a", "b").to_dict()["verdict"]
        'fails'
        """
        return {
            "code": self.code,
            "relation": self.relation,
            "verdict": self.verdict,
            "severity": self.severity,
            "operands": [operand.to_dict() for operand in self.operands],
            "difference": _out(self.difference),
            "explanations": [*self.explanations],
            "message": self.message,
            "message_zh": self.message_zh,
            "span": _place(self.span),
        }


def _out(figure: Figure | None) -> int | str | None:
    return figure if figure is None or isinstance(figure, int) else format(figure, "f")


def _place(span: Span | None) -> list[int] | None:
    return None if span is None else [*span]
