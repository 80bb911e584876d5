"""Rows as a page shows them: a label over several lines, its figures beside one of them, or between two.

The text of a page has lines and not rows. The figures of a row stand beside the middle of its label, its first line or
its last; heads that span rows stand left of the labels, on whichever lines they fall. Which lines are one label, the
forms tell: pieces that are a label together belong together.

Guarantees:

1. A line goes to at most one label; one that goes to none keeps its own cells.
2. Figures stay in order, and on their own line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from attrs import define, field

from govdisclose._lexicon.labels import is_numbered
from govdisclose._lines.cell import (
    CODE,
    DASH,
    HEADER,
    LABEL,
    NONE,
    NOTE,
    NUMBER,
    TEXT,
    UNIT,
    Token,
    pieces,
    screen_column,
)
from govdisclose.form import catalogue

_BEHIND: Final = frozenset((UNIT, NUMBER, DASH, NONE, CODE))
_HEADS: Final = frozenset((TEXT, NOTE, LABEL, HEADER, UNIT, NUMBER))
_GAP: Final = re.compile(r"\s{2,}")
_REACH: Final = 5  # lines of a label over or under its figures
_LEAST: Final = 3  # rows that have a label and figures on one line, for a page to be told
_POINTS: Final = (".", "、", ")")
_COUNT_MOST: Final = 3  # digits of a count of rows


class Part(NamedTuple):
    """A piece of a line without figures: the column of the screen where it begins, and its offsets."""

    column: int
    start: int
    end: int


@define(eq=False)
class Printed:
    """A line of a page: the words on it, the count of the row before them, and the figures behind them."""

    tokens: list[Token]
    parts: list[Part]
    counts: list[Token]
    figures: list[Token]
    taken: set[int] = field(factory=set)  # columns of the parts that went to a label of another line


def is_drawn(rows: Sequence[Sequence[Token]]) -> bool:
    """Whether lines hold rows, all of a row's figures on one line, and not a cell each."""
    rowed = sum(len(row) > 1 and row[-1].type in _BEHIND for row in rows)
    lone = sum(len(row) == 1 and row[0].type in _BEHIND for row in rows)
    return rowed >= _LEAST and rowed > lone


def rejoined(shadow: str, rows: Sequence[Sequence[Token]], ends: Sequence[tuple[int, int]]) -> list[Token]:
    """The tokens of the lines, labels whole. `ends` are the offsets of each line."""
    lines = [_printed(shadow, list(row), *span) for row, span in zip(rows, ends, strict=True)]
    labels = [_label(shadow, lines, i) if line.figures else None for i, line in enumerate(lines)]
    for i, line in enumerate(lines):
        if line.figures and labels[i] is None:
            labels[i] = _unknown(shadow, lines, i)
    out: list[Token] = []
    for line, label in zip(lines, labels, strict=True):
        out += _emitted(shadow, line, label)
    return out


def _printed(shadow: str, tokens: list[Token], start: int, end: int) -> Printed:
    behind = len(tokens)
    while behind and tokens[behind - 1].type in _BEHIND:
        behind -= 1
    if 0 < behind == len(tokens) - 1 and tokens[-1].type == UNIT and tokens[-2].end == tokens[-1].start:
        behind += 1  # the last character of a piece of a label is no unit: 参加新闻发布会次
    if (
        0 < behind == len(tokens) - 1
        and tokens[-2].end == tokens[-1].start
        and shadow[end : end + 4].lstrip()[:1] in _POINTS
    ):
        behind += 1  # 其中:1, and the line behind it opens with the point
    counts = 0
    if behind < len(tokens) and behind == 0 and len(tokens) > 1 and _is_count(shadow, tokens):
        counts = behind = 1
    elif behind and tokens[0].type == NUMBER:
        counts = 1
    heads = tokens[counts:behind]
    if heads and heads[0].type not in _HEADS:
        return Printed(tokens, [], [], [])
    figures = tokens[behind:]
    begin = tokens[counts - 1].end if counts else start
    stop = heads[-1].end if heads and figures else begin if figures else end
    return Printed(tokens, list(_parts(shadow, begin, stop)), tokens[:counts], figures)


def _is_count(shadow: str, tokens: Sequence[Token]) -> bool:
    """Whether the first of the figures that open a line stands apart from them, as a count of the rows does."""
    first, second = tokens[0], tokens[1]
    if first.type != NUMBER or first.end - first.start > _COUNT_MOST or "\n" in shadow[first.end : second.start]:
        return False
    return second.type == UNIT and second.start - first.end > first.start - (shadow.rfind("\n", 0, first.start) + 1) + 1


def _parts(shadow: str, start: int, end: int) -> Iterator[Part]:
    at = start
    for m in (*_GAP.finditer(shadow, start, end), None):
        stop = m.start() if m else end
        while at < stop and shadow[at].isspace():
            at += 1
        if stop > at:
            yield Part(screen_column(shadow, at), at, stop)
        at = m.end() if m else end


class _Label(NamedTuple):
    """The label of a row: the lines and parts that it is of, and its tokens."""

    parts: tuple[Part, ...]
    token: Token


def _label(shadow: str, lines: Sequence[Printed], row: int) -> _Label | None:
    """The longest label that some form knows of the parts on the line of the figures and on lines next to it."""
    own = lines[row]
    best: tuple[int, int, _Label, list[tuple[int, Part]]] | None = None
    for column in _columns(lines, row):
        middle = [p for p in own.parts if p.column == column]
        above, below = _run(lines, row, column, -1), _run(lines, row, column, 1)
        if not middle and not above:
            continue
        whole = [*reversed(above), *((row, p) for p in middle), *below]
        for up in range(not middle, len(above) + 1):  # no label begins under its figures
            first, end = len(above) - up, len(above) + len(middle)
            if not _may_begin(shadow, whole[first:]):
                continue
            for down in range(len(below) + 1):
                chosen = whole[first : end + down]
                if not chosen or (best is not None and len(chosen) <= best[0] and abs(up - down) >= best[1]):
                    continue
                text = "".join([shadow[p.start : p.end] for _, p in chosen])
                found = pieces(text)[0] if len(text) == len(chosen) or catalogue().may_be_known(text) else None
                if found is None or found.type != LABEL or found.end != len(text):
                    continue
                parts = tuple(p for _, p in chosen)
                token = Token(LABEL, parts[0].start, parts[0].end, found.places, text=text, parts=_spans(parts))
                if best is None or (len(chosen), -abs(up - down)) > (best[0], -best[1]):
                    best = (len(chosen), abs(up - down), _Label(parts, token), chosen)
    return _take(lines, best[2], best[3], row) if best else None


def _may_begin(shadow: str, parts: Sequence[tuple[int, Part]]) -> bool:
    """A quick no for most places: whether a label begins with the first of the parts; one may be a letter a line."""
    if not parts or parts[0][1].end - parts[0][1].start == 1:
        return bool(parts)
    return catalogue().may_be_known("".join([shadow[p.start : p.end] for _, p in parts]))


def _unknown(shadow: str, lines: Sequence[Printed], row: int) -> _Label | None:
    """The label of a row that no form knows so: what stands right before the figures, over and under it.

    Its lines reach up to the one that has the enumerator, and as far down as up.
    """
    own = lines[row]
    columns = [own.parts[-1].column] if own.parts else _columns(lines, row)
    if not columns:
        return None
    column = columns[0]
    middle = [p for p in own.parts if p.column == column]
    chosen = [(row, p) for p in middle]
    up = 0
    if not (middle and is_numbered(shadow[middle[0].start : middle[0].end])):
        for at, part in _run(lines, row, column, -1):
            chosen.insert(0, (at, part))
            up += 1
            if is_numbered(shadow[part.start : part.end]):
                break
    below = _run(lines, row, column, 1) if chosen else []
    for down, (at, part) in enumerate(below):
        if is_numbered(shadow[part.start : part.end]) or (down >= max(up, 1)):
            break
        chosen.append((at, part))
    if not chosen or (len(chosen) == 1 and middle):
        return None
    parts = tuple(p for _, p in chosen)
    text = "".join(shadow[p.start : p.end] for p in parts)
    token = Token(LABEL, parts[0].start, parts[0].end, text=text, parts=_spans(parts))
    return _take(lines, _Label(parts, token), chosen, row)


def _take(lines: Sequence[Printed], label: _Label, chosen: Sequence[tuple[int, Part]], row: int) -> _Label:
    for at, part in chosen:
        if at != row:
            lines[at].taken.add(part.column)
    return label


def _spans(parts: Sequence[Part]) -> tuple[tuple[int, int], ...]:
    return tuple((p.start, p.end) for p in parts)


def _columns(lines: Sequence[Printed], row: int) -> list[int]:
    """The columns where the label of a row may stand: that of its last part, or behind it of those next to it.

    The last comes first: what stands before a label are heads of several rows.
    """
    own = lines[row].parts
    near = [line for line in lines[max(row - 1, 0) : row + 2] if line is lines[row] or not line.figures]
    least = own[-1].column if own else 0
    return sorted({p.column for line in near for p in line.parts if p.column >= least}, reverse=True)


def _run(lines: Sequence[Printed], row: int, column: int, step: int) -> list[tuple[int, Part]]:
    """The parts in that column on the lines next to a row, as far as no figures and no other row come between."""
    out: list[tuple[int, Part]] = []
    at = row + step
    while 0 <= at < len(lines) and len(out) < _REACH:
        line = lines[at]
        if line.figures or (line.counts and not line.parts):
            break
        if not _is_page(line):
            part = next((p for p in line.parts if p.column == column), None)
            if part is None or column in line.taken:
                break
            out.append((at, part))
        at += step
    return out


def _is_page(line: Printed) -> bool:
    """Whether a line is the number of a page, which stands in the middle of anything."""
    return len(line.tokens) == 1 and line.tokens[0].type == NOTE and line.tokens[0].end - line.tokens[0].start > 1


def _emitted(shadow: str, line: Printed, label: _Label | None) -> Iterator[Token]:
    if label is not None:
        yield from line.counts
        for token in line.tokens:
            if token.type == LABEL and token.places != label.token.places and not _within(token, label):
                yield token  # the head of several rows
        yield label.token
        yield from line.figures
    elif line.taken:
        for part in line.parts:
            if part.column not in line.taken:
                for kind, a, b, places in pieces(shadow[part.start : part.end]):
                    text = shadow[part.start + a : part.start + b]
                    yield Token(kind, part.start + a, part.start + b, places, text=text)
    else:
        yield from line.tokens


def _within(token: Token, label: _Label) -> bool:
    return any(p.start <= token.start < p.end for p in label.parts)
