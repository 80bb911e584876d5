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
from govdisclose._lines.line import PROSE, Line
from govdisclose._lines.row_cuts import LABELS_LEAST, Style, run_cuts
from govdisclose._lines.table_words import OWN_ROW, UNKNOWN, scanner
from govdisclose.form import catalogue

LONG: Final = 240  # characters from which a line may hold several

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
_HEADS_LEAST: Final = 2  # words over figures that make a table of what is below them
_DIGIT: Final = re.compile(r"\d")


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
    style = Style(
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
    style: Style,
) -> Iterator[list[int]]:
    """The cuts of a run, up to the first unknown thing behind its last label; what
    follows is runs of their own."""
    if len(run) <= LABELS_LEAST:
        return  # most runs: a few figures of a sentence
    ends = [gap.at for gap in gaps if gap.at >= sure]
    for start, end in pairwise((0, *ends, len(run))):
        cuts = list(run_cuts(shadow, run[start:end], style))
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
    if labels < LABELS_LEAST and heads < _HEADS_LEAST:
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
    if labels + heads < LABELS_LEAST or not shadow[begin - 1].isspace():
        return None
    if section_kind(label_key(text)) != UNCLASSIFIED:
        return None
    return _Gap(len(run), begin)


def _blank_before(shadow: str, m: re.Match[str]) -> bool:
    return m.start() > 0 and shadow[m.start() - 1].isspace()
