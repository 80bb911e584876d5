"""Checks between the reports of one body, a year after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from govdisclose._prose.amounts import amount_of
from govdisclose._prose.passages import Passage, passages
from govdisclose._prose.statement import Statement, forms_of, statements
from govdisclose.checks._lists import operand
from govdisclose.checks._located import located
from govdisclose.checks._rates import changed
from govdisclose.checks._rules import RULES
from govdisclose.checks._sheet import At, Find, Place, Sheet, told
from govdisclose.checks._tables import judged
from govdisclose.checks._words import WORDS
from govdisclose.finding import Figure, Finding, Operand
from govdisclose.form.relation import Term
from govdisclose.report import Report


def in_sequence(before: Report, now: Report) -> Iterator[Finding]:
    """Whether `now` is the report of the year after `before`; a finding only where that
    is stated."""
    years = before.metadata.year, now.metadata.year
    if years[0] is None or years[1] is None:
        return
    operands = tuple(
        Operand("metadata.year", report.metadata.title or str(year), year)
        for report, year in zip((before, now), years, strict=True)
    )
    follows = years[1] == years[0] + 1
    said = f"{years[0]} … {years[1]}"
    yield told(
        "series-order",
        RULES["series.years"],
        "holds" if follows else "undecided",
        operands,
        None,
        said,
    )


# --- relations of the form over two years


def between_years(before: Sequence[Sheet], now: Sequence[Sheet]) -> Iterator[Finding]:
    """The relations of the form that have a figure of last year's report."""
    for sheet in now:
        last = _same_table(sheet, before)
        for relation in sheet.form.relations:
            if relation.table == sheet.table.id and relation.formula.cross_year:
                yield from judged(
                    "series-relation", relation, sheet, _finder(sheet, last)
                )


def _same_table(sheet: Sheet, others: Sequence[Sheet]) -> Sheet | None:
    """The table of last year that has the same rows and columns: of the same form, or of another
    edition of it.
    """
    same = [
        o for o in others if o.form.id == sheet.form.id and o.table.id == sheet.table.id
    ]
    kin = [
        o
        for o in others
        if {r.key for r in sheet.table.rows} & {r.key for r in o.table.rows}
    ]
    return next(iter([*same, *kin]), None)


def _finder(sheet: Sheet, last: Sheet | None) -> Find:
    def find(term: Term, place: Place) -> tuple[Sheet, tuple[str, str]] | None:
        at = place.of(term)
        if not term.prev:
            return sheet, at
        return None if last is None else (last, at)

    return find


# --- jumps

_TIMES: Final = 5
_JUMP_LEAST: Final = 20  # of the larger figure: 1 to 6 is no jump


def jumps(before: Sequence[Sheet], now: Sequence[Sheet]) -> Iterator[Finding]:
    """Figures more than five times last year's, or less than a fifth of it."""
    for sheet in now:
        last = _same_table(sheet, before)
        if last is not None:
            for at in sheet.cells:
                if _is_comparable(sheet, last, at) and _is_jump(sheet, last, at):
                    yield _jumped(sheet, last, at)


def _is_comparable(sheet: Sheet, last: Sheet, at: At) -> bool:
    """Whether both years have a figure there, above nought, beyond doubt and in the same unit."""
    cell, then = sheet.cells[at], last.cells.get(at)
    if then is None or not cell.value or not then.value or cell.unit != then.unit:
        return False
    return (
        at[0] not in sheet.headings
        and at not in sheet.doubtful
        and at not in last.doubtful
    )


def _is_jump(sheet: Sheet, last: Sheet, at: At) -> bool:
    one, other = _size(sheet.cells[at].value or 0), _size(last.cells[at].value or 0)
    return max(one, other) >= _JUMP_LEAST and (
        one > _TIMES * other or other > _TIMES * one
    )


def _size(figure: Figure) -> Figure:
    return -figure if figure < 0 else figure


def _jumped(sheet: Sheet, last: Sheet, at: At) -> Finding:
    cell, operands = sheet.cells[at], (sheet.operand(*at), _prev(last.operand(*at)))
    one, other = cell.value or 0, last.cells[at].value or 0
    label = f", {cell.label}", f"，{cell.label}"
    rule, line = RULES["series.jump"], f"{one} … {other}"
    return told("series-jump", rule, "fails", operands, one - other, line, where=label)


def _prev(there: Operand) -> Operand:
    return Operand(
        f"prev:{there.name}",
        there.label,
        there.value,
        there.reading,
        there.approximate,
        there.span,
        there.source,
    )


# --- stated growth


def stated_growth(
    before: Report, now: Report, last: Sequence[Sheet]
) -> Iterator[Finding]:
    """收到申请442件,同比增长31.2%: against what last year's report states."""
    found = passages(now)
    then = _stated(before, last)
    for statement in statements(now, found, forms_of(now), words=False):
        if (
            statement.plain
            and statement.quantity is not None
            and statement.amount.exact
        ):
            earlier = then.get(statement.key) or _in_table(last, statement.key)
            if earlier is not None:
                yield from _grown(found[statement.passage], statement, earlier)


def _grown(
    passage: Passage, statement: Statement, earlier: Operand
) -> Iterator[Finding]:
    m = WORDS["growth_alone"].match(passage.text, statement.at + 1)
    rate = passage.figure(m.start("rate")) if m else None
    value = statement.amount.value
    if m is None or rate is None or value is None or not isinstance(earlier.value, int):
        return
    operands = _growth_operands(passage, m, statement, earlier)
    code, rule = "series-growth", "series.growth"
    judged = changed(code, rule, operands, value, earlier.value, rate, m["verb"])
    if judged is not None:
        yield judged


def _growth_operands(
    passage: Passage, m: re.Match[str], statement: Statement, earlier: Operand
) -> tuple[Operand, ...]:
    return (
        operand(passage, m.start("rate"), "change"),
        operand(passage, statement.at, statement.key),
        _prev(earlier),
    )


def _in_table(sheets: Sequence[Sheet], key: str) -> Operand | None:
    for sheet in sheets:
        places = located(sheet, key)
        if (
            len(places) == 1
            and places[0] not in sheet.doubtful
            and sheet.operand(*places[0]).value is not None
        ):
            return sheet.operand(*places[0])
    return None


def _stated(report: Report, sheets: Sequence[Sheet]) -> dict[str, Operand]:
    """What the sentences of a report state for its year, where its tables do not."""
    out: dict[str, Operand] = {}
    for s in statements(report, passages(report), forms_of(report), words=False):
        if (
            s.plain
            and s.quantity is not None
            and amount_of(s.quantity).exact
            and _in_table(sheets, s.key) is None
        ):
            out.setdefault(
                s.key,
                Operand(
                    s.key,
                    s.words.replace("#", s.quantity.raw),
                    s.quantity.value,
                    "prose",
                    False,
                    s.span,
                    s.source,
                ),
            )
    return out


# --- text of last year

_SHINGLE: Final = 12  # characters of a piece of text that counts as the same
_TEXT_LEAST: Final = (
    600  # characters of prose below which forms of words are all there is
)
_COPIED_FROM: Final = 80  # per cent of the text
_DROPPED: Final = re.compile(r"[\s\d,.、。;:()（），；：%％]+")


def copies(before: Report, now: Report) -> Iterator[Finding]:
    """Whether most of the prose is last year's: the share of its pieces of twelve characters that
    stand there as well.

    Figures, blanks and points are left out, so that a text with new numbers is a copy still. Linear
    in both texts.
    """
    one, other = _prose(before), _prose(now)
    if min(len(one), len(other)) < _TEXT_LEAST:
        return
    pieces = {one[i : i + _SHINGLE] for i in range(len(one) - _SHINGLE + 1)}
    size = len(other) - _SHINGLE + 1
    same = sum(other[i : i + _SHINGLE] in pieces for i in range(size))
    share: Figure = 100 * same // size
    operands = (Operand("share of last year's text", "", share),)
    copied = share >= _COPIED_FROM
    yield told(
        "series-copy",
        RULES["series.copy"],
        "fails" if copied else "holds",
        operands,
        None,
        f"{share}%",
    )


def _prose(report: Report) -> str:
    paragraphs = [
        *report.preamble,
        *(p for section in report.walk() for p in section.paragraphs),
    ]
    return _DROPPED.sub("", "".join(p.text for p in paragraphs))
