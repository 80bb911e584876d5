"""Made-up reports printed as PDF, page by page, as word processors print them.

Needs reportlab: `pip install govdisclose[testing-documents]`. Everything is drawn by
hand, so that each habit of real files can be turned on: borders as lines or as thin
filled bars, rows and merged heads cut by the end of a page, heads repeated or not, page
numbers of all kinds."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import takewhile
from typing import Any, Final, Literal

from attrs import evolve, frozen

from govdisclose.testing._grid import Grid
from govdisclose.testing._report import Draft

_WIDE_FROM: Final = "\u2e80"
_HANGING: Final = "，。、；：！？）》〉】〕”’,.;:!?)"


@frozen
class PdfStyle:
    """How a report is printed. Lengths are points."""

    font: str = "STSong-Light"
    size: float = 16.0
    table_size: float = 10.5
    width: float = 595.0
    height: float = 842.0
    margin: float = 80.0
    rules: Literal["lines", "bars", "open", "none"] = "lines"
    repeat_head: bool = False
    cut_rows: bool = False
    page_numbers: str | None = "- {} -"
    running_head: str | None = None
    turned: Literal["no", "page", "text"] = "no"
    indent: bool = True
    bold_twice: bool = False


PAGE_NUMBERS: Final = ("- {} -", "— {} —", "{}", "第{}页 共9页", None)


def random_style(rng: random.Random, font: str = "STSong-Light") -> PdfStyle:
    """Any of the styles that a reader must see through."""
    return PdfStyle(
        font=font,
        size=rng.choice((12.0, 14.0, 16.0)),
        table_size=rng.choice((9.0, 10.5, 12.0)),
        margin=rng.choice((72.0, 80.0, 90.0)),
        rules=rng.choice(("lines", "bars", "lines", "bars", "open")),
        repeat_head=rng.random() < 0.4,
        cut_rows=rng.random() < 0.4,
        page_numbers=rng.choice(PAGE_NUMBERS),
        running_head=rng.choice((None, None, "某市政府信息公开年度报告汇编")),
        turned=rng.choice(("no", "no", "no", "page", "text")),
        indent=rng.random() < 0.9,
        bold_twice=rng.random() < 0.3,
    )


def pdf_document(draft: Draft, rng: random.Random, ruled: bool = True) -> bytes:
    """The report as a PDF in any of these styles; without `ruled`, tables are set by
    blanks alone."""
    style = random_style(rng)
    return to_pdf(
        draft, evolve(style, rules=rng.choice(("lines", "bars")) if ruled else "none")
    )


def to_pdf(draft: Draft, style: PdfStyle = PdfStyle()) -> bytes:
    """The report as a PDF."""
    page = _Printer(style)
    for block in draft.blocks:
        if block.rows is not None:
            page.table(block.rows)
        elif block.kind == "title":
            page.title(block.text)
        else:
            page.paragraph(block.text)
    return page.done()


class _Printer:
    def __init__(self, style: PdfStyle) -> None:
        from reportlab.pdfbase import pdfmetrics
        from reportlab.pdfbase.cidfonts import UnicodeCIDFont
        from reportlab.pdfgen.canvas import Canvas

        if style.font not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(UnicodeCIDFont(style.font))
        self._style = style
        self._file = BytesIO()
        self._wide, self._high = style.width, style.height
        if style.turned != "no":
            self._wide, self._high = self._high, self._wide
        size = (
            (self._wide, self._high)
            if style.turned == "page"
            else (style.width, style.height)
        )
        self._canvas: Any = Canvas(self._file, pagesize=size, invariant=True)
        self._number = 0
        self._begin()

    # --- pages

    def _begin(self) -> None:
        style = self._style
        self._number += 1
        self._at = style.margin
        if style.turned == "text":
            self._canvas.translate(style.width, 0)
            self._canvas.rotate(90)
        if style.running_head:
            self._text(style.running_head, style.margin, 40, 9)
        if style.page_numbers:
            self._centred(
                style.page_numbers.format(self._number),
                0,
                self._wide,
                self._high - 40,
                10.5,
            )

    def _new_page(self) -> None:
        self._canvas.showPage()
        self._begin()

    def done(self) -> bytes:
        self._canvas.showPage()
        self._canvas.save()
        return self._file.getvalue()

    @property
    def _bottom(self) -> float:
        return self._high - self._style.margin

    # --- text

    def _width(self, text: str, size: float) -> float:
        return sum(
            size if c >= _WIDE_FROM or c in "—“”" else self._narrow(c, size)
            for c in text
        )

    def _narrow(self, c: str, size: float) -> float:
        from reportlab.pdfbase import pdfmetrics

        return float(pdfmetrics.stringWidth(c, self._style.font, size))

    def _text(self, text: str, x: float, y: float, size: float) -> None:
        """With its baseline at `y` from the top."""
        self._canvas.setFont(self._style.font, size)
        self._canvas.drawString(x, self._high - y, text)

    def _centred(self, text: str, x0: float, x1: float, y: float, size: float) -> None:
        self._text(text, (x0 + x1 - self._width(text, size)) / 2, y, size)

    def _wrapped(
        self, text: str, first: float, room: float, size: float, hang: str = _HANGING
    ) -> list[str]:
        lines, line, left = [], "", first
        for token in _tokens(text):
            wide = self._width(token, size)
            if line and wide > left and token not in hang:
                lines.append(line)
                line, left = "", room
            line += token
            left -= wide
        return [*lines, line] if line else lines

    def title(self, text: str) -> None:
        size = self._style.size + 4
        for line in self._wrapped(
            text,
            self._wide - 2 * self._style.margin,
            self._wide - 2 * self._style.margin,
            size,
        ):
            self._room(2 * size)
            self._at += 1.6 * size
            self._centred(line, 0, self._wide, self._at, size)
            if self._style.bold_twice:
                self._canvas.saveState()
                self._canvas.translate(0.3, 0)
                self._centred(line, 0, self._wide, self._at, size)
                self._canvas.restoreState()
        self._at += size

    def _room(self, height: float) -> None:
        if self._at + height > self._bottom:
            self._new_page()

    def paragraph(self, text: str) -> None:
        style = self._style
        room = self._wide - 2 * style.margin
        indent = 2 * style.size if style.indent else 0.0
        if not style.indent:
            self._at += 0.9 * style.size
        for i, line in enumerate(self._wrapped(text, room - indent, room, style.size)):
            self._room(1.75 * style.size)
            self._at += 1.75 * style.size
            self._text(
                line, style.margin + (indent if i == 0 else 0), self._at, style.size
            )

    # --- tables

    def table(self, rows: Grid) -> None:
        """A table, over as many pages as it takes."""
        style = self._style
        self._at += 10
        edges = self._columns(rows)
        texts = _Laid(self, rows, edges)
        head = next(
            (i for i, row in enumerate(rows) if any(cell.key for cell in row)),
            len(rows),
        )
        start, i = 0, 0
        cut: dict[
            tuple[int, int], int
        ] = {}  # lines of a cell that stand on pages before
        top = self._at
        self._room(
            sum(texts.heights[: head + 1])
            if style.repeat_head
            else min(texts.heights[0] * 2, 100)
        )
        top = self._at
        while i < len(rows):
            used = sum(texts.heights[start:i]) + (
                sum(texts.heights[:head]) if start and style.repeat_head else 0
            )
            in_head = style.repeat_head and i < head
            if top + used + texts.heights[i] <= self._bottom or i == start or in_head:
                i += 1
                continue
            top = self._part(texts, start, i, head, cut, top)
            start = i
        self._part(texts, start, i, head, cut, top, last=True)

    def _part(
        self,
        texts: _Laid,
        start: int,
        end: int,
        head: int,
        cut: dict[tuple[int, int], int],
        top: float,
        *,
        last: bool = False,
    ) -> float:
        """The rows `[start, end)` of a table on this page; begins the next one if more
        is to come."""
        style = self._style
        y = top
        if start and style.repeat_head:
            y = self._rows(texts, 0, head, y, {})
        partial = (
            not last
            and style.cut_rows
            and end < len(texts.rows)
            and end > head
            and texts.may_cut(end)
        )
        y = self._rows(texts, start, end + partial, y, cut, partial=partial)
        self._at = y + 6
        if not last:
            self._new_page()
        return self._at

    def _rows(
        self,
        texts: _Laid,
        start: int,
        end: int,
        y: float,
        cut: dict[tuple[int, int], int],
        *,
        partial: bool = False,
    ) -> float:
        """Draws rows; of the last one only the first line, if `partial`: the rest goes
        on the next page."""
        size = self._style.table_size
        tops = [y]
        for i in range(start, end):
            tops.append(
                tops[-1]
                + (size * 1.5 if partial and i == end - 1 else texts.heights[i])
            )
        style_open = self._style.rules == "open"
        for (i, j), (tall, wide) in texts.spans.items():
            first, last = max(i, start), min(i + tall, end)
            if first >= last:
                continue
            x0, x1 = texts.edges[j], texts.edges[j + wide]
            y0, y1 = tops[first - start], tops[last - start]
            self._box(
                x0,
                y0,
                x1,
                y1,
                open_left=style_open and j == 0,
                open_right=style_open and x1 >= texts.edges[-1] - 1,
            )
            done = cut.get((i, j), 0)
            lines = texts.lines.get((i, j), [])[done:]
            fits = max(0, int((y1 - y0 - 2) // (size * 1.25)))
            if last < i + tall or (
                partial and last == end
            ):  # the rest goes on the next page
                cut[i, j] = done + min(fits, len(lines))
                lines = lines[:fits]
            base = y0 + (y1 - y0 - len(lines) * size * 1.25) / 2 + size * 1.0
            for k, line in enumerate(lines):
                self._centred(line, x0, x1, base + k * size * 1.25, size)
        return tops[-1]

    def _columns(self, rows: Grid) -> list[float]:
        """Edges of columns: narrow for outer heads, wide for labels, as wide as their
        figures for the rest."""
        size = self._style.table_size
        room = self._wide - 2 * self._style.margin
        wanted: list[float] = []
        for j in range(max(map(len, rows))):
            own = [row[j] for row in rows if j < len(row) and not row[j].covered]
            roles = {cell.role for cell in own}
            figures = max(
                [self._width(c.text, size) for c in own if c.key or c.text.isascii()]
                or [0.0]
            )
            if "outer" in roles:
                wanted.append(size * (1.9 if j == 0 else 4.6))
            elif "label" in roles:
                wanted.append(size * 15)
            else:
                wanted.append(max(figures + 6, size * 2.4))
        scale = room / sum(wanted)
        if scale < 1:  # figures are not broken: what lacks is taken from the labels
            fixed = sum(w for w in wanted if w < size * 10)
            wide = [w for w in wanted if w >= size * 10]
            share = max((room - fixed) / sum(wide), 0.3) if wide else 1.0
            wanted = [w if w < size * 10 else w * share for w in wanted]
        start = max(10.0, (self._wide - sum(wanted)) / 2)
        return [start + sum(wanted[:i]) for i in range(len(wanted) + 1)]

    def _box(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        *,
        open_left: bool = False,
        open_right: bool = False,
    ) -> None:
        style, canvas, high = self._style, self._canvas, self._high
        if style.rules == "none":
            return
        canvas.setLineWidth(0.5)
        sides = [(x0, y0, x1, y0), (x0, y1, x1, y1)]
        sides += [
            (x, y0, x, y1)
            for x, hidden in ((x0, open_left), (x1, open_right))
            if not hidden
        ]
        for a, b, c, d in sides:
            if style.rules == "bars":
                canvas.rect(
                    a - 0.24,
                    high - d - 0.24,
                    c - a + 0.48,
                    d - b + 0.48,
                    stroke=0,
                    fill=1,
                )
            else:
                canvas.line(a, high - b, c, high - d)


class _Laid:
    """The cells of a grid: lines, spans, heights of rows."""

    def __init__(self, printer: _Printer, rows: Grid, edges: Sequence[float]) -> None:
        self.rows, self.edges = rows, edges
        size = printer._style.table_size
        self.lines: dict[tuple[int, int], list[str]] = {}
        self.spans: dict[tuple[int, int], tuple[int, int]] = {}
        self.heights = [size * 1.9] * len(rows)
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                if cell.covered:
                    continue
                roles = [r[j].role if j < len(r) else "" for r in rows[i + 1 :]]
                below = len(list(takewhile(lambda role: role == "under", roles)))
                beside = sum(
                    1 for _ in takewhile(lambda c: c.role == "over", row[j + 1 :])
                )
                self.spans[i, j] = (1 + below, 1 + beside)
                room = edges[j + 1 + beside] - edges[j] - 4
                lines = printer._wrapped(cell.text, room, room, size, "")
                self.lines[i, j] = lines
                if not below:
                    self.heights[i] = max(self.heights[i], len(lines) * size * 1.25 + 5)
        for (i, j), (tall, _) in self.spans.items():
            if tall > 1:
                lack = (
                    len(self.lines[i, j]) * size * 1.25
                    + 5
                    - sum(self.heights[i : i + tall])
                )
                self.heights[i + tall - 1] += max(0.0, lack)

    def may_cut(self, row: int) -> bool:
        """Whether a label of the row has several lines, and no head begins or ends there."""
        mine = [span for (i, _), span in self.spans.items() if i == row]
        return all(tall == 1 for tall, _ in mine) and any(
            len(self.lines[row, j]) > 1
            for j in range(len(self.rows[row]))
            if (row, j) in self.lines
        )


def _tokens(text: str) -> Iterator[str]:
    """Characters; but figures, words and addresses whole."""
    word = ""
    for c in text:
        if c.isascii() and (c.isalnum() or c in "@.-/:%+"):
            word += c
            continue
        if word:
            yield word
            word = ""
        yield c
    if word:
        yield word
