"""What time a figure of prose counts, and for whom, by the words nearest before it."""

from __future__ import annotations

import re
from typing import Final, Literal

from govdisclose._prose.passages import NEAR_MOST, Passage
from govdisclose._prose.words import WORDS

Period = Literal["year", "cumulative", "part", "other", "unsure"]
Scope = Literal["own", "whole", "other"]


def period_of(passage: Passage, at: int, year: int | None) -> Period:
    """What time the figure at `at` counts, by the words nearest before it.

    A year without more is the year of the report where none is named.
    """
    start, _ = passage.sentence(at)
    head = WORDS["whole_year"].sub("", passage.text[start:at])
    last = _last("year", head)
    if (
        last is None
        and start
        and year is not None
        and _goes_on(passage.text, start, year)
    ):
        return "unsure"
    stock = _last("stock", head)
    if stock is not None and (last is None or stock.start() > last.start()):
        return _of_stock(head, last, stock)
    if WORDS["part_of_year"].search(head, last.end() if last else 0):
        return "part"
    return "year" if last is None else _of_year(last, year)


def _last(name: str, text: str) -> re.Match[str] | None:
    found = None
    for m in WORDS[name].finditer(text):
        found = m
    return found


def _goes_on(text: str, start: int, year: int) -> bool:
    """Whether an earlier sentence of the paragraph names years and not that of the
    report: they may go on."""
    named = WORDS["year"].finditer(text, max(0, start - NEAR_MOST), start)
    earlier = {int(m[1]) for m in named if m[1]}
    return bool(earlier) and year not in earlier


def _of_stock(head: str, last: re.Match[str] | None, stock: re.Match[str]) -> Period:
    near = last is not None and not set(",;") & set(head[last.end() : stock.start()])
    if stock.group() != "历年" and near:
        return "unsure"
    # 截至年底: since when, is not said
    since = any(m.group()[0] == "截" for m in WORDS["stock"].finditer(head))
    return "unsure" if since and stock.group() != "历年" else "cumulative"


def _of_year(last: re.Match[str], year: int | None) -> Period:
    if last[1]:
        return "year" if year is None or int(last[1]) == year else "other"
    return "other" if WORDS["other_year"].match(last.group()) else "year"


_BODY_MOST: Final = 40


def scope_of(
    text: str, start: int, at: int, issuer: str
) -> tuple[Scope | None, str | None]:
    """Whom the figure at `at` counts for, by the words of its sentence; None where
    nothing says it."""
    last: re.Match[str] | None = None
    whole: re.Match[str] | None = None
    for m in WORDS["scope"].finditer(text, max(start, at - _BODY_MOST), at):
        last = m
        whole = m if m["whole"] else whole
    if last is None:
        return None, None
    if last["whole"] or (
        last["part"] and whole is not None and _goes_with(text, whole, last)
    ):
        return "whole", last.group()
    if last["own"] or (last["body"] and _abbreviates(last["body"], issuer)):
        return "own", last.group()
    return "other", last.group()


def _goes_with(text: str, whole: re.Match[str], part: re.Match[str]) -> bool:
    """全县各乡镇、各部门: all of them, and not a part."""
    return not set(",;#") & set(text[whole.end() : part.start()])


def _abbreviates(short: str, name: str) -> bool:
    """Whether the characters of `short` stand in `name` in that order: 市质监局, 某市质量技术监督局."""
    letters = iter(name)
    return all(c in letters for c in short)
