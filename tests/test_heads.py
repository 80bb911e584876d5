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
        {
            "index_number": "AB1900099-2020-023",
            "published": "2020-01-21",
            "document_number": None,
            "year": 2019,
        },
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
        {
            "issuer": "江丙市人民政府办公室",
            "year": 2011,
            "period": "2011-01-01/2011-12-31",
        },
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
        {
            "sections": [
                (1, 1, "总体情况"),
                (1, 2, "主动公开政府信息情况"),
                (1, 3, "其他需要报告的事项"),
            ]
        },
    ),
    (
        "titles apart from their text by a blank only, on one line",
        (
            "戊县水务局2018年政府信息公开年报 一、概述 2018年,我局认真落实条例。 二、依申请公开政府信息情况 规范流程,按时答复。 "
            "三、主要问题和改进措施 公开不够全面。"
        ),
        {
            "sections": [
                (1, 1, "概述"),
                (1, 2, "依申请公开政府信息情况"),
                (1, 3, "主要问题和改进措施"),
            ]
        },
    ),
    (
        "items take the place of (一) (二)",
        "戊县水务局2012年政府信息公开年报\n一、概述\n一是完善体系。成立了小组。\n二是加强建设。制定了制度。\n二、其他\n无。",
        {
            "sections": [
                (1, 1, "概述"),
                (2, 1, "完善体系"),
                (2, 2, "加强建设"),
                (1, 2, "其他"),
            ]
        },
    ),
    (
        "items below (一), and one that is a sentence",
        "戊县水务局2012年政府信息公开年报\n一、概述\n(一)做法\n一是完善体系。成立了小组。\n二是我局制定了制度5项,并且进行了培训。\n(二)成效\n好。",
        {
            "sections": [
                (1, 1, "概述"),
                (2, 1, "做法"),
                (3, 1, "完善体系"),
                (3, 2, None),
                (2, 2, "成效"),
            ]
        },
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
    (
        "the years of a school in its title",
        "2012-2013学年度庚安大学信息公开工作年度报告\n日期:2014年02月04日\n根据《办法》编制。\n一、概述\n有序推进。",
        {
            "title": "2012-2013学年度庚安大学信息公开工作年度报告",
            "issuer": "庚安大学",
            "year": None,
            "published": "2014-02-04",
        },
    ),
    (
        "the years of a school on a line of the title, below the name of the menu",
        "庚安大学信息公开年度报告\n\n庚安大学2013-2014学年度\n\n信息公开年度报告\n\n按照《办法》要求编制本报告。\n一、概述\n有序推进。",
        {"title": "庚安大学2013-2014学年度信息公开年度报告", "issuer": "庚安大学"},
    ),
    (
        "who made the report stands before the years, or before a note on its short name",
        "本报告按照《办法》要求,根据庚安林业大学2012-2013学年信息公开工作执行情况编制而成。\n一、概述\n有序推进。",
        {"issuer": "庚安林业大学"},
    ),
    (
        "a short name in parentheses behind who made the report",
        "本报告由庚安交通大学(以下简称庚安交大)根据《办法》(以下简称《办法》)编制,内容包括概述等。\n一、概述\n有序推进。",
        {"issuer": "庚安交通大学", "kind": "annual-report"},
    ),
    (
        "a development zone reports, and not its office",
        "如对本报告有任何疑问,请与乐戊经济开发区综合办公室联系(电话:2345678)。\n一、总体情况\n2018年,我区有序推进。",
        {"issuer": "乐戊经济开发区"},
    ),
    (
        "a development zone that makes public",
        "根据《条例》要求,现公开乐戊经济开发区信息公开2018年度报告。\n一、概述\n有序推进。",
        {"issuer": "乐戊经济开发区", "year": 2018},
    ),
    (
        "the office on a page of an institution is of no known body",
        "文章来源:办公厅 发布时间:2022-01-29\n一、总体情况\n2020年,我委持续加强和规范信息公开各项工作,不断提升公开工作的质量和水平,各项任务有序推进。\n(一)主动公开情况。\n好。",
        {"issuer": None, "year": 2020, "published": "2022-01-29"},
    ),
    (
        "a local name in the title, spelled out in the line of the source",
        "市畜牧局2014年政府信息公开工作年度报告\n索引号 719700000-GK-2015-75001 发布日期 2015-03-13 16:03\n来源 丁安市畜牧局\n一、概述\n有序推进。",
        {
            "issuer": "丁安市畜牧局",
            "index_number": "719700000-GK-2015-75001",
            "published": "2015-03-13",
        },
    ),
    (
        "a local name at the beginning, spelled out in the name of a list",
        "一、总体情况\n2021年,市城市管理局按照要求推进公开。\n修订了《丁安市城市管理局政府信息主动公开基本目录》。\n二、其他\n无。",
        {"issuer": "丁安市城市管理局"},
    ),
    (
        "a verb before a local name is no place",
        "根据规定要求,编制市畜牧局2020年政府信息公开工作年度报告。\n一、概述\n有序推进。",
        {"issuer": None, "year": 2020},
    ),
    (
        "two places of one local name leave it open",
        "市畜牧局2014年政府信息公开工作年度报告\n根据《丁安市畜牧局指南》和《戊安市畜牧局指南》编制。\n一、概述\n有序推进。",
        {"issuer": None},
    ),
    (
        "a district that made the report",
        "戊海市庚浦区\n2008年1月9日\n引言\n本年报由戊海市庚浦区编制,全文包括概述。\n一、概述\n有序推进。",
        {"issuer": "戊海市庚浦区"},
    ),
    (
        "the hours and minutes of a day below the title in Chinese",
        "云乙省气象局2011年政府信息公开年度报告\n\n  • 2012年03月12日 00时00分\n  • 来源: 省气象局\n一、概述\n有序推进。",
        {"published": "2012-03-12"},
    ),
    (
        "the title in the box of an encyclopedia",
        "本年度报告根据《条例》,由云乙市公安局编制。\n基本介绍\n- 中文名:云乙市公安局2014年政府信息公开工作年度报告\n- 编制单位:云乙市公安局\n一、基本情况\n有序推进。",
        {
            "title": "云乙市公安局2014年政府信息公开工作年度报告",
            "issuer": "云乙市公安局",
            "year": 2014,
        },
    ),
    (
        "a notice with its number behind its day, and the report cut off behind the title",
        (
            "戊海市庚安区人民政府办公室关于印发《2007年戊海市庚安区人民政府信息公开年报》的通知\n(二○○八年三月三日 庚府办发[2008]4号)\n"
            "各街道办事处:\n现转发给你们。\n2007年戊海市庚安区人民政府信息公开年报\n引言\n本年报由戊海市庚安区人民政府编制。\n一 概 述\n2007年有序推进。"
        ),
        {
            "title": "2007年戊海市庚安区人民政府信息公开年报",
            "issuer": "戊海市庚安区人民政府",
            "document_number": "庚府办发〔2008〕4号",
            "kind": "annual-report",
        },
    ),
    (
        "a span of time",
        "丁县教育局2012年政府信息公开工作报告\n本报告包括六个方面的主要内容。时间跨度为2012年1月1日-12月31日。\n一、概述\n有序推进。",
        {"period": "2012-01-01/2012-12-31"},
    ),
    (
        "the year behind what a sentence refers to",
        "一、概述\n根据《条例》要求,2010年,我局继续开展政府信息公开工作。\n二、公开情况\n好。",
        {"year": 2010},
    ),
    (
        "a report that a town formed, on one line",
        "一、总体情况 根据要求,柳河镇结合工作实际,强化工作部署,并形成2020年度柳河镇政府信息公开年度报告。 二、主动公开政府信息情况 三、收到和处理政府信息公开申请情况 四、存在的主要问题及改进情况 有序推进。",
        {"year": 2020, "issuer": "柳河镇"},
    ),
    (
        "a title that says whose figure it is",
        "丁县水务局2012年政府信息公开年报\n一、概述\n(一)本单位主动公开政府信息的数量。我局公开36条。\n(二)管理。\n有序推进。",
        {
            "sections": [
                (1, 1, "概述"),
                (2, 1, "本单位主动公开政府信息的数量"),
                (2, 2, "管理"),
            ]
        },
    ),
    (
        "one heading with a known title inside a line of its preamble",
        (
            "丁县水务局2022年政府信息公开工作年度报告\n本年报根据《条例》编制,包括总体情况等六部分,统计期限自2022年1月1日起至2022年12月31日止。"
            "电子版可在门户网站下载。 一、总体情况 2022年,丁县水务局有序推进各项工作,促进法治政府建设。"
        ),
        {"sections": [(1, 1, "总体情况")]},
    ),
    (
        "a page's title with a short name, and the article's with the full one",
        "2018年水务局政府信息公开工作年度报告\n\n发布时间:2019-01-08\n  2018年绵丁市水务局政府信息公开工作年度报告\n根据《条例》编制。\n一、概述\n有序推进。",
        {
            "title": "2018年绵丁市水务局政府信息公开工作年度报告",
            "issuer": "绵丁市水务局",
            "published": "2019-01-08",
        },
    ),
    (
        "the value of a label of the header is no signature",
        (
            "• 文件名称:\n\n  2019年丁华市水利局政府信息公开工作年度报告\n\n• 发布机构:\n\n  市水利局\n\n• 成文日期:\n\n  2020-09-09\n\n"
            "• 公开方式:\n\n  主动公开\n\n根据《条例》编制。\n\n一、概述\n\n有序推进。"
        ),
        {"published": "2020-09-09", "signed": None, "issuer": "丁华市水利局"},
    ),
    (
        "the foot of a page offers no contact of the report",
        (
            "盘戊市水利局2019年度政府信息公开工作报告\n发布时间:2020-12-17\n一、公开情况\n良好。\n二、存在的不足\n有待提高。\n下一篇: 没有了\n"
            "主办单位:盘戊市水利局 版权所有:盘戊市人民政府办公室\n联系电话:0427-2823000/2310000\n"
        ),
        {"phone": ()},
    ),
    (
        "an address without label behind the office to ask",
        "丁州市水利局2019年度政府信息公开工作年度报告\n如有疑问,请联系:丁州市水利局数据中心,柳河路198号,联系方式:0577-2345678、2345679。\n一、概述\n有序推进。",
        {"address": "柳河路198号", "phone": ("0577-2345678", "2345679")},
    ),
    (
        "a first part that opens with the years of a school",
        "本报告统计期限为2019年9月1日—2020年8月31日。\n一、概述\n2019-2020学年,庚江大学以师生为中心,稳步推进信息公开工作。\n二、其他\n无。",
        {"issuer": "庚江大学", "period": "2019-09-01/2020-08-31"},
    ),
    (
        "a title that breaks off above 信息公开",
        "2013年丁州市财政局政府\n信息公开年度报告\n根据要求编制。\n一、概述\n有序推进。",
        {
            "title": "2013年丁州市财政局政府信息公开年度报告",
            "issuer": "丁州市财政局",
            "year": 2013,
        },
    ),
    (
        "a range whose 至 was lost, with a comma for it",
        "2013年丁东省财政厅政府信息公开年度报告\n数据的统计期限,自2013年1月1日起, 2013年12月31日止。\n一、概述\n有序推进。",
        {"period": "2013-01-01/2013-12-31"},
    ),
    (
        "a county whose report is made public",
        "特向社会公布丁阳县2018年政府信息公开工作年度报告。如有疑问,请联系:柳河镇,联系电话:0562-2345678。\n一、工作概况\n有序推进。",
        {"issuer": "丁阳县", "year": 2018, "phone": ("0562-2345678",)},
    ),
    (
        "the one body whose guide the report cites",
        "一、总体情况\n现将我局2021年政府信息公开年度报告有关情况报告如下。\n修订了《丁安县农业农村局政府信息公开指南》和《丁东省政府信息公开目录》。\n二、其他\n无。",
        {"issuer": "丁安县农业农村局", "year": 2021},
    ),
    (
        "two bodies whose guides the report cites",
        "一、总体情况\n现将我局2021年政府信息公开年度报告有关情况报告如下。\n参照《丁东省农业厅政府信息公开指南》修订了《丁安县农业农村局政府信息公开指南》。\n二、其他\n无。",
        {"issuer": None},
    ),
    (
        "a note that explains what a report is",
        "当前位置:首页 > 信息公开工作年度报告\n丁安新区政法局信息公开年度工作报告说明\n发布时间:2022-12-13\n年度报告是确立的法定监督保障制度,自成立以来,认真做好各项工作。",
        {"kind": "interpretation"},
    ),
    (
        "a title before the first of the points below it, on one line",
        (
            "丁县水务局2022年政府信息公开工作年度报告 一、总体情况 2022年,工作有序开展,公开信息12条。 二、主动公开情况 按照《条例》公开信息。 "
            "(一)主要公开渠道 1.政府网站 为进一步做好政府信息公开工作,对网站版面进行了调整,方便公众了解。 三、其他需要报告的事项 无。"
        ),
        {
            "sections": [
                (1, 1, "总体情况"),
                (1, 2, "主动公开情况"),
                (2, 1, "主要公开渠道"),
                (1, 3, "其他需要报告的事项"),
            ]
        },
    ),
    (
        "a sentence that says what has been done is no title",
        "丁县水务局2022年政府信息公开工作年度报告\n一、公开情况\n(一)权力清单、责任清单已在政务服务网公开。\n(二)公开类别。\n其他。",
        {"sections": [(1, 1, "公开情况"), (2, 1, None), (2, 2, "公开类别")]},
    ),
    (
        "a local name below an entry of the menu is not its end",
        "首页 > 政府信息公开 > 政府信息公开年报\n政府信息公开年报\n市畜牧局2014年政府信息公开工作年度报告\n今年以来,市畜牧局有序推进。\n一、概述\n好。",
        {"issuer": None, "title": "市畜牧局2014年政府信息公开工作年度报告"},
    ),
    (
        "places whose names begin like words that point",
        "贵州省丁江县水务局2011年政府信息公开年度报告\n一、概述\n有序推进。",
        {"issuer": "贵州省丁江县水务局"},
    ),
    (
        "本溪 is a place, 本局 is none",
        "由本溪市水务局编制的2011年政府信息公开年度报告。\n一、概述\n有序推进。",
        {"issuer": "本溪市水务局"},
    ),
    (
        "the region of a customs house, and a telephone of five digits with its area",
        "丁庆海关关区2020年政府信息公开年报\n如有疑问,请与丁庆海关办公室联系(邮编:401000,电话:023-12360、023-67700000)。\n一、总体情况\n有序推进。",
        {"issuer": "丁庆海关", "phone": ("023-12360", "023-67700000")},
    ),
    (
        "a report that calls itself 工作情况",
        "丁交部2014年政府信息公开工作情况\n\n2014-12-19 09:37\n\n2014年,我部认真贯彻落实条例。\n一、加强主动公开工作\n有序推进。",
        {
            "title": "丁交部2014年政府信息公开工作情况",
            "issuer": "丁交部",
            "published": "2014-12-19",
        },
    ),
    (
        "工作情况 of nobody is no title",
        "2014年政府信息公开工作情况\n2014年,我部认真贯彻落实条例,有序推进政府信息公开。\n一、概述\n有序推进。",
        {"title": None},
    ),
    (
        "a line of the site that copied a report",
        "丁交部2013年政府信息公开工作年度报告\n中央某门户网站 www.wangzhan.gov.cn 2014-03-25 10:21 来源: 丁交部网站\n【字体: 打印本页\n一、概述\n有序推进。",
        {"published": "2014-03-25", "website": (), "issuer": "丁交部"},
    ),
    (
        "labels set wide, with blanks for colons",
        (
            "索 引 号 0142500000/2026-00001 分 类 科技、教育 / 报告\n发布机构 教育局 发文日期 2026-01-15\n标 题 丁云区教育局政府信息公开工作2025年度报告\n"
            "文 号 无〔〕号 主 题 词\n丁云区教育局政府信息公开工作2025年度报告\n一、总体情况\n有序推进。"
        ),
        {
            "title": "丁云区教育局政府信息公开工作2025年度报告",
            "issuer": "丁云区教育局",
            "index_number": "0142500000/2026-00001",
            "published": "2026-01-15",
        },
    ),
    (
        "an index number whose label was lost",
        "当前位置 > 政府信息公开年报\n014170000/2023-00003\n政府信息公开年报\n丁港市教育局\n有效\n丁港市教育局2022年政府信息公开工作年度报告\n一、总体情况\n有序推进。",
        {"index_number": "014170000/2023-00003", "issuer": "丁港市教育局"},
    ),
    (
        "the contents of a page of an encyclopedia, with commas",
        "一、概述,(一)注重推进,深化内容。,(二)注重指导。,二、主动公开政府信息情况,三、问题,\n一、概述\n2012年有序推进。\n(一)注重推进,深化内容。\n好。\n二、主动公开政府信息情况\n好。",
        {
            "sections": [
                (1, 1, "概述"),
                (2, 1, "注重推进,深化内容"),
                (1, 2, "主动公开政府信息情况"),
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
    if name == "kind":
        return report.kind
    if name in ("phone", "address", "website"):
        return getattr(m.contact, name)
    value = getattr(m, name)
    return str(value) if name in ("published", "signed") and value else value


@pytest.mark.parametrize(
    ("text", "wants"), [h[1:] for h in HEADS], ids=[h[0] for h in HEADS]
)
def test_a_head_is_read_field_by_field(text: str, wants: dict[str, object]) -> None:
    report = parse(text)
    assert {name: found(report, name) for name in wants} == wants


@pytest.mark.parametrize(
    ("text", "wants"), [h[1:] for h in HEADS], ids=[h[0] for h in HEADS]
)
def test_full_width_marks_change_nothing(text: str, wants: dict[str, object]) -> None:
    wide = text.translate(str.maketrans("(),:;", "（），：；"))
    report = parse(wide)
    for name, want in wants.items():
        got = found(report, name)
        assert unicodedata.normalize("NFKC", str(got)) == unicodedata.normalize(
            "NFKC", str(want)
        )
