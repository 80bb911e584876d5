"""Where the rows of a table on one line begin: before each label, at its enumerator or
its count, though that ran into the figure before it.

Guarantees:

1. Each cut stands at the beginning of a member of the run, or within a figure that an enumerator or
a count of the row ran into.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from govdisclose._lexicon.terminals import terminal
from govdisclose.form import Place, catalogue

LABELS_LEAST: Final = 3
_FIGURED_LEAST: Final = (
    3  # labels with figures behind them that make a table of less than a LONG line
)
_WORDS_LEAST: Final = 8
_ORDINAL: Final = terminal("ORDINAL")


class Style(NamedTuple):
    """How a line is printed: whether it is no longer than a row may be, and whether it
    counts its rows (序号)."""

    short: bool
    counted: bool


def run_cuts(shadow: str, run: Sequence[re.Match[str]], style: Style) -> Iterator[int]:
    """Where the rows of a run begin, where its heads are apart, and where it ends; nothing
    if it is no table."""
    kinds = [m.lastgroup for m in run]
    # a word such as 总计 or 其他 is a label where figures went before
    labels = [
        i
        for i, m in enumerate(run)
        if m.lastgroup == "label" or _is_row(shadow, run, i)
    ]
    words = kinds.count("word")
    if "number" not in kinds or (len(labels) < LABELS_LEAST and words < _WORDS_LEAST):
        return
    if (
        style.short
        and words < _WORDS_LEAST
        and _figured(kinds, labels) < _FIGURED_LEAST
    ):
        return  # one row, and the heads over it
    first, last = 0, len(run) - 1
    while kinds[first] in ("mark", "unit", "number"):
        first += 1  # 2018年 …… 12件: figures of the text before
    while kinds[last] in ("mark", "enumerator") or (
        kinds[last] == "word" and kinds[last - 1] == "enumerator"
    ):
        last -= (
            1  # (三、)其他 with nothing behind it begins the next part of the report
        )
    labels = [i for i in labels if i <= last]
    yield run[first].start()
    if not _runs_on(shadow, run, last):
        yield run[last].end()
    for i in labels:
        start = _row_start(shadow, run, i)
        yield start - (_count_before(shadow, run, i, start) if style.counted else 0)
    rows = set(labels)
    for a, b in pairwise(range(len(run))):
        if kinds[a] == "word" and a not in rows and _next_kind(kinds, b) == "number":
            yield run[a].end()
        if (
            kinds[b] == "word"
            and b not in rows
            and (a in rows or _last_kind(kinds, a) in _BEFORE_HEADER)
        ):
            yield run[b].start()


_CLOSES: Final = re.compile(
    rf"\s|[。;;,，!?|《“]|附|注|备注|说明|{_ORDINAL}、|\({_ORDINAL}\)|第|$"
)


def _runs_on(shadow: str, run: Sequence[re.Match[str]], last: int) -> bool:
    """Whether the last figure of a table runs into text that may be a label nobody can
    read, with its enumerator.

    Then the figure may hold digits of that enumerator, so it stays with the text and is not read.
    """
    if run[last].lastgroup != "number":
        return False
    end = run[last].end()
    return (
        shadow[end : end + 1] in ".、"
        if end < len(shadow) and shadow[end] in ".、"
        else not _CLOSES.match(shadow, end)
    )


def _figured(kinds: Sequence[str | None], labels: Sequence[int]) -> int:
    """How many labels have a figure behind them, before the next label."""
    ends = [*labels[1:], len(kinds)]
    return sum("number" in kinds[a:b] for a, b in zip(labels, ends, strict=True))


_BEFORE_HEADER: Final = ("number", "note", "unit", "label")


def _next_kind(kinds: Sequence[str | None], i: int) -> str | None:
    return next((kinds[k] for k in range(i, len(kinds)) if kinds[k] != "mark"), None)


def _last_kind(kinds: Sequence[str | None], i: int) -> str | None:
    return next((kinds[k] for k in range(i, -1, -1) if kinds[k] != "mark"), None)


def _is_row(shadow: str, run: Sequence[re.Match[str]], i: int) -> bool:
    """Whether a word that heads a column is the label of a row here: it has an
    enumerator, or figures behind it."""
    if run[i].lastgroup != "word" or not catalogue().find(run[i].group()):
        return False
    return i > 0 and (
        run[i - 1].lastgroup == "enumerator"
        or _row_start(shadow, run, i) < run[i].start()
    )


def _row_start(shadow: str, run: Sequence[re.Match[str]], i: int) -> int:
    """Where a row begins: at its enumerator, also one that ran into the figure before
    it (12014502.政府公报)."""
    start = run[i].start()
    at = i - 1
    while at > 0 and run[at].group().isspace():
        at -= 1
    if at >= 0 and run[at].lastgroup == "enumerator" and _follows(run[at : i + 1]):
        start = run[at].start()
        digits = _LEADING_DIGITS.match(run[at].group())
        ordinals = _ordinals(run[i])
        if (
            digits and digits.group() not in ordinals
        ):  # 02.政府网站: the nought is the figure before
            start += next(
                (
                    len(digits.group()) - len(o)
                    for o in ordinals
                    if digits.group().endswith(o)
                ),
                0,
            )
        return start
    if at > 0 and run[at].group() in ".、":
        at -= 1
        while at > 0 and run[at].group().isspace():
            at -= 1
        if run[at].lastgroup == "number" and _follows(run[at : i + 1]):
            end, figure = run[at].end(), run[at].group()
            return next(
                (end - len(o) for o in _ordinals(run[i]) if figure.endswith(o)), start
            )
    return start


def _follows(run: Sequence[re.Match[str]]) -> bool:
    """Whether nothing unknown stands between the members of a run."""
    return all(a.end() == b.start() for a, b in pairwise(run))


def _ordinals(label: re.Match[str]) -> list[str]:
    """The numbers that forms print before a label, the longest first."""
    found = {_ordinal(place) for place in _named(label.group())} - {""}
    return sorted(found, key=lambda o: (-len(o), o))


def _named(label: str) -> tuple[Place, ...]:
    """The rows that a label names, spelled as a form has it or nearly so."""
    if found := catalogue().find(label):
        return found
    near = catalogue().find_inexact(label)
    return near.places if near is not None else ()


def _count_before(shadow: str, run: Sequence[re.Match[str]], i: int, start: int) -> int:
    """The size of the count of a row (序号) that ran into the figure before it."""
    counts = {
        str(place.row + 1) for place in _named(run[i].group()) if _is_counted(place)
    }
    return max((len(c) for c in counts if shadow.endswith(c, 0, start)), default=0)


def _is_counted(place: Place) -> bool:
    return catalogue().table(place).ordinal_header is not None


_LEADING_DIGITS: Final = re.compile(r"\d+")


def _ordinal(place: Place) -> str:
    found = re.search(r"\d+", catalogue().rows[place].enumerator)
    return found.group() if found else ""
