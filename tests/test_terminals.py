"""The vocabulary of `grammars/lines.lark`: each terminal has examples, and is to us what it is to Lark."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from lark.load_grammar import load_grammar

from govdisclose._lexicon.grammar import source_of
from govdisclose._lexicon.terminals import terminal, words

# name, what it matches whole, what it does not
EXAMPLES = {
    "HAN": (["某", "縣"], ["。", "a", "1", "："]),
    "DASH": (["-", "—", "–"], ["一", "~"]),
    "OPENER": (["(", "（"], [")", "["]),
    "CLOSER": ([")", "）"], ["(", "]"]),
    "NUMERAL": (["一", "十"], ["百", "1", "〇"]),
    "NOUGHT": (["〇", "零", "○", "O"], ["0", "一"]),
    "ORDINAL": (["一", "十二", "二十一"], ["", "二百", "12"]),
    "COUNT": (["1", "12"], ["123", "一"]),
    "NUMBER": (["5", "1,234", "-3.5", "+2"], ["", "3.", ".5", "五"]),
    "BRACKETED": (["㈠"], ["(一)"]),
    "PARENTHESISED": (["⑴"], ["(1)"]),
    "CIRCLED": (["①", "⑳"], ["1"]),
    "ENCLOSED": (["㈠", "⑴", "①"], ["一"]),
    "YEAR": (["1999", "2021"], ["1899", "21", "20211"]),
    "MONTH": (["1", "01", "12", "十二", "元"], ["13", "0", "二十"]),
    "DAY": (["1", "31", "三十一", "廿五", "十"], ["32", "0", "四十"]),
    "CHINESE_YEAR": (
        ["二〇一九", "二○一八", "二0一九", "一九九八"],
        ["二百零一", "三〇一九", "二〇一"],
    ),
    "WRITTEN_DATE": (
        ["2019年1月14日", "2019 年 1 月 14 日", "二〇一九年十二月三十一日"],
        ["2019年1月", "2019-01-14"],
    ),
    "DOTTED_DATE": (
        ["2019-01-14", "2019/1/4", "2019.1.14"],
        ["2019-01", "19-1-4", "2019年1月4日"],
    ),
    "DATE": (["2019年1月14日", "2019-01-14"], ["1月14日"]),
    "PART": (["第一部分", "第十二部分"], ["第一章", "一部分"]),
    "MARKER_1": (
        ["一、", "一 、", "二,、", "十.", "第三部分", "第三部分:"],
        ["一", "1、", "(一)", "一是"],
    ),
    "MARKER_2": (["(一)", "(一)、", "一)", "㈠", "( 二 )"], ["(1)", "一、", "(一"]),
    "MARKER_3": (["1.", "12、"], ["1", "(1)", "一、", "123."]),
    "MARKER_4": (["(1)", "1)", "⑴", "( 3 )、"], ["(一)", "1.", "(1"]),
    "MARKER_5": (["①", "② 、"], ["1", "(1)"]),
    "ITEM": (["一是", "十二是"], ["一", "1是"]),
    "PREFACE": (["引言", "前  言", "编制说明"], ["专有名词解释", "概述"]),
    "PREFACE_ALONE": (["引言", "专有名词解释"], ["概述"]),
    "TABLE_NAME": (["统计表", "统计报表", "附表"], ["表", "报表"]),
    "AMONG": (["其中"], ["其他"]),
    "VAGUE": (["不足", "不少于", "超过", "至少", "大约", "小于"], ["不", "足", "其中"]),
    "PAGE_NUMBER": (
        ["- 3 -", "—12—", "第3页", "第 3 页 共 8 页", "第3页/共8页"],
        ["3", "第三页", "-3"],
    ),
    "UNIT_OF_FORM": (["件", "万元"], ["起", "项"]),
    "UNIT": (["件", "个百分点", "%"], ["万", "项次"]),
    "UNIT_OF_PROSE": (["件", "项次", "千瓦时"], ["万", "公"]),
    "UNIT_OF_STATEMENT": (["件", "万", "%"], ["年", "号"]),
}
# Characters that stand before or behind what is found, and tell that it is no such thing.
BESIDE = [
    ("MARKER_1", "一、二级响应"),
    ("MARKER_3", "3.5万元"),
    ("MARKER_3", "1.15期间"),
    ("DATE", "12019年1月14日"),
    ("DOTTED_DATE", "2019-01-145"),
]


def by_lark() -> dict[str, str]:
    """The pattern that Lark makes of each terminal."""
    start = f"start: {' '.join(EXAMPLES)}\n"
    grammar, _ = load_grammar(start + source_of("lines"), "lines", [], False)  # type: ignore[no-untyped-call]
    terminals, _, _ = grammar.compile(["start"], "*")
    return {found.name: found.pattern.to_regexp() for found in terminals}


def examples() -> Iterator[tuple[str, str, bool]]:
    for name, (those, others) in EXAMPLES.items():
        yield from ((name, text, True) for text in those)
        yield from ((name, text, False) for text in others)


@pytest.mark.parametrize(("name", "text", "wanted"), list(examples()))
def test_a_terminal_is_what_its_examples_say(
    name: str, text: str, wanted: bool
) -> None:
    assert (re.fullmatch(terminal(name), text) is not None) is wanted


@pytest.mark.parametrize(("name", "text"), BESIDE)
def test_what_stands_beside_a_terminal_may_refuse_it(name: str, text: str) -> None:
    assert re.match(terminal(name), text) is None


def test_every_terminal_is_to_lark_what_it_is_to_us() -> None:
    made = by_lark()
    assert {name for name in made if not name.startswith("_")} == EXAMPLES.keys()
    for name, text, wanted in examples():
        assert (re.fullmatch(made[name], text) is not None) is wanted, (name, text)


def test_no_terminal_captures() -> None:
    assert all(re.compile(terminal(name)).groups == 0 for name in EXAMPLES)


def test_words_come_longest_first_so_that_none_hides_another() -> None:
    for name in ("UNIT", "UNIT_OF_PROSE", "UNIT_OF_FORM", "TABLE_NAME"):
        listed = words(name)
        for i, short in enumerate(listed):
            assert not any(long.startswith(short) for long in listed[i + 1 :]), (
                name,
                short,
            )


def test_a_terminal_that_does_not_exist_is_an_error_of_the_caller() -> None:
    with pytest.raises(KeyError):
        terminal("NO_SUCH")
    with pytest.raises(KeyError, match="no list of words"):
        words("DATE")
