"""Figures and cited documents in prose: what counts, what does not, and where it stands."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

import pytest
from growth import grows_as_a_line
from hypothesis import given
from hypothesis import strategies as st

from govdisclose._lexicon.numeral import MONEY, UNITS_OF_PROSE, read_chinese
from govdisclose._prose.citations import read_citations
from govdisclose._prose.measure import Measure, measures, units
from govdisclose._prose.quantities import read_quantities
from govdisclose.report import Citation, Quantity
from govdisclose.text import Edit, Source, Text


def figures(prose: str) -> list[tuple[str, str | None, bool, str]]:
    found = read_quantities(Text(Source(prose)), [(0, len(prose))])
    return [(str(q.value), q.unit, q.approximate, q.raw) for q in found]


def documents(prose: str) -> list[tuple[str | None, str | None, str]]:
    return [
        (c.symbol, c.title, c.raw)
        for c in read_citations(Text(Source(prose)), [(0, len(prose))])
    ]


# --- figures


@pytest.mark.parametrize(
    ("prose", "value", "unit", "approximate", "raw"),
    [
        ("公开信息14万余条,", "140000", "条", True, "14万余条"),
        ("公开信息200多万条,", "2000000", "条", True, "200多万条"),
        ("点击量近90万人次。", "900000", "人次", True, "近90万人次"),
        ("访问1.3亿次。", "130000000", "次", False, "1.3亿次"),
        ("满意率达90%以上。", "90", "%", True, "90%以上"),
        ("参训约 30 人。", "30", "人", True, "约 30 人"),
        ("参训30人左右。", "30", "人", True, "30人左右"),
        ("开会不少于3次。", "3", "次", True, "不少于3次"),
        ("超过500篇", "500", "篇", True, "超过500篇"),
        ("培训十余次", "10", "次", True, "十余次"),
        ("投入127.33亿元。", "12733000000", "元", False, "127.33亿元"),
        ("收取3.5万余元。", "35000", "元", True, "3.5万余元"),
        ("投入三千万元。", "30000000", "元", False, "三千万元"),
        ("投入三亿五千万元。", "350000000", "元", False, "三亿五千万元"),
        ("公开1,234件", "1234", "件", False, "1,234件"),
        ("公开１２３４件", "1234", "件", False, "１２３４件"),
        ("占2.6 %", "2.6", "%", False, "2.6 %"),
        ("占20％,", "20", "%", False, "20％"),
        ("占百分之九十九点五以上", "99.5", "%", True, "百分之九十九点五以上"),
        ("提高2.3个百分点", "2.3", "个百分点", False, "2.3个百分点"),
        ("受理二百三十件", "230", "件", False, "二百三十件"),
        ("召开会议三次,", "3", "次", False, "三次"),
        ("召开会议一次,", "1", "次", False, "一次"),
        ("发布三篇文章", "3", "篇", False, "三篇"),
        ("两家单位", "2", "家", False, "两家"),
        ("共计1条", "1", "条", False, "1条"),
        ("培训400人 次", "400", "人次", False, "400人 次"),
        ("发布15条(次)", "15", "条次", False, "15条(次)"),
        ("信息,1条", "1", "条", False, "1条"),
        ("受理申请数量0例", "0", "例", False, "0例"),
        ("节约3万元", "30000", "元", False, "3万元"),
        ("最近3次会议", "3", "次", False, "3次"),
        ("签约达35亿元", "3500000000", "元", False, "35亿元"),
        ("预约有20件", "20", "件", False, "20件"),
        ("参会近300人", "300", "人", True, "近300人"),
        ("参会超过300人", "300", "人", True, "超过300人"),
        ("由50件增至75件", "50", "件", False, "50件"),
        ("阅读量突破100万次", "1000000", "次", True, "突破100万次"),
        ("不足20件", "20", "件", True, "不足20件"),
        ("不到50人", "50", "人", True, "不到50人"),
        ("约有50人参加", "50", "人", True, "约有50人"),
        ("覆盖率约为 95%", "95", "%", True, "约为 95%"),
        ("约占总数的30%", "30", "%", True, "约占总数的30%"),
        ("增幅超过了100%", "100", "%", True, "超过了100%"),
        ("收入100万元有余", "1000000", "元", True, "100万元有余"),
        ("接待三十几人", "30", "人", True, "三十几人"),
        ("培训百余次,", "100", "次", True, "百余次"),
        ("惠及上百万人次", "1000000", "人次", True, "上百万人次"),
        ("近千名干部", "1000", "名", True, "近千名"),
        ("投入近千万元", "10000000", "元", True, "近千万元"),
        ("发放上万份", "10000", "份", True, "上万份"),
        ("线上万余人", "10000", "人", True, "万余人"),
        ("办结率百分之百", "100", "%", False, "百分之百"),
        ("受理12条/次", "12", "条次", False, "12条/次"),
        ("满意度98.6分,", "98.6", "分", False, "98.6分"),
        ("面积128.5公顷", "128.5", "公顷", False, "128.5公顷"),
        ("刊发信息12则,", "12", "则", False, "12则"),
        ("收到锦旗5面。", "5", "面", False, "5面"),
        ("组建3支队伍", "3", "支", False, "3支"),
        ("开通APP 3个", "3", "个", False, "3个"),
        ("召开2次全体会议", "2", "次", False, "2次"),
        ("完成35项目标任务", "35", "项", False, "35项"),
        ("引发12起诉讼", "12", "起", False, "12起"),
        ("公开22个重点领域", "22", "个", False, "22个"),
        ("印发5批文件", "5", "批", False, "5批"),
    ],
)
def test_a_figure_in_prose(
    prose: str, value: str, unit: str, approximate: bool, raw: str
) -> None:
    """Number, unit and approximate flag, with the words that belong to them."""
    assert figures(prose)[0] == (value, unit, approximate, raw)


@pytest.mark.parametrize(
    "prose",
    [
        "2018年12月31日",
        "2018 年 1 月 14 日",
        "二〇一九年一月",
        "2019年3月份",
        "云政办〔2018〕23号",
        "第23号",
        "甲路11号405室",
        "电话0371-22783606/22783605",
        "7*24小时",
        "7×24小时",
        "第二期",
        "第3次",
        "第 3 次",
        "前三名",
        "前3名",
        "第二十条第(一)项",
        "第10、11项",
        "第三十六条、第三十七条第二款",
        "1-12月",
        "3-5个工作日",
        "3至5件",
        "40%—50%",
        "50件到75件",
        "(不同渠道和方式公开相同信息计1条)",
        "同一热点计1次",
        "3条例",
        "12345热线",
        "截至2018本局",
        "5处室",
        "自2018起至今",
        "与群众一起,",
        "一次性告知",
        "一批",
        "一系列",
        "一个窗口",
        "每季度一次,",
        "最多跑一次。",
        "最多跑1次。",
        "三位一体",
        "四个结合",
        "第一,",
        "两微一端",
        "三大平台",
        "五公开",
        "双随机、一公开",
        "最后一公里",
        "三个方面",
        "10个方面",
        "由十二个部分组成",
        "一期、二期",
        "十九届四次全会",
        "三次产业",
        "八项规定",
        "十件实事",
        "三项制度",
        "数十次",
        "几十件",
        "数百件",
        "三分之二",
        "百家单位",
        "千人计划",
        "万人助万企",
        "百姓",
        "网上万里行",
        "九届四次全体会议,",
        "五篇大文章",
        "9时30分。",
        "12公司分局",
        "Word 2003版",
        "3批文",
        "B 2条",
        "(“26条”)",
        "“三件大事”,",
        "两条腿走路",
        "“产城人”三篇文章",
        "“创业富民 30 条”政策",
        "第 20 条和 21 条规定",
        "灌区二期,",
        "本章12章",
        "《办事指南100条》",
        "《新政十条》",
        "PM2.5",
        "B2条",
        "3.15",
        "1，234件",
        "1.236条",
        "1,2345条",
        "8:30次",
        "3亿5千万元",
        "12345名单",
        "“创业富民30条”政策",
        '"惠农20条"等',
    ],
)
def test_what_is_no_figure(prose: str) -> None:
    """Dates, ordinals, numbers of documents and telephones, ranges, rules of counting and set phrases yield nothing."""
    assert figures(prose) == []


NUMBERS = st.integers(2, 10**9) | st.decimals(1, 10**6, places=2)
SCALES = st.sampled_from(["", "万", "亿"])
# 5部 and 5本 are figures before most words, but not before those that the sentence below could make
PLAIN_UNITS = st.sampled_from(
    [u for u in UNITS_OF_PROSE if u not in {"通", "面", *units("of_time")}]
)


@given(
    NUMBERS,
    SCALES,
    PLAIN_UNITS,
    st.sampled_from(["", "约", "超过"]),
    st.sampled_from(["", "余"]),
    st.sampled_from(["", " "]),
)
def test_a_sentence_made_of_a_figure_reads_back(
    number: int | Decimal, scale: str, unit: str, before: str, more: str, blank: str
) -> None:
    """Whatever the number, the scale, the unit, the words for about and the blanks."""
    stated = f"{before}{number}{blank}{scale}{more}{blank}{unit}"
    prose = f"全年共计{stated},同比持平。"
    value = Decimal(number) * {"": 1, "万": 10**4, "亿": 10**8}[scale]
    found = figures(prose)
    if value % 1 and unit not in MONEY | units("divisible"):
        assert found == []
    else:
        read = [(Decimal(v), u, a, r) for v, u, a, r in found]
        assert read == [(value, unit, bool(before or more), stated)]


# Characters of every kind that a page may put into a figure: signs, digits of other scripts, letters, marks, what is
# not seen. Words are none of them: a word before a figure leaves it as it is.
TOUCHING = st.one_of(
    st.sampled_from(
        "+±-~/\\*^_=<>#@&$¥€£%‰°|.,:;!?'\"`()[]{}《》〈〉【】〔〕“”‘’、。·•…—–①②½²０９٣𝟏〇○零一十百千万亿点余多几第 "
    ),
    st.characters(exclude_categories=["Lo", "Cs"], exclude_characters="\t\r\n"),
)


@given(st.integers(100, 10**6).map(str), st.data(), TOUCHING)
def test_whatever_is_put_into_a_number_it_never_makes_a_shorter_figure(
    number: str, data: st.DataObject, mark: str
) -> None:
    """The number is read as a whole or not at all, wherever a character is put into it."""
    at = data.draw(st.integers(1, len(number) - 1))
    whole = f"{number[:at]}{mark}{number[at:]}"
    pieces = {
        number[:at],
        number[at:],
        number[:at].lstrip("0"),
        number[at:].lstrip("0") or "0",
    }
    for value, *_ in figures(f"全年共公开信息{whole}条,同比持平。"):
        assert value not in pieces, whole


def _numeral(n: int) -> str:
    """The numeral of a number from 100 to 9999."""
    digits, places = "零一二三四五六七八九", ("", "十", "百", "千")
    figures = [
        (int(c), place)
        for c, place in zip(str(n), reversed(places[: len(str(n))]), strict=True)
    ]
    said = "".join(f"{digits[d]}{place}" if d else "零" for d, place in figures)
    return re.sub("零+", "零", said).rstrip("零")


@given(st.integers(100, 9999).map(_numeral), st.data(), TOUCHING)
def test_whatever_is_put_into_a_numeral_it_never_makes_a_shorter_figure(
    numeral: str, data: st.DataObject, mark: str
) -> None:
    """As for digits: 二百,三十五条 is neither 200 nor 35."""
    at = data.draw(st.integers(1, len(numeral) - 1))
    pieces = {str(read_chinese(numeral[:at])), str(read_chinese(numeral[at:]))}
    for value, *_ in figures(
        f"全年共公开信息{numeral[:at]}{mark}{numeral[at:]}条,同比持平。"
    ):
        assert value not in pieces


@given(st.integers(100, 10**6), TOUCHING)
def test_a_sign_before_a_figure_leaves_its_value_or_takes_it_away(
    number: int, mark: str
) -> None:
    """No sign before a number changes what is read of it."""
    for value, *_ in figures(f"全年共公开信息{mark}{number}条,同比持平。"):
        assert mark.isdecimal() or Decimal(value) in (
            number,
            Decimal(f"{mark}{number}") if mark == "-" else number,
        )


@pytest.mark.parametrize(
    ("prose", "want"),
    [
        ("访问10万+次。", ["100000"]),
        ("公开1 234条。", []),
        ("公开12’345条。", []),
        ("公开一○五条。", ["105"]),
        ("公开二百0五条。", ["205"]),
        ("检查二至三次。", []),
        ("开会廿三次。", ["23"]),
        ("公开3 500条。", []),
        ("费用小于40万元。", []),
        ("费用十五点八万元。", ["158000"]),
        ("费用123元1角1分。", []),
        ("培训2天半。", []),
        ("(1)23条信息已公开。", ["23"]),
        ("1\n23条信息已公开。", []),
        ("由3条或5条组成。", []),
        ("公开信息12;34条。", []),
    ],
)
def test_what_touches_a_figure_and_is_not_understood_makes_it_none(
    prose: str, want: list[str]
) -> None:
    assert [value for value, *_ in figures(prose)] == want


@pytest.mark.parametrize("row", measures().values(), ids=lambda row: row.unit)
def test_a_measure_word_is_none_where_another_word_begins_with_it(row: Measure) -> None:
    for prose in row.some:
        assert row.unit in {unit for _, unit, *_ in figures(prose)}, prose
    for prose in row.none:
        assert row.unit not in {unit for _, unit, *_ in figures(prose)}, prose


@given(st.integers(11, 9999))
def test_only_the_given_ranges_are_read(n: int) -> None:
    """A figure outside the ranges, or cut by their end, is left alone."""
    prose = f"公开{n}条,受理{n}件,答复{n}次。"
    middle = prose.index("受理"), prose.index(",答复")
    text = Text(Source(prose))
    assert [(q.value, q.unit) for q in read_quantities(text, [middle])] == [(n, "件")]
    assert read_quantities(text, [(middle[0], middle[1] - 1)]) == []
    assert read_quantities(text, []) == []


# --- documents


@pytest.mark.parametrize(
    ("prose", "symbol"),
    [
        ("按照云政办发〔2018〕23号要求", "云政办发〔2018〕23号"),
        ("根据云政办发[2018]23号", "云政办发〔2018〕23号"),
        ("云政【2018】56号", "云政〔2018〕56号"),
        ("云政办函﹝2019﹞14 号", "云政办函〔2019〕14号"),
        ("云政办(2019)7号", "云政办〔2019〕7号"),
        ("云政办（2019）7 号", "云政办〔2019〕7号"),
        ("雲府辦〔2019〕60號", "雲府辦〔2019〕60号"),
        ("云政办发 〔 2018 〕 第 30 号", "云政办发〔2018〕30号"),
        ("云府办〔202130号)", "云府办〔2021〕30号"),
        ("按照省政府办公厅云政办发〔2018〕3号", "云政办发〔2018〕3号"),
        ("按照和政办发〔2018〕3号", "和政办发〔2018〕3号"),
        ("云发〔2018〕2号和国办发〔2018〕3号", "国办发〔2018〕3号"),
        ("云发〔2018〕2号和和政办发〔2018〕3号", "和政办发〔2018〕3号"),
        ("依据国务院令第711号", "国务院令第711号"),
        ("国务院令711号", "国务院令第711号"),
        ("国令第 711 号", "国令第711号"),
        ("国务院第492号令", "国务院令第492号"),
        ("经中华人民共和国国务院令第492号公布", "国务院令第492号"),
        ("云山省人民政府令第128号", "云山省人民政府令第128号"),
        ("国务院令第七百一十一号", "国务院令第711号"),
        ("第711号国务院令", "国务院令第711号"),
        ("云政办发〔2018年〕23号", "云政办发〔2018〕23号"),
        ("云政办发〔2018〕23)", "云政办发〔2018〕23号"),
        ("云政办发〔2018〕23文件", "云政办发〔2018〕23号"),
        ("市委办云办发〔2018〕4号", "云办发〔2018〕4号"),
        ("市政府办云政办〔2018〕4号", "云政办〔2018〕4号"),
        ("我局云环〔2018〕4号", "云环〔2018〕4号"),
        ("市委办发〔2018〕4号", "市委办发〔2018〕4号"),
        ("市政办发〔2018〕4号", "市政办发〔2018〕4号"),
    ],
)
def test_a_symbol_is_written_in_standard_form(prose: str, symbol: str) -> None:
    """Whatever brackets and blanks are printed, and without the words that lead to it."""
    assert documents(prose)[-1][:2] == (symbol, None)


@pytest.mark.parametrize(
    ("prose", "citation"),
    [
        (
            "按照《关于印发 云山市要点的通知》(云政办发〔2018〕23号)要求",
            (
                "云政办发〔2018〕23号",
                "关于印发云山市要点的通知",
                "《关于印发 云山市要点的通知》(云政办发〔2018〕23号",
            ),
        ),
        (
            "《云山方案》云政〔2018〕2号",
            ("云政〔2018〕2号", "云山方案", "《云山方案》云政〔2018〕2号"),
        ),
        ("《云山\n办法》", (None, "云山办法", "《云山\n办法》")),
        (
            "《关于印发<格式>的通知》",
            (None, "关于印发<格式>的通知", "《关于印发<格式>的通知》"),
        ),
        (
            "《关于贯彻《条例》的办法（试行）》",
            (
                None,
                "关于贯彻《条例》的办法（试行）",
                "《关于贯彻《条例》的办法（试行）》",
            ),
        ),
        (
            "《云山新政》（云政〔2018〕2号）",
            ("云政〔2018〕2号", "云山新政", "《云山新政》（云政〔2018〕2号"),
        ),
        ("《条例》（第492号令）", ("第492号令", "条例", "《条例》（第492号令")),
    ],
)
def test_a_title_joins_the_symbol_behind_it(
    prose: str, citation: tuple[str | None, str, str]
) -> None:
    """A title and its symbol are one document."""
    assert documents(prose) == [citation]


@pytest.mark.parametrize(
    "prose",
    [
        "《云山日报》",
        "《民生在线》栏目",
        "《条例》规定",
        "〔2018〕5号",
        "禁令第5号",
        "(2018)云01行初5号",
        "云政〔3018〕5号",
        "《没有写完的通知",
        "(2018年23号)",
        "附件[2018]23,",
        "云政办〔2018〕23",
        "云政办〔2018 23,",
    ],
)
def test_what_is_no_document(prose: str) -> None:
    """Newspapers, columns, short forms, case numbers and symbols without an organ yield nothing."""
    assert documents(prose) == []


@pytest.mark.parametrize(
    ("prose", "found"),
    [
        (
            "(云政办〔2019〕60号、61号)",
            [
                ("云政办〔2019〕60号", "云政办〔2019〕60号"),
                ("云政办〔2019〕61号", "61号"),
            ],
        ),
        (
            "云政办〔2019〕60、 61、62号",
            [
                ("云政办〔2019〕60号", "云政办〔2019〕60"),
                ("云政办〔2019〕61号", "61"),
                ("云政办〔2019〕62号", "62号"),
            ],
        ),
        (
            "云政办〔2019〕60号和〔2021〕30号",
            [
                ("云政办〔2019〕60号", "云政办〔2019〕60号"),
                ("云政办〔2021〕30号", "〔2021〕30号"),
            ],
        ),
        (
            "云政办〔2019〕60号、云办发〔2019〕1号",
            [
                ("云政办〔2019〕60号", "云政办〔2019〕60号"),
                ("云办发〔2019〕1号", "云办发〔2019〕1号"),
            ],
        ),
        ("云政办〔2019〕60号、12号楼", [("云政办〔2019〕60号", "云政办〔2019〕60号")]),
        (
            "云政办〔2019〕60号,12号召开会议",
            [("云政办〔2019〕60号", "云政办〔2019〕60号")],
        ),
    ],
)
def test_numbers_of_one_organ_are_documents_of_their_own(
    prose: str, found: list[tuple[str, str]]
) -> None:
    """60号、61号 share organ and year, unless a year is printed again."""
    assert [(symbol, raw) for symbol, _, raw in documents(prose)] == found


def test_a_title_does_not_join_a_symbol_further_on() -> None:
    """和 between them makes two documents."""
    assert [d[:2] for d in documents("《云山办法》和云政〔2018〕2号")] == [
        (None, "云山办法"),
        ("云政〔2018〕2号", None),
    ]


BRACKETS = st.sampled_from(["〔〕", "[]", "【】", "﹝﹞", "()", "（）", "［］"])


@given(
    st.integers(1990, 2030),
    st.integers(1, 9999),
    BRACKETS,
    st.sampled_from(["", " "]),
    st.sampled_from(["云政办发", "国办函", "云质监"]),
)
def test_a_symbol_in_any_brackets_reads_back(
    year: int, n: int, brackets: str, blank: str, organ: str
) -> None:
    """The standard form does not depend on how it is printed."""
    printed = f"{organ}{brackets[0]}{year}{brackets[1]}{blank}{n}{blank}号"
    assert documents(f"根据{printed}的要求") == [
        (f"{organ}〔{year}〕{n}号", None, printed)
    ]


# --- both

PIECES = st.sampled_from(
    [
        "公开",
        "约",
        "近",
        "3",
        "12",
        "1,234",
        "5.5",
        "万",
        "余",
        "条",
        "人次",
        "元",
        "%",
        "三",
        "一",
        "十二",
        "第",
        "《",
        "》",
        "(",
        ")",
        "〔",
        "〕",
        "2018",
        "号",
        "令",
        *(
            "国务院",
            "云政办发",
            "办法",
            "、",
            ",",
            "。",
            "\n",
            " ",
            "年",
            "百分之",
            "以上",
            "\ud800",
            "\0",
            "\u3000",
            "，",
        ),
    ]
)


@given(
    st.lists(PIECES, max_size=40).map("".join)
    | st.text(st.characters(codec=None), max_size=60),
    st.data(),
)
def test_every_span_is_right_through_a_repair(prose: str, data: st.DataObject) -> None:
    """No text raises, and every value lies in its range and is what the source has there."""
    place = data.draw(st.integers(0, len(prose)))
    source = Source(f"{prose[:place]}(gloss){prose[place:]}")
    text = Text(source).apply([Edit(place, place + 7, "")])
    low, high = sorted(
        (data.draw(st.integers(0, len(prose))), data.draw(st.integers(0, len(prose))))
    )
    values: list[Quantity | Citation] = [
        *read_quantities(text, [(low, high)]),
        *read_citations(text, [(low, high)]),
    ]
    for v in values:
        assert source.slice(v.span) == v.raw
        assert v.raw
        assert text.span(low, high).start <= v.span.start
        assert v.span.end <= text.span(low, high).end
    for kind in (Quantity, Citation):
        assert all(
            a.span.end <= b.span.start
            for a, b in pairwise(v for v in values if isinstance(v, kind))
        )


@pytest.mark.slow
@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "一",
        "《",
        "〔",
        "(",
        "第",
        "令",
        "号令",
        "《a",
        "1,",
        "1.",
        "1 ",
        "一 ",
        "〔2018",
        "百分之分",
        "约",
        "近1万余",
        "第1、",
        "《一《",
        "\ud800",
    ],
)
def test_time_is_linear_on_hostile_text(unit: str) -> None:
    def read_all(text: Text) -> None:
        whole = [(0, len(text.shadow))]
        assert read_quantities(text, whole) == []
        assert read_citations(text, whole) == []

    def given(n: int) -> Text:
        return Text(Source((unit * n)[:n]))

    assert grows_as_a_line(read_all, given(40_000), given(400_000))
