"""Figures and cited documents in prose.

Guarantees, for any text and any ranges inside it:

1. Every value lies inside one of the ranges, and `text.raw` of its place is its `raw`.
2. A figure has a number that was read whole and a measure word of the field; dates, ordinals, document numbers,
   telephone numbers, ranges and figures inside 《》 are passed over. In doubt a figure is left out.
3. One pass over each range; no pattern looks further than a fixed distance from where it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from string import ascii_letters
from typing import Final

from govdisclose._lexicon.numeral import MONEY, UNITS_OF_PROSE, read_chinese, read_number, scaled
from govdisclose.report import Citation, Quantity
from govdisclose.text import Text

# --- figures
#
# Each alternative of the pattern begins with one character out of one set, so that the engine can skip through the
# text by that set; what the character is, is asked again behind it. Alternatives that find something else than a
# figure (a title, an ordinal) are there to use the characters up.

_B: Final = r"[ \t]{0,3}"
_HAN_DIGITS: Final = "一二三四五六七八九十两壹贰叁肆伍陆柒捌玖拾"
_HAN: Final = f"[{_HAN_DIGITS}百佰千仟万亿零\N{IDEOGRAPHIC NUMBER ZERO}]"

# A measure word is none where the next characters make another word of it: 3条例, 12345名单, 2018年度. First single
# characters, then words.
_NOT_BEFORE: Final = {
    "条": "例款幅",
    "件": "套",
    "次": "日年月序要席生|供水",
    "篇": "章幅",
    "个": "性别案|人信息|人隐私|方面|部分|层面|结合|环节|阶段|维度|坚持|确保|强化|统一|一",
    "人": "民员士口均社才力事工物防|大[代常会]",
    "元": "旦素件月",
    "期": "间限末|工程|项目|建设|改造",
    "场": "所地景馆合面",
    "起": "草来点步动始到至|诉(?!讼)",
    "项": "|目(?!标)",
    "例": "如外行会",
    "份": "额",
    "家": "长庭具园属居电",
    "名": "称单录目义牌词校",
    "类": "别型",
    "本": "级局年市区县单机部省报月院校委办站镇乡街行系统着人身次期类质地",
    "册": "子",
    "部": "门委位分署队长级落属",
    "批": "准复示评|文(?!件)",
    "处": "理置室罚级长分所于在",
    "页": "面码眉",
    "户": "籍口外主型",
    "台": "州账湾风阶办式站帐",
    "套": "用餐路取班",
    "字": "号第样体",
    "张": "贴",
    "封": "闭面",
    "块": "状",
    "组": "织成建长合",
    "座": "谈位机",
    "种": "植子业|类(?!型)",
    "所": "有属在以需示谓提长得",
    "版": "本权面块",
    "集": "中体约团合",
    "卷": "入宗",
    "笔": "记试",
    "位": "置于列次",
    "轮": "换训岗",
    "倍": "增",
    "天": "津然气",
    "支": "部出付持撑行配流|队(?!伍)",
    "票": "据务选",
    "班次": "序",
}
# These are words of their own too often: they end their clause, or what they count stands behind them.
_CLOSES: Final = r"[,。;、)\n]|以上|以下|左右|$"
_ONLY_BEFORE: Final = {
    "通": rf"电|来电|热线|{_CLOSES}",
    "分": _CLOSES,
    "则": f"信息|新闻|消息|公告|通知|{_CLOSES}",
    "面": f"锦旗|{_CLOSES}",
    "单": _CLOSES,
    "帖": _CLOSES,
    "票": _CLOSES,
}
# Nor does one count behind these: 自2018起, with its 年 lost; 9时30分; Word 2003版.
_NOT_BEHIND: Final = {"起": frozenset("自从由"), "分": frozenset("时点"), "版": frozenset(ascii_letters)}


def _unit_pattern(unit: str) -> str:
    source = "[ ]?".join(map(re.escape, unit))
    if unit in _NOT_BEFORE:
        single, *words = _NOT_BEFORE[unit].split("|")
        source += f"(?!{'|'.join([f'[{single}]', *words] if single else words)})"
    if unit in _ONLY_BEFORE:
        source += f"(?={_ONLY_BEFORE[unit]})"
    if f"{unit}次" in UNITS_OF_PROSE:  # 条(次) and 条/次 are 条次
        source = rf"{unit}(?:\(次\)|/次)|{source}"
    return source


@cache
def _figure() -> re.Pattern[str]:
    """The pattern of a figure; compiled on first use, since that takes 10 ms."""
    by_first: dict[str, list[str]] = {}
    for unit in sorted(UNITS_OF_PROSE, key=len):  # first the common ones, which are of one character
        by_first.setdefault(unit[0], []).insert(0, _unit_pattern(unit))
    begins, units = "".join(by_first), "|".join("|".join(patterns) for patterns in by_first.values())
    return re.compile(
        rf"""[0-9{_HAN_DIGITS}百千万《第](?:
      (?<=《)(?:[^《》\n]|《[^《》\n]{{0,60}}》){{0,100}}+》
    | (?<=第){_B}(?:[0-9]++|{_HAN}{{1,12}}+)
      (?:{_B}[章条款项号类]?[、和及至到~-]{_B}第?{_B}(?:[0-9]{{1,4}}|{_HAN}{{1,6}})(?={_B}[章条款项号类、])){{0,9}}
    | (?<=百)分之{_B}(?P<share>[0-9]++(?:\.[0-9]++)?+|{_HAN}{{1,12}}+(?:点{_HAN}{{1,6}})?+)(?!点|分之)
      (?:{_B}(?P<about>以上|以下|以内|左右))?
    | (?:(?<=[0-9])[0-9]*+(?:,[0-9]{{3}}(?![0-9]))*+(?:\.[0-9]++)?+|(?<=[{_HAN_DIGITS}]){_HAN}*+|(?<=[百千万])[万亿]?)
      (?P<number>)
      (?:{_B}(?P<more>[余多来几+])?{_B}(?P<scale>[百千]?[万亿]|万亿|[百千])?{_B}(?P<many>[余多来])?{_B}
         (?=[{begins}])(?P<unit>{units})
         (?:{_B}(?P<bound>以上|以下|以内|左右|上下|有余|[多余](?=[,。;、)]|$)))?
      )?
        )""",
        re.VERBOSE,
    )


# Words before a figure that make it approximate, and the last characters that any of them has. 上 and 过 do so only
# before round numerals (上百次, 过万人).
_BEFORE: Final = re.compile(
    r"((?:不[超多]过|不[少低高]于|不足|不到|大约|大概|将近|接近|近乎|超过|超出|突破|至少|最少|至多|最多|[约近超逾上过])"
    r"(?:了|(?<=约)(?:[为有占合达计]|[为占][\u3400-\u9fff]{1,7}的))?)[ \t]{0,3}\Z"
)
_LAST_OF_BEFORE: Final = frozenset("过于足到约概近乎超出破少多逾上了为有占合达计的 \t")
_FARTHEST_BEFORE: Final = 14
# 节约3万元, 签约达3亿元, 最近3次, 网上万人: words that end in one of these and say nothing of the figure behind them.
_OTHER_WORDS: Final = {
    "约": frozenset("节预签特集公条制邀违合履契"),
    "近": frozenset("最附新临靠邻赶"),
    "上": frozenset("网线会路街以"),
    "过": frozenset("经通"),
}

# What the characters before a figure must not be: a mark or letter that makes it part of something, a range (3至5件),
# a clock, a list of numbers, an ordinal (前3名), a rate (每2小时), a slogan (跑1次).
_PART_OF_SOMETHING: Final = re.compile(
    "(?:[A-Za-z]|(?<![A-Za-z])[A-Za-z] |(?:[.*/_@#~+百千万亿届跑每\N{MULTIPLICATION SIGN}\N{HYPHEN}\N{LEFT TORTOISE SHELL BRACKET}-]"
    "|[0-9] ?[:,、]|[0-9] ?[条件次篇个人元期场起项例份家名类天万%‰]? ?[至到\N{EN DASH}\N{EM DASH}]|(?<![目此之年先提日以会期])前) ?)\\Z"
)
_CHINESE_PART_OF_SOMETHING: Final = re.compile("(?:分之|点|[几数好]) ?\\Z")
# The last characters of what it matches: one look in a set is cheaper than the pattern.
_SUSPECT: Final = frozenset(
    f"{ascii_letters} .*/_@#~+-:,、百千万亿届跑每至到前"
    "\N{MULTIPLICATION SIGN}\N{HYPHEN}\N{LEFT TORTOISE SHELL BRACKET}\N{EN DASH}\N{EM DASH}"
)
_MAY_BE_RANGE: Final = frozenset(" ~-至到\N{EN DASH}\N{EM DASH}")
_MORE_OF_RANGE: Final = re.compile("[ ]?[~至到\N{EN DASH}\N{EM DASH}-][ ]?[0-9]")
# 不同渠道和方式公开相同信息计1条: how to count, not what was counted.
_RULE_OF_COUNTING: Final = re.compile(r"(?<![共合总累统小审设会预])(?:计|计为|计作|按) ?\Z")

DIVISIBLE: Final = MONEY | frozenset(
    (
        "%",
        "‰",
        "倍",
        "百分点",
        "个百分点",
        "小时",
        "个小时",
        "分钟",
        "天",
        "个月",
        "公里",
        "平方公里",
        "平方米",
        "亩",
        "公顷",
        "吨",
        "米",
        "平米",
        "立方米",
        "千瓦时",
        "分",
        "学时",
        "课时",
    )
)
"""Units that are not counted but measured: 2.3 of them is a figure, 2.3件 is none."""

# Chinese numerals up to ten are as often part of a set phrase as a figure. These units count (召开三次) ...
_COUNTED: Final = frozenset((
    "次", "人次", "篇", "篇次", "条", "条次", "件", "件次", "期", "场", "场次", "份", "名", "例", "宗", "起",
    "册", "批次",
))  # fmt: skip
# ... unless they go on like this; and these words make figures of the others.
_SET_PHRASE: Final = re.compile("腿|实事|措施|禁令|规定|底线|红线|主线|意见|线|龙|大文章|全会|全体|党代会|产业")
_COUNTABLE: Final = re.compile(
    "单位|部门|企业|公司|媒体|机构|镇|街道|乡|村|社区|县|区|市|查阅|微信|公众号|栏目|专栏|网站|账号|窗口|场所|申请|许可"
)
_CLOSES_CLAUSE: Final = frozenset(",。;:)!?\n|\N{RIGHT DOUBLE QUOTATION MARK}")
# 同一次, 每一件, 某一条; 一年一次; 一期、二期; 进一次
_NOT_BEFORE_ONE: Final = frozenset("同某任每另这那哪逐唯统之进不如单专年月周度上下近再跑、")
_RATE: Final = re.compile("每|至少|不少于|最多")


def read_quantities(text: Text, ranges: Iterable[tuple[int, int]]) -> list[Quantity]:
    """The figures stated in `ranges` (offsets of `text.string`), in order.

    万 and 亿 are worked into the value, but stay with money: 14万条 is 140000 of the unit 条, 127.33亿元 is 127.33 of
    the unit 亿元. `approximate` is set by 约, 近, 超过, 余, 多, 以上 and their like, and by bounds such as 不少于; they
    belong to `raw`. Chinese numerals are read where they count something, 一 only at the end of a clause.

    >>> from govdisclose.text import Source
    >>> prose = Text(Source("共公开信息近3万余条,召开会议三次。"))
    >>> [(q.value, q.unit, q.approximate, q.raw) for q in read_quantities(prose, [(0, 17)])]
    [(30000, '条', True, '近3万余条'), (3, '次', False, '三次')]
    """
    return [q for low, high in ranges for q in _quantities(text, low, high)]


def _quantities(text: Text, low: int, high: int) -> Iterator[Quantity]:
    shadow = text.shadow
    for m in _figure().finditer(shadow, low, high):
        share = m["share"]
        if share is None and m["unit"] is None:
            continue
        start, end = m.span()
        approximate = False
        if (
            start > low
            and shadow[start - 1] in _LAST_OF_BEFORE
            and (word := _BEFORE.search(shadow, max(low, start - _FARTHEST_BEFORE), start))
            and _makes_approximate(shadow, word, m, low)
        ):
            start, approximate = word.start(), True
        if share is not None:
            value, unit = _read(share), "%"
            approximate = approximate or m["about"] is not None
        else:
            value, unit = _count(text, m, low, high)
            approximate = approximate or not m["more"] is m["many"] is m["bound"] is None
            if not approximate and value is not None and shadow[start] in _ROUND:
                continue  # 百家争鸣, 千人计划
        if value is not None:
            span = text.span(start, end)
            yield Quantity(value, unit, approximate, text.source.slice(span), span, source=text.source)


def _makes_approximate(shadow: str, word: re.Match[str], m: re.Match[str], low: int) -> bool:
    """Whether a match of `_BEFORE` speaks of the figure behind it."""
    said, begin, start = word[1], word.start(), m.start()
    if said in ("上", "过") and shadow[start] not in _ROUND:
        return False
    # 近3次, 近5个工作日: the last three, not nearly three
    if said == "近" and m.end("number") == start + 1 and m["more"] is m["many"] is m["scale"] is None:
        return shadow[start] in _ROUND
    return not (begin > low and said[0] in _OTHER_WORDS and shadow[begin - 1] in _OTHER_WORDS[said[0]])


def _read(number: str) -> int | Decimal | None:
    if number[0].isascii():
        return read_number(number)
    if number == "百":  # 百分之百
        return 100
    whole, point, part = number.partition("点")
    value = read_chinese(whole)
    if not point or value is None:
        return value
    digits = [read_chinese(c) for c in part]
    return Decimal(f"{value}.{''.join(map(str, digits))}") if all(d is not None and d < 10 for d in digits) else None


def _count(text: Text, m: re.Match[str], low: int, high: int) -> tuple[int | Decimal | None, str]:
    """Value and unit of a number with a measure word; the value is None where it is not a figure after all."""
    shadow, start, end = text.shadow, m.start(), m.end()
    behind = m.start("number")
    number, scale, unit = shadow[start:behind], m["scale"] or "", m["unit"]
    if unit not in _UNITS:
        unit = unit.translate(_PLAIN_UNIT)
    if start > low and shadow[start - 1] in _SUSPECT and _PART_OF_SOMETHING.search(shadow, max(low, start - 4), start):
        return None, unit
    if end < high and shadow[end] in _MAY_BE_RANGE and _MORE_OF_RANGE.match(shadow, end, high):
        return None, unit
    if number == "1" and (
        _RULE_OF_COUNTING.search(shadow, max(low, start - 4), start) or shadow.startswith("计", end, high)
    ):
        return None, unit
    if (
        unit in _NAMES
        and end < high
        and shadow[end] in _CLOSES_QUOTE
        and _QUOTED.search(shadow, max(low, start - 16), start)
    ):
        return None, unit  # “创业富民30条”: the name of a policy
    if (words := _NOT_BEHIND.get(unit)) and not words.isdisjoint(shadow[max(low, start - 2) : start].rstrip()[-1:]):
        return None, unit
    # A full-width comma parts clauses; only the half-width one groups thousands.
    if "," in number and "\N{FULLWIDTH COMMA}" in text.string[start:behind]:
        return None, unit
    if number[0].isascii():
        value = read_number(number)
    else:
        if number[0] in _ROUND:  # 百余次, 近万人
            number = f"一{number}"
        if unit in MONEY and number[-1] in "万亿" and not {"万", "亿"} & set(number[:-1][:40]):
            number, scale = number[:-1], number[-1] + scale
        value = read_chinese(number)
        if value is None or _CHINESE_PART_OF_SOMETHING.search(shadow, max(low, start - 4), start):
            return None, unit
        if value <= 10 and not scale and not m["more"] and not _counts(shadow, number, unit, (low, start, end, high)):
            return None, unit
    if value is None:
        return None, unit
    value, whole = scaled(value, scale, unit)
    # 1.236条 is a heading marker run into its text, or damaged: what is counted comes whole
    if isinstance(value, Decimal) and unit not in DIVISIBLE and value % 1:
        return None, unit
    return value, whole or unit


_ROUND: Final = frozenset("百千万")
_UNITS: Final = frozenset(UNITS_OF_PROSE)
_PLAIN_UNIT: Final = str.maketrans("", "", " ()/")
_NAMES: Final = frozenset(("条", "项", "件", "个"))
_CLOSES_QUOTE: Final = frozenset('\N{RIGHT DOUBLE QUOTATION MARK}"》')
_QUOTES: Final = frozenset('\N{LEFT DOUBLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}"')
_QUOTED: Final = re.compile('[\N{LEFT DOUBLE QUOTATION MARK}"《][\u3400-\u9fff ]{0,14}\\Z')


def _counts(shadow: str, number: str, unit: str, place: tuple[int, int, int, int]) -> bool:
    """Whether a Chinese numeral of ten or less states a figure; `place` is low, start, end, high."""
    low, start, end, high = place
    if start > low and shadow[start - 1] in _QUOTES:  # “三件大事”, “产、城、人”三篇文章
        return False
    closes = end >= high or shadow[end] in _CLOSES_CLAUSE
    if number in ("一", "二", "壹", "贰"):  # 二 is an ordinal before measure words, 两 counts
        return (
            closes
            and unit in _COUNTED
            and unit not in ("起", "批次", "期")
            and not (start > low and shadow[start - 1] in _NOT_BEFORE_ONE)
            and not _RATE.search(shadow, max(low, start - 12), start)
        )
    if closes or (end < high and shadow[end] == "、"):
        return True
    if unit in _COUNTED:
        return not _SET_PHRASE.match(shadow, end, high)
    return bool(_COUNTABLE.match(shadow, end, high))


# --- cited documents

_S: Final = r"[ \t]{0,2}"
_MORE_NUMBERS: Final = rf"(?:{_S}、{_S}[0-9]{{1,5}}){{1,9}}{_S}"
# 云政办发〔2019〕60号、61号 and 60、61号: what goes on behind a symbol, of the same organ
# and year unless another year is printed
_ALSO: Final = re.compile(
    rf"{_S}(?:[、和及与]|,(?={_S}[〔\[【(])){_S}(?:[〔\[【(]{_S}(?P<year>(?:19|20)[0-9]{{2}}){_S}[〕\]】)]{_S})?第?{_S}(?P<serial>[0-9]{{1,5}}){_S}"
    rf"(?:[号號](?![楼院线会])|(?={_MORE_NUMBERS}[号號]))"
)


@cache
def _document() -> re.Pattern[str]:
    """The pattern of a title, a symbol or a decree; compiled on first use."""
    return re.compile(
        rf"""[《〔\[【〈(令号](?:
      (?<=《)(?P<title>(?:[^《》]|《[^《》]{{0,80}}》){{1,150}}+)》
    | (?<=[〔\[【〈]){_S}(?P<year>(?:19|20)[0-9]{{2}})(?:{_S}年(?={_S}[〕\]】〉)]))?{_S}(?P<closing>[〕\]】〉)])?{_S}
      第?{_S}(?P<serial>[0-9]{{1,5}}){_S}
      (?:[号號]|(?={_MORE_NUMBERS}[号號])|(?(closing)(?P<lost>(?=[)。,;》]|文件|要求|精神|规定))|(?!)))
    | (?<=\(){_S}(?P<round>(?:19|20)[0-9]{{2}}){_S}[)〕]{_S}第?{_S}(?P<of_round>[0-9]{{1,5}}){_S}[号號]
    | (?<=令){_S}第?{_S}(?P<decree>[0-9]{{1,4}}|{_HAN}{{1,8}}){_S}[号號]
    | (?<=号)(?P<late>(?:国务院|主席)?令)
        )""",
        re.VERBOSE,
    )


_LATE_DECREE: Final = re.compile(rf"(第?){_S}([0-9]{{1,4}}|{_HAN}{{1,8}}){_S}\Z")
_MAY_GO_ON: Final = frozenset(" \t、,和及与")


@cache
def _organ_run() -> re.Pattern[str]:
    """An organ stands directly before the bracket or 令 ..."""
    return re.compile(r"[\u3400-\u9fff]{1,24}\Z")


@cache
def _not_of_organ() -> re.Pattern[str]:
    """... and whatever is not part of its name ends in one of these words; here for symbols."""
    return re.compile(
        r".*(?:按照|依照|参照|遵照|根据|依据|印发|转发|下发|出台|制定|贯彻|落实|执行|学习|对照|结合|文号|文件|通知|意见|规定"
        r"|要求|精神|公告|通告|公示|号|的|了|即|见|为|如|按|人民政府|[省市区县州]政府|办公[厅室]|委员会|国务院(?!办?令))"
    )


@cache
def _not_of_decree() -> re.Pattern[str]:
    """The same for decrees, whose organs are named in full."""
    return re.compile(
        r".*(?=国务院\Z)|(?:.*(?:按照|依照|参照|遵照|根据|依据|印发|贯彻|落实|执行|学习|号|的|了|即|见|为|如|按|经))?"
        r"(?:中华人民共和国(?=主席))?"
    )


# 和国办发〔2018〕1号 begins with "and"; but 和政办发〔2018〕1号 with a place, 和县 or 和平区.
_AND: Final = re.compile("(?:以及|[和与及以])(?![政县府委办发人教财卫平])")
# 市委办云办发〔2018〕1号, 我局云环〔2018〕1号: whose symbol it is, said before it; but 办发 and 市委办函 are symbols.
_WHOSE: Final = re.compile(
    r"(?:[省市区县州]委办|[省市区县州]?政务公开办|[省市区县]厅|[我本][局委办厅市县区镇院]|办)(?=[^办发函字党政令秘公电明][\u3400-\u9fff])"
)
_MAY_BE_WHOSE: Final = frozenset("省市区县州政我本办")
_DECREES: Final = re.compile(r"(?:院|国|部|局|委|会|府|主席|署|行|厅|省|市|州)\Z")
_JOINS: Final = re.compile(r"[ \t\n]{0,2}[(\[]?[ ]{0,2}(?:文号:?)?[ ]{0,2}")
_LONGEST_ORGAN: Final = 12
# How the codes of offices end: what a symbol must show that lost its 号.
_CODES_END: Final = ("发", "函", "字", "办", "政", "府", "电", "秘", "规")

_VERSION: Final = re.compile(r"(?:[(\uff08][^()\uff08\uff09]{1,20}[)\uff09])+$")  # （试行）
_DOCUMENT_WORDS: Final = (
    "条例", "办法", "规定", "通知", "意见", "方案", "要点", "细则", "制度", "规范", "格式", "决定", "指南",
    "规划", "法", "法典", "规则", "规程", "章程", "准则", "纲要", "计划", "标准", "目录", "清单", "预案",
    "通报", "公告", "通告", "批复", "函", "报告", "解释", "指引", "任务分工", "分工", "工作安排", "安排",
    "决议", "命令", "十条", "措施", "举措", "流程",
)  # fmt: skip
_SHORT_FORMS: Final = frozenset(_DOCUMENT_WORDS)  # 《条例》 alone points back at a document named before


def read_citations(text: Text, ranges: Iterable[tuple[int, int]]) -> list[Citation]:
    """The documents cited in `ranges` (offsets of `text.string`), in order.

    `symbol` is in the standard form, whatever brackets and blanks are printed: 国办发〔2018〕23号, 国务院令第711号.
    `title` is the text between 《 and 》 without white space. A title and the symbol right behind it are one citation.
    A title without a symbol counts if it ends as documents do; 《条例》 alone, newspapers and columns do not.

    >>> from govdisclose.text import Source
    >>> prose = Text(Source("按照《云山市政务公开要点》(云政办发[2018] 7 号)和国务院令711号要求"))
    >>> [(c.symbol, c.title) for c in read_citations(prose, [(0, 40)])]
    [('云政办发〔2018〕7号', '云山市政务公开要点'), ('国务院令第711号', None)]
    """
    return [c for low, high in ranges for c in _citations(text, low, high)]


def _citations(text: Text, low: int, high: int) -> Iterator[Citation]:
    shadow = text.shadow
    title: tuple[int, int] | None = None  # the last one, while a symbol may still join it
    floor = low  # where the last one ended: organs do not reach back over it
    for m in _document().finditer(shadow, low, high):
        if m["title"] is not None:
            if title:
                yield from _titled(text, title)
            title, floor = m.span(), m.end()
            continue
        if m.start() < floor:  # taken already, with the symbol before it
            continue
        start, symbol = _symbol(text, m, floor)
        if title and symbol and _JOINS.fullmatch(shadow, title[1], start):
            yield _citation(text, title[0], m.end(), symbol, _squeezed(text, title))
        else:
            if title:
                yield from _titled(text, title)
            # 第492号令 says whose decree it is only through the title before it
            if symbol and not symbol.startswith("第"):
                yield _citation(text, start, m.end(), symbol, None)
        title, floor = None, m.end()
        if symbol and (year := m["year"] or m["round"]):
            organ = symbol.partition("〔")[0]
            while floor < high and shadow[floor] in _MAY_GO_ON and (also := _ALSO.match(shadow, floor, high)):
                year, floor = also["year"] or year, also.end()
                begin = floor - len(also[0].lstrip(" \t、,和及与"))
                yield _citation(text, begin, floor, f"{organ}〔{year}〕{int(also['serial'])}号", None)
    if title:
        yield from _titled(text, title)


def _citation(text: Text, start: int, end: int, symbol: str | None, title: str | None) -> Citation:
    span = text.span(start, end)
    return Citation(symbol, title, text.source.slice(span), span, source=text.source)


def _squeezed(text: Text, title: tuple[int, int]) -> str:
    return "".join(text.string[title[0] + 1 : title[1] - 1].split())


def _titled(text: Text, place: tuple[int, int]) -> Iterator[Citation]:
    """A title that no symbol follows, if it is that of a document."""
    title = _squeezed(text, place)
    plain = _VERSION.sub("", title)
    if plain.endswith(_DOCUMENT_WORDS) and plain not in _SHORT_FORMS:
        yield _citation(text, *place, None, title)


def _symbol(text: Text, m: re.Match[str], floor: int) -> tuple[int, str | None]:
    """Where a symbol begins, and its standard form; None where it names no organ."""
    shadow = text.shadow
    if year := m["year"] or m["round"]:
        start, organ = _organ(shadow, floor, m.start(), _not_of_organ())
        if m["lost"] is not None and not organ.endswith(_CODES_END):
            return start, None
        return start, f"{organ}〔{year}〕{int(m['serial'] or m['of_round'])}号" if len(organ) > 1 else None
    if m["late"]:  # 国务院第492号令, 第492号国务院令
        number = _LATE_DECREE.search(shadow, max(floor, m.start() - 12), m.start())
        if not number:
            return m.start(), None
        at, serial = number.start(), number[2]
    else:
        at, serial = m.start(), m["decree"]
    figure = int(serial) if serial.isascii() else read_chinese(serial)
    if figure is None:
        return at, None
    start, organ = _organ(shadow, floor, at, _not_of_decree())
    if m["late"] and len(m["late"]) > 1:
        return at, f"{m['late']}第{figure}号"
    if organ and _DECREES.search(organ):
        return start, f"{organ}令第{figure}号"
    return at, f"第{figure}号令" if m["late"] else None


def _organ(shadow: str, floor: int, end: int, not_its: re.Pattern[str]) -> tuple[int, str]:
    """The organ's characters directly before `end`, and where they begin; empty if it cannot be told where."""
    near = shadow[max(floor, end - 26) : end]
    words = near.rstrip(" \t")
    m = _organ_run().search(words)
    if not m or len(near) - len(words) > 2:
        return end, ""
    start, organ = end - len(near) + m.start(), m[0]
    if cut := not_its.match(organ):
        start, organ = start + cut.end(), organ[cut.end() :]
    if (cut or start == floor or shadow[start - 1] in "》)、,") and (word := _AND.match(organ)):
        start, organ = start + word.end(), organ[word.end() :]
    if organ and organ[0] in _MAY_BE_WHOSE and (word := _WHOSE.match(organ)):
        start, organ = start + word.end(), organ[word.end() :]
    return (start, organ) if len(organ) <= _LONGEST_ORGAN else (end, "")
