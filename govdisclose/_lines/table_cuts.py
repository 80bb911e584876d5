"""Where a line that holds a table without line breaks is cut: before each label in a
run of labels and cells.

Guarantees:

1. A cut stands before a label that some form knows, or before an unknown one between
two that follow each other. 2. Nothing is cut inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from govdisclose._lexicon.labels import label_key
from govdisclose._lexicon.section_kind import (
    UNCLASSIFIED,
    section_kind,
)
from govdisclose._lexicon.terminals import terminal
from govdisclose._lines.line import PROSE, Line
from govdisclose._lines.table_words import OWN_ROW, UNKNOWN, scanner
from govdisclose.form import Place, catalogue

LONG: Final = 240  # characters from which a line may hold several
_FIGURED_LEAST: Final = (
    3  # labels with figures behind them that make a table of less than a LONG line
)

_DIGITS_LEAST: Final = 8
_CLAUSE_END: Final = re.compile(r"[。,;!?]")
_UNBROKEN_LEAST: Final = 60  # characters of a table without a comma or a stop
_SPACED_OUT: Final = re.compile(
    r"(?<=[\u4e00-\u9fff]) [\u4e00-\u9fff] (?=[\u4e00-\u9fff])"
)
_SPACED_LEAST: Final = 20
_GAPS_MOST: Final = 8  # unknown things between two labels
_GAP_MOST: Final = 60  # characters of one
_WORD_MOST: Final = 8  # characters of a word over the figures that no form has
_LABELS_LEAST: Final = 3
_WORDS_LEAST: Final = 8
_HEADS_LEAST: Final = 2  # words over figures that make a table of what is below them
_DIGIT: Final = re.compile(r"\d")
_ORDINAL: Final = terminal("ORDINAL")


def table_cuts(shadow: str, line: Line) -> Iterator[list[int]]:
    """For each table in a line, where its rows begin and where it ends."""
    if len(_DIGIT.findall(shadow, line.start, line.end)) < _DIGITS_LEAST:
        return
    if (
        max(map(len, _CLAUSE_END.split(shadow[line.start : line.end])))
        < _UNBROKEN_LEAST
    ):
        return  # prose: a table has no commas and stops for many rows
    if len(_SPACED_OUT.findall(shadow, line.start, line.end)) < _SPACED_LEAST:
        yield from _runs(shadow, line)
        return
    kept = [i for i in range(line.start, line.end) if not _is_between(shadow, i)]
    squeezed = "".join(shadow[i] for i in kept)
    for cuts in _runs(squeezed, Line(PROSE, 0, len(squeezed))):
        yield [kept[cut] if cut < len(kept) else line.end for cut in cuts]


def _is_between(shadow: str, i: int) -> bool:
    """Whether a character is a blank that parts two characters of one word: 统 计 指 标."""
    return (
        shadow[i] == " "
        and 0 < i < len(shadow) - 1
        and not (shadow[i - 1].isdecimal() and shadow[i + 1].isdecimal())
    )


_MISSPELLED_MOST: Final = 40  # things on a line that are looked at for a label that is not spelled as the form has it


def _is_misspelled(text: str) -> bool:
    """Whether text without figures, of which no form knows the spelling, is the whole
    of a label all the same."""
    found = catalogue().find_inexact(text)
    return found is not None and not found.rest


class _Style(NamedTuple):
    """How a line is printed: whether it is no longer than a row may be, and whether it
    counts its rows (序号)."""

    short: bool
    counted: bool


class _Gap(NamedTuple):
    """Something unknown before a member of a run, and where the row begins that it
    opens; -1 if it opens none."""

    at: int
    cut: int


def _runs(shadow: str, line: Line) -> Iterator[list[int]]:
    """The cuts of each run of labels, figures and what else a table is made of.

    What is none of these ends the run; but for a word among those over the figures, and
    labels set off by blanks that no form spells so, where one that some form knows
    comes behind them."""
    run: list[re.Match[str]] = []
    gaps: list[_Gap] = []
    sure = labels = 0  # the members up to the last label, and how many labels there are
    begun = False
    style = _Style(
        line.end - line.start < LONG,
        any(
            kind == "ordinal" and shadow.find(word, line.start, line.end) >= 0
            for word, kind in catalogue().headers.items()
        ),
    )
    at, tries = line.start, _MISSPELLED_MOST
    while (m := scanner().search(shadow, at, line.end)) is not None:
        if begun and m.start() != at:
            if tries and (near := UNKNOWN.match(shadow, at, line.end)) is not None:
                tries -= 1
                m = near if _is_misspelled(near.group()) else m
            if (
                m.start() != at
                and m.lastgroup == "label"
                and not _blank_before(shadow, m)
            ):
                at = m.end()  # the end of a label that nobody can read
                continue
        is_gap = bool(run) and m.start() != run[-1].end()
        own = _own_row(shadow, line, run, labels) if is_gap else None
        if own is not None:
            m, labels = own, sum(t.lastgroup == "label" for t in run)
        at = m.end()
        if run and m.start() != run[-1].end():
            gap = (
                _passed(shadow, run, m, gaps, labels)
                if sum(g.at >= sure for g in gaps) < _GAPS_MOST
                else None
            )
            if gap is None:
                yield from _closed(shadow, run, gaps, sure, style)
                run, gaps, sure, labels = [], [], 0, 0
            else:
                gaps.append(gap)
        run.append(m)
        if m.lastgroup == "label":
            sure = len(run)
            labels += 1
            begun = True
    yield from _closed(shadow, run, gaps, sure, style)


def _closed(
    shadow: str,
    run: Sequence[re.Match[str]],
    gaps: Sequence[_Gap],
    sure: int,
    style: _Style,
) -> Iterator[list[int]]:
    """The cuts of a run, up to the first unknown thing behind its last label; what
    follows is runs of their own."""
    if len(run) <= _LABELS_LEAST:
        return  # most runs: a few figures of a sentence
    ends = [gap.at for gap in gaps if gap.at >= sure]
    for start, end in pairwise((0, *ends, len(run))):
        cuts = list(_run_cuts(shadow, run[start:end], style))
        if cuts:
            yield [
                *cuts,
                *(
                    gap.cut
                    for gap in gaps
                    if start < gap.at < end and min(cuts) < gap.cut
                ),
            ]


def _own_row(
    shadow: str, line: Line, run: list[re.Match[str]], labels: int
) -> re.Match[str] | None:
    """The label of a row of some office's own that follows a run, if that is a table for
    certain; what the run took for its own is taken from it again (其他 of 其他渠道).
    """
    head = len(run)
    while (
        head
        and run[head - 1].lastgroup in _OF_A_LABEL
        and not run[head - 1].group().isspace()
    ):
        head -= 1
    begin = run[head].start() if head < len(run) else run[-1].end()
    if (
        begin
        and not shadow[begin - 1].isspace()
        and (head == 0 or run[head - 1].lastgroup != "enumerator")
    ):
        return None
    heads = sum(m.lastgroup == "word" for m in run[:head])
    if labels < _LABELS_LEAST and heads < _HEADS_LEAST:
        return None
    found = OWN_ROW.match(shadow, begin, line.end)
    if found is not None:
        del run[head:]
    return found


_OF_A_LABEL: Final = ("word", "note", "mark", "label")  # what a label may begin with


def _passed(
    shadow: str,
    run: Sequence[re.Match[str]],
    m: re.Match[str],
    gaps: Sequence[_Gap],
    labels: int,
) -> _Gap | None:
    """What stands between a run and `m`, if the table may go on behind it."""
    start = run[-1].end()
    text = shadow[start : m.start()]
    if len(text) > _GAP_MOST or _CLAUSE_END.search(text):
        return None
    since = run[gaps[-1].at if gaps else 0 :]
    if gaps and all(
        t.lastgroup in ("mark", "word") or not _blank_before(shadow, t)
        for t in since[1:]
    ):
        return _Gap(len(run), -1)  # the same label goes on
    head = len(run) - 1
    while (
        head
        and run[head].lastgroup in ("mark", "enumerator")
        and shadow[run[head].start()] != "—"
    ):
        head -= 1
    opener = run[-1] if run[-1].lastgroup == "enumerator" else None
    begin = opener.start() if opener else start
    if run[head].lastgroup == "word":
        return (
            _Gap(len(run), -1)
            if len(text) <= _WORD_MOST and shadow[begin - 1].isspace()
            else None
        )
    heads = sum([t.lastgroup == "word" for t in run])
    if labels + heads < _LABELS_LEAST or not shadow[begin - 1].isspace():
        return None
    if section_kind(label_key(text)) != UNCLASSIFIED:
        return None
    return _Gap(len(run), begin)


def _blank_before(shadow: str, m: re.Match[str]) -> bool:
    return m.start() > 0 and shadow[m.start() - 1].isspace()


def _run_cuts(
    shadow: str, run: Sequence[re.Match[str]], style: _Style
) -> Iterator[int]:
    kinds = [m.lastgroup for m in run]
    # a word such as 总计 or 其他 is a label where figures went before
    labels = [
        i
        for i, m in enumerate(run)
        if m.lastgroup == "label" or _is_row(shadow, run, i)
    ]
    words = kinds.count("word")
    if "number" not in kinds or (len(labels) < _LABELS_LEAST and words < _WORDS_LEAST):
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
