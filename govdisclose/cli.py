"""The command `govdisclose`: files in, a summary or JSON out.

Exit codes: 0 read; 1 read, but a report has a diagnostic of severity error (or does not state what was asked for);
2 wrong use, among it a file that cannot be read as text. All files are read before anything is printed, so that a
wrong name leaves nothing half written.
"""

from __future__ import annotations

import io
import sys
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from importlib import resources
from itertools import groupby
from typing import Final, Literal, NoReturn

import click

from govdisclose._pipeline import parse
from govdisclose.errors import AmbiguousKey, MissingExtra, SourceError, UnknownKey
from govdisclose.explain import Lines, Node, cut, display_width, explain, pad, visible
from govdisclose.form import Form, FormTable, catalogue
from govdisclose.read import read
from govdisclose.report import Cell, Evidence, Quantity, Report, Table
from govdisclose.text import Source, Span

OPEN_END: Final = 9999  # the last year of a form that is still in use

Rows = Sequence[Sequence[str]]

# --- files in ---------------------------------------------------------------------------------------------------------


def _read(name: str) -> Source:
    """The text of one file, or of standard input for `-`. Raises `SourceError` and `MissingExtra`."""
    return read(sys.stdin.buffer, name="stdin") if name == "-" else read(name)


def _refuse(message: object, code: Literal[1, 2] = 2) -> NoReturn:
    """End with one line on standard error."""
    click.echo("govdisclose: " + " ".join(str(message).split()), err=True)
    raise click.exceptions.Exit(code)


def _read_all(names: Iterable[str]) -> list[Source]:
    try:
        return [_read(name) for name in names]
    except (SourceError, MissingExtra) as error:
        _refuse(error)


# --- a report, for reading --------------------------------------------------------------------------------------------

WIDTH: Final = 100
_READINGS: Final = {
    "blank": "(blank)",
    "dash": "(dash)",
    "none": "(none)",
    "unreadable": "(unreadable)",
    "number": "(?)",
}
_SEVERITY_COLOURS: Final = {"error": "red", "warning": "yellow", "info": "cyan"}


def _aligned(rows: Rows, right: Sequence[int] = (), indent: int = 2) -> Iterator[str]:
    """Each row as one line, its columns padded to the widest; the columns `right` are aligned to the right."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        parts = [
            " " * (width - display_width(text)) + text if i in right else pad(text, width)
            for i, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield (" " * indent + "  ".join(parts)).rstrip()


def _title(text: str) -> str:
    return click.style(text, bold=True)


def _counted(n: int, one: str, many: str = "") -> str:
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def summary(report: Report) -> str:
    """The report as text for a terminal: metadata, outline, tables, figures in prose, documents named, diagnostics."""
    source = report.source or Source("")
    lines = Lines(source.text)
    blocks = [
        [_title(visible(source.name or "report")), *_metadata(report)],
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
    said = [(name, cut(str(value), WIDTH - 19)) for name, value in rows if value not in (None, "")]
    asked = {"title", "issuer", "year", "period"} - {name for name, _ in said}
    lines = list(_aligned(said)) if said else []
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
    lines = [_title(f"outline: {_counted(len(sections), 'section')}")]
    stack = [(s, 0) for s in reversed(report.sections)]
    while stack:
        section, depth = stack.pop()
        stack += [(s, depth + 1) for s in reversed(section.sections)]
        count = figures[len(lines)]
        begins = next((p.text for p in section.paragraphs), "")
        name = section.title or (f"({begins})" if begins else "(no title)")
        text = "  " * (depth + 1) + visible(section.marker.strip()) + (" " if section.marker else "")
        note = f"  · {_counted(count, 'figure')}" if count else ""
        lines.append(text + cut(name, WIDTH - 14 - display_width(text)) + click.style(note, dim=True))
    return lines


def _figure(cell: Cell) -> str:
    if cell.value is not None:
        return f"{cell.value:,f}" if not isinstance(cell.value, int) else f"{cell.value:,}"
    return _READINGS[cell.reading]


def _flags(cells: Iterable[Cell]) -> str:
    """What a reader must know about the figures of a row."""
    said = dict.fromkeys(code for cell in cells for code in (*["inferred"] * cell.inferred, *cell.diagnostics))
    return f"! {', '.join(said)}" if said else ""


def _depths(table: FormTable | None) -> dict[str, int]:
    """How far each row of the form is indented. Parents stand before their parts."""
    depths: dict[str, int] = {}
    for row in table.rows if table else ():
        depths[row.key] = depths.get(row.parent, -1) + 1 if row.parent else 0
    return depths


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
    blank_form = next((t for t in form.tables if t.id == table.table), None) if form else None
    figures = sum(c.value is not None for c in table.cells)
    name = f"table {table.table} of form {table.form}" if table.form else "table of no known form"
    head = f"{name}: {_counted(len(table.cells), 'cell')}, {_counted(figures, 'figure')}"
    lines = [_title(head)]
    if table.title:
        lines.append(f"  {cut(table.title, WIDTH - 2)}")
    if not table.cells:
        return lines
    columns = list(dict.fromkeys(c.column for c in table.cells))
    depths = _depths(blank_form)
    by_column = blank_form is not None and blank_form.key_from == "column"
    wide = 44 if len(columns) == 1 else 32 if len(columns) == 2 else 24
    rows: list[tuple[str, ...]] = []
    if len(columns) > 1:
        rows.append(("", *(c or "(no such column)" for c in columns), "", ""))
    for line in _lines_of(table.cells):
        first = next(iter(line.values()))
        label = "  " * depths.get(first.row or "", 0) + cut(first.label, wide - 2 * depths.get(first.row or "", 0))
        units = dict.fromkeys(c.unit for c in line.values() if c.unit)
        key = "" if by_column else first.row or "(not in the form)"
        last = "  ".join(filter(None, (key, _flags(line.values()))))
        rows.append((label, *(_figure(line[c]) if c in line else "" for c in columns), "/".join(units), last))
    return lines + list(_aligned(rows, right=range(1, len(columns) + 1)))


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
        said = "  ".join(filter(None, (cut(context, 56), q.indicator))) + _mark(report.source, q.span)
        rows.append((_place(lines, q.span), f"{'about ' if q.approximate else ''}{value}", q.unit or "", said))
    return [_title(f"figures in prose: {len(rows):,}"), *_aligned(rows, right=(0, 1))]


def _citations(report: Report, lines: Lines) -> list[str]:
    if not report.citations:
        return []
    rows = [
        (_place(lines, c.span), visible(c.symbol or ""), cut(f"《{c.title}》", 64) if c.title else "")
        for c in report.citations
    ]
    return [_title(f"documents cited: {len(rows):,}"), *_aligned(rows, right=(0,))]


def _attachments(report: Report, lines: Lines) -> list[str]:
    if not report.attachments:
        return []
    rows = [(_place(lines, a.span), cut(a.name, 64), cut(a.target or "", 60)) for a in report.attachments]
    return [_title(f"attachments: {len(rows):,}"), *_aligned(rows, right=(0,))]


def _diagnostics(report: Report, lines: Lines) -> list[str]:
    if not report.diagnostics:
        return [_title("no diagnostics")]
    rows = [
        (_place(lines, d.span), d.severity, d.code, cut(d.message, 4 * WIDTH) + _mark(report.source, d.span))
        for d in report.diagnostics
    ]
    drawn = [
        click.style(line, fg=_SEVERITY_COLOURS[d.severity])
        for line, d in zip(_aligned(rows, right=(0,)), report.diagnostics, strict=True)
    ]
    return [_title(_counted(len(rows), "diagnostic")), *drawn]


# --- forms, for reading -----------------------------------------------------------------------------------------------


def _years(form: Form) -> str:
    if form.first_year == form.last_year:
        return str(form.first_year)
    return f"{form.first_year}-{'' if form.last_year == OPEN_END else form.last_year}"


def _form_list(forms: Iterable[Form]) -> str:
    rows = [("form", "years", "where", "tables", "rows", "document")]
    for form in sorted(forms, key=lambda f: (f.first_year, f.id)):
        counts = (str(len(form.tables)), str(sum(len(t.rows) for t in form.tables)))
        rows.append((form.id, _years(form), form.jurisdiction, *counts, cut(form.issuing_notice, 46)))
    head, *rest = _aligned(rows, right=(3, 4), indent=0)
    return "\n".join([_title(head), *rest])


def _form(form: Form) -> str:
    lines = [_title(f"{form.id}: {form.title}"), f"  {form.jurisdiction}, {_years(form)}, {form.issuing_notice}"]
    if form.notice_title:
        lines.append(f"  《{form.notice_title}》{f', {form.notice_date}' if form.notice_date else ''}")
    for table in form.tables:
        how = {"row": "a key is a row", "cell": "a key is row@column", "column": "a key is a column"}[table.key_from]
        lines += ["", _title(f"table {table.id}: {table.title} ({how})")]
        lines += ["  columns", *_aligned([(c.key, c.label, c.unit or "") for c in table.columns], indent=4)]
        depths = _depths(table)
        rows = [
            ("  " * depths[r.key] + cut(r.enumerator + r.label, 56 - 2 * depths[r.key]), r.unit or "", r.key)
            for r in table.rows
        ]
        lines += ["  rows", *_aligned(rows, indent=4)]
    return "\n".join(lines)


# --- commands ---------------------------------------------------------------------------------------------------------


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": WIDTH})
@click.version_option(package_name="govdisclose", message="govdisclose %(version)s")
def main() -> None:
    """Read Chinese annual reports on government information disclosure (政府信息公开工作年度报告).

    Exit codes: 0 read, 1 read with errors in a report, 2 wrong use.
    """
    if isinstance(sys.stdout, io.TextIOWrapper):  # a terminal that cannot show Chinese gets question marks, not a crash
        sys.stdout.reconfigure(errors="replace")


def _has_error(report: Report) -> bool:
    return any(d.severity == "error" for d in report.diagnostics)


@main.command("parse")
@click.argument("files", nargs=-1, required=True, metavar="FILE...|-")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="A summary to read, or JSON: one object for one file, one line each for several.",
)
@click.pass_context
def _parse_command(context: click.Context, files: tuple[str, ...], shape: str) -> None:
    """Read reports from files of text, HTML, Word (.docx) or PDF, or from standard input (-)."""
    sources = _read_all(files)
    failed = False
    for i, source in enumerate(sources):
        report = parse(source)
        failed = failed or _has_error(report)
        if shape == "json":
            click.echo(report.to_json(indent=2 if len(sources) == 1 else None).encode("utf-8"))
        else:
            click.echo(("\n" if i else "") + summary(report))
    context.exit(1 if failed else 0)


@main.command("explain")
@click.argument("file", metavar="FILE|-")
@click.argument("key")
@click.option("--around", default=0, type=click.IntRange(0), help="Lines to show before and after.", show_default=True)
def _explain_command(file: str, key: str, around: int) -> None:
    """Show the place in FILE that a figure or a field was read from.

    KEY is an indicator (requests.received), a cell (requests.received@value), or a field (metadata.issuer).
    """
    (source,) = _read_all([file])
    report = parse(source)
    nodes = _evidence(report, key) if key.startswith("metadata.") else _figures(report, key)
    click.echo("\n\n".join(explain(node, around=around) for node in nodes))


def _evidence(report: Report, key: str) -> list[Evidence]:
    evidence = report.metadata.evidence
    wanted = key.removeprefix("metadata.")
    if found := [e for e in evidence if wanted in (e.field, e.field.removeprefix("contact."))]:
        return found
    have = ", ".join(dict.fromkeys(f"metadata.{e.field}" for e in evidence)) or "no field of the metadata"
    _refuse(f"the report does not state {visible(key)}; it states {have}", 1)


def _figures(report: Report, key: str) -> Sequence[Node]:
    try:
        cell = report.cell(key)
    except (UnknownKey, AmbiguousKey) as error:
        _refuse(visible(str(error)))
    if cell is not None:
        return [cell]
    stated: list[Quantity] = [q for q in report.quantities if q.indicator == key]
    return stated or _refuse(f"the report does not state {visible(key)}", 1)


@main.command("forms")
@click.argument("form_id", required=False, metavar="[ID]")
def _forms_command(form_id: str | None) -> None:
    """List the official forms that are known; with ID, the rows of one with their keys."""
    forms = catalogue().forms
    if form_id is None:
        click.echo(_form_list(forms.values()))
    elif form_id in forms:
        click.echo(_form(forms[form_id]))
    else:
        near = get_close_matches(form_id, forms, n=1, cutoff=0) or ["none"]
        _refuse(f"there is no form {visible(form_id)}; the nearest is {near[0]} (`govdisclose forms` lists all)")


@main.command("demo")
@click.pass_context
def _demo_command(context: click.Context) -> None:
    """Read the example report that comes with govdisclose and print its summary."""
    text = resources.files("govdisclose.examples").joinpath("example.txt").read_text("utf-8")
    report = parse(Source(text, "example.txt"))
    click.echo(summary(report))
    click.echo("\nThis was the example that comes with govdisclose. Your own: govdisclose parse FILE")
    context.exit(1 if _has_error(report) else 0)
