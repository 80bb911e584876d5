"""Checks of prose against itself: a total and its parts. They need no form.

A list ends where its parts complete the total, at the bracket that closes it, and where words begin
another count. What is behind words that may begin one (`may_end`) is read both ways: a list fails
only where no reading of it holds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple

from govdisclose._prose.amounts import amount_of
from govdisclose._prose.passages import FIGURE, Passage
from govdisclose.checks._rules import RULES
from govdisclose.checks._say import Reason, arithmetic
from govdisclose.checks._sheet import told
from govdisclose.checks._words import WORDS
from govdisclose.finding import Finding, Operand, Verdict
from govdisclose.form.relation import Formula, Judgement, Operator, Term, judge
from govdisclose.report import Figure, Quantity

_LABEL_MOST: Final = 30
_CLOSES_LABEL: Final = frozenset("#,。;、(:)")
_CLOSES_CLAUSE: Final = frozenset(",。;、#(")
_BETWEEN_MOST: Final = 40  # characters between two parts of one list
_PARTS_MOST: Final = 40
_BRACKETS_MOST: Final = 400
_BACK_MOST: Final = 12  # figures before a list among which its total is sought
_TOTALS_MOST: Final = 3  # figures before a list that its parts may add up to together


# --- figures of a passage


def figure(passage: Passage, at: int) -> Quantity:
    """The figure whose `#` stands there."""
    quantity = passage.figure(at)
    assert quantity is not None
    return quantity


def label(passage: Passage, at: int) -> str:
    """The words right before a figure."""
    text, start = passage.text, at
    while (
        start > 0 and at - start < _LABEL_MOST and text[start - 1] not in _CLOSES_LABEL
    ):
        start -= 1
    return text[start:at]


def operand(passage: Passage, at: int, name: str) -> Operand:
    """A figure of a passage, with the words before it."""
    quantity = figure(passage, at)
    said = label(passage, at) + quantity.raw
    vague = not amount_of(quantity).exact
    span, source = quantity.span, quantity.source
    return Operand(name, said, quantity.value, "prose", vague, span, source)


def is_change(text: str, at: int) -> bool:
    """Whether the figure at `at` is a change or a share rather than an amount."""
    clause = at
    while (
        clause > 0
        and at - clause < _BETWEEN_MOST
        and text[clause - 1] not in _CLOSES_CLAUSE
    ):
        clause -= 1
    return WORDS["change"].search(text, clause, at) is not None


def totals_before(
    passage: Passage, at: int, start: int, unit: str | None
) -> tuple[int, ...]:
    """The figures whose parts may be named at `at`, the nearest first.

    They have the unit of the parts, stand in the sentence that begins at `start` or, where that
    begins with the list, in the one before, and in no parentheses that are closed before `at`.
    """
    text, low = passage.text, start
    if start and not {FIGURE, ","} & set(text[start:at]):
        low, _ = passage.sentence(start - 1)
    if unit == "%":
        return ()
    near = passage.between(low, at)[: -_BACK_MOST - 1 : -1]
    found = [i for i in near if figure(passage, i).unit == unit]
    return tuple(
        i for i in found if _may_be_total(passage, i) and not _is_closed(text, i, at)
    )


def _may_be_total(passage: Passage, at: int) -> bool:
    """Whether the figure is an amount, and no part of another that is named before it."""
    if is_change(passage.text, at):
        return False
    return WORDS["part_itself"].search(label(passage, at)) is None


def is_close(text: str, total: int, at: int) -> bool:
    """Whether the list that begins at `at` stands right behind that total."""
    return WORDS["total_ends"].search(text[total:at]) is not None


def _is_closed(text: str, low: int, high: int) -> bool:
    return text.count(")", low, high) > text.count("(", low, high)


# --- lists


class _List(NamedTuple):
    """Totals, the nearest first, and the parts named with them, as places in a passage.

    `firm` are how many of the parts belong to the list for certain. `close` says that the total
    stands right before the list, `full` that the parts are all there are, `listed` that they stand
    before their total.
    """

    totals: tuple[int, ...]
    parts: tuple[int, ...]
    firm: int
    close: bool
    full: bool
    listed: bool = False


def parts_and_totals(
    passages: Sequence[Passage], told_already: Callable[[Sequence[int]], bool]
) -> Iterator[Finding]:
    """Lists after 其中 or 分别, lists in parentheses behind a figure, and lists before 合计.

    `told_already` says of the places of figures in the source whether a relation of the form has
    judged them.
    """
    for passage in passages:
        if len(passage.figures) < 2:
            continue
        for found in (*_named(passage), *_bracketed(passage), *_added_up(passage)):
            finding = _judged(passage, found)
            places = [o.span.start for o in finding.operands if o.span is not None]
            if not told_already(places):
                yield finding


def _named(passage: Passage) -> Iterator[_List]:
    """Lists after 其中 or 分别."""
    text = passage.text
    for m in WORDS["among"].finditer(text):
        start, end = passage.sentence(m.start())
        behind = passage.between(m.end(), end)[:_PARTS_MOST]
        if not behind:
            continue
        unit = figure(passage, behind[0]).unit
        totals = totals_before(passage, m.start(), start, unit)
        parts, firm = _parts(passage, m.end(), behind, unit)
        if totals and parts:
            close = is_close(text, totals[0], m.start())
            full = WORDS["all_else"].search(label(passage, parts[-1])) is not None
            yield _List(totals, parts, firm, close, full and firm == len(parts))


def _bracketed(passage: Passage) -> Iterator[_List]:
    """Lists in parentheses: 公开5条(网站3条,微信2条)."""
    text = passage.text
    for at in passage.at:
        close = (
            text.find(")", at, at + _BRACKETS_MOST)
            if text[at + 1 : at + 2] == "("
            else -1
        )
        if close < 0 or WORDS["among"].search(text, at, close):
            continue
        unit = figure(passage, at).unit
        inside = passage.between(at + 1, close)
        parts, firm = _parts(passage, at + 2, inside, unit) if inside else ((), 0)
        if (
            len(parts) > 1
            and unit != "%"
            and not WORDS["change"].search(text, at, close)
        ):
            yield _List((at,), parts, firm, True, False)


def _added_up(passage: Passage) -> Iterator[_List]:
    """Lists before 合计: all figures of their sentence, in one unit."""
    text = passage.text
    for m in WORDS["adds_up"].finditer(text):
        total = m.end() - 1
        start, _ = passage.sentence(total)
        parts = passage.between(start, m.start())
        if not 1 < len(parts) <= _PARTS_MOST:
            continue
        units = {figure(passage, at).unit for at in (*parts, total)}
        if len(units) > 1 or WORDS["change"].search(text, start, m.start()):
            continue
        if not WORDS["of_which"].search(text, start, total):
            sure = not WORDS["may_end"].search(text[parts[0] : parts[-1]])
            yield _List((total,), parts, len(parts), sure, True, True)


def _parts(
    passage: Passage, begin: int, behind: Sequence[int], unit: str | None
) -> tuple[tuple[int, ...], int]:
    """The figures that may be parts of a list that begins at `begin`, and how many are for certain.

    What stands in parentheses behind a part says more of that part; the parenthesis that closes the
    list ends it.
    """
    text = passage.text
    parts: list[int] = []
    firm: int | None = None
    before = begin
    for at in behind:
        gap = text[before:at]
        if _ends(gap, bool(parts)):
            break
        if _depth(text, begin, at) > 0:
            continue
        if figure(passage, at).unit == unit and not is_change(text, at):
            if parts and firm is None and _may_end(text, parts, before, at):
                firm = len(parts)
            parts.append(at)
        elif not parts:
            break
        before = at + 1
    return tuple(parts), len(parts) if firm is None else firm


def _ends(gap: str, begun: bool) -> bool:
    """Whether the words between two figures end the list."""
    if len(gap) > _BETWEEN_MOST or gap.count(")") > gap.count("("):
        return True
    return begun and bool(WORDS["new_count"].search(gap) or WORDS["among"].search(gap))


def _depth(text: str, begin: int, at: int) -> int:
    return text.count("(", begin, at) - text.count(")", begin, at)


def _may_end(text: str, parts: Sequence[int], before: int, at: int) -> bool:
    """Whether another count may begin between two figures; `parts` are those before."""
    gap = text[before:at]
    if text.startswith((",其中", "(其中", "。其中", ";其中", ":其中"), at + 1):
        return True  # a total of its own
    words = WORDS["may_end"].search(gap)
    if words is None:
        return False
    if words.group() == ";" and len(parts) > 1:
        return (
            ";" not in text[parts[-2] : parts[-1]]
        )  # of a list that is written so, a mark between two
    return True


# --- judging


@cache
def _formula(operator: Operator, totals: int, parts: int) -> Formula:
    left = (
        [Term("total")] if totals == 1 else [Term(f"total_{i}") for i in range(totals)]
    )
    return Formula(
        tuple(left), operator, tuple(Term(f"part_{i}") for i in range(parts))
    )


class _Reading(NamedTuple):
    """Which figures are taken for the total and which for its parts."""

    totals: tuple[int, ...]
    parts: tuple[int, ...]

    def judged(self, passage: Passage, operator: Operator) -> Judgement:
        """What the arithmetic says."""
        left = [amount_of(figure(passage, at)) for at in self.totals]
        right = [amount_of(figure(passage, at)) for at in self.parts]
        return judge(_formula(operator, len(left), len(right)), left, right)


def _sums(passage: Passage, places: Sequence[int]) -> list[Figure] | None:
    """What the first, the first two, the first three … figures add up to; None where one is
    approximate.
    """
    quantities = [figure(passage, at) for at in places]
    if not all(amount_of(quantity).exact for quantity in quantities):
        return None
    return list(accumulate(quantity.value for quantity in quantities))


def _that_holds(passage: Passage, found: _List) -> _Reading | None:
    """The plainest reading in which the parts complete the total: up to some part, of one total or
    several together.
    """
    plain = _Reading(found.totals[:1], found.parts[: found.firm])
    if plain.judged(passage, "=").outcome == "holds":
        return plain
    parts, totals = (
        _sums(passage, found.parts),
        _sums(passage, found.totals[:_TOTALS_MOST]),
    )
    if parts is None or totals is None or found.listed:
        return None
    for most, total in enumerate(totals, 1):
        if total and total in parts[1:]:
            return _Reading(
                found.totals[:most], found.parts[: parts.index(total, 1) + 1]
            )
    for at in found.totals[1:]:
        if parts[found.firm - 1] == figure(passage, at).value:
            return _Reading((at,), found.parts[: found.firm])
    return None


def _judged(passage: Passage, found: _List) -> Finding:
    held = _that_holds(passage, found)
    if held is not None:
        return _told(passage, found, held, "=", "holds")
    plain = _Reading(found.totals[:1], found.parts[: found.firm])
    operator: Operator = "=" if found.full else ">="
    outcome = plain.judged(passage, operator).outcome
    if outcome == "holds":
        return _told(passage, found, plain, operator, "holds")
    if outcome != "fails":
        return _told(passage, found, plain, operator, "undecided", "approximate")
    if _in_channels(passage, plain):
        explained = ("several-channels",)
        return _told(passage, found, plain, operator, "explained", None, explained)
    if not found.close:
        return _told(passage, found, plain, operator, "undecided", "scope")
    return _told(passage, found, plain, operator, "fails")


def _in_channels(passage: Passage, reading: _Reading) -> bool:
    """Whether the parts are channels, each within the total: one item in several of
    them counts once."""
    values: list[Figure] = [figure(passage, at).value for at in reading.parts]
    if len(values) < 2 or max(values) > figure(passage, reading.totals[0]).value:
        return False
    places = (*reading.totals, *reading.parts)
    return WORDS["channels"].search(passage.text, min(places), max(places)) is not None


def _told(
    passage: Passage,
    found: _List,
    reading: _Reading,
    operator: Operator,
    verdict: Verdict,
    reason: Reason | None = None,
    explanations: tuple[str, ...] = (),
) -> Finding:
    totals = [operand(passage, at, "total") for at in reading.totals]
    parts = [operand(passage, at, f"part {i}") for i, at in enumerate(reading.parts, 1)]
    formula = _formula(operator, len(totals), len(parts))
    judgement = reading.judged(passage, operator)
    rule = RULES["prose.sum" if found.listed else "prose.parts"]
    operands = (*totals, *parts)
    line = arithmetic(formula, operands, judgement)
    difference = judgement.difference
    return told(
        "prose-parts", rule, verdict, operands, difference, line, reason, explanations
    )
