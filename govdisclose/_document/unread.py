"""Figures that stand in rows like those of a table, which no table took in: they are said, not lost.

Guarantees: one diagnostic a block; a block without words of the forms is left alone. Linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final

from attrs import define

from govdisclose._lexicon.characters import half_width
from govdisclose.diagnostic import Diagnostic, diagnose
from govdisclose.form import catalogue
from govdisclose.report import Table
from govdisclose.text import Source, Span

_LINE: Final = re.compile(r"[^\n]*\S[^\n]*")
_APART: Final = re.compile(r"[|\t,]|\s{2,}")
_CELL: Final = re.compile(
    r"(?:^|(?<=[|\t,，]))[ \u3000]{0,8}-?[0-9０-９][0-9０-９.]{0,20}(?=[ \u3000]{0,8}(?:[|\t,，]|$))"
    r"|(?<=  )-?[0-9０-９][0-9０-９.]{0,20}(?=  |$)",
    re.MULTILINE,
)
_FIGURE: Final = re.compile(r"-?[0-9][0-9,.]{0,20}")
_LINE_MOST: Final = 400  # characters of a row
_BETWEEN_MOST: Final = 3  # lines of words between two rows of a block: a cell a line
_FIGURES_LEAST: Final = 6
_WORDS_LEAST: Final = 3


@define
class _Block:
    """Rows that follow each other: where they stand, their figures, and the words of forms in them."""

    start: int
    end: int
    figures: int = 0
    words: int = 0
    between: int = 0


def unread_figures(
    source: Source, tables: Iterable[Table], faults: Iterable[Diagnostic]
) -> Iterator[Diagnostic]:
    """A diagnostic for each block of figures with words of the forms that nothing speaks of."""
    told = [table.span for table in tables]
    told += [fault.span for fault in faults if fault.span is not None]
    ranges = _merged(told)
    if not _has_figures(source.text, ranges):
        return
    for block in _blocks(source.text, ranges):
        if block.figures >= _FIGURES_LEAST and block.words >= _WORDS_LEAST:
            span = Span(block.start, block.end)
            yield diagnose("unread-figures", str(block.figures), span, source)


def _has_figures(text: str, told: Sequence[tuple[int, int]]) -> bool:
    """Whether enough cells of figures stand where nothing speaks of them; most texts have none."""
    loose = (m for m in _CELL.finditer(text) if not _is_told(told, *m.span()))
    return len(list(islice(loose, _FIGURES_LEAST))) == _FIGURES_LEAST


def _blocks(text: str, told: Sequence[tuple[int, int]]) -> Iterator[_Block]:
    block: _Block | None = None
    for m in _LINE.finditer(text):
        row = _row(m.group()) if m.end() - m.start() <= _LINE_MOST else None
        over = row is None or _is_told(told, m.start(), m.end())
        if row is None or over:
            if block is not None:
                yield block
            block = None
            continue
        figures, words = row
        if block is not None and not figures and block.between >= _BETWEEN_MOST:
            yield block
            block = None
        if block is None and not figures and not words:
            continue
        block = block or _Block(m.start(), m.end())
        block.figures += figures
        block.words += words
        block.between = 0 if figures else block.between + 1
        block.end = m.end() if figures else block.end
    if block is not None:
        yield block


def _row(line: str) -> tuple[int, int]:
    """How many cells of a line are figures, and how many words of the forms."""
    cells = [cell.strip() for cell in _APART.split(half_width(line))]
    forms = catalogue()
    figures = sum([_FIGURE.fullmatch(cell) is not None for cell in cells])
    words = [cell for cell in cells if cell and forms.may_be_known(cell)]
    return figures, sum(
        [bool(forms.find(cell) or forms.is_header(cell)) for cell in words]
    )


def _merged(spans: Iterable[Span]) -> list[tuple[int, int]]:
    out: list[tuple[int, int]] = []
    for start, end in sorted([(span.start, span.end) for span in spans]):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(out[-1][1], end)
        else:
            out.append((start, end))
    return out


def _is_told(told: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_right(told, (end, 0)) - 1
    return at >= 0 and told[at][1] > start
