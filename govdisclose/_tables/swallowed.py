"""Figures of a region of tables that came into no cell, no label and no diagnostic:
nothing is swallowed.

Guarantee: every digit of a region lies in a cell, in words that name one, in another
diagnostic, or in one of these."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from govdisclose._lines.cell import (
    CODE,
    HEADER,
    LABEL,
    NOTE,
    ROW_MOST,
    UNIT,
    counts_columns,
    is_page,
)
from govdisclose._tables.sheet import Sheet
from govdisclose._tables.words import WORDS
from govdisclose._tables.write import fault
from govdisclose.diagnostic import Diagnostic
from govdisclose.report import Table

_FIGURE: Final = re.compile(r"\d[\d,.]{0,40}")
_WORDS: Final = frozenset((LABEL, HEADER, CODE, NOTE, UNIT))
_MOST: Final = 8  # figures of a region that are named one by one
_COUNT_MOST: Final = 3  # digits of the count or the code of a row
_GAP_MOST: Final = 8  # characters between the count of a row and its label
_LINE_MOST: Final = 60  # characters around a figure in which its line is looked at


def swallowed(
    sheet: Sheet, tables: Iterable[Table], faults: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """A diagnostic for each figure of a sheet that nothing else speaks of; one for all,
    where they are many."""
    told = [cell.span for table in tables for cell in table.cells] + [
        f.span for f in faults if f.span is not None
    ]
    ranges = _merged([*[(span.start, span.end) for span in told], *_words(sheet)])
    found = [
        m
        for m in _FIGURE.finditer(sheet.text.shadow, sheet.start, sheet.end)
        if not _is_told(sheet, m, ranges)
    ]
    if len(found) > _MOST:
        yield fault(
            sheet, "stray-figure", f"{len(found)}", found[0].start(), found[-1].end()
        )
    else:
        yield from (
            fault(sheet, "stray-figure", m.group(), m.start(), m.end()) for m in found
        )


def _words(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Where words stand in the source that name cells or head them."""
    parts = sheet.parts
    cells = [*parts.lead, *[cell for header in parts.headers for cell in header.cells]]
    cells += [cell for row in sheet.rows for cell in (row.label, *row.items)]
    for cell in cells:
        if cell.type in _WORDS or WORDS["side_year"].fullmatch(cell.text):
            for start, end in cell.parts or ((cell.start, cell.end),):
                span = sheet.text.span(start, end)
                yield span.start, span.end


def _merged(ranges: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The ranges in order, those made one that overlap or touch."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(ranges):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out


def _is_told(
    sheet: Sheet, figure: re.Match[str], ranges: Sequence[tuple[int, int]]
) -> bool:
    span = sheet.text.span(*figure.span())
    at = bisect_right(ranges, (span.start, len(sheet.text.source.text))) - 1
    over = (
        span.end - max(span.start, ranges[at][1]) if at >= 0 else span.end - span.start
    )
    if over <= 0:
        return True
    following = ranges[at + 1][0] - span.end if at + 1 < len(ranges) else _LINE_MOST
    if _counts_rows(sheet, figure, following) or _may_be_code(
        sheet, figure.group()[-over:]
    ):
        return True
    if counts_columns(_whole_line(sheet.text.shadow, figure)):
        return True
    line = _line_around(sheet.text.shadow, figure)
    return is_page(line) or WORDS["caption"].match(line.strip("| ")) is not None


def _counts_rows(sheet: Sheet, figure: re.Match[str], following: int) -> bool:
    """Whether a short figure opens a line right before a label: the count of the row,
    or its enumerator."""
    shadow = sheet.text.shadow
    before = shadow[max(0, figure.start() - _GAP_MOST) : figure.start()].strip(" |\t(")
    if len(figure.group()) > _COUNT_MOST or (before and not before.endswith("\n")):
        return False
    return (
        following <= _GAP_MOST
        and "\n" not in shadow[figure.end() : figure.end() + following]
    )


def _may_be_code(sheet: Sheet, figure: str) -> bool:
    """Whether a short figure may be the code or the count of a row, in a form that prints them."""
    if len(figure) > _COUNT_MOST or sheet.form is None:
        return False
    return any(table.code_header or table.ordinal_header for table in sheet.form.tables)


def _whole_line(shadow: str, figure: re.Match[str]) -> str:
    """The line of a figure, if it is no longer than a row."""
    begin = shadow.rfind("\n", max(0, figure.start() - ROW_MOST), figure.start()) + 1
    end = shadow.find("\n", figure.end(), figure.end() + ROW_MOST)
    return shadow[begin : end if end >= 0 else figure.end() + ROW_MOST]


def _line_around(shadow: str, figure: re.Match[str]) -> str:
    begin = shadow.rfind("\n", max(0, figure.start() - _LINE_MOST), figure.start()) + 1
    end = shadow.find("\n", figure.end(), figure.end() + _LINE_MOST)
    return shadow[begin or figure.start() : end if end >= 0 else figure.end()].strip()
