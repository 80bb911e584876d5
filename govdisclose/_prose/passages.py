"""Paragraphs as patterns see them: half-width text without blanks, each figure with its
unit one `#`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import Final

from attrs import define, field

from govdisclose._prose.words import WORDS
from govdisclose.report import Paragraph, Quantity, Repair, Report
from govdisclose.text import Source, Span, shadow_of

FIGURE: Final = "#"


class _Offsets:
    """From places in the source to places in the repaired text, and back."""

    def __init__(self, repairs: Sequence[Repair]) -> None:
        changed = [
            (end, len(r.new) - end + start) for r in repairs for start, end in [r.span]
        ]
        changed = [(end, size) for end, size in changed if size]
        self._ends = [end for end, _ in changed]
        self._shifts = list(accumulate(size for _, size in changed))
        self._afters = [
            end + shift for end, shift in zip(self._ends, self._shifts, strict=True)
        ]

    def forward(self, offset: int) -> int:
        if not self._ends:
            return offset
        i = bisect_right(self._ends, offset) - 1
        return offset if i < 0 else offset + self._shifts[i]

    def back(self, offset: int) -> int:
        i = bisect_right(self._afters, offset) - 1
        return offset if i < 0 else max(offset - self._shifts[i], self._ends[i])


@define(eq=False)
class Passage:
    """A paragraph as patterns see it.

    `titles` are those of its section and of the one around it. `figures` are its quantities, `at`
    where each `#` stands in `text`, `ends` where its sentences end. `start` is where the paragraph
    begins in the source.
    """

    text: str
    titles: str
    figures: tuple[Quantity, ...]
    at: tuple[int, ...]
    ends: tuple[int, ...]
    start: int
    source: Source | None
    _shadow: str
    _places: tuple[tuple[int, int], ...]  # of the figures, in the paragraph
    _offsets: _Offsets
    _runs: list[tuple[int, int]] = field(factory=list)

    def figure(self, at: int) -> Quantity | None:
        """The figure whose `#` stands there."""
        i = bisect_left(self.at, at)
        return self.figures[i] if i < len(self.at) and self.at[i] == at else None

    def span(self, start: int, end: int) -> Span:
        """The place of `text[start:end]` in the source."""
        return Span(self._origin(start), self._origin(end - 1) + 1)

    def _origin(self, at: int) -> int:
        runs = self._runs or self._mapped()
        begin, local = runs[bisect_right(runs, (at, 1 << 62)) - 1]
        return self._offsets.back(
            self._offsets.forward(self.start) + local + at - begin
        )

    def _mapped(self) -> list[tuple[int, int]]:
        """Where runs without blanks begin, in `text` and in the paragraph; made when a
        place is first asked for."""
        size = done = 0
        for start, end in (*self._places, (len(self._shadow), 0)):
            for run in _RUN.finditer(self._shadow, done, start):
                self._runs.append((size, run.start()))
                size += run.end() - run.start()
            self._runs.append((size, start))
            size, done = size + 1, end
        return self._runs

    def sentence(self, at: int) -> tuple[int, int]:
        """Where the sentence around `at` begins and ends; of a very long one, what is near."""
        i = bisect_left(self.ends, at)
        start = self.ends[i - 1] + 1 if i else 0
        end = self.ends[i] if i < len(self.ends) else len(self.text)
        return max(start, at - NEAR_MOST), min(end, at + NEAR_MOST)

    def between(self, low: int, high: int) -> tuple[int, ...]:
        """Where the figures in `text[low:high]` stand."""
        return self.at[bisect_left(self.at, low) : bisect_left(self.at, high)]


NEAR_MOST: Final = 400  # characters of a sentence before and after a figure that are looked at: no work is quadratic
_RUN: Final = re.compile(r"\S+")
_END: Final = re.compile("[。!?]")


def passages(report: Report, words: bool = True) -> list[Passage]:
    """The paragraphs that state a figure, in order; with `words` also those that may
    say it in words."""
    offsets = _Offsets(report.repairs)
    starts = [quantity.span.start for quantity in report.quantities]
    out = []
    for paragraph, titles in _paragraphs(report):
        low = bisect_left(starts, paragraph.span.start)
        high = bisect_left(starts, paragraph.span.end, low)
        if high > low or (words and WORDS["worth_reading"].search(paragraph.text)):
            out.append(
                _passage(paragraph, titles, report.quantities[low:high], offsets)
            )
    return out


def _paragraphs(report: Report) -> Iterator[tuple[Paragraph, str]]:
    """The paragraphs in order, each with the titles of its section and of the one around it."""
    for paragraph in report.preamble:
        yield paragraph, ""
    rest = [(section, "") for section in reversed(report.sections)]
    while rest:
        section, above = rest.pop()
        title = section.title or ""
        for paragraph in section.paragraphs:
            yield paragraph, f"{above}\n{title}"
        rest.extend((below, title) for below in reversed(section.sections))


def _passage(
    paragraph: Paragraph, titles: str, quantities: Sequence[Quantity], offsets: _Offsets
) -> Passage:
    shadow = shadow_of(paragraph.text)
    if FIGURE in shadow:
        shadow = shadow.replace(FIGURE, "*")  # as good a mark, and none of ours
    base = offsets.forward(paragraph.span.start)
    parts: list[str] = []
    figures: list[Quantity] = []
    places: list[tuple[int, int]] = []
    at: list[int] = []
    size = done = 0
    for quantity in quantities:
        start, end = (
            offsets.forward(quantity.span.start) - base,
            offsets.forward(quantity.span.end) - base,
        )
        if not done <= start < end <= len(shadow):
            continue
        before = "".join(shadow[done:start].split())
        parts += (before, FIGURE)
        size += len(before)
        figures.append(quantity)
        places.append((start, end))
        at.append(size)
        size, done = size + 1, end
    parts.append("".join(shadow[done:].split()))
    text = "".join(parts)
    ends = tuple([m.start() for m in _END.finditer(text)])
    return Passage(
        text,
        titles,
        tuple(figures),
        tuple(at),
        ends,
        paragraph.span.start,
        paragraph.source,
        shadow,
        tuple(places),
        offsets,
    )
