"""Whether a report is whole: the parts that it announces, and its end.

Guarantees:

1. Nothing is changed or added; what is missing is a diagnostic.
2. A text that breaks off is not also blamed for the parts that are missing behind the break.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from attrs import evolve

from govdisclose._document.ending import broken_end, open_end
from govdisclose._document.words import WORDS
from govdisclose._lexicon.numeral import read_ordinal
from govdisclose._lines.line import Line
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.report import Cell, Section, Table
from govdisclose.text import Source, Text

_HEAD: Final = 4000  # characters in which a report says of what parts it is made
_COUNT_MOST: Final = 8  # characters of a count and what it counts
_REACH: Final = 600  # characters before the count, in the same sentence
_SHOWN: Final = 20  # characters of the end that the diagnostic points at
_PARTS_OPEN: Final = (
    "fewer parts than announced, and the last one has no end",
    "部分少于所称，且末行没有结束",
)


class _Announced(NamedTuple):
    """How many parts a report says it has, where, and whether a table is the last of them."""

    parts: int
    start: int
    end: int
    table: bool


def wholeness(
    text: Text,
    lines: Sequence[Line],
    sections: Sequence[Section],
    tables: Sequence[Table],
) -> Iterator[Diagnostic]:
    """What is not whole: the end that is missing, or parts that were announced and are not there.

    `lines` are shaped, those of the signature among them.
    """
    if broken := broken_end(text, lines, tables):
        yield _truncated(text, broken.line, broken.what, broken.zh)
        return
    announced = _announced(text.shadow, lines)
    if announced is None or not sections:
        return
    missing = _missing(announced, sections, tables)
    if missing is None:
        return
    if missing > 0 and (last := open_end(text.shadow, lines)):
        yield _truncated(text, last, *_PARTS_OPEN)
        return
    count, found = announced.parts, announced.parts - missing
    said, zh = f"{count} announced, {found} found", f"所称{count}部分，实有{found}部分"
    place = text.span(announced.start, announced.end)
    yield diagnose("parts-mismatch", said, place, text.source, zh)


def cut_figures(
    tables: Sequence[Table], faults: Sequence[Diagnostic], source: Source
) -> list[Table]:
    """The tables; a figure that ends the text where it breaks off says so itself: its
    last digits may be behind the break."""
    if not any(fault.code == "truncated" for fault in faults):
        return list(tables)
    end = len(source.text)
    return [
        evolve(table, cells=tuple([_cut(cell, end) for cell in table.cells]))
        if any(cell.span.end == end for cell in table.cells)
        else table
        for table in tables
    ]


def _cut(cell: Cell, end: int) -> Cell:
    if cell.span.end != end or cell.reading != "number":
        return cell
    return evolve(cell, diagnostics=(*cell.diagnostics, "truncated"))


def _truncated(text: Text, line: Line, what: str, zh: str) -> Diagnostic:
    span = text.span(max(line.start, line.end - _SHOWN), line.end)
    return diagnose("truncated", what, span, text.source, zh)


def _missing(
    announced: _Announced,
    sections: Sequence[Section],
    tables: Sequence[Table],
) -> int | None:
    """How many announced parts are missing (surplus ones are negative); None if the count fits.

    The count is compared with the parts of level 1. A preface may be counted among them or not,
    and so may a table that the report names as a part. It may also be that of the first part.
    """
    count = announced.parts
    prefaces = sum(s.level == 0 for s in sections)
    found = sum(s.level == 1 for s in sections)
    first = next((len(s.sections) for s in sections if s.level == 1), 0)
    most = found + prefaces + (announced.table and bool(tables))
    if not found or count == first or found <= count <= most:
        return None
    return count - found


def _announced(shadow: str, lines: Sequence[Line]) -> _Announced | None:
    """How many parts the report says it has, and where it says so."""
    first = next((line.start for line in lines if line.type == "H1"), len(shadow))
    stop = min(first, _HEAD)
    for word in WORDS.words("part_units"):
        at = shadow.find(word, 0, stop)
        while at >= 0:
            if found := _count_at(shadow, at):
                return found
            at = shadow.find(word, at + 1, stop)
    return None


def _count_at(shadow: str, at: int) -> _Announced | None:
    """The count of parts around 部分, if the sentence speaks of the report."""
    m = WORDS["parts"].search(shadow, max(0, at - _COUNT_MOST), at + _COUNT_MOST)
    begin = max(shadow.rfind("。", 0, at), shadow.rfind("\n", 0, at), at - _REACH) + 1
    if m is None or not WORDS["parts_of_report"].search(shadow, begin, m.start()):
        return None
    count = int(m["count"]) if m["count"].isdecimal() else read_ordinal(m["count"])
    if not count or count < 2:
        return None
    table = WORDS["table_part"].search(shadow, begin, m.start()) is not None
    return _Announced(count, *m.span(), table)
