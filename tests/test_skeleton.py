"""Lines and the outline they make."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lark import Lark
from lark import Token as LarkToken
from lark import logger as lark_logger
from lark.lexer import Lexer

from govdisclose._lexicon import grammar as _grammar
from govdisclose._lines.cell import Token
from govdisclose._lines.line import Line, split_lines
from govdisclose._lines.shape import shape_lines
from govdisclose._outline.numbering import numbering_faults
from govdisclose._outline.read import read_outline, squeeze, tokens
from govdisclose._tables.parts import read_parts
from govdisclose.report import Paragraph, Section
from govdisclose.text import Source, Text

HEADINGS = ("H0", "H1", "H2", "H3", "H4", "H5")
LINES = (*HEADINGS, "PROSE", "TABLE", "FURNITURE", "TITLE", "SIGNED")
HEADS = ("STUB", "UNIT_HEAD", "CODE_HEAD", "GROUP", "COLUMN", "CAPTION")
KINDS = (*HEADS, "LABEL", "UNIT", "CODE", "FIGURES", "MARKS", "WORDS")
CELLS = (
    "LABEL",
    "HEADER",
    "UNIT",
    "NUMBER",
    "CODE",
    "DASH",
    "NONE",
    "BLANK",
    "NOTE",
    "TEXT",
)


def lines_of(source: str) -> tuple[Text, list[Line]]:
    text = Text(Source(source))
    return text, shape_lines(text.shadow, split_lines(text.shadow))


def made_of(types: Sequence[str]) -> tuple[Text, list[Line]]:
    """A text of lines of one character, of these types."""
    text = Text(Source("\n".join("x" * len(types))))
    ends = range(1, 2 * len(types), 2)
    return text, [
        Line(t, end - 1, end, 1, end, None, end)
        for t, end in zip(types, ends, strict=True)
    ]


def walk(sections: Sequence[Section]) -> Iterator[Section]:
    for section in sections:
        yield section
        yield from walk(section.sections)


def outline_of(source: str) -> list[tuple[int, int | None, str | None]]:
    outline, _ = read_outline(*lines_of(source))
    return [
        (section.level, section.number, section.title)
        for section in walk(outline.sections)
    ]


def codes(source: str) -> list[str]:
    return [fault.code for fault in numbering_faults(*lines_of(source))]


# --- the grammars are total


class Silent(Lexer):
    """No text to read: the tests feed the parser by hand."""

    def __init__(self, conf: object) -> None:
        pass

    def lex(self, lexer_state: object, parser_state: object) -> Iterator[LarkToken]:
        return iter(())


class Refused(Exception):
    """The grammar has no action for a token."""


class Automaton:
    """The parse table that Lark makes of a grammar. A stack is the tuple of its states."""

    def __init__(self, source: str, name: str) -> None:
        parser = (
            Lark(source, start=name, parser="lalr", lexer=Silent)
            .parse_interactive("")
            .parser_state
        )
        self.start: tuple[int, ...] = tuple(parser.state_stack)
        self.end: int = parser.parse_conf.end_state
        self.actions: dict[int, dict[str, tuple[Any, Any]]] = parser.parse_conf.states

    def action(self, state: int, kind: str) -> tuple[bool, Any]:
        """Whether to shift, and the next state; or else the rule to reduce by. Raises Refused where there is none."""
        if kind not in self.actions[state]:
            raise Refused(f"state {state} has no action for {kind}")
        action, argument = self.actions[state][kind]
        return action.name == "Shift", argument

    def after(self, stack: tuple[int, ...], kind: str) -> tuple[int, ...]:
        """The stack when one more token is read. Raises Refused."""
        while True:
            shift, argument = self.action(stack[-1], kind)
            if shift:
                return (*stack, argument)
            stack = stack[: len(stack) - len(argument.expansion)]
            stack = (*stack, self.action(stack[-1], argument.origin.name)[1])

    def ends(self, stack: tuple[int, ...]) -> bool:
        """Whether the text may end here. Raises Refused where it may not."""
        stack = self.after(stack, "_END")
        while stack[-1] != self.end:
            _, rule = self.action(stack[-1], "$END")
            stack = stack[: len(stack) - len(rule.expansion)]
            stack = (*stack, self.action(stack[-1], rule.origin.name)[1])
        return True


class Ways:
    """How many trees a grammar has for a sequence of terminals, by its rules alone and without a parse table."""

    def __init__(self, source: str, name: str) -> None:
        self.rules: dict[str, list[tuple[str, ...]]] = {}
        for rule in Lark(source, start=name, parser="lalr", lexer=Silent).rules:
            self.rules.setdefault(rule.origin.name, []).append(
                tuple(symbol.name for symbol in rule.expansion)
            )
        self.name = name

    def count(self, kinds: tuple[str, ...]) -> int:
        """The number of trees over `kinds`, end mark included."""
        return self._whole(self.name, kinds)

    @cache  # noqa: B019  # lives as long as its test
    def _whole(self, symbol: str, kinds: tuple[str, ...]) -> int:
        if symbol not in self.rules:
            return int(kinds == (symbol,))
        return sum(self._split(expansion, kinds) for expansion in self.rules[symbol])

    @cache  # noqa: B019
    def _split(self, symbols: tuple[str, ...], kinds: tuple[str, ...]) -> int:
        if not symbols:
            return int(not kinds)
        if len(symbols) == 1:
            return self._whole(symbols[0], kinds)
        *before, last = symbols
        return sum(
            rest * self._split(tuple(before), kinds[:at])
            for at in range(len(kinds) + 1)
            if (rest := self._whole(last, kinds[at:]))
        )


def automaton(name: str) -> Automaton:
    return Automaton(_grammar.source_of(name), name)


def visit(parser: Automaton, kinds: Iterable[str], longest: int | None = None) -> int:
    """Read every sequence of tokens up to `longest`, or all of them; a stack seen before is not visited again.

    What follows depends on the stack alone, so that is every sequence. Returns how many stacks there are.
    """
    kinds = tuple(kinds)
    seen, layer, length = {parser.start}, [parser.start], 0
    while layer:
        assert all(parser.ends(stack) for stack in layer)
        if length == longest:
            break
        layer = list(
            {
                after
                for stack in layer
                for kind in kinds
                if (after := parser.after(stack, kind)) not in seen
            }
        )
        seen.update(layer)
        length += 1
    return len(seen)


def test_no_sequence_of_cells_of_any_length_is_refused() -> None:
    """Lists are left-recursive, so the parser of tables has finitely many stacks, and few: visit them all."""
    assert visit(automaton("table"), KINDS) > len(KINDS)


def test_a_grammar_with_two_readings_is_found_out() -> None:
    source = _grammar.source_of("table")
    assert source.count("figures: FIGURES _cell*") == 1
    ways = Ways(
        source.replace("figures: FIGURES _cell*", "figures: (FIGURES | MARKS) _cell*"),
        "table",
    )
    assert ways.count(("LABEL", "MARKS", "_END")) == 2


def test_the_grammar_of_tables_has_no_conflicts() -> None:
    """Lark settles a conflict between shifting and reducing in silence unless it is strict."""
    Lark(
        _grammar.source_of("table"),
        start="table",
        parser="lalr",
        lexer=Silent,
        strict=True,
    )


@pytest.mark.parametrize("size", range(6))
def test_every_sequence_of_cells_up_to_five_long_is_one_table_in_one_way(
    size: int,
) -> None:
    """Heads are one to the grammar, and so are all that may lack between label and figures: one of each stands here."""
    ways = Ways(_grammar.source_of("table"), "table")
    for kinds in product(("COLUMN", "LABEL", "UNIT", "FIGURES", "MARKS"), repeat=size):
        assert ways.count((*kinds, "_END")) == 1


def test_a_table_is_one_token_however_many_lines_it_has() -> None:
    types = ("PROSE", "TABLE", "TABLE", "H1", "TABLE", "PROSE", "PROSE")
    assert [token.type for token in tokens(*made_of(types))] == [
        "PROSE",
        "TABLE",
        "H1",
        "TABLE",
        "PROSE",
        "PROSE",
    ]


def test_no_sequence_of_lines_up_to_five_long_is_refused() -> None:
    """Levels are nested, so the stacks of the outline are too many to visit all; these are those of five tokens."""
    assert visit(automaton("report"), LINES, 5) > 6**4


@pytest.mark.parametrize("name", ["report", "table"])
def test_every_sequence_has_one_reading(
    name: str, caplog: pytest.LogCaptureFixture
) -> None:
    """Where a grammar has two, Lark picks one and says so; it refuses those that it cannot settle."""
    with caplog.at_level("DEBUG", logger=lark_logger.name):
        Lark(
            _grammar.source_of(name),
            start=name,
            parser="lalr",
            lexer=Silent,
            debug=True,
        )
    assert caplog.records == []


def refusals(parser: Automaton, kinds: tuple[str, ...]) -> set[str]:
    """What a grammar may refuse, in sequences of any length; empty is a proof that it refuses nothing.

    Of the stacks only this is kept: which state may stand right on top of which. A reduction may then end at every
    state that some chain of these leads down to. That is more than what can happen, never less.
    """
    below: dict[int, set[int]] = {parser.start[0]: set()}
    coming = {(parser.start[0], kind) for kind in (*kinds, "_END")}
    refused: set[str] = set()

    def push(state: int, on: int, kinds: Iterable[str]) -> None:
        below.setdefault(state, set()).add(on)
        coming.update((state, kind) for kind in kinds)

    size = 0
    while size != (size := len(coming) + sum(map(len, below.values()))):
        for state, kind in tuple(coming):
            try:
                shift, argument = parser.action(state, kind)
                if shift:
                    push(
                        argument,
                        state,
                        ("$END",) if kind == "_END" else (*kinds, "_END"),
                    )
                    continue
                ends = {state}
                for _ in argument.expansion:
                    ends = {under for end in ends for under in below.get(end, ())}
                for end in ends:
                    to = parser.action(end, argument.origin.name)[1]
                    push(to, end, () if to == parser.end else (kind,))
            except Refused as refusal:
                refused.add(str(refusal))
    return refused


@pytest.mark.parametrize(("name", "kinds"), [("report", LINES), ("table", KINDS)])
def test_no_sequence_of_any_length_is_refused(
    name: str, kinds: tuple[str, ...]
) -> None:
    assert refusals(automaton(name), kinds) == set()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("(section1 | section0)*", "section1*"),  # no preface
        ("section4: H4 block*", "section4: H4"),  # no text under (1)
        ("_below3: _below4 section4*", "_below3: section4*"),  # no ① right under 1.
        ("section2: H2 block*", "section2: H2 block?"),  # one line at most
        ("section0)* _END", "section0)+ _END"),  # at least one section
        ("      | SIGNED -> signature\n", ""),  # no signature
    ],
)
def test_the_proofs_find_what_a_grammar_refuses(old: str, new: str) -> None:
    source = _grammar.source_of("report")
    assert source.count(old) == 1
    parser = Automaton(source.replace(old, new), "report")
    assert refusals(parser, LINES)
    with pytest.raises(Refused):
        visit(parser, LINES, 4)


def nested(types: Sequence[str]) -> list[object]:
    """The outline by the shortest rule: a heading ends every section of its class and of those below it."""
    root: list[object] = []
    open_: list[tuple[int, list[object]]] = [(-1, root)]
    for i, kind in enumerate(types):
        if kind[0] == "H":
            level = max(int(kind[1]), 1)
            while open_[-1][0] >= level:
                open_.pop()
            section: list[object] = [2 * i]
            open_[-1][1].append(section)
            open_.append((level, section))
        elif kind == "PROSE":
            open_[-1][1].append(2 * i)
    return root


def spans_of(
    paragraphs: Sequence[Paragraph], sections: Sequence[Section]
) -> list[object]:
    below = [[s.span.start, *spans_of(s.paragraphs, s.sections)] for s in sections]
    return [*(p.span.start for p in paragraphs), *below]


@pytest.mark.parametrize("size", range(4))
def test_every_sequence_of_lines_has_the_outline_of_the_shortest_rule(
    size: int,
) -> None:
    for types in product(LINES, repeat=size):
        outline, _ = read_outline(*made_of(types))
        assert spans_of(outline.preamble, outline.sections) == nested(types)
        furniture = [2 * i for i, kind in enumerate(types) if kind == "FURNITURE"]
        assert [found.span.start for found in outline.furniture] == furniture


@given(st.lists(st.sampled_from(LINES), max_size=60))
def test_an_outline_of_any_length_is_that_of_the_shortest_rule(
    types: list[str],
) -> None:
    outline, _ = read_outline(*made_of(types))
    assert spans_of(outline.preamble, outline.sections) == nested(types)


@pytest.mark.parametrize("size", range(5))
def test_every_sequence_of_cells_is_a_table(size: int) -> None:
    for types in product(CELLS, repeat=size):
        tokens = [Token(t, i, i + 1) for i, t in enumerate(types)]
        parts = read_parts(tokens)
        kept = [*parts.lead, *(t for h in parts.headers for t in h.cells)]
        kept += [t for row in parts.rows for t in (row.label, *row.items)]
        assert sorted(t.start for t in kept) == list(range(size))


# --- markers


@pytest.mark.parametrize(
    ("line", "level", "number", "title"),
    [
        ("一、概述", 1, 1, "概述"),
        ("一 、概述", 1, 1, "概述"),
        ("一.概述", 1, 1, "概述"),
        ("十二、需要说明的事项", 1, 12, "需要说明的事项"),
        ("第三部分 依申请公开情况", 1, 3, "依申请公开情况"),
        ("二,、主动公开", 1, 2, "主动公开"),
        ("一   概  述", 1, 1, "概  述"),
        ("（一）加强领导", 2, 1, "加强领导"),
        ("(二)、规范流程", 2, 2, "规范流程"),
        ("㈢拓宽渠道", 2, 3, "拓宽渠道"),
        ("1.强化组织", 3, 1, "强化组织"),
        ("２、强化组织", 3, 2, "强化组织"),
        ("（3）强化组织", 4, 3, "强化组织"),
        ("4）强化组织", 4, 4, "强化组织"),
        ("⑸强化组织", 4, 5, "强化组织"),
        ("⑥强化组织", 5, 6, "强化组织"),
        ("????一、总体情况", 1, 1, "总体情况"),
        ("**一、总体情况**", 1, 1, "总体情况"),
        ("## 一、总体情况", 1, 1, "总体情况"),
        ("引 言", 0, None, "引 言"),
        ("前言:", 0, None, "前言"),
        ("（四）渠道建设情况。专人负责梳理。", 2, 4, "渠道建设情况"),
        (
            "（三）制度、机构、人员情况：结合实际完善制度。",
            2,
            3,
            "制度、机构、人员情况",
        ),
        ("（一）加强领导，统筹安排。", 2, 1, "加强领导，统筹安排"),
        ("(二)对申请的办理情况2018年,我局未办理申请。", 2, 2, "对申请的办理情况"),
        ("1.2018年工作打算", 3, 1, "2018年工作打算"),
    ],
)
def test_a_heading_has_its_class_number_and_title(
    line: str, level: int, number: int | None, title: str
) -> None:
    assert outline_of(line) == [(level, number, squeeze(title))]


@pytest.mark.parametrize(
    "line",
    [
        "（一）自建立网上系统以来，我局历年共主动公开政府信息52条，其中今年新增3条。",
        "(二)继续做好本年度各项公开工作并按照上级统一部署落实好各项整改要求和督查意见确保取得实效。",
        "1.公开的形式单一,渠道还不够多样化;",
    ],
)
def test_a_numbered_paragraph_has_no_title(line: str) -> None:
    assert [title for _, _, title in outline_of(line)] == [None]


@pytest.mark.parametrize(
    "line",
    [
        "一些同志认识不到位。",
        "一 些同志对公开工作的认识还不到位,我局将加强培训。",
        "一、二、三级网办率达到100%。",
        "3.15期间开展宣传活动。",
        "2018年,我局认真落实各项要求。",
        "一是加强领导。",
        "本年度报告由三部分组成。",
    ],
)
def test_a_sentence_is_not_a_heading(line: str) -> None:
    assert outline_of(line) == []


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("当前位置：首页 > 政务公开 > 年报", "breadcrumb"),
        ("> 政务公开 > 政府信息公开年报", "breadcrumb"),
        ("索 引 号：000123456/2019-00017 公开方式：主动公开", "index"),
        ("发布日期：2019-01-17 来源：某局", "source"),
        ("浏览次数：", "source"),
        ("字体：大 中 小", "toolbar"),
        ("打印本页 关闭窗口", "toolbar"),
        ("分享到：", "share"),
        ("扫一扫在手机打开当前页", "share"),
        ("附件下载", "navigation"),
        ("上一篇：关于某事的通知", "navigation"),
        ("| | | | |", "filler"),
    ],
)
def test_furniture_of_the_page_is_told_by_its_shape(line: str, kind: str) -> None:
    shadow = Text(Source(line)).shadow
    lines = shape_lines(shadow, split_lines(shadow))
    assert [(x.type, x.kind) for x in lines] == [("FURNITURE", kind)]


# --- numbering


def test_a_skipped_number_is_kept_and_reported() -> None:
    source = "九、保密审查情况\n(一)源头认定。\n(二)保密审查。\n(四)组织协调。"
    assert [number for _, number, _ in outline_of(source)] == [9, 1, 2, 4]
    assert codes(source) == ["number-missing", "number-skipped"]


def test_a_repeated_number_is_kept_and_reported() -> None:
    assert codes("一、引文\n一、概述\n二、渠道") == ["number-repeated"]


def test_numbers_that_go_on_under_the_next_heading_are_no_fault() -> None:
    assert codes("一、概述\n1.甲类\n(1)甲\n(2)乙\n2.乙类\n(3)丙\n(4)丁") == []


def test_headings_at_two_levels_nest_by_class() -> None:
    outline, _ = read_outline(*lines_of("五、打算\n1、提高认识\n2、拓宽渠道\n六、其他"))
    assert [len(section.sections) for section in outline.sections] == [2, 0]


def test_a_preface_between_two_parts_does_not_stop_their_count() -> None:
    assert codes("一、概述\n引言\n二、渠道\n(一)甲\n前言\n(二)乙") == []
