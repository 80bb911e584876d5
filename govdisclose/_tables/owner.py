"""Whose figures those of a table are, by the words over it: another year's, another
body's, another version's.

The year and the body of the report are known only when its metadata are, so this is
read last, from the finished tables and the lines that they were printed on. Cells that
are not the report's own are kept, and carry a diagnostic.

Guarantees:

1. No figure is changed; a unit only where the caption prints one and the cell does not.
2. Words are of the rows below them, up to the next caption.
3. A year or a body that may be the report's own says nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import dropwhile, groupby
from typing import Final, TypeAlias

from attrs import evolve, frozen

from govdisclose._lexicon.characters import half_width
from govdisclose._lines.cell import APART
from govdisclose._tables.words import WORDS
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.form import catalogue
from govdisclose.report import Cell, Table
from govdisclose.text import Source, Span, Text

_ABOVE_MOST: Final = 6  # lines above a table that may be its captions
_LINE_MOST: Final = 200  # characters of a line of heads or captions
_CAPTION_MOST: Final = 60  # characters of a caption
_CELLS_INSIDE: Final = re.compile(r"[|\t,]|\s{2,}|</?t[dhr]\b[^>]{0,80}>")
_ROW: Final = re.compile(r"[^|\t,]{0,80}(?:[|\t,][^|\t,]{0,80}){3}")
_RULES: Final = (
    " \t\r|+-=_─━═┌┬┐┏┳┓╔╦╗"  # what a table that is drawn in lines begins with
)
_MONEY: Final = frozenset(("元", "千元", "万元", "百万元", "亿元"))
_WORD: Final = re.compile(r"\S+")
_NOTE_ENDS: Final = (")", "\N{FULLWIDTH RIGHT PARENTHESIS}")
_NAME_END: Final = 3  # characters at the end of a name that tell an office: 粮食局


@frozen
class Own:
    """What the report says of itself; None where it does not."""

    year: int | None
    issuer: str | None


@frozen
class _Claim:
    """What words over rows say of them: a code, or the unit of money; where they stand."""

    code: str
    said: str
    start: int
    end: int


_Faults: TypeAlias = dict[tuple[str, int, str], Diagnostic]
"""Diagnostics by code, place and words."""


@frozen
class _Stretch:
    """Rows from one caption to the next."""

    start: int
    claims: tuple[_Claim, ...]


def judge_owners(
    tables: Sequence[Table], read: Text, own: Own
) -> tuple[list[Table], list[Diagnostic]]:
    """The tables, with a code on each cell that is not the report's own, and the
    diagnostics of these codes."""
    out: list[Table] = []
    faults: _Faults = {}
    text = read.in_place() if tables else ""
    floor = 0
    for span, group in groupby(tables, key=lambda table: table.span):
        sheet = list(group)
        starts = sorted([cell.span.start for table in sheet for cell in table.cells])
        stretches = list(_stretches(text, floor, span, starts, own))
        for table in sheet:
            side = _side_claim(table, own)
            cells = tuple(
                [
                    _judged(cell, side, stretches, own, read.source, faults)
                    for cell in table.cells
                ]
            )
            out.append(evolve(table, cells=cells))
        floor = span.end
    return out, list(faults.values())


def _judged(
    cell: Cell,
    side: _Claim | None,
    stretches: Sequence[_Stretch],
    own: Own,
    source: Source,
    faults: _Faults,
) -> Cell:
    """The cell with the codes of the words over it and of those in its label."""
    at = bisect_right(stretches, cell.span.start, key=lambda stretch: stretch.start) - 1
    claims = [*stretches[max(at, 0)].claims, *([side] if side else [])]
    if (label := _label_claim(cell, own)) is not None:
        claims.append(label)
    if not claims:
        return cell
    codes = list(cell.diagnostics)
    for claim in claims:
        if claim.code == "unit":
            if cell.unit_inferred and cell.unit in _MONEY:
                cell = evolve(cell, unit=claim.said, unit_inferred=False)
        elif claim.code not in codes:
            codes.append(claim.code)
            place = claim.code, claim.start, claim.said
            if place not in faults:
                faults[place] = diagnose(
                    claim.code, claim.said, Span(claim.start, claim.end), source
                )
    return (
        evolve(cell, diagnostics=tuple(codes))
        if len(codes) > len(cell.diagnostics)
        else cell
    )


def _side_claim(table: Table, own: Own) -> _Claim | None:
    """What the word says over a column that stands beside others of its kind."""
    side = half_width(table.side or "")
    code = _side_code(side, own) if side else None
    return _Claim(code, side, *table.span) if code else None


def _side_code(side: str, own: Own) -> str | None:
    """Whose figures those below a word are; None for the report's own.

    A government reports for itself or for its whole area: which of two columns it means, nothing
    tells.
    """
    if (m := WORDS["year_head"].fullmatch(side)) is not None:
        return None if int(m["year"]) == own.year else "other-year"
    if WORDS["last_year"].fullmatch(side):
        return "other-year"
    if WORDS["side_part"].fullmatch(side):
        return "other-period"
    if WORDS["other_version"].fullmatch(side):
        return "other-version"
    if WORDS["side_whole"].fullmatch(side):
        return "other-body"
    of_area = bool(own.issuer and WORDS["government"].search(own.issuer))
    return "other-body" if of_area and WORDS["side_own"].fullmatch(side) else None


def _label_claim(cell: Cell, own: Own) -> _Claim | None:
    """What a note in a label says of its row: 收到申请数（2017年）."""
    if cell.label[-1:] not in _NOTE_ENDS:
        return None
    m = WORDS["label_year"].search(half_width(cell.label))
    if m is None or (m["year"] and (own.year is None or int(m["year"]) == own.year)):
        return None
    return _Claim("other-year", cell.label, cell.span.start, cell.span.end)


# --- the captions of a table


def _stretches(
    text: str, floor: int, span: Span, starts: Sequence[int], own: Own
) -> Iterator[_Stretch]:
    """The rows below each caption."""
    begin = last = _above(text, floor, span.start)
    claims: list[_Claim] = []
    first = starts[0] if starts else span.end
    for start, end in _lines(text, begin, span.end, first):
        found = list(_claims(text, start, end, own, inside=start >= span.start))
        if not found and not _is_title(text[start:end]):
            continue
        if bisect_left(starts, start) > bisect_left(starts, last):
            yield _Stretch(begin, tuple(claims))
            begin, claims = start, []
        claims += found
        last = start
    yield _Stretch(begin, tuple(claims))


def _above(text: str, floor: int, start: int) -> int:
    """Where the captions above a table begin."""
    begin = text.rfind("\n", floor, start) + 1 or floor
    for _ in range(_ABOVE_MOST):
        before = (
            text.rfind("\n", max(floor, begin - _LINE_MOST), max(begin - 1, floor)) + 1
        )
        line = text[before : begin - 1].strip(_RULES) if before else ""
        long = len(line) > _CAPTION_MOST and not _ROW.match(line)
        if not before or long or line.endswith(("。", ";")):
            break
        begin = before
    return begin


def _lines(text: str, start: int, end: int, first: int) -> Iterator[tuple[int, int]]:
    """The lines that are not too long for heads or captions; of one that holds the first
    figure as well, as on a page without line ends, the words over the table."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if stop - start <= _LINE_MOST:
            yield start, stop
        if start <= first < stop:
            yield from _words_over(text, start, first)
        start = stop + 1


def _words_over(text: str, start: int, first: int) -> Iterator[tuple[int, int]]:
    """The words from a caption or a head to the first figure."""
    begin = max(start, first - _LINE_MOST, text.rfind("。", start, first) + 1)
    words = [m.span() for m in _WORD.finditer(text, begin, first)]
    yield from dropwhile(lambda word: not _opens_table(text[slice(*word)]), words)


def _opens_table(word: str) -> bool:
    return (
        _is_title(word)
        or WORDS["filled_by"].search(word) is not None
        or catalogue().is_headers(word)
    )


def _claims(
    text: str, start: int, end: int, own: Own, *, inside: bool
) -> Iterator[_Claim]:
    """What a line of heads or captions says of the rows below it; inside a table commas part cells."""
    line = text[start:end]
    apart = _CELLS_INSIDE if inside else APART
    cells = [part.strip() for part in apart.split(line)]
    years = [int(m["year"]) for cell in cells if "年" in cell for m in _years(cell)]
    if own.year is not None and years and own.year not in years:
        yield _Claim("other-year", line.strip(" |\t"), start, end)
    if m := WORDS["money_unit"].search(line):
        yield _Claim("unit", m["unit"], start, end)
    if len(line) > _CAPTION_MOST:
        return
    if WORDS["other_version"].search(line):
        yield _Claim("other-version", line.strip(" |\t"), start, end)
    if own.issuer and _names_other(line, own.issuer):
        yield _Claim("other-body", line.strip(" |\t"), start, end)


def _years(cell: str) -> Iterator[re.Match[str]]:
    """The years that a cell is, or that a title or a line of heads has."""
    if m := WORDS["year_head"].fullmatch(cell):
        yield m
    elif _is_title(cell) or catalogue().is_headers(WORDS["year_said"].sub("", cell)):
        yield from WORDS["year_said"].finditer(cell)


def _names_other(line: str, issuer: str) -> bool:
    """Whether a caption names a body that is not the one that reports."""
    if WORDS["title_with_note"].search(line) and WORDS["whole_area"].search(line):
        return not WORDS["government"].search(issuer)
    m = WORDS["filled_by"].search(line) or WORDS["body_of_title"].match(line)
    if m is None:
        return False
    name, own = [
        WORDS["government"].sub("", half_width(text)) for text in (m["body"], issuer)
    ]
    if not name or name in own or own in name:
        return False
    return (
        bool(WORDS["government"].search(m["body"]))
        or name[-_NAME_END:] != own[-_NAME_END:]
    )


def _is_title(line: str) -> bool:
    """Whether a line is the title of a table, with a note behind it or not."""
    return bool(WORDS["title"].search(line) or WORDS["title_with_note"].search(line))
