"""Page heads as they come from sites, converters and encyclopedias: what is found on each, field by field."""

from __future__ import annotations

import unicodedata

import pytest

from govdisclose import Report, parse

# Name, text, and what must be found. Names and numbers are invented; each shows one kind of page.
HEADS: list[tuple[str, str, dict[str, object]]] = [
    (
        "an index number called 索取号, a publication day called 印发日期, a cell without a value",
        (
            "2019年己海市水务局政府信息公开工作年度报告\n印发日期:2020-01-21 | 文号: | 发文机关:己海市水务局 |\n"
            "是否有效: | 索取号: AB1900099-2020-023\n2019年己海市水务局政府信息公开工作年度报告\n引 言\n一、总体情况\n2019年,有序推进。"
        ),
        {"index_number": "AB1900099-2020-023", "published": "2020-01-21", "document_number": None, "year": 2019},
    ),
    (
        "添加时间 is the day of publication, 更新时间 is not",
        "葫丙市水务局2023年政府信息公开工作年度报告\n文章来源:办公室 | 添加时间:2024-01-25 |\n一、总体情况\n有序推进。",
        {"published": "2024-01-25"},
    ),
    (
        "更新时间 is no day of publication",
        "葫丙市水务局2023年政府信息公开工作年度报告\n来源:某网 更新时间:2024-06-25\n一、总体情况\n有序推进。",
        {"published": None},
    ),
    (
        "a title in a table of the page",
        (
            "标 题 | 西戊州气象局关于2017年度政府信息公开工作情况的报告 | ||\n索引号 | 000014399/2018-00007 | 文 号 | |\n"
            "发布机构 | 西戊州气象局办公室 | 发布日期 | 2018-02-02 17:25:00 |\n现将2017年度情况报告如下。\n一、基本情况\n良好。"
        ),
        {
            "title": "西戊州气象局关于2017年度政府信息公开工作情况的报告",
            "issuer": "西戊州气象局",
            "index_number": "000014399/2018-00007",
            "published": "2018-02-02",
        },
    ),
    (
        "a note between the name and the year",
        (
            "根据条例,现公布江丙市人民政府办公室(以下简称市府办)2011年政府信息公开工作年度报告,内容涵盖2011年1月1日至12月31日期间"
            "的政府信息公开工作情况。\n一、概述\n有序推进。"
        ),
        {"issuer": "江丙市人民政府办公室", "year": 2011, "period": "2011-01-01/2011-12-31"},
    ),
    (
        "the year of a school",
        "根据要求,现编制2016至2017学年庚安大学信息公开工作年度报告,共七个方面。\n一、概述\n有序推进。",
        {"issuer": "庚安大学", "title": None},
    ),
    (
        "the site of a body is not the body",
        "庚城文旅委2024年政府信息公开工作年度报告\n发布来源:庚城文旅委员会网站 发布时间:2025-01-24 16:55:49\n一、总体情况\n有序推进。",
        {"issuer": "庚城文旅委员会", "published": "2025-01-24"},
    ),
    (
        "a report that begins with its name",
        "2010年政府信息公开工作年度报告\n\n乐戊高新区管委会2010年年报根据《条例》规定编制。\n\n2010年,高新区管委会政府信息公开工作全面展开。",
        {"issuer": "乐戊高新区管委会", "year": 2010},
    ),
    (
        "a day behind a bullet below the title",
        "落乙镇人民政府2024年度政府信息公开工作年度报告\n\n  • 宣丙市人民政府门户网\n  • 2025-02-10 15:59\n\n一、总体情况\n有序推进。",
        {"published": "2025-02-10", "issuer": "落乙镇人民政府"},
    ),
    (
        "characters lost in a range whose end has no year",
        "2012年丁县水务局信息公开年度报告\n所列数据的统计期限从201211日到1231日止。\n一、概述\n有序推进。",
        {"period": "2012-01-01/2012-12-31"},
    ),
    (
        "a notice that sends a report has the number, the report behind it the title",
        (
            "云乙区人民政府办公室关于印发云乙区2010年政府信息公开年度报告的通知\n云政办〔2011〕12号\n各街道办事处:\n现予印发。\n"
            "二〇一一年三月三日\n云乙区2010年政府信息公开年度报告\n由云乙区人民政府编制。\n一、概述\n有序推进。\n云乙区人民政府\n2011年2月28日"
        ),
        {
            "title": "云乙区2010年政府信息公开年度报告",
            "issuer": "云乙区人民政府",
            "document_number": "云政办〔2011〕12号",
            "signed": "2011-02-28",
            "sections": [(1, 1, "概述")],
            "cited": [],
        },
    ),
    (
        "numbered paragraphs of a letter are no parts of the report that it sends",
        (
            "丙县水务局关于报送2015年政府信息公开工作年度报告的函\n丙水函〔2016〕3号\n县政府办公室:\n一、已完成编制。\n二、请予审核。\n"
            "附件:丙县水务局2015年政府信息公开工作年度报告\n丙县水务局2015年政府信息公开工作年度报告\n一、概述\n有序推进。"
        ),
        {
            "title": "丙县水务局2015年政府信息公开工作年度报告",
            "document_number": "丙水函〔2016〕3号",
            "sections": [(1, 1, "概述")],
        },
    ),
    (
        "a title with the blanks of a wrapped page, below the name of the file",
        (
            "乌乙旗巴丙苏木2021年政府信息公开工作年度报告.docx\n乌乙旗巴丙苏木 2021 年政府信息 公开工作年度报告 根据《某条例》(以下简 称《条例》)"
            "的规定,进行了梳理、统计和总结,并向全社会公开。报告统计期限为 2021 年 1 月 1 日 起至 2021 年 12 月 31 日止。 一、总体情况 2021 年,"
            "我苏木全面推进公开,有序推进各项工作。 二、主动公开政府信息情况 按照规定公开12 条。"
        ),
        {
            "title": "乌乙旗巴丙苏木2021年政府信息公开工作年度报告",
            "issuer": "乌乙旗巴丙苏木",
            "period": "2021-01-01/2021-12-31",
            "sections": [(1, 1, "总体情况"), (1, 2, "主动公开政府信息情况")],
        },
    ),
    (
        "a telephone behind 联系, without a label",
        "戊潭市水务局2010年政府信息公开年报\n如对本年报有任何疑问,请联系:0701-6441299。\n一、概述\n有序推进。",
        {"phone": ("0701-6441299",)},
    ),
    (
        "the centre that answers questions is not the body that reports",
        (
            "编制本报告,如对本报告有疑问,请联系子乙市政府政务服务中心(联系电话:0911-7112799)。\n一、总体情况\n"
            "2022年,子乙市人民政府坚持以人民为中心深化政务公开。"
        ),
        {"issuer": "子乙市人民政府", "phone": ("0911-7112799",)},
    ),
    (
        "a part without a sentence, before the cells of its table, on one line",
        (
            "戊县水务局2022年政府信息公开工作年度报告 一、总体情况 2022年,工作有序开展,公开信息12条。 二、主动公开政府信息情况 第二十条第(一)项 信息内容 "
            "本年制发件数 本年废止件数 现行有效件数 规章 0 0 0 行政规范性文件 1 0 5 第二十条第(五)项 信息内容 本年处理决定数量 行政许可 7 "
            "三、其他需要报告的事项 无。"
        ),
        {"sections": [(1, 1, "总体情况"), (1, 2, "主动公开政府信息情况"), (1, 3, "其他需要报告的事项")]},
    ),
    (
        "titles apart from their text by a blank only, on one line",
        (
            "戊县水务局2018年政府信息公开年报 一、概述 2018年,我局认真落实条例。 二、依申请公开政府信息情况 规范流程,按时答复。 "
            "三、主要问题和改进措施 公开不够全面。"
        ),
        {"sections": [(1, 1, "概述"), (1, 2, "依申请公开政府信息情况"), (1, 3, "主要问题和改进措施")]},
    ),
    (
        "items take the place of (一) (二)",
        "戊县水务局2012年政府信息公开年报\n一、概述\n一是完善体系。成立了小组。\n二是加强建设。制定了制度。\n二、其他\n无。",
        {"sections": [(1, 1, "概述"), (2, 1, "完善体系"), (2, 2, "加强建设"), (1, 2, "其他")]},
    ),
    (
        "items below (一), and one that is a sentence",
        "戊县水务局2012年政府信息公开年报\n一、概述\n(一)做法\n一是完善体系。成立了小组。\n二是我局制定了制度5项,并且进行了培训。\n(二)成效\n好。",
        {"sections": [(1, 1, "概述"), (2, 1, "做法"), (3, 1, "完善体系"), (3, 2, None), (2, 2, "成效")]},
    ),
    (
        "一是 alone, and inside a paragraph, heads nothing",
        "戊县水务局2012年政府信息公开年报\n一、概述\n一是完善体系。二是加强建设。\n二、其他\n一是无。",
        {"sections": [(1, 1, "概述"), (1, 2, "其他")]},
    ),
    (
        "a list in a paragraph does not open the count of headings",
        (
            "戊县水务局2012年政府信息公开年报\n一、概述\n有序推进,公开信息12条。\n二、问题\n存在的问题:一、对政策的学习还不够,工作人员的能力有待提高。"
            "二、公开的形式比较单一,群众获取信息的渠道还需要进一步拓宽。"
        ),
        {"sections": [(1, 1, "概述"), (1, 2, "问题")]},
    ),
    (
        "a heading inside a line counts on from the lines above",
        (
            "戊县水务局2012年政府信息公开年报\n一、概述\n全年认真落实条例的各项要求,工作有序开展。二、主动公开情况 2012年共公开信息12条,比上年增加3条。\n"
            "(一)公开内容。公开了机构职能等信息。(二)公开形式。通过网站、公告栏和便民手册公开。\n三、其他\n无。"
        ),
        {
            "sections": [
                (1, 1, "概述"),
                (1, 2, "主动公开情况"),
                (2, 1, "公开内容"),
                (2, 2, "公开形式"),
                (1, 3, "其他"),
            ]
        },
    ),
]


def found(report: Report, name: str) -> object:
    m = report.metadata
    if name == "sections":
        return [(s.level, s.number, s.title) for s in report.walk()]
    if name == "cited":
        return [c.symbol for c in report.citations if c.symbol]
    if name == "period":
        return f"{m.period.start}/{m.period.end}" if m.period else None
    if name == "phone":
        return m.contact.phone
    value = getattr(m, name)
    return str(value) if name in ("published", "signed") and value else value


@pytest.mark.parametrize(("text", "wants"), [h[1:] for h in HEADS], ids=[h[0] for h in HEADS])
def test_a_head_is_read_field_by_field(text: str, wants: dict[str, object]) -> None:
    report = parse(text)
    assert {name: found(report, name) for name in wants} == wants


@pytest.mark.parametrize(("text", "wants"), [h[1:] for h in HEADS], ids=[h[0] for h in HEADS])
def test_full_width_marks_change_nothing(text: str, wants: dict[str, object]) -> None:
    wide = text.translate(str.maketrans("(),:;", "（），：；"))
    report = parse(wide)
    for name, want in wants.items():
        got = found(report, name)
        assert unicodedata.normalize("NFKC", str(got)) == unicodedata.normalize("NFKC", str(want))
