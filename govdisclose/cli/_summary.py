"""A report as text for a terminal: what `govdisclose parse` and `govdisclose demo` print."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import groupby

import click

from govdisclose.cli._forms import depths_of
from govdisclose.cli._language import READINGS
from govdisclose.cli._screen import SEVERITY_COLOURS, WIDTH, aligned, counted, title
from govdisclose.explain import Lines, cut, display_width, visible
from govdisclose.form import catalogue
from govdisclose.report import Cell, Report, Table
from govdisclose.text import Source, Span


def summary(report: Report) -> str:
    """The report as text for a terminal: metadata, outline, tables, figures in prose,
    documents named, diagnostics."""
    source = report.source or Source("")
    lines = Lines(source.text)
    blocks = [
        [title(visible(source.name or "report")), *_metadata(report)],
        _outline(report),
        *(_table(table) for table in report.tables),
        _prose(report, source.text, lines),
        _citations(report, lines),
        _attachments(report, lines),
        _diagnostics(report, lines),
    ]
    return "\n\n".join("\n".join(block) for block in blocks if block)


def _metadata(report: Report) -> list[str]:
    m, c = report.metadata, report.metadata.contact
    rows = [
        ("title", m.title),
        ("issuer", m.issuer),
        ("year", m.year),
        ("period", m.period and f"{m.period.start} to {m.period.end}"),
        ("published", m.published),
        ("signed", m.signed),
        ("index number", m.index_number),
        ("document number", m.document_number),
        ("address", c.address),
        ("postcode", c.postcode),
        ("phone", ", ".join(c.phone)),
        ("fax", ", ".join(c.fax)),
        ("email", ", ".join(c.email)),
        ("website", ", ".join(c.website)),
    ]
    said = [
        (name, cut(str(value), WIDTH - 19))
        for name, value in rows
        if value not in (None, "")
    ]
    asked = {"title", "issuer", "year", "period"} - {name for name, _ in said}
    lines = list(aligned(said)) if said else []
    if asked:
        missing = ", ".join(name for name, _ in rows if name in asked)
        lines.append(click.style(f"  not stated: {missing}", dim=True))
    return lines


def _outline(report: Report) -> list[str]:
    sections = list(report.walk())
    if not sections:
        return []
    starts = [s.span.start for s in sections]
    figures = [0] * (len(sections) + 1)
    for quantity in report.quantities:
        figures[bisect_right(starts, quantity.span.start)] += 1
    lines = [title(f"outline: {counted(len(sections), 'section')}")]
    stack = [(s, 0) for s in reversed(report.sections)]
    while stack:
        section, depth = stack.pop()
        stack += [(s, depth + 1) for s in reversed(section.sections)]
        count = figures[len(lines)]
        begins = next((p.text for p in section.paragraphs), "")
        name = section.title or (f"({begins})" if begins else "(no title)")
        text = (
            "  " * (depth + 1)
            + visible(section.marker.strip())
            + (" " if section.marker else "")
        )
        note = f"  · {counted(count, 'figure')}" if count else ""
        lines.append(
            text
            + cut(name, WIDTH - 14 - display_width(text))
            + click.style(note, dim=True)
        )
    return lines


def _figure(cell: Cell) -> str:
    if cell.value is not None:
        return (
            f"{cell.value:,f}" if not isinstance(cell.value, int) else f"{cell.value:,}"
        )
    return READINGS[cell.reading][0]


def _flags(cells: Iterable[Cell]) -> str:
    """What a reader must know about the figures of a row."""
    said = dict.fromkeys(
        code
        for cell in cells
        for code in (*["inferred"] * cell.inferred, *cell.diagnostics)
    )
    return f"! {', '.join(said)}" if said else ""


def _lines_of(cells: Iterable[Cell]) -> Iterator[dict[str | None, Cell]]:
    """The cells of each row by column; a column that comes twice begins a new line."""
    for _, row in groupby(cells, key=lambda c: (c.row, c.label)):
        line: dict[str | None, Cell] = {}
        for cell in row:
            if cell.column in line:
                yield line
                line = {}
            line[cell.column] = cell
        yield line


def _table(table: Table) -> list[str]:
    form = catalogue().forms.get(table.form) if table.form else None
    blank_form = (
        next((t for t in form.tables if t.id == table.table), None) if form else None
    )
    figures = sum(c.value is not None for c in table.cells)
    name = (
        f"table {table.table} of form {table.form}"
        if table.form
        else "table of no known form"
    )
    head = f"{name}: {counted(len(table.cells), 'cell')}, {counted(figures, 'figure')}"
    lines = [title(head)]
    if table.title:
        lines.append(f"  {cut(table.title, WIDTH - 2)}")
    if not table.cells:
        return lines
    if blank_form is not None and blank_form.key_from == "column":
        # one figure a column: as a list, since fifteen columns side by side fit no screen
        listed = (
            (
                cut(c.label, 36),
                _figure(c),
                c.unit or "",
                "  ".join(_key_and_flags(c.column, (c,))),
            )
            for c in table.cells
        )
        return lines + list(aligned(list(listed), right=(1,)))
    columns = list(dict.fromkeys(c.column for c in table.cells))
    depths = depths_of(blank_form)
    wide = 44 if len(columns) == 1 else 32 if len(columns) == 2 else 24
    rows: list[tuple[str, ...]] = []
    if len(columns) > 1:
        rows.append(("", *(c or "(no such column)" for c in columns), "", ""))
    for line in _lines_of(table.cells):
        first = next(iter(line.values()))
        label = "  " * depths.get(first.row or "", 0) + cut(
            first.label, wide - 2 * depths.get(first.row or "", 0)
        )
        units = dict.fromkeys(c.unit for c in line.values() if c.unit)
        last = "  ".join(
            _key_and_flags(first.row or "(not in the form)", line.values())
        )
        rows.append(
            (
                label,
                *(_figure(line[c]) if c in line else "" for c in columns),
                "/".join(units),
                last,
            )
        )
    return lines + list(aligned(rows, right=range(1, len(columns) + 1)))


def _key_and_flags(key: str | None, cells: Iterable[Cell]) -> Iterator[str]:
    yield from filter(None, (key, _flags(cells)))


def _place(lines: Lines, span: Span | None) -> str:
    return "{}:{}".format(*lines.place(span.start)) if span else "-"


def _mark(source: Source | None, span: Span | None) -> str:
    """Where in a file a place is, in brackets, as far as it is known."""
    mark = source.place(span) if source and span else None
    return f" ({mark})" if mark else ""


def _prose(report: Report, text: str, lines: Lines) -> list[str]:
    if not report.quantities:
        return []
    rows = []
    for q in report.quantities:
        start = max(lines.bounds(lines.place(q.span.start)[0])[0], q.span.start - 16)
        context = visible(text[start : q.span.start]).lstrip() + visible(q.raw)
        value = f"{q.value:,}" if isinstance(q.value, int) else f"{q.value:,f}"
        said = "  ".join(filter(None, (cut(context, 56), q.indicator))) + _mark(
            report.source, q.span
        )
        rows.append(
            (
                _place(lines, q.span),
                f"{'about ' if q.approximate else ''}{value}",
                q.unit or "",
                said,
            )
        )
    return [title(f"figures in prose: {len(rows):,}"), *aligned(rows, right=(0, 1))]


def _citations(report: Report, lines: Lines) -> list[str]:
    if not report.citations:
        return []
    rows = [
        (
            _place(lines, c.span),
            visible(c.symbol or ""),
            cut(f"《{c.title}》", 64) if c.title else "",
        )
        for c in report.citations
    ]
    return [title(f"documents cited: {len(rows):,}"), *aligned(rows, right=(0,))]


def _attachments(report: Report, lines: Lines) -> list[str]:
    if not report.attachments:
        return []
    rows = [
        (_place(lines, a.span), cut(a.name, 64), cut(a.target or "", 60))
        for a in report.attachments
    ]
    return [title(f"attachments: {len(rows):,}"), *aligned(rows, right=(0,))]


def _diagnostics(report: Report, lines: Lines) -> list[str]:
    if not report.diagnostics:
        return [title("no diagnostics")]
    rows = [
        (
            _place(lines, d.span),
            d.severity,
            d.code,
            cut(d.message, 4 * WIDTH) + _mark(report.source, d.span),
        )
        for d in report.diagnostics
    ]
    drawn = [
        click.style(line, fg=SEVERITY_COLOURS[d.severity])
        for line, d in zip(aligned(rows, right=(0,)), report.diagnostics, strict=True)
    ]
    return [title(counted(len(rows), "diagnostic")), *drawn]
