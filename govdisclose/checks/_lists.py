"""Checks of prose against itself: parts and totals, shares, growth. They need no form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import cache
from typing import Final, NamedTuple

from govdisclose._prose.amounts import amount_of
from govdisclose._prose.passages import FIGURE, Passage
from govdisclose.checks._rules import RULES
from govdisclose.checks._say import Reason, arithmetic, number
from govdisclose.checks._sheet import told
from govdisclose.finding import Finding, Operand, Verdict
from govdisclose.form.relation import Formula, Judgement, Operator, Term, judge
from govdisclose.report import Figure, Quantity

_LABEL_MOST: Final = 30
_CLOSES_LABEL: Final = frozenset("#,。;、(:)")
_CLOSES_CLAUSE: Final = frozenset(",。;、#(")


def operand(passage: Passage, at: int, name: str) -> Operand:
    """A figure of a passage, with the words before it."""
    quantity, text = _figure(passage, at), passage.text
    start = at
    while start > 0 and at - start < _LABEL_MOST and text[start - 1] not in _CLOSES_LABEL:
        start -= 1
    exact = amount_of(quantity).exact
    return Operand(
        name, text[start:at] + quantity.raw, quantity.value, "prose", not exact, quantity.span, quantity.source
    )


def _figure(passage: Passage, at: int) -> Quantity:
    quantity = passage.figure(at)
    assert quantity is not None
    return quantity


# --- parts and totals

_AMONG: Final = re.compile("其中|分别|的(?:政府)?(?:信息|申请|文件)中,")
_OF_WHICH: Final = re.compile("其中|分别")
_ADDS_UP: Final = re.compile(r"(?:合计|共计|总计)(?:为|是|:)?[^#,。;、]{0,4}#")
_CHANGE: Final = re.compile("(?<!新)[增减升降占比较]|提高|[上去]年|率[达为]?|平均")
_NEW_TOTAL: Final = re.compile("累计|合计|共计|全年|总[计共数]|另外?|此外|同时")
_CHANNELS: Final = re.compile("网站|微博|微信|公众号|公报|报[刊纸]|媒体|平台|渠道|客户端|电视|广播|公开栏|专栏")
_BETWEEN_MOST: Final = 40  # characters between two parts of one list
_PARTS_MOST: Final = 40
_BRACKETS_MOST: Final = 400


class _List(NamedTuple):
    """A total and the parts named with it, as places in a passage. `closed` says that the parts are all there are."""

    total: int
    parts: tuple[int, ...]
    closed: bool


def parts_and_totals(passages: Sequence[Passage], told_already: Callable[[Sequence[int]], bool]) -> Iterator[Finding]:
    """Lists after 其中 or 分别, lists in parentheses behind a figure, and lists before 合计.

    `told_already` says of the places of figures in the source whether a relation of the form has judged them.
    """
    for passage in passages:
        if len(passage.figures) < 2:
            continue
        for found in _lists(passage):
            places = [_figure(passage, at).span.start for at in (found.total, *found.parts)]
            if not told_already(places):
                yield _judged(passage, found)


def _lists(passage: Passage) -> Iterator[_List]:
    text = passage.text
    for m in _AMONG.finditer(text):
        start, end = passage.sentence(m.start())
        behind = passage.between(m.end(), end)[:_PARTS_MOST]
        if behind:
            unit = _figure(passage, behind[0]).unit
            total = _total_before(passage, m.start(), start, unit)
            if total is not None:
                parts = _tight(passage, m.end(), behind, unit)
                if parts:
                    yield _List(total, parts, False)
    for at in passage.at:
        if text[at + 1 : at + 2] == "(" and (close := text.find(")", at, at + _BRACKETS_MOST)) > 0:
            unit = _figure(passage, at).unit
            inside = passage.between(at + 1, close)
            parts = tuple(x for x in inside if _figure(passage, x).unit == unit)
            if len(parts) > 1 and not _AMONG.search(text, at, close) and not _CHANGE.search(text, at, close):
                yield _List(at, parts, False)
    for m in _ADDS_UP.finditer(text):
        total = m.end() - 1
        start, _ = passage.sentence(total)
        unit = _figure(passage, total).unit
        before = passage.between(start, m.start())
        parts = tuple(at for at in before[-_PARTS_MOST:] if _figure(passage, at).unit == unit)
        clean = not _OF_WHICH.search(text, start, total) and not _CHANGE.search(text, start, m.start())
        if len(parts) > 1 and parts == before and clean:
            yield _List(total, parts, True)


def _total_before(passage: Passage, at: int, start: int, unit: str | None) -> int | None:
    """The figure whose parts are named at `at`: the last of that unit before it, in its sentence or the one before."""
    low = start
    if start and not {FIGURE, ","} & set(passage.text[start:at]):
        low, _ = passage.sentence(start - 1)
    text = passage.text
    for i in reversed(passage.between(low, at)):
        closed = text.count(")", i, at) > text.count("(", i, at)  # a part of an earlier total, in parentheses
        if not closed and _figure(passage, i).unit == unit and unit != "%" and not _changes(text, i):
            return i
    return None


def _changes(text: str, at: int) -> bool:
    """Whether the figure at `at` is a change or a share rather than an amount."""
    clause = at
    while clause > 0 and at - clause < _BETWEEN_MOST and text[clause - 1] not in _CLOSES_CLAUSE:
        clause -= 1
    return _CHANGE.search(text, clause, at) is not None


def _tight(passage: Passage, begin: int, behind: Sequence[int], unit: str | None) -> tuple[int, ...]:
    """The parts of a list: figures of one unit close to each other, up to where something else is told of."""
    text = passage.text
    parts: list[int] = []
    before = begin
    for at in behind:
        gap = text[before:at]
        if len(gap) > _BETWEEN_MOST or (parts and (_NEW_TOTAL.search(gap) or _AMONG.search(gap))):
            break
        if "(" in gap and gap.rfind(")") < gap.rfind("("):
            break  # parts of a part
        if _figure(passage, at).unit == unit and not _changes(text, at):
            parts.append(at)
        elif not parts:
            break
        before = at + 1
    return tuple(parts)


@cache
def _formula(operator: Operator, parts: int) -> Formula:
    return Formula((Term("total"),), operator, tuple(Term(f"part_{i}") for i in range(parts)))


def _judged(passage: Passage, found: _List) -> Finding:
    total = operand(passage, found.total, "total")
    parts = [operand(passage, at, f"part {i}") for i, at in enumerate(found.parts, 1)]
    amounts = [amount_of(_figure(passage, at)) for at in (found.total, *found.parts)]
    formula = _formula("=", len(parts))
    judgement = judge(formula, amounts[:1], amounts[1:])
    if not found.closed and judgement.outcome != "holds":
        formula = _formula(">=", len(parts))
        judgement = judge(formula, amounts[:1], amounts[1:])
    rule = RULES["prose.sum" if found.closed else "prose.parts"]
    verdict, reason, explanations = _verdict(passage, found, judgement, [a.value or 0 for a in amounts])
    operands = (total, *parts)
    sum_up = arithmetic(formula, operands, judgement)
    return told("prose-parts", rule, verdict, operands, judgement.difference, sum_up, reason, explanations)


def _verdict(
    passage: Passage, found: _List, judgement: Judgement, values: Sequence[Figure]
) -> tuple[Verdict, Reason | None, tuple[str, ...]]:
    if judgement.outcome == "holds":
        return "holds", None, ()
    if judgement.outcome != "fails":
        return "undecided", "approximate", ()
    within = max(values[1:]) <= values[0]
    if not found.closed and within and len(values) > 2:
        low, high = min(found.total, *found.parts), max(found.total, *found.parts)
        if _CHANNELS.search(passage.text, low, high):
            return "explained", None, ("several-channels",)
    return "fails", None, ()


# --- shares

_SHARE: Final = re.compile("占(?P<of>[^#。;]{0,12}?)(?:(?P<whole>#)(?P<more>[^#。;,]{0,6}?))?(?P<share>#)")
_OF_ALL: Final = re.compile(
    "(?:全部|总数?|总量|总件数|其|本年度?|全年|[的之比约达为到率件数条]|申请|公开|信息|政府|收到|受理|办理|答复|数量)*"
)


def shares(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Shares whose part and whole are stated: 426条,占总数492条的86.6%, or 共492条,其中网站426条,占86.6%."""
    for passage in passages:
        if "占" in passage.text:
            for m in _SHARE.finditer(passage.text):
                found = _share(passage, m)
                if found is not None:
                    yield found


def _share(passage: Passage, m: re.Match[str]) -> Finding | None:
    stated = _figure(passage, m.start("share"))
    start, _ = passage.sentence(m.start())
    before = passage.between(start, m.start())
    if stated.unit != "%" or not before or not _OF_ALL.fullmatch(m["of"]):
        return None
    part = before[-1]
    unit = _figure(passage, part).unit
    if unit == "%" or _changes(passage.text, part):
        return None
    if m["whole"]:
        whole: int | None = m.start("whole")
        if _figure(passage, m.start("whole")).unit != unit:
            return None
    else:
        among = [a.start() for a in _AMONG.finditer(passage.text, start, m.start())]
        whole = _total_before(passage, among[-1], start, unit) if among else None
    if whole is None or whole == part:
        return None
    a, b = _figure(passage, part), _figure(passage, whole)
    if not b.value or not amount_of(a).exact or not amount_of(b).exact:
        return None
    operands = (
        operand(passage, m.start("share"), "share"),
        operand(passage, part, "part"),
        operand(passage, whole, "whole"),
    )
    computed = Decimal(a.value) * 100 / Decimal(b.value)
    return _computed("prose-share", "prose.share", operands, stated, computed, f"{number(a.value)} / {number(b.value)}")


def _computed(
    code: str, rule: str, operands: tuple[Operand, ...], stated: Quantity, computed: Decimal, how: str
) -> Finding:
    """The finding on a rate that is stated, against the one that is computed."""
    value = Decimal(stated.value)
    exponent = value.as_tuple().exponent
    unit = Decimal(1).scaleb(exponent if isinstance(exponent, int) and exponent < 0 else 0)
    away = abs(value - computed)
    verdict: Verdict
    explanations: tuple[str, ...] = ()
    reason: Reason | None = None
    if away <= unit / 2:
        verdict = "holds"
    elif not amount_of(stated).exact:
        verdict, reason = "undecided", "approximate"
    elif away < unit:
        verdict, explanations = "explained", ("rounding",)
    else:
        verdict = "fails"
    shown = computed.quantize(min(unit, Decimal("0.01")))
    sign = "=" if verdict == "holds" else "≠"
    sum_up = f"{number(stated.value)}{stated.unit or ''} {sign} {number(shown)}{stated.unit or ''} ({how})"
    difference = value - shown
    return told(code, RULES[rule], verdict, operands, difference, sum_up, reason, explanations)


# --- growth

_UP: Final = "增长|增加|上升|提高|增幅"
_DOWN: Final = "减少|下降|降低|降幅"
_VERB: Final = f"(?P<verb>{_UP}|{_DOWN})"
_LAST_YEAR: Final = r"(?:上一?年|去年|(?P<before>(?:19|20)[0-9]{2})年)(?:度|同期)?"
_THIS_YEAR: Final = r"(?:今年|本年|(?P<after>(?:19|20)[0-9]{2})年)(?:度)?"
_GROWTH: Final = tuple(
    re.compile(source)
    for source in (
        f"(?P<now>#)[^#。;]{{0,16}}?[比较同与]{_LAST_YEAR}的?(?:(?![增减升降提多少])[^#。;,]){{0,10}}?(?P<then>#)[^#。;]{{0,8}}?{_VERB}了?[^#。;,]{{0,6}}?(?P<rate>#)",
        f"(?P<now>#)[^#。;]{{0,16}}?[比较同与]{_LAST_YEAR}的?[^#。;,]{{0,6}}?(?P<verb>增加|增长|上升|减少|下降)了?(?P<by>#)[^#。;]{{0,4}}?(?:{_UP}|{_DOWN})了?(?P<rate>#)",
        f"{_LAST_YEAR}[^#。;]{{0,16}}?(?P<then>#)[^#。;]{{0,10}}?{_THIS_YEAR}[^#。;]{{0,16}}?(?P<now>#)[^#。;]{{0,14}}?{_VERB}了?[^#。;,]{{0,6}}?(?P<rate>#)",
        f"[从由]{_LAST_YEAR}[^#。;]{{0,10}}?(?P<then>#)[^#。;]{{0,6}}?(?:{_UP}|{_DOWN}|增|降|减)[至到为][^#。;]{{0,8}}?(?P<now>#)[^#。;]{{0,10}}?{_VERB}了?[^#。;,]{{0,6}}?(?P<rate>#)",
    )
)


def growth(passages: Sequence[Passage]) -> Iterator[Finding]:
    """Changes whose two figures are stated: 3119件,比上年3086件增长1.07%."""
    for passage in passages:
        if len(passage.figures) > 2 and "年" in passage.text:
            judged: set[int] = set()
            for pattern in _GROWTH:
                for m in pattern.finditer(passage.text):
                    found = _growth(passage, m) if m.start("rate") not in judged else None
                    if found is not None:
                        judged.add(m.start("rate"))
                        yield found


def _growth(passage: Passage, m: re.Match[str]) -> Finding | None:
    years = m.groupdict()
    if years.get("after") and years["before"] and years["before"] >= years["after"]:
        return None
    if "by" in years:
        return _growth_by(passage, m)
    now, then, rate = (_figure(passage, m.start(name)) for name in ("now", "then", "rate"))
    if now.unit != then.unit or not amount_of(now).exact or not amount_of(then).exact:
        return None
    places = (("rate", "change"), ("now", "this year"), ("then", "last year"))
    operands = tuple(operand(passage, m.start(group), name) for group, name in places)
    return changed("prose-growth", "prose.growth", operands, now.value, then.value, rate, m["verb"])


def _growth_by(passage: Passage, m: re.Match[str]) -> Finding | None:
    """66件,比上年增加6件,增长10%: what last year's figure was follows from the first two."""
    now, by, rate = (_figure(passage, m.start(name)) for name in ("now", "by", "rate"))
    if now.unit != by.unit or not amount_of(now).exact or not amount_of(by).exact:
        return None
    sign = -1 if re.fullmatch(_DOWN, m["verb"]) else 1
    then = Decimal(now.value) - sign * Decimal(by.value)
    if rate.unit != "%" or then <= 0:
        return None
    places = (("rate", "change"), ("now", "this year"), ("by", "difference"))
    operands = tuple(operand(passage, m.start(group), name) for group, name in places)
    how = f"{number(by.value)} / {number(then)}"
    return _computed("prose-growth", "prose.growth", operands, rate, Decimal(by.value) * 100 / then, how)


def changed(
    code: str, rule: str, operands: tuple[Operand, ...], now: Figure, then: Figure, rate: Quantity, verb: str
) -> Finding | None:
    """The finding on a stated change; None where its unit says nothing that can be computed."""
    sign = -1 if re.fullmatch(_DOWN, verb) else 1
    change = sign * (Decimal(now) - Decimal(then))
    how = f"{number(now)} - {number(then)}"
    if rate.unit == "%" and then:
        return _computed(code, rule, operands, rate, change * 100 / Decimal(then), f"({how}) / {number(then)}")
    if rate.unit == "倍" and then:
        times = Decimal(now) / Decimal(then)
        near = min((times, times - 1), key=lambda x: abs(x - Decimal(rate.value)))  # 增长2倍 is said of both
        return _computed(code, rule, operands, rate, near, f"{number(now)} / {number(then)}")
    if rate.unit not in ("%", "倍", "个百分点", "百分点") and rate.unit is not None:
        return _computed(code, rule, operands, rate, change, how)
    return None
