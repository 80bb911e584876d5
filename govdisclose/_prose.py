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

from govdisclose._numeral import MONEY, UNITS, read_chinese, read_number, scaled
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

# A measure word is none where the next characters make another word of it: 3条例, 12345名单, 2018年度.
_NOT_BEFORE: Final = {
    "条": "例款幅",
    "件": "套",
    "次": "日年月序要席生|全会|全体|党代会|产业|供水",
    "篇": "章幅",
    "个": "性别案|人信息|人隐私|方面|部分|层面|重点|结合|环节|阶段|维度|坚持|确保|强化|统一|一",
    "人": "民员士口均社才力事工物防|大[代常会]",
    "元": "旦素件月",
    "期": "间限末|工程|项目|建设|改造",
    "场": "所地景馆合面",
    "起": "草诉来点步动始到至",
    "项": "目",
    "例": "如外行会",
    "份": "额",
    "家": "长庭具园属居电",
    "名": "称单录目义牌词校",
    "类": "别型",
    "本": "级局年市区县单机部省报月院校委办站镇乡街行系统着人身次期类质地",
    "册": "子",
    "部": "门委位分署队长级落属",
    "批": "准复示评文",
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
    "种": "类植子业",
    "所": "有属在以需示谓提长得",
    "版": "本权面块",
    "集": "中体约团合",
    "卷": "入宗",
    "笔": "记试",
    "位": "置于列次",
    "轮": "换训岗",
    "倍": "增",
    "天": "津然气",
}
_ONLY_BEFORE: Final = {"通": r"电|来电|热线|[,。;、)]"}


def _unit_pattern(unit: str) -> str:
    source = "[ ]?".join(map(re.escape, unit))
    if unit in _NOT_BEFORE:
        single, *words = _NOT_BEFORE[unit].split("|")
        source += f"(?!{'|'.join([f'[{single}]', *words])})"
    if unit in _ONLY_BEFORE:
        source += f"(?={_ONLY_BEFORE[unit]})"
    if len(unit) == 1 and f"{unit}次" in UNITS:  # 条(次) is 条次
        source = rf"{unit}\(次\)|{source}"
    return source


@cache
def _figure() -> re.Pattern[str]:
    """The pattern of a figure; compiled on first use, since that takes 10 ms."""
    units = "|".join(map(_unit_pattern, UNITS))
    return re.compile(
        rf"""[0-9{_HAN_DIGITS}百《第](?:
      (?<=《)(?:[^《》\n]|《[^《》\n]{{0,60}}》){{0,100}}+》
    | (?<=第){_B}(?:[0-9]++|{_HAN}{{1,12}}+)
      (?:{_B}[章条款项号类]?[、和及至到~-]第?(?:[0-9]{{1,4}}|{_HAN}{{1,6}})(?=[章条款项号类、])){{0,9}}
    | (?<=百)分之{_B}(?P<share>[0-9]++(?:\.[0-9]++)?+|{_HAN}{{1,12}}+(?:点{_HAN}{{1,6}})?+)(?!点)
      (?:{_B}(?P<about>以上|以下|以内|左右))?
    | (?:(?<=[0-9])[0-9]*+(?:,[0-9]{{3}}(?![0-9]))*+(?:\.[0-9]++)?+|(?<=[{_HAN_DIGITS}]){_HAN}*+)(?P<number>)
      (?:{_B}(?P<more>[余多来+])?{_B}(?P<scale>[百千]?[万亿]|万亿|[百千])?{_B}(?P<many>[余多来])?{_B}(?P<unit>{units})
         (?:{_B}(?P<bound>以上|以下|以内|左右|上下|[多余](?=[,。;、)]|$)))?
      )?
        )""",
        re.VERBOSE,
    )


# Words before a figure that make it approximate, and the last characters that any of them has.
_BEFORE: Final = re.compile(r"(不[超多]过|不[少低高]于|大约|将近|接近|超过|至少|最多|[约近超逾])[ \t]{0,3}\Z")
_LAST_OF_BEFORE: Final = frozenset("过于约近少多超逾 \t")
# 节约3万元, 最近3次: words that end in 约, 近 or 超 and say nothing about the figure behind them.
_OTHER_WORDS: Final = frozenset("节预签特集公条制邀违合履契最附新临靠邻赶")

# What the characters before a figure must not be: a mark or letter that makes it part of something, a range (3至5件),
# a clock, a list of numbers, an ordinal (前3名), a rate (每2小时), a slogan (跑1次).
_PART_OF_SOMETHING: Final = re.compile(
    "(?:[A-Za-z.*/_@#~+百千万亿届跑每\N{MULTIPLICATION SIGN}\N{HYPHEN}\N{LEFT TORTOISE SHELL BRACKET}-]"
    "|[0-9] ?[:,、]|[0-9] ?[条件次篇个人元期场起项例份家名类天万%‰]? ?[至到\N{EN DASH}\N{EM DASH}]|(?<![目此之年先提日以会期])前) ?\\Z"
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

_DIVISIBLE: Final = MONEY | frozenset(
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
        "吨",
    )
)

# Chinese numerals up to ten are as often part of a set phrase as a figure. These units count (召开三次) ...
_COUNTED: Final = frozenset((
    "次", "人次", "篇", "篇次", "条", "条次", "件", "件次", "期", "场", "场次", "份", "名", "例", "宗", "起",
    "册", "批次",
))  # fmt: skip
# ... unless they go on like this; and these words make figures of the others.
_SET_PHRASE: Final = re.compile("实事|措施|禁令|规定|底线|红线|主线|意见|线|龙")
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
            and (word := _BEFORE.search(shadow, max(low, start - 6), start))
        ):
            begin, short = word.start(), len(word[1]) == 1
            # 近3次, 近5个工作日: the last three, not nearly three
            recent = word[1] == "近" and m.end("number") == start + 1 and m["more"] is m["many"] is m["scale"] is None
            if not recent and not (short and begin > low and shadow[begin - 1] in _OTHER_WORDS):
                start, approximate = begin, True
        if share is not None:
            value, unit = _read(share), "%"
            approximate = approximate or m["about"] is not None
        else:
            value, unit = _count(text, m, low, high)
            approximate = approximate or not m["more"] is m["many"] is m["bound"] is None
        if value is not None:
            span = text.span(start, end)
            yield Quantity(value, unit, approximate, text.source.slice(span), span, source=text.source)


def _read(number: str) -> int | Decimal | None:
    if number[0].isascii():
        return read_number(number)
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
    number, scale, unit = shadow[start:behind], m["scale"] or "", m["unit"].replace(" ", "").replace("(次)", "次")
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
    if unit == "起" and start > low and shadow[start - 1] in "自从由":  # 自2018起, with its 年 lost
        return None, unit
    # A full-width comma parts clauses; only the half-width one groups thousands.
    if "," in number and "\N{FULLWIDTH COMMA}" in text.string[start:behind]:
        return None, unit
    if number[0].isascii():
        value = read_number(number)
    else:
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
    if isinstance(value, Decimal) and unit not in _DIVISIBLE and value % 1:
        return None, unit
    return value, whole or unit


_NAMES: Final = frozenset(("条", "项", "件", "个"))
_CLOSES_QUOTE: Final = frozenset('\N{RIGHT DOUBLE QUOTATION MARK}"》')
_QUOTED: Final = re.compile('[\N{LEFT DOUBLE QUOTATION MARK}"《][\u3400-\u9fff]{1,14}\\Z')


def _counts(shadow: str, number: str, unit: str, place: tuple[int, int, int, int]) -> bool:
    """Whether a Chinese numeral of ten or less states a figure; `place` is low, start, end, high."""
    low, start, end, high = place
    closes = end >= high or shadow[end] in _CLOSES_CLAUSE
    if number in ("一", "二", "壹", "贰"):  # 二 is an ordinal before measure words, 两 counts
        return (
            closes
            and unit in _COUNTED
            and unit not in ("起", "批次")
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


@cache
def _document() -> re.Pattern[str]:
    """The pattern of a title, a symbol or a decree; compiled on first use."""
    return re.compile(
        rf"""[《〔\[【〈(令号](?:
      (?<=《)(?P<title>(?:[^《》]|《[^《》]{{0,80}}》){{1,150}}+)》
    | (?<=[〔\[【〈]){_S}(?P<year>(?:19|20)[0-9]{{2}}){_S}[〕\]】〉)]?{_S}第?{_S}(?P<serial>[0-9]{{1,5}}){_S}[号號]
    | (?<=\(){_S}(?P<round>(?:19|20)[0-9]{{2}}){_S}[)〕]{_S}第?{_S}(?P<of_round>[0-9]{{1,5}}){_S}[号號]
    | (?<=令){_S}第?{_S}(?P<decree>[0-9]{{1,4}}|{_HAN}{{1,8}}){_S}[号號]
    | (?<=号)(?P<late>令)
        )""",
        re.VERBOSE,
    )


_LATE_DECREE: Final = re.compile(rf"(第?){_S}([0-9]{{1,4}}|{_HAN}{{1,8}}){_S}\Z")


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
_DECREES: Final = re.compile(r"(?:院|国|部|局|委|会|府|主席|署|行|厅|省|市|州)\Z")
_JOINS: Final = re.compile(r"[ \t\n]{0,2}[(\[]?[ ]{0,2}(?:文号:?)?[ ]{0,2}")
_LONGEST_ORGAN: Final = 12

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
        return start, f"{organ}〔{year}〕{int(m['serial'] or m['of_round'])}号" if len(organ) > 1 else None
    if m["late"]:  # 国务院第492号令
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
    return (start, organ) if len(organ) <= _LONGEST_ORGAN else (end, "")
