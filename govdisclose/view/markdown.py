"""A report as Markdown, for a language model: sections and tables in order, each with
its place, within a budget.

A place is `[start:end]`, in characters of the text that was read; `govdisclose text
FILE` writes that text. What has no room is named: how many sections, cells or
paragraphs are left out is said where they would stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from govdisclose.form import catalogue
from govdisclose.report import Cell, Paragraph, Report, Section, Table
from govdisclose.text import Span

BUDGET: Final = 40_000
_LEAST: Final = 400  # characters, so that the head and what was left out can be said
_SHORTEST: Final = 60  # what is left of a paragraph that is cut
_READINGS: Final = {"blank": "", "dash": "—", "none": "无", "unreadable": "?"}


def to_markdown(report: Report, budget: int = BUDGET) -> str:
    r"""The report as Markdown of at most `budget` characters, 400 at least.

    First the tables, which are the report's figures, get room, then headings, then
    prose from the beginning of each section. Raises ValueError for a smaller budget.

    >>> from govdisclose import parse
    >>> print(to_markdown(parse("某市某局2018年政府信息公开年度报告\n一、概述\n全年公开信息12条。\n")))
    # 某市某局2018年政府信息公开年度报告
    <BLANKLINE>
    某市某局 · 2018 · annual-report
    <BLANKLINE>
    ## 一、概述 [20:24]
    <BLANKLINE>
    全年公开信息12条。 [25:35]
    """
    if budget < _LEAST:
        raise ValueError(
            f"a budget of {budget} characters is too small: {_LEAST} at least"
        )
    blocks = list(_blocks(report))
    room = budget - _LEAST // 2  # for the line that says what was left out
    taken: dict[int, str] = {}
    for rank in range(3):
        for i, (own, text, _) in enumerate(blocks):
            if own != rank:
                continue
            piece = (
                _fitting(text, room)
                if rank == 2
                else text
                if len(text) + 2 <= room
                else None
            )
            if piece is not None:
                taken[i] = piece
                room -= len(piece) + 2
    left = [
        blocks[i][2]
        for i in range(len(blocks))
        if i not in taken or taken[i] != blocks[i][1]
    ]
    parts = [taken[i] for i in sorted(taken)]
    if left:
        counts = ", ".join(
            f"{left.count(kind)} {kind}s" for kind in dict.fromkeys(left)
        )
        parts.append(f"(left out or cut, to keep to {budget} characters: {counts})")
    return "\n\n".join(parts)


def _fitting(text: str, room: int) -> str | None:
    """A paragraph, or its beginning, as far as there is room."""
    if len(text) + 2 <= room:
        return text
    return f"{text[: room - 3]}…" if room - 3 >= _SHORTEST else None


_Block = tuple[int, str, str]
"""How soon it gets room, its text, and what it is."""


def _blocks(report: Report) -> Iterator[_Block]:
    """The parts of the report in the order of the text."""
    m = report.metadata
    said = " · ".join(str(x) for x in (m.issuer, m.year, report.kind) if x)
    yield 0, f"# {_line(m.title or 'report')[:120]}\n\n{_line(said)}", "title"
    placed = [(p.span.start, _paragraph(p)) for p in report.preamble]
    for section in report.walk():
        placed.append((section.span.start, _heading(section)))
        placed += [(p.span.start, _paragraph(p)) for p in section.paragraphs]
    placed += [
        (table.span.start, block) for table in report.tables for block in _table(table)
    ]
    yield from (block for _, block in sorted(placed, key=lambda item: item[0]))


def _heading(section: Section) -> _Block:
    title = section.marker.strip() + (section.title or "")
    return (
        1,
        f"{'#' * min(6, section.level + 1)} {_line(title)} {_place(section.span)}",
        "heading",
    )


def _paragraph(paragraph: Paragraph) -> _Block:
    return 2, f"{_line(paragraph.text)} {_place(paragraph.span)}", "paragraph"


def _table(table: Table) -> Iterator[_Block]:
    """A table as one of Markdown: a row for each row of the form, a column for each of
    its columns, and the place."""
    form = catalogue().forms.get(table.form) if table.form else None
    known = (
        next((t for t in form.tables if t.id == table.table), None) if form else None
    )
    columns = list(dict.fromkeys(c.column for c in table.cells))
    rows: dict[tuple[str | None, str], dict[str | None, Cell]] = {}
    for cell in table.cells:
        label = "" if known is not None and known.key_from == "column" else cell.label
        rows.setdefault((cell.row, label), {}).setdefault(cell.column, cell)
    labels = {c.key: c.label for c in known.columns} if known else {}
    head = ["", *(labels.get(c or "", c or "") for c in columns), "key", "place"]
    lines = [head, ["---"] * len(head)]
    for (row, label), cells in rows.items():
        first, last = (
            min(c.span.start for c in cells.values()),
            max(c.span.end for c in cells.values()),
        )
        figures = [_figure(cells[c]) if c in cells else "" for c in columns]
        lines.append([label, *figures, row or "", _place(Span(first, last))])
    name = f"{table.form or 'no known form'}, table {table.table or ''}".rstrip()
    yield (
        0,
        "\n".join([f"**{name}** {_place(table.span)}", "", *map(_row, lines)]),
        "table",
    )


def _row(cells: Sequence[str]) -> str:
    plain = (_line(cell).replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(plain)} |"


def _figure(cell: Cell) -> str:
    if cell.value is None:
        return _READINGS.get(cell.reading, "?")
    value = f"{cell.value:f}" if isinstance(cell.value, Decimal) else str(cell.value)
    return f"{value}{cell.unit or ''}{'*' if cell.inferred or cell.diagnostics else ''}"


def _line(text: str) -> str:
    return " ".join(text.split())


def _place(span: Span) -> str:
    return f"[{span.start}:{span.end}]"
